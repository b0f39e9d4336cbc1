"""What the charts of a case share: measured words, dates as people write them, the journal's list.

Charts show states, events, agencies and dates. What the facts say is special-care data and stays
out of them, the case's reference too unless it is asked for; the dates are those of the journal and
of the limits that `case.deadlines()` gave at the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Literal

from attrs import evolve, frozen

from ...definition import LAW_CHANGED, Language, Process, Text
from ...definition.phrasing import phrasing
from ...definition.wording import AGAINST, IRREGULAR, grounds_text
from ...runtime import Case, Record
from ...runtime.journal import under_law
from ...runtime.names import called
from ..layout.measure import em, wrap
from ..layout.placed import LEADING, SMALL, Point
from .leads import links
from .picture import GREY, INK, LEGEND, MARGIN, RED, Curve, Group, Picture, Print, Shape, leading

TITLE = 18.0
LINE = SMALL * LEADING  # from one line of small print to the next
_GUTTER = 28.0  # between two columns of the list
_COLUMN = 556.0  # the list takes two columns where each can be so wide
_PAPER = 1140.0  # what stands under a chart is no wider than a sheet of paper
_NUMBER, _MOMENT, _EVENT, _AGENCY = 30.0, 96.0, 150.0, 140.0  # widths in a row of the list
_OPENED = Text("事件の登録", "Case opened")
_CHANGED = Text("法の改正", "Law changed")
_BY_LAW = Text("■期限の満了", "■ a limit ran out")
WRONG = Text("★・赤の太字: 問いに反することになる記録",
             "★, bold and red: the entry that does the wrong")  # fmt: skip
_LIST = Text("記録の一覧(番号・日時・事象・機関・根拠)",
             "The journal (number, date and time, event, agency, basis)")  # fmt: skip


@frozen
class Entry:
    """A journal entry with the number under which the chart and its list speak of it."""

    number: int
    record: Record
    law: Process  # that held then
    by_law: bool  # a limit that ran out brought it about

    @property
    def at(self) -> datetime:
        """When it happened (JST)."""
        return self.record.at


def entries(case: Case) -> tuple[Entry, ...]:
    """The journal, numbered as a replay numbers it: the opening is 0."""
    said = ((called(law, case.facts), record) for law, record in under_law(case))
    return tuple(
        Entry(
            i,
            record,
            law,
            any(d.on_expiry == record.event for d in law.deadlines),
        )
        for i, (law, record) in enumerate(said)
    )


def sign_of(entry: Entry) -> str:
    """What stands before the number of an entry: it came about by law, or against the rules."""
    return "■" if entry.by_law else AGAINST if entry.record.irregular else ""


def event_text(entry: Entry, lang: Language) -> str:
    """What happened, in words, marked where it was against the rules; the opening has no event
    of its own."""
    known = entry.law.by_id["event"].get(entry.record.event)
    own = _CHANGED if entry.record.event == LAW_CHANGED else _OPENED
    words, said = (known.label if known else own).in_(lang), phrasing(lang)
    if entry.record.irregular is None:
        return words
    return said.together(words, said(IRREGULAR))


def agency_text(process: Process, id: str, lang: Language) -> str:
    """The agency in words; nothing where no agency acted."""
    return process.agency(id).label.in_(lang) if id else ""


def moment_text(at: datetime) -> str:
    """Date and time to the minute, Japanese time."""
    return at.strftime("%Y-%m-%d %H:%M")


# -- shapes ---------------------------------------------------------------------------------


def line(
    *points: Point, colour: str = GREY, width: float = 1.0, dash: Literal["", "dash", "dot"] = ""
) -> Curve:
    """Straight legs from point to point."""
    legs = (p for a, b in pairwise(points) for p in (a, b, b))
    return Curve((points[0], *legs), colour, width=width, dash=dash)


def width_of(text: str, size: float = SMALL) -> float:
    """The width of a line of text, in points."""
    return em(text) * size


def column(
    text: str, at: Point, width: float, colour: str = INK, *, bold: bool = False
) -> list[Print]:
    """Small print in a column of this width; `at` is the first line's baseline."""
    lines = wrap(text, width / SMALL)
    return [Print((at[0], at[1] + i * LINE), said, SMALL, colour, bold=bold)
            for i, said in enumerate(lines)]  # fmt: skip


def height_of(words: Iterable[Print], top: float) -> float:
    """How far below the first baseline's line the words reach."""
    return max((w.at[1] - top for w in words), default=0.0) + LINE


def legend(signs: Iterable[Text], lang: Language, y: float, right: float) -> tuple[Group, float]:
    """What the signs mean, in as many lines as needed; and where the last one stands."""
    words, x, right = [], MARGIN, min(right, MARGIN + _PAPER)
    for sign in signs:
        text = sign.in_(lang)
        if x + width_of(text) > right and x > MARGIN:
            x, y = MARGIN, y + LINE + 2
        words.append(Print((x, y), text, SMALL, GREY))
        x += width_of(text) + 20
    return Group(LEGEND.in_(lang), tuple(words)), y


