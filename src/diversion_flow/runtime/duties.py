"""What an agency owes, by when, and whether it was done: worked out of the case, never stored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..definition import Deadline
from ..definition.frozen import frozen
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
    stands still, or no day is known from which it is counted back, it has neither `last` nor
    `ends`. One that is counted back from what is expected is open or met until that happens; then
    it is judged.
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


class Run(NamedTuple):
    """A limit that is somebody's duty, and since when it runs."""

    deadline: Deadline
    started: datetime
    limit: Limit | None  # none while it stands still

    def over(self, at: datetime) -> bool:
        """Whether it was missed by then, if nobody has met it."""
        return not self.deadline.awaited and self.past(at)

    def past(self, at: datetime) -> bool:
        """Whether its day has passed."""
        return self.limit is not None and at >= self.limit.ends

    def told(self, standing: Standing, at: datetime, met: bool = False, by: str = "") -> Duty:
        last, ends = self.limit or (None, None)
        late = at - last if last and standing in ("late", "missed") else None
        return Duty(
            self.deadline, self.started, last, ends, standing, at if met else None, by, late
        )  # fmt: skip


def duties(case: Case, at: datetime | None = None) -> tuple[Duty, ...]:
    """Every duty that has begun in the case, the first to run out first. One that fell away in
    time, because the machine went on by another way, is owed no more and is left out."""
    told = runs(case, case.at if at is None else at)
    return tuple(sorted((duty for duty in told if isinstance(duty, Duty)), key=ending))


class _Met(NamedTuple):
    """A run that was met; of one that is counted back it is not judged yet."""

    run: Run
    at: datetime
    by: str

    def told(self) -> Duty:
        return self.run.told("late" if self.run.past(self.at) else "met", self.at, True, self.by)

    def open(self) -> Duty:
        return self.run.told("met", self.at, True, self.by)

    def judged(self, then: Case) -> _Met:
        """By what the facts of this case tell."""
        return self._replace(run=_judged(self.run, then))


def runs(case: Case, at: datetime) -> list[Duty | Run]:
    """Every run of a duty with what is owed of it, as they come to an end; the run alone where it
    fell away in time. One that was met has come to its end, also while it is not judged yet."""
    told: list[Duty | Run] = []
    before: dict[str, Run] = {}
    waiting: dict[int, _Met] = {}  # by their place
    for then in reversed([*case.snapshots()]):
        now = {run.deadline.id: run for run in _running(then)}
        for place, met in [*waiting.items()]:
            if _judges(met.run, then):
                told[place] = waiting.pop(place).judged(then).told()
        for id, run in before.items():
            if judges := _judges(run, then):
                run = _judged(run, then)
            if then._arrival.event in run.deadline.met_by and then.last >= run.started:
                met = _Met(run, then.last, "" if then._arrival.by_law else then._by)
                if run.deadline.awaited and not judges:
                    waiting[len(told)] = met
                told.append(met.told())
            elif judges:
                told.append(run.told("missed", then.last) if run.past(then.last) else run)
            elif id not in now or now[id].started != run.started:
                if run.over(then.last):
                    told.append(run.told("missed", then.last))
                elif not run.deadline.awaited:
                    told.append(run)
        before = now
    for place, met in waiting.items():
        told[place] = met.judged(case).open()
    return told + [run.told("missed" if run.over(at) else "open", at) for run in before.values()]


def _judges(run: Run, then: Case) -> bool:
    """Whether with this step happens what was expected."""
    return then._arrival.event in run.deadline.awaited


def _judged(run: Run, then: Case) -> Run:
    """The run, with the day that the facts of this case tell."""
    duty = then.process.by_id["deadline"].get(run.deadline.id)
    if duty is None or duty.before is None:  # the law has changed
        return run
    return run._replace(limit=then._program.bearing.counter(duty)(run.started, then._facts))


def _running(case: Case) -> Iterator[Run]:
    for term in case._arrival.situation.terms:
        if term.deadline.met_by:
            found = term.stands(case)
            if found is not None:
                since, stands = found
                yield Run(term.deadline, since, None if isinstance(stands, Rest) else stands)
