"""The live machines and the step, driven by the same random events, never differ."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diversion_flow import Process, Refused, processes
from diversion_flow.definition import FactError
from diversion_flow.runtime.live import LiveCase
from diversion_flow.scenarios import names, play, shipped
from helpers.chance import attempt, value
from helpers.small import PROCESS

PROCESSES = {
    p.id: p for p in (PROCESS, *(processes.in_force(n, on="2024-06-03") for n in processes.names()))
}


class Model:
    """An app's own model."""


def drive(process: Process, seed: int, steps: int) -> tuple[int, int]:
    """Random events on both; how many were accepted and how many refused."""
    rnd = random.Random(seed)
    facts = {f.id: value(f, rnd) for f in process.facts if rnd.random() < 0.6}
    case = process.open(at="2024-06-03T10:00", facts=facts)
    live = LiveCase(process, Model(), at="2024-06-03T10:00", facts=facts)
    accepted = refused = 0
    for _ in range(steps):
        leading = case.possible() or tuple(e.id for e in process.events)
        event = rnd.choice(leading if rnd.random() < 0.8 else [e.id for e in process.events])
        definition = process.event(event)
        whom = definition.by if rnd.random() < 0.9 else [a.id for a in process.agencies]
        call: dict[str, Any] = {
            "by": rnd.choice(whom),
            "at": case.at + timedelta(hours=rnd.choice([-1, 0, 0, 1, 20, 24 * 8, 24 * 200])),
            "facts": {f: value(process.fact(f), rnd) for f in definition.records if rnd.random() < 0.9},
        }  # fmt: skip
        moved, mirrored = attempt(case, event, **call), attempt(live, event, **call)
        assert (moved is None) == (mirrored is None), (event, call["by"])
        case = moved or case
        accepted, refused = accepted + bool(moved), refused + (not moved)
        assert live.states() == dict(case.states)
        assert live.case == case
    return accepted, refused


@pytest.mark.parametrize("name", PROCESSES)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_live_machines_and_step_agree(name: str, seed: int) -> None:
    drive(PROCESSES[name], seed, 20)


def test_the_random_events_are_accepted_and_refused_often_enough_to_tell() -> None:
    counts = [drive(PROCESSES["entry_support"], seed, 25) for seed in range(6)]
    assert sum(a for a, _ in counts) > 30
    assert sum(r for _, r in counts) > 10


@pytest.mark.parametrize("name", names())
def test_live_machines_follow_the_stories(name: str) -> None:
    lives: dict[str, LiveCase] = {}
    for played in play(shipped(name)):
        step = played.step
        if step.case not in lives:
            first = played.before.journal[0]
            lives[step.case] = LiveCase(played.before.process, Model(), at=first.at,
                                        facts=dict(first.facts), id=step.case)  # fmt: skip
        for record in played.records:
            facts = dict(record.facts)
            lives[step.case].step(record.event, by=record.by, at=record.at, facts=facts)
        assert lives[step.case].states() == dict(played.after.states)


# -- where the toolkit's own habits would be wrong for law -------------------------------------


def live() -> LiveCase:
    return LiveCase(PROCESS, Model(), at="2024-06-03T10:00", facts={"age": 70})


def test_no_trigger_jumps_to_a_state() -> None:
    model = live().model
    assert not [name for name in dir(model) if name.startswith(("to_", "may_", "trigger"))]


def test_a_refused_event_raises_and_moves_nothing() -> None:
    case = live()
    with pytest.raises(Refused):
        case.step("finished", by="worker", at="2024-06-04")
    assert case.states() == {"main": "asked", "consent": "open"}


def test_a_failing_callback_leaves_everything_as_it_was() -> None:
    class Failing(Model):
        def on_enter_main_helped(self, event: object) -> None:
            raise RuntimeError("the app's own fault")

    case = LiveCase(PROCESS, Failing(), at="2024-06-03T10:00", facts={"age": 70})
    before = case.case
    with pytest.raises(RuntimeError, match="own fault"):
        case.step("helped", by="worker", at="2024-06-04")
    assert case.states() == {"main": "asked", "consent": "open"}
    assert case.case is before


def test_callbacks_are_called_and_after_sees_the_new_case() -> None:
    seen: list[str] = []

    class Telling(Model):
        def on_exit_main_asked(self, event: object) -> None:
            seen.append("left")

        def on_enter_main_helped(self, event: object) -> None:
            seen.append("entered")

    case = LiveCase(PROCESS, Telling(), at="2024-06-03T10:00", facts={"age": 70},
                    after=lambda model, new: seen.append(new.state("main")))  # fmt: skip
    case.step("helped", by="worker", at="2024-06-04")
    assert seen == ["left", "entered", "helped"]
    assert case.model.main == "helped"


def test_wrong_facts_are_an_error_of_the_call() -> None:
    with pytest.raises(FactError):
        live().step("helped", by="worker", at="2024-06-04", facts={"age": "seventy"})
