"""The JSON Schemas of definition files, made from the classes: those that are shipped beside the
readers, for editors and validators, are written by the tests."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from diversion_flow.definition.basis import Basis
from diversion_flow.definition.deadline import Start
from diversion_flow.definition.edits.edit import EDITS, Add, EditKind, Extend, Replace
from diversion_flow.definition.edits.transitional import Transitional
from diversion_flow.definition.edits.variant import Variant
from diversion_flow.definition.files.edit_data import WITHOUT
from diversion_flow.definition.files.guard_data import OPERATORS
from diversion_flow.definition.files.question_file import Questions
from diversion_flow.definition.files.serial import FORMAT
from diversion_flow.definition.guard import Guard, ParameterRef, Scalar
from diversion_flow.definition.process import KINDS, Process

_ID = {"type": "string"}
_VALUE = {"$ref": "#/$defs/Value"}
_GUARD = {"$ref": "#/$defs/Guard"}


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the format that `serial` writes and reads."""
    return _of_file("process", Process, beside=Questions)


def transitional_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a file of transitional rules."""
    return _of_file("transitional rules", Transitional, some="days")


def questions_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a file of questions about a law."""
    return _of_file("questions", Questions, some="questions")


def variant_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a variant file: what it edits, one form for each kind of edit."""
    defs = _shared()
    edits = [form for row in EDITS.values() for form in _edits(row, defs)]
    kept = [a for a in fields(Variant) if a.eq and a.name != "edits"]
    hints = get_type_hints(Variant)
    needed = [a.name for a in fields(Variant) if a.default is NOTHING]
    body = _form(
        format={"const": FORMAT},
        include={"type": "array", "items": _ID},
        **{a.name: _of(hints[a.name], defs) for a in kept},
        edits={"type": "array", "items": {"oneOf": edits}},
    )
    says = [{"required": ["include"]}, {"properties": {"edits": {"minItems": 1}}}]
    return _titled("variant", {**body, "required": ["format", *needed], "anyOf": says}, defs)


def _of_file(title: str, cls: type, some: str = "", beside: type | None = None) -> dict[str, Any]:
    """The schema of a file that holds a value of this class, with one member at least in the list
    named, and what may stand `beside` it."""
    defs = _shared()
    body = _object(cls, defs)
    if beside is not None:
        body["properties"] |= _object(beside, defs)["properties"]
    if some:
        body["properties"][some]["minItems"] = 1
    body["properties"] = {"format": {"const": FORMAT}, **body["properties"]}
    body["required"] = ["format", *body["required"]]
    return _titled(title, body, defs)


def _titled(title: str, body: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"diversion_flow {title}",
        **body,
        "$defs": {name: defs[name] for name in sorted(_named(body, defs))},
    }


def _shared() -> dict[str, Any]:
    return {"Guard": _guard(), "Value": _value(), "Start": _start()}


def _named(body: Any, defs: dict[str, Any]) -> set[str]:
    """The definitions that the body names, and those that they name."""
    found: set[str] = set()
    open_ = [body]
    while open_:
        match open_.pop():
            case {"$ref": str(name)} if (name := name.rpartition("/")[2]) not in found:
                found.add(name)
                open_.append(defs[name])
            case dict() as table:
                open_.extend(table.values())
            case list() as row:
                open_.extend(row)
    return found


def _edits(row: EditKind, defs: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The form of a kind of edit; what is added or replaced has one for each kind of part."""
    basis = {"basis": {"type": "array", "items": _of(Basis, defs)}}
    needed = [row.word, *(key.name for key in row.keys if key.required)]
    for kind in KINDS if row.cls is Add else (*KINDS, "process") if row.cls is Replace else ("",):
        first: dict[str, Any] = {"const": kind} if kind else _ID
        keys = {key.name: _key(row, key.name, kind, defs) for key in row.keys}
        if row.cls is Replace:
            keys[WITHOUT] = {**_list({"enum": list(keys["with"]["properties"])}), "minItems": 1}
            says = {"anyOf": [{"required": [name]} for name in keys]}
            at = first if kind == "process" else {"type": "string", "pattern": f"^{kind} "}
            yield {**_form(**{row.word: at}, **keys, **basis), "required": [row.word], **says}
        else:
            yield {**_form(**{row.word: first}, **keys, **basis), "required": needed}


def _key(row: EditKind, name: str, kind: str, defs: dict[str, Any]) -> dict[str, Any]:
    if kind and name == "part":
        return _of(KINDS[kind].cls, defs)
    if row.cls is Replace:
        some = _object(KINDS[kind].cls if kind in KINDS else Process, defs)
        return {**some, "required": [], "minProperties": 1}
    if (row.cls, name) == (Extend, "values"):
        return {"type": "array", "minItems": 1}
    key = next(key for key in row.keys if key.name == name)
    return _of(key.type("process", {}), defs)


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
    if kind == Scalar | None:
        return _VALUE
    if kind is ParameterRef:
        return _form(parameter=_ID)
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0], defs)}
    if get_origin(kind) in (Union, types.UnionType):
        return {"anyOf": [_of(option, defs) for option in get_args(kind)]}
    return _plain(kind, defs)


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
        _form(that=_GUARD, basis=_list({"$ref": "#/$defs/Basis"})),
        {**_form(), "properties": {"fact": _ID, "is": {"enum": list(OPERATORS)}, "value": _VALUE},
         "required": ["fact", "is", "value"]},
        _form(fact=_ID, **{"in": {**_list(_VALUE), "minItems": 1}}),
        _form(fact=_ID, includes=_ID),
        _form(fact=_ID, known={"const": True}),
        _form(fact=_ID, named={"const": True}),
        _form(fact=_ID, narrows={"const": True}),
        _form(machine=_ID, **{"in": {**_list(_ID), "minItems": 1}}),
        _form(parameter=_ID),
        _form(parameter=_ID, value=_VALUE),
        _form(working_day={"const": True}),
        _form(running=_ID),
        _form(missed=_ID),
    ]  # fmt: skip
    return {"oneOf": forms}


def _value() -> dict[str, Any]:
    plain = {"type": ["string", "integer", "boolean", "null"]}
    return {"anyOf": [plain, *(_form(**{tag: _ID}) for tag in ("parameter", "date", "datetime"))]}


def _start() -> dict[str, Any]:
    return {"oneOf": [_form(events=_list(_ID)), _form(fact=_ID), _form(entry={"const": True})]}
