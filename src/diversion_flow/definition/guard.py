"""Guards as data: one small tree that is evaluated, explored, printed, stored and exported.

A guard asks about facts of the case, states of the machines, parameters of the policy or
the day of the step. Python operators build it::

    (fact("age") >= param("elderly_age")) & ~machine("adjustment").in_("vetoed")

A guard answers True, False or None: None when a fact it needs is not known yet
(strong Kleene logic). No text is ever evaluated as code.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal, TypeAlias

from attrs import frozen

from .errors import DefinitionError

Scalar: TypeAlias = bool | int | str | date | datetime
Operator = Literal["==", "!=", "<", "<=", ">", ">="]


class Guard:
    """A condition on a step."""

    __slots__ = ()

    def __and__(self, other: Guard) -> Guard:
        return AllOf(_flat(AllOf, self, other))

    def __or__(self, other: Guard) -> Guard:
        return AnyOf(_flat(AnyOf, self, other))

    def __invert__(self) -> Guard:
        return self.guard if isinstance(self, Not) else Not(self)

    def __bool__(self) -> bool:
        raise TypeError("a guard has no truth value before a case is asked; use &, | and ~")

    def parts(self) -> tuple[Guard, ...]:
        """The guards directly inside this one."""
        return ()

    def mentions(self) -> tuple[tuple[str, str], ...]:
        """What this part itself refers to, as (kind, id)."""
        names = {"fact": "fact", "machine": "machine", "deadline": "deadline"}
        return tuple((k, getattr(self, a)) for a, k in names.items() if hasattr(self, a))

    def walk(self) -> Iterator[Guard]:
        """This guard and all inside it, outermost first."""
        yield self
        for part in self.parts():
            yield from part.walk()


def _flat(kind: type[AllOf] | type[AnyOf], *guards: Guard) -> tuple[Guard, ...]:
    flat: list[Guard] = []
    for guard in guards:
        flat.extend(guard.parts() if isinstance(guard, kind) else (guard,))
    return tuple(flat)


@frozen
class AllOf(Guard):
    """Every part holds."""

    guards: tuple[Guard, ...]

    def parts(self) -> tuple[Guard, ...]:
        return self.guards


@frozen
class AnyOf(Guard):
    """At least one part holds."""

    guards: tuple[Guard, ...]

    def parts(self) -> tuple[Guard, ...]:
        return self.guards


@frozen
class Not(Guard):
    """The part does not hold."""

    guard: Guard

    def parts(self) -> tuple[Guard, ...]:
        return (self.guard,)


@frozen
class ParameterRef:
    """The value of a policy parameter, used in place of a constant."""

    id: str


@frozen
class Compare(Guard):
    """A fact compared with a constant or a parameter."""

    fact: str
    operator: Operator
    value: Scalar | ParameterRef


@frozen
class Member(Guard):
    """A fact is one of these values."""

    fact: str
    values: tuple[Scalar, ...]


@frozen
class Includes(Guard):
    """A fact that holds several values holds this one."""

    fact: str
    value: str


@frozen
class Known(Guard):
    """A fact has been recorded, whatever it is."""

    fact: str


@frozen
class InState(Guard):
    """A machine is in one of these states."""

    machine: str
    states: tuple[str, ...]


@frozen
class ParameterIs(Guard):
    """A policy parameter has this value."""

    parameter: str
    value: Scalar | None


@frozen
class OnWorkingDay(Guard):
    """The step happens on a weekday that is no public holiday."""


@frozen
class Running(Guard):
    """A deadline is running, and has not passed, at the moment of the step."""

    deadline: str


@frozen(eq=False)
class FactRef:
    """A fact as the operand of a guard under construction."""

    id: str

    def __eq__(self, other: object) -> Compare:  # type: ignore[override]
        return self._compare("==", other)

    def __ne__(self, other: object) -> Compare:  # type: ignore[override]
        return self._compare("!=", other)

    def __lt__(self, other: object) -> Compare:
        return self._compare("<", other)

    def __le__(self, other: object) -> Compare:
        return self._compare("<=", other)

    def __gt__(self, other: object) -> Compare:
        return self._compare(">", other)

    def __ge__(self, other: object) -> Compare:
        return self._compare(">=", other)

    __hash__ = None  # type: ignore[assignment]

    def in_(self, *values: Scalar) -> Member:
        """The fact is one of these values."""
        return Member(self.id, values)

    def includes(self, value: str) -> Includes:
        """The fact, which holds several values, holds this one."""
        return Includes(self.id, value)

    def known(self) -> Known:
        """The fact has been recorded."""
        return Known(self.id)

    def _compare(self, operator: Operator, value: object) -> Compare:
        if not isinstance(value, bool | int | str | date | ParameterRef):
            raise DefinitionError(
                f"guard on fact {self.id}", f"cannot compare with {type(value).__name__}"
            )
        return Compare(self.id, operator, value)


@frozen
class MachineRef:
    """A machine as the operand of a guard under construction."""

    id: str

    def in_(self, *states: str) -> InState:
        """The machine is in one of these states."""
        return InState(self.id, states)


def fact(id: str) -> FactRef:
    """A fact of the case, to be compared: `fact("age") >= 65`."""
    return FactRef(id)


def holds(id: str) -> Compare:
    """A yes-or-no fact has been recorded as true."""
    return Compare(id, "==", True)


def machine(id: str) -> MachineRef:
    """A machine of the process, to be asked for its state."""
    return MachineRef(id)


def param(id: str) -> ParameterRef:
    """A policy parameter, in place of a constant."""
    return ParameterRef(id)


def when(parameter: str, value: Scalar | None = True) -> ParameterIs:
    """The policy parameter has this value (True unless said otherwise)."""
    return ParameterIs(parameter, value)


def running(deadline: str) -> Running:
    """The deadline is running and has not passed."""
    return Running(deadline)


@frozen
class Always(Guard):
    """Holds in every case."""


ALWAYS = Always()


def every(*guards: Guard) -> Guard:
    """All of these together; ALWAYS when there are none."""
    kept = _flat(AllOf, *(g for g in guards if g is not None and g != ALWAYS))
    if not kept:
        return ALWAYS
    return kept[0] if len(kept) == 1 else AllOf(kept)


def any_of(*guards: Guard) -> Guard:
    """At least one of these."""
    return guards[0] if len(guards) == 1 else AnyOf(_flat(AnyOf, *guards))
