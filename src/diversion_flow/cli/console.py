"""Printing, and errors as one line: no traceback reaches the user."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console

from ..definition import DiversionFlowError

OK, FOUND, USAGE = 0, 1, 2

out = Console(highlight=False, soft_wrap=True)


def say(text: str = "", style: str = "") -> None:
    """Print a line as it is: nothing in it is taken for markup."""
    out.print(text, style=style or None, markup=False)


@contextmanager
def plainly() -> Iterator[None]:
    """Turn an error that the user can act on into one line and exit code 2."""
    try:
        yield
    except (DiversionFlowError, OSError, ImportError, ValueError) as error:
        sys.stderr.write(f"diversion-flow: {error}\n")
        raise typer.Exit(USAGE) from None
