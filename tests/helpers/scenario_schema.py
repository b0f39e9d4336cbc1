"""The JSON Schema of a scenario file, made of the one table that its reader goes by: the one that is
shipped beside that, for editors, is written by the tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from diversion_flow.scenarios.form import FORM, MOST, Field, needed
from diversion_flow.scenarios.moments import CLOCK, DAY, LATER, MOMENT

_TEXT: Final = {"type": "string"}
_NAME: Final = {"type": "string", "pattern": r"\S"}
_DAY: Final = {"type": "string", "format": "date", "pattern": f"^{DAY}$"}
_MOMENT: Final = {"type": "string", "pattern": f"^({LATER}|{MOMENT})$"}
_TIME: Final = {"type": "string", "pattern": f"^({CLOCK}|{MOMENT})$"}
_BOTH: Final = {
    "anyOf": [
        _TEXT,
        {"type": "object", "properties": {"ja": _TEXT, "en": _TEXT}, "required": ["ja", "en"],
         "additionalProperties": False},
    ]
}  # fmt: skip
_FACT: Final = {
    "anyOf": [
        {"type": ["string", "integer", "boolean", "null"]},
        {"type": "array", "items": _TEXT},
    ]
}
# What says that something is there, by what is there.
_SOME: Final[Mapping[str, Mapping[str, int]]] = {
    "words": {"minLength": 1, "minItems": 1},
    "tables": {"minItems": 1},
}
_OF_A_TABLE: Final = {"minProperties": 1}
_WORDS: Final = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_PLAIN: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": _TEXT,
    "name": _NAME,
    "day": _DAY,
    "time": _TIME,
    "moment": _MOMENT,
    "yes": {"type": "boolean"},
    "both": _BOTH,
    "words": _WORDS,
    "facts": {"type": "object", "additionalProperties": _FACT},
    "words by name": {"type": "object", "additionalProperties": _TEXT},
    "moments by name": {"type": "object", "additionalProperties": _TIME},
    "limits": {
        "type": "object",
        "additionalProperties": {"type": "string", "pattern": f"^(none|{MOMENT})$"},
    },
    "lists": {"type": "object", "additionalProperties": {**_WORDS, **_SOME["words"]}},
    "lists, or none": {"type": "object", "additionalProperties": _WORDS},
}


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a scenario file, in whichever format it is written."""
    tables = {name: _table(name) for name in FORM}
    for asking in ("step", "try", "expected"):
        tables[asking]["dependentRequired"] = {"because": ["refused"]}
    crossing = {"required": ["crosses"], "properties": {"crosses": {"const": True}}}
    tables["law"]["not"] = {
        "required": ["variant"],
        "anyOf": [crossing, {"required": ["transitional"]}],
    }
    tables["step"]["oneOf"] = [
        {"required": ["event", "by"], "properties": {"advance": {"const": False}}},
        {"required": ["advance"], "properties": {"advance": {"const": True}, "event": False}},
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "diversion_flow scenario",
        **tables.pop("scenario"),
        "$defs": dict(sorted(tables.items())),
    }


def _table(name: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key: _field(field) for key, field in FORM[name].items()},
        "required": list(needed(name)),
        "additionalProperties": False,
    }


def _field(field: Field) -> Mapping[str, Any]:
    least = _SOME.get(field.kind, _OF_A_TABLE) if field.some else {}
    most = {"maxItems": MOST} if field.kind == "tables" else {}
    return {**_held(field), **least, **most}


def _held(field: Field) -> Mapping[str, Any]:
    ref = {"$ref": f"#/$defs/{field.table}"}
    if field.kind == "table":
        return ref
    if field.kind == "tables":
        return {"type": "array", "items": ref}
    if field.kind == "tables by name":
        return {"type": "object", "additionalProperties": {**ref, **_OF_A_TABLE}}
    if not field.words:
        return _PLAIN[field.kind]
    one = {"enum": list(field.words)}
    if field.kind == "words by name":
        return {"type": "object", "additionalProperties": one}
    return one if field.kind == "text" else {"anyOf": [one, {"type": "array", "items": one}]}
