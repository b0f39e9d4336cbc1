"""Cases that cross a change of law, and cases whose record begins midway."""

from __future__ import annotations

import json
import pickle
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import (
    CallError,
    Case,
    Code,
    DefinitionError,
    LawGap,
    Refused,
    ReplayError,
    UnknownId,
    draw,
    processes,
    replay,
)
from diversion_flow.definition import (
    ALWAYS,
    KEPT,
    LAW_CHANGED,
    Deadline,
    History,
    Length,
    OnEntry,
    OnEvent,
    Process,
    Relabel,
    Stop,
    Text,
    TransitionalRule,
    Unit,
    Variant,
    fact,
    machine,
)
from diversion_flow.definition.history import of_day
from diversion_flow.definition.moments import moment
from diversion_flow.diagram.formats.chart import entries, event_text
from diversion_flow.diagram.views.case_course import stays
from diversion_flow.interchange import write_log
from diversion_flow.runtime import Stuck
from diversion_flow.runtime.midway import entered, happened
from diversion_flow.scenarios import play, shipped
from helpers import owing, stopping
from helpers.amounts import Amount
from helpers.small import CONSENT, MAIN, PROCESS, state
from helpers.small import LAW as GROUND

T = Text("あ", "a")
SHIPPED = processes.history("entry_support")
CHANGES = [law.since for law in SHIPPED.versions[1:]]


def journal_of(case: Case) -> list[tuple[Any, ...]]:
    return [(e.event, e.by, e.at, dict(e.facts), e.moved) for e in case.journal]


@pytest.mark.parametrize("number", range(len(CHANGES)), ids=str)
def test_a_case_crosses_at_the_beginning_of_the_day(number: int) -> None:
    day = CHANGES[number]
    assert day is not None
    opened = SHIPPED.open(at=f"{day - timedelta(days=1)}T20:00").step(
        "arrested", by="police", at=f"{day - timedelta(days=1)}T21:00"
    )
    crossed = opened.advance(to=f"{day}T08:00")
    last = crossed.journal[-1]
    assert (last.event, last.at.isoformat()) == (LAW_CHANGED, f"{day}T00:00:00+09:00")
    assert last.by == ""
    assert last.by_law
    assert last.crossed is not None
    assert last.crossed.rule is SHIPPED.amendments[number][0]
    assert last.crossed.new == SHIPPED.versions[number + 1].version
    assert crossed.process == SHIPPED.versions[number + 1]
    assert crossed.states["custody"] == "arrested"
    assert crossed.facts == opened.facts
    assert [(c.deadline.id, c.started) for c in crossed.deadlines()] == [
        (c.deadline.id, c.started) for c in opened.deadlines()
    ]
    assert pickle.loads(pickle.dumps(crossed)) == crossed
    assert replay(SHIPPED, crossed.journal, at=crossed.at) == crossed


def test_a_step_waits_for_the_crossing() -> None:
    case = SHIPPED.open(at="2023-11-30T20:00").step("arrested", by="police", at="2023-11-30T21:00")
    with pytest.raises(Refused) as refused:
        case.step("referred", by="police", at="2023-12-01T00:00")
    assert [r.code for r in refused.value.reasons] == [Code.LAW_CHANGED]
    assert "2023-12-01 00:00" in refused.value.text("en")
    after = case.advance(to="2023-12-01").step("referred", by="police", at="2023-12-01T00:00")
    assert after.states["custody"] == "referred"


def test_a_case_of_a_process_never_crosses() -> None:
    law = SHIPPED.in_force(date(2023, 11, 30))
    case = law.open(at="2023-11-30").advance(to="2024-02-01")
    assert case.process == law
    assert [e.event for e in case.journal] == ["opened"]


def test_who_never_meets_the_amendment_has_the_case_of_the_process() -> None:
    law = SHIPPED.in_force(date(2023, 11, 1))
    cases = [
        opened(at="2023-11-01T10:00", facts={"age": 71}, id="x")
        .step("arrested", by="police", at="2023-11-01T11:00")
        .advance(to="2023-11-20")
        for opened in (SHIPPED.open, law.open)
    ]
    assert cases[0] == cases[1]
    assert cases[0].states == cases[1].states
    assert cases[0].deadlines() == cases[1].deadlines()


def test_the_law_of_a_crossing_is_not_told_by_which_rule() -> None:
    case = SHIPPED.open(at="2023-11-30").advance(to="2023-12-02")
    for agency in case.process.agencies:
        told = [e for e in case.view(agency.id).journal if e.event == LAW_CHANGED]
        assert len(told) == 1
        assert told[0].crossed is None
        assert told[0].basis == ()


