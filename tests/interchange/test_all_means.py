"""Processes that use all that a definition can say, led by chance, with --full for ten thousand
steps: each engine stands where the case stands, or the export has named what it cannot be told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest

from diversion_flow.interchange import LOGS, export
from diversion_flow.interchange.scxml import scxml
from diversion_flow.interchange.tables import plain
from diversion_flow.interchange.xstate import xstate
from helpers import traces
from helpers.amounts import Amount
from helpers.asked import Asked
from helpers.engines import ENGINES, run_all
from helpers.means import means, midway
from helpers.peer_programs import HOME, needs_node_peers, needs_python_peers, node

CASES = (16, 6)  # of each process


@cache
def walks(cases: int, *, taken_over: bool) -> Asked:
    """Ten processes, each walked by many cases from their beginning or from midway."""
    led = midway if taken_over else traces.at_random
    processes = [means(Random(seed)) for seed in range(10)]
    return [(process, [led(process, n, 63) for n in range(cases)]) for process in processes]


def events(asked: Asked) -> Iterator[dict[str, Any]]:
    return (event for _, courses in asked for course in courses for event in course["events"])


def _forgot(course: dict[str, Any]) -> int:
    """How often something was unknown again."""
    known = [course["facts"], *(event["known"] for event in course["events"])]
    return sum(not before.keys() <= after.keys() for before, after in pairwise(known))


@pytest.mark.again
@pytest.mark.parametrize("taken_over", [False, True], ids=["begun", "midway"])
def test_the_walks_meet_every_means(taken_over: bool, amount: Amount) -> None:
    asked = walks(amount(*CASES), taken_over=taken_over)
    found = list(events(asked))
    assert len(found) >= amount(10_000, 3_750)
    accepted = Counter(e["type"] for e in found if e["accepted"])
    wanted = {"examined", "extended", "prolonged", "remand_ended", "released", "asked_why",
              "dispensed", "died", "noted", "expected"}  # fmt: skip
    assert min(accepted[event] for event in wanted) > 1
    assert sum(bool(e["missed"]) for e in found) > len(found) / 100
    assert sum(not e["accepted"] and e["due"] is not None for e in found) > len(found) / 200
    assert sum(_forgot(course) for _, courses in asked for course in courses) > 10
    begun = [course.get("states", {}) for _, courses in asked for course in courses]
    assert any(states.get("custody") == "held" for states in begun) == taken_over


@pytest.mark.again
@needs_node_peers
@pytest.mark.parametrize("taken_over", [False, True], ids=["begun", "midway"])
def test_xstate_stands_where_the_case_does(
    taken_over: bool, tmp_path: Path, amount: Amount
) -> None:
    (tmp_path / "node_modules").symlink_to(HOME / "node_modules")
    asked = walks(amount(*CASES), taken_over=taken_over)
    modules = [tmp_path / f"machine{number}.mjs" for number, _ in enumerate(asked)]
    for module, (process, _) in zip(modules, asked, strict=True):
        module.write_text(xstate(process).text, encoding="utf-8")
    jobs = json.dumps([courses for _, courses in asked])
    found = json.loads(node("xstate_run.mjs", *modules, stdin=jobs))
    for (_, courses), said in zip(asked, found, strict=True):
        assert traces.differences(courses, said["courses"]) == []


@pytest.mark.again
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("python-statemachine", marks=needs_python_peers),
        pytest.param("scion", marks=needs_node_peers),
    ],
)
def test_scxml_engines_stand_where_the_case_does(name: str, tmp_path: Path, amount: Amount) -> None:
    asked = walks(amount(*CASES), taken_over=False)
    found = run_all(ENGINES[name], tmp_path, asked)
    for (_, courses), said in zip(asked, found, strict=True):
        assert traces.differences(courses, said["courses"]) == []


def test_what_an_engine_is_not_told_is_named() -> None:
    process = means(Random(1))
    lost = {loss.code: loss.ids for loss in scxml(process).losses}
    assert set(lost) - {loss.code for loss in xstate(process).losses} == {"unknown", "midway"}
    assert {"custody.free", "review.none", "examination.none"} <= set(lost["rest"])
    assert {"told", "duty", "links", "missed", "deadline"} <= set(lost)
    assert lost["ground"] == ("review.again",)
    assert lost["remark"] == ("open",)
    assert lost["midway"] == tuple(machine.id for machine in process.machines)


def test_tables_say_what_they_do_not_name() -> None:
    process = means(Random(1))
    rules, states = (
        plain(export(process, f"{kind}.csv", "en").text) for kind in ("rules", "states")
    )
    [held] = (row for row in rules if row[-1] == "custody.hold")
    assert held[rules[0].index("Facts to be confirmed anew")] == "a, a, a"
    told = [row[rules[0].index("Told")] for row in rules[1:]]
    assert {"", "a is told (a art. 1)"} == set(told)
    marks = [states[0].index(head) for head in ("End", "A state of rest", "Ends the whole case")]
    found = {row[-1]: [row[mark] for mark in marks] for row in states}
    assert found["custody.free"] == ["", "○", ""]
    assert found["custody.held"] == ["", "", ""]
    assert found["custody.dead"] == ["○", "", "○"]


@pytest.mark.parametrize("log", LOGS)
def test_a_log_says_that_a_case_was_taken_over(log: str) -> None:
    process = means(Random(1))
    begun = {
        "states": {"custody": "held"},
        "since": {"custody": "2024-06-01", "held": "2024-06-01"},
    }
    cases = [process.open(at="2024-06-03", **more) for more in ({}, {**begun, "reason": "taken"})]
    lost = [{loss.code: loss.ids for loss in LOGS[log]([case], "en").losses} for case in cases]
    assert "midway" not in lost[0]
    assert lost[1]["midway"] == ("custody",)
