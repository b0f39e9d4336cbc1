"""Time limits against a table counted by hand, an independent reference, and general laws."""

from __future__ import annotations

import subprocess
import sys
import time
import tomllib
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from random import Random
from runpy import run_path
from typing import Any

import jpholiday
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import CallError
from diversion_flow.runtime import holidays
from diversion_flow.runtime.calendar import (
    JST,
    YEARS,
    Limit,
    is_national_holiday,
    is_rest_day,
    last_day_of_months,
    limit,
    moment,
    next_working_day,
)
from helpers.amounts import Amount
from helpers.places import DATA, ROOT

TABLE = DATA / "time_limits.toml"
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def table_rows() -> Iterator[Any]:
    for name, group in tomllib.loads(TABLE.read_text(encoding="utf-8")).items():
        rule = {key: group[key] for key in ("first_day_counts", "rest_day_moves")}
        for start, length, last, reasoning in group["rows"]:
            yield pytest.param(
                start, length, last, rule, reasoning, id=f"{name}: {start} + {length}"
            )


ROWS = list(table_rows())


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 70


@pytest.mark.parametrize(("start", "length", "expected", "rule", "reasoning"), ROWS)
def test_table(
    start: str, length: str, expected: str, rule: dict[str, bool], reasoning: str
) -> None:
    amount, unit = length.split()
    last, weekday = expected.split()
    found = limit(moment(start), int(amount), unit, **rule)

    assert WEEKDAYS[date.fromisoformat(last[:10]).weekday()] == weekday, "weekday in the table"
    assert found.last_day == date.fromisoformat(last[:10]), reasoning
    if unit in ("hours", "minutes"):
        assert found.last == moment(last), reasoning
    else:
        assert found.ends == moment(found.last_day + DAY), reasoning
    assert found.last == found.ends - INSTANT, reasoning


def test_renewals_follow_one_another() -> None:
    """CCP 60(2): each renewal begins the day after the former period has run out."""
    first = limit(moment("2024-12-31T15:00"), 2, "months", first_day_counts=True)
    second = limit(first.ends, 1, "months", first_day_counts=True)
    third = limit(second.ends, 1, "months", first_day_counts=True)
    # 31 December to 28 February, then the whole of March, then the whole of April.
    assert [each.last_day.isoformat() for each in (first, second, third)] == [
        "2025-02-28",
        "2025-03-31",
        "2025-04-30",
    ]


def test_judgment_finality_and_suspension_follow_one_another() -> None:
    appeal = limit(moment("2024-04-22T11:00"), 14, "days", rest_day_moves=True)
    suspension = limit(appeal.ends, 1, "years", first_day_counts=True)
    # Day fourteen, 6 May, is a substitute holiday; final on 8 May; over with 7 May.
    assert appeal.last_day == date(2024, 5, 7)
    assert suspension.last_day == date(2025, 5, 7)


def test_an_extension_counted_from_release_is_not_the_sum_of_two_periods() -> None:
    """Released 30 August: 12 months end a day before 6 months and then 6 months more."""
    release = moment("2024-08-30T10:00")
    basic = limit(release, 6, "months")
    chained = limit(basic.last, 6, "months")
    assert limit(release, 12, "months").last_day == date(2025, 8, 30)
    assert chained.last_day == date(2025, 8, 31)


