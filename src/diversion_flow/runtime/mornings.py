"""Mornings that say little by themselves: when made-up cases are opened, and go on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

from .calendar import is_rest_day, moment

_DAY, _FORTNIGHT, _JUNE = timedelta(days=1), timedelta(days=14), 6
_USUAL, _WEEKS = date(2024, 6, 3), 28


def beginning(since: date, until: date) -> date:
    """The first of these days; where they have none, a usual one, or one shortly before the end."""
    soon = date.fromordinal(max(until.toordinal() - _WEEKS, 1))
    return since if since > date.min else min(_USUAL, soon)


@lru_cache(maxsize=128)
def morning(since: date, until: date) -> datetime:
    """A Monday within these days, if there is one; of June, if that is, for it has no holiday."""
    june = date(since.year + (since.month > _JUNE), _JUNE, 1)
    day = june if since < june <= until - _FORTNIGHT else since
    while day < until and (day.weekday() != 0 or (day.month != _JUNE and is_rest_day(day))):
        day += _DAY
    return at_hour(day, 9)


def following(now: datetime) -> Iterator[datetime]:
    """In the morning of the next working day, and of the next rest day."""
    for rest in (False, True):
        day = now.date() + _DAY
        while is_rest_day(day) is not rest:
            day += _DAY
        yield at_hour(day, 10)


def at_hour(day: date, hour: int) -> datetime:
    """That hour of the day (JST)."""
    return moment(datetime(day.year, day.month, day.day, hour))
