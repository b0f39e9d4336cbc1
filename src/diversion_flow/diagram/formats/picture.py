"""A placed diagram as plain shapes, ready to be spelt as SVG or PDF. Points, y downwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import Literal

from attrs import evolve, field, frozen

from ...definition import Language, Text
from ...definition.grouped import grouped
from ...definition.phrasing import phrasing
from ..layout.choose import drawn
from ..layout.measure import em, wrap
from ..layout.placed import (
    LEADING,
    SMALL,
    STAGE,
    Box,
    Layout,
    Point,
    Route,
    clock_label,
    clock_reach,
    head_type,
    label_lines,
    label_size,
    lane_head,
    sign,
    stage_head,
    type_size,
)
from ..layout.ranks import ranks
from ..model import Diagram, Edge, Links, Node, Rule, Standing
from .leads import Piece, pieces

# Okabe and Ito's palette, darkened where text or lines need contrast on white.
USUAL = "#1d3557"  # the usual course
INK, GREY, PALE, WHITE = "#1a1a1a", "#595959", "#f2f2f2", "#ffffff"
BLUE, ORANGE, GREEN, RED = "#004a77", "#8a4b00", "#005c43", "#9c2f00"
SKY, SAND, MINT, ROSE, CREAM = "#e3eef6", "#ffe9b8", "#e3f3ec", "#f7dfd3", "#fff6df"
_FILL = {"": "#ffffff", "visited": SKY, "current": SAND, "possible": MINT, "overdue": ROSE,
         "added": MINT, "removed": ROSE, "changed": SAND,
         "shown": MINT, "partly": SAND, "missing": ROSE}  # fmt: skip
_LINE = {"": INK, "visited": BLUE, "current": ORANGE, "possible": GREEN, "overdue": RED,
         "added": GREEN, "removed": RED, "changed": ORANGE,
         "shown": GREEN, "partly": ORANGE, "missing": RED}  # fmt: skip
_STRONG = ("current", "added", "changed", "missing")

MARGIN = 14.0
LIST = 400.0  # points: so wide a column of the list is
_DOT = 2.4  # how far a dot on an arrow reaches from its middle
LEGEND = Text("凡例", "Legend")
_LEADS, _LEADS_TO = Text("次へ: {0}", "Leads to: {0}"), Text("{0}({1})", "{0} ({1})")
_ENDS = Text("この図ではここで終わる", "Leads no further on this sheet")
_TITLE = 18.0  # letters of a sheet's title
_SPACE = " " * 3  # between what a corner tells
Dash = Literal["", "dash", "dot"]


@frozen
class Rect:
    """A rectangle with rounded corners."""

    box: Box
    line: str = INK
    fill: str = "none"
    width: float = 1.0
    radius: float = 0.0
    dash: Dash = ""


@frozen
class Curve:
    """A Bézier curve through points, or a polygon when closed."""

    points: tuple[Point, ...]
    line: str = INK
    fill: str = "none"
    width: float = 1.0
    dash: Dash = ""
    closed: bool = False


@frozen
class Print:
    """A line of text; `at` is the baseline's start or middle."""

    at: Point
    text: str
    size: float
    colour: str = INK
    anchor: Literal["start", "middle"] = "start"
    bold: bool = False
    leads: tuple[Piece, ...] = ()


def straight(points: Sequence[Point], line: str, width: float, dash: Dash = "") -> Curve:
    """A line with corners, as the Bézier curve that every format draws."""
    found = [points[0]]
    for (ax, ay), (bx, by) in pairwise(points):
        third = ((bx - ax) / 3, (by - ay) / 3)
        found += [(ax + third[0], ay + third[1]), (bx - third[0], by - third[1]), (bx, by)]
    return Curve(tuple(found), line, width=width, dash=dash)


Shape = Rect | Curve | Print
# Where no bold font is at hand, bold letters are heavier by so many em.
BOLDER = 0.035


