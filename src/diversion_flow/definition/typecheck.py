"""Does a definition value hold what its class declares? Names the place where it does not."""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from weakref import WeakValueDictionary

from attrs import fields, has

from .errors import DefinitionError

Checker = Callable[[Any, str], None]

# Frozen values that were found sound stay so: a variant shares nearly all of its parts with the
# process that it is made of, and those are not looked at again.
_sound: WeakValueDictionary[int, Any] = WeakValueDictionary()


def check_types(value: Any, place: str) -> None:
    """Raise DefinitionError at the first attribute of another type than declared."""
    cls: Any = type(value)
    for name, check in _checkers(cls):
        check(getattr(value, name), f"{place}.{name}")


@cache
def _checkers(cls: Any) -> tuple[tuple[str, Checker], ...]:
    hints = get_type_hints(cls)
    return tuple((a.name, _checker(hints[a.name])) for a in fields(cls))


@cache
def _checker(declared: Any) -> Checker:
    if get_origin(declared) is tuple:
        return _sequence(_checker(get_args(declared)[0]))
    if get_origin(declared) is Literal:
        return _literal(get_args(declared))
    options = _options(declared)
    return _instance(options, "or ".join(f"{o.__name__} " for o in options).strip())


def _options(declared: Any) -> tuple[type, ...]:
    if get_origin(declared) in (Union, types.UnionType):
        return tuple(o for arg in get_args(declared) for o in _options(arg))
    return (declared,)


def _sequence(check: Checker) -> Checker:
    def sequence(value: Any, place: str) -> None:
        if not isinstance(value, tuple):
            raise DefinitionError(place, f"is a {type(value).__name__}", "give a tuple")
        for i, item in enumerate(value):
            check(item, f"{place}[{getattr(item, 'id', i)}]")

    return sequence


def _literal(allowed: tuple[Any, ...]) -> Checker:
    def literal(value: Any, place: str) -> None:
        if value not in allowed:
            raise DefinitionError(place, f"is none of {', '.join(map(str, allowed))}")

    return literal


def _instance(options: tuple[type, ...], expected: str) -> Checker:
    strict_int = int in options and bool not in options

    def instance(value: Any, place: str) -> None:
        if not isinstance(value, options) or (strict_int and isinstance(value, bool)):
            raise DefinitionError(place, f"is a {type(value).__name__}", f"give {expected}")
        if has(type(value)) and _sound.get(id(value)) is not value:
            check_types(value, place)
            _sound[id(value)] = value

    return instance
