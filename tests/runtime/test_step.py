"""What a step is: broadcast, three-valued, all reasons at once, nothing lost, nothing told."""

from __future__ import annotations

import logging
import pickle
import random
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import Process, Refused, processes, replay
from diversion_flow.definition import (
    Basis,
    DefinitionError,
    Fact,
    FactError,
    Kind,
    LawGap,
    Mark,
    Share,
    UnknownId,
    fact,
    holds,
    machine,
)
from diversion_flow.runtime import JST, Code, ReplayError
from helpers.amounts import examples
from helpers.chance import attempt, value
from helpers.small import MAIN, NAMED, PROCESS, T, transition, with_main, with_transitions

AT = "2024-06-03T10:00"


def reasons(case: object, event: str, **call: object) -> list[Code]:
    with pytest.raises(Refused) as caught:
        case.step(event, **call)  # type: ignore[attr-defined]
    return [r.code for r in caught.value.whole.reasons]


def helped(process: Process = PROCESS, age: int = 70) -> object:
    case = process.open(at=AT, facts={"age": age}, id="A-1")
    return case.step("helped", by="worker", at="2024-06-04")


def test_machines_move_together_and_others_stay() -> None:
    case = helped().step("consented", by="worker", at="2024-06-05", **NAMED)  # type: ignore[attr-defined]
    assert dict(case.states) == {"main": "helped", "consent": "given"}
    done = case.step("finished", by="partner", at="2024-06-06", facts={"content": True})
    assert dict(done.states) == {"main": "done", "consent": "open"}
    assert [m.machine for m in done.journal[-1].moved] == ["main", "consent"]


@pytest.mark.parametrize(
    "at",
    [
        datetime(2024, 6, 3, 20),
        datetime(2024, 6, 3, 11, tzinfo=UTC),
        datetime(2024, 6, 3, 20, tzinfo=timezone(timedelta(hours=9))),
    ],
)
def test_what_happens_is_recorded_in_japanese_time(at: datetime) -> None:
    case = PROCESS.open(at=AT, facts={"age": 70}).step("helped", by="worker", at=at)
    assert str(case.at) == str(case.journal[-1].at) == "2024-06-03 20:00:00+09:00"
    assert case.at.tzinfo is JST


def test_the_home_machine_decides() -> None:
    case = PROCESS.open(at=AT).step("consented", by="worker", at=AT, **NAMED)
    assert reasons(case, "finished", by="worker", at=AT) == [Code.NO_TRANSITION]
    (no_rule,) = case.explain("finished", by="worker").reasons
    assert not no_rule.recordable


def test_an_unknown_fact_enables_nothing_and_is_named_with_its_source() -> None:
    case = PROCESS.open(at=AT)
    with pytest.raises(Refused) as caught:
        case.step("helped", by="worker", at=AT)
    assert {r.code for r in caught.value.whole.reasons} == {Code.FACT_MISSING}
    assert {(r.facts, r.agencies, r.recordable) for r in caught.value.whole.reasons} == {
        (("age",), ("worker",), True)
    }
    assert case.enabled("worker") == ()
    assert case.possible("worker") == ("helped", "consented")


def test_facts_are_asked_as_those_of_any_mapping() -> None:
    facts = helped().facts  # type: ignore[attr-defined]
    known = dict(facts)
    for asked in ("age", "need", "content", "no_such_fact", "", None, 3, []):
        is_known = isinstance(asked, str) and asked in known
        assert (asked in facts) is is_known
        assert facts.get(asked) == (known[asked] if is_known else None)
        assert facts.get(asked, "nothing") == (known[asked] if is_known else "nothing")
    assert known["age"] == 70


def test_guards_see_the_facts_recorded_with_the_event() -> None:
    case = PROCESS.open(at=AT)
    assert case.step("helped", by="worker", at=AT, facts={"age": 65}).state("main") == "helped"
    assert case.step("helped", by="worker", at=AT, facts={"age": 64}).state("main") == "done"


