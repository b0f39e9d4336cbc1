"""What a comparison claims is replayed here by hand: every difference happens as it is told, and
laws that are said to treat everybody alike do so on every walk by chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Case, Process, compare, processes
from diversion_flow.analysis import Comparison, Difference, Witness
from diversion_flow.definition import (
    Basis,
    Choice,
    Counting,
    Deadline,
    DiversionFlowError,
    Fact,
    Guard,
    Kind,
    Length,
    Machine,
    Mark,
    OnEntry,
    OnEvent,
    Share,
    Told,
    Unit,
    fact,
    holds,
    machine,
)
from diversion_flow.runtime.journal import record
from diversion_flow.runtime.sight import covered, sight
from diversion_flow.testing.mutation import mutants
from helpers import owing, stopping
from helpers.amounts import Amount
from helpers.chance import value
from helpers.means import means
from helpers.random_rules import ruled
from helpers.small import (
    CONSENT,
    LAW,
    MAIN,
    PROCESS,
    T,
    state,
    transition,
    with_main,
    with_transitions,
)

NATIONAL = processes.in_force("entry_support", on="2024-06-03")
Law = Process
Edit = Callable[[Process, Random], Process]


# -- changes of every kind, at places taken by chance ---------------------------------------------


def _part(list: str, **change: Callable[[Any, Random], Any]) -> Edit:
    """A part taken by chance, with these fields made anew."""

    def edit(law: Process, rnd: Random) -> Process:
        parts = getattr(law, list)
        if not parts:
            return law
        old = rnd.choice(parts)
        new = evolve(old, **{name: made(old, rnd) for name, made in change.items()})
        return evolve(law, **{list: tuple(new if p is old else p for p in parts)})

    return edit


def _rule(**change: Callable[[Any, Random], Any]) -> Edit:
    return _part("machines", transitions=lambda m, rnd: _one(m.transitions, rnd, change))


def _state(**change: Callable[[Any, Random], Any]) -> Edit:
    return _part("machines", states=lambda m, rnd: _one(m.states, rnd, change))


def _one(parts: tuple[Any, ...], rnd: Random, change: Any) -> tuple[Any, ...]:
    old = rnd.choice(parts)
    new = evolve(old, **{name: made(old, rnd) for name, made in change.items()})
    return tuple(new if p is old else p for p in parts)


GUARDS = (
    fact("age") >= 60, fact("age") < 66, holds("content"), fact("recipients").includes("partner"),
    machine("consent").in_("given"), ~holds("content"), (fact("age") >= 70) | holds("content"),
)  # fmt: skip
STARTS = (OnEvent(("helped",)), OnEvent(("consented",)), OnEntry())
NEW = transition("new", "finished", "asked", "done", machine("consent").in_("given"))
MORE = Deadline("more", T, "consent", ("given",), OnEvent(("consented",)), Length(3, Unit.DAYS),
                "worker", LAW)  # fmt: skip
DAYS = (date(2024, 6, 4), date(2024, 6, 20))
GIVEN = Share(("age",), "partner", Basis(Mark.READ, "law", "2"))
CHANGES: dict[str, Edit] = {
    "another condition": _rule(guard=lambda t, r: r.choice(GUARDS)),
    "another target": _rule(target=lambda t, r: r.choice(("asked", "helped", "done", "given"))),
    "more sources": _rule(sources=lambda t, r: (*t.sources, r.choice(("helped", "given")))),
    "another event": _rule(event=lambda t, r: r.choice(("lapsed", "finished", "withdrawn"))),
    "data handed over": _rule(shares=lambda t, r: r.choice(((GIVEN,), (evolve(GIVEN, exception=None),)))),
    "a rule gone": _part("machines", transitions=lambda m, r: m.transitions[:-1]),
    "a rule more": _part("machines", transitions=lambda m, r: (*m.transitions, NEW)),
    "a state more": _part("machines", states=lambda m, r: (*m.states, state("new"))),
    "rest": _state(rest=lambda s, r: not s.rest),
    "the whole case ends": _state(ends_case=lambda s, r: s.final),
    "another holder": _state(holder=lambda s, r: "partner"),
    "another beginning": _part("machines", initial=lambda m, r: m.states[1].id),
    "the machine is seen": _part("machines", seen_by=lambda m, r: r.choice((("worker", "partner"), ()))),
    "the machine is seen with consent": _part("machines", seen_with_consent=lambda m, r: ("partner",)),
    "another agency reports": _part("events", by=lambda e, r: r.choice((("partner",), ("worker", "partner")))),
    "another fact recorded": _part("events", records=lambda e, r: r.choice(((), ("content",), ("age", "content")))),
    "another fact outdated": _part("events", outdates=lambda e, r: r.choice((("content",), ("age",)))),
    "a wider fact": _part("facts", maximum=lambda f, r: 130 if f.kind is Kind.INTEGER else None),
    "another choice": _part("facts", choices=lambda f, r: (*f.choices, Choice("worker", T)) if f.choices else ()),
    "the fact is seen": _part("facts", seen_by=lambda f, r: r.choice(((), ("worker", "partner")))),
    "the fact is seen with consent": _part("facts", seen_with_consent=lambda f, r: r.choice(((), ("partner",)))),
    "a longer limit": _part("deadlines", length=lambda d, r: Length(r.choice((1, 10, 11)), r.choice((Unit.DAYS, Unit.MONTHS)))),
    "otherwise counted": _part("deadlines", counting=lambda d, r: r.choice((Counting(True), Counting(False, True)))),
    "otherwise begun": _part("deadlines", start=lambda d, r: r.choice(STARTS)),
    "where it runs": _part("deadlines", states=lambda d, r: r.choice((("asked",), ("asked", "helped"), ("done",)))),
    "for whom it runs": _part("deadlines", guard=lambda d, r: r.choice(GUARDS)),
    "only warns": _part("deadlines", on_expiry=lambda d, r: None),
    "another watches": _part("deadlines", owner=lambda d, r: "partner"),
    "a limit gone": lambda law, r: evolve(law, deadlines=()),
    "a limit more": lambda law, r: evolve(law, deadlines=(*law.deadlines, MORE)),
    "another consent": lambda law, r: evolve(law, consent=law.consent and evolve(law.consent, states=("open", "given"))),
    "no consent": lambda law, r: evolve(law, consent=None),
    "other names": _part("events", label=lambda e, r: evolve(T, en="b")),
    "another ground": _rule(basis=lambda t, r: (Basis(Mark.INFERRED),)),
    "law from a day": _rule(basis=lambda t, r: (evolve(LAW[0], since=r.choice(DAYS)),)),
    "law until a day": _rule(basis=lambda t, r: (evolve(LAW[0], until=r.choice(DAYS)),)),
}  # fmt: skip


def changed(law: Process, seed: int, names: list[str]) -> Process:
    """The law with these changes, those that leave it a law."""
    rnd = Random(seed)
    for name in names:
        try:
            law = (CHANGES | OF_LIMITS)[name](law, rnd)
        except DiversionFlowError:
            continue
    return law


# -- the claims, replayed --------------------------------------------------------------------------


def course(law: Process, witness: Witness) -> list[Case | None]:
    """Each case of the witness's way in one law: the opening and every step; None: refused."""
    known = {id: v for id, v in witness.facts.items() if id in law.by_id["fact"]}
    cases: list[Case | None] = [
        opened(law, witness, known if witness.steps else dict(witness.facts))
    ]
    for step in witness.steps:
        before = cases[-1]
        assert before is not None, "the two part before the last step"
        try:
            if step.by:
                after = before.step(step.event, by=step.by, at=step.at, facts=step.facts)
            else:  # by operation of law
                after = before.advance(to=step.at)
        except DiversionFlowError:
            after = None
        cases.append(after if after and after.journal[-1].event == step.event else None)
    return cases


