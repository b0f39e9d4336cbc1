"""A BPMN document as pools of nodes and flows, with a loss for every element left aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import Factory, define, frozen

from ...definition import Text
from ...definition.errors import LoadError
from ..exported import Loss
from .model import NOTE
from .source import XmlPart

TASKS: Final = frozenset(
    {"task", "userTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "manualTask",
     "businessRuleTask", "callActivity", "subProcess", "adHocSubProcess", "transaction"}
)  # fmt: skip
_EVENTS: Final = frozenset(
    {"startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent"}
)
_GATEWAYS: Final = frozenset(
    {"exclusiveGateway", "parallelGateway", "eventBasedGateway", "inclusiveGateway",
     "complexGateway"}
)  # fmt: skip
_NODES: Final = TASKS | _EVENTS | _GATEWAYS
_CLOSED: Final = TASKS & {"callActivity", "subProcess", "adHocSubProcess", "transaction"}
_READ_INSIDE: Final = {"documentation", "incoming", "outgoing"}
_DRAWING: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
_BROKEN: Final = re.compile(r"(?<=[^\x00-\x7f])[ \t\r]*\n\s*(?=[^\x00-\x7f])")

_SAID: Final = {
    "inside": Text("サブプロセスの中身は読まない。一つの状態とする。",
                   "What is inside a subprocess is not read; it is one state."),
    "trigger": Text("メッセージとタイマー以外の契機は、機関が報告する事象とする。",
                    "Any trigger but a message or a timer is an event that its agency reports."),
    "sent": Text("メッセージなどの送出は読まない。フローはそこを通り抜ける。",
                 "What a throwing event sends is not read; the flow passes through it."),
    "end": Text("終了の種類(全停止、エラーなど)は読まない。終了状態とする。",
                "What an end event does besides ending is not read."),
    "start": Text("どのように開始するかは読まない。", "What starts the case is not read."),
    "inclusive": Text("包含ゲートウェイ等の合流は、通り抜ける点とする。",
                      "A joining gateway of this kind is passed through without waiting."),
    "left_out": Text("対象外の要素であり、読まない。", "Elements outside the subset are left out."),
    "black_box": Text("中身のないプールは読まない。", "A pool without a process is left out."),
    "message_flows": Text("メッセージフローは読まない。同じメッセージを参照する事象は共有される。",
                          "Message flows are not read; pools share events that name one message."),
    "conditions": Text("フローの条件は文のまま残し、評価しない。",
                       "Conditions of flows are kept as text; they are not evaluated."),
    "timers": Text("一つの単位の長さ(PT48H、P10Dなど)以外のタイマーは期限にしない。",
                   "A timer is a deadline only if its length has one unit (PT48H, P10D)."),
    "aside": Text("中断しない境界イベントの先は読まない。",
                  "What follows a border event that leaves its task running is not read."),
    "no_end": Text("終了イベントのないまま流れが切れる。",
                   "The flow stops here without an end event."),
    "lanes": Text("状態を持たないレーンの機関は読まない。",
                  "The agency of a lane without a state is left out."),
}  # fmt: skip


@define
class Losses:
    """What was left aside so far, by kind."""

    found: dict[str, dict[str, None]] = Factory(dict)

    def note(self, code: str, *ids: str) -> None:
        """These elements lose something of this kind."""
        self.found.setdefault(code, {}).update(dict.fromkeys(ids))

    def all(self) -> tuple[Loss, ...]:
        """The losses, in the order in which they were met."""
        return tuple(Loss(code, _SAID[code], tuple(ids)) for code, ids in self.found.items())


@frozen
class Trigger:
    """What makes an event happen: `message` with its reference, `timer` with its length."""

    kind: str = ""
    value: str = ""


@frozen
class Node:
    """A task, event or gateway. `lane` is the id of the innermost lane that holds it."""

    id: str
    kind: str
    name: str
    said: str
    line: int
    lane: str = ""
    trigger: Trigger = Trigger()
    host: str = ""
    interrupts: bool = True
    default: str = ""


@frozen
class Link:
    """A sequence flow."""

    id: str
    source: str
    target: str
    name: str
    said: str
    note: str
    condition: str
    line: int


@frozen
class Lane:
    """A lane: the agency whose work stands in it."""

    id: str
    name: str


@define
class Pool:
    """One process of the document, with the participant that shows it."""

    id: str
    name: str
    line: int
    participant: str
    nodes: dict[str, Node]
    links: list[Link]
    lanes: dict[str, Lane]
    going: dict[str, list[Link]] = Factory(dict)
    coming: dict[str, list[Link]] = Factory(dict)
    borders: dict[str, list[Node]] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        for link in self.links:
            self.going.setdefault(link.source, []).append(link)
            self.coming.setdefault(link.target, []).append(link)
        for node in self.nodes.values():
            if node.host:
                self.borders.setdefault(node.host, []).append(node)


@frozen
class MessageFlow:
    """What one pool tells another, by the names of the events."""

    source: str
    target: str
    said: str


@define
class Drawing:
    """The whole document as far as it is read."""

    file: str
    id: str
    name: str
    said: str
    ours: bool  # written by our own export
    pools: list[Pool]
    messages: dict[str, str]
    flows: list[MessageFlow]
    losses: Losses

    def wrong(self, place: Node | Link | Pool, code: str) -> LoadError:
        """What is wrong with an element, with its line."""
        return LoadError(self.file, place.line, place.id, code)


def one_line(text: str) -> str:
    """A name on one line; a break between Japanese letters was for the drawing only."""
    return re.sub(r"[ \t\r\n]+", " ", _BROKEN.sub("", text)).strip(" ")


def drawing(root: XmlPart, file: str) -> Drawing:
    """The pools of a document; LoadError where an element cannot be understood."""
    return _Reader(root, file).drawing()


class _Reader:
    """Reads one document, part by part."""

    def __init__(self, root: XmlPart, file: str) -> None:
        self.root, self.file = root, file
        self.losses = Losses()
        self.ids: set[str] = set()

    def drawing(self) -> Drawing:
        together = self.root.first("collaboration") or XmlPart("collaboration", {}, self.root.line)
        shown = {p.get("processRef"): p for p in together.all("participant")}
        pools = [self._pool(part, shown.get(part.id)) for part in self.root.all("process")]
        if not pools:
            raise self._error(self.root, "bpmn_no_process")
        known = {pool.id for pool in pools}
        nodes = {id for pool in pools for id in pool.nodes}
        for pool in pools:
            self._ends(pool, nodes)
        for reference, participant in shown.items():
            if reference not in known:
                self.losses.note("black_box", participant.id)
        ours = self.root.get("exporter") == "diversion_flow"
        flows = [MessageFlow(p.get("sourceRef"), p.get("targetRef"), p.said("documentation"))
                 for p in together.all("messageFlow")]  # fmt: skip
        if not ours:
            self._left_out("message_flows", together.all("messageFlow"))
        outside = {"participant", "messageFlow", "documentation"}
        self._left_out("left_out", (p for p in together.parts if p.tag not in outside))
        self._left_out("left_out", (
            p for p in self.root.parts if p.tag not in {"collaboration", "process", "message"}
            and not p.tag.startswith(_DRAWING)))  # fmt: skip
        messages = {p.id: one_line(p.get("name")) for p in self.root.all("message")}
        name = one_line(together.get("name") or self.root.get("name"))
        return Drawing(self.file, together.id or self.root.id, name,
                       together.said("documentation"), ours, pools, messages, flows,
                       self.losses)  # fmt: skip

    def _error(self, part: XmlPart, code: str) -> LoadError:
        return LoadError(self.file, part.line, part.id or part.tag, code)

    def _left_out(self, code: str, parts: Iterator[XmlPart]) -> None:
        for part in parts:
            self.losses.note(code, part.id or part.tag.rpartition("}")[2])

    def _id(self, part: XmlPart) -> str:
        if not part.id:
            raise self._error(part, "bpmn_no_id")
        if part.id in self.ids:
            raise self._error(part, "bpmn_id_twice")
        self.ids.add(part.id)
        return part.id

    def _pool(self, part: XmlPart, participant: XmlPart | None) -> Pool:
        id = self._id(part)
        lanes: dict[str, Lane] = {}
        held: dict[str, str] = {}
        for lane_set in part.all("laneSet"):
            self._lanes(lane_set, lanes, held)
        nodes = [self._node(p, held) for p in part.all(*_NODES)]
        links = [self._link(p) for p in part.all("sequenceFlow")]
        read = _NODES | {"laneSet", "sequenceFlow", "documentation"}
        self._left_out("left_out", (p for p in part.parts if p.tag not in read))
        name = one_line(participant.get("name") if participant else "") or one_line(
            part.get("name")
        )
        return Pool(id, name, part.line, participant.id if participant else "",
                    {n.id: n for n in nodes}, links, lanes)  # fmt: skip

    def _lanes(self, lane_set: XmlPart, lanes: dict[str, Lane], held: dict[str, str]) -> None:
        for part in lane_set.all("lane"):
            lane = Lane(self._id(part), one_line(part.get("name")))
            lanes[lane.id] = lane
            held.update((p.text.strip(), lane.id) for p in part.all("flowNodeRef"))
            for inner in part.all("childLaneSet"):  # the innermost lane has the last word
                self._lanes(inner, lanes, held)

    def _node(self, part: XmlPart, held: dict[str, str]) -> Node:
        triggers = [p for p in part.parts if p.tag.endswith("EventDefinition")]
        self._lost_inside(part, triggers)
        id = self._id(part)
        host = part.get("attachedToRef")
        return Node(
            id, part.tag, one_line(part.get("name")), part.said("documentation"), part.line,
            held.get(id) or held.get(host, ""), self._trigger(part, triggers), host,
            part.get("cancelActivity") != "false", part.get("default"),
        )  # fmt: skip

    def _lost_inside(self, part: XmlPart, triggers: list[XmlPart]) -> None:
        if part.tag in _CLOSED:
            self.losses.note("inside", part.id)
        elif any(p.tag not in _READ_INSIDE and p not in triggers for p in part.parts):
            self.losses.note("left_out", part.id)
        if part.tag == "endEvent" and triggers:
            self.losses.note("end", part.id)
        if part.tag == "intermediateThrowEvent" and triggers:
            self.losses.note("sent", part.id)

    def _trigger(self, part: XmlPart, triggers: list[XmlPart]) -> Trigger:
        if not triggers:
            return Trigger()
        definition = triggers[0]
        kind = definition.tag.removesuffix("EventDefinition")
        if kind == "link":
            raise self._error(part, "bpmn_link")
        if kind == "message":
            return Trigger(kind, definition.get("messageRef"))
        if kind == "timer":
            return Trigger(kind, definition.said("timeDuration").strip('"'))
        if part.tag in ("boundaryEvent", "intermediateCatchEvent", "startEvent"):
            self.losses.note("trigger", part.id)
        return Trigger(kind)

    def _link(self, part: XmlPart) -> Link:
        told = list(part.all("documentation"))
        notes = [doc for doc in told if doc.id.endswith(NOTE)]  # our own, beside what we tell
        said = next((doc.text.strip() for doc in told if doc not in notes), "")
        return Link(self._id(part), part.get("sourceRef"), part.get("targetRef"),
                    one_line(part.get("name")), said, "\n".join(d.text.strip() for d in notes),
                    one_line(part.said("conditionExpression")), part.line)  # fmt: skip

    def _ends(self, pool: Pool, known: set[str]) -> None:
        for link in pool.links:
            for end in (link.source, link.target):
                if end not in pool.nodes:
                    code = "bpmn_crossing_flow" if end in known else "bpmn_loose_flow"
                    raise LoadError(self.file, link.line, link.id, code)
        for node in pool.nodes.values():
            if node.kind == "boundaryEvent":
                host = pool.nodes.get(node.host)
                if host is None or host.kind not in TASKS:
                    raise LoadError(self.file, node.line, node.id, "bpmn_loose_border")
