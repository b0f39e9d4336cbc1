"""Can a guard ever hold? Exact over the facts' own thresholds.

Each fact is cut into cells by the values that guards compare it with; within a cell every
guard gives the same answer, so one sample of each cell stands for all values. The search
fixes one question after another and stops where three-valued logic already knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any, Final

from attrs import frozen

from ..definition import Fact, Guard, Kind, Process
from ..definition.guard import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Includes,
    InState,
    Known,
    Member,
    Not,
    OnWorkingDay,
    ParameterIs,
    ParameterRef,
    Running,
)
from ..runtime.logic import OPERATORS

UNKNOWN: Final = object()  # the cell of a fact that is not known


@frozen
class Question:
    """One thing a guard asks about: a fact, a machine's state, the day, a running deadline."""

    kind: str
    id: str = ""


Answers = dict[Question, Any]


def satisfiable(
    process: Process, guard: Guard, reached: Mapping[str, Sequence[str]] | None = None
) -> Answers | None:
    """Sample answers under which the guard holds, with machines in `reached` states only.

    None if there are no such answers: the guard can never hold.
    """
    cells = {question: _cells(process, question, guard, reached) for question in _questions(guard)}
    return _search(process, guard, cells, {})


def _search(
    process: Process, guard: Guard, cells: dict[Question, list[Any]], answers: Answers
) -> Answers | None:
    known = truth(process, guard, answers)
    if known is not None:
        return dict(answers) if known else None
    question = next((q for q in cells if q not in answers), None)
    if question is None:
        return None
    for cell in cells[question]:
        found = _search(process, guard, cells, {**answers, question: cell})
        if found is not None:
            return found
    return None


def truth(process: Process, guard: Guard, answers: Answers) -> bool | None:
    """The guard under these answers; None where they do not settle it."""
    if isinstance(guard, Always):
        return True
    if isinstance(guard, ParameterIs):
        return process.parameter(guard.parameter).value == guard.value
    if isinstance(guard, Not):
        inner = truth(process, guard.guard, answers)
        return None if inner is None else not inner
    if isinstance(guard, AllOf | AnyOf):
        return _junction(process, guard, answers)
    return _atom(process, guard, answers)


def _junction(process: Process, guard: AllOf | AnyOf, answers: Answers) -> bool | None:
    decides = isinstance(guard, AnyOf)
    found = [truth(process, part, answers) for part in guard.guards]
    if decides in found:
        return decides
    return None if None in found else not decides


def _atom(process: Process, guard: Guard, answers: Answers) -> bool | None:
    question = _question(guard)
    assert question is not None
    if question not in answers:
        return None
    answer = answers[question]
    if isinstance(guard, Known):
        return answer is not UNKNOWN
    if answer is UNKNOWN:
        return None
    if isinstance(guard, InState):
        return answer in guard.states
    if isinstance(guard, Member):
        return answer in guard.values
    if isinstance(guard, Includes):
        return guard.value in answer
    if isinstance(guard, Compare):
        bound = _value(process, guard)
        return True if bound is None else OPERATORS[guard.operator](answer, bound)
    return bool(answer)


def _value(process: Process, guard: Compare) -> Any:
    if isinstance(guard.value, ParameterRef):
        return process.parameter(guard.value.id).value
    return guard.value


def _question(guard: Guard) -> Question | None:
    if isinstance(guard, Compare | Member | Includes | Known):
        return Question("fact", guard.fact)
    if isinstance(guard, InState):
        return Question("machine", guard.machine)
    if isinstance(guard, OnWorkingDay):
        return Question("working day")
    if isinstance(guard, Running):
        return Question("deadline", guard.deadline)
    return None


def _questions(guard: Guard) -> list[Question]:
    """What the guard asks; machines first, because they cut the search short soonest."""
    asked = dict.fromkeys(q for part in guard.walk() if (q := _question(part)))
    return sorted(asked, key=lambda q: (q.kind != "machine", q.kind, q.id))


def _cells(
    process: Process, question: Question, guard: Guard, reached: Mapping[str, Sequence[str]] | None
) -> list[Any]:
    if question.kind == "machine":
        if reached is not None:
            return list(reached[question.id])
        return [state.id for state in process.machine(question.id).states]
    if question.kind != "fact":
        return [True, False]
    fact = process.fact(question.id)
    cells = list(_samples(fact, list(_asked(process, fact, guard))))
    asks_known = any(isinstance(p, Known) and p.fact == fact.id for p in guard.walk())
    return [*cells, UNKNOWN] if asks_known else cells


def _asked(process: Process, fact: Fact, guard: Guard) -> Iterator[Any]:
    """The values with which the guard compares the fact."""
    for part in guard.walk():
        if isinstance(part, Compare) and part.fact == fact.id:
            yield _value(process, part)
        elif isinstance(part, Member) and part.fact == fact.id:
            yield from part.values
        elif isinstance(part, Includes) and part.fact == fact.id:
            yield part.value


def _samples(fact: Fact, asked: list[Any]) -> Iterator[Any]:
    asked = list(dict.fromkeys(value for value in asked if value is not None))
    if fact.kind is Kind.BOOLEAN:
        yield from (True, False)
    elif fact.kind is Kind.CHOICE:
        yield from (choice.id for choice in fact.choices)
    elif fact.kind is Kind.CHOICES:
        nameable = [value for value in asked if fact.choice(value)]
        for size in range(len(nameable) + 1):
            yield from map(frozenset, combinations(nameable, size))
    else:
        yield from _thresholds(fact, asked)


def _thresholds(fact: Fact, asked: list[Any]) -> list[Any]:
    """One sample at, below and above each bound, within what the fact may be."""
    if fact.kind is Kind.INTEGER:
        step: Any = 1
    else:
        step = timedelta(days=1) if fact.kind is Kind.DATE else timedelta(microseconds=1)
    samples = {near for value in asked for near in (value - step, value, value + step)}
    samples |= {bound for bound in (fact.minimum, fact.maximum) if bound is not None}
    if not samples:
        samples = {0} if fact.kind is Kind.INTEGER else {_EPOCH[fact.kind]}
    low = fact.minimum if fact.minimum is not None else min(samples)
    high = fact.maximum if fact.maximum is not None else max(samples)
    return sorted(value for value in samples if low <= value <= high)


_EPOCH: dict[Kind, Any] = {Kind.DATE: date(2024, 1, 1), Kind.DATETIME: datetime(2024, 1, 1)}
