"""The export of journals as event logs: pm4py reads what happened, and the nets replay it."""

from __future__ import annotations

import json
import random
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve

from diversion_flow import Case, Process, processes
from diversion_flow.definition import (
    LANGUAGES,
    CallError,
    Machine,
    TransitionalRule,
    UnknownId,
)
from diversion_flow.diagram.layout.measure import clean
from diversion_flow.interchange.ocel import ocel
from diversion_flow.interchange.pnml import pnml
from diversion_flow.interchange.xes import xes
from diversion_flow.runtime.crossing import migrated
from diversion_flow.runtime.outside import irregular
from diversion_flow.scenarios import shipped, story_names
from diversion_flow.scenarios.play import law_of, playing
from helpers import traces
from helpers.amounts import Amount
from helpers.chance import living, value
from helpers.goldens import golden
from helpers.peer_programs import needs_python_peers, python
from helpers.small import PROCESS, T, state

LAW = processes.in_force("entry_support", on="2024-06-03")
XES = "{http://www.xes-standard.org/}"
PROCESSES = {"small": PROCESS, "entry_support": LAW}


def helped(process: Process = PROCESS, id: str = "", age: int = 70) -> Case:
    """A case of the small process from its opening to its end."""
    case = process.open(at="2024-06-03T10:00", id=id)
    recipients = {"recipients": ["partner"]}
    case = case.step("consented", by="worker", at="2024-06-03T11:00", facts=recipients)
    case = case.step("helped", by="worker", at="2024-06-04T12:30", facts={"age": age})
    return case.step("finished", by="partner", at="2024-06-05T09:00", facts={"content": True})


def by_chance(process: Process, seed: int, steps: int = 60) -> Case:
    """A case led by chance through what is possible."""
    rnd = random.Random(seed)
    facts = {f.id: value(f, rnd) for f in process.facts if rnd.random() < 0.6}
    case = process.open(at=f"{process.since or '2024-06-03'}T10:00", facts=facts)
    for _ in range(steps):
        leading = case.possible() or (process.events[0].id,)
        event = process.event(rnd.choice(living(process, leading, rnd)))
        at = case.at + timedelta(hours=rnd.choice([0, 1, 5, 20, 24 * 8]))
        facts = {f: value(process.fact(f), rnd) for f in event.records}
        case, _ = traces.step(case, event.id, rnd.choice(event.by), at, facts)
    return case


def of_stories() -> dict[Process, list[Case]]:
    """How every case of every published story, and of some tours, ends under each of its laws; a
    case that was taken over midway has no log of what led there."""
    found: dict[Process, list[Case]] = defaultdict(list)
    stories = map(shipped, (*story_names(), *story_names("tours")[::6]))
    for story in (each for each in stories if not any(o.states for o in each.openings)):
        for law in story.laws:
            process = law_of(story, law)
            ended = {p.step.case: p.after for p in playing(story, process, law)}
            found[process] += ended.values()
    return found


def read(file: Path, text: str) -> dict[str, list[dict[str, Any]]]:
    """What pm4py reads in a log."""
    file.write_text(text, encoding="utf-8")
    said: dict[str, list[dict[str, Any]]] = json.loads(python("pm4py_logs.py", file))
    return said


# -- the documents ---------------------------------------------------------------------------


def test_the_small_case_reads_as_the_golden_ones() -> None:
    golden("small.xes", xes([helped()]).text)
    golden("small.ocel.json", ocel([helped()]).text)


@pytest.mark.slow
def test_same_input_same_bytes() -> None:
    first, again = ([by_chance(LAW, seed) for seed in range(3)] for _ in range(2))
    assert xes(first) == xes(again)
    assert ocel(first) == ocel(again)


def test_neither_the_case_nor_its_facts_can_be_told_from_a_log() -> None:
    one, other = helped(id="A-2024-117", age=66), helped(id="B-9", age=103)
    assert dict(one.facts) != dict(other.facts)
    assert xes([one]) == xes([other])
    assert xes([one], machine="main") == xes([other], machine="main")
    assert ocel([one]) == ocel([other])


