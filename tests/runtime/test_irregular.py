"""What happens against the rules moves the machines as its rule would, and makes nothing lawful."""

from __future__ import annotations

import pickle
import random
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import CallError, Case, Refused, UnknownId, processes, replay
from diversion_flow.definition import (
    KEPT,
    Choice,
    ConsentRule,
    Event,
    Guard,
    OnEntry,
    Process,
    Share,
    Stop,
    fact,
    machine,
)
from diversion_flow.definition.guard import ALWAYS
from diversion_flow.desk.limits import next_limit
from diversion_flow.diagram.views.case_shown import against_told, seen
from diversion_flow.runtime import Code, Irregularity
from diversion_flow.runtime.crossing import migrated
from diversion_flow.runtime.outside import irregular
from helpers import stopping
from helpers.chance import attempt, led, value
from helpers.small import PROCESS, T, state, transition

AT = "2024-06-03T10:00"
LATE: dict[str, Any] = {"responsible": "worker", "reason": "no paper"}


def sharing() -> Process:
    """The small process in which helping hands the age to the partner, consent can be narrowed,
    and a second agency can be named."""
    choices = tuple(Choice(id, T) for id in ("partner", "worker"))
    main, consent = PROCESS.machines
    handing = (Share(("age",), "partner"),)
    rules = tuple(evolve(t, shares=handing) if t.id == "help" else t for t in main.transitions)
    more = (
        transition("again", "consented", "given narrowed", "given"),
        transition("narrow", "less", "given narrowed", "narrowed"),
    )
    return evolve(
        PROCESS,
        machines=(
            evolve(main, transitions=rules),
            evolve(consent, states=(*consent.states, state("narrowed")),
                   transitions=(*consent.transitions, *more)),
        ),
        facts=(*PROCESS.facts[:-1], evolve(PROCESS.facts[-1], choices=choices)),
        events=(*PROCESS.events, Event("less", T, "consent", ("worker",), ("recipients",))),
        consent=ConsentRule("consent", ("given", "narrowed"), "recipients"),
    )  # fmt: skip


LAW = sharing()
HELP: dict[str, Any] = {"by": "worker", "at": AT, "facts": {"age": 71}}


def opened(law: Process = LAW) -> Case:
    return law.open(at=AT, id="c")


def given(*recipients: str, case: Case | None = None, by_rule: bool = True) -> Case:
    """Consent that names these, by the rules or against them."""
    call: dict[str, Any] = {"by": "worker", "at": AT, "facts": {"recipients": recipients}}
    case = case or opened()
    if by_rule:
        return case.step("consented", **call)
    rule = "consent.give" if case.state("consent") == "open" else "consent.again"
    return irregular(case, "consented", transition=rule, **call, **LATE)


def kept(case: Case) -> Case:
    """The same case, pickled and replayed: equal, and marked alike."""
    for again in (pickle.loads(pickle.dumps(case)), replay(case.law, case.journal, "c", case.at)):
        assert again == case
        assert (again.marked, again._marks) == (case.marked, case._marks)
    return case


def refusal(case: Case, event: str = "helped", **call: Any) -> set[Code]:
    with pytest.raises(Refused) as caught:
        case.step(event, **(HELP | call))
    assert not case.explain(event, by="worker", facts=(HELP | call)["facts"]).allowed
    return {reason.code for reason in caught.value.whole.reasons}


# -- machines and clocks ---------------------------------------------------------------------------


def test_it_moves_as_its_rule_would_and_is_marked() -> None:
    young = opened(PROCESS)
    by_rule = young.step("helped", **(HELP | {"facts": {"age": 60}}))
    assert by_rule.state("main") == "done"
    case = irregular(young, "helped", **(HELP | {"facts": {"age": 60}}), transition="main.help",
                     **LATE)  # fmt: skip
    assert case.state("main") == "helped"
    assert case.marked == {"main": Irregularity("main.help", "worker", "no paper")}
    assert [clock.deadline.id for clock in case.deadlines()] == ["limit"]
    assert case.journal[-1].irregular == case.marked["main"]
    assert "no paper" not in repr(case.journal) + repr(case.marked) + repr(case)
    assert kept(case) != by_rule
    done = case.step("finished", by="partner", at=AT, facts={"content": True})
    assert (done.state("main"), kept(done).marked) == ("done", {})
    assert kept(case.advance(to="2024-06-10")).marked == case.marked


