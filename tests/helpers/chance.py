"""Values by chance, and a step that may be refused."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from diversion_flow import Case, Process, Refused
from diversion_flow.definition import Fact, Kind
from diversion_flow.definition.kept import kept


def value(fact: Fact, rnd: random.Random) -> object:
    if fact.kind is Kind.BOOLEAN:
        return rnd.random() < 0.7
    if fact.kind is Kind.INTEGER:
        low, high = fact.minimum or 0, fact.maximum or 100
        return rnd.choice(
            [low, high, min(high, max(low, rnd.choice([1, 5, 10, 64, 65, 1_000_000])))]
        )
    if fact.kind is Kind.CHOICE:
        return rnd.choice(fact.choices).id
    if fact.kind is Kind.CHOICES:
        return [c.id for c in fact.choices if rnd.random() < 0.8]
    return f"2024-0{rnd.randint(1, 9)}-{rnd.randint(10, 28)}"


def attempt(case: Any, event: str, **call: Any) -> Case | None:
    try:
        return case.step(event, **call)
    except Refused:
        return None


def living(process: Process, events: Iterable[str], rnd: random.Random) -> list[str]:
    """These events, mostly without those that end the whole case: few die, for nothing follows
    and a walk by chance would stand still."""
    found = list(events)
    if rnd.random() < 0.02:
        return found
    ending = kept(process, _ending)
    return [event for event in found if event not in ending] or found


def _ending(process: Process) -> set[str]:
    """The events that end the whole case."""
    return {
        rule.event
        for machine in process.machines
        for rule in machine.transitions
        if machine.state(rule.target).ends_case
    }


def led(law: Process, rnd: random.Random, most: int = 25) -> Case:
    """A case that has gone some way by chance, and in which the person mostly lives."""
    at = law.since or "2024-06-03"
    case = law.open(at=at, facts={f.id: value(f, rnd) for f in law.facts})
    for _ in range(rnd.randint(0, most)):
        if not (events := living(law, case.possible(), rnd)):
            return case  # the whole case has ended
        event = law.event(rnd.choice(events))
        facts = {f: value(law.fact(f), rnd) for f in event.records}
        then = case.at + timedelta(hours=rnd.choice([0, 5, 30]))
        case = attempt(case, event.id, by=event.by[0], at=then, facts=facts) or case
    return case
