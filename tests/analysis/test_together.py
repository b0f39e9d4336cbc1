"""What is told of two machines at once: never that they do not meet where a case comes to."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from diversion_flow import Process
from diversion_flow.analysis import together
from diversion_flow.analysis.cells import Cells
from diversion_flow.analysis.joint import Joint
from helpers.random_rules import explicit, ruled

Two = frozenset[tuple[str, str]]


def met(law: Process) -> dict[Two, int]:
    """Each two states of two machines in which some case stands at once, with how many events
    that takes."""
    found: dict[Two, int] = {}
    for (states, _), depth in explicit(law).items():
        stands = zip((m.id for m in law.machines), states, strict=True)
        for two in combinations(stands, 2):
            found.setdefault(frozenset(two), depth)
    return found


def able(law: Process) -> dict[Two, int]:
    """Each two of which it is not told that none does, with how many events it takes at least."""
    cells = Cells(law)
    return told_of(law, Joint(law, law, cells), cells)


def told_of(law: Process, joint: Joint, cells: Cells, known: bool = False) -> dict[Two, int]:
    found: dict[Two, int] = {}
    for one, other in combinations(law.machines, 2):
        for states in product(one.states, other.states):
            two = frozenset((m.id, s.id) for m, s in zip((one, other), states, strict=True))
            places = (joint.states[m] & ~joint.standing.states[m][s] for m, s in two)
            if (far := joint.surely(sum(places), cells, known)) is not None:
                found[two] = far.least
    return found


def test_two_machines_are_told_apart_only_where_no_case_comes() -> None:
    seldom = 0
    for seed in range(12):
        law = ruled(seed)
        told = able(law)
        assert all(told[two] <= depth for two, depth in met(law).items()), seed
        each = sum(len(m.states) * len(n.states) for m, n in combinations(law.machines, 2))
        seldom += each - len(told)
    assert seldom > 30


def test_of_what_takes_too_long_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    law = ruled(1)
    few = able(law)
    monkeypatch.setattr(together, "_MOST", 0)
    assert few.keys() < able(law).keys()


def test_what_is_not_worked_out_yet_is_not_told_where_only_that_is_asked_for() -> None:
    law = ruled(1)
    cells = Cells(law)
    joint = Joint(law, law, cells)
    everywhere = told_of(law, joint, cells, known=True)
    few = told_of(law, joint, cells)
    assert few.keys() < everywhere.keys()
    assert told_of(law, joint, cells, known=True) == few
