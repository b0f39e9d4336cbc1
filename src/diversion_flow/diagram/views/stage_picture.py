"""The sheet of a stage drawn, on one A4 lying on its side or on as many as it takes: machines as
frames, states as numbered boxes, ways out as lines that end in the number of a box; the usual
course as heavy arrows from box to box."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from math import ceil, sqrt
from typing import Final

from attrs import evolve, frozen

from ...definition import Language, Text
from ...definition.grouped import grouped
from ...definition.phrasing import phrasing
from ...definition.wording import AGAINST, IRREGULAR
from ..formats.picture import Dash, Group, Picture, Print, Rect, Shape, leads_text, shifted
from ..layout.columns import Item, Spot, stacked
from ..layout.measure import em, in_lines
from ..layout.measure import wrap_within as wrap
from ..layout.placed import Box, Point
from .numbering import ON, PART
from .road_picture import AWAY, GREY, INK, NOW, ROAD, ROWS, RULE, STONE, WHITE, Stroke, arrow, plate
from .stage import (
    MARKED,
    SIGNS,
    Anywhere,
    Card,
    Leaving,
    Section,
    Shared,
    StageShown,
    Target,
    runs,
)

WIDE: Final = 797.8  # points: A4 across, less its edges
HIGH: Final = 551.0
_STEP = 13.0  # between boxes that an arrow joins
_GAP, _TIGHT = 4.0, 1.5  # between boxes, between lines
_PAD = 3.0
_EDGE = 10.0
_LEADING = 1.24
_LEGEND = {
    "main": Text("太い枠と矢印: 通常の流れ", "heavy frame, heavy arrow: the usual course"),
    "here": Text("丸い番号: この図の箱へ", "number: on to that box here"),
    "away": Text("五角の 2-4/12: 図2-4の箱12へ", "2-4/12: on to box 12 of sheet 2-4"),
    "comes": Text("← 2-4/12: そこから来る", "← 2-4/12: comes from there"),
    "starts": Text("●: 始まり", "●: start"),
    "ends": Text("二重枠: 終わり", "double frame: end"),
    "lined": Text("◎: 終わり", "◎: end"),
    "aside": Text("枠のない行: 通常の流れの外(詳しくは見出しの図)",
                  "no frame: off the usual course (see the sheet in its heading)"),
    "limits": Text("■: 期限", "■: time limit"),
    "papers": Text("◇: 書面", "◇: papers"),
    "law": Text("■→: 期限の満了により法律上生じる", "■→: a limit ran out"),
    "inferred": Text("※: 推定(典拠を読んでいない)", "※: inferred, no source read"),
    "rows": Text("枠の色: 図1の行の機関", "frame colour: its row on sheet 1"),
}  # fmt: skip
ADVICE = Text("この図は法的助言ではありません。", "This is not legal advice.")
_ROUNDED = 0.001  # em: what just fits, fits however it was worked out
_ON_SIGN = 6  # so many numbers go on one sign
_HEAVY = Stroke(ROAD, 3.5, "", 7.0, 5.0)  # from a box to the next of the usual course
_HERE, _NEXT, _FROM = "→", "■→", "←"


@frozen
class Block:
    """A box with what is in it, from its own corner."""

    height: float
    shapes: tuple[Shape, ...]
    title: str = ""
    under: float = _GAP  # the room beneath it
    joined: bool = False  # the usual course goes on to the next
    head: bool = False  # of a machine's part
    part: str = ""
    leads: tuple[tuple[str, str], ...] | None = None  # where one can go from here, and by what
    irregular: bool = False
    again: Block | None = None  # what stands over it where it goes on in a column


@frozen
class Style:
    """How densely a sheet is set: the size of its smallest letters in points, how many columns a
    page has, whether a box of another sheet is told by its name too; what stands as lines, without
    frames: with 1 the ends and the machines to which the usual course does not come, these without
    the names of their ways; with 2 whatever it does not come to; with 3 all that without them; with
    4 machines are not named where numbers tell them."""

    size: float
    columns: int
    names: bool = True
    lines: int = 0
    leading: float = _LEADING  # from one line to the next, in letters
    gathered: bool = False  # what comes to an agency and leads to the same boxes stands together
    gutter: float = 14.0  # between columns

    @property
    def width(self) -> float:
        """How wide a box is."""
        return (WIDE - self.gutter * self.columns) / self.columns

    @property
    def step(self) -> float:
        """From one column to the next."""
        return self.width + self.gutter


# From the largest letters to the smallest.
STYLES: Final = (
    Style(11.0, 4), Style(10.0, 4), Style(9.0, 5), Style(8.5, 5), Style(8.0, 5), Style(8.0, 6),
    Style(8.0, 6, lines=1), Style(8.0, 6, names=False, lines=1),
    Style(8.0, 6, names=False, lines=2), Style(8.0, 6, names=False, lines=2, leading=1.15),
    Style(8.0, 6, names=False, lines=3, leading=1.15),
    Style(8.0, 6, names=False, lines=4, leading=1.15),
    Style(8.0, 7, names=False, lines=4, leading=1.15),
)  # fmt: skip
# Likewise on an agency's sheet, which is for the desk: never under 9 points, and never numbers
# alone. No arrow goes from column to column there.
_OF_AGENCY: Final = tuple(evolve(style, gutter=8.0) for style in (
    Style(11.0, 4), Style(10.0, 4), Style(9.0, 5), Style(9.0, 6), Style(9.0, 6, gathered=True),
    Style(9.0, 6, lines=1, gathered=True), Style(9.0, 6, names=False, lines=2, gathered=True),
    Style(9.0, 6, names=False, lines=2, leading=1.15, gathered=True),
))  # fmt: skip


@frozen
class Plan:
    """How a sheet stands on its pages: how it is set, its boxes, where each stands, how high the
    columns are."""

    style: Style
    blocks: tuple[Block, ...]
    places: tuple[Spot, ...]
    height: float

    @property
    def pages(self) -> int:
        """On how many pages it stands."""
        last = max((place.column for place in self.places), default=0)
        return last // self.style.columns + 1


def stage_pictures(shown: StageShown) -> tuple[Picture, ...]:
    """The sheet as pictures, each for one A4."""
    plans = planned(shown)
    count = sum(plan.pages for plan in plans)
    pages = ((plan, n) for plan in plans for n in range(plan.pages))
    return tuple(_page(shown, plan, n, (k, count)) for k, (plan, n) in enumerate(pages, 1))


# -- where it stands -----------------------------------------------------------------------------


def planned(shown: StageShown) -> tuple[Plan, ...]:
    """All of it on one page if that holds it, in the largest letters that do; else as many
    machines on each as it holds, those of the usual course first and the others on their own."""
    whole = _best(shown)
    if whole.pages == 1:
        return (whole,)
    parts: list[tuple[Section, ...]] = []
    for section in sorted(shown.sections, key=lambda s: not s.usual):
        more = (*parts[-1], section) if parts else ()
        joins = more and more[0].usual is section.usual
        if joins and _plan(evolve(shown, sections=more), _styles(shown)[-1]).pages == 1:
            parts[-1] = more
        else:
            parts.append((section,))
    return tuple(_best(evolve(shown, sections=part)) for part in parts)


def _best(shown: StageShown) -> Plan:
    """The largest letters that one page holds; the smallest on as many pages as it takes."""
    styles = _styles(shown)
    plan = cache(lambda style: _plan(shown, styles[style]))
    first = plan(bisect_left(range(len(styles) - 1), 1, key=lambda style: plan(style).pages == 1))
    return _grown(shown, first) if first.pages == 1 and first.blocks else first


def _grown(shown: StageShown, plan: Plan) -> Plan:
    """What has room on its page once frames are gone, in larger letters."""
    style = plan.style
    room = HIGH - _head_high(shown, style.size) - _foot_high(shown, style)
    most = int(4 * style.size * sqrt(room / plan.height)) / 4  # a line too many is soon reached
    sizes = (most - step for step in (0.0, 0.25, 0.5) if style.lines and most - step > style.size)
    larger = (_plan(shown, evolve(style, size=size)) for size in sizes)
    return next((found for found in larger if found.pages == 1), plan)


def _styles(shown: StageShown) -> tuple[Style, ...]:
    return _OF_AGENCY if shown.agency else STYLES


def _plan(shown: StageShown, style: Style) -> Plan:
    if style.gathered:
        shown = shown.gathered()
    room = HIGH - _head_high(shown, style.size) - _foot_high(shown, style)
    blocks = tuple(
        block
        for section in shown.sections
        for block in (_head(section, style), *_under(section, style, shown.lang, room))
    )
    items = [
        Item(b.height, _STEP if b.joined else b.under, b.head, b.again.height if b.again else 0.0)
        for b in blocks
    ]
    places, height = stacked(items, style.columns, room)
    return Plan(style, blocks, places, height)


def _under(section: Section, style: Style, lang: Language, room: float) -> Iterator[Block]:
    """What stands under the head of a machine's part, which is repeated where that goes on."""
    again = _goes_on(section, style, lang)
    left = room - again.height - _head(section, style).height - _GAP
    return (evolve(block, again=again) for block in _blocks(section, style, lang, left))