def leading(words: Sequence[Print], cited: Links) -> list[Print]:
    """The lines, each with the links to what it cites."""
    found = pieces((line.text for line in words), cited) if cited else {}
    return [evolve(w, leads=tuple(found[n])) if n in found else w for n, w in enumerate(words)]


@frozen
class Group:
    """Shapes that belong together, with the title that a reader of the picture hears."""

    title: str
    shapes: tuple[Shape, ...]
    part: str = ""  # the id of the node or arrow that is drawn
    rules: tuple[str, ...] = ()  # `machine.transition` of each rule that an arrow stands for
    entries: tuple[int, ...] = ()  # of a case's journal, by their numbers, that are drawn
    # A head of a lane or a stage, which every sheet of paper repeats, and from where to where
    # along its side of the chart the lane or stage extends; the name of a part, which stands
    # apart from others under one another, and from where to where that goes.
    head: Literal["", "left", "top", "part"] = ""
    span: tuple[float, float] | None = None
    bar: bool = False  # of a time limit: paper may be cut through it
    list: str = ""  # in which list those hear it who do not see it: a lane, a machine
    leads: str = ""  # where a step leads, in words


@frozen
class Picture:
    """A whole drawing."""

    width: float
    height: float
    title: str
    description: str
    lang: Language
    groups: tuple[Group, ...] = field(factory=tuple)
    foot: float = 0.0  # where what stands under a chart begins; 0: nowhere
    edge: float = 0.0  # white around it on a screen: paper has its own
    stamp: str = field(default="", repr=False)  # told above it, on each of its sheets of paper


def picture(diagram: Diagram, *, whole: bool = False) -> Picture:
    """The diagram drawn: title, chart, legend, and the list of rules underneath; `whole`, for who
    can move about in it: in no panels, however wide it is."""
    shown, laid = (diagram, ranks(diagram)) if whole else drawn(diagram)
    width = _width(diagram, laid)
    head, top = _head_of(diagram, shown, laid, width)
    rules, bottom = _rules(diagram, MARGIN, top + 14, width)
    return _picture(diagram, width, bottom, (*head, *rules))


def chart_and_rules(diagram: Diagram, width: float) -> tuple[Picture, Picture]:
    """The same in two pictures, for paper: the chart with its legend, and the rules for sheets that
    are so wide."""
    shown, laid = drawn(diagram)
    wide = width - 2 * MARGIN
    across = _width(diagram, laid)
    head, bottom = _head_of(diagram, shown, laid, across)
    named, under = title(diagram, wide)
    rules, end = _rules(diagram, MARGIN, under, wide)
    return (
        _picture(diagram, across, bottom, head),
        _picture(diagram, wide, end, (named, *rules)),
    )


def _width(diagram: Diagram, laid: Layout) -> float:
    """How wide the chart is, with the names of its parts and limits and a list under it."""
    limits = (clock_reach(c, laid.clocks[c.id], laid.width)[1] for c in diagram.clocks)
    return max(laid.width, 520.0, *(box.x + box.width for _, box in laid.panels), *limits)


def _picture(diagram: Diagram, width: float, bottom: float, groups: tuple[Group, ...]) -> Picture:
    return Picture(
        round(width + 2 * MARGIN, 1),
        round(bottom + MARGIN, 1),
        diagram.title,
        diagram.description,
        diagram.lang,
        groups,
        stamp=diagram.stamp,
    )


def _head_of(
    diagram: Diagram, shown: Diagram, laid: Layout, width: float
) -> tuple[tuple[Group, ...], float]:
    """Title, chart and legend, and where they end."""
    head, top = title(diagram, width)
    drawing = [moved(group, MARGIN, top) for group in chart(diagram, shown, laid)]
    signs, after = legend(shown, MARGIN, top + laid.height + 20, width)
    return (head, *drawing, signs), after


