"""Adjustment of living conditions of a detained suspect (勾留中の被疑者に対する生活環境の調整,
ORA 83-2, domain 2C): consultation, consent, the prosecutor's opinion, adjustment."""

from __future__ import annotations

from ...definition import Machine, Text, fact, holds, when
from ..writing import event, grounds, inferred, read, rule, share, state, stays
from .conditions import (
    AFTERCARE_CATEGORY,
    CONSENTED,
    DEFENDANT_DETAINED,
    OFFICE_NAMED,
    ON_TRIAL,
    PROSECUTED,
    STILL_A_SUSPECT,
    SUSPECT_DETAINED,
    TO_FAMILY_COURT,
)
from .consent import without_the_office
from .prior_adjustment import EACH_START
from .prison import to_prison
from .sight import OF_ADJUSTMENT
from .support import RELAY

# The prosecutor tells the office where adjustment is found needed and the person wishes it.
_NOTIFIED = read("S196", "orr", "114-2(1)")

EVENTS = (
    event("candidate_flagged", "候補者の把握", "Candidate flagged", "adjustment",
          "prosecutor welfare_adviser reintegration_office counsel police center",
          read("S25 S16", "ora", "83-2(1)"), records="offence_acknowledged expected_outcome",
          unseen_by="police"),
    event("consultation_opened", "検察官と保護観察所の協議", "Consultation opened", "adjustment",
          "prosecutor probation_office", read("S05 S03") + _NOTIFIED,
          records="offence_acknowledged expected_outcome"),
    event("prosecutor_opinion", "検察官の意見聴取", "Prosecutor's opinion heard", "adjustment",
          "prosecutor", read("S25", "ora", "83-2(2)"), records="prosecutor_objects",
          outdates="prosecutor_objects",
          anew=inferred("S25", "ora", "83-2(3)", Text("意見を聴くたびに定まる", "Of each opinion"))),
    event("adjustment_started", "生活環境の調整の開始", "Adjustment started", "adjustment",
          "probation_office", read("S25", "ora", "83-2(1)"),
          records="po_finds_necessary prioritised_subject po_regards_as_elderly "
                  "meets_further_conditions", outdates="po_finds_necessary",
          anew=inferred("S25", "ora", "83-2(1)", EACH_START)),
    event("office_interviewed", "保護観察官の面接", "Probation officer's interview", "adjustment",
          "probation_office", read("S05") + read("S196", "orr", "114-2(4)")),
    event("prioritised_plan_made", "重点実施の計画", "Plan of prioritised aftercare", "adjustment",
          "probation_office", inferred("S01 S04")),
    event("adjustment_ended", "生活環境の調整の終了", "Adjustment ended", "adjustment",
          "probation_office", inferred("S04")),
)  # fmt: skip

_BEFORE = "candidate consulted consented opinion_heard vetoed"
_ALL = f"none {_BEFORE} adjusting adjusting_defendant"
_OPINION = read("S25", "ora", "83-2(2), 83-2(3)")
_OBJECTS = holds("prosecutor_objects").under(*read("S25", "ora", "83-2(3)"))
_AGREES = (fact("prosecutor_objects") == False).under(*read("S25", "ora", "83-2(3)"))  # noqa: E712
_ACT = read("S25", "ora", "83-2(1)")
_NECESSARY = holds("po_finds_necessary").under(*_ACT)
_NAMED = OFFICE_NAMED.under(*_ACT, *inferred("S05"))
_CONSENTED = CONSENTED.under(*_ACT) & _NAMED
_ACKNOWLEDGED = holds("offence_acknowledged").under(*_ACT)
_TO_BE_PREPARED = STILL_A_SUSPECT.under(*_ACT) | (
    ON_TRIAL & when("adjust_defendants")
).under(*inferred("S20"))
_TO_PROBATION_OFFICE = share("offence offence_acknowledged age", "probation_office")

