"""What a public function is called with, looked at where it enters."""

from __future__ import annotations

import os
from pathlib import Path

from .errors import CallError


def argument(name: str, value: object, *kinds: type) -> None:
    """CallError unless the argument of this name is of one of these kinds."""
    if not isinstance(value, kinds):
        wanted = tuple(kind.__name__ for kind in kinds if kind is not type(None))
        raise CallError("call_kind", name=name, wanted=wanted, found=type(value).__name__)


def path_of(value: object) -> Path:
    """The path that was given as such or as text."""
    argument("path", value, str, os.PathLike)
    return Path(value)  # type: ignore[arg-type]
