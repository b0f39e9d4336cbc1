"""Where the parts of a road stand in BPMN's shapes, whose letters are 11 and 12 px in every editor:
the person's track above, the rows of offices beneath, the other ways under them."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from attrs import Factory, define

from ...definition import Text
from ...definition.phrasing import phrasing
from ...diagram.layout.measure import em, wrap
from ...diagram.layout.placed import Box, Point
from ...diagram.layout.roadway import Roadway, Span, Stop, roadway, way_between
from ...diagram.views.road import HoldShown
from ...diagram.views.road_picture import flag_lines
from .layout import GATEWAY, ICON
from .road import JOIN, TASK, Part, Sheet

WIDEST, HIGHEST = 1740.0, 1085.0  # px: so large, all letters are read in a window of 1440 × 900
_NARROW: Final = 1400.0  # as wide as it is where it need not be wider
_TYPE, _LABEL, _LEADING = 12.0, 11.0, 1.2  # px in boxes; beside events; a line, in letters
_HEAD: Final = 30.0  # of a pool, of a lane
_STAGE, _PAPER = 14.0, 8.0  # em: how wide the name of a stage may be, that of a paper
_LEAST: Final = 70.0  # how wide a piece of the person's track is at least
_ENDS: Final = 56.0  # room for an event at either end of the person's track
_AIR, _NOTE = 60.0, 7.0  # of a lane beyond its boxes; of an annotation around its words
_GAP, _ASIDE = 22.0, 8.0  # between pools; on both sides of what stands in a lane
_SLACK: Final = 1.06  # of long lines: an editor's font may be wider than ours
_BASIS: Final = Text("根拠 {0}", "Basis {0}")


@define
class Laid:
    """A sheet laid out, in px: where its parts stand by their ids, the names of events and stages,
    the corners of flows, the lines that were broken here."""

    boxes: dict[str, Box] = Factory(dict)
    labels: dict[str, Box] = Factory(dict)
    ways: dict[str, tuple[Point, ...]] = Factory(dict)
    lines: dict[str, tuple[str, ...]] = Factory(dict)
    width: float = 0.0

    @property
    def fits(self) -> bool:
        """Whether it can be read in a window that shows all of it."""
        high = max(box.y + box.height for box in self.boxes.values())
        return self.width <= WIDEST and high <= HIGHEST


def laid(sheet: Sheet) -> Laid:
    """The sheet laid out."""
    return _Layout(sheet).found


class _Layout:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.shown, self.found = sheet, sheet.shown, Laid()
        self.stages = sheet.shown.stages or (("", ""),)
        self.left = 2 * _HEAD
        lines = max(len(self._head(n)) for n in range(len(self.stages)))
        self.heads = lines * _LABEL * _LEADING + 12 if sheet.shown.stages else 0.0
        spans = [Span(hold.stage, hold.after, self._span(hold)) for hold in sheet.holds]
        needs = [self._need(stage) for stage in range(len(self.stages))]
        stops = [self._stop(part) for part in sheet.parts]
        self.way: Roadway = roadway(stops, needs, spans, _NARROW - self.left)
        self.left += self._wanting(after=False)
        self.found.width = self.left + self.way.width + self._wanting(after=True)
        top = self._track()
        bottom = self._others(self._course(top))
        self._flows()
        self._columns(top, bottom)
        self._notes(bottom + _GAP / 2)

    # -- how much room it takes ---------------------------------------------------------

    def _stop(self, part: Part) -> Stop:
        words = 2 * _noted(part.paper)[0] + 8 if part.paper else 0.0
        wide = max(_size(part)[0], _widest(part.lines) * _LABEL if part.tag != TASK else 0.0)
        above = part is self.sheet.turn and bool(self.sheet.holds)
        return Stop(part.row, part.stage, part.after, wide + 2 * _ASIDE, words, above)

    def _need(self, stage: int) -> float:
        """How wide a stage must be for its name and for its part of the other ways; one that has
        nothing on this sheet needs nothing."""
        if not self._shown(stage):
            return 0.0
        flags = (f"{f.text} {f.sheet}" for f in self.shown.flags if f.stage == stage)
        ways = max((min(em(text), 8.0) + 1.5 for text in flags), default=0.0) * _TYPE
        return max(_widest(self._head(stage)) * _LABEL, ways) + 3 * _NOTE

    def _shown(self, stage: int) -> bool:
        """Whether anything of a stage is on this sheet."""
        parts = (part.stage for part in self.sheet.parts)
        return stage in {*parts, *(flag.stage for flag in self.shown.flags)}

    def _head(self, stage: int) -> tuple[str, ...]:
        """The name of a stage and what is said of it, in lines."""
        return tuple(line for text in self.stages[stage] if text for line in wrap(text, _STAGE))

    def _span(self, hold: HoldShown) -> float:
        """How wide a piece of the person's track is at least: each text in about two lines."""
        texts = _told(hold)
        lines = (line for text in texts for line in wrap(text, max(6.5, em(text) / 2 + 1.2)))
        return _widest(tuple(lines)) * _TYPE + 2 * _NOTE + _ENDS

    def _wanting(self, *, after: bool) -> float:
        """What a side of the turning point lacks for the pieces of the person's track."""
        pieces = sum(hold.after is after for hold in self.sheet.holds)
        there = self._turn - self.left
        there = self.way.width - there if after else there
        needed = pieces * (_LEAST + 16) + _ENDS + ICON / 2 + 28
        return max(0.0, needed - there) if pieces and self.sheet.turn else 0.0

    # -- the person's track -------------------------------------------------------------

    def _track(self) -> float:
        """The pool of the person's track; gives where the next one begins, with room for the
        names of the stages above it."""
        sheet, found = self.sheet, self.found
        if not sheet.holds:
            return self.heads
        pieces = self._pieces()
        high = max(80.0, *(_high(found.lines[id]) for id, _, _ in pieces))
        for id, x, wide in pieces:
            found.boxes[id] = Box(x, 14.0, wide, high)
        middle = 14 + high / 2
        found.boxes[f"{sheet.id}.track"] = Box(0.0, 0.0, found.width, high + 28)
        self._icon(f"{sheet.id}.track.start", (2 * _HEAD + _ENDS / 2 - 10, middle), (), above=True)
        self._icon(f"{sheet.id}.track.end", (found.width - _ENDS / 2 - 4, middle), (), above=True)
        if sheet.turn:
            self._icon(f"{sheet.id}.track.turn", (self._turn, middle), sheet.turn.lines, above=True)
        return high + 28 + max(self.heads, _GAP)

    def _pieces(self) -> list[tuple[str, float, float]]:
        """The pieces of the track, their lines broken: where each begins and how wide it is. From
        the last to the first, each leaves room for what stands behind it."""
        pieces: list[tuple[str, float, float]] = []
        limit = self.found.width - _ENDS - 8
        order = sorted(range(len(self.sheet.holds)), key=lambda n: (self.sheet.holds[n].after, n))
        for place in reversed(order):
            hold, id = self.sheet.holds[place], f"{self.sheet.id}.hold-{place + 1}"
            start, end = self.way.spans[place] or (0.0, 0.0)
            if self.sheet.turn and not hold.after:
                limit = min(limit, self._turn - ICON / 2 - 20)
            ends = min(self.left + end - 8, limit)
            begins = self.left + start + 8 if start else 2 * _HEAD + _ENDS
            begins = min(begins, ends - _LEAST)
            room = (ends - begins - 2 * _NOTE) / (_TYPE * _SLACK)
            self.found.lines[id] = tuple(line for text in _told(hold) for line in wrap(text, room))
            pieces.append((id, begins, ends - begins))
            limit = begins - 16
        return pieces

    @property
    def _turn(self) -> float:
        """Where the event stands on which everything turns."""
        at = self.sheet.parts.index(self.sheet.turn) if self.sheet.turn else 0
        return self.left + self.way.centres[at]

    def _icon(self, id: str, at: Point, lines: tuple[str, ...], *, above: bool = False) -> None:
        """An event, with its name beneath or above it."""
        x, y = at
        self.found.boxes[id] = Box(x - ICON / 2, y - ICON / 2, ICON, ICON)
        if lines:
            wide, high = _widest(lines) * _LABEL + 6, len(lines) * _LABEL * _LEADING
            down = -ICON / 2 - 3 - high if above else ICON / 2 + 3
            self.found.labels[id] = Box(x - wide / 2, y + down, wide, high)

    # -- the course ---------------------------------------------------------------------

    def _course(self, top: float) -> float:
        """The pool of the course, lane by lane; gives where it ends."""
        found, sheet, y = self.found, self.sheet, top
        centres = []
        for n, row in enumerate(self.shown.rows):
            boxes = [_tall(part) for part in sheet.parts if part.row == n]
            high = max([*boxes, em(row[0]) * _TYPE / 2 - 16, ICON]) + _AIR
            found.boxes[f"{sheet.id}.lane-{n + 1}"] = Box(_HEAD, y, found.width - _HEAD, high)
            centres.append(y + high / 2)
            y += high
        found.boxes[f"{sheet.id}.course"] = Box(0.0, top, found.width, y - top)
        for part, x in zip(sheet.parts, self.way.centres, strict=True):
            at = (self.left + x, centres[part.row])
            if part.tag in (TASK, JOIN):
                wide, high = _size(part)
                box = Box(at[0] - wide / 2, at[1] - high / 2, wide, high)
                found.boxes[part.id] = box
            else:
                self._icon(part.id, at, part.lines)
        return y

    def _flows(self) -> None:
        boxes, turn = self.found.boxes, self.sheet.turn
        for one, other in pairwise(self.sheet.track):
            self.found.ways[f"{one}-{other}"] = way_between(boxes[one], boxes[other])
        if turn and self.sheet.holds:
            told = f"{self.sheet.id}.track.turn"
            self.found.ways[f"{told}-{turn.id}"] = way_between(boxes[told], boxes[turn.id])
        parts = {part.id: part for part in self.sheet.parts}
        for one, other in self.sheet.flows:
            path = way_between(boxes[one], boxes[other])
            self.found.ways[f"{one}-{other}"] = path
            if parts[one].paper and len({y for _, y in path}) > 1:
                self._paper(parts[one], path[-1], down=path[-1][1] > path[0][1])

    def _paper(self, part: Part, end: Point, *, down: bool) -> None:
        """The name of a paper at the upright leg, in the lane that it leaves."""
        lane = self.found.boxes[f"{self.sheet.id}.lane-{part.row + 1}"]
        wide, high = _noted(part.paper)
        top = lane.y + lane.height - high if down else lane.y
        self.found.boxes[f"{part.id}.paper"] = Box(end[0] + 4, top, wide, high)

    # -- other ways, stages -------------------------------------------------------------

    def _others(self, bottom: float) -> float:
        """What leaves the road, stage by stage; gives where it ends."""
        for stage in range(len(self.stages)):
            start, end = self.way.stage(stage)
            told = [f for f in self.shown.flags if f.stage == stage]
            room = (end - start - 4 * _NOTE) / (_TYPE * _SLACK)
            lines = (
                f"{letter} {line}".strip() for f in told for letter, line in flag_lines(f, room)
            )
            if found := tuple(lines):
                id = f"{self.sheet.id}.others-{stage + 1}"
                self.found.lines[id] = found
                self.found.boxes[id] = Box(
                    self.left + start + _NOTE, bottom + _GAP / 2, end - start - 2 * _NOTE,
                    _high(found),
                )  # fmt: skip
        ends = (b.y + b.height for id, b in self.found.boxes.items() if ".others-" in id)
        return max(ends, default=bottom - _NOTE) + _NOTE

    def _columns(self, top: float, bottom: float) -> None:
        """The stages as columns around the course, each with its name on top."""
        top -= self.heads - 4
        for stage in (n for n in range(len(self.shown.stages)) if self._shown(n)):
            start, end = self.way.stage(stage)
            id = f"{self.sheet.id}.stage-{stage + 1}"
            column = Box(self.left + start + 2, top, end - start - 4, bottom - top)
            self.found.boxes[id] = column
            self.found.lines[id] = self._head(stage)
            high = len(self.found.lines[id]) * _LABEL * _LEADING
            self.found.labels[id] = Box(column.x + 2, top + 2, column.width - 4, high)

    def _notes(self, top: float) -> None:
        """On what the clocks rest, by the numbers behind them."""
        if self.shown.notes:
            id, wide = f"{self.sheet.id}.notes", self.found.width - self.left
            told = phrasing(self.shown.lang)(_BASIS, " ".join(self.shown.notes))
            self.found.lines[id] = wrap(told, (wide - 3 * _NOTE) / (_TYPE * _SLACK))
            self.found.boxes[id] = Box(self.left, top, wide, _high(self.found.lines[id]))


