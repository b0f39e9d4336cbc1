"""A pickled case: its entries and the name of its law, or the definition where it is no shipped
one."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from datetime import datetime
from enum import IntEnum, StrEnum
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import JST, DefinitionError, Process, Refused, Text, processes
from diversion_flow.processes import catalog
from diversion_flow.runtime.live import LiveCase
from diversion_flow.runtime.outside import irregular
from diversion_flow.scenarios import story_names
from helpers.small import PROCESS
from helpers.stories import told


def laws() -> Iterator[Process]:
    """Every shipped version, and the law of every place on the day on which it began there."""
    for name in processes.names():
        yield from processes.versions(name)
        for variant in processes.variants(name):
            if variant.place and variant.since:
                yield processes.in_force(name, on=variant.since, place=variant.place)


def again(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


@pytest.mark.parametrize("law", [*laws()], ids=repr)
def test_a_shipped_law_goes_by_its_name(law: Process) -> None:
    assert again(law) is law
    assert copy.deepcopy(law) is law
    assert len(pickle.dumps(law)) < 300


def test_a_shipped_history_goes_by_its_name_and_an_own_one_by_value() -> None:
    whole = processes.history("entry_support")
    assert again(whole) is whole
    own = evolve(whole, amendments=whole.amendments)
    assert again(own) == own == whole
    assert again(own) is not whole
    assert repr(own) == f"<History entry_support, {len(whole.versions)} versions>"


def test_a_law_that_somebody_has_changed_goes_by_value() -> None:
    law = processes.get("entry_support")
    own = evolve(law, called=Text("試行", "trial"))
    assert again(own) == own != law
    assert again(own).open(at="2026-01-05") == own.open(at="2026-01-05")


def test_a_case_of_the_law_carries_entries_only() -> None:
    for story in story_names("stories"):
        *_, last = told(story)
        case = last.after
        kept = pickle.dumps(case)
        assert pickle.loads(kept) == case
        assert pickle.loads(kept).process is case.process
        assert pickle.loads(kept).journal == case.journal
        assert case.process.label.ja.encode() not in kept
        assert len(kept) < 1_000 + 100 * len(case.journal)


def test_a_case_of_an_own_process_carries_it() -> None:
    case = PROCESS.open(at="2024-06-03", facts={"age": 70}).advance(to="2024-06-04")
    assert (again(case), again(case).at) == (case, case.at)
    assert PROCESS.label.ja.encode() in pickle.dumps(case)


def test_what_a_caller_made_of_a_text_or_number_is_not_kept() -> None:
    class Office(StrEnum):  # which nobody else knows
        POLICE, ARRESTED, ID = "police", "arrested", "c-1"
        LAW, THEFT, REASON = "entry_support", "theft", "taken over"

    class Years(IntEnum):
        OLD = 71

    class Moment(datetime):
        pass

    law = processes.in_force(Office.LAW, on="2024-06-03")
    at, on = Moment(2024, 6, 3, 10, tzinfo=JST), Moment(2024, 6, 3, 11)
    kept = law.open(at=at, facts={"age": Years.OLD}, id=Office.ID)
    case = kept.step(Office.ARRESTED, by=Office.POLICE, at=on, facts={"offence": Office.THEFT})
    assert again(case) == case
    entry = case.journal[-1]
    found = [case.id, entry.by, entry.event, entry.at, *case.facts.values(), kept.at]
    assert {type(one) for one in found} == {str, int, datetime}
    live = LiveCase.of(kept, SimpleNamespace())
    live.step(Office.ARRESTED, by=Office.POLICE, at=on, facts={"offence": Office.THEFT})
    assert type(live.case.journal[-1].by) is str
    against = irregular(
        kept, Office.ARRESTED, by=Office.POLICE, at=on, transition="custody.arrest",
        responsible=Office.POLICE, reason=Office.REASON, facts={"offence": "theft"},
    )  # fmt: skip
    assert again(against) == against
    assert str(again(case.view(Office.POLICE).agency)) == "police"
    with pytest.raises(Refused) as refused:
        kept.step("released", by=Office.POLICE, at=on)
    assert again(refused.value).by == "police"


def test_what_was_kept_under_another_law_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later release ships the law with a mended rule: the case of before is not taken for one
    of it."""
    kept = pickle.dumps(processes.get("special_coordination").open(at="2024-06-03"))
    monkeypatch.setattr(catalog, "_digest", lambda law: "another")
    with pytest.raises(DefinitionError, match="special_coordination is not the one kept") as caught:
        pickle.loads(kept)
    assert "異なります" in caught.value.text("ja")
    assert again(caught.value).text("en") == caught.value.text("en")