def title(diagram: Diagram, width: float) -> tuple[Group, float]:
    """The title and what is told of the law, and where both end."""
    words, y = list[Print](), MARGIN - 0.2 * _TITLE
    for text in wrap(diagram.title, width / _TITLE):
        y += 1.2 * _TITLE
        words.append(Print((MARGIN, y), text, _TITLE, bold=True))
    y += 0.9 * _TITLE - SMALL * LEADING
    for text in wrap(_SPACE.join(diagram.corner), width / SMALL):
        y += SMALL * LEADING
        words.append(Print((MARGIN, y), text, SMALL, GREY))
    return Group(diagram.title, tuple(words)), y + 0.3 * _TITLE


def chart(diagram: Diagram, shown: Diagram, laid: Layout) -> Iterator[Group]:
    """What is shown of the diagram, its connectors too; heard are its own boxes only, each with
    where it leads."""
    yield from _bands(shown, laid)
    yield from _clocks(diagram, laid)
    yield from (_panel(label, box) for label, box in laid.panels)
    for group in diagram.groups:
        if group.id in laid.groups:
            box = laid.groups[group.id]
            said = Print((box.x + 8, box.y + 13), group.label, 10.0, GREY, bold=True)
            yield Group(group.label, (Rect(box, GREY, PALE, 0.8, 6), said))
    labels = []
    titles = {node.id: node.title for node in shown.nodes}
    events = {edge.id: edge.label for edge in diagram.edges}
    for edge in shown.edges:
        route = laid.routes.get(edge.id)
        if route and route.points:
            told = events.get(edge.id, edge.label)
            way = f"{titles[edge.source]} → {titles[edge.target]}: {told}"
            title = way.replace("\n", " / ") if edge.numbers or told else ""
            yield Group(title, tuple(_arrow(edge, route)), edge.id, edge.rules)
            if lines := _edge_label(edge, route.label):
                labels.append(Group("", lines, edge.id, edge.rules))
    for tie in laid.ties:
        yield Group("", tuple(_tie(tie)))
    yield from labels
    plates = (n for n in shown.nodes if n.kind in ("in", "out"))
    if found := tuple(shape for n in plates for shape in _box(n, laid.nodes[n.id])):
        yield Group("", found)
    bands = {band.id: band.label for band in diagram.groups or diagram.lanes}
    order = list(bands)
    boxes = {node.id: node for node in shown.nodes}
    placed = [(bands.get(_band(diagram, n), diagram.title), n) for n in diagram.nodes]
    for name, node in sorted(placed, key=lambda p: _place(order, _band(diagram, p[1]))):
        shapes, leads = tuple(_box(boxes[node.id], laid.nodes[node.id])), _leads(diagram, node)
        yield Group(node.spoken(diagram.lang), shapes, node.id, list=name, leads=leads)


def _band(diagram: Diagram, node: Node) -> str:
    """The machine or the lane in which the box stands."""
    return node.group if diagram.groups else node.lane


def _place(order: Sequence[str], band: str) -> int:
    return order.index(band) if band in order else -1


def _leads(diagram: Diagram, node: Node) -> str:
    """Where a case can go from a box, and by what."""
    titles = {n.id: n.title for n in diagram.nodes}
    ends = ((titles[e.target], e.label) for e in diagram.edges if e.source == node.id)
    return leads_text(ends, diagram.lang)


def leads_text(ends: Iterable[tuple[str, str]], lang: Language) -> str:
    """Where one can go from a box, each by what ("": nothing is said of it), for who hears it."""
    said = phrasing(lang)
    ways = [said(_LEADS_TO, to, by.replace("\n", said.comma)) if by else to for to, by in ends]
    return said(_LEADS, said.series(ways)) if ways else said(_ENDS)


