"""What may happen once facts are recorded with the event: exactly where something can be recorded
with which it does happen."""

from __future__ import annotations

from datetime import datetime
from itertools import product
from random import Random
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import JST, Case, DiversionFlowError, Process
from diversion_flow.definition import Event, Fact, Guard, Kind, any_of, every, fact, holds
from diversion_flow.desk import may
from helpers.small import MAIN, PROCESS, T, transition

OPENED = datetime(2024, 6, 3, 9, tzinfo=JST)
FLAGS = ("f0", "f1", "f2")
DOMAINS: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(FLAGS, (None, True, False)),
    "n": (None, *range(6)),
}
FACTS = tuple(
    Fact(id, T, Kind.INTEGER if id == "n" else Kind.BOOLEAN, "worker", ("worker",),
         minimum=0 if id == "n" else None, maximum=5 if id == "n" else None)
    for id in DOMAINS
)  # fmt: skip


def guard(chance: Random, depth: int = 3) -> Guard:
    """A condition of some parts on these facts."""
    if depth == 0 or chance.random() < 0.2:
        n, bound = fact("n"), chance.randrange(6)
        atoms: list[Guard] = [
            *map(holds, FLAGS), n >= bound, n == bound, n < bound, n.known(), fact("f0").known(), n.in_(bound, 5),
        ]  # fmt: skip
        return chance.choice(atoms)
    parts = [guard(chance, depth - 1) for _ in range(2)]
    return chance.choice([any_of(*parts), every(*parts), ~parts[0]])


def law(records: tuple[str, ...], *guards: Guard) -> Process:
    """The small process with facts more, and rules by which `asked_for` leads somewhere."""
    rules = [
        transition(f"r{n}", "asked_for", MAIN.initial, "done", g) for n, g in enumerate(guards)
    ]
    return evolve(
        PROCESS,
        facts=(*PROCESS.facts, *FACTS),
        events=(*PROCESS.events, Event("asked_for", T, "main", ("worker",), records)),
        machines=(
            evolve(MAIN, transitions=(*MAIN.transitions, *rules)), *PROCESS.machines[1:]
        ),
    )  # fmt: skip


def happens(case: Case, records: tuple[str, ...]) -> bool:
    """Whether some values of what is not known make a step that succeeds."""
    free = [id for id in records if id not in case.facts]
    for values in product(*(DOMAINS[id] for id in free)):
        facts = {id: v for id, v in zip(free, values, strict=True) if v is not None}
        try:
            case.step("asked_for", by="worker", at=OPENED, facts=facts)
        except DiversionFlowError:
            continue
        return True
    return False


@pytest.mark.parametrize("seed", range(120))
def test_what_is_possible_is_what_something_recorded_makes_happen(seed: int) -> None:
    chance = Random(seed)
    records = tuple(id for id in DOMAINS if chance.random() < 0.6)
    process = law(records, *(guard(chance) for _ in range(chance.choice((1, 1, 2)))))
    known = {id: v for id in DOMAINS if (v := chance.choice((None, *DOMAINS[id]))) is not None}
    case = process.open(at=OPENED, facts=known)
    found = happens(case, records)
    assert ("asked_for" in case.possible(at=OPENED)) is found
    told = case.explain("asked_for", by="worker", at=OPENED)
    assert (told.allowed or told.possible) is found
    work = case.worklist(at=OPENED)["worker"]
    assert ("asked_for" in {*work.enabled, *work.possible}) is found
    assert not found or "asked_for" in may(case, "worker")


def test_a_choice_is_open_while_one_of_its_sides_can_be_recorded() -> None:
    process = law(("n",), (fact("n") >= 3) | holds("f0"))
    case = process.open(at=OPENED)
    told = case.explain("asked_for", by="worker", at=OPENED)
    assert told.possible
    assert [reason.recordable for reason in told.reasons] == [True]
    assert "asked_for" in case.possible(at=OPENED)
    assert case.step("asked_for", by="worker", at=OPENED, facts={"n": 3}).states["main"] == "done"