def _blocks(section: Section, style: Style, lang: Language, room: float) -> Iterator[Block]:
    """The boxes of a machine's part, its ends last."""
    for card in (c for c in section.cards if not c.ends):
        lined = _lined(card, style, section)
        box = _line(card, style, section) if lined else _card(card, style, section)
        *more, last = _in_room(card, box, style, section, lang, room)
        yield from more
        yield evolve(last, joined=card.number in section.joined)
    terse = [each for each in section.shared
             if _lined(each.leaving, style, section) and _terse(style, section)]  # fmt: skip
    yield from (_shared(each, style) for each in section.shared if each not in terse)
    alike = grouped((each.sources, each.leaving) for each in terse)
    yield from (_shared_line(sources, ways, style) for sources, ways in alike.items())
    yield from (_anywhere(each, style) for each in section.anywhere)
    for card in (c for c in section.cards if c.ends):
        yield _line(card, style, section) if style.lines else _card(card, style, section)
    yield from (_gone(text, style) for text in section.gone)


def _in_room(
    card: Card, box: Block, style: Style, section: Section, lang: Language, room: float
) -> Sequence[Block]:
    """The box of a state, or, where it is higher than a column, several with a share of its ways
    each."""
    boxes, ways, name = [box], card.leaves, phrasing(lang)(ON, card.label)
    on = Card(card.number, name, main=card.main, row=card.row, state=card.state)
    for count in range(2, len(ways) + 1):
        if max(one.height for one in boxes) <= room:
            break
        share = ceil(len(ways) / count)
        boxes = [_card(evolve(on if at else card, leaves=ways[at : at + share]), style, section)
                 for at in range(0, len(ways), share)]  # fmt: skip
    return boxes


