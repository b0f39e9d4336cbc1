"""What is true of a store in an SQLite file alone: its disk, its index, its readers, its bytes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from diversion_flow import CallError, DiversionFlowError
from diversion_flow.definition import FileRefused
from diversion_flow.store import (
    MemoryKeys,
    Remains,
    StaleCase,
    Store,
    StoredEntry,
    StoreRefused,
    sqlite_keys,
    sqlite_store,
)
from diversion_flow.store.sqlite import CASE, DUE
from diversion_flow.store.sqlite_file import SqliteFile
from helpers.amounts import Amount
from helpers.overtaken import Moment, moments
from helpers.stores import entries


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cases.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    made = sqlite_store(path)
    yield made
    made.close()


def run(store: Store, sql: str) -> list[tuple[object, ...]]:
    return store._rows._file.run(sql)  # type: ignore[attr-defined, no-any-return]


# -- the file -----------------------------------------------------------------------------------


def test_a_commit_waits_for_the_disk_and_what_is_deleted_is_overwritten(store: Store) -> None:
    asked = {
        p: run(store, f"PRAGMA {p}")[0][0] for p in ("synchronous", "journal_mode", "secure_delete")
    }
    assert asked == {"synchronous": 2, "journal_mode": "wal", "secure_delete": 1}


@pytest.mark.skipif(os.name != "posix", reason="files have no such rights there")
def test_a_new_file_is_its_owner_s_alone_and_one_that_is_there_stays_whose_it_is(
    tmp_path: Path,
) -> None:
    (tmp_path / "shared.db").touch(0o664)
    (tmp_path / "shared.db").chmod(0o664)
    keys = sqlite_keys(tmp_path / "keys.db")
    stores = [sqlite_store(tmp_path / name, keys=keys) for name in ("cases.db", "shared.db")]
    for store in stores:
        store.append("a", 0, entries("1"), due=None)
    rights = {f.name: f"{f.stat().st_mode & 0o777:o}" for f in tmp_path.iterdir()}
    assert rights == {
        f"{name}.db{beside}": "664" if name == "shared" else "600"
        for name in ("cases", "keys", "shared")
        for beside in ("", "-wal", "-shm")
    }
    for one in (*stores, keys):
        one.close()


def test_what_was_kept_is_there_for_the_next_program(store: Store, path: Path) -> None:
    store.append("a", 0, entries("1", "2"), due="2024-06-03")
    store.close()
    again = sqlite_store(path)
    assert again.read("a").entries == tuple(entries("1", "2"))
    assert [limit.case for limit in again.due("2024-06-03")] == ["a"]
    again.close()


def made(path: Path, *statements: str) -> None:
    base = sqlite3.connect(path)
    for statement in statements:
        base.execute(statement)
    base.close()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_bytes(b"no database at all " * 99), "store_other_file"),
        (lambda path: made(path, "CREATE TABLE entries (x)"), "store_other_file"),
        (lambda path: made(path, f"PRAGMA application_id = {0x6466 << 16 | 99}", "CREATE TABLE x (y)"), "store_other_file"),
        (lambda path: sqlite_keys(path).close(), "store_other_file"),
        (lambda path: sqlite_store(path, keys=MemoryKeys()).close(), "store_file_sealed"),
    ],
    ids=["text", "database", "later release", "keys", "sealed"],
)  # fmt: skip
def test_another_file_is_not_taken_for_a_store_and_stays_as_it_is(
    make: Callable[[Path], object], code: str, path: Path
) -> None:
    make(path)
    tables = "SELECT name FROM sqlite_master"
    with pytest.raises(StoreRefused) as refused:
        sqlite_store(path)
    assert refused.value.code == code
    assert path.name in str(refused.value)
    if refused.value.code == "store_other_file" and not path.read_bytes().startswith(b"no data"):
        assert ("heads",) not in sqlite3.connect(path).execute(tables).fetchall()


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be taken away there")
@pytest.mark.parametrize("end", [os.remove, lambda path: os.replace(path.with_name("b"), path)])
def test_nothing_is_acknowledged_that_would_go_with_a_former_file(
    end: Callable[[Path], None], store: Store, path: Path
) -> None:
    """As where a copy is put back while a program runs."""
    sqlite_store(path.with_name("b")).close()
    store.append("a", 0, entries("1"), due=None)
    end(path)
    with pytest.raises(StoreRefused) as refused:
        store.append("a", 1, entries("2"), due=None)
    assert refused.value.code == "store_moved"


def test_nothing_is_sealed_beside_entries_that_lie_open(path: Path) -> None:
    sqlite_store(path).close()
    with pytest.raises(StoreRefused) as refused:
        sqlite_store(path, keys=MemoryKeys())
    assert refused.value.code == "store_file_open"
    sqlite_store(path).close()


def test_who_opens_it_and_reads_waits_for_no_writer(path: Path) -> None:
    store = sqlite_store(path)
    store.append("a", 0, entries("1"), due=None)
    with store.writing():
        other = sqlite_store(path, patience=0)
        assert other.read("a").version == 1
        other.close()
    store.close()


def test_who_comes_while_another_writes_or_after_it_was_closed_is_told_so(path: Path) -> None:
    sqlite_store(path).close()
    store = sqlite_store(path, patience=0)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreRefused) as busy:
        store.append("a", 0, entries("1"), due=None)
    other.execute("ROLLBACK")
    assert store.append("a", 0, entries("1"), due=None) == 1
    store.close()
    with pytest.raises(StoreRefused) as closed:
        store.read("a")
    assert (busy.value.code, closed.value.code) == ("store_busy", "store_closed")


@pytest.mark.parametrize("name", ["gone/x", ".", "x\0", "\ud800", "x" * 300])
def test_where_no_file_can_be_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises((FileRefused, StoreRefused)) as refused:
        sqlite_store(tmp_path / name)
    assert refused.value.text("ja") != str(refused.value)


def test_no_name_means_memory_instead_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sqlite_store(":memory:").close()
    assert Path(":memory:").exists()


def refusal(make: Callable[[Path], object], file: Path) -> str:
    """Why it cannot be had; nothing where it can."""
    try:
        make(file)
    except StoreRefused as refused:
        if refused.code == "store_busy":
            raise
        return refused.code
    return ""


def signed(sign: int, file: Path) -> None:
    """Another program makes a file of its own, and its tables later."""
    base = sqlite3.connect(file, isolation_level=None, timeout=0)
    try:
        base.execute("BEGIN IMMEDIATE")
        (empty,) = base.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()
        if not empty:
            raise StoreRefused("store_other_file", file=file.name)
        base.execute(f"PRAGMA application_id = {sign}")
        base.execute("COMMIT")
    except sqlite3.OperationalError:
        raise StoreRefused("store_busy", file=file.name, why="SQLITE_BUSY") from None
    finally:
        base.close()


def test_many_programs_may_open_a_new_file_at_once(path: Path) -> None:
    opened: list[Store] = []
    together = threading.Barrier(8)

    def open_it() -> None:
        together.wait()
        opened.append(sqlite_store(path))

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, one in enumerate(opened):
        one.append(f"c{number}", 0, entries("1"), due=None)
    assert [opened[0].read(f"c{n}").version for n in range(8)] == [1] * 8
    for one in opened:
        one.close()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (partial(sqlite_store, patience=0), ""),
        (partial(sqlite_store, patience=0, keys=MemoryKeys()), "store_file_sealed"),
        (partial(sqlite_keys, patience=0), "store_other_file"),
        (partial(signed, 7), "store_other_file"),
    ],
    ids=["the same", "sealed", "keys", "a sign"],
)
def test_another_program_may_make_the_file_at_any_moment_of_an_opening(
    make: Callable[[Path], object], code: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, codes = SqliteFile.run, []
    for then in moments():
        file = path.with_name(f"{len(codes)}.db")
        then.act = partial(refusal, make, file)

        def overtaken(self: SqliteFile, *asked: Any, then: Moment = then) -> list[tuple[Any, ...]]:
            then.step()
            return run(self, *asked)

        with monkeypatch.context() as patched:
            patched.setattr(SqliteFile, "run", overtaken)
            codes.append(refusal(sqlite_store, file))
        if code:  # one of the two has it
            assert (codes[-1] == code) is (then.answer() == "")
        elif not codes[-1]:
            sqlite_store(file).append("a", 0, entries("1"), due=None)
    assert len(codes) > 7
    assert set(codes) == {code, ""}


def test_another_s_file_stays_as_it_is(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (one)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreRefused, match="another purpose"):
        sqlite_store(path)
    assert path.read_bytes() == before


# -- its index ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "values", "found"),
    [
        (DUE, (1, 0, ""), ["SEARCH heads USING INDEX heads_due"]),
        (CASE, ("a",), ["SEARCH heads USING PRIMARY KEY", "SEARCH entries USING INDEX sqlite_autoindex_entries_1"]),
    ],
)  # fmt: skip
def test_nothing_is_searched_through(
    store: Store, path: Path, sql: str, values: tuple[object, ...], found: list[str]
) -> None:
    steps = sqlite3.connect(path).execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    said = [str(step[3]) for step in steps]
    assert [line.partition(" (")[0] for line in said if line.startswith("SEARCH")] == found
    assert not [line for line in said if "SCAN heads" in line or "SCAN entries" in line]


# -- those beside it ------------------------------------------------------------------------------


def test_a_reader_does_not_wait_for_the_writer_and_sees_what_was(store: Store, path: Path) -> None:
    store.append("a", 0, entries("1"), due=None)
    other = sqlite_store(path, patience=0)
    with store.writing():
        store.append("a", 1, entries("2"), due=None)
        assert other.read("a").version == 1
    assert other.read("a").version == 2
    other.close()


@pytest.mark.parametrize("keys", [None, MemoryKeys()], ids=["open", "sealed"])
def test_what_was_seen_and_is_another_by_now_is_asked_for_again(
    path: Path, keys: MemoryKeys | None
) -> None:
    one, other = (sqlite_store(path, keys=keys, patience=0) for _ in range(2))
    version = one.append("a", 0, entries("0"), due=None)
    for new in (entries("1"), entries("1", "2"), []):
        other.append("a", version, entries(f"other {version}"), due="2024-06-03")
        with pytest.raises(StaleCase) as stale:
            one.append("a", version, new, due=None)
        assert (stale.value.found, stale.value.ids) == (version + 1, (f"other {version}",))
        version = one.append("a", version + 1, entries(f"own {version}"), due=None)
    if keys:
        other.renew("a")
    assert one.append("a", version, entries("last"), due=None) == version + 1
    with pytest.raises(ZeroDivisionError), one.writing():  # noqa: PT012
        one.append("a", version + 1, entries("taken back"), due=None)
        raise ZeroDivisionError
    assert one.append("a", version + 1, entries("kept"), due=None) == version + 2
    assert [entry.id for entry in other.read("a").entries][-2:] == ["last", "kept"]
    other.erase("a")
    with pytest.raises(StaleCase) as gone:
        one.append("a", version + 2, entries("late"), due=None)
    assert gone.value.found == 0
    assert one.append("a", 0, entries("0"), due=None) == other.version("a") == 1
    one.close()
    other.close()


def test_who_waits_too_long_for_another_writer_is_told(store: Store, path: Path) -> None:
    other = sqlite_store(path, patience=0)
    with store.writing(), pytest.raises(StoreRefused) as refused:
        other.append("a", 0, entries("1"), due=None)
    assert refused.value.values["why"] == "SQLITE_BUSY"
    assert other.append("a", 0, entries("1"), due=None) == 1
    other.close()


def test_who_goes_on_after_a_failure_as_if_there_were_none_keeps_nothing(store: Store) -> None:
    def go_on() -> None:
        with store.writing():
            store.append("a", 0, entries("1"), due=None)
            with pytest.raises(StoreRefused):
                run(store, "INSERT INTO heads VALUES (NULL, 1, 1, 1, 1)")
            store.append("b", 0, entries("1"), due=None)

    with pytest.raises(StoreRefused, match="SQLITE_CONSTRAINT_NOTNULL"):
        go_on()
    assert [store.read(case).version for case in "ab"] == [0, 0]
    assert store.append("a", 0, entries("1"), due=None) == 1


def test_what_sqlite_says_is_told_without_what_was_to_be_kept(store: Store) -> None:
    with pytest.raises(StoreRefused) as refused:
        store._rows._file.run("INSERT INTO MARK VALUES (?)", ("MARK",))  # type: ignore[attr-defined]
    assert "MARK" not in "".join(refused.value.text(lang) for lang in ("ja", "en"))
    assert refused.value.__suppress_context__


def test_a_copy_made_while_others_write_is_the_store_of_one_moment(
    store: Store, path: Path, tmp_path: Path, amount: Amount
) -> None:
    done = threading.Event()

    def write() -> None:
        version = 0
        while not done.is_set():
            version = store.append(
                "a", version, entries(*(f"{version}-{n}" for n in range(3))), due=None
            )

    writer = threading.Thread(target=write)
    writer.start()
    versions = []
    try:
        for number in range(amount(200, 5)):
            with sqlite3.connect(path) as base:
                copy = sqlite3.connect(tmp_path / f"copy{number}.db")
                base.backup(copy, pages=2)
                copy.close()
            copied = sqlite_store(tmp_path / f"copy{number}.db")
            versions.append(copied.read("a").version)
            copied.close()
    finally:
        done.set()
        writer.join()
    assert versions == sorted(versions)
    assert not [version for version in versions if version % 3]


# -- its bytes --------------------------------------------------------------------------------------

MARKS = [f"MARK-{number:03}-{number * 7919 % 1000:03}" for number in range(200)]


def left(folder: Path, *marks: str | bytes) -> list[str | bytes]:
    """Those of the marks that some file of the folder has in it."""
    files = [file.read_bytes() for file in folder.iterdir()]
    assert files
    return [
        mark for mark in marks
        if any((mark.encode() if isinstance(mark, str) else mark) in data for data in files)
    ]  # fmt: skip


def planted(store: Store, case: str, marks: list[str]) -> None:
    """Entries of every size, among those of other cases, as they come about."""
    version = 0
    for number in range(0, len(marks), 5):
        new = [
            StoredEntry(f"id-{mark}", f"{mark} " * (400 if number % 15 == 0 else 9))
            for mark in marks[number : number + 5]
        ]
        version = store.append(case, version, new, due="2024-06-03")
        store.append(f"other {number % 3}", number // 15, entries(str(number)), due=None)


def test_of_an_erased_case_no_byte_is_left_in_any_file(store: Store, tmp_path: Path) -> None:
    planted(store, "CASE-OF-NOBODY", MARKS)
    assert left(tmp_path, *MARKS, "CASE-OF-NOBODY") == [*MARKS, "CASE-OF-NOBODY"]
    assert store.erase("CASE-OF-NOBODY") == (Remains.COPIES,)
    assert left(tmp_path, *MARKS, "CASE-OF-NOBODY") == []
    assert [store.read(f"other {n}").version for n in range(3)] == [14, 13, 13]
    store.close()
    assert left(tmp_path, *MARKS, "CASE-OF-NOBODY") == []


def test_what_is_sealed_leaves_no_byte_of_words_names_or_keys(path: Path, tmp_path: Path) -> None:
    apart = tmp_path / "apart"
    apart.mkdir()
    keys = sqlite_keys(apart / "keys.db")
    store = sqlite_store(path, keys=keys)
    planted(store, "CASE-OF-NOBODY", MARKS)
    key = keys.of("CASE-OF-NOBODY")
    assert key is not None
    files = [file for file in tmp_path.iterdir() if file.is_file()]
    assert not [
        m
        for m in (*MARKS, "CASE-OF-NOBODY", "other 1")
        for f in files
        if m.encode() in f.read_bytes()
    ]
    assert left(apart, "CASE-OF-NOBODY", key.secret, key.place) == [
        "CASE-OF-NOBODY",
        key.secret,
        key.place,
    ]
    store.erase("CASE-OF-NOBODY")
    assert left(apart, "CASE-OF-NOBODY", key.secret, key.place) == []
    assert not [f for f in files if key.place.encode() in f.read_bytes()]
    assert keys.of("CASE-OF-NOBODY") is keys.case(key.place) is None
    assert store.read("other 1").version == 13
    store.close()
    keys.close()


# More than SQLite writes anew within its memory, unless it is told to.
ERASE = """
import sys
from diversion_flow.store import StoredEntry, sqlite_keys, sqlite_store
keys = sqlite_keys(sys.argv[1] + "/keys.db")
with keys._file.writing():
    for number in range(12_000):
        keys.make(f"{number:0>200}")
