"""What remains when urgent aftercare is over or closed to the person (domain 2F, X3, X4)."""

from __future__ import annotations

from ...definition import Add, Edit, Machine, Replace, Text, any_of, every, fact, machine
from ..writing import event, final, grounds, inferred, read, rule, state, stays
from .conditions import AT_LIBERTY, CONSENTED, OFFICE_NAMED, SERVES
from .consent import without_the_office
from .sight import OF_FURTHER_AID

EVENTS = (
    event("emergency_relief_given", "応急の救護", "Emergency relief given", "further_aid",
          "probation_office", read("S53", "ora", "62")),
    event("pre_finality_adjustment_started", "判決確定前の生活環境の調整",
          "Adjustment before finality", "further_aid", "probation_office",
          read("S25b", "ora", "83")),
    event("probation_contact_made", "保護司の面接", "Volunteer probation officer's contact",
          "further_aid", "volunteer_probation_officer", read("S38b"),
          unseen_by="volunteer_probation_officer"),
    event("exit_stage_offered", "特別調整の案内(新たな同意が必要)", "Exit-stage support offered",
          "further_aid", "probation_office detention_house", inferred("S13"),
          unseen_by="detention_house"),
)  # fmt: skip

# Probationers; and whose sentence is stayed (CCP 480, 482), where the prosecutor asks for it (ORA 88).
_AIDED = (machine("procedure").in_("final_probation") & AT_LIBERTY) | machine("custody").in_(
    "execution_stayed"
).under(*read("S196 S197", "ora", "88"))
# ORA 83: placed under probation by a judgment that is not final; an appeal leaves it so.
_EARLY = read("S25b", "ora", "83")
_NOT_FINAL = any_of(
    machine("procedure").in_("judged_probation"),
    every(machine("procedure").in_("on_appeal"), fact("sentence") == "suspended_with_probation"),
)
_ANOTHER_SENTENCE = fact("sentence").known() & (fact("sentence") != "suspended_with_probation")

FURTHER_AID = Machine(
    "further_aid",
    Text("その後の援助", "Further aid"),
    "none",
    (
        state("none", "なし", "None", "probation_office", inferred("S53"),
              stage="settlement", rest=True),
        state("pre_finality_adjustment", "確定前の調整", "Adjustment before finality",
              "probation_office", read("S25b", "ora", "83"), stage="release"),
        state("emergency_relief", "応急の救護", "Emergency relief", "probation_office",
              read("S53", "ora", "62"), stage="settlement", rest=True),
        final("exit_stage", "出口支援へ", "On to exit-stage support", "detention_house",
              inferred("S13"), stage="settlement"),
        final("ended", "終了", "Ended", "probation_office", inferred("S13"), stage="settlement"),
    ),
    (
        rule("relief", "emergency_relief_given",
             "none emergency_relief", "emergency_relief",
             read("S53", "ora", "62"), guard=_AIDED,
             note=Text("刑の執行停止中の者には、検察官の請求があったとき、その例による(更生保護法88条)",
                       "Alike for one whose sentence is stayed, where the prosecutor asks (ORA 88)")),
        rule("early_adjustment", "pre_finality_adjustment_started", "none",
             "pre_finality_adjustment", _EARLY,
             guard=(_NOT_FINAL & CONSENTED & OFFICE_NAMED).under(*_EARLY)),
        # It rests on consent and on a judgment that is not final: without either it ends.
        rule("end_of_early_adjustment_on_withdrawal", "consent_withdrawn",
             "pre_finality_adjustment", "none", _EARLY),
        *without_the_office("pre_finality_adjustment", "none", _EARLY),
        rule("end_of_early_adjustment_on_finality", "judgment_final", "pre_finality_adjustment",
             "none", _EARLY),
        rule("end_of_early_adjustment_on_appeal", "appeal_judged", "pre_finality_adjustment",
             "none", _EARLY, guard=_ANOTHER_SENTENCE),
        rule("end_of_early_adjustment_on_remand", "remanded", "pre_finality_adjustment", "none",
             inferred("S25b", "ora", "83")),
        *stays("contact", "probation_contact_made",
               "none emergency_relief", read("S38b"),
               guard=_AIDED),
        rule("exit_offer", "exit_stage_offered",
             "none emergency_relief", "exit_stage",
             inferred("S13"), guard=SERVES),
        rule("end_by_death", "died",
             "none pre_finality_adjustment emergency_relief", "ended",
             inferred("S13")),
    ),
    seen_by=tuple(OF_FURTHER_AID),
    basis=grounds(OF_FURTHER_AID),
    seen_with_consent=("center", "municipality"),
)  # fmt: skip

# ORA 88-3, since 2023-12-01: the probation office answers residents and agencies, without limit.
_AID = read("S55 S56", "ora", "88-3")
_FROM_AID = inferred(" ".join(_AID[0].evidence), _AID[0].law, _AID[0].provision)

COMMUNITY_AID: tuple[Edit, ...] = (
    Add(event("community_aid_consulted", "更生保護に関する地域援助の相談", "Community aid consulted",
              "further_aid", "person center municipality family provider counsel", _AID,
              unseen_by="family provider counsel")),
    Add(state("community_aid", "地域援助", "Community aid", "probation_office", _AID,
              stage="settlement", rest=True), "machine further_aid", after="none"),
    Add(rule("aid", "community_aid_consulted", "none community_aid", "community_aid", _AID,
             guard=AT_LIBERTY), "machine further_aid"),
    Add(rule("contact_in_community_aid", "probation_contact_made", "community_aid",
             "community_aid", read("S38b"), guard=_AIDED), "machine further_aid"),
    *(Replace(f"transition further_aid.{t.id}",
              {"sources": ("none", "community_aid", *t.sources[1:])}, _FROM_AID)
      for t in FURTHER_AID.transitions if t.sources[0] == "none" and t.target != "none"),
)  # fmt: skip
