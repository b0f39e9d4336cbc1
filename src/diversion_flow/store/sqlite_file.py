"""One SQLite file, opened so that what is committed is on the disk, that writers wait for each
other, and that what was taken out can be made to leave no byte."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from enum import Enum
from pathlib import Path
from threading import RLock
from typing import Any, Final

from ..definition import CallError
from ..definition.files.writing import writable
from .errors import StoreRefused

_OF_US: Final = 0x6466  # "df": what the file says it is, so that no other file is taken for it
# How SQLite says no; of a damaged file in words that are none, at which its module stumbles.
_NO: Final = (sqlite3.Error, UnicodeDecodeError)
# What is neither space nor permissions, by SQLite's name for it or its module's.
_TOLD: Final = {
    "SQLITE_BUSY": "store_busy",
    "SQLITE_NOTADB": "store_other_file",
    "ProgrammingError": "store_closed",
}
_A_DAY: Final = 86_400  # seconds
_PRAGMAS: Final = (
    "PRAGMA synchronous = FULL",  # a commit is on the disk before it is acknowledged
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten
    "PRAGMA fullfsync = ON",  # ... and on a Mac's disk, not only in its cache
    "PRAGMA checkpoint_fullfsync = ON",
)


class Holds(Enum):
    """What lies in a file of ours, by a number that stands in it; another one, another form."""

    OPEN = 1  # entries that anybody can read
    SEALED = 2  # entries under keys
    KEYS = 3

    @property
    def mark(self) -> int:
        """What the file says it is."""
        return _OF_US << 16 | self.value


# Asked, found: open entries beside sealed ones would lie there for everybody to read.
_MIXED: Final = {
    (Holds.OPEN, Holds.SEALED.mark): "store_file_sealed",
    (Holds.SEALED, Holds.OPEN.mark): "store_file_open",
}


class SqliteFile:
    """A file and one connection to it, which the threads of this program take in turn.

    Not to be carried into a forked process: open the file again there.
    """

    def __init__(self, path: str | Path, holds: Holds, schema: str, patience: float) -> None:
        self._path = writable(path, overwrite=True).absolute()
        if not isinstance(patience, int | float) or not 0 <= patience <= _A_DAY:
            raise CallError("store_patience", most=_A_DAY)
        self._lock = RLock()
        self._inside = False
        self._failed: StoreRefused | None = None
        new = not os.path.lexists(self._path)
        try:
            self._base = sqlite3.connect(
                self._path, timeout=patience, isolation_level=None, check_same_thread=False
            )
        except _NO as error:
            raise self._told(error) from None
        if new:
            with suppress(OSError):  # where files are everybody's
                self._path.chmod(0o600)  # its owner's alone, and so what SQLite lays beside it
        self._number = self._found()
        # A sign that was damaged is told by the link, not by a foreign error.
        self._base.text_factory = lambda data: data.decode(errors="replace")
        try:
            self._prepare(holds, schema)
        except BaseException:
            self._base.close()
            raise

    @property
    def inside(self) -> bool:
        """Whether a transaction was begun and not ended."""
        return self._inside

    def writing(self) -> AbstractContextManager[None]:
        """A transaction; inside another one, part of that."""
        return _Transaction(self)

    def begin(self) -> bool:
        """Whether a transaction was begun here, which keeps other threads out until `end`."""
        self._lock.acquire()
        if self._inside:
            return False
        try:
            if self._found() != self._number:  # what is written would go with the former file
                raise StoreRefused("store_moved", file=str(self._path))
            self.run("BEGIN IMMEDIATE")
        except BaseException:
            self._lock.release()
            raise
        self._inside, self._failed = True, None
        return True

    def end(self, begun: bool, whole: bool) -> None:
        """Commit what was begun, or take it back."""
        try:
            if begun:
                self._end(whole)
        finally:
            self._lock.release()

    def _end(self, whole: bool) -> None:
        try:
            if not whole:
                return self._roll_back()
            try:
                if self._failed:  # and somebody went on as if it had not
                    raise self._failed
                self.run("COMMIT")
            except BaseException:
                self._roll_back()
                raise
        finally:
            self._inside = False

    def run(self, sql: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        """What the statement answers, whole."""
        with self._lock:
            try:
                return self._base.execute(sql, tuple(values)).fetchall()
            except _NO as error:
                raise self._told(error) from None

    def put(self, sql: str, values: tuple[object, ...]) -> bool:
        """Whether the statement wrote a row."""
        with self._lock:
            try:
                return self._base.execute(sql, values).rowcount > 0
            except _NO as error:
                raise self._told(error) from None

    def alone(self) -> None:
        """CallError inside `writing`: what comes next is a transaction by itself."""
        with self._lock:
            if self._inside:
                raise CallError("store_erase_inside")

    def scrub(self) -> None:
        """Write the file anew without what was deleted, and empty the log beside it."""
        with self._lock:
            self.run("VACUUM")
            ((busy, _, _),) = self.run("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy:
            raise StoreRefused("store_still_read", file=str(self._path))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            try:
                self._base.close()
            except _NO as error:
                raise self._told(error) from None

    def _prepare(self, holds: Holds, schema: str) -> None:
        for pragma in _PRAGMAS:
            self.run(pragma)
        if holds is not Holds.SEALED:  # what VACUUM writes lies in no file elsewhere meanwhile
            self.run("PRAGMA temp_store = MEMORY")
        made = self._made(holds)  # asked first: another's file stays as it is, and who opens ours
        self._log_ahead()  # waits for no writer
        if made:
            return
        with self.writing():
            if self._made(holds):
                return
            for statement in schema.split(";"):
                self.run(statement)
            self.run(f"PRAGMA application_id = {holds.mark}")

    def _found(self) -> int | None:
        """The number that the disk gives the file of this name; None where there is none."""
        try:
            return self._path.stat().st_ino
        except OSError:
            return None

    def _made(self, holds: Holds) -> bool:
        """Whether the file was made before; StoreRefused where it is another's.

        Who makes it at this moment signs it with its tables, so these are asked first: asked
        the other way about, a file of ours could have tables and no sign yet.
        """
        ((tables,),) = self.run("SELECT count(*) FROM sqlite_master")
        ((found,),) = self.run("PRAGMA application_id")
        if (tables or found) and found != holds.mark:
            code = _MIXED.get((holds, found), "store_other_file")
            raise StoreRefused(code, file=str(self._path))
        return bool(tables)

    def _log_ahead(self) -> None:
        """WAL: readers and the writer do not wait for each other. Of several programs that open a
        new file, one turns it on; SQLite lets nobody wait for that, but for a transaction."""
        for _ in range(100):
            try:
                ((mode,),) = self.run("PRAGMA journal_mode = WAL")
            except StoreRefused as refused:
                if refused.values.get("why") != "SQLITE_BUSY":
                    raise
                mode = ""
            if mode == "wal":
                return
            self.run("BEGIN IMMEDIATE")
            self.run("COMMIT")
        raise StoreRefused("store_no_log", file=str(self._path))

    def _roll_back(self) -> None:
        if self._base.in_transaction:  # SQLite itself ends some that fail
            self.run("ROLLBACK")

    def _told(self, error: Exception) -> StoreRefused:
        """What SQLite says no to, as ours; its own words might hold what was to be written."""
        why = getattr(error, "sqlite_errorname", type(error).__name__)
        code = _TOLD.get(why, "store_refused")
        self._failed = StoreRefused(code, file=str(self._path), why=why)
        return self._failed


class _Transaction:
    """One transaction of a file, or a part of one."""

    __slots__ = ("_begun", "_file")

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def __enter__(self) -> None:
        self._begun = self._file.begin()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._file.end(self._begun, kind is None)
