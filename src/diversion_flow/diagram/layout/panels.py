"""A drawing of ranks that is too wide for its letters to be read, in panels: a machine's part of
each stage, what leads from one to another by numbered connectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from attrs import evolve, frozen

from ...definition import Text
from ...definition.grouped import grouped
from ...definition.phrasing import phrasing
from ..model import Diagram, Edge, Node, Standing
from .measure import wrap
from .placed import MOST, Box, Layout, Point, Route
from .ranks import boxes_in_ranks, ranks

_BESIDE, _BETWEEN, _HEAD = 26.0, 22.0, 22.0  # between panels, and the room of a panel's name
_WIDE = 13.0  # em: how wide the words of a connector may be
_LEGEND = Text("五角形: 同じ番号の五角形へ続く", "Pointed plate: goes on at the one of its number")
_ON = Text(" (続き)", " (continued)")
_HIGH = 760.0  # points: what an A3 holds under its title
_FEW = 12  # so few boxes may fit as they are
_MANY = 16  # more seldom do: whether they may is asked before their arrows are drawn


@frozen
class Part:
    """The boxes of a panel: under which name, which."""

    label: str
    nodes: tuple[Node, ...]


@frozen
class Panel:
    """A panel: its name, its boxes and arrows with their connectors, and where they stand in it."""

    label: str
    diagram: Diagram
    layout: Layout


def paneled(diagram: Diagram) -> tuple[Diagram, Layout]:
    """What is drawn and where: the diagram as it is if it is narrow enough, else in panels."""
    whole = None
    if len(diagram.nodes) <= _FEW or not _staged(diagram):
        whole = ranks(diagram)
        if whole.width <= MOST or len(diagram.nodes) < 2:
            return diagram, whole
    return _together(diagram, tuple(_panels(diagram)))


def _staged(diagram: Diagram) -> bool:
    return bool(diagram.groups) or len({n.column for n in diagram.nodes if n.column}) > 1


def _panels(diagram: Diagram) -> Iterator[Panel]:
    open_, names, number = list(_groups(diagram)), _names(diagram), 0
    while open_:
        part = open_.pop(0)
        shown = _with_connectors(diagram, part, names, f"{number}.")
        pieces = _cut(diagram, part, boxes_in_ranks(shown)) if len(shown.nodes) > _MANY else ()
        if not pieces:
            laid = ranks(shown)
            pieces = _cut(diagram, part, laid)
        if pieces:
            open_ = [*pieces, *open_]
        else:
            number += 1
            yield Panel(part.label, shown, laid)


def _cut(diagram: Diagram, part: Part, laid: Layout) -> tuple[Part, ...]:
    """The pieces of a part that is too large; nothing if it is not, or can be in no pieces."""
    large = laid.width > MOST or laid.height > _HIGH
    pieces = _pieces(diagram, part, laid) if large else ()
    return pieces if len(pieces) > 1 else ()


def _groups(diagram: Diagram) -> Iterator[Part]:
    """The machines of a sheet of several; a machine's parts by stage."""
    if diagram.groups:
        for group in diagram.groups:
            nodes = tuple(n for n in diagram.nodes if n.group == group.id)
            if nodes:
                yield Part(group.label, nodes)
    else:
        yield from _by_stage(diagram, Part("", diagram.nodes))


def _by_stage(diagram: Diagram, part: Part) -> Iterator[Part]:
    """The part by stage, the one in which it starts first; a note stands with where it leads."""
    leads = {e.source: e.target for e in diagram.edges}
    columns = {n.id: n.column for n in diagram.nodes}
    own = {n.id: n.column or columns.get(leads.get(n.id, ""), "") for n in part.nodes}
    names = {band.id: band.label for band in diagram.stages}
    order = list(names)
    first = next((own[n.id] for n in part.nodes if n.kind == "initial"), "")
    found = dict.fromkeys(own.values())
    for column in sorted(found, key=lambda c: (c != first, order.index(c) if c in order else -1)):
        label = "  ".join(filter(None, (part.label, names.get(column, ""))))
        yield Part(label, tuple(n for n in part.nodes if own[n.id] == column))


