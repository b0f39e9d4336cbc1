"""The road drawn: one numbered path through the rows of offices, under the spine with its clocks,
cut by the line on which everything turns; what leaves it stands in one strip beneath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from ...definition import LANGUAGES, Language, Process, Text
from ...definition.kept import kept
from ...definition.phrasing import phrasing
from ...definition.wording import IRREGULAR
from ..formats.picture import Curve, Dash, Group, Picture, Print, Rect, Shape, leading, straight
from ..layout.measure import abridged, em, in_lines, wrap
from ..layout.placed import Box, Point, towards
from ..layout.roadway import Roadway, Span, Stop, roadway, way_between
from .case_shown import AGAINST_DONE
from .road import BRIEF, MOST, ActShown, FlagShown, HoldShown, RoadShown, brief, road

INK, GREY, WHITE = "#1a1a1a", "#595959", "#ffffff"
ROAD, AWAY, STONE, RULE = "#1d3557", "#a33b00", "#eceff4", "#8c96a5"
NOW = "#d98200"  # where a case stands: a ring, told beside it in words
# Line and tint of the rows: the person, prosecutors, probation office, Center, receivers; and on.
ROWS: Final = (
    (INK, WHITE), ("#1f5f8b", "#e1f0fa"), ("#855600", "#fdeccb"), ("#00664b", "#d8f0e7"),
    ("#5a3d9a", "#e7e1f6"),
)  # fmt: skip
WIDE: Final = 1146.0  # points: A3 across, less its edges
_WIDER = 1.15  # of a sheet: so much wider its letters have still 10 points on A3
_EDGE, _SIDE = 6.0, 94.0  # margin, width of the rows' heads
_LEADING = 1.3
LETTER: Final = 1.5  # em: the letter before what leaves the road
_ROW_LINES = 5  # about so many at most has the name of a row
_FEWEST = 5  # acts on a sheet, however wide it is then
_NARROWER = (12.0, 8.0, 5.0)  # em: how wide the name of a stage may be where there is little room
_POINT = 8.0  # how far a chevron points

_LIMITS = Text("と法定の期限", "and its time limits")
_OTHER, _WAYS = Text("別の道", "Other ways"), Text("(例外)", "(exceptions)")
_BASIS = Text("根拠", "Basis")
_LEGEND = (
    Text("通常の流れ(番号の順)", "usual course, in the order of the numbers"),
    Text("このように始まることもある", "it may also begin like this"),
    Text("別の道が始まる所", "another way begins"),
    Text("※ 推定(典拠を読んでいない)", "※ inferred, no source read"),
    Text("終わり", "the end"),
    Text("△ 一般的知識(典拠未確認)", "△ known, not verified"),
    Text("隣の図の番号へ続く", "goes on at that number on the sheet before or after"),
)
_COMES = Text("前の図の{0}から続く", "Comes from {0} on the sheet before")
_GOES = Text("次の図の{0}へ続く", "Goes on at {0} on the next sheet")
_READ = Text(
    "番号順に指でたどると一つの事件になります。縦の太線「{0}」より左は、その日までに間に合わせる仕事です。この図は法的助言ではありません。",
    "Follow the numbers with a finger: they are one case. Everything to the left of the heavy line "
    "'{0}' must be ready by then. This is not legal advice.",
)
_CASE = Text(
    "塗った番号と✓の日付: 済んだこと。太い枠: いまの状態と次の行為。"
    "✓の付いた別の道: この事件がとった道。",
    "Filled numbers, ✓ and a day: done. Heavy frame: where it is, and the next act. "
    "Other ways with ✓: taken.",
)
_CHANGED = Text(
    "Δ・橙の枠: 変わったこと。+: 加わったこと。この図は法的助言ではありません。",
    "Δ, orange frame: changed. +: added. This is not legal advice.",
)
_READ_ON = Text(
    "番号順に指でたどると一つの事件になります。この図は法的助言ではありません。",
    "Follow the numbers with a finger: they are one case. This is not legal advice.",
)
_NONE = Text(
    "どの機関の行為もないため、通常の流れはありません。この図は法的助言ではありません。",
    "No office has an act in it, so that there is no usual course. This is not legal advice.",
)
_INNER = 3.5  # points between the two frames of an end


Lines = list[tuple[str, float, bool]]  # text, size, bold


@frozen
class Type:
    """Sizes of letters, in points, and how wide the sheet is."""

    title: float = 28.0
    stage: float = 17.0
    row: float = 14.0
    box: float = 13.0
    clock: float = 12.5
    note: float = 11.5
    head: float = 40.0  # em: how wide the name of a stage may be, and its own words
    says: float = 14.0  # 0: not said
    air: float = 33.0  # points of a row that are not its boxes
    wide: float = WIDE
    under: float = 11.0  # of the name in another language
    aside: float = 8.0  # how far a number or flag stands out of its box
    lines: int = 99  # of a name above or before the boxes, at most


ONE_PAGE: Final = Type(title=22.0, stage=14.0, row=14.0, box=14.0, clock=14.0, note=14.0, head=7.0,
                       says=0.0, air=23.0, wide=797.0, aside=3.0, lines=3)  # fmt: skip
_PAGES: Final = (ONE_PAGE, evolve(ONE_PAGE, title=20.0, air=18.0))
_A4: Final = (551.2, 797.8)  # points: less what printing leaves white
_FEWEST_THERE: Final = 3  # acts on the one page, however wide it is then
_BROKEN: Final = (0.0, 1.5, 2.5)  # em: how much narrower their names may be


@frozen
class Placed:
    """A sheet of the road with where its parts stand, in points of the picture."""

    shown: RoadShown
    type: Type
    way: Roadway
    left: float
    boxes: tuple[Box, ...]
    rows: tuple[Box, ...]
    heads: Box
    spine: Box
    strip: Box
    bottom: float

    @property
    def turn(self) -> float | None:
        """Where the line of the turning point stands."""
        return None if self.way.turn is None else self.left + self.way.turn

    @property
    def right(self) -> float:
        """Where rows and strip end."""
        return self.left + self.way.width

    def stage(self, stage: int) -> tuple[float, float]:
        """From where to where a stage goes."""
        start, end = self.way.stage(stage)
        return self.left + start, self.left + end

    @property
    def too_wide(self) -> float:
        """How much wider it is than its letters can be read: 1 is just as wide."""
        return (self.right + _EDGE) / (self.type.wide * _WIDER)

    @property
    def paths(self) -> tuple[tuple[Point, ...], ...]:
        """The corners of the arrow from each act to the next."""
        return tuple(way_between(a, b) for a, b in pairwise(self.boxes))


# -- where it stands -----------------------------------------------------------------------------


def placed(shown: RoadShown, type: Type = Type()) -> Placed:
    """The sheet laid out; the names of its stages in narrower lines where it is too wide and they
    are why."""
    sheet = _placed(shown, type)
    for head in _NARROWER:
        if sheet.too_wide > 1 and head < type.head:
            narrower = _placed(shown, evolve(type, head=head))
            sheet = narrower if narrower.right < sheet.right else sheet
    return sheet


def most_on_a_sheet(process: Process) -> int:
    """How many acts the sheets of this road have at most, for their letters to be read in either
    language."""
    return kept(process, _most)


def _most(process: Process) -> int:
    most, wide = MOST, 2.0
    while most > _FEWEST and wide > 1:
        sheets = (sheet for lang in LANGUAGES for sheet in road(process, lang, most, corner=False))
        wide = max(placed(sheet).too_wide for sheet in sheets)
        most = max(_FEWEST, int(most / max(wide, 1.0)))
    return most


@frozen
class Brevity:
    """How the one page is made: how many acts it has, how much narrower their names are, in em, and
    how it is set."""

    most: int
    narrower: float
    type: Type


def on_one_page(process: Process, lang: Language) -> Brevity:
    """How the page is made for its letters to have their size on an A4: in both languages of as
    many acts, of as many as can be."""
    return kept(process, _on_one_page)[lang]


def _on_one_page(process: Process) -> dict[Language, Brevity]:
    for most in range(BRIEF, _FEWEST_THERE - 1, -1):
        ways = [Brevity(most, by, type) for type in _PAGES for by in _BROKEN]
        found = {lang: next((how for how in ways if _fits(process, lang, how)), ways[-1])
                 for lang in LANGUAGES}  # fmt: skip
        if all(_fits(process, lang, how) for lang, how in found.items()):
            break
    return found


def _fits(process: Process, lang: Language, how: Brevity) -> bool:
    """Whether the page is no larger than an A4, lying or upright."""
    page = road_picture(brief(process, lang, how.most, how.narrower), how.type)
    sides = sorted((page.width, page.height))
    return sides[0] <= _A4[0] and sides[1] <= _A4[1]


def _placed(shown: RoadShown, type: Type) -> Placed:
    wide = [_wide(act, type) for act in shown.acts]
    words = [em(act.paper) * type.note for act in shown.acts]
    for n, (one, other) in enumerate(pairwise(shown.acts)):
        if words[n] and other.row < one.row:  # they stand between its number and its flags
            wide[n] = max(wide[n], words[n] + 2 * max(16, 20 * len(one.flags)) + 8)
    room = [*wide]  # of a box with the plate that stands beside it
    for end, number in ((0, shown.come), (-1, shown.goes)):
        if number:
            room[end] = max(room[end], wide[end] + 2 * (_plate_wide(number, type) + 4))
    stops = [
        Stop(act.row, act.stage, act.after, room[n] + 2 * type.aside, words[n])
        for n, act in enumerate(shown.acts)
    ]
    left = _EDGE + _side(shown, type)
    needs = [_need(shown, stage, type) for stage in range(max(1, len(shown.stages)))]
    spans = [Span(hold.stage, hold.after, _hold_wide(hold, type)) for hold in shown.holds]
    way = roadway(stops, needs, spans, type.wide - left - _EDGE)
    title = _title_lines(shown, left + way.width, type)
    y = _EDGE + max(type.title * (len(title) * 1.2 + 0.25),
                    (len(shown.corner) * _LEADING + 0.4) * type.note)  # fmt: skip
    every = range(len(shown.stages))
    said = (_head_lines(shown, stage, type, *way.stage(stage)) for stage in every)
    high = max(map(high_of, said), default=-8.0) + 8
    heads = Box(left, y, way.width, high)
    early = _early(shown, way, type)
    y += heads.height + (max(30, len(early[2]) * type.clock * 1.2 + 8) if shown.turn else 8)
    spine = Box(left, y, way.width, _spine_high(shown, way, type))
    y += spine.height + (8 if shown.holds else 0)
    rows = []
    for row in range(len(shown.rows)):
        high = max([_high(a, type) for a in shown.acts if a.row == row], default=0.0) + type.air
        head = row_head(shown.rows[row], type)
        high = max(high, 14 + sum(size for _, size, _ in head) * _LEADING)
        rows.append(Box(left, y, way.width, high))
        y += high
    boxes = tuple(
        Box(left + x - w / 2, rows[act.row].centre[1] - _high(act, type) / 2, w, _high(act, type))
        for act, x, w in zip(shown.acts, way.centres, wide, strict=True)
    )
    y += 8
    lines = max(
        (len(list(_strip_lines(shown, way, s, type))) for s in range(len(needs))), default=0
    )
    strip = Box(left, y, way.width, lines * type.clock * _LEADING + 12 if shown.flags else 0.0)
    y += strip.height + 4
    return Placed(shown, type, way, left, boxes, tuple(rows), heads, spine, strip, y)


def _wide(act: ActShown, type: Type) -> float:
    lines = [em(line) * type.box for line in act.lines]
    lines[-1] += em(mark_of(act)) * type.note
    lines += [em(line) * type.under for line in act.under]
    frame = 11 + (2 * _INNER if act.ends else 0.0)
    return max(64.0, max(lines) + frame, 40.0 * len(act.flags) + 22)


def mark_of(act: ActShown) -> str:
    """What stands behind the name: that it is inferred, and the number of its ground."""
    return ("※" if act.inferred else "") + (f"[{act.note}]" if act.note else "")


def _high(act: ActShown, type: Type) -> float:
    day = type.note * _LEADING if act.done else 0.0
    under = len(act.under) * type.under * _LEADING
    return len(act.lines) * type.box * _LEADING + under + day + 11


def _need(shown: RoadShown, stage: int, type: Type) -> float:
    """How wide a stage must be for its name and its part of the strip."""
    head = _head_lines(shown, stage, type) if shown.stages else []
    words = max([em(text) * size for text, size, _ in head], default=0.0) + 2 * _POINT
    texts = [text for f in shown.flags if f.stage == stage for text in (f.text, f.sheet) if text]
    flags = max((max(min(em(text), 8.0), _word(text)) for text in texts), default=0.0)
    numbers = shown.numbers[stage : stage + 1] if shown.flags else ()
    signs = max((em(_down(number)) * type.note for number in numbers), default=0.0)
    return max(words, flags * type.clock + 36, signs + 24)


def _down(number: str) -> str:
    """The sign that leads down to a stage's sheet."""
    return f"▼ {number}"


