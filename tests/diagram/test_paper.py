"""On paper: text that another program finds, at 8 points or more, on sheets that are cut through no
box and no word and repeat the heads of lanes and stages."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pytest
from attrs import evolve

from diversion_flow import Language, draw, processes
from diversion_flow.definition import LANGUAGES
from diversion_flow.definition.text import clean
from diversion_flow.diagram.formats.leaves import leaves
from diversion_flow.diagram.formats.paper import Sheet, edges, sheets_of
from diversion_flow.diagram.formats.pdf import pdf
from diversion_flow.diagram.formats.picture import (
    Group,
    Picture,
    Print,
    Rect,
    chart_and_rules,
    picture,
    rule_group,
)
from diversion_flow.diagram.layout import choose
from diversion_flow.diagram.layout.measure import joined
from diversion_flow.diagram.render import diagram
from diversion_flow.diagram.views.case_sequence import case_sequence
from diversion_flow.diagram.views.case_timeline import case_timeline
from helpers.random_process import random_process
from helpers.stories import after

LAW = processes.get("entry_support")
HIGH = 840.0  # points of the picture on a sheet of A3
VIEWS = [("overview", "ja"), ("overview", "en"), ("custody", "en")]


@cache
def charts() -> dict[str, Picture]:
    case = after("cs09", "prosecutor_opinion", 2)
    found = {
        f"{v}-{lang}": chart_and_rules(diagram(LAW, v, lang=lang), 1215.0)[0] for v, lang in VIEWS
    }  # type: ignore[arg-type]
    found |= {f"{c.__name__}-{lang}": c(case, lang)
              for c in (case_timeline, case_sequence) for lang in LANGUAGES}  # fmt: skip
    drawn = (diagram(random_process(seed), "overview") for seed in range(12))
    found |= {f"random-{i}": chart_and_rules(d, 1215.0)[0] for i, d in enumerate(drawn)}
    found |= {f"list-{v}-{lang}": chart_and_rules(diagram(LAW, v, lang=lang), 1215.0)[1]
              for v, lang in VIEWS}  # type: ignore[arg-type]  # fmt: skip
    return found


CHARTS = [*(f"{v}-{lang}" for v, lang in VIEWS),
          *(f"{c}-{lang}" for c in ("case_timeline", "case_sequence") for lang in LANGUAGES),
          *(f"random-{i}" for i in range(12)), *(f"list-{v}-{lang}" for v, lang in VIEWS)]  # fmt: skip


def meet(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    """Whether two rectangles lie on one another."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def holds(sheet: Sheet, found: tuple[float, float, float, float]) -> bool:
    """Whether something lies wholly in what the sheet shows."""
    view, (left, top, right, bottom) = sheet.view, found
    return (left >= view.x - 0.01 and right <= view.x + view.width + 0.01
            and top >= view.y - 0.01 and bottom <= view.y + view.height + 0.01)  # fmt: skip


@pytest.mark.parametrize("chart", CHARTS)
def test_no_sheet_is_cut_through_a_box_or_a_word(chart: str) -> None:
    drawn = charts()[chart]
    cut = sheets_of(drawn, HIGH)
    assert all(s.view.width == drawn.width for s in cut)
    assert all(s.view.height + s.top <= HIGH + 0.01 for s in cut)
    for group in drawn.groups:
        for shape in group.shapes:
            small = isinstance(shape, Rect) and shape.box.width < 400 and shape.box.height < 300
            if not group.head and ((small and not group.bar) or isinstance(shape, Print)):
                shown = [s for s in cut if shape in s.shapes and holds(s, edges(shape))]
                assert shown, shape
                partly = [s for s in cut if shape in s.shapes]
                assert shown == partly
    assert any(isinstance(s, Print) for g in drawn.groups for s in g.shapes)


@pytest.mark.parametrize("chart", [c for c in CHARTS if c.startswith(("overview", "random"))])
def test_every_sheet_of_a_chart_names_the_stages_above_what_it_shows(chart: str) -> None:
    drawn = charts()[chart]
    stages = {g.title for g in drawn.groups if g.head == "top"}
    low = max(edges(s)[3] for g in drawn.groups if g.head == "top" for s in g.shapes)
    assert stages
    for sheet in sheets_of(drawn, 400.0):
        if sheet.view.y < low:
            said = joined(s.text for s in (*sheet.heads, *sheet.shapes) if isinstance(s, Print))
            assert all(stage in said for stage in stages)
        over = [edges(shape) for shape in sheet.heads if sheet.top]
        assert all(sheet.view.y - sheet.top <= e[1] and e[3] <= sheet.view.y for e in over)