def _lined(part: Card | Leaving, style: Style, section: Section) -> bool:
    """Whether a part is told in a line."""
    return style.lines > (1 if section.usual else 0) and not part.main


def _terse(style: Style, section: Section) -> bool:
    """Whether ways that stand in lines have no names there."""
    return not section.usual or style.lines > 2


def _head(section: Section, style: Style) -> Block:
    """The name of a machine, and on which sheet all of it is."""
    name, width = style.size * (1.0 if style.lines else 1.15), style.width
    said = f"{section.label}\u3000{section.sheet}" if section.sheet else section.label
    lines = wrap(said, (width - 2 * _PAD) / name)
    words = [Print((_PAD, 1 + (n + 0.95) * name * style.leading), text, name, WHITE, bold=True)
             for n, text in enumerate(lines)]  # fmt: skip
    high = len(lines) * name * style.leading + (3 if style.lines else 5)
    colour = AWAY if section.anywhere else ROAD
    return Block(high, (Rect(Box(0, 0, width, high), colour, colour, 0.7, 3), *words),
                 section.label, under=3.0 if style.lines else _GAP, head=True)  # fmt: skip


def _goes_on(section: Section, style: Style, lang: Language) -> Block:
    """The name of a machine above a column in which its boxes go on."""
    said = phrasing(lang)(ON, section.label)
    lines = wrap(said, (style.width - 2 * _PAD) / style.size)
    colour = AWAY if section.anywhere else ROAD
    words, high = printed(lines, (_PAD, 0.0), style.size, style.leading, colour, bold=True)
    return Block(high + _GAP, tuple(words), said)


