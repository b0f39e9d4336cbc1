"""Where everything goes: in lanes and columns if the diagram has them, else in ranks."""

from __future__ import annotations

from ..model import Diagram
from .lanes import lanes
from .placed import Layout
from .ranks import ranks


def arrange(diagram: Diagram) -> Layout:
    """The diagram with a place for every part of it."""
    return lanes(diagram) if diagram.lanes and diagram.columns else ranks(diagram)
