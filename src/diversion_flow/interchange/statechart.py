"""A process as a statechart engine takes it: one region per machine, and for each event one
condition on which all of them move or none does.

An engine lets every region decide for itself and takes the first rule that holds. Here the
event's home machine decides for all, and two rules at once are no legal choice; so what has
to hold for the event is asked in every region.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from attrs import Factory, field, frozen

from ..analysis.checking import ambiguous_choices
from ..definition import Event, Guard, Language, Machine, Process, State, Text, Transition
from ..definition.guard import Grounded, Missed, OnWorkingDay
from ..definition.text import clean
from ..definition.wording import basis_text, limit_text
from ..runtime.clause import period, whole_guard
from ..runtime.program import program
from .conditions import Dialect, condition, either, together
from .exported import Loss, touching, untold, untold_of_all, untold_rest, unwritten, whole


class EventDialect(Dialect, Protocol):
    """A dialect that can also ask about the event itself."""

    def reported(self, event: Event, by_law: bool) -> str:
        """Reported by one who may, at its time: an event by operation of law when its limit has
        run out, any other while no limit has run out whose consequence comes first."""

    def on_day(self, first: date | None, last: date | None) -> str:
        """The event happens within this period."""


Dispute = tuple[Machine, Transition, Transition]  # two rules that could hold at once


def _disputes(ask: Conditions) -> tuple[Dispute, ...]:
    """Two rules that could hold at once are a fault; a process may have it all the same."""
    found = (finding.ids for finding in ambiguous_choices(ask.process))
    machines = ((ask.process.machine(machine), one, other) for machine, one, other in found)
    return tuple((m, m.transition(one), m.transition(other)) for m, one, other in machines)


@frozen
class Conditions:
    """What is asked before a step, in the words of one engine."""

    process: Process
    dialect: EventDialect
    disputes: tuple[Dispute, ...] = field(default=Factory(_disputes, takes_self=True))

    def rule(self, transition: Transition) -> str:
        """The transition's own guard, consent and law in force."""
        guard = condition(self.process, whole_guard(self.process, transition), self.dialect)
        return together(self.dialect, (guard, *self._within(*period(self.process, transition))))

    def report(self, event: Event) -> Iterator[str]:
        """What is asked whichever machine moves: who reports it and when, and that no machine
        has two rules for it at once."""
        yield self.dialect.reported(event, event.id in program(self.process).by_law)
        yield from self._within(None, self.process.until)
        for machine, one, other in self.disputes:
            if one.event == event.id:
                both = together(self.dialect, self._leads(machine, one, other))
                yield self.dialect.no(both)

    def decided(self, event: Event) -> str:
        """The event's home machine has a rule for it."""
        return either(self.dialect, self._ways(self.process.machine(event.home), event))

    def _ways(self, machine: Machine, event: Event) -> Iterator[str]:
        for transition in machine.on(event.id):
            yield together(self.dialect, self._leads(machine, transition))

    def _leads(self, machine: Machine, *transitions: Transition) -> Iterator[str]:
        """The machine stands where all of these lead on from, and each of them holds."""
        first = transitions[0]
        shared = tuple(s for s in first.sources if all(s in t.sources for t in transitions))
        yield self.dialect.in_state(machine.id, shared)
        yield from (self.rule(transition) for transition in transitions)

    def _within(self, first: date | None, last: date | None) -> Iterator[str]:
        if first or last:
            yield self.dialect.on_day(first, last)


def ends(machine: Machine, state: State) -> bool:
    """Whether an engine may take the state as final: nothing leads on from it."""
    return state.final and not machine.leaving(state.id)


def cited(process: Process, part: State | Transition, lang: Language) -> tuple[str, ...]:
    """The provisions on which a state or transition rests."""
    return tuple(clean(basis_text(process, basis, lang)) for basis in part.basis)


def limits(process: Process, machine: Machine, state: State, lang: Language) -> tuple[str, ...]:
    """The time limits that may run in a state, with their lengths."""
    running = process.limits(machine.id, state.id)
    return tuple(clean(limit_text(process, d, lang)) for d in running)


