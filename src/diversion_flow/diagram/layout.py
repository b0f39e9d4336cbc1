"""Where everything goes: box sizes are ours, positions and arrow routes Graphviz's.

Graphviz gives coordinates only. It comes with pygraphviz (no system `dot` needed); a system
`dot` serves too.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from math import fsum
from typing import Any

from attrs import evolve, frozen

from ..definition import DiversionFlowError
from .measure import em
from .model import Diagram, Edge, Node

FONT, SMALL = 11.0, 8.5  # points
LEADING = 1.35
_PAD = 9.0
_CELL_GAP, _CELL_PAD = 30.0, 22.0
_HEAD, _SIDE = 30.0, 118.0  # height of the column heads, width of the lane heads
Point = tuple[float, float]


class NoLayoutEngine(DiversionFlowError):
    """Neither pygraphviz nor a `dot` command is there."""

    def __init__(self) -> None:
        super().__init__(
            "no layout engine: pip install 'pygraphviz>=2' (carries Graphviz), "
            "or apt-get install graphviz"
        )


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
    """An arrow's Bézier points, its tip, and where its label stands."""

    points: tuple[Point, ...]
    tip: Point | None
    label: Point | None


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


def size(node: Node) -> tuple[float, float]:
    """Width and height of a box that holds the node's text, in points."""
    wide = max([em(t) * FONT for t in node.lines] + [em(t) * SMALL for t in node.small] + [40.0])
    mark = FONT if node.standing or node.inferred else 0.0
    high = len(node.lines) * FONT * LEADING + len(node.small) * SMALL * LEADING
    return (round(wide + mark + 2 * _PAD, 1), round(high + 2 * _PAD - 4, 1))


def label_size(edge: Edge) -> tuple[float, float]:
    """Width and height of an arrow's label, in points."""
    lines = label_lines(edge)
    if not lines:
        return (0.0, 0.0)
    return (max(em(t) for t in lines) * SMALL + 6, len(lines) * SMALL * LEADING + 4)


def label_lines(edge: Edge) -> tuple[str, ...]:
    """What is written on an arrow: its events with the numbers of their rules."""
    events = [t for t in edge.label.split("\n") if t]
    numbers = "".join(f"({n})" for n in edge.numbers)
    mark = " ※" if edge.inferred else ""
    if not events:
        return (numbers + mark,) if numbers else ()
    return (*events[:-1], f"{events[-1]} {numbers}{mark}".rstrip())


def arrange(diagram: Diagram) -> Layout:
    """Place the diagram: in lanes and columns if it has them, else in ranks."""
    return _lanes(diagram) if diagram.lanes and diagram.columns else _ranks(diagram)


# -- ranks ------------------------------------------------------------------------------------


def _ranks(diagram: Diagram) -> Layout:
    head = "rankdir=LR ranksep=0.55 nodesep=0.22 splines=spline compound=true"
    body = [_node(n, i, None) for i, n in enumerate(diagram.nodes) if not n.group]
    for g, group in enumerate(diagram.groups):
        inside = [_node(n, i, None) for i, n in enumerate(diagram.nodes) if n.group == group.id]
        body.append(f"subgraph cluster_{g} {{ margin=18; {' '.join(inside)} }}")
    laid = _graphviz(f"digraph {{ graph [{head}] node [shape=box fixedsize=true label=\"\"] "
                     f"{' '.join(body)} {_arrows(diagram, labels=True)} }}", "dot")  # fmt: skip
    return _read(diagram, laid)


def _node(node: Node, index: int, at: Point | None) -> str:
    width, height = size(node)
    place = f' pos="{at[0]:.1f},{at[1]:.1f}!"' if at else ""
    return f"n{index} [width={width / 72:.4f} height={height / 72:.4f}{place}];"


def _arrows(diagram: Diagram, *, labels: bool) -> str:
    index = {node.id: i for i, node in enumerate(diagram.nodes)}
    said = []
    for i, edge in enumerate(diagram.edges):
        width, height = label_size(edge)
        room = ""
        if labels and width:
            room = (
                f' label=<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{width:.0f}" '
                f'HEIGHT="{height:.0f}"><TR><TD></TD></TR></TABLE>>'
            )
        said.append(f"n{index[edge.source]} -> n{index[edge.target]} [id=e{i}{room}];")
    return " ".join(said)


def _graphviz(dot: str, engine: str) -> Any:
    """The layout of a DOT text that we wrote ourselves, as Graphviz's JSON."""
    try:
        import pygraphviz
    except ImportError:
        return _system_graphviz(dot, engine)
    graph = pygraphviz.AGraph(string=dot)
    return json.loads(graph.draw(format="json", prog=engine))


def _system_graphviz(dot: str, engine: str) -> Any:
    command = shutil.which(engine)
    if command is None:
        raise NoLayoutEngine
    done = subprocess.run([command, "-Tjson"], input=dot.encode(), capture_output=True, check=True)
    return json.loads(done.stdout)


def _read(diagram: Diagram, laid: Any) -> Layout:
    left, low, right, high = (float(v) for v in laid["bb"].split(","))
    names = {f"n{i}": node.id for i, node in enumerate(diagram.nodes)}
    nodes, groups = {}, {}
    for part in laid.get("objects", ()):
        if part["name"] in names:
            nodes[names[part["name"]]] = _box(part, left, high)
        elif part["name"].startswith("cluster_"):
            x1, y1, x2, y2 = (float(v) for v in part["bb"].split(","))
            group = diagram.groups[int(part["name"][8:])]
            groups[group.id] = Box(x1 - left, high - y2, x2 - x1, y2 - y1)
    routes = {
        diagram.edges[int(e["id"][1:])].id: _route(e, left, high) for e in laid.get("edges", ())
    }
    return Layout(right - left, high - low, nodes, routes, groups, {}, {})


