"""A drawing of ranks that is too wide for its letters to be read, in panels: a machine's part of
each stage, what leads from one to another by numbered connectors."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from attrs import evolve, frozen

from ...definition import Text
from ...definition.grouped import grouped
from ...definition.phrasing import phrasing
from ..model import Diagram, Edge, Node, of_several
from .measure import em, wrap
from .placed import MOST, STAGE, Box, Layout, Point, Route
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
    """The boxes of a panel, under which name, and the arrows that are drawn there: those that leave
    them, and where too many leave a box for one panel, some of these."""

    label: str
    nodes: tuple[Node, ...]
    ways: tuple[Edge, ...]


@frozen
class Panel:
    """A panel: its name, its boxes and arrows with their connectors, and where they stand in it."""

    label: str
    diagram: Diagram
    layout: Layout


def paneled(diagram: Diagram) -> tuple[Diagram, Layout]:
    """What is drawn and where: the diagram as it is if it is small enough, else in panels."""
    whole = None
    if len(diagram.nodes) <= _FEW or not _staged(diagram):
        whole = ranks(diagram)
        if not _large(whole) or len(diagram.nodes) < 2:
            return diagram, whole
    return _together(diagram, tuple(_panels(diagram)))


def _large(laid: Layout) -> bool:
    """Whether it is wider than a screen or higher than an A3."""
    return laid.width > MOST or laid.height > _HIGH


def _staged(diagram: Diagram) -> bool:
    return bool(diagram.groups) or len({n.column for n in diagram.nodes if n.column}) > 1


def _panels(diagram: Diagram) -> Iterator[Panel]:
    open_, names, number = list(_groups(diagram)), _names(diagram), 0
    while open_:
        part = open_.pop(0)
        shown = _with_connectors(diagram, part, names, f"{number}.")
        pieces = _cut(diagram, part, shown, boxes_in_ranks(shown)) if shown.nodes[_MANY:] else ()
        if not pieces:
            laid = ranks(shown)
            pieces = _cut(diagram, part, shown, laid)
        if pieces:
            open_ = [*pieces, *open_]
        else:
            number += 1
            yield Panel(part.label, shown, laid)


def _cut(diagram: Diagram, part: Part, shown: Diagram, laid: Layout) -> tuple[Part, ...]:
    """The pieces of a part that is too large; nothing if it is not, or can be in no pieces."""
    pieces = _pieces(diagram, part, shown, laid) if _large(laid) else ()
    return pieces if len(pieces) > 1 else ()


def _part(label: str, nodes: Iterable[Node], ways: Iterable[Edge]) -> Part:
    """The boxes, with those of the ways that leave them."""
    held = {node.id: node for node in nodes}
    return Part(label, tuple(held.values()), tuple(way for way in ways if way.source in held))


def _groups(diagram: Diagram) -> Iterator[Part]:
    """The machines of a sheet of several; a machine's parts by stage."""
    if diagram.groups:
        for group in diagram.groups:
            nodes = tuple(n for n in diagram.nodes if n.group == group.id)
            if nodes:
                yield _part(group.label, nodes, diagram.edges)
    else:
        yield from _by_stage(diagram, _part("", diagram.nodes, diagram.edges))


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
        yield _part(label, (n for n in part.nodes if own[n.id] == column), part.ways)


