"""What lies on what: boxes that overlap, lines that go through a box, lines that cross."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .placed import Box, Point, Route

_STEPS = 12  # points by which a curved piece is followed
_NEAR = 0.5  # points by which two parts may touch

Line = list[Point]
_Bounds = tuple[float, float, float, float]  # left, top, right, bottom


def around(centre: Point, width: float, height: float) -> Box:
    """The box of this size about this point."""
    return Box(centre[0] - width / 2, centre[1] - height / 2, width, height)


def followed(route: Route) -> Line:
    """Points along a Bézier route, up to its tip."""
    return list(_followed(route))


def overlap(a: Box, b: Box) -> bool:
    """Whether the two share more than an edge."""
    return (
        a.x + a.width > b.x + _NEAR
        and b.x + b.width > a.x + _NEAR
        and a.y + a.height > b.y + _NEAR
        and b.y + b.height > a.y + _NEAR
    )


def _followed(route: Route) -> Iterator[Point]:
    points = route.points
    yield points[0]
    for a, b, c, d in zip(points[::3], points[1::3], points[2::3], points[3::3], strict=False):
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            pairs = list(zip(weights, (a, b, c, d), strict=True))
            yield (sum(w * p[0] for w, p in pairs), sum(w * p[1] for w, p in pairs))
    if route.tip:
        yield route.tip


def through(line: Line, box: Box) -> bool:
    """Whether the line comes into the box, by more than its rim."""
    inner = (box.x + 1, box.y + 1, box.x + box.width - 1, box.y + box.height - 1)
    if _apart(_bounds(line), inner):
        return False
    return any(_enters(a, b, inner) for a, b in pairwise(line))


def _enters(a: Point, b: Point, box: _Bounds) -> bool:
    """Whether a straight piece comes into the box (its bounds first, then its sides)."""
    if _apart(_bounds((a, b)), box):
        return False
    left, top, right, bottom = box
    if left <= a[0] <= right and top <= a[1] <= bottom:
        return True
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return any(_meet(a, b, c, d) for c, d in zip(corners, corners[1:] + corners[:1], strict=True))


def crossings(one: Line, other: Line) -> int:
    """How often two lines cross; pieces whose bounds are apart cannot, and are not asked."""
    if _apart(_bounds(one), _bounds(other)):
        return 0
    pieces = [(c, d, _bounds((c, d))) for c, d in pairwise(other)]
    return sum(
        not _apart(near, bounds) and _meet(a, b, c, d)
        for a, b in pairwise(one)
        for near in (_bounds((a, b)),)
        for c, d, bounds in pieces
    )


def _bounds(points: Sequence[Point]) -> _Bounds:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _apart(a: _Bounds, b: _Bounds) -> bool:
    return a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two straight pieces cross inside both."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
