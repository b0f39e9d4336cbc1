"""Guards as JSON data and back: small tagged objects, one for each kind of condition.

A date inside a guard is tagged ({"date": "2024-06-03"}), so that a choice that looks like a
date stays a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from ..guard import (
    ALWAYS,
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

OPERATORS = ("==", "!=", "<", "<=", ">", ">=")


def to_data(guard: Guard) -> dict[str, Any]:
    """The guard as an object of strings, numbers and lists."""
    return _WRITERS[type(guard)](guard)


_WRITERS: dict[type[Guard], Callable[[Any], dict[str, Any]]] = {
    Always: lambda g: {"always": True},
    AllOf: lambda g: {"all": [to_data(part) for part in g.guards]},
    AnyOf: lambda g: {"any": [to_data(part) for part in g.guards]},
    Not: lambda g: {"not": to_data(g.guard)},
    Compare: lambda g: {"fact": g.fact, "is": g.operator, "value": value_to_data(g.value)},
    Member: lambda g: {"fact": g.fact, "in": [value_to_data(v) for v in g.values]},
    Includes: lambda g: {"fact": g.fact, "includes": g.value},
    Known: lambda g: {"fact": g.fact, "known": True},
    InState: lambda g: {"machine": g.machine, "in": list(g.states)},
    ParameterIs: lambda g: (
        {"parameter": g.parameter} | ({} if g.value is None else {"value": value_to_data(g.value)})
    ),
    OnWorkingDay: lambda g: {"working_day": True},
    Running: lambda g: {"running": g.deadline},
}


def from_data(data: Any, depth: int = 0) -> Guard:
    """The guard that this object describes; ValueError with a remedy where it is none."""
    if not isinstance(data, Mapping):
        raise ValueError('a guard is an object such as {"fact": "age", "is": ">=", "value": 65}')
    if depth > 32:
        raise ValueError("a guard is nested deeper than 32; take it apart")
    reader = _READERS.get(frozenset(data))
    if reader is None:
        known = " or ".join(sorted("/".join(sorted(keys)) for keys in _READERS))
        raise ValueError(f"a guard with {sorted(map(str, data))}; it has {known}")
    return reader(data, depth)


def _parts(data: Any, key: str, depth: int) -> tuple[Guard, ...]:
    if not isinstance(data[key], list | tuple):
        raise ValueError(f"{key!r} takes a list of guards")
    return tuple(from_data(part, depth + 1) for part in data[key])


def _compare(data: Any, depth: int) -> Guard:
    if data["is"] not in OPERATORS:
        raise ValueError(f"'is' takes one of {', '.join(OPERATORS)}")
    value = value_from_data(data["value"])
    if value is None:
        raise ValueError("a fact is compared with a value, not with null")
    return Compare(_name(data["fact"]), data["is"], value)


def _member(data: Any, depth: int) -> Guard:
    if not isinstance(data["in"], list | tuple):
        raise ValueError("'in' takes a list of values")
    values: Any = tuple(value_from_data(v) for v in data["in"])
    if any(v is None or isinstance(v, ParameterRef) for v in values):
        raise ValueError("'in' takes values, no null and no parameter")
    return Member(_name(data["fact"]), values)


def _in_state(data: Any, depth: int) -> Guard:
    if not isinstance(data["in"], list | tuple):
        raise ValueError("'in' takes a list of states")
    return InState(_name(data["machine"]), tuple(_name(s) for s in data["in"]))


def _name(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"an id is a string, not {type(value).__name__}")
    return value


_READERS: dict[frozenset[str], Callable[[Any, int], Guard]] = {
    frozenset({"always"}): lambda d, n: ALWAYS,
    frozenset({"all"}): lambda d, n: AllOf(_parts(d, "all", n)),
    frozenset({"any"}): lambda d, n: AnyOf(_parts(d, "any", n)),
    frozenset({"not"}): lambda d, n: Not(from_data(d["not"], n + 1)),
    frozenset({"fact", "is", "value"}): _compare,
    frozenset({"fact", "in"}): _member,
    frozenset({"fact", "includes"}): lambda d, n: Includes(_name(d["fact"]), _name(d["includes"])),
    frozenset({"fact", "known"}): lambda d, n: Known(_name(d["fact"])),
    frozenset({"machine", "in"}): _in_state,
    frozenset({"parameter", "value"}): lambda d, n: ParameterIs(
        _name(d["parameter"]), value_from_data(d["value"])  # type: ignore[arg-type]
    ),
    frozenset({"parameter"}): lambda d, n: ParameterIs(_name(d["parameter"]), None),
    frozenset({"working_day"}): lambda d, n: OnWorkingDay(),
    frozenset({"running"}): lambda d, n: Running(_name(d["running"])),
}  # fmt: skip


def value_to_data(value: object) -> Any:
    """A constant or parameter reference; dates are tagged."""
    if isinstance(value, ParameterRef):
        return {"parameter": value.id}
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def value_from_data(data: Any) -> bool | int | str | date | datetime | ParameterRef | None:
    """The constant or parameter reference that was written; ValueError for anything else."""
    if data is None or isinstance(data, bool | int | str | date):
        return data
    if isinstance(data, Mapping) and len(data) == 1:
        ((tag, text),) = data.items()
        if isinstance(text, str) and tag in _TAGS:
            read: date | ParameterRef = _TAGS[tag](text)
            return read
    raise ValueError('a value is a string, whole number, true, false, or {"date": "2024-06-03"}')


_TAGS: dict[str, Callable[[str], Any]] = {
    "parameter": ParameterRef,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}
