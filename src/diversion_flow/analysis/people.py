"""The third layer of a comparison: who is treated differently, each kind of person once.

Exact over the guards' own thresholds: the conditions in which two processes decide otherwise are
worked out as cubes over finitely many cells, each as wide as it can be, so that none is sampled
and none is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

from attrs import evolve, field, frozen

from ..definition import (
    LANGUAGES,
    Basis,
    Deadline,
    Guard,
    Process,
    Text,
    Transition,
    Unit,
    every,
)
from ..definition.deadline import Counting, Start, length_amount
from ..definition.fact import Value
from ..definition.kept import kept
from ..runtime.clause import clauses
from .cells import KNOWN, UNKNOWN, Cells, Cube, Question, atoms, ground, question, reported
from .difference import Difference, Place
from .effort import Effort
from .paths import rules_from
from .people_words import Words
from .reach import reach

Demand = tuple[Process, Guard, bool]  # a guard of a process, and whether it is to hold
Cover = Callable[[Cells, list[Demand]], list[Cube]]


def people(
    a: Process, b: Process, cells: Cells, effort: Effort, cover: Cover | None = None
) -> tuple[tuple[Difference, ...], tuple[Place, ...]]:
    """Each kind of case that `a` and `b` treat differently, each once; and the places of which
    it takes too much effort to say whether there are any."""
    found: dict[object, list[Difference]] = {}
    undecided: list[Place] = []
    bounded = cells.bounded(effort)
    for group in groups(a, b):
        comparing = _Comparing(a, b, bounded, cover or cells_cover, group)
        differences = effort.listed(comparing.differences())
        if differences is None:
            undecided.append(group.place)
        for one in differences or ():
            key = (frozenset(one.cube.items()), one.before is None, one.after is None, one.why)
            found.setdefault(key, []).append(one)
    alike = (_merged(a, b, cells, same) for same in found.values())
    return (*alike, *_deadlines(a, b, cells)), tuple(undecided)


def cells_cover(cells: Cells, parts: list[Demand]) -> list[Cube]:
    """The widest cubes in which all parts are as they are to be."""
    inside = cells.all_of(*(_where(cells, *part) for part in parts))
    outside = [cube for law, guard, holds in parts for cube in _where(cells, law, guard, not holds)]
    return cells.primes(inside, outside)


def _where(cells: Cells, process: Process, guard: Guard, holds: bool) -> list[Cube]:
    return cells.holds(process, guard) if holds else cells.fails(process, guard)


@frozen(cache_hash=True)  # guards are long
class Way:
    """One rule, ready to be compared: where it leads and what it asks."""

    target: str
    asks: tuple[Guard, ...]
    asked: Guard = field(init=False, eq=False, repr=False)  # all of it together

    @asked.default
    def _all(self) -> Guard:
        return every(*self.asks)


@frozen
class Group:
    """The states from which both processes have the same rules on an event."""

    machine: str
    event: str
    ways: tuple[tuple[Way, ...], tuple[Way, ...]]
    states: tuple[str, ...]
    basis: tuple[Basis, ...]

    @property
    def place(self) -> Place:
        """Where it is that they are compared."""
        return Place(self.event, self.machine, self.states)


_Key = tuple[str, str, tuple[tuple[Way, ...], tuple[Way, ...]]]


def groups(a: Process, b: Process) -> list[Group]:
    """What to compare: every state and event, merged where the question is the same."""
    found: dict[_Key, tuple[list[str], list[Basis]]] = {}
    for machine, state, event in _places(a, b):
        mine, theirs = _ways(a, machine, state, event), _ways(b, machine, state, event)
        if mine[0] != theirs[0] and set(mine[0]) != set(theirs[0]):
            states, basis = found.setdefault((machine, event, (mine[0], theirs[0])), ([], []))
            states.append(state)
            basis += [*theirs[1], *mine[1]]
    return [
        Group(machine, event, ways, tuple(states), tuple(dict.fromkeys(basis)))
        for (machine, event, ways), (states, basis) in found.items()
    ]


def _places(a: Process, b: Process) -> list[tuple[str, str, str]]:
    """Machine, state and event of every rule in either process, in their order."""
    return list(
        dict.fromkeys(
            (machine.id, state, rule.event)
            for law in (b, a)
            for machine in law.machines
            for rule in machine.transitions
            for state in rule.sources
        )
    )


def _ways(
    process: Process, machine: str, state: str, event: str
) -> tuple[tuple[Way, ...], tuple[Basis, ...]]:
    rules = rules_from(process, machine).get((state, event), ())
    known = kept(process, _all_ways)
    ways = tuple(known[machine, rule.id] for rule in rules)
    return ways, tuple(b for rule in rules for b in rule.basis)


def _all_ways(law: Process) -> dict[tuple[str, str], Way]:
    return {
        (machine.id, rule.id): Way(rule.target, tuple(dict.fromkeys(_asks(law, rule))))
        for machine in law.machines
        for rule in machine.transitions
    }


def _asks(law: Process, rule: Transition) -> Iterator[Guard]:
    return (ground(law, reported(law, rule, clause.guard)) for clause in clauses(law, rule))


class _Comparing:
    """One group of rules, compared."""

    def __init__(self, a: Process, b: Process, cells: Cells, cover: Cover, group: Group) -> None:
        self.a, self.b, self.cells, self.cover, self.group = a, b, cells, cover, group

    def differences(self) -> Iterator[Difference]:
        """Accepted by one and refused by the other, either way, or led elsewhere."""
        mine, theirs = self.group.ways
        for way in theirs:
            yield from self._refused(self.b, way, self.a, mine)
        for way in mine:
            yield from self._refused(self.a, way, self.b, theirs)
        for one, other in product(mine, theirs):
            if one.target != other.target:
                parts = [(self.a, one.asked, True), (self.b, other.asked, True)]
                for cube in self._possible(self.cover(self.cells, parts), self.b):
                    yield self._difference(one.target, other.target, cube, None)

    def _refused(
        self, process: Process, way: Way, other: Process, ways: tuple[Way, ...]
    ) -> Iterator[Difference]:
        """Cases that `way` of one process accepts and no way of the other does."""
        if len(ways) == 1:  # then one condition at a time says why
            asked = set(way.asks)
            for clause in ways[0].asks:
                if clause not in asked:
                    yield from self._lacking(process, way, [(other, clause, False)], clause)
        else:
            refused = [(other, w.asked, False) for w in ways]
            yield from self._lacking(process, way, refused, None)

    def _lacking(
        self, process: Process, way: Way, refused: list[Demand], why: Guard | None
    ) -> Iterator[Difference]:
        parts = [(process, way.asked, True), *refused]
        found = self.cover(self.cells, parts)
        if why is not None:
            found = self._about(found, why)
        for cube in self._possible(found, process):
            before, after = (None, way.target) if process is self.b else (way.target, None)
            yield self._difference(before, after, cube, why)

    def _about(self, cubes: list[Cube], why: Guard) -> list[Cube]:
        """What the cubes say of the questions that this condition asks."""
        asked = {q for atom in atoms(why) if (q := question(atom)) is not None}
        asked |= {Question("fact", q.id) for q in asked if q.kind == "value"}
        seen = self.cells.lean([{q: b for q, b in c.items() if q in asked} for c in cubes])
        return self.cells.primes(seen, self.cells.rest(seen))

    def _possible(self, cubes: list[Cube], process: Process) -> Iterator[Cube]:
        """Those in states that a case can come into."""
        reached = reach(process).states
        if any(s in reached.get(self.group.machine, ()) for s in self.group.states):
            yield from (c for c in cubes if self.cells.among(c, reached) is not None)

    def _difference(
        self, before: str | None, after: str | None, cube: Cube, why: Guard | None
    ) -> Difference:
        shown = profile(self.cells, cube)
        return Difference((self.group.place,), before, after, cube, shown, why, self.group.basis)


def _merged(a: Process, b: Process, cells: Cells, alike: list[Difference]) -> Difference:
    """One difference for the same kind of case at several places, in words."""
    whole = evolve(
        alike[0],
        rules=tuple(dict.fromkeys(p for d in alike for p in d.rules)),
        basis=tuple(dict.fromkeys(x for d in alike for x in d.basis)),
    )
    ja, en = (Words(a, b, cells, lang).difference(whole) for lang in LANGUAGES)
    return evolve(whole, said=Text(ja, en))


def profile(cells: Cells, cube: Cube) -> dict[str, Value | None]:
    """One concrete case of the cube, at the edge of what decides: fact id → value, None where
    the fact is not known."""
    found: dict[str, Value | None] = {}
    for about, bits in cube.items():
        if about.kind == "fact":
            value = cells.edge(about, bits)
            if value is not KNOWN:
                found[about.id] = None if value is UNKNOWN else value
        elif about.kind == "value" and cells.yes(bits):
            held = found.get(about.id)
            found[about.id] = (held if isinstance(held, frozenset) else frozenset()) | {about.value}
    return found


# -- deadlines ----------------------------------------------------------------------------------


def _deadlines(a: Process, b: Process, cells: Cells) -> Iterator[Difference]:
    """Whose time runs otherwise: a deadline of another length, counted or begun otherwise."""
    for new in b.deadlines:
        old = a.by_id["deadline"].get(new.id)
        if old is not None and timing(a, old) != timing(b, new):
            yield _deadline(a, b, cells, old, new)


class Timing(NamedTuple):
    """All that decides when a deadline runs out, and what then happens."""

    machine: str
    states: frozenset[str]
    amount: int
    unit: Unit
    plus: tuple[str, ...]
    counting: Counting
    start: Start
    guard: Guard
    on_expiry: str | None


def timing(process: Process, deadline: Deadline) -> Timing | None:
    """When a deadline runs out; None where a policy that sets its length has no value."""
    amount, length = length_amount(process, deadline.length), deadline.length
    if amount is None:
        return None
    guard = ground(process, deadline.guard)
    return Timing(
        deadline.machine, frozenset(deadline.states), amount, length.unit, length.plus,
        deadline.counting, deadline.start, guard, deadline.on_expiry,
    )  # fmt: skip


def _deadline(a: Process, b: Process, cells: Cells, old: Deadline, new: Deadline) -> Difference:
    ja, en = (Words(a, b, cells, lang).deadline(old, new) for lang in LANGUAGES)
    places = (Place(new.on_expiry or "", new.machine, new.states),)
    return Difference(places, None, None, {}, basis=new.basis, deadline=new.id, said=Text(ja, en))
