"""Pictures of a process: what they show is decided once, how it is spelt per format."""

from .render import DrawingError, draw, render
from .views.checklist import checklist, checklist_page
from .views.sheets import views

__all__ = [
    "DrawingError",
    "checklist",
    "checklist_page",
    "draw",
    "render",
    "views",
]
