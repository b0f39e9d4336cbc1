"""Guards as they are written: Python's operators build the tree, and nothing else is taken."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
from attrs import evolve

from diversion_flow import JST
from diversion_flow.definition import (
    CallError,
    DefinitionError,
    Fact,
    Kind,
    Parameter,
    SetParameter,
    any_of,
    every,
    fact,
    holds,
    machine,
    param,
    running,
    when,
)
from diversion_flow.definition.guard import (
    ALWAYS,
    AllOf,
    AnyOf,
    Compare,
    Guard,
    InState,
    Known,
    Member,
    Not,
    ParameterIs,
    ParameterRef,
    Running,
    atoms,
    replaced,
)
from helpers.small import MAIN, PROCESS, T, transition

A, B, C = holds("a"), holds("b"), holds("c")
age = fact("age")


def test_each_operator_is_the_comparison_that_it_shows() -> None:
    built = [age == 1, age != 1, age < 1, age <= 1, age > 1, age >= 1]
    assert built == [Compare("age", sign, 1) for sign in ("==", "!=", "<", "<=", ">", ">=")]  # type: ignore[arg-type]
    assert age.in_(1, 2) == Member("age", (1, 2))
    assert age.known() == Known("age")
    assert (age >= param("limit")) == Compare("age", ">=", ParameterRef("limit"))
    assert machine("m").in_("s", "t") == InState("m", ("s", "t"))
    assert running("d") == Running("d")
    assert (when("p"), when("p", 3)) == (ParameterIs("p", True), ParameterIs("p", 3))
    assert holds("a") == Compare("a", "==", True)


def test_clauses_stand_side_by_side_and_twice_not_is_nothing() -> None:
    assert A & B & C == A & (B & C) == AllOf((A, B, C))
    assert A | B | C == A | (B | C) == AnyOf((A, B, C))
    assert AnyOf((AllOf((A, B)), C)) == (A & B) | C
    assert Not(A) == ~A
    assert A == ~~A
    assert [*(A & ~B).walk()] == [AllOf((A, Not(B))), A, Not(B), B]


def test_its_single_conditions_are_found_and_replaced_as_they_are_wanted() -> None:
    guard = (A & ~(B | A)).under()
    assert [*atoms(guard, C)] == [A, B, C]
    found = replaced(guard, lambda atom, wanted: atom if wanted else C)
    assert found == (A & ~(C | C)).under()


def test_many_at_once() -> None:
    assert every() == every(ALWAYS, None) == ALWAYS  # type: ignore[arg-type]
    assert every(A) == every(ALWAYS, A) == A
    assert every(A, B & C) == AllOf((A, B, C))
    assert any_of(A) == A
    assert any_of(A, B | C) == AnyOf((A, B, C))
    assert any_of() == AnyOf(())


def test_what_a_guard_asks_is_named_once_and_in_order() -> None:
    asked = (age >= param("limit")) & machine("m").in_("s") & ~(age < 3) & running("d") & when("p")
    assert asked.mentions() == (
        ("fact", "age"), ("parameter", "limit"), ("machine", "m"), ("state", "m.s"),
        ("deadline", "d"), ("parameter", "p"),
    )  # fmt: skip


ODD: list[Any] = [None, 1, "a", [A], object()]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: type(odd).__name__)
def test_what_is_no_guard_does_not_become_one(odd: Any) -> None:
    for build in (lambda: A & odd, lambda: A | odd, lambda: any_of(A, odd)):
        with pytest.raises(CallError) as caught:
            build()
        assert caught.value.code == "guard_wanted"
    if odd is not None:
        with pytest.raises(CallError):
            every(odd)


def test_a_guard_has_no_truth_before_a_case_is_asked() -> None:
    with pytest.raises(CallError) as caught:
        bool(A and B)
    assert caught.value.code == "guard_truth"


@pytest.mark.parametrize("odd", [None, 1.5, ["x"], A], ids=lambda odd: type(odd).__name__)
def test_a_fact_is_compared_with_a_plain_value(odd: Any) -> None:
    for compare in (lambda: age == odd, lambda: age > odd):
        with pytest.raises(DefinitionError) as caught:
            compare()
        assert (caught.value.code, caught.value.at) == ("compared_with", (("fact", "age"),))
    with pytest.raises(CallError, match="by itself") as told:
        age.in_(1, odd)
    assert told.value.at == (("fact", "age"),)


def test_values_are_given_one_by_one() -> None:
    for build, at in (
        (lambda: machine("m").in_(["s", "t"]), ("machine", "m")),  # type: ignore[arg-type]
        (lambda: fact("a").includes(3), ("fact", "a")),  # type: ignore[arg-type]
        (lambda: fact("a").in_(date(2024, 6, 3), ("x",)), ("fact", "a")),  # type: ignore[arg-type]
    ):
        with pytest.raises(CallError) as caught:
            build()
        assert (caught.value.code, caught.value.at) == ("one_by_one", (at,))


def test_one_of_none_is_no_condition() -> None:
    for build, at in ((machine("m").in_, ("machine", "m")), (fact("a").in_, ("fact", "a"))):
        with pytest.raises(DefinitionError) as caught:
            build()
        assert (caught.value.code, caught.value.at) == ("lists_nothing", (at,))


@pytest.mark.parametrize("build", [fact, holds, machine, param, running, when])
def test_an_id_is_a_text(build: Any) -> None:
    with pytest.raises(CallError) as caught:
        build(3)
    assert caught.value.code == "id_wanted"
    assert caught.value.values["found"] == "int"
    assert isinstance(build("x"), Guard | ParameterRef | type(fact("x")) | type(machine("x")))


def test_a_moment_without_an_offset_is_japanese_wherever_a_constant_stands() -> None:
    noon, said = datetime(2024, 6, 3, 12, tzinfo=JST), datetime(2024, 6, 3, 12)
    abroad = noon.astimezone(UTC)
    for given in (said, abroad):
        asked, parameter = fact("told"), Parameter("p", T, given, (given,))
        held: list[Any] = [
            cast(Compare, asked >= given).value, *cast(Member, asked.in_(given)).values,
            cast(ParameterIs, when("p", given)).value, SetParameter("p", given).value,
            parameter.value, *parameter.choices,
        ]  # fmt: skip
        assert {(found, found.tzinfo) for found in held} == {(noon, JST)}


def test_a_day_is_no_moment_to_compare_one_with() -> None:
    told = Fact("told", T, Kind.DATETIME, "worker")
    law = evolve(PROCESS, facts=(*PROCESS.facts, told))
    asked = transition("help", "helped", "asked", "helped", fact("told") >= date(2024, 6, 3))
    with pytest.raises(DefinitionError, match=r"not a value of the fact told \(it takes datetime"):
        evolve(law, machines=(evolve(MAIN, transitions=(asked,)), *law.machines[1:]))
