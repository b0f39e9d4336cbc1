"""Parts are found by what they have to do with, in their order, however large the process is."""

from __future__ import annotations

import pickle
from functools import partial

import pytest
from attrs import evolve

from diversion_flow import CallError, Process, UnknownId, processes
from helpers.small import MAIN, PROCESS


@pytest.mark.parametrize(
    "process", [PROCESS, processes.get("entry_support")], ids=lambda process: process.id
)
def test_rules_and_limits_are_found_as_a_walk_through_all_finds_them(process: Process) -> None:
    found = 0
    for machine in process.machines:
        for state in machine.states:
            assert machine.state(state.id) is state
            rules = tuple(t for t in machine.transitions if state.id in t.sources)
            limits = tuple(
                d for d in process.deadlines if d.machine == machine.id and state.id in d.states
            )
            assert machine.leaving(state.id) == rules
            assert process.limits(machine.id, state.id) == limits
            found += len(rules) + len(limits)
        for event in process.events:
            rules = tuple(t for t in machine.transitions if t.event == event.id)
            assert machine.on(event.id) == rules
        for rule in machine.transitions:
            assert machine.transition(rule.id) is rule
    assert found > 4


def test_a_source_named_twice_is_one_way_out() -> None:
    rule = evolve(MAIN.transitions[0], sources=("asked", "asked"))
    assert evolve(MAIN, transitions=(rule,)).leaving("asked") == (rule,)


def test_what_is_not_there_is_told_or_empty() -> None:
    assert MAIN.on("nothing") == ()
    for wrong in ("askd", None, ["asked"]):
        for find in (MAIN.state, MAIN.leaving, partial(PROCESS.limits, "main")):
            with pytest.raises(UnknownId):
                find(wrong)  # type: ignore[arg-type]
    with pytest.raises(CallError):
        MAIN.on(["asked"])  # type: ignore[arg-type]
    with pytest.raises(UnknownId, match="help"):
        MAIN.transition("hlep")


def test_what_was_found_is_no_part_of_the_value() -> None:
    fresh = evolve(MAIN)
    assert fresh.leaving("asked")
    assert fresh == MAIN
    assert hash(fresh) == hash(MAIN)
    again = pickle.loads(pickle.dumps(fresh))
    assert again == fresh
    assert again.leaving("asked") == fresh.leaving("asked")
    assert evolve(fresh, transitions=()).leaving("asked") == ()
