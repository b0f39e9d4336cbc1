"""A picture on sheets of paper: where it is cut, and which heads every sheet repeats.

It is cut at the border of a stage or lane where one is near, else where nothing is cut through
but lines and bands: never through a box or a word. The heads of lanes stand at the left of every
sheet and those of stages on top, in the middle of what the sheet shows of them. Where nothing
can be cut without going through something, neighbours overlap, and what would be cut is on the
second only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from attrs import evolve, frozen

from ..layout.measure import em
from ..layout.placed import Box
from .picture import Curve, Group, Picture, Print, Rect, Shape, shifted

_GAP = 2.0  # points between a cut and what it must not go through
_TINY = 0.01  # points that are no cut
_LEAST = 0.7  # of a sheet: so much of it is used before a border is a good place to cut


@frozen
class Sheet:
    """One sheet of a picture: what it shows, in points of the picture, with `heads` to be put
    before and above it."""

    row: int
    column: int
    view: Box
    shapes: tuple[Shape, ...]
    side: float = 0.0  # room for the heads of the lanes, left of what is shown
    top: float = 0.0  # room for the heads of the stages, above it
    heads: tuple[Shape, ...] = ()


Extent = tuple[float, float]
Edges = tuple[float, float, float, float]  # left, top, right, bottom


def sheets_of(picture: Picture, room: tuple[float, float]) -> tuple[Sheet, ...]:
    """The picture on as many sheets with this much room as it takes, row by row."""
    if picture.width <= room[0] and picture.height <= room[1]:
        view = Box(0.0, 0.0, picture.width, picture.height)
        shapes = tuple(shape for group in picture.groups for shape in group.shapes)
        return (Sheet(0, 0, view, shapes),)
    return tuple(_Cutting(picture, room).sheets())


def edges(shape: Shape) -> Edges:
    """Left, top, right and bottom of a shape; of words, as wide as they are taken to be."""
    if isinstance(shape, Rect):
        box = shape.box
        return box.x, box.y, box.x + box.width, box.y + box.height
    if isinstance(shape, Curve):
        across, down = zip(*shape.points, strict=True)
        return min(across), min(down), max(across), max(down)
    wide = em(shape.text) * shape.size
    left = shape.at[0] - (wide / 2 if shape.anchor == "middle" else 0.0)
    return left, shape.at[1] - 0.85 * shape.size, left + wide, shape.at[1] + 0.2 * shape.size


class _Cutting:
    """A picture that is cut."""

    def __init__(self, picture: Picture, room: tuple[float, float]) -> None:
        self.picture = picture
        lefts = [g for g in picture.groups if g.head == "left"]
        self.tops = [g for g in picture.groups if g.head == "top"]
        self.lanes = [(g.span or (0.0, 0.0), list(_words(g))) for g in lefts]
        self.body = [s for g in picture.groups for s in g.shapes if not _is_head(g, s)]
        self.content = [edges(s) for g in picture.groups if not g.head for s in g.shapes]
        bars = {s for g in picture.groups if g.bar for s in g.shapes if isinstance(s, Rect)}
        self.kept = {s for s in self.body if s not in bars and _solid(s, room)}  # in one piece
        self.solid = [edges(s) for s in self.body if s in self.kept]
        words = [edges(w) for _, found in self.lanes for w in found]
        self.left = min((e[0] for e in words), default=0.0)
        self.side = max((e[2] for e in words), default=self.left) - self.left + 4 * _GAP
        heads = [edges(s) for g in self.tops for s in _short(g)]
        self.upper = min((e[1] for e in heads), default=0.0)
        self.top = max((e[3] for e in heads), default=self.upper) - self.upper + 2 * _GAP
        self.chart = max((e[3] for g in self.tops for e in map(edges, g.shapes)), default=0.0)
        self.room = room

    def sheets(self) -> Iterator[Sheet]:
        """Row by row; what is empty is left out."""
        wide, high = self.picture.width, self.picture.height
        parts = [g.span[0] for g in self.picture.groups if g.head == "part" and g.span]
        borders = [*(low for (low, _), _ in self.lanes), *parts]
        solid, room = [(e[1], e[3]) for e in self.solid], self.room[1] - self.top
        feet = [0.0, *(f for f in (self.picture.foot,) if 0 < f < high), high]
        rows = (row for a, b in pairwise(feet) for row in _cuts(solid, a, b, room, borders))
        strips = (found for a, b in rows for found in self._strips(a, b, wide))
        number = 0
        for (above, below), cuts in strips:
            found = [self._sheet(Box(a, above, b - a, below - above)) for a, b in cuts]
            kept = [sheet for sheet in found if any(_inside(e, sheet.view) for e in self.content)]
            for column, sheet in enumerate(kept):
                yield evolve(sheet, row=number, column=column)
            number += bool(kept)

    def _strips(
        self, above: float, below: float, wide: float
    ) -> Iterator[tuple[Extent, list[Extent]]]:
        """The rows of sheets between two cuts, each with its own cuts across: where all of it
        cannot be cut without going through something, it takes two rows."""
        held = sorted((e[0], e[2]) for e in self.solid if e[3] > above and e[1] < below)
        stages = [g.span[0] for g in self.tops if g.span] if above < self.chart else []
        cuts = _cuts(held, 0.0, wide, self.room[0] - self.side, stages)
        down = sorted((e[1], e[3]) for e in self.solid if e[3] > above and e[1] < below)
        middle = _middle(above, below, down)
        if all(_free(end, held) for _, end in cuts) or middle is None:
            yield (above, below), cuts
        else:
            yield from self._strips(above, middle, wide)
            yield from self._strips(middle, below, wide)

    def _sheet(self, view: Box) -> Sheet:
        shapes = tuple(s for s in self.body if _shown(edges(s), view, solid=s in self.kept))
        lanes = list(self._lanes(view))
        tops = list(self._tops(view)) if view.y < self.chart else []
        beside = self.side if view.x > self.left and lanes else 0.0
        over = self.top if view.y > self.upper and tops else 0.0
        return Sheet(0, 0, view, shapes, beside, over, (*lanes, *tops))

    def _lanes(self, view: Box) -> Iterator[Shape]:
        """The heads of the lanes that the sheet shows, in the middle of what it shows of each."""
        for (low, high), words in self.lanes:
            low, high = max(low, view.y), min(high, view.y + view.height)
            if high - low < 1 or not words:
                continue
            tops, ends = [edges(w)[1] for w in words], [edges(w)[3] for w in words]
            down = (low + high) / 2 - (min(tops) + max(ends)) / 2
            right = view.x - self.side - self.left + _GAP if view.x > self.left else 0.0
            yield from (shifted(w, right, down) for w in words)

    def _tops(self, view: Box) -> Iterator[Shape]:
        """The heads of the stages likewise, and of what stands along the top of other charts."""
        down = view.y - self.top - self.upper + _GAP if view.y > self.upper else 0.0
        for group in self.tops:
            low, high = group.span or (view.x, view.x + view.width)
            low, high = max(low, view.x), min(high, view.x + view.width)
            for shape in _short(group):
                left, _, right, _ = edges(shape)
                off = _off((left, right), (low, high), view) if group.span else 0.0
                if high - low > 1 and _inside(edges(shifted(shape, off, 0.0)), view, across=True):
                    yield shifted(shape, off, down)


def _off(words: Extent, shown: Extent, view: Box) -> float:
    """How far to the right a head goes, into the middle of what is shown and not over the edge."""
    wide = words[1] - words[0]
    left = (shown[0] + shown[1] - wide) / 2
    return max(view.x, min(left, view.x + view.width - wide)) - words[0]


def _words(group: Group) -> Iterator[Print]:
    return (s for s in group.shapes if isinstance(s, Print))


def _short(group: Group) -> Iterator[Shape]:
    """What is repeated of the heads on top: not the lines that run down the chart from them."""
    return (s for s in group.shapes if not isinstance(s, Curve))


def _is_head(group: Group, shape: Shape) -> bool:
    if group.head == "left":
        return isinstance(shape, Print)
    return group.head == "top" and not isinstance(shape, Curve)


def _solid(shape: Shape, room: tuple[float, float]) -> bool:
    """Whether it is never cut: words, boxes and heads of arrows, but no lines, bands and bars."""
    left, top, right, bottom = edges(shape)
    if isinstance(shape, Curve):
        return shape.closed
    return isinstance(shape, Print) or (right - left < room[0] / 2 and bottom - top < room[1] / 2)


def _inside(found: Edges, view: Box, *, across: bool = False) -> bool:
    """Whether any part of something lies in what the sheet shows, or its middle in the width."""
    left, top, right, bottom = found
    if across:
        return view.x <= (left + right) / 2 < view.x + view.width
    return (left < view.x + view.width and right > view.x
            and top < view.y + view.height and bottom > view.y)  # fmt: skip


def _shown(found: Edges, view: Box, *, solid: bool) -> bool:
    """Whether the sheet shows something: what is kept in one piece only as a whole."""
    left, top, right, bottom = found
    if not solid:
        return _inside(found, view)
    return (left >= view.x - _TINY and right <= view.x + view.width + _TINY
            and top >= view.y - _TINY and bottom <= view.y + view.height + _TINY)  # fmt: skip


def _cuts(
    solid: Iterable[Extent], start: float, end: float, room: float, borders: Iterable[float]
) -> list[Extent]:
    """From where to where each sheet shows something along one direction."""
    held, near, found = sorted(solid), sorted(borders, reverse=True), []
    while end - start > room:
        limit = start + room
        good = (b for b in near if start + room * _LEAST < b <= limit and _free(b, held))
        place = next(good, None) or _before(limit, start, held)
        found.append((start, place))
        through = [low - _GAP for low, high in held if low < place < high]
        start = min([place, *(low for low in through if low > start + room / 2)])
    return [*found, (start, end)]


def _middle(start: float, end: float, held: list[Extent]) -> float | None:
    """The place between two cuts that is nearest to the middle and goes through nothing."""
    beside = (place for low, high in held for place in (low - _GAP, high + _GAP))
    free = [p for p in beside if start + _GAP < p < end - _GAP and _free(p, held)]
    return min(free, key=lambda p: abs(p - (start + end) / 2), default=None)


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