@cache
def printed(view: str, lang: Language) -> bytes:
    case = after("cs09", "prosecutor_opinion", 2) if view in ("timeline", "sequence") else None
    return draw(case.process if case else LAW, view, format="pdf", lang=lang, case=case)


PRINTED = [*VIEWS, ("timeline", "ja"), ("sequence", "en")]


@pytest.mark.slow
@pytest.mark.parametrize(("view", "lang"), PRINTED)
def test_another_program_finds_every_word_of_a_pdf(view: str, lang: Language) -> None:
    pypdf = pytest.importorskip("pypdf")
    read = pypdf.PdfReader(BytesIO(printed(view, lang)))
    text = "".join("".join(page.extract_text().split()) for page in read.pages)
    drawn = (
        charts()[f"case_{view}-{lang}"]
        if view in ("timeline", "sequence")
        else picture(diagram(LAW, view, lang=lang))
    )
    words = {w.text for g in drawn.groups if not g.head for w in g.shapes if isinstance(w, Print)}
    rules = {g.title for g in drawn.groups if g.rules and not g.part}
    said = words if not rules else {w for w in words if len(w) < 12}
    assert [w for w in said if "".join(clean(w).split()) not in text] == []
    assert "".join(drawn.title.split()) in "".join(read.pages[0].extract_text().split())
    assert read.trailer["/Root"]["/Lang"] == lang


