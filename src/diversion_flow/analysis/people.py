"""The third layer of a comparison: who is treated differently, each kind of person once.

Exact over the guards' own thresholds: the conditions in which two processes decide otherwise are
worked out as cubes over finitely many cells, each as wide as it can be, so that none is sampled
and none is missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any

from attrs import evolve, field, frozen

from ..definition import LANGUAGES, Basis, Deadline, Guard, Language, Process, Text, every
from ..definition.guard import ParameterRef
from ..definition.wording import length_text
from ..runtime.clause import clauses
from .cells import KNOWN, UNKNOWN, Cell, Cells, Cube, Question, ground, lean, question
from .people_words import Words
from .reach import possible, reach

Part = tuple[Process, Guard, bool]  # a guard of a process, and whether it is to hold
Cover = Callable[[Cells, list[Part]], list[Cube]]


_UNSAID = Text("", "")


@frozen
class Difference:
    """One kind of case that two processes treat differently.

    `rules` are the places of the process concerned; `before` is where the first process leads
    there and `after` where the second does (None: refused). `cube` says which of the cases that
    meet the accepting rule are meant; `profile` is the smallest example (fact id → value; None:
    not known). `why` is what the refusing rule asks and they lack.
    """

    rules: tuple[Place, ...]
    before: str | None
    after: str | None
    cube: Cube = field(repr=False)
    profile: Mapping[str, Any] = field(factory=dict)
    why: Guard | None = None
    basis: tuple[Basis, ...] = ()
    deadline: str | None = None
    said: Text = _UNSAID

    def text(self, lang: Language = "en") -> str:
        """Who, and how each process treats them."""
        return self.said.in_(lang)


@frozen
class Place:
    """Where a difference shows: an event, and the states of its machine."""

    event: str
    machine: str
    states: tuple[str, ...]


def people(
    a: Process, b: Process, cells: Cells, cover: Cover | None = None
) -> tuple[Difference, ...]:
    """Each kind of case that `a` and `b` treat differently, each once."""
    found: dict[Any, list[Difference]] = {}
    for group in groups(a, b):
        for one in _Comparing(a, b, cells, cover or cells_cover, group).differences():
            key = (frozenset(one.cube.items()), one.before is None, one.after is None, one.why)
            found.setdefault(key, []).append(one)
    alike = (_merged(a, b, cells, same) for same in found.values())
    return (*alike, *_deadlines(a, b, cells))


def cells_cover(cells: Cells, parts: list[Part]) -> list[Cube]:
    """The widest cubes in which all parts are as they are to be."""
    inside = cells.all_of(*(_where(cells, *part) for part in parts))
    outside = [cube for law, guard, holds in parts for cube in _where(cells, law, guard, not holds)]
    return cells.primes(inside, outside)


def _where(cells: Cells, law: Process, guard: Guard, holds: bool) -> list[Cube]:
    return cells.holds(law, guard) if holds else cells.fails(law, guard)


@frozen
class _Way:
    """One rule, ready to be compared: where it leads and what it asks."""

    target: str
    asks: tuple[Guard, ...]


@frozen
class Group:
    """The states from which both processes have the same rules on an event."""

    machine: str
    event: str
    ways: tuple[tuple[_Way, ...], tuple[_Way, ...]]
    states: tuple[str, ...]
    basis: tuple[Basis, ...]


def groups(a: Process, b: Process) -> list[Group]:
    """What to compare: every state and event, merged where the question is the same."""
    found: dict[Any, tuple[list[str], list[Basis]]] = {}
    for machine, state, event in _places(a, b):
        mine, theirs = _ways(a, machine, state, event), _ways(b, machine, state, event)
        if set(mine[0]) != set(theirs[0]):
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
    law: Process, machine: str, state: str, event: str
) -> tuple[tuple[_Way, ...], tuple[Basis, ...]]:
    if machine not in law.by_id["machine"]:
        return (), ()
    rules = [t for t in law.machine(machine).transitions if t.event == event and state in t.sources]
    ways = tuple(
        _Way(rule.target, tuple(dict.fromkeys(ground(law, c.guard) for c in clauses(law, rule))))
        for rule in rules
    )
    return ways, tuple(b for rule in rules for b in rule.basis)


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
                parts = [(self.a, every(*one.asks), True), (self.b, every(*other.asks), True)]
                for cube in self._possible(self.cover(self.cells, parts), self.b):
                    yield self._difference(one.target, other.target, cube, None)

    def _refused(
        self, law: Process, way: _Way, other: Process, ways: tuple[_Way, ...]
    ) -> Iterator[Difference]:
        """Cases that `way` of one process accepts and no way of the other does."""
        if len(ways) == 1:  # then one condition at a time says why
            for clause in ways[0].asks:
                if clause not in way.asks:
                    yield from self._lacking(law, way, [(other, clause, False)], clause)
        else:
            refused = [(other, every(*w.asks), False) for w in ways]
            yield from self._lacking(law, way, refused, None)

    def _lacking(
        self, law: Process, way: _Way, refused: list[Part], why: Guard | None
    ) -> Iterator[Difference]:
        parts = [(law, every(*way.asks), True), *refused]
        found = self.cover(self.cells, parts)
        if why is not None:
            found = self._about(found, why)
        for cube in self._possible(found, law):
            before, after = (None, way.target) if law is self.b else (way.target, None)
            yield self._difference(before, after, cube, why)

    def _about(self, cubes: list[Cube], why: Guard) -> list[Cube]:
        """What the cubes say of the questions that this condition asks."""
        asked = {q for atom in why.walk() if (q := question(atom)) is not None}
        asked |= {Question("fact", q.id) for q in asked if q.kind == "value"}
        seen = lean([{q: m for q, m in cube.items() if q in asked} for cube in cubes])
        return self.cells.primes(seen, self.cells.rest(seen))

    def _possible(self, cubes: list[Cube], law: Process) -> Iterator[Cube]:
        """Those in states that a case can come into."""
        reached = reach(law).states
        if any(s in reached.get(self.group.machine, ()) for s in self.group.states):
            yield from (c for c in cubes if possible(self.cells, [c], reached) is not None)

    def _difference(
        self, before: str | None, after: str | None, cube: Cube, why: Guard | None
    ) -> Difference:
        group = self.group
        place = Place(group.event, group.machine, group.states)
        return Difference(
            (place,), before, after, cube, profile(self.cells, cube), why, group.basis
        )


def _merged(a: Process, b: Process, cells: Cells, alike: list[Difference]) -> Difference:
    """One difference for the same kind of case at several places, in words."""
    whole = evolve(
        alike[0],
        rules=tuple(dict.fromkeys(p for d in alike for p in d.rules)),
        basis=tuple(dict.fromkeys(x for d in alike for x in d.basis)),
    )
    ja, en = (Words(a, b, cells, lang).difference(whole) for lang in LANGUAGES)
    return evolve(whole, said=Text(ja, en))


def profile(cells: Cells, cube: Cube) -> dict[str, Any]:
    """One concrete case of the cube, at the edge of what decides: fact id → value, None where
    the fact is not known."""
    found: dict[str, Any] = {}
    for about, mask in cube.items():
        if about.kind == "fact":
            value = _edge(cells.of(about), mask)
            if value is not KNOWN:
                found[about.id] = None if value is UNKNOWN else value
        elif about.kind == "value" and mask == 1:
            held = found.get(about.id) or frozenset()
            found[about.id] = held | {about.value}
    return found


def _edge(cells: tuple[Cell, ...], mask: int) -> Any:
    """The value of these cells that is nearest to what they leave out."""
    picked = [bit for bit in range(len(cells)) if mask >> bit & 1]
    known = [bit for bit in picked if cells[bit].value is not UNKNOWN]
    if not known:
        return UNKNOWN
    ranges = any(cell.low != cell.high for cell in cells)
    last = known[-1]
    if ranges and last + 2 < len(cells) and 0 in picked:  # bounded from above only
        return cells[last].high
    return cells[known[0]].value


# -- deadlines ----------------------------------------------------------------------------------


def _deadlines(a: Process, b: Process, cells: Cells) -> Iterator[Difference]:
    """Whose time runs otherwise: a deadline of another length, counted or begun otherwise."""
    for new in b.deadlines:
        old = a.by_id["deadline"].get(new.id)
        if old is not None and timing(a, old) != timing(b, new):
            yield _deadline(a, b, cells, old, new)


def timing(law: Process, deadline: Deadline) -> Any:
    """All that decides when a deadline runs out, and what then happens: nothing, where a policy
    that sets its length has no value."""
    amount = deadline.length.amount
    if isinstance(amount, ParameterRef) and law.parameter(amount.id).value is None:
        return None
    said = length_text(law, deadline, "en")
    return said, deadline.counting, deadline.start, ground(law, deadline.guard), deadline.on_expiry


def _deadline(a: Process, b: Process, cells: Cells, old: Deadline, new: Deadline) -> Difference:
    ja, en = (Words(a, b, cells, lang).deadline(old, new) for lang in LANGUAGES)
    places = (Place(new.on_expiry or "", new.machine, new.states),)
    return Difference(places, None, None, {}, basis=new.basis, deadline=new.id, said=Text(ja, en))
