"""Whether a mistake in one rule can ever matter: where no case comes to what it treats otherwise,
the two laws are the same to everybody."""

from __future__ import annotations

from ..definition import ALWAYS, Guard, Kind, Occasion, Pattern, Process, Property, Text, Transition
from ..definition import machine as standing
from ..definition.guard import AllOf, Always, AnyOf, InState, Not, ParameterIs, replaced
from ..proof.proving import never
from ..runtime.clause import whole_guard
from .mutation import Mutant

_EFFORT = 600_000  # steps of one question
_SEVERAL = 2  # a fact for which no more events ask is not carried
_ASKED = Text("誤りの有無で扱いが変わる", "the mistake makes a difference")


def never_matters(process: Process, mutant: Mutant, mutated: Process) -> bool:
    """Whether it is proved that no case comes to where the rule holds under one law alone.

    False where one may, where nobody can say, and where the mistake is about more than when one
    rule holds.
    """
    (kind, at), *others = mutant.touches
    if kind != "rule" or others:
        return False
    old, new = _rule(process, at), _rule(mutated, at)
    if old and new and (old.target, old.shares) != (new.target, new.shares):
        return False
    return all(
        _never(law, (at,), where) and _never(other, _rivals(other, at, rule), where)
        for law, rule, other, its in ((process, old, mutated, new), (mutated, new, process, old))
        if rule
        for where in (replaced(_apart(law, rule, other, its), _loose),)
    )


def _rule(process: Process, at: str) -> Transition | None:
    machine, _, id = at.partition(".")
    return next((t for t in process.machine(machine).transitions if t.id == id), None)


def _rivals(process: Process, at: str, rule: Transition) -> tuple[str, ...]:
    """The other rules of the machine on the same event: where two hold, neither fires."""
    home = at.partition(".")[0]
    rivals = process.machine(home).on(rule.event)
    return tuple(f"{home}.{t.id}" for t in rivals if t.id != rule.id)


def _apart(law: Process, rule: Transition, other: Process, its: Transition | None) -> Guard:
    """Where the rule holds by its sources and the other law's does not hold."""
    home = next(m.id for m in law.machines if rule in m.transitions)
    here = standing(home).in_(*rule.sources)
    if its is None:
        return here
    left = tuple(s for s in rule.sources if s not in its.sources)
    elsewhere = (standing(home).in_(*left),) if left else ()
    return AllOf((here, whole_guard(law, rule), AnyOf((*elsewhere, ~whole_guard(other, its)))))


def _loose(atom: Guard, wanted: bool) -> Guard:
    """Whatever is no state or parameter taken to be as is wanted: the whole then holds at least
    where it did."""
    if isinstance(atom, InState | ParameterIs | Always):
        return atom
    return ALWAYS if wanted else Not(ALWAYS)


def _never(law: Process, rules: tuple[str, ...], where: Guard) -> bool:
    """Whether none of these rules ever fires from there, whatever is known as a case opens: asked
    first of states alone, then with the facts carried that the machine's rules ask for."""
    asked = Property("never_matters", _ASKED, Pattern.ABSENCE, Occasion(rules=rules, before=where))
    return not rules or any(
        never(law, asked, facts, _EFFORT)
        for facts in ((), _asked_by(law, rules[0].partition(".")[0]))
    )


def _asked_by(law: Process, machine: str) -> tuple[str, ...]:
    """The facts for which several events of a machine ask; sets of values are too many to carry."""
    asked: dict[str, set[str]] = {}
    for rule in law.machine(machine).transitions:
        for kind, id in whole_guard(law, rule).mentions():
            if kind == "fact":
                asked.setdefault(id, set()).add(rule.event)
    told = (id for id, events in asked.items() if len(events) > _SEVERAL)
    return tuple(id for id in told if law.fact(id).kind is not Kind.CHOICES)
