"""Taking cases through a process: open, step, explain, clocks, views, replay."""

from .calendar import JST
from .case import Case
from .clocks import Clock
from .explain import Code, Explanation, Reason, Refused
from .journal import Moved, Record, ReplayError, replay
from .view import View

__all__ = [
    "JST",
    "Case",
    "Clock",
    "Code",
    "Explanation",
    "Moved",
    "Reason",
    "Record",
    "Refused",
    "ReplayError",
    "View",
    "replay",
]
