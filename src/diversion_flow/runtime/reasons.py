"""Why an event cannot happen, as data and in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum

from ..definition import Basis, Guard, Language, Mark, Process, Text
from ..definition.frozen import frozen
from ..definition.phrasing import phrasing


class Code(Enum):
    """Why an event is refused."""

    WRONG_AGENCY = "wrong_agency"
    TIME_BACKWARDS = "time_backwards"
    NOT_IN_FORCE = "not_in_force"
    LAW_CHANGED = "law_changed"
    DEADLINE_PASSED = "deadline_passed"
    NOT_YET = "not_yet"
    FINAL_STATE = "final_state"
    NO_TRANSITION = "no_transition"
    CONDITION_FALSE = "condition_false"
    FACT_MISSING = "fact_missing"
    NO_CONSENT = "no_consent"
    NO_RECIPIENTS = "no_recipients"
    CONSENT_WIDENED = "consent_widened"
    AMBIGUOUS = "ambiguous"
    WITHHELD = "withheld"


@frozen
class Reason:
    """One reason against an event, as data. It names facts and rules, never a fact's value.

    `agencies` are those who can change it: who may report the event, supply the fact, or
    receive under consent. `recordable`: something that may be recorded with the event itself, and
    is not known, would take it away. `basis` is the ground of the condition that failed; that
    `of_rule` as a whole where the condition has none of its own. `text(lang)` says it in a
    sentence.
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
    of_rule: bool = False

    def __repr__(self) -> str:
        where = self.transition or self.deadline or self.machine or self.event
        return f"<{self.code.value} {where} {' '.join(self.facts)}>"

    def text(self, lang: Language = "en") -> str:
        """The reason as a sentence, with the provision where there is one."""
        words = self._words(lang)
        sentence = self._sentence.in_(lang).format(**words)
        if anew := self._anew():
            labels = (self.process.fact(fact).label for fact in anew)
            said = phrasing(lang)
            sentence += ANEW.in_(lang).format(**words, anew=said.join(map(said, labels)))
        provisions = cited(self.process, self.basis, lang)
        if provisions and self.of_rule:
            provisions = _OF_RULE.in_(lang).format(provisions)
        return sentence + (f" ({provisions})" if provisions else "")

    @property
    def _sentence(self) -> Text:
        if self.code is Code.WRONG_AGENCY and not self.agencies:
            return NOBODYS
        if self.code is Code.TIME_BACKWARDS and self.moment is None:
            return _NOT_OPEN
        return SENTENCES[self.code]

    def _words(self, lang: Language) -> dict[str, str]:
        from ..definition.wording import guard_text

        process, said = self.process, phrasing(lang)
        machine = process.machine(self.machine) if self.machine else None
        deadline = process.deadline(self.deadline) if self.deadline else None
        expiry = process.event(deadline.on_expiry) if deadline and deadline.on_expiry else None
        return {
            "event": said(process.event(self.event).label),
            "machine": said(machine.label) if machine else "",
            "state": said(machine.state(self.state).label) if machine and self.state else "",
            "clause": guard_text(process, self.clause, lang) if self.clause is not None else "",
            "facts": said.join(said(process.fact(f).label) for f in self.facts),
            "agencies": said.join(said(process.agency(a).label) for a in self.agencies),
            "deadline": said(deadline.label) if deadline else "",
            "expiry": said(expiry.label) if expiry else "",
            "moment": self.moment.strftime("%Y-%m-%d %H:%M") if self.moment else "",
        }

    def _anew(self) -> list[str]:
        """The facts that are missing because nothing told earlier counts."""
        if self.code is not Code.FACT_MISSING:
            return []
        outdated = self.process.event(self.event).outdates
        return [fact for fact in self.facts if fact in outdated]


SENTENCES = {
    Code.WRONG_AGENCY: Text(
        "「{event}」を報告できるのは{agencies}です。", "Only {agencies} may report '{event}'."
    ),
    Code.TIME_BACKWARDS: Text(
        "最後の記録({moment})より前の時刻です。", "This is before the last record ({moment})."
    ),
    Code.NOT_IN_FORCE: Text(
        "「{event}」の根拠法はこの日に効力がありません。進行中の事件は、この日に効力のある版の下で記録を再生して進めます。",
        "The law behind '{event}' is not in force on this day; a running case goes on by replaying "
        "its journal under the version that is.",
    ),
    Code.LAW_CHANGED: Text(
        "{moment}に法律が改正されました。先に新法の下へ移します(advance)。",
        "The law changed at {moment}; the case comes under the new one first (advance the case).",
    ),
    Code.DEADLINE_PASSED: Text(
        "期限「{deadline}」は{moment}に満了しました。先に「{expiry}」を記録します(advance)。",
        "The limit '{deadline}' ended at {moment}; '{expiry}' comes first (advance the case).",
    ),
    Code.NOT_YET: Text(
        "「{event}」は期限の満了によって起こりますが、いま満了する期限はありません。"
        "満了した期限によるものは、記録済みです。",
        "'{event}' happens when a time limit runs out, and none runs out now; what one before has "
        "brought about is recorded already.",
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
    Code.NO_RECIPIENTS: Text(
        "「{event}」の記録には、情報の提供先を一つ以上、あわせて示す必要があります({facts})。"
        "以前に示したものは引き継がれません。提供先がないときは、不同意又は同意の撤回を記録します。",
        "'{event}' has to name at least one recipient of data ({facts}); those named earlier do "
        "not count. Where there is to be none, record that consent is refused or withdrawn.",
    ),
    Code.CONSENT_WIDENED: Text(
        "「{event}」によって情報の提供先を増やすことはできません。これまでの提供先のうち、残すものだけを"
        "示してください({facts})。増やすには、本人から改めて同意を得て記録します。",
        "'{event}' cannot add a recipient of data: name only those of before who remain "
        "({facts}). To add one, ask the person anew and record the consent that is given.",
    ),
    Code.AMBIGUOUS: Text(
        "「{machine}」に二つ以上の行き先があり、決められません。",
        "'{machine}' could go two ways; the definition must be mended.",
    ),
    Code.WITHHELD: Text(
        "「{event}」は現在できません。理由は、この機関には示されません。",
        "'{event}' cannot happen now, for a reason that is not shown to this agency.",
    ),
}


def texts(reasons: Iterable[Reason], lang: Language) -> tuple[str, ...]:
    """The reasons in words, once what several rules ask alike."""
    return tuple(dict.fromkeys(reason.text(lang) for reason in reasons))


def cited(process: Process, bases: tuple[Basis, ...], lang: Language) -> str:
    """The provisions, and every inference: what is not read must say so; where there is neither,
    the texts that were read."""
    from ..definition.wording import basis_text

    shown = [b for b in bases if b.law or b.mark in _ADMITTED] or bases
    return "; ".join(dict.fromkeys(basis_text(process, b, lang) for b in shown))


NOBODYS = Text("「{event}」を報告できる機関はありません。", "No agency may report '{event}'.")
_NOT_OPEN = Text("事件が開かれるより前の時刻です。", "This is before the case was opened.")
ANEW = Text(
    "「{event}」とあわせて記録してください。それ以前の記録は数えません({anew})。",
    " Record it with '{event}' itself: what was recorded earlier no longer counts ({anew}).",
)
_OF_RULE = Text("規則全体の根拠: {0}", "basis of the whole rule: {0}")
_ADMITTED = (Mark.INFERRED, Mark.NONE)
