"""An inter-agency legal support process, executable: define, run, check and draw it.

Importing this package loads the standard library and attrs only; what needs another
library is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import definition, processes
from .definition import Language, Process, Text

if TYPE_CHECKING:
    from .analysis import affected, check, compare
    from .diagram import draw, render
    from .runtime import Case, Refused, replay

__version__ = "0.1.0"

# Rooms opened on first use: not every program that reads a definition runs, checks or draws.
_LATER = {
    "Case": "runtime",
    "Refused": "runtime",
    "affected": "analysis",
    "check": "analysis",
    "compare": "analysis",
    "draw": "diagram",
    "render": "diagram",
    "replay": "runtime",
}

__all__ = [
    "Case",
    "Language",
    "Process",
    "Refused",
    "Text",
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
    if name in _LATER:
        return getattr(import_module(f".{_LATER[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
