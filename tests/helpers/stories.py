"""Cases to start from: a shipped story, stopped right after one of its events."""

from __future__ import annotations

from functools import cache

from diversion_flow import Case
from diversion_flow.scenarios import Played, play, shipped


@cache
def told(story: str) -> tuple[Played, ...]:
    """The story as it is played, once for all tests of a worker."""
    return play(shipped(story))


@cache
def after(story: str, event: str, nth: int = 1) -> Case:
    """The case of `story` right after `event` happened for the nth time."""
    count = 0
    for played in told(story):
        if played.step.event == event and played.refusal is None:
            count += 1
            if count == nth:
                return played.after
    raise LookupError(f"{story} has no {event}")


def go(case: Case, *steps: tuple[str, str, str, dict[str, object]] | tuple[str, str, str]) -> Case:
    """The case after these steps (event, by, at[, facts])."""
    for event, by, at, *facts in steps:
        case = case.step(event, by=by, at=at, facts=facts[0] if facts else None)  # type: ignore[arg-type]
    return case


def codes(
    case: Case, event: str, by: str, at: str, facts: dict[str, object] | None = None
) -> set[str]:
    """The codes of the reasons against an event."""
    return {
        r.code.value for r in case.explain(event, by=by, at=at, facts=facts, whole=True).reasons
    }
