"""Taking cases through a process: open, step, explain, clocks, views, replay."""

from ..definition.moments import JST, Moment
from .case import Case, Work
from .clocks import Clock
from .crossing import Crossed, Stuck, migrated
from .duties import Duty
from .explain import Explanation, Refused
from .facts import NotRecorded
from .journal import Moved, Record, ReplayError, replay
from .links import Link
from .marks import Irregularity
from .midway import Midway
from .names import called
from .outside import irregular
from .provision import Provision
from .reasons import Code, Reason
from .view import View

__all__ = [
    "JST",
    "Case",
    "Clock",
    "Code",
    "Crossed",
    "Duty",
    "Explanation",
    "Irregularity",
    "Link",
    "Midway",
    "Moment",
    "Moved",
    "NotRecorded",
    "Provision",
    "Reason",
    "Record",
    "Refused",
    "ReplayError",
    "Stuck",
    "View",
    "Work",
    "called",
    "irregular",
    "migrated",
    "replay",
]
