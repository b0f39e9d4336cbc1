"""Rules of one machine that one event could fire at once.

Rules that one question tells apart, as the lines of a table do, are seen at a glance, however
many there are; only the others are tried in pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ..definition import Guard, Machine, Transition
from ..definition.frozen import frozen
from ..definition.guard import AllOf
from .cells import Cube
from .effort import EFFORT, Effort
from .paths import rules_from
from .reach import Reach

_PAIR = 20  # comparisons of cubes that are as much work as trying one pair


@frozen
class Overlap:
    """Rules of which two can hold at once: two with a `witness`, or those of which that takes
    too much effort to say."""

    machine: Machine
    rules: tuple[Transition, ...]
    witness: Cube | None


def overlaps(reached: Reach, effort: int = EFFORT) -> Iterator[Overlap]:
    """Every pair of rules that can hold at once, then what is not decided, machine by machine."""
    spent = Effort(effort)
    for machine in reached.process.machines:
        yield from _Rivals(reached, machine, spent).overlaps()


class _Rivals:
    """The rules of one machine, each against those that share a state and an event with it."""

    def __init__(self, reached: Reach, machine: Machine, effort: Effort) -> None:
        self.reached, self.machine, self.effort = reached, machine, effort
        self.process, self.cells = reached.process, reached.cells
        self._bounded = reached.cells.bounded(effort)
        self._rules = machine.transitions
        self._place = {rule.id: place for place, rule in enumerate(self._rules)}
        self._forced: dict[str, Cube | None] = {}
        self._open: dict[str, dict[str, Transition]] = {}  # event → rules not decided

    def overlaps(self) -> Iterator[Overlap]:
        """The pairs in the order of the rules, then the rest."""
        for i, j in sorted(self._pairs()):
            yield from self._tried(self._rules[i], self._rules[j])
        for rules in self._open.values():
            yield Overlap(self.machine, tuple(rules.values()), None)

    def _pairs(self) -> set[tuple[int, int]]:
        found: set[tuple[int, int]] = set()
        for rules in rules_from(self.process, self.machine.id).values():
            able = {r.id: cube for r in rules if (cube := self._forces(r)) is not None}
            if len(able) < 2 or self.cells.apart(list(able.values())):
                continue
            places = [self._place[id] for id in able]
            if self.effort.afford(len(able) * (len(able) - 1) // 2 * _PAIR):
                found.update(combinations(places, 2))
            else:
                self._leave_open(rules)
        return found

    def _forces(self, rule: Transition) -> Cube | None:
        if rule.id not in self._forced:
            self._forced[rule.id] = self.cells.forced(self.process, self._guard(rule))
        return self._forced[rule.id]

    def _guard(self, rule: Transition) -> Guard:
        return self.reached.guards[self.machine.id, rule.id]

    def _leave_open(self, rules: tuple[Transition, ...]) -> None:
        self._open.setdefault(rules[0].event, {}).update((r.id, r) for r in rules)

    def _tried(self, one: Transition, other: Transition) -> Iterator[Overlap]:
        both = AllOf((self._guard(one), self._guard(other)))
        shared = [s for s in one.sources if s in other.sources]
        here = {**self.reached.states, self.machine.id: shared}
        found = self.effort.within(lambda: [self._bounded.first(self.process, both, here)])
        if found is None:
            self._leave_open((one, other))
        elif found[0] is not None:
            yield Overlap(self.machine, (one, other), found[0])
