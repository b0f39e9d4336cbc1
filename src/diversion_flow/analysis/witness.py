"""A way that a search has found, walked with real steps in both processes.

Facts get values that meet all that was asked of them, dates are chosen so that no limit runs out
unless that is the step: what comes out is a pair of cases that anybody can replay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from attrs import evolve, field, frozen

from ..definition import DiversionFlowError, Process
from ..definition.kept import kept
from ..runtime import Case, Explanation
from ..runtime.calendar import is_rest_day, moment
from .cells import KNOWN, UNKNOWN, Cells, Cube
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
    `refusal` says why, or is None where both accept it and come to other states. Two laws that
    are never in force together are each walked in their own time: `cases` are the two as they
    stand before the last step.
    """

    opened: datetime
    facts: Mapping[str, Any]
    steps: tuple[WitnessStep, ...]
    accepted_by: int | None
    refusal: Explanation | None
    cases: tuple[Case, Case] = field(repr=False)
    results: tuple[Case | None, Case | None] = field(repr=False)


def walk(product: Product, node: Node, goal: Goal, asked: Cube) -> Witness | None:
    """The way to a goal as real steps, the last of which only one process accepts; None where
    real time or facts do not allow it."""
    walker, facts = walker_to(product, node, goal, asked)
    return None if walker is None else walker.differ(goal, facts)


def walker_to(product: Product, node: Node, goal: Goal, asked: Cube) -> tuple[Walker | None, Facts]:
    """Two cases led to just before a goal, and what its event is to record."""
    path = node.path()
    cubes = [n.asked for n in path] + [asked]
    records = [product.records(n.event, None) for n in path]
    records.append(product.records(goal.event, goal.accepts))
    values = _values(product.cells, cubes, records)
    if values is None:
        return None, {}
    opening, recorded = values
    try:
        walker = Walker(product, opening)
    except DiversionFlowError:
        return None, {}
    went = all(walker.go(n, facts) for n, facts in zip(path, recorded, strict=False))
    return (walker, {**recorded[-1], **goal.brings}) if went else (None, {})


def _values(
    cells: Cells, cubes: list[Cube], records: list[set[str]]
) -> tuple[Facts, list[Facts]] | None:
    """What is known at the opening, and what each step records, so that every cube is met."""
    asked: list[Cube] = [{} for _ in range(len(cubes) + 1)]
    last = dict.fromkeys({q.id for cube in cubes for q in cube}, 0)
    for step, (cube, recordable) in enumerate(zip(cubes, records, strict=True), 1):
        last |= {id: step for id in last if id in recordable}
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

    def __init__(self, product: Product, facts: Facts) -> None:
        self.product = product
        self.laws = tuple(kept(law, _undated) for law in (product.a, product.b))
        starts = _starts(product.a, product.b)
        self.shift = starts[1] - starts[0]
        self.opened, self.facts = starts[0], facts
        known = [{id: v for id, v in facts.items() if id in law.by_id["fact"]} for law in self.laws]
        self.cases = [
            law.open(at=at, facts=given)
            for law, at, given in zip(self.laws, starts, known, strict=True)
        ]
        self.steps: list[WitnessStep] = []

    def go(self, node: Node, facts: Facts) -> bool:
        """Take the step in both cases, at the first moment at which it leads where it should."""
        by = self._reporter(node.event)
        for at in self._moments():
            step = WitnessStep(node.event, by, at, facts)
            cases = [self._stepped(i, step) for i in (0, 1)]
            if all(c is not None and self._stands(c, node) for c in cases):
                self.cases = [c for c in cases if c is not None]
                self.steps.append(step)
                return True
        return False

    def differ(self, goal: Goal, facts: Facts) -> Witness | None:
        """Take the step that one refuses, at the first moment at which they part."""
        for at in self._moments():
            step = WitnessStep(goal.event, goal.by, at, facts)
            cases = [self._stepped(i, step) for i in (0, 1)]
            refused = [i for i in (0, 1) if cases[i] is None]
            if len(refused) == 1 or (not refused and self._part(cases)):
                return self._witness(step, cases, refused)
        return None

    def arrive(self, goal: Goal, facts: Facts) -> bool:
        """Take the last step, where both processes accept it."""
        for at in self._moments():
            step = WitnessStep(goal.event, goal.by, at, facts)
            cases = [c for i in (0, 1) if (c := self._stepped(i, step)) is not None]
            if len(cases) == 2:
                self.cases = cases
                self.steps.append(step)
                return True
        return False

    def _witness(self, step: WitnessStep, cases: list[Case | None], refused: list[int]) -> Witness:
        before = (self.cases[0], self.cases[1])
        return Witness(
            self.opened, self.facts, (*self.steps, step),
            accepted_by=1 - refused[0] if refused else None,
            refusal=self._refusal(refused[0], step) if refused else None,
            cases=before, results=(cases[0], cases[1]),
        )  # fmt: skip

    def _refusal(self, i: int, step: WitnessStep) -> Explanation | None:
        case = self.cases[i]
        if step.event not in case.process.by_id["event"]:
            return None
        try:
            at = self._at(i, step)
            return case.explain(step.event, by=step.by, at=at, facts=step.facts, whole=True)
        except DiversionFlowError:  # a value or an agency that this process does not know
            return None

    def _stepped(self, i: int, step: WitnessStep) -> Case | None:
        try:
            case = self.cases[i]
            return case.step(step.event, by=step.by, at=self._at(i, step), facts=step.facts)
        except DiversionFlowError:
            return None

    def _at(self, i: int, step: WitnessStep) -> datetime:
        return step.at + self.shift if i else step.at

    def _reporter(self, event: str) -> str:
        first, second = (law.event(event).by for law in self.laws)
        return next((by for by in first if by in second), first[0])

    def _stands(self, case: Case, node: Node) -> bool:
        states = case.states
        return all(
            states[m.id] == node.states[i]
            for i, m in enumerate(self.product.machines)
            if m.id in states
        )

    def _part(self, cases: list[Case | None]) -> bool:
        """Whether the two have come to other states, or to the end of other limits."""
        one, other = (c.states for c in cases if c is not None)
        return any(one[m] != other[m] for m in one if m in other)

    def _moments(self) -> Iterator[datetime]:
        """When a step may happen: soon, on the next working day or rest day, or as a limit
        runs out in either case."""
        now = self.cases[0].at
        yield now + timedelta(minutes=1)
        for rest in (False, True):
            day = now.date() + timedelta(days=1)
            while is_rest_day(day) is not rest:
                day += timedelta(days=1)
            yield moment(datetime(day.year, day.month, day.day, 10))
        ends = {c.ends for c in self.cases[0].deadlines()}
        ends |= {c.ends - self.shift for c in self.cases[1].deadlines()}
        yield from sorted(e for e in ends if e > now)


def _undated(process: Process) -> Process:
    """The law as if it were in force at any time, so that two can be walked side by side."""
    return evolve(process, since=None, until=None)


def _starts(a: Process, b: Process) -> tuple[datetime, datetime]:
    """When to open the two cases: at once if both are ever in force together, else each on a
    Monday of its own time."""
    begins = max((d for d in (a.since, b.since) if d), default=date(2024, 6, 3))
    ends = min((d for d in (a.until, b.until) if d), default=None)
    if ends is None or begins <= ends:
        return _morning(begins), _morning(begins)
    return _morning(a.since or begins), _morning(b.since or begins)


def _morning(day: date) -> datetime:
    while day.weekday() != 0 or is_rest_day(day):
        day += timedelta(days=1)
    return moment(datetime(day.year, day.month, day.day, 9))
