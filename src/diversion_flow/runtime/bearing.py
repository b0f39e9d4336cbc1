"""What clocks can bear: which moments, dates and lengths may be recorded in a case at all.

Whatever is recorded, every limit that it could ever set running can be counted, so that a
case that was accepted answers for ever after.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ..definition import LANGUAGES, CallError, Deadline, FactError, Length, Process, Text, Unit
from ..definition.deadline import MOST, length_amount
from ..definition.grouped import grouped
from ..definition.phrasing import phrasing
from .calendar import YEARS, Limit, limit, limit_before, midnight, moment

if TYPE_CHECKING:
    from .logic import Facts

Counter = Callable[[datetime, "Facts"], "Limit | None"]

_BEGINS: Final = midnight(date(YEARS[0], 1, 1))
_ENDS: Final = midnight(date(YEARS[1] + 1, 1, 1))
# More than the days on which offices are closed at a stretch, round the turn of a year.
CLOSED: Final = timedelta(days=14)


class _Bears(NamedTuple):
    """What one limit bears of one fact: from when on that may tell the day from which it is
    counted, and the lengths to which it adds, each with the law's own figure and how long it may
    become."""

    deadline: str
    fact: str
    first: datetime
    lengths: tuple[tuple[Length, int, int], ...]


class Bearing:
    """The moments, dates and lengths that the clocks of one process can bear.

    `lengths` are the law's figures, by deadline; None where the policy sets none. A moment
    that is recorded lies from `begins` on and before `ends`. Some limit is counted by the facts
    that are `asked`.
    """

    __slots__ = ("_asking", "_process", "asked", "begins", "ends", "lengths")

    def __init__(self, process: Process) -> None:
        self._process = process
        self.lengths = {d.id: length_amount(process, d.length) for d in process.deadlines}
        moved = (_longest(d, self.lengths[d.id]) for d in process.deadlines if not d.before)
        self.begins = _BEGINS
        self.ends = min((_ENDS - length for length in moved if length), default=_ENDS)
        self._asking = grouped((fact, self._bears(deadline, fact))
                               for deadline in process.deadlines
                               for fact in deadline.asked)  # fmt: skip
        self.asked = frozenset(self._asking)

    def require(self, at: datetime, name: str = "at") -> datetime:
        """The moment, if every clock can bear it; else CallError."""
        if self.begins <= at < self.ends:
            return at
        raise CallError("moment_beyond", name=name, first=_BEGINS.date(), last=self._last)

    def require_facts(self, recorded: Collection[str], facts: Facts) -> None:
        """FactError if some clock cannot bear what is recorded with these facts."""
        for fact in recorded:
            for bears in self._asking.get(fact, ()):
                self._require(bears, facts)

    def _bears(self, deadline: Deadline, fact: str) -> _Bears:
        lengths = tuple(
            (length, length_amount(self._process, length) or 0, most(deadline, length.unit))
            for length in deadline.lengths
            if fact in length.plus
        )
        return _Bears(deadline.id, fact, self.first(deadline), lengths)

    def _require(self, bears: _Bears, facts: Facts) -> None:
        id, fact, first, lengths = bears
        here, value = (("fact", fact),), facts.get(fact)
        if isinstance(value, date) and not first <= moment(value) < self.ends:
            name = self._process.deadline(id).label
            raise FactError(
                "fact_no_start", at=here, deadline=name, first=first.date(), last=self._last
            )
        for length, amount, bound in lengths:
            if not 0 <= self._with(amount, length, facts) <= bound:
                from ..definition.wording import UNITS

                bounds = (phrasing(lang).counted(bound, UNITS[length.unit]) for lang in LANGUAGES)
                name = self._process.deadline(id).label
                raise FactError("fact_no_length", at=here, deadline=name, most=Text(*bounds))

    def first(self, deadline: Deadline) -> datetime:
        """From which moment on a fact may tell the day from which the limit is counted."""
        back = _longest(deadline, self.lengths[deadline.id]) if deadline.before else None
        return self.begins + (back or timedelta(0))

    def length(self, deadline: Deadline, facts: Facts) -> int:
        """The length in its unit: the law's figure and what the case's facts add to it."""
        return self._with(self.lengths[deadline.id] or 0, deadline.length, facts)

    def amount(self, length: Length, facts: Facts) -> int | None:
        """How many units, with what the case's facts add; None where no length is set."""
        amount = length_amount(self._process, length)
        return None if amount is None else self._with(amount, length, facts)

    def _with(self, amount: int, length: Length, facts: Facts) -> int:
        for fact in length.plus:
            added = facts.get(fact)
            amount += added if isinstance(added, int) else 0
        return amount

    def longest(self, deadline: Deadline) -> timedelta:
        """How long the renewals of a limit that have not begun may be together."""
        return timedelta(days=most(deadline, Unit.DAYS))

    def counter(self, deadline: Deadline) -> Counter:
        """Counts the limit from when it began, with what a case's facts add to it; None while
        no length is set."""
        length, counting = deadline.length, deadline.counting
        unit, first, moves = length.unit.value, counting.first_day_counts, counting.rest_day_moves
        amount = self.lengths[deadline.id]
        if amount is None:
            return lambda since, facts: None
        if deadline.before is not None:
            return self._back(deadline, deadline.before.fact)
        if not length.plus:
            return lambda since, facts: _counted(since, amount, unit, first, moves)
        return lambda since, facts: _counted(
            since, self.length(deadline, facts), unit, first, moves
        )

    def _back(self, deadline: Deadline, anchor: str) -> Counter:
        """Counts back from the day that a fact tells; None while it tells none."""
        unit, counting = deadline.length.unit.value, deadline.counting
        first, moves = counting.first_day_counts, counting.rest_day_moves

        def counted(since: datetime, facts: Facts) -> Limit | None:
            day = facts.get(anchor)
            if not isinstance(day, date):
                return None
            amount = self.length(deadline, facts)
            return _counted_back(moment(day), amount, unit, first, moves)

        return counted

    @property
    def _last(self) -> date:
        return (self.ends - timedelta(days=1)).date()


@lru_cache(maxsize=4_096)  # a desk asks for the same limits again and again
def _counted(since: datetime, length: int, unit: str, first: bool, moves: bool) -> Limit:
    return limit(since, length, unit, first_day_counts=first, rest_day_moves=moves)


@lru_cache(maxsize=4_096)
def _counted_back(day: datetime, length: int, unit: str, first: bool, moves: bool) -> Limit:
    return limit_before(day, length, unit, first_day_counts=first, rest_day_moves=moves)


def most(deadline: Deadline, unit: Unit | None = None) -> int:
    """How long a limit may become that facts or renewals lengthen; ten years where it is moved
    off rest days, for those are known for so many years only."""
    return MOST[unit or deadline.length.unit] // (10 if deadline.counting.rest_day_moves else 1)


def _longest(deadline: Deadline, length: int | None) -> timedelta | None:
    """How far from its start the last day can lie of a limit that is moved off rest days."""
    if not deadline.counting.rest_day_moves or length is None:
        return None
    longest = max(most(deadline), length) if deadline.length.plus else length
    own = timedelta(days=longest * MOST[Unit.DAYS] // MOST[deadline.length.unit]) + CLOSED
    further = timedelta(days=most(deadline, Unit.DAYS)) if deadline.renewals else timedelta(0)
    return own + further
