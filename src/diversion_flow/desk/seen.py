"""Who has seen what of a case, when and on which ground: what was provided to each agency, and
who looked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from attrs import field, frozen

from ..definition import Basis, Fact, Machine, Process
from ..definition.arguments import each
from ..definition.moments import Moment
from ..dossier import Dossier, Provided, provided
from ..dossier.law import Laws
from ..runtime.provision import seen_on
from ..store import Store
from .keeping import read_dossier
from .reads import Read, reads


@frozen
class Saw:
    """What one agency has seen of a case: which facts and machines, by their ids, when (JST), and
    on which ground: the person's `consent`, or else the `basis` in the law (empty where the law
    states none).

    What was `provided` became visible to it, was handed over or told: by which `event`, `by` whom
    that was reported, the `paper` by which one was `told`, when the desk `known` it, and whether
    the entries still tell it (`stands`). What was `read` is what its `user` looked at.
    """

    agency: str
    how: Literal["provided", "read"]
    at: datetime
    facts: tuple[str, ...]
    machines: tuple[str, ...]
    consent: bool
    basis: tuple[Basis, ...] = field(repr=False)
    event: str = ""
    by: str = ""
    told: bool = False
    paper: str | None = None
    known: datetime | None = None
    stands: bool = True
    user: str = field(default="", repr=False)


def who_saw(
    store: Store, case: str, *, at: Moment | None = None, law: Laws = None
) -> tuple[Saw, ...]:
    """Everybody who has seen anything of the case, the first first: what was provided, also what
    was corrected or withdrawn since, and each look that was kept (`look`). Whoever shows a view
    by other means keeps no look, and is not found here. `at` is now, up to which the law may have
    let something happen by itself. For the desk's owner.

    Raises what `read_dossier`, `reads` and `case.advance` raise.
    """
    return seen_of(read_dossier(store, case, law=law), reads(store, case), at=at)


def seen_of(
    dossier: Dossier, looks: Iterable[Read] = (), *, at: Moment | None = None
) -> tuple[Saw, ...]:
    """The same of a dossier that was read, and of looks at it."""
    given = provided(dossier, at=at)
    found = [*map(_provided, given), *_looks(dossier, looks, given)]
    return tuple(sorted(found, key=lambda saw: (saw.at, saw.how == "read")))


def _provided(row: Provided) -> Saw:
    p = row.provision
    return Saw(
        p.to, "provided", row.at, p.facts, p.machines, p.consent, p.basis, row.event, row.by,
        p.told, p.paper, row.known, row.stands,
    )  # fmt: skip


def _looks(dossier: Dossier, looks: Iterable[Read], given: tuple[Provided, ...]) -> Iterator[Saw]:
    """Each look, and apart from it what was seen of that only by consent. What the law did not
    show to that agency any more was provided to it before: on the ground on which it was."""
    laws = tuple((then.last, then.process) for then in dossier.case.snapshots())  # the latest first
    for read in each("looks", looks, Read):
        law = next((law for since, law in laws if since <= read.at), laws[-1][1])
        open_ = [id for id in (*read.facts, *read.machines) if id not in read.consented]
        basis = (*_seen_on(law, open_, read.agency), *_before(read, open_, given))
        for consent in (False, True):
            facts, machines = (
                tuple(id for id in ids if (id in read.consented) is consent)
                for ids in (read.facts, read.machines)
            )
            if facts or machines or not consent:
                by_consent = law.consent.basis if law.consent else ()
                grounds = by_consent if consent else tuple(dict.fromkeys(basis))
                yield Saw(read.agency, "read", read.at, facts, machines, consent, grounds,
                          user=read.user)  # fmt: skip


def _seen_on(law: Process, ids: Iterable[str], agency: str) -> Iterator[Basis]:
    every: tuple[Fact | Machine, ...] = (*law.facts, *law.machines)
    parts = {part.id: part for part in every}
    for id in ids:
        if id in parts:
            yield from seen_on(parts[id], agency)


def _before(read: Read, ids: Iterable[str], given: tuple[Provided, ...]) -> Iterator[Basis]:
    asked = set(ids)
    for row in given:
        p = row.provision
        if p.to == read.agency and row.at <= read.at and asked.intersection(p.facts):
            yield from p.basis
