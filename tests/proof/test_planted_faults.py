"""Does each invariant of the shipped law see a fault that it is there for?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Process, processes
from diversion_flow.definition import ALWAYS, OnEvent, Property, Transition
from diversion_flow.definition.guard import InState, atoms
from diversion_flow.processes.entry_support.passages import CAN
from diversion_flow.processes.entry_support.stages import STAGES
from diversion_flow.proof import Broken
from diversion_flow.proof.proving import answers
from diversion_flow.scenarios import play, read
from diversion_flow.scenarios.told import scenario_of
from diversion_flow.scenarios.writing import written
from helpers.proofs import KNOWN, LAW, breaks

LATEST = processes.in_force("entry_support", on="2025-06-01")
INVARIANTS = {asked.id: asked for asked in processes.invariants(LAW)}
LATER = {a.id: a for a in processes.invariants(LATEST) if a.id not in INVARIANTS}


def changed(
    name: str, change: Callable[[Transition], Transition | None], law: Process = LAW
) -> Process:
    """The law with another rule in a machine's place of one, or without it."""
    at, _, id = name.partition(".")
    found = law.machine(at)
    rules = tuple(
        new for t in found.transitions if (new := change(t) if id in ("", t.id) else t) is not None
    )
    assert rules != found.transitions
    machines = tuple(evolve(m, transitions=rules) if m.id == at else m for m in law.machines)
    return evolve(law, machines=machines)


def dropped(name: str, law: Process = LAW) -> Process:
    """Without a rule, also where the usual course went by it."""
    return changed(name, lambda _: None, evolve(law, main_route=()))


def ruled(name: str, **changes: Any) -> Process:
    """With a rule that says otherwise."""
    return changed(name, lambda rule: evolve(rule, **changes))


def more(name: str, source: str) -> Process:
    """With one more source of a rule."""
    return changed(name, lambda rule: evolve(rule, sources=(*rule.sources, source)))


def reported(event: str, by: str) -> Process:
    """With one more agency that may report an event."""
    events = tuple(evolve(e, by=(*e.by, by)) if e.id == event else e for e in LAW.events)
    assert events != LAW.events
    return evolve(LAW, events=events)


def stuck(machine: str, state: str) -> Process:
    """Without any way out of a state; what led only from there now leads from the initial state."""

    def without(rule: Transition) -> Transition:
        kept = tuple(source for source in rule.sources if source != state)
        return evolve(rule, sources=kept or (LAW.machine(machine).initial,))

    return changed(machine, without)


FAULTS: dict[str, Callable[[], Process]] = {
    "custody_is_moved_by_authorities": lambda: reported("arrested", "counsel"),
    "support_ends_for_one_reason": lambda: more("support.closing_hospitalised", "closed_settled"),
    "custodians_carry_out": lambda: reported("arrested", "detention_house"),
    "procedure_is_moved_by_its_parties": lambda: reported("disposed", "center"),
    "disposition_by_prosecutor": lambda: reported("disposed", "police"),
    "no_referral_to_center_before_consent": lambda: ruled(
        "support.request", guard=ALWAYS, shares=()
    ),
    "no_request_while_withdrawn": lambda: ruled("support.request", guard=ALWAYS, shares=()),
    "no_adjusting_without_consent": lambda: dropped("adjustment.end_on_withdrawal"),
    "caveat_before_consent": lambda: ruled("consent.consent", guard=ALWAYS),
    "no_adjusting_of_suspects_under_veto": lambda: more("adjustment.start", "vetoed"),
    "no_aftercare_under_final_probation": lambda: dropped("aftercare.probation_instead"),
    "no_step_of_aftercare_under_final_probation": lambda: dropped("aftercare.probation_instead"),
    "imprisoned_only_on_finality": lambda: ruled("custody.imprisonment", guard=ALWAYS),
    "arrested_only_when_free": lambda: more("custody.arrest", "detained_suspect"),
    "no_support_for_the_dead": lambda: dropped("support.closing_on_death"),
    "adjusting_only_while_detained": lambda: ruled("adjustment.start", guard=ALWAYS, shares=()),
    "nobody_free_with_final_imprisonment": lambda: ruled(
        "custody.sentence_to_be_served", target="free"
    ),
    "nobody_held_once_a_lighter_judgment_is_final": lambda: dropped("custody.release_on_finality"),
    "none_waits_for_release_with_final_imprisonment": lambda: ruled(
        "custody.sentence_to_be_served", sources=("free", "bailed")
    ),
    "no_service_in_custody": lambda: ruled("support.service_at_liberty", guard=ALWAYS),
    "no_aid_in_custody": lambda: dropped("aftercare.suspension_on_rearrest"),
    "no_aid_outside_the_list": lambda: dropped("aftercare.category_lost_on_indicted"),
    "no_work_under_a_standing_veto": lambda: dropped("support.holding_on_veto"),
    "support_ends": lambda: stuck("support", "follow_up"),
}


