"""What the road shows, in one language: rows, acts, the spine with its clocks, where other ways
leave, and what all of it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import ceil

from attrs import evolve, field, frozen

from ...definition import (
    LANGUAGES,
    Act,
    Basis,
    Deadline,
    Departure,
    Hold,
    Language,
    Length,
    Process,
    Road,
    Text,
)
from ...definition.citing import address
from ...definition.deadline import length_amount
from ...definition.files.serial import digest
from ...definition.phrasing import phrasing
from ...definition.road import row_of
from ...definition.wording import basis_text, length_text
from ..layout.measure import abridged
from ..model import Links
from .extract import inferred, law_text
from .numbering import (
    PART,
    STAGE,
    corner_text,
    number_of,
    sheet_text,
    sheets_text,
    staged,
    stages_of,
)
from .usual_road import road_of

MOST, BRIEF = 18, 9  # acts on a sheet of the road, and on the one page
_NOTES = 8
_WIDE = {"ja": 8.0, "en": 8.4}  # em: how wide the name of an act may be
LINES = 4
_LETTERS = {"ja": "アイウエオカキクケコサシスセソタチツテト", "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_EXTENSION = Text("{0}+延長", "{0} + extension")
_RENEWED = Text("{0}、以後{1}ごとに更新", "{0}, then renewed by {1}")
_FROM = Text("{0}から{1}", "once {0}: {1}")
_STAGES = Text("図{0}〜{1} 段階ごとの図", "Sheets {0} to {1}: stages")
_STATES = Text("図{0} すべての状態", "Sheet {0}: all states")
_SHEETS = Text("図{0} {1}", "{0}: {1}")


@frozen
class ActShown:
    """A box of the road: its number (0: none), its name, whole and in the lines of its box, row,
    stage; the notes and the flags on it; in a case, on which day it was done, and whether the case
    waits for it; `sheet` is its stage's; `changed` from one law to another; `under` is its name in
    another language."""

    number: int
    name: str
    lines: tuple[str, ...]
    row: int
    stage: int
    after: bool
    agency: str
    paper: str = ""
    note: int = 0
    flags: str = ""
    inferred: bool = False
    ends: bool = False
    events: tuple[str, ...] = ()
    done: str = ""
    irregular: bool = False  # done against the rules
    now: bool = False
    sheet: str = ""
    changed: bool = False
    under: tuple[str, ...] = ()


@frozen
class HoldShown:
    """A piece of the spine with its clocks; `after` the turning point or before it; in a case,
    whether the person is in it now."""

    label: str
    clocks: tuple[str, ...]
    stage: int
    after: bool
    flags: str = ""
    early: str = ""
    states: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    now: bool = False
    changed: bool = False


@frozen
class FlagShown:
    """A line of the strip: its letter ("": none), what happens, on which sheets beside the one of
    the stage in whose part it stands, on which machine's own sheet all of it is, whether a case
    went that way."""

    letter: str
    text: str
    sheet: str
    stage: int
    transitions: tuple[str, ...] = ()
    machine: str = ""
    taken: bool = False
    changed: bool = False


@frozen
class RoadShown:
    """A whole sheet of the road."""

    id: str
    lang: Language
    title: str
    says: str
    corner: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, str], ...]
    acts: tuple[ActShown, ...]
    groups: tuple[int, ...] = ()  # of the road, which each row is
    stage_ids: tuple[str, ...] = ()
    spine: str = ""
    holds: tuple[HoldShown, ...] = ()
    turn: str = ""
    flags: tuple[FlagShown, ...] = ()
    numbers: tuple[str, ...] = ()  # of the sheets of the stages
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    case: tuple[str, ...] | None = None
    differs: tuple[str, ...] = ()
    come: int = 0  # the number of the last act on the sheet before; 0: there is none
    goes: int = 0  # the number of the first on the next
    cited: Links = field(default=(), eq=False)
    other: Language | None = None  # small beneath its own

    @property
    def langs(self) -> tuple[Language, ...]:
        """The languages of the sheet, its own first."""
        return (self.lang, self.other) if self.other else (self.lang,)


def road(
    process: Process, lang: Language = "ja", most: int = MOST, *, corner: bool = True
) -> tuple[RoadShown, ...]:
    """The sheets of the road: one, or as many as it takes at the borders of stages, each of at
    most so many acts; with or without the law and its digest in the corner."""
    told = road_of(process)
    done: list[Act] = []
    shown = []
    for acts in _cut(told, most):
        shown.append(_Sheet(process, told, acts, lang, done=tuple(done)).shown(corner=corner))
        done += acts
    if not shown[1:]:
        return tuple(shown)
    ends = [0, *(max((act.number for act in sheet.acts), default=0) for sheet in shown)]
    return tuple(
        evolve(
            sheet,
            title=phrasing(lang)(PART, sheet.title, n + 1, len(shown)),
            come=ends[n],
            goes=ends[n + 1] + 1 if n + 1 < len(shown) else 0,
        )
        for n, sheet in enumerate(shown)
    )


def brief(
    process: Process, lang: Language = "ja", most: int = BRIEF, narrower: float = 0.0, *,
    corner: bool = True,
) -> RoadShown:  # fmt: skip
    """The one-page picture: at most so many acts, no more than what each is, and no row or stage
    in which there is none; their names in lines that are so much narrower, in em."""
    told = road_of(process)
    acts = tuple(evolve(act, departures=()) for act in _fewest(told, most))
    plain = evolve(told, holds=(), departures=())
    sheet = _Sheet(process, plain, acts, lang, plain=True, narrower=narrower)
    return evolve(sheet.shown(corner=corner), id=f"{process.id}_one_page")


def named_sheets(process: Process, flags: Iterable[FlagShown], lang: Language) -> Iterator[str]:
    """The sheets on which one goes on from the road: the stages', and those of what leaves it."""
    said, found = phrasing(lang), {flag.machine for flag in flags}
    numbers = [number_of(process, f"{STAGE}{id}") for id in stages_of(process)]
    several = said(_STAGES, numbers[0], numbers[-1])
    yield several if numbers[1:] else said(_STATES, numbers[0])
    for machine in process.machines:
        if machine.id in found:
            yield said(_SHEETS, number_of(process, machine.id), said(machine.label))


