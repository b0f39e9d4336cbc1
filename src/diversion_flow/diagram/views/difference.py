"""Two diagrams of the same view as one: what was added, removed and changed is marked.

What the comparison names is marked where it is drawn: a rule in the list and on its arrows, a
limit on the states in which it runs, a policy or a fact on the rules that ask about it. A sheet
says how many of the changes lie on it and on which sheets the others are, and every sheet what no
drawing shows.

A mark is a sign in the text (+, −, Δ) before it is a colour, so that every format shows it and
nobody needs to tell red from green.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from attrs import evolve

from ...definition import Language, Process, Text
from ...definition.files.serial import digest
from ...definition.phrasing import phrasing
from ..model import SIGNS, Band, Diagram, Edge, Node, Rule, Standing
from . import extract
from .elsewhere import ROAD, counted, sheet_name
from .touched import Touched, marks_between

_LEGEND = Text("+ 追加  − 削除(破線の枠)  Δ 変更", "+ added  − removed (dashed frame)  Δ changed")
_HERE = Text("違い{1}件のうち{0}件がこの図にある。", "{0} of {1} differences on this sheet.")
_NOT_HERE = Text(
    "この図には違いがない(全部で{1}件)。違いのある図: {0}",
    "Nothing differs on this sheet (of {1} differences). It does on: {0}",
)
_ELSEWHERE = Text("違いのあるほかの図: {0}", "Differences on other sheets: {0}")
_NOT_DRAWN = Text("図にない違い: {0}", "Different, and on no sheet: {0}")
_NOTHING = Text("違いは図に現れない。", "Nothing that differs is drawn on any sheet.")
_ALIKE = Text("違いはない。", "Nothing differs.")
_LAW_FROM = Text("{0}からの法「{1}」", "law from {0}, '{1}'")


def difference(a: Process, b: Process, view: str, lang: Language = "ja") -> Diagram:
    """The view of `b` with everything of `a` that is gone or was otherwise, marked."""
    return _Sheets(a, b, lang).finished(view)


def differences(a: Process, b: Process, lang: Language = "ja") -> dict[str, Diagram]:
    """Every sheet there is of two laws, each as `difference` draws it."""
    every = _Sheets(a, b, lang)
    return {view: every.finished(view) for view in every.views}


@lru_cache(maxsize=4)  # a sheet tells of the others: who draws several would draw all for each
class _Sheets:
    """All sheets of two laws, each drawn when it is asked for."""

    def __init__(self, a: Process, b: Process, lang: Language) -> None:
        self.a, self.b, self.lang = a, b, lang
        self._marks, self._each = marks_between(a, b)
        self._drawn: dict[str, Diagram] = {}
        self.views = tuple(dict.fromkeys((*extract.views(b), *extract.views(a))))

    def finished(self, view: str) -> Diagram:
        """A sheet, with where else to look in its legend."""
        drawn = self._sheet(view)
        said = self._elsewhere(view) if self._each else [_ALIKE.in_(self.lang)]
        return evolve(drawn, legend=(_LEGEND.in_(self.lang), *said, *drawn.legend))

    def _sheet(self, view: str) -> Diagram:
        if view not in self._drawn:
            a, b, lang = self.a, self.b, self.lang
            listing, draw = extract.viewer(a, b, view)
            before, after = listing(a), listing(b)
            event = before | after
            # On a chart of several machines an event is one number, else each rule has its own.
            whose = event if view in extract.CHARTS else {id: id for id in event}
            order = dict.fromkeys(whose[id] for id in _merged([*before], [*after]))
            numbers = {of: n for n, of in enumerate(order, 1)}
            numbering = {id: numbers[of] for id, of in whose.items()}
            both = draw(a, lang, numbering), draw(b, lang, numbering)
            mark = self._marks.machines.get(view) or self._marks.agencies.get(view, "")
            self._drawn[view] = _joined(*both, a, b, self._marks, mark)
        return self._drawn[view]

    def _elsewhere(self, view: str) -> list[str]:
        """How many of the differences lie here, on which sheets others do, and which on none."""
        said, every = phrasing(self.lang), len(self._each)
        counts = {v: self._count(v) for v in self.views if _marked_at_all(self._sheet(v))}
        others = [self._named(v, n) for v, n in counts.items() if v != view]
        if course := sum(not marks.isdisjoint(ROAD.ids) for marks in self._each):
            others.insert(0, counted(self.b, ROAD.view, said(ROAD.label), course, self.lang))
        found = [said(_HERE, counts[view], every)] if view in counts else []
        if others:
            where = said.join(others)
            found.append(said(_ELSEWHERE, where) if found else said(_NOT_HERE, where, every))
        elif not found:
            found.append(said(_NOTHING))
        if self._marks.nowhere:
            parts = dict.fromkeys(c.named(self.lang) for c in self._marks.nowhere)
            found.append(said(_NOT_DRAWN, said.series(parts)))
        return found

    def _count(self, view: str) -> int:
        """How many of the differences that the comparison names lie on a sheet with marks."""
        drawn = {part.id for part in _parts(self._sheet(view)) if part.standing}
        own = {view} if self._sheet(view).standing else set()
        # A box may tell of a part that is drawn elsewhere: that is one of them, too.
        return max(1, sum(not marks.isdisjoint(drawn | own) for marks in self._each))

    def _named(self, view: str, count: int) -> str:
        """A sheet by its number and its name, with how much lies on it."""
        law = self.b if view in extract.views(self.b) else self.a
        return counted(law, view, sheet_name([law], view, self.lang), count, self.lang)


def _marked_at_all(drawn: Diagram) -> bool:
    return bool(drawn.standing) or any(part.standing for part in _parts(drawn))


def _parts(drawn: Diagram) -> tuple[Any, ...]:
    return (*drawn.nodes, *drawn.edges, *drawn.clocks, *drawn.rules, *drawn.limits,
            *drawn.lanes, *drawn.columns, *drawn.groups)  # fmt: skip


def _joined(
    before: Diagram, after: Diagram, a: Process, b: Process, marks: Touched, own: Standing
) -> Diagram:
    lang = after.lang
    rules = _marked(before.rules, after.rules, _rule, marks.rules)
    loud = {rule.id for rule in rules if rule.standing}
    arrows: dict[str, Standing] = {
        edge.id: "changed"
        for edge in (*before.edges, *after.edges)
        if not loud.isdisjoint(edge.rules)
    }
    noted: dict[str, Standing] = dict.fromkeys(marks.notes, "changed")
    return Diagram(
        id=f"{after.id}_difference",
        title=f"{SIGNS[own]}{after.title} ({from_to(a, b, lang)})",
        description=after.description,
        lang=lang,
        nodes=_marked(before.nodes, after.nodes, _node, marks.states | noted),
        edges=_marked(before.edges, after.edges, _edge, arrows),
        lanes=_bands(before.lanes, after.lanes, a.agencies, b.agencies, marks.agencies, lang),
        columns=_bands(before.columns, after.columns, a.stages, b.stages, marks.stages, lang),
        groups=_bands(before.groups, after.groups, a.machines, b.machines, marks.machines, lang),
        stages=after.stages,
        clocks=_marked(before.clocks, after.clocks, _labelled, marks.deadlines),
        rules=tuple(sorted(rules, key=lambda r: r.number)),
        limits=_marked(before.limits, after.limits, _rule, marks.deadlines),
        legend=tuple(dict.fromkeys((*after.legend, *before.legend))),
        corner=(*after.corner[:1], *before.corner[1:], "→", *after.corner[1:]),
        standing=own,
    )


def name_of_law(law: Process, lang: Language) -> str:
    """A law as people call it: a variant by its own name, the law itself by the day from which
    on it holds and what its last amendment is called."""
    if law.since is None or "+" in law.version:
        return law.name.in_(lang)
    return phrasing(lang)(_LAW_FROM, law.since, law.name.in_(lang))


def from_to(a: Process, b: Process, lang: Language) -> str:
    """Which two laws are compared, the earlier first."""
    return " → ".join(name_of_law(law, lang) for law in (a, b))


def laws_told(a: Process, b: Process, lang: Language) -> str:
    """Which two laws are compared, with the digest of the later."""
    return f"{from_to(a, b, lang)}   {digest(b)}"


def _merged(old: list[str], new: list[str]) -> list[str]:
    """All ids: the new ones in their order, each one that is gone behind its neighbour."""
    found = list(new)
    for place, id in enumerate(old):
        if id not in found:
            earlier = [found.index(o) for o in old[:place] if o in found]
            found.insert(max(earlier, default=-1) + 1, id)
    return found


def _marked(
    old: Iterable[Any], new: Iterable[Any], mark: Callable[[Any, Standing], Any],
    named: Mapping[str, Standing],
) -> tuple[Any, ...]:  # fmt: skip
    before, after = {p.id: p for p in old}, {p.id: p for p in new}
    found = []
    for id in _merged(list(before), list(after)):
        if id not in after:
            found.append(mark(before[id], "removed"))
        elif id not in before:
            found.append(mark(after[id], "added"))
        else:
            alike = id not in named and _alike(before[id], after[id])
            found.append(mark(after[id], "" if alike else "changed"))
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
    # An arrow from a note says nothing itself: the note has the sign.
    label = SIGNS[mark] + edge.label if edge.label or edge.numbers else ""
    return evolve(edge, label=label.rstrip(" "), standing=mark)


def _rule(rule: Rule, mark: Standing) -> Rule:
    return evolve(rule, event=SIGNS[mark] + rule.event, standing=mark)


def _labelled(part: Any, mark: Standing) -> Any:
    return evolve(part, label=SIGNS[mark] + part.label, standing=mark)


def _bands(
    old: Iterable[Band], new: Iterable[Band], before: Iterable[Any], after: Iterable[Any],
    named: Mapping[str, Standing], lang: Language,
) -> tuple[Band, ...]:  # fmt: skip
    """The lanes of both, in their order: a new one too that holds no state of the sheet yet."""
    drawn = {band.id: band for band in (*old, *new)}
    parts = {part.id: part for part in (*before, *after)}
    if drawn:
        news = (id for id, mark in named.items() if mark != "changed" and id in parts)
        drawn |= {id: Band(id, parts[id].label.in_(lang)) for id in news if id not in drawn}
    order = dict.fromkeys((*(part.id for part in (*after, *before)), *drawn))
    return tuple(_labelled(drawn[id], named.get(id, "")) for id in order if id in drawn)
