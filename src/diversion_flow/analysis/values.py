"""Values by which two schemas of a fact can be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from ..definition import Fact, FactError
from ..definition.fact import Value


def samples(fact: Fact) -> Iterator[Value]:
    """Values at the edges of what the fact may hold, and one of every other kind."""
    yield from (True, date(2024, 6, 3), datetime(2024, 6, 3, 10))
    yield from (edge for edge in (fact.minimum, fact.maximum, 0) if edge is not None)
    for choice in fact.choices:
        yield choice.id
        yield frozenset((choice.id,))


def takes(fact: Fact | None, value: Value) -> bool:
    """Whether the fact may hold this value."""
    try:
        return fact is not None and fact.parse(value) is not None
    except FactError:
        return False
