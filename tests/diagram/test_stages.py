"""The sheets of the stages: every state and every way, on A4, in letters that can be read; and how
large the letters of every sheet are, on paper and on a screen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from diversion_flow import Language, Process, UnknownId, draw, processes
from diversion_flow.analysis.structure import structure
from diversion_flow.definition import (
    LANGUAGES,
    Agency,
    Event,
    Machine,
    Stage,
    State,
    Text,
    Transition,
)
from diversion_flow.diagram import views
from diversion_flow.diagram.formats.picture import Group, Picture, Print, picture
from diversion_flow.diagram.layout.columns import Item, stacked
from diversion_flow.diagram.layout.geometry import overlap
from diversion_flow.diagram.layout.panels import MOST, paneled
from diversion_flow.diagram.layout.placed import Box
from diversion_flow.diagram.render import diagram
from diversion_flow.diagram.views.agency import agency_shown
from diversion_flow.diagram.views.numbering import number_of, stages_of, usual_steps
from diversion_flow.diagram.views.road import brief, road
from diversion_flow.diagram.views.road_picture import ONE_PAGE, road_picture
from diversion_flow.diagram.views.road_upright import road_upright
from diversion_flow.diagram.views.stage import Card, StageShown, numbered, stages_shown
from diversion_flow.diagram.views.stage_difference import StageDifferences
from diversion_flow.diagram.views.stage_picture import HIGH, WIDE, planned, stage_pictures
from diversion_flow.diagram.views.touched import touched
from diversion_flow.scenarios import play, shipped
from helpers import road_quality as q
from helpers.chart_quality import quality
from helpers.random_process import random_process

LAW = processes.get("entry_support")
LAWS = [processes.get(name) for name in processes.names()]
A4, A3, EDGE = (841.89, 595.28), (1190.55, 841.89), 22.0  # points
SCREEN = 1440  # pixels


@cache
def shown(law: Process, lang: Language) -> tuple[StageShown, ...]:
    return stages_shown(law, lang)


def numbered_as(sheet: StageShown) -> str:
    found = re.search(r"\d-\d+", sheet.corner[0])
    assert found
    return found[0]


def cards(sheets: tuple[StageShown, ...]) -> Iterator[tuple[str, str, Card]]:
    """Every box with its stage's number and its machine."""
    for sheet in sheets:
        number = numbered_as(sheet)
        for section in sheet.sections:
            yield from ((number, section.id, card) for card in section.cards)


def sound(sheet: StageShown) -> None:
    """The boxes of a page lie apart, its words too, and all of it on one A4."""
    for plan in planned(sheet):
        boxes = [
            Box(p.column * 1000.0, p.top, plan.style.width, b.height)
            for p, b in zip(plan.places, plan.blocks, strict=True)
        ]
        assert not any(overlap(a, b) for n, a in enumerate(boxes) for b in boxes[:n])
    for page in stage_pictures(sheet):
        assert page.width <= WIDE
        assert q.text_on_text(page) == q.outside(page) == []
        assert min(words.size for words, _ in q.texts(page)) >= 8.0


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("law", LAWS, ids=processes.names())
def test_every_state_has_one_box_and_no_page_is_larger_than_a4(
    law: Process, lang: Language
) -> None:
    found = list(cards(shown(law, lang)))
    places = {(number, card.number) for number, _, card in found}
    states = [(m.id, s) for m in law.machines for s in m.states]
    assert len(found) == len(places) == len(states)
    for sheet in shown(law, lang):
        sound(sheet)
        assert all(page.height <= HIGH for page in stage_pictures(sheet))


