"""A case as a sequence chart: who told whom what, who holds the case now, which data went where.

Each agency that takes part has a lifeline. Time runs downwards, a block for each journal entry.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from attrs import frozen

from ...definition import Language, Process, Share, Text, Told, Transition
from ...definition.phrasing import phrasing
from ...definition.wording import AGAINST, FIELDS, ground_text, heading, names_text, told_text
from ...runtime import Case, Moved
from ..formats.chart import (
    LINE,
    TITLE,
    WRONG,
    Entry,
    agency_text,
    entries,
    event_text,
    finished,
    line,
    width_of,
)
from ..formats.picture import (
    BLUE,
    GREY,
    INK,
    MARGIN,
    PALE,
    Curve,
    Dash,
    Group,
    Picture,
    Print,
    Rect,
    Shape,
)
from ..layout.measure import wrap
from ..layout.placed import MOST, SMALL, Box

_TIMES, _APART, _AIR = 44.0, 122.0, 10.0  # the times' column; lifelines, and heads, apart
_PAD, _TEXT = 6.0, 204.0  # around a text; how wide it may be where an arrow is shorter
_TITLE = Text("機関間のやりとり", "Sequence of a case between agencies")
_DATA, _PAPERS = Text("情報提供", "Data"), heading(FIELDS["papers"])
_LATER = Text("{0}日後", "{0} days later")
_SIGNS = (
    Text("実線の矢印: 報告した機関から、いま担当する機関へ",
         "Solid arrow: from the agency that reports to the one that now holds the matter"),
    Text("枠: 担当が移らない記録", "Box: the matter stays where it is"),
    Text("破線の矢印: 情報提供(項目・書面・根拠)",
         "Dashed arrow: data handed over (items, papers, why allowed)"),
    Text("■・太線: 期限の満了により法律上生じる", "■, heavy: by law, as a limit ran out"),
)  # fmt: skip
_AGAINST = Text(f"{AGAINST}・点線: 規則に反する記録",
                f"{AGAINST}, dotted: an entry against the rules")  # fmt: skip


@frozen
class Message:
    """One arrow, or a note where `to` is who said it; `said` are its lines."""

    by: str
    to: str
    said: tuple[str, ...]
    data: bool = False
    by_law: bool = False
    irregular: bool = False


def lifelines(case: Case) -> tuple[str, ...]:
    """The agencies with a part in the case, and the person, in the process's order."""
    parts = set(_persons(case.process))
    for entry in entries(case):
        for message in messages(entry, "ja"):
            parts |= {message.by, message.to}
    return tuple(a.id for a in case.process.agencies if a.id in parts)


def _persons(process: Process) -> tuple[str, ...]:
    """In whose hands consent lies: the person whose case it is."""
    rule = process.consent
    held = (process.machine(rule.machine).state(s).holder for s in rule.states) if rule else ()
    return tuple(dict.fromkeys(h for h in held if h))


def messages(entry: Entry, lang: Language) -> tuple[Message, ...]:
    """What one entry says to whom: the step itself, then the data handed over with it. Nobody
    says that the law has changed."""
    process, record = entry.law, entry.record
    if record.crossed is not None:
        return ()
    rules = [process.machine(m.machine).transition(m.transition) for m in record.moved]
    sign = "■" if entry.by_law else ""
    head = (f"({entry.number}) {sign}{event_text(entry, lang)}",
            *_papers(process, rules, lang))  # fmt: skip
    # The arrow that leaves the agency's hands comes first: it carries the event's name.
    told = sorted(_told(entry, lang).items(), key=lambda item: item[0] == record.by)
    steps = [
        Message(
            record.by,
            holder,
            (*(head if i == 0 else ()), *said),
            by_law=entry.by_law,
            irregular=record.irregular is not None,
        )
        for i, (holder, said) in enumerate(told)
        if i == 0 or said
    ]
    shares = dict.fromkeys(share for rule in rules for share in rule.shares)
    data = [Message(record.by, s.to, _shared(process, s, lang), data=True) for s in shares]
    notices = [
        Message(
            record.by, p.to, (told_text(process, Told(p.to, p.paper, p.basis), lang),), data=True
        )
        for p in record.provided
        if p.told
    ]
    return (*steps, *data, *notices)


