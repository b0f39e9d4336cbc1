"""Provisions: whatever becomes visible to an agency that did not report it, and on what ground.

Handing data to another is what the Act on the Protection of Personal Information (個人情報保護法
27, 29, 30) asks a record of. It happens in three ways: a rule hands facts over, something new
comes into what an agency always sees, or the person's consent opens what was closed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..definition import Basis, Process
from ..definition.kept import kept
from .sight import covered

if TYPE_CHECKING:
    from .case import Case


@frozen
class Provision:
    """What one agency came to know with a step: facts, and where machines stand.

    On the person's `consent`, or else on a ground of its own: the `basis` of the hand-over;
    empty where the row of who sees what states none yet.
    """

    to: str
    facts: tuple[str, ...] = ()
    machines: tuple[str, ...] = ()
    consent: bool = False
    basis: tuple[Basis, ...] = ()


@frozen
class _Rows:
    """What one agency sees always, and what on consent."""

    agency: str
    always: frozenset[tuple[str, str]]
    consented: frozenset[tuple[str, str]]


def provisions(case: Case) -> tuple[Provision, ...]:
    """What the case's latest step made visible, to each agency that did not report it."""
    news, known = _news(case), _known(case)
    found = list(_handed_over(case))
    for rows in kept(case.process, _rows):
        reported = news if rows.agency == case._by else frozenset()
        opened = covered(case, rows.agency)
        fresh = news if case._previous and covered(case._previous, rows.agency) else news | known
        found += _provided(case.process, rows.agency, (news - reported) & rows.always)
        if opened:
            found += _provided(
                case.process, rows.agency, (fresh - reported) & rows.consented, consent=True
            )
    return tuple(found)


def _provided(
    process: Process, agency: str, items: frozenset[tuple[str, str]], *, consent: bool = False
) -> Iterator[Provision]:
    facts = tuple(fact.id for fact in process.facts if ("fact", fact.id) in items)
    machines = tuple(m.id for m in process.machines if ("machine", m.id) in items)
    if facts or machines:
        yield Provision(agency, facts, machines, consent)


def _handed_over(case: Case) -> Iterator[Provision]:
    """What the rules that fired hand over, as far as it is known."""
    known = case.facts
    for _, rule in case._arrival.moves:
        for share in rule.shares:
            facts = tuple(fact for fact in share.facts if fact in known)
            basis = rule.basis if share.exception is None else (share.exception,)
            if facts:
                yield Provision(share.to, facts, (), share.exception is None, basis)


def _news(case: Case) -> frozenset[tuple[str, str]]:
    """The facts recorded and the machines moved by the latest step."""
    machines = case.process.machines
    moved = (("machine", machines[index].id) for index, _ in case._arrival.moves)
    before = case._previous._facts if case._previous else case._program.unknown
    values = zip(case._program.fact_index, before, case._facts, strict=True)
    recorded = (("fact", id) for id, then, now in values if now is not None and now != then)
    return frozenset((*moved, *recorded))


def _known(case: Case) -> frozenset[tuple[str, str]]:
    """All that there is to see: every fact that is known, and where every machine stands."""
    return frozenset(
        (*(("machine", m.id) for m in case.process.machines), *(("fact", f) for f in case.facts))
    )


def _rows(process: Process) -> tuple[_Rows, ...]:
    parts = (*(("machine", m) for m in process.machines), *(("fact", f) for f in process.facts))
    return tuple(_row(agency.id, parts) for agency in process.agencies)


def _row(agency: str, parts: Iterable[tuple[str, Any]]) -> _Rows:
    always = frozenset((kind, part.id) for kind, part in parts if agency in part.seen_by)
    consented = ((kind, part.id) for kind, part in parts if agency in part.seen_with_consent)
    return _Rows(agency, always, frozenset(consented) - always)
