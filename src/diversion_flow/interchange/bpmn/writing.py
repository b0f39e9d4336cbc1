"""A process as BPMN 2.0: a pool for each machine, lanes for agencies, timers, messages, and a
drawing of it all.

The pools are executable. An event is sent as a message to its home pool; if that moves, it is
passed on to the pools that the message flows lead to, with the same data: what is known, and
where every machine stood before (see `conditions`).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from ...definition import LANGUAGES, Language, Process, Text
from ...definition.arguments import argument
from ...definition.grouped import grouped
from ...definition.wording import basis_text, length_text
from ..exported import (
    Exported,
    Loss,
    touching,
    untold,
    untold_of_all,
    untold_rest,
    unwritten,
    whole,
)
from ..xml_text import document, name
from . import model
from .conditions import FEEL, Spelling, spelled
from .drawing import BOUNDS, SHAPES, WAYS, draw
from .layout import short
from .model import element
from .road_writing import draw_roads, roads, tell

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_EXPRESSION = {f"{{{_XSI}}}type": "bpmn:tFormalExpression"}
_PREFIXES = {
    "bpmn": model.MODEL,
    "bpmndi": SHAPES,
    "dc": BOUNDS,
    "di": WAYS,
    "xsi": _XSI,
    "diversion": model.OURS,
}
_ROAD = Text(
    "通常の道すじは最初の図に示す。分かれる道は文のみであり、1枚版は書かない。",
    "The usual course is the first diagram; what leaves it is told in words only, and its one-page "
    "version is left out.",
)


def bpmn(process: Process, lang: Language = "ja", *, conditions: Spelling = FEEL) -> Exported:
    """The process as a BPMN 2.0 document, its names in `lang`, its conditions in FEEL unless
    said otherwise."""
    argument("process", process, Process)
    argument("conditions", conditions, Spelling)
    for prefix, uri in _PREFIXES.items():
        ET.register_namespace(prefix, uri)
    made, road = model.pools(process, lang), roads(process, lang)
    root = _model(process, made, lang, conditions)
    tell(root, process, lang, road)
    draw_roads(root, road)
    draw(root, process, made, lang)
    return Exported(document(root), losses(process))


def words(process: Process) -> frozenset[str]:
    """The names and the lines of documentation that the document has, in both languages."""
    found: set[str] = set()
    for lang in LANGUAGES:
        for part in _model(process, model.pools(process, lang), lang, FEEL).iter():
            found.add(part.get("name", ""))
            if part.tag == _tag("documentation") and part.text:
                found.update(part.text.split("\n"))
    return frozenset(found)


def _model(
    process: Process, made: Iterable[model.Pool], lang: Language, conditions: Spelling
) -> ET.Element:
    """The document without its drawing."""
    root = ET.Element(
        _tag("definitions"),
        {"id": name(f"{process.id}-definitions"), "targetNamespace": model.OURS,
         "expressionLanguage": conditions.uri, "exporter": "diversion_flow"},
    )  # fmt: skip
    writer = _Writer(process, lang, conditions)
    writer.resources(root, made)
    for event in process.events:
        by = {model.BY: " ".join(event.by)}
        element(root, "message", model.message_id(event.id), name=event.id, **by)
    writer.collaboration(root)
    for pool in made:
        writer.process_of(root, pool)
    return root


def _tag(local: str) -> str:
    return f"{{{model.MODEL}}}{local}"


class _Writer:
    """Writes the model part, pool by pool."""

    def __init__(self, process: Process, lang: Language, conditions: Spelling) -> None:
        self.process, self.lang, self.conditions = process, lang, conditions

    def resources(self, root: ET.Element, made: Iterable[model.Pool]) -> None:
        """The agencies that report something and have no lane, since they hold nothing."""
        lanes = {part.lane for pool in made for part in pool.elements}
        reporting = {id for event in self.process.events for id in event.by}
        for agency in self.process.agencies:
            if agency.id in reporting - lanes:
                said = agency.label.in_(self.lang)
                part = element(root, "resource", f"reporting-agency.{agency.id}", name=said)
                self._documented(part, agency.label, ())

    def collaboration(self, root: ET.Element) -> None:
        said = self.process.label.in_(self.lang)
        together = element(root, "collaboration", model.whole_id(self.process.id))
        self._documented(together, self.process.label, (said,))
        for machine in self.process.machines:
            element(together, "participant", model.pool_id(machine.id),
                    name=machine.label.in_(self.lang), processRef=name(machine.id))  # fmt: skip
        for home, other, events in model.messages(self.process):
            labels = (self.process.event(id).label.in_(self.lang) for id in events)
            source, target = (name(model.pool_id(machine)) for machine in (home, other))
            flow = element(together, "messageFlow", model.message_flow_id(home, other),
                           sourceRef=source, targetRef=target)  # fmt: skip
            element(flow, "documentation", text=" / ".join(labels))

    def process_of(self, root: ET.Element, pool: model.Pool) -> None:
        machine = pool.machine
        said = machine.label.in_(self.lang)
        made = element(root, "process", machine.id, name=said, isExecutable="true")
        self._lanes(made, pool)
        going = grouped((flow.border or flow.source, flow.id) for flow in pool.flows)
        coming = grouped((flow.target, flow.id) for flow in pool.flows)
        for part in pool.elements:
            node = self._element(made, part)
            self._state(node, pool, part)
            _ends(node, coming.get(part.id, ()), going.get(part.id, ()))
        for border in pool.borders:
            self._border(made, border, going.get(border.id, ()))
        for flow in pool.flows:
            self._flow(made, pool, flow)

    def _lanes(self, made: ET.Element, pool: model.Pool) -> None:
        owners = {part.id: part.lane for part in pool.elements}
        owners |= {border.id: owners[border.task] for border in pool.borders}
        lanes = element(made, "laneSet", f"{pool.machine.id}.lane-set")
        for lane in dict.fromkeys(part.lane for part in pool.elements):
            label = self.process.agency(lane).label.in_(self.lang) if lane else "—"
            made_lane = element(lanes, "lane", model.lane_id(pool.machine.id, lane), name=label)
            for part, owner in owners.items():
                if owner == lane:
                    element(made_lane, "flowNodeRef", text=name(part))

    def _element(self, made: ET.Element, part: model.Element) -> ET.Element:
        extra = {"name": part.name} if part.name else {}
        if part.default:
            extra["default"] = name(part.default)
        return element(made, part.kind, part.id, **extra)

    def _state(self, node: ET.Element, pool: model.Pool, part: model.Element) -> None:
        if part.of:
            state = pool.machine.state(part.of)
            notes = (state.note.in_(self.lang),) if state.note else ()
            cited = (basis_text(self.process, b, self.lang) for b in state.basis)
            self._documented(node, state.label, (*notes, *cited))

    def _border(self, made: ET.Element, border: model.Border, going: Iterable[str]) -> None:
        node = element(made, "boundaryEvent", border.id, name=border.name,
                       attachedToRef=name(border.task),
                       cancelActivity="true" if border.interrupts else "false")  # fmt: skip
        if border.message:
            event = self.process.event(border.message)
            by = (self.process.agency(a).label.in_(self.lang) for a in event.by)
            self._documented(node, event.label, by)
            _ends(node, (), going)
            element(node, "messageEventDefinition", f"{border.id}.message",
                    messageRef=name(model.message_id(event.id)))  # fmt: skip
        else:
            deadline = self.process.deadline(border.timer)
            cited = (basis_text(self.process, b, self.lang) for b in deadline.basis)
            length = length_text(self.process, deadline, self.lang)
            self._documented(node, deadline.label, (length, *cited))
            _ends(node, (), going)
            definition = element(node, "timerEventDefinition", f"{border.id}.timer")
            length = self.conditions.constant(model.duration(self.process, deadline))
            element(definition, "timeDuration", text=length, **_EXPRESSION)

    def _flow(self, made: ET.Element, pool: model.Pool, flow: model.Flow) -> None:
        extra = {"name": short(flow.name)} if flow.name else {}
        source, target = name(flow.border or flow.source), name(flow.target)
        node = element(made, "sequenceFlow", flow.id, sourceRef=source, targetRef=target, **extra)
        if not flow.transition:
            return
        rule = pool.machine.transition(flow.transition)
        cited = [basis_text(self.process, b, self.lang) for b in rule.basis]
        papers = [self.process.paper(p).label.in_(self.lang) for p in rule.papers]
        if said := [line for line in (flow.name.replace("\n", " "), *papers, *cited) if line]:
            element(node, "documentation", text="\n".join(said))
        if rule.note:
            note = rule.note.in_(self.lang)
            element(node, "documentation", f"{flow.id}{model.NOTE}", note)
        if not flow.border:  # it leaves a gateway, which asks
            asked = spelled(self.process, flow.guard, self.conditions)
            element(node, "conditionExpression", text=asked, **_EXPRESSION)

    def _documented(self, node: ET.Element, label: Text, lines: Iterable[str]) -> None:
        """The label in the other language, and what is told of the part."""
        other = label.other(self.lang)
        text = "\n".join(line for line in (other, *lines) if line)
        if text:
            element(node, "documentation", text=text)


def _ends(node: ET.Element, coming: Iterable[str], going: Iterable[str]) -> None:
    for id in coming:
        element(node, "incoming", text=name(id))
    for id in going:
        element(node, "outgoing", text=name(id))


_LACKS = {
    "basis": "fact.basis",
    "words": "choice.label",
    "start": "deadline.owner",
    "schema": "fact.source event.records",
    "visibility": "machine.seen_by machine.seen_with_consent fact.seen_by fact.seen_with_consent",
}


def losses(process: Process) -> tuple[Loss, ...]:
    """What BPMN cannot say, or what an engine that runs it does not do."""
    timeless = tuple(d.id for d in process.deadlines if not model.duration(process, d))
    added = tuple(d.id for d in process.deadlines if d.length.plus and d.id not in timeless)
    found = [
        Loss("calendar", Text(
            "期限は長さのみ。初日不算入、休日、暦による月の計算はエンジンが行わない。",
            "Time limits keep their length only; the engine does not count by the legal calendar "
            "(first day, rest days, months)."), tuple(d.id for d in process.deadlines)),
        Loss("agencies", Text(
            "事象を報告できる機関は説明として記す。エンジンは確かめない。",
            "Who may report an event is documented, not enforced by an engine."),
            tuple(e.id for e in process.events)),
        Loss("delivery", Text(
            "事象はまず本拠のプールに送り、それが動いたときに限り他のプールへ渡す。",
            "An event goes to its home pool first, and to the others only if that one moves."),
            tuple(sorted({id for *_, events in model.messages(process) for id in events}))),
        Loss("time", Text(
            "期限の経過前・経過後の順序、施行日は確かめない。",
            "Neither the order of events around an expired limit nor the days on which a rule is "
            "in force are checked.")),
    ]  # fmt: skip
    return (
        *found,
        *touching((
            *untold(process.events, process.deadlines),
            *((code, _ROAD if code == "road" else said, ids)
              for code, said, ids in untold_of_all(process)),
            *untold_rest(process.machines),
            ("outdates", Text(
                "それまでの記録を数えなくする事象は、その事実を消さない。以後の事象とともに送らないこと。",
                "What an event makes unknown again is not cleared: send it with no later event."),
                tuple(e.id for e in process.events if e.outdates)),
            ("timeless", Text(
                "長さが事実や定めによって初めて決まる期限は、タイマーにしない。",
                "Time limits whose length only facts or policies set have no timer."), timeless),
            ("lengths", Text(
                "事実によって延びる期限は、延びる前の長さを書く。",
                "Time limits that facts lengthen are written without what is added."), added),
            *unwritten(whole(process), **_LACKS),
        )),
    )  # fmt: skip
