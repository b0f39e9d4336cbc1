"""Guards as data: one small tree that is evaluated, explored, printed, stored and exported.

A guard asks about facts of the case, states of the machines, parameters of the policy or
the day of the step. Python operators build it::

    (fact("age") >= param("elderly_age")) & ~machine("adjustment").in_("vetoed")

A guard answers True, False or None: None when a fact it needs is not known yet
(strong Kleene logic). No text is ever evaluated as code.

Four readers answer a guard independently of one another, on purpose, so that they can judge one
another: the compiled closures of `runtime.logic`, the walk over the tree in the live machine, the
cells of `analysis` (and, in the tests, z3). The others write it: `wording`, `files.guard_data`,
`interchange.conditions`. A new kind of guard needs a row in each (`tests/whole/test_guard_kinds`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from attrs import field

from .arguments import each
from .basis import Basis
from .errors import CallError, DefinitionError
from .frozen import frozen
from .moments import moment
from .reference import Ref, references

if TYPE_CHECKING:
    from .process import Process

Scalar: TypeAlias = bool | int | str | date | datetime
Operator = Literal["==", "!=", "<", "<=", ">", ">="]


def _held(value: Any) -> Any:
    """A constant as facts hold it: a moment without an offset is Japanese time."""
    return moment(value) if isinstance(value, datetime) else value


def _each_held(values: Any) -> Any:
    """The same of several; what is no tuple is refused where kinds are looked at."""
    return tuple(map(_held, values)) if isinstance(values, tuple) else values


def scalar(value: Scalar | None) -> Scalar | None:
    """A value of a parameter, as facts hold it."""
    found: Scalar | None = _held(value)
    return found


def scalars(values: tuple[Scalar | None, ...]) -> tuple[Scalar | None, ...]:
    """Values of a parameter, as facts hold them."""
    found: tuple[Scalar | None, ...] = _each_held(values)
    return found


class Guard:
    """A condition on a step."""

    __slots__ = ()

    def __and__(self, other: Guard) -> Guard:
        return AllOf(_flat(AllOf, self, _guard(other)))

    def __or__(self, other: Guard) -> Guard:
        return AnyOf(_flat(AnyOf, self, _guard(other)))

    def __rand__(self, other: object) -> Guard:
        return _guard(other) & self

    def __ror__(self, other: object) -> Guard:
        return _guard(other) | self

    def __invert__(self) -> Guard:
        if isinstance(self, Grounded):
            return Grounded(~self.guard, self.basis)
        return self.guard if isinstance(self, Not) else Not(self)

    def __bool__(self) -> bool:
        raise CallError("guard_truth")

    def under(self, *basis: Basis) -> Guard:
        """The same condition with a ground of its own, which a refusal then cites."""
        return Grounded(self, tuple(each("basis", basis, Basis)))

    def parts(self) -> tuple[Guard, ...]:
        """The guards directly inside this one."""
        return ()

    def walk(self) -> Iterator[Guard]:
        """This guard and all inside it, outermost first."""
        yield self
        for part in self.parts():
            yield from part.walk()

    def mentions(self) -> tuple[tuple[str, str], ...]:
        """What it asks about, each once, as (kind, id); states as `machine.state`."""
        return tuple(dict.fromkeys((kind, id) for _, kind, id in references(self)))


def _guard(given: object) -> Guard:
    if not isinstance(given, Guard):
        raise CallError("guard_wanted", found=type(given).__name__)
    return given


def _flat(kind: type[AllOf] | type[AnyOf], *guards: Guard) -> tuple[Guard, ...]:
    flat: list[Guard] = []
    for guard in guards:
        flat.extend(guard.parts() if isinstance(guard, kind) else (guard,))
    return tuple(flat)


@frozen(cache_hash=True)
class AllOf(Guard):
    """Every part holds."""

    guards: tuple[Guard, ...]

    def parts(self) -> tuple[Guard, ...]:
        return self.guards


@frozen(cache_hash=True)
class AnyOf(Guard):
    """At least one part holds."""

    guards: tuple[Guard, ...]

    def parts(self) -> tuple[Guard, ...]:
        return self.guards


@frozen(cache_hash=True)
class Not(Guard):
    """The part does not hold."""

    guard: Guard

    def parts(self) -> tuple[Guard, ...]:
        return (self.guard,)


@frozen(cache_hash=True)
class Grounded(Guard):
    """The part, asked on a ground of its own: age, custody and consent stand in different
    articles. It answers as its part does."""

    guard: Guard
    basis: tuple[Basis, ...]

    def parts(self) -> tuple[Guard, ...]:
        return (self.guard,)


def atoms(*guards: Guard) -> Iterator[Guard]:
    """The conditions without parts in some guards; what stands in them twice is looked at once."""
    seen, waiting = set[int](), [*reversed(guards)]
    while waiting:
        here = waiting.pop()
        if id(here) not in seen:
            seen.add(id(here))
            if parts := here.parts():
                waiting.extend(reversed(parts))
            else:
                yield here


def bare(guard: Guard) -> Guard:
    """The condition without the grounds in it."""
    match guard:
        case Grounded():
            return bare(guard.guard)
        case Not():
            return ~bare(guard.guard)
        case AllOf() | AnyOf() if any(isinstance(part, Grounded) for part in guard.walk()):
            return type(guard)(_flat(type(guard), *map(bare, guard.guards)))
    return guard


def replaced(guard: Guard, atom: Callable[[Guard, bool], Guard], wanted: bool = True) -> Guard:
    """The condition with others in the place of those in it that have no parts: by each of these,
    and whether it is wanted true there, or false."""
    match guard:
        case Grounded():
            return Grounded(replaced(guard.guard, atom, wanted), guard.basis)
        case Not():
            return ~replaced(guard.guard, atom, not wanted)
        case AllOf() | AnyOf():
            return type(guard)(tuple(replaced(part, atom, wanted) for part in guard.guards))
    return atom(guard, wanted)


@frozen
class ParameterRef:
    """The value of a policy parameter, used in place of a constant."""

    id: Annotated[str, Ref("parameter")]


def constant(process: Process, value: Any) -> Any:
    """The value itself, or that of the parameter which stands in its place; None where the policy
    sets none."""
    return process.parameter(value.id).value if isinstance(value, ParameterRef) else value


@frozen(cache_hash=True)
class Compare(Guard):
    """A fact compared with a constant or a parameter."""

    fact: Annotated[str, Ref("fact")]
    operator: Operator
    value: Scalar | ParameterRef = field(converter=_held)


@frozen(cache_hash=True)
class Member(Guard):
    """A fact is one of these values."""

    fact: Annotated[str, Ref("fact")]
    values: tuple[Scalar, ...] = field(converter=_each_held)


@frozen(cache_hash=True)
class Includes(Guard):
    """A fact that holds several values holds this one."""

    fact: Annotated[str, Ref("fact")]
    value: str


@frozen(cache_hash=True)
class Known(Guard):
    """A fact has been recorded, whatever it is."""

    fact: Annotated[str, Ref("fact")]


@frozen(cache_hash=True)
class Named(Guard):
    """A fact that holds several values is recorded with this very step, and holds one at least:
    what was recorded earlier does not count."""

    fact: Annotated[str, Ref("fact")]


@frozen(cache_hash=True)
class Narrows(Guard):
    """The step adds nothing to what a fact that holds several values held before it."""

    fact: Annotated[str, Ref("fact")]


@frozen(cache_hash=True)
class InState(Guard):
    """A machine is in one of these states."""

    machine: Annotated[str, Ref("machine")]
    states: Annotated[tuple[str, ...], Ref("state", "machine")]


@frozen(cache_hash=True)
class ParameterIs(Guard):
    """A policy parameter has this value."""

    parameter: Annotated[str, Ref("parameter")]
    value: Scalar | None = field(converter=_held)


@frozen(cache_hash=True)
class OnWorkingDay(Guard):
    """The step happens on a weekday that is no public holiday."""


@frozen(cache_hash=True)
class Running(Guard):
    """A deadline is running, and has not passed, at the moment of the step."""

    deadline: Annotated[str, Ref("deadline")]


@frozen(cache_hash=True)
class Missed(Guard):
    """A duty was missed: its time was over, by the moment of the step, before it was met. That
    stays so when it is met late, until it begins anew."""

    duty: Annotated[str, Ref("deadline")]


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

    def in_(self, *values: Scalar) -> Guard:
        """The fact is one of these values."""
        return Member(self.id, _each(values, Scalar, "fact", self.id))

    def includes(self, value: str) -> Guard:
        """The fact, which holds several values, holds this one."""
        return Includes(self.id, *_each((value,), str, "fact", self.id))

    def known(self) -> Guard:
        """The fact has been recorded."""
        return Known(self.id)

    def named(self) -> Guard:
        """The fact, which holds several values, is recorded with this step and not empty."""
        return Named(self.id)

    def narrows(self) -> Guard:
        """The step adds nothing to what the fact, which holds several values, held before."""
        return Narrows(self.id)

    def _compare(self, operator: Operator, value: object) -> Compare:
        if not isinstance(value, bool | int | str | date | ParameterRef):
            raise DefinitionError(
                "compared_with", found=type(value).__name__, at=(("fact", self.id),)
            )
        return Compare(self.id, operator, value)


@frozen
class MachineRef:
    """A machine as the operand of a guard under construction."""

    id: str

    def in_(self, *states: str) -> Guard:
        """The machine is in one of these states."""
        return InState(self.id, _each(states, str, "machine", self.id))


def _each(values: tuple[Any, ...], kinds: Any, kind: str, id: str) -> tuple[Any, ...]:
    """The values, if there are any and each is of these kinds."""
    if not values:
        raise DefinitionError("lists_nothing", at=((kind, id),))
    for value in values:
        if not isinstance(value, kinds):
            raise CallError("one_by_one", found=type(value).__name__, at=((kind, id),))
    return values


def _id(given: object, kind: str) -> str:
    if not isinstance(given, str):
        raise CallError("id_wanted", kind=kind, found=type(given).__name__)
    return given


def fact(id: str) -> FactRef:
    """A fact of the case, to be compared: `fact("age") >= 65`."""
    return FactRef(_id(id, "fact"))


def holds(id: str) -> Guard:
    """A yes-or-no fact has been recorded as true."""
    return Compare(_id(id, "fact"), "==", True)


def machine(id: str) -> MachineRef:
    """A machine of the process, to be asked for its state."""
    return MachineRef(_id(id, "machine"))


def param(id: str) -> ParameterRef:
    """A policy parameter, in place of a constant."""
    return ParameterRef(_id(id, "parameter"))


def when(parameter: str, value: Scalar | None = True) -> Guard:
    """The policy parameter has this value (True unless said otherwise)."""
    return ParameterIs(_id(parameter, "parameter"), value)


def running(deadline: str) -> Guard:
    """The deadline is running and has not passed."""
    return Running(_id(deadline, "deadline"))


def missed(duty: str) -> Guard:
    """The duty was missed, and has not begun anew since."""
    return Missed(_id(duty, "deadline"))


@frozen(cache_hash=True)
class Always(Guard):
    """Holds in every case."""


ALWAYS = Always()


def every(*guards: Guard) -> Guard:
    """All of these together; ALWAYS when there are none."""
    kept = _flat(AllOf, *(_guard(g) for g in guards if g is not None and not isinstance(g, Always)))
    if not kept:
        return ALWAYS
    return kept[0] if len(kept) == 1 else AllOf(kept)


def any_of(*guards: Guard) -> Guard:
    """At least one of these."""
    return guards[0] if len(guards) == 1 else AnyOf(_flat(AnyOf, *map(_guard, guards)))
