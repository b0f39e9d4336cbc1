"""Consent is the person's: it names recipients or is refused, and narrowing it adds none."""

from __future__ import annotations

import pickle
import random
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Case, Process, Refused, check, processes, replay
from diversion_flow.analysis.findings import FindingCode
from diversion_flow.definition import Choice, ConsentRule, Event, Share, fact
from diversion_flow.runtime import Code
from diversion_flow.runtime.clause import clauses
from diversion_flow.runtime.reading import moves
from helpers.chance import attempt, living, value
from helpers.small import LAW as GROUND
from helpers.small import MAIN, NAMED, PROCESS, T, state, transition, with_main, with_transitions

AT = "2024-06-03T10:00"
SHIPPED = [*processes.versions("entry_support"), *processes.versions("special_coordination")]
NOTHING: list[dict[str, Any]] = [{}, {"recipients": []}, {"recipients": None}]


def narrowing() -> Process:
    """The small process, in which consent may be narrowed, and given anew while it stands."""
    three = tuple(Choice(id, T) for id in ("partner", "worker", "third"))
    consent = evolve(
        PROCESS.machines[1],
        states=(*PROCESS.machines[1].states, state("narrowed")),
        transitions=(
            *PROCESS.machines[1].transitions,
            transition("again", "consented", "given narrowed", "given"),
            transition("narrow", "less", "given narrowed", "narrowed"),
            transition("sign", "signed", "given", "given"),
        ),
    )
    return evolve(
        PROCESS,
        machines=(PROCESS.machines[0], consent),
        facts=(*PROCESS.facts[:-1], evolve(PROCESS.facts[-1], choices=three)),
        events=(
            *PROCESS.events,
            Event("less", T, "consent", ("worker",), ("recipients",)),
            Event("signed", T, "consent", ("worker",)),
        ),
        consent=ConsentRule("consent", ("given", "narrowed"), "recipients"),
    )


LAW = narrowing()


def given(*recipients: str, law: Process = LAW) -> Case:
    return law.open(at=AT).step("consented", by="worker", at=AT, facts={"recipients": recipients})


def refused(case: Case, event: str, facts: object = None, by: str = "worker") -> list[Code]:
    with pytest.raises(Refused) as caught:
        case.step(event, by=by, at=case.at, facts=facts)  # type: ignore[arg-type]
    assert caught.value.text("ja")
    assert caught.value.text("en")
    return [reason.code for reason in caught.value.whole.reasons]


@pytest.mark.parametrize("facts", [None, *NOTHING], ids=str)
def test_consent_that_names_nobody_is_refused_whatever_was_named_before(facts: Any) -> None:
    for known in ({}, {"recipients": ["partner"]}):
        case = LAW.open(at=AT, facts=known)
        assert refused(case, "consented", facts) == [Code.NO_RECIPIENTS]
        assert "consented" not in case.enabled("worker")
        assert "consented" in case.possible("worker")
    left = given("partner").step("withdrawn", by="worker", at=AT)
    assert left.facts["recipients"] == {"partner"}
    assert refused(left, "consented", facts) == [Code.NO_RECIPIENTS]
    anew = left.step("consented", by="worker", at=AT, facts=dict(left.facts))
    assert anew.state("consent") == "given"


def test_the_reason_says_what_to_do_and_who_may() -> None:
    case = LAW.open(at=AT)
    told = case.explain("consented", by="worker")
    assert [(r.code, r.facts, r.recordable) for r in told.reasons] == [
        (Code.NO_RECIPIENTS, ("recipients",), True)
    ]
    assert told.possible
    assert "at least one recipient" in told.text("en")
    assert "提供先を一つ以上" in told.text("ja")
    wide = {"recipients": ["partner", "third"]}
    told = given("partner").explain("less", by="worker", facts=wide)
    assert [r.code for r in told.reasons] == [Code.CONSENT_WIDENED]
    assert "cannot add a recipient" in told.text("en")
    assert "提供先を増やすことはできません" in told.text("ja")
    assert "partner" not in told.text("en")


def narrowed_to(*recipients: str) -> dict[str, str] | None:
    """What moves when the partner and the worker are narrowed to these, read without the tables."""
    case = given("partner", "worker")
    return moves(case, "less", "worker", case.at, {"recipients": frozenset(recipients)})


