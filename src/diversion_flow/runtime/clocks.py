"""Which time limits are running, when they end, and what happens by operation of law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from attrs import frozen

from ..definition import Deadline, OnEvent, OnFact
from ..definition.moments import Moment, moment
from .asking import Asking
from .calendar import limit

if TYPE_CHECKING:
    from .case import Case


@frozen
class Clock:
    """A deadline that is running in a case (JST).

    `last` is the last permitted moment, which people are shown; `ends` the first moment at
    which the limit is over, and expiry takes effect.
    """

    deadline: Deadline
    started: datetime
    last: datetime
    ends: datetime

    def passed(self, at: Moment) -> bool:
        """Whether the limit is over at this moment."""
        return moment(at) >= self.ends

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
    now = Asking(case)
    return next(_running(now, (d for d in now.situation.deadlines if d.id == deadline)), None)


def duties(case: Case) -> tuple[Clock, ...]:
    """The clocks at whose end nothing happens by itself: until then somebody has to act."""
    now = Asking(case)
    return tuple(_running(now, (d for d in now.situation.deadlines if d.on_expiry is None)))


def overdue(asked: Asking, event: str) -> tuple[Clock, ...]:
    """The clocks whose expiry had to take effect before `event` could happen."""
    return tuple(c for c in _lapses(asked) if c.deadline.on_expiry != event and c.passed(asked.at))


def premature(asked: Asking, event: str) -> bool:
    """Whether `event` happens by operation of law only, and no time limit for it has run out."""
    due = (c for c in _lapses(asked) if c.deadline.on_expiry == event and c.passed(asked.at))
    return event in asked.program.by_law and next(due, None) is None


def _lapses(asked: Asking) -> tuple[Clock, ...]:
    """The clocks running in the case at whose end something happens by operation of law."""
    if asked.lapses is None:
        asked.lapses = tuple(_running(Asking(asked.case), asked.situation.lapses))
    return asked.lapses


def _running(now: Asking, deadlines: Iterable[Deadline]) -> Iterator[Clock]:
    for deadline in deadlines:
        bearing, since = now.program.bearing, started(now, deadline)
        if (
            bearing.lengths[deadline.id] is not None
            and since is not None
            and now.holds(deadline.guard)
        ):
            counting = deadline.counting
            found = limit(
                since,
                bearing.length(deadline, now.facts),
                deadline.length.unit.value,
                first_day_counts=counting.first_day_counts,
                rest_day_moves=counting.rest_day_moves,
            )
            yield Clock(deadline, since, found.last, found.ends)


def started(now: Asking, deadline: Deadline) -> datetime | None:
    """When the limit began to run, if it has begun."""
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
