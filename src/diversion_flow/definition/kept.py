"""What is worked out of a process once and forgotten with it: its program, its digest, ..."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from .process import Process

Made = TypeVar("Made")


def kept(process: Process, make: Callable[[Process], Made]) -> Made:
    """`make(process)`, made once. `make` is a function of a module, never one made on the spot.

    It lies with the process itself, for what is made often refers back to it: a table beside
    it, weak or not, would then hold both for ever. Equal processes each have their own; two
    threads may both make it, and are both given the first.
    """
    made: dict[Any, Any] = process.__dict__.setdefault("_kept", {})
    if make not in made:
        made.setdefault(make, make(process))
    found: Made = made[make]
    return found
