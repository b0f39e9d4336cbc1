"""Every command, its exit code, and bad input: never a traceback."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diversion_flow.cli.app import app

RUN = CliRunner()
DATA = Path(__file__).parent / "data"


def run(*words: str) -> tuple[int, str]:
    done = RUN.invoke(app, list(words))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def test_demo_does_the_main_job(tmp_path: Path) -> None:
    code, said = run("demo", "--story", "cs03", "--lang", "en", "--out", str(tmp_path))
    assert code == 0
    assert "0 findings" in said
    assert "Custody is" in said  # the Center is refused to an in-home case
    written = {f.name for f in tmp_path.iterdir()}
    assert {
        "index.html",
        "entry_support_overview.ja.svg",
        "entry_support_overview.en.png",
    } <= written


def test_the_page_is_whole_and_fetches_nothing(tmp_path: Path) -> None:
    run("demo", "--story", "cs03", "--out", str(tmp_path))
    text = (tmp_path / "index.html").read_text("utf-8")
    page = ET.fromstring(text.removeprefix("<!DOCTYPE html>\n"))
    drawings = page.findall(".//{http://www.w3.org/2000/svg}svg")
    assert len(drawings) == 8
    ids = [e.get("id") for e in page.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert "default-src 'none'" in text
    for outside in ("<script", "src=", "@import", "url(", "javascript:"):
        assert outside not in text


def test_processes_are_listed() -> None:
    code, said = run("processes", "--json")
    assert code == 0
    rows = json.loads(said)
    assert list(dict.fromkeys(p["id"] for p in rows)) == ["entry_support", "special_coordination"]
    assert [p["since"] for p in rows if p["id"] == "entry_support"] == [
        "2008-06-01", "2013-10-01", "2015-04-01", "2021-04-01", "2023-12-01", "2025-06-01",
    ]  # fmt: skip
    assert "入口支援" in run("processes")[1]


def test_check_is_clean_for_the_shipped_law() -> None:
    assert run("check", "entry_support", "--json") == (0, "[]\n")
    assert "指摘 0 件" in run("check", "entry_support")[1]


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "dot", "mmd", "md"])
def test_draw_every_format(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"custody.{ending}"
    assert run("draw", "entry_support", "custody", str(file))[0] == 0
    assert file.stat().st_size > 500


def test_play_tells_the_story_and_fails_when_it_goes_otherwise() -> None:
    code, said = run("play", "cs05", "--lang", "en")
    assert code == 0
    assert "Bicycle theft" in said
    code, said = run("play", str(DATA / "wrong_story.toml"), "--json")
    assert code == 1
    assert len(json.loads(said)["problems"]) == 2


def test_explain_a_rule_with_its_mark() -> None:
    code, said = run("explain", "entry_support", "center_accepted")
    assert code == 0
    assert "推定" in said


def test_explain_why_not_in_a_case() -> None:
    code, said = run("explain", "entry_support", "adjustment_started", "--story", "cs01",
                     "--after", "5", "--by", "probation_office", "--lang", "en")  # fmt: skip
    assert code == 0
    assert "cannot happen while" in said


def test_doctor_names_what_there_is() -> None:
    code, said = run("doctor", "--json")
    assert code == 0
    assert {"layout engine", "Japanese font"} <= {f["name"] for f in json.loads(said)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "entry_suport"], "nearest: entry_support"),
        (["draw", "entry_support", "custdy", "x.svg"], "nearest: custody"),
        (["draw", "entry_support", "custody", "x.jpeg"], "no format 'jpeg'"),
        (["draw", "entry_support", "custody", "no/such/folder/x.svg"], "folder does not exist"),
        (["draw", "entry_support", "custody", "nosuffix"], "no file to draw to"),
        (["play", "cs77"], "is not shipped"),
        (["play", "missing.toml"], "cannot be read"),
        (["explain", "entry_support", "arested"], "nearest: arrested"),
        (["explain", "entry_support", "arrested", "--story", "cs01", "--after", "999"], "36 steps"),
        (["check", "missing.json"], "missing.json"),
        (["demo", "--story", "nope"], "is not shipped"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_two(words: list[str], said: str) -> None:
    done = RUN.invoke(app, words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.output
    assert done.stderr.count("\n") == 1
