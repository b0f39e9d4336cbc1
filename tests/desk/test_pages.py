"""The page of an agency: it says what the view says, and of two cases that the agency sees alike
it says the same."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from itertools import pairwise

import pytest
from attrs import evolve

from diversion_flow import CallError, Case, UnknownId
from diversion_flow.desk import may, own_entries, page, page_mark
from diversion_flow.runtime import Code
from diversion_flow.scenarios import play, shipped, story_names
from helpers.told import NOW, TOLD

AGENCIES = [agency.id for agency in TOLD.case.process.agencies]
LATER = TOLD.case.advance(to=NOW)


def walked(name: str) -> list[Case]:
    """The cases of a story, each as it was after a step."""
    return [played.after for played in play(shipped(name))]


@pytest.fixture(scope="module")
def steps() -> list[tuple[Case, Case]]:
    """A case before and after a step, both seen at one moment later."""
    found: list[tuple[Case, Case]] = []
    for name in story_names():
        cases = walked(name)
        for before, after in pairwise(cases):
            if before.process is after.process and before.id == after.id:
                at = max(before.at, after.at) + timedelta(minutes=1)
                found.append((before.advance(to=at), after.advance(to=at)))
    return found


def test_of_two_cases_that_it_sees_alike_an_agency_is_given_one_page(
    steps: list[tuple[Case, Case]],
) -> None:
    alike = 0
    for before, after in steps[::12]:
        for agency in (a.id for a in after.process.agencies):
            seen = before.view(agency), after.view(agency)
            if seen[0] == seen[1]:
                alike += 1
                first, second = page(before, seen[0]), page(after, seen[1])
                assert first == second, agency
                assert page_mark(first) == page_mark(second)
    assert alike > 100


def test_what_may_happen_indeed_an_agency_may_report(steps: list[tuple[Case, Case]]) -> None:
    """And some of what it may try is refused, for a reason that it does not see."""
    tried = refused = 0
    for _, case in steps[::7]:
        by_law = {limit.on_expiry for limit in case.process.deadlines}
        for agency in (a.id for a in case.process.agencies):
            offered, possible = set(may(case, agency)), set(case.possible(by=agency)) - by_law
            assert possible <= offered, agency
            for event in offered - possible:
                told = case.explain(event, by=agency).reasons
                assert any(why.code is Code.WITHHELD or why.recordable for why in told), told
                refused += 1
            tried += len(offered)
    assert tried > refused > 0


@pytest.mark.parametrize("agency", AGENCIES)
def test_a_page_says_what_the_view_says(agency: str) -> None:
    view = LATER.view(agency)
    told = page(LATER, view)
    sees = told["sees"]
    assert (set(sees["states"]), set(sees["facts"])) == (set(view.states), set(view.facts))
    assert set(sees["limits"]) == {clock.deadline.id for clock in view.deadlines}
    assert len(sees["journal"]) == len(view.journal)
    assert json.loads(json.dumps(told)) == told


def test_a_page_speaks_both_languages_and_has_one_mark_at_any_moment() -> None:
    view = LATER.view("center")
    ja, en = page(LATER, view, "ja"), page(LATER, view, "en")
    assert ja["may"].keys() == en["may"].keys() != set()
    assert re.search("[ぁ-ん一-龥]", "".join(ja["may"].values()))
    later = LATER.advance(to=NOW + timedelta(hours=1))
    assert page_mark(page(later, later.view("center"))) == page_mark(ja)
    assert page_mark(ja | {"own": []}) != page_mark(ja)


def test_a_page_is_of_the_moment_of_its_view() -> None:
    later = TOLD.case.advance(to=NOW + timedelta(days=3))
    for agency in ("police", "center"):
        view = later.view(agency)
        assert page(TOLD.case, view) == page(later, view)


def test_a_page_takes_no_view_of_another_case_or_law_or_of_before() -> None:
    law = LATER.process
    other = law.open(at=LATER.journal[0].at, id="other").advance(to=LATER.at)
    sooner = TOLD.case.advance(to=NOW - timedelta(hours=1))
    elsewhere = evolve(LATER.view("center"), process=evolve(law, version="other"))
    for view in (other.view("center"), sooner.view("center"), elsewhere):
        with pytest.raises(CallError) as caught:
            page(LATER, view)
        assert caught.value.code == "view_of_another"


def test_own_entries_are_those_of_the_office_that_stand() -> None:
    found = own_entries(TOLD, "police")
    assert [entry["event"] for entry in found] == [
        entry.event for entry in TOLD.standing if entry.office == "police"
    ] != []  # fmt: skip


def test_an_agency_that_the_law_does_not_know() -> None:
    with pytest.raises(UnknownId):
        may(LATER, "no_agency")
