"""Which time limits are running, when they end, and what happens by operation of law."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from attrs import frozen

from ..definition import Deadline, OnEvent, OnFact
from ..definition.deadline import length_amount
from .calendar import limit, moment
from .logic import compile_guard

if TYPE_CHECKING:
    from .case import Case


@frozen
class Clock:
    """A deadline that is running in a case (JST).

    `last` is the last permitted moment, `ends` the moment at which expiry takes effect.
    """

    deadline: Deadline
    started: datetime
    last: datetime
    ends: datetime

    def passed(self, at: datetime) -> bool:
        """Whether the limit is over at this moment."""
        return at > self.last

    @property
    def last_day(self) -> date:
        """The last day of the period."""
        return self.last.date()


def clocks(case: Case) -> tuple[Clock, ...]:
    """The clocks running in the case, the next to run out first."""
    running = (_clock(case, d) for d in case._landing.situation.deadlines())
    return tuple(sorted((c for c in running if c), key=lambda c: c.ends))


def clock(case: Case, deadline: str) -> Clock | None:
    """One clock; None while it is not running."""
    return next((c for c in clocks(case) if c.deadline.id == deadline), None)


def overdue(case: Case, event: str, at: datetime) -> tuple[Clock, ...]:
    """The clocks whose expiry had to take effect before `event` could happen at `at`."""
    lapses = (_clock(case, d) for d in case._landing.situation.lapses if d.on_expiry != event)
    return tuple(c for c in lapses if c and c.passed(at))


def premature(case: Case, event: str, at: datetime) -> bool:
    """Whether `event` happens by operation of law only, and no time limit for it has run out."""
    if event not in case._program.by_law:
        return False
    due = (_clock(case, d) for d in case._landing.situation.lapses if d.on_expiry == event)
    return not any(c and c.ends <= at for c in due)


def advance(case: Case, to: datetime) -> Case:
    """Apply, in order, every expiry that happens by operation of law up to `to`."""
    while (due := _next_lapse(case, to)) is not None:
        event = due.deadline.on_expiry
        assert event is not None
        case = case.step(event, by=due.deadline.owner, at=max(due.ends, case.at))
    return case


def _next_lapse(case: Case, to: datetime) -> Clock | None:
    lapses = (c for c in clocks(case) if c.deadline.on_expiry and c.passed(to))
    return next(lapses, None)


def _clock(case: Case, deadline: Deadline) -> Clock | None:
    amount = _amount(case, deadline)
    started = _started(case, deadline)
    if amount is None or started is None or not _applies(case, deadline):
        return None
    counting = deadline.counting
    found = limit(
        started,
        amount,
        deadline.length.unit.value,
        first_day_counts=counting.first_day_counts,
        rest_day_moves=counting.rest_day_moves,
    )
    return Clock(deadline, started, found.last, found.ends)


def _applies(case: Case, deadline: Deadline) -> bool:
    test = compile_guard(deadline.guard, case.process, case.states)
    return test if isinstance(test, bool) else test(case._facts, case.at, case) is True


def _amount(case: Case, deadline: Deadline) -> int | None:
    """The length in its unit: the law's figure and what the case's facts add to it."""
    amount = length_amount(case.process, deadline.length)
    if amount is None:
        return None
    added = [case.facts.get(fact) for fact in deadline.length.plus]
    return amount + sum(n for n in added if isinstance(n, int))


def _started(case: Case, deadline: Deadline) -> datetime | None:
    start = deadline.start
    if isinstance(start, OnFact):
        value = case.facts.get(start.fact)
        return None if value is None else moment(value)  # type: ignore[arg-type]
    if isinstance(start, OnEvent):
        return _latest(case, start.events)
    return _entered(case, deadline)


def _latest(case: Case, events: tuple[str, ...]) -> datetime | None:
    return next((c.at for c in case.snapshots() if c._landing.event in events), None)


def _entered(case: Case, deadline: Deadline) -> datetime:
    """When the machine came into the deadline's states and has stayed since."""
    index = case._program.machine_index(deadline.machine)
    entered = case.at
    for snapshot in case.snapshots():
        if snapshot._landing.situation.configuration[index] not in deadline.states:
            break
        entered = snapshot.at
    return entered
