"""What each agency is shown of a case and of its past, counted by hand on the small process."""

from __future__ import annotations

import pytest
from attrs import evolve

from diversion_flow import Case, Process, UnknownId
from diversion_flow.definition import (
    Basis,
    Deadline,
    Fact,
    Kind,
    Length,
    Mark,
    OnEntry,
    OnEvent,
    OnFact,
    Share,
    Transition,
    Unit,
    fact,
    holds,
    machine,
    running,
)
from diversion_flow.definition.deadline import Start
from diversion_flow.definition.guard import ALWAYS
from diversion_flow.runtime import Code, Moved, Provision, Record
from diversion_flow.runtime.sight import sight
from diversion_flow.runtime.view import view
from helpers.small import CONSENT, LAW, MAIN, PROCESS, T, transition, with_main

AT = "2024-06-03T10:00"


def article(number: str) -> tuple[Basis, ...]:
    return (Basis(Mark.READ, "law", number),)


# The partner sees the consent always, the main machine on consent; each rule has its own article.
SEEN = evolve(
    PROCESS,
    machines=tuple(
        evolve(
            m,
            transitions=tuple(evolve(t, basis=article(t.id)) for t in m.transitions),
            seen_with_consent=("partner",),
        )
        for m in (MAIN, CONSENT)
    ),
)


def finished(law: Process = SEEN) -> Case:
    """The partner finishes, and with that the consent by which it saw the main machine ends."""
    case = law.open(at=AT, facts={"age": 70})
    case = case.step("helped", by="worker", at="2024-06-04")
    case = case.step("consented", by="worker", at="2024-06-05", facts={"recipients": ["partner"]})
    return case.step("finished", by="partner", at="2024-06-06", facts={"content": True})


def test_what_is_seen_alike_is_alike_under_whatever_law() -> None:
    one, other = (
        law.open(at="2024-06-03", facts={"age": 70}, id="A-1").view("worker")
        for law in (PROCESS, evolve(PROCESS, version="2"))
    )
    assert one == other
    assert "process" not in repr(one)


def journal(case: Case, agency: str) -> list[Record]:
    return list(case.view(agency).journal)


def moved(entry: Record) -> list[tuple[str, str, str, str]]:
    return [(m.machine, m.transition, m.source, m.target) for m in entry.moved]


def test_a_reporter_is_told_of_its_own_step_what_it_sees_itself() -> None:
    case = finished()
    entry = journal(case, "partner")[-1]
    assert (entry.event, entry.by, entry.facts) == ("finished", "partner", {"content": True})
    assert moved(entry) == [("consent", "end", "given", "open")]
    assert entry.basis == article("end")
    assert entry.provided == (Provision("worker", ("content",), ("consent",)),)
    whole = case.journal[-1]
    assert moved(whole) == [
        ("main", "finish", "helped", "done"), ("consent", "end", "given", "open"),
    ]  # fmt: skip
    assert whole.provided == (Provision("worker", ("content",), ("main", "consent")),)


def test_what_is_seen_alike_is_alike_whenever_it_is_looked_at() -> None:
    case = PROCESS.open(at=AT, facts={"age": 70}, id="one")
    later = PROCESS.open(at=AT, facts={"age": 71}, id="other").advance(to="2024-06-05")
    assert case.view("partner").at != later.view("partner").at
    assert case.view("partner") == later.view("partner")
    assert case.view("worker") != later.view("worker")


def test_of_a_case_taken_over_nobody_is_told_since_when_what_it_does_not_see() -> None:
    states, since = {"main": "helped", "consent": "given"}, ("main", "consent", "helped")
    case = PROCESS.open(
        at=AT,
        facts={"age": 70},
        states=states,
        reason="r",
        since=dict.fromkeys(since, "2024-06-01"),
    )
    told = {a: case.view(a).journal[0].midway for a in ("worker", "partner")}
    assert {a: m and (dict(m.states), set(m.since), m.reason) for a, m in told.items()} == {
        "worker": (states, set(since), ""),
        "partner": ({"consent": "given"}, {"consent"}, ""),
    }


def test_of_a_provision_a_reporter_is_told_nothing_where_it_sees_nothing_of_it() -> None:
    blind = evolve(SEEN, machines=(SEEN.machines[0], evolve(SEEN.machines[1], seen_by=("worker",))))
    case = finished(blind)
    later = blind.open(at=AT, facts={"age": 70, "content": True})
    later = later.step("helped", by="worker", at="2024-06-04")
    later = later.step("finished", by="partner", at="2024-06-06")
    assert journal(later, "partner")[-1] == Record(
        "finished", "partner", later.at, facts={}, moved=(), provided=()
    )
    assert journal(case, "partner")[-1].provided == (Provision("worker", ("content",)),)


