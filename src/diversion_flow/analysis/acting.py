"""What may be done with a case, whatever the rules of its machines ask: where a machine begins,
who may report an event, which machine decides on it, and when, what may be recorded, what was told
earlier and counts."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from ..definition import Event, Process
from ..definition.facts import Value
from .cells import Cells
from .difference import Difference, Place, Treatment
from .effort import Effort
from .happening import (
    begun_elsewhere,
    decided_elsewhere,
    events_of_both,
    happens,
    happens_alone,
    only_lapsing,
    place,
)
from .lasting import known_later
from .outdating import outdated_once, untold
from .paths import reporter
from .product import Goal
from .replays import Claims, Replay, Replays
from .values import samples
from .witness import Results, Shows


def acting(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """Each such difference."""
    for look in (_starts, _reporters, _homes, _lapsing, _facts, _records, _outdated):
        yield from look(a, b, cells, replays)


def _starts(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """Where a machine of both begins elsewhere."""
    for old, machine in begun_elsewhere(a, b):
        places = (Place("", machine.id, (old.initial, machine.initial)),)
        claim = Difference(places, old.initial, machine.initial, {}, kind="start")
        yield claim, [Replay(replays.opened({}), True)]


def _reporters(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """Where an event is another agency's to report, the same otherwise."""
    for old, event in events_of_both(a, b):
        only = [(1, b, by) for by in event.by if by not in old.by]
        only += [(0, a, by) for by in old.by if by not in event.by]
        goals = (
            (Goal(event.id, by, tuple(happens(law, cells, event.id)), number), number)
            for number, law, by in only
        )
        made = [replays.of([goal], _one_only(number)) for goal, number in goals]
        if made:
            yield _at(b, event, "reporter", {}), made


def _homes(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """Where another machine decides whether an event happens."""
    bounded = cells.bounded(Effort())
    for old, event in decided_elsewhere(a, b):
        made = [
            replays.of(happens_alone(law, other, bounded, event.id, number), _one_only(number))
            for number, law, other in ((1, b, a), (0, a, b))
        ]
        where = place(b, event), place(a, old)
        yield Difference(where, None, None, {}, basis=event.basis, kind="home"), made


def _lapsing(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """What happens under one law only as a time limit runs out."""
    for goal in only_lapsing(a, b, cells):
        made = replays.of([goal], _one_only(goal.accepts or 0))
        yield _at(b, b.event(goal.event), "lapse", {}), [made]


def _facts(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """What may be recorded of a person at all under one law only."""
    for number, law, other in ((1, b, a), (0, a, b)):
        known = other.by_id["fact"]
        profiles: list[dict[str, Value]] = [{}]
        for fact in law.facts:
            value = next(samples(fact, known.get(fact.id)), None)
            if value is not None and fact.id in known:
                profiles.append({fact.id: value})
            elif value is not None:
                profiles[0][fact.id] = value
        for profile in filter(None, profiles):
            opened = replays.opened(profile)
            shown = opened if opened.accepted_by == number else None
            places = (place(law, e) for e in law.events if not profile.keys().isdisjoint(e.records))
            claim = Difference(tuple(places), None, None, {}, profile, kind="fact")
            yield claim, [Replay(shown, True)]


def _records(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """What of a fact that both know may be recorded with an event under one law only."""
    for old, event in events_of_both(a, b):
        by = reporter(event.id, a, b) or ""
        for number, law, mine, theirs in ((1, b, event, old), (0, a, old, event)):
            for id in mine.records if by else ():
                if id not in theirs.records and all(id in p.by_id["fact"] for p in (a, b)):
                    cubes = tuple(happens(law, cells, event.id))
                    goals = (Goal(event.id, by, cubes, number, brings={id: value})
                             for value in samples(law.fact(id)))  # fmt: skip
                    made = replays.of(goals, _one_only(number))
                    brought = dict(made.witness.steps[-1].facts) if made.witness else {}
                    profile = {id: brought[id]} if id in brought else {}
                    yield _at(b, event, "record", profile), [made]


def _outdated(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """What was told earlier counts under one law only: with an event, or else after it."""
    later = {one.lasting: one for one in known_later(a, b, cells)}
    for lasting in outdated_once(a, b):
        claim = _at(b, b.event(lasting.event.id), "outdated", {lasting.fact: None})
        made = replays.of(untold(cells, lasting), _one_only(lasting.number))
        if made.witness is None and (then := later.get(lasting)):
            made = Replay(None, settled=not then.open)
            if then.witness is not None:  # told with the event that asks for it
                asking = _at(b, b.event(then.witness.steps[-1].event), "outdated", {})
                both = (*claim.rules, *asking.rules)
                yield evolve(claim, rules=both), [Replay(then.witness, True)]
        yield claim, [made]


def _at(
    law: Process, event: Event, kind: Treatment, profile: Mapping[str, Value | None]
) -> Difference:
    where = (place(law, event),)
    return Difference(where, None, None, {}, profile, basis=event.basis, kind=kind)


def _one_only(number: int) -> Shows:
    def shows(results: Results, _: object) -> bool:
        return results[number] is not None and results[1 - number] is None

    return shows
