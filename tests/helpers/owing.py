"""Somebody held who is to be released, and what is owed before and meanwhile: by hand or by
chance."""

from __future__ import annotations

from random import Random

from attrs import evolve

from diversion_flow.definition import (
    Before,
    Counting,
    Deadline,
    Event,
    Fact,
    Guard,
    Kind,
    Length,
    Machine,
    OnEntry,
    OnEvent,
    OnFact,
    Process,
    Unit,
    missed,
)
from helpers.small import CONSENT, LAW, MAIN, PROCESS, T, state, transition

CUSTODY = Machine(
    "custody", T, "free", (state("free"), state("held"), state("away")),
    (
        transition("hold", "held", "free held", "held"),
        transition("leave", "left", "held", "away"),
        transition("return", "returned", "away", "held"),
        transition("expect", "expected", "held away", "held"),
        transition("note", "noted", "held away", "held"),
        transition("release", "released", "held away", "free"),
    ),
    seen_by=("worker", "partner"),
)  # fmt: skip
REVIEW = Machine(
    "review", T, "none", (state("none"), state("asked"), state("over")),
    (
        transition("ask", "asked_why", "none over", "asked", missed("report")),
        transition("dispense", "dispensed", "none asked", "over", ~missed("report")),
    ),
    seen_by=("worker",),
)  # fmt: skip
DAY = Fact("day", T, Kind.DATE, "worker", ("worker",))
EXPECTED = Before("day", ("released",))
EVENTS = ("held", "left", "returned", "expected", "noted", "released", "asked_why", "dispensed")
RECORDING = ("held", "expected", "noted", "released")


def duty(amount: int = 14, unit: Unit = Unit.DAYS, **more: object) -> Deadline:
    """A report, owed so long before the release that is expected."""
    given = {"start": OnEntry(), "before": EXPECTED, "met_by": ("noted",), **more}
    start, states = given.pop("start"), given.pop("states", ("held", "away"))
    counting = given.pop("counting", Counting())
    return Deadline("report", T, "custody", states, start, Length(amount, unit), "worker", LAW,
                    counting, owed_to=("partner",), **given)  # type: ignore[arg-type] # fmt: skip


def law(*limits: Deadline, review: Guard | None = None) -> Process:
    """The small process with somebody held, and a review of whether the report was missed."""
    events = (
        *(Event(e, T, "custody", ("worker",), ("day",) if e in RECORDING else ())
          for e in EVENTS[:6]),
        *(Event(e, T, "review", ("worker",)) for e in EVENTS[6:]),
    )  # fmt: skip
    asked = REVIEW if review is None else evolve(
        REVIEW, transitions=(evolve(REVIEW.transitions[0], guard=review),)
    )  # fmt: skip
    events = events if review is None else events[:-1]
    return evolve(
        PROCESS, machines=(MAIN, CONSENT, CUSTODY, asked), deadlines=limits or (duty(),),
        events=(*PROCESS.events, *events), facts=(*PROCESS.facts, DAY),
    )  # fmt: skip


def owing(rnd: Random) -> Process:
    """A duty by chance: counted on or back, from whatever, met by one event or two, asked about."""
    unit = rnd.choice((Unit.DAYS, Unit.DAYS, Unit.MONTHS, Unit.HOURS))
    amount = rnd.choice((0, 1, 2)) if unit is Unit.MONTHS else rnd.choice((0, 1, 5, 14, 40))
    back = rnd.random() < 0.6
    starts = (OnEntry(), OnEvent(("held",)), OnEvent(("expected", "noted")), OnFact("day"))
    start = rnd.choice(starts[:3] if back else starts)
    before = (
        Before("day", rnd.choice((("released",), ("released", "returned"), ()))) if back else None
    )
    states = rnd.choice((("held",), ("held", "away")))
    met_by = rnd.choice((("noted",), ("noted", "left"), ("noted", "released")))
    counting = Counting(rnd.random() < 0.5, rnd.random() < 0.5)
    return law(duty(amount, unit, start=start, before=before, states=states, met_by=met_by,
                    counting=counting))  # fmt: skip
