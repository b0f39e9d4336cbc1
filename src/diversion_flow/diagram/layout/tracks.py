"""Arrows and labels that share a line of a chart, side by side, crossing as little as can be."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen


@frozen
class Item:
    """Something that takes up a stretch of a line, `thick` points across it.

    `ends` are the places where it leaves the line, each with the side to which it turns:
    -1 before the line (left, up), +1 behind it, 0 where it ends at a box.
    """

    key: tuple[str, int]
    low: float
    high: float
    thick: float
    ends: tuple[tuple[float, int], ...] = ()


@frozen
class Tracks:
    """Where each item runs (points from the first edge of its line), and how thick the line is."""

    places: dict[tuple[str, int], float]
    thick: float


def tracks(items: Iterable[Item], *, centred: bool) -> Tracks:
    """Items that overlap get tracks of their own; `centred` puts each bunch in the middle."""
    ordered = _ordered(list(items))
    starts: dict[tuple[str, int], float] = {}
    ends = {end for item in ordered for end in (item.low, item.high)}
    places = {end: number for number, end in enumerate(sorted(ends))}
    taken = [0.0] * len(places)  # how far from the first edge, at each end of an item
    for item in ordered:
        here = slice(places[item.low], places[item.high] + 1)
        start = starts[item.key] = max(taken[here])
        taken[here] = [start + item.thick] * len(taken[here])
    thick = max(taken, default=0.0)
    shift = _shifts(ordered, starts, thick) if centred else {}
    run = {i.key: starts[i.key] + i.thick / 2 + shift.get(i.key, 0.0) for i in ordered}
    return Tracks(run, thick)


def _ordered(items: list[Item]) -> list[Item]:
    """Items in an order across the line in which no swap of neighbours saves a crossing."""
    items = sorted(items, key=lambda i: (sum(side for _, side in i.ends), i.low, i.high, i.key))
    swapped = True
    rounds = 0
    stay: set[tuple[tuple[str, int], tuple[str, int]]] = set()  # neighbours that were looked at
    while swapped and rounds < len(items):
        swapped = False
        rounds += 1
        for k in range(len(items) - 1):
            a, b = items[k], items[k + 1]
            if (a.key, b.key) in stay:
                continue
            stay.add((a.key, b.key))
            meet = a.low <= b.high and b.low <= a.high
            if meet and _crossings(b, a) < _crossings(a, b):
                items[k], items[k + 1] = b, a
                swapped = True
    return items


def _crossings(first: Item, second: Item) -> float:
    """How often two items cross if `first` lies before `second`; a doubtful one counts half."""
    return sum(_hit(place, second) for place, side in first.ends if side > 0) + sum(
        _hit(place, first) for place, side in second.ends if side < 0
    )


def _hit(place: float, item: Item) -> float:
    if item.low < place < item.high:
        return 1.0
    return 0.5 if place in (item.low, item.high) else 0.0


def _shifts(
    items: list[Item], starts: dict[tuple[str, int], float], thick: float
) -> dict[tuple[str, int], float]:
    """How far each bunch of items that overlap must move to stand in the middle of the line."""
    shifts: dict[tuple[str, int], float] = {}
    for bunch in _bunches(items):
        used = max(starts[i.key] + i.thick for i in bunch)
        shifts.update({i.key: (thick - used) / 2 for i in bunch})
    return shifts


def _bunches(items: list[Item]) -> list[list[Item]]:
    bunches: list[list[Item]] = []
    reach = float("-inf")
    for item in sorted(items, key=lambda i: (i.low, i.high)):
        if item.low > reach:
            bunches.append([])
        bunches[-1].append(item)
        reach = max(reach, item.high)
    return bunches
