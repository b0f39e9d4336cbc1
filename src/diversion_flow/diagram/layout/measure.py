"""How wide text is, without a font: a wide character is one em, another about 0.6."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from itertools import pairwise
from typing import Final
from unicodedata import east_asian_width

from ...definition.text import clean

_WIDE, _NARROW = 100, 62  # hundredths: whole numbers add up alike everywhere


def em(text: str) -> float:
    """Width in em."""
    return sum(map(_WIDTHS.__getitem__, text)) / 100


class _Widths(dict[str, int]):
    """Character → its width in hundredths of an em, worked out when first asked for."""

    def __missing__(self, character: str) -> int:
        wide = east_asian_width(character) in "WFA"
        width = self[character] = _WIDE if wide else _NARROW
        return width


_WIDTHS = _Widths()


# Letters of ASCII from the blank on, in hundredths of an em: each as wide as the wider of Noto Sans
# JP (set bold) and of Arial Bold, whose widths most other fonts of the stack share.
_ASCII: Final = (
    28, 34, 50, 59, 59, 97, 73, 30, 36, 36, 50, 59, 30, 37, 30, 42, 59, 59, 59, 59, 59, 59, 59, 59,
    59, 59, 34, 34, 59, 59, 59, 62, 100, 73, 73, 73, 73, 67, 62, 78, 77, 31, 57, 73, 62, 86, 76, 78,
    67, 78, 73, 67, 63, 76, 67, 95, 67, 67, 64, 36, 42, 36, 59, 59, 64, 60, 65, 56, 66, 59, 35, 62,
    64, 29, 29, 58, 30, 98, 65, 64, 66, 66, 41, 56, 40, 64, 56, 85, 56, 56, 50, 39, 29, 39, 59,
)  # fmt: skip


def bold(text: str) -> float:
    """Width in em, letter by letter, of words set bold."""
    return sum(map(_BOLD.__getitem__, text)) / 100


class _Bold(dict[str, int]):
    """Character → its width in hundredths of an em, worked out when first asked for."""

    def __missing__(self, character: str) -> int:
        place = ord(character) - 32
        known = 0 <= place < len(_ASCII)
        width = self[character] = _ASCII[place] if known else _WIDTHS[character]
        return width


_BOLD = _Bold()


@lru_cache(maxsize=1 << 14)
def wrap(text: str, limit: float, width: Callable[[str], float] = em) -> tuple[str, ...]:
    """Lines of at most `limit` em; Japanese breaks anywhere, English between words."""
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and width(line + piece.rstrip()) > limit:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return tuple(lines)


wrap_bold = partial(wrap, width=bold)
_STICKY = "、。・)」』〕】,.]ー"  # never begins a line


def _pieces(text: str) -> list[str]:
    """What is never broken: words with their space, wide letters with what sticks to them."""
    if not text:
        return []
    starts = [
        at
        for at, (before, here) in enumerate(pairwise(text), 1)
        if (_BREAKS[here] or _BREAKS[before] or before == " ") and here not in _STICKY
    ]
    return [text[start:end] for start, end in pairwise((0, *starts, len(text)))]


class _Breaks(dict[str, bool]):
    """Character → whether a line may break on both sides of it, worked out when first asked for."""

    def __missing__(self, character: str) -> bool:
        wide = self[character] = east_asian_width(character) in "WF"
        return wide


_BREAKS = _Breaks()
