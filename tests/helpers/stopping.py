"""Somebody held, and a limit that stops and is renewed: by hand or by chance."""

from __future__ import annotations

from random import Random

from attrs import evolve

from diversion_flow.definition import (
    Counting,
    Deadline,
    Event,
    Fact,
    Kind,
    Length,
    Machine,
    OnEntry,
    OnEvent,
    Process,
    Renewal,
    Stop,
    Unit,
)
from helpers.small import CONSENT, LAW, MAIN, PROCESS, T, state, transition

DAYS, MONTHS, HOURS, MINUTES = Unit.DAYS, Unit.MONTHS, Unit.HOURS, Unit.MINUTES
# Remand begins with `held`; an examination stops it, and `extended` or `prolonged` renew it.
EXAMINATION = Machine(
    "examination", T, "none", (state("none"), state("under_way")),
    (
        transition("examine", "examined", "none", "under_way"),
        transition("end_examination", "examination_over", "under_way", "none"),
    ),
    seen_by=("worker",),
)  # fmt: skip
CUSTODY = Machine(
    "custody", T, "free", (state("free"), state("held"), state("away")),
    (
        transition("hold", "held", "free held", "held"),
        transition("leave", "left", "held", "away"),
        transition("return", "returned", "away", "held"),
        transition("extend", "extended", "held away", "held"),
        transition("prolong", "prolonged", "held", "held"),
        transition("note", "noted", "held", "held"),
        transition("release", "released", "held", "free"),
    ),
    seen_by=("worker", "partner"),
)  # fmt: skip
EVENTS = ("held", "left", "returned", "extended", "prolonged", "noted", "released")
FIRST = Counting(first_day_counts=True)
STOPS = (Stop("examination", ("under_way",)),)
EXTENSION = Renewal(("extended",), Length(0, Unit.DAYS, ("days",)))
PROLONGED = Renewal(("prolonged",), Length(1, Unit.MONTHS))


def limit(
    amount: int = 10, unit: Unit = Unit.DAYS, counting: Counting = FIRST, **more: object
) -> Deadline:
    """Of so many days from `held`, stopped by an examination."""
    start = more.pop("start", OnEvent(("held",)))
    more = {"stops": STOPS, "renewals": (EXTENSION, PROLONGED), **more}
    return Deadline("remand", T, "custody", ("held",), start, Length(amount, unit), "worker", LAW,
                    counting, **more)  # type: ignore[arg-type] # fmt: skip


def law(*limits: Deadline) -> Process:
    """The small process with somebody held, and an examination beside."""
    events = (
        *(Event(e, T, "custody", ("worker",), ("days",)) for e in EVENTS),
        *(Event(e, T, "examination", ("worker",)) for e in ("examined", "examination_over")),
    )
    days = Fact("days", T, Kind.INTEGER, "worker", ("worker",), minimum=-5, maximum=10_000)
    return evolve(
        PROCESS, machines=(MAIN, CONSENT, CUSTODY, EXAMINATION), deadlines=limits or (limit(),),
        events=(*PROCESS.events, *events), facts=(*PROCESS.facts, days),
    )  # fmt: skip


def stopping(rnd: Random) -> Process:
    """Any limit that stops or is renewed."""
    exact = rnd.random() < 0.2
    unit = rnd.choice((HOURS, MINUTES)) if exact else rnd.choice((DAYS, DAYS, MONTHS))
    amount = rnd.choice((40, 90, 200)) if exact else rnd.choice((1, 2, 5, 10, 20))
    amount = min(amount, 3) if unit is MONTHS else amount
    counting = Counting(*(rnd.random() < 0.5 for _ in range(4)))
    stops = rnd.sample((*STOPS, Stop("custody", ("away",))), rnd.choice((1, 1, 2)))
    further = (HOURS,) if exact else (DAYS, DAYS, MONTHS)
    renewals = (
        Renewal(("extended",), Length(0, further[0], ("days",))),
        Renewal(("prolonged",), Length(1, rnd.choice(further))),
    )
    start = rnd.choice((OnEvent(("held",)), OnEvent(("held", "noted")), OnEntry()))
    return law(limit(amount, unit, counting, stops=tuple(stops), start=start, renewals=renewals))
