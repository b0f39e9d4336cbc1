"""What tests of a policy are made of: tours, mutants, coverage, assertions, strategies."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import Case, Process, Refused, compare, processes
from diversion_flow.definition import CallError, DefinitionError, SetParameter, UnknownId, Variant
from diversion_flow.definition.files.serial import dump
from diversion_flow.runtime.calendar import moment
from diversion_flow.scenarios import (
    Attempt,
    Expected,
    Law,
    Scenario,
    play,
    read,
    shipped,
    story_names,
)
from diversion_flow.scenarios.fitting import fitted, told_under
from diversion_flow.scenarios.play import passes
from diversion_flow.scenarios.reading import load
from diversion_flow.scenarios.writing import parts, written
from diversion_flow.testing import (
    Mutant,
    StoppedClock,
    assert_deadline,
    assert_hidden,
    assert_possible,
    assert_refused,
    assert_sees,
    assert_states,
    case_machine,
    cases,
    facts,
    mutants,
    tours,
)
from diversion_flow.testing.edges import joined
from diversion_flow.testing.killing import _alone, _Told, kill, missed, of_scenario, of_scenarios
from diversion_flow.testing.measures import PolicyCoverage, Recorder
from diversion_flow.testing.pinning import pinned
from diversion_flow.testing.reaching import never_matters
from diversion_flow.testing.touring import limits
from helpers import owing, stopping
from helpers.amounts import Amount, examples
from helpers.occasions import law as occasions
from helpers.random_rules import ruled
from helpers.small import PROCESS as SMALL

LAW = processes.in_force("entry_support", on="2024-06-03")
TOURS = story_names("tours")
END = moment("2025-05-31T23:59")


@cache
def mistakes() -> tuple[Mutant, ...]:
    return tuple(mutants(LAW))


@cache
def _of_the_law(law: Process = LAW) -> list[Scenario]:
    """The shipped scenarios that are told under this version of the law; of the others each case
    as far as it can belong there."""
    told = (shipped(n) for folder in ("stories", "tours") for n in story_names(folder))
    here = (one for one in told if one.process == law.id)
    return [case for one in here for case, _ in told_under(one, law)]


# -- tours -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TOURS)
def test_tour_goes_as_written(name: str) -> None:
    told = shipped(name)
    played = [step for law in told.laws for step in play(told, law=law)]
    assert [str(p) for step in played for p in step.problems] == []


@pytest.mark.slow
def test_a_written_scenario_reads_back(amount: Amount) -> None:
    for name in TOURS[:: amount(1, 12)]:
        told = shipped(name)
        again = read(written(told), "again.toml")
        assert [s.expected for s in again.steps] == [s.expected for s in told.steps]
        assert [s.attempts for s in again.steps] == [s.attempts for s in told.steps]
        assert written(again) == written(told)


@pytest.mark.parametrize("more", [{}, {"second": 7}, {"microsecond": 1}])
def test_the_end_of_a_limit_is_written_as_exactly_as_it_is(more: dict[str, int]) -> None:
    told = shipped("cs01")
    ends = Expected(deadlines={"remand": datetime(2024, 6, 20, 1, 2).replace(**more)})
    asked = evolve(told, steps=(evolve(told.steps[0], expected=ends),))
    assert read(written(asked), "again.toml").steps[0].expected == ends


def test_a_law_that_ended_long_ago_has_tours() -> None:
    ended = evolve(SMALL, until=date(2020, 3, 10))
    told = [*tours(ended)]
    assert len(told) == len([*tours(SMALL)])
    assert all(passes(tour, ended) for tour in told)


def test_the_same_law_gives_the_same_tours() -> None:
    first, again = ([written(t) for t in tours(SMALL, date(2024, 6, 3))] for _ in range(2))
    assert first == again
    assert first


UNTOLD = 43  # a case that shows a mistake begins with something that is not known


@pytest.mark.parametrize("law", [ruled(UNTOLD), owing.law()], ids=["untold", "counted back"])
def test_what_is_pinned_of_any_process_reads_back_and_passes(law: Process, tmp_path: Path) -> None:
    dump(law, tmp_path / "law.json")
    for scenario in pinned(law):
        file = tmp_path / f"{scenario.id}.policy.toml"
        file.write_text(written(evolve(scenario, process="law.json")), "utf-8")
        assert [str(p) for step in play(load(file)) for p in step.problems] == []


@pytest.mark.parametrize(("cases", "tries", "files"), [(700, 1, 2), (1, 101, 1), (1, 2001, 4)])
def test_what_a_file_may_not_ask_is_written_in_several(cases: int, tries: int, files: int) -> None:
    tour = next(tours(SMALL, date(2024, 6, 3)))
    more = tuple(evolve(step, attempts=step.attempts[:2] * tries) for step in tour.steps)
    whole = joined("whole", tour.title, [evolve(tour, steps=more)] * cases)
    told = [read(written(one), f"{one.id}.toml") for one in parts(whole)]
    assert len({one.id for one in told}) == len(told) == files
    assert _tried(*told) == _tried(whole)
    assert all(passes(one, SMALL) for one in told)


def _tried(*told: Scenario) -> Counter[tuple[str, str]]:
    """How much is tried in each case at each time."""
    steps = (step for one in told for step in one.steps)
    return Counter((step.case, step.at) for step in steps for _ in step.attempts)


def test_a_day_from_which_a_limit_is_counted_back_is_told_in_what_is_pinned() -> None:
    law = owing.law()
    tests = [test for one in pinned(law) for test in of_scenarios((one,))]
    longer = [m for m in mutants(law) if m.touches[0][0] == "deadline" and "days" in m.said.en]
    assert len(longer) == 2
    assert len(kill(law, tests, longer).killed) == 2


# -- mutants -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "law", [SMALL, owing.law(), stopping.law()], ids=["small", "owed", "stops"]
)
def test_what_a_scenario_asks_of_a_part_shows_a_mistake_in_it_if_the_whole_does(
    law: Process,
) -> None:
    told = [*tours(law, date(2024, 6, 3))]
    tests = [*of_scenarios((*told, *(_with_limits(one, law) for one in told)))]
    tests += [of_scenario(_under_another(one), _ANOTHER) for one in told]
    answers = []
    for mutant in mutants(law):
        with suppress(DefinitionError):
            mutated = mutant.apply(law)
            alone = _alone(law, mutated, mutant)
            for whole in (test.passes for test in tests if alone):
                assert isinstance(whole, _Told)
                answers.append((whole(mutated), whole.goes(law, mutated, alone)))
    assert set(answers) == {(True, True), (False, False)}


def test_a_story_of_several_laws_is_asked_of_mistakes_under_that_of_the_process() -> None:
    told = shipped("the_center_since_2021")
    (gone,) = (m for m in mistakes() if m.id == "drop_rule.support.service")
    assert told.laws[0].on < (LAW.since or date.min)
    assert not [*missed(LAW, of_scenarios((told,)), [(gone, gone.apply(LAW))])]


_ANOTHER = Law(date(2024, 6, 3), variant="another.toml", called="another")


def _under_another(told: Scenario) -> Scenario:
    """What it says it says of this law alone."""
    wrong = Expected(refused=("wrong_agency",))
    steps = (evolve(s, expected=wrong, under={"another": s.expected}) for s in told.steps)
    return evolve(told, steps=tuple(steps), laws=(told.laws[0], _ANOTHER))


def _with_limits(told: Scenario, law: Process) -> Scenario:
    """What is tried expects the limits, too, that run when it happens; the steps expect none."""

    def tried(attempt: Attempt, case: Case) -> Attempt:
        if attempt.expected.refused:
            return attempt
        after = case.step(attempt.event, by=attempt.by, at=case.at, facts=attempt.facts)
        return evolve(attempt, expected=Expected(deadlines=limits(None, after)))

    steps = (
        evolve(p.step, expected=evolve(p.step.expected, deadlines={}),
               attempts=tuple(tried(a, p.after) for a in p.step.attempts))
        for p in play(told, law)
    )  # fmt: skip
    return evolve(told, id=f"{told.id}_limits", steps=tuple(steps))


@pytest.mark.slow
def test_a_mutant_is_a_variant_with_one_mistake() -> None:
    found = mistakes()
    assert len(found) >= 1000
    assert len({m.id for m in found}) == len(found)
    for mutant in found[::311]:
        changed = compare(LAW, mutant.apply(LAW), effort=0).changes
        parts = {(c.part, c.path) for c in changed if c.part != "process"}
        assert len(parts) <= 1, mutant.id


@pytest.mark.again
def test_shipped_scenarios_notice_nearly_every_mistake(amount: Amount) -> None:
    """Every thirteenth mutant, or an eighth of those: the benchmark runs them all."""
    every = amount(13, 104)
    tests = of_scenarios(_of_the_law())
    kills = kill(LAW, tests, mistakes()[::every])
    assert kills.killed
    assert kills.score >= 0.95, kills.text("en")


@pytest.mark.slow
def test_without_tests_every_mistake_goes_unnoticed() -> None:
    some = [m for m in mistakes() if m.id.startswith("drop_rule.custody.")][:3]
    kills = kill(LAW, [], some)
    assert kills.killed == ()
    assert [survivor.mutant for survivor in kills.survivors] == some
    assert kills.score == 0
    said = kills.text("en")
    assert "no test of yours notices that 'Arrested' (custody.arrest): the rule is gone" in said
    assert "気付くテストがありません" in kills.text("ja")


@pytest.mark.slow
def test_a_mistake_that_changes_nothing_is_not_counted(amount: Amount) -> None:
    """Follow-up has no length set: how its days are counted makes no difference."""
    same = [m for m in mistakes() if m.id.startswith("counting.follow_up_period")]
    same = same[:: amount(1, len(same))]
    kills = kill(LAW, [], same)
    assert {m.id for m in kills.equivalent} == {m.id for m in same} != set()
    assert kills.score == 1


def test_a_mistake_where_no_case_comes_is_not_counted() -> None:
    """No probationer is a suspect whose detention is stayed."""
    found = {m.id: m for m in mistakes()}
    idle, telling = "narrow.further_aid.contact_in_none.7", "narrow.public_assistance.application.4"
    assert never_matters(LAW, found[idle], found[idle].apply(LAW))
    assert not never_matters(LAW, found[telling], found[telling].apply(LAW))


@pytest.mark.slow
def test_what_is_proved_to_matter_to_nobody_is_no_difference() -> None:
    """On small processes drawn by chance, where the comparison of two laws is exact."""
    proved = 0
    for seed in range(8):
        law = ruled(seed)
        for mutant in list(mutants(law))[seed % 3 : 60 : 3]:
            with suppress(DefinitionError):  # a mistake that the definition refuses
                mutated = mutant.apply(law)
                if never_matters(law, mutant, mutated):
                    proved += 1
                    assert compare(law, mutated).behaviour.verdict != "different", mutant.id
    assert proved > 20


def test_tests_that_fail_already_are_refused() -> None:
    told = shipped("cs01")
    with pytest.raises(ValueError, match="fails before any mistake is made"):
        kill(processes.versions("entry_support")[0], of_scenarios([told]), [])


def test_that_something_told_earlier_goes_on_to_count_is_a_mistake_too() -> None:
    law = occasions()
    lost = {m.id: m for m in mutants(law) if m.kind == "drop_outdated"}
    assert [*lost] == [
        "drop_outdated.visited.content", "drop_outdated.cleared.content", "drop_outdated.cleared.days",
    ]  # fmt: skip
    mutant = lost["drop_outdated.cleared.content"]
    assert mutant.apply(law).event("cleared").outdates == ("days",)
    assert not mutant.said.missing


# -- coverage ----------------------------------------------------------------------------------


def watched(*scenarios: Scenario, law: Process = LAW) -> Recorder:
    recorder = Recorder()
    with recorder.watching():
        for told in scenarios:
            assert not any(step.problems for step in play(told, law))
    return recorder


def test_a_condition_is_shown_when_it_decides_each_way() -> None:
    """Bail asks one thing; one story that meets it shows one side only."""
    recorder = Recorder()
    opened = LAW.open(at="2024-06-03T09:00", facts={}, id="a")
    arrested = opened.step("arrested", by="police", at="2024-06-03T10:00")
    held = arrested.step("referred", by="police", at="2024-06-04T10:00")
    request = {"by": "prosecutor", "at": "2024-06-04T11:00"}
    point = ("condition", "custody", "detention_request", "0")
    with recorder.watching():
        held.step("detention_requested", facts={"detention_ground": "flight"}, **request)
    found = recorder.coverage()[0]
    assert (*point, "holds") in found.shown
    assert (*point, "fails") not in found.shown
    with recorder.watching(), pytest.raises(Refused):
        held.step("detention_requested", **request)
    found = recorder.coverage()[0]
    assert (*point, "fails") in found.shown
    assert ("refusal", "custody", "detention_request", "0") in found.shown


@pytest.fixture(scope="module")
def shown() -> PolicyCoverage:
    """What all shipped scenarios of the law show of it."""
    return watched(*_of_the_law()).coverage()[0]


@pytest.mark.slow
def test_shipped_scenarios_show_the_law(shown: PolicyCoverage) -> None:
    # The twenty-four months of a release under this version run out after its last day.
    assert shown.missing("state") == (("state", "aftercare", "ended_max"),)
    assert shown.share("rule") >= 0.99


@pytest.mark.slow
def test_shipped_scenarios_show_most_conditions_each_way_and_most_refusals(
    shown: PolicyCoverage,
) -> None:
    """Missing are those that another rule answers before (of consent its withdrawal, of custody
    the arrest that moved the support as well) and those that others imply (a period runs only
    where its condition holds, a finding that is so is recorded)."""
    assert shown.share("condition") >= 0.95
    assert shown.share("refusal") >= 0.95
    assert shown.share("limit") >= 0.95


@pytest.mark.slow
@pytest.mark.sampled(every=5)
@pytest.mark.parametrize("law", [v for v in processes.versions("entry_support") if v is not LAW],
                         ids=lambda law: law.version)  # fmt: skip
def test_so_do_they_of_each_other_version(law: Process) -> None:
    """Stories and tours of another law are asked as far as they can belong to this one."""
    shown = watched(*_of_the_law(law), law=law).coverage()[0]
    assert shown.process is law
    assert shown.share("condition") >= 0.95
    assert shown.share("refusal") >= 0.95
    assert shown.share("limit") >= 0.95


def test_the_tours_of_special_coordination_show_it() -> None:
    """What is not shown is of who is released or without consent where nobody can stand so."""
    law = processes.get("special_coordination")
    shown = watched(*_of_the_law(law), law=law).coverage()[0]
    assert [shown.share(kind) for kind in ("state", "rule", "agency")] == [1, 1, 1]
    assert shown.share("condition") >= 0.9
    assert shown.share("refusal") >= 0.85


def test_a_case_goes_as_far_as_another_law_lets_it() -> None:
    """Published under the law of 2023; before, a consultation asks what outcome is expected, and
    nobody knows of a Center."""
    told, former = shipped("cs01"), processes.versions("entry_support")[0]
    (case,) = fitted(told, former)
    assert 0 < len(case.steps) < len(told.steps)
    assert case.on <= (former.until or case.on)
    assert {s.event for s in case.steps} - {None} <= {event.id for event in former.events}
    assert all(case.steps[n].at[:10] != told.steps[n].at[:10] for n in range(len(case.steps)))
    assert case.on.weekday() == told.on.weekday()
    assert passes(case, former)
    assert [*fitted(told, former)] == [case]


def test_a_case_of_another_law_is_closed_where_the_story_says_so() -> None:
    center = processes.versions("entry_support")[3]
    cases = [*fitted(shipped("closed_in_each_state"), center)]
    assert len(cases) > 5
    assert {case.openings[0].ends for case in cases} == {"closed"}


def test_a_story_that_goes_otherwise_at_once_belongs_nowhere() -> None:
    gone = next(m for m in mistakes() if m.id == "drop_rule.custody.arrest")
    without = gone.apply(LAW)
    told = shipped("cs01")
    at = next(n for n, step in enumerate(told.steps) if step.event == "arrested")
    assert sum(len(case.steps) for case in fitted(told, without)) == at


def test_what_the_policy_turns_off_is_counted_apart_and_named() -> None:
    """Follow-up has no length set, and of further conditions of selection nothing is asked."""
    found = PolicyCoverage.of(LAW, ())
    follow_up, selected = (
        ("limit", "follow_up_period", "runs"),
        ("refusal", "support", "request", "2"),
    )
    assert {follow_up, selected} <= set(found.apart)
    counted = {point for points in found.points.values() for point in points}
    assert counted.isdisjoint(found.apart)
    assert found.said(follow_up, "en") in found.text("en").split("counted apart")[1]
    asked = Variant(
        "asked",
        LAW.id,
        LAW.name,
        edits=(
            SetParameter("follow_up_months", 6),
            SetParameter("further_conditions_required", True),
        ),
    ).apply(LAW)
    assert {follow_up, selected}.isdisjoint(PolicyCoverage.of(asked, ()).apart)


def test_of_limits_it_is_shown_whether_they_were_met_missed_stopped_and_renewed() -> None:
    law = stopping.law(stopping.limit(met_by=("noted",)))
    recorder = Recorder()
    points = []
    with recorder.watching():
        case = law.open(at="2024-06-03", facts={"days": 0})
        for event, at in (("held", "2024-06-03"), ("extended", "2024-06-04"),
                          ("examined", "2024-06-05"), ("examination_over", "2024-06-06"),
                          ("noted", "2024-06-06"), ("held", "2024-06-07"),
                          ("noted", "2024-08-07")):  # fmt: skip
            case = case.step(event, by="worker", at=at)
            [found] = recorder.coverage()
            points.append({what for _, _, what in found.shown & {*found.points["limit"]}})
    assert {what for _, _, what in found.points["limit"]} == {
        "runs", "met", "missed", "stops", "renewed",
    }  # fmt: skip
    new = [after - before for before, after in pairwise([set(), *points])]
    assert new == [{"runs"}, {"renewed"}, {"stops"}, set(), {"met"}, set(), {"missed"}]
    assert "missed, or met late" in found.said(("limit", "remand", "missed"), "en")


def test_coverage_only_grows() -> None:
    first, second = shipped("cs01"), shipped("cs02")
    one = watched(first).coverage()[0]
    both = watched(first, second).coverage()[0]
    assert one.shown < both.shown
    assert both.share() > one.share()
    assert "states" in both.text("en")
    assert "状態" in both.text("ja")


def test_watching_leaves_steps_as_they_are() -> None:
    told = shipped("cs01")
    plain = [p.after for p in play(told)]
    recorder = Recorder()
    with recorder.watching():
        assert [p.after for p in play(told)] == plain
    before = len(recorder.attempted)
    play(told)
    assert len(recorder.attempted) == before > 0


# -- assertions --------------------------------------------------------------------------------


@pytest.fixture
def arrested() -> Case:
    opened = LAW.open(at="2024-06-03T09:00", facts={"age": 70}, id="a")
    return opened.step("arrested", by="police", at="2024-06-03T10:00")


def test_assertions_hold_where_they_should(arrested: Case) -> None:
    assert_states(arrested, custody="arrested", procedure="investigation")
    assert_deadline(arrested, "police_referral", "2024-06-05T10:00")
    assert_deadline(arrested, "appeal_period", None)
    assert_refused(arrested, "referred", by="center", code="wrong_agency", because_of="police")
    assert_possible(arrested, "police", "referred", "police_released")
    assert_hidden(arrested, "municipality", "age")
    assert_sees(arrested, "prosecutor", "age")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda c: assert_states(c, custody="free"), "custody is arrested, not free"),
        (lambda c: assert_deadline(c, "appeal_period", "2024-06-05"), "does not run"),
        (lambda c: assert_deadline(c, "police_referral", None), "runs until 2024-06-05"),
        (lambda c: assert_deadline(c, "police_referral", "2024-06-06T10:00"), "not 2024-06-06T10"),
        (lambda c: assert_refused(c, "referred", by="police"), "was accepted"),
        (lambda c: assert_refused(c, "referred", by="center", code="no_consent"), "not .'no_con"),
        (lambda c: assert_refused(c, "referred", by="center", because_of="age"), "is no reason"),
        (lambda c: assert_possible(c, "center", "referred"), "referred by center"),
        (lambda c: assert_hidden(c, "prosecutor", "age"), "shown to prosecutor"),
        (lambda c: assert_sees(c, "municipality", "age"), "withheld from municipality"),
    ],
)
def test_assertions_fail_where_they_should(arrested: Case, wrong, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(AssertionError, match=said) as failed:
        wrong(arrested)
    assert "70" not in str(failed.value)


def test_assertions_do_not_take_unknown_words(arrested: Case) -> None:
    for wrong in (
        lambda: assert_states(arrested, custody="freed"),
        lambda: assert_sees(arrested, "prosecutor", "agee"),
        lambda: assert_deadline(arrested, "police", None),
        lambda: assert_states(arrested, custody=["arrested"]),  # type: ignore[arg-type]
        lambda: assert_hidden(arrested, "prosecutor", ["age"]),  # type: ignore[arg-type]
        lambda: assert_hidden(arrested, "prosecuter"),
        lambda: assert_sees(arrested, ["prosecutor"], "age"),  # type: ignore[arg-type]
    ):
        with pytest.raises(UnknownId):
            wrong()


@pytest.mark.parametrize(
    "day", ["2024-06-05", "20240605", " ２０２４-０６-０５ ", date(2024, 6, 5)]
)
def test_a_day_on_which_a_limit_ends_is_read_as_days_are(arrested: Case, day: str | date) -> None:
    assert_deadline(arrested, "police_referral", day)
    with pytest.raises(CallError):
        assert_deadline(arrested, "police_referral", 20240605)  # type: ignore[arg-type]


def test_tours_begin_on_the_day_of_a_moment() -> None:
    moment, day = (next(tours(SMALL, on)) for on in (datetime(2024, 6, 3, 23), date(2024, 6, 3)))
    assert moment == day


def test_the_clock_does_not_go_back() -> None:
    clock = StoppedClock("2024-06-03T09:00")
    assert clock.forward(days=1, hours=2).isoformat() == "2024-06-04T11:00:00+09:00"
    with pytest.raises(ValueError, match="does not go back"):
        clock.forward(hours=-1)
    with pytest.raises(ValueError, match="does not go back"):
        clock.set("2024-06-04T10:59")


# -- strategies --------------------------------------------------------------------------------


@given(facts(LAW))
def test_strategies_give_facts_that_the_schema_takes(given_facts: dict[str, object]) -> None:
    case = LAW.open(at="2024-06-03T09:00", facts=given_facts, id="a")
    assert set(case.facts) == set(given_facts)


@examples(25)
@given(cases(LAW, most=8), st.integers(0, 20))
def test_strategies_give_whole_cases(case: Case, days: int) -> None:
    """Time that passes adds to what has happened, in order, and nothing else."""
    until = min(case.at + timedelta(days=days), END)
    later = case.advance(to=until)
    assert case.at <= later.at <= until
    assert later.journal[: len(case.journal)] == case.journal


def always(case: Case) -> None:
    assert case.state("custody") in {s.id for s in LAW.machine("custody").states}


TestAnyCase = case_machine(LAW, always).TestCase
TestAnyCase.settings = examples(15, stateful_step_count=15)


def test_a_scenario_passes_or_not_as_its_law_says() -> None:
    """The same story under a law with one rule gone."""
    gone = next(m for m in mistakes() if m.id == "drop_rule.custody.arrest")
    told = next(
        shipped(n) for n in story_names() if any(s.event == "arrested" for s in shipped(n).steps)
    )
    law: Process = processes.in_force("entry_support", on=told.on)
    assert passes(told, law)
    without = Variant("gone", law.id, gone.said, gone.edits).apply(law)
    assert not passes(told, without)
