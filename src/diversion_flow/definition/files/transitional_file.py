"""Transitional rules as files, in JSON, TOML or YAML."""

from __future__ import annotations

from pathlib import Path

from ..arguments import path_of
from ..edits.transitional import Transitional
from . import data_file
from .serial import structured


def load_transitional(path: str | Path) -> Transitional:
    """The transitional rules in a `.json`, `.toml` or `.yaml` file; LoadError says what is wrong,
    with file, line and field."""
    return structured(data_file.read(path_of(path)), Transitional, "days")


def loads_transitional(text: str, *, file: str = "<text>", format: str = "toml") -> Transitional:
    """The transitional rules in this text (`toml`, `json` or `yaml`)."""
    return structured(data_file.parse(text, file, format), Transitional, "days")
