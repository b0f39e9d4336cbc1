"""The command line: each command is one call into one room."""

from .app import main

__all__ = ["main"]
