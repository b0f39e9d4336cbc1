"""Which time limits are running, when they end, and what happens by operation of law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from attrs import frozen

from ..definition import Deadline, OnEvent, OnFact
from ..definition.deadline import length_amount
from .asking import Asking
from .calendar import limit, moment

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
    now = Asking(case)
    return tuple(sorted(_running(now, now.situation.deadlines), key=lambda c: c.ends))


def clock(case: Case, deadline: str) -> Clock | None:
    """One clock; None while it is not running."""
    return next((c for c in clocks(case) if c.deadline.id == deadline), None)


def overdue(asked: Asking, event: str) -> tuple[Clock, ...]:
    """The clocks whose expiry had to take effect before `event` could happen."""
    return tuple(c for c in _lapses(asked) if c.deadline.on_expiry != event and c.passed(asked.at))


def premature(asked: Asking, event: str) -> bool:
    """Whether `event` happens by operation of law only, and no time limit for it has run out."""
    due = (c for c in _lapses(asked) if c.deadline.on_expiry == event and c.ends <= asked.at)
    return event in asked.program.by_law and next(due, None) is None


def _lapses(asked: Asking) -> tuple[Clock, ...]:
    """The clocks running in the case at whose end something happens by operation of law."""
    if asked.lapses is None:
        asked.lapses = tuple(_running(Asking(asked.case), asked.situation.lapses))
    return asked.lapses


def advance(case: Case, to: datetime) -> Case:
    """Apply, in order, every expiry that happens by operation of law up to `to`."""
    while (due := _next_lapse(case, to)) is not None:
        event = due.deadline.on_expiry
        assert event is not None
        case = case.step(event, by=due.deadline.owner, at=max(due.ends, case.at))
    return case


def _next_lapse(case: Case, to: datetime) -> Clock | None:
    return next((c for c in clocks(case) if c.deadline.on_expiry and c.passed(to)), None)


def _running(now: Asking, deadlines: Iterable[Deadline]) -> Iterator[Clock]:
    for deadline in deadlines:
        amount, started = _amount(now, deadline), _started(now, deadline)
        if amount is not None and started is not None and now.holds(deadline.guard):
            counting = deadline.counting
            found = limit(
                started,
                amount,
                deadline.length.unit.value,
                first_day_counts=counting.first_day_counts,
                rest_day_moves=counting.rest_day_moves,
            )
            yield Clock(deadline, started, found.last, found.ends)


def _amount(now: Asking, deadline: Deadline) -> int | None:
    """The length in its unit: the law's figure and what the case's facts add to it."""
    amount = length_amount(now.process, deadline.length)
    if amount is None:
        return None
    added = [now.fact(fact) for fact in deadline.length.plus]
    return amount + sum(n for n in added if isinstance(n, int))


def _started(now: Asking, deadline: Deadline) -> datetime | None:
    start = deadline.start
    if isinstance(start, OnFact):
        value = now.fact(start.fact)
        return moment(value) if isinstance(value, date) else None
    if isinstance(start, OnEvent):
        events = start.events
        return next((at for at, arrival in now.arrivals() if arrival.event in events), None)
    return _entered(now, deadline)


def _entered(now: Asking, deadline: Deadline) -> datetime:
    """When the machine came into the deadline's states and has stayed since."""
    index = now.program.machine_index(deadline.machine)
    entered = now.at
    for at, arrival in now.arrivals():
        if arrival.situation.configuration[index] not in deadline.states:
            break
        entered = at
    return entered
