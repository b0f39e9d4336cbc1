"""An inter-agency legal support process, executable: define, run, check and draw it.

Importing this package loads nothing; its rooms open when they are first used, the definition
and the runtime with the standard library and attrs only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .late import opened_late

if TYPE_CHECKING:
    from . import definition, processes
    from .analysis import affected, check, compare
    from .definition import (
        CallError,
        DefinitionError,
        DiversionFlowError,
        FactError,
        FileRefused,
        Language,
        LawGap,
        LoadError,
        MissingExtra,
        Process,
        Text,
        UnknownId,
    )
    from .diagram import draw, render
    from .runtime import (
        JST,
        Case,
        Clock,
        Code,
        Duty,
        Reason,
        Record,
        Refused,
        ReplayError,
        View,
        replay,
    )

__version__ = "0.1.0"

_ROOMS: Final = {
    "definition": (
        "CallError DefinitionError DiversionFlowError FactError FileRefused Language LawGap "
        "LoadError MissingExtra Process Text UnknownId"
    ),
    "processes": "",
    "runtime": "JST Case Clock Code Duty Reason Record Refused ReplayError View replay",
    "analysis": "affected check compare",
    "diagram": "draw render",
}

__getattr__ = opened_late(__name__, _ROOMS)

__all__ = [
    "JST",
    "CallError",
    "Case",
    "Clock",
    "Code",
    "DefinitionError",
    "DiversionFlowError",
    "Duty",
    "FactError",
    "FileRefused",
    "Language",
    "LawGap",
    "LoadError",
    "MissingExtra",
    "Process",
    "Reason",
    "Record",
    "Refused",
    "ReplayError",
    "Text",
    "UnknownId",
    "View",
    "affected",
    "check",
    "compare",
    "definition",
    "draw",
    "processes",
    "render",
    "replay",
]
