"""Values by which two schemas of a fact can be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from ..definition import Fact
from ..definition.facts import RULES, Value


def samples(fact: Fact, other: Fact | None = None) -> Iterator[Value]:
    """Values at the edges of what the fact may hold, and one of every other kind: those which
    `other` may not hold, if it is given."""
    if fact is other:
        return iter(())
    return (v for v in _edges(fact, other) if takes(fact, v) and not takes(other, v))


def _edges(*facts: Fact | None) -> Iterator[Value]:
    yield from (True, date(2024, 6, 3), datetime(2024, 6, 3, 10))
    for fact in filter(None, facts):
        for edge in (fact.minimum, fact.maximum, 0):
            if edge is not None:
                yield from (edge, edge - 1, edge + 1)
        for choice in fact.choices:
            yield choice.id
            yield frozenset((choice.id,))


def takes(fact: Fact | None, value: Value) -> bool:
    """Whether the fact may hold this value."""
    return fact is not None and RULES[fact.kind].parse(fact, value) is not None


def lasting(fact: Fact, number: int = 1) -> Value:
    """A value that the fact may hold; of numbers this one, or one that tells: not nothing."""
    some = (v for v in (number, *samples(fact)) if v and takes(fact, v))
    return next(some, next(samples(fact)))
