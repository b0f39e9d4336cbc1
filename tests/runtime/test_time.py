"""Time means one thing: when limits end, where a case is, what happens by law on the way."""

from __future__ import annotations

import pickle
import random
from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import Case, Process, Refused, check, processes, replay
from diversion_flow.analysis.findings import FindingCode
from diversion_flow.definition import (
    KEPT,
    CallError,
    Counting,
    Deadline,
    DefinitionError,
    Event,
    Fact,
    FactError,
    Kind,
    Length,
    OnEntry,
    OnEvent,
    OnFact,
    Unit,
    running,
)
from diversion_flow.definition.deadline import Start
from diversion_flow.definition.moments import moment
from diversion_flow.runtime import Code, ReplayError
from diversion_flow.runtime.bearing import most
from diversion_flow.runtime.crossing import migrated
from diversion_flow.runtime.lapsing import circles, lapses_in
from helpers.amounts import examples
from helpers.chance import attempt, value
from helpers.small import LAW, MAIN, NAMED, PROCESS, T, over_at_once, transition

AT = "2024-06-03T10:00"
INSTANT = timedelta(microseconds=1)
UNITS = [(30, Unit.MINUTES), (48, Unit.HOURS), (10, Unit.DAYS), (2, Unit.MONTHS), (1, Unit.YEARS)]


def limited(amount: int, unit: Unit, **changes: object) -> Process:
    """The small process, with another length of its limit."""
    limit = evolve(PROCESS.deadlines[0], length=Length(amount, unit), **changes)
    return evolve(PROCESS, deadlines=(limit,))


def helped(process: Process = PROCESS) -> Case:
    case = process.open(at=AT, facts={"age": 70}, id="A-1")
    return case.step("helped", by="worker", at="2024-06-04T09:30")


# -- the end of a limit -----------------------------------------------------------------------


@pytest.mark.parametrize(("amount", "unit"), UNITS)
def test_a_limit_is_over_at_the_same_moment_for_everybody(amount: int, unit: Unit) -> None:
    case = helped(limited(amount, unit))
    (clock,) = case.deadlines()
    assert clock.ends == clock.last + INSTANT
    assert clock.passed(clock.ends)
    assert not clock.passed(clock.last)
    lapsed = case.advance(to=clock.ends)
    assert lapsed.state("main") == "done"
    assert case.advance(to=clock.last).state("main") == "helped"
    assert case.step("lapsed", by="worker", at=clock.ends).state("main") == "done"
    with pytest.raises(Refused) as early:
        case.step("lapsed", by="worker", at=clock.last)
    assert [r.code for r in early.value.reasons] == [Code.NOT_YET]
    done = {"by": "worker", "facts": {"content": True}}
    assert case.step("finished", at=clock.last, **done).state("main") == "done"  # type: ignore[arg-type]
    with pytest.raises(Refused) as late:
        case.step("finished", at=clock.ends, **done)  # type: ignore[arg-type]
    assert [r.code for r in late.value.reasons] == [Code.DEADLINE_PASSED]


@pytest.mark.parametrize(("amount", "unit"), UNITS)
def test_a_guard_on_a_running_limit_holds_to_its_last_moment(amount: int, unit: Unit) -> None:
    still = transition("still", "finished", "helped", "done", running("limit"))
    main = evolve(MAIN, transitions=(MAIN.transitions[0], still, MAIN.transitions[3]))
    law = limited(amount, unit, on_expiry=None)
    case = helped(evolve(law, machines=(main, PROCESS.machines[1])))
    (clock,) = case.deadlines()
    assert case.step("finished", by="worker", at=clock.last).state("main") == "done"
    with pytest.raises(Refused):
        case.step("finished", by="worker", at=clock.ends)


def test_a_clock_takes_any_moment_and_nothing_else() -> None:
    (clock,) = helped().deadlines()
    assert clock.passed("2024-06-15")
    assert clock.passed(date(2024, 6, 15))
    assert not clock.passed(datetime(2024, 6, 14, 14, 59, tzinfo=UTC))
    assert clock.passed(datetime(2024, 6, 14, 15, tzinfo=UTC))
    for wrong in (None, 5, "the ides of June", ["2024-06-15"]):
        with pytest.raises(CallError):
            clock.passed(wrong)  # type: ignore[arg-type]


