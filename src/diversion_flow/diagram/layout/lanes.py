"""A chart of lanes and columns: slots for boxes, channels for arrows, and room for every label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from attrs import define, evolve, frozen

from ..model import Diagram
from .grid import Grid, grids
from .measure import em
from .placed import (
    LEADING,
    SIDE,
    SMALL,
    STAGE,
    TIP,
    Box,
    Layout,
    Point,
    Route,
    clock_reach,
    head_type,
    heads_high,
    label_size,
    lane_head,
    rounded,
    size,
    stage_head,
)
from .routing import Knot, Path, Tie, legs, routes
from .tracks import Item, Tracks, tracks

_PORT = 5.0  # between an arrow's end and the corner of its box
_HALF = 0.4  # how far a label that hangs on a crossing reaches along the channel, in lines
_WIDEST = 1332.0  # points: so wide a chart has letters of 9 pixels on a screen of 1440
_APART = 12.0  # between what two limits on one line take up
_CLEAR = 1.5  # points between an arrow and the border of a lane or stage


@frozen
class Gaps:
    """White space, in points: between arrows side by side, between an arrow and the border of
    its channel, around a label; the least width and height of a channel; the lanes' heads."""

    pitch: float = 10.0
    edge: float = 7.0
    air: float = 6.0
    across: float = 20.0
    down: float = 16.0
    side: float = SIDE


_FINE = Gaps(pitch=6.0, edge=2.0, air=2.0, across=8.0, down=4.0, side=104.0)


@frozen
class _Label:
    """Where an arrow's label is: on which leg, and at which line that crosses it.

    A `band` lies on a leg that runs across, over a column; a `stub` on the short leg beside a
    box, in the channel; a `drop` on a leg that runs down, in the channel that it crosses.
    """

    kind: str
    leg: int
    line: int


def lanes(diagram: Diagram) -> Layout:
    """Every box in its lane and stage, every arrow in the channels between them; the first that is
    not too wide for its letters to be read, else the narrowest."""
    charts = list[_Chart]()
    for slots in grids(diagram):
        charts.append(_chart(diagram, slots, _FINE))
        if charts[-1].width <= _WIDEST:
            break
    return min(charts, key=lambda chart: max(chart.width, _WIDEST)).layout()


def spread(diagram: Diagram, gaps: Gaps) -> Layout:
    """The same with these gaps, however wide: for who looks at a part of it at a time."""
    return _chart(diagram, next(grids(diagram)), gaps).layout()


def _chart(diagram: Diagram, slots: Grid, gaps: Gaps) -> _Chart:
    ends = {e.id: (e.source, e.target) for e in diagram.edges}
    ways, ties = routes(slots.slots, ends, diagram.tied)
    return _Chart(diagram, slots, ways, ties, gaps)


@define
class _Lines:
    """One direction's lines: the tracks on each, where each begins, how thick it is, and the
    room before its tracks."""

    tracks: list[Tracks]
    starts: list[float]
    sizes: list[float]
    margins: dict[int, float]

    def place(self, line: int, key: tuple[str, int]) -> float:
        """Where a leg runs on its line, in points."""
        if line % 2:
            before = (self.sizes[line] - self.tracks[line].thick) / 2
        else:
            before = self.margins[line]
        return self.starts[line] + before + self.tracks[line].places[key]

    def middle(self, line: int) -> float:
        return self.starts[line] + self.sizes[line] / 2

    def end(self, line: int) -> float:
        return self.starts[line] + self.sizes[line]

    def border(self, channel: int) -> float:
        """Where two lanes or stages meet in their channel: in its middle, or, where an arrow runs
        there, in the middle of the widest room beside one."""
        middle = self.middle(channel)
        runs = sorted({self.place(channel, key) for key in self.tracks[channel].places})
        if all(abs(at - middle) >= _CLEAR for at in runs):
            return middle
        free = pairwise((self.starts[channel], *runs, self.end(channel)))
        low, high = max(free, key=lambda room: room[1] - room[0])
        return (low + high) / 2


