"""Facts of a case: a typed schema with units, sources and who may see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cached_property
from typing import Annotated, Any, Final, TypeAlias, TypeGuard

from attrs import field

from .bare import bare
from .basis import Basis
from .called import CalledWhen
from .errors import DefinitionError
from .frozen import frozen
from .moments import midnight, read_day, read_moment
from .phrasing import phrasing
from .reference import Ref
from .text import Text
from .typecheck import LONGEST
from .typecheck import kind as kind_

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
    called_when: tuple[CalledWhen, ...] = ()


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
    kind: Kind = field(validator=kind_(Kind))
    source: Annotated[str, Ref("agency")]
    seen_by: Annotated[tuple[str, ...], Ref("agency")] = ()
    seen_with_consent: Annotated[tuple[str, ...], Ref("agency")] = ()
    choices: tuple[Choice, ...] = ()
    unit: Text | None = None
    minimum: int | None = None
    maximum: int | None = None
    basis: tuple[Basis, ...] = ()

    def __attrs_post_init__(self) -> None:
        if (self.kind in (Kind.CHOICE, Kind.CHOICES)) != bool(self.choices):
            raise DefinitionError(
                "choices_of_kind", kind=self.kind.value, at=(("fact", self.id), ("choices", ""))
            )
        low, high = self.minimum, self.maximum
        if self.kind is not Kind.INTEGER and (low, high) != (None, None):
            at = (("fact", self.id), ("maximum" if low is None else "minimum", ""))
            raise DefinitionError("bounds_of_kind", kind=self.kind.value, at=at)
        if isinstance(low, int) and isinstance(high, int) and high < low:
            at = (("fact", self.id), ("maximum", ""))
            raise DefinitionError("bounds_crossed", at=at, low=low, high=high)

    def choice(self, id: str) -> Choice | None:
        """The declared value with this id."""
        return self._choices.get(id) if isinstance(id, str) else None

    @cached_property
    def _choices(self) -> dict[str, Choice]:
        return {choice.id: choice for choice in self.choices}

    @cached_property
    def _rules(self) -> KindRules:
        return RULES[self.kind]

    def parse(self, value: object) -> Value | None:
        """`value` checked against the schema; None stands for not known."""
        if value is None:
            return None
        parsed = self._rules.parse(self, value)
        if parsed is None:
            at = (("fact", self.id),)
            raise FactError("fact_value", at=at, fact=self.label, expected=self.expected)
        return bare(parsed)

    @property
    def expected(self) -> Text:
        """What a value must be, in words for an error message."""
        if self.choices:
            ids, several = [c.id for c in self.choices], self.kind is Kind.CHOICES
            return Text(
                f"{phrasing('ja').join(ids)}の{'集まり' if several else 'いずれか'}",
                f"{'set of' if several else 'one of'}: {phrasing('en').join(ids)}",
            )
        low, high = self.minimum, self.maximum
        ja = ("" if low is None else f"{low}以上") + ("" if high is None else f"{high}以下")
        en = ("" if low is None else f" from {low}") + ("" if high is None else f" up to {high}")
        written = RULES[self.kind].written
        return Text(f"{ja}の{written.ja}" if ja else written.ja, written.en + en)


@frozen
class KindRules:
    """What a kind of fact is: how a value is read, which constants fit it, whether the values
    have an order, the step between two of them and a value to count from."""

    written: Text
    parse: Callable[[Fact, object], Value | None]
    fits: Callable[[object], bool]
    step: int | timedelta | None = None
    origin: int | date | None = None

    @property
    def ordered(self) -> bool:
        return self.step is not None


def within(fact: Fact, value: Any) -> bool:
    """Whether a number lies within the fact's bounds; of days there are none."""
    low, high = fact.minimum, fact.maximum
    return (low is None or low <= value) and (high is None or value <= high)


def _boolean(_: Fact, value: object) -> Value | None:
    return value if isinstance(value, bool) else None


def _integer(fact: Fact, value: object) -> Value | None:
    if not _is_int(value):
        return None
    return value if value.bit_length() <= LONGEST and within(fact, value) else None


def _date(_: Fact, value: object) -> Value | None:
    value = read_day(value) if isinstance(value, str) else value
    return value if _is_whole_day(value) else None


def _datetime(_: Fact, value: object) -> Value | None:
    value = read_moment(value) if isinstance(value, str) else value
    value = midnight(value) if _is_whole_day(value) else value
    return value if isinstance(value, datetime) else None


def _choice(fact: Fact, value: object) -> Value | None:
    return value if isinstance(value, str) and fact.choice(value) else None


_SEVERAL: Final = (list, tuple, set, frozenset)


def _choices(fact: Fact, value: object) -> Value | None:
    if not isinstance(value, _SEVERAL):
        return None
    declared = fact._choices
    known = [declared[v].id for v in value if isinstance(v, str) and v in declared]
    # Each time another object: a set that is named again is told by that from one that is not.
    return frozenset(known) if len(known) == len(value) else None


def _is_int(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


def _is_moment(value: object) -> bool:
    return isinstance(value, datetime)


def _is_whole_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_word(value: object) -> bool:
    return isinstance(value, str | tuple)


RULES: Final[dict[Kind, KindRules]] = {
    Kind.BOOLEAN: KindRules(Text("真偽値(true又はfalse)", "boolean"), _boolean, _is_bool),
    Kind.INTEGER: KindRules(Text("整数", "integer"), _integer, _is_int, 1, 0),
    Kind.DATE: KindRules(
        Text("日付", "date"), _date, _is_whole_day, timedelta(days=1), date(2024, 1, 1)
    ),
    Kind.DATETIME: KindRules(
        Text("日時", "datetime"), _datetime, _is_moment, timedelta(microseconds=1),
        midnight(date(2024, 1, 1)),
    ),
    Kind.CHOICE: KindRules(Text("選択肢", "choice"), _choice, _is_word),
    Kind.CHOICES: KindRules(Text("選択肢の集まり", "choices"), _choices, _is_word),
}  # fmt: skip