def test_a_moment_that_is_none_in_japan_is_refused_with_the_years_that_there_are() -> None:
    with pytest.raises(CallError) as refused:
        moment(datetime(9999, 12, 31, 15, tzinfo=UTC))
    assert refused.value.text("en") == "'at' lies outside the years 1 to 9999 (check the date)"
    assert moment(datetime(9999, 12, 31, 14, 59, tzinfo=UTC)).year == 9999


# -- where a case is ----------------------------------------------------------------------------


def test_an_advanced_case_is_where_it_was_led_and_the_entry_is_where_it_happened() -> None:
    case = helped()
    later = case.advance(to="2024-06-20T08:00")
    assert later.at.isoformat() == "2024-06-20T08:00:00+09:00"
    assert later.last.isoformat() == "2024-06-15T00:00:00+09:00"
    assert [(e.event, e.by_law) for e in later.journal] == [
        ("opened", False), ("helped", False), ("lapsed", True),
    ]  # fmt: skip
    idle = case.advance(to="2024-06-10")
    assert idle.journal == case.journal
    assert idle.last == case.last == case.at
    assert idle != case
    assert idle == case.advance(to="2024-06-10")
    assert hash(idle) != hash(case)
    assert case.advance(to=case.at) == case


def test_what_is_reported_is_not_by_law_even_when_a_limit_brought_it_about() -> None:
    case = helped()
    assert not case.step("lapsed", by="worker", at="2024-06-15").journal[-1].by_law
    assert case.step("lapsed", by="worker", at="2024-06-15") != case.advance(to="2024-06-15")


def test_nothing_is_reported_before_the_moment_at_which_the_case_is() -> None:
    case = helped().advance(to="2024-06-10")
    with pytest.raises(Refused) as refused:
        case.step("finished", by="worker", at="2024-06-09", facts={"content": True})
    (reason,) = refused.value.whole.reasons
    assert (reason.code, reason.moment) == (Code.TIME_BACKWARDS, case.at)
    assert case.enabled(at="2024-06-09") == () == case.possible(at="2024-06-09")
    with pytest.raises(CallError) as backwards:
        case.advance(to="2024-06-09")
    assert backwards.value.code == "moment_backwards"
    assert backwards.value.text("ja") != backwards.value.text("en")


@pytest.mark.parametrize("moment", ["2024-01-01", "2500-01-01"])
def test_a_moment_out_of_place_is_told_by_the_name_that_its_caller_gives_it(moment: str) -> None:
    case = helped().advance(to="2024-06-10")
    law = case.process
    for call in (
        lambda: replay(law, case.journal, at=moment),
        lambda: migrated(case, to=law, rule=KEPT, at=moment),
    ):
        with pytest.raises(CallError, match="'at'"):
            call()
    with pytest.raises(CallError, match="'to'"):
        case.advance(to=moment)


def test_an_advanced_case_is_stored_with_its_moment() -> None:
    case = helped().advance(to="2024-06-10")
    assert pickle.loads(pickle.dumps(case)) == case
    assert replay(PROCESS, case.journal, "A-1", at=case.at) == case
    assert replay(PROCESS, case.journal, "A-1") == helped()
    with pytest.raises(CallError):
        replay(PROCESS, case.journal, "A-1", at="2024-06-03T12:00")


def test_limits_count_from_what_happened_not_from_where_the_case_was_led() -> None:
    opened = PROCESS.open(at=AT, facts={"age": 70}).advance(to="2024-06-10")
    assert opened.step("helped", by="worker", at="2024-06-11").deadlines()[0].started == (
        datetime.fromisoformat("2024-06-11T00:00+09:00")
    )
    entry = limited(10, Unit.DAYS, start=OnEntry())
    for law in (PROCESS, entry):
        case = helped(law).advance(to="2024-06-10")
        case = case.step("consented", by="worker", at="2024-06-11", **NAMED)
        assert case.deadlines() == helped(law).deadlines()


