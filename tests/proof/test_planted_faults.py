"""Does each invariant of the shipped law see a fault that it is there for?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Process, processes
from diversion_flow.definition import ALWAYS, Transition
from diversion_flow.proof import Broken, prove

LAW = processes.in_force("entry_support", on="2024-06-03")
INVARIANTS = {asked.id: asked for asked in processes.invariants(LAW)}


def changed(name: str, change: Callable[[Transition], Transition | None]) -> Process:
    """The law with another rule in a machine's place of one, or without it."""
    at, _, id = name.partition(".")
    found = LAW.machine(at)
    rules = tuple(
        new for t in found.transitions if (new := change(t) if id in ("", t.id) else t) is not None
    )
    assert rules != found.transitions
    machines = tuple(evolve(m, transitions=rules) if m.id == at else m for m in LAW.machines)
    return evolve(LAW, machines=machines)


def dropped(name: str) -> Process:
    """Without a rule."""
    return changed(name, lambda _: None)


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
    "welfare_moves_no_custody": lambda: reported("arrested", "center"),
    "welfare_disposes_of_nothing": lambda: reported("disposed", "center"),
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
    "none_waits_for_release_with_final_imprisonment": lambda: ruled(
        "custody.sentence_to_be_served", sources=("free", "bailed")
    ),
    "no_service_in_custody": lambda: ruled("support.service_at_liberty", guard=ALWAYS),
    "no_aid_in_custody": lambda: dropped("aftercare.suspension_on_rearrest"),
    "no_aid_outside_the_list": lambda: dropped("aftercare.category_lost_on_indicted"),
    "no_work_under_a_standing_veto": lambda: dropped("support.holding_on_veto"),
    "support_ends": lambda: stuck("support", "follow_up"),
}


def test_every_invariant_that_holds_has_a_fault_planted() -> None:
    assert {id for id, asked in INVARIANTS.items() if not asked.known_open} <= FAULTS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("id", FAULTS)
def test_the_fault_is_found_and_walked(id: str) -> None:
    answer = prove(FAULTS[id](), INVARIANTS[id])
    assert isinstance(answer, Broken)
    assert answer.story is not None
    assert answer.story.steps
