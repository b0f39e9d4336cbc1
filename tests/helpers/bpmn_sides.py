"""Both sides of a BPMN file that was read: what the skeleton says and what the losses name, counted
from the XML itself, without the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from attrs import Factory, define

from diversion_flow import Process
from diversion_flow.interchange import Imported

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
TASKS = {
    "task", "userTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "manualTask",
    "businessRuleTask", "callActivity", "subProcess", "adHocSubProcess", "transaction",
}  # fmt: skip
FLOW = TASKS | {
    "startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent",
    "exclusiveGateway", "parallelGateway", "eventBasedGateway", "inclusiveGateway",
    "complexGateway", "sequenceFlow",
}  # fmt: skip
ROLES = {"potentialOwner", "humanPerformer", "performer"}
READ = FLOW | {
    "definitions", "process", "collaboration", "participant", "laneSet", "childLaneSet", "lane",
    "flowNodeRef", "incoming", "outgoing", "message", "messageEventDefinition",
    "timerEventDefinition", "linkEventDefinition", "timeDuration", "eventDefinitionRef", "source",
    "target", "resource", "resourceRef", *ROLES, "resourceAssignmentExpression",
}  # fmt: skip
REFERS = {
    "sourceRef", "targetRef", "processRef", "attachedToRef", "messageRef", "default",
    "cancelActivity", "targetNamespace", "exporter",
}  # fmt: skip
AGENCIES = {"candidateGroups", "assignee", "candidateStarterGroups"}
WORDS = {"documentation", "conditionExpression"}
NOTHING = {
    ("isForCompensation", "false"), ("startQuantity", "1"), ("completionQuantity", "1"),
    ("isInterrupting", "true"), ("parallelMultiple", "false"), ("triggeredByEvent", "false"),
    ("isExecutable", "false"), ("isClosed", "false"), ("processType", "None"),
    ("instantiate", "false"), ("gatewayDirection", "Unspecified"), ("processType", "none"),
    ("eventGatewayType", "Exclusive"), ("implementation", "##unspecified"),
    ("implementation", "##Unspecified"), ("waitForCompletion", "true"),
    ("method", "##Compensate"), ("textFormat", "text/plain"), ("isCollection", "false"),
    ("expressionLanguage", "http://www.w3.org/1999/XPath"),
    ("typeLanguage", "http://www.w3.org/2001/XMLSchema"),
}  # fmt: skip


@define
class Part:
    """An element as the parser met it."""

    tag: str  # with its prefix, unless that is BPMN's
    ours: bool  # of the BPMN namespace
    attributes: dict[str, str]
    line: int
    around: Part | None
    text: str = ""
    inside: list[Part] = Factory(list)


def parts(data: bytes | str) -> list[Part]:
    """Every element of the file, but for what only says where shapes stand."""
    parser = expat.ParserCreate()
    found: list[Part] = []
    open_: list[Part] = []
    bpmn: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        bpmn.extend(
            name.partition(":")[2] for name, uri in attributes.items()
            if name.partition(":")[0] == "xmlns" and uri == MODEL
        )  # fmt: skip
        prefix, _, simple = tag.rpartition(":")
        part = Part(simple if prefix in bpmn else tag, prefix in bpmn, attributes,
                    parser.CurrentLineNumber, open_[-1] if open_ else None)  # fmt: skip
        if open_:
            open_[-1].inside.append(part)
        open_.append(part)
        if not any(each.tag.endswith("BPMNDiagram") for each in open_):
            found.append(part)

    def said(text: str) -> None:
        open_[-1].text += text

    parser.StartElementHandler = start
    parser.CharacterDataHandler = said
    parser.EndElementHandler = lambda tag: open_.pop()
    parser.Parse(data, True)
    return found


def unsaid(data: bytes | str | Path, found: Imported) -> list[str]:
    """What neither side says, as `line: kind`; empty where nothing is lost in silence."""
    content = data.read_bytes() if isinstance(data, Path) else data
    return _Sides(parts(content), found).unsaid()


class _Sides:
    def __init__(self, all_: list[Part], found: Imported) -> None:
        self.all, self.process = all_, found.process
        self.named = {
            (place.line, "/@".join(_local(k) for k in place.kind.split("/@")))
            for loss in found.losses for place in loss.places
        }  # fmt: skip
        self.notes = [(loss.code, p.line, p.kind) for loss in found.losses for p in loss.places]
        self.ids = {id for loss in found.losses for id in loss.ids}
        self.words = bare("|".join(words(found.process)))
        self.states = {bare(s.label.en) for m in found.process.machines for s in m.states}
        self.agencies = {bare(a.label.en) for a in found.process.agencies}

    def unsaid(self) -> list[str]:
        return [f"{part.line}: {kind}" for part in self.all for kind in self._of(part)
                if (part.line, _kind(kind)) not in self.named]  # fmt: skip

    def _of(self, part: Part) -> Iterator[str]:
        """What of an element is not in the skeleton."""
        if not self._read(part):
            yield part.tag
            return
        if (part.line, _local(part.tag)) in self.named and not part.ours:
            return
        for name, value in part.attributes.items():
            if not self._said(part, name, value):
                yield f"{part.tag}/@{name}"
        inside = part.around and part.around.tag in TASKS
        if part.tag in TASKS and not inside and not self._lost(part) and not self._is_state(part):
            yield f"{part.tag} as a state"

    def _read(self, part: Part) -> bool:
        if part.tag in WORDS:
            return bare(part.text) in self.words and part.ours
        if part.tag == "formalExpression":
            return part.ours and any(bare(part.text).endswith((a, a + ")")) for a in self.agencies)
        if _local(part.tag) in ("extensionElements", "assignmentDefinition"):
            return any(AGENCIES & set(p.attributes) for p in (part, *part.inside))
        return part.ours and part.tag in READ

    def _said(self, part: Part, name: str, value: str) -> bool:
        if not value or name == "id" or name.partition(":")[0] in ("xmlns", "xsi", "xml"):
            return True
        if (name, value) in NOTHING or (part.ours and name in REFERS):
            return True
        if _local(name) in AGENCIES:
            return all(bare(one) in self.agencies for one in value.split(","))
        return name == "name" and bare(value) in self.words

    def _lost(self, part: Part) -> bool:
        return any(line == part.line and kind == part.tag and code != "inside" and code != "no_end"
                   for code, line, kind in self.notes)  # fmt: skip

    def _is_state(self, part: Part) -> bool:
        name = bare(part.attributes.get("name", ""))
        return not name or name in self.states or part.tag == "receiveTask"


def words(process: Process) -> Iterator[str]:
    """Every text of the skeleton, in English."""
    for part in (process, *process.agencies, *process.events, *process.facts, *process.deadlines,
                 *process.machines):  # fmt: skip
        yield part.label.en
    for fact in process.facts:
        yield from (choice.label.en for choice in fact.choices)
    for machine in process.machines:
        for part in (*machine.states, *machine.transitions):
            yield part.note.en if part.note else ""
        yield from (state.label.en for state in machine.states)


def bare(text: str) -> str:
    """The text without space, which drawings break lines with."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _kind(kind: str) -> str:
    return "/@".join(_local(part) for part in kind.split("/@"))
