"""Clocks that stop, in cases that begin midway and in cases that cross a change of law: they are
counted as those of a case whose whole record was kept under one law."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from attrs import evolve

from diversion_flow import CallError, Case
from diversion_flow.definition import (
    KEPT,
    Counting,
    History,
    OnEvent,
    OnFact,
    Process,
    Text,
    TransitionalRule,
    Unit,
)
from diversion_flow.runtime import Clock
from diversion_flow.runtime.midway import entered, happened
from helpers.stopping import EVENTS, EXAMINATION, law, limit, stopping

CHANGE = date(2024, 1, 15)
T = Text("あ", "a")


def clock(case: Case) -> Clock | None:
    return next(iter(case.deadlines()), None)


def counted(case: Case) -> tuple[object, ...] | None:
    """What is told of the clock, whatever the limit is called."""
    found = clock(case)
    return found and (found.started, found.last, found.ends, found.left, found.renewals)


def midway(case: Case) -> Case:
    """The same case, taken over by another desk as it stands."""
    return case.process.open(
        at=case.at, facts=case.facts, states=case.states, reason="taken over",
        since=entered(case) | happened(case),
    )  # fmt: skip


def walked(process: Process | History, rnd: Random, once: bool = False) -> Case:
    """A case in which what can happen does, day by day; `once`: nothing happens twice."""
    case = process.open(at="2024-01-10T08:00", facts={"days": rnd.choice((1, 3, 6))})
    names, done = (*EVENTS, "examined", "examination_over"), set[str]()
    for _ in range(12):
        at = case.at + timedelta(hours=rnd.choice((3, 9, 24, 40)))
        while case.law_changes is not None and case.law_changes <= at:
            case = case.advance(to=case.law_changes)
        case = case.advance(to=max(at, case.at))
        able = [e for e in case.enabled(by="worker") if e in names and not (once and e in done)]
        if able:
            event = rnd.choice(able)
            done.add(event)
            case = case.step(event, by="worker", at=case.at)
    return case


def versions(old: Process, new: Process, *rules: TransitionalRule) -> History:
    return History(
        (
            evolve(old, version="old", since=None, until=CHANGE - timedelta(days=1)),
            evolve(new, version="new", since=CHANGE, until=None),
        ),
        ((*rules, KEPT),),
    )


@pytest.mark.parametrize("seed", range(60))
def test_a_case_taken_over_counts_on(seed: int) -> None:
    rnd = Random(seed)
    case = walked(stopping(rnd), rnd, once=True)
    assert counted(midway(case)) == counted(case)


@pytest.mark.parametrize("seed", range(60))
def test_a_change_of_law_that_changes_nothing_moves_no_clock(seed: int) -> None:
    process = stopping(Random(seed))
    across, plain = (walked(law, Random(seed)) for law in (versions(process, process), process))
    assert across.process.version == "new"
    assert counted(across) == counted(plain)


def held(process: Process | History) -> Case:
    """Detained on the tenth, examined from the twelfth on."""
    case = process.open(at="2024-01-10T09:00").step("held", by="worker", at="2024-01-10T09:00")
    return case.step("examined", by="worker", at="2024-01-12T09:00")


OVER = TransitionalRule("over", T, states={"examination.under_way": "examination.none"})


def test_a_clock_goes_on_where_the_new_law_ends_the_stop() -> None:
    moved = History(versions(law(), law()).versions, ((OVER,),))
    case = held(moved).advance(to="2024-01-15T09:00")
    assert case.state("examination") == "none"
    found = clock(case)
    assert found is not None
    assert str(found.last_day) == "2024-01-22"  # 10, 11, 12 used; 16 is day 4, 22 is day 10


def test_a_clock_that_the_new_law_stops_is_stopped_on_the_day_of_change() -> None:
    bare = limit(stops=(), renewals=())
    case = held(versions(law(bare), law(limit())))
    found = clock(case)
    assert found is not None
    assert str(found.last_day) == "2024-01-19"  # the old law knows no stop
    found = clock(case.advance(to="2024-01-16"))
    assert found is not None
    assert found.left == timedelta(days=7)  # the examination stops it since the twelfth


def test_a_clock_that_the_new_law_does_not_stop_begins_with_its_event() -> None:
    bare = limit(stops=(), renewals=())
    found = clock(held(versions(law(limit()), law(bare))).advance(to="2024-01-16"))
    assert found is not None
    assert str(found.last_day) == "2024-01-19"


@pytest.mark.parametrize(
    "other",
    [limit(240, Unit.HOURS), limit(start=OnEvent(("held", "noted")))],
    ids=["hours", "other start"],
)
def test_what_is_counted_otherwise_is_counted_anew(other: object) -> None:
    across = held(versions(law(limit()), law(other))).advance(to="2024-01-16")  # type: ignore[arg-type]
    assert counted(across) == counted(midway(held(law(other)).advance(to="2024-01-16")))  # type: ignore[arg-type]


def test_a_clock_goes_on_from_the_day_that_the_old_law_counted_first() -> None:
    """Whether or not it has stopped: ten days from the tenth, and the new law begins a day later."""
    across = versions(law(limit()), law(limit(counting=Counting())))
    case = across.open(at="2024-01-10T09:00").step("held", by="worker", at="2024-01-10T09:00")
    found = clock(case.advance(to="2024-01-16"))
    assert found is not None
    assert str(found.last_day) == "2024-01-19"
    found = clock(held(across).advance(to="2024-01-16"))
    assert found is not None
    assert found.left == timedelta(days=7)


def test_a_clock_from_a_recorded_day_is_not_taken_for_one_that_stops() -> None:
    recorded = limit(start=OnFact("day"), stops=(), renewals=(), met_by=("noted",))
    assert recorded.met_by
    process = law(limit())
    day = evolve(process.fact("days"), id="day", kind=type(process.fact("days").kind).DATE,
                 minimum=None, maximum=None)  # fmt: skip
    old = evolve(process, facts=(*process.facts, day), deadlines=(recorded,))
    case = held(versions(old, process)).advance(to="2024-01-16")
    found = clock(case)
    assert found is not None
    assert found.left == timedelta(days=7)


@pytest.mark.parametrize(
    ("extended", "last"), [("2024-01-09", 19), ("2024-01-10", 22), ("2024-01-11", 22)]
)
def test_what_renewed_it_since_it_began_counts(extended: str, last: int) -> None:
    since = {"custody": "2024-01-10", "held": "2024-01-10", "extended": extended}
    case = law().open(at="2024-01-12", states={"custody": "held"}, reason="r", since=since,
                      facts={"days": 3})  # fmt: skip
    assert [found.last_day for found in case.deadlines()] == [date(2024, 1, last)]


@pytest.mark.parametrize(("examined", "left"), [("09", 9), ("10", 9), ("11", 8)])
def test_it_stands_still_from_where_what_stops_it_began(examined: str, left: int) -> None:
    """The day on which a clock begins is used, and so is that on which it is stopped."""
    since = {"custody": "2024-01-10", "held": "2024-01-10", "examination": f"2024-01-{examined}"}
    case = law().open(at="2024-01-12", states={"custody": "held", "examination": "under_way"},
                      since=since, reason="r")  # fmt: skip
    assert [found.left for found in case.deadlines()] == [timedelta(days=left)]


def test_since_when_it_stands_still_must_be_told() -> None:
    with pytest.raises(CallError) as refused:
        law().open(
            at="2024-01-14", states={"custody": "held", "examination": "under_way"}, reason="r",
            since={"held": "2024-01-10"},
        )  # fmt: skip
    assert EXAMINATION.id in refused.value.text("en")
