"""The diagram as Mermaid text, for wikis and Markdown that draw it."""

from __future__ import annotations

import re

from ...definition.text import clean
from ..layout.placed import box_lines, label_lines
from ..model import Diagram, Edge, Node


def mermaid(diagram: Diagram) -> str:
    """A Mermaid flowchart with title and description for readers who hear it; machines, or where
    there are none the lanes of the agencies, are frames in it."""
    index = {node.id: f"n{i}" for i, node in enumerate(diagram.nodes)}
    lines = ["flowchart LR", f"    accTitle: {_line(diagram.heading)}",
             f"    accDescr: {_line(diagram.description)}"]  # fmt: skip
    framed = {band.id: band for band in diagram.groups or diagram.lanes}
    held = {node.id: node.group if diagram.groups else node.lane for node in diagram.nodes}
    lines += [f"    {_node(n, index)}" for n in diagram.nodes if held[n.id] not in framed]
    for i, band in enumerate(framed.values()):
        inside = [f"        {_node(n, index)}" for n in diagram.nodes if held[n.id] == band.id]
        if inside:  # Mermaid draws an empty frame as a box
            lines += [f'    subgraph g{i} ["{_text(band.label)}"]', *inside, "    end"]
    lines += [f"    {_edge(edge, index)}" for edge in diagram.edges]
    if diagram.key:
        lines.append(f'    key>"{_text(chr(10).join(diagram.key))}"]')
    return "\n".join(lines) + "\n"


_MARKS = re.compile(r'[#&"<>`;{}\[\]()|\\%:]')


def _text(text: str) -> str:
    """Text inside quotes: Mermaid's own character codes for what would end or mark it up."""
    safe = _MARKS.sub(lambda found: f"#{ord(found.group())};", clean(text))
    return safe.replace("\n", "<br/>")


def _line(text: str) -> str:
    return _text(text.replace("\n", " "))


def _node(node: Node, index: dict[str, str]) -> str:
    label = _text("\n".join(box_lines(node)))
    left, right = {"final": ("[[", "]]"), "note": (">", "]")}.get(node.kind, ("(", ")"))
    return f'{index[node.id]}{left}"{label}"{right}'


def _edge(edge: Edge, index: dict[str, str]) -> str:
    arrow = "==>" if edge.by_law else "-.->" if edge.handover or edge.inferred else "-->"
    label = _text("\n".join(label_lines(edge)))
    said = f'|"{label}"|' if label else ""
    return f"{index[edge.source]} {arrow}{said} {index[edge.target]}"