def test_what_a_new_law_shows_to_an_agency_is_provided_and_recorded() -> None:
    ground = evolve(GROUND[0], about="seen_by partner")
    shown = evolve(MAIN, seen_by=("worker", "partner"), basis=(ground,))
    age, *facts = PROCESS.facts
    wider = evolve(PROCESS, machines=(shown, CONSENT),
                   facts=(evolve(age, seen_by=("worker", "partner")), *facts))  # fmt: skip
    opened = {"at": "2024-01-10", "facts": {"age": 70}}
    before = small(PROCESS, wider).open(**opened).step("helped", by="worker", at="2024-01-11")  # type: ignore[arg-type]
    case = before.advance(to="2024-01-16")
    assert "main" not in before.view("partner").states
    assert (case.view("partner").states["main"], case.view("partner").facts["age"]) == (
        "helped",
        70,
    )
    assert [(p.to, p.facts, p.machines, p.consent, p.basis) for p in case.journal[-1].provided] == [
        ("partner", ("age",), ("main",), False, (ground,))
    ]
    entry = case.view("partner").journal[-1]
    assert (entry.event, dict(entry.facts)) == (LAW_CHANGED, {"age": 70})
    assert entry.provided == case.journal[-1].provided
    assert case.view("worker").journal[-1].provided == ()
    assert (
        small(PROCESS, PROCESS).open(**opened).advance(to="2024-01-16").journal[-1].provided == ()
    )  # type: ignore[arg-type]


def test_an_agency_that_a_new_law_brings_is_provided_with_what_it_sees_from_then_on() -> None:
    court = evolve(PROCESS.agencies[0], id="court")
    wider = evolve(PROCESS, agencies=(*PROCESS.agencies, court),
                   machines=(evolve(MAIN, seen_by=("worker", "court")), CONSENT))  # fmt: skip
    helped = (
        small(PROCESS, wider)
        .open(at="2024-01-10", facts={"age": 70})
        .step("helped", by="worker", at="2024-01-11")
    )
    case = helped.advance(to="2024-01-16")
    assert [(p.to, p.facts, p.machines) for p in case.journal[-1].provided] == [
        ("court", (), ("main",))
    ]
    assert case.view("court").states == {"main": "helped"}
    assert [e.event for e in case.view("court").journal] == [LAW_CHANGED]
    assert case.view("court").duties == ()
    assert not case.explain("helped", by="court", at="2024-01-12").allowed


def test_a_state_that_a_new_law_puts_a_case_into_is_provided_to_who_sees_it() -> None:
    rule = TransitionalRule("over", T, states={"main.asked": "main.done"})
    case = small(PROCESS, PROCESS, rule).open(at="2024-01-10").advance(to="2024-01-16")
    assert [(p.to, p.machines) for p in case.journal[-1].provided] == [("worker", ("main",))]
    assert case.view("partner").journal[-1].provided == ()


@pytest.mark.parametrize("seen_then", [True, False])
def test_a_duty_of_the_old_law_is_told_to_who_saw_it_then(seen_then: bool) -> None:
    owed = evolve(PROCESS.deadlines[0], met_by=("finished",), on_expiry=None)
    event, finished, *events = PROCESS.events
    law = evolve(
        PROCESS, deadlines=(owed,), events=(event, evolve(finished, unseen_by=()), *events)
    )
    shown = evolve(law, machines=(evolve(MAIN, seen_by=("worker", "partner")), CONSENT))
    longer = {"deadlines": (evolve(owed, length=Length(11, Unit.DAYS)),)}
    for history in (
        small(shown, evolve(law, **longer)) if seen_then else small(law, evolve(shown, **longer)),
        small(shown, law) if seen_then else small(law, shown),
    ):
        helped = history.open(at="2024-01-01", facts={"age": 70}).step(
            "helped", by="worker", at="2024-01-01"
        )
        done = {"by": "worker", "facts": {"content": True}}
        late = helped.step("finished", at="2024-01-13T10:00", **done)  # type: ignore[arg-type]
        for case in (helped.step("finished", at="2024-01-09", **done), late):  # type: ignore[arg-type]
            told = case.view("partner").duties
            assert bool(told) is seen_then
            assert case.advance(to="2024-01-20").view("partner").duties == told
            assert len(case.advance(to="2024-01-20").view("worker").duties) == 1
        waiting = helped.advance(to="2024-01-20")  # how late it is by now is told under the new law
        assert bool(waiting.view("partner").duties) is not seen_then
        assert [d.standing for d in waiting.view("worker").duties] == ["missed"]


# -- cases that were stuck -------------------------------------------------------------------------


def test_a_suspension_runs_out_under_a_later_law() -> None:
    case = play(shipped("cs01_counsel_notices"), SHIPPED)[-1].after
    far = case.advance(to="2030-01-01")
    ended = [(e.event, e.at.isoformat()[:16]) for e in far.journal[len(case.journal) :]]
    # Released on 29 July 2024: six months, then the longest that aid can be given. Four years from
    # 14 August 2024, which counts: the time for an appeal ended with the 13th.
    assert ended == [
        ("aftercare_period_ended", "2025-01-30T00:00"), (LAW_CHANGED, "2025-06-01T00:00"),
        ("aftercare_limit_passed", "2026-07-30T00:00"),
        ("suspension_period_ended", "2028-08-14T00:00"),
    ]  # fmt: skip
    assert far.process == SHIPPED.versions[-1]
    assert far.state("procedure") == "suspension_completed"


