"""Whether a duty was missed, as conditions ask: carried by the case, so that nothing walks the
journal.

Of each duty that some condition asks about, a case carries what became of its latest run that
came to an end. `duties` tells the same of all duties, out of the journal.
"""

from __future__ import annotations

from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from .calendar import Limit

if TYPE_CHECKING:
    from ..definition import Deadline
    from .bearing import Counter
    from .case import Case
    from .clockwork import Since
    from .logic import Facts


class Past(NamedTuple):
    """What became of a run that began then: whether it was missed; when it was met, while it is
    not judged yet."""

    since: datetime
    missed: bool
    met: datetime | None = None


class Watch:
    """Follows one duty: the number under which a case carries what became of it."""

    __slots__ = ("_counted", "_duty", "_since", "number")

    def __init__(self, duty: Deadline, number: int, since: Since, counted: Counter) -> None:
        self._duty, self.number, self._since, self._counted = duty, number, since, counted

    def holds(self, case: Case, at: datetime) -> bool:
        """Whether the duty is missed at that moment, or was and has not begun anew."""
        if not self._duty.awaited and (run := self._run(case)):
            return run[1] is not None and at >= run[1].ends
        past = self._past(case)
        return past is not None and past.missed

    def after(self, case: Case, event: str, at: datetime, facts: Facts) -> Past | None:
        """What became of the duty with what happens next in the case."""
        past, run, duty = self._past(case), self._run(case), self._duty
        if not duty.awaited:
            limit = run[1] if run else None
            return Past(run[0], limit is not None and at >= limit.ends) if run else past
        if run and event in duty.met_by:
            past, run = Past(run[0], False, at), None
        if event not in duty.awaited:
            return past
        day = self._counted(at, facts)
        if run:
            return Past(run[0], day is not None and at >= day.ends)
        if past is None or past.met is None:
            return past
        return Past(past.since, day is not None and past.met >= day.ends)

    def _past(self, case: Case) -> Past | None:
        """What became of the latest run; nothing counts any more once another has begun."""
        past, since = case._began[self.number], self._since(case)
        return past if isinstance(past, Past) and since in (None, past.since) else None

    def _run(self, case: Case) -> tuple[datetime, Limit | None] | None:
        terms = (t for t in case._arrival.situation.terms if t.deadline is self._duty)
        found = (stands for term in terms if (stands := term.stands(case)))
        return next(((since, e if isinstance(e, Limit) else None) for since, e in found), None)


def missed(case: Case, duty: str, at: datetime) -> bool:
    """Whether the duty is missed at that moment; read off the journal where the law itself asks
    no condition about it."""
    watch = case._program.clockwork.watches.get(duty)
    return told_missed(case, duty, at) if watch is None else watch.holds(case, at)


def told_missed(case: Case, duty: str, at: datetime) -> bool:
    """The same, out of the journal."""
    from .duties import Duty, runs

    told = [run for run in runs(case, at) if run.deadline.id == duty]
    last = told[-1] if told else None
    return isinstance(last, Duty) and last.breached and not _anew(case, duty, last.started)


def _anew(case: Case, duty: str, began: datetime) -> bool:
    """Whether the duty has begun again since a run that began then."""
    later = takewhile(lambda then: not _runs(then, duty, began), case.snapshots())
    return any(_since(then, duty) not in (None, began) for then in later)


def _runs(case: Case, duty: str, began: datetime) -> bool:
    terms = case._arrival.situation.terms
    return _since(case, duty) == began and any(term.deadline.id == duty for term in terms)


def _since(case: Case, duty: str) -> datetime | None:
    limit = case.process.by_id["deadline"].get(duty)
    return None if limit is None else case._program.clockwork.since(limit)(case)