def test_guards_read_the_states_before_the_step() -> None:
    swap = evolve(
        PROCESS,
        machines=(
            evolve(MAIN, transitions=(
                transition("help", "helped", "asked", "helped", machine("consent").in_("open")),)),
            evolve(PROCESS.machines[1], transitions=(
                transition("give", "helped", "open", "given", machine("main").in_("asked")),)),
        ),
        events=(evolve(PROCESS.events[0], records=("age", "recipients")), *PROCESS.events[1:]),
        deadlines=(),
    )  # fmt: skip
    moved = swap.open(at=AT).step("helped", by="worker", at=AT, **NAMED)
    assert dict(moved.states) == {"main": "helped", "consent": "given"}


def test_what_several_rules_ask_alike_is_told_once() -> None:
    again = evolve(MAIN.transition("help"), id="help_again")
    case = with_transitions(again).open(at="2024-06-03")
    told = case.explain("helped", by="worker", at="2024-06-03T10:00", whole=True)
    asked = [reason.text("en") for reason in told.reasons if "at least" in reason.text("en")]
    assert len(asked) == 2
    assert told.text("en").splitlines().count(asked[0]) == 1


def test_every_reason_is_given_at_once() -> None:
    case = helped()
    found = reasons(case, "finished", by="worker", at="2024-06-01")
    assert set(found) == {Code.TIME_BACKWARDS, Code.FACT_MISSING}
    assert reasons(case, "helped", by="partner", at="2024-06-05") == [
        Code.WRONG_AGENCY, Code.NO_TRANSITION]  # fmt: skip


def test_a_final_state_says_so() -> None:
    case = helped(age=60)
    assert case.closed  # type: ignore[attr-defined]
    assert not helped().closed  # type: ignore[attr-defined]
    assert reasons(case, "finished", by="worker", at="2024-06-05") == [Code.FINAL_STATE]


def test_a_limit_that_ran_out_comes_first_and_not_before() -> None:
    case = helped()
    assert reasons(case, "lapsed", by="worker", at="2024-06-10") == [Code.NOT_YET]
    late = {"by": "worker", "at": "2024-06-15", "facts": {"content": True}}
    assert reasons(case, "finished", **late) == [Code.DEADLINE_PASSED]
    advanced = case.advance(to="2024-06-15")  # type: ignore[attr-defined]
    assert advanced.state("main") == "done"
    assert advanced.journal[-1].at.isoformat() == "2024-06-15T00:00:00+09:00"
    assert case.advance(to="2024-06-14T23:59").journal == case.journal  # type: ignore[attr-defined]


def test_two_open_ways_are_refused() -> None:
    two = with_transitions(transition("also", "helped", "asked", "done", MAIN.transitions[0].guard))
    case = two.open(at=AT, facts={"age": 70})
    assert Code.AMBIGUOUS in reasons(case, "helped", by="worker", at=AT)


def test_law_not_in_force_on_the_day() -> None:
    later = (Basis(Mark.READ, "law", "2", since=date(2025, 1, 1)),)
    law = with_transitions(transition("quick", "lapsed", "asked", "done", basis=later))
    case = evolve(law, deadlines=()).open(at=AT)
    assert reasons(case, "lapsed", by="worker", at="2024-12-31") == [Code.NOT_IN_FORCE]
    assert case.step("lapsed", by="worker", at="2025-01-01").state("main") == "done"


def test_a_version_that_has_ended_moves_no_case() -> None:
    old = evolve(PROCESS, since=date(2020, 1, 1), until=date(2024, 6, 30))
    case = old.open(at=AT, facts={"age": 70})
    assert reasons(case, "helped", by="worker", at="2024-07-01") == [Code.NOT_IN_FORCE]
    with pytest.raises(LawGap):
        old.open(at="2019-12-31")


