"""The audit of the law of November 2026, row by row: what was encoded wrongly is refused or
rightly led, under every version that it concerns.

Times are told as "day hour": day 0 is the first Monday on which the version is the law.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Case, Process, processes

VERSIONS = processes.versions("entry_support")
LATER = [law for law in VERSIONS if "adjustment" in law.by_id["machine"]]
CENTER = [law for law in VERSIONS if "support" in law.by_id["machine"]]
ACT = [law for law in VERSIONS if "prosecutor_opinion" in law.by_id["event"]]
TODAY = VERSIONS[-1]


def _laws(laws: list[Process] | tuple[Process, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("law", laws, ids=lambda law: law.version)


every_law = _laws(VERSIONS)
laws_with_the_center = _laws(CENTER)
laws_under_the_act = _laws(ACT)


def day(law: Process, number: int) -> date:
    """The day with that number."""
    first = law.since or date(2008, 6, 1)
    return first + timedelta(days=-first.weekday() % 7 + number)


def at(law: Process, told: str) -> str:
    """The moment told as "day hour"."""
    number, hour = told.split()
    return f"{day(law, int(number))}T{hour}"


def go(case: Case, *steps: Any) -> Case:
    """The case after these steps: event, by, when, and perhaps facts."""
    for event, by, when, *facts in steps:
        case = case.step(event, by=by, at=at(case.process, when), facts=facts[0] if facts else None)
    return case


def codes(case: Case, event: str, by: str, when: str, facts: Any = None) -> set[str]:
    """The codes of the reasons against an event."""
    said = case.explain(event, by=by, at=at(case.process, when), facts=facts, whole=True)
    return {reason.code.value for reason in said.reasons}


def opened(law: Process, **facts: object) -> Case:
    return law.open(at=at(law, "0 09:00"), facts={"age": 70, **facts})


def arrested(law: Process, **facts: object) -> Case:
    return go(opened(law, **facts), ("arrested", "police", "0 10:00"))


def referred(law: Process, **facts: object) -> Case:
    return go(arrested(law, **facts), ("referred", "police", "1 15:00"))


def detained(law: Process, **facts: object) -> Case:
    """Detained as a suspect since Wednesday, day 2: until day 11."""
    return go(
        referred(law, **facts),
        ("detention_requested", "prosecutor", "2 10:00", {"detention_ground": "flight"}),
        ("detained", "court", "2 16:00"),
    )


def indicted(law: Process, **facts: object) -> Case:
    """Indicted in detention on Friday, day 11."""
    return go(detained(law, **facts), ("indicted", "prosecutor", "11 10:00"))


# Prosecution suspended, and released, on day 9.
SUSPENDED = (
    ("disposed", "prosecutor", "9 10:00", {"disposition": "suspension_of_prosecution"}),
    ("released", "police", "9 10:30"),
)


def judged(law: Process, sentence: str, **facts: object) -> Case:
    """Judged on Tuesday, day 43."""
    told = {"sentence": sentence, "suspension_years": 3}
    return go(indicted(law, **facts), ("judged", "court", "43 13:00", told))


def ends(case: Case) -> dict[str, date]:
    """The last day of every running limit."""
    return {clock.deadline.id: clock.last_day for clock in case.deadlines() if clock.last_day}


# -- A1: nobody of the entry stage applies for urgent aftercare before release ------------------


@every_law
def test_a1_no_application_from_custody(law: Process) -> None:
    for case in (detained(law), indicted(law)):
        assert "condition_false" in codes(case, "aftercare_applied", "person", "11 12:00")


@every_law
def test_a1_what_is_told_in_custody_does_not_stand_for_the_telling_on_release(
    law: Process,
) -> None:
    """Telling in custody is practice since the trial of 2015 (S05); ORA 86(2) speaks of release."""
    wanted = {"person_wants_aftercare": True}
    asked = ("aftercare_informed", "prosecutor", "7 09:00", wanted)
    practised = law.version not in ("PRE_2013", "TRIAL_2013")
    assert (not codes(detained(law), *asked)) == practised
    case = go(detained(law), asked) if practised else detained(law)
    assert case.state("aftercare") == "not_informed"
    released = go(
        case,
        *SUSPENDED,
        ("aftercare_informed", "prosecutor", "9 10:40", wanted),
    )
    assert released.state("aftercare") == "informed"


# -- A2, A13: after imprisonment is pronounced ---------------------------------------------------


@every_law
def test_a2_the_limit_on_renewals_no_longer_applies_after_imprisonment_is_pronounced(
    law: Process,
) -> None:
    """CCP 344(1): neither the proviso of 60(2) nor art. 89."""
    twice = ("detention_renewed", "court", "44 10:00", {"detention_renewals": 2})
    assert codes(indicted(law), "detention_renewed", "court", "12 10:00", twice[3]) == {
        "fact_missing"
    }
    assert codes(
        indicted(law), "detention_renewed", "court", "12 10:00", {**twice[3], "renewal_exception": False}
    ) == {"condition_false"}  # fmt: skip
    assert not codes(judged(law, "imprisonment"), *twice)
    appealed = go(judged(law, "imprisonment"), ("appealed", "counsel", "44 09:00"))
    assert not codes(appealed, *twice)


@every_law
def test_a2_the_limit_applies_again_when_the_case_is_remanded(law: Process) -> None:
    case = go(
        judged(law, "imprisonment"),
        ("appealed", "counsel", "44 09:00"),
        ("remanded", "court", "60 10:00"),
    )
    assert case.state("procedure") == "indicted"
    assert codes(case, "detention_renewed", "court", "61 10:00", {"detention_renewals": 2}) == {
        "fact_missing"
    }


@every_law
def test_a13_bail_lapses_when_imprisonment_is_pronounced(law: Process) -> None:
    """CCP 343(1); bail may be granted anew, and a suspended sentence leaves the person free."""
    bailed = go(indicted(law), ("bailed", "court", "14 10:00"))
    for sentence, custody in (
        ("imprisonment", "detained_defendant"),
        ("suspended", "free"),
        ("fine", "free"),
    ):
        told = {"sentence": sentence, "suspension_years": 3}
        case = go(bailed, ("judged", "court", "43 13:00", told))
        assert case.state("custody") == custody
    again = go(judged(law, "imprisonment"), ("bailed", "court", "44 10:00"))
    assert again.state("custody") == "bailed"


# -- A3, A11: when a judgment is final, and how long a suspension runs ----------------------------

BY_EXPIRY = [
    # judged; the last day of the appeal period; final at 0:00 of; years; last day of suspension.
    # The day of finality counts: three years from 2020-01-16 end with 2023-01-15 (audit A3).
    ("2020-01-01", "2020-01-15", "2020-01-16", 3, "2023-01-15"),
    ("2025-07-01", "2025-07-15", "2025-07-16", 3, "2028-07-15"),  # audit A3
    # The fourteenth day, 2024-12-29, is a Sunday of the year's turn; 30 and 31 December, 1 to 3
    # January and the weekend are rest days: Monday 2025-01-06 is the last (CCP 55(3)).
    ("2024-12-15", "2025-01-06", "2025-01-07", 5, "2030-01-06"),
    # Final on 29 February, which counts: the corresponding day four years on is 2028-02-29, and
    # the period ends with its eve.
    ("2024-02-14", "2024-02-28", "2024-02-29", 4, "2028-02-28"),
    # + 1 year: no 29 February 2025, so the last day of that month (Civil Code 143(2)).
    ("2024-02-14", "2024-02-28", "2024-02-29", 1, "2025-02-28"),
    # Final on 1 March: the whole of February is in, 29 days in 2024.
    ("2023-02-14", "2023-02-28", "2023-03-01", 1, "2024-02-29"),
    ("2023-02-14", "2023-02-28", "2023-03-01", 2, "2025-02-28"),
    # The fourteenth day falls on Showa Day 2024-04-29 (Monday): Tuesday.
    ("2024-04-15", "2024-04-30", "2024-05-01", 3, "2027-04-30"),
    ("2024-08-17", "2024-09-02", "2024-09-03", 2, "2026-09-02"),  # 31 August 2024: a Saturday
    ("2025-12-11", "2025-12-25", "2025-12-26", 3, "2028-12-25"),
    # 2025-12-31 is a rest day; so are 1 to 4 January (2 and 3 by CCP 55(3), 4 a Sunday).
    ("2025-12-17", "2026-01-05", "2026-01-06", 1, "2027-01-05"),
]  # fmt: skip


def on_trial(judged_on: str) -> Case:
    """In-home, indicted the day before, judged on that day at 13:00."""
    day_before = date.fromisoformat(judged_on) - timedelta(days=1)
    law = processes.in_force("entry_support", on=day_before)
    case = law.open(at=f"{day_before}T09:00", facts={"age": 70})
    case = case.step("referred", by="police", at=f"{day_before}T10:00")
    return case.step("indicted", by="prosecutor", at=f"{day_before}T11:00")


@pytest.mark.parametrize(("judged_on", "last", "final", "years", "until"), BY_EXPIRY)
def test_a3_final_by_expiry_the_first_day_counts(
    judged_on: str, last: str, final: str, years: int, until: str
) -> None:
    told = {"sentence": "suspended", "suspension_years": years}
    case = on_trial(judged_on).step("judged", by="court", at=f"{judged_on}T13:00", facts=told)
    assert ends(case)["appeal_period"] == date.fromisoformat(last)
    case = case.advance(to=f"{final}T12:00")
    assert case.journal[-1].at.isoformat() == f"{final}T00:00:00+09:00"
    assert case.state("procedure") == "final_suspended"
    assert ends(case) == {"suspension_period": date.fromisoformat(until)}


BY_WAIVER = [
    # Waived by both sides within this day; that day does not count, so the last day is one later
    # than it would be had the judgment become final at its 0:00.
    ("2020-01-16", 3, "2023-01-16"),
    ("2025-07-16", 3, "2028-07-16"),
    # From 1 March 2024 on, one year: to the eve of 1 March 2025.
    ("2024-02-29", 1, "2025-02-28"),
    # From 29 February 2024 on: no 29 February 2025, so the last day of that month.
    ("2024-02-28", 1, "2025-02-28"),
    ("2024-02-28", 4, "2028-02-28"),
    ("2024-12-31", 5, "2029-12-31"),
    ("2024-12-30", 5, "2029-12-30"),
    ("2023-02-28", 1, "2024-02-29"),  # from 1 March 2023 on
]  # fmt: skip


@pytest.mark.parametrize(("waived_on", "years", "until"), BY_WAIVER)
def test_a3_final_within_a_day_it_does_not_count(waived_on: str, years: int, until: str) -> None:
    told = {"sentence": "suspended", "suspension_years": years}
    case = on_trial(waived_on).step("judged", by="court", at=f"{waived_on}T13:00", facts=told)
    case = case.step("appeal_right_waived", by="person", at=f"{waived_on}T14:00",
                     facts={"appeal_exhausted": False})  # fmt: skip
    assert case.advance(to=f"{waived_on}T15:00").state("procedure") == "judged_suspended"
    case = case.step("appeal_right_waived", by="prosecutor", at=f"{waived_on}T15:00",
                     facts={"appeal_exhausted": True})  # fmt: skip
    case = case.advance(to=f"{waived_on}T15:01")
    assert case.state("procedure") == "final_suspended"
    assert ends(case) == {"suspension_period_from_next_day": date.fromisoformat(until)}


@every_law
def test_a11_withdrawal_after_the_others_period_makes_it_final_at_once(law: Process) -> None:
    appealed = go(judged(law, "suspended"), ("appealed", "counsel", "44 09:00"))
    over = {"appeal_exhausted": True}
    # Day 57 is the fourteenth after day 43; had the others still been able to appeal, it would
    # have been recorded so.
    early = go(appealed, ("appeal_withdrawn", "person", "50 10:00", {"appeal_exhausted": False}))
    assert early.state("procedure") == "judged_suspended"
    assert early.advance(to=at(law, "58 09:00")).state("procedure") == "final_suspended"
    alone = {"appeal_exhausted": False, "another_appeal_stands": False}
    assert codes(appealed, "appeal_withdrawn", "person", "60 10:00", alone) == {"condition_false"}
    late = go(appealed, ("appeal_withdrawn", "person", "60 10:00", over))
    final = late.advance(to=at(law, "60 10:01"))
    assert final.state("procedure") == "final_suspended"
    assert set(ends(final)) == {"immediate_release", "suspension_period_from_next_day"}


@every_law
def test_a11_who_waived_does_not_appeal(law: Process) -> None:
    case = go(
        judged(law, "imprisonment"),
        ("appeal_right_waived", "person", "43 14:00", {"appeal_exhausted": True}),
    )
    assert "condition_false" in codes(case, "appealed", "counsel", "43 14:00")
    assert case.advance(to=at(law, "43 14:01")).state("custody") == "imprisoned"


# -- A9, A10: prosecuted while arrested, and summary orders ---------------------------------------


@every_law
def test_a9_a_request_for_a_summary_order_makes_a_defendant(law: Process) -> None:
    """CCP 462(1): it is made with the prosecution; two months run from that day (60(2))."""
    fine = {"fine_yen": 300_000, "summary_not_objected": True}
    case = go(detained(law), ("summary_requested", "prosecutor", "7 10:00", fine))
    assert case.state("custody") == "detained_defendant"
    assert "suspect_detention" not in ends(case)
    assert "defendant_detention" in ends(case)
    served = go(case, ("summary_order_served", "court", "7 15:00"))
    assert served.state("custody") == "release_due"
    cited = law.machine("custody").transition("release_on_summary_order").basis
    assert ("ccp", "345") in {(b.law, b.provision) for b in cited}


@every_law
def test_a9_the_order_may_be_served_on_one_who_is_only_arrested(law: Process) -> None:
    case = go(
        referred(law),
        ("summary_requested", "prosecutor", "2 09:00",
         {"fine_yen": 300_000, "summary_not_objected": True}),
        ("summary_order_served", "court", "2 14:00"),
        ("released", "police", "2 14:10"),
    )  # fmt: skip
    assert (case.state("custody"), case.state("procedure")) == ("free", "summary_ordered")


@every_law
def test_a10_indicted_while_arrested_the_judge_decides_and_the_two_months_run_from_then(
    law: Process,
) -> None:
    """CCP 280(2): heard by the judge; without a warrant, released at once."""
    case = go(referred(law), ("indicted", "prosecutor", "2 10:00"))
    assert case.state("custody") == "indicted_in_arrest"
    free = go(case, ("release_commanded", "court", "2 15:00"), ("released", "police", "2 15:10"))
    assert free.state("custody") == "free"
    held = go(case, ("detained", "court", "3 10:00"))
    assert held.state("custody") == "detained_defendant"
    began, last = day(law, 3), ends(held)["defendant_detention"]
    month = began.month + 2
    assert last == date(began.year + (month > 12), (month - 1) % 12 + 1, began.day) - timedelta(1)


# -- A12: a trivial case without arrest ----------------------------------------------------------


@every_law
def test_a12_the_police_dispose_of_a_trivial_case_without_arrest(law: Process) -> None:
    """CCP 246, proviso, knows no such limit."""
    case = go(opened(law), ("trivial_case_disposed", "police", "0 12:00"))
    assert (case.state("custody"), case.state("procedure")) == ("free", "police_disposed")
    assert "no_transition" in codes(arrested(law), "trivial_case_disposed", "police", "0 12:00")
    sent = go(opened(law), ("referred", "police", "0 12:00"))
    assert codes(sent, "trivial_case_disposed", "police", "0 13:00") == {"condition_false"}


# -- A15: what a judgment rests on ----------------------------------------------------------------


@every_law
def test_a15_judgments_cite_their_own_articles(law: Process) -> None:
    cited = {t.id: {b.provision for b in t.basis} for t in law.machine("procedure").transitions}
    assert cited["judging_acquitted"] == {"336"}
    assert cited["judging_imprisonment"] == {"333(1)"}
    for sentence in ("suspended", "probation", "fine", "acquitted", "imprisonment"):
        assert cited[f"judging_on_appeal_{sentence}"] == {
            "396, 397, 400",
            "404",
            "408, 410, 411, 413, 414",
        }
    for part in (law.event("arrested"), law.machine("custody").transition("arrest")):
        assert {b.provision for b in part.basis if b.law == "ccp"} == {"199", "210", "213"}


# -- A19: at liberty when imprisonment becomes final ----------------------------------------------


@every_law
def test_a19_whoever_is_at_liberty_is_summoned_first(law: Process) -> None:
    """CCP 484: the person is summoned and, not coming, committed."""
    case = go(
        opened(law),
        ("referred", "police", "0 10:00"),
        ("indicted", "prosecutor", "0 11:00"),
        ("judged", "court", "1 13:00", {"sentence": "imprisonment"}),
    ).advance(to=at(law, "40 09:00"))
    assert (case.state("procedure"), case.state("custody")) == (
        "final_imprisonment",
        "awaiting_execution",
    )
    summoned = go(case, ("imprisonment_summoned", "prosecutor", "41 09:00"))
    assert not summoned.closed
    served = go(summoned, ("committed", "detention_house", "48 10:00"))
    assert served.state("custody") == "imprisoned"


# -- B1 to B3: custody ---------------------------------------------------------------------------


@every_law
def test_b1_a_release_that_is_due_is_recorded_before_an_arrest_in_another_case(
    law: Process,
) -> None:
    case = go(detained(law), ("disposed", "prosecutor", "9 10:00",
                              {"disposition": "suspension_of_prosecution"}))  # fmt: skip
    assert codes(case, "rearrested", "police", "9 10:05") == {"condition_false"}
    again = go(
        case,
        ("released", "police", "9 10:10"),
        ("rearrested", "police", "9 10:11"),
        ("released_from_other_case", "police", "20 10:00"),
        ("aftercare_applied", "person", "20 12:00"),
    )
    assert (again.state("custody"), again.state("aftercare")) == ("free", "applied")
    assert "aftercare_period" in ends(again)


@every_law
def test_b2_imprisonment_that_becomes_final_while_release_is_due_awaits_execution(
    law: Process,
) -> None:
    """Detention of the defendant ran out (day 11 + two months), then judgment came."""
    case = indicted(law).advance(to=at(law, "100 09:00"))
    assert case.state("custody") == "release_due"
    case = go(case, ("judged", "court", "100 10:00", {"sentence": "imprisonment"}))
    case = case.advance(to=at(law, "130 09:00"))
    assert case.state("custody") == "awaiting_execution"
    assert "no_transition" in codes(case, "released", "police", "130 10:00")


@every_law
def test_b3_a_second_arrest_starts_the_investigation_anew(law: Process) -> None:
    case = go(
        detained(law),
        ("release_ordered", "prosecutor", "8 10:00"),
        ("released", "police", "8 10:10"),
    )
    assert case.state("procedure") == "released_undecided"
    assert codes(case, "arrested", "police", "9 10:00") == {"condition_false"}
    again = go(
        case,
        ("rearrested", "police", "9 10:00"),
        ("referred", "police", "10 10:00"),
        ("detention_requested", "prosecutor", "10 12:00", {"detention_ground": "flight"}),
        ("detained", "court", "10 16:00"),
        ("indicted", "prosecutor", "15 10:00"),
    )
    assert (again.state("custody"), again.state("procedure")) == ("detained_defendant", "indicted")


@every_law
def test_b3_arrested_after_an_in_home_referral_the_case_is_referred_with_the_person(
    law: Process,
) -> None:
    case = go(opened(law), ("referred", "police", "0 10:00"), ("arrested", "police", "5 10:00"))
    assert case.state("procedure") == "investigation"
    assert go(case, ("referred", "police", "6 10:00")).state("custody") == "referred"


@every_law
def test_b3_the_prosecutors_own_arrest_needs_no_referral(law: Process) -> None:
    case = go(opened(law), ("arrested_by_prosecutor", "prosecutor", "0 10:00"))
    case = go(
        case,
        ("detention_requested", "prosecutor", "1 10:00", {"detention_ground": "flight"}),
        ("detained", "court", "1 16:00"),
    )
    assert not codes(case, "indicted", "prosecutor", "9 10:00")


# -- A7: release with the disposition pending ------------------------------------------------------


def pending(law: Process, **found: object) -> Case:
    """Released with the disposition pending."""
    return go(
        detained(law),
        ("release_ordered", "prosecutor", "8 10:00", found),
        ("released", "police", "8 10:10"),
    )


@laws_under_the_act
def test_a7_item_6_takes_whom_the_prosecutor_found_not_to_need_prosecution_at_once(
    law: Process,
) -> None:
    apply = ("aftercare_applied", "person", "8 12:00")
    for finding in ({}, {"no_prosecution_at_once": False}):
        assert codes(pending(law, **finding), *apply) == {"condition_false"}
        assert "aftercare_period" not in ends(pending(law, **finding))
    found = pending(law, no_prosecution_at_once=True)
    assert not codes(found, *apply)
    assert "aftercare_period" in ends(found)


@laws_under_the_act
def test_a7_the_finding_may_come_with_the_papers(law: Process) -> None:
    told = {"no_prosecution_at_once": True, "person_wants_aftercare": True}
    case = go(pending(law), ("aftercare_informed", "prosecutor", "8 11:00", told))
    assert go(case, ("aftercare_applied", "person", "9 10:00")).state("aftercare") == "applied"


@_laws([law for law in VERSIONS if law not in ACT])
def test_a7_before_the_act_a_pending_disposition_is_not_in_the_list(law: Process) -> None:
    found = pending(law, no_prosecution_at_once=True)
    assert codes(found, "aftercare_applied", "person", "8 12:00") == {"condition_false"}


# -- the Center: A8, A16, B4 to B9 -----------------------------------------------------------------

EVERYBODY = [choice.id for choice in TODAY.fact("consent_recipients").choices]
NOTHING_OBJECTED = {"prosecutor_objects": False}


def consented(law: Process, **facts: object) -> Case:
    """Consultation opened and consent given, on day 3."""
    return go(
        detained(law, **facts),
        ("candidate_flagged", "counsel", "3 09:00", {"expected_outcome": "noncustodial"}),
        ("consultation_opened", "prosecutor", "3 10:00", {"offence_acknowledged": True}),
        ("consent_explained", "prosecutor", "3 11:00",
         {"caveat_given": True, "onward_sharing_explained": True}),
        ("consent_given", "person", "3 11:30", {"consent_recipients": EVERYBODY}),
    )  # fmt: skip


def adjusting(law: Process, **facts: object) -> Case:
    """Adjustment under way since day 4."""
    case = consented(law, **facts)
    if law in ACT:
        case = go(case, ("prosecutor_opinion", "prosecutor", "3 13:00", NOTHING_OBJECTED))
    return go(case, ("adjustment_started", "probation_office", "4 09:00",
                     {"po_finds_necessary": True, "prioritised_subject": "expected"}))  # fmt: skip


def accepted(law: Process, **facts: object) -> Case:
    """The Center has accepted, on day 4."""
    return go(
        adjusting(law, **facts),
        ("center_requested", "probation_office", "4 10:00"),
        ("center_accepted", "center", "4 11:00"),
    )


def placed(law: Process) -> Case:
    """On bail since day 14, a place in a home found on day 18."""
    return go(
        accepted(law),
        ("indicted", "prosecutor", "11 10:00"),
        ("bailed", "court", "14 10:00"),
        ("interview_held", "center", "15 10:00"),
        ("assessment_done", "center", "16 10:00"),
        ("plan_agreed", "center", "17 10:00", {"person_agrees_plan": True}),
        ("placement_sought", "center", "17 11:00"),
        ("placement_secured", "provider", "18 10:00", {"placement": "group_home"}),
    )


@laws_under_the_act
def test_a8_each_condition_has_its_own_ground(law: Process) -> None:
    """The veto's paragraph stands behind the veto alone: not behind age, custody and consent."""
    case = go(
        consented(law, age=40),
        ("prosecutor_opinion", "prosecutor", "3 13:00", {"prosecutor_objects": True}),
    )
    said = case.explain(
        "center_requested", by="probation_office", whole=True, at=at(law, "4 09:00"),
        facts={"prioritised_subject": "no", "disability": "none", "po_regards_as_elderly": False},
    )  # fmt: skip
    grounds = [{b.provision for b in r.basis} for r in said.reasons]
    assert len(grounds) == 3
    assert [g for g in grounds if "83-2(3)" in g] == [{"83-2(3)"}]
    assert not any(r.of_rule for r in said.reasons)


