"""The diagram as PlantUML text, for wikis and documents that draw it."""

from __future__ import annotations

from unicodedata import category

from ...definition.text import clean
from ..layout.placed import box_lines, label_lines
from ..model import Diagram, Edge, Node


def plantuml(diagram: Diagram) -> str:
    """A PlantUML state diagram; every text is written so that nothing in it is markup."""
    index = {node.id: f"n{i}" for i, node in enumerate(diagram.nodes)}
    lines = ["@startuml", "hide empty description", "left to right direction",
             f"title {_text(diagram.heading)}"]  # fmt: skip
    grouped = {group.id for group in diagram.groups}
    for node in diagram.nodes:
        if node.group not in grouped:
            lines.append(_node(node, index))
    for i, group in enumerate(diagram.groups):
        inside = [f"  {_node(n, index)}" for n in diagram.nodes if n.group == group.id]
        lines += [f'state "{_text(group.label)}" as g{i} {{', *inside, "}"]
    lines += [f"[*] --> {index[n.id]}" for n in diagram.nodes if n.kind == "initial"]
    lines += [_edge(edge, index) for edge in diagram.edges]
    lines += [f"{index[n.id]} --> [*]" for n in diagram.nodes if n.kind == "final"]
    if diagram.key:
        lines += ["legend left", *(f"  {_text(line)}" for line in diagram.key), "endlegend"]
    return "\n".join([*lines, "@enduml"]) + "\n"


def _text(text: str) -> str:
    """Text in which every sign that PlantUML could read as markup is its character code."""
    said = "".join(c if _harmless(c) else f"<U+{ord(c):04X}>" for c in clean(text))
    return said.replace("\n", "\\n")


def _harmless(character: str) -> bool:
    """Letters, digits and the signs of other scripts; of ASCII only what marks nothing up."""
    if character.isascii():
        return character.isalnum() or character in " \n()"
    return category(character) != "Cf"  # such as marks that turn the direction of writing


def _node(node: Node, index: dict[str, str]) -> str:
    return f'state "{_text(chr(10).join(box_lines(node)))}" as {index[node.id]}'


def _edge(edge: Edge, index: dict[str, str]) -> str:
    style = "dotted" if edge.inferred else "dashed" if edge.handover else ""
    style = "bold" if edge.by_law else style
    arrow = f"-[{style}]->" if style else "-->"
    said = _text("\n".join(label_lines(edge)))
    return f"{index[edge.source]} {arrow} {index[edge.target]}" + (f" : {said}" if said else "")
