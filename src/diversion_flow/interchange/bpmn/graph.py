"""A BPMN document as pools of nodes and flows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Final

from attrs import define, evolve, field, frozen

from ...definition.errors import LoadError
from ...definition.grouped import grouped
from ...definition.text import written
from .model import NOTE, ROAD, TOLD
from .source import ITSELF, TEXT, XmlPart, local
from .unread import Losses

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
_INSIDE: Final = _NODES | {"laneSet", "sequenceFlow", "dataObject", "dataObjectReference"}
CLOSED: Final = TASKS & {"callActivity", "subProcess", "adHocSubProcess", "transaction"}
_BROKEN: Final = re.compile(r"(?<=[^\x00-\x7f])[ \t\r]*\n[ \t\r\n]*(?=[^\x00-\x7f])")
_PASSED: Final = "intermediateThrowEvent"
_COMES_IN: Final = "intermediateCatchEvent"
_AT_THE_END: Final = {"endEvent": "end", _PASSED: "sent"}  # what events do, by their kind
_WRAPPED: Final = re.compile(r"^\s*(?:user|group)\((.*)\)\s*$")  # a name, by some engines
_Sign = tuple[str, str]  # what may be said of half a link: which kind of thing, and what
_WORKED_OUT: Final = re.compile(r"[$#]\{|^\s*=")


@frozen(eq=False)
class Trigger:
    """What makes an event happen: `message` with its reference, `timer` with its length."""

    kind: str = ""
    value: str = ""
    part: XmlPart | None = None  # its definition


class _Placed:
    """What stands at a place of the document, with its name and its documentation."""

    __slots__ = ()
    part: XmlPart
    name: str
    said: str

    @property
    def line(self) -> int:
        """Where it stands."""
        return self.part.line

    def told(self, *, named: bool = True) -> Iterator[str]:
        """Its name and documentation, which now go where they are told."""
        yield from filter(None, (self.name if named else "", self.said))
        self.part.take_said("documentation")
        if named:
            self.part.take("name")


@frozen(eq=False)
class Node(_Placed):
    """A task, event or gateway. `lane` is the id of the innermost lane that holds it."""

    id: str
    kind: str
    name: str
    said: str
    part: XmlPart
    lane: str = ""
    triggers: tuple[Trigger, ...] = ()
    host: str = ""
    interrupts: bool = True
    default: str = ""
    groups: tuple[str, ...] = ()  # who is to do it, by the words of an engine

    @property
    def trigger(self) -> Trigger:
        """What makes it happen; nothing in particular, if it says nothing."""
        return self.triggers[0] if self.triggers else Trigger()

    def each(self) -> Iterator[Node]:
        """The event by each of its triggers alone: any of them makes it happen."""
        yield evolve(self, triggers=self.triggers[:1])
        for number, trigger in enumerate(self.triggers[1:], 2):
            yield evolve(self, id=f"{self.id}_{number}", triggers=(trigger,))


@frozen(eq=False)
class Link(_Placed):
    """A sequence flow."""

    id: str
    source: str
    target: str
    name: str
    said: str
    note: str
    condition: str
    part: XmlPart

    def told(self, *, named: bool = True) -> Iterator[str]:
        """Its condition, name and documentation, which now go where they are told."""
        if self.condition:
            yield self.condition
        self.part.take_said("conditionExpression")
        yield from super().told(named=named)


@frozen(eq=False)
class Lane:
    """A lane: the agency whose work stands in it."""

    id: str
    name: str
    part: XmlPart


@define(eq=False)
class Pool:
    """One process of the document, with the participant that shows it."""

    id: str
    name: str
    part: XmlPart
    shown: XmlPart | None
    nodes: dict[str, Node]
    links: list[Link]
    lanes: dict[str, Lane]
    groups: tuple[str, ...] = ()  # who may begin it
    going: dict[str, tuple[Link, ...]] = field(init=False)
    coming: dict[str, tuple[Link, ...]] = field(init=False)
    borders: dict[str, tuple[Node, ...]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.going = grouped((link.source, link) for link in self.links)
        self.coming = grouped((link.target, link) for link in self.links)
        self.borders = grouped((node.host, node) for node in self.nodes.values() if node.host)

    @property
    def line(self) -> int:
        """Where it stands."""
        return self.part.line

    @property
    def participant(self) -> str:
        """The id of the participant that shows it; empty where none does."""
        return self.shown.id if self.shown else ""


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
    root: XmlPart
    id: str
    name: str
    said: str
    ours: bool  # written by our own export
    pools: list[Pool]
    messages: dict[str, XmlPart]
    flows: list[MessageFlow]
    losses: Losses

    def wrong(self, place: Node | Link | Pool, code: str) -> LoadError:
        """What is wrong with an element, with its line."""
        of = place.id.removeprefix("#").rpartition(".")[0] if place.id[:1] == "#" else place.id
        return LoadError(self.file, place.line, of.partition("#")[0] or place.part.tag, code)

    def called(self, message: str) -> str:
        """The name of a message; empty where it has none."""
        part = self.messages.get(message)
        return self.words(part.get("name")) if part else ""

    def words(self, name: str) -> str:
        """A name as it is shown."""
        return name if self.ours else one_line(name)


def one_line(text: str) -> str:
    """A name on one line; a break between Japanese letters was for the drawing only, and signs
    that nobody sees are no name."""
    line = re.sub(r"[ \t\r\n]+", " ", _BROKEN.sub("", text)).strip(" ")
    return line if written(line) else ""


def drawing(root: XmlPart, file: str) -> Drawing:
    """The pools of a document; LoadError where an element cannot be understood."""
    return _Reader(root, file).drawing()


class _Reader:
    """Reads one document, part by part."""

    def __init__(self, root: XmlPart, file: str) -> None:
        self.root, self.file = root, file
        self.losses = Losses()
        self.ids: set[str] = set()
        self.ours = root.took("exporter") == "diversion_flow"
        self.aside = self._road() if self.ours else []
        self.resources = {p.id: p for p in root.all("resource")}
        # Triggers may be defined once, for several events to refer to.
        self.defined = {p.id: p for p in root.parts if p.tag.endswith("EventDefinition") and p.id}

    def drawing(self) -> Drawing:
        self.root.take(ITSELF, "targetNamespace", *(["expressionLanguage"] if self.ours else []))
        together = [p for p in self.root.all("collaboration") if p not in self.aside]
        shown = [p for c in together for p in c.all("participant")]
        shows = {p.refers("processRef"): p for p in reversed(shown)}  # the first, if several do
        pools = self._pools(shows)
        nodes = {id for pool in pools for id in pool.nodes}
        for pool in pools:
            self._ends(pool, nodes)
        self._closed(shown, {pool.part.id: shows.get(pool.part.id) for pool in pools})
        flows = [p for c in together for p in c.all("messageFlow")]
        self._message_flows(flows)
        first = together[0] if together else XmlPart("collaboration", {}, self.root.line)
        for part in together:
            part.take(ITSELF)
        named = first if first.get("name") else self.root
        drawn = Drawing(self.file, self.root, first.id or self.root.id, "",
                        first.said("documentation") if self.ours else "", self.ours, pools,
                        {p.id: p for p in self.root.all("message")},
                        [MessageFlow(p.get("sourceRef"), p.get("targetRef"),
                                     p.said("documentation")) for p in flows],
                        self.losses)  # fmt: skip
        drawn.name = drawn.words(named.took("name"))
        return drawn

    def _road(self) -> list[XmlPart]:
        """What shows the usual course in our own export: no machine is in it. One that the process
        tells is a loss; any other follows from the skeleton."""
        roads = [p for p in self.root.all("collaboration") if p.get(ROAD)]
        flows = {p.get("processRef") for road in roads for p in road.all("participant")}
        found = [*roads, *(p for p in self.root.all("process") if p.id in flows),
                 *(self.root.all("category") if roads else ())]  # fmt: skip
        for part in found:
            if any(road.get(ROAD) == TOLD for road in roads):
                self.losses.lose("road", part)
            else:
                part.take_all()
        return found

    def _error(self, part: XmlPart, code: str) -> LoadError:
        return LoadError(self.file, part.line, part.id or part.tag, code)

    def _name(self, part: XmlPart) -> str:
        return part.get("name") if self.ours else one_line(part.get("name"))

    def _message_flows(self, flows: list[XmlPart]) -> None:
        for part in flows:
            if self.ours:
                part.take_all()
            else:
                self.losses.lose("message_flows", part)

    def _id(self, part: XmlPart) -> str:
        """The part's id, which no other has; a made-up one where it has none: BPMN asks for an
        id only of what another part refers to."""
        id = part.id or f"{part.tag}#{len(self.ids)}"
        if id in self.ids:
            raise self._error(part, "bpmn_id_twice")
        self.ids.add(id)
        return id

    # -- pools ---------------------------------------------------------------------------------

    def _pools(self, shown: dict[str, XmlPart]) -> list[Pool]:
        """The processes in which anything is drawn; all others are closed pools."""
        processes = [p for p in self.root.all("process") if p not in self.aside]
        if not processes:
            raise self._error(self.root, "bpmn_no_process")
        drawn = [part for part in processes if any(True for _ in part.all(*_NODES))]
        drawn = drawn or processes[:1]  # of nothing but closed pools one stands for the case
        for part in processes:
            if part not in drawn:
                self.losses.lose("black_box", part)
        return [self._pool(part, shown.get(part.id) if part.id else None) for part in drawn]

    def _closed(self, shown: list[XmlPart], open_: dict[str, XmlPart | None]) -> None:
        """Participants that show no process, or one that another shows already."""
        for part in shown:
            if part not in open_.values():
                twice = part.refers("processRef") in open_
                self.losses.lose("shown_twice" if twice else "black_box", part)

    def _pool(self, part: XmlPart, participant: XmlPart | None) -> Pool:
        id = self._id(part)
        part.take(ITSELF)
        if self.ours:
            part.take("isExecutable")
            for inner in part.all("sequenceFlow"):
                inner.take_said("conditionExpression")
        lanes: dict[str, Lane] = {}
        held: dict[str, str] = {}
        for lane_set in part.all("laneSet"):
            self._lanes(lane_set, lanes, held)
        nodes = {n.id: n for n in (self._node(p, held) for p in part.all(*_NODES))}
        links = list(self._links(part))
        name = self._pool_name(part, participant)
        return Pool(id, name, part, participant, nodes, [*links, *self._jumps(nodes)], lanes,
                    _agencies(part, "candidateStarterGroups"))  # fmt: skip

    def _pool_name(self, part: XmlPart, participant: XmlPart | None) -> str:
        """The participant's name, else the process's; the process's own is a loss beside it."""
        names = [(p, self._name(p)) for p in (participant, part) if p]
        if participant:
            participant.take(ITSELF)
        shown = next((name for _, name in names if name), "")
        for named, name in names:
            if name == shown:
                named.take("name")
        return shown

    def _lanes(
        self, lane_set: XmlPart, lanes: dict[str, Lane], held: dict[str, str], around: str = ""
    ) -> None:
        lane_set.take(ITSELF)
        for part in lane_set.all("lane"):
            lane = Lane(self._id(part), self._name(part) or around, part)
            lanes[lane.id] = lane
            held.update((local(p.text), lane.id) for p in part.all("flowNodeRef"))
            for inner in part.all("childLaneSet"):  # the innermost lane has the last word
                self._lanes(inner, lanes, held, lane.name)

    # -- nodes ---------------------------------------------------------------------------------

    def _node(self, part: XmlPart, held: dict[str, str]) -> Node:
        beside = part.get("triggeredByEvent") == "true"  # no flow comes to it
        id = self._id(part)
        part.take(ITSELF)
        if part.tag in CLOSED and not beside:
            self._inside(part)
        host = part.refers("attachedToRef")
        return Node(
            id, part.tag, self._name(part), part.said("documentation"), part,
            held.get(id) or held.get(host, ""), tuple(self._triggers(part)), host,
            part.took("cancelActivity") != "false", local(part.get("default")),
            self._doing(part),
        )  # fmt: skip

    def _doing(self, part: XmlPart) -> tuple[str, ...]:
        """Who is to do a task, by BPMN's own words and by those of an engine."""
        told = (*_performers(part, self.resources),
                *_agencies(part, "candidateGroups", "assignee"))  # fmt: skip
        return tuple(dict.fromkeys(filter(None, told)))

    def _inside(self, part: XmlPart) -> None:
        """A subprocess is one state; what it consists of is lost."""
        self.losses.note("inside", part)
        for inner in part.parts:
            if inner.tag in _INSIDE:
                self.losses.lose("inside", inner)

    def _triggers(self, part: XmlPart) -> Iterator[Trigger]:
        """What makes an event happen; a task that receives waits for its message."""
        for definition in self._definitions(part):
            kind = definition.tag.removesuffix("EventDefinition")
            if part.tag in _AT_THE_END and kind != "link":
                self.losses.lose(_AT_THE_END[part.tag], definition, of=part)
            definition.take(ITSELF)
            if kind == "message":
                yield Trigger(kind, definition.refers("messageRef"), definition)
            elif kind == "timer":
                yield Trigger(kind, definition.said("timeDuration").strip('"'), definition)
            elif kind == "link":
                yield Trigger(kind, self._name(definition) or self._name(part), definition)
            else:
                undoes = kind == "compensate" and part.tag == "boundaryEvent"  # lost with it
                if not undoes and part.tag not in _AT_THE_END:
                    self.losses.lose("trigger", definition, of=part)
                yield Trigger(kind, "", definition)

    def _definitions(self, part: XmlPart) -> Iterator[XmlPart]:
        for inner in part.parts:
            if inner.tag == "eventDefinitionRef":
                found = self.defined.get(local(inner.text))
                if found:
                    inner.take(ITSELF, TEXT)
                    yield found
            elif inner.tag.endswith("EventDefinition"):
                yield inner

    def _jumps(self, nodes: dict[str, Node]) -> Iterator[Link]:
        """From where the flow leaves by a link to where it comes in by its other half."""
        linked = [n for n in nodes.values() if n.trigger.kind == "link"]
        halves = (n for n in linked if n.kind == _COMES_IN)
        signed = grouped((sign, h) for h in halves for sign in chain(*_signs(h, goes=False)))
        for node in linked:
            found = node if node.kind == _COMES_IN else _other_half(node, signed)
            if found is None or (node is not found and node.kind != _PASSED):
                raise self._error(node.part, "bpmn_link")
            if node is not found:
                yield Link("", node.id, found.id, "", "", "", "", node.part)
            name = node.name or node.trigger.value
            if node.trigger.part:
                node.trigger.part.take("source", "target")
                if name == node.trigger.value:
                    node.trigger.part.take("name")
                for inner in node.trigger.part.all("source", "target"):
                    inner.take(ITSELF, TEXT)
            nodes[node.id] = evolve(node, kind=_PASSED, name=name, triggers=())

    # -- flows ---------------------------------------------------------------------------------

    def _links(self, pool: XmlPart) -> Iterator[Link]:
        """The flows of a pool; those between parts of a subprocess are lost with it."""
        inside = {inner.id for part in pool.all(*CLOSED) for inner in _within(part)}
        for part in pool.all("sequenceFlow"):
            if {local(part.get("sourceRef")), local(part.get("targetRef"))} <= inside - {""}:
                self.losses.lose("inside", part)
            else:
                yield self._link(part)

    def _link(self, part: XmlPart) -> Link:
        part.take(ITSELF)
        told = list(part.all("documentation"))
        notes = [doc for doc in told if doc.id.endswith(NOTE)]  # our own, beside what we tell
        said = "\n".join(d.words for d in told if d not in notes and d.words)
        id = self._id(part) if part.id else ""
        condition = part.said("conditionExpression")
        return Link(id, part.refers("sourceRef"), part.refers("targetRef"),
                    self._name(part), said, "\n".join(d.words for d in notes),
                    condition if self.ours else one_line(condition), part)  # fmt: skip

    def _ends(self, pool: Pool, known: set[str]) -> None:
        for link in pool.links:
            for end in (link.source, link.target):
                if end not in pool.nodes:
                    code = "bpmn_crossing_flow" if end in known else "bpmn_loose_flow"
                    raise LoadError(self.file, link.line, link.id or link.part.tag, code)
        for node in pool.nodes.values():
            _matched(node, pool)
            if node.kind == "boundaryEvent":
                host = pool.nodes.get(node.host)
                if host is None or host.kind not in TASKS:
                    raise LoadError(self.file, node.line, node.id, "bpmn_loose_border")


