"""Packages whose files are opened when something that lies in them is first used: not every
program that reads a definition runs, checks or draws it. And what is shown of a value by a room
above its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def opened_late(
    package: str, files: Mapping[str, str]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The `__getattr__` and the `__dir__` of a package: its files (or rooms), each with the names
    that lie in it, separated by blanks; these are its `__all__`, and are listed before they are
    opened, so that a prompt completes them. What was asked for once is found without it from then
    on."""
    where = {name: file for file, names in files.items() for name in names.split()}

    def find(name: str) -> Any:
        if name == "__all__":
            return sorted(where)
        file = name if name in files else where.get(name)
        if file is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        opened = import_module(f".{file}", package)
        found = opened if name in files else getattr(opened, name)
        setattr(sys.modules[package], name, found)
        return found

    def listed() -> list[str]:
        return sorted({*vars(sys.modules[package]), *where})

    return find, listed


def in_notebook(value: Any, include: Any = None, exclude: Any = None) -> dict[str, str]:
    """The `_repr_mimebundle_` of what is drawn: the room of pictures says what a notebook shows of
    it, and is opened when one asks."""
    shown = import_module(".diagram.notebook", __package__).Shown(value)
    made: dict[str, str] = shown._repr_mimebundle_(include, exclude)
    return made
