"""When clocks begin: worked out for each arrival, carried by each case, so that nothing walks the
journal.

What clocks begin with is numbered: that one of these events happens, or that a machine comes into
these states. A case carries the moment of each, the latest; None where there was none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from ..definition import Deadline, OnEvent, OnFact, Process, Transition

Began = tuple["datetime | None", ...]


class Clockwork:
    """The beginnings of a process's clocks; `never` is a case in which nothing has begun."""

    __slots__ = ("_entering", "_happening", "_places", "never")

    def __init__(self, process: Process, positions: Mapping[str, int]) -> None:
        numbers: dict[object, int] = {}
        self._places: dict[str, int] = {}
        self._happening: dict[str, list[int]] = {}
        self._entering: list[tuple[int, frozenset[str], int]] = []
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
                    self._entering.append((machine, states, number))
            self._places[deadline.id] = numbers[key]
        self.never: Began = (None,) * len(numbers)

    def opened(self, configuration: tuple[str, ...]) -> tuple[int, ...]:
        """What begins with a case that opens so."""
        return tuple(n for m, states, n in self._entering if configuration[m] in states)

    def begun(
        self, event: str, moves: Iterable[tuple[int, Transition]], before: tuple[str, ...]
    ) -> tuple[int, ...]:
        """What begins with an event that makes these moves."""
        after = {index: transition.target for index, transition in moves}
        entered = (
            n for m, states, n in self._entering
            if m in after and after[m] in states and before[m] not in states
        )  # fmt: skip
        return (*self._happening.get(event, ()), *entered)

    def since(self, began: Began, deadline: Deadline) -> datetime | None:
        """When what sets the clock running happened last; of a machine that has left the states
        in which the clock runs, when it came into them."""
        return began[self._places[deadline.id]]


def beginning(began: Began, numbers: tuple[int, ...], at: datetime) -> Began:
    """What had begun, and these at that moment."""
    now = list(began)
    for number in numbers:
        now[number] = at
    return tuple(now)
