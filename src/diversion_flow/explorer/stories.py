"""Stories that the page tells: each case of one, with its entries at their moments; and cases that
were kept, as they were recorded. Either may come under another version of the law on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from attrs import evolve

from ..definition import CallError, History, Process, Value
from ..definition.moments import moment
from ..definition.text import clean
from ..runtime import Case, Record, Refused, Stuck
from ..runtime.journal import entry
from ..runtime.lapsing import reached
from ..runtime.midway import Midway
from ..scenarios import Opening, Scenario, Step
from ..scenarios.fitting import law_in
from ..scenarios.model import steps_under
from ..scenarios.moments import dated, moment_of
from ..scenarios.play import course_of, law_of
from .model import both, millis, transitional
from .words import WORDS

Data = dict[str, Any]
Law = Process | History


def of_its_law(one: Scenario | Case, law: Law) -> Scenario | Case:
    """A story as it is told under this law, where it is told under it."""
    if isinstance(one, Case) or isinstance(law, History):
        return one
    its = law_in(one, law)
    return one if its is None else evolve(one, laws=(its,))


def laws_asked(one: Scenario | Case, process: Process, number: int) -> tuple[Law, ...]:
    """The laws of which a page needs to tell this: the history on which it crosses, or each law
    under which it went; CallError for one of another process."""
    asked = _laws_of(one)
    if any(law.id != process.id for law in asked):
        raise CallError("story_elsewhere", number=number, process=process.id)
    return asked


def _laws_of(one: Scenario | Case) -> tuple[Law, ...]:
    if isinstance(one, Case):
        return tuple(dict.fromkeys(then.process for then in one.snapshots()))
    return (course_of(one, one.laws[0]),)


class Stories:
    """What the page tells of cases: under which of its laws, and on which of its histories."""

    def __init__(self, laws: Sequence[Process], courses: Sequence[History]) -> None:
        self._numbers = {law: number for number, law in enumerate(laws)}
        self._courses = courses

    def told(self, each: Iterable[Scenario | Case]) -> list[Data]:
        """The cases of stories, and those that were kept, in their order."""
        return [
            case
            for one in each
            for case in ([self._kept(one)] if isinstance(one, Case) else self._played(one))
        ]

    # -- a story that is played ------------------------------------------------------------------

    def _played(self, scenario: Scenario) -> Iterator[Data]:
        course = self._course(scenario)
        law = law_of(scenario, scenario.laws[0])
        if course is not None:
            law = self._courses[course].in_force(scenario.laws[0].on)
        for opening in scenario.openings:
            yield self._case(scenario, opening, law, course)

    def _course(self, scenario: Scenario) -> int | None:
        """The history of this page on which a story is told; None where it has none of its law."""
        [asked] = _laws_of(scenario)
        among = (n for n, c in enumerate(self._courses) if asked == c or asked in c.versions)
        return next(among, None)

    def _case(self, scenario: Scenario, opening: Opening, law: Process, course: int | None) -> Data:
        said = f" ({opening.case})" if len(scenario.openings) > 1 else ""
        led = law if course is None else self._courses[course]
        on = scenario.laws[0].on
        since = {id: dated(word, on) for id, word in opening.since.items()}
        case = led.open(
            at=dated(opening.at, on), facts=opening.facts, states=opening.states or None,
            since=since or None, reason=opening.reason,
        )  # fmt: skip
        told = steps_under(scenario, scenario.laws[0])
        mine = [step for step in told if step.case == opening.case]
        return {
            "id": scenario.id,
            "title": [text + said for text in both(scenario.title)],
            "published": both(scenario.published),
            "law": self._numbers[law],
            "course": course,
            **_opened(case),
            "steps": [*_steps(case, mine)],
        }

    # -- a case that was kept --------------------------------------------------------------------

    def _kept(self, case: Case) -> Data:
        """The case with each entry as it was recorded, and the moment to which it has come."""
        opening, *later = reversed([*case.snapshots()])
        now: list[Data] = [_passing(case.at)] if case.at > case.last else []
        return {
            "id": clean(case.id),
            "title": both(WORDS["kept_case"]),
            "published": both(WORDS["kept_said"]),
            "kept": True,
            "law": self._numbers[opening.process],
            "course": None,
            **_opened(opening),
            "steps": [*map(self._recorded, later), *now],
        }

    def _recorded(self, then: Case) -> Data:
        """What was reported, what moved, and what is marked since; not why it was irregular."""
        told = entry(then)
        found = {
            **_passing(told.at),
            "event": told.event,
            "by": told.by,
            "facts": _known(told),
            "moves": [[moved.machine, moved.transition] for moved in told.moved],
            "irregular": told.irregular is not None,
            "marked": [*then.marked],
        }
        if told.crossed is None:
            return found
        rule = transitional(then.process, told.crossed.rule)
        crossed = {"law": self._numbers[then.process], "rule": rule}
        return found | {"moves": [], "crossed": crossed}


def _opened(case: Case) -> Data:
    """When a case begins, with what, and where, if not at the beginning."""
    told = entry(case)
    midway = {} if told.midway is None else {"midway": _begun(told.midway)}
    return {"at": millis(case.last), "facts": _known(told), **midway}


def _begun(midway: Midway) -> Data:
    since = {id: millis(then) for id, then in midway.since.items()}
    return {"states": dict(midway.states), "since": since}


def _passing(at: datetime) -> Data:
    """Time goes on."""
    return {"at": millis(at), "note": None}


def _steps(case: Case, steps: Iterable[Step]) -> Iterator[Data]:
    """What is reported, by whom and when; without an event, time goes on. A change of law on the
    way is an entry of its own."""
    for step in steps:
        at = moment_of(step.at, case.at)
        while case.law_changes is not None and case.law_changes <= at:
            yield _passing(case.law_changes)
            after = _after(case, evolve(step, event=None, by=None), case.law_changes)
            if after is case:
                break  # it cannot be taken over
            case = after
        told = _passing(at) | ({"note": both(step.note)} if step.note else {})
        if step.event is not None and step.by is not None:
            told |= {"event": step.event, "by": step.by, "facts": _facts(case.process, step.facts)}
        yield told
        case = _after(case, step, at)


def _after(case: Case, step: Step, at: datetime) -> Case:
    """The case after the step; as it was, where the step is refused."""
    try:
        if step.event is None or step.by is None:
            return reached(case, at)
        return case.step(step.event, by=step.by, at=at, facts=step.facts)
    except (Refused, Stuck):
        return case


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