# Holidays and rest days


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        ("2019-04-27", False),  # Saturday
        ("2019-04-28", False),  # Sunday
        ("2019-04-29", True),  # Showa Day
        ("2019-04-30", True),  # between two holidays
        ("2019-05-01", True),  # enthronement
        ("2019-05-02", True),  # between two holidays
        ("2019-05-03", True),
        ("2019-05-04", True),
        ("2019-05-05", True),
        ("2019-05-06", True),  # substitute for Sunday the 5th
        ("2019-05-07", False),
        ("2019-10-22", True),  # enthronement ceremony
        ("2018-05-01", False),
        ("2018-12-23", True),  # Emperor's Birthday until 2018
        ("2018-12-24", True),  # its substitute
        ("2019-02-23", False),  # none in 2019
        ("2019-12-23", False),
        ("2020-02-23", True),  # Emperor's Birthday from 2020
        ("2020-02-24", True),  # its substitute
        ("2020-07-20", False),  # Marine Day moved away
        ("2020-07-23", True),
        ("2020-07-24", True),  # Sports Day moved here
        ("2020-08-10", True),  # Mountain Day moved here
        ("2020-08-11", False),
        ("2020-10-12", False),  # Sports Day moved away
        ("2021-07-19", False),
        ("2021-07-22", True),
        ("2021-07-23", True),
        ("2021-08-08", True),
        ("2021-08-09", True),  # its substitute
        ("2021-08-11", False),
        ("2021-10-11", False),
        ("2022-07-18", True),  # back to the third Monday
        ("2022-08-11", True),
        ("2022-10-10", True),
        ("2009-09-22", True),  # citizens' holidays
        ("2015-09-22", True),
        ("2026-09-22", True),
        ("2024-09-22", True),
        ("2024-09-23", True),
        ("2024-12-31", False),  # a rest day, no holiday
        ("2023-01-02", True),  # substitute for Sunday 1 January
        ("2024-01-02", False),  # a rest day, no holiday
    ],
)
def test_national_holidays(day: str, holiday: bool) -> None:
    assert is_national_holiday(date.fromisoformat(day)) is holiday


def test_the_written_holidays_are_those_of_the_library() -> None:
    """After a change of the library: `python scripts/holidays`, then git diff."""
    script = run_path(str(ROOT / "scripts" / "holidays"))
    assert Path(holidays.__file__).read_text("utf-8") == script["written"]()


@pytest.mark.again
def test_the_written_holidays_are_those_of_a_second_library(amount: Amount) -> None:
    """It has a holiday between two others, and a substitute for one on a Sunday, before the law
    had them (Act 103 of 1985, in force on its day of promulgation, 27 December; Act 10 of 1973,
    from 12 April)."""
    for year in range(YEARS[0], YEARS[1] + 1, amount(1, 5)):
        ours = set(holidays.HOLIDAYS[year].split())
        theirs = {f"{day:%m-%d}" for day, _ in jpholiday.year_holidays(year)}
        if year < 1986:
            theirs -= {"05-04"} - ours
        if year == 1973:
            theirs -= {"02-12"}
        assert ours == theirs, year


@pytest.mark.parametrize(
    ("day", "rests"),
    [
        ("2023-12-28", False),  # Thursday, last working day
        ("2023-12-29", True),
        ("2023-12-30", True),
        ("2023-12-31", True),
        ("2024-01-01", True),
        ("2024-01-02", True),
        ("2024-01-03", True),
        ("2024-01-04", False),  # Thursday, first working day
        ("2024-04-06", True),  # Saturday
        ("2024-04-07", True),  # Sunday
        ("2024-04-08", False),
        ("2024-04-29", True),  # Showa Day
        ("2024-04-30", False),
        ("2024-12-25", False),
        ("2024-08-15", False),  # customary holiday, none in law
    ],
)
def test_rest_days(day: str, rests: bool) -> None:
    assert is_rest_day(date.fromisoformat(day)) is rests


def test_next_working_day() -> None:
    assert next_working_day(date(2024, 4, 5)) == date(2024, 4, 5)
    assert next_working_day(date(2024, 4, 6)) == date(2024, 4, 8)
    assert next_working_day(date(2024, 12, 28)) == date(2025, 1, 6)
    assert next_working_day(date(2019, 4, 27)) == date(2019, 5, 7)


def test_a_moment_given_as_day_counts_at_its_japanese_date() -> None:
    evening_in_greenwich = datetime(2024, 4, 28, 20, tzinfo=UTC)  # 29 April in Japan
    assert is_national_holiday(evening_in_greenwich)
    assert is_rest_day(evening_in_greenwich)
    assert is_rest_day(datetime(2024, 5, 31, 20, tzinfo=UTC))  # Friday there, Saturday in Japan
    assert next_working_day(evening_in_greenwich) == date(2024, 4, 30)
    assert last_day_of_months(evening_in_greenwich, 1) == date(2024, 5, 28)


