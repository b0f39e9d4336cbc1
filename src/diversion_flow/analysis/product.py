"""Where two processes can come to together: a search over configurations and what is known.

A node is the state of each machine that matters and a cube over the facts: every way to record
them that has led here. Facts that an event records are free again with it. Time is left free, so
that what is not reached here cannot be reached; what is reached is then tried with real steps.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count
from itertools import product as pairs

from attrs import field, frozen

from ..definition import Machine, OnEvent, Process, Transition
from ..definition.fact import Value
from ..definition.guard import InState
from ..definition.kept import kept
from .cells import Bits, Cells, Cube, Question, asked_by, atoms, covers
from .effort import NotDecided
from .paths import Edges, distances, rules_from
from .ways import Group, Way, groups

States = tuple[str, ...]
_FREE = ("machine", "working day", "deadline", "named", "narrows")


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


Rank = Callable[["Node", int], tuple[int, ...]]  # ... and how far the goal is, at least


@frozen(eq=False)
class Node:
    """How far a search has come; `asked` is what the last event asked of the facts."""

    states: States
    facts: Cube
    event: str = ""
    asked: Cube = field(factory=dict)
    before: Node | None = None
    length: int = 0
    begun: frozenset[str] = frozenset()  # limits that what has happened lets run

    def path(self) -> list[Node]:
        """The nodes on the way here, the first step first."""
        node: Node | None = self
        steps: list[Node] = []
        while node is not None and node.before is not None:
            steps.append(node)
            node = node.before
        return steps[::-1]


class Product:
    """Two processes moving together, over the machines that bear on some goals; over those alone
    that the goals speak of, what they ask of others is granted."""

    def __init__(
        self, a: Process, b: Process, cells: Cells, goals: list[Goal], *, alone: bool = False
    ) -> None:
        self.a, self.b, self.cells, self.goals = a, b, cells, goals
        self.explored = 0
        self._differing = cells.once("differing", lambda: _differing(a, b))
        self._both = cells.once("common", cells.common)
        known = {m.id: m for law in (b, a) for m in law.machines}
        wanted = {q.id for g in goals for c in g.cubes for q in c if q.kind == "machine"}
        wanted |= {self._home(g.event) for g in goals if g.event}
        wanted = wanted if alone else self._cone(wanted)
        self.machines: list[Machine] = [m for id, m in known.items() if id in wanted]
        self.index = {m.id: i for i, m in enumerate(self.machines)}
        self._leaving = [rules_from(self._law_of(m.id), m.id) for m in self.machines]
        self._events = self._shared_events()
        self._moving = self._moved()
        self._begins = self._beginning()
        self._leads = self._leading()
        self._cubes: dict[tuple[str, ...], list[Cube]] = {}
        self._together: dict[tuple[str, str, str], list[tuple[str, Cube]]]
        self._together = cells.once("together", dict)
        self._far = _Distances({m.id: self._edges(m) for m in self.machines}, cells)

    def _home(self, event: str) -> str:
        law = self.a if event in self.a.by_id["event"] else self.b
        return law.event(event).home

    def _law_of(self, machine: str) -> Process:
        return self.a if machine in self.a.by_id["machine"] else self.b

    def _cone(self, machines: set[str]) -> set[str]:
        """These machines and all that bear on when they move."""
        found, waiting = set(machines), list(machines)
        while waiting:
            id = waiting.pop()
            for asked in self._bearing(id) - found:
                found.add(asked)
                waiting.append(asked)
        return found

    def _bearing(self, id: str) -> set[str]:
        laws = [law for law in (self.a, self.b) if id in law.by_id["machine"]]
        return {other for law in laws for other in kept(law, _bearings)[id]}

    def _shared_events(self) -> list[tuple[str, int | None]]:
        """The events that both processes let the same agency report, with the place of their
        home machine, where that is looked at."""
        known = self.b.by_id["event"]
        return [
            (e.id, self.index.get(e.home))
            for e in self.a.events
            if e.id in known and not set(e.by).isdisjoint(known[e.id].by)
        ]

    def _moved(self) -> dict[str, list[int]]:
        """Event → the machines that have a rule for it, its home first."""
        found: dict[str, dict[int, None]] = {
            event: {} if home is None else {home: None} for event, home in self._events
        }
        others = [(self.index[m], event) for m, _, event in self._differing if m in self.index]
        known = [(i, event) for i, rules in enumerate(self._leaving) for _, event in rules]
        for i, event in (*known, *others):
            if event in found:
                found[event][i] = None
        return {event: list(machines) for event, machines in found.items()}

    def _leading(self) -> dict[tuple[int | None, str], list[tuple[str, set[str]]]]:
        """Place and state of a machine → the events that it lets happen there, and what may be
        recorded with them; those of machines that are not looked at, under None."""
        found: dict[tuple[int | None, str], list[tuple[str, set[str]]]] = {}
        for event, home in self._events:
            told = event, self.records(event, None)
            known = self._leaving[home] if home is not None else {("", event): ()}
            for state in [state for state, leading in known if leading == event]:
                found.setdefault((home, state), []).append(told)
        return found

    def _beginning(self) -> dict[str, frozenset[str]]:
        """Event → the limits that begin with it, of those which somebody asks about."""
        asked = {q.id for q in self.cells.asked("deadline")}
        asked |= {q.id for g in self.goals for c in g.cubes for q in c if q.kind == "deadline"}
        every = [d for law in (self.a, self.b) for d in law.deadlines if d.id in asked]
        free = {d.id for d in every if not isinstance(d.start, OnEvent)}
        self._waiting = frozenset(d.id for d in every) - free
        found: dict[str, frozenset[str]] = {}
        for deadline in every:
            for event in deadline.start.events if isinstance(deadline.start, OnEvent) else ():
                found[event] = found.get(event, frozenset()) | {deadline.id}
        return found

    def _edges(self, machine: Machine) -> dict[str, list[str]]:
        """Each state of a machine with those from which both processes lead to it."""
        found: dict[str, list[str]] = {}
        for (state, event), rules in self._leaving[self.index[machine.id]].items():
            if event in self._moving:
                group = self._differing.get((machine.id, state, event))
                agreed = {way.target for way in group.ways[1]} if group else None
                for rule in rules:
                    if agreed is None or rule.target in agreed:
                        found.setdefault(rule.target, []).append(state)
        return found

    # -- moving -----------------------------------------------------------------------------

    def start(self) -> Node:
        """Both processes as a case is opened; any facts may be known."""
        return Node(tuple(m.initial for m in self.machines), {})

    def _begin_apart(self) -> bool:
        """Whether one of the machines begins elsewhere in the other process."""
        known = self.b.by_id["machine"]
        return any(m.id in known and known[m.id].initial != m.initial for m in self.machines)

    def after(self, node: Node) -> Iterator[Node]:
        """Every node one event further."""
        for home, state in ((None, ""), *enumerate(node.states)):
            for event, records in self._leads.get((home, state), ()):
                yield from self._moves(node, event, home, self.freed(node.facts, records))

    def records(self, event: str, accepts: int | None) -> set[str]:
        """What may be recorded with an event, by both processes or by the one that accepts."""
        if not event:
            return set()
        laws = (self.a, self.b) if accepts is None else ((self.a, self.b)[accepts],)
        knowing = (law.event(event) for law in laws if event in law.by_id["event"])
        return set.intersection(*(set(e.records) for e in knowing))

    @staticmethod
    def freed(facts: Cube, records: set[str]) -> Cube:
        """The facts without those that are recorded anew."""
        return {q: m for q, m in facts.items() if q.id not in records}

    def _moves(self, node: Node, event: str, home: int | None, free: Cube) -> Iterator[Node]:
        options: list[tuple[States, Cube]] = [(node.states, {})]
        for i in self._moving[event]:
            choices = self._choices(i, node.states[i], event, i == home)
            if choices is None:
                continue
            options = [
                (_with(states, i, target), both)
                for states, asked in options
                for target, cube in choices
                if (both := self._meet_here(asked, cube, node)) is not None
            ]
        for states, asked in options:
            self.cells.spend(len(states))  # every one of them is looked at
            known = self._known(free, asked)
            if known is not None and self.cells.meet(known, self._bounds(known)) is not None:
                begun = node.begun | self._begins.get(event, frozenset())
                yield Node(states, known, event, asked, node, node.length + 1, begun)

    def _known(self, free: Cube, asked: Cube) -> Cube | None:
        """What is known once this has been asked, too; None where that cannot be."""
        return self.cells.meet(free, {q: m for q, m in asked.items() if q.kind not in _FREE})

    def _bounds(self, cube: Cube) -> Cube:
        """What the facts of the cube may be in both processes at once."""
        return {q: self._both[q] for q in cube if q in self._both}

    def _choices(self, i: int, state: str, event: str, home: bool) -> list[tuple[str, Cube]] | None:
        """Where a machine may go on the event, and when; None where it has no rule for it."""
        machine = self.machines[i]
        group = self._differing.get((machine.id, state, event))
        if group is not None:
            return self._agreed(group, state, home)
        rules = self._leaving[i].get((state, event), ())
        if not rules:
            return None
        law = self._law_of(machine.id)
        found = [(r.target, c) for r in rules for c in self._holds(law, machine.id, r)]
        if not home:
            key = (machine.id, state, event)
            if key not in self._cubes:
                stays = [self.cells.fails(law, asked_by(law, r)) for r in rules]
                self._cubes[key] = self.cells.all_of(*stays)
            found += [(state, cube) for cube in self._cubes[key]]
        return found

    def _agreed(self, group: Group, state: str, home: bool) -> list[tuple[str, Cube]]:
        """Where both processes let a machine go, of which the rules are not the same."""
        key = (group.machine, state, group.event)
        if key not in self._together:
            mine, theirs = group.ways
            self._together[key] = [
                (one.target, cube)
                for one, other in pairs(mine, theirs)
                if one.target == other.target
                for cube in self._all(((self.a, one),), ((self.b, other),), True)
            ]
            if not home:
                stays = self._all([(self.a, w) for w in mine], [(self.b, w) for w in theirs], False)
                self._together[key] += [(state, cube) for cube in stays]
        return self._together[key]

    def _all(
        self, mine: Iterable[tuple[Process, Way]], theirs: Iterable[tuple[Process, Way]], hold: bool
    ) -> list[Cube]:
        asks = self.cells.holds if hold else self.cells.fails
        return self.cells.all_of(*(asks(law, way.asked) for law, way in (*mine, *theirs)))

    def _holds(self, process: Process, machine: str, rule: Transition) -> list[Cube]:
        key = (machine, rule.id)
        if key not in self._cubes:
            self._cubes[key] = self.cells.holds(process, asked_by(process, rule))
        return self._cubes[key]

    def _meet_here(self, asked: Cube, cube: Cube, node: Node) -> Cube | None:
        """Both, where the machines stand as they do; without what they say of machines."""
        self.cells.spend()
        for about, bits in cube.items():
            at = self.index.get(about.id) if about.kind == "machine" else None
            if at is not None and not self.cells.allows(about, bits, node.states[at]):
                return None
            if about.id in self._waiting - node.begun and self._runs(about, bits):
                return None
        rest = {q: b for q, b in cube.items() if q.kind != "machine"}
        return self.cells.meet(asked, rest)

    def _runs(self, about: Question, bits: Bits) -> bool:
        """Whether that is to say that a limit runs."""
        return about.kind == "deadline" and self.cells.yes(bits)

    def drop(self, goals: Iterable[Goal]) -> None:
        """Look for these no more."""
        left = set(self.goals).difference(goals)
        self.goals[:] = [goal for goal in self.goals if goal in left]
        self._far.forget()

    # -- searching ----------------------------------------------------------------------------

    def reached(self, node: Node) -> Iterator[tuple[Goal, Cube]]:
        """The goals that the next event would meet, and what they ask of the facts."""
        for goal in tuple(self.goals):
            free = self.freed(node.facts, self.records(goal.event, goal.accepts))
            for cube in goal.cubes:
                asked = self._meet_here({}, cube, node)
                if asked is None:
                    continue
                if self._known(free, asked) is not None:
                    yield goal, asked

    def search(self, most: int) -> Iterator[tuple[Node, Goal, Cube]]:
        """The ways to a goal, the shortest first; ends when none is left, after `most` nodes, or
        when the effort that the cells may take is spent."""
        return self._searched(most, lambda node, left: (node.length + left,))

    def some(self, most: int) -> Iterator[tuple[Node, Goal, Cube]]:
        """Some ways to a goal, soon, which need not be short."""
        return self._searched(most, _Novelty(self._far, self.index, self.goals))

    def _searched(self, most: int, rank: Rank) -> Iterator[tuple[Node, Goal, Cube]]:
        try:
            yield from self._search(most, rank)
        except NotDecided:
            self.exhausted = False

    def _search(self, most: int, rank: Rank) -> Iterator[tuple[Node, Goal, Cube]]:
        number, first = count(), self.start()
        left = None if self._begin_apart() else self._left(first.states)
        open_ = [(rank(first, left), next(number), first)] if left is not None else []
        self.explored = int(left is None)  # then to look at the first is enough
        seen: dict[object, list[Cube]] = {}
        while open_ and self.goals and self.explored < most:
            _, _, node = heapq.heappop(open_)
            if self._dominated(seen, node):
                continue
            self.explored += 1
            for goal, asked in self.reached(node):
                yield node, goal, asked
            for further in self.after(node):
                left = self._left(further.states)
                if left is not None and not self._dominated(seen, further, keep=False):
                    heapq.heappush(open_, (rank(further, left), next(number), further))
        self.exhausted = not open_

    exhausted = False

    def _left(self, states: States) -> int | None:
        """At least how many events are missing to the nearest goal; None if none can be met."""
        return self._far.nearest(states, self.index, self.goals)

    def _dominated(self, seen: dict[object, list[Cube]], node: Node, *, keep: bool = True) -> bool:
        """Whether a node with these states and at least these facts was there before."""
        kept = seen.setdefault((node.states, node.begun), [])
        self.cells.spend(len(kept))
        if any(covers(wide, node.facts) for wide in kept):
            return True
        if keep:
            kept[:] = [c for c in kept if not covers(node.facts, c)] + [node.facts]
        return False


class _Distances:
    """How many events, at least, a machine is from the states that a goal asks for."""

    def __init__(self, backward: Mapping[str, Edges], cells: Cells) -> None:
        self._backward = backward
        self._cells = cells
        self._found: dict[tuple[str, Bits], Mapping[str, int]] = {}
        self._nearest: dict[States, int | None] = {}
        self._altogether: dict[States, int] = {}

    def nearest(self, states: States, index: Mapping[str, int], goals: list[Goal]) -> int | None:
        if states not in self._nearest:
            each = [self._cube(c, states, index) for g in goals for c in g.cubes]
            found = [ways for ways in each if ways is not None]
            self._nearest[states] = min((max(w, default=0) for w in found), default=None)
            self._altogether[states] = min(map(sum, found), default=0)
        return self._nearest[states]

    def forget(self) -> None:
        """The goals are others now."""
        self._nearest.clear()
        self._altogether.clear()

    def altogether(self, states: States, index: Mapping[str, int], goals: list[Goal]) -> int:
        """How many rules the machines that a goal asks about have to fire, each for itself."""
        self.nearest(states, index, goals)
        return self._altogether[states]

    def _cube(self, cube: Cube, states: States, index: Mapping[str, int]) -> list[int] | None:
        self._cells.spend()
        ways = []
        for about, bits in cube.items():
            if about.kind == "machine" and about.id in index:
                away = self._to(about, bits).get(states[index[about.id]])
                if away is None:
                    return None
                ways.append(away)
        return ways

    def _to(self, about: Question, bits: Bits) -> Mapping[str, int]:
        key = (about.id, bits)
        if key not in self._found:
            wanted = (cell.value for cell in self._cells.allowed(about, bits))
            self._found[key] = distances(self._backward[about.id], wanted)
        return self._found[key]


class _Novelty:
    """What to look at first where any way will do: whatever brings a machine, or two together,
    to where none has been as near to a goal, and of that what is nearest. What a goal needs of
    other machines is come upon like this without a look at all of their combinations."""

    def __init__(self, far: _Distances, index: Mapping[str, int], goals: list[Goal]) -> None:
        self._far, self._index, self._goals = far, index, goals
        self._seen: set[tuple[object, ...]] = set()

    def __call__(self, node: Node, left: int) -> tuple[int, ...]:
        away = self._far.altogether(node.states, self._index, self._goals)
        return self._old(node, away), away, node.length

    def _old(self, node: Node, away: int) -> int:
        """0: a machine is where it never was; 1: two are; 2: nothing is new."""
        before = node.before.states if node.before else ()
        places = list(enumerate(node.states))
        moved = [p for p, then in zip(places, before, strict=False) if p[1] != then] or places
        if self._new((away, *one) for one in moved):
            return 0
        return 1 if self._new((away, *one, *other) for one in moved for other in places) else 2

    def _new(self, found: Iterable[tuple[object, ...]]) -> bool:
        news = set(found) - self._seen
        self._seen |= news
        return bool(news)


def _with(states: States, i: int, target: str) -> States:
    return (*states[:i], target, *states[i + 1 :])


def _bearings(law: Process) -> dict[str, set[str]]:
    """Each machine with those that its rules ask about, or that decide its events."""
    return {
        machine.id: {law.event(rule.event).home for rule in machine.transitions}
        | {
            atom.machine
            for rule in machine.transitions
            for atom in atoms(asked_by(law, rule))
            if isinstance(atom, InState)
        }
        for machine in law.machines
    }


def _differing(a: Process, b: Process) -> dict[tuple[str, str, str], Group]:
    """Machine, state and event, where both have the machine and their rules are not the same."""
    return {
        (group.machine, state, group.event): group
        for group in groups(a, b)
        if group.machine in a.by_id["machine"] and group.machine in b.by_id["machine"]
        for state in group.states
    }
