"""Drawings: the shipped ones are fresh, every format carries the same content, safely."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve
from fontTools.ttLib import TTFont
from PIL import Image

from diversion_flow import Language, Process, draw, processes, render
from diversion_flow.cli.gallery import gallery
from diversion_flow.definition import LANGUAGES, Text, UnknownId
from diversion_flow.definition.errors import FileRefused
from diversion_flow.diagram import DrawingError, views
from diversion_flow.diagram.formats.fonts import japanese_font
from diversion_flow.diagram.formats.picture import picture
from diversion_flow.diagram.formats.svg import struck
from diversion_flow.diagram.layout import ranks
from diversion_flow.diagram.layout.choose import drawn as laid_out
from diversion_flow.diagram.layout.measure import em, wrap
from diversion_flow.diagram.layout.placed import FONT, SMALL, size
from diversion_flow.diagram.model import Diagram
from diversion_flow.diagram.render import diagram
from helpers.labels import HOSTILE
from helpers.painting import unpainted
from helpers.places import ROOT
from helpers.small import MAIN, PROCESS
from helpers.stories import after

DIAGRAMS = ROOT / "diagrams"
LAW = processes.get("entry_support")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gallery")
    with pytest.MonkeyPatch.context() as patch:
        unpainted(patch)
        gallery(folder)
    return folder


@pytest.mark.slow
@pytest.mark.peer("locked pygraphviz")
def test_the_shipped_drawings_are_fresh(fresh: Path) -> None:
    """After a change of the law or of the drawing: `diversion-flow gallery diagrams`."""
    names = {f.name for f in fresh.iterdir()}
    assert {f.name for f in DIAGRAMS.iterdir()} == names
    assert len(names) == 13 * len(LANGUAGES)
    stale = [n for n in sorted(names) if (fresh / n).read_bytes() != (DIAGRAMS / n).read_bytes()]
    assert stale == []


@pytest.mark.slow
def test_the_gallery_is_painted_and_printed_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpainted(monkeypatch)
    monkeypatch.setattr("diversion_flow.cli.gallery.LANGUAGES", ("ja",))
    written = gallery(tmp_path, ("png", "pdf"))
    assert len(written) == 2 * 13
    overview = tmp_path / "entry_support_overview.ja.pdf"
    assert overview.read_bytes().count(b"/MediaBox") > 1
    drawn = struck(picture(diagram(LAW, "overview", lang="ja")))
    assert repr(drawn) in overview.with_suffix(".png").read_text("utf-8")
    with pytest.raises(UnknownId):
        gallery(tmp_path, ("doc",))


def test_svg_says_what_it_shows() -> None:
    root = ET.fromstring(str(draw(LAW, "custody", lang="en")))
    assert root.get("role") == "group"  # it has links, to which one can come
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "Entry-stage support: Custody"
    assert desc is not None
    assert "Detained as a suspect" in (desc.text or "")
    titles = {t.text for t in root.iter(f"{SVG}title")}
    assert all(f"Custody: {s.label.en}" in titles for s in LAW.machine("custody").states)


def test_basis_deadlines_and_inferred_marks_are_on_the_drawing() -> None:
    drawn = str(draw(LAW, "custody", lang="ja"))
    assert "刑訴法203条1項" in drawn
    assert "警察の送致 48時間" in drawn.replace("\n", "")
    assert "※" in drawn
    assert "stroke-dasharray" in drawn


@cache
def letters() -> TTFont:
    return TTFont(japanese_font(), fontNumber=0)


def printed(text: str, type_size: float) -> float:
    """How wide the shipped font really sets the text, in points."""
    names, widths = letters().getBestCmap(), letters()["hmtx"]
    told = sum(widths[names[ord(letter)]][0] for letter in text)
    return float(told * type_size / letters()["head"].unitsPerEm)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_boxes_are_wide_enough_for_their_text(lang: Language) -> None:
    """Asked of the font that is shipped, not of the widths that the layout takes letters to have."""
    shown = diagram(LAW, "support", lang=lang)
    _, placed = laid_out(shown)
    told = [(node, text, FONT) for node in shown.nodes for text in node.lines]
    told += [(node, text, SMALL) for node in shown.nodes for text in node.small]
    assert len(told) > len(LAW.machine("support").states)
    narrow = [text for node, text, type_size in told
              if printed(text, type_size) > placed.nodes[node.id].width]  # fmt: skip
    assert narrow == []


def test_boxes_of_the_overview_do_not_overlap() -> None:
    _, placed = laid_out(diagram(LAW, "overview"))
    boxes = list(placed.nodes.values())
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = a.x + a.width <= b.x or b.x + b.width <= a.x
            assert apart or a.y + a.height <= b.y or b.y + b.height <= a.y


def test_wide_letters_count_double() -> None:
    assert em("勾留") == 2.0
    assert em("ab") < 1.5
    assert all(em(line) <= 6 for line in wrap("勾留中の被疑者に対する生活環境の調整", 6))
    assert wrap("Release at once", 6) == ("Release at", "once")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_note_is_no_column(lang: Language) -> None:
    notes = [n for n in diagram(LAW, "support", lang=lang).nodes if n.kind == "note"]
    assert max(len(n.small) for n in notes) >= 10
    for wide, high in map(size, notes):
        assert wide >= high


def test_png_really_holds_japanese_letters(tmp_path: Path) -> None:
    """The same drawing with other words differs in its letters; boxes for letters would not."""
    one = render(PROCESS, tmp_path / "one.png")
    other_label = evolve(
        MAIN, states=(evolve(MAIN.states[0], label=Text("問の状態", "x")), *MAIN.states[1:])
    )
    two = render(evolve(PROCESS, machines=(other_label, PROCESS.machines[1])), tmp_path / "two.png")
    left = draw(PROCESS, "main", format="png")
    assert isinstance(left, bytes)
    with Image.open(one) as a, Image.open(two) as b:
        assert a.size[0] > 500
        assert a.tobytes() != b.tobytes()
        assert len(a.convert("L").getcolors() or ()) > 10


@pytest.mark.parametrize("format", ["png", "pdf"])
def test_letters_that_the_font_lacks_are_told_and_no_boxes_are_drawn(format: str) -> None:
    def named(name: str) -> Process:
        states = (evolve(MAIN.states[0], label=Text(name, name)), *MAIN.states[1:])
        return evolve(PROCESS, machines=(evolve(MAIN, states=states), PROCESS.machines[1]))

    assert draw(named("\U00020bb7野家・髙﨑 – ①✓\u200b"), "main", format=format)
    with pytest.raises(DrawingError) as error:
        draw(named("審査서 ع😀"), "main", format=format)
    assert "ع 서 😀 " in str(error.value)
    assert "서" in str(draw(named("審査서"), "main"))  # who reads it has the letters


A4, A3 = (595.28, 841.89), (841.89, 1190.55)  # points


def pages(data: object, paper: tuple[float, float] = A3) -> int:
    assert isinstance(data, bytes)
    assert data.startswith(b"%PDF")
    boxes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", data)
    assert {tuple(sorted(map(float, box))) for box in boxes} == {paper}
    return len(boxes)


def test_pdf_of_a_small_process_is_one_sheet_of_a4() -> None:
    assert pages(draw(PROCESS, "main", format="pdf"), A4) == 1


@pytest.mark.parametrize("agency", [a.id for a in LAW.agencies])
def test_an_agency_sees_its_part(agency: str) -> None:
    """All that it reports and all that comes to it, from however many states, and no other rule."""
    shown = diagram(LAW, agency, lang="en")
    rules = {f"{m.id}.{t.id}": (m, t) for m in LAW.machines for t in m.transitions}
    reports = {id for id, (m, t) in rules.items()
               if agency in LAW.event(t.event).by and LAW.event(t.event).home == m.id}  # fmt: skip
    comes_to = {id for id, (m, t) in rules.items()
                if m.state(t.target).holder == agency and t.target not in t.sources}  # fmt: skip
    drawn = [rule.id for rule in shown.rules]
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == reports | comes_to != set(rules)
    # Where every case begins nothing leads to, unless the agency has a part in it.
    held = {f"{m.id}.{s.id}" for m in LAW.machines for s in m.states if s.holder == agency}
    begun = {f"{m.id}.{m.initial}" for m in LAW.machines}
    mine = {node.id for node in shown.nodes if node.lane == agency}
    assert held - begun <= mine <= held


def test_a_case_is_marked_and_its_facts_are_not_told() -> None:
    case = after("cs01", "placement_sought")
    shown = diagram(LAW, "support", lang="en", case=case)
    standing = {n.id: n.standing for n in shown.nodes}
    assert standing["support.placement_search"] == "current"
    assert standing["support.planned"] == "visited"
    assert standing["support.placement_secured"] == "possible"
    drawn = str(draw(LAW, "custody", lang="en", case=case))
    words = re.findall(r">([^<]+)<", drawn)
    assert "until 2024-08-23 23:59" in " ".join(" ".join(words).split())
    plain = re.findall(r">([^<]+)<", str(draw(LAW, "custody", lang="en")))
    assert not {"54", "CS-01"} & (set(words) - set(plain))


def test_it_works_without_a_system_dot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert shutil.which("dot") is None
    assert "<svg" in str(draw(PROCESS, "main"))


def hostile(label: str) -> Process:
    state = evolve(MAIN.states[0], label=Text(label, label))
    return evolve(PROCESS, label=Text(label, label),
                  machines=(evolve(MAIN, states=(state, *MAIN.states[1:])), PROCESS.machines[1]))  # fmt: skip


@pytest.mark.parametrize("label", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_labels_harm_no_format(label: str) -> None:
    process = hostile(label)
    root = ET.fromstring(str(draw(process, "main")))
    assert not list(root.iter(f"{SVG}script"))
    assert "href" not in {name for e in root.iter() for name in e.attrib}
    mermaid = str(draw(process, "main", format="mmd"))
    assert "<script" not in mermaid
    assert sum(" --> " in line or "-->|" in line or "-.->" in line or "==>" in line
               for line in mermaid.splitlines()) == len(diagram(process, "main").edges)  # fmt: skip
    table = str(draw(process, "main", format="md"))
    assert "<script" not in table
    rows = [line for line in table.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} <= {3, 4, 6}
    drawn = ranks._graphviz(str(draw(process, "main", format="dot")))
    shown = diagram(process, "main")
    assert len(drawn["objects"]) == len(shown.nodes)
    assert len(drawn["edges"]) == len(shown.edges)


@pytest.mark.parametrize("name", ["x\0.svg", "nosuffix", "gone/x.svg", "x.exe"])
def test_odd_names_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises((DrawingError, FileRefused, UnknownId)):
        render(PROCESS, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_difference_marks_what_was_added_removed_and_changed() -> None:
    versions = processes.versions("entry_support")
    drawn = diagram(versions[4], "adjustment", lang="en", against=versions[3])
    marks = {n.id.split(".")[-1]: n.standing for n in drawn.nodes if n.kind != "note"}
    assert marks["vetoed"] == "added"
    assert marks["candidate"] == "changed"  # on another basis, and the text names that
    assert marks["consulted"] == ""
    assert {e.standing for e in drawn.edges} == {"added", "removed", "changed"}
    old, new = ({f"adjustment.{t.id}" for t in v.machine("adjustment").transitions}
                for v in versions[3:5])  # fmt: skip
    assert signed(drawn, "+") == new - old != set()
    assert signed(drawn, "−") == old - new
    assert signed(drawn, "Δ") | signed(drawn, "") == old & new
    assert "adjustment.start" in signed(drawn, "Δ")
    calm = diagram(versions[4], "custody", lang="en", against=versions[3])
    assert "custody.arrest" in signed(calm, "")
    assert [r.number for r in drawn.rules] == list(range(1, len(drawn.rules) + 1))
    back = diagram(versions[3], "adjustment", lang="en", against=versions[4])
    assert {n.standing for n in back.nodes if n.id.endswith("vetoed")} == {"removed"}
    for sign, other in (("+", "−"), ("−", "+"), ("Δ", "Δ"), ("", "")):
        assert signed(back, sign) == signed(drawn, other)


def signed(shown: Diagram, sign: str) -> set[str]:
    """The rules of a list with this sign before them; none where a rule is the same in both."""
    return {r.id for r in shown.rules if sign == (r.event[0] if r.event[1] == " " else "")}


def test_a_difference_of_a_process_from_itself_marks_nothing() -> None:
    law = processes.get("entry_support")
    drawn = diagram(law, "support", against=law)
    assert {p.standing for p in (*drawn.nodes, *drawn.edges)} == {""}


@pytest.mark.parametrize("format", ["svg", "mmd", "dot", "md"])
def test_a_machine_that_only_one_has_is_all_new(format: str) -> None:
    law = processes.in_force("entry_support", on="2024-06-03")
    local = processes.in_force("entry_support", on="2024-06-03", place="akashi")
    text = draw(local, "local_support", format=format, against=law)
    assert isinstance(text, str)
    assert text.count("+ ") > 5


def test_an_agencys_sheet_shows_of_a_case_what_that_agency_sees() -> None:
    case = after("cs01", "interview_held")
    for agency in ("provider", "municipality", "center", "police"):
        seen = case.view(agency).states
        drawn = diagram(case.process, agency, case=case)
        marked = {node.id.split(".")[0] for node in drawn.nodes if node.standing == "current"}
        assert marked <= set(seen)


def test_a_refusal_names_the_views_that_do_what_was_asked() -> None:
    for view in ("road", "one_page", "stages"):
        with pytest.raises(UnknownId, match=f"no format 'md' of the view '{view}'") as caught:
            draw(LAW, view, format="md")
        views = caught.value.values["views"]
        assert {"overview", "custody"} <= {*views}
        assert all(draw(LAW, each, format="md") for each in views[:3])
        assert all(each in caught.value.text("ja") for each in views)
    with pytest.raises(UnknownId) as caught:
        draw(LAW, "road", lang="both")  # type: ignore[call-overload]
    assert caught.value.values["views"] == ("road_bilingual", "one_page_bilingual")
    with pytest.raises(UnknownId, match=r"no format 'gif' \(one of: svg, png, pdf\)"):
        draw(LAW, "road", format="gif")


def test_a_former_name_gives_the_view_unless_a_part_is_called_so() -> None:
    assert draw(PROCESS, "poster") == draw(PROCESS, "overview")
    assert "poster" not in views(PROCESS)
    own = evolve(PROCESS.agencies[0], id="poster", label=Text("掲示板", "Board"))
    law = evolve(PROCESS, agencies=(*PROCESS.agencies, own))
    assert "Board" in str(draw(law, "poster", lang="en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_rules_of_which_the_same_is_said_the_list_tells_once(lang: Language) -> None:
    shown = diagram(processes.get("entry_support"), "support", lang=lang)
    said = {}
    for rule in shown.rules:
        words = rule.event, rule.by, rule.condition, rule.basis, rule.inferred
        said.setdefault(rule.number, words)
        assert said[rule.number] == words
    assert len({*said.values()}) == len(said) < len(shown.rules)
    assert {rule.id for rule in shown.rules} == {
        f"support.{t.id}" for t in processes.get("entry_support").machine("support").transitions
    }
