"""A process compiled to the tables that a step reads.

A `Situation` is one configuration (a state for each machine). Its `reactions` say, for each
event, who may report it and where it leads; they are worked out when first asked for and
shared by all cases of the process.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..definition import OPENED, Deadline, LawGap, Machine, Process, Text, Transition, UnknownId
from ..definition.arguments import argument
from ..definition.kept import kept
from .bearing import Bearing
from .calendar import moment
from .clause import period, whole_guard
from .logic import Facts, Test, compile_guard
from .objections import Question, questions

if TYPE_CHECKING:
    from .asking import Asking
    from .case import Case

Move = tuple[int, Transition]

_ALWAYS, _NOW = Text("始め", "the beginning"), Text("現在", "now")


class Program:
    """All tables of one process."""

    __slots__ = (
        "_homes",
        "_positions",
        "_situations",
        "agencies",
        "bearing",
        "by_law",
        "endings",
        "ends",
        "fact_index",
        "leaving",
        "moved",
        "process",
        "resting",
        "start",
        "starts",
        "unknown",
    )

    def __init__(self, process: Process) -> None:
        self.process = process
        self.fact_index = {f.id: i for i, f in enumerate(process.facts)}
        self._positions = {machine.id: i for i, machine in enumerate(process.machines)}
        self.bearing = Bearing(process, self.fact_index)
        self._homes = {event.id: self._positions[event.home] for event in process.events}
        self.moved = {event.id: self._moved(event.id) for event in process.events}
        self.starts = moment(process.since) if process.since else None
        self.ends: datetime | None = (
            moment(process.until) + timedelta(days=1) if process.until else None
        )
        self.unknown: Facts = (None,) * len(process.facts)
        self.by_law: frozenset[str] = frozenset(
            d.on_expiry for d in process.deadlines if d.on_expiry
        )
        self.agencies = frozenset(a.id for a in process.agencies)
        self.leaving = {
            (i, state.id): _by_event(machine, state.id)
            for i, machine in enumerate(process.machines)
            for state in machine.states
        }
        standing = [(m.id, s) for m in process.machines for s in m.states]
        self.endings = frozenset((machine, s.id) for machine, s in standing if s.ends_case)
        self.resting: dict[str, set[str]] = {}
        for machine, state in standing:
            if state.final or state.rest:
                self.resting.setdefault(machine, set()).add(state.id)
        self._situations: dict[tuple[str, ...], Situation] = {}
        self.start = Arrival(self.situation(process.initial), OPENED, ())

    def situation(self, configuration: tuple[str, ...]) -> Situation:
        """The one Situation of this configuration."""
        found = self._situations.get(configuration)
        if found is None:
            found = self._situations[configuration] = Situation(self, configuration)
        return found

    def _moved(self, event: str) -> tuple[int, ...]:
        """The machines that an event may move: its home, and those that have a rule on it."""
        return tuple(
            index
            for index, machine in enumerate(self.process.machines)
            if index == self._homes[event] or any(t.event == event for t in machine.transitions)
        )

    def home(self, event: str) -> int:
        """Where the state of an event's home machine stands in a configuration."""
        return self._homes[event]

    def require_law(self, at: datetime) -> None:
        """Raise LawGap where this version is not the law at that moment."""
        if (self.starts and at < self.starts) or (self.ends and at >= self.ends):
            process = self.process
            raise LawGap(
                "law_gap", process=process.id, version=process.version, day=at.date(),
                since=process.since or _ALWAYS, until=process.until or _NOW,
            )  # fmt: skip

    def require_agency(self, agency: object, name: str = "by") -> None:
        """UnknownId for an agency that there is not, CallError for what can be no agency."""
        _require("agency", name, agency, self.agencies)

    def require_event(self, event: object) -> None:
        """UnknownId for an event that there is not, CallError for what can be no event."""
        _require("event", "event", event, self._homes)

    def machine_index(self, machine: str) -> int:
        """Where a machine's state stands in a configuration; UnknownId if there is none."""
        _require("machine", "machine", machine, self._positions)
        return self._positions[machine]


def _require(kind: str, name: str, id: object, known: Collection[str]) -> None:
    argument(name, id, str, type(None))
    if id not in known:
        raise UnknownId(kind, id, known)


def program(process: Process) -> Program:
    """The tables of this process, compiled once and kept with the value."""
    return kept(process, Program)


def _by_event(machine: Machine, state: str) -> Mapping[str, tuple[Transition, ...]]:
    found: dict[str, list[Transition]] = {}
    for transition in machine.transitions:
        if state in transition.sources:
            found.setdefault(transition.event, []).append(transition)
    return {event: tuple(transitions) for event, transitions in found.items()}