def test_an_adjustment_of_november_2023_goes_on_in_december() -> None:
    case = SHIPPED.open(
        at="2023-11-28", states={"custody": "arrested", "adjustment": "candidate"}, reason="r",
        since={"custody": "2023-11-27T22:00", "arrested": "2023-11-27T22:00"},
    ).step("referred", by="police", at="2023-11-28T10:00")  # fmt: skip
    case = case.step(
        "detention_requested", by="prosecutor", at="2023-11-28T15:00",
        facts={"detention_ground": "flight"},
    )  # fmt: skip
    case = case.step("detained", by="court", at="2023-11-28T18:00")
    case = case.advance(to="2023-12-02T10:00")
    assert case.process.version == "ACT_2023_12"
    assert case.state("adjustment") == "candidate"
    assert [c.started.date().isoformat() for c in case.deadlines()][:1] == ["2023-11-28"]
    assert "consultation_opened" in {e for w in case.worklist().values() for e in w.possible}


def test_a_law_ends_where_a_limit_does() -> None:
    """What runs out at the moment of the change runs out under the new law, whole or not."""
    old = evolve(SHIPPED.in_force(date(2008, 7, 1)), until=date(2009, 5, 31))
    new = evolve(old, since=date(2009, 6, 1), until=None, version="SAME")
    history = History((old, new), ((KEPT,),))
    case = history.open(
        at="2009-05-30", states={"custody": "arrested"}, reason="r",
        since={"custody": "2009-05-29T23:59", "arrested": "2009-05-29T23:59"},
    )  # fmt: skip
    events = [e.event for e in case.advance(to="2009-06-02").journal]
    assert events == ["opened", "custody_limit_passed", LAW_CHANGED]


# -- chance ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_who_crosses_is_as_one_who_begins_midway(amount: Amount) -> None:
    """Arrested on the day before the law changes and led on from there: limits run across."""
    run = [each for seed in range(amount(60, 40)) for each in _crossed(Random(seed))]
    assert len(run) > 8


def _crossed(chance: Random) -> set[tuple[Deadline, datetime]]:
    """The limits that run on when a case has come under the next law, each with its beginning."""
    law = evolve(
        SHIPPED.versions[chance.randrange(5)], since=date(2020, 1, 1), until=date(2020, 6, 30)
    )
    after = evolve(SHIPPED.versions[chance.randrange(6)], since=date(2020, 7, 1), until=None)
    if {m.id for m in law.machines} - {m.id for m in after.machines}:
        law, after = (
            evolve(after, since=law.since, until=law.until),
            evolve(law, since=after.since, until=None),
        )
    history = History((law, after), ((KEPT,),))
    case = history.open(at="2020-06-30", facts={"age": chance.randrange(18, 90)})
    stays = law.open(at="2020-06-30", facts=case.facts)
    for hour in range(8):
        at = case.at + timedelta(hours=1 + hour % 5)
        may = [(e, a) for a, work in case.worklist(at=at).items() for e in work.enabled]
        if hour and not may:
            break
        event, by = chance.choice(may) if hour else ("arrested", "police")
        case, stays = (c.step(event, by=by, at=at) for c in (case, stays))
        assert case == stays
        assert case.deadlines() == stays.deadlines()
    crossed = case.advance(to="2020-07-01")
    since: dict[str, datetime] = {}
    for entry in crossed.journal:
        since |= {m.machine: entry.at for m in entry.moved}
        if entry.event in after.by_id["event"]:
            since[entry.event] = entry.at
    since = {m: case.journal[0].at for m in crossed.states if m in law.by_id["machine"]} | since
    midway = after.open(at="2020-07-01", facts=crossed.facts, states=crossed.states, reason="r",
                        since=dict.fromkeys(crossed.states, crossed.at) | since)  # fmt: skip
    assert midway.states == crossed.states
    assert midway.facts == crossed.facts
    run = {(c.deadline, c.started) for c in crossed.deadlines()}
    assert run == {(c.deadline, c.started) for c in midway.deadlines()}
    return run


# -- transitional rules ----------------------------------------------------------------------------


def two(rules: tuple[TransitionalRule, ...], **changed: Any) -> History:
    old = SHIPPED.in_force(date(2023, 12, 1))
    old = evolve(old, until=date(2024, 5, 31))
    later = Variant(
        "later",
        old.id,
        T,
        (Relabel("state custody.arrested", Text("別", "other")),),
        version="LATER",
    )
    new = evolve(later.apply(evolve(old, until=None)), since=date(2024, 6, 1), **changed)
    return History((old, new), (rules,))


OLD_GOES_ON = TransitionalRule("old", T, machine("custody").in_("arrested"), continues=True)


def test_the_first_rule_that_holds_decides() -> None:
    history = two((OLD_GOES_ON, KEPT))
    free = history.open(at="2024-05-31").advance(to="2024-06-02")
    held = history.open(at="2024-05-31").step("arrested", by="police", at="2024-05-31T20:00")
    held = held.advance(to="2024-06-01T12:00")
    assert free.process.version == "LATER"
    assert held.process == history.versions[0]
    assert held.journal[-1].crossed.old == held.journal[-1].crossed.new == held.process.version  # type: ignore[union-attr]
    after = held.step("referred", by="police", at="2024-06-01T13:00")
    assert after.states["custody"] == "referred"
    assert pickle.loads(pickle.dumps(after)) == after
    assert replay(history, after.journal) == after


