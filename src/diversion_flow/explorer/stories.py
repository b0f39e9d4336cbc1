"""Stories that the page tells: each case of one, with its entries at their moments; and cases that
were kept, as they were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ..definition import Process, Value
from ..definition.moments import day_of, moment
from ..definition.text import clean
from ..runtime import Case, Record, Refused
from ..runtime.journal import entry
from ..scenarios import Opening, Scenario, Step
from ..scenarios.moments import moment_of
from ..scenarios.play import law_of
from .model import both, millis
from .words import WORDS

Data = dict[str, Any]


def stories(told: Iterable[Scenario | Case], laws: Sequence[Process]) -> list[Data]:
    """The cases of those stories that are told under one of these laws, in their order. Left out
    are one that begins midway (the page opens cases at their beginning) and one that goes on under
    another law (it plays one law)."""
    return [
        case
        for one in told
        for case in (_kept(one, laws) if isinstance(one, Case) else _played(one, laws))
    ]


def _played(scenario: Scenario, laws: Sequence[Process]) -> Iterator[Data]:
    if scenario.laws[0].crosses:
        return
    asked = law_of(scenario, scenario.laws[0])
    numbers = {(law.id, law.version): n for n, law in enumerate(laws)}
    number = numbers.get((asked.id, asked.version))
    if number is not None:
        for opening in scenario.openings:
            if not opening.states:
                yield _case(scenario, opening, laws[number], number)


def _case(scenario: Scenario, opening: Opening, law: Process, number: int) -> Data:
    said = f" ({opening.case})" if len(scenario.openings) > 1 else ""
    case = law.open(at=opening.at, facts=opening.facts)
    mine = [step for step in scenario.steps if step.case == opening.case]
    return {
        "id": scenario.id,
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


# -- a case that was kept --------------------------------------------------------------------------


def _kept(case: Case, laws: Sequence[Process]) -> Iterator[Data]:
    """The case with each entry as it was recorded, and the moment to which it has come."""
    if case.process not in laws or not _from_the_beginning(case):
        return
    opening, *later = reversed([*case.snapshots()])
    now: list[Data] = [{"at": millis(case.at), "note": None}] if case.at > case.last else []
    yield {
        "id": clean(case.id),
        "title": both(WORDS["kept_case"]),
        "published": both(WORDS["kept_said"]),
        "kept": True,
        "law": laws.index(case.process),
        "at": millis(opening.last),
        "facts": _known(entry(opening)),
        "steps": [*map(_recorded, later), *now],
    }


def _from_the_beginning(case: Case) -> bool:
    """Whether the case began where cases begin, under the one law that it is under."""
    law, snapshots = case.process, [*case.snapshots()]
    opening = entry(snapshots[-1])
    then_law = law.since is None or law.since <= day_of(opening.at)
    return then_law and opening.midway is None and all(then.process == law for then in snapshots)


def _recorded(then: Case) -> Data:
    """What was reported, what moved, and what is marked since; not why it was irregular."""
    told = entry(then)
    return {
        "at": millis(told.at),
        "note": None,
        "event": told.event,
        "by": told.by,
        "facts": _known(told),
        "moves": [[moved.machine, moved.transition] for moved in told.moved],
        "irregular": told.irregular is not None,
        "marked": [*then.marked],
    }


def _known(told: Record) -> Data:
    return {id: _plain(value) for id, value in told.facts.items()}


# -- facts -----------------------------------------------------------------------------------------


def _facts(law: Process, facts: Mapping[str, object]) -> Data:
    """Facts as the page holds them."""
    return {id: _plain(law.fact(id).parse(value)) for id, value in facts.items()}


def _plain(value: Value | None) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, datetime):
        return millis(moment(value))
    return value.isoformat() if isinstance(value, date) else value
