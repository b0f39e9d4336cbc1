"""Guards made ready to be asked: a tree becomes a closure, once for each configuration.

A closure is called with the facts (a tuple in the schema's order, None where unknown), the
moment of the step and the case. It answers True, False or None (unknown).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..definition.guard import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Guard,
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
from .calendar import is_rest_day, moment

if TYPE_CHECKING:
    from ..definition import Process
    from .case import Case

Facts = tuple[Any, ...]
Test = Callable[[Facts, datetime, "Case | None"], bool | None]
Compiled = bool | Test

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compile_guard(guard: Guard, process: Process, states: Mapping[str, str]) -> Compiled:
    """The guard with states and parameters filled in: True, False, or a test of the rest."""
    return _COMPILERS[type(guard)](guard, process, states)


def _always(guard: Always, process: Process, states: Mapping[str, str]) -> Compiled:
    return True


def _in_state(guard: InState, process: Process, states: Mapping[str, str]) -> Compiled:
    return states[guard.machine] in guard.states


def _parameter_is(guard: ParameterIs, process: Process, states: Mapping[str, str]) -> Compiled:
    return process.parameter(guard.parameter).value == guard.value


def _index(process: Process, fact: str) -> int:
    return next(i for i, f in enumerate(process.facts) if f.id == fact)


def _constant(value: Any) -> Any:
    """A constant as facts hold it: a moment without an offset is Japanese time."""
    return moment(value) if isinstance(value, datetime) else value


def _compare(guard: Compare, process: Process, states: Mapping[str, str]) -> Compiled:
    i, compare = _index(process, guard.fact), OPERATORS[guard.operator]
    value: Any = guard.value
    if isinstance(value, ParameterRef):
        value = process.parameter(value.id).value
        if value is None:  # a parameter without a value sets no bound
            return True
    value = _constant(value)

    if guard.operator == ">=":  # the commonest, spelt out: no call of an operator

        def at_least(facts: Facts, at: datetime, case: Case | None) -> bool | None:
            known = facts[i]
            return None if known is None else known >= value

        return at_least

    if value is True and guard.operator == "==":
        return lambda facts, at, case: facts[i]

    def test(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        known = facts[i]
        return None if known is None else compare(known, value)

    return test


def _member(guard: Member, process: Process, states: Mapping[str, str]) -> Compiled:
    i, values = _index(process, guard.fact), frozenset(map(_constant, guard.values))

    def test(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        known = facts[i]
        return None if known is None else known in values

    return test


def _includes(guard: Includes, process: Process, states: Mapping[str, str]) -> Compiled:
    i, value = _index(process, guard.fact), guard.value

    def test(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        known = facts[i]
        return None if known is None else value in known

    return test


def _known(guard: Known, process: Process, states: Mapping[str, str]) -> Compiled:
    i = _index(process, guard.fact)
    return lambda facts, at, case: facts[i] is not None


def _working_day(guard: OnWorkingDay, process: Process, states: Mapping[str, str]) -> Compiled:
    return lambda facts, at, case: not is_rest_day(date(at.year, at.month, at.day))


def _running(guard: Running, process: Process, states: Mapping[str, str]) -> Compiled:
    def test(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        if case is None:
            return None
        from .clocks import clock

        found = clock(case, guard.deadline)
        return found is not None and not found.passed(at)

    return test


def _not(guard: Not, process: Process, states: Mapping[str, str]) -> Compiled:
    inner = compile_guard(guard.guard, process, states)
    if isinstance(inner, bool):
        return not inner

    def test(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        answer = inner(facts, at, case)
        return None if answer is None else not answer

    return test


def _all_of(guard: AllOf, process: Process, states: Mapping[str, str]) -> Compiled:
    return _junction(guard.guards, process, states, decides=False)


def _any_of(guard: AnyOf, process: Process, states: Mapping[str, str]) -> Compiled:
    return _junction(guard.guards, process, states, decides=True)


def _junction(
    parts: tuple[Guard, ...], process: Process, states: Mapping[str, str], *, decides: bool
) -> Compiled:
    """Strong Kleene 'and' (decided by False) or 'or' (decided by True)."""
    tests: list[Test] = []
    for part in parts:
        compiled = compile_guard(part, process, states)
        if compiled is decides:
            return decides
        if not isinstance(compiled, bool):
            tests.append(compiled)
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


_COMPILERS: dict[type[Guard], Callable[[Any, Process, Mapping[str, str]], Compiled]] = {
    Always: _always,
    AllOf: _all_of,
    AnyOf: _any_of,
    Not: _not,
    Compare: _compare,
    Member: _member,
    Includes: _includes,
    Known: _known,
    InState: _in_state,
    ParameterIs: _parameter_is,
    OnWorkingDay: _working_day,
    Running: _running,
}