def _pieces(diagram: Diagram, part: Part, shown: Diagram, laid: Layout) -> tuple[Part, ...]:
    """A part that is too large by stage; one of one stage in its left half and its right, or, where
    it is too high only, in its upper and its lower, or the ways of one box in halves."""
    if diagram.groups:
        stages = tuple(_by_stage(diagram, part))
        if len(stages) > 1:
            return stages
    across = int(laid.width <= MOST)
    if across and (fan := _fan(part, shown)):
        ends = {edge.id: edge.target for edge in shown.edges}
        fan.sort(key=lambda way: laid.nodes[ends[way.id]].centre[1])
        upper, lower = fan[: len(fan) // 2], fan[len(fan) // 2 :]
        held = {way.target for way in lower} - {way.target for way in upper}
        notes = {node.id for node in part.nodes if node.kind == "note"}
        held |= {way.source for way in part.ways if way.source in notes and way.target in held}
    else:
        at = {n.id: round(laid.nodes[n.id].centre[across]) for n in part.nodes}
        places, lower = sorted({*at.values()}), []
        held = {id for id, place in at.items() if place >= places[len(places) // 2]}
    return tuple(_halves(diagram, part, held, lower))


def _fan(part: Part, shown: Diagram) -> list[Edge]:
    """The ways of one box, if they lead to most of what stands there: they make it high."""
    every = grouped((way.source, way) for way in part.ways if way.source != way.target)
    most = max(every.values(), key=len, default=())
    return [*most] if len(most) > max(1, len(shown.nodes) / 2) else []


def _halves(
    diagram: Diagram, part: Part, held: Container[str], more: Sequence[Edge]
) -> Iterator[Part]:
    """The part in two, of which the second has these boxes with their ways, and these ways more;
    none that is empty."""
    on = _ON.in_(diagram.lang)
    for label, second in ((part.label, False), (part.label.removesuffix(on) + on, True)):
        nodes = tuple(n for n in part.nodes if (n.id in held) is second)
        ways = tuple(w for w in part.ways if (w.source in held or w in more) is second)
        if nodes or ways:
            yield Part(label, nodes, ways)


# -- one panel -----------------------------------------------------------------------------------


def _names(diagram: Diagram) -> dict[str, tuple[int, str]]:
    """What connectors call each box: its number and its name."""
    return {node.id: (number, node.name) for number, node in enumerate(diagram.nodes, 1)}


def _with_connectors(
    diagram: Diagram, part: Part, names: Mapping[str, tuple[int, str]], prefix: str
) -> Diagram:
    """The part with its connectors; these may stand in several panels, each by its prefix."""
    own, drawn = {node.id for node in part.nodes}, {way.id for way in part.ways}
    nodes, edges = list(part.nodes), []
    plates: dict[str, Node] = {}
    on = _ON.in_(diagram.lang)
    for way in part.ways:
        source, target = way.source, way.target
        if source not in own:
            source = f"{prefix}on.{source}"
            plates[source] = _connector(source, "{} {}".format(*names[way.source]) + on, "in")
        if target not in own:
            target = f"{prefix}out.{target}"
            plates[target] = _connector(target, "{} → {}".format(*names[way.target]), "out")
        edges.append(evolve(way, source=source, target=target))
    coming = (e for e in diagram.edges if e.target in own and e.source not in own)
    comes = grouped((edge.target, edge) for edge in coming if edge.id not in drawn)
    for target, found in comes.items():
        here = f"{prefix}in.{target}"
        sources = dict.fromkeys(names[edge.source][1] for edge in found)
        words = f"{names[target][0]} ← {phrasing(diagram.lang).join(sources)}"
        nodes.append(_connector(here, words, "in"))
        edges.append(_entering(here, target, found))
    return evolve(diagram, nodes=(*nodes, *plates.values()), edges=tuple(edges), groups=())


def _connector(id: str, words: str, kind: Literal["in", "out"]) -> Node:
    return Node(id, (), wrap(words, _WIDE), kind=kind, title=words)


def _entering(source: str, target: str, found: Sequence[Edge]) -> Edge:
    """The one arrow from a connector to where all of these lead."""
    standing = of_several(edge.standing for edge in found)
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
        across = max(laid.width, em(panel.label) * STAGE)
        if x and x + across > MOST:
            x, y, high = 0.0, y + high + _BETWEEN, 0.0
        panels.append((panel.label, Box(x, y, across, laid.height + _HEAD)))
        all_nodes += panel.diagram.nodes
        all_edges += panel.diagram.edges
        routes |= {id: _moved(route, x, y + _HEAD) for id, route in laid.routes.items()}
        nodes |= {id: Box(b.x + x, b.y + y + _HEAD, b.width, b.height)
                  for id, b in laid.nodes.items()}  # fmt: skip
        high = max(high, laid.height + _HEAD)
        wide = max(wide, x + laid.width)
        x += across + _BESIDE
    told = diagram.legend if len(found) == 1 else (*diagram.legend, _LEGEND.in_(diagram.lang))
    drawn = evolve(diagram, nodes=tuple(all_nodes), edges=tuple(all_edges), groups=(), legend=told)
    return drawn, Layout(wide, y + high, nodes, routes, {}, {}, {}, panels=tuple(panels))


def _moved(route: Route, dx: float, dy: float) -> Route:
    def to(point: Point) -> Point:
        return (point[0] + dx, point[1] + dy)

    points = tuple([(x + dx, y + dy) for x, y in route.points])
    return Route(points, route.tip and to(route.tip), route.label and to(route.label))
