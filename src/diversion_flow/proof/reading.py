"""What one event asks, as sets: the conditions that a step reads, over all that may be so.

Each thing that is asked has a level: where a machine stands, what becomes of a fact, what nobody
can tell beforehand (the day, whether a limit runs). A condition without parts is answered by its
compiled test, the one that a step runs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from ..definition import Event, Guard, Process
from ..definition.guard import InState, Missed, Narrows, OnWorkingDay, Running, atoms
from ..runtime.logic import compile_guard
from .diagram import Diagrams, Node, Work
from .judging import Judging, Sides
from .values import Answers, Asked, Becoming

Key = tuple[str, Hashable]  # a machine or fact and its id; or what nobody can tell


@frozen
class Level:
    """One thing that matters to an event, and what it may be."""

    key: Key
    values: tuple[object, ...]


Then = Callable[[str, Iterable[str]], Iterable[str]]


class Kept:
    """A fact that is carried from event to event, as far as some conditions tell its values."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        found = (self.answers(value) for value in asked.values())
        self.classes: tuple[Answers, ...] = tuple(dict.fromkeys(found))

    def answers(self, value: object) -> Answers:
        """What the conditions answer while the fact has this value."""
        return self.asked.answers(Becoming(value, value, False))

    def values(self) -> tuple[object, ...]:
        """A value for each class."""
        found = {self.answers(value): value for value in reversed(self.asked.values())}
        return tuple(found[answers] for answers in self.classes)

    def place(self, value: object) -> int:
        """The number of the value's class."""
        return self.classes.index(self.answers(value))


def machines_of(guards: Iterable[Guard]) -> Iterator[str]:
    """The machines that some guards ask where they stand."""
    return (atom.machine for atom in atoms(*guards) if isinstance(atom, InState))


class Reading:
    """One event's levels, and conditions as sets over them.

    Levels of what is carried come first, so that what lies below can be left out in the end.
    """

    def __init__(
        self,
        process: Process,
        event: Event,
        guards: Iterable[Guard],
        before: Iterable[Guard],
        after: Iterable[Guard],
        kept: Mapping[str, Kept],
        carried: Sequence[Level],
        loose: Sequence[Level],
        work: Work,
    ) -> None:
        self.process, self.event, self.kept = process, event, kept
        about: dict[str, list[Guard]] = {id: [] for id in kept if id in event.alters}
        others: dict[object, Level] = {}
        self.settled: dict[Guard, bool] = {}
        for atom in dict.fromkeys(atoms(*guards)):
            if isinstance(atom, InState):
                continue
            compiled, fact = compile_guard(atom, process, {}), fact_of(atom)
            if isinstance(compiled, bool):
                self.settled[atom] = compiled
            elif fact is not None:
                about.setdefault(fact, []).append(atom)
            else:
                others["asked", atom] = Level(("asked", atom), (True, False))
        for then, watched in enumerate((before, after)):
            for atom in dict.fromkeys(atoms(*watched)):
                if timed(atom):
                    key = when(atom, bool(then)), atom
                    others[key] = Level(key, (True, False))
                else:
                    self._watch(atom, about)
        self.asked = {id: Asked(process, process.fact(id), atoms) for id, atoms in about.items()}
        facts = [self._changes(id) for id in sorted(about, key=lambda id: id not in kept)]
        self.depth = len(carried) + sum(id in kept for id in about)
        self.levels = (*carried, *facts, *others.values(), *loose)
        self.place = {level.key: place for place, level in enumerate(self.levels)}
        self.sets = Diagrams([len(level.values) for level in self.levels], work)

    def _watch(self, atom: Guard, about: dict[str, list[Guard]]) -> None:
        """A condition on the case before or after the event, which needs what is carried."""
        compiled = isinstance(atom, InState) or compile_guard(atom, self.process, {})
        if not isinstance(atom, InState) and isinstance(compiled, bool):
            self.settled[atom] = compiled
        elif (fact := fact_of(atom)) is not None:
            about.setdefault(fact, [])

    def _changes(self, id: str) -> Level:
        """What the event may leave of a fact, as far as anything asks for it."""
        asked, kept = self.asked[id], self.kept.get(id)
        atoms = asked.atoms if kept is None else (*asked.atoms, *kept.asked.atoms)
        values = Asked(self.process, asked.fact, atoms).values()
        changes = [self.left(id, value) for value in values]
        if id in self.event.records:
            matters = kept is not None or any(isinstance(atom, Narrows) for atom in asked.atoms)
            befores = values if matters else (None,)
            changes += [Becoming(before, now, True) for before in befores for now in values]
        told: dict[object, Becoming] = {}
        for change in changes:
            moved = kept and (kept.place(change.before), kept.place(change.now))
            told.setdefault((asked.answers(change), moved, change.given), change)
        return Level(("fact", id), tuple(told.values()))

    def left(self, id: str, value: object) -> Becoming:
        """What becomes of a fact that has this value, if it is not recorded with the event."""
        return Becoming(value, None if id in self.event.outdates else value, False)

    def having(self, key: Key, values: Iterable[object]) -> Node:
        """Where a level has one of these values."""
        return self.sets.cube({self.place[key]: self.places(key, values)})

    def places(self, key: Key, values: Iterable[object]) -> list[int]:
        """The numbers of these values in their level."""
        wanted = set(values)
        level = self.levels[self.place[key]]
        return [i for i, value in enumerate(level.values) if value in wanted]

    def recording(self, fact: str) -> Node:
        """Where a fact that is carried is recorded with the event."""
        given = [i for i, change in enumerate(self.changes(fact)) if change.given]
        return self.sets.cube({self.place["fact", fact]: given})

    def changes(self, fact: str) -> tuple[Becoming, ...]:
        """What may become of a fact."""
        values = self.levels[self.place["fact", fact]].values
        return tuple(value for value in values if isinstance(value, Becoming))


