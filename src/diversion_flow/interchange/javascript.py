"""Constants and comparisons as JavaScript, safe in whatever the text is put into."""

from __future__ import annotations

import json
from datetime import date, datetime

from ..runtime.calendar import moment


def compared(known: str, operator: str, value: object) -> str:
    """An expression: the known value stands so to the constant."""
    return f"{known} {_SPELT.get(operator, operator)} {literal(value)}"


_SPELT = {"==": "===", "!=": "!=="}  # the others are spelt alike


def literal(value: object) -> str:
    """A constant as JavaScript; days and moments (JST) as ISO text, which sorts as they do."""
    if isinstance(value, datetime):
        return quoted(moment(value).isoformat())
    if isinstance(value, date):
        return quoted(value.isoformat())
    return quoted(value) if isinstance(value, str) else json.dumps(value)


def quoted(text: str) -> str:
    """A string literal of plain letters, which ends no attribute, script or entity."""
    inside = json.dumps(text)[1:-1].replace("'", "\\'")
    plain = inside.replace("&", "\\u0026").replace("<", "\\u003c")
    return f"'{plain}'"
