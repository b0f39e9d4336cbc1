"""A case on the road: which acts are done and when, where it stands, which other way it took, and
how much of its record this sheet does not show; or what one agency sees of all that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from attrs import evolve

from ...definition import Language, Process, Text
from ...definition.phrasing import phrasing
from ...definition.walks import distances, onward
from ...definition.wording import AGAINST, IRREGULAR, still_text
from ...runtime import Case, Clock, Record
from ...runtime.view import View
from .case_shown import CaseShown, against_told, first_done, told_of
from .elsewhere import ONLY, OPEN
from .numbering import sheet_text
from .road import ActShown, FlagShown, HoldShown, RoadShown, named_sheets
from .usual_road import road_of
from .veiled import learnt_events, seen_machines

_NOW = Text("{0}現在", "as of {0}")
_UNTIL = Text("→ {0}まで", "→ until {0}")
_OVER = Text("→ {0}を過ぎた", "→ passed on {0}")
_SHOWN = Text(
    "{2}の記録{0}件のうち{1}件がこの図にあります。",
    "{1} of the {0} entries of {2} are on this sheet.",
)
_CASE = Text("この事件", "this case")
_SEEN = Text("{0}に見えるこの事件", "this case as seen by {0}")
_SHEET = Text("{0} {1}", "{0} ({1})")
_REST = Text("そのほかの動きは{0}にあります。", "The other moves are on {0}.")
_OTHER = Text("この事件は別の道をとりました: {0}。", "This case took another way: {0}.")


def with_case(shown: RoadShown, case: Case | View) -> RoadShown:
    """The sheet with the case on it, as the owner of the desk sees it, or as an agency does."""
    told, said = told_of(case), phrasing(shown.lang)
    first = first_done(case.journal)
    turning = road_of(case.process).turning
    last = max((n for n, act in enumerate(shown.acts) if not first.keys().isdisjoint(act.events)),
               default=-1)  # fmt: skip
    here = _waited_for(case.process, shown.acts[last + 1 :], told)
    fired = {f"{machine}.{rule}" for machine, _, rule in told.went}
    moment = [said(_NOW, f"{told.at:%Y-%m-%d %H:%M}")] if told.at else []
    return evolve(
        shown,
        acts=tuple(
            evolve(_done(act, turning, first, shown.lang), now=act is here) for act in shown.acts
        ),
        holds=tuple(_hold(hold, told, shown.lang) for hold in shown.holds),
        flags=tuple(_flag(flag, told, fired, shown.lang) for flag in shown.flags),
        corner=(*shown.corner, *moment),
        case=(*_lines(shown, case, fired), *against_told(case.process, told, shown.lang)),
    )


def seen_on(shown: RoadShown, view: View) -> RoadShown:
    """The sheet, drawn from the law without names of what the agency does not see, less that."""
    events, machines = learnt_events(view), seen_machines(view)
    acts = [act for act in shown.acts if not events.isdisjoint(act.events)]
    holds = tuple(hold for hold in shown.holds if _held(hold) in machines)
    letters = set("".join([*(act.flags for act in acts), *(hold.flags for hold in holds)]))
    flags = tuple(
        flag for flag in shown.flags
        if flag.letter in letters | {""} and _about(flag.machine, flag.transitions) <= machines
    )  # fmt: skip
    turns = road_of(view.process).turning in events
    kept = {flag.letter for flag in flags}
    acts = [evolve(act, after=act.after and turns, flags=_kept(act.flags, kept)) for act in acts]
    holds = tuple(evolve(h, after=h.after and turns, flags=_kept(h.flags, kept)) for h in holds)
    told = [f"[{act.note}]" for act in acts] + [clock for h in holds for clock in h.clocks]
    cited = {mark for text in told for mark in re.findall(r"\[\d+\]", text)}
    said = phrasing(shown.lang)
    return evolve(
        shown,
        corner=(said(ONLY, said(view.process.agency(view.agency).label)), *shown.corner),
        acts=tuple(acts),
        spine=shown.spine if holds else "",
        holds=holds,
        turn=shown.turn if turns else "",
        come=0,  # the acts beside the border may be others'
        goes=0,
        flags=flags,
        notes=tuple(note for note in shown.notes if note.split()[0] in cited),
        sheets=tuple(named_sheets(view.process, flags, shown.lang)) if shown.sheets else (),
    )


def _held(hold: HoldShown) -> str:
    return hold.states[0].partition(".")[0]


def _about(machine: str, transitions: Iterable[str]) -> set[str]:
    """The machines of which a line of the strip speaks."""
    return {m for m in (machine, *(name.partition(".")[0] for name in transitions)) if m}


def _kept(letters: str, kept: set[str]) -> str:
    return "".join(letter for letter in letters if letter in kept)


def _done(
    act: ActShown, turning: str | None, first: Mapping[str, Record], lang: Language
) -> ActShown:
    """The act with the day on which it was done."""
    entry = next((first[event] for event in deeds(act, turning) if event in first), None)
    if entry is None:
        return act
    day, irregular = phrasing(lang).day(entry.at.date()), entry.irregular is not None
    return evolve(act, done=f"{AGAINST} {day}" if irregular else day, irregular=irregular)


def _flag(flag: FlagShown, told: CaseShown, fired: set[str], lang: Language) -> FlagShown:
    """The other way, if the case went it; marked where what was irregular stands for it."""
    taken, said = not fired.isdisjoint(flag.transitions), phrasing(lang)
    if taken or told.rules_broken().isdisjoint(flag.transitions):
        return evolve(flag, taken=taken)
    return evolve(flag, text=said.together(flag.text, said(IRREGULAR)))


def deeds(act: ActShown, turning: str | None) -> tuple[str, ...]:
    """What shows that the act was done: who goes along to the turning point has not done so
    because it came."""
    return tuple(event for event in act.events if event != turning) or act.events


def _waited_for(law: Process, acts: Sequence[ActShown], told: CaseShown) -> ActShown | None:
    """The next act to which the case can still come; none if no act is possible any more."""
    ahead = [act for act in acts if act.number]
    if all(told.possible.isdisjoint(act.events) for act in ahead):
        return None
    return next(act for act in ahead if any(_to_come(law, event, told) for event in act.events))


def _to_come(law: Process, event: str, told: CaseShown) -> bool:
    """Whether an event may be reported now, or where its machine can come to from here."""
    machine = law.machine(law.event(event).home)
    here = [told.states[machine.id]] if machine.id in told.states else []
    reached = distances(onward(machine.transitions), here)
    sources = (source for rule in machine.on(event) for source in rule.sources)
    return event in told.possible or any(source in reached for source in sources)


def _hold(hold: HoldShown, told: CaseShown, lang: Language) -> HoldShown:
    """The piece of the spine, with until when its limits run if the person is in it."""
    machine = _held(hold)
    if f"{machine}.{told.states.get(machine)}" not in hold.states:
        return hold
    running = [clock for clock in told.running if clock.deadline.id in hold.limits]
    ends = (_end(clock, told.at, lang) for clock in running)
    mark = (phrasing(lang)(IRREGULAR),) if machine in told.marked else ()
    return evolve(hold, now=True, clocks=(*mark, *hold.clocks, *ends))


def _end(clock: Clock, at: datetime | None, lang: Language) -> str:
    if clock.last is None:
        return still_text(clock.left, clock.renewals, lang)
    form, said = _OVER if at and clock.passed(at) else _UNTIL, phrasing(lang)
    day = said.day(clock.last.date(), year=at is None or clock.last.year != at.year)
    return said(form, f"{day} {clock.last:%H:%M}")


def _lines(shown: RoadShown, case: Case | View, fired: set[str]) -> Iterator[str]:
    """How much of the case is here, and where the rest of it is told."""
    said = phrasing(shown.lang)
    here = {event for act in shown.acts for event in act.events}
    entries = [entry.event for entry in case.journal]
    of = said(_CASE)
    if isinstance(case, View):
        of = said(_SEEN, said(case.process.agency(case.agency).label))
    yield said(_SHOWN, len(entries), sum(event in here for event in entries), of)
    moved = {m.machine for entry in case.journal if entry.event not in here for m in entry.moved}
    rest = [said(_SHEET, sheet_text(case.process, m.id, shown.lang), said(m.label))
            for m in case.process.machines if m.id in moved]  # fmt: skip
    if rest:
        yield said(_REST, said.series(rest))
    sheets = [f.sheet for f in shown.flags if f.sheet and not fired.isdisjoint(f.transitions)]
    if sheets:
        yield said(_OTHER, said.join(dict.fromkeys(sheets)))
    if isinstance(case, View):
        yield said(OPEN)
