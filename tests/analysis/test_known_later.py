"""Two laws that differ only in what an event makes unknown: where they are called the same, no case
tells them apart; where a case does, it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import islice

import pytest
from attrs import evolve

from diversion_flow import Case, DefinitionError, Process, Refused, compare
from diversion_flow.analysis import Witness
from diversion_flow.proof import Happened
from diversion_flow.runtime.clause import whole_guard
from helpers.random_rules import known, opened, ruled, tellable


def pairs(seed: int) -> Iterator[tuple[Process, Process]]:
    """A law, and the same with one fact outdated that some rule of another event asks for."""
    law = ruled(seed)
    rules = [rule for m in law.machines for rule in m.transitions]
    for event in law.events:
        asked = {id for rule in rules if rule.event != event.id
                 for kind, id in whole_guard(law, rule).mentions() if kind == "fact"}  # fmt: skip
        for id in sorted(asked - {*event.outdates}):
            changed = evolve(event, outdates=(*event.outdates, id))
            events = tuple(changed if e is event else e for e in law.events)
            with suppress(DefinitionError):  # its own rules ask for what is not told with it
                yield law, evolve(law, events=events)


def stepped(case: Case, told: Happened) -> Case | None:
    try:
        return case.step(told.event, by=told.by, at=told.at, facts=told.facts)
    except Refused:
        return None


def part(a: Process, b: Process) -> bool:
    """Whether some events lead one of them where they do not lead the other."""
    edge = list(zip(opened(a, ()), opened(b, ()), strict=True))
    seen = set()
    while edge:
        cases = edge.pop()
        if (here := (known(cases[0]), known(cases[1]))) in seen:
            continue
        seen.add(here)
        for told in tellable(cases[0]):
            one, other = (stepped(case, told) for case in cases)
            if (one and one.states) != (other and other.states):
                return True
            if one and other:
                edge.append((one, other))
    return False


def is_shown(a: Process, b: Process, witness: Witness, fact: str) -> bool:
    """Whether the steps lead both alike, up to the last, by which they part; the one knows the
    fact then and the other does not."""
    cases = [law.open(at=witness.opened, facts=witness.facts) for law in (a, b)]
    *way, last = (Happened(s.event, s.by, s.at, s.facts) for s in witness.steps)
    for told in way:
        cases = [case for case in (stepped(case, told) for case in cases) if case]
        assert len(cases) == 2
        assert cases[0].states == cases[1].states
    one, other = (stepped(case, last) for case in cases)
    known_by = [fact in case.facts for case in cases]
    return known_by == [True, False] and (one and one.states) != (other and other.states)


@cache
def told(seed: int) -> tuple[int, int]:
    """How many pairs are settled, and how many differences are shown by a case."""
    settled = shown = 0
    for a, b in islice(pairs(seed), 2):
        found = compare(a, b)
        if found.same_behaviour is True:
            settled += 1
            assert not part(a, b), b.events
            assert not found.people
        for one in found.people:
            if one.kind == "outdated" and len(one.rules) > 1:
                shown += 1
                [fact], [witness] = one.profile, one.witnesses
                assert is_shown(a, b, witness, fact), one.text()
                assert one.rules[1].event == witness.steps[-1].event
                assert found.behaviour.witness is not None
                assert len(found.behaviour.witness.steps) <= len(witness.steps)
    return settled, shown


IF_KNOWN = 155  # the event's own rule asks whether the fact is known
SEEDS = (*range(16), IF_KNOWN)


@pytest.mark.parametrize("seed", SEEDS)
def test_they_are_called_the_same_or_not_as_a_case_tells_them_apart_or_none_does(seed: int) -> None:
    told(seed)


@pytest.mark.slow
def test_some_are_settled_and_some_are_shown() -> None:
    settled, shown = zip(*map(told, SEEDS), strict=True)
    assert min(sum(settled), sum(shown)) > 4
