"""Which ground stands behind which condition, and where an article can be read."""

from __future__ import annotations

import pytest
from attrs import evolve

from diversion_flow import processes
from diversion_flow.definition import Basis, Mark, Source, fact
from diversion_flow.definition.citing import address
from diversion_flow.diagram import checklist, checklist_page, draw
from diversion_flow.explorer.outline import outline
from diversion_flow.interchange import export, table
from helpers.small import PROCESS, T, with_transitions

LAW = processes.in_force("entry_support", on="2024-06-03")
OWN = Basis(Mark.READ, "law", "77")
RULE = PROCESS.machines[0].transitions[2]
EITHER = ((fact("age") >= 65) | (fact("age") < 20)).under(OWN) & fact("content").known()
GROUNDED = with_transitions(evolve(RULE, id="grounded", guard=EITHER))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_list_of_rules_says_the_ground_of_a_condition(lang: str) -> None:
    article = "77条" if lang == "ja" else "art. 77"
    for said in (
        table(GROUNDED, "rules", lang).text,
        export(GROUNDED, "bpmn", lang).text,
        outline(GROUNDED),
        draw(GROUNDED, "main", lang=lang),
    ):
        assert article in said


def test_what_a_ground_covers_is_bracketed() -> None:
    assert "(a is at least 65 or a is below 20) (" in table(GROUNDED, "rules", "en").text


def test_a_checklist_leads_to_the_articles() -> None:
    page, plain = checklist_page(LAW, "center", "ja"), checklist(LAW, "center", "ja")
    found = {address(LAW, b) for e in LAW.events if "center" in e.by for b in e.basis} - {None}
    assert found
    assert all(f'<a href="{a}" rel="noopener noreferrer">' in page for a in found)
    assert all(f"](<{a}>)" in plain for a in found)


def test_an_id_of_a_law_cannot_leave_its_address() -> None:
    odd = Source("law", T, law_id='1"><b>)(')
    sources = tuple(odd if s.id == "law" else s for s in PROCESS.sources)
    process = evolve(PROCESS, sources=sources)
    for said in (checklist_page(process, "worker", "en"), checklist(process, "worker", "en")):
        assert "<b>)" not in said