def _word(text: str) -> float:
    """The widest piece of a text that cannot be broken, in em."""
    return max(map(em, wrap(text, 1.0)))


def _hold_wide(hold: HoldShown, type: Type) -> float:
    """How wide a piece of the spine is at least: its name and its clocks in two lines each."""
    lines = [(line, type.row) for line in wrap(hold.label, em(hold.label) / 2 + 2)]
    lines += [
        (line, type.clock) for c in hold.clocks for line in wrap(c, max(6.5, em(c) / 2 + 1.2))
    ]
    return max(em(line) * size for line, size in lines) + 3 * _POINT + _flags_wide(hold)


def _flags_wide(hold: HoldShown) -> float:
    """The room of its flags, on both sides of what stands in the middle."""
    return 44.0 * len(hold.flags)


def _head_lines(
    shown: RoadShown, stage: int, type: Type, start: float = 0.0, end: float = 0.0
) -> Lines:
    """The lines of a stage's head: text, size, bold; its number alone, where it has nothing on this
    sheet of several. They fill the stage from where to where it goes, if that is known."""
    room = end - start - 2 * _POINT
    label, words = shown.stages[stage]
    here = {*(act.stage for act in shown.acts), *(flag.stage for flag in shown.flags)}
    if (shown.come or shown.goes) and stage not in here:
        label, words = label.partition(" ")[0], ""
    wide = max(min(type.says, type.head), room / type.clock)
    says = wrap(words, wide) if words and type.says else ()
    wide = max(type.head, room / type.stage)
    name = [(line, type.stage, True) for line in abridged(label, wide, type.lines)]
    return [*name, *((line, type.clock, False) for line in says)]


