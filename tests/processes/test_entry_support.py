"""The law of entry-stage support since 2023-12-01, rule by rule (domain sections 2 to 4)."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from diversion_flow import Case, Process, Refused, processes
from diversion_flow.definition import LawGap, Mark
from diversion_flow.processes.entry_support.support import CLOSING_STATES
from helpers.stories import after, codes, go

LAW = processes.in_force("entry_support", on="2024-06-03")


def with_parameter(id: str, value: object) -> Process:
    """The law with one parameter set otherwise."""
    return evolve(
        LAW,
        parameters=tuple(evolve(p, value=value) if p.id == id else p for p in LAW.parameters),
    )


def detained(law: Process = LAW, **facts: object) -> Case:
    """A person of 70 detained as a suspect since Wednesday 2024-06-05."""
    case = law.open(at="2024-06-03T09:00", facts={"age": 70, **facts})
    return go(
        case,
        ("arrested", "police", "2024-06-03T10:00", {"offence": "theft"}),
        ("referred", "police", "2024-06-04T15:00"),
        ("detention_requested", "prosecutor", "2024-06-05T10:00", {"detention_ground": "flight"}),
        ("detained", "court", "2024-06-05T16:00"),
    )


def consented(law: Process = LAW, **facts: object) -> Case:
    """The same, with the consultation opened and consent given for everybody."""
    recipients = [c.id for c in law.fact("consent_recipients").choices]
    return go(
        detained(law, **facts),
        ("candidate_flagged", "counsel", "2024-06-06T09:00"),
        ("consultation_opened", "prosecutor", "2024-06-06T10:00", {"offence_acknowledged": True}),
        ("consent_explained", "prosecutor", "2024-06-06T11:00",
         {"caveat_given": True, "onward_sharing_explained": True}),
        ("consent_given", "person", "2024-06-06T11:30", {"consent_recipients": recipients}),
    )  # fmt: skip


def adjusting(law: Process = LAW) -> Case:
    """The same, with adjustment under way."""
    return go(
        consented(law),
        ("prosecutor_opinion", "prosecutor", "2024-06-06T13:00", {"prosecutor_objects": False}),
        ("adjustment_started", "probation_office", "2024-06-06T14:00",
         {"po_finds_necessary": True, "prioritised_subject": "expected"}),
    )  # fmt: skip


def disposed(case: Case, disposition: str) -> Case:
    """Not prosecuted for this reason, and released."""
    return go(
        case,
        ("disposed", "prosecutor", "2024-06-12T10:00", {"disposition": disposition}),
        ("released", "police", "2024-06-12T10:30"),
    )


def judged(case: Case, sentence: str) -> Case:
    """Indicted on the last day of detention and judged a month later."""
    return go(
        case,
        ("indicted", "prosecutor", "2024-06-14T10:00"),
        ("judged", "court", "2024-07-16T13:00", {"sentence": sentence, "suspension_years": 3}),
    )


# -- the catalogue ---------------------------------------------------------------------------


def test_in_force_from_its_first_day() -> None:
    assert processes.in_force("entry_support", on="2023-12-01") is LAW
    assert processes.in_force("entry_support", on="2023-11-30").version == "CENTER_2021"
    with pytest.raises(LawGap, match="2008-05-31"):
        processes.in_force("entry_support", on="2008-05-31")


def test_every_state_transition_and_deadline_has_a_basis() -> None:
    parts = [*LAW.deadlines]
    for machine in LAW.machines:
        parts += [*machine.states, *machine.transitions]  # type: ignore[list-item]
    assert [p.id for p in parts if not p.basis] == []


def test_all_agencies_of_the_domain_take_part() -> None:
    assert len(LAW.agencies) == 26  # the designated consultation provider makes draft plans


def test_the_three_marks_are_kept_apart() -> None:
    """General knowledge alone is left to how first days are counted and to a paper's name."""
    marks = {b.mark for m in LAW.machines for t in m.transitions for b in t.basis}
    assert marks == {Mark.READ, Mark.INFERRED}
    assert Mark.KNOWN in {b.mark for limit in LAW.deadlines for b in limit.basis}


