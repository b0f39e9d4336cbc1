"""A story as a word on the command line: a shipped one's name, or a scenario file."""

from __future__ import annotations

from pathlib import Path

from ..scenarios import Scenario, load, shipped


def story(name: str) -> Scenario:
    """The story of that name or in that file."""
    return load(name) if Path(name).suffix else shipped(name)
