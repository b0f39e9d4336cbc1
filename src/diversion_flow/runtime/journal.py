"""The journal of a case, and the case that a journal gives when it is replayed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import field, frozen

from ..definition import OPENED, Basis, DiversionFlowError, Process, Share, Value
from .case import Case
from .opening import reopened
from .provision import Provision, provisions

if TYPE_CHECKING:
    from ..definition import Transition


@frozen
class Moved:
    """One machine that moved in a step, by which transition."""

    machine: str
    transition: str
    source: str
    target: str


@frozen
class Record:
    """One entry: what happened, who reported it, when, what was recorded, what moved.

    `shared` are the hand-overs that its rules declare, `provided` all that became visible to an
    agency that did not report it. The facts are case content and stay out of the `repr`.
    """

    event: str
    by: str
    at: datetime
    facts: Mapping[str, Value | None] = field(repr=False, factory=dict)
    moved: tuple[Moved, ...] = ()
    shared: tuple[Share, ...] = ()
    basis: tuple[Basis, ...] = field(repr=False, default=())
    provided: tuple[Provision, ...] = ()


class ReplayError(DiversionFlowError):
    """A journal does not fit the process; `number` is the first entry that differs."""

    def __init__(self, number: int, event: str, problem: str) -> None:
        self.number, self.event = number, event
        super().__init__(f"journal entry {number} ({event})", problem)


def record(case: Case) -> Record:
    """The entry that the case's latest step wrote."""
    arrival = case._arrival
    transitions = [transition for _, transition in arrival.moves]
    return Record(
        event=arrival.event,
        by=case._by,
        at=case.at,
        facts=_recorded(case),
        moved=tuple(_moved(case, index, transition) for index, transition in arrival.moves),
        shared=tuple(share for t in transitions for share in t.shares),
        basis=tuple(dict.fromkeys(basis for t in transitions for basis in t.basis)),
        provided=provisions(case),
    )


def replay(process: Process, journal: Iterable[Record], id: str = "") -> Case:
    """The case that this journal gives; ReplayError at the first entry that differs.

    The journal may begin before the process became the law: a case under way goes on under a
    later version, or another place's variant, where its whole journal replays there.
    """
    case: Case | None = None
    for number, entry in enumerate(journal):
        case = _replayed(process, case, number, entry, id)
    if case is None:
        raise ReplayError(0, OPENED, "the journal is empty")
    return case


def _replayed(process: Process, case: Case | None, number: int, entry: Record, id: str) -> Case:
    if (case is None) != (entry.event == OPENED):
        raise ReplayError(number, entry.event, f"the first entry, and only it, is {OPENED!r}")
    try:
        case = (
            reopened(process, entry.at, dict(entry.facts), id)
            if case is None
            else case.step(entry.event, by=entry.by, at=entry.at, facts=dict(entry.facts))
        )
    except DiversionFlowError as error:
        raise ReplayError(number, entry.event, str(error)) from error
    if entry.moved and record(case).moved != entry.moved:
        raise ReplayError(number, entry.event, "the process moves otherwise than was recorded")
    return case


def _recorded(case: Case) -> dict[str, Value | None]:
    before = case._previous._facts if case._previous else case._program.unknown
    pairs = zip(case._program.fact_index, before, case._facts, strict=True)
    return {id: now for id, then, now in pairs if now is not then and now != then}


def _moved(case: Case, index: int, transition: Transition) -> Moved:
    assert case._previous is not None
    source = case._previous._arrival.situation.configuration[index]
    machine = case.process.machines[index]
    return Moved(machine.id, transition.id, source, transition.target)