def test_open_gaps_are_parameters_with_documented_defaults() -> None:
    gaps = {"further_conditions_required", "center_response_days", "follow_up_months",
            "undecided_release_qualifies", "adjust_defendants", "veto_may_be_lifted", "data_recalled_on_withdrawal",
            "visit_minutes"}  # fmt: skip
    assert gaps <= {p.id for p in LAW.parameters}
    assert all(p.note for p in LAW.parameters if p.id in gaps)


# -- cross-track rules X1 to X12 -------------------------------------------------------------


def test_x1_release_ends_adjustment_moves_support_and_starts_the_six_months() -> None:
    case = after("cs01", "released")
    assert case.state("adjustment") == "handed_to_aftercare"
    assert case.state("support") == "released_accompanied"
    running = {c.deadline.id: c.last_day for c in case.deadlines()}
    assert running["aftercare_period"] == date(2025, 1, 29)


def test_x1_release_before_ready() -> None:
    case = go(adjusting(), ("center_requested", "probation_office", "2024-06-07T10:00",
                            {"prioritised_subject": "expected", "po_regards_as_elderly": True}))  # fmt: skip
    assert disposed(case, "suspension_of_prosecution").state("support") == "released_unprepared"


def test_x1_no_clock_outside_the_list() -> None:
    case = disposed(adjusting(), "insufficient_suspicion")
    assert case.state("adjustment") == "ended"
    assert "aftercare_period" not in {c.deadline.id for c in case.deadlines()}


def test_x2_indictment_continues_adjustment_administratively_or_ends_it() -> None:
    indicted = ("indicted", "prosecutor", "2024-06-14T10:00")
    assert go(adjusting(), indicted).state("adjustment") == "adjusting_defendant"
    strict = with_parameter("adjust_defendants", False)
    assert go(adjusting(strict), indicted).state("adjustment") == "ended"


def test_x3_final_imprisonment_ends_all_and_offers_the_exit_stage() -> None:
    case = judged(adjusting(), "imprisonment")
    assert case.state("custody") == "detained_defendant"
    case = case.advance(to="2024-08-01")
    assert case.states["custody"] == "imprisoned"
    assert case.states["consent"] == "lapsed"
    assert case.states["adjustment"] == "ended"
    assert case.states["aftercare"] == "ended_imprisoned"
    offered = case.step("exit_stage_offered", by="probation_office", at="2024-08-02")
    assert offered.state("further_aid") == "exit_stage"


def test_x4_probation_closes_aftercare_and_opens_emergency_relief() -> None:
    case = judged(adjusting(), "suspended_with_probation")
    early = case.step("pre_finality_adjustment_started", by="probation_office", at="2024-07-17")
    assert early.state("further_aid") == "pre_finality_adjustment"
    case = go(case, ("released", "detention_house", "2024-07-16T14:00")).advance(to="2024-08-01")
    assert case.state("aftercare") == "under_probation"
    relief = case.step("emergency_relief_given", by="probation_office", at="2024-08-02")
    assert relief.state("further_aid") == "emergency_relief"
    assert "final_state" in codes(case, "aftercare_applied", "person", "2024-08-02")


def test_x5_aftercare_is_open_before_the_judgment_is_final() -> None:
    case = go(
        judged(adjusting(), "suspended"),
        ("released", "detention_house", "2024-07-16T14:00"),
        ("aftercare_applied", "person", "2024-07-16T15:00"),
    )
    assert case.state("procedure") == "judged_suspended"
    assert case.state("aftercare") == "applied"


def test_x6_bail_is_not_in_the_aftercare_list_and_ends_custody_for_the_center() -> None:
    case = go(adjusting(), ("indicted", "prosecutor", "2024-06-14T10:00"),
              ("bailed", "court", "2024-06-20T10:00"))  # fmt: skip
    assert case.state("adjustment") == "ended"
    assert codes(case, "aftercare_applied", "person", "2024-06-21") == {"condition_false"}
    assert codes(case, "center_requested", "probation_office", "2024-06-21") == {"condition_false"}


@pytest.mark.parametrize("disposition", ["insufficient_suspicion", "other"])
def test_x7_no_aftercare_but_ordinary_services_go_on(disposition: str) -> None:
    case = disposed(detained(), disposition)
    assert case.state("aftercare") == "unavailable"
    applied = case.step("public_assistance_applied", by="person", at="2024-06-13")
    assert applied.state("public_assistance") == "applied"


