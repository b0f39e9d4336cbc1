"""BPMN: valid by the OMG's schema, drawn by bpmn-js, linted, and run in SpiffWorkflow."""

from __future__ import annotations

import ast
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from attrs import evolve
from defusedxml import ElementTree as ET

from diversion_flow import Case, Process
from diversion_flow.definition import CalledWhen, Guard, Kind, Text, fact
from diversion_flow.definition.files.serial import dumps, loads_process
from diversion_flow.diagram.views.usual_road import road_of
from diversion_flow.interchange.bpmn import bpmn
from diversion_flow.interchange.bpmn.conditions import FEEL, PYTHON, spelled, variables
from diversion_flow.interchange.bpmn.model import duration, messages
from diversion_flow.interchange.bpmn.reading import parse_bpmn
from diversion_flow.interchange.pnml import pnml
from diversion_flow.interchange.tables import table
from diversion_flow.interchange.xes import xes
from diversion_flow.runtime.calendar import is_rest_day
from diversion_flow.runtime.clause import whole_guard
from diversion_flow.runtime.clocks import clocks
from diversion_flow.runtime.facts import put_in
from diversion_flow.runtime.logic import Facts, compile_guard
from diversion_flow.runtime.program import Arrival
from diversion_flow.scenarios import shipped, story_names
from helpers.amounts import Amount
from helpers.chance import value
from helpers.documents import LARGEST_SLOW, LAWS, document
from helpers.goldens import golden
from helpers.peer_programs import needs_chromium, needs_node_peers, needs_python_peers, node, python
from helpers.small import MAIN, PROCESS, with_main
from helpers.traces import HOSTILE as LABELS
from helpers.traces import Trace, asking, at_random, counted, hostile, of_story, plain

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
OF_AGE = fact("age") >= 65


def text_of(name: str) -> str:
    return document(name).text


def written(text: str, folder: Path) -> Path:
    file = folder / "law.bpmn"
    file.write_text(text, "utf-8")
    return file


def of_machines(root: Element) -> Iterator[Element]:
    """The parts of the document that are no part of the road, nor of a drawing."""
    for part in root:
        if not part.get("id", "").startswith(("road-", "diagram-")):
            yield from part.iter()


def test_the_small_process_reads_like_this() -> None:
    golden("small.bpmn", bpmn(PROCESS, "en").text)


@pytest.mark.parametrize("name", LARGEST_SLOW)
def test_every_state_rule_agency_and_limit_is_there(name: str) -> None:
    law = LAWS[name]
    root = ET.fromstring(text_of(name))
    found = Counter(part.tag.removeprefix(BPMN) for part in of_machines(root))
    states = [s for m in law.machines for s in m.states]
    assert found["participant"] == found["process"] == len(law.machines)
    assert found["userTask"] == sum(not s.final for s in states)
    runs = sum(len(d.states) for d in law.deadlines if duration(law, d))
    assert found["timerEventDefinition"] == runs
    leaving = {(m.id, s, t.event) for m in law.machines for t in m.transitions for s in t.sources}
    assert found["messageEventDefinition"] == len(leaving)
    assert found["message"] == len(law.events)
    named = [e.get("name") for e in of_machines(root) if e.tag == f"{BPMN}lane"]
    assert set(named) <= {a.label.ja for a in law.agencies}
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_parts_of_one_name_have_ids_of_their_own() -> None:
    """A machine called as the process, a limit as its event, states as what stands beside them."""
    text = dumps(PROCESS)
    for was, now in (
        ("small", "messages"),
        ("main", "messages"),
        ("asked", "opened"),
        ("helped", "lanes"),
        ("limit", "lapsed"),
    ):
        text = text.replace(f'"{was}"', f'"{now}"')
    law = loads_process(text)
    parts = list(ET.fromstring(bpmn(law).text).iter())
    ids = [part.get("id") for part in parts if part.get("id")]
    assert len(ids) == len(set(ids))
    asked = {
        v for part in parts for k, v in part.items() if k.endswith("Ref") or k == "bpmnElement"
    }
    assert asked <= set(ids)
    back = parse_bpmn(bpmn(law).text).process
    assert [m.id for m in back.machines] == ["messages", "consent"]
    assert [s.id for s in back.machine("messages").states] == ["opened", "lanes", "done"]
    assert [d.id for d in back.deadlines] == ["lapsed"]


