"""A case as a Gantt chart: states and time limits as bars under one axis of dates.

The first days of a case are crowded and its later months are empty, so every day on which
something happens or ends gets a column of its own, every moment in it a step, and the days
between are taken out; a break says how many they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from string import ascii_uppercase

from attrs import evolve, frozen

from ...definition import Language, Machine, Text
from ...definition.phrasing import phrasing
from ...definition.wording import AGAINST, IRREGULAR, OVERDUE, limit_text
from ...runtime import Case
from ...runtime.names import called
from ..formats.chart import (
    LINE,
    TITLE,
    WRONG,
    Entry,
    column,
    entries,
    finished,
    height_of,
    line,
    sign_of,
    width_of,
)
from ..formats.picture import (
    BLUE,
    GREY,
    INK,
    MARGIN,
    ORANGE,
    PALE,
    RED,
    SAND,
    SKY,
    Curve,
    Group,
    Picture,
    Print,
    Rect,
    Shape,
)
from ..layout.placed import SMALL, Box
from .case_course import Ending, Stay, Term, machines_with_a_course, statutory, stays, terms

_NAME, _WHEN, _HOW = 176.0, 152.0, 66.0  # the columns left of the axis: what, from-until, how
_LEFT = _NAME + _WHEN + _HOW
_INSTANT = timedelta(microseconds=1)
_STEP, _AIR = 9.0, 6.0  # the least width of a moment; beside the name of a day
_HEAD = 66.0  # height of the axis
_LINE = 10.0  # from one line of a day's name to the next
_RULE = "#c8c8c8"
_TITLE = Text("事件の時系列図", "Timeline of a case")
_CLOCK = Text("法定の時計", "Statutory clock")
_NEXT = Text("次に満了する期限", "the limit next to run out")
_HOWS: dict[Ending, Text] = {
    "met": Text("○ 期限内", "○ in time"),
    "running": Text("▷ 進行中", "▷ running"),
    "still": Text("‖ 停止中", "‖ stopped"),
    "overdue": OVERDUE,
    "lapsed": Text("■ 満了", "■ ran out"),
    "at_once": Text("― 直ちに", "― at once"),
}
_SIGNS: tuple[Text, ...] = (
    Text("帯: 状態(太枠は現在の状態、◆は終了)", "Wide bar: state (heavy frame: now, ◆: end)"),
    Text("細い帯: 期限の始まりから最後の時点まで。塗りは経過した部分",
         "Thin bar: limit, from its start to its last moment; the filled part was used"),
    Text("― 直ちに(長さのない期限。点線は要した時間)",
         "― at once (a limit without length; dotted: how long it took)"),
    Text("A, B ...: 満了すると法律上の効果が生じる期限",
         "A, B ...: limits that take effect by law when they run out"),
    Text("○ 期限内に終了", "○ ended in time"),
    Text("▷ 進行中(破線)", "▷ still running (dashed)"),
    Text("! 超過(×印まで)", "! overdue (as far as the ×)"),
    Text("■ 満了により法律上の効果", "■ ran out, with effect by law"),
    Text("縦線の数字: 下の記録の番号", "Number on a line: entry in the list below"),
    Text("波線: 出来事のない日を省略(数字は日数)",
         "Zigzag: so many days without events left out"),
    Text("灰色の地: 最後の記録より後", "Grey ground: after the last entry"),
)  # fmt: skip
_GAP = Text("‖ 停止中(空白・破線)", "‖ stopped (empty, dashed)")
_AGAINST = Text(
    f"{AGAINST}・点線: 規則に反する記録と、それによる状態",
    f"{AGAINST}, dotted: an entry against the rules, and a state that came of it",
)
_HEADS = (Text("状態・■期限", "State, ■ limit"), Text("始め – 終わり", "From – until"),
          Text("期限", "Limit"))  # fmt: skip


# -- the axis --------------------------------------------------------------------------------


@frozen
class Day:
    """The column of one day, and the break before it where `skipped` days are left out."""

    day: date
    x: float
    width: float
    skipped: int
    gap: float


@frozen
class Axis:
    """Where each moment stands, and the days above."""

    at: Mapping[datetime, float]
    days: tuple[Day, ...]
    right: float


def axis(case: Case, left: float, lang: Language = "ja") -> Axis:
    """The axis of all moments at which something happens, starts or ends."""
    room = dict.fromkeys(_moments(case), _STEP)
    for at, there in _at_once(case).items():
        room[at] = max(room[at], width_of(_numbers(there)) + 5)
    places: dict[datetime, float] = {}
    days: list[Day] = []
    x = left
    for day, group in groupby(sorted(room), key=datetime.date):
        skipped = (day - days[-1].day).days - 1 if days else 0
        gap = width_of(str(skipped)) + _AIR if skipped else 0.0
        x += gap
        moments = list(group)
        # The end of a limit of hours stands with its last moment, an instant before.
        ends = [m for m in moments if m - _INSTANT in moments]
        room |= {m - _INSTANT: max(room[m - _INSTANT], room[m]) for m in ends}
        need = sum(room[m] for m in moments if m not in ends)
        width = max(*map(width_of, _named(day, lang)), need - _AIR) + _AIR
        days.append(Day(day, x, width, skipped, gap))
        step = x
        for at in moments:
            if at in ends:
                places[at] = places[at - _INSTANT]
                continue
            share = room[at] * width / need
            places[at], step = step + share / 2, step + share
        x += width
    return Axis(places, tuple(days), x)


def _named(day: date, lang: Language) -> tuple[str, ...]:
    """A day in short lines, and its day of the week."""
    said = phrasing(lang)
    return (*said.day(day).split(), said.weekday(day))


def _signs(case: Case, wrong: bool) -> tuple[Text, ...]:
    """What is explained; that a limit stands still, or that something was against the rules or
    does the wrong, only where that is so."""
    irregular = any(record.irregular for record in case.journal)
    return (
        *_SIGNS,
        *([_GAP] if any(term.gaps for term in terms(case)) else []),
        *([_AGAINST] if irregular else []),
        *([WRONG] if wrong else []),
    )


def _moments(case: Case) -> Iterator[datetime]:
    yield from (record.at for record in case.journal)
    for term in terms(case):
        yield from (term.started, term.last or term.started)


def _at_once(case: Case) -> dict[datetime, tuple[Entry, ...]]:
    """The entries at each moment."""
    return {at: tuple(group) for at, group in groupby(entries(case), key=lambda e: e.at)}


def _numbers(group: Iterable[Entry]) -> str:
    """Their numbers; ■ where one came about by law, ≠ where it was against the rules."""
    return ",".join(f"{sign_of(e)}{e.number}" for e in group)


# -- the picture -----------------------------------------------------------------------------


def case_timeline(case: Case, lang: Language = "ja", *, wrong: bool = False) -> Picture:
    """The case as bars under an axis of dates, with the journal listed underneath; the last entry
    marked where that does the `wrong`."""
    process = case.process
    scale = axis(case, MARGIN + _LEFT, lang)
    top = MARGIN + TITLE * 2.4
    sheet = _Sheet(case, lang, scale, top + _HEAD)
    sheet.clock()
    for machine in machines_with_a_course(case):
        sheet.band(machine)
    parts = [_grid(case, scale, top, sheet.y), _head(scale, lang, top),
             *_ticks(case, scale, top, sheet.y), *sheet.parts,
             _breaks(scale, top, sheet.y)]  # fmt: skip
    title, under = f"{process.label.in_(lang)}: {_TITLE.in_(lang)}", (scale.right + 10, sheet.y)
    return finished(case, title, lang, parts, _signs(case, wrong), under, wrong)


def _grid(case: Case, scale: Axis, top: float, bottom: float) -> Group:
    """The ground: days as columns, grey after the last entry."""
    now = scale.at[case.last]
    shapes: list[Shape] = []
    if now < scale.right - _STEP:
        ahead = Box(now, top + _HEAD, scale.right - now, bottom - top - _HEAD)
        shapes.append(Rect(ahead, "none", "#ececec", 0))
    for day in scale.days:
        shapes.append(line((day.x, top), (day.x, bottom), colour=_RULE, width=0.6))
        if day.skipped:
            x = day.x - day.gap
            shapes.append(line((x, top), (x, bottom), colour=_RULE, width=0.6))
    shapes.append(line((scale.right, top), (scale.right, bottom), colour=_RULE, width=0.6))
    return Group("", tuple(shapes))


def _breaks(scale: Axis, top: float, bottom: float) -> Group:
    """The axis, and every bar that runs across it, is broken where days are left out."""
    shapes: list[Shape] = []
    for x in (day.x - day.gap / 2 for day in scale.days if day.skipped):
        for colour, width in (("#ffffff", 4.0), ("#8c8c8c", 0.8)):
            shapes.append(_zigzag(x, top + _HEAD - 8, bottom, colour, width))
    return Group("", tuple(shapes))


def _zigzag(x: float, top: float, bottom: float, colour: str, width: float) -> Curve:
    """The break of the axis, from top to bottom of the chart."""
    turns = max(2, round((bottom - top) / 12))
    points = [(x + (3 if i % 2 else -3), top + (bottom - top) * i / turns)
              for i in range(turns + 1)]  # fmt: skip
    return line(*points, colour=colour, width=width)


def _head(scale: Axis, lang: Language, top: float) -> Group:
    """Years, days and days of the week; a break says how many days it leaves out."""
    words = [Print((MARGIN + sum((_NAME, _WHEN, _HOW)[:i]) + 4, top + _HEAD - 6), h.in_(lang),
                   SMALL, INK, bold=True) for i, h in enumerate(_HEADS)]  # fmt: skip
    said, year = phrasing(lang), 0
    for day in scale.days:
        middle = day.x + day.width / 2
        if day.day.year != year:
            year = day.day.year
            named = said(Text("{0}年", "{0}"), year)
            words.append(Print((day.x + 3, top + 10), named, SMALL, INK, bold=True))
        for n, text in enumerate(reversed(_named(day.day, lang))):
            y = top + 41 - n * _LINE
            words.append(Print((middle, y), text, SMALL, INK if n else GREY, "middle"))
        if day.skipped:
            x = day.x - day.gap / 2
            words.append(Print((x, top + 41), str(day.skipped), SMALL, GREY, "middle"))
    edge = line((MARGIN, top + _HEAD), (scale.right, top + _HEAD), colour=INK)
    return Group("", (edge, *words))


def _ticks(case: Case, scale: Axis, top: float, bottom: float) -> Iterator[Group]:
    """A line for each moment at which something happened, with the numbers of its entries."""
    by_law = {e.at for e in entries(case) if e.by_law}
    for at, group in _at_once(case).items():
        x, numbers = scale.at[at], _numbers(group)
        heavy = at in by_law
        colour, width = (INK, 1.4) if heavy else (GREY, 0.5)
        tick = line((x, top + 56), (x, bottom), colour=colour, width=width,
                    dash="" if heavy else "dot")  # fmt: skip
        said = Print((x, top + 52), numbers, SMALL, INK, "middle", bold=True)
        yield Group(f"{at:%Y-%m-%d %H:%M}: {numbers}", (tick, said), f"tick{numbers}",
                    entries=tuple(e.number for e in group))  # fmt: skip


class _Sheet:
    """The bands, one under the other."""

    def __init__(self, case: Case, lang: Language, scale: Axis, top: float) -> None:
        self.case, self.lang, self.scale, self.y = case, lang, scale, top
        self.parts: list[Group] = []
        self._opened = case.journal[0].at
        self._terms = terms(case)
        by_law = [t for t in self._terms if t.deadline.on_expiry]
        self._letters = {(t.deadline.id, t.started): _letter(i) for i, t in enumerate(by_law)}

    def clock(self) -> None:
        """The strip on top: which limit is the next to take effect by law."""
        self.y += 4
        cells = (_CLOCK.in_(self.lang), _NEXT.in_(self.lang), "")
        words, height = self._words(cells)
        shapes: list[Shape] = []
        for due in statutory(self.case):
            start, end = self.scale.at[due.since], self.scale.at[due.until]
            if end > start:
                shapes.append(Rect(Box(start, self.y, end - start, 12), INK, "#ffffff", 0.9))
                letter = self._letters[due.deadline, due.started]
                words.append(Print((start + 2.5, self.y + 9), letter, SMALL, INK, bold=True))
        if shapes:
            self._row(": ".join(cells[:2]), [*shapes, *words], "statutory", height + 4)

    def band(self, machine: Machine) -> None:
        """A machine's name, its states as bars and its limits as thinner bars."""
        label = machine.label.in_(self.lang)
        strip = Rect(Box(MARGIN, self.y, self.scale.right - MARGIN, LINE + 3), "none", PALE, 0)
        said = Print((MARGIN + 4, self.y + LINE - 1), label, SMALL + 1, INK, bold=True)
        self.parts.append(Group(label, (strip, said), machine.id))
        self.y += LINE + 5
        for i, stay in enumerate(stays(self.case, machine)):
            self._stay(machine, stay, i)
        for i, term in enumerate(t for t in self._terms if t.deadline.machine == machine.id):
            self._term(term, i)
        self.y += 4

    def _stay(self, machine: Machine, stay: Stay, number: int) -> None:
        label, said = stay.state.label.in_(self.lang), phrasing(self.lang)
        when = self._span(stay.entered, stay.left)
        if stay.state.final:  # an end lasts for ever: only its beginning is of interest
            when = self._short(stay.entered)
        shown = f"{AGAINST} {label}" if stay.irregular else label
        words, height = self._words((shown, when, ""))
        label = said.together(label, said(IRREGULAR)) if stay.irregular else label
        bar = self._bar_of(stay, self.y + height / 2 - 1)
        part = f"{machine.id}.{stay.state.id}.{number}"
        self._row(f"{label}: {when}", [*bar, *words], part, height)

    def _bar_of(self, stay: Stay, y: float) -> list[Shape]:
        start = self.scale.at[stay.entered]
        if stay.state.final:
            points = ((start - 5, y), (start, y - 5), (start + 5, y), (start, y + 5))
            return [Curve(points, INK, INK, closed=True)]
        end = self.scale.at[stay.left or self.case.last]
        now = stay.left is None
        box = Box(start, y - 4, max(end - start, 4.0), 8)
        line, fill, width = (ORANGE, SAND, 2.0) if now else (BLUE, SKY, 0.9)
        return [Rect(box, line, fill, width, dash="dot" if stay.irregular else "")]

    def _term(self, term: Term, number: int) -> None:
        letter = self._letters.get((term.deadline.id, term.started), "")
        law = called(self.case.process, self.case.facts)
        own = law.by_id["deadline"].get(term.deadline.id, term.deadline)
        named = (
            evolve(term.deadline, label=own.label) if term.deadline.called_when else term.deadline
        )
        label = f"■{letter} {limit_text(law, named, self.lang)}"
        when = self._span(term.started, term.last)
        how = _HOWS[term.standing].in_(self.lang)
        words, height = self._words((label, when, how), GREY)
        bar = self._bar_of_term(term, self.y + height / 2 - 1)
        self._row(f"{label}: {when} {how}", [*bar, *words], f"{term.deadline.id}.{number}", height)

    def _bar_of_term(self, term: Term, y: float) -> list[Shape]:
        """An outline from start to last moment, filled as far as it was used."""
        at = self.scale.at
        start, stop = at[term.started], at[term.stopped or self.case.last]
        last = stop if term.last is None else at[term.last]
        late = term.standing == "overdue"
        used = Rect(Box(start, y - 2.5, max(min(stop, last) - start, 1.0), 5), "none",
                    INK if term.standing == "lapsed" else "#a6a6a6", 0)  # fmt: skip
        whole = Rect(Box(start, y - 2.5, max(last - start, 2.0), 5), RED if late else INK, "none",
                     0.9, dash="dash" if term.standing in ("running", "still") else "")  # fmt: skip
        # Where it stood still nothing is used: empty, and its frame dashed.
        gaps = [Rect(Box(at[begins], y - 2.5, max(at[ends] - at[begins], 1.0), 5), INK, "#ffffff",
                     0.9, dash="dash") for begins, ends in term.gaps if begins < ends]  # fmt: skip
        return [used, whole, *gaps, *_end(term.standing, last, stop, y)]

    def _words(self, cells: Iterable[str], colour: str = INK) -> tuple[list[Print], float]:
        """The three cells left of the axis, and how high the row is."""
        words: list[Print] = []
        x, rooms = MARGIN + 12, (_NAME - 16, _WHEN - 4, _HOW - 6)
        for text, room in zip(cells, rooms, strict=True):
            if text:
                words += column(text, (x, self.y + LINE - 3), room, colour)
            x = MARGIN + _NAME + 4 if room == rooms[0] else x + _WHEN
        return words, height_of(words, self.y + LINE - 3) + 2

    def _row(self, title: str, shapes: list[Shape], part: str, height: float) -> None:
        self.parts.append(Group(title, tuple(shapes), part))
        self.y += height

    def _span(self, start: datetime, end: datetime | None) -> str:
        """From start to end; the end's day is not said twice, and an open end stays open."""
        until = "" if end is None else self._short(end)
        if end and end.date() == start.date():
            until = f"{end:%H:%M}"
        return f"{self._short(start)} – {until}".rstrip()

    def _short(self, at: datetime) -> str:
        """Day and time; the year only where it is not that of the opening."""
        other = at.year != self._opened.year
        return f"{phrasing(self.lang).day(at.date(), year=other)} {at:%H:%M}"


def _letter(index: int) -> str:
    """A, B, ... Z, A1, B1 ..."""
    return ascii_uppercase[index % 26] + (str(index // 26) if index >= 26 else "")


def _end(standing: Ending, last: float, stop: float, y: float) -> list[Shape]:
    """The sign at a limit's end that tells how it came out."""
    if standing in ("overdue", "at_once"):
        over = line((last, y), (stop, y), colour=RED if standing == "overdue" else INK, width=1.2,
                    dash="dot")  # fmt: skip
        return [over, *(_cross(stop, y) if standing == "overdue" else [])]
    if standing == "lapsed":
        return [Rect(Box(last - 3.5, y - 3.5, 7, 7), INK, INK, 0)]
    return [Rect(Box(stop - 3, y - 3, 6, 6), INK, "#ffffff", 1.1, 3)] if standing == "met" else []


def _cross(x: float, y: float) -> list[Shape]:
    return [line((x - 3, y - 3), (x + 3, y + 3), colour=RED, width=1.4),
            line((x - 3, y + 3), (x + 3, y - 3), colour=RED, width=1.4)]  # fmt: skip