@laws_with_the_center
def test_a16_custody_is_asked_of_the_expected_subject_only(law: Process) -> None:
    released = go(adjusting(law), *SUSPENDED)
    ask = ("center_requested", "probation_office", "10 10:00")
    assert codes(released, *ask, {"prioritised_subject": "expected"}) == {"condition_false"}
    case = go(released, (*ask, {"prioritised_subject": "yes"}))
    assert case.state("support") == "referred"


@laws_under_the_act
def test_b4_a_veto_holds_the_work_of_the_center_and_may_close_it(law: Process) -> None:
    early = go(
        consented(law),
        ("center_requested", "probation_office", "3 12:00", {"prioritised_subject": "expected"}),
        ("center_accepted", "center", "3 12:30"),
        ("prosecutor_opinion", "prosecutor", "3 13:00", {"prosecutor_objects": True}),
    )
    assert (early.state("adjustment"), early.state("support")) == ("vetoed", "on_hold")
    assert codes(early, "support_resumed", "center", "4 10:00") == {"condition_false"}
    veto = {"closing_reason": "prosecutor_veto"}
    closed = go(early, ("support_closed", "center", "4 10:00", veto))
    assert closed.state("support") == "closed_prosecutor_veto"
    lifted = go(
        early,
        ("prosecutor_opinion", "prosecutor", "4 10:00", NOTHING_OBJECTED),
        ("support_resumed", "center", "4 11:00"),
    )
    assert lifted.state("support") == "interviewing"


