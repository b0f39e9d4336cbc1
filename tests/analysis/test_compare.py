"""Two processes compared: every answer is checked by another way to find it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise, product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import Case, Process, affected, check, compare, processes
from diversion_flow.analysis import Comparison, FindingCode
from diversion_flow.analysis.behaviour import behaviour
from diversion_flow.analysis.cells import Cells
from diversion_flow.analysis.difference import Place
from diversion_flow.analysis.people import cells_cover
from diversion_flow.analysis.product import Product
from diversion_flow.analysis.witness import Walker, WitnessStep
from diversion_flow.definition import (
    ALWAYS,
    Add,
    Agency,
    Basis,
    Deadline,
    DiversionFlowError,
    Event,
    Extend,
    Fact,
    Guard,
    Kind,
    Length,
    Mark,
    OnEntry,
    OnEvent,
    Parameter,
    Relabel,
    Remove,
    Require,
    SetParameter,
    Share,
    Text,
    Told,
    Transition,
    Unit,
    Variant,
    Waive,
    fact,
    holds,
    machine,
    missed,
    param,
    replace,
)
from diversion_flow.runtime.calendar import moment
from diversion_flow.runtime.clause import in_force
from helpers.amounts import examples
from helpers.guards import GUARDS, SUBJECT
from helpers.occasions import CLEARED, VISITED
from helpers.occasions import law as occasions
from helpers.small import CONSENT, MAIN, PROCESS, state, transition
from helpers.small import LAW as GROUND
from helpers.stories import after
from helpers.z3_solver import z3_cover

NATIONAL = processes.in_force("entry_support", on="2024-06-03")
OSAKA = processes.in_force("entry_support", on="2024-06-03", place="osaka")
SINCE = date(2024, 5, 1)


@cache
def to_osaka() -> Comparison:
    return compare(NATIONAL, OSAKA)


def changed(law: Process, *edits: Any) -> Process:
    return Variant("v", law.id, Text("案", "proposal"), edits).apply(law)


# -- what is written differently -------------------------------------------------------------------


def test_from_65_to_60_is_said_with_the_provision() -> None:
    why = (Basis(Mark.READ, evidence=("S19",)),)
    found = compare(NATIONAL, changed(NATIONAL, SetParameter("elderly_age", 60, why)))
    assert [(c.kind, c.path, c.before, c.after) for c in found.changes] == [
        ("changed", ("elderly_age",), 65, 60)
    ]
    assert found.changes[0].text("en") == (
        "Δ Policy 'age from which a person is elderly' [elderly_age] — value: 65 → 60 (Osaka Center)"
    )
    assert "65 → 60" in found.changes[0].text("ja")


EDITS = {
    "a rule gone": (Remove("transition main.lapse"), "removed", ("main", "lapse"), None),
    "one condition more": (Require("main.help", holds("content")), "added", ("main", "help"), "condition"),
    "one condition less": (Waive("main.finish", holds("content")), "removed", ("main", "finish"), "condition"),
    "another number": (replace("transition main.help", guard=fact("age") >= 60), "changed", ("main", "help"), "condition"),
    "another agency": (replace("event finished", by=("worker",)), "removed", ("finished",), "by"),
    "another length": (replace("deadline limit", length=evolve(PROCESS.deadline("limit").length, amount=20)), "changed", ("limit",), "length"),
    "another name": (Relabel("state main.helped", Text("支援", "support")), "changed", ("main", "helped"), "label"),
    "another basis": (replace("transition main.help", basis=(Basis(Mark.INFERRED),)), "changed", ("main", "help"), "basis"),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_each_kind_of_change_is_named(name: str) -> None:
    edit, kind, path, field = EDITS[name]
    law = PROCESS
    if name == "a rule gone":
        law = evolve(PROCESS, deadlines=())
    found = compare(law, changed(law, edit))
    named = [(c.kind, c.path, c.field) for c in found.changes if c.part != "event" or c.field]
    assert named == [(kind, path, field)]
    for lang in ("ja", "en"):
        assert found.changes[0].text(lang)  # type: ignore[arg-type]


def test_the_ground_of_a_row_of_sight_is_told() -> None:
    seen = (Basis(Mark.INFERRED, "law", "9", about="seen_by worker"),)
    grounded = changed(PROCESS, Extend("fact age", "basis", seen))
    found = compare(PROCESS, grounded)
    assert (found.same, found.same_behaviour) == (False, True)
    assert [c.text("en") for c in found.changes] == [
        "Δ Fact 'a' [age] — basis: none → a art. 9 [inferred] (always seen by 'a')"
    ]
    assert found.changes[0].text("ja").endswith("あ9条〔推定〕(見える機関「あ」)")


def test_a_policy_without_a_source_is_told_of_itself_alone() -> None:
    found = compare(NATIONAL, changed(NATIONAL, SetParameter("elderly_age", 60)))
    assert [(c.part, c.field) for c in found.changes] == [("parameter", "value")]


def test_a_process_is_the_same_as_itself() -> None:
    found = compare(NATIONAL, NATIONAL)
    assert (found.changes, found.people) == ((), ())
    assert (found.same, found.same_behaviour) == (True, True)


# -- what happens differently ----------------------------------------------------------------------


def plays(law: Process, found: Comparison, upto: int) -> Case | None:
    """The witness's first steps in one process; None where it refuses one."""
    witness = found.behaviour.witness
    assert witness is not None
    known = {f: v for f, v in witness.facts.items() if f in law.by_id["fact"]}
    case = evolve(law, since=None, until=None).open(at=witness.opened, facts=known)
    for step in witness.steps[:upto]:
        try:
            case = case.step(step.event, by=step.by, at=step.at, facts=step.facts)
        except DiversionFlowError:
            return None
    return case


def test_the_witness_goes_as_it_says_in_both_processes() -> None:
    found = to_osaka()
    witness = found.behaviour.witness
    assert witness is not None
    laws, last = (NATIONAL, OSAKA), len(witness.steps)
    assert all(plays(law, found, last - 1) is not None for law in laws)
    assert [plays(law, found, last) is not None for law in laws].index(True) == witness.accepted_by
    assert [plays(law, found, last) for law in laws].count(None) == 1
    assert witness.refusal is not None
    assert {r.code.value for r in witness.refusal.reasons} <= {"fact_missing", "condition_false"}
    assert witness.steps[-1].event == "center_requested"


SAME = {
    "names only": (Relabel("state support.referred", Text("依頼済み", "Asked")),),
    "papers only": (replace("transition support.request", papers=()),),
}


@pytest.mark.parametrize("name", SAME)
def test_no_sequence_of_events_tells_names_and_papers_apart(name: str) -> None:
    found = compare(NATIONAL, changed(NATIONAL, *SAME[name]))
    assert found.changes
    assert (found.same, found.same_behaviour) == (False, True)
    assert found.people == ()