# -- a box ---------------------------------------------------------------------------------------


def _card(card: Card, style: Style, section: Section) -> Block:
    size, width = style.size, style.width
    line = ROWS[card.row % len(ROWS)][0] if card.row >= 0 else GREY
    name, disc = size * 1.05, size * 1.5
    mark = _mark_wide(card, disc)
    indent = mark + 3
    top = _PAD + max(0.0, (disc - name * style.leading) / 2)
    lines = wrap(_name(card), (width - indent - 2 * _PAD) / name)
    shapes, top = printed(lines, (_PAD + indent, top), name, style.leading, bold=True)
    shapes += _disc((_PAD + mark / 2, _PAD + disc / 2), disc, card.number, size, line)
    y = max(top, _PAD + disc)
    holder = "" if card.ends else card.holder
    about = "\u3000".join(filter(None, (holder, *card.limits, _whence(card))))
    lines = wrap(about, (width - 2 * _PAD) / size) if about else ()
    found, y = printed(lines, (_PAD, y), size, style.leading, GREY)
    shapes += found
    flowing = [way for way in card.leaves if len(way.to) > 2 or (style.lines and not way.main)]
    for way in card.leaves:
        if way not in flowing:
            found, y = _leaving(way, style, y)
            shapes += found
    if flowing:
        found, y = _ends((_said(way, style) for way in flowing), (width, y), style)
        shapes += found
    high = y + _PAD - 0.5
    return _of(card, section, Block(high, (*_frame(card, width, high, line), *shapes)))


def printed(
    lines: Iterable[str], at: Point, size: float, leading: float, colour: str = INK, *,
    bold: bool = False,
) -> tuple[list[Shape], float]:  # fmt: skip
    """Lines one under another, and how far down they go."""
    (x, y), shapes = at, list[Shape]()
    for text in lines:
        y += size * leading
        shapes.append(Print((x, y - size * 0.3), text, size, colour, bold=bold))
    return shapes, y


def _of(card: Card, section: Section, block: Block) -> Block:
    """The block of a box, with what is said of it to who hears it."""
    name = f"{card.number or ''} {section.label}: {card.label}".strip()
    leads = tuple((f"{_ref(to.sheet, (to.number,))} {to.label}", way.text)
                  for way in card.leaves for to in way.to)  # fmt: skip
    ends = section.full and not leads  # a limit leads nowhere, and is no end
    return evolve(block, title=name, part=card.state, leads=None if ends else leads,
                  irregular=card.irregular)  # fmt: skip


def _name(card: Card) -> str:
    """The name of a box with its marks."""
    sign = SIGNS.get(card.standing, "") + (f"{AGAINST} " if card.irregular else "")
    return sign + ("● " if card.starts else "") + card.label + ("※" if card.inferred else "")


def _frame(card: Card, width: float, high: float, line: str) -> Iterator[Shape]:
    box = Box(0.0, 0.0, width, high)
    if card.standing in MARKED:
        yield Rect(Box(-2.2, -2.2, width + 4.4, high + 4.4), NOW, "none", 2.4, 7)
    dash: Dash = "dot" if card.inferred and not card.main else ""
    yield Rect(box, line, WHITE, 2.2 if card.main else 0.9, 5, dash)
    if card.ends:
        yield Rect(Box(2, 2, width - 4, high - 4), line, "none", 0.7, 3.5)


def _mark_wide(card: Card, disc: float) -> float:
    """How wide what stands before a box's name is: its number, or a small ring."""
    return disc if card.number else disc * 0.6


def _disc(at: Point, wide: float, number: int, size: float, line: str) -> tuple[Shape, ...]:
    """The number of a box; what has none, a small ring."""
    if not number:
        ring = wide * 0.45
        return (
            Rect(Box(at[0] - ring / 2, at[1] - ring / 2, ring, ring), line, WHITE, 1.2, ring / 2),
        )
    small = max(8.0, size) if number < 100 else 8.0
    return (
        Rect(Box(at[0] - wide / 2, at[1] - wide / 2, wide, wide), line, line, 0.8, wide / 2),
        Print((at[0], at[1] + small * 0.36), str(number), small, WHITE, "middle", bold=True),
    )