@pytest.mark.parametrize(
    ("at", "states", "leading"),
    [
        ("consent", ("given",), set()),  # which knows nothing of where help stands
        ("main", ("asked", "helped"), {"helped"}),
    ],
)
def test_a_limit_ends_by_law_where_what_it_brings_about_leads_on(
    at: str, states: tuple[str, ...], leading: set[str]
) -> None:
    law = limited(10, Unit.DAYS, machine=at, states=states, start=OnEntry())
    assert lapses_in(law, law.deadline("limit")) == leading
    case = law.open(at=AT, facts={"age": 70}).step("consented", by="worker", at=AT, **NAMED)
    case = case.advance(to="2024-07-01")  # over, and help only asked for
    assert case.state("main") == "asked"
    case = case.step("helped", by="worker", at="2024-07-01").advance(to="2024-07-02")
    assert (case.journal[-1].event, case.last) == ("lapsed", moment("2024-07-01"))


def test_an_entry_by_law_is_replayed_as_one_or_not_at_all() -> None:
    journal = helped().advance(to="2024-06-20").journal
    assert replay(PROCESS, journal).journal == journal
    forged = (*journal[:1], evolve(journal[1], by_law=True))
    with pytest.raises(ReplayError) as caught:
        replay(PROCESS, forged)
    assert (caught.value.code, caught.value.number) == ("journal_not_by_law", 1)


def test_a_case_in_which_a_limit_is_over_at_once_is_stored_as_it_stands() -> None:
    """What is recorded starts a limit that ended long ago: what it brings about comes next."""
    law, facts = over_at_once(), {**NAMED["facts"], "content": True}
    case = helped(law).step("consented", by="worker", at="2024-07-01", facts=facts)
    assert case.deadlines()[0].passed(case.at)
    assert replay(law, case.journal, case.id, case.at) == case == pickle.loads(pickle.dumps(case))
    led = case.advance(to=case.at)
    assert [entry.event for entry in led.journal[len(case.journal) :]] == ["lapsed"]
    assert replay(law, led.journal, case.id, case.at) == led


# -- time that does not pass ----------------------------------------------------------------------


def reminding(start: Start, amount: int, unit: Unit, *, source: str = "helped") -> Process:
    """A limit whose expiry leaves the machine in the states in which the limit runs."""
    remind = transition("remind", "lapsed", source, "helped")
    main = evolve(MAIN, transitions=(*MAIN.transitions[:3], remind))
    facts = (*PROCESS.facts, Fact("day", T, Kind.DATE, "worker"))
    limit = evolve(PROCESS.deadlines[0], start=start, length=Length(amount, unit))
    machines = (main, PROCESS.machines[1])
    return evolve(PROCESS, machines=machines, facts=facts, deadlines=(limit,))


@pytest.mark.parametrize(
    ("start", "amount", "unit"),
    [
        (OnEvent(("helped",)), 10, Unit.DAYS),
        (OnEvent(("helped", "lapsed")), 0, Unit.HOURS),
        (OnEvent(("helped", "lapsed")), 0, Unit.MINUTES),
        (OnEntry(), 48, Unit.HOURS),
        (OnFact("day"), 3, Unit.DAYS),
    ],
)
def test_a_limit_that_runs_out_for_ever_is_found_and_stops(
    start: Start, amount: int, unit: Unit
) -> None:
    law = reminding(start, amount, unit)
    assert list(circles(law)) == [("limit",)]
    assert [f.ids for f in check(law) if f.code is FindingCode.ENDLESS_EXPIRY] == [("limit",)]
    case = law.open(at=AT, facts={"age": 70, "day": "2024-06-01"})
    case = case.step("helped", by="worker", at="2024-06-03T11:00")
    with pytest.raises(DefinitionError) as endless:
        case.advance(to="2025-06-01")
    assert endless.value.code == "advance_endless"
    assert "limit" in endless.value.text("ja")


def test_a_limit_that_is_set_anew_reminds_again_and_again() -> None:
    law = reminding(OnEvent(("helped", "lapsed")), 10, Unit.DAYS)
    assert list(circles(law)) == []
    assert not [f for f in check(law) if f.code is FindingCode.ENDLESS_EXPIRY]
    case = helped(law).advance(to="2024-08-01")
    assert [e.event for e in case.journal[2:]] == ["lapsed"] * 5
    assert all(e.by_law for e in case.journal[2:])


