"""A view can be drawn: what one agency may see of a case, and no word of anything else."""

from __future__ import annotations

from functools import cache

import pytest
from attrs import evolve

from diversion_flow import Case, Process, draw, processes
from diversion_flow.definition import Text, UnknownId
from diversion_flow.diagram import DrawingError, views
from diversion_flow.diagram.render import diagram
from diversion_flow.diagram.views.road import road
from diversion_flow.diagram.views.sheets import roads
from diversion_flow.runtime import replay
from diversion_flow.runtime.view import View
from diversion_flow.scenarios import play, shipped

TEXTS = ("svg", "mmd", "puml", "dot", "md")


def secret(kind: str, id: str) -> Text:
    return Text(f"秘密{kind}{id}秘密", f"SECRET-{kind}-{id}-")


def marked(law: Process) -> Process:
    """The law, every machine, state, event, fact and choice under a name that is found anywhere."""
    return evolve(
        law,
        facts=tuple(
            evolve(f, label=secret("fact", f.id), choices=tuple(
                evolve(c, label=secret("choice", f.id), called_when=()) for c in f.choices))
            for f in law.facts
        ),
        events=tuple(evolve(e, label=secret("event", e.id), called_when=()) for e in law.events),
        machines=tuple(
            evolve(m, label=secret("machine", m.id), states=tuple(
                evolve(s, label=secret("machine", m.id), called_when=()) for s in m.states))
            for m in law.machines
        ),
    )  # fmt: skip


@cache
def case_of(story: str) -> Case:
    """The story's last case under such names."""
    case = play(shipped(story))[-1].after
    return replay(marked(case.process), case.journal, case.id)


def hidden(view: View) -> list[Text]:
    """What the agency neither sees nor was shown."""
    law, journal = view.process, view.journal
    machines = set(view.states) | {m.machine for r in journal for m in r.moved}
    facts = {id for r in journal for id in r.facts} | set(view.facts)
    events = {r.event for r in journal} | {
        e.id for e in law.events
        if e.home in machines or view.agency in e.by or any(t.to == view.agency for t in e.told)
    }  # fmt: skip
    return [
        *(secret("machine", m.id) for m in law.machines if m.id not in machines),
        *(secret(kind, f) for f in view.withheld if f not in facts for kind in ("fact", "choice")),
        *(secret("event", e.id) for e in law.events if e.id not in events),
    ]


AGENCIES = ("center", "provider", "municipality", "police", "person")


def told(view: View, sheet: str, format: str) -> str:
    drawn = draw(view, sheet, format=format, lang="en")
    assert isinstance(drawn, str)
    return drawn.replace("\n", "")


@pytest.mark.parametrize("sheet", ["road", "stage.screening", "support", "center"])
def test_a_sheet_says_that_what_is_unmarked_may_be_what_the_agency_was_not_told(sheet: str) -> None:
    """The Center is told of no consultation of the probation office, though there was one."""
    case = play(shipped("cs01"))[25].after
    words = "this agency was not told"
    assert words in draw(case.view("center"), sheet, lang="en").replace("\n", "")
    assert (words in draw(case.process, sheet, lang="en", case=case)) is (sheet == "center")


@pytest.mark.slow
@pytest.mark.parametrize("story", ["cs01", "cs09", "cs12", "ns05"])
def test_no_word_of_what_an_agency_does_not_see_is_on_any_sheet_of_its_view(story: str) -> None:
    case = case_of(story)
    for agency in AGENCIES:
        view = case.view(agency)
        words = [w.en for w in hidden(view)]
        assert words
        for sheet in ("overview", agency, *list(view.states)[:1]):
            drawn = told(view, sheet, "md")
            assert [w for w in words if w in drawn] == []
            assert case.id not in drawn


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["road", "one_page", "road_upright", "stages"])
def test_nor_on_the_road_and_the_sheets_of_the_stages(sheet: str) -> None:
    case = case_of("cs01")
    for agency in AGENCIES[:3]:
        view = case.view(agency)
        words = [w.en for w in hidden(view)]
        drawn = told(view, sheet, "svg")
        assert [w for w in words if w in drawn] == []
        assert case.id not in drawn
        assert view.process.agency(agency).label.en in drawn


@pytest.mark.parametrize("agency", ["center", "provider", "probation_office"])
def test_the_road_of_a_view_has_the_acts_of_which_the_agency_learns(agency: str) -> None:
    case = play(shipped("cs01"))[24].after
    view = case.view(agency)
    (whole,), (seen,) = road(case.process), roads(case.process, "ja", view)
    known = {
        e.id
        for e in case.process.events
        if e.home in view.states or agency in e.by or any(t.to == agency for t in e.told)
    }
    known |= {r.event for r in view.journal}  # fmt: skip
    numbers = {a.number for a in whole.acts if not known.isdisjoint(a.events)}
    assert {act.number for act in seen.acts} == numbers
    dated = {act.number: act.done for act in seen.acts if act.done}
    days = {r.event: f"{r.at.month}/{r.at.day}" for r in reversed(view.journal)}
    assert dated
    for act in seen.acts:
        if act.number in dated:
            assert act.done in {days.get(event) for event in act.events}


