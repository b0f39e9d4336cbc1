"""The course of a case as its journal tells it: how long each state lasted, how limits came out."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from attrs import evolve, frozen

from ...definition import Deadline, Machine, State
from ...runtime import Case, Clock
from ...runtime.journal import record
from ...runtime.names import called

Ending = Literal["met", "running", "overdue", "lapsed", "at_once", "still"]


@frozen
class Stay:
    """A machine's stay in one state; `left` is None while it lasts."""

    state: State
    entered: datetime
    irregular: bool  # it came there against the rules
    left: datetime | None


@frozen
class Term:
    """A time limit that ran in the case, and how it came out.

    `stopped` is when it no longer ran; None while it does. Of one that stands still `last` is not
    known. In the `gaps` it stood still.
    """

    deadline: Deadline
    started: datetime
    last: datetime | None
    stopped: datetime | None
    standing: Ending
    gaps: tuple[tuple[datetime, datetime], ...] = ()


@frozen
class Due:
    """From `since` to `until` this limit was the next to take effect by law."""

    deadline: str
    started: datetime
    since: datetime
    until: datetime


def moved_machines(case: Case) -> tuple[Machine, ...]:
    """The machines that have moved, in the process's order."""
    moved = {m.machine for record in case.journal for m in record.moved}
    return tuple(m for m in case.process.machines if m.id in moved)


def machines_with_a_course(case: Case) -> tuple[Machine, ...]:
    """The machines that have moved, and those that stand still while a limit of theirs runs."""
    told = {m.id for m in moved_machines(case)} | {term.deadline.machine for term in terms(case)}
    return tuple(m for m in case.process.machines if m.id in told)


def stays(case: Case, machine: Machine) -> tuple[Stay, ...]:
    """The states of one machine in the order in which the case came through them."""
    entered: list[tuple[State, datetime, bool]] = []
    for then in snapshots(case):
        if machine.id not in then.process.by_id["machine"]:
            continue  # the law of that day had no such machine
        own = called(then.process, case.facts).machine(machine.id)
        state = own.state(then.state(machine.id))
        if not entered or entered[-1][0].id != state.id:
            entered.append((state, then.last, machine.id in then.marked))
    ends = [at for _, at, _ in entered[1:]]
    return tuple(Stay(*came, left) for came, left in zip(entered, [*ends, None], strict=True))


def terms(case: Case) -> tuple[Term, ...]:
    """Every limit that ran in the case, the earliest first; what `deadlines()` said at the time."""
    moments = snapshots(case)
    known: dict[tuple[str, datetime], tuple[Clock, int]] = {}
    gaps: dict[tuple[str, datetime], list[tuple[datetime, datetime]]] = {}
    for i, snapshot in enumerate(moments):
        after = moments[i + 1].last if i + 1 < len(moments) else case.last
        for clock in snapshot.deadlines():
            key = clock.deadline.id, clock.started
            known[key] = clock, i
            if clock.stopped:
                gaps.setdefault(key, []).append((snapshot.last, after))
    found = (
        evolve(_term(clock, *moments[i : i + 2]), gaps=_joined(gaps.get(key, [])))
        for key, (clock, i) in known.items()
    )
    return tuple(sorted(found, key=lambda t: (t.started, t.last is None, t.last or t.started)))


def _joined(gaps: list[tuple[datetime, datetime]]) -> tuple[tuple[datetime, datetime], ...]:
    """Stretches of time, those that meet as one."""
    found: list[tuple[datetime, datetime]] = []
    for begins, ends in gaps:
        if found and found[-1][1] == begins:
            begins = found.pop()[0]
        found.append((begins, ends))
    return tuple(found)


def _term(clock: Clock, seen: Case, after: Case | None = None) -> Term:
    """The limit as it stood when last `seen` to run; `after` is the step that ended it."""
    late = clock.passed((after or seen).last)
    standing: Ending = "overdue" if late else "met" if after else "running"
    if clock.stopped and not after:
        standing = "still"
    elif clock.started == clock.last:  # a duty to act at once has no last moment to be kept
        standing = "at_once"
    elif after and late and record(after).event == clock.deadline.on_expiry:
        standing = "lapsed"
    stopped = after.last if after else None
    return Term(clock.deadline, clock.started, clock.last, stopped, standing)


def statutory(case: Case) -> tuple[Due, ...]:
    """Which limit with an effect by law was next to run out, from the opening to the end."""
    found: list[Due] = []
    moments = snapshots(case)
    for i, snapshot in enumerate(moments):
        clock = next((c for c in snapshot.deadlines() if c.deadline.on_expiry), None)
        if clock is None or clock.last is None:
            continue
        until = moments[i + 1].last if i + 1 < len(moments) else clock.last
        key = (clock.deadline.id, clock.started)
        last = found[-1] if found else None
        if last and (last.deadline, last.started, last.until) == (*key, snapshot.last):
            found[-1] = evolve(last, until=until)
        else:
            found.append(Due(*key, snapshot.last, until))
    return tuple(found)


def snapshots(case: Case) -> list[Case]:
    """The case after each entry, the opening first."""
    return list(reversed(list(case.snapshots())))
