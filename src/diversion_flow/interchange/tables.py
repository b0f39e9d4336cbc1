"""A process as CSV tables, for people with spreadsheets: rules, states, time limits, facts.

A spreadsheet takes a cell that begins with =, +, -, @, a tab, a line break or NUL for a formula
or worse; such a cell gets an apostrophe in front, and `plain` takes it away again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from ..definition import ALWAYS, Basis, Deadline, Guard, Language, Process, Text, UnknownId, wording
from ..definition.arguments import argument
from ..definition.phrasing import phrasing
from ..definition.text import HALF
from ..runtime.clause import cited_guard
from .exported import Exported, Loss, touching, untold_of_all, unwritten, whole

Row = tuple[str, ...]

_RISKY = re.compile(r"'*[=+\-@\t\r\n\0]")


def _field(name: str) -> Text:
    return wording.heading(wording.FIELDS[name])


_MACHINE, _CONDITIONS = _field("machine"), Text("要件", "Conditions")
_BASIS, _ID = Text("根拠", "Basis"), Text("ID", "id")
_GROUNDS = (_BASIS, Text("確度", "Mark"), _ID)
_RULES = (_MACHINE, _field("event"), Text("報告する機関", "Reported by"),
          Text("から", "From"), Text("へ", "To"), _CONDITIONS, _field("records"),
          _field("papers"), Text("情報提供", "Data handed to"), Text("知らせる機関", "Told"),
          _field("outdates"), *_GROUNDS)  # fmt: skip
_STATES = (_MACHINE, Text("状態", "State"), Text("担当", "Holder"), Text("段階", "Stage"),
           _field("initial"), Text("終了", "End"), _field("rest"), _field("ends_case"),
           *_GROUNDS)  # fmt: skip
_LIMITS = (Text("期限", "Time limit"), _field("start"), Text("長さ", "Length"), _field("counting"),
           _CONDITIONS, _MACHINE, Text("状態", "States"), Text("義務者", "Owner"),
           Text("義務", "Duty"), Text("満了すると", "When it runs out"), *_GROUNDS)  # fmt: skip
_FACTS = (Text("事実", "Fact"), Text("型", "Kind"), Text("値", "Values"), Text("単位", "Unit"),
          _field("minimum"), _field("maximum"), Text("記録する機関", "Supplied by"),
          Text("閲覧できる機関", "Seen by"),
          Text("同意があれば閲覧できる機関", "Seen with consent by"), _BASIS, _ID)  # fmt: skip
_ONE_TABLE = Loss(
    "tables",
    Text("一つの表に一種類のみ。ほかの表(rules, states, limits, facts)も書き出せる。",
         "One table holds one kind of part; write the others too (rules, states, limits, facts)."),
)  # fmt: skip


_LACKS = {
    "words": "stage.label state.note transition.note process.label",
    "home": "event.home",
    "version": "process.version process.since process.until process.called",
}
_SIGHT = Text(
    "どの系列を誰が見られるか、閲覧できる根拠は、どの表にもない。",
    "Who may see which track, and on which ground anything is seen, is in no table.",
)


def table(process: Process, kind: str = "rules", lang: Language = "ja") -> Exported:
    """One table (`rules`, `states`, `limits` or `facts`) as CSV text with a row of heads."""
    argument("process", process, Process)
    argument("kind", kind, str)
    parts = _Rows(process, lang)
    tables = {
        "rules": (_RULES, parts.rules),
        "states": (_STATES, parts.states),
        "limits": (_LIMITS, parts.limits),
        "facts": (_FACTS, parts.facts),
    }
    if kind not in tables:
        raise UnknownId("table", kind, tables)
    heads, rows = tables[kind]
    lost = (*untold_of_all(process), ("sight", _SIGHT, _seen(process)))
    losses = (_ONE_TABLE, *touching((*lost, *unwritten(whole(process), **_LACKS))))
    return Exported(written([tuple(h.in_(lang) for h in heads), *rows()]), losses)


def _seen(process: Process) -> Iterator[str]:
    """The machines that somebody sees, and the facts of which it is said why."""
    yield from (m.id for m in process.machines if m.seen_by or m.seen_with_consent)
    yield from (f.id for f in process.facts if any(b.of_a_row for b in f.basis))


def written(rows: Iterable[Row]) -> str:
    """The rows as CSV (RFC 4180), no cell of which a spreadsheet runs."""
    text = StringIO(newline="")
    csv.writer(text).writerows([_cell(c) for c in row] for row in rows)
    return text.getvalue()


def plain(text: str) -> list[Row]:
    """The rows of such a text as they were before they were made safe."""
    return [tuple(map(_restored, row)) for row in csv.reader(StringIO(text, newline=""))]


def _cell(said: str) -> str:
    whole = HALF.sub("", said)
    return f"'{whole}" if _RISKY.match(whole) else whole


def _restored(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell


class _Rows:
    """The parts of a process as rows."""

    def __init__(self, process: Process, lang: Language) -> None:
        self.process, self.lang = process, lang
        self.join = phrasing(lang).join

    def rules(self) -> Iterable[Row]:
        process, lang = self.process, self.lang
        for machine in process.machines:
            for rule in machine.transitions:
                event = process.event(rule.event)
                yield (
                    machine.label.in_(lang),
                    event.label.in_(lang),
                    self._agencies(event.by),
                    self.join(machine.state(s).label.in_(lang) for s in rule.sources),
                    machine.state(rule.target).label.in_(lang),
                    self._conditions(cited_guard(process, rule)),
                    wording.names_text(process, "fact", event.records, lang),
                    wording.names_text(process, "paper", rule.papers, lang),
                    self._agencies(dict.fromkeys(share.to for share in rule.shares)),
                    self.join(wording.told_text(process, told, lang) for told in event.told),
                    wording.names_text(process, "fact", event.outdates, lang),
                    *self._grounds(rule.basis),
                    f"{machine.id}.{rule.id}",
                )

    def states(self) -> Iterable[Row]:
        for machine in self.process.machines:
            for state in machine.states:
                marks = state.id == machine.initial, state.final, state.rest, state.ends_case
                yield (
                    machine.label.in_(self.lang),
                    state.label.in_(self.lang),
                    self._agencies((state.holder,) if state.holder else ()),
                    self.process.stage(state.stage).label.in_(self.lang) if state.stage else "",
                    *("○" if so else "" for so in marks),
                    *self._grounds(state.basis),
                    f"{machine.id}.{state.id}",
                )

    def _length(self, limit: Deadline) -> str:
        process, lang = self.process, self.lang
        length = wording.length_text(process, limit, lang)
        links = wording.links_text(process, limit, lang)
        before = wording.before_text(process, limit.before, lang)
        return phrasing(lang).series(filter(None, (length, links, before)))

    def limits(self) -> Iterable[Row]:
        for limit in self.process.deadlines:
            machine = self.process.machine(limit.machine)
            follows = self.process.event(limit.on_expiry).label if limit.on_expiry else None
            yield (
                limit.label.in_(self.lang),
                wording.start_text(self.process, limit.start, self.lang),
                self._length(limit),
                wording.counting_text(limit.counting, self.lang),
                self._conditions(limit.guard),
                machine.label.in_(self.lang),
                self.join(machine.state(s).label.in_(self.lang) for s in limit.states),
                self._agencies((limit.owner,)),
                wording.duty_text(self.process, limit, self.lang),
                follows.in_(self.lang) if follows else "",
                *self._grounds(limit.basis),
                limit.id,
            )

    def facts(self) -> Iterable[Row]:
        for fact in self.process.facts:
            grounds, _ = self._grounds(tuple(b for b in fact.basis if not b.of_a_row))
            yield (
                fact.label.in_(self.lang),
                fact.kind.value,
                self.join(choice.label.in_(self.lang) for choice in fact.choices),
                fact.unit.in_(self.lang) if fact.unit else "",
                *("" if end is None else str(end) for end in (fact.minimum, fact.maximum)),
                self._agencies((fact.source,)),
                self._agencies(fact.seen_by),
                self._agencies(fact.seen_with_consent),
                grounds,
                fact.id,
            )

    def _conditions(self, guard: Guard) -> str:
        return "" if guard == ALWAYS else wording.guard_text(self.process, guard, self.lang)

    def _agencies(self, ids: Iterable[str]) -> str:
        return wording.names_text(self.process, "agency", ids, self.lang)

    def _grounds(self, bases: tuple[Basis, ...]) -> tuple[str, str]:
        """The provisions and sources, and how far each was checked."""
        marks = dict.fromkeys(b.mark.value for b in bases)
        return wording.grounds_text(self.process, bases, self.lang), self.join(marks)
