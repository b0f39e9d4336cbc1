"""A story that a proof tells, as a scenario that `play` replays and a person can change."""

from __future__ import annotations

from datetime import date, datetime

from ..definition import Text
from ..proof import Story
from ..proof.walking import Happened
from .model import Expected, Law, Opening, Scenario, Step

_NOTHING = Text("", "")


def scenario_of(story: Story, id: str, title: Text, *, place: str | None = None) -> Scenario:
    """The story with the states that each of its steps must bring.

    A story that goes on from a case under way is told from the beginning of that case. `place` is
    the one of whose rules it is told.
    """
    cases = tuple(reversed(tuple(story.case.snapshots())))
    first, law = cases[0], story.case.process
    told = [Happened(r.event, r.by, r.at, r.facts) for r in story.case.journal[1:]]
    steps = tuple(
        _step(number, step, {m: s for m, s in after.states.items() if before.states[m] != s})
        for number, (step, before, after) in enumerate(
            zip(told, cases[:-1], cases[1:], strict=True), 1
        )
    )
    opening = Opening("case", _minute(first.at), dict(first.facts))
    on = first.at.date()
    laws = (Law(on, place),)
    return Scenario(id, law.id, on, title, _NOTHING, (), (opening,), steps, laws)


def _step(number: int, told: Happened, states: dict[str, str]) -> Step:
    facts = {fact: _plain(value) for fact, value in told.facts.items()}
    return Step(
        number, "case", _minute(told.at), "filler", told.event, told.by, facts,
        expected=Expected(states=states),
    )  # fmt: skip


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def _minute(at: datetime | date) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")
