"""Keys of cases, kept apart from what they seal: in memory, or in an SQLite file of their own."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path
from threading import RLock
from typing import Final

from ..definition.arguments import argument, each
from .bond import CaseKey
from .sealing import Chance
from .sqlite_file import Holds, SqliteFile
from .values import called, id_of

_SCHEMA: Final = """
CREATE TABLE keys (
    id TEXT PRIMARY KEY, place TEXT NOT NULL UNIQUE, secret BLOB NOT NULL, former BLOB
) WITHOUT ROWID
"""


class MemoryKeys:
    """Keys that last as long as the program."""

    def __init__(self, chance: Chance = secrets.token_bytes) -> None:
        called("chance", chance)
        self._chance, self._lock = chance, RLock()
        self._keys: dict[str, CaseKey] = {}

    def make(self, case: str) -> CaseKey:
        """The key of the case, made where there is none."""
        id_of("case", case)
        with self._lock:
            return self._keys.setdefault(case, new_key(self._chance))

    def of(self, case: str) -> CaseKey | None:
        """The key of the case; None where there is none."""
        return self._keys.get(id_of("case", case))

    def case(self, place: str) -> str | None:
        """The case whose entries lie there; None where its key is gone."""
        id_of("place", place)
        with self._lock:
            return next((c for c, key in self._keys.items() if key.place == place), None)

    def renew(self, case: str) -> CaseKey | None:
        """A new key of the case, the former beside it; None where there is none."""
        with self._lock:
            key = self._keys.get(id_of("case", case))
            if key is not None and key.former is None:
                key = CaseKey(key.place, self._chance(32), key.secret)
                self._keys[case] = key
        return key

    def settle(self, keys: Iterable[CaseKey]) -> None:
        """Destroy what was before these keys; a second time changes nothing."""
        secrets = {key.secret for key in each("keys", keys, CaseKey)}
        with self._lock:
            for case, key in self._keys.items():
                if key.secret in secrets:
                    self._keys[case] = CaseKey(key.place, key.secret)

    def forget(self, key: CaseKey | None) -> None:
        """Destroy the key; a second time changes nothing."""
        argument("key", key, CaseKey, type(None))
        with self._lock:
            if key and (case := self.case(key.place)):
                del self._keys[case]

    def close(self) -> None:
        """Nothing was opened."""


class SqliteKeys:
    """Keys in a file, which also tells whose they are: to be kept, copied and saved elsewhere than
    the entries. A copy of it opens what `erase` was to make unreadable."""

    def __init__(self, file: SqliteFile, chance: Chance) -> None:
        self._file, self._chance = file, chance

    def make(self, case: str) -> CaseKey:
        """The key of the case, made where there is none."""
        id_of("case", case)
        with self._file.writing():
            key = self.of(case)
            if key is None:
                key = new_key(self._chance)
                values = (case, key.place, key.secret)
                self._file.run("INSERT INTO keys VALUES (?, ?, ?, NULL)", values)
        return key

    def of(self, case: str) -> CaseKey | None:
        """The key of the case; None where there is none."""
        found = self._file.run(
            "SELECT place, secret, former FROM keys WHERE id = ?", (id_of("case", case),)
        )
        return CaseKey(*found[0]) if found else None

    def case(self, place: str) -> str | None:
        """The case whose entries lie there; None where its key is gone."""
        found = self._file.run("SELECT id FROM keys WHERE place = ?", (id_of("place", place),))
        return str(found[0][0]) if found else None

    def renew(self, case: str) -> CaseKey | None:
        """A new key of the case, the former beside it; None where there is none."""
        with self._file.writing():
            self._file.run(
                "UPDATE keys SET secret = ?, former = secret WHERE id = ? AND former IS NULL",
                (self._chance(32), id_of("case", case)),
            )
        return self.of(case)

    def settle(self, keys: Iterable[CaseKey]) -> None:
        """Destroy what was before these keys, so that no byte of it is left. Raises as `forget`."""
        settled = "UPDATE keys SET former = NULL WHERE place = ? AND secret = ?"
        with self._file.writing():
            for key in each("keys", keys, CaseKey):
                self._file.run(settled, (key.place, key.secret))
        self._file.scrub()

    def forget(self, key: CaseKey | None) -> None:
        """Destroy the key, so that no byte of it is left; a second time completes the first.

        Raises:
            StoreRefused: the key is out, but somebody still reads the file; once more, after that.
        """
        argument("key", key, CaseKey, type(None))
        if key:
            with self._file.writing():
                self._file.run("DELETE FROM keys WHERE place = ?", (key.place,))
        self._file.scrub()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def sqlite_keys(
    path: str | Path, *, patience: float = 60.0, chance: Chance = secrets.token_bytes
) -> SqliteKeys:
    """The keys in this file, which is made where it is not there.

    `patience`: seconds that a writer waits for those before it. `chance` gives bytes that nobody
    can foretell.

    Raises:
        FileRefused: no file can be there.
        StoreRefused: it is another file, or the disk said no.
    """
    called("chance", chance)
    return SqliteKeys(SqliteFile(path, Holds.KEYS, _SCHEMA, patience), chance)


def new_key(chance: Chance) -> CaseKey:
    """A key, and a place whose name says nothing."""
    return CaseKey(chance(16).hex(), chance(32))
