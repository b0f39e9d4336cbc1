"""A limit's bar stands where its clock legally starts, and is as long as it runs, whatever it is
called."""

from __future__ import annotations

from functools import cache

import pytest
from attrs import evolve

from diversion_flow import Case, Language, Process, processes
from diversion_flow.definition import LANGUAGES, OnEvent
from diversion_flow.diagram.formats.picture import Print, Rect, picture
from diversion_flow.diagram.layout.choose import drawn as laid_out
from diversion_flow.diagram.layout.measure import em
from diversion_flow.diagram.layout.placed import Box, Layout
from diversion_flow.diagram.model import Diagram
from diversion_flow.diagram.render import diagram
from diversion_flow.diagram.views.case_course import terms
from diversion_flow.diagram.views.case_timeline import axis, case_timeline
from diversion_flow.scenarios import play, shipped, story_names

LAW = processes.get("entry_support")


@cache
def overview(law: Process, lang: Language = "ja") -> tuple[Diagram, Layout]:
    shown = diagram(law, "overview", lang=lang)
    return laid_out(shown)


@cache
def ends(story: str) -> tuple[Case, ...]:
    return tuple({played.after.id: played.after for played in play(shipped(story))}.values())


def led_to(shown: Diagram, law: Process, events: set[str]) -> set[str]:
    """The boxes to which an arrow of these events leads."""
    rules = {r.number: law.machine(r.id.split(".")[0]).transition(r.id.split(".")[1])
             for r in shown.rules}  # fmt: skip
    return {e.target for e in shown.edges if any(rules[n].event in events for n in e.numbers)}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("law", processes.versions("entry_support"), ids=lambda law: law.version)
def test_each_bar_begins_at_a_box_to_which_the_event_leads_that_starts_the_clock(
    law: Process, lang: Language
) -> None:
    shown, laid = overview(law, lang)
    assert shown.clocks
    for clock in shown.clocks:
        start, bar = law.deadline(clock.id).start, laid.clocks[clock.id]
        events = set(start.events) if isinstance(start, OnEvent) else set()
        boxes = led_to(shown, law, events) or set(clock.nodes)
        assert bar.x in {laid.nodes[box].x for box in boxes}
        ends_at = {laid.nodes[box].x + laid.nodes[box].width for box in (*clock.nodes, *boxes)}
        assert min(abs(bar.x + bar.width - end) for end in ends_at) < 0.01


def test_the_six_months_begin_at_release_and_the_72_hours_at_the_arrest() -> None:
    _, laid = overview(LAW)
    released = laid.columns["release"]
    assert released.x <= laid.clocks["aftercare_period"].x <= released.x + released.width
    arrested = laid.nodes["custody.arrested"]
    for limit in ("police_referral", "prosecutor_from_restraint", "arrest_and_detention"):
        assert laid.clocks[limit].x == arrested.x
    assert laid.clocks["prosecutor_from_receipt"].x == laid.nodes["custody.referred"].x


def test_a_bar_is_as_long_whatever_the_limit_is_called() -> None:
    shown = diagram(LAW, "overview")
    long = tuple(evolve(c, label=c.label + "とても長い名前" * 9) for c in shown.clocks)
    short = tuple(evolve(c, label="短") for c in shown.clocks)
    spans = [
        {id: (bar.x, bar.width) for id, bar in laid_out(evolve(shown, clocks=c))[1].clocks.items()}
        for c in (long, shown.clocks, short)
    ]
    assert spans[0] == spans[1] == spans[2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_names_of_the_limits_lie_neither_on_each_other_nor_on_other_bars(
    lang: Language,
) -> None:
    shown = diagram(LAW, "overview", lang=lang)
    drawn = [g for g in picture(shown).groups if g.part in {c.id for c in shown.clocks}]
    bars: dict[str, Box] = {g.part: s.box for g in drawn for s in g.shapes if isinstance(s, Rect)}
    words = {g.part: s for g in drawn for s in g.shapes if isinstance(s, Print)}
    rooms = {id: Box(w.at[0], w.at[1] - w.size, em(w.text) * w.size, w.size)
             for id, w in words.items()}  # fmt: skip
    assert len(bars) == len(words) == len(shown.clocks) > 5
    for id, room in rooms.items():
        others = [b for other, b in (*bars.items(), *rooms.items()) if other != id]
        assert not any(apart(room, b) for b in others), id


def apart(a: Box, b: Box) -> bool:
    """Whether two boxes have more than a border in common."""
    return (a.x < b.x + b.width and b.x < a.x + a.width
            and a.y < b.y + b.height and b.y < a.y + a.height)  # fmt: skip


@pytest.mark.parametrize("story", story_names())
def test_a_storys_clocks_started_where_their_bars_begin(story: str) -> None:
    """Where the step that started a clock is drawn, its bar begins at a box which that step
    reached."""
    for case in ends(story):
        law = case.process
        shown, laid = overview(law)
        arrows = {(e.source, e.target) for e in shown.edges}
        for term in terms(case):
            steps = [r for r in case.journal if r.at == term.started]
            start = term.deadline.start
            reached = {f"{m.machine}.{m.target}" for r in steps for m in r.moved
                       if (f"{m.machine}.{m.source}", f"{m.machine}.{m.target}") in arrows
                       and isinstance(start, OnEvent) and r.event in start.events}  # fmt: skip
            if reached and term.deadline.id in laid.clocks:
                bar = laid.clocks[term.deadline.id]
                assert bar.x in {laid.nodes[box].x for box in reached}, term.deadline.id


@pytest.mark.parametrize("story", story_names())
def test_the_bars_of_a_timeline_run_from_the_clocks_start_to_its_last_moment(story: str) -> None:
    for case in ends(story):
        at = axis(case, 0).at
        groups = {g.part: g for g in case_timeline(case, "ja").groups}
        lefts = []
        for machine in case.process.machines:
            mine = [t for t in terms(case) if t.deadline.machine == machine.id]
            for i, term in enumerate(mine):
                group = groups[f"{term.deadline.id}.{i}"]
                frame = [s for s in group.shapes if isinstance(s, Rect)][1].box
                lefts.append(frame.x - at[term.started])
                if term.last is not None and term.last > term.started:
                    assert frame.width == pytest.approx(max(at[term.last] - at[term.started], 2.0))
        assert lefts == pytest.approx(lefts[:1] * len(lefts))
