"""The values of a fact between which no condition tells, each class with one that stands for it.

Whether a condition tells them apart is asked of the very test that a step runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations
from typing import cast

from attrs import frozen

from ..definition import Fact, Guard, Kind, Process, Value
from ..definition.facts import RULES
from ..definition.guard import Includes
from ..definition.moments import moment
from ..runtime.case import Case
from ..runtime.hoping import bounds, near
from ..runtime.logic import Facts, Test, compile_guard

_MOMENT = moment("2024-06-03")  # no condition on a fact asks after the moment
Answers = tuple[bool | None, ...]


@frozen
class Becoming:
    """What an event leaves of a fact: what was known before, what is known then, and whether it
    is recorded with the event. What is not is as it was before, or unknown again."""

    before: object
    now: object
    given: bool


class Held:
    """A case of which a condition on a fact sees nothing but what was known before the step."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts


class Asked:
    """The conditions on one fact, and how they are answered."""

    def __init__(self, process: Process, fact: Fact, atoms: Iterable[Guard]) -> None:
        self.process, self.fact, self.atoms = process, fact, tuple(dict.fromkeys(atoms))
        self._tests = [cast(Test, compile_guard(atom, process, {})) for atom in self.atoms]

    def answers(self, change: Becoming) -> Answers:
        """What each condition answers on the event."""
        before = self._facts(change.before)
        same = not change.given and change.now is change.before
        now = before if same else self._facts(change.now)
        held = cast(Case, Held(before))
        return tuple([test(now, _MOMENT, held) for test in self._tests])

    def _facts(self, value: object) -> Facts:
        if isinstance(value, frozenset):
            value = frozenset([*value])  # what is recorded is another object, as in a step
        return {} if value is None else {self.fact.id: cast(Value, value)}

    def values(self) -> tuple[Value | None, ...]:
        """Values enough to meet every answer; None, first, is not known."""
        return None, *dict.fromkeys(_VALUES.get(self.fact.kind, _ordered)(self))


def _ordered(asked: Asked) -> Iterator[Value]:
    """Each bound, what lies just before and just after it, as far as the schema goes."""
    fact = asked.fact
    ends = [end for end in (fact.minimum, fact.maximum) if end is not None]
    points = [*bounds(asked.process, asked.atoms), *ends] or [RULES[fact.kind].origin]
    for point in sorted({*near(fact, points)}):
        yield moment(point) if isinstance(point, datetime) else point


def _sets(asked: Asked) -> Iterator[Value]:
    """The sets of values that are asked about, without and with one that is not."""
    about = {atom.value for atom in asked.atoms if isinstance(atom, Includes)}
    held = [choice.id for choice in asked.fact.choices if choice.id in about]
    other = [choice.id for choice in asked.fact.choices if choice.id not in about][:1]
    for size in range(len(held) + 1):
        for some in combinations(held, size):
            yield frozenset(some)
            if other:
                yield frozenset([*some, *other])


_VALUES = {
    Kind.BOOLEAN: lambda asked: iter((True, False)),
    Kind.CHOICE: lambda asked: (choice.id for choice in asked.fact.choices),
    Kind.CHOICES: _sets,
}
