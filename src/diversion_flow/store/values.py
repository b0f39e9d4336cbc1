"""What a store is given and gives back: entries, a case, a limit that runs out. None of them shows
in its `repr` whose case it is or what an entry says."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, TypeGuard

from attrs import field, frozen

from ..definition import CallError
from ..definition.arguments import argument, each
from ..definition.moments import Moment, moment
from ..definition.text import clean

LONGEST_ID: Final = 200  # signs of the id of a case or an entry


def id_of(name: str, value: object) -> str:
    """The id that was given; CallError, which does not repeat it, for what not every database
    holds as an id: no text, an empty one, one of more than 200 signs or of more than one line."""
    if is_id(value):
        return value
    argument(name, value, str)
    raise CallError("store_id", name=name, most=LONGEST_ID)


def is_id(value: object) -> TypeGuard[str]:
    """Whether every database holds it as an id."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and _one_line(value)


def _one_line(text: str) -> bool:
    return text.isprintable() or (clean(text) == text and "\n" not in text)


def version_of(value: object) -> int:
    """The version that was given: how many entries; CallError if it is no number of them."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63:
        return value
    raise CallError("store_version")


def called(name: str, value: object) -> None:
    """CallError unless the argument of this name can be called."""
    if not callable(value):
        raise CallError("call_kind", name=name, wanted=("Callable",), found=type(value).__name__)


def due_of(value: Moment | None) -> datetime | None:
    """The moment meant, in Japan; None where no limit runs."""
    return None if value is None else moment(value, "due")


def entries_of(values: object) -> tuple[StoredEntry, ...]:
    """The entries given, each once; CallError where one id is given two texts."""
    if values.__class__ is list and len(values) == 1 and isinstance(values[0], StoredEntry):
        return (values[0],)
    found: dict[str, StoredEntry] = {}
    for entry in each("entries", values, StoredEntry):
        if found.setdefault(entry.id, entry) != entry:
            raise CallError("store_two_texts")
    return tuple(found.values())


def _an_id(_: Any, attribute: Any, value: str) -> None:
    id_of(attribute.name, value)


def _a_text(_: Any, attribute: Any, value: str) -> None:
    if value.__class__ is not str:
        argument(attribute.name, value, str)
    try:
        value.encode()
    except UnicodeEncodeError:
        raise CallError("store_text", name=attribute.name) from None


@frozen
class StoredEntry:
    """One entry as a store sees it: an id that no other entry of the case has, and a text, of
    which the store understands nothing."""

    id: str = field(validator=_an_id)
    text: str = field(validator=_a_text, repr=False)


@frozen
class StoredCase:
    """A case as it is kept: `version` is how many entries it has, `due` the moment when its next
    limit runs out (JST; None where none runs). A case that is not there has version 0."""

    version: int
    entries: tuple[StoredEntry, ...] = field(repr=False)
    due: datetime | None


@frozen
class LimitDue:
    """The next limit of a case, which runs out at `at` (JST): of the case as of `version`."""

    case: str = field(repr=False)
    version: int
    at: datetime


@frozen
class Settled:
    """What became of a limit that ran out: entries to be kept, and when the next one runs out
    (None where none runs)."""

    entries: tuple[StoredEntry, ...] = field(default=(), converter=entries_of)
    due: datetime | None = field(default=None, converter=due_of)
