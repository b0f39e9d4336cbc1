"""Who looked at a case: each look is kept as an entry of its own, beside the case and not in it,
so that reading keeps no writer from writing and a version says what was recorded only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from attrs import field, frozen

from ..definition import DefinitionError
from ..definition.arguments import argument, each
from ..definition.files import plain, scalars
from ..definition.files.data_file import parse
from ..definition.kept import kept
from ..definition.moments import Moment, moment
from ..dossier import Dossier
from ..runtime import View
from ..runtime.lapsing import reached
from ..runtime.sight import Sight, sights
from ..store import Remains, StaleCase, Store, StoredEntry
from .keeping import OF_LOOKS, NoSuchCase, version_of

_FILE: Final = "<reads>"
Ids = tuple[str, ...]


@frozen
class Read:
    """One look of one user of an agency at what his agency sees of a case: when (JST), how much
    was recorded by then (the dossier's version), and the ids of all that he was shown.

    What he saw only by the person's consent stands in `consented`, as well.
    """

    agency: str
    user: str = field(repr=False)
    at: datetime
    version: int
    facts: Ids
    machines: Ids
    consented: Ids = ()


def look(store: Store, dossier: Dossier, agency: str, *, user: str, at: Moment) -> View:
    """What the agency sees of the case now, at `at`, for this user; that he looked is kept before
    he is shown anything.

    Raises:
        UnknownId: the law does not know the agency.
        NoSuchCase: the store does not keep the case, or not any more; what is written by the same
            transaction is to be taken back.
        StoreRefused: the look could not be kept: nobody is shown anything.
        Conflicting, EntryError: as `dossier.case`.
    """
    argument("store", store, Store)
    argument("dossier", dossier, Dossier)
    argument("user", user, str)
    case, now = dossier.case, moment(at)
    view = reached(case, max(now, case.at)).view(agency)
    _keep(store, dossier.id, _read(view, user, now, version_of(dossier)))
    return view


def _read(view: View, user: str, at: datetime, version: int) -> Read:
    always, process = kept(view.process, sights)[view.agency].always, view.process
    received = {id for row in view.journal for id in row.facts}
    moved = {move.machine for row in view.journal for move in row.moved}
    return Read(
        view.agency, user, at, version,
        facts=tuple(f.id for f in process.facts if f.id in view.facts or f.id in received),
        machines=tuple(m.id for m in process.machines if m.id in view.states or m.id in moved),
        consented=tuple(_beyond(view, always)),
    )  # fmt: skip


def _beyond(view: View, always: Sight) -> list[str]:
    """What the agency sees now and would not see without consent."""
    facts = (id for id in view.facts if id not in always.facts)
    return [*facts, *(id for id in view.states if id not in always.machines)]


def _keep(store: Store, case: str, read: Read) -> None:
    """Keep one look; the same look twice is one."""
    line = json.dumps(_to_data(read), ensure_ascii=False, separators=(",", ":"))
    entry = StoredEntry(sha256(line.encode(errors="surrogatepass")).hexdigest()[:32], line)
    place = place_of_reads(case)
    version = store.version(place)
    while True:
        try:
            with store.writing():
                _require(store, case)  # or a key were made that nobody takes out again
                store.append(place, version, [entry], due=None)
                _require(store, case)  # who erases it after that takes this along
            return
        except StaleCase as stale:  # somebody else looked at the same time
            version = stale.found


def _require(store: Store, case: str) -> None:
    if not store.version(case):
        raise NoSuchCase


def reads(store: Store, case: str) -> tuple[Read, ...]:
    """Every look that was kept of this case, in the order of keeping.

    Raises:
        DamagedCase: the looks are not what was kept; names the first one concerned.
        LoadError: one is of a form that this release does not read.
        StoreRefused: the disk or the server said no.
    """
    argument("store", store, Store)
    argument("case", case, str)
    rows = store.read(place_of_reads(case)).entries
    return tuple(_from_row(row, number) for number, row in enumerate(rows, 1))


def erase(store: Store, case: str) -> tuple[Remains, ...]:
    """Take the case out of the store for ever, and who looked at it; what is left, and where.
    What has to outlast it (records of provision are kept for three years) is asked of `who_saw`
    before. Raises as `store.erase`."""
    argument("store", store, Store)
    argument("case", case, str)
    left = (*store.erase(case), *store.erase(place_of_reads(case)))
    return tuple(dict.fromkeys(left))


def renew(store: Store, *cases: str) -> tuple[Remains, ...]:
    """Seal these cases anew, and who looked at them, each under a new key; what is left of the
    former ones, and where. Raises as `store.renew`."""
    argument("store", store, Store)
    ids = tuple(each("cases", cases, str))
    return store.renew(*ids, *map(place_of_reads, ids))


def kept_cases(store: Store) -> tuple[str, ...]:
    """The ids of all cases that the store keeps, in their order, whether or not they can be read:
    those of `store.cases` without the places where it is kept who looked at them.

    Raises:
        StoreRefused: the disk or the server said no.
    """
    argument("store", store, Store)
    return tuple(id for id in store.cases() if not OF_LOOKS.fullmatch(id))


def place_of_reads(case: str) -> str:
    """Where the looks at a case are kept, as `OF_LOOKS` has it: a name that tells nothing, of a
    length that any case allows."""
    return f"looks/{sha256(case.encode(errors='surrogatepass')).hexdigest()[:40]}"


# -- the form of a line ----------------------------------------------------------------------------


def _to_data(read: Read) -> dict[str, Any]:
    return {
        "agency": read.agency, "user": read.user, "at": read.at.isoformat(),
        "version": read.version, "facts": list(read.facts), "machines": list(read.machines),
        "consented": list(read.consented),
    }  # fmt: skip


def _from_row(row: StoredEntry, number: int) -> Read:
    source = parse(row.text, _FILE, "json")
    try:
        return _from_data(source.data)
    except DefinitionError as error:
        raise error.located(source.file, number) from None


def _from_data(data: Mapping[str, Any]) -> Read:
    for name in data:
        if name not in _FORM:
            raise DefinitionError("unknown_field", id=name, known=tuple(_FORM)).within(name)
    found: dict[str, Any] = {}
    for name, kind in _FORM.items():
        if name not in data:
            raise DefinitionError("missing", id=name).within(name)
        found[name] = scalars.field_of(data, name, kind)
    return Read(**found)


def _ids(data: Any) -> Ids:
    return plain.read(data, tuple[str, ...])  # type: ignore[no-any-return]


def _moment(data: Any) -> datetime:
    return moment(scalars._moment(scalars.text(data)))


_FORM: Final = {
    "agency": scalars.text, "user": scalars.text, "at": _moment, "version": scalars.whole,
    "facts": _ids, "machines": _ids, "consented": _ids,
}  # fmt: skip
