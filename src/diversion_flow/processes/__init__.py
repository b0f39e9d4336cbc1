"""The shipped law: processes written with `definition` only, by name, day and place."""

from .catalog import amendments, get, in_force, names, places, variant, variants, versions

__all__ = [
    "amendments",
    "get",
    "in_force",
    "names",
    "places",
    "variant",
    "variants",
    "versions",
]