def test_two_limits_that_throw_a_case_to_and_fro_are_found() -> None:
    there = transition("there", "lapsed", "helped", "asked")
    back = transition("back", "returned", "asked", "helped")
    main = evolve(MAIN, transitions=(*MAIN.transitions[:3], there, back))
    again = Deadline("again", T, "main", ("asked",), OnEvent(("helped",)), Length(12, Unit.DAYS),
                     "worker", LAW, on_expiry="returned")  # fmt: skip
    law = evolve(
        PROCESS,
        machines=(main, PROCESS.machines[1]),
        deadlines=(*PROCESS.deadlines, again),
        events=(*PROCESS.events, Event("returned", T, "main", ("worker",))),
    )
    assert [set(ids) for ids in circles(law)] == [{"limit", "again"}]
    with pytest.raises(DefinitionError):
        helped(law).advance(to="2024-09-01")
    renewed = evolve(again, start=OnEvent(("lapsed",)))
    assert list(circles(evolve(law, deadlines=(law.deadlines[0], renewed)))) == []


def test_two_reminders_at_the_same_moment_are_no_circle() -> None:
    other = evolve(PROCESS.deadlines[0], id="other", on_expiry="withdrawn",
                   start=OnEvent(("helped", "withdrawn")), machine="consent", states=("given",))  # fmt: skip
    stays = transition("stays", "withdrawn", "given", "given")
    consent = evolve(PROCESS.machines[1], transitions=(PROCESS.machines[1].transitions[0], stays))
    law = reminding(OnEvent(("helped", "lapsed")), 10, Unit.DAYS)
    law = evolve(law, machines=(law.machines[0], consent), deadlines=(*law.deadlines, other))
    case = law.open(at=AT, facts={"age": 70}).step("consented", by="worker", at=AT, **NAMED)
    case = case.step("helped", by="worker", at="2024-06-04").advance(to="2024-07-01")
    assert [e.event for e in case.journal[3:]] == ["lapsed", "withdrawn"] * 2


# -- what clocks can bear -----------------------------------------------------------------------


@pytest.mark.parametrize("at", ["9999-12-31", "1948-12-31", "2100-01-01", "0001-01-02"])
def test_a_moment_for_which_no_limit_can_be_counted_is_not_recorded(at: str) -> None:
    case = helped()
    for call in (
        lambda: PROCESS.open(at=at),
        lambda: case.step("consented", by="worker", at=at),
        lambda: case.step("finished", by="worker", at=at),
        lambda: case.explain("finished", by="worker", at=at),
        lambda: case.enabled(at=at),
        lambda: case.worklist(at=at),
        lambda: case.advance(to=at),
        lambda: replay(PROCESS, case.journal, at=at),
    ):
        with pytest.raises(CallError) as caught:
            call()
        assert caught.value.code == "moment_beyond"
        assert at[:4] not in str(caught.value)


def test_a_limit_that_holidays_move_has_to_end_within_the_calendar() -> None:
    moved = Counting(rest_day_moves=True)  # what no holiday moves may end beyond
    limit = evolve(PROCESS.deadlines[0], length=Length(10, Unit.YEARS), counting=moved)
    assert PROCESS.open(at="2095-06-01").at.year == 2095
    with pytest.raises(CallError):
        evolve(PROCESS, deadlines=(limit,)).open(at="2095-06-01")


def measured(**changes: object) -> Process:
    """The small process: a limit starts with a recorded day, and is lengthened by a number."""
    day = Fact("day", T, Kind.DATE, "worker")
    more = Fact("more", T, Kind.INTEGER, "worker")
    limit = evolve(
        PROCESS.deadlines[0],
        start=OnFact("day"),
        length=Length(10, Unit.DAYS, ("more",)),
        **changes,
    )
    event = evolve(PROCESS.events[0], records=("age", "day", "more"))
    return evolve(
        PROCESS, facts=(*PROCESS.facts, day, more), deadlines=(limit,),
        events=(event, *PROCESS.events[1:]),
    )  # fmt: skip


