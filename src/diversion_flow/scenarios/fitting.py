"""A story under any law: as it says of that law, else each of its cases, as far as it goes there
as it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import evolve

from ..definition import DiversionFlowError, Process
from ..runtime.calendar import moment
from .model import Attempt, Expected, Law, Opening, Scenario, Step, steps_under
from .moments import is_dated, plain
from .play import going, law_of, opened, passes

_WEEK = timedelta(days=7)
_ROOM = timedelta(days=540)  # for what runs out later


def told_under(scenario: Scenario, process: Process) -> Iterator[tuple[Scenario, Law]]:
    """The story with its law, where it is told under this one; else what of it can belong here."""
    law = law_in(scenario, process)
    if law is not None:
        yield scenario, law
    else:
        yield from ((case, case.laws[0]) for case in fitted(scenario, process))


def law_in(scenario: Scenario, process: Process) -> Law | None:
    """Which law of the story this one is; None where it is another variant or version of it."""
    return next((law for law in scenario.laws if law_of(scenario, law) == process), None)


def fitted(scenario: Scenario, process: Process) -> Iterator[Scenario]:
    """Each case of the story as a story of its own, told under this law.

    It ends before a law that is past does, or begins with a later one, whole weeks away, so that
    each day stays the day of the week that it was. What it says in words that the law does not have
    is left out, and so are last days that the calendar makes others there; it ends before the first
    step that goes otherwise than it says. A case of which nothing is left is none.
    """
    own = scenario.laws[0]
    for opening in scenario.openings:
        its = [evolve(step, expected=step.expects(own.id))
               for step in steps_under(scenario, own) if step.case == opening.case]  # fmt: skip
        away = _away(scenario.on, [opening.at, *(step.at for step in its)], process)
        law, moved = Law(scenario.on + away), _Moved(process, away)
        start = moved.opening(opening)
        try:
            steps = tuple(going(moved.steps(its), opened(process, start, law.on), law))
        except DiversionFlowError:  # it opens in states, or with values, that the law lacks
            continue
        if steps:
            told = evolve(scenario, on=law.on, openings=(start,), steps=steps, laws=(law,))
            ended = evolve(told, openings=(evolve(start, ends=opening.ends),))
            yield ended if opening.ends and passes(ended, process) else told


def _away(on: date, told: list[str], process: Process) -> timedelta:
    """How far off those days are; nothing where the story is of the law's own days. Of one that
    does not say all its days the end is not known: it begins with the law."""
    since, until = process.since or date.min, process.until or date.max
    if since <= on <= until:
        return timedelta()
    days = [moment(plain(at)).date() for at in told if is_dated(plain(at))]
    begins = -((min([*days, on]) - since) // _WEEK) * _WEEK
    if on < since or len(days) < len(told):
        return begins
    last = max(*days, min(days) + _ROOM)
    return max(begins, (until - last) // _WEEK * _WEEK)


class _Moved:
    """Parts of a story as a law can say them, on other days."""

    def __init__(self, process: Process, away: timedelta) -> None:
        self.away = away
        self._events, self._facts = process.by_id["event"], process.by_id["fact"]
        self._machines, self._limits = process.by_id["machine"], process.by_id["deadline"]
        self._agencies = process.by_id["agency"]

    def opening(self, opening: Opening) -> Opening:
        since = {id: self._word(word) for id, word in opening.since.items()}
        return evolve(opening, at=self._word(opening.at), facts=self._values(opening.facts),
                      since=since, ends=None)  # fmt: skip

    def steps(self, steps: Iterable[Step]) -> Iterator[Step]:
        return (self._step(s) for s in steps if s.event is None or s.event in self._events)

    def _step(self, step: Step) -> Step:
        tried = tuple(self._attempt(a) for a in step.attempts if a.event in self._events)
        return evolve(
            step, at=self._word(step.at), facts=self._values(step.facts),
            expected=self._expected(step.expected), under={}, only=(), attempts=tried,
        )  # fmt: skip

    def _attempt(self, tried: Attempt) -> Attempt:
        at = None if tried.at is None else self._word(tried.at)
        return evolve(tried, at=at, facts=self._values(tried.facts),
                      expected=self._expected(tried.expected))  # fmt: skip

    def _expected(self, expected: Expected) -> Expected:
        return evolve(
            expected,
            states=_known(expected.states, self._machines),
            deadlines={id: self._value(day) for id, day in
                       _known(expected.deadlines, self._limits).items()},
            duties=_known(expected.duties, self._limits),
            sees=_known(expected.sees, self._agencies),
            hidden=_known(expected.hidden, self._agencies),
            owed={},  # what is owed and open, and comes of it, is each law's own
            possible={},
            still_possible=(),
            never_again=(),
            never_without=(),
        )  # fmt: skip

    def _values(self, facts: Mapping[str, object]) -> dict[str, object]:
        return {id: self._value(value) for id, value in _known(facts, self._facts).items()}

    def _value(self, value: Any) -> Any:
        return value + self.away if isinstance(value, date) else value

    def _word(self, at: str) -> str:
        if not is_dated(plain(at)):  # so long after the last, or a time of the day
            return at
        return (moment(plain(at)) + self.away).replace(tzinfo=None).isoformat()


def _known(said: Mapping[str, Any], known: Mapping[str, object]) -> dict[str, Any]:
    return {id: value for id, value in said.items() if id in known}
