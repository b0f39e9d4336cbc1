"""Edits as plain data and back: one small object each, whose first word says what it does.

{"set": "elderly_age", "value": 60}
{"require": "support.request", "clause": {"fact": "age", "is": ">=", "value": 60}}
{"replace": "event arrested", "with": {"by": ["police"]}}
{"add": "state", "to": "machine support", "part": {...}}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_origin, get_type_hints

from ..basis import Basis
from ..edits.edit import (
    PARTS,
    Add,
    Edit,
    Extend,
    Relabel,
    Remove,
    Replace,
    Require,
    SetParameter,
    Waive,
    kind_of,
    path,
)
from ..errors import UnknownId
from ..guard import Guard, Scalar
from ..process import Process
from ..text import Text

To = Callable[[Any, Any], Any]  # a value and its type to plain data
From = Callable[[Any, Any], Any]  # plain data and the type wanted to a value

_BASIS = tuple[Basis, ...]
_ALLOWED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # word → required, optional
    "add": (("part",), ("to", "after")),
    "remove": ((), ()),
    "replace": (("with",), ()),
    "extend": (("list", "values"), ("basis",)),
    "relabel": (("label",), ()),
    "set": ((), ("value", "basis")),
    "require": (("clause",), ("basis",)),
    "waive": (("clause",), ("basis",)),
}


def edit_to_data(edit: Edit, to: To) -> dict[str, Any]:
    """The edit as an object of strings, numbers and lists."""
    data = _written(edit, to)
    basis = getattr(edit, "basis", ())
    return data | ({"basis": to(basis, _BASIS)} if basis else {})


def _written(edit: Edit, to: To) -> dict[str, Any]:
    match edit:
        case Add():
            data = {"add": kind_of(edit.part), "part": to(edit.part, type(edit.part))}
            data |= {} if edit.to == "process" else {"to": edit.to}
            return data | ({} if edit.after is None else {"after": edit.after})
        case Remove():
            return {"remove": edit.at}
        case Replace():
            kinds = _fields(edit.at)
            changes = {name: to(value, kinds[name]) for name, value in edit.changes.items()}
            return {"replace": edit.at, "with": changes}
        case Extend():
            kind = _several(edit.at, edit.list)
            return {"extend": edit.at, "list": edit.list, "values": to(edit.values, kind)}
        case Relabel():
            return {"relabel": edit.at, "label": to(edit.label, Text)}
        case SetParameter():
            value = {} if edit.value is None else {"value": to(edit.value, Scalar | None)}
            return {"set": edit.parameter, **value}
        case Require():
            return {"require": edit.transition, "clause": to(edit.clause, Guard)}
        case Waive():
            return {"waive": edit.transition, "clause": to(edit.clause, Guard)}


def edit_from_data(data: Any, read: From) -> Edit:
    """The edit that this object describes; ValueError with a remedy where it is none."""
    if not isinstance(data, Mapping):
        raise ValueError('an edit is an object such as {"set": "elderly_age", "value": 60}')
    words = [word for word in _ALLOWED if word in data]
    if len(words) != 1:
        raise ValueError(f"an edit has just one of {', '.join(_ALLOWED)}")
    word, at = words[0], data[words[0]]
    required, optional = _ALLOWED[word]
    for key in data:
        if key not in (word, *required, *optional):
            raise ValueError(str(UnknownId("field of an edit", key, (*required, *optional))))
    for key in required:
        if key not in data:
            raise ValueError(f"{word!r} needs {key!r} as well")
    if not isinstance(at, str):
        raise ValueError(f"{word!r} names what it touches by a string")
    return _READERS[word](at, data, read)


def _basis(data: Any, read: From) -> tuple[Basis, ...]:
    found: tuple[Basis, ...] = read(data.get("basis", []), _BASIS)
    return found


def _add(kind: str, data: Any, read: From) -> Edit:
    if kind not in PARTS:
        raise ValueError(str(UnknownId("kind of part", kind, PARTS)))
    return Add(read(data["part"], PARTS[kind][1]), data.get("to", "process"), data.get("after"))


def _replace(at: str, data: Any, read: From) -> Edit:
    kinds, changes = _fields(at), data["with"]
    if not isinstance(changes, Mapping):
        raise ValueError("'with' takes an object of fields and their new values")
    for name in changes:
        if name not in kinds:
            raise ValueError(str(UnknownId("field", name, kinds)))
    return Replace(at, {name: read(value, kinds[name]) for name, value in changes.items()})


def _extend(at: str, data: Any, read: From) -> Edit:
    kind = _several(at, data["list"])
    return Extend(at, data["list"], read(data["values"], kind), _basis(data, read))


_READERS: dict[str, Callable[[str, Any, From], Edit]] = {
    "add": _add,
    "remove": lambda at, data, read: Remove(at),
    "replace": _replace,
    "extend": _extend,
    "relabel": lambda at, data, read: Relabel(at, read(data["label"], Text)),
    "set": lambda at, data, read: SetParameter(
        at, read(data.get("value"), Scalar | None), _basis(data, read)
    ),
    "require": lambda at, data, read: Require(at, read(data["clause"], Guard), _basis(data, read)),
    "waive": lambda at, data, read: Waive(at, read(data["clause"], Guard), _basis(data, read)),
}


def _fields(at: str) -> dict[str, Any]:
    """Field → type, of the part that an address names."""
    found = path(at)
    return _hints(Process if not found else next(c for n, c, _ in PARTS.values() if n == found[-2]))


@cache
def _hints(kind: type) -> dict[str, Any]:
    from .. import process

    return get_type_hints(kind, vars(process) | {"Opener": object})


def _several(at: str, name: str) -> Any:
    """The type of a list of the part."""
    kinds = _fields(at)
    if name not in kinds:
        raise ValueError(str(UnknownId("field", name, kinds)))
    if get_origin(kinds[name]) is not tuple:
        raise ValueError(f"{name!r} is no list; use 'replace'")
    return kinds[name]
