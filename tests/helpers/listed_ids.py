"""The ids of a law as Markdown, as its page in the documents lists them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from diversion_flow.cli.ids import set_by
from diversion_flow.definition import Process, wording


def listed(process: Process) -> str:
    """The ids of a law as Markdown: what is reported, recorded, ruled, limited and set."""
    parts = [
        _table(_EVENTS, (_row(e, " ".join(f"`{a}`" for a in e.by)) for e in process.events)),
        _table(_FACTS, (_row(f, f"`{f.source}`") for f in process.facts)),
        _table(_RULES, (
            f"| `{m.id}.{t.id}` | `{t.event}` | {' '.join(f'`{s}`' for s in t.sources)} "
            f"| `{t.target}` |"
            for m in process.machines for t in m.transitions)),
        _table(_LIMITS, (_row(d, f"`{d.machine}`") for d in process.deadlines)),
        _table(_PARAMETERS, (
            _row(p, wording.scalar_text(p.value, "en"),
                 set_by(process, p, "en"))
            for p in process.parameters)),
        _table(_AGENCIES, (_row(a) for a in process.agencies)),
    ]  # fmt: skip
    return "\n".join(parts)


def _table(head: tuple[str, ...], rows: Iterable[str]) -> str:
    title, *columns = head
    lines = [f"### {title}", "", f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    return "\n".join([*lines, *rows, ""])


def _row(part: Any, *more: str) -> str:
    words = (f"`{part.id}`", part.label.ja, part.label.en, *more)
    return f"| {' | '.join(word.replace('|', chr(92) + '|') for word in words)} |"


_EVENTS = ("Events", "Id", "ja", "en", "Reported by")
_FACTS = ("Facts", "Id", "ja", "en", "Supplied by")
_RULES = ("Rules", "Id", "Event", "From", "To")
_LIMITS = ("Limits", "Id", "ja", "en", "Machine")
_PARAMETERS = ("Parameters", "Id", "ja", "en", "Value", "Set by")
_AGENCIES = ("Agencies", "Id", "ja", "en")
