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
# An entry without a head is damage, which is not to be passed by in silence.
_PLACES: Final = """
SELECT place FROM heads WHERE version > 0 UNION SELECT place FROM entries ORDER BY place
"""
# What damage has made no whole number is no moment: a worker could not tell it as passed by.
DUE: Final = """
SELECT place, version, due, link, mark FROM heads
WHERE due <= ? AND (due, place) > (?, ?) AND typeof(due) = 'integer' ORDER BY due, place
"""
# Where it is not there yet, and the head is the one that was seen.
_PUT_ROW: Final = """
INSERT OR IGNORE INTO entries SELECT ?1, ?2, ?3, ?4, ?5
WHERE EXISTS (SELECT 1 FROM heads WHERE place = ?1 AND mark = ?6)
"""
_NAMED: Final = "SELECT 1 FROM entries WHERE place = ? AND name = ?"
_ROW: Final = "UPDATE entries SET name = ?, words = ?, link = ? WHERE place = ? AND number = ?"
_FIRST_HEAD: Final = """
INSERT OR IGNORE INTO heads (version, link, mark, due, place) SELECT ?1, ?2, ?3, ?4, ?5
WHERE NOT EXISTS (SELECT 1 FROM entries WHERE place = ?5)
"""
_HEAD: Final = """
UPDATE heads SET version = ?, link = ?, mark = ?, due = ? WHERE place = ? AND mark = ?
"""
_HEAD_SAME_DUE: Final = """
UPDATE heads SET version = ?, link = ?, mark = ? WHERE place = ? AND mark = ?
"""
_NOTHING_PASSED: Final = (-(2**63), "")


class SqliteRows:
    """Rows in an SQLite file."""

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def writing(self) -> AbstractContextManager[None]:
        return self._file.writing()

    def head(self, place: str) -> Head | None:
        rows = self._file.run(
            "SELECT version, due, link, mark FROM heads WHERE place = ?", (place,)
        )
        return _head(*rows[0]) if rows else None

    def case(self, place: str) -> tuple[Head | None, list[Row]]:
        found = self._file.run(CASE, (place,))
        head = None if found[0][0] is None else _head(*found[0][:4])
        return head, [_row(*row[4:]) for row in found if row[4] is not None]

    def places(self) -> Iterator[str]:
        return (str(place) for (place,) in self._file.run(_PLACES))

    def put(self, place: str, rows: Sequence[Row], head: Head, before: Head | None) -> bool:
        if len(rows) > 1 and any(self._file.run(_NAMED, (place, row.name)) for row in rows):
            return False
        noted = (head.version, head.link, head.mark)
        if before is None:
            first = (*noted, microseconds(head.due), place)
            if not self._file.put(_FIRST_HEAD, first):
                return False
        mark = (before or head).mark
        for row in rows:
            values = (place, row.number, row.name, row.words, row.link, mark)
            if not self._file.put(_PUT_ROW, values):  # the first, or none
                return False
        return before is None or self._set(place, head, before)

    def _set(self, place: str, head: Head, before: Head) -> bool:
        """Whether the head is put in the place of the one that was seen."""
        noted = (head.version, head.link, head.mark)
        if before.due == head.due:
            return self._file.put(_HEAD_SAME_DUE, (*noted, place, before.mark))
        return self._file.put(_HEAD, (*noted, microseconds(head.due), place, before.mark))

    def replace(self, place: str, rows: Sequence[Row], head: Head, before: Head) -> bool:
        for row in rows:
            self._file.put(_ROW, (row.name, row.words, row.link, place, row.number))
        return self._set(place, head, before)

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
