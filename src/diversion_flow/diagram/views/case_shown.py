"""What a drawing shows of a case: to the owner of the desk all of it, on an agency's own sheet
what that agency sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from ...definition import Process
from ...runtime import Case, Clock, Moved, Record


@frozen
class CaseShown:
    """Where a case stands and stood, by which ways it came there, what may happen and which
    limits run. All of it is case content and stays out of the `repr`.

    A way is a machine, the state that it left and the rule by which it did.
    """

    states: Mapping[str, str] = field(repr=False)
    visited: frozenset[tuple[str, str]] = field(repr=False)
    went: frozenset[tuple[str, str, str]] = field(repr=False)
    possible: frozenset[str] = field(repr=False)
    running: tuple[Clock, ...] = field(repr=False)


def whole(case: Case) -> CaseShown:
    """Everything, for the owner of the desk."""
    return _shown(case.process, case.states, case.journal, case.possible(), case.deadlines())


def seen_by(case: Case, agency: str) -> CaseShown:
    """What the agency sees."""
    view = case.view(agency)
    possible = case.possible(agency)
    return _shown(case.process, view.states, view.journal, possible, view.deadlines)


def _shown(
    process: Process,
    states: Mapping[str, str],
    journal: Iterable[Record],
    possible: Iterable[str],
    running: tuple[Clock, ...],
) -> CaseShown:
    steps = tuple(journal)
    moves = [moved for step in steps for moved in step.moved]
    stood = {(m.machine, s) for m in moves for s in (m.source, m.target)}
    went = {way for step in steps if step.crossed is None for way in ways(process, step.moved)}
    return CaseShown(states, frozenset(stood), frozenset(went), frozenset(possible), running)


def ways(process: Process, moves: Iterable[Moved]) -> Iterator[tuple[str, str, str]]:
    """The ways of these moves. Of one that is seen without its rule, the rule is known where only
    one leads there."""
    for moved in moves:
        machine = process.by_id["machine"].get(moved.machine)
        rules = machine.transitions if machine else ()
        known = [t.id for t in rules if moved.source in t.sources and t.target == moved.target]
        if moved.transition or len(known) == 1:
            yield moved.machine, moved.source, moved.transition or known[0]
