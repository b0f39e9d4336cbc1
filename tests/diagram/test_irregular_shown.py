"""What happened against the rules bears one mark on every sheet that shows it, is told beneath, and
is no way that the case went."""

from __future__ import annotations

from functools import cache
from random import Random
from xml.etree import ElementTree

import pytest

from diversion_flow import Case, Language, draw, processes
from diversion_flow.definition import LANGUAGES
from diversion_flow.definition.wording import AGAINST, IRREGULAR
from diversion_flow.diagram.render import FORMATS, diagram
from diversion_flow.diagram.views.case_course import stays
from diversion_flow.diagram.views.extract import views
from diversion_flow.diagram.views.road import road
from diversion_flow.diagram.views.road_case import with_case
from diversion_flow.diagram.views.stage import stages_shown
from diversion_flow.runtime.outside import irregular
from helpers.stopping import law as stopping_law
from helpers.stopping import stopping

LAW = processes.in_force("entry_support", on="2024-06-03")
SVG = "{http://www.w3.org/2000/svg}"
each_language = pytest.mark.parametrize("lang", LANGUAGES)


@cache
def marked() -> Case:
    """Arrested; referred and asked for consent against the rules."""
    case = LAW.open(at="2024-06-03T09:00", id="A-7").step(
        "arrested", by="police", at="2024-06-03T10:00"
    )
    for event, rule, by, at in (
        ("referred", "custody.referral_in_custody", "police", "2024-06-05T09:00"),
        ("consent_given", "consent.consent", "person", "2024-06-05T10:00"),
    ):
        case = irregular(case, event, by=by, at=at, transition=rule, responsible="police",
                         reason="forgotten")  # fmt: skip
    return case


@cache
def lawful() -> Case:
    """The same by the rules, as far as they allow it."""
    case = LAW.open(at="2024-06-03T09:00").step("arrested", by="police", at="2024-06-03T10:00")
    return case.step("referred", by="police", at="2024-06-05T09:00")


SHEETS = (
    "road", "road_upright", "road_bilingual", "one_page", "one_page_bilingual", "stages",
    "overview", "custody", "consent", "police", "timeline", "sequence",
)  # fmt: skip


@each_language
@pytest.mark.parametrize("view", SHEETS)
def test_every_sheet_bears_the_mark_and_tells_neither_why_nor_who_answers(
    view: str, lang: Language
) -> None:
    drawn = draw(LAW, view, lang=lang, case=marked())
    assert AGAINST in drawn
    assert "forgotten" not in drawn
    assert AGAINST not in draw(LAW, view, lang=lang, case=lawful())


@each_language
@pytest.mark.parametrize("format", sorted(FORMATS.keys() - {"svg", "png", "pdf"}))
def test_text_for_other_programs_bears_it_too(format: str, lang: Language) -> None:
    signs = {"puml": "<U+2260>"}
    drawn = str(draw(LAW, "custody", format=format, lang=lang, case=marked()))
    label = LAW.machine("custody").state("referred").label.in_(lang).split()[0]
    sign = next(sign for sign in (AGAINST, signs.get(format, AGAINST)) if sign in drawn)
    assert f"{sign} {label}" in drawn or IRREGULAR.in_(lang)[1:-1] in drawn


@each_language
def test_the_legend_tells_the_mark_where_it_is_and_nowhere_else(lang: Language) -> None:
    for view in ("custody", "overview", "hospital"):
        shown = diagram(LAW, view, lang=lang, case=marked())
        there = [node for node in shown.nodes if node.irregular]
        told = [line for line in shown.legend if line.startswith(f"{AGAINST}:")]
        assert len(told) == bool(there), view
        assert all(node.lines[0].startswith(AGAINST) for node in there)


def test_a_mark_stands_until_a_regular_step_and_what_it_was_is_still_told() -> None:
    after = marked().step("detention_requested", by="prosecutor", at="2024-06-05T11:00",
                          facts={"detention_ground": "destroys_evidence"})  # fmt: skip
    shown = diagram(LAW, "custody", lang="en", case=after)
    found = {n.id: n.standing for n in shown.nodes if n.irregular}
    assert found == {"custody.referred": "visited"}
    assert not shown.node("custody.detention_requested").irregular
    (line,) = [line for line in shown.legend if line.startswith(f"{AGAINST} 2024")]
    assert "Referred to the prosecutor" in line
    both = [stay.irregular for stay in stays(after, LAW.machine("custody"))]
    assert both == [False, False, True, False]