def test_a_case_bears_the_name_that_the_caller_gives() -> None:
    cases = [helped(id="A"), helped(id="B")]
    book = {"A": "first", "B": "second"}
    log = ET.fromstring(xes(cases, names=lambda case: book[case.id]).text)
    assert [trace[0].get("value") for trace in log.iter(f"{XES}trace")] == ["first", "second"]
    told = json.loads(ocel(cases, names=lambda case: book[case.id]).text)
    assert [o["id"] for o in told["objects"] if o["type"] == "case"] == [
        "case/first",
        "case/second",
    ]


@pytest.mark.parametrize("name", ["SECRET", "SECRET\0"])
def test_two_cases_of_one_name_are_refused(name: str) -> None:
    given = iter(["SECRET", name])
    with pytest.raises(CallError) as refused:
        xes([helped(), helped()], names=lambda case: next(given))
    assert "SECRET" not in str(refused.value)


def test_an_unknown_machine_is_refused() -> None:
    with pytest.raises(UnknownId):
        xes([helped()], machine="mian")


def test_what_is_lost_is_said_with_the_parts_it_touches() -> None:
    lost = {loss.code: loss.ids for loss in xes([helped()]).losses}
    assert set(lost) == {"case", "fact", "basis", "deadline"}
    assert lost["fact"] == ("age", "content", "recipients")
    assert {loss.code: loss.ids for loss in ocel([helped()]).losses} == lost
    only = {loss.code: loss.ids for loss in xes([helped()], machine="main").losses}
    assert only == {**lost, "machine": ("consent",)}
    law = xes([by_chance(LAW, 1)], machine="custody").losses
    assert {loss.code for loss in law} == {
        "case", "fact", "share", "basis", "deadline", "told", "duty", "links", "before", "machine",
    }  # fmt: skip
    assert not any(loss.said.missing for loss in law)


def test_what_was_irregular_is_marked_and_its_reason_stays_out() -> None:
    case = PROCESS.open(at="2024-06-03T10:00").step(
        "helped", by="worker", at="2024-06-03T11:00", facts={"age": 70}
    )
    for office in ("partner", "SECRET office"):
        against = irregular(case, "helped", by="worker", at="2024-06-04", facts={"age": 3},
                            transition="main.reject", responsible=office,
                            reason="SECRET reason")  # fmt: skip
        said = {"irregular": "main.reject"}
        said |= {"responsible": office} if office == "partner" else {}
        log, text = ET.fromstring(xes([against]).text), ocel([against]).text
        last = {part.get("key"): part.get("value") for part in log.findall(f".//{XES}event")[-1]}
        assert {k: last[k] for k in last if k in ("irregular", "responsible")} == said
        event = json.loads(text)["events"][-1]
        told = {a["name"]: a["value"] for a in event["attributes"]}
        assert {k: told[k] for k in told if k != "label"} == said
        assert "SECRET" not in text + xes([against]).text
        for losses in (xes([against]).losses, ocel([against]).losses):
            assert [loss.ids for loss in losses if loss.code == "irregular"] == [("helped",)]


def test_a_case_taken_over_keeps_every_track_that_it_had() -> None:
    main, consent = PROCESS.machines
    rests = (evolve(consent.states[0], rest=True), *consent.states[1:])
    old = evolve(PROCESS, machines=(main, evolve(consent, states=rests)))
    later = Machine("later", T, "first", (state("first"),), ())
    new = evolve(PROCESS, version="2", machines=(main, later), consent=None,
                 events=PROCESS.events[:3])  # fmt: skip
    case = old.open(at="2024-06-03T10:00").step(
        "helped", by="worker", at="2024-06-03T11:00", facts={"age": 70}
    )
    case = migrated(case, to=new, rule=TransitionalRule("kept", T), at="2024-06-05")
    told = json.loads(ocel([case]).text)
    objects = {o["id"]: o for o in told["objects"]}
    assert {"track.main/case-1", "track.consent/case-1", "track.later/case-1"} <= set(objects)
    assert all(t["objectId"] in objects for e in told["events"] for t in e["relationships"])
    begun = [a for a in objects["track.later/case-1"]["attributes"] if a["name"] == "state"]
    assert [(a["value"], a["time"]) for a in begun] == [("first", case.at.isoformat())]
    crossing = {a["name"]: a["value"] for a in told["events"][-1]["attributes"]}
    assert (crossing["version_before"], crossing["version_after"]) == ("1", "2")
    assert 'key="version_after" value="2"' in xes([case]).text


