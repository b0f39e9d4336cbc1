"""Pictures of a process: what they show is decided once, how it is spelt per format."""

from .model import Diagram
from .render import FORMATS, DrawingError, diagram, draw, render
from .views.checklist import checklist, checklist_page
from .views.extract import views

__all__ = [
    "FORMATS",
    "Diagram",
    "DrawingError",
    "checklist",
    "checklist_page",
    "diagram",
    "draw",
    "render",
    "views",
]
