"""Which bond the entries of a case have: the case's own where they lie open, that of
its key where they are sealed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from ..definition import CallError
from .bond import Bond
from .remains import Remains


class Bonds(Protocol):
    """The bonds of all cases of a store."""

    def made(self, case: str) -> Bond:
        """The bond of a case that is about to be written."""
        ...

    def known(self, case: str) -> Bond | None:
        """The bond of a case; None where there can be none of it."""
        ...

    def place(self, case: str) -> str:
        """Where the entries of a case lie, or would lie if nobody knows."""
        ...

    def case(self, place: str) -> str | None:
        """The case whose entries lie there; None where nobody knows any more."""
        ...

    def renewed(self, case: str) -> Bond | None:
        """The bond of a case under a new key, beside which the former stays until `settle`; None
        where there is no key of it."""
        ...

    def settle(self, bonds: Iterable[Bond]) -> tuple[Remains, ...]:
        """Destroy the former keys of cases that have these bonds; what of them is out of reach."""
        ...

    def forget(self, bond: Bond | None) -> tuple[Remains, ...]:
        """Make what is sealed so unreadable for ever; what of the key is out of reach. Without a
        bond, complete what could not be completed before."""
        ...

    def left(self) -> Remains:
        """What a server keeps of rows that were taken out."""
        ...


class OpenBonds:
    """Of a store whose entries lie open: they lie under the id of their case."""

    def made(self, case: str) -> Bond:
        return Bond(case)

    def known(self, case: str) -> Bond | None:
        return Bond(case)

    def place(self, case: str) -> str:
        return case

    def case(self, place: str) -> str | None:
        return place

    def renewed(self, case: str) -> Bond | None:
        raise CallError("store_open")

    def settle(self, bonds: Iterable[Bond]) -> tuple[Remains, ...]:
        return ()

    def forget(self, bond: Bond | None) -> tuple[Remains, ...]:
        return ()  # there is no key

    def left(self) -> Remains:
        return Remains.WORDS