def _ref(sheet: str, numbers: Sequence[int]) -> str:
    return f"{sheet}/{runs(numbers)}" if sheet else runs(numbers)


def _sign(
    x: float, y: float, text: str, size: float, *, away: bool, main: bool
) -> tuple[Shape, ...]:
    """Where a way leads: a pill for a box of this sheet, a pointed plate for one of another; `y`
    is the baseline."""
    wide, high = _sign_wide(text, away, size), size * 1.15
    top = y - size * 0.9
    fill, ink = (ROAD, WHITE) if main else (STONE if away else WHITE, INK)
    line = ROAD if main else RULE
    at = (x + (wide - (4 if away else 0)) / 2, y)
    said = Print(at, text, size, ink, "middle", bold=True)
    if not away:
        return (Rect(Box(x, top, wide, high), line, fill, 0.9, high / 2), said)
    return (plate(Box(x, top, wide, high), line, fill, 0.9, 5.0), said)


def _sign_wide(text: str, away: bool, size: float) -> float:
    return em(text) * size + (13 if away else 9)


def _whence(card: Card) -> str:
    """From which boxes of other sheets a case comes."""
    said = " ".join(_ref(sheet, numbers) for sheet, numbers in card.comes)
    return f"{_FROM} {said}" if said else ""


def _leaving(way: Leaving, style: Style, y: float) -> tuple[list[Shape], float]:
    """A way out: what happens, and at the end of its last line where it leads."""
    size, width, away = style.size, style.width, bool(way.to[0].sheet)
    refs = [ref for ref, _ in _refs(way.to, width - 2 * _PAD, size)]
    wide = sum(_sign_wide(ref, away, size) + 3 for ref in refs) - 3
    lines = [*wrap(_told(way, style, named=style.names), (width - 2 * _PAD) / size)]
    colour, heavy = ROAD if way.main else INK, way.main or bool(way.standing)
    shapes, y = printed(lines, (_PAD, y), size, style.leading, colour, bold=heavy)
    if em(lines[-1]) * size + 4 + wide > width - 2 * _PAD:
        y += size * style.leading
    x = width - _PAD - wide
    for ref in refs:
        shapes += _sign(x, y - size * 0.3, ref, size, away=away, main=way.main)
        x += _sign_wide(ref, away, size) + 3
    return shapes, y + 1.5


def _told(way: Leaving, style: Style, *, named: bool) -> str:
    """What happens, and behind an arrow the box of another sheet to which alone it leads, if that
    is to be named. Where there is no room for both, not the machine that is moved is told but that
    box, and in the densest style neither."""
    one = bool(way.to[0].sheet) and not way.to[1:]
    text = "" if way.machine and not style.names and (one or style.lines > 3) else way.text
    name = way.to[0].label if one and style.lines < 4 and (named or not text) else ""
    said = SIGNS.get(way.standing, "") + text + ("※" if way.inferred else "")
    return f"{said} {_NEXT if way.by_law else _HERE} {name}".strip()


def _said(way: Leaving, style: Style) -> tuple[str, Sequence[Target]]:
    """The same, as it stands among others in a line."""
    return _told(way, style, named=False), way.to


def _unnamed(way: Leaving) -> tuple[str, Sequence[Target]]:
    return f"{_HERE} {SIGNS.get(way.standing, '')}".strip(), way.to


def _shared(each: Shared, style: Style) -> Block:
    """Ways that many boxes have: a note with a dotted frame."""
    way = evolve(each.leaving, text=f"{each.sources}: {each.leaving.text}")
    if style.lines and not way.main:
        shapes, y = _ends([_said(way, style)], (style.width, _PAD - 2), style)
    else:
        shapes, y = _leaving(way, style, _PAD - 2)
    return _note(shapes, y + _PAD - 1, style, f"{way.text} → {way.to[0].label}", dash="dot")


