"""How well a drawing reads, as numbers: what overlaps, what crosses, and its proportions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from attrs import frozen

from diversion_flow.diagram.layout.geometry import (
    apart,
    around,
    bounds,
    followed,
    meet,
    overlap,
    through,
)
from diversion_flow.diagram.layout.placed import Layout, Point, Route, label_size
from diversion_flow.diagram.model import Diagram


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
    arrows_on_borders: int
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
            + self.arrows_on_borders
        )


def quality(diagram: Diagram, laid: Layout) -> Quality:
    """The measures of a placed diagram."""
    boxes = list(laid.nodes.values())
    lines = {e.id: followed(laid.routes[e.id]) for e in diagram.edges if e.id in laid.routes}
    labels = {
        e.id: around(at, *label_size(e))
        for e in diagram.edges
        if e.id in laid.routes and (at := laid.routes[e.id].label) and label_size(e)[0]
    }
    ends = {e.id: (e.source, e.target) for e in diagram.edges}
    return Quality(
        boxes_overlapping=sum(overlap(a, b) for a, b in combinations(boxes, 2)),
        arrows_through_boxes=sum(
            through(line, box)
            for id, line in lines.items()
            for node, box in laid.nodes.items()
            if node not in ends[id]
        ),
        labels_on_labels=sum(overlap(a, b) for a, b in combinations(labels.values(), 2)),
        labels_on_boxes=sum(overlap(a, b) for a in labels.values() for b in boxes),
        arrows_through_labels=sum(
            through(line, label)
            for id, line in lines.items()
            for owner, label in labels.items()
            if owner != id
        ),
        arrows_on_borders=sum(on_borders(route, laid) for route in laid.routes.values()),
        crossings=sum(crossings(a, b) for a, b in combinations(lines.values(), 2)),
        aspect=round(laid.width / laid.height, 2),
    )


def on_borders(route: Route, laid: Layout) -> int:
    """How many legs of an arrow run on what divides two lanes or stages."""
    return sum(
        any(abs(a[along] - (box.y if along else box.x)) < 1 for box in bands.values())
        for a, b in pairwise(route.corners)
        for along, bands in ((0, laid.columns), (1, laid.lanes))
        if a[along] == b[along] and a != b
    )


def crossings(one: Sequence[Point], other: Sequence[Point]) -> int:
    """How often two lines cross; pieces whose bounds are apart cannot, and are not asked."""
    if apart(bounds(one), bounds(other)):
        return 0
    pieces = [(c, d, bounds((c, d))) for c, d in pairwise(other)]
    return sum(
        not apart(near, other_bounds) and meet(a, b, c, d)
        for a, b in pairwise(one)
        for near in (bounds((a, b)),)
        for c, d, other_bounds in pieces
    )