# IEEE 1849-2016, XML schema of logs: attributes and, in their order, children of the elements used.
ALLOWED = {
    "log": ({"xes.version", "xes.features"}, ["extension", "global", "classifier", "trace"]),
    "extension": ({"name", "prefix", "uri"}, []),
    "global": ({"scope"}, ["string", "date"]),
    "classifier": ({"name", "keys"}, []),
    "trace": (set(), ["string", "event"]),
    "event": (set(), ["string", "date"]),
    "string": ({"key", "value"}, []),
    "date": ({"key", "value"}, []),
}
MIXED = {"global", "event"}  # in which the order of attributes is free


def test_the_log_is_built_as_the_standard_has_it() -> None:
    root = ET.fromstring(xes([by_chance(LAW, seed) for seed in range(3)]).text)
    declared = {e.get("prefix") for e in root.iter(f"{XES}extension")}
    for element in root.iter():
        tag = element.tag.removeprefix(XES)
        attributes, children = ALLOWED[tag]
        assert set(element.attrib) == attributes
        inside = [children.index(child.tag.removeprefix(XES)) for child in element]
        assert tag in MIXED or inside == sorted(inside)
        prefix, colon, _ = element.get("key", "").partition(":")
        assert not colon or prefix in declared
        if tag == "event":
            keys = [child.get("key") for child in element]
            assert len(set(keys)) == len(keys)


# What the JSON schema of OCEL 2.0 asks, in our own words.
_STRING, _MOMENT = {"type": "string"}, {"type": "string", "format": "date-time"}


def _things(optional: tuple[str, ...] = (), **parts: Any) -> dict[str, Any]:
    needed = [name for name in parts if name not in optional]
    thing = {
        "type": "object",
        "properties": parts,
        "required": needed,
        "additionalProperties": False,
    }
    return {"type": "array", "items": thing}


_TYPES = _things(name=_STRING, attributes=_things(name=_STRING, type=_STRING))
_TIES = _things(objectId=_STRING, qualifier=_STRING)
OCEL_SCHEMA = _things(
    eventTypes=_TYPES,
    objectTypes=_TYPES,
    events=_things(
        id=_STRING, type=_STRING, time=_MOMENT, relationships=_TIES,
        attributes=_things(name=_STRING, value=_STRING),
    ),
    objects=_things(
        id=_STRING, type=_STRING, relationships=_TIES,
        attributes=_things(name=_STRING, value=_STRING, time=_MOMENT),
    ),
)["items"]  # fmt: skip


@pytest.mark.parametrize("id", PROCESSES)
def test_the_object_centric_log_is_built_as_the_standard_has_it(id: str) -> None:
    told = json.loads(ocel([by_chance(PROCESSES[id], seed) for seed in range(3)]).text)
    jsonschema.validate(told, OCEL_SCHEMA, format_checker=jsonschema.FormatChecker())
    for kind, types in (("events", "eventTypes"), ("objects", "objectTypes")):
        declared = {t["name"]: {a["name"] for a in t["attributes"]} for t in told[types]}
        assert {thing["type"] for thing in told[kind]} == set(declared)
        for thing in told[kind]:
            assert {a["name"] for a in thing["attributes"]} <= declared[thing["type"]]
            assert datetime.fromisoformat(thing.get("time", "2024-06-03"))
    ids = [thing["id"] for thing in told["objects"]]
    assert len(set(ids)) == len(ids)
    assert len({event["id"] for event in told["events"]}) == len(told["events"])
    things = (*told["objects"], *told["events"])
    assert {tie["objectId"] for thing in things for tie in thing["relationships"]} <= set(ids)


