"""A file's text as plain data, within limits, and the line on which each field stands.

JSON and TOML need nothing else; YAML is read by `yaml_text`, where its library is installed.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from attrs import define, field

from ..arguments import argument, path_of
from ..errors import LoadError, UnknownId
from ..text import HALF, Text
from .limits import DEEPEST, LARGEST, MOST, too_large, unbearable
from .parser_faults import fault, place
from .positions import enclosing, positions
from .system_faults import why

_FORMATS: Final = {"json": "json", "toml": "toml", "yaml": "yaml", "yml": "yaml"}
ENDINGS: Final = tuple(f".{ending}" for ending in _FORMATS)
_SIGNS: Final = {"json": "{[,", "toml": "{[,="}  # those that begin a value
_TEXT: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)  # as JSON quotes it
# A text that nobody closes ends with its line, so that each sign is looked at once.
_BRACKETS: Final = re.compile(r'"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?|[\[\]{}]', re.DOTALL)
_KEY: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|\'[^\']*+\'?|[A-Za-z0-9_-]++|\s++|.')
_LONG: Final = float("inf")  # a number with more digits than are taken


@define(slots=False)
class DataFile:
    """What a file says, as plain data; `line_of` finds a field such as `machines[2].label`."""

    file: str
    text: str = field(repr=False)
    data: dict[str, Any] = field(repr=False)
    known: dict[str, int] | None = field(default=None, repr=False)

    @cached_property
    def lines(self) -> dict[str, int]:
        """Field → line."""
        return positions(self.text).lines if self.known is None else self.known

    def line_of(self, field: str) -> int | None:
        """The line of a field, or of the nearest one around it that is written."""
        return enclosing(self.lines, field)

    def error(self, field: str, code: str, **values: Any) -> LoadError:
        """What is wrong with a field, with its line."""
        return LoadError(self.file, self.line_of(field), field, code, **values)


def read(path: str | Path) -> DataFile:
    """The data in a `.json`, `.toml`, `.yaml` or `.yml` file; LoadError says what is wrong."""
    path = path_of(path)
    name, format = str(path), _FORMATS.get(path.suffix.lower().lstrip("."))
    if format is None:
        raise LoadError(name, None, "", "no_format", endings=ENDINGS)
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST[format] + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no system takes
        raise LoadError(name, None, "", "cannot_read", why=why(error)) from None
    if len(data) > LARGEST[format]:
        raise _too_large(name, format)
    try:
        return parse(data.decode("utf-8-sig"), name, format)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LoadError(name, line, "", "not_utf8") from None


def parse(text: str, file: str, format: str) -> DataFile:
    """The data in this text, in `json`, `toml` or `yaml`."""
    argument("text", text, str)
    argument("format", format, str)
    if format not in _FORMATS:
        raise UnknownId("format", format, _FORMATS)
    format, text = _FORMATS[format], text.removeprefix("\ufeff")
    if too_large(text, format):
        raise _too_large(file, format)
    if half := None if text.isascii() else HALF.search(text):
        raise LoadError(file, text.count("\n", 0, half.start()) + 1, "", "half_character")
    source = _PARSERS[format](text, file)
    if not isinstance(source.data, dict):
        raise LoadError(file, 1, "", "no_table")
    if wrong := unbearable(source.data):
        raise source.error(wrong[1], wrong[0], limit=DEEPEST)
    return source


def bearable(text: str, format: str) -> bool:
    """Whether a text that is to be written would be taken again, by its size."""
    return not (too_large(text, format) or _many(text, format))


def _too_large(file: str, format: str) -> LoadError:
    return LoadError(file, None, "", "too_large", limit=LARGEST[format])


def _many(text: str, format: str) -> bool:
    """Whether a text may hold more values than are taken; a comma in what JSON quotes is none."""
    signs = _SIGNS[format]
    if sum(map(text.count, signs)) <= MOST:
        return False
    return format != "json" or sum(map(_TEXT.sub("", text).count, signs)) > MOST


def _few(text: str, file: str, format: str) -> None:
    """LoadError where a text may hold more values than are taken."""
    if _many(text, format):
        raise LoadError(file, None, "", "too_many", limit=MOST, signs=tuple(_SIGNS[format]))


def _json(text: str, file: str) -> DataFile:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            places = positions(text)
            twice = places.twice or ""
            raise LoadError(file, places.lines.get(twice), twice, "given_twice")
        return found

    _few(text, file, "json")
    try:
        data = json.loads(
            text,
            object_pairs_hook=unique,
            parse_constant=lambda name: _LONG,
            parse_int=lambda digits: int(digits) if len(digits) < 20 else _LONG,
        )
    except json.JSONDecodeError as error:
        told = fault(error.msg, text, error.pos)
        raise _deep(text, file) or _unreadable(file, error.lineno, "JSON", told) from None
    except RecursionError:
        raise _deep(text, file) or _deeper(file) from None
    return DataFile(file, text, data)


def _toml(text: str, file: str) -> DataFile:
    _few(text, file, "toml")
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > DEEPEST and _dots(line) > DEEPEST:
            raise LoadError(file, number, "", "too_deep", limit=DEEPEST)
    try:
        return DataFile(file, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        found = re.search(r"at line (\d+), column (\d+)", said)
        if found is None:  # at the end
            number, at = text.rstrip().count("\n") + 1, None
        else:
            number, at = int(found[1]), place(text, int(found[1]), int(found[2]))
        told = fault(said, text, at)
        raise _deep(text, file) or _unreadable(file, number, "TOML", told) from None
    except ValueError:  # more digits than Python reads
        long = re.search(r"[0-9][0-9_]{999}", text)
        number = text.count("\n", 0, long.start()) + 1 if long else 1
        raise LoadError(file, number, "", "no_number") from None
    except RecursionError:
        raise _deep(text, file) or _deeper(file) from None


def _yaml(text: str, file: str) -> DataFile:
    from . import yaml_text

    return DataFile(file, text, *yaml_text.parse(text, file))


_PARSERS: Final = {"json": _json, "toml": _toml, "yaml": _yaml}


def _unreadable(file: str, line: int, format: str, told: Text) -> LoadError:
    return LoadError(file, line, "", "unreadable", format=format, why=told)


def _deep(text: str, file: str) -> LoadError | None:
    """Where the text is nested too deeply, on which line it becomes so: how deep a parser goes
    before it says anything else is not the same in every Python."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > DEEPEST:
            return _deeper(file, text.count("\n", 0, found.start()) + 1)
    return None


def _deeper(file: str, line: int | None = None) -> LoadError:
    return LoadError(file, line, "", "too_deep", limit=DEEPEST)


def _dots(line: str) -> int:
    """How many dots a key of this line has at most; tomllib takes the square of it."""
    most = run = 0
    for found in _KEY.finditer(line):
        word = found[0]
        if word == ".":
            run += 1
            most = max(most, run)
        elif not word.isspace() and word[0] not in "\"'" and not _bare(word):
            run = 0
    return most


def _bare(word: str) -> bool:
    return word.replace("-", "_").replace("_", "a").isalnum()