class Situation:
    """One configuration of a process, with the ways out of it.

    `deadlines` are those that run here once they have started; `lapses` those of them at whose
    end something happens by operation of law; `leading` the events on which the home machine
    can move. Where it is `quiet`, time need not be asked before a step that lies before `ends`.
    `over`: a machine is in a state that ends the case. `at_rest`: every machine that names
    states of rest is in one.
    """

    __slots__ = ("at_rest", "configuration", "deadlines", "ends", "lapses", "leading", "over",
                 "program", "questions", "quiet", "reactions", "states")  # fmt: skip

    def __init__(self, program: Program, configuration: tuple[str, ...]) -> None:
        process = program.process
        machines = (machine.id for machine in process.machines)
        self.program: Program = program
        self.configuration = configuration
        self.states: Mapping[str, str] = MappingProxyType(
            dict(zip(machines, configuration, strict=True))
        )
        self.ends = program.bearing.ends
        self.over = not program.endings.isdisjoint(self.states.items())
        self.at_rest = self.over or (
            bool(program.resting)
            and all(self.states[machine] in states for machine, states in program.resting.items())
        )
        self.reactions: dict[str, Reaction] = _Reactions(self)
        self.deadlines: tuple[Deadline, ...] = tuple(
            d for d in process.deadlines if self.states[d.machine] in d.states and not self.over
        )
        self.lapses: tuple[Deadline, ...] = tuple(d for d in self.deadlines if d.on_expiry)
        self.leading: tuple[str, ...] = tuple(
            event.id for event in process.events if self.leaving(program.home(event.id), event.id)
        )
        self.questions: tuple[Question, ...] = questions(self)
        # Nothing about time needs to be asked but that it does not run backwards.
        self.quiet = len(self.questions) == 1

    def leaving(self, index: int, event: str) -> tuple[Transition, ...]:
        """The transitions of one machine from its present state on this event."""
        return self.program.leaving[index, self.configuration[index]].get(event, ())


class _Reactions(dict[str, "Reaction"]):
    """Event id → Reaction; an unknown event id raises UnknownId."""

    __slots__ = ("_situation",)

    def __init__(self, situation: Situation) -> None:
        super().__init__()
        self._situation = situation

    def __missing__(self, event: str) -> Reaction:
        made = self[event] = Reaction(self._situation, event)
        return made


class Reaction:
    """What one event does in one situation.

    `sure` is where it leads when nothing needs to be asked; otherwise `choose` asks.
    """

    __slots__ = ("_arrivals", "_rivals", "event", "home", "roles", "situation", "sure")

    def __init__(self, situation: Situation, event: str) -> None:
        definition = situation.program.process.event(event)
        self.situation, self.event = situation, event
        self.roles = definition.by  # few, and asked with whatever a caller gives
        self.home = situation.program.home(event)
        self._arrivals: dict[tuple[int, ...], Arrival] = {}
        self._rivals = self._rival_moves()
        self.sure = self._sure()

    def _rival_moves(self) -> tuple[tuple[int, tuple[tuple[Test | None, Move], ...]], ...]:
        """For each machine that may move, its candidate moves; the home machine first."""
        rivals = []
        for i in sorted(self.situation.program.moved[self.event], key=lambda i: i != self.home):
            moves = self._candidates(i)
            if moves or i == self.home:
                rivals.append((i, moves))
        return tuple(rivals)

    def _candidates(self, index: int) -> tuple[tuple[Test | None, Move], ...]:
        process, states = self.situation.program.process, self.situation.states
        found: list[tuple[Test | None, Move]] = []
        for transition in self.situation.leaving(index, self.event):
            guard = compile_guard(whole_guard(process, transition), process, states)
            if guard is False:
                continue
            dated = _dated(None if guard is True else guard, *period(process, transition))
            found.append((dated, (index, transition)))
        return tuple(found)

    def _sure(self) -> Arrival | None:
        certain = all(len(moves) == 1 and moves[0][0] is None for _, moves in self._rivals)
        return self._arrive(tuple(moves[0][1] for _, moves in self._rivals)) if certain else None

    def arrival(self, asked: Asking) -> Arrival | None:
        """Where the event leads in this case; None if it is not enabled."""
        return self.sure or self.choose(asked.facts, asked.at, asked.case)

    def choose(self, facts: Facts, at: datetime, case: Case | None) -> Arrival | None:
        """Where the event leads for these facts; None if it is not enabled."""
        chosen: list[Move] = []
        for index, moves in self._rivals:
            held = None
            for test, move in moves:
                if test is None or test(facts, at, case) is True:
                    if held is not None:  # two at once: no legal choice
                        return None
                    held = move
            if held is not None:
                chosen.append(held)
            elif index == self.home:
                return None
        return self._arrive(tuple(chosen))

    def _arrive(self, moves: tuple[Move, ...]) -> Arrival:
        key = tuple([id(transition) for _, transition in moves])
        found = self._arrivals.get(key)
        if found is None:
            configuration = list(self.situation.configuration)
            for index, transition in moves:
                configuration[index] = transition.target
            target = self.situation.program.situation(tuple(configuration))
            found = self._arrivals[key] = Arrival(target, self.event, moves)
        return found


def _dated(test: Test | None, since: date | None, until: date | None) -> Test | None:
    """The test, and its law in force on the day of the step."""
    if since is None and until is None:
        return test

    def dated(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        day = at.date()
        if (since and day < since) or (until and until < day):
            return False
        return True if test is None else test(facts, at, case)

    return dated


class Arrival:
    """Where a step has led, by which event and which moves of which machines; whether it was
    `by_law`, without anybody's report."""

    __slots__ = ("_lapsed", "by_law", "event", "moves", "situation")

    def __init__(
        self, situation: Situation, event: str, moves: tuple[Move, ...], by_law: bool = False
    ) -> None:
        self.situation, self.event, self.moves, self.by_law = situation, event, moves, by_law
        self._lapsed: Arrival | None = None

    @property
    def lapsed(self) -> Arrival:
        """The same, by operation of law."""
        if self._lapsed is None:
            self._lapsed = Arrival(self.situation, self.event, self.moves, by_law=True)
        return self._lapsed
