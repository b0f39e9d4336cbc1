"""Journals of cases as an event log in XES (IEEE 1849-2016), one trace for each case.

A case's reference and what the facts say are nobody's business but the case's: a trace is named
by its position unless the caller names it, and no value of a fact is written.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from ..definition import LAW_CHANGED, CallError, Language, Process, Text
from ..definition.arguments import argument, each
from ..definition.phrasing import phrasing
from ..definition.text import clean
from ..runtime import Case, Record
from ..runtime.journal import under_law
from .exported import CALLED, UNTOLD, Exported, Loss, named_by_facts, touching, untold
from .pnml import CHANGED, OPENING
from .xml_text import document, element

Names = Callable[[Case], str]


def xes(
    cases: Iterable[Case],
    lang: Language = "ja",
    machine: str | None = None,
    names: Names | None = None,
) -> Exported:
    """The cases as a log, its labels in `lang`.

    With `machine`, only its opening and the events that moved it: the log that its net replays.
    `names` gives each case the name by which others may know it ("case-1", ... without it).
    """
    named = naming(cases, names)
    argument("machine", machine, str, type(None))
    phrasing(lang)
    return Exported(document(_Log(lang, machine).root(named)), _losses(named, machine))


Named = tuple[tuple[str, Case], ...]


def naming(cases: Iterable[Case], names: Names | None) -> Named:
    """Each case with the name under which it goes out; no two may share one."""
    if not (names is None or callable(names)):
        raise CallError("call_kind", name="names", wanted="Callable", found=type(names).__name__)
    named = tuple(
        _named(case, number, names) for number, case in enumerate(each("cases", cases, Case), 1)
    )
    if any(count > 1 for count in Counter(name for name, _ in named).values()):
        raise CallError("names_alike")
    return named


def _named(case: Case, number: int, names: Names | None) -> tuple[str, Case]:
    name = names(case) if names else f"case-{number}"
    argument("names", name, str)
    return clean(name), case


def said(process: Process, record: Record) -> Text:
    """The label of what happened; opening and crossing are no events of the process."""
    event = process.by_id["event"].get(record.event)
    return event.label if event else CHANGED if record.event == LAW_CHANGED else OPENING


def marked(law: Process, record: Record) -> Iterator[tuple[str, str]]:
    """What sets an entry apart: the rule for which an irregular one stands and which agency
    answers for it, never why; from which version of the law to which the case came."""
    if record.irregular:
        yield "irregular", record.irregular.transition
        if record.irregular.responsible in law.by_id["agency"]:  # else it is free text
            yield "responsible", record.irregular.responsible
    if record.crossed:
        yield "version_before", record.crossed.old
        yield "version_after", record.crossed.new


@frozen
class _Log:
    """Builds the document, part by part."""

    lang: Language
    machine: str | None

    def root(self, named: Named) -> ET.Element:
        root = ET.Element("log", {"xmlns": _XES, "xes.version": "1849.2016", "xes.features": ""})
        for prefix, name in _EXTENSIONS.items():
            uri = f"http://www.xes-standard.org/{prefix}.xesext"
            element(root, "extension", name=name, prefix=prefix, uri=uri)
        self.everywhere(root)
        element(root, "classifier", name="Event", keys="concept:name")
        for name, case in named:
            self.trace(root, name, case)
        return root

    def everywhere(self, root: ET.Element) -> None:
        """What every trace and every event has, each with a value for where it were missing."""
        trace = element(root, "global", scope="trace")
        for key in ("concept:name", "process", "version"):
            _string(trace, key, "")
        event = element(root, "global", scope="event")
        for key in ("concept:name", "lifecycle:transition", "label"):
            _string(event, key, "")
        element(event, "date", key="time:timestamp", value="1970-01-01T00:00:00+00:00")

    def trace(self, root: ET.Element, name: str, case: Case) -> None:
        trace = element(root, "trace")
        _string(trace, "concept:name", name)
        _string(trace, "process", case.process.id)
        _string(trace, "version", case.process.version)
        for law, record in self.told(case):
            self.event(trace, law, record)

    def told(self, case: Case) -> Iterator[tuple[Process, Record]]:
        """What happened to the case, or to one of its tracks: every track begins at the opening."""
        if self.machine is not None:
            case.process.machine(self.machine)
        for number, (law, record) in enumerate(under_law(case)):
            moved = {moved.machine for moved in record.moved}
            if number == 0 or self.machine is None or self.machine in moved:
                yield law, record

    def event(self, trace: ET.Element, process: Process, record: Record) -> None:
        event = element(trace, "event")
        _string(event, "concept:name", record.event)
        _string(event, "lifecycle:transition", "complete")
        _string(event, "label", said(process, record).in_(self.lang))
        element(event, "date", key="time:timestamp", value=record.at.isoformat())
        if record.by:
            _string(event, "org:resource", record.by)
            _string(event, "org:role", process.agency(record.by).label.in_(self.lang))
        for key, value in marked(process, record):
            _string(event, key, value)
        if record.moved:
            rules = [f"{m.machine}.{m.transition}" for m in record.moved if m.transition]
            if rules:
                _string(event, "rules", " ".join(rules))


def _string(parent: ET.Element, key: str, value: str) -> None:
    element(parent, "string", key=key, value=value)


# -- what a log does not say -----------------------------------------------------------------------


def _losses(named: Named, machine: str | None) -> tuple[Loss, ...]:
    processes = dict.fromkeys(case.process for _, case in named)
    others = (m.id for p in processes for m in p.machines if machine not in (None, m.id))
    return (*log_losses(named), *touching([("machine", _MACHINE, dict.fromkeys(others))]))


def log_losses(named: Named) -> tuple[Loss, ...]:
    """What no event log of these cases says; each only where a process has such a thing."""
    touched: dict[str, dict[str, None]] = {code: {} for code in _SAID}
    for process in dict.fromkeys(law for _, case in named for law in laws(case)):
        for code, ids in _untold(process):
            touched[code].update(dict.fromkeys(ids))
    for _, case in named:
        against = (r.event for r in case.journal if r.irregular)
        touched["irregular"].update(dict.fromkeys(against))
        if midway := case.journal[0].midway:
            touched["midway"].update(dict.fromkeys(midway.states))
    return touching((code, _SAID[code], ids) for code, ids in touched.items())


def laws(case: Case) -> Iterable[Process]:
    """The laws that the case has come under, the latest first."""
    return {id(then.process): then.process for then in case.snapshots()}.values()


def _untold(process: Process) -> Iterator[tuple[str, Iterable[str]]]:
    rules = [(f"{m.id}.{t.id}", t) for m in process.machines for t in m.transitions]
    yield "case", (process.id,)
    yield "fact", (f.id for f in process.facts)
    yield "share", (id for id, t in rules if t.shares)
    yield "basis", (id for id, t in rules if t.basis)
    yield "deadline", (d.id for d in process.deadlines)
    yield "called", (part for part in named_by_facts(process) if part.startswith("event "))
    yield from ((code, ids) for code, _, ids in untold(process.events, process.deadlines))


_XES = "http://www.xes-standard.org/"
_EXTENSIONS = {
    "concept": "Concept",
    "lifecycle": "Lifecycle",
    "org": "Organizational",
    "time": "Time",
}
_SAID = {
    "case": Text(
        "事件の整理番号は、呼び出し側が名を与えない限り出力されない。",
        "The references of cases are not written, unless the caller names the cases so.",
    ),
    "fact": Text(
        "記録された事実は出力されない。このログから事件を再現することはできない。",
        "The facts recorded are not written: the log does not give the cases back.",
    ),
    "share": Text(
        "どの情報が誰に提供されたかは出力されない。",
        "Which data were handed to whom is not written.",
    ),
    "basis": Text("根拠条文は出力されない。", "The legal basis is not written."),
    "deadline": Text(
        "進行中の期限は出力されない。期限の経過による事象は、ほかの事象と同様に記される。",
        "Which limits ran is not written; what happens when one runs out is an event like others.",
    ),
    "called": CALLED,
    "irregular": Text(
        "規則によらない事象の理由は出力されず、責任を負う者は機関に限り出力される。"
        "その事象は、規則のネットには適合しない。",
        "Why something was irregular is not written, and who answers for it only where that is an "
        "agency; it does not fit the net of the rules.",
    ),
    "midway": Text(
        "途中から始まる事件について、引き継ぐ前の経過とその理由は出力されない。"
        "そのような事件は、規則のネットには適合しない。",
        "Of a case that begins midway neither what was before nor why it was taken over is "
        "written; it does not fit the net of the rules.",
    ),
    **UNTOLD,
}
_MACHINE = Text(
    "この系列を動かさなかった事象は出力されない。",
    "Events that did not move this track are not written.",
)