def test_x7_acquittal() -> None:
    case = go(judged(detained(), "acquittal"), ("released", "detention_house", "2024-07-16T14:00"))
    assert codes(case, "aftercare_applied", "person", "2024-07-17") == {"condition_false"}
    assert case.advance(to="2024-08-01").state("aftercare") == "unavailable"


def test_x8_withdrawal_stops_support_and_sharing_and_leaves_the_procedure_alone() -> None:
    case = after("cs01", "placement_sought").step(
        "consent_withdrawn", by="person", at="2024-06-25T12:00"
    )
    assert case.state("support") == "closed_consent_withdrawn"
    assert case.state("adjustment") == "ended"
    assert case.state("custody") == "detained_defendant"
    assert case.state("procedure") == "indicted"
    assert "age" not in case.view("municipality").facts
    applied = case.step("disability_certificate_applied", by="person", at="2024-06-26")
    assert applied.state("disability_certificate") == "applied"


def test_x9_objection_blocks_adjustment_and_the_center_but_not_aftercare() -> None:
    case = go(consented(), ("prosecutor_opinion", "prosecutor", "2024-06-06T13:00",
                            {"prosecutor_objects": True}))  # fmt: skip
    assert case.state("adjustment") == "vetoed"
    assert "no_transition" in codes(case, "adjustment_started", "probation_office", "2024-06-07",
                                    {"po_finds_necessary": True})  # fmt: skip
    reasons = case.explain("center_requested", by="probation_office", whole=True, at="2024-06-07",
                           facts={"prioritised_subject": "expected"}).reasons  # fmt: skip
    assert any("検察官の意見により実施不可" in r.text("ja") for r in reasons)
    released = disposed(case, "suspension_of_prosecution")
    assert released.explain("aftercare_applied", by="person").allowed


def test_x9_the_objection_may_be_lifted_unless_the_policy_says_no() -> None:
    objects = ("prosecutor_opinion", "prosecutor", "2024-06-06T13:00", {"prosecutor_objects": True})
    lifts = ("prosecutor_opinion", "prosecutor", "2024-06-07T13:00", {"prosecutor_objects": False})
    assert go(consented(), objects, lifts).state("adjustment") == "opinion_heard"
    with pytest.raises(Refused):
        go(consented(with_parameter("veto_may_be_lifted", False)), objects, lifts)


def test_x10_rearrest_suspends_aftercare_while_the_six_months_run_on() -> None:
    active = after("cs04", "aftercare_started")
    held = active.step("rearrested", by="police", at="2024-03-01")
    assert held.state("custody") == "held_for_other_case"
    assert held.state("aftercare") == "suspended_by_custody"
    ends = {c.deadline.id: c.last_day for c in held.deadlines()}
    assert ends["aftercare_period"] == date(2024, 7, 24)
    out = held.step("released_from_other_case", by="police", at="2024-03-10")
    assert out.state("aftercare") == "active"
    assert held.advance(to="2024-07-26").state("aftercare") == "ended_period"


def test_x10_public_assistance_may_be_stopped() -> None:
    case = after("cs05", "public_assistance_decided")
    held = case.step("rearrested", by="police", at="2024-10-01")
    stopped = held.step("assistance_stopped", by="municipality", at="2024-10-02")
    assert stopped.state("public_assistance") == "stopped"


def test_x11_end_of_lodging_needs_a_placement_or_an_extension() -> None:
    case = after("cs13", "accompanied")
    lodged = case.step("consent_given", by="person", at="2024-11-11T11:00", facts={
        "consent_recipients": ["probation_office", "center", "rehabilitation_facility"]})  # fmt: skip
    lodged = lodged.step("lodging_entrusted", by="probation_office", at="2024-11-11T12:00",
                         facts={"lodging_until": "2024-12-31"})  # fmt: skip
    assert lodged.state("support") == "temporary_lodging"
    assert {c.deadline.id: c.last_day for c in lodged.deadlines()}["entrusted_lodging"] == date(
        2024, 12, 31
    )
    assert codes(lodged, "service_started", "provider", "2024-12-01") == {"fact_missing"}
    ended = lodged.step("lodging_ended", by="rehabilitation_facility", at="2025-01-01")
    assert ended.state("support") == "released_unprepared"


