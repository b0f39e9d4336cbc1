"""What one agency sees of a case: everything that is said to it is cut from here.

An agency sees the machines and facts that are always shown to it, and within the person's
consent those shown on consent. It can be told a condition only if it sees all that the condition
asks about, and the day of a limit only if it sees the machine, what started the clock, and every
fact in its length and its condition, and what stops and renews it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve, field

from ..definition import (
    LAW_CHANGED,
    OPENED,
    Deadline,
    Event,
    Fact,
    Guard,
    Machine,
    Process,
    UnknownId,
)
from ..definition.frozen import frozen
from ..definition.guard import Named, Narrows
from ..definition.kept import kept, kept_each
from ..definition.process import brought_about
from .marks import lawful_facts, lawful_situation
from .reasons import Code

if TYPE_CHECKING:
    from .case import Case
    from .objections import Objection


# What has to be seen: a machine, a fact, a fact as it was before the step.
Needs = frozenset[tuple[str, str]]


@frozen
class Sight:
    """The machines and facts that an agency sees, and the events that it learns of, by id;
    `whole` is the desk's owner's.

    `known` is the same as what a condition or a limit needs.
    """

    process: Process
    machines: frozenset[str]
    facts: frozenset[str]
    whole: bool = False
    events: frozenset[str] = frozenset()
    known: Needs = field(repr=False)

    @known.default
    def _known(self) -> Needs:
        named = (
            ("machine", self.machines), ("fact", self.facts), ("before", self.facts),
            ("event", self.events),
        )  # fmt: skip
        return frozenset((kind, id) for kind, ids in named for id in ids)

    def with_facts(self, facts: Iterable[str]) -> Sight:
        """This sight, and these facts too, as they are brought with a question, not as before."""
        brought = frozenset(facts) - self.facts
        if not brought:
            return self
        known = self.known.union(("fact", id) for id in brought)
        return evolve(self, facts=self.facts | brought, known=known)

    def proves(self, event: str, objection: Objection) -> bool:
        """Whether those who see this much know by themselves that time objects so."""
        if objection.limit is not None:
            return self.sees_limit(objection.limit)
        if objection.code is Code.NOT_YET:
            return all(map(self.sees_limit, kept(self.process, brought_about)[event]))
        return True

    def sees_event(self, event: str) -> bool:
        """Whether the agency learns that this event happened: it sees the machine that decides,
        or is told. Everyone who sees a case knows that it was opened."""
        return event in (OPENED, LAW_CHANGED) or event in self.events

    def sees_limit(self, deadline: Deadline) -> bool:
        """Whether the agency may know from when to when this limit runs."""
        return needs(self.process, deadline) <= self.known


def needs(process: Process, part: Guard | Deadline) -> Needs:
    """What one has to see so as to work out by oneself what a condition answers, or from when
    to when a limit runs."""
    return kept_each(process, _needs, part.id if isinstance(part, Deadline) else part)


def _needs(process: Process, part: Guard | str) -> Needs:
    """Those of a condition, or of a limit by its id."""
    if isinstance(part, str):
        return frozenset(_of_limit(process, process.deadline(part)))
    return frozenset(_asked(process, part))


def _asked(process: Process, guard: Guard) -> Iterator[tuple[str, str]]:
    for part in guard.walk():
        if isinstance(part, Narrows):
            yield "before", part.fact
        elif not part.parts() and not isinstance(part, Named):  # who asks knows what it names
            for kind, id in part.mentions():
                if kind == "deadline":
                    yield from needs(process, process.deadline(id))
                elif kind in ("machine", "fact"):
                    yield kind, id


def _of_limit(process: Process, deadline: Deadline) -> Iterator[tuple[str, str]]:
    """A limit is counted by what was known before the step."""
    yield "machine", deadline.machine
    events = (*deadline.ended_by, *deadline.begun_by)
    yield from (("event", event) for event in events if event != OPENED)
    yield from (("before", fact) for fact in deadline.asked)
    yield from (("machine", stop.machine) for stop in deadline.stops)
    for renewal in deadline.renewals:
        yield from (("event", event) for event in renewal.events)
    yield from (
        ("before" if kind == "fact" else kind, id) for kind, id in needs(process, deadline.guard)
    )


def whole_sight(process: Process) -> Sight:
    """What the desk's owner sees: everything."""
    return kept(process, _whole)


def _whole(process: Process) -> Sight:
    machines = frozenset(machine.id for machine in process.machines)
    facts = frozenset(fact.id for fact in process.facts)
    events = frozenset(event.id for event in process.events)
    return Sight(process, machines, facts, whole=True, events=events)


def sight(case: Case, agency: str) -> Sight:
    """What the agency sees of the case as it stands; UnknownId for one not in the process."""
    eyes = kept(case.process, sights).get(agency)
    if eyes is None:
        raise UnknownId("agency", agency, case.process.by_id["agency"])
    return eyes.of(case, agency)


def sight_under(law: Process, case: Case, agency: str) -> Sight:
    """What that law shows to the agency, with the consent that stands in the case; nothing, if it
    does not know the agency."""
    eyes = kept(law, sights).get(agency)
    if eyes is None:
        return Sight(law, frozenset(), frozenset())
    return eyes.of(case, agency)


class Eyes(NamedTuple):
    """What one agency sees always, and while the person's consent covers it."""

    always: Sight
    consented: Sight

    def of(self, case: Case, agency: str) -> Sight:
        """What the agency sees of a case, with the consent that stands in it."""
        return self.consented if agency in covered(case) else self.always


def sights(process: Process) -> Mapping[str, Eyes]:
    """The eyes of each agency, by its id."""
    return {
        agency.id: Eyes(*(_eyes(process, agency.id, consented=c) for c in (False, True)))
        for agency in process.agencies
    }


def _eyes(process: Process, agency: str, *, consented: bool) -> Sight:
    machines = _seen(process.machines, agency, consented=consented)
    facts = _seen(process.facts, agency, consented=consented)
    events = frozenset(e.id for e in process.events if e.home in machines or _told(e, agency))
    return Sight(process, machines, facts, events=events)


def _told(event: Event, agency: str) -> bool:
    return any(told.to == agency for told in event.told)


def covered(case: Case) -> frozenset[str]:
    """The agencies to which data may be handed under the person's consent, as it stands."""
    marks = case._marks
    situation = case._arrival.situation if marks is None else lawful_situation(case)
    consent = situation.program.consent
    if consent is None or situation.configuration[consent.machine] not in consent.states:
        return frozenset()
    known = case._facts if marks is None else lawful_facts(case, case._facts)
    named = known.get(consent.recipients)
    return named if isinstance(named, frozenset) else frozenset()


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
