"""A process to look at, ask and play with: one HTML file that needs nothing but a browser."""

from .page import explorer
from .shipped import shipped_explorer

__all__ = ["explorer", "shipped_explorer"]
