"""A way that a search has found, walked with real steps in both processes.

Facts get values that meet all that was asked of them, dates are chosen so that no limit runs out
unless that is the step: what comes out is a pair of cases that anybody can replay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from attrs import field

from ..definition import DiversionFlowError, Process
from ..definition.frozen import frozen
from ..runtime import Case, Explanation
from ..runtime.mornings import at_hour, beginning, following, morning
from ..runtime.opening import reopened
from .cells import KNOWN, UNKNOWN, Cells, Cube
from .days import Days
from .naming import name_sets
from .product import Goal, Node, Product

Facts = dict[str, Any]


@frozen
class WitnessStep:
    """One event of the way: who reports it, when (JST), and what is recorded with it."""

    event: str
    by: str
    at: datetime
    facts: Mapping[str, Any] = field(factory=dict)


@frozen
class Witness:
    """A sequence of events that one process accepts to the end and the other does not.

    Both cases are opened at `opened` with `facts`; the last of `steps` is the one that differs.
    Two laws that are never in force together are each walked in their own time: `cases` are the
    two as they stand before the last step.
    """

    opened: datetime
    facts: Mapping[str, Any]
    steps: tuple[WitnessStep, ...]
    accepted_by: int | None
    cases: tuple[Case, Case] = field(repr=False)
    results: tuple[Case | None, Case | None] = field(repr=False)

    @property
    def refusal(self) -> Explanation | None:
        """Why the last step is refused; None where both accept it and come to other states, or
        where the one does not know it."""
        if None not in self.results or not self.steps:
            return None
        step, case = self.steps[-1], self.cases[self.results.index(None)]
        if not _knows(case.process, step):
            return None
        at = step.at + (case.at - self.cases[0].at)
        try:
            return case.explain(step.event, by=step.by, at=at, facts=step.facts, whole=True)
        except DiversionFlowError:  # a value that this process does not know
            return None


def walk(product: Product, node: Node, goal: Goal, asked: Cube) -> Witness | None:
    """The way to a goal as real steps, the last of which only one process accepts; None where
    real time or facts do not allow it."""
    walker, facts = walker_to(product, node, goal, asked)
    return None if walker is None else walker.differ(goal, facts)


def walker_to(
    product: Product, node: Node, goal: Goal, asked: Cube, profile: Mapping[str, Any] | None = None,
    days: int = 0,
) -> tuple[Walker | None, Facts]:  # fmt: skip
    """Two cases led to just before a goal, and what its event is to record: at the goal with the
    values of the `profile`, if there is one, and begun so many days later than need be."""
    path = node.path()
    cubes = [*map(product.asked, path), asked]
    records = [*(product.records(n.event) for n in path), product.told(goal)]
    outdated = [*(product.outdated(n.event) for n in path), set[str]()]
    values = _values(product.cells, cubes, records, outdated)
    if values is None:
        return None, {}
    opening, recorded = _with_profile(product.cells, *values, records, profile or {})
    try:
        walker = Walker(product, opening, days, product.cells.days(*cubes))
    except DiversionFlowError:
        return None, {}
    for step, facts in zip(path, recorded, strict=False):
        if not walker.go(step, facts):
            product.stuck(step)
            return None, {}
    return walker, {**recorded[-1], **goal.brings}


def _values(
    cells: Cells, cubes: list[Cube], records: list[set[str]], outdated: list[set[str]]
) -> tuple[Facts, list[Facts]] | None:
    """What is known at the opening, and what each step records, so that every cube is met."""
    asked: list[Cube] = [{}, *map(cells.unknown, outdated)]
    last = dict.fromkeys({q.id for cube in cubes for q in cube}, 0)
    for step, (cube, recordable, lost) in enumerate(zip(cubes, records, outdated, strict=True), 1):
        last |= {id: step for id in last if id in recordable or id in lost}
        for about, bits in cube.items():
            if about.kind in ("fact", "value"):
                both = cells.meet(asked[last[about.id]], {about: bits})
                if both is None:
                    return None
                asked[last[about.id]] = both
    given = [_given(cells, cube) for cube in asked]
    steps: list[Cube] = [{**of_set, **cube} for of_set, cube in zip(asked[1:], cubes, strict=True)]
    name_sets(cells, steps, given)
    return given[0], [_known(facts) for facts in given[1:]]


def _with_profile(
    cells: Cells,
    opening: Facts,
    recorded: list[Facts],
    records: list[set[str]],
    profile: Mapping[str, Any],
) -> tuple[Facts, list[Facts]]:
    """The same with each value of the profile where the fact is recorded last, unless the way
    there asks for another."""
    given = [dict(opening), *map(dict, recorded)]
    for id, value in profile.items():
        last = max((i for i, able in enumerate(records, 1) if id in able), default=0)
        at = max((i for i, facts in enumerate(given) if id in facts), default=last)
        if value is not None and cells.alike(id, given[at].get(id, value), value):
            given[at][id] = value
    return given[0], given[1:]


def _given(cells: Cells, cube: Cube) -> Facts:
    facts: Facts = {}
    for about, bits in cube.items():
        if about.kind == "value":
            held = facts.get(about.id) or frozenset()
            facts[about.id] = held | {about.value} if cells.yes(bits) else held
            continue
        value = cells.typical(about, bits)
        if value is KNOWN:
            facts.setdefault(about.id, frozenset())
        elif value is not UNKNOWN:
            facts[about.id] = value
    return facts


def _known(facts: Facts) -> Facts:
    return {id: value for id, value in facts.items() if value is not None}


class Walker:
    """Two cases that take the same steps."""

    def __init__(
        self, product: Product, facts: Facts, days: int = 0, within: Sequence[Days] = ()
    ) -> None:
        self.product = product
        self.laws = (product.a, product.b)
        starts = [start + timedelta(days=days) for start in _starts(product.a, product.b, within)]
        self.shift = starts[1] - starts[0]
        self.opened, self.facts = starts[0], facts
        known = [{id: v for id, v in facts.items() if id in law.by_id["fact"]} for law in self.laws]
        self.cases = [
            reopened(law, at, given, "")
            for law, at, given in zip(self.laws, starts, known, strict=True)
        ]
        self.steps: list[WitnessStep] = []
        self._law_changes = product.cells.law_changes

    def go(self, node: Node, facts: Facts) -> bool:
        """Take the step in both cases, at the first moment at which it leads where it should."""
        by, places = self._reporter(node.event), self.product.stands(node.after or node)
        for at in self.moments():
            step = WitnessStep(node.event, by, at, facts)
            cases = [self.stepped(i, step) for i in (0, 1)]
            if _alike(cases, places):
                self.cases = [c for c in cases if c is not None]
                self.steps.append(step)
                return True
        return False

    def differ(self, goal: Goal, facts: Facts) -> Witness | None:
        """Take the step that one refuses, at the first moment at which they part."""
        for at in self.moments():
            step = WitnessStep(goal.event, goal.by, at, facts)
            cases = (self.stepped(0, step), self.stepped(1, step))
            if self._part(cases):
                return self.witness(step, cases)
        return None

    def told(self, steps: Iterable[WitnessStep]) -> Witness | None:
        """Take these steps, up to the first by which the two part."""
        for step in steps:
            one, other = cases = (self.stepped(0, step), self.stepped(1, step))
            if self._part(cases):
                return self.witness(step, cases)
            if one is None or other is None:
                return None
            self.cases = [one, other]
            self.steps.append(step)
        return None

    def arrive(self, goal: Goal, facts: Facts) -> bool:
        """Take the last step, where both processes accept it."""
        for at in self.moments():
            step = WitnessStep(goal.event, goal.by, at, facts)
            cases = [c for i in (0, 1) if (c := self.stepped(i, step)) is not None]
            if len(cases) == 2:
                self.cases = cases
                self.steps.append(step)
                return True
        return False

    def witness(self, step: WitnessStep, results: tuple[Case | None, Case | None]) -> Witness:
        """All that has been walked, with this as its last step."""
        refused = [i for i in (0, 1) if results[i] is None]
        return Witness(
            self.opened, self.facts, (*self.steps, step),
            accepted_by=1 - refused[0] if len(refused) == 1 else None,
            cases=(self.cases[0], self.cases[1]), results=results,
        )  # fmt: skip

    def stepped(self, i: int, step: WitnessStep) -> Case | None:
        """One of the cases after the step; None where its law refuses it, or does not know it."""
        case = self.cases[i]
        if not _knows(case.process, step):
            return None
        try:
            return case.step(step.event, by=step.by, at=self._at(i, step), facts=step.facts)
        except DiversionFlowError:
            return None

    def _at(self, i: int, step: WitnessStep) -> datetime:
        return step.at + self.shift if i else step.at

    def _reporter(self, event: str) -> str:
        first, second = (law.event(event).by for law in self.laws)
        return next((by for by in first if by in second), first[0])

    def _part(self, cases: tuple[Case | None, Case | None]) -> bool:
        """Whether one has refused the step, or the two have come to other states."""
        if None in cases:
            return cases[0] is not cases[1]
        one, other = (c.states for c in cases if c is not None)
        return any(one[m] != other[m] for m in one if m in other)

    def moments(self) -> Iterator[datetime]:
        """When a step may happen: soon, on the next working day or rest day, when other rules
        begin to be law, or as a limit runs out in either case."""
        now = self.cases[0].at
        yield now + timedelta(minutes=1)
        yield from following(now)
        later = {at_hour(day, 10) for day in self._law_changes}
        later |= {c.ends for c in self.cases[0].deadlines() if c.ends}
        later |= {c.ends - self.shift for c in self.cases[1].deadlines() if c.ends}
        yield from sorted(at for at in later if at > now)


def _knows(law: Process, step: WitnessStep) -> bool:
    """Whether a law has what a step names; to ask is sooner done than to be refused, which looks
    for what is most like it."""
    event, agency = step.event in law.by_id["event"], step.by in law.by_id["agency"]
    return event and agency and step.facts.keys() <= law.by_id["fact"].keys()


def _alike(cases: list[Case | None], places: Mapping[str, set[str]]) -> bool:
    """Whether both cases stand in the same one of these states of each machine."""
    one, other = (case.states if case is not None else None for case in cases)
    if one is None or other is None:
        return False
    return all(
        one.get(id, state) == state and state in places[id]
        for id in places
        if (state := other.get(id, one.get(id))) is not None
    )


def _starts(a: Process, b: Process, within: Sequence[Days]) -> tuple[datetime, datetime]:
    """When to open the two cases: at once if both are ever in force together, else each on a
    Monday of its own time; `within` some days, if there are any among them."""
    mine, theirs = ((law.since or date.min, law.until or date.max) for law in (a, b))
    both = max(mine[0], theirs[0]), min(mine[1], theirs[1])
    if both[0] <= both[1]:
        mine = theirs = both
    return morning(*_among(*mine, within)), morning(*_among(*theirs, within))


def _among(since: date, until: date, within: Sequence[Days]) -> Days:
    """The first of those days that lie among the others; all of these where none does."""
    shared = ((max(since, first), min(until, last)) for first, last in within)
    first, last = next((days for days in shared if days[0] <= days[1]), (since, until))
    return beginning(first, last), last
