"""Boxes in columns, as in a newspaper: down one column, then down the next, on as many pages as it
takes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from attrs import frozen


@frozen
class Item:
    """Something that stands in a column: how high it is, how much room it has under it before the
    next; a head is `kept` with what follows it; what room its heads take `again` where a column
    begins with it."""

    height: float
    under: float
    kept: bool = False
    again: float = 0.0


@frozen
class Spot:
    """Where it stands: in which column, how far down."""

    column: int
    top: float


def stacked(
    items: Sequence[Item], columns: int, room: float, first: float = 0.0
) -> tuple[tuple[Spot, ...], float]:
    """The items in columns of at most this height, on as few pages of so many columns as hold
    them and as low as they go there; and how high the highest column is. What alone is higher
    than there is room has a column of its own. On the first page so much stands above them."""
    needs = [_together(items, n) for n in range(len(items))]
    fill = partial(_fill, items, needs, columns, first)
    pages = -(-_count(fill(room)) // columns)
    least, most = max(needs, default=0.0), room
    while most - least > 1.0:
        middle = (least + most) / 2
        fits = _count(fill(middle)) <= pages * columns
        least, most = (least, middle) if fits else (middle, most)
    places = fill(most)
    ends = (place.top + item.height for place, item in zip(places, items, strict=True))
    return places, max(ends, default=0.0)


def _count(places: Sequence[Spot]) -> int:
    return max((place.column for place in places), default=0) + 1


def _fill(
    items: Sequence[Item], needs: Sequence[float], columns: int, first: float, height: float
) -> tuple[Spot, ...]:  # fmt: skip
    """The items, each with the room it needs, in columns of this height."""
    places: list[Spot] = []
    column, top, empty = 0, first, True
    for item, need in zip(items, needs, strict=True):
        if not empty and top + need > height:
            column, empty = column + 1, True
            top = item.again + (first if column < columns else 0.0)
        places.append(Spot(column, top))
        top += item.height + item.under
        empty = False
    return tuple(places)


def _together(items: Sequence[Item], n: int) -> float:
    """How high it is with what it is kept with."""
    high = items[n].height
    while items[n].kept and n + 1 < len(items):
        high += items[n].under + items[n + 1].height
        n += 1
    return high
