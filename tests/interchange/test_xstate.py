"""The export for XState: the real library comes into the states into which our cases come."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Process, processes
from diversion_flow.definition import LANGUAGES
from diversion_flow.diagram.layout.measure import clean
from diversion_flow.interchange.javascript import literal
from diversion_flow.interchange.xstate import xstate
from diversion_flow.scenarios import shipped, story_names
from helpers import traces
from helpers.goldens import golden
from helpers.owing import owing
from helpers.peer_programs import HOME, needs_node_peers, node
from helpers.small import PROCESS

LAW = processes.in_force("entry_support", on="2024-06-03")


Courses = list[traces.Trace] | tuple[()]


@pytest.fixture
def run_all(tmp_path: Path) -> Any:
    """Runs courses of each process in XState, started once."""
    (tmp_path / "node_modules").symlink_to(HOME / "node_modules")

    def running(asked: list[tuple[Process, Courses]]) -> list[dict[str, Any]]:
        modules = [tmp_path / f"machine{number}.mjs" for number, _ in enumerate(asked)]
        for module, (process, _) in zip(modules, asked, strict=True):
            module.write_text(xstate(process).text, encoding="utf-8")
        jobs = json.dumps([courses for _, courses in asked])
        found: list[dict[str, Any]] = json.loads(node("xstate_run.mjs", *modules, stdin=jobs))
        return found

    return running


@pytest.fixture
def run(run_all: Any) -> Any:
    """Runs courses of a process in XState."""

    def running(process: Process, courses: Courses = ()) -> dict[str, Any]:
        (said,) = run_all([(process, courses)])
        return said

    return running


def test_the_small_process_reads_as_the_golden_one() -> None:
    golden("small.xstate.mjs", xstate(PROCESS).text)


def test_same_input_same_bytes() -> None:
    again = processes.in_force("entry_support", on="2024-06-03")
    assert xstate(LAW) == xstate(again)


def test_descriptions_are_in_the_language_asked_for_and_labels_in_both() -> None:
    label = LAW.machine("custody").state("detained_suspect").label
    for lang, text in ((lang, xstate(LAW, lang).text) for lang in LANGUAGES):
        assert f'"description": "{label.in_(lang)}"' in text
        assert all(f'"{other}": "{label.in_(other)}"' in text for other in LANGUAGES)


def test_what_is_lost_is_said_with_the_parts_it_touches() -> None:
    lost = {loss.code: loss for loss in xstate(LAW).losses}
    assert set(lost) == {
        "deadline", "working_day", "schema", "visibility", "share", "told", "duty", "links", "ground",
        "refusal", "journal", "rest", "remark", "road",
    }  # fmt: skip
    assert lost["working_day"].ids == ("support.visit",)
    assert lost["deadline"].ids == tuple(d.id for d in LAW.deadlines)
    assert not any(loss.said.missing for loss in lost.values())
    bare = evolve(PROCESS, deadlines=())
    assert "deadline" not in {loss.code for loss in xstate(bare).losses}


def test_constants_are_literals_that_nothing_ends() -> None:
    assert [literal(value) for value in (True, 5, "a")] == ["true", "5", "'a'"]
    assert literal('it\'s "so" </script>\\') == r"""'it\'s \"so\" \u003c/script>\\'"""
    assert literal("a\nb\0\u2028\ud800&lt;") == r"'a\nb\u0000\u2028\ud800\u0026lt;'"


def test_days_and_moments_sort_as_text_as_they_do_in_time() -> None:
    assert literal(date(2024, 6, 3)) == "'2024-06-03'"
    assert literal(datetime(2024, 6, 2, 15, tzinfo=UTC)) == "'2024-06-03T00:00:00+09:00'"


@needs_node_peers
def test_xstate_follows_the_stories(run_all: Any) -> None:
    """All stories in one run: to start the engine is what takes long."""
    told: dict[tuple[str, Process], list[traces.Trace]] = defaultdict(list)
    for name in story_names():
        for process, trace in traces.of_story(shipped(name)):
            told[name, process].append(trace)
    assert {name for name, _ in told} == set(story_names())
    asked = [(process, courses) for (_, process), courses in told.items()]
    for (name, _), (_, courses), found in zip(told, asked, run_all(asked), strict=True):
        assert traces.counted(courses)[0] > 0, name
        assert traces.differences(courses, found["courses"]) == [], name


@needs_node_peers
@pytest.mark.parametrize("id", ["small", "special_coordination", "entry_support"])
def test_xstate_follows_chance(id: str, run: Any) -> None:
    process = {"small": PROCESS, "entry_support": LAW}.get(id) or processes.get(id)
    courses = [traces.at_random(process, seed, 40) for seed in range(50)]
    accepted, refused = traces.counted(courses)
    assert accepted > 500
    assert refused > 300
    assert traces.differences(courses, run(process, courses)["courses"]) == []


@needs_node_peers
@pytest.mark.parametrize("seed", range(3))
def test_xstate_answers_every_kind_of_question_alike(seed: int, run: Any) -> None:
    process = traces.asking(seed)
    courses = [traces.each_event(process, number) for number in range(20)]
    assert min(traces.counted(courses)) > 300
    assert traces.differences(courses, run(process, courses)["courses"]) == []


@needs_node_peers
@pytest.mark.parametrize("seed", range(4))
def test_xstate_asks_whether_a_duty_was_missed(seed: int, run: Any) -> None:
    process = owing(Random(seed))
    courses = [traces.at_random(process, number, 40) for number in range(30)]
    events = [event for course in courses for event in course["events"]]
    assert any(e["type"] == "asked_why" and e["accepted"] for e in events)
    assert traces.differences(courses, run(process, courses)["courses"]) == []


@needs_node_peers
def test_a_law_that_has_ended_moves_nothing(run: Any) -> None:
    process, courses = traces.at_the_end("helped", "worker", {"age": 70})
    assert traces.counted(courses) == (1, 1)
    assert traces.differences(courses, run(process, courses)["courses"]) == []


@needs_node_peers
def test_two_rules_at_once_move_nothing(run: Any) -> None:
    process = traces.disputed()
    courses = [traces.at_random(process, seed, 12) for seed in range(60)]
    assert traces.differences(courses, run(process, courses)["courses"]) == []


@needs_node_peers
def test_a_fact_that_the_event_does_not_record_is_refused(run: Any) -> None:
    helped = {"type": "helped", "by": "worker", "facts": {"age": 70}}
    odd = {**helped, "facts": {"age": 70, "content": True}}
    refused, accepted = run(PROCESS, [{"facts": {}, "events": [odd, helped]}])["courses"][0]
    assert refused == {"states": {"main": "asked", "consent": "open"}, "known": {}}
    assert accepted == {"states": {"main": "helped", "consent": "open"}, "known": {"age": 70}}


@needs_node_peers
def test_a_fact_can_become_unknown_again(run: Any) -> None:
    case = PROCESS.open(at="2024-06-03T10:00", facts={"age": 70})
    said = [traces.step(case, "helped", "worker", case.at, {"age": age})[1] for age in (None, 66)]
    assert [event["accepted"] for event in said] == [False, True]
    courses: list[traces.Trace] = [{"facts": {"age": 70}, "events": said}]
    assert traces.differences(courses, run(PROCESS, courses)["courses"]) == []


@needs_node_peers
def test_hostile_labels_harm_nothing(run_all: Any) -> None:
    plain, *said = run_all([(PROCESS, ()), *((traces.hostile(h), ()) for h in traces.HOSTILE)])
    for label, hostile in zip(traces.HOSTILE, said, strict=True):
        assert hostile["harmed"] is None, label[:80]
        assert hostile["parts"] == plain["parts"], label[:80]
        shown = [words for words, _ in hostile["labels"]]
        assert set(shown) == {clean(label)}, label[:80]


def test_a_label_cannot_end_the_script_that_the_module_stands_in() -> None:
    assert "</script" not in xstate(traces.hostile("</script>")).text


@needs_node_peers
@pytest.mark.parametrize("process", [PROCESS, LAW], ids=["small", "entry_support"])
def test_states_and_transitions_are_those_of_the_process(process: Process, run: Any) -> None:
    assert traces.leading(process) == {id: sorted(to) for id, to in run(process)["parts"]}