def test_an_unknown_condition_does_not_hold() -> None:
    history = two((TransitionalRule("old", T, fact("age") >= 65, continues=True), KEPT))
    assert history.open(at="2024-05-31").advance(to="2024-06-02").process.version == "LATER"
    old = history.open(at="2024-05-31", facts={"age": 71}).advance(to="2024-06-02")
    assert old.process == history.versions[0]


def renamed(law: Process) -> Process:
    """The law with the state of arrest under another name."""
    custody = law.machine("custody")
    states = tuple(evolve(s, id="seized") if s.id == "arrested" else s for s in custody.states)
    moved = tuple(
        evolve(
            t,
            sources=tuple("seized" if s == "arrested" else s for s in t.sources),
            target="seized" if t.target == "arrested" else t.target,
        )
        for t in custody.transitions
    )
    limits = tuple(
        evolve(d, states=tuple("seized" if s == "arrested" else s for s in d.states))
        if d.machine == "custody"
        else d
        for d in law.deadlines
    )
    machines = tuple(
        evolve(m, states=states, transitions=moved) if m.id == "custody" else m
        for m in law.machines
    )
    return evolve(law, machines=machines, deadlines=limits, main_route=(), road=None)


def test_a_state_that_the_new_law_does_not_have_is_mapped_or_refused(tmp_path: Path) -> None:
    old = evolve(SHIPPED.in_force(date(2008, 7, 1)), until=date(2009, 5, 31))
    new = renamed(evolve(old, since=date(2009, 6, 1), until=None, version="RENAMED"))
    moved = TransitionalRule("moved", T, ALWAYS, states={"custody.arrested": "custody.seized"})
    kept, mapped = History((old, new), ((KEPT,),)), History((old, new), ((moved,),))
    for history in (kept, mapped):
        case = history.open(at="2009-05-31").step("arrested", by="police", at="2009-05-31T20:00")
        if history is kept:
            with pytest.raises(Stuck) as stuck:
                case.advance(to="2009-06-02")
            assert "custody.arrested" in str(stuck.value)
            assert "states_kept" in str(stuck.value)
            assert "continues" in stuck.value.remedy
            continue
        after = case.advance(to="2009-06-01T10:00")
        assert after.states["custody"] == "seized"
        assert [(m.source, m.target) for m in after.journal[-1].moved] == [("arrested", "seized")]
        assert [c.started for c in after.deadlines()] == [c.started for c in case.deadlines()]
        (seen,) = after.view("police").journal[-1].moved
        assert (after.journal[-1].moved[0].transition, seen.transition) == ("moved", "")
        for view in ("overview", "timeline", "sequence", "custody"):
            assert draw(after.process, view, format="svg", lang="en", case=after)
        write_log([after], tmp_path / "a.xes", lang="en")
        write_log([after], tmp_path / "a.ocel.json", lang="en")
        assert "seized" in (tmp_path / "a.ocel.json").read_text("utf-8")
        assert pickle.loads(pickle.dumps(after)) == after


# -- what the new law does not have ----------------------------------------------------------------

DAY = date(2024, 1, 15)


def small(old: Process, new: Process, rule: TransitionalRule = KEPT) -> History:
    """A change from one small process to another on the fifteenth."""
    old = evolve(old, version="old", until=DAY - timedelta(days=1))
    return History((old, evolve(new, version="new", since=DAY)), ((rule,),))


def with_examination(rest: bool) -> Process:
    """The process with an examination beside, which is at rest, or never, while it is not begun."""
    states = (state("none", rest=rest), state("under_way"))
    return evolve(stopping.law(), machines=(*stopping.law().machines[:3],
                                            evolve(stopping.EXAMINATION, states=states)))  # fmt: skip


WITHOUT = evolve(
    stopping.law(stopping.limit(stops=())), machines=stopping.law().machines[:3],
    events=tuple(e for e in stopping.law().events if e.home != "examination"),
)  # fmt: skip


def test_a_machine_that_is_gone_is_left_behind_at_rest() -> None:
    case = small(with_examination(rest=True), WITHOUT).open(at="2024-01-10")
    assert "examination" in case.states
    assert "examination" not in case.advance(to="2024-01-16").states


def test_a_machine_that_is_gone_is_left_behind_when_it_has_ended() -> None:
    ends = evolve(
        stopping.EXAMINATION, states=(state("none"), state("under_way", final=True, outcome=T)),
        transitions=stopping.EXAMINATION.transitions[:1],
    )  # fmt: skip
    law = evolve(with_examination(rest=False), deadlines=WITHOUT.deadlines,
                 machines=(*WITHOUT.machines, ends))  # fmt: skip
    case = small(law, WITHOUT).open(at="2024-01-10").step("examined", by="worker", at="2024-01-11")
    assert "examination" not in case.advance(to="2024-01-16").states


