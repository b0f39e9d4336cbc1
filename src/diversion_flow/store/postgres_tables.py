"""The tables in PostgreSQL and what is asked of them, in SQLAlchemy's words: its one door."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeGuard

from ..definition.extras import needed

if TYPE_CHECKING:
    with needed("postgres"):
        from sqlalchemy import Column, ColumnElement, MetaData, Select, Table, TextClause
        from sqlalchemy import Connection as Connection
        from sqlalchemy import Engine as Engine
        from sqlalchemy import Executable as Executable

_MAKING: Final = 0x6466  # "df": the name of a lock, for as long as tables are made


class Tables(NamedTuple):
    """The tables; `all` holds both."""

    all: MetaData
    heads: Table
    entries: Table


class Statements(NamedTuple):
    """What is asked of the tables, with names in the places of values."""

    head: Executable
    case: Executable
    places: Executable
    put_first: Executable
    put: Executable
    put_one: Executable
    replace: Executable
    lasting: Executable
    due: Select[Any]
    first_due: Executable
    delete: tuple[Executable, ...]


def is_connection(value: object) -> TypeGuard[Connection]:
    """Whether it is a connection of SQLAlchemy."""
    with needed("postgres"):
        from sqlalchemy import Connection
    return isinstance(value, Connection)


def is_engine(value: object) -> TypeGuard[Engine]:
    """Whether it is an engine of SQLAlchemy."""
    with needed("postgres"):
        from sqlalchemy import Engine
    return isinstance(value, Engine)


def schema_of(connection: Connection | Engine) -> str:
    """Where the app has SQLAlchemy look for tables of no schema, as a statement says it. In
    statements that it makes, SQLAlchemy puts that there itself."""
    found = connection.get_execution_options().get("schema_translate_map", {}).get(None)
    quoted = (found or "").replace('"', '""').replace(":", r"\:")
    return f'"{quoted}".' if found else ""


def failure() -> type[Exception]:
    """What SQLAlchemy raises where the server says no."""
    with needed("postgres"):
        from sqlalchemy.exc import SQLAlchemyError
    return SQLAlchemyError


@cache
def tables(sealed: bool) -> Tables:
    """The tables, made once: sealed entries have their own, so that nothing lies open beside
    them."""
    with needed("postgres"):
        import sqlalchemy as sql

    def name(column: str, **options: Any) -> Column[str]:
        # Ordered by its bytes, whatever the language of the server.
        return sql.Column(column, sql.String(collation="C"), nullable=False, **options)

    def filled(column: str, kind: Any, **options: Any) -> Column[Any]:
        return sql.Column(column, kind, nullable=False, **options)

    every, names = sql.MetaData(), _names(sealed)
    heads = sql.Table(
        names["heads"],
        every,
        name("place", primary_key=True),
        filled("version", sql.BigInteger),
        sql.Column("due", sql.BigInteger),  # microseconds since 1970 (UTC)
        filled("link", sql.LargeBinary),
        filled("mark", sql.LargeBinary),
    )
    due = heads.c.due
    sql.Index(names["due"], due, heads.c.place, postgresql_where=due.is_not(None))
    entries = sql.Table(
        names["entries"],
        every,
        name("place", primary_key=True),
        filled("number", sql.BigInteger, primary_key=True),
        name("name"),
        filled("words", sql.LargeBinary),
        filled("link", sql.LargeBinary),
        sql.UniqueConstraint("place", "name"),
    )
    return Tables(every, heads, entries)


def _names(sealed: bool, schema: str = "") -> dict[str, str]:
    """What the tables and the index are called."""
    prefix = schema + ("diversion_flow_sealed_" if sealed else "diversion_flow_")
    return {name: prefix + name for name in ("heads", "entries", "due")}


def make(tables: MetaData, connection: Connection) -> None:
    """Make those that are not there. Who makes them at the same time waits: PostgreSQL, which looks
    and makes in two steps, would refuse the second."""
    with needed("postgres"):
        import sqlalchemy as sql

    connection.execute(sql.select(sql.func.pg_advisory_xact_lock(_MAKING)))
    tables.create_all(connection)


# Head and rows go in one statement, one way to the server and back; a head that another has just
# put, and a name or, after damage, a number that is there, are answered by nothing.
_MANY: Final = {
    "new": """unnest(
        CAST(:numbers AS bigint[]), CAST(:names AS text[]),
        CAST(:words AS bytea[]), CAST(:links AS bytea[])
    ) AS new""",
    "named": "ANY(CAST(:names AS text[]))",
    "numbered": "ANY(CAST(:numbers AS bigint[]))",
}
# What most commands add: the last row is all of them. Lists of one cost a driver as much as the
# rest of an append. Of what kind a value is, most drivers leave to the server.
_ONE: Final = {
    "new": """(
        SELECT CAST(:version AS bigint), CAST(:name AS text),
               CAST(:words AS bytea), CAST(:link AS bytea)
    ) AS new""",
    "named": ":name",
    "numbered": ":version",
}
_PUT: Final = """
WITH head AS ({head} RETURNING place), rows AS (
    INSERT INTO {entries} (place, number, name, words, link)
    SELECT head.place, new.* FROM head, {new}
)
SELECT place FROM head
"""
_REPLACE: Final = """
WITH head AS (
    UPDATE {heads} SET version = :version, due = :due, link = :link, mark = :mark
    WHERE place = :at AND mark = :was RETURNING place
), rows AS (
    UPDATE {entries} AS old
    SET name = new.name, words = new.words, link = new.link
    FROM head, {new} (number, name, words, link)
    WHERE old.place = head.place AND old.number = new.number
)
SELECT place FROM head
"""
_FIRST_HEAD: Final = """
INSERT INTO {heads} (place, version, due, link, mark)
SELECT CAST(:at AS varchar), :version, CAST(:due AS bigint), :link, :mark
WHERE NOT EXISTS (SELECT FROM {entries} WHERE place = :at) ON CONFLICT DO NOTHING"""
_HEAD: Final = """
UPDATE {heads} SET version = :version, due = :due, link = :link, mark = :mark
WHERE place = :at AND mark = :was AND NOT EXISTS (
    SELECT FROM {entries}
    WHERE place = :at AND (name = {named} OR number = {numbered})
)"""
_PLACES: Final = """
SELECT place FROM {heads} WHERE version > 0 UNION SELECT place FROM {entries} ORDER BY place"""
# Waits for who is putting the first head there, and lets who comes after wait.
_HOLD: Final = """
INSERT INTO {heads} (place, version, link, mark) VALUES (:at, 0, '', '')
ON CONFLICT DO NOTHING"""


@cache
def statements(sealed: bool, schema: str = "") -> Statements:
    """The statements, made once, of the tables of what is sealed or lies open, there."""
    with needed("postgres"):
        import sqlalchemy as sql

    names = _names(sealed, schema)
    _, heads, entries = tables(sealed)

    def said(words: str) -> TextClause:
        return sql.text(words.format(**names))

    def placed(words: str, head: str = "", rows: Mapping[str, str] = _MANY) -> Executable:
        # What it answers is said beforehand: else it is made out anew each time.
        put = words.format(head=head.format(**names, **rows), **names, **rows)
        return sql.text(put).columns(heads.c.place)

    place: ColumnElement[str] = sql.bindparam("at")
    here = heads.c.place == place
    head = (heads.c.version, heads.c.due, heads.c.link, heads.c.mark)
    row = (entries.c.number, entries.c.name, entries.c.words, entries.c.link)
    # One statement sees one moment; entries without a head are found, too.
    named = sql.cast(place, sql.String).collate("C")  # in a cast, early 2.0 spells it wrongly
    asked = sql.select(named.label("place")).subquery()
    case = (
        sql.select(*head, *row)
        .select_from(asked)
        .outerjoin(heads, heads.c.place == asked.c.place)
        .outerjoin(entries, entries.c.place == asked.c.place)
        .order_by(entries.c.number)
    )
    behind = sql.tuple_(heads.c.due, heads.c.place) > sql.tuple_(
        sql.bindparam("moment"), sql.bindparam("at")
    )
    due = (
        sql.select(heads.c.place, *head)
        .where(heads.c.due <= sql.bindparam("until"), behind)
        .order_by(heads.c.due, heads.c.place)
    )
    return Statements(
        head=sql.select(*head).where(here),
        case=case,
        places=said(_PLACES),
        put_first=placed(_PUT, _FIRST_HEAD),
        put=placed(_PUT, _HEAD),
        put_one=placed(_PUT, _HEAD, _ONE),
        replace=placed(_REPLACE),
        lasting=sql.text("SELECT txid_current_if_assigned() IS NULL"),
        due=due,
        first_due=due.limit(1).with_for_update(skip_locked=True),
        delete=(
            said(_HOLD),
            *(sql.delete(table).where(table.c.place == place) for table in (entries, heads)),
        ),
    )  # fmt: skip


class KeyStatements(NamedTuple):
    """What is asked of the table of keys."""

    put: Executable
    of: Executable
    case: Executable
    renew: Executable
    settle: Executable
    forget: Executable
    scrub: tuple[Executable, ...]


@cache
def keys_table() -> Table:
    """The table of keys, made once; it lies in a database of its own."""
    with needed("postgres"):
        import sqlalchemy as sql

    text = sql.String(collation="C")
    return sql.Table(
        "diversion_flow_keys",
        sql.MetaData(),
        sql.Column("id", text, primary_key=True),
        sql.Column("place", text, nullable=False, unique=True),
        sql.Column("secret", sql.LargeBinary, nullable=False),
        sql.Column("former", sql.LargeBinary),  # the secret until a renewal is settled
    )


@cache
def key_statements(schema: str = "") -> KeyStatements:
    """The statements, made once, of the table there."""
    with needed("postgres"):
        import sqlalchemy as sql

    keys = keys_table()
    named = schema + keys.name
    mine = keys.c.id == sql.bindparam("id")
    return KeyStatements(
        put=sql.text(
            f"INSERT INTO {named} (id, place, secret) VALUES (:id, :place, :secret)"
            " ON CONFLICT DO NOTHING"
        ),
        of=sql.select(keys.c.place, keys.c.secret, keys.c.former).where(mine),
        case=sql.select(keys.c.id).where(keys.c.place == sql.bindparam("place")),
        renew=sql.text(
            f"UPDATE {named} SET former = secret, secret = :new"
            " WHERE id = :id AND former IS NULL"
        ),
        settle=sql.text(
            f"UPDATE {named} SET former = NULL WHERE secret = ANY(CAST(:secrets AS bytea[]))"
        ),
        forget=sql.delete(keys).where(keys.c.place == sql.bindparam("place")),
        # Deleting leaves the row's bytes in the file, and so does VACUUM FULL while a transaction
        # of any database is older: the table is written anew, of the rows that are there.
        scrub=(
            sql.text("SET LOCAL lock_timeout = '10s'"),
            sql.text(f"ALTER TABLE {named} ALTER COLUMN secret TYPE bytea USING secret || ''"),
        ),
    )  # fmt: skip