def opened(law: Process, witness: Witness, facts: dict[str, Any]) -> Case | None:
    try:
        return law.open(at=witness.opened, facts=facts)
    except DiversionFlowError:
        return None


def require(found: Comparison, difference: Difference) -> None:
    """The difference happens as it is told, each time that it is said to."""
    assert difference.witnesses
    for number, witness in enumerate(difference.witnesses):
        ways = [course(law, witness) for law in (found.a, found.b)]
        ends = [way[-1] for way in ways]
        match difference.kind:
            case "rule":
                require_rule(found, difference, number, ways)
            case "outdated" if None not in ends:  # what some see on
                [fact] = difference.profile
                seers = [{a.id for a in c.process.agencies if fact in c.view(a.id).facts}
                         for c in ends if c is not None]  # fmt: skip
                assert not all(seers)
                assert any(seers)
            case "reporter" | "lapse" | "record" | "outdated" | "fact":
                assert ends.count(None) == 1
                assert witness.accepted_by == (0 if ends[1] is None else 1)
            case "start":
                [place] = difference.rules
                stand = [case.state(place.machine) for case in ends if case is not None]
                assert stand == [difference.before, difference.after]
            case "limit":
                mine, theirs = (running(case, difference.deadline) for case in ends)
                assert mine != theirs
            case "consent":
                assert len({covered(case) for case in ends if case is not None}) == 2
            case "rest":
                left = {(case.closed, not case.deadlines()) for case in ends if case is not None}
                assert len(left) == 2
            case "sight":
                require_sight(difference, ends)
    for lang in ("ja", "en"):
        assert difference.text(lang)  # type: ignore[arg-type]


