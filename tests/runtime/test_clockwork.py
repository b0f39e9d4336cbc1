"""What a case carries of its clocks, against what its journal says."""

from __future__ import annotations

import random
from datetime import datetime

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import JST, Case, Process, processes
from diversion_flow.definition import Deadline, Length, OnEvent, OnFact, Unit, fact, running
from helpers.amounts import examples
from helpers.chance import led
from helpers.small import MAIN, PROCESS, transition, with_main

LAWS = (PROCESS, *(processes.in_force(name, on="2024-06-03") for name in processes.names()))


@examples(40)
@given(seed=st.integers(0, 2**32), law=st.sampled_from(LAWS))
def test_clocks_begin_when_the_journal_says(seed: int, law: Process) -> None:
    case = led(law, random.Random(seed))
    for clock in case.deadlines():
        if not isinstance(clock.deadline.start, OnFact):
            assert clock.started == begun(case, clock.deadline)


@examples(40)
@given(seed=st.integers(0, 2**32), law=st.sampled_from(LAWS))
def test_when_something_lapses_is_carried_as_it_would_be_worked_out(
    seed: int, law: Process
) -> None:
    for case in led(law, random.Random(seed)).snapshots():
        assert case._lapses in (None, case._arrival.situation.lapses.first(case))


def test_a_fact_for_which_a_limit_asks_sets_it_running_without_a_move() -> None:
    rules = (
        transition("take_in", "finished", "asked", "helped"),
        transition("note", "helped", "helped", "helped"),
    )
    law = with_main(transitions=(rules[0], rules[1], *MAIN.transitions[3:]))
    limit = evolve(PROCESS.deadlines[0], start=OnEvent(("finished",)), guard=fact("age") >= 65)
    taken = (
        evolve(law, deadlines=(limit,))
        .open(at="2024-06-03", id="c")
        .step("finished", by="worker", at="2024-06-03")
    )
    assert taken.advance(to="2024-07-01").state("main") == "helped"
    for age, state in ((64, "helped"), (65, "done")):
        noted = taken.step("helped", by="worker", at="2024-06-04", facts={"age": age})
        assert noted.advance(to="2024-07-01").state("main") == state


def test_it_is_carried_over_what_changes_nothing_about_it() -> None:
    case = processes.in_force("entry_support", on="2024-06-03").open(at="2024-06-03T10:00")
    arrested = case.step("arrested", by="police", at=case.at)
    flagged = arrested.step("candidate_flagged", by="prosecutor", at="2024-06-03T11:00")
    assert flagged._lapses == arrested._lapses == datetime(2024, 6, 5, 10, 0, 0, 1, tzinfo=JST)
    referred = flagged.step("referred", by="police", at="2024-06-03T12:00")
    assert referred._lapses is None  # to be worked out: other limits run
    assert referred.deadlines()[0].ends == datetime(2024, 6, 4, 12, 0, 0, 1, tzinfo=JST)


def test_what_begins_another_limit_changes_one_that_asks_whether_that_runs() -> None:
    """Nothing moves, and what the first limit itself begins with and asks for stays as it is."""
    note = transition("note", "helped", "helped", "helped")
    other = evolve(PROCESS.deadlines[0], id="other", on_expiry=None, length=Length(1, Unit.MONTHS))
    first = evolve(PROCESS.deadlines[0], start=OnEvent(("finished",)), guard=running("other"))
    take_in = transition("take_in", "finished", "asked", "helped")
    law = with_main(transitions=(take_in, note, *MAIN.transitions[3:]))
    case = evolve(law, deadlines=(first, other)).open(at="2024-06-03")
    case = case.step("finished", by="worker", at="2024-06-03")
    assert case.advance(to="2024-06-20").state("main") == "helped"
    noted = case.step("helped", by="worker", at="2024-06-04")
    assert noted.advance(to="2024-06-20").state("main") == "done"


def begun(case: Case, deadline: Deadline) -> datetime:
    """Read off the journal, the latest entry first."""
    entries = list(reversed(case.journal))
    if isinstance(deadline.start, OnEvent):
        return next(entry.at for entry in entries if entry.event in deadline.start.events)
    for entry in entries:
        for moved in entry.moved:
            outside = moved.source not in deadline.states
            if moved.machine == deadline.machine and outside and moved.target in deadline.states:
                return entry.at
    return entries[-1].at
