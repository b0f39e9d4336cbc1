"""A process compiled to the tables that a step reads.

A `Situation` is one configuration (a state for each machine); its `reactions` say, for each
event, who may report it and where it leads. What an event does is a `Row`, made for the states of
the machines that the event asks and shared by all situations in which these stand so; it is put
together of what each machine may do, made for the few that this one asks. All of it is made when
first asked for and shared by all cases of the process; of situations and rows only so many are
kept.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from math import inf
from operator import itemgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from ..definition import (
    OPENED,
    ConsentRule,
    History,
    LawGap,
    Process,
    Text,
    Transition,
    UnknownId,
)
from ..definition.arguments import argument
from ..definition.bare import bare
from ..definition.grouped import grouped
from ..definition.guard import Guard, InState
from ..definition.kept import kept
from .bearing import Bearing
from .calendar import moment
from .clause import endings, rests, whole_guard
from .clocks import Lapses, Term, term
from .clockwork import Began, Clockwork, Sets
from .facts import plain
from .logic import Compiled, Facts, compile_guard
from .names import several_names
from .row import Move, Rivals, Row, Stand, landed, rivals

if TYPE_CHECKING:
    from .case import Case
    from .journal import Moved

T = TypeVar("T")
# Whether the case has ended; the limits that run; those of them that end by operation of law.
Running = tuple[bool, tuple[Term, ...], Lapses]

_ALWAYS, _NOW = Text("始め", "the beginning"), Text("現在", "now")
_MOST: Final = 1_500  # situations that are kept; more than the courses of a large desk meet


class Consent(NamedTuple):
    """Where a case says whether consent stands, and whom it covers: the machine and its states,
    and the fact that names the recipients."""

    machine: int
    states: frozenset[str]
    recipients: str


class Program:
    """All tables of one process."""

    __slots__ = (
        "_asked_by", "_endings", "_lapses", "_lasting", "_limited", "_positions", "_rivals",
        "_rows", "_running", "_situations", "_stands", "_terms", "_tests", "agencies", "bearing",
        "by_law", "clockwork", "closes", "consent", "crosses", "ends", "history", "homes",
        "leaving", "moved", "outdates", "plain", "process", "records", "resting", "several_names",
        "start", "starts",
    )  # fmt: skip

    def __init__(self, process: Process, *, endless: bool = False) -> None:
        self.process = process
        # Of a history: makes a case cross into the next version when this one has ended.
        self.crosses: Callable[[Case], Case] | None = None
        self.history: Process | History | None = None
        self.several_names = several_names(process)
        self._positions = {machine.id: i for i, machine in enumerate(process.machines)}
        self.bearing = Bearing(process)
        self.homes = {event.id: self._positions[event.home] for event in process.events}
        self.moved = self._moved()
        self.starts = moment(process.since) if process.since else None
        self.ends: datetime | None = (
            moment(process.until) + timedelta(days=1) if process.until and not endless else None
        )
        # From then on nothing can be reported: the law has ended, or no clock could bear it.
        self.closes = min(self.bearing.ends, self.ends or self.bearing.ends)
        self.plain = {
            fact.id: plain(fact, counts=fact.id in self.bearing.asked) for fact in process.facts
        }
        self.records = {
            event.id: {fact: self.plain[fact] for fact in event.records} for event in process.events
        }
        self.outdates = {e.id: frozenset(e.outdates) for e in process.events if e.outdates}
        self.consent = self._consent(process.consent)
        self.by_law = frozenset(d.on_expiry for d in process.deadlines if d.on_expiry)
        self.agencies = frozenset(a.id for a in process.agencies)
        self.leaving = _Leaving(process)
        self._endings = {self._positions[id]: found for id, found in endings(process).items()}
        self.resting = {self._positions[id]: found for id, found in rests(process).items()}
        self.clockwork = Clockwork(process, self._positions, self.bearing)
        self._lasting = tuple(
            (d, self._positions[d.machine], frozenset(d.lasting)) for d in process.deadlines
        )
        self._situations: dict[tuple[str, ...], Situation] = {}
        self._rows = _Made(lambda here, event: Row(self, here, event), most=3 * _MOST)
        self._rivals = _Made(lambda here, about: rivals(self, here, *about))
        self._stands = _Made(lambda here, about: Stand(self, here, *about))
        self._tests = _Made(lambda here, guard: compile_guard(guard, process, here.states))
        self._terms = _Made(lambda here, deadline: term(self, here, process.deadline(deadline)))
        self._running = _Made(self._run, most=_MOST)
        self._lapses: dict[tuple[Term, ...], Lapses] = {}
        self._asked_by: dict[object, _Asked] = {}
        limited = {self._positions[d.machine] for d in process.deadlines}.union(
            self._endings,
            [self.homes[d.on_expiry] for d in process.deadlines if d.on_expiry],
            *(self._asked(d.guard) for d in process.deadlines),
        )
        self._limited = _Asked(limited)
        opened = self.clockwork.opened(process.initial)
        self.start = Arrival(self.situation(process.initial), OPENED, (), opened)

    def situation(self, configuration: tuple[str, ...]) -> Situation:
        """The one Situation of this configuration, as long as it is kept."""
        found = self._situations.get(configuration)
        if found is None:
            if len(self._situations) >= _MOST:
                self._forget()
            found = self._situations[configuration] = Situation(self, configuration)
        return found

    def _forget(self) -> None:
        """Begin anew: running cases keep the situations that they are in, and nothing else does."""
        self._situations = {}
        start = self.start
        first = self.situation(start.situation.configuration)
        self.start = Arrival(first, OPENED, (), start.begins)

    def row(self, situation: Situation, event: str) -> Row:
        """What the event does while the machines that it asks stand as they do here."""
        asked = self._asked_by.get(event)
        if asked is None:
            self.process.event(event)  # UnknownId, if there is none
            moved = self.moved[event]
            machines = {other for index in moved for other in self._asked_at(event, index)}
            machines |= self.clockwork.asked(event, moved)
            asked = self._asked_by[event] = _Asked(machines)
        return self._rows.of(situation, event, asked)

    def rivals(self, situation: Situation, event: str, index: int) -> Rivals:
        """The moves that one machine may make on the event, as it and those that it asks stand."""
        return self._rivals.of(situation, (event, index), self._asked_at(event, index))

    def stand(self, situation: Situation, event: str, index: int) -> Stand:
        """The same, made ready to be explained."""
        return self._stands.of(situation, (event, index), self._asked_at(event, index))

    def _asked_at(self, event: str, index: int) -> _Asked:
        """A machine that an event may move, and those after which its rules on it ask."""
        found = self._asked_by.get((event, index))
        if found is None:
            rules = self.process.machines[index].on(event)
            asked = (self._asked(whole_guard(self.process, rule)) for rule in rules)
            found = self._asked_by[event, index] = _Asked({index}.union(*asked))
        return found

    def test(self, guard: Guard, situation: Situation) -> Compiled:
        """The guard, compiled once for each way in which the machines that it asks can stand."""
        return self._tests.of(situation, guard, self._asked(guard))

    def running(self, situation: Situation) -> Running:
        """Whether the case has ended here, and the limits that run here once they have started."""
        return self._running.of(situation, None, self._limited)

    def _run(self, situation: Situation, _: object) -> Running:
        stands = situation.configuration
        over = any(stands[index] in states for index, states in self._endings.items())
        terms = tuple([
            self._terms.of(situation, deadline.id, self._asked(deadline.guard))
            for deadline, index, states in (() if over else self._lasting)
            if stands[index] in states
        ])  # fmt: skip
        lapsing = tuple([term for term in terms if self._leads(term.deadline.on_expiry, stands)])
        lapses = self._lapses.get(lapsing)
        if lapses is None:
            lapses = self._lapses[lapsing] = Lapses(lapsing)
        return over, terms, lapses

    def _leads(self, event: str | None, stands: tuple[str, ...]) -> bool:
        """Whether the event, at the end of a limit, leads anywhere from here. Where only what
        happened against the rules can have led, it may not: nothing comes of the limit then."""
        if event is None:
            return False
        home = self.homes[event]
        return event in self.leaving[home, stands[home]]

    def _asked(self, guard: Guard) -> _Asked:
        """The machines after whose states a guard asks."""
        found = self._asked_by.get(guard)
        if found is None:
            machines = {part.machine for part in guard.walk() if isinstance(part, InState)}
            found = self._asked_by[guard] = _Asked(self._positions[id] for id in machines)
        return found

    def _moved(self) -> Mapping[str, tuple[int, ...]]:
        """Event → the machines that it may move: its home, and those that have a rule on it."""
        found = {event: {home} for event, home in self.homes.items()}
        for index, machine in enumerate(self.process.machines):
            for transition in machine.transitions:
                found[transition.event].add(index)
        return {event: tuple(sorted(indexes)) for event, indexes in found.items()}

    def _consent(self, rule: ConsentRule | None) -> Consent | None:
        if rule is None:
            return None
        return Consent(self._positions[rule.machine], frozenset(rule.states), rule.recipients)

    def require_law(self, at: datetime) -> None:
        """Raise LawGap where this version is not the law at that moment."""
        if (self.starts and at < self.starts) or (self.ends and at >= self.ends):
            process = self.process
            raise LawGap(
                "law_gap", process=process.id, version=process.version, day=at.date(),
                since=process.since or _ALWAYS, until=process.until or _NOW,
            )  # fmt: skip

    def require_agency(self, agency: object, name: str = "by") -> str:
        """The agency's id; UnknownId for an agency that there is not, CallError for what can be
        no agency."""
        return self._require("agency", name, agency, self.agencies)

    def require_event(self, event: object) -> str:
        """The event's id; UnknownId for an event that there is not, CallError for what can be no
        event."""
        return self._require("event", "event", event, self.homes)

    def machine_index(self, machine: str) -> int:
        """Where a machine's state stands in a configuration; UnknownId if there is none."""
        return self._positions[self._require("machine", "machine", machine, self._positions)]

    def _require(self, kind: str, name: str, id: object, known: Collection[str]) -> str:
        if id.__class__ is not str:
            argument(name, id, str, type(None))
            id = bare(id)
        if id not in known:
            raise UnknownId(kind, id, self.process.by_id[kind])
        return id  # type: ignore[return-value]


