"""特別調整: the second process, so that the engine is shown not to be built for one."""

from __future__ import annotations

import pytest

from diversion_flow import Case, processes
from helpers.stories import codes, go

LAW = processes.get("special_coordination")
SIX = {"age": 70, "disability": "none", "has_home": False, "needs_welfare": True}


def candidate(**facts: object) -> Case:
    return go(
        LAW.open(at="2024-04-01T09:00"),
        ("candidate_found", "prison", "2024-04-02", {**SIX, **facts}),
        ("consent_given", "person", "2024-04-03", {
            "wishes": True, "consent_recipients": ["center", "municipality", "provider"]}),
    )  # fmt: skip


def selected() -> Case:
    return go(
        candidate(),
        ("person_selected", "probation_office", "2024-04-10", {"appropriate": True}),
        ("center_requested", "probation_office", "2024-04-11"),
        ("plan_made", "center", "2024-05-01"),
    )


def test_from_prison_to_a_settled_life() -> None:
    case = go(
        selected(),
        ("provider_sounded", "center", "2024-05-02"),
        ("placement_secured", "provider", "2024-06-01"),
        ("released", "prison", "2024-07-01"),
        ("follow_up_started", "center", "2024-07-02"),
        ("settled", "center", "2025-01-10"),
    )
    assert case.states == {
        "imprisonment": "released", "consent": "given", "coordination": "settled"
    }  # fmt: skip


@pytest.mark.parametrize(
    "missing",
    [
        {"age": 50, "regarded_as_elderly": False},
        {"has_home": True},
        {"needs_welfare": False},
    ],
)
def test_each_requirement_of_fact_is_needed(missing: dict[str, object]) -> None:
    case = candidate(**missing)
    assert codes(case, "person_selected", "probation_office", "2024-04-10", {
        "appropriate": True}) == {"condition_false"}  # fmt: skip


def test_appropriateness_wish_and_consent_are_needed() -> None:
    case = candidate()
    assert codes(case, "person_selected", "probation_office", "2024-04-10", {
        "appropriate": False}) == {"condition_false"}  # fmt: skip
    asked = go(LAW.open(at="2024-04-01"), ("candidate_found", "prison", "2024-04-02", SIX))
    assert codes(asked, "person_selected", "probation_office", "2024-04-10", {
        "appropriate": True}) == {"condition_false", "fact_missing"}  # fmt: skip


def test_with_a_home_it_is_general_coordination() -> None:
    case = candidate(has_home=True).step(
        "general_coordination_chosen", by="probation_office", at="2024-04-10"
    )
    assert (
        case.step("released", by="prison", at="2024-07-01").state("coordination") == "ended_general"
    )


def test_transfer_needs_consent_for_the_other_center() -> None:
    case = selected()
    wants = {"wants_other_prefecture": True}
    assert codes(case, "transfer_requested", "center", "2024-05-03", wants) == {"no_consent"}


def test_release_without_placement_and_withdrawal() -> None:
    assert selected().step("released", by="prison", at="2024-06-01").state("coordination") == (
        "no_placement"
    )
    left = selected().step("consent_withdrawn", by="person", at="2024-06-01")
    assert left.state("coordination") == "withdrawn"
    assert "age" not in left.view("provider").facts


def test_who_declined_or_was_not_selected_may_be_found_again_until_release() -> None:
    declined = selected().step("consent_withdrawn", by="person", at="2024-06-01")
    rejected = candidate().step("person_rejected", by="probation_office", at="2024-06-01")
    for case in (declined, rejected):
        again = go(
            case,
            ("candidate_found", "prison", "2024-06-10", SIX),
            ("consent_given", "person", "2024-06-11",
             {"wishes": True, "consent_recipients": ["center", "municipality", "provider"]}),
            ("person_selected", "probation_office", "2024-06-12", {"appropriate": True}),
        )  # fmt: skip
        assert again.state("coordination") == "selected"
        free = case.step("released", by="prison", at="2024-07-01")
        assert codes(free, "candidate_found", "prison", "2024-07-02", SIX) == {"condition_false"}


def test_every_event_has_a_basis() -> None:
    assert [event.id for event in LAW.events if not event.basis] == []


def test_centers_take_general_coordination_too() -> None:
    case = go(
        candidate(has_home=True),
        ("general_coordination_chosen", "probation_office", "2024-04-10"),
        ("center_requested", "probation_office", "2024-04-11"),
        ("plan_made", "center", "2024-05-01"),
    )
    assert case.state("coordination") == "coordinating"
