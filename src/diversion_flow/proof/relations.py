"""What each event may do to a configuration, as actions on the levels of a space.

An event happens where exactly one rule of its home machine fires; every other machine moves by
the one rule that fires there, or stays; where two fire, nothing happens. A machine whose rules ask
for nothing but its own state goes its way in one relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from ..definition import Event, Guard, Machine, Process, Transition, every, machine
from ..definition.guard import InState
from ..runtime.clause import period, whole_guard
from ..runtime.logic import compile_guard
from ..runtime.program import program
from .diagram import Action, Node, Pairs
from .reading import Kept, Key, Level, Reading, leaves
from .values import Change


@frozen
class Way:
    """A machine goes to a state, or stays (None), where this holds."""

    node: Node
    target: str | None


@frozen
class Joint:
    """What all machines do together on the event, and where."""

    node: Node
    targets: Mapping[str, str]


class Relation:
    """One event, over these machines of the process and the facts that are carried."""

    def __init__(
        self, process: Process, event: Event, among: Sequence[str], kept: Mapping[str, Kept]
    ) -> None:
        self.process, self.event, self._kept = process, event, kept
        moved = [process.machines[i] for i in program(process).moved[event.id]]
        moved = [m for m in moved if m.id in among]
        self.alone = {m.id: pairs for m in moved if (pairs := self._alone(m)) is not None}
        mixed = [m for m in moved if m.id not in self.alone]
        self._rules = {m.id: [t for t in m.transitions if t.event == event.id] for m in mixed}
        self._due = tuple(_due(process, event, among))
        guards = [whole_guard(process, t) for rules in self._rules.values() for t in rules]
        asked = {a.machine for a in leaves((*guards, *self._due)) if isinstance(a, InState)}
        carried = [
            Level(("machine", m), tuple(s.id for s in process.machine(m).states))
            for m in among
            if m in asked or m in self._rules
        ]
        periods = {
            dates: Level(("period", dates), (True, False))
            for rules in self._rules.values()
            for t in rules
            if (dates := period(process, t)) != (None, None)
        }
        loose = tuple(periods.values())
        self.reading = Reading(process, event, (*guards, *self._due), kept, carried, loose)
        self.joints = tuple(self._joints(mixed))

    def _alone(self, moved: Machine) -> Mapping[str, str | None] | None:
        """Where the machine goes from each state in which the event may happen, if nothing but
        its own state matters to that."""
        rules = [t for t in moved.transitions if t.event == self.event.id]
        if any(period(self.process, t) != (None, None) for t in rules):
            return None
        for atom in leaves(whole_guard(self.process, t) for t in rules):
            own = isinstance(atom, InState) and atom.machine == moved.id
            if not own and not isinstance(_settled(self.process, atom), bool):
                return None
        found: dict[str, str | None] = {}
        for state in moved.states:
            firing = [t.target for t in rules if self._fires(t, moved, state.id)]
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
        start = read.everything
        if self.event.id in program(self.process).by_law:
            start = read.sets.any_of(read.holds(guard) for guard in self._due)
        if not self.event.by:
            return
        found = [Joint(start, {})]
        for moved in mixed:
            ways = tuple(self._ways(moved))
            found = [
                Joint(both, {**joint.targets, **({moved.id: way.target} if way.target else {})})
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
            yield Way(read.sets.rest(fires[place], others), rule.target)
        if moved.id != self.event.home:
            yield Way(read.without(read.sets.any_of(fires)), None)

    def _where(self, moved: Machine, rule: Transition) -> Node:
        read, dates = self.reading, period(self.process, rule)
        asked = every(machine(moved.id).in_(*rule.sources), whole_guard(self.process, rule))
        node = read.holds(asked)
        return (
            node
            if dates == (None, None)
            else read.sets.meet(node, read.having(("period", dates), (True,)))
        )

    # -- as actions ---------------------------------------------------------------------------

    def actions(self, place: Mapping[Key, int]) -> Iterator[Action]:
        """The event as products of relations, on these levels of the space."""
        read = self.reading
        for joint in self.joints:
            shadow = read.sets.shadow(joint.node, read.depth)
            for cube in read.sets.cubes(shadow, read.depth):
                pairs = dict(self._pairs(cube, joint.targets))
                if all(pairs.values()):
                    yield Action(self.event.id, {place[key]: found for key, found in pairs.items()})

    def _pairs(
        self, cube: Mapping[int, tuple[int, ...]], targets: Mapping[str, str]
    ) -> Iterator[tuple[Key, Pairs]]:
        levels = self.reading.levels[: self.reading.depth]
        for number, level in enumerate(levels):
            values = cube.get(number, range(len(level.values)))
            kind, id = level.key[0], str(level.key[1])
            if kind == "fact":
                yield level.key, self._carried(id, [level.values[v] for v in values])
            elif number in cube or id in targets or id in self.alone:
                yield level.key, self._moved(id, values, targets.get(id))
        for id in self.alone:
            if ("machine", id) not in self.reading.place:
                states = self.process.machine(id).states
                yield ("machine", id), self._moved(id, range(len(states)), None)

    def _moved(self, id: str, values: Iterable[int], target: str | None) -> Pairs:
        states = [state.id for state in self.process.machine(id).states]
        if id not in self.alone:
            return {v: (v if target is None else states.index(target),) for v in values}
        then = self.alone[id]
        return {v: (states.index(then[s] or s),) for v in values if (s := states[v]) in then}

    def _carried(self, id: str, changes: Iterable[object]) -> Pairs:
        kept = self._kept[id]
        found: dict[int, dict[int, None]] = {}
        for change in changes:
            assert isinstance(change, Change)
            found.setdefault(kept.place(change.before), {})[kept.place(change.now)] = None
        return {before: tuple(now) for before, now in found.items()}


def _settled(process: Process, atom: Guard) -> object:
    return None if isinstance(atom, InState) else compile_guard(atom, process, {})


def _due(process: Process, event: Event, among: Sequence[str]) -> Iterator[Guard]:
    """Where limits run at whose end the event happens by operation of law, as far as it is seen
    from these machines and before the event records anything."""
    lengths = program(process).bearing.lengths
    for limit in process.deadlines:
        if limit.on_expiry == event.id and (lengths[limit.id] is not None):
            seen = all(
                id in among if kind == "machine" else kind != "fact" or id not in event.records
                for kind, id in limit.guard.mentions()
                if kind in ("machine", "fact")
            )
            here = (machine(limit.machine).in_(*limit.states),) if limit.machine in among else ()
            yield every(*here, *((limit.guard,) if seen else ()))
