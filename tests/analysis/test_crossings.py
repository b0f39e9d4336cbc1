"""Two histories compared: which transitional rules are others, and who is taken over otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Case, compare, processes
from diversion_flow.analysis import HistoryComparison
from diversion_flow.definition import (
    KEPT,
    LANGUAGES,
    History,
    Length,
    Parameter,
    Text,
    TransitionalRule,
    Unit,
    fact,
    holds,
    machine,
    param,
)
from diversion_flow.runtime import Stuck
from helpers.small import MAIN, PROCESS, state

T = Text("あ", "a")
DAY = date(2024, 7, 1)
OLD = evolve(PROCESS, version="old", since=date(2024, 1, 1), until=date(2024, 6, 30))
HELD = TransitionalRule(
    "held", Text("受給中は旧法", "those helped stay"), machine("main").in_("helped"), True
)
AGED = TransitionalRule("aged", T, fact("age") >= 80, continues=True)


def new(*more: str) -> Any:
    states = (*MAIN.states, *(state(id) for id in more))
    return evolve(PROCESS, version="new", since=DAY,
                  machines=(evolve(MAIN, states=states), PROCESS.machines[1]))  # fmt: skip


def history(*rules: TransitionalRule, **changed: Any) -> History:
    return History((OLD, evolve(new("kept"), **changed)), (rules,))


def replayed(found: HistoryComparison) -> None:
    """Each that is told really ends so under both histories."""
    for one in found.people:
        for law, taken in ((found.a, one.before), (found.b, one.after)):
            case: Case = law.open(at=one.case.journal[0].at, facts=dict(one.case.journal[0].facts))
            for entry in one.case.journal[1:]:
                case = case.step(entry.event, by=entry.by, at=entry.at, facts=dict(entry.facts))
            if taken.version is None:
                with pytest.raises(Stuck):
                    case.advance(to=one.day)
                continue
            after = case.advance(to=one.day)
            assert after.journal[-1].crossed.rule.id == taken.rule  # type: ignore[union-attr]
            assert (after.process.version, after.states) == (taken.version, taken.states)


def test_a_rule_more_says_whom_the_old_law_keeps() -> None:
    found = compare(history(KEPT), history(HELD, KEPT))
    assert [(c.kind, c.rule, c.field) for c in found.changes] == [("added", "held", None)]
    (one,) = found.people
    assert (one.before.rule, one.before.version) == ("states_kept", "new")
    assert (one.after.rule, one.after.version) == ("held", "old")
    assert one.case.state("main") == "helped"
    assert found.undecided == ()
    assert (found.same, found.same_behaviour) == (False, False)
    assert "held" in one.text("en")
    replayed(found)


def test_a_rule_less_and_a_rule_changed() -> None:
    found = compare(history(HELD, AGED, KEPT), history(evolve(AGED, guard=fact("age") >= 70), KEPT))
    assert [(c.kind, c.rule, c.field) for c in found.changes] == [
        ("removed", "held", None), ("changed", "aged", "guard"),
    ]  # fmt: skip
    pairs = {(one.before.rule, one.after.rule) for one in found.people}
    assert pairs == {("held", "states_kept"), ("states_kept", "aged")}
    (aged,) = (one for one in found.people if one.after.rule == "aged")
    assert 70 <= aged.case.facts["age"] < 80  # type: ignore[operator]
    replayed(found)


def test_a_state_that_is_put_elsewhere() -> None:
    moved = evolve(KEPT, states={"main.helped": "main.kept"})
    found = compare(history(KEPT), history(moved))
    assert [(c.rule, c.field) for c in found.changes] == [("states_kept", "states")]
    (one,) = found.people
    assert (one.before.states["main"], one.after.states["main"]) == ("helped", "kept")
    replayed(found)


def test_who_is_stuck_under_one_is_told() -> None:
    kept = tuple(evolve(s, id="kept") if s.id == "helped" else s for s in MAIN.states)
    rules = tuple(
        evolve(t, sources=tuple("kept" if s == "helped" else s for s in t.sources),
               target="kept" if t.target == "helped" else t.target) for t in MAIN.transitions
    )  # fmt: skip
    renamed = {"machines": (evolve(MAIN, states=kept, transitions=rules), PROCESS.machines[1]),
               "deadlines": ()}  # fmt: skip
    moved = evolve(KEPT, states={"main.helped": "main.kept"})
    found = compare(history(KEPT, **renamed), history(moved, **renamed))
    (one,) = found.people
    assert one.before.version is None
    assert one.after.states["main"] == "kept"
    replayed(found)


def test_where_nobody_is_as_the_edge_says_somebody_else_is_the_example() -> None:
    """Whoever is helped is 65 at least."""
    moved = TransitionalRule("moved", T, fact("age") >= 60, states={"main.helped": "main.kept"})
    found = compare(history(KEPT), history(moved, KEPT))
    (one,) = found.people
    assert one.profile == {"age": 65}
    replayed(found)


def test_the_order_of_rules_can_matter_and_need_not() -> None:
    younger = TransitionalRule("younger", T, fact("age") < 70, states={"main.helped": "main.kept"})
    found = compare(history(HELD, younger, KEPT), history(younger, HELD, KEPT))
    assert [(c.field, c.rule) for c in found.changes] == [("place", "younger"), ("place", "held")]
    assert {(o.before.rule, o.after.rule) for o in found.people} == {("held", "younger")}
    replayed(found)
    alike = compare(history(HELD, AGED, KEPT), history(AGED, HELD, KEPT))
    assert len(alike.changes) == 2
    assert alike.people == ()
    assert alike.same_behaviour is True


def test_a_rule_may_ask_for_the_value_of_a_policy() -> None:
    """Which may be another in each version; the old one is asked."""
    aged = evolve(AGED, guard=fact("age") >= param("old_age"))
    laws = tuple(evolve(law, parameters=(Parameter("old_age", T, value),))
                 for law, value in ((OLD, 80), (new("kept"), 90)))  # fmt: skip
    found = compare(History(laws, ((KEPT,),)), History(laws, ((aged, KEPT),)))
    (one,) = found.people
    assert (one.after.rule, dict(one.profile)) == ("aged", {"age": 80})
    replayed(found)


def test_whom_time_leads_to_what_no_rule_allows_is_left_open() -> None:
    """Help ends within the hour, for which a finding would be needed that nobody makes."""
    limit = evolve(PROCESS.deadline("limit"), length=Length(1, Unit.HOURS))
    rules = (evolve(t, guard=holds("content")) if t.id == "lapse" else t for t in MAIN.transitions)
    machines = (evolve(MAIN, transitions=tuple(rules)), PROCESS.machines[1])
    old = evolve(OLD, machines=machines, deadlines=(limit,))
    found = compare(*(History((old, new("kept")), (rules,)) for rules in ((KEPT,), (HELD, KEPT))))
    assert (found.people, found.same_behaviour) == ((), None)
    assert found.undecided == ((DAY, "states_kept", "held"),)


def test_nobody_where_no_case_meets_the_rule() -> None:
    never = TransitionalRule("never", T, (fact("age") >= 80) & (fact("age") < 70), continues=True)
    found = compare(history(KEPT), history(never, KEPT))
    assert len(found.changes) == 1
    assert (found.people, found.undecided, found.same_behaviour) == ((), (), True)


def test_other_names_and_grounds_are_changes_for_nobody() -> None:
    found = compare(history(KEPT), history(evolve(KEPT, label=T, note=None)))
    assert [c.field for c in found.changes] == ["label", "note"]
    assert found.same_behaviour is True
    assert compare(history(KEPT), history(KEPT)).same


def test_versions_of_one_day_are_compared_and_days_of_one_alone_are_told() -> None:
    other = evolve(OLD, version="other", facts=tuple(
        evolve(f, maximum=110) if f.id == "age" else f for f in OLD.facts))  # fmt: skip
    found = compare(history(KEPT), History((other, new("kept")), ((KEPT,),)))
    (version,) = found.versions
    assert version.changes
    whole = evolve(OLD, until=None)
    alone = compare(History((whole,), ()), History((OLD, new()), ((KEPT,),)))
    assert [(c.kind, c.day) for c in alone.changes] == [("added", DAY)]
    assert alone.same_behaviour is None


def test_in_which_order_parts_are_listed_is_nothing_that_is_written() -> None:
    turned = evolve(new("kept"), machines=tuple(
        evolve(m, states=m.states[::-1], transitions=m.transitions[::-1])
        for m in reversed(new("kept").machines)
    ), facts=PROCESS.facts[::-1], events=PROCESS.events[::-1])  # fmt: skip
    found = compare(history(KEPT), History((OLD, turned), ((KEPT,),)))
    assert (found.same, found.same_behaviour, found.versions) == (True, True, ())
    one = compare(new("kept"), turned)
    assert (one.same, one.same_behaviour) == (True, True)


def test_a_version_that_one_alone_has_is_told() -> None:
    earlier = evolve(OLD, since=date(2023, 1, 1))
    found = compare(history(KEPT), History((earlier, new("kept")), ((KEPT,),)))
    assert (found.same, found.same_behaviour, found.changes) == (False, None, ())
    last = found.text("en").splitlines()[-2:]
    assert [line.split()[:2] for line in last] == [["−", "2024-01-01"], ["+", "2023-01-01"]]
    assert found.data()["only"] == [
        {"of": "a", "version": "old", "since": "2024-01-01"},
        {"of": "b", "version": "old", "since": "2023-01-01"},
    ]


def test_it_is_told_in_both_languages_and_as_data() -> None:
    found = compare(history(KEPT), history(HELD, KEPT))
    for lang in LANGUAGES:
        assert HELD.label.in_(lang) in found.text(lang)
    data = found.data()
    assert data["people"][0]["after"]["version"] == "old"
    assert data["changes"][0]["rule"] == "held"


def test_the_shipped_law_with_a_rule_for_those_in_custody() -> None:
    law = processes.history("entry_support")
    rule = TransitionalRule(
        "custody_old", T, machine("custody").in_("detained_suspect"), continues=True
    )
    changed = History(
        law.versions, (*law.amendments[:3], (rule, *law.amendments[3]), *law.amendments[4:])
    )
    found = compare(law, changed)
    assert [(c.day, c.rule) for c in found.changes] == [(law.versions[4].since, "custody_old")]
    (one,) = found.people
    assert one.case.state("custody") == "detained_suspect"
    replayed(found)
