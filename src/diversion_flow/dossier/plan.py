"""A change of law, rehearsed: what would become of all running cases by each transitional rule.

Of cases that stand alike it is asked once where their machines come to stand; one by one what of
each is recorded, and where a time limit runs that the new law counts otherwise, when it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from attrs import frozen

from ..definition import KEPT, CallError, Deadline, Process, Text, TransitionalRule
from ..definition.arguments import argument, each
from ..definition.deadline import length_amount
from ..definition.moments import Moment, moment
from ..runtime import Case, Clock, Stuck
from ..runtime.crossing import Taking, taking
from ..runtime.lapsing import reached
from ..runtime.logic import Facts

CONTINUES: Final = TransitionalRule(
    "former_law",
    Text("なお従前の例による", "The former law goes on"),
    continues=True,
    note=Text("経過措置の案", "a proposed transitional rule"),
)


@frozen
class LimitMoves:
    """A time limit that would end on another day in a case, begin to run, or run no more: whose
    it is, and its last moment before and after (None where it does not run)."""

    case: str
    deadline: str
    owner: str
    before: datetime | None
    after: datetime | None


@frozen
class Outlook:
    """What one transitional rule would do, by the cases' ids: which go on, which are stuck and
    why, whose limits move, and which agencies must be told of which cases: those whose limits
    move or to whom they are owed, and those who hold a case that comes into another state."""

    rule: TransitionalRule
    going_on: tuple[str, ...]
    stuck: Mapping[str, Stuck]
    limits: tuple[LimitMoves, ...]
    told: Mapping[str, tuple[str, ...]]


def plan_migration(
    cases: Iterable[Case],
    *,
    to: Process,
    at: Moment,
    rules: Iterable[TransitionalRule] = (CONTINUES, KEPT),
) -> tuple[Outlook, ...]:
    """What would become of these cases if they came under another law at that moment, by each of
    these rules. Nothing is changed: by a rule that lets the former law go on, too, a case
    goes on only once an entry (`MIGRATION`) says so, and without it ends with its law.

    Raises what `case.advance` raises where a case is later than `at`, or the law lets something
    happen on the way that no rule allows; CallError where two cases have one id; LawGap where the
    other law has ended by then.
    """
    argument("to", to, Process)
    then = moment(at)
    running = tuple(reached(case, then, before=True) for case in _each_once(cases))
    return tuple(_outlook(running, to, rule) for rule in each("rules", rules, TransitionalRule))


def _each_once(cases: Iterable[Case]) -> Iterator[Case]:
    known: dict[str, int] = {}
    for number, case in enumerate(each("cases", cases, Case)):
        if (first := known.setdefault(case.id, number)) != number:
            raise CallError("case_twice", name=f"cases[{number}]", other=f"cases[{first}]")
        yield case


def _outlook(cases: tuple[Case, ...], to: Process, rule: TransitionalRule) -> Outlook:
    if rule.continues:
        return Outlook(rule, tuple(case.id for case in cases), {}, (), {})
    stuck: dict[str, Stuck] = {}
    limits: list[LimitMoves] = []
    told: dict[str, list[str]] = {}
    for group in _alike(cases):
        try:
            taken = taking(group[0], to=to, rule=rule)
        except Stuck as why:
            stuck |= dict.fromkeys((case.id for case in group), why)
            continue
        known = dict(_known(taken, group, stuck))
        for agency in _holders(group[0].process, to, taken.crossed.moved) if known else ():
            told.setdefault(agency, []).extend(case.id for case in known)
        if _counted_otherwise(group[0], to, taken.configuration):
            for case, facts in known.items():
                moving = tuple(_moving(case, taken.over(case, facts)))
                limits += moving
                for agency in _concerned(moving, (case.process, to)):
                    told.setdefault(agency, []).append(case.id)
    ids = {agency: tuple(dict.fromkeys(found)) for agency, found in sorted(told.items())}
    going_on = tuple(case.id for case in cases if case.id not in stuck)
    return Outlook(rule, going_on, stuck, tuple(limits), ids)


def _alike(cases: Iterable[Case]) -> Iterable[tuple[Case, ...]]:
    """The cases that stand alike under one law, and were opened on the same."""
    groups: dict[tuple[object, ...], list[Case]] = {}
    for case in cases:
        key = id(case.law), id(case.process), *case.states.values()
        groups.setdefault(key, []).append(case)
    return (tuple(group) for group in groups.values())


def _known(
    taken: Taking, cases: Iterable[Case], stuck: dict[str, Stuck]
) -> Iterator[tuple[Case, Facts]]:
    """What is known of each under the new law; of those of which it allows that."""
    for case in cases:
        try:
            yield case, taken.facts(case)
        except Stuck as why:
            stuck[case.id] = why


def _counted_otherwise(before: Case, to: Process, after: tuple[str, ...]) -> bool:
    """Whether a limit that may run, before or after, is another or begins in another state."""
    stands = (machine.id for machine in to.machines)
    then = dict(zip(stands, after, strict=True))
    return _may_run(before.process, before.states) != _may_run(to, then)


# What of a limit tells when it ends; by whom it is cited, and what it is called, does not.
_ENDS: Final = (
    "machine", "states", "start", "length", "counting", "guard", "on_expiry", "met_by", "stops",
    "renewals", "before", "owner", "owed_to",
)  # fmt: skip


def _counted(process: Process, deadline: Deadline) -> tuple[object, ...]:
    """All that tells when a limit ends, with the parameters that it reads."""
    asked = deadline.guard.mentions()
    parameters = (process.parameter(id).value for kind, id in asked if kind == "parameter")
    lengths = (length_amount(process, length) for length in deadline.lengths)
    return (*(getattr(deadline, name) for name in _ENDS), *parameters, *lengths)


def _may_run(law: Process, states: Mapping[str, str]) -> dict[str, tuple[object, ...]]:
    found = (d for d in law.deadlines if states[d.machine] in d.lasting)
    return {d.id: _counted(law, d) for d in found}


def _moving(before: Case, after: Case) -> Iterator[LimitMoves]:
    old, new = _clocks(before), _clocks(after)
    for id in sorted(old.keys() | new.keys()):
        one, other = old.get(id), new.get(id)
        last = None if one is None else one.last
        then = None if other is None else other.last
        if (one is None) != (other is None) or last != then:
            limit = (other or old[id]).deadline
            yield LimitMoves(before.id, id, limit.owner, last, then)


def _clocks(case: Case) -> dict[str, Clock]:
    return {clock.deadline.id: clock for clock in case.deadlines()}


def _concerned(moving: Iterable[LimitMoves], laws: Iterable[Process]) -> Iterator[str]:
    for limit in moving:
        for law in laws:
            if limit.deadline in law.by_id["deadline"]:
                found: Deadline = law.deadline(limit.deadline)
                yield from (found.owner, *found.owed_to)


def _holders(old: Process, new: Process, moved: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Who holds a state that a case comes into by the rule, or comes out of."""
    for machine, source, target in moved:
        left, found = old.machine(machine).state(source), new.machine(machine).state(target)
        yield from filter(None, (left.holder, found.holder))
