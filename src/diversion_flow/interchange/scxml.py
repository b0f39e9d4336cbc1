"""A process as SCXML, the W3C's language for statecharts.

Conditions keep to what the ECMAScript data model shares with engines that read conditions as
Python or check them against a list of allowed forms: comparisons, `&&`, `||`, data by name and
`In(...)`. No script, no function and no third truth value is needed.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from attrs import Factory, evolve, field, frozen

from ..definition import Event, Language, Machine, Process, State, Text, Transition
from ..definition.history import one_version
from ..definition.text import clean
from .conditions import either, together
from .exported import Exported, Loss, touching
from .javascript import compared, literal, quoted
from .statechart import Conditions, cited, ends, limits, losses, papers
from .xml_text import document, element


def scxml(process: Process, lang: Language = "ja") -> Exported:
    """The process as an SCXML document, its labels in `lang`.

    A case is opened by the event `case.opened`; what events carry is told at the document's head.
    """
    one_version("process", process)
    return Exported(document(_Chart(process, lang).root()), _losses(process))


# -- what is asked -----------------------------------------------------------------------------


@frozen
class ScxmlDialect:
    """Conditions on the event's data and on what has been recorded; `records` are the facts
    that come with the event, and count for it, `outdates` those that count no otherwise."""

    records: tuple[str, ...] = ()
    outdates: tuple[str, ...] = ()
    always = "true"
    never = "false"

    def all_of(self, parts: tuple[str, ...]) -> str:
        return " && ".join(parts)

    def any_of(self, parts: tuple[str, ...]) -> str:
        return f"({' || '.join(parts)})"

    def no(self, condition: str) -> str:
        return f"({condition}) === false"

    def fact(self, id: str, test: Callable[[str], str]) -> str:
        kept, now = _kept(id), _carried(id)
        known = self._known(kept, test)
        if id not in self.records:
            return known
        told = self._known(now, test)
        if id in self.outdates:
            return told
        return either(self, (told, together(self, (f"{now} == null", known))))

    def _known(self, name: str, test: Callable[[str], str]) -> str:
        return together(self, (f"{name} != null", test(name)))

    def compared(self, known: str, operator: str, value: object) -> str:
        return compared(known, operator, value)

    def has(self, value: str, choice: str, answer: bool) -> str:
        return compared(f"{value}[{quoted(choice)}]", "==", answer)

    def named(self, fact: str, choices: tuple[str, ...]) -> str:
        if fact not in self.records:
            return self.never
        now = _carried(fact)
        one = either(self, (self.has(now, choice, True) for choice in choices))
        return together(self, (f"{now} != null", one))

    def narrows(self, fact: str, choices: tuple[str, ...]) -> str:
        if fact not in self.records:
            return self.always
        kept, now = _kept(fact), _carried(fact)
        each = tuple(self._was(kept, now, choice) for choice in choices)
        return either(self, (f"{now} == null", together(self, each)))

    def _was(self, kept: str, now: str, choice: str) -> str:
        before = self._known(kept, lambda known: self.has(known, choice, True))
        return either(self, (self.has(now, choice, False), before))

    def in_state(self, machine: str, states: tuple[str, ...]) -> str:
        return either(self, (f"In({quoted(f'{machine}.{state}')})" for state in states))

    def working_day(self) -> str:
        return f"{_told('working_day')} === true"

    def among(self, told: Literal["running", "missed"], limit: str) -> str:
        return f"{_told(f'{told}_{limit}')} === true"

    def reported(self, event: Event, by_law: bool) -> str:
        by = either(self, (f"{_told('by')} === {quoted(agency)}" for agency in event.by))
        due = f"=== {quoted(event.id)}" if by_law else "== null"
        return together(self, (by, f"{_told('due')} {due}"))

    def on_day(self, first: date | None, last: date | None) -> str:
        bounds = ((">=", first), ("<=", last))
        held = (f"{_told('day')} {sign} {literal(day)}" for sign, day in bounds if day)
        return together(self, (f"{_told('day')} != null", *held))


def _kept(fact: str) -> str:
    """The name under which a fact is kept. No event carries data of this name: some engines look
    a name up in the event's data first."""
    return f"kept_{fact}"


def _carried(fact: str) -> str:
    """A fact as the event carries it."""
    return _told(f"fact_{fact}")


def _told(name: str) -> str:
    return f"_event.data.{name}"


def _conditions(chart: _Chart) -> dict[str, str]:
    """For each transition: the report, the home machine's consent where another machine moves,
    and its own rule."""
    written = {}
    everywhere = Conditions(chart.process, ScxmlDialect())
    for machine in chart.process.machines:
        for transition in machine.transitions:
            event = chart.process.event(transition.event)
            ask = evolve(everywhere, dialect=ScxmlDialect(event.records, event.outdates))
            elsewhere = () if event.home == machine.id else (ask.decided(event),)
            asked = (*ask.report(event), *elsewhere, ask.rule(transition))
            written[f"{machine.id}.{transition.id}"] = together(ask.dialect, asked)
    return written


# -- what the chart says -----------------------------------------------------------------------


