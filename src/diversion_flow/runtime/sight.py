"""What one agency sees of a case: everything that is said to it is cut from here.

An agency sees the machines and facts that are always shown to it, and within the person's
consent those shown on consent. It can be told a condition only if it sees all that the condition
asks about, and the day of a limit only if it sees the machine, what started the clock, and every
fact in its length and its condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve, frozen

from ..definition import OPENED, Deadline, Fact, Guard, Machine, OnEvent, OnFact, Process
from ..definition.guard import Named, Narrows
from ..definition.kept import kept
from .asking import Asking
from .clause import consent_to
from .reasons import Code

if TYPE_CHECKING:
    from .case import Case
    from .objections import Objection


@frozen
class Sight:
    """The machines and facts that an agency sees, by id; `whole` is the desk's owner's.

    Of the facts those that it `brought` with its question are seen as brought, not as before.
    """

    process: Process
    machines: frozenset[str]
    facts: frozenset[str]
    whole: bool = False
    brought: frozenset[str] = frozenset()

    def covers(self, guard: Guard) -> bool:
        """Whether the agency sees all that the condition asks about."""
        return self.whole or all(map(self._covers, guard.walk()))

    def _covers(self, part: Guard) -> bool:
        if isinstance(part, Named):  # who asks knows what it names
            return True
        if isinstance(part, Narrows) and part.fact in self.brought:
            return False
        return bool(part.parts()) or all(self._sees(kind, id) for kind, id in part.mentions())

    def with_facts(self, facts: Iterable[str]) -> Sight:
        """This sight, and these facts too."""
        brought = frozenset(facts) - self.facts
        return evolve(self, facts=self.facts | brought, brought=brought)

    def proves(self, event: str, objection: Objection) -> bool:
        """Whether those who see this much know by themselves that time objects so."""
        if objection.limit is not None:
            return self.sees_limit(objection.limit)
        if objection.code is Code.NOT_YET:
            limits = (d for d in self.process.deadlines if d.on_expiry == event)
            return all(map(self.sees_limit, limits))
        return True

    def sees_event(self, event: str) -> bool:
        """Whether the agency learns that this event happened: it sees the machine that decides.
        Everyone who sees a case knows that it was opened."""
        return event == OPENED or self.process.event(event).home in self.machines

    def sees_limit(self, deadline: Deadline) -> bool:
        """Whether the agency may know from when to when this limit runs."""
        start = deadline.start
        started = (
            all(map(self.sees_event, start.events))
            if isinstance(start, OnEvent)
            else not isinstance(start, OnFact) or start.fact in self.facts
        )
        return (
            started
            and deadline.machine in self.machines
            and self.facts.issuperset(deadline.length.plus)
            and self.covers(deadline.guard)
        )

    def _sees(self, kind: str, id: str) -> bool:
        if kind == "machine":
            return id in self.machines
        if kind == "fact":
            return id in self.facts
        return kind != "deadline" or self.sees_limit(self.process.deadline(id))


def whole_sight(process: Process) -> Sight:
    """What the desk's owner sees: everything."""
    return kept(process, _whole)


def _whole(process: Process) -> Sight:
    machines = frozenset(machine.id for machine in process.machines)
    return Sight(process, machines, frozenset(fact.id for fact in process.facts), whole=True)


def sight(case: Case, agency: str) -> Sight:
    """What the agency sees of the case as it stands; UnknownId for one not in the process."""
    process = case.process
    process.agency(agency)
    eyes = kept(process, sights)[agency]
    return eyes.consented if agency in covered(case) else eyes.always


class Eyes(NamedTuple):
    """What one agency sees always, and while the person's consent covers it."""

    always: Sight
    consented: Sight


def sights(process: Process) -> Mapping[str, Eyes]:
    """The eyes of each agency, by its id."""
    return {
        agency.id: Eyes(*(_eyes(process, agency.id, consented=c) for c in (False, True)))
        for agency in process.agencies
    }


def _eyes(process: Process, agency: str, *, consented: bool) -> Sight:
    machines = _seen(process.machines, agency, consented=consented)
    return Sight(process, machines, _seen(process.facts, agency, consented=consented))


def covered(case: Case) -> frozenset[str]:
    """The agencies to which data may be handed under the person's consent, as it stands."""
    rule, now = case.process.consent, Asking(case)
    named = now.fact(rule.recipients) if rule else None
    if not isinstance(named, frozenset):
        return frozenset()
    return frozenset(to for to in named if now.holds(consent_to(case.process, to)))


def reporter(case: Case) -> str:
    """Who reported the latest step; nobody, where it happened by operation of law."""
    return "" if case._arrival.by_law else case._by


def _seen(
    parts: Iterable[Fact] | Iterable[Machine], agency: str, *, consented: bool
) -> frozenset[str]:
    return frozenset(
        part.id
        for part in parts
        if agency in part.seen_by or (consented and agency in part.seen_with_consent)
    )


def last_seen(case: Case, agency: str) -> datetime:
    """When the latest step happened that the agency saw or reported; else when it was opened."""
    return next(
        then.last
        for then in case.snapshots()
        if reporter(then) == agency or sight(then, agency).sees_event(then._arrival.event)
    )
