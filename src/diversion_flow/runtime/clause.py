"""Everything a transition asks before it may fire: its guard, consent for each hand-over, that
consent names recipients and narrowing it adds none, that the case has not ended for good, and its
law in force. The compiled step and the explanation both read this list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Final, Literal

from ..definition import (
    Basis,
    ConsentRule,
    Machine,
    Process,
    Transition,
    any_of,
    every,
    fact,
    machine,
)
from ..definition.frozen import frozen
from ..definition.grouped import grouped
from ..definition.guard import ALWAYS, AllOf, Always, Grounded, Guard, Named, Narrows, atoms, bare
from ..definition.kept import kept, kept_of, kept_with

Asks = Literal["guard", "naming", "narrowing", "consent"]


@frozen
class Clause:
    """One clause of a transition: a part of its guard, that consent names recipients, that
    narrowing it adds none, or consent to a hand-over. `basis` is its own ground; empty where the
    rule's is meant."""

    kind: Asks
    guard: Guard
    recipient: str | None = None
    basis: tuple[Basis, ...] = ()


def grounds(clause: Clause, rule: tuple[Basis, ...]) -> tuple[Basis, ...]:
    """The clause's own grounds, with those of the policies that it asks; or else the rule's."""
    return own_grounds(clause, rule) or rule


def own_grounds(clause: Clause, rule: tuple[Basis, ...]) -> tuple[Basis, ...]:
    """The same of a clause that has some; those of the policies stand with the rule's."""
    if not clause.basis:
        return ()
    asked = [id for kind, id in clause.guard.mentions() if kind == "parameter"]
    policies = (b for b in rule if any(b.speaks_of("parameter", id) for id in asked))
    return (*clause.basis, *policies)


_KINDS: Final[Mapping[type[Guard], Asks]] = {Named: "naming", Narrows: "narrowing"}


def clauses(process: Process, transition: Transition) -> tuple[Clause, ...]:
    """The clauses of a transition, each on its own."""
    return kept_of(process, asking, transition)[0]


def whole_guard(process: Process, transition: Transition) -> Guard:
    """All clauses of a transition together."""
    return kept_of(process, asking, transition)[1]


def asking(process: Process, transition: Transition) -> tuple[tuple[Clause, ...], Guard]:
    """What a transition asks, clause by clause and together."""
    found = _clauses(process, transition)
    return found, every(*(clause.guard for clause in found))


def _clauses(process: Process, transition: Transition) -> tuple[Clause, ...]:
    asked = [*_parts(transition.guard)]
    parts, rule = [clause.guard for clause in asked], process.consent
    of_consent = kept(process, _of_consent).get(id(transition), ())
    asked += [clause for clause in of_consent if clause.guard not in parts]
    if id(transition) in kept(process, _outliving):
        asked.append(kept(process, _not_over))
    for recipient in dict.fromkeys(s.to for s in transition.shares if s.exception is None):
        ground = rule.basis if rule else ()
        asked.append(Clause("consent", consent_to(process, recipient), recipient, ground))
    return tuple(asked)


def _parts(guard: Guard, basis: tuple[Basis, ...] = ()) -> Iterator[Clause]:
    """What a guard asks, one by one, each with the grounds nearest to it."""
    if isinstance(guard, Grounded):
        yield from _parts(guard.guard, guard.basis)
    elif isinstance(guard, AllOf):
        for part in guard.guards:
            yield from _parts(part, basis)
    elif not isinstance(guard, Always):
        inner = (b for part in guard.walk() if isinstance(part, Grounded) for b in part.basis)
        clause, grounds = bare(guard), basis or tuple(dict.fromkeys(inner))
        yield Clause(_KINDS.get(type(clause), "guard"), clause, basis=grounds)


def consent_to(process: Process, recipient: str) -> Guard:
    """Holds while the person's consent covers handing data to this agency."""
    rule = process.consent
    if rule is None:
        return ALWAYS
    return in_scope(rule) & fact(rule.recipients).includes(recipient)


def _of_consent(process: Process) -> Mapping[int, tuple[Clause, ...]]:
    """What consent asks of transitions, by their identity, whatever the law writes."""
    rule = process.consent
    if rule is None:
        return {}
    giving_it = giving(process)
    return {
        id(t): asked
        for m in process.machines
        for t in (m.transitions if m.id == rule.machine else _recording(process, rule, m))
        if (asked := tuple(_asked_of(process, rule, giving_it, m, t)))
    }


def _recording(process: Process, rule: ConsentRule, machine: Machine) -> Iterator[Transition]:
    """The rules of the machine on events by which whom consent covers may be told."""
    for event in process.events:
        if rule.recipients in event.records:
            yield from machine.on(event.id)


def giving(process: Process) -> frozenset[str]:
    """The events by which consent may come to stand that did not, where the law knows consent."""
    rule = process.consent
    assert rule is not None
    return frozenset(t.event for t in process.machine(rule.machine).transitions if _gives(rule, t))


def _gives(rule: ConsentRule, transition: Transition) -> bool:
    """Whether consent may come to stand by it that did not stand before."""
    return transition.target in rule.states and not set(rule.states).issuperset(transition.sources)