@pytest.mark.parametrize("year", [1948, 2100])
def test_years_without_known_holidays_are_refused(year: int) -> None:
    wednesday = next(d for d in (date(year, 6, n) for n in range(1, 8)) if d.weekday() == 2)
    with pytest.raises(ValueError, match="1949 to 2099"):
        is_rest_day(wednesday)


# Moments


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-04-01", "2024-04-01T00:00:00+09:00"),
        ("2024-04-01T13:30", "2024-04-01T13:30:00+09:00"),
        ("2024-04-01T13:30:00+09:00", "2024-04-01T13:30:00+09:00"),
        ("2024-04-01T13:30:00Z", "2024-04-01T22:30:00+09:00"),
        ("2024-03-31T20:00:00-05:00", "2024-04-01T10:00:00+09:00"),
        (date(2024, 2, 29), "2024-02-29T00:00:00+09:00"),
        (datetime(2024, 2, 29, 23, 59), "2024-02-29T23:59:00+09:00"),
        (datetime(2024, 2, 29, 23, 59, tzinfo=UTC), "2024-03-01T08:59:00+09:00"),
        ("0001-01-01T00:00:00+09:00", "0001-01-01T00:00:00+09:00"),  # no moment of Greenwich
    ],
)
def test_moment(value: str | date | datetime, expected: str) -> None:
    found = moment(value)
    assert found.isoformat() == expected
    assert found.tzinfo is JST


def test_moment_keeps_a_japanese_moment() -> None:
    now = datetime(2024, 4, 1, tzinfo=JST)
    assert moment(now) is now


def test_a_zone_without_an_offset_is_no_zone() -> None:
    class Unsaid(tzinfo):
        def utcoffset(self, dt: datetime | None) -> timedelta | None:
            return None

        dst = utcoffset

        def tzname(self, dt: datetime | None) -> str | None:
            return None

    assert moment(datetime(2024, 4, 1, 9, tzinfo=Unsaid())) == moment("2024-04-01T09:00")