def anywhere(at: str, event: str) -> Process:
    """With a rule of a machine on an event also wherever no other on it is."""
    found = LAW.machine(at)
    first, *others = (t for t in found.transitions if t.event == event)
    taken = {source for t in others for source in t.sources}
    sources = tuple(s.id for s in found.states if not s.final and s.id not in taken)
    return changed(
        f"{at}.{first.id}", lambda rule: evolve(rule, sources=sources, guard=ALWAYS, shares=())
    )


def due(law: Process, event: str, state: str) -> Process:
    """With the limits at whose end an event happens running in one more state."""
    limits = tuple(
        evolve(limit, states=(*limit.states, state)) if limit.on_expiry == event else limit
        for limit in law.deadlines
    )
    return evolve(law, deadlines=limits)


def begun(limit: str, event: str, law: Process = LAW) -> Process:
    """With a limit that runs from another event on."""
    limits = tuple(
        evolve(d, start=OnEvent((event,))) if d.id == limit else d for d in law.deadlines
    )
    return evolve(law, deadlines=limits)


# What the engine sees without a walk: faults that are there for one invariant each.
SEEN: dict[str, Callable[[], Process]] = {
    "trivial_cases_by_police": lambda: reported("trivial_case_disposed", "prosecutor"),
    "judgment_by_court": lambda: reported("judged", "person"),
    "nothing_of_support_moves_the_procedure": lambda: ruled(
        "procedure.suspending_prosecution", event="consent_refused", guard=ALWAYS
    ),
    "lodging_moves_support_to_lodging": lambda: more(
        "support.lodging_at_work_in_visiting", "referred"
    ),
    "consulted_about_who_names_others": lambda: dropped("adjustment.consultation"),
    "aid_is_applied_for_within_its_period": lambda: ruled("aftercare.application", guard=ALWAYS),
    "the_period_of_aid_begins_with_release": lambda: begun("aftercare_period", "disposed"),
    "arrested_under_a_running_limit": lambda: begun("police_referral", "referred"),
    "arrested_by_prosecutor_under_a_running_limit": lambda: begun("prosecutor_arrest", "referred"),
    "referred_under_a_running_limit": lambda: begun(
        "prosecutor_from_restraint", "indicted", begun("prosecutor_from_receipt", "indicted")
    ),
    "indicted_in_arrest_under_a_running_limit": lambda: begun("hearing_on_detention", "judged"),
    "detained_suspect_under_a_running_limit": lambda: begun("suspect_detention", "judged"),
    "detained_defendant_under_a_running_limit": lambda: begun("defendant_detention", "judged"),
    "suspects_are_held_while_investigated": lambda: ruled(
        "custody.release_on_disposition", sources=("referred",)
    ),
    "workhouse_only_for_a_fine": lambda: ruled("custody.workhouse_entry", guard=ALWAYS),
    "only_final_sentences_are_executed": lambda: ruled(
        "custody.sentence_to_be_served", guard=ALWAYS
    ),
    "family_court_has_the_case": lambda: ruled(
        "procedure.to_family_court", target="suspension_of_prosecution"
    ),
    "who_is_taken_is_held": lambda: ruled("custody.arrest", target="free"),
    "who_is_held_gets_free_by_release": lambda: ruled(
        "custody.arrested_on_summary_request", target="free"
    ),
    "who_is_released_by_lapse_awaits_the_decision": lambda: dropped("procedure.open_after_lapse"),
    "who_is_released_is_free": lambda: ruled("custody.release", target="detained_suspect"),
    "a_running_suspension_ends_by_law": lambda: ruled(
        "procedure.completion_of_suspension", target="final_fine"
    ),
    "who_died_is_dead": lambda: ruled("custody.death", target="free"),
    "no_procedure_against_the_dead": lambda: dropped("procedure.end_by_death"),
    "consent_lapses": lambda: dropped("consent.lapse_on_death"),
    "no_adjusting_for_who_is_gone": lambda: dropped("adjustment.end_on_death"),
    "no_aid_for_who_is_gone": lambda: dropped("aftercare.end_by_death"),
    "no_early_adjustment_without_consent": lambda: dropped(
        "further_aid.end_of_early_adjustment_on_withdrawal"
    ),
    "early_adjustment_ends_with_finality": lambda: dropped(
        "further_aid.end_of_early_adjustment_on_finality"
    ),
    "no_aid_at_the_family_court": lambda: dropped("aftercare.no_category_at_family_court"),
    "nothing_of_support_is_left_for_the_dead": lambda: dropped("support.closing_on_death"),
    "no_support_of_the_imprisoned": lambda: dropped("support.closing_on_imprisonment"),
    "no_support_without_consent": lambda: dropped("support.closing_on_withdrawal"),
    "no_objection_stands_at_liberty": lambda: dropped("adjustment.end_before_start"),
    "suspects_are_adjusted_before_indictment": lambda: ruled(
        "adjustment.continuation_after_indictment", target="adjusting"
    ),
    "center_requested_only_of_whom_consent_names": lambda: anywhere("support", "center_requested"),
    "support_reentered_only_of_whom_consent_names": lambda: anywhere(
        "support", "support_reentered"
    ),
    "placement_sought_only_of_whom_consent_names": lambda: anywhere("support", "placement_sought"),
    "transfer_requested_only_of_whom_consent_names": lambda: anywhere(
        "support", "transfer_requested"
    ),
    "adjustment_started_only_of_whom_consent_names": lambda: anywhere(
        "adjustment", "adjustment_started"
    ),
    "finality_of_a_judgment": lambda: due(
        anywhere("procedure", "judgment_final"), "judgment_final", "indicted"
    ),
    "end_of_a_summary_order": lambda: anywhere("procedure", "formal_trial_requested"),
    "arrest_before_the_decision": lambda: anywhere("custody", "arrested"),
}
LAPSES = {
    **{f"final_{at}_after_judged_{at}": f"procedure.finality_{at}"
       for at in ("suspended", "probation", "fine", "acquitted", "imprisonment")},
    "final_fine_after_summary_ordered": "procedure.finality_of_summary_order",
    "suspension_completed_after_final_suspended": "procedure.completion_of_suspension",
}  # fmt: skip


