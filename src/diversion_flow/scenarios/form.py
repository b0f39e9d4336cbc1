"""What a scenario file may say: the one table that the reader goes by, and the JSON Schema for
editors, which is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

from attrs import frozen

from ..runtime.duties import Standing
from ..runtime.reasons import Code
from .moments import CLOCK, DAY, LATER, MOMENT

NOT_OWED: Final = "none"
STANDINGS: Final = (*get_args(Standing), NOT_OWED)
OPEN: Final = ("still_possible", "never_again", "never_without")  # proved of all that may follow
CODES: Final = tuple(code.value for code in Code)


@frozen
class Field:
    """A field: what it holds, whether it must be there, the words of which it is one (or several),
    the table of which it holds one (or several, or several by name), whether it must say something
    where it is there, how many it may hold."""

    kind: str
    needed: bool = False
    words: tuple[str, ...] = ()
    table: str = ""
    some: bool = False
    most: int = 0


# Steps, attempts and agencies asked about in one scenario; attempts at one step.
MOST: Final = 2_000
TRIES: Final = 100
# What is asked asks something: nothing would come true of itself.
_EXPECTED: Final = {
    "refused": Field("words", words=CODES, some=True),
    "because": Field("table", table="because", some=True),
    "states": Field("words by name", some=True),
    "deadlines": Field("limits", some=True),
    "duties": Field("words by name", words=STANDINGS, some=True),
    "owed": Field("lists, or none", some=True),
    "sees": Field("lists", some=True),
    "hidden": Field("lists", some=True),
    "possible": Field("lists, or none", some=True),
    **{name: Field("words", some=True) for name in OPEN},
}
FORM: Final[Mapping[str, Mapping[str, Field]]] = {
    "scenario": {
        "id": Field("name", True),
        "process": Field("name", True),
        "on": Field("day", True),
        "title": Field("both"),
        "published": Field("both"),
        "sources": Field("words"),
        "open": Field("tables", True, table="open", some=True, most=MOST),
        "step": Field("tables", True, table="step", some=True, most=MOST),
        "under": Field("tables", table="law", most=MOST),
    },
    "open": {
        "case": Field("name"),
        "at": Field("time"),
        "facts": Field("facts"),
        "states": Field("words by name"),
        "since": Field("moments by name"),
        "reason": Field("text"),
        "ends": Field("text", words=("closed", "open")),
    },
    "law": {
        "on": Field("day"),
        "place": Field("name"),
        "variant": Field("name"),
        "crosses": Field("yes"),
        "transitional": Field("name"),
    },
    "step": {
        "at": Field("moment", True),
        "event": Field("name"),
        "by": Field("name"),
        "facts": Field("facts"),
        "advance": Field("yes"),
        **_EXPECTED,
        "under": Field("tables by name", table="expected", some=True),
        "try": Field("tables", table="try", some=True, most=TRIES),
        "note": Field("both"),
        "case": Field("name"),
        "origin": Field("text", words=("published", "filler")),
    },
    "try": {
        "event": Field("name", True),
        "by": Field("name", True),
        "at": Field("moment"),
        "facts": Field("facts"),
        **_EXPECTED,
    },
    "expected": _EXPECTED,
    "because": {
        name: Field("words", some=True)
        for name in ("facts", "agencies", "transitions", "deadlines")
    },
}


def keys(table: str) -> tuple[str, ...]:
    """The fields that a table may have."""
    return tuple(FORM[table])


def needed(table: str) -> tuple[str, ...]:
    """Those that it must have."""
    return tuple(name for name, field in FORM[table].items() if field.needed)


def saying(table: str) -> tuple[str, ...]:
    """Those that must say something where they are there."""
    return tuple(name for name, field in FORM[table].items() if field.some)


# -- for editors ----------------------------------------------------------------------------------

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
    most = {"maxItems": field.most} if field.most else {}
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
