"""Adjustment before the Act of 2023 (事前調整): a practice of prosecutors and probation offices
for suspects whose prosecution is to be suspended (domain section 5, 2013 and 2015)."""

from __future__ import annotations

from ...definition import Machine, Parameter, Text, fact, holds, when
from ..writing import event, grounds, inferred, read, rule, share, state, stays
from .conditions import (
    AFTERCARE_CATEGORY,
    CONSENTED,
    OFFICE_NAMED,
    PROSECUTED,
    STILL_A_SUSPECT,
    SUSPECT_DETAINED,
    TO_FAMILY_COURT,
)
from .consent import without_the_office
from .prison import to_prison
from .sight import OF_ADJUSTMENT

OFFICE_TAKES_PART = Parameter(
    "office_takes_part", Text("試行庁である", "the probation office takes part in the trial"),
    True, (True, False), read("S04 S05"),
    Text("2013年10月は7庁、2014年度は20庁。庁名は未読",
         "7 offices in October 2013, 20 in FY2014; which ones was not read"),
)  # fmt: skip

EACH_START = Text("開始のたびに認める", "Found at each start")

EVENTS = (
    event("candidate_flagged", "候補者の把握", "Candidate flagged", "adjustment",
          "prosecutor welfare_adviser reintegration_office counsel police center",
          read("S04 S05"), records="offence_acknowledged expected_outcome",
          unseen_by="police"),
    event("consultation_opened", "検察官と保護観察所の事前協議", "Prior consultation opened",
          "adjustment", "prosecutor probation_office", read("S04 S05 S03"),
          records="offence_acknowledged expected_outcome"),
    event("adjustment_started", "事前調整の開始", "Prior adjustment started", "adjustment",
          "probation_office", read("S04 S05"),
          records="po_finds_necessary prioritised_subject po_regards_as_elderly "
                  "meets_further_conditions", outdates="po_finds_necessary",
          anew=inferred("S04 S05", note=EACH_START)),
    event("office_interviewed", "保護観察官の面接", "Probation officer's interview", "adjustment",
          "probation_office", read("S05")),
    event("prioritised_plan_made", "重点実施の計画", "Plan of prioritised aftercare", "adjustment",
          "probation_office", inferred("S01 S04")),
    event("adjustment_ended", "事前調整の終了", "Prior adjustment ended", "adjustment",
          "probation_office", inferred("S04")),
)  # fmt: skip

_BEFORE = "candidate consulted consented"
_ALL = f"none {_BEFORE} adjusting"
_TRIAL = read("S04 S05")
_EXPECTED = fact("expected_outcome") == "noncustodial"

ADJUSTMENT = Machine(
    "adjustment",
    Text("事前調整", "Prior adjustment"),
    "none",
    (
        state("none", "未着手", "None", "prosecutor", _TRIAL, stage="intake", rest=True),
        state("candidate", "候補者", "Candidate", "prosecutor", _TRIAL, stage="intake"),
        state("consulted", "協議済み", "Prosecutor and probation office conferred", "prosecutor", read("S05 S03"),
              stage="screening"),
        state("consented", "同意確認済み", "Consented", "probation_office", read("S05"),
              stage="screening"),
        state("adjusting", "調整中(被疑者)", "Adjusting (suspect)", "probation_office", _TRIAL,
              stage="coordination"),
        # One who is arrested again in the same case, or consents anew, may be prepared for again.
        state("handed_to_aftercare", "更生緊急保護へ引継ぎ", "Handed to urgent aftercare",
              "probation_office", read("S04", "ora", "85, 86"), stage="release", rest=True),
        state("ended", "終了", "Ended", "probation_office", inferred("S04"), stage="release",
              rest=True),
    ),
    (
        *(rule(id, "candidate_flagged", sources, "candidate", _TRIAL, guard=STILL_A_SUSPECT)
          for id, sources in (("flagging", "none"), ("flagging_anew", "handed_to_aftercare ended"))),
        rule("consultation", "consultation_opened", "candidate", "consulted", _TRIAL,
             guard=_EXPECTED & ~(CONSENTED & OFFICE_NAMED), papers="prior_consultation"),
        rule("consultation_after_consent", "consultation_opened", "candidate", "consented",
             inferred("S05"), guard=_EXPECTED & CONSENTED & OFFICE_NAMED, papers="prior_consultation"),
        rule("consent_for_adjustment", "consent_given", "consulted", "consented", read("S05"),
             guard=OFFICE_NAMED),
        rule("start", "adjustment_started", "consented", "adjusting", _TRIAL,
             guard=SUSPECT_DETAINED & holds("po_finds_necessary") & when("office_takes_part"),
             shares=share("offence offence_acknowledged age", "probation_office")),
        *(rule(f"end_on_{id}", name, "adjusting", "ended", inferred("S04"))
          for id, name in PROSECUTED),
        rule("handover_on_release", "released", "adjusting", "handed_to_aftercare",
             read("S04", "ora", "85, 86"), guard=AFTERCARE_CATEGORY),
        rule("end_on_release", "released", "adjusting", "ended", inferred("S04"),
             guard=~AFTERCARE_CATEGORY),
        rule("end_before_start", "released", _BEFORE, "ended", inferred("S04")),
        rule("restart_after_rearrest", "rearrested", f"{_BEFORE} adjusting", "candidate",
             inferred("S47")),
        *stays("interview", "office_interviewed", "adjusting", read("S05")),
        *stays("prioritised_plan", "prioritised_plan_made", "adjusting", inferred("S01 S04")),
        rule("goal_met", "adjustment_ended", "adjusting", "ended", inferred("S04")),
        rule("end_on_withdrawal", "consent_withdrawn", "consulted consented adjusting", "ended",
             inferred("S05")),
        *without_the_office("consented adjusting", "ended", inferred("S05")),
        *to_prison("end_on_imprisonment", _ALL, "ended", inferred("S13")),
        *(rule(f"end_{id}", name, _ALL, "ended", inferred("", "juvenile_act", "41, 42"))
          for id, name in TO_FAMILY_COURT),
        rule("end_on_death", "died", _ALL, "ended", inferred("S04")),
    ),
    seen_by=tuple(OF_ADJUSTMENT),
    basis=grounds(OF_ADJUSTMENT),
    seen_with_consent=("center", "counsel", "welfare_adviser", "municipality"),
)  # fmt: skip
