"""An inter-agency legal support process, executable: define, run, check and draw it.

Importing this package loads the standard library and attrs only; what needs another
library is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import definition, processes
from .definition import Language, Process, Text
from .runtime import Case, Refused, open_case, replay

if TYPE_CHECKING:
    from .analysis import check
    from .diagram import draw, render

__version__ = "0.1.0"

# Rooms that bring their own libraries: opened on first use.
_LATER = {"check": "analysis", "draw": "diagram", "render": "diagram"}

__all__ = [
    "Case",
    "Language",
    "Process",
    "Refused",
    "Text",
    "check",
    "definition",
    "draw",
    "open_case",
    "processes",
    "render",
    "replay",
]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(f".{_LATER[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