def shown(fact: str, agency: str) -> Process:
    """With an agency that sees a fact whatever the person says."""
    facts = tuple(evolve(f, seen_by=(*f.seen_by, agency)) if f.id == fact else f for f in LAW.facts)
    return evolve(LAW, facts=facts)


SEEN |= {
    f"{agency}_learns_the_offence_by_consent": partial(shown, "offence", agency)
    for agency in ("center", "probation_office")
}
SEEN |= {id: partial(dropped, rule) for id, rule in LAPSES.items()}


def led(name: str, source: str) -> Process:
    """With a rule that leads from one more state, whatever it asked."""
    return changed(
        name, lambda rule: evolve(rule, sources=(*rule.sources, source), guard=ALWAYS, shares=())
    )


# A rule that moves somebody from where none does.
MOVED = {
    "custody_from_free": ("custody.release_on_disposition", "free"),
    "custody_from_bailed": ("custody.release_after_hearing", "bailed"),
    "custody_from_held_for_other_case_on_bail": ("custody.cancellation", "held_for_other_case_on_bail"),
    "custody_from_held_for_other_case": ("custody.end_of_bail_on_finality", "held_for_other_case"),
    "bail_of_detained_defendants": ("custody.bail", "arrested"),
    "referred_from_arrest": ("custody.referral_in_custody", "release_due"),
    "detained_by_an_order": ("custody.end_of_bail_by_imprisonment_on_judged", "indicted_in_arrest"),
    "custody_from_workhouse": ("custody.end_of_other_case", "workhouse"),
    "no_investigation_anew": ("procedure.new_investigation", "indicted"),
    "no_consent_unasked": ("consent.attorney_in_not_asked", "withdrawn"),
    "consent_of_candidates": ("adjustment.consent_for_adjustment", "ended"),
    "consented_by_consent": ("adjustment.end_of_veto_on_indictment", "consulted"),
    "handed_over_from_adjustment": ("adjustment.handover_on_release", "none"),
    "adjustment_from_none": ("adjustment.end_before_start", "none"),
    "candidates_are_flagged": ("adjustment.restart_after_rearrest", "none"),
    "adjustment_from_handed_to_aftercare": ("adjustment.end_on_bail", "handed_to_aftercare"),
    "adjustment_from_adjusting_defendant": ("adjustment.restart_after_rearrest", "adjusting_defendant"),
    "a_candidate_stays_one_without_consent": ("adjustment.end_on_withdrawal", "candidate"),
    "support_from_not_started": ("support.closing_on_death", "not_started"),
    "support_from_declined": ("support.holding_on_veto", "declined"),
    "support_from_consultation_only": ("support.closing_on_rearrest", "consultation_only"),
    "support_from_referred": ("support.interview_at_liberty", "referred"),
    "no_support_by_consultation": ("support.closing_settled", "consultation_only"),
    "visits_to_who_is_held": ("support.visit", "planned"),
    "closed_on_an_objection_that_stands": ("support.closing_prosecutor_veto", "accepted"),
    "only_an_application_ends_by_custody": (
        "aftercare.end_of_application_anew_on_rearrest", "informed"),
    "told_on_release": ("aftercare.informing", "applied"),
    "aftercare_to_suspended_by_custody": ("aftercare.suspension_on_rearrest", "informed"),
    "aftercare_to_active": ("aftercare.start", "opinion_heard"),
    "by_release_only_suspended_aid_is_settled": ("aftercare.no_resumption", "informed"),
    "only_who_was_told_loses_the_category": ("aftercare.category_lost_on_remanded", "not_informed"),
    "untold_the_period_ends_by_passing": (
        "aftercare.end_of_extension_on_remanded", "not_informed"),
    "suspended_extension_loses_money_by_its_limit": (
        "aftercare.suspension_of_other_measures_on_rearrest", "extension_suspended"),
    "support_from_released_accompanied": (
        "support.final_report_in_released_unprepared", "released_accompanied"),
}  # fmt: skip
SEEN |= {id: partial(led, *fault) for id, fault in MOVED.items()}
SEEN |= {
    "imprisoned_from_other_case": partial(ruled, "custody.end_of_other_case", target="imprisoned"),
    "no_objection_is_no_agreement": partial(ruled, "adjustment.no_objection", guard=ALWAYS),
    "out_of_custody_for_aid": partial(ruled, "aftercare.application", guard=ALWAYS),
    **{
        f"aftercare_to_{state}": partial(ruled, "aftercare.start", target=state)
        for state in (
            "extended",
            "extended_other",
            "extension_suspended",
            "extension_other_suspended",
        )
    },
    "requests_of_who_is_held": partial(ruled, "support.request", guard=ALWAYS),
    "what_was_told_is_of_one_release": partial(dropped, "aftercare.release_over_on_rearrest"),
    "no_decision_while_a_plan_is_awaited": partial(
        ruled, "disability_services.decision", guard=ALWAYS
    ),
    "a_plan_is_asked_of_who_applied": partial(ruled, "service_plan.request", guard=ALWAYS),
    "payment_of_a_fine": partial(ruled, "custody.payment", guard=ALWAYS),
    "candidates_before_the_end": partial(ruled, "adjustment.flagging", guard=ALWAYS),
    "consented_by_who_names_the_office": partial(
        ruled, "adjustment.consultation_after_consent", guard=ALWAYS
    ),
}


