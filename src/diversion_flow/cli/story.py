"""A story as a word on the command line: a shipped one's name, or a scenario file."""

from __future__ import annotations

from pathlib import Path

from ..definition import CallError, Process
from ..runtime import Case
from ..scenarios import Scenario, load, play, shipped


def story(name: str) -> Scenario:
    """The story of that name or in that file."""
    return load(name) if Path(name).suffix else shipped(name)


def case_after(story: Scenario, steps: int, process: Process | None = None) -> Case:
    """The story's case where it stands after so many steps; as it was opened, after none."""
    played = play(story, process)
    if steps > len(played):
        raise CallError("call_after", steps=steps, there=len(played))
    return played[steps - 1].after if steps else played[0].before