def program(process: Process) -> Program:
    """The tables of this process, compiled once and kept with the value."""
    return kept(process, Program)


class _Leaving(dict[tuple[int, str], Mapping[str, tuple[Transition, ...]]]):
    """A machine and its state → event → the rules by which it may leave that."""

    def __init__(self, process: Process) -> None:
        self._machines = process.machines

    def __missing__(self, place: tuple[int, str]) -> Mapping[str, tuple[Transition, ...]]:
        index, state = place
        rules = self._machines[index].leaving(state)
        found = self[place] = grouped((rule.event, rule) for rule in rules)
        return found


class _Asked(tuple[int, ...]):
    """The machines that something asks, and how they stand in a configuration."""

    of: Callable[[tuple[str, ...]], object]

    def __new__(cls, machines: Iterable[int]) -> _Asked:
        made = super().__new__(cls, sorted(machines))
        made.of = itemgetter(*made) if made else lambda stands: None
        return made


class _Made(Generic[T]):
    """What is made once for each way in which the machines that it asks can stand; where those are
    many, so much is kept at `most`, and then it begins anew."""

    __slots__ = ("_made", "_make", "_most")

    def __init__(self, make: Callable[[Situation, Any], T], most: float = inf) -> None:
        self._make, self._most = make, most
        self._made: dict[tuple[object, ...], T] = {}

    def of(self, situation: Situation, about: object, asked: _Asked) -> T:
        """What is to be made of this, where the machines that it asks stand as they do here."""
        key = about, asked.of(situation.configuration)
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= self._most:
                self._made = {}
            found = self._made[key] = self._make(situation, about)
        return found