def numbers_of(told: Road) -> dict[str, int]:
    """The number on the road of the act that each event is."""
    acts = [act for act in _merged(told, told.acts, MOST) if not act.also]
    found: dict[str, int] = {}
    for number, act in enumerate(acts, 1):
        for event in act.events:
            found.setdefault(event, number)
    return found


# -- how many acts fit ---------------------------------------------------------------------------


def _cut(told: Road, most: int) -> Iterator[tuple[Act, ...]]:
    """The acts in sheets, cut at the last border of stages that leaves a sheet whole; where a
    stage alone is too much, within it, into sheets of as many. Their numbers are the same however
    few a sheet has."""
    acts = _merged(told, told.acts, MOST)
    while len(acts) > most:
        borders = [n for n in range(1, len(acts)) if acts[n - 1].stage != acts[n].stage]
        alone = (*borders, len(acts))[0]  # of the first stage
        at = max((n for n in borders if n <= most), default=ceil(alone / ceil(alone / most)))
        yield acts[:at]
        acts = acts[at:]
    yield acts


def _merged(told: Road, acts: tuple[Act, ...], most: int) -> tuple[Act, ...]:
    """Neighbours of one row in one stage made one, those of fewest events first, until no more than
    `most` are left or none can be."""
    left = list(acts)
    while len(left) > most:
        pairs = [n for n in range(len(left) - 1) if _one_box(told, left[n], left[n + 1])]
        if not pairs:
            break
        at = min(pairs, key=lambda n: len(left[n].events) + len(left[n + 1].events))
        left[at : at + 2] = [_both(left[at], left[at + 1])]
    return tuple(left)


