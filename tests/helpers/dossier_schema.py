"""The JSON Schema of a kept dossier and of its entries, for other programs: the one that is shipped
beside the reader is written by the tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from diversion_flow.dossier.entry import ALLOWED, LONGEST, MANY, NAME, NEEDED, OWN, EntryKind
from diversion_flow.dossier.form import FORMAT

_DIGEST: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_SHORT: Final = {"type": "string", "pattern": "^[0-9a-f]{12}$"}
_NAME: Final = {"type": "string", "minLength": 1, "maxLength": NAME}
_TEXT: Final = {"type": "string", "minLength": 1, "maxLength": LONGEST}
_MOMENT: Final = {"type": "string", "format": "date-time"}
_DAY: Final = {"type": "string", "format": "date"}
_RULE: Final = {"type": "object", "required": ["id", "label"]}
_WHERE: Final = {
    "place": _NAME,
    "assume": {"type": "object", "additionalProperties": _DAY, "maxProperties": MANY},
}
_VERSION: Final = {"$ref": "#/$defs/Version"}
_ANY_LAW: Final = {"$ref": "#/$defs/Law"}
_EDITS: Final = {"description": "as variant.schema.json of the library has it", "type": "object"}
_LAW: Final = {"description": "as process.schema.json of the library has it", "type": "object"}
_WORDS: Final = {"type": "array", "items": {"type": "string", "maxLength": NAME}, "maxItems": MANY}


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the document that `dump` writes and `load` reads."""
    heading = _form(format={"const": FORMAT}, case={"type": "string"}, law=_ANY_LAW)
    row = _form(digest=_DIGEST, entry={"$ref": "#/$defs/Entry"})
    body = _form(
        format={"const": FORMAT}, heading=heading, digest=_DIGEST,
        count={"type": "integer", "minimum": 0}, head=_DIGEST,
        entries={"type": "array", "items": row},
    )  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "diversion_flow dossier",
        **body,
        "$defs": {
            "Entry": {"oneOf": [_entry(kind) for kind in EntryKind]},
            "Law": _law(),
            "Version": _version(),
        },
    }


def _entry(kind: EntryKind) -> dict[str, Any]:
    """An entry of this kind: what all entries tell, and its own."""
    own = (*NEEDED[kind], *ALLOWED[kind])
    others = {name: form for name, form in _FIELDS.items() if name in own or name not in OWN}
    needed = ["id", "kind", "happened", "recorded", *NEEDED[kind]]
    return _form(needed, **(others | {"kind": {"const": kind.value}}))


def _version() -> dict[str, Any]:
    """One version of a law, as it is kept."""
    shipped = _form(
        ["id", "version", "on", "digest"], id=_NAME, version=_NAME, on=_DAY, digest=_SHORT, **_WHERE
    )
    varied = _form(of=_VERSION, edits=_EDITS, digest=_SHORT)
    forms = {"shipped": shipped, "variant": varied, "process": _LAW}
    return {"oneOf": [_form(**{name: form}) for name, form in forms.items()]}


def _law() -> dict[str, Any]:
    history = _form(
        ["id", "versions", "digest"], id=_NAME,
        versions={"type": "array", "items": _SHORT, "minItems": 1}, digest=_SHORT, **_WHERE,
    )  # fmt: skip
    rules = {"type": "array", "items": {"type": "array", "items": _RULE}}
    own = _form(versions={"type": "array", "items": _VERSION}, amendments=rules)
    return {"oneOf": [_VERSION, _form(shipped_history=history), _form(history=own)]}


def _form(needed: Iterable[str] = (), /, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(needed) or list(properties),
        "additionalProperties": False,
    }


def _table(values: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values, "maxProperties": MANY}


_VALUE: Final = {
    "anyOf": [
        {"type": ["string", "integer", "boolean", "null"]},
        _form(date=_DAY),
        _form(datetime=_MOMENT),
        {"type": "array", "items": {"type": "string"}},
    ]
}
_FIELDS: Final[dict[str, Any]] = {
    "id": _NAME,
    "kind": {},
    "happened": _MOMENT,
    "recorded": _MOMENT,
    "office": _NAME,
    "user": _NAME,
    "event": _NAME,
    "by": _NAME,
    "note": _TEXT,
    "supersedes": _NAME,
    "reason": _TEXT,
    "place": {"type": "integer"},
    "facts": _table(_VALUE),
    "references": _WORDS,
    "irregular": _form(transition=_NAME, responsible=_NAME),
    "states": _table(_NAME),
    "since": _table(_MOMENT),
    "to": _ANY_LAW,
    "rule": _RULE,
}
