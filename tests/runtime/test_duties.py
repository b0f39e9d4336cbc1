"""What is owed, met, missed: counted by hand, and against a walk that knows no tables."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest
from attrs import evolve

from diversion_flow import Case, Process, UnknownId, replay
from diversion_flow.definition import (
    Deadline,
    Event,
    Fact,
    Kind,
    Length,
    OnEntry,
    OnEvent,
    OnFact,
    Unit,
)
from diversion_flow.runtime import JST
from helpers.small import CONSENT, LAW, MAIN, PROCESS, T, transition

ANSWER = Deadline(
    "answer", T, "main", ("helped",), OnEvent(("helped", "asked_again")), Length(10, Unit.DAYS),
    "worker", LAW, owed_to=("partner",), met_by=("answered",),
)  # fmt: skip


def owing(*duties: Deadline) -> Process:
    """Help is owed an answer; it can be asked for again, and a partner can report each month."""
    rules = (
        transition("answer", "answered", "helped", "helped"),
        transition("again", "asked_again", "helped", "helped"),
        transition("report", "reported", "helped", "helped"),
    )
    events = tuple(
        Event(e, T, "main", ("worker",)) for e in ("answered", "asked_again", "reported")
    )
    return evolve(
        PROCESS,
        machines=(evolve(MAIN, transitions=(*MAIN.transitions, *rules)), CONSENT),
        events=(*PROCESS.events, *events),
        facts=(*PROCESS.facts, Fact("meeting", T, Kind.DATE, "worker", ("worker",))),
        deadlines=duties or (ANSWER,),
    )


def helped(law: Process | None = None, **facts: object) -> Case:
    """Helped on the third of June: an answer is owed until the end of the thirteenth."""
    case = (law or owing()).open(at="2024-06-01", facts={"age": 70, **facts})
    return case.step("helped", by="worker", at="2024-06-03T10:00")


def day(number: int) -> datetime:
    return datetime(2024, 6, number, tzinfo=JST)


def told(case: Case, agency: str | None = None) -> list[tuple[str, str, datetime]]:
    return [(d.deadline.id, d.standing, d.ends) for d in case.duties(agency)]


def test_it_is_open_until_its_last_day_is_over() -> None:
    case = helped()
    assert told(case) == [("answer", "open", day(14))]
    assert told(case.advance(to=day(14) - timedelta(seconds=1))) == [("answer", "open", day(14))]
    (missed,) = case.advance(to=day(14)).duties()
    assert (missed.standing, missed.breached, missed.met) == ("missed", True, None)
    assert missed.late == day(14) - missed.last


def test_it_says_who_owes_what_to_whom() -> None:
    (duty,) = helped().duties("worker")
    assert (duty.owner, duty.owed_to, duty.deadline.basis) == ("worker", ("partner",), LAW)
    assert (duty.started, duty.last.date()) == (day(3) + timedelta(hours=10), date(2024, 6, 13))
    assert helped().duties("partner") == ()
    with pytest.raises(UnknownId, match="agency"):
        helped().duties("partnr")


def test_done_in_time_it_is_owed_no_more() -> None:
    case = helped().step("answered", by="worker", at=day(13) + timedelta(hours=23))
    (duty,) = case.duties()
    assert (duty.standing, duty.met, duty.by, duty.late) == ("met", case.at, "worker", None)
    assert case.deadlines() == ()
    assert told(case.advance(to=day(30))) == [("answer", "met", day(14))]


def test_done_late_it_stays_a_breach_with_its_delay() -> None:
    case = helped().step("answered", by="worker", at=day(16) + timedelta(hours=9))
    (duty,) = case.duties()
    assert (duty.standing, duty.breached) == ("late", True)
    assert duty.late == case.at - duty.last
    assert timedelta(days=2) < duty.late < timedelta(days=3)


def test_asked_again_it_is_owed_anew() -> None:
    case = helped().step("answered", by="worker", at=day(5))
    case = case.step("asked_again", by="worker", at=day(20))
    assert told(case) == [
        ("answer", "met", day(14)),
        ("answer", "open", datetime(2024, 7, 1, tzinfo=JST)),
    ]


def test_asked_again_before_it_was_done_only_the_later_is_owed() -> None:
    case = helped().step("asked_again", by="worker", at=day(9))
    assert told(case) == [("answer", "open", day(20))]
    late = helped().step("asked_again", by="worker", at=day(15))
    assert [standing for _, standing, _ in told(late)] == ["missed", "open"]


def test_what_falls_away_in_time_is_not_owed() -> None:
    gone = helped().step("lapsed", by="worker", at=day(5))
    assert gone.duties() == ()
    late = helped().step("lapsed", by="worker", at=day(15))
    (duty,) = late.duties()
    assert (duty.standing, duty.late) == ("missed", day(15) - duty.last)
    assert late.advance(to=day(30)).duties() == (duty,)


def test_each_report_is_owed_a_month_after_the_one_before() -> None:
    monthly = evolve(
        ANSWER, id="monthly", start=OnEvent(("helped", "reported")), met_by=("reported",),
        length=Length(1, Unit.MONTHS),
    )  # fmt: skip
    case = helped(owing(monthly)).step("reported", by="worker", at="2024-07-01")
    case = case.step("reported", by="worker", at="2024-08-05")
    assert [(d.standing, d.last.date().isoformat()) for d in case.duties()] == [
        ("met", "2024-07-03"), ("late", "2024-08-01"), ("open", "2024-09-05"),
    ]  # fmt: skip


def test_one_from_a_recorded_day_is_met_by_what_happens_after_it() -> None:
    minutes = evolve(ANSWER, id="minutes", start=OnFact("meeting"))
    law = owing(minutes)
    early = helped(law, meeting="2024-06-10").step("answered", by="worker", at=day(8))
    assert told(early) == [("minutes", "open", day(21))]
    done = early.step("answered", by="worker", at=day(12))
    assert told(done) == [("minutes", "met", day(21))]
    assert done.deadlines() == ()


def test_one_from_coming_into_a_state_begins_with_it() -> None:
    law = owing(evolve(ANSWER, start=OnEntry()))
    assert told(helped(law)) == [("answer", "open", day(14))]
    assert helped(law).step("answered", by="worker", at=day(4)).deadlines() == ()


def test_a_case_is_not_closed_while_something_is_owed() -> None:
    states = tuple(evolve(s, rest=True) for s in MAIN.states)
    law = owing()
    main = evolve(law.machines[0], states=states)
    consent = evolve(CONSENT, states=tuple(evolve(s, rest=True) for s in CONSENT.states))
    case = helped(evolve(law, machines=(main, consent)))
    assert not case.closed
    assert not case.advance(to=day(30)).closed
    assert case.step("answered", by="worker", at=day(4)).closed


def test_an_agency_is_shown_a_duty_if_it_sees_the_limit_and_what_meets_it() -> None:
    case = helped().step("answered", by="worker", at=day(4))
    assert [d.standing for d in case.view("worker").duties] == ["met"]
    assert case.view("partner").duties == ()
    assert helped().view("partner").duties == ()


def test_a_duty_met_before_consent_opened_it_is_told_to_nobody_new() -> None:
    law = owing()
    shown = evolve(law, machines=(evolve(law.machines[0], seen_with_consent=("partner",)), CONSENT))
    case = helped(shown).step("answered", by="worker", at=day(4))
    case = case.step("consented", by="worker", at=day(5), facts={"recipients": ["partner"]})
    assert case.view("partner").duties == ()
    again = case.step("asked_again", by="worker", at=day(6)).step(
        "answered", by="worker", at=day(7)
    )
    assert [(d.met, d.by) for d in again.view("partner").duties] == [(day(7), "worker")]


def test_an_agency_is_told_of_each_run_who_met_it() -> None:
    """The second is met by another, at the moment at which it is asked for again."""
    law = owing()
    both = tuple(evolve(e, by=("worker", "partner"), unseen_by=("partner",)) for e in law.events)
    case = helped(evolve(law, events=both)).step("answered", by="worker", at=day(4))
    case = case.step("asked_again", by="worker", at=day(6))
    case = case.step("answered", by="partner", at=day(6))
    for duties in (case.duties(), case.view("worker").duties):
        assert [(d.met, d.by) for d in duties] == [(day(4), "worker"), (day(6), "partner")]


@pytest.mark.parametrize("seed", range(40))
def test_carried_clocks_agree_with_a_walk_over_the_journal(seed: int) -> None:
    """By chance: whatever happens when, what is owed is what a plain reading of the journal says."""
    rnd = Random(seed)
    monthly = evolve(ANSWER, id="monthly", met_by=("reported", "answered"))
    case = helped(owing(ANSWER, evolve(monthly, start=OnEvent(("helped", "reported")))))
    for _ in range(30):
        event = rnd.choice(("answered", "asked_again", "reported", "reported"))
        case = case.step(event, by="worker", at=case.at + timedelta(days=rnd.choice((0, 1, 4, 12))))
    for deadline in case.process.deadlines:
        assert [d for d in case.duties() if d.deadline == deadline] == sorted(
            _read(case, deadline), key=lambda d: d.ends
        )
    assert replay(case.process, case.journal, at=case.at).duties() == case.duties()


def _read(case: Case, deadline: Deadline) -> list[object]:
    """The duty as a reader of the journal would work it out: asked, then met or asked anew."""
    from diversion_flow.runtime import Duty

    assert isinstance(deadline.start, OnEvent)
    found: list[object] = []
    asked: datetime | None = None
    for entry in case.journal:
        meets, starts = entry.event in deadline.met_by, entry.event in deadline.start.events
        if asked is not None and (meets or starts):
            last = datetime(asked.year, asked.month, asked.day, tzinfo=JST) + timedelta(days=11)
            over = entry.at >= last
            instant = last - timedelta(microseconds=1)
            if meets:
                late = entry.at - instant if over else None
                found.append(Duty(deadline, asked, instant, last, "late" if over else "met",
                                  entry.at, entry.by, late))  # fmt: skip
            elif over:
                found.append(
                    Duty(deadline, asked, instant, last, "missed", late=entry.at - instant)
                )
            asked = None
        if starts:
            asked = entry.at
    if asked is not None:
        last = datetime(asked.year, asked.month, asked.day, tzinfo=JST) + timedelta(days=11)
        instant = last - timedelta(microseconds=1)
        over = case.at >= last
        late = case.at - instant if over else None
        found.append(Duty(deadline, asked, instant, last, "missed" if over else "open", late=late))
    return found