def _one_box(told: Road, one: Act, other: Act) -> bool:
    same = row_of(told, one.by) == row_of(told, other.by) and one.stage == other.stage
    return same and one.also == other.also and told.turning not in other.events


def _both(one: Act, other: Act) -> Act:
    acts = one, other
    both = (phrasing(lang).series(act.label.in_(lang) for act in acts) for lang in LANGUAGES)
    return evolve(
        other, label=Text(*both), events=(*one.events, *other.events),
        departures=(*one.departures, *other.departures),
    )  # fmt: skip


def _fewest(told: Road, most: int) -> tuple[Act, ...]:
    """Of the acts, or those that the road tells in brief, so many as one page takes: the first of
    each stage, the last, the one on which the road turns, the first of each row, of the others the
    first."""
    acts = told.brief or _merged(told, tuple(act for act in told.acts if not act.also), BRIEF)
    firsts = [n for n, act in enumerate(acts) if not n or act.stage != acts[n - 1].stage]
    last = range(len(acts))[-1:]
    turns = (n for n, act in enumerate(acts) if told.turning in act.events)
    rows = {row_of(told, act.by): n for n, act in reversed([*enumerate(acts)])}
    every = range(len(acts))
    order = dict.fromkeys((*firsts[: most - 1], *last, *turns, *sorted(rows.values()), *every))
    return tuple(acts[n] for n in sorted([*order][:most]))


