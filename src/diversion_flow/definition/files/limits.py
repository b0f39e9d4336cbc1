"""How much a definition, variant or scenario file may hold; the size is looked at first."""

from __future__ import annotations

from typing import Any, Final

LARGEST: Final = {"json": 2_000_000, "toml": 1_000_000, "yaml": 1_000_000}  # bytes
DEEPEST: Final = 64
MOST: Final = 40_000  # values, or signs that begin one
INCLUDED: Final = 100  # other files


def too_large(text: str, format: str) -> bool:
    """Whether a text has more bytes than are taken; its signs are fewer, and known sooner."""
    most = LARGEST[format]
    return len(text) > most or len(text.encode(errors="replace")) > most


def unbearable(data: Any) -> tuple[str, str] | None:
    """What of the data is too deep or no number, as code and field; None where all is well."""
    open_: list[Any] = [(data, 1, "", None)]
    while open_:
        step = open_.pop()
        value, depth = step[0], step[1]
        if depth > DEEPEST:
            return "too_deep", _field(step)
        if isinstance(value, dict):
            open_.extend((part, depth + 1, name, step) for name, part in value.items())
        elif isinstance(value, list):
            open_.extend((part, depth + 1, n, step) for n, part in enumerate(value))
        elif isinstance(value, float) and not abs(value) < float("inf"):
            return "no_number", _field(step)
    return None


def _field(step: Any) -> str:
    names: list[str] = []
    while step[3] is not None:
        names.append(f"[{step[2]}]" if isinstance(step[2], int) else f".{step[2]}")
        step = step[3]
    return "".join(reversed(names)).removeprefix(".")
