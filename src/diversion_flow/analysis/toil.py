"""About how much has to happen, by the rules of one law, until a machine stands somewhere: what
each rule asks of machines is added up, as if nothing that happens ever served two ends."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ..definition import Guard, Machine, Process, Transition
from ..definition.grouped import grouped
from ..definition.guard import AllOf, InState, Not
from .cells import asked_of

Standing: TypeAlias = tuple[str, str]  # machine and state
Needs: TypeAlias = tuple[tuple[Standing, ...], ...]  # of each of these, one


def toil(law: Process) -> Mapping[Standing, int]:
    """Each state that rules lead to, with about how many events that takes: what takes the fewest
    first, so that each is looked at once."""
    rules, found = [*_rules(law)], dict[Standing, int]()
    cost, lacking = [1] * len(rules), [len(needs) for _, needs in rules]
    needing = grouped((some, n) for n, (_, needs) in enumerate(rules) for some in needs)
    waiting = grouped((one, some) for some in needing for one in some)
    reached = [(0, (machine.id, machine.initial)) for machine in law.machines]
    heapq.heapify(reached)
    while reached:
        least, here = heapq.heappop(reached)
        if here in found:
            continue
        found[here] = least
        for some in waiting.get(here, ()):
            for n in needing.pop(some, ()):
                cost[n] += least
                lacking[n] -= 1
                if not lacking[n]:
                    heapq.heappush(reached, (cost[n], rules[n][0]))
    return found


def _rules(law: Process) -> Iterator[tuple[Standing, Needs]]:
    """Where each rule leads, with what it needs; beside another machine's event, with what one of
    the rules needs that decide on that."""
    rules = [(machine, rule, _needs(law, machine, rule), law.event(rule.event).home == machine.id)
             for machine in law.machines for rule in machine.transitions]  # fmt: skip
    deciding = grouped((rule.event, needs) for _, rule, needs, decides in rules if decides)
    for machine, rule, needs, decides in rules:
        led = machine.id, rule.target
        if decides:
            yield led, needs
        else:
            yield from ((led, (*needs, *home)) for home in deciding.get(rule.event, ()))


def _needs(law: Process, machine: Machine, rule: Transition) -> Needs:
    sources = tuple((machine.id, state) for state in rule.sources)
    asked = asked_of(law, rule)
    return (sources, *(need for guard in asked.each for need in _stand(law, guard, True)))


def _stand(law: Process, guard: Guard, sought: bool) -> Iterator[tuple[Standing, ...]]:
    """Where machines have to stand for the condition to be true, or false, whatever else is so."""
    if isinstance(guard, AllOf) and sought:
        for part in guard.guards:
            yield from _stand(law, part, sought)
    elif isinstance(guard, Not):
        yield from _stand(law, guard.guard, not sought)
    elif isinstance(guard, InState):
        states = (state.id for state in law.machine(guard.machine).states)
        yield tuple((guard.machine, s) for s in states if (s in guard.states) is sought)
