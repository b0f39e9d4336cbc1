"""Labels that another arrow, or what ties two of one event, goes through step aside: to the nearest
place by their own arrow on which nothing lies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from math import dist

from attrs import evolve, frozen

from ..model import Diagram
from .geometry import Bounds, Line, apart, around, bounds, enters, followed, overlap, within_rim
from .measure import Found
from .placed import Box, Layout, Point, label_size

_GAP = 3.0  # points between a label and its arrow
_SIDES = ((0, -1), (0, 1), (-1, 0), (1, 0), (-1, -1), (1, -1), (-1, 1), (1, 1))


def aside(diagram: Diagram, laid: Layout) -> Layout:
    """The same layout, each label where it was unless an arrow went through it."""
    lines = Found(lambda id: followed(laid.routes[id]))
    lines |= {f"tie {number}": [*tie] for number, tie in enumerate(laid.ties)}
    reach = {id: bounds(line) for id, line in lines.items()}
    for id, route in laid.routes.items():  # what a curve turns about lies further out
        reach[id] = bounds([*route.points, route.tip or route.points[-1]])
    sheet = _Sheet(laid, lines, reach, {})
    for edge in diagram.edges:
        width, height = label_size(edge)
        at = laid.routes[edge.id].label if edge.id in laid.routes else None
        if at is not None and width:
            sheet.labels[edge.id] = around(at, width, height)
    moved = [id for id in sheet.labels if sheet.struck(id) and sheet.move(id)]
    there = {id: evolve(laid.routes[id], label=sheet.labels[id].centre) for id in moved}
    return evolve(laid, routes=laid.routes | there) if there else laid


@frozen
class _Sheet:
    """What lies on the sheet; the labels move."""

    laid: Layout
    lines: dict[str, Line]  # worked out when something comes near
    reach: dict[str, Bounds]  # out of which no line comes
    labels: dict[str, Box]

    def struck(self, id: str) -> bool:
        """Whether another arrow goes through this label."""
        return self._through(self.labels[id], id)

    def _through(self, box: Box, own: str = "") -> bool:
        """Whether an arrow, another than its own, goes through a box."""
        room = within_rim(box)
        return any(
            enters(self.lines[id], room)
            for id, reach in self.reach.items()
            if id != own and not apart(reach, room)
        )

    def move(self, id: str) -> bool:
        """To the nearest free place; it stays where there is none."""
        label = self.labels[id]
        places = sorted(self._places(id), key=lambda at: (dist(at, label.centre), at))
        for at in places:
            if self._free(id, there := around(at, label.width, label.height)):
                self.labels[id] = there
                return True
        return False

    def _places(self, id: str) -> Iterator[Point]:
        """Beside every point of its arrow, on every side."""
        across, down = self.labels[id].width / 2 + _GAP, self.labels[id].height / 2 + _GAP
        for x, y in self.lines[id]:
            for right, below in _SIDES:
                yield x + right * across, y + below * down

    def _free(self, id: str, there: Box) -> bool:
        """Whether it is on the sheet, and on no box, bar of a limit, other label or arrow."""
        laid = self.laid
        inside = (there.x >= 0 and there.x + there.width <= laid.width
                  and there.y >= 0 and there.y + there.height <= laid.height)  # fmt: skip
        others = (label for other, label in self.labels.items() if other != id)
        held = chain(laid.nodes.values(), laid.clocks.values(), others)
        return inside and not any(overlap(there, box) for box in held) and not self._through(there)
