"""When a rule counts: its days in force, what a guard asks of a case, and what may yet hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Case, Process, Refused
from diversion_flow.definition import (
    Basis,
    Event,
    Fact,
    FactError,
    Guard,
    Kind,
    LawGap,
    Mark,
    OnEntry,
    OnEvent,
    Remark,
    Remarks,
    Share,
    UnknownId,
    fact,
    holds,
    missed,
    running,
)
from diversion_flow.definition.guard import ALWAYS, OnWorkingDay
from diversion_flow.runtime import Code
from diversion_flow.runtime.clause import consent_to, in_force, law_begins, period
from diversion_flow.runtime.lapsing import circles
from diversion_flow.runtime.logic import compile_guard
from helpers.small import CONSENT, LAW, MAIN, NAMED, PROCESS, T, state, transition, with_main

AT = "2024-06-03T10:00"


def days(*bases: tuple[Any, Any], since: Any = None, until: Any = None) -> tuple[Any, Any]:
    """The days of a rule that rests on provisions of these days, in a law of those."""
    basis = tuple(Basis(Mark.READ, "law", since=s, until=u) for s, u in bases)
    rule = transition("help", "helped", "asked", "helped", basis=basis)
    law = evolve(with_main(transitions=(rule,)), deadlines=(), since=since, until=until)
    return period(law, rule)


D = {n: date(2024, 6, n) for n in range(1, 10)}


def test_the_rules_are_others_from_the_first_day_of_one_and_from_the_day_after_its_last() -> None:
    assert law_begins([(D[2], D[4]), (None, D[6]), (D[5], date.max)]) == (
        date.min, D[2], D[5], D[7],
    )  # fmt: skip


def test_a_rule_is_in_force_while_all_that_it_rests_on_is() -> None:
    assert days((None, None)) == (None, None)
    assert days((D[2], D[8]), (D[3], D[9]), (None, None)) == (D[3], D[8])
    # days that say no more than the law's own are not asked for again
    assert days((D[2], D[8]), since=D[2], until=D[8]) == (None, None)
    assert days((D[2], D[8]), since=D[1], until=D[9]) == (D[2], D[8])
    assert days((D[2], D[8]), since=D[3], until=D[7]) == (None, None)


@pytest.mark.parametrize(("since", "until"), [(3, 5), (3, None), (None, 5)])
def test_from_its_first_to_its_last_day(since: int | None, until: int | None) -> None:
    basis = Basis(Mark.READ, "law", since=D.get(since), until=D.get(until))  # type: ignore[arg-type]
    rule = transition("help", "helped", "asked", "helped", basis=(basis,))
    law = evolve(with_main(transitions=(rule,)), deadlines=())
    before, after = since is None, until is None
    assert [in_force(law, rule, D[n]) for n in (2, 3, 5, 6)] == [before, True, True, after]
    case = law.open(at="2024-06-01")
    for at, there in (("2024-06-02T23:59", before), ("2024-06-03", True), ("2024-06-05T23:59", True), ("2024-06-06", after)):  # fmt: skip
        assert ("helped" in case.enabled(at=at)) == there
        assert ("helped" in case.possible(at=at)) == there
        told = case.explain("helped", by="worker", at=at).reasons
        assert [reason.code for reason in told] == ([] if there else [Code.NOT_IN_FORCE])


def test_without_a_rule_of_consent_nothing_has_to_be_consented_to() -> None:
    assert consent_to(evolve(PROCESS, consent=None), "partner") == ALWAYS
    case = PROCESS.open(at=AT)
    assert case.explain("helped", by="worker").possible


# -- what may yet hold ----------------------------------------------------------------------------


def opened(*rules: Any, **facts: object) -> Case:
    main = evolve(MAIN, transitions=rules)
    return evolve(PROCESS, machines=(main, CONSENT), deadlines=()).open(at=AT, facts=facts)


def test_what_a_person_decides_is_remarked_on_whether_it_may_happen_or_not() -> None:
    remarks = tuple(Remark(id, T, Remarks.OPEN_NORM, (f"main.{id}",), LAW) for id in ("help", "reject"))  # fmt: skip
    case = evolve(PROCESS, remarks=remarks).open(at=AT, facts={"age": 70})
    may, unknown = case.explain("helped", by="worker"), case.process.open(at=AT).explain("helped", by="worker")  # fmt: skip
    assert (may.allowed, may.remarks) == (True, remarks[:1])
    assert (unknown.allowed, unknown.remarks) == (False, remarks)


def test_of_two_ways_that_both_hold_none_is_possible() -> None:
    ways = [transition(id, "helped", "asked", "helped", holds("content")) for id in ("one", "two")]
    case = opened(*ways, content=True)
    assert "helped" not in case.possible()
    assert not case.explain("helped", by="worker", whole=True).possible
    assert "helped" in opened(ways[0], content=True).possible()


def test_what_lacks_a_fact_that_the_event_does_not_record_is_not_possible() -> None:
    asks = transition("one", "helped", "asked", "helped", holds("content"))
    assert "helped" not in opened(asks).possible()
    assert "helped" not in opened(asks, content=False).possible()
    both = transition("one", "helped", "asked", "helped", holds("content") & (fact("age") >= 65))
    assert "helped" not in opened(both).possible()
    assert "helped" in opened(both, content=True).possible()
    assert "helped" not in opened(both, content=True, age=60).possible()
    known = transition("one", "helped", "asked", "helped", fact("age").known())
    assert "helped" in opened(known).possible()
    assert "helped" not in opened(known).enabled()
    never = transition("one", "helped", "asked", "helped", ~fact("age").known())
    assert "helped" not in opened(never, age=1).possible()
    decided = transition("one", "helped", "asked", "helped", ~((fact("age") < 65) | holds("content")))  # fmt: skip
    assert "helped" not in opened(decided, content=True).possible()
    assert "helped" in opened(decided, content=False).possible()


def test_of_a_choice_what_is_not_known_is_named_and_lacks_to_who_may_report_it() -> None:
    either = transition("one", "helped", "asked", "helped", (fact("age") >= 65) | holds("content"))
    told = opened(either, content=False).explain("helped", by="worker")
    assert [(r.code, r.facts) for r in told.reasons] == [(Code.FACT_MISSING, ("age",))]
    assert told.possible
    assert not opened(either, content=False).explain("helped", by="partner").possible
    (too_young,) = opened(either, content=False, age=60).explain("helped", by="worker").reasons
    assert (too_young.code, too_young.recordable) == (Code.CONDITION_FALSE, False)


def test_consent_of_which_nobody_is_known_to_be_named_is_no_consent() -> None:
    tell = transition("one", "helped", "asked", "helped", shares=(Share(("age",), "partner"),))
    law = opened(tell).process
    case = law.open(at=AT, states={"consent": "given"}, since={"consent": AT}, reason="r")
    told = case.explain("helped", by="worker", whole=True).reasons
    assert [(r.code, r.agencies) for r in told] == [(Code.NO_CONSENT, ("partner",))]


def test_what_is_not_yet_law_is_not_possible() -> None:
    later = (Basis(Mark.READ, "law", since=date(2025, 1, 1)),)
    case = opened(transition("one", "helped", "asked", "helped", fact("age") >= 65, basis=later))
    assert "helped" not in case.possible()
    assert "helped" in case.possible(at="2025-01-01")


def test_two_ways_of_another_machine_forbid_the_event_in_every_answer() -> None:
    twice = [transition(id, "helped", "open", "given", holds("content")) for id in ("one", "two")]
    consent = evolve(CONSENT, transitions=tuple(twice))
    law = evolve(PROCESS, machines=(MAIN, consent), deadlines=(), consent=None)
    sole = law.open(at=AT, facts={"age": 70, "content": False})
    assert sole.step("helped", by="worker", at=AT).states == {"main": "helped", "consent": "open"}
    case = law.open(at=AT, facts={"age": 70, "content": True})
    assert "helped" not in case.possible()
    with pytest.raises(Refused) as caught:
        case.step("helped", by="worker", at=AT)
    assert [(r.code, r.machine) for r in caught.value.whole.reasons] == [
        (Code.AMBIGUOUS, "consent")
    ]


def test_another_machine_that_can_go_one_way_hinders_nothing() -> None:
    case = PROCESS.open(at=AT, facts={"age": 70}).step("helped", by="worker", at=AT)
    case = case.step("consented", by="worker", at=AT, **NAMED)
    assert "finished" not in case.enabled()
    assert "finished" in case.possible()
    done = case.step("finished", by="worker", at=AT, facts={"content": True})
    assert done.states == {"main": "done", "consent": "open"}


# -- what a guard asks ----------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [running("limit"), missed("limit")], ids=["runs", "missed"])
def test_a_limit_runs_or_is_missed_in_no_case_but_one(asked: Guard) -> None:
    test = compile_guard(asked, PROCESS, dict(zip(("main", "consent"), PROCESS.initial, strict=True)))  # fmt: skip
    assert callable(test)
    assert test((None, None, None), datetime(2024, 6, 3, tzinfo=UTC), None) is None


def test_a_guard_of_an_unknown_kind_is_compiled_nowhere() -> None:
    with pytest.raises(AssertionError, match="Guard"):
        compile_guard(Guard(), PROCESS, {})


def test_a_working_day_is_asked_of_the_day_of_the_step() -> None:
    case = opened(transition("one", "helped", "asked", "helped", OnWorkingDay()))
    friday = datetime(2024, 5, 31, 10)
    case = evolve(case.process).open(at=friday)
    there = ["helped" in case.enabled(at=friday + timedelta(days=n)) for n in range(4)]
    assert there == [True, False, False, True]


# -- what is recorded -----------------------------------------------------------------------------


def timed() -> Process:
    return evolve(PROCESS, facts=(*PROCESS.facts, Fact("then", T, Kind.DATETIME, "worker")))


@pytest.mark.parametrize("year", [1, 9999])
def test_a_moment_at_the_edge_of_the_calendar_is_no_fact(year: int) -> None:
    law, edge = timed(), datetime(year, 1 if year == 1 else 12, 1 if year == 1 else 31, 12)
    with pytest.raises(FactError) as caught:
        law.open(at=AT, facts={"then": edge})
    assert (caught.value.code, caught.value.at) == ("fact_no_moment", (("fact", "then"),))
    last = datetime(year, 1, 4) if year == 1 else datetime(year, 12, 28, 12)
    assert "then" in law.open(at=AT, facts={"then": last}).facts
    inside = datetime(year, 6, 15, 12)
    assert law.open(at=AT, facts={"then": inside}).facts["then"] == inside.astimezone().replace(
        tzinfo=law.open(at=AT).at.tzinfo, hour=12, day=15, month=6, year=year
    )


def test_the_facts_of_another_case_are_taken_over() -> None:
    first = PROCESS.open(at=AT, facts={"age": 70, "content": True})
    again = PROCESS.open(at=AT, facts=first.facts)
    assert again == first
    assert dict(again.facts) == {"age": 70, "content": True}
    narrower = evolve(PROCESS, version="2").open(at=AT, facts=first.facts)
    assert dict(narrower.facts) == dict(first.facts)
    fewer = evolve(PROCESS, facts=PROCESS.facts[1:], machines=with_main(transitions=()).machines, events=tuple(evolve(e, records=()) for e in PROCESS.events))  # fmt: skip
    with pytest.raises(UnknownId):
        fewer.open(at=AT, facts=first.facts)


def test_a_case_is_opened_from_the_first_to_the_last_day_of_its_law() -> None:
    for since, until, there in (
        (D[3], None, (False, True, True, True)), (None, D[5], (True, True, True, False)),
        (D[3], D[5], (False, True, True, False)), (None, None, (True,) * 4),
    ):  # fmt: skip
        law = evolve(PROCESS, since=since, until=until)
        for at, may in zip(("2024-06-02T23:59", "2024-06-03", "2024-06-05T23:59", "2024-06-06"), there, strict=True):  # fmt: skip
            if may:
                assert law.open(at=at).process is law
            else:
                with pytest.raises(LawGap):
                    law.open(at=at)


def test_a_case_has_the_reference_of_its_owner() -> None:
    case = PROCESS.open(at=AT, facts={"age": 70}, id="A-1")
    assert case.id == case.step("helped", by="worker", at=AT).id == "A-1"
    assert PROCESS.open(at=AT).id == ""
    assert case != PROCESS.open(at=AT, facts={"age": 70}, id="A-2")


def test_a_refusal_names_its_case_unchanged() -> None:
    case = PROCESS.open(at=AT, facts={"age": 60})
    with pytest.raises(Refused) as caught:
        case.step("finished", by="partner", at=AT)
    assert caught.value.case is case
    assert (caught.value.event, caught.value.by) == ("finished", "partner")


# -- circles --------------------------------------------------------------------------------------


def limits(*pairs: tuple[str, str]) -> tuple[Any, ...]:
    limit = PROCESS.deadlines[0]
    return tuple(
        evolve(limit, id=f"in_{s}_{n}", states=(s,), on_expiry=event)
        for n, (s, event) in enumerate(pairs)
    )


def test_a_limit_whose_event_leads_nowhere_from_its_state_goes_round_in_no_circle() -> None:
    law = evolve(PROCESS, deadlines=limits(("done", "lapsed")))
    assert list(circles(law)) == []


def test_a_limit_that_stops_on_the_way_round_is_set_anew_and_goes_in_no_circle() -> None:
    back = transition("back", "returned", "done", "helped")
    lapse = MAIN.transitions[3]
    states = (*MAIN.states[:2], state("done"))
    main = evolve(MAIN, states=states, transitions=(*MAIN.transitions[:3], lapse, back))
    two = limits(("helped", "lapsed"), ("done", "returned"))
    law = evolve(PROCESS, machines=(main, CONSENT), events=(*PROCESS.events, Event("returned", T, "main", ("worker",))))  # fmt: skip

    def found(start: Any, *states: str, **length: Any) -> int:
        made = [evolve(d, start=start, length=evolve(d.length, **length)) for d in two]
        if states:
            made = [evolve(d, states=states) for d in made]
        return len(list(circles(evolve(law, deadlines=tuple(made)))))

    assert found(OnEntry()) == 0
    assert found(OnEntry(), amount=0) == 1  # no time passes
    assert found(OnEntry(), amount=0, plus=("age",)) == 0
    assert found(OnEntry(), "helped", "done") > 0  # it is never left
    assert found(OnEvent(("helped",))) == 1
    assert found(OnEvent(("helped", "returned"))) == 0


def test_of_very_many_ways_round_so_many_are_tried() -> None:
    """Every state leads to every other: more ways round than can ever be walked."""
    names = [f"s{n}" for n in range(12)]
    rules = [transition(f"to_{n}", f"e_{n}", " ".join(names), n) for n in names]
    main = evolve(MAIN, initial="s0", states=tuple(state(n) for n in names), transitions=tuple(rules))  # fmt: skip
    law = evolve(
        PROCESS, machines=(main, CONSENT),
        events=(*(Event(f"e_{n}", T, "main", ("worker",)) for n in names), *PROCESS.events),
        deadlines=limits(*((s, f"e_{n}") for s in names for n in names)),
    )  # fmt: skip
    assert next(circles(law))
    assert len(list(circles(law))) < 20_000