def _bands(diagram: Diagram, laid: Layout) -> Iterator[Group]:
    letters = head_type(diagram)
    side = min((box.x for box in laid.columns.values()), default=0.0)
    for i, lane in enumerate(diagram.lanes):
        box = laid.lanes[lane.id]
        head = lane_head(lane.label, side, letters)
        high = letters * LEADING
        y = box.centre[1] - (len(head) - 1) * high / 2 + 3.5
        words = [
            Print((box.x + 8, y + k * high), t, letters, _LINE[lane.standing], bold=True)
            for k, t in enumerate(head)
        ]
        fill = PALE if i % 2 else "#ffffff"
        ground = Rect(box, "#b3b3b3", fill, 0.8)
        yield Group(lane.label, (ground, *words), head="left", span=(box.y, box.y + box.height))
    for column in diagram.columns:
        box = laid.columns[column.id]
        line = Curve(((box.x, 0), (box.x, 0), (box.x, box.height), (box.x, box.height)),
                     "#8c8c8c", width=0.8, dash="dash")  # fmt: skip
        said = (
            Print((box.centre[0], 19 + n * STAGE * LEADING), t, STAGE, anchor="middle", bold=True)
            for n, t in enumerate(stage_head(column.label))
        )
        yield Group(column.label, (line, *said), head="top", span=(box.x, box.x + box.width))


def _clocks(diagram: Diagram, laid: Layout) -> Iterator[Group]:
    """The statutory clock along the top: each limit over the boxes in which it runs."""
    for clock in diagram.clocks:
        box = laid.clocks[clock.id]
        at = clock_label(clock, box, laid.width)
        words = [Print((at, box.y + box.height - 4.5), clock.label, SMALL)]
        head = Curve(((box.x + box.width, box.y), (box.x + box.width, box.y + box.height),
                      (box.x + box.width + 5, box.centre[1])), INK, INK, closed=True)  # fmt: skip
        line, dash = _LINE[clock.standing], _dash(clock.standing)
        frame = Rect(box, line, _FILL[clock.standing] if clock.standing else CREAM, 0.8, dash=dash)
        ground = Box(at - 1, box.y + 2, em(clock.label) * SMALL + 2, box.height - 4)
        inside = box.x < at < box.x + box.width
        behind = () if inside else (Rect(ground, "none", WHITE, 0),)
        shapes: tuple[Shape, ...] = (frame, head, *behind, *leading(words, clock.links))
        yield Group(clock.label, shapes, clock.id, bar=True)


def _box(node: Node, box: Box) -> Iterator[Shape]:
    line, fill = _LINE[node.standing], _FILL[node.standing]
    if node.kind in ("in", "out"):
        yield _plate(box, line if node.standing else GREY)
    elif node.kind == "note":
        yield Rect(box, GREY, "#ffffff", 0.8, 2, "dot")
    else:
        strong = 2.4 if node.standing in _STRONG else 1.2
        dash = _dash(node.standing) or ("dot" if node.inferred else "")
        yield Rect(box, GREY if node.quiet else line, fill, strong, 8, dash)
    if node.kind == "final":
        inner = Box(box.x + 3, box.y + 3, box.width - 6, box.height - 6)
        yield Rect(inner, line, "none", 0.8, 6)
    if node.kind == "initial":
        x, y = box.x, box.centre[1]
        yield Rect(Box(x - 11, y - 4.5, 9, 9), INK, INK, 0, 4.5)  # a dot: an arrowhead leads
    if (said := sign(node)) and not node.fine:
        yield Print((box.x + 5, box.y + 11), said, 9.0, line, bold=True)
    yield from _text(node, box)


def _plate(box: Box, line: str) -> Curve:
    """A pointed plate: a connector from or to another panel."""
    x, y, right, low = box.x, box.y, box.x + box.width, box.y + box.height
    points = ((x, y), (right - 7, y), (right, (y + low) / 2), (right - 7, low), (x, low))
    return Curve(points, line, PALE, 0.9, closed=True)


def _panel(label: str, box: Box) -> Group:
    """The name of a panel over it, and a line from those before it."""
    y = box.y + 14
    said = Print((box.x, y), label, STAGE, INK, bold=True)
    line = straight([(box.x, y + 5), (box.x + box.width, y + 5)], GREY, 0.8)
    return Group("", (said, line), head="part", span=(box.y, box.y + box.height))


