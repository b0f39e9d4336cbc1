"""Saying no well: why an event cannot happen now, and who can change it.

An agency is told the reasons that its own view proves; where the view proves none, that the
reason is withheld. So an answer teaches it nothing beyond its view and the answer itself. The
owner of the desk may ask for the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Final

from attrs import evolve, frozen

from ..definition import Basis, DiversionFlowError, Guard, Language, Text, Transition
from ..definition.guard import Known
from .asking import Asking
from .clause import Clause, clauses, in_force
from .logic import Facts
from .objections import Objection, held_up, objections
from .reasons import Code, Reason, cited
from .sight import Sight, last_seen, sight, whole_sight

if TYPE_CHECKING:
    from ..definition import Process
    from .case import Case


@frozen
class Explanation:
    """The answer to 'may this happen now?'.

    `transitions` are the ids of those that would fire. `possible`: it may happen once facts that
    are recorded with it are given.
    """

    event: str
    by: str
    process: Process
    reasons: tuple[Reason, ...]
    transitions: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    possible: bool = True

    @property
    def allowed(self) -> bool:
        """Whether the event may happen now, as things stand."""
        return not self.reasons

    def text(self, lang: Language = "en") -> str:
        """The reasons, a line each; one line that says yes where there are none."""
        if self.allowed:
            said = Text("できます(根拠: {0})。", "It may happen now (basis: {0}).").in_(lang)
            return said.format(cited(self.process, self.basis, lang) or "—")
        return "\n".join(reason.text(lang) for reason in self.reasons)


class Refused(DiversionFlowError):
    """An event is not enabled. `reasons` are what the reporter may know of it, `whole` is
    everything, for the owner of the desk; both are worked out when asked for."""

    code, file, line, field, at = "refused", "", None, "", ()

    def __init__(self, case: Case, event: str, by: str, at: datetime, facts: Facts) -> None:
        # What was asked holds case content; `args`, which loggers print, must not.
        self._asked = (case, event, by, at, facts)
        self.args = (event, by)

    @property
    def values(self) -> dict[str, object]:  # type: ignore[override]
        """What the sentence speaks of."""
        explanation = self.explanation
        why = Text(explanation.text("ja"), explanation.text("en"))
        return {"event": self.event, "by": self.by, "why": why}

    @property
    def event(self) -> str:
        """The event that was refused."""
        return self._asked[1]

    @property
    def by(self) -> str:
        """The agency that reported it."""
        return self._asked[2]

    @property
    def case(self) -> Case:
        """The case, unchanged."""
        return self._asked[0]

    @property
    def explanation(self) -> Explanation:
        """What the reporter may know about the refusal."""
        case, event, by, at, facts = self._asked
        return explain(Asking(case, at, facts), event, by)

    @property
    def whole(self) -> Explanation:
        """Everything there is to say about the refusal: for the owner of the desk only."""
        case, event, by, at, facts = self._asked
        return explain(Asking(case, at, facts), event, by, whole=True)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons that the reporter may know, as data."""
        return self.explanation.reasons


def explain(asked: Asking, event: str, by: str, *, whole: bool = False) -> Explanation:
    """The reasons against `event` now, as `by` may know them or as a `whole`; where there are
    none, what would fire and why."""
    process = asked.process
    process.agency(by)
    everything = whole_sight(process)
    seen = everything if whole else _asking_sight(asked, by)
    reasons = tuple(_reasons(asked, event, by, everything))
    if not reasons:
        return _allowed(asked, event, by, seen)
    told = reasons if whole else tuple(_reasons(asked, event, by, seen))
    return Explanation(
        event, by, process, told or (_withheld(asked, event),), possible=_possible(reasons)
    )


def _asking_sight(asked: Asking, by: str) -> Sight:
    """What the asker sees, and the facts that it brings with the question."""
    before = asked.case._facts
    brought = (f for f, i in asked.program.fact_index.items() if asked.facts[i] is not before[i])
    return sight(asked.case, by).with_facts(brought)


def _possible(reasons: tuple[Reason, ...]) -> bool:
    """Whether one rule is left that lacks nothing but facts which the event itself records. A
    rule that is out of the question does not count against it."""
    rules = {reason.transition for reason in reasons}
    hopeless = {r.transition for r in reasons if not (r.code in _LACKING and r.recordable)}
    return None not in rules and rules != hopeless


def _withheld(asked: Asking, event: str) -> Reason:
    home = asked.process.machine(asked.process.event(event).home)
    return Reason(Code.WITHHELD, asked.process, event, agencies=home.seen_by)


def _allowed(asked: Asking, event: str, by: str, seen: Sight) -> Explanation:
    fired = tuple(_fired(asked, event, seen))
    basis = tuple(dict.fromkeys(b for t in fired for b in t.basis))
    return Explanation(event, by, asked.process, (), tuple(t.id for t in fired), basis)


def possible(asked: Asking, event: str) -> bool:
    """Whether the event may happen, or may once facts that are recorded with it are given."""
    if held_up(asked, event):
        return False
    reaction = asked.situation.reactions[event]
    return reaction.arrival(asked) is not None or reaction.row.hopeful(
        asked.situation, asked.facts, asked.at, asked.case
    )


