"""Where an event happens, and who can report it."""

from __future__ import annotations

from ..definition import Process
from .cells import Cells, Cube


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