keys.forget(keys.of("7".zfill(200)))
store = sqlite_store(sys.argv[1] + "/cases.db")
store.append("a", 0, [StoredEntry("1", "x" * 10_000_000)], due=None)
store.erase("b")
"""


def test_what_is_erased_lies_in_no_file_elsewhere_on_the_way(
    tmp_path: Path, quick_folder: Path
) -> None:
    before = tmp_path.stat().st_mtime_ns
    subprocess.run(
        [sys.executable, "-c", ERASE, str(quick_folder)], check=True,
        env={**os.environ, "SQLITE_TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert tmp_path.stat().st_mtime_ns == before  # no file came and went


def test_while_somebody_reads_what_is_left_is_told_and_taken_out_later(
    path: Path, tmp_path: Path
) -> None:
    store = sqlite_store(path, patience=0)
    planted(store, "a", MARKS[:3])
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM heads").fetchall()
    with pytest.raises(StoreRefused) as waits:
        store.erase("a")
    assert waits.value.code == "store_still_read"
    assert store.read("a").version == 0
    assert left(tmp_path, *MARKS[:3]) == MARKS[:3]
    reader.execute("COMMIT")
    store.erase("a")
    assert left(tmp_path, *MARKS[:3]) == []
    reader.close()
    store.close()


def test_nothing_is_erased_in_the_midst_of_a_transaction(store: Store) -> None:
    store.append("a", 0, entries("1"), due=None)
    with store.writing(), pytest.raises(CallError, match="inside another"):
        store.erase("a")
    assert store.read("a").version == 1


# -- keys ---------------------------------------------------------------------------------------------


@pytest.fixture(params=["memory", "sqlite"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[object]:
    made = MemoryKeys() if request.param == "memory" else sqlite_keys(tmp_path / "keys.db")
    yield made
    made.close()


def test_a_key_is_made_once_and_forgotten_for_ever(keys: MemoryKeys) -> None:
    key = keys.make("a")
    assert keys.make("a") == keys.of("a") == key
    assert keys.make("b").secret != key.secret
    assert (len(key.secret), keys.case(key.place)) == (32, "a")
    assert key.secret.hex() not in repr(key)
    assert repr(key.secret) not in repr(key)
    keys.forget(keys.of("a"))
    keys.forget(keys.of("a"))
    assert keys.of("a") is keys.case(key.place) is None
    assert keys.make("a") != key


def test_of_an_erased_case_the_limits_are_passed_by(path: Path) -> None:
    """Where the rows came back, say from a backup, and the key did not."""
    keys = MemoryKeys()
    store = sqlite_store(path, keys=keys)
    for case in "abc":
        store.append(case, 0, entries("1"), due="2024-06-03")
    keys.forget(keys.of("b"))
    assert {limit.case for limit in store.due("2024-06-03")} == {"a", "c"}
    claimed = []
    limit = store.claim("2024-06-03")
    while limit:
        claimed.append(limit.case)
        limit = store.claim("2024-06-03", after=limit)
    assert sorted(claimed) == ["a", "c"]
    assert store.read("b").version == 0
    store.close()


def test_same_chance_same_bytes(tmp_path: Path) -> None:
    """What is kept depends on nothing but what is given: case, entries, moments and chance."""

    def bytes_of(name: str) -> bytes:
        drawn = iter(range(1000))

        def chance(size: int) -> bytes:
            return bytes([next(drawn)]) * size

        store = sqlite_store(tmp_path / name, keys=MemoryKeys(chance), chance=chance)
        store.append("a", 0, entries("1", "2"), due="2024-06-03")
        rows = run(store, "SELECT * FROM entries") + run(store, "SELECT * FROM heads")
        store.close()
        return repr(rows).encode()

    assert bytes_of("one.db") == bytes_of("other.db")


@pytest.mark.parametrize("odd", [None, 3, "x", b"x", object()])
def test_what_is_no_keys_or_no_chance_is_refused(odd: object, path: Path) -> None:
    for named in ({"keys": odd}, {"chance": odd}):
        if odd is not None or "chance" in named:
            with pytest.raises(DiversionFlowError):
                sqlite_store(path, **named)  # type: ignore[arg-type]
    assert not path.exists()