ADJUSTMENT = Machine(
    "adjustment",
    Text("生活環境の調整", "Adjustment of living conditions"),
    "none",
    (
        state("none", "未着手", "None", "prosecutor", read("S25", "ora", "83-2(1)"),
              stage="intake", rest=True),
        state("candidate", "候補者", "Candidate", "prosecutor", read("S25", "ora", "83-2(1)"),
              stage="intake"),
        state("consulted", "協議済み", "Prosecutor and probation office conferred", "prosecutor", read("S05 S03"),
              stage="screening"),
        state("consented", "同意確認済み", "Consented", "probation_office",
              read("S05 S25", "ora", "83-2(1)"), stage="screening"),
        state("opinion_heard", "意見聴取済み", "Opinion heard", "probation_office", _OPINION,
              stage="screening"),
        state("vetoed", "検察官の意見により実施不可", "Barred by the prosecutor's opinion", "prosecutor", _OPINION, stage="screening"),
        state("adjusting", "調整中(被疑者)", "Adjusting (suspect)", "probation_office",
              read("S25", "ora", "83-2(1), 82(1)"), stage="coordination"),
        state("adjusting_defendant", "調整中(被告人)", "Adjusting (defendant)",
              "probation_office",
              inferred("S20", note=Text("根拠条文は確認していない", "Its basis was not found")),
              stage="coordination"),
        # One who is arrested again in the same case, or consents anew, is again such a person.
        state("handed_to_aftercare", "更生緊急保護へ引継ぎ", "Handed to urgent aftercare",
              "probation_office", read("S04", "ora", "85, 86"), stage="release", rest=True),
        state("ended", "終了", "Ended", "probation_office", inferred("S04"), stage="release",
              rest=True),
    ),
    (
        *(rule(id, "candidate_flagged", sources, "candidate", read("S25", "ora", "83-2(1)"),
               guard=_TO_BE_PREPARED)
          for id, sources in (("flagging", "none"), ("flagging_anew", "handed_to_aftercare ended"))),
        RELAY,
        rule("consultation", "consultation_opened", "candidate", "consulted",
             read("S05 S03") + _NOTIFIED,
             guard=_ACKNOWLEDGED & ~(CONSENTED & OFFICE_NAMED), papers="prior_consultation"),
        rule("consultation_after_consent", "consultation_opened", "candidate", "consented",
             inferred("S05"), guard=_ACKNOWLEDGED & _CONSENTED,
             papers="prior_consultation"),
        rule("consent_for_adjustment", "consent_given", "consulted", "consented",
             read("S05 S25", "ora", "83-2(1)"), guard=_NAMED),
        rule("no_objection", "prosecutor_opinion", "consented", "opinion_heard", _OPINION,
             guard=_AGREES, papers="prosecutor_opinion", shares=_TO_PROBATION_OFFICE),
        # Whenever it is said: what has begun cannot go on either.
        rule("veto", "prosecutor_opinion", "consented opinion_heard adjusting", "vetoed", _OPINION,
             guard=_OBJECTS & SUSPECT_DETAINED.under(*_OPINION), papers="prosecutor_opinion"),
        rule("lifting_of_veto", "prosecutor_opinion", "vetoed", "opinion_heard",
             inferred("S25", note=Text("条文に定めなし", "The statute is silent")),
             guard=_AGREES & when("veto_may_be_lifted"), papers="prosecutor_opinion",
             shares=_TO_PROBATION_OFFICE),
        rule("start", "adjustment_started", "opinion_heard", "adjusting",
             read("S25 S27b", "ora", "83-2(1), 82(1)"),
             guard=SUSPECT_DETAINED.under(*_ACT) & _CONSENTED & _NECESSARY),
        rule("start_for_defendant", "adjustment_started", "consulted consented opinion_heard",
             "adjusting_defendant", inferred("S20"),
             guard=DEFENDANT_DETAINED & _CONSENTED & holds("po_finds_necessary")
             & when("adjust_defendants"),
             note=Text("検察官の意見により実施できないとする規定は被疑者にのみ適用", "The veto rule binds suspects' cases only")),
        *(rule(f"end_of_veto_on_{id}", name, "vetoed", "consented", inferred("S25 S20"))
          for id, name in PROSECUTED),
        *(rule(f"continuation_after_{id}", name, "adjusting", "adjusting_defendant",
               inferred("S20"), guard=when("adjust_defendants")) for id, name in PROSECUTED),
        *(rule(f"end_on_{id}", name, "adjusting", "ended", inferred("S25"),
               guard=when("adjust_defendants", False)) for id, name in PROSECUTED),
        rule("handover_on_release", "released", "adjusting adjusting_defendant",
             "handed_to_aftercare", inferred("S04", "ora", "83-2, 85, 86"),
             guard=AFTERCARE_CATEGORY),
        rule("end_on_release", "released", "adjusting adjusting_defendant", "ended",
             inferred("S25", "ora", "83-2(1)"), guard=~AFTERCARE_CATEGORY),
        rule("end_before_start", "released", _BEFORE, "ended", inferred("S25", "ora", "83-2(1)")),
        rule("end_on_bail", "bailed", "adjusting_defendant", "ended", inferred("S25")),
        rule("restart_after_rearrest", "rearrested", f"{_BEFORE} adjusting", "candidate",
             inferred("S47")),
        *stays("interview", "office_interviewed", "adjusting adjusting_defendant", read("S05")),
        *stays("prioritised_plan", "prioritised_plan_made", "adjusting adjusting_defendant", inferred("S01 S04")),
        rule("goal_met", "adjustment_ended", "adjusting adjusting_defendant", "ended",
             inferred("S04")),
        rule("end_on_withdrawal", "consent_withdrawn",
             "consulted consented opinion_heard vetoed adjusting adjusting_defendant", "ended",
             read("S25", "ora", "83-2(1)") + inferred("S25")),
        *without_the_office("consented opinion_heard vetoed adjusting adjusting_defendant", "ended",
                            _ACT + inferred("S05")),
        *to_prison("end_on_imprisonment", _ALL, "ended", inferred("S13")),
        *(rule(f"end_{id}", name, _ALL, "ended", inferred("", "juvenile_act", "41, 42"))
          for id, name in TO_FAMILY_COURT),
        rule("end_on_death", "died", _ALL, "ended", inferred("S04")),
    ),
    seen_by=tuple(OF_ADJUSTMENT),
    basis=grounds(OF_ADJUSTMENT),
    seen_with_consent=("center", "counsel", "welfare_adviser", "municipality"),
)  # fmt: skip
