"""A rule of the table: one transition, clause by clause, made ready to be asked and explained."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from ..definition import Event, Guard, Transition
from ..definition.guard import Known
from .clause import Clause, clauses, grounds, period, told_anew
from .hoping import Brought, Hope, possible
from .logic import Facts, Test
from .reasons import Code, Reason
from .sight import Needs, needs

if TYPE_CHECKING:
    from .case import Case
    from .program import Program, Situation

# A reason, and what one has to see so as to know it oneself.
Objected = tuple[Reason, Needs]


class Rule:
    """One transition from where its machine stands, while the machines that it asks stand so."""

    __slots__ = ("_asked", "_in_force", "_lapsed", "basis", "transition")

    def __init__(
        self, program: Program, situation: Situation, machine: str, transition: Transition
    ) -> None:
        process, self.transition = program.process, transition
        self.basis = tuple(dict.fromkeys(transition.basis))
        self._in_force = dated(None, *period(process, transition))
        reason = Reason(
            Code.NOT_IN_FORCE, process, transition.event, machine, transition=transition.id,
            basis=transition.basis,
        )  # fmt: skip
        self._lapsed: Objected = (reason, frozenset())
        asked = clauses(process, transition)
        anew = told_anew(clause.guard for clause in asked)
        self._asked = tuple(_Asked(program, situation, reason, clause, anew) for clause in asked)

    @property
    def needs(self) -> Needs:
        """What one has to see so as to know whether it fires."""
        return frozenset().union(*(asked.needs for asked in self._asked))

    def hopeful(self, facts: Facts, at: datetime, case: Case, *, roughly: bool = False) -> bool:
        """Whether it lacks nothing but what may be recorded with the event; or `roughly`, as far
        as is seen without trying."""
        if self._in_force is not None and not self._in_force(facts, at, case):
            return False
        for asked in self._asked:
            test = asked.test
            answer = test if isinstance(test, bool) else test(facts, at, case)
            if answer is True:
                continue
            if not (asked.open(answer, facts) if roughly
                    else asked.hopeful(answer, facts, at, case)):  # fmt: skip
                return False
        return True

    @property
    def hopeless(self) -> bool:
        """Whether nothing that is recorded could make it hold where the machines stand so."""
        return any(asked.test is False for asked in self._asked)

    def against(self, facts: Facts, at: datetime, case: Case) -> list[Objected]:
        """Everything against it; where there is nothing, it fires."""
        lapsed = self._in_force is not None and not self._in_force(facts, at, case)
        found = [self._lapsed] if lapsed else []
        for asked in self._asked:
            test = asked.test
            answer = test if isinstance(test, bool) else test(facts, at, case)
            if answer is not True:
                found.append((asked.unmet(answer, facts, at, case), asked.needs))
        return found


def dated(test: Test | None, since: date | None, until: date | None) -> Test | None:
    """The test, and its law in force on the day of the step."""
    if since is None and until is None:
        return test

    def tested(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        day = at.date()
        if (since and day < since) or (until and until < day):
            return False
        return True if test is None else test(facts, at, case)

    return tested


_OWN: Final[Mapping[str, Code]] = {
    "naming": Code.NO_RECIPIENTS,
    "narrowing": Code.CONSENT_WIDENED,
    "consent": Code.NO_CONSENT,
}


class _Asked:
    """One clause, compiled; what is said where it is not met is kept."""

    __slots__ = (
        "_about", "_anew", "_clause", "_event", "_hope", "_named", "_said",
        "kind", "needs", "test",
    )  # fmt: skip

    def __init__(
        self,
        program: Program,
        situation: Situation,
        about: Reason,
        clause: Clause,
        anew: frozenset[str],
    ) -> None:
        process = program.process
        self._about, self._clause, self.kind = about, clause, clause.kind
        self._event: Event = process.event(about.event)
        self._named, self._anew = facts_in(clause.guard), anew
        self._said: dict[tuple[bool | None, bool, tuple[str, ...]], Reason] = {}
        self._hope: Hope | None = None
        self.test = program.test(clause.guard, situation)
        self.needs = needs(process, clause.guard)

    def unmet(self, answer: bool | None, facts: Facts, at: datetime, case: Case) -> Reason:
        """Why the clause does not hold, of which so much is known."""
        missing = tuple([fact for fact in self._named if fact not in facts])
        key = answer, self.hopeful(answer, facts, at, case), missing
        reason = self._said.get(key)
        if reason is None:
            reason = self._said[key] = self._reason(*key)
        return reason

    @property
    def _hoped(self) -> Hope:
        if self._hope is None:
            about = self._about.process, self._event.records
            self._hope = Hope(*about, (self._clause.guard,), self._anew)
        return self._hope

    def open(self, answer: bool | None, facts: Facts) -> list[Brought]:
        """What may be recorded that could make it hold."""
        settled = isinstance(self.test, bool) or (answer is False and self._hoped.settled)
        return [] if settled else self._hoped.open(facts)

    def hopeful(self, answer: bool | None, facts: Facts, at: datetime, case: Case) -> bool:
        """Whether it would hold for something that may be recorded with the event of what is not
        known, whatever else is not."""
        test = self.test
        if isinstance(test, bool) or not self._hoped.brings:
            return False

        def found() -> bool:
            brought = self.open(answer, facts)
            return bool(brought) and possible(
                lambda then: test(then, at, case) is True, facts, brought
            )

        return self._hoped.once(facts, at, case, found)

    def _reason(self, answer: bool | None, recordable: bool, missing: tuple[str, ...]) -> Reason:
        about, clause, named = self._about, self._clause, self._named
        code = _OWN.get(self.kind, Code.CONDITION_FALSE)
        if code is Code.CONDITION_FALSE and (answer is None or isinstance(clause.guard, Known)):
            code, named = Code.FACT_MISSING, missing
        suppliers = tuple(dict.fromkeys(about.process.fact(f).source for f in named))
        return Reason(
            code, about.process, about.event, about.machine,
            transition=about.transition, clause=clause.guard, facts=named,
            agencies=suppliers if clause.recipient is None else (clause.recipient,),
            recordable=recordable,
            basis=grounds(clause, about.basis), of_rule=not clause.basis,
        )  # fmt: skip


def facts_in(guard: Guard) -> tuple[str, ...]:
    """The facts that a guard asks about, in reading order."""
    return tuple(id for kind, id in guard.mentions() if kind == "fact")
