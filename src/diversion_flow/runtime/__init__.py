"""Taking cases through a process: open, step, explain, clocks, views, replay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..definition.moments import JST, Moment
from ..late import opened_late

if TYPE_CHECKING:
    from .case import Case, Work
    from .clocks import Clock
    from .crossing import Crossed, Stuck
    from .duties import Duty
    from .explain import Explanation, Refused
    from .journal import Moved, Record, ReplayError, replay
    from .marks import Irregularity
    from .midway import Midway
    from .names import called
    from .provision import Provision
    from .reasons import Code, Reason
    from .view import View

_FILES: Final = {
    "case": "Case Work",
    "clocks": "Clock",
    "crossing": "Crossed Stuck",
    "duties": "Duty",
    "explain": "Explanation Refused",
    "journal": "Moved Record ReplayError replay",
    "marks": "Irregularity",
    "midway": "Midway",
    "names": "called",
    "provision": "Provision",
    "reasons": "Code Reason",
    "view": "View",
}

__getattr__ = opened_late(__name__, _FILES)

__all__ = [
    "JST",
    "Case",
    "Clock",
    "Code",
    "Crossed",
    "Duty",
    "Explanation",
    "Irregularity",
    "Midway",
    "Moment",
    "Moved",
    "Provision",
    "Reason",
    "Record",
    "Refused",
    "ReplayError",
    "Stuck",
    "View",
    "Work",
    "called",
    "replay",
]
