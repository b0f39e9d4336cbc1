"""What each event may do to a configuration, as actions on the levels of a space.

An event happens where exactly one rule of its home machine fires; every other machine moves by
the one rule that fires there, or stays; where two fire, nothing happens. A machine whose rules ask
for nothing but its own state goes its way in one relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from attrs import evolve, frozen

from ..definition import Guard, Machine, Process, Transition, every, machine
from ..definition.guard import InState, atoms
from ..definition.property import Occasion
from ..runtime.clause import in_force, law_begins, period, whole_guard
from ..runtime.logic import compile_guard
from ..runtime.program import program
from .cone import ReadFor
from .diagram import Node, Pairs, Work
from .formula import Formula, Leaf, Met, Was, read
from .reading import After, Kept, Key, Level, Reading, Then, Unchanged, View, machines_of
from .values import Becoming
from .watch import Watch

Products = tuple[Mapping[Key, Pairs], ...]
_DAY: Final = ("day", "")  # on which day, as far as rules are law from one day or to another


@frozen
class Way:
    """A machine goes by a rule, or stays (None), where this holds."""

    node: Node
    rule: Transition | None


@frozen
class Joint:
    """By which rules all machines go together on the event, what the marks become, and where."""

    node: Node
    rules: Mapping[str, Transition]
    marks: tuple[bool | None, ...] = ()  # None: as before


class Relation:
    """One event, over these machines of the process and the facts that are carried."""

    def __init__(
        self,
        process: Process,
        read: ReadFor,
        states: Mapping[str, tuple[str, ...]],
        kept: Mapping[str, Kept],
        watch: Watch,
        work: Work,
    ) -> None:
        self.process, self._kept, self._watch = process, kept, watch
        self.event = event = process.event(read.event)
        met = watch.occasions()
        moved = [process.machines[i] for i in program(process).moved[event.id]]
        moved = [m for m in moved if m.id in states]
        self.alone = {m.id: pairs for m in moved if (pairs := self._alone(m)) is not None}
        mixed = [m for m in moved if m.id not in self.alone]
        self._rules = {m.id: m.on(event.id) for m in mixed}
        self._due = read.due
        guards = [whole_guard(process, t) for rules in self._rules.values() for t in rules]
        before, after = [o.before for o in met], [o.after for o in met]
        guards += read.due or ()
        asked = {*machines_of(guards), *watch.machines, *self._rules}
        carried = [Level(("machine", m), each) for m, each in states.items() if m in asked]
        carried += [Level(("mark", n), (False, True)) for n in range(len(watch.next))]
        self._days = law_begins(period(process, t) for rules in self._rules.values() for t in rules)
        loose = (Level(_DAY, self._days), Level(("by", ""), event.by))
        self.reading = Reading(process, event, guards, before, after, kept, carried, loose, work)
        self._view, self._before = View(self.reading), Unchanged(self.reading)
        self.joints = tuple(self._marked(self._joints(mixed)))
        del self._view, self._before  # what they worked out is in the joints now
        self.reading.sets.forget()

    def _alone(self, moved: Machine) -> Mapping[str, Transition | None] | None:
        """By which rule the machine goes from each state in which the event may happen, if
        nothing but its own state matters to that."""
        rules = moved.on(self.event.id)
        if any(period(self.process, t) != (None, None) for t in rules):
            return None
        for atom in atoms(*(whole_guard(self.process, t) for t in rules)):
            own = isinstance(atom, InState) and atom.machine == moved.id
            if not own and not isinstance(_settled(self.process, atom), bool):
                return None
        found: dict[str, Transition | None] = {}
        for state in moved.states:
            firing = [t for t in rules if self._fires(t, moved, state.id)]
            if len(firing) == 1 or (not firing and moved.id != self.event.home):
                found[state.id] = firing[0] if firing else None
        return found

    def _fires(self, rule: Transition, moved: Machine, state: str) -> bool:
        asked = whole_guard(self.process, rule)
        return state in rule.sources and (
            compile_guard(asked, self.process, {moved.id: state}) is True
        )

    # -- what the machines do together --------------------------------------------------------

    def _joints(self, mixed: Iterable[Machine]) -> Iterator[Joint]:
        read = self.reading
        start = read.sets.everything
        if self._due is not None:
            start = read.sets.any_of(self._view.holds(guard) for guard in self._due)
        if not self.event.by:
            return
        found = [Joint(start, {})]
        for moved in mixed:
            ways = tuple(self._ways(moved))
            found = [
                Joint(both, {**joint.rules, **({moved.id: way.rule} if way.rule else {})})
                for joint in found
                for way in ways
                if (both := read.sets.meet(joint.node, way.node))
            ]
        yield from (joint for joint in found if joint.node)

    def _ways(self, moved: Machine) -> Iterator[Way]:
        read, rules = self.reading, self._rules[moved.id]
        fires = [self._where(moved, rule) for rule in rules]
        for place, rule in enumerate(rules):
            others = read.sets.any_of(fires[:place] + fires[place + 1 :])
            yield Way(read.sets.rest(fires[place], others), rule)
        if moved.id != self.event.home:
            yield Way(read.sets.without(read.sets.any_of(fires)), None)

    def _where(self, moved: Machine, rule: Transition) -> Node:
        read = self.reading
        asked = every(machine(moved.id).in_(*rule.sources), whole_guard(self.process, rule))
        law = [day for day in self._days if in_force(self.process, rule, day)]
        return read.sets.meet(self._view.holds(asked), read.having(_DAY, law))

    # -- what the marks become ----------------------------------------------------------------

    def _marked(self, joints: Iterable[Joint]) -> Iterator[Joint]:
        for joint in joints:
            yield from self._with_marks(evolve(joint, node=self._bounded(joint)), 0)

    def _bounded(self, joint: Joint) -> Node:
        """Where what time decides is as the course tells."""
        reading, node = self.reading, joint.node
        for bound in self._watch.bounds:
            key = "then" if bound.then else "asked", bound.asked
            if key in reading.place:
                so = reading.having(key, (True,))
                most, least = (self._formula(f, joint) for f in (bound.most, bound.least))
                wrong = reading.sets.union(
                    reading.sets.rest(so, most), reading.sets.rest(least, so)
                )
                node = reading.sets.rest(node, wrong)
        return node

    def _with_marks(self, joint: Joint, mark: int) -> Iterator[Joint]:
        if mark == len(self._watch.next):
            yield joint
            return
        sets, node = self.reading.sets, joint.node
        was = self.reading.having(("mark", mark), (True,))
        then = self._formula(self._watch.next[mark], joint)
        changed = {True: sets.rest(then, was), False: sets.rest(was, then)}
        parts: dict[bool | None, Node]
        parts = {value: sets.meet(node, part) for value, part in changed.items()}
        parts[None] = sets.rest(sets.rest(node, parts[True]), parts[False])
        for value, part in parts.items():
            if part:
                marks = (*joint.marks, value)
                yield from self._with_marks(Joint(part, joint.rules, marks), mark + 1)

    def _formula(self, formula: Formula, joint: Joint) -> Node:
        def leaf(found: Leaf) -> Node:
            if isinstance(found, Was):
                return self.reading.having(("mark", found.mark), (True,))
            assert isinstance(found, Met)
            return self._occasion(found.occasion, joint)

        return read(formula, leaf, self.reading.sets.without, self.reading.sets.all_of)

    def _occasion(self, met: Occasion, joint: Joint) -> Node:
        """Where the event, with these rules, meets the occasion."""
        reading = self.reading
        after = After(reading, self._then(joint))
        parts = [self._before.holds(met.before), after.holds(met.after)]
        if met.by:
            parts.append(reading.having(("by", ""), met.by))
        if met.rules:
            rules = (rule.partition(".")[::2] for rule in met.rules)
            parts.append(reading.sets.any_of(self._goes(m, joint, rule) for m, rule in rules))
        parts += [self._goes(moved, joint, None) for moved in met.moves]
        parts += [reading.recording(fact) for fact in met.records]
        return reading.sets.all_of(parts)

    def _then(self, joint: Joint) -> Then:
        """For a machine and some states, the states before the step from which it comes there."""

        def then(machine: str, states: Iterable[str]) -> Iterable[str]:
            wanted = set(states)
            if machine in joint.rules:
                found = joint.rules[machine].target in wanted
                return self._states(machine) if found else ()
            alone = self.alone.get(machine, {})
            return [s for s in self._states(machine) if _led(alone.get(s), s) in wanted]

        return then

    def _goes(self, machine: str, joint: Joint, id: str | None) -> Node:
        """Where the machine goes by the rule with this id; by any that changes its state."""
        if machine in joint.rules:
            rules = dict.fromkeys(self._states(machine), joint.rules[machine])
        else:
            rules = {s: r for s, r in self.alone.get(machine, {}).items() if r is not None}
        states = [s for s, r in rules.items() if (r.target != s if id is None else r.id == id)]
        return self.reading.having(("machine", machine), states)

    def _states(self, machine: str) -> list[str]:
        return [state.id for state in self.process.machine(machine).states]

    # -- as products --------------------------------------------------------------------------

    @cached_property
    def products(self) -> Products:
        """The event as products of relations, on each thing that it asks or changes."""
        return tuple(filter(None, self._products()))

    def _products(self) -> Iterator[Mapping[Key, Pairs]]:
        read = self.reading
        for joint in self.joints:
            shadow = read.sets.shadow(joint.node, read.depth)
            for cube in read.sets.cubes(shadow, read.depth):
                pairs = dict(self._pairs(cube, joint))
                if all(pairs.values()):
                    yield pairs

    def _pairs(
        self, cube: Mapping[int, tuple[int, ...]], joint: Joint
    ) -> Iterator[tuple[Key, Pairs]]:
        levels = self.reading.levels[: self.reading.depth]
        for number, level in enumerate(levels):
            values = cube.get(number, range(len(level.values)))
            kind, id = level.key
            if kind == "fact":
                yield level.key, self._carried(str(id), [level.values[v] for v in values])
            elif kind == "mark":
                then = joint.marks[int(str(id))]
                if then is not None or number in cube:
                    yield level.key, {v: (v if then is None else int(then),) for v in values}
            elif number in cube or id in joint.rules or id in self.alone:
                yield level.key, self._moved(str(id), values, joint.rules.get(str(id)))
        for id in self.alone:
            if ("machine", id) not in self.reading.place:
                yield ("machine", id), self._moved(id, range(len(self._states(id))), None)

    def _moved(self, id: str, values: Iterable[int], rule: Transition | None) -> Pairs:
        states = self._states(id)
        if id not in self.alone:
            return {v: (v if rule is None else states.index(rule.target),) for v in values}
        then = self.alone[id]
        led = ((v, states[v]) for v in values)
        return {v: (states.index(_led(then[s], s)),) for v, s in led if s in then}

    def _carried(self, id: str, changes: Iterable[object]) -> Pairs:
        kept = self._kept[id]
        found: dict[int, dict[int, None]] = {}
        for change in changes:
            assert isinstance(change, Becoming)
            found.setdefault(kept.place(change.before), {})[kept.place(change.now)] = None
        return {before: tuple(now) for before, now in found.items()}


def turning(process: Process) -> tuple[date, ...]:
    """The days from which other rules are law, the first first."""
    return law_begins(period(process, rule) for m in process.machines for rule in m.transitions)[1:]


def _led(rule: Transition | None, state: str) -> str:
    return state if rule is None else rule.target


def _settled(process: Process, atom: Guard) -> object:
    return None if isinstance(atom, InState) else compile_guard(atom, process, {})
