"""Processes made by chance from a seed: valid, but drawn by nobody's hand."""

from __future__ import annotations

from itertools import pairwise
from random import Random

from attrs import evolve

from diversion_flow.definition import (
    Act,
    Agency,
    Departure,
    Event,
    Group,
    Heading,
    Hold,
    Machine,
    Process,
    Road,
    Stage,
    State,
    Text,
    Transition,
)

_WORDS = (
    "送致",
    "勾留請求",
    "同意",
    "定着支援センターへの協力依頼",
    "起訴",
    "更生緊急保護の申出",
    "面会",
)
_ENGLISH = ("referred", "request for detention", "consent", "help asked for", "met", "indictment")


def random_process(seed: int) -> Process:
    """A process with up to 8 agencies, 6 stages, 4 machines and about 40 states."""
    chance = Random(seed)
    agencies = tuple(Agency(f"agency{i}", _label(chance)) for i in range(chance.randint(2, 8)))
    stages = tuple(Stage(f"stage{i}", _label(chance)) for i in range(chance.randint(2, 6)))
    events: list[Event] = []
    machines = tuple(
        _machine(chance, f"machine{i}", agencies, stages, events)
        for i in range(chance.randint(1, 4))
    )
    return Process(
        id=f"random_{seed}", version="1", label=_label(chance), agencies=agencies, stages=stages,
        events=tuple(events), machines=machines, main_machine="machine0",
        main_route=tuple(f"{m.id}.{t.id}" for m in machines for t in m.transitions),
    )  # fmt: skip


def random_road(seed: int) -> Process:
    """A random process that tells its road: rows, acts, a spine, a turning point, departures."""
    law, chance = random_process(seed), Random(-seed)
    rows = chance.randint(1, min(5, len(law.agencies)))
    dealt = [tuple(a.id for a in law.agencies[n::rows]) for n in range(rows)]
    count = chance.randint(1, 26)
    stages = sorted(chance.randrange(len(law.stages)) for _ in range(count))
    begun = chance.randint(0, min(2, count - 1))
    acts = tuple(dict.fromkeys(  # no act is told twice
        _act(chance, law, law.stages[stage].id, also=n < begun) for n, stage in enumerate(stages)
    ))  # fmt: skip
    spine = law.machines[0]
    cuts = sorted({0, chance.randint(0, len(spine.states)), len(spine.states)})
    holds = tuple(
        Hold(_label(chance), tuple(f"{spine.id}.{s.id}" for s in spine.states[a:b]),
             says=chance.choice((None, _label(chance))), departures=_departures(chance, law),
             early=chance.choice((None, _label(chance))))
        for a, b in pairwise(cuts)
    )  # fmt: skip
    turning = chance.choice(acts[begun:])
    return evolve(law, road=Road(
        tuple(Group(_label(chance), ids, chance.choice((None, _label(chance)))) for ids in dealt),
        acts, spine.id, holds, turning.events[0], _label(chance), _label(chance),
        tuple(Heading(s.id, _label(chance)) for s in law.stages if chance.random() < 0.5),
        tuple(Departure(_label(chance), stage=s.id) for s in law.stages if chance.random() < 0.3),
    ))  # fmt: skip


def _act(chance: Random, law: Process, stage: str, *, also: bool) -> Act:
    return Act(
        _label(chance), chance.choice(law.agencies).id, stage, (chance.choice(law.events).id,),
        departures=_departures(chance, law), also=also,
        handed=chance.choice((None, _label(chance))),
    )  # fmt: skip


def _departures(chance: Random, law: Process) -> tuple[Departure, ...]:
    return tuple(
        Departure(_label(chance), chance.choice(law.machines).id)
        for _ in range(chance.choice((0, 0, 0, 1, 2)))
    )


def _machine(
    chance: Random,
    id: str,
    agencies: tuple[Agency, ...],
    stages: tuple[Stage, ...],
    events: list[Event],
) -> Machine:
    names = [f"state{i}" for i in range(chance.randint(2, 12))]
    spread = sorted(chance.randrange(len(stages)) for _ in names)
    states = tuple(
        State(name, _label(chance), chance.choice(agencies).id, stages[stage].id)
        for name, stage in zip(names, spread, strict=True)
    )
    transitions = []
    for number in range(chance.randint(1, 2 * len(names))):
        source = chance.choice(names)
        near = [n for n in names if abs(names.index(n) - names.index(source)) <= 4 and n != source]
        event = Event(f"{id}_event{number}", _label(chance), id, (chance.choice(agencies).id,))
        events.append(event)
        transitions.append(Transition(f"rule{number}", event.id, (source,), chance.choice(near)))
    return Machine(id, _label(chance), names[0], states, tuple(transitions))


def _label(chance: Random) -> Text:
    return Text(
        "".join(chance.choices(_WORDS, k=chance.randint(1, 2))),
        " ".join(chance.choices(_ENGLISH, k=chance.randint(1, 3))),
    )
