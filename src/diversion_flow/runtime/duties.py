"""What an agency owes, by when, and whether it was done: worked out of the case, never stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from attrs import frozen

from ..definition import Deadline
from .clocks import ending
from .links import Rest

if TYPE_CHECKING:
    from .calendar import Limit
    from .case import Case

Standing = Literal["open", "met", "late", "missed"]


@frozen
class Duty:
    """A limit within which its owner has to do something, once it has begun to run (JST).

    `last` is the last permitted moment, `ends` the first at which the limit is over. `met` is when
    it was done, by `by`; `late` by how much too late that was, or is by now. While the limit
    stands still it has neither `last` nor `ends`.
    """

    deadline: Deadline
    started: datetime
    last: datetime | None
    ends: datetime | None
    standing: Standing
    met: datetime | None = None
    by: str = ""
    late: timedelta | None = None

    @property
    def owner(self) -> str:
        """The agency that owes it."""
        return self.deadline.owner

    @property
    def owed_to(self) -> tuple[str, ...]:
        """The agencies to which it is owed."""
        return self.deadline.owed_to

    @property
    def breached(self) -> bool:
        """Whether the limit was over before it was done."""
        return self.standing in ("late", "missed")


class _Run(NamedTuple):
    deadline: Deadline
    since: datetime
    limit: Limit | None  # none while it stands still

    def over(self, at: datetime) -> bool:
        return self.limit is not None and at >= self.limit.ends

    def told(self, standing: Standing, at: datetime, met: bool = False, by: str = "") -> Duty:
        last, ends = self.limit or (None, None)
        late = at - last if last and standing in ("late", "missed") else None
        return Duty(
            self.deadline, self.since, last, ends, standing, at if met else None, by, late
        )  # fmt: skip


def duties(case: Case) -> tuple[Duty, ...]:
    """Every duty that has begun in the case, the first to run out first. One that fell away in
    time, because the machine went on by another way, is owed no more and is left out."""
    return tuple(sorted(_told(case), key=ending))


def _told(case: Case) -> Iterator[Duty]:
    runs: dict[str, _Run] = {}
    for then in reversed([*case.snapshots()]):
        now = {run.deadline.id: run for run in _running(then)}
        for id, run in runs.items():
            over = run.over(then.last)
            if then._arrival.event in run.deadline.met_by and then.last >= run.since:
                by = "" if then._arrival.by_law else then._by
                yield run.told("late" if over else "met", then.last, True, by)
            elif over and (id not in now or now[id].since != run.since):
                yield run.told("missed", then.last)
        runs = now
    for run in runs.values():
        yield run.told("missed" if run.over(case.at) else "open", case.at)


def _running(case: Case) -> Iterator[_Run]:
    for term in case._arrival.situation.terms:
        if term.deadline.met_by:
            found = term.stands(case)
            if found is not None:
                since, stands = found
                yield _Run(term.deadline, since, None if isinstance(stands, Rest) else stands)