def test_a_rule_that_can_never_be_reached_makes_no_difference() -> None:
    """Two conditions that differ only where no case can come: proved by searching everything."""
    ghost = transition("ghost", "withdrawn", "helped", "done", fact("age") < 65)
    law = evolve(PROCESS, machines=(
        evolve(PROCESS.machines[0], transitions=(
            transition("help", "helped", "asked", "helped", fact("age") >= 65),
            transition("finish", "finished", "helped", "done", holds("content")),
            transition("lapse", "lapsed", "helped", "done"), ghost,
        )),
        evolve(PROCESS.machines[1], transitions=(
            transition("give", "consented", "open", "open"),
            transition("take_back", "withdrawn", "given", "open"),
            transition("end", "finished", "given", "open"),
        )),
    ))  # fmt: skip
    other = changed(law, Remove("transition main.ghost"))
    found = compare(law, other)
    assert found.changes
    assert (found.same, found.same_behaviour) == (False, True)
    assert found.people == ()
    assert found.behaviour.explored > 0
    assert [(p.event, p.machine, p.states) for p in found.unreached] == [
        ("withdrawn", "main", ("helped",))
    ]


def test_what_lies_behind_a_limit_that_another_agency_watches_is_found() -> None:
    """Nobody may report its end to both, and it comes under both by operation of law."""

    def watched(who: str, told: tuple[Told, ...] = (), *rules: Transition) -> Process:
        lapse = evolve(PROCESS.event("lapsed"), by=(who,), unseen_by=("partner",), told=told)
        events = tuple(lapse if e.id == "lapsed" else e for e in PROCESS.events)
        limit = evolve(PROCESS.deadline("limit"), owner=who)
        ways = (evolve(t, target="late") if t.id == "lapse" else t for t in MAIN.transitions)
        late = evolve(MAIN, states=(*MAIN.states, state("late")), transitions=(*ways, *rules))
        return evolve(PROCESS, machines=(late, CONSENT), events=events, deadlines=(limit,))

    after = transition("after", "finished", "late", "done")
    found = compare(watched("worker"), watched("partner", (Told("partner", None, GROUND),), after))
    ways = {d.kind: [(s.event, s.by) for s in d.witnesses[0].steps] for d in found.people}
    assert ways["sight"] == [("helped", "worker"), ("lapsed", "")]
    assert ways["rule"] == [*ways["sight"], ("finished", "worker")]
    assert (found.undecided, found.unreached) == ((), ())


def test_what_lies_behind_a_parting_is_named_whether_it_is_new_or_gone() -> None:
    """A state of one law alone: whoever is led there is told of, what is asked and how long it
    lasts there is named as what no case of both comes to."""
    ways = (
        transition("wait", "withdrawn", "asked", "waiting"),
        transition("go_on", "finished", "waiting", "waiting_on"),
    )
    limit = evolve(
        PROCESS.deadline("limit"), id="wait", states=("waiting_on",), start=OnEntry(),
        on_expiry=None,
    )  # fmt: skip
    parts = (state("waiting"), state("waiting_on"), *ways)
    longer = changed(PROCESS, *(Add(part, "machine main") for part in parts), Add(limit))
    for a, b in ((PROCESS, longer), (longer, PROCESS)):
        found = compare(a, b)
        assert [(d.kind, d.rules[0].event) for d in found.people] == [("rule", "withdrawn")]
        assert found.unreached == (
            Place("finished", "main", ("waiting",)),
            Place("", "main", ("waiting_on",)),
        )
        assert found.data()["unreached"][0]["states"] == ["waiting"]
        for lang, said in (("en", "no case that both treat alike"), ("ja", "同じに扱われた事件")):
            assert said in found.text(lang).splitlines()[-1]


def test_a_search_cut_short_says_so_and_claims_nothing() -> None:
    found = compare(NATIONAL, changed(NATIONAL, SetParameter("elderly_age", 60)), effort=2)
    assert found.behaviour.verdict == "not found"
    assert found.behaviour.unsettled > 0
    assert (found.same, found.same_behaviour) == (False, None)
    assert found.people == ()
    assert {p.event for p in found.undecided} == {"center_requested", "support_reentered"}


def test_another_agency_is_found() -> None:
    law = changed(NATIONAL, replace("event center_accepted", by=("center", "other_center")))
    witness = compare(NATIONAL, law).behaviour.witness
    assert witness is not None
    assert (witness.steps[-1].event, witness.steps[-1].by) == ("center_accepted", "other_center")
    assert witness.accepted_by == 1


def test_a_longer_limit_is_found_at_the_day_on_which_it_tells() -> None:
    length = evolve(PROCESS.deadline("limit").length, amount=11)
    found = compare(PROCESS, changed(PROCESS, replace("deadline limit", length=length)))
    witness = found.behaviour.witness
    assert witness is not None
    assert [s.event for s in witness.steps] == ["helped", "lapsed"]
    assert witness.accepted_by == 0
    assert witness.steps[1].at - witness.steps[0].at < timedelta(days=11)
    assert [d.deadline for d in found.people] == ["limit"]


def test_what_may_be_recorded_with_an_event_is_part_of_what_happens() -> None:
    law = changed(PROCESS, replace("event lapsed", records=("content",)))
    found = compare(PROCESS, law)
    witness = found.behaviour.witness
    assert found.same_behaviour is False
    assert witness is not None
    assert (witness.steps[-1].event, dict(witness.steps[-1].facts)) == ("lapsed", {"content": True})
    assert plays(PROCESS, found, len(witness.steps)) is None
    assert plays(law, found, len(witness.steps)) is not None


def visits(*outdated: str, **changes: Any) -> Process:
    """The process with visits, each of which outdates so much."""
    events = (*PROCESS.events, evolve(VISITED, outdates=outdated), evolve(CLEARED, outdates=()))
    return occasions(events=events, **changes)


def test_a_case_is_found_whose_consent_is_narrowed_so_that_somebody_is_left_out() -> None:
    """Somebody is left, too: who was to be named before."""
    sources = NATIONAL.machine("support").transition("center_left_out").sources
    fewer = tuple(state for state in sources if state != "on_hold")
    law = changed(NATIONAL, replace("transition support.center_left_out", sources=fewer))
    witness = behaviour(NATIONAL, law, Cells(NATIONAL, law)).witness
    assert witness is not None
    named = [step.facts["consent_recipients"] for step in witness.steps
             if "consent_recipients" in step.facts]  # fmt: skip
    assert [("center" in recipients, len(recipients)) for recipients in named] == [
        (True, 2), (False, 1),
    ]  # fmt: skip
    assert witness.steps[-1].event == "consent_narrowed"


