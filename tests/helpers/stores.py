"""Stores of every kind, as an app would hold them: opened in a transaction, by several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from attrs import frozen

from diversion_flow.store import (
    Keys,
    MemoryKeys,
    Store,
    StoredEntry,
    make_postgres_keys_table,
    make_postgres_tables,
    memory_store,
    postgres_keys,
    postgres_store,
    sqlite_store,
)
from helpers.peer_programs import needs_postgres
from helpers.postgres import server

KINDS = (
    "memory",
    "memory sealed",
    "sqlite",
    "sqlite sealed",
    pytest.param("postgres", marks=needs_postgres),
    pytest.param("postgres sealed", marks=needs_postgres),
)


TABLES = ", ".join(
    f"diversion_flow_{name}" for name in ("heads", "entries", "sealed_heads", "sealed_entries")
)


@frozen
class Desk:
    """One store, and how another program would open it: within a transaction."""

    store: Store
    opened: Callable[[], AbstractContextManager[Store]]


def entries(*ids: str) -> list[StoredEntry]:
    return [StoredEntry(id, f"text of {id}") for id in ids]


@contextmanager
def desk(kind: str, folder: Path) -> Iterator[Desk]:
    keys: Keys | None = MemoryKeys() if kind.endswith("sealed") else None
    match kind.split()[0]:
        case "memory":
            store = memory_store(keys=keys)
            yield Desk(store, store.writing)
        case "sqlite":
            with ExitStack() as ends:
                yield Desk(*_sqlite(folder / "cases.db", keys, ends))
        case _:
            with _postgres(_postgres_keys() if keys else None) as made:
                yield made


def _postgres_keys() -> Keys:
    """Keys in a database of their own, which has none yet."""
    import sqlalchemy

    engine = keys_engine(server().url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("TRUNCATE diversion_flow_keys"))
    return postgres_keys(engine)


@cache
def keys_engine(url: str):  # type: ignore[no-untyped-def]
    """The engine of the keys' database, whose table is made."""
    import sqlalchemy

    with sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(sqlalchemy.text("CREATE DATABASE case_keys"))
    engine = sqlalchemy.create_engine(url.rpartition("/")[0] + "/case_keys")
    make_postgres_keys_table(engine)
    return engine


def _sqlite(
    path: Path, keys: Keys | None, ends: ExitStack
) -> tuple[Store, Callable[[], AbstractContextManager[Store]]]:
    @contextmanager
    def opened() -> Iterator[Store]:
        store = sqlite_store(path, keys=keys)
        try:
            with store.writing():
                yield store
        finally:
            store.close()

    store = sqlite_store(path, keys=keys)
    ends.callback(store.close)
    return store, opened


@contextmanager
def _postgres(keys: Keys | None) -> Iterator[Desk]:
    import sqlalchemy

    engine = engine_of(server().url)
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text(f"TRUNCATE {TABLES}"))

    @contextmanager
    def opened() -> Iterator[Store]:
        with engine.begin() as connection:
            yield postgres_store(connection, keys=keys)

    with engine.connect() as connection:
        yield Desk(postgres_store(connection, keys=keys), opened)


@cache
def engine_of(url: str):  # type: ignore[no-untyped-def]
    """The engine of a server whose tables are made."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(url)
    with engine.begin() as connection:
        make_postgres_tables(connection)
        make_postgres_tables(connection, sealed=True)
    return engine