def require_rule(
    found: Comparison, difference: Difference, number: int, ways: list[list[Case | None]]
) -> None:
    place, witness = difference.rules[number], difference.witnesses[number]
    step = witness.steps[-1]
    assert step.event == place.event
    told = (difference.before, difference.after)
    for law, way, target in zip((found.a, found.b), ways, told, strict=True):
        before, after = way[-2:]
        assert before is not None
        stood = before.states.get(place.machine)
        assert stood is None or stood in place.states
        event = law.by_id["event"].get(place.event)
        if target is None and (event is None or event.home == place.machine):
            assert after is None
        else:
            assert after is not None
            assert after.states.get(place.machine) == (target or stood)
            known = {**before.facts, **step.facts}
            for id, value in difference.profile.items():
                if id in law.by_id["fact"] and not isinstance(value, frozenset):
                    assert known.get(id) == value


def require_sight(difference: Difference, ends: list[Case | None]) -> None:
    seen = difference.seen
    assert seen is not None
    mine, theirs = (shown(ends[i], seen.agency) for i in (seen.law, 1 - seen.law))
    assert mine.issuperset(seen.items)
    assert theirs.isdisjoint(seen.items) or difference.rules


def shown(case: Case | None, agency: str) -> set[tuple[str, str]]:
    """What the agency sees, and what it was given with the latest step."""
    assert case is not None
    if agency not in case.process.by_id["agency"]:
        return set()
    view = case.view(agency)
    given = [p for p in case.journal[-1].provided if p.to == agency]
    return {
        *(("machine", id) for id in view.states),
        *(("fact", id) for id in view.facts),
        *(("fact", id) for p in given for id in p.facts),
        *(("event", case.journal[-1].event) for p in given if p.told),
    }


def running(case: Case | None, limit: str | None) -> Any:
    assert case is not None
    found = [c for c in case.deadlines() if c.deadline.id == limit]
    return [(c.ends, c.left, c.renewals, c.deadline.on_expiry, c.deadline.owner,
             set(c.deadline.owed_to)) for c in found]  # fmt: skip


# -- walks by chance -------------------------------------------------------------------------------


def walk(a: Process, b: Process, seed: int, most: int = 12) -> Iterator[tuple[Any, Any]]:
    """What becomes of a case under both laws, step by step, as long as it lives."""
    rnd = Random(seed)
    facts = {f.id: value(f, rnd) for f in (*a.facts, *b.facts) if rnd.random() < 0.6}
    at = a.since or "2024-06-03"
    cases = []
    for law in (a, b):
        try:
            cases.append(law.open(at=at, facts=facts))
        except DiversionFlowError as error:
            cases.append(error.code)
    yield told(cases[0]), told(cases[1])
    for _ in range(most):
        one, other = cases
        if isinstance(one, str) or isinstance(other, str):
            return
        law = rnd.choice((a, b))
        leading = sorted({*one.possible(), *other.possible()})
        known = [e for e in leading if e in law.by_id["event"]] or [e.id for e in law.events]
        event = law.event(rnd.choice(known))
        by = (
            rnd.choice(event.by) if event.by and rnd.random() < 0.9 else rnd.choice(law.agencies).id
        )
        given = {id: value(law.fact(id), rnd) for id in event.records if rnd.random() < 0.8}
        ends = [c.ends for c in (*one.deadlines(), *other.deadlines()) if c.ends]
        times = [one.at, one.at + timedelta(hours=rnd.choice((1, 30, 200))), *ends]
        then = rnd.choice([t for t in times if t >= one.at])
        after = [stepped(case, event.id, by, then, given) for case in (one, other)]
        yield told(after[0]), told(after[1])
        if not any(isinstance(case, str) for case in after):
            cases = after