def _note(
    shapes: Iterable[Shape], high: float, style: Style, title: str, line: str = GREY,
    dash: Dash = "", under: float = _GAP,
) -> Block:  # fmt: skip
    """What is no box, in a thin frame of its own."""
    frame = Rect(Box(0, 0, style.width, high), line, WHITE, 0.8, 2, dash)
    return Block(high, (frame, *shapes), title, under)


def _gone(text: str, style: Style) -> Block:
    """What an earlier law had: a note with a dashed frame."""
    lines = wrap(text, (style.width - 2 * _PAD) / style.size)
    shapes, y = printed(lines, (_PAD, _PAD - 2), style.size, style.leading, GREY)
    return _note(shapes, y + _PAD - 1, style, text, dash="dash")


def _anywhere(each: Anywhere, style: Style) -> Block:
    """An event that moves several machines: its line ends in several heads."""
    arrow = f" {_NEXT}" if each.by_law else ""
    lines = wrap(each.text + arrow, (style.width - 2 * _PAD) / style.size)
    shapes, y = printed(lines, (_PAD, _PAD - 2), style.size, style.leading, bold=True)
    heads = [
        (SIGNS.get(head.standing, "") + f"{head.label} {head.sources}".strip(), head.to)
        for head in each.heads
    ]
    found, y = _ends(heads, (style.width, y), style, colour=GREY)
    return _note([*shapes, *found], y + _PAD - 1, style, each.text, AWAY)


def _ends(
    heads: Iterable[tuple[str, Sequence[Target]]], at: Point, style: Style, left: float = _PAD,
    colour: str = INK,
) -> tuple[list[Shape], float]:  # fmt: skip
    """Words, each with the signs of the boxes to which they lead, one after another in lines from
    this place on; and how far down they go."""
    size, right = style.size, style.width - _PAD
    (x, y), shapes = at, list[Shape]()
    alike = grouped((text, target) for text, to in heads for target in to)  # said once
    for text, to in alike.items():
        refs = _refs(to, right - left - em(_HERE) * size - 3, size)  # an arrow stands beside one
        first = _sign_wide(*refs[0], size) + 3
        if x + em(text) * size + first > right:
            x, y = left, y + size * style.leading
        lines = _before_sign(text, (right - x) / size, first / size)
        for n, line in enumerate(lines):
            y += size * style.leading if n else 0.0
            shapes.append(Print((x, y - size * 0.3), line, size, colour))
        x += em(lines[-1]) * size + 3
        for ref, away in refs:
            wide = _sign_wide(ref, away, size)
            if x + wide > right:
                x, y = left, y + size * style.leading
            shapes += _sign(x, y - size * 0.3, ref, size, away=away, main=False)
            x += wide + 3
        x += 3
    return shapes, y


def _refs(to: Iterable[Target], room: float, size: float) -> list[tuple[str, bool]]:
    """The boxes by sheet and number, those of a sheet together, as far as a sign has room for them;
    whether it is another sheet."""
    signs = []
    for sheet, several in grouped((target.sheet, target.number) for target in to).items():
        numbers, away = sorted({*several}), bool(sheet)
        while numbers:
            on_it = numbers[:_ON_SIGN]
            while on_it[1:] and _sign_wide(_ref(sheet, on_it), away, size) > room:
                del on_it[-1]
            signs.append((_ref(sheet, on_it), away))
            del numbers[: len(on_it)]
    return signs


def _before_sign(text: str, room: float, sign: float) -> tuple[str, ...]:
    """Words in lines of so many em; a sign after the last if that costs no line more."""
    lines = wrap(text, room)
    if em(lines[-1]) + sign <= room:
        return lines
    short = wrap(text, room - sign)
    return short if len(short) == len(lines) else lines


# -- a line --------------------------------------------------------------------------------------