def _pieces(diagram: Diagram, part: Part, laid: Layout) -> tuple[Part, ...]:
    """A part that is too large by stage; one of one stage in its left half and its right, or, where
    it is too high only, in its upper and its lower."""
    if diagram.groups:
        stages = tuple(_by_stage(diagram, part))
        if len(stages) > 1:
            return stages
    across = int(laid.width <= MOST)
    at = {n.id: round(laid.nodes[n.id].centre[across]) for n in part.nodes}
    places = sorted(set(at.values()))
    middle = places[len(places) // 2]
    left = {id for id, place in at.items() if place < middle}
    halves = (
        tuple(n for n in part.nodes if n.id in left),
        tuple(n for n in part.nodes if n.id not in left),
    )
    on = _ON.in_(diagram.lang)
    return tuple(Part(part.label if not k else part.label.removesuffix(on) + on, half)
                 for k, half in enumerate(halves) if half)  # fmt: skip


# -- one panel -----------------------------------------------------------------------------------


def _names(diagram: Diagram) -> dict[str, tuple[int, str]]:
    """What connectors call each box: its number and its name."""
    return {node.id: (number, node.name) for number, node in enumerate(diagram.nodes, 1)}


def _with_connectors(
    diagram: Diagram, part: Part, names: Mapping[str, tuple[int, str]], prefix: str
) -> Diagram:
    """The part with its connectors; these may stand in several panels, each by its prefix."""
    own = {node.id for node in part.nodes}
    nodes, edges = list(part.nodes), []
    goes: dict[str, Node] = {}
    for edge in (edge for edge in diagram.edges if edge.source in own):
        if edge.target in own:
            edges.append(edge)
            continue
        there = f"{prefix}out.{edge.target}"
        goes[there] = _connector(there, "{} → {}".format(*names[edge.target]), "out")
        edges.append(evolve(edge, target=there))
    comes = grouped((edge.target, edge) for edge in diagram.edges
                    if edge.target in own and edge.source not in own)  # fmt: skip
    for target, found in comes.items():
        here = f"{prefix}in.{target}"
        sources = dict.fromkeys(names[edge.source][1] for edge in found)
        words = f"{names[target][0]} ← {phrasing(diagram.lang).join(sources)}"
        nodes.append(_connector(here, words, "in"))
        edges.append(_entering(here, target, found))
    return evolve(diagram, nodes=(*nodes, *goes.values()), edges=tuple(edges), groups=())


def _connector(id: str, words: str, kind: Literal["in", "out"]) -> Node:
    return Node(id, (), wrap(words, _WIDE), kind=kind, title=words)


def _entering(source: str, target: str, found: Sequence[Edge]) -> Edge:
    """The one arrow from a connector to where all of these lead."""
    standing: Standing = next((edge.standing for edge in found if edge.standing), "")
    main = any(edge.main for edge in found)
    return Edge(f"{source}-{target}", source, target, standing=standing, main=main)


# -- all of them ---------------------------------------------------------------------------------


def _together(diagram: Diagram, found: Sequence[Panel]) -> tuple[Diagram, Layout]:
    """The panels side by side where they fit, and one under another."""
    nodes: dict[str, Box] = {}
    routes: dict[str, Route] = {}
    panels: list[tuple[str, Box]] = []
    all_nodes: list[Node] = []
    all_edges: list[Edge] = []
    x = y = high = wide = 0.0
    for panel in found:
        laid = panel.layout
        if x and x + laid.width > MOST:
            x, y, high = 0.0, y + high + _BETWEEN, 0.0
        panels.append((panel.label, Box(x, y, laid.width, laid.height + _HEAD)))
        all_nodes += panel.diagram.nodes
        all_edges += panel.diagram.edges
        routes |= {id: _moved(route, x, y + _HEAD) for id, route in laid.routes.items()}
        nodes |= {id: Box(b.x + x, b.y + y + _HEAD, b.width, b.height)
                  for id, b in laid.nodes.items()}  # fmt: skip
        high = max(high, laid.height + _HEAD)
        wide = max(wide, x + laid.width)
        x += laid.width + _BESIDE
    told = diagram.legend if len(found) == 1 else (*diagram.legend, _LEGEND.in_(diagram.lang))
    drawn = evolve(diagram, nodes=tuple(all_nodes), edges=tuple(all_edges), groups=(), legend=told)
    return drawn, Layout(wide, y + high, nodes, routes, {}, {}, {}, panels=tuple(panels))


def _moved(route: Route, dx: float, dy: float) -> Route:
    def to(point: Point) -> Point:
        return (point[0] + dx, point[1] + dy)

    points = tuple([(x + dx, y + dy) for x, y in route.points])
    return Route(points, route.tip and to(route.tip), route.label and to(route.label))