def stepped(case: Case, event: str, by: str, at: Any, facts: dict[str, Any]) -> Case | str:
    try:
        return case.step(event, by=by, at=at, facts=facts)
    except DiversionFlowError:
        return "refused"


def told(case: Case | str) -> Any:
    if isinstance(case, str):
        return case
    limits = sorted((c.deadline.id, str(c.ends), c.deadline.on_expiry or "", c.deadline.owner)
                    for c in case.deadlines())  # fmt: skip
    eyes = {a.id: (seen.machines & case.states.keys(), seen.facts & case.facts.keys())
            for a in case.process.agencies for seen in (sight(case, a.id),)}  # fmt: skip
    owed = [(d.deadline.id, d.standing, d.ends) for d in case.duties()]
    given = sorted({(p.to, *p.facts) for p in record(case).provided if p.told or p.facts})
    return dict(case.states), limits, case.closed, eyes, owed, given


def require_alike(a: Process, b: Process, walks: int) -> None:
    for seed in range(walks):
        for one, other in walk(a, b, seed):
            assert one == other, seed


@pytest.mark.parametrize("name", CHANGES)
def test_each_kind_of_change_is_told_as_it_happens(name: str, amount: Amount) -> None:
    made = list(dict.fromkeys(changed(PROCESS, seed, [name]) for seed in range(6)))
    made.sort(key=PROCESS.__eq__)
    assert made[0] != PROCESS
    for law in made[: amount(6, 2)]:
        found = compare(PROCESS, law)
        assert found.same is (not found.changes)
        assert found.same is (law == PROCESS or evolve(law, version=PROCESS.version) == PROCESS)
        for difference in found.people:
            require(found, difference)
        if found.same_behaviour is True:
            require_alike(PROCESS, law, 25)


# Limits that stop, are renewed, are counted back, are duties that may be missed; who is told.
RICHER = {"stopping": stopping.law(), "counted back": owing.law()}
TOLD = (Told("partner", None, LAW),)
OF_LIMITS: dict[str, Edit] = {
    "met by others": _part("deadlines", met_by=lambda d, r: r.choice(((), ("finished",), d.met_by))),
    "owed to others": _part("deadlines", owed_to=lambda d, r: () if d.owed_to else ("partner",)),
    "never stops": _part("deadlines", stops=lambda d, r: ()),
    "renewed otherwise": _part("deadlines", renewals=lambda d, r: d.renewals[1:]),
    "renewed for longer": _part("deadlines", renewals=lambda d, r: tuple(
        evolve(each, length=Length(2, Unit.MONTHS)) for each in d.renewals)),
    "counted on": _part("deadlines", before=lambda d, r: None),
    "judged by fewer": _part("deadlines", before=lambda d, r: d.before and evolve(
        d.before, events=d.before.events[:1])),
    "told": _part("events", told=lambda e, r: () if e.told else TOLD),
}  # fmt: skip


@pytest.mark.parametrize("base", RICHER)
@pytest.mark.parametrize("name", OF_LIMITS)
def test_each_change_of_limits_and_duties_is_told_as_it_happens(
    base: str, name: str, amount: Amount
) -> None:
    law = RICHER[base]
    for made in dict.fromkeys(changed(law, seed, [name]) for seed in range(amount(3, 2))):
        for one, other in ((law, made), (made, law)):
            found = compare(one, other)
            for difference in found.people:
                require(found, difference)
            if found.same_behaviour is True:
                require_alike(one, other, 15)


