"""特別調整: the second process, so that the engine is shown not to be built for one."""

from __future__ import annotations

import pytest

from diversion_flow import Case, processes
from diversion_flow.definition import ALWAYS, Extend, Remove, Text, Variant, replace
from diversion_flow.definition.edits.edit import Edit
from diversion_flow.proof import Broken, Proved, prove
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


def test_for_who_is_released_without_a_placement_one_is_still_sought() -> None:
    out = selected().step("released", by="prison", at="2024-06-01")
    assert out.state("coordination") == "released_unplaced"
    placed = go(
        out,
        ("placement_secured", "municipality", "2024-06-20"),
        ("follow_up_started", "center", "2024-06-21"),
    )
    assert placed.state("coordination") == "follow_up"
    for case, closed in ((out, "no_placement"), (placed, "ended")):
        ended = case.step("coordination_ended", by="center", at="2024-09-01")
        assert (ended.state("coordination"), ended.closed) == (closed, True)


def test_a_placement_that_is_lost_is_sought_anew() -> None:
    """Before release follow-up does not begin; where another Center finds none the plan comes back."""
    placed = selected().step("placement_secured", by="provider", at="2024-05-20")
    assert codes(placed, "follow_up_started", "center", "2024-05-21") == {"condition_false"}
    everyone = ["center", "other_center", "municipality", "provider"]
    away = go(
        selected(),
        ("consent_given", "person", "2024-05-02", {"consent_recipients": everyone}),
        ("transfer_requested", "center", "2024-05-03", {"wants_other_prefecture": True}),
    )
    for case in (placed, away):
        again = case.step("plan_revised", by="center", at="2024-06-01")
        assert again.state("coordination") == "coordinating"
        free = case.step("released", by="prison", at="2024-06-01")
        later = free.step("plan_revised", by="center", at="2024-06-05")
        assert later.state("coordination") == "released_unplaced"


def test_who_no_longer_meets_a_requirement_is_no_longer_coordinated_for() -> None:
    home_found = selected().step("person_rejected", by="probation_office", at="2024-05-20")
    assert home_found.state("coordination") == "not_selected"


def test_consent_without_the_center_ends_its_work() -> None:
    left_out = selected().step("consent_given", by="person", at="2024-05-20",
                               facts={"consent_recipients": ["municipality"]})  # fmt: skip
    assert left_out.state("coordination") == "withdrawn"


def test_only_who_is_about_sixty_five_is_regarded_as_elderly() -> None:
    for age, refused in ((24, {"condition_false"}), (62, set())):
        case = candidate(age=age, regarded_as_elderly=True)
        assert codes(case, "person_selected", "probation_office", "2024-04-10", {
            "appropriate": True}) == refused  # fmt: skip


def test_nobody_is_found_after_release() -> None:
    out = LAW.open(at="2024-04-01").step("released", by="prison", at="2024-04-02")
    assert codes(out, "candidate_found", "prison", "2024-04-03", SIX) == {"condition_false"}


def test_withdrawal_ends_the_coordination() -> None:
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


# -- what holds of every course --------------------------------------------------------------------

_ANYBODY = replace("transition coordination.selection", guard=ALWAYS)
_NO_DEATH = tuple(Remove(f"transition {at}.death") for at in ("imprisonment", "coordination"))
FAULTS: dict[str, tuple[Edit, ...]] = {
    "imprisonment_is_moved_by_the_institution": (Extend("event released", "by", ("center",)),),
    "candidates_are_found_by_the_institution": (Extend("event candidate_found", "by", ("center",)),),
    "the_probation_office_selects_and_asks": (Extend("event center_requested", "by", ("center",)),),
    **{f"nobody_is_selected_{who}": (_ANYBODY,) for who in (
        "who_is_neither_elderly_nor_disabled", "who_has_a_home", "without_need",
        "without_a_finding", "against_the_wish", "without_consent")},
    "the_center_is_asked_for_whom_the_office_has_chosen": (
        replace("transition coordination.request", sources=("candidate",)),),
    "no_work_of_the_center_without_consent": (Remove("transition coordination.withdrawal"),),
    "nobody_waits_inside_after_release": (
        Remove("transition coordination.release_without_placement"),),
    "no_settlement_inside": (replace("transition coordination.placing", target="released"),),
    "followed_up_once_received": (
        replace("transition coordination.following_up", sources=("released_unplaced",)),),
    "nothing_goes_on_after_death": (replace("transition coordination.death", sources=("selected",)),),
    "imprisonment_can_come_to_rest": (Remove("transition imprisonment.release"), *_NO_DEATH),
    "consent_can_come_to_rest": (
        replace("state consent.given", rest=False), Remove("transition consent.withdrawal"), *_NO_DEATH),
    "coordination_can_come_to_rest": (Remove("transition coordination.end_without_placement"),
        Remove("transition coordination.placing_after_release"),
        replace("transition coordination.withdrawal", sources=("selected",)),
        replace("transition coordination.center_left_out", sources=("requested",)), *_NO_DEATH),
}  # fmt: skip


def test_every_invariant_holds_and_sees_a_fault() -> None:
    asked = {each.id: each for each in processes.invariants(LAW)}
    assert asked.keys() == FAULTS.keys()
    for id, edits in FAULTS.items():
        assert isinstance(prove(LAW, asked[id]), Proved), id
        faulty = Variant("fault", LAW.id, Text("誤り", "fault"), edits).apply(LAW)
        broken = next(each for each in processes.invariants(faulty) if each.id == id)
        assert isinstance(prove(faulty, broken), Broken), id
