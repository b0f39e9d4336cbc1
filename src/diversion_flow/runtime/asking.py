"""A case, asked about at one moment with one set of facts: what its rules answer then."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from .clause import clauses, in_force
from .logic import Facts

if TYPE_CHECKING:
    from ..definition import Guard, Process, Transition, Value
    from .case import Case
    from .clocks import Clock
    from .program import Program, Situation


class Asking:
    """The case as it stands; at another moment, or with other facts, where they are given."""

    __slots__ = ("at", "case", "facts", "lapses", "situation")

    def __init__(self, case: Case, at: datetime | None = None, facts: Facts | None = None) -> None:
        self.case = case
        self.at = case._at if at is None else at
        self.facts = case._facts if facts is None else facts
        self.situation: Situation = case._arrival.situation
        self.lapses: tuple[Clock, ...] | None = None  # kept by `clocks`

    @property
    def program(self) -> Program:
        """The tables of the case's process."""
        return self.situation.program

    @property
    def process(self) -> Process:
        """The case's process."""
        return self.situation.program.process

    def answer(self, guard: Guard) -> bool | None:
        """True, False, or None where a fact that matters is not known."""
        test = self.program.test(guard, self.situation)
        return test if isinstance(test, bool) else test(self.facts, self.at, self.case)

    def holds(self, guard: Guard) -> bool:
        """Whether the guard is answered with yes."""
        return self.answer(guard) is True

    def fires(self, transition: Transition) -> bool:
        """Whether the transition's law is in force and every clause of it holds."""
        return in_force(self.process, transition, self.at.date()) and all(
            self.holds(clause.guard) for clause in clauses(self.process, transition)
        )

    def fact(self, fact: str) -> Value | None:
        """What is known of one fact."""
        return self.facts[self.program.fact_index[fact]]

    def unknown(self, facts: tuple[str, ...]) -> tuple[str, ...]:
        """Those of these facts that are not known."""
        return tuple(fact for fact in facts if self.fact(fact) is None)
