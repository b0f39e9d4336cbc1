"""YAML as plain data: the one door to PyYAML, of which only the parser is used.

What is written is what is meant: no anchors, no tags, no key twice, and nothing that one
reader takes for a truth value and another for a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from ..errors import LoadError
from .data_file import DEEPEST, Lines

LARGEST: Final = 1_000_000
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})\Z")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_AMBIGUOUS = re.compile(r"(?i:yes|no|on|off|y|n|true|false|null)\Z")


def parse(text: str, file: str) -> tuple[Any, Lines]:
    """The data in this YAML text, and where each field stands; LoadError where it is refused."""
    try:
        import yaml
    except ImportError:
        raise LoadError(
            file, None, "", "is YAML, and PyYAML is not installed",
            "pip install 'diversion_flow[yaml]'",
        ) from None  # fmt: skip
    if len(text) > LARGEST:
        raise LoadError(file, None, "", f"is larger than {LARGEST} characters")
    try:
        builder = _Builder(file, yaml.parse(text, Loader=yaml.SafeLoader))
        return builder.document(), builder.lines.get
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "cannot be read"
        raise LoadError(
            file, mark.line + 1 if mark else None, "", f"is not YAML: {problem}", "mend the line"
        ) from None


class _Builder:
    """Plain data from the parser's events."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self.file, self._events = file, events
        self.lines: dict[str, int] = {"": 1}

    def document(self) -> Any:
        found: list[Any] = []
        for event in self._events:
            match type(event).__name__:
                case "StreamStartEvent" | "StreamEndEvent" | "DocumentEndEvent":
                    continue
                case "DocumentStartEvent":
                    if found:
                        raise self._wrong(event, "", "holds a second document", "remove it")
                    found.append(self._value(next(self._events), "", 1))
        return found[0] if found else None

    def _wrong(self, event: Any, at: str, problem: str, remedy: str) -> LoadError:
        return LoadError(self.file, event.start_mark.line + 1, at, problem, remedy)

    def _value(self, event: Any, at: str, depth: int) -> Any:
        self.lines.setdefault(at, event.start_mark.line + 1)
        self._plain(event, at)
        if depth > DEEPEST:
            raise self._wrong(event, at, f"is nested deeper than {DEEPEST}", "flatten it")
        match type(event).__name__:
            case "MappingStartEvent":
                return self._mapping(at, depth)
            case "SequenceStartEvent":
                return self._sequence(at, depth)
        return self._scalar(event, at)

    def _plain(self, event: Any, at: str) -> None:
        if type(event).__name__ == "AliasEvent" or getattr(event, "anchor", None):
            raise self._wrong(event, at, "uses an anchor or alias", "write the value out")
        if getattr(event, "tag", None) is not None:
            raise self._wrong(event, at, f"has a tag ({event.tag})", "remove the tag")

    def _mapping(self, at: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while type(key := next(self._events)).__name__ != "MappingEndEvent":
            self._plain(key, at)
            name = getattr(key, "value", None)
            if not isinstance(name, str) or name == "<<":
                raise self._wrong(key, at, "has a key that is no plain word", "name it")
            here = f"{at}.{name}" if at else name
            if name in found:
                raise self._wrong(key, here, "is given twice", "remove one")
            self.lines[here] = key.start_mark.line + 1
            found[name] = self._value(next(self._events), here, depth + 1)
        return found

    def _sequence(self, at: str, depth: int) -> list[Any]:
        found: list[Any] = []
        while type(event := next(self._events)).__name__ != "SequenceEndEvent":
            found.append(self._value(event, f"{at}[{len(found)}]", depth + 1))
        return found

    def _scalar(self, event: Any, at: str) -> Any:
        text: str = event.value
        if not event.implicit[0]:  # in quotes, or a block of text
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _AMBIGUOUS.match(text):
            raise self._wrong(event, at, f"{text!r} may be a word or a truth value",
                              f'write true or false, or "{text}" in quotes')  # fmt: skip
        if _NUMBER.match(text):
            return int(text)
        if _DAY.match(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise self._wrong(event, at, "is no day of the calendar", "mend it") from None
        return text
