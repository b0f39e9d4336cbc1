"""Pictures of a process: what they show is decided once, how it is spelt per format."""

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
    "diagram",
    "draw",
    "render",
    "views",
]
