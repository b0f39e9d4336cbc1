"""Random walks of cases, with all that Python says of every step, as plain data for a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from diversion_flow import Case, Clock, Process, Refused
from diversion_flow.definition import Event, Fact, History, Kind
from diversion_flow.definition.kept import kept
from diversion_flow.definition.wording import basis_text
from diversion_flow.diagram.layout.measure import clean
from diversion_flow.runtime import Reason, Stuck
from diversion_flow.runtime.breaches import missed as was_missed
from diversion_flow.runtime.calendar import JST, moment
from diversion_flow.runtime.names import several_names
from helpers.chance import living
from helpers.naming import names, said

_EPOCH = datetime(1970, 1, 1, 9, tzinfo=JST)
_MILLISECOND = timedelta(milliseconds=1)
_SPANS = (timedelta(0), timedelta(minutes=90), timedelta(hours=30), timedelta(days=12),
          timedelta(days=75))  # fmt: skip
_END = date(2027, 12, 31)


def walk(process: Process | History, steps: int, seed: int) -> dict[str, Any]:
    """One case, opened and led on by chance; what can happen is tried more often. On a history it
    is opened shortly before the law changes for the first time, and comes to that day."""
    chance = Random(seed)
    case = _opened(process, chance)
    version, on = case.process.version, isinstance(process, History)
    opened = {"at": millis(case.at), "facts": plain(case.facts)}
    told = []
    for _ in range(steps):
        told.append(
            step := _advance(case, chance) if chance.random() < 0.08 else _try(case, chance)
        )
        case = step.pop("case")
    return {"version": version, "on": on, "open": opened, "steps": told}


def millis(at: datetime) -> int:
    """The moment as the page counts it, whose next instant is a millisecond, not a microsecond."""
    whole, instants = divmod(at - _EPOCH, _MILLISECOND)
    return whole + instants // timedelta(microseconds=1)


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the page holds them."""
    return {id: _plain(value) for id, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, datetime):
        return millis(value)
    return value.isoformat() if isinstance(value, date) else value


def _opened(law: Process | History, chance: Random) -> Case:
    process = law.versions[0] if isinstance(law, History) else law
    last = process.until or _END
    first = last - timedelta(days=20) if law is not process else process.since or date(2009, 5, 21)
    days = (last - first).days
    at = moment(first) + timedelta(days=chance.randint(0, days), minutes=chance.randint(0, 1439))
    known = _values(process.facts, at, chance, 0.6)
    return law.open(at=at, facts={id: v for id, v in known.items() if v is not None})


def _advance(case: Case, chance: Random) -> dict[str, Any]:
    to = _later(case, chance)
    asked = {"advance": millis(to)}
    try:
        after = case.advance(to=to)
    except Refused as refused:
        return {**asked, "case": case, **_refused(refused)}
    except Stuck:
        return {**asked, "case": case, "stuck": True}
    return {**asked, "case": after, **stands(after)}


def _try(case: Case, chance: Random) -> dict[str, Any]:
    process = case.process
    event = _likely(case, chance) if chance.random() < 0.8 else chance.choice(process.events)
    anyone = [a.id for a in process.agencies]
    by = chance.choice(event.by if event.by and chance.random() < 0.9 else anyone)
    at = case.at - _span(chance) if chance.random() < 0.05 else _later(case, chance)
    facts = _values([process.fact(f) for f in event.records], at, chance, 0.85)
    asked = {"event": event.id, "by": by, "asked": millis(at), "facts": plain(facts)}
    if chance.random() < 0.04:
        asked["possible"] = {a: list(case.possible(a, at=at)) for a in chance.sample(anyone, 3)}
    try:
        after = case.step(event.id, by=by, at=at, facts=facts)
    except Refused as refused:
        return {**asked, "case": case, **_refused(refused)}
    return {**asked, "case": after, **stands(after)}


