"""Law that is passed and of which the day is not known: taken for law where somebody says so."""

from __future__ import annotations

import pickle
from datetime import date
from functools import partial
from typing import Any

import pytest

from diversion_flow import CallError, UnknownId, check, compare, draw, processes
from diversion_flow.analysis import notes
from diversion_flow.cli.law import law, named
from diversion_flow.processes.entry_support.drafts import MAY_BEGIN

ACT, DAY = "act_82_2025", date(2026, 12, 9)
ASSUMED = {ACT: DAY}


def test_a_draft_is_law_only_where_it_is_assumed() -> None:
    before, after = (
        processes.in_force("entry_support", on=DAY, assume=given) for given in (None, ASSUMED)
    )
    assert (before.version, after.version) == ("KOKIN_2025_06", "ACT_82_2025")
    assert (after.since, after.until) == (DAY, None)
    eve = processes.in_force("entry_support", on="2026-12-08", assume=ASSUMED)
    assert (eve.version, eve.until) == ("KOKIN_2025_06", date(2026, 12, 8))
    assert processes.get("entry_support") == before
    assert compare(before, after).same_behaviour


@pytest.mark.parametrize("place", processes.places("entry_support"))
def test_a_place_keeps_its_rules_under_a_draft(place: str) -> None:
    found = processes.in_force("entry_support", on=DAY, place=place, assume=ASSUMED)
    assert found.version.startswith("ACT_82_2025+")
    assert check(found) == ()
    assert pickle.loads(pickle.dumps(found)) == found


def test_that_it_may_be_law_by_now_is_a_note_until_it_is_assumed() -> None:
    def told(on: str, assume: dict[str, Any] | None = None) -> set[str]:
        found = processes.in_force("entry_support", on=on, assume=assume)
        return {id for note in notes(found, on=on) for id in note.ids if id.startswith("act_82")}

    assert told("2026-07-24") == set()
    assert told("2026-07-25") == {"act_82_pending"}
    assert told("2026-12-09", ASSUMED) == {"act_82_adjustment", "act_82_inquiries"}


def test_wherever_it_is_told_it_says_that_its_day_is_assumed() -> None:
    assumed = processes.in_force("entry_support", on=DAY, assume=ASSUMED)
    assert assumed.name.en.endswith("(rehabilitation services) [day assumed]")
    drawn = draw(assumed, "contacts", format="mmd", lang="en")
    assert "day assumed#93;, law in force from" in drawn
    before = processes.in_force("entry_support", on=DAY)
    assert "施行日は仮定" not in before.name.ja
    assert "施行日は仮定" in compare(before, assumed).text("ja").splitlines()[0]


def test_a_history_crosses_into_it() -> None:
    history = processes.history("entry_support", "osaka", assume=ASSUMED)
    case = history.open(at="2026-12-08T12:00").advance(to="2026-12-10")
    assert case.process.version.startswith("ACT_82_2025+")
    assert pickle.loads(pickle.dumps(case)) == case
    assert pickle.loads(pickle.dumps(history)) is history


@pytest.mark.parametrize(
    ("name", "assume", "error"),
    [
        ("entry_support", {"act_82": DAY}, UnknownId),
        ("special_coordination", ASSUMED, UnknownId),
        ("entry_support", {ACT: "soon"}, CallError),
        ("entry_support", [ACT], CallError),
    ],
)
def test_what_cannot_be_assumed(name: str, assume: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        processes.in_force(name, on=DAY, assume=assume)


@pytest.mark.parametrize("day", ["2025-12-09", "2026-12-10"])
def test_a_day_before_promulgation_or_after_the_last_one_is_refused(day: str) -> None:
    said = f"from 2025-12-10 to 2026-12-09, not on {day} "
    for taken in (processes.history, partial(processes.in_force, on=DAY)):
        with pytest.raises(CallError, match=said):
            taken("entry_support", assume={ACT: day})


@pytest.mark.parametrize("day", ["2025-12-10", "2026-12-09"])
def test_the_first_day_and_the_last_are_taken(day: str) -> None:
    assert str(processes.in_force("entry_support", on=DAY, assume={ACT: day}).since) == day


def test_each_draft_says_when_it_may_begin() -> None:
    shipped = {name: {draft.id for draft in processes.drafts(name)} for name in processes.names()}
    assert shipped == {"entry_support": set(MAY_BEGIN), "special_coordination": set()}


def test_the_command_line_names_it_behind_the_law() -> None:
    assert law(f"entry_support+{ACT}=2026-12-09").version == "ACT_82_2025"
    assert law(f"entry_support:osaka@2026-12-10+{ACT}=2026-12-09").version.startswith("ACT_82")
    assert named(f"entry_support+{ACT}=2026-12-09").before().version == "KOKIN_2025_06"
    assert not named(f"entry_support+{ACT}=2026-12-09").open
