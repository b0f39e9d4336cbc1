"""The words of a question: who is told, by which events, and what a fact of several values holds."""

from __future__ import annotations

import pytest
from attrs import evolve

from diversion_flow import CallError
from diversion_flow.definition import Told, fact
from diversion_flow.definition.occasions import occasion
from helpers.small import LAW, PROCESS

TOLD = (Told("partner", None, LAW),)
TELLING = evolve(
    PROCESS,
    events=tuple(
        evolve(event, told=TOLD) if event.id in ("helped", "finished") else event
        for event in PROCESS.events
    ),
)


def test_who_is_told_stands_for_the_events_that_tell_it() -> None:
    assert occasion(TELLING, "told:partner").events == ("helped", "finished")
    assert occasion(TELLING, "told:partner finished").events == ("finished",)
    assert occasion(TELLING, "told:partner|worker").events == ("helped", "finished")


@pytest.mark.parametrize("words", ["told:worker", "told:partner consented"])
def test_what_tells_nobody_so_is_no_occasion(words: str) -> None:
    with pytest.raises(CallError) as refused:
        occasion(TELLING, words)
    assert refused.value.code == "ask_told"


def test_a_fact_of_several_values_is_asked_for_one() -> None:
    assert occasion(PROCESS, "recipients=partner").after == fact("recipients").includes("partner")
