"""Mutants of a policy: the same law with one small mistake in it, each a variant of one edit.

A test suite that still passes under a mutant does not notice that mistake. Dropped rules,
weakened or flipped conditions, thresholds moved by one, limits a day longer or shorter, other
agencies, consent not asked, nobody told: the mistakes that happen when rules are rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from attrs import evolve, frozen

from ..analysis.arguments import process_of
from ..definition import (
    ALWAYS,
    LANGUAGES,
    Deadline,
    Edit,
    Event,
    Extend,
    Guard,
    Process,
    Remove,
    SetParameter,
    State,
    Text,
    Transition,
    Variant,
    replace,
)
from ..definition.guard import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Grounded,
    Includes,
    InState,
    Known,
    Member,
    Named,
    Narrows,
    Not,
    Operator,
    ParameterIs,
    ParameterRef,
)
from ..definition.wording import before_text, guard_text, renewal_text, stop_text

_NEXT: dict[Operator, Operator] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}


@frozen
class Mutant:
    """One mistake: what kind, where (`touches`: kinds and ids of the parts), in words, and the
    edits that make it."""

    id: str
    kind: str
    touches: tuple[tuple[str, str], ...]
    said: Text
    edits: tuple[Edit, ...]

    def apply(self, process: Process) -> Process:
        """The process with the mistake in it."""
        process_of(process, "process")
        return Variant(self.id, process.id, self.said, self.edits, version=process.version).apply(
            process
        )


def mutants(process: Process) -> Iterator[Mutant]:
    """Every mutant of the process, in a stable order."""
    process_of(process, "process")
    rules = [(m.id, rule) for m in process.machines for rule in m.transitions]
    states = [(m.id, state) for m in process.machines for state in m.states]
    yield from chain(
        *(_of_rule(process, *rule) for rule in rules),
        *(_of_event(process, event) for event in process.events),
        *(_of_deadline(process, limit) for limit in process.deadlines),
        *(_of_parameter(process, parameter) for parameter in process.parameters),
        *(_of_state(*state, "ends_case", *_ENDS) for state in states),
        *(_untold(process, event) for event in process.events),
        *(_of_its_end(process, limit) for limit in process.deadlines),
        *(_of_its_ties(process, limit) for limit in process.deadlines),
        *(_of_state(*state, "rest", *_RESTS) for state in states),
    )


def _of_rule(process: Process, machine: str, rule: Transition) -> Iterator[Mutant]:
    at = f"{machine}.{rule.id}"
    event = process.event(rule.event).label
    touches = (("rule", at),)

    def made(kind: str, number: str, ja: str, en: str, *edits: Edit) -> Mutant:
        said = Text(f"「{event.ja}」({at}): {ja}", f"'{event.en}' ({at}): {en}")
        return Mutant(f"{kind}.{at}{number}", kind, touches, said, edits)

    yield made("drop_rule", "", "規則がない", "the rule is gone", Remove(f"transition {at}"))
    if len(rule.sources) > 1:
        labels = {s.id: s.label for s in process.machine(machine).states}
        for source in rule.sources:
            rest = tuple(s for s in rule.sources if s != source)
            yield made("drop_source", f".{source}", f"「{labels[source].ja}」からは行えない",
                       f"it no longer holds in '{labels[source].en}'",
                       replace(f"transition {at}", sources=rest))  # fmt: skip
    for number, (kind, guard, ja, en) in enumerate(_guards(process, rule.guard)):
        yield made(kind, f".{number}", ja, en, replace(f"transition {at}", guard=guard))
    for number, share in enumerate(rule.shares):
        if share.exception is None:
            kept = tuple(s for i, s in enumerate(rule.shares) if i != number)
            to = process.agency(share.to).label
            yield made("drop_consent", f".{number}", f"{to.ja}への提供に同意を要しない",
                       f"consent to tell {to.en} is not asked",
                       replace(f"transition {at}", shares=kept))  # fmt: skip


Changed = tuple[str, Guard, str, str]


def _guards(process: Process, guard: Guard) -> Iterator[Changed]:
    """The guard with one mistake, and the mistake in words."""
    clauses = guard.guards if isinstance(guard, AllOf) else (guard,)
    for i, clause in enumerate(clauses):
        if clause == ALWAYS:
            continue
        words = [guard_text(process, clause, lang) for lang in ("ja", "en")]
        rest = [*clauses[:i], *clauses[i + 1 :]]
        yield ("weaken", _all(rest), f"要件「{words[0]}」を欠く",
               f"the condition '{words[1]}' is not asked")  # fmt: skip
        yield ("flip", _all([*clauses[:i], ~clause, *clauses[i + 1 :]]),
               f"要件「{words[0]}」が逆",
               f"the condition '{words[1]}' is turned round")  # fmt: skip
        for kind, other in _within(clause):
            said = [guard_text(process, other, lang) for lang in ("ja", "en")]
            yield (kind, _all([*clauses[:i], other, *clauses[i + 1 :]]),
                   f"要件「{words[0]}」が「{said[0]}」",
                   f"'{words[1]}' became '{said[1]}'")  # fmt: skip


def _all(parts: list[Guard]) -> Guard:
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))


def _within(clause: Guard) -> Iterator[tuple[str, Guard]]:
    """The clause with one mistake deeper inside it."""
    match clause:
        case AnyOf():
            for i, part in enumerate(clause.guards):
                rest = (*clause.guards[:i], *clause.guards[i + 1 :])
                yield "narrow", rest[0] if len(rest) == 1 else AnyOf(rest)
                for kind, other in _within(part):
                    yield kind, AnyOf((*clause.guards[:i], other, *clause.guards[i + 1 :]))
        case AllOf():
            for i, part in enumerate(clause.guards):
                yield "weaken", _all([*clause.guards[:i], *clause.guards[i + 1 :]])
                for kind, other in _within(part):
                    yield kind, AllOf((*clause.guards[:i], other, *clause.guards[i + 1 :]))
        case Not():
            for kind, other in _within(clause.guard):
                yield kind, Not(other)
        case Grounded():
            for kind, other in _within(clause.guard):
                yield kind, other.under(*clause.basis)
        case _:
            yield from _atom(clause)


def _atom(atom: Guard) -> Iterator[tuple[str, Guard]]:
    match atom:
        case Compare(value=int() as bound) if not isinstance(bound, bool):
            for step in (-1, 1):
                yield "threshold", Compare(atom.fact, atom.operator, bound + step)
        case Member() if len(atom.values) > 1:
            for i in range(len(atom.values)):
                yield "narrow", Member(atom.fact, (*atom.values[:i], *atom.values[i + 1 :]))
        case InState() if len(atom.states) > 1:
            for i in range(len(atom.states)):
                rest = (*atom.states[:i], *atom.states[i + 1 :])
                yield "narrow", InState(atom.machine, rest)
        case Compare() if atom.operator in ("<", "<=", ">", ">="):
            yield "threshold", Compare(atom.fact, _NEXT[atom.operator], atom.value)
        case Always() | Includes() | Known() | Named() | Narrows() | ParameterIs():
            return


_ENDS = ("drop_end", "「{0}」で事件全体は終わらない", "'{0}' does not end the whole case")
_RESTS = ("drop_rest", "「{0}」では事件が終結しない", "no case is closed that stands in '{0}'")


def _of_state(
    machine: str, state: State, mark: str, kind: str, ja: str, en: str
) -> Iterator[Mutant]:
    """That the state does not say what it says of the whole case."""
    if getattr(state, mark):
        at, said = (
            f"{machine}.{state.id}",
            Text(ja.format(state.label.ja), en.format(state.label.en)),
        )
        edit = replace(f"state {at}", **{mark: False})
        yield Mutant(f"{kind}.{at}", kind, (("state", at),), said, (edit,))


def _of_event(process: Process, event: Any) -> Iterator[Mutant]:
    touches = (("event", event.id),)
    at = f"event {event.id}"
    name = event.label
    for by in event.by:
        label = process.agency(by).label
        if len(event.by) > 1:
            rest = tuple(a for a in event.by if a != by)
            yield Mutant(
                f"drop_agency.{event.id}.{by}", "drop_agency", touches,
                Text(f"「{name.ja}」を{label.ja}が報告できない",
                     f"'{name.en}' can no longer be reported by {label.en}"),
                (replace(at, by=rest),),
            )  # fmt: skip
    for fact in event.outdates:
        label = process.fact(fact).label
        yield Mutant(
            f"drop_outdated.{event.id}.{fact}", "drop_outdated", touches,
            Text(f"「{name.ja}」の後も、それまでの「{label.ja}」を数える",
                 f"what was told of '{label.en}' before '{name.en}' goes on to count"),
            (replace(at, outdates=tuple(f for f in event.outdates if f != fact)),),
        )  # fmt: skip
    other = next((a.id for a in process.agencies if a.id not in event.by), None)
    if other is not None:
        label = process.agency(other).label
        yield Mutant(
            f"other_agency.{event.id}.{other}", "other_agency", touches,
            Text(f"「{name.ja}」を{label.ja}も報告できる",
                 f"{label.en} may report '{name.en}' too"),
            (Extend(at, "by", (other,)),),
        )  # fmt: skip


def _of_limit(
    deadline: Deadline, kind: str, number: str, ja: str, en: str, **changes: Any
) -> Mutant:
    said = Text(f"期限「{deadline.label.ja}」: {ja}", f"limit '{deadline.label.en}': {en}")
    id = f"{kind}.{deadline.id}{number}"
    return Mutant(id, kind, (("deadline", deadline.id),), said,
                  (replace(f"deadline {deadline.id}", **changes),))  # fmt: skip


def _of_deadline(process: Process, deadline: Deadline) -> Iterator[Mutant]:
    made = partial(_of_limit, deadline)
    for event in deadline.met_by:
        label, others = process.event(event).label, (e for e in deadline.met_by if e != event)
        yield made("drop_met", f".{event}", f"「{label.ja}」では果たされない",
                   f"'{label.en}' does not meet it", met_by=tuple(others))  # fmt: skip
    for i, stop in enumerate(deadline.stops):
        stops = tuple(s for s in deadline.stops if s is not stop)
        words = [stop_text(process, stop, lang) for lang in LANGUAGES]
        yield made("drop_stop", f".{i}", f"次がない: {words[0]}", f"without: {words[1]}",
                   stops=stops)  # fmt: skip
    for i, renewal in enumerate(deadline.renewals):
        renewals = tuple(r for r in deadline.renewals if r is not renewal)
        words = [renewal_text(process, renewal, lang) for lang in LANGUAGES]
        yield made("drop_renewal", f".{i}", f"次がない: {words[0]}", f"without: {words[1]}",
                   renewals=renewals)  # fmt: skip
    if deadline.before is not None:
        words = [before_text(process, deadline.before, lang) for lang in LANGUAGES]
        yield made("drop_before", "", f"次がない: {words[0]}", f"without: {words[1]}",
                   before=None)  # fmt: skip
    length, counting = deadline.length, deadline.counting
    unit = length.unit.value
    if not isinstance(length.amount, ParameterRef):
        for step in (-1, 1):
            if length.amount + step >= 0:
                yield made("limit", f".{step:+d}", f"{step:+d}({unit})", f"{step:+d} {unit}",
                           length=evolve(length, amount=length.amount + step))  # fmt: skip
    for fact in length.plus:
        label = process.fact(fact).label
        yield made(
            "limit",
            f".{fact}",
            f"「{label.ja}」を加えない",
            f"'{label.en}' is not added",
            length=evolve(length, plus=tuple(f for f in length.plus if f != fact)),
        )
    if unit in ("days", "months", "years"):
        yield made(
            "counting",
            ".first",
            "初日の算入が逆",
            "the first day is counted the other way",
            counting=evolve(counting, first_day_counts=not counting.first_day_counts),
        )
        yield made(
            "counting",
            ".rest",
            "休日の扱いが逆",
            "a rest day is treated the other way",
            counting=evolve(counting, rest_day_moves=not counting.rest_day_moves),
        )
    for state in deadline.states:
        if len(deadline.states) > 1:
            label = process.machine(deadline.machine).state(state).label
            yield made("limit_state", f".{state}", f"「{label.ja}」では進行しない",
                       f"it does not run in '{label.en}'",
                       states=tuple(s for s in deadline.states if s != state))  # fmt: skip
    if deadline.guard != ALWAYS:
        yield made("weaken", ".guard", "要件を欠く", "its condition is not asked", guard=ALWAYS)


def _untold(process: Process, event: Event) -> Iterator[Mutant]:
    touches, name = (("event", event.id),), event.label
    sees = {agency for m in process.machines if m.on(event.id) for agency in m.seen_by}
    for to in dict.fromkeys(told.to for told in event.told):
        if to in sees:
            continue  # what happens, without being told
        label = process.agency(to).label
        yield Mutant(
            f"drop_told.{event.id}.{to}", "drop_told", touches,
            Text(f"「{name.ja}」を{label.ja}に知らせない",
                 f"{label.en} is not told of '{name.en}'"),
            (replace(f"event {event.id}", told=tuple(t for t in event.told if t.to != to)),),
        )  # fmt: skip


def _of_its_end(process: Process, deadline: Deadline) -> Iterator[Mutant]:
    """That nothing follows, and that the days of a stop are counted the other way."""
    made = partial(_of_limit, deadline)
    counting = deadline.counting
    if deadline.on_expiry:
        label = process.event(deadline.on_expiry).label
        yield made("drop_expiry", "", f"満了しても「{label.ja}」とならない",
                   f"'{label.en}' does not follow when it is over", on_expiry=None)  # fmt: skip
    for name_, ja, en in _STOP_DAYS if deadline.stops else ():
        turned = {name_: not getattr(counting, name_)}
        yield made("counting", f".{name_}", ja, en, counting=evolve(counting, **turned))


def _of_its_ties(process: Process, deadline: Deadline) -> Iterator[Mutant]:
    """That it is not owed to somebody, and that a renewal is for longer or shorter."""
    made = partial(_of_limit, deadline)
    for agency in deadline.owed_to:
        label, rest = process.agency(agency).label, (a for a in deadline.owed_to if a != agency)
        yield made("drop_owed", f".{agency}", f"{label.ja}に対する義務でない",
                   f"it is not owed to {label.en}", owed_to=tuple(rest))  # fmt: skip
    for i, renewal in enumerate(deadline.renewals):
        length, unit = renewal.length, renewal.length.unit.value
        if isinstance(length.amount, ParameterRef):
            continue
        for step in (-1, 1):
            if length.amount + step >= 0:
                other = evolve(renewal, length=evolve(length, amount=length.amount + step))
                renewals = (*deadline.renewals[:i], other, *deadline.renewals[i + 1 :])
                yield made("limit", f".renewal.{i}.{step:+d}", f"更新 {step:+d}({unit})",
                           f"a renewal {step:+d} {unit}", renewals=renewals)  # fmt: skip


_STOP_DAYS = (
    ("stop_day_counts", "停止の始まる日の算入が逆",
     "the day on which a stop begins is counted the other way"),
    ("resume_day_counts", "停止の終わる日の算入が逆",
     "the day on which a stop ends is counted the other way"),
)  # fmt: skip


def _of_parameter(process: Process, parameter: Any) -> Iterator[Mutant]:
    touches, name = (("parameter", parameter.id),), parameter.label
    values: list[Any] = []
    if isinstance(parameter.value, bool):
        values = [not parameter.value]
    elif isinstance(parameter.value, int):
        values = [parameter.value - 1, parameter.value + 1]
    for value in values:
        yield Mutant(
            f"parameter.{parameter.id}.{value}", "threshold" if type(value) is int else "policy",
            touches, Text(f"方針「{name.ja}」が{value}", f"policy '{name.en}' is {value}"),
            (SetParameter(parameter.id, value, parameter.basis),),
        )  # fmt: skip