def test_what_was_told_earlier_and_counts_under_one_law_only_is_found_where_it_is_asked() -> None:
    a, b = visits(), visits("content")
    for one, other, accepts in ((a, b, 0), (b, a, 1)):
        found = compare(one, other)
        assert [c.path for c in found.changes] == [("visited",)]
        assert found.behaviour.verdict == "different"
        witness = found.behaviour.witness
        assert witness is not None
        assert witness.accepted_by == accepts
        assert (witness.steps[-1].event, dict(witness.steps[-1].facts)) == ("visited", {})
        [difference] = found.people
        assert difference.kind == "outdated"
        assert "counts under" in difference.text("en")
        assert "数えない" in difference.text("ja")
        assert not difference.said.missing


def test_what_is_asked_for_later_is_shown_by_a_case() -> None:
    """The days are outdated by an event that asks for none; another asks for them."""
    asked = transition("count", "finished", "helped", "done", fact("days") > 5)
    main = evolve(MAIN, transitions=(*(t for t in MAIN.transitions if t.id != "finish"), asked,
                                     transition("visit", "visited", "helped", "helped"),
                                     transition("clear", "cleared", "helped", "helped")))  # fmt: skip
    a, b = (
        occasions(
            machines=(main, CONSENT),
            events=(*PROCESS.events, evolve(VISITED, outdates=()), evolve(CLEARED, outdates=lost)),
        )
        for lost in ((), ("days",))
    )
    for one, other, accepts in ((a, b, 0), (b, a, 1)):
        found = compare(one, other)
        witness, [difference, seen] = found.behaviour.witness, found.people
        assert witness is not None
        assert (witness.accepted_by, witness.steps[-1].event) == (accepts, "finished")
        assert [place.event for place in seen.rules] == ["cleared"]
        assert "cleared" in [step.event for step in witness.steps]
        assert [place.event for place in difference.rules] == ["cleared", "finished"]
        for lang, said in (("en", "counts for a later"), ("ja", "その後の")):
            assert said in difference.text(lang)
        names = ("the first", "the second") if accepts == 0 else ("the second", "the first")
        assert "under [{}], not under [{}]".format(*names) in difference.text("en")
        assert not found.undecided
        assert not difference.said.missing


def test_what_nobody_asks_for_or_sees_is_outdated_without_a_difference() -> None:
    unseen = {"facts": tuple(evolve(f, seen_by=()) for f in occasions().facts)}
    found = compare(visits(**unseen), visits("days", **unseen))
    assert (found.same_behaviour, found.people) == (True, ())


def test_who_sees_on_what_an_event_outdates_under_one_law_only_is_told() -> None:
    """Always, or while the person's consent covers them."""
    two = (Agency("worker", Text("係員", "Worker")), Agency("partner", Text("事業者", "Provider")))
    shown = tuple(evolve(f, seen_with_consent=("partner",)) for f in occasions().facts)
    for facts, en, ja in (
        (occasions().facts, "by Worker under", "係員が"),
        (shown, "by Worker · Provider under", "係員・事業者が"),
    ):
        for a, b in (((), ("days",)), (("days",), ())):
            found = compare(*(visits(*lost, facts=facts, agencies=two) for lost in (a, b)))
            [seen] = found.people
            assert (seen.kind, found.same_behaviour) == ("outdated", False)
            names = ("the first", "the second") if b else ("the second", "the first")
            assert seen.text("en").endswith(
                f"is seen on {en} [{names[0]}], not under [{names[1]}]."
            )
            assert ja in seen.text("ja")


def test_what_is_handed_over_or_seen_on_consent_later_is_not_claimed_to_be_the_same() -> None:
    law = occasions()
    given = tuple(evolve(t, shares=(Share(("days",), "partner", GROUND[0]),)) if t.id == "lapse" else t
                  for t in law.machine("main").transitions)  # fmt: skip
    handed = {"machines": (evolve(law.machine("main"), transitions=given), CONSENT)}
    shown = {"facts": tuple(evolve(f, seen_with_consent=("partner",)) for f in law.facts)}
    for later in (handed, shown):
        found = compare(visits(**later), visits("days", **later))
        assert [p.event for p in found.undecided] == ["visited"]


@pytest.mark.parametrize("consent", [PROCESS.consent, None])
def test_whom_consent_names_later_or_adds_is_not_claimed_to_be_the_same(consent: Any) -> None:
    """Who sees on consent, and who may yet be left out of it, hangs on who was named before."""
    narrow = transition("narrow", "consented", "given", "given", fact("recipients").narrows())
    rules = (*CONSENT.transitions, narrow)
    later = {"machines": (MAIN, evolve(CONSENT, transitions=rules)), "consent": consent}
    found = compare(visits(**later), visits("recipients", **later))
    assert [p.event for p in found.undecided] == ["visited"]


def test_what_is_asked_for_later_is_shown_by_the_rule_that_asks() -> None:
    """Another rule lets the same event happen whatever was told before."""
    long, young = fact("days") > 5, fact("age") < 70
    asking = (
        transition("visit", "visited", "helped", "helped"),
        transition("finish", "finished", "helped", "done", long | young),
        transition("stay", "finished", "helped", "asked", ~long & ~young),
    )
    main = evolve(MAIN, transitions=(*(t for t in MAIN.transitions if t.id != "finish"), *asking))
    law = visits(machines=(main, CONSENT))
    found = compare(law, changed(law, replace("event consented", outdates=("days",))))
    difference, seen = found.people
    assert [place.event for place in difference.rules] == ["consented", "finished"]
    assert [place.event for place in seen.rules] == ["consented"]
    assert (found.same_behaviour, found.undecided) == (False, ())


def cleared(guard: Guard, *, told: bool) -> Process:
    """Once cleared, which outdates the days, the case is finished if the days are so; perhaps the
    visits that tell the days go on."""
    main = evolve(
        MAIN,
        states=(*MAIN.states, state("over")),
        transitions=(
            *(t for t in MAIN.transitions if t.id != "finish"),
            transition("clear", "cleared", "helped", "over"),
            transition("finish", "finished", "over", "done", guard),
            *((transition("visit", "visited", "over", "over"),) if told else ()),
        ),
    )
    return occasions(machines=(main, CONSENT), deadlines=())


def test_what_was_made_unknown_on_every_way_and_is_not_told_again_makes_no_difference() -> None:
    one, other = fact("days") > 5, fact("days") > 6
    assert compare(cleared(one, told=False), cleared(other, told=False)).same_behaviour is True
    found = compare(cleared(one, told=True), cleared(other, told=True))
    witness = found.behaviour.witness
    assert witness is not None
    assert [step.event for step in witness.steps] == ["helped", "cleared", "visited", "finished"]
    assert witness.steps[2].facts == {"days": 6}


