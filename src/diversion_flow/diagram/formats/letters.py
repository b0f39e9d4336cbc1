"""A small TrueType font of the letters that a document needs, made of the Japanese font found.

What embeds fonts in a PDF reads TrueType outlines only, and the Japanese font has others: the
outlines of the letters needed are drawn anew with quadratic curves. Same letters, same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import category

from ...definition.extras import needed
from ...definition.text import clean
from ..model import DrawingError
from .fonts import japanese_font
from .picture import Picture, Print

_UNSEEN = ("Cc", "Cf", "Mn", "Zs")  # take no ink of their own
_SHOWN = 10  # letters that an error names
_OURS = "–—·✓▷"  # on many a picture, and in the fonts that are looked for
_OFF = 0.6  # units: how far a quadratic curve may lie from the outline that it follows


def letters_of(shown: Picture) -> set[str]:
    """The letters that are printed on it."""
    said = (s.text for g in shown.groups for s in g.shapes if isinstance(s, Print))
    return {letter for text in (*said, shown.stamp) for letter in clean(text)}


def font_for(letters: Iterable[str]) -> str:
    """The file of the Japanese font found; DrawingError where it does not have all of these
    letters, for they would be boxes."""
    file = str(japanese_font())
    unknown = {x for x in letters if not _common(x) and ord(x) not in _font(file).names}
    if seen := sorted(letter for letter in unknown if category(letter) not in _UNSEEN):
        raise DrawingError("no_letters", letters=" ".join(seen[:_SHOWN]))
    return file


def _common(letter: str) -> bool:
    """Whether every Japanese font has it: opening one takes a while."""
    return letter in _OURS or bool(letter.encode("shift_jis", "ignore"))


def small_font(file: str, letters: Iterable[str]) -> tuple[str, bytes]:
    """The name of the font and its file. Fonts of other letters have other names: programs tell
    them apart by it."""
    held = "".join(sorted(set(letters) | {" "}))
    name = f"Letters-{sha256(f'{Path(file).name} {held}'.encode()).hexdigest()[:12]}"
    return name, _made(file, held, name)


@lru_cache(maxsize=32)
def _made(file: str, letters: str, name: str) -> bytes:
    with needed("diagrams"):
        from fontTools.fontBuilder import FontBuilder
    found = _font(file)
    glyphs = {ord(letter): found.names.get(ord(letter), ".notdef") for letter in letters}
    order = [".notdef", *sorted(set(glyphs.values()) - {".notdef"})]
    built = FontBuilder(found.units, isTTF=True)
    built.font.recalcTimestamp = False
    built.updateHead(created=0, modified=0)  # else the moment at which it was made
    built.setupGlyphOrder(order)
    built.setupCharacterMap({code: id for code, id in glyphs.items() if id != ".notdef"})
    built.setupGlyf({id: found.outline(id) for id in order})
    lefts = {id: (found.width(id), built.font["glyf"][id].xMin or 0) for id in order}
    built.setupHorizontalMetrics(lefts)
    built.setupHorizontalHeader(ascent=found.ascent, descent=found.descent)
    built.setupNameTable({"familyName": name, "styleName": "Regular", "psName": name})
    built.setupOS2(sTypoAscender=found.ascent, sTypoDescender=found.descent)
    built.setupPost()
    written = BytesIO()
    built.save(written)
    return written.getvalue()


class _Font:
    """Outlines and widths of a font's glyphs, each drawn once."""

    def __init__(self, file: str) -> None:
        with needed("diagrams"):
            from fontTools.ttLib import TTFont
        font = TTFont(file, fontNumber=0, lazy=True)
        self.units: int = font["head"].unitsPerEm
        self.ascent: int = font["hhea"].ascent
        self.descent: int = font["hhea"].descent
        self.names: dict[int, str] = font.getBestCmap()
        self._glyphs = font.getGlyphSet()
        self._drawn: dict[str, Any] = {}

    def width(self, name: str) -> int:
        """How far the next letter stands, in the font's units."""
        width: float = self._glyphs[name].width
        return round(width)

    def outline(self, name: str) -> Any:
        """The glyph with quadratic curves."""
        if name not in self._drawn:
            self._drawn[name] = self._draw(name)
        return self._drawn[name]

    def _draw(self, name: str) -> Any:
        with needed("diagrams"):
            from fontTools.pens.cu2quPen import Cu2QuPen
            from fontTools.pens.ttGlyphPen import TTGlyphPen
        pen = TTGlyphPen(None)
        self._glyphs[name].draw(Cu2QuPen(pen, _OFF, reverse_direction=True))
        return pen.glyph()


@lru_cache(maxsize=4)
def _font(file: str) -> _Font:
    return _Font(file)