def high_of(lines: Lines) -> float:
    """How high lines are, one under another."""
    return sum(size * _LEADING for _, size, _ in lines)


def _side(shown: RoadShown, type: Type) -> float:
    """How wide the heads of the rows are: as wide as a word that cannot be broken."""
    heads = [*shown.rows, *([(shown.spine, "")] if shown.spine else ())]
    lines = (line for row in heads for line in row_head(row, type))
    return max([_SIDE, *(em(text) * size + 8 for text, size, _ in lines)])


def _pieces(shown: RoadShown, way: Roadway) -> list[tuple[HoldShown, float, float]]:
    """The pieces of the spine that stand on this sheet, each with where it begins and ends."""
    spans = zip(shown.holds, way.spans, strict=True)
    return [(hold, *span) for hold, span in spans if span is not None]


def _hold_lines(hold: HoldShown, width: float, type: Type) -> Lines:
    """Name and clocks in as few lines as they take: clocks side by side where they fit."""
    room = width - 3 * _POINT - _flags_wide(hold) + 1
    joined = "  ".join(hold.clocks)
    clocks = [joined] if em(joined) * type.clock <= room else hold.clocks
    return [
        *((line, type.row, True) for line in wrap(hold.label, room / type.row)),
        *((line, type.clock, False) for c in clocks if c for line in wrap(c, room / type.clock)),
    ]


