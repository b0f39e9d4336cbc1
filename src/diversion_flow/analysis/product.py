"""Where two processes can come to together: a search over configurations and what is known.

A node is the state of each machine that matters and what of the facts is excluded: every way to
record them that has led here. Facts that an event records are free again with it. Time is left
free, so that what is not reached here cannot be reached; what is reached is then tried with real
steps.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from attrs import field, frozen

from ..definition import Machine, Process
from ..definition.facts import Value
from .cells import Cells, Cube
from .effort import NotDecided
from .joint import Going, Joint, records
from .masks import Mask


@frozen(eq=False)
class Goal:
    """A place where two processes decide differently: `event` reported `by` one who may, in one
    of `cubes`. `accepts` is the process that lets it happen (None: both do, with other results);
    `brings` is what has to be recorded with it for that. Without an event, to stand there is
    all."""

    event: str
    by: str
    cubes: tuple[Cube, ...]
    accepts: int | None
    deadline: str | None = None
    brings: Mapping[str, Value] = field(factory=dict)


class Node(NamedTuple):
    """How far a search has come: where the machines stand, and which limits do not run yet; what
    of the facts is excluded; `went` is what the last event asked, machine by machine."""

    at: Mask
    facts: Mask
    event: str = ""
    went: tuple[Cube, ...] = ()
    before: Node | None = None
    length: int = 0

    def path(self) -> list[Node]:
        """The nodes on the way here, the first step first."""
        node: Node | None = self
        steps: list[Node] = []
        while node is not None and node.before is not None:
            steps.append(node)
            node = node.before
        return steps[::-1]


class Spot(NamedTuple):
    """One cube of a goal, as a search meets it, and how far each machine that it speaks of is
    from it."""

    there: Going
    ways: list[tuple[Mask, Mapping[Mask, int]]]


class Target(NamedTuple):
    """A goal, and what its event leaves of the facts as it was."""

    goal: Goal
    leaves: Mask
    spots: list[Spot]


Rank = Callable[[Node, int], tuple[int, ...]]  # ... and how far the goal is, at least


class Product:
    """Two processes moving together, over the machines that bear on some goals; over those alone
    that the goals speak of, what they ask of others is granted."""

    def __init__(
        self, a: Process, b: Process, cells: Cells, goals: Iterable[Goal], *, alone: bool = False
    ) -> None:
        self.a, self.b, self.cells = a, b, cells
        self.explored = 0
        self._joint = cells.once("joint", lambda: Joint(a, b, cells))
        goals = tuple(goals)
        wanted = {q.id for g in goals for c in g.cubes for q in c if q.kind == "machine"}
        wanted |= {self._home(g.event) for g in goals if g.event}
        wanted = wanted if alone else self._joint.cone(wanted)
        self._targets = [self._target(goal, wanted) for goal in goals]
        self._scope = self._joint.scope(wanted)
        self._far = _Distances(self._targets, self._scope.states, cells)

    def _home(self, event: str) -> str:
        law = self.a if event in self.a.by_id["event"] else self.b
        return law.event(event).home

    def _target(self, goal: Goal, wanted: set[str]) -> Target:
        spots = [self._spot(cube, wanted) for cube in goal.cubes]
        leaves = ~self._joint.masks.about(self.records(goal.event, goal.accepts))
        return Target(goal, leaves, spots)

    def _spot(self, cube: Cube, wanted: set[str]) -> Spot:
        joint = self._joint
        ways = [
            (joint.states[about.id], joint.away(about, bits, self.cells))
            for about, bits in cube.items()
            if about.kind == "machine" and about.id in wanted
        ]
        return Spot(joint.going(0, cube, self.cells), ways)

    @property
    def machines(self) -> tuple[Machine, ...]:
        """The machines that are looked at."""
        return self._scope.machines

    @property
    def goals(self) -> list[Goal]:
        """What is still looked for."""
        return [target.goal for target in self._targets]

    # -- moving -----------------------------------------------------------------------------

    def start(self) -> Node:
        """Both processes as a case is opened; any facts may be known."""
        joint = self._joint
        asked = {q.id for q in self.cells.asked("deadline")}
        asked |= {q.id for g in self.goals for c in g.cubes for q in c if q.kind == "deadline"}
        asked |= joint.lapsing(m.id for m in self.machines)
        states = sum(joint.standing.states[m.id][m.initial] for m in self.machines)
        return Node(states | joint.waiting(asked), 0)

    def _begin_apart(self) -> bool:
        """Whether one of the machines begins elsewhere in the other process."""
        known = self.b.by_id["machine"]
        return any(m.id in known and known[m.id].initial != m.initial for m in self.machines)

    def stands(self, node: Node) -> dict[str, str]:
        """The state of each machine that is looked at."""
        known = self._joint.standing.states
        return {m.id: state for m in self.machines for state, bit in known[m.id].items()
                if node.at & bit}  # fmt: skip

    def asked(self, node: Node) -> Cube:
        """All that the last event asked of the facts."""
        together: Cube | None = {}
        for cube in node.went:
            together = self.cells.meet(together or {}, cube)
        return together or {}

    def after(self, node: Node) -> Iterator[Node]:
        """Every node one event further, but those where nothing is new."""
        joint, at, facts = self._joint, node.at, node.facts
        possible, apart, tried = joint.masks.possible, joint.both, 0
        for states, leading in self._scope.leading:
            for event in leading.get(at & states, ()):
                if not (event.moving or event.begins or facts & event.frees):
                    continue
                here, left = at & event.concerns, facts & ~event.frees
                stays, steps = at ^ here, event.rows.get(here)
                if steps is None:
                    steps = joint.steps(event, here, self.cells)
                tried += len(steps)
                for to, excludes, went in steps:
                    known = left | excludes
                    if excludes and not possible(known | apart):
                        continue
                    if to | stays != at or facts & ~known:
                        yield Node(to | stays, known, event.id, went, node, node.length + 1)
        self.cells.spend(tried * len(self.machines))  # every one of them is looked at

    def records(self, event: str, accepts: int | None) -> set[str]:
        """What may be recorded with an event, by both processes or by the one that accepts."""
        return records(self.a, self.b, event, accepts)

    def drop(self, goals: Iterable[Goal]) -> None:
        """Look for these no more."""
        gone = set(goals)
        self._targets[:] = [target for target in self._targets if target.goal not in gone]
        self._far.forget()

    # -- searching ----------------------------------------------------------------------------

    def reached(self, node: Node) -> Iterator[tuple[Goal, Cube]]:
        """The goals that the next event would meet, and what they ask of the facts."""
        masks = self._joint.masks
        for goal, leaves, spots in tuple(self._targets):
            left = node.facts & leaves
            if not self._joint.due(goal.event, node.at):
                continue
            for there, _ in spots:
                self.cells.spend()
                if node.at & there.elsewhere:
                    continue
                if masks.possible(left | there.excludes & ~masks.of_steps):
                    yield goal, there.asked

    def search(self, most: int) -> Iterator[tuple[Node, Goal, Cube]]:
        """The ways to a goal, the shortest first; ends when none is left, after `most` nodes, or
        when the effort that the cells may take is spent."""
        return self._searched(most, lambda node, left: (node.length + left,))

    def some(self, most: int) -> Iterator[tuple[Node, Goal, Cube]]:
        """Some ways to a goal, soon, which need not be short."""
        return self._searched(most, _Novelty(self._far, self._scope.states))

    def _searched(self, most: int, rank: Rank) -> Iterator[tuple[Node, Goal, Cube]]:
        try:
            yield from self._search(most, rank)
        except NotDecided:
            self.exhausted = False

    def _search(self, most: int, rank: Rank) -> Iterator[tuple[Node, Goal, Cube]]:
        number, first = count(), self.start()
        left = None if self._begin_apart() else self._far.nearest(first.at)
        open_ = [(rank(first, left), next(number), first)] if left is not None else []
        self.explored = int(left is None)  # then to look at the first is enough
        seen: dict[Mask, list[Mask]] = {}
        while open_ and self._targets and self.explored < most:
            _, _, node = heapq.heappop(open_)
            kept = seen.setdefault(node.at, [])
            if self._dominated(kept, node):
                continue
            kept[:] = [wide for wide in kept if node.facts & ~wide] + [node.facts]
            self.explored += 1
            for goal, asked in self.reached(node):
                yield node, goal, asked
            for further in self.after(node):
                left = self._far.nearest(further.at)
                if left is not None and not self._dominated(seen.get(further.at, ()), further):
                    heapq.heappush(open_, (rank(further, left), next(number), further))
        self.exhausted = not open_

    exhausted = False

    def _dominated(self, kept: Sequence[Mask], node: Node) -> bool:
        """Whether a node that stands alike, with no more excluded, was there before."""
        self.cells.spend(len(kept))
        allowed = ~node.facts
        return any(not wide & allowed for wide in kept)


class _Distances:
    """How many events, at least, the machines are from the states that a goal asks for."""

    def __init__(self, targets: list[Target], states: Mask, cells: Cells) -> None:
        self._targets, self._states, self._cells = targets, states, cells
        self._nearest: dict[Mask, int | None] = {}
        self._altogether: dict[Mask, int] = {}

    def nearest(self, at: Mask) -> int | None:
        """At least how many events are missing to the nearest goal; None if none can be met."""
        at &= self._states
        if at not in self._nearest:
            each = [self._ways(spot, at) for target in self._targets for spot in target.spots]
            found = [ways for ways in each if ways is not None]
            self._nearest[at] = min((max(w, default=0) for w in found), default=None)
            self._altogether[at] = min(map(sum, found), default=0)
        return self._nearest[at]

    def altogether(self, at: Mask) -> int:
        """How many rules the machines that a goal asks about have to fire, each for itself."""
        self.nearest(at)
        return self._altogether[at & self._states]

    def forget(self) -> None:
        """The goals are others now."""
        self._nearest.clear()
        self._altogether.clear()

    def _ways(self, spot: Spot, at: Mask) -> list[int] | None:
        self._cells.spend()
        found = []
        for states, away in spot.ways:
            far = away.get(at & states)
            if far is None:
                return None
            found.append(far)
        return found


class _Novelty:
    """What to look at first where any way will do: whatever brings a machine, or two together,
    to where none has been as near to a goal, and of that what is nearest. What a goal needs of
    other machines is come upon like this without a look at all of their combinations."""

    def __init__(self, far: _Distances, states: Mask) -> None:
        self._far, self._states = far, states
        self._alone: dict[int, Mask] = {}  # by how far it is: where machines have been
        self._together: dict[tuple[int, Mask], Mask] = {}  # ... and with which others

    def __call__(self, node: Node, left: int) -> tuple[int, ...]:
        away = self._far.altogether(node.at)
        return self._old(node, away), away, node.length

    def _old(self, node: Node, away: int) -> int:
        """0: a machine is where it never was; 1: two are; 2: nothing is new."""
        places = node.at & self._states
        moved = (places & ~node.before.at if node.before else 0) or places
        known = self._alone.get(away, 0)
        self._alone[away] = known | moved
        if moved & ~known:
            return 0
        new = 0
        while moved:
            one, moved = moved & -moved, moved & (moved - 1)
            known = self._together.get((away, one), 0)
            self._together[away, one] = known | places
            new |= places & ~known
        return 1 if new else 2
