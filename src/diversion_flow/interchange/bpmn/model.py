"""What a BPMN drawing of a process shows: one pool for each machine, its agencies as lanes.

A state that lasts is a task of the agency that holds it. What happens to it leaves it by an
event on its border: a message for what an agency reports, a timer for what a time limit does.
Where a rule has conditions, a gateway asks for them; if none holds, the state stays. Where several
events lead to one question, as a report and the limit that stands for it do, a gateway of its own
brings them together first.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from itertools import permutations

from attrs import evolve, frozen

from ...definition import (
    Deadline,
    Event,
    Guard,
    Language,
    Machine,
    Process,
    State,
    Text,
    Transition,
)
from ...definition.deadline import Unit, length_amount
from ...definition.grouped import grouped
from ...definition.guard import ALWAYS
from ...definition.wording import guard_text, limit_text
from ...runtime.clause import cited_guard, whole_guard
from ...runtime.program import program
from .. import xml_text
from ..xml_text import name

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OURS = "urn:diversion_flow:bpmn"
BY = f"{{{OURS}}}by"  # of a message: the ids of the agencies that may report its event
ROAD = f"{{{OURS}}}road"  # of a collaboration: that it shows the road, which it tells (TOLD) or not
TOLD, USUAL = "told", "usual"
NOTE = ".note"  # how the id of a rule's own note ends, beside what is told of the rule
_STAYS = Text("変わらない", "unchanged")
_ALERT = Text("期限の経過: {0}", "Time limit passed: {0}")
_RECORDED = Text("記録: {0}", "Recorded: {0}")


@frozen
class Element:
    """A task, gateway, or event in the flow. `lane` is an agency's id."""

    id: str
    kind: str
    name: str
    lane: str
    stage: str
    of: str = ""  # the state or event that it stands for
    default: str = ""


@frozen
class Border:
    """An event on a task's border, from which one flow leaves."""

    id: str
    task: str
    name: str
    message: str = ""
    timer: str = ""
    interrupts: bool = True


@frozen
class Flow:
    """A sequence flow; `border` is the event it leaves by, if it leaves a task."""

    id: str
    source: str
    target: str
    border: str = ""
    name: str = ""
    guard: Guard = ALWAYS
    transition: str = ""


@frozen
class Pool:
    """One machine's flow."""

    machine: Machine
    elements: tuple[Element, ...]
    borders: tuple[Border, ...]
    flows: tuple[Flow, ...]


def element(parent: ET.Element, tag: str, id: str = "", text: str = "", **more: str) -> ET.Element:
    """A new element of BPMN, with an id of its own if it is given one."""
    own = {"id": name(id)} if id else {}
    return xml_text.element(parent, f"{{{MODEL}}}{tag}", text, **own, **more)


def pools(process: Process, lang: Language) -> tuple[Pool, ...]:
    """Every machine as a pool, in the process's order."""
    return tuple(_Pool(process, machine, lang).pool() for machine in process.machines)