def test_where_the_last_law_ends_nothing_changes_any_more() -> None:
    history = small(WITHOUT, evolve(WITHOUT, until=date(2024, 1, 31)))
    case = history.open(at="2024-01-10")
    assert case.law_changes == moment(DAY)
    last = case.advance(to="2024-01-20")
    assert last.law_changes is None
    assert last.advance(to="2024-02-10").journal == last.journal


def test_a_machine_that_is_gone_but_not_at_rest_is_stuck() -> None:
    case = small(with_examination(rest=False), WITHOUT).open(at="2024-01-10")
    with pytest.raises(Stuck) as stuck:
        case.advance(to="2024-01-16")
    assert stuck.value.code == "crossing_stuck"
    assert "examination.none" in stuck.value.text("ja")


def test_a_machine_that_is_new_begins_where_cases_begin() -> None:
    after = (
        small(WITHOUT, with_examination(rest=True)).open(at="2024-01-10").advance(to="2024-01-16")
    )
    assert after.state("examination") == "none"


@pytest.mark.parametrize("stops", [(), stopping.STOPS], ids=["plain", "may stop"])
def test_a_clock_that_a_mapping_begins_does_not_go_on_from_an_earlier_stay(stops: Any) -> None:
    law = stopping.law(stopping.limit(start=OnEntry(), stops=stops, renewals=()))
    back = TransitionalRule("back", T, ALWAYS, states={"custody.away": "custody.held"})
    case = small(law, law, back).open(at="2024-01-08").step("held", by="worker", at="2024-01-09")
    stays = case.advance(to="2024-01-16")
    assert [c.started for c in stays.deadlines()] == [moment("2024-01-09")]
    left = case.step("left", by="worker", at="2024-01-12").advance(to="2024-01-16")
    assert [c.started for c in left.deadlines()] == [moment("2024-01-12")]
    # one that runs in both states has begun with the first of them
    both = evolve(law, deadlines=(evolve(law.deadlines[0], states=("held", "away")),))
    case = small(both, both).open(at="2024-01-08").step("held", by="worker", at="2024-01-09")
    left = case.step("left", by="worker", at="2024-01-12").advance(to="2024-01-16")
    assert [c.started for c in left.deadlines()] == [moment("2024-01-09")]


def test_what_the_new_law_does_not_ask_is_known_no_more() -> None:
    old = evolve(PROCESS, facts=(*PROCESS.facts, evolve(PROCESS.fact("content"), id="more")))
    case = small(old, PROCESS).open(at="2024-01-10", facts={"age": 70, "more": True})
    assert case.advance(to="2024-01-16").facts == {"age": 70}


def test_a_value_that_the_new_law_does_not_allow_is_stuck_and_not_told() -> None:
    old = stopping.law()
    new = evolve(
        old,
        facts=tuple(evolve(f, maximum=70) if f.id == "age" else f for f in old.facts),
    )
    case = small(old, new).open(at="2024-01-10", facts={"age": 93})
    with pytest.raises(Stuck) as stuck:
        case.advance(to="2024-01-16")
    assert stuck.value.code == "crossing_fact"
    assert "age" in str(stuck.value)
    assert "93" not in str(stuck.value)
    assert (
        small(old, new).open(at="2024-01-10", facts={"age": 70}).advance(to=DAY).facts["age"] == 70
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ({}, {"id": "other"}, "history_process"),
        ({"until": date(2024, 1, 10)}, {}, "history_gap"),
        ({}, {"since": None}, "history_gap"),
    ],
)
def test_versions_that_do_not_follow_each_other(
    old: dict[str, Any], new: dict[str, Any], code: str
) -> None:
    first = evolve(PROCESS, version="old", **{"until": DAY - timedelta(days=1), **old})
    second = evolve(PROCESS, version="new", **{"since": DAY, **new})
    with pytest.raises(DefinitionError) as wrong:
        History((first, second), ((KEPT,),))
    assert wrong.value.code == code
    with pytest.raises(DefinitionError) as wrong:
        History((first, second), ())
    assert wrong.value.code == "history_count"


def test_a_rule_names_states_that_there_are() -> None:
    wrong = TransitionalRule("moved", T, states={"custody.nowhere": "custody.free"})
    with pytest.raises(UnknownId):
        small(stopping.law(), stopping.law(), wrong)


def test_a_history_is_the_law_from_its_first_day_to_its_last() -> None:
    whole = small(PROCESS, PROCESS)
    assert whole.in_force(DAY).version == "new"
    assert whole.in_force(DAY - timedelta(days=1)).version == "old"
    assert pickle.loads(pickle.dumps(whole)) == whole
    begun = evolve(whole.versions[0], since=date(2024, 1, 1))
    with pytest.raises(LawGap):
        History((begun, *whole.versions[1:]), whole.amendments).in_force(date(2023, 12, 31))


