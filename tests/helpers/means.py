"""A process by chance that uses all that a definition can say at once: somebody held, who is told
of what, what is owed before the release, a limit that stops and is renewed, states of rest, the
end of a whole case, conditions with grounds of their own, facts of one occasion, names that follow
a fact, rows of sight with a ground, a remark, a statute that was read, a case that begins midway."""

from __future__ import annotations

import random
from datetime import date

from attrs import evolve

from diversion_flow import Case, Process
from diversion_flow.definition import (
    CalledWhen,
    Deadline,
    Event,
    Fact,
    Kind,
    Length,
    Machine,
    OnEvent,
    Remark,
    Remarks,
    Source,
    Told,
    Unit,
    fact,
    running,
)
from diversion_flow.runtime.midway import entered, happened
from helpers import owing, stopping, traces
from helpers.small import LAW, T, state, transition

_MORE = ("extended", "prolonged", "remand_ended", "died")
_DAYS = Fact("days", T, Kind.INTEGER, "worker", ("worker",), minimum=0, maximum=20)


def means(rnd: random.Random) -> Process:
    """Any duty and any limit in links, of one person in custody."""
    duty = owing.owing(rnd)
    (remand,) = (d for d in stopping.stopping(rnd).deadlines if d.id == "remand")
    machines = (*duty.machines[:2], _custody(duty.machine("custody")), _at_rest(_review(rnd)),
                _at_rest(stopping.EXAMINATION))  # fmt: skip
    return evolve(
        duty,
        id="means",
        machines=machines,
        facts=(*duty.facts, _DAYS),
        events=tuple(_outdating(_told(rnd, event)) for event in (*duty.events, *_events())),
        deadlines=(*duty.deadlines, _remand(remand), _followed()),
        remarks=(Remark("open", T, Remarks.OPEN_NORM, ("review.ask",), LAW),),
        sources=(Source("law", T, law_id="323AC0000000131", revision=T, read_on=date(2026, 6, 1)),),
    )


def _custody(machine: Machine) -> Machine:
    renamed = (CalledWhen(T, fact("age") < 60, LAW),)
    states = (*(evolve(s, called_when=renamed) for s in machine.states),
              state("dead", final=True, outcome=T, ends_case=True))  # fmt: skip
    more = (
        transition("extend", "extended", "held away", "held"),
        transition("prolong", "prolonged", "held", "held"),
        transition("lapse", "remand_ended", "held away", "free"),
        transition("die", "died", "free held away", "dead"),
    )
    seen = (evolve(LAW[0], about="seen_by partner"),)
    rules = (*machine.transitions, *more)
    return _at_rest(evolve(machine, states=states, transitions=rules, basis=seen))


def _at_rest(machine: Machine) -> Machine:
    states = (evolve(s, rest=s.id == machine.initial) for s in machine.states)
    return evolve(machine, states=tuple(states))


def _review(rnd: random.Random) -> Machine:
    """Of the missed duty, and of what runs; a condition brings its own ground."""
    asked = running(rnd.choice(("remand", "report", "followed")))
    grown = (fact("age") >= 18).under(*LAW)
    ask, dispense = owing.REVIEW.transitions
    return evolve(
        owing.REVIEW,
        transitions=(
            ask,
            evolve(dispense, guard=dispense.guard & (asked if rnd.random() < 0.5 else ~asked)),
            transition("again", "noted", "asked over", "none", grown),
        ),
    )


def _events() -> tuple[Event, ...]:
    return (
        *(Event(e, T, "custody", ("worker",), ("days",)) for e in _MORE[:2]),
        Event("remand_ended", T, "custody", ("worker",)),
        Event("died", T, "custody", ("worker",)),
        *(Event(e, T, "examination", ("worker",)) for e in ("examined", "examination_over")),
    )


def _told(rnd: random.Random, event: Event) -> Event:
    return evolve(event, told=(Told("partner", basis=LAW),)) if rnd.random() < 0.3 else event


def _outdating(event: Event) -> Event:
    """A new arrest is another occasion: the day of release, the days of extension and the age that
    were told before it count no more."""
    lost = ("day", "days", "age") if event.id == "held" else ("age",)
    return evolve(event, outdates=lost) if event.id in ("held", "dispensed") else event


def _remand(limit: Deadline) -> Deadline:
    return evolve(limit, on_expiry="remand_ended")


def _followed() -> Deadline:
    """A duty towards another office, which what has been missed brings about nothing of."""
    return Deadline("followed", T, "review", ("asked",), OnEvent(("asked_why",)),
                    Length(5, Unit.DAYS), "worker", LAW, owed_to=("partner",), met_by=("dispensed",))  # fmt: skip


def midway(process: Process, seed: int, steps: int) -> traces.Trace:
    """A case that somebody else led for a while, taken over where it stands, and led on."""
    rnd = random.Random(f"midway {seed}")
    before = traces.led(process, seed, rnd.randint(1, 12))[0]
    stands = {m: s for m, s in before.states.items() if s != process.machine(m).initial}
    since = {m: at for m, at in entered(before).items() if m in stands} | dict(happened(before))
    case: Case = process.open(
        at=before.at, facts=before.facts, states=stands, since=since, reason="taken over"
    )
    opened = {"facts": traces.plain(process, dict(case.facts)), "states": dict(case.states)}
    return {**opened, "events": traces.walked(case, rnd, steps)[1]}
