"""Mutants of a policy: the same law with one small mistake in it, each a variant of one edit.

A test suite that still passes under a mutant does not notice that mistake. Dropped rules,
weakened or flipped conditions, thresholds moved by one, limits a day longer or shorter, other
agencies, consent not asked, nobody told: the mistakes that happen when rules are rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from attrs import evolve, frozen

from ..definition import (
    ALWAYS,
    LANGUAGES,
    Counting,
    Deadline,
    Edit,
    Event,
    Extend,
    Guard,
    Length,
    Parameter,
    Process,
    Remove,
    SetParameter,
    State,
    Text,
    Transition,
    Variant,
    replace,
)
from ..definition.arguments import argument
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
_EXACT = ("minutes", "hours")  # lengths of which no days are counted
T = TypeVar("T")


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
        argument("process", process, Process)
        return Variant(self.id, process.id, self.said, self.edits, version=process.version).apply(
            process
        )


def mutants(process: Process) -> Iterator[Mutant]:
    """Every mutant of the process, in a stable order."""
    argument("process", process, Process)
    rules = [(m.id, rule) for m in process.machines for rule in m.transitions]
    states = [(m.id, state) for m in process.machines for state in m.states]
    yield from chain(
        *(_of_rule(process, *rule) for rule in rules),
        *(_of_event(process, event) for event in process.events),
        *(_of_deadline(process, limit) for limit in process.deadlines),
        *(_of_parameter(parameter) for parameter in process.parameters),
        *(_of_state(*state, "ends_case", *_ENDS) for state in states),
        *(_untold(process, event) for event in process.events),
        *(_of_its_end(process, limit) for limit in process.deadlines),
        *(_of_its_ties(process, limit) for limit in process.deadlines),
        *(_of_state(*state, "rest", *_RESTS) for state in states),
    )


def _made(
    part: str, of: str, head: Text, kind: str, tail: str, ja: str, en: str, *edits: Edit,
    **changes: Any,
) -> Mutant:  # fmt: skip
    """A mistake in a part (`transition support.request`, one `of` the rules), told behind a head:
    by these edits, or by other values of its fields."""
    at = part.partition(" ")[2]
    said = Text(f"{head.ja}{ja}", f"{head.en}{en}")
    return Mutant(f"{kind}.{at}{tail}", kind, ((of, at),), said,
                  edits or (replace(part, **changes),))  # fmt: skip


_NOTHING = Text("", "")


def _put(row: tuple[T, ...], at: int, *instead: T) -> tuple[T, ...]:
    """The row with others in one place, or nothing."""
    return (*row[:at], *instead, *row[at + 1 :])


def _each_left_out(row: tuple[T, ...]) -> Iterator[tuple[T, tuple[T, ...]]]:
    """Each member, with the row that lacks it."""
    return ((one, _put(row, at)) for at, one in enumerate(row))


def _of_rule(process: Process, machine: str, rule: Transition) -> Iterator[Mutant]:
    at, event = f"{machine}.{rule.id}", process.event(rule.event).label
    head = Text(f"「{event.ja}」({at}): ", f"'{event.en}' ({at}): ")
    part = f"transition {at}"
    made = partial(_made, part, "rule", head)
    yield made("drop_rule", "", "規則がない", "the rule is gone", Remove(part))
    for source, rest in _each_left_out(rule.sources) if len(rule.sources) > 1 else ():
        label = process.machine(machine).state(source).label
        yield made("drop_source", f".{source}", f"「{label.ja}」からは行えない",
                   f"it no longer holds in '{label.en}'", sources=rest)  # fmt: skip
    for number, (kind, guard, ja, en) in enumerate(_guards(process, rule.guard)):
        yield made(kind, f".{number}", ja, en, guard=guard)
    for number, (share, others) in enumerate(_each_left_out(rule.shares)):
        if share.exception is None:
            to = process.agency(share.to).label
            yield made("drop_consent", f".{number}", f"{to.ja}への提供に同意を要しない",
                       f"consent to tell {to.en} is not asked", shares=others)  # fmt: skip


def _guards(process: Process, guard: Guard) -> Iterator[tuple[str, Guard, str, str]]:
    """The guard with one mistake, and the mistake in words."""
    clauses = guard.guards if isinstance(guard, AllOf) else (guard,)
    for i, clause in enumerate(clauses):
        if clause == ALWAYS:
            continue
        ja, en = (guard_text(process, clause, lang) for lang in LANGUAGES)
        yield ("weaken", _all(*_put(clauses, i)), f"要件「{ja}」を欠く",
               f"the condition '{en}' is not asked")  # fmt: skip
        yield ("flip", _all(*_put(clauses, i, ~clause)), f"要件「{ja}」が逆",
               f"the condition '{en}' is turned round")  # fmt: skip
        for kind, other in _within(clause):
            became = [guard_text(process, other, lang) for lang in LANGUAGES]
            yield (kind, _all(*_put(clauses, i, other)), f"要件「{ja}」が「{became[0]}」",
                   f"'{en}' became '{became[1]}'")  # fmt: skip


def _all(*parts: Guard, by: type[AllOf | AnyOf] = AllOf) -> Guard:
    """The conditions together, each left as it is."""
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else by(parts)


def _within(clause: Guard) -> Iterator[tuple[str, Guard]]:
    """The clause with one mistake deeper inside it."""
    match clause:
        case AnyOf() | AllOf():
            for i, part in enumerate(clause.guards):
                mistaken = ((kind, (other,)) for kind, other in _within(part))
                gone = "narrow" if isinstance(clause, AnyOf) else "weaken"
                for kind, instead in ((gone, ()), *mistaken):
                    yield kind, _all(*_put(clause.guards, i, *instead), by=type(clause))
        case Not():
            yield from ((kind, Not(other)) for kind, other in _within(clause.guard))
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
            for _, values in _each_left_out(atom.values):
                yield "narrow", Member(atom.fact, values)
        case InState() if len(atom.states) > 1:
            for _, states in _each_left_out(atom.states):
                yield "narrow", InState(atom.machine, states)
        case Compare() if atom.operator in _NEXT:
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
        part, said = f"state {machine}.{state.id}", state.label
        yield _made(part, "state", _NOTHING, kind, "", ja.format(said.ja), en.format(said.en),
                    replace(part, **{mark: False}))  # fmt: skip


def _of_event(process: Process, event: Event) -> Iterator[Mutant]:
    name, part = event.label, f"event {event.id}"
    made = partial(_made, part, "event", _NOTHING)
    for by, rest in _each_left_out(event.by) if len(event.by) > 1 else ():
        label = process.agency(by).label
        yield made("drop_agency", f".{by}", f"「{name.ja}」を{label.ja}が報告できない",
                   f"'{name.en}' can no longer be reported by {label.en}", by=rest)  # fmt: skip
    for fact, rest in _each_left_out(event.outdates):
        label = process.fact(fact).label
        yield made("drop_outdated", f".{fact}",
                   f"「{name.ja}」の後も、それまでの「{label.ja}」を数える",
                   f"what was told of '{label.en}' before '{name.en}' goes on to count",
                   outdates=rest)  # fmt: skip
    other = next((a for a in process.agencies if a.id not in event.by), None)
    if other is not None:
        yield made("other_agency", f".{other.id}",
                   f"「{name.ja}」を{other.label.ja}も報告できる",
                   f"{other.label.en} may report '{name.en}' too",
                   Extend(part, "by", (other.id,)))  # fmt: skip


def _limit(deadline: Deadline) -> Any:
    """How mistakes in the time limit are made."""
    head = Text(f"期限「{deadline.label.ja}」: ", f"limit '{deadline.label.en}': ")
    return partial(_made, f"deadline {deadline.id}", "deadline", head)


def _of_deadline(process: Process, deadline: Deadline) -> Iterator[Mutant]:
    made, length, counting = _limit(deadline), deadline.length, deadline.counting
    for event, rest in _each_left_out(deadline.met_by):
        label = process.event(event).label
        yield made("drop_met", f".{event}", f"「{label.ja}」では果たされない",
                   f"'{label.en}' does not meet it", met_by=rest)  # fmt: skip
    for kind, field, text in (("stop", "stops", stop_text), ("renewal", "renewals", renewal_text)):
        for i, (one, rest) in enumerate(_each_left_out(getattr(deadline, field))):
            words = [text(process, one, lang) for lang in LANGUAGES]
            yield made(f"drop_{kind}", f".{i}", *_without(words), **{field: rest})
    if deadline.before is not None:
        words = [before_text(process, deadline.before, lang) for lang in LANGUAGES]
        yield made("drop_before", "", *_without(words), before=None)
    unit = length.unit.value
    for step, other in _longer_or_shorter(length):
        yield made("limit", f".{step:+d}", f"{step:+d}({unit})", f"{step:+d} {unit}", length=other)
    for fact, rest in _each_left_out(length.plus):
        label = process.fact(fact).label
        yield made("limit", f".{fact}", f"「{label.ja}」を加えない", f"'{label.en}' is not added",
                   length=evolve(length, plus=rest))  # fmt: skip
    for tail, field, ja, en in _DAYS if unit not in _EXACT else ():
        yield made("counting", f".{tail}", ja, en, counting=_turned(counting, field))
    for state, rest in _each_left_out(deadline.states) if len(deadline.states) > 1 else ():
        label = process.machine(deadline.machine).state(state).label
        yield made("limit_state", f".{state}", f"「{label.ja}」では進行しない",
                   f"it does not run in '{label.en}'", states=rest)  # fmt: skip
    if deadline.guard != ALWAYS:
        yield made("weaken", ".guard", "要件を欠く", "its condition is not asked", guard=ALWAYS)


def _without(words: list[str]) -> tuple[str, str]:
    return f"次がない: {words[0]}", f"without: {words[1]}"


def _longer_or_shorter(length: Length) -> Iterator[tuple[int, Length]]:
    """A length by one unit less, and by one more."""
    for step in (-1, 1):
        if not isinstance(length.amount, ParameterRef) and length.amount + step >= 0:
            yield step, evolve(length, amount=length.amount + step)


def _turned(counting: Counting, field: str) -> Counting:
    return evolve(counting, **{field: not getattr(counting, field)})


_DAYS = (
    ("first", "first_day_counts", "初日の算入が逆", "the first day is counted the other way"),
    ("rest", "rest_day_moves", "休日の扱いが逆", "a rest day is treated the other way"),
)
_STOP_DAYS = (
    ("stop_day_counts", "停止の始まる日の算入が逆",
     "the day on which a stop begins is counted the other way"),
    ("resume_day_counts", "停止の終わる日の算入が逆",
     "the day on which a stop ends is counted the other way"),
)  # fmt: skip


def _untold(process: Process, event: Event) -> Iterator[Mutant]:
    sees = {agency for m in process.machines if m.on(event.id) for agency in m.seen_by}
    for to in dict.fromkeys(told.to for told in event.told if told.to not in sees):
        label = process.agency(to).label  # who sees it knows it without being told
        yield _made(f"event {event.id}", "event", _NOTHING, "drop_told", f".{to}",
                    f"「{event.label.ja}」を{label.ja}に知らせない",
                    f"{label.en} is not told of '{event.label.en}'",
                    told=tuple(t for t in event.told if t.to != to))  # fmt: skip


def _of_its_end(process: Process, deadline: Deadline) -> Iterator[Mutant]:
    """That nothing follows, and that the days of a stop are counted the other way."""
    made = _limit(deadline)
    if deadline.on_expiry:
        label = process.event(deadline.on_expiry).label
        yield made("drop_expiry", "", f"満了しても「{label.ja}」とならない",
                   f"'{label.en}' does not follow when it is over", on_expiry=None)  # fmt: skip
    for field, ja, en in _STOP_DAYS if deadline.stops else ():
        yield made("counting", f".{field}", ja, en, counting=_turned(deadline.counting, field))


def _of_its_ties(process: Process, deadline: Deadline) -> Iterator[Mutant]:
    """That it is not owed to somebody, and that a renewal is for longer or shorter."""
    made = _limit(deadline)
    for agency, rest in _each_left_out(deadline.owed_to):
        label = process.agency(agency).label
        yield made("drop_owed", f".{agency}", f"{label.ja}に対する義務でない",
                   f"it is not owed to {label.en}", owed_to=rest)  # fmt: skip
    for i, renewal in enumerate(deadline.renewals):
        unit = renewal.length.unit.value
        for step, length in _longer_or_shorter(renewal.length):
            renewals = _put(deadline.renewals, i, evolve(renewal, length=length))
            yield made("limit", f".renewal.{i}.{step:+d}", f"更新 {step:+d}({unit})",
                       f"a renewal {step:+d} {unit}", renewals=renewals)  # fmt: skip


def _of_parameter(parameter: Parameter) -> Iterator[Mutant]:
    id, name, value = parameter.id, parameter.label, parameter.value
    turned = isinstance(value, bool)
    others = (not value,) if turned else (value - 1, value + 1) if isinstance(value, int) else ()
    for other in others:
        yield Mutant(
            f"parameter.{id}.{other}", "policy" if turned else "threshold", (("parameter", id),),
            Text(f"方針「{name.ja}」が{other}", f"policy '{name.en}' is {other}"),
            (SetParameter(id, other, parameter.basis),),
        )  # fmt: skip
