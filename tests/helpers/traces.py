"""Courses of cases as data for an engine: each event with what a calendar says of its moment,
and where the case stands after it. The engine must come into the same states."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from itertools import cycle
from typing import Any

from attrs import evolve

from diversion_flow import Case, Process, Refused
from diversion_flow.definition import (
    ALWAYS,
    Basis,
    Choice,
    Event,
    Fact,
    Guard,
    Kind,
    Machine,
    Mark,
    Parameter,
    Text,
    UnknownId,
    fact,
    machine,
    param,
    running,
    when,
)
from diversion_flow.definition.guard import AllOf, AnyOf, Not, OnWorkingDay
from diversion_flow.runtime.asking import Asking
from diversion_flow.runtime.breaches import told_missed
from diversion_flow.runtime.calendar import JST, is_rest_day, moment
from diversion_flow.runtime.clocks import clocks, overdue, premature
from diversion_flow.scenarios import Played, Scenario
from diversion_flow.scenarios.moments import moment_of
from diversion_flow.scenarios.play import law_of, playing
from helpers.chance import living, value
from helpers.labels import HOSTILE as HOSTILE_DRAWINGS
from helpers.small import LAW, PROCESS, T, state, transition, with_transitions

Trace = dict[str, Any]  # {"facts": what is known at the opening, "events": [...]}


def step(
    case: Case, event: str, by: str, at: datetime, facts: Mapping[str, object]
) -> tuple[Case, dict[str, Any]]:
    """The case after the event (as it was, where the event is refused), and what to tell."""
    said = {
        "type": event,
        "by": by,
        "facts": plain(case.process, facts),
        "day": at.date().isoformat(),
        "working_day": not is_rest_day(at.date()),
        "running": [c.deadline.id for c in clocks(case) if not c.passed(at)],
        "missed": [
            d.id for d in case.process.deadlines if d.met_by and told_missed(case, d.id, at)
        ],
        "due": _due(case, event, at),
    }
    try:
        after = case.step(event, by=by, at=at, facts=facts)
    except Refused:
        after = case
    known = plain(case.process, dict(after.facts))
    return after, {
        **said, "accepted": after is not case, "states": dict(after.states), "known": known,
    }  # fmt: skip


def _due(case: Case, event: str, at: datetime) -> str | None:
    asked = Asking(case, at)
    first = [c.deadline.on_expiry for c in overdue(asked, event)]
    by_law = any(d.on_expiry == event for d in case.process.deadlines)
    own = [event] if by_law and not premature(asked, event) else []
    return next(iter([*first, *own]), None)


def plain(process: Process, facts: Mapping[str, object]) -> dict[str, Any]:
    """Facts as JSON can say them."""
    return {id: _plain(process.fact(id).parse(value)) for id, value in facts.items()}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return moment(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def differences(traces: list[Trace], reached: list[list[dict[str, Any]]]) -> list[str]:
    """Where an engine first stands or knows otherwise than the case, course by course."""
    assert [len(t["events"]) for t in traces] == [len(course) for course in reached]
    found = []
    for number, (trace, course) in enumerate(zip(traces, reached, strict=True)):
        for place, (said, there) in enumerate(zip(trace["events"], course, strict=True)):
            if any(said[what] != there[what] for what in ("states", "known")):
                found.append(f"course {number}, event {place}: {said['type']} by {said['by']}")
                break
    return found


def counted(traces: list[Trace]) -> tuple[int, int]:
    """How many events of the courses were accepted, and how many refused."""
    answers = [said["accepted"] for trace in traces for said in trace["events"]]
    return sum(answers), len(answers) - sum(answers)


def leading(process: Process) -> dict[str, list[str]]:
    """Each state of the process and where its transitions lead."""
    return {
        f"{m.id}.{s.id}": sorted(t.target for t in m.transitions if s.id in t.sources)
        for m in process.machines
        for s in m.states
    }


# -- courses ---------------------------------------------------------------------------------


def of_story(story: Scenario) -> Iterator[tuple[Process, Trace]]:
    """Every case of the story, under every law it is told under, refusals included."""
    for law in story.laws:
        process = law_of(story, law)
        found: dict[str, Trace] = {}
        for played in playing(story, process, law):
            opened = plain(process, dict(played.before.journal[0].facts))
            trace = found.setdefault(played.step.case, {"facts": opened, "events": []})
            trace["events"] += _of_step(played)
        yield from ((process, trace) for trace in found.values())


def _of_step(played: Played) -> Iterator[dict[str, Any]]:
    case, wanted = played.before, played.step
    for record in played.records:
        case, said = step(case, record.event, record.by, record.at, dict(record.facts))
        yield said
    assert case.states == played.after.states
    tried = [(a.event, a.by, a.at or "+0d", a.facts) for a in wanted.attempts]
    if played.refusal and wanted.event and wanted.by:
        tried.append((wanted.event, wanted.by, wanted.at, wanted.facts))
    for event, by, at, facts in tried:
        then = moment_of(at, case.at)
        try:
            reached, said = step(case, event, by, then, facts)
        except UnknownId:  # an event or fact that only another law of the story knows
            continue
        if reached is case and then >= case.at:  # engines keep no clock that could run backwards
            yield said


@cache
def at_random(process: Process, seed: int, steps: int) -> Trace:
    """A case led by chance through events that are mostly possible, some by a wrong agency."""
    return led(process, seed, steps)[1]


def led(process: Process, seed: int, steps: int) -> tuple[Case, Trace]:
    """The same with where the case stands at its end."""
    rnd = random.Random(seed)
    case, trace = _opened(process, rnd, str(process.since or "2024-06-03"))
    case, trace["events"] = walked(case, rnd, steps)
    return case, trace


def walked(case: Case, rnd: random.Random, steps: int) -> tuple[Case, list[dict[str, Any]]]:
    """The case led on, and each event."""
    process, told = case.process, list[dict[str, Any]]()
    for _ in range(steps):
        every = tuple(e.id for e in process.events)
        event = rnd.choice(
            living(process, case.possible() or every if rnd.random() < 0.8 else every, rnd)
        )
        by = rnd.choice(process.event(event).by)
        if rnd.random() < 0.1:
            by = rnd.choice(process.agencies).id
        hours = rnd.choice([0, 1, 5, 20, 24 * 3, 24 * 8, 24 * 8, 24 * 40])
        case, said = _tried(case, event, by, hours, rnd)
        told.append(said)
    return case, told


@cache
def each_event(process: Process, seed: int) -> Trace:
    """A case, opened on one of many days, to which every event is reported once."""
    rnd = random.Random(seed)
    case, trace = _opened(process, rnd, f"2024-{4 + seed % 2:02}-{1 + seed % 30:02}")
    for event in process.events:
        case, said = _tried(case, event.id, event.by[0], 1, rnd)
        trace["events"].append(said)
    return trace


def at_the_end(event: str, by: str, facts: Mapping[str, object]) -> tuple[Process, list[Trace]]:
    """The small process in its last days, and the event reported on the last and one too late."""
    ending = evolve(PROCESS, until=date(2024, 6, 3))
    case = ending.open(at="2024-06-03T10:00")
    days = (case.at, case.at + timedelta(days=1))
    return ending, [{"facts": {}, "events": [step(case, event, by, day, facts)[1]]} for day in days]


def _opened(process: Process, rnd: random.Random, day: str) -> tuple[Case, Trace]:
    facts = {f.id: value(f, rnd) for f in process.facts if rnd.random() < 0.6}
    case = process.open(at=f"{day}T10:00", facts=facts)
    return case, {"facts": plain(process, facts), "events": []}


def _tried(
    case: Case, event: str, by: str, hours: int, rnd: random.Random
) -> tuple[Case, dict[str, Any]]:
    records = case.process.event(event).records
    facts = {f: value(case.process.fact(f), rnd) for f in records if rnd.random() < 0.7}
    return step(case, event, by, case.at + timedelta(hours=hours), facts)


# -- processes that put questions to an engine -----------------------------------------------

ODD = 'it\'s "so" <b>\\ &lt;'  # a choice that ends no literal
_FACTS = (
    Fact("flag", T, Kind.BOOLEAN, "worker"),
    Fact("number", T, Kind.INTEGER, "worker", minimum=0, maximum=9),
    Fact("constructor", T, Kind.DATE, "worker"),  # what every JavaScript object has
    Fact("moment", T, Kind.DATETIME, "worker"),
    Fact("sort", T, Kind.CHOICE, "worker", choices=(Choice("one", T), Choice(ODD, T))),
    Fact("sorts", T, Kind.CHOICES, "worker", choices=(Choice("one", T), Choice(ODD, T))),
)
_LEAVES: tuple[Guard, ...] = (
    ALWAYS,
    fact("flag") == True,  # noqa: E712
    fact("flag") != True,  # noqa: E712
    fact("number") >= 5,
    fact("number") < param("bound"),
    fact("number") > param("unset"),
    fact("number").in_(0, 5, 9),
    fact("constructor") <= date(2024, 5, 1),
    fact("constructor").known(),
    fact("moment") > datetime(2024, 4, 15, 9, 30, tzinfo=JST),
    fact("sort") == ODD,
    fact("sort") != "one",
    fact("sorts").includes(ODD),
    fact("sorts").includes("one"),
    machine("m0").in_("before"),
    machine("m1").in_("before", "after"),
    when("bound", 5),
    when("unset", 1),
    running("limit"),
    OnWorkingDay(),
)  # fmt: skip


_DATED = (LAW, (Basis(Mark.READ, "law", since=date(2024, 5, 1)),),
          (Basis(Mark.READ, "law", until=date(2024, 5, 2)),))  # fmt: skip


@cache
def asking(seed: int, machines: int = 60) -> Process:
    """The small process with many machines more, each with one event under a chance guard."""
    rnd = random.Random(seed)
    asked = range(machines)
    return evolve(
        PROCESS,
        id="asking",
        facts=(*PROCESS.facts, *_FACTS),
        events=(*PROCESS.events, *(_asking_event(i, rnd) for i in asked)),
        machines=(*PROCESS.machines, *(_asking_machine(i, rnd) for i in asked)),
        parameters=(Parameter("bound", T, 5), Parameter("unset", T)),
    )


def _asking_event(i: int, rnd: random.Random) -> Event:
    return Event(f"e{i}", T, f"m{i}", ("worker",), rnd.choice([(), ("number", "sorts"), ("flag",)]))


def _asking_machine(i: int, rnd: random.Random) -> Machine:
    go = transition("go", f"e{i}", "before", "after", _guard(rnd, 3), basis=rnd.choice(_DATED))
    return Machine(f"m{i}", T, "before", (state("before"), state("after")), (go,))


def _guard(rnd: random.Random, depth: int) -> Guard:
    if depth == 0 or rnd.random() < 0.2:
        return rnd.choice(_LEAVES)
    parts = tuple(_guard(rnd, depth - 1) for _ in range(rnd.choice([1, 2, 3])))
    return Not(parts[0]) if len(parts) == 1 else rnd.choice([AllOf, AnyOf])(parts)


def disputed() -> Process:
    """Two rules at once: for some ages in the home machine, and always in another."""
    wider = transition("help_younger", "helped", "asked", "done", fact("age") >= 60)
    moves = tuple(transition(id, "finished", "open", "given") for id in ("one", "other"))
    main, consent = with_transitions(wider).machines
    return evolve(
        PROCESS, machines=(main, evolve(consent, transitions=(*consent.transitions, *moves)))
    )


HOSTILE = [
    *HOSTILE_DRAWINGS, "globalThis.harmed = 1", "'; globalThis.harmed = 1; '", "*/ globalThis.harmed = 1 /*",
    "${globalThis.harmed = 1}", "--><script>globalThis.harmed = 1</script><!--", "\u2028globalThis.harmed = 1",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>&y;", '" cond="true', "{0}{config}",
]  # fmt: skip


def hostile(*labels: str) -> Process:
    """The small process with every label said so; of several, each part has the next."""
    said = cycle([Text(label, label) for label in labels])
    return evolve(
        PROCESS, label=next(said),
        agencies=tuple(evolve(a, label=next(said)) for a in PROCESS.agencies),
        events=tuple(evolve(e, label=next(said)) for e in PROCESS.events),
        facts=tuple(evolve(f, label=next(said)) for f in PROCESS.facts),
        deadlines=tuple(evolve(d, label=next(said)) for d in PROCESS.deadlines),
        sources=tuple(evolve(s, label=next(said)) for s in PROCESS.sources),
        machines=tuple(
            evolve(m, label=next(said), states=tuple(evolve(s, label=next(said)) for s in m.states))
            for m in PROCESS.machines
        ),
    )  # fmt: skip
