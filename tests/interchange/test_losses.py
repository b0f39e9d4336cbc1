"""Whatever a definition says a format writes, or names among what it lacks: each field of each
kind of part is given another value, and either the text is another or a loss speaks of it."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

import pytest
from attrs import evolve, fields

from diversion_flow import Process
from diversion_flow.definition import Text
from diversion_flow.definition.errors import At
from diversion_flow.definition.process import KINDS, every_part
from diversion_flow.interchange import Exported, export
from diversion_flow.interchange.pnml import pnml
from helpers.whole import WHOLE, put, variants

# The fields of which the sentence of a loss speaks: of any kind of part, or of one.
SPEAKS = {
    "agency": "by",
    "basis": "basis",
    "before": "before",
    "calendar": "counting",
    "called": "called_when",
    "deadline": "deadline.guard deadline.start counting length on_expiry states deadline.label",
    "final": "final",
    "ends_case": "ends_case",
    "duty": "owed_to met_by",
    "fact": "records outdates",
    "guard": "guard",
    "holder": "holder stage",
    "home": "home",
    "links": "stops renewals",
    "outdates": "outdates",
    "parameter": "value choices parameter.label parameter.note",
    "rest": "rest",
    "schema": "source minimum maximum unit records",
    "share": "shares",
    "sight": "seen_by seen_with_consent machine.basis",
    "source": "url law_id revision read_on",
    "start": "deadline.start owner deadline.guard",
    "time": "since until",
    "told": "told",
    "version": "version since until called",
    "visibility": "seen_by seen_with_consent unseen_by process.consent",
    "words": "label note outcome unit called papers short",
}
# Lists of parts, whose fields are tried, and what binds parts together: no other value stands alone.
BOUND = {"fact.kind", "deadline.machine", "process.main_machine", "process.main_route",
         "process.road"}  # fmt: skip
LISTS = {f"{row.holder or 'process'}.{row.list}" for row in KINDS.values()}


def _renamed() -> Process:
    """Each part under a name of its own, so that it is seen which one is named."""
    process = WHOLE
    for at, _ in every_part(WHOLE):
        (part,) = (part for found, part in every_part(process) if found == at)
        name = ".".join(id for _, id in at)
        if hasattr(part, "label"):
            process = put(process, part, evolve(part, label=Text(name, name)))
    return process


LAW = _renamed()


class Change(NamedTuple):
    """A field of a part, how a loss may name that part, the law with another value in it."""

    place: str
    named: set[str]
    law: Process


def _parts(law: Process) -> dict[At, Any]:
    return {(("process", law.id),): law, **dict(every_part(law))}


PLACES = {
    f"{at[-1][0]}.{field.name}"
    for at, part in _parts(LAW).items() for field in fields(type(part))
    if field.init and field.name != "id"
} - LISTS  # fmt: skip


@cache
def changed(place: str) -> tuple[Change, ...]:
    """The field of each part of the kind, with another value."""
    kind, field = place.split(".")
    found = ((at, _other(part, field)) for at, part in _parts(LAW).items() if at[-1][0] == kind)
    return tuple(Change(place, _named(at, law, field), law) for at, law in found if law)


def _other(part: Any, field: str) -> Process | None:
    return next(variants(part, field, LAW), None)


def _named(at: At, law: Process, field: str) -> set[str]:
    """As `state main.asked`, `main.asked`, `asked`, or by what stands in the field."""
    name, kind = ".".join(id for _, id in at), at[-1][0]
    values = (getattr(_parts(each)[at], field) for each in (LAW, law))
    inside = chain(*(value for value in values if type(value) is tuple))
    return {f"{kind} {name}", name, at[-1][1], *(id for id in inside if isinstance(id, str))}


FORMATS: dict[str, Any] = {
    "bpmn": lambda law: [export(law, "bpmn")],
    "scxml": lambda law: [export(law, "scxml")],
    "mjs": lambda law: [export(law, "mjs")],
    "pnml": lambda law: [pnml(law, machine.id) for machine in law.machines],
    "csv": lambda law: [export(law, f"{t}.csv") for t in ("rules", "states", "limits", "facts")],
}


def _text(made: list[Exported]) -> str:
    """Without the mark by which a law is known from another, which any change changes."""
    return re.sub(r"\b[0-9a-f]{12}\b", "", "".join(each.text for each in made))


def _spoken_of(made: list[Exported], change: Change) -> bool:
    """Whether a loss that speaks of the field names the part, or all parts alike."""
    of = {change.place, change.place.split(".")[1]}
    losses = (loss for each in made for loss in each.losses)
    speak = (loss for loss in losses if of & {*SPEAKS.get(loss.code, "").split()})
    return any(not loss.ids or change.named & {*loss.ids} for loss in speak)


SLOW = pytest.param("bpmn", marks=pytest.mark.slow)


@pytest.mark.parametrize("format", [SLOW, *list(FORMATS)[1:]])
def test_each_field_is_written_or_a_loss_speaks_of_it(format: str) -> None:
    made = FORMATS[format]
    before = made(LAW)

    def told(change: Change) -> bool:
        after = made(change.law)
        both = [*before, *after]
        return _text(after) != _text(before) or _spoken_of(both, change)

    silent = {place for place in PLACES if not any(map(told, changed(place)))}
    assert silent == BOUND


def test_every_other_field_has_another_value() -> None:
    assert {place for place in PLACES if not changed(place)} == BOUND
