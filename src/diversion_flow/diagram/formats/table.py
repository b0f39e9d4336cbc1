"""The diagram as Markdown tables: the same content for those who read rather than look."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...definition import Text
from ...definition.text import clean
from ..model import Diagram

_MARKS = re.compile(r"([\\`*\[\]|~#!]|(?<![^\W_])_|_(?![^\W_]))")
_RULES = (Text("番号", "No."), Text("事象", "Event"), Text("報告する機関", "Reported by"),
          Text("要件・書面", "Conditions, papers"), Text("根拠", "Basis"))  # fmt: skip
_STATES = (Text("状態", "State"), Text("担当・期限", "Holder, time limits"))
_ARROWS = (Text("から", "From"), Text("へ", "To"), Text("事象", "Event"))


def table(diagram: Diagram) -> str:
    """States, arrows and rules as three Markdown tables."""
    lang = diagram.lang
    states = [(n.spoken(lang) or " ".join(n.lines), " ".join(n.small)) for n in diagram.nodes]
    titles = {n.id: n.title for n in diagram.nodes}
    arrows = [
        (titles[e.source], titles[e.target], e.label.replace("\n", " / ")) for e in diagram.edges
    ]
    rules = dict.fromkeys(
        (
            str(r.number or r.sign),
            r.event + (" ※" if r.inferred else ""),
            r.by,
            " ".join(filter(None, (r.condition, r.more))),
            r.basis,
        )
        for r in (*diagram.rules, *diagram.limits)
    )
    parts = [
        f"# {markdown(diagram.heading)}",
        " ".join(markdown(c) for c in diagram.corner),
        *(_table([h.in_(lang) for h in head], rows)
          for head, rows in ((_STATES, states), (_ARROWS, arrows), (_RULES, rules))),
        *(f"- {markdown(text)}" for text in diagram.legend),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [_row(head), _row("---" for _ in head)]
    return "\n".join([*lines, *(_row(markdown(c) for c in row) for row in rows)])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def markdown(text: str) -> str:
    """The text on one line, with everything escaped that Markdown could read as its own.

    An underscore inside a word marks nothing up and stays as it is.
    """
    plain = clean(text).replace("\n", " ").replace("&", "&amp;")
    return _MARKS.sub(r"\\\1", plain).replace("<", "&lt;").replace(">", "&gt;")
