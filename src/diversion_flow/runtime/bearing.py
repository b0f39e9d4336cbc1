"""What clocks can bear: which moments, dates and lengths may be recorded in a case at all.

Whatever is recorded, every limit that it could ever set running can be counted, so that a
case that was accepted answers for ever after.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from ..definition import CallError, Deadline, FactError, OnFact, Process, Unit
from ..definition.deadline import MOST, length_amount
from .calendar import YEARS, Limit, limit, midnight, moment

if TYPE_CHECKING:
    from .logic import Facts

Counter = Callable[[datetime, "Facts"], "Limit | None"]

_BEGINS: Final = midnight(date(YEARS[0], 1, 1))
_ENDS: Final = midnight(date(YEARS[1] + 1, 1, 1))
# More than the days on which offices are closed at a stretch, round the turn of a year.
_CLOSED: Final = timedelta(days=14)


class Bearing:
    """The moments, dates and lengths that the clocks of one process can bear.

    `lengths` are the law's figures, by deadline; None where the policy sets none. A moment
    that is recorded lies from `begins` on and before `ends`.
    """

    __slots__ = ("_asking", "_facts", "_index", "begins", "ends", "lengths")

    def __init__(self, process: Process, index: Mapping[str, int]) -> None:
        self._index = index
        self.lengths = {d.id: length_amount(process, d.length) for d in process.deadlines}
        self._asking = {d: _asked(d) for d in process.deadlines if _asked(d)}
        self._facts = frozenset(fact for asked in self._asking.values() for fact in asked)
        moved = (_longest(d, self.lengths[d.id]) for d in process.deadlines)
        self.begins = _BEGINS
        self.ends = min((_ENDS - length for length in moved if length), default=_ENDS)

    def require(self, at: datetime, name: str = "at") -> datetime:
        """The moment, if every clock can bear it; else CallError."""
        if self.begins <= at < self.ends:
            return at
        raise CallError("moment_beyond", name=name, first=_BEGINS.date(), last=self._last)

    def require_facts(self, recorded: Collection[str], facts: Facts) -> None:
        """FactError if some clock cannot bear what is recorded with these facts."""
        if self._facts.isdisjoint(recorded):
            return
        for deadline, asked in self._asking.items():
            for fact in asked:
                if fact in recorded:
                    self._require(deadline, fact, facts)

    def _require(self, deadline: Deadline, fact: str, facts: Facts) -> None:
        start, here, id = deadline.start, (("fact", fact),), deadline.id
        value = facts[self._index[fact]]
        if isinstance(start, OnFact) and start.fact == fact and isinstance(value, date):
            if not self.begins <= moment(value) < self.ends:
                raise FactError(
                    "fact_no_start", at=here, deadline=id, first=_BEGINS.date(), last=self._last
                )
        elif not 0 <= self.length(deadline, facts) <= most(deadline):
            unit = deadline.length.unit.value
            raise FactError("fact_no_length", at=here, deadline=id, most=most(deadline), unit=unit)

    def length(self, deadline: Deadline, facts: Facts) -> int:
        """The length in its unit: the law's figure and what the case's facts add to it."""
        length = self.lengths[deadline.id] or 0
        for fact in deadline.length.plus:
            added = facts[self._index[fact]]
            length += added if isinstance(added, int) else 0
        return length

    def counter(self, deadline: Deadline) -> Counter:
        """Counts the limit from when it began, with what a case's facts add to it; None while
        no length is set."""
        length, counting = deadline.length, deadline.counting
        unit, first, moves = length.unit.value, counting.first_day_counts, counting.rest_day_moves
        amount = self.lengths[deadline.id]
        if amount is None:
            return lambda since, facts: None
        if not length.plus:
            return lambda since, facts: _counted(since, amount, unit, first, moves)
        return lambda since, facts: _counted(
            since, self.length(deadline, facts), unit, first, moves
        )

    @property
    def _last(self) -> date:
        return (self.ends - timedelta(days=1)).date()


@lru_cache(maxsize=4_096)  # a desk asks for the same limits again and again
def _counted(since: datetime, length: int, unit: str, first: bool, moves: bool) -> Limit:
    return limit(since, length, unit, first_day_counts=first, rest_day_moves=moves)


def _asked(deadline: Deadline) -> tuple[str, ...]:
    """The facts on which start and length depend."""
    start = deadline.start
    return (*deadline.length.plus, *((start.fact,) if isinstance(start, OnFact) else ()))


def most(deadline: Deadline) -> int:
    """How long the limit may become; ten years where facts lengthen one that is moved off rest
    days, for those are known for so many years only."""
    shorter = deadline.counting.rest_day_moves and deadline.length.plus
    return MOST[deadline.length.unit] // (10 if shorter else 1)


def _longest(deadline: Deadline, length: int | None) -> timedelta | None:
    """How far from its start the last day can lie of a limit that is moved off rest days."""
    if not deadline.counting.rest_day_moves or length is None:
        return None
    longest = max(most(deadline), length) if deadline.length.plus else length
    return timedelta(days=longest * MOST[Unit.DAYS] // MOST[deadline.length.unit]) + _CLOSED
