"""A scenario as a TOML file that a person can read and change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from attrs import evolve

from ..definition.files.data_file import bearable
from ..definition.grouped import grouped
from .form import MOST, OPEN
from .model import Attempt, Expected, Law, Scenario, Step
from .moments import iso
from .reading import asked_of


def parts(scenario: Scenario) -> list[Scenario]:
    """The scenario, or, where it is more than is read from a file, several that ask the same
    between them: of some of its cases each, or with some of what is tried in its one. Their steps
    say by the clock when they are."""
    halves = [] if _readable(scenario) else _halves(scenario)
    each = (part for half in halves for part in parts(half))
    found = [evolve(part, id=f"{scenario.id}.{number}") for number, part in enumerate(each, 1)]
    return found or [scenario]


def _readable(scenario: Scenario) -> bool:
    asked = max(len(scenario.openings), sum(map(asked_of, scenario.steps)))
    return asked <= MOST and bearable(written(scenario), "toml")


def _halves(scenario: Scenario) -> list[Scenario]:
    cases = [opening.case for opening in scenario.openings]
    if len(cases) > 1:
        return [_of_cases(scenario, half) for half in _halved(cases)]
    tried = [(step.number, tried) for step in scenario.steps for tried in step.attempts]
    return [_trying(scenario, half) for half in _halved(tried) if len(tried) > 1]


def _halved(found: list[Any]) -> tuple[list[Any], list[Any]]:
    return found[: len(found) // 2], found[len(found) // 2 :]


def _of_cases(told: Scenario, cases: list[str]) -> Scenario:
    openings = tuple(opening for opening in told.openings if opening.case in cases)
    return evolve(told, openings=openings, steps=tuple(s for s in told.steps if s.case in cases))


def _trying(told: Scenario, tried: list[tuple[int, Attempt]]) -> Scenario:
    at = grouped(tried)
    return evolve(told, steps=tuple(evolve(s, attempts=at.get(s.number, ())) for s in told.steps))


def written(scenario: Scenario, comment: str = "") -> str:
    """The scenario as TOML text: the same scenario gives the same bytes, and reads back."""
    lines = [f"# {line}" for line in comment.splitlines()]
    lines += [
        f"id = {_value(scenario.id)}",
        f"process = {_value(scenario.process)}",
        f"on = {_value(scenario.on)}",
        f"title = {_value({'ja': scenario.title.ja, 'en': scenario.title.en})}",
    ]
    for law in scenario.laws if scenario.laws != (Law(scenario.on),) else ():
        named = {
            "on": law.on,
            "place": law.place,
            "variant": law.variant,
            "crosses": law.crosses,
            "transitional": law.transitional,
        }
        lines += ["", "[[under]]", *(f"{k} = {_value(v)}" for k, v in named.items() if v)]
    for opening in scenario.openings:
        lines += ["", "[[open]]", f"case = {_value(opening.case)}", f"at = {_value(opening.at)}"]
        for key in ("facts", "states", "since", "reason"):
            given = getattr(opening, key)
            lines += [f"{key} = {_value(given)}"] if given else []
        lines += [f"ends = {_value(opening.ends)}"] if opening.ends else []
    for step in scenario.steps:
        case = [f"case = {_value(step.case)}"] if len(scenario.openings) > 1 else []
        lines += ["", "[[step]]", *case, *_step(step)]
    return "\n".join(lines) + "\n"


def _step(step: Step) -> Iterator[str]:
    yield f"at = {_value(step.at)}"
    if step.advance_to:
        yield "advance = true"
    else:
        yield f"event = {_value(step.event)}"
        yield f"by = {_value(step.by)}"
    if step.facts:
        yield f"facts = {_value(step.facts)}"
    yield from (f"{key} = {_value(value)}" for key, value in _expected(step.expected).items())
    if step.note:
        yield f"note = {_value({'ja': step.note.ja, 'en': step.note.en})}"
    if step.attempts:
        yield "try = ["
        yield from (f"  {_value(_attempt(tried))}," for tried in step.attempts)
        yield "]"


def _attempt(tried: Attempt) -> dict[str, Any]:
    data: dict[str, Any] = {"event": tried.event, "by": tried.by}
    data |= {"at": tried.at} if tried.at else {}
    data |= {"facts": tried.facts} if tried.facts else {}
    return data | _expected(tried.expected)


def _expected(expected: Expected) -> dict[str, Any]:
    limits = {k: "none" if v is None else v for k, v in expected.deadlines.items()}
    given = {
        "refused": expected.refused,
        "because": expected.because,
        "states": expected.states,
        "deadlines": limits,
        "duties": expected.duties,
        "owed": expected.owed,
        "sees": expected.sees,
        "hidden": expected.hidden,
        "possible": expected.possible,
        **{name: getattr(expected, name) for name in OPEN},
    }
    return {key: value for key, value in given.items() if value}


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case datetime():
            return json.dumps(iso(value))
        case date():
            return value.isoformat()
        case Mapping():
            inner = ", ".join(f"{key} = {_value(v)}" for key, v in value.items())
            return f"{{ {inner} }}" if inner else "{}"
        case frozenset():
            return _value(sorted(value))
        case list() | tuple():
            return f"[{', '.join(_value(v) for v in value)}]"
    return json.dumps(str(value), ensure_ascii=False)