@laws_with_the_center
def test_b5_consent_without_the_center_ends_its_support_and_without_the_office_adjustment(
    law: Process,
) -> None:
    for event in ("consent_narrowed", "consent_given"):
        for named, adjustment, support in (
            (["municipality"], "ended", "closed_consent_withdrawn"),
            (["probation_office"], "adjusting", "closed_consent_withdrawn"),
            (["center"], "ended", "accepted"),
            (["center", "probation_office"], "adjusting", "accepted"),
        ):
            told = {"consent_recipients": named}
            case = go(accepted(law), (event, "person", "5 09:00", told))
            assert (case.state("adjustment"), case.state("support")) == (adjustment, support)


@laws_with_the_center
def test_b5_narrowing_neither_widens_nor_names_nobody(law: Process) -> None:
    narrow = go(
        accepted(law),
        ("consent_narrowed", "person", "5 09:00", {"consent_recipients": ["center"]}),
    )
    for named in (["center", "municipality"], []):
        told = {"consent_recipients": named}
        assert codes(narrow, "consent_narrowed", "person", "5 10:00", told)


@laws_with_the_center
def test_b7_nobody_far_from_65_is_regarded_as_about_65(law: Process) -> None:
    asked = {"prioritised_subject": "expected", "disability": "none"}
    request = ("center_requested", "probation_office", "4 10:00")
    young = adjusting(law, age=24)
    assert codes(young, *request, asked) == {"condition_false"}
    assert codes(young, *request, {**asked, "po_regards_as_elderly": True}) == {"condition_false"}
    near = adjusting(law, age=63)
    assert codes(near, *request, asked) == {"fact_missing"}
    assert not codes(near, *request, {**asked, "po_regards_as_elderly": True})


@laws_with_the_center
def test_b8_nobody_consults_the_center_about_one_who_serves_or_has_died(law: Process) -> None:
    serving = judged(law, "imprisonment").advance(to=at(law, "80 09:00"))
    assert serving.state("custody") == "imprisoned"
    assert codes(serving, "center_consulted", "family", "80 10:00") == {"condition_false"}
    dead = go(detained(law), ("died", "medical", "3 10:00"))
    assert dead.closed
    assert codes(dead, "center_consulted", "family", "3 11:00")


@laws_with_the_center
def test_b9_on_bail_there_is_a_way_to_services(law: Process) -> None:
    ready = go(placed(law), ("release_prepared", "center", "18 11:00"))
    direct = go(ready, ("service_started", "provider", "21 10:00"))
    assert direct.state("support") == "services_started"
    accompanied = go(
        ready, ("accompanied", "center", "21 09:00"), ("service_started", "provider", "21 10:00")
    )
    assert accompanied.state("support") == "services_started"
    held = go(ready, ("judged", "court", "43 13:00", {"sentence": "imprisonment"}))
    assert codes(held, "service_started", "provider", "44 10:00") == {"condition_false"}


# -- A5: two limits of the extension, side by side -------------------------------------------------

EXTENSIONS = [
    # released; six months; twelve (money, lodging); twenty-four (other measures). The day of
    # release does not count (Civil Code 140); rest days do not move the ends.
    ("2024-01-24", "2024-07-24", "2025-01-24", "2026-01-24"),
    ("2023-12-31", "2024-06-30", "2024-12-31", "2025-12-31"),  # from 1 January 2024
    # From 31 August: there is no 31 February, so the month's last day; the others have their day.
    ("2024-08-30", "2025-02-28", "2025-08-30", "2026-08-30"),
    ("2024-08-29", "2025-02-28", "2025-08-29", "2026-08-29"),  # from 30 August: nor a 30th
    ("2024-08-28", "2025-02-28", "2025-08-28", "2026-08-28"),  # from 29 August: nor a 29th in 2025
    ("2024-08-27", "2025-02-27", "2025-08-27", "2026-08-27"),  # from 28 August
    ("2024-02-29", "2024-08-31", "2025-02-28", "2026-02-28"),  # from 1 March: whole months
    # From 29 February 2024: 28 August; no 29 February in 2025 or 2026, so the month's last day.
    ("2024-02-28", "2024-08-28", "2025-02-28", "2026-02-28"),
    ("2025-08-31", "2026-02-28", "2026-08-31", "2027-08-31"),  # from 1 September
    ("2025-12-29", "2026-06-29", "2026-12-29", "2027-12-29"),  # the year's turn moves nothing
    ("2025-12-30", "2026-06-30", "2026-12-30", "2027-12-30"),
    ("2025-12-31", "2026-06-30", "2026-12-31", "2027-12-31"),
    ("2026-01-01", "2026-07-01", "2027-01-01", "2028-01-01"),
    ("2026-08-31", "2027-02-28", "2027-08-31", "2028-08-31"),
    ("2026-02-28", "2026-08-31", "2027-02-28", "2028-02-29"),  # from 1 March; 2028 is a leap year
]  # fmt: skip
BOTH = {"extension_kinds": ["money_or_lodging", "other"]}
HINDERED = {"special_hindrance": True, "conspicuous_effort": True}
GRANTED = {"lacks_other_help": True, "will_to_reform": True, "aftercare_needed": True}


def receiving(released: str) -> Case:
    """Not prosecuted, released on that day at 10:30, and receiving aid from 13:00."""
    night = date.fromisoformat(released) - timedelta(days=1)
    # Its limits outlast the version; what is asked here is how they are counted.
    law = evolve(processes.in_force("entry_support", on=night), until=None)
    case = law.open(at=f"{night}T09:00", facts={"age": 70})
    for event, by, when, facts in (
        ("arrested_by_prosecutor", "prosecutor", f"{night}T10:00", None),
        ("disposed", "prosecutor", f"{released}T09:59", {"disposition": "suspension_of_prosecution"}),
        ("released", "police", f"{released}T10:30", None),
        ("aftercare_applied", "person", f"{released}T11:00", None),
        ("aftercare_opinion_heard", "probation_office", f"{released}T11:30", None),
        ("aftercare_decided", "probation_office", f"{released}T12:00", GRANTED),
        ("aftercare_started", "probation_office", f"{released}T13:00", None),
    ):  # fmt: skip
        case = case.step(event, by=by, at=when, facts=facts)
    return case


def shifted(told: str, days: int = 1) -> str:
    return f"{date.fromisoformat(told) + timedelta(days)}T00:00"


@pytest.mark.parametrize(("released", "six", "money", "other"), EXTENSIONS)
def test_a5_both_limits_run_from_release(released: str, six: str, money: str, other: str) -> None:
    case = receiving(released)
    assert ends(case) == {"aftercare_period": date.fromisoformat(six)}
    asked = case.step("aftercare_extension_applied", by="person", at=f"{six}T10:00", facts=BOTH)
    extended = asked.step("aftercare_extension_decided", by="probation_office", at=f"{six}T12:00",
                          facts={**HINDERED, "referred_to_public_bodies": True})  # fmt: skip
    assert extended.state("aftercare") == "extended"
    assert ends(extended) == {
        "extension_money_or_lodging": date.fromisoformat(money),
        "extension_other": date.fromisoformat(other),
    }
    later = extended.advance(to=shifted(money))
    assert later.state("aftercare") == "extended_other"
    assert ends(later) == {"extension_other": date.fromisoformat(other)}
    assert later.advance(to=shifted(other)).state("aftercare") == "ended_max"


def test_a5_whoever_is_not_receiving_applies_anew_without_a_referral() -> None:
    """ORR 121(1)(iii), since 2023-12-01, asks the referral of one who is receiving aid only;
    121(2)."""
    over = receiving("2024-01-24").advance(to="2024-09-02T09:00")
    assert over.state("aftercare") == "ended_period"
    assert over.closed
    asked = over.step("aftercare_extension_applied", by="person", at="2024-09-02T10:00", facts=BOTH)
    granted = asked.step("aftercare_extension_decided", by="probation_office",
                         at="2024-09-03T10:00", facts=HINDERED)  # fmt: skip
    assert granted.state("aftercare") == "extended"
    # Of one who is receiving, the referral is asked for.
    held = receiving("2024-01-24").step(
        "aftercare_extension_applied", by="person", at="2024-07-01T10:00", facts=BOTH
    )
    said = held.explain("aftercare_extension_decided", by="probation_office", facts=HINDERED,
                        at="2024-07-02T10:00", whole=True)  # fmt: skip
    missing = {fact for r in said.reasons if r.code.value == "fact_missing" for fact in r.facts}
    assert missing == {"referred_to_public_bodies"}


def test_a5_until_the_act_a_referral_was_asked_of_everybody() -> None:
    """ORR 121(1)(iii) before 2023-12-01 speaks of whoever comes under the list."""
    over = receiving("2022-04-05").advance(to="2022-11-01T09:00")
    asked = over.step("aftercare_extension_applied", by="person", at="2022-11-01T10:00", facts=BOTH)
    decided = {"by": "probation_office", "at": "2022-11-02T10:00"}
    said = asked.explain("aftercare_extension_decided", facts=HINDERED, whole=True, **decided)  # type: ignore[arg-type]
    missing = {fact for r in said.reasons if r.code.value == "fact_missing" for fact in r.facts}
    assert missing == {"referred_to_public_bodies"}
    for referred, state in ((True, "extended"), (False, "ended_period")):
        told = {**HINDERED, "referred_to_public_bodies": referred}
        case = asked.step("aftercare_extension_decided", facts=told, **decided)  # type: ignore[arg-type]
        assert case.state("aftercare") == state


def test_a5_after_twelve_months_other_measures_only() -> None:
    late = receiving("2024-01-24").advance(to="2025-03-03T09:00")
    asked = late.step("aftercare_extension_applied", by="person", at="2025-03-03T10:00", facts=BOTH)
    decide = {"by": "probation_office", "at": "2025-03-04T10:00", "whole": True}
    said = asked.explain("aftercare_extension_decided", facts=HINDERED, **decide)  # type: ignore[arg-type]
    assert not said.allowed
    other = {**HINDERED, "extension_kinds": ["other"]}
    granted = asked.step("aftercare_extension_decided", by="probation_office",
                         at="2025-03-04T10:00", facts=other)  # fmt: skip
    assert granted.state("aftercare") == "extended_other"


def test_a5_whoever_left_may_apply_again_within_the_period() -> None:
    left = receiving("2024-01-24").step("aftercare_ended", by="person", at="2024-03-01T10:00")
    assert left.state("aftercare") == "ended_self"
    again = left.step("aftercare_applied", by="person", at="2024-04-01T10:00")
    assert again.state("aftercare") == "applied"
    assert ends(again) == {"aftercare_period": date(2024, 7, 24)}


def test_a5_before_the_act_both_limits_were_twelve_months() -> None:
    case = receiving("2023-02-01")
    asked = case.step("aftercare_extension_applied", by="person", at="2023-07-01T10:00", facts=BOTH)
    extended = asked.step("aftercare_extension_decided", by="probation_office",
                          at="2023-07-02T10:00",
                          facts={**HINDERED, "referred_to_public_bodies": True})  # fmt: skip
    assert set(ends(extended).values()) == {date(2024, 2, 1)}


# -- A14: no version cites later law ---------------------------------------------------------------

FIRST_DAYS = [
    ("ora", "83-2", date(2023, 12, 1)),
    ("ora", "88-3", date(2023, 12, 1)),
    ("jcha", "131", date(2015, 6, 1)),
    ("ora", "85(1)(vi)", date(2016, 6, 1)),
    ("ccp", "390-2", date(2023, 11, 15)),
    ("ccp", "203(5)", date(2016, 12, 1)),
    ("ccp", "204(4)", date(2016, 12, 1)),
    ("ccp", "207(5)", date(2016, 12, 1)),
    ("paa", "24(5)", date(2014, 7, 1)),
    ("pc", "27-2", date(2016, 6, 1)),
]


def cited(law: Process) -> list[tuple[str, Any]]:
    """Every basis of the law, with the part that cites it; remarks speak of other days."""
    parts: list[Any] = [*law.events, *law.deadlines, *law.facts, *law.papers, *law.agencies,
                        *law.parameters]  # fmt: skip
    for machine in law.machines:
        parts += [*machine.states, *machine.transitions]
    return [(part.id, basis) for part in parts for basis in part.basis]


