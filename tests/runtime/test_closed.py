"""When nothing is left to be done, and what can be done after death: nothing."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from attrs import evolve

from diversion_flow import Case, Process, Refused, processes
from diversion_flow.definition import (
    Deadline,
    Length,
    OnEntry,
    Share,
    State,
    Unit,
    fact,
    holds,
    machine,
)
from diversion_flow.definition.guard import ALWAYS
from diversion_flow.runtime.clause import clauses
from diversion_flow.scenarios import play, shipped, story_names
from helpers.amounts import Amount
from helpers.chance import attempt, led, value
from helpers.small import CONSENT, LAW, MAIN, NAMED, PROCESS, T, state, transition

AT = "2024-06-03T10:00"


def resting(*states: State, **rest: object) -> Process:
    """The small process with these states in its main machine."""
    return evolve(PROCESS, machines=(evolve(MAIN, states=states), PROCESS.machines[1]), **rest)


def test_a_case_is_closed_where_every_machine_that_can_rest_is_at_rest() -> None:
    assert not PROCESS.open(at=AT).closed
    done = PROCESS.open(at=AT, facts={"age": 60}).step("helped", by="worker", at=AT)
    assert done.closed
    law = resting(state("asked", rest=True), state("helped"), MAIN.states[2])
    assert law.open(at=AT).closed
    assert not law.open(at=AT, facts={"age": 70}).step("helped", by="worker", at=AT).closed


def test_a_case_in_which_no_machine_can_rest_is_never_closed() -> None:
    law = resting(state("asked"), state("helped"), state("done"))
    assert not law.open(at=AT, facts={"age": 60}).step("helped", by="worker", at=AT).closed


def test_a_case_at_rest_is_not_closed_while_somebody_has_to_act() -> None:
    law = resting(state("asked"), state("helped", rest=True), MAIN.states[2])
    case = law.open(at=AT, facts={"age": 70}).step("helped", by="worker", at=AT)
    assert case.closed  # what the limit brings about comes by itself
    alert = Deadline(
        "alert", T, "main", ("helped",), OnEntry(), Length(1, Unit.DAYS), "worker", LAW
    )
    asked = evolve(law, deadlines=(*law.deadlines, alert))
    case = asked.open(at=AT, facts={"age": 70}).step("helped", by="worker", at=AT)
    assert not case.closed
    assert not case.advance(to="2024-06-06").closed


def test_what_may_have_stayed_where_it_was_when_the_case_ended_goes_no_further() -> None:
    over = state("over", final=True, outcome=T, ends_case=True)
    finish = transition("finish", "finished", "helped", "over", holds("content"))
    rules = tuple(finish if t.id == "finish" else t for t in MAIN.transitions)
    main = evolve(MAIN, states=(*MAIN.states, over), transitions=rules)
    ended = transition("end", "finished", "given", "open", fact("age") >= 80)
    consent = evolve(CONSENT, transitions=(*CONSENT.transitions[:2], ended))
    law = evolve(PROCESS, machines=(main, consent))
    case = law.open(at=AT, facts={"age": 70}).step("helped", by="worker", at=AT)
    case = case.step("consented", by="worker", at=AT, **NAMED)
    case = case.step("finished", by="worker", at=AT, facts={"content": True})
    assert (case.states, case.possible()) == ({"main": "over", "consent": "given"}, ())
    assert not case.explain("withdrawn", by="worker").allowed


def test_a_state_that_ends_the_case_ends_every_machine() -> None:
    over = state("done", final=True, outcome=T, ends_case=True)
    law = resting(MAIN.states[0], MAIN.states[1], over)
    case = law.open(at=AT, facts={"age": 60}).step("helped", by="worker", at=AT)
    assert case.closed
    assert case.enabled() == () == case.possible()
    assert case.deadlines() == ()
    with pytest.raises(Refused) as refused:
        case.step("consented", by="worker", at=AT)
    assert "done" in refused.value.whole.text("en")
    assert PROCESS.open(at=AT, facts={"age": 60}).step("helped", by="worker", at=AT).possible() == (
        "consented",
    )


def test_a_machine_that_ends_with_the_case_needs_no_more_conditions() -> None:
    """Only where the end leaves a way out is there one more clause; giving names recipients."""
    over = state("done", final=True, outcome=T, ends_case=True)
    law = resting(MAIN.states[0], MAIN.states[1], over)
    give, take_back, _ = law.machines[1].transitions
    assert [len(clauses(law, rule)) for rule in (give, take_back)] == [2, 1]
    ends = [
        transition(f"{event}_{place}", event, place, "ended")
        for event in ("helped", "lapsed", "finished") for place in ("open", "given")
    ]  # fmt: skip
    consent = evolve(
        law.machines[1], states=(*law.machines[1].states, state("ended", final=True)),
        transitions=(give, take_back, *ends),
    )  # fmt: skip
    ending = evolve(law, machines=(law.machines[0], consent))
    kinds = [[clause.kind for clause in clauses(ending, rule)] for rule in (give, take_back)]
    assert kinds == [["naming"], []]
    handing = tuple(evolve(end, shares=(Share(("age",), "partner"),)) for end in ends)
    may_stay = evolve(consent, transitions=(give, take_back, *handing))  # without consent to it
    ending = evolve(law, machines=(law.machines[0], may_stay))
    assert [len(clauses(ending, rule)) for rule in (give, take_back)] == [2, 1]


@pytest.mark.again
@pytest.mark.parametrize("name", processes.names())
def test_after_death_nothing_may_be_reported_by_anybody(name: str, amount: Amount) -> None:
    laws = (*processes.versions(name), *(
        processes.in_force(name, on="2024-06-03", place=place) for place in processes.places(name)
    ))  # fmt: skip
    for number, law in enumerate(laws):
        for seed in range(amount(3, 1)):
            case = led(law, random.Random(100 * number + seed))
            died = attempt(case, "died", by=law.event("died").by[0], at=case.at)
            if died is not None:
                _over(died)


def test_only_what_could_still_happen_then_asks_whether_the_case_is_over() -> None:
    """Finishing ends the case, and consent with it: then nobody is helped or asked for consent.
    From where it has left nothing happens, and what follows another machine follows it."""
    help_, _, finish, _ = MAIN.transitions
    states = (*MAIN.states[:2], evolve(MAIN.states[2], ends_case=True))
    rules = (evolve(help_, guard=ALWAYS), evolve(finish, guard=ALWAYS))
    main = evolve(MAIN, states=states, transitions=rules)
    law = evolve(PROCESS, machines=(main, PROCESS.machines[1]), deadlines=())
    over = ~machine("main").in_("done")
    asking = {t.id for m in law.machines for t in m.transitions
              if over in [clause.guard for clause in clauses(law, t)]}  # fmt: skip
    assert asking == {"help", "give"}


def _over(case: Case) -> None:
    assert case.closed
    assert case.deadlines() == ()
    assert case.enabled() == () == case.possible()
    assert all(work == ((), ()) for work in case.worklist().values())
    for event in case.process.events:
        facts = {f: value(case.process.fact(f), random.Random(1)) for f in event.records}
        for by in event.by:
            assert attempt(case, event.id, by=by, at=case.at, facts=facts) is None
    later = case.advance(to=case.at + timedelta(days=3650))
    assert later.journal == case.journal


@pytest.mark.slow
def test_every_death_in_stories_and_tours_ends_the_case(amount: Amount) -> None:
    """Of those in tours one of three, with --full all."""
    deaths = 0
    stories = map(shipped, (*story_names(), *story_names("tours")[:: amount(1, 3)]))
    for story in (s for s in stories if any(step.event == "died" for step in s.steps)):
        for played in play(story):
            if played.step.event == "died" and played.after is not played.before:
                deaths += 1
                _over(played.after)
    assert deaths > 0