def test_x12_release_notice_is_optional() -> None:
    ready = after("cs01", "release_prepared")
    assert ready.explain("judged", by="court", facts={"sentence": "suspended"}).allowed
    notified = ready.step("release_notified", by="prosecutor", at="2024-07-26")
    assert notified.state("support") == "release_ready"
    assert LAW.parameter("release_notice_hours").value is None


# -- closing reasons --------------------------------------------------------------------------

CLOSINGS = {
    "closed_settled": lambda: after("cs01", "support_closed"),
    "closed_moved_other_prefecture": lambda: after("cs12", "transfer_completed"),
    "closed_rearrested": lambda: after("cs09", "rearrested"),
    "closed_consent_withdrawn": lambda: after("cs01", "center_accepted").step(
        "consent_withdrawn", by="person", at="2024-06-15"),
    "closed_consent_refused": lambda: after("cs01", "interview_held").step(
        "support_refused", by="person", at="2024-06-18"),
    "closed_imprisoned": lambda: after("cs01", "plan_revised").step(
        "judged", by="court", at="2024-07-29", facts={"sentence": "imprisonment"}
    ).advance(to="2024-09-01"),
    "closed_died": lambda: after("cs01", "plan_revised").step("died", by="medical", at="2024-07-01"),
    "closed_returned_to_family": lambda: closed(after("cs01", "service_started"),
                                                "returned_to_family", "2024-08-02"),
    "closed_no_placement": lambda: closed(after("cs01", "placement_refused"), "no_placement",
                                          "2024-07-04"),
    "closed_lost_contact": lambda: closed(after("cs13", "lost"), "lost_contact", "2025-03-01"),
    "closed_hospitalised": lambda: closed(
        after("cs01", "service_started").step("hospitalised", by="medical", at="2024-08-01"),
        "hospitalised", "2024-08-02"),
    "closed_released_before_ready": lambda: closed(after("cs13", "released"),
                                                   "released_before_ready", "2024-11-09"),
    "closed_capacity_declined": lambda: closed(declined(), "capacity_declined", "2024-06-16"),
    "closed_not_eligible": lambda: closed(declined(), "not_eligible", "2024-06-16"),
    "closed_prosecutor_veto": lambda: closed(vetoed(), "prosecutor_veto", "2024-06-08"),
}  # fmt: skip


def closed(case: Case, reason: str, at: str) -> Case:
    return case.step("support_closed", by="center", at=at, facts={"closing_reason": reason})


def declined() -> Case:
    return after("cs01", "center_requested").step(
        "center_declined", by="center", at="2024-06-15", facts={"decline_reason": "capacity"}
    )


def vetoed() -> Case:
    return go(
        consented(),
        ("center_consulted", "counsel", "2024-06-06T12:00"),
        ("prosecutor_opinion", "prosecutor", "2024-06-06T13:00", {"prosecutor_objects": True}),
    )


def test_there_are_fifteen_closing_reasons() -> None:
    assert len(CLOSING_STATES) == 15
    assert set(CLOSINGS) == set(CLOSING_STATES)


@pytest.mark.parametrize("state", CLOSING_STATES)
def test_closing_reason_is_reached(state: str) -> None:
    case = CLOSINGS[state]()
    assert case.state("support") == state
    found = LAW.machine("support").state(state)
    assert found.outcome if found.final else found.rest


# -- the procedure and its clocks -------------------------------------------------------------


def test_nobody_but_prosecutor_and_court_decides_the_procedure() -> None:
    deciding = {"disposed", "indicted", "summary_requested", "judged", "appeal_judged"}
    assert {a for e in deciding for a in LAW.event(e).by} == {"prosecutor", "court"}


def test_consent_leads_to_no_disposition() -> None:
    """INV-3: no guard of the procedure asks about consent or support."""
    asked = {
        part.machine
        for t in LAW.machine("procedure").transitions
        for part in t.guard.walk()
        if hasattr(part, "machine")
    }
    assert asked == set()