@pytest.mark.parametrize(
    "facts",
    [
        {"day": "9999-12-31"},
        {"day": date(1948, 12, 31)},
        {"more": 10**9},
        {"more": -11},
        {"more": 10**40},
    ],
)
@pytest.mark.parametrize("moves", [False, True])
def test_a_fact_that_no_clock_can_bear_is_not_recorded(
    facts: dict[str, object], moves: bool
) -> None:
    law = measured(counting=Counting(rest_day_moves=moves))
    case = law.open(at=AT)
    for call in (
        lambda: law.open(at=AT, facts=facts),
        lambda: case.step("helped", by="worker", at=AT, facts={"age": 70, **facts}),
    ):
        with pytest.raises(FactError) as caught:
            call()
        assert "「あ」" in caught.value.text("ja")  # the limit, by its name
        assert str(next(iter(facts.values()))) not in str(caught.value)


@pytest.mark.parametrize(
    ("length", "field"), [(Length(-1, Unit.DAYS), "length"), (Length(10**9, Unit.YEARS), "length")]
)
def test_a_length_that_no_clock_can_count_is_no_definition(length: Length, field: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, deadlines=(evolve(PROCESS.deadlines[0], length=length),))
    assert caught.value.code == "length_bounds"
    assert field in str(caught.value)


def test_what_is_moved_off_rest_days_is_lengthened_to_ten_years_at_most() -> None:
    (limit,) = PROCESS.deadlines
    moved = evolve(limit, counting=Counting(rest_day_moves=True))
    assert (most(limit, Unit.YEARS), most(moved, Unit.YEARS)) == (100, 10)


def test_a_limit_does_not_depend_on_itself() -> None:
    limit = evolve(PROCESS.deadlines[0], guard=~running("limit"))
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, deadlines=(limit,))
    assert caught.value.code == "deadline_circle"


LAWS = (
    PROCESS,
    measured(),
    measured(counting=Counting(rest_day_moves=True)),
    *(processes.in_force(n, on="2024-06-03") for n in processes.names()),
)


@examples(30)
@given(seed=st.integers(0, 2**32), law=st.sampled_from(LAWS))
def test_an_accepted_case_answers_for_ever_after(seed: int, law: Process) -> None:
    rnd = random.Random(seed)
    begins = law.since or date(1949, 1, 1)
    ends = law.until or date(2099, 12, 31)
    at = begins + timedelta(days=rnd.choice([0, rnd.randint(0, (ends - begins).days)]))
    try:
        case = law.open(at=at, facts=_any_facts(law, [f.id for f in law.facts], rnd))
    except (CallError, FactError):
        return
    for _ in range(8):
        _answers(case, rnd)
        event = rnd.choice(case.possible() or [e.id for e in law.events])
        definition = law.event(event)
        then = case.at + timedelta(days=rnd.choice([0, 0, 1, 400, 9000]))
        facts = _any_facts(law, definition.records, rnd)
        try:
            case = attempt(case, event, by=rnd.choice(definition.by), at=then, facts=facts) or case
        except (CallError, FactError):
            continue
    _answers(case, rnd)


def _any_facts(law: Process, ids: object, rnd: random.Random) -> dict[str, object]:
    wild = {Kind.DATE: ["9999-12-31", "1949-01-01", "2099-12-31"], Kind.INTEGER: [-5, 0, 10**7]}
    found = {}
    for id in ids:  # type: ignore[attr-defined]
        fact = law.fact(id)
        found[id] = rnd.choice(wild[fact.kind]) if rnd.random() < 0.1 and fact.kind in wild else (
            value(fact, rnd))  # fmt: skip
    return found


def _answers(case: Case, rnd: random.Random) -> None:
    """Everything that a case can be asked, near and far."""
    case.deadlines(), case.closed, case.enabled(), case.possible(), case.journal
    case.view(rnd.choice(case.process.agencies).id)
    event = rnd.choice(case.process.events)
    case.explain(event.id, by=event.by[0], at=case.at).text("ja")
    bearing = case._program.bearing
    for to in (case.at, case.at + timedelta(days=400), bearing.ends - INSTANT):
        if case.at <= to < bearing.ends:
            assert _refused(case, to) <= {Code.NOT_IN_FORCE}


def _refused(case: Case, to: datetime) -> set[Code]:
    """Why the case is not led there: the law of its version ends before what it lets happen."""
    try:
        case.advance(to=to)
    except Refused as refused:
        return {reason.code for reason in refused.reasons}
    return set()
