"""Cases of a history: opened under the law of their day, and taken over into the next version at
00:00 of the day of change, in one record that nobody reports."""

from __future__ import annotations

from datetime import datetime
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
from .breaches import Past
from .case import Case
from .clockwork import Began
from .facts import put_in
from .lapsing import reached
from .links import Run
from .logic import NOTHING_KNOWN, Facts
from .midway import entered, happened
from .opening import Opener, opener_of
from .program import Placed, Program


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


class Courses:
    """The tables of a history: of each version while it is the law."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.bound = tuple(self._program(n) for n in range(len(history.versions)))

    def _program(self, number: int) -> Program:
        made = _opened_on(self.history, self.history.versions[number])
        if number + 1 < len(self.history.versions):
            made.crosses = partial(self._crossed, number=number)
        return made

    def _crossed(self, case: Case, number: int) -> Case:
        rules = self.history.amendments[number]
        asked = Asking(case)
        rule = next(r for r in rules if asked.holds(r.guard))
        new = _without_end(case) if rule.continues else self.bound[number + 1]
        return _taken_over(case, rule, new)


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
    new = _without_end(then) if rule.continues else kept_each(to, _migrating, case.law)
    if new.closes <= then.at:
        new.require_law(then.at)
    return _taken_over(then, rule, new, new.process)


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


def _taken_over(
    case: Case, rule: TransitionalRule, new: Program, to: Process | None = None
) -> Case:
    old = case.process
    stands, places, there = case.states, dict(rule.states), kept(new.process, _places)
    for machine, state in stands.items():
        place = f"{machine}.{state}"
        into = places.get(place, place)
        if into not in there or not into.startswith(f"{machine}."):
            target = old.machine(machine).state(state)
            if machine not in new.process.by_id["machine"] and (target.final or target.rest):
                continue  # it has come to its end, and the new law has no such machine
            raise Stuck(
                "crossing_stuck", state=place, rule=rule.id, old=old.version,
                new=new.process.version,
            )  # fmt: skip
    configuration = tuple(
        places.get(f"{m.id}.{stands[m.id]}", f".{stands[m.id]}").rpartition(".")[2]
        if m.id in stands
        else m.initial
        for m in new.process.machines
    )
    now = zip(new.process.machines, configuration, strict=True)
    moved = tuple((m.id, stands[m.id], s) for m, s in now if m.id in stands and stands[m.id] != s)
    crossed = Crossed(rule, old.version, new.process.version, moved, to)
    facts = _facts(case, rule, new)
    began = _began(case, new, configuration, facts)
    return Case(Crossing(new, configuration, began, crossed), facts, case.at, "", case, case.id)


def _places(process: Process) -> frozenset[str]:
    return frozenset(f"{m.id}.{s.id}" for m in process.machines for s in m.states)


def _facts(case: Case, rule: TransitionalRule, new: Program) -> Facts:
    """What is known, as far as the new law asks for it; Stuck where it does not allow a value."""
    known = {id: value for id, value in case.facts.items() if id in new.plain}
    try:
        return put_in(new, NOTHING_KNOWN, known)
    except DiversionFlowError as error:
        raise Stuck(
            "crossing_fact", fact=dict(error.at)["fact"], rule=rule.id, old=case.process.version,
            new=new.process.version,
        ) from None  # fmt: skip


def _began(case: Case, new: Program, configuration: tuple[str, ...], facts: Facts) -> Began:
    """Clocks that run go on: each keeps the moment of what it began with, and what was used of
    it. What begins with a machine that is new begins now."""
    since, stood = entered(case), case.states
    came = {i: since.get(m.id, case.at) for i, m in enumerate(new.process.machines)}
    told = new.clockwork.told(configuration, came, happened(case), facts)
    names = case._program.clockwork.names
    carried = case._program.clockwork.taken_along(case, LAW_CHANGED, case.at)
    before = dict(zip(names, carried, strict=True))
    found: list[datetime | Run | Past | None] = []
    for name, then in zip(new.clockwork.names, told, strict=True):
        entering, _ = name
        if entering is None or stood.get(entering[0]) in entering[1]:
            then = before.get(name, then)
        found.append(then)
    return new.clockwork.carried(tuple(found), configuration, case.at, facts)


def courses(history: History) -> Courses:
    """The tables of this history, compiled once and kept with the value."""
    return kept(history, Courses)


def opener(history: History) -> Opener:
    """Opens cases of one history."""
    openers = tuple(opener_of(program) for program in courses(history).bound)

    def open_case(*, at: Moment, **beside: Any) -> Case:
        """A new case under the law of that day, which crosses into each later version.

        The arguments are those of `process.open`; LawGap where no version is the law then.
        """
        begun = moment(at)
        return openers[history.number(day_of(begun))](at=begun, **beside)

    open_case.__name__ = open_case.__qualname__ = "open"
    return open_case
