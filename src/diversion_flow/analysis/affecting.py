"""Which running cases meet a difference between two processes, now or later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..definition import CallError, DiversionFlowError, Process
from ..definition.facts import Value
from ..definition.frozen import frozen
from ..definition.walks import distances, onward
from ..runtime import Case, replay
from ..runtime.clause import endings
from .cells import Cube
from .comparing import Comparison
from .difference import Difference, Place


@frozen
class Affected:
    """A running case that meets a difference.

    `now` are the differences that its next event may meet, `ahead` those that it may come to;
    `replays` says whether all that has happened in it could have happened under `b` as well.
    """

    case: Case
    now: tuple[Difference, ...]
    ahead: tuple[Difference, ...]
    replays: bool


def affected(cases: Iterable[Case], comparison: Comparison) -> tuple[Affected, ...]:
    """The cases (of process `a`) that meet a difference now or later, in their order."""
    if not isinstance(comparison, Comparison):
        raise CallError("comparison_wanted", found=type(comparison).__name__)
    found = (_affected(case, comparison) for case in (*_cases_of(cases, comparison.a),))
    return tuple(each for each in found if each.now or each.ahead or not each.replays)


def _cases_of(given: object, process: Process) -> Iterator[Case]:
    """The cases, all of this process; CallError if anything else is among them."""
    if not isinstance(given, Iterable) or isinstance(given, str | bytes):
        raise CallError("cases_wanted", found=type(given).__name__)
    for case in given:
        if not isinstance(case, Case):
            raise CallError("cases_wanted", found=type(case).__name__)
        if case.process.id != process.id:
            raise CallError("case_of_another", its=case.process.id, asked=process.id)
        yield case


def _affected(case: Case, comparison: Comparison) -> Affected:
    states, facts = case.states, dict(case.facts)
    over = all(_over(law, states) for law in (comparison.a, comparison.b))
    # What is so wherever a machine stands, and no event's, is so when all is over, too.
    open_ = [d for d in comparison.people if not (over and any(place.event for place in d.rules))]
    now = tuple(
        d for d in open_
        if (not d.rules or any(states.get(p.machine) in p.states for p in d.rules))
        and comparison.cells.admits(_fixed(comparison, d, facts), states, facts)
    )  # fmt: skip
    fixed = facts.keys() - {id for event in comparison.a.events for id in event.alters}
    ahead = tuple(
        d for d in open_
        if d not in now
        and not over
        and any(_may_reach(comparison, case, p) for p in d.rules)
        and comparison.cells.admits(
            {q: m for q, m in d.cube.items() if q.kind in ("fact", "value") and q.id in fixed},
            states, facts,
        )
    )  # fmt: skip
    return Affected(case, now, ahead, _replays(case, comparison.b))


def _over(law: Process, states: Mapping[str, str]) -> bool:
    """Whether the case has ended, by this law."""
    return any(states.get(machine) in ends for machine, ends in endings(law).items())


def _fixed(comparison: Comparison, found: Difference, facts: Mapping[str, Value]) -> Cube:
    """The cube without the facts that the event itself may still bring."""
    events = [
        law.event(place.event)
        for place in found.rules
        for law in (comparison.a, comparison.b)
        if place.event in law.by_id["event"]
    ]
    brought = {id for event in events for id in event.records}
    kept = facts.keys() - {id for event in events for id in event.outdates}
    return {q: m for q, m in found.cube.items() if q.id in kept or q.id not in brought}


def _may_reach(comparison: Comparison, case: Case, place: Place) -> bool:
    """Whether the machine can still come into one of the states, by rules of either process."""
    state = case.states.get(place.machine)
    if state is None:  # a machine that only the second process has: a case may begin it
        return True
    laws = [p for p in (comparison.a, comparison.b) if place.machine in p.by_id["machine"]]
    rules = (rule for law in laws for rule in law.machine(place.machine).transitions)
    reached = distances(onward(rules), (state,))
    return any(s in reached for s in place.states)


def _replays(case: Case, process: Process) -> bool:
    try:
        replay(process, case.journal, case.id)
    except DiversionFlowError:
        return False
    return True
