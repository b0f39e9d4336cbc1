"""The picture as PNG, with the Japanese font that is found, never with boxes for letters."""

from __future__ import annotations

from math import sqrt
from typing import Final

from ...definition.extras import needed
from .fonts import japanese_font
from .picture import Picture
from .svg import struck

FACTOR: Final = 2  # pixels for a point: sharp on paper and screen
# A large picture has fewer of them: what paints, shows and sends it pays for each. For more, SVG.
MOST_PIXELS: Final = 3_000_000


def png(picture: Picture) -> bytes:
    """The picture as PNG bytes; NoJapaneseFont where no font can draw it."""
    with needed("diagrams"):
        import resvg_py

    font = str(japanese_font())
    drawn = resvg_py.svg_to_bytes(
        svg_string=struck(picture),
        width=round((picture.width + 2 * picture.edge) * _factor(picture)),
        font_files=[font],
        skip_system_fonts=True,
        font_family="Noto Sans JP",
        sans_serif_family="Noto Sans JP",
    )
    return bytes(drawn)


def _factor(picture: Picture) -> float:
    return min(FACTOR, sqrt(MOST_PIXELS / (picture.width * picture.height)))