def test_a_wider_range_of_a_fact_is_part_of_what_happens() -> None:
    older = evolve(PROCESS, facts=(evolve(PROCESS.facts[0], maximum=130), *PROCESS.facts[1:]))
    found = compare(PROCESS, older)
    assert found.same_behaviour is False
    assert found.behaviour.witness is not None
    assert dict(found.behaviour.witness.steps[-1].facts) == {"age": 130}


YEAR = (date(2024, 1, 1), date(2024, 12, 31))
DAYS = st.none() | st.sampled_from([date(2024, 3, 31), date(2024, 4, 1), date(2024, 9, 30)])
DATED = st.lists(st.tuples(DAYS, DAYS, st.sampled_from(["helped", "done"])), max_size=3)


def dated(rules: list[tuple[date | None, date | None, str]]) -> Process:
    """A law of one year whose rules on one event are law from one day to another each."""
    within = [(a, b, to) for a, b, to in rules if a is None or b is None or a <= b]
    made = [
        transition(f"r{n}", "helped", "asked", to,
                   basis=(Basis(Mark.READ, "law", "1", since=since, until=until),))
        for n, (since, until, to) in enumerate(within)
    ]  # fmt: skip
    main = PROCESS.machine("main")
    kept = [t for t in main.transitions if t.event != "helped"]
    machines = (evolve(main, transitions=(*made, *kept)), *PROCESS.machines[1:])
    return evolve(PROCESS, machines=machines, since=YEAR[0], until=YEAR[1])


def led_on(law: Process, day: date) -> str | None:
    try:
        return law.open(at=day).step("helped", by="worker", at=day).state("main")
    except DiversionFlowError:
        return None


@examples(25)
@given(DATED, DATED)
def test_on_which_days_people_are_treated_differently_is_told(one: Any, other: Any) -> None:
    a, b = dated(one), dated(other)
    found = compare(a, b)
    days = [date(2024, month, day) for month in range(1, 13) for day in (1, 28)]
    days += [date(2024, 3, 31), date(2024, 9, 30)]
    parting = {day for day in days if led_on(a, day) != led_on(b, day)}
    assert found.same_behaviour is (not parting) or _torn(a) | _torn(b)
    told = {day for each in found.people for day in days if _on(found.cells, each.cube, day)}
    assert told == parting
    for law in (a, b):
        moving = {on: [t for t in law.machine("main").transitions
                       if t.event == "helped" and in_force(law, t, on)] for on in days}  # fmt: skip
        assert _torn(law) is any(len(rules) > 1 for rules in moving.values())


@pytest.mark.parametrize("days", [(None, date(2023, 9, 30)), (date(2025, 4, 1), None)])
def test_what_is_law_on_other_days_than_a_version_makes_no_difference(days: Any) -> None:
    found = compare(dated([]), dated([(*days, "helped")]))
    assert (found.same, found.same_behaviour, found.people) == (False, True, ())


def _torn(law: Process) -> bool:
    return any(f.code is FindingCode.AMBIGUOUS_CHOICE for f in check(law))


def _on(cells: Cells, cube: Any, day: date) -> bool:
    return any(first <= day <= last for first, last in cells.days(cube) or [YEAR])


def test_a_rule_that_is_law_only_from_a_day_is_told_in_both_languages() -> None:
    later = (Basis(Mark.READ, "law", "1", since=date(2030, 1, 1)),)
    found = compare(PROCESS, changed(PROCESS, replace("transition main.help", basis=later)))
    assert (found.same, found.same_behaviour) == (False, False)
    [told] = found.people
    assert "the day of the event: until 2029-12-31" in told.text("en")
    assert "事象の日: 2029-12-31まで" in told.text("ja")


@pytest.mark.parametrize(
    ("kind", "one", "other", "ja", "en"),
    [
        (Kind.DATE, fact("x").known(), fact("x") < date(2025, 6, 1), "2025-06-01から", "from 2025-06-01"),
        (Kind.DATE, fact("x").known(), fact("x") >= date(2025, 6, 1), "2025-05-31まで", "until 2025-05-31"),
        (Kind.INTEGER, fact("x").known(), fact("x") <= 5, "6以上", "6 or more"),
        (Kind.INTEGER, fact("x").known(), fact("x") == 5, "4以下又は6以上", "up to 4 or 6 or more"),
        (Kind.DATE, ALWAYS, ~fact("x").known(), "記録済み", "recorded"),
    ],
)  # fmt: skip
def test_what_goes_on_without_a_bound_is_told_so(
    kind: Kind, one: Guard, other: Guard, ja: str, en: str
) -> None:
    """Numbers and days were told as the first two of them: '2025-06-01 or 2025-06-02'."""
    seen = Fact("x", Text("値", "x"), kind, source="worker", seen_by=("worker",))
    laws = [
        changed(PROCESS, Add(seen), Extend("event helped", "records", ("x",)),
                replace("transition main.help", guard=guard), Remove("transition main.reject"))
        for guard in (one, other)
    ]  # fmt: skip
    told = compare(*laws).people[0]
    assert f"x: {en}." in told.text("en")
    assert f"値: {ja}に" in told.text("ja")


@pytest.mark.parametrize(("bound", "told"), [("minimum", "up to 0"), ("maximum", "1 or more")])
def test_what_has_a_bound_under_one_law_alone_goes_on_without_one(bound: str, told: str) -> None:
    wide = Fact("x", Text("値", "x"), Kind.INTEGER, source="worker", seen_by=("worker",))
    asked = fact("x") > 0 if bound == "minimum" else fact("x") <= 0
    laws = [
        changed(PROCESS, Add(seen), Extend("event helped", "records", ("x",)),
                replace("transition main.help", guard=guard), Remove("transition main.reject"))
        for seen, guard in ((wide, fact("x").known()), (evolve(wide, **{bound: 0}), asked))
    ]  # fmt: skip
    assert any(f"x: {told}" in one.text("en") for one in compare(*laws).people)


def test_a_limit_that_begins_late_in_a_case_is_soon_found() -> None:
    found = compare(NATIONAL, changed(NATIONAL, SetParameter("lost_after_days", 7)))
    assert not found.undecided
    assert [each.deadline for each in found.people] == ["contact_threshold"]


def test_what_is_handed_to_who_sees_it_anyway_is_no_difference() -> None:
    rule = NATIONAL.machine("support").transition("request")
    more = (*rule.shares, Share(("age",), "municipality"))
    found = compare(NATIONAL, changed(NATIONAL, replace("transition support.request", shares=more)))
    assert not found.undecided
    assert {each.kind for each in found.people} == {"rule"}  # who does not name it is refused


def test_a_rule_that_a_policy_closes_is_open_to_nobody() -> None:
    found = compare(NATIONAL, changed(NATIONAL, SetParameter("veto_may_be_lifted", False)))
    [told] = found.people
    assert told.text("en").endswith("Under [proposal] the rule is open to nobody.")
    assert "条件なし" not in told.text("ja")


