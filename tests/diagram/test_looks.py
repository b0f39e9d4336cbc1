"""What a drawing looks like: contrast on paper and screen, in grey and for eyes that tell some
colours from others less well; heads, starts and lanes that are taken for nothing else."""

from __future__ import annotations

from itertools import combinations

import pytest

from diversion_flow import Language, draw, processes
from diversion_flow.definition import LANGUAGES
from diversion_flow.diagram.formats import picture as look
from diversion_flow.diagram.formats.paper import edges
from diversion_flow.diagram.formats.picture import Curve, Rect, picture
from diversion_flow.diagram.layout import placed
from diversion_flow.diagram.render import diagram
from helpers.small import PROCESS

LAW = processes.get("entry_support")
Colour = tuple[float, float, float]
INKS = {"INK": look.INK, "GREY": look.GREY, "BLUE": look.BLUE, "ORANGE": look.ORANGE,
        "GREEN": look.GREEN, "RED": look.RED}  # fmt: skip
GROUNDS = {"white": "#ffffff", "PALE": look.PALE, "SKY": look.SKY, "SAND": look.SAND,
           "MINT": look.MINT, "ROSE": look.ROSE, "CREAM": look.CREAM}  # fmt: skip

# Viénot, Brettel and Mollon (1999), in linear light: how those see it who lack one kind of cone.
EYES: dict[str, tuple[Colour, Colour, Colour]] = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "grey print": ((0.2126, 0.7152, 0.0722),) * 3,
    "protanopia": ((0.11238, 0.88762, 0), (0.11238, 0.88762, 0), (0.00401, -0.00401, 1)),
    "deuteranopia": ((0.29275, 0.70725, 0), (0.29275, 0.70725, 0), (-0.02234, 0.02234, 1)),
}  # fmt: skip


def linear(colour: str) -> Colour:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def luminance(colour: str, eyes: str) -> float:
    light = linear(colour)
    seen = [max(0.0, sum(k * c for k, c in zip(row, light, strict=True))) for row in EYES[eyes]]
    return 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]


def contrast(one: str, other: str, eyes: str) -> float:
    """As WCAG 2 counts it."""
    low, high = sorted((luminance(one, eyes), luminance(other, eyes)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("eyes", EYES)
def test_every_ink_stands_out_on_every_ground(eyes: str) -> None:
    weak = [(ink, ground) for ink in INKS for ground in GROUNDS
            if contrast(INKS[ink], GROUNDS[ground], eyes) < 4.5]  # fmt: skip
    assert weak == []


def test_no_two_standings_are_told_apart_by_colour_alone() -> None:
    """In grey two grounds may look alike: then the sign in the box or the words differ."""
    case_marks = ("visited", "current", "possible", "overdue")
    signs = {s: placed._SIGN[s] for s in case_marks}
    assert len(set(signs.values())) == len(case_marks)
    for one, other in combinations(case_marks, 2):
        same = look._FILL[one] == look._FILL[other]
        assert not same or signs[one] != signs[other]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", ["overview", "custody", "support", "center"])
def test_no_ground_of_a_label_cuts_an_arrowhead_and_no_start_looks_like_one(
    view: str, lang: Language
) -> None:
    shown = diagram(LAW, view, lang=lang)
    groups = picture(shown).groups
    heads = [edges(s) for g in groups if g.rules and g.part for s in g.shapes
             if isinstance(s, Curve) and s.closed]  # fmt: skip
    grounds = [edges(s) for g in groups if g.rules and g.part for s in g.shapes
               if isinstance(s, Rect) and s.line == "none"]  # fmt: skip
    assert len(heads) == len([e for e in shown.edges if e.rules]) > 5
    assert len(grounds) > 5
    for left, top, right, bottom in heads:
        cut = [g for g in grounds if left < g[2] and g[0] < right and top < g[3] and g[1] < bottom]
        assert cut == []
    starts = {n.id for n in shown.nodes if n.kind == "initial"}
    assert starts
    for group in groups:
        if group.part in starts:
            assert not [s for s in group.shapes if isinstance(s, Curve)]
            dots = [s for s in group.shapes if isinstance(s, Rect) and s.fill == look.INK]
            assert [(d.box.width, d.box.height, d.radius) for d in dots] == [(9, 9, 4.5)]


@pytest.mark.parametrize("view", ["custody", "overview"])
def test_every_arrowhead_stands_at_the_end_of_its_line(view: str) -> None:
    arrows = [g.shapes for g in picture(diagram(LAW, view)).groups
              if g.rules and g.part and isinstance(g.shapes[0], Curve)]  # fmt: skip
    assert len(arrows) > 5
    for line, *_, head in arrows:
        assert isinstance(line, Curve)
        assert isinstance(head, Curve)
        (x, y), (_, one, other) = line.points[-1], head.points
        middle = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
        assert abs(middle[0] - x) + abs(middle[1] - y) < 2


def test_a_legend_tells_the_signs_that_are_there_and_no_others() -> None:
    told = {line.split(":")[0] for line in diagram(PROCESS, "main", lang="en").legend}
    assert told == {"Solid arrow", "Dark, very heavy arrow", "●", "Double frame", "■", "(n)"}
    custody = diagram(LAW, "custody", lang="en")
    told = {line.split(":")[0] for line in custody.legend}
    assert ("◇" in told) is any("◇" in edge.label for edge in custody.edges)
    assert ("Heavy arrow" in told) is any(edge.by_law for edge in custody.edges)
    assert "▷" not in " ".join(custody.legend)


def test_mermaid_has_the_lanes_as_frames_with_their_boxes_inside() -> None:
    text = str(draw(LAW, "overview", format="mmd", lang="en"))
    shown = diagram(LAW, "overview", lang="en")
    frames = text.split("    subgraph ")[1:]
    held = {lane.id: sum(n.lane == lane.id for n in shown.nodes) for lane in shown.lanes}
    counts = [frame.split("    end")[0].count("        n") for frame in frames]
    assert counts == [n for n in held.values() if n]
    assert sum(counts) == len(shown.nodes)
