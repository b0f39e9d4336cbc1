"""Has every state of the law a story that leads there, or is it named?"""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from attrs import evolve

from diversion_flow import Process, processes
from diversion_flow.definition import Basis, Mark, Occasion, Pattern, Property, Text
from diversion_flow.proof import Proved, lifting
from diversion_flow.proof.lifting import lift
from diversion_flow.proof.proving import answers
from diversion_flow.proof.space import Memory, Space
from diversion_flow.proof.walking import Story
from diversion_flow.proof.ways import ways
from helpers.amounts import Amount
from helpers.small import CONSENT, PROCESS

LAW = processes.in_force("entry_support", on="2024-06-03")
# To these a way leads if no clock is asked, and no walk was found with days.
UNWALKED = {
    *(("indicted_in_arrest", f"judged_{at}") for at in ("suspended", "probation", "fine", "acquitted")),
    ("ended_max",),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.sampled(every=3)
@pytest.mark.parametrize(
    "machines",
    [("custody", "procedure"), *((m.id,) for m in LAW.machines if m.id not in ("custody", "procedure"))],
    ids="_".join,
)  # fmt: skip
def test_where_a_case_can_come_to_a_story_leads(machines: tuple[str, ...], amount: Amount) -> None:
    """One place of three, and one at least of those that are named: there all tries are spent."""
    space, walked = Space(LAW, machines), 0
    places = [*product(*(space.states[m] for m in machines))]
    every = 3 if len(places) > 20 else 1
    named = sorted(UNWALKED.intersection(places))
    walkable = [place for place in places[:: amount(1, every)] if place not in named]
    for states in (*walkable, *named[:: amount(1, len(UNWALKED))]):
        goal = space.reached
        for machine, state in zip(machines, states, strict=True):
            goal = space.sets.meet(goal, space.standing(machine, (state,)))
        if goal:
            found = lift(space, goal)
            assert isinstance(found, Story) is (states not in UNWALKED), states
            walked += isinstance(found, Story)
    assert walked > 2


def test_a_story_waits_for_the_day_from_which_a_rule_is_law() -> None:
    rules = (
        evolve(rule, basis=(Basis(Mark.READ, "law", since=date(2024, month, 20)),))
        for month, rule in zip((7, 9, 1), CONSENT.transitions, strict=True)
    )
    machines = (PROCESS.machine("main"), evolve(CONSENT, transitions=tuple(rules)))
    law = evolve(PROCESS, machines=machines)
    story = ways(law.open(at="2024-06-03T10:00"), to="withdrawn")
    assert story is not None
    assert [str(step.at.date()) for step in story.steps] == ["2024-07-20", "2024-09-20"]


WITHDRAWN = Property("w", Text("撤回", "w"), Pattern.REACHABLE, Occasion(("withdrawn",)))


def told(law: Process, memory: Memory) -> Story:
    """The story that looks for a withdrawal."""
    (answer,) = answers(law, [WITHDRAWN], memory)
    assert isinstance(answer, Proved)
    assert answer.story is not None
    return answer.story


def test_laws_that_read_alike_tell_each_others_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    memory, other = Memory(), evolve(PROCESS, version="2")
    first = told(PROCESS, memory)
    monkeypatch.setattr(lifting, "_Walk", None)  # nothing more is sought
    again = told(other, memory)
    assert again.steps == first.steps
    assert again.case.process is other


def test_a_story_that_is_opened_otherwise_is_sought() -> None:
    memory = Memory()
    first, later = told(PROCESS, memory), evolve(PROCESS, since=date(2031, 2, 1))
    assert told(later, memory).opened > first.opened
    assert told(later, memory).steps == told(later, Memory()).steps