@pytest.mark.sampled(every=6)
@pytest.mark.parametrize("seed", range(60))
def test_several_changes_at_once_are_told_as_they_happen(seed: int) -> None:
    rnd = Random(seed)
    one, other = (changed(PROCESS, seed, rnd.sample(sorted(CHANGES), 3)) for _ in range(2))
    found = compare(one, other)
    for difference in found.people:
        require(found, difference)
    if found.same_behaviour is True:
        require_alike(one, other, 25)
    if found.same_behaviour is False:
        assert found.people or found.behaviour.witness


# -- laws made by chance ----------------------------------------------------------------------------


def mistaken(law: Process, rnd: Random) -> Process:
    """The law with a small mistake, if it is still one."""
    try:
        return rnd.choice(list(mutants(law))).apply(law)
    except DiversionFlowError:
        return law


PAIRS: dict[str, Callable[[int], tuple[Process, Process]]] = {
    "a mistake": lambda seed: (ruled(seed), mistaken(ruled(seed), Random(seed))),
    "a mistake in both": lambda seed: (
        mistaken(ruled(seed), Random(seed)), mistaken(ruled(seed), Random(seed + 1))
    ),
    "nothing in common": lambda seed: (ruled(seed), ruled(seed + 1)),
    "a mistake about time": lambda seed: (means(Random(seed)), mistaken(means(Random(seed)), Random(seed))),
    "other means": lambda seed: (means(Random(seed)), means(Random(seed + 1))),
}  # fmt: skip


@pytest.mark.sampled(every=6)
@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("seed", range(4000, 4012))
def test_what_two_laws_made_by_chance_differ_in_happens_as_it_is_told(pair: str, seed: int) -> None:
    one, other = PAIRS[pair](seed)
    found = compare(one, other)
    for difference in found.people:
        require(found, difference)
    if found.same_behaviour is True:
        require_alike(one, other, 25)


@pytest.mark.parametrize("target", ["helped", "done"])
def test_where_two_rules_may_be_open_at_once_the_event_is_refused(target: str) -> None:
    torn = with_transitions(transition("again", "helped", "asked", target, fact("age") >= 70))
    for found in (compare(PROCESS, torn), compare(torn, PROCESS)):
        [difference] = found.people
        require(found, difference)
        assert difference.profile == {"age": 70}
        assert (found.undecided, found.same_behaviour) == ((), False)


def test_a_first_state_of_rest_keeps_open_what_is_closed_without_it() -> None:
    """The main machine rests from the beginning; consent keeps no case open until it says where."""
    asked, *states = MAIN.states
    main = evolve(MAIN, states=(evolve(asked, rest=True), *states))
    open_, given = CONSENT.states
    resting = evolve(CONSENT, states=(open_, evolve(given, rest=True)))
    one, other = (evolve(PROCESS, machines=(main, consent)) for consent in (CONSENT, resting))
    for a, b in ((one, other), (other, one)):
        found = compare(a, b)
        [difference] = found.people
        require(found, difference)
        assert (difference.kind, difference.rules[0].states) == ("rest", ("open",))


def test_a_track_that_only_one_law_has_may_keep_a_case_open() -> None:
    """Where everything else is at rest; where it never is, the track makes no difference."""
    law = with_main(states=tuple(evolve(s, rest=s.id != "asked") for s in MAIN.states))
    make = transition("make", "helped", "none", "made")
    for resting, told in (("none", ["made"]), ("made", [])):
        states = tuple(state(id, rest=id == resting) for id in ("none", "made"))
        new = evolve(law, machines=(*law.machines, Machine("plan", T, "none", states, (make,))))
        for one, other in ((law, new), (new, law)):
            found = compare(one, other)
            for difference in found.people:
                require(found, difference)
            assert [d.rules[0].states[0] for d in found.people if d.kind == "rest"] == told
            assert found.same_behaviour is not bool(told)


@pytest.mark.parametrize("ends", ["a rule", "a process", "a process before the other begins"])
def test_what_ended_long_ago_and_began_nobody_says_when_is_shown_in_its_own_time(ends: str) -> None:
    end = date(2020, 3, 10)
    rule, *others = MAIN.transitions
    dated = evolve(rule, basis=(evolve(LAW[0], until=end),)) if ends == "a rule" else rule
    law = with_main(transitions=(dated, *others))
    strict = with_main(transitions=(evolve(dated, guard=fact("age") >= 70), *others))
    if ends != "a rule":
        law, strict = evolve(law, until=end), evolve(strict, until=end)
    if ends.endswith("begins"):
        strict = evolve(strict, since=date(2024, 1, 1), until=None)
    found = compare(law, strict)
    assert found.behaviour.verdict == "different"
    assert [each.kind for each in found.people] == ["rule"]
    assert found.behaviour.witness is not None
    assert found.behaviour.witness.opened.date() <= end