@pytest.mark.slow
def test_what_is_lost_is_said() -> None:
    lost = {loss.code: loss for loss in document("entry_support").losses}
    assert set(lost) == {
        "calendar", "agencies", "delivery", "time", "timeless", "visibility",
        "basis", "words", "start", "source", "schema", "parameter",
        "told", "duty", "links", "before", "road", "remark", "rest", "outdates",
    }  # fmt: skip
    assert "center_response" in lost["timeless"].ids
    assert "suspension_period" in lost["timeless"].ids
    assert "suspect_detention" in lost["links"].ids
    assert all(loss.said.ja and loss.said.en for loss in lost.values())


def test_a_name_that_follows_a_fact_is_named_as_lost() -> None:
    names = (CalledWhen(Text(name, name), OF_AGE) for name in ("旧", "旧々"))
    event = evolve(PROCESS.events[0], called_when=tuple(names))
    law = evolve(PROCESS, events=(event, *PROCESS.events[1:]))
    for found in (bpmn(law), pnml(law, "main"), table(law), xes([law.open(at="2024-06-03")])):
        assert [loss.ids for loss in found.losses if loss.code == "called"] == [("event helped",)]
    for found in (bpmn(PROCESS), pnml(law, "consent"), table(PROCESS)):
        assert not {"called", "road"} & {loss.code for loss in found.losses}
    assert "road" in {loss.code for loss in table(LAWS["entry_support"]).losses}


def parted(text: str) -> tuple[set[str], set[str]]:
    """The gateways to which several flows come, and those from which several go."""
    root = ET.fromstring(text)
    gateways = list(root.iter(f"{BPMN}exclusiveGateway"))
    joining, asking = (
        {g.get("id", "") for g in gateways if len(g.findall(f"{BPMN}{way}")) > 1}
        for way in ("incoming", "outgoing")
    )
    return joining, asking


def test_a_gateway_brings_together_or_asks_and_the_limit_comes_back() -> None:
    """By a report or by its limit something happens, if a condition holds."""
    rules = tuple(evolve(t, guard=OF_AGE) if t.id == "lapse" else t for t in MAIN.transitions)
    law = with_main(transitions=rules)
    joining, asking = parted(bpmn(law).text)
    assert joining == {"main.helped.lapsed.choice.joined"}
    assert not joining & asking
    back = parse_bpmn(bpmn(law).text)
    assert back.process.deadlines[0].on_expiry == "lapsed"
    assert parse_bpmn(bpmn(back.process).text).process == back.process
    assert [loss.code for loss in back.losses] == ["conditions"]
    for name in LAWS:
        joining, asking = parted(text_of(name))
        assert not joining & asking
    assert joining


@needs_python_peers
@pytest.mark.parametrize("name", LAWS)
def test_it_is_valid_by_the_schema_of_the_omg(name: str, tmp_path: Path) -> None:
    assert python("bpmn_schema.py", written(text_of(name), tmp_path)).strip() == "valid"


@needs_chromium
@pytest.mark.parametrize("name", LAWS)
def test_bpmn_js_draws_all_of_it_without_a_warning(name: str, tmp_path: Path) -> None:
    law = LAWS[name]
    found = json.loads(node("bpmn_js.mjs", written(text_of(name), tmp_path)))
    assert found["warnings"] == []
    first, heard, *each = found["diagrams"]
    assert first["letters"] >= 9
    assert first["kinds"]["bpmn:Task"] >= len(road_of(law).acts)
    assert heard["kinds"]["bpmn:Participant"] == len(law.machines) == len(each)
    assert heard["kinds"]["bpmn:MessageFlow"] == len(list(messages(law)))
    for machine, shown in zip(law.machines, each, strict=True):
        assert shown["kinds"]["bpmn:Participant"] == 1
        assert shown["kinds"]["bpmn:UserTask"] == sum(not s.final for s in machine.states)


@needs_node_peers
@pytest.mark.parametrize("name", LAWS)
def test_bpmnlint_finds_nothing_but_what_is_meant(name: str, tmp_path: Path) -> None:
    """Nothing at all in the road. Of the machines: a state is left by the events on its border
    only, and several flows lead into it; an application track without an end ends with the case.
    See docs/decisions/0013."""
    found = json.loads(node("bpmn_lint.mjs", written(text_of(name), tmp_path)))
    assert not [row for rows in found.values() for row in rows if row[1].startswith("road-")]
    assert set(found) <= {"no-implicit-end", "fake-join", "end-event-required"}
    endless = [m.id for m in LAWS[name].machines if not any(s.final for s in m.states)]
    law = LAWS[name]
    limits = {d.machine for d in law.deadlines if not d.on_expiry and duration(law, d)}
    missing = [id for _, id, _ in found.get("end-event-required", ())]
    assert missing == [id for id in endless if id not in limits]


