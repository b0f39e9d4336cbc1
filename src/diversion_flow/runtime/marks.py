"""What is marked in a case because it came against the rules, and how the rules read it.

A machine that an irregular step moved stays marked until a regular transition leaves it. Consent
that was given so is read as not given, by every condition and by everybody's view: what stands
instead is kept beside the case, as the consent that is `lawful`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import evolve, field

from ..definition import Value
from ..definition.frozen import frozen
from ..definition.kept import kept
from .clause import giving

if TYPE_CHECKING:
    from ..definition import ConsentRule
    from .case import Case
    from .logic import Facts
    from .program import Arrival, Reaction, Situation


@frozen
class Irregularity:
    """Against the rules, and why: the rule that it stands for (`machine.transition`), the office
    that is responsible. The reason is case content and stays out of the `repr`."""

    transition: str
    responsible: str
    reason: str = field(repr=False)


@frozen
class Lawful:
    """Where consent would stand without what was irregular about it, and whom it would name."""

    state: str
    named: Value | None


@frozen
class Marks:
    """The machines that stand where they do against the rules, by id; and the consent that stands
    instead of one that was given so."""

    machines: Mapping[str, Irregularity]
    consent: Lawful | None = None


# -- what is carried on ----------------------------------------------------------------------------


def carried(before: Case, arrival: Arrival, facts: Facts) -> Marks | None:
    """The marks of the case before, but for those of machines that a regular step moves."""
    marks, program = before._marks, arrival.situation.program
    assert marks is not None
    moved = {program.process.machines[index].id for index, _ in arrival.moves}
    consent = marks.consent and _carried_consent(before, marks.consent, arrival, facts)
    rule = program.process.consent
    machines = {
        id: told
        for id, told in marks.machines.items()
        if id in program.process.by_id["machine"]
        and (id not in moved or (consent and rule and id == rule.machine))
    }
    return Marks(machines, consent) if machines else None


def _carried_consent(before: Case, old: Lawful, arrival: Arrival, facts: Facts) -> Lawful | None:
    """What consent the step leaves lawful; None where the one that stands is."""
    program, situation = arrival.situation.program, arrival.situation
    rule = program.process.consent
    if rule is None or situation.states[rule.machine] not in rule.states:
        return None
    lawful = Lawful(_moved(before, old, rule, arrival, facts), old.named)
    stands = facts.get(rule.recipients)
    if before.process is program.process and stands is not before._facts.get(rule.recipients):
        given = arrival.event in kept(program.process, giving)
        lawful = evolve(lawful, named=stands if given else _both(old.named, stands))
    same = lawful == Lawful(situation.states[rule.machine], stands)
    return None if same else lawful


def _both(old: object, new: object) -> frozenset[str]:
    """Those whom both name: narrowing what was not lawful makes nothing lawful."""
    if isinstance(old, frozenset) and isinstance(new, frozenset):
        return old & new
    return frozenset()


def _moved(before: Case, old: Lawful, rule: ConsentRule, arrival: Arrival, facts: Facts) -> str:
    """Where the event leads the consent that is lawful, by the one rule that holds of it."""
    program = arrival.situation.program
    if before._program is not program:
        known = {state.id for state in program.process.machine(rule.machine).states}
        return old.state if old.state in known else program.process.machine(rule.machine).initial
    index = program.machine_index(rule.machine)
    stood = lawful_situation(before)
    row = stood.reactions[arrival.event].row if arrival.event in program.homes else None
    moves = row.each(facts, before._at, before) if row else ()
    return next((t.target for at, t in moves if at == index), old.state)


# -- how it is read --------------------------------------------------------------------------------


def lawful_situation(case: Case) -> Situation:
    """Where the case stands, with the consent that is lawful."""
    situation, marks = case._arrival.situation, case._marks
    law = situation.program.process
    if marks is None or marks.consent is None or (rule := law.consent) is None:
        return situation
    stands = list(situation.configuration)
    stands[situation.program.machine_index(rule.machine)] = marks.consent.state
    return situation.program.situation(tuple(stands))


def standing(case: Case, event: str) -> Situation:
    """Where the case stands for the rules of an event: an event of consent itself finds it as it
    is, any other as it is lawful."""
    rule = case.process.consent
    if rule is None or _finds_consent_as_it_is(case, rule, event):
        return case._arrival.situation
    return lawful_situation(case)


def lawful_facts(case: Case, facts: Facts) -> Facts:
    """These facts, with those named whom lawful consent names, unless they are named anew."""
    marks = case._marks
    if marks is None or marks.consent is None or (rule := case.process.consent) is None:
        return facts
    if facts.get(rule.recipients) is not case._facts.get(rule.recipients):
        return facts
    others = {id: value for id, value in facts.items() if id != rule.recipients}
    named = marks.consent.named
    return others if named is None else {**others, rule.recipients: named}


def lawful_choice(
    case: Case, reaction: Reaction, event: str, facts: Facts, at: datetime
) -> Arrival | None:
    """Where the event leads a case that is marked; None if it is not enabled. Consent itself
    moves from where it is."""
    rule = case.process.consent
    if rule is None or _finds_consent_as_it_is(case, rule, event):
        return reaction.choose(facts, at, case)
    row = lawful_situation(case).reactions[event].row
    choice = row.choice(lawful_facts(case, facts), at, case)
    if choice is None:
        return None
    index = case._program.machine_index(rule.machine)
    own = reaction.row.each(facts, at, case)
    others = (m for m in row.moves(choice) if m[0] != index)
    moves = (*others, *(m for m in own if m[0] == index))
    return reaction.arrive(moves, reaction.row.begins(moves))


def _finds_consent_as_it_is(case: Case, rule: ConsentRule, event: str) -> bool:
    lawful = case._marks is None or case._marks.consent is None
    return lawful or case.process.event(event).home == rule.machine
