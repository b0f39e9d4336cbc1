"""Everything a transition asks before it may fire: its guard, consent for each hand-over,
and its law in force. The compiled step and the explanation both read this list."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

from ..definition import Process, Transition, every, fact, machine
from ..definition.guard import ALWAYS, AllOf, Guard


@frozen
class Clause:
    """One clause of a transition: a part of its guard, or consent to a hand-over."""

    kind: Literal["guard", "consent"]
    guard: Guard
    recipient: str | None = None


def clauses(process: Process, transition: Transition) -> tuple[Clause, ...]:
    """The clauses of a transition, each on its own."""
    guard = transition.guard
    parts = guard.guards if isinstance(guard, AllOf) else (guard,)
    asked = [Clause("guard", part) for part in parts if part != ALWAYS]
    for recipient in dict.fromkeys(s.to for s in transition.shares if s.exception is None):
        asked.append(Clause("consent", consent_to(process, recipient), recipient))
    return tuple(asked)


def consent_to(process: Process, recipient: str) -> Guard:
    """Holds while the person's consent covers handing data to this agency."""
    rule = process.consent
    if rule is None:
        return ALWAYS
    return machine(rule.machine).in_(*rule.states) & fact(rule.recipients).includes(recipient)


def whole_guard(process: Process, transition: Transition) -> Guard:
    """All clauses of a transition together."""
    return every(*(clause.guard for clause in clauses(process, transition)))


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
