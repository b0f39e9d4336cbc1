"""A story that a proof tells, as a scenario that `play` replays and a person can change."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

from ..definition import Text
from ..proof import Story
from ..runtime import Case, Record
from ..runtime.journal import record
from .model import Expected, Law, Opening, Scenario, Step

_NOTHING = Text("", "")


def scenario_of(story: Story, id: str, title: Text) -> Scenario:
    """The story with the states that each of its steps must bring.

    A story that goes on from a case under way is told from the beginning of that case, midway or
    not; it crosses where the law changed on the way.
    """
    first, *later = reversed(tuple(story.case.snapshots()))
    law, entries = story.case.process, [record(case) for case in later]
    moved = [
        {m: s for m, s in now.states.items() if then.states.get(m) != s}
        for then, now in pairwise((first, *later))
    ]
    told = [(e, states) for e, states in zip(entries, moved, strict=True) if e.crossed is None]
    steps = tuple(_step(number, e, states) for number, (e, states) in enumerate(told, 1))
    on = first.last.date()
    laws = (Law(on, crosses=len(told) < len(entries)),)
    opening = _opening(first)
    return Scenario(id, law.id, on, title, _NOTHING, (), (opening,), steps, laws)


def _opening(first: Case) -> Opening:
    at, facts, given = _minute(first.last), dict(first.facts), record(first).midway
    if given is None:
        return Opening("case", at, facts)
    since = {id: _minute(then) for id, then in given.since.items()}
    return Opening("case", at, facts, dict(given.states), since, given.reason)


def _step(number: int, told: Record, states: dict[str, str]) -> Step:
    facts = {fact: _plain(value) for fact, value in told.facts.items()}
    return Step(
        number, "case", _minute(told.at), "filler", told.event, told.by, facts,
        expected=Expected(states=states),
    )  # fmt: skip


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def _minute(at: datetime | date) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")
