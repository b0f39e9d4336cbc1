"""Places that nobody comes to, seen from two machines alone, whatever the others do.

A search over all that bears on a place may have far to go; two machines are soon looked through to
the end, and where they never stand as the place asks, it need not be looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from ..definition import Process
from .cells import Cells, Cube
from .effort import Effort
from .joint import records
from .masks import OF_STEPS
from .product import Goal, Product

_FEW: Final = 600  # nodes that two machines alone may take
_STEPS: Final = 200  # comparisons of cubes that one of them may take


def never(a: Process, b: Process, cells: Cells, goals: Iterable[Goal]) -> bool:
    """Whether, of each place that they name, two of the machines it speaks of never stand like
    that at once, with what it asks of the facts."""
    return all(
        any(_apart(a, b, cells, two) for two in _pairs(_before(a, b, goal, cube)))
        for goal in goals
        for cube in goal.cubes
    )


def _before(a: Process, b: Process, goal: Goal, cube: Cube) -> Cube:
    """What has to be so before the event, which may bring the rest."""
    brought = records(a, b, goal.event, goal.accepts)
    return {q: m for q, m in cube.items() if q.id not in brought and q.kind not in OF_STEPS}


def _pairs(cube: Cube) -> Iterator[Cube]:
    """What the cube says of each two machines, and of the facts."""
    facts = {about: bits for about, bits in cube.items() if about.kind != "machine"}
    for two in combinations((about for about in cube if about not in facts), 2):
        yield {about: cube[about] for about in two} | facts


def _apart(a: Process, b: Process, cells: Cells, two: Cube) -> bool:
    goal = Goal("", "", (two,), None)
    search = Product(a, b, cells.bounded(Effort(_FEW, _STEPS)), [goal], alone=True)
    return next(search.search(_FEW), None) is None and search.exhausted
