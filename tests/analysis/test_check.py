"""Each kind of fault is planted into a clean process and found, by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given

from diversion_flow import Process, check, processes
from diversion_flow.analysis import FindingCode, notes
from diversion_flow.analysis.cells import Cells, covers
from diversion_flow.definition import (
    Basis,
    Before,
    DefinitionError,
    Event,
    Fact,
    Guard,
    Kind,
    Length,
    Mark,
    OnEntry,
    OnFact,
    Parameter,
    Renewal,
    Text,
    Told,
    Unit,
    any_of,
    every,
    fact,
    holds,
    when,
)
from helpers.amounts import examples
from helpers.guards import GUARDS, SUBJECT
from helpers.small import MAIN, PROCESS, T, state, transition, with_main, with_transitions


def codes(process: Process) -> set[FindingCode]:
    return {finding.code for finding in check(process)}


@pytest.mark.parametrize("name", processes.names())
def test_the_shipped_processes_are_clean(name: str) -> None:
    assert [f.text() for f in check(processes.get(name))] == []


def test_the_small_process_is_clean() -> None:
    assert check(PROCESS) == ()


def _expired(process: Process) -> Process:
    old = (Basis(Mark.READ, "law", "1", until=date(2019, 12, 31)),)
    changed = evolve(MAIN.transitions[0], basis=old)
    return evolve(with_main(transitions=(changed, *MAIN.transitions[1:])), since=date(2020, 1, 1))


def _foreign_owner(process: Process) -> Process:
    return evolve(process, deadlines=(evolve(process.deadlines[0], owner="partner"),))


def _undecided() -> Process:
    """Two rules of which it is hard to see that they never hold together."""
    facts = [Fact(f"f{n}", T, Kind.BOOLEAN, "worker", ("worker",)) for n in range(60)]
    pairs = [holds(f"f{n}") | holds(f"f{n + 30}") for n in range(30)]
    asked = (*PROCESS.events[0].records, *(f.id for f in facts))
    rules = (
        transition("one", "consulted", "helped", "done", every(*pairs)),
        transition("other", "consulted", "helped", "asked", any_of(*(~p for p in pairs))),
    )
    return evolve(
        PROCESS,
        machines=(evolve(MAIN, transitions=(*MAIN.transitions, *rules)), PROCESS.machines[1]),
        facts=(*PROCESS.facts, *facts),
        events=(evolve(PROCESS.events[0], records=asked), *PROCESS.events[1:],
                Event("consulted", T, "main", ("worker",))),
    )  # fmt: skip


_BY_AGE = Length(10, Unit.DAYS, ("age",))


def _outdating(event: str, lost: str, **limit: Any) -> Process:
    """The event outdates the fact, while the limit of the small process is another."""
    return evolve(
        PROCESS,
        facts=(*PROCESS.facts, Fact("spare", T, Kind.BOOLEAN, "worker", ("worker",)),
               Fact("day", T, Kind.DATE, "worker", ("worker",))),
        events=tuple(evolve(e, outdates=(lost,)) if e.id == event else e for e in PROCESS.events),
        deadlines=(evolve(PROCESS.deadlines[0], **limit),),
    )  # fmt: skip


PLANTED: dict[FindingCode, Callable[[], Process]] = {
    FindingCode.UNREACHABLE_STATE: lambda: with_main(states=(*MAIN.states, state("island"))),
    FindingCode.DEAD_TRANSITION: lambda: with_transitions(
        transition("never", "helped", "asked", "done", (fact("age") > 80) & (fact("age") < 70))
    ),
    FindingCode.EXIT_FROM_FINAL: lambda: with_transitions(
        transition("reopen", "lapsed", "done", "helped")
    ),
    FindingCode.NO_WAY_TO_END: lambda: with_main(
        states=(*MAIN.states, state("trap")),
        transitions=(*MAIN.transitions[:3], transition("fall", "lapsed", "helped", "trap")),
    ),
    FindingCode.AMBIGUOUS_CHOICE: lambda: with_transitions(
        transition("also", "helped", "asked", "done", fact("age") >= 80)
    ),
    FindingCode.UNSUPPLIED_FACT: lambda: evolve(
        PROCESS, events=(evolve(PROCESS.events[0], records=()), *PROCESS.events[1:])
    ),
    FindingCode.OUTDATED_UNDER_LIMIT: lambda: _outdating("consented", "age", length=_BY_AGE),
    FindingCode.MISSING_LABEL: lambda: evolve(PROCESS, label=Text("あ", "")),
    FindingCode.MISSING_BASIS: lambda: with_main(
        transitions=(evolve(MAIN.transitions[0], basis=()), *MAIN.transitions[1:])
    ),
    FindingCode.BASIS_NOT_IN_FORCE: lambda: _expired(PROCESS),
    FindingCode.STATE_WITHOUT_HOLDER: lambda: with_main(
        states=(evolve(MAIN.states[0], holder=None), *MAIN.states[1:])
    ),
    FindingCode.FINAL_WITHOUT_OUTCOME: lambda: with_main(
        states=(*MAIN.states[:2], evolve(MAIN.states[2], outcome=None))
    ),
    FindingCode.DEADLINE_WITHOUT_EXIT: lambda: _foreign_owner(PROCESS),
    FindingCode.ENDLESS_EXPIRY: lambda: with_main(
        transitions=(*MAIN.transitions[:3], transition("remind", "lapsed", "helped", "helped"))
    ),
    FindingCode.EVENT_WITHOUT_REPORTER: lambda: evolve(
        PROCESS, events=(evolve(PROCESS.events[1], by=()), PROCESS.events[0], *PROCESS.events[2:])
    ),
    FindingCode.BLIND_REPORTER: lambda: evolve(
        PROCESS, events=(evolve(PROCESS.events[0], by=("worker", "partner")), *PROCESS.events[1:])
    ),
    FindingCode.UNUSED_EVENT: lambda: evolve(
        PROCESS, events=(*PROCESS.events, Event("idle", T, "main", ("worker",)))
    ),
    FindingCode.NOT_DECIDED: _undecided,
}  # fmt: skip


def test_every_kind_of_fault_is_planted() -> None:
    of_notes = {
        FindingCode.SIGHT_WITHOUT_GROUND, FindingCode.DUTY_UNTOLD, FindingCode.OPEN_NORM,
        FindingCode.LEFT_OUT, FindingCode.MAY_HAVE_CHANGED, FindingCode.CALLED_BY_FACT,
    }  # fmt: skip
    assert set(PLANTED) == set(FindingCode) - of_notes


@pytest.mark.parametrize("code", PLANTED, ids=lambda c: c.value)
def test_a_planted_fault_is_found(code: FindingCode) -> None:
    found = check(PLANTED[code]())
    assert code in {f.code for f in found}
    assert {f.code for f in found} == {code}
    assert all(not f.message.missing and f.ids for f in found)


_DAY = {"on_expiry": None, "length": Length(0, Unit.DAYS)}
DISTURBED = [
    ("helped", "age", {"length": _BY_AGE}, False),  # it begins with this event
    ("withdrawn", "age", {"length": _BY_AGE, "start": OnEntry()}, True),
    ("finished", "age", {"length": _BY_AGE}, False),  # the machine leaves it
    ("withdrawn", "age", {"length": _BY_AGE, "met_by": ("withdrawn",)}, False),
    ("withdrawn", "day", {"start": OnFact("day"), **_DAY}, True),
    ("withdrawn", "spare", {"start": OnFact("day"), **_DAY}, False),
    ("withdrawn", "day", {"before": Before("day", ("finished",)), **_DAY}, True),
    ("finished", "day", {"before": Before("day", ("finished",)), **_DAY}, True),  # it is judged
    ("withdrawn", "age", {"renewals": (Renewal(("withdrawn",), _BY_AGE),)}, False),
]


@pytest.mark.parametrize(("event", "lost", "limit", "disturbed"), DISTURBED)
def test_a_limit_that_loses_what_it_is_counted_by(
    event: str, lost: str, limit: dict[str, Any], disturbed: bool
) -> None:
    found = codes(_outdating(event, lost, **limit))
    assert (FindingCode.OUTDATED_UNDER_LIMIT in found) is disturbed


def test_what_is_told_anew_with_the_event_begins_the_limit_anew() -> None:
    lost = _outdating("withdrawn", "day", start=OnFact("day"), **_DAY)
    events = tuple(evolve(e, records=e.outdates) if e.outdates else e for e in lost.events)
    assert FindingCode.OUTDATED_UNDER_LIMIT not in codes(evolve(lost, events=events))


def test_a_deadline_that_leaves_a_state_without_way_out() -> None:
    limit = evolve(PROCESS.deadlines[0], states=("asked", "helped"))
    found = check(evolve(PROCESS, deadlines=(limit,)))
    assert [(f.code, f.ids) for f in found] == [
        (FindingCode.DEADLINE_WITHOUT_EXIT, ("limit", "asked"))
    ]


def test_an_undeclared_fact_is_refused_when_the_process_is_built() -> None:
    with pytest.raises(DefinitionError, match=r"rule odd, guard: no fact 'ages'.*age"):
        with_transitions(transition("odd", "helped", "asked", "done", fact("ages") >= 3))


def test_what_policy_switches_off_is_no_fault() -> None:
    with_parameter = evolve(PROCESS, parameters=(Parameter("strict", T, False, (True, False)),))
    extra = transition("extra", "lapsed", "asked", "done", when("strict"))
    main = evolve(MAIN, transitions=(*MAIN.transitions, extra))
    assert check(evolve(with_parameter, machines=(main, PROCESS.machines[1]))) == ()


def test_the_witness_of_an_overlap_is_said_in_words() -> None:
    finding = next(
        f
        for f in check(PLANTED[FindingCode.AMBIGUOUS_CHOICE]())
        if f.code is FindingCode.AMBIGUOUS_CHOICE
    )
    assert "a=80" in finding.message.en


# -- satisfiability against brute force --------------------------------------------------------

SETS = [frozenset(c for c, b in zip("xyz", bits, strict=True) if b)
        for bits in product((True, False), repeat=3)]  # fmt: skip


@pytest.mark.slow
@examples(60)
@given(GUARDS)
def test_cubes_are_just_the_cases_in_which_a_guard_holds(guard: Guard) -> None:
    """Every value of every fact, known or not, in every configuration: no cleverness."""
    from diversion_flow.runtime.calendar import moment
    from diversion_flow.runtime.logic import compile_guard

    cells = Cells(SUBJECT, guards=[guard])
    holds, fails = cells.holds(SUBJECT, guard), cells.fails(SUBJECT, guard)
    day = moment("2024-06-03")
    for main, consent in product(("asked", "helped", "done"), ("open", "given")):
        states = {"main": main, "consent": consent}
        test = compile_guard(guard, SUBJECT, states)
        for n, k, s in product((None, *range(7)), (None, *"xyz"), (None, *SETS)):
            known = {f: v for f, v in {"n": n, "k": k, "s": s}.items() if v is not None}
            answer = test if isinstance(test, bool) else test(known, day, None)
            assert any(cells.admits(c, states, known) for c in holds) is (answer is True)
            assert any(cells.admits(c, states, known) for c in fails) is (answer is not True)


@examples(200)
@given(GUARDS)
def test_primes_cover_the_same_and_none_can_be_wider(guard: Guard) -> None:
    cells = Cells(SUBJECT, guards=[guard])
    holds, fails = cells.holds(SUBJECT, guard), cells.fails(SUBJECT, guard)
    primes = cells.primes(holds, fails)
    assert all(cells.within(prime, fails) for prime in primes)
    assert all(any(covers(p, c) for p in primes) or cells.within(c, fails) for c in holds)
    for prime in primes:
        for about, mask in prime.items():
            for bit in range(len(cells.of(about))):
                wider = {**prime, about: mask | 1 << bit}
                assert wider == prime or not cells.within(wider, fails)


# -- notes ---------------------------------------------------------------------------------------


def test_who_always_sees_what_others_report_is_a_note_and_no_finding() -> None:
    found = notes(PROCESS)
    assert [(n.code, n.severity) for n in found] == [
        (FindingCode.SIGHT_WITHOUT_GROUND, "note"),
        (FindingCode.SIGHT_WITHOUT_GROUND, "note"),
        (FindingCode.BLIND_REPORTER, "note"),
    ]
    assert [n.ids for n in found] == [("worker",), ("partner",), ("finished", "partner")]
    here, there = (machine.label.en for machine in PROCESS.machines)
    assert f"always sees, without consent, {here} · {there} · " in found[0].text("en")
    assert f"always sees, without consent, {here}; no ground" in found[1].text("en")
    assert 'about = "seen_by partner"' in found[1].text("ja")
    blind = tuple(evolve(m, seen_by=()) for m in PROCESS.machines)
    own = tuple(evolve(f, seen_by=(f.source,)) for f in PROCESS.facts)
    hidden = evolve(PROCESS, machines=blind, facts=own)
    (note,) = notes(hidden)  # of all that nobody sees, one
    assert (note.code, note.ids) == (FindingCode.BLIND_REPORTER, (PROCESS.id,))
    assert not check(hidden)


def test_who_must_act_in_time_on_what_nobody_tells_it_is_a_note() -> None:
    limit = evolve(PROCESS.deadlines[0], owner="partner", on_expiry=None)
    law = evolve(PROCESS, deadlines=(limit,))
    (note,) = [n for n in notes(law) if n.code is FindingCode.DUTY_UNTOLD]
    assert note.ids == ("limit", "partner")
    assert "of what starts it: a." in note.text("en")
    told = (evolve(law.events[0], told=(Told("partner"),)), *law.events[1:])
    others = (
        evolve(law, events=told),
        evolve(law, machines=(evolve(MAIN, seen_with_consent=("partner",)), *law.machines[1:])),
        evolve(law, deadlines=(evolve(limit, start=OnEntry()),)),
    )
    for other in others:
        assert FindingCode.DUTY_UNTOLD not in {n.code for n in notes(other)}


@pytest.mark.parametrize("name", processes.names())
def test_shipped_law_states_a_ground_for_all_that_is_seen_and_has_no_findings(name: str) -> None:
    law = processes.in_force(name, on="2024-06-03")
    assert [n for n in notes(law) if n.code is FindingCode.SIGHT_WITHOUT_GROUND] == []
    assert check(law) == ()