def barred(asked: Property, law: Process = LAW) -> Process:
    """With nothing that ever leads from the one state to the other on the event."""
    (event,) = asked.what.events
    from_, *_ = atoms(asked.what.before)
    (to,) = atoms(asked.what.after)
    assert isinstance(from_, InState)
    assert isinstance(to, InState)

    def closed(rule: Transition) -> Transition:
        leads = (rule.event, rule.target) == (event, to.states[0])
        return evolve(rule, guard=~ALWAYS) if leads else rule

    return changed(from_.machine, closed, law)


SEEN |= {asked.id: partial(barred, asked) for asked in CAN if asked.id in INVARIANTS}
for stage in STAGES:
    if stage.id not in SEEN:
        asked_of = next(atoms(stage.what.before))
        assert isinstance(asked_of, InState)
        SEEN[stage.id] = partial(anywhere, asked_of.machine, stage.what.events[0])


BY_CONSENT = {id: asked for id, asked in INVARIANTS.items() if "_is_told_by_consent" in id}
SEEN |= {
    id: partial(ruled, asked.what.rules[0], guard=ALWAYS, shares=())
    for id, asked in BY_CONSENT.items()
}
# What its rules ask of consent other rules have asked before: the fault is in an act of any time.
SEEN["probation_office_is_told_by_consent_that_names_it"] = partial(
    anywhere, "adjustment", "adjustment_started"
)


