"""The export for XState: the real library comes into the states into which our cases come."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import processes
from diversion_flow.definition import LANGUAGES
from diversion_flow.diagram.layout.measure import clean
from diversion_flow.interchange.javascript import literal
from diversion_flow.interchange.xstate import xstate
from helpers import asked, traces
from helpers.amounts import Amount
from helpers.asked import Asked
from helpers.goldens import golden
from helpers.peer_programs import HOME, needs_node_peers, node
from helpers.small import PROCESS

LAW = processes.in_force("entry_support", on="2024-06-03")


Courses = list[traces.Trace]
Answers = list[tuple[Courses, dict[str, Any]]]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory, amount: Amount) -> dict[str, Answers]:
    """By what is asked: courses, and what XState says of them. It is started once for all."""
    told = {name: made(amount) for name, made in ASKED.items()}
    rows = [row for some in told.values() for row in some]
    said = iter(run_all(tmp_path_factory.mktemp("xstate"), rows))
    return {name: [(courses, next(said)) for _, courses in some] for name, some in told.items()}


def run_all(folder: Path, asked: Asked) -> list[dict[str, Any]]:
    (folder / "node_modules").symlink_to(HOME / "node_modules")
    modules = [folder / f"machine{number}.mjs" for number, _ in enumerate(asked)]
    for module, (process, _) in zip(modules, asked, strict=True):
        module.write_text(xstate(process).text, encoding="utf-8")
    jobs = json.dumps([courses for _, courses in asked])
    found: list[dict[str, Any]] = json.loads(node("xstate_run.mjs", *modules, stdin=jobs))
    return found


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
        "deadline", "working_day", "schema", "visibility", "share", "told", "before", "duty", "links", "ground",
        "refusal", "journal", "rest", "remark", "road",
        "basis", "words", "start", "source", "version", "parameter",
    }  # fmt: skip
    assert lost["working_day"].ids == ("support.visit", *(f"support.further_visit_in_{state}" for state in (
        "assessed", "planned", "placement_search", "placement_secured", "release_ready")))  # fmt: skip
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


def unknown_again(_: Amount) -> Asked:
    """A fact that was known and no longer is."""
    case = PROCESS.open(at="2024-06-03T10:00", facts={"age": 70})
    said = [traces.step(case, "helped", "worker", case.at, {"age": age})[1] for age in (None, 66)]
    assert [event["accepted"] for event in said] == [False, True]
    return [(PROCESS, [{"facts": {"age": 70}, "events": said}])]


FOLLOWED: dict[str, Callable[[Amount], Asked]] = {
    **asked.ASKED,
    "unknown again": unknown_again,
}
HELPED = {"type": "helped", "by": "worker", "facts": {"age": 70}}
ODD = {**HELPED, "facts": {"age": 70, "content": True}}
ASKED: dict[str, Callable[[Amount], Asked]] = {
    **FOLLOWED,
    "not recorded": lambda _: [(PROCESS, [{"facts": {}, "events": [ODD, HELPED]}])],
    "hostile": lambda _: [(traces.hostile(label), []) for label in traces.HOSTILE],
}


@needs_node_peers
@pytest.mark.parametrize("what", FOLLOWED)
def test_xstate_comes_where_the_case_does(what: str, answered: dict[str, Answers]) -> None:
    assert answered[what]
    for courses, said in answered[what]:
        assert traces.differences(courses, said["courses"]) == []


@needs_node_peers
def test_a_fact_that_the_event_does_not_record_is_refused(answered: dict[str, Answers]) -> None:
    [(_, said)] = answered["not recorded"]
    refused, accepted = said["courses"][0]
    assert refused == {"states": {"main": "asked", "consent": "open"}, "known": {}}
    assert accepted == {"states": {"main": "helped", "consent": "open"}, "known": {"age": 70}}


@needs_node_peers
def test_hostile_labels_harm_nothing(answered: dict[str, Answers]) -> None:
    [(_, plain)] = answered["small"]
    for label, (_, hostile) in zip(traces.HOSTILE, answered["hostile"], strict=True):
        assert hostile["harmed"] is None, label[:80]
        assert hostile["parts"] == plain["parts"], label[:80]
        shown = [words for words, _ in hostile["labels"]]
        assert set(shown) == {clean(label)}, label[:80]


def test_a_label_cannot_end_the_script_that_the_module_stands_in() -> None:
    assert "</script" not in xstate(traces.hostile("</script>")).text


@needs_node_peers
@pytest.mark.parametrize("id", ["small", "entry_support"])
def test_states_and_transitions_are_those_of_the_process(
    id: str, answered: dict[str, Answers]
) -> None:
    [(_, said)] = answered[id]
    assert traces.leading(asked.CHANCE[id]) == {id: sorted(to) for id, to in said["parts"]}