def _box(part: Any, left: float, high: float) -> Box:
    x, y = (float(v) for v in part["pos"].rstrip("!").split(","))
    width, height = float(part["width"]) * 72, float(part["height"]) * 72
    return Box(x - left - width / 2, high - y - height / 2, width, height)


def _route(edge: Any, left: float, high: float) -> Route:
    def flip(text: str) -> Point:
        x, y = text.split(",")[:2]
        return (float(x) - left, high - float(y))

    tip, points = None, []
    for item in edge["pos"].split():
        if item.startswith("e,"):
            tip = flip(item[2:])
        elif not item.startswith("s,"):
            points.append(flip(item))
    return Route(tuple(points), tip, flip(edge["lp"]) if "lp" in edge else None)


# -- lanes and columns ------------------------------------------------------------------------


def _lanes(diagram: Diagram) -> Layout:
    """Our own grid of lanes and columns; Graphviz routes the arrows between the boxes."""
    cells: dict[tuple[str, str], list[Node]] = {}
    for node in diagram.nodes:
        cells.setdefault((node.lane, node.column), []).append(node)
    widths = {c.id: _extent(cells, c.id, 0) for c in diagram.columns}
    heights = {lane.id: _extent(cells, lane.id, 1) for lane in diagram.lanes}
    columns = _stack(widths, _SIDE)
    lanes = _stack(heights, _HEAD)
    width = _SIDE + fsum(widths.values())
    height = _HEAD + fsum(heights.values())
    nodes: dict[str, Box] = {}
    for (lane, column), members in cells.items():
        nodes.update(_fill(members, columns[column], widths[column], lanes[lane], heights[lane]))
    laid = Layout(
        width, height, nodes, {}, {},
        {b.id: Box(0, lanes[b.id], width, heights[b.id]) for b in diagram.lanes},
        {c.id: Box(columns[c.id], 0, widths[c.id], height) for c in diagram.columns},
    )  # fmt: skip
    return _routed(diagram, laid)


def _extent(cells: dict[tuple[str, str], list[Node]], band: str, axis: int) -> float:
    """How wide a column, or how high a lane, must be for its fullest cell."""
    needs = [60.0]
    for key, members in cells.items():
        if key[1 - axis] == band:
            grid = _grid(members)
            if axis == 0:
                need = fsum(max(size(n)[0] for n in stack) + 2 * _CELL_GAP for stack in grid)
            else:
                need = max(fsum(size(n)[1] + _CELL_GAP for n in stack) for stack in grid)
            needs.append(need + 2 * _CELL_PAD)
    return max(needs)


def _grid(members: list[Node]) -> list[list[Node]]:
    """The nodes of a cell in stacks beside each other, so that no lane grows too high."""
    per = 3 if len(members) > 3 else max(len(members), 1)
    return [members[i : i + per] for i in range(0, len(members), per)]


def _stack(extents: dict[str, float], start: float) -> dict[str, float]:
    places = {}
    for id, extent in extents.items():
        places[id] = start
        start += extent
    return places


def _fill(
    members: list[Node], x: float, width: float, y: float, height: float
) -> Iterable[tuple[str, Box]]:
    grid = _grid(members)
    wide = [max(size(n)[0] for n in stack) for stack in grid]
    gap = (width - fsum(wide)) / (len(grid) + 1)
    left = x
    for stack, stack_width in zip(grid, wide, strict=True):
        left += gap
        free = height - fsum(size(n)[1] for n in stack)
        top = y
        for node in stack:
            top += free / (len(stack) + 1)
            node_width, node_height = size(node)
            yield node.id, Box(left + (stack_width - node_width) / 2, top, node_width, node_height)
            top += node_height
        left += stack_width


def _routed(diagram: Diagram, laid: Layout) -> Layout:
    body = [
        _node(node, i, (laid.nodes[node.id].centre[0], -laid.nodes[node.id].centre[1]))
        for i, node in enumerate(diagram.nodes)
    ]
    dot = (f'digraph {{ graph [inputscale=72 splines=true sep="+4" esep="+3"] '
           f'node [shape=box fixedsize=true label=""] '
           f"{' '.join(body)} {_arrows(diagram, labels=False)} }}")  # fmt: skip
    found = _read(diagram, _graphviz(dot, "neato"))
    first = diagram.nodes[0].id
    dx = laid.nodes[first].x - found.nodes[first].x
    dy = laid.nodes[first].y - found.nodes[first].y
    routes = {id: _shifted(route, dx, dy) for id, route in found.routes.items()}
    return evolve(laid, routes=routes)


def _shifted(route: Route, dx: float, dy: float) -> Route:
    points = tuple((x + dx, y + dy) for x, y in route.points)
    tip = (route.tip[0] + dx, route.tip[1] + dy) if route.tip else None
    middle = _middle(points)
    return Route(points, tip, middle)


def _middle(points: tuple[Point, ...]) -> Point:
    """The point half way along the middle piece of the curve."""
    pieces = (len(points) - 1) // 3
    start = (pieces // 2) * 3
    a, b, c, d = points[start : start + 4]
    return (
        (a[0] + 3 * b[0] + 3 * c[0] + d[0]) / 8,
        (a[1] + 3 * b[1] + 3 * c[1] + d[1]) / 8,
    )
