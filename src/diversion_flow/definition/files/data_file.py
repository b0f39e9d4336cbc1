"""A file's text as plain data, within limits, and the line on which each field stands.

JSON and TOML need nothing else; YAML is read by `yaml_text`, where its library is installed.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from ..errors import DefinitionError, LoadError

LARGEST: Final = 4_000_000  # characters
DEEPEST: Final = 64
Lines = Callable[[str], int | None]


@frozen
class DataFile:
    """What a file says, as plain data; `line_of` finds a field such as `machines[2].label`."""

    file: str
    text: str = field(repr=False)
    data: dict[str, Any] = field(repr=False)
    line_of: Lines = field(repr=False)

    def error(self, field: str, problem: str, remedy: str = "") -> LoadError:
        """What is wrong with a field, with its line."""
        return LoadError(self.file, self.line_of(field), field, problem, remedy)


def read(path: str | Path) -> DataFile:
    """The data in a `.json`, `.toml`, `.yaml` or `.yml` file; LoadError says what is wrong."""
    file = Path(path)
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise LoadError(str(path), None, "", "cannot be read", error.strerror or "") from None
    except UnicodeDecodeError:
        raise LoadError(str(path), None, "", "is not UTF-8", "save it as UTF-8") from None
    return parse(text, str(path), file.suffix.lstrip(".") or "json")


def parse(text: str, file: str, format: str) -> DataFile:
    """The data in this text, in `json`, `toml` or `yaml`."""
    if len(text) > LARGEST:
        raise LoadError(file, None, "", f"is larger than {LARGEST} characters")
    if format in ("yaml", "yml"):
        from . import yaml_text

        data, line_of = yaml_text.parse(text, file)
    elif format == "toml":
        data, line_of = _toml(text, file), lambda at: toml_line(text, at)
    else:
        data, line_of = _json(text, file), lambda at: json_line(text, at)
    if not isinstance(data, dict):
        raise LoadError(file, 1, "", "is no object", "begin with a name and its value")
    if _depth(data) > DEEPEST:
        raise LoadError(file, None, "", f"is nested deeper than {DEEPEST}")
    return DataFile(file, text, data, line_of)


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
        raise LoadError(file, None, "", f"is nested deeper than {DEEPEST}") from None
    except DefinitionError:
        raise
    except ValueError as error:
        raise LoadError(file, None, "", str(error)) from None


def _toml(text: str, file: str) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else None
        raise LoadError(file, line, "", f"is not TOML: {error}", "mend the line named") from None
    except RecursionError:
        raise LoadError(file, None, "", f"is nested deeper than {DEEPEST}") from None


def _depth(data: Any) -> int:
    deepest, open_ = 0, [(data, 1)]
    while open_:
        value, depth = open_.pop()
        deepest = max(deepest, depth)
        parts = (
            value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        )
        if depth <= DEEPEST:
            open_.extend((part, depth + 1) for part in parts)
    return deepest


# -- where a field stands ---------------------------------------------------------------------


def split(field: str) -> list[str | int]:
    """`machines[2].label` → ["machines", 2, "label"]."""
    parts = (part for part in field.replace("[", ".[").split(".") if part)
    return [int(p[1:-1]) if re.fullmatch(r"\[\d+\]", p) else p for p in parts]


def json_line(text: str, field: str) -> int | None:
    """The line on which a field such as `machines[2].label` stands in a JSON text."""
    decoder, at = json.JSONDecoder(), 0
    try:
        for part in split(field):
            found = _item if isinstance(part, int) else _member
            at = found(decoder, text, at, part)  # type: ignore[arg-type]
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


def toml_line(text: str, field: str) -> int | None:
    """The line on which a field stands in a TOML text; of the table around it, where the field
    is written inline or missing."""
    lines = text.splitlines()
    at, header, found = -1, "", None
    for part in split(field):
        if isinstance(part, int):
            tables = [n for n in range(at + 1, len(lines)) if _opens(lines[n], f"[[{header}]]")]
            at = tables[part] if part < len(tables) else at
            found = at if part < len(tables) else found
            continue
        end = next((n for n in range(at + 1, len(lines)) if lines[n].lstrip().startswith("[")),
                   len(lines))  # fmt: skip
        key = re.compile(rf"\s*\"?{re.escape(part)}\"?\s*[=.]")
        found = next((n for n in range(at + 1, end) if key.match(lines[n])), found)
        header = f"{header}.{part}" if header else part
        table = next((n for n in range(at + 1, len(lines)) if _opens(lines[n], f"[{header}]")), at)
        found = table if table > at else found
        at = table
    return None if found is None else found + 1


def _opens(line: str, header: str) -> bool:
    return line.partition("#")[0].replace(" ", "") == header
