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

from attrs import evolve

from ..definition import Deadline, Event, Process
from ..definition.facts import Value
from ..definition.frozen import frozen
from ..runtime.lapsing import lapses_in
from .cells import Cells, Cube
from .effort import EFFORT, Effort
from .happening import (
    accepted,
    begun_elsewhere,
    decided_elsewhere,
    happens,
    happens_alone,
    only_lapsing,
)
from .joint import Joint
from .lasting import known_later
from .limits import Timing, timing
from .outdating import outdated_once, untold
from .paths import reporter
from .product import Goal, Product
from .replays import Replays
from .values import samples
from .ways import Group, Way, concerns, groups, rules_alone
from .witness import Witness, walk

Verdict = Literal["same", "different", "not found"]
_STEPS = 300  # comparisons of cubes that one node of a search may take
_FEW = 100  # nodes that a search for what no state tells of may look at


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


def behaviour(
    a: Process, b: Process, cells: Cells, effort: int = EFFORT, *, some: bool = False
) -> Behaviour:
    """The shortest sequence of events on which `a` and `b` part, or that there is none; or `some`
    that is soon found: then few places are looked at where no more than a rule that lets a machine
    stay may tell, and of what was told before the first case that shows it will do."""
    if any(begun_elsewhere(a, b)):
        return Behaviour("different", Replays(a, b, cells, effort).opened({}), 0, 0)
    found = _sought(a, b, cells, effort, some)
    if some and found.witness is not None:
        return found
    shown = [one.witness for one in known_later(a, b, cells, some) if one.witness is not None]
    best = min((*filter(None, (found.witness,)), *shown), key=lambda w: len(w.steps), default=None)
    return found if best is found.witness else Behaviour("different", best, found.explored, 0)


class Near:
    """A law of which others are asked that are near to it. What was worked out of it serves for
    each that differs from it in the rules of machines alone: a way to where the two part, the
    first time that they do, is one that the law itself lets a case go."""

    def __init__(self, law: Process) -> None:
        self.law, self._cells = law, Cells(law)
        self._joint = Joint(law, law, self._cells)

    def behaviour(self, other: Process, effort: int = EFFORT) -> Behaviour:
        """Where the other law and this one part, in some case that shows it."""
        return behaviour(self.law, other, self._cells_with(other), effort, some=True)

    def _cells_with(self, other: Process) -> Cells:
        cells = self._cells.beside(other)
        if rules_alone(self.law, other) and all(
            cells.tell(way.asked) for group in groups(self.law, other, cells)
            for ways in group.ways for way in ways
        ):  # fmt: skip
            cells.once("joint", lambda: self._joint)
            return cells
        return Cells(self.law, other)


def _sought(a: Process, b: Process, cells: Cells, effort: int, some: bool) -> Behaviour:
    """What the searches come to."""
    bounded = cells.bounded(spent := Effort(max(effort, EFFORT)))
    where = [group for group in groups(a, b, bounded) if concerns(a, b, group)]
    rules = [
        *(_of_group(a, b, bounded, group) for group in where),
        _of_agencies(a, b, bounded),
        _of_homes(a, b, bounded),
        only_lapsing(a, b, bounded),
        _of_outdated(a, b, bounded),
        _of_deadlines(a, b, bounded),
    ]
    found = _searched(a, b, cells, effort, [spent.listed(each) for each in rules])
    if found.verdict == "not found":
        # What a limit brings about may be nobody's to report: then all else tells that it is over.
        beside = _searched(a, b, cells, effort, [spent.listed(_beside_lapses(a, b, bounded))])
        return beside if beside.verdict == "different" else found
    if found.verdict != "same":
        return found
    idle = [spent.listed(_of_idle(a, b, bounded, group)) for group in where]
    staying = _searched(a, b, cells, min(effort, _FEW) if some else effort, idle)
    if staying.verdict != "same":
        return evolve(found, verdict="not found", unsettled=len(idle))
    # Only where no rule differs is it worth a word what may be recorded with an event.
    open_later = sum(one.open for one in known_later(a, b, cells, some))
    records = [spent.listed(_of_records(a, b, bounded)), *([None] * open_later)]
    then = _searched(a, b, cells, effort, records)
    return evolve(then, explored=found.explored + then.explored)


def _searched(
    a: Process, b: Process, cells: Cells, effort: int, answers: list[list[Goal] | None]
) -> Behaviour:
    """What a search for these goals comes to; None: of a place it is not known if it has any."""
    goals, undecided = [g for found in answers for g in found or ()], answers.count(None)
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
            search.drop([goal for goal in goals if goal.accepts is None])  # they refuse nothing
    if best is not None:
        return Behaviour("different", best, search.explored, 0)
    if not (tried or undecided) and search.exhausted:
        return Behaviour("same", None, search.explored, 0)
    return Behaviour("not found", None, search.explored, len(goals) + undecided)


def _of_group(a: Process, b: Process, cells: Cells, group: Group) -> Iterator[Goal]:
    """Where rules of one machine on one event decide otherwise."""
    here = cells.standing(group.machine, group.states)
    for number, law, other in ((1, b, a), (0, a, b)):
        for way in group.ways[number]:
            left = [s for s in group.states if not _idle(law, group, way, s)]
            yield from _only_by(law, other, cells, group, number, way, left)
        for two in group.together(1 - number):
            where = cells.as_demanded(*((other, way.asked, True) for way in two))
            cubes = cells.all_of([here], where, happens(law, cells, group.event))
            yield from accepted(law, group.event, cubes, number)
    for one, other_way in pairs(*group.ways):
        if one.target != other_way.target:
            demands = *group.alone(a, 0, one), *group.alone(b, 1, other_way)
            cubes = cells.all_of([here], cells.as_demanded(*demands))
            yield from _goal(b, cells, group.event, group.machine, cubes, None)


