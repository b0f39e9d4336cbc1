"""Guards as JSON data and back: small tagged objects, one for each kind of condition.

A date inside a guard is tagged ({"date": "2024-06-03"}), so that a choice that looks like a
date stays a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar, get_args

from .. import guard as kinds
from ..basis import Basis
from ..errors import DefinitionError
from ..guard import ALWAYS, Guard
from .scalars import constant, field_of, text, value_from_data, value_to_data, wrong

OPERATORS: Final[tuple[str, ...]] = get_args(kinds.Operator)
_DEEPEST: Final = 32
Read = TypeVar("Read")


def to_data(guard: Guard) -> dict[str, Any]:
    """The guard as an object of strings, numbers and lists."""
    return _WRITERS[type(guard)](guard)


_WRITERS: dict[type[Guard], Callable[[Any], dict[str, Any]]] = {
    kinds.Always: lambda g: {"always": True},
    kinds.AllOf: lambda g: {"all": [to_data(part) for part in g.guards]},
    kinds.AnyOf: lambda g: {"any": [to_data(part) for part in g.guards]},
    kinds.Not: lambda g: {"not": to_data(g.guard)},
    kinds.Grounded: lambda g: {"that": to_data(g.guard), "basis": _bases_to_data(g.basis)},
    kinds.Compare: lambda g: {"fact": g.fact, "is": g.operator, "value": value_to_data(g.value)},
    kinds.Member: lambda g: {"fact": g.fact, "in": [value_to_data(v) for v in g.values]},
    kinds.Includes: lambda g: {"fact": g.fact, "includes": g.value},
    kinds.Known: lambda g: {"fact": g.fact, "known": True},
    kinds.Named: lambda g: {"fact": g.fact, "named": True},
    kinds.Narrows: lambda g: {"fact": g.fact, "narrows": True},
    kinds.InState: lambda g: {"machine": g.machine, "in": list(g.states)},
    kinds.ParameterIs: lambda g: (
        {"parameter": g.parameter} | ({} if g.value is None else {"value": value_to_data(g.value)})
    ),
    kinds.OnWorkingDay: lambda g: {"working_day": True},
    kinds.Running: lambda g: {"running": g.deadline},
    kinds.Missed: lambda g: {"missed": g.duty},
}


def from_data(data: Any, depth: int = 0) -> Guard:
    """The guard that this object describes; DefinitionError with the field where it is none."""
    if not isinstance(data, Mapping):
        raise DefinitionError("no_guard", found=type(data).__name__)
    if depth > _DEEPEST:
        raise DefinitionError("deep_guard", limit=_DEEPEST)
    reader = _READERS.get(frozenset(data))
    if reader is None:
        forms = tuple(sorted("/".join(sorted(keys)) for keys in _READERS))
        raise DefinitionError("no_form", keys=tuple(sorted(map(str, data))), forms=forms)
    for key in _ONLY_TRUE.intersection(data):
        if data[key] is not True:
            raise DefinitionError("only_true").within(key)
    return reader(data, depth)


def _each(data: Any, key: str, read: Callable[[Any], Read]) -> tuple[Read, ...]:
    held = data[key]
    if not isinstance(held, list | tuple):
        raise wrong(held, "list").within(key)
    numbered = {f"{key}[{n}]": item for n, item in enumerate(held)}
    return tuple(field_of(numbered, here, read) for here in numbered)


def _some(data: Any, key: str, read: Callable[[Any], Read]) -> tuple[Read, ...]:
    if not (found := _each(data, key, read)):
        raise DefinitionError("lists_nothing").within(key)
    return found


def _all(data: Any, key: str, depth: int) -> tuple[Guard, ...]:
    return _each(data, key, lambda part: from_data(part, depth + 1))


def _bases(data: Any) -> tuple[Basis, ...]:
    from . import plain  # which reads guards

    found: tuple[Basis, ...] = plain.read(data, tuple[Basis, ...])
    return found


def _bases_to_data(bases: tuple[Basis, ...]) -> Any:
    from . import plain

    return plain.write(bases, tuple[Basis, ...])


def _operator(data: Any) -> Any:
    if data not in OPERATORS:
        raise DefinitionError("none_of", allowed=OPERATORS)
    return data


def _given(data: Any) -> Any:
    if data is None:
        raise DefinitionError("null_compared")
    return data


_ONLY_TRUE: Final = frozenset({"always", "known", "named", "narrows", "working_day"})
_READERS: dict[frozenset[str], Callable[[Any, int], Guard]] = {
    frozenset({"always"}): lambda d, n: ALWAYS,
    frozenset({"all"}): lambda d, n: kinds.AllOf(_all(d, "all", n)),
    frozenset({"any"}): lambda d, n: kinds.AnyOf(_all(d, "any", n)),
    frozenset({"not"}): lambda d, n: kinds.Not(
        field_of(d, "not", lambda part: from_data(part, n + 1))
    ),
    frozenset({"that", "basis"}): lambda d, n: kinds.Grounded(
        field_of(d, "that", lambda part: from_data(part, n + 1)), field_of(d, "basis", _bases)
    ),
    frozenset({"fact", "is", "value"}): lambda d, n: kinds.Compare(
        field_of(d, "fact", text),
        field_of(d, "is", _operator),
        field_of(d, "value", lambda bound: value_from_data(_given(bound))),
    ),
    frozenset({"fact", "in"}): lambda d, n: kinds.Member(
        field_of(d, "fact", text), _some(d, "in", lambda value: constant(_given(value)))
    ),
    frozenset({"fact", "includes"}): lambda d, n: kinds.Includes(
        field_of(d, "fact", text), field_of(d, "includes", text)
    ),
    frozenset({"fact", "known"}): lambda d, n: kinds.Known(field_of(d, "fact", text)),
    frozenset({"fact", "named"}): lambda d, n: kinds.Named(field_of(d, "fact", text)),
    frozenset({"fact", "narrows"}): lambda d, n: kinds.Narrows(field_of(d, "fact", text)),
    frozenset({"machine", "in"}): lambda d, n: kinds.InState(
        field_of(d, "machine", text), _some(d, "in", text)
    ),
    frozenset({"parameter", "value"}): lambda d, n: kinds.ParameterIs(
        field_of(d, "parameter", text), field_of(d, "value", constant)
    ),
    frozenset({"parameter"}): lambda d, n: kinds.ParameterIs(field_of(d, "parameter", text), None),
    frozenset({"working_day"}): lambda d, n: kinds.OnWorkingDay(),
    frozenset({"running"}): lambda d, n: kinds.Running(field_of(d, "running", text)),
    frozenset({"missed"}): lambda d, n: kinds.Missed(field_of(d, "missed", text)),
}