def _told(entry: Entry, lang: Language) -> dict[str, list[str]]:
    """Who holds what now: each machine that moved, under the agency in whose hands it lies."""
    process, by = entry.law, entry.record.by
    told: dict[str, list[str]] = {}
    for moved in entry.record.moved:
        holder = process.machine(moved.machine).state(moved.target).holder or by
        told.setdefault(holder, []).extend(_where(process, moved, lang))
    return told


def _where(process: Process, moved: Moved, lang: Language) -> list[str]:
    """Where a machine stands now; nothing where it has stayed."""
    if moved.source == moved.target:
        return []
    machine = process.machine(moved.machine)
    return [f"{machine.label.in_(lang)} → {machine.state(moved.target).label.in_(lang)}"]


def _papers(process: Process, rules: list[Transition], lang: Language) -> list[str]:
    papers = dict.fromkeys(p for rule in rules for p in rule.papers)
    return [f"{_PAPERS.in_(lang)}: {names_text(process, 'paper', papers, lang)}"] if papers else []


def _shared(process: Process, share: Share, lang: Language) -> tuple[str, ...]:
    """Which facts (their names, never what they say), and why that is allowed."""
    named = names_text(process, "fact", share.facts, lang)
    return (f"{_DATA.in_(lang)}: {named}", f"({ground_text(process, share, lang)})")


# -- the picture -----------------------------------------------------------------------------


def case_sequence(case: Case, lang: Language = "ja", *, wrong: bool = False) -> Picture:
    """The case as messages between lifelines, with the journal listed underneath; the last entry
    marked where that does the `wrong`."""
    sheet = _Sheet(case, lang)
    sheet.heads()
    for day, group in groupby(entries(case), key=lambda e: e.at.date()):
        sheet.day(phrasing(lang).dated(day), day.toordinal())
        for entry in group:
            sheet.entry(entry)
    sheet.y += 10
    foot = sheet.y
    sheet.heads()
    against = [_AGAINST] if any(entry.record.irregular for entry in entries(case)) else []
    signs = (*_SIGNS, *against, *([WRONG] if wrong else []))
    title = f"{case.process.label.in_(lang)}: {_TITLE.in_(lang)}"
    parts = (sheet.threads(foot), *sheet.parts)
    return finished(case, title, lang, parts, signs, (sheet.right, sheet.y), wrong)


