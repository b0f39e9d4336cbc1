"""Saying no well: every reason why an event cannot happen now, and who can change it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..definition import Basis, DiversionFlowError, Language, Mark, Text, Transition
from ..definition.guard import Compare, Guard, Includes, Known, Member
from ..definition.wording import basis_text, guard_text
from .clause import Clause, clauses, in_force
from .clocks import overdue, premature
from .logic import compile_guard

if TYPE_CHECKING:
    from ..definition import Process
    from .case import Case


class Code(Enum):
    """Why an event is refused."""

    WRONG_AGENCY = "wrong_agency"
    TIME_BACKWARDS = "time_backwards"
    NOT_IN_FORCE = "not_in_force"
    DEADLINE_PASSED = "deadline_passed"
    NOT_YET = "not_yet"
    FINAL_STATE = "final_state"
    NO_TRANSITION = "no_transition"
    CONDITION_FALSE = "condition_false"
    FACT_MISSING = "fact_missing"
    NO_CONSENT = "no_consent"
    AMBIGUOUS = "ambiguous"


@frozen
class Reason:
    """One reason against an event, as data. It names facts and rules, never a fact's value.

    `agencies` are those who can change it: who may report the event, supply the fact, or
    receive under consent. `text(lang)` says it in a sentence.
    """

    code: Code
    process: Process
    event: str
    machine: str | None = None
    state: str | None = None
    transition: str | None = None
    clause: Guard | None = None
    facts: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    deadline: str | None = None
    moment: datetime | None = None
    recordable: bool = False
    basis: tuple[Basis, ...] = ()

    def __repr__(self) -> str:
        where = self.transition or self.deadline or self.machine or self.event
        return f"<{self.code.value} {where} {' '.join(self.facts)}>"

    def text(self, lang: Language = "en") -> str:
        """The reason as a sentence, with the provision where there is one."""
        sentence = SENTENCES[self.code].in_(lang).format(**self._words(lang))
        cited = _cited(self.process, self.basis, lang)
        return sentence + (f" ({cited})" if cited else "")

    def _words(self, lang: Language) -> dict[str, str]:
        process, join = self.process, "・" if lang == "ja" else ", "
        machine = process.machine(self.machine) if self.machine else None
        deadline = process.deadline(self.deadline) if self.deadline else None
        expiry = process.event(deadline.on_expiry) if deadline and deadline.on_expiry else None
        return {
            "event": process.event(self.event).label.in_(lang),
            "machine": machine.label.in_(lang) if machine else "",
            "state": machine.state(self.state).label.in_(lang) if machine and self.state else "",
            "clause": guard_text(process, self.clause, lang) if self.clause is not None else "",
            "facts": join.join(process.fact(f).label.in_(lang) for f in self.facts),
            "agencies": join.join(process.agency(a).label.in_(lang) for a in self.agencies),
            "deadline": deadline.label.in_(lang) if deadline else "",
            "expiry": expiry.label.in_(lang) if expiry else "",
            "moment": self.moment.strftime("%Y-%m-%d %H:%M") if self.moment else "",
        }


SENTENCES = {
    Code.WRONG_AGENCY: Text(
        "「{event}」を報告できるのは{agencies}です。", "Only {agencies} may report '{event}'."
    ),
    Code.TIME_BACKWARDS: Text(
        "最後の記録({moment})より前の時刻です。", "This is before the last record ({moment})."
    ),
    Code.NOT_IN_FORCE: Text(
        "「{event}」の根拠法はこの日に効力がありません。",
        "The law behind '{event}' is not in force on this day; a running case goes on by replaying "
        "its journal under the version that is.",
    ),
    Code.DEADLINE_PASSED: Text(
        "期限「{deadline}」は{moment}に満了しました。先に「{expiry}」を記録します(advance)。",
        "The limit '{deadline}' ended at {moment}; '{expiry}' comes first (advance the case).",
    ),
    Code.NOT_YET: Text(
        "「{event}」は期限の満了によって起こり、まだ満了していません。",
        "'{event}' happens when a time limit runs out, and none has.",
    ),
    Code.FINAL_STATE: Text(
        "「{machine}」は「{state}」で終わっています。", "'{machine}' has ended: {state}."
    ),
    Code.NO_TRANSITION: Text(
        "「{machine}」が「{state}」のとき「{event}」は起こりません。",
        "'{event}' cannot happen while '{machine}' is '{state}'.",
    ),
    Code.CONDITION_FALSE: Text(
        "次の要件を満たしません: {clause}。", "This condition is not met: {clause}."
    ),
    Code.FACT_MISSING: Text(
        "{facts}が未記録です(要件: {clause})。記録できる機関: {agencies}。",
        "Not yet known: {facts} (needed for: {clause}); {agencies} can supply it.",
    ),
    Code.NO_CONSENT: Text(
        "{agencies}への情報提供について本人の同意がありません。",
        "The person's consent does not cover handing data to {agencies}.",
    ),
    Code.AMBIGUOUS: Text(
        "「{machine}」に二つ以上の行き先があり、決められません。",
        "'{machine}' could go two ways; the definition must be mended.",
    ),
}


def _cited(process: Process, bases: tuple[Basis, ...], lang: Language) -> str:
    """The provisions, and every inference: what is not read must say so."""
    shown = [b for b in bases if b.law or b.mark is Mark.INFERRED]
    return "; ".join(dict.fromkeys(basis_text(process, b, lang) for b in shown))


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
            cited = _cited(self.process, self.basis, lang)
            said = Text("できます(根拠: {0})。", "It may happen now (basis: {0}).").in_(lang)
            return said.format(cited or "—")
        return "\n".join(reason.text(lang) for reason in self.reasons)


class Refused(DiversionFlowError):
    """An event is not enabled. `reasons` are worked out when first asked for."""

    def __init__(self, *asked: Any) -> None:
        # What was asked holds case content; `args`, which loggers print, must not.
        self._asked: tuple[Case, str, str, datetime, tuple[Any, ...]] = asked
        self.args = asked[1:3]

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
        return explain(*self._asked)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every reason, as data."""
        return self.explanation.reasons

    def __str__(self) -> str:
        return f"{self.event} by {self.by} refused: {self.explanation.text('en')}"


