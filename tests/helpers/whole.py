"""A small process with a part of every kind, and for every field of every part other values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from attrs import evolve, fields

from diversion_flow import Process
from diversion_flow.definition import (
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
    "other", "partner", "first", "given", "open", "https://example.org/text", ("open",), ("open", "given"), (10, 20),
    Text("別の文", "another text"), (), ("worker", "other"), ("age", "content"), ("form",), ("asked", "helped"),
    ("finished",), ("finished", "helped"), ("partner",), (Told("partner", "form", LAW), Told("other")),
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


def variants(part: Any, field: str, whole: Process = WHOLE) -> Iterator[Process]:
    """The process with other values in that field, as far as the definition allows them."""
    hint = get_type_hints(type(part), include_extras=True)[field]
    for value in POOL:
        if fits(hint, value) and value != getattr(part, field):
            with suppress(DiversionFlowError):
                yield put(whole, part, evolve(part, **{field: value}))
