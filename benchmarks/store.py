"""Durable appends beside an insert written by hand with the same durability, and, if it is
installed and a server's address is given, PostgreSQL beside `eventsourcing`.

PYTHONPATH=benchmarks .venv/bin/python benchmarks/store.py [FOLDER] [postgresql+psycopg://...]

The rounds of all are mixed, so that a busy disk is everybody's. Wall time, for it is the disk that
is waited for; beside it the time of the processor.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter, process_time
from typing import Any, Final

from diversion_flow.store import MemoryKeys, StoredEntry, memory_store, postgres_store, sqlite_store

ROUNDS: Final = 15
PER_ROUND: Final = 40
WRITERS: Final = 8
PER_WRITER: Final = 25
TEXT: Final = '{"kind":"event","happened":"2024-06-03T10:00+09:00","note":"%s"}' % ("x" * 500)
DUE: Final = "2024-06-03"

Append = Callable[[str, int], object]  # case, its version


def main() -> None:
    """Print a table."""
    folder = Path(tempfile.mkdtemp(dir=sys.argv[1] if len(sys.argv) > 1 else None))
    table("SQLite", {
        "by hand": by_hand(folder / "hand.db"),
        "ours": ours(sqlite_store(folder / "ours.db")),
        "ours, sealed": ours(sqlite_store(folder / "sealed.db", keys=MemoryKeys())),
    })  # fmt: skip
    if len(sys.argv) > 2:
        in_postgres(sys.argv[2])
    for name, keys in (("open", None), ("sealed", MemoryKeys())):
        store = sqlite_store(folder / f"read {name}.db", keys=keys)
        store.append("a", 0, [StoredEntry(str(n), TEXT) for n in range(34)], due=DUE)
        took = [seconds(lambda store=store: store.read("a"))[1] for _ in range(200)]  # type: ignore[misc]
        print(f"read of 34 entries, {name}: {median(took) * 1e3:.2f} ms")
    kept = memory_store()
    took = [seconds(lambda n=n: kept.append("a", n, [entry(n)], due=DUE))[1] for n in range(500)]  # type: ignore[misc]
    print(f"append in memory: {median(took) * 1e6:.0f} µs")


def in_postgres(url: str) -> None:
    """One writer, and several at once, each with cases of its own."""
    ways = {
        "by hand": by_hand_in_postgres(url),
        "ours": ours_in_postgres(url),
        **eventsourcing(url),
    }
    table("PostgreSQL", ways)
    rates: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(5):
        for way, append in ways.items():
            rates[way].append(rate(append, number))
    print(f"PostgreSQL: appends a second, {WRITERS} writers at once")
    for way, found in rates.items():
        print(f"  {way:28}{median(found):8.0f}")


def rate(append: Append, number: int) -> float:
    """How many appends are made a second, by several writers at once."""

    def write(writer: int) -> None:
        for version in range(PER_WRITER):
            append(f"at once {number} {writer}", version)

    writers = [Thread(target=write, args=(writer,)) for writer in range(WRITERS)]
    began = perf_counter()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return WRITERS * PER_WRITER / (perf_counter() - began)


def table(name: str, ways: dict[str, Append]) -> None:
    """How each way does, the first being 100 %."""
    wall: dict[str, list[float]] = {way: [] for way in ways}
    work: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(ROUNDS):
        for way, append in ways.items():
            took = seconds(lambda way=append, n=number: round_of(way, n))  # type: ignore[misc]
            wall[way].append(took[0] / PER_ROUND)
            work[way].append(took[1] / PER_ROUND)
    first = wall[next(iter(ways))]
    print(f"{name}: a durable append, the median round and, least disturbed, the quickest")
    for way in ways:
        typical, least = (
            f"{by(wall[way]) * 1e3:8.2f} ms {by(first) / by(wall[way]):6.0%}"
            for by in (median, min)
        )
        print(f"  {way:28}{typical}{least}   processor {median(work[way]) * 1e6:5.0f} µs")


def round_of(append: Append, number: int) -> None:
    for turn in range(PER_ROUND):
        append(f"case{turn % 10}", number * (PER_ROUND // 10) + turn // 10)


def seconds(do: Callable[[], object]) -> tuple[float, float]:
    wall, work = perf_counter(), process_time()
    do()
    return perf_counter() - wall, process_time() - work


def entry(version: int) -> StoredEntry:
    return StoredEntry(f"e{version}", TEXT)


def ours(store: object) -> Append:
    return lambda case, version: store.append(case, version, [entry(version)], due=DUE)  # type: ignore[attr-defined]


def by_hand(path: Path) -> Append:
    """One table, one insert, one commit that waits for the disk; the version is its key."""
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode = WAL")
    base.execute("PRAGMA synchronous = FULL")
    base.execute(
        "CREATE TABLE entries (c TEXT, version INTEGER, id TEXT, text TEXT, due TEXT,"
        " PRIMARY KEY (c, version), UNIQUE (c, id))"
    )
    return lambda case, version: base.execute(
        "INSERT INTO entries VALUES (?, ?, ?, ?, ?)", (case, version, f"e{version}", TEXT, DUE)
    )


def by_hand_in_postgres(url: str) -> Append:
    """One table, one insert that commits by itself: less than this nobody can wait for."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(url, pool_size=WRITERS, isolation_level="AUTOCOMMIT")
    put = sqlalchemy.text("INSERT INTO by_hand VALUES (:case, :version, :id, :words, :due)")
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text("DROP TABLE IF EXISTS by_hand"))
        connection.execute(sqlalchemy.text(
            "CREATE TABLE by_hand (c text, version bigint, id text, words bytea, due text,"
            " PRIMARY KEY (c, version), UNIQUE (c, id))"
        ))  # fmt: skip

    def append(case: str, version: int) -> None:
        told = {"case": case, "version": version, "id": f"e{version}", "words": TEXT.encode()}
        with engine.connect() as connection:
            connection.execute(put, {**told, "due": DUE})

    return append


