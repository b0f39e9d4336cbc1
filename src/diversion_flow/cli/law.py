"""How the command line names a law: `entry_support:osaka@2024-06-03+change.toml`."""

from __future__ import annotations

import re
from pathlib import Path

from .. import processes
from ..definition import DiversionFlowError, Process, UnknownId

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
    latest = processes.get(name)
    try:
        return processes.in_force(name, on=on or latest.since or "", place=place or None)
    except ValueError as error:
        raise DiversionFlowError(f"{on!r} is no day: write it like 2024-06-03") from error
