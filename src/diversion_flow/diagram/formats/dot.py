"""The diagram as DOT text, for those who lay it out with Graphviz themselves."""

from __future__ import annotations

from typing import Any

from ...definition import Language
from ...definition.extras import needed
from ...definition.text import clean
from ..layout.placed import box_lines, label_lines
from ..model import Diagram, Edge, Node

_MOST = 4000  # letters: Graphviz reads no string of more than 16 KB


def dot(diagram: Diagram) -> str:
    """DOT source; every text is quoted by the graphviz package and is never markup."""
    graphviz = _graphviz()
    graph = graphviz.Digraph(graphviz.escape(clean(diagram.id)))
    label = _safe("\n".join((diagram.heading, *diagram.key)))
    graph.attr(rankdir="LR", label=label, tooltip=_safe(diagram.description))
    graph.attr("node", shape="box", style="rounded")
    grouped = {g.id: g for g in diagram.groups}
    index = {node.id: f"n{i}" for i, node in enumerate(diagram.nodes)}
    for node in diagram.nodes:
        if node.group not in grouped:
            _node(graph, index[node.id], node, diagram.lang)
    for i, group in enumerate(diagram.groups):
        with graph.subgraph(name=f"cluster_{i}") as inside:
            inside.attr(label=_safe(group.label))
            for node in diagram.nodes:
                if node.group == group.id:
                    _node(inside, index[node.id], node, diagram.lang)
    for edge in diagram.edges:
        graph.edge(index[edge.source], index[edge.target], **_edge(edge))
    return str(graph.source)


def _graphviz() -> Any:
    with needed("diagrams"):
        import graphviz
    return graphviz


def _safe(text: str) -> str:
    """Text that is quoted whatever it looks like: escaping makes a string of a kind of its own,
    which is never taken for an HTML label."""
    graphviz = _graphviz()
    said = clean(text)
    escaped: str = graphviz.escape(said if len(said) <= _MOST else f"{said[:_MOST]}…")
    return escaped


def _node(graph: Any, name: str, node: Node, lang: Language) -> None:
    label = "\n".join(box_lines(node))
    shown = {"peripheries": "2"} if node.kind == "final" else {}
    if node.kind == "note":
        shown = {"shape": "note"}
    if node.standing == "current":
        shown["penwidth"] = "3"
    graph.node(name, label=_safe(label), tooltip=_safe(node.spoken(lang)), **shown)


def _edge(edge: Edge) -> dict[str, str]:
    style = "dotted" if edge.inferred else "dashed" if edge.handover else "solid"
    shown = {"label": _safe("\n".join(label_lines(edge))), "style": style}
    if edge.by_law:
        shown["penwidth"] = "3"
    return shown
