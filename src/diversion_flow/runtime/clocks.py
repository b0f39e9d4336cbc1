"""Which time limits are running, when they end, and what happens by operation of law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from attrs import frozen

from ..definition import Deadline, OnFact
from ..definition.guard import ALWAYS
from ..definition.moments import Moment, moment
from .asking import Asking

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


def overdue(asked: Asking, event: str) -> list[Clock]:
    """The clocks whose expiry had to take effect before `event` could happen.

    An event that comes when its own limit runs out waits for earlier limits only; of two that
    run out at once either may come first.
    """
    passed = [c for c in _lapses(asked) if asked.at >= c.ends and c.deadline.on_expiry != event]
    if passed and event in asked.program.by_law:
        own = min((c.ends for c in _lapses(asked) if c.deadline.on_expiry == event), default=None)
        if own is not None and asked.at == max(own, asked.case.at):
            return [c for c in passed if c.ends < own]
    return passed


def premature(asked: Asking, event: str) -> bool:
    """Whether `event` happens by operation of law only, and no time limit for it has run out."""
    return event in asked.program.by_law and not any(
        c.deadline.on_expiry == event and c.passed(asked.at) for c in _lapses(asked)
    )


def _lapses(asked: Asking) -> tuple[Clock, ...]:
    """The clocks running in the case at whose end something happens by operation of law."""
    if asked.lapses is None:
        asked.lapses = tuple(_running(Asking(asked.case), asked.situation.lapses))
    return asked.lapses


def _running(now: Asking, deadlines: Iterable[Deadline]) -> Iterator[Clock]:
    bearing = now.program.bearing
    for deadline in deadlines:
        since = started(now, deadline)
        if since is not None and (deadline.guard is ALWAYS or now.holds(deadline.guard)):
            found = bearing.limit(deadline, since, now.facts)
            if found is not None:
                yield Clock(deadline, since, found.last, found.ends)


def started(now: Asking, deadline: Deadline) -> datetime | None:
    """When the limit began to run, if it has begun."""
    start = deadline.start
    if isinstance(start, OnFact):
        value = now.fact(start.fact)
        return moment(value) if isinstance(value, date) else None
    return now.program.clockwork.since(now.case._began, deadline)
