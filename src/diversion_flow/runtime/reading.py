"""The live machines' own reading of the rules: guards walked as trees, no table asked.

Slow and plain on purpose: it decides by itself what moves, so that every live step holds the
tables that `Case.step` reads against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ..definition import Machine, Transition
from ..definition import guard as kinds
from ..definition.guard import Guard
from .asking import Asking
from .breaches import told_missed
from .calendar import is_rest_day
from .case import Case
from .clause import in_force, whole_guard
from .clocks import clock
from .logic import OPERATORS, Facts
from .objections import held_up


def moves(case: Case, event: str, by: str, at: datetime, facts: Facts) -> dict[str, str] | None:
    """Machine id → the one transition that moves it; None if the event is not enabled."""
    definition = case.process.event(event)
    if by not in definition.by or at < case.at or held_up(Asking(case, at), event):
        return None
    read, found = Reading(case, at, facts), {}
    for machine in case.process.machines:
        held = [t.id for t in _leaving(machine, case.state(machine.id), event) if read.holds(t)]
        if len(held) > 1 or (not held and machine.id == definition.home):
            return None
        if held:
            found[machine.id] = held[0]
    return found


def _leaving(machine: Machine, state: str, event: str) -> Iterable[Transition]:
    return (t for t in machine.leaving(state) if t.event == event)


class Reading:
    """Answers a guard by walking its tree: slow, plain, and independent of the tables."""

    def __init__(self, case: Case, at: datetime, facts: Facts) -> None:
        self._case, self._at, self._facts = case, at, facts
        self._process = case.process

    def holds(self, transition: Transition) -> bool:
        """Whether the rule is law at this moment and its whole guard is true."""
        process = self._process
        if not in_force(process, transition, self._at.date()):
            return False
        return self.of(whole_guard(process, transition)) is True

    def of(self, guard: Guard) -> bool | None:
        """True, False, or None where a fact that matters is not known."""
        if isinstance(guard, kinds.AllOf):
            return self._decided([self.of(part) for part in guard.guards], by=False)
        if isinstance(guard, kinds.AnyOf):
            return self._decided([self.of(part) for part in guard.guards], by=True)
        if isinstance(guard, kinds.Grounded):
            return self.of(guard.guard)
        if isinstance(guard, kinds.Not):
            inner = self.of(guard.guard)
            return None if inner is None else not inner
        if isinstance(guard, kinds.Compare | kinds.Member | kinds.Includes):
            return self._about_fact(guard)
        return self._plain(guard)

    @staticmethod
    def _decided(answers: list[bool | None], *, by: bool) -> bool | None:
        if by in answers:
            return by
        return None if None in answers else not by

    def _about_fact(self, guard: kinds.Compare | kinds.Member | kinds.Includes) -> bool | None:
        value: Any = self._facts.get(guard.fact)
        if isinstance(guard, kinds.Compare):
            bound = kinds.constant(self._process, guard.value)
            if bound is None:
                return True
            return None if value is None else OPERATORS[guard.operator](value, bound)
        if value is None:
            return None
        return value in guard.values if isinstance(guard, kinds.Member) else guard.value in value

    def _about_step(self, guard: kinds.Named | kinds.Narrows) -> bool:
        now: Any = self._facts.get(guard.fact)
        if isinstance(guard, kinds.Named):
            return now is not self._case._facts.get(guard.fact) and bool(now)
        before: Any = self._case.facts.get(guard.fact, ())
        return all(value in before for value in now or ())

    def _plain(self, guard: Guard) -> bool | None:
        if isinstance(guard, kinds.Always):
            return True
        if isinstance(guard, kinds.InState):
            return self._case.state(guard.machine) in guard.states
        if isinstance(guard, kinds.ParameterIs):
            return self._process.parameter(guard.parameter).value == guard.value
        if isinstance(guard, kinds.Known):
            return self._facts.get(guard.fact) is not None
        if isinstance(guard, kinds.Named | kinds.Narrows):
            return self._about_step(guard)
        if isinstance(guard, kinds.OnWorkingDay):
            return not is_rest_day(self._at.date())
        if isinstance(guard, kinds.Missed):
            return told_missed(self._case, guard.duty, self._at)
        assert isinstance(guard, kinds.Running)
        running = clock(self._case, guard.deadline)
        return running is not None and not running.passed(self._at)
