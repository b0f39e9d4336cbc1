"""Where an event happens, and who can report it."""

from __future__ import annotations

from collections.abc import Iterator

from ..definition import Machine, Process
from ..definition.kept import kept
from ..definition.process import brought_about
from .cells import Cells, Cube
from .product import Goal


def happens(process: Process, cells: Cells, event: str) -> list[Cube]:
    """Where the home machine of an event lets it happen; nowhere, if the event is not known."""
    if event not in process.by_id["event"]:
        return []
    home = process.machine(process.event(event).home)
    return cells.any_of(*(cells.fires(process, home, rule) for rule in home.on(event)))


def reporter(event: str, *laws: Process) -> str | None:
    """An agency that may report the event under all of these laws; None if there is none."""
    first, *others = (law.event(event).by for law in laws)
    return next((by for by in first if all(by in other for other in others)), None)


def begun_elsewhere(a: Process, b: Process) -> Iterator[tuple[Machine, Machine]]:
    """The machines of both that begin in another state, as each has it."""
    both = ((a.by_id["machine"].get(machine.id), machine) for machine in b.machines)
    return ((one, other) for one, other in both if one and one.initial != other.initial)


def only_lapsing(a: Process, b: Process, cells: Cells) -> Iterator[Goal]:
    """Where an event may be reported at any time to one process, of which the other hears only as
    a time limit runs out."""
    lapses = [kept(law, brought_about).keys() for law in (a, b)]
    for number, law, other in ((1, b, a), (0, a, b)):
        for event in (e.id for e in law.events if e.id in lapses[1 - number] - lapses[number]):
            if (by := reporter(event, law, other)) and (cubes := happens(law, cells, event)):
                yield Goal(event, by, tuple(cubes), number)