def test_what_was_irregular_is_on_a_sheet_and_is_no_way_that_it_went() -> None:
    shown = diagram(LAW, "custody", lang="en", case=marked())
    assert [e.id for e in shown.edges if e.standing] == ["custody.free-custody.arrested"]
    assert shown.legend[0] == "2 of 3 steps of this case are on this sheet."
    assert [
        e.id for e in diagram(LAW, "consent", lang="en", case=marked()).edges if e.standing
    ] == []


@pytest.mark.parametrize("seed", range(12))
def test_arrows_are_marked_for_regular_steps_alone(seed: int) -> None:
    """Led by chance, every third step against the rules."""
    law, chance = stopping(Random(seed)), Random(seed)
    case = law.open(at="2024-01-10T08:00", facts={"days": 6})
    rules = [(m.id, t) for m in law.machines for t in m.transitions]
    regular, against = set(), 0
    for number in range(30):
        machine, rule = chance.choice(rules)
        call = {"by": "worker", "at": case.at, "facts": {}}
        if number % 3 == 0:
            case = irregular(case, rule.event, transition=f"{machine}.{rule.id}", reason="r",
                             responsible="worker", **call)  # type: ignore[arg-type] # fmt: skip
            against += 1
        elif rule.event in case.enabled(by="worker"):
            case = case.step(rule.event, by="worker", at=case.at)
            regular |= {(m.machine, m.source, m.target) for m in case.journal[-1].moved}
    wanted = {f"{m}.{a}-{m}.{b}" for m, a, b in regular if a != b}
    found = {e.id for m in law.machines for e in diagram(law, m.id, case=case).edges if e.standing}
    assert found == wanted
    assert against == 10


@each_language
def test_it_is_heard(lang: Language) -> None:
    for view, part in (("custody", "custody.referred"), ("overview", "custody.referred"),
                       ("stages", "custody.referred"), ("police", "referred")):  # fmt: skip
        root = ElementTree.fromstring(draw(LAW, view, lang=lang, case=marked()))
        titles = [item.findtext(f"{SVG}title") or "" for item in root.iter(f"{SVG}g")
                  if item.get("role") == "listitem" and item.get("data-part") == part]  # fmt: skip
        assert titles, view
        assert all(IRREGULAR.in_(lang) in title for title in titles), view
    for view in ("road", "road_upright", "timeline", "sequence"):
        root = ElementTree.fromstring(draw(LAW, view, lang=lang, case=marked()))
        assert any(IRREGULAR.in_(lang) in (t.text or "") for t in root.iter(f"{SVG}title")), view


def test_an_act_done_later_by_the_rules_bears_no_mark() -> None:
    (shown,) = road(LAW, "en")
    acts = {a.events: a for a in with_case(shown, marked()).acts}
    assert acts["consent_given",].done == f"{AGAINST} 5 Jun"
    assert acts["consent_given",].irregular
    law = stopping_law()
    case = law.open(at="2024-01-10")
    held = irregular(case, "held", by="worker", at="2024-01-10", transition="custody.hold",
                     responsible="worker", reason="r")  # fmt: skip
    held = held.step("released", by="worker", at="2024-01-11")
    for case, mark in ((held, True), (held.step("held", by="worker", at="2024-01-12"), False)):
        assert diagram(law, "custody", case=case).node("custody.held").irregular is mark


def test_an_agency_sees_the_mark_on_what_it_sees() -> None:
    seen = draw(marked().view("prosecutor"), "custody", lang="en")
    assert IRREGULAR.en in seen
    hidden = [a.id for a in LAW.agencies if not _sees(a.id)]
    assert hidden
    assert AGAINST not in draw(marked().view(hidden[0]), "stages", lang="en")


def _sees(agency: str) -> bool:
    view = marked().view(agency)
    return bool(view.marked) or any(entry.irregular for entry in view.journal)


def test_every_machine_and_stage_sheet_tells_of_what_came_to_it() -> None:
    told = {m.id: diagram(LAW, m.id, lang="en", case=marked()).legend for m in LAW.machines}
    lines = {id: [line for line in legend if line.startswith(f"{AGAINST} ")]
             for id, legend in told.items()}  # fmt: skip
    assert {id: len(found) for id, found in lines.items() if found} == {
        "custody": 1, "procedure": 1, "consent": 1,
    }  # fmt: skip
    cards = [c for shown in stages_shown(LAW, "en", marked()) for s in shown.sections
             for c in s.cards if c.irregular]  # fmt: skip
    assert {c.state for c in cards} == {"custody.referred", "procedure.referred", "consent.given"}
    assert "overview" in views(LAW)
