"""What is known of an earlier occasion is unknown again when the event happens, before its rules
are chosen; what is told with it counts."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Case, Process, Refused, replay
from diversion_flow.definition import (
    DefinitionError,
    Extend,
    Fact,
    Kind,
    Length,
    OnEvent,
    OnFact,
    Renewal,
    Unit,
    Variant,
    fact,
)
from diversion_flow.runtime.live import LiveCase
from diversion_flow.runtime.outside import irregular
from helpers.occasions import CLEARED, VISITED, law
from helpers.small import CONSENT, LAW, MAIN, NAMED, PROCESS, T, transition


def helped(process: Process) -> Case:
    case = process.open(at="2024-06-03T09:00", facts={"age": 70})
    return case.step("helped", by="worker", at="2024-06-03T10:00")


def visited(case: Case, at: str, **facts: object) -> Case:
    return case.step("visited", by="worker", at=at, facts=facts)


ONE = visited(helped(law()), "2024-06-03T11:00", content=True)


def test_each_time_it_is_asked_anew() -> None:
    with pytest.raises(Refused) as refused:
        visited(ONE, "2024-06-04T11:00")
    (reason,) = refused.value.reasons
    assert (reason.code.value, reason.facts, reason.recordable) == (
        "fact_missing", ("content",), True
    )  # fmt: skip
    assert visited(ONE, "2024-06-04T11:00", content=True).facts["content"] is True


def test_what_was_told_earlier_is_said_to_count_no_more() -> None:
    said = ONE.explain("visited", by="worker")
    assert "no longer counts" in said.text("en")
    assert "それ以前の記録は数えません" in said.text("ja")
    assert said.possible
    told = ONE.explain("visited", by="worker", facts={"content": False})
    assert "no longer counts" not in told.text("en")  # it is told, and does not do
    elsewhere = helped(law()).explain("finished", by="worker")
    assert "no longer counts" not in elsewhere.text("en")


def test_the_tables_say_the_same() -> None:
    assert "visited" not in ONE.enabled("worker")
    assert "visited" in ONE.possible("worker")
    assert "visited" not in ONE.worklist()["worker"].enabled
    assert "visited" in ONE.worklist()["worker"].possible
    assert "finished" in ONE.enabled("worker")  # another event, for which it counts


def test_without_a_word_of_it_the_fact_is_unknown() -> None:
    case = ONE.step("cleared", by="worker", at="2024-06-04T11:00")
    assert dict(case.facts) == {"age": 70}
    assert case.journal[-1].facts == {}
    assert ONE.step("cleared", by="worker", at="2024-06-04T11:00", facts={}) == case
    assert dict(ONE.facts) == {"age": 70, "content": True}  # the case before is as it was


def test_what_is_told_again_stands_in_the_journal_though_it_is_the_same() -> None:
    case = visited(ONE, "2024-06-04T11:00", content=True)
    assert case.journal[-1].facts == {"content": True}
    assert replay(case.process, case.journal) == case
    assert pickle.loads(pickle.dumps(case)) == case


def test_told_as_unknown_it_is_unknown() -> None:
    with pytest.raises(Refused):
        visited(ONE, "2024-06-04T11:00", content=None)


def test_an_answer_does_not_tell_what_was_known() -> None:
    """The partner does not see the fact; that nothing told earlier counts, everybody may know."""
    asked = {"by": "partner", "at": "2024-06-04T11:00"}
    main = law().machine("main")
    seen = law(machines=(evolve(main, seen_by=("worker", "partner")), CONSENT))
    for process in (law(), seen):
        new = helped(process)
        cases = (new, visited(new, "2024-06-03T11:00", content=True))
        for facts in (None, {"content": True}, {"content": False}):
            unknown, known = (
                [(r.code, r.facts) for r in c.explain("visited", facts=facts, **asked).reasons]
                for c in cases
            )
            assert known == unknown


def test_a_view_shows_what_is_known_now_and_the_journal_what_was_told() -> None:
    case = ONE.step("cleared", by="worker", at="2024-06-04T11:00")
    seen = case.view("worker")
    assert "content" not in seen.facts
    assert [dict(entry.facts) for entry in seen.journal[-2:]] == [{"content": True}, {}]


def test_an_irregular_step_makes_it_unknown_too() -> None:
    case = irregular(
        ONE, "visited", by="worker", at="2024-06-04T11:00", transition="main.visit",
        responsible="worker", reason="nobody asked",
    )  # fmt: skip
    assert "content" not in case.facts
    assert replay(case.process, case.journal) == case


def test_a_marked_case_asks_anew_as_well() -> None:
    case = irregular(
        helped(law()), "consented", by="worker", at="2024-06-03T11:00",
        transition="consent.give", responsible="worker", reason="by word", **NAMED,
    )  # fmt: skip
    case = visited(case, "2024-06-03T12:00", content=True)
    assert "visited" not in case.enabled("worker")
    with pytest.raises(Refused):
        visited(case, "2024-06-04T11:00")


def test_a_live_machine_reads_it_so() -> None:
    class Model:
        pass

    driven = LiveCase.of(ONE, Model())
    with pytest.raises(Refused):
        driven.step("visited", by="worker", at="2024-06-04T11:00")
    driven.step("cleared", by="worker", at="2024-06-04T12:00")
    assert "content" not in driven.case.facts


# -- limits ---------------------------------------------------------------------------------------


def limited(**changes: Any) -> Process:
    return law(deadlines=(evolve(PROCESS.deadlines[0], **changes),))


def last(case: Case) -> date | None:
    return next((clock.last_day for clock in case.deadlines()), None)


def test_what_a_clock_was_renewed_by_stays_with_the_clock() -> None:
    process = limited(renewals=(Renewal(("visited",), Length(0, Unit.DAYS, ("days",))),))
    case = visited(helped(process), "2024-06-03T11:00", content=True, days=5)
    assert last(case) == date(2024, 6, 18)
    later = case.step("cleared", by="worker", at="2024-06-04T11:00")
    assert last(later) == date(2024, 6, 18)


def test_a_limit_that_is_counted_by_the_fact_is_counted_by_what_is_known() -> None:
    process = limited(length=Length(10, Unit.DAYS, ("days",)))
    case = visited(helped(process), "2024-06-03T11:00", content=True, days=5)
    assert last(case) == date(2024, 6, 18)
    later = case.step("cleared", by="worker", at="2024-06-04T11:00")
    assert last(later) == date(2024, 6, 13)
    assert later.step("visited", by="worker", at="2024-06-05T09:00", facts={"content": True})
    with pytest.raises(Refused):  # the eleventh day has come
        later.step("cleared", by="worker", at="2024-06-14T00:00")


def test_a_limit_that_begins_with_the_fact_runs_no_more() -> None:
    until = Fact("until", T, Kind.DATE, "worker", ("worker",))
    dated = law()
    process = evolve(
        dated,
        facts=(*dated.facts, until),
        events=(*PROCESS.events, evolve(VISITED, records=("content", "until"), outdates=("until",)),
                evolve(CLEARED, outdates=("until",))),
        deadlines=(evolve(PROCESS.deadlines[0], start=OnFact("until"), on_expiry=None,
                          length=Length(0, Unit.DAYS)),),
    )  # fmt: skip
    case = visited(helped(process), "2024-06-03T11:00", content=True, until="2024-06-20")
    assert last(case) == date(2024, 6, 20)
    again = visited(case, "2024-06-04T11:00", until="2024-06-25")
    assert last(again) == date(2024, 6, 25)
    assert last(again.step("cleared", by="worker", at="2024-06-05T11:00")) is None


def test_a_clock_that_begins_with_the_event_takes_what_is_told_with_it() -> None:
    process = limited(
        start=OnEvent(("visited",)), length=Length(1, Unit.DAYS, ("days",)), on_expiry=None
    )
    process = evolve(
        process, events=(*PROCESS.events, evolve(VISITED, outdates=("content", "days")), CLEARED)
    )
    case = visited(helped(process), "2024-06-03T11:00", content=True, days=5)
    assert last(case) == date(2024, 6, 9)
    again = visited(case, "2024-06-04T11:00", content=True)
    assert last(again) == date(2024, 6, 5)


def test_who_brings_the_fact_is_not_told_the_day_that_the_former_one_had_set() -> None:
    """The partner sees the machine and not the days; the limit was counted by the former ones."""
    process = law(
        machines=(evolve(law().machine("main"), seen_by=("worker", "partner")), CONSENT),
        events=(*PROCESS.events, evolve(VISITED, outdates=("days",)), CLEARED),
        deadlines=(evolve(PROCESS.deadlines[0], length=Length(1, Unit.DAYS, ("days",))),),
    )
    for facts in (None, {"days": 3}):
        codes = []
        for days in (2, 5):
            case = visited(helped(process), "2024-06-03T11:00", content=True, days=days)
            said = case.explain("visited", by="partner", at="2024-06-20T11:00", facts=facts)
            codes.append([(r.code.value, r.moment) for r in said.reasons])
        assert codes[0] == codes[1]


# -- what can be written --------------------------------------------------------------------------


def test_an_event_may_not_ask_for_what_it_only_makes_unknown() -> None:
    with pytest.raises(DefinitionError) as error:
        law(events=(*PROCESS.events, evolve(VISITED, records=("days",)), CLEARED))
    assert error.value.at == (("event", "visited"), ("outdates", ""))
    assert "main.visit" in error.value.text("en")
    assert "records" in error.value.text("ja")


def test_nor_hand_anything_over_on_consent_when_nobody_is_named() -> None:
    from diversion_flow.definition import Share

    handed = transition(
        "clear", "cleared", "helped", "helped", shares=(Share(("age",), "partner"),)
    )
    visit = transition("visit", "visited", "helped", "helped", fact("age") >= 65)
    main = evolve(MAIN, transitions=(*MAIN.transitions, visit, handed))
    lost = evolve(CLEARED, outdates=("recipients",))
    with pytest.raises(DefinitionError, match=r"recipients.*main\.clear"):
        law(machines=(main, CONSENT), events=(*PROCESS.events, VISITED, lost))


def test_what_it_alters_is_named_once() -> None:
    assert VISITED.alters == ("content", "days")
    assert CLEARED.alters == ("content", "days")


def test_a_policy_may_let_more_be_asked_anew() -> None:
    more = Variant(
        "v", "small", T, (Extend("event visited", "outdates", ("days",), LAW),), version="1"
    )
    process = more.apply(law())
    assert process.event("visited").outdates == ("content", "days")
    case = visited(helped(process), "2024-06-03T11:00", content=True, days=5)
    assert "days" not in visited(case, "2024-06-04T11:00", content=True).facts
