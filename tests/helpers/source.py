"""The package's own files as the language reads them, each read once for all tests of a process."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import diversion_flow

SOURCE = Path(diversion_flow.__file__).parent
FILES = tuple(sorted(SOURCE.rglob("*.py")))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """All that is in a file, as `ast.walk` finds it."""
    return tuple(ast.walk(tree(file)))
