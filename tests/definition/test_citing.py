"""Where a cited article can be read."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from diversion_flow import Process, processes
from diversion_flow.definition import LANGUAGES, Basis, Mark, Source, Text
from diversion_flow.definition.citing import address, anchor
from diversion_flow.definition.wording import read_text
from helpers.small import PROCESS, T

ACT, ORDINANCE = "323AC0000000131", "420M60000010028"


def law(law_id: str | None, since: date | None = date(2023, 12, 1)) -> Process:
    return evolve(PROCESS, since=since, sources=(Source("law", T, law_id=law_id),))


@pytest.mark.parametrize(
    ("provision", "anchor"),
    [
        ("203", "#Mp-At_203"),
        ("83-2(1)", "#Mp-At_83_2-Pr_1"),
        ("208-2", "#Mp-At_208_2"),
        ("85(4)", "#Mp-At_85-Pr_4"),
        ("43-2(2)(iii)", "#Mp-At_43_2-Pr_2-It_3"),
        ("207, 60(1)", "#Mp-At_207"),
        ("60(1) proviso", "#Mp-At_60-Pr_1"),
        ("", ""),
        ("supplementary provisions", ""),
    ],
)
def test_the_anchor_of_an_article(provision: str, anchor: str) -> None:
    found = address(law(ACT), Basis(Mark.READ, "law", provision))
    assert found == f"https://laws.e-gov.go.jp/law/{ACT}?occasion_date=20231201{anchor}"


def test_items_are_counted_in_roman_numbers() -> None:
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    assert [anchor(f"1({n})") for n in roman] == [f"#Mp-At_1-It_{n}" for n in range(1, 10)]


@pytest.mark.parametrize(
    ("law_id", "since", "dated"),
    [
        (ACT, date(2015, 8, 1), True),
        (ACT, date(2015, 4, 1), False),
        (ORDINANCE, date(2016, 10, 1), True),
        (ORDINANCE, date(2016, 9, 30), False),
        (ACT, None, False),
    ],
)
def test_the_text_of_the_versions_day_where_the_site_has_it(
    law_id: str, since: date | None, dated: bool
) -> None:
    found = address(law(law_id, since), Basis(Mark.READ, "law", "1")) or ""
    assert ("?occasion_date=" in found) is dated


@pytest.mark.parametrize(
    ("revision", "read_on", "ja", "en"),
    [
        (None, None, "", ""),
        (T, None, "あ", "a"),
        (None, date(2026, 6, 1), "2026-06-01に確認", "read on 2026-06-01"),
        (T, date(2026, 6, 1), "あ、2026-06-01に確認", "a, read on 2026-06-01"),
    ],
)
def test_which_text_was_read_and_when(
    revision: Text | None, read_on: date | None, ja: str, en: str
) -> None:
    source = Source("law", T, revision=revision, read_on=read_on)
    assert [read_text(source, lang) for lang in LANGUAGES] == [ja, en]


def test_what_is_no_statute_with_a_known_id_has_no_address() -> None:
    assert address(law(None), Basis(Mark.READ, "law", "1")) is None
    assert address(law(ACT), Basis(Mark.READ, evidence=("law",))) is None
    assert address(law(ACT), Basis(Mark.NONE, about="by")) is None


@pytest.mark.parametrize("version", processes.versions("entry_support"), ids=repr)
def test_every_article_of_the_law_has_an_address(version: Process) -> None:
    cited = [
        basis
        for machine in version.machines
        for part in (*machine.states, *machine.transitions)
        for basis in part.basis
        if basis.law
    ]
    assert len(cited) > 50
    for basis in cited:
        assert "#Mp-At_" in (address(version, basis) or "")
