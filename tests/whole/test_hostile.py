"""Labels that try to break out, in every format; names that try to leave the folder."""

from __future__ import annotations

import json
import random
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from diversion_flow import draw, processes, render
from diversion_flow.definition.files.writing import UnsafeName, inside, write_whole
from diversion_flow.diagram import checklist, checklist_page
from diversion_flow.diagram.render import diagram
from diversion_flow.interchange import EXPORTS, export, write
from diversion_flow.interchange.tables import plain, table, written
from helpers.amounts import Amount
from helpers.peer_programs import needs_chromium, needs_dot, needs_plantuml, node, program
from helpers.small import PROCESS
from helpers.traces import HOSTILE
from helpers.traces import hostile as made

SHOWN = diagram(PROCESS, "main")
MARKDOWN = MarkdownIt("gfm-like", {"html": True, "linkify": False})
VIEWS = ("center", "overview", "custody")
hostile = cache(made)  # each label is shown in every format
SVG = "{http://www.w3.org/2000/svg}"


def label(seed: int) -> str:
    """A label of hostile pieces, in an order made by chance."""
    chance = random.Random(seed)
    short = [piece for piece in HOSTILE if len(piece) < 100]
    pieces = [chance.choice(short) for _ in range(chance.randint(1, 4))]
    pieces += [chance.choice(['"', "\\", "\0", "\u202e", "]]>", "\n", "\r", "'", "<", "&", "%", "\ud800", "勾留"])
               for _ in range(chance.randint(0, 6))]  # fmt: skip
    chance.shuffle(pieces)
    return "".join(pieces) + ("x" * 2_000 if seed % 200 == 0 else "")


LABELS = [label(seed) for seed in range(1000)]
TENTHS = [LABELS[k : k + 100] for k in range(0, 1000, 100)]
QUICK, REST = TENTHS[9][:20], TENTHS[9][20:]
# What a label does depends neither on the part whose label it is nor on its neighbours: a hundred
# are said of all parts at once (the thousand with --full), and each in four places beside 19 others.
TWENTIES = [LABELS[k : k + 20] for k in range(0, 1000, 20)]
SAID = [
    *((said,) for said in TENTHS[9]),
    *((*twenty[k:], *twenty[:k]) for twenty in TWENTIES for k in (0, 5, 10, 15)),
]
MORE = (pytest.mark.again, pytest.mark.sampled(every=11))
each_part = pytest.mark.parametrize("part", [
    pytest.param(QUICK, id="quick"), pytest.param(REST, id="rest", marks=pytest.mark.slow),
    *(pytest.param(tenth, id=f"tenth {k}", marks=MORE) for k, tenth in enumerate(TENTHS[:9])),
])  # fmt: skip


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.links: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.links += [
            v for k, v in attrs if k in ("href", "src", "xlink:href") or k.startswith("on")
        ]


@each_part
def test_a_thousand_labels_in_pictures_and_text(part: list[str]) -> None:
    usual = len(str(draw(PROCESS, "main", format="puml")).splitlines())
    for said in part:
        process = hostile(said)
        root = ET.fromstring(str(draw(process, "main")))
        parts = [g.get("data-part") for g in root.iter(f"{SVG}g")]
        assert all(parts.count(n.id) == 1 for n in SHOWN.nodes)
        assert {e.id for e in SHOWN.edges} <= set(parts)
        assert not {e.tag for e in root.iter()} & {f"{SVG}script", f"{SVG}a", f"{SVG}image"}
        assert not any("href" in a or a.startswith("on") for e in root.iter() for a in e.attrib)
        mermaid = str(draw(process, "main", format="mmd")).splitlines()
        assert len(mermaid) == 4 + len(SHOWN.nodes) + len(SHOWN.edges)
        plantuml = str(draw(process, "main", format="puml")).splitlines()
        assert sum(line.startswith("state ") for line in plantuml) == len(SHOWN.nodes)
        assert plantuml[-1] == "@enduml"
        assert len(plantuml) == usual


@needs_dot
@each_part
def test_a_thousand_labels_in_dot(part: list[str]) -> None:
    texts = [str(draw(hostile(said), "main", format="dot")) for said in part]
    drawn = list(documents(program("dot", "-Tjson", stdin="\n".join(texts))))
    assert len(drawn) == len(texts)
    for graph in drawn:
        assert (len(graph["objects"]), len(graph["edges"])) == (len(SHOWN.nodes), len(SHOWN.edges))
        assert "URL" not in graph


def documents(text: str) -> Iterator[dict[str, object]]:
    """The JSON documents that follow each other in a text."""
    reader, at = json.JSONDecoder(), 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        found, at = reader.raw_decode(text, at)
        yield found


@each_part
def test_a_thousand_labels_in_pages_and_tables(part: list[str]) -> None:
    usual = Tags(checklist_page(PROCESS, "worker")).tags
    for said in part:
        process = hostile(said)
        page = Tags(checklist_page(process, "worker"))
        assert set(page.tags) <= set(usual)
        assert page.tags["li"] == usual["li"]
        assert page.links == []
        for text in (checklist(process, "worker"), str(draw(process, "main", format="md"))):
            tokens = MARKDOWN.parse(text)
            kinds = {t.type for token in tokens for t in (token, *(token.children or ()))}
            assert not kinds & {
                "link_open",
                "image",
                "html_inline",
                "html_block",
                "code_inline",
                "fence",
            }
        rows = plain(table(process, "rules").text)
        assert {len(row) for row in rows} == {14}
        assert len(rows) == 1 + sum(len(m.transitions) for m in PROCESS.machines)


