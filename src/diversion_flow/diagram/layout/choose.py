"""Where everything goes: in lanes and columns if the diagram has them, else in ranks."""

from __future__ import annotations

from attrs import evolve

from ...definition.wording import AGAINST
from ..model import SIGNS, Diagram, Edge, Node
from .aside import aside
from .lanes import lanes
from .measure import wrap
from .panels import paneled
from .placed import Layout, sign

_BOX, _UNDER = 7.0, 7.0  # em: how wide a box's label in a chart, and the small print under it, is


def drawn(diagram: Diagram) -> tuple[Diagram, Layout]:
    """What is drawn, with a place for every part: a chart of lanes in small print, a wide drawing
    without lanes in panels."""
    if not (diagram.lanes and diagram.columns):
        return paneled(diagram)
    shown = evolve(
        diagram,
        nodes=tuple(map(_fine, diagram.nodes)),
        edges=tuple(map(_numbered, diagram.edges)),
    )
    return shown, aside(shown, lanes(shown))


def _fine(node: Node) -> Node:
    """A box with its sign and its name only; where a machine starts, with the machine's."""
    named = node.title.partition(": ")[0] if node.kind == "initial" else ""
    against = f"{AGAINST} " if node.irregular else ""
    name = f"{sign(node)} {SIGNS.get(node.standing, '')}{against}{node.name}".strip()
    return evolve(
        node, lines=wrap(name, _BOX), small=wrap(named, _UNDER) if named else (), fine=True
    )


def _numbered(edge: Edge) -> Edge:
    """An arrow with its numbers only, and the sign of what was done: its words are in the list."""
    return evolve(edge, label=SIGNS.get(edge.standing, "").strip())
