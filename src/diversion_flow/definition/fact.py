"""Facts of a case: a typed schema with units, sources and who may see them."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import TypeAlias

from attrs import field, frozen, validators

from .basis import Basis
from .errors import DefinitionError
from .text import Text

Value: TypeAlias = bool | int | str | date | datetime | frozenset[str]


class Kind(Enum):
    """What a fact holds."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DATE = "date"
    DATETIME = "datetime"
    CHOICE = "choice"  # one of the declared values
    CHOICES = "choices"  # a set of the declared values


@frozen
class Choice:
    """One value that a fact may have."""

    id: str
    label: Text


class FactError(DefinitionError):
    """A value that the fact's schema does not allow; the value itself is never shown."""


@frozen
class Fact:
    """Something recorded about the case.

    `source` is the agency that can supply it. `seen_by` may always see it;
    `seen_with_consent` only while consent that names them is in scope.
    """

    id: str
    label: Text
    kind: Kind = field(validator=validators.instance_of(Kind))
    source: str
    seen_by: tuple[str, ...] = ()
    seen_with_consent: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    unit: Text | None = None
    minimum: int | None = None
    maximum: int | None = None
    basis: tuple[Basis, ...] = ()

    def __attrs_post_init__(self) -> None:
        if (self.kind in (Kind.CHOICE, Kind.CHOICES)) != bool(self.choices):
            raise DefinitionError(
                f"fact {self.id}", f"kind {self.kind.value} and its choices do not fit together"
            )

    def choice(self, id: str) -> Choice | None:
        """The declared value with this id."""
        return next((c for c in self.choices if c.id == id), None)

    def parse(self, value: object) -> Value | None:
        """`value` checked against the schema; None stands for not known."""
        if value is None:
            return None
        parsed = _PARSERS[self.kind](self, value)
        if parsed is None:
            raise FactError(f"fact {self.id}", f"is no {self.expected}", "correct the value")
        return parsed

    @property
    def expected(self) -> str:
        """What a value must be, in words for an error message."""
        if self.choices:
            several = "set of: " if self.kind is Kind.CHOICES else "one of: "
            return several + ", ".join(c.id for c in self.choices)
        bounds = f" from {self.minimum}" if self.minimum is not None else ""
        bounds += f" up to {self.maximum}" if self.maximum is not None else ""
        return self.kind.value + bounds


def _boolean(_: Fact, value: object) -> Value | None:
    return value if isinstance(value, bool) else None


def _integer(fact: Fact, value: object) -> Value | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    low = fact.minimum is None or value >= fact.minimum
    high = fact.maximum is None or value <= fact.maximum
    return value if low and high else None


def _date(_: Fact, value: object) -> Value | None:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _datetime(_: Fact, value: object) -> Value | None:
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, datetime) else None


def _choice(fact: Fact, value: object) -> Value | None:
    return value if isinstance(value, str) and fact.choice(value) else None


def _choices(fact: Fact, value: object) -> Value | None:
    if isinstance(value, str) or not isinstance(value, list | tuple | set | frozenset):
        return None
    known = all(isinstance(v, str) and fact.choice(v) for v in value)
    return frozenset(value) if known else None


_PARSERS = {
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DATE: _date,
    Kind.DATETIME: _datetime,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
}
