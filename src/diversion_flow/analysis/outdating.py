"""What an event makes unknown under one of two processes only: where that tells the two apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..definition import Event, Process
from .cells import Cells
from .happening import happens
from .paths import reporter
from .product import Goal


class Lasting(NamedTuple):
    """A fact that one process, `law` by its `number`, lets be known on after the event, and the
    other does not; who may report the event to both, if anybody may."""

    number: int
    law: Process
    event: Event
    fact: str
    by: str | None


def outdated_once(a: Process, b: Process) -> Iterator[Lasting]:
    """What an event of both outdates under one of them only."""
    for number, law, other in ((0, a, b), (1, b, a)):
        for event in law.events:
            known = other.by_id["event"].get(event.id)
            for fact in known.outdates if known is not None else ():
                if fact not in event.outdates and fact in law.by_id["fact"]:
                    yield Lasting(number, law, event, fact, reporter(event.id, a, b))


def untold(cells: Cells, lasting: Lasting) -> Iterator[Goal]:
    """Where the event happens by what was told earlier, if nothing of that is told with it."""
    number, law, event, fact, by = lasting
    if by is None:
        return
    known = [cells.known(fact)]
    for machine in law.machines:
        home = machine.id == event.home
        for rule in machine.on(event.id):
            asked = [cube for cube in cells.fires(law, machine, rule)
                     if any(about.id == fact for about in cube)]  # fmt: skip
            where = () if home else (happens(law, cells, event.id),)
            if cubes := cells.all_of(asked, known, *where):
                accepts = number if home else None
                yield Goal(event.id, by, tuple(cubes), accepts, untold=frozenset((fact,)))
