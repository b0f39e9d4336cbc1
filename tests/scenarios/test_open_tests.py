"""Is what a story says of all courses proved of them, and told with a story where it is not so?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from diversion_flow import LoadError
from diversion_flow.definition.files import dump
from diversion_flow.scenarios import load, play, read
from diversion_flow.scenarios.writing import written
from helpers.small import PROCESS

STORY = """
id = "open"
process = "entry_support"
on = 2024-06-03
[[open]]
[[step]]
at = "2024-06-03T10:00"
event = "arrested"
by = "police"
{arrested}
[[step]]
at = "+1h"
event = "died"
by = "medical"
{died}
"""


def problems(lang: Any = "en", **said: str) -> list[tuple[int, str]]:
    """Where the story of one who is arrested and dies goes otherwise than is said of its steps."""
    scenario = read(STORY.format(**{"arrested": "", "died": "", **said}), "open.toml")
    again = read(written(scenario), "open.toml")
    assert [s.expected for s in again.steps] == [s.expected for s in scenario.steps]
    return [(p.step, p.text(lang)) for step in play(scenario) for p in step.problems]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("arrested", "still_possible = ['support.follow_up', 'indicted']"),
        ("arrested", "never_again = 'before:custody.free arrested_by_prosecutor custody.arrested'"),
        ("died", "never_again = ['indicted', 'support.follow_up', 'moves:custody']"),
        ("died", "never_without = 'custody.arrested|died'"),
        ("arrested", "never_without = 'by:police'\nstates.custody = 'arrested'"),
    ],
)
def test_what_is_so_of_all_courses_is_kept(step: str, said: str) -> None:
    assert problems(**{step: said}) == []


@pytest.mark.parametrize(
    ("step", "said", "found"),
    [
        ("arrested", "never_again = 'indicted'", "1. 2024-06-03"),
        ("died", "still_possible = 'indicted'", "no course leads there"),
        ("died", "never_without = 'arrested'", "broken: before whoever comes here: arrested"),
        ("arrested", "still_possible = 'indited'", "nearest: indicted"),
        ("arrested", "never_again = 'custody.fre'", "nearest: free"),
        ("arrested", "never_again = 'told:centre'", "nearest: center"),
        ("arrested", "never_again = 'disposition=odd'", "disposition"),
    ],
)
def test_what_is_not_so_is_told_at_its_step(step: str, said: str, found: str) -> None:
    [(number, text)] = problems(**{step: said})
    assert number == ("arrested", "died").index(step) + 1
    assert found in text
    [(_, ja)] = problems("ja", **{step: said})
    assert ja != text


def test_where_one_stands_is_asked_where_nothing_is_named(tmp_path: Path) -> None:
    dump(PROCESS, tmp_path / "small.json")
    head = 'id = "open"\nprocess = "small.json"\non = 2024-06-03\n[[open]]\n'
    waiting = "[[step]]\nat = '2024-06-04T10:00'\nadvance = true\nnever_without = '{}'\n"
    for word, many in (("helped", 1), ("main.asked", 0)):
        (tmp_path / "open.toml").write_text(head + waiting.format(word), "utf-8")
        scenario = load(tmp_path / "open.toml")
        assert sum(len(step.problems) for step in play(scenario)) == many


def test_a_misspelt_key_is_refused_with_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "open.toml"
    file.write_text(STORY.format(arrested="still_posible = 'indicted'", died=""), "utf-8")
    with pytest.raises(LoadError) as error:
        load(file)
    assert "still_possible" in error.value.text("en")
