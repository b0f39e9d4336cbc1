"""Case stories as data: read from a file, played through a process, shown step by step."""

from .model import Attempt, Because, Expected, Law, Opening, Scenario, ScenarioError, Step
from .play import Played, Problem, law_of, passes, play, playing, when
from .reading import load, names, read, shipped

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
    "law_of",
    "load",
    "names",
    "passes",
    "play",
    "playing",
    "read",
    "shipped",
    "when",
]
