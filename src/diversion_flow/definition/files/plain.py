"""Values of the definition as plain data and back, by the types that their classes declare.

A file names no Python code, and a value that is its field's default is left out. A fault is
raised with its field, as seen from what was read.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Final, Union, get_args, get_origin

from attrs import NOTHING, fields

from ..deadline import OnEntry, OnEvent, OnFact, Start
from ..edits.edit import Edit
from ..errors import At, DefinitionError
from ..frozen import frozen
from ..guard import Guard, ParameterRef, Scalar
from ..process import KINDS
from ..reference import hints
from ..text import Text
from . import scalars
from .edit_data import edit_from_data, edit_to_data
from .guard_data import from_data, to_data
from .scalars import value_from_data, value_to_data, wrong


@frozen
class Form:
    """How values of one type are read and written."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


def read(data: Any, declared: Any) -> Any:
    """The value of this type that plain data describe; DefinitionError with the field."""
    return _form(declared).read(data)


def reader(declared: Any) -> Callable[[Any], Any]:
    """What reads values of this type: `read`, where many are read."""
    return _form(declared).read


def write(value: Any, declared: Any) -> Any:
    """The value as plain data."""
    return _form(declared).write(value)


@cache
def _form(declared: Any) -> Form:
    own = next((form for kind, form in _FORMS if kind == declared), None)
    if own is not None:
        return own
    if get_origin(declared) is tuple:
        return _list(get_args(declared)[0])
    if get_origin(declared) in (Union, types.UnionType):
        return _or_null(next(kind for kind in get_args(declared) if kind is not type(None)))
    return _enum(declared) if issubclass(declared, Enum) else _object(declared)


def _list(declared: Any) -> Form:
    form = _form(declared)

    def read_list(data: Any) -> tuple[Any, ...]:
        if not isinstance(data, list):
            raise wrong(data, "list")
        found: list[Any] = []
        try:
            for item in data:
                found.append(form.read(item))
        except DefinitionError as error:
            raise error.within(f"[{len(found)}]") from None
        return tuple(found)

    return Form(read_list, lambda values: [form.write(value) for value in values])


def _or_null(declared: Any) -> Form:
    form = _form(declared)
    return Form(
        lambda data: None if data is None else form.read(data),
        lambda value: None if value is None else form.write(value),
    )


def _enum(kind: type[Enum]) -> Form:
    members = {member.value: member for member in kind}

    def read_member(data: Any) -> Enum:
        if not isinstance(data, str) or data not in members:
            raise DefinitionError("none_of", allowed=tuple(members))
        return members[data]

    return Form(read_member, lambda member: member.value)


def _object(cls: type) -> Form:
    kept = [a for a in fields(cls) if a.eq]  # what is no part of the value is not written
    known = {a.name for a in kept}
    needed = [a.name for a in kept if a.default is NOTHING]

    @cache  # worked out at first use: types may be mutual
    def parts() -> tuple[tuple[str, Form, Any], ...]:
        return tuple((a.name, _form(hints(cls)[a.name]), scalars.default_of(a)) for a in kept)

    def read_object(data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise wrong(data, cls.__name__ if cls.__name__ == "Text" else "dict")
        for name in data:
            if name not in known:
                raise DefinitionError("unknown_field", id=name, known=sorted(known)).within(name)
        found = {
            name: scalars.field_of(data, name, form.read)
            for name, form, _ in parts()
            if name in data
        }
        for name in needed:
            if name not in data:
                code = "missing_language" if cls is Text else "missing"
                raise DefinitionError(code, id=name).within(name)
        try:
            return cls(**found)
        except DefinitionError as error:
            error.field, error.at = _field_at(data, error.at), ()
            raise

    def write_object(value: Any) -> dict[str, Any]:
        return {
            name: form.write(held)
            for name, form, default in parts()
            if (held := getattr(value, name)) != default
        }

    return Form(read_object, write_object)


def _field_at(data: Any, at: At) -> str:
    """Where a part stands in the data: `machines[0].transitions[2].target`. Of two parts with
    one id the later is meant."""
    field = ""
    for number, (kind, id) in enumerate(at, 1):
        name = KINDS[kind].list if kind in KINDS else kind
        if not id and (kind not in KINDS or number == len(at)):  # a field, which ends it
            field += f".{kind}"
        elif isinstance(data, Mapping) and isinstance(held := data.get(name), list):
            place = max(n for n, item in enumerate(held) if item.get("id") == id)
            field, data = f"{field}.{name}[{place}]", held[place]
    return field.removeprefix(".")


# -- forms that are not those of a class ---------------------------------------------------------


def _start(data: Any) -> Start:
    if isinstance(data, Mapping) and len(data) == 1:
        ((tag, value),) = data.items()
        if tag == "events":
            return OnEvent(scalars.field_of(data, tag, _form(tuple[str, ...]).read))
        if tag == "fact":
            return OnFact(scalars.field_of(data, tag, _form(str).read))
        if tag == "entry" and value is True:
            return OnEntry()
    raise DefinitionError("no_start")


def _start_data(start: Start) -> dict[str, Any]:
    if isinstance(start, OnEvent):
        return {"events": list(start.events)}
    return {"fact": start.fact} if isinstance(start, OnFact) else {"entry": True}


def _amount(data: Any) -> int | ParameterRef:
    found = value_from_data(data) if isinstance(data, Mapping) else scalars.whole(data)
    if not isinstance(found, int | ParameterRef):
        raise wrong(data, "int")
    return found


def _same(value: Any) -> Any:
    return value


_FORMS: Final[tuple[tuple[Any, Form], ...]] = (
    (str, Form(scalars.text, _same)),
    (bool, Form(scalars.truth, _same)),
    (int, Form(scalars.whole, _same)),
    (date, Form(scalars.day, date.isoformat)),
    (Scalar | None, Form(scalars.constant, value_to_data)),
    (int | ParameterRef, Form(_amount, value_to_data)),
    (Guard, Form(from_data, to_data)),
    (Start, Form(_start, _start_data)),
    (
        Edit,
        Form(lambda data: edit_from_data(data, read), lambda edit: edit_to_data(edit, write)),
    ),
)
