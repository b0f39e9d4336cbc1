"""Cases of a history: opened under the law of their day, and taken over into the next version at
00:00 of the day of change, in one record that nobody reports."""

from __future__ import annotations

from functools import partial
from typing import Any

from attrs import field

from ..definition import (
    LAW_CHANGED,
    DiversionFlowError,
    History,
    Process,
    TransitionalRule,
)
from ..definition.arguments import argument
from ..definition.frozen import frozen
from ..definition.kept import kept, kept_each
from ..definition.moments import Moment, day_of, moment
from .asking import Asking
from .case import Case
from .clockwork import Began
from .facts import left, put_in
from .lapsing import reached
from .logic import Facts
from .midway import entered, happened
from .opening import Opener, opener_of
from .program import Placed, Program, program


class Stuck(DiversionFlowError):
    """A case cannot be taken over into the next version: the new law has no such state or value,
    and the transitional rule does not say what becomes of it."""

    status = 409


@frozen
class Crossed:
    """How a case came from one version into another, or stayed (`old` and `new` are the same):
    by which transitional rule. One that somebody took over tells the law `to` which, or under
    which it stayed."""

    rule: TransitionalRule
    old: str
    new: str
    moved: tuple[tuple[str, str, str], ...] = ()
    to: Process | None = field(default=None, repr=False)


class Crossing(Placed):
    """Where a case stands after its crossing."""

    __slots__ = ("crossed",)

    def __init__(
        self, program: Program, configuration: tuple[str, ...], began: Began, crossed: Crossed
    ) -> None:
        super().__init__(program.situation(configuration), LAW_CHANGED, began, by_law=True)
        self.crossed = crossed


def courses(history: History) -> tuple[Program, ...]:
    """The tables of a history: of each version while it is the law."""
    return kept(history, _courses)


def _courses(history: History) -> tuple[Program, ...]:
    made = tuple(_opened_on(history, law) for law in history.versions)
    for number, law in enumerate(made[:-1]):
        law.crosses = partial(_crossed, history, number)
    return made


def _crossed(history: History, number: int, case: Case) -> Case:
    asked = Asking(case)
    rule = next(r for r in history.amendments[number] if asked.holds(r.guard))
    new = _without_end(case) if rule.continues else courses(history)[number + 1]
    return Taking(case, rule, new).over(case)


def migrated(case: Case, *, to: Process, rule: TransitionalRule, at: Moment) -> Case:
    """The case under another law from that moment on, in one record: somebody takes it over, by
    this transitional rule. Its guard is not asked: it was chosen. By one that lets the former law
    go on, the case stays under its own, which has no end for it from then on.

    Raises Stuck where the new law has no such state or value and the rule does not say what
    becomes of it, CallError for a moment before the case's own, LawGap where that law has ended by
    then; one that is still to come may be tried.
    """
    argument("case", case, Case)
    argument("to", to, Process)
    argument("rule", rule, TransitionalRule)
    then = reached(case, moment(at), before=True)
    return taking(then, to=to, rule=rule).over(then)


def put_under(case: Case, law: Process) -> Case:
    """The case as it would stand if this had been its law: one with the same machines and clocks,
    by which all that has happened came out alike."""
    was, place = case._arrival, program(law).situation(case._arrival.situation.configuration)
    here = Placed(place, was.event, case._began, was.by_law)
    return Case(here, case._facts, case.at, case._by, case._previous, case.id)


def taking(case: Case, *, to: Process, rule: TransitionalRule) -> Taking:
    """How cases that stand like this one, opened on the same, are `migrated` at its moment."""
    new = _without_end(case) if rule.continues else kept_each(to, _migrating, case.law)
    if new.closes <= case.at:
        new.require_law(case.at)
    return Taking(case, rule, new, new.process)


def _migrating(to: Process, law: Process | History) -> Program:
    """The tables of a law for cases that were opened on another."""
    return _opened_on(law, to)


def _without_end(case: Case) -> Program:
    """The tables of the case's law where it goes on, whatever becomes the law for others."""
    return kept_each(case.law, _going_on, case.process)


def _going_on(law: Process | History, former: Process) -> Program:
    return _opened_on(law, former, endless=True)


def _opened_on(law: Process | History, follows: Process, *, endless: bool = False) -> Program:
    """The tables of the law that a case follows which was opened on this one."""
    made = Program(follows, endless=endless)
    made.history = law
    return made


