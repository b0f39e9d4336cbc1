"""Constants and comparisons as JavaScript, safe in whatever the text is put into."""

from __future__ import annotations

import json

from .conditions import plain


def compared(known: str, operator: str, value: object) -> str:
    """An expression: the known value stands so to the constant."""
    return f"{known} {_SPELT.get(operator, operator)} {literal(value)}"


_SPELT = {"==": "===", "!=": "!=="}  # the others are spelt alike


def literal(value: object) -> str:
    """A constant as JavaScript."""
    said = plain(value)
    return quoted(said) if isinstance(said, str) else json.dumps(said)


def quoted(text: str) -> str:
    """A string literal of plain letters, which ends no attribute, script or entity."""
    inside = json.dumps(text)[1:-1].replace("'", "\\'")
    plain = inside.replace("&", "\\u0026").replace("<", "\\u003c")
    return f"'{plain}'"