def test_a_process_is_the_law_from_its_first_to_its_last_day() -> None:
    for since, until in ((None, None), (3, None), (None, 5), (3, 5), (3, 3)):
        first, last = (n and date(2024, 6, n) for n in (since, until))
        law = evolve(PROCESS, since=first, until=last)
        held = []
        for n in range(1, 8):
            with suppress(LawGap):
                held.append(of_day(law, date(2024, 6, n)) is law and n)
        assert held == [*range(since or 1, (until or 7) + 1)]


def test_a_journal_crosses_where_its_history_does() -> None:
    case = SHIPPED.open(at="2023-11-30").advance(to="2023-12-02")
    opening, crossed = case.journal
    later = evolve(crossed, at=crossed.at + timedelta(hours=1))
    ruled = evolve(crossed, crossed=evolve(crossed.crossed, new="another"))  # type: ignore[type-var]
    for wrong in ((opening, later), (opening, ruled), (opening, crossed, crossed)):
        with pytest.raises(ReplayError) as refused:
            replay(SHIPPED, wrong)
        error = refused.value
        assert (error.code, error.number, error.event) == (
            "journal_crossing", len(wrong) - 1, LAW_CHANGED
        )  # fmt: skip
    with pytest.raises(ReplayError):  # a case of a process never crosses
        replay(SHIPPED.in_force(date(2023, 11, 30)), (opening, crossed))


def test_what_runs_out_at_the_moment_of_a_crossing_is_replayed_behind_it() -> None:
    """Detention was not ordered: the two days end with the last one of the former law."""
    case = SHIPPED.open(at="2025-05-26")
    for event, by, at in (
        ("arrested", "police", "2025-05-26T09:00"),
        ("referred", "police", "2025-05-27T09:00"),
        ("detention_requested", "prosecutor", "2025-05-27T15:00"),
        ("indicted", "prosecutor", "2025-05-30T10:00"),
    ):
        grounds = {"detention_ground": "flight"} if event == "detention_requested" else None
        case = case.step(event, by=by, at=at, facts=grounds)
    case = case.advance(to="2025-06-02")
    assert [(e.event, e.at.day) for e in case.journal[-2:]] == [
        (LAW_CHANGED, 1), ("custody_limit_passed", 1)
    ]  # fmt: skip
    assert replay(SHIPPED, case.journal, at=case.at) == case
    assert pickle.loads(pickle.dumps(case)) == case


def test_a_journal_is_read_by_what_its_moments_mean() -> None:
    case = SHIPPED.open(at="2023-12-01T00:30").advance(to="2025-06-02")
    for told in (
        lambda at: at.astimezone(UTC),  # there it is still November
        lambda at: at.replace(tzinfo=None),
        datetime.isoformat,
    ):
        again = replay(SHIPPED, [evolve(e, at=told(e.at)) for e in case.journal], at=case.at)
        assert again == case
    for odd in (None, 5, "soon", ["2023-12-01"]):
        for number in range(len(case.journal)):
            with pytest.raises(ReplayError) as refused:
                replay(SHIPPED, [evolve(e, at=odd) if n == number else e
                                 for n, e in enumerate(case.journal)])  # fmt: skip
            assert refused.value.number == number


def test_the_day_of_a_history_is_a_day_in_japan() -> None:
    for day in ("2023-12-01", datetime(2023, 12, 1, 12), datetime(2023, 11, 30, 15, tzinfo=UTC)):
        assert SHIPPED.in_force(day) == SHIPPED.in_force(date(2023, 12, 1))
    assert SHIPPED.in_force("2023-11-30T23:59") == SHIPPED.in_force(date(2023, 11, 30))


# -- what a history cannot be ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ((), "history_last"),
        ((OLD_GOES_ON,), "history_last"),
        ((KEPT, OLD_GOES_ON), "history_last"),
        ((evolve(OLD_GOES_ON, id="states_kept"), KEPT), "history_twice"),
        ((TransitionalRule("a", T, states={"custody.free": "consent.given"}),), "history_states"),
        (
            (evolve(KEPT, continues=True, states={"custody.free": "custody.free"}),),
            "history_states",
        ),
        (
            (evolve(KEPT, states=(("custody.free", "custody.free"),) * 2),),
            "history_states",
        ),
    ],
)
def test_what_a_history_cannot_be(rules: tuple[TransitionalRule, ...], code: str) -> None:
    with pytest.raises(DefinitionError) as wrong:
        two(rules)
    assert wrong.value.code == code
    assert wrong.value.text("ja")
    assert wrong.value.text("en")


# -- a case that begins midway ---------------------------------------------------------------------

LAW = SHIPPED.in_force(date(2024, 6, 3))


