"""The picture as PNG, with the Japanese font that is found, never with boxes for letters."""

from __future__ import annotations

from math import sqrt
from typing import Final

from ...definition.extras import needed
from ..model import DrawingError
from .letters import font_for, letters_of
from .picture import Picture, Print
from .svg import struck

FACTOR: Final = 2.0  # pixels for a point: sharp on paper and screen
# A large picture has fewer of them: what paints, shows and sends it pays for each. For more, SVG.
PIXELS: Final = 3_000_000
LETTERS: Final = 11.0  # pixels: but however many it takes, no letter is smaller
MOST_PIXELS: Final = 40_000_000  # and there is an end, for it is held in memory as a whole


def png(picture: Picture) -> bytes:
    """The picture as PNG bytes; NoJapaneseFont where no font can draw it, DrawingError where the
    font lacks a letter or no program would open one that can be read."""
    with needed("diagrams"):
        import resvg_py

    font = font_for(letters_of(picture))
    drawn = resvg_py.svg_to_bytes(
        svg_string=struck(picture),
        width=round((picture.width + 2 * picture.edge) * density(picture)),
        font_files=[font],
        skip_system_fonts=True,
        font_family="Noto Sans JP",
        sans_serif_family="Noto Sans JP",
    )
    return bytes(drawn)


def density(picture: Picture) -> float:
    """How many pixels a point has."""
    area = picture.width * picture.height
    sizes = (s.size for g in picture.groups for s in g.shapes if isinstance(s, Print))
    readable = LETTERS / min(sizes, default=LETTERS)
    factor = min(FACTOR, max(readable, sqrt(PIXELS / area)))
    if factor**2 * area > MOST_PIXELS:
        raise DrawingError("too_large_for_png", letters=LETTERS, most=MOST_PIXELS)
    return factor
