"""Writing a file whole or not at all, where it was meant to go and nowhere else."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from ..errors import DiversionFlowError

# Names that some systems keep for devices, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNUSABLE = re.compile(r'[\x00-\x1f/\\:*?"<>|\ud800-\udfff]')
_LONGEST = 200  # bytes


class UnsafeName(DiversionFlowError, ValueError):
    """A file name that could lead elsewhere, or that not every system can hold."""


def inside(folder: Path, name: str) -> Path:
    """The file of this name in the folder, for names made of a definition's ids; UnsafeName for
    one that could lead elsewhere."""
    odd = _UNUSABLE.search(name) or _DEVICES.fullmatch(name) or name.strip(". ") != name
    if not name or odd or len(name.encode(errors="replace")) > _LONGEST:
        raise UnsafeName(f"{name[:60]!r} is no safe file name; use letters, digits, _, - and .")
    return folder / name


def write_whole(target: Path, data: bytes, *, overwrite: bool = False) -> Path:
    """Put the bytes there by renaming, so that a reader sees the old file or the new one;
    FileExistsError where a file is there already, unless told to replace it."""
    if not overwrite and os.path.lexists(target):
        raise FileExistsError(
            f"{target} is there already; take another name or allow it: overwrite=True, --overwrite"
        )
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return target