def _of_idle(a: Process, b: Process, cells: Cells, group: Group) -> Iterator[Goal]:
    """Where a rule of one alone lets the machine stay, as it would without."""
    for number, law, other in ((1, b, a), (0, a, b)):
        for way in group.ways[number]:
            left = [s for s in group.states if _idle(law, group, way, s)]
            yield from _only_by(law, other, cells, group, number, way, left)


def _idle(law: Process, group: Group, way: Way, state: str) -> bool:
    """Whether the machine stays there, beside what happens in another: no state tells of that."""
    return way.target == state and law.event(group.event).home != group.machine


def _only_by(
    law: Process, other: Process, cells: Cells, group: Group, number: int, way: Way,
    states: list[str],
) -> Iterator[Goal]:  # fmt: skip
    """Where one lets the machine go this way from these states, and the other nowhere."""
    if states:
        refused = [(other, its.asked, False) for its in group.ways[1 - number]]
        where = cells.as_demanded(*refused, *group.alone(law, number, way))
        cubes = cells.all_of([cells.standing(group.machine, states)], where)
        yield from _goal(law, cells, group.event, group.machine, cubes, number)


def _goal(
    process: Process, cells: Cells, event: str, machine: str, cubes: list[Cube], accepts: int | None
) -> Iterator[Goal]:
    if process.event(event).home != machine:  # it happens only where its home machine lets it
        cubes = cells.all_of(cubes, happens(process, cells, event))
        accepts = None
    yield from accepted(process, event, cubes, accepts)


def _of_agencies(a: Process, b: Process, cells: Cells) -> Iterator[Goal]:
    """Where an agency may report an event to one process only."""
    for number, law, other in ((1, b, a), (0, a, b)):
        for event in law.events:
            known = other.by_id["event"].get(event.id)
            allowed = set(known.by) if known else set()
            only = [by for by in event.by if by not in allowed]
            if only and (cubes := happens(law, cells, event.id)):
                yield Goal(event.id, only[0], tuple(cubes), number)


def _of_homes(a: Process, b: Process, cells: Cells) -> Iterator[Goal]:
    """Where an event on which another machine decides happens to one process only."""
    for event, _ in decided_elsewhere(a, b):
        for number, law, other in ((1, b, a), (0, a, b)):
            yield from happens_alone(law, other, cells, event.id, number)


def _of_outdated(a: Process, b: Process, cells: Cells) -> Iterator[Goal]:
    """Where what was told earlier counts for an event under one process only."""
    for lasting in outdated_once(a, b):
        yield from untold(cells, lasting)


def _of_records(a: Process, b: Process, cells: Cells) -> Iterator[Goal]:
    """Where something may be recorded with an event under one process only."""
    for number, law, other in ((1, b, a), (0, a, b)):
        for event in law.events:
            known = other.by_id["event"].get(event.id)
            by = [by for by in event.by if known is not None and by in known.by]
            if known is None or not by:
                continue
            brought = ({id: value} for id in event.records
                       if (value := _only_here(law, other, known, id)) is not None)  # fmt: skip
            if (brings := next(brought, None)) and (cubes := happens(law, cells, event.id)):
                yield Goal(event.id, by[0], tuple(cubes), number, brings=brings)


def _only_here(law: Process, other: Process, event: Event, id: str) -> Value | None:
    """A value of the fact that may be recorded under `law` and not with `event` of the other."""
    theirs = other.by_id["fact"].get(id) if id in event.records else None
    return None if theirs == law.fact(id) else next(samples(law.fact(id), theirs), None)


def _of_deadlines(a: Process, b: Process, cells: Cells) -> Iterator[Goal]:
    """Where a limit that ends by operation of law runs otherwise."""
    for number, deadline, cubes in _lapsing_otherwise(a, b, cells):
        yield Goal(deadline.on_expiry or "", deadline.owner, cubes, number)


def _beside_lapses(a: Process, b: Process, cells: Cells) -> Iterator[Goal]:
    """What else may be reported there under both."""
    for number, limit, cubes in _lapsing_otherwise(a, b, cells):
        law, other = ((a, b), (b, a))[number]
        here = cells.all_of([*cubes], [cells.running(limit.id)])
        for event in law.events:
            by = reporter(event.id, law, other)
            if by and (where := cells.all_of(here, happens(law, cells, event.id))):
                yield Goal(event.id, by, tuple(where), None)


def _lapsing_otherwise(
    a: Process, b: Process, cells: Cells
) -> Iterator[tuple[int, Deadline, tuple[Cube, ...]]]:
    """Each limit that ends by operation of law and runs otherwise under the one or the other, and
    where it runs."""
    for number, law, other in ((1, b, a), (0, a, b)):
        for deadline in law.deadlines:
            known = other.by_id["deadline"].get(deadline.id)
            if deadline.on_expiry is None or (
                known and _runs(law, deadline) == _runs(other, known)
            ):
                continue
            here = cells.standing(deadline.machine, deadline.lasting)
            if cubes := cells.all_of([here], cells.holds(law, deadline.guard)):
                yield number, deadline, tuple(cubes)


def _runs(law: Process, deadline: Deadline) -> tuple[Timing, frozenset[str]] | None:
    """When it runs out, whoever has to watch it, and the states in which the law then goes on."""
    found = timing(law, deadline)
    return found and (found._replace(owner=""), lapses_in(law, deadline))
