"""A case that somebody takes over into another law: one record, replayed like any other."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from attrs import evolve

from diversion_flow import CallError, Case, LawGap, Refused, processes, replay
from diversion_flow.definition import KEPT, LAW_CHANGED, Text, TransitionalRule
from diversion_flow.runtime import Stuck
from diversion_flow.runtime.crossing import migrated
from diversion_flow.runtime.outside import irregular
from helpers.small import LAW, MAIN, NAMED, PROCESS

AT = "2024-06-03T10:00"
NEW = evolve(PROCESS, version="2")


def helped() -> Case:
    return PROCESS.open(at=AT, id="c").step("helped", by="worker", at=AT, facts={"age": 71})


def kept(case: Case) -> Case:
    again = replay(case.law, case.journal, "c", case.at)
    assert (again, again.process, again.law) == (case, case.process, case.law)
    assert pickle.loads(pickle.dumps(case)) == case
    return case


def test_it_goes_on_under_the_other_law_in_one_record() -> None:
    rule = evolve(KEPT, basis=LAW)
    case = kept(migrated(helped(), to=NEW, rule=rule, at="2024-06-05"))
    assert case.journal[-1].basis == LAW
    assert (case.process, case.law) == (NEW, PROCESS)
    assert [row.event for row in case.journal] == ["opened", "helped", LAW_CHANGED]
    assert case.journal[-1].crossed is not None
    assert case.journal[-1].crossed.to == NEW
    assert case.deadlines()[0].last == helped().deadlines()[0].last
    done = kept(case.step("finished", by="partner", at="2024-06-06", facts={"content": True}))
    assert done.state("main") == "done"
    assert kept(migrated(done, to=PROCESS, rule=KEPT, at="2024-06-07")).process == PROCESS


def test_what_runs_out_before_happens_first() -> None:
    case = migrated(helped(), to=NEW, rule=KEPT, at="2024-06-20")
    assert [row.event for row in kept(case).journal][-2:] == ["lapsed", LAW_CHANGED]


def test_by_a_rule_that_lets_it_go_on_its_own_law_has_no_end() -> None:
    """Also where a limit runs out at the very moment: by the law that goes on."""
    ended = evolve(PROCESS, until=date(2024, 6, 13))
    stays = TransitionalRule("stays", Text("あ", "a"), continues=True)
    case = ended.open(at=AT, id="c").step("helped", by="worker", at=AT, facts={"age": 71})
    with pytest.raises(Refused):
        case.advance(to="2024-06-14")
    over = kept(migrated(case, to=NEW, rule=stays, at="2024-06-14"))
    crossed = over.journal[-1].crossed
    assert crossed is not None
    assert (crossed.to, crossed.old, crossed.new, over.process) == (ended, "1", "1", ended)
    done = kept(over.advance(to="2030-01-01"))
    assert [(row.event, str(row.at)[:10]) for row in done.journal[-2:]] == [
        (LAW_CHANGED, "2024-06-14"), ("lapsed", "2024-06-14"),
    ]  # fmt: skip
    given = kept(done.step("consented", by="worker", at="2030-01-01", **NAMED))
    assert kept(migrated(given, to=NEW, rule=KEPT, at="2030-01-02")).process == NEW


def test_states_are_mapped_by_the_rule() -> None:
    states = tuple(evolve(s, id="aided") if s.id == "helped" else s for s in MAIN.states)
    rules = tuple(
        evolve(
            t,
            sources=tuple("aided" if s == "helped" else s for s in t.sources),
            target="aided" if t.target == "helped" else t.target,
        )
        for t in MAIN.transitions
    )
    named = evolve(
        PROCESS,
        machines=(evolve(MAIN, states=states, transitions=rules), PROCESS.machines[1]),
        deadlines=(evolve(PROCESS.deadlines[0], states=("aided",)),),
    )
    with pytest.raises(Stuck):
        migrated(helped(), to=named, rule=KEPT, at=AT)
    rule = TransitionalRule("named", Text("あ", "a"), states=(("main.helped", "main.aided"),))
    assert kept(migrated(helped(), to=named, rule=rule, at=AT)).state("main") == "aided"


def test_a_case_of_a_history_can_be_taken_over_too() -> None:
    history = processes.history("entry_support")
    place = processes.in_force("entry_support", on="2024-06-03", place="osaka")
    case = history.open(at="2024-06-03", id="c").step("arrested", by="police", at=AT)
    moved = kept(migrated(case, to=place, rule=KEPT, at="2024-06-04"))
    assert (moved.law, moved.process) == (history, place)
    stays = TransitionalRule("stays", Text("あ", "a"), continues=True)
    for former in (case, moved):
        stayed = kept(migrated(former, to=NEW, rule=stays, at="2024-06-04"))
        assert (stayed.law, stayed.process) == (history, former.process)
        assert stayed.law_changes is None
        assert kept(stayed.advance(to="2040-01-01")).process == former.process


def test_taken_over_twice_into_one_law_what_was_irregular_stays_so() -> None:
    """The taking over is no event of the law: it leads consent nowhere."""
    given = irregular(
        helped(), "consented", by="worker", at=AT, transition="consent.give",
        responsible="worker", reason="by word", **NAMED,
    )  # fmt: skip
    once = migrated(given, to=NEW, rule=KEPT, at="2024-06-05")
    twice = kept(migrated(once, to=NEW, rule=KEPT, at="2024-06-06"))
    assert twice.marked == given.marked != {}
    assert "age" not in twice.view("partner").facts


def test_nobody_goes_over_to_a_law_that_has_ended() -> None:
    """Nothing could happen there any more, not even by time alone."""
    ended = evolve(NEW, until=date(2024, 6, 4))
    assert migrated(helped(), to=ended, rule=KEPT, at="2024-06-04T23:59").process == ended
    with pytest.raises(LawGap):
        migrated(helped(), to=ended, rule=KEPT, at="2024-06-05")
    coming = evolve(NEW, since=date(2024, 7, 1))  # how it would be is tried before
    assert migrated(helped(), to=coming, rule=KEPT, at="2024-06-05").process == coming


def test_its_arguments_are_looked_at() -> None:
    with pytest.raises(CallError):
        migrated(helped(), to="2", rule=KEPT, at=AT)  # type: ignore[arg-type]
    with pytest.raises(CallError):
        migrated(helped(), to=NEW, rule="kept", at=AT)  # type: ignore[arg-type]
    with pytest.raises(CallError):
        migrated(helped(), to=NEW, rule=KEPT, at="2024-06-01")
