"""Pictures of a process: what they show is decided once, how it is spelt per format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..late import opened_late
from .model import DrawingError
from .render import draw, render
from .views.checklist import checklist
from .views.checklist_page import checklist_page
from .views.sheets import views

if TYPE_CHECKING:
    from .notebook import Shown

__getattr__, __dir__ = opened_late(__name__, {"notebook": "Shown"})  # it opens the analysis

__all__ = [
    "DrawingError",
    "Shown",
    "checklist",
    "checklist_page",
    "draw",
    "render",
    "views",
]
