"""Definitions and variants out to JSON and in from JSON, TOML or YAML: the one door to cattrs.

A file never names Python code. What is wrong with one is said with file, line and field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from attrs import has

from ..deadline import OnEntry, OnEvent, OnFact, Start
from ..edits.edit import Edit
from ..edits.variant import Variant
from ..errors import DefinitionError, LoadError
from ..guard import Guard, ParameterRef, Scalar
from ..kept import kept
from ..process import Process
from . import data_file
from .data_file import DataFile
from .edit_data import edit_from_data, edit_to_data
from .guard_data import from_data, to_data, value_from_data, value_to_data
from .writing import write_whole

__all__ = ["FORMAT", "LoadError", "dump", "dumps", "load", "loads", "structured"]

FORMAT: Final = 1
Made = TypeVar("Made", Process, Variant)


def dumps(value: Process | Variant) -> str:
    """The process or variant as JSON text: the same value gives the same bytes."""
    data = {"format": FORMAT, **_converter().unstructure(value)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def digest(process: Process) -> str:
    """Twelve letters that change with the process."""
    return kept(process, _digest)


def _digest(process: Process) -> str:
    return sha256(dumps(process).encode(errors="backslashreplace")).hexdigest()[:12]


def dump(value: Process | Variant, path: str | Path, *, overwrite: bool = False) -> None:
    """Write it to a file, whole or not at all; an existing file only if told to."""
    write_whole(Path(path), dumps(value).encode(), overwrite=overwrite)


def load(path: str | Path) -> Process:
    """The process in a `.json`, `.toml` or `.yaml` file; LoadError says what is wrong, where."""
    return structured(data_file.read(path), Process)


def loads(text: str, *, file: str = "<text>", toml: bool = False) -> Process:
    """The process in this JSON (or TOML) text; LoadError says what is wrong and where."""
    return structured(data_file.parse(text, file, "toml" if toml else "json"), Process)


def structured(source: DataFile, kind: type[Made]) -> Made:
    """The value that a file describes; LoadError with file, line and field where it is wrong."""
    from cattrs import BaseValidationError, transform_error

    data = dict(source.data)
    number = data.pop("format", None)
    if number != FORMAT or isinstance(number, bool):
        raise source.error("format", "is unknown", f"write {FORMAT}")
    try:
        return cast(Made, _converter().structure(data, kind))
    except BaseValidationError as errors:
        wrong = next((e for e in _leaves(errors) if isinstance(e, DefinitionError)), None)
        if wrong is not None:
            line = _line_of_id(source.text, wrong.place)
            raise LoadError(source.file, line, wrong.place, wrong.problem, wrong.remedy) from None
        # A misspelt field is also a missing one: say the misspelling.
        problems = transform_error(errors, path="", format_exception=_said)
        said = next((p for p in problems if p.startswith("unknown field")), problems[0])
        problem, _, field = said.rpartition(" @ ")
        raise source.error(field.lstrip("."), problem, "correct the field") from None
    except RecursionError:
        raise source.error("", "is nested too deeply") from None


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _leaves(part)
    else:
        yield error


def _said(error: BaseException, expected: type | None) -> str:
    from cattrs import ForbiddenExtraKeysError
    from cattrs.v import format_exception

    if isinstance(error, ForbiddenExtraKeysError):
        known = ", ".join(sorted(a.name for a in error.cl.__attrs_attrs__))  # type: ignore[attr-defined]
        return f"unknown field {', '.join(sorted(error.extra_fields))}; known are {known}"
    if isinstance(error, ValueError):
        return str(error)
    return format_exception(error, expected)


_LISTS = {"agency": "agencies", "machine": "machines", "state": "states", "event": "events",
          "transition": "transitions", "deadline": "deadlines", "fact": "facts"}  # fmt: skip


def _line_of_id(text: str, place: str) -> int | None:
    """The line of the last id that a place names: `machine main, transition help` → help's."""
    found = None
    at = 0
    for part in place.split(","):
        kind, _, id = part.strip().partition(" ")
        begins = re.compile(rf'"?{_LISTS.get(kind, kind)}"?\W').search(text, at)
        names = re.compile(rf'\bid"?\s*[=:]\s*"?{re.escape(id)}\b')
        named = names.search(text, begins.start() if begins else at)
        if named is None:
            break
        at = named.start()
        found = text.count("\n", 0, at) + 1
    return found


# -- plain data to values ---------------------------------------------------------------------


@cache
def _converter() -> Any:
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

    made = Converter(detailed_validation=True, forbid_extra_keys=True, omit_if_default=True)
    made.register_structure_hook(str, _strict(str))
    made.register_structure_hook(bool, _strict(bool))
    made.register_structure_hook(int, _strict(int))
    made.register_structure_hook(date, _day)
    made.register_unstructure_hook(date, lambda day: day.isoformat())
    made.register_structure_hook_func(lambda t: t is Guard, lambda data, _: from_data(data))
    made.register_unstructure_hook_func(_is_guard, to_data)
    made.register_structure_hook_func(_is_value, lambda data, _: value_from_data(data))
    made.register_unstructure_hook_func(_is_value, value_to_data)
    made.register_structure_hook_func(
        lambda t: t == Edit, lambda data, _: edit_from_data(data, made.structure)
    )
    made.register_unstructure_hook_func(
        lambda t: t == Edit, lambda edit: edit_to_data(edit, made.unstructure)
    )
    made.register_structure_hook_func(lambda t: t == Start, _start)
    made.register_unstructure_hook_func(lambda t: t == Start, _start_data)
    made.register_structure_hook_factory(
        lambda t: isinstance(t, type) and has(t) and not issubclass(t, Guard),
        lambda t: make_dict_structure_fn(t, made, _cattrs_forbid_extra_keys=True),
    )
    made.register_unstructure_hook_factory(
        lambda t: isinstance(t, type) and has(t) and not issubclass(t, Guard),
        lambda t: make_dict_unstructure_fn(t, made, _cattrs_omit_if_default=True),
    )
    return made


def _is_value(kind: Any) -> bool:
    return kind in (Scalar | None, int | ParameterRef)


def _is_guard(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Guard)


def _strict(kind: type) -> Callable[[Any, Any], Any]:
    """No silent conversion: 65 is not "65", and true is not 1."""

    def structure(data: Any, _: Any) -> Any:
        if type(data) is not kind:
            raise ValueError(f"is a {type(data).__name__}; give a {kind.__name__}")
        if isinstance(data, str) and any("\ud800" <= c <= "\udfff" for c in data):
            raise ValueError("holds half a character (a lone surrogate)")
        return data

    return structure


def _day(data: Any, _: Any) -> date:
    """A day, as TOML and YAML know it or as JSON writes it."""
    if isinstance(data, date) and not isinstance(data, datetime):
        return data
    return date.fromisoformat(_strict(str)(data, str))


def _start(data: Any, _: Any) -> Start:
    if isinstance(data, dict) and len(data) == 1:
        ((tag, value),) = data.items()
        if tag == "events" and isinstance(value, list) and all(isinstance(v, str) for v in value):
            return OnEvent(tuple(value))
        if tag == "fact" and isinstance(value, str):
            return OnFact(value)
        if tag == "entry" and value is True:
            return OnEntry()
    raise ValueError('a start is {"events": [...]}, {"fact": "..."} or {"entry": true}')


def _start_data(start: Start) -> dict[str, Any]:
    if isinstance(start, OnEvent):
        return {"events": list(start.events)}
    return {"fact": start.fact} if isinstance(start, OnFact) else {"entry": True}
