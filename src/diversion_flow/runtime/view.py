"""Need to know: what one agency may see of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, field, frozen

from ..definition import Fact, Machine, Value
from .asking import Asking
from .clause import consent_to

if TYPE_CHECKING:
    from .case import Case
    from .clocks import Clock
    from .journal import Record


@frozen
class View:
    """A case as one agency may see it. `withheld` names the facts it may not see."""

    agency: str
    states: Mapping[str, str]
    facts: Mapping[str, Value] = field(repr=False)
    withheld: tuple[str, ...]
    deadlines: tuple[Clock, ...]
    journal: tuple[Record, ...] = field(repr=False)


def view(case: Case, agency: str) -> View:
    """What `agency` may see: its own facts and machines always, others' within consent.

    Consent that is withdrawn ends what it opened; UnknownId for an agency not in the process.
    """
    case.process.agency(agency)
    consented = _consented(case, agency)
    machines = {m.id for m in _visible(case.process.machines, agency, consented)}
    visible = {f.id for f in _visible(case.process.facts, agency, consented)}
    return View(
        agency=agency,
        states={id: state for id, state in case.states.items() if id in machines},
        facts={id: value for id, value in case.facts.items() if id in visible},
        withheld=tuple(f.id for f in case.process.facts if f.id not in visible),
        deadlines=tuple(c for c in case.deadlines() if c.deadline.machine in machines),
        journal=tuple(_entries(case, machines, visible)),
    )


def _consented(case: Case, agency: str) -> bool:
    rule = case.process.consent
    if rule is None or not case.process.fact(rule.recipients).choice(agency):
        return False
    return Asking(case).holds(consent_to(case.process, agency))


_Part = TypeVar("_Part", Fact, Machine)


def _visible(parts: Iterable[_Part], agency: str, consented: bool) -> list[_Part]:
    return [
        part
        for part in parts
        if agency in part.seen_by or (consented and agency in part.seen_with_consent)
    ]


def _entries(case: Case, machines: set[str], facts: set[str]) -> Iterable[Record]:
    for entry in case.journal:
        moved = tuple(m for m in entry.moved if m.machine in machines)
        seen = {id: value for id, value in entry.facts.items() if id in facts}
        if moved or seen:
            yield evolve(entry, moved=moved, facts=seen, shared=entry.shared if moved else ())
