"""The law in words that tell an agency of no part which it does not see of a case.

The law is public, but a drawing of one agency's view is handed on as what that agency sees: what it
does not see has no name on it. Machines that it does not see are not drawn at all.
"""

from __future__ import annotations

from typing import Any

from attrs import evolve

from ...definition import Event, Fact, Machine, Process, Road, Text
from ...definition.trust import trusted
from ...runtime.view import View

_HIDDEN = Text("見えない事項", "not shown")


def seen_machines(view: View) -> frozenset[str]:
    """The machines that the agency sees or, by what it was lawfully shown, saw."""
    return frozenset(view.states) | {m.machine for entry in view.journal for m in entry.moved}


def learnt_events(view: View) -> frozenset[str]:
    """The events of which the agency knows when they happen, or that it was lawfully told of."""
    machines, told = seen_machines(view), {entry.event for entry in view.journal}
    known = (e.id for e in view.process.events if _learnt(e, view.agency, machines))
    return frozenset(told) | frozenset(known)


@trusted()  # a law that was looked at, but for its words
def veiled(view: View) -> Process:
    """The process of the view, the parts that the agency does not see without their names."""
    law, machines = view.process, seen_machines(view)
    known = {id for entry in view.journal for id in entry.facts} | view.facts.keys()
    hidden = set(view.withheld) - known
    told = learnt_events(view)
    return evolve(
        law,
        facts=tuple(_fact(f) if f.id in hidden else f for f in law.facts),
        events=tuple(e if e.id in told else _nameless(e) for e in law.events),
        machines=tuple(m if m.id in machines else _machine(m) for m in law.machines),
        deadlines=tuple(d if d.machine in machines else _nameless(d) for d in law.deadlines),
        road=law.road and _road(law.road, {d.id for d in law.deadlines if d.machine in machines}),
    )


def _learnt(event: Event, agency: str, machines: frozenset[str]) -> bool:
    """Whether the agency reports the event, is told of it, or sees the machine that decides."""
    told = any(t.to == agency for t in event.told)
    return agency in event.by or told or event.home in machines


def _fact(fact: Fact) -> Fact:
    return evolve(fact, label=_HIDDEN, choices=tuple(map(_nameless, fact.choices)))


def _machine(machine: Machine) -> Machine:
    return evolve(machine, label=_HIDDEN, states=tuple(map(_nameless, machine.states)))


def _road(road: Road, seen: set[str]) -> Road:
    """The road, its spine with the limits that the agency sees; of one that has others, too, no
    more is said."""
    return evolve(road, holds=tuple(
        hold if seen.issuperset(hold.limits)
        else evolve(hold, limits=tuple(id for id in hold.limits if id in seen), says=None)
        for hold in road.holds
    ))  # fmt: skip


def _nameless(part: Any) -> Any:
    return evolve(part, label=_HIDDEN, called_when=())
