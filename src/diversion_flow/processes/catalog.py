"""Which definition is the law on a given day."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from ..definition import LawGap, Process, UnknownId

# Module of each dated version, the oldest first; read only when asked for.
_VERSIONS: dict[str, tuple[str, ...]] = {
    "entry_support": ("entry_support.since_2023_12_01",),
    "special_coordination": ("special_coordination.since_2009_04_01",),
}


def names() -> tuple[str, ...]:
    """The shipped processes."""
    return tuple(_VERSIONS)


def versions(name: str) -> tuple[Process, ...]:
    """Every shipped version of a process, the oldest first; UnknownId for another name."""
    if name not in _VERSIONS:
        raise UnknownId("process", name, _VERSIONS)
    return tuple(import_module(f".{module}", __package__).PROCESS for module in _VERSIONS[name])


def get(name: str) -> Process:
    """The latest shipped version of a process."""
    return versions(name)[-1]


def in_force(name: str, *, on: str | date) -> Process:
    """The version that is the law on that day (JST); LawGap where none is shipped."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    shipped = versions(name)
    for process in shipped:
        if (process.since is None or process.since <= day) and (
            process.until is None or day <= process.until
        ):
            return process
    first = shipped[0]
    raise LawGap(
        f"no version of {name} is in force on {day}; shipped from {first.since} "
        f"(earlier law is not encoded)"
    )
