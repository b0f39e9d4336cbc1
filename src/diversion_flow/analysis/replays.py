"""A difference that is claimed, replayed under both laws before anybody is told of it.

A search leads both cases to the same place by the same steps; there the step that is to tell the
two apart is taken with the engine, and its answers are looked at. What no replay shows is not
claimed: either nobody can come to that place while both laws treat him alike (whoever is led
elsewhere before is told of where that happens), or it is left open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from ..definition import DiversionFlowError, Process
from ..definition.frozen import frozen
from ..runtime import Case
from ..runtime.opening import reopened
from .cells import Cells
from .effort import EFFORT, Effort
from .product import Goal, Product
from .witness import Walker, Witness, WitnessStep, walker_to

_NODES: Final = 3000  # nodes that the search for one way may look at
_STEPS: Final = 200  # comparisons of cubes that one of them may take
_SHARES: Final = 10  # searches of that length that all together may take
_SMALL: Final = 25  # nodes that each may look at even so
_TRIES: Final = 12  # ways that are walked before it is left open

Results = tuple[Case | None, Case | None]  # of the last step: None where it is refused
Shows = Callable[[Results, tuple[Case, Case]], bool]  # ... and the cases before it


@frozen
class Replay:
    """What came of it: the `witness` that shows the difference; without one, whether it is
    `settled` that there is none."""

    witness: Witness | None
    settled: bool


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
        results = [
            _opened(law, then, facts) for law, then in zip((self.a, self.b), at, strict=True)
        ]
        accepting = [i for i in (0, 1) if results[i] is not None]
        return Witness(
            walker.opened, facts, (), accepting[0] if len(accepting) == 1 else None,
            cases=(walker.cases[0], walker.cases[1]), results=(results[0], results[1]),
        )  # fmt: skip


def _opened(law: Process, at: Any, facts: Mapping[str, Any]) -> Case | None:
    if not facts.keys() <= law.by_id["fact"].keys():
        return None
    try:
        return reopened(law, at, facts, "")
    except DiversionFlowError:
        return None


def shown(walker: Walker, goal: Goal, facts: Mapping[str, Any], shows: Shows) -> Witness | None:
    """The last step at the first moment at which it shows what it is to show."""
    before = (walker.cases[0], walker.cases[1])
    if not goal.event:
        return _standing(walker, before) if shows(before, before) else None
    for at in walker.moments():
        step = WitnessStep(goal.event, goal.by, at, facts)
        results = walker.stepped(0, step), walker.stepped(1, step)
        if shows(results, before):
            return walker.witness(step, results)
    return None


def _standing(walker: Walker, cases: tuple[Case, Case]) -> Witness:
    return Witness(walker.opened, walker.facts, tuple(walker.steps), None, cases, cases)
