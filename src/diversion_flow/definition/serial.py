"""Definitions out to JSON and in from JSON or TOML: the one door to cattrs.

A file never names Python code. What is wrong with one is said with file, line and field.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from attrs import has

from .deadline import OnEntry, OnEvent, OnFact, Start
from .errors import DefinitionError
from .files import write_whole
from .guard import Guard, ParameterRef, Scalar
from .guard_data import from_data, to_data, value_from_data, value_to_data
from .process import Process

FORMAT: Final = 1
_LARGEST, _DEEPEST = 4_000_000, 64


class LoadError(DefinitionError):
    """A definition file is wrong: `file`, `line` (None where unknown), `field`, `remedy`."""

    def __init__(
        self, file: str, line: int | None, field: str, problem: str, remedy: str = ""
    ) -> None:
        self.file, self.line, self.field = file, line, field
        place = file + (f":{line}" if line else "") + (f": {field}" if field else "")
        super().__init__(place, problem, remedy)


def dumps(process: Process) -> str:
    """The process as JSON text: the same process gives the same bytes."""
    data = {"format": FORMAT, **_converter().unstructure(process)}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def dump(process: Process, path: str | Path, *, overwrite: bool = False) -> None:
    """Write the process to a file, whole or not at all; an existing file only if told to."""
    target = Path(path)
    if target.exists() and not overwrite:
        raise FileExistsError(f"{target} is there already; pass overwrite=True to replace it")
    write_whole(target, dumps(process).encode())


def load(path: str | Path) -> Process:
    """The process in a `.json` or `.toml` file; LoadError says what is wrong and where."""
    file = Path(path)
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise LoadError(str(path), None, "", "cannot be read", error.strerror or "") from None
    except UnicodeDecodeError:
        raise LoadError(str(path), None, "", "is not UTF-8", "save it as UTF-8") from None
    if file.suffix == ".toml":
        return _load(text, str(path), _toml)
    return _load(text, str(path), _json)


def loads(text: str, *, file: str = "<text>", toml: bool = False) -> Process:
    """The process in this JSON (or TOML) text; LoadError says what is wrong and where."""
    return _load(text, file, _toml if toml else _json)


def _load(text: str, file: str, parse: Callable[[str, str], Any]) -> Process:
    if len(text) > _LARGEST:
        raise LoadError(file, None, "", f"is larger than {_LARGEST} characters")
    data = parse(text, file)
    if not isinstance(data, dict):
        raise LoadError(file, 1, "", "is no object", "begin with {")
    if _depth(data) > _DEEPEST:
        raise LoadError(file, None, "", f"is nested deeper than {_DEEPEST}")
    number = data.pop("format", None)
    if number != FORMAT or isinstance(number, bool):
        raise LoadError(file, None, "format", "is unknown", f"write {FORMAT}")
    return _structured(data, text, file)


def _structured(data: dict[str, Any], text: str, file: str) -> Process:
    from cattrs import BaseValidationError, transform_error

    try:
        process: Process = _converter().structure(data, Process)
        return process
    except BaseValidationError as errors:
        wrong = next((e for e in _leaves(errors) if isinstance(e, DefinitionError)), None)
        if wrong is not None:
            line = _line_of_id(text, wrong.place)
            raise LoadError(file, line, wrong.place, wrong.problem, wrong.remedy) from None
        # A misspelt field is also a missing one: say the misspelling.
        problems = transform_error(errors, path="", format_exception=_said)
        said = next((p for p in problems if p.startswith("unknown field")), problems[0])
        problem, _, field = said.rpartition(" @ ")
        field = field.lstrip(".")
        raise LoadError(file, line_of(text, field), field, problem, "correct the field") from None
    except RecursionError:
        raise LoadError(file, None, "", "is nested too deeply") from None


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


# -- text to plain data -----------------------------------------------------------------------


def _json(text: str, file: str) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice = next(key for i, (key, _) in enumerate(pairs) if key in dict(pairs[:i]))
            raise LoadError(file, None, twice, "is given twice", "remove one")
        return found

    def no_constant(name: str) -> Any:
        raise LoadError(file, None, "", f"{name} is no number here")

    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=no_constant)
    except json.JSONDecodeError as error:
        raise LoadError(
            file, error.lineno, "", f"is not JSON: {error.msg}", "mend the line"
        ) from None
    except RecursionError:
        raise LoadError(file, None, "", f"is nested deeper than {_DEEPEST}") from None
    except DefinitionError:
        raise
    except ValueError as error:
        raise LoadError(file, None, "", str(error)) from None


def _toml(text: str, file: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LoadError(file, None, "", f"is not TOML: {error}", "mend the line named") from None
    except RecursionError:
        raise LoadError(file, None, "", f"is nested deeper than {_DEEPEST}") from None


def _depth(data: Any) -> int:
    deepest, open_ = 0, [(data, 1)]
    while open_:
        value, depth = open_.pop()
        deepest = max(deepest, depth)
        parts = (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        )
        if depth <= _DEEPEST:
            open_.extend((part, depth + 1) for part in parts)
    return deepest


def line_of(text: str, field: str) -> int | None:
    """The line on which a field such as `machines[2].label` stands in a JSON text."""
    decoder, at = json.JSONDecoder(), 0
    try:
        for part in field.replace("[", ".[").split("."):
            if part.startswith("["):
                at = _item(decoder, text, at, int(part[1:-1]))
            elif part:
                at = _member(decoder, text, at, part)
    except (ValueError, IndexError, StopIteration):
        return None
    return text.count("\n", 0, at) + 1


def _skip(text: str, at: int) -> int:
    while text[at] in " \t\r\n,:":
        at += 1
    return at


def _member(decoder: json.JSONDecoder, text: str, at: int, name: str) -> int:
    at = _skip(text, at)
    if text[at] != "{":
        raise StopIteration
    at = _skip(text, at + 1)
    while text[at] != "}":
        key, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        if key == name:
            return at
        at = _skip(text, decoder.raw_decode(text, at)[1])
    raise StopIteration


def _item(decoder: json.JSONDecoder, text: str, at: int, index: int) -> int:
    at = _skip(text, at)
    if text[at] != "[":
        raise StopIteration
    at = _skip(text, at + 1)
    for _ in range(index):
        at = _skip(text, decoder.raw_decode(text, at)[1])
    return at


_LISTS = {"agency": "agencies", "machine": "machines", "state": "states", "event": "events",
          "transition": "transitions", "deadline": "deadlines", "fact": "facts"}  # fmt: skip


def _line_of_id(text: str, place: str) -> int | None:
    """The line of the last id that a place names: `machine main, transition help` → help's."""
    found = None
    at = 0
    for part in place.split(","):
        kind, _, id = part.strip().partition(" ")
        begins = text.find(f'"{_LISTS.get(kind, kind)}": [', at)
        named = text.find(f'"id": "{id}"', max(begins, at))
        if named < 0:
            break
        at = named
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
    made.register_structure_hook(date, lambda text, _: date.fromisoformat(_strict(str)(text, str)))
    made.register_unstructure_hook(date, lambda day: day.isoformat())
    made.register_structure_hook_func(lambda t: t is Guard, lambda data, _: from_data(data))
    made.register_unstructure_hook_func(_is_guard, to_data)
    made.register_structure_hook_func(_is_value, lambda data, _: value_from_data(data))
    made.register_unstructure_hook_func(_is_value, value_to_data)
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
