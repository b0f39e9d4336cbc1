"""Two laws that differ in who is told, or in what is owed to whom and met by what."""

from __future__ import annotations

import pytest
from attrs import evolve

from diversion_flow import Process, check, compare
from diversion_flow.definition import Told
from diversion_flow.testing import mutants
from helpers.small import LAW
from runtime.test_duties import ANSWER, owing
from runtime.test_told import WRITTEN, telling


def said(a: Process, b: Process) -> list[str]:
    found = compare(a, b)
    assert (found.same, found.same_behaviour) == (False, False)
    return [difference.text("en") for difference in found.people]


@pytest.mark.parametrize("event", ["helped", "finished", "lapsed"])
def test_who_is_told_under_one_law_only(event: str) -> None:
    """Also of what happens by operation of law."""
    assert said(telling(), telling(WRITTEN, event=event)) == [
        "a is told of 'a' under [the second], not under [the first]."
    ]
    assert said(telling(WRITTEN, event=event), telling()) == [
        "a is told of 'a' under [the first], not under [the second]."
    ]


def test_the_paper_alone_is_written_otherwise_and_treats_nobody_otherwise() -> None:
    found = compare(telling(WRITTEN), telling(Told("partner", None, LAW)))
    assert (found.same, found.same_behaviour) == (False, True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"met_by": ("reported",)}, "10 days (owed to a; met by 'a') under [the second]"),
        ({"met_by": ()}, "10 days (owed to a) under [the second]"),
        ({"owed_to": ()}, "10 days (met by 'a') under [the second]"),
        ({"met_by": (), "owed_to": ()}, "10 days (no duty) under [the second]"),
    ],
)
def test_what_is_owed_otherwise(changes: dict[str, tuple[str, ...]], words: str) -> None:
    (sentence,) = said(owing(), owing(evolve(ANSWER, **changes)))
    assert words in sentence


def test_check_finds_nothing_in_them() -> None:
    assert check(owing()) == check(telling(WRITTEN)) == ()


def test_a_duty_met_by_nothing_is_a_mistake_that_tests_should_notice() -> None:
    kinds = {mutant.id: mutant for mutant in mutants(owing())}
    dropped = kinds["drop_met.answer.answered"]
    assert dropped.apply(owing()).deadline("answer").met_by == ()