def _dash(standing: Standing) -> Dash:
    """What is gone has a dashed frame: nobody needs its colour."""
    return "dash" if standing == "removed" else ""


def _text(node: Node, box: Box) -> Iterator[Shape]:
    colour = GREY if node.quiet else INK
    font = type_size(node)
    total = len(node.lines) * font * LEADING + len(node.small) * SMALL * LEADING
    y = box.centre[1] - total / 2
    for text in node.lines:
        y += font * LEADING
        drop = font * (LEADING - 1)
        yield Print((box.centre[0], y - drop), text, font, colour, "middle", bold=not node.quiet)
    small = [
        Print((box.centre[0], y + i * SMALL * LEADING - 3), text, SMALL, GREY, "middle")
        for i, text in enumerate(node.small, 1)
    ]
    yield from leading(small, node.links)


def _arrow(edge: Edge, route: Route) -> Iterator[Shape]:
    colour = _LINE[edge.standing] if edge.standing else GREY
    dash: Dash = "dot" if edge.inferred else "dash" if edge.handover else ""
    width = 2.6 if edge.by_law else 2.0 if edge.standing else 1.1
    if edge.main:
        colour, width, dash = _LINE[edge.standing] if edge.standing else USUAL, 4.2, ""
    yield Curve(route.points, colour, width=width, dash=dash)
    tip = route.tip or route.points[-1]
    if edge.main and edge.by_law:
        yield Curve(route.points, "#ffffff", width=1.2)
    yield Curve(
        _head(route.points[-1], tip, 4.6 if edge.main else 3.4), colour, colour, closed=True
    )


def _tie(points: Sequence[Point]) -> Iterator[Shape]:
    """From arrow to arrow of one event: a line with a dot at each."""
    yield straight(points, GREY, 1.1)
    for x, y in (points[0], points[-1]):
        yield Rect(Box(x - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT), GREY, GREY, 0, _DOT)


def _head(base: Point, tip: Point, half: float = 3.4) -> tuple[Point, ...]:
    """The arrowhead, from where the line ends."""
    x, y = tip[0] - base[0], tip[1] - base[1]
    length = hypot(x, y) or 1.0
    back = (base[0] - x / length, base[1] - y / length)  # on the line: nothing shows between
    dx, dy = -half * y / length, half * x / length
    return (tip, (back[0] + dx, back[1] + dy), (back[0] - dx, back[1] - dy))


def _edge_label(edge: Edge, at: Point | None) -> tuple[Shape, ...]:
    lines = label_lines(edge)
    if at is None or not lines:
        return ()
    width, height = label_size(edge)
    ground = Box(at[0] - width / 2 + 2.5, at[1] - height / 2 + 2, width - 5, height - 4)
    back = Rect(ground, "none", "#ffffff", 0, 2)
    first = at[1] - (len(lines) - 1) * SMALL * LEADING / 2 + 3
    words = [Print((at[0], first + i * SMALL * LEADING), text, SMALL, INK, "middle")
             for i, text in enumerate(lines)]  # fmt: skip
    return (back, *words)


def legend(diagram: Diagram, x: float, y: float, width: float) -> tuple[Group, float]:
    """Signs one beside another, what takes several lines on its own."""
    words, left, down = list[Print](), x, SMALL * LEADING + 3
    for text in diagram.legend:
        lines = wrap(text, width / SMALL)
        need = em(text) * SMALL + 22
        if left > x and left + need - 22 > x + width:
            left, y = x, y + down
        words += (Print((left, y + n * down), line, SMALL, GREY) for n, line in enumerate(lines))
        y += (len(lines) - 1) * down
        left += need
    title = LEGEND.in_(diagram.lang)
    return Group(title, tuple(words)), y


