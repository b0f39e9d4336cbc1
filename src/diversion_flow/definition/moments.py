"""Days and moments as people write them: with the digits and signs of either keyboard."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

# The wide forms of the signs of ASCII, the wide blank and the minus that kana keyboards give.
_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x2212: 0x2D,
}
_LONGEST: Final = 40  # no day or moment is written longer


def narrow(text: str) -> str:
    """The text with wide digits, letters and signs as narrow ones: ２０２４ → 2024."""
    return text if text.isascii() else text.translate(_NARROW)


def read_day(text: str) -> date | None:
    """The day that is written; None where it is none of the calendar."""
    try:
        return date.fromisoformat(narrow(text)) if len(text) <= _LONGEST else None
    except ValueError:
        return None


def read_moment(text: str) -> datetime | None:
    """The moment, or the beginning of the day, that is written; None where it is none."""
    try:
        return datetime.fromisoformat(narrow(text)) if len(text) <= _LONGEST else None
    except ValueError:
        return None
