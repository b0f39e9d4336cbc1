"""Several limits in one case: which comes first, what waits for which, what is only somebody's
duty."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from diversion_flow import Case, Process
from diversion_flow.definition import (
    Deadline,
    Event,
    Fact,
    Kind,
    Length,
    OnEntry,
    OnFact,
    Unit,
    holds,
)
from diversion_flow.definition.deadline import Start
from diversion_flow.runtime import Code
from diversion_flow.runtime.clocks import alerts, clock
from helpers.chance import attempt
from helpers.small import LAW, MAIN, PROCESS, T, transition

AT = "2024-06-03T10:00"
HELPED = "2024-06-04T09:30"


def limit(id: str, days: int, on_expiry: str | None, start: Start | None = None) -> Deadline:
    length = Length(days, Unit.DAYS)
    return Deadline(id, T, "main", ("helped",), start or OnEntry(), length, "worker", LAW, on_expiry=on_expiry)  # fmt: skip


def law(*limits: Deadline) -> Process:
    """The small process, reviewed and lapsing by law; a reviewed case goes on."""
    review = transition("review", "reviewed", "helped", "helped")
    return evolve(
        PROCESS,
        machines=(evolve(MAIN, transitions=(*MAIN.transitions, review)), PROCESS.machines[1]),
        events=(*PROCESS.events, Event("reviewed", T, "main", ("worker",))),
        facts=(*PROCESS.facts, *(Fact(id, T, Kind.DATE, "worker") for id in ("one", "two"))),
        deadlines=limits,
    )


def helped(*limits: Deadline) -> Case:
    return law(*limits).open(at=AT, facts={"age": 70}).step("helped", by="worker", at=HELPED)


def waits(case: Case, event: str, at: str) -> list[str | None]:
    """The limits for which the event has to wait; empty where it may happen."""
    asked = {"by": "worker", "at": at, "facts": {"content": True} if event == "finished" else {}}
    reasons = case.explain(event, whole=True, **asked).reasons  # type: ignore[arg-type]
    assert {r.code for r in reasons} <= {Code.DEADLINE_PASSED}
    assert (attempt(case, event, **asked) is None) == bool(reasons)
    return [r.deadline for r in reasons]


LAPSE, REVIEW, ALERT = limit("end", 5, "lapsed"), limit("look", 2, "reviewed"), limit("pay", 1, None)  # fmt: skip


def test_limits_are_told_in_the_order_in_which_they_run_out() -> None:
    case = helped(LAPSE, ALERT, REVIEW)
    assert [(c.deadline.id, c.last_day) for c in case.deadlines()] == [
        ("pay", date(2024, 6, 5)), ("look", date(2024, 6, 6)), ("end", date(2024, 6, 9)),
    ]  # fmt: skip
    found = clock(case, "look")
    assert found is not None
    assert found.ends.isoformat() == "2024-06-07T00:00:00+09:00"
    assert found.started.isoformat() == "2024-06-04T09:30:00+09:00"
    assert [c.deadline.id for c in alerts(case)] == ["pay"]
    assert clock(law(LAPSE).open(at=AT), "end") is None


def test_a_limit_runs_while_its_guard_holds() -> None:
    asking = evolve(LAPSE, guard=holds("content"))
    for known, runs in (({}, False), ({"content": False}, False), ({"content": True}, True)):
        case = law(asking).open(at=AT, facts={"age": 70, **known})
        case = case.step("helped", by="worker", at=HELPED)
        assert [c.deadline.id for c in case.deadlines()] == ["end"] * runs
        assert (case.advance(to="2024-06-20").state("main") == "done") == runs


def test_an_event_waits_for_what_ran_out_before_it_but_not_for_a_duty() -> None:
    case = helped(LAPSE, ALERT, REVIEW)
    assert waits(case, "finished", "2024-06-06T23:59") == []
    assert waits(case, "finished", "2024-06-07") == ["look"]
    assert waits(case, "finished", "2024-06-10") == ["end", "look"]


def test_what_happens_by_law_waits_for_earlier_limits_only() -> None:
    case = helped(LAPSE, REVIEW)
    assert waits(case, "reviewed", "2024-06-07") == []
    assert waits(case, "lapsed", "2024-06-10") == ["look"]
    # reported days after its own limit it has to wait for whatever ran out meanwhile
    assert waits(case, "reviewed", "2024-06-09") == []
    assert waits(case, "reviewed", "2024-06-10") == ["end"]


def test_of_two_that_run_out_at_once_either_may_come_first() -> None:
    case = helped(LAPSE, limit("look", 5, "reviewed"))
    assert waits(case, "lapsed", "2024-06-10") == waits(case, "reviewed", "2024-06-10") == []
    assert waits(case, "finished", "2024-06-10") == ["end", "look"]


def test_what_two_limits_bring_about_happens_by_law_when_the_first_runs_out() -> None:
    case = helped(
        limit("soon", 5, "lapsed"), limit("late", 9, "lapsed"), limit("look", 5, "reviewed")
    )
    assert waits(case, "lapsed", "2024-06-10") == []


def test_in_which_order_a_definition_lists_them_means_nothing() -> None:
    both = limit("one", 20, "lapsed"), limit("other", 20, "reviewed")
    ways = [helped(*listed).advance(to="2024-07-01").journal for listed in (both, both[::-1])]
    assert [entry.event for entry in ways[0]] == [entry.event for entry in ways[1]]
    assert ways[0][-1].event == "lapsed"


def test_of_limits_that_were_over_when_they_were_recorded_the_earlier_comes_first() -> None:
    case = helped(limit("end", 5, "lapsed", OnFact("one")), limit("look", 5, "reviewed", OnFact("two")))  # fmt: skip
    assert case.deadlines() == ()
    at = case.at.isoformat()
    facts = {"age": 70, "one": "2024-05-02", "two": "2024-05-01"}
    late = case.process.open(at=AT, facts=facts).step("helped", by="worker", at=HELPED)
    assert [c.deadline.id for c in late.deadlines()] == ["look", "end"]
    assert waits(late, "reviewed", at) == []
    assert waits(late, "lapsed", at) == ["look"]


def test_what_nobody_may_report_is_offered_to_nobody_when_its_limit_is_over() -> None:
    lapsing, by_itself = limit("one", 10, "lapsed"), evolve(PROCESS.event("lapsed"), by=())
    nobody = evolve(law(lapsing), events=tuple(by_itself if e.id == "lapsed" else e for e in law().events))  # fmt: skip
    case = nobody.open(at=AT, facts={"age": 70}).step("helped", by="worker", at=HELPED)
    for then in (HELPED, "2024-06-15"):
        assert "lapsed" not in case.enabled(at=then) + case.possible(at=then)
    assert "lapsed" in helped(lapsing).enabled(at="2024-06-15")
    for lang, said in (("en", "No agency may report 'a'."), ("ja", "「あ」を報告できる機関はありません。")):  # fmt: skip
        (reason, *_) = case.explain("lapsed", by="worker").reasons
        assert (reason.code, reason.text(lang)) == (Code.WRONG_AGENCY, said)  # type: ignore[arg-type]


@pytest.mark.parametrize("event", ["lapsed", "reviewed"])
def test_what_happens_by_law_only_is_not_reported_before_its_limit_is_over(event: str) -> None:
    case = helped(LAPSE, REVIEW)
    told = case.explain(event, by="worker", at="2024-06-06T23:59", whole=True)
    assert [r.code for r in told.reasons] == [Code.NOT_YET]
    assert event not in case.possible()
    # the limit of the other is no limit of this one
    other = helped(*(d for d in (LAPSE, REVIEW) if d.on_expiry != event))
    assert event in other.enabled()
