"""Stories of any process: of a definition and variant file of one's own, in each format, in
pytest, `play`, `cover`, `mutate` and `pin`; and what would go green in silence fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from attrs import evolve

from diversion_flow import LoadError, processes
from diversion_flow.cli.law import named
from diversion_flow.definition.files.serial import dumps
from diversion_flow.scenarios import Law, load, play, read, shipped, story_names
from diversion_flow.scenarios.fitting import fitted
from diversion_flow.scenarios.play import before, law_of, passes
from diversion_flow.scenarios.writing import written
from diversion_flow.testing import mutants
from diversion_flow.testing.changing import about, changed
from helpers.commands import run, told
from helpers.small import PROCESS

pytest_plugins = ["pytester"]

VARIANT = """\
format = 1
id = "sixty"
process = "small"
label = { ja = "案", en = "proposal" }
[[edits]]
replace = "transition main.help"
with.guard = { fact = "age", is = ">=", value = 60 }
[[edits]]
replace = "transition main.reject"
with.guard = { fact = "age", is = "<", value = 60 }
"""
STORY = {
    "id": "s", "process": "small.json", "on": "2024-06-03",
    "under": [{}, {"variant": "v.toml"}],
    "open": [{"at": "09:00"}],
    "step": [{"at": "+1h", "event": "helped", "by": "worker", "facts": {"age": 62},
              "states": {"main": "done"}, "under": {"sixty": {"states": {"main": "helped"}}}}],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "small.json").write_text(dumps(PROCESS), "utf-8")
    (tmp_path / "v.toml").write_text(VARIANT, "utf-8")
    (tmp_path / "s.policy.json").write_text(json.dumps(STORY), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_story_of_an_own_definition_may_say_that_it_crosses(folder: Path) -> None:
    """There is one version, and nothing to cross, as in a shipped process of one version."""
    steps = [{"at": "+1h", "event": "helped", "by": "worker", "facts": {"age": 70}}]
    told = {**STORY, "under": [{"crosses": True}], "step": steps}
    (folder / "s.policy.json").write_text(json.dumps(told), "utf-8")
    (step,) = play(load(folder / "s.policy.json"))
    assert step.after.states["main"] == "helped"


@pytest.mark.parametrize("process", ["small.json", "small", "./small.json"])
def test_a_story_finds_its_definition_by_file_or_id(folder: Path, process: str) -> None:
    (folder / "s.policy.json").write_text(json.dumps({**STORY, "process": process}), "utf-8")
    story = load(folder / "s.policy.json")
    assert [law.id for law in story.laws] == ["base", "sixty"]
    assert [law_of(story, law).version for law in story.laws] == ["1", "1+sixty"]
    assert before(story, story.laws[1]) == PROCESS
    for law in story.laws:
        assert not [p for step in play(story, law=law) for p in step.problems]
    code, said = run("play", "s.policy.json", "--lang", "en")
    assert code == 0
    assert "s [sixty, 2024-06-03]" in said


def test_a_step_speaks_of_a_law_by_its_id_before_the_name_of_a_file(folder: Path) -> None:
    (folder / "deep").mkdir()
    for file, id in (("base.toml", "v"), ("deep/v.toml", "other")):
        (folder / file).write_text(VARIANT.replace('"sixty"', f'"{id}"'), "utf-8")

    def under(law: str, *files: str) -> list[str]:
        step = {**STORY["step"][0], "under": {law: {"states": {"main": "asked"}}}}
        laws = [{}, *({"variant": file} for file in files)]
        told = {**STORY, "under": laws, "step": [step]}
        (folder / "s.policy.json").write_text(json.dumps(told), "utf-8")
        return [*load(folder / "s.policy.json").steps[0].under]

    for law in ("base", "v", "sixty", "other"):
        assert under(law, "v.toml", "base.toml", "deep/v.toml") == [law]
    assert under("v", "v.toml") == ["sixty"]
    with pytest.raises(LoadError) as both:
        under("v", "v.toml", "deep/v.toml")
    assert both.value.field == "step[0].under.v"


def test_a_story_that_fails_under_any_of_its_laws_fails_when_it_is_played(folder: Path) -> None:
    wrong = json.loads(json.dumps(STORY))
    wrong["step"][0]["under"]["sixty"]["states"]["main"] = "asked"
    (folder / "s.policy.json").write_text(json.dumps(wrong), "utf-8")
    assert told("play", "s.policy.json").code == 1


def test_a_step_that_only_one_law_knows_is_left_out_under_the_others(folder: Path) -> None:
    added = """