class Taking:
    """How cases that stand alike come under another law: by what they `crossed`, and where they
    stand then (`configuration`). Worked out once for all of them; only what is recorded and what
    runs is each one's own. Stuck where the new law has no such state."""

    __slots__ = ("_anew", "_goes_on", "_gone", "_new", "_tells", "configuration", "crossed")

    def __init__(
        self, case: Case, rule: TransitionalRule, new: Program, to: Process | None = None
    ) -> None:
        old, stands, machines = case._program, case.states, new.process.machines
        version = old.process.version
        put = _put(case, rule, new)
        self._new = new
        self.configuration = tuple(put.get(m.id, m.initial) for m in machines)
        there = ((m.id, stands[m.id], put[m.id]) for m in machines if m.id in put)
        moved = tuple(move for move in there if move[1] != move[2])
        self.crossed = Crossed(rule, version, new.process.version, moved, to)
        self._gone = frozenset(old.plain) - new.plain.keys()
        self._anew = kept_each(new.process, _defined_otherwise, old.process)
        numbers = {name: number for number, name in enumerate(old.clockwork.names)}
        # Of each clock the number of that which goes on as this one.
        self._goes_on = tuple(
            numbers.get((on, limit)) if on is None or stands.get(on[0]) in on[1] else None
            for on, limit in new.clockwork.names
        )
        now = {m.id: state for m, state in zip(machines, self.configuration, strict=True)}
        self._tells = any(
            number is None and (on is None or now[on[0]] in on[1])
            for number, (on, _) in zip(self._goes_on, new.clockwork.names, strict=True)
        )

    def over(self, case: Case, facts: Facts | None = None) -> Case:
        """The case after it, with these `facts`, if they were asked for; raises as that."""
        known = self.facts(case) if facts is None else facts
        arrival = Crossing(self._new, self.configuration, self._began(case, known), self.crossed)
        return Case(arrival, known, case.at, "", case, case.id)

    def facts(self, case: Case) -> Facts:
        """What is known, as far as the new law asks for it; Stuck where it does not allow a
        value."""
        new, known = self._new, left(case._facts, self._gone)
        try:
            known = put_in(new, known, {id: known[id] for id in self._anew if id in known})
            new.bearing.require_facts(known, known)
        except DiversionFlowError as error:
            by = self.crossed
            raise Stuck(
                "crossing_fact", fact=dict(error.at)["fact"], rule=by.rule.id, old=by.old,
                new=by.new,
            ) from None  # fmt: skip
        return known

    def _began(self, case: Case, facts: Facts) -> Began:
        """Clocks that run go on: each keeps the moment of what it began with, and what was used of
        it. What begins with a machine that is new begins now."""
        new, carried = self._new, case._program.clockwork.taken_along(case, LAW_CHANGED, case.at)
        told = self._told(case, facts) if self._tells else new.clockwork.never
        began = [t if n is None else carried[n] for n, t in zip(self._goes_on, told, strict=True)]
        return new.clockwork.carried(tuple(began), self.configuration, case.at, facts)

    def _told(self, case: Case, facts: Facts) -> Began:
        """What else has begun, by what the journal tells."""
        since, machines = entered(case), self._new.process.machines
        came = {i: since.get(m.id, case.at) for i, m in enumerate(machines)}
        return self._new.clockwork.told(self.configuration, came, happened(case), facts)


def _put(case: Case, rule: TransitionalRule, new: Program) -> dict[str, str]:
    """In which state each machine stands that the new law has, too."""
    old, places, there = case.process, dict(rule.states), kept(new.process, _places)
    found: dict[str, str] = {}
    for machine, state in case.states.items():
        place = f"{machine}.{state}"
        into = places.get(place, place)
        if into in there and into.startswith(f"{machine}."):
            found[machine] = into.rpartition(".")[2]
            continue
        target = old.machine(machine).state(state)
        if machine in new.process.by_id["machine"] or not (target.final or target.rest):
            raise Stuck(
                "crossing_stuck", state=place, rule=rule.id, old=old.version,
                new=new.process.version,
            )  # fmt: skip
        # else it has come to its end, and the new law has no such machine
    return found


def _places(process: Process) -> frozenset[str]:
    return frozenset(f"{m.id}.{s.id}" for m in process.machines for s in m.states)


def _defined_otherwise(new: Process, old: Process) -> tuple[str, ...]:
    """The facts that both laws have, and the new one otherwise."""
    former = old.by_id["fact"]
    return tuple(f.id for f in new.facts if f.id in former and former[f.id] != f)


def opener(history: History) -> Opener:
    """Opens cases of one history."""
    openers = tuple(opener_of(program) for program in courses(history))

    def open_case(*, at: Moment, **beside: Any) -> Case:
        """A new case under the law of that day, which crosses into each later version.

        The arguments are those of `process.open`; LawGap where no version is the law then.
        """
        begun = moment(at)
        return openers[history.number(day_of(begun))](at=begun, **beside)

    open_case.__name__ = open_case.__qualname__ = "open"
    return open_case
