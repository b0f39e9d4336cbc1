"""Does the shipped law keep to what it means to keep to, and is what it breaks known and told?"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import CallError, DiversionFlowError, UnknownId, processes
from diversion_flow.definition import (
    Occasion,
    Pattern,
    Process,
    Property,
    Text,
    fact,
    machine,
    missed,
)
from diversion_flow.definition.errors import DefinitionError
from diversion_flow.proof import (
    Answer,
    Assumed,
    Broken,
    NotSettled,
    Proved,
    Why,
    answer_text,
    prove,
    prove_each,
    ways,
)

DAY = "2024-06-03"
LAW = processes.in_force("entry_support", on=DAY)
ALL = processes.invariants(LAW)
T = Text("問い", "a question")


@cache
def answers() -> dict[str, Answer]:
    """All answers, worked out together."""
    return {answer.property.id: answer for answer in prove_each(LAW, ALL)}


def answered(asked: Property) -> Answer:
    return answers()[asked.id]


@pytest.mark.slow
@pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.id)
def test_it_holds_or_is_known_to_be_open(asked: Property) -> None:
    answer = answered(asked)
    assert isinstance(answer, Broken if asked.known_open else Proved)
    assert answer.assumed


def without(law: Process, name: str, ids: tuple[str, ...]) -> Process:
    """The law without these rules of a machine."""
    found = law.machine(name)
    kept = tuple(t for t in found.transitions if t.id not in ids)
    assert len(kept) == len(found.transitions) - len(ids)
    machines = tuple(evolve(m, transitions=kept) if m.id == name else m for m in law.machines)
    return evolve(law, machines=machines)


@pytest.mark.slow
def test_a_law_without_its_reaction_to_withdrawal_is_found() -> None:
    rules = tuple(t.id for t in LAW.machine("adjustment").transitions
                  if t.event == "consent_withdrawn")  # fmt: skip
    asked = next(a for a in ALL if a.id == "no_adjusting_without_consent")
    answer = prove(without(LAW, "adjustment", rules), asked)
    assert isinstance(answer, Broken)
    assert answer.story is not None
    assert answer.story.events[-1] == "consent_withdrawn"


def test_a_property_of_what_is_not_there_is_refused_with_the_nearest() -> None:
    asked = Property("odd", T, Pattern.ABSENCE, Occasion(("consent_givn",)))
    with pytest.raises(DefinitionError) as error:
        prove(LAW, asked)
    assert "consent_given" in error.value.text("en")


def test_what_asks_after_a_single_recording_is_refused_with_what_to_ask() -> None:
    asked = Property("late", T, Pattern.ABSENCE, Occasion(after=fact("consent_recipients").named()))
    with pytest.raises(DefinitionError) as error:
        prove(LAW, asked)
    assert error.value.code == "asks_step"
    assert "records" in error.value.text("ja")


def test_too_little_effort_settles_nothing() -> None:
    answer = prove(LAW, ALL[3], effort=50)
    assert isinstance(answer, NotSettled)
    assert (answer.why, answer.effort) == (Why.EFFORT, 50)


def test_what_is_looked_for_comes_with_a_story_or_is_nowhere() -> None:
    found = prove(LAW, Property("on", T, Pattern.REACHABLE, Occasion(("indicted",))))
    assert isinstance(found, Proved)
    assert found.story is not None
    assert found.story.events[-1] == "indicted"
    lost = Occasion(("indicted",), before=machine("procedure").in_("final_fine"))
    assert isinstance(prove(LAW, Property("no", T, Pattern.REACHABLE, lost)), Broken)


def test_an_answer_is_told_in_both_languages() -> None:
    never = Text("起訴されることはない", "nobody is indicted")
    answer = prove(LAW, Property("never", never, Pattern.ABSENCE, Occasion(("indicted",))))
    ja, en = answer_text(LAW, answer, "ja"), answer_text(LAW, answer, "en")
    assert "成り立たない" in ja
    assert "broken: nobody is indicted" in en
    assert answer.story is not None
    assert len(ja.splitlines()) == len(en.splitlines()) == 2 + len(answer.story.steps) + 1


def test_the_way_out_of_a_refusal() -> None:
    case = LAW.open(at="2024-06-03T09:00").step("arrested", by="police", at="2024-06-03T10:00")
    story = ways(case, to="judgment_final")
    assert story is not None
    assert story.events[-1] == "judgment_final"
    assert story.case.journal[1].event == "arrested"
    assert len(story.case.journal) == 2 + len(story.steps)
    assert ways(story.case, to=machine("procedure").in_("investigation")) is None


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"effort": "20"}, "effort_wanted"),
        ({"effort": -1}, "effort_wanted"),
        ({"tries": None}, "effort_wanted"),
        ({"tries": True}, "effort_wanted"),
        ({"tries": float("nan")}, "effort_wanted"),
        ({"to": fact("age") == "old"}, "no_value"),
        ({"to": fact("age") >= 10**400}, "number_long"),
        ({"to": fact("age") == True}, "no_value"),  # noqa: E712
        (
            {"to": machine("custody").in_("arrested") | fact("consent_recipients").named()},
            "asks_step",
        ),
        ({"to": fact("consent_recipients").named()}, "asks_step"),
        ({"to": missed("police_referral")}, "missed_no_duty"),
    ],
)
def test_a_way_is_sought_to_what_can_be_asked_for(given: dict[str, Any], code: str) -> None:
    with pytest.raises(DiversionFlowError) as refused:
        ways(LAW.open(at="2024-06-03"), **{"to": "arrested"} | given)
    assert refused.value.code == code
    assert refused.value.text("ja") != str(refused.value)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"facts": "age"}, CallError),  # no list of letters
        ({"facts": None}, CallError),
        ({"facts": [7]}, CallError),
        ({"facts": ["agee"]}, UnknownId),
        ({"effort": 1.5}, CallError),
        ({"tries": "all"}, CallError),
    ],
)
def test_a_proof_is_asked_for_in_its_own_terms(
    given: dict[str, Any], kind: type[DiversionFlowError]
) -> None:
    with pytest.raises(kind) as refused:
        prove(LAW, ALL[0], **given)
    assert refused.value.text("ja") != str(refused.value)


def test_a_way_from_a_closed_case_is_none() -> None:
    case = LAW.open(at="2024-06-03T09:00")
    dead = case.step("died", by="medical", at="2024-06-03T10:00")
    assert ways(dead, to="arrested") is None


def test_fairness_is_said_where_it_is_used() -> None:
    end = next(a for a in ALL if a.pattern is Pattern.POSSIBLE)
    assert Assumed.UNTIMED in answered(end).assumed
    assert answered(ALL[0]).assumed == (Assumed.RULES,)
