"""A placed diagram, and how much room its parts need: what every layout agrees on."""

from __future__ import annotations

from functools import lru_cache

from attrs import field, frozen

from ..model import Diagram, Edge, Node, Span
from .measure import em, wrap, wrap_within

FONT, SMALL = 11.0, 8.5  # points
LEADING = 1.35
_HEAD, SIDE = 30.0, 118.0  # height of the column heads, width of the lane heads
_HEAD_TYPE = 10.0  # letters of a lane's head
_LANE = 8.0  # points beside them
STAGE = 12.0  # letters of a stage's name
_STAGE_WIDE = 14.0  # em: how wide a stage's name may be
_PAD = 9.0
_LABEL = 9.0  # em: how wide a label on an arrow may be
_ROUND = 5.0  # radius of a corner
_AIR, _ARROW = 6.0, 5.0  # around the name of a limit; the point at the end of its bar
TIP = 7.0  # how much of an arrow is its head
MOST = 1168.0  # points: so wide a chart has letters of 8 points on A3, and of 9 pixels on a screen
Point = tuple[float, float]


@frozen
class Box:
    """A placed rectangle, y downwards, in points."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        """The middle of the box."""
        return (self.x + self.width / 2, self.y + self.height / 2)


@frozen
class Route:
    """An arrow's Bézier points, its tip, where its label stands, and the corners of its legs
    where it has straight ones."""

    points: tuple[Point, ...]
    tip: Point | None
    label: Point | None
    corners: tuple[Point, ...] = ()


@frozen
class Layout:
    """A placed diagram."""

    width: float
    height: float
    nodes: dict[str, Box]
    routes: dict[str, Route]
    groups: dict[str, Box]
    lanes: dict[str, Box]
    columns: dict[str, Box]
    clocks: dict[str, Box] = field(factory=dict)
    panels: tuple[tuple[str, Box], ...] = ()  # what stands apart, by its name
    ties: tuple[tuple[Point, ...], ...] = ()  # lines from arrow to arrow of one event


_SIGN = {"visited": "✓", "current": "◉", "possible": "▷", "overdue": "!"}


def sign(node: Node) -> str:
    """Where a case is and has been, and what was inferred, before it is a colour or a line."""
    return _SIGN.get(node.standing, "") + ("※" if node.inferred else "")


def type_size(node: Node) -> float:
    """The size of the letters of a box's label, in points."""
    return SMALL if node.fine else FONT


def size(node: Node) -> tuple[float, float]:
    """Width and height of a box that holds the node's text, in points."""
    if node.room:
        return node.room
    font, pad = type_size(node), _PAD / 2 if node.fine else _PAD
    wide = max([em(t) * font for t in node.lines] + [em(t) * SMALL for t in node.small] + [40.0])
    # Signs stand in the left corner, the words in the middle: what one side takes, both have.
    mark = 0.0 if node.fine else max(0.0, font * (2 * len(sign(node)) - 1))
    high = len(node.lines) * font * LEADING + len(node.small) * SMALL * LEADING
    return (round(wide + mark + 2 * pad, 1), round(high + 2 * pad - 4, 1))


def head_type(diagram: Diagram) -> float:
    """The size of the letters of the lanes' heads, in points."""
    return SMALL if diagram.fine else _HEAD_TYPE


def lane_head(label: str, side: float, letters: float) -> tuple[str, ...]:
    """The lines of a lane's head that is `side` points wide."""
    return wrap_within(label, (side - 2 * _LANE) / letters)


def stage_head(label: str) -> tuple[str, ...]:
    """The lines of a stage's name over its columns."""
    return wrap(label, _STAGE_WIDE)


def heads_high(diagram: Diagram) -> float:
    """How high the names of the stages stand over a chart."""
    lines = max((len(stage_head(stage.label)) for stage in diagram.columns), default=1)
    return _HEAD + (lines - 1) * STAGE * LEADING


def label_size(edge: Edge) -> tuple[float, float]:
    """Width and height of an arrow's label, in points."""
    lines = label_lines(edge)
    if not lines:
        return (0.0, 0.0)
    return (max(em(t) for t in lines) * SMALL + 6, len(lines) * SMALL * LEADING + 4)


def box_lines(node: Node) -> tuple[str, ...]:
    """What is written in a box, with its sign, for a format that has no corner to put that in."""
    first, *rest = (*node.lines, *node.small) or ("",)
    return (f"{sign(node)} {first}".strip(), *rest)


def label_lines(edge: Edge) -> tuple[str, ...]:
    """What is written on an arrow: its events with the numbers of their rules."""
    return _label_lines(edge.label, edge.numbers, edge.inferred)


@lru_cache(maxsize=1 << 12)  # how large it is is asked before it is drawn
def _label_lines(label: str, ids: tuple[int, ...], inferred: bool) -> tuple[str, ...]:
    numbers = "".join(f"({n})" for n in ids) + (" ※" if inferred else "")
    events = [t for t in label.split("\n") if t]
    said = [*events[:-1], f"{events[-1]} {numbers}"] if events else [numbers]
    return tuple(line for text in said if text.strip() for line in wrap(text.strip(), _LABEL))


def clock_label(clock: Span, bar: Box, right: float) -> float:
    """Where the name of a limit begins: in its bar if there is room, else behind it, and where
    the chart ends there, before it; behind it if that is no room either."""
    wide = em(clock.label) * SMALL
    if wide + 2 * _AIR <= bar.width:
        return bar.x + _AIR
    behind = bar.x + bar.width + _ARROW + _AIR
    before = bar.x - _AIR - wide
    return behind if behind + wide <= right or before < 0 else before


def clock_reach(clock: Span, bar: Box, right: float) -> tuple[float, float]:
    """From where to where a limit's bar takes up room, with its name."""
    at = clock_label(clock, bar, right)
    end = bar.x + bar.width + _ARROW
    return min(bar.x, at) - _AIR, max(end, at + em(clock.label) * SMALL) + _AIR


def rounded(corners: list[Point], label: Point | None) -> Route:
    """A route along straight legs, with its corners rounded off."""
    tip, legs = corners[-1], tuple(corners)
    corners = [*corners[:-1], _short(tip, corners[-2], TIP)]
    points = [corners[0]]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        begin, end = _short(corner, before, _ROUND), _short(corner, after, _ROUND)
        points += [*_straight(points[-1], begin), corner, corner, end]
    return Route((*points, *_straight(points[-1], corners[-1])), tip, label, legs)


def towards(point: Point, other: Point, by: float) -> Point:
    """The point, moved so far along its leg to the other."""
    x, y = other[0] - point[0], other[1] - point[1]
    length = abs(x) + abs(y) or 1.0
    return point[0] + x / length * by, point[1] + y / length * by


def _short(point: Point, towards: Point, by: float) -> Point:
    """The point moved towards the other, but at most half way."""
    x, y = towards[0] - point[0], towards[1] - point[1]
    length = abs(x) + abs(y)
    share = min(by / length, 0.5) if length else 0.0
    return (point[0] + x * share, point[1] + y * share)


def _straight(start: Point, end: Point) -> tuple[Point, Point, Point]:
    """A straight piece of a Bézier curve after its first point."""
    x, y = (end[0] - start[0]) / 3, (end[1] - start[1]) / 3
    return (start[0] + x, start[1] + y), (end[0] - x, end[1] - y), end