def test_an_entry_whose_event_is_withheld_shows_what_moved_and_no_more() -> None:
    hidden = evolve(
        SEEN, machines=(evolve(SEEN.machines[0], seen_with_consent=()), SEEN.machines[1])
    )
    case = hidden.open(at=AT, facts={"age": 70})
    case = case.step("helped", by="worker", at="2024-06-04")
    case = case.step("consented", by="worker", at="2024-06-05", facts={"recipients": ["partner"]})
    case = case.step("finished", by="worker", at="2024-06-06", facts={"content": True})
    given, ended = journal(case, "partner")  # of the opening and of `helped` it saw nothing
    # the partner sees the consent, so the event that it decides; of facts what consent opens
    assert (given.event, given.by, given.facts) == ("consented", "worker", {"age": 70})
    assert given.basis == article("give")
    assert ended == Record(
        "", "", case.at, {}, (Moved("consent", "", "given", "open"),),
        provided=(Provision("partner", (), ("consent",)),),
    )  # fmt: skip
    assert [e.event for e in journal(case, "worker")] == [
        "opened", "helped", "consented", "finished",
    ]  # fmt: skip


def test_what_was_handed_over_is_shown_as_it_was_then_though_the_view_withholds_it() -> None:
    ground = Basis(Mark.READ, "law", "7")
    shares = (Share(("content", "age"), "partner", exception=ground), Share(("age",), "worker", exception=ground))  # fmt: skip
    told = transition("tell", "helped", "asked", "helped", fact("age") >= 65, shares=shares)
    law = with_main(transitions=(told, *MAIN.transitions[1:]))
    case = law.open(at=AT, facts={"content": True}).step("helped", by="worker", at="2024-06-04", facts={"age": 70})  # fmt: skip
    (entry,) = (e for e in journal(case, "partner") if e.facts)
    assert (entry.event, entry.by, entry.moved, entry.shared) == ("", "", (), ())
    assert entry.facts == {"content": True, "age": 70}
    assert entry.provided == (Provision("partner", ("content", "age"), basis=(ground,)),)
    assert case.view("partner").withheld == ("age", "content", "recipients")
    assert case.view("worker").withheld == ()
    own = journal(case, "worker")[-1]
    assert own.shared == shares
    # the worker sees both facts, so both provisions are told as they were made
    assert own.provided == (*entry.provided, Provision("worker", ("age",), basis=(ground,)))


def test_an_agency_that_sees_the_event_is_told_the_hand_overs_to_itself_only() -> None:
    ground = Basis(Mark.READ, "law", "7")
    shares = (Share(("age",), "partner", exception=ground), Share(("age",), "worker", exception=ground))  # fmt: skip
    told = transition("tell", "helped", "asked", "helped", fact("age") >= 65, shares=shares)
    law = with_main(transitions=(told, *MAIN.transitions[1:]), seen_by=("worker", "partner"))
    case = law.open(at=AT, facts={"age": 70}).step("helped", by="worker", at="2024-06-04")
    entry = journal(case, "partner")[-1]
    assert (entry.event, entry.shared) == ("helped", shares[:1])
    assert {p.to for p in entry.provided} == {"partner"}


# -- limits ---------------------------------------------------------------------------------------


def limited(start: Start, length: Length | None = None, **rest: object) -> Process:
    """A limit that the partner may or may not be told, in a machine that it sees."""
    length = length or Length(3, Unit.DAYS)
    limit = Deadline("alert", T, "main", ("helped",), start, length, "worker", LAW, **rest)  # type: ignore[arg-type]
    law = with_main(seen_by=("worker", "partner"))
    return evolve(law, deadlines=(limit,))


def told(law: Process, agency: str = "partner") -> tuple[list[str], tuple[str, ...]]:
    case = law.open(at=AT, facts={"age": 70, "content": True})
    view = case.step("helped", by="worker", at="2024-06-04").view(agency)
    return [clock.deadline.id for clock in view.deadlines], view.undated


def test_the_days_of_a_limit_are_shown_to_who_sees_all_that_it_depends_on() -> None:
    dated, undated = (["alert"], ()), ([], ("alert",))
    assert told(limited(OnEntry())) == dated
    assert told(limited(OnEvent(("helped",)))) == dated
    assert told(limited(OnEvent(("helped", "consented")))) == dated
    added = limited(OnEntry(), Length(3, Unit.DAYS, ("age",)))
    assert told(added) == undated
    assert told(added, "worker") == dated
    asking = limited(OnEntry(), guard=fact("content") == True)  # noqa: E712
    assert told(asking) == undated
    assert told(asking, "worker") == dated