def _spine_high(shown: RoadShown, way: Roadway, type: Type) -> float:
    if not shown.holds:
        return 0.0
    lines = [lines for _, _, _, lines in _spelt(shown, way, type)]
    return max(map(high_of, [*lines, _spine_head(shown, type)])) + 12


def _spine_head(shown: RoadShown, type: Type) -> Lines:
    limited = any(hold.clocks for hold in shown.holds)
    return row_head((shown.spine, "\n".join(words_of(shown, _LIMITS)) if limited else ""), type)


def words_of(shown: RoadShown, text: Text, *values: object) -> tuple[str, ...]:
    """Words of the sheet's own, in each of its languages."""
    return tuple(phrasing(lang)(text, *values) for lang in shown.langs)


def _joined(shown: RoadShown, text: Text) -> str:
    return " / ".join(words_of(shown, text))


def _spelt(
    shown: RoadShown, way: Roadway, type: Type
) -> Iterator[tuple[HoldShown, float, float, Lines]]:
    """The pieces of the spine with their lines; who leaves early is told there if nowhere else."""
    told = _early(shown, way, type)[0]
    for hold, start, end in _pieces(shown, way):
        full = evolve(hold, clocks=(*hold.clocks, f"→ {hold.early}"))
        said = full if hold.early and hold is not told else hold
        yield hold, start, end, _hold_lines(said, end - start, type)


def _early(
    shown: RoadShown, way: Roadway, type: Type
) -> tuple[HoldShown | None, float, tuple[str, ...], float]:
    """The last piece of the spine that leaves room to tell who goes from it to the turning point at
    once: from where, the words in their lines, how far."""
    if way.turn is not None:
        pill = _pill(shown, way, type)[0]
        for hold, _, end in reversed(_pieces(shown, way)):
            room = pill - end - 34
            if hold.early and room >= max(60.0, _word(hold.early) * type.clock):
                return hold, end - 14, wrap(hold.early, room / type.clock), pill
    return None, 0.0, (), 0.0


def _pill(shown: RoadShown, way: Roadway, type: Type) -> tuple[float, float]:
    """From where to where the name of the turning point reaches."""
    wide = em(shown.turn) * type.row + 24
    left = min(max((way.turn or 0.0) - wide / 2, 0.0), max(way.width - wide, 0.0))
    return left, left + wide


def _strip_lines(
    shown: RoadShown, way: Roadway, stage: int, type: Type
) -> Iterator[tuple[str, str]]:
    """The lines of a stage's part of the strip, each with the letter that stands before it."""
    start, end = way.stage(stage)
    room = (end - start - 14) / type.clock - _indent(shown, stage)
    for told in (f for f in shown.flags if f.stage == stage):
        yield from flag_lines(told, room)


def _indent(shown: RoadShown, stage: int) -> float:
    """How far in its part of the strip stands, in em: behind the letters that are there."""
    lettered = any(flag.letter for flag in shown.flags if flag.stage == stage)
    return LETTER if lettered else 0.0


def flag_lines(told: FlagShown, room: float) -> Iterator[tuple[str, str]]:
    """What leaves the road in lines of so many em, each with the letter that stands before it."""
    lines = [*wrap(f"✓ {told.text}" if told.taken else told.text, room)]
    sheet = f" ({told.sheet})" if told.sheet else ""
    if em(lines[-1] + sheet) <= room:
        lines[-1] += sheet
    else:
        lines.append(sheet.strip())
    for n, line in enumerate(lines):
        yield (told.letter if not n else ""), line


# -- how it looks --------------------------------------------------------------------------------


def road_picture(shown: RoadShown, type: Type = Type()) -> Picture:
    """The sheet as a picture."""
    sheet = placed(shown, type)
    groups = [
        _title(sheet), *_heads(sheet), *_rows(sheet), *_spine(sheet), *_line(sheet),
        *_ring(sheet), *_arrows(sheet), *_acts(sheet), *_plates(sheet), *_strip(sheet),
    ]  # fmt: skip
    foot, bottom = _foot(sheet)
    acts = phrasing(shown.lang).series(f"{a.number or ''} {a.name}".strip() for a in shown.acts)
    return Picture(
        round(sheet.right + _EDGE, 1), round(bottom + _EDGE, 1),
        shown.title, f"{shown.title}. {acts}", shown.lang, (*groups, foot),
    )  # fmt: skip


def _title_lines(shown: RoadShown, right: float, type: Type) -> tuple[str, ...]:
    room = _title_room(shown, right, type)
    return abridged(shown.title, room / type.title, type.lines)


def _title_room(shown: RoadShown, right: float, type: Type) -> float:
    """How wide the title may be, left of the corner."""
    return max(right - _EDGE - max(map(em, shown.corner)) * type.note - 16, 12 * type.title)


