"""The drawing inside a BPMN document: bounds for every shape, corners for every flow."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from ...definition import Language, Process
from ...diagram.layout.placed import SIDE, SMALL, Box, Layout, Point, label_size
from ...diagram.model import Diagram
from ..xml_text import element, name
from .layout import GATEWAY, ICON, drawn, fixed
from .model import Border, Flow, Pool, lane_id, message_flow_id, messages, pool_id

SHAPES = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
WAYS = "http://www.omg.org/spec/DD/20100524/DI"
_TYPE = 11 / SMALL  # editors set labels in 11 px and break a line at its bounds
_GAP, _HEAD, _PASSAGE = 60.0, 30.0, 40.0  # between pools; a pool's own head; beside the pools


def draw(root: ET.Element, process: Process, made: Sequence[Pool], lang: Language) -> None:
    """Add the drawing: the pools below each other, message flows at their side."""
    diagram = element(root, f"{{{SHAPES}}}BPMNDiagram", id=name(f"{process.id}.diagram"))
    plane = element(diagram, f"{{{SHAPES}}}BPMNPlane", id=name(f"{process.id}.plane"),
                    bpmnElement=name(process.id))  # fmt: skip
    charts = [drawn(process, pool, lang) for pool in made]
    wide = max(laid.width for _, laid in charts)
    top = 0.0
    pools: dict[str, Box] = {}
    for pool, (shown, laid) in zip(made, charts, strict=True):
        bounds = Box(0.0, top, _HEAD + wide, laid.height)
        pools[pool.machine.id] = bounds
        _Plane(plane, pool, shown, laid, top).draw(bounds)
        top += laid.height + _GAP
    for number, (home, other, _) in enumerate(messages(process)):
        _message(plane, home, other, pools, number)


def _message(plane: ET.Element, home: str, other: str, pools: dict[str, Box], number: int) -> None:
    """A message flow along the left side of the pools."""
    x = -_PASSAGE - 14.0 * number
    start, end = pools[home], pools[other]
    a, b = start.y + 20 + 6 * number, end.y + 20 + 6 * number
    edge = _edge(plane, message_flow_id(home, other))
    _points(edge, ((0.0, min(a, start.y + start.height)), (x, min(a, start.y + start.height)),
                   (x, min(b, end.y + end.height)), (0.0, min(b, end.y + end.height))))  # fmt: skip


class _Plane:
    """One pool's shapes."""

    def __init__(
        self, plane: ET.Element, pool: Pool, shown: Diagram, laid: Layout, top: float
    ) -> None:
        self.plane, self.pool, self.laid, self.top = plane, pool, laid, top
        self.labels = {edge.id: label_size(edge) for edge in shown.edges}
        self.rooms = {part.id: fixed(part) for part in pool.elements}

    def draw(self, bounds: Box) -> None:
        shape = self._shape(pool_id(self.pool.machine.id), bounds)
        shape.set("isHorizontal", "true")
        self._lanes(bounds)
        borders = {border.id: border for border in self.pool.borders}
        for part in self.pool.elements:
            self._shape(part.id, self._bounds_of(part.id))
        for flow in self.pool.flows:
            if flow.border:
                self._border(borders[flow.border], flow.id)
        for flow in self.pool.flows:
            self._flow(flow)

    def _lanes(self, bounds: Box) -> None:
        """The lanes fill the pool from its top to its bottom."""
        bands = list(self.laid.lanes.items())
        top = bounds.y
        for number, (lane, box) in enumerate(bands):
            last = number == len(bands) - 1
            end = bounds.y + bounds.height if last else self.top + box.y + box.height
            x = bounds.x + _HEAD
            area = Box(x, top, bounds.x + bounds.width - x, end - top)
            shape = self._shape(lane_id(self.pool.machine.id, lane), area)
            shape.set("isHorizontal", "true")
            top = end

    def _border(self, border: Border, flow: str) -> None:
        x, y = self._at(self.laid.routes[flow].corners[0])
        box = Box(x - ICON / 2, y - ICON / 2, ICON, ICON)
        shape = self._shape(border.id, box)
        self._label(shape, flow)

    def _flow(self, flow: Flow) -> None:
        corners = [self._at(corner) for corner in self.laid.routes[flow.id].corners]
        if flow.border:
            corners[0] = _towards(corners[0], corners[1], ICON / 2)
        else:
            corners[:1] = reversed(self._met(flow.source, corners[0], corners[1]))
        corners[-1:] = self._met(flow.target, corners[-1], corners[-2])
        edge = _edge(self.plane, flow.id)
        _points(edge, corners)
        if not flow.border:
            self._label(edge, flow.id)

    def _met(self, id: str, end: Point, before: Point) -> list[Point]:
        """The last corners of a flow that ends at the border of the element's slot, drawn on to
        the element itself, which may be smaller."""
        if self.rooms[id] is None:
            return [end]
        box = self._bounds_of(id)
        across = abs(end[1] - before[1]) < 0.01
        middle, radius = box.centre, box.width / 2
        off = abs(end[1] - middle[1]) if across else abs(end[0] - middle[0])
        if off >= radius:  # past the shape: turn to it in the middle
            turn = (middle[0], end[1]) if across else (end[0], middle[1])
            return [turn, _towards(middle, turn, radius)]
        reach = radius - off if radius == GATEWAY / 2 else (radius**2 - off**2) ** 0.5
        if across:
            return [(middle[0] + (reach if before[0] > middle[0] else -reach), end[1])]
        return [(end[0], middle[1] + (reach if before[1] > middle[1] else -reach))]

    def _label(self, shape: ET.Element, flow: str) -> None:
        at = self.laid.routes[flow].label
        wide, high = self.labels[flow]
        if at and wide:
            x, y = self._at(at)
            wide, high = wide * _TYPE, high * _TYPE
            label = element(shape, f"{{{SHAPES}}}BPMNLabel")
            _bounds(label, Box(x - wide / 2, y - high / 2, wide, high))

    def _shape(self, id: str, box: Box) -> ET.Element:
        made = element(self.plane, f"{{{SHAPES}}}BPMNShape", id=name(f"{id}.shape"),
                       bpmnElement=name(id))  # fmt: skip
        if box.width == box.height == GATEWAY:
            made.set("isMarkerVisible", "true")
        _bounds(made, box)
        return made

    def _at(self, point: Point) -> Point:
        return point[0] - SIDE + _HEAD + _HEAD, point[1] + self.top

    def _bounds_of(self, id: str) -> Box:
        """An element's own size, in the middle of its slot."""
        box = self.laid.nodes[id]
        wide, high = self.rooms[id] or (box.width, box.height)
        x, y = self._at((box.centre[0] - wide / 2, box.centre[1] - high / 2))
        return Box(x, y, wide, high)


def _towards(start: Point, end: Point, by: float) -> Point:
    x, y = end[0] - start[0], end[1] - start[1]
    length = abs(x) + abs(y) or 1.0
    return start[0] + x * by / length, start[1] + y * by / length


def _edge(plane: ET.Element, id: str) -> ET.Element:
    return element(plane, f"{{{SHAPES}}}BPMNEdge", id=name(f"{id}.edge"), bpmnElement=name(id))


def _points(edge: ET.Element, corners: Sequence[Point]) -> None:
    for x, y in corners:
        element(edge, f"{{{WAYS}}}waypoint", x=f"{x:.1f}", y=f"{y:.1f}")


def _bounds(shape: ET.Element, box: Box) -> None:
    element(shape, f"{{{BOUNDS}}}Bounds", x=f"{box.x:.1f}", y=f"{box.y:.1f}",
            width=f"{box.width:.1f}", height=f"{box.height:.1f}")  # fmt: skip
