"""How wide text is, without a font: a wide character is one em, another about 0.6."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
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


@lru_cache(maxsize=1 << 14)
def wrap(text: str, limit: float) -> tuple[str, ...]:
    """Lines of at most `limit` em; Japanese breaks anywhere, English between words."""
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and em(line + piece.rstrip()) > limit:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return tuple(lines)


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
