"""Scenario files in TOML, YAML or JSON; every fault is reported with file, line and field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any

from ..definition import Text
from ..definition.errors import LoadError
from ..definition.files.data_file import DataFile, parse
from ..definition.files.data_file import read as read_data
from .model import Attempt, Because, Expected, Law, Opening, Scenario, ScenarioError, Step

_EXPECTED = ("refused", "because", "states", "deadlines", "sees", "hidden", "possible")
_SCENARIO = ("id", "process", "on", "title", "published", "sources", "open", "step", "under")
_REQUIRED = ("id", "process", "on", "open", "step")
_OPENING = ("case", "at", "facts", "ends")
_ENDS = ("closed", "open")
_STEP = ("at", "event", "by", "facts", "advance", *_EXPECTED, "under", "try", "note", "case",
         "origin")  # fmt: skip
_TRY = ("event", "by", "at", "facts", *_EXPECTED)
_LAW = ("on", "place", "variant")
_ORIGINS = ("published", "filler")
_FOLDERS = ("stories", "tours")


def names(folder: str = "stories") -> tuple[str, ...]:
    """The shipped scenarios, by file name: published `stories`, or `tours` of the rules."""
    found = resources.files(__package__) / folder
    return tuple(sorted(f.name.removesuffix(".toml") for f in found.iterdir()
                        if f.name.endswith(".toml")))  # fmt: skip


def shipped(name: str) -> Scenario:
    """A shipped scenario by its name, such as `cs01_counsel_notices` or just `cs01`."""
    for folder in _FOLDERS:
        for known in names(folder):
            if known == name.lower() or known.split("_")[0] == name.lower():
                file = resources.files(__package__) / folder / f"{known}.toml"
                return read(file.read_text("utf-8"), f"{known}.toml")
    near = ", ".join(get_close_matches(name, names())) or ", ".join(names())
    raise ScenarioError(name, None, "", "is no shipped scenario: is not shipped", f"one of: {near}")


def load(path: str | Path) -> Scenario:
    """A scenario file; ScenarioError names the file, the line and the field that is wrong."""
    return _guarded(lambda: _scenario(read_data(path)))


def read(text: str, file: str, format: str = "toml") -> Scenario:
    """The scenario in this text."""
    return _guarded(lambda: _scenario(parse(text, file, format)))


def _guarded(make: Callable[[], Scenario]) -> Scenario:
    try:
        return make()
    except ScenarioError:
        raise
    except LoadError as error:
        raise ScenarioError(
            error.file, error.line, error.field, error.problem, error.remedy
        ) from None


class _Fields:
    """One table of a scenario file, with its place in it."""

    def __init__(self, source: DataFile, at: str, data: Any, allowed: tuple[str, ...]) -> None:
        self.source, self.at = source, at
        if not isinstance(data, Mapping):
            raise self.wrong("", "is no table", "write it as a table of names and values")
        self.data = data
        for key in data:
            if key not in allowed:
                near = get_close_matches(key, allowed, n=1)
                hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(allowed)}"
                raise self.wrong(key, "is no field", hint)

    def wrong(self, key: str, problem: str, remedy: str) -> ScenarioError:
        """What is wrong with one of the fields."""
        here = f"{self.at}.{key}" if self.at and key else self.at or key
        return ScenarioError(self.source.file, self.source.line_of(here), here, problem, remedy)

    def need(self, *keys: str) -> None:
        for key in keys:
            if key not in self.data:
                raise self.wrong(key, "is missing", f"add {key}")

    def text(self, key: str, default: Any = None) -> Any:
        """A word; a moment may be written with or without quotes."""
        value = self.data.get(key, default)
        if isinstance(value, date):
            value = value.isoformat()
        if value is not None and not isinstance(value, str):
            raise self.wrong(key, f"is a {type(value).__name__}", "write a text")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        return self._words(key, self.data.get(key, []))

    def _words(self, key: str, value: Any) -> tuple[str, ...]:
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.wrong(key, "is no list of words", 'write ["one", "other"]')
        return tuple(value)

    def day(self, key: str) -> date:
        value = self.data[key]
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        raise self.wrong(key, "is no date", "write it like 2024-06-12, without quotes")

    def table(self, key: str) -> dict[str, Any]:
        value = self.data.get(key, {})
        if not isinstance(value, Mapping):
            raise self.wrong(key, "is no table", "write names and values")
        return dict(value)

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        return {k: self._words(f"{key}.{k}", v) for k, v in self.table(key).items()}

    def inner(self, key: str, allowed: tuple[str, ...]) -> _Fields:
        here = f"{self.at}.{key}" if self.at else key
        return _Fields(self.source, here, self.data[key], allowed)

    def each(self, key: str, allowed: tuple[str, ...]) -> list[_Fields]:
        here = f"{self.at}.{key}" if self.at else key
        value = self.data.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "is no list", f"write [[{here}]]")
        return [_Fields(self.source, f"{here}[{i}]", v, allowed) for i, v in enumerate(value)]

    def both(self, key: str, default: str = "") -> Text:
        """A text in both languages, or one text for both."""
        value = self.data.get(key, default)
        if isinstance(value, str):
            return Text(value, value)
        text = self.inner(key, ("ja", "en"))
        text.need("ja", "en")
        return Text(text.text("ja"), text.text("en"))


def _scenario(source: DataFile) -> Scenario:
    top = _Fields(source, "", source.data, _SCENARIO)
    top.need(*_REQUIRED)
    openings = tuple(_opening(o) for o in top.each("open", _OPENING))
    default = openings[0].case if openings else ""
    on = top.day("on")
    return Scenario(
        id=top.text("id"),
        process=top.text("process"),
        on=on,
        title=top.both("title", top.text("id")),
        published=top.both("published"),
        sources=top.words("sources"),
        openings=openings,
        steps=tuple(_step(s, i, default) for i, s in enumerate(top.each("step", _STEP))),
        laws=tuple(_law(u, on) for u in top.each("under", _LAW)) or (Law(on),),
        file=source.file,
    )


def _law(data: _Fields, on: date) -> Law:
    day = data.day("on") if "on" in data.data else on
    return Law(day, data.text("place"), data.text("variant"))


def _opening(data: _Fields) -> Opening:
    ends = data.text("ends")
    if ends not in (None, *_ENDS):
        raise data.wrong("ends", "is unknown", " or ".join(_ENDS))
    case, at = data.text("case", "case"), data.text("at", "09:00")
    return Opening(case, at, data.table("facts"), ends)


def _step(data: _Fields, index: int, default: str) -> Step:
    data.need("at")
    origin = data.text("origin", "filler")
    if origin not in _ORIGINS:
        raise data.wrong("origin", "is unknown", " or ".join(_ORIGINS))
    if ("event" in data.data) == bool(data.data.get("advance")):
        raise data.wrong("", "needs an event, or advance = true", "give one of them")
    if "event" in data.data and "by" not in data.data:
        raise data.wrong("by", "is missing", "name the agency that reports")
    return Step(
        number=index + 1,
        case=data.text("case", default),
        at=data.text("at"),
        origin=origin,
        event=data.text("event"),
        by=data.text("by"),
        facts=data.table("facts"),
        advance_to=bool(data.data.get("advance")),
        expected=_expected(data),
        under=_under(data),
        attempts=tuple(_attempt(t) for t in data.each("try", _TRY)),
        note=data.both("note") if "note" in data.data else None,
        line=data.source.line_of(data.at),
    )


def _under(data: _Fields) -> dict[str, Expected]:
    if "under" not in data.data:
        return {}
    laws = data.table("under")
    inside = _Fields(data.source, f"{data.at}.under", laws, tuple(laws))
    return {law: _expected(inside.inner(law, _EXPECTED)) for law in laws}


def _attempt(data: _Fields) -> Attempt:
    data.need("event", "by")
    return Attempt(data.text("event"), data.text("by"), data.text("at"), data.table("facts"),
                   _expected(data))  # fmt: skip


def _expected(data: _Fields) -> Expected:
    deadlines = data.table("deadlines")
    return Expected(
        refused=data.words("refused"),
        because=_because(data) if "because" in data.data else None,
        states={k: _word(data, f"states.{k}", v) for k, v in data.table("states").items()},
        deadlines={k: _limit(data, f"deadlines.{k}", v) for k, v in deadlines.items()},
        sees=data.lists("sees"),
        hidden=data.lists("hidden"),
        possible=data.lists("possible"),
    )


def _because(data: _Fields) -> Because:
    inside = data.inner("because", ("facts", "agencies", "transitions", "deadlines"))
    return Because(*(inside.words(key) for key in ("facts", "agencies", "transitions",
                                                   "deadlines")))  # fmt: skip


def _word(data: _Fields, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise data.wrong(key, f"is a {type(value).__name__}", "write an id")
    return value


def _limit(data: _Fields, key: str, value: Any) -> date | datetime | None:
    """A last day, a last moment, or "none" for a limit that must not be running."""
    if isinstance(value, date):
        return value
    if value == "none":
        return None
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise data.wrong(
            key, "is no date", 'write it like 2024-06-12, without quotes, or "none"'
        ) from None