def timed(atom: Guard) -> bool:
    """Whether time decides what a condition without parts answers."""
    return isinstance(atom, OnWorkingDay | Running | Missed)


def when(atom: Guard, then: bool) -> str:
    """When it is asked what time decides: after the event, or at its moment, before what it does.
    The day is the same."""
    return "then" if then and not isinstance(atom, OnWorkingDay) else "asked"


class View(Judging):
    """Conditions as a step asks them: of the states before it and of the facts with what is
    recorded."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading.sets)
        self.reading = reading

    def atom(self, guard: Guard) -> Sides:
        read = self.reading
        if isinstance(guard, InState):
            key = "machine", guard.machine
            return self.among(read.place[key], read.places(key, self.states(guard)))
        if guard in read.settled:
            return self.settled(read.settled[guard])
        if ("asked", guard) in read.place:
            return self.among(read.place["asked", guard], (0,))
        fact = fact_of(guard)
        assert fact is not None
        answers = (self.answer(fact, guard, change) for change in read.changes(fact))
        return self.answered(read.place["fact", fact], answers)

    def states(self, guard: InState) -> Iterable[str]:
        """The states before the step in which the condition holds."""
        return guard.states

    def answer(self, fact: str, atom: Guard, change: Becoming) -> bool | None:
        """What a condition on a fact answers."""
        asked = self.reading.asked[fact]
        return asked.answers(change)[asked.atoms.index(atom)]


class Unchanged(View):
    """Conditions on the case just before the event."""

    def answer(self, fact: str, atom: Guard, change: Becoming) -> bool | None:
        kept = self.reading.kept[fact]
        return kept.answers(change.before)[kept.asked.atoms.index(atom)]


class After(View):
    """Conditions on the case just after the event; `then` tells from which states of a machine it
    comes to some states."""

    def __init__(self, reading: Reading, then: Then) -> None:
        super().__init__(reading)
        self._then = then

    def atom(self, guard: Guard) -> Sides:
        if isinstance(guard, Running | Missed):
            return self.among(self.reading.place[when(guard, True), guard], (0,))
        return super().atom(guard)

    def states(self, guard: InState) -> Iterable[str]:
        return self._then(guard.machine, guard.states)

    def answer(self, fact: str, atom: Guard, change: Becoming) -> bool | None:
        kept = self.reading.kept[fact]
        return kept.answers(change.now)[kept.asked.atoms.index(atom)]


def fact_of(atom: Guard) -> str | None:
    """The fact that a condition without parts is about."""
    return next((id for kind, id in atom.mentions() if kind == "fact"), None)
