"""The facts of a case: a tuple in the schema's order inside, a mapping outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..definition import FactError, UnknownId, Value
from .calendar import moment
from .logic import Facts

if TYPE_CHECKING:
    from .case import Case
    from .program import Program


class FactView(Mapping[str, Value]):
    """What is known, by fact id. Its `repr` says how much is known, never what."""

    __slots__ = ("_index", "_values")

    def __init__(self, index: Mapping[str, int], values: Facts) -> None:
        self._index, self._values = index, values

    def __getitem__(self, fact: str) -> Value:
        if fact not in self._index:
            raise UnknownId("fact", fact, self._index)
        value = self._values[self._index[fact]]
        if value is None:
            raise KeyError(fact)
        return value

    def __iter__(self) -> Iterator[str]:
        return (f for f, i in self._index.items() if self._values[i] is not None)

    def __len__(self) -> int:
        return sum(value is not None for value in self._values)

    def __repr__(self) -> str:
        return f"<{len(self)} facts known>"


def known_facts(program: Program, facts: Mapping[str, object]) -> Facts:
    """These facts, checked against the schema, in its order."""
    return _parsed(program, program.unknown, facts)


def with_facts(case: Case, event: str, facts: Mapping[str, object]) -> Facts:
    """The case's facts with those that the event records put in."""
    program = case._program
    records = program.process.event(event).records
    for id in facts:
        if id in program.fact_index and id not in records:
            raise FactError(
                f"fact {id}", f"is not recorded with {event}", f"{event} records: {records}"
            )
    return _parsed(program, case._facts, facts)


def _parsed(program: Program, known: Facts, facts: Mapping[str, object]) -> Facts:
    values = list(known)
    for id, value in facts.items():
        schema = program.process.fact(id)
        parsed = schema.parse(value)
        values[program.fact_index[id]] = (
            moment(parsed) if schema.kind.value == "datetime" and parsed is not None else parsed  # type: ignore[arg-type]
        )
    return tuple(values)