def _title(sheet: Placed) -> Group:
    shown, type = sheet.shown, sheet.type
    room = _title_room(shown, sheet.right, type)
    lines = _title_lines(shown, sheet.right, type)
    words = [Print((_EDGE, _EDGE + type.title * (0.95 + 1.2 * n)), line, type.title, bold=True)
             for n, line in enumerate(lines)]  # fmt: skip
    after = em(lines[-1]) * type.title + 14
    if shown.says and after + em(shown.says) * type.stage <= room:
        words.append(Print((_EDGE + after, words[-1].at[1]), shown.says, type.stage))
    wide = max(map(em, shown.corner)) * type.note
    for n, line in enumerate(shown.corner):
        at = (sheet.right - wide, _EDGE + type.note + n * type.note * _LEADING)
        words.append(Print(at, line, type.note, GREY))
    return Group(shown.title, tuple(words))


def _heads(sheet: Placed) -> Iterator[Group]:
    type, box = sheet.type, sheet.heads
    for number, stage in enumerate(sheet.shown.stages):
        start, end = sheet.stage(number)
        frame = Box(start, box.y, end - start - 2, box.height)
        words = head_words(_head_lines(sheet.shown, number, type, start, end), frame, INK)
        yield Group(stage[0], (_chevron(frame, RULE, STONE, bool(number)), *words))


def _chevron(box: Box, line: str, fill: str, notched: bool, width: float = 1.0) -> Curve:
    x, y, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    notch = [(x + _POINT, box.centre[1])] if notched else []
    neck = right - _POINT + 2
    points = [(x, y), (neck, y), (right + 2, box.centre[1]), (neck, bottom), (x, bottom), *notch]
    return Curve(tuple(points), line, fill, width, closed=True)


def row_head(row: tuple[str, str], type: Type) -> Lines:
    """The lines of a row's head: text, size, bold; a long name makes it wider, not ever higher, or
    is told in part."""
    whole = em(row[0]) * type.row / _ROW_LINES if type.lines > _ROW_LINES else 0.0
    room = max(_SIDE - 10, whole)
    label = [(line, type.row, True) for line in abridged(row[0], room / type.row, type.lines)]
    left = max(1, type.lines - len(label))
    small = abridged(row[1], room / type.note, left) if row[1] else ()
    return [*label, *((line, type.note, False) for line in small)]


def colours(shown: RoadShown, row: int) -> tuple[str, str]:
    """Line and tint of a row, on every sheet the same."""
    return ROWS[shown.groups[row] % len(ROWS)]


def head_words(lines: Lines, box: Box, colour: str) -> Iterator[Print]:
    """The lines in the middle of a box."""
    y = box.centre[1] - high_of(lines) / 2
    for text, size, bold in lines:
        y += size * _LEADING
        yield Print((box.centre[0], y - size * 0.25), text, size, colour, "middle", bold)


def _rows(sheet: Placed) -> Iterator[Group]:
    for n, (row, box) in enumerate(zip(sheet.shown.rows, sheet.rows, strict=True)):
        line, tint = colours(sheet.shown, n)
        head = Box(_EDGE, box.y, box.x - _EDGE, box.height)
        words = head_words(row_head(row, sheet.type), head, WHITE)
        yield Group(row[0], (Rect(box, RULE, tint, 0.8), Rect(head, line, line, 0.8), *words))
    if not sheet.rows:
        return
    top, bottom = sheet.rows[0].y, sheet.rows[-1].y + sheet.rows[-1].height
    for stage in range(1, len(sheet.shown.stages)):
        x = sheet.stage(stage)[0]
        if x != sheet.turn:
            yield Group("", (straight([(x, top), (x, bottom)], RULE, 0.9, "dot"),))


def _spine(sheet: Placed) -> Iterator[Group]:
    shown, type, box = sheet.shown, sheet.type, sheet.spine
    if not shown.holds:
        return
    head = Box(_EDGE, box.y, box.x - _EDGE - 2, box.height)
    lines = _spine_head(shown, type)
    yield Group(shown.spine, (Rect(head, ROAD, ROAD, 1), *head_words(lines, head, WHITE)))
    for n, (hold, start, end, words) in enumerate(_spelt(shown, sheet.way, type)):
        piece = Box(sheet.left + start, box.y, end - start - 3, box.height)
        part = f"hold{shown.holds.index(hold)}"
        yield evolve(_piece(hold, piece, words, type, notched=n > 0), part=part)


def _piece(hold: HoldShown, box: Box, lines: Lines, type: Type, *, notched: bool) -> Group:
    fill, colour = (WHITE, INK) if hold.after else (ROAD, WHITE)
    ring = [_chevron(box, NOW, "none", notched, 5.0)] if (hold.now or hold.changed) else []
    inner = Box(box.x + _POINT / 2, box.y, box.width, box.height)
    shapes: list[Shape] = [
        _chevron(box, ROAD, fill, notched),
        *ring,
        *head_words(lines, inner, colour),
    ]
    for k, letter in enumerate(hold.flags):
        shapes += flag((box.x + 12 + 20 * k, box.y + 3), letter, type)
    return Group(" ".join([hold.label, *hold.clocks]), tuple(shapes))


