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
Since = Callable[["Case"], "datetime | None"]


class Clockwork:
    """The beginnings of a process's clocks; `never` is a case in which nothing has begun."""

    __slots__ = ("_entering", "_facts", "_happening", "_places", "never")

    def __init__(
        self, process: Process, positions: Mapping[str, int], facts: Mapping[str, int]
    ) -> None:
        self._facts = facts
        numbers: dict[object, int] = {}
        self._places: dict[str, int] = {}
        self._happening: dict[str, list[int]] = {}
        self._entering: dict[int, list[tuple[frozenset[str], int]]] = {}
        for deadline in process.deadlines:
            start = deadline.start
            if isinstance(start, OnFact):
                continue
            machine, states = positions[deadline.machine], frozenset(deadline.states)
            events = frozenset(start.events) if isinstance(start, OnEvent) else None
            key = events or (machine, states)
            if key not in numbers:
                number = numbers[key] = len(numbers)
                for event in events or ():
                    self._happening.setdefault(event, []).append(number)
                if events is None:
                    self._entering.setdefault(machine, []).append((states, number))
            self._places[deadline.id] = numbers[key]
        self.never: Began = (None,) * len(numbers)

    def opened(self, configuration: tuple[str, ...]) -> tuple[int, ...]:
        """What begins with a case that opens so."""
        entering = self._entering.items()
        return tuple(
            n for m, found in entering for states, n in found if configuration[m] in states
        )

    def begun(
        self, event: str, moves: Iterable[tuple[int, Transition]], before: tuple[str, ...]
    ) -> tuple[int, ...]:
        """What begins with an event that makes these moves."""
        begun = list(self._happening.get(event, ()))
        for index, transition in moves:
            for states, number in self._entering.get(index, ()):
                if transition.target in states and before[index] not in states:
                    begun.append(number)
        return tuple(begun)

    def since(self, deadline: Deadline) -> Since:
        """When what sets the clock running happened last in a case; of a machine that has left
        the states in which the clock runs, when it came into them. For a clock that begins with
        a fact, the moment that the fact tells."""
        if isinstance(deadline.start, OnFact):
            return _told_by(self._facts[deadline.start.fact])
        place = self._places[deadline.id]
        return lambda case: case._began[place]


def _told_by(place: int) -> Since:
    def since(case: Case) -> datetime | None:
        value = case._facts[place]
        return moment(value) if isinstance(value, date) else None

    return since


def beginning(began: Began, numbers: tuple[int, ...], at: datetime) -> Began:
    """What had begun, and these at that moment."""
    now = list(began)
    for number in numbers:
        now[number] = at
    return tuple(now)
