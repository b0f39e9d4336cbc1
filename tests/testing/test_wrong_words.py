"""Wrong options, markers, files and arguments of tests of a policy: one sentence each."""

from __future__ import annotations

import pytest

from diversion_flow import CallError, DefinitionError, processes
from diversion_flow.scenarios import shipped
from diversion_flow.testing import StoppedClock, facts, mutants, tours
from diversion_flow.testing.killing import kill, of_scenarios
from diversion_flow.testing.plugin import _percent
from helpers.small import PROCESS

pytest_plugins = ["pytester"]


@pytest.mark.parametrize("word", ["abc", "", "-1", "101", "nan", "1e1", "５O"])
def test_what_is_no_percentage_is_told_in_both_languages(
    word: str, pytester: pytest.Pytester
) -> None:
    done = pytester.runpytest_inprocess(
        "-p", "diversion_flow.testing.plugin", f"--policy-cov-fail-under={word}"
    )
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    said = "\n".join(done.errlines)
    assert "give a number from 0 to 100" in said
    assert "割合ではありません" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("word", "number"), [("80", 80), ("99.5", 99.5), ("８０", 80), ("80%", 80)]
)
def test_percentages_are_read_as_people_write_them(word: str, number: float) -> None:
    assert _percent(word) == number


@pytest.mark.parametrize(
    ("marker", "said"),
    [
        ("nam='entry_support'", "name, on, place, variant"),
        ("'entry_support', name='entry_support'", "name, on, place, variant"),
        ("'a', 'b', 'c', 'd', 'e'", "name, on, place, variant"),
        ("on='soon'", "on"),
        ("name='entry_suport'", "nearest: entry_support"),
        ("variant=3", "variant"),
        ("variant='nowhere.toml'", "nowhere.toml"),
    ],
)
def test_a_wrong_marker_is_told(marker: str, said: str, pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"import pytest\n@pytest.mark.policy({marker})\ndef test_it(case): case(age=70)\n"
    )
    done = pytester.runpytest_inprocess("-p", "diversion_flow.testing.plugin")
    done.assert_outcomes(errors=1)
    errors = [line for line in done.outlines if line.startswith("E  ")]
    assert any("diversion_flow" in line and said in line for line in errors), errors


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_wrong_file_is_told_in_the_language_asked_for(
    lang: str, pytester: pytest.Pytester
) -> None:
    (pytester.path / "a.policy.toml").write_text('id = "x"\nprocess = 3\n', "utf-8")
    done = pytester.runpytest_inprocess(
        "-p", "diversion_flow.testing.plugin", f"--policy-lang={lang}"
    )
    said = "\n".join(done.outlines)
    assert "a.policy.toml:1: on: " in said
    assert ("書き加えてください" if lang == "ja" else "add on") in said
    assert "Traceback" not in said


def test_a_story_of_another_day_fails_before_any_mistake_is_made() -> None:
    law = processes.get("entry_support")
    with pytest.raises(DefinitionError) as caught:
        kill(law, of_scenarios([shipped("cs01")]), among=())
    assert "CS-01" in caught.value.text("ja")
    assert caught.value.text("ja") != str(caught.value)


def test_what_is_no_process_is_told_where_it_enters() -> None:
    for call in (
        lambda x: list(mutants(x)),
        lambda x: list(tours(x)),
        lambda x: kill(x, []),
        facts,
    ):
        for wrong in ("entry_support", None, 3):
            with pytest.raises(CallError) as caught:
                call(wrong)
            assert "Process" in str(caught.value)
    with pytest.raises(CallError):
        list(tours(PROCESS, "2024-06-03"))  # type: ignore[arg-type]


def test_a_clock_goes_forward_only() -> None:
    clock = StoppedClock("2024-06-03T09:00")
    for wrong in (-1, 10**12, "3", None):
        with pytest.raises(CallError):
            clock.forward(days=wrong)  # type: ignore[arg-type]
    for at in ("2024-06-03T08:59", "soon", None):
        with pytest.raises(CallError):
            clock.set(at)  # type: ignore[arg-type]
    clock.set("9999-12-31")
    with pytest.raises(CallError):
        clock.forward(days=1)
    assert clock.now.year == 9999
