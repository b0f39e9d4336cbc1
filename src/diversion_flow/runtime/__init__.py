"""Taking cases through a process: open, step, explain, clocks, views, replay."""

from .calendar import JST
from .case import Case
from .clocks import Clock
from .explain import Explanation, Refused
from .journal import Moved, Record, ReplayError, replay
from .reasons import Code, Reason
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