def _told(hold: HoldShown) -> tuple[str, ...]:
    """The words of a piece of the person's track: its name, its clocks, who leaves it early."""
    flags = f" [{hold.flags}]" if hold.flags else ""
    early = (f"→ {hold.early}",) if hold.early else ()
    return (hold.label + flags, *hold.clocks, *early)


def _widest(lines: tuple[str, ...]) -> float:
    return max(map(em, lines), default=0.0)


def _high(lines: tuple[str, ...]) -> float:
    return len(lines) * _TYPE * _LEADING + 2 * _NOTE + 2


def _size(part: Part) -> Point:
    """Width and height of a part's own shape."""
    if part.tag == TASK:
        return max(76.0, _widest(part.lines) * _TYPE + 2 * _NOTE + 6), max(56.0, _high(part.lines))
    side = GATEWAY if part.tag == JOIN else ICON
    return side, side


def _tall(part: Part) -> float:
    """How high a lane must be for it: the name of an event stands beneath it."""
    named = 0.0 if part.tag == TASK else 2 * len(part.lines) * _LABEL * _LEADING
    return _size(part)[1] + max(0.0, named - _AIR / 2)


def noted(paper: str) -> str:
    """The name of a paper as far as it is drawn; its act has all of it."""
    first, *rest = wrap(paper, _PAPER)
    return f"{first}…" if rest else first


def _noted(text: str) -> Point:
    """Width and height of an annotation of one line."""
    return em(noted(text)) * _TYPE + 2 * _NOTE + 5, _TYPE * _LEADING + 2 * _NOTE