def _likely(case: Case, chance: Random) -> Event:
    """An event that leads on, one of a few that may happen if there is one among them."""
    process = case.process
    moving, states = kept(process, _moving), case.states
    leading = [e for e in process.events if e.by and (e.id, states[e.home]) in moving]
    lives = living(process, (event.id for event in leading), chance)
    leading = [event for event in leading if event.id in lives]
    few = chance.sample(leading or process.events, min(8, len(leading)) or 1)
    may = case.possible()
    return next((e for e in few if e.id in may), few[0])


def _moving(process: Process) -> set[tuple[str, str]]:
    """Each event with the states of its home machine from which a rule leads on."""
    return {
        (t.event, state)
        for machine in process.machines
        for t in machine.transitions
        if process.event(t.event).home == machine.id
        for state in t.sources
    }


def _refused(refused: Refused) -> dict[str, Any]:
    reasons = refused.whole.reasons
    words = {"said": said(reasons)} if several_names(refused.case.process) else {}
    return {"reasons": told(reasons), **words}


def stands(case: Case) -> dict[str, Any]:
    """Where a case is, and what is running."""
    clocks = [[c.deadline.id, millis(c.started), *_ending(c)] for c in case.deadlines()]
    words = {"names": names(case)} if several_names(case.process) else {}
    where = {"law": case.process.version, "states": dict(case.states), "at": millis(case.at)}
    missed = [d.id for d in case.process.deadlines if d.met_by and was_missed(case, d.id, case.at)]
    return {**where, "clocks": clocks, "missed": missed, **words}


def _ending(clock: Clock) -> list[Any]:
    if clock.ends is not None:
        return [millis(clock.ends)]
    renewals = [[amount, unit.value] for amount, unit in clock.renewals]
    left = None if clock.left is None else clock.left // _MILLISECOND
    return [None, left, renewals]


def told(reasons: Iterable[Reason]) -> list[list[Any]]:
    """Reasons in the order and words of data in which the page is asked for them."""
    return [
        [r.code.value, r.machine, r.state, r.transition, list(r.facts), list(r.agencies),
         r.deadline, millis(r.moment) if r.moment else None, r.recordable,
         [clean(basis_text(r.process, basis, "ja")) for basis in r.basis], r.of_rule]
        for r in reasons
    ]  # fmt: skip


def _later(case: Case, chance: Random) -> datetime:
    """Some time on; often the very moment at which a time limit ends, or a second off it."""
    ends = [at for at in (*(c.ends for c in case.deadlines()), case.law_changes) if at]
    if ends and chance.random() < 0.2:
        return max(case.at, chance.choice(ends) + timedelta(seconds=chance.randint(-1, 1)))
    return case.at + _span(chance)


def _span(chance: Random) -> timedelta:
    longest = chance.choice(_SPANS)
    return timedelta(minutes=chance.randint(0, longest // timedelta(minutes=1)))


def _values(facts: Iterable[Fact], near: datetime, chance: Random, known: float) -> dict[str, Any]:
    """Some of the facts, some of them known to be unknown."""
    return {
        fact.id: _value(fact, near, chance) if chance.random() < 0.9 else None
        for fact in facts
        if chance.random() < known
    }


def _value(fact: Fact, near: datetime, chance: Random) -> Any:
    choices = [c.id for c in fact.choices]
    around = near + timedelta(days=chance.randint(-400, 400), minutes=chance.randint(0, 1439))
    low = 0 if fact.minimum is None else fact.minimum
    high = low + 120 if fact.maximum is None else fact.maximum
    match fact.kind:
        case Kind.BOOLEAN:
            return chance.random() < 0.75
        case Kind.INTEGER:
            return chance.randint(low, high)
        case Kind.DATE:
            return around.date()
        case Kind.DATETIME:
            return around
        case Kind.CHOICE:
            return chance.choice(choices)
        case Kind.CHOICES:
            return frozenset(c for c in choices if chance.random() < 0.7)