@every_law
def test_a14_no_version_cites_law_that_began_after_it(law: Process) -> None:
    until = law.until or date.max
    bases = cited(law)
    assert len(bases) > 300
    for part, basis in bases:
        for statute, provision, first in FIRST_DAYS:
            if basis.law == statute and provision in basis.provision.split(", "):
                since = basis.since or date.min
                assert first <= until or since >= first, (law.version, part)


@laws_with_the_center
def test_a14_item_6_since_2016_and_its_finding_since_the_act(law: Process) -> None:
    """Item 5 is of a partly suspended sentence since 2016-06-01; item 6 took one who was not
    prosecuted before it took one who was found not to need prosecution at once."""
    assert {b.provision for b in law.parameter("undecided_release_qualifies").basis} == {
        "85(1)(vi)"
    }
    finding = law.fact("no_prosecution_at_once").basis
    assert [b.since for b in finding if b.provision == "85(1)(vi)"] == [date(2023, 12, 1)]


@laws_under_the_act
def test_a14_whoever_is_on_bail_is_ordered_to_be_there_for_the_judgment_on_appeal(
    law: Process,
) -> None:
    """CCP 390-2, 402-2, since 2023-11-15; bail lapses with that judgment as before."""
    rule = law.machine("custody").transition("end_of_bail_by_imprisonment_on_appeal_judged")
    assert ("ccp", "390-2, 402-2") in {(b.law, b.provision) for b in rule.basis}
    assert rule.note is not None
    assert "ordered to be there" in rule.note.en
    appealed = go(judged(law, "imprisonment"), ("bailed", "court", "44 10:00"),
                  ("appealed", "counsel", "45 10:00"))  # fmt: skip
    sentenced = ("appeal_judged", "court", "90 10:00", {"sentence": "imprisonment"})
    assert go(appealed, sentenced).state("custody") == "detained_defendant"


@every_law
def test_a14_outreach_advice_since_2018(law: Process) -> None:
    if law.version in ("PRE_2013", "TRIAL_2013"):
        assert "legal_advice" not in law.by_id["machine"]
        return
    case = opened(law)
    early = "not_in_force" in codes(case, "legal_advice_applied", "municipality", "1 10:00")
    assert early == (law.version == "NATIONWIDE_2015")


def test_a14_outreach_advice_begins_within_a_version() -> None:
    law = processes.in_force("entry_support", on="2018-01-23")
    case = law.open(at="2018-01-23T09:00", facts={"age": 70})
    ask = {"by": "municipality", "whole": True}
    assert not case.explain("legal_advice_applied", at="2018-01-23T10:00", **ask).allowed  # type: ignore[arg-type]
    assert case.explain("legal_advice_applied", at="2018-01-24T10:00", **ask).allowed  # type: ignore[arg-type]


@pytest.mark.parametrize(("on", "possible"), [
    ("2009-03-02", False), ("2014-03-03", False), ("2016-05-30", False), ("2016-06-01", True),
    ("2024-06-03", True),
])  # fmt: skip
def test_a14_partial_suspension_since_2016(on: str, possible: bool) -> None:
    law = processes.in_force("entry_support", on=on)
    case = law.open(at=f"{on}T09:00", facts={"age": 70})
    case = case.step("referred", by="police", at=f"{on}T10:00")
    case = case.step("indicted", by="prosecutor", at=f"{on}T11:00")
    for months in ({}, {"term_months": 36}, {"term_months": 37}):
        said = case.explain("judged", by="court", at=f"{on}T13:00", whole=True,
                            facts={"sentence": "partial_suspension", **months})  # fmt: skip
        assert said.allowed is (possible and months.get("term_months", 0) <= 36)  # PC 27-2(1)


@every_law
def test_a14_the_category_has_the_name_of_its_time(law: Process) -> None:
    named = law.machine("disability_services").label.ja
    assert named.startswith("障害程度区分") == (law.version in ("PRE_2013", "TRIAL_2013"))


# -- A6: what changed on 2025-06-01; C: revocation -------------------------------------------------

KOKIN = processes.in_force("entry_support", on="2025-06-02")
BEFORE_KOKIN = processes.in_force("entry_support", on="2025-05-30")


def suspended(law: Process, sentence: str = "suspended") -> Case:
    """Final on day 58, for one year."""
    told = {"sentence": sentence, "suspension_years": 1}
    case = go(indicted(law), ("judged", "court", "43 13:00", told),
              ("released", "detention_house", "43 14:00"))  # fmt: skip
    return case.advance(to=at(law, "60 09:00"))


@pytest.mark.parametrize("sentence", ["suspended", "suspended_with_probation"])
def test_a6_an_offence_prosecuted_within_the_period_keeps_the_sentence_in_effect(
    sentence: str,
) -> None:
    case = suspended(KOKIN, sentence)
    # Judged 2025-07-15; the fourteenth day is 29 July; final 30 July; to 29 July 2026.
    assert ends(case)["suspension_period"] == date(2026, 7, 29)
    assert case.advance(to="2026-07-30T09:00").state("procedure") == "suspension_completed"
    kept = go(case, ("further_offence_prosecuted", "prosecutor", "200 10:00",
                     {"prosecuted_within_period": True, "suspended_on": "2025-07-15"}))  # fmt: skip
    kept = kept.advance(to="2026-07-30T09:00")
    assert kept.state("procedure") == "effect_continues"
    ended = kept.step("effect_ended", by="court", at="2026-09-01T10:00")
    assert ended.state("procedure") == "suspension_completed"
    revoked = kept.step("suspension_revoked", by="court", at="2026-09-01T10:00")
    assert (revoked.state("procedure"), revoked.state("custody")) == (
        "suspension_revoked",
        "awaiting_execution",
    )


def test_a6_who_is_kept_under_the_sentence_stays_in_the_list_of_aftercare() -> None:
    """ORA 85(1)(iv): after the first year an extension of other measures may still be asked for."""
    free = go(
        indicted(KOKIN),
        ("judged", "court", "43 13:00", {"sentence": "suspended", "suspension_years": 1}),
        ("released", "detention_house", "43 14:00"),
    )
    final = free.advance(to=at(KOKIN, "200 09:00"))
    kept = go(final, ("further_offence_prosecuted", "prosecutor", "200 10:00", {
        "prosecuted_within_period": True, "suspended_on": day(KOKIN, 43).isoformat()}))  # fmt: skip
    kept = kept.advance(to=at(KOKIN, "450 09:00"))
    assert (kept.state("procedure"), kept.state("aftercare")) == (
        "effect_continues",
        "ended_period",
    )
    assert not codes(kept, "aftercare_extension_applied", "person", "450 10:00", {
        "extension_kinds": ["other"]})  # fmt: skip


def test_a6_a_suspension_pronounced_before_that_day_follows_the_former_law() -> None:
    """Act 68 of 2022, art. 448: such a sentence loses its effect with its period."""
    history = processes.history("entry_support")
    case = history.open(at="2025-03-03T09:00", facts={"age": 70})
    for event, by, when, facts in (
        ("referred", "police", "2025-03-03T10:00", {}),
        ("indicted", "prosecutor", "2025-03-04T10:00", {}),
        ("judged", "court", "2025-05-09T10:00", {"sentence": "suspended", "suspension_years": 1}),
    ):
        case = case.step(event, by=by, at=when, facts=facts)
    case = case.advance(to="2025-07-01T09:00")
    assert (case.process.version, case.state("procedure")) == ("KOKIN_2025_06", "final_suspended")
    told = {"prosecuted_within_period": True, "suspended_on": "2025-05-09"}
    refused = case.explain("further_offence_prosecuted", by="prosecutor", at="2025-08-01T10:00",
                           facts=told, whole=True)  # fmt: skip
    assert not refused.allowed
    assert "art. 448" in refused.text("en")
    assert case.advance(to="2026-06-01T09:00").state("procedure") == "suspension_completed"
    since = told | {"suspended_on": "2025-06-01"}
    assert case.explain("further_offence_prosecuted", by="prosecutor", at="2025-08-01T10:00",
                        facts=since, whole=True).allowed  # fmt: skip


def test_a6_before_that_day_the_sentence_lost_its_effect_all_the_same() -> None:
    assert "further_offence_prosecuted" not in BEFORE_KOKIN.by_id["event"]


TERMS = [
    # law, term in months, second?, sentence, allowed: PC 25(1), 25(2), 25-2(1)
    (BEFORE_KOKIN, 36, False, "suspended", True),
    (BEFORE_KOKIN, 37, False, "suspended", False),
    (BEFORE_KOKIN, 12, True, "suspended", False),  # a second one is always with probation
    (BEFORE_KOKIN, 12, True, "suspended_with_probation", True),
    (BEFORE_KOKIN, 13, True, "suspended_with_probation", False),
    (KOKIN, 24, True, "suspended_with_probation", True),
    (KOKIN, 25, True, "suspended_with_probation", False),
    (KOKIN, 36, False, "suspended_with_probation", True),
    (KOKIN, 37, False, "suspended_with_probation", False),
]  # fmt: skip


@pytest.mark.parametrize(("law", "months", "second", "sentence", "allowed"), TERMS)
def test_a6_the_terms_that_may_be_suspended(
    law: Process, months: int, second: bool, sentence: str, allowed: bool
) -> None:
    told = {"sentence": sentence, "term_months": months, "second_suspension": second}
    assert (not codes(indicted(law), "judged", "court", "43 13:00", told)) == allowed


@every_law
def test_c_revocation_leads_to_prison_on_every_track(law: Process) -> None:
    case = suspended(law)
    assert codes(indicted(law), "suspension_revoked", "court", "12 10:00") == {"no_transition"}
    case = go(case, ("suspension_revoked", "court", "100 10:00"))
    assert case.state("procedure") == "suspension_revoked"
    assert case.state("custody") == "awaiting_execution"
    assert case.state("consent") == "lapsed"
    assert case.state("aftercare") == "ended_imprisoned"
    case = go(case, ("committed", "prosecutor", "110 10:00"))
    assert case.state("custody") == "imprisoned"
    assert not codes(case, "exit_stage_offered", "probation_office", "111 10:00")


# -- told, owed, left to judgment ------------------------------------------------------------------


@every_law
def test_the_papers_are_owed_to_the_person_on_the_day_of_release(law: Process) -> None:
    """ORA 86(2), ORR 118(2): where the prosecutor thinks it necessary or the person wishes."""
    case = go(detained(law), *SUSPENDED)
    assert "aftercare_papers" not in ends(case)
    told = go(
        case, ("aftercare_informed", "prosecutor", "9 11:00", {"person_wants_aftercare": True})
    )
    assert told.state("aftercare") == "informed"
    assert [t.to for t in law.event("aftercare_informed").told] == ["person"]
    if law.version in ("PRE_2013", "TRIAL_2013"):
        return
    wished = go(
        detained(law),
        ("aftercare_informed", "prosecutor", "8 09:00", {"person_wants_aftercare": True}),
        *SUSPENDED,
    )
    assert ends(wished)["aftercare_papers"] == day(law, 9)
    (missed,) = [
        d
        for d in wished.advance(to=at(law, "11 09:00")).duties()
        if d.deadline.id == "aftercare_papers"
    ]
    assert (missed.standing, missed.owed_to) == ("missed", ("person",))


def assistance(law: Process) -> Case:
    """Applied for on day 1, a Tuesday."""
    return go(opened(law), ("public_assistance_applied", "person", "1 10:00"))


@every_law
def test_the_decision_on_public_assistance_is_owed_in_14_days_or_30_with_a_reason(
    law: Process,
) -> None:
    case = assistance(law)
    assert ends(case) == {"public_assistance_decision": day(law, 15)}
    longer = go(case, ("assistance_delayed", "municipality", "10 10:00",
                       {"assistance_needs_longer": True}))  # fmt: skip
    assert ends(longer) == {"public_assistance_decision_latest": day(law, 31)}
    (late,) = [d for d in case.advance(to=at(law, "17 09:00")).duties() if d.standing == "missed"]
    assert (late.deadline.id, late.owed_to) == ("public_assistance_decision", ("person",))
    decided = go(case, ("public_assistance_decided", "municipality", "15 10:00",
                        {"assistance_granted": True}))  # fmt: skip
    assert {d.standing for d in decided.duties()} == {"met"}


@laws_with_the_center
def test_the_centers_answer_is_owed_to_the_office(law: Process) -> None:
    limit = law.deadline("center_response")
    assert (limit.owed_to, limit.met_by) == (
        ("probation_office",),
        ("center_accepted", "center_declined"),
    )


@laws_under_the_act
def test_what_is_left_to_judgment_is_told_with_the_rule(law: Process) -> None:
    heard = go(consented(law), ("prosecutor_opinion", "prosecutor", "3 13:00", NOTHING_OBJECTED))
    for found in ({}, {"po_finds_necessary": True}):
        said = heard.explain("adjustment_started", by="probation_office", facts=found, whole=True)
        assert "必要があると認めるとき" in said.text("ja")
        assert "necessary to smooth the return to society" in said.text("en")
    ids = {remark.id for remark in law.remarks}
    assert {"adjustment_necessary", "hinders_investigation", "hour_of_release"} <= ids


