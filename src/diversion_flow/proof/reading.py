"""What one event asks, as sets: the conditions that a step reads, over all that may be so.

Each thing that is asked has a level: where a machine stands, what becomes of a fact, what nobody
can tell beforehand (the day, whether a limit runs). A condition without parts is answered by its
compiled test, the one that a step runs; junctions are strong Kleene logic, as they are there.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from attrs import frozen

from ..definition import Event, Guard, Process
from ..definition.guard import AllOf, AnyOf, Grounded, InState, Narrows, Not
from ..runtime.logic import compile_guard
from .diagram import NOTHING, Diagrams, Node
from .values import Answers, Asked, Change

Key = tuple[str, Hashable]  # a machine or fact and its id; or what nobody can tell


@frozen
class Level:
    """One thing that matters to an event, and what it may be."""

    key: Key
    values: tuple[object, ...]


class Sides(NamedTuple):
    """Where a condition is true, and where it is false; elsewhere it is not known."""

    true: Node
    false: Node


class Kept:
    """A fact that is carried from event to event, as far as some conditions tell its values."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        found = (self.answers(value) for value in asked.values())
        self.classes: tuple[Answers, ...] = tuple(dict.fromkeys(found))

    def answers(self, value: object) -> Answers:
        """What the conditions answer while the fact has this value."""
        return self.asked.answers(Change(value, value, False))

    def place(self, value: object) -> int:
        """The number of the value's class."""
        return self.classes.index(self.answers(value))


def leaves(guards: Iterable[Guard]) -> Iterator[Guard]:
    """The conditions without parts in some guards."""
    return (part for guard in guards for part in guard.walk() if not part.parts())


class Reading:
    """One event's levels, and conditions as sets over them.

    Levels of what is carried come first, so that what lies below can be left out in the end.
    """

    def __init__(
        self,
        process: Process,
        event: Event,
        guards: Iterable[Guard],
        kept: Mapping[str, Kept],
        carried: Sequence[Level],
        loose: Sequence[Level],
    ) -> None:
        self.process, self.event, self._kept = process, event, kept
        about: dict[str, list[Guard]] = {id: [] for id in kept if id in event.records}
        others: dict[Guard, Level] = {}
        self._settled: dict[Guard, bool] = {}
        for atom in dict.fromkeys(leaves(guards)):
            if isinstance(atom, InState):
                continue
            compiled, fact = compile_guard(atom, process, {}), fact_of(atom)
            if isinstance(compiled, bool):
                self._settled[atom] = compiled
            elif fact is not None:
                about.setdefault(fact, []).append(atom)
            else:
                others[atom] = Level(("asked", atom), (True, False))
        self._asked = {id: Asked(process, process.fact(id), atoms) for id, atoms in about.items()}
        facts = [self._changes(id) for id in sorted(about, key=lambda id: id not in kept)]
        self.depth = len(carried) + sum(id in kept for id in about)
        self.levels = (*carried, *facts, *others.values(), *loose)
        self.place = {level.key: place for place, level in enumerate(self.levels)}
        self.sets = Diagrams([len(level.values) for level in self.levels])
        self.everything = self.sets.cube({})
        self._read: dict[Guard, Sides] = {}

    def _changes(self, id: str) -> Level:
        """What the event may leave of a fact, as far as anything asks for it."""
        asked, kept = self._asked[id], self._kept.get(id)
        atoms = asked.atoms if kept is None else (*asked.atoms, *kept.asked.atoms)
        values = Asked(self.process, asked.fact, atoms).values()
        changes = [Change(value, value, False) for value in values]
        if id in self.event.records:
            matters = kept is not None or any(isinstance(atom, Narrows) for atom in asked.atoms)
            befores = values if matters else (None,)
            changes += [Change(before, now, True) for before in befores for now in values]
        told: dict[object, Change] = {}
        for change in changes:
            moved = kept and (kept.place(change.before), kept.place(change.now))
            told.setdefault((asked.answers(change), moved), change)
        return Level(("fact", id), tuple(told.values()))

    def having(self, key: Key, values: Iterable[object]) -> Node:
        """Where a level has one of these values."""
        place, wanted = self.place[key], set(values)
        found = [i for i, value in enumerate(self.levels[place].values) if value in wanted]
        return self.sets.cube({place: found})

    def without(self, node: Node) -> Node:
        """All that is not in the set."""
        return self.sets.rest(self.everything, node)

    def all_of(self, nodes: Iterable[Node]) -> Node:
        """What is in each of these."""
        found = self.everything
        for node in nodes:
            found = self.sets.meet(found, node)
        return found

    def holds(self, guard: Guard) -> Node:
        """Where the guard is surely true."""
        return self.sides(guard).true

    def sides(self, guard: Guard) -> Sides:
        """Where the guard is true, and where it is false."""
        if guard not in self._read:
            self._read[guard] = self._sides(guard)
        return self._read[guard]

    def _sides(self, guard: Guard) -> Sides:
        match guard:
            case Grounded():
                return self.sides(guard.guard)
            case Not():
                inner = self.sides(guard.guard)
                return Sides(inner.false, inner.true)
            case AllOf():
                parts = [self.sides(part) for part in guard.guards]
                false = self.sets.any_of(part.false for part in parts)
                return Sides(self.all_of(part.true for part in parts), false)
            case AnyOf():
                parts = [self.sides(part) for part in guard.guards]
                true = self.sets.any_of(part.true for part in parts)
                return Sides(true, self.all_of(part.false for part in parts))
            case InState():
                return self._one_of(("machine", guard.machine), guard.states)
        if guard in self._settled:
            sides = self.everything, NOTHING
            return Sides(*sides) if self._settled[guard] else Sides(*reversed(sides))
        if ("asked", guard) in self.place:
            return self._one_of(("asked", guard), (True,))
        return self._about_fact(guard)

    def _one_of(self, key: Key, values: Iterable[object]) -> Sides:
        true = self.having(key, values)
        return Sides(true, self.without(true))

    def _about_fact(self, atom: Guard) -> Sides:
        fact = fact_of(atom)
        assert fact is not None
        asked, place = self._asked[fact], self.place["fact", fact]
        number = asked.atoms.index(atom)
        answers = [asked.answers(change)[number] for change in self.changes(fact)]
        true, false = (
            self.sets.cube({place: [i for i, found in enumerate(answers) if found is side]})
            for side in (True, False)
        )
        return Sides(true, false)

    def changes(self, fact: str) -> tuple[Change, ...]:
        """What may become of a fact."""
        values = self.levels[self.place["fact", fact]].values
        return tuple(value for value in values if isinstance(value, Change))


def fact_of(atom: Guard) -> str | None:
    """The fact that a condition without parts is about."""
    return next((id for kind, id in atom.mentions() if kind == "fact"), None)