def test_a_case_begins_midway_with_its_clocks_begun() -> None:
    whole = LAW.open(at="2024-06-02").step("arrested", by="police", at="2024-06-02T10:00")
    midway = LAW.open(
        at="2024-06-03T10:00", states={"custody": "arrested"}, reason="taken over from another office",
        since={"custody": "2024-06-02T10:00", "arrested": "2024-06-02T10:00"},
    )  # fmt: skip
    assert midway.states == whole.states
    assert midway.deadlines() == whole.deadlines()
    assert midway.advance(to="2024-06-08").states == whole.advance(to="2024-06-08").states
    assert midway.advance(to="2024-06-04").deadlines() == midway.deadlines()
    assert replay(LAW, midway.journal) == midway
    later = midway.advance(to="2024-06-08")
    assert pickle.loads(pickle.dumps(later)) == later
    assert pickle.loads(pickle.dumps(later)).journal[0].midway == midway.journal[0].midway
    assert repr(midway.journal[0].midway) == "Midway()"  # what it says is case content
    at = "2024-06-02T10:00"  # nothing has passed since
    just = LAW.open(at=at, states={"custody": "arrested"}, reason="r",
                    since={"custody": at, "arrested": at})  # fmt: skip
    assert just.deadlines() == whole.deadlines()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"states": {"custody": "arrested"}}, "midway_no_reason"),
        ({"states": {"custody": "arrested"}, "reason": " "}, "midway_no_reason"),
        ({"since": {"custody": "2024-06-03"}}, "midway_no_reason"),
        ({"since": {"custody": "2024-06-04"}, "reason": "r"}, "midway_after"),
        ({"states": 3, "reason": "r"}, "call_kind"),
        ({"states": {"custody": "arrested"}, "reason": "r"}, "midway_since"),
        ({"since": {"custody": "x"}, "reason": "r"}, "moment_text"),
        ({"states": [], "reason": "r"}, "call_kind"),
        ({"since": "", "reason": "r"}, "call_kind"),
        ({"reason": None}, "call_kind"),
    ],
)
def test_what_cannot_begin_midway(given: dict[str, Any], code: str) -> None:
    with pytest.raises(CallError) as wrong:
        LAW.open(at="2024-06-03", **given)
    assert wrong.value.code == code
    assert wrong.value.text("ja")
    assert wrong.value.text("en")


def test_a_journal_that_begins_midway_says_so_in_its_own_value() -> None:
    case = LAW.open(at="2024-06-03", states={"custody": "free"}, reason="r")
    for odd in ({"states": {}}, "r", 5):
        with pytest.raises(ReplayError) as refused:
            replay(LAW, [evolve(case.journal[0], midway=odd)])
        assert "midway" in refused.value.text("ja")


def test_an_event_without_which_no_route_leads_there_must_be_dated() -> None:
    with pytest.raises(CallError) as wrong:  # the 72 hours run from the arrest
        LAW.open(at="2024-06-03T10:00", states={"custody": "referred"}, reason="r",
                 since={"custody": "2024-06-03T09:00"})  # fmt: skip
    assert wrong.value.code == "midway_since"
    assert "arrested" in wrong.value.text("ja")


def test_no_case_begins_where_no_route_leads() -> None:
    apart = evolve(MAIN, states=(*MAIN.states, state("apart")))
    with pytest.raises(CallError) as wrong:
        evolve(PROCESS, machines=(apart, PROCESS.machines[1])).open(
            at="2024-01-01", states={"main": "apart"}, reason="r"
        )
    assert wrong.value.code == "midway_no_route"


def test_an_agency_learns_of_where_a_case_began_what_it_sees() -> None:
    case = LAW.open(
        at="2024-06-03T10:00", states={"custody": "arrested"}, reason="taken over",
        since={"custody": "2024-06-02T10:00", "arrested": "2024-06-02T10:00"},
    )  # fmt: skip
    for agency in case.process.agencies:
        entries = case.view(agency.id).journal
        sees = agency.id in case.process.machine("custody").seen_by
        assert bool(entries) == sees
        if sees:
            told = entries[0].midway
            assert told is not None
            assert (told.reason, dict(told.states)) == ("", {"custody": "arrested"})
            assert set(told.since) == {"custody", "arrested"}


def test_since_when_a_machine_stands_where_it_does() -> None:
    case = LAW.open(
        at="2024-06-03T10:00", states={"custody": "arrested"}, reason="r",
        since={"custody": "2024-06-02T10:00", "arrested": "2024-06-02T10:00"},
    )  # fmt: skip
    case = case.step("referred", by="police", at="2024-06-03T12:00")
    assert {"custody": case.last, "consent": case.journal[0].at}.items() <= entered(case).items()
    assert set(happened(case)) == {"arrested", "referred"}


def test_what_a_change_of_law_brings_has_been_there_since_then_and_it_is_no_event() -> None:
    case = small(WITHOUT, with_examination(rest=True)).open(at="2024-01-10")
    case = case.step("held", by="worker", at="2024-01-12").advance(to="2024-01-16")
    assert entered(case) == {
        "main": case.journal[0].at, "consent": case.journal[0].at,
        "custody": case.journal[1].at, "examination": moment(DAY),
    }  # fmt: skip
    assert happened(case) == {"held": case.journal[1].at}


