"""Boxes in ranks, as Graphviz places them: box sizes are ours, positions and routes its.

Graphviz gives coordinates only. It comes with pygraphviz (no system `dot` needed); a system
`dot` serves too.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import lru_cache
from typing import Any

from ...definition import MissingExtra
from ...definition.extras import install, needed
from ..model import Diagram, Node
from .aside import aside
from .placed import Box, Layout, Route, label_size, size

# So many arrows, and many a box, are a thicket in which nobody follows a bend, and no label has a
# place of its own: they are drawn straight, for the time that bends take grows with the cube of
# their number.
_THICKET, _A_BOX = 200, 1.5
_STRAIGHT = "splines=line nslimit=1 nslimit1=1 mclimit=0.2"


class NoLayoutEngine(MissingExtra):
    """Neither pygraphviz nor a `dot` command is there."""


def ranks(diagram: Diagram) -> Layout:
    """Every box and arrow from left to right in the order of the steps, machines in frames."""
    if len(diagram.edges) > max(_THICKET, _A_BOX * len(diagram.nodes)):
        return _placed(diagram, _STRAIGHT)
    return aside(diagram, _placed(diagram, "splines=spline"))


def boxes_in_ranks(diagram: Diagram) -> Layout:
    """The same without arrows, which take half of the time: how large it is at least, and where
    each box stands beside the others."""
    return _placed(diagram, "splines=none")


def _placed(diagram: Diagram, arrows: str) -> Layout:
    head = f"rankdir=LR ranksep=0.55 nodesep=0.3 {arrows} compound=true"
    framed = {group.id for group in diagram.groups}
    body = [_node(n, i) for i, n in enumerate(diagram.nodes) if n.group not in framed]
    for g, group in enumerate(diagram.groups):
        inside = [_node(n, i) for i, n in enumerate(diagram.nodes) if n.group == group.id]
        body.append(f"subgraph cluster_{g} {{ margin=18; {' '.join(inside)} }}")
    laid = _graphviz(f"digraph {{ graph [{head}] node [shape=box fixedsize=true label=\"\"] "
                     f"{' '.join(body)} {_ends(diagram)} {_arrows(diagram)} }}")  # fmt: skip
    return _read(diagram, laid)


def _ends(diagram: Diagram) -> str:
    """Starts and what comes in first, ends and what goes out last; not where machines have frames,
    for Graphviz ranks across them."""
    if diagram.groups:
        return ""
    kinds = {"source": ("initial", "in"), "sink": ("final", "out")}
    return " ".join(
        f"{{ rank={rank}; {' '.join(found)} }}"
        for rank, of in kinds.items()
        if (found := [f"n{i};" for i, n in enumerate(diagram.nodes) if n.kind in of])
    )


def _node(node: Node, index: int) -> str:
    width, height = size(node)
    return f"n{index} [width={width / 72:.4f} height={height / 72:.4f}];"


def _arrows(diagram: Diagram) -> str:
    index = {node.id: i for i, node in enumerate(diagram.nodes)}
    said = []
    for i, edge in enumerate(diagram.edges):
        width, height = label_size(edge)
        room = ""
        if width:
            room = (
                f' label=<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{width:.0f}" '
                f'HEIGHT="{height:.0f}"><TR><TD></TD></TR></TABLE>>'
            )
        said.append(f"n{index[edge.source]} -> n{index[edge.target]} [id=e{i}{room}];")
    return " ".join(said)


@lru_cache(maxsize=64)
def _graphviz(dot: str) -> Any:
    """The layout of a DOT text that we wrote ourselves, as Graphviz's JSON; it is read only, and
    kept for the next picture of the same machine, which another case may be on."""
    try:
        with needed("diagrams"):
            import pygraphviz
    except MissingExtra:
        return _system_graphviz(dot)
    graph = pygraphviz.AGraph(string=dot)
    return json.loads(graph.draw(format="json0", prog="dot"))


def _system_graphviz(dot: str) -> Any:
    command = shutil.which("dot")
    if command is None:
        raise NoLayoutEngine("no_layout", install=install("diagrams"))
    done = subprocess.run([command, "-Tjson0"], input=dot.encode(), capture_output=True, check=True)
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
        diagram.edges[int(e["id"][1:])].id: _route(e, left, high)
        for e in laid.get("edges", ())
        if "pos" in e
    }
    return Layout(right - left, high - low, nodes, routes, groups, {}, {})


def _box(part: Any, left: float, high: float) -> Box:
    x, y = (float(v) for v in part["pos"].rstrip("!").split(","))
    width, height = float(part["width"]) * 72, float(part["height"]) * 72
    return Box(x - left - width / 2, high - y - height / 2, width, height)


def _route(edge: Any, left: float, high: float) -> Route:
    tip, points = None, []
    for item in edge["pos"].split():
        *end, x, y = item.split(",")
        point = (float(x) - left, high - float(y))
        if end == ["e"]:
            tip = point
        elif not end:
            points.append(point)
    label = edge["lp"].split(",") if "lp" in edge else None
    return Route(tuple(points), tip, label and (float(label[0]) - left, high - float(label[1])))
