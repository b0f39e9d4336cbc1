"""Provisions: whatever becomes visible to an agency that did not report it, and on what ground.

Handing data to another is what the Act on the Protection of Personal Information (個人情報保護法
27, 29, 30) asks a record of. It happens in four ways: a rule hands facts over, something new
comes into what an agency always sees, the person's consent opens what was closed before, or
the law changes and an agency sees more than it did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..definition import Basis, Fact, Machine, Process
from ..definition.frozen import frozen
from ..definition.kept import kept
from .crossing import Crossing
from .facts import facts_before
from .sight import Sight, covered, reporter, sight, sight_under, sights, whole_sight

if TYPE_CHECKING:
    from .case import Case


@frozen
class Provision:
    """What one agency came to know with a step: facts, where machines stand, or, of what it was
    `told`, that the event happened.

    On the person's `consent`, or else on a ground of its own: the `basis` of the hand-over or of
    the row of who sees what, the `paper` by which it was told; empty where the law states none.
    """

    to: str
    facts: tuple[str, ...] = ()
    machines: tuple[str, ...] = ()
    consent: bool = False
    basis: tuple[Basis, ...] = ()
    told: bool = False
    paper: str | None = None


@frozen
class _Rows:
    """What one agency sees always, and what on consent."""

    agency: str
    always: frozenset[tuple[str, str]]
    consented: frozenset[tuple[str, str]]


def provisions(case: Case) -> tuple[Provision, ...]:
    """What the case's latest step made visible, to each agency that did not report it."""
    if case._provided is None:
        case._provided = _provisions(case)
    return case._provided


def _provisions(case: Case) -> tuple[Provision, ...]:
    news, found = _news(case), [*_handed_over(case), *_told(case)]
    consented = covered(case)
    opened = consented - (covered(case._previous) if case._previous else frozenset())
    known = _known(case) if opened else frozenset()
    widened = _widened(case)
    for rows in kept(case.process, _rows):
        told = news if rows.agency != reporter(case) else frozenset()
        told |= widened.get(rows.agency, frozenset())
        found += _provided(case, rows.agency, told & rows.always)
        if rows.agency in consented:
            shown = told | (known - news) if rows.agency in opened else told
            found += _provided(case, rows.agency, shown & rows.consented, consent=True)
    return tuple(found)


def _provided(
    case: Case, agency: str, items: frozenset[tuple[str, str]], *, consent: bool = False
) -> Iterator[Provision]:
    if items:
        process = case.process
        facts = tuple(fact.id for fact in process.facts if ("fact", fact.id) in items)
        machines = tuple(m.id for m in process.machines if ("machine", m.id) in items)
        parts: list[Fact | Machine] = [*map(process.fact, facts), *map(process.machine, machines)]
        rows = dict.fromkeys(
            b for part in parts for b in seen_on(part, agency) if b.in_force(case._last)
        )
        basis = process.consent.basis if consent and process.consent else tuple(rows)
        yield Provision(agency, facts, machines, consent, basis)


def seen_on(part: Fact | Machine, agency: str) -> tuple[Basis, ...]:
    """The grounds on which an agency always sees this."""
    return tuple(basis for basis in part.basis if basis.speaks_of("seen_by", agency))


def _handed_over(case: Case) -> Iterator[Provision]:
    """What the rules that fired hand over, as far as it is known."""
    known = case.facts
    for _, rule in case._arrival.moves:
        for share in rule.shares:
            facts = tuple(fact for fact in share.facts if fact in known)
            basis = rule.basis if share.exception is None else (share.exception,)
            if facts:
                yield Provision(share.to, facts, (), share.exception is None, basis)


def _told(case: Case) -> Iterator[Provision]:
    """Who is told of the event, but for who reported it."""
    event = case.process.by_id["event"].get(case._arrival.event)
    for told in event.told if event else ():
        if told.to != reporter(case):
            yield Provision(told.to, basis=told.basis, told=True, paper=told.paper)


def _news(case: Case) -> frozenset[tuple[str, str]]:
    """The facts recorded and the machines moved by the latest step."""
    machines = case.process.machines
    moved = {("machine", machines[index].id) for index, _ in case._arrival.moves}
    if isinstance(case._arrival, Crossing):
        moved |= {("machine", id) for id, _, _ in case._arrival.crossed.moved}
    before = facts_before(case)
    recorded = (("fact", id) for id, now in case._facts.items() if now != before.get(id))
    return frozenset((*moved, *recorded))


def _widened(case: Case) -> Mapping[str, frozenset[tuple[str, str]]]:
    """What is known and each agency sees since the law has changed, but did not before."""
    before = case._previous
    if before is None or before.process is case.process:
        return {}
    new = {("machine", id) for id in case.states.keys() - before.states.keys()}
    known, eyes = _known(case) - new, kept(case.process, sights)
    return {
        agency: known
        & _items(sight(case, agency)) - _items(sight_under(before.process, before, agency))
        for agency in eyes
    }


def _known(case: Case) -> frozenset[tuple[str, str]]:
    """All that there is to see: every fact that is known, and where every machine stands."""
    everything = _items(whole_sight(case.process))
    return everything - {("fact", f.id) for f in case.process.facts if f.id not in case.facts}


def _rows(process: Process) -> tuple[_Rows, ...]:
    eyes = kept(process, sights)
    rows = ((agency, _items(e.always), _items(e.consented)) for agency, e in eyes.items())
    return tuple(_Rows(agency, always, both - always) for agency, always, both in rows)


def _items(seen: Sight) -> frozenset[tuple[str, str]]:
    return frozenset(
        (*(("machine", id) for id in seen.machines), *(("fact", id) for id in seen.facts))
    )
