"""Dossiers as they were last read: what a store notes of a case tells whether it has grown."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

from attrs import frozen

from ..definition.arguments import argument, number_of
from ..dossier import Dossier
from ..dossier.dossier import grown
from ..dossier.law import Laws, laws_of
from ..store import Store, StoredCase
from .keeping import dossier_of, entries_of

_MOST: Final = 256


@frozen
class _Kept:
    mark: bytes
    stored: StoredCase
    dossier: Dossier


class Remembered:
    """Reads dossiers as `read_dossier` does, and keeps the last `most` of them in the program's
    memory with all that was worked out of them: one that has not grown is not read again, of one
    that has only what is new. For as many threads and stores of the same cases as one likes.

    What is noted of a case is looked at each time, with its mark; the entries behind it where they
    are read. What a case says stays in memory, also after it was erased, until that is seen by the
    next `read` or until it is told to `forget`.
    """

    def __init__(self, *, most: int = _MOST, law: Laws = None) -> None:
        self._most, self._law = number_of("most", most), laws_of(law)
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = Lock()
        self._forgotten = 0  # how often something was

    def __repr__(self) -> str:
        return f"<Remembered {len(self._kept)} dossiers>"

    def read(self, store: Store, case: str) -> Dossier:
        """The dossier of this case; raises as `read_dossier`."""
        argument("store", store, Store)
        forgotten, mark, known = self._forgotten, store.mark(case), self._kept.get(case)
        if known is None or known.mark != mark:
            stored = store.read(case)
            known = _Kept(mark, stored, self._dossier(stored, case, known))
        with self._lock:
            if forgotten == self._forgotten:  # else it was read before it was to be forgotten
                self._kept[case] = known
                self._kept.move_to_end(case)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return known.dossier

    def forget(self, case: str) -> None:
        """Keep nothing of this case any more."""
        argument("case", case, str)
        with self._lock:
            self._forgotten += 1
            self._kept.pop(case, None)

    def _dossier(self, stored: StoredCase, case: str, known: _Kept | None) -> Dossier:
        count = known.stored.version if known else 0
        if known is None or stored.entries[:count] != known.stored.entries:
            with self._lock:  # another case of that id, or none: what was known is not kept
                self._kept.pop(case, None)
            return dossier_of(stored, case, law=self._law)
        return grown(known.dossier, entries_of(stored.entries[count:], count + 1, self._law))
