"""What failed, as an error that can be told in either language."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import Final

from ..definition import DiversionFlowError, FileRefused
from ..definition.files.system_faults import why

TRACEBACK: Final = "DIVERSION_FLOW_TRACEBACK"  # set to see where a fault of ours comes from


def said(fault: Exception) -> DiversionFlowError:
    """The fault as an error that can be told: one that the user can act on, or one of ours."""
    if isinstance(fault, DiversionFlowError):
        return fault
    if isinstance(fault, OSError) and fault.filename is None:  # no file: it was the output
        return FileRefused("no_output", why=why(fault))
    if os.environ.get(TRACEBACK):
        traceback.print_exception(fault)
    return _ours(fault)


def _ours(fault: Exception) -> DiversionFlowError:
    """A fault of ours: of which kind and where in our source, without what it was about."""
    room = Path(__file__).parents[1]
    frames = traceback.extract_tb(fault.__traceback__)
    inside = [f for f in frames if Path(f.filename).is_relative_to(room)] or frames
    where = f"{Path(inside[-1].filename).name}:{inside[-1].lineno}"
    return DiversionFlowError("own_fault", kind=type(fault).__name__, where=where, name=TRACEBACK)
