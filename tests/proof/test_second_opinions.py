"""Do programs that nobody here wrote find as many configurations?"""

from __future__ import annotations

from pathlib import Path

import pytest

from diversion_flow import processes
from diversion_flow.proof.space import Space
from helpers.amounts import Amount
from helpers.models import counted, counted_by_dd, promela, stored_by_spin
from helpers.peer_programs import needs_cc, needs_dd, needs_spin
from helpers.random_rules import drawn

SMALLER = ("bridging", "defence", "public_assistance")
LAW = processes.in_force("entry_support", on="2024-06-03")


def by_chance(many: int) -> list[Space]:
    return [Space(drawn(seed)) for seed in range(many)]


@needs_spin
@needs_cc
def test_spin_stores_as_many_of_the_law(tmp_path: Path) -> None:
    space = Space(LAW, ("bridging",))
    [many] = counted([space])
    assert many > 10_000
    assert stored_by_spin(promela([space]), tmp_path) == many + 1  # and where none is chosen yet


@needs_spin
@needs_cc
def test_spin_stores_as_many_of_small_processes(tmp_path: Path, amount: Amount) -> None:
    spaces = by_chance(amount(40, 20))
    assert stored_by_spin(promela(spaces), tmp_path) == sum(counted(spaces)) + 1


@needs_dd
def test_binary_diagrams_count_as_many_of_small_processes(amount: Amount) -> None:
    spaces = by_chance(amount(40, 20))
    assert [*map(counted_by_dd, spaces)] == counted(spaces)


@needs_dd
@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("machines", [SMALLER, None], ids=["some", "all"])
def test_binary_diagrams_count_as_many_of_the_law(machines: tuple[str, ...] | None) -> None:
    space = Space(LAW, machines)
    [many] = counted([space])
    assert many > 10**5
    assert counted_by_dd(space) == many
