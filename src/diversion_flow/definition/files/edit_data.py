"""Edits as plain data and back: one small object each, whose first word says what it does.

{"set": "elderly_age", "value": 60}
{"require": "support.request", "clause": {"fact": "age", "is": ">=", "value": 60}}
{"replace": "event arrested", "with": {"by": ["police"]}}
{"replace": "deadline police_referral", "without": ["on_expiry"]}
{"add": "state", "to": "machine support", "part": {...}}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, get_origin

from attrs import NOTHING, fields, fields_dict

from ..basis import Basis
from ..edits.edit import EDITS, Add, Edit, EditKind, Key, Replace, class_at, path
from ..errors import DefinitionError
from ..reference import hints
from .scalars import default_of, field_of, text, wrong

To = Callable[[Any, Any], Any]  # a value and its type to plain data
From = Callable[[Any, Any], Any]  # plain data and the type wanted to a value

_AT: Final = Key("at", "at", lambda at, data: path(at))
_BASIS: Final = Key("basis", "basis", lambda at, data: tuple[Basis, ...])
# Of what is replaced the fields that are then empty: TOML has no word for nothing.
WITHOUT: Final = "without"
_WORDS: Final = {row.word: row for row in EDITS.values()}


def edit_to_data(edit: Edit, to: To) -> dict[str, Any]:
    """The edit as an object of strings, numbers and lists."""
    row = EDITS[type(edit)]
    at = edit.at.partition(" ")[0] if isinstance(edit, Add) else edit.at
    data: dict[str, Any] = {row.word: at.removeprefix(f"{row.about} ")}
    for key in (*row.keys, _BASIS):
        value = getattr(edit, key.field)
        if key.required or value != getattr(fields(row.cls), key.field).default:
            data[key.name] = _written(value, key.type(at, data), to)
    return data


def _written(value: Any, declared: Any, to: To) -> Any:
    if isinstance(declared, dict):
        return {name: to(held, declared[name]) for name, held in value.items()}
    return to(value, declared)


def edit_from_data(data: Any, read: From) -> Edit:
    """The edit that this object describes; DefinitionError with the field where it is none."""
    words = [word for word in _WORDS if word in data] if isinstance(data, Mapping) else []
    if len(words) != 1:
        raise DefinitionError("no_edit", words=tuple(_WORDS))
    row = _WORDS[words[0]]
    keys = {key.name: key for key in (*row.keys, _BASIS)}
    spoken_of = {row.word, *keys}
    if row.cls is Replace and WITHOUT in data:
        data, spoken_of = {"with": {}, **data}, {*spoken_of, WITHOUT}
    for name in data:
        if name not in spoken_of:
            raise DefinitionError.unknown("field", name, keys).within(name)
    for key in row.keys:
        if key.required and key.name not in data:
            raise DefinitionError("missing", id=key.name).within(key.name)
    return _made(row, data, [key for name, key in keys.items() if name in data], read)


def _made(row: EditKind, data: Mapping[str, Any], keys: list[Key], read: From) -> Edit:
    at = field_of(data, row.word, text).removeprefix(f"{row.about} ")
    address = f"{row.about} {at}" if row.about else at
    if row.cls is not Add:
        _declared(row, _AT, address, {})
    found: dict[str, Any] = {}
    for key in keys:
        declared = _declared(row, key, address, found)
        found[key.field] = field_of(data, key.name, partial(_read, declared=declared, read=read))
    if row.cls is Replace and WITHOUT in data:
        emptied = partial(_emptied, of=class_at(address), changes=found["changes"], read=read)
        found["changes"] |= field_of(data, WITHOUT, emptied)
    try:
        made: Edit = row.cls(**(found if row.cls is Add else {"at": at, **found}))
    except DefinitionError as error:
        names = {key.field: key.name for key in keys}
        field = names.get(error.at[0][0], "") if error.at else ""
        raise DefinitionError(error.code, field=field, **error.values) from None
    return made


def _emptied(data: Any, of: type, changes: Mapping[str, Any], read: From) -> dict[str, Any]:
    """Of each field that a part of this class is to be without, what it is where a file does not
    say it; of a list nothing."""
    found: dict[str, Any] = {}
    if not (names := read(data, tuple[str, ...])):
        raise DefinitionError("lists_nothing")
    for name in names:
        if name not in (known := fields_dict(of)):
            raise DefinitionError.unknown("field", name, known)
        if name in changes or name in found:
            raise DefinitionError("set_twice", what=name)
        usual = () if get_origin(hints(of)[name]) is tuple else default_of(known[name])
        if usual is NOTHING:
            raise DefinitionError("missing", id=name)
        found[name] = usual
    return found


def _declared(row: EditKind, key: Key, at: str, found: Mapping[str, Any]) -> Any:
    """The type of a key; where the address is none, that is the word's fault."""
    try:
        return key.type(at, found)
    except DefinitionError as error:
        name = error.at[-1][0] if error.at else "at"
        field = row.word if name == "at" else name
        raise DefinitionError(error.code, field=field, **error.values) from None


def _read(data: Any, declared: Any, read: From) -> Any:
    if not isinstance(declared, dict):
        return read(data, declared)
    if not isinstance(data, Mapping):
        raise wrong(data, "dict")
    for name in data:
        if name not in declared:
            raise DefinitionError.unknown("field", name, declared).within(name)
    return {name: field_of(data, name, partial(_read, declared=declared[name], read=read))
            for name in data}  # fmt: skip
