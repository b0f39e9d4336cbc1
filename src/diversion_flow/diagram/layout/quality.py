"""How well a drawing reads, as numbers: what overlaps, what crosses, and its proportions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from attrs import frozen

from ..model import Diagram
from .placed import Box, Layout, Point, Route, label_size

_STEPS = 12  # points by which a curved piece is followed
_NEAR = 0.5  # points by which two parts may touch

_Bounds = tuple[float, float, float, float]  # left, top, right, bottom


@frozen
class Quality:
    """What a reader stumbles over; all but the crossings should be 0.

    `aspect` is width over height.
    """

    boxes_overlapping: int
    arrows_through_boxes: int
    labels_on_labels: int
    labels_on_boxes: int
    arrows_through_labels: int
    crossings: int
    aspect: float

    @property
    def overlaps(self) -> int:
        """Everything that lies on something else."""
        return (
            self.boxes_overlapping
            + self.arrows_through_boxes
            + self.labels_on_labels
            + self.labels_on_boxes
        )


def quality(diagram: Diagram, laid: Layout) -> Quality:
    """The measures of a placed diagram."""
    boxes = list(laid.nodes.values())
    lines = {e.id: list(_followed(laid.routes[e.id])) for e in diagram.edges if e.id in laid.routes}
    labels = {
        e.id: _label(laid.routes[e.id].label, *label_size(e))
        for e in diagram.edges
        if e.id in laid.routes and laid.routes[e.id].label and label_size(e)[0]
    }
    ends = {e.id: (e.source, e.target) for e in diagram.edges}
    return Quality(
        boxes_overlapping=sum(_overlap(a, b) for a, b in combinations(boxes, 2)),
        arrows_through_boxes=sum(
            _through(line, box)
            for id, line in lines.items()
            for node, box in laid.nodes.items()
            if node not in ends[id]
        ),
        labels_on_labels=sum(_overlap(a, b) for a, b in combinations(labels.values(), 2)),
        labels_on_boxes=sum(_overlap(a, b) for a in labels.values() for b in boxes),
        arrows_through_labels=sum(
            _through(line, label)
            for id, line in lines.items()
            for owner, label in labels.items()
            if owner != id
        ),
        crossings=sum(_cross(a, b) for a, b in combinations(lines.values(), 2)),
        aspect=round(laid.width / laid.height, 2),
    )


def _label(at: Point | None, width: float, height: float) -> Box:
    assert at is not None
    return Box(at[0] - width / 2, at[1] - height / 2, width, height)


def _overlap(a: Box, b: Box) -> bool:
    return (
        a.x + a.width > b.x + _NEAR
        and b.x + b.width > a.x + _NEAR
        and a.y + a.height > b.y + _NEAR
        and b.y + b.height > a.y + _NEAR
    )


def _followed(route: Route) -> Iterator[Point]:
    """Points along a Bézier route, up to its tip."""
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


def _pieces(line: list[Point]) -> Iterable[tuple[Point, Point]]:
    return pairwise(line)


def _through(line: list[Point], box: Box) -> bool:
    inner = (box.x + 1, box.y + 1, box.x + box.width - 1, box.y + box.height - 1)
    if _apart(_bounds(line), inner):
        return False
    return any(_enters(a, b, inner) for a, b in _pieces(line))


def _enters(a: Point, b: Point, box: _Bounds) -> bool:
    """Whether a straight piece comes into the box (its bounds first, then its sides)."""
    if _apart(_bounds((a, b)), box):
        return False
    left, top, right, bottom = box
    if left <= a[0] <= right and top <= a[1] <= bottom:
        return True
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return any(_meet(a, b, c, d) for c, d in zip(corners, corners[1:] + corners[:1], strict=True))


def _cross(one: list[Point], other: list[Point]) -> int:
    """How often two lines cross; pieces whose bounds are apart cannot, and are not asked."""
    if _apart(_bounds(one), _bounds(other)):
        return 0
    pieces = [(c, d, _bounds((c, d))) for c, d in _pieces(other)]
    return sum(
        not _apart(near, bounds) and _meet(a, b, c, d)
        for a, b in _pieces(one)
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