def _rules(diagram: Diagram, x: float, y: float, width: float) -> tuple[list[Group], float]:
    """The list under the chart, in as many columns as fit."""
    if not diagram.rules:
        return [], y
    columns = max(1, int(width // LIST))
    column_width = width / columns
    found = listed(diagram)
    lines = [sum(map(len, _rule_lines(rule, column_width - 16))) for rule in found.values()]
    target = sum(lines) / columns
    groups, column, used, top, lowest = [], 0, 0, y + 14, y
    line = top
    for (ids, rule), count in zip(found.items(), lines, strict=True):
        if used >= target and column < columns - 1:
            column, used, line = column + 1, 0, top
        group, down = rule_group(ids, rule, (x + column * column_width, line), column_width)
        groups.append(group)
        line += down
        used += count
        lowest = max(lowest, line)
    return groups, lowest


def listed(diagram: Diagram) -> dict[tuple[str, ...], Rule]:
    """What is told in the list: the rules of one number once, by their ids, then the limits."""
    events = grouped((rule.number, rule) for rule in diagram.rules)
    found = {tuple(rule.id for rule in its): _as_one(its) for its in events.values()}
    return found | {(limit.id,): limit for limit in diagram.limits}


def rule_group(ids: tuple[str, ...], rule: Rule, at: Point, width: float) -> tuple[Group, float]:
    """A rule in the list, its first line at `at`, and how far down the next one stands."""
    head, body, cited = _rule_lines(rule, width - 16)
    words = [
        Print((at[0] + 18 * bool(i), at[1] + i * SMALL * LEADING), text, SMALL,
              _LINE[rule.standing] if i < len(head) else GREY, bold=i < len(head))
        for i, text in enumerate([*head, *body, *cited])
    ]  # fmt: skip
    told = words[: len(head) + len(body)]
    shapes = (*told, *leading(words[len(told) :], rule.links))
    said = Group(f"{rule.sign} {rule.event}", shapes, rules=ids if rule.number else ())
    return said, len(words) * SMALL * LEADING + 3


def _as_one(rules: Sequence[Rule]) -> Rule:
    """What an event is told of once, however many machines it moves."""
    first = rules[0]
    return evolve(
        first,
        more="\n".join(dict.fromkeys(rule.more for rule in rules if rule.more)),
        basis="; ".join(dict.fromkeys(rule.basis for rule in rules if rule.basis)),
        inferred=all(rule.inferred for rule in rules),
        standing=next((rule.standing for rule in rules if rule.standing), first.standing),
        links=tuple(link for rule in rules for link in rule.links),
    )


def _rule_lines(rule: Rule, width: float) -> tuple[tuple[str, ...], ...]:
    """What a rule is called and who reports it, what there is to know of it, on what it rests, each
    in its lines."""
    mark = " ※" if rule.inferred else ""
    head = f"{rule.sign} {rule.event} — {rule.by}{mark}"
    body = "\n".join(filter(None, (rule.condition, rule.more)))
    room = width / SMALL - 3
    return tuple(wrap(text, room) if text else () for text in (head, body, rule.basis))


def moved(group: Group, dx: float, dy: float) -> Group:
    """The group, so far to the right and down."""
    off = dy if group.head in ("left", "part") else dx
    span = (group.span[0] + off, group.span[1] + off) if group.span else None
    return evolve(group, shapes=tuple(shifted(s, dx, dy) for s in group.shapes), span=span)


def shifted(shape: Shape, dx: float, dy: float) -> Shape:
    """The same shape, so far to the right and down; every shape of a chart is, so that each is made
    straight away."""
    if isinstance(shape, Rect):
        box = Box(shape.box.x + dx, shape.box.y + dy, shape.box.width, shape.box.height)
        return Rect(box, shape.line, shape.fill, shape.width, shape.radius, shape.dash)
    if isinstance(shape, Curve):
        points = tuple([(x + dx, y + dy) for x, y in shape.points])
        return Curve(points, shape.line, shape.fill, shape.width, shape.dash, shape.closed)
    at = (shape.at[0] + dx, shape.at[1] + dy)
    return Print(at, shape.text, shape.size, shape.colour, shape.anchor, shape.bold, shape.leads)
