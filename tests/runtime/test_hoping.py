"""What may happen once facts are recorded with the event: exactly where something can be recorded
with which it does happen."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import date, datetime
from itertools import combinations, product
from random import Random
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import JST, Case, DiversionFlowError, Process
from diversion_flow.definition import (
    Basis,
    Choice,
    Deadline,
    Event,
    Fact,
    Guard,
    Kind,
    Length,
    Mark,
    OnEntry,
    Parameter,
    Unit,
    any_of,
    every,
    fact,
    holds,
    missed,
    param,
    running,
)
from diversion_flow.definition.guard import ALWAYS, Named, OnWorkingDay
from diversion_flow.desk import may
from helpers.small import LAW, MAIN, PROCESS, T, transition

OPENED = datetime(2024, 6, 3, 9, tzinfo=JST)
DAYS = tuple(date(2024, 6, day) for day in range(1, 8))
SETS = tuple(frozenset(some) for size in range(4) for some in combinations("abc", size))
DOMAINS: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(("f0", "f1", "f2"), (None, True, False)),
    "n": (None, *range(6)),
    "day": (None, *DAYS),
    "one": (None, *"abc"),
    "some": (None, *SETS),
}
KINDS = {"n": Kind.INTEGER, "day": Kind.DATE, "one": Kind.CHOICE, "some": Kind.CHOICES}
FACTS = tuple(
    Fact(id, T, KINDS.get(id, Kind.BOOLEAN), "worker", ("worker",),
         choices=tuple(Choice(name, T) for name in "abc") if id in ("one", "some") else (),
         minimum=0 if id == "n" else None, maximum=5 if id == "n" else None)
    for id in DOMAINS
)  # fmt: skip


def atom(chance: Random, ids: Sequence[str]) -> Guard:
    """A question about one of these facts."""
    asked, name = fact(id := chance.choice(ids)), chance.choice("abc")
    if id == "one":
        return chance.choice([asked == name, asked.in_("a", name), asked.known()])
    if id == "some":
        return chance.choice(
            [asked.includes(name), asked.includes(name), asked.named(), asked.narrows()]
        )
    if id.startswith("f"):
        return chance.choice([holds(id), asked == False, asked.known()])  # noqa: E712
    bounds = DAYS[1:-1] if id == "day" else range(6)  # beyond a number's ends there is nothing
    bound, end = chance.sample(bounds, 2)
    return chance.choice(
        [asked >= bound, asked <= bound, asked == bound, asked < bound, asked > bound,
         asked.known(), asked.in_(bound, end)]
    )  # fmt: skip


def guard(chance: Random, ids: Sequence[str], depth: int = 3) -> Guard:
    """A condition of some parts on these facts."""
    if depth == 0 or chance.random() < 0.2:
        return atom(chance, ids)
    parts = [guard(chance, ids, depth - 1) for _ in range(2)]
    return chance.choice([any_of(*parts), every(*parts), ~parts[0]])


def law(records: tuple[str, ...], *guards: Guard, **changes: Any) -> Process:
    """The small process with facts more, and rules by which `asked_for` leads somewhere."""
    rules = [
        transition(f"r{n}", "asked_for", "asked helped", "done", g) for n, g in enumerate(guards)
    ]
    made: dict[str, Any] = {
        "facts": (*PROCESS.facts, *FACTS),
        "events": (*PROCESS.events, Event("asked_for", T, "main", ("worker",), records)),
        "machines": (
            evolve(MAIN, transitions=(*MAIN.transitions, *rules)), *PROCESS.machines[1:]
        ),
    }  # fmt: skip
    return evolve(PROCESS, **(made | changes))


def happens(case: Case, records: tuple[str, ...]) -> bool:
    """Whether some values of what is not known make a step that succeeds; a set of which it is
    asked whether it is told with the step may be told once more."""
    rules = [t.guard for t in case.process.machine("main").transitions if t.event == "asked_for"]
    anew = {part.fact for g in rules for part in g.walk() if isinstance(part, Named)}
    free = [id for id in records if id in anew or id not in case.facts]
    for values in product(*(DOMAINS[id] for id in free)):
        facts = {id: v for id, v in zip(free, values, strict=True) if v is not None}
        try:
            case.step("asked_for", by="worker", at=OPENED, facts=facts)
        except DiversionFlowError:
            continue
        return True
    return False


@pytest.mark.parametrize("seed", range(80))
def test_what_is_possible_is_what_something_recorded_makes_happen(seed: int) -> None:
    chance = Random(seed)
    ids = chance.sample([*DOMAINS], 3)
    records = tuple(id for id in ids if chance.random() < 0.7)
    process = law(records, *(guard(chance, ids) for _ in range(chance.choice((1, 1, 2)))))
    for _ in range(3):  # one after the other: what was found of one case tells of another
        known = {
            id: chance.choice(DOMAINS[id][1:])
            for id in ids
            if id not in records or chance.random() < 0.4
        }
        case = process.open(at=OPENED, facts=known)
        found = happens(case, records)
        assert ("asked_for" in case.possible(at=OPENED)) is found
        told = case.explain("asked_for", by="worker", at=OPENED)
        assert (told.allowed or told.possible) is found
        work = case.worklist(at=OPENED)["worker"]
        assert ("asked_for" in {*work.enabled, *work.possible}) is found
        assert not found or "asked_for" in may(case, "worker")


def test_nothing_is_mixed_up_however_many_cases_are_asked() -> None:
    process = law(("f0",), (fact("age") < 100) & holds("f0"))
    for age in (*range(40, 121), *range(40, 121)):
        case = process.open(at=OPENED, facts={"age": age})
        assert ("asked_for" in case.possible(at=OPENED)) is (age < 100)


def test_what_was_found_of_cases_leaves_no_trace_in_their_law() -> None:
    process = law(("f0",), (fact("age") < 100) & holds("f0"))
    before = pickle.dumps(process), repr(process)
    assert "asked_for" in process.open(at=OPENED, facts={"age": 83}).possible(at=OPENED)
    assert (pickle.dumps(process), repr(process)) == before


TO = ("partner", "other")  # to whom; asked anew each time
BESIDE: dict[str, Guard] = {
    "the day": OnWorkingDay(),
    "a limit": running("due"),
    "a missed duty": ~missed("due"),
    "that it names": fact("recipients").named() & fact("recipients").includes("other"),
    "that it adds none": fact("recipients").narrows() & fact("recipients").includes("other"),
    "its law": ALWAYS,
}


@pytest.mark.parametrize("asks", BESIDE)
def test_what_no_fact_tells_is_asked_of_each_case_and_moment(asks: str) -> None:
    since = date(2024, 6, 10) if asks == "its law" else None
    rule = transition(
        "r", "asked_for", MAIN.initial, "done", holds("f0") & BESIDE[asks],
        basis=(Basis(Mark.READ, "law", "1", since=since),),
    )  # fmt: skip
    about = Fact(
        "recipients",
        T,
        Kind.CHOICES,
        "worker",
        ("worker",),
        choices=tuple(Choice(id, T) for id in TO),
    )
    due = Deadline(
        "due",
        T,
        "main",
        ("asked",),
        OnEntry(),
        Length(3, Unit.DAYS),
        "worker",
        LAW,
        met_by=("finished",),
    )
    told = ("f0", "recipients")
    process = evolve(
        law(()), deadlines=(*PROCESS.deadlines, due),
        facts=(*(f for f in PROCESS.facts if f.id != "recipients"), about, *FACTS),
        events=(*PROCESS.events, Event("asked_for", T, "main", ("worker",), told, outdates=told)),
        machines=(evolve(MAIN, transitions=(*MAIN.transitions, rule)), *PROCESS.machines[1:]),
    )  # fmt: skip
    answers = set()
    for to, day in product((("partner",), TO), (3, 8, 10)):
        answer = _possible(process, to, day)
        assert answer is _possible(evolve(process), to, day)
        answers.add(answer)
    assert answers == ({True} if asks == "that it names" else {True, False})


def _possible(process: Process, to: tuple[str, ...], day: int) -> bool:
    case = process.open(at=OPENED, facts={"recipients": to})
    return "asked_for" in case.possible(at=datetime(2024, 6, day, 10, tzinfo=JST))


def test_a_choice_is_open_while_one_of_its_sides_can_be_recorded() -> None:
    process = law(("n",), (fact("n") >= 3) | holds("f0"))
    case = process.open(at=OPENED)
    told = case.explain("asked_for", by="worker", at=OPENED)
    assert told.possible
    assert [reason.recordable for reason in told.reasons] == [True]
    assert "asked_for" in case.possible(at=OPENED)
    assert case.step("asked_for", by="worker", at=OPENED, facts={"n": 3}).states["main"] == "done"


def test_what_is_known_stands_though_another_value_can_be_told_with_the_event() -> None:
    """It is the law that says of which fact nothing told earlier counts."""
    for outdates in ((), ("f0",)):
        event = Event("asked_for", T, "main", ("worker",), ("f0",), outdates=outdates)
        process = law(("f0",), holds("f0"), events=(*PROCESS.events, event))
        case = process.open(at=OPENED, facts={"f0": False})
        told = case.explain("asked_for", by="worker", at=OPENED)
        offered = [
            "asked_for" in case.possible(at=OPENED),
            "asked_for" in case.worklist(at=OPENED)["worker"].possible,
            "asked_for" in may(case, "worker"),
            told.possible,
            *(reason.recordable for reason in told.reasons),
        ]
        assert offered == [bool(outdates)] * 5
        case.step("asked_for", by="worker", at=OPENED, facts={"f0": True})


def test_whom_consent_is_to_name_can_be_named_when_it_is_given_anew() -> None:
    """A rule that asks whether it is told with the step and, beside, who is in it."""
    asked = fact("some").named() & fact("some").includes("a")
    case = law(("some",), asked).open(at=OPENED, facts={"some": {"c"}})
    told = case.explain("asked_for", by="worker", at=OPENED)
    assert [reason.recordable for reason in told.reasons] == [True, True]
    assert "asked_for" in case.possible(at=OPENED)
    case.step("asked_for", by="worker", at=OPENED, facts={"some": {"a"}})


@pytest.mark.parametrize(
    ("asked", "facts"),
    [
        (fact("some").named() & ~fact("some").includes("a"), {}),  # others are
        (
            every(~fact("some").named(), fact("some").includes("a"), holds("f0")),
            {"some": {"a"}},  # only as long as it is not told anew
        ),
    ],
)
def test_of_whom_it_names_both_ways_are_thought_of(asked: Guard, facts: dict[str, Any]) -> None:
    case = law(("some", "f0"), asked).open(at=OPENED, facts=facts)
    assert "asked_for" in case.possible()


@pytest.mark.parametrize("ends", [{"minimum": 10}, {"maximum": -10}])
def test_a_number_lies_within_the_one_end_that_it_has(ends: dict[str, int]) -> None:
    number = Fact("number", T, Kind.INTEGER, "worker", ("worker",), **ends)  # type: ignore[arg-type]
    process = law(("number",), fact("number").known(), facts=(*PROCESS.facts, number))
    assert "asked_for" in process.open(at=OPENED).possible()


@pytest.mark.parametrize(
    ("ends", "asked"),
    [({"minimum": 10}, fact("number") < 10), ({"maximum": -10}, fact("number") > -10)],
)
def test_no_number_beyond_the_end_is_thought_of(ends: dict[str, int], asked: Guard) -> None:
    number = Fact("number", T, Kind.INTEGER, "worker", ("worker",), **ends)  # type: ignore[arg-type]
    process = law(("number",), asked, facts=(*PROCESS.facts, number))
    assert "asked_for" not in process.open(at=OPENED).possible()


def test_of_two_ways_one_may_fall_away_once_what_it_asks_nothing_of_is_known() -> None:
    case = law(("n",), ~fact("n").known(), holds("f0")).open(at=OPENED, facts={"f0": True})
    assert "asked_for" not in case.enabled()
    assert "asked_for" in case.possible()
    case.step("asked_for", by="worker", at=OPENED, facts={"n": 1})


def test_where_there_are_too_many_ways_to_record_it_may_be() -> None:
    never = (fact("n") >= 3) & (fact("n") < 3)
    others = [any_of(holds(f"f{i}"), ~holds(f"f{i}")) for i in range(3)]
    others += [fact("day") == DAYS[0], fact("one").in_("a", "b"), fact("some").includes("a")]
    for records in (("n",), tuple(DOMAINS)):  # what is not asked for makes no way more
        assert "asked_for" not in law(records, never).open(at=OPENED).possible()
    assert "asked_for" in law(tuple(DOMAINS), every(never, *others)).open(at=OPENED).possible()


def test_each_part_of_five_choices_that_are_told_apart_is_thought_of() -> None:
    several = evolve(FACTS[-1], id="several", choices=tuple(Choice(name, T) for name in "abcde"))
    inside = [fact("several").includes(name) for name in "abcde"]
    for signs in product((True, False), repeat=5):
        asked = every(*(each if sign else ~each for each, sign in zip(inside, signs, strict=True)))
        case = law(("several",), asked, facts=(*PROCESS.facts, several)).open(at=OPENED)
        assert "asked_for" in case.possible()


def test_a_set_that_only_becomes_less_may_keep_several_and_lose_one() -> None:
    several = evolve(FACTS[-1], id="several", choices=tuple(Choice(name, T) for name in "abcde"))
    asked = every(
        fact("several").named(), fact("several").narrows(), fact("several").includes("a"),
        fact("several").includes("b"), ~fact("several").includes("c"),
    )  # fmt: skip
    process = law(("several",), asked, facts=(*PROCESS.facts, several))
    case = process.open(at=OPENED, facts={"several": set("abc")})
    assert "asked_for" in case.possible()
    case.step("asked_for", by="worker", at=OPENED, facts={"several": set("ab")})


def test_a_set_that_is_told_anew_may_stay_what_it_is() -> None:
    several = evolve(FACTS[-1], id="several", choices=tuple(Choice(name, T) for name in "abcdef"))
    kept = [fact("several").includes(name) for name in "abcde"]  # more than parts are thought of
    asked = every(fact("several").named(), fact("several").narrows(), *kept)
    process = law(("several",), asked, facts=(*PROCESS.facts, several))
    assert "asked_for" in process.open(at=OPENED, facts={"several": set("abcde")}).possible()


@pytest.mark.parametrize(("bound", "found"), [(3, True), (None, False)])
def test_the_bound_of_a_policy_is_thought_of_or_none_where_it_sets_none(
    bound: int | None, found: bool
) -> None:
    asked = ~any_of(fact("n") != param("bound"), fact("n").in_(0, 5))
    case = law(("n",), asked, parameters=(Parameter("bound", T, bound),)).open(at=OPENED)
    assert ("asked_for" in case.possible()) is found


def test_beside_a_bound_that_is_not_set_another_is_thought_of() -> None:
    asked = every(fact("n") > param("bound"), fact("n") == 3)
    case = law(("n",), asked, parameters=(Parameter("bound", T),)).open(at=OPENED)
    assert "asked_for" in case.possible()


@pytest.mark.parametrize("passing", [OnWorkingDay(), running("limit")])
def test_what_the_day_or_a_limit_decides_is_asked_each_time(passing: Guard) -> None:
    process = law(
        ("f0",), ~any_of(~passing, ~holds("f0")),
        deadlines=(evolve(PROCESS.deadlines[0], on_expiry=None),),
    )  # fmt: skip
    case = process.open(at=OPENED).step("helped", by="worker", at=OPENED, facts={"age": 70})
    for at, found in (("2024-06-04", True), ("2024-06-16", False), ("2024-06-05", True)):
        (reason,) = case.explain("asked_for", by="worker", at=at).reasons
        assert reason.recordable is found


def test_between_two_bounds_the_one_number_that_is_left_is_thought_of() -> None:
    only = every(fact("age") > 64, fact("age") < 66)
    rules = (transition("help", "helped", "asked", "helped", only),)
    main = evolve(MAIN, transitions=(*rules, *MAIN.transitions[2:]))
    case = evolve(PROCESS, machines=(main, PROCESS.machines[1])).open(at=OPENED)
    assert "helped" in case.possible("worker")
