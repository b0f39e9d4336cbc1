"""Each version of the law compared with the one before it, read aloud in the docs."""

from __future__ import annotations

import itertools
import re
from functools import cache

import pytest

from diversion_flow import compare, processes
from diversion_flow.analysis import Comparison
from helpers.goldens import golden
from helpers.places import ROOT

LAWS = processes.versions("entry_support")
PAGE = ROOT / "docs" / "processes" / "entry_support_versions.md"
PAIRS = tuple(itertools.pairwise(LAWS))


@cache
def found(number: int) -> Comparison:
    return compare(*PAIRS[number])


def read_aloud(number: int) -> str:
    """The comparison as the docs carry it: its own headings one step lower."""
    _, body = found(number).markdown("en").split("\n", 1)
    return re.sub(r"(?m)^##", "###", body).strip()


def between(text: str, version: str) -> str:
    (said,) = re.findall(rf"(?s)<!-- {version} -->\n(.*?)\n?<!-- /{version} -->", text)
    return str(said)


@pytest.mark.slow
def test_the_page_says_what_compare_says() -> None:
    """After a change of the law: pytest --renew-goldens, and read what is above it again."""
    text = PAGE.read_text("utf-8")
    for number, (_, law) in enumerate(PAIRS):
        text = text.replace(
            f"<!-- {law.version} -->\n{between(text, law.version)}",
            f"<!-- {law.version} -->\n{read_aloud(number)}",
        )
    golden(PAGE, text)


@pytest.mark.parametrize("number", range(len(PAIRS)), ids=lambda n: PAIRS[n][1].version)
def test_each_pair_has_a_day_a_reading_and_a_difference(number: int) -> None:
    _, law = PAIRS[number]
    assert f"## {law.since}: " in PAGE.read_text("utf-8")
    assert not found(number).same
    assert found(number).people


def test_the_days_follow_each_other() -> None:
    days = re.findall(r"(?m)^## (\d{4}-\d\d-\d\d): ", PAGE.read_text("utf-8"))
    assert days == [str(law.since) for law in LAWS[1:]]


def test_what_each_amendment_stands_for_is_among_the_differences() -> None:
    """The point of each, without which the version would not be that law."""
    points = (
        {"machine adjustment", "parameter office_takes_part"},  # MOJ 2013-09-26
        {"parameter office_takes_part", "transition aftercare.explanation_in_custody"},  # S05
        {"event center_requested", "event support_closed"},  # S94, S03
        {"event prosecutor_opinion", "state adjustment.vetoed", "parameter extension_months_other",
         "parameter undecided_release_qualifies", "event community_aid_consulted"},  # Act 67 of 2022
        {"state procedure.effect_continues", "parameter second_suspension_months",
         "fact offence_day"},  # PC 25, 27; Act 68 of 2022
    )  # fmt: skip
    for number, asked in enumerate(points):
        told = found(number).markdown("en").replace("\\", "")
        missing = {id for id in asked if f"[{id.split()[1]}]" not in told}
        assert missing == set(), PAIRS[number][1].version