# -- run ---------------------------------------------------------------------------------------

_SAID_BY_PEOPLE = "an engine does not know who reports, nor what time it is"


def told(process: Process, trace: Trace) -> list[dict[str, Any]]:
    """The course as messages; left out is what is refused for its reporter or its time only,
    and the rest of a course after a rule has ended or begun by its date (see the losses)."""
    going = {
        e: [other for home, other, es in messages(process) if e in es]
        for e in process.by_id["event"]
    }
    facts = dict.fromkeys((f.id for f in process.facts), None) | trace["facts"]
    states = {m.id: m.initial for m in process.machines}
    said = []
    for event in trace["events"]:
        definition = process.event(event["type"])
        late = event["due"] not in (None, event["type"])
        early = event["due"] is None and event["type"] in {d.on_expiry for d in process.deadlines}
        if event["accepted"] or not (event["by"] not in definition.by or late or early):
            data = facts | event["facts"] | {f"before_{m}": s for m, s in states.items()}
            data |= {"working_day": event["working_day"], "running": event["running"]}
            data |= {"missed": event["missed"]}
            data |= of_step(process, facts, event["facts"])
            said.append({
                "event": definition.id, "home": definition.home,
                "others": going[definition.id], "data": data, "states": event["states"],
            })  # fmt: skip
        facts, states = dict.fromkeys(facts, None) | event["known"], event["states"]
    return said


def of_step(process: Process, before: dict[str, Any], recorded: dict[str, Any]) -> dict[str, Any]:
    """What sets are named with the event, and what each held before."""
    sets = [f.id for f in process.facts if f.kind is Kind.CHOICES]
    named = [id for id in sets if recorded.get(id)]
    return {"named": named, **{f"held_{id}": before[id] or [] for id in sets}}


def ran(process: Process, courses: list[list[dict[str, Any]]], folder: Path) -> int:
    """Runs the courses in SpiffWorkflow; every state must be ours. Gives how many were compared."""
    file = written(bpmn(process, conditions=PYTHON).text, folder)
    reached = json.loads(python("bpmn_run.py", file, stdin=json.dumps(courses), timeout=500))
    compared = 0
    for course, there in zip(courses, reached, strict=True):
        for event, states in zip(course, there, strict=True):
            assert states == {m: f"{m}.{s}" for m, s in event["states"].items()}, event["event"]
            compared += 1
    return compared


@needs_python_peers
def test_every_story_comes_out_the_same_in_spiffworkflow(tmp_path: Path, amount: Amount) -> None:
    """The stories of a law in one run, half of those of one law of three: to read the drawing is
    what takes long."""
    courses: dict[Process, list[list[dict[str, Any]]]] = defaultdict(list)
    for name in story_names():
        for process, trace in of_story(shipped(name)):
            courses[process].append(told(process, trace))
    assert sum(map(len, courses.values())) >= len(story_names()) >= 10
    for process, each in list(courses.items())[:: amount(1, 3)]:
        assert all(each)
        some = each[:: amount(1, 2)]
        assert ran(process, some, tmp_path) == sum(map(len, some))


@needs_python_peers
@pytest.mark.parametrize("name", ["small", "special_coordination"])
def test_random_courses_come_out_the_same_in_spiffworkflow(
    name: str, tmp_path: Path, amount: Amount
) -> None:
    law = LAWS[name]
    traces = [at_random(law, seed, 30) for seed in range(amount(20, 8))]
    accepted, _ = counted(traces)
    assert accepted > 3 * len(traces)
    assert ran(law, [told(law, t) for t in traces], tmp_path) > 10 * len(traces)


@needs_python_peers
def test_hostile_labels_harm_no_reader(tmp_path: Path) -> None:
    def parts(text: str) -> Counter[str]:  # corners and labels of the drawing follow the words
        return Counter(e.tag for e in ET.fromstring(text).iter() if e.tag.startswith(BPMN))

    plain = parts(bpmn(PROCESS).text)
    for number, label in enumerate(LABELS):
        text = bpmn(hostile(label)).text
        assert parts(text) == plain
        assert "<script" not in text
        file = tmp_path / f"{number}.bpmn"
        file.write_text(text, "utf-8")
    assert python("bpmn_schema.py", tmp_path / "0.bpmn").strip() == "valid"