@pytest.mark.parametrize("text", ["", "tomorrow", "2024-13-01", "2023-02-29", "令和6年4月1日"])
def test_bad_text_names_the_remedy_and_repeats_nothing(text: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601") as refusal:
        moment(text)
    assert not text or text not in str(refusal.value)
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize("offset", ["", "Z", "+09:00", "-0930"])
@pytest.mark.parametrize("hour", ["10:300", "10:00:030", "10:00:", "10:00:00,"])
def test_what_is_no_time_is_none_before_an_offset_either(hour: str, offset: str) -> None:
    with pytest.raises(CallError):
        moment(f"2024-06-05T{hour}{offset}")
    assert moment(f"2024-06-05T10:00{offset}") == moment(f"2024-06-05 10:00:00 {offset}")


def test_a_day_is_in_no_zone() -> None:
    for text in ("2024-06-05 +09:00", "20240605Z", "2024-06-05T+09:00", "2024-06-05-05:00"):
        with pytest.raises(CallError):
            moment(text)


@pytest.mark.parametrize("text", ["2024-06-05T10:00-05+09:00", "20240605T100000Z   +09:00"])
def test_a_moment_is_in_one_zone(text: str) -> None:
    with pytest.raises(CallError):
        moment(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-12:00"])
def test_a_moment_outside_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="outside the years"):
        moment(text)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process is fixed here")
@pytest.mark.parametrize("zone", ["EST5EDT,M3.2.0,M11.1.0", "UTC0", "LHST-10:30"])
def test_the_zone_of_the_machine_has_no_part(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert moment("2024-03-10T02:30").isoformat() == "2024-03-10T02:30:00+09:00"
        assert limit(datetime(2024, 3, 9, 12), 48, "hours").last == moment("2024-03-11T12:00")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_holidays_are_loaded_only_when_they_are_asked_for() -> None:
    script = (
        "import sys; from datetime import datetime;"
        "from diversion_flow.runtime.calendar import limit;"
        "print(limit(datetime(2024, 8, 30), 6, 'months').last_day);"
        "assert 'holidays' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "2025-02-28"


# Refusals


@pytest.mark.parametrize("unit", ["weeks", "day", "", "Hours", "business days"])
def test_unknown_units_are_refused(unit: str) -> None:
    with pytest.raises(ValueError, match="minutes, hours, days, months, years"):
        limit(moment("2024-04-01"), 1, unit)


@pytest.mark.parametrize("unit", ["minutes", "hours", "days", "months", "years"])
def test_negative_and_endless_amounts_are_refused(unit: str) -> None:
    with pytest.raises(ValueError, match="negative"):
        limit(moment("2024-04-01"), -1, unit)
    with pytest.raises(ValueError, match="9999"):
        limit(moment("2024-04-01"), 10**15, unit)
    with pytest.raises(ValueError, match="9999"):
        limit(moment("9999-12-31T23:59:59"), 1, unit)


def test_negative_months_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        last_day_of_months(date(2024, 4, 1), -1)


def test_no_months_leave_the_day_before() -> None:
    assert last_day_of_months(date(2024, 3, 1), 0) == date(2024, 2, 29)


# An independent reference: counts day by day, knows months by monthrange alone


def reference_last_day(
    start: date, amount: int, unit: str, first_day_counts: bool, rest_day_moves: bool
) -> date:
    day_one = start if first_day_counts else start + DAY
    if amount == 0:
        last = start
    elif unit == "days":
        last = day_one
        for _ in range(amount - 1):
            last += DAY
    else:
        last = reference_last_day_of_months(day_one, amount * (12 if unit == "years" else 1))
    while rest_day_moves and reference_rests(last):
        last += DAY
    return last


def reference_last_day_of_months(first: date, months: int) -> date:
    year, month = first.year, first.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    days = monthrange(year, month)[1]
    if first.day > days:
        return date(year, month, days)
    if first.day > 1:
        return date(year, month, first.day - 1)
    year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return date(year, month, monthrange(year, month)[1])


def reference_rests(day: date) -> bool:
    if day.strftime("%m-%d") in ("12-29", "12-30", "12-31", "01-02", "01-03"):
        return True
    return day.isoweekday() > 5 or jpholiday.is_holiday(day)


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_random_limits_agree_with_the_reference(seed: int) -> None:
    chance = Random(seed)
    longest = {"days": 400, "months": 40, "years": 5}
    differences = []
    for _ in range(1_000):
        day = date(2009, 1, 1) + timedelta(days=chance.randrange(16 * 365))
        start = moment(day) + timedelta(minutes=chance.randrange(24 * 60))
        unit = chance.choice(list(longest))
        amount = chance.randint(0, longest[unit])
        first, moves = chance.random() < 0.5, chance.random() < 0.5
        found = limit(start, amount, unit, first_day_counts=first, rest_day_moves=moves)
        expected = reference_last_day(day, amount, unit, first, moves)
        if found.last_day != expected:
            differences.append((start, amount, unit, first, moves, found.last_day, expected))
    assert differences == []


# General laws

days = st.dates(date(1990, 1, 1), date(2080, 12, 31))
moments = st.datetimes(
    datetime(1990, 1, 1), datetime(2080, 12, 31), timezones=st.just(JST), allow_imaginary=True
)
calendar_units = st.sampled_from(["days", "months", "years"])
clock_units = st.sampled_from(["minutes", "hours"])
units = calendar_units | clock_units
amounts = st.integers(0, 15)
flags = st.booleans()
offsets = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))


@given(moments, amounts, amounts, units, flags, flags)
def test_a_longer_limit_never_ends_earlier(
    start: datetime, one: int, other: int, unit: str, first: bool, moves: bool
) -> None:
    short, long = (
        limit(start, amount, unit, first_day_counts=first, rest_day_moves=moves)
        for amount in sorted((one, other))
    )
    assert short.last <= long.last
    assert short.ends <= long.ends


@given(moments, moments, amounts, units, flags, flags)
def test_a_later_start_never_ends_earlier(
    one: datetime, other: datetime, amount: int, unit: str, first: bool, moves: bool
) -> None:
    early, late = (
        limit(start, amount, unit, first_day_counts=first, rest_day_moves=moves)
        for start in sorted((one, other))
    )
    assert early.last <= late.last


@given(moments, amounts, units, flags, flags)
def test_a_limit_never_ends_before_it_starts(
    start: datetime, amount: int, unit: str, first: bool, moves: bool
) -> None:
    found = limit(start, amount, unit, first_day_counts=first, rest_day_moves=moves)
    assert start <= found.last <= found.ends
    assert found.last.tzinfo is found.ends.tzinfo is JST


@given(moments, amounts, calendar_units, flags, flags)
def test_days_months_and_years_end_at_a_midnight(
    start: datetime, amount: int, unit: str, first: bool, moves: bool
) -> None:
    found = limit(start, amount, unit, first_day_counts=first, rest_day_moves=moves)
    assert found.ends == moment(found.ends.date())
    assert found.ends - found.last == INSTANT
    assert found.last_day == found.ends.date() - DAY


@given(moments, amounts, clock_units, flags, flags)
def test_hours_and_minutes_know_no_rule_of_days(
    start: datetime, amount: int, unit: str, first: bool, moves: bool
) -> None:
    end = start + timedelta(**{unit: amount})
    found = limit(start, amount, unit, first_day_counts=first, rest_day_moves=moves)
    assert found == Limit(end, end + INSTANT)


@given(moments, st.integers(1, 400))
def test_counting_the_first_day_saves_exactly_one_day(start: datetime, amount: int) -> None:
    counted = limit(start, amount, "days", first_day_counts=True)
    assert counted.last_day + DAY == limit(start, amount, "days").last_day


@given(moments, amounts, calendar_units, flags)
def test_a_moved_end_is_the_first_working_day(
    start: datetime, amount: int, unit: str, first: bool
) -> None:
    fixed = limit(start, amount, unit, first_day_counts=first).last_day
    moved = limit(start, amount, unit, first_day_counts=first, rest_day_moves=True).last_day
    assert fixed <= moved
    assert not is_rest_day(moved)
    passed = (fixed + n * DAY for n in range((moved - fixed).days))
    assert all(is_rest_day(day) for day in passed)


@given(days, st.integers(1, 300))
def test_months_agree_with_the_reference(first_day: date, months: int) -> None:
    assert last_day_of_months(first_day, months) == reference_last_day_of_months(first_day, months)


@given(moments, st.integers(0, 8), flags)
def test_a_year_is_twelve_months(start: datetime, years: int, first: bool) -> None:
    by_years = limit(start, years, "years", first_day_counts=first)
    assert by_years == limit(start, 12 * years, "months", first_day_counts=first)


@given(days, st.integers(0, 23 * 60 + 59), amounts, calendar_units, flags)
def test_the_hour_of_the_start_has_no_part_in_days(
    day: date, minutes: int, amount: int, unit: str, first: bool
) -> None:
    later = moment(day) + timedelta(minutes=minutes)
    assert limit(later, amount, unit, first_day_counts=first) == limit(
        moment(day), amount, unit, first_day_counts=first
    )


@given(moments, offsets, amounts, units)
def test_naive_aware_and_foreign_moments_agree(
    start: datetime, zone: timezone, amount: int, unit: str
) -> None:
    naive, foreign = start.replace(tzinfo=None), start.astimezone(zone)
    assert moment(naive) == moment(foreign) == moment(foreign.isoformat()) == start
    assert moment(foreign).date() == start.date()
    found = limit(start, amount, unit)
    assert limit(naive, amount, unit) == limit(foreign, amount, unit) == found


@given(days)
def test_next_working_day_is_the_nearest(day: date) -> None:
    working = next_working_day(day)
    assert (working == day) is not is_rest_day(day)
    assert next_working_day(working) == working
    assert working == day or next_working_day(day + DAY) == working


def test_where_no_working_day_can_be_told_the_years_are_told() -> None:
    with pytest.raises(CallError) as refused:
        next_working_day(date(2099, 12, 31))
    assert (refused.value.values["first"], refused.value.values["last"]) == (1949, 2099)
