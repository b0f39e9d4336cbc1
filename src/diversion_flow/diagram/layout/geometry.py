"""What lies on what: boxes that overlap, lines that go through a box, lines that cross."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from .placed import Box, Point, Route

_STEPS = 12  # points by which a curved piece is followed
_NEAR = 0.5  # points by which two parts may touch

_WEIGHTS = tuple(
    ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    for t in (step / _STEPS for step in range(1, _STEPS + 1))
)

Line = list[Point]
Bounds = tuple[float, float, float, float]  # left, top, right, bottom


def around(centre: Point, width: float, height: float) -> Box:
    """The box of this size about this point."""
    return Box(centre[0] - width / 2, centre[1] - height / 2, width, height)


def followed(route: Route) -> Line:
    """Points along a Bézier route, up to its tip."""
    points = route.points
    found = [points[0]]
    for a, b, c, d in zip(points[::3], points[1::3], points[2::3], points[3::3], strict=False):
        for i, j, k, m in _WEIGHTS:
            found.append((i * a[0] + j * b[0] + k * c[0] + m * d[0],
                          i * a[1] + j * b[1] + k * c[1] + m * d[1]))  # fmt: skip
    return [*found, route.tip] if route.tip else found


def overlap(a: Box, b: Box) -> bool:
    """Whether the two share more than an edge."""
    return (
        a.x + a.width > b.x + _NEAR
        and b.x + b.width > a.x + _NEAR
        and a.y + a.height > b.y + _NEAR
        and b.y + b.height > a.y + _NEAR
    )


def through(line: Line, box: Box) -> bool:
    """Whether the line comes into the box, by more than its rim."""
    return enters(line, within_rim(box))


def within_rim(box: Box) -> Bounds:
    """The box without its rim."""
    return box.x + 1, box.y + 1, box.x + box.width - 1, box.y + box.height - 1


def enters(line: Line, box: Bounds) -> bool:
    """Whether the line comes into what has these bounds."""
    return any(_enters(a, b, box) for a, b in pairwise(line))


def _enters(a: Point, b: Point, box: Bounds) -> bool:
    """Whether a straight piece comes into the box (its bounds first, then its sides)."""
    left, top, right, bottom = box
    if ((a[0] < left and b[0] < left) or (a[0] > right and b[0] > right)
            or (a[1] < top and b[1] < top) or (a[1] > bottom and b[1] > bottom)):  # fmt: skip
        return False
    if left <= a[0] <= right and top <= a[1] <= bottom:
        return True
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return any(meet(a, b, c, d) for c, d in zip(corners, corners[1:] + corners[:1], strict=True))


def bounds(points: Iterable[Point]) -> Bounds:
    """The least box around points: left, top, right, bottom."""
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def apart(a: Bounds, b: Bounds) -> bool:
    """Whether two boxes have nothing in common."""
    return a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]


def meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two straight pieces cross inside both."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
