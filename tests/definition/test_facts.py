"""What a fact takes: each kind its own values, of either keyboard, and no value is ever told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from diversion_flow import JST
from diversion_flow.definition import Choice, Fact, FactError, Kind, Text
from diversion_flow.definition.facts import RULES
from diversion_flow.definition.typecheck import LONGEST
from helpers.small import T

HOME = (Choice("own", Text("自宅", "own home")), Choice("none", Text("なし", "none")))


def made(kind: Kind, **rest: Any) -> Fact:
    choices = HOME if kind in (Kind.CHOICE, Kind.CHOICES) else ()
    return Fact("f", T, kind, "worker", choices=choices, **rest)


DAY, MOMENT = date(2024, 6, 3), datetime(2024, 6, 3, 10)
TAKEN: list[tuple[Kind, object, object]] = [
    (Kind.BOOLEAN, True, True),
    (Kind.BOOLEAN, False, False),
    (Kind.INTEGER, 0, 0),
    (Kind.INTEGER, -3, -3),
    (Kind.INTEGER, 2**LONGEST - 1, 2**LONGEST - 1),
    (Kind.DATE, DAY, DAY),
    (Kind.DATE, "2024-06-03", DAY),
    (Kind.DATE, "２０２４-０６-０３", DAY),
    (Kind.DATE, " 2024-06-03　", DAY),
    (Kind.DATETIME, "　2024-06-03T10:00 ", MOMENT),
    (Kind.DATETIME, "２０２４−０６−０３　１０：００", MOMENT),  # the signs that kana keyboards give
    (Kind.DATETIME, MOMENT, MOMENT),
    (Kind.DATETIME, "2024-06-03T10:00", MOMENT),
    (Kind.DATETIME, DAY, datetime(2024, 6, 3, tzinfo=JST)),
    (Kind.DATETIME, "2024-06-03T01:00Z", datetime(2024, 6, 3, 1, tzinfo=UTC)),
    (Kind.CHOICE, "own", "own"),
    (Kind.CHOICES, ["own"], frozenset({"own"})),
    (Kind.CHOICES, ("own", "none", "own"), frozenset({"own", "none"})),
    (Kind.CHOICES, set(), frozenset()),
    (Kind.CHOICES, frozenset({"none"}), frozenset({"none"})),
]
REFUSED: list[tuple[Kind, object]] = [
    (Kind.BOOLEAN, 1),
    (Kind.BOOLEAN, "true"),
    (Kind.INTEGER, True),
    (Kind.INTEGER, "3"),
    (Kind.INTEGER, 3.0),
    (Kind.INTEGER, 2**LONGEST),
    (Kind.DATE, MOMENT),
    (Kind.DATE, "2024-06-31"),
    (Kind.DATE, 20240603),
    (Kind.DATE, "2024-06-03" + " " * 40),
    (Kind.DATETIME, "ten o'clock"),
    *((Kind.DATETIME, f"2024-06-03{sign}10:00") for sign in "910x、.:-"),
    (Kind.DATETIME, "2024060391000"),
    (Kind.DATETIME, 5),
    (Kind.CHOICE, "Own"),
    (Kind.CHOICE, ["own"]),
    (Kind.CHOICE, 1),
    (Kind.CHOICES, "own"),
    (Kind.CHOICES, ["own", "other"]),
    (Kind.CHOICES, [1]),
    (Kind.CHOICES, {"own": True}),
]


@pytest.mark.parametrize(("kind", "given", "held"), TAKEN)
def test_a_value_of_the_kind_is_taken(kind: Kind, given: object, held: object) -> None:
    parsed = made(kind).parse(given)
    assert (parsed, type(parsed)) == (held, type(held))


@pytest.mark.parametrize(("kind", "given"), REFUSED)
def test_any_other_value_is_refused_and_not_repeated(kind: Kind, given: object) -> None:
    with pytest.raises(FactError) as caught:
        made(kind).parse(given)
    assert (caught.value.code, caught.value.at) == ("fact_value", (("fact", "f"),))
    assert caught.value.values == {"fact": made(kind).label, "expected": made(kind).expected}


@pytest.mark.parametrize("kind", Kind)
def test_nothing_stands_for_not_known(kind: Kind) -> None:
    assert made(kind).parse(None) is None


@pytest.mark.parametrize(
    ("low", "high", "taken", "refused"),
    [
        (None, None, [-(10**9), 0, 10**9], []),
        (0, None, [0, 10**9], [-1]),
        (None, 120, [-5, 120], [121]),
        (1, 20, [1, 20], [0, 21]),
        (0, 0, [0], [-1, 1]),
    ],
)
def test_a_number_lies_within_its_bounds(low: Any, high: Any, taken: Any, refused: Any) -> None:
    fact = made(Kind.INTEGER, minimum=low, maximum=high)
    assert [fact.parse(n) for n in taken] == taken
    for number in refused:
        with pytest.raises(FactError):
            fact.parse(number)


def test_what_is_expected_is_said_in_words() -> None:
    def said(fact: Fact) -> tuple[str, str]:
        return fact.expected.ja, fact.expected.en

    assert said(made(Kind.INTEGER)) == ("整数", "integer")
    assert said(made(Kind.INTEGER, minimum=0)) == ("0以上の整数", "integer from 0")
    assert said(made(Kind.INTEGER, maximum=9)) == ("9以下の整数", "integer up to 9")
    both = made(Kind.INTEGER, minimum=1, maximum=20)
    assert said(both) == ("1以上20以下の整数", "integer from 1 up to 20")
    assert said(made(Kind.CHOICE)) == ("own・noneのいずれか", "one of: own, none")
    assert said(made(Kind.CHOICES)) == ("own・noneの集まり", "set of: own, none")
    assert said(made(Kind.DATE)) == ("日付", "date")


def test_a_choice_is_found_by_its_id() -> None:
    fact = made(Kind.CHOICE)
    assert fact.choice("none") is HOME[1]
    assert fact.choice("なし") is fact.choice([]) is None  # type: ignore[arg-type]


def test_numbers_days_and_moments_have_an_order() -> None:
    assert {kind for kind in Kind if RULES[kind].ordered} == {
        Kind.INTEGER, Kind.DATE, Kind.DATETIME,
    }  # fmt: skip
