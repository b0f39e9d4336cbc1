"""What is written otherwise: every field of every part is told in words, never as Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from attrs import evolve, fields

from diversion_flow import Process, compare, processes
from diversion_flow.analysis.structure import structure
from diversion_flow.analysis.structure_words import FIELDS, PARTS
from diversion_flow.definition import (
    LANGUAGES,
    Agency,
    Basis,
    Before,
    CalledWhen,
    Counting,
    DiversionFlowError,
    Guard,
    Length,
    Mark,
    OnEntry,
    OnEvent,
    OnFact,
    Paper,
    Parameter,
    Renewal,
    Share,
    Source,
    Stage,
    Stop,
    Text,
    Told,
    Unit,
    fact,
)
from diversion_flow.definition.deadline import length_amount
from diversion_flow.definition.guard import Running, param
from diversion_flow.definition.process import every_part
from helpers.small import LAW, PROCESS, T

WHOLE = evolve(
    PROCESS,
    stages=(Stage("first", T),),
    papers=(Paper("form", T, LAW),),
    parameters=(Parameter("days", T, 10, basis=LAW), Parameter("strict", T, False, (True, False))),
    sources=(*PROCESS.sources, Source("page", T)),
    agencies=(*PROCESS.agencies, Agency("other", T)),
)
POOL: list[Any] = [
    None, True, False, 0, 7, "law", "age", "worker", "main", "asked", "helped", "finished", "2024-06-03",
    "other", "partner", "first", "given", "open", ("open",), ("open", "given"), (10, 20),
    Text("別の文", "another text"), (), ("worker", "other"), ("age", "content"), ("form",), ("asked", "helped"),
    ("finished",), ("finished", "helped"), (Told("partner", "form", LAW), Told("other")),
    (Stop("consent", ("given",)),), (Renewal(("finished",), Length(1, Unit.MONTHS)),),
    (True, None, 3), date(2024, 6, 3), OnEntry(), OnEvent(("helped", "finished")), OnFact("age"), Counting(True, True), Counting(),
    Before("age", ("helped", "finished")),
    Length(3, Unit.MONTHS), Length(param("days"), Unit.HOURS, ("age",)), Length(0, Unit.DAYS),
    (CalledWhen(Text("別の名", "another name"), fact("age") >= 70, (Basis(Mark.READ, "law", "3"),)),),
    (Share(("age",), "partner"),), (Share(("age", "content"), "other", Basis(Mark.READ, "law", "2")),),
    (Basis(Mark.INFERRED, evidence=("page",)), Basis(Mark.KNOWN, "law", "3-2(1)")),
    *dict.fromkeys(f.kind for f in PROCESS.facts), fact("age") >= 70,
    ~((fact("age") < param("days")) | Running("limit")) & (fact("age") != 3),
]  # fmt: skip


PLACES = [(at[-1][0], part, a.name) for at, part in every_part(WHOLE) for a in fields(type(part))
          if a.name != "id"]  # fmt: skip


def put(value: Any, old: Any, new: Any) -> Any:
    """The process with one part exchanged for another."""
    if value is old:
        return new
    if isinstance(value, tuple):
        return tuple(put(v, old, new) for v in value)
    if hasattr(type(value), "__attrs_attrs__") and not isinstance(value, Text):
        changed = {a.name: put(getattr(value, a.name), old, new) for a in fields(type(value))}
        if any(v is not getattr(value, n) for n, v in changed.items()):
            return evolve(value, **changed)
    return value


def assert_no_python(text: str) -> None:
    assert not re.search(r"\b[A-Z]\w*\(|\w+=|frozenset|\{|<[a-zA-Z]|None|True|False|datetime", text)


def fits(hint: Any, value: Any) -> bool:
    """Whether the value is of the declared type."""
    origin, of = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return fits(of[0], value)
    if origin is tuple:
        return isinstance(value, tuple) and all(fits(of[0], v) for v in value)
    if of:  # one of several
        return any(fits(each, value) for each in of)
    return type(value) is hint or (hint is Guard and isinstance(value, Guard))


def variants(part: Any, field: str) -> Iterator[Process]:
    """The process with other values in that field, as far as the definition allows them."""
    hint = get_type_hints(type(part), include_extras=True)[field]
    for value in POOL:
        if fits(hint, value) and value != getattr(part, field):
            with suppress(DiversionFlowError):
                yield put(WHOLE, part, evolve(part, **{field: value}))


@pytest.mark.parametrize(("kind", "part", "field"), PLACES, ids=lambda v: getattr(v, "id", v))
def test_whatever_is_written_otherwise_is_told_in_words(kind: str, part: Any, field: str) -> None:
    for law in variants(part, field):
        for change in (*structure(WHOLE, law), *structure(law, WHOLE)):
            assert change.part in (kind, "choice", "state", "transition")
            for lang in LANGUAGES:
                assert_no_python(change.text(lang))


def test_there_is_another_value_for_every_field() -> None:
    told = {(kind, name) for kind, part, name in PLACES if any(variants(part, name))}
    whole = {("machine", "states"), ("machine", "transitions"), ("fact", "choices")}
    fixed = {("event", "home"), ("deadline", "machine"), ("fact", "kind")}  # others refer to them
    assert {(kind, name) for kind, _, name in PLACES} - whole - fixed <= told


@pytest.mark.parametrize("name", processes.names())
def test_every_part_of_every_law_is_told_in_words(name: str) -> None:
    laws = processes.versions(name)
    for law in laws[1:]:
        for change in (*structure(laws[0], law), *structure(law, laws[0])):
            for lang in LANGUAGES:
                assert not re.search(r"\b[A-Z]\w*\([a-z_]+=|frozenset|None", change.text(lang))


def test_every_kind_and_field_of_a_part_has_words() -> None:
    assert {kind for kind, _, _ in PLACES} <= set(PARTS)
    inner = {"id", "transitions", "guard"}  # told by their own parts
    assert {field for _, _, field in PLACES} - inner <= set(FIELDS)
    assert all(not text.missing for text in (*PARTS.values(), *FIELDS.values()))


def test_a_process_that_another_note_is_written_to_is_not_written_alike() -> None:
    found = compare(PROCESS, evolve(PROCESS, note=Text("注意", "beware")))
    assert (found.same, found.same_behaviour) == (False, True)
    assert found.changes[0].text("en") == "Δ Process — note: none → beware"


# -- no verdict by prose -----------------------------------------------------------------------------


def test_another_name_for_a_fact_that_a_limit_adds_changes_no_verdict() -> None:
    limit = PROCESS.deadline("limit")
    longer = evolve(limit, length=evolve(limit.length, plus=("age",)))
    law = evolve(PROCESS, deadlines=(longer,))
    renamed = evolve(law, facts=(evolve(law.facts[0], label=Text("年数", "years")), *law.facts[1:]))
    found = compare(law, renamed)
    assert [c.field for c in found.changes] == ["label"]
    assert (found.same, found.same_behaviour, found.people) == (False, True, ())


def test_two_facts_of_one_name_are_two_facts() -> None:
    limit = PROCESS.deadline("limit")
    twin = evolve(PROCESS.facts[0], id="twin")
    facts = (*PROCESS.facts, twin)
    one, other = (
        evolve(PROCESS, facts=facts,
               deadlines=(evolve(limit, length=evolve(limit.length, plus=(id,))),))
        for id in ("age", "twin")
    )  # fmt: skip
    found = compare(one, other)
    assert found.same_behaviour is False
    assert [d.deadline for d in found.people] == ["limit"]


@pytest.mark.parametrize(("value", "amount"), [(10, 10), (None, None)])
def test_a_length_by_policy_is_the_length_that_policy_has_set(value: Any, amount: Any) -> None:
    law = evolve(WHOLE, parameters=(Parameter("days", T, value, basis=LAW), *WHOLE.parameters[1:]))
    assert length_amount(law, Length(param("days"), Unit.DAYS)) == amount
    assert length_amount(law, Length(4, Unit.DAYS)) == 4