class _Pool:
    """One machine under translation."""

    def __init__(self, process: Process, machine: Machine, lang: Language) -> None:
        self.process, self.machine, self.lang = process, machine, lang
        self.elements: list[Element] = []
        self.borders: list[Border] = []
        self.flows: list[Flow] = []
        self.recorded: set[str] = set()

    def pool(self) -> Pool:
        for state in self.machine.states:
            kind = "endEvent" if state.final else "userTask"
            self._element(self._id(state.id), kind, state.label.in_(self.lang), state, state.id)
        self._start()
        for state in self.machine.states:
            self._ways_out(state)
        self._join()
        return Pool(self.machine, tuple(self.elements), tuple(self.borders), tuple(self.flows))

    def _id(self, *parts: str) -> str:
        return ".".join((self.machine.id, *parts))

    def _element(self, id: str, kind: str, name: str, state: State, of: str = "") -> None:
        self.elements.append(Element(id, kind, name, state.holder or "", state.stage or "", of))

    def _start(self) -> None:
        first = self.machine.state(self.machine.initial)
        opened = Text("事件の開始", "Case opened").in_(self.lang)
        self._element(self._id("case-opened"), "startEvent", opened, first)
        self._flow(self._id("case-opened"), self._id(first.id))

    # -- what leads out of a state ----------------------------------------------------------

    def _ways_out(self, state: State) -> None:
        leaving = grouped((rule.event, rule) for rule in self.machine.leaving(state.id))
        entries = {id: self._way(state, self.process.event(id), ts) for id, ts in leaving.items()}
        for deadline in self.process.limits(self.machine.id, state.id):
            if duration(self.process, deadline):
                self._limit(state, deadline, entries)

    def _way(self, state: State, event: Event, transitions: tuple[Transition, ...]) -> str:
        """The border event, and a gateway if there is a choice; gives where the border leads."""
        border = self._id(state.id, event.id)
        name = event.label.in_(self.lang)
        self.borders.append(Border(border, self._id(state.id), name, message=event.id))
        only = transitions[0] if len(transitions) == 1 else None
        if only and whole_guard(self.process, only) == ALWAYS:
            entry = self._target(state, only)
            self._flow(self._id(state.id), entry, border, transition=only.id)
            return entry
        entry = self._id(state.id, event.id, "choice")
        default = self._id(state.id, event.id, "stays")
        holder, stage = state.holder or "", state.stage or ""
        name = f"{name}?"
        self.elements.append(Element(entry, "exclusiveGateway", name, holder, stage, "", default))
        self._flow(self._id(state.id), entry, border)
        for transition in transitions:
            guard = whole_guard(self.process, transition)
            told = cited_guard(self.process, transition)
            said = guard_text(self.process, told, self.lang) if guard != ALWAYS else ""
            self._flow(entry, self._target(state, transition), "", said, guard, transition.id)
        self._flow(entry, self._id(state.id), "", _STAYS.in_(self.lang), id=default)
        return entry

    def _target(self, state: State, transition: Transition) -> str:
        """Where a rule leads; what is recorded without a change passes by a note of it."""
        if transition.target != state.id:
            return self._id(transition.target)
        id = self._id(state.id, transition.event, "recorded")
        if id not in self.recorded:
            self.recorded.add(id)
            event = self.process.event(transition.event).label.in_(self.lang)
            name = _RECORDED.in_(self.lang).format(event)
            self._element(id, "intermediateThrowEvent", name, state)
            self._flow(id, self._id(state.id))
        return id

    def _limit(self, state: State, deadline: Deadline, entries: dict[str, str]) -> None:
        """A timer on the border: by operation of law it leads on, else it only warns."""
        border = self._id(state.id, "by-time", deadline.id)
        name = limit_text(self.process, deadline, self.lang)
        if deadline.on_expiry in entries:
            self.borders.append(Border(border, self._id(state.id), name, timer=deadline.id))
            self._flow(self._id(state.id), entries[deadline.on_expiry], border)
            return
        warned = self._id(state.id, deadline.id, "passed")
        said = _ALERT.in_(self.lang).format(deadline.label.in_(self.lang))
        self._element(warned, "endEvent", said, state)
        self.borders.append(
            Border(border, self._id(state.id), name, timer=deadline.id, interrupts=False)
        )
        self._flow(self._id(state.id), warned, border)

    def _join(self) -> None:
        """A gateway either brings flows together or asks: one before each to which several come."""
        coming = Counter(flow.target for flow in self.flows)
        for asking in [e for e in self.elements if e.default and coming[e.id] > 1]:
            join = evolve(asking, id=f"{asking.id}.joined", name="", default="")
            self.elements.append(join)
            self.flows = [
                evolve(flow, id=f"{flow.border}-{join.id}", target=join.id)
                if flow.target == asking.id
                else flow
                for flow in self.flows
            ]
            self._flow(join.id, asking.id)

    def _flow(
        self,
        source: str,
        target: str,
        border: str = "",
        name: str = "",
        guard: Guard = ALWAYS,
        transition: str = "",
        *,
        id: str = "",
    ) -> None:
        id = id or f"{border or source}-{target}"
        if transition:
            id = f"{id}-{transition}"
        self.flows.append(Flow(id, source, target, border, name, guard, transition))


_DESIGNATORS = {Unit.MINUTES: "PT{}M", Unit.HOURS: "PT{}H", Unit.DAYS: "P{}D",
                Unit.MONTHS: "P{}M", Unit.YEARS: "P{}Y"}  # fmt: skip


def duration(process: Process, deadline: Deadline) -> str:
    """The length as ISO 8601, without what the facts of a case add to it; empty for a limit
    that has no length of its own, or is counted back from a day that a timer does not know."""
    if deadline.before is not None:
        return ""
    amount = length_amount(process, deadline.length)
    return _DESIGNATORS[deadline.length.unit].format(amount) if amount else ""


# Ids beside those of states (`machine.state`) and of what happens to them have a dash, which no id
# of a definition has.


def whole_id(process: str) -> str:
    """The collaboration of all machines."""
    return f"whole-process.{process}"


def pool_id(machine: str) -> str:
    """The participant of a machine."""
    return f"machine-pool.{machine}"


def message_id(event: str) -> str:
    """The message of an event."""
    return f"event-message.{event}"


def lane_id(machine: str, agency: str) -> str:
    """An agency's lane in a machine's pool; of no agency, for states that nobody holds."""
    return f"{machine}.lane-of.{agency or 'none'}"


def message_flow_id(home: str, other: str) -> str:
    """The message flow from one machine's pool to another's."""
    return f"message-flow.{home}.{other}"


def messages(process: Process) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """From which machine word of events passes to which other, and of which events."""
    told = grouped(((process.event(event).home, process.machines[index].id), event)
                   for event, machines in program(process).moved.items() for index in machines
                   )  # fmt: skip
    for home, other in permutations((machine.id for machine in process.machines), 2):
        if (home, other) in told:
            yield home, other, told[home, other]
