"""A drawing can be heard: each lane or machine is a list, its steps are items that say where they
lead."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from diversion_flow import Language, draw, processes
from diversion_flow.definition import LANGUAGES
from diversion_flow.diagram.formats.picture import Group, Picture
from diversion_flow.diagram.formats.svg import heard
from diversion_flow.diagram.render import diagram
from diversion_flow.diagram.views.agency import agency_shown
from diversion_flow.diagram.views.stage import stage_shown
from helpers.amounts import Amount
from helpers.peer_programs import needs_chromium, node

LAW = processes.get("entry_support")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", ["overview", "custody"])
def test_every_step_is_an_item_of_its_list_and_says_where_it_leads(
    view: str, lang: Language
) -> None:
    shown = diagram(LAW, view, lang=lang)
    root = ElementTree.fromstring(draw(LAW, view, lang=lang))
    bands = {band.id: band.label for band in shown.groups or shown.lanes}
    lists = [g for g in root.iter(f"{SVG}g") if g.get("role") == "list"]
    heard = [(g.get("aria-label"), item.get("data-part"), item.findtext(f"{SVG}desc"))
             for g in lists for item in g if item.get("role") == "listitem"]  # fmt: skip
    band = {n.id: bands.get(n.group if shown.groups else n.lane, shown.title) for n in shown.nodes}
    assert sorted((name, id) for name, id, _ in heard) == sorted((b, id) for id, b in band.items())
    assert len({g.get("aria-label") for g in lists}) == len(lists)
    titles = {n.id: n.title for n in shown.nodes}
    for _, id, said in heard:
        targets = [titles[e.target] for e in shown.edges if e.source == id]
        assert said is not None
        assert all(target in said for target in targets)
        assert bool(targets) is said.startswith(("次へ", "Leads to"))
    assert root.get("role") == "group"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_boxes_of_a_sheet_in_columns_are_items_that_say_where_they_lead(lang: Language) -> None:
    for shown, view in ((stage_shown(LAW, "intake", lang), "stage.intake"),
                        (agency_shown(LAW, "police", lang), "police")):  # fmt: skip
        root = ElementTree.fromstring(draw(LAW, view, lang=lang))
        heard = {(g.get("aria-label"), item.get("data-part")): item.findtext(f"{SVG}desc")
                 for g in root.iter(f"{SVG}g") if g.get("role") == "list" for item in g}  # fmt: skip
        cards = {(s.label, card.state): card for s in shown.sections for card in s.cards}
        assert heard.keys() == cards.keys()
        for place, card in cards.items():
            said = heard[place] or ""
            assert all(to.label in said for way in card.leaves for to in way.to)
            assert bool(card.leaves) is said.startswith(("次へ", "Leads to"))


def test_what_is_heard_is_what_was_written() -> None:
    name = """Research & "aid" <one's own>"""
    lanes = tuple(Group(name, (), part=lane, list=lane) for lane in (name, "other"))
    page = ElementTree.fromstring(heard(Picture(10, 10, name, name, "en", lanes)))
    assert [e.get("aria-label") for e in page.iter() if e.get("role") == "list"] == [name, "other"]
    assert [e.get("data-part") for e in page.iter() if e.get("data-part")] == [name, "other"]


@needs_chromium
def test_axe_finds_no_fault_in_a_drawing_and_the_browser_hears_its_lists(amount: Amount) -> None:
    views = ("custody", "overview")[: amount(2, 1)]
    sheets = [str(draw(LAW, view, lang="en")) for view in ("center", "stages")[: amount(2, 1)]]
    drawn = [str(draw(LAW, view, lang="en")) for view in views]
    found = json.loads(node("print_axe.mjs", stdin=json.dumps([*drawn, *sheets])))
    assert [result["bad"] for result in found] == [[]] * len(found)
    for view, result in zip(views, found, strict=False):
        items = [item for _, items in result["lists"] for item in items]
        assert len(items) == len(diagram(LAW, view).nodes)