def test_it_stands_for_a_rule_wherever_its_machine_stands() -> None:
    done = opened(PROCESS).step("helped", **HELP).advance(to="2024-06-20")
    assert done.state("main") == "done"
    late = irregular(done, "helped", by="partner", at="2024-06-20", transition="main.help", **LATE)
    assert kept(late).state("main") == "helped"
    assert late.deadlines()[0].started == late.at


def test_who_is_brought_into_a_state_against_the_rules_is_under_its_limit() -> None:
    law = evolve(PROCESS, deadlines=(evolve(PROCESS.deadlines[0], start=OnEntry()),))
    case = irregular(opened(law), "helped", **HELP, transition="main.help", **LATE)
    assert [clock.started for clock in kept(case).deadlines()] == [case.at]
    later = HELP | {"at": "2024-06-05"}
    again = irregular(case, "helped", **later, transition="main.help", **LATE)
    assert [clock.started for clock in again.deadlines()] == [case.at]  # it was there already


@pytest.mark.parametrize(
    ("asked", "moves"),
    [((ALWAYS,), True), ((fact("age") < 70,), False), ((ALWAYS, ALWAYS), False)],
    ids=["allowed", "not allowed", "two ways"],
)
def test_other_machines_move_as_their_rules_allow(asked: tuple[Guard, ...], moves: bool) -> None:
    main, consent = PROCESS.machines
    ends = (transition(f"end_{n}", "finished", "given", "open", g) for n, g in enumerate(asked))
    law = evolve(PROCESS, machines=(main, evolve(consent, transitions=(consent.transitions[0], *ends))))  # fmt: skip
    case = given("partner", case=opened(law)).step("helped", **HELP)
    case = irregular(case, "finished", by="partner", at=AT, transition="main.finish", **LATE)
    assert case.states == {"main": "done", "consent": "open" if moves else "given"}
    assert set(kept(case).marked) == {"main", *(["consent"] if moves else [])}


def test_time_is_against_what_is_irregular_too() -> None:
    case = opened(PROCESS).step("helped", **HELP)
    for then in ("2024-06-02", "2024-06-30"):
        with pytest.raises(Refused):
            irregular(case, "finished", by="partner", at=then, transition="main.finish", **LATE)


def test_nothing_irregular_happens_when_the_law_has_ended_or_beyond_the_calendar() -> None:
    case = opened(evolve(PROCESS, until=date(2024, 6, 30)))
    call = {"transition": "main.help", **HELP, **LATE}
    assert (
        irregular(case, "helped", **(call | {"at": "2024-06-30T23:59"})).state("main") == "helped"
    )
    with pytest.raises(Refused):
        irregular(case, "helped", **(call | {"at": "2024-07-01"}))
    with pytest.raises(CallError) as beyond:
        irregular(opened(PROCESS), "helped", **(call | {"at": "9999-12-31"}))
    assert beyond.value.code == "moment_beyond"


def test_it_is_said_in_full() -> None:
    case = opened(PROCESS)
    wrong: list[tuple[dict[str, Any], type[Exception]]] = [
        ({"reason": " "}, CallError),
        ({"responsible": 3}, CallError),
        ({"reason": "\ud800"}, CallError),
        ({"transition": "main.finish"}, CallError),
        ({"transition": "main.nothing"}, UnknownId),
        ({"transition": "help"}, UnknownId),
        ({"by": "nobody"}, UnknownId),
    ]
    for said, kind in wrong:
        with pytest.raises(kind):
            irregular(case, "helped", **(HELP | {"transition": "main.help"} | LATE | said))
    with pytest.raises(UnknownId):
        irregular(case, "nothing", **HELP, transition="main.help", **LATE)


# -- consent ---------------------------------------------------------------------------------------


