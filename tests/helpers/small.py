"""A small clean process, for tests that plant one fault or ask one question."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from diversion_flow.definition import (
    Agency,
    Basis,
    Choice,
    ConsentRule,
    Deadline,
    Event,
    Fact,
    Guard,
    Kind,
    Length,
    Machine,
    Mark,
    OnEvent,
    Process,
    Source,
    State,
    Text,
    Transition,
    Unit,
    Variant,
    VariantConflict,
    compose,
    fact,
    holds,
)

T = Text("あ", "a")
LAW = (Basis(Mark.READ, "law", "1"),)
NAMED: Any = {"facts": {"recipients": ["partner"]}}  # what consent is given with


def transition(
    id: str, event: str, source: str, target: str, guard: Guard | None = None, **rest: Any
) -> Transition:
    rest.setdefault("basis", LAW)
    if guard is not None:
        rest["guard"] = guard
    return Transition(id, event, tuple(source.split()), target, **rest)


def state(id: str, **rest: Any) -> State:
    rest.setdefault("basis", LAW)
    rest.setdefault("holder", "worker")
    return State(id, Text(f"{id}の状態", id), **rest)


MAIN = Machine(
    "main",
    T,
    "asked",
    (
        state("asked"),
        state("helped"),
        state("done", final=True, outcome=T),
    ),
    (
        transition("help", "helped", "asked", "helped", fact("age") >= 65),
        transition("reject", "helped", "asked", "done", fact("age") < 65),
        transition("finish", "finished", "helped", "done", holds("content")),
        transition("lapse", "lapsed", "helped", "done"),
    ),
    seen_by=("worker",),
)
CONSENT = Machine(
    "consent",
    T,
    "open",
    (state("open"), state("given")),
    (
        transition("give", "consented", "open", "given"),
        transition("take_back", "withdrawn", "given", "open"),
        transition("end", "finished", "given", "open"),
    ),
    seen_by=("worker", "partner"),
)
PROCESS = Process(
    id="small",
    version="1",
    label=T,
    agencies=(Agency("worker", T), Agency("partner", T)),
    events=(
        Event("helped", T, "main", ("worker",), ("age",)),
        Event("finished", T, "main", ("worker", "partner"), ("content",), unseen_by=("partner",)),
        Event("lapsed", T, "main", ("worker",)),
        Event("consented", T, "consent", ("worker",), ("recipients",)),
        Event("withdrawn", T, "consent", ("worker",)),
    ),
    machines=(MAIN, CONSENT),
    main_machine="main",
    facts=(
        Fact("age", T, Kind.INTEGER, "worker", ("worker",), ("partner",), minimum=0, maximum=120),
        Fact("content", T, Kind.BOOLEAN, "partner", ("worker",)),
        Fact(
            "recipients", T, Kind.CHOICES, "worker", ("worker",), choices=(Choice("partner", T),)
        ),
    ),
    deadlines=(
        Deadline(
            "limit", T, "main", ("helped",), OnEvent(("helped",)), Length(10, Unit.DAYS),
            "worker", LAW, on_expiry="lapsed",
        ),
    ),
    sources=(Source("law", T),),
    consent=ConsentRule("consent", ("given",), "recipients"),
)  # fmt: skip


def with_main(**changes: Any) -> Process:
    """The small process with its main machine changed."""
    return evolve(PROCESS, machines=(evolve(MAIN, **changes), CONSENT))


def with_transitions(*transitions: Transition) -> Process:
    """The small process with more transitions in its main machine."""
    return with_main(transitions=(*MAIN.transitions, *transitions))


def over_at_once() -> Process:
    """The small process in which a limit runs from when help began, once `content` is told: who
    tells it late finds it over."""
    told = tuple(
        evolve(event, records=(*event.records, "content")) if event.id == "consented" else event
        for event in PROCESS.events
    )
    limit = evolve(PROCESS.deadlines[0], guard=holds("content"))
    return evolve(PROCESS, events=told, deadlines=(limit,))


def conflicts(*variants: Variant) -> tuple[Any, ...]:
    """Where two of these variants touch the same thing in different ways."""
    try:
        compose(*variants)
    except VariantConflict as error:
        return error.conflicts
    return ()
