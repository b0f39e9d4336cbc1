"""Programs that work on one store at once and are killed anywhere: every limit fires once and none
early, what was acknowledged stays, each version is one writer's. `--full` takes the sizes of the
promises: 1,000 cases, 1,000 kills, 10,000 versions, 100 kills of the server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from diversion_flow.store import StoreRefused, make_postgres_tables, postgres_store
from helpers.amounts import Amount
from helpers.peer_programs import needs_postgres
from helpers.places import ROOT, TESTS
from helpers.postgres import Server, server
from helpers.stores import TABLES, engine_of, entries

pytestmark = pytest.mark.again


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=needs_postgres)])
def where(request: pytest.FixtureRequest, quick_folder: Path) -> Iterator[tuple[str, str]]:
    if request.param == "sqlite":
        yield "sqlite", str(quick_folder / "cases.db")
        return
    import sqlalchemy

    with engine_of(server().url).begin() as connection:
        connection.execute(sqlalchemy.text(f"TRUNCATE {TABLES}"))
    yield "postgres", server().url


def mill(where: tuple[str, str], task: str, size: int) -> tuple[list[str], str]:
    """What went wrong, and what was done."""
    done = subprocess.run(
        [sys.executable, "-m", "helpers.mill", *where, task, str(size), "20261126"],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{TESTS}"},
        capture_output=True, encoding="utf-8", timeout=3600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    *wrong, told = done.stdout.splitlines()
    return wrong, told


def sized(where: tuple[str, str], amount: Amount, all_: int, usually: int) -> int:
    return amount(all_, usually // 4 if where[0] == "postgres" else usually)


def test_every_limit_fires_once_and_none_early(where: tuple[str, str], amount: Amount) -> None:
    wrong, told = mill(where, "limits", sized(where, amount, 1000, 60))
    assert wrong == []
    killed = re.fullmatch(r"(\d+) killed in \d+ rounds", told)
    assert killed
    assert int(killed[1]) >= 4


def test_what_a_killed_writer_was_told_stays(where: tuple[str, str], amount: Amount) -> None:
    wrong, told = mill(where, "writers", sized(where, amount, 1000, 12))
    assert wrong == []
    found = re.fullmatch(r"(\d+) killed, (\d+) acknowledged in \d+ cases", told)
    assert found
    assert int(found[2]) > int(found[1])  # they die at their work, not before it


def test_each_version_is_one_writers(where: tuple[str, str], amount: Amount) -> None:
    versions = sized(where, amount, 10_000, 100)
    wrong, told = mill(where, "racers", versions)
    assert wrong == []
    assert versions <= int(told.split()[0]) < versions + 4


@needs_postgres
def test_what_a_killed_database_server_had_committed_is_there_when_it_is_back(
    amount: Amount,
) -> None:
    import sqlalchemy

    own = Server()
    try:
        engine = sqlalchemy.create_engine(own.url)
        with engine.begin() as connection:
            make_postgres_tables(connection)
        version = 0
        for _ in range(amount(100, 1)):
            for number in range(5):
                with engine.begin() as connection:
                    new = entries(f"{version} {number}")
                    version = postgres_store(connection).append("a", version, new, due="2024-06-03")
            with engine.connect() as connection:
                store = postgres_store(connection)
                store.append("a", version, entries("not committed"), due=None)
                own.kill()
                with pytest.raises(StoreRefused) as refused:  # at once, or after what was under way
                    all(store.read("a") for _ in range(1000))
                assert refused.value.code == "store_server"
                connection.invalidate()
            own.start()
            with engine.connect() as connection:
                case = postgres_store(connection).read("a")
            assert (case.version, case.due is not None) == (version, True)
        engine.dispose()
    finally:
        own.stop()
