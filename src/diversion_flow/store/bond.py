"""How entries become rows that hang together: each link is worked out of the one before it, so
that the first row cut, moved, changed or brought from elsewhere is known.

A `Bond` is that of one case. This one has no key: it sees accidents, and nobody's skill. The
sealed one is in `sealing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from struct import Struct
from typing import Final

from attrs import field, frozen

from ..definition.moments import JST
from .errors import DamagedCase
from .rows import Head, Row
from .values import StoredEntry

_EPOCH: Final = datetime(1970, 1, 1, 9, tzinfo=JST)
_MICROSECOND: Final = timedelta(microseconds=1)
_ONE: Final = Struct(">Q").pack  # a number in eight bytes
_TWO: Final = Struct(">QQ").pack


def microseconds(at: datetime | None) -> int | None:
    """A moment as a number that every database holds exactly and orders as time does: of
    microseconds since the beginning of 1970 (UTC)."""
    return None if at is None else (at - _EPOCH) // _MICROSECOND


def moment_of(number: object) -> datetime | None:
    """The moment that a number stands for. Of what is no such number, because it was damaged, some
    other moment: the mark beside it will not vouch for that."""
    if number is None:
        return None
    try:
        return _EPOCH + (number if isinstance(number, int) else 0) * _MICROSECOND
    except OverflowError:
        return _EPOCH


@frozen
class CaseKey:
    """The key of a case, and the place where its entries lie: a name by chance. While a `former`
    secret is there, the entries may lie under either."""

    place: str
    secret: bytes = field(repr=False)  # 32 bytes
    former: bytes | None = field(default=None, repr=False)  # until a renewal of it is settled


class Bond:
    """The bond of a case whose entries lie open."""

    def __init__(self, place: str, key: CaseKey | None = None) -> None:
        self.place, self.key = place, key
        self._begun: bytes | None = None  # what every mark of its head begins with

    # -- what a sealed bond does otherwise -------------------------------------------------------

    def name(self, id: str) -> str:
        """How an entry of this id is named in its row."""
        return id

    def close(self, entry: StoredEntry, number: int, name: str) -> bytes:
        """The words of its row, which has this name."""
        return entry.text.encode()

    def open(self, row: Row) -> StoredEntry:
        """The entry that a row holds; DamagedCase where it holds none."""
        try:
            return StoredEntry(row.name, row.words.decode())
        except ValueError:
            raise DamagedCase(row.number) from None

    def digest(self, data: bytes) -> bytes:
        """32 bytes that stand for these."""
        return sha256(data).digest()

    def fitting(self, head: Head | None) -> Bond:
        """The bond of a case that has this head: another one where its key is being renewed."""
        return self

    # -- what all bonds do -----------------------------------------------------------------------

    @property
    def start(self) -> bytes:
        """The link before the first."""
        return self.digest(joined(b"case", self.place.encode()))

    def rows(self, entries: Iterable[StoredEntry], head: Head) -> list[Row]:
        """The rows that these entries add to a case of this head."""
        rows, link = [], head.link
        for number, entry in enumerate(entries, head.version + 1):
            name = self.name(entry.id)
            words = self.close(entry, number, name)
            link = self._link(link, number, name, words)
            rows.append(Row(number, name, words, link))
        return rows

    def head(self, version: int, due: datetime | None, link: bytes) -> Head:
        """The head of so many rows, the last of which has this link."""
        return Head(version, due, link, self._mark(version, due, link))

    def alike(self, other: Bond) -> bool:
        """Whether the other binds as this one does."""
        return (self.place, self.key) == (other.place, other.key)

    def none(self) -> Head:
        """The head of a case that is not there."""
        return Head(0, None, self.start, b"")

    def fits(self, head: Head) -> bool:
        """Whether the head is as it was set."""
        return head.mark == self._mark(head.version, head.due, head.link)

    def check(self, head: Head) -> None:
        """DamagedCase where the head is not as it was set."""
        if not self.fits(head):
            raise DamagedCase(None)

    def read(self, head: Head, rows: list[Row]) -> tuple[StoredEntry, ...]:
        """The entries; DamagedCase with the first that is not as it was kept."""
        link = self.start
        for number, row in enumerate(rows, 1):
            if row.number != number or row.link != self._link(link, number, row.name, row.words):
                raise DamagedCase(number)
            link = row.link
        self.check(head)
        if len(rows) != head.version or link != head.link:
            raise DamagedCase(min(len(rows), head.version) + 1)
        return tuple(map(self.open, rows))

    def _link(self, before: bytes, number: int, name: str, words: bytes) -> bytes:
        named = name.encode()
        return self.digest(b"".join((b"entry", before, _TWO(number, len(named)), named, words)))

    def _mark(self, version: int, due: datetime | None, link: bytes) -> bytes:
        at = b"" if due is None else str(microseconds(due)).encode()
        if self._begun is None:
            self._begun = joined(b"head", self.place.encode())
        return self.digest(
            b"".join((self._begun, _TWO(8, version), _ONE(len(at)), at, _ONE(len(link)), link))
        )


def joined(*parts: bytes) -> bytes:
    """The parts as one, of which each can be told from its neighbours."""
    return b"".join(_ONE(len(part)) + part for part in parts)
