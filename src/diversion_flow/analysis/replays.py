"""A difference that is claimed, replayed under both laws before anybody is told of it.

A search leads both cases to the same place by the same steps; there the step that is to tell the
two apart is taken with the engine, and its answers are looked at. What no replay shows is not
claimed: either nobody can come to that place while both laws treat him alike (whoever is led
elsewhere before is told of where that happens), or it is left open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from ..definition import DiversionFlowError, Process
from ..runtime import Case
from ..runtime.opening import reopened
from .apart import never
from .cells import Cells, Cube
from .effort import Effort
from .product import Goal, Node, Product
from .witness import Walker, Witness, WitnessStep, walker_to

_NODES: Final = 3000  # nodes that the search for one way may look at
_SOON: Final = 120  # ... before it is asked whether there is one at all
_STEPS: Final = 200  # comparisons of cubes that one of them may take
_TRIES: Final = 12  # ways that are walked before it is left open

Results = tuple[Case | None, Case | None]  # of the last step: None where it is refused
Shows = Callable[[Results, tuple[Case, Case]], bool]  # ... and the cases before it


@frozen(eq=False)
class Claim:
    """A difference that is claimed: the `goals` where it is to be seen, what `shows` it there,
    the values that it speaks of, and how many days later than need be the cases may begin."""

    goals: tuple[Goal, ...]
    shows: Shows
    profile: Mapping[str, Any]
    days: tuple[int, ...] = (0,)


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
    """Replays of two laws; the search for each way may look at so many nodes, and no more than
    is usual."""

    def __init__(self, a: Process, b: Process, cells: Cells, nodes: int) -> None:
        self.a, self.b, self.cells = a, b, cells
        self._nodes = max(1, min(_NODES, nodes))

    def of(
        self, goals: Iterable[Goal], shows: Shows, profile: Mapping[str, Any] | None = None,
        days: Iterable[int] = (0,),
    ) -> Replay:  # fmt: skip
        """Lead the cases to one of the goals, until the last step shows it. Limits end on other
        days where a case begins on another, so some `days` are tried."""
        return self.each([Claim(tuple(goals), shows, profile or {}, tuple(days))])[0]

    def each(self, claims: Sequence[Claim]) -> list[Replay]:
        """What comes of each of these claims, all looked for on one way."""
        found = self._looked(claims, min(self._nodes, _SOON))
        far = [claim for claim, replay in found.items() if not replay.settled]
        laws = self.a, self.b
        never_so = (claim for claim in far if never(*laws, self.cells, claim.goals))
        found |= dict.fromkeys(never_so, Replay(None, True))
        left = [claim for claim in far if not found[claim].settled]
        return list((found | self._looked(left, self._nodes)).values())

    def _looked(self, claims: Sequence[Claim], nodes: int) -> dict[Claim, Replay]:
        wanted = {goal: claim for claim in claims for goal in claim.goals if goal.cubes}
        found: dict[Claim, Witness] = {}
        tried: Counter[Claim] = Counter()
        cells = self.cells.bounded(Effort(_NODES, _STEPS))
        search = Product(self.a, self.b, cells, list(wanted))
        for node, goal, asked in search.some(nodes) if wanted else ():
            claim = wanted[goal]
            if claim in found or tried[claim] == _TRIES:
                continue
            witness = _walked(search, node, goal, asked, claim)
            if witness is None:
                tried[claim] += 1
            else:
                found[claim] = witness
            if witness is not None or tried[claim] == _TRIES:
                search.drop(claim.goals)
        proved = search.exhausted or not wanted
        return {c: Replay(found.get(c), c in found or (proved and not tried[c])) for c in claims}

    def opened(self, facts: Mapping[str, Any]) -> Witness:
        """Both cases as they are opened with these facts; None of it where one law refuses it."""
        walker = Walker(Product(self.a, self.b, self.cells, []), {})
        at = (walker.opened, walker.opened + walker.shift)
        results = [
            _opened(law, then, facts) for law, then in zip((self.a, self.b), at, strict=True)
        ]
        accepting = [i for i in (0, 1) if results[i] is not None]
        return Witness(
            walker.opened, facts, (), accepting[0] if len(accepting) == 1 else None, None,
            cases=(walker.cases[0], walker.cases[1]), results=(results[0], results[1]),
        )  # fmt: skip


def _walked(search: Product, node: Node, goal: Goal, asked: Cube, claim: Claim) -> Witness | None:
    for later in claim.days:
        walker, facts = walker_to(search, node, goal, asked, claim.profile, later)
        found = None if walker is None else shown(walker, goal, facts, claim.shows)
        if found is not None:
            return found
    return None


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
    return Witness(walker.opened, walker.facts, tuple(walker.steps), None, None, cases, cases)