class _Chart:
    """The chart under construction: labels get their legs, legs their tracks, lines their size."""

    def __init__(
        self, diagram: Diagram, slots: Grid, ways: dict[str, Path], ties: list[Tie], gaps: Gaps
    ) -> None:
        self.diagram, self.slots, self.ways, self.gaps = diagram, slots, ways, gaps
        self.ties = {f"tie {number}": tie for number, tie in enumerate(ties)}
        self.lines = ways | {id: tie.path for id, tie in self.ties.items()}
        self.edges = {e.id: e for e in diagram.edges if e.id in ways}
        self._off = max(2 * gaps.air, TIP - 1)  # between a box and a label, clear of the arrowhead
        self._tip = max(0.0, TIP + 2 - gaps.edge)  # likewise over a box
        self.down = _passing_down(self.lines)
        self.label_sizes = {id: label_size(edge) for id, edge in self.edges.items()}
        self.labels = {id: self._label(id) for id in ways}
        x_tracks = self._tracks(across=False, held=slots.columns)
        self.wide = self._box_sizes(x_tracks, 0)
        self.x = self._lines(x_tracks, self.wide, self.gaps.side, 0)

    @property
    def width(self) -> float:
        """How wide the chart is."""
        return self.x.end(-1)

    # Of a chart that is too wide nobody asks how high it is.

    @cached_property
    def y_tracks(self) -> list[Tracks]:
        return self._tracks(across=True, held=self.slots.rows)

    @cached_property
    def high(self) -> dict[str, float]:
        return self._box_sizes(self.y_tracks, 1)

    @cached_property
    def y(self) -> _Lines:
        top = max(
            (box.y + box.height for box in self.clocks.values()), default=heads_high(self.diagram)
        )
        return self._lines(self.y_tracks, self.high, top + self.gaps.air, 1)

    # -- labels -------------------------------------------------------------------------

    def _label(self, id: str) -> _Label | None:
        if not self.label_sizes[id][0]:
            return None
        found = min(self._places(self.ways[id]), default=None)
        return _Label(*found[1]) if found else None

    def _places(self, path: Path) -> Iterator[tuple[tuple[float, ...], tuple[str, int, int]]]:
        """Where the label could be; first the places over which no other arrow runs."""
        last = len(path) - 2
        for number, (across, line, start, end) in enumerate(legs(path)):
            low, high = min(start, end), max(start, end)
            if across:
                for x in range(low + 1, high):
                    if x % 2 or line % 2 == 0:
                        crossed = self.down[x, line]
                        off = abs(x - (low + high) / 2)
                        yield (crossed * 10.0, off), ("band", number, x)
                if number == last:
                    yield (5.0, 0.0), ("stub", number, end - (1 if end > start else -1))
                elif number == 0:
                    yield (6.0, 0.0), ("stub", number, start + (1 if end > start else -1))
            else:
                for y in range(low + 1, high):
                    if y % 2 == 0:
                        straight = 0.0 if len(path) == 2 else 7.0
                        yield (straight, abs(y - start)), ("drop", number, y)

    # -- tracks -------------------------------------------------------------------------

    def _tracks(self, *, across: bool, held: dict[str, range]) -> list[Tracks]:
        last = max(r.stop for r in held.values())
        items: list[list[Item]] = [[] for _ in range(2 * last + 1)]
        for id, path in self.lines.items():
            for number, (flat, line, *_) in enumerate(legs(path)):
                if flat == across:
                    items[line].append(_item((id, number), path, self._thick(id, number, across)))
            label = self.labels.get(id)
            if across and label and label.kind == "drop":
                x = path[label.leg][0]
                tip = self._tip if abs(label.line - path[-1][1]) == 1 else 0.0
                thick = self.label_sizes[id][1] + self.gaps.air + tip
                items[label.line].append(Item((id, -1), x - _HALF, x + _HALF, thick))
        return [tracks(held, centred=line % 2 == 1) for line, held in enumerate(items)]

    def _thick(self, id: str, number: int, across: bool) -> float:
        """How much of its line's thickness a leg takes, with its label if that lies on it."""
        label, berth = self.labels.get(id), self.edges[id].berth if id in self.edges else 0.0
        thick = max(self.gaps.pitch, berth if number == 0 else 0.0)
        if label and label.leg == number:
            wide, high = self.label_sizes[id]
            thick = max(thick, high + 2 if across else wide + self.gaps.air)
        return thick

    # -- sizes --------------------------------------------------------------------------

    def _box_sizes(self, tracks: list[Tracks], axis: int) -> dict[str, float]:
        """How wide or high each box is: enough for its words and for the arrows that end at it."""
        needs = {node.id: size(node)[axis] for node in self.diagram.nodes}
        for id, path in self.ways.items():
            edge, last = self.edges[id], len(path) - 2
            for node, number, knot in ((edge.source, 0, path[0]), (edge.target, last, path[-1])):
                if path[number][axis] == path[number + 1][axis]:
                    held = tracks[knot[axis]]
                    off = abs(held.places[id, number] - held.thick / 2)
                    clear = max(_PORT, edge.berth if number == 0 else 0.0)
                    needs[node] = max(needs[node], 2 * (off + clear))
        return needs

    def _lines(
        self, held: list[Tracks], boxes: dict[str, float], start: float, axis: int
    ) -> _Lines:
        sizes = []
        margins: dict[int, float] = {}
        ends = self._ends(axis)
        least = self.gaps.down if axis else self.gaps.across
        for line, found in enumerate(held):
            if line % 2:
                inside = (extent for id, extent in boxes.items()
                          if 2 * self.slots.slots[id][axis] + 1 == line)  # fmt: skip
                sizes.append(max([found.thick, *inside, 20.0]))
            else:
                before, after = (ends.get((line, line + side), 0.0) for side in (-1, 1))
                sizes.append(max(found.thick + 2 * self.gaps.edge + before + after, least))
                margins[line] = before + self.gaps.edge
        (self._heads if axis else self._names)(sizes)
        starts = [start]
        for extent in sizes:
            starts.append(starts[-1] + extent)
        return _Lines(held, starts[:-1], sizes, margins)

    def _heads(self, sizes: list[float]) -> None:
        """Make room for the lanes' heads in the first row of each."""
        letters = head_type(self.diagram)
        for lane in self.diagram.lanes:
            rows = self.slots.rows[lane.id]
            lines = len(lane_head(lane.label, self.gaps.side, letters))
            short = lines * letters * LEADING + 4 - sum(sizes[2 * rows.start + 1 : 2 * rows.stop])
            sizes[2 * rows.start + 1] += max(short, 0.0)

    def _names(self, sizes: list[float]) -> None:
        """Make room for the stages' names over the first column of each."""
        for stage in self.diagram.columns:
            held = self.slots.columns[stage.id]
            wide = sum(sizes[2 * held.start + 1 : 2 * held.stop]) + self.gaps.across
            sizes[2 * held.start + 1] += max(
                max(map(em, stage_head(stage.label))) * STAGE - wide, 0.0
            )

    def _ends(self, axis: int) -> dict[tuple[int, int], float]:
        """By channel and the line of boxes beside it, how much room is left there: for the heads of
        arrows that turn in the channel, and for the widest label beside the boxes."""
        found = (path[-2:] for path in self.ways.values() if len(path) > 2)
        room = {(turn[axis], box[axis]): self._tip for turn, box in found}
        stubs = ((id, label) for id, label in self.labels.items() if label and label.kind == "stub")
        for id, label in stubs if axis == 0 else ():
            side = label.line, label.line + self._side(id, label)
            wide = self.label_sizes[id][0] + self._off + self.gaps.air
            room[side] = max(room.get(side, 0.0), wide)
        return room

    def _side(self, id: str, label: _Label) -> int:
        """At which side of its channel the box stands, to which a stub's label belongs."""
        path = self.ways[id]
        box = path[-1] if label.leg == len(path) - 2 else path[0]
        return 1 if box[0] > label.line else -1

    # -- clocks -------------------------------------------------------------------------

    @cached_property
    def clocks(self) -> dict[str, Box]:
        """A bar for each statutory limit: from the box at which its clock starts to the last in
        which it runs, however long its name is."""
        reach, bars = {}, {}
        high, top = SMALL * LEADING + 4, heads_high(self.diagram) + 1
        for clock in self.diagram.clocks:
            low = min(self._side_of(id, -1) for id in clock.begins or clock.nodes)
            starts = [id for id in clock.begins or clock.nodes if self._side_of(id, -1) == low]
            end = max(self._side_of(id, 1) for id in (*clock.nodes, *starts))
            bar = bars[clock.id] = Box(low, 0.0, end - low, high)
            reach[clock.id] = clock_reach(clock, bar, self.x.end(-1))
        rows = _lined(reach)
        return {id: evolve(bar, y=top + rows[id] * (high + 2)) for id, bar in bars.items()}

    def _side_of(self, id: str, side: int) -> float:
        """The left (-1) or right edge of a box."""
        return self.x.middle(2 * self.slots.slots[id][0] + 1) + side * self.wide[id] / 2

    # -- the result ---------------------------------------------------------------------

    def layout(self) -> Layout:
        slots, x, y = self.slots, self.x, self.y
        boxes = {id: self._box(id) for id in slots.slots}
        width, height = self.width, y.end(-1)
        return Layout(
            width,
            height,
            boxes,
            {id: self._route(id, boxes) for id in self.ways},
            {},
            {id: self._band(y, rows, 0.0, width, across=True) for id, rows in slots.rows.items()},
            {id: self._band(x, cols, 0.0, height, across=False)
             for id, cols in slots.columns.items()},
            self.clocks,
            ties=tuple(self._tie(id, tie) for id, tie in self.ties.items()),
        )  # fmt: skip

    def _box(self, id: str) -> Box:
        column, row = self.slots.slots[id]
        wide, high = self.wide[id], self.high[id]
        x, y = self.x.middle(2 * column + 1), self.y.middle(2 * row + 1)
        return Box(x - wide / 2, y - high / 2, wide, high)

    def _band(self, lines: _Lines, held: range, low: float, high: float, *, across: bool) -> Box:
        """The lane or stage, from its border in the channel before it to that behind it."""
        first, last = 2 * held.start, 2 * held.stop
        start = lines.starts[first] if held.start == 0 else lines.border(first)
        end = lines.end(last) if last == len(lines.sizes) - 1 else lines.border(last)
        if across:
            return Box(low, start, high - low, end - start)
        return Box(start, low, end - start, high - low)

    def _route(self, id: str, boxes: dict[str, Box]) -> Route:
        edge, path = self.edges[id], self.ways[id]
        corners = self._corners(id, path)
        corners[0] = _border(boxes[edge.source], corners[0], corners[1])
        corners[-1] = _border(boxes[edge.target], corners[-1], corners[-2])
        return rounded(corners, self._label_at(id, corners))

    def _tie(self, id: str, tie: Tie) -> tuple[Point, ...]:
        """A line of straight legs that ends on the legs of two arrows."""
        corners = self._corners(id, tie.path)
        for end, (arrow, leg) in zip((0, -1), tie.ends, strict=True):
            across, line, *_ = [*legs(self.ways[arrow])][leg]
            x, y = corners[end]
            at = (self.y if across else self.x).place(line, (arrow, leg))
            corners[end] = (x, at) if across else (at, y)
        return tuple(corners)

    def _corners(self, id: str, path: Path) -> list[Point]:
        """Where the way turns, each leg on its own track."""
        runs = [
            (1, self.y.place(line, (id, number)))
            if across
            else (0, self.x.place(line, (id, number)))
            for number, (across, line, _, _) in enumerate(legs(path))
        ]
        corners: list[Point] = []
        for k, knot in enumerate(path):
            place = [self.x.middle(knot[0]), self.y.middle(knot[1])]
            for number in (k, k - 1):  # the leg that begins here and the one that ends here
                if 0 <= number < len(runs):
                    axis, at = runs[number]
                    place[axis] = at
            corners.append((place[0], place[1]))
        return corners

    def _label_at(self, id: str, corners: list[Point]) -> Point | None:
        label = self.labels[id]
        if label is None:
            return None
        x, y = corners[label.leg]
        if label.kind == "band":
            return (self.x.middle(label.line), y)
        if label.kind == "drop":
            return (x, self.y.place(label.line, (id, -1)))
        off = self.label_sizes[id][0] / 2 + self._off
        if self._side(id, label) < 0:
            return (self.x.starts[label.line] + off, y)
        return (self.x.end(label.line) - off, y)