def test_of_a_limit_that_an_agency_does_not_see_the_spine_says_nothing() -> None:
    case = play(shipped("cs09"))[24].after
    (centers,), (counsels,) = (
        roads(case.process, "en", case.view(a)) for a in ("center", "counsel")
    )
    assert "Urgent aftercare 6 months [5]" in centers.holds[-1].clocks
    assert counsels.holds[0].clocks == centers.holds[0].clocks != ()
    assert counsels.holds[-1].clocks == ()


@pytest.mark.parametrize("format", TEXTS)
def test_nor_in_the_bytes_of_any_format(format: str) -> None:
    view = case_of("cs01").view("provider")
    words = [w.en.split("-")[1:3] for w in hidden(view)]
    drawn = told(view, "overview", format)
    letters = drawn.replace("#45;", "-").replace("<U+002D>", "-").replace("<U+005F>", "_")
    assert [w for w in words if f"SECRET-{w[0]}-{w[1]}-" in letters] == []
    assert "SECRET" in letters  # what it sees has its name


@pytest.mark.slow
def test_what_it_sees_is_named_and_marked() -> None:
    case = play(shipped("cs01"))[-1].after
    for agency in AGENCIES[:3]:
        view = case.view(agency)
        for machine, state in view.states.items():
            shown = diagram(view, machine, lang="en")
            here = [n.id for n in shown.nodes if n.standing == "current"]
            assert here == [f"{machine}.{state}"]
            assert case.process.machine(machine).label.en in shown.title
        ways = {
            (f"{m.machine}.{m.source}", f"{m.machine}.{m.target}")
            for r in view.journal for m in r.moved
        }  # fmt: skip
        shown = diagram(view, "overview", lang="en")
        gone = {(e.source, e.target) for e in shown.edges if e.standing}
        assert gone <= ways
        boxes = {n.id.split(".")[0] for n in shown.nodes}
        assert boxes <= set(view.states) | {m.machine for r in view.journal for m in r.moved}
        assert shown.corner[-1] == diagram(case.process, "overview").corner[-1]


def test_a_view_that_agrees_with_another_is_drawn_alike() -> None:
    """Two cases that an agency cannot tell apart give it the same bytes."""
    case = play(shipped("cs01"))[-1].after
    for agency in ("provider", "municipality"):
        facts = {id: v for id, v in case.facts.items() if id in case.view(agency).withheld}
        number = next(id for id, v in facts.items() if type(v) is int)
        journal = [
            evolve(r, facts={**r.facts, number: r.facts[number] + 1}) if number in r.facts else r  # type: ignore[operator]
            for r in case.journal
        ]
        other = replay(case.process, journal, "other")
        assert other.facts[number] != case.facts[number]
        assert other.view(agency) == case.view(agency)
        for sheet in ("overview", agency):
            drawn = [draw(c.view(agency), sheet, format="md") for c in (other, case)]
            assert drawn[0] == drawn[1]


def test_a_sheet_about_what_it_does_not_see_is_refused_and_so_is_another_case_or_law() -> None:
    case = play(shipped("cs01"))[-1].after
    view = case.view("provider")
    unseen = next(m.id for m in case.process.machines if m.id not in view.states)
    with pytest.raises(UnknownId) as refused:
        draw(view, unseen)
    assert unseen not in refused.value.text("en").split("known:")[-1].replace(f"'{unseen}'", "", 1)
    with pytest.raises(DrawingError):
        draw(view, case=case)
    with pytest.raises(DrawingError):
        draw(view, "timeline")
    assert "overview" in views(case.process)
    printed = draw(view, format="pdf")
    assert isinstance(printed, bytes)
    assert printed.startswith(b"%PDF")


@pytest.mark.parametrize("sheet", ["overview", "road", "stages", "center", "custody"])
def test_one_drawing_shows_a_case_or_another_law(sheet: str) -> None:
    case = play(shipped("cs01"))[-1].after
    other = processes.get("entry_support")
    with pytest.raises(DrawingError) as refused:
        draw(case.process, sheet, case=case, against=other)
    assert refused.value.code == "case_against"
    with pytest.raises(DrawingError) as refused:
        draw(case.view("center"), sheet, against=other)
    assert refused.value.code == "view_against"