def test_consent_given_against_the_rules_is_read_as_not_given() -> None:
    lawful, against = given("partner"), given("partner", by_rule=False)
    assert lawful.states == against.states
    assert lawful.step("helped", **HELP).state("main") == "helped"
    assert Code.NO_CONSENT in refusal(kept(against))
    assert "helped" in lawful.possible("worker")
    known: dict[str, Any] = {"at": AT, "facts": {"age": 71}}
    lawful, against = (
        given("partner", case=LAW.open(id="c", **known), by_rule=by_rule)
        for by_rule in (True, False)
    )
    assert dict(lawful.view("partner").facts) == {"age": 71}
    assert against.view("partner").facts == {}
    assert "helped" in lawful.enabled("worker")
    assert "helped" not in against.possible("worker")
    assert against.view("partner").marked == ("consent",)
    assert lawful.view("partner").marked == ()


def test_consent_given_anew_by_the_rules_is_given() -> None:
    case = given("partner", case=given("partner", by_rule=False))
    assert kept(case).marked == {}
    assert case.step("helped", **HELP).state("main") == "helped"


def test_another_machine_loses_its_mark_though_consent_stands_against_the_rules() -> None:
    case = given("partner", case=opened(PROCESS), by_rule=False)
    case = irregular(case, "helped", **(HELP | {"facts": {"age": 60}}), transition="main.help",
                     **LATE)  # fmt: skip
    assert set(case.marked) == {"consent", "main"}
    done = case.advance(to="2024-06-20")
    assert (done.state("main"), done.state("consent")) == ("done", "given")
    assert set(kept(done).marked) == {"consent"}


def test_narrowing_what_was_not_lawful_makes_nothing_lawful() -> None:
    less: dict[str, Any] = {"by": "worker", "at": AT, "facts": {"recipients": ["partner"]}}
    case = given("partner", "worker", by_rule=False).step("less", **less)
    assert (case.state("consent"), set(kept(case).marked)) == ("narrowed", {"consent"})
    assert Code.NO_CONSENT in refusal(case)
    wider = given("worker", "partner", case=given("worker"), by_rule=False).step("less", **less)
    assert set(kept(wider).marked) == {"consent"}
    assert Code.NO_CONSENT in refusal(wider)


def test_what_was_named_lawfully_before_stays_so() -> None:
    case = given("worker", "partner", case=given("partner"), by_rule=False)
    assert set(kept(case).marked) == {"consent"}
    helped = case.step("helped", **HELP)
    assert kept(helped).state("main") == "helped"
    assert helped.journal[-1].provided[0].consent
    done = helped.step("finished", by="partner", at=AT, facts={"content": True})
    assert [m.machine for m in kept(done).journal[-1].moved] == ["main", "consent"]
    other = given("partner", case=given("worker"), by_rule=False)
    assert Code.NO_CONSENT in refusal(other)


@pytest.mark.parametrize("before", ["worker", "partner"])
def test_twice_against_the_rules_is_no_more_lawful(before: str) -> None:
    case = given("partner", "worker", case=given(before, by_rule=False), by_rule=False)
    assert set(kept(case).marked) == {"consent"}
    assert Code.NO_CONSENT in refusal(case)


def test_whom_consent_names_against_the_rules_is_shown_nothing() -> None:
    case = given("worker", case=LAW.open(at=AT, facts={"age": 71}, id="c"))
    named = given("partner", case=case, by_rule=False)
    assert named.facts["recipients"] == {"partner"}
    assert "age" not in named.view("partner").facts
    assert "age" in given("partner", case=case).view("partner").facts


def test_a_mark_goes_with_the_case_into_another_law() -> None:
    later = evolve(LAW, version="2")
    case = migrated(given("partner", by_rule=False), to=later, rule=KEPT, at="2024-06-04")
    assert set(kept(case).marked) == {"consent"}
    assert Code.NO_CONSENT in refusal(case, at="2024-06-04")
    lawful = given("worker", "partner", case=given("partner"), by_rule=False)
    goes_on = migrated(lawful, to=later, rule=KEPT, at="2024-06-04")
    assert goes_on.step("helped", **(HELP | {"at": "2024-06-04"})).state("main") == "helped"
    without = migrated(case, to=evolve(PROCESS, version="3", consent=None), rule=KEPT, at=case.at)
    assert set(kept(without).marked) == {"consent"}


