"""A file that a release has written is read by all that come after it: as a golden, which is what
lies in it, said in SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from diversion_flow.store import LimitDue, Store, sqlite_keys, sqlite_store
from helpers.goldens import golden
from helpers.places import GOLDEN
from helpers.stores import entries

DUE = "2024-06-05T10:00"
KEPT = entries("1", "二", "3")
FILES = {"open": ("cases",), "sealed": ("cases", "keys")}


def opened(folder: Path, kind: str, numbers: Iterator[int]) -> Store:
    def chance(size: int) -> bytes:
        return next(numbers).to_bytes(size, "big")

    keys = sqlite_keys(folder / "keys", chance=chance) if kind == "sealed" else None
    return sqlite_store(folder / "cases", keys=keys, chance=chance)


def in_sql(path: Path) -> str:
    """What lies in the file, as statements that put it into another."""
    base = sqlite3.connect(path)
    said = [f"PRAGMA application_id = {base.execute('PRAGMA application_id').fetchone()[0]}"]
    made = (
        "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name"
    )
    for name, kind, sql in base.execute(made).fetchall():
        said.append(sql)
        if kind == "table":
            names = [row[1] for row in base.execute(f"PRAGMA table_info ({name})")]
            rows = base.execute(f"SELECT {', '.join(map('quote({})'.format, names))} FROM {name}")
            said += sorted(f"INSERT INTO {name} VALUES ({', '.join(row)})" for row in rows)
    base.close()
    return ";\n".join(said) + ";\n"


@pytest.mark.parametrize("kind", FILES)
def test_what_is_written_is_of_the_first_form(kind: str, tmp_path: Path) -> None:
    store = opened(tmp_path, kind, count(1))
    store.append("事件", 0, KEPT[:2], due=None)
    store.append("事件", 2, KEPT[2:], due=DUE)
    store.append("b", 0, KEPT[:1], due=None)
    for file in FILES[kind]:
        golden(f"store_1_{kind}_{file}.sql", in_sql(tmp_path / file))


@pytest.mark.parametrize("kind", FILES)
def test_what_was_written_in_the_first_form_is_read_and_goes_on(kind: str, tmp_path: Path) -> None:
    for file in FILES[kind]:
        base = sqlite3.connect(tmp_path / file)
        base.executescript((GOLDEN / f"store_1_{kind}_{file}.sql").read_text("utf-8"))
        base.close()
    store = opened(tmp_path, kind, count(100))
    (limit,) = store.due(DUE)
    assert limit == LimitDue("事件", 3, limit.at)
    assert store.cases() == ("b", "事件")
    assert store.read("事件").entries == tuple(KEPT)
    assert store.append("事件", 3, entries("4"), due=None) == 4
    assert store.read("事件").entries == (*KEPT, *entries("4"))
