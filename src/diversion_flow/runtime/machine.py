"""The former address of `live`, under which apps know it."""

from .live import Disagreement, LiveCase

__all__ = ["Disagreement", "LiveCase"]
