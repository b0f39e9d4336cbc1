"""Where the shapes of a BPMN pool go: the same chart of lanes and stages as our own drawings."""

from __future__ import annotations

from ...definition import Language, Process
from ...diagram.layout.lanes import Gaps, spread
from ...diagram.layout.measure import wrap
from ...diagram.layout.placed import Layout, size
from ...diagram.model import Band, Diagram, Edge, Node
from .model import Element, Pool

ICON, GATEWAY = 36.0, 50.0  # the sizes that BPMN editors draw
_BERTH = ICON + 6
# An event on a border reaches half its size into the channel, from both sides.
_GAPS = Gaps(edge=ICON / 2 + 4, across=2 * ICON, down=2 * ICON)
_TASK = 8.0  # em: how wide the label of a task may be
_SHORT = 22  # letters of a condition that are drawn; the documentation has all

Drawn = tuple[Diagram, Layout]


def drawn(process: Process, pool: Pool, lang: Language) -> Drawn:
    """The pool as a chart, and its layout."""
    held = {e.lane for e in pool.elements}
    staged = {e.stage for e in pool.elements}
    lane_bands = [Band(a.id, a.label.in_(lang)) for a in process.agencies if a.id in held]
    stage_bands = [Band(s.id, s.label.in_(lang)) for s in process.stages if s.id in staged]
    if "" in held:
        lane_bands.append(Band("", ""))
    if "" in staged or not stage_bands:
        stage_bands.append(Band("", ""))
    names = {border.id: border.name for border in pool.borders}
    diagram = Diagram(
        id=pool.machine.id,
        title=pool.machine.label.in_(lang),
        description="",
        lang=lang,
        nodes=tuple(_node(element) for element in pool.elements),
        edges=tuple(
            Edge(f.id, f.source, f.target, short(names.get(f.border, f.name)),
                 berth=_BERTH if f.border else 0.0)
            for f in pool.flows
        ),
        lanes=tuple(lane_bands),
        columns=tuple(stage_bands),
    )  # fmt: skip
    return diagram, spread(diagram, _GAPS)


def short(text: str) -> str:
    """A condition as far as it is drawn."""
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _node(element: Element) -> Node:
    lines = wrap(element.name, _TASK)
    words = Node("", lines)
    least = max(size(words)[0], 100.0), max(size(words)[1], 80.0)
    room = fixed(element) or least
    return Node(element.id, lane=element.lane, column=element.stage, lines=(), room=room)


def fixed(element: Element) -> tuple[float, float] | None:
    """The size of an icon; a task is as large as its words and borders need."""
    side = {"exclusiveGateway": GATEWAY, "userTask": 0.0}.get(element.kind, ICON)
    return (side, side) if side else None
