"""What cites a ground in a drawing leads to the article."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from attrs import evolve

from diversion_flow import Case, draw, processes
from diversion_flow.definition import LANGUAGES, Language, Process, Text
from diversion_flow.definition.citing import address
from diversion_flow.definition.wording import basis_text
from diversion_flow.diagram.formats.chart import entries
from diversion_flow.diagram.formats.leads import pieces
from diversion_flow.diagram.views.difference import difference
from diversion_flow.explorer.drawings import drawings
from diversion_flow.explorer.slices import Slices
from diversion_flow.scenarios import play, shipped
from helpers.small import PROCESS

LAW = processes.in_force("entry_support", on="2024-06-03")
SVG = "{http://www.w3.org/2000/svg}"


def anchors(drawn: str) -> list[tuple[str, str]]:
    root = ElementTree.fromstring(drawn)
    return [("".join(a.itertext()), a.attrib["href"]) for a in root.iter(f"{SVG}a")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_cited_article_of_a_machine_is_a_link(lang: Language) -> None:
    found = anchors(draw(LAW, "custody", format="svg", lang=lang))
    led: dict[str, str] = {}
    for words, to in found:
        led[to] = led.get(to, "") + words
    wanted = {
        basis_text(LAW, basis, lang): address(LAW, basis)
        for rule in LAW.machine("custody").transitions
        for basis in rule.basis
        if address(LAW, basis)
    }
    assert len(wanted) > 20
    for said, to in wanted.items():
        assert to is not None
        assert said.replace(" ", "") in led[to].replace(" ", "")


def test_a_journal_cites_the_law_of_its_day() -> None:
    case = play(shipped("cs01_counsel_notices"), processes.history("entry_support"))[-1].after
    for view in ("timeline", "sequence"):
        found = anchors(draw(case.process, view, format="svg", lang="en", case=case))
        days = {day for _, to in found for day in re.findall(r"occasion_date=(\d+)", to)}
        assert {to.partition("?")[0] for _, to in found} >= {
            "https://laws.e-gov.go.jp/law/323AC0000000131"
        }
        assert days == {f"{law.since:%Y%m%d}" for law in laws_of(case)}


def laws_of(case: Case) -> set[Process]:
    return {e.law for e in entries(case) if any(address(e.law, b) for b in e.record.basis)}


def test_an_address_is_written_as_an_address() -> None:
    """What a source's id holds cannot leave the attribute, and what a name holds is text."""
    source = next(s for s in LAW.sources if s.id == "ccp")
    bad = evolve(source, law_id='1"><script>&', short=Text("<b>", '"<b>&'))
    kept = tuple(s for s in LAW.sources if s.id != source.id)
    law = evolve(LAW, sources=(bad, *kept))
    drawn = draw(law, "custody", format="svg", lang="en")
    hrefs = [to for _, to in anchors(drawn)]
    assert "<script" not in drawn
    assert any("1%22%3E%3Cscript%3E%26" in to for to in hrefs)


def test_a_drawing_with_links_can_be_entered_and_one_without_is_an_image() -> None:
    drawn = draw(LAW, "custody", format="svg", lang="en")
    assert 'role="group"' in drawn
    assert "a:focus-visible" in drawn
    plain = draw(PROCESS, "main", format="svg", lang="en")
    assert 'role="img"' in plain
    assert "<a " not in plain


def test_what_a_version_leaves_as_it_was_differs_in_no_link() -> None:
    later = evolve(LAW, since=LAW.since.replace(day=2), version="later")  # type: ignore[union-attr]
    assert anchors(draw(LAW, "custody", format="svg")) != anchors(
        draw(later, "custody", format="svg")
    )
    shown = difference(LAW, later, "custody", "en")
    parts = (*shown.nodes, *shown.rules, *shown.clocks)
    assert len(parts) > 30
    assert not any(part.standing for part in parts)


def test_a_citation_that_is_broken_leads_from_both_lines() -> None:
    found = pieces(
        ("CCP art.", "203(1); CCP art. 20"), (("CCP art. 203(1)", "x"), ("CCP art. 20", "y"))
    )
    assert found == {0: [(0, 8, "x")], 1: [(0, 6, "x"), (8, 19, "y")]}
    assert pieces(("CCP art. 20",), (("", "x"), ("none", "y"), ("CCP art. 20", ""))) == {}


@pytest.mark.slow
def test_the_page_has_the_links_beside_its_drawings() -> None:
    told = drawings(LAW, Slices()).values()
    drawn = [line for langs in told for parts in langs for form in parts["forms"] for line in form]
    assert len(drawn) > 100
    assert not any("<a " in piece for piece in drawn)
