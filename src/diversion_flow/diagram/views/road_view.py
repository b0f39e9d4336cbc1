"""The road as one agency may see it of a case: the acts of which it learns under the numbers of the
whole road, the pieces of the spine that it sees, the other ways on machines that it sees."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import evolve

from ...definition.phrasing import phrasing
from ...runtime.view import View
from .elsewhere import ONLY
from .road import HoldShown, RoadShown, named_sheets
from .usual_road import road_of
from .veiled import learnt_events, seen_machines


def seen_on(shown: RoadShown, view: View) -> RoadShown:
    """The sheet, drawn from the law without names of what the agency does not see, less that."""
    events, machines = learnt_events(view), seen_machines(view)
    acts = [act for act in shown.acts if not events.isdisjoint(act.events)]
    holds = tuple(hold for hold in shown.holds if _machine(hold) in machines)
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


def _machine(hold: HoldShown) -> str:
    return hold.states[0].partition(".")[0]


def _about(machine: str, transitions: Iterable[str]) -> set[str]:
    """The machines of which a line of the strip speaks."""
    return {m for m in (machine, *(name.partition(".")[0] for name in transitions)) if m}


def _kept(letters: str, kept: set[str]) -> str:
    return "".join(letter for letter in letters if letter in kept)
