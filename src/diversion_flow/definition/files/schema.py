"""The JSON Schema of a definition file, made from the classes, for editors and validators."""

from __future__ import annotations

import types
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from ..deadline import Start
from ..guard import Guard, ParameterRef
from ..process import Process
from .guard_data import OPERATORS
from .serial import FORMAT

_ID = {"type": "string"}
_VALUE = {"$ref": "#/$defs/Value"}
_GUARD = {"$ref": "#/$defs/Guard"}


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the format that `serial` writes and reads."""
    defs: dict[str, Any] = {"Guard": _guard(), "Value": _value(), "Start": _start()}
    body = _object(Process, defs)
    body["properties"] = {"format": {"const": FORMAT}, **body["properties"]}
    body["required"] = ["format", *body["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "diversion_flow process",
        **body,
        "$defs": dict(sorted(defs.items())),
    }


def _object(cls: type, defs: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {
        "type": "object",
        "properties": {a.name: _of(hints[a.name], defs) for a in fields(cls)},
        "required": [a.name for a in fields(cls) if a.default is NOTHING],
        "additionalProperties": False,
    }


def _of(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    if kind == Start:
        return {"$ref": "#/$defs/Start"}
    if kind is Guard:
        return _GUARD
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0], defs)}
    if get_origin(kind) in (Union, types.UnionType):
        return _union(get_args(kind), defs)
    return _plain(kind, defs)


def _union(options: tuple[Any, ...], defs: dict[str, Any]) -> dict[str, Any]:
    if ParameterRef in options or bool in options:
        return _VALUE
    return {"anyOf": [_of(option, defs) for option in options]}


def _plain(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    if isinstance(kind, type) and has(kind):
        if kind.__name__ not in defs:
            defs[kind.__name__] = {}  # in place before its parts, which may name it
            defs[kind.__name__] = _object(kind, defs)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return dict(_PLAIN[kind])


_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
}


def _form(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _guard() -> dict[str, Any]:
    forms = [
        _form(always={"const": True}),
        _form(all=_list(_GUARD)),
        _form(any=_list(_GUARD)),
        {**_form(), "properties": {"not": _GUARD}, "required": ["not"]},
        {**_form(), "properties": {"fact": _ID, "is": {"enum": list(OPERATORS)}, "value": _VALUE},
         "required": ["fact", "is", "value"]},
        {**_form(), "properties": {"fact": _ID, "in": _list(_VALUE)}, "required": ["fact", "in"]},
        _form(fact=_ID, includes=_ID),
        _form(fact=_ID, known={"const": True}),
        _form(fact=_ID, named={"const": True}),
        _form(fact=_ID, narrows={"const": True}),
        {**_form(), "properties": {"machine": _ID, "in": _list(_ID)},
         "required": ["machine", "in"]},
        _form(parameter=_ID, value=_VALUE),
        _form(working_day={"const": True}),
        _form(running=_ID),
    ]  # fmt: skip
    return {"oneOf": forms}


def _value() -> dict[str, Any]:
    plain = {"type": ["string", "integer", "boolean", "null"]}
    return {"anyOf": [plain, *(_form(**{tag: _ID}) for tag in ("parameter", "date", "datetime"))]}


def _start() -> dict[str, Any]:
    return {"oneOf": [_form(events=_list(_ID)), _form(fact=_ID), _form(entry={"const": True})]}