def _line(sheet: Placed) -> Iterator[Group]:
    """The line of the turning point through all rows, and who comes to it early."""
    shown, type, x = sheet.shown, sheet.type, sheet.turn
    if x is None or not shown.turn:
        return
    left, right = (sheet.left + end for end in _pill(shown, sheet.way, type))
    high = type.row * 1.6
    pill = Box(left, sheet.spine.y - high - 3, right - left, high)
    bottom = sheet.rows[-1].y + sheet.rows[-1].height
    said = Print((pill.centre[0], pill.centre[1] + type.row * 0.36), shown.turn, type.row, WHITE,
                 "middle", bold=True)  # fmt: skip
    line = straight([(x, pill.centre[1]), (x, bottom)], ROAD, 6.0)
    yield Group(shown.turn, (line, Rect(pill, ROAD, ROAD, 1, high / 2), said))
    _, start, words, end = _early(shown, sheet.way, type)
    if words:
        yield _bypass(sheet, words, sheet.left + start, sheet.left + end)


def _bypass(sheet: Placed, lines: tuple[str, ...], start: float, end: float) -> Group:
    """From a piece of the spine to the turning point at once."""
    type, step = sheet.type, sheet.type.clock * 1.2
    y = sheet.spine.y - max(type.row * 0.8 + 3, len(lines) * step / 2 + 4)
    line = arrow([(start, sheet.spine.y), (start, y), (end - 1, y)], EARLY)
    wide, middle = max(map(em, lines)) * type.clock, (start + end) / 2 - 3
    top = y - len(lines) * step / 2
    said = [Print((middle, top + (n + 0.8) * step), text, type.clock, ROAD, "middle", bold=True)
            for n, text in enumerate(lines)]  # fmt: skip
    ground = Box(middle - wide / 2 - 5, top - 1, wide + 10, len(lines) * step + 2)
    return Group(" ".join(lines), (*line, Rect(ground, "none", WHITE, 0), *said))


def _tip(base: Point, tip: Point, half: float) -> tuple[Point, Point, Point]:
    """An arrowhead along a row or a column."""
    if base[1] == tip[1]:
        return (tip, (base[0], base[1] - half), (base[0], base[1] + half))
    return (tip, (base[0] - half, base[1]), (base[0] + half, base[1]))


@frozen
class Stroke:
    """How an arrow is drawn: colour, width, dash, length and half width of its head."""

    colour: str
    width: float
    dash: Dash
    length: float
    half: float


ON_ROAD: Final = Stroke(ROAD, 5.0, "", 12.0, 7.0)
EARLY: Final = Stroke(ROAD, 2.4, "", 11.0, 4.5)
BESIDE: Final = Stroke(GREY, 1.6, "dash", 9.0, 4.0)


def arrow(path: Sequence[Point], stroke: Stroke) -> tuple[Curve, Curve]:
    """A line with its head."""
    tip, before = path[-1], path[-2]
    neck = towards(tip, before, stroke.length - 1)
    head = _tip(towards(tip, before, stroke.length), tip, stroke.half)
    return (
        straight([*path[:-1], neck], stroke.colour, stroke.width, stroke.dash),
        Curve(head, stroke.colour, stroke.colour, closed=True),
    )


def _arrows(sheet: Placed) -> Iterator[Group]:
    labels = []
    for (one, other), path in zip(pairwise(sheet.shown.acts), sheet.paths, strict=True):
        title = f"{one.name} → {other.name}" + (f": {one.paper}" if one.paper else "")
        yield Group(title, arrow(path, ON_ROAD if one.number else BESIDE))
        if one.paper and one.row != other.row:
            labels.append(Group("", tuple(_paper(sheet, one, other, path))))
    yield from labels


def _paper(sheet: Placed, one: ActShown, other: ActShown, path: Sequence[Point]) -> Iterator[Shape]:
    """The name of the paper on the upright leg, next to the row that it leaves."""
    row, size = sheet.rows[one.row], sheet.type.note
    down = other.row > one.row
    edge = row.y + row.height if down else row.y
    x, y = path[-1][0], edge + (-6.5 if down else 6.5)
    wide = em(one.paper) * size + 4
    yield Rect(Box(x - wide / 2, y - 7.5, wide, 15), "none", WHITE, 0, 2)
    yield Print((x, y + size * 0.36), one.paper, size, INK, "middle")


def _ring(sheet: Placed) -> Iterator[Group]:
    """Round the act for which a case waits, under the arrow that comes to it."""
    for act, box in zip(sheet.shown.acts, sheet.boxes, strict=True):
        if act.now or act.changed:
            ring = Box(box.x - 5, box.y - 5, box.width + 10, box.height + 10)
            yield Group("", (Rect(ring, NOW, "none", 4.0, 10),))


def _acts(sheet: Placed) -> Iterator[Group]:
    for n, (act, box) in enumerate(zip(sheet.shown.acts, sheet.boxes, strict=True)):
        stage = sheet.shown.stages[act.stage][0] if sheet.shown.stages else ""
        where = f"{stage} {act.sheet}".strip()
        title = f"{act.number or ''} {act.agency}: {act.name} ({where})".strip() + heard(
            sheet.shown, act
        )
        yield Group(title, tuple(_act(sheet, act, box)), f"act{n}")


def _plate_wide(number: int, type: Type) -> float:
    return em(str(number)) * type.clock + 16