def test_x12_a_shipped_variant_tells_the_center_of_the_release() -> None:
    on = "2024-06-03"
    agreed = processes.in_force("entry_support", on=on, place="release_notice")
    assert [t.to for t in agreed.event("released").told] == ["center"]
    assert processes.in_force("entry_support", on=on).event("released").told == ()
    assert "hour_of_release" not in {remark.id for remark in agreed.remarks}


# -- A4, B6: detention that is renewed, and detention that stands still ----------------------------

RENEWALS = [
    # indicted (that day counts); the end of the two months; of the first renewal; of the second.
    ("2025-12-28", "2026-02-27", "2026-03-27", "2026-04-27"),
    # No 29, 30 or 31 February: the month's last day; each renewal is a whole month from the 1st.
    ("2025-12-29", "2026-02-28", "2026-03-31", "2026-04-30"),
    ("2025-12-30", "2026-02-28", "2026-03-31", "2026-04-30"),
    ("2025-12-31", "2026-02-28", "2026-03-31", "2026-04-30"),
    ("2026-01-01", "2026-02-28", "2026-03-31", "2026-04-30"),
    ("2025-11-15", "2026-01-14", "2026-02-14", "2026-03-14"),
    ("2023-12-31", "2024-02-29", "2024-03-31", "2024-04-30"),
    ("2023-12-30", "2024-02-29", "2024-03-31", "2024-04-30"),
    ("2023-12-29", "2024-02-28", "2024-03-28", "2024-04-28"),  # 29 February is its day; its eve
    # From 31 August: to the eve of 31 October; then from the 31st: no 31 November.
    ("2024-08-31", "2024-10-30", "2024-11-30", "2024-12-31"),
    ("2024-06-30", "2024-08-29", "2024-09-29", "2024-10-29"),
    ("2024-07-31", "2024-09-30", "2024-10-31", "2024-11-30"),  # no 31 September
    ("2024-01-31", "2024-03-30", "2024-04-30", "2024-05-31"),  # from 31 March: no 31 April
    ("2024-02-29", "2024-04-28", "2024-05-28", "2024-06-28"),
    ("2024-12-02", "2025-02-01", "2025-03-01", "2025-04-01"),
    ("2025-12-01", "2026-01-31", "2026-02-28", "2026-03-31"),
]  # fmt: skip


@pytest.mark.parametrize(("indicted_on", "two", "third", "fourth"), RENEWALS)
def test_a4_each_renewal_is_a_month_from_the_day_after_the_last_ones_end(
    indicted_on: str, two: str, third: str, fourth: str
) -> None:
    """Decree by decree (Fukuoka High Court 1950-04-22); month ends are inferred."""
    began = date.fromisoformat(indicted_on)
    law = evolve(processes.in_force("entry_support", on=began - timedelta(2)), until=None)
    case = law.open(at=f"{began - timedelta(2)}T09:00", facts={"age": 70})
    for event, by, when, facts in (
        ("arrested_by_prosecutor", "prosecutor", f"{began - timedelta(2)}T10:00", None),
        ("detention_requested", "prosecutor", f"{began - timedelta(1)}T10:00",
         {"detention_ground": "flight"}),
        ("detained", "court", f"{began - timedelta(1)}T16:00", None),
        ("indicted", "prosecutor", f"{began}T10:00", None),
    ):  # fmt: skip
        case = case.step(event, by=by, at=when, facts=facts)
    found = [ends(case)["defendant_detention"]]
    for number, exception in ((1, False), (2, True)):
        told = {"detention_renewals": number, "renewal_exception": exception}
        case = case.step("detention_renewed", by="court", at=f"{found[-1]}T10:00", facts=told)
        found.append(ends(case)["defendant_detention"])
    assert [str(last) for last in found] == [two, third, fourth]
    lapsed = case.advance(to=shifted(fourth))
    assert lapsed.state("custody") == "release_due"


STOPS = [
    # Requested on 5 June (that day counts): to 14 June. Remanded; back; the new last day. The day
    # on which it is ordered is used, the one on which it ends is not (both inferred).
    ("2024-06-07", "2024-08-07", "2024-08-14"),  # 5 to 7 June used: seven days from 8 August
    ("2024-06-05", "2024-07-05", "2024-07-14"),  # one day used: nine from 6 July
    ("2024-06-14", "2024-09-13", "2024-09-13"),  # all ten used: it ends with that very day
    ("2024-06-10", "2025-01-06", "2025-01-10"),  # six used: four from 7 January; rest days count
]


@pytest.mark.parametrize(("ordered", "ended", "last"), STOPS)
def test_b6_the_days_of_a_psychiatric_remand_are_no_days_of_detention(
    ordered: str, ended: str, last: str
) -> None:
    """CCP 224(2), 167-2."""
    law = processes.in_force("entry_support", on="2024-06-03")
    case = law.open(at="2024-06-03T09:00", facts={"age": 70})
    for event, by, when, facts in (
        ("arrested", "police", "2024-06-03T10:00", None),
        ("referred", "police", "2024-06-04T15:00", None),
        ("detention_requested", "prosecutor", "2024-06-05T10:00", {"detention_ground": "flight"}),
        ("detained", "court", "2024-06-05T16:00", None),
        ("psychiatric_remand_ordered", "court", f"{ordered}T17:00",
         {"psychiatric_remand_until": ended}),
    ):  # fmt: skip
        case = case.step(event, by=by, at=when, facts=facts)
    assert case.state("custody") == "remanded_suspect"
    held = case.advance(to=f"{ended}T09:00")
    assert held.state("custody") == "remanded_suspect"
    back = held.step("psychiatric_remand_ended", by="court", at=f"{ended}T10:00")
    assert ends(back)["suspect_detention"] == date.fromisoformat(last)
    assert back.advance(to=shifted(last)).state("custody") == "release_due"


def test_a13_after_bail_the_rest_of_the_two_months_runs() -> None:
    """Indicted 14 June: to 13 August, of which 54 days are left after the 20th. Bail lapses with
    the judgment of 16 July: 54 days from the 17th end with 8 September."""
    law = processes.in_force("entry_support", on="2024-06-03")
    case = law.open(at="2024-06-13T09:00", facts={"age": 70})
    for event, by, when, facts in (
        ("arrested_by_prosecutor", "prosecutor", "2024-06-13T10:00", None),
        ("detention_requested", "prosecutor", "2024-06-13T12:00", {"detention_ground": "flight"}),
        ("detained", "court", "2024-06-13T16:00", None),
        ("indicted", "prosecutor", "2024-06-14T10:00", None),
        ("bailed", "court", "2024-06-20T10:00", None),
        ("judged", "court", "2024-07-16T13:00", {"sentence": "imprisonment"}),
    ):
        case = case.step(event, by=by, at=when, facts=facts)
    assert case.state("custody") == "detained_defendant"
    assert ends(case)["defendant_detention"] == date(2024, 9, 8)


# -- The review of what the audit changed --------------------------------------------------------


def office_asked(law: Process, recipients: list[str] | None = None) -> Case:
    """Detained, conferred about, consented to by whom is named."""
    named = ["probation_office", "center", "other_center"] if recipients is None else recipients
    return go(
        detained(law),
        ("candidate_flagged", "prosecutor", "2 17:00",
         {"offence_acknowledged": True, "expected_outcome": "noncustodial"}),
        ("consultation_opened", "prosecutor", "3 09:00"),
        ("consent_explained", "prosecutor", "3 10:00",
         {"caveat_given": True, "onward_sharing_explained": True}),
        ("consent_given", "person", "3 11:00", {"consent_recipients": named}),
    )  # fmt: skip


def interviewed(law: Process) -> Case:
    """Interviewed by the Center, for which the office has asked, on day 3."""
    ask = {"prioritised_subject": "expected", "disability": "intellectual", "needs_welfare": True}
    return go(
        office_asked(law),
        ("center_requested", "probation_office", "3 14:00", ask),
        ("center_accepted", "center", "3 15:00"),
        ("visit_started", "center", "3 15:10", {"visitors": 1, "other_visit_today": False}),
        ("interview_held", "center", "3 15:30"),
    )


SUMMARY = ("summary_requested", "prosecutor", "8 10:00",
           {"fine_yen": 300_000, "summary_not_objected": True})  # fmt: skip
FOUND_NECESSARY = {"po_finds_necessary": True}


@_laws(LATER)
def test_a_request_for_a_summary_order_ends_the_adjustment_of_a_suspect(law: Process) -> None:
    """CCP 462(1): it is made with the prosecution; ORA 83-2 speaks of a detained suspect."""
    case = office_asked(law)
    if law in ACT:
        case = go(case, ("prosecutor_opinion", "prosecutor", "3 12:00", NOTHING_OBJECTED))
    case = go(case, ("adjustment_started", "probation_office", "3 13:00", FOUND_NECESSARY), SUMMARY)
    assert case.state("custody") == "detained_defendant"
    assert case.state("adjustment") == ("adjusting_defendant" if law in ACT else "ended")


@every_law
def test_a_summary_order_frees_one_on_bail(law: Process) -> None:
    """CCP 345: the person owes a fine, at liberty."""
    case = go(detained(law), SUMMARY, ("bailed", "court", "9 10:00"),
              ("summary_order_served", "court", "10 10:00"))  # fmt: skip
    assert case.state("custody") == "free"
    final = case.advance(to=at(law, "30 10:00"))
    assert not codes(final, "fine_paid", "prosecutor", "31 10:00", {"fine_paid_in_full": True})


@every_law
@pytest.mark.parametrize("sentence", ["suspended", "fine"])
def test_an_appeal_leaves_urgent_aftercare_open(law: Process, sentence: str) -> None:
    """ORA 85(1)(iii): until the judgment is final. Released 43 days after the first Monday."""
    case = go(judged(law, sentence), ("released", "detention_house", "43 14:00"),
              ("aftercare_informed", "prosecutor", "43 14:10", {"person_wants_aftercare": True}))  # fmt: skip
    appealed = go(case, ("appealed", "counsel", "45 10:00"))
    assert ends(appealed)["aftercare_period"] == ends(case)["aftercare_period"]
    assert not codes(appealed, "aftercare_applied", "person", "46 10:00")


@_laws(LATER)
def test_consent_that_leaves_the_office_out_is_none_to_adjustment(law: Process) -> None:
    case = office_asked(law, ["counsel"])
    assert case.state("adjustment") == "consulted"
    assert codes(case, "adjustment_started", "probation_office", "3 13:00", FOUND_NECESSARY)
    defendant = go(case, ("indicted", "prosecutor", "11 10:00"))
    assert codes(defendant, "adjustment_started", "probation_office", "11 11:00", FOUND_NECESSARY)


@laws_under_the_act
def test_a_veto_binds_the_cases_of_suspects(law: Process) -> None:
    """ORA 83-2(2), (3): a suspect who is detained."""
    veto = ("prosecutor_opinion", "prosecutor", "3 12:00", {"prosecutor_objects": True})
    defendant = go(office_asked(law), ("indicted", "prosecutor", "11 10:00"))
    assert codes(defendant, "prosecutor_opinion", "prosecutor", "11 12:00", veto[3])
    vetoed = go(office_asked(law), veto)
    ask = {"prioritised_subject": "expected", "disability": "intellectual", "needs_welfare": True}
    assert codes(vetoed, "center_requested", "probation_office", "4 10:00", ask)
    after = go(vetoed, ("indicted", "prosecutor", "11 10:00"))
    assert not codes(after, "center_requested", "probation_office", "12 10:00", ask)
    assert not codes(after, "adjustment_started", "probation_office", "12 10:00", FOUND_NECESSARY)


@laws_under_the_act
def test_an_objection_counts_whenever_it_is_made(law: Process) -> None:
    """ORA 83-2(3): what has begun cannot go on either, and can begin anew once it is taken back."""
    begun = adjusting(law)
    objected = go(
        begun, ("prosecutor_opinion", "prosecutor", "4 12:00", {"prosecutor_objects": True})
    )
    assert objected.state("adjustment") == "vetoed"
    assert codes(objected, "office_interviewed", "probation_office", "4 13:00") == {"no_transition"}
    anew = go(
        objected,
        ("prosecutor_opinion", "prosecutor", "5 12:00", {"prosecutor_objects": False}),
        ("adjustment_started", "probation_office", "5 13:00", FOUND_NECESSARY),
    )
    assert anew.state("adjustment") == "adjusting"


