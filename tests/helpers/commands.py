"""The command line, run in this process as a terminal would run it."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from typing import NamedTuple

import pytest
import typer.main

from diversion_flow.cli import main

# What is read out of the commands' signatures is the same for each call, and takes 20 ms.
typer.main.get_command = cache(typer.main.get_command)


class Done(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    stdout: str
    stderr: str


def told(*words: str) -> Done:
    """What a command says, and where."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
        main(words)
    assert isinstance(left.value.code, int)
    return Done(left.value.code, out.getvalue(), err.getvalue())


def run(*words: str) -> tuple[int, str]:
    """The exit code, and all that was said."""
    done = told(*words)
    return done.code, done.stdout + done.stderr
