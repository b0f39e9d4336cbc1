"""Where an event happens."""

from __future__ import annotations

from collections.abc import Iterator

from ..definition import Event, Machine, Process
from ..definition.kept import kept
from ..definition.process import brought_about
from .cells import Cells, Cube
from .difference import Place
from .paths import reporter
from .product import Goal


def happens(process: Process, cells: Cells, event: str) -> list[Cube]:
    """Where the home machine of an event lets it happen; nowhere, if the event is not known."""
    if event not in process.by_id["event"]:
        return []
    known: dict[tuple[int, str], list[Cube]] = cells.once("happens", dict)
    if (key := (id(process), event)) not in known:
        home = process.machine(process.event(event).home)
        known[key] = cells.any_of(*(cells.fires(process, home, rule) for rule in home.on(event)))
    return known[key]


def place(law: Process, event: Event) -> Place:
    """Where an event may happen, whatever is asked for it."""
    rules = law.machine(event.home).on(event.id)
    states = dict.fromkeys(state for rule in rules for state in rule.sources)
    return Place(event.id, event.home, tuple(states))


def begun_elsewhere(a: Process, b: Process) -> Iterator[tuple[Machine, Machine]]:
    """The machines of both that begin in another state, as each has it."""
    both = ((a.by_id["machine"].get(machine.id), machine) for machine in b.machines)
    return ((one, other) for one, other in both if one and one.initial != other.initial)


def accepted(
    process: Process, event: str, cubes: list[Cube], accepts: int | None
) -> Iterator[Goal]:
    """The event, as it happens there, where it can."""
    by = reporter(event, process)
    if cubes and by is not None:
        yield Goal(event, by, tuple(cubes), accepts)


def events_of_both(a: Process, b: Process) -> Iterator[tuple[Event, Event]]:
    """The events that both know, as the first and as the second has them."""
    known = a.by_id["event"]
    return ((known[event.id], event) for event in b.events if event.id in known)


def decided_elsewhere(a: Process, b: Process) -> Iterator[tuple[Event, Event]]:
    """The events of both on which another machine decides, as each has them."""
    return ((one, other) for one, other in events_of_both(a, b) if one.home != other.home)


def happens_alone(
    law: Process, other: Process, cells: Cells, event: str, number: int
) -> Iterator[Goal]:
    """Where the event's home machine lets it happen under one process, and not that of the
    other."""
    let, elsewhere = (happens(each, cells, event) for each in (law, other))
    yield from accepted(law, event, cells.all_of(let, cells.rest(elsewhere)), number)


def only_lapsing(a: Process, b: Process, cells: Cells) -> Iterator[Goal]:
    """Where an event may be reported at any time to one process, of which the other hears only as
    a time limit runs out."""
    lapses = [kept(law, brought_about).keys() for law in (a, b)]
    for number, law, other in ((1, b, a), (0, a, b)):
        for event in (e.id for e in law.events if e.id in lapses[1 - number] - lapses[number]):
            if (by := reporter(event, law, other)) and (cubes := happens(law, cells, event)):
                yield Goal(event, by, tuple(cubes), number)
