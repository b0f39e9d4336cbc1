"""What was changed, cut, moved or brought from elsewhere behind the store's back is found, at the
entry where it begins; what is given back is what was kept, or nothing."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path

import pytest

from diversion_flow.store import (
    DamagedCase,
    MemoryKeys,
    Settled,
    Store,
    StoreError,
    fire,
    sqlite_keys,
    sqlite_store,
)
from helpers.amounts import Amount
from helpers.stores import entries

KEPT = entries(*(f"{number * 7919:06}" for number in range(1, 9)))
DUE = "2024-06-03"


@pytest.fixture(params=["open", "sealed"], scope="module")
def keys(request: pytest.FixtureRequest) -> MemoryKeys | None:
    return MemoryKeys() if request.param == "sealed" else None


@pytest.fixture(scope="module")
def sound(keys: MemoryKeys | None, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file with three cases of eight entries."""
    path = tmp_path_factory.mktemp("sound") / "cases.db"
    store = sqlite_store(path, keys=keys)
    for case in "abc":
        for start in range(0, 8, 2):
            store.append(case, start, KEPT[start : start + 2], due=DUE)
    store.close()
    return path.read_bytes()


class Damaged:
    """The file, to be tampered with, and the store on it."""

    def __init__(self, path: Path, keys: MemoryKeys | None) -> None:
        self.path, self.keys = path, keys
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.execute("PRAGMA synchronous = OFF")

    def place(self, case: str) -> str:
        key = self.keys.of(case) if self.keys else None
        return key.place if key else case

    def do(self, sql: str, **values: object) -> None:
        self.base.execute(sql, {"a": self.place("a"), "b": self.place("b"), **values})

    def store(self) -> Store:
        return sqlite_store(self.path, keys=self.keys)

    def found(self, case: str = "a") -> int | None:
        """The entry that is told to be damaged."""
        store = self.store()
        with pytest.raises(DamagedCase) as damaged:
            store.read(case)
        assert case in store.cases()
        store.close()
        return damaged.value.entry


@pytest.fixture
def damaged(sound: bytes, keys: MemoryKeys | None, tmp_path: Path) -> Iterator[Damaged]:
    path = tmp_path / "cases.db"
    path.write_bytes(sound)
    made = Damaged(path, keys)
    yield made
    made.base.close()


def test_what_is_sound_is_read(damaged: Damaged) -> None:
    store = damaged.store()
    assert [store.read(case).entries for case in "abc"] == [tuple(KEPT)] * 3
    store.close()


@pytest.mark.parametrize("number", range(1, 9))
@pytest.mark.parametrize("column", ["words", "link", "name"])
def test_one_bit_is_found_at_its_entry(damaged: Damaged, number: int, column: str) -> None:
    (value,) = damaged.base.execute(
        f"SELECT CAST({column} AS BLOB) FROM entries WHERE place = ? AND number = ?",
        (damaged.place("a"), number),
    ).fetchone()
    rnd = random.Random(f"{number} {column}")
    changed = flipped(value, rnd.randrange(8 * len(value)))
    kind = "BLOB" if column != "name" else "TEXT"
    damaged.do(f"UPDATE entries SET {column} = CAST(:new AS {kind}) WHERE place = :a AND number = :n",
               new=changed, n=number)  # fmt: skip
    assert damaged.found() == number
    assert damaged.store().read("b").entries == tuple(KEPT)


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize(
    ("sql", "entry"),
    [
        ("DELETE FROM entries WHERE place = :a AND number = 1", 1),
        ("DELETE FROM entries WHERE place = :a AND number = 4", 4),
        ("DELETE FROM entries WHERE place = :a AND number = 8", 8),
        ("DELETE FROM entries WHERE place = :a AND number > 5", 6),
        ("DELETE FROM entries WHERE place = :a", 1),
        ("DELETE FROM heads WHERE place = :a", None),
        # Moved up to fill the gap.
        ("DELETE FROM entries WHERE place = :a AND number = 8; UPDATE heads SET version = 7 WHERE place = :a", None),
        ("DELETE FROM entries WHERE place = :a AND number = 3; UPDATE entries SET number = number - 1 WHERE place = :a AND number > 3", 3),
        # Exchanged, doubled, brought from another case.
        ("UPDATE entries SET number = 90 WHERE place = :a AND number = 2; UPDATE entries SET number = 2 WHERE place = :a AND number = 3; UPDATE entries SET number = 3 WHERE place = :a AND number = 90", 2),
        ("INSERT INTO entries SELECT place, 9, name || 'x', words, link FROM entries WHERE place = :a AND number = 8", 9),
        ("DELETE FROM entries WHERE place = :a AND number = 5; INSERT INTO entries SELECT :a, 5, name || 'x', words, link FROM entries WHERE place = :b AND number = 5", 5),
        ("DELETE FROM entries WHERE place = :a; INSERT INTO entries SELECT :a, number, name, words, link FROM entries WHERE place = :b", 1),
        # What is noted apart.
        ("UPDATE heads SET version = 9 WHERE place = :a", None),
        ("UPDATE heads SET due = due + 1 WHERE place = :a", None),
        ("UPDATE heads SET due = NULL WHERE place = :a", None),
        ("UPDATE heads SET due = 'soon' WHERE place = :a", None),
        ("UPDATE heads SET due = 1.5 WHERE place = :a", None),
        ("UPDATE heads SET due = -4611686018427387904 WHERE place = :a", None),
        ("UPDATE heads SET link = x'00' WHERE place = :a", None),
        ("UPDATE heads SET mark = 'mark' WHERE place = :a", None),
        ("UPDATE heads SET version = -1 WHERE place = :a", None),
        ("UPDATE heads SET version = 'many' WHERE place = :a", None),
        # Values of another kind.
        ("UPDATE entries SET words = 'text' WHERE place = :a AND number = 6", 6),
        ("UPDATE entries SET words = CAST(x'ff' AS TEXT) WHERE place = :a AND number = 6", 6),
        ("UPDATE entries SET name = x'ff' WHERE place = :a AND number = 6", 6),
        ("UPDATE entries SET link = 3.5 WHERE place = :a AND number = 6", 6),
        ("UPDATE entries SET number = 'six' WHERE place = :a AND number = 6", 6),
    ],
)  # fmt: skip
def test_what_was_done_behind_its_back_is_found(
    damaged: Damaged, sql: str, entry: int | None
) -> None:
    for statement in sql.split(";"):
        damaged.do(statement)
    assert damaged.found() == entry
    store = damaged.store()
    assert store.read("b").entries == tuple(KEPT)
    store.close()


