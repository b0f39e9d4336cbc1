"""What to record where a rule asks that a set is named with the step, or gains nothing by it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .cells import Cells, Cube, Question

_NOBODY: frozenset[str] = frozenset()


def name_sets(cells: Cells, cubes: list[Cube], given: list[dict[str, Any]]) -> None:
    """Put the sets in that these steps have to name; `given` is what the opening records and
    then each step, as far as it is known from what else is asked."""
    for id in dict.fromkeys(q.id for cube in cubes for q in cube if q.kind in _ABOUT_STEPS):
        _keep(cells, id, cubes, given)
        before = given[0].get(id) or _NOBODY
        for cube, facts in zip(cubes, given[1:], strict=True):
            name(cells, id, cube, facts, before)
            before = facts.get(id, before) or _NOBODY


def name(cells: Cells, id: str, cube: Cube, facts: dict[str, Any], before: frozenset[str]) -> None:
    """Put into the facts of a step what it has to name, given what the set held before."""
    named, narrows = _asked(cells, "named", id, cube), _asked(cells, "narrows", id, cube)
    held = facts.get(id) or _NOBODY
    if narrows is False:
        held |= _one(cells, id, cube, without=before)
    elif named and not held:
        held = _one(cells, id, cube, among=before if narrows else None)
    if named is False:
        facts.pop(id, None)
    elif held:
        facts[id] = held


def _keep(cells: Cells, id: str, cubes: list[Cube], given: list[dict[str, Any]]) -> None:
    """What is still named when a set is narrowed has been named before, and something is."""
    needed = _NOBODY
    for cube, facts in zip(reversed(cubes), reversed(given[1:]), strict=True):
        if _asked(cells, "named", id, cube) or facts.get(id):
            narrows = _asked(cells, "narrows", id, cube)
            held = (facts.get(id) or _NOBODY) | needed
            facts[id] = held or (_one(cells, id, cube) if narrows else _NOBODY)
            needed = facts[id] if narrows else _NOBODY
    if needed:  # it was named as the case was opened
        given[0][id] = (given[0].get(id) or _NOBODY) | needed


def _one(
    cells: Cells, id: str, cube: Cube, among: Iterable[str] | None = None,
    without: Iterable[str] = (),
) -> frozenset[str]:  # fmt: skip
    """One value that the set may hold, of these and none of those; none where there is none."""
    laws = [law for law in cells.processes if id in law.by_id["fact"]]
    ids = (c.id for c in laws[0].fact(id).choices if all(law.fact(id).choice(c.id) for law in laws))
    able = (v for v in ids if v not in without and (among is None or v in among)
            and _asked(cells, "value", id, cube, v) is not False)  # fmt: skip
    return frozenset([*able][:1])


def _asked(cells: Cells, kind: Any, id: str, cube: Cube, value: str = "") -> bool | None:
    """Whether the cube wants this to be so; None where it does not ask."""
    bits = cube.get(Question(kind, id, value))
    return None if bits is None else cells.yes(bits)


_ABOUT_STEPS = ("named", "narrows")
