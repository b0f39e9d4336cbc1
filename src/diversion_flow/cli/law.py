"""How the command line names a law: `entry_support:osaka@2024-06-03+change.toml`."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from unicodedata import normalize

from .. import processes
from ..definition import CallError, Process, UnknownId

HELP = (
    "A shipped process or a definition file; NAME[:PLACE][@DAY], "
    "and +FILE for each variant file put on it."
)
_ENDINGS = (".json", ".toml", ".yaml", ".yml")
_SHIPPED = re.compile(r"([^:@]+)(?::([^@]+))?(?:@(.+))?\Z")


def law(name: str, on: str = "", place: str = "") -> Process:
    """The law so named; on the latest day of a shipped process, unless one is given."""
    base, *files = name.split("+")
    found = _base(base, on, place)
    if files:
        from ..definition.files.variant_file import load_variant

        for file in files:
            found = load_variant(file).apply(found)
    return found


def _base(name: str, on: str, place: str) -> Process:
    if Path(name).suffix in _ENDINGS:
        from ..definition.files.serial import load

        return load(name)
    parts = _SHIPPED.match(name)
    if parts is None:
        raise UnknownId("process", name, processes.names())
    name, place, on = parts[1], parts[2] or place, parts[3] or on
    day = _day(on) if on else processes.get(name).since or date.min
    return processes.in_force(name, on=day, place=place or None)


def _day(word: str) -> date:
    """The day so written; in wide digits too, as an input method leaves them."""
    try:
        return date.fromisoformat(normalize("NFKC", word))
    except ValueError:
        raise CallError("call_day", word=word) from None
