"""A case: a process and where we are in it. `step` is the one function that moves it.

A case never changes: a step gives a new case that remembers the one before it, so that the
past is the state and the journal is read off it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..definition import History, Process, Value
from ..definition.moments import JST, moment
from ..definition.moments import Moment as Moment
from ..late import in_notebook
from .asking import Asking
from .clocks import Clock, alerts, clocks
from .clockwork import Began
from .explain import Explanation, Refused, explain
from .facts import FactView, left, put_in, with_facts
from .logic import Facts
from .marks import Irregularity, Marks, carried, lawful_choice
from .objections import held_up, in_time
from .observing import tell, watching
from .program import Arrival, Program
from .program import Work as Work

if TYPE_CHECKING:
    from .duties import Duty
    from .journal import Record
    from .row import Row
    from .view import View


class Case:
    """One person's case at one moment: immutable, compared by its journal and that moment.

    Its `repr` shows the id and states only, never what the facts say.
    """

    __slots__ = (
        "_arrival", "_at", "_began", "_by", "_facts", "_id", "_lapses", "_marks",
        "_previous", "_step", "_told",
    )  # fmt: skip

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
        self._told: dict[object, tuple[Any, ...]] | None = None  # to agencies, kept by `provision`
        self._step: Case | None = None  # as the step left it, of one that was moved on in time
        self._lapses: datetime | None = None  # kept by `clocks`
        self._marks: Marks | None = None  # of what came against the rules
        if previous is not None:
            if previous._marks is not None:
                self._marks = carried(previous, arrival, facts)
            if arrival.runs_on:
                self._lapses = previous._lapses
        self._began: Began = (
            previous._began
            if previous is not None and arrival.idle
            else arrival.began(previous, at, facts)
        )

    # -- where we are -----------------------------------------------------------------

    @property
    def process(self) -> Process:
        """The process, in the version that this case follows."""
        return self._arrival.situation.program.process

    @property
    def law(self) -> Process | History:
        """What the case was opened on: a process, or the history of one."""
        return self._program.history or self._program.process

    @property
    def law_changes(self) -> datetime | None:
        """When the case comes under the next version of its history; None where it does not."""
        return self._program.ends if self._program.crosses else None

    @property
    def id(self) -> str:
        """The case's reference, as its owner gave it."""
        return self._id

    @property
    def at(self) -> datetime:
        """The moment at which the case is (JST): that of its last entry, or to which it was
        advanced."""
        return self._at

    @property
    def last(self) -> datetime:
        """When the last thing happened (JST)."""
        return self._at if self._step is None else self._step._at

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
        return FactView(self._program.plain, self._facts)

    @property
    def marked(self) -> Mapping[str, Irregularity]:
        """The machines that stand where they do against the rules, each with what was irregular;
        a regular step that moves one ends its mark."""
        return {} if self._marks is None else dict(self._marks.machines)

    @property
    def closed(self) -> bool:
        """Whether nothing is left to be done: every machine is at rest, and no time limit
        runs within which somebody has to act. The law may still allow something to happen."""
        return self._arrival.situation.at_rest and not alerts(self)

    @property
    def _program(self) -> Program:
        return self._arrival.situation.program

    # -- what happens -----------------------------------------------------------------

    def step(
        self, event: str, *, by: str, at: Moment, facts: Mapping[str, object] | None = None
    ) -> Case:
        """The case after `event`, reported by agency `by` at `at` (JST unless it says otherwise).

        `facts` are recorded with the event. Raises Refused, with every reason, where the
        event is not enabled; UnknownId, FactError and CallError where the call itself is wrong.
        """
        situation = self._arrival.situation
        if event.__class__ is not str:
            event = situation.program.require_event(event)
        reaction = situation.reactions[event]
        row, known = reaction.row, self._facts
        allowed = by in reaction.roles
        if not allowed or by.__class__ is not str:
            by = situation.program.require_agency(by)
        if at.__class__ is not datetime or at.tzinfo is not JST:
            at = moment(at)
        if row.outdates is not None:
            known = left(known, row.outdates)
        recorded = known
        if facts is not None and (facts.__class__ is not dict or facts):
            recorded = put_in(situation.program, known, facts, event)
        if allowed and self._at <= at < situation.program.closes:
            target = (
                reaction.sure or reaction.choose(recorded, at, self)
                if self._marks is None
                else lawful_choice(self, reaction, event, recorded, at)
            )
            if target is not None and (
                at < (self._lapses or situation.lapses.first(self))
                if not row.by_law
                else not held_up(Asking(self, at), event)
            ):
                after = Case(target, recorded, at, by, self, self._id)
                if watching:
                    tell(Asking(self, at, recorded), event, by, after)
                return after
        situation.program.bearing.require(at)
        if watching:
            tell(Asking(self, at, recorded), event, by, None)
        raise Refused(self, event, by, at, recorded)

    def enabled(self, by: str | None = None, *, at: Moment | None = None) -> tuple[str, ...]:
        """The events that may happen now, as things stand (reported by `by`, if given).

        Events that first need a fact to be recorded with them are in `possible`; what all
        agencies may do, in `worklist`.
        """
        asked = self._asked(at)
        when, rows = asked.at, self._leading(asked, by)
        may = [r for r in rows if r.enabled(asked.untold(r), when, self)]
        return tuple([row.event.id for row in may])

    def possible(self, by: str | None = None, *, at: Moment | None = None) -> tuple[str, ...]:
        """The events that may happen now, or may once facts recorded with them are given that are
        not known yet, or of which nothing told earlier counts.

        What is known stands: one that lacks nothing but another value of a known fact is left out,
        though `step` takes it where that value is told with it.
        """
        asked = self._asked(at)
        return tuple([
            row.event.id
            for row in self._leading(asked, by)
            for about in ((asked.untold(row), asked.at, self),)
            if row.enabled(*about) or row.hopeful(asked.standing, *about)
        ])  # fmt: skip

    def worklist(self, *, at: Moment | None = None) -> Mapping[str, Work]:
        """What every agency of the process may report now, by its id."""
        asked = self._asked(at)
        enabled: list[str] = []
        then: list[str] = []
        when = asked.at
        for row in in_time(asked, asked.rows()):
            facts = asked.untold(row)
            if row.enabled(facts, when, self):
                enabled.append(row.event.id)
            elif row.hopeful(asked.standing, facts, when, self):
                then.append(row.event.id)
        return dict(asked.situation.work(tuple(enabled), tuple(then)))

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
        program = self._program
        event, by = program.require_event(event), program.require_agency(by)
        asked = self._asked(at, with_facts(self, event, facts))
        return explain(asked, event, by, whole=whole)

    def _asked(self, at: Moment | None, facts: Facts | None = None) -> Asking:
        when = None if at is None else self._program.bearing.require(moment(at))
        return Asking(self, when, facts)

    def _leading(self, asked: Asking, by: str | None) -> list[Row]:
        """What time allows of what this agency, or any, may report."""
        if by is None:
            return in_time(asked, asked.rows())
        self._program.require_agency(by)
        return in_time(asked, [row for row in asked.rows() if by in row.event.by])

    # -- time -------------------------------------------------------------------------

    def deadlines(self) -> tuple[Clock, ...]:
        """The clocks that are running, the next to run out first."""
        return clocks(self)

    def duties(self, agency: str | None = None) -> tuple[Duty, ...]:
        """What was owed so far, or what this agency owed: to whom, by when, done or not, and how
        late; the first to run out first. UnknownId for an agency that there is not."""
        from .duties import duties

        if agency is not None:
            self._program.require_agency(agency, "agency")
        return tuple(d for d in duties(self) if agency in (None, d.owner))

    def advance(self, *, to: Moment) -> Case:
        """The case at `to`, after everything that happens by operation of law on the way.

        Each such event is an entry at its own moment; `to` is none, but nothing can be
        reported before it any more. Raises CallError for a moment before the case's own,
        Refused where the law lets something happen that no rule allows.
        """
        from .lapsing import reached

        return reached(self, moment(to, "to"), "to")

    def _moved_on(self, to: datetime) -> Case:
        if to == self._at:
            return self
        case = Case(self._arrival, self._facts, self.last, self._by, self._previous, self._id)
        case._at, case._began, case._marks = to, self._began, self._marks
        case._step = self._step or self
        return case

    def _by_law(self, before: Case) -> Case:
        """This step from `before`, as one that nobody had to report."""
        return Case(self._arrival.lapsed, self._facts, self._at, self._by, before, self._id)

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

        return view(self, self._program.require_agency(agency, "agency"))

    # -- as a value -------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        mine, others = (self._id, self._at, self.process), (other._id, other._at, other.process)
        return mine == others and self._entries() == other._entries()

    def __hash__(self) -> int:
        return hash((self._id, self._at, self._arrival.situation.configuration))

    def __repr__(self) -> str:
        states = self.states
        moved = [
            f"{m.id}={states[m.id]}" for m in self.process.machines if states[m.id] != m.initial
        ]
        return f"<{' '.join(filter(None, ('Case', self._id, *moved)))}>"

    _repr_mimebundle_ = in_notebook

    def __reduce__(self) -> tuple[Callable[..., Case], tuple[object, ...]]:
        from .journal import rows, unrolled

        return unrolled, (self.law, self._id, self._at, rows(self))

    def _entries(self) -> tuple[Record, ...]:
        """The journal without what follows from it."""
        from .journal import entry

        return tuple(reversed([entry(case) for case in self.snapshots()]))
