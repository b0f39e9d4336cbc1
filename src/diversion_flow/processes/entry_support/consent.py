"""Consent: asked by the prosecutor or the probation office, given, limited and withdrawn by the person (domain 2B).

Nothing here leads to the disposition (INV-3); the caveat comes before consent (INV-2). Consent
names those who may receive data; it is added to only by being given anew.
"""

from __future__ import annotations

from ...definition import (
    ConsentRule,
    Edit,
    Guard,
    Machine,
    Text,
    Transition,
    holds,
    replace,
)
from ..writing import (
    Bases,
    event,
    final,
    grounds,
    inferred,
    of_outdated,
    read,
    rule,
    state,
    stays,
)
from .conditions import CENTER_NAMED, CONSENTED, OFFICE_NAMED
from .prison import to_prison
from .sight import OF_CONSENT

# Consent is the person's. In custody others write down what the person says: the prosecutor and the
# probation office, who ask for it (read), and those who talk with the person later (no source says
# who).
_TAKEN_DOWN = inferred("S05 S15 S14", note=Text(
    "本人のほか、本人の意思を聴き取った検察官・保護観察所・弁護人・センターが報告できるものとした",
    "Besides the person, the prosecutor, the probation office, counsel and the Center may report "
    "what the person says"))
_TOLD_TO = inferred("S05 S15 S14", note=Text(
    "本人のほか、本人から限定又は撤回の意思を聴いた検察官・保護観察所・弁護人・センターが報告できる"
    "ものとした。誰に伝えても効力が生じるようにするためである",
    "Besides the person, the prosecutor, the probation office, counsel and the Center may report "
    "it: whichever of them is told, it counts"))  # fmt: skip
_HEARD_BY = "person prosecutor probation_office counsel center"
# The office shows what it will adjust and asks in writing (ORR 114(1)); of suspects since the Act, too.
_ASKED_BEFORE_FINALITY = inferred("S196", "orr", "114(1)", Text(
    "2016年6月1日の条文による", "By the text of 2016-06-01"))
_ASKED_IN_WRITING = read("S196", "orr", "114(1), 114-2(2)")
_EACH_EXPLANATION = inferred("S05", note=Text("説明のたびに記録する", "Said of each explanation"))

EVENTS = (
    event("consent_explained", "制度の説明と同意の確認", "Scheme explained", "consent",
          "prosecutor probation_office", read("S05") + _ASKED_BEFORE_FINALITY,
          records="caveat_given onward_sharing_explained",
          outdates="caveat_given onward_sharing_explained",
          anew=_EACH_EXPLANATION),
    event("consent_given", "同意", "Consent given", "consent",
          "prosecutor probation_office person counsel center",
          read("S05") + _ASKED_BEFORE_FINALITY + _TAKEN_DOWN, records="consent_recipients"),
    event("consent_refused", "不同意", "Consent refused", "consent",
          "prosecutor probation_office person", read("S05") + _ASKED_BEFORE_FINALITY),
    event("consent_narrowed", "同意範囲の限定", "Consent narrowed", "consent", _HEARD_BY,
          inferred("S05") + _TOLD_TO, records="consent_recipients"),
    event("consent_withdrawn", "同意の撤回", "Consent withdrawn", "consent", _HEARD_BY,
          inferred("S05") + _TOLD_TO),
    event("center_consent_signed", "センターの同意書に署名", "Center's consent form signed",
          "consent", "center social_worker", inferred("S15"), records="center_consent",
          unseen_by="social_worker"),
    event("power_of_attorney_given", "弁護人への委任", "Power of attorney given", "consent",
          "counsel", read("S14"), records="power_of_attorney"),
)  # fmt: skip

