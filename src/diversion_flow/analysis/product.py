"""How two processes come to a place together: a search back from there, over what has to be so
before.

A node says where machines may not stand, and what of the facts may not be, if a goal is to be come
to from it; what it does not speak of is free. A step back takes an event whose outcome is as the
node asks, and gives what has to be so before it: so only that is looked at which bears on the goal.
Facts that an event records are free before it. Of time no more is asked than that no step is on a
later day than the next, so that what is not reached here cannot be reached; what is reached is
then tried with real steps.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import count, islice
from typing import Final, NamedTuple

from attrs import field

from ..definition import Process
from ..definition.facts import Value
from ..definition.frozen import frozen
from .cells import Cells, Cube
from .effort import NotDecided
from .joint import Far, Happening, Joint, outdated, records
from .masks import Mask


@frozen(eq=False)
class Goal:
    """A place where two processes decide differently: `event` reported `by` one who may, in one
    of `cubes`. `accepts` is the process that lets it happen (None: both do, with other results);
    `brings` is what has to be recorded with it for that, `untold` what must not be. Without an
    event, to stand there is all."""

    event: str
    by: str
    cubes: tuple[Cube, ...]
    accepts: int | None
    brings: Mapping[str, Value] = field(factory=dict)
    untold: frozenset[str] = frozenset()


@frozen(eq=False)
class End:
    """What has to be so just before the event of a goal, in one way of what it asks: where nothing
    may stand, and what of the facts is excluded."""

    goal: Goal
    elsewhere: Mask
    facts: Mask
    asked: Cube


class Node(NamedTuple):
    """What has to be so: where nothing may stand, and which limits may not be still to begin; what
    of the facts is excluded. `event` is what then happens, by what `went` asks of each machine, so
    that it is `after` as that asks; at an end, there is none."""

    elsewhere: Mask
    facts: Mask
    end: End
    event: str = ""
    went: tuple[Cube, ...] = ()
    after: Node | None = None
    length: int = 0

    def path(self) -> list[Node]:
        """The steps from here to the end, the first one first."""
        node, steps = self, []
        while node.after is not None:
            steps.append(node)
            node = node.after
        return steps


_FEW: Final = 30  # nodes that are looked at before it is worked out where machines ever meet
_GLANCES: Final = 20  # nodes that are held against one, as much work as a comparison of cubes
_WALK: Final = 1_000  # comparisons of cubes that are as much work as a real step
Rank = Callable[[int, Far], tuple[int, ...]]  # by the steps to the end, and how far machines are


class Product:
    """Two processes moving together, and some goals."""

    def __init__(self, a: Process, b: Process, cells: Cells, goals: Iterable[Goal]) -> None:
        self.a, self.b, self.cells = a, b, cells
        self.explored, self.exhausted = 0, False
        self.joint = cells.once("joint", lambda: Joint(a, b, cells))
        self._first: dict[Hashable, tuple[int, Node]] = cells.once("first", dict)
        self.goals = list(goals)
        self._freeing, self._torn = True, False
        self._stuck: set[int] = set()

    def stands(self, node: Node) -> dict[str, set[str]]:
        """Of each machine that a node speaks of, the states in which it may stand."""
        return self.joint.standing.allowed(node.elsewhere)

    def asked(self, node: Node) -> Cube:
        """All that the event of a node asks of the facts."""
        together: Cube | None = {}
        for cube in node.went:
            together = self.cells.meet(together or {}, cube)
        return together or {}

    def records(self, event: str) -> set[str]:
        """What may be recorded with an event by both processes."""
        return records(self.a, self.b, event, None)

    def outdated(self, event: str) -> set[str]:
        """What is unknown after an event by both processes."""
        return outdated(self.a, self.b, event)

    def told(self, goal: Goal) -> set[str]:
        """What may be recorded with the event of a goal."""
        return records(self.a, self.b, goal.event, goal.accepts) - goal.untold

    def drop(self, goals: Iterable[Goal]) -> None:
        """Look for these no more."""
        gone = set(goals)
        self.goals[:] = [goal for goal in self.goals if goal not in gone]

    def stuck(self, node: Node) -> None:
        """No real step was found that leads on from here: look at no other way to here."""
        self._stuck.add(id(node))

    # -- moving back --------------------------------------------------------------------------

    @cached_property
    def _ends(self) -> list[End]:
        return [*self.ends()]

    def ends(self) -> Iterator[End]:
        """What has to be so just before the event of each goal."""
        joint, masks = self.joint, self.joint.masks
        for goal in self.goals:
            leaves = ~masks.about(self.told(goal))
            shared = joint.shared if goal.accepts is None else joint.shared & leaves
            for there in (
                asks for cube in goal.cubes
                for asks in joint.asks(goal.event, cube, self.cells, goal.accepts)
            ):  # fmt: skip
                excluded = there.excludes & ~masks.of_steps | masks.later(there.excludes)
                if not masks.possible(there.excludes | shared):
                    continue
                for begun in joint.due(goal.event, goal.accepts):
                    yield End(goal, there.elsewhere | begun, excluded & leaves, there.asked)

    def before(self, node: Node, event: Happening) -> Iterator[tuple[Node, Far]]:
        """What may have been before the event, if a node is so after it, and how far its machines
        are; not what asks all that the node asks."""
        joint, masks = self.joint, self.joint.masks
        steps, keeps = joint.steps(event, node.elsewhere, self.cells), joint.keeping()[event.id]
        for (_, excludes, went), there, far, more in steps:
            known = node.facts | excludes
            if not masks.possible(known):
                self._torn = True
                continue
            known = known & keeps | (masks.later(known) if known & masks.day else 0)
            if not (more and not node.facts & ~known):
                then = Node(there, known, node.end, event.id, went, node, node.length + 1)
                yield then, far
        self.cells.spend(len(steps) + 1)

    # -- searching ----------------------------------------------------------------------------

    def search(self, most: int) -> Iterator[tuple[Node, Goal, Cube]]:
        """The ways to a goal, the shortest first; ends when none is left, after `most` nodes, or
        when the effort that the cells may take is spent."""
        return self._searched(most, lambda length, far: (length + far.least, far.toil))

    def some(self, most: int) -> Iterator[tuple[Node, Goal, Cube]]:
        """Some ways to a goal, soon, which need not be short; the first is shared by all searches
        of the two for goals before which the same has to be so."""
        own, first = self._some(most), self._first
        key = most, *((self.goals.index(e.goal), e.elsewhere, e.facts) for e in self._ends)
        if key in first:
            place, known = first[key]
            end = self._ends[place]
            yield known, end.goal, end.asked
            for mine, *_ in islice(own, 1):
                both = zip(mine.path(), known.path(), strict=True)
                self._stuck |= {id(here) for here, there in both if id(there) in self._stuck}
        for found in own:
            first.setdefault(key, (self._ends.index(found[0].end), found[0]))
            yield found

    def _some(self, most: int) -> Iterator[tuple[Node, Goal, Cube]]:
        """That a fact is recorded anew is looked at only where what is asked of it early and late
        is not to be had together."""
        for self._freeing in (False, True):
            yield from self._searched(most, lambda length, far: (length + far.toil, far.toil))
            if not (self.exhausted and self._torn and self.goals):
                break

    def _searched(self, most: int, rank: Rank) -> Iterator[tuple[Node, Goal, Cube]]:
        try:
            for node in self._search(self._ends, most, rank):
                yield node, node.end.goal, node.end.asked
                self.cells.spend(_WALK * (1 + node.length))
        except NotDecided:
            self.exhausted = False

    def _search(self, ends: Iterable[End], most: int, rank: Rank) -> Iterator[Node]:
        """The nodes that may be so as a case is opened. What an event leads from is looked at once
        it may be the next to be taken up, by the least that has to happen before it."""
        open_: list[tuple[tuple[int, ...], int, Node, Happening | None]] = []
        number, begins = count(), self.joint.standing.begins
        seen: defaultdict[Goal, _Seen] = defaultdict(lambda: _Seen(self.cells.spend))

        def wait(node: Node, length: int, far: Far, event: Happening | None = None) -> None:
            heapq.heappush(open_, (rank(length, far), next(number), node, event))

        def look(nodes: Iterable[tuple[Node, Far]]) -> None:
            for node, far in nodes:
                if seen[node.end.goal].new(node):
                    wait(node, node.length, far)

        def able(node: Node, soon: bool = False) -> Far | None:
            far = self.joint.surely(node.elsewhere, self.cells, soon)
            return None if far is None or seen[node.end.goal].covered(node) else far

        look(
            (Node(end.elsewhere, end.facts, end), far)
            for end in ends
            if (far := self.joint.far(end.elsewhere)) is not None
        )
        self.explored = int(not open_)  # then to look at the ends was enough
        while open_ and self.goals and self.explored < most:
            place, _, node, event = heapq.heappop(open_)
            if event is not None:
                look(self.before(node, event))
                continue
            if self._left_out(node) or (far := able(node, self.explored < _FEW)) is None:
                continue
            if rank(node.length, far) > place:
                wait(node, node.length, far)
                continue
            seen[node.end.goal].looked_at(node)
            self.explored += 1
            if not node.elsewhere & begins:
                yield node
            facts = node.facts if self._freeing else 0
            for leads, away in self.joint.leading(node.elsewhere, facts):
                wait(node, node.length + 1, away, leads)
        left = (then for *_, node, event in open_ for then in self._then(node, event))
        self.exhausted = all(able(node) is None for node in left)

    def _then(self, node: Node, event: Happening | None) -> Iterator[Node]:
        """What would be looked at next: the node, or what may have been before its event."""
        yield from [node] if event is None else (then for then, _ in self.before(node, event))

    def _left_out(self, node: Node) -> bool:
        """Whether nothing is to be looked for on this way."""
        if node.end.goal not in self.goals:
            return True
        here: Node | None = node if self._stuck else None
        while here is not None and id(here) not in self._stuck:
            here = here.after
        return here is not None


class _Seen:
    """The nodes of a goal that were met, and, by what they ask of the facts, those that were looked
    at: one that asks all that one of those asks, and perhaps more, leads nowhere that it does not.
    That is asked of a node when it is taken up, which most never are."""

    __slots__ = ("_alike", "_met", "_spend", "_within")

    def __init__(self, spend: Callable[[int], None]) -> None:
        self._spend = spend
        self._met: dict[tuple[Mask, Mask], int] = {}
        self._alike: dict[Mask, list[Mask]] = {}
        self._within: dict[Mask, list[list[Mask]]] = {}

    def new(self, node: Node) -> bool:
        """Whether none that asks the very same was met by as few steps; then it is one of them."""
        known = self._met.setdefault((node.elsewhere, node.facts), node.length + 1)
        self._met[node.elsewhere, node.facts] = min(known, node.length)
        return node.length < known

    def covered(self, node: Node) -> bool:
        """Whether one that was looked at asks nothing but what is asked here."""
        places = self._asking_no_more(node.facts)
        self._spend((len(places) + sum(map(len, places))) // _GLANCES)
        anywhere = ~node.elsewhere
        return any(0 in map(anywhere.__and__, some) for some in places)

    def looked_at(self, node: Node) -> None:
        """It is one of those that others are held against."""
        if node.facts not in self._alike:
            self._alike[node.facts] = alike = list[Mask]()
            for facts, places in self._within.items():
                if not node.facts & ~facts:
                    places.append(alike)
        self._alike[node.facts].append(node.elsewhere)

    def _asking_no_more(self, facts: Mask) -> list[list[Mask]]:
        if facts not in self._within:
            self._within[facts] = [
                alike for known, alike in self._alike.items() if not known & ~facts
            ]
        return self._within[facts]
