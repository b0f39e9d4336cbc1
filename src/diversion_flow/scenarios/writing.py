"""A scenario as a TOML file that a person can read and change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from .form import OPEN
from .model import Attempt, Expected, Law, Scenario, Step


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
            return json.dumps(value.isoformat(timespec="minutes"))
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
