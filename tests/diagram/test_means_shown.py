"""What a machine's sheet tells beside its arrows: who is told, what is left to judgment, where a
case may rest, what a limit is owed for; with a sign in every format, and in the list in words."""

from __future__ import annotations

from random import Random

import pytest
from attrs import evolve

from diversion_flow import Process, draw
from diversion_flow.definition import Extend, Relabel, Remove, Text, Told, Variant, replace
from diversion_flow.diagram.views import extract
from diversion_flow.diagram.views.difference import difference
from helpers.means import means
from helpers.small import LAW, T


def test_a_sheet_tells_what_an_event_does_and_where_a_case_may_rest() -> None:
    law = in_custody()
    drawn = extract.drawn(law, "custody", "en")
    boxes = {node.id: " ".join(node.small) for node in drawn.nodes}
    assert boxes["custody.free"].startswith("a ▽")
    assert boxes["custody.dead"] == "a ▼"
    assert "▽" not in boxes["custody.held"]
    assert "≫" in boxes["custody.held"]
    assert "⇒ a" in boxes["custody.held"]
    [hold] = (rule for rule in drawn.rules if rule.id == "custody.hold")
    assert hold.more == "Facts to be confirmed anew: a, a, a; a is told (a art. 1)"
    [arrow] = (edge for edge in drawn.edges if edge.source == "custody.free" and "†" in edge.label)
    assert arrow.label == "a † ‡"
    signs = {line[0] for line in drawn.legend}
    assert {"⇒", "≫", "†", "‡", "▽", "▼"} <= signs
    assert "¶" not in signs
    [ask] = (rule for rule in extract.drawn(law, "review", "en").rules if rule.id == "review.ask")
    assert ask.more.startswith("left to judgment: a (a art. 1)")


@pytest.mark.parametrize("format", ["mmd", "puml", "dot"])
def test_a_format_without_a_list_explains_its_signs_and_says_where_the_list_is(format: str) -> None:
    law = in_custody()
    case = law.open(at="2024-06-03").step("held", by="worker", at="2024-06-03")
    said = str(draw(law, "custody", format=format, lang="en", case=case))
    for words in ("a case may rest here", "number in the list of rules", "is in the same sheet as",
                  "version 1", "◉ held", "✓ free"):  # fmt: skip
        assert words in said
    assert "Solid arrow" not in said  # each draws lines as it does


def test_the_overview_leaves_it_to_the_sheets() -> None:
    drawn = extract.drawn(in_custody(), "overview", "en")
    said = [*drawn.legend, *(line for node in drawn.nodes for line in node.small),
            *(edge.label for edge in drawn.edges), *(rule.more for rule in drawn.rules)]  # fmt: skip
    assert not {*"⇒≫†‡¶▽▼"} & {*"".join(said)}
    assert drawn.limits == ()


def in_custody() -> Process:
    law = means(Random(1))
    told = (Told("partner", basis=LAW),)
    events = (evolve(e, told=told) if e.id == "held" else evolve(e, told=()) for e in law.events)
    return evolve(law, events=tuple(events), main_machine="custody")


def test_limits_stand_in_the_list_and_a_difference_marks_them() -> None:
    law = in_custody()
    listed = {limit.id: limit for limit in extract.drawn(law, "custody", "en").limits}
    assert list(listed) == ["report", "remand"]
    assert "owed to a; met by" in listed["report"].condition
    assert "stopped while" in listed["remand"].condition
    row = next(line for line in draw(law, "custody", format="md", lang="en").splitlines()
               if line.startswith("| ■ |"))  # fmt: skip
    assert "owed to a" in row
    other = Variant("v", law.id, T, (replace("deadline report", owed_to=()),)).apply(law)
    changed = difference(law, other, "custody", "en")
    assert {limit.id: limit.standing for limit in changed.limits} == {
        "report": "changed",
        "remand": "",
    }


def test_a_remark_is_marked_where_its_rule_stands() -> None:
    law = in_custody()
    for edit in (Relabel("remark open", Text("い", "b")), Remove("remark open"),
                 Extend("remark open", "transitions", ("custody.hold",))):  # fmt: skip
        other = Variant("v", law.id, T, (edit,)).apply(law)
        sheets = [difference(law, other, view, "en") for view in ("review", "custody")]
        marked = {rule.id for sheet in sheets for rule in sheet.rules if rule.standing}
        wanted = "custody.hold" if isinstance(edit, Extend) else "review.ask"
        assert marked == {wanted}