def test_no_hand_over_without_consent_for_that_recipient() -> None:
    tell = transition("tell", "lapsed", "asked", "done", shares=(Share(("age",), "partner"),))
    law = evolve(with_transitions(tell), deadlines=())
    case = law.open(at=AT)
    assert reasons(case, "lapsed", by="worker", at=AT) == [Code.NO_CONSENT]
    named = case.step("consented", by="worker", at=AT, **NAMED)
    left = named.step("withdrawn", by="worker", at=AT)
    assert reasons(left, "lapsed", by="worker", at=AT) == [Code.NO_CONSENT]
    given = case.step("consented", by="worker", at=AT, **NAMED)
    told = given.step("lapsed", by="worker", at=AT)
    assert [(s.to, s.facts) for s in told.journal[-1].shared] == [("partner", ("age",))]


def test_need_to_know_follows_consent() -> None:
    case = PROCESS.open(at=AT, facts={"age": 70, "content": True})
    assert dict(case.view("partner").facts) == {}
    given = case.step("consented", by="worker", at=AT, facts={"recipients": ["partner"]})
    assert dict(given.view("partner").facts) == {"age": 70}
    assert "content" in given.view("partner").withheld
    assert set(given.view("partner").states) == {"consent"}
    back = given.step("withdrawn", by="worker", at=AT)
    assert dict(back.view("partner").facts) == {}


def test_a_refusal_changes_nothing_and_a_case_never_changes() -> None:
    case = PROCESS.open(at=AT)
    before = (dict(case.states), case.journal, case.at)
    with pytest.raises(Refused):
        case.step("helped", by="worker", at=AT)
    case.step("consented", by="worker", at="2024-06-05", **NAMED)
    assert (dict(case.states), case.journal, case.at) == before
    with pytest.raises(AttributeError):
        case.at = None  # type: ignore[misc]


