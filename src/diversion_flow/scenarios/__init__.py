"""Case stories as data: read from a file, played through a process, shown step by step."""

from .model import Attempt, Because, Expected, Law, Opening, Scenario, ScenarioError, Step, Where
from .play import Played, Problem, play
from .reading import load, read, shipped, story_names

__all__ = [
    "Attempt",
    "Because",
    "Expected",
    "Law",
    "Opening",
    "Played",
    "Problem",
    "Scenario",
    "ScenarioError",
    "Step",
    "Where",
    "load",
    "play",
    "read",
    "shipped",
    "story_names",
]

# What it was called before.
names = story_names
