"""How many of the mistakes that rewriting a rule makes do the invariants alone see?

Of each kind a fixed sample. A mistake that changes no configuration that a case can come to, and
that no invariant sees, is the same law to them; it is sorted out, not counted as seen. Of the
26 expiries six are that, for a case comes by other ways to all that they lead to: the lapse of
custody, the four ends of money or lodging and the end of the aftercare period. One is missed: that
an extension ends, to which no walk leads yet (`test_lifting`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache
from random import Random

import pytest
from attrs import evolve, frozen

from diversion_flow import Process, processes
from diversion_flow.definition import ALWAYS, Machine, Transition, every, fact
from diversion_flow.definition.guard import AllOf, Guard, Includes, InState, bare
from diversion_flow.definition.property import Pattern, Property
from diversion_flow.proof.proving import space_of
from diversion_flow.proof.reading import fact_of, leaves
from helpers.amounts import Amount
from helpers.proofs import LAW, breaks, differs

MACHINES = ("custody", "procedure", "consent", "adjustment", "support", "aftercare")
FREE = ("free", "release_due", "bailed")
FACTS = ("consent_recipients", "prosecutor_objects", "caveat_given", "onward_sharing_explained")


@cache
def asked_first_small() -> list[Property]:
    asked = [a for a in processes.invariants(LAW) if a.pattern is not Pattern.POSSIBLE]
    return sorted(asked, key=lambda each: len(space_of(LAW, each).machines))


@frozen
class Mistake:
    """One mistake in a machine's rules."""

    id: str
    machine: str
    make: Callable[[], Process]


def ruled(at: Machine, rule: Transition, new: Transition) -> Callable[[], Process]:
    """The law with another in the place of a rule."""

    def make() -> Process:
        rules = tuple(new if t is rule else t for t in at.transitions)
        machines = (evolve(m, transitions=rules) if m is at else m for m in LAW.machines)
        return evolve(LAW, machines=tuple(machines))

    return make


def clauses(at: Machine, rule: Transition) -> Iterator[Transition]:
    """Without a clause on consent, custody or the objection."""
    parts = rule.guard.guards if isinstance(rule.guard, AllOf) else (rule.guard,)
    for number, part in enumerate(parts):
        if any(map(_about, leaves((part,)))):
            yield evolve(rule, guard=every(*parts[:number], *parts[number + 1 :], ALWAYS))


def _about(atom: Guard) -> bool:
    if isinstance(atom, InState):
        return atom.machine in ("consent", "custody", "adjustment")
    return fact_of(atom) in FACTS


def sources(at: Machine, rule: Transition) -> Iterator[Transition]:
    """From one state more."""
    for state in at.states:
        if state.id not in rule.sources and not state.final:
            yield evolve(rule, sources=(*rule.sources, state.id))


def targets(at: Machine, rule: Transition) -> Iterator[Transition]:
    """Held instead of free, free instead of held."""
    if at.id == "custody" and rule.target not in ("died", "family_court"):
        yield evolve(rule, target="detained_suspect" if rule.target in FREE else "free")


def rules() -> Iterator[tuple[Machine, Transition]]:
    for id in MACHINES:
        yield from ((LAW.machine(id), rule) for rule in LAW.machine(id).transitions)


Changed = Callable[[Machine, Transition], Iterator[Transition]]


def changed(change: Changed) -> Iterator[Mistake]:
    for at, rule in rules():
        for number, new in enumerate(change(at, rule)):
            yield Mistake(f"{at.id}.{rule.id}.{number}", at.id, ruled(at, rule, new))


# What withdrawal, the prosecutor's opinion, death and finality do to the other tracks.
REACTED_TO = (
    "consent_withdrawn", "consent_narrowed", "prosecutor_opinion", "died", "judgment_final",
    "suspension_revoked",
)  # fmt: skip
BY_LAW = {limit.on_expiry for limit in LAW.deadlines if limit.on_expiry}


def dropped(events: Collection[str], *, also_at_home: bool) -> Iterator[Mistake]:
    """Without one rule on one of these events."""
    for at, rule in rules():
        if rule.event in events and (also_at_home or LAW.event(rule.event).home != at.id):
            yield Mistake(f"{at.id}.{rule.id}", at.id, without(at, rule))


def without(at: Machine, rule: Transition) -> Callable[[], Process]:
    def make() -> Process:
        kept = evolve(at, transitions=tuple(t for t in at.transitions if t is not rule))
        machines = tuple(kept if m is at else m for m in LAW.machines)
        return evolve(LAW, machines=machines, road=None, main_route=())

    return make


def recipients(at: Machine, rule: Transition) -> Iterator[Transition]:
    """Where consent must name one recipient, another will do."""
    parts = rule.guard.guards if isinstance(rule.guard, AllOf) else (rule.guard,)
    for number, part in enumerate(parts):
        found = bare(part)
        if isinstance(found, Includes) and found.fact == "consent_recipients":
            wider = bare(part) | fact("consent_recipients").includes("provider")
            yield evolve(rule, guard=every(*parts[:number], wider, *parts[number + 1 :]))


KINDS: dict[str, Callable[[], Iterator[Mistake]]] = {
    "clause": lambda: changed(clauses),
    "source": lambda: changed(sources),
    "target": lambda: changed(targets),
    "recipient": lambda: changed(recipients),
    "reaction": lambda: dropped(REACTED_TO, also_at_home=False),
    "expiry": lambda: dropped(BY_LAW, also_at_home=True),
}
# Of four, how many are seen by none at most, and how many of these change what can come about.
UNSEEN = {"clause": (1, 0), "source": (4, 0), "target": (1, 1),
          "recipient": (4, 0), "reaction": (1, 0), "expiry": (1, 0)}  # fmt: skip


def seen(mistake: Mistake) -> str | None:
    """The first invariant that sees it."""
    law = mistake.make()
    concerned = (a for a in asked_first_small() if mistake.machine in space_of(LAW, a).machines)
    return next((asked.id for asked in concerned if breaks(law, asked)), None)


@pytest.mark.again
@pytest.mark.parametrize("kind", KINDS)
def test_mistakes_are_seen(kind: str, amount: Amount) -> None:
    all_ = list(KINDS[kind]())
    sample = Random(1).sample(all_, min(amount(4, 2), len(all_)))
    found = {mistake.id: seen(mistake) for mistake in sample}
    missed = [m.id for m in sample if found[m.id] is None and differs(m.make())]
    unseen, escaped = UNSEEN[kind]
    assert list(found.values()).count(None) <= unseen, found
    assert len(missed) <= escaped, missed
