"""The drawing inside a BPMN document: bounds for every shape, corners for every flow."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from ...definition import Language, Process, Text
from ...definition.phrasing import phrasing
from ...diagram.layout.placed import SIDE, SMALL, Box, Layout, Point, label_size, towards
from ...diagram.model import Diagram
from ...diagram.views.numbering import sheet_text
from ..xml_text import element, name
from .layout import GATEWAY, ICON, drawn, fixed
from .model import Border, Flow, Pool, lane_id, message_flow_id, messages, pool_id, whole_id

SHAPES = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
WAYS = "http://www.omg.org/spec/DD/20100524/DI"
_TYPE = 11 / SMALL  # editors set labels in 11 px and break a line at its bounds
_GAP, _HEAD, _PASSAGE = 60.0, 30.0, 40.0  # between pools; a pool's own head; beside the pools
_WIDE, _PORT = 260.0, 14.0  # a pool that is closed; from one message flow to the next
_HEARD = Text("事象の伝わり方", "Which track hears of whose events")
_SHEET = Text("{0} {1}", "{0}: {1}")


def draw(root: ET.Element, process: Process, made: Sequence[Pool], lang: Language) -> None:
    """Add the drawings: which pool hears of whose events, then each pool by itself. The pools keep
    their places beneath each other, for who puts them together again."""
    told = list(messages(process))
    if told:
        plane = diagram(root, "message-flows", phrasing(lang)(_HEARD), whole_id(process.id))
        _messages(plane, [pool.machine.id for pool in made], told)
    top = 0.0
    for pool in made:
        sheet = sheet_text(process, pool.machine.id, lang)
        label = phrasing(lang)(_SHEET, sheet, phrasing(lang)(pool.machine.label))
        plane = diagram(root, pool.machine.id, label, whole_id(process.id))
        shown, laid = drawn(process, pool, lang)
        _Plane(plane, pool, shown, laid, top).draw(Box(0.0, top, _HEAD + laid.width, laid.height))
        top += laid.height + _GAP


def diagram(root: ET.Element, id: str, label: str, of: str) -> ET.Element:
    """A new diagram of a collaboration: the plane that its shapes are put on."""
    made = element(root, f"{{{SHAPES}}}BPMNDiagram", id=name(f"diagram-{id}"), name=label)
    return element(made, f"{{{SHAPES}}}BPMNPlane", id=name(f"plane-{id}"), bpmnElement=name(of))


def _messages(
    plane: ET.Element, machines: Sequence[str], told: Sequence[tuple[str, str, object]]
) -> None:
    """The pools as boxes, and the message flows at their side, each in a passage that is free."""
    ends: dict[str, list[int]] = {machine: [] for machine in machines}
    for number, (home, other, _) in enumerate(told):
        ends[home].append(number)
        ends[other].append(number)
    boxes, top = {}, 0.0
    for machine, ports in ends.items():
        boxes[machine] = Box(0.0, top, _WIDE, max(2 * _HEAD, (len(ports) + 1) * _PORT))
        part = shape(plane, pool_id(machine), boxes[machine], f"closed-{machine}")
        part.set("isHorizontal", "false")
        top += boxes[machine].height + _GAP / 3
    taken: list[list[tuple[float, float]]] = []  # from where to where, passage by passage
    ways = [
        tuple(boxes[m].y + (ends[m].index(n) + 1) * _PORT for m in (home, other))
        for n, (home, other, _) in enumerate(told)
    ]
    for number in sorted(range(len(ways)), key=lambda n: abs(ways[n][0] - ways[n][1])):
        start, end = ways[number]
        low, high = sorted((start, end))
        free = (p for p, held in enumerate(taken) if all(high < a or b < low for a, b in held))
        passage = next(free, len(taken))
        taken[passage:] = taken[passage:] or [[]]
        taken[passage].append((low, high))
        x = -_PASSAGE - _PORT * passage
        home, other, _ = told[number]
        edge(plane, message_flow_id(home, other), ((0.0, start), (x, start), (x, end), (0.0, end)))


class _Plane:
    """One pool's shapes."""

    def __init__(
        self, plane: ET.Element, pool: Pool, shown: Diagram, laid: Layout, top: float
    ) -> None:
        self.plane, self.pool, self.laid, self.top = plane, pool, laid, top
        self.labels = {edge.id: label_size(edge) for edge in shown.edges}
        self.rooms = {part.id: fixed(part) for part in pool.elements}

    def draw(self, area: Box) -> None:
        band(self.plane, pool_id(self.pool.machine.id), area)
        self._lanes(area)
        borders = {border.id: border for border in self.pool.borders}
        for part in self.pool.elements:
            shape(self.plane, part.id, self._bounds_of(part.id))
        for flow in self.pool.flows:
            if flow.border:
                self._border(borders[flow.border], flow.id)
        for flow in self.pool.flows:
            self._flow(flow)

    def _lanes(self, area: Box) -> None:
        """The lanes fill the pool from its top to its bottom."""
        bands = list(self.laid.lanes.items())
        top, x = area.y, area.x + _HEAD
        for number, (lane, box) in enumerate(bands):
            last = number == len(bands) - 1
            end = area.y + area.height if last else self.top + box.y + box.height
            held = Box(x, top, area.x + area.width - x, end - top)
            band(self.plane, lane_id(self.pool.machine.id, lane), held)
            top = end

    def _border(self, border: Border, flow: str) -> None:
        x, y = self._at(self.laid.routes[flow].corners[0])
        box = Box(x - ICON / 2, y - ICON / 2, ICON, ICON)
        self._label(shape(self.plane, border.id, box), flow)

    def _flow(self, flow: Flow) -> None:
        corners = [self._at(corner) for corner in self.laid.routes[flow.id].corners]
        if flow.border:
            corners[0] = towards(corners[0], corners[1], ICON / 2)
        else:
            corners[:1] = reversed(self._met(flow.source, corners[0], corners[1]))
        corners[-1:] = self._met(flow.target, corners[-1], corners[-2])
        made = edge(self.plane, flow.id, corners)
        if not flow.border:
            self._label(made, flow.id)

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
            return [turn, towards(middle, turn, radius)]
        reach = radius - off if radius == GATEWAY / 2 else (radius**2 - off**2) ** 0.5
        if across:
            return [(middle[0] + (reach if before[0] > middle[0] else -reach), end[1])]
        return [(end[0], middle[1] + (reach if before[1] > middle[1] else -reach))]

    def _label(self, part: ET.Element, flow: str) -> None:
        at = self.laid.routes[flow].label
        wide, high = self.labels[flow]
        if at and wide:
            x, y = self._at(at)
            wide, high = wide * _TYPE, high * _TYPE
            labelled(part, Box(x - wide / 2, y - high / 2, wide, high))

    def _at(self, point: Point) -> Point:
        return point[0] - SIDE + _HEAD + _HEAD, point[1] + self.top

    def _bounds_of(self, id: str) -> Box:
        """An element's own size, in the middle of its slot."""
        box = self.laid.nodes[id]
        wide, high = self.rooms[id] or (box.width, box.height)
        x, y = self._at((box.centre[0] - wide / 2, box.centre[1] - high / 2))
        return Box(x, y, wide, high)