@pytest.mark.parametrize(
    ("call", "error"),
    [
        ({"event": "helpd", "by": "worker"}, UnknownId),
        ({"event": "helped", "by": "worker", "facts": {"agee": 1}}, UnknownId),
        ({"event": "helped", "by": "worker", "facts": {"age": "x"}}, FactError),
        ({"event": "helped", "by": "worker", "facts": {"age": 121}}, FactError),
        ({"event": "helped", "by": "worker", "facts": {"content": True}}, FactError),
    ],
)
def test_wrong_calls_are_errors_not_refusals(call: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        PROCESS.open(at=AT).step(at=AT, **call)  # type: ignore[arg-type]


def test_a_journal_that_does_not_fit_is_named_by_its_first_entry() -> None:
    journal = helped().journal  # type: ignore[attr-defined]
    wrong = (*journal[:1], evolve(journal[1], facts={"age": 50}))
    with pytest.raises(ReplayError) as caught:
        replay(PROCESS, wrong)
    assert (caught.value.number, caught.value.event) == (1, "helped")
    twice = (*journal[:1], *journal[:1])
    elsewhere = (*journal[:1], evolve(journal[1], moved=journal[1].moved * 2))
    for each, told in (
        (twice, ("journal_opening", 1, "opened")),
        (elsewhere, ("journal_moves", 1, "helped")),
        ((), ("journal_empty", 0, "opened")),
    ):
        with pytest.raises(ReplayError) as differs:
            replay(PROCESS, each)
        assert (differs.value.code, differs.value.number, differs.value.event) == told


@pytest.mark.parametrize(
    ("event", "by", "told"),
    [
        ("finished", "worker", "<fact_missing finish content>"),
        ("helped", "partner", "<wrong_agency helped >"),
        ("helped", "worker", "<no_transition main >"),
    ],
)
def test_a_reason_shows_its_code_and_the_nearest_place(event: str, by: str, told: str) -> None:
    assert told in [*map(repr, helped().explain(event, by=by, whole=True).reasons)]  # type: ignore[attr-defined]


def test_a_rule_that_also_fails_for_good_is_not_possible_for_want_of_a_fact() -> None:
    for bound, possible in ((60, False), (80, True)):
        rule = evolve(MAIN.transitions[2], guard=holds("content") & (fact("age") < bound))
        law = with_main(transitions=(*MAIN.transitions[:2], rule))
        law = evolve(law, deadlines=())
        case = law.open(at=AT, facts={"age": 70}).step("helped", by="worker", at=AT)
        assert case.explain("finished", by="worker").possible is possible


def test_a_case_is_pickled_as_its_journal() -> None:
    case = helped()
    assert pickle.loads(pickle.dumps(case)) == case


def test_no_case_content_in_texts_of_any_kind(caplog: pytest.LogCaptureFixture) -> None:
    """A marker age of 97 must appear in no repr, error, reason or log."""
    caplog.set_level(logging.DEBUG)
    case = PROCESS.open(at=AT, facts={"age": 97}, id="A-1")
    said = [repr(case), repr(case.facts), repr(case.journal), repr(case.view("worker"))]
    with pytest.raises(Refused) as refused:
        case.step("finished", by="worker", at="2020-01-01")
    said += [str(refused.value), repr(refused.value), repr(refused.value.args)]
    said += [repr(refused.value.explanation), *map(repr, refused.value.reasons)]
    said += [r.text(lang) for r in refused.value.reasons for lang in ("ja", "en")]
    for bad in ("ninety-97", 970):
        with pytest.raises(DefinitionError) as wrong:
            case.step("helped", by="worker", at=AT, facts={"age": bad})
        said.append(str(wrong.value))
    assert not [text for text in (*said, caplog.text) if "97" in text]


PROCESSES = (PROCESS, *(processes.in_force(n, on="2024-06-03") for n in processes.names()))


@pytest.mark.slow
@examples(40)
@given(seed=st.integers(0, 2**32), process=st.sampled_from(PROCESSES))
def test_explaining_enabling_and_stepping_say_the_same(seed: int, process: Process) -> None:
    rnd = random.Random(seed)
    case = process.open(
        at=AT, facts={f.id: value(f, rnd) for f in process.facts if rnd.random() < 0.6}
    )
    for _ in range(12):
        event = rnd.choice([e.id for e in process.events])
        definition = process.event(event)
        call = {
            "by": rnd.choice(definition.by),
            "at": case.at + timedelta(hours=rnd.choice([0, 1, 24, 24 * 200])),
            "facts": {f: value(process.fact(f), rnd) for f in definition.records},
        }
        moved = attempt(case, event, **call)
        assert case.explain(event, **call).allowed == (moved is not None)
        for name in case.enabled():
            by = process.event(name).by[0]
            assert attempt(case, name, by=by, at=case.at) is not None
            assert name in case.possible()
        case = moved or case
    assert replay(process, case.journal, case.id) == case


def test_a_moment_in_a_guard_without_an_offset_is_japanese_time() -> None:
    moments = (*PROCESS.facts, Fact("held", T, Kind.DATETIME, "worker"))
    event = evolve(PROCESS.events[0], records=("age", "held"))
    early = transition("help", "helped", "asked", "helped", fact("held") < datetime(2024, 6, 3, 9))
    main = evolve(MAIN, transitions=(early, *MAIN.transitions[2:]))
    process = evolve(
        PROCESS,
        machines=(main, PROCESS.machines[1]),
        facts=moments,
        events=(event, *PROCESS.events[1:]),
    )
    case = process.open(at="2024-06-03T10:00")
    for held, state in (("2024-06-03T08:59", "helped"), ("2024-06-02T23:30Z", "helped")):
        after = case.step("helped", by="worker", at="2024-06-03T10:00", facts={"held": held})
        assert after.state("main") == state
    with pytest.raises(Refused):
        case.step("helped", by="worker", at="2024-06-03T10:00", facts={"held": "2024-06-03T09:00"})


def test_no_event_is_called_as_the_opening_is() -> None:
    events = (*PROCESS.events, evolve(PROCESS.events[0], id="opened"))
    with pytest.raises(DefinitionError, match="opening of a case"):
        evolve(PROCESS, events=events)
