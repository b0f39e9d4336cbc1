"""Whose time runs otherwise: limits that are longer, counted or begun otherwise, new or gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import zip_longest
from typing import Final, NamedTuple

from attrs import evolve

from ..definition import Before, Deadline, Guard, Machine, Process, Renewal, Unit
from ..definition.deadline import Counting, Start, length_amount
from ..definition.facts import Value
from ..definition.kept import kept, kept_with
from ..definition.walks import distances, onward
from ..runtime import Case
from ..runtime.clocks import Clock, clock
from .cells import Cells, Cube, ground
from .difference import Difference, Place
from .happening import happens
from .paths import reporter
from .product import Goal
from .replays import Claims, Replays, first
from .values import lasting
from .witness import Results

# Limits that only a holiday or the length of a month tells apart end on other days where a case
# begins on another.
_DAYS: Final = (0, 1, 2, 3, 4, 5, 30, 60, 88)
_YEARS_DIFFER: Final = timedelta(days=3)  # by so much at most, in months of other years
_CALENDAR: Final = (Unit.MONTHS, Unit.YEARS)

Both = tuple[Deadline | None, Deadline | None]


class Timing(NamedTuple):
    """All that decides when a deadline runs out, and what then happens."""

    machine: str
    states: frozenset[str]
    amount: int
    unit: Unit
    plus: tuple[str, ...]
    counting: Counting
    start: Start
    guard: Guard
    on_expiry: str | None
    owner: str
    owed_to: frozenset[str]
    met_by: frozenset[str]
    stops: frozenset[tuple[str, str]]
    renewals: tuple[Renewal, ...]
    before: Before | None


def timing(process: Process, deadline: Deadline) -> Timing | None:
    """When a deadline of the process runs out; None where a policy that sets its length has no
    value."""
    return kept(process, _timings)[deadline.id]


def _timings(process: Process) -> dict[str, Timing | None]:
    return {deadline.id: _timing(process, deadline) for deadline in process.deadlines}


def _timing(process: Process, deadline: Deadline) -> Timing | None:
    amount, length = length_amount(process, deadline.length), deadline.length
    if amount is None:
        return None
    guard = ground(process, deadline.guard)
    return Timing(
        deadline.machine, _running_in(process, deadline), amount, length.unit, length.plus,
        _counting(deadline), deadline.start, guard, deadline.on_expiry, deadline.owner,
        frozenset(deadline.owed_to), frozenset(deadline.met_by), stopping(deadline),
        deadline.renewals, deadline.before,
    )  # fmt: skip


def _counting(deadline: Deadline) -> Counting:
    """How days are counted; those of stops only where it stops."""
    usual = Counting()
    if deadline.stops:
        return deadline.counting
    return evolve(
        deadline.counting,
        stop_day_counts=usual.stop_day_counts,
        resume_day_counts=usual.resume_day_counts,
    )


def stopping(deadline: Deadline) -> frozenset[tuple[str, str]]:
    """The states, with their machine, in which a limit stands still."""
    return frozenset((stop.machine, state) for stop in deadline.stops for state in stop.states)


def _running_in(process: Process, deadline: Deadline) -> frozenset[str]:
    """Where it can have begun to run: of the states that it names, those which the machine comes
    to from where what starts it leads."""
    machine, events = process.machine(deadline.machine), deadline.begun_by
    if not events or any(process.event(event).home != machine.id for event in events):
        return frozenset(deadline.lasting)
    return frozenset(deadline.lasting).intersection(kept_with(machine, _led_on, events))


def _led_on(machine: Machine, events: tuple[str, ...]) -> Collection[str]:
    """Where the machine may stand after one of these events."""
    led = (rule.target for rule in machine.transitions if rule.event in events)
    return distances(onward(machine.transitions), led).keys()


def limits(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """Each limit that runs otherwise, for those whom it meets."""
    for id in dict.fromkeys(d.id for d in (*b.deadlines, *a.deadlines)):
        both: Both = (a.by_id["deadline"].get(id), b.by_id["deadline"].get(id))
        timings = [d and timing(law, d) for law, d in zip((a, b), both, strict=True)]
        if timings[0] == timings[1]:
            continue
        one, profile = _difference(id, both), _profile((a, b), both)
        ways = [
            _goals(law, (b, a)[number], cells, both[number], both[1 - number])
            for number, law in enumerate((a, b))
        ]
        goals = (each for stage in zip_longest(*ways, fillvalue=[]) for each in stage)
        yield one, [first(replays.of(each, _Otherwise(id), profile, _DAYS) for each in goals)]


def _difference(id: str, both: Both) -> Difference:
    known = [d for d in both[::-1] if d is not None]
    states = tuple(dict.fromkeys(state for d in known for state in d.states))
    rules = (Place(known[0].on_expiry or "", known[0].machine, states),)
    return Difference(rules, None, None, {}, basis=known[0].basis, deadline=id, kind="limit")


def _profile(laws: tuple[Process, Process], both: Both) -> dict[str, Value]:
    """What has to be known for the limit to run: the facts in its start and its length, each
    with another number, for one may stand in the place of another."""
    found: dict[str, Value] = {}
    for law, deadline in zip(laws, both, strict=True):
        if deadline is not None:
            for id in (*deadline.dates, *deadline.asked):
                found.setdefault(id, lasting(law.fact(id), len(found) + 1))
    return found


def _goals(
    law: Process, other: Process, cells: Cells, limit: Deadline | None, against: Deadline | None
) -> Iterator[list[Goal]]:
    """To stand where the limit runs, and the steps with which it may begin to: where it does not
    under the other law, if nothing but where it runs is another."""
    if limit is None:
        return
    machine, where = law.machine(limit.machine), cells.holds(law, limit.guard)
    states = limit.lasting
    if against is not None and _alike(law, limit, other, against, "guard"):
        where = cells.all_of(where, cells.fails(other, against.guard))
    if against is not None and _alike(law, limit, other, against, "states"):
        states = tuple(s for s in states if s not in against.states)
    here = cells.all_of([cells.standing(machine.id, states)] if states else [], where)
    starting = limit.begun_by
    yield [Goal("", "", tuple(cells.all_of(here, [cells.running(limit.id)])), None)]
    yield from _still(law, cells, limit, against, here)
    goals: list[Goal] = []
    for rule in machine.transitions:
        enters = rule.target in states and not set(rule.sources) <= set(states)
        if enters or (rule.event in starting and rule.target in states):
            fires = cells.fires(law, machine, rule)
            if law.event(rule.event).home != machine.id:
                fires = cells.all_of(fires, happens(law, cells, rule.event))
            goals += _goal(law, other, rule.event, fires)
    for event in (
        *starting,
        *sorted(_meeting(limit) ^ _meeting(against)),
        *_renewing(limit, against),
    ):
        goals += _goal(law, other, event, cells.all_of(here, happens(law, cells, event)))
    yield goals


def _still(
    law: Process, cells: Cells, limit: Deadline, against: Deadline | None, here: list[Cube]
) -> Iterator[list[Goal]]:
    """To stand where it stands still under one law only, or is counted otherwise, and to come
    from there."""
    counted = against is not None and limit.counting != against.counting
    mine, theirs = stopping(limit), stopping(against) if against else frozenset()
    for id, state in sorted(mine if counted else mine ^ theirs):
        if id not in law.by_id["machine"] or state not in {s.id for s in law.machine(id).states}:
            continue
        cubes = cells.all_of(here, [cells.standing(id, [state])], [cells.running(limit.id)])
        yield [Goal("", "", tuple(cubes), None)]
        leaving = [rule for rule in law.machine(id).transitions if state in rule.sources]
        for rule in leaving:
            if by := law.event(rule.event).by:
                yield [Goal(rule.event, by[0], tuple(cubes), None)]


def _renewing(limit: Deadline, against: Deadline | None) -> list[str]:
    """The events that renew one of the two, where they are not renewed alike."""
    known = [d.renewals for d in (limit, against) if d is not None]
    if len(known) == 2 and known[0] == known[1]:
        return []
    return sorted({event for renewals in known for r in renewals for event in r.events})


def _meeting(limit: Deadline | None) -> frozenset[str]:
    return frozenset(limit.ended_by if limit else ())


def _alike(one: Process, mine: Deadline, other: Process, theirs: Deadline, but: str) -> bool:
    """Whether they are the same but for this."""
    left, right = timing(one, mine), timing(other, theirs)
    if left is None or right is None:
        return False
    return {**left._asdict(), but: None} == {**right._asdict(), but: None}


def _goal(law: Process, other: Process, event: str, where: list[Cube]) -> Iterator[Goal]:
    by = reporter(event, law, other)
    if by is not None:
        yield Goal(event, by, tuple(where), None)


class _Otherwise:
    """Whether a limit runs otherwise in the two cases."""

    def __init__(self, limit: str) -> None:
        self._limit = limit

    def __call__(self, cases: Results, _: object) -> bool:
        one, other = cases
        if one is None or other is None:
            return False
        mine, theirs = self._clock(one), self._clock(other)
        if mine is None or theirs is None:
            return mine is not theirs
        return self._follows(mine) != self._follows(theirs) or _left(one, mine, other, theirs)

    def _clock(self, case: Case) -> Clock | None:
        return clock(case, self._limit) if self._limit in case.process.by_id["deadline"] else None

    @staticmethod
    def _follows(running: Clock) -> tuple[str | None, str, frozenset[str]]:
        deadline = running.deadline
        return deadline.on_expiry, deadline.owner, frozenset(deadline.owed_to)


def _left(one: Case, mine: Clock, other: Case, theirs: Clock) -> bool:
    """Whether not as much time is left; in other years, months are not as long."""
    if mine.ends is None or theirs.ends is None:
        return (mine.left, mine.renewals) != (theirs.left, theirs.renewals)
    apart = abs((mine.ends - one.at) - (theirs.ends - other.at))
    units = {c.deadline.length.unit for c in (mine, theirs)}
    same_days = one.at == other.at or units.isdisjoint(_CALENDAR)
    return apart > (timedelta(0) if same_days else _YEARS_DIFFER)
