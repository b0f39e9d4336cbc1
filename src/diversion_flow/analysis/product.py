"""Where two processes can come to together: a search over configurations and what is known.

A node is the state of each machine that matters and a cube over the facts: every way to record
them that has led here. Facts that an event records are free again with it. Time is left free, so
that what is not reached here cannot be reached; what is reached is then tried with real steps.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from attrs import field, frozen

from ..definition import Machine, Process, Transition
from ..definition.fact import Value
from ..definition.guard import InState
from .cells import Bits, Cells, Cube, Question, asked_by, atoms, covers
from .effort import NotDecided
from .paths import backward, distances, rules_from

States = tuple[str, ...]
_FREE = ("machine", "working day", "deadline", "named", "narrows")


@frozen
class Goal:
    """A place where two processes decide differently: `event` reported `by` one who may, in one
    of `cubes`. `accepts` is the process that lets it happen (None: both do, with other results);
    `brings` is what has to be recorded with it for that."""

    event: str
    by: str
    cubes: tuple[Cube, ...]
    accepts: int | None
    deadline: str | None = None
    brings: Mapping[str, Value] = field(factory=dict)


@frozen(eq=False)
class Node:
    """How far a search has come; `asked` is what the last event asked of the facts."""

    states: States
    facts: Cube
    event: str = ""
    asked: Cube = field(factory=dict)
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


class Product:
    """Two processes moving together, over the machines that bear on some goals."""

    def __init__(self, a: Process, b: Process, cells: Cells, goals: list[Goal]) -> None:
        self.a, self.b, self.cells, self.goals = a, b, cells, goals
        self.explored = 0
        known = {m.id: m for law in (b, a) for m in law.machines}
        wanted = self._cone({q.id for g in goals for c in g.cubes for q in c if q.kind == "machine"}
                            | {self._home(g.event) for g in goals})  # fmt: skip
        self.machines: list[Machine] = [m for id, m in known.items() if id in wanted]
        self.index = {m.id: i for i, m in enumerate(self.machines)}
        self._leaving = [rules_from(self._law_of(m.id), m.id) for m in self.machines]
        self._events = self._shared_events()
        self._moving = self._moved()
        self._cubes: dict[tuple[str, ...], list[Cube]] = {}
        self._far = _Distances(self.machines, cells)

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
        law = self._law_of(id)
        rules = law.machine(id).transitions
        asked = {p.machine for r in rules for p in atoms(asked_by(law, r))
                 if isinstance(p, InState)}  # fmt: skip
        return asked | {law.event(r.event).home for r in rules}

    def _shared_events(self) -> list[tuple[str, int]]:
        """The events that both processes know, with the place of their home machine."""
        return [
            (e.id, self.index[e.home])
            for e in self.a.events
            if e.id in self.b.by_id["event"] and e.home in self.index
        ]

    def _moved(self) -> dict[str, list[int]]:
        """Event → the machines that have a rule for it, its home first."""
        found: dict[str, dict[int, None]] = {event: {home: None} for event, home in self._events}
        for i, rules in enumerate(self._leaving):
            for _, event in rules:
                if event in found:
                    found[event][i] = None
        return {event: list(machines) for event, machines in found.items()}

    # -- moving -----------------------------------------------------------------------------

    def start(self) -> Node:
        """Both processes as a case is opened; any facts may be known."""
        return Node(tuple(m.initial for m in self.machines), {})

    def after(self, node: Node) -> Iterator[Node]:
        """Every node one event further."""
        for event, home in self._events:
            if (node.states[home], event) in self._leaving[home]:
                free = self.freed(node.facts, self.records(event, None))
                yield from self._moves(node, event, home, free)

    def records(self, event: str, accepts: int | None) -> set[str]:
        """What may be recorded with an event, by both processes or by the one that accepts."""
        laws = (self.a, self.b) if accepts is None else ((self.a, self.b)[accepts],)
        knowing = (law.event(event) for law in laws if event in law.by_id["event"])
        return set.intersection(*(set(e.records) for e in knowing))

    @staticmethod
    def freed(facts: Cube, records: set[str]) -> Cube:
        """The facts without those that are recorded anew."""
        return {q: m for q, m in facts.items() if q.id not in records}

    def _moves(self, node: Node, event: str, home: int, free: Cube) -> Iterator[Node]:
        options: list[tuple[States, Cube]] = [(node.states, {})]
        for i in self._moving[event]:
            choices = self._choices(i, node.states[i], event, i == home)
            if choices is None:
                continue
            options = [
                (_with(states, i, target), both)
                for states, asked in options
                for target, cube in choices
                if (both := self._meet_here(asked, cube, node.states)) is not None
            ]
        for states, asked in options:
            self.cells.spend(len(states))  # every one of them is looked at
            facts = {q: m for q, m in asked.items() if q.kind not in _FREE}
            kept = self.cells.meet(free, facts)
            if kept is not None:
                yield Node(states, kept, event, asked, node, node.length + 1)

    def _choices(self, i: int, state: str, event: str, home: bool) -> list[tuple[str, Cube]] | None:
        """Where a machine may go on the event, and when; None where it has no rule for it."""
        machine = self.machines[i]
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

    def _holds(self, process: Process, machine: str, rule: Transition) -> list[Cube]:
        key = (machine, rule.id)
        if key not in self._cubes:
            self._cubes[key] = self.cells.holds(process, asked_by(process, rule))
        return self._cubes[key]

    def _meet_here(self, asked: Cube, cube: Cube, states: States) -> Cube | None:
        """Both, where the machines stand as they do; without what they say of machines."""
        self.cells.spend()
        for about, bits in cube.items():
            if about.kind == "machine" and not self.cells.allows(
                about, bits, states[self.index[about.id]]
            ):
                return None
        rest = {q: b for q, b in cube.items() if q.kind != "machine"}
        return self.cells.meet(asked, rest)

    # -- searching ----------------------------------------------------------------------------

    def reached(self, node: Node) -> Iterator[tuple[Goal, Cube]]:
        """The goals that the next event would meet, and what they ask of the facts."""
        for goal in self.goals:
            free = self.freed(node.facts, self.records(goal.event, goal.accepts))
            for cube in goal.cubes:
                asked = self._meet_here({}, cube, node.states)
                if asked is None:
                    continue
                facts = {q: m for q, m in asked.items() if q.kind not in _FREE}
                if self.cells.meet(free, facts) is not None:
                    yield goal, asked

    def search(self, most: int) -> Iterator[tuple[Node, Goal, Cube]]:
        """The ways to a goal, the shortest first; ends when none is left, after `most` nodes, or
        when the effort that the cells may take is spent."""
        try:
            yield from self._search(most)
        except NotDecided:
            self.exhausted = False

    def _search(self, most: int) -> Iterator[tuple[Node, Goal, Cube]]:
        number, first = count(), self.start()
        open_ = [(self._left(first.states) or 0, next(number), first)]
        seen: dict[States, list[Cube]] = {}
        while open_ and self.explored < most:
            _, _, node = heapq.heappop(open_)
            if self._dominated(seen, node):
                continue
            self.explored += 1
            for goal, asked in self.reached(node):
                yield node, goal, asked
            for further in self.after(node):
                left = self._left(further.states)
                if left is not None and not self._dominated(seen, further, keep=False):
                    heapq.heappush(open_, (further.length + left, next(number), further))
        self.exhausted = not open_

    exhausted = False

    def _left(self, states: States) -> int | None:
        """At least how many events are missing to the nearest goal; None if none can be met."""
        return self._far.nearest(states, self.index, self.goals)

    def _dominated(self, seen: dict[States, list[Cube]], node: Node, *, keep: bool = True) -> bool:
        """Whether a node with these states and at least these facts was there before."""
        kept = seen.setdefault(node.states, [])
        self.cells.spend(len(kept))
        if any(covers(wide, node.facts) for wide in kept):
            return True
        if keep:
            kept[:] = [c for c in kept if not covers(node.facts, c)] + [node.facts]
        return False


class _Distances:
    """How many events, at least, a machine is from the states that a goal asks for."""

    def __init__(self, machines: Iterable[Machine], cells: Cells) -> None:
        self._machines = {m.id: m for m in machines}
        self._cells = cells
        self._found: dict[tuple[str, Bits], Mapping[str, int]] = {}
        self._nearest: dict[States, int | None] = {}

    def nearest(self, states: States, index: Mapping[str, int], goals: list[Goal]) -> int | None:
        if states not in self._nearest:
            each = (self._cube(c, states, index) for g in goals for c in g.cubes)
            self._nearest[states] = min((d for d in each if d is not None), default=None)
        return self._nearest[states]

    def _cube(self, cube: Cube, states: States, index: Mapping[str, int]) -> int | None:
        self._cells.spend()
        most = 0
        for about, bits in cube.items():
            if about.kind == "machine" and about.id in index:
                away = self._to(about, bits).get(states[index[about.id]])
                if away is None:
                    return None
                most = max(most, away)
        return most

    def _to(self, about: Question, bits: Bits) -> Mapping[str, int]:
        key = (about.id, bits)
        if key not in self._found:
            wanted = (cell.value for cell in self._cells.allowed(about, bits))
            edges = backward(self._machines[about.id].transitions)
            self._found[key] = distances(edges, wanted)
        return self._found[key]


def _with(states: States, i: int, target: str) -> States:
    return (*states[:i], target, *states[i + 1 :])