@pytest.mark.again
@pytest.mark.parametrize("format", ["bpmn", "scxml", "pnml"])
def test_a_thousand_labels_in_xml(format: str, amount: Amount) -> None:
    def parts(text: str) -> Counter[str]:
        tags = (element.tag for element in ET.fromstring(text).iter())
        return Counter(tag for tag in tags if not tag.endswith(("waypoint", "BPMNLabel", "Bounds")))

    usual = parts(export(PROCESS, format).text)
    for said in SAID[:: amount(1, 6)]:
        text = export(hostile(*said), format).text
        assert parts(text) == usual
        assert "<script" not in text
        assert not re.search(r"(href|src)\s*=", text)


@needs_chromium
def test_mermaid_draws_what_it_is_told_and_no_more(amount: Amount) -> None:
    """One box more than the sheet has: that which explains its signs."""
    drawn = [
        PROCESS,
        *map(hostile, [h for h in HOSTILE if len(h) < 1000]),
        *map(hostile, LABELS[1 : 20 : amount(3, 9)]),
    ]
    views = VIEWS[: amount(3, 1)]
    texts = [str(draw(process, "main", format="mmd")) for process in drawn]
    law = processes.get("entry_support")
    texts += [str(draw(law, view, format="mmd")) for view in views]
    found = json.loads(node("mermaid_run.mjs", stdin=json.dumps(texts)))
    for result in found[: len(drawn)]:
        assert (result["nodes"], result["edges"]) == (len(SHOWN.nodes) + 1, len(SHOWN.edges))
    for view, result in zip(views, found[len(drawn) :], strict=True):
        shown = diagram(law, view)
        assert (result["nodes"], result["edges"]) == (len(shown.nodes) + 1, len(shown.edges))
        assert result["title"] == shown.title
    assert not any(result["links"] or result["harmed"] for result in found)
    assert any("<script>" in word for result in found for word in result["words"])  # as words


@needs_plantuml
def test_plantuml_draws_what_it_is_told_and_no_more(tmp_path: Path, amount: Amount) -> None:
    law = processes.get("entry_support")
    drawn = {
        f"h{k}": (hostile(said), "main")
        for k, said in enumerate(h for h in HOSTILE if len(h) < 1000)
    }
    drawn |= {view: (law, view) for view in VIEWS[: amount(3, 1)]}
    for name, (process, view) in drawn.items():
        (tmp_path / f"{name}.puml").write_text(str(draw(process, view, format="puml")), "utf-8")
    program("plantuml", "-charset", "UTF-8", "-tsvg", str(tmp_path / "*.puml"))
    for name, (process, view) in drawn.items():
        text = (tmp_path / f"{name}.svg").read_text("utf-8")
        root = ET.fromstring(text)
        shown = diagram(process, view)
        boxes = [r for r in root.iter(f"{SVG}rect") if r.get("rx")]
        assert len(boxes) >= len(shown.nodes), name
        assert not list(root.iter(f"{SVG}a")), name
        assert "Syntax Error" not in text


# -- spreadsheets ------------------------------------------------------------------------------

CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5))
def test_cells_come_back_as_they_were(rows: list[tuple[str, str, str]]) -> None:
    assert plain(written(rows)) == rows


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\0", "'=", "''@"])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    rows = [(f"{start}cmd|' /C calc'!A0", "plain")]
    text = written(rows)
    assert text.lstrip('"').startswith("'")
    assert plain(text) == rows


# -- file names --------------------------------------------------------------------------------

_STARTS = [
    "../",
    "..\\",
    "/",
    "C:\\",
    "\\\\host\\",
    "a/../../",
    "./",
    "x/",
    "NUL",
    "CON",
    "con.",
    "LPT1.",
    "a\0b",
    "..",
    ".",
    "",
]
_ENDS = [
    "",
    "x",
    "x.svg",
    "etc/passwd",
    "../x.svg",
    "\0.svg",
    "a:b",
    "x ",
    " x",
    ".",
    "*",
    "x\n",
    "\ud800",
]
NAMES = sorted({f"{start}{end}" for start in _STARTS for end in _ENDS} - {"x", "x.svg", "NULx", "NULx.svg", "CONx", "CONx.svg"})  # fmt: skip


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    assert len(NAMES) >= 190
    refused = 0
    for name in NAMES:
        try:
            file = inside(folder, name)
        except UnsafeName:
            refused += 1
        else:
            assert file.parent == folder
            assert file.name == name
    assert refused >= len(NAMES) - 6
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in"]


@pytest.mark.parametrize("ending", ["svg", *EXPORTS])
def test_a_file_that_is_there_stays_unless_told_otherwise(ending: str, tmp_path: Path) -> None:
    def make(overwrite: bool) -> None:
        if ending == "svg":
            render(PROCESS, file, view="main", overwrite=overwrite)
        else:
            write(PROCESS, file, overwrite=overwrite)

    file = tmp_path / f"x.{ending}"
    file.write_text("mine", "utf-8")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        make(False)
    assert file.read_text("utf-8") == "mine"
    make(True)
    assert file.read_text("utf-8") != "mine"
    assert [p.name for p in tmp_path.iterdir()] == [file.name]


def test_a_link_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("old", "utf-8")
    link = tmp_path / "x.svg"
    link.symlink_to(tmp_path / "secret")
    with pytest.raises(FileExistsError):
        write_whole(link, b"new")
    write_whole(link, b"new", overwrite=True)
    assert (tmp_path / "secret").read_text("utf-8") == "old"


def test_what_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("os.replace", broken)
    with pytest.raises(OSError, match="disk"):
        write_whole(tmp_path / "x.svg", b"new")
    assert list(tmp_path.iterdir()) == []
