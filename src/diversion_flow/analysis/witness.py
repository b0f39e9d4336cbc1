"""A way that a search has found, walked with real steps in both processes.

Facts get values that meet all that was asked of them, dates are chosen so that no limit runs out
unless that is the step: what comes out is a pair of cases that anybody can replay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from .paths import reporter
from .product import Goal, Node, Product

Facts = dict[str, Any]
Results = tuple[Case | None, Case | None]  # of the last step: None where it is refused
Shows = Callable[[Results, tuple[Case, Case]], bool]  # ... and the cases before it


@frozen
class WitnessStep:
    """One event of the way: who reports it (nobody where it happens by operation of law), when
    (JST), and what is recorded with it."""

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
    return None if walker is None else walker.last(goal, facts, _part)


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


def arrived(product: Product, found: Iterable[tuple[Node, Goal, Cube]]) -> Walker | None:
    """Two cases that have taken the step of the first of these goals to which they can be led."""
    for node, goal, asked in found:
        walker, facts = walker_to(product, node, goal, asked)
        if walker is not None and walker.arrive(goal, facts):
            return walker
    return None


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
        self.laws = product.a, product.b
        starts = [start + timedelta(days=days) for start in _starts(product.a, product.b, within)]
        self.shift = starts[1] - starts[0]
        self.opened, self.facts = starts[0], facts
        known = [{id: v for id, v in facts.items() if id in law.by_id["fact"]} for law in self.laws]
        opened = map(reopened, self.laws, starts, known, ("", ""))
        self.cases: tuple[Case, Case] = next(opened), next(opened)
        self.steps: list[WitnessStep] = []
        self._law_changes = product.cells.law_changes

    def go(self, node: Node, facts: Facts) -> bool:
        """Take the step in both cases, at the first moment at which it leads where it should."""
        by = reporter(node.event, *self.laws) or ""
        places = self.product.stands(node.after or node)
        tried = self._tried(node.event, by, facts)
        return any(_alike(cases, places) and self._took(step, cases) for step, cases in tried)

    def last(self, goal: Goal, facts: Mapping[str, Any], shows: Shows) -> Witness | None:
        """Take the last step, at the first moment at which it shows what it is to show."""
        for step, results in self._tried(goal.event, goal.by, facts):
            if shows(results, self.cases):
                return self.witness(results, step)
        return None

    def told(self, steps: Iterable[WitnessStep]) -> Witness | None:
        """Take these steps, up to the first by which the two part."""
        for step in steps:
            cases = self._both(step)
            if _part(cases):
                return self.witness(cases, step)
            if not self._took(step, cases):
                return None
        return None

    def arrive(self, goal: Goal, facts: Facts) -> bool:
        """Take the last step, where both processes accept it."""
        return any(self._took(*tried) for tried in self._tried(goal.event, goal.by, facts))

    def witness(self, results: Results, *last: WitnessStep) -> Witness:
        """All that has been walked, with the last step, if one tells the two apart."""
        refused = [i for i in (0, 1) if results[i] is None]
        return Witness(
            self.opened, self.facts, (*self.steps, *last),
            accepted_by=1 - refused[0] if len(refused) == 1 else None,
            cases=self.cases, results=results,
        )  # fmt: skip

    def _tried(
        self, event: str, by: str, facts: Mapping[str, Any]
    ) -> Iterator[tuple[WitnessStep, Results]]:
        """The step at one moment after another, and to where it leads."""
        for at in self.moments():
            step = WitnessStep(event, by, at, facts)
            yield step, self._both(step)

    def _took(self, step: WitnessStep, cases: Results) -> bool:
        """Go on from there, unless one has refused the step."""
        one, other = cases
        if one is None or other is None:
            return False
        self.cases = one, other
        self.steps.append(step)
        return True

    def _both(self, step: WitnessStep) -> Results:
        return self._stepped(0, step), self._stepped(1, step)

    def _stepped(self, i: int, step: WitnessStep) -> Case | None:
        """One of the cases after the step; None where its law refuses it, or does not know it."""
        case = self.cases[i]
        if not _knows(case.process, step):
            return None
        try:
            at = step.at + self.shift if i else step.at
            if not step.by:
                return _lapsed(case.advance(to=at), step.event, at)
            return case.step(step.event, by=step.by, at=at, facts=step.facts)
        except DiversionFlowError:
            return None

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
    return event and (agency or not step.by) and step.facts.keys() <= law.by_id["fact"].keys()


def _lapsed(case: Case, event: str, at: datetime) -> Case | None:
    """The case at the end of the limit that brings the event about at that moment."""
    last = case.journal[-1]
    return case if (last.event, last.at) == (event, at) else None


def _part(cases: Results, _: object = None) -> bool:
    """Whether one has refused the step, or the two have come to other states."""
    if None in cases:
        return cases[0] is not cases[1]
    one, other = (c.states for c in cases if c is not None)
    return any(one[m] != other[m] for m in one if m in other)


def _alike(cases: Results, places: Mapping[str, set[str]]) -> bool:
    """Whether both cases stand in the same one of these states of each machine."""
    if None in cases:
        return False
    one, other = (case.states for case in cases if case is not None)
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