def letters(data: bytes) -> list[float]:
    """The size of every line as it is printed."""
    pypdf = pytest.importorskip("pypdf")
    sizes: list[float] = []

    def seen(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.append(abs(cm[3] * tm[3] * size))

    for page in pypdf.PdfReader(BytesIO(data)).pages:
        page.extract_text(visitor_text=seen)
    return sizes


@pytest.mark.parametrize(("view", "lang"), PRINTED)
def test_no_letter_on_paper_is_smaller_than_eight_points(view: str, lang: Language) -> None:
    sizes = letters(printed(view, lang))
    assert len(sizes) > 50
    assert min(sizes) >= 8.0 - 1e-3


def test_the_font_is_in_the_file_with_the_letters_that_are_used() -> None:
    pypdf = pytest.importorskip("pypdf")
    data = printed("custody", "en")
    fonts = {}
    for page in pypdf.PdfReader(BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            inner = font.get("/DescendantFonts")
            held = (inner.get_object()[0] if inner else font).get_object()
            if "/FontDescriptor" in held:
                fonts[font["/BaseFont"]] = held["/FontDescriptor"].get("/FontFile2")
    assert fonts
    assert all(fonts.values())
    assert len(data) < 200_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_overview_stands_on_one_a2_and_its_rules_on_an_a3(lang: Language) -> None:
    assert papers(printed("overview", lang)) == [(1684, 1191), (1191, 842)]


def test_a_machine_in_panels_is_printed_on_sheets_that_an_office_has() -> None:
    cut = papers(printed("custody", "en"))
    assert len(cut) > 3
    assert {*cut} == {(1191, 842)}  # A3, lying: cut between panels, never across


@pytest.mark.parametrize("machine", ["procedure", "support"])
def test_no_part_of_a_machine_is_higher_than_an_a3(machine: str) -> None:
    """What would be is drawn in two: on its own the release of the procedure is 1,300 points."""
    _, laid = choose.drawn(diagram(LAW, machine))
    assert len(laid.panels) > 5
    assert max(box.height for _, box in laid.panels) < 790.0


@pytest.mark.parametrize(("machine", "lang"), [("custody", "ja"), ("support", "en")])
def test_rules_stand_on_the_sheets_of_their_arrows_and_on_nothing_else(
    machine: str, lang: Language
) -> None:
    drawn = diagram(LAW, machine, lang=lang)
    made, near, arrows = leaves(drawn, (1215.0, HIGH)), 0, 0
    listed = {r.id for r in drawn.rules}
    assert listed == {id for p in made for g in p.groups if not g.part for id in g.rules}
    for page in made:
        told = {id for g in page.groups if not g.part for id in g.rules}
        drawn_here = {id for g in page.groups if g.part for id in g.rules}
        near, arrows = near + len(told & drawn_here), arrows + len(drawn_here)
        words = [edges(s) for g in page.groups for s in g.shapes if isinstance(s, Print)]
        beside = [edges(s) for g in page.groups if g.rules and not g.part for s in g.shapes]
        assert all(a == b or not meet(a, b) for a in beside for b in words)
        assert all(right < page.width and low < page.height for _, _, right, low in words)
    assert near > arrows / 2 > 10  # a part higher than a sheet has its rules behind it


def test_a_rule_longer_than_a_sheet_is_told_all_the_same() -> None:
    drawn = diagram(LAW, "custody")
    long = evolve(drawn.rules[0], number=99, id="long.rule", condition="x " * 20_000)
    made = leaves(evolve(drawn, rules=(*drawn.rules, long)), (1215.0, HIGH))
    assert [g.rules for p in made for g in p.groups].count(("long.rule",)) == 1
    assert made[-1].height > HIGH


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_name_of_a_part_stands_on_the_sheet_with_what_is_under_it(lang: Language) -> None:
    chart = chart_and_rules(diagram(LAW, "custody", lang=lang), 1215.0)[0]
    names = [g for g in chart.groups if g.head == "part"]
    assert len(names) > 4
    for sheet in sheets_of(chart, 800.0):
        low = max((edges(s)[3] for s in sheet.shapes
                   if isinstance(s, Rect) and holds(sheet, edges(s))), default=0.0)  # fmt: skip
        assert all(edges(s)[3] < low for g in names for s in g.shapes if s in sheet.shapes
                   and holds(sheet, edges(s)))  # fmt: skip


def test_what_is_smaller_than_its_paper_is_printed_larger() -> None:
    chart = picture(diagram(LAW, "residence"))
    titles = letters(draw(LAW, "residence", format="pdf"))
    assert chart.width < 640
    assert 1.2 < max(titles) / 18.0 <= 1.5 + 1e-3


def test_a_long_case_takes_few_sheets() -> None:
    """Paper that is as wide as the chart: cut across, it took 35."""
    case = after("cs01", "support_closed", 1)
    for course in ("timeline", "sequence"):
        assert len(papers(draw(case.process, course, format="pdf", lang="en", case=case))) <= 5


def papers(data: bytes) -> list[tuple[int, int]]:
    """The sizes of the pages, in points."""
    found = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", data)
    return [(round(float(wide)), round(float(high))) for wide, high in found]


def test_a_picture_stands_in_the_middle_of_its_page_and_bold_letters_are_apart() -> None:
    pypdf = pytest.importorskip("pypdf")
    words = Print((10.0, 20.0), "Entry-stage support", 10.0, bold=True)
    shown = Picture(200.0, 200.0, "", "", "en", (Group("", (words, evolve(words, bold=False))),))
    (page,) = pypdf.PdfReader(BytesIO(pdf(shown))).pages
    told = page.get_contents().get_data().decode()
    assert "1.5 0 0 -1.5 270.945 573.28 cm" in told  # (841.89 - 1.5 * 200) / 2 from the left
    apart = [float(n) for n in re.findall(r"(\S+) Tc", told)]
    assert apart[0] > 0.0 == apart[1]
    assert page.extract_text().count("Entry-stage support") == 2


def test_what_a_note_tells_of_many_states_stands_in_the_list_beside_it() -> None:
    shown = diagram(LAW, "custody")
    first = leaves(shown, (1160.0, 800.0))[0]
    told = {rule for group in first.groups for rule in group.rules if not group.part}
    noted = {rule for group in first.groups for rule in group.rules
             if group.part.startswith("custody.arrested.from_many")}  # fmt: skip
    assert noted
    assert noted <= told


def test_the_name_of_a_rule_is_bold_to_its_end_and_papers_have_their_own_line() -> None:
    rule = next(r for r in diagram(LAW, "support").rules if r.event == "センターへの相談")
    group, _ = rule_group((rule.id,), rule, (0.0, 0.0), 300.0)
    lines = [(shape.text, shape.bold) for shape in group.shapes if isinstance(shape, Print)]
    bold = [text for text, heavy in lines if heavy]
    assert len(bold) > 1
    assert "".join(bold).replace(" ", "") == f"{rule.sign} {rule.event} — {rule.by}".replace(
        " ", ""
    )
    assert ("書面: 相談依頼書", False) in lines
