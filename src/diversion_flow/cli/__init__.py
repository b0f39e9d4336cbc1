"""The command line: each command is one call into one room."""

from .start import main

__all__ = ["main"]