def test_caveat_before_consent() -> None:
    case = go(detained(), ("consent_explained", "prosecutor", "2024-06-06",
                           {"caveat_given": False, "onward_sharing_explained": True}))  # fmt: skip
    assert codes(case, "consent_given", "person", "2024-06-06", {
        "consent_recipients": ["center"]}) == {"condition_false"}  # fmt: skip


def test_police_have_48_hours_then_the_person_is_to_be_released() -> None:
    case = LAW.open(at="2024-06-03T09:00").step("arrested", by="police", at="2024-06-03T10:00")
    case.step("referred", by="police", at="2024-06-05T10:00")  # the last permitted moment
    assert codes(case, "referred", "police", "2024-06-05T10:01") == {"deadline_passed"}
    lapsed = case.advance(to="2024-06-05T10:01")
    assert lapsed.state("custody") == "release_due"


def test_nobody_can_claim_a_limit_has_passed_before_it_has() -> None:
    case = LAW.open(at="2024-06-03T09:00").step("arrested", by="police", at="2024-06-03T10:00")
    assert codes(case, "custody_limit_passed", "police", "2024-06-04") == {"not_yet"}


def test_detention_lapses_at_the_end_of_the_tenth_day() -> None:
    lapsed = detained().advance(to="2024-06-20")
    assert lapsed.journal[-1].at.isoformat() == "2024-06-15T00:00:00+09:00"
    assert lapsed.state("custody") == "release_due"
    assert lapsed.state("procedure") == "released_undecided"


def test_extensions_are_ten_days_in_total() -> None:
    case = detained()
    assert codes(case, "detention_extended", "court", "2024-06-14", {"extension_days": 11}) == {
        "condition_false"
    }
    extended = case.step("detention_extended", by="court", at="2024-06-14",
                         facts={"extension_days": 10})  # fmt: skip
    ends = {c.deadline.id: c.last_day for c in extended.deadlines()}
    assert ends["suspect_detention"] == date(2024, 6, 24)


def test_minor_fine_offences_are_detained_only_without_a_fixed_address() -> None:
    case = go(
        LAW.open(at="2024-06-03T09:00"),
        ("arrested", "police", "2024-06-03T10:00"),
        ("referred", "police", "2024-06-04T10:00"),
    )
    minor = {"minor_fine_offence": True, "detention_ground": "flight"}
    assert codes(case, "detention_requested", "prosecutor", "2024-06-04T11:00", minor) == {
        "condition_false"
    }
    homeless = {**minor, "detention_ground": "no_fixed_address"}
    assert not codes(case, "detention_requested", "prosecutor", "2024-06-04T11:00", homeless)


def test_appeal_within_fourteen_days_then_final() -> None:
    case = judged(detained(), "imprisonment")
    late = codes(case, "appealed", "counsel", "2024-07-31T00:00")
    assert late == {"condition_false", "deadline_passed"}
    assert not codes(case, "appealed", "counsel", "2024-07-30T23:59")


def test_summary_order_becomes_a_fine_after_fourteen_days() -> None:
    case = go(
        detained(),
        ("summary_requested", "prosecutor", "2024-06-10",
         {"fine_yen": 300_000, "summary_not_objected": True}),
        ("summary_order_served", "court", "2024-06-10T15:00"),
        ("released", "police", "2024-06-10T16:00"),
    )  # fmt: skip
    assert not codes(case, "formal_trial_requested", "person", "2024-06-24T12:00")
    assert case.advance(to="2024-06-25T09:00").state("procedure") == "final_fine"
    assert codes(detained(), "summary_requested", "prosecutor", "2024-06-10",
                 {"fine_yen": 1_000_001, "summary_not_objected": True}) == {"condition_false"}  # fmt: skip


def test_workhouse_leads_back_to_aftercare() -> None:
    fined = go(judged(detained(), "fine"), ("released", "detention_house", "2024-07-16T14:00"))
    case = go(
        fined.advance(to="2024-08-01"),
        ("workhouse_entered", "prosecutor", "2024-08-05"),
        ("workhouse_completed", "detention_house", "2024-09-05"),
        ("released", "detention_house", "2024-09-05T01:00"),
    )
    assert case.explain("aftercare_applied", by="person").allowed
    ends = {c.deadline.id: c.last_day for c in case.deadlines()}
    assert ends["aftercare_period"] == date(2025, 3, 5)


