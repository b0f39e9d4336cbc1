"""Entries that say of another that it does not hold: corrections, withdrawals, and that it was
against the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, fields, frozen

from ..definition.arguments import argument
from ..definition.moments import Moment
from .entry import Entry, EntryKind, Irregular


@frozen
class Said:
    """What every such entry says: the reason, when it was recorded and by whom, and what any
    entry may say: a note, references to documents, an id."""

    reason: str = field(repr=False)
    recorded: Moment = field(repr=False, kw_only=True)
    office: str = field(repr=False, kw_only=True)
    user: str = field(default="", repr=False, kw_only=True)
    note: str = field(default="", repr=False, kw_only=True)
    references: tuple[str, ...] = field(default=(), repr=False, kw_only=True)
    id: str = field(default="", kw_only=True)


def correction(
    entry: Entry,
    why: Said,
    *,
    happened: Moment | None = None,
    event: str | None = None,
    by: str | None = None,
    facts: Mapping[str, object] | None = None,
    place: int | None = None,
    irregular: Irregular | None = None,
) -> Entry:
    """An entry that stands in for this one: the same but for what is given. Facts that are given
    are all that the corrected entry records; `irregular` says that it happened against the
    rules."""
    argument("entry", entry, Entry)
    changed = {
        "happened": happened, "event": event, "by": by, "facts": facts, "place": place,
        "irregular": irregular,
    }  # fmt: skip
    given = {name: value for name, value in changed.items() if value is not None}
    return Entry(**(_told(entry) | given | _said(entry, why)))


def withdrawal(entry: Entry, why: Said) -> Entry:
    """An entry that says that this one does not hold."""
    argument("entry", entry, Entry)
    said = _said(entry, why)
    return Entry(kind=EntryKind.WITHDRAWAL, happened=said["recorded"], **said)


def _told(entry: Entry) -> dict[str, Any]:
    return {a.name: getattr(entry, a.name) for a in fields(Entry)}


def _said(entry: Entry, why: Said) -> dict[str, Any]:
    argument("why", why, Said)
    return {"supersedes": entry.id} | {a.name: getattr(why, a.name) for a in fields(Said)}
