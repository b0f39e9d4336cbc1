"""Small processes made by chance whose rules ask for states, facts and what a step records."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import product
from random import Random

from attrs import evolve

from diversion_flow import Case, Process, Refused
from diversion_flow.definition import (
    ALWAYS,
    Agency,
    Basis,
    Choice,
    ConsentRule,
    DefinitionError,
    DiversionFlowError,
    Event,
    Fact,
    Guard,
    Kind,
    Learns,
    Machine,
    Mark,
    Share,
    State,
    Text,
    Told,
    Transition,
    any_of,
    every,
    fact,
    holds,
    machine,
)
from diversion_flow.definition.property import Occasion, Pattern, Property
from diversion_flow.proof.walking import Happened

T = Text("あ", "a")
FACTS = (
    Fact("told", T, Kind.BOOLEAN, "office"),
    Fact("age", T, Kind.INTEGER, "office", minimum=0, maximum=100),
    Fact("kind", T, Kind.CHOICE, "office", choices=(Choice("one", T), Choice("two", T))),
    Fact("named", T, Kind.CHOICES, "office", choices=(Choice("x", T), Choice("y", T))),
)
# What the rules can tell apart, and so all that an explicit search has to try.
VALUES = {
    "told": (None, True, False),
    "age": (None, 64, 65),
    "kind": (None, "one", "two"),
    "named": (None, frozenset(), frozenset("x"), frozenset("y"), frozenset("xy")),
}


def ruled(seed: int, most: int = 3) -> Process:
    """A process of 2 or 3 machines, two facts and rules that ask for both; no time matters."""
    chance = Random(seed)
    while True:
        try:
            return _made(seed, chance, most)
        except DiversionFlowError:
            continue  # two rules that are the same, or another slip: drawn anew


def shown(seed: int) -> Process:
    """The same, where agencies are told of events, see facts, some of them on consent, and are
    handed others."""
    chance = Random(seed)
    while True:
        law = ruled(chance.randrange(10**6))
        try:
            return _shown(law, chance)
        except DiversionFlowError:
            continue  # it knows no fact that could name recipients


_WHO = ("office", "other", "x", "y")


def _shown(law: Process, chance: Random) -> Process:
    def some(most: int = 2) -> tuple[str, ...]:
        return tuple(chance.sample(_WHO, chance.randint(0, most)))

    def handed(rule: Transition) -> Transition:
        basis = chance.choice((None, Basis(Mark.INFERRED), Basis(Mark.INFERRED)))
        share = Share((chance.choice(law.facts).id,), chance.choice(_WHO), basis)
        return evolve(rule, shares=(share,) if chance.random() < 0.3 else ())

    facts = tuple(evolve(f, seen_by=some(), seen_with_consent=some()) for f in law.facts)
    events = tuple(evolve(e, told=tuple(map(Told, some(1)))) for e in law.events)
    machines = tuple(evolve(m, transitions=tuple(map(handed, m.transitions))) for m in law.machines)
    consent = chance.choice(law.machines)
    standing = tuple(chance.sample([s.id for s in consent.states], 1))
    return evolve(
        law, agencies=tuple(Agency(id, T) for id in _WHO), facts=facts, events=events,
        machines=machines, consent=ConsentRule(consent.id, standing, "named"),
    )  # fmt: skip


def drawn(seed: int) -> Process:
    """A process of either kind."""
    return (shown if seed // 8 % 2 else ruled)(seed)


TURNS = tuple(date(2024, 6, day) for day in (5, 7, 9))  # on which rules begin or cease to be law


def dated(law: Process, seed: int) -> Process:
    """The same, where about half the rules are law from a day or until one only."""
    chance = Random(f"the days of {seed}")

    def of_days(rule: Transition) -> Transition:
        first, day, later = chance.random(), chance.choice(TURNS), timedelta(days=1)
        if first < 0.5:
            return rule
        since, until = (day, None) if first < 0.75 else (None, day - later)
        return evolve(rule, basis=(Basis(Mark.INFERRED, since=since, until=until),))

    machines = (evolve(m, transitions=tuple(map(of_days, m.transitions))) for m in law.machines)
    return evolve(law, machines=tuple(machines))


def _made(seed: int, chance: Random, most: int) -> Process:
    facts = tuple(sorted(chance.sample(FACTS, 2), key=lambda f: f.id))
    names = [f"m{i}" for i in range(chance.randint(2, most))]
    states = {name: [f"s{i}" for i in range(chance.randint(2, 3))] for name in names}
    events = [
        Event(
            f"e{i}", T, chance.choice(names),
            tuple(chance.sample(["office", "other"], chance.randint(1, 2))),
            tuple(f.id for f in facts if chance.random() < 0.3),
        )
        for i in range(chance.randint(3, 5))
    ]  # fmt: skip
    law = Process(
        id=f"ruled_{seed}", version="1", label=T, agencies=(Agency("office", T), Agency("other", T)),
        events=tuple(events), facts=facts, main_machine="m0",
        machines=tuple(_machine(chance, name, states, events, facts) for name in names),
    )  # fmt: skip
    return _outdating(law, Random(f"what {seed} outdates"))


def _outdating(law: Process, chance: Random) -> Process:
    """The same, where some events make facts unknown again."""
    for number, event in enumerate(law.events):
        lost = tuple(fact.id for fact in law.facts if chance.random() < 0.25)
        events = list(law.events)
        events[number] = evolve(event, outdates=lost)
        with suppress(DefinitionError):  # its own rules ask for what is not told with it
            law = evolve(law, events=tuple(events))
    return law


def _machine(
    chance: Random,
    name: str,
    states: dict[str, list[str]],
    events: list[Event],
    facts: tuple[Fact, ...],
) -> Machine:
    ends, own, rules = chance.random() < 0.2, states[name], []
    for event in events:
        for number in range(chance.randint(0 if event.home != name else 1, 2)):
            sources = chance.sample(own, chance.randint(1, len(own)))
            if ends:
                sources = [s for s in sources if s != own[-1]] or own[:1]
            rules.append(
                Transition(
                    f"{event.id}_{number}", event.id, tuple(sources), chance.choice(own),
                    _guard(chance, states, facts),
                )
            )  # fmt: skip
    found = tuple(
        State(
            s, T, rest=chance.random() < 0.4, final=ends and s == own[-1],
            outcome=T if ends and s == own[-1] else None,
            ends_case=ends and s == own[-1] and chance.random() < 0.5,
        )
        for s in own
    )  # fmt: skip
    return Machine(name, T, own[0], found, tuple(rules))


def _guard(
    chance: Random, states: dict[str, list[str]], facts: tuple[Fact, ...], *, steps: bool = True
) -> Guard:
    parts = [_atom(chance, states, facts, steps) for _ in range(chance.choice((0, 0, 1, 1, 2, 3)))]
    parts = [~part if chance.random() < 0.3 else part for part in parts]
    if len(parts) == 3:
        return every(parts[0], any_of(*parts[1:]))
    return every(*parts) if chance.random() < 0.7 or len(parts) < 2 else any_of(*parts)


def _atom(
    chance: Random, states: dict[str, list[str]], facts: tuple[Fact, ...], steps: bool
) -> Guard:
    if chance.random() < 0.5 or not facts:
        name = chance.choice(sorted(states))
        return machine(name).in_(*chance.sample(states[name], chance.randint(1, 2)))
    asked = chance.choice(facts)
    if asked.kind is Kind.BOOLEAN:
        return chance.choice((holds(asked.id), fact(asked.id) == False))  # noqa: E712
    if asked.kind is Kind.INTEGER:
        return chance.choice((fact(asked.id) >= 65, fact(asked.id) < 65))
    if asked.kind is Kind.CHOICE:
        return chance.choice((fact(asked.id) == "one", fact(asked.id).known()))
    some = fact(asked.id)
    of_step = (some.named(), some.narrows()) if steps else ()
    return chance.choice((some.includes("x"), some.includes("y"), *of_step))


# -- explicit search, step by step -----------------------------------------------------------------


def occasion(process: Process, chance: Random) -> Occasion:
    """Something that may happen in the process, drawn by chance."""
    states = {m.id: [s.id for s in m.states] for m in process.machines}
    name = chance.choice(sorted(states))
    rules = [f"{name}.{t.id}" for t in process.machine(name).transitions]
    drawn = chance.randrange(6)
    asked = chance.choice(process.facts).id
    learns = Learns(chance.choice(process.agencies).id, asked)
    if process.consent is not None and chance.random() < 0.5:
        return Occasion(
            records=(asked,) if drawn == 0 else (),
            told=("x",) if drawn == 1 else (),
            learns=(learns,) if drawn > 1 else (),
            after=_guard(chance, states, (), steps=False) if drawn > 4 else ALWAYS,
        )
    return Occasion(
        events=tuple(e.id for e in process.events if chance.random() < 0.4) if drawn < 3 else (),
        by=("office",) if drawn == 1 else (),
        rules=tuple(chance.sample(rules, 1)) if drawn == 3 and rules else (),
        moves=(name,) if drawn == 4 else (),
        before=_guard(chance, states, ()) if chance.random() < 0.3 else ALWAYS,
        after=_guard(chance, states, process.facts[:1], steps=False) if drawn in (2, 5) else ALWAYS,
    )


def question(process: Process, seed: int) -> Property:
    """A question about the process, drawn by chance."""
    chance = Random(seed)
    pattern = list(Pattern)[seed % len(Pattern)]
    one, two, opens, closes = (occasion(process, chance) for _ in range(4))
    return Property(
        "drawn", T, pattern, one, two if pattern.pair else None,
        opens if chance.random() < 0.5 else None, closes if chance.random() < 0.5 else None,
    )  # fmt: skip


def opened(process: Process, carried: Collection[str] | None = None) -> Iterator[Case]:
    """The case in every way in which it can open: what events record is not known yet, if it is
    among what is carried (all, unless told)."""
    recorded = {f for event in process.events for f in event.records}
    recorded &= recorded if carried is None else set(carried)
    loose = [f.id for f in process.facts if f.id not in recorded]
    for values in product(*(VALUES[id] for id in loose)):
        yield process.open(at="2024-06-03", facts=dict(zip(loose, values, strict=True)))


def steps(case: Case) -> Iterator[Case]:
    """The case after everything that anybody could report."""
    return (after for _, after in reports(case))


def reports(case: Case) -> Iterator[tuple[Happened, Case]]:
    """Everything that anybody could report, with everything that could be recorded with it, and
    the case then."""
    for told in tellable(case):
        try:
            yield told, case.step(told.event, by=told.by, at=told.at, facts=told.facts)
        except Refused:
            continue


def tellable(case: Case) -> Iterator[Happened]:
    """Everything that anybody could tell a minute later, whether or not it would be refused."""
    at = case.at + timedelta(minutes=1)
    for event in case.process.events:
        given = [VALUES[id] for id in event.records]
        for some in product(*((_LEFT, *values) for values in given)):
            facts = {id: v for id, v in zip(event.records, some, strict=True) if v is not _LEFT}
            for by in event.by:
                yield Happened(event.id, by, at, facts)


_LEFT = object()


def known(case: Case) -> tuple[tuple[str, ...], tuple[object, ...]]:
    """Where a case is: its states and what is known."""
    return tuple(case.states.values()), tuple(case.facts.get(f.id) for f in case.process.facts)


def explicit(process: Process) -> dict[tuple[object, ...], int]:
    """All that can be reached, each with the fewest events that lead there."""
    found: dict[tuple[object, ...], int] = {}
    edge, depth = list(opened(process)), 0
    while edge:
        new = {known(case): case for case in edge if known(case) not in found}
        found.update(dict.fromkeys(new, depth))
        edge, depth = [after for case in new.values() for after in steps(case)], depth + 1
    return found
