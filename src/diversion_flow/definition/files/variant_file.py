"""Variants as files: in JSON, TOML or YAML, alone or composed of others.

A file may `include` other variant files, named relative to its own folder: their edits come
before its own, and two that disagree are reported before anything is built.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve

from ..arguments import path_of
from ..edits.edit import said
from ..edits.variant import Origin, Variant, compose, twice, written_as
from . import data_file
from .data_file import DataFile
from .edit_data import WITHOUT
from .limits import INCLUDED
from .serial import structured


def load_variant(path: str | Path) -> Variant:
    """The variant in a `.json`, `.toml` or `.yaml` file.

    LoadError says what is wrong, with file, line and field; VariantConflict, where the files
    included do not agree.
    """
    return _loaded(path_of(path), {})


def loads_variant(text: str, *, file: str = "<text>", format: str = "toml") -> Variant:
    """The variant in this text (`toml`, `json` or `yaml`); it cannot include others."""
    return _variant(data_file.parse(text, file, format))


def _variant(source: DataFile, some: str = "edits") -> Variant:
    """The variant, which remembers where each of its edits is written."""
    made = structured(source, Variant, some)
    lines: dict[str, dict[str, int]] = {}
    for field, line in source.lines.items():
        if field.startswith("edits["):
            lines.setdefault(f"{field.partition(']')[0]}]", {})[field] = line
    written = [
        Origin(source.file, at := f"edits[{number}]", lines.get(at, {}), _emptied(at, data))
        for number, data in enumerate(source.data.get("edits", ()))
    ]
    for number, touch, _ in twice(made.edits):  # even to the same value
        edit = made.edits[number]
        field = written[number].of(*written_as(edit, touch.field))["field"]
        raise source.error(field, "set_twice", what=said(edit))
    origins = dict(zip(made.edits, written, strict=True))
    return evolve(made, origins=origins, written=Origin(source.file, "", source.lines))


def _emptied(at: str, edit: Mapping[str, Any]) -> dict[str, str]:
    """Where the fields are written that a part is to be without."""
    names = edit.get(WITHOUT, ())
    return {f"{at}.with.{name}": f"{at}.{WITHOUT}[{n}]" for n, name in enumerate(names)}


def _loaded(path: Path, known: dict[str, Variant | None]) -> Variant:
    """The variant of this file. Each file is read once, however many include it; `known` are those
    that were read, and without a variant yet those that are being read."""
    known[place := _place(path)] = None
    source = data_file.read(path)
    names = source.data.pop("include", [])
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        raise source.error("include", "no_includes")
    if names:
        others = [_included(path.parent / name, source, known) for name in names]
        made = _together(others, _variant(source, some=""))
    else:
        made = _variant(source)
    known[place] = made
    return made


def _included(path: Path, source: DataFile, known: dict[str, Variant | None]) -> Variant:
    if (place := _place(path)) not in known:
        if len(known) > INCLUDED:
            raise source.error("include", "include_many", limit=INCLUDED)
        return _loaded(path, known)
    if (made := known[place]) is None:
        raise source.error("include", "include_circle")
    return made


def _together(others: Iterable[Variant], own: Variant) -> Variant:
    return evolve(
        compose(*others, own, id=own.id, label=own.label), note=own.note, written=own.written
    )


def _place(path: Path) -> str:
    """Where the file lies, by whatever name; the name, where that is none, which reading tells."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return str(path)
