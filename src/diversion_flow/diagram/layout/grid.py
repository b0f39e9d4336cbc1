"""Which slot of a chart each box takes: agencies are bands of rows, stages bands of columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log

from attrs import frozen

from ...definition.grouped import grouped
from ..model import Diagram, Node
from .placed import size

_SHEET = 2**0.5  # a sheet of A3 on its side
_BESIDE, _BELOW = 130.0, 55.0  # points between slots, as far as is known before the arrows are
_MOST = 2  # columns of one stage: more make letters small on a screen

Slot = tuple[int, int]  # column, row


@frozen
class Grid:
    """The slot of each box, the columns of each stage and the rows of each lane."""

    slots: dict[str, Slot]
    columns: dict[str, range]
    rows: dict[str, range]


def grids(diagram: Diagram) -> Iterator[Grid]:
    """The boxes in slots, each stage as wide as makes the chart fit a sheet best; then, for who
    finds that too wide, with one stage or another in a single column."""
    stages = [stage.id for stage in diagram.columns]
    tried = [_grid(diagram, dict.fromkeys(stages, most)) for most in range(1, _MOST + 1)]
    best = min(tried, key=lambda found: _misfit(diagram, found))
    yield best
    wide = {id: len(held) for id, held in best.columns.items()}
    narrower = [_grid(diagram, wide | {id: 1}) for id in stages if wide[id] > 1]
    yield from sorted(narrower, key=lambda found: _misfit(diagram, found))


def _grid(diagram: Diagram, most: Mapping[str, int]) -> Grid:
    columns, bands = _columns(diagram, most)
    stacks = grouped(((node.lane, columns[node.id]), node.id) for node in diagram.nodes)
    rows, lanes = {}, {}
    start = 0
    for lane in diagram.lanes:
        inside = {column: ids for (owner, column), ids in stacks.items() if owner == lane.id}
        high = max((len(ids) for ids in inside.values()), default=1)
        placed = _rows(diagram, inside, high)
        rows.update({id: start + row for id, row in placed.items()})
        lanes[lane.id] = range(start, start + high)
        start += high
    slots = {node.id: (columns[node.id], rows[node.id]) for node in diagram.nodes}
    return Grid(slots, bands, lanes)


def _columns(diagram: Diagram, most: Mapping[str, int]) -> tuple[dict[str, int], dict[str, range]]:
    """The column of each box: what follows inside a stage stands further right."""
    columns: dict[str, int] = {}
    bands = {}
    start = 0
    for stage in diagram.columns:
        ranks = _ranks(diagram, [n for n in diagram.nodes if n.column == stage.id])
        deep = max(ranks.values(), default=0) + 1
        wide = min(deep, most[stage.id])
        columns.update({id: start + rank * wide // deep for id, rank in ranks.items()})
        bands[stage.id] = range(start, start + wide)
        start += wide
    return columns, bands


def _ranks(diagram: Diagram, nodes: list[Node]) -> dict[str, int]:
    """How many steps lead to each box; steps that go back do not count."""
    order = {node.id: i for i, node in enumerate(nodes)}
    ranks = dict.fromkeys(order, 0)
    forward = [
        (order[e.source], order[e.target], e.source, e.target)
        for e in diagram.edges
        if e.source in order and e.target in order and order[e.source] < order[e.target]
    ]
    for _, _, source, target in sorted(forward):
        ranks[target] = max(ranks[target], ranks[source] + 1)
    return ranks


def _rows(diagram: Diagram, stacks: dict[int, tuple[str, ...]], high: int) -> dict[str, int]:
    """The row of each box in its lane: beside what leads to it, or what it belongs with."""
    before = grouped((edge.target, edge.source) for edge in diagram.edges)
    rows: dict[str, int] = {}
    latest: dict[str, int] = {}  # machine → row of its last box
    for _, ids in sorted(stacks.items()):
        free = list(range(high))
        for id in ids:
            near = [rows[source] for source in before.get(id, ()) if source in rows]
            wish = near[-1] if near else latest.get(_machine(id), 0)
            row = min(free, key=lambda r: (abs(r - wish), r))
            free.remove(row)
            rows[id] = latest[_machine(id)] = row
    return rows


def _machine(id: str) -> str:
    return id.partition(".")[0]


def _misfit(diagram: Diagram, found: Grid) -> float:
    """How far the chart's proportions will be from a sheet's."""
    wide: dict[int, float] = {}
    high: dict[int, float] = {}
    for node in diagram.nodes:
        column, row = found.slots[node.id]
        width, height = size(node)
        wide[column] = max(wide.get(column, 0.0), width + _BESIDE)
        high[row] = max(high.get(row, 0.0), height + _BELOW)
    return abs(log(sum(wide.values()) / sum(high.values()) / _SHEET))
