"""How a command ends: its exit code, and what fails as one line in the language asked for."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..definition import LANGUAGES, DiversionFlowError, FileRefused, Language
from ..definition.files.system_faults import why

OK, FOUND, USAGE, FAULT, STOPPED, UNREAD = 0, 1, 2, 70, 130, 141
TRACEBACK: Final = "DIVERSION_FLOW_TRACEBACK"  # set to see where a fault of ours comes from


def asked_language(words: Iterable[str], otherwise: Language = LANGUAGES[0]) -> Language:
    """The language that a command line asks for, before it is known to be right."""
    given = " ".join(words).replace("--lang=", "--lang ").rpartition("--lang ")[2]
    return next((lang for lang in LANGUAGES if lang == given.split(" ")[0]), otherwise)


def plainly(run: Callable[[], int | None], lang: Language) -> int:
    """The exit code of what is run. An error that the user can act on is one line; a fault of
    ours is one too, and says so."""
    try:
        return run() or OK
    except DiversionFlowError as error:
        return _told(error, lang, USAGE)
    except KeyboardInterrupt:
        return STOPPED
    except Exception as fault:
        if isinstance(fault, OSError) and fault.filename is None:  # no file: it was the output
            to_nowhere()
            return _told(FileRefused("no_output", why=why(fault)), lang, USAGE)
        if os.environ.get(TRACEBACK):
            traceback.print_exc()
        return _told(_ours(fault), lang, FAULT)


def to_nowhere() -> None:
    """What is still waiting to be printed goes nowhere, so that leaving fails no second time."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def remark(text: str) -> None:
    """Print a line beside the result, on standard error."""
    if sys.stderr is not None:
        with suppress(OSError):  # nobody is left to be told
            sys.stderr.write(f"{text}\n")


def _told(error: DiversionFlowError, lang: Language, code: int) -> int:
    remark(f"diversion-flow: {error.text(lang)}")
    return code


def _ours(fault: Exception) -> DiversionFlowError:
    """A fault of ours: of which kind and where in our source, without what it was about."""
    room = Path(__file__).parents[1]
    frames = traceback.extract_tb(fault.__traceback__)
    inside = [f for f in frames if Path(f.filename).is_relative_to(room)] or frames
    where = f"{Path(inside[-1].filename).name}:{inside[-1].lineno}"
    return DiversionFlowError("own_fault", kind=type(fault).__name__, where=where, name=TRACEBACK)