def _plates(sheet: Placed) -> Iterator[Group]:
    """Where the road comes from the sheet before and goes on to the next: a pointed plate with the
    number of the act there."""
    shown, type = sheet.shown, sheet.type
    for number, text, box, side in (
        (shown.come, _COMES, sheet.boxes[:1], -1),
        (shown.goes, _GOES, sheet.boxes[-1:], 1),
    ):
        for act in box if number else ():
            wide, y = _plate_wide(number, type), act.centre[1]
            x = act.x + act.width + 4 if side > 0 else act.x - 4 - wide
            at = (x + (wide - 5) / 2, y + type.clock * 0.36)
            said = Print(at, str(number), type.clock, WHITE, "middle", bold=True)
            title = " / ".join(words_of(shown, text, number))
            yield Group(title, (plate(Box(x, y - 9, wide, 18), ROAD, ROAD), said))


def plate(box: Box, line: str, fill: str, width: float = 1.0, point: float = 7.0) -> Curve:
    """A pointed plate: where it goes on on another sheet."""
    x, y, neck, low = box.x, box.y, box.x + box.width - point, box.y + box.height
    tip = (box.x + box.width, box.centre[1])
    return Curve(((x, y), (neck, y), tip, (neck, low), (x, low)), line, fill, width, closed=True)


def heard(shown: RoadShown, act: ActShown) -> str:
    """That an act was done against the rules, for who hears it."""
    return f" {_joined(shown, IRREGULAR)}" if act.irregular else ""


def _act(sheet: Placed, act: ActShown, box: Box) -> Iterator[Shape]:
    type, plain = sheet.type, sheet.shown.case is None
    line = colours(sheet.shown, act.row)[0]
    yield Rect(box, line, WHITE, 2.2, 6, "" if act.number else "dash")
    if act.ends:
        wide, high = box.width - 2 * _INNER, box.height - 2 * _INNER
        yield Rect(Box(box.x + _INNER, box.y + _INNER, wide, high), line, "none", 1.0, 4)
    high = _high(act, type) - 11
    foot = box.centre[1] + high / 2 - (type.note * _LEADING if act.done else 0.0)
    for n, text in enumerate(reversed(act.under)):
        below = (box.centre[0], foot - n * type.under * _LEADING - type.under * 0.28)
        yield Print(below, text, type.under, GREY, "middle")
    if act.done:
        under = (box.centre[0], box.centre[1] + high / 2 - type.note * 0.28)
        yield Print(under, f"✓ {act.done}", type.note, ROAD, "middle", bold=True)
    for n, text in enumerate(act.lines):
        y = box.centre[1] - high / 2 + (n + 1) * type.box * _LEADING - type.box * 0.28
        mark = mark_of(act) if n == len(act.lines) - 1 else ""
        shift = em(mark) * type.note / 2
        yield Print((box.centre[0] - shift, y), text, type.box, INK, "middle", bold=True)
        if mark:
            at = (box.centre[0] - shift + em(text) * type.box / 2 + 1, y)
            yield Print(at, mark, type.note, GREY)
    if act.number:
        filled = plain or bool(act.done)
        disc = Box(box.x - 10, box.y - 14, 20, 20)
        yield Rect(disc, line, line if filled else WHITE, 1.6, 10)
        at = (disc.centre[0], disc.centre[1] + type.clock * 0.36)
        colour = WHITE if filled else line
        yield Print(at, str(act.number), type.clock, colour, "middle", bold=True)
    for k, letter in enumerate(act.flags):
        yield from flag(
            (box.x + box.width + 9 - 20 * (len(act.flags) - k), box.y - 17), letter, type
        )


def flag(at: Point, letter: str, type: Type) -> Iterator[Shape]:
    """A flag where another way leaves."""
    x, y = at
    points = ((x, y), (x + 18, y), (x + 18, y + 16), (x + 9, y + 20), (x, y + 16))
    yield Curve(points, WHITE, AWAY, 0.8, closed=True)
    yield Print((x + 9, y + 13.5), letter, type.clock, WHITE, "middle", bold=True)


def _strip(sheet: Placed) -> Iterator[Group]:
    shown, type, box = sheet.shown, sheet.type, sheet.strip
    if not shown.flags:
        return
    head = Box(_EDGE, box.y, box.x - _EDGE, box.height)
    name, *others = words_of(shown, _OTHER)
    small = [*words_of(shown, _WAYS)[:1], *others]
    lines = [(name, type.row, True), *((text, type.note, False) for text in small)]
    yield Group(_OTHER.in_(shown.lang), (
        Rect(box, AWAY, WHITE, 1.6), Rect(head, AWAY, AWAY, 1.6), *head_words(lines, head, WHITE),
    ))  # fmt: skip
    yield Group("", tuple(_numbers(sheet)))
    for stage in range(max(1, len(shown.stages))):
        start, end = sheet.stage(stage)
        if stage:
            sides = [(start, box.y + 4), (start, box.y + box.height - 4)]
            yield Group("", (straight(sides, AWAY, 0.9, "dot"),))
        indent = _indent(shown, stage)
        room = (end - start - 14) / type.clock - indent
        yield from flags_told(shown, stage, (start + 7, box.y + 2), room, indent, type)


def flags_told(
    shown: RoadShown, stage: int, at: Point, room: float, indent: float, type: Type
) -> Iterator[Group]:
    """What leaves the road in a stage, one under another, behind its letters."""
    x, y = at
    for n, told in enumerate(shown.flags):
        words: list[Shape] = []
        for letter, text in flag_lines(told, room) if told.stage == stage else ():
            y += type.clock * _LEADING
            if letter:
                words.append(Print((x, y), letter, type.clock, AWAY, bold=True))
            words.append(Print((x + indent * type.clock, y), text, type.clock))
        if words:
            yield Group(told.text, tuple(words), f"flag{n}")