def test_every_way_out_leads_to_a_box_and_every_box_tells_whence_it_is_come_to() -> None:
    numbers, found = numbered(LAW), list(cards(shown(LAW, "ja")))
    labels = {(number, card.number): card.label for number, _, card in found}
    told = {}
    for sheet in shown(LAW, "ja"):
        here = numbered_as(sheet)
        for section in sheet.sections:
            ways = [way for card in section.cards for way in card.leaves]
            for way in (*ways, *(each.leaving for each in section.shared)):
                for to in way.to:
                    assert labels[to.sheet or here, to.number] == to.label
            for card in section.cards:
                told[section.id, card.number, here] = dict(card.comes)
    sheets = {id: number_of(LAW, f"stage.{id}") for id in stages_of(LAW)}
    for machine in LAW.machines:
        for rule in machine.transitions:
            stage, number = numbers[machine.id, rule.target]
            for source in rule.sources:
                before, its = numbers[machine.id, source]
                if before != stage:
                    assert its in told[machine.id, number, sheets[stage]][sheets[before]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_ways_without_names_that_the_same_boxes_have_stand_on_one_line(lang: Language) -> None:
    from_ = re.compile(r"[\d–,]+から →|from [\d–,]+ →")
    lines: Counter[str] = Counter()
    for n, shown in enumerate(stages_shown(LAW, lang)):
        for block in (block for plan in planned(shown) for block in plan.blocks):
            first = next((s.text for s in block.shapes if isinstance(s, Print)), "")
            lines[f"{n}: {first}"] += bool(from_.fullmatch(first))
    assert sum(lines.values()) > 1
    assert max(lines.values()) == 1


def test_an_event_that_moves_several_machines_is_one_line_with_several_heads() -> None:
    for sheet in shown(LAW, "ja"):
        lines = [each for section in sheet.sections for each in section.anywhere]
        died = next(each for each in lines if "死亡" in each.text)
        assert len({head.label for head in died.heads}) >= 3
        alone = [c for s in sheet.sections for c in s.cards
                 if any("死亡" in way.text for way in c.leaves) and not c.ends]  # fmt: skip
        assert len(alone) <= 6  # what is no way out of many boxes


@pytest.mark.parametrize("seed", range(12))
def test_the_stages_of_any_process_stand_on_their_pages(seed: int) -> None:
    law = random_process(seed)
    sheets = stages_shown(law, LANGUAGES[seed % 2])
    assert sum(len(s.cards) for sheet in sheets for s in sheet.sections) == sum(
        len(m.states) for m in law.machines
    )
    for sheet in sheets:
        sound(sheet)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("law", LAWS, ids=processes.names())
def test_a_stage_of_a_shipped_law_stands_on_one_page(law: Process, lang: Language) -> None:
    for sheet in shown(law, lang):
        (plan,) = planned(sheet)
        assert plan.pages == 1
        assert plan.style.size >= 8.0


@pytest.mark.slow
def test_a_stage_is_drawn_by_its_name_and_prints_a_page_each() -> None:
    assert {f"stage.{s.id}" for s in LAW.stages} | {"stages"} <= set(views(LAW))
    assert draw(LAW, "stage.intake").startswith("<svg")
    assert "図2-1 (段階ごとの図)" in draw(LAW, "stage.intake")
    pages = sum(len(stage_pictures(sheet)) for sheet in shown(LAW, "ja"))
    printed = draw(LAW, "stages", format="pdf")
    assert printed.count(b"/Type /Page\n") == pages
    assert re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", printed) == [
        (b"841.89", b"595.28")
    ] * pages  # fmt: skip
    with pytest.raises(UnknownId, match=r"stage\.nothing"):
        draw(LAW, "stage.nothing")


def test_a_case_stands_where_it_is_and_went_where_it_went() -> None:
    case = play(shipped("cs01"))[24].after
    found = list(cards(stages_shown(case.process, "ja", case)))
    current = {(m, c.label) for _, m, c in found if c.standing == "current"}
    assert current == {
        (m.id, m.state(case.state(m.id)).label.ja) for m in case.process.machines
    }  # fmt: skip
    sheets = stages_shown(case.process, "ja", case)
    assert all(f"{case.at:%Y-%m-%d %H:%M}" in sheet.corner[1] for sheet in sheets)
    for sheet in stages_shown(case.process, "en", case):
        (plan,) = planned(sheet)
        assert plan.pages == 1
    assert all(sheet.told for sheet in sheets)


# -- two laws on them ----------------------------------------------------------------------------

VERSIONS = {law.version: law for law in processes.versions("entry_support")}
PAIR = VERSIONS["ACT_2023_12"], VERSIONS["KOKIN_2025_06"]


def both(before: Process, after: Process, lang: Language = "ja") -> list[StageShown]:
    """The sheets of the later law with what is other than in the earlier."""
    marks = StageDifferences(before, after, lang)
    return [marks.on(sheet) for sheet in stages_shown(after, lang)]


def test_what_differs_is_marked_where_it_is_drawn_and_each_sheet_counts_the_rest() -> None:
    before, after = PAIR
    changes = structure(before, after)
    marks, sheets = touched(before, after, changes), both(before, after)
    known = {f"{m.id}.{t.id}" for m in before.machines for t in m.transitions}
    ways = [way for _, _, card in cards(tuple(sheets)) for way in card.leaves]
    ways += [each.leaving for sheet in sheets for s in sheet.sections for each in s.shared]
    for way in ways:
        other = {*way.rules} & marks.rules.keys()
        fresh = known.isdisjoint(way.rules)
        assert way.standing == (("added" if fresh else "changed") if other else "")
    assert {way.standing for way in ways} == {"", "added", "changed"}
    for _, _, card in cards(tuple(sheets)):
        assert card.standing == marks.states.get(card.state, "")
    here = [int(re.findall(r"\d+", sheet.told[0])[1]) for sheet in sheets]
    assert all(f"違い{len(changes)}件のうち" in sheet.told[0] for sheet in sheets)
    assert sum(here) >= len(changes) - 2 > max(here) > min(here) > 0
    for sheet in (*sheets, *both(before, after, "en")):
        sound(sheet)
        (plan,) = planned(sheet)
        assert plan.pages == 1