SEEN |= {
    f"{at.id}_can_come_to_rest": partial(stuck, at.id, state)
    for at in LAW.machines
    for state in [s.id for s in at.states if not (s.rest or s.final)][:1]
}
# As long as the procedure goes on its end by death is a way out, too.
SEEN["procedure_can_come_to_rest"] = lambda: dropped(
    "custody.death", stuck("procedure", "referred")
)


def test_every_rule_that_provides_by_consent_is_asked_after() -> None:
    for law in processes.versions("entry_support"):
        asked_of = {rule for one in processes.invariants(law) for rule in one.what.rules}
        for at in law.machines:
            for rule in at.transitions:
                if any(share.exception is None for share in rule.shares):
                    assert f"{at.id}.{rule.id}" in asked_of


def test_every_invariant_that_holds_has_a_fault_planted() -> None:
    held = {id for id, asked in INVARIANTS.items() if not asked.known_open}
    assert held <= FAULTS.keys() | SEEN.keys()
    assert LATER.keys() <= {asked.id for asked in CAN}


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("id", SEEN)
def test_the_fault_is_found(id: str) -> None:
    assert breaks(SEEN[id](), INVARIANTS[id])


@pytest.mark.parametrize("id", LATER)
def test_of_what_holds_in_a_later_law_alone_the_fault_is_found(id: str) -> None:
    assert not breaks(LATEST, LATER[id])
    assert breaks(barred(LATER[id], LATEST), LATER[id])


@pytest.mark.slow
@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("id", FAULTS)
def test_the_fault_is_found_and_its_story_plays(id: str) -> None:
    law, asked = FAULTS[id](), INVARIANTS[id]
    [answer] = answers(law, [asked], KNOWN)
    assert isinstance(answer, Broken)
    assert answer.story is not None
    assert answer.story.steps
    scenario = read(written(scenario_of(answer.story, asked.id, asked.label)), "broken.toml")
    played = play(scenario, law)
    assert len(played) == len(answer.story.steps)
    assert [problem.text("en") for step in played for problem in step.problems] == []
    assert played[-1].after.states == answer.story.case.states