def test_narrowing_takes_away_and_never_adds() -> None:
    case = given("partner", "third")
    for facts in (None, *NOTHING):
        assert refused(case, "less", facts) == [Code.NO_RECIPIENTS]
    assert refused(case, "less", {"recipients": ["partner", "worker"]}) == [Code.CONSENT_WIDENED]
    less = case.step("less", by="worker", at=AT, facts={"recipients": ["third"]})
    assert less.facts["recipients"] == {"third"}
    assert refused(less, "less", {"recipients": ["partner"]}) == [Code.CONSENT_WIDENED]
    assert narrowed_to("partner", "third") is None
    assert narrowed_to("partner") == {"consent": "narrow"}
    # what is limited otherwise than in its recipients is narrowed all the same
    assert less.step("less", by="worker", at=AT, facts={"recipients": ["third"]}) != less
    more = less.step("consented", by="worker", at=AT, facts={"recipients": ["partner", "third"]})
    assert more.facts["recipients"] == {"partner", "third"}
    assert refused(more, "consented") == [Code.NO_RECIPIENTS]
    assert more.step("signed", by="worker", at=AT).state("consent") == "given"


def test_an_event_that_elsewhere_ends_consent_gives_none() -> None:
    consent = LAW.machines[1]
    rules = (transition("limit", "less", "given", "given"), transition("refuse", "less", "open", "refused"))  # fmt: skip
    consent = evolve(consent, states=(*consent.states, state("refused")),
                     transitions=(*consent.transitions[:4], *rules))  # fmt: skip
    law = evolve(LAW, machines=(LAW.machines[0], consent))
    assert asked_of_consent(law) == {
        "give": ["naming"], "again": ["naming"], "limit": ["naming", "narrowing"],
    }  # fmt: skip
    case = given("partner", law=law)
    assert refused(case, "less", {"recipients": ["partner", "third"]}) == [Code.CONSENT_WIDENED]


def asked_of_consent(law: Process) -> dict[str, list[str]]:
    """What consent asks of each rule of which it asks anything."""
    rules = (t for m in law.machines for t in m.transitions)
    asked = {t.id: [c.kind for c in clauses(law, t) if c.kind != "guard"] for t in rules}
    return {id: kinds for id, kinds in asked.items() if kinds}


def test_what_the_law_writes_of_consent_itself_is_asked_once() -> None:
    give, *rest = LAW.machines[1].transitions
    give = evolve(give, guard=fact("recipients").named())
    law = evolve(LAW, machines=(LAW.machines[0], evolve(LAW.machines[1], transitions=(give, *rest))))  # fmt: skip
    assert asked_of_consent(law) == asked_of_consent(LAW)


def test_what_follows_consent_follows_it_though_it_names_more() -> None:
    follows = transition("follow", "consented", "helped", "done")
    main = evolve(MAIN, transitions=(*MAIN.transitions, follows))
    case = given("partner", law=evolve(LAW, machines=(main, LAW.machines[1])))
    case = case.step("helped", by="worker", at=AT, facts={"age": 70})
    case = case.step("consented", by="worker", at=AT, facts={"recipients": ["partner", "third"]})
    assert case.states == {"main": "done", "consent": "given"}


def test_what_the_law_itself_hands_over_asks_for_no_consent() -> None:
    shares = (Share(("age",), "partner", exception=GROUND[0]),)
    rules = tuple(evolve(t, shares=shares) if t.id == "help" else t for t in MAIN.transitions)
    case = with_main(transitions=rules).open(at=AT)
    helped = case.step("helped", by="worker", at=AT, facts={"age": 71})
    assert [(p.to, p.consent) for p in helped.journal[-1].provided] == [("partner", False)]


def test_what_is_named_again_is_in_the_journal_which_replays() -> None:
    again = given("partner").step("withdrawn", by="worker", at=AT)
    again = again.step("consented", by="worker", at=AT, facts=dict(again.facts))
    again = again.step("less", by="worker", at=AT, facts=dict(again.facts))
    assert [set(e.facts) for e in again.journal[1:]] == [
        {"recipients"}, set(), {"recipients"}, {"recipients"}]  # fmt: skip
    assert replay(LAW, again.journal) == again
    assert pickle.loads(pickle.dumps(again)) == again


def test_no_event_of_another_track_adds_a_recipient_while_consent_stands() -> None:
    also = (evolve(LAW.events[0], records=("age", "recipients")), *LAW.events[1:])
    law = evolve(LAW, events=also)
    told = {"age": 70, "recipients": ["third"]}
    assert law.open(at=AT).step("helped", by="worker", at=AT, facts=told).facts["recipients"]
    case = given("partner", law=law)
    assert Code.CONSENT_WIDENED in refused(case, "helped", told)
    assert case.step("helped", by="worker", at=AT, facts={"age": 70}).state("main") == "helped"


