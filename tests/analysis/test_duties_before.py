"""A limit that is counted back, and a duty that was missed: in words, files, edits, comparisons,
mutants, exports and pictures."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from diversion_flow import check, compare
from diversion_flow.definition import (
    Before,
    Counting,
    Extend,
    Length,
    OnEvent,
    Process,
    Text,
    Unit,
    Variant,
    missed,
    replace,
    running,
)
from diversion_flow.definition.files.serial import dumps, loads_process
from diversion_flow.definition.wording import before_text, guard_text, length_text
from diversion_flow.diagram import draw
from diversion_flow.interchange import export, table
from diversion_flow.testing.changing import changed
from diversion_flow.testing.mutation import mutants
from helpers.owing import DAY, duty, law


def edited(*edits: Any) -> Process:
    return Variant("other", "small", Text("他", "other"), edits).apply(law())


def test_it_is_said() -> None:
    process = law(duty(14))
    report = process.deadline("report")
    assert length_text(process, report, "ja") == "あの14日前まで"
    assert length_text(process, report, "en") == "14 days before a"
    assert before_text(process, report.before, "ja") == "あからさかのぼる(「あ」のときに判定)"
    assert before_text(process, report.before, "en") == "counted back from a (judged with 'a')"
    assert before_text(process, Before("day"), "en") == "counted back from a"
    assert before_text(process, None, "en") == ""
    assert length_text(process, evolve(report, length=Length(0, Unit.DAYS)), "en") == "by a"
    assert guard_text(process, missed("report"), "en") == "the duty 'a' was missed"


def test_a_file_gives_it_back_and_check_finds_nothing() -> None:
    assert loads_process(dumps(law())) == law()
    assert check(law()) == ()


def test_edits_reach_it() -> None:
    both = edited(replace("deadline report", before=Before("day", ("released", "returned"))))
    assert both.deadline("report").before == Before("day", ("released", "returned"))
    assert edited(Extend("deadline report", "met_by", ("left",))).deadline("report").ended_by == (
        "noted", "left", "released",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"before": None}, "counted on from its start"),
        ({"length": Length(20, Unit.DAYS)}, "20 days before a"),
        ({"before": Before("day", ("returned",))}, "judged with"),
        ({"counting": Counting(first_day_counts=True)}, "first day counts"),
    ],
)
def test_who_is_treated_otherwise(changes: dict[str, Any], words: str) -> None:
    """Each difference is one that two replays show."""
    quiet = {"review": running("report")}
    one, other = law(**quiet), law(evolve(duty(), **changes), **quiet)
    found = compare(one, other)
    assert (found.same, found.same_behaviour) == (False, False)
    assert any(words in told.text("en") for told in found.people)
    assert compare(other, one).same_behaviour is False


def test_the_same_law_is_the_same() -> None:
    assert compare(law(), law()).same_behaviour


def test_a_rule_that_asks_whether_it_was_missed_is_never_called_the_same() -> None:
    """To wait until a duty is missed may not be found; then it is not decided."""
    found = compare(law(), law(review=~missed("report")))
    assert found.same_behaviour is not True


def test_mistakes_in_it_are_tried() -> None:
    kinds = {mutant.id: mutant for mutant in mutants(law())}
    assert kinds["drop_before.report"].apply(law()).deadline("report").before is None


def test_what_is_changed_touches_the_limit_that_hangs_on_it() -> None:
    moved = evolve(DAY, label=Text("日", "day"))
    process = law()
    facts = tuple(moved if f.id == "day" else f for f in process.facts)
    assert ("deadline", "report") in changed(process, evolve(process, facts=facts))


@pytest.mark.parametrize("format", ["scxml", "mjs", "bpmn"])
def test_an_export_names_the_loss(format: str) -> None:
    def lost(process: Process) -> set[tuple[str, ...]]:
        return {loss.ids for loss in export(process, format).losses if loss.code == "before"}

    assert lost(law()) == {("report",)}
    assert lost(law(duty(before=None))) == set()


def test_a_drawing_has_no_timer_of_it() -> None:
    assert "P14D" not in export(law(), "bpmn").text
    assert "P14D" in export(law(duty(before=None, start=OnEvent(("held",)))), "bpmn").text


def test_tables_and_pictures_say_it() -> None:
    assert "counted back from a" in table(law(), "limits", "en").text
    case = law().open(at="2024-01-01").step("held", by="worker", at="2024-01-02")
    assert "no day yet" in draw(law(), "custody", lang="en", case=case)
    assert "期日未定" in draw(law(), "custody", lang="ja", case=case)
    timed = case.step("expected", by="worker", at="2024-01-03", facts={"day": "2024-03-15"})
    assert "2024-03-01" in draw(law(), "custody", lang="en", case=timed)
    assert draw(law(), "timeline", lang="en", case=case)
