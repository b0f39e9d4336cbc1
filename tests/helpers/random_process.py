"""Processes made by chance from a seed: valid, but drawn by nobody's hand."""

from __future__ import annotations

from random import Random

from diversion_flow.definition import (
    Agency,
    Event,
    Machine,
    Process,
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
