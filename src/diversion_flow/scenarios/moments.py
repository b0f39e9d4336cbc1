"""When a step happens, as a scenario writes it: a moment, or so long after the last one."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final
from unicodedata import normalize

from ..definition import CallError
from ..definition.moments import moment

# How they are written, for every reader of such files: digits are those of ASCII.
CLOCK: Final = r"([01][0-9]|2[0-3]):[0-5][0-9]"
DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_SECONDS: Final = r":[0-9]{2}([.][0-9]{1,6})?"
MOMENT: Final = rf"{DAY}([T ][0-9]{{2}}:[0-9]{{2}}({_SECONDS})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})?)?"
LATER: Final = (  # no amount is longer: 99,999 days are more than any case lasts
    r"[+](?=[0-9 ])([0-9]{1,5}d)?([0-9]{1,5}h)?([0-9]{1,5}m)?"
    rf"( {CLOCK})?"
)
_TIME: Final = re.compile(CLOCK)
_DAY: Final = re.compile(DAY)
_MOMENT: Final = re.compile(MOMENT)
_LATER: Final = re.compile(LATER)


def plain(word: str) -> str:
    """The word with digits and colons as programs write them: an input method leaves wide ones."""
    return normalize("NFKC", word).strip()


def is_time(word: str) -> bool:
    """Whether this is a time of day: `09:00`."""
    return _TIME.fullmatch(word) is not None


def dated(word: str, on: date) -> str:
    """A time of day as a moment of the day on which a law is told; a moment as it is."""
    return f"{on}T{plain(word)}" if is_time(plain(word)) else plain(word)


def is_day(word: str) -> bool:
    """Whether this is a day of the calendar: `2024-06-12`."""
    return _DAY.fullmatch(word) is not None and _dated(word)


def is_moment(word: str) -> bool:
    """Whether `when` understands it."""
    return bool(_LATER.fullmatch(word)) or is_dated(word)


def is_dated(word: str) -> bool:
    """Whether this is a day, or a day and a time: `2024-06-12T09:00`."""
    return _MOMENT.fullmatch(word) is not None and _dated(word)


def _dated(word: str) -> bool:
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
    if not _LATER.fullmatch(at):
        return moment(at)
    amounts = {unit: int(n) for n, unit in re.findall(r"([0-9]+)([dhm])", at)}
    days, hours, minutes = (amounts.get(unit, 0) for unit in "dhm")
    then = later(after, timedelta(days=days, hours=hours, minutes=minutes))
    _, _, clock = at.partition(" ")
    if clock:
        then = then.replace(hour=int(clock[:2]), minute=int(clock[3:]), second=0, microsecond=0)
    return then


def iso(at: datetime) -> str:
    """The moment as a file has it: as exact as it is, and no more."""
    spec = "microseconds" if at.microsecond else "seconds" if at.second else "minutes"
    return at.isoformat(timespec=spec)


def later(at: datetime, further: timedelta) -> datetime:
    """So long after a moment; CallError where no calendar goes so far."""
    if further > datetime.max.replace(tzinfo=at.tzinfo) - at:
        raise CallError("story_beyond")
    return at + further
