"""BPMN from other people's tools: each element and attribute is in the skeleton or among the losses,
whoever drew it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from diversion_flow import Process, check
from diversion_flow.definition import LoadError
from diversion_flow.interchange import Imported, parse_bpmn, read_bpmn
from diversion_flow.interchange.bpmn import bpmn
from helpers.bpmn_sides import MODEL, bare, unsaid, words
from helpers.places import DATA
from helpers.small import PROCESS

LINE = '<startEvent id="S"/><userTask id="Ask" name="Ask"/><endEvent id="E" name="End"/>'


def flows(*pairs: str) -> str:
    """Flows written as `a>b`; the id is f and a number."""
    ends = (pair.split(">") for pair in pairs)
    return "".join(
        f'<sequenceFlow id="f{i}" sourceRef="{a}" targetRef="{b}"/>'
        for i, (a, b) in enumerate(ends)
    )


def doc(body: str, *, root: str = "", after: str = "", on: str = 'id="P" name="Proc"') -> str:
    """A document with one process, what stands before it and what after."""
    return (
        f'<definitions xmlns="{MODEL}" xmlns:t="urn:x" xmlns:v="urn:vendor" id="D" '
        f'targetNamespace="urn:x">\n{root}\n<process {on}>\n{body}\n</process>\n{after}\n'
        "</definitions>"
    )


STRAIGHT = LINE + flows("S>Ask", "Ask>E")
POOLS = (
    '<collaboration id="C"><participant id="PA" name="Center" processRef="P"/>'
    '<participant id="PB" name="Court" processRef="{}"/></collaboration>'
)
CONDITION = "<conditionExpression>only if elderly</conditionExpression>"
SPLIT = (
    '<startEvent id="S"/><parallelGateway id="G" name="both"/><userTask id="A" name="A"/>'
    '<userTask id="B" name="B"/><parallelGateway id="J" name="together again"/>'
    '<endEvent id="E" name="End"/><sequenceFlow id="c" name="elderly" sourceRef="G" targetRef="A">'
    + CONDITION + "</sequenceFlow>" + flows("S>G", "G>B", "A>J", "B>J", "J>E")
)  # fmt: skip
TIMER = "<timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition>"


def border(inside: str, **attributes: str) -> str:
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<boundaryEvent id="B" attachedToRef="Ask"{said}>{inside}</boundaryEvent>'


# What is drawn, the words of it that the skeleton keeps, the ids that the losses name.
DRAWN: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "the name of a start": (
        doc(STRAIGHT.replace('id="S"', 'id="S" name="Person arrested"')), ("Person arrested",), (),
    ),
    "the name of a flow": (
        doc(STRAIGHT.replace('id="f1"', 'id="f1" name="within three days"')),
        ("within three days",), (),
    ),
    "a merging gateway and a throwing event": (
        doc(LINE + '<exclusiveGateway id="G" name="complete"/><intermediateThrowEvent id="X" '
            'name="milestone"><documentation>for the file</documentation></intermediateThrowEvent>'
            + flows("S>Ask", "Ask>G", "G>X", "X>E")),
        ("complete", "milestone", "for the file"), (),
    ),
    "documentation of a process, a lane and an end": (
        doc('<documentation>What it is for</documentation><laneSet id="L"><lane id="La" name="Desk">'
            "<documentation>Room 3</documentation><flowNodeRef>Ask</flowNodeRef></lane></laneSet>"
            + STRAIGHT.replace('name="End"/>', 'name="End"><documentation>Filed</documentation>'
                               "</endEvent>")),
        ("Desk", "Filed"), ("documentation", "La"),
    ),
    "a process that its pool calls by another name": (
        doc(STRAIGHT, root=POOLS.format("P2")), ("Center",), ("P", "PB"),
    ),
    "two participants that show one process": (
        doc(STRAIGHT, root=POOLS.format("P")), ("Center",), ("PB",),
    ),
    "a second collaboration": (
        doc(STRAIGHT, root=POOLS.format("P2") + '<collaboration id="C2" name="Later"><participant '
            'id="PC" name="Family"/></collaboration>'),
        ("Center",), ("C2", "PC"),
    ),
    "an empty process": (
        doc(STRAIGHT, root=POOLS.format("Q"), after='<process id="Q"/>'), ("Center",), ("PB", "Q"),
    ),
    "a pool in which nothing lasts": (
        doc(STRAIGHT, root=POOLS.format("Q"),
            after='<process id="Q"><startEvent id="S2"/><intermediateThrowEvent id="X" name="told"/>'
            '<sequenceFlow id="g" sourceRef="S2" targetRef="X"/></process>'),
        ("Center",), ("PB", "Q", "X"),
    ),
    "a pool in which nothing begins": (
        doc(STRAIGHT, root=POOLS.format("Q"),
            after='<process id="Q"><task id="X" name="Alone"/><sequenceFlow id="x" sourceRef="X" '
                  'targetRef="X"/></process>'),
        ("Center",), ("PB", "Q", "X", "x"),
    ),
    "a pool in which one task stands alone": (
        doc(STRAIGHT, root=POOLS.format("Q"),
            after='<process id="Q"><task id="X" name="Alone"/></process>'),
        ("Center", "Court", "Alone"), (),
    ),
    "a condition behind a parallel split": (
        doc(SPLIT), ("only if elderly", "elderly", "both", "together again"), ("c",),
    ),
    "attributes of BPMN": (
        doc(STRAIGHT.replace('id="Ask"', 'id="Ask" startQuantity="2" implementation="##WebService"')
            .replace('id="S"', 'id="S" isInterrupting="false"')),
        (), ("Ask", "S"),
    ),
    "attributes and elements of vendors": (
        doc(STRAIGHT.replace('id="Ask" name="Ask"/>', 'id="Ask" name="Ask" v:formKey="f.html">'
                             '<extensionElements><v:form><v:field v:label="Age"/></v:form>'
                             "</extensionElements></userTask>")),
        (), ("Ask",),
    ),
    "who is to do it": (
        doc(STRAIGHT.replace('id="Ask"', 'id="Ask" v:candidateGroups="probation, center"')),
        ("probation", "center"), (),
    ),
    "who BPMN itself says is to do it": (
        doc(STRAIGHT.replace(
            '<userTask id="Ask" name="Ask"/>',
            '<userTask id="Ask" name="Ask"><potentialOwner name=""><resourceRef>t:R</resourceRef>'
            '</potentialOwner><humanPerformer><resourceAssignmentExpression><formalExpression>'
            'user(kermit), police</formalExpression></resourceAssignmentExpression>'
            '</humanPerformer></userTask>',
        ), root='<resource id="R" name="Probation Office"/>'),
        ("Probation Office", "kermit", "police"), (),
    ),
    "who BPMN itself leaves to an engine": (
        doc(STRAIGHT.replace(
            '<userTask id="Ask" name="Ask"/>',
            '<userTask id="Ask" name="Ask"><potentialOwner id="Owner"><resourceAssignmentExpression>'
            '<formalExpression>${chief}</formalExpression></resourceAssignmentExpression>'
            '</potentialOwner></userTask>',
        )), (), ("Owner",),
    ),
    "who receives what is waited for": (
        doc(LINE + '<eventBasedGateway id="G"/><receiveTask id="R" name="R" '
            'v:candidateGroups="court"/>' + flows("S>Ask", "Ask>G", "G>R", "R>E")),
        ("court",), (),
    ),
    "who may begin it, and who does what begins": (
        doc('<userTask id="Ask" name="Ask" v:assignee="center"/><endEvent id="E" name="End"/>'
            + flows("Ask>E"), on='id="P" name="Proc" v:candidateStarterGroups="police"'),
        ("police", "center"), (),
    ),
    "two events that wait for one message": (
        doc(STRAIGHT + border('<messageEventDefinition messageRef="M"/>', name="To the court")
            + border('<messageEventDefinition messageRef="M"/>', name="To the police")
            .replace('"B"', '"B2"') + '<endEvent id="L" name="Left"/>'
            '<sequenceFlow id="l" sourceRef="B" targetRef="E"/>'
            '<sequenceFlow id="l2" sourceRef="B2" targetRef="L"/>',
            root='<message id="M" name="Referral"/>'),
        ("To the court", "To the police", "Left"), (),
    ),
    "a gateway before a split, and no start": (
        doc(SPLIT.replace('<startEvent id="S"/>', '<exclusiveGateway id="S" name="elderly?"/>')),
        ("elderly?", "both", "together again"), ("c",),
    ),
    "nothing at all": (doc(""), ("Proc",), ("P",)),
    "a start alone": (doc('<startEvent id="S" name="Call"/>'), ("Proc",), ("S", "P")),
    "a start that leads to nothing, beside the work": (
        doc(LINE + flows("Ask>E")), ("Ask", "End"), ("S",),
    ),
    "tasks that no flow joins": (
        doc('<userTask id="Ask" name="Ask"/><userTask id="Tell" name="Tell"/>'), ("Ask", "Tell"),
        ("Ask", "Tell"),
    ),
    "a task that only its border leaves": (
        doc('<userTask id="Ask" name="Ask"/>' + border(TIMER, name="Late")
            + '<endEvent id="E" name="End"/>' + flows("B>E")), ("Ask", "Late", "End"), (),
    ),
    "an event that no flow joins": (
        doc('<intermediateCatchEvent id="C" name="Letter"><messageEventDefinition/>'
            "</intermediateCatchEvent>"), ("Letter",), ("C",),
    ),
    "an end alone": (doc('<endEvent id="E" name="End"/>'), ("End",), ()),
    "a gateway alone": (doc('<exclusiveGateway id="G" name="elderly?"/>'), ("Proc",), ("G", "P")),
    "closed pools only": (
        doc("", root=POOLS.format("Q"), after='<process id="Q"/>'), ("Center",), ("PB", "Q", "P"),
    ),
    "who an engine works out": (
        doc(STRAIGHT.replace('id="Ask"', 'id="Ask" v:assignee="${initiator}"')), (), ("Ask",),
    ),
    "who may begin it": (
        doc(STRAIGHT, on='id="P" name="Proc" v:candidateStarterGroups="police"'), ("police",), (),
    ),
    "two triggers on one event": (
        doc(STRAIGHT + border(TIMER + '<messageEventDefinition messageRef="t:M"/>', name="Gone")
            + '<endEvent id="L" name="Late"/><sequenceFlow id="l" sourceRef="B" targetRef="L"/>',
            root='<message id="M" name="Withdrawn"/>'),
        ("Gone", "Late"), ("M",),
    ),
    "a trigger defined elsewhere": (
        doc(STRAIGHT + border("<eventDefinitionRef>t:T</eventDefinitionRef>", name="Too late")
            + '<endEvent id="L" name="Late"/><sequenceFlow id="l" sourceRef="B" targetRef="L"/>',
            root=TIMER.replace("<timerEventDefinition", '<timerEventDefinition id="T"')),
        ("Too late",), (),
    ),
    "compensation that is awaited": (
        doc(STRAIGHT.replace('<startEvent id="S"/>', '<startEvent id="S">'
                             '<compensateEventDefinition id="C"/></startEvent>')),
        ("Ask",), ("S", "C"),
    ),
    "a trigger defined elsewhere, of what is lost": (
        doc(STRAIGHT + border("<eventDefinitionRef>t:T</eventDefinitionRef>"),
            root='<compensateEventDefinition id="T"/>'),
        ("Ask",), ("T", "B"),
    ),
    "links whose halves refer to each other": (
        doc('<startEvent id="S"/><userTask id="Ask" name="Ask"/>'
            '<intermediateThrowEvent id="L1"><linkEventDefinition id="out" name="out">'
            '<target>t:in</target></linkEventDefinition></intermediateThrowEvent>'
            '<intermediateCatchEvent id="L2"><linkEventDefinition id="in" name="in">'
            '<source>t:out</source></linkEventDefinition></intermediateCatchEvent>'
            '<endEvent id="E" name="End"/>' + flows("S>Ask", "Ask>L1", "L2>E")),
        ("Ask", "End"), (),
    ),
    "links that are called by their events": (
        doc('<startEvent id="S"/><userTask id="Ask" name="Ask"/>'
            '<intermediateThrowEvent id="L1" name="off"><linkEventDefinition id="d1" name="link 1"/>'
            '</intermediateThrowEvent><intermediateCatchEvent id="L2" name="off">'
            '<linkEventDefinition id="d2" name="link 2"/></intermediateCatchEvent>'
            '<endEvent id="E" name="End"/>' + flows("S>Ask", "Ask>L1", "L2>E")),
        ("Ask", "End", "off"), ("d1", "d2"),
    ),
    "a border on what a gateway of events waits for": (
        doc('<startEvent id="S"/><eventBasedGateway id="G" name="What comes"/>'
            '<receiveTask id="Ask" name="Answer"/><boundaryEvent id="B" attachedToRef="Ask">'
            '<errorEventDefinition id="X"/></boundaryEvent><intermediateCatchEvent id="T">'
            f"{TIMER}</intermediateCatchEvent>"
            '<endEvent id="E" name="End"/><endEvent id="F" name="Failed"/>'
            + flows("S>G", "G>Ask", "G>T", "Ask>E", "T>E", "B>F")),
        ("Answer", "End"), ("B", "F"),
    ),
    "a trigger of another kind": (
        doc(STRAIGHT + border('<signalEventDefinition id="Sig" signalRef="s1"/>', name="Alarm")
            + flows("B>E").replace("f0", "g")), ("Alarm",), ("B", "Sig"),
    ),
    "tasks and events without ids": (
        doc(STRAIGHT + border("<messageEventDefinition/>", name="Withdrawn").replace(' id="B"', "")
            + '<task name="Alone"/><subProcess triggeredByEvent="true"/>'),
        ("Withdrawn",), ("task", "subProcess", "boundaryEvent"),
    ),
    "flows without ids": (doc(re.sub(r' id="f\d"', "", STRAIGHT)), ("Ask",), ()),
    "qualified names": (
        doc(STRAIGHT.replace('sourceRef="S"', 'sourceRef="t:S"') + "<laneSet><lane name='Desk'>"
            "<flowNodeRef>t:Ask</flowNodeRef></lane></laneSet>"), ("Desk",), (),
    ),
    "a side branch": (
        doc(STRAIGHT + border(TIMER, cancelActivity="false", name="Three days")
            + '<userTask id="Rem" name="Remind"/><endEvent id="L" name="Reminded"/>'
            '<sequenceFlow id="x" sourceRef="B" targetRef="Rem"/>'
            '<sequenceFlow id="y" name="by post" sourceRef="Rem" targetRef="L"/>'),
        ("Three days",), ("B", "Rem", "L", "x", "y"),
    ),
    "a message that leaves its task running": (
        doc(STRAIGHT + border("<messageEventDefinition/>", cancelActivity="false", name="Asked")
            + '<endEvent id="L" name="Told"/><sequenceFlow id="x" sourceRef="B" targetRef="L"/>'),
        (), ("B", "L", "x"),
    ),
    "an event subprocess": (
        doc(STRAIGHT + '<subProcess id="Sub" name="Beside" triggeredByEvent="true">'
            '<startEvent id="in"/></subProcess>'), (), ("Sub", "in"),
    ),
    "compensation": (
        doc(STRAIGHT + border("<compensateEventDefinition/>")
            + '<task id="Undo" name="Undo" isForCompensation="true"/>'
            '<association id="a" sourceRef="B" targetRef="Undo"/>'), (), ("B", "Undo", "a"),
    ),
    "a task to which no flow leads": (
        doc(STRAIGHT + '<task id="Alone" name="Alone"/>'), (), ("Alone",),
    ),
    "several starts": (
        doc(STRAIGHT + '<startEvent id="S2" name="Sent back"><messageEventDefinition/></startEvent>'
            + flows("S2>Ask").replace("f0", "g")), ("Sent back",), (),
    ),
    "no start, and two beginnings": (
        doc('<task id="A" name="A"/><task id="B" name="B"/><endEvent id="E" name="1"/>'
            '<endEvent id="F" name="2"/>' + flows("A>E", "B>F")), ("A", "B", "1", "2"), (),
    ),
    "an event from which no flow leads on": (
        doc(STRAIGHT + border("<messageEventDefinition/>", name="Withdrawn")), ("Withdrawn",),
        ("B",),
    ),
    "several flows out of a task": (
        doc(LINE + '<task id="Help" name="Help"/><endEvent id="F" name="Helped"/>'
            + flows("S>Ask", "Ask>E", "Ask>Help", "Help>F")), ("Help", "Helped", "End"), (),
    ),
    "links": (
        doc(LINE + '<intermediateThrowEvent id="T"><linkEventDefinition name="A"/>'
            '</intermediateThrowEvent><intermediateCatchEvent id="R"><linkEventDefinition name="A"/>'
            "</intermediateCatchEvent>" + flows("S>Ask", "Ask>T", "R>E")), ("End",), (),
    ),
    "a task that receives behind a gateway of events": (
        doc('<startEvent id="S"/><eventBasedGateway id="G" name="Wait"/><receiveTask id="R" '
            'name="Reply" messageRef="M"/><intermediateCatchEvent id="C" name="Objection"/>'
            '<endEvent id="E" name="1"/><endEvent id="F" name="2"/>'
            + flows("S>G", "G>R", "G>C", "R>E", "C>F"), root='<message id="M" name="Reply"/>'),
        ("Wait", "Reply", "Objection"), (),
    ),
    "flows of one choice to one place": (
        doc(LINE + '<exclusiveGateway id="G" name="How?"/><sequenceFlow id="a" name="by post" '
            'sourceRef="G" targetRef="E"/><sequenceFlow id="b" name="by hand" sourceRef="G" '
            'targetRef="E"/>' + flows("S>Ask", "Ask>G")), ("How?: by post", "How?: by hand"), (),
    ),
    "lanes within lanes": (
        doc('<laneSet id="L"><lane id="Out" name="Office"><childLaneSet id="Li"><lane id="In">'
            "<flowNodeRef>Ask</flowNodeRef></lane></childLaneSet></lane></laneSet>" + STRAIGHT),
        ("Office",), ("Out",),
    ),
}  # fmt: skip


def read(text: str) -> Imported:
    return parse_bpmn(text, "drawing.bpmn", lang="en")


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_is_kept_or_named(name: str) -> None:
    text, kept, lost = DRAWN[name]
    found = read(text)
    assert unsaid(text, found) == []
    said = [bare(word) for word in words(found.process)]
    assert all(any(bare(word) in each for each in said) for word in kept)
    assert set(lost) <= {id for loss in found.losses for id in loss.ids}
    assert {f.code.name for f in check(found.process)} <= {"MISSING_BASIS", "STATE_WITHOUT_HOLDER"}
    assert all(loss.said.ja and loss.said.en and loss.places for loss in found.losses)


@pytest.mark.parametrize("name", DRAWN)
def test_what_was_kept_can_be_written_and_read_again(name: str) -> None:
    first = read(DRAWN[name][0]).process
    again = parse_bpmn(bpmn(first, "en").text, lang="en").process
    assert again == first


@pytest.mark.parametrize("name", ["entry_by_agency", "two_offices", "welfare_applications"])
def test_nothing_of_our_own_drawings_is_lost_in_silence(name: str) -> None:
    file = DATA / f"{name}.bpmn"
    assert unsaid(file, read_bpmn(file, lang="en")) == []


def test_a_drawing_without_any_name_is_called_by_an_id() -> None:
    text = doc(STRAIGHT, on='id="AskForHelp"').replace('id="D" ', "")
    assert read(text).process.label.en == "AskForHelp"


def test_a_loss_tells_id_kind_and_line() -> None:
    text, *_ = DRAWN["attributes and elements of vendors"]
    line = next(n for n, said in enumerate(text.split("\n"), 1) if "formKey" in said)
    places = [p for loss in read(text).losses for p in loss.places]
    assert {(p.id, p.kind, p.line) for p in places} == {
        ("Ask", "userTask/@v:formKey", line), ("Ask", "extensionElements", line),
        ("Ask", "v:form", line), ("Ask", "v:field", line), ("Ask", "v:field/@v:label", line),
    }  # fmt: skip


def test_whoever_an_engine_is_told_holds_the_task_and_reports_its_end() -> None:
    found = read(DRAWN["who is to do it"][0]).process
    assert found.machines[0].state("ask").holder == "probation"
    assert set(found.event("ask_done").by) == {"probation", "center"}


def test_a_group_that_may_begin_reports_the_beginning() -> None:
    found = read(DRAWN["who may begin it"][0]).process
    first = found.machines[0].state(found.machines[0].initial)
    assert first.holder == "police"
    (begins,) = {t.event for t in found.machines[0].transitions if first.id in t.sources}
    assert found.event(begins).by == ("police",)


def test_each_trigger_is_an_event_of_its_own() -> None:
    found = read(DRAWN["two triggers on one event"][0]).process
    leaving = {t.event for t in found.machines[0].transitions if t.target == "l"}
    assert len(leaving) == 2
    assert [d.on_expiry in leaving for d in found.deadlines] == [True]


def test_several_starts_are_awaited_together() -> None:
    machine = read(DRAWN["several starts"][0]).process.machines[0]
    assert machine.state(machine.initial).label.en == "not yet begun"
    assert len({t.event for t in machine.transitions if machine.initial in t.sources}) == 2


@pytest.mark.parametrize("name", ["a side branch", "an event subprocess", "compensation"])
def test_what_runs_beside_the_flow_is_no_state(name: str) -> None:
    assert [s.id for s in read(DRAWN[name][0]).process.machines[0].states] == ["ask", "e"]


SPACES = (
    "a\u00a0b",
    "\u00a0a",
    "a\u00a0",
    "\u3000a\u3000",
    "a\u2003b",
    "a&#10;b",
    "a  b",
    "法\u00a0律",
)


@pytest.mark.parametrize("name", SPACES)
def test_odd_spaces_come_back_as_they_are(name: str) -> None:
    inside = (
        f'<startEvent id="S" name="{name}"/><userTask id="Ask" name="{name}"><documentation>{name}'
        f'</documentation></userTask><exclusiveGateway id="G" name="{name}"/>'
        f'<endEvent id="E" name="{name}"/><endEvent id="F" name="{name}"/>'
        f'<sequenceFlow id="y" name="{name}" sourceRef="G" targetRef="E"/>'
        f'<sequenceFlow id="n" name="{name}!" sourceRef="G" targetRef="F"/>'
        + border(TIMER, name=name) + flows("S>Ask", "Ask>G", "B>F")
    )  # fmt: skip
    first = read(doc(inside, on=f'id="P" name="{name}"')).process
    assert "\u00a0" not in name or "\u00a0" in first.machines[0].state("ask").label.en
    assert parse_bpmn(bpmn(first, "en").text, lang="en").process == first
    assert parse_bpmn(bpmn(first).text).process == first


CODINGS = ("utf-8", "utf-16", "shift_jis", "euc-jp", "iso-2022-jp", "cp932")


@pytest.mark.parametrize("coding", CODINGS)
def test_a_declared_encoding_is_obeyed(coding: str, tmp_path: Path) -> None:
    text = doc(STRAIGHT.replace('name="Ask"', 'name="相談"'))
    file = tmp_path / "drawing.bpmn"
    file.write_bytes(f'<?xml version="1.0" encoding="{coding}"?>\n{text}'.encode(coding))
    assert read_bpmn(file).process.machines[0].states[0].label.ja == "相談"


@pytest.mark.parametrize(
    ("declared", "written", "problem"),
    [("zip", "utf-8", "is written in zip, which is not read"), ("utf-7", "utf-8", "is written in"),
     ("shift_jis", "euc-jp", "is not shift_jis"), ("utf-8", "shift_jis", "is not utf-8")],
)  # fmt: skip
def test_an_encoding_that_does_not_hold_is_said(
    declared: str, written: str, problem: str, tmp_path: Path
) -> None:
    text = doc(STRAIGHT.replace('name="Ask"', 'name="相談が終わりました"'))
    file = tmp_path / "drawing.bpmn"
    file.write_bytes(f'<?xml version="1.0" encoding="{declared}"?>\n{text}'.encode(written))
    with pytest.raises(LoadError, match=problem) as wrong:
        read_bpmn(file)
    assert wrong.value.line


def test_a_flow_without_an_id_is_told_by_its_kind() -> None:
    with pytest.raises(LoadError, match="leads to or from nothing") as wrong:
        read(doc(LINE + '<sequenceFlow sourceRef="S" targetRef="gone"/>'))
    assert (wrong.value.field, wrong.value.line) == ("sequenceFlow", 4)


def test_a_document_of_no_namespace_is_no_bpmn() -> None:
    with pytest.raises(LoadError, match="is not a BPMN"):
        read(doc(STRAIGHT).replace(f'xmlns="{MODEL}"', ""))


def test_what_an_editor_adds_to_our_own_export_is_named() -> None:
    text = bpmn(PROCESS, "en").text.replace(
        'isExecutable="true">', 'isExecutable="true" isClosed="true"><documentation>By hand'
        "</documentation>", 1,
    )  # fmt: skip
    kinds = {p.kind for loss in read(text).losses for p in loss.places}
    assert {"process/@isClosed", "documentation"} <= kinds


def test_a_skeleton_of_our_own_loses_nothing() -> None:
    first: Process = read(DRAWN["a merging gateway and a throwing event"][0]).process
    assert parse_bpmn(bpmn(first, "en").text, lang="en").losses == ()
