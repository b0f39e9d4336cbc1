"""How a report to the person reads: its heading, the rules that apply, each provision as a line;
plain data first, of which the page is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import field, frozen

from ..definition import Language, Process, Text
from ..definition.phrasing import phrasing
from ..definition.wording import grounds_text, names_text, value_text
from .rights import Holder, Right
from .seen import Saw

_RIGHTS = Text("適用される規定", "Rules that apply")
_UNTIL = Text("({0}まで)", " (by {0})")
NOTHING = Text("なし", "none")
_CONSENT = Text("本人の同意", "the person's consent")
_TOLD = Text("出来事の通知", "told of the event")
_GONE = Text("その後訂正・取消し", "corrected or withdrawn since")


@frozen
class Report:
    """What every report to the person says first: who answers, as what, asked on which day, and the
    rules that apply."""

    process: Process = field(repr=False, eq=False)
    agency: str
    holder: Holder
    asked: date
    rights: tuple[Right, ...]

    def heading(self, lang: Language) -> dict[str, Any]:
        """The same as plain data, in words."""
        said = phrasing(lang)
        return {
            "agency": said(self.process.agency(self.agency).label),
            "holder": said(self.holder.label),
            "asked": self.asked.isoformat(),
            "rights": [
                {"cited": right.cited(lang), "text": said(right.text),
                 "until": right.until.isoformat() if right.until else None}
                for right in self.rights
            ],
        }  # fmt: skip


def value_in_words(process: Process, id: str, value: object, lang: Language) -> str:
    """The value of a fact."""
    return value_text(process.fact(id), value, lang)


def provision(process: Process, saw: Saw, lang: Language) -> dict[str, Any]:
    """What one agency saw of the person: when, from whom, what, and on which ground."""
    said = phrasing(lang)
    agencies = process.by_id["agency"]
    by, to = (said(agencies[id].label) if id in agencies else id for id in (saw.by, saw.agency))
    facts = names_text(process, "fact", (f for f in saw.facts if f in process.by_id["fact"]), lang)
    machines = names_text(
        process, "machine", (m for m in saw.machines if m in process.by_id["machine"]), lang
    )
    ground = grounds_text(process, saw.basis, lang)
    return {
        "at": saw.at.isoformat(), "how": saw.how, "by": by, "to": to,
        "what": said.series(filter(None, (facts, machines, said(_TOLD) if saw.told else ""))),
        "ground": said.series(filter(None, (said(_CONSENT) if saw.consent else "", ground))),
        "stands": saw.stands, "gone": "" if saw.stands else said(_GONE),
    }  # fmt: skip


def lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Provisions as they are read, one a line."""
    for row in rows:
        way = " → ".join(filter(None, (row["by"], row["to"])))
        ground = f" ({row['ground']})" if row["ground"] else ""
        noted = row.get("record") or row.get("doubt")
        record = f" [{noted}]" if noted else ""
        gone = "" if row["stands"] else f" [{row['gone']}]"
        yield f"{row['at'][:16].replace('T', ' ')} {way}: {row['what']}{ground}{record}{gone}"


def as_page(
    title: Text,
    told: Mapping[str, Any],
    parts: Iterable[tuple[Text, Iterable[str]]],
    lang: Language,
) -> str:
    """The whole report."""
    said = phrasing(lang)
    told_lines = [
        said(title),
        f"{told['agency']} · {told['holder']} · {told['asked']}",
        "",
        said(_RIGHTS),
    ]
    for right in told["rights"]:
        until = said(_UNTIL, right["until"]) if right["until"] else ""
        told_lines.append(f"- {right['cited']}: {right['text']}{until}")
    for heading, rows in parts:
        told_lines += ["", said(heading), *([f"- {row}" for row in rows] or [f"- {said(NOTHING)}"])]
    return "\n".join((*told_lines, ""))