def test_labels_are_in_the_language_asked_for() -> None:
    case = by_chance(LAW, 1)
    record = case.journal[1]
    for lang in LANGUAGES:
        label = LAW.event(record.event).label.in_(lang)
        event = list(ET.fromstring(xes([case], lang).text).iter(f"{XES}event"))[1]
        assert {e.get("key"): e.get("value") for e in event}["label"] == label
        told = json.loads(ocel([case], lang).text)["events"][1]
        assert told["attributes"] == [{"name": "label", "value": label}]


# -- pm4py reads them ------------------------------------------------------------------------


@needs_python_peers
@pytest.mark.parametrize("id", PROCESSES)
def test_the_log_read_back_is_the_journals(id: str, tmp_path: Path) -> None:
    cases = [by_chance(PROCESSES[id], seed) for seed in range(5)]
    events = read(tmp_path / "log.xes", xes(cases).text)["events"]
    found = [
        (e["case:concept:name"], e["concept:name"], _moment(e["time:timestamp"]),
         e["org:resource"] or "", (e["rules"] or "").split())
        for e in events
    ]  # fmt: skip
    assert found == [
        (f"case-{number}", r.event, r.at, r.by, [f"{m.machine}.{m.transition}" for m in r.moved])
        for number, case in enumerate(cases, start=1)
        for r in case.journal
    ]
    assert len(found) > 100


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@needs_python_peers
@pytest.mark.parametrize("id", PROCESSES)
def test_the_object_centric_log_read_back_is_the_journals(id: str, tmp_path: Path) -> None:
    cases = [by_chance(PROCESSES[id], seed) for seed in range(5)]
    machines = len(PROCESSES[id].machines)
    said = read(tmp_path / "log.json", ocel(cases).text)
    journal = [(number, r) for number, case in enumerate(cases, start=1) for r in case.journal]
    moves = [(number, r, m) for number, r in journal for m in r.moved]
    reported = [(number, r) for number, r in journal if r.by]
    assert sorted((e["ocel:activity"], _moment(e["ocel:timestamp"])) for e in said["events"]) == (
        sorted((r.event, r.at) for _, r in journal)
    )
    assert len(said["objects"]) == len(cases) * (1 + machines) + len({r.by for _, r in reported})
    tied = defaultdict(int)
    for relation in said["relations"]:
        tied[relation["ocel:qualifier"]] += 1
    assert tied == {
        "of": len(journal),
        "opened": len(cases) * machines,
        "moved": len(moves),
        "reported": len(reported),
    }
    assert len(said["o2o"]) == len(cases) * machines
    changes = [
        (c["ocel:oid"], c["state"], _moment(c["ocel:timestamp"])) for c in said["object_changes"]
    ]
    assert sorted(changes) == sorted(
        (f"track.{m.machine}/case-{number}", m.target, r.at) for number, r, m in moves
    )


@needs_python_peers
def test_hostile_labels_harm_nothing(tmp_path: Path) -> None:
    cases = [helped(traces.hostile(label)) for label in traces.HOSTILE]
    wanted = [clean(label) for label in traces.HOSTILE]
    events = read(tmp_path / "log.xes", xes(cases).text)["events"]
    assert len(events) == 4 * len(cases)
    assert [e["label"] for e in events[1::4]] == wanted
    assert [e["org:role"] for e in events[1::4]] == wanted
    said = read(tmp_path / "log.json", ocel(cases).text)
    assert len(said["events"]) == 4 * len(cases)
    labels = {e["ocel:eid"]: e["label"] for e in said["events"]}
    assert [labels[f"case-{n}/1"] for n, _ in enumerate(cases, start=1)] == wanted
    tracks = {o["ocel:oid"]: o["label"] for o in said["objects"]}
    assert [tracks[f"track.main/case-{n}"] for n, _ in enumerate(cases, start=1)] == wanted


