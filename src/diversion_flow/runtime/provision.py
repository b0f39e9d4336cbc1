"""Provisions: whatever becomes visible to an agency that did not report it, and on what ground.

Handing data to another is what the Act on the Protection of Personal Information (個人情報保護法
27, 29, 30) asks a record of. It happens in four ways: a rule hands facts over, something new
comes into what an agency always sees, the person's consent opens what was closed before, or
the law changes and an agency sees more than it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ..definition import Basis, Fact, Machine, Process
from ..definition.frozen import frozen
from ..definition.kept import kept
from .crossing import Crossing
from .facts import facts_before
from .sight import Sight, covered, reporter, sight, sight_under, sights, whole_sight

if TYPE_CHECKING:
    from .case import Case

Told = TypeVar("Told")


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


Item = tuple[str, str]  # a fact or a machine, by its kind and its id
Grounds = Mapping[Item, tuple[Basis, ...]]  # in the order of the law, facts first


class _Rows(NamedTuple):
    """What one agency sees always, on which grounds, and what on consent."""

    always: Grounds
    consented: Grounds


def provisions(case: Case) -> tuple[Provision, ...]:
    """What the case's latest step made visible, to each agency that did not report it."""
    return once(case, "", lambda step: _provisions(step, kept(step.process, _rows)))


def provided_to(case: Case, agency: str) -> tuple[Provision, ...]:
    """The same, to one agency: not worked out for the others."""
    return once(case, agency, lambda step: (p for p in _only(step, agency) if p.to == agency))


def _only(case: Case, agency: str) -> Iterable[Provision]:
    rows = kept(case.process, _rows)
    return _provisions(case, {agency: rows[agency]} if agency in rows else {})


def once(case: Case, key: object, make: Callable[[Case], Iterable[Told]]) -> tuple[Told, ...]:
    """What the case's latest step told so, made once for each key; moved on in time, a case tells
    nothing else."""
    step = case._step or case
    if step._told is None:
        step._told = {}
    if key not in step._told:
        step._told[key] = tuple(make(step))
    return step._told[key]


def _provisions(case: Case, every: Mapping[str, _Rows]) -> Iterator[Provision]:
    news, own, consented, widened = _news(case), reporter(case), covered(case), _widened(case)
    yield from _handed_over(case)
    yield from _told(case)
    opened = consented - (covered(case._previous) if case._previous else frozenset())
    known = _known(case) if opened else frozenset()
    for agency, rows in every.items():
        told = news if agency != own else frozenset()
        if widened:
            told |= widened.get(agency, frozenset())
        yield from _provided(case, agency, told, rows.always)
        if agency in consented:
            shown = told | (known - news) if agency in opened else told
            yield from _provided(case, agency, shown, rows.consented, consent=True)


def _provided(
    case: Case, agency: str, news: frozenset[Item], seen: Grounds, *, consent: bool = False
) -> Iterator[Provision]:
    if news.isdisjoint(seen):
        return
    items = [item for item in seen if item in news]
    facts, machines = (tuple(id for k, id in items if k == kind) for kind in ("fact", "machine"))
    rows = dict.fromkeys(b for item in items for b in seen[item] if b.in_force(case.last))
    rule = case.process.consent
    basis = rule.basis if consent and rule else tuple(rows)
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


def _news(case: Case) -> frozenset[Item]:
    """The facts recorded and the machines moved by the latest step."""
    machines = case.process.machines
    moved = {("machine", machines[index].id) for index, _ in case._arrival.moves}
    if isinstance(case._arrival, Crossing):
        moved |= {("machine", id) for id, _, _ in case._arrival.crossed.moved}
    before = facts_before(case)
    recorded = (("fact", id) for id, now in case._facts.items() if now != before.get(id))
    return frozenset((*moved, *recorded))


def _widened(case: Case) -> Mapping[str, frozenset[Item]]:
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


def _known(case: Case) -> frozenset[Item]:
    """All that there is to see: every fact that is known, and where every machine stands."""
    everything = _items(whole_sight(case.process))
    return everything - {("fact", f.id) for f in case.process.facts if f.id not in case.facts}


def _rows(process: Process) -> Mapping[str, _Rows]:
    eyes = kept(process, sights)
    rows = ((agency, _items(e.always), _items(e.consented)) for agency, e in eyes.items())
    return {
        agency: _Rows(_grounds(process, agency, always), _grounds(process, agency, both - always))
        for agency, always, both in rows
    }


def _grounds(process: Process, agency: str, items: frozenset[Item]) -> Grounds:
    parts: list[tuple[Item, Fact | Machine]] = [
        *((("fact", fact.id), fact) for fact in process.facts),
        *((("machine", machine.id), machine) for machine in process.machines),
    ]
    return {item: seen_on(part, agency) for item, part in parts if item in items}


def _items(seen: Sight) -> frozenset[Item]:
    return frozenset(
        (*(("machine", id) for id in seen.machines), *(("fact", id) for id in seen.facts))
    )
