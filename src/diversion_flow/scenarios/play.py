"""Playing a story through its process, noting where it goes otherwise than it says."""

from __future__ import annotations

from attrs import frozen

from ..definition import Process
from ..processes import in_force
from ..runtime import Case, Explanation, Record, Refused
from .model import Scenario, Step


@frozen
class Problem:
    """Where the story and the process part: what was expected and what happened."""

    step: int
    expected: str
    found: str

    def __str__(self) -> str:
        return f"step {self.step}: expected {self.expected}, found {self.found}"


@frozen
class Played:
    """One step as it went: the case after it, what was written, or why it was refused."""

    step: Step
    before: Case
    after: Case
    records: tuple[Record, ...]
    refusal: Explanation | None
    problems: tuple[Problem, ...]


def play(scenario: Scenario, process: Process | None = None) -> tuple[Played, ...]:
    """Every step of the story, in order; the law of the story's day unless another is given."""
    law = process or in_force(scenario.process, on=scenario.on)
    cases = {o.case: law.open(at=o.at, facts=o.facts, id=o.case) for o in scenario.openings}
    played = []
    for step in scenario.steps:
        result = _play(step, cases[step.case])
        cases[step.case] = result.after
        played.append(result)
    return tuple(played)


def _play(step: Step, before: Case) -> Played:
    after, refusal = before, None
    try:
        after = _moved(step, before)
    except Refused as refused:
        refusal = refused.explanation
    written = after.journal[len(before.journal) :]
    problems = (*_refusal_problems(step, refusal), *_state_problems(step, after))
    return Played(step, before, after, written, refusal, problems)


def _moved(step: Step, case: Case) -> Case:
    if step.event is None or step.by is None:
        return case.advance(to=step.at)
    return case.step(step.event, by=step.by, at=step.at, facts=step.facts)


def _refusal_problems(step: Step, refusal: Explanation | None) -> list[Problem]:
    found = {r.code.value for r in refusal.reasons} if refusal else set()
    if found == set(step.refused):
        return []
    said = refusal.text("en") if refusal else "it was accepted"
    return [Problem(step.number, f"refused {sorted(step.refused) or 'not at all'}", said)]


def _state_problems(step: Step, case: Case) -> list[Problem]:
    problems = []
    for machine, state in step.states.items():
        if case.state(machine) != state:
            problems.append(Problem(step.number, f"{machine}={state}", case.state(machine)))
    running = {c.deadline.id: c.last_day for c in case.deadlines()}
    for deadline, day in step.deadlines.items():
        if running.get(deadline) != day:
            found = running.get(deadline, "not running")
            problems.append(Problem(step.number, f"{deadline} until {day}", str(found)))
    return problems