def _lined(reach: dict[str, tuple[float, float]]) -> dict[str, int]:
    """The first line from the top on which each has room, those that begin first before others."""
    found, ends = {}, list[float]()
    for id, (left, right) in sorted(reach.items(), key=lambda one: one[1]):
        row = next((n for n, end in enumerate(ends) if end + _APART < left), len(ends))
        ends[row : row + 1] = [right]
        found[id] = row
    return found


def _item(key: tuple[str, int], path: Path, thick: float) -> Item:
    """A leg as an item of its line; where it ends at a box, it takes up none of the box's own
    line, so that an arrow into a box and one out of it can run on one track."""
    number = key[1]
    here, there = path[number], path[number + 1]
    axis = 0 if here[1] == there[1] else 1  # along which the leg runs; it turns along the other
    step = 0.5 if there[axis] > here[axis] else -0.5
    turn = _turn(path, number, number - 1, 1 - axis)
    back = _turn(path, number + 1, number + 2, 1 - axis)
    start = here[axis] + (0.0 if turn else step)
    end = there[axis] - (0.0 if back else step)
    ends = ((float(here[axis]), turn), (float(there[axis]), back))
    return Item(key, min(start, end), max(start, end), thick, ends)


def _turn(path: Path, corner: int, towards: int, axis: int) -> int:
    """To which side the way turns at a corner of it; 0 where it ends there, at a box."""
    if not 0 <= towards < len(path):
        return 0
    return 1 if path[towards][axis] > path[corner][axis] else -1


def _passing_down(ways: dict[str, Path]) -> Counter[Knot]:
    """How many ways run down through each knot, or turn there."""
    return Counter(
        (line, place)
        for path in ways.values()
        for across, line, start, end in legs(path)
        if not across
        for place in range(min(start, end), max(start, end) + 1)
    )


def _border(box: Box, end: Point, towards: Point) -> Point:
    """Where an arrow that comes from `towards` meets the box."""
    if abs(end[1] - towards[1]) < 0.01:
        return (box.x if towards[0] < end[0] else box.x + box.width, end[1])
    return (end[0], box.y if towards[1] < end[1] else box.y + box.height)
