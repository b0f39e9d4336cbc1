"""Saying no well: why an event cannot happen now, and who can change it.

An agency is told the reasons that its own view proves; where the view proves none, that the
reason is withheld. So an answer teaches it nothing beyond its view and the answer itself. The
owner of the desk may ask for the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import evolve

from ..definition import Basis, DiversionFlowError, Language, Remark, Text
from ..definition.frozen import frozen
from ..definition.grouped import grouped
from ..definition.kept import kept
from .asking import Asking
from .logic import Facts
from .marks import lawful_facts
from .names import called
from .objections import Objection, held_up, objections
from .reasons import Code, Reason, cited, texts
from .sight import Sight, sight, whole_sight

if TYPE_CHECKING:
    from ..definition import Process
    from .case import Case


@frozen
class Explanation:
    """The answer to 'may this happen now?'.

    `transitions` are the ids of those that would fire. `possible`: it may happen once facts that
    are recorded with it are given, as `Case.possible` tells.
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

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the law remarks on the rules that would fire, or that are objected to: above all
        where a person decides."""
        from ..definition.wording import remarks_on

        remarked = kept(self.process, _remarked).get(self.event)
        if remarked is None:
            return ()
        named = {(reason.machine, reason.transition) for reason in self.reasons}
        rules = (
            f"{machine}.{rule}"
            for machine, rule in remarked
            if rule in self.transitions or (machine, rule) in named
        )
        return remarks_on(self.process, rules)

    def text(self, lang: Language = "en") -> str:
        """The reasons, a line each, once what several rules ask alike; one line that says yes where
        there are none. Then what the law remarks on them."""
        from ..definition.wording import remark_text

        lines = texts(self.reasons, lang)
        if self.allowed:
            said = Text("できます(根拠: {0})。", "It may happen now (basis: {0}).").in_(lang)
            lines = (said.format(cited(self.process, self.basis, lang) or "—"),)
        remarks = (f"※ {remark_text(self.process, remark, lang)}" for remark in self.remarks)
        return "\n".join((*lines, *remarks))


def _remarked(process: Process) -> dict[str, tuple[tuple[str, str], ...]]:
    """Event → the rules on it of which a remark speaks, each with its machine."""
    spoken_of = {rule for remark in process.remarks for rule in remark.transitions}
    return grouped(
        (rule.event, (machine.id, rule.id))
        for machine in process.machines
        for rule in machine.transitions
        if f"{machine.id}.{rule.id}" in spoken_of
    )


class Refused(DiversionFlowError):
    """An event is not enabled. `reasons` are what the reporter may know of it, `whole` is
    everything, for the owner of the desk; both are worked out when asked for."""

    code, status, file, line, field, at = "refused", 409, "", None, "", ()

    def __init__(self, case: Case, event: str, by: str, at: datetime, facts: Facts) -> None:
        # What was asked holds case content; `args`, which loggers print, must not.
        self._asked = (case, event, by, at, facts)
        self.args = (event, by)

    @property
    def values(self) -> dict[str, object]:  # type: ignore[override]
        """What the sentence speaks of."""
        explanation = self.explanation
        why = Text(explanation.text("ja"), explanation.text("en"))
        event, by = explanation.process.event(self.event), explanation.process.agency(self.by)
        return {"event": event.label, "by": by.label, "why": why}

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
    process, against = asked.process, _Against(asked, event, by)
    everything = whole_sight(process)
    reasons = against.told(everything)
    seen = everything if whole else _asking_sight(asked, event, by)
    worded = _called(asked, seen) if asked.program.several_names else process
    if not reasons:
        return Explanation(event, by, worded, (), *against.fired(seen))
    told = reasons if whole else against.told(seen) or (asked.row(event).withheld,)
    if worded is not process:
        told = tuple(evolve(reason, process=worded) for reason in told)
    return Explanation(event, by, worded, told, possible=against.hopeful)


def _called(asked: Asking, seen: Sight) -> Process:
    """The law by the names that it has for those who see this much of the case."""
    known = {fact: value for fact, value in asked.facts.items() if fact in seen.facts}
    return called(asked.process, known)


def _asking_sight(asked: Asking, event: str, by: str) -> Sight:
    """What the asker sees, and the facts that it brings with the question."""
    case, now, program = asked.case, asked.facts, asked.program
    seen, before = sight(case, by), case._facts
    if case._marks is not None:
        before = lawful_facts(case, before)
    # What the event outdates is as the asker brings it, or unknown, and everybody may know that.
    brought = [*program.outdates.get(event, ())]
    if before is not now:
        brought += [fact for fact in program.plain if now.get(fact) is not before.get(fact)]
    return seen.with_facts(brought) if brought else seen


class _Against:
    """Everything against an event, worked out once; told to each as far as it sees."""

    __slots__ = ("_asked", "_by", "_row", "_stands", "_time")

    def __init__(self, asked: Asking, event: str, by: str) -> None:
        situation, facts, at, case = asked.standing(event), asked.facts, asked.at, asked.case
        self._asked, self._by, self._row = asked, by, situation.reactions[event].row
        self._time = tuple(objections(asked, event)) if held_up(asked, event) else ()
        stands = self._row.stands(situation)
        self._stands = [(stand, stand.against(facts, at, case)) for stand in stands]

    def told(self, seen: Sight) -> tuple[Reason, ...]:
        """The reasons that those who see this much can work out for themselves."""
        told: list[Reason] = []
        if self._by not in self._row.event.by:
            told.append(self._row.wrong_agency)
        if self._time:
            told += self._about_time(seen)
        for stand, against in self._stands:
            told += stand.told(against, seen)
        return tuple(told)

    @property
    def hopeful(self) -> bool:
        """Whether it lacks nothing but facts which may be recorded with the event itself."""
        asked, row = self._asked, self._row
        if self._time or self._by not in row.event.by:
            return False
        return row.hopeful(asked.standing, asked.facts, asked.at, asked.case)

    def fired(self, seen: Sight) -> tuple[tuple[str, ...], tuple[Basis, ...]]:
        """By which transitions the event happens, and on what ground, as far as they see."""
        fired = [rule for stand, against in self._stands for rule in stand.fired(against, seen)]
        if len(fired) == 1:
            return (fired[0].transition.id,), fired[0].basis
        ids = tuple([rule.transition.id for rule in fired])
        return ids, tuple(dict.fromkeys(basis for rule in fired for basis in rule.basis))

    def _about_time(self, seen: Sight) -> Iterator[Reason]:
        from .view import entries  # of journals, which are of cases

        asked, event = self._asked, self._row.event.id
        for objection in self._time:
            if objection.code is Code.TIME_BACKWARDS and not seen.whole:
                # The moment of an entry is told to those who saw it; else that it was not yet open.
                known = [entry.at for entry in entries(asked.case, self._by)]
                if asked.at < (known or [asked.case.journal[0].at])[-1]:
                    last = known[-1] if known else None
                    yield _said(asked, event, evolve(objection, moment=last))
            elif seen.proves(event, objection):
                yield _said(asked, event, objection)


def _said(asked: Asking, event: str, objection: Objection) -> Reason:
    limit = objection.limit
    return Reason(
        objection.code, asked.process, event, moment=objection.moment,
        deadline=limit.id if limit else None, basis=limit.basis if limit else (),
    )  # fmt: skip