def test_consent_against_the_rules_is_as_if_never_given_under_a_law_that_begins_otherwise() -> None:
    consent = LAW.machine("consent")
    states = (state("unasked"), *(s for s in consent.states if s.id != "open"))
    rules = tuple(
        evolve(
            t,
            sources=tuple("unasked" if s == "open" else s for s in t.sources),
            target="unasked" if t.target == "open" else t.target,
        )
        for t in consent.transitions
    )
    anew = evolve(consent, initial="unasked", states=states, transitions=rules)
    later = evolve(LAW, version="2", machines=(LAW.machines[0], anew))
    case = migrated(given("partner", by_rule=False), to=later, rule=KEPT, at="2024-06-04")
    assert set(kept(case).marked) == {"consent"}
    assert Code.NO_CONSENT in refusal(case, at="2024-06-04")


def test_consent_that_names_others_of_itself_is_read_as_named() -> None:
    """An event that records whom consent names, and is none of consent's own."""
    main, consent = LAW.machines
    law = evolve(
        LAW,
        events=(
            *LAW.events[1:], evolve(LAW.events[0], records=("age", "recipients")),
        ),
        machines=(main, consent),
    )  # fmt: skip
    case = given("partner", case=given("worker", case=opened(law)), by_rule=False)
    call = HELP | {"facts": {"age": 71, "recipients": ["partner"]}}
    assert law.consent is not None
    assert Code.NO_CONSENT not in {r.code for r in case.explain("helped", **call).reasons}


def test_what_ends_consent_moves_it_from_where_it_is() -> None:
    against = given("partner", case=opened(PROCESS), by_rule=False).step("helped", **HELP)
    assert set(against.marked) == {"consent"}
    case = against.step("finished", by="partner", at=AT, facts={"content": True})
    assert case.states == {"main": "done", "consent": "open"}
    assert kept(case).marked == {}
    back = given("partner", by_rule=False).step("withdrawn", by="worker", at=AT)
    assert (back.state("consent"), kept(back).marked) == ("open", {})


def test_consent_taken_back_against_the_rules_is_taken_back() -> None:
    case = irregular(given("partner"), "withdrawn", by="worker", at=AT,
                     transition="consent.take_back", **LATE)  # fmt: skip
    assert set(kept(case).marked) == {"consent"}
    assert Code.NO_CONSENT in refusal(case)


def test_a_guard_that_asks_for_no_consent_reads_none() -> None:
    main, consent = LAW.machines
    only = tuple(
        evolve(t, guard=~machine("consent").in_("given"), shares=()) if t.id == "help" else t
        for t in main.transitions
    )
    law = evolve(LAW, machines=(evolve(main, transitions=only), consent))
    assert "helped" not in given("partner", case=opened(law)).enabled()
    case = given("partner", case=opened(law), by_rule=False)
    assert "helped" in case.enabled()
    assert kept(case.step("helped", **HELP)).state("main") == "helped"


def test_a_law_without_consent_has_marks_too() -> None:
    law = evolve(PROCESS, consent=None)
    case = irregular(opened(law), "helped", **HELP, transition="main.help", **LATE)
    assert set(kept(case).marked) == {"main"}
    case = case.step("consented", by="worker", at=AT, facts={"recipients": ["partner"]})
    assert set(kept(case).marked) == {"main"}


# -- what an agency is told ------------------------------------------------------------------------


def test_whom_consent_lawfully_names_is_told_to_nobody_who_does_not_see_it() -> None:
    main, consent = LAW.machines
    named = fact("recipients").includes("partner")
    rule = transition("told", "finished", "asked", "done", named)
    shown = evolve(main, transitions=(*main.transitions, rule), seen_by=("worker", "partner"))
    law = evolve(LAW, machines=(shown, consent))
    case = given("partner", case=opened(law), by_rule=False)
    asked: dict[str, Any] = {"at": AT, "facts": {"content": True}}
    (told,) = case.explain("finished", by="worker", **asked).reasons
    assert told.facts == ("recipients",)
    found = case.explain("finished", by="partner", **asked)
    assert not found.allowed
    assert not any(reason.facts for reason in found.reasons)


