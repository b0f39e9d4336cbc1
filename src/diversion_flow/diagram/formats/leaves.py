"""A machine on several sheets of paper: on each the parts that it holds whole, and beside and under
them the rules whose numbers stand there, so that nobody turns pages to read an arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from attrs import evolve, frozen

from ..layout.choose import drawn
from ..layout.geometry import Bounds
from ..layout.placed import SMALL, Box, Layout
from ..model import Diagram, Rule
from .paper import edges
from .picture import LIST, MARGIN, Group, Picture, chart, legend, listed, moved, rule_group, title

_AIR = 24.0  # points between a chart and its list
_NARROW = 260.0  # points: no column of a list is narrower
_FEW = 60.0  # points: no column is lower
_LINE = SMALL + 5  # from what stands above to the first line under it

Listed = dict[tuple[str, ...], Rule]


@frozen
class Cut:
    """A chart on a sheet: from where to where of the whole, and how wide."""

    top: float
    bottom: float
    width: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


def leaves(diagram: Diagram, room: tuple[float, float]) -> tuple[Picture, ...]:
    """The sheets, each as wide and high as the room, but for a part that is higher; what has no
    place on the sheet of its numbers, or none of these, stands behind."""
    shown, laid = drawn(diagram)
    width, low = room[0] - 2 * MARGIN, room[1] - MARGIN
    head, top = title(diagram, width)
    signs, under = legend(shown, MARGIN, top + _LINE, width)
    rules, groups = listed(diagram), list(chart(diagram, shown, laid))
    told, made = set[tuple[str, ...]](), list[tuple[list[Group], list[Box], float]]()
    for cut in _cuts(laid, low - under - _LINE):
        y = top if made else under + _LINE
        own = [head, *([] if made else [signs]), *_within(groups, cut, y - cut.top)]
        here = _here(laid, shown, cut)
        free = list(_columns(cut, width, y, low))
        told |= _told(own, {ids: r for ids, r in rules.items() if here.intersection(ids)}, free)
        made.append((own, free, max(y + cut.height + MARGIN, room[1])))
    rest = {ids: rule for ids, rule in rules.items() if ids not in told}
    while rest:
        own, free, _ = made[-1]
        for ids in _told(own, rest, free):
            del rest[ids]
        if rest:
            high = max(low, top + max(_high(ids, rule, width) for ids, rule in rest.items()))
            made.append(([head], list(_across(MARGIN, width, top, high)), high + MARGIN))
    return tuple(
        Picture(room[0], high, diagram.title, diagram.description, diagram.lang, tuple(own),
                stamp=diagram.stamp)
        for own, _, high in made
    )  # fmt: skip


def _cuts(laid: Layout, room: float) -> list[Cut]:
    """The chart in as few pieces as hold its parts whole, row by row."""
    parts = [box for _, box in laid.panels] or [Box(0.0, 0.0, laid.width, laid.height)]
    cuts: list[Cut] = []
    for _, beside in groupby(parts, key=lambda box: box.y):
        row = list(beside)
        right = max(box.x + box.width for box in row)
        low = max(box.y + box.height for box in row)
        if cuts and low - cuts[-1].top <= room:
            cuts[-1] = Cut(cuts[-1].top, low, max(cuts[-1].width, right))
        else:
            cuts.append(Cut(row[0].y, low, right))
    return cuts


def _within(groups: Iterable[Group], cut: Cut, down: float) -> Iterator[Group]:
    """Of each group what stands in this piece of the chart, so far down."""
    for group in groups:
        shapes = tuple(s for s in group.shapes if cut.top <= _middle(edges(s)) <= cut.bottom)
        if shapes:
            yield moved(evolve(group, shapes=shapes), MARGIN, down)


def _middle(found: Bounds) -> float:
    return (found[1] + found[3]) / 2


def _here(laid: Layout, shown: Diagram, cut: Cut) -> set[str]:
    """Which rules have an arrow in this piece of the chart."""
    ends = ((e, laid.routes[e.id].points) for e in shown.edges if e.id in laid.routes)
    return {id for e, at in ends if at and cut.top <= at[0][1] <= cut.bottom for id in e.rules}


def _columns(cut: Cut, width: float, top: float, low: float) -> Iterator[Box]:
    """The columns that are free on a sheet: beside the chart, and under it."""
    right, y = MARGIN + cut.width + _AIR, top + cut.height + _LINE
    side = MARGIN + width - right
    if y < low and side >= _NARROW:
        yield from _across(right, side, top, low)
        width = right - MARGIN
    yield from _across(MARGIN, width, y, low)


def _across(x: float, width: float, top: float, low: float) -> Iterator[Box]:
    if low - top >= _FEW:
        columns = max(1, round(width / LIST))
        wide = width / columns
        yield from (Box(x + k * wide, top, wide, low - top) for k in range(columns))


def _high(ids: tuple[str, ...], rule: Rule, width: float) -> float:
    """How high a rule is in a column of a sheet that has nothing else."""
    return rule_group(ids, rule, (0.0, 0.0), next(_across(0.0, width, 0.0, width)).width)[1]


def _told(own: list[Group], rules: Listed, free: list[Box]) -> set[tuple[str, ...]]:
    """The rules that have a place in the free columns, which are less free thereafter."""
    told = set[tuple[str, ...]]()
    for ids, rule in rules.items():
        while free:
            group, down = rule_group(ids, rule, (free[0].x, free[0].y + _LINE), free[0].width)
            if down <= free[0].height:
                own.append(group)
                told.add(ids)
                free[0] = evolve(free[0], y=free[0].y + down, height=free[0].height - down)
                break
            free.pop(0)
    return told
