"""An entry: what was kept about a case, when it happened and when it was recorded, by whom.

An entry is never changed. What corrects, withdraws or makes irregular is another entry, which
names the one that it supersedes and says why.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from operator import attrgetter
from typing import Any, Final

from attrs import NOTHING, define, evolve, field, fields, frozen

from ..definition import DefinitionError, DiversionFlowError, Process, TransitionalRule, Value
from ..definition.arguments import argument, each
from ..definition.files.scalars import whole
from ..definition.moments import Moment, moment
from ..definition.text import HALF

LONGEST: Final = 10_000  # characters of a note or a reason
NAME: Final = 200  # characters of an id, an office, a user or a reference
MANY: Final = 1_000  # facts, references, states and days of one entry

Facts = tuple[tuple[str, Value | None], ...]
Words = tuple[tuple[str, str], ...]
Days = tuple[tuple[str, datetime], ...]


class EntryError(DiversionFlowError, ValueError):
    """An entry says what no entry can say; `field` names where. What it says is never told."""


class EntryKind(Enum):
    """What an entry tells."""

    OPENING = "opening"  # the case is opened, or taken over midway
    EVENT = "event"  # something has happened
    WITHDRAWAL = "withdrawal"  # an earlier entry does not hold
    MIGRATION = "migration"  # the case goes on under another law


@frozen
class Irregular:
    """What happened against the rules: the rule that it stands for (`machine.transition`), and
    the office that is responsible."""

    transition: str
    responsible: str


def _pairs(given: Any, name: str, kept: Any) -> Any:
    if given.__class__ is tuple and not given:  # most entries have none
        return given
    if isinstance(given, Mapping):
        given = given.items()
    elif not isinstance(given, tuple) or not all(
        isinstance(pair, tuple) and len(pair) == 2 for pair in given
    ):
        raise EntryError("entry_pairs", field=name)
    if len(given) > MANY:
        raise EntryError("entry_many", field=name, limit=MANY)
    found = {text(id, name): kept(value, name) for id, value in given}
    if len(found) < len(given):
        raise EntryError("entry_twice", field=name)
    return tuple(sorted(found.items()))  # by the ids, of which no two are alike


def _value(value: object, name: str) -> Value | None:
    """The value of a fact, frozen; moments in Japanese time."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return text(value, name, longest=LONGEST)
    if isinstance(value, date):
        return moment(value, name) if isinstance(value, datetime) else value
    if isinstance(value, list | tuple | set | frozenset):
        return frozenset(text(word, name) for word in value)
    if isinstance(value, int) and abs(value) < 10**18:
        return value
    raise EntryError("entry_value", field=name)


def text(value: object, name: str, *, longest: int = NAME) -> str:
    """The text, if an entry can hold it: EntryError for what is too long, and for what no file
    can carry."""
    if not isinstance(value, str):
        argument(name, value, str)
        raise AssertionError
    if len(value) > longest:
        raise EntryError("entry_long", field=name, limit=longest)
    if not value.isascii() and HALF.search(value):
        raise EntryError("half_character", field=name)
    return value


def _rows(given: Any) -> tuple[str, ...]:
    if given.__class__ is tuple and not given:
        return ()
    found = tuple(each("references", given, str))
    if len(found) > MANY:
        raise EntryError("entry_many", field="references", limit=MANY)
    return tuple(text(word, "references") for word in found)


def facts_of(given: Any) -> Any:
    """Facts as an entry keeps them."""
    return _pairs(given, "facts", _value)


def _place(given: int | None) -> int | None:
    """A number that is read as it is written."""
    if given is None:
        return None
    argument("place", given, int)
    try:
        return whole(given)
    except DefinitionError as error:
        raise EntryError(error.code, field="place", **error.values) from None


def _states(given: Any) -> Any:
    return _pairs(given, "states", text)


def _since(given: Any) -> Any:
    return _pairs(given, "since", moment)


def _happened(given: Moment) -> datetime:
    return moment(given, "happened")


def _recorded(given: Moment) -> datetime:
    return moment(given, "recorded")


# What each kind of entry tells beside what all tell: needed, and allowed.
NEEDED: Final[Mapping[EntryKind, tuple[str, ...]]] = {
    EntryKind.OPENING: (),
    EntryKind.EVENT: ("event", "by"),
    EntryKind.WITHDRAWAL: ("supersedes",),
    EntryKind.MIGRATION: ("to", "rule"),
}
ALLOWED: Final[Mapping[EntryKind, tuple[str, ...]]] = {
    EntryKind.OPENING: ("facts", "states", "since", "supersedes"),
    EntryKind.EVENT: ("facts", "place", "supersedes", "irregular"),
    EntryKind.WITHDRAWAL: (),
    EntryKind.MIGRATION: ("supersedes", "place"),
}
OWN: Final = (
    "event", "by", "facts", "place", "supersedes", "irregular", "states", "since", "to", "rule",
)  # fmt: skip
_OTHERS: Final = {
    kind: tuple(name for name in OWN if name not in (*NEEDED[kind], *ALLOWED[kind]))
    for kind in EntryKind
}
_NOTHING: Final = ("", (), None)
_LONGEST: Final = (
    *((name, NAME) for name in ("id", "office", "user", "event", "by", "supersedes")),
    ("note", LONGEST), ("reason", LONGEST),
)  # fmt: skip
_TEXTS: Final = attrgetter(*(name for name, _ in _LONGEST))
_PARTS: Final = (
    ("irregular", Irregular),
    ("to", Process),
    ("rule", TransitionalRule),
)