def test_where_a_machine_begins_is_told() -> None:
    other = evolve(PROCESS.machines[1], initial="given")
    found = compare(PROCESS, evolve(PROCESS, machines=(PROCESS.machines[0], other)))
    assert (found.same, found.same_behaviour) == (False, False)
    [told] = found.people
    assert (told.kind, told.before, told.after) == ("start", "open", "given")
    witness = found.behaviour.witness
    assert witness is not None
    assert (found.behaviour.verdict, witness.steps) == ("different", ())
    assert "begins in different states" in found.text("en")
    assert "始まるときの状態が異なる" in found.text("ja")


@pytest.mark.parametrize("days", [None, 14], ids=["a limit without a length", "14 days"])
def test_an_event_that_only_a_limit_brings_about_can_no_longer_be_reported(
    days: int | None,
) -> None:
    reported = evolve(PROCESS, deadlines=(evolve(PROCESS.deadlines[0], on_expiry=None),))
    length = Length(param("days"), Unit.DAYS)
    lapsing = evolve(
        PROCESS, parameters=(Parameter("days", Text("日数", "days"), days, basis=GROUND),),
        deadlines=(evolve(PROCESS.deadlines[0], length=length),)
    )  # fmt: skip
    for one, other, accepts in ((reported, lapsing, 0), (lapsing, reported, 1)):
        found = compare(one, other)
        witness = found.behaviour.witness
        assert witness is not None
        assert (witness.accepted_by, witness.steps[-1].event) == (accepts, "lapsed")
        [told] = [d for d in found.people if d.kind == "lapse"]
        names = ("the first", "the second") if accepts == 0 else ("the second", "the first")
        assert "at any time under [{}]; under [{}] it happens".format(*names) in told.text("en")
        assert "ではいつでも報告できる" in told.text("ja")


def test_an_event_brought_about_only_after_itself_can_no_longer_be_reported() -> None:
    """Under one law the limit that brings it about begins with it: then nobody is ever helped."""
    reported = changed(PROCESS, replace("deadline limit", on_expiry=None))
    circle = changed(PROCESS, replace("deadline limit", on_expiry="helped"))
    for one, other, accepts in ((reported, circle, 0), (circle, reported, 1)):
        found = compare(one, other)
        witness = found.behaviour.witness
        assert witness is not None
        assert (witness.accepted_by, witness.steps[-1].event) == (accepts, "helped")
        assert [(d.kind, d.rules[0].event) for d in found.people] == [("lapse", "helped")]


@pytest.mark.parametrize(("edit", "same"), [(Remove("transition main.lapse"), False),
                                           (Require("main.lapse", fact("age") < 70), None)])  # fmt: skip
def test_what_nobody_may_report_at_the_end_of_a_limit_is_not_said_to_be_the_same(
    edit: Any, same: bool | None
) -> None:
    """Where the rule leads on, a case stands still at the end of the limit; elsewhere it goes on."""
    law = changed(PROCESS, replace("event lapsed", by=()))
    found = compare(law, changed(law, edit))
    assert (found.same_behaviour, found.people) == (same, ())
    assert [place.event for place in found.undecided] == ["lapsed"]


def test_a_rule_that_never_holds_at_the_end_of_a_limit_lets_nothing_happen_after_it() -> None:
    """Also where it is begun late: before, everything goes on alike under both."""
    law = changed(PROCESS, Require("main.lapse", machine("main").in_("asked")))
    late = changed(law, Add(Event("noted", Text("記録", "noted"), "main", ("worker",))),
                   Add(transition("note", "noted", "helped", "helped"), "machine main"),
                   replace("deadline limit", start=OnEvent(("noted",))))  # fmt: skip
    for one, events in ((law, ["helped", "finished"]), (late, ["helped", "noted", "finished"])):
        found = compare(one, changed(one, Remove("transition main.lapse")))
        witness = found.behaviour.witness
        assert found.same_behaviour is False
        assert witness is not None
        assert witness.accepted_by == 1
        assert [step.event for step in witness.steps] == events


def test_what_lies_behind_a_missed_duty_or_something_else_is_come_to() -> None:
    """Nobody has missed what has not begun: that must not hide the way by the other."""
    law = changed(
        PROCESS,
        replace("deadline limit", owed_to=("partner",), met_by=("finished",), on_expiry=None),
        replace("transition consent.give", guard=missed("limit") | machine("main").in_("helped")),
    )
    found = compare(law, changed(law, Require("consent.take_back", holds("content"))))
    assert (found.same_behaviour, found.undecided) == (False, ())
    assert [d.rules[0].event for d in found.people] == ["withdrawn"]


def test_the_states_are_told_where_an_event_happens_in_others_alike() -> None:
    rule = transition("at_once", "center_accepted", "consultation_only", "accepted",
                      fact("age") >= 80, basis=())  # fmt: skip
    found = compare(NATIONAL, changed(NATIONAL, Add(rule, "machine support")))
    [told] = found.people
    assert "'Center accepts' in 'Center consulted, no request' is accepted" in told.text("en")
    assert "「相談のみ」にあるときの「受理」は" in told.text("ja")
    older = changed(NATIONAL, SetParameter("elderly_age", 66))
    assert "'Center requested' is refused" in compare(NATIONAL, older).text("en")  # in all of them


def test_what_the_other_law_does_not_know_is_named() -> None:
    new = changed(PROCESS, Add(Agency("ngo", Text("団体", "NGO"))))
    acting = changed(new, Extend("event helped", "by", ("ngo",)))
    recording = changed(PROCESS, Extend("event consented", "records", ("content",)))
    asking = changed(PROCESS, Add(Event("asked", Text("照会", "Asked"), "main", ("worker",))),
                     Add(transition("ask", "asked", "asked", "helped"), "machine main"))  # fmt: skip
    for law, en, ja in (
        (acting, "it does not know this agency", "この機関の定めがない"),
        (
            recording,
            "it lets no such fact or value be recorded with it",
            "ともに記録する定めがない",
        ),
        (asking, "it does not know this event", "この事象の定めがない"),
    ):
        found = compare(PROCESS, law)
        assert en in found.text("en")
        assert ja in found.text("ja")


def test_nobody_is_called_an_example_of_whom_nothing_is_told() -> None:
    shared = Extend("transition support.acceptance", "shares", (Share(("age",), "municipality"),))
    [told] = compare(NATIONAL, changed(NATIONAL, shared)).people
    assert told.text("en").startswith(
        "Everyone who meets the other conditions and has recipients consented"
    )
    assert "に当たる全ての人について、「受理」は" in told.text("ja")


