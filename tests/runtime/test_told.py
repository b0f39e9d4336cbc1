"""Who is told that something has happened: that, when, by which paper, and nothing else."""

from __future__ import annotations

from attrs import evolve

from diversion_flow import Case, Process
from diversion_flow.definition import Deadline, Length, OnEvent, Paper, Told, Unit
from diversion_flow.runtime import Moved, Provision
from helpers.small import LAW, PROCESS, T

AT = "2024-06-03T10:00"
WRITTEN = Told("partner", "form", LAW)
PAPERS = (Paper("form", T),)


def telling(*told: Told, event: str = "helped", process: Process = PROCESS) -> Process:
    """The small process; the partner does not see the main machine, and is told of an event."""
    events = tuple(evolve(e, told=told) if e.id == event else e for e in process.events)
    return evolve(process, events=events, papers=PAPERS)


def helped(law: Process) -> Case:
    case = law.open(at=AT, facts={"age": 70})
    return case.step("helped", by="worker", at="2024-06-04")


def test_who_is_told_learns_that_it_happened_and_when() -> None:
    case = helped(telling(WRITTEN))
    entry = case.view("partner").journal[-1]
    assert (entry.event, entry.at, entry.by) == ("helped", case.at, "")
    assert (entry.facts, entry.moved, entry.shared) == ({}, (), ())
    assert entry.basis == LAW
    assert case.view("partner").states == {"consent": "open"}
    assert case.view("partner").facts == {}
    assert helped(PROCESS).view("partner").journal == ()


def test_it_is_a_provision_on_its_own_ground() -> None:
    entry = helped(telling(WRITTEN)).journal[-1]
    assert entry.provided == (Provision("partner", basis=LAW, told=True, paper="form"),)


def test_nobody_is_told_of_what_it_reported_itself() -> None:
    law = telling(Told("worker", basis=LAW), Told("partner"))
    assert [p.to for p in helped(law).journal[-1].provided] == ["partner"]


def test_what_happens_by_operation_of_law_is_told_like_any_other() -> None:
    case = helped(telling(WRITTEN, event="lapsed")).advance(to="2024-07-01")
    entry = case.view("partner").journal[-1]
    assert (entry.event, entry.at.day, entry.by_law, entry.by) == ("lapsed", 15, False, "")


def test_who_is_told_and_sees_one_machine_move_is_shown_both() -> None:
    law = telling(WRITTEN, event="finished")
    main = evolve(law.machines[0], transitions=tuple(
        evolve(t, guard=law.machines[0].transitions[0].guard) if t.id == "finish" else t
        for t in law.machines[0].transitions
    ))  # fmt: skip
    case = helped(evolve(law, machines=(main, law.machines[1])))
    case = case.step("consented", by="worker", at="2024-06-05", facts={"recipients": ["partner"]})
    case = case.step("finished", by="worker", at="2024-06-06")
    entry = case.view("partner").journal[-1]
    assert (entry.event, entry.by) == ("finished", "")
    assert entry.moved == (Moved("consent", "", "given", "open"),)


def test_who_is_told_of_the_start_may_know_the_day_only_where_it_sees_the_machine() -> None:
    limit = Deadline("reply", T, "consent", ("open",), OnEvent(("helped",)),
                     Length(5, Unit.DAYS), "partner", LAW)  # fmt: skip
    untold = evolve(PROCESS, deadlines=(limit,))
    assert helped(untold).view("partner").undated == ("reply",)
    told = helped(telling(WRITTEN, process=untold)).view("partner")
    assert [clock.deadline.id for clock in told.deadlines] == ["reply"]
    assert told.undated == ()


def test_being_told_moves_what_one_is_reminded_of_when_time_runs_backwards() -> None:
    """Who has been told of Tuesday's event knows that Monday is over."""
    law = telling(WRITTEN)
    case = helped(law)
    (reason,) = case.explain("finished", by="partner", at="2024-06-03T12:00").reasons
    assert (reason.code.value, reason.moment) == ("time_backwards", case.at)
