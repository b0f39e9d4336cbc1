"""When a step happens, as a scenario writes it: a moment, or so long after the last one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final
from unicodedata import normalize

from ..definition import CallError
from ..definition.moments import moment

_CLOCK: Final = r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
_TIME: Final = re.compile(rf"{_CLOCK}\Z", re.ASCII)
_LATER: Final = re.compile(
    rf"\+(?=[\d ])(?:(?P<days>\d+)d)?(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m)?(?: {_CLOCK})?\Z",
    re.ASCII,
)
_MOST: Final = 5  # digits of an amount: 99,999 days are more than any case lasts


def plain(word: str) -> str:
    """The word with digits and colons as programs write them: an input method leaves wide ones."""
    return normalize("NFKC", word).strip()


def is_time(word: str) -> bool:
    """Whether this is a time of day: `09:00`."""
    return _TIME.match(word) is not None


def is_moment(word: str) -> bool:
    """Whether `when` understands it."""
    if found := _LATER.match(word):
        return all(len(n or "") <= _MOST for n in found.group("days", "hours", "minutes"))
    try:
        datetime.fromisoformat(word)
    except ValueError:
        return False
    return True


def moment_of(at: str, after: datetime) -> datetime:
    """The moment meant: a day and time, or `+2d`, `+3h`, `+30m`, `+1d 10:00` after the last."""
    at = plain(at)
    if not is_moment(at):
        raise CallError("story_moment")
    found = _LATER.match(at)
    if found is None:
        return moment(at)
    days, hours, minutes = (int(n or 0) for n in found.group("days", "hours", "minutes"))
    then = later(after, timedelta(days=days, hours=hours, minutes=minutes))
    if found["hour"]:
        then = then.replace(hour=int(found["hour"]), minute=int(found["minute"]), second=0)
    return then


def later(at: datetime, further: timedelta) -> datetime:
    """So long after a moment; CallError where no calendar goes so far."""
    if further > datetime.max.replace(tzinfo=at.tzinfo) - at:
        raise CallError("story_beyond")
    return at + further
