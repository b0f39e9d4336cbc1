"""The store: cases by id and version, whatever database they lie in, open or sealed.

It knows entries and the moment of each case's next limit; what they mean is the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from ..definition.arguments import argument, each
from ..definition.moments import Moment, moment
from .bond import Bond
from .bonds import Bonds
from .errors import EntryDiffers, StaleCase
from .remains import Remains
from .rows import Head, Passed, Rows
from .values import LimitDue, StoredCase, StoredEntry, due_of, entries_of, id_of, is_id, version_of

_MOST: Final = 256  # heads that are kept in mind


class Store:
    """Cases that last: their entries in order, by case and version.

    Made by `memory_store`, `sqlite_store` or `postgres_store`. A version is how many entries the
    case has.
    """

    def __init__(self, rows: Rows, bonds: Bonds) -> None:
        self._rows, self._bonds = rows, bonds
        self._met: dict[str, tuple[Bond, Head]] = {}  # as last seen, so that it need not be asked

    def append(
        self,
        case: str,
        version: int,
        entries: Iterable[StoredEntry],
        *,
        due: Moment | None,
    ) -> int:
        """Keep these entries behind the first `version` ones, all of them or none; the new version.

        `due` is when the case's next limit now runs out, None where none runs; without entries,
        that alone is set. Entries that are kept already are not kept again: the same call twice
        is as one, whatever version it names.

        Raises:
            StaleCase: somebody else has written meanwhile.
            EntryDiffers: one of the ids is kept with another text.
            DamagedCase: the case is not as it was kept.
            StoreRefused: the disk or the server said no; do the same again, nothing is kept twice.
        """
        case, version = id_of("case", case), version_of(version)
        entries, at = entries_of(entries), due_of(due)
        with self._rows.writing():
            bond, head = self._hoped(case, version)
            there, new = head.version if head else 0, entries
            # Until a head is met that nobody else has changed meanwhile.
            while version != there or not self._put(case, bond, head, new, at):
                bond, head, kept = self._whole(case, self._bonds.made(case))
                there, new = len(kept), _beyond(kept, entries)
                if entries and not new:
                    return there
                if version != there:
                    raise StaleCase(version, there, tuple(entry.id for entry in kept[version:]))
        return version + len(new)

    def read(self, case: str) -> StoredCase:
        """The case with all its entries; one of version 0 where it is not there.

        Raises:
            DamagedCase: an entry is not as it was kept.
            StoreRefused: the disk or the server said no.
        """
        bond = self._bonds.known(id_of("case", case))
        _, head, entries = self._whole(case, bond) if bond else (None, None, ())
        return StoredCase(len(entries), entries, head.due if head else None)

    def cases(self) -> tuple[str, ...]:
        """The ids of all cases that lie here, in their order, whether or not they can be read. Of
        one whose key is gone nobody knows any more.

        Raises:
            StoreRefused: the disk or the server said no.
        """
        known = map(self._bonds.case, filter(is_id, self._rows.places()))
        return tuple(sorted(case for case in known if case is not None))

    def version(self, case: str) -> int:
        """How many entries the case has, by what is noted of it; 0 where it is not there.

        Raises:
            DamagedCase: what is noted is not as it was kept.
            StoreRefused: the disk or the server said no.
        """
        bond = self._bonds.known(id_of("case", case))
        head = self._head(case, bond)[1] if bond else None
        return head.version if head else 0

    def mark(self, case: str) -> bytes:
        """Bytes that are others whenever anything of the case is; none where it is not there.
        Raises as `version`."""
        bond = self._bonds.known(id_of("case", case))
        head = self._head(case, bond)[1] if bond else None
        return head.mark if head else b""

    def due(self, until: Moment) -> tuple[LimitDue, ...]:
        """The limits that run out by then, the first of them first: one of each case. They are told
        as they are noted; that the case is as it was kept, `read` sees."""
        found = self._rows.due(moment(until, "until"))
        return tuple(limit for place, head in found if (limit := self._limit(place, head)))

    def erase(self, case: str) -> tuple[Remains, ...]:
        """Take the case out for ever, and with it, where it is sealed, its key; what is left of it
        and where, out of the store's reach. As often as one likes: a second time completes what
        could not be completed.

        Raises:
            StoreRefused: the case is out, but somebody still reads the file, in which bytes of it
                are left; once more, when he has done.
        """
        self._rows.alone()
        bond = self._bonds.known(id_of("case", case))
        self._met.pop(case, None)
        if bond:
            self._rows.delete(bond.place)
        of_key = self._bonds.forget(bond)
        if bond:  # once more: who has opened it anew meanwhile did so under that key
            self._rows.delete(bond.place)
        with_server = () if self._rows.scrub() else (self._bonds.left(),)
        return (Remains.COPIES, *with_server, *of_key)

    def renew(self, *cases: str) -> tuple[Remains, ...]:
        """Seal these cases anew, each under a new key, and destroy the former ones; what is left
        of those and where, out of the store's reach. A case that is not there has none.

        A renewal that was broken off leaves each case under the one or the other key, to be read
        and written as ever; a second time completes it. So it does where the former keys stay
        because what was written waits to be committed: in the app's transaction, inside `writing`.

        Raises:
            CallError: nothing is sealed here.
            DamagedCase: a case is not as it was kept; those before it are sealed anew.
            StoreRefused: the disk or the server said no, or somebody still reads a file in which
                bytes are left; once more, after that.
        """
        renewed = [self._renew(id_of("case", case)) for case in each("cases", cases, str)]
        if not self._rows.lasting():
            return (Remains.COPIES, Remains.FORMER_KEY)
        of_key = self._bonds.settle([bond for bond in renewed if bond])
        with_server = () if self._rows.scrub() else (self._bonds.left(),)
        return (Remains.COPIES, *with_server, *of_key)

    def _renew(self, case: str) -> Bond | None:
        """The bond under which the case lies now; None where it is not there."""
        known = self._bonds.known(case)
        with self._rows.writing():
            while known:
                head, rows = self._rows.case(known.place)
                # The key is asked after the rows: they lie under it or under the one before it.
                new = self._bonds.renewed(case)
                if new is None or (head is None and not rows):
                    return None
                head = head or new.none()
                if new.fits(head):
                    return new
                again = new.rows(new.fitting(head).read(head, rows), new.none())
                link = again[-1].link if again else new.start
                then = new.head(head.version, head.due, link)
                if self._rows.replace(new.place, again, then, head):
                    return new
        return None

    def close(self) -> None:
        """Let go of the file; of nothing, where the store has none of its own."""
        self._rows.close()

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """All that is done inside, kept whole or not at all; nobody else writes meanwhile."""
        with self._rows.writing():
            yield self

    def claim(self, until: Moment, *, after: LimitDue | None = None) -> LimitDue | None:
        """The first limit that has run out by then, behind `after`, and that no other worker
        holds: it is held until the end of `writing`. None where there is none."""
        argument("after", after, LimitDue, type(None))
        end, passed = moment(until, "until"), self._passed(after)
        with self._rows.writing():
            while found := self._rows.first_due(end, passed):
                if limit := self._limit(*found):
                    return limit
                passed = (found[1].due or end, found[0])
        return None

    def _hoped(self, case: str, version: int) -> tuple[Bond, Head | None]:
        """The head, and the bond that the case has with it: as they were last seen, where that may
        do. Whether they still are so, `put` tells."""
        bond, met = self._bonds.made(case), self._met.get(case)
        if met and met[1].version == version and met[0].alike(bond):
            return met
        return self._head(case, bond)

    def _head(self, case: str, bond: Bond) -> tuple[Bond, Head | None]:
        """The head, and the bond that the case has with it."""
        head = self._rows.head(bond.place)
        bond = bond.fitting(head)
        if head:
            bond.check(head)
            self._meet(case, bond, head)
        return bond, head

    def _whole(self, case: str, bond: Bond) -> tuple[Bond, Head | None, tuple[StoredEntry, ...]]:
        """The same with all entries, as of one moment."""
        head, rows = self._rows.case(bond.place)
        bond = bond.fitting(head)
        entries = bond.read(head or bond.none(), rows) if head or rows else ()
        if head:
            self._meet(case, bond, head)
        return bond, head, entries

    def _meet(self, case: str, bond: Bond, head: Head) -> None:
        if len(self._met) >= _MOST:  # a worker meets every case
            self._met.clear()
        self._met[case] = bond, head

    def _put(
        self,
        case: str,
        bond: Bond,
        head: Head | None,
        new: Sequence[StoredEntry],
        due: datetime | None,
    ) -> bool:
        """Whether they are kept now; they are not, where the database has one of them already."""
        before = head or bond.none()
        rows = bond.rows(new, before)
        link = rows[-1].link if rows else before.link
        then = bond.head(before.version + len(rows), due, link)
        if not self._rows.put(bond.place, rows, then, head):
            return False
        if head is None and self._bonds.place(case) != bond.place:
            self._rows.delete(bond.place)  # who has erased the case meanwhile has destroyed its key
            return False
        self._meet(case, bond, then)
        return True

    def _limit(self, place: str, head: Head) -> LimitDue | None:
        """The limit; None where nobody knows any more whose it is, because the key is gone."""
        case = self._bonds.case(place)
        if case is None or head.due is None:
            return None
        return LimitDue(case, head.version, head.due)

    def _passed(self, after: LimitDue | None) -> Passed | None:
        if after is None:
            return None
        return after.at, self._bonds.place(after.case)


def _beyond(kept: Iterable[StoredEntry], entries: Sequence[StoredEntry]) -> tuple[StoredEntry, ...]:
    """Those of the entries that are not kept yet."""
    texts = {entry.id: entry for entry in kept}
    for entry in entries:
        if texts.get(entry.id, entry) != entry:
            raise EntryDiffers(entry.id)
    return tuple(entry for entry in entries if entry.id not in texts)
