"""The picture as PNG, with the Japanese font that is found, never with boxes for letters."""

from __future__ import annotations

from ...definition.extras import needed
from .fonts import japanese_font
from .picture import Picture
from .svg import svg

FACTOR = 2  # pixels for a point: sharp on paper and screen


def png(picture: Picture) -> bytes:
    """The picture as PNG bytes; NoJapaneseFont where no font can draw it."""
    with needed("diagrams"):
        import resvg_py

    font = str(japanese_font())
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg(picture),
        width=round(picture.width * FACTOR),
        font_files=[font],
        skip_system_fonts=True,
        font_family="Noto Sans JP",
        sans_serif_family="Noto Sans JP",
    )
    return bytes(drawn)
