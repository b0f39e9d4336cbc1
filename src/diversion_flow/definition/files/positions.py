"""On which line each field of a text stands: `machines[2].label` → 117.

The text is one that its parser took, in JSON or TOML, so this walk is lenient; it goes through
the text once. A field's line is that on which its value begins.
"""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect
from contextlib import suppress
from typing import Final

from attrs import define

from .limits import DEEPEST, MOST

_BLANK: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*+")
_STRING: Final = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*+")
_SCALAR: Final = re.compile(r"[^,\]}\n#]*+")


@define
class Positions:
    """Field → line, and the first field that stands there twice."""

    lines: dict[str, int]
    twice: str | None = None


def positions(text: str) -> Positions:
    """Where the fields of a JSON or TOML text stand, as far as its walk goes."""
    walk = _Walk(text)
    if text.lstrip().startswith("{"):
        walk.value("")
    else:
        walk.tables()
    return Positions(walk.lines, walk.twice)


def enclosing(lines: dict[str, int], field: str) -> int | None:
    """The line of a field, or of the nearest one around it."""
    while field and field not in lines:
        field = field[: max(field.rfind("."), field.rfind("["), 0)]
    return lines.get(field)


class _Walk:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.ends = [m.start() for m in re.finditer("\n", text)]
        self.lines: dict[str, int] = {}
        self.twice: str | None = None
        self.depth = 0

    def value(self, field: str) -> None:
        """A value: its own line, and those of what it holds."""
        self._blank()
        self._note(field)
        if self.depth > DEEPEST or len(self.lines) > MOST:
            self.at = len(self.text)  # no file that is taken goes on here
        self.depth += 1
        self._value(field)
        self.depth -= 1

    def _value(self, field: str) -> None:
        if self._take("{"):
            self._members(field, "}")
        elif self._take("["):
            self._items(field)
        elif not self._string():
            self._match(_SCALAR)

    def tables(self) -> None:
        """A TOML text: keys, and tables with their headers."""
        self._note("")
        here = ""
        counts: dict[str, int] = {}
        while True:
            self._blank()
            if self.at >= len(self.text):
                return
            if not self._take("["):
                self._member(here)
                continue
            several = self._take("[")
            here = _table(self._names(), several, counts)
            if several and here.endswith("[0]"):
                self._note(here.removesuffix("[0]"))
            self._note(here)
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end

    def _members(self, field: str, closing: str) -> None:
        while True:
            self._blank()
            if self._take(closing) or self.at >= len(self.text):
                return
            if not self._take(","):
                self._member(field)

    def _member(self, field: str) -> None:
        begun = self.at
        for name in self._names():
            field = f"{field}.{name}" if field else name
        self._blank()
        self._take("=") or self._take(":")
        self.value(field)
        if self.at == begun:  # nothing that this walk knows: on, rather than for ever
            self.at += 1

    def _items(self, field: str) -> None:
        number = 0
        while True:
            self._blank()
            if self._take("]") or self.at >= len(self.text):
                return
            if not self._take(","):
                begun = self.at
                self.value(f"{field}[{number}]")
                number += 1
                self.at += self.at == begun

    def _names(self) -> list[str]:
        """A key, dotted or not."""
        names = []
        while True:
            self._blank()
            begun = self.at
            if self._match(_BARE):
                names += self.text[begun : self.at].split(".")
            elif self._string():
                names.append(_unquoted(self.text[begun : self.at]))
            else:
                return names
            self._blank()
            if not self._take("."):
                return names

    def _note(self, field: str) -> None:
        line = bisect(self.ends, self.at - 1) + 1
        if field in self.lines and self.twice is None:
            self.twice = field
        if field not in self.lines or self.twice == field:
            self.lines[field] = line

    def _blank(self) -> None:
        self._match(_BLANK)

    def _string(self) -> bool:
        return self._match(_STRING)

    def _match(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.at)
        if found is None:
            return False
        self.at = found.end()
        return found.end() > found.start()

    def _take(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.at):
            return False
        self.at += len(sign)
        return True


def _table(names: list[str], several: bool, counts: dict[str, int]) -> str:
    """The field that a header opens: `[[machines.states]]` → machines[0].states[3]."""
    field = ""
    for number, name in enumerate(names):
        field = f"{field}.{name}" if field else name
        if several and number == len(names) - 1:
            counts[field] = counts.get(field, -1) + 1
        if field in counts:
            field = f"{field}[{counts[field]}]"
    return field


def _unquoted(written: str) -> str:
    """The key, as JSON or TOML has it; as it is written where it is neither's."""
    for read in (json.loads, lambda key: tomllib.loads(f"key = {key}")["key"]):
        with suppress(ValueError):
            return str(read(written))
    return written