@define(frozen=True, kw_only=True, slots=False)
class Entry:
    """One entry of a dossier.

    Every entry: `happened` and `recorded` (JST), by which `office` and `user`, a `note`,
    `references` to documents, and an `id` that never shifts: the caller's (the id of the command
    that made it), or made of what it says; when it was recorded is no part of that.

    `event`, reported `by` an agency, with the `facts` recorded with it; `place` is its place
    among entries of one moment. An opening may say in which `states` the case is taken over,
    `since` when. What it `supersedes` (an id) no longer holds, for a `reason`. `irregular`: it
    happened against the rules. A migration goes on `to` another law by a transitional `rule`, or by
    one that `continues` under the case's own law, which has no end for it from then on.

    What an entry says is case content and stays out of its `repr`.
    """

    kind: EntryKind
    happened: datetime = field(converter=_happened, repr=False)
    recorded: datetime = field(converter=_recorded, repr=False)
    office: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    event: str = field(default="", repr=False)
    by: str = field(default="", repr=False)
    facts: Facts = field(default=(), converter=facts_of, repr=False)
    place: int | None = field(default=None, converter=_place, repr=False)
    note: str = field(default="", repr=False)
    references: tuple[str, ...] = field(default=(), converter=_rows, repr=False)
    supersedes: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)
    irregular: Irregular | None = field(default=None, repr=False)
    states: Words = field(default=(), converter=_states, repr=False)
    since: Days = field(default=(), converter=_since, repr=False)
    to: Process | None = field(default=None, repr=False)
    rule: TransitionalRule | None = field(default=None, repr=False)
    id: str = ""

    def __attrs_post_init__(self) -> None:
        _check(self)
        if not self.id:
            from .form import derived_id  # made of the stable form of what it says

            object.__setattr__(self, "id", derived_id(self))

    @property
    def reports(self) -> bool:
        """Whether it tells what happened, and not that another entry does not hold."""
        return self.kind is not EntryKind.WITHDRAWAL

    @property
    def corrects(self) -> bool:
        """Whether it stands in for the entry that it supersedes."""
        return self.reports and bool(self.supersedes)

    def same_as(self, other: Entry) -> bool:
        """Whether both were made by one command: they say the same, whenever recorded."""
        argument("other", other, Entry)
        return evolve(self, recorded=other.recorded) == other


def entry_of(told: Mapping[str, Any]) -> Entry:
    """The entry of values that are as an entry keeps them already, its id among them."""
    made = object.__new__(Entry)
    object.__setattr__(made, "__dict__", {**_UNTOLD, **told})
    _check(made)
    return made


_UNTOLD: Final = {each.name: each.default for each in fields(Entry) if each.default is not NOTHING}


def _check(entry: Entry) -> None:
    """EntryError where the entry says what its kind of entry does not say, or too little."""
    argument("kind", entry.kind, EntryKind)
    _check_texts(entry)
    for name, kind in _PARTS:
        if (part := getattr(entry, name)) is not None:
            argument(name, part, kind)
    if entry.id and not (entry.id.strip() and entry.id.isprintable()):
        raise EntryError("entry_id", field="id")
    for name in NEEDED[entry.kind]:
        if getattr(entry, name) in _NOTHING:
            raise EntryError("entry_needs", field=name, kind=entry.kind.value)
    for name in _OTHERS[entry.kind]:
        if getattr(entry, name) not in _NOTHING:
            raise EntryError("entry_says", field=name, kind=entry.kind.value)
    _check_reason(entry)


def _check_texts(entry: Entry) -> None:
    """EntryError for a text that no entry can hold: all at one go, then one by one."""
    try:
        text("".join(_TEXTS(entry)), "")
    except (TypeError, EntryError):
        for name, longest in _LONGEST:
            text(getattr(entry, name), name, longest=longest)


def _check_reason(entry: Entry) -> None:
    if entry.irregular is not None:
        for name in ("transition", "responsible"):
            if not text(getattr(entry.irregular, name), f"irregular.{name}").strip():
                raise EntryError("entry_needs", field=f"irregular.{name}", kind="irregular")
    asked = entry.supersedes or entry.irregular or entry.states or entry.since
    if asked and not entry.reason.strip():
        raise EntryError("entry_reason", field="reason")
    if entry.recorded < entry.happened:
        raise EntryError("entry_future", field="happened")
