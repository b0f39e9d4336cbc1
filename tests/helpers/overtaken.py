"""Another program that acts between two steps of the first: before the n-th thing that is asked of a
database or of keys. Nothing is left to chance: each moment can be tried, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from diversion_flow.store import Store, StoreRefused
from diversion_flow.store.sealing import SealedBonds

# That another holds what is to be written, in SQLite's words and PostgreSQL's.
_HELD = ("SQLITE_BUSY", "55P03")


class Moment:
    """The moment before the step of this number (from 0), at which another acts. Where he would
    have to wait for the first, he acts when that has ended."""

    act: Callable[[], object]

    def __init__(self, number: int) -> None:
        self._left = number
        self._answers: list[object] = []

    def step(self) -> None:
        """The first is about to ask something, or to end."""
        self._left -= 1
        if self._left == -1:
            try:
                self._answers.append(self.act())
            except StoreRefused as refused:
                if refused.values.get("why") not in _HELD:
                    raise

    @property
    def came(self) -> bool:
        """Whether the first has taken so many steps."""
        return self._left < 0

    def answer(self) -> object:
        """What the other got, once the first has ended."""
        return self._answers[0] if self._answers else self.act()


def moments() -> Iterator[Moment]:
    """Each moment of something that is done once with each of them."""
    for number in count():
        moment = Moment(number)
        yield moment
        if not moment.came:
            return


class Stepping:
    """Rows or keys, of which each question is a step."""

    def __init__(self, asked: object, moment: Moment) -> None:
        self._asked, self._moment = asked, moment

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._asked, name)

        def ask(*values: object) -> object:
            self._moment.step()
            return found(*values)

        return ask if callable(found) else found


def stepping(store: Store, moment: Moment) -> Store:
    """The same store, between whose steps another acts."""
    bonds = store._bonds
    if isinstance(bonds, SealedBonds):
        bonds = SealedBonds(Stepping(bonds._keys, moment), bonds._chance)  # type: ignore[arg-type]
    return Store(Stepping(store._rows, moment), bonds)  # type: ignore[arg-type]