# -- conditions --------------------------------------------------------------------------------


def asked(process: Process) -> list[Guard]:
    """Every guard of the process, each once."""
    rules = (t for m in process.machines for t in m.transitions)
    return list(dict.fromkeys(whole_guard(process, t) for t in rules))


def answers(process: Process, guards: list[Guard], case: Case, facts: Facts) -> list[bool]:
    """Where each guard holds for a case with these facts, as a step asks."""
    compiled = (compile_guard(guard, process, case.states) for guard in guards)
    return [c if isinstance(c, bool) else c(facts, case.at, case) is True for c in compiled]


@needs_node_peers
@pytest.mark.parametrize("name", ["asking", "special_coordination", "entry_support"])
def test_conditions_in_feel_mean_what_guards_mean(name: str, amount: Amount) -> None:
    """In feelin, another FEEL engine; facts unknown, set at random, machines anywhere."""
    law = asking(7) if name == "asking" else LAWS[name]
    guards, rnd = asked(law), random.Random(11)
    contexts, expected = [], []
    for _ in range(amount(120, 6)):
        known = {f.id: value(f, rnd) for f in law.facts if rnd.random() < 0.7}
        opened = law.open(
            at=f"2025-{rnd.randint(7, 12):02}-{rnd.randint(1, 28):02}T10:00", facts=known
        )
        states = tuple(rnd.choice(m.states).id for m in law.machines)
        landing = Arrival(opened._program.situation(states), "opened", ())
        case = Case(landing, opened._facts, opened.at, "worker", None, "x")
        recorded = {f.id: value(f, rnd) for f in law.facts
                    if f.kind is Kind.CHOICES and rnd.random() < 0.6}  # fmt: skip
        before = dict.fromkeys(law.by_id["fact"]) | plain(law, known)
        said = before | plain(law, recorded) | of_step(law, before, plain(law, recorded))
        facts = put_in(opened._program, {}, known | recorded)
        facts = opened._facts | {f: facts[f] for f in recorded}
        contexts.append(said | {f"before_{m.id}": s for m, s in zip(law.machines, states, strict=True)} | {
            "working_day": not is_rest_day(case.at.date()),
            "running": [c.deadline.id for c in clocks(case) if not c.passed(case.at)],
            "missed": [],
        })  # fmt: skip
        expected.append(answers(law, guards, case, facts))
    conditions = [spelled(law, guard, FEEL) for guard in guards]
    told = json.dumps({"conditions": conditions, "contexts": contexts})
    found = json.loads(node("feel_run.mjs", stdin=told))
    assert found == expected
    assert 0.05 < sum(map(sum, expected)) / (len(contexts) * len(guards)) < 0.95


RESERVED = ("and", "or", "not", "in", "if", "for", "null", "true", "between", "class", "lambda",
            "working_day", "running", "before_main")  # fmt: skip


def asked_for(*ids: str) -> Process:
    """The small process with more facts."""
    facts = (evolve(PROCESS.facts[0], id=id) for id in ids)
    return evolve(PROCESS, facts=(*PROCESS.facts, *facts))


@pytest.mark.parametrize("word", RESERVED)
def test_a_word_of_the_language_is_no_name_of_a_fact(word: str) -> None:
    law = asked_for(word, f"{word}_")
    name = variables(law)[word]
    assert name != word
    assert len(set(variables(law).values())) == len(law.facts)
    assert spelled(law, fact(word) >= 65, FEEL) == f"({name} != null and {name} >= 65)"
    asked = ast.walk(ast.parse(spelled(law, fact(word) >= 65, PYTHON), mode="eval"))
    assert {part.id for part in asked if isinstance(part, ast.Name)} == {name}


@needs_node_peers
def test_feelin_reads_facts_named_like_words_of_the_language() -> None:
    laws = {word: asked_for(word) for word in RESERVED}
    told = {"conditions": [spelled(law, fact(word) >= 65, FEEL) for word, law in laws.items()],
            "contexts": [{variables(law)[word]: age} for word, law in laws.items()
                         for age in (64, 65, None)]}  # fmt: skip
    found = json.loads(node("feel_run.mjs", stdin=json.dumps(told)))
    assert found == [[age == 65 and word == said for said in RESERVED]
                     for word in RESERVED for age in (64, 65, None)]  # fmt: skip