class _Sheet:
    def __init__(
        self,
        process: Process,
        told: Road,
        acts: tuple[Act, ...],
        lang: Language,
        *,
        done: tuple[Act, ...] = (),
        plain: bool = False,
        narrower: float = 0.0,
    ) -> None:
        self.process, self.told, self.acts, self.lang = process, told, acts, lang
        self._done = done  # on earlier sheets
        self._plain = plain  # only what is done, by whom, in which order
        self._wide = _WIDE[lang] - narrower
        self._view = "one_page" if plain else "road"
        self._said = phrasing(lang)
        every = [stage.id for stage in process.stages] or [""]
        stages = {act.stage or every[0] for act in acts[:1]} | {act.stage for act in acts}
        rows = {row_of(told, act.by) for act in acts}
        self._stages = [id for id in every if not plain or id in stages]
        self._rows = [n for n in range(len(told.groups)) if not plain or n in rows]
        self._notes: dict[str, Basis] = {}
        self._letters: dict[int, str] = {}
        self._flags = tuple(self._told_of())

    def shown(self, *, corner: bool = True) -> RoadShown:
        process, told, lang = self.process, self.told, self.lang
        holds = tuple(self._hold(hold) for hold in told.holds)
        acts = tuple(self._acts())
        return RoadShown(
            id=f"{process.id}_road",
            lang=lang,
            title=self._said(_GLANCE if self._plain else _TITLE, self._said(process.label)),
            says=self._said(told.says) if told.says else "",
            corner=(
                law_text(process, lang),
                f"{corner_text(process, self._view, lang)}   {digest(process)}",
            ) if corner else ("",),
            rows=tuple((g.label.in_(lang), g.small.in_(lang) if g.small else "")
                       for n in self._rows for g in (told.groups[n],)),
            stages=tuple(self._heads()),
            acts=acts,
            groups=tuple(self._rows),
            stage_ids=tuple(self._stages),
            spine=process.machine(told.spine).label.in_(lang) if told.spine and holds else "",
            holds=holds,
            turn=self._turn() if self._turns_first() else "",
            flags=self._flags,
            numbers=tuple(sheet_text(process, f"{STAGE}{id}", lang) for id in stages_of(process)),
            notes=tuple(f"[{n}] {text}" for n, text in enumerate(self._notes, 1)),
            sheets=() if self._plain else tuple(named_sheets(process, self._flags, lang)),
            cited=tuple((t, address(process, b) or "") for t, b in self._notes.items()),
        )  # fmt: skip

    def _heads(self) -> Iterator[tuple[str, str]]:
        says = {heading.stage: heading.says.in_(self.lang) for heading in self.told.headings}
        for number, stage in enumerate(self.process.stages, 1):
            if stage.id not in self._stages:
                continue
            yield f"{number} {stage.label.in_(self.lang)}", says.get(stage.id, "")

    def _turn(self) -> str:
        if self.told.turning is None:
            return ""
        return self._said(self.told.turn or self.process.event(self.told.turning).label)

    # -- acts ---------------------------------------------------------------------------

    def _acts(self) -> Iterator[ActShown]:
        number, stage = sum(not act.also for act in self._done), 0
        after = any(map(self._turns, self._done))
        for place, act in enumerate(self.acts):
            number += not act.also
            stage = self._stage(act.stage, stage)
            after = after or self._turns(act)
            grounds = [b for e in act.events for b in self.process.event(e).basis]
            label = self._said(act.label)
            yield ActShown(
                number=0 if act.also else number,
                name=label.replace("\n", self._said.space),
                lines=abridged(label, self._wide, LINES),
                row=self._rows.index(row_of(self.told, act.by)),
                stage=stage,
                after=after,
                agency=self.process.agency(act.by).label.in_(self.lang),
                paper=self._paper(act),
                note=self._note(grounds),
                flags=self._flagged(act.departures),
                inferred=not self._plain and inferred(grounds),
                ends=place == len(self.acts) - 1 and self._ends(act),
                events=act.events,
                sheet=sheet_text(self.process, f"{STAGE}{self._stages[stage]}", self.lang),
            )  # fmt: skip

    def _turns_first(self) -> bool:
        """Whether the turning point is on this sheet, and not on one before."""
        return any(map(self._turns, self.acts)) and not any(map(self._turns, self._done))

    def _turns(self, act: Act) -> bool:
        return self.told.turning is not None and self.told.turning in act.events

    def _paper(self, act: Act) -> str:
        """The paper by its name, without what stands beside it in brackets."""
        if self._plain:
            return ""
        if act.handed:
            return self._said(act.handed)
        label = self._said(self.process.paper(act.paper).label) if act.paper else ""
        return label.partition("(")[0].strip() or label

    def _stage(self, id: str | None, before: int) -> int:
        return before if id is None else self._stages.index(id)

    def _ends(self, act: Act) -> bool:
        """Whether a track ends with it, or may rest where it leads."""
        return any(
            (state := machine.state(rule.target)).final or state.rest
            for machine in self.process.machines
            for event in act.events
            for rule in machine.on(event)
        )

    # -- what leaves it -----------------------------------------------------------------

    def _told_of(self) -> Iterator[FlagShown]:
        """The lines of the strip, stage by stage: what leaves from nowhere in the road, from its
        acts, from the spine."""
        found = [(self._stage(d.stage, 0), d, False) for d in self.told.departures]
        stage = 0
        for act in self.acts:
            stage = self._stage(act.stage, stage)
            found += [(self._stage(d.stage, stage), d, True) for d in act.departures]
        for hold in self.told.holds:
            found += [(self._stage(d.stage, self._begins(hold)), d, True) for d in hold.departures]
        for stage, departure, lettered in sorted(found, key=lambda row: row[0]):
            if id(departure) in self._letters:  # one that leaves from two places
                continue
            letters = _LETTERS[self.lang]
            letter = letters[len(self._letters) % len(letters)] if lettered else ""
            if lettered:
                self._letters[id(departure)] = letter
            said = departure.label.in_(self.lang)
            yield FlagShown(
                letter, said, self._found_on(departure, stage), stage, departure.transitions,
                departure.sheet or "",
            )  # fmt: skip

    def _found_on(self, departure: Departure, stage: int) -> str:
        """The sheet of the machine on which it is found; and that of the stage from which it
        leaves, the nearest before the one where it is told, if it is not that one."""
        process, told = self.process, []
        rules = (name.partition(".") for name in departure.transitions)
        found = {stages_of(process).index(staged(process, machine)[source])
                 for m, _, t in rules for machine in (process.machine(m),)
                 for source in machine.transition(t).sources}  # fmt: skip
        if found:
            near = max((n for n in found if n <= stage), default=min(found))
            told += [f"{STAGE}{stages_of(process)[near]}"] if near != stage else []
        if departure.sheet:
            told.append(departure.sheet)
        return sheets_text(process, told, self.lang)

    def _flagged(self, departures: Iterable[Departure]) -> str:
        return "".join(self._letters[id(departure)] for departure in departures)

    # -- the spine ----------------------------------------------------------------------

    def _hold(self, hold: Hold) -> HoldShown:
        machine = self.process.machine(hold.states[0].partition(".")[0])
        ids = [state.partition(".")[2] for state in hold.states]
        turning = self.told.turning
        after = any(rule.target in ids for rule in machine.on(turning or ""))
        opens = {r.event for r in machine.transitions
                 if r.target in ids and not {*r.sources} <= {*ids}}  # fmt: skip
        own = hold.label.in_(self.lang)
        limits = [limit for limit in map(self.process.deadline, hold.limits)
                  if length_amount(self.process, limit.length)]  # fmt: skip
        notes = [self._note(limit.basis) for limit in limits]
        clocks = [
            self._clock(limit, opens, machine.id) + (f" [{n}]" if n and n not in later else "")
            for k, (limit, n) in enumerate(zip(limits, notes, strict=True))
            for later in (notes[k + 1 :],)
        ]
        says = [hold.says.in_(self.lang)] if hold.says else []
        flags = self._flagged(hold.departures)
        early = hold.early.in_(self.lang) if hold.early else ""
        return HoldShown(
            own, (*clocks, *says), self._begins(hold), after, flags, early, hold.states, hold.limits
        )

    def _begins(self, hold: Hold) -> int:
        """The first stage in which it is."""
        states = (state.partition(".") for state in hold.states)
        stages = [self.process.machine(m).state(s).stage for m, _, s in states]
        return min((self._stages.index(stage) for stage in stages if stage), default=0)

    def _clock(self, limit: Deadline, opens: set[str], machine: str) -> str:
        """A limit as it stands on the spine: how long, since when if not since this piece began,
        a plus for what may be added."""
        said = self._said
        text = length_text(self.process, evolve(limit, length=_bare(limit.length)), self.lang)
        again_and_again = [r for r in limit.renewals if length_amount(self.process, r.length)]
        if limit.length.plus or len(again_and_again) < len(limit.renewals):
            text = said(_EXTENSION, text)
        for renewal in again_and_again[:1]:
            again = evolve(limit, length=_bare(renewal.length))
            text = said(_RENEWED, text, length_text(self.process, again, self.lang))
        if limit.begun_by and not opens & {*limit.begun_by}:
            begins = said(self.process.event(limit.begun_by[0]).label)
            text = said(_FROM, begins[:1].lower() + begins[1:], text)
        if limit.machine != machine:
            text = said.together(said(limit.label), text)
        return text

    def _note(self, bases: Iterable[Basis]) -> int:
        """The number of the first provision of law among these, by its article; 0 for none."""
        cited = next((b for b in bases if b.law and _ARTICLE.match(b.provision)), None)
        if cited is None or self._plain:
            return 0
        article = evolve(cited, provision=_ARTICLE.match(cited.provision)[0], about="")  # type: ignore[index]
        text = basis_text(self.process, article, self.lang, signs=True)
        if text not in self._notes and len(self._notes) == _NOTES:
            return 0
        self._notes.setdefault(text, article)
        return list(self._notes).index(text) + 1


_ARTICLE = re.compile(r"\d+(?:-\d+)*")
_TITLE = Text("{0}の流れ", "{0}: usual course")
_GLANCE = Text("{0}の流れ", "{0} in brief")


def _bare(length: Length) -> Length:
    return evolve(length, plus=())
