"""Stories that the page plays: each case of one, with its entries at their moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ..definition import Process, Value
from ..definition.moments import moment
from ..runtime import Case, Refused
from ..scenarios import Opening, Scenario, Step
from ..scenarios.moments import moment_of
from ..scenarios.play import law_of
from .model import both, millis

Data = dict[str, Any]


def stories(scenarios: Iterable[Scenario], laws: Sequence[Process]) -> list[Data]:
    """The cases of those stories that are told under one of these laws, in their order. Left out
    are one that begins midway (the page opens cases at their beginning) and one that goes on under
    another law (it plays one law)."""
    numbers = {(law.id, law.version): n for n, law in enumerate(laws)}
    return [
        _case(scenario, opening, laws[number], number)
        for scenario in scenarios
        if not scenario.laws[0].crosses
        for law in (law_of(scenario, scenario.laws[0]),)
        for number in (numbers.get((law.id, law.version)),)
        if number is not None
        for opening in scenario.openings
        if not opening.states
    ]


def _case(scenario: Scenario, opening: Opening, law: Process, number: int) -> Data:
    said = f" ({opening.case})" if len(scenario.openings) > 1 else ""
    case = law.open(at=opening.at, facts=opening.facts)
    mine = [step for step in scenario.steps if step.case == opening.case]
    return {
        "id": f"{scenario.id}{said}",
        "title": [text + said for text in both(scenario.title)],
        "published": both(scenario.published),
        "law": number,
        "at": millis(case.at),
        "facts": _facts(law, opening.facts),
        "steps": [*_steps(law, case, mine)],
    }


def _steps(law: Process, case: Case, steps: Iterable[Step]) -> Iterator[Data]:
    """What is reported, by whom and when; without an event, time goes on."""
    for step in steps:
        at = moment_of(step.at, case.at)
        told: Data = {"at": millis(at), "note": both(step.note) if step.note else None}
        if step.event is not None and step.by is not None:
            told |= {"event": step.event, "by": step.by, "facts": _facts(law, step.facts)}
        yield told
        case = _after(case, step, at)


def _after(case: Case, step: Step, at: datetime) -> Case:
    """The case after the step; as it was, where the step is refused."""
    try:
        if step.event is None or step.by is None:
            return case.advance(to=at)
        return case.step(step.event, by=step.by, at=at, facts=step.facts)
    except Refused:
        return case


def _facts(law: Process, facts: Mapping[str, object]) -> Data:
    """Facts as the page holds them."""
    return {id: _plain(law.fact(id).parse(value)) for id, value in facts.items()}


def _plain(value: Value | None) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, datetime):
        return millis(moment(value))
    return value.isoformat() if isinstance(value, date) else value
