"""Stores by where their cases lie: in memory, in an SQLite file, in an app's PostgreSQL."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from ..definition import CallError
from ..definition.arguments import argument
from .bonds import Bonds, OpenBonds
from .memory import MemoryRows
from .sealing import Chance, Keys, SealedBonds
from .sqlite import SCHEMA, SqliteRows
from .sqlite_file import Holds, SqliteFile
from .store import Store
from .values import called

if TYPE_CHECKING:
    from .postgres_tables import Connection, Engine


def memory_store(*, keys: Keys | None = None, chance: Chance = secrets.token_bytes) -> Store:
    """A store that lasts as long as the program: for tests and trials.

    With `keys`, what lies in it is sealed. `chance` gives bytes that nobody can foretell.
    """
    return Store(MemoryRows(), _bonds(keys, chance))


def sqlite_store(
    path: str | Path,
    *,
    keys: Keys | None = None,
    patience: float = 60.0,
    chance: Chance = secrets.token_bytes,
) -> Store:
    """The store in this file, which is made where it is not there; for one machine, and as many
    programs and threads on it as one likes. What `append` has returned is on the disk.

    With `keys`, what lies in it is sealed. `patience`: seconds that a writer waits for those
    before it, and `erase` for readers. `chance` gives bytes that nobody can foretell.

    Raises:
        FileRefused: no file can be there.
        StoreRefused: it is another file, one that is sealed where no keys are given, or one that
            is not where they are; or the disk said no.
    """
    bonds, holds = _bonds(keys, chance), Holds.OPEN if keys is None else Holds.SEALED
    return Store(SqliteRows(SqliteFile(path, holds, SCHEMA, patience)), bonds)


def postgres_store(
    connection: Connection,
    *,
    keys: Keys | None = None,
    chance: Chance = secrets.token_bytes,
) -> Store:
    """The store in the database of this connection of SQLAlchemy, within its transaction: what it
    keeps is kept once the app commits, and taken back with the rest. One for each connection.

    With `keys`, what lies in it is sealed, in tables of its own. `chance` gives bytes that nobody
    can foretell.

    Raises:
        CallError: the connection is to no PostgreSQL, or commits by itself.
        MissingExtra: SQLAlchemy is not installed.
    """
    from .postgres import PostgresRows

    _in_postgres(connection)
    return Store(PostgresRows(connection, keys is not None), _bonds(keys, chance))


def make_postgres_tables(connection: Connection, *, sealed: bool = False) -> None:
    """Make the store's two tables and their index where they are not there, within the
    transaction of this connection: those of a store with keys (`sealed`), or of one without. A
    program that forgets its keys then finds no table, and lets nothing lie open.

    Raises:
        CallError: the connection is to no PostgreSQL, or commits by itself.
        StoreRefused: the server said no.
    """
    from .postgres import told
    from .postgres_tables import make, tables

    _in_postgres(connection)
    argument("sealed", sealed, bool)
    with told():
        make(tables(sealed).all, connection)


def postgres_keys(engine: Engine, *, chance: Chance = secrets.token_bytes) -> Keys:
    """The keys in the database of this engine of SQLAlchemy: another than that of the entries, for
    who has a copy of both can read what was erased. Each is committed by itself, before a word that
    it seals. `chance` gives bytes that nobody can foretell.

    Raises:
        CallError: the engine is of no PostgreSQL.
        MissingExtra: SQLAlchemy is not installed.
    """
    from .keys_in_postgres import PostgresKeys

    called("chance", chance)
    _engine_of_postgres(engine)
    return PostgresKeys(engine, chance)


def make_postgres_keys_table(engine: Engine) -> None:
    """Make the table of keys where it is not there.

    Raises:
        CallError: the engine is of no PostgreSQL.
        StoreRefused: the server said no.
    """
    from .postgres import told
    from .postgres_tables import keys_table, make

    _engine_of_postgres(engine)
    with told(), engine.begin() as connection:
        make(keys_table().metadata, connection)


def _engine_of_postgres(engine: object) -> None:
    from .postgres_tables import is_engine

    if not is_engine(engine):
        raise CallError("call_kind", name="engine", wanted=("Engine",),
                        found=type(engine).__name__)  # fmt: skip
    if engine.dialect.name != "postgresql":
        raise CallError("store_not_postgres", found=engine.dialect.name)


def _in_postgres(connection: object) -> None:
    from .postgres_tables import is_connection

    if not is_connection(connection):
        raise CallError("call_kind", name="connection", wanted=("Connection",),
                        found=type(connection).__name__)  # fmt: skip
    if connection.dialect.name != "postgresql":
        raise CallError("store_not_postgres", found=connection.dialect.name)
    # Every driver says so by the same name; to ask the server would not tell.
    if getattr(connection.connection.dbapi_connection, "autocommit", False):
        raise CallError("store_autocommit")


def _bonds(keys: Keys | None, chance: Chance) -> Bonds:
    called("chance", chance)
    if keys is None:
        return OpenBonds()
    argument("keys", keys, Keys)
    return SealedBonds(keys, chance)