def _line(card: Card, style: Style, section: Section) -> Block:
    """A box in a line: its number, its name, the boxes to which it leads."""
    size, width = style.size, style.width
    colour = ROWS[card.row % len(ROWS)][0] if card.row >= 0 else GREY
    disc = size * 1.45
    mark = _mark_wide(card, disc)
    left = mark + 3
    room = (width - left - _PAD) / size
    about = "\u3000".join(filter(None, (card.holder, *card.limits))) if section.full else ""
    name = wrap(("◎ " if card.ends else "") + _name(card), room)
    more = wrap(about, room) if about else ()
    shapes, y = printed(name, (left, 0.0), size, style.leading, bold=True)
    beneath, y = printed(more, (left, y), size, style.leading, GREY)
    shapes += beneath
    named = section.full or not _terse(style, section)
    ways = (_said(way, style) if named else _unnamed(way) for way in card.leaves)
    found, y = _ends(ways, (left + em([*name, *more][-1]) * size + 3, y), style, left)
    high = max(y + 2, disc)
    ring = Rect(Box(-2, -1, width + 4, high + 2), NOW, "none", 2.0, 5)
    shapes = [
        Rect(Box(0, 0, width, high), WHITE, WHITE, 0, 3),
        *([ring] if card.standing in MARKED else ()),
        *_disc((mark / 2, disc / 2), disc, card.number, size, colour), *shapes, *found,
    ]  # fmt: skip
    return _of(card, section, Block(high, tuple(shapes), under=_TIGHT))


def _shared_line(sources: str, ways: Sequence[Leaving], style: Style) -> Block:
    """All ways that the same boxes have alike, in a line."""
    ends = ((f"{SIGNS.get(way.standing, '')}{sources} {_HERE}", way.to) for way in ways)
    shapes, y = _ends(ends, (style.width, 1.0), style)
    title = " / ".join(way.text for way in ways)
    return _note(shapes, y + 2, style, title, dash="dot", under=_TIGHT + 1)


# -- how it looks --------------------------------------------------------------------------------


