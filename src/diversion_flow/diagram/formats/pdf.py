"""The picture as PDF for print: vector shapes, and text that can be searched and copied, in a font
that is embedded with the letters that are used."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from ...definition import Text
from ...definition.extras import needed
from ...definition.phrasing import phrasing
from ...definition.text import clean
from ..layout.placed import SMALL
from ..model import Diagram
from .fonts import japanese_font
from .letters import small_font
from .paper import Sheet, sheets_of
from .picture import BOLDER, Curve, Picture, Print, Rect, Shape, picture, sheets

_A4: Final = (841.89, 595.28)  # points, landscape
_A3: Final = (1190.55, 841.89)
_A2: Final = (1683.78, 1190.55)
_A1: Final = (2383.94, 1683.78)
_SLIM: Final = 2.0  # so many times as high as wide: for a screen held upright, no paper suits it
_POINTS: Final = 8.0  # the smallest print on any paper
_EDGE: Final = 22.0  # points left white at the edge
_DASHES = {"": [], "dash": [6, 4], "dot": [1.5, 3]}
_SHEET = Text("{0}-{1}(全{2}枚、段-列の順)", "Sheet {0}-{1} (row-column) of {2}")


def pdf(shown: Picture) -> bytes:
    """The picture on A3: one sheet if its print stays 8 points or more, else several, which
    repeat the heads of lanes and stages and are numbered by row and column."""
    return _printed([shown], [_A3])


def printed(diagram: Diagram) -> bytes:
    """A diagram on A3: on one sheet with its rules, or on several and the rules behind them."""
    if diagram.fine:
        return poster(sheets(diagram))
    whole = picture(diagram)
    if _scale(whole, _turned(whole, _A3)) >= _least(whole):
        return pdf(whole)
    return _printed(sheets(diagram, _room(_A3)[0] / _least(whole)), [_A3])


def poster(pictures: Sequence[Picture]) -> bytes:
    """Each picture on one sheet: A3, or the next larger paper on which its print is 8 points."""
    return _printed(pictures, [_A3, _A2, _A1])


def bound(pictures: Sequence[Picture], *, large: bool = False) -> bytes:
    """Each picture on one page: A4 (`large`: A3), or the next larger paper on which its print is 8
    points; one that is far higher than wide on a page of its own size."""
    return _printed(pictures, [*([] if large else [_A4]), _A3, _A2, _A1])


def _printed(pictures: Sequence[Picture], papers: Sequence[tuple[float, float]]) -> bytes:
    with needed("diagrams"):
        from reportlab.pdfgen.canvas import Canvas
    written = BytesIO()
    canvas = Canvas(written, invariant=1, pageCompression=1, lang=pictures[0].lang)
    canvas.setTitle(clean(pictures[0].title))
    canvas.setSubject(clean(pictures[0].description))
    font = _font(pictures)
    for shown in pictures:
        _spread(canvas, shown, font, papers)
    canvas.save()
    return written.getvalue()


def _font(pictures: Sequence[Picture]) -> str:
    """The name of a font that holds the letters of these pictures."""
    with needed("diagrams"):
        from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames, registerFont
        from reportlab.pdfbase.ttfonts import TTFont
    shapes = (shape for p in pictures for group in p.groups for shape in group.shapes)
    letters = {letter for s in shapes if isinstance(s, Print) for letter in clean(s.text)}
    letters |= {letter for said in (_SHEET.ja, _SHEET.en) for letter in f"{said}0123456789"}
    name, made = small_font(str(japanese_font()), letters)
    if name not in getRegisteredFontNames():
        registerFont(TTFont(name, BytesIO(made)))
    return name


def _least(shown: Picture) -> float:
    """The smallest scale at which the smallest print of the picture is readable."""
    sizes = [s.size for g in shown.groups for s in g.shapes if isinstance(s, Print)]
    return _POINTS / min(sizes, default=SMALL)


def _room(page: tuple[float, float]) -> tuple[float, float]:
    return page[0] - 2 * _EDGE, page[1] - 2 * _EDGE


def _scale(shown: Picture, page: tuple[float, float]) -> float:
    """At what scale the whole picture fits on the page, at most as large as it is."""
    room = _room(page)
    return min(room[0] / shown.width, room[1] / shown.height, 1.0)


def _turned(shown: Picture, page: tuple[float, float]) -> tuple[float, float]:
    """The page as it suits the picture: lying or upright."""
    return page if shown.width >= shown.height else page[::-1]


def _spread(canvas: Any, shown: Picture, font: str, papers: Sequence[tuple[float, float]]) -> None:
    """The picture on the smallest paper that holds it, or on as many sheets as it takes."""
    least = _least(shown)
    turned = [_turned(shown, page) for page in papers]
    if shown.height > _SLIM * shown.width:
        turned.insert(0, (shown.width + 2 * _EDGE, shown.height + 2 * _EDGE))
    page = next((p for p in turned if _scale(shown, p) >= least), turned[-1])
    scale = max(_scale(shown, page), least)
    room = _room(page)
    found = sheets_of(shown, (room[0] / scale, room[1] / scale))
    for sheet in found:
        canvas.setPageSize(page)
        _sheet(canvas, page, sheet, scale, font)
        if len(found) > 1:
            canvas.setFillColor(_colour("#1a1a1a"))
            canvas.setFont(font, _POINTS)
            said = phrasing(shown.lang)(_SHEET, sheet.row + 1, sheet.column + 1, len(found))
            canvas.drawString(_EDGE, 9, said)
        canvas.showPage()


def _sheet(canvas: Any, page: tuple[float, float], sheet: Sheet, scale: float, font: str) -> None:
    """What the sheet shows, cut at its edges, with the heads before and above it."""
    canvas.saveState()
    canvas.translate(_EDGE, page[1] - _EDGE)
    canvas.scale(scale, -scale)
    canvas.translate(sheet.side - sheet.view.x, sheet.top - sheet.view.y)
    canvas.saveState()
    view, frame = sheet.view, canvas.beginPath()
    frame.rect(view.x, view.y, view.width, view.height)
    canvas.clipPath(frame, stroke=0, fill=0)
    for shape in sheet.shapes:
        _shape(canvas, shape, font)
    canvas.restoreState()
    for shape in sheet.heads:
        _shape(canvas, shape, font)
    canvas.restoreState()


def _shape(canvas: Any, shape: Shape, font: str) -> None:
    if isinstance(shape, Print):
        _words(canvas, shape, font)
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


def _words(canvas: Any, words: Print, font: str) -> None:
    """Text, upright though the page counts downwards; bold: its outline is drawn too."""
    said = clean(words.text).replace("\n", " ")
    wide = canvas.stringWidth(said, font, words.size) if words.anchor == "middle" else 0.0
    canvas.setFillColor(_colour(words.colour))
    canvas.setStrokeColor(_colour(words.colour))
    canvas.setLineWidth(words.size * BOLDER)
    canvas.setDash([])
    text = canvas.beginText()
    text.setTextTransform(1, 0, 0, -1, words.at[0] - wide / 2, words.at[1])
    text.setFont(font, words.size)
    if words.bold:
        text.setTextRenderMode(2)
    text.textOut(said)
    if words.bold:  # it would hold for what follows
        text.setTextRenderMode(0)
    canvas.drawText(text)
