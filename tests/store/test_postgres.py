"""What is true of a store in PostgreSQL alone: the app's transaction, its workers, its index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from secrets import token_bytes
from typing import TYPE_CHECKING

import pytest

from diversion_flow import CallError
from diversion_flow.store import (
    CaseKey,
    DamagedCase,
    MemoryKeys,
    Remains,
    StaleCase,
    StoredEntry,
    StoreRefused,
    make_postgres_keys_table,
    make_postgres_tables,
    postgres_keys,
    postgres_store,
)
from diversion_flow.store.keys_in_postgres import PostgresKeys
from diversion_flow.store.postgres import told
from diversion_flow.store.postgres_tables import statements
from helpers.overtaken import moments
from helpers.peer_programs import needs_postgres
from helpers.places import ROOT
from helpers.postgres import server
from helpers.stores import TABLES, engine_of, entries, keys_engine

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

pytestmark = needs_postgres


@pytest.fixture
def engine() -> Engine:
    import sqlalchemy

    made: Engine = engine_of(server().url)
    with made.begin() as connection:
        connection.execute(sqlalchemy.text(f"TRUNCATE {TABLES}"))
        connection.execute(sqlalchemy.text("DROP TABLE IF EXISTS letters"))
        connection.execute(sqlalchemy.text("CREATE TABLE letters (words text)"))
    return made


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as made:
        yield made


def say(connection: Connection, sql: str) -> list[tuple[object, ...]]:
    import sqlalchemy

    found = connection.execute(sqlalchemy.text(sql))
    return [tuple(row) for row in found] if found.returns_rows else []


def test_what_is_kept_is_committed_or_taken_back_with_the_apps_own_rows(engine: Engine) -> None:
    with engine.connect() as connection:
        for end in (connection.rollback, connection.commit):
            postgres_store(connection).append("a", 0, entries("1"), due=None)
            say(connection, "INSERT INTO letters VALUES ('dear sirs')")
            end()
            with engine.connect() as other:
                kept = postgres_store(other).read("a").version
                assert (kept, len(say(other, "SELECT * FROM letters"))) in ((0, 0), (1, 1))
    assert kept == 1


def test_who_has_read_a_case_asks_the_server_once_to_append(engine: Engine) -> None:
    from sqlalchemy import event

    asked: list[str] = []
    with engine.begin() as connection:
        postgres_store(connection).append("a", 0, entries("1"), due=None)
    with engine.begin() as connection:
        store = postgres_store(connection)
        event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2]))
        for version, look in enumerate((store.read, store.version, store.mark, len), 1):
            look("a")  # the last looks at nothing: what was put is what was seen
            before = len(asked)
            assert store.append("a", version, entries(str(version + 1)), due=None) == version + 1
            assert len(asked) == before + 1, asked


def test_of_many_cases_some_heads_are_kept_in_mind(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diversion_flow.store.store._MOST", 2)
    store = postgres_store(connection)
    for case in "abcd":
        store.append(case, 0, entries("1"), due=None)
        assert store.version(case) == 1
        assert len(store._met) <= 3  # type: ignore[attr-defined]
    for case in "abcd":
        assert store.append(case, 1, entries("2"), due=None) == 2


def test_what_was_seen_and_is_another_by_now_is_asked_for_again(engine: Engine) -> None:
    with engine.connect() as one, engine.connect() as other:
        store, others = postgres_store(one), postgres_store(other)
        store.append("a", 0, entries("1"), due=None)
        one.commit()
        assert store.version("a") == 1
        others.append("a", 1, entries("2"), due=None)
        other.commit()
        with pytest.raises(StaleCase) as stale:
            store.append("a", 1, entries("3"), due=None)
        assert (stale.value.found, stale.value.ids) == (2, ("2",))
        assert store.append("a", 2, entries("3"), due=None) == 3
        one.rollback()
        assert store.append("a", 2, entries("3"), due=None) == 3  # of what was taken back, too
        one.commit()
        assert [entry.id for entry in others.read("a").entries] == ["1", "2", "3"]
        assert others.append("a", 3, entries("4"), due=None) == 4
        others.erase("a")
        other.commit()
        with pytest.raises(StaleCase) as gone:
            store.append("a", 3, entries("4"), due=None)
        assert gone.value.found == 0


@pytest.mark.parametrize("new", [("4",), ("4", "5")])
def test_an_entry_that_damage_has_put_in_the_place_of_the_next_is_told(
    connection: Connection, new: tuple[str, ...]
) -> None:
    """To do the same again, as after what another has written meanwhile, would not help."""
    store = postgres_store(connection)
    store.append("a", 0, entries("1", "2", "3"), due=None)
    say(connection, "UPDATE diversion_flow_entries SET number = 4 WHERE number = 2")
    with pytest.raises(DamagedCase) as damaged:
        store.append("a", 3, entries(*new), due=None)
    assert damaged.value.entry == 2


def test_workers_pass_by_what_another_holds(engine: Engine) -> None:
    with engine.begin() as connection:
        for case in "abc":
            postgres_store(connection).append(case, 0, entries("1"), due="2024-06-03")
    with engine.connect() as one, engine.connect() as other, engine.connect() as third:
        first = postgres_store(one).claim("2024-06-03")
        second = postgres_store(other).claim("2024-06-03")
        assert first
        assert second
        assert (first.case, second.case) == ("a", "b")
        rest = postgres_store(third)
        last = rest.claim("2024-06-03", after=second)
        assert last
        assert last.case == "c"
        assert rest.claim("2024-06-03", after=last) is None
        one.rollback()
        assert rest.claim("2024-06-03") == first


def test_limits_and_cases_are_found_by_an_index(connection: Connection) -> None:
    say(
        connection,
        """
        INSERT INTO diversion_flow_heads
        SELECT 'c' || n, 1, 1700000000000000 + n, '', '' FROM generate_series(1, 20000) AS n""",
    )
    say(
        connection,
        """
        INSERT INTO diversion_flow_entries
        SELECT 'c' || n, 1, 'one', '', '' FROM generate_series(1, 20000) AS n""",
    )
    say(connection, "ANALYZE diversion_flow_heads, diversion_flow_entries")
    due = plan(connection, statements(False).due, until=1700000000000050, moment=0, at="")
    assert any("Index Scan using diversion_flow_due" in line for line in due), due
    case = plan(connection, statements(False).case, at="c77")
    assert sum("Index" in line for line in case) >= 2, case
    assert not [line for line in due + case if "Seq Scan" in line]


def plan(connection: Connection, statement: object, **values: object) -> list[str]:
    from sqlalchemy import text

    spelt = str(statement.compile(connection.engine, compile_kwargs={"render_postcompile": True}))  # type: ignore[attr-defined]
    for name in sorted(values, key=len, reverse=True):
        spelt = spelt.replace(f"%({name})s", f":{name}")
    spelt = spelt.replace("::VARCHAR", "").replace("::BIGINT", "")
    found = connection.execute(text(f"EXPLAIN {spelt}"), values)
    return [str(row[0]) for row in found]


def test_a_connection_that_commits_by_itself_is_refused(engine: Engine) -> None:
    import sqlalchemy

    with (
        engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        pytest.raises(CallError, match="commits after every"),
    ):
        postgres_store(connection)
    elsewhere = sqlalchemy.create_engine("sqlite://")
    with (
        elsewhere.connect() as connection,
        pytest.raises(CallError, match="not a connection to PostgreSQL"),
    ):
        make_postgres_tables(connection)
    for odd in (None, engine, server().url):
        with pytest.raises(CallError):
            postgres_store(odd)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "code", "why"),
    [
        ("DROP TABLE diversion_flow_entries", "store_no_tables", "42P01"),
        ("SET TRANSACTION READ ONLY", "store_no_right", "25006"),
        ("SET LOCAL ROLE pg_monitor", "store_no_right", "42501"),
    ],
)
def test_what_the_server_says_is_told_without_what_was_to_be_kept(
    connection: Connection, before: str, code: str, why: str
) -> None:
    say(connection, before)
    with pytest.raises(StoreRefused) as refused:
        postgres_store(connection).append("MARK", 0, [StoredEntry("MARK", "MARK")], due=None)
    assert (refused.value.code, refused.value.values) == (code, {"why": why})
    assert refused.value.__suppress_context__
    assert "MARK" not in str(refused.value)


def test_what_the_app_s_connection_has_no_signs_for_is_told_without_it() -> None:
    import sqlalchemy

    narrow = {"client_encoding": "LATIN1"}
    engine = sqlalchemy.create_engine(server().url, connect_args=narrow)
    with engine.connect() as connection, pytest.raises(StoreRefused) as refused:
        postgres_store(connection).read("事件")
    assert refused.value.values == {"why": "UnicodeEncodeError"}
    assert refused.value.__suppress_context__
    engine.dispose()


class OfPsycopg2(Exception):
    pgcode = "40001"


@pytest.mark.parametrize("said", [OfPsycopg2(), Exception({"S": "ERROR", "C": "40001"})])
def test_why_the_server_says_no_is_told_of_every_driver(said: Exception) -> None:
    from sqlalchemy.exc import OperationalError

    with pytest.raises(StoreRefused) as refused, told():
        raise OperationalError("SELECT", {}, said)
    assert refused.value.values == {"why": "40001"}


def test_a_driver_that_says_no_kinds_can_leave_them_to_the_server(connection: Connection) -> None:
    """As asyncpg and pg8000 do, which ask the server of what kind each value has to be."""
    from sqlalchemy.dialects.postgresql import asyncpg

    for name, asked in statements(False)._asdict().items():
        for number, one in enumerate(asked if isinstance(asked, tuple) else (asked,)):
            spelt = one.compile(dialect=asyncpg.dialect())  # type: ignore[no-untyped-call]
            connection.exec_driver_sql(f"PREPARE {name}{number} AS {spelt}")
    found = say(connection, "SELECT parameter_types::text FROM pg_prepared_statements")
    assert len(found) == len(statements(False)) + 2
    say(connection, "DEALLOCATE ALL")


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
def test_who_looked_before_another_wrote_is_told_to_begin_again(engine: Engine, level: str) -> None:
    with engine.begin() as connection:
        postgres_store(connection).append("a", 0, entries("1"), due=None)
    with engine.connect().execution_options(isolation_level=level) as one:
        store = postgres_store(one)
        assert store.read("a").version == 1
        with engine.begin() as connection:
            postgres_store(connection).append("a", 1, entries("2"), due=None)
        with pytest.raises(StoreRefused) as refused:
            store.append("a", 1, entries("3"), due=None)
        assert refused.value.values == {"why": "40001"}
        one.rollback()
        assert store.append("a", 2, entries("3"), due=None) == 3


def test_what_lies_in_the_database_of_a_sealed_case_says_nothing(connection: Connection) -> None:
    keys = MemoryKeys()
    store = postgres_store(connection, keys=keys)
    store.append("MARK-CASE", 0, [StoredEntry("MARK-ID", "MARK-TEXT")], due="2024-06-03")
    rows = say(
        connection, "SELECT * FROM diversion_flow_sealed_entries, diversion_flow_sealed_heads"
    )
    assert len(rows) == 1
    assert "MARK" not in str([bytes(v) if isinstance(v, memoryview) else v for v in rows[0]])
    store.erase("MARK-CASE")
    assert (
        say(connection, "SELECT * FROM diversion_flow_sealed_entries, diversion_flow_sealed_heads")
        == []
    )
    assert keys.of("MARK-CASE") is None


def test_who_forgets_the_keys_finds_no_table_and_lets_nothing_lie_open(engine: Engine) -> None:
    with engine.connect() as connection:
        say(connection, "CREATE SCHEMA of_seals")
        say(connection, "SET LOCAL search_path TO of_seals")
        make_postgres_tables(connection, sealed=True)
        postgres_store(connection, keys=MemoryKeys()).append("a", 0, entries("1"), due=None)
        with pytest.raises(StoreRefused) as refused:
            postgres_store(connection).append("a", 0, entries("1"), due=None)
        assert refused.value.code == "store_no_tables"
        connection.rollback()


def test_what_the_page_says_of_postgresql_runs(engine: Engine) -> None:
    page = (ROOT / "docs" / "store.md").read_text("utf-8")
    blocks = re.findall(r"```py\n(.*?)```", page, re.S)
    assert len(blocks) == 2
    namespace: dict[str, object] = {"engine": engine}
    for block in blocks:
        exec(compile(block, "docs/store.md", "exec"), namespace)


def test_tables_that_are_there_are_left_as_they_are(connection: Connection) -> None:
    store = postgres_store(connection)
    store.append("a", 0, entries("1"), due=None)
    make_postgres_tables(connection)
    assert store.read("a").version == 1


def in_its_transaction(engine: Engine) -> None:
    with engine.begin() as connection:
        make_postgres_tables(connection)


@pytest.mark.parametrize("make", [in_its_transaction, make_postgres_keys_table])
def test_of_two_programs_that_make_the_tables_the_second_waits_for_the_first(
    make: Callable[[Engine], None], engine: Engine
) -> None:
    import sqlalchemy

    options = {"options": "-c search_path=making -c lock_timeout=5ms"}
    one, other = (sqlalchemy.create_engine(server().url, connect_args=options) for _ in range(2))
    steps = 0
    for moment in moments():
        with engine.begin() as connection:
            say(connection, "DROP SCHEMA IF EXISTS making CASCADE")
            say(connection, "CREATE SCHEMA making")
        moment.act, step = partial(make, other), lambda *_, m=moment: m.step()
        sqlalchemy.event.listen(one, "before_cursor_execute", step)
        make(one)
        sqlalchemy.event.remove(one, "before_cursor_execute", step)
        moment.answer()
        steps += 1
    assert steps > 3
    one.dispose()
    other.dispose()


def test_where_the_app_has_tables_looked_for_all_is_found_and_erased(engine: Engine) -> None:
    """Also by the statements that SQLAlchemy does not make itself."""
    tenant = engine.execution_options(schema_translate_map={None: 'of: "one'})
    with engine.begin() as connection:
        say(connection, 'DROP SCHEMA IF EXISTS "of\\: ""one" CASCADE')
        say(connection, 'CREATE SCHEMA "of\\: ""one"')
    make_postgres_keys_table(tenant)
    for keys in (None, postgres_keys(tenant)):
        with tenant.begin() as connection:
            make_postgres_tables(connection, sealed=keys is not None)
            store = postgres_store(connection, keys=keys)
            store.append("a", 0, entries("1"), due="2024-06-03")
            store.append("a", 1, entries("2"), due="2024-06-03")
            store.append("a", 2, entries("3", "4"), due="2024-06-03")
            assert (store.read("a").version, store.cases()) == (4, ("a",))
            if keys is None:
                with engine.connect() as other:
                    assert postgres_store(other).cases() == ()
            else:
                store.renew("a")
        with tenant.begin() as connection:
            store = postgres_store(connection, keys=keys)
            if keys is not None:
                store.renew("a")
            assert store.read("a").version == 4
            store.erase("a")
            assert (store.read("a").version, store.cases()) == (0, ())


# -- keys in a database of their own -----------------------------------------------------------------


@pytest.fixture
def keys() -> PostgresKeys:
    made = postgres_keys(keys_engine(server().url))
    assert isinstance(made, PostgresKeys)
    make_postgres_keys_table(made._engine)  # as often as one likes
    return made


def in_the_tables(secret: bytes) -> list[str]:
    """The files of tables, of any database, in which these bytes lie."""
    files = (server().home / "data" / "base").rglob("*")
    return [f.name for f in files if f.is_file() and secret in f.read_bytes()]


def test_a_key_is_there_before_what_it_seals_and_stays_where_that_is_taken_back(
    engine: Engine, keys: PostgresKeys
) -> None:
    with engine.connect() as connection:
        postgres_store(connection, keys=keys).append("a", 0, entries("1"), due=None)
        connection.rollback()
        key = keys.of("a")
        assert key
        assert keys.case(key.place) == "a"
        store = postgres_store(connection, keys=keys)
        assert store.append("a", 0, entries("1"), due=None) == 1
        assert keys.make("a") == key
        connection.rollback()


def test_of_two_who_make_a_key_both_get_the_first(keys: PostgresKeys) -> None:
    class Late(PostgresKeys):
        def of(self, case: str) -> CaseKey | None:
            found, self.asked = super().of(case), getattr(self, "asked", 0) + 1
            return None if self.asked == 1 else found

    first = keys.make("two")
    assert Late(keys._engine, token_bytes).make("two") == first


def test_of_an_erased_key_no_byte_is_left_in_a_table_and_what_is_left_is_said(
    engine: Engine, keys: PostgresKeys
) -> None:
    with engine.begin() as connection:
        store = postgres_store(connection, keys=keys)
        store.append("MARK-CASE", 0, entries("1"), due=None)
    key = keys.of("MARK-CASE")
    assert key
    with keys._engine.connect() as connection:
        say(connection.execution_options(isolation_level="AUTOCOMMIT"), "CHECKPOINT")
    assert in_the_tables(key.secret)
    with engine.begin() as connection:
        left = postgres_store(connection, keys=keys).erase("MARK-CASE")
    assert left == (Remains.COPIES, Remains.CIPHERTEXT, Remains.KEY)
    assert all(one.label.missing == () for one in Remains)
    with keys._engine.connect() as connection:
        say(connection.execution_options(isolation_level="AUTOCOMMIT"), "CHECKPOINT")
    assert in_the_tables(key.secret) == in_the_tables(b"MARK-CASE") == []
    assert (keys.of("MARK-CASE"), keys.case(key.place)) == (None, None)


def test_what_an_open_store_leaves_with_the_server_is_said(connection: Connection) -> None:
    store = postgres_store(connection)
    store.append("a", 0, entries("1"), due=None)
    assert store.erase("a") == (Remains.COPIES, Remains.WORDS)


def test_a_key_that_is_held_is_out_and_that_bytes_are_left_is_told(keys: PostgresKeys) -> None:
    import sqlalchemy

    keys.make("held")
    with keys._engine.connect() as other:
        say(other, "SELECT * FROM diversion_flow_keys")  # reads still
        quick = sqlalchemy.event.listens_for(keys._engine, "before_cursor_execute", retval=True)

        @quick
        def sooner(c: object, cursor: object, sql: str, *rest: object) -> tuple[str, object]:
            return sql.replace("10s", "10ms"), rest[0]

        with pytest.raises(StoreRefused) as refused:
            keys.forget(keys.of("held"))
        sqlalchemy.event.remove(keys._engine, "before_cursor_execute", sooner)
    assert refused.value.values == {"why": "55P03"}
    assert keys.of("held") is None
    keys.forget(keys.of("held"))
    keys.close()


@pytest.mark.parametrize("make", [postgres_keys, make_postgres_keys_table])
def test_keys_are_kept_in_postgresql_only(make: Callable[[object], object]) -> None:
    import sqlalchemy

    for wrong in (None, sqlalchemy.create_engine("sqlite://"), "postgresql://"):
        with pytest.raises(CallError):
            make(wrong)
