"""Entries that say of another that it does not hold: corrections, withdrawals, and that it was
against the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Required, TypedDict, Unpack

from attrs import fields

from ..definition.arguments import argument
from ..definition.moments import Moment
from .entry import Entry, Irregular, Kind


class Said(TypedDict, total=False):
    """What every such entry says: the reason, when it was recorded and by whom."""

    reason: Required[str]
    recorded: Required[Moment]
    office: Required[str]
    user: str
    note: str
    references: Iterable[str]
    id: str


class Changed(Said, total=False):
    """And what a correction may change."""

    happened: Moment
    event: str
    by: str
    facts: Mapping[str, object]
    place: int | None
    states: Mapping[str, str]
    since: Mapping[str, Moment]
    irregular: Irregular | None


def correction(entry: Entry, **said: Unpack[Changed]) -> Entry:
    """An entry that stands in for this one: the same but for what is given. Facts that are given
    are all that the corrected entry records."""
    argument("entry", entry, Entry)
    told: dict[str, Any] = {
        a.name: getattr(entry, a.name) for a in fields(Entry) if a.name not in _OWN
    }
    return Entry(**(told | {"supersedes": entry.id} | dict(said)))


_OWN: Final = ("id", "user", "note", "references")  # what an entry says of itself only


def withdrawal(entry: Entry, **said: Unpack[Said]) -> Entry:
    """An entry that says that this one does not hold."""
    argument("entry", entry, Entry)
    return Entry(kind=Kind.WITHDRAWAL, happened=said["recorded"], supersedes=entry.id, **said)


def made_irregular(
    entry: Entry, *, transition: str, responsible: str, **said: Unpack[Said]
) -> Entry:
    """An entry that says that this one happened against the rules: for which rule it stands
    (`machine.transition`), and who is responsible."""
    return correction(entry, irregular=Irregular(transition, responsible), **said)