def test_second_arrest_in_the_same_investigation_restarts_the_clocks() -> None:
    case = disposed_pending = detained().step("release_ordered", by="prosecutor", at="2024-06-10")
    assert disposed_pending.state("procedure") == "released_undecided"
    again = case.step("rearrested", by="police", at="2024-06-10T00:30", facts={"offence": "fraud"})
    assert again.state("custody") == "arrested"
    assert again.state("procedure") == "investigation"
    assert next(c.deadline.id for c in again.deadlines()) == "police_referral"


def test_death_ends_every_track() -> None:
    case = after("cs01", "follow_up_started").step("died", by="center", at="2024-08-10")
    assert case.closed
    assert case.state("support") == "closed_died"


# -- who may be supported ---------------------------------------------------------------------

ELIGIBLE = {"prioritised_subject": "expected", "disability": "none"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"age": 65}, set()),
        ({"age": 64, "po_regards_as_elderly": True}, set()),
        ({"age": 64, "po_regards_as_elderly": False}, {"condition_false"}),
        ({"age": 64}, {"fact_missing"}),
        ({"age": 30, "po_regards_as_elderly": False, "disability": "mental"}, set()),
        ({"age": 30, "po_regards_as_elderly": False, "disability": "suspected"},
         {"condition_false"}),
        ({"age": 70, "prioritised_subject": "no"}, {"condition_false"}),
    ],
)  # fmt: skip
def test_eligibility_for_the_center(facts: dict[str, object], expected: set[str]) -> None:
    asked = {**ELIGIBLE, **facts}
    asked = {k: v for k, v in asked.items() if k != "age"}
    case = consented(age=facts["age"])
    assert codes(case, "center_requested", "probation_office", "2024-06-07", asked) == expected


def test_a_stricter_age_rule_refuses_the_borderline() -> None:
    strict = with_parameter("elderly_age_is_strict", True)
    asked = {**ELIGIBLE, "po_regards_as_elderly": True}
    case = consented(strict, age=64)
    assert codes(case, "center_requested", "probation_office", "2024-06-07", asked) == {
        "condition_false"
    }


def test_parameters_without_a_value_start_no_clock() -> None:
    assert "center_response" not in {
        c.deadline.id for c in after("cs01", "center_requested").deadlines()
    }
    strict = with_parameter("center_response_days", 7)
    case = go(
        adjusting(strict),
        ("center_requested", "probation_office", "2024-06-07T10:00"),
    )
    assert {c.deadline.id: c.last_day for c in case.deadlines()}["center_response"] == date(
        2024, 6, 14
    )


# -- privacy ----------------------------------------------------------------------------------


def test_expected_outcome_is_for_prosecutors_only() -> None:
    seeing = [
        a.id
        for a in LAW.agencies
        if "expected_outcome" in after("cs01", "consultation_opened").view(a.id).facts
    ]
    assert seeing == ["prosecutor", "reintegration_office"]


def test_no_hand_over_without_consent_but_where_a_statute_orders_it() -> None:
    """INV-1: every hand-over in the law names consent; the reports to the governor (精神保健福祉法
    23 to 26) alone are made without."""
    shares = [(t.id, s) for m in LAW.machines for t in m.transitions for s in t.shares]
    assert len(shares) >= 10
    without = [(id, s.to, s.exception.law) for id, s in shares if s.exception is not None]
    assert without == [
        (id, "prefecture", "mhwa")
        for id in ("report", "report_in_need", "report_after_petition", "report_by_police",
                   "report_by_office", "report_by_institution")
    ]  # fmt: skip


def test_an_inferred_rule_says_so_when_it_is_explained() -> None:
    case = after("cs01", "center_requested")
    allowed = case.explain("center_accepted", by="center", whole=True)
    assert allowed.allowed
    assert "推定" in allowed.text("ja")
    assert "inferred" in allowed.text("en")
    refused = after("cs13", "accompanied").explain(
        "transfer_completed", by="other_center", whole=True
    )
    assert not refused.allowed