def _asked_of(
    process: Process,
    rule: ConsentRule,
    given: frozenset[str],
    machine: Machine,
    moving: Transition,
) -> Iterator[Clause]:
    """While consent stands, nothing but an event that also gives it may add to it."""
    event, named = process.event(moving.event), fact(rule.recipients)
    records = rule.recipients in event.records
    if machine.id != rule.machine:
        if records and event.home == machine.id:
            asked = any_of(~in_scope(rule), named.narrows())
            yield Clause("narrowing", asked, basis=rule.basis)
    elif moving.target in rule.states and (records or event.id in given):
        yield Clause("naming", named.named(), basis=rule.basis)
        if event.id not in given:
            yield Clause("narrowing", named.narrows(), basis=rule.basis)


def in_scope(rule: ConsentRule) -> Guard:
    """Holds while consent stands."""
    return machine(rule.machine).in_(*rule.states)


def named_anew(process: Process) -> frozenset[str]:
    """The facts of which some rule asks whether they are recorded with the very step."""
    rules = (t for m in process.machines for t in m.transitions)
    return told_anew(whole_guard(process, t) for t in rules)


def told_anew(guards: Iterable[Guard]) -> frozenset[str]:
    """The facts of which these ask whether they are recorded with the very step."""
    return frozenset(atom.fact for atom in atoms(*guards) if isinstance(atom, Named))


def endings(process: Process) -> dict[str, tuple[str, ...]]:
    """The states that end the case, by machine."""
    return grouped((m.id, s.id) for m in process.machines for s in m.states if s.ends_case)


def rests(process: Process) -> dict[str, tuple[str, ...]]:
    """The states in which a case may be left, by machine."""
    return grouped((m.id, s.id) for m in process.machines for s in m.states if s.final or s.rest)


def over(process: Process) -> Guard:
    """Holds once a machine is in a state that ends the case."""
    return any_of(*(machine(id).in_(*states) for id, states in endings(process).items()))


def _not_over(process: Process) -> Clause:
    """That the case has not ended; one clause for all rules that it is asked of."""
    return Clause("guard", ~over(process))


def _outliving(process: Process) -> frozenset[int]:
    """The transitions, by identity, that could let an event happen when the case has ended:
    those of its home machine from where that machine may then be."""
    events = _ending(process)
    return frozenset(
        id(t)
        for m in process.machines
        for left in (kept_with(m, _left_in, events),)
        for t in m.transitions
        if process.event(t.event).home == m.id and not left.isdisjoint(t.sources)
    )


def _ending(process: Process) -> frozenset[str]:
    """The events with which the case may end."""
    return frozenset().union(*(kept_with(m, _ending_in) for m in process.machines))


def _ending_in(machine: Machine) -> frozenset[str]:
    return frozenset(t.event for t in machine.transitions if machine.state(t.target).ends_case)


def around(process: Process) -> tuple[object, ...]:
    """All on which it hangs what a rule asks, but the machine that has it."""
    gives = giving(process) if process.consent else None
    events = tuple((e.id, e.home, e.records, e.outdates) for e in process.events)
    written = (events, process.parameters, process.consent, process.since, process.until)
    return (*written, gives, _ending(process), over(process))


def around_rule(process: Process, transition: Transition) -> tuple[object, ...]:
    """The same of one rule, for which less of it counts."""
    event = process.event(transition.event)
    return (
        kept(process, _of_consent).get(id(transition)),
        id(transition) in kept(process, _outliving) and kept(process, _not_over),
        transition.shares and process.consent,
        (event.home, event.records, event.outdates),
        period(process, transition),
    )


def _left_in(machine: Machine, events: frozenset[str]) -> set[str]:
    """Where the machine may be after one of these events."""
    left: set[str] = set()
    for event, state in product(events, (s.id for s in machine.states)):
        moving = [t for t in machine.leaving(state) if t.event == event]
        left.update(t.target for t in moving)
        if not any(t.guard == ALWAYS and not t.shares for t in moving):
            left.add(state)
    return left


def cited_guard(process: Process, transition: Transition) -> Guard:
    """The same as people are told it: each clause with the grounds that stand behind it."""
    asked = ((c.guard, own_grounds(c, transition.basis)) for c in clauses(process, transition))
    return every(*(guard.under(*basis) if basis else guard for guard, basis in asked))


def period(process: Process, transition: Transition) -> tuple[date | None, date | None]:
    """First and last day on which the whole law of a transition is in force; None where
    the process itself is not in force any longer than that."""
    since = max((b.since for b in transition.basis if b.since), default=None)
    until = min((b.until for b in transition.basis if b.until), default=None)
    if since and process.since and since <= process.since:
        since = None
    if until and process.until and process.until <= until:
        until = None
    return since, until


def in_force(process: Process, transition: Transition, day: date) -> bool:
    """Whether the transition's law is in force on that day."""
    since, until = period(process, transition)
    return (since is None or since <= day) and (until is None or day <= until)


def law_begins(periods: Iterable[tuple[date | None, date | None]]) -> tuple[date, ...]:
    """The first day of each time in which the same rules are law, where these are their periods."""
    first = {date.min}
    for since, until in periods:
        first.add(since or date.min)
        if until and until < date.max:
            first.add(until + timedelta(days=1))
    return tuple(sorted(first))
