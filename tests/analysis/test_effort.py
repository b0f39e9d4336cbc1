"""Hard questions end, with an answer or with the word that there is none; the same every time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from attrs import evolve

from diversion_flow import CallError, Process, affected, check, compare, processes
from diversion_flow.analysis import Finding, FindingCode, replays
from diversion_flow.analysis.cells import Cells
from diversion_flow.analysis.effort import EFFORT
from diversion_flow.analysis.product import Goal
from diversion_flow.analysis.replays import Replays
from diversion_flow.definition import (
    ALWAYS,
    Event,
    Fact,
    Guard,
    Kind,
    Length,
    OnEntry,
    Transition,
    Unit,
    any_of,
    every,
    fact,
    holds,
    machine,
)
from helpers.effort import readings
from helpers.small import MAIN, PROCESS, T, state, transition
from helpers.stories import after

_MOST = 100  # readings; some 4 to 30 on a machine that does nothing else


LAW = processes.get("entry_support")


def lapsing(days: int) -> Process:
    """The shipped law with a limit more, at whose end what people report happens by itself."""
    limit = evolve(
        LAW.deadline("police_referral"), id="lapse", machine="support", states=("interviewing",),
        start=OnEntry(), length=Length(days, Unit.DAYS), owner="center", guard=ALWAYS,
        on_expiry="support_refused",
    )  # fmt: skip
    return evolve(LAW, deadlines=(*LAW.deadlines, limit))


def law(facts: list[Fact], *rules: Transition) -> Process:
    """The small process with more facts, and more rules in its main machine."""
    ids = tuple(f.id for f in facts)
    new = dict.fromkeys(r.event for r in rules if r.event not in PROCESS.by_id["event"])
    first = evolve(PROCESS.events[0], records=(*PROCESS.events[0].records, *ids))
    return evolve(
        PROCESS,
        facts=(*PROCESS.facts, *facts),
        events=(first, *PROCESS.events[1:], *(Event(e, T, "main", ("worker",), ids) for e in new)),
        machines=(evolve(MAIN, transitions=(*MAIN.transitions, *rules)), PROCESS.machines[1]),
    )


def rule(guard: Guard, id: str = "one", target: str = "done") -> Transition:
    return transition(id, "consulted", "helped", target, guard)


def flags(number: int) -> list[Fact]:
    return [Fact(f"f{n}", T, Kind.BOOLEAN, "worker", ("worker",)) for n in range(number)]


def odd(number: int) -> Guard:
    """An odd number of these facts holds."""
    found: Guard = holds("f0")
    for n in range(1, number):
        other = holds(f"f{n}")
        found = (found & ~other) | (~found & other)
    return found


PAIRS = every(*(holds(f"f{n}") | holds(f"f{n + 12}") for n in range(12)))
ODD = odd(14)
NUMBER = [Fact("n", T, Kind.INTEGER, "worker", ("worker",))]
THRESHOLDS = any_of(*(fact("n") == 2 * n for n in range(3000)))
SHIFTED = any_of(*(fact("n") == 2 * n + 1 for n in range(3000)))
STEPS = [rule(fact("n") == n, f"r{n}") for n in range(3000)]
NESTED = [rule(fact("n") >= n, f"r{n}") for n in range(3000)]

HARD: dict[str, Callable[[], object]] = {
    "pairs, checked": lambda: check(law(flags(24), rule(PAIRS), rule(~PAIRS, "other", "asked"))),
    "pairs, in one rule": lambda: check(law(flags(24), rule(PAIRS & ~PAIRS))),
    "pairs, compared": lambda: compare(law(flags(24), rule(PAIRS)), law(flags(24), rule(~PAIRS))),
    "odd, checked": lambda: check(law(flags(14), rule(ODD), rule(~ODD, "other", "asked"))),
    "odd, compared": lambda: compare(law(flags(14), rule(ODD)), law(flags(14), rule(~ODD))),
    "thresholds, checked": lambda: check(law(NUMBER, rule(THRESHOLDS))),
    "thresholds, compared": lambda: compare(
        law(NUMBER, rule(THRESHOLDS)), law(NUMBER, rule(SHIFTED))
    ),
    "a rule a threshold, checked": lambda: check(law(NUMBER, *STEPS)),
    "a rule a threshold, all at once": lambda: check(law(NUMBER, *NESTED)),
    "a rule a threshold, compared": lambda: compare(law(NUMBER, *STEPS), law(NUMBER, *STEPS[1:])),
    "a limit more": lambda: compare(lapsing(7), lapsing(8), effort=2_000),
    "all at once, compared": lambda: compare(law(NUMBER, *NESTED), law(NUMBER, *NESTED[1:])),
}  # fmt: skip


def too_hard(*more: Transition) -> tuple[Finding, ...]:
    """Thirty pairs against their negation."""
    pairs = every(*(holds(f"f{n}") | holds(f"f{n + 30}") for n in range(30)))
    return check(law(flags(60), rule(pairs), rule(~pairs, "other", "asked"), *more))


@pytest.mark.slow
@pytest.mark.sampled(every=3)
@pytest.mark.parametrize("name", HARD)
def test_a_hard_question_ends(name: str) -> None:
    with readings(_MOST):
        HARD[name]()


def test_where_too_many_rules_may_be_open_at_once_nothing_is_claimed() -> None:
    found = compare(law(NUMBER, *NESTED[:60]), law(NUMBER, *NESTED[1:60]))
    assert found.same_behaviour is None
    assert (len(found.undecided), found.people) == (1, ())


def codes(law: Process, **effort: int) -> list[tuple[str, tuple[str, ...]]]:
    return [(f.code.value, f.ids) for f in check(law, **effort)]


@pytest.mark.slow
def test_what_is_hard_but_not_too_hard_is_decided() -> None:
    assert codes(law(flags(24), rule(PAIRS), rule(~PAIRS, "other", "asked"))) == []
    assert codes(law(flags(24), rule(PAIRS & ~PAIRS))) == [("dead-transition", ("main", "one"))]
    assert codes(law(NUMBER, *STEPS)) == []
    found = compare(law(NUMBER, rule(THRESHOLDS)), law(NUMBER, rule(SHIFTED)))
    assert (found.same, found.same_behaviour, len(found.people)) == (False, False, 2)


def test_what_is_too_hard_is_named_and_nothing_is_claimed_of_it() -> None:
    found = too_hard()
    assert [(f.code, f.ids) for f in found] == [(FindingCode.NOT_DECIDED, ("main", "one", "other"))]
    assert all(not f.message.missing for f in found)
    compared = compare(law(flags(24), rule(PAIRS)), law(flags(24), rule(~PAIRS)))
    assert (compared.same, compared.same_behaviour) == (False, None)
    assert [(p.event, p.machine, p.states) for p in compared.undecided] == [
        ("consulted", "main", ("helped",))
    ]
    assert "not settled" in compared.text("en")
    assert "確かめられなかった" in compared.text("ja")
    assert compared.data()["undecided"] == [
        {"event": "consulted", "machine": "main", "states": ["helped"]}
    ]


def test_one_hard_rule_keeps_no_other_from_an_answer() -> None:
    dead = transition("never", "helped", "asked", "done", (fact("age") > 80) & (fact("age") < 70))
    found = too_hard(dead)
    assert FindingCode.NOT_DECIDED in {f.code for f in found}
    assert ("dead-transition", ("main", "never")) in [(f.code.value, f.ids) for f in found]


def test_less_effort_says_less_and_never_otherwise() -> None:
    hard = law(flags(24), rule(PAIRS), rule(~PAIRS, "other", "asked"))
    assert codes(hard, effort=10) == [("not-decided", ("main", "one", "other"))]
    assert codes(hard) == []
    assert codes(hard, effort=10) == [("not-decided", ("main", "one", "other"))]


@pytest.mark.slow
@pytest.mark.sampled(every=2)
@pytest.mark.parametrize("ask", [HARD["pairs, compared"], HARD["thresholds, compared"], too_hard])
def test_the_same_question_gets_the_same_answer(ask: Callable[[], object]) -> None:
    assert ask() == ask()


def chained(machines: int, states: int, last: int = 0) -> Process:
    """Machines in a row, each of which goes on only as the one before it has."""
    events, row = [], []
    for m in range(machines):
        rules = []
        for s in range(states - 1):
            events.append(Event(f"e{m}_{s}", T, f"m{m}", ("worker",), ("age",)))
            guard: Guard = fact("age") >= (
                last if (m, s) == (machines - 1, states - 2) else s % 100
            )
            guard &= machine(f"m{m - 1}").in_(*(f"s{s + n}" for n in (0, 1))) if m else every()
            rules.append(transition(f"t{s}", f"e{m}_{s}", f"s{s}", f"s{s + 1}", guard))
        end = state(f"s{states - 1}", final=True, outcome=T)
        row.append(
            evolve(
                MAIN,
                id=f"m{m}",
                initial="s0",
                transitions=tuple(rules[::-1]),
                states=(*(state(f"s{s}") for s in range(states - 1)), end),
            )
        )
    return evolve(PROCESS, events=tuple(events), machines=tuple(row), main_machine="m0",
                  deadlines=(), consent=None, facts=PROCESS.facts[:1])  # fmt: skip


@pytest.mark.slow
@pytest.mark.sampled(every=2)
@pytest.mark.parametrize(("machines", "states"), [(200, 5), (1, 1000)])
def test_a_large_process_is_checked_and_compared(machines: int, states: int) -> None:
    one, other = chained(machines, states), chained(machines, states, last=90)
    with readings(6 * _MOST):
        assert not {f.code for f in check(one)} - {FindingCode.NOT_DECIDED}
        found = compare(one, other)
    assert found.same_behaviour is False
    assert found.undecided == ()
    assert [p.event for d in found.people for p in d.rules] == [f"e{machines - 1}_{states - 2}"]


# -- what may be asked -------------------------------------------------------------------------------

WRONG: dict[str, Callable[[], object]] = {
    **{f"check {w!r}": partial(check, w) for w in (None, "law", 3, PROCESS.machines)},  # type: ignore[arg-type]
    **{f"compare {w!r}": partial(compare, PROCESS, w) for w in (None, "law", [PROCESS])},  # type: ignore[arg-type]
    **{f"of {w!r}": partial(compare, w, PROCESS) for w in (None, 3.5)},  # type: ignore[arg-type]
    **{f"effort {w!r}": partial(check, PROCESS, effort=w) for w in (None, -1, "9", True, 2.5)},  # type: ignore[arg-type]
    "effort of compare": lambda: compare(PROCESS, PROCESS, effort="much"),  # type: ignore[arg-type]
    "no cases": lambda: affected(None, compare(PROCESS, PROCESS)),  # type: ignore[arg-type]
    "letters": lambda: affected("case", compare(PROCESS, PROCESS)),  # type: ignore[arg-type]
    "one case": lambda: affected(after("cs01", "arrested"), compare(PROCESS, PROCESS)),  # type: ignore[arg-type]
    "another's case": lambda: affected(
        [after("cs01", "arrested")], compare(PROCESS, PROCESS)
    ),
    "no comparison": lambda: affected([], processes),  # type: ignore[arg-type]
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_argument_is_told(name: str) -> None:
    with pytest.raises(CallError) as told:
        WRONG[name]()
    assert told.value.problem
    assert told.value.remedy
    assert told.value.text("ja") != told.value.text("en")


def test_more_than_the_usual_effort_looks_further_for_each_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two events lead there: with one node to look at nobody comes to it."""
    monkeypatch.setattr(replays, "_NODES", 1)
    cells = Cells(PROCESS)
    goal = Goal("finished", "worker", (cells.standing("main", ["helped"]),), None)
    for most, found in ((EFFORT, False), (10 * EFFORT, True)):
        shown = Replays(PROCESS, PROCESS, cells, most).of([goal], lambda *_: True)
        assert (shown.witness is not None, shown.settled) == (found, found)
