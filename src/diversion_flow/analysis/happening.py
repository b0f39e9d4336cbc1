"""Where an event happens, and who can report it."""

from __future__ import annotations

from collections.abc import Iterator

from ..definition import Process
from .cells import Cells, Cube
from .product import Goal


def happens(process: Process, cells: Cells, event: str) -> list[Cube]:
    """Where the home machine of an event lets it happen; nowhere, if the event is not known."""
    if event not in process.by_id["event"]:
        return []
    home = process.machine(process.event(event).home)
    rules = (rule for rule in home.transitions if rule.event == event)
    return cells.any_of(*(cells.fires(process, home, rule) for rule in rules))


def reporter(event: str, *laws: Process) -> str | None:
    """An agency that may report the event under all of these laws; None if there is none."""
    first, *others = (law.event(event).by for law in laws)
    return next((by for by in first if all(by in other for other in others)), None)


def only_lapsing(a: Process, b: Process, cells: Cells) -> Iterator[Goal]:
    """Where an event may be reported at any time to one process, of which the other hears only as
    a time limit runs out."""
    lapses = [{d.on_expiry for d in law.deadlines} for law in (a, b)]
    for number, law, other in ((1, b, a), (0, a, b)):
        for event in (e.id for e in law.events if e.id in lapses[1 - number] - lapses[number]):
            if (by := reporter(event, law, other)) and (cubes := happens(law, cells, event)):
                yield Goal(event, by, tuple(cubes), number)
