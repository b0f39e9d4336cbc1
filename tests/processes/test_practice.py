"""What practitioners missed (audit, section C): each with the story that it refuses and the story
that it leads rightly, under every version that knows it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Case, FactError, Process, processes, replay
from diversion_flow.runtime.provision import provisions
from helpers.stories import after, codes, go

LAW = processes.in_force("entry_support", on="2024-06-03")


def opened(law: Process = LAW, **facts: object) -> Case:
    return law.open(at="2024-06-03T09:00", facts={"age": 70, **facts})


def detained(law: Process = LAW, **facts: object) -> Case:
    return go(
        opened(law, **facts),
        ("arrested", "police", "2024-06-03T10:00"),
        ("referred", "police", "2024-06-04T15:00"),
        ("detention_requested", "prosecutor", "2024-06-05T10:00", {"detention_ground": "flight"}),
        ("detained", "court", "2024-06-05T16:00"),
    )


def disposed(case: Case, reason: str = "suspension_of_prosecution") -> Case:
    return go(
        case,
        ("disposed", "prosecutor", "2024-06-12T10:00", {"disposition": reason}),
        ("released", "police", "2024-06-12T10:30"),
    )


# -- contacts ---------------------------------------------------------------------------------


def test_a_ban_on_contacts_bars_the_center_until_it_is_lifted_for_it() -> None:
    accepted = after("cs01", "center_accepted")
    visit = {"visitors": 2, "other_visit_today": False}
    ask = ("visit_started", "center", "2024-06-17T10:00", visit)
    assert not codes(accepted, *ask)
    banned = accepted.step("contacts_banned", by="court", at="2024-06-16T09:00")
    assert codes(banned, *ask) == {"condition_false"}
    cited = banned.explain(*ask[:1], by="center", at=ask[2], facts=visit, whole=True)
    assert [b.provision for r in cited.reasons for b in r.basis] == ["81, 207(1)"]
    allowed = banned.step("contacts_allowed_in_part", by="court", at="2024-06-16T10:00")
    assert not codes(allowed, *ask)


def test_a_ban_is_of_a_detained_person_and_ends_with_release() -> None:
    assert codes(opened(), "contacts_banned", "court", "2024-06-03T12:00") == {"condition_false"}
    banned = detained().step("contacts_banned", by="court", at="2024-06-06T09:00")
    assert disposed(banned).state("contacts") == "none"


# -- ways out of detention ----------------------------------------------------------------------


@pytest.mark.parametrize("event", ["detention_cancelled", "detention_quashed"])
def test_detention_that_is_cancelled_or_quashed_ends(event: str) -> None:
    case = go(detained(), (event, "court", "2024-06-07T10:00"))
    assert (case.state("custody"), case.state("procedure")) == (
        "release_due",
        "released_undecided",
    )
    arrested = go(opened(), ("arrested", "police", "2024-06-03T10:00"))
    assert codes(arrested, event, "court", "2024-06-03T12:00") == {"no_transition"}


# -- stay of detention (CCP 95) -----------------------------------------------------------------


def test_a_suspect_whose_detention_is_stayed_is_out_and_comes_back() -> None:
    """The days of the stay do not count; what is open at liberty is open."""
    stayed = go(detained(), ("detention_stayed", "court", "2024-06-07T10:00"))
    assert stayed.state("custody") == "stayed_suspect"
    assert stayed.advance(to="2024-07-20T09:00").state("custody") == "stayed_suspect"
    assert not codes(stayed, "public_assistance_applied", "person", "2024-06-07T11:00")
    back = go(stayed, ("detention_stay_ended", "court", "2024-06-10T15:00"))
    lapsed = back.advance(to="2024-06-18T09:00")
    assert (back.state("custody"), lapsed.state("custody")) == ("detained_suspect", "release_due")
    ended = go(stayed, ("disposed", "prosecutor", "2024-06-12T10:00",
                        {"disposition": "suspension_of_prosecution"}))  # fmt: skip
    assert ended.state("custody") == "release_due"


def test_adjustment_outlasts_a_stay_and_the_center_begins_anew_after_it() -> None:
    adjusting = after("cs01", "adjustment_started")
    stayed = adjusting.step("detention_stayed", by="court", at=adjusting.at)
    assert stayed.state("adjustment") == "adjusting"
    secured = after("cs01", "placement_secured")
    out = secured.step("detention_stayed", by="court", at=secured.at)
    served = out.step("service_started", by="provider", at=out.at)
    assert (secured.state("support"), served.state("support")) == (
        "placement_secured",
        "services_started",
    )
    held = served.step("detention_stay_ended", by="court", at=served.at)
    assert held.state("support") == "interviewing"


def test_a_stay_lapses_when_imprisonment_is_pronounced() -> None:
    """CCP 343(1); a lighter judgment ends it by release (345)."""
    stayed = go(detained(), ("indicted", "prosecutor", "2024-06-10T10:00"),
                ("detention_stayed", "court", "2024-07-01T10:00"))  # fmt: skip
    assert stayed.state("custody") == "stayed_defendant"
    prison = go(stayed, ("judged", "court", "2024-07-16T13:00", {"sentence": "imprisonment"}))
    fined = go(stayed, ("judged", "court", "2024-07-16T13:00", {"sentence": "fine"}))
    assert (prison.state("custody"), fined.state("custody")) == (
        "detained_defendant",
        "release_due",
    )


# -- ordinary trial in place of a summary order; the Supreme Court --------------------------------


def test_the_court_may_try_what_a_summary_order_was_requested_for() -> None:
    """CCP 463: the two months of a defendant still run from the request."""
    told = {"fine_yen": 300_000, "summary_not_objected": True}
    asked = go(detained(), ("summary_requested", "prosecutor", "2024-06-10T10:00", told))
    tried = go(asked, ("ordinary_trial_ordered", "court", "2024-06-20T10:00"))
    assert (tried.state("procedure"), tried.state("custody")) == ("indicted", "detained_defendant")
    (clock,) = tried.deadlines()
    assert (clock.deadline.id, clock.last_day) == ("defendant_detention", date(2024, 8, 9))


def test_against_a_judgment_of_the_supreme_court_there_is_no_appeal() -> None:
    """CCP 415(2), 418: final when ten days have passed; no appeal, no waiver."""
    case = go(
        detained(),
        ("indicted", "prosecutor", "2024-06-10T10:00"),
        ("judged", "court", "2024-06-24T13:00", {"sentence": "imprisonment"}),
        ("appealed", "counsel", "2024-07-01T10:00"),
        ("appeal_judged", "court", "2024-08-05T13:00", {"sentence": "imprisonment"}),
    )
    assert "appeal_period" in {c.deadline.id for c in case.deadlines()}
    last = go(case, ("appealed", "counsel", "2024-08-06T10:00"),
              ("appeal_judged", "court", "2024-08-07T13:00",
               {"sentence": "imprisonment", "last_instance": True}))  # fmt: skip
    assert {c.deadline.id for c in last.deadlines()} == {"correction_period", "defendant_detention"}
    assert codes(last, "appealed", "counsel", "2024-08-08T10:00") == {"condition_false"}
    assert codes(last, "appeal_right_waived", "person", "2024-08-08T10:00",
                 {"appeal_exhausted": False})  # fmt: skip
    # The tenth day, 17 August, is a Saturday; it ends on Monday.
    assert last.advance(to="2024-08-19T23:59").state("procedure") == "judged_imprisonment"
    assert last.advance(to="2024-08-20T00:00").state("procedure") == "final_imprisonment"


# State of custody × way out: the rule with its article, or that the law knows none there.
WAYS_OUT = {
    "arrested": {"police_released", "custody_limit_passed"},
    "arrested_by_prosecutor": {"release_ordered", "disposed", "custody_limit_passed"},
    "referred": {"release_ordered", "disposed", "custody_limit_passed"},
    "detention_requested": {"release_ordered", "disposed", "detention_denied"},
    "indicted_in_arrest": {"release_commanded", "summary_order_served", "judged",
                           "appeal_judged", "judgment_final", "custody_limit_passed"},
    "detained_suspect": {"release_ordered", "disposed", "custody_limit_passed",
                         "detention_cancelled", "detention_quashed"},
    "detained_defendant": {"judged", "appeal_judged", "judgment_final", "summary_order_served",
                           "custody_limit_passed", "detention_cancelled", "detention_quashed"},
    "workhouse": {"workhouse_completed", "fine_paid"},
    "imprisoned": set(),
}  # fmt: skip


@pytest.mark.parametrize("state", WAYS_OUT)
def test_each_state_of_custody_has_the_ways_out_that_the_law_knows(state: str) -> None:
    """No quasi-appeal lies against an arrest (Supreme Court 1982-08-27); from prison none."""
    rules = [
        t
        for t in LAW.machine("custody").transitions
        if state in t.sources and t.target == "release_due"
    ]
    assert {t.event for t in rules} == WAYS_OUT[state]
    assert all(t.basis for t in rules)


# -- under 20 -----------------------------------------------------------------------------------


@pytest.mark.parametrize("age", [15, 19])
def test_under_20_the_case_goes_to_the_family_court(age: int) -> None:
    """Juveniles Act 41, 42."""
    young = detained(age=age)
    assert codes(young, "indicted", "prosecutor", "2024-06-10T10:00") == {"condition_false"}
    told = {"disposition": "suspension_of_prosecution"}
    assert "condition_false" in codes(young, "disposed", "prosecutor", "2024-06-10T10:00", told)
    sent = go(young, ("sent_to_family_court", "prosecutor", "2024-06-10T10:00"))
    assert (sent.state("custody"), sent.state("procedure")) == ("family_court", "family_court")
    assert sent.state("aftercare") == "unavailable"
    assert sent.closed


def test_at_20_it_does_not() -> None:
    adult = detained(age=20)
    assert codes(adult, "sent_to_family_court", "prosecutor", "2024-06-10T10:00") == {
        "condition_false"
    }
    assert not codes(adult, "indicted", "prosecutor", "2024-06-10T10:00")


# -- fines --------------------------------------------------------------------------------------


def fined() -> Case:
    case = go(
        detained(),
        ("indicted", "prosecutor", "2024-06-14T10:00"),
        ("judged", "court", "2024-07-16T13:00", {"sentence": "fine"}),
        ("released", "detention_house", "2024-07-16T14:00"),
    )
    return case.advance(to="2024-08-01T09:00")


def test_a_fine_may_be_paid_in_parts_before_the_workhouse() -> None:
    part = go(fined(), ("fine_paid", "prosecutor", "2024-08-05", {"fine_paid_in_full": False}))
    assert not codes(part, "workhouse_entered", "prosecutor", "2024-08-20")
    full = go(part, ("fine_paid", "prosecutor", "2024-08-19", {"fine_paid_in_full": True}))
    assert codes(full, "workhouse_entered", "prosecutor", "2024-08-20") == {"condition_false"}
    assert full.closed


# -- hospital -----------------------------------------------------------------------------------


def test_police_office_and_detention_house_report_to_the_governor_too() -> None:
    """MHWA 23, 25, 26: on a danger found, of one on probation, of one about to be released."""
    at, ill = "2024-06-12T11:00", {"disability": "mental"}
    danger = ("police_notified_governor", "police", at)
    assert codes(opened(), *danger, {"endangers": False})
    assert go(opened(), (*danger, {"endangers": True})).state("hospital") == "reported"
    institution = ("institution_notified_governor", "detention_house", at, ill)
    assert codes(detained(), *institution)
    indicted = go(detained(), ("indicted", "prosecutor", "2024-06-10T10:00"))
    assert codes(indicted, *institution[:3], {"disability": "physical"})
    assert go(indicted, institution).state("hospital") == "reported"
    judged = go(indicted, ("judged", "court", "2024-06-12T10:00",
                           {"sentence": "suspended_with_probation", "suspension_years": 3}),
                ("released", "detention_house", "2024-06-12T11:00"))  # fmt: skip
    office = ("office_notified_governor", "probation_office", "2024-06-28T10:00", ill)
    assert codes(judged, *office[:2], "2024-06-13T10:00", ill)
    final = judged.advance(to="2024-06-28T09:00")
    assert go(final, office).state("hospital") == "reported"


def test_the_report_to_the_governor_needs_no_consent_and_waits_for_the_disposition() -> None:
    """MHWA 24."""
    ill = {"disability": "mental"}
    report = ("governor_notified", "prosecutor", "2024-06-12T11:00", ill)
    assert "condition_false" in codes(detained(), *report)
    well = (*report[:3], {"disability": "none"})
    assert "condition_false" in codes(disposed(detained()), *well)
    case = go(
        disposed(detained()),
        report,
        ("designated_doctors_examined", "prefecture", "2024-06-12T15:00",
         {"admission_required": True}),
        ("involuntarily_admitted", "prefecture", "2024-06-12T17:00"),
    )  # fmt: skip
    assert case.state("consent") == "not_asked"
    assert case.state("hospital") == "involuntary"
    assert case.closed
    reported = go(disposed(detained()), report)
    handed = [p for p in provisions(reported) if p.to == "prefecture" and p.facts]
    assert [(p.facts, p.consent, [b.law for b in p.basis]) for p in handed] == [
        (("disability",), False, ["mhwa"])
    ]


def test_admission_that_is_not_required_is_not_ordered() -> None:
    case = go(
        disposed(detained()),
        ("governor_notified", "prosecutor", "2024-06-12T11:00", {"disability": "suspected"}),
        ("designated_doctors_examined", "prefecture", "2024-06-12T15:00",
         {"admission_required": False}),
    )  # fmt: skip
    assert case.state("hospital") == "not_admitted"
    assert "no_transition" in codes(
        case, "involuntarily_admitted", "prefecture", "2024-06-12T16:00"
    )


@pytest.mark.parametrize(
    ("order", "state"),
    [("inpatient", "under_treatment_order"), ("outpatient", "under_treatment_order"),
     ("none", "no_order")],
)  # fmt: skip
def test_a_petition_under_the_treatment_act_is_decided_by_the_court(order: str, state: str) -> None:
    case = go(
        disposed(detained()),
        ("treatment_petition_filed", "prosecutor", "2024-06-20T10:00", {"unsound_mind": True}),
        ("treatment_order_decided", "court", "2024-08-20T10:00", {"treatment_order": order}),
    )
    assert case.state("hospital") == state
    found = {"unsound_mind": True}
    early = codes(detained(), "treatment_petition_filed", "prosecutor", "2024-06-10", found)
    assert early == {"condition_false"}


@pytest.mark.parametrize("law", processes.versions("entry_support"), ids=lambda law: law.version)
@pytest.mark.parametrize("stay", ["examined", "involuntary", "admitted"])
def test_who_is_in_hospital_already_may_be_petitioned_for(law: Process, stay: str) -> None:
    """MHWA 44(1): what is under way by that Act bars nothing of the Medical Treatment Act, whose
    petition the prosecutor has to file (33(1))."""
    first = law.since
    assert first is not None
    at = [f"{first + timedelta(days=days)}T10:00" for days in range(9)]
    case = go(law.open(at=at[0], facts={"age": 45}), ("arrested", "police", at[0]))
    if stay != "admitted":
        case = go(
            case,
            ("police_notified_governor", "police", at[0], {"endangers": True}),
            ("designated_doctors_examined", "prefecture", at[0], {"admission_required": True}),
        )
    case = go(case, ("police_released", "police", at[0]), ("released", "police", at[0]))
    if stay == "involuntary":
        case = go(case, ("involuntarily_admitted", "prefecture", at[1]))
    if stay == "admitted":
        case = go(case, ("admitted_otherwise", "medical", at[1]))
    assert case.state("hospital") == stay
    case = go(
        case,
        ("referred", "police", at[2]),
        ("disposed", "prosecutor", at[7], {"disposition": "suspension_of_prosecution"}),
        ("treatment_petition_filed", "prosecutor", at[8], {"unsound_mind": True}),
    )
    assert case.state("hospital") == "petitioned"


@pytest.mark.parametrize("law", processes.versions("entry_support"), ids=lambda law: law.version)
def test_the_police_report_nobody_whom_a_correctional_institution_holds(law: Process) -> None:
    """MHWA 43(2); of who is outside, and of who is in a police cell, they do."""
    first = law.since
    assert first is not None
    at = [f"{first + timedelta(days=days)}T10:00" for days in range(50)]
    fined = go(
        law.open(at=at[0], facts={"age": 70}),
        ("referred", "police", at[0]),
        ("summary_requested", "prosecutor", at[1],
         {"fine_yen": 300_000, "summary_not_objected": True}),
        ("summary_order_served", "court", at[2]),
    ).advance(to=at[40])  # fmt: skip
    report = ("police_notified_governor", "police", at[42], {"endangers": True})
    assert not codes(fined, *report)
    held = go(fined, ("workhouse_entered", "prosecutor", at[41]))
    assert codes(held, *report) == {"condition_false"}
    reasons = held.explain(report[0], by="police", at=at[42], facts=report[3], whole=True).reasons
    assert {b.provision for r in reasons for b in r.basis} == {"43(2)"}


@pytest.mark.parametrize("law", processes.versions("entry_support"), ids=lambda law: law.version)
def test_whose_sentence_is_stayed_is_relieved_as_a_probationer_is(law: Process) -> None:
    """ORA 88, where the prosecutor asks for it; one who only waits to serve is not."""
    first = law.since
    assert first is not None
    at = [f"{first + timedelta(days=days)}T10:00" for days in range(50)]
    waits = go(
        law.open(at=at[0], facts={"age": 70}),
        ("referred", "police", at[0]),
        ("indicted", "prosecutor", at[1]),
        ("judged", "court", at[2], {"sentence": "imprisonment"}),
    ).advance(to=at[40])
    relief = ("emergency_relief_given", "probation_office", at[42])
    assert codes(waits, *relief) == {"condition_false"}
    stayed = go(waits, ("execution_stayed", "prosecutor", at[41]), relief)
    assert stayed.state("further_aid") == "emergency_relief"
    back = go(stayed, ("stay_of_execution_ended", "prosecutor", at[43]))
    assert codes(back, relief[0], relief[1], at[44]) == {"condition_false"}


def test_nobody_under_fourteen_is_a_suspect() -> None:
    """PC 41."""
    assert opened(age=14).facts["age"] == 14
    with pytest.raises(FactError):
        opened(age=13)


def test_public_assistance_stops_whenever_it_is_no_longer_needed() -> None:
    """PAA 26 asks for no custody."""
    receiving = after("cs05", "public_assistance_decided")
    assert receiving.state("custody") == "free"
    stopped = receiving.step("assistance_stopped", by="municipality", at=receiving.at)
    assert stopped.state("public_assistance") == "stopped"


def test_the_result_of_the_care_certification_is_told_to_the_person() -> None:
    """LTCIA 27(7), 27(9)."""
    case = go(
        opened(),
        ("care_certification_applied", "family", "2024-06-03T10:00"),
        ("care_certification_surveyed", "municipality", "2024-06-10T10:00"),
        ("care_certification_decided", "municipality", "2024-06-28T10:00"),
    )
    (told,) = [p for p in provisions(case) if p.to == "person" and p.told]
    assert [b.provision for b in told.basis] == ["27(7), 27(9)"]


def test_the_certification_may_be_put_off_to_a_day_that_is_told() -> None:
    """LTCIA 27(11): thirty days, unless the person is told within them until when it takes; each
    is owed to the applicant."""
    applied = go(opened(), ("care_certification_applied", "person", "2024-06-03T10:00"))
    late = applied.advance(to="2024-07-04")
    assert [(d.deadline.id, d.standing, d.owed_to) for d in late.duties()] == [
        ("care_certification_decision", "missed", ("person",))]  # fmt: skip
    told = applied.step("care_certification_put_off", by="municipality", at="2024-06-28T10:00",
                        facts={"care_decision_expected": "2024-07-19"})  # fmt: skip
    assert [p.to for p in provisions(told) if p.told] == ["person"]
    told = told.step("care_certification_surveyed", by="municipality", at="2024-07-08T10:00")
    assert [d.standing for d in told.advance(to="2024-07-19").duties()] == ["met", "open"]
    assert [d.standing for d in told.advance(to="2024-07-20").duties()] == ["met", "missed"]
    decided = told.step("care_certification_decided", by="municipality", at="2024-07-19T10:00")
    anew = decided.step("care_certification_applied", by="person", at="2024-09-02T10:00")
    assert [c.deadline.id for c in anew.deadlines()] == ["care_certification_decision"]


# -- the Center and the office --------------------------------------------------------------------


def test_another_center_takes_over_who_is_on_bail() -> None:
    """For one on bail there is no release to wait for."""
    transferred = after("cs12", "transfer_requested")
    bailed = go(
        transferred,
        ("indicted", "prosecutor", str(transferred.at)),
        ("bailed", "court", str(transferred.at)),
    )
    assert bailed.state("support") == "transferred"
    moved = go(bailed, ("transfer_completed", "other_center", str(transferred.at)))
    assert moved.state("support") == "closed_moved_other_prefecture"
    held = codes(transferred, "transfer_completed", "other_center", str(transferred.at))
    assert held == {"condition_false"}


def test_the_facility_reports_who_has_left_it() -> None:
    case = after("cs13", "accompanied")
    recipients = {"consent_recipients": ["probation_office", "center", "rehabilitation_facility"]}
    lodged = go(
        case,
        ("consent_given", "person", "2024-11-11T11:00", recipients),
        ("lodging_entrusted", "probation_office", "2024-11-11T12:00",
         {"lodging_until": "2024-12-31"}),
    )  # fmt: skip
    gone = go(lodged, ("lost", "rehabilitation_facility", "2024-11-20T10:00"))
    assert gone.state("support") == "out_of_contact"
    back = go(gone, ("found", "rehabilitation_facility", "2024-11-25T10:00"))
    assert back.state("support") == "follow_up"


def test_a_missed_contact_is_settled_within_the_days_that_a_policy_sets() -> None:
    following = after("cs01", "follow_up_started").advance(to="2024-08-14T09:00")
    missed = go(following, ("contact_missed", "center", "2024-08-14T10:00"))
    assert "contact_threshold" not in {c.deadline.id for c in missed.deadlines()}
    strict = evolve(LAW, parameters=tuple(
        evolve(p, value=14) if p.id == "lost_after_days" else p for p in LAW.parameters))  # fmt: skip
    held = replay(strict, missed.journal, at=missed.at)
    ends = {c.deadline.id: c.last_day for c in held.deadlines()}
    assert ends["contact_threshold"] == date(2024, 8, 28)
    reached = go(held, ("contact_ok", "center", "2024-08-20T10:00"))
    assert "contact_threshold" not in {c.deadline.id for c in reached.deadlines()}


def test_the_office_is_told_of_the_centers_final_report() -> None:
    following = after("cs01", "follow_up_started").advance(to="2024-08-14T09:00")
    reported = go(following, ("final_report_sent", "center", "2024-09-02T10:00"))
    told = reported.view("probation_office").journal[-1]
    assert told.event == "final_report_sent"


def test_the_office_interviews_and_plans_during_adjustment_only() -> None:
    for event in ("office_interviewed", "prioritised_plan_made"):
        assert not codes(after("cs01", "adjustment_started"), event, "probation_office",
                         "2024-06-14T18:00")  # fmt: skip
        assert "no_transition" in codes(detained(), event, "probation_office", "2024-06-06")


def test_dementia_counts_unless_a_policy_says_no() -> None:
    for counts, allowed in ((True, True), (False, False)):
        law = evolve(LAW, parameters=tuple(
            evolve(p, value=counts) if p.id == "dementia_counts" else p for p in LAW.parameters))  # fmt: skip
        asked: Any = {"prioritised_subject": "expected", "disability": "dementia"}
        case = go(
            detained(law, age=58),
            ("candidate_flagged", "counsel", "2024-06-06T09:00"),
            ("consultation_opened", "prosecutor", "2024-06-06T10:00",
             {"offence_acknowledged": True}),
            ("consent_explained", "prosecutor", "2024-06-06T11:00",
             {"caveat_given": True, "onward_sharing_explained": True}),
            ("consent_given", "person", "2024-06-06T11:30", {"consent_recipients": ["center"]}),
        )  # fmt: skip
        said = codes(case, "center_requested", "probation_office", "2024-06-07", asked)
        assert (not said) == allowed


# -- the defence, welfare --------------------------------------------------------------------------


def test_the_defences_social_worker_needs_a_power_of_attorney() -> None:
    engage = ("social_worker_engaged", "counsel", "2024-06-06T10:00")
    assert codes(detained(), *engage) == {"fact_missing"}
    case = go(
        detained(),
        ("power_of_attorney_given", "counsel", "2024-06-06T09:00", {"power_of_attorney": True}),
        engage,
        ("social_worker_visited", "social_worker", "2024-06-07T10:00"),
        ("doctor_evaluated", "medical", "2024-06-10T10:00", {"disability": "intellectual"}),
        ("rehabilitation_plan_drafted", "social_worker", "2024-06-12T10:00",
         {"person_agrees_plan": True}),
        ("indicted", "prosecutor", "2024-06-14T10:00"),
        ("rehabilitation_plan_filed", "counsel", "2024-07-01T10:00"),
        ("social_worker_testified", "social_worker", "2024-07-10T10:00"),
    )  # fmt: skip
    assert case.state("defence") == "filed"


DECIDED = ("disability_services_decided", "municipality")


@pytest.mark.parametrize(("payment", "why"), [
    ("care", {"condition_false"}), ("group_home", {"condition_false"}), ("training", set[str]()),
])  # fmt: skip
def test_support_need_is_classified_before_services_are_decided(
    payment: str, why: set[str]
) -> None:
    """Enforcement Order 10(1): care payments and group homes take a classification, other
    training payments do not."""
    case = go(
        opened(),
        ("disability_services_applied", "person", "2024-06-03T10:00",
         {"disability_payment": payment, "care_management": False}),
        ("service_plan_requested", "municipality", "2024-06-04T10:00"),
        ("service_plan_submitted", "person", "2024-06-10T10:00"),
    )  # fmt: skip
    assert codes(case, *DECIDED, "2024-06-20") == why
    classified = go(case, ("disability_services_classified", "municipality", "2024-06-20"))
    assert not codes(classified, *DECIDED, "2024-06-27")


@pytest.mark.parametrize(("day", "without", "asked"), [
    # Until 2012-03-31 nobody could be asked; until 2015-03-31 where it was found necessary.
    ("2012-03-30", set(), {"not_in_force"}),
    ("2012-04-02", set(), set()),
    ("2014-06-03", set(), set()),
    ("2015-03-30", set(), set()),
    # Since then everybody is, but who has a care manager.
    ("2015-04-01", {"condition_false"}, set()),
    ("2024-06-03", {"condition_false"}, set()),
    ("2025-07-01", {"condition_false"}, set()),
])  # fmt: skip
def test_services_are_decided_with_the_draft_plan_where_it_is_asked_for(
    day: str, without: set[str], asked: set[str]
) -> None:
    """DSA 22(4) to (6), Regulation 12-2 to 12-5 and its supplementary art. 5."""
    law = processes.in_force("entry_support", on=day)
    case = go(
        law.open(at=f"{day}T09:00"),
        ("disability_services_applied", "person", f"{day}T10:00", {"care_management": False}),
        ("disability_services_classified", "municipality", f"{day}T11:00"),
    )
    assert codes(case, *DECIDED, f"{day}T12:00") == without
    ask = ("service_plan_requested", "municipality", f"{day}T12:00")
    assert codes(case, *ask) == asked
    if asked:
        return
    waiting = go(case, ask)
    assert codes(waiting, *DECIDED, f"{day}T13:00") == {"condition_false"}
    by_office = go(
        waiting,
        ("service_plan_drafted", "consultation_office", f"{day}T13:00"),
        ("service_plan_submitted", "person", f"{day}T14:00"),
    )
    of_its_own = go(waiting, ("service_plan_submitted", "person", f"{day}T14:00"))
    for submitted in (by_office, of_its_own):
        assert not codes(submitted, *DECIDED, f"{day}T15:00")
    cared_for = (day >= "2015-04-01") and {"care_management": True}
    assert not codes(case, *DECIDED, f"{day}T12:00", cared_for or {})


def test_the_applicant_is_told_until_when_the_draft_plan_is_due() -> None:
    """Regulation 12-3: in writing, with the day; asked on day 4, due on the 28th, met or late."""
    asked = go(
        opened(),
        ("disability_services_applied", "person", "2024-06-03T10:00"),
        ("service_plan_requested", "municipality", "2024-06-04T10:00",
         {"service_plan_due": date(2024, 6, 28)}),
    )  # fmt: skip
    (duty,) = asked.duties("person")
    assert (duty.deadline.id, str(duty.last)[:10]) == ("service_plan_submission", "2024-06-28")
    met = go(asked, ("service_plan_submitted", "person", "2024-06-28T17:00"))
    assert [d.standing for d in met.duties("person")] == ["met"]
    early = go(asked, ("service_plan_submitted", "person", "2024-06-10T10:00"))
    assert [d.standing for d in early.duties("person")] == ["met"]
    assert asked.advance(to="2024-06-29T09:00").duties("person")[0].standing == "missed"
    # Of the next application another plan is asked for.
    anew = go(
        met,
        ("disability_services_classified", "municipality", "2024-07-01"),
        ("disability_services_decided", "municipality", "2024-07-02"),
        ("disability_services_applied", "person", "2025-05-07T10:00"),
    )
    assert anew.state("service_plan") == "none"


def test_protection_in_urgency_waits_for_no_application() -> None:
    """PAA 25(1)."""
    urgent = {"assistance_urgency": True}
    start = ("assistance_started_urgently", "municipality", "2024-06-12T12:00")
    assert codes(disposed(detained()), *start, {"assistance_urgency": False}) == {"condition_false"}
    case = go(disposed(detained()), (*start, urgent))
    assert case.state("public_assistance") == "receiving"


# -- courses played end to end: what practice does every week ---------------------------------

EVERYBODY = (
    "probation_office", "center", "municipality", "provider", "medical", "other_center",
    "rehabilitation_facility",
)  # fmt: skip
VISIT = {"visitors": 1, "other_visit_today": False}


def consenting(case: Case, day: str) -> Case:
    """Asked and consenting to everybody, under adjustment."""
    return go(
        case,
        ("candidate_flagged", "prosecutor", f"{day}T09:00"),
        ("consultation_opened", "prosecutor", f"{day}T10:00", {"offence_acknowledged": True}),
        ("consent_explained", "prosecutor", f"{day}T11:00",
         {"caveat_given": True, "onward_sharing_explained": True}),
        ("consent_given", "person", f"{day}T12:00", {"consent_recipients": [*EVERYBODY]}),
        ("prosecutor_opinion", "prosecutor", f"{day}T13:00", {"prosecutor_objects": False}),
        ("adjustment_started", "probation_office", f"{day}T14:00", {"po_finds_necessary": True}),
    )  # fmt: skip


def accepted() -> Case:
    return go(
        consenting(detained(), "2024-06-06"),
        ("center_requested", "probation_office", "2024-06-06T15:00",
         {"prioritised_subject": "expected"}),
        ("center_accepted", "center", "2024-06-06T16:00"),
    )  # fmt: skip


def planned() -> Case:
    return go(
        accepted(),
        ("visit_started", "center", "2024-06-07T10:00", VISIT),
        ("interview_held", "center", "2024-06-07T10:20"),
        ("assessment_done", "center", "2024-06-10T10:00"),
        ("plan_agreed", "center", "2024-06-10T11:00", {"person_agrees_plan": True}),
    )


def followed_up() -> Case:
    return go(
        disposed(planned()),
        ("accompanied", "center", "2024-06-12T11:00"),
        ("service_started", "provider", "2024-06-13T10:00", {"placement": "group_home"}),
        ("follow_up_started", "center", "2024-06-14T10:00"),
    )


def test_the_center_goes_on_where_detention_ends_on_a_friday_night() -> None:
    case = go(
        accepted(),
        ("detention_quashed", "court", "2024-06-07T19:00"),
        ("released", "police", "2024-06-07T21:00"),
        ("aftercare_informed", "prosecutor", "2024-06-07T21:10",
         {"prosecutor_thinks_necessary": True, "no_prosecution_at_once": True}),
        ("aftercare_applied", "person", "2024-06-07T21:30"),
        ("aftercare_started_urgently", "probation_office", "2024-06-07T22:00",
         {"aftercare_urgency": True}),
        ("lodging_entrusted", "probation_office", "2024-06-07T22:10", {"measures": ["lodging"]}),
    )  # fmt: skip
    assert case.state("support") == "temporary_lodging"
    settled = go(
        case,
        ("placement_refused", "provider", "2024-06-10T09:00", {"refusal_reason": "full"}),
        ("interview_held", "center", "2024-06-10T10:00"),
        ("lodging_entrusted", "probation_office", "2024-06-10T12:00", {"measures": ["lodging"]}),
        ("assessment_done", "center", "2024-06-11T10:00"),
        ("plan_agreed", "center", "2024-06-12T10:00", {"person_agrees_plan": True}),
        ("placement_sought", "center", "2024-06-12T11:00"),
        ("placement_secured", "provider", "2024-06-14T10:00", {"placement": "group_home"}),
        ("service_started", "provider", "2024-06-17T10:00"),
        ("follow_up_started", "center", "2024-06-18T10:00"),
    )
    assert settled.state("support") == "follow_up"


def test_the_center_visits_again_once_there_is_a_plan() -> None:
    again = planned().step("visit_started", by="center", at="2024-06-11T10:00", facts=VISIT)
    assert again.state("support") == "planned"
    crowd = {**VISIT, "visitors": 4}
    assert codes(planned(), "visit_started", "center", "2024-06-11T10:00", crowd) == {
        "condition_false"
    }


def test_who_withdraws_consent_and_gives_it_anew_is_supported_anew_as_often_as_that_happens() -> (
    None
):
    case = accepted()
    back = ("support_reentered", "probation_office")
    for day in ("2024-06-07", "2024-06-08"):
        case = case.step("consent_withdrawn", by="counsel", at=f"{day}T08:00")
        assert (case.state("support"), case.state("adjustment")) == (
            "closed_consent_withdrawn",
            "ended",
        )
        assert "no_consent" in codes(case, *back, f"{day}T08:30", {"known_to_center": True})
        case = consenting(case, day)
        case = case.step(*back[:1], by=back[1], at=f"{day}T15:00", facts={"known_to_center": True})
        assert case.state("support") == "interviewing"


def test_support_that_ended_with_the_case_is_not_taken_up_again() -> None:
    over = {
        "closed_imprisoned",
        "closed_rearrested",
        "closed_died",
        "closed_moved_other_prefecture",
    }
    support = LAW.machine("support")
    assert {s.id for s in support.states if s.id.startswith("closed_") and s.final} == over
    (reentry,) = (t for t in support.transitions if t.event == "support_reentered")
    assert not over & {*reentry.sources}


def test_a_defendant_who_consents_anew_is_adjusted_for_anew_where_defendants_are() -> None:
    withdrawn = go(
        consenting(detained(), "2024-06-06"),
        ("indicted", "prosecutor", "2024-06-10T10:00"),
        ("consent_withdrawn", "person", "2024-06-11T10:00"),
    )
    assert consenting_defendant(withdrawn).state("adjustment") == "adjusting_defendant"


def consenting_defendant(case: Case) -> Case:
    return go(
        case,
        ("candidate_flagged", "prosecutor", "2024-06-12T09:00"),
        ("consultation_opened", "prosecutor", "2024-06-12T10:00"),
        ("consent_explained", "prosecutor", "2024-06-12T11:00",
         {"caveat_given": True, "onward_sharing_explained": True}),
        ("consent_given", "person", "2024-06-12T12:00", {"consent_recipients": [*EVERYBODY]}),
        ("adjustment_started", "probation_office", "2024-06-12T14:00",
         {"po_finds_necessary": True}),
    )  # fmt: skip


def test_nobody_becomes_a_candidate_once_the_case_is_decided() -> None:
    ask = ("candidate_flagged", "prosecutor")
    assert not codes(detained(), *ask, "2024-06-06T10:00")
    assert codes(disposed(detained()), *ask, "2024-06-13T10:00") == {"condition_false"}


def test_who_was_settled_and_loses_the_place_is_planned_for_again() -> None:
    again = go(
        followed_up(),
        ("plan_revised", "center", "2024-07-01T10:00"),
        ("placement_sought", "center", "2024-07-01T11:00"),
        ("placement_secured", "provider", "2024-07-08T10:00", {"placement": "relief_facility"}),
        ("service_started", "provider", "2024-07-09T10:00"),
    )
    assert again.state("support") == "services_started"


def test_who_moves_while_followed_up_is_taken_over_or_comes_back() -> None:
    asked = followed_up().step(
        "transfer_requested",
        by="center",
        at="2024-07-01T10:00",
        facts={"wants_other_prefecture": True},
    )
    moved = asked.step("transfer_completed", by="other_center", at="2024-07-20T10:00")
    assert moved.state("support") == "closed_moved_other_prefecture"
    returned = asked.step("plan_revised", by="center", at="2024-07-20T10:00")
    assert returned.state("support") == "planned"


def test_who_leaves_hospital_goes_back_to_the_place_that_is_known() -> None:
    back = go(
        followed_up(),
        ("hospitalised", "medical", "2024-07-01T10:00"),
        ("support_resumed", "center", "2024-07-15T10:00"),
        ("service_started", "provider", "2024-07-16T10:00"),
    )
    assert back.state("support") == "services_started"


def test_the_person_may_refuse_support_at_any_stage_and_the_center_reports_it() -> None:
    for case in (accepted(), planned(), followed_up()):
        refused = case.step("support_refused", by="center", at="2024-06-14T12:00")
        assert refused.state("support") == "closed_consent_refused"
        assert refused.state("consent") == "given"


def test_a_fine_is_paid_on_the_day_of_the_summary_order_and_nobody_goes_to_the_workhouse() -> None:
    served = go(
        detained(),
        ("summary_requested", "prosecutor", "2024-06-12T10:00",
         {"fine_yen": 200_000, "summary_not_objected": True}),
        ("summary_order_served", "court", "2024-06-12T14:00"),
    )  # fmt: skip
    assert codes(detained(), "fine_paid", "prosecutor", "2024-06-12T09:00",
                 {"fine_paid_in_full": True}) == {"no_transition"}  # fmt: skip
    paid = go(
        served,
        ("fine_paid", "prosecutor", "2024-06-12T14:30", {"fine_paid_in_full": True}),
        ("released", "police", "2024-06-12T15:00"),
    ).advance(to="2024-06-27T00:00")
    assert paid.state("procedure") == "final_fine"
    assert codes(paid, "workhouse_entered", "prosecutor", "2024-08-01T10:00",
                 {"workhouse_days": 40}) == {"condition_false"}  # fmt: skip


def test_a_remand_is_lengthened_and_contacts_are_banned_in_it() -> None:
    remanded = detained().step(
        "psychiatric_remand_ordered",
        by="court",
        at="2024-06-10T10:00",
        facts={"psychiatric_remand_until": "2024-09-06"},
    )
    longer = go(
        remanded,
        ("contacts_banned", "court", "2024-06-10T11:00"),
        ("psychiatric_remand_changed", "court", "2024-09-02T10:00",
         {"psychiatric_remand_until": "2024-10-04"}),
    )  # fmt: skip
    (clock,) = (c for c in longer.deadlines() if c.deadline.id == "psychiatric_remand")
    assert (str(clock.last)[:10], longer.state("contacts")) == ("2024-10-04", "banned")
    assert codes(detained(), "psychiatric_remand_changed", "court", "2024-06-10T10:00",
                 {"psychiatric_remand_until": "2024-10-04"}) == {"no_transition"}  # fmt: skip
