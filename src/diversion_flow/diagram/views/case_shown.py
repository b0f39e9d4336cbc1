"""What a drawing shows of a case: to the owner of the desk all of it, on an agency's own sheet
what that agency sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from attrs import field, frozen

from ...definition import LAW_CHANGED, Process
from ...runtime import Case, Clock, Moved, Record
from ...runtime.view import View

Way = tuple[str, str, str]  # a machine, the state that it left, and the rule by which it did


@frozen
class CaseShown:
    """Where a case stands and stood, by which ways each step led there, what may happen and which
    limits run, at a moment. All of it is case content and stays out of the `repr`."""

    states: Mapping[str, str] = field(repr=False)
    visited: frozenset[tuple[str, str]] = field(repr=False)
    steps: tuple[frozenset[Way], ...] = field(repr=False)
    possible: frozenset[str] = field(repr=False)
    running: tuple[Clock, ...] = field(repr=False)
    at: datetime | None = field(repr=False)
    agency: str  # who sees this much; "": the owner of the desk
    went: frozenset[Way] = field(init=False, repr=False)

    @went.default
    def _went(self) -> frozenset[Way]:
        return frozenset().union(*self.steps)


def whole(case: Case) -> CaseShown:
    """Everything, for the owner of the desk."""
    steps = case.journal
    return _shown(case.process, case.states, steps, case.possible(), case.deadlines(), case.at, "")


def seen_by(case: Case, agency: str) -> CaseShown:
    """What the agency sees, and what it may report next."""
    return seen(case.view(agency), case.possible(agency))


def seen(view: View, possible: Iterable[str] = ()) -> CaseShown:
    """What an agency sees, as of the latest step of which it knows."""
    last = view.journal[-1].at if view.journal else None
    return _shown(
        view.process, view.states, view.journal, possible, view.deadlines, last, view.agency
    )


def _shown(
    process: Process,
    states: Mapping[str, str],
    journal: Iterable[Record],
    possible: Iterable[str],
    running: tuple[Clock, ...],
    at: datetime | None,
    agency: str,
) -> CaseShown:
    entries = tuple(journal)
    moves = [moved for entry in entries for moved in entry.moved]
    stood = frozenset((m.machine, s) for m in moves for s in (m.source, m.target))
    steps = tuple(frozenset(_ways(process, e.moved)) for e in entries if _is_step(e))
    return CaseShown(states, stood, steps, frozenset(possible), running, at, agency)


def _is_step(entry: Record) -> bool:
    """Whether it is a step by rules, and not how the case began or how the law changed."""
    return bool(entry.moved) and entry.crossed is None and entry.event != LAW_CHANGED


def _ways(process: Process, moves: Iterable[Moved]) -> Iterator[Way]:
    """The ways of these moves. Of one that is seen without its rule, the rule is known where only
    one leads there."""
    for moved in moves:
        machine = process.by_id["machine"].get(moved.machine)
        rules = machine.transitions if machine else ()
        known = [t.id for t in rules if moved.source in t.sources and t.target == moved.target]
        rule = moved.transition or (known[0] if len(known) == 1 else "")
        yield moved.machine, moved.source, rule
