"""Drawings: the shipped ones are fresh, every format carries the same content, safely."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from attrs import evolve
from PIL import Image

from diversion_flow import Process, draw, processes, render
from diversion_flow.cli.gallery import gallery
from diversion_flow.definition import Text
from diversion_flow.diagram import DrawingError, diagram
from diversion_flow.diagram.layout import ranks
from diversion_flow.diagram.layout.choose import arrange
from diversion_flow.diagram.layout.measure import em, wrap
from diversion_flow.diagram.layout.placed import FONT, size
from helpers.labels import HOSTILE
from helpers.places import ROOT
from helpers.small import MAIN, PROCESS
from helpers.stories import after

DIAGRAMS = ROOT / "diagrams"
LAW = processes.get("entry_support")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gallery")
    gallery(folder)
    return folder


def test_the_shipped_drawings_are_fresh(fresh: Path) -> None:
    """After a change of the law or of the drawing: `diversion-flow gallery diagrams`."""
    names = {f.name for f in fresh.iterdir()}
    assert {f.name for f in DIAGRAMS.iterdir()} == names
    texts = sorted(n for n in names if n.endswith((".svg", ".md")))
    stale = [n for n in texts if (fresh / n).read_bytes() != (DIAGRAMS / n).read_bytes()]
    assert stale == []


@pytest.mark.parametrize("format", ["svg", "png", "pdf", "dot", "mmd", "md"])
def test_same_input_same_bytes(format: str) -> None:
    assert draw(PROCESS, format=format) == draw(PROCESS, format=format)


def test_svg_says_what_it_shows() -> None:
    root = ET.fromstring(str(draw(LAW, "custody", lang="en")))
    assert root.get("role") == "img"
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


def test_boxes_are_wide_enough_for_their_text() -> None:
    shown = diagram(LAW, "support")
    placed = arrange(shown)
    for node in shown.nodes:
        box = placed.nodes[node.id]
        widest = max(em(t) * FONT for t in node.lines or ("",))
        assert box.width >= widest
        assert (box.width, box.height) == pytest.approx(size(node), abs=0.2)


def test_boxes_of_the_overview_do_not_overlap() -> None:
    placed = arrange(diagram(LAW, "overview"))
    boxes = list(placed.nodes.values())
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = a.x + a.width <= b.x or b.x + b.width <= a.x
            assert apart or a.y + a.height <= b.y or b.y + b.height <= a.y


def test_wide_letters_count_double() -> None:
    assert em("勾留") == 2.0
    assert em("ab") < 1.5
    assert all(em(line) <= 6 for line in wrap("勾留中の被疑者に対する生活環境の調整", 6))
    assert wrap("Release at once", 6) == ("Release", "at once")


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


def pages(data: object) -> int:
    assert isinstance(data, bytes)
    assert data.startswith(b"%PDF")
    boxes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", data)
    assert {tuple(sorted(map(float, box))) for box in boxes} == {(841.89, 1190.55)}  # A3
    return len(boxes)


def test_pdf_prints_on_a3_and_takes_more_sheets_rather_than_small_print() -> None:
    assert pages(draw(PROCESS, "main", format="pdf")) == 1
    assert pages(draw(LAW, "overview", format="pdf")) > 1


def test_an_agency_sees_its_part() -> None:
    shown = diagram(LAW, "court", lang="en")
    assert shown.rules
    assert all(
        "Judge" in rule.by or any(n.lane == "court" for n in shown.nodes) for rule in shown.rules
    )


def test_a_case_is_marked_and_its_facts_are_not_told() -> None:
    case = after("cs01", "placement_sought")
    shown = diagram(LAW, "support", lang="en", case=case)
    standing = {n.id: n.standing for n in shown.nodes}
    assert standing["support.placement_search"] == "current"
    assert standing["support.planned"] == "visited"
    assert standing["support.placement_secured"] == "possible"
    drawn = str(draw(LAW, "custody", lang="en", case=case))
    assert "until 2024-08-23 23:59" in drawn
    plain = set(re.findall(r">([^<]+)<", str(draw(LAW, "custody", lang="en"))))
    assert not {"54", "CS-01"} & (set(re.findall(r">([^<]+)<", drawn)) - plain)


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
    if len(label) < 1000:
        drawn = json.loads(json.dumps(ranks._graphviz(str(draw(process, "main", format="dot")))))
        shown = diagram(process, "main")
        assert len(drawn["objects"]) == len(shown.nodes)
        assert len(drawn["edges"]) == len(shown.edges)


@pytest.mark.parametrize("name", ["x\0.svg", "nosuffix", "gone/x.svg", "x.exe"])
def test_odd_names_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises((DrawingError, LookupError)):
        render(PROCESS, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_difference_marks_what_was_added_removed_and_changed() -> None:
    versions = processes.versions("entry_support")
    drawn = diagram(versions[4], "adjustment", lang="en", against=versions[3])
    marks = {n.id.split(".")[-1]: n.standing for n in drawn.nodes if n.kind != "note"}
    assert marks["vetoed"] == "added"
    assert marks["candidate"] == ""
    assert {e.standing for e in drawn.edges} == {"", "added", "removed", "changed"}
    assert all(r.event.startswith(("+ ", "− ", "Δ ")) or r.event[0].isalpha() for r in drawn.rules)
    assert [r.number for r in drawn.rules] == list(range(1, len(drawn.rules) + 1))
    back = diagram(versions[3], "adjustment", lang="en", against=versions[4])
    assert {n.standing for n in back.nodes if n.id.endswith("vetoed")} == {"removed"}


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
