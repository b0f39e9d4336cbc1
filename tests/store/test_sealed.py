"""What the key is for: nobody without it makes a chain that holds, nor reads one."""

from __future__ import annotations

import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest

from diversion_flow import MissingExtra
from diversion_flow.store import (
    CaseKey,
    DamagedCase,
    MemoryKeys,
    Store,
    StoredEntry,
    memory_store,
    sqlite_store,
)
from diversion_flow.store.bond import Bond
from diversion_flow.store.sealing import _cipher
from helpers.stores import entries


class Exchanged(MemoryKeys):
    """Keys that were exchanged: each case has the place of its own and the secret of another."""

    def of(self, case: str) -> CaseKey | None:
        key = super().of(case)
        return key and CaseKey(key.place, sha256(key.secret).digest())


def forged(path: Path, place: str, bond: Bond) -> None:
    """A whole case by the rules of this bond, in the place of what was there."""
    base = sqlite3.connect(path)
    rows = bond.rows([StoredEntry("1", "forged")], bond.none())
    head = bond.head(1, None, rows[0].link)
    base.execute("DELETE FROM entries WHERE place = ?", (place,))
    base.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?)",
                     [(place, row.number, row.name, row.words, row.link) for row in rows])  # fmt: skip
    base.execute("UPDATE heads SET version = 1, due = NULL, link = ?, mark = ? WHERE place = ?",
                 (head.link, head.mark, place))  # fmt: skip
    base.commit()
    base.close()


def filled(store: Store) -> Store:
    store.append("a", 0, entries("1", "2"), due="2024-06-03")
    store.append("b", 0, entries("1", "2"), due="2024-06-03")
    return store


def test_a_whole_case_made_without_the_key_is_found(tmp_path: Path) -> None:
    keys = MemoryKeys()
    store = filled(sqlite_store(tmp_path / "cases.db", keys=keys))
    place = keys.make("a").place
    forged(tmp_path / "cases.db", place, Bond(place))
    with pytest.raises(DamagedCase) as damaged:
        store.read("a")
    assert damaged.value.entry == 1
    assert store.read("b").version == 2
    store.close()


def test_open_entries_show_accidents_and_nobodys_skill(tmp_path: Path) -> None:
    """As the page says: whoever may write the file can make another case that holds."""
    store = filled(sqlite_store(tmp_path / "cases.db"))
    forged(tmp_path / "cases.db", "a", Bond("a"))
    assert store.read("a").entries == (StoredEntry("1", "forged"),)
    store.close()


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    keys, other = MemoryKeys(), Exchanged()
    filled(sqlite_store(tmp_path / "cases.db", keys=keys)).close()
    other._keys = keys._keys
    store = sqlite_store(tmp_path / "cases.db", keys=other)
    with pytest.raises(DamagedCase):
        store.read("a")
    with pytest.raises(DamagedCase):
        store.append("a", 2, entries("3"), due=None)
    store.close()


def test_the_same_entries_of_two_cases_have_nothing_in_common(tmp_path: Path) -> None:
    filled(sqlite_store(tmp_path / "cases.db", keys=MemoryKeys())).close()
    rows = sqlite3.connect(tmp_path / "cases.db").execute("SELECT name, words, link FROM entries")
    values = [value for row in rows for value in row]
    assert len(set(values)) == len(values) == 12


def test_a_missing_library_is_told_with_the_command_that_brings_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(
        __import__("sys").modules, "cryptography.hazmat.primitives.ciphers.aead", None
    )
    monkeypatch.setattr("diversion_flow.store.sealing._cipher", _cipher.__wrapped__)  # not kept
    with pytest.raises(MissingExtra, match=r'pip install "diversion_flow\[sealed\]"'):
        filled(memory_store(keys=MemoryKeys()))
