"""The pytest plugin: scenario files as tests, fixtures, coverage and mutants of the policy."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Loaded before any run within a run, which forgets what it was first to load.
from diversion_flow.testing import killing
from helpers.places import DATA

pytest_plugins = ["pytester"]

STORY = """
id: sixty-four
process: entry_support
on: 2024-06-03
title: {ja: 六十四歳, en: Sixty-four}
open:
  - case: a
    at: "09:00"
    facts: {age: 64, disability: suspected}
step:
  - {at: "+5m", event: arrested, by: police, states: {custody: arrested}}
  - at: "+30h"
    event: referred
    by: police
    states: {custody: referred}
    deadlines: {prosecutor_from_receipt: "2024-06-05T15:05"}
"""
OTHER = STORY.replace("id: sixty-four", "id: other")
CODE = """
import pytest
from diversion_flow.testing import assert_refused, assert_states

@pytest.mark.policy(on="2024-06-03", place="osaka")
def test_police_do_not_release(case, clock, policy):
    assert policy.version == "ACT_2023_12+osaka_2022_04"
    opened = case(age=70)
    clock.forward(hours=2)
    arrested = opened.step("arrested", by="police", at=clock.now)
    assert_states(arrested, custody="arrested")
    assert_refused(arrested, "referred", by="center", code="wrong_agency", because_of="police")
"""


def lines(result: pytest.RunResult) -> str:
    return "\n".join(result.outlines)


def made(pytester: pytest.Pytester, **files: str) -> None:
    for name, text in files.items():
        (pytester.path / name.replace("__", ".")).write_text(text, "utf-8")


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(
        "-p", "diversion_flow.testing.plugin", "--policy-lang=en", *options
    )


def test_a_scenario_file_is_a_test(pytester: pytest.Pytester) -> None:
    made(pytester, story__policy__yaml=STORY)
    result = run(pytester, "-v")
    result.assert_outcomes(passed=1)
    assert "story.policy.yaml::sixty-four" in lines(result)


def test_other_files_are_left_alone(pytester: pytest.Pytester) -> None:
    made(pytester, story__yaml="not: a scenario", story__toml="also = 1")
    run(pytester).assert_outcomes()


def test_one_test_for_each_law(pytester: pytest.Pytester) -> None:
    under = (
        "under:\n  - {on: 2024-06-03}\n  - {on: 2021-04-01}\n  - {on: 2024-06-03, place: osaka}\n"
    )
    made(pytester, story__policy__yaml=STORY.replace("step:", under + "step:").replace(
        '    deadlines: {prosecutor_from_receipt: "2024-06-05T15:05"}\n', ""))  # fmt: skip
    result = run(pytester, "-v")
    result.assert_outcomes(passed=3)
    for name in ("base-2024-06-03", "base-2021-04-01", "osaka-2024-06-03"):
        assert f"sixty-four[{name}]" in lines(result)


def test_a_failure_is_told_for_a_person(pytester: pytest.Pytester) -> None:
    more = """
  - {at: "+1h", event: detention_requested, by: prosecutor, facts: {detention_ground: flight}, states: {custody: detention_requested}}
  - {at: "+1h", event: detained, by: court, states: {custody: release_due}}
