"""A case that begins midway: in given states, on given days, with a reason; its clocks begun."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from attrs import field

from ..definition import LAW_CHANGED, OPENED, CallError, Machine, OnEntry, UnknownId
from ..definition.arguments import argument, text_of
from ..definition.bare import bare
from ..definition.frozen import frozen
from ..definition.moments import Moment, moment
from ..definition.walks import distances, onward
from .program import Placed, Program

if TYPE_CHECKING:
    from .case import Case
    from .logic import Facts


@frozen
class Midway:
    """Where a case was when its record begins: the machines that were no longer where cases
    begin, since when they were there, which events had happened when, and why the record begins
    only then. What it says is case content and stays out of the `repr`."""

    states: Mapping[str, str] = field(repr=False)
    since: Mapping[str, datetime] = field(repr=False)
    reason: str = field(repr=False)


class Beginning(Placed):
    """Where a case that begins midway stands."""

    __slots__ = ("midway",)

    def __init__(
        self,
        program: Program,
        configuration: tuple[str, ...],
        midway: Midway,
        at: datetime,
        facts: Facts,
    ) -> None:
        machines = program.process.machines
        came = {i: midway.since.get(machine.id, at) for i, machine in enumerate(machines)}
        events = {id: then for id, then in midway.since.items() if id in program.homes}
        told = program.clockwork.told(configuration, came, events, facts)
        super().__init__(program.situation(configuration), OPENED, told, by_law=False)
        self.midway = midway


def beginning_midway(
    program: Program,
    at: datetime,
    states: Mapping[str, str],
    since: Mapping[str, Moment],
    reason: str,
    facts: Facts,
) -> Beginning:
    """The given states, looked at: UnknownId for what the process does not have, CallError for a
    state to which no route leads, a moment after `at`, and a beginning without a reason."""
    argument("states", states, Mapping)
    argument("since", since, Mapping)
    reason = text_of("reason", reason)
    if not reason.strip():
        raise CallError("midway_no_reason")
    stands = dict(
        zip((m.id for m in program.process.machines), program.process.initial, strict=True)
    )
    for machine, state in states.items():
        part = program.process.machines[program.machine_index(machine)]
        stands[part.id] = part.state(state).id
        if stands[part.id] not in _reached(part):
            raise CallError("midway_no_route", state=f"{part.id}.{stands[part.id]}")
    begun = {bare(id): _since(program, id, then, at) for id, then in since.items()}
    needed = {id: None for m in states for id in _needed(program, m, stands[m], begun)}
    if needed:
        raise CallError("midway_since", ids=tuple(needed))
    given = Midway({bare(machine): stands[machine] for machine in states}, begun, reason)
    return Beginning(program, tuple(stands.values()), given, at, facts)


def _since(program: Program, id: object, then: Moment, at: datetime) -> datetime:
    known = program.process.by_id["machine"] | program.process.by_id["event"]
    if id not in known:
        raise UnknownId("event", id, known)
    began = program.bearing.require(moment(then, "since"), "since")
    if began > at:
        raise CallError("midway_after")
    return began


def _reached(machine: Machine, without: Container[str] = ()) -> Container[str]:
    """The states to which some route leads, whatever it asks, without these events."""
    routes = (route for route in machine.transitions if route.event not in without)
    return distances(onward(routes), (machine.initial,))


def _needed(
    program: Program, machine: str, state: str, begun: Mapping[str, datetime]
) -> Iterator[str]:
    """Whose day a limit asks that runs, or stands still, in this state: the machine's, or that of
    an event without which no route leads there."""
    for limit in program.process.deadlines:
        here = limit.machine == machine and state in limit.lasting
        if (here and isinstance(limit.start, OnEntry)) or any(
            stop.machine == machine and state in stop.states for stop in limit.stops
        ):
            yield from {machine} - set(begun)
        if here and limit.begun_by and begun.keys().isdisjoint(limit.begun_by):
            part = program.process.machine(machine)
            if state not in _reached(part, limit.begun_by):
                yield from limit.begun_by


_NEVER: Final[Mapping[str, datetime]] = {}


def _given(case: Case) -> Mapping[str, datetime]:
    arrival = case._arrival
    return arrival.midway.since if isinstance(arrival, Beginning) else _NEVER


def entered(case: Case) -> dict[str, datetime]:
    """Machine → since when it has been in its present state; of one that a crossing put into
    another, since it came into the former."""
    found: dict[str, datetime] = {}
    open_ = set(case.states)
    *later, opening = case.snapshots()
    for then, before in pairwise((*later, opening)):
        arrival = then._arrival
        came = {then.process.machines[index].id for index, _ in arrival.moves}
        if arrival.event == LAW_CHANGED:
            came = open_ - set(before.states)
        for machine in came & open_:
            if then.state(machine) != before.states.get(machine):
                found[machine] = then.last
        open_ -= set(found)
    given = _given(opening)
    return {machine: given.get(machine, opening.last) for machine in open_} | found


def happened(case: Case) -> dict[str, datetime]:
    """Event → when it last happened."""
    found: dict[str, datetime] = {}
    for then in case.snapshots():
        if then._arrival.event not in (OPENED, LAW_CHANGED):
            found.setdefault(then._arrival.event, then.last)
        elif then._previous is None:
            events = then.process.by_id["event"]
            for id, at in _given(then).items():
                if id in events:
                    found.setdefault(id, at)
    return found
