"""Who asks a holder for what, and when: what the reports to the person have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import MAXYEAR, date

from ..definition import CallError, UnknownId
from ..definition.arguments import argument
from ..definition.moments import Moment, day_of
from .rights import HOLDERS, Holder


def days_asked(asked: Moment, disclosed: Moment | None) -> tuple[date, date | None]:
    """The days of the request and of the disclosure before it."""
    day = day_meant(asked, "asked")
    then = None if disclosed is None else day_meant(disclosed, "disclosed")
    if then is not None and then > day:
        raise CallError("asked_early", asked=day, disclosed=then)
    return day, then


def day_meant(value: Moment, name: str) -> date:
    """The day meant, from which the periods of the articles can be counted."""
    day = day_of(value, name)
    if day.year == MAXYEAR:
        raise CallError("moment_year", name=name, first=1, last=MAXYEAR - 1)
    return day


def known_holders(given: Mapping[str, Holder]) -> Mapping[str, Holder]:
    """As what each agency holds data: those that are plain, and those that are given."""
    argument("holders", given, Mapping)
    for agency, holder in given.items():
        argument("holders", agency, str)
        argument("holders", holder, Holder)
    return {**HOLDERS, **given}


def holder_of(known: Mapping[str, Holder], agency: str) -> Holder:
    """As what this agency does; UnknownId where nobody says it."""
    argument("agency", agency, str)
    if agency not in known:
        raise UnknownId("holder", agency, known)
    return known[agency]