@pytest.mark.parametrize(
    ("sql", "version"),
    [("UPDATE heads SET due = 1 WHERE place = :a", 8), ("DELETE FROM heads WHERE place = :a", 0)],
)
def test_a_new_entry_is_not_put_behind_a_damaged_head(
    damaged: Damaged, sql: str, version: int
) -> None:
    damaged.do(sql)
    store = damaged.store()
    with pytest.raises(DamagedCase):
        store.append("a", version, entries("9"), due=None)
    assert store.append("b", 8, entries("9"), due=None) == 9
    store.close()


def test_a_damaged_limit_fires_nothing_and_keeps_nobody_waiting(damaged: Damaged) -> None:
    damaged.do("UPDATE heads SET due = due - 1000000 WHERE place = :a")
    damaged.do("UPDATE entries SET words = x'00' WHERE place = :b AND number = 2")
    store = damaged.store()
    acted = []

    def act(_: object, limit: object) -> Settled:
        acted.append(limit)
        return Settled()

    fired = fire(store.writing, DUE, act)  # type: ignore[arg-type]
    assert fired.count == len(acted) == 1
    assert [type(error) for _, error in fired.failed] == [DamagedCase, DamagedCase]
    assert store.due(DUE)[0].case == "a"
    store.close()


@pytest.mark.parametrize("due", ["1.5", "-1e300", "'soon'", "x'00'"])
def test_a_worker_comes_to_an_end_whatever_damage_has_made_of_a_limit(
    damaged: Damaged, due: str
) -> None:
    damaged.do(f"UPDATE heads SET due = {due} WHERE place = :a")
    store, begun = damaged.store(), count()

    def opened() -> AbstractContextManager[Store]:
        assert next(begun) < 5
        return store.writing()

    assert fire(opened, DUE, lambda _, __: Settled()).count == 2
    store.close()


@pytest.mark.parametrize(("column", "value"), [("secret", "'text'"), ("place", "x'ff'")])
def test_a_damaged_key_is_told_of_its_case_alone(column: str, value: str, tmp_path: Path) -> None:
    store = sqlite_store(tmp_path / "cases.db", keys=sqlite_keys(tmp_path / "keys.db"))
    for case in "abc":
        store.append(case, 0, KEPT, due=DUE)
    base = sqlite3.connect(tmp_path / "keys.db", isolation_level=None)
    base.execute(f"UPDATE keys SET {column} = {value} WHERE id = 'a'")
    base.close()
    with pytest.raises(DamagedCase):
        store.read("a")
    fired = fire(store.writing, DUE, lambda _, __: Settled())
    told = [limit.case for limit, _ in fired.failed]
    assert (fired.count, told) == (2, ["a"] if column == "secret" else [])
    assert [limit.case for limit in store.due(DUE)] == told
    store.close()


@pytest.mark.parametrize("place", [b"\xff\x00", "", "two\nlines", 3])
def test_a_place_that_is_no_name_keeps_nobody_waiting(damaged: Damaged, place: object) -> None:
    damaged.do("UPDATE heads SET place = :new, due = 0 WHERE place = :a", new=place)
    store = damaged.store()
    fired = fire(store.writing, DUE, lambda _, __: Settled())
    assert fired.count == 2
    assert len(fired.failed) == (1 if damaged.keys is None else 0)
    assert len(store.due(DUE)) == len(fired.failed)
    store.close()


@pytest.mark.again
def test_one_bit_anywhere_in_the_file_never_changes_what_is_told(
    sound: bytes, keys: MemoryKeys | None, quick_folder: Path, amount: Amount
) -> None:
    """Wherever it falls, in SQLite's own notes too: the case is as it was, or an error of ours."""
    rnd, path, refused = random.Random(20261126), quick_folder / "cases.db", 0
    trials = amount(2000, 150)
    for _ in range(trials):
        path.write_bytes(flipped(sound, rnd.randrange(8 * len(sound))))
        try:
            store = sqlite_store(path, keys=keys)
            told = {case: store.read(case).entries for case in "abc"}
            store.close()
        except StoreError:
            refused += 1
            continue
        assert told == dict.fromkeys("abc", tuple(KEPT))
    assert refused > trials / 20
