"""Case stories as data: read from a file, played through a process, shown step by step."""

from .model import Attempt, Expected, Law, Opening, Scenario, Step
from .play import Played, Problem, play
from .reading import load, read, shipped, story_names

__all__ = [
    "Attempt",
    "Expected",
    "Law",
    "Opening",
    "Played",
    "Problem",
    "Scenario",
    "Step",
    "load",
    "play",
    "read",
    "shipped",
    "story_names",
]

# What it was called before.
names = story_names
