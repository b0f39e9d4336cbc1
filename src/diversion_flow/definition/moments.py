"""Days and moments as people write and give them: with the digits and signs of either keyboard,
in Japanese time unless they say otherwise."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, TypeAlias

from .arguments import argument
from .bare import bare
from .errors import CallError

Moment: TypeAlias = str | date | datetime

# Japan has had no daylight saving time since 1952, so a fixed offset is exact for every date
# a case can contain, and it needs no time zone database, which a bare machine may lack.
_NINE_HOURS: Final = timedelta(hours=9)
JST: Final[tzinfo] = timezone(_NINE_HOURS, "JST")

# The wide forms of the signs of ASCII, the wide blank and the minus that kana keyboards give.
_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x2212: 0x2D,
}
_BETWEEN: Final = "Tt "  # a day and its time
_OFFSET: Final = re.compile("[Z+-].*")  # from UTC, behind the time
_LONGEST: Final = 40  # no day or moment is written longer


def narrow(text: str) -> str:
    """The text with wide digits, letters and signs as narrow ones: ２０２４ → 2024."""
    return text if text.isascii() else text.translate(_NARROW)


def read_day(text: str) -> date | None:
    """The day that is written; None where it is none of the calendar."""
    try:
        return date.fromisoformat(narrow(text).strip()) if len(text) <= _LONGEST else None
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """The moment, or the beginning of the day, that is written; None where it is none."""
    try:
        if len(text) > _LONGEST:
            return None
        written = narrow(text).strip()
        if written[10:11] not in _BETWEEN:  # Python takes any sign after the day
            date.fromisoformat(re.split(f"[{_BETWEEN}]", written, maxsplit=1)[0])
        # Apart, for before an offset Python takes signs too many: 10:300 as 10:30.
        local, zone = written[:-6].rstrip(), JST
        if not written.endswith("+09:00"):  # as we write it
            offset = _OFFSET.search(written, 10)
            if offset is None:
                return datetime.fromisoformat(written)
            local, zone = written[: offset.start()].rstrip(), _zone(offset[0])
        read = datetime.fromisoformat(local)
        if read.tzinfo is not None or len(local) <= len("2024-06-03"):
            return None
        return datetime.combine(read, read.time(), zone)
    except ValueError:
        return None


@lru_cache
def _zone(offset: str) -> tzinfo:
    """The zone of this offset from UTC."""
    zone = datetime.fromisoformat(f"2000-01-01T00:00{offset}").timetz().tzinfo
    assert zone is not None
    return JST if zone.utcoffset(None) == _NINE_HOURS else zone


def moment(value: Moment, name: str = "at") -> datetime:
    """The moment meant by an ISO 8601 text, a date or a date with time, in JST.

    A date is its midnight, the start of the day. A value without an offset is Japanese time,
    as on every Japanese court paper; one with another offset is converted. Full-width digits
    and signs are read as their plain forms.

    Raises:
        CallError: the argument `name` is no moment, or lies outside the years 1 to 9999. The
            error does not repeat it, for it may be personal information.
    """
    if isinstance(value, str):
        read = read_moment(value)
        if read is None:
            raise CallError("moment_text", name=name) from None
        value = read
    if isinstance(value, datetime):
        exact = type(value) is datetime and value.tzinfo is JST
        return value if exact else _in_japan(value, name)
    if isinstance(value, date):
        return midnight(value)
    raise CallError("moment_kind", name=name, found=type(value).__name__)


def day_of(value: Moment, name: str = "on") -> date:
    """The day meant; a moment, also one written as text, means its day in Japan."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return bare(value)
    return moment(value, name).date()


def midnight(day: date) -> datetime:
    """The start of the day in Japan."""
    argument("day", day, date)
    return datetime(day.year, day.month, day.day, tzinfo=JST)


def _in_japan(value: datetime, name: str) -> datetime:
    offset = value.utcoffset()
    if offset is None or offset == _NINE_HOURS:
        return datetime.combine(value, value.time(), JST)
    try:
        return value.astimezone(JST)
    except OverflowError:
        raise CallError("moment_year", name=name, first=1, last=9999) from None