[[edits]]
add = "event"
part = { id = "checked", label = { ja = "確認", en = "checked" }, home = "main", by = ["worker"] }
[[edits]]
add = "transition"
to = "machine main"
part = { id = "check", event = "checked", sources = ["asked"], target = "asked" }
"""
    (folder / "v.toml").write_text(VARIANT + added, "utf-8")
    check = {"at": "+1h", "event": "checked", "by": "worker"}
    for only, played in ((["sixty"], [1, 2]), (["v"], [1, 2])):
        steps = [{**check, "only": only}, *STORY["step"]]
        (folder / "s.policy.json").write_text(json.dumps({**STORY, "step": steps}), "utf-8")
        story = load(folder / "s.policy.json")
        assert [p.step.number for p in play(story, law=story.laws[0])] == [2]
        assert [p.step.number for p in play(story, law=story.laws[1])] == played
        assert all(passes(story, law_of(story, law), law) for law in story.laws)
        assert [len(told.steps) for told in fitted(story, evolve(PROCESS, version="2"))] == [1]
        begun = told("draw", "small.json", "main", "s.svg", "--story", "s.policy.json",
                     "--after", "2", "--overwrite")  # fmt: skip
        assert begun.code == 0  # steps are counted as `play` numbers them
        drawn = told("draw", "small.json+v.toml", "timeline", "s.svg", "--story",
                     "s.policy.json", "--overwrite")  # fmt: skip
        assert drawn.code == 0
        assert "確認" in (folder / "s.svg").read_text("utf-8")
    (folder / "s.policy.json").write_text(
        json.dumps({**STORY, "step": [check, *STORY["step"]]}), "utf-8"
    )
    (first, *_) = play(load(folder / "s.policy.json"))
    (problem,) = first.problems  # not also that it was "accepted"
    assert "only" in problem.expected.en
    assert "no event 'checked'" in problem.found.en


def test_in_pytest_it_is_a_test_for_each_law(pytester: pytest.Pytester, folder: Path) -> None:
    pytester.runpytest(folder, "--policy-cov").assert_outcomes(passed=2)
    text = json.dumps({**STORY, "process": "nowhere"})
    (folder / "s.policy.json").write_text(text, "utf-8")
    pytester.runpytest(folder).assert_outcomes(failed=2)


def test_a_folder_is_all_stories_that_lie_in_it(folder: Path) -> None:
    here = run("cover", "small.json", "s.policy.json")
    (folder / "deeper").mkdir()
    (folder / "s.policy.json").unlink()
    moved = folder / "deeper" / "s.policy.json"
    deeper = {**STORY, "process": "../small.json", "under": [{}, {"variant": "../v.toml"}]}
    moved.write_text(json.dumps(deeper), "utf-8")
    assert run("cover", "small.json", ".") == here
    (folder / "empty").mkdir()
    code, _, said = told("cover", "small.json", "empty")
    assert (code, "empty" in said) == (2, True)


def test_cover_counts_a_story_that_goes_otherwise_as_failing(folder: Path) -> None:
    code, said = run("cover", "small.json", "s.policy.json", "--lang", "en")
    assert code == 0
    code, said = run("cover", "small.json+v.toml", "s.policy.json", "--lang", "en")
    assert code == 0, "what it expects of the variant is what holds under it"
    wrong = {**STORY, "step": [{**STORY["step"][0], "states": {"main": "asked"}}]}  # type: ignore[index]
    (folder / "w.policy.json").write_text(json.dumps({**wrong, "id": "w"}), "utf-8")
    code, said = run("cover", "small.json", "w.policy.json", "--lang", "en")
    assert code == 1
    assert "✕ w [base]: step 1: expected main=asked, found done" in said
    assert "0/" in said.split("rules")[1]


@pytest.mark.slow
def test_cover_and_mutate_can_be_confined_to_what_a_variant_changes(folder: Path) -> None:
    law = law_of(load(folder / "s.policy.json"), Law(STORY_DAY, variant="v.toml"))
    touched = changed(PROCESS, law)
    assert touched >= {("rule", "main.help"), ("rule", "main.reject")}
    concerned = [m.id for m in mutants(law) if about(m, touched)]
    code, said = run("mutate", "small.json+v.toml", "s.policy.json", "--changed", "--json")
    only = json.loads(said)["survivors"]
    assert only
    assert {s["id"] for s in only} <= set(concerned)
    code, said = run("mutate", "small.json+v.toml", "s.policy.json", "--json")
    every = [s["id"] for s in json.loads(said)["survivors"]]
    assert every[: len(only)] == [s["id"] for s in only], "survivors about the change come first"
    assert len(every) > len(only)
    code, said = run("cover", "small.json+v.toml", "s.policy.json", "--changed", "--lang", "en")
    assert code == 0
    assert "1/2" in said.split("rules")[1].splitlines()[0]


STORY_DAY = processes.in_force("entry_support", on="2024-06-03").since


def test_what_pin_writes_runs_where_it_is_written(folder: Path) -> None:
    code = told("pin", "small.json+v.toml", "pins").code
    files = sorted((folder / "pins").iterdir())
    assert code == 0
    assert len(files) > 2
    for file in files:
        story = load(file)
        assert (story.process, story.laws[0].variant) == ("../small.json", "../v.toml")
        assert passes(story, law_of(story, story.laws[0]), story.laws[0])
    assert told("cover", "small.json+v.toml", *map(str, files)).code == 0


def test_a_definition_that_lies_here_goes_by_its_id(folder: Path) -> None:
    assert told("pin", "small+v.toml", "pins").code == 0
    assert told("play", "pins/edges_events.policy.toml").code == 0
    by_id, by_file = (
        run("cover", f"{name}+v.toml", "pins/edges_events.policy.toml", "--json")
        for name in ("small", "small.json")
    )
    assert by_id == by_file
    assert told("diff", "small", "small.json").code == 0
    code, said = run("diff", "smoll", "small", "--lang", "en")
    assert (code, "smoll" in said) == (2, True)


@pytest.mark.parametrize("command", ["cover", "mutate"])
def test_where_nothing_is_changed_nothing_can_be_shown_of_it(folder: Path, command: str) -> None:
    code, said = run(command, "small", "s.policy.json", "--changed", "--lang", "en")
    assert code == 2
    assert "changes nothing" in said


def test_what_is_pinned_of_a_place_names_the_place(tmp_path: Path) -> None:
    story = shipped("cs03")
    put = named("entry_support:osaka@2024-06-03").under(story, tmp_path)
    assert put.laws == (Law(story.on, "osaka"),)
    again = read(written(put), "again.toml")
    assert again.laws == put.laws
    assert written(story).count("[[under]]") == 0


def test_cover_and_log_take_all_stories_each_under_the_law_that_it_names(tmp_path: Path) -> None:
    code, said = run("cover", "entry_support", "stories", "--json")
    found = json.loads(said)
    assert code == 0
    assert found["failed"] == []
    laws = {law["version"] for law in found["laws"]}
    assert laws == {"ACT_2023_12", "NATIONWIDE_2015", "TRIAL_2013"}
    out = tmp_path / "l.xes"
    code, said = run("log", str(out), "stories")
    assert code == 0
    assert out.read_text("utf-8").count("<trace>") >= len(story_names())


@pytest.mark.parametrize("word", ["TOML", "YAML", "JSON"])
def test_a_shipped_story_in_another_format_goes_as_told(word: str, tmp_path: Path) -> None:
    import tomllib
    from importlib import resources

    for name in story_names():
        source = resources.files("diversion_flow.scenarios") / "stories" / f"{name}.toml"
        data = tomllib.loads(source.read_text("utf-8"))
        file = tmp_path / f"{name}.policy.{word.lower()}"
        text = source.read_text("utf-8") if word == "TOML" else json.dumps(data, default=str)
        file.write_text(text, "utf-8")
        story = load(file)
        assert evolve(story, file="") == evolve(shipped(name), file="")
        assert not [p for step in play(story) for p in step.problems]


SILENT = {
    "an empty step": ('"step": [', '"step": [], "x": [', "x"),
    "a variant that is not there": ('"v.toml"', '"w.toml"', "under[1].variant"),
    "a law by another name": ('"sixty"', '"sxty"', "step[0].under.sxty"),
    "a reason for no refusal": ('"event"', '"because": {"facts": ["age"]}, "event"',
                                "step[0].because"),
    "only a law by another name": ('"event"', '"only": ["sxty"], "event"', "step[0].only"),
    "a law under which nothing is told": ('"event"', '"only": ["sixty"], "event"', "step"),
    "what is expected under a law that the step leaves out": (
        '"event"', '"only": ["base"], "event"', "step[0].under.sixty"),
    "the end of a case of which nothing is told": (
        '{"at": "09:00"}', '{"at": "09:00"}, {"case": "b", "ends": "closed"}', "open[1].ends"),
    "facts recorded by nobody": ('"event": "helped", "by": "worker"', '"advance": true',
                                 "step[0].facts"),
    "an unknown key under a law": ('{"states": {"main": "helped"}}', '{"state": {"main": "x"}}',
                                   "step[0].under.sixty.state"),
}  # fmt: skip


@pytest.mark.parametrize("fault", SILENT)
def test_what_would_be_green_in_silence_is_refused(folder: Path, fault: str) -> None:
    old, new, field = SILENT[fault]
    text = json.dumps(STORY)
    assert old in text
    (folder / "s.policy.json").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LoadError) as caught:
        load(folder / "s.policy.json")
    assert caught.value.field == field
    assert caught.value.text("ja") != caught.value.text("en")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"deadlines": {"limti": "none"}}, "step[0].deadlines.limti"),
        ({"sees": {"worker": ["agee"]}}, "step[0].sees.worker"),
        ({"still_possible": ["main.dne"]}, "step[0].still_possible"),
        ({"try": [{"event": "finishd", "by": "worker"}]}, "step[0].try[0].event"),
        ({"try": [{"event": "helped", "by": "worker", "refused": ["no_transition"],
                   "states": {"main": "dne"}}]}, "step[0].try[0].states.main"),
        ({"under": {"base": {"possible": {"wrker": []}}}}, "step[0].under.base.possible.wrker"),
    ],
)  # fmt: skip
def test_a_word_that_the_process_lacks_is_told_with_its_place(
    folder: Path, more: dict[str, object], field: str
) -> None:
    (folder / "s.policy.json").write_text(
        json.dumps({**STORY, "step": [{**STORY["step"][0], **more}]}), "utf-8"
    )
    (step, *_) = play(load(folder / "s.policy.json"))
    (problem,) = step.problems
    for lang in ("ja", "en"):
        assert f"s.policy.json:1: {field}: " in problem.text(lang)


def test_no_step_at_all_is_no_story(folder: Path) -> None:
    (folder / "s.policy.json").write_text(json.dumps({**STORY, "step": []}), "utf-8")
    with pytest.raises(LoadError) as caught:
        load(folder / "s.policy.json")
    assert caught.value.field == "step"


def test_a_definition_that_is_not_there_or_of_other_days_is_told_by_line(folder: Path) -> None:
    for change, field in (({"process": "other.json"}, "process"),
                          ({"process": "other"}, "process"),
                          ({"under": [{"place": "osaka"}], "step": [{
                              "at": "+1h", "event": "helped", "by": "worker"}]},
                           "under[0].place")):  # fmt: skip
        (folder / "s.policy.json").write_text(json.dumps({**STORY, **change}), "utf-8")
        with pytest.raises(LoadError) as caught:
            play(load(folder / "s.policy.json"))
        assert caught.value.field == field, str(caught.value)
        assert caught.value.file.endswith("s.policy.json")