def heading(case: Case, title: str, lang: Language) -> Group:
    """Title, the law that the case follows, and the days from first to last entry."""
    process, said = called(case.process, case.facts), phrasing(lang)
    span = " – ".join(said.dated(at.date()) for at in (case.journal[0].at, case.last))
    jst = said(Text("日本時間", "Japanese time"))
    corner = f"{process.name.in_(lang)}   {span}   {jst}"
    return Group(title, (
        Print((MARGIN, MARGIN + TITLE), title, TITLE, bold=True),
        Print((MARGIN, MARGIN + TITLE * 1.9), corner, SMALL, GREY),
    ))  # fmt: skip


def finished(
    case: Case, title: str, lang: Language, parts: Iterable[Group], signs: Iterable[Text],
    under: Point, wrong: bool,
) -> Picture:  # fmt: skip
    """The chart that ends there, at its right and low, with its title above it, and under it what
    its signs mean and the journal's list; the last entry marked where that does the `wrong`."""
    right, foot = under[0], under[1] + 16
    told, bottom = legend(signs, lang, foot, right)
    wide = max(right + MARGIN, MARGIN * 2 + width_of(title, TITLE), MARGIN * 2 + 520)
    listed, end = journal_list(case, lang, MARGIN, bottom + 16, min(wide - 2 * MARGIN, _PAPER))
    process = called(case.process, case.facts)
    said = Text("記録{0}件。{1}", "{0} journal entries. {1}").in_(lang)
    now = "; ".join(f"{m.label.in_(lang)}: {m.state(case.state(m.id)).label.in_(lang)}"
                    for m in process.machines if case.state(m.id) != m.initial)  # fmt: skip
    groups = (heading(case, title, lang), *parts, told, *listed)
    if wrong:
        groups = tuple(_blamed(group, len(case.journal) - 1) for group in groups)
    description = said.format(len(case.journal), now)
    return Picture(round(wide, 1), round(end + MARGIN, 1), title, description, lang, groups,
                   foot - LINE)  # fmt: skip


def _blamed(group: Group, number: int) -> Group:
    """The group, heavy and red where it is about this entry."""
    if number not in group.entries:
        return group
    return evolve(group, shapes=tuple(_red(shape, f"({number})") for shape in group.shapes))


def _red(shape: Shape, head: str) -> Shape:
    if isinstance(shape, Print):
        text = f"★{shape.text}" if shape.text.startswith(head) else shape.text
        return evolve(shape, text=text, colour=RED, bold=True)
    if shape.line == "none":
        return shape
    return evolve(shape, line=RED, width=2.4, fill=RED if shape.fill == shape.line else shape.fill)


# -- the list under a chart -----------------------------------------------------------------


def journal_list(
    case: Case, lang: Language, x: float, y: float, width: float
) -> tuple[list[Group], float]:
    """Every entry with its basis, in one or two columns; and where the list ends."""
    head = Group("", (Print((x, y + LINE), _LIST.in_(lang), SMALL, INK, bold=True),))
    top = y + 2.4 * LINE
    columns = 2 if width >= 2 * _COLUMN + _GUTTER else 1
    each = (width - (columns - 1) * _GUTTER) / columns
    rows = [_row(e, lang, x, top, each) for e in entries(case)]
    heights = [height_of(row, top) + 2 for row in rows]
    places = _flow(heights, columns)
    groups = [head]
    for entry, row, (at, down) in zip(entries(case), rows, places, strict=True):
        moved = tuple(_right(w, at * (each + _GUTTER), down) for w in row)
        part, about = f"entry{entry.number}", (entry.number,)
        groups.append(Group(event_text(entry, lang), moved, part, entries=about))
    ends = [down + high for (_, down), high in zip(places, heights, strict=True)]
    return groups, top + max(ends, default=0.0)


def _row(entry: Entry, lang: Language, x: float, y: float, width: float) -> list[Print]:
    basis = grounds_text(entry.law, entry.record.basis, lang)
    cited = links(entry.law, entry.record.basis, lang)
    agency = agency_text(entry.law, entry.record.by, lang)
    by = f"{_BY_LAW.in_(lang)} ({agency})" if entry.by_law else agency
    cells = (
        (f"({entry.number})", _NUMBER, INK, True),
        (moment_text(entry.at), _MOMENT, INK, False),
        (event_text(entry, lang), _EVENT, INK, True),
        (by, _AGENCY, INK, False),
        (basis, width - _NUMBER - _MOMENT - _EVENT - _AGENCY, GREY, False),
    )
    words = []
    for text, room, colour, bold in cells:
        if text:
            lines = column(text, (x, y), room - 8, colour, bold=bold)
            words += leading(lines, cited) if text is basis else lines
        x += room
    return words


def _flow(heights: list[float], columns: int) -> list[tuple[int, float]]:
    """The column of each row and how far down it stands, the columns about equally long."""
    share = sum(heights) / columns
    places, at, down = [], 0, 0.0
    for height in heights:
        if down >= share and at < columns - 1:
            at, down = at + 1, 0.0
        places.append((at, down))
        down += height
    return places


def _right(words: Print, dx: float, dy: float) -> Print:
    moved = (words.at[0] + dx, words.at[1] + dy)
    return evolve(words, at=moved)
