"""Two diagrams of the same view as one: what was added, removed and changed is marked.

A mark is a sign in the text (+, −, Δ) before it is a colour, so that every format shows it and
nobody needs to tell red from green.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from attrs import evolve

from ...definition import Language, Process, Text
from ..model import Band, Diagram, Edge, Node, Rule, Span, Standing
from . import extract

SIGNS: dict[Standing, str] = {"added": "+ ", "removed": "− ", "changed": "Δ ", "": ""}
_LEGEND = Text("+ 追加  − 削除(破線の枠)  Δ 変更", "+ added  − removed (dashed frame)  Δ changed")


def difference(a: Process, b: Process, view: str, lang: Language = "ja") -> Diagram:
    """The view of `b` with everything of `a` that is gone or was otherwise, marked."""
    draw = extract.viewer(a, b, view)
    before, after = draw(a, lang, {}), draw(b, lang, {})
    order = _merged([r.id for r in before.rules], [r.id for r in after.rules])
    numbering = {id: number for number, id in enumerate(order, 1)}
    return _joined(draw(a, lang, numbering), draw(b, lang, numbering), a, b)


def _joined(before: Diagram, after: Diagram, a: Process, b: Process) -> Diagram:
    lang = after.lang
    names = [p.name.in_(lang) for p in (a, b)]
    return Diagram(
        id=f"{after.id}_difference",
        title=f"{after.title} ({' → '.join(names)})",
        description=after.description,
        lang=lang,
        nodes=_marked(before.nodes, after.nodes, _node),
        edges=_marked(before.edges, after.edges, _edge),
        lanes=_bands(before.lanes, after.lanes, [p.id for p in (*b.agencies, *a.agencies)]),
        columns=_bands(before.columns, after.columns, [s.id for s in (*b.stages, *a.stages)]),
        groups=_bands(before.groups, after.groups, [m.id for m in (*b.machines, *a.machines)]),
        clocks=_marked(before.clocks, after.clocks, _clock),
        rules=tuple(sorted(_marked(before.rules, after.rules, _rule), key=lambda r: r.number)),
        legend=(_LEGEND.in_(lang), *after.legend),
        corner=(*before.corner, "→", *after.corner),
    )


def _merged(old: list[str], new: list[str]) -> list[str]:
    """All ids: the new ones in their order, each one that is gone behind its neighbour."""
    found = list(new)
    for place, id in enumerate(old):
        if id not in found:
            earlier = [found.index(o) for o in old[:place] if o in found]
            found.insert(max(earlier, default=-1) + 1, id)
    return found


def _marked(
    old: Iterable[Any], new: Iterable[Any], mark: Callable[[Any, Standing], Any]
) -> tuple[Any, ...]:
    before, after = {p.id: p for p in old}, {p.id: p for p in new}
    found = []
    for id in _merged(list(before), list(after)):
        if id not in after:
            found.append(mark(before[id], "removed"))
        elif id not in before:
            found.append(mark(after[id], "added"))
        else:
            found.append(mark(after[id], "" if _alike(before[id], after[id]) else "changed"))
    return tuple(found)


def _alike(old: Any, new: Any) -> bool:
    """Whether two parts say the same; a state is none other because its machine is renamed."""
    return bool(old == (evolve(new, title=old.title) if isinstance(new, Node) else new))


def _node(node: Node, mark: Standing) -> Node:
    sign = SIGNS[mark]
    if node.lines:
        return evolve(node, lines=(sign + node.lines[0], *node.lines[1:]), standing=mark)
    small = (sign + node.small[0], *node.small[1:]) if node.small else ()
    return evolve(node, small=small, standing=mark)


def _edge(edge: Edge, mark: Standing) -> Edge:
    return evolve(edge, label=SIGNS[mark] + edge.label if edge.label else "", standing=mark)


def _rule(rule: Rule, mark: Standing) -> Rule:
    return evolve(rule, event=SIGNS[mark] + rule.event)


def _clock(clock: Span, mark: Standing) -> Span:
    return evolve(clock, label=SIGNS[mark] + clock.label, standing=mark)


def _bands(old: tuple[Band, ...], new: tuple[Band, ...], order: list[str]) -> tuple[Band, ...]:
    known = {band.id: band for band in (*old, *new)}
    return tuple(known[id] for id in dict.fromkeys(order) if id in known)