def papers(process: Process, transition: Transition, lang: Language) -> tuple[str, ...]:
    """The papers that go with a transition."""
    return tuple(clean(process.paper(paper).label.in_(lang)) for paper in transition.papers)


def losses(process: Process) -> tuple[Loss, ...]:
    """What no statechart engine can be told; each only where the process has such a thing."""
    return touching(_losses(process))


def _losses(process: Process) -> Iterator[tuple[str, Text, Iterable[str]]]:
    transitions = [(m.id, t) for m in process.machines for t in m.transitions]
    yield "deadline", _DEADLINE, (d.id for d in process.deadlines)
    yield "working_day", _WORKING_DAY, _asking(OnWorkingDay, transitions)
    yield "missed", _MISSED, _asking(Missed, transitions)
    yield "schema", _SCHEMA, (f.id for f in process.facts)
    yield "share", _SHARE, (f"{m}.{t.id}" for m, t in transitions if t.shares)
    yield from untold(process.events, process.deadlines)
    yield "ground", _GROUND, _asking(Grounded, transitions)
    yield from unwritten(whole(process), **_LACKS)
    yield from untold_of_all(process)
    yield from untold_rest(process.machines)
    yield "final", _FINAL, _going_on(process.machines)
    yield "refusal", _REFUSAL, (e.id for e in process.events)
    yield "journal", _JOURNAL, (process.id,)


_LACKS = {
    "basis": "fact.basis deadline.basis",
    "words": "agency.label stage.label fact.unit choice.label state.note transition.note",
    "start": "deadline.owner",
    "visibility": "machine.seen_by machine.seen_with_consent fact.seen_by fact.seen_with_consent",
    "version": "process.since process.called",
}


def _going_on(machines: Iterable[Machine]) -> Iterator[str]:
    for machine in machines:
        for state in machine.states:
            if state.final and not ends(machine, state):
                yield f"{machine.id}.{state.id}"


def _asking(kind: type[Guard], transitions: Iterable[tuple[str, Transition]]) -> Iterator[str]:
    """The rules whose guard has a condition of this kind."""
    for machine, rule in transitions:
        if any(isinstance(part, kind) for part in rule.guard.walk()):
            yield f"{machine}.{rule.id}"


_DEADLINE = Text(
    "期限は暦と法律に従って計算されるため、エンジンは計算しない。"
    "期限経過により生じた事象(due)と進行中の期限(running)を、事象のデータとして渡すこと。",
    "Time limits are counted by the calendar and the law, which the engine does not do: pass what "
    "a limit has brought about (due) and which limits run (running) as data of the event.",
)
_WORKING_DAY = Text(
    "休日の暦はエンジンにない。平日か否か(working_day)を事象のデータとして渡すこと。",
    "The engine has no calendar of holidays: pass whether it is a working day (working_day) as "
    "data of the event.",
)
_MISSED = Text(
    "義務の不履行はエンジンでは判定されない。履行されずに期間が過ぎた義務(missed)を、事象のデータとして渡すこと。",
    "Whether a duty was missed the engine does not tell: pass the duties that were missed (missed) "
    "as data of the event.",
)
_SCHEMA = Text(
    "事実の型・範囲・選択肢は検査されない。渡す前に検査すること。",
    "Kinds, ranges and choices of facts are not checked: check them before they are passed.",
)
_FINAL = Text(
    "終わりの状態のうち、なお規則が適用され得るものは、ほかの状態と同様に書かれる。",
    "Final states from which a rule still leads on are written like any other state.",
)
_SHARE = Text(
    "提供に必要な同意は条件に含まれるが、どの事実を誰に渡すかは表されない。",
    "Consent to a hand-over is among the conditions; which facts go to whom is not expressed.",
)
_GROUND = Text(
    "条件ごとの根拠は表されない。規則の根拠のみが記される。",
    "The grounds of single conditions are not expressed; those of the rule are.",
)
_REFUSAL = Text(
    "要件を満たさない事象では何も動かないが、拒否の理由は示されない。",
    "An event that is not enabled moves nothing, but no reasons for the refusal are given.",
)
_JOURNAL = Text(
    "経過の記録は残らない。事象の前後の順序(時刻が戻らないこと)も検査されない。",
    "No journal is kept, and that time does not run backwards is not checked.",
)