# -- the nets replay them --------------------------------------------------------------------


Job = dict[str, Any]


def job(folder: Path, process: Process, machine: str, cases: Iterable[Case]) -> Job:
    """A net, the log of what moved its machine, where each case has come to rest, and whether events
    alone say how it goes on."""
    number = len(list(folder.iterdir()))
    net, log = folder / f"{number}.pnml", folder / f"{number}.xes"
    exported = pnml(process, machine)
    net.write_text(exported.text, encoding="utf-8")
    log.write_text(xes(cases, machine=machine).text, encoding="utf-8")
    ends = {f"case-{n}": f"state.{c.state(machine)}" for n, c in enumerate(cases, start=1)}
    decided = "choice" not in {loss.code for loss in exported.losses}
    return {"net": str(net), "log": str(log), "machine": machine, "ends": ends, "decided": decided}


def fitness(jobs: list[Job]) -> list[dict[str, list[float]]]:
    """How well each trace of each job fits its net: aligned by its events, replayed by its events,
    replayed by the rules that the log names."""
    found: list[dict[str, list[float]]] = json.loads(
        python("pm4py_fitness.py", stdin=json.dumps(jobs))
    )
    assert [set(one) for one in found] == [set(one["ends"]) for one in jobs]
    return found


def fits(folder: Path, told: Mapping[Process, list[Case]]) -> None:
    """Every case fits the net of each of its machines."""
    tracks = [(process, m.id, cases) for process, cases in told.items() for m in process.machines]
    jobs = [job(folder, *track) for track in tracks]
    for asked, found in zip(jobs, fitness(jobs), strict=True):
        machine = asked["machine"]
        aligned, by_event, by_rule = zip(*found.values(), strict=True)
        assert (machine, set(aligned), set(by_rule)) == (machine, {1.0}, {1.0})
        assert not asked["decided"] or (machine, set(by_event)) == (machine, {1.0})


@needs_python_peers
def test_every_story_fits_the_net_of_every_machine(tmp_path: Path, amount: Amount) -> None:
    """Each, or of a law's each sixteenth: aligning is what takes long."""
    told = of_stories()
    assert sum(map(len, told.values())) > 50
    fits(tmp_path, {law: cases[:: amount(1, 16)] for law, cases in told.items()})


@needs_python_peers
@pytest.mark.parametrize("id", [*PROCESSES, "special_coordination"])
def test_every_chance_course_fits_the_net_of_every_machine(
    id: str, tmp_path: Path, amount: Amount
) -> None:
    process = PROCESSES.get(id) or processes.get(id)
    fits(tmp_path, {process: [by_chance(process, seed) for seed in range(amount(20, 3))]})


@needs_python_peers
def test_what_ended_reaches_the_end_of_the_net(tmp_path: Path) -> None:
    for machine in ("main", "consent"):
        track = job(tmp_path, PROCESS, machine, [helped()])
        (found,) = fitness([{**track, "ends": {"case-1": "case.after"}}])
        aligned, _, by_rule = found["case-1"]
        assert (aligned, by_rule) == (1.0, 1.0)


@needs_python_peers
def test_a_wrong_log_does_not_fit(tmp_path: Path) -> None:
    swapped = job(tmp_path, PROCESS, "main", [helped()])
    _swap_the_last_two(Path(swapped["log"]))
    elsewhere = job(tmp_path, PROCESS, "main", [helped()])
    elsewhere["ends"] = {"case-1": "state.helped"}
    for found in fitness([swapped, elsewhere]):
        assert max(found["case-1"]) < 1


def _swap_the_last_two(log: Path) -> None:
    root = ET.fromstring(log.read_text(encoding="utf-8"))
    trace = root.find(f"{XES}trace")
    assert trace is not None
    last = trace[-1]
    trace.remove(last)
    trace.insert(len(trace) - 1, last)
    log.write_text(ET.tostring(root, encoding="unicode"), encoding="utf-8")
