"""An inter-agency legal support process, executable: define, run, check and draw it.

Importing this package loads nothing; its rooms open when they are first used, the definition
and the runtime with the standard library and attrs only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .late import opened_late

if TYPE_CHECKING:
    from . import definition as definition
    from . import processes as processes
    from .analysis import affected as affected
    from .analysis import check as check
    from .analysis import compare as compare
    from .definition import CallError as CallError
    from .definition import DefinitionError as DefinitionError
    from .definition import DiversionFlowError as DiversionFlowError
    from .definition import FactError as FactError
    from .definition import FileRefused as FileRefused
    from .definition import Language as Language
    from .definition import LawGap as LawGap
    from .definition import LoadError as LoadError
    from .definition import MissingExtra as MissingExtra
    from .definition import Process as Process
    from .definition import Text as Text
    from .definition import UnknownId as UnknownId
    from .diagram import draw as draw
    from .diagram import render as render
    from .runtime import JST as JST
    from .runtime import Case as Case
    from .runtime import Clock as Clock
    from .runtime import Code as Code
    from .runtime import Duty as Duty
    from .runtime import Reason as Reason
    from .runtime import Record as Record
    from .runtime import Refused as Refused
    from .runtime import ReplayError as ReplayError
    from .runtime import View as View
    from .runtime import replay as replay

__version__ = "0.1.0"

_ROOMS: Final = {
    "definition": (
        "definition CallError DefinitionError DiversionFlowError FactError FileRefused Language "
        "LawGap LoadError MissingExtra Process Text UnknownId"
    ),
    "processes": "processes",
    "runtime": "JST Case Clock Code Duty Reason Record Refused ReplayError View replay",
    "analysis": "affected check compare",
    "diagram": "draw render",
}

__getattr__, __dir__ = opened_late(__name__, _ROOMS)
