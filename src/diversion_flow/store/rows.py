"""What a database has to do for a store: the one place that says what a new one must bring.

A row holds no more than bytes: what they mean, whether they are sealed and how they hang together
is the business of `bond`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from attrs import field, frozen


@frozen
class Row:
    """One entry as it lies: its number in the case (from 1), its name, its words, and the link
    that binds it to all before it."""

    number: int
    name: str
    words: bytes = field(repr=False)
    link: bytes = field(repr=False)


@frozen
class Head:
    """What is noted of a case apart from its entries, so that a cut tail is seen: how many they
    are, the last link, the next limit, and the mark that vouches for the three."""

    version: int
    due: datetime | None
    link: bytes = field(repr=False)
    mark: bytes = field(repr=False)


# How far a worker has come: the limits up to that moment, at that moment up to that place.
Passed = tuple[datetime, str]


class Rows(Protocol):
    """A database that holds rows. `place` is the name under which those of a case lie."""

    def writing(self) -> AbstractContextManager[None]:
        """What is done inside is done whole or not at all, and no other writer comes between;
        inside another one, it is part of that."""
        ...

    def head(self, place: str) -> Head | None:
        """The head; None where there is no case."""
        ...

    def case(self, place: str) -> tuple[Head | None, list[Row]]:
        """The head and all rows in order, as of one moment."""
        ...

    def places(self) -> Iterable[str]:
        """The places under which an entry lies, or a head that tells of one, in their order."""
        ...

    def put(self, place: str, rows: Sequence[Row], head: Head, before: Head | None) -> bool:
        """Add the rows and set the head, inside `writing`; `before` is the one that was seen, None
        where there is none yet. False, and nothing done, where one of the names is there, or rows
        without a head, or where another writer has put a head meanwhile."""
        ...

    def replace(self, place: str, rows: Sequence[Row], head: Head, before: Head) -> bool:
        """Put all rows of a place, and its head, anew, inside `writing`. False, and nothing done,
        where another writer has put a head since `before`."""
        ...

    def lasting(self) -> bool:
        """Whether nothing that was written here waits to be committed, or taken back."""
        ...

    def due(self, until: datetime) -> Iterable[tuple[str, Head]]:
        """The places whose limit runs out by then, in the order of the limits."""
        ...

    def first_due(self, until: datetime, passed: Passed | None) -> tuple[str, Head] | None:
        """The first of them behind what is passed that no other worker holds, held until the end
        of `writing`."""
        ...

    def alone(self) -> None:
        """CallError inside `writing`, where a transaction can be no part of another."""
        ...

    def delete(self, place: str) -> None:
        """Take everything of that place out, also what another writer is about to put there first;
        who comes after waits for the end of it."""
        ...

    def scrub(self) -> bool:
        """Leave no byte of what was taken out; whether that can be done."""
        ...

    def close(self) -> None:
        """Let go of what was opened for this store."""
        ...
