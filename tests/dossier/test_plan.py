"""A change of law, rehearsed: what is foretold of each case is what happens to it."""

from __future__ import annotations

import random
import re

import pytest
from attrs import evolve

from diversion_flow import CallError, Case, processes
from diversion_flow.definition import KEPT, Length, Process, Text, TransitionalRule, Unit
from diversion_flow.dossier import CONTINUES, plan_migration
from diversion_flow.runtime import Stuck
from diversion_flow.runtime.crossing import migrated
from helpers.chance import led
from helpers.small import MAIN, PROCESS

OLD, NEW = processes.versions("entry_support")[-2:]
AT = "2024-06-03T10:00"


def longer(law: Process, id: str, days: int) -> Process:
    """The law with another length of one limit."""
    limits = tuple(
        evolve(d, length=Length(days, Unit.DAYS)) if d.id == id else d for d in law.deadlines
    )
    return evolve(law, version="longer", deadlines=limits)


def small(number: int, age: int = 71) -> Case:
    """One case asked for, or helped."""
    case = PROCESS.open(at=AT, id=f"c{number}")
    if number % 2:
        return case
    return case.step("helped", by="worker", at=AT, facts={"age": age})


CASES = [small(n) for n in range(6)]
HELPED = ("c0", "c2", "c4")


def test_limits_that_move_are_told_with_whose_they_are() -> None:
    former, new = plan_migration(CASES, to=longer(PROCESS, "limit", 20), at="2024-06-05")
    assert (former.rule, new.rule) == (CONTINUES, KEPT)
    assert former.going_on == new.going_on == tuple(f"c{n}" for n in range(6))
    assert (former.limits, former.told, former.stuck, new.stuck) == ((), {}, {}, {})
    assert [(m.case, m.deadline, m.owner) for m in new.limits] == [
        (id, "limit", "worker") for id in HELPED
    ]
    assert {(str(m.before)[:10], str(m.after)[:10]) for m in new.limits} == {
        ("2024-06-13", "2024-06-23")
    }
    assert new.told == {"worker": HELPED}


def test_limits_that_begin_or_run_no_more_move_too() -> None:
    without = evolve(PROCESS, version="2", deadlines=())
    (found,) = plan_migration(CASES, to=without, at="2024-06-05", rules=[KEPT])
    assert {m.after for m in found.limits} == {None}
    helped = [c.advance(to="2024-06-04") for c in CASES]
    under = [migrated(c, to=without, rule=KEPT, at="2024-06-04") for c in helped]
    (found,) = plan_migration(under, to=PROCESS, at="2024-06-05", rules=[KEPT])
    assert [m.case for m in found.limits] == [*HELPED]
    assert {m.before for m in found.limits} == {None}


def test_who_is_stuck_and_who_holds_what_is_mapped() -> None:
    states = tuple(evolve(s, id="aided") if s.id == "helped" else s for s in MAIN.states)
    rules = tuple(
        evolve(t, sources=tuple("aided" if s == "helped" else s for s in t.sources),
               target="aided" if t.target == "helped" else t.target)
        for t in MAIN.transitions
    )  # fmt: skip
    limit = evolve(PROCESS.deadlines[0], states=("aided",))
    law = evolve(
        PROCESS, version="2", deadlines=(limit,),
        machines=(evolve(MAIN, states=states, transitions=rules), PROCESS.machines[1]),
    )  # fmt: skip
    mapped = TransitionalRule("mapped", Text("あ", "a"), states={"main.helped": "main.aided"})  # type: ignore[arg-type]
    kept, put = plan_migration(CASES, to=law, at="2024-06-05", rules=[KEPT, mapped])
    assert tuple(kept.stuck) == HELPED
    assert kept.going_on == ("c1", "c3", "c5")
    assert {why.code for why in kept.stuck.values()} == {"crossing_stuck"}
    assert put.stuck == {}
    assert put.told == {"worker": HELPED}
    assert put.limits == ()


def test_a_value_that_the_new_law_does_not_allow_is_stuck_alone() -> None:
    age = evolve(PROCESS.facts[0], maximum=80)
    law = evolve(PROCESS, version="2", facts=(age, *PROCESS.facts[1:]))
    cases = [small(0, 71), small(2, 90), small(4, 71)]
    (found,) = plan_migration(cases, to=law, at="2024-06-05", rules=[KEPT])
    assert (found.going_on, tuple(found.stuck)) == (("c0", "c4"), ("c2",))
    assert "90" not in found.stuck["c2"].text("ja")
    with pytest.raises(Stuck, match=re.escape(found.stuck["c2"].text())):
        migrated(cases[1].advance(to="2024-06-05"), to=law, rule=KEPT, at="2024-06-05")


def test_what_is_foretold_happens() -> None:
    """Against one case after the other, under a law that counts some limits otherwise."""
    rnd = random.Random(20261126)
    cases = [evolve_id(led(OLD, rnd, 8), f"c{n}") for n in range(40)]
    at = max(case.at for case in cases)
    law = longer(longer(NEW, "immediate_release", 3), "public_assistance_decision", 3)
    (found,) = plan_migration(cases, to=law, at=at, rules=[KEPT])
    moves = {(m.case, m.deadline): (m.before, m.after) for m in found.limits}
    assert len(moves) > 5
    assert found.going_on == tuple(case.id for case in cases)
    happened = {}
    for case in cases:
        before = case.advance(to=at)
        after = migrated(before, to=law, rule=KEPT, at=at)
        old, new = ({c.deadline.id: c.last for c in x.deadlines()} for x in (before, after))
        for id in old.keys() | new.keys():
            if old.get(id) != new.get(id):
                happened[case.id, id] = old.get(id), new.get(id)
    assert happened == moves


def evolve_id(case: Case, id: str) -> Case:
    from diversion_flow import replay

    return replay(case.law, case.journal, id, case.at)


def test_its_arguments_are_looked_at() -> None:
    for wrong in ({"to": "x"}, {"rules": ["x"]}, {"at": "never"}):
        with pytest.raises(CallError):
            plan_migration(CASES, **({"to": PROCESS, "at": "2024-06-05"} | wrong))  # type: ignore[arg-type]
    for one in (CASES[0], PROCESS.open(at=AT)):
        with pytest.raises(CallError) as twice:
            plan_migration((*CASES[1:], one, one), to=PROCESS, at="2024-06-05")
        assert (twice.value.code, twice.value.values["name"]) == ("case_twice", "cases[6]")
    with pytest.raises(CallError):
        plan_migration(["x"], to=PROCESS, at="2024-06-05")  # type: ignore[list-item]
