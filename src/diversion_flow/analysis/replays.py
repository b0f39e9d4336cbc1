"""A difference that is claimed, replayed under both laws before anybody is told of it.

A search leads both cases to the same place by the same steps; there the step that is to tell the
two apart is taken with the engine, and its answers are looked at. What no replay shows is not
claimed: either nobody can come to that place while both laws treat him alike (whoever is led
elsewhere before is told of where that happens), or it is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve

from ..definition import DiversionFlowError, Process
from ..definition.frozen import frozen
from ..runtime import Case
from ..runtime.opening import reopened
from .cells import Cells
from .difference import Difference
from .effort import EFFORT, Effort
from .product import Goal, Product
from .witness import Shows, Walker, Witness, walker_to

_NODES: Final = 3000  # nodes that the search for one way may look at
_STEPS: Final = 200  # comparisons of cubes that one of them may take
_SHARES: Final = 10  # searches of that length that all together may take
_SMALL: Final = 25  # nodes that each may look at even so
_TRIES: Final = 12  # ways that are walked before it is left open


@frozen
class Replay:
    """What came of it: the `witness` that shows the difference; without one, whether it is
    `settled` that there is none."""

    witness: Witness | None
    settled: bool


# What is claimed, with the replays that are to show it.
Claims = Iterator[tuple[Difference, list[Replay]]]


def first(tries: Iterable[Replay]) -> Replay:
    """The first that shows it; that there is none is settled where it is for each."""
    settled = True
    for replay in tries:
        if replay.witness is not None:
            return replay
        settled = settled and replay.settled
    return Replay(None, settled)


class Replays:
    """Replays of two laws; the search for each way may look at so many nodes, and at no more than
    is usual unless more than the usual effort is given. Once many were long, the others are
    short."""

    def __init__(self, a: Process, b: Process, cells: Cells, nodes: int) -> None:
        self.a, self.b, self.cells = a, b, cells
        most = _NODES * max(nodes, EFFORT) // EFFORT
        self._nodes = max(1, min(most, nodes))
        self._effort = Effort(_SHARES * most, _STEPS, _SHARES, _SMALL)
        self._bounded = cells.bounded(self._effort)

    def of(
        self, goals: Iterable[Goal], shows: Shows, profile: Mapping[str, Any] | None = None,
        days: Sequence[int] = (0,),
    ) -> Replay:  # fmt: skip
        """Lead the cases to one of the goals, with the values of the profile, until the last step
        shows it. Limits end on other days where a case begins on another, so some `days` are
        tried."""
        found = self._effort.within(lambda: self._of(goals, shows, profile, days))
        return found or Replay(None, False)

    def _of(
        self, goals: Iterable[Goal], shows: Shows, profile: Mapping[str, Any] | None,
        days: Sequence[int],
    ) -> Replay:  # fmt: skip
        wanted = [goal for goal in goals if goal.cubes]
        search, tried = Product(self.a, self.b, self._bounded, wanted), 0
        for node, goal, asked in search.some(self._nodes):
            for later in days:
                walker, facts = walker_to(search, node, goal, asked, profile, later)
                found = None if walker is None else shown(walker, goal, facts, shows)
                if found is not None:
                    return Replay(found, True)
            tried += 1
            if tried == _TRIES:
                break
        return Replay(None, search.exhausted and not tried)

    def opened(self, facts: Mapping[str, Any]) -> Witness:
        """Both cases as they are opened with these facts; None of it where one law refuses it."""
        walker = Walker(Product(self.a, self.b, self.cells, []), {})
        at = (walker.opened, walker.opened + walker.shift)
        results = _opened(self.a, at[0], facts), _opened(self.b, at[1], facts)
        return evolve(walker.witness(results), facts=facts)


def _opened(law: Process, at: Any, facts: Mapping[str, Any]) -> Case | None:
    if not facts.keys() <= law.by_id["fact"].keys():
        return None
    try:
        return reopened(law, at, facts, "")
    except DiversionFlowError:
        return None


def shown(walker: Walker, goal: Goal, facts: Mapping[str, Any], shows: Shows) -> Witness | None:
    """The last step at the first moment at which it shows what it is to show."""
    if goal.event:
        return walker.last(goal, facts, shows)
    stood = walker.cases
    return walker.witness(stood) if shows(stood, stood) else None