CONSENT = Machine(
    "consent",
    Text("本人の同意", "Consent"),
    "not_asked",
    (
        state("not_asked", "未確認", "Not asked", "prosecutor", read("S05"),
              stage="intake", rest=True),
        state("explained", "説明済み", "Explained", "person", read("S05"), stage="screening"),
        state("given", "同意あり", "Given", "person", read("S05"), stage="screening", rest=True),
        state("narrowed", "限定的同意", "Narrowed", "person", inferred("S05"),
              stage="screening", rest=True),
        state("refused", "不同意", "Refused", "person", read("S05"), stage="screening", rest=True),
        # It can be asked and given anew: what is withdrawn is this consent, not the person's right.
        state("withdrawn", "撤回", "Withdrawn", "person", inferred("S05"),
              stage="coordination", rest=True),
        final("lapsed", "失効", "Lapsed", "person", inferred("S13"), stage="release"),
    ),
    (
        rule("explanation", "consent_explained", "not_asked explained refused withdrawn", "explained",
             read("S05")),
        rule("consent", "consent_given", "explained", "given",
             inferred("S05"), papers="consent_record"),
        rule("consent_anew", "consent_given", "given narrowed", "given",
             inferred("S05", note=Text("提供先を加えるときは、改めて同意を得るものとした",
                                       "To add a recipient, consent is given anew")),
             papers="consent_record"),
        rule("refusal", "consent_refused", "explained", "refused", read("S05"),
             papers="consent_record"),
        rule("narrowing", "consent_narrowed", "given narrowed", "narrowed", inferred("S05")),
        rule("withdrawal", "consent_withdrawn", "explained given narrowed", "withdrawn",
             inferred("S05")),
        *stays("center_form", "center_consent_signed", "given narrowed", inferred("S15"),
               papers="center_consent_form"),
        *stays("attorney", "power_of_attorney_given", "not_asked explained given narrowed refused",
               read("S14"), papers="power_of_attorney"),
        *to_prison("lapse_on_imprisonment", "not_asked explained given narrowed refused withdrawn", "lapsed", inferred("S13")),
        rule("lapse_on_death", "died",
             "not_asked explained given narrowed refused withdrawn", "lapsed", inferred("S13")),
    ),
    seen_by=tuple(OF_CONSENT),
    basis=grounds(OF_CONSENT),
    seen_with_consent=("other_center", "municipality", "provider", "medical"),
)  # fmt: skip


def _without(named: Guard, prefix: str, sources: str, target: str, basis: Bases,
             ) -> tuple[Transition, ...]:  # fmt: skip
    """Consent that leaves this recipient out ends what rests on it, as its withdrawal does."""
    return (
        rule(f"{prefix}_left_out", "consent_narrowed", sources, target, basis, guard=~named),
        rule(f"{prefix}_left_out_anew", "consent_given", sources, target, basis,
             guard=CONSENTED & ~named),
    )  # fmt: skip


def without_the_office(sources: str, target: str, basis: Bases) -> tuple[Transition, ...]:
    """What ends when consent no longer names the probation office."""
    return _without(OFFICE_NAMED, "office", sources, target, basis)


def without_the_center(sources: str, target: str, basis: Bases) -> tuple[Transition, ...]:
    """What ends when consent no longer names the Center."""
    return _without(CENTER_NAMED, "center", sources, target, basis)


# What the prosecutor explains first (B1, B2): standard from the nationwide trial on.
EXPLAINED = holds("caveat_given") & holds("onward_sharing_explained")
UNDER_THE_ACT = read("S05 S25", "ora", "83-2(1)") + inferred(
    "S05", note=Text("2023年12月法の下でも同じ説明とする",
                     "The script is taken to be unchanged under the Act"))  # fmt: skip

# Since the Act consent stands in the statute.
_STATUTE = read("S25", "ora", "83-2(1)")
IN_THE_STATUTE: tuple[Edit, ...] = (
    *(replace(f"event consent_{done}", basis=read("S05") + _ASKED_IN_WRITING + outdated)
      for done, outdated in (("refused", ()), ("explained", of_outdated(_EACH_EXPLANATION)))),
    replace("event consent_given",
            basis=read("S05 S25", "ora", "83-2(1)") + _ASKED_IN_WRITING + _TAKEN_DOWN),
    replace("paper consent_record", basis=read("S05") + _ASKED_IN_WRITING),
    replace("event consent_withdrawn", basis=_STATUTE + inferred("S25") + _TOLD_TO),
    replace("state consent.given", basis=read("S05 S25", "ora", "83-2(1)")),
    replace("state consent.withdrawn", basis=inferred("S25", "ora", "83-2(1)")),
    replace("transition consent.consent", basis=UNDER_THE_ACT),
    replace("transition consent.withdrawal", basis=_STATUTE + inferred("S25")),
)

_STATES, _WHO = ("given", "narrowed"), "consent_recipients"
# One act for all since 2022-04-01; before, administrative organs had their own.
CONSENT_RULE = ConsentRule("consent", _STATES, _WHO, (
    *read("S196", "appi", "23(1)", Text("2022年4月1日からは27条1項", "Art. 27(1) since 2022-04-01")),
    *read("S197", "act_58_2003", "8(2)(i)", Text("2022年4月1日からは個人情報保護法69条2項1号",
                                          "APPI 69(2)(i) since 2022-04-01")),
))  # fmt: skip
UNDER_ONE_ACT: tuple[Edit, ...] = (
    replace("process", consent=ConsentRule("consent", _STATES, _WHO,
                                           read("S143", "appi", "69(2)(i)") + read("S196", "appi", "27(1)"))),
)  # fmt: skip
