"""What a drawing shows of a case: to the owner of the desk all of it, on an agency's own sheet
what that agency sees.

What happened against the rules went by no rule, so that no arrow is marked for it: the box to which
the case came bears the mark, and a line under the sheet tells from where, when and by what.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from attrs import field, frozen

from ...definition import LAW_CHANGED, Language, Process, Text
from ...definition.phrasing import phrasing
from ...definition.wording import AGAINST
from ...runtime import Case, Clock, Moved, Record
from ...runtime.view import View
from ..model import Standing

# A machine, the state that it left, and the rule by which it did; of what happened against the
# rules "" and the state to which it came.
Way = tuple[str, str, str]

AGAINST_SIGN = Text(
    f"{AGAINST}: 規則に反してここへ来た(矢印に印は付かない)",
    f"{AGAINST}: came here against the rules (no arrow is marked)",
)
AGAINST_DONE = Text(f"{AGAINST}: 規則に反して行われた", f"{AGAINST}: done against the rules")
_AGAINST = Text(f"{AGAINST} {{0}}: {{1}}。", f"{AGAINST} {{0}}: {{1}}.")
_CAME = Text("{0}「{1}」から「{2}」へ", "{0}, from ‘{1}’ to ‘{2}’")


@frozen
class CaseShown:
    """Where a case stands and stood, by which ways each step led there, what may happen and which
    limits run, at a moment. All of it is case content and stays out of the `repr`."""

    states: Mapping[str, str] = field(repr=False)
    visited: frozenset[tuple[str, str]] = field(repr=False)
    steps: tuple[frozenset[Way], ...] = field(repr=False)
    possible: frozenset[str] = field(repr=False)
    running: tuple[Clock, ...] = field(repr=False)
    marked: frozenset[str] = field(repr=False)
    against: tuple[Record, ...] = field(repr=False)
    at: datetime | None = field(repr=False)
    agency: str  # who sees this much; "": the owner of the desk
    went: frozenset[Way] = field(init=False, repr=False)

    @went.default
    def _went(self) -> frozenset[Way]:
        return frozenset().union(*self.steps)

    def standing(self, machine: str, state: str) -> Standing:
        """Whether the machine stands in this state, or has stood there."""
        if self.states.get(machine) == state:
            return "current"
        return "visited" if (machine, state) in self.visited else ""

    def irregular(self, machine: str, state: str) -> bool:
        """Whether the machine stands in this state against the rules, or came there so before."""
        if self.states.get(machine) == state:
            return machine in self.marked
        return arrival(machine, state) in self.went

    def rules_broken(self) -> frozenset[str]:
        """The rules for which stands what happened against the rules."""
        return frozenset(e.irregular.transition for e in self.against if e.irregular)


NO_CASE = CaseShown({}, frozenset(), (), frozenset(), (), frozenset(), (), None, "")


def arrival(machine: str, state: str) -> Way:
    """The way of what came to this state against the rules."""
    return machine, "", state


def told_of(case: Case | View | None, agency: str = "") -> CaseShown:
    """What is shown of a case, if there is one: of a view what that is; on an agency's own sheet
    what it sees, and what it may report next; else everything, for the owner of the desk."""
    if case is None:
        return NO_CASE
    if isinstance(case, View):
        return seen(case)
    if agency:
        return seen(case.view(agency), case.possible(agency))
    return _shown(case, case.journal, case.possible(), case.deadlines(), case.at, "")


def seen(view: View, possible: Iterable[str] = ()) -> CaseShown:
    """What an agency sees, as of the latest step of which it knows."""
    last = view.journal[-1].at if view.journal else None
    return _shown(view, view.journal, possible, view.deadlines, last, view.agency)


def _shown(
    case: Case | View,
    entries: tuple[Record, ...],
    possible: Iterable[str],
    running: tuple[Clock, ...],
    at: datetime | None,
    agency: str,
) -> CaseShown:
    moves = [moved for entry in entries for moved in entry.moved]
    stood = frozenset((m.machine, s) for m in moves for s in (m.source, m.target))
    steps = tuple(frozenset(_ways(case.process, e)) for e in entries if _is_step(e))
    against = tuple(e for e in entries if e.irregular is not None)
    return CaseShown(
        case.states, stood, steps, frozenset(possible), running, frozenset(case.marked), against,
        at, agency,
    )  # fmt: skip


def _is_step(entry: Record) -> bool:
    """Whether it is a step by rules, and not how the case began or how the law changed."""
    return bool(entry.moved) and entry.crossed is None and entry.event != LAW_CHANGED


def _ways(process: Process, entry: Record) -> Iterator[Way]:
    """The ways of an entry's moves. Of one that is seen without its rule, the rule is known where
    only one leads there."""
    for moved in entry.moved:
        if entry.irregular is not None:
            yield arrival(moved.machine, moved.target)
            continue
        machine = process.by_id["machine"].get(moved.machine)
        rules = machine.transitions if machine else ()
        known = [t.id for t in rules if moved.source in t.sources and t.target == moved.target]
        rule = moved.transition or (known[0] if len(known) == 1 else "")
        yield moved.machine, moved.source, rule


def first_done(journal: Iterable[Record]) -> dict[str, Record]:
    """Event → when it first happened: by the rules, or if it never did so, against them."""
    found: dict[str, Record] = {}
    for entry in journal:
        known = found.get(entry.event)
        if known is None or (known.irregular is not None and entry.irregular is None):
            found[entry.event] = entry
    return found


# -- what is told of it ----------------------------------------------------------------------------


def against_told(
    process: Process, case: CaseShown, lang: Language, drawn: Collection[Way] | None = None
) -> Iterator[str]:
    """What happened against the rules, entry by entry: when, what, from where to where; of a sheet
    only what came to a box that is on it."""
    said = phrasing(lang)
    for entry in case.against:
        if drawn is None or any(way in drawn for way in _ways(process, entry)):
            event = process.by_id["event"].get(entry.event)
            moves = said.series(text for m in entry.moved for text in _came(process, m, lang))
            when = f"{entry.at:%Y-%m-%d %H:%M}"
            what = when if event is None else f"{when} {said(event.label)}"
            yield said(_AGAINST, what, moves)


def _came(process: Process, moved: Moved, lang: Language) -> Iterator[str]:
    """From where to where, as far as this law has such states."""
    said, machine = phrasing(lang), process.by_id["machine"].get(moved.machine)
    labels = {} if machine is None else {s.id: said(s.label) for s in machine.states}
    if machine is not None and {moved.source, moved.target} <= labels.keys():
        yield said(_CAME, said(machine.label), labels[moved.source], labels[moved.target])
