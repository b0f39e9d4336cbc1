"""Pictures of a process: what they show is decided once, how it is spelt per format."""

from .checklist import checklist, checklist_page
from .extract import views
from .fonts import NoJapaneseFont
from .model import Diagram
from .ranks import NoLayoutEngine
from .render import FORMATS, DrawingError, diagram, draw, render

__all__ = [
    "FORMATS",
    "Diagram",
    "DrawingError",
    "NoJapaneseFont",
    "NoLayoutEngine",
    "checklist",
    "checklist_page",
    "diagram",
    "draw",
    "render",
    "views",
]