def _fired(asked: Asking, event: str, seen: Sight) -> Iterator[Transition]:
    """The transitions that would fire, as far as the asker sees that no other could."""
    home = asked.program.homes[event]
    for index, rivals in _rivals(asked, event):
        alone = index == home and len(rivals) == 1
        shown = asked.process.machines[index].id in seen.machines
        if shown and (alone or _sees_all(asked, rivals, seen)):
            yield from (t for t in rivals if asked.fires(t))


def _sees_all(asked: Asking, rivals: tuple[Transition, ...], seen: Sight) -> bool:
    return all(seen.covers(c.guard) for t in rivals for c in clauses(asked.process, t))


def _reasons(asked: Asking, event: str, by: str, seen: Sight) -> Iterator[Reason]:
    """The reasons against an event that those who see this much can work out for themselves."""
    allowed = asked.process.event(event).by
    if by not in allowed:
        yield Reason(Code.WRONG_AGENCY, asked.process, event, agencies=allowed)
    yield from _about_time(asked, event, by, seen)
    yield from _about_machines(asked, event, seen)


def _said(asked: Asking, event: str, objection: Objection) -> Reason:
    limit = objection.limit
    return Reason(
        objection.code, asked.process, event, moment=objection.moment,
        deadline=limit.id if limit else None, basis=limit.basis if limit else (),
    )  # fmt: skip


def _rivals(asked: Asking, event: str) -> Iterator[tuple[int, tuple[Transition, ...]]]:
    """For each machine that the event may move, its transitions from its present state on it."""
    for index in asked.program.moved[event]:
        yield index, asked.situation.leaving(index, event)


def _about_time(asked: Asking, event: str, by: str, seen: Sight) -> Iterator[Reason]:
    for objection in objections(asked, event):
        if objection.code is Code.TIME_BACKWARDS and not seen.whole:
            last = last_seen(asked.case, by)
            if asked.at < last:
                yield _said(asked, event, evolve(objection, moment=last))
        elif seen.proves(event, objection):
            yield _said(asked, event, objection)


def _about_machines(asked: Asking, event: str, seen: Sight) -> Iterator[Reason]:
    """What the home machine objects to, and choices that no machine can make."""
    process, home = asked.process, asked.program.homes[event]
    for index, rivals in _rivals(asked, event):
        machine, state = process.machines[index], asked.situation.configuration[index]
        if machine.id not in seen.machines:
            continue
        ambiguous = len(rivals) > 1 and sum(map(asked.fires, rivals)) > 1
        if ambiguous and _sees_all(asked, rivals, seen):
            yield Reason(Code.AMBIGUOUS, process, event, machine.id, state)
        elif index == home and not rivals:
            code = Code.FINAL_STATE if machine.state(state).final else Code.NO_TRANSITION
            yield Reason(code, process, event, machine.id, state)
        elif index == home:
            against = [tuple(_against(asked, machine.id, rule, seen)) for rule in rivals]
            if all(against):  # else a rule is left that may hold, for all that is seen
                yield from chain.from_iterable(against)


def _against(asked: Asking, machine: str, transition: Transition, seen: Sight) -> Iterator[Reason]:
    process = asked.process
    if not in_force(process, transition, asked.at.date()):
        yield Reason(
            Code.NOT_IN_FORCE, process, transition.event, machine, transition=transition.id,
            basis=transition.basis,
        )  # fmt: skip
    for clause in clauses(process, transition):
        answer = asked.answer(clause.guard)
        if answer is not True and seen.covers(clause.guard):
            yield _unmet(asked, machine, transition, clause, answer)


def _unmet(
    asked: Asking, machine: str, transition: Transition, clause: Clause, answer: bool | None
) -> Reason:
    process = asked.process
    named = facts_in(clause.guard)
    missing = asked.unknown(named)
    records = process.event(transition.event).records
    code = _OWN.get(clause.kind, Code.CONDITION_FALSE)
    if code is Code.NO_RECIPIENTS:
        missing = named
    elif code is Code.CONDITION_FALSE and (answer is None or isinstance(clause.guard, Known)):
        code, named = Code.FACT_MISSING, missing
    suppliers = tuple(dict.fromkeys(process.fact(f).source for f in named))
    return Reason(
        code, process, transition.event, machine,
        transition=transition.id, clause=clause.guard, facts=named,
        agencies=suppliers if clause.recipient is None else (clause.recipient,),
        recordable=bool(missing) and all(f in records for f in missing), basis=transition.basis,
    )  # fmt: skip


_LACKING: Final = (Code.FACT_MISSING, Code.NO_RECIPIENTS)
_OWN: Final[Mapping[str, Code]] = {
    "naming": Code.NO_RECIPIENTS,
    "narrowing": Code.CONSENT_WIDENED,
    "consent": Code.NO_CONSENT,
}


def facts_in(guard: Guard) -> tuple[str, ...]:
    """The facts that a guard asks about, in reading order."""
    return tuple(id for kind, id in guard.mentions() if kind == "fact")
