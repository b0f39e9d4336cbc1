"""Coverage of a policy as pages and drawings: what tests have shown is marked ✓, what they have
shown in part ◐, and what they have not !."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import evolve

from ..definition import Language, Text
from ..definition.files.writing import inside, made, write_whole
from ..diagram.formats.picture import picture
from ..diagram.formats.svg import svg
from ..diagram.formats.web import document, inline, text
from ..diagram.model import Diagram, Edge, Node, Rule, Standing, of_several
from ..diagram.render import diagram
from .measures import KINDS, PolicyCoverage

_SIGNS: dict[Standing, str] = {"shown": "✓ ", "partly": "◐ ", "missing": "! "}
_LEGEND = Text("✓ テスト済み  ◐ 一部  ! テストなし", "✓ shown by tests  ◐ in part  ! by none")
_TITLE = Text("方針の網羅率", "Coverage of the policy")
_HEADS = (
    Text("対象", "What"),
    Text("テスト済み", "Shown"),
    Text("全体", "All"),
    Text("率", "Share"),
)
_MISSING = Text("テストが示していないもの", "What no test has shown")


def write_pages(found: Iterable[PolicyCoverage], folder: Path, lang: Language) -> list[Path]:
    """A page for each policy, with its drawings beside it; the files, in the order written."""
    made(folder)
    written = []
    for one in found:
        name = f"{one.process.id}_{one.process.version}"
        drawings = [(m.id, marked(one, m.id, lang)) for m in one.process.machines]
        for machine, drawn in drawings:
            file = inside(folder, f"{name}_{machine}.svg")
            written.append(write_whole(file, svg(picture(drawn)).encode(), overwrite=True))
        told = page(one, [d for _, d in drawings], lang).encode()
        written.append(write_whole(inside(folder, f"{name}.html"), told, overwrite=True))
    return written


def page(found: PolicyCoverage, drawings: Iterable[Diagram], lang: Language) -> str:
    """The shares, the drawings with their marks, and what is missing in words."""
    title = f"{_TITLE.in_(lang)}: {found.process.name.in_(lang)}"
    pictures = "".join(
        f"<h2>{text(d.title)}</h2>\n"
        f'<div class="scroll" tabindex="0">{inline(svg(picture(d)), f"d{i}")}</div>\n'
        for i, d in enumerate(drawings)
    )
    return document(
        title,
        f"<h1>{text(title)}</h1>\n{_table(found, lang)}<p>{text(_LEGEND.in_(lang))}</p>\n"
        f"{pictures}{_list(found, lang)}",
        lang,
    )


def _table(found: PolicyCoverage, lang: Language) -> str:
    head = "".join(f'<th scope="col">{h.in_(lang)}</th>' for h in _HEADS)
    rows = "".join(
        f'<tr><th scope="row">{_leading(kind, missing, lang)}</th>'
        f"<td>{len(points) - len(missing)}</td><td>{len(points)}</td>"
        f"<td>{found.share(kind):.1%}</td></tr>\n"
        for kind, points in found.points.items()
        for missing in [found.missing(kind)]
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _leading(kind: str, missing: Iterable[object], lang: Language) -> str:
    """The name of a kind; to the list of what is missing of it, if anything is."""
    name = KINDS[kind].in_(lang)
    return f'<a href="#{kind}">{name}</a>' if missing else name


def _list(found: PolicyCoverage, lang: Language) -> str:
    parts = [f"<h2>{_MISSING.in_(lang)}</h2>\n"]
    for kind in found.points:
        if missing := found.missing(kind):
            items = "".join(f"<li>{text(found.said(p, lang))}</li>\n" for p in missing)
            head = f'<h3 id="{kind}">{KINDS[kind].in_(lang)}</h3>'
            parts.append(f"{head}\n<ul>\n{items}</ul>\n")
    return "".join(parts)


def marked(found: PolicyCoverage, machine: str, lang: Language = "ja") -> Diagram:
    """The diagram of one machine with what tests have shown of it."""
    drawn = diagram(found.process, machine, lang=lang)
    rules = {rule.id: _of_rule(found, rule) for rule in drawn.rules}
    states = {node.id: _of_state(found, node) for node in drawn.nodes}
    ways = {edge.id: of_several(rules[id] for id in edge.rules) for edge in drawn.edges}
    notes = {edge.source: ways[edge.id] for edge in drawn.edges}
    # No test went a way from a state to which none came, though it may have its rule from another.
    ways |= {e.id: "missing" for e in drawn.edges if ways[e.id] and states[e.source] == "missing"}
    return evolve(
        drawn,
        id=f"{drawn.id}_coverage",
        title=f"{drawn.title} — {_TITLE.in_(lang)}",
        nodes=tuple(_node(node, states[node.id] or notes[node.id]) for node in drawn.nodes),
        edges=tuple(_edge(edge, ways[edge.id]) for edge in drawn.edges),
        rules=tuple(evolve(r, event=_SIGNS[rules[r.id]] + r.event) for r in drawn.rules),
        legend=(_LEGEND.in_(lang), *drawn.legend),
    )


def _of_state(found: PolicyCoverage, node: Node) -> Standing:
    """Whether a test came to the state that a box is; "" for a note, which is none."""
    if node.kind == "note":
        return ""
    machine, _, state = node.id.partition(".")
    return "shown" if ("state", machine, state) in found.shown else "missing"


def _node(node: Node, mark: Standing) -> Node:
    (first, *lines), small = node.lines or ("",), node.small
    if node.kind == "note":
        small = (_SIGNS[mark] + small[0], *small[1:])
        return evolve(node, small=small, standing=mark)
    return evolve(node, lines=(_SIGNS[mark] + first, *lines), standing=mark)


def _edge(edge: Edge, mark: Standing) -> Edge:
    """The arrow; one from a note says nothing itself."""
    return evolve(edge, label=_SIGNS[mark] + edge.label if edge.label else "", standing=mark)


def _of_rule(found: PolicyCoverage, rule: Rule) -> Standing:
    """A rule is shown if it was followed and each of its conditions mattered, both ways."""
    machine, _, id = rule.id.partition(".")
    points = list(_points(found, machine, id))
    shown = sum(point in found.shown for point in points)
    return "shown" if shown == len(points) else "partly" if shown else "missing"


def _points(found: PolicyCoverage, machine: str, rule: str) -> Iterator[tuple[str, ...]]:
    for kind in ("rule", "condition", "refusal"):
        yield from (p for p in found.points[kind] if p[1:3] == (machine, rule))
