"""The second layer of a comparison: a sequence of events that one process accepts and the other
refuses, the shortest there is, or the proof that there is none.

First every local difference is worked out exactly: a state, an event, an agency and the facts
under which the two decide otherwise. If there is none, both decide every step alike. If there
are some, a search over the configurations and facts in which both stand together either comes to
one by the fewest events, or has seen everything and comes to none.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product as pairs
from typing import Literal

from attrs import frozen

from ..definition import Process, every
from .cells import Cells, Cube
from .effort import EFFORT, Effort
from .people import Group, groups, timing
from .product import Goal, Product
from .witness import Witness, walk

Verdict = Literal["same", "different", "not found"]
_STEPS = 100  # comparisons of cubes that one node of a search may take


@frozen
class Behaviour:
    """What two processes do with the same events.

    `same` is a proof within the finite abstraction; `different` comes with a `witness`; `not
    found` is neither: `explored` nodes were looked at and `unsettled` local differences are left.
    """

    verdict: Verdict
    witness: Witness | None
    explored: int
    unsettled: int


def behaviour(a: Process, b: Process, cells: Cells, effort: int = EFFORT) -> Behaviour:
    """The shortest sequence of events on which `a` and `b` part, or that there is none."""
    goals, undecided = _goals(a, b, cells, Effort(max(effort, EFFORT)))
    if not goals and not undecided:
        return Behaviour("same", None, 0, 0)
    search = Product(a, b, cells.bounded(Effort(effort, _STEPS)), goals)
    tried, best = 0, None
    for node, goal, asked in search.search(effort):
        if best is not None and node.length >= len(best.steps):
            break
        witness = walk(search, node, goal, asked)
        tried += witness is None
        # One that the other process refuses with a reason says more than one whose words it
        # does not even know.
        if witness is not None and (best is None or witness.refusal is not None):
            best = witness
            if best.refusal is not None:
                break
    if best is not None:
        return Behaviour("different", best, search.explored, 0)
    if search.exhausted and not tried and not undecided:
        return Behaviour("same", None, search.explored, 0)
    return Behaviour("not found", None, search.explored, len(goals) + undecided)


def _goals(a: Process, b: Process, cells: Cells, effort: Effort) -> tuple[list[Goal], int]:
    """Where the two decide otherwise, and of how many places it takes too much effort to say."""
    bounded = cells.bounded(effort)
    questions = [
        *(_of_group(a, b, bounded, group) for group in groups(a, b)),
        _of_agencies(a, b, bounded),
        _of_deadlines(a, b, bounded),
    ]
    answers = [effort.listed(question) for question in questions]
    found = [goal for answer in answers for goal in answer or ()]
    return found, answers.count(None)


def _of_group(a: Process, b: Process, cells: Cells, group: Group) -> Iterator[Goal]:
    """Where rules of one machine on one event decide otherwise."""
    here = cells.standing(group.machine, group.states)
    mine, theirs = group.ways
    for number, law, ways, other, rivals in ((1, b, theirs, a, mine), (0, a, mine, b, theirs)):
        refused = [cells.fails(other, every(*r.asks)) for r in rivals]
        for way in ways:
            cubes = cells.all_of([here], cells.holds(law, every(*way.asks)), *refused)
            yield from _goal(law, cells, group.event, group.machine, cubes, number)
    for one, other_way in pairs(mine, theirs):
        if one.target != other_way.target:
            cubes = cells.all_of([here], cells.holds(a, every(*one.asks)),
                                 cells.holds(b, every(*other_way.asks)))  # fmt: skip
            yield from _goal(b, cells, group.event, group.machine, cubes, None)


def _goal(
    law: Process, cells: Cells, event: str, machine: str, cubes: list[Cube], accepts: int | None
) -> Iterator[Goal]:
    definition = law.event(event)
    if definition.home != machine:  # it happens only where its home machine lets it
        cubes = cells.all_of(cubes, _happens(law, cells, event))
        accepts = None
    if cubes and definition.by:
        yield Goal(event, definition.by[0], tuple(cubes), accepts)


def _happens(law: Process, cells: Cells, event: str) -> list[Cube]:
    """Where the home machine of an event lets it happen."""
    home = law.machine(law.event(event).home)
    rules = (rule for rule in home.transitions if rule.event == event)
    return cells.any_of(*(cells.fires(law, home, rule) for rule in rules))


def _of_agencies(a: Process, b: Process, cells: Cells) -> Iterator[Goal]:
    """Where an agency may report an event to one process only."""
    for number, law, other in ((1, b, a), (0, a, b)):
        for event in law.events:
            known = other.by_id["event"].get(event.id)
            allowed = set(known.by) if known else set()
            only = [by for by in event.by if by not in allowed]
            if only and (cubes := _happens(law, cells, event.id)):
                yield Goal(event.id, only[0], tuple(cubes), number)


def _of_deadlines(a: Process, b: Process, cells: Cells) -> Iterator[Goal]:
    """Where a limit that ends by operation of law runs otherwise."""
    for number, law, other in ((1, b, a), (0, a, b)):
        for deadline in law.deadlines:
            known = other.by_id["deadline"].get(deadline.id)
            if known is not None and timing(law, deadline) == timing(other, known):
                continue
            if deadline.on_expiry is None:
                continue
            here = cells.standing(deadline.machine, deadline.states)
            cubes = cells.all_of([here], cells.holds(law, deadline.guard))
            if cubes:
                yield Goal(deadline.on_expiry, deadline.owner, tuple(cubes), number, deadline.id)
