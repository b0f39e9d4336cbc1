"""Two laws that differ in who is told, or in what is owed to whom and met by what."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Process, affected, check, compare
from diversion_flow.definition import (
    Add,
    Event,
    Length,
    Renewal,
    Text,
    Told,
    Unit,
    Variant,
    replace,
)
from diversion_flow.testing import assert_hidden, assert_sees, mutants
from diversion_flow.testing.killing import PolicyTest, kill
from helpers.means import means
from helpers.small import CONSENT, LAW, MAIN, PROCESS, T, state, transition
from runtime.test_duties import ANSWER, owing
from runtime.test_told import WRITTEN, telling


def said(a: Process, b: Process) -> list[str]:
    found = compare(a, b)
    assert (found.same, found.same_behaviour) == (False, False)
    return [difference.text("en") for difference in found.people]


@pytest.mark.parametrize("event", ["helped", "finished", "lapsed"])
def test_who_is_told_under_one_law_only(event: str) -> None:
    """Also of what happens by operation of law."""
    assert said(telling(), telling(WRITTEN, event=event)) == [
        "a is told of 'a' under [the second], not under [the first]."
    ]
    assert said(telling(WRITTEN, event=event), telling()) == [
        "a is told of 'a' under [the first], not under [the second]."
    ]


def test_the_paper_alone_is_written_otherwise_and_treats_nobody_otherwise() -> None:
    found = compare(telling(WRITTEN), telling(Told("partner", None, LAW)))
    assert (found.same, found.same_behaviour) == (False, True)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"met_by": ("reported",)}, "10 days (owed to a; met by 'a') under [the second]"),
        ({"met_by": ()}, "10 days (owed to a) under [the second]"),
        ({"owed_to": ()}, "10 days (met by 'a') under [the second]"),
        ({"met_by": (), "owed_to": ()}, "10 days (no duty) under [the second]"),
    ],
)
def test_what_is_owed_otherwise(changes: dict[str, tuple[str, ...]], words: str) -> None:
    (sentence,) = said(owing(), owing(evolve(ANSWER, **changes)))
    assert words in sentence


def test_which_limits_end_with_the_case_under_one_law_only() -> None:
    """And whom they concern; a case that stands there meets it."""
    resting = evolve(CONSENT, states=(state("open", rest=True), state("given", rest=True)))
    goes_on = evolve(PROCESS, machines=(MAIN, resting))
    ended = replace("state consent.given", ends_case=True)
    ends = Variant("v", goes_on.id, T, (ended,)).apply(goes_on)
    for a, b in ((goes_on, ends), (ends, goes_on)):
        found = compare(a, b)
        [rest] = (d for d in found.people if d.kind == "rest")
        assert rest.text("en").endswith("These time limits end with it: 'a' (a).")
        assert rest.text("ja").endswith("事件とともに次の期限も終わる: 「あ」(あ)。")
        assert "is over under [a], goes on under [version 1]" in rest.text("en")
    case = goes_on.open(at="2024-06-03", facts={"age": 70})
    for event in ("helped", "consented"):
        facts = {"recipients": ["partner"]} if event == "consented" else {}
        case = case.step(event, by="worker", at="2024-06-03", facts=facts)
    [met] = affected([case], compare(goes_on, ends))
    assert "rest" in [difference.kind for difference in met.now]


@pytest.mark.parametrize(
    "changes",
    [{"met_by": ("seen_to",)}, {"renewals": (Renewal(("seen_to",), Length(5, Unit.DAYS)),)}],
)
def test_what_only_one_law_knows_may_meet_a_duty_or_lengthen_it(changes: dict[str, Any]) -> None:
    new = Event("seen_to", Text("措置", "seen to"), "main", ("worker",))
    rule = transition("see_to", new.id, "helped", "helped")
    edits = Add(new), Add(rule, to="machine main"), replace("deadline answer", **changes)
    law = Variant("new", "small", T, edits).apply(owing())
    for one, other in ((owing(), law), (law, owing())):
        assert any("seen to" in sentence for sentence in said(one, other))


def test_check_finds_nothing_in_them() -> None:
    assert check(owing()) == check(telling(WRITTEN)) == ()


def test_that_nobody_is_told_is_a_mistake_that_a_story_can_see() -> None:
    law = telling(WRITTEN)
    [mutant] = (m for m in mutants(law) if m.kind == "drop_told")
    assert mutant.id == "drop_told.helped.partner"
    assert mutant.said.en == "a is not told of 'a'"
    for process, shown in ((law, True), (mutant.apply(law), False)):
        case = process.open(at="2024-06-03", facts={"age": 70})
        case = case.step("helped", by="worker", at="2024-06-03T10:00")
        (assert_sees if shown else assert_hidden)(case, "partner", "helped")
    assert [s.mutant for s in kill(law, [], [mutant]).survivors] == [mutant]


def test_what_happens_at_the_end_of_a_limit_or_of_a_case_is_mistaken_too() -> None:
    law = means(Random(1))
    kinds = {m.id: m.apply(law) for m in mutants(law)
             if m.kind in ("drop_expiry", "drop_end") or m.id.endswith("day_counts")}  # fmt: skip
    assert kinds["drop_expiry.remand"].deadline("remand").on_expiry is None
    assert not kinds["drop_end.custody.dead"].machine("custody").state("dead").ends_case
    counting = law.deadline("remand").counting
    for name in ("stop_day_counts", "resume_day_counts"):
        turned = kinds[f"counting.remand.{name}"].deadline("remand").counting
        assert turned == evolve(counting, **{name: not getattr(counting, name)})
    assert not [id for id in kinds if id.startswith("counting.report")]


def test_whom_a_duty_is_owed_where_a_case_rests_and_how_long_a_renewal_is_may_be_mistaken() -> None:
    law = means(Random(1))
    kinds = {m.id: m for m in mutants(law)}
    assert kinds["drop_owed.report.partner"].apply(law).deadline("report").owed_to == ()
    at_rest = kinds["drop_rest.custody.free"].apply(law).machine("custody").state("free")
    assert (at_rest.rest, at_rest.final) == (False, False)
    renewals = law.deadline("remand").renewals
    assert [r.length.amount for r in renewals] == [0, 1]
    amounts = {id: [r.length.amount for r in mutant.apply(law).deadline("remand").renewals]
               for id, mutant in kinds.items() if id.startswith("limit.remand.renewal")}  # fmt: skip
    assert amounts == {
        "limit.remand.renewal.0.+1": [1, 1],
        "limit.remand.renewal.1.-1": [0, 0],
        "limit.remand.renewal.1.+1": [0, 2],
    }


@pytest.mark.parametrize("event", ["died", "held"])
def test_tests_are_asked_of_a_mistake_in_a_state_whatever_they_are_about(event: str) -> None:
    law = means(Random(1))
    [mutant] = (m for m in mutants(law) if m.kind == "drop_end")
    ends = PolicyTest(
        "ends", frozenset({event}), lambda p: p.machine("custody").state("dead").ends_case
    )
    assert kill(law, [ends], [mutant]).killed == ((mutant, "ends"),)


def test_a_duty_met_by_nothing_is_a_mistake_that_tests_should_notice() -> None:
    kinds = {mutant.id: mutant for mutant in mutants(owing())}
    dropped = kinds["drop_met.answer.answered"]
    assert dropped.apply(owing()).deadline("answer").met_by == ()
