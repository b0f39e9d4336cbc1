"""Does a course tell which limits run, as far as marks can?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from diversion_flow import processes
from diversion_flow.definition import (
    Guard,
    Occasion,
    OnEvent,
    Pattern,
    Property,
    Text,
    any_of,
    machine,
    running,
)
from diversion_flow.definition.guard import Running
from diversion_flow.proof import Broken, Proved, prove, ways
from diversion_flow.proof.observers import followed
from diversion_flow.proof.proving import space_of
from diversion_flow.proof.walking import Happened, begun, went_on
from diversion_flow.proof.watch import watch
from diversion_flow.runtime.asking import Asking
from diversion_flow.scenarios import story_names
from helpers.stories import told

LAW = processes.in_force("entry_support", on="2024-06-03")
FOLLOWED = tuple(d.id for d in LAW.deadlines if followed(LAW, running(d.id)))
T = Text("問い", "a question")
OPENED = LAW.open(at="2024-06-03T09:00")


def asked(guard: Guard, pattern: Pattern = Pattern.ABSENCE) -> Property:
    return Property("asked", T, pattern, Occasion(after=guard))


def test_of_nearly_all_limits_of_the_law_the_course_tells() -> None:
    left = {d.id for d in LAW.deadlines} - {*FOLLOWED}
    assert left <= {"aftercare_papers"}


def test_the_marks_follow_the_clocks_of_every_story() -> None:
    ran = set[str]()
    for name in story_names():
        case = told(name)[-1].after
        opening, *entries = case.journal
        law = case.process
        limits = [d.id for d in law.deadlines if followed(law, running(d.id))]
        watched = watch(law, asked(any_of(*map(running, limits))))
        story = begun(law, opening.at, opening.facts, watched)
        for e in entries:
            further = went_on(story, Happened(e.event, e.by, e.at, e.facts), watched)
            assert further is not None, (name, e.event)
            story = further
            for mark, guard in watched.standing.items():
                if isinstance(guard, Running):
                    runs = Asking(story.case).holds(guard)
                    assert story.marks[mark] is runs, (name, e.event, guard.deadline)
                    ran |= {guard.deadline} if runs else set()
        assert story.case.states == case.states
    assert len(ran) > 15


@pytest.mark.slow
def test_no_step_leads_out_of_what_is_worked_out_with_limits() -> None:
    space = space_of(LAW, asked(running("police_referral") | running("suspect_detention")))
    met = set()
    for name in story_names():
        opening, *entries = told(name)[-1].after.journal
        story = begun(LAW, OPENED.at, opening.facts, space.watch)
        for e in entries:
            then = Happened(e.event, e.by, story.case.at + timedelta(hours=1), e.facts)
            story = went_on(story, then, space.watch) or story
            point = space.point(story.case.states, story.case.facts, story.marks)
            assert space.sets.holds(space.reached, point)
            met.add(point)
    assert len(met) > 20


def test_who_is_arrested_is_under_a_running_limit() -> None:
    arrested = machine("custody").in_("arrested")
    assert isinstance(prove(LAW, asked(arrested & ~running("police_referral"))), Proved)
    answer = prove(LAW, asked(arrested & running("police_referral")))
    assert isinstance(answer, Broken)
    assert answer.story is not None
    assert answer.story.events == ("arrested",)


def test_a_law_without_the_limit_is_found() -> None:
    limits = tuple(
        evolve(d, start=OnEvent(("detained",))) if d.id == "police_referral" else d
        for d in LAW.deadlines
    )
    law = evolve(LAW, deadlines=limits)
    answer = prove(law, asked(machine("custody").in_("arrested") & ~running("police_referral")))
    assert isinstance(answer, Broken)


def test_the_way_to_where_a_limit_runs() -> None:
    story = ways(OPENED, to=running("defendant_detention"))
    assert story is not None
    assert Asking(story.case).holds(running("defendant_detention"))
    further = ways(story.case, to=~running("defendant_detention"))
    assert further is not None
