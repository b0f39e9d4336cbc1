"""One machine of a process as a workflow net in PNML, for programs that mine and check processes.

A place is a state; a transition is a rule leaving one of its states, and bears the id of its
event, so that the logs of `xes` replay. A case enters by being opened. It leaves, unseen, from a
final state; a track that has none ends with the case, wherever it stands.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator

from attrs import frozen

from ..definition import OPENED, Language, Machine, Process, State, Text, Transition
from ..definition.arguments import argument
from ..definition.grouped import grouped
from ..runtime.clause import clauses, period
from .exported import (
    CALLED,
    REMARK,
    Exported,
    named_by_facts,
    touching,
    untold,
    untold_rest,
    unwritten,
    whole,
)
from .xml_text import document, element


def pnml(process: Process, machine_id: str, lang: Language = "ja") -> Exported:
    """The net of one machine, its labels in `lang`; UnknownId if there is no such machine."""
    argument("process", process, Process)
    argument("machine_id", machine_id, str)
    machine = process.machine(machine_id)
    losses = touching(_untold(process, machine))
    return Exported(document(_Net(process, machine, lang).root()), losses)


def _ending(machine: Machine) -> tuple[State, ...]:
    """The states in which the track may end: its final ones, or all where it has none."""
    return tuple(s for s in machine.states if s.final) or machine.states


@frozen
class _Net:
    """Builds the document, part by part."""

    process: Process
    machine: Machine
    lang: Language

    def root(self) -> ET.Element:
        root = ET.Element("pnml", {"xmlns": _PNML, "xmlns:df": _LABELS})
        net = element(root, "net", id=f"{self.process.id}.{self.machine.id}", type=_PTNET)
        self.name(net, self.machine.label.in_(self.lang))
        page = element(net, "page", id="page")
        self.places(page)
        self.entry(page)
        for transition in self.machine.transitions:
            for source in transition.sources:
                self.rule(page, transition, source)
        for state in _ending(self.machine):
            self.exit(page, state)
        return root

    def places(self, page: ET.Element) -> None:
        """One for each state, one before the case is opened (where it begins), one after it."""
        before = self.place(page, _BEFORE, _UNOPENED)
        element(element(before, "initialMarking"), "text", "1")
        for state in self.machine.states:
            self.place(page, _state(state.id), state.label)
        self.place(page, _AFTER, _OVER)

    def place(self, page: ET.Element, id: str, label: Text) -> ET.Element:
        place = element(page, "place", id=id)
        self.name(place, label.in_(self.lang))
        return place

    def entry(self, page: ET.Element) -> None:
        """Opening the case puts the track into its first state."""
        opened = self.move(page, f"case.{OPENED}", _BEFORE, _state(self.machine.initial))
        self.name(opened, OPENED)
        self.told(opened, label=OPENING)

    def rule(self, page: ET.Element, transition: Transition, source: str) -> None:
        id = f"rule.{transition.id}.{source}"
        drawn = self.move(page, id, _state(source), _state(transition.target))
        self.name(drawn, transition.event)
        self.told(drawn, self.process.event(transition.event).label, transition.id)

    def exit(self, page: ET.Element, state: State) -> None:
        """The end of the track is nothing that anyone reports: no log shows it."""
        ended = self.move(page, f"case.ended.{state.id}", _state(state.id), _AFTER)
        # ProM's mark, which other programs have taken over; PNML itself knows no silent move.
        element(ended, "toolspecific", tool="ProM", version="6.4", activity="$invisible$")

    def move(self, page: ET.Element, id: str, source: str, target: str) -> ET.Element:
        """A transition with its two arcs."""
        transition = element(page, "transition", id=id)
        element(page, "arc", id=f"{id}.from", source=source, target=id)
        element(page, "arc", id=f"{id}.to", source=id, target=target)
        return transition

    def name(self, part: ET.Element, said: str) -> None:
        element(element(part, "name"), "text", said)

    def told(self, part: ET.Element, label: Text, rule: str = "") -> None:
        """What people are told, where other programs pass over it."""
        said = element(part, "toolspecific", tool="diversion_flow", version="1")
        element(said, "df:label", label.in_(self.lang))
        if rule:
            element(said, "df:rule", rule)


def _state(id: str) -> str:
    """The place of a state; the dot keeps it apart from every other id of the net."""
    return f"state.{id}"


# -- what a net cannot say -----------------------------------------------------------------------


def _untold(process: Process, machine: Machine) -> Iterator[tuple[str, Text, Iterable[str]]]:
    rules = machine.transitions
    events = [process.event(id) for id in dict.fromkeys(t.event for t in rules)]
    yield "guard", _GUARD, (t.id for t in rules if _asks(process, t))
    yield "choice", _CHOICE, _rivals(machine)
    yield "share", _SHARE, (t.id for t in rules if t.shares)
    yield "in_force", _IN_FORCE, (t.id for t in rules if any(period(process, t)))
    yield "fact", _FACT, dict.fromkeys(fact for e in events for fact in e.alters)
    yield "agency", _AGENCY, dict.fromkeys(agency for e in events for agency in e.by)
    yield "deadline", _DEADLINE, (d.id for d in process.deadlines if d.machine == machine.id)
    yield from untold(events, (d for d in process.deadlines if d.machine == machine.id))
    shown = {f"event {e.id}" for e in events}
    shown |= {f"state {machine.id}.{s.id}" for s in machine.states}
    shown |= {f"deadline {d.id}" for d in process.deadlines if d.machine == machine.id}
    named = named_by_facts(process)
    yield "called", CALLED, (n for n in named if n in shown or n.startswith("choice "))
    yield "remark", REMARK, (remark.id for remark in process.remarks)
    yield from untold_rest((machine,))
    yield "machine", _MACHINE, (m.id for m in process.machines if m != machine)
    others = {("machine", m.id) for m in process.machines if m != machine}
    others |= {("event", e.id) for e in process.events if e not in events}
    others |= {("deadline", d.id) for d in process.deadlines if d.machine != machine.id}
    yield from unwritten((p for p in whole(process) if p[0][0] not in others), **_LACKS)
    yield "under_way", _UNDER_WAY, (s.id for s in machine.states if s not in _ending(machine))


def _asks(process: Process, rule: Transition) -> bool:
    return any(clause.kind != "consent" for clause in clauses(process, rule))


def _rivals(machine: Machine) -> Iterator[str]:
    """The rules of which the event alone does not say which applies, though it matters."""
    rules = machine.transitions
    led = grouped(((source, rule.event), rule.target) for rule in rules for source in rule.sources)
    for rule in rules:
        if any(len({*led[source, rule.event]}) > 1 for source in rule.sources):
            yield rule.id


_LACKS = {
    "basis": "fact.basis state.basis transition.basis deadline.basis",
    "words": "agency.label stage.label source.label fact.label choice.label state.note "
    "transition.note transition.papers process.label",
    "start": "deadline.owner",
    "home": "event.home",
    "holder": "state.holder state.stage",
    "ends_case": "state.ends_case",
    "schema": "fact.source",
    "visibility": "machine.seen_by machine.seen_with_consent fact.seen_by fact.seen_with_consent "
    "process.consent",
    "version": "process.version process.since process.until process.called",
}
OPENING = Text("事件の開始", "The case is opened")
CHANGED = Text("法の改正", "The law changed")
_UNOPENED = Text("事件の開始前", "Before the case is opened")
_OVER = Text("この系列の終了後", "After the end of this track")
_BEFORE, _AFTER = "case.before", "case.after"
_PNML = "http://www.pnml.org/version-2009/grammar/pnml"
_PTNET = "http://www.pnml.org/version-2009/grammar/ptnet"
_LABELS = "urn:diversion-flow:labels"
_GUARD = Text(
    "要件は表されない。このネットでは、要件を満たさない場合にも規則が適用され得る。",
    "Guards are not expressed: in the net a rule may apply where its guard does not hold.",
)
_CHOICE = Text(
    "同じ状態から同じ事象でいずれの規則が適用されるかは、要件が決める。ログとの照合には、"
    "トークンリプレイではなくアラインメントを用いること。",
    "Guards choose among these rules, which one event may set off from one state: hold a log "
    "against the net by alignment, as a replay of tokens may follow the wrong rule.",
)
_SHARE = Text(
    "情報の提供と、それに必要な同意は表されない。",
    "Hand-overs of data, and the consent that they need, are not expressed.",
)
_IN_FORCE = Text(
    "規則の施行期間は表されない。",
    "The period in which a rule is in force is not expressed.",
)
_FACT = Text(
    "事象とともに記録される事実は表されない。", "Facts recorded with events are not expressed."
)
_AGENCY = Text("誰が事象を報告できるかは表されない。", "Who may report an event is not expressed.")
_DEADLINE = Text(
    "期限は表されず、期限の経過による事象はほかの事象と区別されない。",
    "Time limits are not expressed; what happens when one runs out is an event like any other.",
)
_MACHINE = Text(
    "ほかの系列は表されない。同じ事象で一緒に動くことは、このネットからは分からない。",
    "The other tracks are not expressed, nor that they move together on shared events.",
)
_UNDER_WAY = Text(
    "進行中の事件はこれらの状態にあり、終点に達しない。適合度は、現在の状態を終点として測ること。",
    "A case under way may stand in these states, short of the end of the net: measure its fitness "
    "with the place where it stands as the final one.",
)
