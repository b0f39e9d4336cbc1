"""Saying no well: every reason why an event cannot happen now, and who can change it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import frozen

from ..definition import Basis, DiversionFlowError, Guard, Language, Text, Transition
from ..definition.guard import Compare, Includes, Known, Member
from .asking import Asking
from .clause import Clause, clauses, in_force
from .logic import Facts
from .objections import Objection, objections
from .reasons import Code, Reason, cited

if TYPE_CHECKING:
    from ..definition import Process
    from .case import Case


@frozen
class Explanation:
    """The answer to 'may this happen now?'; `transitions` are the ids of those that would fire."""

    event: str
    by: str
    process: Process
    reasons: tuple[Reason, ...]
    transitions: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the event may happen now, as things stand."""
        return not self.reasons

    @property
    def possible(self) -> bool:
        """Whether it may happen once facts that are recorded with it are given: one rule is left
        that lacks nothing else. A rule that is out of the question does not count against it."""
        if any(reason.transition is None for reason in self.reasons):
            return False
        rules = {reason.transition for reason in self.reasons}
        hopeless = {
            r.transition for r in self.reasons if not (r.code is Code.FACT_MISSING and r.recordable)
        }
        return not rules or rules != hopeless

    def text(self, lang: Language = "en") -> str:
        """The reasons, a line each; one line that says yes where there are none."""
        if self.allowed:
            said = Text("できます(根拠: {0})。", "It may happen now (basis: {0}).").in_(lang)
            return said.format(cited(self.process, self.basis, lang) or "—")
        return "\n".join(reason.text(lang) for reason in self.reasons)


class Refused(DiversionFlowError):
    """An event is not enabled. `reasons` are worked out when first asked for."""

    def __init__(self, case: Case, event: str, by: str, at: datetime, facts: Facts) -> None:
        # What was asked holds case content; `args`, which loggers print, must not.
        self._asked = (case, event, by, at, facts)
        self.args = (event, by)

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
        """Everything there is to say about the refusal."""
        case, event, by, at, facts = self._asked
        return explain(Asking(case, at, facts), event, by)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason, as data."""
        return self.explanation.reasons

    def __str__(self) -> str:
        return f"{self.event} by {self.by} refused: {self.explanation.text('en')}"


def explain(asked: Asking, event: str, by: str) -> Explanation:
    """All reasons against `event` now; where there are none, what would fire and why."""
    asked.process.agency(by)
    reasons = (*_about_call(asked, event, by), *_about_machines(asked, event))
    if reasons:
        return Explanation(event, by, asked.process, reasons)
    fired = tuple(t for _, rivals in _rivals(asked, event) for t in rivals if asked.fires(t))
    basis = tuple(dict.fromkeys(b for t in fired for b in t.basis))
    return Explanation(event, by, asked.process, (), tuple(t.id for t in fired), basis)


def _about_call(asked: Asking, event: str, by: str) -> Iterator[Reason]:
    allowed = asked.process.event(event).by
    if by not in allowed:
        yield Reason(Code.WRONG_AGENCY, asked.process, event, agencies=allowed)
    for objection in objections(asked, event):
        yield _said(asked, event, objection)


def _said(asked: Asking, event: str, objection: Objection) -> Reason:
    limit = objection.limit
    return Reason(
        objection.code, asked.process, event, moment=objection.moment,
        deadline=limit.id if limit else None, basis=limit.basis if limit else (),
    )  # fmt: skip


def _rivals(asked: Asking, event: str) -> Iterator[tuple[int, tuple[Transition, ...]]]:
    """For each machine, its transitions from its present state on this event."""
    for index in range(len(asked.situation.configuration)):
        yield index, asked.situation.leaving(index, event)


def _about_machines(asked: Asking, event: str) -> Iterator[Reason]:
    """What the home machine objects to, and choices that no machine can make."""
    process, home = asked.process, asked.program.home(event)
    for index, rivals in _rivals(asked, event):
        machine, state = process.machines[index], asked.situation.configuration[index]
        held = sum(asked.fires(transition) for transition in rivals)
        if held > 1:
            yield Reason(Code.AMBIGUOUS, process, event, machine.id, state)
        elif index == home and not rivals:
            code = Code.FINAL_STATE if machine.state(state).final else Code.NO_TRANSITION
            yield Reason(code, process, event, machine.id, state)
        elif index == home and not held:
            for transition in rivals:
                yield from _against(asked, machine.id, transition)


def _against(asked: Asking, machine: str, transition: Transition) -> Iterator[Reason]:
    process = asked.process
    if not in_force(process, transition, asked.at.date()):
        yield Reason(
            Code.NOT_IN_FORCE, process, transition.event, machine, transition=transition.id,
            basis=transition.basis,
        )  # fmt: skip
    for clause in clauses(process, transition):
        answer = asked.answer(clause.guard)
        if answer is not True:
            yield _unmet(asked, machine, transition, clause, answer)


def _unmet(
    asked: Asking, machine: str, transition: Transition, clause: Clause, answer: bool | None
) -> Reason:
    process = asked.process
    named = facts_in(clause.guard)
    missing = asked.unknown(named)
    records = process.event(transition.event).records
    code = Code.CONDITION_FALSE
    if clause.recipient is not None:
        code = Code.NO_CONSENT
    elif answer is None or isinstance(clause.guard, Known):
        code, named = Code.FACT_MISSING, missing
    suppliers = tuple(dict.fromkeys(process.fact(f).source for f in named))
    return Reason(
        code, process, transition.event, machine,
        transition=transition.id, clause=clause.guard, facts=named,
        agencies=suppliers if clause.recipient is None else (clause.recipient,),
        recordable=bool(missing) and all(f in records for f in missing), basis=transition.basis,
    )  # fmt: skip


def facts_in(guard: Guard) -> tuple[str, ...]:
    """The facts that a guard asks about, in reading order."""
    asked = (p.fact for p in guard.walk() if isinstance(p, Compare | Member | Includes | Known))
    return tuple(dict.fromkeys(asked))