def _within(part: XmlPart) -> Iterator[XmlPart]:
    for inner in part.parts:
        yield inner
        yield from _within(inner)


def _matched(node: Node, pool: Pool) -> None:
    """Nodes repeat which flows come and go; what fits the flows says nothing more."""
    for tag, flows in (("incoming", pool.coming), ("outgoing", pool.going)):
        known = {link.id for link in flows.get(node.id, ())}
        for part in node.part.all(tag):
            if local(part.text) in known:
                part.take(ITSELF, TEXT)


def _performers(part: XmlPart, resources: Mapping[str, XmlPart]) -> Iterator[str]:
    """Who is to do a task by BPMN's own roles: a resource of the document, or names in the place
    of an expression."""
    for role in part.all("potentialOwner", "humanPerformer", "performer"):
        for inner in role.parts:
            if inner.tag == "resourceRef" and (named := resources.get(local(inner.text))):
                role.take(ITSELF)
                inner.take(ITSELF, TEXT)
                named.take(ITSELF, "name")
                yield one_line(named.get("name") or named.id)
            elif inner.tag == "resourceAssignmentExpression":
                for said in inner.all("formalExpression"):
                    if said.words and not _WORKED_OUT.search(said.text):
                        role.take(ITSELF)
                        inner.take(ITSELF)
                        said.take(ITSELF, TEXT)
                        for name in said.words.split(","):
                            yield one_line(_WRAPPED.sub(r"\1", name))


