"""Where everything goes: in lanes and columns if the diagram has them, else in ranks."""

from __future__ import annotations

from ..model import Diagram
from .lanes import lanes
from .panels import paneled
from .placed import Layout
from .ranks import ranks


def drawn(diagram: Diagram) -> tuple[Diagram, Layout]:
    """What is drawn, with a place for every part: a wide drawing without lanes in panels."""
    if diagram.lanes and diagram.columns:
        return diagram, lanes(diagram)
    return paneled(diagram)


def arrange(diagram: Diagram) -> Layout:
    """The diagram with a place for every part of it."""
    return lanes(diagram) if diagram.lanes and diagram.columns else ranks(diagram)
