"""Words by chance: a call ends as done, as found something or as wrong, with one line that says
why; it never ends as a fault of ours."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from diversion_flow import processes
from diversion_flow.cli.app import app
from helpers.commands import told
from helpers.places import DATA, GOLDEN

# Long work with right words is not what is asked here.
LONG = {"ask", "prove", "demo", "gallery", "mutate", "pin", "cover", "explore", "doctor", "log"}
NAMES = sorted(
    {c.name or c.callback.__name__.replace("_", "-") for c in app.registered_commands} - LONG  # type: ignore[union-attr]
)
RIGHT = [
    "entry_support", "special_coordination", "entry_support@2024-06-03", "entry_support:osaka",
    "cs01", "arrested", "police", "center", "custody", "overview", "x.svg", "x.md", "x.bpmn",
    str(GOLDEN / "small.toml"), str(DATA / "wrong_story.toml"), str(DATA / "two_offices.bpmn"),
]  # fmt: skip
WRONG = [
    "", " ", "-", "--", "+", "@", ":", "a+b", "entry_support@", "entry_support:", "entry_support+",
    "entry_support@2024-13-01", "entry_support@２０２４－０６－０３", "entry_support:oska",
    "entry_suport", "cs99", "arested", "polise", "x", "x.", "x.nope", ".toml", "/", ".", "..", "no/x.svg",
    "missing.toml", "missing.json", "missing.bpmn", "\udce9", "日本語", "x\ny", "x" * 500, "con.svg",
    "--lang", "--lang=fr", "--on", "--on=soon", "--on=1900-01-01", "--on=9999-12-31", "--place=oska",
    "--json", "--json=1", "--after=999", "--after=-1", "--after=x", "--story=cs01", "--story=cs99",
    "--view=nope", "--out=no/x.svg", "--nope", "-x", "--fail-under=200", "--overwrite", "--by=polise",
    "empty.toml", "empty.json", "latin.toml", "folder.toml", "folder", "folder.svg",
]  # fmt: skip


def prepared(folder: Path) -> None:
    (folder / "empty.toml").write_bytes(b"")
    (folder / "empty.json").write_bytes(b"")
    (folder / "latin.toml").write_bytes("id = 'é'".encode("latin-1"))
    for name in ("folder", "folder.toml", "folder.svg"):
        (folder / name).mkdir()


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(k, marks=pytest.mark.again) for k in range(1, 8))]
)
def test_wrong_words_are_one_line_and_exit_code_two(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(tmp_path)
    monkeypatch.chdir(tmp_path)
    chance = random.Random(seed)
    codes = set()
    for _ in range(40):
        words = [chance.choice([*NAMES, "chek"])]
        words += [chance.choice(chance.choice((RIGHT, WRONG))) for _ in range(chance.randint(0, 4))]
        done = told(*words)
        codes.add(done.code)
        assert done.code in (0, 1, 2), (seed, words, done.stderr)
        if done.code == 2:
            assert done.stderr.startswith("diversion-flow: "), (seed, words)
            assert done.stderr.count("\n") == 1, (seed, words, done.stderr)
            english = told(*words, "--lang", "en")
            assert english.code == 2, (seed, words)
    assert 2 in codes


# Each of these is wrong in its own way.
ASKED = [
    ["ask", "entry_support", "absence", "arested"], ["ask", "entry_support", "nothing", "arrested"],
    ["ask", "entry_support", "response", "arrested"], ["prove", "entry_suport"],
    *(["ask", "entry_support", "reachable", what] for what in (
        "!", "by:", "moves:nothing", "before:custody", "custody.", "custody.free|", "age=", "age=old",
        "age=121", "age=" + "9" * 5000, "housing=", "!age",
    )),
    ["check"], ["check", "entry_suport"], ["check", "entry_support", "more"], ["chek"], ["check", "--nope"],
    ["check", "entry_support", "--on"], ["check", "entry_support", "--on", "2024-13-01"],
    ["check", "entry_support", "--on", "tomorrow"], ["check", "entry_support", "--on", "1990-01-01"],
    ["check", "entry_support", "--place", "oska"], ["check", "entry_support@soon"], ["check", ""],
    ["check", "@"], ["check", "entry_support+"], ["check", "entry_support+missing.toml"],
    ["check", "missing.json"], ["check", "there.svg"], ["check", "./missing"], ["check", "folder.toml"], ["check", "empty.json"], ["check", "latin.toml"],
    ["check", "entry_support", "--json=1"], ["check", "entry_support", "--place", "akashi", "--on", "2010-01-01"],
    ["draw", "entry_support", "custdy", "x.svg"], ["draw", "entry_support", "custody"],
    ["draw", "entry_support", "custody", "x.jpeg"], ["draw", "entry_support", "custody", "x"],
    ["draw", "entry_support", "custody", "no/x.svg"], ["draw", "entry_support", "custody", "folder.svg"],
    ["draw", "entry_support", "timeline", "x.svg"], ["draw", "entry_support", "custody", "there.svg"],
    ["draw", "entry_support", "timeline", "x.svg", "--story", "cs99"],
    ["draw", "entry_support", "timeline", "x.svg", "--story", "cs01", "--after", "999"],
    ["draw", "entry_support", "timeline", "x.svg", "--story", "cs01", "--after", "-1"],
    ["draw", "entry_support", "timeline", "x.svg", "--story", "cs01", "--after", "many"],
    ["draw", "special_coordination", "overview", "x.svg", "--story", "missing.toml"],
    ["explain", "entry_support", "arested"], ["explain", "entry_support"],
    ["explain", "entry_support", "arrested", "--story", "cs01", "--after", "999"],
    ["explain", "entry_support", "arrested", "--story", "cs01", "--by", "polise"],
    ["play", "cs99"], ["play", "missing.toml"], ["play", "folder.toml"], ["play", "empty.toml"],
    ["play", "latin.toml"], ["play", "folder"], ["play"], ["demo", "--story", "nope"],
    ["demo", "--story", "cs01", "--out", "there.svg"], ["timeline", "nothing"], ["variants", "nothing"],
    ["diff", "entry_support"], ["diff", "entry_support", "special_coordinatio"],
    ["diff", "entry_support", "entry_support:osaka@2024-06-03", "--out", "x.nope"],
    ["diff", "entry_support", "entry_support:osaka@2024-06-03", "--out", "x.svg", "--view", "nope"],
    ["draw", "special_coordination", "coordination", "x.md", "./x.md"], ["gallery", ".", "md", "nope"],
    ["checklist", "entry_support", "centre", "x.md"], ["checklist", "entry_support", "center", "x.doc"],
    ["checklist", "entry_support", "center", "no/x.md"], ["export", "entry_support", "x.bpnm"],
    ["export", "entry_support", "no/x.bpmn"], ["export", "entry_support", "x"],
    ["import", "missing.bpmn", "x.json"], ["import", "empty.toml", "x.json"], ["log", "x.csv", "cs01"],
    ["log", "no/x.xes", "cs01"], ["log", "x.xes", "cs99"], ["explore", "entry_suport"],
    ["explore", "entry_support", "--out", "no/x.html"], ["gallery", "no"], ["pin", "entry_suport", "out"],
    ["pin", "entry_support", "there.svg"], ["cover", "entry_support", "cs99"],
    ["cover", "special_coordination", "cs01"], ["cover", "entry_support", "--fail-under", "200"],
    ["cover", "entry_support", "--fail-under", "x"], ["mutate", "entry_support", "missing.yaml"],
    ["mutate", "entry_support", "cs01"], ["check", "entry_support", "--lang", "fr"],
]  # fmt: skip


@pytest.mark.parametrize("words", ASKED, ids=lambda words: " ".join(words)[:60])
def test_each_wrong_call_is_told_in_both_languages(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(tmp_path)
    (tmp_path / "there.svg").write_text("mine", "utf-8")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    ja = told(*words)
    en = (
        told(*words, "--lang", "en")
        if words[-2:] != ["--lang", "fr"]
        else told("check", "--lang", "en")
    )
    assert (ja.code, en.code) == (2, 2), (ja, en)
    assert ja.stderr.count("\n") == en.stderr.count("\n") == 1
    assert ja.stderr != en.stderr
    assert any("ぁ" <= c <= "ヿ" for c in ja.stderr), ja.stderr
    assert (ja.stdout, en.stdout, sorted(tmp_path.rglob("*"))) == ("", "", before)
    assert (tmp_path / "there.svg").read_text("utf-8") == "mine"


def test_a_day_in_wide_digits_is_that_day() -> None:
    said = told("check", "entry_support", "--on", "２０２４－０６－０３")
    assert (said.code, said.stdout) == (0, told("check", "entry_support@2024-06-03").stdout)
    assert processes.names()


def test_a_number_in_wide_digits_is_that_number() -> None:
    words = ("explain", "entry_support", "referred", "--story", "cs01", "--after")
    assert told(*words, "３").stdout == told(*words, "3").stdout != told(*words, "1").stdout


def test_an_ending_in_capitals_is_that_ending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("SMALL.TOML").write_bytes((GOLDEN / "small.toml").read_bytes())
    assert told("check", "SMALL.TOML").code == 0
    assert told("export", "SMALL.TOML", "A.CSV", "A.STATES.CSV", "A.PNML").code == 0
    assert told("export", "SMALL.TOML", "b.csv", "b.states.csv", "b.pnml").code == 0
    for ending in (".csv", ".states.csv", ".pnml"):
        assert Path(f"A{ending.upper()}").read_bytes() == Path(f"b{ending}").read_bytes()


@pytest.mark.parametrize(
    ("after", "options", "said"),
    [
        ("@2024-13-01", (), "is not a date"),
        ("", ("--on", "soon"), "is not a date"),
        (":osaka", (), "no place 'osaka'"),
        ("", ("--place", "osaka"), "no place 'osaka'"),
        ("+act_82_2025=2026-06-03", (), "no draft 'act_82_2025'"),
        ("+", (), "nothing follows the +"),
    ],
)
def test_what_is_asked_of_a_file_is_not_passed_over(
    after: str, options: tuple[str, ...], said: str
) -> None:
    found = told("check", f"{GOLDEN / 'small.toml'}{after}", *options, "--lang", "en")
    assert (found.code, found.stdout) == (2, "")
    assert said in found.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SMALL.JSN", "SMALL.JSN: is not a kind of file that can be read here"),
        ("./small", "small: is not a kind of file"),
        (r"C:\laws\small.json@2024-06-03", r"C:\laws\small.json: cannot be read"),
        ("C:/laws/small.json:osaka", "no place 'osaka'"),
    ],
)
def test_a_file_is_told_as_one(name: str, said: str) -> None:
    assert said in told("check", name, "--lang", "en").stderr


def test_a_file_is_asked_of_a_day_on_which_it_is_the_law(tmp_path: Path) -> None:
    text = (GOLDEN / "small.toml").read_text("utf-8")
    file = tmp_path / "law.toml"
    file.write_text(text.replace('version = "1"', 'version = "1"\nsince = 2024-04-01'), "utf-8")
    assert told("check", f"{file}@2024-06-03").code == 0
    found = told("check", f"{file}@2024-03-31", "--lang", "en")
    assert found.code == 2
    assert "is the law from 2024-04-01" in found.stderr


def test_who_asks_for_both_languages_is_told_what_is_drawn_in_both() -> None:
    for words in (("draw", "entry_support", "overview", "x.svg"), ("check", "entry_support")):
        code, _, said = told(*words, "--lang", "both")
        assert code == 2
        assert ("road_bilingual" in said) is (words[0] == "draw")
