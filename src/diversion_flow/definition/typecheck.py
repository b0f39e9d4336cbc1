"""Does a definition value hold what its class declares, and do its texts say something? Names the
place where it does not."""

from __future__ import annotations

import types
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin
from weakref import WeakValueDictionary

from attrs import fields, has

from .bare import bare
from .errors import At, DefinitionError
from .languages import LANGUAGES
from .reference import hints, texts
from .text import Text
from .trust import on_trust

Checker = Callable[[Any], None]

LONGEST = 1000  # bits of a number that anybody wants to read
_ENDS = (date.min.year, date.max.year)  # where days end, beside which there is no other
# Frozen values that were found sound stay so: a variant shares nearly all of its parts with the
# process that it is made of, and those are not looked at again.
_sound: WeakValueDictionary[int, Any] = WeakValueDictionary()


def check_types(value: Any, beside: Any = None) -> None:
    """Raise DefinitionError at the first attribute of another type than declared, or of which the
    text says nothing in any language; what it shares with a sound one `beside` it is sound."""
    if on_trust():
        return
    cls: Any = type(value)
    for name, check in _checkers(cls):
        held = getattr(value, name)
        try:
            if beside is None or held is not getattr(beside, name):
                check(held)
        except DefinitionError as error:
            error.at = _within(name, error.at)
            raise


def check(cls: type, name: str, value: object) -> None:
    """Raise DefinitionError where the value is not of the type that this field declares."""
    if not on_trust():
        _checker(hints(cls)[name])(value)


def kind(wanted: type) -> Callable[[Any, Any, Any], None]:
    """A validator of one attribute, for classes that look at it when they are made."""

    def validator(_: Any, attribute: Any, value: Any) -> None:
        if not isinstance(value, wanted):
            error = _wrong(value, (wanted,))
            error.at = ((attribute.name, ""),)
            raise error

    return validator


def _within(name: str, at: At) -> At:
    """The place of a fault as seen one level further out; parts are named by kind and id."""
    (first, id), *rest = at or (("", ""),)
    if id:
        return at
    return ((name + first, ""), *rest) if first.startswith("[") or not at else ((name, ""), *at)


@cache
def _checkers(cls: Any) -> tuple[tuple[str, Checker], ...]:
    found = ((a.name, _checker(hints(cls)[a.name])) for a in fields(cls))
    return tuple((name, _saying(name, c) if name in texts(cls) else c) for name, c in found)


def _saying(name: str, check: Checker) -> Checker:
    """A part is called something, in one of the languages at least; so is what else it says."""

    def saying(value: Any) -> None:
        check(value)
        if not isinstance(value, Text) or value.missing != LANGUAGES:
            return
        if name == "label":
            raise DefinitionError("no_label")
        raise DefinitionError("says_nothing")

    return saying


@cache
def _checker(declared: Any) -> Checker:
    if get_origin(declared) is tuple:
        return _sequence(_checker(get_args(declared)[0]))
    if get_origin(declared) is Literal:
        return _literal(get_args(declared))
    return _instance(_options(declared))


def _options(declared: Any) -> tuple[type, ...]:
    if get_origin(declared) in (Union, types.UnionType):
        return tuple(o for arg in get_args(declared) for o in _options(arg))
    return (get_origin(declared) or declared,)


def _sequence(check: Checker) -> Checker:
    def sequence(value: Any) -> None:
        if isinstance(value, list):
            raise DefinitionError("list_changes")
        if not isinstance(value, tuple):
            raise _wrong(value, (tuple,))
        for i, item in enumerate(value):
            try:
                check(item)
            except DefinitionError as error:
                id = getattr(item, "id", None)
                kind = type(item).__name__.lower()
                part = (kind, bare(id)) if isinstance(id, str) else (f"[{i}]", "")
                error.at = (part, *error.at)
                raise

    return sequence


def _literal(allowed: tuple[Any, ...]) -> Checker:
    def literal(value: Any) -> None:
        if value not in allowed:
            raise DefinitionError("none_of", allowed=allowed)

    return literal


def _instance(options: tuple[type, ...]) -> Checker:
    # A truth value is no number, and a moment is no day, though Python has it so.
    never = tuple(inner for outer, inner in ((int, bool), (date, datetime))
                  if outer in options and inner not in options)  # fmt: skip
    # Nothing is left to look at in what is just one of these; a number may be too long, and a day
    # too far away.
    plain = frozenset(o for o in options if o not in (int, date, datetime) and not _holds(o))

    def instance(value: Any) -> None:
        cls = value.__class__
        if cls in plain:
            return
        if not isinstance(value, options) or isinstance(value, never):
            raise _wrong(value, options)
        if isinstance(value, int) and value.bit_length() > LONGEST:
            raise DefinitionError("number_long")
        if isinstance(value, date) and value.year in _ENDS:
            raise DefinitionError("day_far")
        if _holds(cls) and _sound.get(id(value)) is not value:
            check_types(value)
            _sound[id(value)] = value

    return instance


_holds = cache(has)  # whether values of a class hold others that have to be looked at


def _wrong(value: object, wanted: tuple[type, ...]) -> DefinitionError:
    names = tuple(kind.__name__ for kind in wanted if kind is not type(None))
    return DefinitionError("wrong_type", found=type(value).__name__, wanted=names)
