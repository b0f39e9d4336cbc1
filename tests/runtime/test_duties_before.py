"""Limits that are counted back from a day that is expected, and duties that were missed."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import Case, replay
from diversion_flow.definition import (
    Before,
    CallError,
    Counting,
    DefinitionError,
    FactError,
    History,
    Length,
    OnEvent,
    OnFact,
    Renewal,
    TransitionalRule,
    Unit,
    machine,
    missed,
    running,
)
from diversion_flow.runtime import Refused
from diversion_flow.runtime.breaches import told_missed
from diversion_flow.runtime.calendar import JST, is_rest_day, limit_before
from diversion_flow.runtime.live import LiveCase
from helpers.owing import DAY, EVENTS, EXPECTED, RECORDING, duty, law, owing
from helpers.small import T

MOST_DAYS = 60


def held(day: str | None = "2024-03-15", **more: Any) -> Case:
    """Somebody held since 2 January, to be released on a day."""
    case = law(duty(**more)).open(at="2024-01-01")
    facts = None if day is None else {"day": day}
    return case.step("held", by="worker", at="2024-01-02", facts=facts)


def happens(case: Case, event: str, at: str, **facts: Any) -> Case:
    return case.step(event, by="worker", at=at, facts=facts or None)


def standing(case: Case) -> list[tuple[str, date | None, timedelta | None]]:
    return [(d.standing, d.last and d.last.date(), d.late) for d in case.duties()]


# -- the last day ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "unit", "counting", "last"),
    [
        (14, Unit.DAYS, Counting(), "2024-03-01"),
        (14, Unit.DAYS, Counting(first_day_counts=True), "2024-03-02"),
        (0, Unit.DAYS, Counting(first_day_counts=True), "2024-03-15"),
        (1, Unit.MONTHS, Counting(), "2024-02-15"),
        (2, Unit.YEARS, Counting(), "2022-03-15"),
        (13, Unit.DAYS, Counting(rest_day_moves=True), "2024-03-01"),  # the 2nd is a Saturday
    ],
)
def test_the_day_is_counted_back(amount: int, unit: Unit, counting: Counting, last: str) -> None:
    (clock,) = held(amount=amount, unit=unit, counting=counting).deadlines()
    assert str(clock.last_day) == last
    assert clock.started == datetime(2024, 1, 2, tzinfo=JST)


def test_a_month_that_has_no_such_day_ends_with_its_last() -> None:
    assert limit_before(datetime(2024, 3, 31), 1, "months").last_day == date(2024, 2, 29)


def test_hours_are_counted_from_the_moment() -> None:
    found = limit_before(datetime(2024, 3, 15, 9, 30), 48, "hours")
    assert found.last == datetime(2024, 3, 13, 9, 30, tzinfo=JST)
    assert found.ends - found.last == timedelta(microseconds=1)


@given(
    st.dates(date(1960, 1, 1), date(2090, 1, 1)),
    st.integers(0, 800),
    st.sampled_from(("days", "months")),
    st.booleans(),
    st.booleans(),
)
def test_the_time_that_remains_is_never_shorter(
    day: date, amount: int, unit: str, first: bool, moves: bool
) -> None:
    """Against counting one day, or one month, after the other."""
    amount = amount if unit == "days" else amount % 40
    at = datetime(day.year, day.month, day.day)
    last = limit_before(at, amount, unit, first_day_counts=first).last_day
    if unit == "days":
        walked = day
        for _ in range(amount):
            walked -= timedelta(days=1)
    else:
        number = day.year * 12 + day.month - 1 - amount
        walked = date(number // 12, number % 12 + 1, 1)
        while walked.day < day.day and (walked + timedelta(days=1)).month == walked.month:
            walked += timedelta(days=1)
    assert last == walked + timedelta(days=int(first and amount > 0))
    moved = limit_before(at, amount, unit, first_day_counts=first, rest_day_moves=moves).last_day
    assert moved <= last
    assert not moves or not is_rest_day(moved)


@pytest.mark.parametrize(("amount", "unit"), [(-1, "days"), (1, "weeks")])
def test_what_cannot_be_counted_is_counted_back_no_more_than_on(amount: int, unit: str) -> None:
    with pytest.raises(CallError):
        limit_before(date(2024, 6, 3), amount, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize("unit", ["hours", "days", "months", "years"])
def test_what_lies_beyond_the_calendar_is_a_fault_of_the_call(unit: str) -> None:
    with pytest.raises(CallError):
        limit_before(datetime(1950, 1, 1), 30_000_000, unit)


def test_without_a_day_there_is_none_yet_and_it_moves_with_the_day() -> None:
    case = held(None)
    (clock,) = case.deadlines()
    assert (clock.last, clock.ends, clock.stopped, clock.passed("2090-01-01")) == (
        None, None, False, False,
    )  # fmt: skip
    assert standing(case) == [("open", None, None)]
    assert not case.closed
    case = happens(case, "expected", "2024-02-01", day="2024-02-20")
    assert standing(case) == [("open", date(2024, 2, 6), None)]
    case = happens(case, "expected", "2024-02-02", day="2024-06-20")
    assert standing(case) == [("open", date(2024, 6, 6), None)]


# -- what it is judged by ----------------------------------------------------------------------


def test_it_is_judged_when_what_was_expected_happens() -> None:
    late = happens(held().advance(to="2024-03-05"), "noted", "2024-03-05")
    assert standing(held().advance(to="2024-03-05")) == [("open", date(2024, 3, 1), None)]
    assert standing(late) == [("met", date(2024, 3, 1), None)]
    out = happens(late, "released", "2024-03-15")
    ((found, last, by),) = standing(out)
    assert (found, last) == ("late", date(2024, 3, 1))
    assert by == datetime(2024, 3, 5, tzinfo=JST) - datetime(2024, 3, 2, tzinfo=JST) + timedelta(
        microseconds=1
    )
    put_off = happens(late, "released", "2024-04-15", day="2024-04-15")
    assert standing(put_off) == [("met", date(2024, 4, 1), None)]
    assert put_off.duties()[0].met == datetime(2024, 3, 5, tzinfo=JST)


def test_where_nothing_is_expected_the_day_itself_decides() -> None:
    """By the 15th, whichever step comes; another day moves it, also one that is over."""
    case = held(amount=0, before=evolve(EXPECTED, events=()))
    by, after = date(2024, 3, 15), timedelta(days=1, microseconds=1)
    assert standing(happens(case, "noted", "2024-03-15T23:59")) == [("met", by, None)]
    assert standing(case.advance(to="2024-03-15")) == [("open", by, None)]
    late = case.advance(to="2024-03-17")
    assert standing(late) == [("missed", by, after)]
    assert standing(happens(late, "noted", "2024-03-17")) == [("late", by, after)]
    assert standing(happens(late, "expected", "2024-03-17", day="2024-03-20")) == [
        ("open", date(2024, 3, 20), None)
    ]
    assert standing(happens(case, "released", "2024-03-01")) == []
    assert standing(happens(late, "released", "2024-03-17")) == [("missed", by, after)]


def test_one_that_was_not_met_is_missed_by_the_day_that_is_then_known() -> None:
    early = happens(held(), "released", "2024-02-01")
    assert standing(early) == []  # by the day that was expected there was time
    told = happens(held(), "released", "2024-02-01", day="2024-02-01")
    assert [found for found, *_ in standing(told)] == ["missed"]
    assert standing(happens(held(None), "released", "2024-02-01")) == []
    assert happens(held(), "released", "2024-03-15").duties()[0].breached


def test_after_what_was_expected_it_runs_no_more() -> None:
    before = evolve(EXPECTED, events=("returned",))
    case = happens(happens(held(before=before), "left", "2024-02-01"), "returned", "2024-02-02")
    assert case.deadlines() == ()
    assert [c.deadline.id for c in happens(held(), "left", "2024-02-01").deadlines()] == ["report"]


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"start": OnFact("day")}, "before_begins", "before"),
        ({"states": ()}, "no_states", "states"),
    ],
)
def test_what_a_limit_lacks_is_told_with_its_field(wrong: Any, code: str, field: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        duty(**wrong)
    assert (caught.value.code, caught.value.at) == (code, (("deadline", "report"), (field, "")))


def test_where_its_condition_fails_it_is_not_owed() -> None:
    asked = machine("review").in_("asked")
    assert [len(held(guard=guard).deadlines()) for guard in (asked, ~asked)] == [0, 1]


def test_with_an_effect_by_law_it_takes_it_when_the_day_has_come() -> None:
    case = law(duty(on_expiry="released")).open(at="2024-01-01")
    case = case.step("held", by="worker", at="2024-01-02", facts={"day": "2024-03-15"})
    assert case.advance(to="2024-03-02").state("custody") == "free"
    late = happens(case, "expected", "2024-02-20", day="2024-02-25")
    assert late.advance(to="2024-02-20").journal[-1].by_law


# -- definitions and facts that cannot be ------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": OnFact("day")},
        {"renewals": (Renewal(("expected",), Length(1, Unit.DAYS)),)},
        {"before": evolve(EXPECTED, fact="nothing")},
        {"before": evolve(EXPECTED, events=("nothing",))},
    ],
)
def test_what_cannot_be_counted_back_is_no_definition(wrong: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError):
        law(duty(**wrong))


def test_only_a_duty_can_be_missed() -> None:
    with pytest.raises(DefinitionError, match="report"):
        law(duty(met_by=()))
    with pytest.raises(DefinitionError, match="nothing"):
        law(review=missed("nothing"))


def test_a_duty_whose_condition_asks_whether_it_was_missed_is_a_circle() -> None:
    with pytest.raises(DefinitionError):
        law(duty(guard=missed("report")))


def test_a_day_that_no_calendar_knows_is_refused() -> None:
    moved = {"amount": 2, "unit": Unit.YEARS, "counting": Counting(rest_day_moves=True)}
    with pytest.raises(FactError, match="the limit 'a'"):
        held("1950-06-01", **moved)
    assert held("1951-06-01", **moved).deadlines()[0].last_day == date(1949, 6, 1)
    assert held("1950-06-01", amount=2, unit=Unit.YEARS).deadlines()


# -- missed, in conditions ---------------------------------------------------------------------


def asks(case: Case, at: str | None = None) -> bool:
    return "asked_why" in case.enabled(at=at)


def test_a_duty_is_missed_once_its_time_is_over_and_stays_so_when_it_is_met_late() -> None:
    case = held(before=None)
    assert (asks(case, "2024-01-16"), asks(case, "2024-01-17")) == (False, True)
    met = happens(case, "noted", "2024-01-20")
    assert asks(met)
    assert asks(happens(met, "left", "2024-01-21"))
    again = happens(happens(met, "released", "2024-01-22"), "held", "2024-01-23")
    assert not asks(again)
    assert not asks(happens(again, "noted", "2024-01-24"))
    assert not asks(happens(case, "noted", "2024-01-16"))


def test_it_is_missed_by_leaving_after_its_time() -> None:
    assert asks(happens(held(before=None), "released", "2024-01-20"))
    assert not asks(happens(held(before=None), "released", "2024-01-10"))


def test_of_one_that_is_counted_back_only_what_is_judged_counts() -> None:
    over = held().advance(to="2024-03-10")
    assert not asks(over)
    assert asks(happens(over, "released", "2024-03-15"))
    met = happens(over, "noted", "2024-03-10")
    assert not asks(met)
    assert asks(happens(met, "released", "2024-03-15"))
    assert not asks(happens(met, "released", "2024-05-15", day="2024-05-15"))


@pytest.mark.parametrize(
    ("released", "missed"), [("2024-01-16T23:59", False), ("2024-01-17", True)]
)
def test_it_is_judged_by_the_first_moment_after_its_last(released: str, missed: bool) -> None:
    """Owed by the end of the 16th, two weeks before the 30th; not done, or done as late as that."""
    case = law().open(at="2024-01-01").step("held", by="worker", at="2024-01-10")
    case = case.step("expected", by="worker", at="2024-01-11", facts={"day": "2024-01-30"})
    noted = case.step("noted", by="worker", at=released)
    for then in (case, noted):
        gone = then.step("released", by="worker", at=released if then is case else "2024-01-30")
        assert gone.explain("asked_why", by="worker").allowed is missed


def test_the_refusal_says_so() -> None:
    with pytest.raises(Refused) as refused:
        happens(held(), "asked_why", "2024-01-03")
    assert "the duty 'a' was missed" in refused.value.whole.text("en")
    assert "「あ」の義務の不履行がある" in refused.value.whole.text("ja")


def test_within_the_period_while_there_is_no_day_yet() -> None:
    process = law(review=running("report"))
    case = process.open(at="2024-01-01").step("held", by="worker", at="2024-01-02")
    assert asks(case)
    assert not asks(
        case.step("expected", by="worker", at="2024-01-03", facts={"day": "2024-01-10"})
    )


def walked(seed: int) -> Any:
    rnd = Random(seed)
    process = owing(rnd)
    case = process.open(at="2024-01-01")
    live = LiveCase.of(case, SimpleNamespace())
    for _ in range(40):
        at = case.at + timedelta(hours=rnd.choice((0, 1, 9, 24, 40, 200)))
        event = rnd.choice((*EVENTS, "held", "noted"))
        day = (at + timedelta(days=rnd.randint(-20, MOST_DAYS))).date()
        facts = {"day": day} if event in RECORDING and rnd.random() < 0.5 else None
        if rnd.random() < 0.2:
            case = case.advance(to=at)
            live.advance(to=at)
        else:
            case, _ = _tried(case, event, at, facts), _tried(live, event, at, facts)
        yield process, case, live


def _tried(case: Any, event: str, at: Any, facts: Any) -> Any:
    try:
        return case.step(event, by="worker", at=at, facts=facts)
    except Refused:
        return case


@pytest.mark.sampled(every=6)
@pytest.mark.parametrize("seed", range(250))
def test_what_the_case_carries_is_what_the_journal_tells(seed: int) -> None:
    """By chance; the live machine reads the journal, the case what it carries."""
    for _, case, live in walked(seed):
        assert live.case == case
        watch = case._program.clockwork.watches["report"]
        for days in (0, 1, 5, 30):
            at = case.at + timedelta(days=days)
            assert watch.holds(case, at) is told_missed(case, "report", at)
    assert replay(case.process, case.journal, at=case.at) == case
    assert pickle.loads(pickle.dumps(case)).deadlines() == case.deadlines()


def test_what_was_met_comes_before_what_began_again_though_it_is_judged_later() -> None:
    """The first is met before its day has come; under the next law it begins again when the person
    is back, counted on from the same moment, and is over by then."""
    owed = {"start": OnEvent(("held",)), "states": ("held",)}
    before = evolve(law(duty(**owed, met_by=("left",))), until=date(2024, 2, 14))
    after = evolve(law(duty(5, **owed, before=None)), version="later", since=date(2024, 2, 15))
    kept = TransitionalRule("kept", T)
    case = History((before, after), ((kept,),)).open(at="2024-01-01")
    case = happens(case, "held", "2024-02-14T09:00", day="2024-07-20")
    case = happens(case, "left", "2024-02-14T09:00")
    case = happens(case.advance(to="2024-02-15"), "returned", "2024-03-30")
    case = happens(case, "left", "2024-06-05")
    assert [duty.standing for duty in case.duties()] == ["missed", "met"]
    assert told_missed(case, "report", case.at)
    assert case.explain("asked_why", by="worker").allowed


def test_of_two_runs_that_begin_at_one_moment_the_later_says_whether_it_is_missed() -> None:
    """The first is met after its day, by what begins the second; that falls away in time."""
    owed = duty(start=OnEvent(("noted",)), before=Before("day"), states=("held",))
    case = law(owed).open(at="2024-01-01")
    case = happens(case, "held", "2024-01-02T09:00")
    case = happens(case, "noted", "2024-01-03T09:00", day="2023-12-01")
    case = happens(case, "noted", "2024-01-03T09:00", day="2024-03-15")
    assert [duty.standing for duty in case.duties()] == ["late", "open"]
    case = happens(case, "released", "2024-01-04T09:00")
    assert [duty.standing for duty in case.duties()] == ["late"]
    assert not told_missed(case, "report", case.at)
    assert not case.explain("asked_why", by="worker").allowed


@pytest.mark.slow
def test_the_walks_come_to_breaches_of_every_kind() -> None:
    stands = [d.standing for seed in range(100) for *_, case, _ in [[*walked(seed)][-1]]
              for d in case.duties()]  # fmt: skip
    assert set(stands) == {"open", "met", "late", "missed"}
    assert min(map(stands.count, set(stands))) > 15


def test_it_is_carried_across_a_change_of_law() -> None:
    old = evolve(law(duty(before=None)), until=date(2024, 3, 31))
    new = evolve(law(duty(before=None)), version="2", since=date(2024, 4, 1), until=None)
    rule = TransitionalRule("all", T)
    history = History((old, new), ((rule,),))
    case = history.open(at="2024-01-01")
    case = happens(case, "held", "2024-01-02")
    late = happens(case, "noted", "2024-02-01").advance(to="2024-05-01")
    assert late.process.version == "2"
    assert asks(late)
    assert asks(case.advance(to="2024-05-01"))
    out = happens(case, "released", "2024-01-10").advance(to="2024-05-01")
    assert not asks(out)


def test_what_a_later_law_does_not_count_back_is_judged_by_the_day_last_known() -> None:
    """Met under a law that has gone, the release comes under one that counts otherwise."""
    old = evolve(law(), until=date(2024, 3, 31))
    other = evolve(duty(), id="other")
    new = evolve(law(duty(before=None), other), version="2", since=date(2024, 4, 1), until=None)
    history = History((old, new), ((TransitionalRule("all", T),),))
    case = happens(history.open(at="2024-01-01"), "held", "2024-01-02", day="2024-03-01")
    case = happens(case, "noted", "2024-02-28").advance(to="2024-04-02")
    case = happens(case, "released", "2024-04-02")
    assert ("late", date(2024, 2, 16)) in [found[:2] for found in standing(case)]


def test_a_transitional_rule_may_ask() -> None:
    old = evolve(law(duty(before=None), review=running("report")), until=date(2024, 3, 31))
    new = evolve(law(duty(before=None)), version="2", since=date(2024, 4, 1), until=None)
    rules = (
        TransitionalRule("missed", T, guard=missed("report"), continues=True),
        TransitionalRule("others", T),
    )
    history = History((old, new), (rules,))
    case = happens(history.open(at="2024-01-01"), "held", "2024-01-02")
    assert case.advance(to="2024-05-01").process.version == old.version
    kept = happens(case, "noted", "2024-01-10").advance(to="2024-05-01")
    assert kept.process.version == "2"


def test_who_does_not_see_the_day_is_told_no_date() -> None:
    hidden = evolve(DAY, seen_by=("worker",))
    process = law()
    facts = tuple(hidden if f.id == "day" else f for f in process.facts)
    case = evolve(process, facts=facts).open(at="2024-01-01")
    case = case.step("held", by="worker", at="2024-01-02", facts={"day": "2024-03-15"})
    assert case.view("partner").undated == ("report",)
    assert case.view("partner").deadlines == case.view("partner").duties == ()
    assert len(case.view("worker").deadlines) == 1
