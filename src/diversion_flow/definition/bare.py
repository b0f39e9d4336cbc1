"""Values by themselves. What is kept is a plain text, number, day or moment, whatever a caller
made of these: the member of an Enum or a framework's text may print otherwise, and nobody knows
its kind where a case or an error is read again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final, TypeVar

Given = TypeVar("Given")

_MADE: Final[dict[type, Any]] = {
    str: str.__str__,
    int: int.__pos__,
    float: float.__pos__,
    frozenset: frozenset,
    datetime: lambda given: datetime.combine(given, given.timetz()),
    date: lambda given: date(given.year, given.month, given.day),
}


def bare(value: Given) -> Given:
    """The same text, number, day or moment without what else its kind is; all others as they
    are."""
    if type(value) in _MADE or isinstance(value, bool):
        return value
    return next((made(value) for kind, made in _MADE.items() if isinstance(value, kind)), value)