def ours_in_postgres(url: str) -> Append:
    """Each append a transaction of an app's pooled connection."""
    import sqlalchemy

    from diversion_flow.store import make_postgres_tables

    engine = sqlalchemy.create_engine(url, pool_size=WRITERS)
    with engine.begin() as connection:
        connection.execute(
            sqlalchemy.text("DROP TABLE IF EXISTS diversion_flow_heads, diversion_flow_entries")
        )
        make_postgres_tables(connection)

    def append(case: str, version: int) -> None:
        with engine.begin() as connection:
            postgres_store(connection).append(case, version, [entry(version)], due=DUE)

    return append


def eventsourcing(url: str) -> dict[str, Append]:
    """The event store of the peer, with an aggregate's event of the same words: the barest that it
    has, one statement that commits by itself, and the one by which its applications keep events."""
    try:
        from eventsourcing.persistence import StoredEvent
        from eventsourcing.postgres import (
            PostgresAggregateRecorder,
            PostgresApplicationRecorder,
            PostgresDatastore,
        )
    except ImportError:
        return {}
    from urllib.parse import urlsplit
    from uuid import NAMESPACE_URL, uuid5

    at = urlsplit(url.replace("+psycopg", ""))
    datastore = PostgresDatastore(
        dbname=at.path[1:], host=at.hostname or "", port=str(at.port), user=at.username or "",
        password="", pool_size=WRITERS,
    )  # fmt: skip
    run = uuid5(NAMESPACE_URL, str(perf_counter()))

    def way(recorder: Any) -> Append:
        recorder.create_table()

        def append(case: str, version: int) -> None:
            event = StoredEvent(uuid5(run, case), version, "Recorded", TEXT.encode())
            recorder.insert_events([event])

        return append

    return {
        f"eventsourcing, {name}": way(kind(datastore, events_table_name=f"{name}_{run.hex[:8]}"))
        for name, kind in (
            ("bare", PostgresAggregateRecorder),
            ("application", PostgresApplicationRecorder),
        )
    }


if __name__ == "__main__":
    main()
