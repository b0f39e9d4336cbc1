"""A Japanese font for pictures that cannot rely on the reader's machine."""

from __future__ import annotations

from pathlib import Path

from ...definition import MissingExtra
from ...definition.extras import install, needed

_PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf",
    "/usr/share/fonts/truetype/fonts-japanese-gothic.ttf",
)


class NoJapaneseFont(MissingExtra):
    """No font with Japanese letters was found: a picture would show boxes."""


def japanese_font() -> Path:
    """The font file to embed; NoJapaneseFont where there is none."""
    try:
        with needed("diagrams"):
            import pylopdf_fonts_jp
    except MissingExtra:
        found = [Path(place) for place in _PLACES if Path(place).exists()]
    else:
        folder = Path(pylopdf_fonts_jp.__file__).parent
        found = sorted(folder.glob("NotoSansJP-Regular.*"))
    if not found:
        raise NoJapaneseFont("no_font", install=install("diagrams"))
    return found[0]