@every_law
def test_the_probation_office_asks_for_consent_itself(law: Process) -> None:
    """ORR 114(1), and since the Act 114-2(2), in writing."""
    told = {"caveat_given": True, "onward_sharing_explained": True}
    asked = go(detained(law), ("consent_explained", "probation_office", "3 10:00", told))
    given = go(asked, ("consent_given", "probation_office", "3 11:00",
                       {"consent_recipients": ["probation_office"]}))  # fmt: skip
    assert given.state("consent") == "given"
    refused = go(asked, ("consent_refused", "probation_office", "3 11:00"))
    assert refused.state("consent") == "refused"


@laws_under_the_act
def test_a_veto_holds_the_other_center_too(law: Process) -> None:
    case = go(
        interviewed(law),
        ("assessment_done", "center", "3 16:00", {"wants_other_prefecture": True}),
        ("plan_agreed", "center", "4 09:00", {"person_agrees_plan": True}),
        ("transfer_requested", "center", "4 10:00"),
        ("prosecutor_opinion", "prosecutor", "4 12:00", {"prosecutor_objects": True}),
    )
    assert (case.state("adjustment"), case.state("support")) == ("vetoed", "on_hold")


# -- The second half of the review ---------------------------------------------------------------

ASKED = {"prioritised_subject": "expected", "disability": "intellectual", "needs_welfare": True}
PRISON = {"sentence": "imprisonment"}
PROBATED = {"sentence": "suspended", "suspension_years": 3}
FINED = {"fine_yen": 300_000, "summary_not_objected": True}


def in_home(law: Process, *steps: Any) -> Case:
    """Never arrested; indicted on day 0."""
    return go(
        opened(law),
        ("referred", "police", "0 10:00"),
        ("indicted", "prosecutor", "0 12:00"),
        *steps,
    )


def bailed(law: Process, *steps: Any) -> Case:
    return go(indicted(law), ("bailed", "court", "20 10:00"), *steps)


def aided(law: Process, finding: bool = True) -> Case:
    """Released on day 9: under the Act with the disposition open and the finding of item 6, before
    it with prosecution suspended; aid since noon."""
    out: list[Any]
    if finding:
        out = [("release_ordered", "prosecutor", "9 10:00", {"no_prosecution_at_once": True})]
    else:
        out = [("disposed", "prosecutor", "9 10:00", {"disposition": "suspension_of_prosecution"})]
    return go(
        detained(law),
        *out,
        ("released", "police", "9 10:30"),
        ("aftercare_applied", "person", "9 11:00"),
        ("aftercare_opinion_heard", "probation_office", "9 11:10"),
        ("aftercare_decided", "probation_office", "9 11:20", {**GRANTED, "measures": ["lodging"]}),
        ("aftercare_started", "probation_office", "9 12:00"),
    )


@every_law
def test_held_for_another_case_on_bail_the_bail_goes_on_or_lapses(law: Process) -> None:
    held = bailed(law, ("rearrested", "police", "30 10:00", {"offence": "theft"}))
    assert held.state("custody") == "held_for_other_case_on_bail"
    assert held.advance(to=at(law, "200 09:00")).state("custody") == held.state("custody")
    out = ("released_from_other_case", "police", "45 10:00")
    assert go(held, out).state("custody") == "bailed"
    prison = go(held, ("judged", "court", "43 13:00", PRISON), out)
    assert (prison.state("custody"), prison.state("procedure")) == (
        "detained_defendant",
        "judged_imprisonment",
    )
    assert "defendant_detention" in ends(prison)
    free = go(held, ("judged", "court", "43 13:00", PROBATED), out)
    assert free.state("custody") == "free"


@every_law
def test_bail_granted_anew_after_the_judgment_outlasts_the_other_case(law: Process) -> None:
    """Only a pronouncement ends bail, not one that came before it."""
    again = go(
        judged(law, "imprisonment"),
        ("bailed", "court", "44 10:00"),
        ("rearrested", "police", "45 10:00"),
        ("released_from_other_case", "police", "47 10:00"),
    )
    assert again.state("custody") == "bailed"


@every_law
def test_the_judge_decides_promptly_on_one_indicted_in_arrest(law: Process) -> None:
    """CCP 280(2); the number of days is a parameter."""
    case = go(referred(law), ("indicted", "prosecutor", "2 09:00"))
    assert ends(case) == {"hearing_on_detention": day(law, 3)}
    lapsed = case.advance(to=at(law, "4 09:00"))
    assert (lapsed.state("custody"), lapsed.state("procedure")) == ("release_due", "indicted")
    freed = go(case, ("judged", "court", "3 10:00", PROBATED))
    assert freed.state("custody") == "release_due"
    longer = evolve(law, parameters=tuple(
        evolve(p, value=60) if p.id == "hearing_days" else p for p in law.parameters))  # fmt: skip
    waiting = go(referred(longer), ("indicted", "prosecutor", "2 09:00"),
                 ("judged", "court", "3 10:00", PRISON))  # fmt: skip
    assert waiting.advance(to=at(law, "40 09:00")).state("custody") == "imprisoned"


@laws_with_the_center
def test_no_service_starts_for_one_whose_bail_has_lapsed(law: Process) -> None:
    case = go(
        placed(law),
        ("accompanied", "center", "21 10:00"),
        ("judged", "court", "43 13:00", PRISON),
    )
    assert (case.state("custody"), case.state("support")) == ("detained_defendant", "interviewing")
    assert codes(case, "service_started", "municipality", "44 10:00")


@laws_under_the_act
def test_the_prosecutors_own_arrest_suspends_aid_as_any_arrest_does(law: Process) -> None:
    case = go(aided(law), ("arrested_by_prosecutor", "prosecutor", "20 10:00"))
    assert case.state("aftercare") == "suspended_by_custody"
    assert codes(
        case, "lodging_entrusted", "probation_office", "20 13:00", {"measures": ["lodging"]}
    )


@laws_with_the_center
def test_a_prioritised_subject_is_released_and_within_the_period(law: Process) -> None:
    yes = {**ASKED, "prioritised_subject": "yes"}
    ask = ("center_requested", "probation_office", "4 14:00", yes)
    home = go(
        opened(law),
        ("referred", "police", "0 10:00"),
        ("candidate_flagged", "prosecutor", "0 11:00", {"expected_outcome": "noncustodial"}),
        ("consent_explained", "prosecutor", "3 10:00",
         {"caveat_given": True, "onward_sharing_explained": True}),
        ("consent_given", "person", "3 11:00", {"consent_recipients": EVERYBODY}),
    )  # fmt: skip
    assert "condition_false" in codes(home, *ask)
    out = go(consented(law), *SUSPENDED)
    assert not codes(out, *ask[:2], "10 10:00", yes)


def test_osaka_asks_custody_of_everybody() -> None:
    """S19: held in a police cell or a detention house; in-home cases are not taken."""
    from diversion_flow.processes.entry_support.places.osaka import OSAKA

    law = OSAKA.apply(TODAY)
    out = go(consented(law), *SUSPENDED)
    yes = {**ASKED, "prioritised_subject": "yes", "wishes_support": True}
    assert "condition_false" in codes(out, "center_requested", "probation_office", "10 10:00", yes)


@laws_under_the_act
@pytest.mark.parametrize(
    ("event", "by", "facts", "state"),
    [
        ("disposed", "prosecutor", {"disposition": "insufficient_suspicion"}, "unavailable"),
        ("disposed", "prosecutor", {"disposition": "other"}, "unavailable"),
        ("indicted", "prosecutor", {}, "category_lost"),
        ("summary_requested", "prosecutor", FINED, "category_lost"),
    ],
)
def test_aid_ends_when_the_person_leaves_the_list(
    law: Process, event: str, by: str, facts: dict[str, object], state: str
) -> None:
    case = go(aided(law), (event, by, "30 10:00", facts))
    assert case.state("aftercare") == state


@laws_under_the_act
def test_whoever_comes_under_the_list_again_applies_anew_within_the_period(law: Process) -> None:
    case = go(aided(law), ("indicted", "prosecutor", "30 10:00"))
    assert "aftercare_period" not in ends(case)
    case = go(case, ("judged", "court", "43 13:00", PROBATED))
    assert "aftercare_period" in ends(case)
    assert go(case, ("aftercare_applied", "person", "44 10:00")).state("aftercare") == "applied"


@every_law
def test_the_report_may_come_before_the_disposition_where_specially_needed(law: Process) -> None:
    """MHWA 24(2); until 2014-03-31 article 25."""
    report = ("governor_notified", "prosecutor", "9 10:00")
    assert codes(detained(law), *report, {"disability": "mental", "report_specially_needed": False})
    case = go(detained(law), (*report, {"disability": "mental", "report_specially_needed": True}))
    assert case.state("hospital") == "reported"
    minor = go(detained(law, age=17), ("sent_to_family_court", "prosecutor", "9 09:00"))
    specially = {"disability": "mental", "report_specially_needed": True}
    assert codes(minor, *report, specially) == {"condition_false"}  # no longer a suspect
    early = law.version in ("PRE_2013", "TRIAL_2013")
    cited = {b.provision for b in law.machine("hospital").transition("report_in_need").basis}
    assert cited == {"25(2)" if early else "24(2)"}


@every_law
def test_a_petition_takes_the_finding_of_an_unsound_mind(law: Process) -> None:
    """MTOA 2(2), 33(1): not on insufficient suspicion, and not on a fine as such."""
    petition = ("treatment_petition_filed", "prosecutor", "9 11:00")
    for reason, allowed in (("insufficient_suspicion", False), ("other", True)):
        case = go(
            detained(law),
            ("disposed", "prosecutor", "9 10:00", {"disposition": reason}),
            ("released", "police", "9 10:30"),
        )
        assert (not codes(case, *petition, {"unsound_mind": True})) == allowed
        assert codes(case, *petition, {"unsound_mind": False})
        if allowed:
            after = go(
                case,
                (*petition, {"unsound_mind": True}),
                ("treatment_order_decided", "court", "70 10:00", {"treatment_order": "none"}),
            )
            told = {"disability": "mental", "report_specially_needed": False}
            assert codes(after, "governor_notified", "prosecutor", "71 10:00", told)


NUMBERED = [
    # statute, as it is, as it was, first day
    ("ccp", "343(1)", "343", date(2024, 2, 15)),
    ("ccp", "344(1)", "344", date(2023, 6, 6)),
    ("pc", "27(1)", "27", date(2025, 6, 1)),
    ("mhwa", "24(1)", "25-2", date(2014, 4, 1)),
    ("appi", "27(1)", "23(1)", date(2022, 4, 1)),
]


def all_cited(law: Process) -> set[tuple[str | None, str]]:
    """Every provision cited, in conditions and in the rule of consent too."""
    from diversion_flow.definition.guard import Grounded, Guard

    found = {(b.law, b.provision) for _, b in cited(law)}
    assert law.consent is not None
    found |= {(b.law, b.provision) for b in law.consent.basis}

    def within(guard: Guard) -> None:
        if isinstance(guard, Grounded):
            found.update((b.law, b.provision) for b in guard.basis)
            within(guard.guard)
        for part in guard.parts():
            within(part)

    for machine in law.machines:
        for rule in machine.transitions:
            within(rule.guard)
    return found


@every_law
@pytest.mark.parametrize(("statute", "now", "before", "first"), NUMBERED)
def test_articles_have_the_numbers_of_their_time(
    law: Process, statute: str, now: str, before: str, first: date
) -> None:
    """A version that begins before the renumbering cites as it was then."""
    old = law.since is None or law.since < first
    assert ((statute, now) in all_cited(law)) == (not old)
    assert ((statute, before) in all_cited(law)) == old


@every_law
def test_welfare_is_open_to_one_who_awaits_execution(law: Process) -> None:
    case = in_home(law, ("judged", "court", "43 13:00", PRISON)).advance(to=at(law, "70 10:00"))
    stayed = go(case, ("execution_stayed", "prosecutor", "71 10:00"))
    for waiting in (case, stayed):
        assert not codes(waiting, "public_assistance_applied", "person", "72 10:00")
        urgent = {"assistance_urgency": True}
        assert not codes(waiting, "assistance_started_urgently", "municipality", "72 10:00", urgent)
    assert codes(stayed, "committed", "prosecutor", "71 10:01") == {"no_transition"}
    ended = go(stayed, ("stay_of_execution_ended", "prosecutor", "90 10:00"))
    assert ended.state("custody") == "awaiting_execution"
    arrest = ("rearrested", "police", "73 10:00")
    held = go(stayed, arrest)
    assert held.state("custody") == "held_for_other_case"
    assert go(held, ("released_from_other_case", "police", "80 10:00")).state("custody") == (
        "awaiting_execution"
    )
    assert go(held, ("committed", "prosecutor", "80 10:00")).state("custody") == "imprisoned"