def test_the_reason_is_told_to_its_reporter_only() -> None:
    case = given("partner", by_rule=False)
    mine, theirs = (case.view(a).journal[-1].irregular for a in ("worker", "partner"))
    assert mine == Irregularity("consent.give", "worker", "no paper")
    assert theirs == Irregularity("consent.give", "worker", "")
    main = irregular(given("partner"), "helped", **HELP, transition="main.help", **LATE)
    shared = main.view("partner").journal[-1]  # it does not see the machine, only what it is given
    assert (dict(shared.facts), shared.irregular) == ({"age": 71}, None)


def test_an_irregular_move_whose_event_is_not_seen_stays_known_as_that() -> None:
    case = irregular(given("partner"), "finished", by="worker", at=AT, transition="main.finish",
                     facts={"content": True}, **LATE)  # fmt: skip
    assert case.view("partner").marked == ("consent",)
    case = case.step("consented", by="worker", at="2024-06-04", facts={"recipients": ["partner"]})
    view = case.view("partner")
    told = next(entry for entry in view.journal if entry.irregular)
    assert view.marked == ()
    assert (told.event, told.irregular) == ("", Irregularity("", "", ""))
    assert [(m.machine, m.source, m.target) for m in told.moved] == [("consent", "given", "open")]
    shown = [*against_told(case.process, seen(view), "en")]
    assert shown == ["≠ 2024-06-03 10:00: a, from ‘given’ to ‘open’."]


@pytest.mark.again
def test_an_irregular_consent_never_opens_anything() -> None:
    """From whatever a case is in, consent given against the rules provides nothing on consent."""
    law, rnd, tried, provided = processes.get("entry_support"), random.Random(20261126), 0, 0
    rules = [t for t in law.machine("consent").transitions if t.event == "consent_given"]
    for _ in range(60):
        case = led(law, rnd)
        if case._marks is not None or case.state("consent") in ("given", "narrowed"):
            continue
        facts = {f: value(law.fact(f), rnd) for f in law.event("consent_given").records}
        case = irregular(case, "consent_given", by="prosecutor", at=case.at, facts=facts,
                         transition=f"consent.{rules[0].id}", **LATE)  # fmt: skip
        for _ in range(12):
            events = [e for e in case.possible() if law.event(e).home != "consent"]
            if not events:
                break
            event = law.event(rnd.choice(events))
            said = {f: value(law.fact(f), rnd) for f in event.records}
            after = attempt(case, event.id, by=event.by[0], at=case.at, facts=said)
            if after is None:
                continue
            tried += 1
            provided += any(p.consent for p in after.journal[-1].provided)
            case = after
        assert replay(law, case.journal, at=case.at) == case
    assert tried > 60
    assert provided == 0


def test_where_a_limit_that_is_over_leads_nowhere_time_goes_on() -> None:
    """The remand had ended; who is taken away against the rules is where it stands still."""
    away = stopping.limit(stops=(Stop("custody", ("away",)),), renewals=())
    law = stopping.law(evolve(away, states=("held", "away"), on_expiry="released"))
    case = law.open(at="2024-06-01").step("held", by="worker", at=AT).advance(to="2024-06-20")
    case = irregular(case, "left", by="worker", at="2024-06-21", transition="custody.leave", **LATE)
    assert [clock.passed(case.at) for clock in case.deadlines()] == [True]
    assert next_limit(case) is None
    case = case.advance(to="2024-07-01")
    assert case.journal[-1].event == "left"
    case = case.step("returned", by="worker", at="2024-07-01")
    assert next_limit(case) == case.at
    assert case.advance(to="2024-07-02").journal[-1].event == "released"
    assert replay(law, case.journal, at=case.at) == case
