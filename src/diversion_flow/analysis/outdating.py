"""What an event makes unknown under one of two processes only: where that tells the two apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from attrs import evolve

from ..definition import (
    ALWAYS,
    Event,
    Guard,
    Machine,
    Occasion,
    Pattern,
    Process,
    Property,
    State,
    Text,
    Transition,
    any_of,
    every,
)
from ..definition import fact as of_fact
from ..definition import machine as standing
from ..definition.trust import trusted
from ..runtime.clause import whole_guard
from .cells import Cells
from .happening import happens, reporter
from .product import Goal


class Lasting(NamedTuple):
    """A fact that one process, `law` by its `number`, lets be known on after the event, and the
    other does not; who may report the event to both, if anybody may."""

    number: int
    law: Process
    event: Event
    fact: str
    by: str | None


def outdated_once(a: Process, b: Process) -> Iterator[Lasting]:
    """What an event of both outdates under one of them only."""
    for number, law, other in ((0, a, b), (1, b, a)):
        for event in law.events:
            known = other.by_id["event"].get(event.id)
            for fact in known.outdates if known is not None else ():
                if fact not in event.outdates and fact in law.by_id["fact"]:
                    yield Lasting(number, law, event, fact, reporter(event.id, a, b))


def untold(cells: Cells, lasting: Lasting) -> Iterator[Goal]:
    """Where the event happens by what was told earlier, if nothing of that is told with it."""
    number, law, event, fact, by = lasting
    if by is None:
        return
    known = [cells.known(fact)]
    for machine in law.machines:
        home = machine.id == event.home
        for rule in machine.on(event.id):
            asked = [cube for cube in cells.fires(law, machine, rule)
                     if any(about.id == fact for about in cube)]  # fmt: skip
            where = () if home else (happens(law, cells, event.id),)
            if cubes := cells.all_of(asked, known, *where):
                accepts = number if home else None
                yield Goal(event.id, by, tuple(cubes), accepts, untold=frozenset((fact,)))


def open_later(a: Process, b: Process, cells: Cells) -> list[Lasting]:
    """Those by which the two may be told apart later, where no search looks for it."""
    return cells.once("later", lambda: [one for one in outdated_once(a, b) if _matters(one, a, b)])


def _matters(lasting: Lasting, a: Process, b: Process) -> bool:
    """Whether what was told before the event might be shown to somebody, or decide anything."""
    law, told = lasting.law, lasting.fact
    rules = [t for m in law.machines for t in m.transitions]
    return (
        any(("fact", told) in limit.guard.mentions() for limit in law.deadlines)
        or any(told in limit.asked for limit in law.deadlines)
        or any(told in share.facts for t in rules for share in t.shares)
        or bool(law.fact(told).seen_with_consent)
        or not all(_never_asked(lasting, each) for each in (a, b))
    )


def _never_asked(lasting: Lasting, law: Process) -> bool:
    """Whether it is proved of a law that no other event, on which some rule asks for the fact
    there, happens while nothing is told of that but what was told before."""
    from ..proof.proving import never  # a comparison seldom needs a proof

    asked = [*_asking(lasting, law)]
    observed = _observed(lasting, law) if asked else law
    return all(never(observed, one, (lasting.fact,), _EFFORT) for one in asked)


def _asking(lasting: Lasting, law: Process) -> Iterator[Property]:
    where: dict[str, list[Guard]] = {}
    for home in law.machines:
        for rule in home.transitions:
            if ("fact", lasting.fact) in whole_guard(law, rule).mentions():
                where.setdefault(rule.event, []).append(standing(home.id).in_(*rule.sources))
    old = standing(_TOLD).in_(_BEFORE)
    for event, there in where.items():
        if event != lasting.event.id:
            met = Occasion(events=(event,), before=every(old, any_of(*there)), after=old)
            yield Property(_TOLD, _SAID, Pattern.ABSENCE, met)


def _observed(lasting: Lasting, law: Process) -> Process:
    """The law with one machine more, which follows whether the fact was told last before or since
    the event."""
    named, came = of_fact(lasting.fact).named(), law.event(lasting.event.id)
    rules = [
        Transition(event.id, event.id, (_BEFORE,), _SINCE, named)
        for event in law.events
        if lasting.fact in event.records
    ]
    untold = ~named if lasting.fact in came.records else ALWAYS
    rules.append(Transition(_BEFORE, came.id, (_SINCE,), _BEFORE, untold))
    states = tuple(State(id, _SAID, rest=True) for id in (_SINCE, _BEFORE))
    with trusted():  # no id of a law has a blank
        return evolve(
            law, machines=(*law.machines, Machine(_TOLD, _SAID, _SINCE, states, (*rules,)))
        )


_TOLD: Final = "last told"
_SINCE: Final = "since it"
_BEFORE: Final = "before it"
_SAID: Final = Text("その事象の後に記録されたか", "whether it was told since the event")
_EFFORT: Final = 300_000  # steps of each proof