def test_what_is_no_more_is_told_in_its_part_and_laws_alike_differ_in_nothing() -> None:
    after, before = PAIR  # from the later to the earlier: what it brought is gone
    gone = {text for sheet in both(before, after, "en") for s in sheet.sections for text in s.gone}
    fresh = [
        state
        for m in before.machines
        for state in m.states
        if f"{m.id}.{state.id}" not in {f"{n.id}.{s.id}" for n in after.machines for s in n.states}
    ]
    assert fresh
    assert all(f"− {state.label.en}" in gone for state in fresh)
    assert any(" → " in text for text in gone)
    drawn = str(draw(after, "stages", lang="en", against=before))
    assert f"− {fresh[0].label.en}" in re.sub(r"<[^>]*>", "", drawn)
    assert all(sheet.told == ("Nothing differs.",) for sheet in both(LAW, LAW, "en"))


# -- how large the letters are -------------------------------------------------------------------


def pages(law: Process, lang: Language) -> Iterator[tuple[str, Picture, tuple[float, float]]]:
    """Every sheet with its paper."""
    yield from (("road", road_picture(s), A3) for s in road(law, lang))
    yield "one_page", road_picture(brief(law, lang), ONE_PAGE), A4
    yield from (("stages", p, A4) for s in shown(law, lang) for p in stage_pictures(s))
    yield from ((a.id, p, A4) for a in law.agencies
                for p in stage_pictures(agency_shown(law, a.id, lang)))  # fmt: skip
    yield from ((m.id, picture(diagram(law, m.id, lang=lang)), A3) for m in law.machines)


@pytest.mark.slow
@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("law", LAWS, ids=processes.names())
def test_the_letters_of_every_sheet_can_be_read(law: Process, lang: Language) -> None:
    """On paper 8 points (a long sheet of one machine takes several, as wide as it is), on a screen
    that the sheet fills across 9 pixels."""
    for view, page, paper in pages(law, lang):
        least = min(words.size for words, _ in q.texts(page))
        across = min((paper[0] - 2 * EDGE) / page.width, 1.0)
        down = min((paper[1] - 2 * EDGE) / page.height, 1.0) if view not in machines(law) else 1.0
        assert least * min(across, down) >= 7.99, view
        assert least * SCREEN / page.width >= 9.0, view
    for upright in map(road_upright, road(law, lang)):
        assert min(words.size for words, _ in q.texts(upright)) >= 12.5  # of 390 pixels


def machines(law: Process) -> set[str]:
    return {machine.id for machine in law.machines}


# -- a machine in panels -------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("law", LAWS, ids=processes.names())
def test_a_machine_in_panels_has_all_its_boxes_and_connectors_that_meet(
    law: Process, lang: Language
) -> None:
    for machine in law.machines:
        whole = diagram(law, machine.id, lang=lang)
        drawn, laid = paneled(whole)
        assert laid.width <= MOST
        plates = [n for n in drawn.nodes if n.kind in ("in", "out")]
        assert {n.id for n in drawn.nodes} - {n.id for n in plates} == {n.id for n in whole.nodes}
        ins = {n.small[0].split()[0] for n in plates if n.kind == "in"}
        assert ins == {n.small[0].split()[0] for n in plates if n.kind == "out"}
        found = quality(drawn, laid)
        assert found.overlaps == 0
        assert found.arrows_through_labels <= 2
        starts = [n.id for n in drawn.nodes if n.kind == "initial"]
        if laid.panels and starts:
            first = laid.panels[0][1]
            assert laid.nodes[starts[0]].y < first.y + first.height