class _Sheet:
    """The chart under way: where the lifelines stand, and how far down we are."""

    def __init__(self, case: Case, lang: Language) -> None:
        self.case, self.lang = case, lang
        agencies = lifelines(case)
        apart = min(_APART, (MOST - _TIMES) / len(agencies))
        self.head = apart - _AIR  # the width of a head
        first = MARGIN + _TIMES + self.head / 2
        self.at = {agency: first + i * apart for i, agency in enumerate(agencies)}
        self.left = MARGIN + _TIMES
        self.right = max([*self.at.values(), first + 2 * apart]) + self.head / 2
        self.y = self.top = MARGIN + TITLE * 2.4
        self.parts: list[Group] = []
        self._last = 0

    def heads(self) -> None:
        """The agencies' names, above and below the chart."""
        names = {a: wrap(agency_text(self.case.process, a, self.lang), (self.head - 8) / SMALL)
                 for a in self.at}  # fmt: skip
        height = max(len(n) for n in names.values()) * LINE + 8
        for agency, name in names.items():
            x = self.at[agency]
            first = self.y + height / 2 - (len(name) - 1) * LINE / 2 + 3
            words = [Print((x, first + i * LINE), text, SMALL, INK, "middle", bold=True)
                     for i, text in enumerate(name)]  # fmt: skip
            box = Rect(Box(x - self.head / 2, self.y, self.head, height), INK, PALE, 1.0, 4)
            self.parts.append(Group(" ".join(name), (box, *words), agency))
        self.y += height

    def threads(self, bottom: float) -> Group:
        """The lifelines themselves."""
        lines = (line((x, self.top), (x, bottom), colour="#8c8c8c", width=0.8, dash="dash")
                 for x in self.at.values())  # fmt: skip
        return Group("", tuple(lines))

    def day(self, said: str, ordinal: int) -> None:
        """A rule across the chart where a new day begins; days left out are counted."""
        passed = ordinal - self._last if self._last else 0
        self._last = ordinal
        later = f"  {_LATER.in_(self.lang).format(passed)}" if passed > 1 else ""
        self.y += 7
        text = said + later
        back = Rect(Box(MARGIN, self.y, width_of(text) + 8, LINE + 3), "none", "#ffffff", 0)
        rule = line((MARGIN, self.y), (self.right, self.y), colour="#8c8c8c", width=0.8)
        words = Print((MARGIN, self.y + LINE), text, SMALL, BLUE, bold=True)
        self.parts.append(Group(text, (back, rule, words)))
        self.y += LINE + 6

    def entry(self, entry: Entry) -> None:
        """One entry: its time, and its messages one under the other."""
        shapes: list[Shape] = [
            Print((MARGIN, self.y + LINE), f"{entry.at:%H:%M}", SMALL, INK, bold=True)
        ]
        told = messages(entry, self.lang)
        for message in told:
            shapes += self._note(message) if message.by == message.to else self._arrow(message)
        if not told:
            shapes += self._opening(entry)
        title = f"({entry.number}) {event_text(entry, self.lang)}"
        part, about = f"row{entry.number}", (entry.number,)
        self.parts.append(Group(title, tuple(shapes), part, entries=about))

    def _opening(self, entry: Entry) -> Iterator[Shape]:
        """A bar across all lifelines: no agency reports the opening."""
        text = f"({entry.number}) {event_text(entry, self.lang)}"
        box = Box(self.left, self.y + 1, self.right - self.left, LINE + 5)
        yield Rect(box, GREY, "#ffffff", 0.9, 4)
        yield Print((box.centre[0], self.y + LINE), text, SMALL, INK, "middle", bold=True)
        self.y += LINE + 10

    def _note(self, message: Message) -> Iterator[Shape]:
        """A box on the agency's own lifeline."""
        texts = self._lines(message, _TEXT)
        width = max(map(width_of, texts)) + 2 * _PAD
        left = self._kept(self.at[message.by] - width / 2, width)
        height = len(texts) * LINE + 6
        heavy = 2.2 if message.by_law else 0.9
        dash: Dash = "dot" if message.irregular else ""
        yield Rect(Box(left, self.y + 1, width, height), INK, "#ffffff", heavy, 3, dash)
        yield from self._words(texts, left + _PAD, self.y + 1)
        self.y += height + 7

    def _arrow(self, message: Message) -> Iterator[Shape]:
        """An arrow under its words; the words hide the lifelines they cross."""
        start, end = self.at[message.by], self.at[message.to]
        texts = self._lines(message, max(abs(end - start) - 2 * _PAD, _TEXT))
        width = max(map(width_of, texts)) + 4
        left = self._kept(min(start, end) + _PAD, width)
        height = len(texts) * LINE + 2
        yield Rect(Box(left - 2, self.y + 1, width, height), "none", "#ffffff", 0)
        yield from self._words(texts, left, self.y - 1)
        y = self.y + height + 5
        yield from _shaft(start, end, y, message)
        self.y = y + 9

    def _kept(self, left: float, width: float) -> float:
        """So far left that the text stays inside the chart."""
        return max(self.left, min(left, self.right - width))

    def _lines(self, message: Message, width: float) -> list[str]:
        return [t for said in message.said for t in wrap(said, width / SMALL)]

    def _words(self, texts: list[str], x: float, y: float) -> Iterator[Print]:
        for i, text in enumerate(texts):
            named = text.startswith("(") and i == 0
            yield Print((x, y + (i + 1) * LINE), text, SMALL, INK if named else GREY, bold=named)


def _shaft(start: float, end: float, y: float, message: Message) -> Iterator[Shape]:
    colour = BLUE if message.data else INK
    width = 2.2 if message.by_law else 1.1
    dash: Dash = "dash" if message.data else "dot" if message.irregular else ""
    back = 8 if end > start else -8
    yield line((start, y), (end - back / 2, y), colour=colour, width=width, dash=dash)
    tip = ((end, y), (end - back, y - 3.4), (end - back, y + 3.4))
    yield Curve(tip, colour, colour, closed=True)