def _page(shown: StageShown, plan: Plan, page: int, part: tuple[int, int]) -> Picture:
    title, style, said = shown.title, plan.style, phrasing(shown.lang)
    if part[1] > 1:
        title = said(PART, title, *part)
    top = _head_high(shown, style.size)
    on_page = [n for n, p in enumerate(plan.places) if p.column // style.columns == page]
    groups = [_title(shown, title, style.size), *_grounds(plan, on_page, top)]
    at = {n: _at(plan, n, top) for n in on_page}
    lists = _lists(plan.blocks)
    for n in _first_in_columns(plan, on_page):
        if again := plan.blocks[n].again:
            shapes = tuple(shifted(s, at[n][0], top) for s in again.shapes)
            groups.append(Group(again.title, shapes))
    for n in on_page:
        block = plan.blocks[n]
        shapes = tuple(shifted(s, *at[n]) for s in block.shapes)
        name = lists[n] if block.part else ""
        leads = "" if block.leads is None else leads_text(block.leads, shown.lang)
        marked = said.together(block.title, said(IRREGULAR)) if block.irregular else block.title
        groups.append(Group(marked, shapes, block.part, list=name, leads=leads))
    for n in on_page[:-1]:
        if plan.blocks[n].joined:
            groups.append(Group("", _arrow(plan.blocks[n], at[n], at[n + 1], style)))
    foot, end = _foot(shown, style, top + plan.height + _GAP)
    every = said.series(c.label for s in shown.sections for c in s.cards)
    return Picture(WIDE, round(end, 1), title, f"{title}. {every}", shown.lang, (*groups, foot),
                   edge=_EDGE)  # fmt: skip


def _lists(blocks: Sequence[Block]) -> list[str]:
    """In which list each block is heard: under the last head before it."""
    found = [""]
    for block in blocks:
        found.append(block.title if block.head else found[-1])
    return found[1:]


def _at(plan: Plan, n: int, top: float) -> Point:
    place = plan.places[n]
    across = place.column % plan.style.columns * plan.style.step
    return across + plan.style.gutter / 2, top + place.top


def _first_in_columns(plan: Plan, on_page: Sequence[int]) -> list[int]:
    """What begins each column."""
    columns = [plan.places[n].column for n in on_page]
    return [n for n, column, before in zip(on_page, columns, [-1, *columns], strict=False)
            if column != before]  # fmt: skip


def _grounds(plan: Plan, on_page: Sequence[int], top: float) -> Iterator[Group]:
    """What belongs to one machine stands on one ground in each column."""
    runs, first = list[list[int]](), _first_in_columns(plan, on_page)
    for n in on_page:
        fresh = plan.blocks[n].head or n in first
        runs.append([n]) if fresh else runs[-1].append(n)
    for run in runs:
        (x, y), (_, low) = _at(plan, run[0], top), _at(plan, run[-1], top)
        y = top if run[0] in first else y
        beside = plan.style.gutter / 2 - 2
        high = low + plan.blocks[run[-1]].height - y + 4
        box = Box(x - beside, y - 2, plan.style.width + 2 * beside, high)
        yield Group("", (Rect(box, "none", STONE, 0, 4),))


def _arrow(one: Block, a: Point, b: Point, style: Style) -> tuple[Shape, ...]:
    """The usual course from a box to the next: straight down, or over to the next column."""
    if a[0] == b[0]:
        x = a[0] + style.width / 2
        return arrow([(x, a[1] + one.height), (x, b[1])], _HEAVY)
    right, middle = a[0] + style.width, a[0] + style.width + style.gutter / 2 - 1
    level = a[1] + one.height / 2
    path = [(right, level), (middle, level), (middle, b[1] + 11), (b[0], b[1] + 11)]
    return arrow(path, _HEAVY)


# -- above and under it --------------------------------------------------------------------------


def _head_high(shown: StageShown, size: float) -> float:
    corner, _ = _corner(shown, size)
    lines, large = _title_lines(phrasing(shown.lang)(PART, shown.title, 9, 9), shown, size)
    low = 26.0 + (len(lines) - 1) * large * _LEADING
    return max(low, len(corner) * size * _LEADING + 2) + 6


def _corner(shown: StageShown, size: float) -> tuple[list[str], float]:
    """The lines of the corner, and where they begin."""
    lines = [line for text in shown.corner for line in wrap(text, WIDE / 2 / size)]
    return lines, WIDE - max(map(em, lines)) * size


def _title_lines(title: str, shown: StageShown, size: float) -> tuple[tuple[str, ...], float]:
    """The lines of the title, beside the corner, and how large they are."""
    room = _corner(shown, size)[1] - 10
    large = max(11.0, min(20.0, room / em(title)))
    return wrap(title, room / large + _ROUNDED), large


def _title(shown: StageShown, title: str, size: float) -> Group:
    corner, left = _corner(shown, size)
    lines, large = _title_lines(title, shown, size)
    words = [Print((0.0, 20.0 + n * large * _LEADING), line, large, INK, bold=True)
             for n, line in enumerate(lines)]  # fmt: skip
    after = em(lines[0]) * large + 12
    if len(lines) == 1 and after + em(shown.says) * size * 1.2 < left - 10:
        words.append(Print((after, 20.0), shown.says, size * 1.2, GREY))
    for n, text in enumerate(corner):
        at = (left, 2 + size * (0.9 + n * _LEADING))
        words.append(Print(at, text, size, GREY if n else INK, bold=not n))
    return Group(title, tuple(words))


def _foot_lines(shown: StageShown, style: Style) -> list[tuple[str, str]]:
    """What is told of a case or a difference, and what the signs mean, in lines of a colour."""
    said, room = phrasing(shown.lang), WIDE / style.size
    used = _signs(shown, style)
    signs = (said(text) for key, text in _LEGEND.items() if key in used)
    legend = in_lines((*shown.marks, *signs, said(ADVICE)), room)
    lines = wrap("\u3000".join(shown.told), room) if shown.told else ()
    return [*((line, INK) for line in lines), *((line, GREY) for line in legend)]


def _signs(shown: StageShown, style: Style) -> set[str]:
    """Which signs are on the sheet as it is set."""
    found = {sign for sign, is_there in shown.legend.items() if is_there}
    if not style.lines:
        return found
    return found - {"ends"} | {"aside"} | ({"lined"} if "ends" in found else set())


def _foot_high(shown: StageShown, style: Style) -> float:
    return len(_foot_lines(shown, style)) * style.size * _LEADING + _GAP + 5


def _foot(shown: StageShown, style: Style, y: float) -> tuple[Group, float]:
    words, size = [], style.size
    for text, colour in _foot_lines(shown, style):
        y += size * _LEADING
        words.append(Print((0.0, y), text, size, colour))
    return Group("", tuple(words)), y + 4