"""
    made(pytester, story__policy__yaml=STORY + more)
    result = run(pytester)
    result.assert_outcomes(failed=1)
    said = lines(result)
    for part in (
        "step 4 of 4 went differently (ORA 83-2 and wider urgent aftercare, 2024-06-03)",
        "The story so far",
        "expected: custody=release_due",
        "found:    detained_suspect",
        "Why",
        "§ CCP",
    ):
        assert part in said, said
    assert "Traceback" not in said
    assert ".py:" not in said


def test_a_failure_names_the_law_under_which_it_would_pass(pytester: pytest.Pytester) -> None:
    story = (DATA / "osaka_only.yaml").read_text("utf-8")
    made(pytester, story__policy__yaml=story)
    result = run(pytester)
    result.assert_outcomes(failed=1)
    said = lines(result)
    assert "It would have passed under" in said
    assert "Osaka (osaka)" in said
    assert "age is at least 65" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("by: police, states", "bye: police, states", ":11: step[0].bye: is no field"),
        ("on: 2024-06-03", "on: yes", ":4: on: 'yes' may be a word or a truth value"),
        ("id: sixty-four", "id: a\nid: b", ":3"),
        ("title: {ja: 六十四歳, en: Sixty-four}", "title: &a {ja: x, en: y}\nprocess2: *a", ":5"),
    ],
)
def test_a_faulty_file_is_told_with_its_line(
    pytester: pytest.Pytester, old: str, new: str, said: str
) -> None:
    made(pytester, story__policy__yaml=STORY.replace(old, new))
    result = run(pytester)
    result.assert_outcomes(errors=1)
    assert f"story.policy.yaml{said}" in lines(result)
    assert "Traceback" not in lines(result)


def test_a_law_that_is_not_there_is_a_failure_in_one_line(pytester: pytest.Pytester) -> None:
    made(pytester, story__policy__yaml=STORY.replace("on: 2024-06-03", "on: 1999-01-01"))
    result = run(pytester)
    result.assert_outcomes(failed=1)
    assert "no version of entry_support is in force on 1999-01-01" in lines(result)
    assert "Traceback" not in lines(result)


def test_fixtures_stand_for_the_marked_law(pytester: pytest.Pytester) -> None:
    made(pytester, test_it__py=CODE)
    run(pytester).assert_outcomes(passed=1)


@pytest.mark.slow
def test_coverage_is_told_for_each_law(pytester: pytest.Pytester) -> None:
    made(pytester, test_it__py=CODE, story__policy__yaml=STORY)
    result = run(pytester, "--policy-cov")
    result.assert_outcomes(passed=2)
    said = lines(result)
    assert "entry_support ACT_2023_12)" in said
    assert "entry_support ACT_2023_12+osaka_2022_04)" in said


def test_too_little_coverage_fails(pytester: pytest.Pytester) -> None:
    made(pytester, story__policy__yaml=STORY)
    assert run(pytester, "--policy-cov-fail-under=1").ret == 0
    result = run(pytester, "--policy-cov-fail-under=90")
    assert result.ret == 1
    assert "is under 90%" in lines(result)


@pytest.mark.slow
def test_coverage_is_put_together_from_workers(pytester: pytest.Pytester) -> None:
    made(pytester, a__policy__yaml=STORY, b__policy__yaml=OTHER)
    alone = run(pytester, "--policy-cov")
    options = ("-p", "diversion_flow.testing.plugin", "--policy-lang=en", "--policy-cov")
    spread = pytester.runpytest_subprocess(*options, "-n", "2")
    spread.assert_outcomes(passed=2)
    table = [line for line in alone.outlines if "/" in line and "%" in line]
    assert len(table) == 6
    assert [line for line in spread.outlines if "/" in line and "%" in line] == table


@pytest.mark.slow
def test_mutants_that_no_test_notices_are_listed(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = killing.mutants
    chosen = (
        "drop_rule.custody.arrest",
        "drop_rule.custody.bail",
        "limit.prosecutor_from_receipt.+1",
    )
    monkeypatch.setattr(killing, "mutants", lambda p: (m for m in some(p) if m.id in chosen))
    made(pytester, story__policy__yaml=STORY)
    result = run(pytester, "--policy-mutate", "--policy-mutate-fail-under=90")
    said = lines(result)
    assert "2 mutants killed, 1 survived (66.7%)" in said
    assert "no test of yours notices that 'Bailed' (custody.bail): the rule is gone" in said
    assert "for example: Referred to the prosecutor → Indicted → Detained → Bailed" in said
    assert result.ret == 1


@pytest.mark.slow
def test_python_tests_are_tried_against_mutants_too(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = killing.mutants
    chosen = ("drop_rule.custody.arrest", "drop_rule.custody.bail")
    monkeypatch.setattr(killing, "mutants", lambda p: (m for m in some(p) if m.id in chosen))
    made(pytester, test_it__py=CODE)
    said = lines(run(pytester, "--policy-mutate"))
    assert "1 mutants killed, 1 survived (50.0%)" in said


def test_mutants_wait_for_tests_that_pass(pytester: pytest.Pytester) -> None:
    made(pytester, story__policy__yaml=STORY.replace("custody: referred", "custody: released"))
    result = run(pytester, "--policy-mutate")
    result.assert_outcomes(failed=1)
    assert "killed" not in lines(result)
    assert "no mistake is tried before all tests pass" in lines(result)


def test_the_plugin_loads_nothing_until_it_is_used() -> None:
    code = (
        "import pytest, sys; before = set(sys.modules); import diversion_flow.testing.plugin; "
        "print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    ours = [name for name in loaded.stdout.split() if "diversion" in name]
    rooms = ["diversion_flow.testing", "diversion_flow.testing.plugin"]
    assert ours == ["diversion_flow", "diversion_flow.late", *rooms]
