"""Every statute has its law id, which text of it was read, and when; and is warned of where a
later text is in force."""

from __future__ import annotations

import pytest

from diversion_flow import Process, processes
from diversion_flow.definition import Mark
from diversion_flow.definition.citing import law_page

VERSIONS = processes.versions("entry_support")
LAW = VERSIONS[-1]
STATUTES = [s for s in LAW.sources if s.short is not None]
# Found in no list of laws, and not to be derived.
WITHOUT_ID = {"act_82_2025", "act_58_2003"}  # not in force yet; no longer in force
# In force after the text that was read (audit of November 2026); nothing later is known of others.
AMENDED = {"ccp", "appi"}
# Promulgated, of no known day: nobody published its text where it could be read.
UNREAD = {"act_82_2025"}


def test_every_statute_has_its_id_and_says_which_text_was_read() -> None:
    assert {s.id for s in STATUTES if s.law_id is None} == WITHOUT_ID
    ids = [s.law_id for s in STATUTES if s.law_id is not None]
    assert len(set(ids)) == len(ids)
    assert [s.id for s in STATUTES if s.revision is None] == []


def test_statutes_bear_the_titles_of_the_official_translation() -> None:
    titles = {s.law_id: s.label.en for name in processes.names()
              for s in processes.get(name).sources if s.law_id and s.short}  # fmt: skip
    assert titles["323AC0000000168"] == "Juveniles Act"
    assert titles["426AC0000000058"] == "Juvenile Training School Act"


def test_every_statute_but_the_one_not_read_says_when_it_was_read() -> None:
    assert {s.id for s in STATUTES if s.read_on is None} == UNREAD
    assert {s.id for s in STATUTES if s.revision and "not read" in s.revision.en} == UNREAD
    for source in (s for s in LAW.sources if s.read_on is not None):
        assert source.revision is not None
        assert (source.law_id is None) == (source.id in WITHOUT_ID)


def test_no_provision_of_a_statute_that_was_not_read_is_marked_read() -> None:
    """What rests on general knowledge alone is few: how the first day of a detention is counted,
    the name of a paper, and law that is said to have changed."""
    marks = {mark: {(b.law, b.provision) for m in LAW.machines for t in m.transitions for b in t.basis
                    if b.mark is mark} | {(b.law, b.provision) for part in (
                        *LAW.deadlines, *LAW.papers, *LAW.agencies, *LAW.facts, *LAW.events)
                        for b in part.basis if b.mark is mark} for mark in Mark}  # fmt: skip
    assert {law for law, _ in marks[Mark.READ]} & UNREAD == set()
    assert marks[Mark.KNOWN] == {("ccp", "208"), ("ccp", "60(2)"), ("ccp", "208(1)")}


def test_pages_that_give_a_statutes_words_say_which_text_of_it() -> None:
    """The articles on adjustment, aftercare and release (S25 to S29) stand on pages of their own,
    in the text of April 2024; the statute itself was read in a later one."""
    by_id = {s.id: s for s in LAW.sources}
    laws = {"ora": "S25 S25b S26 S26c", "orr": "S27 S27b S27c S28 S28b", "pdfa": "S29"}
    for law, pages in laws.items():
        for page in (by_id[id] for id in pages.split()):
            assert page.law_id == by_id[law].law_id
            assert page.read_on == by_id[law].read_on
            assert page.revision is not None
            assert "2024-04-01" in page.revision.en


def test_an_invariant_is_marked_read_only_with_the_page() -> None:
    bases = [b for asked in processes.invariants(LAW) for b in asked.basis]
    assert [b for b in bases if b.mark is Mark.READ and not b.evidence] == []
    assert {b.law for b in bases if b.mark is Mark.KNOWN} == set()


def test_no_article_of_a_text_that_was_not_read_is_marked_read_without_a_page() -> None:
    unread = {s.id for s in STATUTES if s.revision and "not read" in s.revision.en}
    bases = [b for m in LAW.machines for t in m.transitions for b in t.basis]
    bases += [b for d in LAW.deadlines for b in d.basis]
    wrong = [(b.law, b.provision) for b in bases
             if b.law in unread and b.mark is Mark.READ and not b.evidence]  # fmt: skip
    assert wrong == []


def test_who_reads_law_of_which_a_later_text_is_in_force_is_told() -> None:
    assert {r.id.removesuffix("_amended") for r in LAW.remarks if r.id.endswith("_amended")} == (
        AMENDED
    )


@pytest.mark.parametrize("law", VERSIONS, ids=lambda law: law.version)
def test_the_address_is_of_the_versions_first_day(law: Process) -> None:
    """E-Gov's texts of acts begin in August 2015, of ordinances in October 2016."""
    assert law.since is not None
    for source in STATUTES:
        page = law_page(law, source)
        if page is not None and law.since.year >= 2021:
            assert page.endswith(f"?occasion_date={law.since:%Y%m%d}")