def test_consent_that_can_name_nobody_is_found() -> None:
    silent = tuple(evolve(e, records=()) if e.id == "consented" else e for e in PROCESS.events)
    law = evolve(PROCESS, events=silent)
    assert refused(law.open(at=AT), "consented") == [Code.NO_RECIPIENTS]
    assert law.open(at=AT).possible("worker") == ("helped",)
    found = {(f.code, f.ids) for f in check(law)}
    assert (FindingCode.DEAD_TRANSITION, ("consent", "give")) in found


def test_a_law_may_ask_it_of_other_sets_too() -> None:
    law = with_transitions(
        transition("tell", "withdrawn", "asked", "helped", fact("recipients").named())
    )
    events = tuple(
        evolve(e, home="main", records=("recipients",)) if e.id == "withdrawn" else e
        for e in law.events
    )
    case = evolve(law, events=events).open(at=AT, **NAMED)
    assert refused(case, "withdrawn") == [Code.NO_RECIPIENTS]
    assert case.step("withdrawn", by="worker", at=AT, **NAMED).state("main") == "helped"


def test_a_reporter_learns_nothing_of_recipients_that_it_does_not_see() -> None:
    hidden = (*LAW.facts[:-1], evolve(LAW.facts[-1], source="partner", seen_by=("partner",)))
    law = evolve(LAW, facts=hidden)
    asked = {"facts": {"recipients": ["worker"]}, "by": "worker"}
    told = [given(one, law=law).explain("less", **asked) for one in ("partner", "third")]  # type: ignore[arg-type]
    assert told[0] == told[1]
    assert [r.code for r in told[0].reasons] == [Code.WITHHELD]
    assert [r.code for r in law.open(at=AT).explain("consented", by="worker").reasons] == [
        Code.NO_RECIPIENTS
    ]


@pytest.mark.parametrize("law", [*SHIPPED, LAW], ids=lambda law: law.version)
def test_along_any_course_recipients_are_those_named_with_the_last_giving(law: Process) -> None:
    rule = law.consent
    assert rule is not None
    giving, narrowed = 0, 0
    for seed in range(20):
        rnd = random.Random(seed)
        case = law.open(at=law.since or AT, facts={rule.recipients: [_first(law)]})
        named: frozenset[str] = frozenset()
        for _ in range(60):
            before, events = case, living(law, case.possible(), rnd)
            asking = [e for e in events if rule.recipients in law.event(e).records]
            events = asking if asking and rnd.random() < 0.5 else events
            events = [e for e in events if law.event(e).by]
            if not events:
                break
            event = law.event(rnd.choice(events))
            facts = {f: value(law.fact(f), rnd) for f in event.records if rnd.random() < 0.9}
            case = attempt(case, event.id, by=event.by[0], at=case.at, facts=facts) or case
            if case is before or case.state(rule.machine) not in rule.states:
                continue
            now = case.facts[rule.recipients]
            assert isinstance(now, frozenset)
            assert now
            if event.id in ("consent_given", "consented"):
                assert frozenset(facts[rule.recipients]) == now  # type: ignore[call-overload]
                named, giving = now, giving + 1
            narrowed += now < named
            assert now <= named
    assert giving > 5
    assert narrowed > 0 or len(rule.states) == 1


def _first(law: Process) -> str:
    assert law.consent is not None
    return law.fact(law.consent.recipients).choices[0].id


@pytest.mark.parametrize("law", SHIPPED, ids=lambda law: law.version)
def test_who_may_report_consent_is_said_with_its_ground(law: Process) -> None:
    for id in ("consent_given", "consent_narrowed", "consent_withdrawn"):
        if id in law.by_id["event"]:
            event = law.event(id)
            assert "person" in event.by
            assert len(event.by) > 1
            assert any(b.note is not None and "report" in b.note.en for b in event.basis)


def test_a_case_is_shared_with_those_named_only() -> None:
    tell = transition("tell", "lapsed", "asked", "done", shares=(Share(("age",), "partner"),))
    law = evolve(with_transitions(tell), deadlines=())
    case = law.open(at=AT, **NAMED)
    assert refused(case, "lapsed") == [Code.NO_CONSENT]
