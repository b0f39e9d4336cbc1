"""A case's picture marks the ways that the case went, and no other, and says how many of its
steps it leaves out: the journal is counted."""

from __future__ import annotations

import re
from functools import cache

import pytest

from diversion_flow import Case, Process, draw
from diversion_flow.diagram.model import Diagram, Edge
from diversion_flow.diagram.render import diagram
from diversion_flow.diagram.views.extract import views
from diversion_flow.runtime import Record
from diversion_flow.scenarios import play, shipped, story_names

Way = tuple[str, str, str]  # machine, the state that it left, the rule


@cache
def ends(story: str) -> tuple[Case, ...]:
    """Each person's case of a story at its end."""
    return tuple({played.after.id: played.after for played in play(shipped(story))}.values())


@cache
def sheet(case: Case, view: str) -> Diagram:
    return diagram(case.process, view, lang="en", case=case)


def own_sheet(law: Process, view: str) -> bool:
    return view in law.by_id["agency"] and view not in law.by_id["machine"]


def journal(case: Case, view: str) -> tuple[Record, ...]:
    """What a sheet may tell: on an agency's own, what it saw."""
    return case.view(view).journal if own_sheet(case.process, view) else case.journal


def went(law: Process, steps: tuple[Record, ...]) -> set[Way]:
    """The ways of the journal; where only the move was seen, by the one rule that leads there."""
    found = set()
    for moved in (m for step in steps if step.crossed is None for m in step.moved):
        rules = [t.id for t in law.machine(moved.machine).transitions
                 if moved.source in t.sources and moved.target == t.target]  # fmt: skip
        if moved.transition:
            found.add((moved.machine, moved.source, moved.transition))
        elif len(rules) == 1:
            found.add((moved.machine, moved.source, rules[0]))
    return found


def drawn(law: Process, shown: Diagram, edge: Edge) -> set[Way]:
    """The ways for which an arrow stands: those of its rules from its box, or from the many
    states of which the note at its start speaks."""
    machine = edge.target.partition(".")[0]
    if not edge.source.endswith(".from_many"):
        state = edge.source.removeprefix(f"{machine}.")
        return {(machine, state, rule.partition(".")[2]) for rule in edge.rules}
    rules = [law.machine(machine).transition(r.id.partition(".")[2]) for r in shown.rules
             if r.id.startswith(f"{machine}.")]  # fmt: skip
    return {(machine, s, t.id) for t in rules if len(t.sources) >= 4
            for s in t.sources if f"{machine}.{t.target}" == edge.target != f"{machine}.{s}"}  # fmt: skip


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("story", story_names())
def test_an_arrow_is_marked_if_the_case_went_that_way_and_only_then(story: str) -> None:
    for case in ends(story):
        law = case.process
        for view in views(law):
            shown = sheet(case, view)
            told = went(law, journal(case, view))
            for edge in shown.edges:
                on_it = drawn(law, shown, edge) & told
                assert edge.standing == ("visited" if on_it else ""), (view, edge.id)


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("story", story_names())
def test_every_way_of_the_journal_is_marked_on_its_machines_sheet(story: str) -> None:
    for case in ends(story):
        law = case.process
        for machine in law.machines:
            shown = sheet(case, machine.id)
            arrows = [drawn(law, shown, e) for e in shown.edges if e.standing]
            rounds = {(m, s, r) for m, s, r in went(law, case.journal)
                      if law.machine(m).transition(r).target == s}  # fmt: skip
            told = {way for way in went(law, case.journal) if way[0] == machine.id}
            assert told <= set().union(*arrows) | rounds
            ticks = " ".join(" ".join(n.small) for n in shown.nodes if n.kind != "note")
            mine = {way for way in rounds if way[0] == machine.id}
            assert ticks.count("✓") == len(mine)


def rounds(law: Process, shown: Diagram) -> set[Way]:
    """The steps that leave a box as it is, for which it has a line."""
    boxes = {node.id for node in shown.nodes}
    rules = [(r.id, law.machine(r.id.split(".")[0]).transition(r.id.split(".")[1]))
             for r in shown.rules]  # fmt: skip
    return {(id.split(".")[0], t.target, t.id) for id, t in rules
            if t.target in t.sources and f"{id.split('.')[0]}.{t.target}" in boxes}  # fmt: skip


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("story", story_names())
def test_a_sheet_says_how_many_steps_it_shows_and_where_the_others_are(story: str) -> None:
    case = ends(story)[-1]
    law = case.process
    for view in views(law):
        shown = sheet(case, view)
        steps = [went(law, (r,)) for r in journal(case, view) if r.moved and not r.crossed]
        ways = rounds(law, shown).union(*(drawn(law, shown, edge) for edge in shown.edges))
        missing = [step for step in steps if not step & ways]
        here, said = len(steps) - len(missing), " ".join(shown.legend)
        told = re.match(r"(?:All )?(\d+ of )?(\d+|None of the \d+|No) steps", said)
        assert told, said
        if missing and here:
            assert said.startswith(f"{here} of {len(steps)} steps")
        elif missing:
            assert said.startswith(f"None of the {len(steps)} steps")
        elsewhere = {law.machine(way[0]).label.en for step in missing for way in step}
        assert all(f"{name}: " in said for name in elsewhere)
        assert ("The other steps are on" in said) is bool(missing)


def test_a_case_in_which_nothing_has_happened_says_so() -> None:
    case = ends("cs01_counsel_notices")[0].process.open(at="2024-06-03")
    for view in ("overview", "custody", "center"):
        assert diagram(case.process, view, case=case).legend[0].endswith("はまだない。")


def test_a_cases_picture_names_the_moment_and_the_law_but_not_the_case() -> None:
    case = ends("cs01_counsel_notices")[0]
    for view in ("overview", "custody", "center"):
        seen = journal(case, view)[-1].at
        for lang, law in (("ja", "更生保護法83条の2等の施行"), ("en", "ORA 83-2")):
            drawn_ = str(draw(case.process, view, case=case, lang=lang))
            assert f"{seen:%Y-%m-%d %H:%M}" in drawn_
            assert law in drawn_
            assert case.process.version not in drawn_  # it has a name
            assert case.id not in drawn_
    later = case.advance(to="2026-01-05T10:00")
    assert "2026-01-05 10:00" in diagram(later.process, "overview", case=later).corner[1]
