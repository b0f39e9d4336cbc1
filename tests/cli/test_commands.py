"""Every command, its exit code, and bad input: never a traceback."""

from __future__ import annotations

import gc
import json
import re
import tomllib
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from diversion_flow.definition import (
    CalledWhen,
    RulesOn,
    Text,
    Transitional,
    TransitionalRule,
    fact,
)
from diversion_flow.definition.files import dump, dumps
from helpers.commands import run, told
from helpers.painting import unpainted
from helpers.places import DATA, GOLDEN, ROOT
from helpers.small import LAW, PROCESS
from helpers.whole import put


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, str, Path]:
    """The demo, done once: its exit code, what it said, and its folder. (test_desk paints it.)"""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        unpainted(patch)
        return *run("demo", "--story", "cs03", "--lang", "en", "--out", str(folder)), folder


@pytest.mark.slow
def test_demo_does_the_main_job(demonstrated: tuple[int, str, Path]) -> None:
    code, said, folder = demonstrated
    assert code == 0
    assert "0 findings" in said
    assert "Custody is" in said  # the Center is refused to an in-home case
    written = {f.name for f in folder.iterdir()}
    assert {
        "index.html",
        "entry_support_road.ja.svg",
        "entry_support_road.en.png",
    } <= written


@pytest.mark.slow
def test_the_page_is_whole_and_fetches_nothing(demonstrated: tuple[int, str, Path]) -> None:
    text = (demonstrated[2] / "index.html").read_text("utf-8")
    assert '<html lang="en">' in text
    assert 0 < text.index('<section lang="en"') < text.index('<section lang="ja"')
    page = ET.fromstring(text.removeprefix("<!DOCTYPE html>\n"))
    drawings = page.findall(".//{http://www.w3.org/2000/svg}svg")
    assert len(drawings) == 10
    assert len(page.findall(".//{*}div[@class='upright']/{http://www.w3.org/2000/svg}svg")) == 2
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
    assert [p["since"] for p in rows if p["id"] == "entry_support" and "draft" not in p] == [
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


def test_play_tells_when_a_step_was_whose_time_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "story.toml"
    story = (DATA / "wrong_story.toml").read_text("utf-8")
    story = story.replace('at = "2024-06-03T10:00"', 'at = "+1d"')
    file.write_text(re.sub(r"^published.*\n", "", story, flags=re.M), "utf-8")
    said = run("play", str(file), "--lang", "en")[1]
    assert " 1. 2024-06-04 09:00 " in said
    assert "[filler]" not in said  # to what was published nowhere nothing was added


def test_play_calls_things_as_the_facts_of_the_case_have_it(tmp_path: Path) -> None:
    old = (CalledWhen(Text("旧", "of old"), fact("age") >= 70, LAW),)
    state = PROCESS.machine("main").state("helped")
    law = put(PROCESS, state, evolve(state, called_when=old))
    (tmp_path / "law.json").write_text(dumps(law), "utf-8")
    file = tmp_path / "story.toml"
    for age, named in ((70, True), (69, False)):
        file.write_text(HELPED.replace("AGE", str(age)), "utf-8")
        assert ("a: asked → of old" in run("play", str(file), "--lang", "en")[1]) is named


def test_play_marks_a_limit_that_is_over(tmp_path: Path) -> None:
    (limit,) = PROCESS.deadlines
    law = evolve(PROCESS, deadlines=(evolve(limit, on_expiry=None),))
    (tmp_path / "law.json").write_text(dumps(law), "utf-8")
    file = tmp_path / "story.toml"
    for day, over in (("13", False), ("14", True)):
        later = f'[[step]]\nat = "2024-06-{day}T12:00"\nadvance = true\n'
        file.write_text(HELPED.replace("AGE", "70") + later, "utf-8")
        last = run("play", str(file), "--lang", "en")[1].splitlines()[-1]
        assert last.strip() == "■ a until 2024-06-13 23:59" + (" ! overdue" if over else "")


HELPED = """
id = "helped"
process = "law.json"
on = 2024-06-03
title = { ja = "援助", en = "helped" }
sources = []
[[open]]
case = "one"
at = "2024-06-03T09:00"
[[step]]
at = "2024-06-03T10:00"
event = "helped"
by = "worker"
facts = { age = AGE }
"""


def test_a_word_that_the_law_does_not_know_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "story.toml"
    story = (DATA / "wrong_story.toml").read_text("utf-8").replace('"police"', '"polise"', 1)
    file.write_text(story, "utf-8")
    line = story[: story.index('"polise"')].count("\n") + 1
    code, said = run("play", str(file), "--lang", "en")
    assert code == 1
    assert f"{file}:{line}: step[0].by: no agency 'polise'; nearest: police" in said
    assert "機関「polise」はありません" in run("play", str(file))[1]


def test_explain_a_rule_with_its_mark() -> None:
    code, said = run("explain", "entry_support", "center_accepted")
    assert code == 0
    assert "推定" in said


def test_explain_why_not_in_a_case() -> None:
    code, said = run("explain", "entry_support", "adjustment_started", "--story", "cs01",
                     "--after", "5", "--by", "probation_office", "--lang", "en")  # fmt: skip
    assert code == 0
    assert "cannot happen while" in said
    assert said.splitlines()[-1].startswith("  6. 2024-06-05 22:00 Probation office")


def test_explain_says_where_no_course_leads_to_it() -> None:
    code, said = run("explain", "entry_support", "adjustment_started", "--story", "cs03",
                     "--after", "6", "--lang", "en")  # fmt: skip
    assert code == 0
    assert said.splitlines()[-1] == "no course leads there"


def test_doctor_names_what_there_is() -> None:
    """All that the extras bring; two of it by what they are for."""
    code, said = run("doctor", "--json")
    assert code == 0
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]
    brought = {
        re.split(r"\W*[>\[]", one)[0]
        for extra in extras.keys() - {"all", "dev"}
        for one in extras[extra]
    }
    named = {"pygraphviz": "layout engine", "pylopdf-fonts-jp": "Japanese font"}
    wanted = {named.get(name, name) for name in brought - {"diversion_flow"}}
    assert wanted <= {f["name"] for f in json.loads(said)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "entry_suport"], "nearest: entry_support"),
        (["draw", "entry_support", "custdy", "x.svg"], "nearest: custody"),
        (["check", "entry_support:大阪"], "nearest: osaka"),
        (["draw", "entry_support", "センター", "x.svg"], "other_center, center"),
        (["draw", "entry_support", "custody", "x.jpeg"], "no format 'jpeg' (one of: svg,"),
        (["draw", "entry_support", "custody", "no/such/folder/x.svg"], "there is no folder"),
        (["draw", "entry_support", "custody", "nosuffix"], "has no ending that names a format"),
        (["play", "cs77"], "is not shipped"),
        (["play", "missing.toml"], "cannot be read"),
        (["explain", "entry_support", "arested"], "nearest: arrested"),
        (["explain", "entry_support", "arrested", "--story", "cs01", "--after", "999"], "36 steps"),
        (["check", "missing.json"], "missing.json"),
        (["demo", "--story", "nope"], "is not shipped"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_two(words: list[str], said: str) -> None:
    done = told(*words, "--lang", "en")
    assert done.code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert told(*words).stderr != done.stderr  # Japanese is what is spoken if nothing is asked


# -- the commands for those who change rules -------------------------------------------------------

CHANGE = """format = 1
id = "sixty"
process = "entry_support"
label = { ja = "60歳", en = "from 60" }

[[edits]]
set = "elderly_age"
value = 60
"""


def test_diff_tells_marks_and_draws(tmp_path: Path) -> None:
    file = tmp_path / "sixty.toml"
    file.write_text(CHANGE, "utf-8")
    law = "entry_support@2024-06-03"
    code, said = run("diff", law, f"{law}+{file}", "--lang", "en")
    assert code == 1
    assert "value: 65 → 60" in said
    drawn = tmp_path / "d.svg"
    found = told("diff", law, f"{law}+{file}", "--json", "--out", str(drawn))
    assert json.loads(found.stdout)["b"]["version"] == "ACT_2023_12+sixty"
    assert found.stderr == f"{drawn}\n"
    assert "Δ" in drawn.read_text("utf-8")
    code, said = run("diff", law, f"{law}+{file}", "--markdown", "--effort", "2", "--lang", "en")
    assert said.startswith("#")
    assert "is not settled; no course of a case" in said
    assert run("diff", law, law)[0] == 0


def test_what_an_answer_made_is_not_looked_through_as_it_ends() -> None:
    """All that was made without a look was looked at once, a tenth of the time of the answer."""
    young: list[int] = []

    def note(phase: str, _: object) -> None:
        young.append(len(gc.get_objects(generation=0)) if phase == "start" else 0)

    gc.callbacks.append(note)
    try:
        assert run("diff", "entry_support@2024-06-03", "entry_support:osaka@2024-06-03")[0] == 1
    finally:
        gc.callbacks.remove(note)
    assert gc.isenabled()
    assert max(young, default=0) < 10_000


def test_transitional_rules_of_a_file_are_told_by_what_they_change(tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    stays = TransitionalRule("stays", Text("従前の例による", "former law"), continues=True)
    dump(
        Transitional("t", "entry_support", Text("案", "a"), (RulesOn(date(2025, 6, 1), (stays,)),)),
        file,
    )
    code, said = run("timeline", "--transitional", str(file), "--lang", "en")
    assert (code, "former law" in said) == (0, True)
    told = json.loads(run("timeline", "--transitional", str(file), "--json")[1])
    assert {change["rule"] for change in told["changes"]} == {"stays", "states_kept"}
    assert run("timeline", "special_coordination", "--transitional", str(file))[0] == 2
    assert "--transitional" in run("timeline", "--effort", "3")[1]


def test_timeline_and_variants_list_what_is_shipped() -> None:
    code, said = run("timeline", "--lang", "en")
    assert code == 0
    assert "2023-12-01 – 2025-05-31  ACT_2023_12" in said
    assert json.loads(run("timeline", "--json")[1])[0]["version"] == "PRE_2013"
    taken = "entry_support:osaka+act_82_2025=2026-12-09"
    code, said = run("timeline", taken, "--lang", "en")
    assert code == 0
    assert "2022-04-01 – 2023-11-30  CENTER_2021+osaka_2022_04" in said
    assert "2026-12-09 –             ACT_82_2025+osaka_2022_04" in said
    assert (
        "[day assumed]"
        in run("timeline", "entry_support+act_82_2025=2026-12-09", "--lang", "en")[1]
    )
    rows = json.loads(run("timeline", taken, "--json")[1])
    assert [row["since"] for row in rows][-2:] == ["2025-06-01", "2026-12-09"]
    assert all(row["edits"] for row in rows)
    assert run("timeline", "entry_support@2024-06-03")[0] == 2
    assert "draft=act_82_2025" in run("processes")[1]
    code, said = run("variants", "--lang", "en")
    assert code == 0
    assert "osaka  2021-08-01 – 2022-03-31  Osaka" in said
    assert {"ehime", "akashi", "chiba"} <= {
        v["place"] for v in json.loads(run("variants", "--json")[1])
    }


@pytest.mark.slow
def test_cover_tells_how_much_is_shown(tmp_path: Path) -> None:
    law = "entry_support@2024-06-03"
    code, said = run("cover", law, "cs01", "--lang", "en", "--html", str(tmp_path / "pages"))
    assert code == 0
    assert "refusals" in said
    assert len(list((tmp_path / "pages").glob("*.html"))) == 1
    assert run("cover", law, "cs01", "--fail-under", "99")[0] == 1
    assert 0 < json.loads(run("cover", law, "cs01", "--json")[1])["share"] < 1


@pytest.mark.slow
def test_mutate_tells_what_no_test_notices(tmp_path: Path) -> None:
    small = str(GOLDEN / "small.toml")
    code, said = run("mutate", small, "--lang", "en", "--fail-under", "50")
    assert code == 1
    assert "no test of yours notices that" in said
    assert "0 mutants killed" in said


def test_pin_writes_scenarios_that_notice_every_mistake(tmp_path: Path) -> None:
    small = str(GOLDEN / "small.toml")
    pinned = told("pin", small, str(tmp_path), "--lang", "en")
    assert pinned.code == 0
    assert "Edges of the rules: main\n" in pinned.stderr  # what it is at
    files = sorted(str(f) for f in tmp_path.iterdir())
    _, said = run("mutate", small, *files, "--json")
    assert json.loads(said)["score"] >= 0.9


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("diff", "entry_suport", "entry_support"), "no process 'entry_suport'"),
        (("diff", "entry_support@soon", "entry_support"), "'soon' is not a date"),
        (("diff", "entry_support:oska", "entry_support"), "no place 'oska'"),
        (("check", "entry_support+nowhere.toml"), "nowhere.toml"),
        (("cover", "entry_support", "cs99"), "cs99"),
        (("mutate", "entry_support", "nothing.yaml"), "nothing.yaml"),
        (("timeline", "nothing"), "no process 'nothing'"),
        (("timeline", "law.toml"), "'law.toml' is one version; this command tells of a shipped"),
        (("variants", "entry_support@2024-06-03"), "is one version"),
        (("variants", "nothing"), "no process 'nothing'"),
    ],
)
def test_a_wrong_word_is_told_in_one_line(words: tuple[str, ...], said: str) -> None:
    code, output = run(*words, "--lang", "en")
    assert code == 2
    assert said in output
    assert "Traceback" not in output
