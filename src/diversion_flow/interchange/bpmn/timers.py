"""Timers of a drawing: how long they run, and which event happens when they have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from attrs import define

from ...definition import Length, Unit
from ...definition.grouped import grouped
from .graph import Node, Pool
from .names import last_part

_DURATION: Final = re.compile(r"P(?:(\d{1,5})([YMWD])|T(\d{1,5})([HM]))")
_UNITS: Final = {"Y": Unit.YEARS, "M": Unit.MONTHS, "D": Unit.DAYS, "W": Unit.DAYS}
_WITHIN_A_DAY: Final = {"H": Unit.HOURS, "M": Unit.MINUTES}
_WEEK: Final = 7


def length(duration: str) -> Length | None:
    """The length that an ISO 8601 duration of one unit says; None for any other, and for none."""
    found = _DURATION.fullmatch(duration)
    if found is None:
        return None
    days, unit, hours, short = found.groups()
    if hours:
        return Length(int(hours), _WITHIN_A_DAY[short]) if int(hours) else None
    amount = int(days) * (_WEEK if unit == "W" else 1)
    return Length(amount, _UNITS[unit]) if amount else None


@define
class Expiries:
    """In our own export a timer by which something happens leads where that event's message
    leads. Where several messages lead there, it is the one that most timers have in common."""

    fitting: dict[str, tuple[str, ...]]  # timer -> the messages that lead to the same place
    shared: Counter[str]

    def event(self, timer: Node) -> str:
        """The message that the expiry stands for; empty if there is none."""
        named = f"{last_part(timer.id)}_passed"
        return max(
            self.fitting.get(timer.id, ()),
            key=lambda ref: (last_part(ref) == named, self.shared[ref]),
            default="",
        )


def expiries(pools: Iterable[Pool]) -> Expiries:
    """What the timers of these pools have in common with messages."""
    fitting: dict[str, tuple[str, ...]] = {}
    for pool in pools:
        for borders in pool.borders.values():
            heard = grouped((_leads(pool, border), border.trigger.value) for border in borders
                            if border.trigger.kind == "message")  # fmt: skip
            for timer in borders:
                if timer.trigger.kind == "timer" and timer.interrupts:
                    fitting[timer.id] = heard.get(_leads(pool, timer), ())
    return Expiries(fitting, Counter(ref for refs in fitting.values() for ref in refs))


def _leads(pool: Pool, node: Node) -> tuple[str, ...]:
    return tuple(link.target for link in pool.going.get(node.id, ()))
