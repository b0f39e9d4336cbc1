"""Is it proved who can come to know what, and told with a story that plays where somebody can?"""

from __future__ import annotations

import pytest
from attrs import evolve

from diversion_flow.definition import (
    CallError,
    Guard,
    Occasion,
    Process,
    fact,
    machine,
    never_learns,
)
from diversion_flow.definition.files import loads_questions
from diversion_flow.proof import Broken, Proved, prove
from diversion_flow.proof.proving import answers
from diversion_flow.scenarios import play, read
from diversion_flow.scenarios.told import scenario_of
from diversion_flow.scenarios.writing import written
from helpers.proofs import KNOWN, LAW

CONSENTED = machine("consent").in_("given", "narrowed")
NAMED = CONSENTED & fact("consent_recipients").includes("center")


def shown_anyway(id: str, agency: str) -> Process:
    """A law in which an agency sees a fact whatever the person says."""
    facts = tuple(evolve(f, seen_by=(*f.seen_by, agency)) if f.id == id else f for f in LAW.facts)
    return evolve(LAW, facts=facts)


@pytest.mark.slow
@pytest.mark.parametrize(
    "without", [Occasion(("consent_given",)), CONSENTED, NAMED], ids=["before", "with", "named"]
)
def test_the_center_does_not_learn_the_offence_without_consent(without: Occasion | Guard) -> None:
    [answer] = answers(LAW, [never_learns("offence", "center", without=without)], KNOWN)
    assert isinstance(answer, Proved)


@pytest.mark.slow
def test_what_consent_opens_is_learnt_and_the_story_plays() -> None:
    asked = never_learns("age", "center")
    answer = prove(LAW, asked)
    assert isinstance(answer, Broken)
    assert answer.story is not None
    assert answer.story.events[-1] == "consent_given"
    scenario = read(written(scenario_of(answer.story, asked.id, asked.label)), "broken.toml")
    played = play(scenario, LAW)
    assert [problem.text("en") for step in played for problem in step.problems] == []
    assert played[-1].after.view("center").facts.keys() >= {"age"}
    assert all("age" not in step.after.view("center").facts for step in played[:-1])


@pytest.mark.slow
def test_a_law_that_shows_it_anyway_is_found() -> None:
    asked = never_learns("offence", "center", without=CONSENTED)
    answer = prove(shown_anyway("offence", "center"), asked)
    assert isinstance(answer, Broken)
    assert answer.story is not None
    assert "offence" in answer.story.case.view("center").facts


def test_it_is_asked_for_in_a_file() -> None:
    text = """format = 1
[[questions]]
id = "never_learns"
label = { ja = "知ることはない", en = "never learns it" }
pattern = "precedence"
what = "consent_given"
then = "learns:center=offence"
"""
    [asked] = loads_questions(text, LAW)
    assert asked == never_learns("offence", "center", without=Occasion(("consent_given",)))


@pytest.mark.parametrize("wrong", [{"fact": 7}, {"agency": None}, {"without": "consent_given"}])
def test_it_is_asked_for_in_its_own_terms(wrong: dict[str, object]) -> None:
    given: dict[str, object] = {"fact": "age", "agency": "center", **wrong}
    with pytest.raises(CallError):
        never_learns(**given)  # type: ignore[arg-type]
