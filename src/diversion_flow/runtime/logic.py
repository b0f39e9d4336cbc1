"""Guards made ready to be asked: a tree becomes a closure, once for each configuration.

A closure is called with the facts that are known (by id), the moment of the step and the case.
It answers True, False or None (unknown).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from ..definition import guard as kinds
from ..definition.guard import Guard
from .calendar import is_rest_day

if TYPE_CHECKING:
    from ..definition import Process, Value
    from .case import Case

Facts = Mapping[str, "Value"]  # what is known, and nothing else; never changed
Test = Callable[[Facts, datetime, "Case | None"], bool | None]
Compiled = bool | Test
NOTHING_KNOWN: Final[Facts] = {}

# Validated where the guard was defined: both sides are of the fact's kind.
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def steady(guard: Guard) -> bool:
    """Whether facts and where machines stand decide it: not the moment, other limits or the step
    itself."""
    return not any(isinstance(part, _PASSING) for part in guard.walk())


_PASSING: Final = (kinds.Running, kinds.Missed, kinds.OnWorkingDay, kinds.Named, kinds.Narrows)


def compile_guard(guard: Guard, process: Process, states: Mapping[str, str]) -> Compiled:
    """The guard with states and parameters filled in: True, False, or a test of the rest."""
    match guard:
        case kinds.Always():
            return True
        case kinds.InState():
            return states[guard.machine] in guard.states
        case kinds.ParameterIs():
            return process.parameter(guard.parameter).value == guard.value
        case kinds.Grounded():
            return compile_guard(guard.guard, process, states)
        case kinds.Not():
            return _not(compile_guard(guard.guard, process, states))
        case kinds.AllOf() | kinds.AnyOf():
            parts = [compile_guard(part, process, states) for part in guard.guards]
            return _junction(parts, decides=isinstance(guard, kinds.AnyOf))
        case kinds.Running():
            return _running(guard.deadline)
        case kinds.Missed():
            return _missed(guard.duty)
        case kinds.OnWorkingDay():
            return lambda facts, at, case: not is_rest_day(date(at.year, at.month, at.day))
        case kinds.Compare() | kinds.Member() | kinds.Includes() | kinds.Known():
            return _about_fact(guard, process)
        case kinds.Named() | kinds.Narrows():
            return _about_step(guard)
    raise AssertionError(f"{type(guard).__name__} is compiled nowhere")


def _about_fact(
    guard: kinds.Compare | kinds.Member | kinds.Includes | kinds.Known, process: Process
) -> Compiled:
    fact = guard.fact
    if isinstance(guard, kinds.Known):
        return lambda facts, at, case: facts.get(fact) is not None
    if isinstance(guard, kinds.Compare):
        bound = kinds.constant(process, guard.value)
        # a parameter without a value sets no bound
        return True if bound is None else _compare(fact, guard.operator, bound)
    if isinstance(guard, kinds.Member):
        values = frozenset(guard.values)
        return _known(fact, lambda known: known in values)
    value = guard.value
    return _known(fact, lambda known: value in known)


def _about_step(guard: kinds.Named | kinds.Narrows) -> Test:
    """A question about what is recorded with the step: of a set that the case does not hold yet,
    or not as this very object."""
    fact, nothing = guard.fact, frozenset[str]()

    def named(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        now = facts.get(fact)
        return case is not None and now is not case._facts.get(fact) and bool(now)

    def narrows(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        now: Any = facts.get(fact) or nothing
        before: Any = now if case is None else case._facts.get(fact) or nothing
        return bool(now <= before)

    return named if isinstance(guard, kinds.Named) else narrows


def _known(fact: str, asked: Callable[[Any], bool]) -> Test:
    """A question about a fact; unknown while the fact is."""

    def test(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        known = facts.get(fact)
        return None if known is None else asked(known)

    return test


def _compare(fact: str, sign: str, value: Any) -> Test:
    if sign == ">=":  # the commonest, spelt out: no call of an operator

        def at_least(facts: Facts, at: datetime, case: Case | None) -> bool | None:
            known: Any = facts.get(fact)
            return None if known is None else known >= value

        return at_least

    if value is True and sign == "==":
        return lambda facts, at, case: facts.get(fact)  # type: ignore[return-value]
    compare = OPERATORS[sign]
    return _known(fact, lambda known: compare(known, value))


def _running(deadline: str) -> Test:
    def test(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        if case is None:
            return None
        from .clocks import runs

        return runs(case, deadline, at)

    return test


def _missed(duty: str) -> Test:
    def test(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        if case is None:
            return None
        from .breaches import missed

        return missed(case, duty, at)

    return test


def _not(inner: Compiled) -> Compiled:
    if isinstance(inner, bool):
        return not inner

    def test(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        answer = inner(facts, at, case)
        return None if answer is None else not answer

    return test


def _junction(parts: list[Compiled], *, decides: bool) -> Compiled:
    """Strong Kleene 'and' (decided by False) or 'or' (decided by True)."""
    if decides in parts:
        return decides
    tests = [part for part in parts if not isinstance(part, bool)]
    if len(tests) < 2:
        return tests[0] if tests else not decides
    return _pair(*tests, decides=decides) if len(tests) == 2 else _many(tests, decides=decides)


def _pair(first: Test, second: Test, *, decides: bool) -> Test:
    def test(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        one = first(facts, at, case)
        if one is decides:
            return decides
        two = second(facts, at, case)
        if two is decides or one is not None:
            return two
        return None

    return test


def _many(tests: list[Test], *, decides: bool) -> Test:
    def test(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        answer: bool | None = not decides
        for part in tests:
            found = part(facts, at, case)
            if found is decides:
                return decides
            if found is None:
                answer = None
        return answer

    return test
