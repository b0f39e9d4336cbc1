"""An inter-agency legal support process, executable: define, run, check and draw it.

Importing this package loads nothing; its rooms open when they are first used, the definition
and the runtime with the standard library and attrs only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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

# Rooms opened on first use: not every program that reads a definition runs, checks or draws.
_ROOMS = ("definition", "processes")
_LATER = {
    "CallError": "definition",
    "Case": "runtime",
    "Clock": "runtime",
    "Duty": "runtime",
    "Code": "runtime",
    "DefinitionError": "definition",
    "DiversionFlowError": "definition",
    "FactError": "definition",
    "FileRefused": "definition",
    "JST": "runtime",
    "Language": "definition",
    "LawGap": "definition",
    "LoadError": "definition",
    "MissingExtra": "definition",
    "Process": "definition",
    "Reason": "runtime",
    "Record": "runtime",
    "Refused": "runtime",
    "ReplayError": "runtime",
    "Text": "definition",
    "UnknownId": "definition",
    "View": "runtime",
    "affected": "analysis",
    "check": "analysis",
    "compare": "analysis",
    "draw": "diagram",
    "render": "diagram",
    "replay": "runtime",
}

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


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f".{name}", __name__)
    if name in _LATER:
        return getattr(import_module(f".{_LATER[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