@every_law
def test_a_ban_on_contacts_bars_the_social_worker_and_falls_on_prosecution(law: Process) -> None:
    banned = go(detained(law), ("contacts_banned", "court", "2 17:00"))
    after = go(banned, ("indicted", "prosecutor", "11 10:00"))
    assert after.state("contacts") == "none"
    assert go(after, ("contacts_banned", "court", "11 11:00")).state("contacts") == "banned"
    assert go(banned, ("rearrested", "police", "5 10:00")).state("contacts") == "none"
    if "defence" in law.by_id["machine"]:
        engaged = go(
            banned,
            ("power_of_attorney_given", "counsel", "2 17:30", {"power_of_attorney": True}),
            ("social_worker_engaged", "counsel", "3 09:00"),
        )
        visit = codes(engaged, "social_worker_visited", "social_worker", "3 10:00")
        assert visit == {"condition_false"}


@every_law
def test_the_police_dispose_of_nobody_under_20(law: Process) -> None:
    """Juveniles Act 41, 42; people of 18 and 19 go to the prosecutor since 2022-04-01."""
    trivial = ("police_released", "police", "0 15:00", {"trivial_case": True})
    young = go(arrested(law, age=17), trivial)
    assert young.state("procedure") == "investigation"
    send = ("sent_to_family_court_by_police", "police", "0 15:00")
    assert codes(arrested(law, age=17), *send, {"fine_at_most": False}) == {"condition_false"}
    assert not codes(arrested(law, age=17), *send, {"fine_at_most": True})
    specified = codes(arrested(law, age=19), *send, {"fine_at_most": True})
    assert specified == ({"condition_false"} if law in ACT else set())
    assert codes(arrested(law, age=20), *send, {"fine_at_most": True}) >= {"condition_false"}
    assert "wrong_agency" in codes(arrested(law, age=18), "sent_to_family_court", *send[1:])


def test_people_of_18_and_19_go_to_the_prosecutor_since_their_day() -> None:
    """Juveniles Act 67(1), in force from 2022-04-01, a day within a version."""
    law = processes.in_force("entry_support", on="2022-03-31")
    case = law.open(at="2022-03-31T09:00", facts={"age": 18, "fine_at_most": True})
    case = case.step("arrested", by="police", at="2022-03-31T10:00")
    send: dict[str, Any] = {"by": "police"}
    asked = "sent_to_family_court_by_police"
    assert case.explain(asked, at="2022-03-31T23:59", **send).allowed
    assert not case.explain(asked, at="2022-04-01T00:00", **send).allowed
    label = law.event(asked).label.ja
    assert "20歳未満" in label
    assert "18歳未満" in label
    assert "20歳未満" in VERSIONS[0].event(asked).label.ja
    assert "18歳未満" in TODAY.event(asked).label.ja


@every_law
def test_what_a_detention_was_extended_by_says_nothing_of_the_next(law: Process) -> None:
    """CCP 208: arrested anew in the same case, the person is detained ten days, no more."""
    extended = go(
        detained(law), ("detention_extended", "court", "10 10:00", {"extension_days": 10})
    )
    assert ends(extended)["suspect_detention"] == day(law, 21)
    assert ends(extended)["extension_in_all"] == day(law, 21)
    anew = go(
        extended,
        ("rearrested", "police", "20 10:00"),
        ("referred", "police", "21 15:00"),
        ("detention_requested", "prosecutor", "22 10:00", {"detention_ground": "flight"}),
        ("detained", "court", "22 16:00"),
    )
    assert ends(anew)["suspect_detention"] == day(law, 31)
    assert anew.advance(to=at(law, "32 00:00")).state("custody") == "release_due"


@every_law
def test_extensions_come_to_ten_days_in_all(law: Process) -> None:
    """CCP 208(2): however they are split, the twentieth day from the request is the last."""
    twice = go(
        detained(law),
        ("detention_extended", "court", "10 10:00", {"extension_days": 6}),
        ("detention_extended", "court", "16 10:00", {"extension_days": 6}),
    )
    assert ends(twice)["suspect_detention"] == day(law, 23)
    assert ends(twice)["extension_in_all"] == day(law, 21)
    assert twice.advance(to=at(law, "21 23:59")).state("custody") == "detained_suspect"
    assert twice.advance(to=at(law, "22 00:00")).state("custody") == "release_due"


@every_law
def test_further_extensions_come_to_five_days_in_all(law: Process) -> None:
    """CCP 208-2: of a detention that was extended, and however they are split, the twenty-fifth
    day from the request is the last."""
    further = ("detention_specially_extended", "court")
    special = {"special_extension_days": 3, "special_offence": True}
    assert codes(detained(law), *further, "10 10:00", special) == {"fact_missing"}
    twice = go(
        detained(law),
        ("detention_extended", "court", "10 10:00", {"extension_days": 10}),
        (*further, "20 10:00", special),
        (*further, "23 10:00", {"special_extension_days": 4}),
    )
    assert ends(twice) == {
        "suspect_detention": day(law, 28),
        "special_extension_in_all": day(law, 26),
    }
    assert twice.advance(to=at(law, "27 00:00")).state("custody") == "release_due"
    anew = go(
        twice,
        ("rearrested", "police", "24 10:00"),
        ("referred", "police", "25 15:00"),
        ("detention_requested", "prosecutor", "26 10:00", {"detention_ground": "flight"}),
        ("detained", "court", "26 16:00"),
    )
    assert codes(anew, *further, "27 10:00", special) == {"fact_missing"}
    assert {"extension_in_all", "arrest_and_detention"} < set(ends(anew))


@every_law
@pytest.mark.parametrize(
    ("event", "facts"),
    [
        ("indicted", {}),
        ("summary_requested", {"fine_yen": 100_000, "summary_not_objected": True}),
        ("disposed", {"disposition": "suspension_of_prosecution"}),
    ],
)
def test_whoever_has_come_of_age_is_prosecuted_or_not(
    law: Process, event: str, facts: dict[str, object]
) -> None:
    """Juveniles Act 41, 42 ask the age on the day of the decision, not on that of the arrest."""
    young = detained(law, age=19)
    assert codes(young, event, "prosecutor", "8 10:00", facts) == {"condition_false"}
    assert not codes(young, event, "prosecutor", "8 10:00", {**facts, "age": 20})


@every_law
def test_an_explanation_is_completed(law: Process) -> None:
    """What the prosecutor did not explain the first time is explained before consent is given."""
    explained = {"caveat_given": True, "onward_sharing_explained": True}
    case = go(
        detained(law),
        ("consent_explained", "prosecutor", "3 10:00", {"caveat_given": True}),
        ("consent_explained", "prosecutor", "3 15:00", explained),
        ("consent_given", "person", "4 10:00", {"consent_recipients": ["probation_office"]}),
    )
    assert case.state("consent") == "given"


@every_law
def test_a_decision_put_off_says_nothing_of_the_next_application(law: Process) -> None:
    """PAA 24(5) (before July 2014, 24(3)): fourteen days, thirty where it is put off."""
    apply = ("public_assistance_applied", "person")
    put_off = go(
        opened(law),
        (*apply, "0 10:00"),
        ("assistance_delayed", "municipality", "1 10:00", {"assistance_needs_longer": True}),
    )
    assert ends(put_off)["public_assistance_decision_latest"] == day(law, 30)
    assert "public_assistance_decision" not in ends(put_off)
    refused = (
        "public_assistance_decided",
        "municipality",
        "20 10:00",
        {"assistance_granted": False},
    )
    anew = go(put_off, refused, (*apply, "21 10:00"))
    assert ends(anew)["public_assistance_decision"] == day(law, 35)
    assert "public_assistance_decision_latest" not in ends(anew)


@every_law
def test_adjustment_before_finality_rests_on_consent_that_names_the_office(law: Process) -> None:
    """ORA 83."""
    probation = {"sentence": "suspended_with_probation", "suspension_years": 3}
    explained = {"caveat_given": True, "onward_sharing_explained": True}
    start = ("pre_finality_adjustment_started", "probation_office")

    def judged(*named: str) -> Case:
        return go(
            in_home(law),
            ("consent_explained", "prosecutor", "0 13:00", explained),
            ("consent_given", "person", "0 14:00", {"consent_recipients": named}),
            ("judged", "court", "1 10:00", probation),
        )

    assert codes(judged("municipality"), *start, "1 11:00") == {"condition_false"}
    begun = go(judged("probation_office"), (*start, "1 11:00"))
    assert begun.state("further_aid") == "pre_finality_adjustment"
    withdrawn = go(begun, ("consent_withdrawn", "person", "1 12:00"))
    assert withdrawn.state("further_aid") == "none"
    assert begun.advance(to=at(law, "20 00:00")).state("further_aid") == "none"
    appealed = ("appealed", "prosecutor", "1 11:00", {"appellant_gave_up": False})
    assert not codes(go(judged("probation_office"), appealed), *start, "1 12:00")


@every_law
def test_the_court_may_detain_a_defendant_who_is_at_liberty(law: Process) -> None:
    """CCP 60(1): two months from that day."""
    case = go(in_home(law), ("detained", "court", "1 10:00"))
    assert case.state("custody") == "detained_defendant"
    assert "defendant_detention" in ends(case)
    assert codes(opened(law), "detained", "court", "0 10:00") == {"condition_false"}


@every_law
def test_a_fine_may_be_paid_from_the_workhouse_and_its_term_runs(law: Process) -> None:
    """PC 18."""
    fined = go(
        detained(law),
        ("summary_requested", "prosecutor", "8 10:00", FINED),
        ("summary_order_served", "court", "9 10:00"),
        ("released", "police", "9 11:00"),
    ).advance(to=at(law, "60 10:00"))
    held = go(fined, ("workhouse_entered", "prosecutor", "61 10:00", {"workhouse_days": 60}))
    assert ends(held)["workhouse_term"] == day(law, 120)  # the first day counts
    part = {"fine_paid_in_full": False, "workhouse_days": 20}
    shorter = go(held, ("fine_paid", "prosecutor", "62 10:00", part))
    assert ends(shorter)["workhouse_term"] == day(law, 80)
    paid = go(held, ("fine_paid", "prosecutor", "62 10:00", {"fine_paid_in_full": True}))
    assert paid.state("custody") == "release_due"


@every_law
def test_who_leaves_the_workhouse_is_handed_the_papers_anew(law: Process) -> None:
    """ORA 85(1)(viii), 86(2): told on day 43, in the workhouse from day 100, out on day 110."""
    told = go(
        judged(law, "fine"),
        ("released", "detention_house", "43 14:00"),
        ("aftercare_informed", "prosecutor", "43 15:00", {"person_wants_aftercare": True}),
    ).advance(to=at(law, "60 09:00"))
    out = go(
        told,
        ("workhouse_entered", "prosecutor", "100 10:00"),
        ("workhouse_completed", "detention_house", "110 10:00"),
        ("released", "detention_house", "110 10:10"),
    )
    assert ends(out)["aftercare_papers"] == day(law, 110)
    assert papers(out.advance(to=at(law, "111 09:00")))[-1] == ("missed", day(law, 110))


@every_law
def test_the_workhouse_suspends_aid(law: Process) -> None:
    case = go(
        judged(law, "fine"),
        ("released", "detention_house", "43 14:00"),
        ("aftercare_applied", "person", "43 15:00"),
        ("aftercare_opinion_heard", "probation_office", "43 16:00"),
        ("aftercare_decided", "probation_office", "44 10:00", GRANTED),
        ("aftercare_started", "probation_office", "44 12:00"),
    ).advance(to=at(law, "60 09:00"))
    case = go(case, ("workhouse_entered", "prosecutor", "100 10:00"))
    assert case.state("aftercare") == "suspended_by_custody"
    out = go(case, ("workhouse_completed", "detention_house", "110 10:00"),
             ("released", "detention_house", "110 10:10"))  # fmt: skip
    assert out.state("aftercare") == "active"


@every_law
def test_counsel_neither_waives_nor_withdraws_and_who_did_does_not_appeal(law: Process) -> None:
    """CCP 359 to 361."""
    case = judged(law, "imprisonment")
    over = {"appeal_exhausted": True}
    assert "wrong_agency" in codes(case, "appeal_right_waived", "counsel", "43 14:00", over)
    waived = go(
        case, ("appeal_right_waived", "prosecutor", "43 14:00", {"appeal_exhausted": False})
    )
    again = ("appealed", "prosecutor", "43 15:00")
    assert codes(waived, *again) == {"fact_missing"}
    assert codes(waived, *again, {"appellant_gave_up": True}) == {"condition_false"}
    assert not codes(waived, "appealed", "person", "43 15:00", {"appellant_gave_up": False})


