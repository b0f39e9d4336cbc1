"""Does a course tell which limits run, as far as marks can?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from attrs import evolve

from diversion_flow import Case, Process, processes
from diversion_flow.definition import (
    ALWAYS,
    Guard,
    Kind,
    Occasion,
    OnEntry,
    OnEvent,
    Pattern,
    Property,
    Text,
    any_of,
    machine,
    missed,
    running,
)
from diversion_flow.definition.guard import OnWorkingDay
from diversion_flow.proof import Broken, Proved, Story, prove, ways
from diversion_flow.proof.formula import Leaf, Met, Was, is_so, no
from diversion_flow.proof.proving import space_of
from diversion_flow.proof.walking import Happened, begun, meets, went_on
from diversion_flow.proof.watch import Watch, watch
from diversion_flow.runtime.asking import Asking
from diversion_flow.scenarios import story_names
from helpers.chance import value
from helpers.means import means
from helpers.small import PROCESS
from helpers.stories import told

LAW = processes.in_force("entry_support", on="2024-06-03")
T = Text("問い", "a question")
OPENED = LAW.open(at="2024-06-03T09:00")


def asked(guard: Guard, pattern: Pattern = Pattern.ABSENCE) -> Property:
    return Property("asked", T, pattern, Occasion(after=guard))


def timed(law: Process) -> tuple[Guard, ...]:
    """Whatever of the limits of a law can be asked."""
    duties = [limit.id for limit in law.deadlines if limit.met_by]
    return (*(running(limit.id) for limit in law.deadlines), *map(missed, duties))


def all_timed(law: Process) -> Property:
    guard = any_of(*timed(law))
    return Property("asked", T, Pattern.ABSENCE, Occasion(before=guard, after=guard))


def wrong(watched: Watch, before: Story, after: Story) -> list[str]:
    """The bounds out of which the last step leads."""
    told = after.steps[-1]

    def leaf(found: Leaf) -> bool:
        if isinstance(found, Was):
            return before.marks[found.mark]
        assert isinstance(found, Met)
        return meets(found.occasion, before.case, after.case, told)

    found = []
    for bound in watched.bounds:
        case = Asking(after.case) if bound.then else Asking(before.case, told.at)
        so = case.holds(bound.asked)
        if is_so(bound.most if so else no(bound.least), leaf) is not True:
            found.append(f"{told.event} at {told.at}: {bound.asked} is {so}, then {bound.then}")
    return found


@pytest.mark.slow
def test_no_story_leads_out_of_what_is_said_of_its_limits() -> None:
    met = Counter[str]()
    for name in story_names():
        case = told(name)[-1].after
        opening, *entries = case.journal
        law = case.process
        watched = watch(law, all_timed(law))
        story = begun(law, opening.at, opening.facts, watched)
        for e in entries:
            further = went_on(story, Happened(e.event, e.by, e.at, e.facts), watched)
            assert further is not None, (name, e.event)
            assert wrong(watched, story, further) == [], name
            story = further
            met.update(str(g) for g in timed(law) if Asking(story.case).holds(g))
        assert story.case.states == case.states
    assert len(met) > 15


def by_chance(law: Process, rnd: Random) -> Iterator[Case]:
    """A case, wherever it goes on; what is said of its limits holds at each step."""
    watched = watch(law, all_timed(law))
    story = begun(law, OPENED.at, {}, watched)
    for _ in range(60):
        further = went_on(story, chosen(law, story.case, rnd), watched)
        if further is not None:
            assert wrong(watched, story, further) == []
            story = further
            yield story.case


def test_no_course_by_chance_leads_out_of_it() -> None:
    met = Counter[Guard]()
    for seed in range(30):
        rnd = Random(seed)
        law = means(rnd)
        for case in by_chance(law, rnd):
            met.update(guard for guard in timed(law) if Asking(case).holds(guard))
    assert met[missed("report")] > 10
    assert met[running("remand")] > 10


def test_where_the_end_of_a_limit_leads_nowhere_time_goes_on() -> None:
    """It ends only those who are helped, and runs while they are asked already."""
    limit = evolve(PROCESS.deadline("limit"), states=("asked", "helped"), start=OnEntry())
    law = evolve(PROCESS, deadlines=(limit,))
    over = 0
    for seed in range(40):
        for case in by_chance(law, Random(seed)):
            over += case.state("main") == "asked" and not Asking(case).holds(running("limit"))
    assert over > 3


def chosen(law: Process, case: Case, rnd: Random) -> Happened:
    """Any event, at some moment or where a limit ends, with days that are not far."""
    event = rnd.choice(law.events)
    ends = [clock.ends for clock in case.deadlines() if clock.ends and clock.ends >= case.at]
    later = [case.at + timedelta(hours=hours) for hours in (0, 3, 24, 150, 1_000)]
    facts: dict[str, object] = {}
    for id in event.records:
        day = (case.at + timedelta(days=rnd.randint(-30, 60))).date()
        facts[id] = day if law.fact(id).kind is Kind.DATE else value(law.fact(id), rnd)
    return Happened(event.id, rnd.choice(event.by), rnd.choice([*ends, *later]), facts)


@pytest.mark.slow
def test_a_duty_is_missed_after_its_clock_has_begun() -> None:
    late = missed("public_assistance_decision")
    applied = Occasion(("public_assistance_applied",))
    before = Property("asked", T, Pattern.PRECEDENCE, applied, Occasion(after=late))
    assert isinstance(prove(LAW, before), Proved)


def test_a_duty_of_no_length_is_never_missed() -> None:
    assert isinstance(prove(LAW, asked(missed("center_response"))), Proved)


@pytest.mark.slow
def test_nobody_is_visited_in_custody_on_a_rest_day() -> None:
    on_rest_days = Occasion(("visit_started",), after=~OnWorkingDay())
    never = Property("asked", T, Pattern.ABSENCE, on_rest_days)
    assert isinstance(prove(LAW, never), Proved)
    assert isinstance(
        prove(LAW, evolve(never, what=evolve(on_rest_days, before=~OnWorkingDay(), after=ALWAYS))),
        Proved,
    )
    free = Occasion(("interview_held",), after=~OnWorkingDay())
    assert isinstance(prove(LAW, evolve(never, what=free)), Broken)


@pytest.mark.slow
def test_a_way_leads_to_a_missed_duty_and_waits_for_it() -> None:
    story = ways(OPENED, to=missed("public_assistance_decision"))
    assert story is not None
    assert story.case.at - OPENED.at >= timedelta(days=14)


def test_a_limit_that_a_recorded_day_begins_is_walked_to() -> None:
    story = ways(OPENED, to=running("psychiatric_remand"))
    assert story is not None
    assert Asking(story.case).holds(running("psychiatric_remand"))


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