class Work(NamedTuple):
    """What one agency may report: `enabled` as things stand, `possible` once the facts that
    are recorded with the event are given."""

    enabled: tuple[str, ...]
    possible: tuple[str, ...]


class Situation:
    """One configuration of a process, with the ways out of it.

    `terms` are the limits that run here once they have started, `lapses` those at whose end
    something happens by operation of law. `over`: a machine is in a state that ends the case.
    """

    def __init__(self, program: Program, configuration: tuple[str, ...]) -> None:
        self.program, self.configuration = program, configuration
        self.over, self.terms, self.lapses = program.running(self)
        self.reactions = _Reactions()
        self.reactions.situation = self
        self._work: tuple[object, Mapping[str, Work]] | None = None

    @cached_property
    def states(self) -> Mapping[str, str]:
        """Machine id → state id."""
        machines = (machine.id for machine in self.program.process.machines)
        return MappingProxyType(dict(zip(machines, self.configuration, strict=True)))

    @cached_property
    def at_rest(self) -> bool:
        """Whether every machine that names states of rest is in one."""
        resting, stands = self.program.resting, self.configuration
        return self.over or (
            bool(resting) and all(stands[index] in states for index, states in resting.items())
        )

    @property
    def leading(self) -> tuple[str, ...]:
        """The events that somebody may report and on which their home machine can move."""
        homes, reported = self.program.homes, self.program.process.event
        return tuple([e for e, i in homes.items() if self.leaving(i, e) and reported(e).by])

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What each of them does."""
        row = self.program.row
        return tuple([row(self, event) for event in self.leading])

    def work(self, enabled: tuple[str, ...], then: tuple[str, ...]) -> Mapping[str, Work]:
        """What every agency may report, where these events are enabled, and those may be then;
        the latest answer is kept."""
        if self._work is None or self._work[0] != (enabled, then):
            reported: dict[str, tuple[list[str], list[str]]] = {
                agency: ([], []) for agency in self.program.process.by_id["agency"]
            }
            for event in (row.event for row in self.rows):
                if event.id in enabled or event.id in then:
                    for agency in event.by:
                        now, possible = reported[agency]
                        possible.append(event.id)
                        if event.id in enabled:
                            now.append(event.id)
            work = {id: Work(tuple(now), tuple(may)) for id, (now, may) in reported.items()}
            self._work = (enabled, then), work
        return self._work[1]

    def leaving(self, index: int, event: str) -> tuple[Transition, ...]:
        """The transitions of one machine from its present state on this event."""
        return self.program.leaving[index, self.configuration[index]].get(event, ())


class _Reactions(dict[str, "Reaction"]):
    """Event id → Reaction; an unknown event id raises UnknownId."""

    __slots__ = ("situation",)
    situation: Situation

    def __missing__(self, event: str) -> Reaction:
        situation = self.situation
        made = self[event] = Reaction(situation, situation.program.row(situation, event))
        return made


class Reaction:
    """What one event does in one situation: its row, and where it leads.

    `sure` is where it leads when nothing needs to be asked, once it has led there; otherwise
    `choose` asks.
    """

    __slots__ = ("_arrivals", "roles", "row", "situation", "sure")

    def __init__(self, situation: Situation, row: Row) -> None:
        self.situation, self.row = situation, row
        self.roles = row.event.by  # few, and asked with whatever a caller gives
        self.sure: Arrival | None = None
        self._arrivals: dict[int, Arrival] | None = None

    def choose(self, facts: Facts, at: datetime, case: Case | None) -> Arrival | None:
        """Where the event leads for these facts; None if it is not enabled."""
        row = self.row
        if row.sure is not None:
            self.sure = self.arrive(*row.led(row.sure))
            return self.sure
        choice = row.choice(facts, at, case)
        if choice is None:
            return None
        if self._arrivals is None:
            self._arrivals = {}
        found = self._arrivals.get(choice)
        if found is None:
            found = self._arrivals[choice] = self.arrive(*row.led(choice))
        return found

    def arrive(self, moves: tuple[Move, ...], begins: Sets) -> Arrival:
        """Where these moves lead, which set these clocks."""
        situation, row, lapses = self.situation, self.row, self.situation.lapses
        stands = situation.program.situation(landed(situation.configuration, moves))
        runs_on = stands.lapses is lapses and lapses.outlast(begins, row.alters)
        return Arrival(stands, row.event.id, moves, begins, runs_on=runs_on)


class Arrival:
    """Where a step has led, by which event and which moves of which machines; which clocks it
    `begins`, and whether it was `by_law`, without anybody's report. Where time `runs_on`, the step
    itself changes nothing about when something lapses next; where clocks are `idle`, nothing at all
    of what a case carries of them."""

    __slots__ = (
        "_lapsed", "_watching", "begins", "by_law", "event", "idle", "moved", "moves", "runs_on",
        "situation",
    )  # fmt: skip

    def __init__(
        self,
        situation: Situation,
        event: str,
        moves: tuple[Move, ...],
        begins: Sets = (),
        by_law: bool = False,
        *,
        runs_on: bool = False,
    ) -> None:
        self.situation, self.event, self.moves = situation, event, moves
        self.begins, self.by_law, self.runs_on = begins, by_law, runs_on
        self._watching = bool(situation.program.clockwork.watches)
        self.idle = not begins and not self._watching
        self._lapsed: Arrival | None = None
        self.moved: tuple[Moved, ...] | None = None  # kept by `journal`

    def began(self, before: Case | None, at: datetime, facts: Facts) -> Began:
        """What has begun in a case that has come here from this one, or opens here."""
        if before is None:
            known, then = facts, self.situation.program.clockwork.never
        else:
            known, then = before._facts, before._began
            if self._watching:
                then = before._program.clockwork.watched(before, self.event, at, facts)
        if not self.begins:
            return then
        now = [*then]
        for number, begins in self.begins:
            if begins is True:
                now[number] = at
            elif begins is False:  # what was met runs no more
                now[number] = None
            else:
                now[number] = begins(now[number], at, known, facts)  # type: ignore[arg-type]
        return tuple(now)

    @property
    def lapsed(self) -> Arrival:
        """The same, by operation of law."""
        if self._lapsed is None:
            self._lapsed = Arrival(
                self.situation, self.event, self.moves, self.begins, True, runs_on=self.runs_on
            )
        return self._lapsed


class Placed(Arrival):
    """Where a case is put, not by a step: what it carries of clocks there was worked out."""

    __slots__ = ("_began",)

    def __init__(self, situation: Situation, event: str, began: Began, by_law: bool) -> None:
        super().__init__(situation, event, (), by_law=by_law)
        self.idle, self._began = False, began

    def began(self, before: Case | None, at: datetime, facts: Facts) -> Began:
        return self._began
