"""The picture as PDF for print: vector shapes, and text that can be searched and copied, in a font
that is embedded with the letters that are used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final, Literal

from ...definition import Text
from ...definition.extras import needed
from ...definition.phrasing import phrasing
from ...definition.text import clean
from ..layout.measure import em
from ..layout.placed import SMALL
from ..model import Diagram
from .leaves import leaves
from .letters import font_for, letters_of, small_font
from .paper import Sheet, sheets_of
from .picture import BOLDER, Curve, Picture, Print, Rect, Shape, chart_and_rules, picture

_A4: Final = (841.89, 595.28)  # points, landscape
_A3: Final = (1190.55, 841.89)
_A2: Final = (1683.78, 1190.55)
_A1: Final = (2383.94, 1683.78)
_PAPERS: Final = (_A4, _A3, _A2, _A1)
Page = tuple[float, float]  # its width and height, in points
Paper = Literal["a4", "a3", "screen"]
_POINTS: Final = 8.0  # the smallest print on any paper
_LARGE: Final = 1.5  # how much larger than it is a picture is printed where the page has room
_EDGE: Final = 22.0  # points left white at the edge
_SLACK: Final = 0.1  # points: for sizes are rounded
_DASHES = {"": [], "dash": [6, 4], "dot": [1.5, 3]}
_SHEET = Text("{0}/{1}枚", "Sheet {0} of {1}")


def pdf(shown: Picture) -> bytes:
    """The picture on A3: one sheet if its print stays 8 points or more, else several, which
    repeat the heads of stages and are numbered."""
    return _printed([shown], [_A4, _A3])


def printed(diagram: Diagram) -> bytes:
    """A diagram with its rules on one sheet; a chart of lanes on one of A3 or the next larger and
    its rules behind it; else on as many of A3 as it takes."""
    whole = picture(diagram)
    if _fits(whole, _A3):
        return pdf(whole)
    wide, high = (side / _least(whole) for side in _room(_A3))
    if diagram.lanes:
        return _printed(chart_and_rules(diagram, wide), [_A3, _A2, _A1])
    return _printed(leaves(diagram, (wide - _SLACK, high - _SLACK)), [_A3], as_one=True)


def bound(pictures: Sequence[Picture], paper: Paper = "a4") -> bytes:
    """Each picture on one page: of this paper, or the next larger on which its print is 8 points;
    for a screen, on a page of its own size."""
    if paper == "screen":
        own = [(p.width + 2 * _EDGE, p.height + 2 * _EDGE) for p in pictures]
        return _printed(pictures, own)
    return _printed(pictures, _PAPERS[0 if paper == "a4" else 1 :])


def _printed(pictures: Sequence[Picture], papers: Sequence[Page], *, as_one: bool = False) -> bytes:
    """Each picture on its sheets, which are numbered: its own, or all of them `as_one`."""
    with needed("diagrams"):
        from reportlab.pdfgen.canvas import Canvas
    written = BytesIO()
    canvas = Canvas(written, invariant=1, pageCompression=1, lang=pictures[0].lang)
    canvas.setTitle(clean(pictures[0].title))
    canvas.setSubject(clean(pictures[0].description))
    font = _font(pictures)
    spread = [tuple(_spread(shown, papers)) for shown in pictures]
    for found in [sum(spread, ())] if as_one else spread:
        for number, (page, scale, sheet) in enumerate(found, 1):
            canvas.setPageSize(page)
            _sheet(canvas, page, sheet, scale, font)
            if pictures[0].stamp:
                _beside(canvas, page, pictures[0].stamp, page[1] - 15, font)
            if len(found) > 1:
                said = phrasing(pictures[0].lang)(_SHEET, number, len(found))
                _beside(canvas, page, said, 9, font)
            canvas.showPage()
    canvas.save()
    return written.getvalue()


def _font(pictures: Sequence[Picture]) -> str:
    """The name of a font that holds the letters of these pictures."""
    with needed("diagrams"):
        from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames, registerFont
        from reportlab.pdfbase.ttfonts import TTFont
    letters = {letter for shown in pictures for letter in letters_of(shown)}
    letters |= {letter for said in (_SHEET.ja, _SHEET.en) for letter in f"{said}0123456789"}
    name, made = small_font(font_for(letters), letters)
    if name not in getRegisteredFontNames():
        registerFont(TTFont(name, BytesIO(made)))
    return name


def _least(shown: Picture) -> float:
    """The smallest scale at which the smallest print of the picture is readable."""
    sizes = [s.size for g in shown.groups for s in g.shapes if isinstance(s, Print)]
    return _POINTS / min(sizes, default=SMALL)


def _room(page: Page) -> Page:
    return page[0] - 2 * _EDGE, page[1] - 2 * _EDGE


def _scale(shown: Picture, page: Page) -> float:
    """At what scale the whole picture fits on the page, at most somewhat larger than it is."""
    room = _room(page)
    return min(room[0] / shown.width, room[1] / shown.height, _LARGE)


def _fits(shown: Picture, page: Page) -> bool:
    """Whether the whole picture is readable on the page, lying or upright."""
    return _scale(shown, _turned(shown, page)) >= _least(shown)


def _turned(shown: Picture, page: Page) -> Page:
    """The page as the picture is largest on it: lying or upright."""
    return max(page, page[::-1], key=lambda turned: _scale(shown, turned))


def _cut(shown: Picture, paper: Page) -> tuple[Page, tuple[Sheet, ...]]:
    """Of this paper, or the next larger that is wide enough, the page, lying or upright, on which
    the picture takes fewest sheets, and these; beyond them one as wide as the picture."""
    least, larger = _least(shown), [p for p in _PAPERS if p >= paper]
    pages = [turned for p in larger for turned in (p, p[::-1])]
    wide = [p for p in pages if _room(p)[0] / least >= shown.width]
    first = wide[0] if wide else (shown.width * least + 2 * _EDGE, _A1[1])
    turns = [first, *(p for p in wide if p == first[::-1])]
    ways = [(page, sheets_of(shown, _room(page)[1] / least)) for page in turns]
    return min(ways, key=lambda way: len(way[1]))


def _spread(shown: Picture, papers: Sequence[Page]) -> Iterator[tuple[Page, float, Sheet]]:
    """The picture on the smallest paper that holds it, or on as many sheets as it takes: of which
    size, how large it is on them, and what each shows."""
    fits = next((paper for paper in papers if _fits(shown, paper)), None)
    if fits:
        page = _turned(shown, fits)
        scale, found = _scale(shown, page), sheets_of(shown, shown.height)
    else:
        page, found = _cut(shown, papers[-1])
        scale = _least(shown)
    yield from ((page, scale, sheet) for sheet in found)


def _beside(canvas: Any, page: Page, said: str, y: float, font: str) -> None:
    """Words on the white edge of a sheet, in one line that ends before the paper does."""
    line = " ".join(clean(said).split())
    canvas.setFillColor(_colour("#1a1a1a"))
    canvas.setFont(font, min(_POINTS, _room(page)[0] / canvas.stringWidth(line, font, 1)))
    canvas.drawString(_EDGE, y, line)


def _sheet(canvas: Any, page: Page, sheet: Sheet, scale: float, font: str) -> None:
    """What the sheet shows, cut at its edges, with the heads above it, in the page's middle."""
    canvas.saveState()
    canvas.translate((page[0] - sheet.view.width * scale) / 2, page[1] - _EDGE)
    canvas.scale(scale, -scale)
    canvas.translate(0.0, sheet.top - sheet.view.y)
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
    """Text, upright though the page counts downwards; bold: its outline is drawn too, and letters
    stand as far apart as bold ones do."""
    said = clean(words.text).replace("\n", " ")
    wide = canvas.stringWidth(said, font, words.size)
    apart = max(em(said) * words.size - wide, 0.0) / max(len(said), 1) if words.bold else 0.0
    left = (wide + apart * (len(said) - 1)) / 2 if words.anchor == "middle" else 0.0
    canvas.setFillColor(_colour(words.colour))
    canvas.setStrokeColor(_colour(words.colour))
    canvas.setLineWidth(words.size * BOLDER)
    canvas.setDash([])
    text = canvas.beginText()
    text.setTextTransform(1, 0, 0, -1, words.at[0] - left, words.at[1])
    text.setFont(font, words.size)
    if words.bold:
        text.setTextRenderMode(2)
        text.setCharSpace(apart)
    text.textOut(said)
    if words.bold:  # it would hold for what follows
        text.setTextRenderMode(0)
        text.setCharSpace(0)
    canvas.drawText(text)