def _numbers(sheet: Placed) -> Iterator[Shape]:
    """The sheet of each stage, by its number, on the border over its part of the strip: an arrow
    down to it from the acts above."""
    size = sheet.type.note
    for stage, number in enumerate(sheet.shown.numbers):
        said, right = _down(number), sheet.stage(stage)[1] - 8
        wide = em(said) * size + 8
        box = Box(right - wide, sheet.strip.y - 8.5, wide, 15)
        yield Rect(box, AWAY, WHITE, 0.9, 4)
        at = (box.centre[0], sheet.strip.y - 1 + size * 0.36)
        yield Print(at, said, size, AWAY, "middle", bold=True)


# -- under it ------------------------------------------------------------------------------------


def _foot(sheet: Placed) -> tuple[Group, float]:
    """The legend, what everything rests on, and how to read it."""
    shown, type = sheet.shown, sheet.type
    y = sheet.bottom + 14
    shapes, y = _legend(sheet, y)
    y += type.note * 1.6 if shapes else 0.0
    if shown.notes:
        text = "\u3000".join(shown.notes)
        head = _joined(shown, _BASIS)
        start = _EDGE + em(head) * type.note + 12
        lines = wrap(text, (sheet.right - start) / type.note)
        shapes.append(Print((_EDGE, y), head, type.note, bold=True))
        words = [Print((start, y + n * type.note * _LEADING), line, type.note)
                 for n, line in enumerate(lines)]  # fmt: skip
        shapes += leading(words, shown.cited)
        y += (len(lines) - 1) * type.note * _LEADING + type.note * 1.6
    for line in (
        wrap("\u3000".join(shown.sheets), (sheet.right - _EDGE) / type.note) if shown.sheets else ()
    ):
        shapes.append(Print((_EDGE, y), line, type.note, bold=True))
        y += type.note * 1.5
    read = words_of(shown, _READ, shown.turn) if shown.turn else words_of(shown, _how_read(shown))
    told = told_under(shown)
    for line in in_lines(told or read, (sheet.right - _EDGE) / type.note):
        shapes.append(Print((_EDGE, y), line, type.note, INK if told else GREY))
        y += type.note * _LEADING
    return Group("", tuple(shapes)), y - type.note


def _how_read(shown: RoadShown) -> Text:
    return _READ_ON if shown.acts else _NONE


def told_under(shown: RoadShown) -> tuple[str, ...]:
    """What is told of a case or of a difference, and what the marks of it mean."""
    case = () if shown.case is None else (*shown.case, *words_of(shown, _CASE))
    if shown.case and any(act.irregular for act in shown.acts):
        case = (*case, *words_of(shown, AGAINST_DONE))
    return (*case, *shown.differs, *(words_of(shown, _CHANGED) if shown.differs else ()))


def _asked(shown: RoadShown) -> tuple[bool, ...]:
    """Which signs of the legend are on the sheet; the arrow, where there are others."""
    acts = shown.acts
    others = (
        any(not act.number for act in acts),
        bool(shown.flags),
        any(act.inferred for act in acts),
        any(act.ends for act in acts),
        any("△" in note for note in shown.notes),
        bool(shown.come or shown.goes),
    )
    return (any(others), *others)


def marks_told(shown: RoadShown) -> tuple[str, ...]:
    """What the marks mean that words explain alone, and how the sheet is read."""
    said, asked = phrasing(shown.lang), _asked(shown)
    marks = (said(_LEGEND[n]) for n in (3, 5) if asked[n])
    told = shown.case is not None or shown.differs
    return tuple(marks) if told else (*marks, said(_how_read(shown)))


def _legend(sheet: Placed, y: float) -> tuple[list[Shape], float]:
    """The signs with what they mean, in as many lines as they take; and where the last stands."""
    shown, type = sheet.shown, sheet.type
    x, letter = _EDGE, next((f.letter for f in shown.flags if f.letter), "")
    shapes: list[Shape] = []
    for kind, (wanted, text) in enumerate(zip(_asked(shown), _LEGEND, strict=True)):
        if not wanted:
            continue
        said, wide = _joined(shown, text), _sign(kind, x, y, type, letter)[1]
        if x > _EDGE and x + wide + em(said) * type.note > sheet.right:
            x, y = _EDGE, y + type.note * 1.6
        shapes += [*_sign(kind, x, y - 4, type, letter)[0], Print((x + wide, y), said, type.note)]
        x += wide + em(said) * type.note + 26
    return shapes, y


def _sign(
    kind: int, x: float, y: float, type: Type, letter: str
) -> tuple[tuple[Shape, ...], float]:
    """A sign of the legend, and how much room it takes."""
    if kind < 2:
        return arrow([(x, y), (x + 34, y)], BESIDE if kind else ON_ROAD), 42
    if kind == 2:
        return tuple(flag((x, y - 9), letter, type)), 26
    if kind == 4:
        outer, inner = Box(x, y - 8, 30, 15), Box(x + 3, y - 5, 24, 9)
        return (Rect(outer, INK, WHITE, 1.6, 4), Rect(inner, INK, "none", 1, 3)), 38
    if kind == 6:
        return (plate(Box(x, y - 9, 26, 18), ROAD, ROAD),), 34
    return (), 0.0