def explain(case: Case, event: str, by: str, at: datetime, facts: tuple[Any, ...]) -> Explanation:
    """All reasons against `event` now; where there are none, what would fire and why."""
    case.process.agency(by)
    reasons = (
        *_about_call(case, event, by, at),
        *_about_machines(case, event, at, facts),
    )
    if reasons:
        return Explanation(event, by, case.process, reasons)
    fired = _fired(case, event, at, facts)
    basis = tuple(dict.fromkeys(b for t in fired for b in t.basis))
    return Explanation(event, by, case.process, (), tuple(t.id for t in fired), basis)


def _about_call(case: Case, event: str, by: str, at: datetime) -> Iterator[Reason]:
    process, definition = case.process, case.process.event(event)
    if by not in definition.by:
        yield Reason(Code.WRONG_AGENCY, process, event, agencies=definition.by)
    if at < case.at:
        yield Reason(Code.TIME_BACKWARDS, process, event, moment=case.at)
    ends = case._program.ends
    if ends is not None and at >= ends:
        yield Reason(Code.NOT_IN_FORCE, process, event)
    if premature(case, event, at):
        yield Reason(Code.NOT_YET, process, event)
    for clock in overdue(case, event, at):
        yield Reason(
            Code.DEADLINE_PASSED,
            process,
            event,
            deadline=clock.deadline.id,
            moment=clock.ends,
            basis=clock.deadline.basis,
        )


def _about_machines(
    case: Case, event: str, at: datetime, facts: tuple[Any, ...]
) -> Iterator[Reason]:
    """What the home machine objects to, and choices that no machine can make."""
    situation = case._landing.situation
    home = situation.program.home(event)
    for index, machine in enumerate(case.process.machines):
        rivals = situation.leaving(index, event)
        held = [t for t in rivals if _holds(case, t, at, facts)]
        state = situation.configuration[index]
        if len(held) > 1:
            yield Reason(Code.AMBIGUOUS, case.process, event, machine.id, state)
        elif index == home and not rivals:
            final = machine.state(state).final
            code = Code.FINAL_STATE if final else Code.NO_TRANSITION
            yield Reason(code, case.process, event, machine.id, state)
        elif index == home and not held:
            for transition in rivals:
                yield from _against(case, machine.id, transition, at, facts)


def _fired(case: Case, event: str, at: datetime, facts: tuple[Any, ...]) -> tuple[Transition, ...]:
    situation = case._landing.situation
    machines = range(len(case.process.machines))
    rivals = (t for i in machines for t in situation.leaving(i, event))
    return tuple(t for t in rivals if _holds(case, t, at, facts))


def _holds(case: Case, transition: Transition, at: datetime, facts: tuple[Any, ...]) -> bool:
    return in_force(case.process, transition, at.date()) and all(
        _ask(case, clause.guard, at, facts) is True for clause in clauses(case.process, transition)
    )


def _against(
    case: Case, machine: str, transition: Transition, at: datetime, facts: tuple[Any, ...]
) -> Iterator[Reason]:
    process, event = case.process, transition.event
    if not in_force(process, transition, at.date()):
        yield Reason(
            Code.NOT_IN_FORCE, process, event, machine, transition=transition.id,
            basis=transition.basis,
        )  # fmt: skip
    for clause in clauses(process, transition):
        answer = _ask(case, clause.guard, at, facts)
        if answer is not True:
            yield _unmet(case, machine, transition, clause, answer, facts)


def _unmet(
    case: Case,
    machine: str,
    transition: Transition,
    clause: Clause,
    answer: bool | None,
    facts: tuple[Any, ...],
) -> Reason:
    process, event = case.process, transition.event
    asked = facts_in(clause.guard)
    missing = tuple(f for f in asked if facts[case._program.fact_index[f]] is None)
    records = process.event(event).records
    named: tuple[str, ...]
    agencies: tuple[str, ...]
    if clause.recipient is not None:
        code, named, agencies = Code.NO_CONSENT, asked, (clause.recipient,)
    elif answer is None or isinstance(clause.guard, Known):
        suppliers = dict.fromkeys(process.fact(f).source for f in missing)
        code, named, agencies = Code.FACT_MISSING, missing, tuple(suppliers)
    else:
        suppliers = dict.fromkeys(process.fact(f).source for f in asked)
        code, named, agencies = Code.CONDITION_FALSE, asked, tuple(suppliers)
    return Reason(
        code, process, event, machine,
        transition=transition.id, clause=clause.guard, facts=named, agencies=agencies,
        recordable=bool(missing) and all(f in records for f in missing), basis=transition.basis,
    )  # fmt: skip


def _ask(case: Case, guard: Guard, at: datetime, facts: tuple[Any, ...]) -> bool | None:
    test = compile_guard(guard, case.process, case._landing.situation.states)
    return test if isinstance(test, bool) else test(facts, at, case)


def facts_in(guard: Guard) -> tuple[str, ...]:
    """The facts that a guard asks about, in reading order."""
    asked = (p.fact for p in guard.walk() if isinstance(p, Compare | Member | Includes | Known))
    return tuple(dict.fromkeys(asked))