@pytest.mark.parametrize("stages", [1, 2])
def test_a_state_that_is_left_in_seventy_ways_goes_on_in_the_next_panel_and_column(
    stages: int,
) -> None:
    name, ids = Text("状態", "state"), [f"state{n}" for n in range(71)]
    long = Text("とても長い名前の段階", "a stage with a name that is longer than its panel is wide")
    states = tuple(State(id, name, "office", f"stage{min(n, stages - 1)}")
                   for n, id in enumerate(ids))  # fmt: skip
    rules = tuple(Transition(f"to_{id}", f"to_{id}", (ids[0],), id) for id in ids[1:])
    law = Process("many", "1", name, (Agency("office", name),),
                  tuple(Event(rule.event, name, "main", ("office",)) for rule in rules),
                  (Machine("main", name, ids[0], states, rules),), "main",
                  stages=tuple(Stage(f"stage{n}", long) for n in range(stages)))  # fmt: skip
    drawn, laid = paneled(diagram(law, "main", lang="en"))
    assert max(box.height for _, box in laid.panels) < A3[1] - 2 * EDGE
    told = [rule for edge in drawn.edges for rule in edge.rules]
    assert sorted(told) == sorted(f"main.{rule.id}" for rule in rules)
    again = [node.title for node in drawn.nodes if node.kind == "in" and "continued" in node.title]
    assert again == ["1 state (continued)"] * len(again)
    assert len(again) > 1
    found = quality(drawn, laid)
    assert found.overlaps == found.arrows_through_labels == 0
    whole = picture(diagram(law, "main", lang="en"))
    assert q.text_on_text(whole) == q.outside(whole) == []
    for page in stage_pictures(stages_shown(law, "en")[0]):
        assert page.height <= A4[1]
        assert q.text_on_text(page) == q.outside(page) == []
        texts = [words.text for words, _ in q.texts(page)]
        assert {"state", "state (continued)"} <= {*texts}


def test_a_machine_names_its_number_and_the_states_from_which_a_rule_leads() -> None:
    custody = diagram(LAW, "custody")
    assert custody.corner[0].startswith("図3-1 (系列ごとの図")
    notes = ["".join(n.small) for n in custody.nodes if n.kind == "note"]
    assert notes
    assert all(re.search(r"の状態\(.+\)から", note) for note in notes)
    steps = {(f"{m}.{s}", f"{m}.{t}") for m, s, t in usual_steps(LAW)}
    assert any(edge.main for edge in custody.edges)
    assert all(edge.main is any((edge.source, rule) in steps for rule in edge.rules)
               for edge in custody.edges)  # fmt: skip


def test_the_usual_course_leads_on_only_from_where_it_has_come() -> None:
    steps = usual_steps(LAW)
    assert {rule for machine, _, rule in steps if machine == "support"} >= {"request", "visit"}
    for machine in LAW.machines:
        own = [(s, machine.transition(t).target) for m, s, t in steps if m == machine.id]
        assert {s for s, _ in own} <= {machine.initial, *(to for _, to in own)}
    drawn = {card.state: card for shown in stages_shown(LAW) for section in shown.sections
             for card in section.cards}  # fmt: skip
    assert drawn["support.referred"].main
    assert not drawn["support.declined"].main  # from which one may ask again
    assert not any(way.main for way in drawn["support.declined"].leaves)
    arrows = {(edge.source, edge.target): edge.main for edge in diagram(LAW, "support").edges
              if edge.target == "support.referred"}  # fmt: skip
    assert arrows["support.not_started", "support.referred"]


def test_columns_are_filled_one_after_another_and_evenly() -> None:
    items = [Item(10.0, 2.0)] * 9
    places, height = stacked(items, 3, 100.0)
    assert [place.column for place in places] == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert 34.0 <= height < 36.0
    head = Item(5.0, 1.0, kept=True)
    places, _ = stacked([Item(30.0, 1.0), head, Item(30.0, 1.0)], 2, 40.0)
    assert [place.column for place in places] == [0, 1, 1]  # a head goes with what follows
    few = [head, Item(9.0, 1.0), head, Item(9.0, 1.0)]
    assert [place.column for place in stacked(few, 4, 40.0)[0]] == [0, 0, 1, 1]  # however low
    assert stacked([], 3, 100.0) == ((), 0.0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_begins_with_the_name_of_what_stands_in_it(lang: Language) -> None:
    center = agency_shown(LAW, "center", lang)
    for sheet in (*shown(LAW, lang), center):
        names = {text.split("\u3000")[0] for s in sheet.sections for text in (s.label,)}
        for page in stage_pictures(sheet):
            firsts = {group.title.removesuffix(" (続き)").removesuffix(" (continued)")
                      for _, group in sorted(tops(page).items())}  # fmt: skip
            assert len(tops(page)) > 1
            assert firsts <= names


def tops(page: Picture) -> dict[float, Group]:
    """What stands highest in each column, by where that begins."""
    found: dict[float, tuple[float, Group]] = {}
    for group in page.groups[1:-1]:
        at = [shape.at for shape in group.shapes if isinstance(shape, Print)]
        if at and group.title:
            column = min(x for x, _ in at) // (WIDE / 6)
            found[column] = min(found.get(column, (HIGH, group)), (at[0][1], group),
                                key=lambda each: each[0])  # fmt: skip
    return {column: group for column, (_, group) in found.items()}
