"""What failed, as one line in the language asked for, and the exit code that tells it."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import Final

from ..definition import DiversionFlowError, FileRefused, Language
from ..definition.files.system_faults import why
from .failing import FAULT, USAGE, remark, to_nowhere

TRACEBACK: Final = "DIVERSION_FLOW_TRACEBACK"  # set to see where a fault of ours comes from


def told(fault: Exception, lang: Language) -> int:
    """An error that the user can act on is one line; a fault of ours is one too, and says so."""
    if isinstance(fault, DiversionFlowError):
        return _told(fault, lang, USAGE)
    if isinstance(fault, OSError) and fault.filename is None:  # no file: it was the output
        to_nowhere()
        return _told(FileRefused("no_output", why=why(fault)), lang, USAGE)
    if os.environ.get(TRACEBACK):
        traceback.print_exception(fault)
    return _told(_ours(fault), lang, FAULT)


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
