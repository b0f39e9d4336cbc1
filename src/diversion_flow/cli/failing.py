"""How a command ends: its exit code, and one line where it failed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from ..definition import LANGUAGES, Language

if TYPE_CHECKING:
    from ..definition import DiversionFlowError

OK, FOUND, USAGE, FAULT, STOPPED, UNREAD = 0, 1, 2, 70, 130, 141
_TRACEBACK: Final = "DIVERSION_FLOW_TRACEBACK"  # set to see where a fault of ours comes from


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
        error = _told(fault)
        if error.code == "no_output":  # what still waits would fail again
            to_nowhere()
        remark(f"diversion-flow: {error.text(lang)}")
        return FAULT if error.code == "own_fault" else USAGE


def _told(fault: Exception) -> DiversionFlowError:
    """The fault as an error that can be told: one that the user can act on; or one of ours, of
    which kind and where in our source, without what it was about."""
    import traceback
    from pathlib import Path

    from ..definition import DiversionFlowError, FileRefused
    from ..definition.files.system_faults import why

    if isinstance(fault, DiversionFlowError):
        return fault
    if isinstance(fault, OSError) and fault.filename is None:  # no file: it was the output
        return FileRefused("no_output", why=why(fault))
    if os.environ.get(_TRACEBACK):
        traceback.print_exception(fault)
    room = Path(__file__).parents[1]
    frames = traceback.extract_tb(fault.__traceback__)
    inside = [f for f in frames if Path(f.filename).is_relative_to(room)] or frames
    where = f"{Path(inside[-1].filename).name}:{inside[-1].lineno}"
    return DiversionFlowError("own_fault", kind=type(fault).__name__, where=where, name=_TRACEBACK)


def to_nowhere() -> None:
    """What is still waiting to be printed goes nowhere, so that leaving fails no second time."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def remark(text: str) -> None:
    """Print a line beside the result, on standard error."""
    if sys.stderr is not None:
        with suppress(OSError):  # nobody is left to be told
            sys.stderr.write(f"{text}\n")
