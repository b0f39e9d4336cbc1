"""Every kind of expectation of a story: kept where it is so, and told where it is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import LoadError
from diversion_flow.cli.telling import tell
from diversion_flow.definition import Told
from diversion_flow.definition.files.serial import dumps
from diversion_flow.scenarios import load, play
from diversion_flow.scenarios.writing import written
from runtime.test_duties import owing

LAW = owing()
TOLD = evolve(LAW, events=tuple(
    evolve(e, told=(Told("partner"),)) if e.id == "helped" else e for e in LAW.events
))  # fmt: skip


def problems(folder: Path, **expected: Any) -> list[str]:
    """Help is begun; then this is expected."""
    (folder / "small.json").write_text(dumps(TOLD), "utf-8")
    story = {
        "id": "s", "process": "small.json", "on": "2024-06-03",
        "open": [{"at": "09:00", "facts": {"age": 70}}],
        "step": [{"at": "+1h", "event": "helped", "by": "worker", **expected}],
    }  # fmt: skip
    (folder / "s.policy.json").write_text(json.dumps(story), "utf-8")
    told = load(folder / "s.policy.json")
    again = folder / "again.policy.toml"
    again.write_text(written(told), "utf-8")
    assert [s.expected for s in load(again).steps] == [s.expected for s in told.steps]
    return [p.text("en") for step in play(told) for p in step.problems]


KEPT: list[dict[str, Any]] = [
    {"states": {"main": "helped"}},
    {"deadlines": {"answer": "2024-06-13"}},
    {"duties": {"answer": "open"}},
    {"owed": {"partner": ["answer"], "worker": []}},
    {"sees": {"worker": ["age", "main"]}},
    {"hidden": {"partner": ["age", "main"]}},
    {"sees": {"worker": ["helped", "answer"], "partner": ["helped"]}},  # the partner is told
    {"hidden": {"partner": ["finished", "answer"]}},
    {"possible": {"partner": ["finished"]}},
]
BROKEN: list[tuple[dict[str, Any], str]] = [
    ({"states": {"main": "asked"}}, "expected main=asked, found helped"),
    ({"states": {"mian": "asked"}}, "no track 'mian'; nearest: main"),
    ({"states": {"main": "aksed"}}, "no state 'aksed'; nearest: asked"),
    ({"deadlines": {"answer": "2024-06-12"}}, "expected answer until 2024-06-12, found 2024-06-13"),
    ({"deadlines": {"answer": "none"}}, "expected answer not running, found 2024-06-13"),
    ({"duties": {"answer": "met"}}, "expected answer: met, found open"),
    ({"duties": {"answer": "none"}}, "expected answer: none, found open"),
    (
        {"owed": {"partner": [], "worker": []}},
        "expected owed to partner [], found owed to partner ['answer']",
    ),
    ({"owed": {"partner": ["answr"]}}, "no time limit 'answr'"),
    ({"owed": {"partne": []}}, "no agency 'partne'"),
    ({"sees": {"partner": ["age"]}}, "expected partner sees age, found it is withheld"),
    ({"sees": {"partner": ["answer"]}}, "expected partner sees answer, found it is withheld"),
    ({"hidden": {"partner": ["helped"]}}, "expected helped hidden from partner, found it is shown"),
    (
        {"sees": {"partner": ["helpd"]}},
        "no fact, track, event or time limit 'helpd'; nearest: helped",
    ),
    ({"hidden": {"worker": ["age", "main"]}}, "expected age hidden from worker, found it is shown"),
    (
        {"possible": {"partner": []}},
        "expected not possible for partner: ['finished'], found possible",
    ),
    (
        {"possible": {"partner": ["finished", "helped"]}},
        "expected possible for partner: ['helped'], found not possible",
    ),
    ({"sees": {"partne": ["age"]}}, "no agency 'partne'"),
    ({"duties": {"answr": "met"}}, "no time limit 'answr'"),
    ({"refused": ["condition_false"]}, "expected refused ['condition_false'], found accepted"),
]


@pytest.mark.parametrize("expected", KEPT, ids=str)
def test_what_is_so_is_no_problem(tmp_path: Path, expected: dict[str, Any]) -> None:
    assert problems(tmp_path, **expected) == []


@pytest.mark.parametrize(("expected", "words"), BROKEN, ids=str)
def test_what_is_not_so_is_told(tmp_path: Path, expected: dict[str, Any], words: str) -> None:
    found = problems(tmp_path, **expected)
    assert found
    assert words in found[0]


def test_how_a_duty_stands_is_one_of_few_words(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="answer"):
        problems(tmp_path, duties={"answer": "done"})


def test_a_missed_duty_breaks_a_story_of_a_policy(tmp_path: Path) -> None:
    """The question that a policy is asked: which duty is now too late?"""
    (tmp_path / "small.json").write_text(dumps(LAW), "utf-8")
    steps = [
        {"at": "+1h", "event": "helped", "by": "worker", "duties": {"answer": "open"}},
        {"at": "+9d", "advance": True, "duties": {"answer": "open"}},
        {"at": "+3d", "advance": True, "duties": {"answer": "missed"}},
        {"at": "+1d", "event": "answered", "by": "worker", "duties": {"answer": "late"}},
    ]
    story = {"id": "s", "process": "small.json", "on": "2024-06-03",
             "open": [{"at": "09:00", "facts": {"age": 70}}], "step": steps}  # fmt: skip
    (tmp_path / "s.policy.json").write_text(json.dumps(story), "utf-8")
    played = play(load(tmp_path / "s.policy.json"))
    assert [p for step in played for p in step.problems] == []
    for lang, missed, late in (("en", "not met in time", "met late"),
                               ("ja", "果たされていない", "遅れて果たされた")):  # fmt: skip
        told = [tell(step, lang).clocks for step in played]  # type: ignore[arg-type]
        assert [sum(missed in line for line in lines) for lines in told] == [0, 0, 1, 0]
        assert [sum(late in line for line in lines) for lines in told] == [0, 0, 0, 1]
