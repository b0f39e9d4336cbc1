"""What a scenario file may say: the one table that the reader goes by, and the JSON Schema for
editors, which is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

from attrs import frozen

from ..runtime.duties import Standing
from ..runtime.reasons import Code

NOT_OWED: Final = "none"
STANDINGS: Final = (*get_args(Standing), NOT_OWED)
OPEN: Final = ("still_possible", "never_again", "never_without")  # proved of all that may follow
CODES: Final = tuple(code.value for code in Code)


@frozen
class Field:
    """A field: what it holds, whether it must be there, the words of which it is one (or several),
    the table of which it holds one (or several, or several by name)."""

    kind: str
    needed: bool = False
    words: tuple[str, ...] = ()
    table: str = ""


_EXPECTED: Final = {
    "refused": Field("words", words=CODES),
    "because": Field("table", table="because"),
    "states": Field("words by name"),
    "deadlines": Field("limits"),
    "duties": Field("words by name"),
    "sees": Field("lists"),
    "hidden": Field("lists"),
    "possible": Field("lists"),
    **{name: Field("words") for name in OPEN},
}
FORM: Final[Mapping[str, Mapping[str, Field]]] = {
    "scenario": {
        "id": Field("text", True),
        "process": Field("text", True),
        "on": Field("day", True),
        "title": Field("both"),
        "published": Field("both"),
        "sources": Field("words"),
        "open": Field("tables", True, table="open"),
        "step": Field("tables", True, table="step"),
        "under": Field("tables", table="law"),
    },
    "open": {
        "case": Field("text"),
        "at": Field("moment"),
        "facts": Field("facts"),
        "states": Field("words by name"),
        "since": Field("moments by name"),
        "reason": Field("text"),
        "ends": Field("text", words=("closed", "open")),
    },
    "law": {
        "on": Field("day"),
        "place": Field("text"),
        "variant": Field("text"),
        "crosses": Field("yes"),
        "transitional": Field("text"),
    },
    "step": {
        "at": Field("moment", True),
        "event": Field("text"),
        "by": Field("text"),
        "facts": Field("facts"),
        "advance": Field("yes"),
        **_EXPECTED,
        "under": Field("tables by name", table="expected"),
        "try": Field("tables", table="try"),
        "note": Field("both"),
        "case": Field("text"),
        "origin": Field("text", words=("published", "filler")),
    },
    "try": {
        "event": Field("text", True),
        "by": Field("text", True),
        "at": Field("moment"),
        "facts": Field("facts"),
        **_EXPECTED,
    },
    "expected": _EXPECTED,
    "because": {name: Field("words") for name in ("facts", "agencies", "transitions", "deadlines")},
}


def keys(table: str) -> tuple[str, ...]:
    """The fields that a table may have."""
    return tuple(FORM[table])


def needed(table: str) -> tuple[str, ...]:
    """Those that it must have."""
    return tuple(name for name, field in FORM[table].items() if field.needed)


# -- for editors ----------------------------------------------------------------------------------

_TEXT: Final = {"type": "string"}
_DAY: Final = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
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
_WORDS: Final = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_PLAIN: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": _TEXT,
    "day": _DAY,
    "moment": {"type": "string", "minLength": 1},
    "yes": {"type": "boolean"},
    "both": _BOTH,
    "words": _WORDS,
    "facts": {"type": "object", "additionalProperties": _FACT},
    "words by name": {"type": "object", "additionalProperties": _TEXT},
    "moments by name": {"type": "object", "additionalProperties": _TEXT},
    "limits": {"type": "object", "additionalProperties": _TEXT},
    "lists": {"type": "object", "additionalProperties": _WORDS},
}


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a scenario file, in whichever format it is written."""
    tables = {name: _table(name) for name in FORM}
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
    ref = {"$ref": f"#/$defs/{field.table}"}
    if field.kind == "table":
        return ref
    if field.kind == "tables":
        least = {"minItems": 1} if field.needed else {}
        return {"type": "array", "items": ref, **least}
    if field.kind == "tables by name":
        return {"type": "object", "additionalProperties": ref}
    if field.words:
        one = {"enum": list(field.words)}
        return one if field.kind == "text" else {"anyOf": [one, {"type": "array", "items": one}]}
    return _PLAIN[field.kind]
