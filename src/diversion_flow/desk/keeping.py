"""A dossier as the entries of a store: its heading first, then a line for each entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeVar

from ..definition import CallError, DiversionFlowError, LoadError
from ..definition.arguments import argument, each
from ..dossier import Dossier, Entry, dump_entry, first_digest, load_entry, load_heading
from ..dossier.law import Laws, laws_of
from ..store import DamagedCase, EntryDiffers, StaleCase, Store, StoredCase, StoredEntry
from ..store.values import version_of as checked
from .limits import next_limit

OF_LOOKS: Final = re.compile("looks/[0-9a-f]{40}")  # where looks lie, and no case
_FILE: Final = "<dossier>"
Made = TypeVar("Made")


class NoSuchCase(DiversionFlowError):
    """The store keeps no case of that id, which is not repeated."""

    status = 404

    def __init__(self) -> None:
        super().__init__("desk_no_case")


def version_of(dossier: Dossier) -> int:
    """The version of a dossier in a store: its entries, and one for its heading. Without entries 0:
    a case that is not opened is not kept."""
    argument("dossier", dossier, Dossier)
    return len(dossier.entries) and 1 + len(dossier.entries)


def keep_dossier(store: Store, dossier: Dossier, version: int) -> int:
    """Keep what the dossier holds beyond `version`, which is that of the dossier as it was read
    (0 for a new one), and when its next limit lapses; the new version. The same call twice is
    as one.

    Raises:
        CallError: looks at a case are kept under that id.
        StaleCase: somebody else has written meanwhile; read, record and keep once more.
        Conflicting, EntryError: the entries give no case under the law as it is shipped now.
        DamagedCase, StoreRefused: as `store.append`.
    """
    argument("store", store, Store)
    argument("dossier", dossier, Dossier)
    if OF_LOOKS.fullmatch(dossier.id):
        raise CallError("desk_place_of_looks")
    new, due = _lines(dossier, checked(version)), next_limit(dossier.case)
    try:
        return store.append(dossier.id, version, new, due=due)
    except EntryDiffers:  # what another has kept of the same command, at another moment
        ids = tuple(entry.id for entry in store.read(dossier.id).entries[version:])
        if not ids:
            raise
        raise StaleCase(version, version + len(ids), ids) from None


def record_in(store: Store, dossier: Dossier, version: int, *entries: Entry) -> Dossier:
    """Record entries in a dossier that was just read and keep them, where it still is as the
    caller knew it: of that `version`. Entries that are all kept already are kept by whatever
    version: the same command twice does no harm.

    Raises:
        StaleCase: the dossier has grown since that version; before anything else is looked at.
        Conflicting, EntryError, UnknownId: as `dossier.record`, and what `keep_dossier` raises.
    """
    argument("dossier", dossier, Dossier)
    ids, found = [entry.id for entry in dossier.entries], version_of(dossier)
    new = {entry.id for entry in each("entries", entries, Entry)}
    if checked(version) != found and not new.issubset(ids):
        raise StaleCase(version, found, tuple(ids[max(version - 1, 0) :]))
    after = dossier.record(*entries)
    keep_dossier(store, after, found)
    return after


def _lines(dossier: Dossier, version: int) -> list[StoredEntry]:
    """What is kept of the dossier beyond this version."""
    new = dossier.entries[max(version - 1, 0) :]
    lines = [StoredEntry(entry.id, dump_entry(entry)) for entry in new]
    if version:
        return lines
    return [StoredEntry(first_digest(dossier.heading), dossier.heading), *lines]


def read_dossier(store: Store, case: str, *, law: Laws = None) -> Dossier:
    """The dossier of this case, under the law that it names, or another `law` that is given: one,
    or several by the digests of those that are shipped otherwise by now.

    Raises:
        NoSuchCase: the store does not keep it.
        DamagedCase: it is not what was kept; names the first entry concerned, the heading being
            the first of all.
        LoadError: the heading or an entry is of a form that this release does not read.
        StoreRefused: the disk or the server said no.
    """
    argument("store", store, Store)
    return dossier_of(store.read(case), case, law=law)


def dossier_of(stored: StoredCase, case: str, *, law: Laws = None) -> Dossier:
    """The dossier of a case that was read from a store already; raises as `read_dossier`."""
    argument("stored", stored, StoredCase)
    laws_of(law)
    if not stored.entries:
        raise NoSuchCase
    heading, *rows = stored.entries
    if first_digest(heading.text) != heading.id:
        raise DamagedCase(1)
    named, held = _at(1, partial(load_heading, law=law), heading)
    if named != case:
        raise DamagedCase(1)
    return Dossier(case, held, entries_of(rows, 2, law))


def entries_of(rows: Iterable[StoredEntry], first: int, law: Laws) -> tuple[Entry, ...]:
    """The entries that these lines of a store hold, of which the first has this number."""
    read, found = partial(load_entry, law=law), []
    for number, row in enumerate(rows, first):
        entry = _at(number, read, row)
        if entry.id != row.id:
            raise DamagedCase(number)
        found.append(entry)
    return tuple(found)


def _at(number: int, read: Callable[[str], Made], row: StoredEntry) -> Made:
    """What a line holds, or what is wrong with it, with its number in the store."""
    try:
        return read(row.text)
    except LoadError as error:
        error.file, error.line, error.status = _FILE, number, 500  # nobody has sent it
        raise
