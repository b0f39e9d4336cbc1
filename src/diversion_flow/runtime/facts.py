"""The facts of a case: a tuple in the schema's order inside, a mapping outside."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from ..definition import DiversionFlowError, Fact, FactError, Kind, Text, UnknownId, Value
from ..definition.arguments import argument
from ..definition.moments import JST, moment
from .logic import Facts

if TYPE_CHECKING:
    from ..definition import Process
    from .case import Case
    from .program import Program


class NotRecorded(DiversionFlowError, KeyError):
    """The fact is not known yet in this case."""


class FactView(Mapping[str, Value]):
    """What is known, by fact id. Its `repr` says how much is known, never what."""

    __slots__ = ("_index", "_values")

    def __init__(self, index: Mapping[str, int], values: Facts) -> None:
        self._index, self._values = index, values

    def __getitem__(self, fact: str) -> Value:
        if not isinstance(fact, str) or fact not in self._index:
            raise UnknownId("fact", fact, self._index)
        value = self._values[self._index[fact]]
        if value is None:
            raise NotRecorded("fact_not_known", at=(("fact", fact),))
        return value

    def __iter__(self) -> Iterator[str]:
        return (f for f, i in self._index.items() if self._values[i] is not None)

    def __len__(self) -> int:
        return sum(value is not None for value in self._values)

    def __repr__(self) -> str:
        return f"<{len(self)} facts known>"


def facts_before(case: Case) -> Facts:
    """What was known before the case's latest step, in the order of its own schema."""
    before, program = case._previous, case._program
    if before is None:
        return program.unknown
    if before._program is program or before.process.facts == case.process.facts:
        return before._facts
    known = before.facts
    return tuple(known.get(id) for id in program.fact_index)


def known_facts(program: Program, facts: Mapping[str, object]) -> Facts:
    """These facts, checked against the schema, in its order."""
    if facts.__class__ is not dict:
        argument("facts", facts, Mapping)
    return _put_in(program, program.unknown, facts, program.plain)


def with_facts(case: Case, event: str, facts: Mapping[str, object]) -> Facts:
    """The case's facts with those that the event records put in."""
    if facts.__class__ is not dict:
        argument("facts", facts, Mapping)
    if not facts:
        return case._facts
    program = case._arrival.situation.program
    return _put_in(program, case._facts, facts, program.records.get(event) or {}, event)


def _not_recorded(process: Process, event: str | None, fact: str) -> DiversionFlowError:
    if event is None or not isinstance(fact, str) or fact not in process.by_id["fact"]:
        return UnknownId("fact", fact, process.by_id["fact"])
    here = (("fact", fact),)
    recording = tuple(e.id for e in process.events if fact in e.records)
    if not recording:
        return FactError("fact_recorded_nowhere", at=here, event=event)
    records = process.event(event).records or _NOTHING
    return FactError("fact_not_recorded", at=here, event=event, events=recording, records=records)


_NOTHING = Text("なし", "nothing")


def _put_in(
    program: Program,
    known: Facts,
    facts: Mapping[str, object],
    recorded: Mapping[str, Plain],
    event: str | None = None,
) -> Facts:
    """The facts known, and these, which are among those that can be recorded (with the event)."""
    values, counted = list(known), False
    for id, value in facts.items():
        found = recorded.get(id) if isinstance(id, str) else None
        if found is None:
            raise _not_recorded(program.process, event, id)
        place, kind, themselves, counts = found
        counted = counted or counts
        if value.__class__ is kind and (themselves is None or value in themselves):
            values[place] = value  # type: ignore[call-overload]
        else:
            values[place] = _parsed(program.process.facts[place], value)
    now = tuple(values)
    if counted:
        program.bearing.require_facts(facts, now)
    return now


class Plain(NamedTuple):
    """A fact of the schema: its place, and the values that stand for themselves, without being
    read: of which type, and which (None: each of it). Whether a clock counts by it."""

    place: int
    kind: type
    themselves: Container[object] | None
    counts: bool


def plain(fact: Fact, place: int, *, counts: bool) -> Plain:
    """The fact, made ready to be recorded."""
    kind, values = _themselves(fact)
    return Plain(place, kind, values, counts)


def _themselves(fact: Fact) -> tuple[type, Container[object] | None]:
    if fact.kind is Kind.CHOICE:
        return str, frozenset(choice.id for choice in fact.choices)
    if fact.kind is Kind.INTEGER and fact.minimum is not None and fact.maximum is not None:
        return int, range(fact.minimum, fact.maximum + 1)
    if fact.kind is Kind.DATE:
        return date, None
    return (bool, None) if fact.kind is Kind.BOOLEAN else (type(None), None)


def _parsed(fact: Fact, value: object) -> Value | None:
    """The value as the schema has it; a moment in Japanese time."""
    parsed = fact.parse(value)
    if not isinstance(parsed, datetime):
        return parsed
    if not _SAFE[0] < parsed.replace(tzinfo=JST) < _SAFE[1]:  # no zone leads out of the years
        raise FactError("fact_no_moment", at=(("fact", fact.id),))
    return moment(parsed)


_SAFE = datetime(1, 1, 3, tzinfo=JST), datetime(9999, 12, 29, tzinfo=JST)
