"""What two processes do together on each event, worked out once for all searches of the two.

Where a search comes to is two numbers, where the machines stand and what of the facts is excluded
(see `masks`); what an event may do is a short list of ways for each machine that it moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product as pairs
from typing import NamedTuple

from attrs import field, frozen

from ..definition import Deadline, Machine, OnEvent, Process
from ..definition.guard import InState, Narrows, Running
from ..definition.kept import kept
from ..runtime.clause import clauses
from .cells import Bits, Cells, Cube, Question, asked_by, atoms
from .masks import OF_STEPS, Mask, Masks, Standing
from .paths import distances, rules_from
from .ways import Group, groups

Laid = tuple[str, str, str]  # machine, state and event


class Going(NamedTuple):
    """One way on which a machine may go: the state that it comes to, where else nothing may stand
    for it, what it excludes of the facts; and what it asks, as a cube."""

    target: Mask
    elsewhere: Mask
    excludes: Mask
    asked: Cube


class Step(NamedTuple):
    """What may come of an event: where the machines that it moves or asks then stand, what of the
    facts is excluded, and what each machine asked."""

    to: Mask
    excludes: Mask
    went: tuple[Cube, ...]


@frozen(eq=False)
class Happening:
    """An event that both processes let the same agency report: the machines that it may move, its
    home first; the limits that begin with it; what of the facts is free again; and of where things
    stand, what it moves or asks. `rows` are its steps by that, as they are made."""

    id: str
    moving: tuple[str, ...]
    begins: Mask
    frees: Mask
    concerns: Mask
    rows: dict[Mask, list[Step]] = field(factory=dict, repr=False)


@frozen(eq=False)
class Scope:
    """Some of the machines, and the events that each lets happen in its states; under nought
    those of machines that are not looked at."""

    machines: tuple[Machine, ...]
    states: Mask
    leading: tuple[tuple[Mask, Mapping[Mask, list[Happening]]], ...]


class Joint:
    """Two processes moving together."""

    def __init__(self, a: Process, b: Process, cells: Cells) -> None:
        self.a, self.b, self._cells = a, b, cells
        self.machines = {m.id: m for law in (b, a) for m in law.machines}
        self.masks, self.standing = Masks(cells), Standing(cells, self.machines)
        self.states = {id: self.standing.field(id) for id in self.machines}
        self._named = {bit: state for each in self.standing.states.values()
                       for state, bit in each.items()}  # fmt: skip
        self.both = self.masks.of(cells.common())  # what a case of one alone can be is excluded
        self.limits = {d.id: d for law in (a, b) for d in law.deadlines}
        self._begun = {d.id for law in (a, b) for d in law.deadlines if not _waits(d)}
        self._differing = _differing(a, b, cells)
        self._events = self._shared()
        self._moving = self._moved()
        self._scopes: dict[tuple[frozenset[str], int], Scope] = {}
        self._happenings: dict[tuple[str, tuple[str, ...], int], Happening] = {}
        self._touching: dict[tuple[str, int], tuple[Mask, Mask, Mask]] = {}
        self._bringing: dict[str, list[list[Mask]]] = {}
        self._ways: dict[Laid, list[Going]] = {}
        self._away: dict[tuple[str, Bits], Mapping[Mask, int]] = {}
        self._edges: dict[str, dict[str, list[str]]] = {}

    def _law_of(self, machine: str) -> Process:
        return self.a if machine in self.a.by_id["machine"] else self.b

    def _shared(self) -> dict[str, str]:
        """The events that both processes let the same agency report, with their home machine."""
        known = self.b.by_id["event"]
        return {
            e.id: e.home
            for e in self.a.events
            if e.id in known and not set(e.by).isdisjoint(known[e.id].by)
        }

    def _moved(self) -> dict[str, list[str]]:
        """Event → the machines that have a rule for it, its home first."""
        found: dict[str, dict[str, None]] = {e: {home: None} for e, home in self._events.items()}
        known = [(id, event) for id in self.machines for _, event in self._leaving(id)]
        for id, event in (*known, *((id, event) for id, _, event in self._differing)):
            if event in found:
                found[event][id] = None
        return {event: list(machines) for event, machines in found.items()}

    def _leaving(self, machine: str) -> Iterable[tuple[str, str]]:
        return rules_from(self._law_of(machine), machine)

    # -- which machines -------------------------------------------------------------------------

    def cone(self, machines: set[str]) -> set[str]:
        """These machines and all that bear on when they move."""
        found, waiting = set(machines), list(machines)
        while waiting:
            for asked in self._bearing(waiting.pop()) - found:
                found.add(asked)
                waiting.append(asked)
        return found

    def _bearing(self, id: str) -> set[str]:
        laws = [law for law in (self.a, self.b) if id in law.by_id["machine"]]
        return {other for law in laws for other in kept(law, _bearings)[id]}

    def scope(self, machines: set[str]) -> Scope:
        """These machines, and what may happen in them."""
        key = frozenset(machines), len(self.masks)  # what is asked of facts may have become more
        if key not in self._scopes:
            self._scopes[key] = self._scope(machines)
        return self._scopes[key]

    def _scope(self, wanted: set[str]) -> Scope:
        leading: dict[str, dict[Mask, list[Happening]]] = {"": {}}
        left: dict[tuple[str, str], list[str]] = {}  # machine and event → the states it leads from
        for id in wanted:
            for state, event in self._leaving(id):
                left.setdefault((id, event), []).append(state)
        for event, home in self._events.items():
            told = self._happening(event, wanted)
            if home not in wanted:
                leading[""].setdefault(0, []).append(told)
                continue
            here = leading.setdefault(home, {})
            for state in left.get((home, event), ()):
                here.setdefault(self.standing.states[home][state], []).append(told)
        order = ["", *(id for id in self.machines if id in wanted)]
        return Scope(
            tuple(self.machines[id] for id in order[1:]),
            sum(self.states[id] for id in order[1:]),
            tuple((self.states.get(id, 0), leading[id]) for id in order if id in leading),
        )

    def _happening(self, event: str, wanted: set[str]) -> Happening:
        """The event as these machines see it; one for all scopes in which it moves the same, so
        that its steps are made once."""
        moving = tuple(id for id in self._moving[event] if id in wanted)
        key = event, moving, len(self.masks)
        if key not in self._happenings:
            self._happenings[key] = Happening(event, moving, *self._touched(event))
        return self._happenings[key]

    def _touched(self, event: str) -> tuple[Mask, Mask, Mask]:
        """What an event begins, frees and concerns, in whatever scope."""
        key = event, len(self.masks)
        if key not in self._touching:
            frees = self.masks.about(records(self.a, self.b, event, None)) & ~self._kept(event)
            self._touching[key] = self._begins(event), frees, self._concerns(event)
        return self._touching[key]

    def _concerns(self, event: str) -> Mask:
        """All that the event moves, asks or begins."""
        found = self._begins(event)
        for law, limits in self._lapses(event):
            found |= self.waiting(limits)
            for limit in map(law.deadline, limits):
                for id in _looked_at(limit):
                    found |= self.states[id]
        for id in self._moving[event]:
            found |= self.states[id]
        for law in (self.a, self.b):
            for atom in kept(law, _asked_on)[event]:
                if isinstance(atom, InState):
                    found |= self.states[atom.machine]
                else:
                    found |= self.standing.waiting(atom.deadline)
        return found

    def _begins(self, event: str) -> Mask:
        """The limits that begin with the event."""
        found = 0
        for law in (self.a, self.b):
            for limit in kept(law, _beginning).get(event, ()):
                found |= self.standing.waiting(limit)
        return found

    def _lapses(self, event: str) -> Iterator[tuple[Process, list[str]]]:
        """For each process in which the event happens by law alone, the limits that bring it."""
        for law in (self.a, self.b):
            if event in (lapses := kept(law, _lapsing)):
                yield law, lapses[event]

    def lapsing(self, machines: Iterable[str]) -> set[str]:
        """The limits that bring the events which these machines decide."""
        homes = set(machines)
        decided = (event for event, home in self._events.items() if home in homes)
        return {limit for event in decided for _, limits in self._lapses(event) for limit in limits}

    def due(self, event: str, at: Mask) -> bool:
        """Whether a limit may have run out that brings the event, if only a limit does."""
        if event not in self._bringing:
            each = (limits for _, limits in self._lapses(event))
            self._bringing[event] = [[self.waiting((id,)) for id in limits] for limits in each]
        return all(any(not at & limit for limit in limits) for limits in self._bringing[event])

    def _kept(self, event: str) -> Mask:
        """What is excluded of what the event records, and stays so: of a set that it may only
        narrow, what was not in it."""
        narrowed = self._narrowed(event)
        values = (q for q in self._cells.asked("value") if q.id in narrowed)
        return self.masks.of_values(values)

    def _narrowed(self, event: str) -> set[str]:
        """The sets to which the event adds nothing, by one process at least."""
        found: set[str] = set()
        for law in (self.a, self.b):
            each = [
                {c.guard.fact for c in clauses(law, rule) if isinstance(c.guard, Narrows)}
                for rule in law.machine(law.event(event).home).on(event)
            ]
            found |= set.intersection(*each) if each else set()
        return found

    def waiting(self, limits: Iterable[str]) -> Mask:
        """Of these limits, those that wait for something to happen."""
        return sum({self.standing.waiting(id) for id in limits
                    if id in self.limits and id not in self._begun})  # fmt: skip

    # -- where they go --------------------------------------------------------------------------

    def going(self, target: Mask, cube: Cube, cells: Cells) -> Going:
        """A way on which all that the cube asks has to be so."""
        elsewhere = 0
        for about, bits in cube.items():
            if about.kind == "machine":
                elsewhere |= (cells.full(about) & ~bits) << self.standing.places[about.id]
            elif about.kind == "deadline" and cells.yes(bits):
                elsewhere |= self.waiting((about.id,))
        rest = {q: b for q, b in cube.items() if q.kind != "machine"}
        return Going(target, elsewhere, self.masks.of(rest), rest)

    def steps(self, event: Happening, at: Mask, cells: Cells) -> list[Step]:
        """What may come of the event where that which it moves or asks stands so."""
        found = [Step(at, 0, ())] if self.due(event.id, at) else []
        for machine in event.moving:
            here = at & self.states[machine]
            ways = self._going(machine, event.id, here, cells)
            cells.spend(len(found) * len(ways))
            found = [
                Step(stand ^ here | way.target, both, (*went, way.asked))
                for stand, asked, went in found
                for way in ways
                if not at & way.elsewhere and self.masks.possible(both := asked | way.excludes)
            ]
        begun, of_facts = ~event.begins, ~self.masks.of_steps
        steps = [Step(to & begun, asked & of_facts, went) for to, asked, went in found]
        event.rows[at] = steps
        return steps

    def _going(self, machine: str, event: str, here: Mask, cells: Cells) -> list[Going]:
        """Where a machine may go on the event from where it stands, and when."""
        laid, states = (machine, self._named[here], event), self.standing.states[machine]
        if laid not in self._ways:
            self._ways[laid] = [
                self.going(states[target], cube, cells)
                for target, cube in self._targets(laid, cells)
            ]
        return self._ways[laid]

    def _targets(self, laid: Laid, cells: Cells) -> list[tuple[str, Cube]]:
        """The states that it comes to, with what both processes ask for that; the one in which it
        stands where neither has a rule, or it may stay beside an event of another machine."""
        machine, _, event = laid
        home = self._events[event] == machine
        found = self._led_to(laid, cells, home=home)
        if not home:
            return found
        for law, limits in self._lapses(event):
            runs = self._runs(law, event, limits, cells)
            found = [(to, both) for to, cube in found for both in cells.all_of([cube], runs)]
        return found

    def _runs(self, law: Process, event: str, limits: list[str], cells: Cells) -> list[Cube]:
        """Where a limit that brings the event may run, as far as the event leaves it so."""
        brought = {*law.event(event).records}
        return [
            {q: b for q, b in cube.items() if q.id not in brought and q.kind not in OF_STEPS}
            for limit in map(law.deadline, limits)
            for cube in cells.all_of(
                [cells.standing(limit.machine, limit.states)], cells.holds(law, limit.guard)
            )
        ]

    def _led_to(self, laid: Laid, cells: Cells, *, home: bool) -> list[tuple[str, Cube]]:
        machine, state, event = laid
        group = self._differing.get(laid)
        if group is not None:
            return self._agreed(group, state, cells, home)
        law = self._law_of(machine)
        rules = rules_from(law, machine).get((state, event), ())
        if not rules:
            return [(state, {})]
        asked = [asked_by(law, rule) for rule in rules]
        found = [(rule.target, cube) for rule, guard in zip(rules, asked, strict=True)
                 for cube in cells.holds(law, guard)]  # fmt: skip
        if not home:
            stays = cells.all_of(*(cells.fails(law, guard) for guard in asked))
            found += [(state, cube) for cube in stays]
        return found

    def _agreed(self, group: Group, state: str, cells: Cells, home: bool) -> list[tuple[str, Cube]]:
        """Where both processes let a machine go, of which the rules are not the same."""
        mine, theirs = group.ways
        found = [
            (one.target, cube)
            for one, other in pairs(mine, theirs)
            if one.target == other.target
            for cube in cells.all_of(
                cells.holds(self.a, one.asked), cells.holds(self.b, other.asked)
            )
        ]
        if not home:
            fails = [cells.fails(self.a, way.asked) for way in mine]
            fails += [cells.fails(self.b, way.asked) for way in theirs]
            found += [(state, cube) for cube in cells.all_of(*fails)]
        return found

    # -- how far it is --------------------------------------------------------------------------

    def away(self, about: Question, bits: Bits, cells: Cells) -> Mapping[Mask, int]:
        """Each state of the machine from which both processes lead to one of these, with how many
        events it takes at least."""
        key = (about.id, bits)
        if key not in self._away:
            wanted = (cell.value for cell in cells.allowed(about, bits))
            found = distances(self._backward(about.id), wanted)
            states = self.standing.states[about.id]
            self._away[key] = {states[state]: events for state, events in found.items()}
        return self._away[key]

    def _backward(self, machine: str) -> Mapping[str, list[str]]:
        """Each state with those from which both processes lead to it."""
        if machine not in self._edges:
            found: dict[str, list[str]] = {}
            for target, state in self._led(machine):
                found.setdefault(target, []).append(state)
            self._edges[machine] = found
        return self._edges[machine]

    def _led(self, machine: str) -> Iterator[tuple[str, str]]:
        for (state, event), rules in rules_from(self._law_of(machine), machine).items():
            group = self._differing.get((machine, state, event))
            agreed = {way.target for way in group.ways[1]} if group else None
            for rule in rules if event in self._events else ():
                if agreed is None or rule.target in agreed:
                    yield rule.target, state


def records(a: Process, b: Process, event: str, accepts: int | None) -> set[str]:
    """What may be recorded with an event, by both processes or by the one that accepts."""
    laws = (a, b) if accepts is None else ((a, b)[accepts],)
    known = [e for law in laws if (e := law.by_id["event"].get(event)) is not None]
    return set.intersection(*(set(e.records) for e in known)) if known else set()


def _waits(deadline: Deadline) -> bool:
    return isinstance(deadline.start, OnEvent)


def _beginning(law: Process) -> dict[str, list[str]]:
    """Each event with the limits that begin with it."""
    found: dict[str, list[str]] = {}
    for deadline in law.deadlines:
        for event in deadline.start.events if isinstance(deadline.start, OnEvent) else ():
            found.setdefault(event, []).append(deadline.id)
    return found


def _lapsing(law: Process) -> dict[str, list[str]]:
    """Each event that happens by law alone with the limits that bring it."""
    found: dict[str, list[str]] = {}
    for deadline in law.deadlines:
        if deadline.on_expiry is not None:
            found.setdefault(deadline.on_expiry, []).append(deadline.id)
    return found


def _looked_at(limit: Deadline) -> set[str]:
    """The machines that decide whether a limit runs."""
    asked = (atom.machine for atom in atoms(limit.guard) if isinstance(atom, InState))
    return {limit.machine, *asked}


def _asked_on(law: Process) -> dict[str, list[InState | Running]]:
    """Each event with what its rules ask of machines and of limits."""
    found: dict[str, list[InState | Running]] = {event.id: [] for event in law.events}
    for machine in law.machines:
        for rule in machine.transitions:
            asked = atoms(asked_by(law, rule))
            found[rule.event] += (a for a in asked if isinstance(a, InState | Running))
    return found


def _bearings(law: Process) -> dict[str, set[str]]:
    """Each machine with those that its rules ask about, or that decide its events."""
    brought = {d.on_expiry: _looked_at(d) for d in law.deadlines if d.on_expiry}
    return {
        machine.id: {law.event(rule.event).home for rule in machine.transitions}
        | {id for rule in machine.transitions for id in brought.get(rule.event, ())}
        | {
            atom.machine
            for rule in machine.transitions
            for atom in atoms(asked_by(law, rule))
            if isinstance(atom, InState)
        }
        for machine in law.machines
    }


def _differing(a: Process, b: Process, cells: Cells) -> dict[Laid, Group]:
    """Where both have the machine and their rules are not the same."""
    return {
        (group.machine, state, group.event): group
        for group in groups(a, b, cells)
        if group.machine in a.by_id["machine"] and group.machine in b.by_id["machine"]
        for state in group.states
    }
