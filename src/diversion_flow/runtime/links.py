"""Clocks that stand still and are renewed: what a case carries of one, and where it then ends.

Such a clock runs through links, one after the other: the limit's own length, then that of each
renewal. Of the link that runs a case carries what was used of it before the latest stop, and
from when it is used again; so nothing walks the journal. Days are whole days of Japan; hours and
minutes are used from moment to moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ..definition import CallError, Deadline, Length, Unit
from ..definition.deadline import EXACT, MOST
from ..definition.moments import JST
from .bearing import CLOSED
from .calendar import Limit, last_day_of_months, midnight, next_working_day

if TYPE_CHECKING:
    from .bearing import Bearing
    from .logic import Facts

_DAY: Final = timedelta(days=1)
_INSTANT: Final = timedelta(microseconds=1)
_NONE: Final = timedelta(0)
_TURNS: Final = 256  # of each kind that are kept of one limit


class Link(NamedTuple):
    """For how long a clock runs: so many units."""

    amount: int
    unit: Unit


class Run(NamedTuple):
    """A clock that has stopped or been renewed, as a case carries it; of any other that has begun
    it carries when.

    `link` is the renewal that runs, None for the limit's own length, which facts may yet change;
    it began at `first`, and `used` of it was used before the latest stop. From `runs` on it is
    used again (None: it stands still), and it does not end before `least`. The days before
    `judged` have been counted or left out for good. `waiting` are the renewals that begin after.
    """

    began: datetime
    first: datetime
    runs: datetime | None
    least: datetime
    judged: datetime
    used: timedelta = _NONE
    link: Link | None = None
    waiting: tuple[Link, ...] = ()


Running = datetime | Run


def began_at(running: Running) -> datetime:
    """When the clock has begun."""
    return running.began if isinstance(running, Run) else running


def stands_still(running: Running) -> bool:
    """Whether the clock is stopped."""
    return isinstance(running, Run) and running.runs is None


class Rest(NamedTuple):
    """What is left of a clock that stands still: of the link that ran, and the renewals after."""

    left: timedelta
    waiting: tuple[Link, ...]


class Tally:
    """Counts the clocks of one limit that may stop or be renewed."""

    __slots__ = (
        "_amount", "_bearing", "_counted", "_counting", "_limit", "_longest", "_renew", "_stop",
        "_unit",
    )  # fmt: skip

    def __init__(self, bearing: Bearing, limit: Deadline) -> None:
        self._bearing, self._limit, self._counting = bearing, limit, limit.counting
        self._amount, self._unit = bearing.lengths[limit.id], limit.length.unit
        self._longest = bearing.longest(limit)
        # a case is asked again and again where its clocks stand, and a stored one is made anew
        self._counted = lru_cache(maxsize=1_024)(self._count)
        self._stop = lru_cache(maxsize=_TURNS)(self._halt)
        self._renew = lru_cache(maxsize=_TURNS)(self._extend)

    # -- what happens to a clock ----------------------------------------------------------

    def run(self, running: Running) -> Run:
        """The clock, with all that is told of one that has stopped or been renewed."""
        if isinstance(running, Run):
            return running
        if self._unit in EXACT:
            return Run(running, running, running, running, running)
        day = _day(running)
        first = day if self._counting.first_day_counts else day + _DAY
        return Run(running, first, first, day + _DAY, first)

    def begun_stopped(self, at: datetime) -> Run:
        """A clock that begins where it is stopped: its stop begins with it."""
        return self._stopped(self.run(at), at)

    def stopped(self, running: Running, at: datetime, facts: Facts) -> Run:
        """The clock, stopped; one that has run out is over for good."""
        return self._stop(running, at, self._length(facts))

    def _halt(self, running: Running, at: datetime, length: int | None) -> Run:
        run, over = self._on(self.run(running), at, length)
        return run if over or run.runs is None else self._stopped(run, at)

    def _stopped(self, run: Run, at: datetime) -> Run:
        assert run.runs is not None
        if self._exact(run):
            return run._replace(used=run.used + (at - run.runs), runs=None)
        day = _day(at)
        used = max(_NONE, day - run.runs)
        if self._counting.stop_day_counts and day >= run.judged:
            used += _DAY
        return run._replace(used=run.used + used, runs=None, judged=day + _DAY)

    def resumed(self, run: Running, at: datetime) -> Running:
        """The clock, going on with what is left."""
        if not isinstance(run, Run) or run.runs is not None:
            return run
        if self._exact(run):
            return run._replace(runs=at, least=at)
        day = _day(at)
        runs = day if self._counting.resume_day_counts else day + _DAY
        return run._replace(runs=max(runs, run.judged), least=day + _DAY)

    def renewed(
        self, running: Running, at: datetime, facts: Facts, length: Length, then: Facts
    ) -> Running:
        """The clock, renewed for what the facts recorded `then` say; one that has run out is not.

        CallError where its end would lie beyond what can be counted.
        """
        amount = self._bearing.amount(length, then)
        if not amount:
            return running
        return self._renew(running, at, self._length(facts), Link(amount, length.unit))

    def _extend(self, running: Running, at: datetime, length: int | None, link: Link) -> Running:
        run, over = self._on(self.run(running), at, length)
        if over:
            return running
        run = run._replace(waiting=(*run.waiting, link))
        if sum(map(_longest, run.waiting), _NONE) > self._longest:
            raise CallError("renewal_beyond", deadline=self._limit.id)
        return run

    # -- where it stands -------------------------------------------------------------------

    def stands(self, running: Running, facts: Facts) -> Limit | Rest | None:
        """When it ends, with every renewal so far; while it stands still, what is left. None
        where no length is set."""
        length = self._length(facts)
        return None if length is None else self._counted(running, length)

    def _length(self, facts: Facts) -> int | None:
        """The limit's own length, which facts may lengthen; None where none is set."""
        if self._amount is None or not self._limit.length.plus:
            return self._amount
        return self._bearing.length(self._limit, facts)

    def _count(self, running: Running, length: int) -> Limit | Rest:
        run = self.run(running)
        if run.runs is None:
            return Rest(max(_NONE, self._span(run, length) - run.used), run.waiting)
        *_, (_, last) = self._chain(run, length)
        return last

    def _on(self, run: Run, at: datetime, length: int | None) -> tuple[Run, bool]:
        """The clock, with the link that runs at that moment, and whether it has run out."""
        if length is None or run.runs is None:
            return run, False
        reached = run
        for reached, end in self._chain(run, length):
            if at < end.ends:
                return reached, False
        return reached, True

    def _chain(self, run: Run, length: int) -> Iterator[tuple[Run, Limit]]:
        """The link that runs and each that waits, with its end; the limit's own is so long."""
        while True:
            end = self._end(run, length)
            yield run, end
            if not run.waiting:
                return
            run = self._next(run, end)

    def _next(self, run: Run, end: Limit) -> Run:
        """The next link: it begins where the former ends, its first day counted."""
        link, *waiting = run.waiting
        if link.unit not in EXACT:
            first = _day(end.last) + _DAY
        else:
            first = end.last if self._exact(run) else end.ends
        return Run(run.began, first, first, first, first, _NONE, link, tuple(waiting))

    def _end(self, run: Run, length: int) -> Limit:
        assert run.runs is not None
        left = max(_NONE, self._span(run, length) - run.used)
        end = max(run.runs + left, run.least)
        if self._exact(run):
            return Limit(end, end + _INSTANT)
        if self._counting.rest_day_moves:
            end = midnight(next_working_day((end - _DAY).date()) + _DAY)
        return Limit(end - _INSTANT, end)

    def _span(self, run: Run, length: int) -> timedelta:
        """How long the link is; months by the calendar from its first day."""
        amount, unit = (length, self._unit) if run.link is None else run.link
        return _span(run.first, amount, unit)

    def _exact(self, run: Run) -> bool:
        return (self._unit if run.link is None else run.link.unit) in EXACT


def _day(at: datetime) -> datetime:
    return datetime(at.year, at.month, at.day, tzinfo=JST)


def _span(first: datetime, amount: int, unit: Unit) -> timedelta:
    if unit in EXACT:
        return timedelta(**{unit.value: amount})
    if unit is Unit.DAYS:
        return timedelta(days=amount)
    months = amount * (12 if unit is Unit.YEARS else 1)
    return last_day_of_months(first.date(), months) + _DAY - first.date()


@lru_cache(maxsize=1_024)
def _longest(link: Link) -> timedelta:
    """How long it is at most; each may be moved off rest days by itself."""
    return timedelta(days=MOST[Unit.DAYS]) * link.amount / MOST[link.unit] + CLOSED
