"""The shipped law: processes written with `definition` only, by name and day."""

from .catalog import get, in_force, names, versions

__all__ = ["get", "in_force", "names", "versions"]
