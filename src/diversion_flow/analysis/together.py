"""After how many events two machines may stand somewhere at once, whatever all others do: worked
out from the opening on, once for each two of which somebody asks.

What is never so of two is never so of all, and what takes two so long takes all as long: a search
back leaves the one out as soon as it comes to it, and the other for later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Final, TypeAlias

from .cells import Cells
from .masks import Mask, Standing

_MOST: Final = 100_000  # times that a way is tried for two machines, before nothing is said of them
_GLANCES: Final = 20  # ways that are tried, as much work as a comparison of cubes


# A way of two machines on an event: where neither may stand before it, and what they come to; one
# of which nothing is said there stays.
Led: TypeAlias = tuple[Mask, Mask]
Leads = Callable[[str, str, Cells], Iterable[Led]]  # how two machines may be led
Met = dict[Mask, Mask]  # of each state of one machine, those of the other that are met with it
_NEVER: Final = -1


class Together:
    """Each two of some machines, as they may stand at once."""

    def __init__(self, standing: Standing, leads: Leads) -> None:
        self._standing, self._leads = standing, leads
        self._met: dict[tuple[str, str], list[Met]] = {}
        self._least: dict[Mask, int] = {}

    def least(self, elsewhere: Mask, cells: Cells, known: bool = False) -> int | None:
        """How many events it takes at least until each two of the machines may stand somewhere
        else than there; None where two never do. As far as it is `known`, if no more is to be
        worked out."""
        furthest = 0
        for (one, here), (other, there) in combinations(self._standing.asked(elsewhere), 2):
            both = here | there
            if known and (one, other) not in self._met:
                continue
            if both not in self._least:
                self._least[both] = self._until(one, other, both, cells)
            if self._least[both] == _NEVER:
                return None
            furthest = max(furthest, self._least[both])
        return furthest

    def _until(self, one: str, other: str, elsewhere: Mask, cells: Cells) -> int:
        if (one, other) not in self._met:
            self._met[one, other] = self._meeting(one, other, cells)
        found = self._met[one, other]
        return next((n for n, met in enumerate(found) if any(
            not here & elsewhere and there & ~elsewhere for here, there in met.items()
        )), _NEVER if found else 0)  # fmt: skip

    def _meeting(self, one: str, other: str, cells: Cells) -> list[Met]:
        """How the two stand at once for the first time after each number of events; nothing where
        that takes too long."""
        fields, begins = self._standing.fields, self._standing.begins
        first, second = fields[one], fields[other]
        ways = [(elsewhere, target & first, target & second)
                for elsewhere, target in self._leads(one, other, cells)]  # fmt: skip
        met = {begins & first: begins & second}
        found, tried = [dict(met)], 0
        leaving: dict[Mask, dict[tuple[Mask, Mask], Mask]] = {}
        while found[-1]:
            further: Met = {}
            for here, those in found[-1].items():
                if here not in leaving:
                    leaving[here] = _from(here, ways)
                    tried += len(ways)
                    cells.spend(len(ways) // _GLANCES)
                tried += len(leaving[here])
                for (there, then), elsewhere in leaving[here].items():
                    left = those & ~elsewhere
                    if left and (new := (then or left) & ~met.get(there, 0)):
                        met[there] = met.get(there, 0) | new
                        further[there] = further.get(there, 0) | new
            if tried >= _MOST:
                return []
            found.append(further)
        return found


def _from(here: Mask, ways: Iterable[tuple[Mask, Mask, Mask]]) -> dict[tuple[Mask, Mask], Mask]:
    """Where one machine comes to from a state, and the other with it, if that one changes; with
    where that one may not stand for any way there."""
    found: dict[tuple[Mask, Mask], Mask] = {}
    for elsewhere, to, then in ways:
        if not elsewhere & here:
            key = (to or here, then)
            found[key] = found.get(key, elsewhere) & elsewhere
    return found
