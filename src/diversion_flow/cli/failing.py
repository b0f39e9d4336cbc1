"""How a command ends: its exit code, and one line where it failed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress

from ..definition import LANGUAGES, Language

OK, FOUND, USAGE, FAULT, STOPPED, UNREAD = 0, 1, 2, 70, 130, 141


def asked_language(words: Iterable[str], otherwise: Language = LANGUAGES[0]) -> Language:
    """The language that a command line asks for, before it is known to be right."""
    given = " ".join(words).replace("--lang=", "--lang ").rpartition("--lang ")[2]
    return next((lang for lang in LANGUAGES if lang == given.split(" ")[0]), otherwise)


def plainly(run: Callable[[], int | None], lang: Language) -> int:
    """The exit code of what is run; what fails is one line, and no traceback."""
    try:
        return run() or OK
    except KeyboardInterrupt:
        return STOPPED
    except Exception as fault:
        from .faults import said

        error = said(fault)
        if error.code == "no_output":  # what still waits would fail again
            to_nowhere()
        remark(f"diversion-flow: {error.text(lang)}")
        return FAULT if error.code == "own_fault" else USAGE


def to_nowhere() -> None:
    """What is still waiting to be printed goes nowhere, so that leaving fails no second time."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def remark(text: str) -> None:
    """Print a line beside the result, on standard error."""
    if sys.stderr is not None:
        with suppress(OSError):  # nobody is left to be told
            sys.stderr.write(f"{text}\n")