def test_to_whom_a_new_duty_is_owed_is_told_and_that_a_law_has_other_days() -> None:
    duty = Deadline("answer", Text("回答", "Answer"), "support", ("referred",),
                    OnEvent(("center_requested",)), Length(5, Unit.DAYS), "center",
                    owed_to=("probation_office",), met_by=("center_accepted",))  # fmt: skip
    law = evolve(changed(NATIONAL, Add(duty)), since=date(2024, 6, 1), until=date(2024, 6, 30))
    found = compare(NATIONAL, law)
    assert "(owed to Probation office; met by 'Center accepts') under" in found.text("en")
    assert "only warns" not in found.text("en")
    title = found.text("ja").partition("\n")[0]
    assert title.endswith("、2024-06-01から2024-06-30まで)")
    assert found.data()["b"]["until"] == "2024-06-30"
    assert (
        "から" not in compare(NATIONAL, changed(NATIONAL, Add(duty))).text("ja").partition("\n")[0]
    )


LIMITS = {
    "in fewer states": lambda law: changed(law, replace("deadline limit", states=("helped",))),
    "none": lambda law: evolve(law, deadlines=()),
}


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_that_only_warns_is_part_of_how_people_are_treated(name: str) -> None:
    limit = evolve(PROCESS.deadlines[0], on_expiry=None, states=("asked", "helped"),
                   start=OnEntry())  # fmt: skip
    law = evolve(PROCESS, deadlines=(limit,))
    found = compare(law, LIMITS[name](law))
    assert (found.same, found.same_behaviour) == (False, False)
    assert [d.deadline for d in found.people] == ["limit"]


@pytest.mark.parametrize("by", [(), ("partner",)])
@pytest.mark.parametrize("days", [5, 20])
def test_a_limit_whose_event_its_owner_may_not_report_is_shown_by_what_else_is_reported(
    days: int, by: tuple[str, ...]
) -> None:
    law = changed(PROCESS, replace("event lapsed", by=by))
    found = compare(law, changed(law, replace("deadline limit", length=Length(days, Unit.DAYS))))
    assert (found.same_behaviour, found.undecided) == (False, ())
    witness = found.behaviour.witness
    assert witness is not None
    assert (witness.accepted_by, witness.steps[-1].event) == (int(days > 10), "finished")
    assert [d.deadline for d in found.people] == ["limit"]


def test_a_state_in_which_a_limit_can_never_run_makes_no_difference() -> None:
    """The limit begins with being helped, and from there no rule leads back."""
    wider = replace("deadline limit", states=("asked", "helped"))
    found = compare(PROCESS, changed(PROCESS, wider))
    assert (found.same, found.same_behaviour) == (False, True)
    assert found.people == ()


VERSIONS = processes.versions("entry_support")
PAIRS = [*pairwise(VERSIONS),
         *((NATIONAL, processes.in_force("entry_support", on="2024-06-03", place=p))
           for p in processes.places("entry_support"))]  # fmt: skip


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize(("a", "b"), PAIRS, ids=repr)
def test_every_shipped_pair_is_settled_and_told_in_both_languages(a: Process, b: Process) -> None:
    found = compare(a, b)
    assert found.behaviour.verdict in ("same", "different")
    assert found.same_behaviour is (found.people == ())
    for lang in ("ja", "en"):
        assert found.text(lang).count("\n") > 5  # type: ignore[arg-type]
        assert found.markdown(lang).startswith("# ")  # type: ignore[arg-type]
    data = found.data()
    assert len(data["people"]) == len(found.people)


# -- small processes, compared by trying everything ----------------------------------------------

AGES = st.sampled_from([60, 64, 65, 66])
CHANGES = st.lists(
    st.one_of(
        AGES.map(lambda n: replace("transition main.help", guard=fact("age") >= n)),
        AGES.map(lambda n: replace("transition main.reject", guard=fact("age") < n)),
        st.just(Require("main.lapse", holds("content"))),
        st.just(Waive("main.finish", holds("content"))),
        st.just(replace("event finished", by=("worker",))),
        st.just(replace("transition consent.end", sources=("open",), target="given")),
        st.just(replace("transition main.finish", target="helped")),
    ),
    min_size=1, max_size=2, unique_by=lambda e: getattr(e, "at", getattr(e, "transition", "")),
)  # fmt: skip
UNLIMITED = evolve(PROCESS, deadlines=())


def outcomes(law: Process, depth: int) -> dict[tuple[Any, ...], Any]:
    """Every short sequence of events, with every value that can matter, and where it leads."""
    found: dict[tuple[Any, ...], Any] = {}
    starts = [{}, *({"age": n} for n in (59, 60, 63, 64, 65, 66))]
    given = {"helped": [{}], "finished": [{}, {"content": True}, {"content": False}],
             "lapsed": [{}], "consented": [{}, {"recipients": ("partner",)}], "withdrawn": [{}]}  # fmt: skip
    opened = [(((), tuple(s.items())), law.open(at="2024-06-03T10:00", facts=s)) for s in starts]
    for _ in range(depth):
        further = []
        for (path, start), case in opened:
            for event, by in product(given, ("worker", "partner")):
                for facts in given[event]:
                    key = ((*path, (event, by, tuple(facts.items()))), start)
                    moved = stepped(case, event, by, facts)
                    found[key] = None if moved is None else tuple(moved.states.values())
                    if moved is not None:
                        further.append((key, moved))
        opened = further
    return found


def stepped(case: Case, event: str, by: str, facts: dict[str, Any]) -> Case | None:
    try:
        return case.step(event, by=by, at=case.at, facts=facts)
    except DiversionFlowError:
        return None


@examples(40)
@given(CHANGES)
def test_the_witness_is_the_shortest_that_trying_everything_finds(edits: list[Any]) -> None:
    other = changed(UNLIMITED, *edits)
    one, two = outcomes(UNLIMITED, 3), outcomes(other, 3)
    parting = [len(path) for path, start in one.keys() & two.keys()
               if one[path, start] != two[path, start]]  # fmt: skip
    found = compare(UNLIMITED, other).behaviour
    if parting:
        assert found.verdict == "different"
        assert found.witness is not None
        assert len(found.witness.steps) == min(parting)
    elif found.witness is not None:
        assert len(found.witness.steps) > 3
    else:
        assert found.verdict == "same"


# -- who is treated differently --------------------------------------------------------------------


def test_osaka_takes_a_64_year_old_with_a_suspected_disability() -> None:
    found = to_osaka()
    suspected = [d for d in found.people if d.profile.get("disability") == "suspected"]
    first = next(d for d in suspected if d.profile["age"] == 64)
    assert dict(first.profile) == {"age": 64, "po_regards_as_elderly": False,
                                   "disability": "suspected"}  # fmt: skip
    # Below the age from which somebody may be regarded as elderly, nobody asks whether they are.
    younger = next(d for d in suspected if d.profile["age"] != 64)
    assert dict(younger.profile) == {"age": 59, "disability": "suspected"}
    assert (first.before, first.after) == (None, "referred")
    assert {p.event for p in first.rules} == {"center_requested"}
    said = first.text("en")
    assert "age: 64 years" in said
    assert "disability: suspected" in said
    assert "accepted (→ 'Referred') under [Osaka], refused under" in said
    assert "64歳" in first.text("ja")


