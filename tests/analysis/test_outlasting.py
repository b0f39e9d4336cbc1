"""What is not over, since what would have been over with it would have moved the case on."""

from __future__ import annotations

from random import Random

import pytest
from attrs import evolve

from diversion_flow import Case, Process
from diversion_flow.analysis.cells import Cells, Cube, Question
from diversion_flow.analysis.outlasting import where_over
from diversion_flow.analysis.product import Goal, Product
from diversion_flow.definition import (
    ALWAYS,
    Counting,
    Deadline,
    Fact,
    Length,
    OnEntry,
    OnEvent,
    Unit,
    holds,
    running,
)
from diversion_flow.runtime.clocks import runs
from helpers.chance import attempt, value
from helpers.small import LAW, PROCESS, T

DAYS = Unit.DAYS
LIMIT = PROCESS.deadline("limit")
HELPED, ENTRY = OnEvent(("helped",)), OnEntry()


def with_limits(*limits: Deadline) -> Process:
    return evolve(PROCESS, deadlines=limits)


def open_until(length: Length = LIMIT.length, **changes: object) -> Deadline:
    """A limit at whose end nothing happens by law."""
    alert = evolve(LIMIT, id="open", length=length, on_expiry=None)
    return evolve(alert, **changes)  # type: ignore[arg-type]


def may_be_over(*laws: Process, event: str = "finished", content: bool | None = None) -> bool:
    """Whether a search says that somebody comes to `event` in help when `open` does not run."""
    cells = Cells(*laws)
    about = Question("fact", "content")
    where = {**cells.standing("main", ["helped"]), Question("deadline", "open"): _NO,
             about: cells.of_value(about, content)}  # fmt: skip
    search = Product(laws[0], laws[-1], cells, [Goal(event, "worker", (where,), None)])
    found = [node for node, _, _ in search.some(3000)]
    assert found or search.exhausted
    return bool(found)


_NO = 2


@pytest.mark.parametrize(
    ("limit", "able"),
    [
        (open_until(), False),
        (open_until(Length(11, DAYS)), False),
        (open_until(Length(9, DAYS)), True),
        (open_until(Length(10, Unit.MONTHS)), True),  # another unit: nothing is said of that
        (open_until(Length(10, DAYS, ("age",))), True),
        (open_until(counting=Counting(first_day_counts=True)), True),
        (open_until(start=OnEvent(("consented",))), True),
        (open_until(start=ENTRY), True),
        (open_until(guard=holds("content")), True),
        (open_until(met_by=("consented",)), True),
        (open_until(states=("asked",)), True),
    ],
)
def test_what_begins_with_a_limit_and_is_no_shorter_is_not_over_before_it(
    limit: Deadline, able: bool
) -> None:
    law = with_limits(LIMIT, limit)
    assert may_be_over(law, law) is able


def test_under_another_law_it_is_not_over_either() -> None:
    ten, five = with_limits(LIMIT, open_until()), evolve(LIMIT, length=Length(5, DAYS))
    alone = with_limits(evolve(LIMIT, on_expiry=None), open_until())
    assert not may_be_over(ten, alone)
    assert may_be_over(with_limits(evolve(LIMIT, length=Length(11, DAYS)), open_until()), alone)
    assert not may_be_over(with_limits(five, open_until()), alone)


def test_it_may_be_over_where_that_limit_does_not_run() -> None:
    law = with_limits(evolve(LIMIT, guard=holds("content")), open_until())
    assert may_be_over(law, law, event="withdrawn")
    assert not may_be_over(law, law, event="withdrawn", content=True)
    assert may_be_over(law, law, content=True)  # which tells it anew


def test_what_happens_by_law_may_come_when_it_is_over() -> None:
    law = with_limits(LIMIT, open_until())
    assert may_be_over(law, law, event="lapsed")


def test_who_comes_in_without_its_beginning_may_find_it_not_running() -> None:
    law = with_limits(*(evolve(d, start=OnEvent(("consented",))) for d in (LIMIT, open_until())))
    assert may_be_over(law, law)


