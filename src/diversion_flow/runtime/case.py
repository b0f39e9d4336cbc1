"""A case: a process and where we are in it. `step` is the one function that moves it.

A case never changes: a step gives a new case that remembers the one before it, so that the
past is the state and the journal is read off it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from ..definition import Process, UnknownId, Value
from .asking import Asking
from .calendar import JST, moment
from .clocks import Clock, advance, clocks
from .explain import Explanation, Refused, explain
from .facts import FactView, with_facts
from .logic import Facts
from .objections import held_up
from .observing import observers, tell
from .program import Arrival, Program

if TYPE_CHECKING:
    from .journal import Record
    from .view import View

Moment = str | date | datetime


class Case:
    """One person's case at one moment: immutable, compared by its journal.

    Its `repr` shows the id and states only, never what the facts say.
    """

    __slots__ = ("_arrival", "_at", "_by", "_facts", "_id", "_previous")

    def __init__(
        self,
        arrival: Arrival,
        facts: Facts,
        at: datetime,
        by: str,
        previous: Case | None,
        id: str,
    ) -> None:
        self._arrival = arrival
        self._facts = facts
        self._at = at
        self._by = by
        self._previous = previous
        self._id = id

    # -- where we are -----------------------------------------------------------------

    @property
    def process(self) -> Process:
        """The process, in the version that this case follows."""
        return self._program.process

    @property
    def id(self) -> str:
        """The case's reference, as its owner gave it."""
        return self._id

    @property
    def at(self) -> datetime:
        """When the last thing happened (JST)."""
        return self._at

    @property
    def states(self) -> Mapping[str, str]:
        """Machine id → present state id."""
        return dict(self._arrival.situation.states)

    def state(self, machine: str) -> str:
        """The present state of one machine."""
        return self._arrival.situation.configuration[self._program.machine_index(machine)]

    @property
    def facts(self) -> Mapping[str, Value]:
        """What is known about the case; facts not yet known are absent."""
        return FactView(self._program.fact_index, self._facts)

    @property
    def closed(self) -> bool:
        """Whether every machine that can end has ended."""
        states = self.states
        ends = [m for m in self.process.machines if any(s.final for s in m.states)]
        return bool(ends) and all(m.state(states[m.id]).final for m in ends)

    @property
    def _program(self) -> Program:
        return self._arrival.situation.program

    # -- what happens -----------------------------------------------------------------

    def step(
        self, event: str, *, by: str, at: Moment, facts: Mapping[str, object] | None = None
    ) -> Case:
        """The case after `event`, reported by agency `by` at `at` (JST unless it says otherwise).

        `facts` are recorded with the event. Raises Refused, with every reason, where the
        event is not enabled; UnknownId and FactError where the call itself is wrong.
        """
        situation = self._arrival.situation
        reaction = situation.reactions[event]
        if at.__class__ is not datetime or at.tzinfo is not JST:
            at = moment(at)
        recorded = self._facts if not facts else with_facts(self, event, facts)
        if by in reaction.roles and at >= self._at:
            target = reaction.sure or reaction.choose(recorded, at, self)
            if target is not None and (situation.quiet or not held_up(Asking(self, at), event)):
                after = Case(target, recorded, at, by, self, self._id)
                if observers():
                    tell(Asking(self, at, recorded), event, by, after)
                return after
        if observers():
            tell(Asking(self, at, recorded), event, by, None)
        raise Refused(self, event, by, at, recorded)

    def enabled(self, by: str | None = None, *, at: Moment | None = None) -> tuple[str, ...]:
        """The events that may happen now, as things stand (reported by `by`, if given).

        Events that first need a fact to be recorded with them are in `possible`.
        """
        if by is not None and by not in self._program.agencies:
            raise UnknownId("agency", by, self._program.agencies)
        asked = Asking(self, None if at is None else moment(at))
        reactions = asked.situation.reactions
        return tuple(
            event
            for event in asked.situation.leading
            if (by in reactions[event].roles if by else reactions[event].roles)
            and reactions[event].arrival(asked) is not None
            and not held_up(asked, event)
        )

    def possible(self, by: str | None = None, *, at: Moment | None = None) -> tuple[str, ...]:
        """The events that may happen now, or may once the facts recorded with them are given."""
        situation = self._arrival.situation
        return tuple(
            event
            for event in situation.leading
            for who in (by or min(situation.reactions[event].roles, default=None),)
            if who is not None and self.explain(event, by=who, at=at, whole=True).possible
        )

    def explain(
        self,
        event: str,
        *,
        by: str,
        at: Moment | None = None,
        facts: Mapping[str, object] | None = None,
        whole: bool = False,
    ) -> Explanation:
        """Why the event may or may not happen now, and who can change that: as agency `by` may
        know it, or the `whole`, for the owner of the desk only."""
        recorded = with_facts(self, event, facts) if facts else None
        asked = Asking(self, None if at is None else moment(at), recorded)
        return explain(asked, event, by, whole=whole)

    # -- time -------------------------------------------------------------------------

    def deadlines(self) -> tuple[Clock, ...]:
        """The clocks that are running, the next to run out first."""
        return clocks(self)

    def advance(self, *, to: Moment) -> Case:
        """The case at `to`, after everything that happens by operation of law on the way."""
        return advance(self, moment(to))

    # -- looking back -----------------------------------------------------------------

    def snapshots(self) -> Iterator[Case]:
        """This case and every earlier one, the latest first."""
        case: Case | None = self
        while case is not None:
            yield case
            case = case._previous

    @property
    def journal(self) -> tuple[Record, ...]:
        """What has happened, in order, the opening first."""
        from .journal import record

        return tuple(reversed([record(case) for case in self.snapshots()]))

    def view(self, agency: str) -> View:
        """What this agency may see of the case."""
        from .view import view

        return view(self, agency)

    # -- as a value -------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return (self._id, self.process, self.journal) == (other._id, other.process, other.journal)

    def __hash__(self) -> int:
        return hash((self._id, self._at, self._arrival.situation.configuration))

    def __repr__(self) -> str:
        states = self.states
        moved = [
            f"{m.id}={states[m.id]}" for m in self.process.machines if states[m.id] != m.initial
        ]
        return f"<Case {self._id} {' '.join(moved)}>"

    def __reduce__(self) -> tuple[Callable[..., Case], tuple[object, ...]]:
        from .journal import replay

        return replay, (self.process, self.journal, self._id)
