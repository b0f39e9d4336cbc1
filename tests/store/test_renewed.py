"""A key that is renewed: the case is sealed anew, the former key opens nothing, and wherever it is
broken off, the case is read and written as ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from diversion_flow import CallError
from diversion_flow.definition.moments import moment
from diversion_flow.store import (
    CaseKey,
    DamagedCase,
    LimitDue,
    MemoryKeys,
    Remains,
    StoredEntry,
    memory_store,
    postgres_store,
    sqlite_keys,
    sqlite_store,
)
from diversion_flow.store.sealing import SealedBond
from helpers.peer_programs import needs_postgres
from helpers.stores import Desk, desk, engine_of, entries

NOON = moment("2024-06-03T12:00")
KINDS = [
    "memory sealed",
    "sqlite sealed",
    pytest.param("postgres sealed", marks=needs_postgres),
]


@pytest.fixture(params=KINDS)
def sealed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    with desk(request.param, tmp_path) as made:
        yield made


class BrokenOff(MemoryKeys):
    """Keys of a program that is killed before the former one is destroyed."""

    def settle(self, keys: Iterable[CaseKey]) -> None:
        raise KeyboardInterrupt


def fallen(keys: MemoryKeys, case: str) -> tuple[CaseKey, CaseKey | None]:
    """The key of the case, and the former one."""
    key = keys.of(case)
    assert key is not None
    return key, None if key.former is None else CaseKey(key.place, key.former)


def test_a_case_reads_the_same_and_goes_on_under_its_new_key(sealed: Desk) -> None:
    with sealed.opened() as store:
        store.append("a", 0, entries("1", "2"), due="2024-06-03T12:00")
        store.append("b", 0, entries("1"), due=None)
        before, mark = store.read("a"), store.mark("a")
    with sealed.opened() as store:
        left = store.renew("a", "b", "not there")
        assert Remains.FORMER_KEY in left
        assert store.read("a") == before
    with sealed.opened() as store:  # what was written is committed by now
        assert store.read("a") == before
        assert store.mark("a") != mark
        assert store.due("2024-06-04")[0].case == "a"
        assert store.append("a", 0, entries("1", "2"), due=NOON) == 2  # the same command again
        assert store.append("a", 2, entries("3"), due=None) == 3
        assert store.append("b", 1, entries("2"), due=None) == 2


def test_the_former_key_is_destroyed_once_nothing_waits(tmp_path: Path) -> None:
    keys = MemoryKeys()
    for store in (memory_store(keys=keys), sqlite_store(tmp_path / "cases.db", keys=keys)):
        store.append("a", 0, entries("1"), due=None)
        former, _ = fallen(keys, "a")
        assert store.renew("a") == (Remains.COPIES,)
        key, none = fallen(keys, "a")
        assert (none, key.place) == (None, former.place)
        assert key.secret != former.secret
        head, rows = store._rows.case(key.place)
        assert head is not None
        assert not SealedBond(former, bytes).fits(head)
        with pytest.raises(DamagedCase):
            SealedBond(former, bytes).open(rows[0])
        store.erase("a")
        store.close()


@pytest.mark.parametrize("moved", [False, True])
def test_what_was_broken_off_is_read_written_and_completed(tmp_path: Path, moved: bool) -> None:
    keys, path = BrokenOff(), tmp_path / "cases.db"
    store = sqlite_store(path, keys=keys)
    store.append("a", 0, entries("1", "2"), due=NOON)
    if moved:
        with pytest.raises(KeyboardInterrupt):
            store.renew("a")
    else:
        keys.renew("a")  # killed before a word was sealed anew
    key, former = fallen(keys, "a")
    assert former is not None
    store.close()
    store = sqlite_store(path, keys=keys)
    assert [entry.id for entry in store.read("a").entries] == ["1", "2"]
    assert store.version("a") == 2
    assert store.due(NOON) == (LimitDue("a", 2, NOON),)
    assert store.append("a", 2, entries("3"), due=None) == 3
    keys.__class__ = MemoryKeys  # type: ignore[assignment]
    assert store.renew("a") == (Remains.COPIES,)
    assert fallen(keys, "a") == (CaseKey(key.place, key.secret), None)
    assert store.read("a").version == 3
    store.close()


def test_what_is_taken_back_leaves_the_case_under_its_former_key() -> None:
    keys = MemoryKeys()
    store = memory_store(keys=keys)
    store.append("a", 0, entries("1"), due=None)
    with pytest.raises(ZeroDivisionError), store.writing():  # noqa: PT012
        assert store.renew("a") == (Remains.COPIES, Remains.FORMER_KEY)
        raise ZeroDivisionError
    assert store.read("a").entries == tuple(entries("1"))
    assert fallen(keys, "a")[1] is not None
    assert store.renew("a") == (Remains.COPIES,)
    assert store.read("a").entries == tuple(entries("1"))


def test_no_byte_of_the_former_key_nor_of_what_it_sealed_is_left(tmp_path: Path) -> None:
    keys = sqlite_keys(tmp_path / "keys.db")
    store = sqlite_store(tmp_path / "cases.db", keys=keys)
    store.append("a", 0, entries("1", "2"), due=None)
    former = keys.of("a")
    assert former is not None
    _, rows = store._rows.case(former.place)
    gone = [former.secret, *(row.words for row in rows), *(row.link for row in rows)]
    assert store.renew("a") == (Remains.COPIES,)
    files = [file.read_bytes() for file in tmp_path.iterdir()]
    assert len(files) >= 2
    assert not [part for part in gone for file in files if part in file]
    assert store.read("a").version == 2
    store.close()
    keys.close()


def test_a_damaged_case_is_told_and_keeps_both_keys() -> None:
    keys = MemoryKeys()
    store = memory_store(keys=keys)
    store.append("a", 0, entries("1", "2"), due=None)
    place = fallen(keys, "a")[0].place
    head, rows = store._rows.case(place)
    assert head is not None
    for broken in ((head, rows[:1]), (None, rows)):
        store._rows._cases[place] = broken  # type: ignore[attr-defined]
        with pytest.raises(DamagedCase):
            store.renew("a")
        assert fallen(keys, "a")[1] is not None
    store._rows._cases[place] = (head, tuple(rows))  # type: ignore[attr-defined]
    assert store.renew("a") == (Remains.COPIES,)


def test_a_program_that_holds_the_former_key_asks_for_the_new_one() -> None:
    keys = MemoryKeys()
    store = memory_store(keys=keys)
    store.append("a", 0, entries("1"), due=None)
    bond = store._bonds.known("a")
    assert bond is not None
    store.renew("a")
    head, rows = store._rows.case(bond.place)
    assert head is not None
    assert not bond.fits(head)
    assert bond.fitting(head).read(head, rows) == (StoredEntry("1", "text of 1"),)
    keys.forget(keys.of("a"))
    with pytest.raises(DamagedCase):
        bond.fitting(head).read(head, rows)


def test_an_open_store_has_no_key_to_renew() -> None:
    with pytest.raises(CallError):
        memory_store().renew("a")


@needs_postgres
def test_in_postgres_it_is_complete_once_the_app_has_committed() -> None:
    keys = MemoryKeys()
    from helpers.postgres import server

    with engine_of(server().url).connect() as connection:
        store = postgres_store(connection, keys=keys)
        store.append("a", 0, entries("1", "2"), due=NOON)
        connection.commit()
        for end in (connection.rollback, connection.commit):
            assert Remains.FORMER_KEY in store.renew("a")
            assert Remains.FORMER_KEY in store.renew("a")  # nothing is committed yet
            end()
            assert [entry.id for entry in store.read("a").entries] == ["1", "2"]
        assert store.renew("a") == (Remains.COPIES, Remains.CIPHERTEXT)
        assert fallen(keys, "a")[1] is None
        assert store.read("a").version == 2
