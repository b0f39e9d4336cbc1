"""Taking cases through a process: open, step, explain, clocks, views, replay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..late import opened_late

if TYPE_CHECKING:
    from ..definition.moments import JST as JST
    from ..definition.moments import Moment as Moment
    from .case import Case as Case
    from .case import Work as Work
    from .clocks import Clock as Clock
    from .crossing import Crossed as Crossed
    from .crossing import Stuck as Stuck
    from .duties import Duty as Duty
    from .explain import Explanation as Explanation
    from .explain import Refused as Refused
    from .journal import Moved as Moved
    from .journal import Record as Record
    from .journal import ReplayError as ReplayError
    from .journal import replay as replay
    from .marks import Irregularity as Irregularity
    from .midway import Midway as Midway
    from .names import called as called
    from .provision import Provision as Provision
    from .reasons import Code as Code
    from .reasons import Reason as Reason
    from .view import View as View

_FILES: Final = {
    ".definition.moments": "JST Moment",
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

__getattr__, __dir__ = opened_late(__name__, _FILES)
