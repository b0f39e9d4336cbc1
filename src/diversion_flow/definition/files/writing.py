"""Writing a file whole or not at all, where it was meant to go and nowhere else."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..arguments import path_of
from ..errors import FileRefused, UnknownId
from ..text import shown
from .system_faults import why

# Names that some systems keep for devices, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNUSABLE = re.compile(r'[\x00-\x1f/\\:*?"<>|\ud800-\udfff]')
_LONGEST = 200  # bytes


class UnsafeName(FileRefused, ValueError):
    """A file name that could lead elsewhere, or that not every system can hold."""


class FileThere(FileRefused, FileExistsError):
    """A file is there already, and nobody said that it may be replaced."""


def inside(folder: Path, name: str) -> Path:
    """The file of this name in the folder, for names made of a definition's ids; UnsafeName for
    one that could lead elsewhere."""
    odd = _UNUSABLE.search(name) or _DEVICES.fullmatch(name) or name.strip(". ") != name
    if not name or odd or len(name.encode(errors="replace")) > _LONGEST:
        raise UnsafeName("unsafe_name", name=name)
    return folder / name


def writable(path: str | Path, *, overwrite: bool = False, endings: tuple[str, ...] = ()) -> Path:
    """The path, if a file may be written there; asked before the work that fills it. UnknownId
    for an ending under which no reader would look for what is written."""
    target = path_of(path)
    if endings and target.suffix.lower() not in endings:
        raise UnknownId("format", target.suffix, endings, file=str(target))
    if not _possible(target):
        raise FileRefused("file_name", file=str(target))
    if os.path.isdir(target):
        raise FileRefused("file_is_folder", file=str(target))
    if not _is_folder(target.parent):
        raise FileRefused("no_folder", file=str(target), folder=shown(target.parent))
    if not overwrite and os.path.lexists(target):
        raise FileThere("file_there", file=str(target))
    return target


def writable_each(
    paths: Iterable[str | Path], *, overwrite: bool = False, endings: tuple[str, ...] = ()
) -> list[Path]:
    """The paths, if a file may be written at each of them; FileRefused where two are one place,
    as the second would be what is left of both."""
    targets = [writable(path, overwrite=overwrite, endings=endings) for path in paths]
    taken: set[str] = set()
    for target in targets:
        place = os.path.normcase(Path(os.path.realpath(target.parent), target.name))
        if place in taken:
            raise FileRefused("file_twice", file=str(target))
        taken.add(place)
    return targets


def made(folder: str | Path) -> Path:
    """The folder, made where it is not there yet."""
    path = path_of(folder)
    if not _possible(path):
        raise FileRefused("file_name", file=str(path))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileRefused("not_made", file=str(path), why=why(error)) from None
    return path


def write_whole(target: Path, data: bytes, *, overwrite: bool = False) -> Path:
    """Put the bytes there by renaming, so that a reader sees the old file or the new one;
    FileThere where a file is there already, unless told to replace it."""
    target = writable(target, overwrite=overwrite)
    try:
        _replace(target, data)
    except OSError as error:
        raise FileRefused("not_written", file=str(target), why=why(error)) from None
    return target


def write_each(files: Iterable[tuple[Path, bytes]], *, overwrite: bool = False) -> Iterator[Path]:
    """Write all of them, once it is known that all may be written: where one is refused, none is
    there."""
    ready = tuple(files)
    writable_each((file for file, _ in ready), overwrite=overwrite)
    for file, data in ready:
        yield write_whole(file, data, overwrite=overwrite)


def _replace(target: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _is_folder(path: Path) -> bool:
    """Whether a file can lie there; not where a program still stands whose folder is gone."""
    try:
        return os.path.isdir(os.path.abspath(path))
    except FileNotFoundError:
        return False


def _possible(target: Path) -> bool:
    """Whether there can be a file of that name on this system at all."""
    try:
        return b"\0" not in os.fsencode(target)
    except UnicodeEncodeError:
        return False
