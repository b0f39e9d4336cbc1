"""The facts of a case: what is known by id inside, a mapping in the schema's order outside."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..definition import DiversionFlowError, Event, Fact, FactError, Kind, Text, UnknownId, Value
from ..definition.arguments import argument
from ..definition.moments import JST, moment
from .logic import NOTHING_KNOWN, Facts

if TYPE_CHECKING:
    from ..definition import Process
    from .case import Case
    from .program import Program


class NotRecorded(DiversionFlowError, KeyError):
    """The fact is not known yet in this case."""


class FactView(Mapping[str, Value]):
    """What is known, by fact id. Its `repr` says how much is known, never what."""

    __slots__ = ("_schema", "_values")

    def __init__(self, schema: Mapping[str, object], values: Facts) -> None:
        self._schema, self._values = schema, values

    def __getitem__(self, fact: str) -> Value:
        if not isinstance(fact, str) or fact not in self._schema:
            raise UnknownId("fact", fact, self._schema)
        value = self._values.get(fact)
        if value is None:
            raise NotRecorded("fact_not_known", at=(("fact", fact),))
        return value

    def get(self, fact: object, default: Any = None) -> Any:
        """The same, or what is given in its place: without an error that nobody reads."""
        return self._values.get(fact, default) if isinstance(fact, str) else default

    def __contains__(self, fact: object) -> bool:
        return isinstance(fact, str) and fact in self._values

    def __iter__(self) -> Iterator[str]:
        return iter([fact for fact in self._schema if fact in self._values])

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"<{len(self)} facts known>"


def facts_before(case: Case) -> Facts:
    """What was known before the case's latest step, without what the step has outdated."""
    before = case._previous
    if before is None:
        return NOTHING_KNOWN
    return left(before._facts, case._program.outdates.get(case._arrival.event))


def with_facts(case: Case, event: str, facts: Mapping[str, object] | None) -> Facts:
    """The case's facts without what the event outdates, with those that are told with it put in."""
    program = case._program
    known = left(case._facts, program.outdates.get(event))
    return known if facts is None else put_in(program, known, facts, event)


def left(known: Facts, outdated: frozenset[str] | None) -> Facts:
    """What is known, without what is outdated."""
    if not outdated or known.keys().isdisjoint(outdated):
        return known
    now = {**known}
    for id in outdated:
        now.pop(id, None)
    return now


def _not_recorded(process: Process, event: str | None, fact: str) -> DiversionFlowError:
    if event is None or not isinstance(fact, str) or fact not in process.by_id["fact"]:
        return UnknownId("fact", fact, process.by_id["fact"])
    here, told = (("fact", fact),), process.event(event)
    recording = tuple(_pasted(e) for e in process.events if fact in e.records)
    if not recording:
        return FactError("fact_recorded_nowhere", at=here, event=told.label)
    records = tuple(_pasted(process.fact(id)) for id in told.records) or _NOTHING
    return FactError(
        "fact_not_recorded", at=here, event=told.label, events=recording, records=records
    )


def _pasted(part: Event | Fact) -> Text:
    """A part by its name, with the id that is to be written."""
    ja, en = part.label.in_("ja"), part.label.in_("en")
    return Text(f"{ja}({part.id})", f"{en} ({part.id})")


_NOTHING = Text("なし", "nothing")


def put_in(
    program: Program, known: Facts, facts: Mapping[str, object], event: str | None = None
) -> Facts:
    """The facts known, and these, checked against the schema, which are among those that can be
    recorded (with the event)."""
    if facts.__class__ is not dict:
        argument("facts", facts, Mapping)
    if not facts:
        return known
    recorded = program.plain if event is None else program.records[event]
    now, counted = {**known}, False
    for id, value in facts.items():
        found = recorded.get(id) if isinstance(id, str) else None
        if found is None:
            raise _not_recorded(program.process, event, id)
        fact, kind, themselves, counts = found
        counted = counted or counts
        if value.__class__ is not kind or not (themselves is None or value in themselves):
            value = _parsed(fact, value)
        if value is None:
            now.pop(fact.id, None)
        else:
            now[fact.id] = value  # type: ignore[assignment]
    if counted:
        program.bearing.require_facts(facts, now)
    return now


# A fact of the schema, and the values that stand for themselves, without being read: of which type,
# and which (None: each of it). Whether a clock counts by it.
Plain = tuple[Fact, type, Container[object] | None, bool]


def plain(fact: Fact, *, counts: bool) -> Plain:
    """The fact, made ready to be recorded."""
    kind, values = _themselves(fact)
    return fact, kind, values, counts


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
