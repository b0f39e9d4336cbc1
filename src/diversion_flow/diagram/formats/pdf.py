"""The picture as PDF for print: vector shapes, letters drawn as outlines of the Japanese font.

Outlines need no font on the reader's machine and print the same everywhere; the words are in
the document's title and subject, and in the SVG and Markdown beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from math import ceil, fsum
from typing import Any

from ...definition.extras import needed
from ...definition.text import clean
from ..layout.placed import SMALL
from .fonts import japanese_font
from .picture import Curve, Group, Picture, Print, Rect, Shape

_A3 = (1190.55, 841.89)  # points, landscape
_READABLE = 8.0 / SMALL  # the smallest scale at which the small print is 8 points
_EDGE, _OVERLAP = 22.0, 30.0  # points left white at the edge; shared by neighbouring sheets
_DASHES = {"": [], "dash": [6, 4], "dot": [1.5, 3]}


def pdf(picture: Picture) -> bytes:
    """The picture on A3: one sheet if its print stays 8 points or more, else several.

    Neighbouring sheets overlap and are numbered by row and column, to be laid side by side.
    """
    return _printed([picture], _READABLE)


def poster(pictures: Sequence[Picture]) -> bytes:
    """Each picture on one sheet of A3, as large as it fits."""
    return _printed(pictures, 0.0)


def _printed(pictures: Sequence[Picture], least: float) -> bytes:
    """The pictures on A3, at `least` at this scale."""
    with needed("diagrams"):
        from reportlab.pdfgen.canvas import Canvas
    written = BytesIO()
    canvas = Canvas(written, invariant=1, pageCompression=1)
    canvas.setTitle(clean(pictures[0].title))
    canvas.setSubject(clean(pictures[0].description))
    for number, picture in enumerate(pictures):
        form = f"chart{number}"  # drawn once, shown on each sheet
        canvas.beginForm(form, 0, 0, picture.width, picture.height)
        for group in picture.groups:
            _group(canvas, group)
        canvas.endForm()
        _spread(canvas, picture, form, least)
    canvas.save()
    return written.getvalue()


def _spread(canvas: Any, picture: Picture, form: str, least: float) -> None:
    """The picture on as many sheets as it takes at this scale."""
    page = _A3 if picture.width >= picture.height else _A3[::-1]
    room = (page[0] - 2 * _EDGE, page[1] - 2 * _EDGE)
    fits = min(room[0] / picture.width, room[1] / picture.height, 1.0)
    scale = max(fits, least)
    across, down = _sheets(picture.width * scale, room[0]), _sheets(picture.height * scale, room[1])
    for row in range(down):
        for column in range(across):
            corner = (column * (room[0] - _OVERLAP), row * (room[1] - _OVERLAP))
            canvas.setPageSize(page)
            _sheet(canvas, page, corner, scale, form)
            if across * down > 1:
                canvas.drawString(_EDGE, 9, f"{row + 1}-{column + 1} / {down}-{across}")
            canvas.showPage()


def _sheets(length: float, room: float) -> int:
    return max(1, ceil((length - _OVERLAP) / (room - _OVERLAP)))


def _sheet(
    canvas: Any, page: tuple[float, float], corner: tuple[float, float], scale: float, form: str
) -> None:
    """One sheet: the part of the picture that begins at `corner`, cut at the sheet's edge."""
    canvas.saveState()
    frame = canvas.beginPath()
    frame.rect(_EDGE, _EDGE, page[0] - 2 * _EDGE, page[1] - 2 * _EDGE)
    canvas.clipPath(frame, stroke=0, fill=0)
    canvas.translate(_EDGE - corner[0], page[1] - _EDGE + corner[1])
    canvas.scale(scale, -scale)
    canvas.doForm(form)
    canvas.restoreState()


def _group(canvas: Any, group: Group) -> None:
    for shape in group.shapes:
        _shape(canvas, shape)


def _shape(canvas: Any, shape: Shape) -> None:
    if isinstance(shape, Print):
        _words(canvas, shape)
        return
    canvas.setLineWidth(shape.width)
    canvas.setDash(_DASHES[shape.dash])
    fill, stroke = _colours(canvas, shape)
    if isinstance(shape, Rect):
        box = shape.box
        canvas.roundRect(box.x, box.y, box.width, box.height, shape.radius, stroke, fill)
        return
    canvas.drawPath(_path(canvas, shape), stroke, fill)


def _colours(canvas: Any, shape: Rect | Curve) -> tuple[int, int]:
    if shape.fill != "none":
        canvas.setFillColor(_colour(shape.fill))
    if shape.line != "none":
        canvas.setStrokeColor(_colour(shape.line))
    return int(shape.fill != "none"), int(shape.line != "none")


def _colour(hex: str) -> Any:
    with needed("diagrams"):
        from reportlab.lib.colors import HexColor
    return HexColor(hex)


def _path(canvas: Any, shape: Curve) -> Any:
    path = canvas.beginPath()
    path.moveTo(*shape.points[0])
    if shape.closed:
        for point in shape.points[1:]:
            path.lineTo(*point)
        path.close()
    else:
        for i in range(1, len(shape.points), 3):
            a, b, c = shape.points[i : i + 3]
            path.curveTo(*a, *b, *c)
    return path


def _words(canvas: Any, words: Print) -> None:
    font = _font(str(japanese_font()))
    glyphs = [font.glyph(c) for c in clean(words.text)]
    scale = words.size / font.units
    width = fsum(advance for _, advance in glyphs) * scale
    x = words.at[0] - (width / 2 if words.anchor == "middle" else 0)
    canvas.setFillColor(_colour(words.colour))
    canvas.setStrokeColor(_colour(words.colour))
    canvas.setLineWidth(0.35)
    canvas.setDash([])
    path = canvas.beginPath()
    for outline, advance in glyphs:
        _outline(path, outline, x, words.at[1], scale)
        x += advance * scale
    canvas.drawPath(path, int(words.bold), 1, fillMode=1)  # bold: the outline is drawn too


def _outline(path: Any, outline: Any, x: float, y: float, scale: float) -> None:
    def place(point: tuple[float, float]) -> tuple[float, float]:
        return (round(x + point[0] * scale, 2), round(y - point[1] * scale, 2))

    for operation, points in outline:
        placed = [place(p) for p in points]
        if operation == "moveTo":
            path.moveTo(*placed[0])
        elif operation == "lineTo":
            path.lineTo(*placed[0])
        elif operation == "curveTo":
            path.curveTo(*placed[0], *placed[1], *placed[2])
        else:
            path.close()


class _Font:
    """Outlines and widths of a font's glyphs."""

    def __init__(self, file: str) -> None:
        with needed("diagrams"):
            from fontTools.ttLib import TTFont
        font = TTFont(file, fontNumber=0, lazy=True)
        self.units = font["head"].unitsPerEm
        self._names, self._glyphs = font.getBestCmap(), font.getGlyphSet()
        self._drawn: dict[str, tuple[Any, float]] = {}

    def glyph(self, character: str) -> tuple[Any, float]:
        """Pen operations and advance width of a character."""
        if character not in self._drawn:
            self._drawn[character] = self._draw(character)
        return self._drawn[character]

    def _draw(self, character: str) -> tuple[Any, float]:
        with needed("diagrams"):
            from fontTools.pens.recordingPen import DecomposingRecordingPen
        name = self._names.get(ord(character), ".notdef")
        pen = DecomposingRecordingPen(self._glyphs)
        self._glyphs[name].draw(pen)
        return tuple(pen.value), self._glyphs[name].width


@cache
def _font(file: str) -> _Font:
    return _Font(file)
