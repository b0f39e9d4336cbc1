"""Scenario files in TOML; every fault is reported with file, field and remedy."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any

from ..definition import Text
from .model import Opening, Scenario, ScenarioError, Step

_SCENARIO = ("id", "process", "on", "title", "published", "sources", "open", "step")
_OPENING = ("case", "at", "facts")
_STEP = ("at", "event", "by", "facts", "advance", "refused", "states", "deadlines", "note",
         "case", "origin")  # fmt: skip
_ORIGINS = ("published", "filler")


def names() -> tuple[str, ...]:
    """The shipped stories, by file name."""
    folder = resources.files(__package__) / "stories"
    return tuple(sorted(f.name.removesuffix(".toml") for f in folder.iterdir()
                        if f.name.endswith(".toml")))  # fmt: skip


def shipped(name: str) -> Scenario:
    """A shipped story by its name, such as `cs01_counsel_notices` or just `cs01`."""
    found = [n for n in names() if n == name.lower() or n.split("_")[0] == name.lower()]
    if not found:
        near = ", ".join(get_close_matches(name, names())) or ", ".join(names())
        raise ScenarioError(f"scenario {name}", "is not shipped", f"one of: {near}")
    text = (resources.files(__package__) / "stories" / f"{found[0]}.toml").read_text("utf-8")
    return read(text, f"{found[0]}.toml")


def load(path: str | Path) -> Scenario:
    """A scenario file; ScenarioError names the file and the field that is wrong."""
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(str(path), "cannot be read", str(error)) from None
    return read(text, str(path))


def read(text: str, file: str) -> Scenario:
    """The scenario in this TOML text."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(file, f"is not TOML: {error}", "mend the line named") from None
    _fields(data, _SCENARIO, file)
    openings = tuple(_opening(o, f"{file}: open[{i}]") for i, o in enumerate(data["open"]))
    default = openings[0].case if openings else ""
    return Scenario(
        id=data["id"],
        process=data["process"],
        on=data["on"],
        title=_text(data["title"], f"{file}: title"),
        published=_text(data["published"], f"{file}: published"),
        sources=tuple(data["sources"]),
        openings=openings,
        steps=tuple(_step(s, i, default, f"{file}: step[{i}]") for i, s in enumerate(data["step"])),
    )


def _fields(
    data: Any, allowed: tuple[str, ...], place: str, required: tuple[str, ...] | None = None
) -> None:
    if not isinstance(data, Mapping):
        raise ScenarioError(place, "is no table", "write it as a TOML table")
    for key in data:
        if key not in allowed:
            near = get_close_matches(key, allowed, n=1)
            hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(allowed)}"
            raise ScenarioError(f"{place}.{key}", "is no field", hint)
    for key in allowed if required is None else required:
        if key not in data:
            raise ScenarioError(f"{place}.{key}", "is missing", f"add {key}")


def _text(data: Any, place: str) -> Text:
    _fields(data, ("ja", "en"), place)
    return Text(data["ja"], data["en"])


def _opening(data: Any, place: str) -> Opening:
    _fields(data, _OPENING, place, ("case", "at"))
    return Opening(data["case"], str(data["at"]), data.get("facts", {}))


def _step(data: Any, index: int, default: str, place: str) -> Step:
    _fields(data, _STEP, place, ("at", "origin"))
    if data["origin"] not in _ORIGINS:
        raise ScenarioError(f"{place}.origin", "is unknown", " or ".join(_ORIGINS))
    if ("event" in data) == bool(data.get("advance")):
        raise ScenarioError(place, "needs an event, or advance = true", "give one of them")
    if "event" in data and "by" not in data:
        raise ScenarioError(f"{place}.by", "is missing", "name the agency that reports")
    return Step(
        number=index + 1,
        case=data.get("case", default),
        at=str(data["at"]),
        origin=data["origin"],
        event=data.get("event"),
        by=data.get("by"),
        facts=data.get("facts", {}),
        advance_to=bool(data.get("advance")),
        refused=tuple(data.get("refused", ())),
        states=data.get("states", {}),
        deadlines={
            k: _day(v, f"{place}.deadlines.{k}") for k, v in data.get("deadlines", {}).items()
        },
        note=_text(data["note"], f"{place}.note") if "note" in data else None,
    )


def _day(value: Any, place: str) -> date:
    if isinstance(value, date):
        return value
    raise ScenarioError(place, "is no date", "write it like 2024-06-12, without quotes")