@frozen
class _Chart:
    """Builds the document, part by part."""

    process: Process
    lang: Language
    conditions: Mapping[str, str] = field(default=Factory(_conditions, takes_self=True))

    def root(self) -> ET.Element:
        kind = {"xmlns": _SCXML, "xmlns:df": _LABELS, "version": "1.0", "datamodel": "ecmascript"}
        said = self.said(self.process.label, version=[self.process.version])
        root = ET.Element("scxml", {**kind, "name": self.process.id, "initial": _UNOPENED, **said})
        root.append(ET.Comment(_HEAD.in_(self.lang)))
        model = element(root, "datamodel")
        for fact in self.process.facts:
            element(model, "data", id=_kept(fact.id), **self.said(fact.label))
        self.opening(root)
        case = element(root, "parallel", id=_OPEN)
        for machine in self.process.machines:
            self.region(case, machine)
        return root

    def opening(self, root: ET.Element) -> None:
        """Before it is opened a case has no facts and stands nowhere."""
        unopened = element(root, "state", id=_UNOPENED)
        opened = element(unopened, "transition", event="case.opened", target=_OPEN)
        _record(opened, (fact.id for fact in self.process.facts))

    def region(self, case: ET.Element, machine: Machine) -> None:
        first, said = f"{machine.id}.{machine.initial}", self.said(machine.label)
        region = element(case, "state", id=machine.id, initial=first, **said)
        for state in machine.states:
            self.state(region, machine, state)

    def state(self, region: ET.Element, machine: Machine, state: State) -> None:
        kind = "final" if ends(machine, state) else "state"
        said = self.said(
            state.label, holder=[state.holder or ""], stage=[state.stage or ""],
            limits=limits(self.process, machine, state, self.lang),
            basis=cited(self.process, state, self.lang),
        )  # fmt: skip
        drawn = element(region, kind, id=f"{machine.id}.{state.id}", **said)
        for transition in machine.leaving(state.id):
            self.transition(drawn, machine, transition)

    def transition(self, source: ET.Element, machine: Machine, transition: Transition) -> None:
        event, rule = self.process.event(transition.event), f"{machine.id}.{transition.id}"
        said = self.said(
            event.label, rule=[transition.id],
            papers=papers(self.process, transition, self.lang),
            basis=cited(self.process, transition, self.lang),
        )  # fmt: skip
        target, asked = f"{machine.id}.{transition.target}", self.conditions[rule]
        drawn = element(source, "transition", event=event.id, target=target, cond=asked, **said)
        if event.home == machine.id:
            _record(drawn, event.records, event.outdates)

    def said(self, label: Text, **more: Sequence[str]) -> dict[str, str]:
        """What people are told, as attributes of our own, which engines pass over."""
        words = {"label": [label.in_(self.lang)], **more}
        told = {f"df:{name}": clean("; ".join(parts)) for name, parts in words.items()}
        return {name: text for name, text in told.items() if text}


def _record(step: ET.Element, facts: Iterable[str], outdated: Collection[str] = ()) -> None:
    """The facts that the event carries are kept; of what it outdates nothing else is."""
    for fact in dict.fromkeys((*facts, *outdated)):
        here = step
        if fact not in outdated:
            here = element(step, "if", cond=f"{_carried(fact)} != null")
        element(here, "assign", location=_kept(fact), expr=_carried(fact))


def _losses(process: Process) -> tuple[Loss, ...]:
    recorded = dict.fromkeys(fact for event in process.events for fact in event.records)
    own = (
        ("unknown", _TAKEN_BACK, recorded),
        ("midway", _MIDWAY, (machine.id for machine in process.machines)),
    )
    return (*losses(process), *touching(own))


_SCXML = "http://www.w3.org/2005/07/scxml"
_LABELS = "urn:diversion-flow:labels"
# Our ids have neither hyphens nor dots, so no machine or event of a process has these names.
_UNOPENED, _OPEN = "case-unopened", "case-open"
_TAKEN_BACK = Text(
    "一度記録した事実を「不明」に戻すことはできない。",
    "A fact once recorded cannot be made unknown again.",
)
_MIDWAY = Text(
    "文書は初期状態から始まる。途中から始まる事件は、そこに至る事象を順に送らなければ表せない。",
    "The document begins in the initial states: a case that begins midway has to be led there by "
    "the events before it.",
)
_HEAD = Text(
    """
    事象 case.opened で事件を開始する。事象のデータ: by=報告する機関、fact_...=記録する事実
    (複数選択の事実は、各選択肢について true または false をもつオブジェクト)、day=日本の日付
    (2024-06-03)。その時点について期限の計算から得るもの: running_...=進行中の期限ごとに true、
    due=法律上先に起こるべき事象(その事象自体の期限が経過したときはその事象)、
    working_day=平日か否か。
  """,
    """
    The event case.opened opens a case. An event carries as data: by, the agency that reports it;
    fact_..., each fact that it records (several choices at once: an object that says true or
    false of each choice); day, its date in Japan (2024-06-03); and what a calendar of time limits
    says of its moment: running_... true for each deadline that runs; due, the event that has to
    come first by operation of law, if any, or this event where its own limit has run out;
    working_day, true or false.
  """,
)
