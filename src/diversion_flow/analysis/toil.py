"""About how much has to happen, by the rules of one law, until a machine stands somewhere: what
each rule asks of machines is added up, as if nothing that happens ever served two ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from ..definition import Guard, Machine, Process, Transition
from ..definition.grouped import grouped
from ..definition.guard import AllOf, InState, Not
from .cells import asked_of

Standing: TypeAlias = tuple[str, str]  # machine and state
Needs: TypeAlias = tuple[Sequence[Standing], ...]  # of each of these, one


def toil(law: Process) -> Mapping[Standing, int]:
    """Each state that rules lead to, with about how many events that takes."""
    found = {(machine.id, machine.initial): 0 for machine in law.machines}
    rules, nearer = [*_rules(law)], True
    while nearer:
        nearer = False
        for led, needs in rules:
            each = [[found[one] for one in some if one in found] for some in needs]
            if all(each) and (cost := 1 + sum(map(min, each))) < found.get(led, cost + 1):
                found[led], nearer = cost, True
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
    sources = [(machine.id, state) for state in rule.sources]
    asked = asked_of(law, rule)
    return (sources, *(need for guard in asked.each for need in _stand(law, guard, True)))


def _stand(law: Process, guard: Guard, sought: bool) -> Iterator[list[Standing]]:
    """Where machines have to stand for the condition to be true, or false, whatever else is so."""
    if isinstance(guard, AllOf) and sought:
        for part in guard.guards:
            yield from _stand(law, part, sought)
    elif isinstance(guard, Not):
        yield from _stand(law, guard.guard, not sought)
    elif isinstance(guard, InState):
        states = (state.id for state in law.machine(guard.machine).states)
        yield [(guard.machine, s) for s in states if (s in guard.states) is sought]
