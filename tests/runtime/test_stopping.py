"""Clocks that stop, go on and are renewed: counted by hand, and against a walk over the journal
that counts one day after the other and carries nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

import pytest
from attrs import evolve

from diversion_flow import CallError, Case, DefinitionError, FactError, Refused, replay
from diversion_flow.definition import (
    Counting,
    Deadline,
    Length,
    OnEntry,
    OnEvent,
    OnFact,
    Parameter,
    Process,
    Renewal,
    Stop,
    Unit,
    fact,
    machine,
    missed,
    param,
    running,
)
from diversion_flow.runtime import JST, Clock
from diversion_flow.runtime.calendar import is_rest_day, last_day_of_months
from diversion_flow.runtime.journal import Record
from helpers.small import CONSENT, MAIN, T, transition
from helpers.stopping import (
    CUSTODY,
    DAYS,
    EVENTS,
    EXAMINATION,
    HOURS,
    MONTHS,
    PROLONGED,
    STOPS,
    law,
    limit,
    stopping,
)


def told(process: Process, *steps: str) -> Case:
    """A case in which this happens: `held 01-10` is on the tenth of January 2024 at nine, and
    `extended 01-19T12:00 5` for five days."""
    case = process.open(at="2023-01-01")
    for step in steps:
        event, at, *days = step.split()
        at = f"2024-{at}" if len(at.split("T")[0]) == 5 else at
        facts = {"days": int(days[0])} if days else None
        case = case.step(event, by="worker", at=at if "T" in at else f"{at}T09:00", facts=facts)
    return case


def clock(case: Case) -> Clock:
    (found,) = case.deadlines()
    return found


# -- by hand ---------------------------------------------------------------------------------------

AFTER = Counting()  # the first day does not count
MOVED = Counting(rest_day_moves=True)
NO_BEGIN = Counting(first_day_counts=True, stop_day_counts=False)
BOTH = Counting(first_day_counts=True, resume_day_counts=True)
TEN = limit(10)

# What the limit is · what happens · the last day, or moment · why, day by day.
BY_HAND = (
    (TEN, "held 01-10", "01-19", "10th is day 1, so 19th is day 10"),
    (limit(10, DAYS, AFTER), "held 01-10", "01-20", "11th is day 1"),
    # a stop of one day
    (TEN, "held 01-10 | examined 01-12 | examination_over 01-13", "01-20",
     "10, 11, 12 used (the 12th begins the stop); 13 not; 14 is day 4, 20 is day 10"),
    # of the same day
    (TEN, "held 01-10 | examined 01-12 | examination_over 01-12T17:00", "01-19",
     "the 12th begins a stop, so it is used: nothing was lost"),
    # across several days
    (TEN, "held 01-10 | examined 01-12 | examination_over 01-16", "01-23",
     "3 used; 13, 14, 15, 16 not; 17 is day 4, 23 is day 10"),
    # across the end of a month
    (TEN, "held 01-28 | examined 01-30 | examination_over 02-02", "02-09",
     "28, 29, 30 used; 31, 1, 2 not; 3 February is day 4, 9 is day 10"),
    # in a leap February, and in a common one
    (TEN, "held 02-25 | examined 02-27 | examination_over 02-29", "03-07",
     "25, 26, 27 used; 28, 29 not; 1 March is day 4, 7 is day 10"),
    (TEN, "held 2023-12-30 | examined 2023-12-31 | examination_over 01-03", "01-11",
     "30, 31 used; 1, 2, 3 not; 4 is day 3, 11 is day 10"),
    (limit(1, MONTHS), "held 02-10 | examined 02-12 | examination_over 02-20", "03-17",
     "10 February to 9 March are 29 days; 3 used; 26 left from 21 February: 9 in February, 17"),
    (limit(1, MONTHS), "held 2023-02-10 | examined 2023-02-12 | examination_over 2023-02-20",
     "2023-03-17", "to 9 March are 28 days; 3 used; 25 left from 21 February: 8 in February, 17"),
    (limit(2, MONTHS), "held 01-31 | examined 02-10 | examination_over 02-12", "04-01",
     "31 January to 30 March are 60 days; 11 used; 49 left from 13 February: 17, 31, 1 April"),
    (limit(1, MONTHS, AFTER), "held 01-31 | examined 02-01 | examination_over 02-10", "03-09",
     "1 to 29 February are 29 days; 1 used; 28 left from 11 February: 19 in February, 9"),
    # two stops
    (TEN, "held 01-10 | examined 01-11 | examination_over 01-13 | examined 01-15 |"
     " examination_over 01-18", "01-24",
     "10, 11; not 12, 13; 14, 15; not 16, 17, 18; 19 is day 5, 24 is day 10"),
    # one that begins on the day on which another ended, and again on the same day
    (TEN, "held 01-10 | examined 01-11 | examination_over 01-13 | examined 01-13T18:00 |"
     " examination_over 01-15", "01-22",
     "10, 11; not 12; 13 begins a stop and is used; not 14, 15; 16 is day 4, 22 is day 10"),
    (TEN, "held 01-10 | examined 01-12 | examination_over 01-12T12:00 | examined 01-12T15:00 |"
     " examination_over 01-14", "01-21",
     "10, 11, 12 (once); not 13, 14; 15 is day 4, 21 is day 10"),
    # one that begins on the last day
    (TEN, "held 01-10 | examined 01-19 | examination_over 01-25", "01-25",
     "all ten are used: it ends with the day on which the stop ends"),
    (TEN, "held 01-10 | examined 01-18 | examination_over 01-25", "01-26",
     "nine are used: 26 is day 10"),
    # on the day of the start
    (TEN, "held 01-10 | examined 01-10T15:00 | examination_over 01-15", "01-24",
     "the 10th is used; 11 to 15 not; 16 is day 2, 24 is day 10"),
    (limit(10, DAYS, AFTER), "held 01-10 | examined 01-10T15:00 | examination_over 01-15", "01-25",
     "the day of the start never counts: none is used; 16 is day 1, 25 is day 10"),
    (limit(10, DAYS, AFTER), "held 01-10 | examined 01-10T15:00 | examination_over 01-10T17:00",
     "01-20", "nothing was lost on a day that does not count"),
    # begun where it is stopped already
    (TEN, "examined 01-05 | held 01-10 | examination_over 01-12", "01-21",
     "its stop begins with it, on the 10th, which is used; 11, 12 not; 13 is day 2, 21 is day 10"),
    (limit(10, DAYS, AFTER), "examined 01-05 | held 01-10 | examination_over 01-12", "01-22",
     "none is used; 13 is day 1"),
    # counted otherwise
    (limit(10, DAYS, NO_BEGIN), "held 01-10 | examined 01-12 | examination_over 01-14", "01-22",
     "10, 11; not 12, 13, 14; 15 is day 3, 22 is day 10"),
    (limit(10, DAYS, BOTH), "held 01-10 | examined 01-12 | examination_over 01-14", "01-20",
     "10, 11, 12; not 13; 14 is day 4, 20 is day 10"),
    (limit(10, DAYS, BOTH), "held 01-10 | examined 01-12 | examination_over 01-12T20:00", "01-19",
     "the 12th is used once, though it would count for both"),
    (limit(10, DAYS, NO_BEGIN), "held 01-10 | examined 01-12 | examination_over 01-12T20:00",
     "01-20", "the beginning decides: the 12th is not used"),
    # renewed
    (TEN, "held 01-10 | extended 01-18 5", "01-24", "20 is the first of five"),
    (TEN, "held 01-10 | extended 01-18 5 | extended 01-23 3", "01-27", "25 is the first of three"),
    (limit(2, MONTHS), "held 01-15 | prolonged 03-10", "04-14",
     "2 months to 14 March, the next month from 15 March to 14 April"),
    (limit(2, MONTHS), "held 01-31 | prolonged 03-20", "04-30",
     "to 30 March (the day before the 31st); the month from 31 March ends with April, without a 31st"),
    (TEN, "held 01-10 | prolonged 01-18", "02-19", "20 January to 19 February"),
    # a renewal after a stop, and one meanwhile
    (TEN, "held 01-10 | examined 01-12 | examination_over 01-16 | extended 01-22 5", "01-28",
     "to 23 January, as above; 24 is the first of five"),
    (TEN, "held 01-10 | examined 01-12 | extended 01-14 5 | examination_over 01-16", "01-28",
     "the rest of seven runs from 17 to 23; then five"),
    (TEN, "held 01-10 | extended 01-18 5 | examined 01-22 | examination_over 01-24", "01-26",
     "20, 21, 22 of five used; not 23, 24; 25 is the fourth, 26 the fifth"),
    (TEN, "held 01-10 | prolonged 01-18 | examined 01-31 | examination_over 02-10", "02-29",
     "20 January to 19 February are 31 days; 12 used; 19 left from 11 February"),
    # hours, to the minute
    (limit(48, HOURS), "held 01-10T09:00 | examined 01-10T20:30 | examination_over 01-12T08:15",
     "01-13T20:45", "11:30 used; 36:30 left from 12 January 08:15"),
    (limit(48, HOURS), "held 01-10T09:00 | examined 01-10T09:00 | examination_over 01-11T10:00",
     "01-13T10:00", "nothing used"),
    (limit(48, HOURS), "held 01-10T09:00 | examined 01-12T09:00 | examination_over 01-15T10:00",
     "01-15T10:00", "all used, the last moment too"),
    (limit(30, Unit.MINUTES), "held 01-10T23:50 | examined 01-11T00:05 |"
     " examination_over 01-11T07:00", "01-11T07:15", "15 minutes used, 15 left"),
    # moved off rest days: 13 and 14 January 2024 are a weekend, 8 January is a holiday
    (limit(2, DAYS, MOVED), "held 01-10 | examined 01-11 | examination_over 01-12", "01-15",
     "11 is day 1; 12 not; 13 is day 2, a Saturday: to Monday 15"),
    (limit(4, DAYS, MOVED), "held 01-02 | examined 01-03 | examination_over 01-04", "01-09",
     "3 is day 1; not 4; 5, 6, 7 are 2, 3, 4: a Sunday, Monday is a holiday: to Tuesday 9"),
    (limit(3, DAYS, MOVED), "held 01-10 | extended 01-12 2", "01-17",
     "11 to 13, moved to Monday 15; 16 and 17"),
)  # fmt: skip


def test_the_table_is_long_enough() -> None:
    assert len(BY_HAND) >= 30


@pytest.mark.parametrize(("remand", "steps", "last", "why"), BY_HAND, ids=lambda each: "")
def test_by_hand(remand: Deadline, steps: str, last: str, why: str) -> None:
    case = told(law(remand), *steps.split("|"))
    found = clock(case)
    assert not found.stopped
    if "T" in last:
        assert f"{found.last:%m-%dT%H:%M}" == last, why
    else:
        assert str(found.last_day).endswith(last), why
    assert replay(case.process, case.journal, at=case.at).deadlines() == (found,)


# -- while it stands still -------------------------------------------------------------------------


def test_it_is_shown_as_stopped_with_days_left_and_no_end() -> None:
    case = told(law(), "held 01-10", "examined 01-12")
    found = clock(case)
    assert (found.stopped, found.left, found.last, found.ends) == (True, timedelta(7), None, None)
    assert (found.last_day, found.renewals) == (None, ())
    assert not found.passed("2030-01-01")
    assert clock(case.advance(to="2025-01-01")) == found
    assert not clock(told(law(), "held 01-10")).stopped


def test_a_renewal_meanwhile_is_shown_as_waiting() -> None:
    found = clock(told(law(), "held 01-10", "examined 01-12", "extended 01-13 5"))
    assert (found.left, found.renewals) == (timedelta(7), ((5, Unit.DAYS),))


def test_nothing_lapses_while_it_stands_still_and_then_it_does() -> None:
    process = law(limit(on_expiry="released", renewals=()))
    case = told(process, "held 01-10", "examined 01-12").advance(to="2024-03-01")
    assert case.state("custody") == "held"
    with pytest.raises(Refused) as caught:
        case.step("released", by="worker", at="2024-03-01")
    assert [reason.code.value for reason in caught.value.reasons] == ["not_yet"]
    case = case.step("examination_over", by="worker", at="2024-03-01")
    assert clock(case).last_day == date(2024, 3, 8)
    assert case.explain("noted", by="worker", at="2024-03-08T23:59").allowed
    late = case.explain("noted", by="worker", at="2024-03-09T00:00")
    assert [reason.code.value for reason in late.reasons] == ["deadline_passed"]
    over = case.advance(to="2024-03-10")
    assert (over.state("custody"), over.last) == ("free", datetime(2024, 3, 9, tzinfo=JST))


def test_the_machines_own_state_may_stop_it_though_it_does_not_run_there() -> None:
    own = limit(stops=(Stop("custody", ("away",)),), start=OnEntry(), renewals=())
    case = told(law(own), "held 01-10", "left 01-12")
    assert clock(case).left == timedelta(7)
    back = case.step("returned", by="worker", at="2024-01-16T09:00")
    assert (clock(back).started, clock(back).last_day) == (
        datetime(2024, 1, 10, 9, tzinfo=JST), date(2024, 1, 23),
    )  # fmt: skip


def test_either_of_two_machines_stops_it_and_it_goes_on_when_neither_does() -> None:
    both = limit(stops=(*STOPS, Stop("custody", ("away",))), renewals=())
    case = told(law(both), "held 01-10", "examined 01-12", "left 01-13", "examination_over 01-14")
    assert clock(case).left == timedelta(7)
    back = case.step("returned", by="worker", at="2024-01-16T09:00")
    assert clock(back).last_day == date(2024, 1, 23)


def test_one_whose_length_is_not_set_has_no_end_and_no_days_left() -> None:
    unset = limit(amount=param("length"))
    process = evolve(law(), parameters=(Parameter("length", T),), deadlines=(unset,))
    case = told(process, "held 01-10", "extended 01-11 3", "examined 01-12")
    assert case.deadlines() == ()
    case = told(
        process, "held 01-10", "examined 01-12", "examination_over 01-20", "extended 01-21 3"
    )
    assert case.deadlines() == case.advance(to="2024-12-31").deadlines() == ()


def test_one_that_has_run_out_neither_stops_nor_is_renewed() -> None:
    case = told(law(), "held 01-10", "examined 01-25", "extended 01-26 5", "examination_over 02-01")
    assert clock(case).last_day == date(2024, 1, 19)
    assert clock(case).passed(case.at)


def test_a_year_is_twelve_months() -> None:
    (year,), (months,) = (
        held_under(limit(amount, unit)).deadlines()
        for amount, unit in ((1, Unit.YEARS), (12, MONTHS))
    )
    assert (year.last, year.ends) == (months.last, months.ends)


def held_under(remand: Deadline) -> Case:
    case = law(remand).open(at="2024-01-10", facts={"days": 3})
    return case.step("held", by="worker", at="2024-01-11T09:00")


def test_begun_anew_it_is_whole_again() -> None:
    case = told(law(), "held 01-10", "examined 01-12", "extended 01-13 5", "held 01-15")
    assert (clock(case).left, clock(case).renewals) == (timedelta(9), ())


def test_two_limits_run_side_by_side_in_the_same_states() -> None:
    other = evolve(limit(20, renewals=()), id="other", stops=())
    case = told(law(limit(), other), "held 01-10", "examined 01-12")
    assert [(c.deadline.id, c.stopped, c.last_day) for c in case.deadlines()] == [
        ("other", False, date(2024, 1, 29)), ("remand", True, None),
    ]  # fmt: skip
    back = case.step("examination_over", by="worker", at="2024-01-16")
    assert [(c.deadline.id, c.last_day) for c in back.deadlines()] == [
        ("remand", date(2024, 1, 23)), ("other", date(2024, 1, 29)),
    ]  # fmt: skip


def test_of_two_that_stand_still_the_one_that_began_first_comes_first() -> None:
    later = evolve(limit(20, start=OnEvent(("noted",))), id="later")
    case = told(law(later, limit()), "held 01-10", "noted 01-11", "examined 01-12")
    assert [(c.deadline.id, c.stopped) for c in case.deadlines()] == [
        ("remand", True), ("later", True),
    ]  # fmt: skip


def test_a_guard_asks_whether_its_period_is_over_which_a_stopped_one_is_not() -> None:
    rule = transition("note", "noted", "held", "held", running("remand"))
    others = tuple(t for t in CUSTODY.transitions if t.id != "note")
    custody = evolve(CUSTODY, transitions=(*others, rule))
    process = evolve(law(), machines=(MAIN, CONSENT, custody, EXAMINATION))
    case = told(process, "held 01-10", "examined 01-12")
    assert case.explain("noted", by="worker", at="2024-06-01").allowed
    ended = told(process, "held 01-10", "examined 01-12", "examination_over 01-16")
    assert ended.explain("noted", by="worker", at="2024-01-23T23:00").allowed
    assert not ended.explain("noted", by="worker", at="2024-01-24").allowed


def test_a_duty_stands_still_and_can_be_met_meanwhile() -> None:
    owed = limit(owed_to=("partner",), met_by=("noted",), renewals=())
    case = told(law(owed), "held 01-10", "examined 01-12")
    (duty,) = case.duties()
    assert (duty.standing, duty.last, duty.ends, duty.late) == ("open", None, None, None)
    (met,) = case.step("noted", by="worker", at="2024-03-01").duties()
    assert (met.standing, met.late) == ("met", None)
    (late,) = told(law(owed), "held 01-10", "examined 01-12", "examination_over 01-16",
                   "noted 01-25").duties()  # fmt: skip
    assert (late.standing, late.last) == ("late", datetime(2024, 1, 24, tzinfo=JST) - _INSTANT)


def test_whether_a_duty_that_stood_still_was_missed_can_be_asked() -> None:
    owed = limit(owed_to=("partner",), met_by=("noted",), renewals=())
    rules = tuple(evolve(t, guard=missed("remand")) if t.id == "release" else t for t in CUSTODY.transitions)  # fmt: skip
    plain = law(owed)
    asking = evolve(plain, machines=(*plain.machines[:2], evolve(CUSTODY, transitions=rules), EXAMINATION))  # fmt: skip
    case = told(asking, "held 01-10", "examined 01-12", "examination_over 01-16")  # until the 23rd
    assert "released" not in case.enabled(at="2024-01-23T23:59")
    assert "released" in case.enabled(at="2024-01-24")
    late = case.step("noted", by="worker", at="2024-01-25")
    assert "released" in late.enabled()
    assert "released" not in case.step("noted", by="worker", at="2024-01-20").enabled(
        at="2024-02-20"
    )


_INSTANT = timedelta(microseconds=1)


def test_who_does_not_see_what_stops_it_is_not_told_whether_it_stands_still() -> None:
    """The partner sees custody, not the examination."""
    process = law(limit(renewals=()))
    shown = [
        (view.deadlines, view.undated)
        for case in (told(process, "held 01-10"), told(process, "held 01-10", "examined 01-12"))
        for view in [case.view("partner")]
    ]
    assert shown == [((), ("remand",))] * 2
    (seen,) = told(process, "held 01-10", "examined 01-12").view("worker").deadlines
    assert seen.stopped
    (bare,) = told(law(limit(renewals=(), stops=())), "held 01-10").view("partner").deadlines
    assert bare.last_day == date(2024, 1, 19)


def test_who_does_not_see_by_how_much_it_is_renewed_is_not_told_the_day() -> None:
    renewed = told(law(limit(stops=())), "held 01-10", "extended 01-18 5")
    assert renewed.view("partner").deadlines == ()
    fixed = told(law(limit(stops=(), renewals=(PROLONGED,))), "held 01-10", "prolonged 01-18")
    (seen,) = fixed.view("partner").deadlines
    assert seen.last_day == date(2024, 2, 19)


# -- what cannot be --------------------------------------------------------------------------------


def test_one_from_a_fact_is_refused() -> None:
    with pytest.raises(DefinitionError) as caught:
        limit(start=OnFact("meeting"))
    assert caught.value.code == "links_from_fact"


def test_a_renewal_has_a_length_that_can_be_counted() -> None:
    with pytest.raises(DefinitionError) as caught:
        law(limit(renewals=(Renewal(("extended",), Length(1_201, Unit.MONTHS)),)))
    assert caught.value.code == "length_bounds"
    with pytest.raises(FactError) as refused:
        told(law(), "held 01-10", "extended 01-11 -3")
    assert refused.value.code == "fact_no_length"


def test_of_two_facts_that_lengthen_it_the_one_that_goes_too_far_is_named() -> None:
    base, both = law(), ("more", "days")
    case = evolve(
        base,
        facts=(*base.facts, evolve(base.fact("days"), id="more", minimum=None)),
        events=tuple(evolve(e, records=both) if e.id == "held" else e for e in base.events),
        deadlines=(evolve(limit(), length=Length(10, DAYS, ("more",))),),
    ).open(at="2024-01-10")
    for given, wrong in (({"more": 1, "days": -3}, "days"), ({"more": -11, "days": 3}, "more")):
        with pytest.raises(FactError) as refused:
            case.step("held", by="worker", at=case.at, facts=given)
        assert (refused.value.code, refused.value.at) == ("fact_no_length", (("fact", wrong),))
    shorter = case.step("held", by="worker", at=case.at, facts={"more": -3, "days": 3})
    assert clock(shorter).last_day == date(2024, 1, 16)


def test_renewed_for_nothing_it_is_not_renewed() -> None:
    assert clock(told(law(), "held 01-10", "extended 01-11 0")) == clock(told(law(), "held 01-10"))


def test_renewals_that_no_clock_can_count_are_refused() -> None:
    case = told(law(), "held 01-10")
    for _ in range(3):
        case = case.step("extended", by="worker", at=case.at, facts={"days": 10_000})
    with pytest.raises(CallError) as caught:
        case.step("extended", by="worker", at=case.at, facts={"days": 10_000})
    assert caught.value.code == "renewal_beyond"
    assert clock(case).last_day is not None


# -- against a walk over the journal ---------------------------------------------------------------


class Plain(NamedTuple):
    """What a reader of the journal makes of a limit: its stops and its links, as they came."""

    began: datetime
    stops: list[list[datetime | None]]
    links: list[tuple[int, Unit]]


class Reader:
    """Reads a journal from the first entry to the last, and each entry once: as a case goes on,
    what is new."""

    def __init__(self, process: Process) -> None:
        (self.deadline,) = process.deadlines
        self.found: Plain | None = None
        self.states = {m.id: m.initial for m in process.machines}
        self.days = self.entries = 0

    def read(self, case: Case) -> Plain | None:
        new = case.journal[self.entries :]
        self.entries += len(new)
        for entry in new:
            self._on(entry)
        return self.found

    def _on(self, entry: Record) -> None:
        deadline, found, before = self.deadline, self.found, dict(self.states)
        self.states |= {m.machine: m.target for m in entry.moved}
        over = found is not None and _over(found, deadline, entry.at)
        self.days = int(entry.facts.get("days", self.days))  # type: ignore[call-overload]
        if found is not None and not over:
            for renewal in deadline.renewals:
                amount = renewal.length.amount
                assert isinstance(amount, int)
                amount += self.days if renewal.length.plus else 0
                if entry.event in renewal.events and amount:
                    found.links.append((amount, renewal.length.unit))
            stood, stands = _still(deadline, before), _still(deadline, self.states)
            if stands and not stood:
                found.stops.append([entry.at, None])
            if stood and not stands and found.stops and found.stops[-1][1] is None:
                found.stops[-1][1] = entry.at
        if _starts(deadline, entry.event, before, self.states):
            stop: list[list[datetime | None]] = (
                [[entry.at, None]] if _still(deadline, self.states) else []
            )
            first = deadline.length.amount
            assert isinstance(first, int)
            self.found = Plain(entry.at, stop, [(first, deadline.length.unit)])


def _still(deadline: Deadline, states: dict[str, str]) -> bool:
    return any(states[stop.machine] in stop.states for stop in deadline.stops)


def _starts(deadline: Deadline, event: str, before: dict[str, str], states: dict[str, str]) -> bool:
    if isinstance(deadline.start, OnEvent):
        return event in deadline.start.events
    here = {
        *deadline.states,
        *(s for x in deadline.stops if x.machine == "custody" for s in x.states),
    }
    return states["custody"] in here and before["custody"] not in here


def _over(found: Plain, deadline: Deadline, at: datetime) -> bool:
    if deadline.length.unit in (Unit.HOURS, Unit.MINUTES):
        last = _moment(found)
        return isinstance(last, datetime) and at > last
    last_day = _day(found, deadline.counting)
    return isinstance(last_day, date) and at.date() > last_day


def _moment(found: Plain) -> datetime | timedelta:
    """The last moment of hours: minute after minute, only where it runs; else what is left."""
    left = sum((timedelta(**{unit.value: amount}) for amount, unit in found.links), timedelta(0))
    at = found.began
    for begins, ends in found.stops:
        assert begins is not None
        left, at = left - (begins - at), ends or begins
        if ends is None:
            return left
    return at + left


def _day(found: Plain, counting: Counting) -> date | int:
    """The last day, one day after the other; while it stands still, how many are left of the link."""
    day = found.began.date() + timedelta(days=not counting.first_day_counts)
    links = list(found.links)
    used, total = 0, _days(day, *links.pop(0))
    open_since = found.stops[-1][0] if found.stops and found.stops[-1][1] is None else None
    while True:
        if open_since is not None and day > open_since.date():
            return max(0, total - used)
        if used < total and _counts(day, found, counting):
            used += 1
        if used >= total:
            last = _after_stop(
                max(day if total else day - timedelta(days=1), found.began.date()), found
            )
            if open_since is not None and last >= open_since.date():
                return total - min(total, used)
            while counting.rest_day_moves and (
                is_rest_day(last) or _after_stop(last, found) > last
            ):
                last = max(last + timedelta(days=1), _after_stop(last, found))
                if open_since is not None and last >= open_since.date():
                    return 0
            if not links:
                return last
            day = last
            used, total = 0, _days(last + timedelta(days=1), *links.pop(0))
        day += timedelta(days=1)


def _days(first: date, amount: int, unit: Unit) -> int:
    if unit is Unit.DAYS:
        return amount
    return (last_day_of_months(first, amount) - first).days + 1


def _after_stop(day: date, found: Plain) -> date:
    """The day, or that on which a stop ends that began on it."""
    for begins, ends in found.stops:
        if begins is not None and ends is not None and begins.date() == day:
            day = ends.date()
    return day


def _counts(day: date, found: Plain, counting: Counting) -> bool:
    begins = {stop[0].date() for stop in found.stops if stop[0] is not None}
    ends = {stop[1].date() for stop in found.stops if stop[1] is not None}
    if day in begins:
        return counting.stop_day_counts
    if day in ends:
        return counting.resume_day_counts
    return not any(a and b and a.date() < day < b.date() for a, b in found.stops)


def _walks(rnd: Random, process: Process, length: int) -> Iterator[Case]:
    case = process.open(at="2024-01-01").step("held", by="worker", at="2024-01-04T09:00")
    yield case
    gaps = (0, 0, 0, 1, 5, 9, 24, 24, 30, 48, 100, 300)
    for _ in range(length):
        may = [e for e in case.possible("worker") if e in EVENTS or e.startswith("examin")]
        weighed = [e for e in may for _ in range(1 if e in ("held", "released", "noted") else 5)]
        event = rnd.choice(weighed)
        facts = {"days": rnd.randint(0, 12)} if event == "extended" else None
        at = case.at + timedelta(hours=rnd.choice(gaps), minutes=rnd.choice((0, 0, 7)))
        case = case.step(event, by="worker", at=at, facts=facts)
        yield case


@pytest.mark.parametrize("age", [64, 65])
def test_a_limit_that_can_stop_runs_for_whom_its_condition_holds(age: int) -> None:
    grown = fact("age") >= 65
    for guard, runs in ((grown, age >= 65), (grown & machine("custody").in_("away"), False)):
        case = law(limit(guard=guard)).open(at="2024-06-03", facts={"age": age}, id="c")
        assert case.deadlines() == ()
        held = case.step("held", by="worker", at="2024-06-03")
        assert bool(held.deadlines()) is runs


@pytest.mark.sampled(every=6)
@pytest.mark.parametrize("seed", range(300))
def test_carried_clocks_agree_with_a_walk_over_the_journal(seed: int) -> None:
    """By chance: any limit, any course; 300 courses of 40 steps."""
    rnd = Random(seed)
    process = stopping(rnd)
    (deadline,) = process.deadlines
    reader = Reader(process)
    for case in _walks(rnd, process, 40):
        plain = reader.read(case)
        found = case.deadlines()
        if plain is None or case.state("custody") not in deadline.lasting:
            assert found == ()
            continue
        assert found[0].started == plain.began
        if deadline.length.unit in (Unit.HOURS, Unit.MINUTES):
            wanted = _moment(plain)
            told_ = found[0].left + _total(found[0]) if found[0].left is not None else found[0].last
            assert told_ == wanted
        else:
            day = _day(plain, deadline.counting)
            assert (found[0].left.days if found[0].left is not None else found[0].last_day) == day
    assert replay(process, case.journal, at=case.at) == case
    assert replay(process, case.journal, at=case.at).deadlines() == case.deadlines()


def _total(found: Clock) -> timedelta:
    return sum((timedelta(**{unit.value: n}) for n, unit in found.renewals), timedelta(0))
