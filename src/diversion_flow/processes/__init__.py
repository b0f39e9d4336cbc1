"""The shipped law: processes written with `definition` only, by name, day and place."""

from .catalog import amendments, get, history, in_force, names, places, variant, variants, versions

__all__ = [
    "amendments",
    "get",
    "history",
    "in_force",
    "names",
    "places",
    "variant",
    "variants",
    "versions",
]
