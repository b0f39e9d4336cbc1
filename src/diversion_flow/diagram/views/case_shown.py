"""What a drawing shows of a case: to the owner of the desk all of it, on an agency's own sheet
what that agency sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from ...runtime import Case, Clock, Moved, Record


@frozen
class CaseShown:
    """Where a case stands and stood, by which rules it came there, what may happen and which
    limits run. All of it is case content and stays out of the `repr`."""

    states: Mapping[str, str] = field(repr=False)
    visited: frozenset[tuple[str, str]] = field(repr=False)
    fired: frozenset[tuple[str, str]] = field(repr=False)
    possible: frozenset[str] = field(repr=False)
    running: tuple[Clock, ...] = field(repr=False)


def whole(case: Case) -> CaseShown:
    """Everything, for the owner of the desk."""
    return _shown(case.states, case.journal, case.possible(), case.deadlines())


def seen_by(case: Case, agency: str) -> CaseShown:
    """What the agency sees."""
    view = case.view(agency)
    return _shown(view.states, view.journal, case.possible(agency), view.deadlines)


def _shown(
    states: Mapping[str, str],
    journal: Iterable[Record],
    possible: Iterable[str],
    running: tuple[Clock, ...],
) -> CaseShown:
    moves: list[Moved] = [moved for entry in journal for moved in entry.moved]
    stood = {(m.machine, s) for m in moves for s in (m.source, m.target)}
    fired = {(m.machine, m.transition) for m in moves}
    return CaseShown(states, frozenset(stood), frozenset(fired), frozenset(possible), running)
