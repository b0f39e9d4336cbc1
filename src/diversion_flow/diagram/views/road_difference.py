"""What two laws have that is different, on the road of the later one: only that is marked, and what
lies elsewhere is told with the sheets on which it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from ...definition import Process, Text
from ...definition.phrasing import phrasing
from ..model import SIGNS, Standing
from .difference import from_to
from .elsewhere import COURSE, differences_told, machines_lying
from .road import ActShown, FlagShown, HoldShown, RoadShown
from .touched import Touched, marks_between, rules_on
from .usual_road import road_of

_GONE = Text("なくなった行為: {0}", "Acts that are gone: {0}")


def with_difference(shown: RoadShown, a: Process, b: Process) -> RoadShown:
    """The sheet of `b` with what is other than in `a` marked: an act by its rules, a piece of the
    spine by its limits and states, another way by its rules, stages and rows by their names."""
    marks, each = marks_between(a, b)
    acts = tuple(_act(act, (a, b), marks) for act in shown.acts)
    holds = tuple(_hold(hold, marks) for hold in shown.holds)
    flags = tuple(_flag(flag, marks) for flag in shown.flags)
    groups = [road_of(b).groups[n].agencies for n in shown.groups]
    rows = {id for agencies in groups for id in agencies}
    here = {
        COURSE,
        *_ids(acts, holds, flags, (a, b)),
        *marks.stages,
        *rows.intersection(marks.agencies),
    }
    return evolve(
        shown,
        corner=(from_to(a, b, shown.lang), *shown.corner[1:]),
        rows=tuple(_row(row, agencies, marks)
                   for row, agencies in zip(shown.rows, groups, strict=True)),
        stages=tuple((f"{SIGNS[marks.stages.get(id, '')]}{name}", says)
                     for (name, says), id in zip(shown.stages, shown.stage_ids, strict=False)),
        acts=acts,
        holds=holds,
        flags=flags,
        differs=tuple(_told(shown, a, b, each, here)),
    )  # fmt: skip


def _act(act: ActShown, laws: tuple[Process, Process], marks: Touched) -> ActShown:
    before, after = (
        [told for told in road_of(law).acts if not {*told.events}.isdisjoint(act.events)]
        for law in laws
    )
    fresh = bool(act.events) and not before
    otherwise = [(told.label, told.by) for told in before] != [
        (told.label, told.by) for told in after
    ]
    other = otherwise or not marks.rules.keys().isdisjoint(rules_on(act.events, laws))
    mark: Standing = "added" if fresh else "changed" if other else ""
    sign, (first, *rest) = SIGNS[mark], act.lines
    return evolve(act, name=sign + act.name, lines=(sign + first, *rest), changed=bool(mark))


def _hold(hold: HoldShown, marks: Touched) -> HoldShown:
    found = not marks.deadlines.keys().isdisjoint(hold.limits) or any(
        state in marks.states for state in hold.states
    )
    return evolve(hold, label=f"{SIGNS['changed' if found else '']}{hold.label}", changed=found)


def _flag(flag: FlagShown, marks: Touched) -> FlagShown:
    found = not marks.rules.keys().isdisjoint(flag.transitions)
    return evolve(flag, text=f"{SIGNS['changed' if found else '']}{flag.text}", changed=found)


def _row(row: tuple[str, str], agencies: Iterable[str], marks: Touched) -> tuple[str, str]:
    mark: Standing = "changed" if any(id in marks.agencies for id in agencies) else ""
    return SIGNS[mark] + row[0], row[1]


def _ids(
    acts: Iterable[ActShown],
    holds: Iterable[HoldShown],
    flags: Iterable[FlagShown],
    laws: tuple[Process, Process],
) -> Iterator[str]:
    """The ids of what is marked on the sheet."""
    for act in acts:
        yield from rules_on(act.events, laws) if act.changed else ()
    for hold in holds:
        yield from (*hold.limits, *hold.states) if hold.changed else ()
    for flag in flags:
        yield from flag.transitions if flag.changed else ()


def _told(
    shown: RoadShown, a: Process, b: Process, each: list[frozenset[str]], here: set[str]
) -> Iterator[str]:
    """How much of the difference is here, where the rest of it is, and which acts are no more."""
    said = phrasing(shown.lang)
    yield from differences_told(b, each, here, machines_lying(b, (a, b)), shown.lang)
    kept = {event for act in road_of(b).acts for event in act.events}
    gone = [said(act.label) for act in road_of(a).acts if kept.isdisjoint(act.events)]
    if gone:
        yield said(_GONE, said.dot.join(text.replace("\n", said.space) for text in gone))