def test_a_limit_of_another_machine_that_has_such_a_state_asks_for_no_day() -> None:
    consent = evolve(
        CONSENT, states=(*CONSENT.states, state("helped")),
        transitions=(*CONSENT.transitions, evolve(MAIN.transitions[0], id="helped", target="helped",
                                                  sources=("open",), guard=ALWAYS)),
    )  # fmt: skip
    stops = (Stop("main", ("helped",)),)
    limits = tuple(
        evolve(PROCESS.deadlines[0], id=id, on_expiry=None, **changes)  # type: ignore[arg-type]
        for id, changes in {
            "entry": {"start": OnEntry()}, "event": {}, "stop": {"states": ("asked",), "stops": stops},
        }.items()
    )  # fmt: skip
    law = evolve(PROCESS, machines=(MAIN, consent), deadlines=limits)
    case = law.open(at="2024-01-10", states={"consent": "helped"}, reason="r")
    assert (case.state("consent"), case.deadlines()) == ("helped", ())


def test_whose_day_is_asked_for_is_what_a_limit_begins_with() -> None:
    limit = evolve(PROCESS.deadlines[0], on_expiry=None)
    for start, asked, other in ((OnEntry(), "main", "helped"), (limit.start, "helped", "main")):
        law = evolve(PROCESS, deadlines=(evolve(limit, start=start),))
        given = {"at": "2024-01-10", "states": {"main": "helped"}, "reason": "r"}
        with pytest.raises(CallError) as refused:
            law.open(since={other: "2024-01-08"}, **given)
        assert (refused.value.code, refused.value.values["ids"]) == ("midway_since", (asked,))
        case = law.open(since={asked: "2024-01-08"}, **given)
        assert [c.started for c in case.deadlines()] == [moment("2024-01-08")]


def test_an_event_without_which_a_route_leads_there_need_not_be_dated() -> None:
    law = stopping.law(stopping.limit(start=OnEvent(("extended",))))
    began = law.open(at="2024-01-10", states={"custody": "held"}, since={"custody": "2024-01-08"},
                     reason="r")  # fmt: skip
    assert began.deadlines() == ()
    dated = law.open(at="2024-01-10", states={"custody": "held"}, reason="r",
                     since={"custody": "2024-01-08", "extended": "2024-01-09"})  # fmt: skip
    assert [c.started for c in dated.deadlines()] == [moment("2024-01-09")]


@pytest.mark.parametrize(("noted", "owed"), [("2024-01-08", True), ("2024-01-10", False)])
def test_what_meets_a_duty_meets_one_that_had_begun(noted: str, owed: bool) -> None:
    duty = owing.duty(start=OnEvent(("held",)), before=None)
    case = owing.law(duty).open(
        at="2024-01-12", states={"custody": "held"}, reason="r",
        since={"custody": "2024-01-09", "held": "2024-01-09", "noted": noted},
    )  # fmt: skip
    assert bool(case.deadlines()) == owed


@pytest.mark.parametrize(
    "given",
    [{"states": {"custdy": "free"}}, {"states": {"custody": "fre"}}, {"since": {"nothing": "2024-06-01"}}],
)  # fmt: skip
def test_ids_that_there_are_not(given: dict[str, Any]) -> None:
    with pytest.raises(UnknownId):
        LAW.open(at="2024-06-03", reason="r", **given)


# -- pictures and logs -----------------------------------------------------------------------------


def test_logs_and_charts_say_that_the_law_changed_and_where_a_case_began(tmp_path: Path) -> None:
    case = SHIPPED.open(
        at="2023-11-30T09:00", states={"custody": "arrested"}, reason="r",
        since={"custody": "2023-11-29T22:00", "arrested": "2023-11-29T22:00"},
    ).advance(to="2023-12-05")  # fmt: skip
    write_log([case], tmp_path / "a.xes", lang="en")
    write_log([case], tmp_path / "a.ocel.json", lang="en")
    assert (tmp_path / "a.xes").read_text("utf-8").count('"The law changed"') == 1
    tracks = json.loads((tmp_path / "a.ocel.json").read_text("utf-8"))["objects"]
    (custody,) = [track for track in tracks if track["type"].endswith(".custody")]
    states = [a["value"] for a in custody["attributes"] if a["name"] == "state"]
    assert states == ["arrested", "release_due"]
    for view in ("timeline", "sequence"):
        assert draw(case.process, view, format="svg", lang="en", case=case)
    entry = next(e for e in entries(case) if e.record.event == LAW_CHANGED)
    assert event_text(entry, "en") == "Law changed"
    assert [s.state.id for s in stays(case, case.process.machine("custody"))] == states


def test_limits_that_begin_with_states_of_two_machines_begin_each_with_its_own() -> None:
    one = evolve(PROCESS.deadlines[0], start=OnEntry(), on_expiry=None)
    other = evolve(one, id="other", machine="consent", states=("given",))
    case = (
        evolve(PROCESS, deadlines=(one, other)).open(at="2024-01-01", facts={"age": 70})
        .step("helped", by="worker", at="2024-01-02")
        .step("consented", by="worker", at="2024-01-05", facts={"recipients": ["partner"]})
    )  # fmt: skip
    assert {c.deadline.id: c.started.day for c in case.deadlines()} == {"limit": 2, "other": 5}