def test_the_days_of_a_limit_that_asks_for_a_state_or_another_limit() -> None:
    asking = limited(OnEntry(), guard=machine("consent").in_("open"))
    assert told(asking) == (["alert"], ())
    hidden = evolve(CONSENT, seen_by=("worker",))
    assert told(evolve(asking, machines=(asking.machines[0], hidden))) == ([], ("alert",))
    other = evolve(limited(OnEntry()).deadlines[0], guard=running("other"))
    for plus, shown in (((), ["alert", "other"]), (("age",), [])):
        length = Length(2, Unit.DAYS, plus)
        limits = (other, evolve(other, id="other", length=length, guard=ALWAYS))
        law = evolve(asking, deadlines=limits)
        days, undated = told(law)
        assert sorted(days) == shown
        assert sorted((*days, *undated)) == ["alert", "other"]


def test_a_condition_on_a_state_is_told_to_who_sees_the_machine() -> None:
    rule = transition("help", "helped", "asked", "helped", machine("consent").in_("given"))
    law = evolve(with_main(transitions=(rule,), seen_by=("worker", "partner")), deadlines=())
    case = law.open(at=AT)
    assert [r.code for r in case.explain("helped", by="worker").reasons] == [Code.CONDITION_FALSE]
    hidden = evolve(law, machines=(law.machines[0], evolve(CONSENT, seen_by=("partner",))))
    told = hidden.open(at=AT).explain("helped", by="worker").reasons
    assert [r.code for r in told] == [Code.WITHHELD]


def test_who_is_no_agency_of_the_law_sees_nothing() -> None:
    case = PROCESS.open(at=AT)
    for ask in (case.view, lambda agency: view(case, agency), lambda agency: sight(case, agency)):
        with pytest.raises(UnknownId, match="no agency 'court'"):
            ask("court")


def test_a_fact_that_is_taken_back_is_shown_to_nobody() -> None:
    again = evolve(SEEN.events[3], records=("recipients", "content"))
    law = evolve(SEEN, events=(*SEEN.events[:3], again, SEEN.events[4]))
    case = law.open(at=AT, facts={"content": True}, id="A-1")
    told = {"recipients": ["partner"], "content": None}
    after = case.step("consented", by="worker", at=AT, facts=told)
    assert "content" not in after.facts
    assert after.journal[-1].facts["content"] is None
    assert "content" not in {fact for p in after.journal[-1].provided for fact in p.facts}


def test_a_moment_before_the_last_entry_is_told_to_who_saw_that_entry() -> None:
    hidden = evolve(PROCESS, machines=(MAIN, evolve(CONSENT, seen_by=("worker",))))
    case = hidden.open(at=AT, facts={"age": 70}).step("helped", by="worker", at="2024-06-04")
    asked = {"by": "worker", "at": "2024-06-03T12:00"}
    told = case.explain("finished", **asked).reasons  # type: ignore[arg-type]
    assert Code.TIME_BACKWARDS in {r.code for r in told}
    assert [r.moment for r in told if r.moment] == [case.at]
    # the partner saw nothing since the opening, so for it this is no moment of the past
    unseen = case.explain("finished", by="partner", at="2024-06-03T12:00").reasons
    assert [r.code for r in unseen] == [Code.WITHHELD]
    early = case.explain("finished", by="partner", at="2024-06-03T09:00").reasons
    assert [(r.code, r.moment) for r in early] == [(Code.TIME_BACKWARDS, None)]
    assert "2024" not in early[0].text() + early[0].text("ja")  # nor did it see that
    later = case.explain("finished", by="worker", at="2024-06-05").reasons
    assert Code.TIME_BACKWARDS not in {r.code for r in later}
    # nor is how far the desk has led it told at the moment of that entry
    led = case.advance(to="2024-06-06").explain("finished", by="worker", at=case.last).reasons
    assert Code.TIME_BACKWARDS not in {r.code for r in led}


def test_of_what_would_fire_only_what_is_seen_is_told() -> None:
    case = finished().process.open(at=AT, facts={"age": 70, "content": True})
    case = case.step("helped", by="worker", at=AT)
    case = case.step("consented", by="worker", at=AT, facts={"recipients": ["partner"]})
    assert case.explain("finished", by="worker").transitions == ("finish", "end")
    back = case.step("withdrawn", by="worker", at=AT)
    told = back.explain("finished", by="partner")
    assert (told.allowed, told.transitions, told.basis) == (True, (), ())
    assert told.text("en") == "It may happen now (basis: —)."
    assert back.explain("finished", by="partner", whole=True).transitions == ("finish",)


