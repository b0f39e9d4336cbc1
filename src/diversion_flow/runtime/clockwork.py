"""When clocks begin: worked out for each arrival, carried by each case, so that nothing walks the
journal.

What clocks begin with is numbered: that one of these events happens, or that a machine comes into
these states. A case carries the moment of each, the latest; None where there was none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from ..definition import Deadline, OnEvent, OnFact, Process, Transition
from ..definition.moments import moment

if TYPE_CHECKING:
    from .case import Case

Began = tuple["datetime | None", ...]
# Which clocks an arrival sets: the number, and whether it begins; else what it asks was done.
Sets = tuple[tuple[int, bool], ...]
Since = Callable[["Case"], "datetime | None"]


class Clockwork:
    """The beginnings of a process's clocks; `never` is a case in which nothing has begun."""

    __slots__ = ("_entering", "_facts", "_happening", "_meeting", "_places", "never")

    def __init__(
        self, process: Process, positions: Mapping[str, int], facts: Mapping[str, int]
    ) -> None:
        self._facts = facts
        numbers: dict[object, int] = {}
        self._places: dict[str, int] = {}
        self._happening: dict[str, list[int]] = {}
        self._meeting: dict[str, list[int]] = {}
        self._entering: dict[int, list[tuple[frozenset[str], int]]] = {}
        for deadline in process.deadlines:
            start, met_by = deadline.start, frozenset(deadline.met_by)
            if isinstance(start, OnFact):
                self._done_since(deadline, numbers)
                continue
            machine, states = positions[deadline.machine], frozenset(deadline.states)
            events = frozenset(start.events) if isinstance(start, OnEvent) else None
            key = (events or (machine, states), met_by)
            if key not in numbers:
                number = numbers[key] = len(numbers)
                for event in events or ():
                    self._happening.setdefault(event, []).append(number)
                for event in met_by:
                    self._meeting.setdefault(event, []).append(number)
                if events is None:
                    self._entering.setdefault(machine, []).append((states, number))
            self._places[deadline.id] = numbers[key]
        self.never: Began = (None,) * len(numbers)

    def _done_since(self, deadline: Deadline, numbers: dict[object, int]) -> None:
        """A clock that begins with a fact is met by what happens after the day that it tells."""
        if deadline.met_by:
            number = self._places[deadline.id] = numbers[deadline.id] = len(numbers)
            for event in deadline.met_by:
                self._happening.setdefault(event, []).append(number)

    def opened(self, configuration: tuple[str, ...]) -> Sets:
        """What begins with a case that opens so."""
        return tuple(
            (number, True)
            for machine, found in self._entering.items()
            for states, number in found
            if configuration[machine] in states
        )

    def begun(
        self, event: str, moves: Iterable[tuple[int, Transition]], before: tuple[str, ...]
    ) -> Sets:
        """What an event that makes these moves ends, for it was owed, and what it begins."""
        met, begun = self._meeting.get(event, ()), list(self._happening.get(event, ()))
        for index, transition in moves:
            for states, number in self._entering.get(index, ()):
                if transition.target in states and before[index] not in states:
                    begun.append(number)
        return (*((number, False) for number in met), *((number, True) for number in begun))

    def since(self, deadline: Deadline) -> Since:
        """When what sets the clock running happened last in a case; of a machine that has left
        the states in which the clock runs, when it came into them. For a clock that begins with
        a fact, the moment that the fact tells."""
        if isinstance(deadline.start, OnFact):
            return _told_by(self._facts[deadline.start.fact], self._places.get(deadline.id))
        place = self._places[deadline.id]
        return lambda case: case._began[place]


def _told_by(fact: int, done: int | None) -> Since:
    def since(case: Case) -> datetime | None:
        value = case._facts[fact]
        if not isinstance(value, date):
            return None
        began, met = moment(value), None if done is None else case._began[done]
        return began if met is None or met < began else None

    return since


def beginning(began: Began, sets: Sets, at: datetime) -> Began:
    """What had begun, and these at that moment; what was met runs no more."""
    now = list(began)
    for number, begins in sets:
        now[number] = at if begins else None
    return tuple(now)
