"""The road in BPMN: the first diagram, one path of numbered tasks that a finger can follow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import chain, combinations
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from attrs import evolve
from defusedxml import ElementTree as ET

from diversion_flow import Process, processes
from diversion_flow.definition import (
    LANGUAGES,
    Act,
    Event,
    Group,
    Machine,
    Road,
    State,
    Text,
    Transition,
)
from diversion_flow.definition.wording import basis_text
from diversion_flow.diagram.layout.measure import em, joined
from diversion_flow.diagram.layout.placed import Box
from diversion_flow.diagram.views.road import MOST, road
from diversion_flow.interchange.bpmn import bpmn, parse_bpmn
from diversion_flow.interchange.bpmn.road_writing import Drawn, roads
from helpers import road_quality as q
from helpers.documents import LARGEST_SLOW, LAWS, document
from helpers.peer_programs import needs_node_peers, needs_python_peers, node, python
from helpers.random_process import random_process, random_road
from helpers.small import PROCESS

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
LAW = processes.get("entry_support")
SHIPPED = {law.version: law for name in processes.names() for law in processes.versions(name)}
PLACED = {place: processes.history("entry_support", place).versions[-1]
          for place in processes.places("entry_support")}  # fmt: skip


def shipped() -> str:
    """The document of the shipped law."""
    return document("entry_support").text


def parts(tag: str, text: str = "") -> list[Element]:
    """The elements of this kind in the road, that of the shipped law unless another is given."""
    found = ET.fromstring(text or shipped()).iter(f"{BPMN}{tag}")
    return [each for each in found if each.get("id", "").startswith("road-")]


def apart(one: Box, other: Box) -> bool:
    """Whether two boxes do not even touch."""
    across = one.x + one.width < other.x or other.x + other.width < one.x
    return across or one.y + one.height < other.y or other.y + other.height < one.y


def inside(box: Box, around: Box) -> bool:
    right, bottom = around.x + around.width, around.y + around.height
    across = around.x <= box.x and box.x + box.width <= right
    return across and around.y <= box.y and box.y + box.height <= bottom


def sound(drawn: Drawn) -> None:
    """The sheet can be read in a window, and nothing lies on anything else."""
    sheet, found = drawn.sheet, drawn.laid
    assert found.fits
    ways = [found.ways[f"{one}-{other}"] for one, other in sheet.flows]
    assert q.crossings(ways) == 0
    assert q.backwards(list(found.ways.values())) == 0
    course = {part.id: found.boxes[part.id] for part in sheet.parts}
    track = [found.boxes[id] for id in sheet.track]
    for boxes in (list(course.values()), track):
        assert all(apart(one, other) for one, other in combinations(boxes, 2))
    for part in sheet.parts:
        assert inside(course[part.id], found.boxes[f"{sheet.id}.lane-{part.row + 1}"])
    assert all(inside(box, found.boxes[f"{sheet.id}.track"]) for box in track)
    if sheet.turn and sheet.track:
        x, start = found.ways[f"{sheet.id}.track.turn-{sheet.turn.id}"][0]
        end = course[sheet.turn.id].y
        passed = (box for box in course.values() if box.x <= x <= box.x + box.width)
        assert not [box for box in passed if start < box.y < end]


@pytest.mark.parametrize("law", [*SHIPPED.values(), *PLACED.values()], ids=[*SHIPPED, *PLACED])
def test_the_road_of_shipped_law_is_one_sheet_that_a_window_shows(law: Process) -> None:
    for lang in LANGUAGES:
        (drawn,) = roads(law, lang)
        sound(drawn)
        (shown,) = road(law, lang)
        numbered = [part.lines[0].split()[0] for part in drawn.sheet.parts if part.lines]
        assert [int(n) for n in numbered if n.isdigit()] == [
            a.number for a in shown.acts if a.number
        ]


@pytest.mark.parametrize("made", [random_process, random_road])
@pytest.mark.parametrize("first", range(0, 40, 5))
def test_nothing_lies_on_anything_else_on_the_road_of_a_random_process(
    first: int, made: Callable[[int], Process]
) -> None:
    for seed in range(first, first + 5):
        found = roads(made(seed), LANGUAGES[seed % 2])
        assert found
        for drawn in found:
            sound(drawn)


@pytest.mark.parametrize("name", LARGEST_SLOW)
def test_the_first_diagram_is_the_road_and_each_machine_has_one_of_its_own(name: str) -> None:
    law, root = LAWS[name], ET.fromstring(document(name).text)
    named = [each.get("name", "") for each in root.iter(f"{DI}BPMNDiagram")]
    labels = [machine.label.ja for machine in law.machines]
    assert named[0] == road(law)[0].title
    assert all(label in name for label, name in zip(labels, named[2:], strict=True))
    planes = [each.get("bpmnElement") for each in root.iter(f"{DI}BPMNPlane")]
    assert planes == ["road-1", *[f"whole-process.{law.id}"] * (1 + len(labels))]


@pytest.mark.parametrize("name", LARGEST_SLOW)
def test_what_an_office_does_stands_in_its_lane(name: str) -> None:
    told = road(LAWS[name], "ja")[0]
    text = document(name).text
    lanes = [joined(lane.get("name", "").split("\n")) for lane in parts("lane", text)]
    assert lanes == [row[0] for row in told.rows]
    held = [len(lane.findall(f"{BPMN}flowNodeRef")) for lane in parts("lane", text)]
    assert all(held)


@pytest.mark.slow
def test_offices_are_lanes_and_what_they_do_is_told_with_its_grounds() -> None:
    told = LAW.road
    assert told is not None
    names = [lane.get("name", "").split("\n") for lane in parts("lane")]
    assert [joined(lines) for lines in names] == [g.label.ja for g in told.groups]
    assert max(map(em, chain(*names))) <= 7.0  # a head of a lane has room for two such lines
    tasks = {task.get("id", ""): task for task in parts("task")}
    acts = [task for id, task in tasks.items() if ".act-" in id]
    assert len(acts) == len(told.acts)
    (opinion,) = (task for task in acts if "意見を述べる" in task.get("name", ""))
    said = opinion.findtext(f"{BPMN}documentation") or ""
    event = LAW.event("prosecutor_opinion")
    cited = [basis_text(LAW, basis, "ja") for basis in event.basis]
    assert said.split("\n") == [
        "Prosecutor's opinion", "検察官・検察事務官", event.label.ja, *cited
    ]  # fmt: skip
    assert cited
    for lane in parts("lane"):
        assert [each.text for each in lane.iter(f"{BPMN}flowNodeRef")]


@pytest.mark.slow
def test_the_day_of_release_is_told_by_the_persons_track_and_heard_on_the_road() -> None:
    (told,) = (e for e in parts("intermediateThrowEvent"))
    (heard,) = (e for e in parts("intermediateCatchEvent"))
    assert told.get("name") == heard.get("name") == "釈放の日"
    (flow,) = parts("messageFlow")
    assert (flow.get("sourceRef"), flow.get("targetRef")) == (told.get("id"), heard.get("id"))
    (drawn,) = roads(LAW, "ja")
    row = next(part.row for part in drawn.sheet.parts if part is drawn.sheet.turn)
    ids = [part.id for part in drawn.sheet.parts]
    before = drawn.sheet.parts[ids.index("road-1.turn") - 1]
    assert before.row == row  # it is come to along the row, so that its line is alone


@pytest.mark.slow
def test_what_may_come_first_comes_in_by_a_gateway() -> None:
    (drawn,) = roads(LAW, "ja")
    into = [one for one, other in drawn.sheet.flows if other == "road-1.join"]
    assert into == ["road-1.act-2", "road-1.start"]
    starts = parts("startEvent")
    plain = [e for e in starts if e.find(f"{BPMN}messageEventDefinition") is None]
    assert [e.get("id") for e in plain] == ["road-1.track.start", "road-1.start"]


@pytest.mark.slow
def test_other_ways_and_papers_are_told_beside_the_road() -> None:
    said = [each.findtext(f"{BPMN}text") or "" for each in parts("textAnnotation")]
    every = "\n".join(said).replace("\n", "").replace(" ", "")
    for flag in road(LAW, "ja")[0].flags:
        assert (flag.letter + flag.text).replace(" ", "") in every
    assert {"依頼書", "通知"} <= set(said)


def test_a_long_road_goes_on_on_the_next_sheet() -> None:
    rows = tuple(Group(agency.label, (agency.id,)) for agency in PROCESS.agencies)
    who = [agency.id for agency in PROCESS.agencies] * MOST
    acts = (Act(Text(f"手伝う{n}", f"help {n}"), id) for n, id in enumerate(who))
    law = evolve(PROCESS, road=Road(rows, tuple(acts)))
    found = roads(law, "en")
    assert len(found) > 1
    for drawn in found:
        sound(drawn)
    names = [[" ".join(p.lines) for p in d.sheet.parts if p.tag != "task"] for d in found]
    assert names[0] == ["Begins", "To sheet 2"]
    assert names[-1] == [f"From sheet {len(found) - 1}", "Ends"]
    numbers = [p.lines[0].split()[0] for d in found for p in d.sheet.parts if p.tag == "task"]
    assert numbers == [str(n) for n in range(1, len(who) + 1)]


def test_an_act_has_the_number_that_it_has_on_the_picture_however_few_a_sheet_has() -> None:
    who = ("worker", "partner")
    acts = (Act(Text(f"手伝う{n}", f"help {n}"), who[n % 2], None, ("helped",)) for n in range(40))
    law = evolve(PROCESS, road=Road((Group(Text("甲", "one"), who),), tuple(acts)))
    found = roads(law, "en")
    assert len(found) > 1
    lines = [" ".join(p.lines) for d in found for p in d.sheet.parts if p.tag == "task"]
    drawn = [f"{act.number} {act.name}" for shown in road(law, "en") for act in shown.acts]
    assert [line.split(maxsplit=1)[0] for line in lines] == [d.split()[0] for d in drawn]
    assert all(line.startswith(each[:8]) for line, each in zip(lines, drawn, strict=True))


def test_a_process_that_tells_none_has_the_usual_road_and_nobody_has_none() -> None:
    text = bpmn(PROCESS, "en").text
    assert [lane.get("name") for lane in parts("lane", text)] == ["a"]
    assert [task.get("name") for task in parts("task", text)] == ["1 a", "2 a"]
    states = State("one", Text("一", "one")), State("two", Text("二", "two"), final=True)
    rule = Transition("rule", "event", ("one",), "two")
    event = Event("event", Text("事象", "event"), "main", ())
    machine = Machine("main", Text("機械", "machine"), "one", states, (rule,))
    nobody = Process("nobody", "1", Text("無人", "nobody"), (), (event,), (machine,), "main")
    assert not roads(nobody, "ja")
    assert not parts("process", bpmn(nobody).text)


def without_road(text: str) -> str:
    """The document before the road was in it."""
    root = ET.fromstring(text)
    for part in [p for p in root if p.get("id", "").startswith(("road-", "diagram-road"))]:
        root.remove(part)
    return str(ET.tostring(root, encoding="unicode"))


@pytest.mark.slow
@pytest.mark.parametrize("law", [LAW, PROCESS, random_road(3)], ids=["told", "usual", "random"])
def test_it_is_no_machine_when_the_document_is_read_again(law: Process) -> None:
    text = shipped() if law is LAW else bpmn(law).text
    with_it, without = parse_bpmn(text), parse_bpmn(without_road(text))
    assert with_it.process == without.process
    assert [m.id for m in with_it.process.machines] == [m.id for m in law.machines]
    lost = {loss.code for loss in with_it.losses} - {loss.code for loss in without.losses}
    assert lost == ({"road"} if law.road else set())  # the usual one follows from the skeleton


@needs_node_peers
def test_bpmnlint_finds_nothing_on_any_road(tmp_path: Path) -> None:
    files = list(written(tmp_path))
    found = json.loads(node("bpmn_lint.mjs", *files))
    assert not [row for rows in found.values() for row in rows if "road-" in row[1]]
    assert "no-implicit-end" in found  # of machines, as it is meant


@needs_python_peers
def test_a_road_of_several_sheets_is_valid_by_the_schema(tmp_path: Path) -> None:
    law = next(law for law in map(random_road, range(99)) if len(roads(law, "ja")) > 1)
    file = tmp_path / "long.bpmn"
    file.write_text(bpmn(law).text, "utf-8")
    assert python("bpmn_schema.py", file).strip() == "valid"


def written(folder: Path) -> Iterator[Path]:
    for seed in range(12):
        file = folder / f"{seed}.bpmn"
        file.write_text(bpmn(random_road(seed), LANGUAGES[seed % 2]).text, "utf-8")
        yield file
