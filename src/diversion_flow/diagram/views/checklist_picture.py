"""An agency's checklist drawn on A4: in two columns, in the largest type with which the face of a
sheet holds it, else its two sides, and never under 9 points; what goes on overleaf has its heads
once more."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Final

from attrs import evolve, frozen

from ...definition import Text
from ...definition.phrasing import phrasing
from ...definition.text import clean
from ..formats.picture import Group, Picture, Print, Rect, Shape, leading, shifted, straight
from ..layout import columns
from ..layout.measure import em, em_regular, in_lines
from ..layout.measure import wrap_within as wrap
from ..layout.placed import Box, Point
from ..model import Links
from .checklist import BLANKS, HINT, Item, Section, Sheet, noted
from .numbering import ON, PART
from .road_picture import GREY, INK, ROAD, RULE, WHITE
from .stage_picture import HIGH, WIDE, printed

_WIDE, _HIGH = HIGH, WIDE  # upright
_COLUMNS, _GUTTER = 2, 16.0
_COLUMN: Final = (_WIDE - _GUTTER) / _COLUMNS
_INDENT, _PAD = 1.35, 4.0  # em beside a box to tick, points in a band
_GAP, _APART = 2.5, 6.0  # points under a point, and above a section
_TITLE, _SMALL_TITLE = 16.0, 11.0  # letters
_LEADING = 1.25  # of what is no point
_DOT = "• "
_LINES = 4  # of a long list, which stay together
_BETWEEN = "  "  # the parts of a point
_ADVICE = Text("この一覧は法的助言ではありません。", "This is not legal advice.")


Part = tuple[str, str, bool]  # what is said, in which colour, whether in heavy letters


@frozen
class Style:
    """How a page is set: the size of its letters in points, how far apart its lines are in letters,
    whether what is said of a point stands on lines of its own, and whether points without a box run
    on, one after another."""

    size: float
    leading: float
    apart: bool = True
    run: bool = False

    def runs_on(self, items: Iterable[Item]) -> bool:
        """Whether these points run on: none is to be ticked or kept, and it is no list of
        provisions."""
        return self.run and all(item.said and not item.heavy for item in items)


# From the largest letters to the smallest.
STYLES: Final = (
    Style(11.0, 1.5), Style(10.5, 1.45), Style(10.0, 1.4), Style(9.5, 1.35), Style(9.0, 1.35),
    Style(9.0, 1.3, apart=False), Style(9.0, 1.2, apart=False),
    Style(9.0, 1.2, apart=False, run=True), Style(9.0, 1.12, apart=False, run=True),
)  # fmt: skip
_SIDES = (1, 2)  # of one sheet of paper


@frozen
class Block:
    """A heading or a point, from its own corner."""

    height: float
    shapes: tuple[Shape, ...]
    title: str
    list: str
    under: float = _GAP
    head: bool = False
    again: Block | None = None  # what stands over it where it begins a column


@frozen
class Plan:
    """How a page is set, its blocks, and where each stands."""

    style: Style
    blocks: tuple[Block, ...]
    spots: tuple[columns.Spot, ...]

    @property
    def pages(self) -> int:
        """On how many pages it stands."""
        return max((spot.column for spot in self.spots), default=0) // _COLUMNS + 1


def checklist_pictures(page: Sheet) -> tuple[Picture, ...]:
    """The page as pictures, each for one A4 held upright."""
    plan = planned(page)
    return tuple(_picture(page, plan, number) for number in range(plan.pages))


# -- where it stands -----------------------------------------------------------------------------


def planned(page: Sheet) -> Plan:
    """In the largest type that the face of a sheet holds, or else its two sides, or else as few
    pages as it takes in the smallest."""
    said, last = noted(page), len(STYLES) - 1
    plan = cache(lambda style: _plan(said, STYLES[style]))
    sides = next((sides for sides in _SIDES if plan(last).pages <= sides), plan(last).pages)
    return plan(bisect_left(range(last), 1, key=lambda style: plan(style).pages <= sides))


def _plan(page: Sheet, style: Style) -> Plan:
    blocks = tuple(block for each in page.sections for block in _blocks(page, each, style))
    items = [
        columns.Item(b.height, b.under, b.head, b.again.height + b.again.under if b.again else 0.0)
        for b in blocks
    ]
    over = _title_high(page)
    spots, _ = columns.stacked(items, _COLUMNS, _HIGH - over, _top(page, style) - over)
    return Plan(style, blocks, spots)


def _blocks(page: Sheet, section: Section, style: Style) -> Iterator[Block]:
    """The head of a section, and its points under their smaller heads."""
    said, last = phrasing(page.lang), section.parts[-1][1][-1]
    yield _head(section.title, style)
    for name, items in section.parts:
        whose = f"{section.title}: {name}" if name else section.title
        again = evolve(_head(said(ON, whose), style), list=section.title)
        run = style.runs_on(items)
        if name and not run:
            on = evolve(_head(said(ON, section.title), style), list=section.title)
            yield evolve(_subhead(name, section, style), again=on)
        gap = _GAP / 2 if style.run else _GAP
        title = said.series(item.said for item in items)
        points = (
            [_run_on(name, items, section, style, title)]
            if run
            else [_point(item, section, style) for item in items]
        )
        for n, (*lines, end) in enumerate(points, 1):
            yield from (evolve(line, again=again) for line in lines)
            under = _APART if items[-1] is last and n == len(points) else gap
            yield evolve(end, again=again, under=under)


# -- how it looks --------------------------------------------------------------------------------


def _head(title: str, style: Style) -> Block:
    """The name of a section, in a band."""
    size = style.size * 1.1
    lines = wrap(title, (_COLUMN - 2 * _PAD) / size)
    band = Rect(Box(0, 0, _COLUMN, len(lines) * size * _LEADING + 4), ROAD, ROAD, 0.7, 3)
    words, _ = printed(lines, (_PAD, 2.0), size, _LEADING, WHITE, bold=True)
    return Block(band.box.height, (band, *words), title, title, under=_GAP + 1, head=True)


def _subhead(name: str, section: Section, style: Style) -> Block:
    """The name of a part, over a thin line."""
    size = style.size
    lines = wrap(name, _COLUMN / size)
    y = len(lines) * size * _LEADING + 2
    words, _ = printed(lines, (0.0, 1.0), size, _LEADING, ROAD, bold=True)
    line = straight([(0.0, y), (_COLUMN, y)], RULE, 0.8)
    return Block(y + 1, (*words, line), name, section.title, head=True)


def _point(item: Item, section: Section, style: Style) -> Iterator[Block]:
    """A point: what is to be ticked or kept in heavy letters, its basis in grey, more about it.
    What is a long list may go on in the next column."""
    said, more, basis = _parts(item)
    rows = ((said, basis), (more,)) if style.apart and item.heavy else ((said, more, basis),)
    left, sign = (_INDENT * style.size, tuple(_sign(item, style))) if item.said else (0.0, ())
    words, high = _in_rows(rows, item.basis, style, left)
    yield from _blocks_of(words, high, sign, item.said, section, style, whole=item.heavy)


def _run_on(
    name: str, items: Sequence[Item], section: Section, style: Style, title: str
) -> Iterator[Block]:
    """Points without a box, one after another, under a name that stands before them."""
    points = (part for item in items for part in _parts(evolve(item, said=_DOT + item.said)))
    cited = tuple(basis for item in items for basis in item.basis)
    words, high = _in_rows((((name, ROAD, True), *points),), cited, style, 0.0)
    return _blocks_of(words, high, (), title, section, style)


def _parts(item: Item) -> tuple[Part, Part, Part]:
    return (
        (item.said, INK, item.heavy),
        ("; ".join(item.more), INK, False),
        (" ".join(name for name, _ in item.basis), GREY, False),
    )


def _in_rows(
    rows: Iterable[Sequence[Part]], cited: Links, style: Style, left: float
) -> tuple[list[Print], float]:
    """Each row from a line of its own on, and how far down they go."""
    words, high = list[Print](), 0.0
    for row in rows:
        found, high = _flowing([part for part in row if part[0]], style, (left, high))
        words += found
    return leading(words, cited), high


def _blocks_of(
    words: Sequence[Print], high: float, sign: tuple[Shape, ...], title: str, section: Section,
    style: Style, *, whole: bool = False,
) -> Iterator[Block]:  # fmt: skip
    """The words in pieces that go on in the next column, or as a whole."""
    for top, end in _pieces(high, high if whole else _LINES * style.size * style.leading):
        here = (shifted(each, 0.0, -top) for each in words if top < each.at[1] <= end)
        first = not top
        yield Block(end - top, (*(sign if first else ()), *here), title if first else "",
                    section.title, under=0.0)  # fmt: skip


def _pieces(high: float, step: float) -> Iterator[tuple[float, float]]:
    """From where to where each piece of something goes, about so high."""
    tops = [n * step for n in range(max(1, round(high / step)))]
    return pairwise((*tops, high))


def _sign(item: Item, style: Style) -> Iterator[Shape]:
    """A box to tick, a mark of a limit; else a dot."""
    size, middle = style.size, style.size * style.leading * 0.5 + 0.5
    wide = size * (0.82 if item.event else 0.5 if item.limit else 0.22)
    box = Box(0.45 * size - wide / 2, middle - wide / 2, wide, wide)
    if item.event:
        yield Rect(box, INK, WHITE, 1.0, 1)
    else:
        yield Rect(box, INK, INK, 0, 0 if item.limit else wide / 2)


def _flowing(parts: Sequence[Part], style: Style, at: Point) -> tuple[list[Print], float]:
    """Parts of a text, each in its colour and weight, one after another in lines; and how far down
    they go."""
    size, (left, y) = style.size, at
    texts = [clean(text) for text, *_ in parts]
    whole = _BETWEEN.join(texts)
    ends = [*accumulate((len(text) + len(_BETWEEN) for text in texts), initial=0)]
    wider = sum(em(text) - em_regular(text) for text, _, bold in parts if bold)
    words, done = list[Print](), 0
    for line in wrap(whole, (_COLUMN - left) / size - wider, measure=em_regular) if whole else ():
        start = whole.index(line, done)
        done, x = start + len(line), left
        y += size * style.leading
        for (_, colour, bold), first, last in zip(parts, ends[:-1], ends[1:], strict=True):
            if piece := whole[max(start, first) : min(done, last)]:
                base = y - size * (0.5 * style.leading - 0.36)
                words.append(Print((x, base), piece.rstrip(), size, colour, bold=bold))
                x += (em if bold else em_regular)(piece) * size
    return words, y


def _picture(page: Sheet, plan: Plan, number: int) -> Picture:
    """One of its pages."""
    top = _title_high(page)
    title = _titled(page, number, plan.pages)
    groups = [Group(title, tuple(_above(page, title, plan.style, whole=not number)))]
    placed = zip(plan.blocks, plan.spots, strict=True)
    here = [(b, s) for b, s in placed if s.column // _COLUMNS == number]
    column = 0 if not number else -1  # the face begins with a head
    for block, spot in here:
        x = spot.column % _COLUMNS * (_COLUMN + _GUTTER)
        if block.again and spot.column % _COLUMNS != column:
            high = block.again.height + block.again.under
            groups.append(_group(block.again, x, top + spot.top - high))
        column = spot.column % _COLUMNS
        groups.append(_group(block, x, top + spot.top))
    every = phrasing(page.lang).series(b.title for b, _ in here if b.title and not b.head)
    return Picture(_WIDE, _HIGH, title, f"{title}. {every}", page.lang, tuple(groups), edge=10.0)


def _group(block: Block, x: float, y: float) -> Group:
    shapes = tuple(shifted(shape, x, y) for shape in block.shapes)
    return Group(block.title, shapes, list=block.list)


def _titled(page: Sheet, number: int, count: int) -> str:
    return phrasing(page.lang)(PART, page.title, number + 1, count) if count > 1 else page.title


def _above(page: Sheet, title: str, style: Style, *, whole: bool) -> Iterator[Shape]:
    """The title; on the face also which law it is and what the signs mean, and what is filled in by
    hand."""
    size, _ = _title_lines(page)
    for n, line in enumerate(wrap(title, _WIDE / size)):
        yield Print((0.0, size * (1 + _LEADING * n)), line, size, INK, bold=True)
    if not whole:
        return
    y = _title_high(page) - 12
    for line in _told(page, style):
        y += style.size * _LEADING
        yield Print((0.0, y), line, style.size, GREY)
    y += style.size * 2.0
    wide = _WIDE / len(BLANKS)
    for n, name in enumerate(field.in_(page.lang) for field in BLANKS):
        x = n * wide
        yield Print((x, y), name, style.size, INK)
        begins = x + em(name) * style.size + 4
        yield straight([(begins, y + 2), (x + wide - 12, y + 2)], INK, 0.8)


def _title_lines(page: Sheet) -> tuple[float, int]:
    """Its letters, as large as its longest form has room in one line, and how many lines it takes
    where these would be small."""
    longest = _titled(page, 8, 9)
    size = max(_SMALL_TITLE, min(_TITLE, _WIDE / em(longest)))
    return size, len(wrap(longest, _WIDE / size))


def _told(page: Sheet, style: Style) -> tuple[str, ...]:
    said = phrasing(page.lang)
    signs = said(HINT, "[1]").split("  ")
    return in_lines((page.law, *signs, said(_ADVICE)), _WIDE / style.size, em_regular)


def _title_high(page: Sheet) -> float:
    """How high the title is, and the room under it."""
    size, lines = _title_lines(page)
    return size * (_LEADING * lines + 0.1) + 12


def _top(page: Sheet, style: Style) -> float:
    """How high what stands above the columns of the face is."""
    return _title_high(page) + style.size * (len(_told(page, style)) * _LEADING + 2.0)
