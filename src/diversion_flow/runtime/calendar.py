"""Legal time: when a time limit ends, in Japan's civil calendar and by the rules of its law.

Every date and hour that the library computes comes from here. Three rules decide a limit:

* from when it is counted: hours and minutes at once; days, months and years from the next
  day, unless the law counts the first day (detention);
* how months and years are counted: by the calendar, never as 30 or 365 days;
* whether a last day on which the offices are closed moves to the next working day.

Sources: 刑事訴訟法 (Code of Criminal Procedure, CCP) 55; 民法 (Civil Code) 138-143;
国民の祝日に関する法律 (Act on National Holidays) 2, 3. Which limit follows which rule is
said by the process definition, not here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple

from ..definition import CallError
from ..definition.arguments import argument
from ..definition.moments import JST, day_of, midnight, moment
from ..definition.text import worded
from .holidays import HOLIDAYS

__all__ = [
    "JST",
    "YEARS",
    "Limit",
    "day_of",
    "is_national_holiday",
    "is_rest_day",
    "last_day_of_months",
    "limit",
    "limit_before",
    "midnight",
    "moment",
    "next_working_day",
    "working_day_before",
]

_DAY: Final = timedelta(days=1)
_INSTANT: Final = timedelta(microseconds=1)
_MONTHS: Final = {"months": 1, "years": 12}
_UNITS: Final = ("minutes", "hours", "days", "months", "years")
_YEAR_TURN: Final = frozenset({(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)})
YEARS: Final = (min(HOLIDAYS), max(HOLIDAYS))  # those whose national holidays are known


class Limit(NamedTuple):
    """When a time limit ends (JST).

    `last` is the last permitted moment: an act at `last` is in time. `ends` is the first moment
    at which the limit is over and expiry takes effect, as release from a detention that has run
    out: the instant after `last`. For days, months and years the period runs to the end of its
    last day (民法 Civil Code 141), so `ends` is the following midnight.
    """

    last: datetime
    ends: datetime

    @property
    def last_day(self) -> date:
        """The day (JST) of the last permitted moment: 満了日, the date written on papers."""
        return self.last.date()


def is_national_holiday(day: date) -> bool:
    """Whether the day is a holiday under 国民の祝日に関する法律 (Act on National Holidays) 3.

    Includes substitute holidays (振替休日), citizens' holidays (国民の休日) and the days set by
    special laws (the enthronement of 2019, the Olympic Games of 2020 and 2021). The equinoxes
    of coming years are astronomical forecasts until the February before, when they are fixed
    in the Official Gazette; an Act may add or move holidays at any time.

    Raises:
        CallError: the day lies outside the years 1949 to 2099.
    """
    civil = day_of(day, "day")
    return civil in _national_holidays(civil.year)


def is_rest_day(day: date) -> bool:
    """Whether a period may not end on this day under 刑事訴訟法 (CCP) 55(3).

    Rest days are Saturdays, Sundays, national holidays, 2 and 3 January and 29 to 31 December:
    the same days on which public offices are closed (行政機関の休日に関する法律, Act on
    Holidays of Administrative Organs, 1).

    Raises:
        CallError: the day lies outside the years 1949 to 2099 (not for weekends, year's turn).
    """
    day = day_of(day, "day")
    return day.weekday() >= 5 or (day.month, day.day) in _YEAR_TURN or is_national_holiday(day)


def next_working_day(day: date) -> date:
    """The first day from `day` on, `day` included, that is no rest day.

    Raises:
        CallError: the day lies outside the years 1949 to 2099.
    """
    day = day_of(day, "day")
    while is_rest_day(day):
        if day.year > YEARS[1]:  # the weekends beyond need no table, but no Monday can be told
            raise CallError("holidays_unknown", first=YEARS[0], last=YEARS[1])
        day += _DAY
    return day


def working_day_before(day: date) -> date:
    """The last day up to `day`, `day` included, that is no rest day.

    Raises:
        CallError: the day lies outside the years 1949 to 2099.
    """
    day = day_of(day, "day")
    while is_rest_day(day):
        day -= _DAY
    return day


def last_day_of_months(first_day: date, months: int) -> date:
    """The last day of a period that begins at the start of `first_day` and runs whole months.

    民法 (Civil Code) 143(2): it is the day before the corresponding day (応当日) of the last
    month, or the last day of that month if it has no such day. From 31 August six months run
    to 28 February (29 in a leap year), because there is no 31 February. No months at all leave
    the day before `first_day`.

    Raises:
        CallError: `months` is negative, or the period runs beyond the year 9999.
    """
    _amount("months", months)
    first_day = day_of(first_day, "first_day")
    month = first_day.year * 12 + first_day.month - 1 + months
    corresponding = _first_of_month(month) + timedelta(days=first_day.day - 1)
    return min(corresponding, _first_of_month(month + 1)) - _DAY


def limit(
    start: datetime,
    amount: int,
    unit: str,
    *,
    first_day_counts: bool = False,
    rest_day_moves: bool = False,
) -> Limit:
    """When a limit of `amount` units that starts at `start` ends.

    Args:
        start: The moment that sets the clock running, such as restraint or judgment; without
            an offset it is Japanese time.
        amount: The length in units, 0 or more. A period never ends before the day it starts.
        unit: "minutes" or "hours" run from moment to moment (即時, CCP 55(1)) and end at night
            and on holidays too. "days", "months" and "years" end with a whole day; months and
            years run by the calendar (CCP 55(2), Civil Code 143).
        first_day_counts: The day of `start` is day one, however late its hour. So for
            detention, in the suspect's favour (CCP 208(1), 60(2)). Otherwise the next day is
            day one (初日不算入, CCP 55(1), Civil Code 140). A period that begins with the day
            itself (Civil Code 140 proviso), as probation from finality, also counts it; that
            is never guessed from a `start` at midnight. Means nothing for hours and minutes.
        rest_day_moves: A period whose last day is a rest day ends on the next working day
            (CCP 55(3)). So for an appeal; not for detention, where it would lengthen custody.
            Means nothing for hours and minutes.

    Raises:
        CallError: the unit is unknown, the amount is negative, the limit runs beyond the
            year 9999, or a moved limit lies outside the years 1949 to 2099.
    """
    _check(amount, unit)
    start = moment(start)
    try:
        if unit in ("minutes", "hours"):
            last = start + timedelta(**{unit: amount})
            return Limit(last, last + _INSTANT)
        last_day = _last_day(start.date(), amount, unit, first_day_counts)
        ends = midnight((next_working_day(last_day) if rest_day_moves else last_day) + _DAY)
    except OverflowError:
        raise CallError("limit_beyond") from None
    return Limit(ends - _INSTANT, ends)


def _last_day(start: date, amount: int, unit: str, first_day_counts: bool) -> date:
    first = start if first_day_counts else start + _DAY
    if unit == "days":
        last = first + timedelta(days=amount - 1)
    else:
        last = last_day_of_months(first, amount * _MONTHS[unit])
    return max(last, start)


def limit_before(
    end: datetime,
    amount: int,
    unit: str,
    *,
    first_day_counts: bool = False,
    rest_day_moves: bool = False,
) -> Limit:
    """The last moment that lies `amount` units before `end`: 14 days before a release.

    Args:
        end: The moment from which is counted back; without an offset it is Japanese time.
        amount: The length in units, 0 or more.
        unit: "minutes" or "hours" are counted from moment to moment. For "days", "months" and
            "years" the whole of the last day is permitted; months and years run back by the
            calendar, to the last day of a month that has no such day. 14 days before the 15th
            is the 1st.
        first_day_counts: The day of `end` is day one: then it is the 2nd.
        rest_day_moves: A last day that is a rest day moves back to the working day before it, so
            that the time that has to remain is never shorter.

    No provision says in general how days are counted back; inferred from Civil Code 140 to 143.

    Raises:
        CallError: the unit is unknown, the amount is negative, the limit runs back beyond the
            year 1, or a moved limit lies outside the years 1949 to 2099.
    """
    _check(amount, unit)
    end = moment(end)
    try:
        if unit in ("minutes", "hours"):
            last = end - timedelta(**{unit: amount})
            return Limit(last, last + _INSTANT)
        day = _day_before(end.date(), amount, unit)
        if first_day_counts and amount:
            day += _DAY
        ends = midnight((working_day_before(day) if rest_day_moves else day) + _DAY)
    except OverflowError:
        raise CallError("limit_beyond") from None
    return Limit(ends - _INSTANT, ends)


def _day_before(day: date, amount: int, unit: str) -> date:
    if unit == "days":
        return day - timedelta(days=amount)
    month = day.year * 12 + day.month - 1 - amount * _MONTHS[unit]
    corresponding = _first_of_month(month) + timedelta(days=day.day - 1)
    return min(corresponding, _first_of_month(month + 1) - _DAY)


def _check(amount: int, unit: str) -> None:
    if unit not in _UNITS:
        raise CallError("limit_unit", unit=worded(unit), units=_UNITS)
    _amount("amount", amount)


def _amount(name: str, given: int) -> None:
    argument(name, given, int)
    if given < 0:
        raise CallError("limit_negative")


def _first_of_month(months: int) -> date:
    """The first day of a month given as months since the year 0."""
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise CallError("limit_beyond")
    return date(year, month + 1, 1)


# One whole year at a time, built before it is shared: threads never see half a year.
@cache
def _national_holidays(year: int) -> frozenset[date]:
    """The year's holidays."""
    first, last = YEARS
    if not first <= year <= last:
        raise CallError("holidays_unknown", first=first, last=last)
    return frozenset(date.fromisoformat(f"{year}-{day}") for day in HOLIDAYS[year].split())