# Whom Osaka takes and the nation does not (True), and the other way about.
OSAKA_ALONE: list[tuple[bool, dict[str, Any]]] = [
    (True, {"age": 59, "disability": "suspected"}),
    (True, {"age": 64, "disability": "suspected", "po_regards_as_elderly": False}),
    (True, {"prioritised_subject": "equivalent"}),
    (False, {"age": 60, "disability": "none", "po_regards_as_elderly": True}),
    (False, {"expected_outcome": "custodial"}),
    (False, {}),  # who is at liberty, whatever else is so
    (False, {"wishes_support": False}),
]


def test_each_distinct_kind_once() -> None:
    """A way that leads elsewhere is another kind: to be asked for, and to come back."""
    found = to_osaka()
    by_rule = [d for d in found.people if d.kind == "rule"]
    kinds = [(d.before is None, dict(d.profile)) for d in by_rule]
    asked, back = kinds[: len(kinds) // 2], kinds[len(kinds) // 2 :]
    assert asked == back == OSAKA_ALONE
    ways = [d.after or d.before for d in by_rule]
    assert ways == ["referred"] * len(asked) + ["interviewing"] * len(back)
    assert [d.kind for d in found.people if d not in by_rule] == ["fact"]
    assert len({d.text("ja") for d in found.people}) == len(found.people)


def test_whom_the_office_regards_as_elderly_is_part_of_the_example() -> None:
    """From 60 on the law takes whom the probation office regards as elderly: with a hard limit of
    62 those of 60 and 61 are lost, with one of 60 nobody is."""
    strict = SetParameter("elderly_age_is_strict", True)
    found = compare(NATIONAL, changed(NATIONAL, SetParameter("elderly_age", 62), strict))
    lost = next(d for d in found.people if d.after is None)
    assert dict(lost.profile) == {"age": 60, "po_regards_as_elderly": True, "disability": "none"}
    assert "60 years–61 years" in lost.text("en")
    found = compare(NATIONAL, changed(NATIONAL, SetParameter("elderly_age", 60), strict))
    assert found.people
    assert [d for d in found.people if d.after is None] == []


def test_that_only_another_agency_acts_is_told_as_that() -> None:
    law = changed(NATIONAL, replace("event center_accepted", by=("center", "other_center")))
    [told] = compare(NATIONAL, law).people
    assert told.kind == "reporter"
    assert told.text("en").startswith("Only who acts differs: 'Center accepts' may be reported")


def test_death_is_not_told_where_consent_lapses_before_anything_else_is_asked() -> None:
    """The laws part over when the Center may be asked, not over what death then ends."""
    found = compare(NATIONAL, changed(NATIONAL, SetParameter("custody_required", False)))
    assert found.people
    assert not [p for d in found.people for p in d.rules if p.event == "died"]


def everyone() -> Iterator[dict[str, Any]]:
    sets = [frozenset(), frozenset("x"), frozenset("xy"), frozenset("z")]
    for n, k, s in product((None, *range(7)), (None, *"xyz"), (None, *sets)):
        yield {id: v for id, v in (("n", n), ("k", k), ("s", s)) if v is not None}


@examples(60)
@given(GUARDS, GUARDS)
def test_just_those_are_named_whom_two_guards_treat_differently(one: Guard, other: Guard) -> None:
    """Everyone there can be is asked of both processes, and of the comparison."""
    base = evolve(SUBJECT, deadlines=(), machines=(
        evolve(SUBJECT.machines[0], transitions=(
            transition("help", "helped", "asked", "helped", one),
            transition("done", "finished", "helped", "done"))),
        SUBJECT.machines[1],
    ), events=tuple(e for e in SUBJECT.events if e.id != "lapsed"))  # fmt: skip
    law = changed(base, replace("transition main.help", guard=other))
    found = compare(base, law, effort=0)
    for facts in everyone():
        cases = [p.open(at="2024-06-03T10:00", facts=facts) for p in (base, law)]
        ends = [stepped(c, "helped", "worker", {}) for c in cases]
        before, after = (None if e is None else e.state("main") for e in ends)
        named = [
            d for d in found.people
            if found.cells.admits(d.cube, cases[0].states, facts)
            and (d.before is None) == (before is None) and (d.after is None) == (after is None)
        ]  # fmt: skip
        assert bool(named) is (before != after)


@pytest.mark.slow
@examples(60)
@given(GUARDS, GUARDS)
def test_z3_and_the_cells_name_the_same_people(one: Guard, other: Guard) -> None:
    cells = Cells(SUBJECT, guards=[one, other])
    parts = [(SUBJECT, one, True), (SUBJECT, other, False)]
    mine, theirs = cells_cover(cells, parts), z3_cover(cells, parts)
    assert bool(mine) is bool(theirs)
    for cubes, others in ((mine, theirs), (theirs, mine)):
        rest = cells.rest(others)
        assert all(cells.within(cube, rest) for cube in cubes)


@pytest.mark.again
@pytest.mark.parametrize("place", ["tottori", "akashi"])
def test_z3_gives_the_same_kinds_for_a_shipped_place(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = processes.in_force("entry_support", on="2024-06-03", place=place)

    def kinds() -> set[object]:
        return {(d.rules, d.before, d.after, frozenset(d.profile.items()))
                for d in compare(NATIONAL, local).people}  # fmt: skip

    by_cells = kinds()
    asked: list[object] = []
    monkeypatch.setattr("diversion_flow.analysis.people.cells_cover",
                        lambda cells, parts: asked.append(parts) or z3_cover(cells, parts))  # fmt: skip
    assert kinds() == by_cells
    assert asked


def test_a_parameter_and_a_constant_of_the_same_value_are_the_same_rule() -> None:
    guard = NATIONAL.machine("support").transition("visit").guard
    assert (fact("visitors") <= param("visitors_max")) in guard.parts()
    law = changed(NATIONAL, Waive("support.visit", fact("visitors") <= param("visitors_max")),
                  Require("support.visit", fact("visitors") <= 3))  # fmt: skip
    found = compare(NATIONAL, law)
    assert found.changes
    assert (found.same, found.same_behaviour) == (False, True)
    assert found.people == ()


def test_another_machine_that_decides_on_an_event_is_told() -> None:
    found = compare(PROCESS, changed(PROCESS, replace("event finished", home="consent")))
    assert found.same_behaviour is False
    assert found.behaviour.verdict == "different"
    [deciding] = [d for d in found.people if d.kind == "home"]
    assert [witness.accepted_by for witness in deciding.witnesses] == [1, 0]
    assert deciding.text("en").endswith(
        "depends on 'a' under [proposal], on 'a' under [version 1]."
    )


def test_what_is_narrowed_with_the_first_step_was_named_at_the_opening() -> None:
    """Whoever is named must have been named before; that takes no step of its own."""
    names = fact("recipients").narrows() & fact("recipients").includes("partner")
    law = changed(
        PROCESS,
        Extend("event helped", "records", ("recipients",)),
        Require("main.help", names),
    )
    witness = compare(law, changed(law, Remove("transition main.help"))).behaviour.witness
    assert witness is not None
    assert [step.event for step in witness.steps] == ["helped"]


def test_who_adds_to_a_set_has_named_it() -> None:
    """A condition that leaves out nobody tells nobody apart."""
    law = changed(PROCESS, Extend("event helped", "records", ("recipients",)))
    named = fact("recipients").named() | fact("recipients").narrows()
    assert compare(law, changed(law, Require("main.help", named))).same_behaviour is True


# -- running cases ---------------------------------------------------------------------------------


def test_affected_cases_are_those_that_may_still_meet_the_difference() -> None:
    found = to_osaka()
    before, between, supported = (
        after("cs01", "center_consulted"),
        after("cs01", "adjustment_started"),
        after("cs01", "interview_held"),
    )
    past = supported.step("died", by="police", at=supported.at)
    seen = {each.case: each for each in affected([before, between, supported, past], found)}
    assert before in seen
    assert seen[between].now
    assert seen[supported].ahead  # who leaves and comes back is asked anew
    assert past not in seen or not (seen[past].now or seen[past].ahead)


@pytest.mark.parametrize(
    ("value", "meets"), [(date(1990, 1, 1), False), (SINCE, True), (date(2090, 1, 1), True)]
)
def test_a_case_far_from_what_decides_is_affected_too(value: date, meets: bool) -> None:
    """Days go on without a bound on both sides of the one that a rule names."""
    day = Fact("day", Text("日", "day"), Kind.DATE, "worker", ("worker",))
    law = changed(PROCESS, Add(day))
    found = compare(law, changed(law, Require("main.help", fact("day") < SINCE)))
    [difference] = found.people
    case = law.open(at="2024-06-03", facts={"age": 70, "day": value})
    assert [each.now for each in affected([case], found)] == ([(difference,)] if meets else [])


@pytest.mark.parametrize(
    ("asked", "example"),
    [
        (fact("day").known(), "2024-01-01"),
        (fact("day") != SINCE, "2024-04-30"),
        (fact("day") >= SINCE, "2024-05-01"),
    ],
)
def test_an_example_is_at_the_edge_of_what_decides_if_there_is_one(
    asked: Guard, example: str
) -> None:
    day = Fact("day", Text("日", "day"), Kind.DATE, "worker", ("worker",))
    law = changed(PROCESS, Add(day), Extend("event helped", "records", ("day",)))
    other = changed(law, Require("main.help", ~asked))
    [difference] = compare(law, other).people
    assert difference.profile["day"] == date.fromisoformat(example)


def test_a_case_that_could_not_have_happened_is_affected() -> None:
    first = next(t for t in NATIONAL.machine("custody").transitions if t.event == "arrested")
    strict = changed(NATIONAL, Require(f"custody.{first.id}", fact("age") < 20))
    case = after("cs01", "arrested")
    [only] = affected([case], compare(NATIONAL, strict))
    assert not only.replays


@pytest.mark.parametrize(
    ("edit", "now", "ahead"),
    [
        (Extend("event finished", "told", (Told("partner"),)), [1, 0], [0, 0]),
        (replace("fact content", seen_by=("partner", "worker")), [1, 1], [0, 0]),
        (replace("fact age", maximum=70), [0, 0], [1, 0]),
    ],
)
def test_who_is_told_or_sees_or_may_record_something_else_is_affected(
    edit: Any, now: list[int], ahead: list[int]
) -> None:
    """What is seen is seen wherever a case stands; what an event brings, until none may come."""
    back = Add(transition("back", "withdrawn", "helped", "asked"), to="machine main")
    law = changed(PROCESS, back)
    helped = law.open(at="2024-06-03").step(
        "helped", by="worker", at="2024-06-03", facts={"age": 65}
    )
    done = helped.step("finished", by="worker", at="2024-06-03", facts={"content": True})
    found = compare(law, changed(law, edit))
    met = {each.case: each for each in affected([helped, done], found)}
    meeting = [met.get(case) for case in (helped, done)]
    assert [len(each.now) if each else 0 for each in meeting] == now
    assert [len(each.ahead) if each else 0 for each in meeting] == ahead


def test_whose_consent_covers_what_when_all_is_over_is_affected() -> None:
    law = changed(PROCESS, replace("state main.done", ends_case=True))
    case = law.open(at="2024-06-03", facts={"age": 64})
    case = case.step("consented", by="worker", at=case.at, facts={"recipients": ["partner"]})
    ended = case.step("helped", by="worker", at=case.at)
    [met] = affected([ended], compare(law, evolve(law, consent=None)))
    assert [difference.kind for difference in met.now] == ["consent"]
    assert met.ahead == ()


def test_nothing_of_a_case_is_in_the_repr_of_what_affects_it() -> None:
    found = affected([after("cs01", "adjustment_started")], to_osaka())
    assert "54" not in repr(found).replace("2023", "")
    assert "mental" not in repr([each.case for each in found])


def test_the_witness_of_laws_never_in_force_together_is_walked_in_each_own_time() -> None:
    found = compare(VERSIONS[1], VERSIONS[2])
    witness = found.behaviour.witness
    assert witness is not None
    assert moment(VERSIONS[1].since) <= witness.opened  # type: ignore[arg-type]
    assert moment(VERSIONS[2].since) <= witness.cases[1].at  # type: ignore[arg-type]


def test_what_a_walk_waits_for_comes_in_its_order() -> None:
    """What runs out before other rules are law has run out when it is waited for, not years later
    when other limits are over, too."""
    laws = VERSIONS[2], VERSIONS[-1]
    walker = Walker(Product(*laws, Cells(*laws), []), {})
    walker.told([WitnessStep("arrested", "police", next(walker.moments()), {})])
    soon, later = [*walker.moments()][:3], [*walker.moments()][3:]
    assert all(at > walker.cases[0].at for at in soon)
    assert later == sorted(later)
    limits = {clock.ends for clock in walker.cases[0].deadlines() if clock.ends}
    assert limits < set(later)
    assert {at.date() for at in later if at not in limits} <= set(walker.product.cells.law_changes)
    assert later[0] in limits
    assert later[-1] not in limits