def test_a_rule_said_twice_is_no_longer_the_same() -> None:
    law = ruled(1)
    first = law.machines[0]
    rule = first.transitions[0]
    twice = evolve(first, transitions=(*first.transitions, evolve(rule, id="again")))
    torn = evolve(law, machines=(twice, *law.machines[1:]))
    found = compare(law, torn)
    assert found.same_behaviour is False
    assert found.behaviour.witness


@pytest.mark.parametrize("asked", [fact("age") < 60, (fact("age") < 60) | (fact("age") > 90)])
def test_where_nobody_is_as_the_edge_says_somebody_else_is_the_example(asked: Guard) -> None:
    """Whoever is helped is 65 at least."""
    finish = transition("finish", "finished", "helped", "done", holds("content") & asked)
    rules = tuple(finish if rule.id == "finish" else rule for rule in MAIN.transitions)
    found = compare(
        PROCESS, evolve(PROCESS, machines=(evolve(MAIN, transitions=rules), *PROCESS.machines[1:]))
    )
    [difference] = found.people
    require(found, difference)
    assert difference.profile == {"age": 65}


OF_KINDS = {
    Kind.BOOLEAN: holds("x"), Kind.INTEGER: fact("x") >= 1, Kind.DATE: fact("x") >= date(2024, 1, 1),
    Kind.DATETIME: fact("x") >= datetime(2024, 1, 1, 12), Kind.CHOICE: fact("x").in_("p"),
    Kind.CHOICES: fact("x").includes("p"),
}  # fmt: skip


def asking(kind: Kind) -> Process:
    """Help is given on a fact of this kind."""
    several = (Choice("p", T), Choice("q", T)) if kind in (Kind.CHOICE, Kind.CHOICES) else ()
    about = Fact("x", T, kind, "worker", ("worker",), choices=several)
    rules = (transition("help", "helped", "asked", "helped", OF_KINDS[kind]), *MAIN.transitions[2:])
    events = [evolve(e, records=(*e.records, "x") if e.id == "helped" else e.records)
              for e in PROCESS.events]  # fmt: skip
    machines = (evolve(MAIN, transitions=rules), *PROCESS.machines[1:])
    facts = (*PROCESS.facts, about)
    return evolve(PROCESS, facts=facts, events=tuple(events), machines=machines)


@pytest.mark.parametrize("kind", Kind)
def test_a_fact_may_be_of_another_kind(kind: Kind) -> None:
    for other in Kind:
        found = compare(asking(kind), asking(other))
        assert bool(found.people) is (found.same_behaviour is False) is (other is not kind)
        for difference in found.people:
            require(found, difference)


# -- the law as it is shipped ----------------------------------------------------------------------


@pytest.mark.sampled(every=6)
@pytest.mark.parametrize("place", processes.places("entry_support"))
def test_what_a_place_does_otherwise_happens_as_it_is_told(place: str) -> None:
    law = processes.in_force("entry_support", on="2024-06-03", place=place)
    found = compare(NATIONAL, law)
    assert found.undecided == ()
    assert found.people or found.same_behaviour is True
    for difference in found.people:
        require(found, difference)


@pytest.mark.again
@pytest.mark.sampled(every=8)
@pytest.mark.parametrize("seed", range(24))
def test_what_a_small_mistake_in_the_law_changes_happens_as_it_is_told(seed: int) -> None:
    mutant = Random(seed).choice(list(mutants(NATIONAL)))
    law = mutant.apply(NATIONAL)
    # The shortest sequence of events is not asked here; a long search for it finds no more people.
    found = compare(NATIONAL, law, effort=1_000)
    assert found.people or found.undecided or found.same_behaviour is True
    for difference in found.people:
        require(found, difference)
    if found.same_behaviour is True:
        require_alike(NATIONAL, law, 6)
