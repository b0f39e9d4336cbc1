"""A case, asked about at one moment with one set of facts: what its rules answer then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from .facts import left
from .logic import Facts
from .marks import lawful_facts, lawful_situation, standing

if TYPE_CHECKING:
    from ..definition import Guard
    from .case import Case
    from .clocks import Lapse
    from .program import Situation
    from .row import Row


class Asking:
    """The case as it stands; at another moment, or with other facts, where they are given."""

    __slots__ = ("at", "case", "facts", "lapses", "process", "program", "situation", "timely")

    def __init__(self, case: Case, at: datetime | None = None, facts: Facts | None = None) -> None:
        self.case = case
        self.at = case._at if at is None else at
        given = case._facts if facts is None else facts
        self.facts = given if case._marks is None else lawful_facts(case, given)
        self.situation: Situation = case._arrival.situation
        self.program = self.situation.program
        self.process = self.program.process
        self.lapses: tuple[Lapse, ...] | None = None  # kept by `clocks`
        self.timely: bool | None = None  # kept by `objections`

    def answer(self, guard: Guard) -> bool | None:
        """True, False, or None where a fact that matters is not known."""
        test = self.program.test(guard, lawful_situation(self.case))
        return test if isinstance(test, bool) else test(self.facts, self.at, self.case)

    def holds(self, guard: Guard) -> bool:
        """Whether the guard is answered with yes."""
        return self.answer(guard) is True

    def row(self, event: str) -> Row:
        """What the event does as the case stands."""
        return self.standing(event).reactions[event].row

    def untold(self, row: Row) -> Facts:
        """What of the facts counts for an event with which nothing is told."""
        return self.facts if row.outdates is None else left(self.facts, row.outdates)

    def rows(self) -> Iterable[Row]:
        """What each event that leads somewhere from here does as the case stands."""
        situation = self.situation
        return situation.rows if self.case._marks is None else map(self.row, situation.leading)

    def standing(self, event: str) -> Situation:
        """Where the case stands for the rules of this event."""
        return self.situation if self.case._marks is None else standing(self.case, event)
