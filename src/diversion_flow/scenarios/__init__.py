"""Case stories as data: read from a file, played through a process, shown step by step."""

from .model import Opening, Scenario, ScenarioError, Step
from .play import Played, Problem, play
from .reading import load, names, shipped

__all__ = [
    "Opening",
    "Played",
    "Problem",
    "Scenario",
    "ScenarioError",
    "Step",
    "load",
    "names",
    "play",
    "shipped",
]