def shape(plane: ET.Element, id: str, box: Box, own: str = "") -> ET.Element:
    """The shape of an element; one that has several gives each an id of its own."""
    made = element(plane, f"{{{SHAPES}}}BPMNShape", id=name(own or f"{id}-shape"),
                   bpmnElement=name(id))  # fmt: skip
    if box.width == box.height == GATEWAY:
        made.set("isMarkerVisible", "true")
    _bounds(made, box)
    return made


def band(plane: ET.Element, id: str, box: Box) -> None:
    """The shape of a pool or lane that goes from left to right."""
    shape(plane, id, box).set("isHorizontal", "true")


def labelled(part: ET.Element, box: Box) -> None:
    """Where the name of a shape or flow stands."""
    _bounds(element(part, f"{{{SHAPES}}}BPMNLabel"), box)


def edge(plane: ET.Element, id: str, corners: Sequence[Point]) -> ET.Element:
    """The line of a flow."""
    made = element(plane, f"{{{SHAPES}}}BPMNEdge", id=name(f"{id}-edge"), bpmnElement=name(id))
    for x, y in corners:
        element(made, f"{{{WAYS}}}waypoint", x=f"{x:.1f}", y=f"{y:.1f}")
    return made


def _bounds(part: ET.Element, box: Box) -> None:
    element(part, f"{{{BOUNDS}}}Bounds", x=f"{box.x:.1f}", y=f"{box.y:.1f}",
            width=f"{box.width:.1f}", height=f"{box.height:.1f}")  # fmt: skip
