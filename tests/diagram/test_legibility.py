"""How well the drawings read: measured, for the shipped processes and for random ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise, permutations

import pytest
from attrs import evolve

from diversion_flow import Language, Process, processes
from diversion_flow.definition import LANGUAGES
from diversion_flow.diagram import DrawingError
from diversion_flow.diagram.formats.picture import Print, picture
from diversion_flow.diagram.formats.png import density, png
from diversion_flow.diagram.layout.aside import aside
from diversion_flow.diagram.layout.choose import drawn as laid_out
from diversion_flow.diagram.layout.geometry import followed, through
from diversion_flow.diagram.layout.lanes import lanes
from diversion_flow.diagram.layout.placed import TIP, Box, Layout, Point, Route
from diversion_flow.diagram.layout.ranks import ranks
from diversion_flow.diagram.model import Diagram, Edge
from diversion_flow.diagram.render import diagram
from diversion_flow.diagram.views.extract import viewer, views
from diversion_flow.diagram.views.sheets import Wanted, as_one, sheets
from diversion_flow.scenarios import play, shipped
from helpers.amounts import Amount
from helpers.chart_quality import Quality, crossings, quality
from helpers.random_process import random_process
from helpers.road_quality import outside, text_on_text, texts

SHIPPED = [
    (name, view)
    for name in processes.names()
    for law in (processes.get(name),)
    for view in views(law)
    if viewer(law, law, view)[0](law)  # an agency may do nothing in a process
]
# Of the places the one whose procedure has most that the law elsewhere has not.
LED = tuple(processes.in_force("entry_support", on="2025-07-01", place=place)
            for place in (None, "prosecutor_led"))  # fmt: skip


@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "view"), SHIPPED)
def test_nothing_lies_on_anything_else_in_a_shipped_drawing(
    name: str, view: str, lang: Language
) -> None:
    shown, laid = laid_out(diagram(processes.get(name), view, lang=lang))
    found = quality(shown, laid)
    assert found.overlaps == 0
    if shown.lanes:
        assert found.arrows_through_labels == 0
        assert found.crossings <= 7
        assert 1.0 <= found.aspect <= 2.1  # a sheet lying on its side
    else:
        assert found.arrows_through_labels <= 2


@pytest.mark.sampled(every=6)
@pytest.mark.parametrize(
    "tens", [0, *(pytest.param(k, marks=pytest.mark.again) for k in range(1, 20))]
)
def test_nothing_lies_on_anything_else_in_the_chart_of_a_random_process(tens: int) -> None:
    found = [measured(seed) for seed in range(10 * tens, 10 * tens + 10)]
    assert [(q.overlaps, q.arrows_through_labels) for q in found] == [(0, 0)] * 10


@pytest.mark.parametrize("seed", [56, 4088])
def test_a_label_of_a_chart_steps_aside_where_an_arrow_would_go_through_it(seed: int) -> None:
    shown, laid = laid_out(diagram(random_process(seed), "overview", lang=LANGUAGES[seed % 2]))
    assert quality(shown, lanes(shown)).arrows_through_labels > 0
    assert quality(shown, laid).arrows_through_labels == quality(shown, laid).overlaps == 0


def measured(seed: int) -> Quality:
    shown, laid = laid_out(diagram(random_process(seed), "overview", lang=LANGUAGES[seed % 2]))
    assert sound(shown, laid)
    assert outside(picture(shown)) == []
    return quality(shown, laid)


def sound(shown: Diagram, laid: Layout) -> bool:
    """Every arrowhead has room on its last leg; what ties arrows of one event together goes through
    no box, and begins and ends on arrows of two machines."""
    for tie in laid.ties:
        assert not any(through(list(tie), box) for box in laid.nodes.values())
        ends = [{id for id, route in laid.routes.items() if meets(end, route)}
                for end in (tie[0], tie[-1])]  # fmt: skip
        assert any((ends[0] & {*one} and ends[1] & {*other}) or (ends[1] & {*one} and ends[0] & {*other})
                   for event in shown.tied for one, other in combinations(event, 2))  # fmt: skip
    return all(length(route.corners[-2:]) >= TIP for route in laid.routes.values() if route.corners)


def meets(end: Point, route: Route) -> bool:
    """Whether the point lies on a leg of the arrow."""
    return any(length((a, end)) + length((end, b)) - length((a, b)) < 0.01
               for a, b in pairwise(route.corners))  # fmt: skip


def length(leg: Sequence[Point]) -> float:
    (ax, ay), (bx, by) = leg
    return abs(ax - bx) + abs(ay - by)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("version", ["PRE_2013", "CENTER_2021", "KOKIN_2025_06"])
def test_an_event_that_moves_several_machines_is_one_line_with_several_heads(
    version: str, lang: Language
) -> None:
    law = next(v for v in processes.versions("entry_support") if v.version == version)
    shown, laid = laid_out(diagram(law, "overview", lang=lang))
    several = {"PRE_2013": 0, "CENTER_2021": 1, "KOKIN_2025_06": 2}[version]
    assert len(laid.ties) == len(shown.tied) == several
    assert sound(shown, laid)
    others = [followed(route) for route in laid.routes.values()]
    for tie in laid.ties:
        assert sum(crossings(list(tie), line) for line in others) <= 3  # two of them are met
    told = "Arrows joined by dots" if lang == "en" else "点と線で結んだ矢印"
    assert any(told in line for line in shown.legend) is bool(several)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_heads_of_the_lanes_stay_in_their_lanes(lang: Language) -> None:
    shown = diagram(processes.get("entry_support"), "overview", lang=lang)
    _, laid = laid_out(shown)
    groups = {group.title: group for group in picture(shown).groups}
    side = min(box.x for box in laid.columns.values())
    for lane in shown.lanes:
        shapes = groups[lane.label].shapes
        band: Box = shapes[0].box  # type: ignore[union-attr]
        for words in shapes[1:]:
            assert isinstance(words, Print)
            assert band.y + words.size * 0.8 <= words.at[1] <= band.y + band.height
            assert words.at[0] < band.x + side


def test_the_signs_of_a_box_lie_beside_its_name() -> None:
    case = play(shipped("cs01"))[24].after  # in a state that was inferred, and to which it came
    for lang in LANGUAGES:
        shown = diagram(case.process, "adjustment", lang=lang, case=case)
        assert any(node.inferred and node.standing for node in shown.nodes)
        assert text_on_text(picture(shown)) == []


def test_a_measure_finds_what_it_is_meant_to_find() -> None:
    shown, laid = laid_out(diagram(processes.get("special_coordination"), "overview", lang="en"))
    first, second = shown.nodes[0].id, shown.nodes[1].id
    laid.nodes[second] = laid.nodes[first]
    found = quality(shown, laid)
    assert found.boxes_overlapping == 1
    edge = next(e for e in shown.edges if first not in (e.source, e.target))
    x, y = laid.routes[edge.id].points[0]
    laid.nodes[first] = Box(x - 20, y - 20, 40, 40)
    assert quality(shown, laid).arrows_through_boxes > 0


def test_a_label_that_an_arrow_goes_through_steps_aside_and_no_other_moves() -> None:
    shown = diagram(processes.get("special_coordination"), "coordination", lang="en")
    laid = ranks(shown)
    assert quality(shown, laid).arrows_through_labels == 0
    assert aside(shown, laid) == laid
    labelled = [e.id for e in shown.edges if laid.routes[e.id].label]
    for id, other in pairwise(labelled):
        struck = {id: evolve(laid.routes[id], label=laid.routes[other].points[1])}
        placed = evolve(laid, routes=laid.routes | struck)
        assert quality(shown, placed).arrows_through_labels > 0
        found = aside(shown, placed)
        assert (quality(shown, found).overlaps, quality(shown, found).arrows_through_labels) == (
            0,
            0,
        )


def test_a_thicket_is_drawn_whole_with_straight_arrows() -> None:
    """Every box leads to every other: bends would take minutes, and nobody follows one."""
    shown = diagram(processes.get("special_coordination"), "coordination", lang="en")
    boxes = shown.nodes[:16]
    arrows = tuple(
        Edge(f"{a.id}-{b.id}", a.id, b.id, label="leads on") for a, b in permutations(boxes, 2)
    )
    laid = ranks(evolve(shown, nodes=boxes, edges=arrows, groups=()))
    assert laid.routes.keys() == {arrow.id for arrow in arrows}
    pieces = [len(route.points) // 3 for route in laid.routes.values()]
    assert max(pieces) <= 3  # to its label, along it, and on; bent they have up to sixteen


@pytest.mark.again
@pytest.mark.sampled(every=10)
@pytest.mark.parametrize("place", [None, *processes.places("entry_support")])
def test_nothing_lies_on_anything_else_where_two_laws_differ(
    place: str | None, amount: Amount
) -> None:
    versions = processes.versions("entry_support")
    law = processes.in_force("entry_support", on="2024-06-03")
    pairs = [(law, processes.in_force("entry_support", on="2024-06-03", place=place))]
    for before, after in pairs if place else [*pairwise(versions)][:: amount(1, 3)]:
        shown, laid = laid_out(diagram(after, "overview", against=before))
        found = quality(shown, laid)
        assert (found.overlaps, found.arrows_through_labels) == (0, 0)
        assert {clock.id for clock in shown.clocks} >= {"police_referral", "suspect_detention"}


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("version", [v.version for v in processes.versions("entry_support")])
def test_the_letters_of_the_overview_are_nine_pixels_on_a_screen(version: str) -> None:
    law = next(v for v in processes.versions("entry_support") if v.version == version)
    for lang in LANGUAGES:
        drawn = picture(diagram(law, "overview", lang=lang))
        sizes = [s.size for g in drawn.groups for s in g.shapes if isinstance(s, Print)]
        assert min(sizes) * 1440 / drawn.width >= 9.0


@pytest.mark.parametrize("view", ["custody", "service_plan", "stage.intake"])
def test_letters_of_a_picture_in_pixels_are_eleven_pixels_or_more(view: str) -> None:
    law = processes.get("entry_support")
    make = sheets(law).get(view)
    shown = as_one(make(Wanted(law, "ja"))) if make else picture(diagram(law, view))
    assert min(words.size for words, _ in texts(shown)) * density(shown) >= 11.0 - 1e-9
    assert density(shown) <= 2.0
    assert density(shown) ** 2 * shown.width * shown.height <= 12_000_000


def test_a_picture_that_no_program_opens_in_pixels_names_other_formats() -> None:
    shown = evolve(picture(diagram(processes.get("entry_support"), "residence")), height=60_000.0)
    with pytest.raises(DrawingError, match=r"more than 40000000 pixels.*SVG or PDF"):
        png(shown)


@pytest.mark.slow
@pytest.mark.sampled(every=9)
@pytest.mark.parametrize(
    ("before", "after"), [*pairwise(processes.versions("entry_support")), LED, LED[::-1]]
)
def test_two_laws_on_the_overview_have_letters_of_nine_pixels_too(
    before: Process, after: Process
) -> None:
    for lang in LANGUAGES:
        drawn = picture(diagram(after, "overview", lang=lang, against=before))
        sizes = [words.size for words, _ in texts(drawn)]
        assert min(sizes) * 1440 / drawn.width >= 9.0
        assert outside(drawn) == []
        assert after.id not in "".join(words.text for words, _ in texts(drawn))


def test_an_event_that_moves_several_machines_has_one_number_on_the_overview() -> None:
    law = processes.get("entry_support")
    shown = diagram(law, "overview", lang="en")
    numbers: dict[str, set[int]] = {}
    for rule in shown.rules:
        numbers.setdefault(rule.of, set()).add(rule.number)
    assert len(shown.rules) - len(numbers) >= 4  # as many as move more than one
    assert all(len(its) == 1 for its in numbers.values())
    assert len({*map(frozenset, numbers.values())}) == len(numbers)
    listed = [g.title for g in picture(shown).groups if g.rules and not g.part]
    assert len(listed) == len(numbers)
