"""YAML as plain data: the one door to PyYAML, of which only the parser is used.

What is written is what is meant: no anchors, no tags, no key twice, and nothing that one
reader takes for a truth value and another for a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from ..errors import LoadError
from ..extras import needed
from .limits import DEEPEST, MOST
from .parser_faults import fault

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_AMBIGUOUS = re.compile(r"(?i:yes|no|on|off|y|n|true|false|null)\Z")


def parse(text: str, file: str) -> tuple[Any, dict[str, int]]:
    """The data in this YAML text, and the line of each field; LoadError where it is refused."""
    with needed("yaml"):
        import yaml
    # The one written in C takes a tenth of the time.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        builder = _Builder(file, yaml.parse(text, Loader=loader))
        return builder.document(), builder.lines
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = mark.line + 1 if mark else _odd_line(text, getattr(error, "position", None))
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or ""
        told = fault(problem, text, mark.index if mark else None)
        raise LoadError(file, line, "", "unreadable", format="YAML", why=told) from None


def _odd_line(text: str, position: int | None) -> int | None:
    return None if position is None else text.count("\n", 0, position) + 1


class _Builder:
    """Plain data from the parser's events."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self.file, self._events = file, events
        self.lines: dict[str, int] = {"": 1}
        self._left = MOST

    def document(self) -> Any:
        found: list[Any] = []
        for event in self._events:
            if type(event).__name__ == "DocumentStartEvent":  # else: where it ends
                if found:
                    raise self._wrong(event, "", "second_document")
                found.append(self._value(next(self._events), "", 1))
        return found[0] if found else None

    def _wrong(self, event: Any, at: str, code: str, **values: Any) -> LoadError:
        return LoadError(self.file, event.start_mark.line + 1, at, code, **values)

    def _value(self, event: Any, at: str, depth: int) -> Any:
        self.lines.setdefault(at, event.start_mark.line + 1)
        self._plain(event, at)
        if depth > DEEPEST:
            raise self._wrong(event, at, "too_deep", limit=DEEPEST)
        self._left -= 1
        if self._left < 0:
            raise self._wrong(event, at, "too_many", limit=MOST)
        match type(event).__name__:
            case "MappingStartEvent":
                return self._mapping(at, depth)
            case "SequenceStartEvent":
                return self._sequence(at, depth)
        return self._scalar(event, at)

    def _plain(self, event: Any, at: str) -> None:
        if type(event).__name__ == "AliasEvent" or getattr(event, "anchor", None):
            raise self._wrong(event, at, "anchor")
        if getattr(event, "tag", None) is not None:
            raise self._wrong(event, at, "tag", tag=event.tag)

    def _mapping(self, at: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while type(key := next(self._events)).__name__ != "MappingEndEvent":
            self._plain(key, at)
            name = getattr(key, "value", None)
            if not isinstance(name, str) or name == "<<":
                raise self._wrong(key, at, "odd_key")
            here = f"{at}.{name}" if at else name
            if name in found:
                raise self._wrong(key, here, "given_twice")
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
            raise self._wrong(event, at, "ambiguous", word=text)
        if _NUMBER.match(text):
            return int(text)
        if _DAY.match(text):
            try:
                return date.fromisoformat(text)
            except ValueError:
                raise self._wrong(event, at, "no_day") from None
        return text
