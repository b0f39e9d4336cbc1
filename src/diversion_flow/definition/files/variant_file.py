"""Variants as files: in JSON, TOML or YAML, alone or composed of others.

A file may `include` other variant files, named relative to its own folder: their edits come
before its own, and two that disagree are reported before anything is built.
"""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from ..edits.variant import Variant, compose
from . import data_file
from .serial import structured


def load_variant(path: str | Path) -> Variant:
    """The variant in a `.json`, `.toml` or `.yaml` file.

    LoadError says what is wrong, with file, line and field; VariantConflict, where the files
    included do not agree.
    """
    return _loaded(Path(path), ())


def loads_variant(text: str, *, file: str = "<text>", format: str = "toml") -> Variant:
    """The variant in this text (`toml`, `json` or `yaml`); it cannot include others."""
    return structured(data_file.parse(text, file, format), Variant)


def _loaded(path: Path, within: tuple[Path, ...]) -> Variant:
    source = data_file.read(path)
    names = source.data.pop("include", [])
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        raise source.error("include", "is no list of file names", 'write ["other.toml"]')
    own = structured(source, Variant)
    if not names:
        return own
    here = path.resolve()
    if here in within:
        raise source.error("include", "leads back to this file", "remove one of the includes")
    others = [_loaded(path.parent / name, (*within, here)) for name in names]
    return evolve(compose(*others, own, id=own.id, label=own.label), note=own.note)