@every_law
def test_both_sides_may_appeal_and_one_withdraw(law: Process) -> None:
    case = go(
        judged(law, "imprisonment"),
        ("appealed", "counsel", "44 10:00"),
        ("appealed", "prosecutor", "45 10:00"),
    )
    stands = {"appeal_exhausted": False, "another_appeal_stands": True}
    one = go(case, ("appeal_withdrawn", "person", "46 10:00", stands))
    assert one.state("procedure") == "on_appeal"
    late = go(judged(law, "imprisonment"), ("appealed", "counsel", "44 10:00"))
    assert codes(late, "appealed", "prosecutor", "60 10:00") == {"condition_false"}


@laws_under_the_act
def test_arrested_again_in_the_same_case_the_suspect_may_be_adjusted(law: Process) -> None:
    released = go(
        adjusting(law),
        ("release_ordered", "prosecutor", "9 10:00", {"no_prosecution_at_once": True}),
        ("released", "police", "9 10:30"),
    )
    again = go(
        released,
        ("rearrested", "police", "20 10:00", {"offence": "theft"}),
        ("referred", "police", "21 10:00"),
        ("detention_requested", "prosecutor", "22 09:00", {"detention_ground": "flight"}),
        ("detained", "court", "22 12:00"),
        ("candidate_flagged", "prosecutor", "22 13:00"),
    )
    assert again.state("adjustment") == "candidate"


@laws_with_the_center
def test_arrested_again_while_out_of_contact_the_center_interviews_anew(law: Process) -> None:
    case = go(
        accepted(law),
        ("release_ordered", "prosecutor", "9 10:00", {"no_prosecution_at_once": True}),
        ("released", "police", "9 10:30"),
        ("lost", "center", "12 10:00"),
        ("rearrested", "police", "20 10:00", {"offence": "theft"}),
    )
    assert case.state("support") == "interviewing"


@laws_under_the_act
def test_what_can_no_longer_be_given_is_denied(law: Process) -> None:
    law = evolve(law, until=None)
    case = aided(law, finding=False).advance(to=at(law, "400 10:00"))
    case = go(case, ("aftercare_extension_applied", "person", "401 10:00",
                     {"extension_kinds": ["money_or_lodging"]}))  # fmt: skip
    denied = go(case, ("aftercare_extension_decided", "probation_office", "402 10:00", HINDERED))
    assert denied.state("aftercare") == "ended_period"


@every_law
def test_the_second_renewal_is_refused_on_the_proviso_of_60_2(law: Process) -> None:
    told = {"detention_renewals": 2, "renewal_exception": False}
    said = indicted(law).explain(
        "detention_renewed", by="court", at=at(law, "13 10:00"), facts=told, whole=True
    )
    assert "60(2) proviso" in {b.provision for r in said.reasons for b in r.basis}


@every_law
def test_what_may_have_changed_is_told_of_every_law_cited(law: Process) -> None:
    told = {r.id for r in law.remarks if r.id.endswith("_amended")}
    assert told == {"ccp_amended", "appi_amended"}  # the others were read as they are in June 2026


@every_law
def test_release_by_the_court_is_not_called_the_prosecutors(law: Process) -> None:
    labels = {s.id: s.label.ja for s in law.machine("procedure").states}
    assert labels["released_undecided"] == "釈放・処分未定"
    outcomes = {s.id: s.outcome for s in law.machine("aftercare").states}
    assert outcomes["unavailable"] != outcomes["under_probation"]


# -- what was known of one occasion says nothing of the next ---------------------------------------


def held_again(law: Process, case: Case) -> Case:
    """Arrested anew in the same case on day 20, detained on day 22."""
    return go(
        case,
        ("rearrested", "police", "20 10:00", {"offence": "theft"}),
        ("referred", "police", "21 10:00"),
        ("detention_requested", "prosecutor", "22 09:00", {"detention_ground": "flight"}),
        ("detained", "court", "22 12:00"),
    )


@laws_under_the_act
def test_a_second_arrest_takes_a_finding_of_its_own(law: Process) -> None:
    """ORA 85(1)(vi): found of the first release, not of the second."""
    first = pending(law, no_prosecution_at_once=True)
    assert not codes(first, "aftercare_applied", "person", "8 12:00")
    for finding, why in (({}, {"condition_false"}), ({"no_prosecution_at_once": True}, set[str]())):
        again = go(
            held_again(law, first),
            ("release_ordered", "prosecutor", "25 10:00", finding),
            ("released", "police", "25 10:30"),
        )
        assert codes(again, "aftercare_applied", "person", "25 12:00") == why
        assert ("aftercare_period" in ends(again)) is (not why)


@laws_under_the_act
def test_aid_that_custody_interrupted_goes_on_only_where_the_finding_is_made_anew(
    law: Process,
) -> None:
    held = held_again(law, aided(law))
    assert held.state("aftercare") == "suspended_by_custody"
    for finding, then in (({}, "category_lost"), ({"no_prosecution_at_once": True}, "active")):
        out = ("release_ordered", "prosecutor", "25 10:00", finding)
        assert go(held, out, ("released", "police", "25 11:00")).state("aftercare") == then


@every_law
def test_aid_of_whoever_is_in_the_list_by_another_item_asks_for_no_finding(law: Process) -> None:
    """Prosecution suspended (85(1)(iv)); held for another case and released from it."""
    case = aided(law, finding=False)
    case = go(case, ("rearrested", "police", "20 10:00", {"offence": "theft"}))
    assert case.state("custody") == "held_for_other_case"
    back = go(case, ("released_from_other_case", "police", "25 10:00"))
    assert back.state("aftercare") == "active"


@every_law
def test_a_second_psychiatric_remand_has_its_own_last_day(law: Process) -> None:
    """CCP 167: the court sets the period of each."""
    remand = "psychiatric_remand_ordered", "court"
    first = go(detained(law), (*remand, "3 10:00", {"psychiatric_remand_until": day(law, 10)}))
    assert ends(first)["psychiatric_remand"] == day(law, 10)
    back = go(first, ("psychiatric_remand_ended", "court", "10 10:00"))
    assert codes(back, *remand, "11 10:00") == {"fact_missing"}
    second = go(back, (*remand, "11 10:00", {"psychiatric_remand_until": day(law, 30)}))
    assert ends(second)["psychiatric_remand"] == day(law, 30)


@every_law
def test_a_second_extension_tells_its_own_days(law: Process) -> None:
    """CCP 208(2). What the first one added stays with the clock: six days, then three."""
    first = go(detained(law), ("detention_extended", "court", "10 10:00", {"extension_days": 6}))
    assert codes(first, "detention_extended", "court", "16 10:00") == {"fact_missing"}
    second = go(first, ("detention_extended", "court", "16 10:00", {"extension_days": 3}))
    assert ends(second)["suspect_detention"] == day(law, 20)


@every_law
def test_a_second_renewal_is_counted_and_looked_at_anew(law: Process) -> None:
    """CCP 60(2), proviso."""
    one = {"detention_renewals": 1, "renewal_exception": True}
    first = go(indicted(law), ("detention_renewed", "court", "60 10:00", one))
    renewed = "detention_renewed", "court", "90 10:00"
    assert codes(first, *renewed) == {"fact_missing"}
    assert codes(first, *renewed, {"detention_renewals": 2}) == {"fact_missing"}
    assert not codes(first, *renewed, {"detention_renewals": 2, "renewal_exception": True})


@laws_with_the_center
def test_each_visit_is_asked_for_anew(law: Process) -> None:
    """S14b, S15: so many visitors, and no other visit on that day."""
    visit = "visit_started", "center"
    case = interviewed(law)
    assert case.facts["visitors"] == 1
    assert codes(case, *visit, "4 10:00") == {"fact_missing"}
    assert codes(case, *visit, "4 10:00", {"visitors": 1}) == {"fact_missing"}
    told = {"visitors": 1, "other_visit_today": True}
    assert codes(case, *visit, "4 10:00", told) == {"condition_false"}
    again = go(case, (*visit, "4 10:00", {"visitors": 2, "other_visit_today": False}))
    assert again.state("support") == "visiting"


@every_law
def test_each_judgment_has_its_own_appeals(law: Process) -> None:
    """CCP 359, 361: a waiver concerns one judgment. The appeal court's stands for a fortnight,
    whatever was waived before."""
    case = go(
        judged(law, "imprisonment"),
        ("appeal_right_waived", "prosecutor", "44 09:00", {"appeal_exhausted": False}),
        ("appealed", "counsel", "44 10:00", {"appellant_gave_up": False}),
        ("appeal_judged", "court", "60 10:00", {"sentence": "imprisonment"}),
    )
    assert "appeal_exhausted" not in case.facts
    assert ends(case)["appeal_period"] >= day(law, 74)
    assert not codes(case, "appealed", "prosecutor", "61 10:00")


@every_law
def test_of_a_judgment_that_is_quashed_nothing_is_left(law: Process) -> None:
    """CCP 400: the court below judges anew."""
    case = go(
        judged(law, "imprisonment"),
        ("appealed", "counsel", "44 10:00"),
        ("remanded", "court", "60 10:00"),
    )
    assert "sentence" not in case.facts
    assert "fact_missing" in codes(case, "judged", "court", "70 10:00")


# -- the papers on aftercare are owed on release, and for that release -----------------------------

PAPERS = {"person_wants_aftercare": True, "no_prosecution_at_once": True}


def papers(case: Case) -> list[tuple[str, date | None]]:
    """The duty to hand them over, as it stood each time that it ran."""
    return [
        (duty.standing, duty.last and duty.last.date())
        for duty in case.duties()
        if duty.deadline.id == "aftercare_papers"
    ]


@laws_under_the_act
def test_papers_handed_over_on_release_are_not_owed_again_by_a_summary_order(law: Process) -> None:
    """ORA 86(2) speaks of lifting custody: at liberty, nothing of it is lifted."""
    case = go(
        detained(law),
        ("release_ordered", "prosecutor", "8 10:00"),
        ("aftercare_informed", "prosecutor", "8 10:05", PAPERS),
        ("released", "police", "8 10:10"),
        ("summary_requested", "prosecutor", "20 10:00", FINED),
    )
    assert case.state("aftercare") == "category_lost"
    served = go(case, ("summary_order_served", "court", "25 10:00"))
    assert "aftercare_papers" not in ends(served)
    assert papers(served.advance(to=at(law, "30 10:00"))) == []
    assert not codes(served, "aftercare_informed", "prosecutor", "26 10:00", PAPERS)


@laws_under_the_act
def test_papers_are_owed_again_on_another_release(law: Process) -> None:
    """Told, prosecuted while detained again, and released by the judgment on day 60."""
    told = go(
        detained(law),
        ("release_ordered", "prosecutor", "8 10:00"),
        ("aftercare_informed", "prosecutor", "8 10:05", PAPERS),
        ("released", "police", "8 10:10"),
    )
    case = go(
        held_again(law, told),
        ("indicted", "prosecutor", "30 10:00"),
        ("judged", "court", "60 10:00", {"sentence": "suspended", "suspension_years": 3}),
    )
    assert case.state("aftercare") == "category_lost"
    out = go(case, ("released", "detention_house", "60 11:00"))
    assert (out.state("aftercare"), ends(out)["aftercare_papers"]) == ("not_informed", day(law, 60))
    met = go(
        out, ("aftercare_informed", "prosecutor", "60 12:00", {"person_wants_aftercare": True})
    )
    assert papers(met) == [("met", day(law, 60))]
    assert papers(out.advance(to=at(law, "62 09:00"))) == [("missed", day(law, 60))]


@laws_under_the_act
@pytest.mark.parametrize("before", [False, True], ids=["after", "before"])
def test_papers_are_owed_again_to_whom_is_arrested_again_and_not_prosecuted(
    law: Process, before: bool
) -> None:
    """Told on day 8, held again from day 20, released on day 30 with a new finding: ORA 86(2) has
    the papers handed over on that release, too, before the door opens or on the same day."""
    told = go(
        detained(law),
        ("release_ordered", "prosecutor", "8 10:00"),
        ("aftercare_informed", "prosecutor", "8 10:05", PAPERS),
        ("released", "police", "8 10:10"),
    )
    assert told.state("aftercare") == "informed"
    held = held_again(law, told)
    assert held.state("aftercare") == "category_lost"
    found = {"no_prosecution_at_once": True}
    due = go(held, ("release_ordered", "prosecutor", "30 10:00", found))
    if before:
        handed = ("aftercare_informed", "prosecutor", "30 10:30", PAPERS)
        out = go(due, handed, ("released", "police", "30 11:00"))
        assert (out.state("aftercare"), papers(out)) == ("informed", [])
        return
    out = go(due, ("released", "police", "30 11:00"))
    assert (out.state("aftercare"), ends(out)["aftercare_papers"]) == ("not_informed", day(law, 30))
    met = go(out, ("aftercare_informed", "prosecutor", "30 12:00", PAPERS))
    assert papers(met) == [("met", day(law, 30))]
    assert papers(out.advance(to=at(law, "32 09:00"))) == [("missed", day(law, 30))]
