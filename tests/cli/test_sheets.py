"""The commands that write drawings, checklists, exports, logs and pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diversion_flow.definition.files import load_process
from diversion_flow.interchange import EXPORTS, LOGS
from helpers.commands import run
from helpers.places import DATA


@pytest.mark.parametrize("view", ["timeline", "sequence", "overview", "custody"])
def test_a_storys_case_is_drawn(view: str, tmp_path: Path) -> None:
    file = tmp_path / "case.svg"
    assert run("draw", "entry_support", view, str(file), "--story", "cs09", "--lang", "en")[0] == 0
    assert "Custody" in file.read_text("utf-8")
    early = tmp_path / "early.svg"
    assert run("draw", "entry_support", view, str(early), "--story", "cs09", "--after", "3")[0] == 0
    assert early.read_bytes() != file.read_bytes()


def test_a_timeline_needs_a_case(tmp_path: Path) -> None:
    code, said = run("draw", "entry_support", "timeline", str(tmp_path / "x.svg"), "--lang", "en")
    assert (code, list(tmp_path.iterdir())) == (2, [])
    assert "give one" in said


@pytest.mark.parametrize("ending", ["html", "md", "svg"])
def test_a_checklist_is_written(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"center.{ending}"
    assert run("checklist", "entry_support", "center", str(file), "--lang", "en")[0] == 0
    assert "Community Life Settlement Support Center" in file.read_text("utf-8")
    assert run("checklist", "entry_support", "center", str(file))[0] == 2
    assert run("checklist", "entry_support", "center", str(file), "--overwrite")[0] == 0


def test_the_reference_of_a_case_is_named_if_asked(tmp_path: Path) -> None:
    for options, there in (((), False), (("--reference",), True)):
        file = tmp_path / f"{there}.svg"
        given = ("draw", "entry_support", "timeline", str(file), "--story", "cs01", "--after", "3")
        assert run(*given, *options)[0] == 0
        assert ("整理番号: " in file.read_text("utf-8")) is there


@pytest.mark.slow
@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("ending", [*EXPORTS, "custody.pnml"])
def test_a_law_is_exported_and_its_losses_told(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"law.{ending}"
    code, said = run("export", "entry_support", str(file), "--on", "2024-06-03", "--lang", "en")
    assert code == 0
    assert said.startswith(str(file))
    assert "  − " in said
    assert file.stat().st_size > 300


def test_a_drawing_is_read_in_and_drawn(tmp_path: Path) -> None:
    out = tmp_path / "offices.json"
    code, said = run("import", str(DATA / "two_offices.bpmn"), str(out))
    assert code == 0
    assert "  − " in said  # what was left out, and where it stands
    assert f"{DATA / 'two_offices.bpmn'}:88: coordinate" in said
    assert len(load_process(out).machines) == 2
    assert run("draw", str(out), "overview", str(tmp_path / "offices.svg"))[0] == 0


@pytest.mark.parametrize("ending", LOGS)
def test_stories_become_a_log(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"log.{ending}"
    assert run("log", str(file), "cs01", "cs09")[0] == 0
    text = file.read_text("utf-8")
    assert "arrested" in text
    assert "CS-01" not in text


def test_a_process_of_ones_own_is_explored(tmp_path: Path) -> None:
    out, page = tmp_path / "offices.json", tmp_path / "offices.html"
    run("import", str(DATA / "two_offices.bpmn"), str(out))
    assert run("explore", str(out), "--out", str(page))[0] == 0
    assert "<script" in page.read_text("utf-8")


def test_a_story_of_another_process_is_not_explored_with_it(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    small = str(DATA.parent / "golden" / "small.toml")
    code, told = run("explore", small, "cs01", "--out", str(page), "--lang", "en")
    assert code == 2
    assert "stories[0] is not a story or case of small" in told
    assert not page.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "entry_support", "law.bpnm"], "(one of: bpmn, scxml,"),
        (["checklist", "entry_support", "centre", "x.md"], "nearest: center"),
        (["checklist", "entry_support", "center", "x.doc"], "no format"),
        (["import", "missing.bpmn", "x.json"], "missing.bpmn"),
        (["log", "x.csv", "cs01"], "no format 'csv'"),
        (["draw", "entry_support", "sequence", "x.md", "--story", "cs01"], "no format 'md'"),
        (["draw", "entry_support", "身柄", "x.svg"], "nearest: custody"),
        (["draw", "entry_support", "rode", "x.svg"], "nearest: road"),
        (
            ["draw", "entry_support", "road", "x.svg", "--after", "3"],
            "--after says nothing by itself",
        ),
        (
            ["draw", "entry_support", "road", "x.svg", "--reference"],
            "--reference says nothing by itself",
        ),
        (["draw", "special_coordination", "road", "x.svg", "--story", "cs01"], "not of 'special"),
        (["draw", "entry_support", "custody", "x.md", "y.docx"], "y.docx"),
        (["export", "entry_support", "x.csv", "y.docx"], "y.docx"),
        (["checklist", "entry_support", "center", "x.md", "no/y.md"], "no folder"),
        (
            ["checklist", "entry_support@2024-06-03", "center", "x.md", "--on", "2025-07-01"],
            "--on contradicts",
        ),
        (
            ["checklist", "entry_support:osaka", "center", "x.md", "--place", "tottori"],
            "--place contradicts",
        ),
        (["diff", "entry_support", "entry_support:osaka", "--view", "road"], "--view says nothing"),
        (["diff", "entry_support", "entry_support:osaka", "--json", "--markdown"], "exclude"),
        (["explain", "entry_support", "arrested", "--by", "police"], "--by says nothing"),
        (["explain", "entry_support", "逮捕"], "nearest: arrested"),
        (["ask", "entry_support", "never", "arrested"], "give reachable"),
    ],
)
def test_bad_words_are_told_in_a_line_and_nothing_is_written(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, told = run(*words, "--lang", "en")
    assert code == 2
    assert said in told
    assert list(tmp_path.iterdir()) == []


def test_what_is_exported_is_json_safe_to_hand_on(tmp_path: Path) -> None:
    file = tmp_path / "log.ocel.json"
    run("log", str(file), "cs01")
    assert {"objectTypes", "eventTypes", "objects", "events"} <= set(
        json.loads(file.read_text("utf-8"))
    )
