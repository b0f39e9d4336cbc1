"""A store in one SQLite file, for one machine: no server, and every commit is on the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

from .bond import microseconds, moment_of
from .rows import Head, Passed, Row
from .sqlite_file import SqliteFile

SCHEMA: Final = """
CREATE TABLE heads (
    place TEXT PRIMARY KEY, version INTEGER NOT NULL, due INTEGER,
    link BLOB NOT NULL, mark BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX heads_due ON heads (due, place) WHERE due IS NOT NULL;
CREATE TABLE entries (
    place TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,
    words BLOB NOT NULL, link BLOB NOT NULL, UNIQUE (place, name)
)
"""
# Each page that an append changes is a page more to wait for: the words go to the end of the table,
# one index serves names and cases, and the limit's is left alone where the limit stays.
# One statement sees one moment; entries without a head are found, too.
CASE: Final = """
SELECT heads.version, heads.due, heads.link, heads.mark,
       entries.number, entries.name, entries.words, entries.link
FROM (SELECT ? AS place) AS asked
LEFT JOIN heads ON heads.place = asked.place
LEFT JOIN entries ON entries.place = asked.place
ORDER BY entries.number
"""
DUE: Final = """
SELECT place, version, due, link, mark FROM heads
WHERE due <= ? AND (due, place) > (?, ?) ORDER BY due, place
"""
_PUT_ROW: Final = "INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?, ?)"
_ROW: Final = "UPDATE entries SET name = ?, words = ?, link = ? WHERE place = ? AND number = ?"
_FIRST_HEAD: Final = "INSERT INTO heads (version, link, mark, due, place) VALUES (?, ?, ?, ?, ?)"
_HEAD: Final = "UPDATE heads SET version = ?, link = ?, mark = ?, due = ? WHERE place = ?"
_HEAD_SAME_DUE: Final = "UPDATE heads SET version = ?, link = ?, mark = ? WHERE place = ?"
_NOTHING_PASSED: Final = (-(2**63), "")


class SqliteRows:
    """Rows in an SQLite file."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def writing(self) -> AbstractContextManager[None]:
        return self._file.writing()

    def head(self, place: str, version: int | None = None) -> Head | None:
        rows = self._file.run(
            "SELECT version, due, link, mark FROM heads WHERE place = ?", (place,)
        )
        return _head(*rows[0]) if rows else None

    def case(self, place: str) -> tuple[Head | None, list[Row]]:
        found = self._file.run(CASE, (place,))
        head = None if found[0][0] is None else _head(*found[0][:4])
        return head, [_row(*row[4:]) for row in found if row[4] is not None]

    def put(self, place: str, rows: Sequence[Row], head: Head, before: Head | None) -> bool:
        if self._there(place, rows if before else None):
            return False
        for row in rows:
            values = (place, row.number, row.name, row.words, row.link)
            if not self._file.put(_PUT_ROW, values):  # the only one, and it is there
                return False
        noted = (head.version, head.link, head.mark)
        if before and before.due == head.due:
            self._file.put(_HEAD_SAME_DUE, (*noted, place))
        else:
            put = _HEAD if before else _FIRST_HEAD
            self._file.put(put, (*noted, microseconds(head.due), place))
        return True

    def _there(self, place: str, rows: Sequence[Row] | None) -> bool:
        """Whether one of the rows is there, by its name (of a single one `put` tells); any at all,
        where there is no head."""
        if rows is None:
            return bool(self._file.run("SELECT 1 FROM entries WHERE place = ? LIMIT 1", (place,)))
        asked = "SELECT 1 FROM entries WHERE place = ? AND name = ?"
        names = [row.name for row in rows] if len(rows) > 1 else []
        return any(self._file.run(asked, (place, name)) for name in names)

    def replace(self, place: str, rows: Sequence[Row], head: Head, before: Head) -> bool:
        for row in rows:
            self._file.put(_ROW, (row.name, row.words, row.link, place, row.number))
        return self._file.put(_HEAD_SAME_DUE, (head.version, head.link, head.mark, place))

    def lasting(self) -> bool:
        return not self._file.inside

    def due(self, until: datetime) -> Iterator[tuple[str, Head]]:
        for place, *head in self._file.run(DUE, (microseconds(until), *_NOTHING_PASSED)):
            yield place, _head(*head)

    def first_due(self, until: datetime, passed: Passed | None) -> tuple[str, Head] | None:
        behind = (microseconds(passed[0]), passed[1]) if passed else _NOTHING_PASSED
        for place, *head in self._file.run(f"{DUE} LIMIT 1", (microseconds(until), *behind)):
            return place, _head(*head)
        return None

    def alone(self) -> None:
        self._file.alone()

    def delete(self, place: str) -> None:
        with self.writing():
            self._file.run("DELETE FROM entries WHERE place = ?", (place,))
            self._file.run("DELETE FROM heads WHERE place = ?", (place,))

    def scrub(self) -> bool:
        self._file.alone()
        self._file.scrub()
        return True

    def close(self) -> None:
        self._file.close()


# After damage a value may be of any kind. What is of another kind than was kept becomes one of
# the right kind that the link or the mark does not vouch for.
def _row(number: object, name: object, words: object, link: object) -> Row:
    return Row(_number(number), str(name), _bytes(words), _bytes(link))


def _head(version: object, due: object, link: object, mark: object) -> Head:
    return Head(_number(version), moment_of(due), _bytes(link), _bytes(mark))


def _number(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""
