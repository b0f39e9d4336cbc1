"""The published case stories, replayed under the law to the end that each story tells."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from diversion_flow import LoadError, replay, scenarios
from diversion_flow.scenarios import Expected, load, play, shipped, story_names
from helpers.places import DATA

STORIES = {
    "CS-01",
    "CS-02",
    "CS-03",
    "CS-04",
    "CS-05",
    "CS-06",
    "CS-09",
    "CS-11",
    "CS-12",
    "CS-13",
    "NS-01",
    "NS-03",
    "NS-05",
    "NS-07",
}


@pytest.mark.parametrize("name", story_names())
def test_story_goes_as_told(name: str) -> None:
    problems = [str(p) for played in play(shipped(name)) for p in played.problems]
    assert problems == []


def test_all_fourteen_stories_are_shipped() -> None:
    assert {shipped(name).id for name in story_names()} == STORIES


def test_their_names_are_found_by_the_former_word() -> None:
    assert scenarios.names() == story_names()


@pytest.mark.parametrize("name", story_names())
def test_story_says_what_is_published_and_what_is_filler(name: str) -> None:
    story = shipped(name)
    assert story.sources
    assert not story.published.missing
    assert not story.title.missing
    assert {step.origin for step in story.steps} == {"published", "filler"}


@pytest.mark.parametrize("name", story_names())
def test_every_story_expects_something(name: str) -> None:
    """A story without expectations could not go wrong."""
    expecting = [s for s in shipped(name).steps if s.expected != Expected()]
    assert len(expecting) >= 4


@pytest.mark.parametrize("name", story_names())
def test_journal_replays_to_the_same_case(name: str) -> None:
    last = {p.step.case: p.after for p in play(shipped(name))}
    for case in last.values():
        again = replay(case.process, case.journal, case.id, at=case.at)
        assert again == case
        assert again.states == case.states
        assert dict(again.facts) == dict(case.facts)


@pytest.mark.parametrize("name", story_names())
def test_every_story_says_how_its_cases_end(name: str) -> None:
    """Whether they end so is looked at with its other expectations."""
    assert {opening.ends for opening in shipped(name).openings} <= {"closed", "open"}


def test_a_case_that_ends_otherwise_than_told_is_reported() -> None:
    story = shipped("cs01_counsel_notices")
    told = evolve(story, openings=tuple(evolve(o, ends="open") for o in story.openings))
    problems = [str(p) for played in play(told) for p in played.problems]
    assert problems == [f"step {len(story.steps)}: expected a case left open, found a case closed"]


def test_a_wrong_expectation_is_reported(tmp_path: Path) -> None:
    text = (DATA / "wrong_story.toml").read_text("utf-8")
    file = tmp_path / "story.toml"
    file.write_text(text, "utf-8")
    problems = [str(p) for played in play(load(file)) for p in played.problems]
    assert problems == [
        "step 1: expected custody=referred, found arrested",
        "step 2: expected refused ['no_consent'], found ['no_transition']: 'Released' cannot happen while "
        "'Custody' is 'Arrested (police)'.",
    ]


BAD = {
    "not TOML": ("id = ", "is not TOML"),
    "unknown field": ('idd = "x"', "did you mean id?"),
    "missing field": ('id = "x"', "process: is missing"),
}


@pytest.mark.parametrize("fault", BAD)
def test_bad_files_name_file_field_and_remedy(fault: str, tmp_path: Path) -> None:
    text, expected = BAD[fault]
    file = tmp_path / "story.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(LoadError) as caught:
        load(file)
    assert str(file) in str(caught.value)
    assert expected in str(caught.value)


def test_a_step_needs_an_agency(tmp_path: Path) -> None:
    text = (DATA / "wrong_story.toml").read_text("utf-8")
    file = tmp_path / "story.toml"
    file.write_text(text.replace('by = "police"\n', "", 1), "utf-8")
    with pytest.raises(LoadError, match=r"step\[0\].by: is missing"):
        load(file)


def test_an_unknown_story_names_the_others() -> None:
    with pytest.raises(LoadError, match="cs01_counsel_notices"):
        shipped("cs99")
