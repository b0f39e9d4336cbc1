"""A picture on sheets of paper that are as wide as it is: where it is cut, and which heads every
sheet repeats.

It is cut at the border of a lane or a part where one is near, else where nothing is cut through but
lines and bands: never through a box or a word. The heads of stages stand on top of every sheet.
Where nothing can be cut without going through something, neighbours overlap, and what would be cut
is on the second only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from attrs import frozen

from ..layout.geometry import Bounds, bounds
from ..layout.measure import em
from ..layout.placed import Box
from .picture import Curve, Group, Picture, Print, Rect, Shape, shifted

_GAP = 2.0  # points between a cut and what it must not go through
_TINY = 0.01  # points that are no cut
_LEAST = 0.7  # of a sheet: so much of it is used before a border is a good place to cut


@frozen
class Sheet:
    """One sheet of a picture: what it shows, in points of the picture, with `heads` to be put
    above it."""

    view: Box
    shapes: tuple[Shape, ...]
    top: float = 0.0  # room for the heads
    heads: tuple[Shape, ...] = ()


Extent = tuple[float, float]


def sheets_of(picture: Picture, room: float) -> tuple[Sheet, ...]:
    """The picture on as many sheets that are so high as it takes."""
    if picture.height <= room:
        shapes = tuple(shape for group in picture.groups for shape in group.shapes)
        return (Sheet(Box(0.0, 0.0, picture.width, picture.height), shapes),)
    return tuple(_cut(picture, room))


def edges(shape: Shape) -> Bounds:
    """Left, top, right and bottom of a shape; of words, as wide as they are taken to be."""
    if isinstance(shape, Rect):
        box = shape.box
        return box.x, box.y, box.x + box.width, box.y + box.height
    if isinstance(shape, Curve):
        return bounds(shape.points)
    wide = em(shape.text) * shape.size
    left = shape.at[0] - (wide / 2 if shape.anchor == "middle" else 0.0)
    return left, shape.at[1] - 0.85 * shape.size, left + wide, shape.at[1] + 0.2 * shape.size


def _cut(picture: Picture, room: float) -> Iterator[Sheet]:
    """From the top down; what is empty is left out."""
    heads = [shape for group in picture.groups for shape in _repeated(group)]
    tops = [edges(s) for g in picture.groups if g.head == "top" for s in g.shapes]
    upper = min((edges(s)[1] for s in heads), default=0.0)
    high = max((edges(s)[3] for s in heads), default=upper) - upper + 2 * _GAP
    chart = max((e[3] for e in tops), default=0.0)
    body = [(s, g) for g in picture.groups for s in g.shapes if s not in heads]
    kept = {s for s, group in body if not group.bar and _solid(s, (picture.width, room))}
    content = [edges(s) for s, group in body if not group.head]
    held = [(e[1], e[3]) for e in map(edges, kept)]
    held += [_with_next(g, held) for g in picture.groups if g.head == "part"]
    for above, below in _rows(picture, held, room - high):
        view = Box(0.0, above, picture.width, below - above)
        if any(_inside(e, view) for e in content):
            shapes = tuple(s for s, _ in body if _shown(edges(s), view, solid=s in kept))
            lifted = above > upper
            down = above - high - upper + _GAP if lifted else 0.0
            over = tuple(shifted(s, 0.0, down) for s in heads if above < chart)
            yield Sheet(view, shapes, high if lifted and over else 0.0, over)


def _repeated(group: Group) -> Iterator[Shape]:
    """What is repeated of the heads on top: not the lines that run down the chart from them."""
    if group.head == "top":
        yield from (s for s in group.shapes if not isinstance(s, Curve))


def _with_next(head: Group, held: Iterable[Extent]) -> Extent:
    """From where to where the name of a part goes with the first that stands under it."""
    found = [edges(shape) for shape in head.shapes]
    top, low = min(e[1] for e in found), max(e[3] for e in found)
    return top, min((extent for extent in held if extent[0] >= low), default=(low, low))[1]


def _rows(picture: Picture, held: Collection[Extent], room: float) -> Iterator[Extent]:
    """From where to where each sheet goes; what stands under a chart begins on a sheet of its
    own."""
    borders = [g.span[0] for g in picture.groups if g.head in ("left", "part") and g.span]
    feet = [0.0, *(f for f in (picture.foot,) if 0 < f < picture.height), picture.height]
    return (row for a, b in pairwise(feet) for row in _cuts(held, a, b, room, borders))


def _solid(shape: Shape, room: tuple[float, float]) -> bool:
    """Whether it is never cut: words, boxes and heads of arrows, but no lines and bands."""
    left, top, right, bottom = edges(shape)
    if isinstance(shape, Curve):
        return shape.closed
    return isinstance(shape, Print) or (right - left < room[0] / 2 and bottom - top < room[1] / 2)


def _inside(found: Bounds, view: Box) -> bool:
    """Whether any part of something lies in what the sheet shows."""
    return found[1] < view.y + view.height and found[3] > view.y


def _shown(found: Bounds, view: Box, *, solid: bool) -> bool:
    """Whether the sheet shows something: what is kept in one piece only as a whole."""
    if not solid:
        return _inside(found, view)
    return found[1] >= view.y - _TINY and found[3] <= view.y + view.height + _TINY


def _cuts(
    solid: Iterable[Extent], start: float, end: float, room: float, borders: Iterable[float]
) -> Iterator[Extent]:
    """From where to where each sheet shows something."""
    held, near = sorted(solid), sorted(borders, reverse=True)
    while end - start > room:
        limit = start + room
        good = (b for b in near if start + room * _LEAST < b <= limit and _free(b, held))
        place = next(good, None) or _before(limit, start, held)
        yield start, place
        through = [low - _GAP for low, high in held if low < place < high]
        start = min([place, *(low for low in through if low > start + room / 2)])
    yield start, end


def _free(place: float, held: Iterable[Extent]) -> bool:
    return not any(low < place < high for low, high in held)


def _before(limit: float, start: float, held: list[Extent]) -> float:
    """The last place before the limit that goes through nothing; the limit where there is none."""
    place = limit
    while place > start + _GAP:
        through = [low for low, high in held if low < place < high]
        if not through:
            return place
        place = min(through) - _GAP
    return limit
