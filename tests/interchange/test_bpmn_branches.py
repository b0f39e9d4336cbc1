"""Branches of other people's drawings: each goes its own way, and what a join waits for is waited for."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from random import Random

import pytest

from diversion_flow import Case, Process, check
from diversion_flow.definition import Kind, LoadError
from diversion_flow.interchange import parse_bpmn
from diversion_flow.interchange.bpmn import bpmn
from helpers.bpmn_sides import MODEL, unsaid
from helpers.tokens import TwoTokens, parts_after

AT = "2026-11-25T09:00"
HEAD = {
    "s": "startEvent", "e": "endEvent", "f": "endEvent", "w": "parallelGateway",
    "q": "parallelGateway", "j": "parallelGateway", "k": "parallelGateway",
    "o": "inclusiveGateway", "p": "inclusiveGateway", "x": "exclusiveGateway",
    "y": "exclusiveGateway",
}  # fmt: skip


def drawn(*lines: str, names: dict[str, str] | None = None) -> str:
    """A drawing of lines like `s t w a j e`; a letter says what stands there, any other is a task.
    Flows are named as `names` says, by both their ends."""
    paths = [line.split() for line in lines]
    ids = dict.fromkeys(id for path in paths for id in path)
    flows = dict.fromkeys(pair for path in paths for pair in pairwise(path))
    nodes = "".join(f'<{HEAD.get(id[0], "task")} id="{id}"/>\n' for id in ids)
    named = {pair: f' name="{name}"' for pair, name in (names or {}).items()}
    ends = "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"{named.get(a + b, "")}/>\n'
        for a, b in flows
    )
    return (
        f'<definitions xmlns="{MODEL}" id="D" targetNamespace="urn:x">\n'
        f'<process id="main" name="Office">\n{nodes}{ends}</process>\n</definitions>'
    )


def read(text: str) -> Process:
    return parse_bpmn(text, lang="en").process


def after(process: Process, *events: str, **facts: object) -> Case:
    """The case after these events, each reported by whoever may."""
    case = process.open(at=AT)
    for id in events:
        known = {fact: facts[fact] for fact in process.event(id).records if fact in facts}
        case = case.step(id, by=process.event(id).by[0], at=AT, facts=known)
    return case


def stands(case: Case) -> dict[str, str]:
    return dict(case.states)


def may(process: Process, case: Case, event: str) -> bool:
    return case.explain(event, by=process.event(event).by[0], at=AT).allowed


def losses(text: str) -> dict[str, tuple[str, ...]]:
    return {loss.code: loss.ids for loss in parse_bpmn(text, lang="en").losses}


def test_branches_that_meet_at_no_join_each_go_on_by_themselves() -> None:
    text = drawn("s t w a both e", "w b both")
    process = read(text)
    case = after(process, "t_done", "a_done")
    assert stands(case) == {"main": "w", "main_a": "both", "main_b": "b"}
    case = after(process, "t_done", "a_done", "both_done", "b_done")
    assert stands(case) == {"main": "w", "main_a": "e", "main_b": "both"}
    assert losses(text) == {}


def test_what_follows_some_of_the_branches_begins_when_these_are_there() -> None:
    process = read(drawn("s t w a k d j z e", "w b k", "w c j"))
    case = after(process, "t_done", "a_done")
    assert not may(process, case, "k_done")
    case = after(process, "t_done", "a_done", "b_done", "k_done")
    assert stands(case) | {"main": "w", "main_c": "c", "main_d": "d"} == stands(case)
    ready = after(process, "t_done", "a_done", "b_done", "k_done", "d_done")
    assert not may(process, ready, "w_done")
    case = after(process, "t_done", "a_done", "b_done", "c_done", "k_done", "d_done", "w_done")
    assert case.states["main"] == "z"


def test_what_follows_some_of_the_branches_begins_anew_with_them() -> None:
    process = read(drawn("s y t w a k d j z x e", "w b k", "w c j", "x y"))
    once = ("t_done", "a_done", "b_done", "c_done", "k_done", "d_done", "w_done")
    again = {"main_after_z_done": "z_to_t"}
    case = after(process, *once, "z_done", "t_done", **again)
    assert case.states["main_d"] == "not_started"
    assert not may(process, case, "k_done")


def test_one_join_for_a_split_within_a_split_waits_for_all() -> None:
    process = read(drawn("s t w a j z e", "w q b j", "q c j"))
    before = ("t_done", "a_done", "b_done")
    case = after(process, *before, "c_done")
    assert not may(process, case, "w_done")  # the split within is to be closed first
    case = after(process, *before, "c_done", "q_done", "w_done")
    assert case.states["main"] == "z"


def test_a_gateway_at_which_branches_end_and_begin_is_two() -> None:
    process = read(drawn("s t w a q c e", "w b q d f"))
    case = after(process, "t_done", "a_done", "b_done", "w_done")
    assert set(case.states.values()) >= {"q", "c", "d"}


def test_a_join_to_which_one_branch_comes_is_passed_and_named() -> None:
    text = drawn("s t x a j e", "x b j")
    assert losses(text) == {"alone": ("j",)}
    assert after(read(text), "t_done", "a_done", main_after_t_done="t_to_a").states["main"] == "e"
    beside = drawn("s t w x a j e", "x b j", "w c j")  # another branch is waited for
    assert losses(beside) == {"alone": ("j",)}


def test_a_branch_that_leads_back_begins_again_and_is_named() -> None:
    text = drawn("s y t w a x j e", "w b j", "x y")
    assert losses(text) == {"again": ("w",)}
    process = read(text)
    back = {"main_a_after_a_done": "a_to_t"}
    case = after(process, "t_done", "a_done", **back)
    assert stands(case) == {"main": "w", "main_a": "t", "main_b": "b"}
    (once_more,) = {
        t.event for t in process.machine("main_a").transitions if t.sources == ("t",)
    }  # fmt: skip
    assert once_more != "t_done"  # the branch does it by itself
    case = after(process, "t_done", "b_done", "a_done", once_more, **back)
    assert stands(case) == {"main": "w", "main_a": "a", "main_b": "b"}


CHOSEN = drawn("s t o a p z e", "o b p", "o c f", names={"oa": "money", "ob": "home"})


def test_an_inclusive_split_begins_the_branches_that_are_chosen() -> None:
    process = read(CHOSEN)
    fact = process.fact("main_branches_after_t_done")
    assert fact.kind is Kind.CHOICES
    assert [choice.label.en for choice in fact.choices] == ["money", "home", "main_c"]
    case = after(process, "t_done", **{fact.id: {"main_b"}})
    assert stands(case) == {
        "main": "o", "main_a": "not_started", "main_b": "b", "main_c": "not_started",
    }  # fmt: skip


def test_an_inclusive_join_waits_for_what_was_begun_only() -> None:
    process, chosen = read(CHOSEN), {"main_branches_after_t_done": {"main_b", "main_c"}}
    assert not may(process, after(process, "t_done", **chosen), "o_done")
    case = after(process, "t_done", "b_done", "o_done", **chosen)
    assert (case.states["main"], case.states["main_c"]) == ("z", "c")


def test_a_parallel_join_waits_for_every_branch() -> None:
    process = read(CHOSEN.replace('inclusiveGateway id="p"', 'parallelGateway id="p"'))
    chosen = {"main_branches_after_t_done": {"main_b"}}
    assert not may(process, after(process, "t_done", "b_done", **chosen), "o_done")


def test_flows_out_of_a_task_on_conditions_begin_beside_those_without() -> None:
    text = drawn("s t a e", "t b f").replace(
        'targetRef="b"/>',
        'targetRef="b"><conditionExpression>old</conditionExpression></sequenceFlow>',
    )
    process = read(text)
    (fact,) = process.facts
    assert [(choice.id, choice.label.en) for choice in fact.choices] == [("main_b", "old")]
    case = after(process, "t_done")
    assert (case.states["main_a"], case.states["main_b"]) == ("a", "not_started")
    case = after(process, "t_done", **{fact.id: {"main_b"}})
    assert (case.states["main_a"], case.states["main_b"]) == ("a", "b")


def test_a_way_through_gateways_alone_that_comes_back_is_named() -> None:
    text = drawn("s t x y x", "y e")
    assert losses(text) == {"circle": ("y_x",)}
    assert after(read(text), "t_done", main_after_t_done="t_to_e").states["main"] == "e"


def by_chance(seed: int) -> str:
    """Gateways and tasks with flows from each to later ones, and some back."""
    chance = Random(seed)
    ids = ["s", *(chance.choice("wqjkopxyabcd") + str(n) for n in range(chance.randint(3, 9))), "e"]
    lines = [" ".join(ids)]
    for _ in range(chance.randint(1, 6)):
        a, b = sorted(chance.sample(range(1, len(ids)), 2))
        back = chance.random() < 0.2 and b < len(ids) - 1
        lines.append(f"{ids[b]} {ids[a]}" if back else f"{ids[a]} {ids[b]}")
    return drawn(*lines)


MORE = (pytest.mark.again, pytest.mark.sampled(every=20))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, *(pytest.param(k, marks=MORE) for k in range(50, 1000, 50))])
def test_whatever_branches_come_back_as_they_were(seed: int) -> None:
    read_, refused = 0, set[str]()
    for number in range(seed, seed + 50):
        text = by_chance(number)
        try:
            found = parse_bpmn(text, lang="en")
        except LoadError as error:
            refused.add(error.code)
            continue
        read_ += 1
        again = parse_bpmn(bpmn(found.process, "en").text, lang="en")
        assert again.process == found.process
        assert unsaid(text, found) == []
        check(found.process)
    assert read_ > 25
    assert refused <= {"bpmn_circle", "bpmn_many_branches", "bpmn_many_gateways"}


@pytest.mark.parametrize("seed", [0, *(pytest.param(k, marks=MORE) for k in range(50, 1000, 50))])
def test_a_drawing_goes_as_its_tokens_go(seed: int) -> None:
    """But where a loss says that it does not, or something would be done twice at once."""
    alike = 0
    for number in range(seed, seed + 50):
        text = by_chance(number)
        with suppress(LoadError, TwoTokens):
            found = parse_bpmn(text, lang="en")
            if {"again", "alone", "circle"}.isdisjoint(loss.code for loss in found.losses):
                assert parts_after(text, found.process) is None
                alike += 1
    assert alike > 10