def _agencies(part: XmlPart, *names: str) -> tuple[str, ...]:
    """Who is to do it, where an engine is told by name; what the engine works out is nobody."""
    found: dict[str, None] = {}
    for place in (part, *_assigned(part)):
        for key, value in place.attributes.items():
            uri, _, name = key.rpartition("}")
            theirs = bool(uri) or place is not part
            if theirs and name in names and not _WORKED_OUT.search(value):
                place.take(key)
                found.update(dict.fromkeys(filter(None, map(one_line, value.split(",")))))
    return tuple(found)


def _assigned(part: XmlPart) -> Iterable[XmlPart]:
    """The extension elements that say who is to do a task."""
    for around in part.all("extensionElements"):
        for inner in around.parts:
            if inner.tag.endswith("}assignmentDefinition"):
                around.take(ITSELF)
                inner.take(ITSELF)
                yield inner


def _other_half(node: Node, signed: Mapping[_Sign, Iterable[Node]]) -> Node | None:
    """Where a link comes in: at the only one that either half refers to, else at the only one of
    the link's name, else of the event's; tools differ in which of these they write."""
    for alike in _signs(node, goes=True):
        found = {half.id: half for sign in alike for half in signed.get(sign, ())}
        if len(found) == 1:
            return next(iter(found.values()))
    return None


def _signs(node: Node, *, goes: bool) -> tuple[list[_Sign], ...]:
    """By what the half of a link is known to the other: by references, by the link's name, by the
    event's; the surest first."""
    assert node.trigger.part
    own, targets, sources = (
        [node.trigger.part.id],
        *([local(p.words) for p in node.trigger.part.all(tag)] for tag in ("target", "source")),
    )
    to, from_ = (targets, own) if goes else (own, sources)
    return (
        [*(("to", id) for id in to if id), *(("from", id) for id in from_ if id)],
        [("link", node.trigger.value)],
        [("event", node.name)] if node.name else [],
    )
