"""Names that follow a fact of the case: 懲役 for what was done before the reform, 拘禁刑 since."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import CallError, Case, DefinitionError, check, compare, draw
from diversion_flow.analysis import notes
from diversion_flow.definition import (
    CalledWhen,
    Choice,
    Extend,
    Fact,
    Kind,
    Process,
    Text,
    Variant,
    fact,
    machine,
    running,
)
from diversion_flow.definition.files import dumps, loads_process
from diversion_flow.interchange.scxml import scxml
from diversion_flow.interchange.xstate import xstate
from diversion_flow.runtime import called
from helpers.small import CONSENT, LAW, MAIN, PROCESS, T

REFORM = date(2025, 6, 1)
OLD, NEW = Text("懲役", "penal servitude"), Text("拘禁刑", "unified imprisonment")
BEFORE = CalledWhen(OLD, fact("offence_day") < REFORM, LAW)
DAY = Fact("offence_day", Text("犯行の日", "day of the offence"), Kind.DATE, "worker", ("worker",))
SENTENCE = Fact("sentence", T, Kind.CHOICE, "worker", choices=(Choice("term", NEW, (BEFORE,)),))


def named(part: Any, label: Text = NEW, *others: CalledWhen) -> Any:
    return evolve(part, label=label, called_when=others or (BEFORE,))


def law() -> Process:
    """The small process, in which a state, an event, a limit and a choice have two names."""
    helped = tuple(named(s) if s.id == "helped" else s for s in MAIN.states)
    return evolve(
        PROCESS, facts=(*PROCESS.facts, DAY, SENTENCE),
        events=tuple(named(e) if e.id == "finished" else e for e in PROCESS.events),
        deadlines=tuple(named(d) for d in PROCESS.deadlines),
        machines=(evolve(MAIN, states=helped), CONSENT),
    )  # fmt: skip


PLACES = (
    lambda p: p.machine("main").state("helped"), lambda p: p.event("finished"),
    lambda p: p.deadline("limit"), lambda p: p.fact("sentence").choice("term"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("known", "name"),
    [({"offence_day": date(2025, 5, 31)}, OLD), ({"offence_day": REFORM}, NEW), ({}, NEW)],
    ids=["before", "since", "unknown"],
)
def test_each_part_has_the_name_of_its_day(known: dict[str, Any], name: Text) -> None:
    process = called(law(), known)
    assert [place(process).label for place in PLACES] == [name] * 4
    assert process.machine("main").state("asked") == MAIN.states[0]
    assert called(process, known) is process
    assert called(law(), known) == process


def test_only_a_law_has_names() -> None:
    for given in (("small", {}), (law(), [])):
        with pytest.raises(CallError):
            called(*given)  # type: ignore[arg-type]


def test_a_law_without_other_names_is_itself() -> None:
    assert called(PROCESS, {"age": 3}) is PROCESS


def test_the_first_name_that_holds_is_the_name() -> None:
    early = CalledWhen(Text("禁錮", "confinement"), fact("offence_day") < date(1995, 1, 1))
    both = evolve(law(), deadlines=(named(PROCESS.deadlines[0], NEW, early, BEFORE),))
    found = {
        str(day): called(both, {"offence_day": day}).deadline("limit").label.en
        for day in (date(1990, 1, 1), date(2000, 1, 1), REFORM)
    }
    assert list(found.values()) == ["confinement", "penal servitude", "unified imprisonment"]


def case_of(**facts: Any) -> Case:
    case = law().open(at="2025-07-01", facts={"age": 70, **facts})
    return case.step("helped", by="worker", at="2025-07-01T10:00")


def test_refusals_drawings_and_timelines_say_it_by_the_name_of_the_case() -> None:
    for case, name, other in (
        (case_of(offence_day="2025-05-31"), OLD, NEW),
        (case_of(offence_day="2025-06-02"), NEW, OLD),
        (case_of(), NEW, OLD),
    ):
        said = case.explain("helped", by="worker").text("en")
        assert name.en in said
        assert other.en not in said
        for view in ("main", "overview", "timeline", "sequence"):
            drawn = draw(case.process, view, format="svg", lang="ja", case=case)
            assert other.ja not in drawn
            assert (name.ja in drawn) or view in ("overview", "sequence")


def test_who_does_not_see_the_day_is_told_the_name_of_the_law_in_force() -> None:
    """Two cases that an agency cannot tell apart are said alike to it."""
    before, since = case_of(offence_day="2025-05-31"), case_of(offence_day="2025-06-02")
    assert "offence_day" not in before.view("partner").facts
    for ask in ("helped", "finished"):
        told = [case.explain(ask, by="partner").text("en") for case in (before, since)]
        assert told[0] == told[1]
    drawn = [draw(c.process, "partner", lang="ja", case=c) for c in (before, since)]
    assert drawn[0] == drawn[1]
    assert OLD.ja not in drawn[0]


def test_who_brings_the_day_with_the_question_is_told_the_name_of_that_day() -> None:
    told = evolve(law(), events=tuple(
        evolve(e, records=(*e.records, "offence_day"), by=("worker", "partner"))
        if e.id == "finished" else e for e in law().events
    ))  # fmt: skip
    case = told.open(at="2025-07-01")
    for day, name in (("2025-05-31", OLD), ("2025-06-02", NEW)):
        said = case.explain("finished", by="partner", facts={"offence_day": day}).text("en")
        assert name.en in said


def test_nobody_is_treated_otherwise_and_the_change_is_told() -> None:
    plain = evolve(law(), deadlines=tuple(evolve(d, called_when=()) for d in law().deadlines))
    found = compare(plain, law())
    assert [(c.kind, c.part, c.field) for c in found.changes] == [
        ("added", "deadline", "called_when")
    ]
    named = "'penal servitude' (day of the offence is before 2025-06-01; a art. 1)"
    assert named in found.changes[0].text("en")
    assert found.same_behaviour is True


def test_files_and_edits_hold_it() -> None:
    assert loads_process(dumps(law())) == law()
    assert pickle.loads(pickle.dumps(law())) == law()
    bare = evolve(law(), deadlines=PROCESS.deadlines)
    edit = Extend("deadline limit", "called_when", (BEFORE,), LAW)
    edited = Variant("old_names", "small", T, (edit,)).apply(bare)
    assert edited.deadline("limit").called_when == (BEFORE,)


def test_a_note_says_what_the_name_depends_on_and_exports_name_the_loss() -> None:
    found = {f.ids[0]: f.text("en") for f in notes(law()) if f.code.value == "called-by-fact"}
    assert set(found) == {
        "state main.helped",
        "event finished",
        "deadline limit",
        "choice sentence.term",
    }
    named = "'penal servitude' (day of the offence is before 2025-06-01; a art. 1)"
    assert named in found["deadline limit"]
    assert not [f for f in check(law()) if f.code.value == "called-by-fact"]
    for export in (scxml, xstate):
        (lost,) = (loss for loss in export(law()).losses if loss.code == "called")
        assert set(lost.ids) == set(found)


@pytest.mark.parametrize(
    "guard", [machine("main").in_("helped"), running("limit"), ~running("limit")]
)
def test_a_name_tells_nobody_where_a_machine_stands(guard: Any) -> None:
    with pytest.raises(DefinitionError) as wrong:
        evolve(PROCESS, deadlines=(named(PROCESS.deadlines[0], NEW, CalledWhen(OLD, guard)),))
    assert wrong.value.code == "called_by_facts"
    assert "called_when[0]" in wrong.value.text("en") or wrong.value.field


def test_a_name_asks_for_facts_that_there_are() -> None:
    nowhere = CalledWhen(OLD, fact("nowhere") < REFORM)
    with pytest.raises(DefinitionError):
        evolve(PROCESS, deadlines=(named(PROCESS.deadlines[0], NEW, nowhere),))
