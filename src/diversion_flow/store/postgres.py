"""Rows in PostgreSQL, within the transaction of the app: what the store keeps is committed, or
taken back, with the app's own rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from .bond import microseconds, moment_of
from .errors import StoreRefused
from .postgres_tables import failure, schema_of, statements
from .rows import Head, Passed, Row

if TYPE_CHECKING:
    from .postgres_tables import Connection, Executable

_NOTHING_PASSED: Final = (-(2**63), "")
# What doing the same again does not help, by the signs by which PostgreSQL names it.
_TOLD: Final = {"42P01": "store_no_tables", "42501": "store_no_right", "25006": "store_no_right"}


class PostgresRows:
    """Rows by one connection of the app; nothing is committed here."""

    def __init__(self, connection: Connection, sealed: bool) -> None:
        self._connection = connection
        self._say = statements(sealed, schema_of(connection))

    def writing(self) -> AbstractContextManager[None]:
        """The transaction is the app's; a head is put only in the place of that which was seen."""
        return nullcontext()

    def head(self, place: str) -> Head | None:
        found = self._rows(self._say.head, at=place)
        return _head(*found[0]) if found else None

    def case(self, place: str) -> tuple[Head | None, list[Row]]:
        found = self._rows(self._say.case, at=place)
        head = None if found[0][0] is None else _head(*found[0][:4])
        return head, [_row(*row[4:]) for row in found if row[4] is not None]

    def places(self) -> list[str]:
        return [place for (place,) in self._rows(self._say.places)]

    def put(self, place: str, rows: Sequence[Row], head: Head, before: Head | None) -> bool:
        if before and len(rows) == 1:
            only = {"name": rows[0].name, "words": rows[0].words}
            return self._set(self._say.put_one, place, only, head, before)
        put = self._say.put if before else self._say.put_first
        return self._set(put, place, _lists(rows), head, before)

    def replace(self, place: str, rows: Sequence[Row], head: Head, before: Head) -> bool:
        return self._set(self._say.replace, place, _lists(rows), head, before)

    def lasting(self) -> bool:
        return self._rows(self._say.lasting) == [(True,)]

    def due(self, until: datetime) -> Iterator[tuple[str, Head]]:
        return self._heads(self._say.due, until, None)

    def first_due(self, until: datetime, passed: Passed | None) -> tuple[str, Head] | None:
        return next(self._heads(self._say.first_due, until, passed), None)

    def alone(self) -> None:
        """The transaction is the app's."""

    def delete(self, place: str) -> None:
        for statement in self._say.delete:
            self._do(statement, at=place)

    def scrub(self) -> bool:
        return False  # what is left of it is the server's: see the page on stores

    def close(self) -> None:
        """The connection is the app's."""

    def _set(
        self,
        asked: Executable,
        place: str,
        rows: Mapping[str, object],
        head: Head,
        before: Head | None,
    ) -> bool:
        found = self._rows(
            asked,
            **({"was": before.mark} if before else {}),
            at=place,
            version=head.version,
            due=microseconds(head.due),
            link=head.link,
            mark=head.mark,
            **rows,
        )
        return bool(found)

    def _heads(
        self, asked: Executable, until: datetime, passed: Passed | None
    ) -> Iterator[tuple[str, Head]]:
        moment, at = (microseconds(passed[0]), passed[1]) if passed else _NOTHING_PASSED
        for place, *head in self._rows(asked, until=microseconds(until), moment=moment, at=at):
            yield place, _head(*head)

    def _rows(self, asked: Executable, **values: object) -> list[Sequence[Any]]:
        with told():
            return [*self._connection.execute(asked, values)]

    def _do(self, asked: Executable, **values: object) -> None:
        with told():
            self._connection.execute(asked, values)


@contextmanager
def told() -> Iterator[None]:
    """What the server says no to, as ours; its own words might hold what was to be written."""
    try:
        yield
    except (failure(), UnicodeError) as error:  # the latter of a driver of few signs
        why = _why(error)
        raise StoreRefused(_TOLD.get(why, "store_server"), why=why) from None


def _why(error: Exception) -> str:
    """The five signs by which PostgreSQL names what is wrong, where the driver keeps them; else the
    kind of error."""
    said = getattr(error, "orig", None)
    told = [getattr(said, name, None) for name in ("sqlstate", "pgcode")]  # psycopg2: the latter
    fields = [given for given in getattr(said, "args", ()) if isinstance(given, dict)]  # pg8000
    return next(filter(None, (*told, *(f.get("C") for f in fields))), type(error).__name__)


def _lists(rows: Sequence[Row]) -> dict[str, object]:
    return {
        "numbers": [row.number for row in rows],
        "names": [row.name for row in rows],
        "words": [row.words for row in rows],
        "links": [row.link for row in rows],
    }


def _head(version: int, due: int | None, link: bytes, mark: bytes) -> Head:
    return Head(version, moment_of(due), bytes(link), bytes(mark))


def _row(number: int, name: str, words: bytes, link: bytes) -> Row:
    return Row(number, name, bytes(words), bytes(link))
