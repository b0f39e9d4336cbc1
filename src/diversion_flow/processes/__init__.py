"""The shipped law: processes written with `definition` only, by name, day and place."""

from .catalog import (
    amendments,
    drafts,
    get,
    history,
    in_force,
    invariants,
    names,
    places,
    variant,
    variants,
    versions,
)

__all__ = [
    "amendments",
    "drafts",
    "get",
    "history",
    "in_force",
    "invariants",
    "names",
    "places",
    "variant",
    "variants",
    "versions",
]