@pytest.mark.parametrize("asks", ["open", "limit"])
def test_a_rule_that_asks_for_such_a_limit_says_that_it_has_begun(asks: str) -> None:
    """Whichever of them it asks for: they begin together."""
    law = with_limits(*(evolve(d, start=OnEvent(("consented",)), states=("asked", "helped"))
                        for d in (LIMIT, open_until())))  # fmt: skip
    assert may_be_over(law, law)
    [main, consent] = law.machines
    helping = [evolve(t, guard=running(asks)) if t.id == "help" else t for t in main.transitions]
    law = evolve(law, machines=(evolve(main, transitions=tuple(helping)), consent))
    assert not may_be_over(law, law)


@pytest.mark.parametrize("others", [True, False])
def test_what_a_limit_brings_says_that_it_has_begun(others: bool) -> None:
    consented = OnEvent(("consented",))
    begun = (evolve(LIMIT, start=consented, states=("asked",)),
             evolve(LIMIT, id="stays", start=consented), open_until(start=consented))  # fmt: skip
    law = with_limits(*begun, *[evolve(LIMIT, id="entry", start=ENTRY, states=("asked",))] * others)
    [main, consent] = law.machines
    helping = [evolve(t, event="lapsed", guard=ALWAYS) if t.id == "help" else t
               for t in main.transitions]  # fmt: skip
    law = evolve(law, machines=(evolve(main, transitions=tuple(helping)), consent))
    assert may_be_over(law, law) is others


def limit_by_chance(id: str, rnd: Random) -> Deadline:
    unit = rnd.choice((DAYS, DAYS, Unit.HOURS, Unit.MONTHS))
    start = rnd.choice((HELPED, HELPED, ENTRY, OnEvent(("consented",))))
    return Deadline(
        id, T, "main", rnd.choice((("helped",), ("asked", "helped"))), start,
        Length(rnd.choice((1, 2, 3)), unit, rnd.choice(((), (), ("age",)))), "worker", LAW,
        Counting(rnd.random() < 0.2, rnd.random() < 0.2), rnd.choice((ALWAYS, holds("content"))),
        rnd.choice(("lapsed", None)), met_by=rnd.choice(((), (), ("withdrawn",))),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_wherever_a_case_goes_on_a_limit_does_not_run_it_was_said_so(seed: int) -> None:
    rnd = Random(seed)
    laws = [with_limits(*(limit_by_chance(id, rnd) for id in "xyz")) for _ in range(2)]
    cells, at = Cells(*laws), "2024-02-27"
    facts = {f.id: told(f, rnd) for f in PROCESS.facts if rnd.random() < 0.7}
    cases = [law.open(at=at, facts=facts) for law in laws]
    for _ in range(12):
        event = rnd.choice(PROCESS.events)
        given = {id: told(PROCESS.fact(id), rnd) for id in event.records if rnd.random() < 0.8}
        ends = [clock.ends for case in cases for clock in case.deadlines()]
        then = max(cases[0].at, rnd.choice([cases[0].at, *ends]))
        after = [attempt(c, event.id, by=event.by[0], at=then, facts=given) for c in cases]
        if None not in after:
            waiting = [law for law in laws if event.id not in {d.on_expiry for d in law.deadlines}]
            for law, case in zip(laws, cases, strict=True):
                idle = (d.id for d in law.deadlines if not runs(case, d.id, then))
                assert all(said(cells, where_over(id, [law], waiting, cells), case) for id in idle)
            cases = [case for case in after if case is not None]


def told(fact: Fact, rnd: Random) -> object:
    """A value with which no limit is longer than may be."""
    return rnd.choice((64, 65, 66)) if fact.id == "age" else value(fact, rnd)


def said(cells: Cells, where: list[Cube], case: Case) -> bool:
    return any(cells.admits(cube, case.states, case.facts) for cube in where)
