"""A law keeps so many situations and rows, and no more: cases go on as if none had been forgotten."""

from __future__ import annotations

import pytest
from attrs import evolve

from diversion_flow import processes
from diversion_flow.runtime.program import program
from diversion_flow.scenarios import play, shipped


def test_a_case_goes_on_when_its_law_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    story = shipped("cs01")
    law = processes.in_force(story.process, on=story.on)
    told = [step.after for step in play(story, law)]
    monkeypatch.setattr("diversion_flow.runtime.program._MOST", 3)
    forgetful = evolve(law)
    again = [step.after for step in play(story, forgetful)]
    assert len({tuple(case.states.values()) for case in told}) > 6
    assert len(program(forgetful)._situations) <= 3
    assert len(program(forgetful)._rows._made) <= 9 < len(program(law)._rows._made)
    assert [case.journal for case in again] == [case.journal for case in told]
    assert [case.deadlines() for case in again] == [case.deadlines() for case in told]
    assert [case.possible() for case in again] == [case.possible() for case in told]