def test_what_a_hidden_fact_lets_fire_besides_is_not_told() -> None:
    main, consent = PROCESS.machines
    end = transition("end", "finished", "given", "open", fact("age") >= 65)
    law = evolve(
        PROCESS,
        machines=(main, evolve(consent, transitions=(consent.transitions[0], end))),
        facts=(evolve(PROCESS.facts[0], seen_with_consent=()), *PROCESS.facts[1:]),
    )
    case = law.open(at=AT, facts={"age": 70, "content": True})
    case = case.step("helped", by="worker", at=AT)
    case = case.step("consented", by="worker", at=AT, facts={"recipients": ["partner"]})
    assert case.explain("finished", by="worker").transitions == ("finish", "end")
    assert case.explain("finished", by="partner").transitions == ()


def test_who_brings_a_fact_with_the_question_is_told_what_that_and_what_it_sees_forbids() -> None:
    older = transition("finish", "finished", "helped", "done", holds("content") & (fact("age") > 80))  # fmt: skip
    rules = tuple(older if t.id == "finish" else t for t in MAIN.transitions)
    main, consent = SEEN.machines
    case = evolve(SEEN, machines=(evolve(main, transitions=rules), consent)).open(at=AT, facts={"age": 70})  # fmt: skip
    case = case.step("helped", by="worker", at=AT)
    case = case.step("consented", by="worker", at=AT, facts={"recipients": ["partner"]})
    told = case.explain("finished", by="partner", facts={"content": False})
    assert [(r.code, r.facts) for r in told.reasons] == [
        (Code.CONDITION_FALSE, ("content",)), (Code.CONDITION_FALSE, ("age",)),
    ]  # fmt: skip


def test_which_of_two_ways_is_taken_is_told_to_who_sees_what_decides() -> None:
    def opened(*rules: Transition) -> Case:
        main = evolve(MAIN, transitions=rules, seen_by=("worker", "partner"))
        helped = evolve(PROCESS.events[0], by=("worker", "partner"))
        law = evolve(PROCESS, machines=(main, CONSENT), events=(helped, *PROCESS.events[1:]))
        return law.open(at=AT, facts={"age": 70})

    case, only = opened(*MAIN.transitions), opened(MAIN.transitions[0], *MAIN.transitions[2:])
    assert case.explain("helped", by="worker").transitions == ("help",)
    assert case.explain("helped", by="partner").transitions == ()
    assert only.explain("helped", by="partner").transitions == ("help",)
    torn = opened(*MAIN.transitions, evolve(MAIN.transitions[0], id="also"))
    for agency, code in (("worker", Code.AMBIGUOUS), ("partner", Code.WITHHELD)):
        assert [r.code for r in torn.explain("helped", by=agency).reasons] == [code]


def test_that_it_is_too_early_is_told_to_who_sees_the_limits_that_bring_it_about() -> None:
    (limit,) = PROCESS.deadlines
    reply = evolve(limit, id="reply", machine="consent", states=("given",),
                   start=OnEvent(("consented",)), on_expiry="withdrawn")  # fmt: skip
    case = evolve(PROCESS, deadlines=(limit, reply)).open(at=AT, facts={"age": 70})
    case = case.step("consented", by="worker", at=AT, facts={"recipients": ["partner"]})
    case = case.step("helped", by="worker", at=AT)

    def early(event: str) -> bool:
        told = case.explain(event, by="partner").reasons
        return Code.NOT_YET in {reason.code for reason in told}

    assert (early("withdrawn"), early("lapsed")) == (True, False)


def test_a_limit_set_running_out_of_sight_has_no_day() -> None:
    law = limited(OnEvent(("helped", "consented")))
    unseen = evolve(law, machines=(law.machines[0], evolve(law.machines[1], seen_by=("worker",))))
    assert told(unseen) == ([], ("alert",))
    assert told(unseen, "worker") == (["alert"], ())


def test_a_limit_from_a_fact_that_is_withheld_has_no_day_even_where_it_does_not_run() -> None:
    day = Fact("judged", T, Kind.DATE, "worker", ("worker",))
    limit = evolve(limited(OnEntry()).deadlines[0], start=OnFact("judged"))
    law = evolve(with_main(seen_by=("worker", "partner")), facts=(*PROCESS.facts, day))
    law = evolve(law, deadlines=(limit,))
    assert told(law) == ([], ("alert",))
    assert told(law, "worker") == ([], ())


def test_a_limit_of_another_state_or_of_a_machine_out_of_sight_is_not_named() -> None:
    law = limited(OnEntry(), Length(3, Unit.DAYS, ("age",)))
    assert law.open(at=AT, facts={"age": 70}).view("partner").undated == ()
    assert told(evolve(law, machines=PROCESS.machines)) == ([], ())
