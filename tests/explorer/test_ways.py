"""The way out of a refusal: the page finds the courses that Python finds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from diversion_flow import Case, Process, processes
from diversion_flow.definition import Kind, machine
from diversion_flow.explorer import bundle, explorer
from diversion_flow.explorer.model import holidays, law
from diversion_flow.proof import Broken, Proved
from diversion_flow.proof.ways import way
from diversion_flow.scenarios import play, shipped
from helpers.explorer_walks import millis, plain
from helpers.peer_programs import needs_chromium, needs_node_peers, node
from helpers.random_rules import drawn, opened, reports
from helpers.small import PROCESS

ASSETS = Path(bundle.__file__).parent / "assets"


def sought(asked: Iterable[tuple[Case, Sequence[str]]]) -> list[list[dict[str, Any]]]:
    """What the page's search says, of each case for each event or state."""
    given = [{"law": law(case.process), "holidays": holidays(), "cases": [told(case, goals)]}
             for case, goals in asked]  # fmt: skip
    found = json.loads(node("ways_run.mjs", ASSETS, stdin=json.dumps(given)))
    return [of_case for (of_case,) in found]


def told(case: Case, goals: Sequence[str]) -> dict[str, Any]:
    first, *steps = case.journal
    return {
        "at": millis(first.at),
        "facts": plain(first.facts),
        "steps": [[e.event, e.by, millis(e.at), plain(e.facts)] for e in steps],
        "to": [goal_of(goal) for goal in goals],
    }


def goal_of(goal: str) -> dict[str, str]:
    machine_, dot, state = goal.partition(".")
    return {"machine": machine_, "state": state} if dot else {"event": goal}


def walked(case: Case, steps: list[dict[str, Any]]) -> Case:
    """The case after the steps that the page tells, as Python takes them."""
    for step in steps:
        at = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=step["at"])
        facts = {id: value(case.process, id, given) for id, given in step["facts"].items()}
        case = case.step(step["event"], by=step["by"], at=at, facts=facts)
    return case


def value(process: Process, id: str, given: Any) -> Any:
    match process.fact(id).kind:
        case Kind.CHOICES:
            return frozenset(given)
        case Kind.DATE:
            return date.fromisoformat(given)
        case Kind.DATETIME:
            return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=given)
    return given


def compared(asked: Sequence[tuple[Case, Sequence[str]]]) -> Counter[str]:
    """The page's courses beside Python's: as long, and accepted by Python step by step."""
    counts: Counter[str] = Counter()
    for (case, goals), found in zip(asked, sought(asked), strict=True):
        for goal, mine in zip(goals, found, strict=True):
            at, _, state = goal.partition(".")
            answer = way(case, to=machine(at).in_(state) if state else goal)
            where = case.process.id, goal
            if isinstance(answer, Proved):
                assert answer.story is not None
                assert len(mine["steps"]) == len(answer.story.steps), where
                then = walked(case, mine["steps"])
                assert then.states[at] == state if state else then.journal[-1].event == goal
                counts["found"] += 1
            else:
                assert "steps" not in mine, where
                assert isinstance(answer, Broken) or "never" not in mine, where
                counts["never" if "never" in mine else "within"] += 1
    return counts


@needs_node_peers
def test_a_way_on_small_laws_is_as_long_as_pythons() -> None:
    asked = []
    for seed in (2, 22, 25, 58, 93, 105, *range(200, 204)):
        process, chance = drawn(seed), Random(seed)
        case = chance.choice(list(opened(process)))
        for _ in range(chance.randint(0, 3)):
            case = chance.choice([case, *(after for _, after in reports(case))][-9:])
        asked.append((case, [event.id for event in process.events]))
    counts = compared(asked)
    assert counts["found"] > 10
    assert counts["never"] > 2


# Story, how many of its steps, and what is wanted then.
COURSES = [
    ("cs01", 0, ["prosecutor_opinion", "disposed", "custody.detained_suspect"]),
    ("cs01", 4, ["stay_of_detention_ended", "consent_given", "custody.serving"]),
    ("cs06", 5, ["released", "appeal_judged"]),
    ("ns05", 0, ["center_declined", "support.closed"]),
]


@needs_node_peers
@pytest.mark.slow
def test_a_way_on_the_shipped_law_is_as_long_as_pythons() -> None:
    asked = []
    for story, number, goals in COURSES:
        case = play(shipped(story))[number].after
        known = {e.id for e in case.process.events}
        known |= {f"{m.id}.{s.id}" for m in case.process.machines for s in m.states}
        asked.append((case, [goal for goal in goals if goal in known]))
    assert compared(asked)["found"] > 4


@needs_node_peers
def test_where_a_case_stands_already_no_step_leads() -> None:
    case = PROCESS.open(at="2024-06-03T10:00")
    assert sought([(case, [f"main.{case.states['main']}"])]) == [[{"steps": []}]]


@needs_chromium
@pytest.mark.slow
def test_a_way_is_asked_for_and_walked_by_keyboard_on_a_phone(tmp_path: Path) -> None:
    process = processes.get("entry_support")
    page = tmp_path / "page.html"
    page.write_text(explorer(process), encoding="utf-8")
    found = json.loads(node("explorer_way.mjs", page, "prosecutor", "released"))
    assert found["noted"] == []
    lengths = [len(way["steps"]) for way in found["ways"]]
    assert lengths == [*range(lengths[0], 0, -1)]
    assert lengths[0] > 1
    assert {way["focused"] for way in found["ways"]} == {"way-title"}
    walked = [process.event(way["steps"][0]).label.en for way in found["ways"]]
    assert found["told"][1:] == walked
    assert walked[-1] == process.event("released").label.en
