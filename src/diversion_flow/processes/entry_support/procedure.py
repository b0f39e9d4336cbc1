"""Procedure: from investigation to disposition or final judgment (domain 2A).

Only prosecutor and court decide here; no consent and no support plan leads into it (INV-3).
In-home cases (在宅事件) run through it with custody at liberty and without a clock.
"""

from __future__ import annotations

from ...definition import (
    Counting,
    Deadline,
    Guard,
    Length,
    Machine,
    OnEvent,
    Text,
    Unit,
    fact,
    holds,
    running,
)
from ..writing import event, final, inferred, known, read, rule, state
from .conditions import IMPRISONMENT

EVENTS = (
    event("referred", "送致", "Referred to the prosecutor", "procedure", "police",
          read("S23", "ccp", "203(1), 246")),
    event("disposed", "不起訴処分", "Not prosecuted", "procedure", "prosecutor",
          read("S45", "ccp", "248"), records="disposition"),
    event("summary_requested", "略式命令請求", "Summary order requested", "procedure",
          "prosecutor", known("ccp", "461"), records="fine_yen summary_not_objected"),
    event("summary_order_served", "略式命令の告知", "Summary order served", "procedure", "court",
          known("ccp", "461")),
    event("formal_trial_requested", "正式裁判の請求", "Formal trial requested", "procedure",
          "person counsel prosecutor", known("ccp", "465")),
    event("summary_order_final", "略式命令の確定", "Summary order final", "procedure", "court",
          known("ccp", "470")),
    event("indicted", "公訴提起", "Indicted", "procedure", "prosecutor",
          known("ccp", "247, 256")),
    event("judged", "判決", "Judged", "procedure", "court", known("ccp", "342"),
          records="sentence suspension_years"),
    event("appealed", "控訴・上告", "Appealed", "procedure", "person counsel prosecutor",
          read("S46", "ccp", "373")),
    event("appeal_judged", "上訴審の判決", "Judged on appeal", "procedure", "court",
          known("ccp", "396, 397"), records="sentence suspension_years"),
    event("judgment_final", "判決確定", "Judgment final", "procedure", "court",
          read("S46", "ccp", "373")),
    event("suspension_period_ended", "執行猶予期間の満了", "Suspension period ended", "procedure",
          "court", known("pc", "27")),
)  # fmt: skip

_PENDING = "referred released_undecided"
_SENTENCES = ("suspended", "probation", "fine", "acquitted")
_JUDGED = ("judged_suspended judged_probation judged_fine judged_acquitted judged_imprisonment")
_OPEN = (
    f"investigation {_PENDING} summary_requested summary_ordered indicted {_JUDGED} on_appeal "
    "final_suspended final_probation"
)
_OUTCOMES: tuple[tuple[str, Guard], ...] = (
    ("suspended", fact("sentence") == "suspended"),
    ("probation", fact("sentence") == "suspended_with_probation"),
    ("fine", fact("sentence") == "fine"),
    ("acquitted", fact("sentence") == "acquittal"),
    ("imprisonment", IMPRISONMENT),
)

PROCEDURE = Machine(
    "procedure",
    Text("刑事手続", "Criminal procedure"),
    "investigation",
    (
        state("investigation", "捜査", "Investigation", "police", read("S23", "ccp", "246"),
              stage="intake"),
        state("referred", "送致済み・処分未定", "Referred, decision pending", "prosecutor",
              read("S23 S45", "ccp", "246, 248"), stage="screening"),
        state("released_undecided", "処分保留で釈放", "Released with disposition pending",
              "prosecutor", known("ccp", "208(1)"), stage="release"),
        final("police_disposed", "微罪処分", "Police disposition of a trivial case", "police",
              read("S23", "ccp", "246 proviso"), stage="release"),
        final("suspension_of_prosecution", "起訴猶予", "Suspension of prosecution", "prosecutor",
              read("S22 S45", "ccp", "248"), stage="release"),
        final("insufficient_suspicion", "嫌疑不十分", "Insufficient suspicion", "prosecutor",
              read("S45"), stage="release"),
        final("otherwise_not_prosecuted", "その他の不起訴", "Otherwise not prosecuted",
              "prosecutor", read("S45"), stage="release"),
        state("summary_requested", "略式命令請求中", "Summary order requested", "court",
              known("ccp", "461"), stage="coordination"),
        state("summary_ordered", "略式命令(未確定)", "Summary order, not final", "court",
              known("ccp", "461, 465"), stage="release"),
        state("indicted", "公判中", "On trial", "court", known("ccp", "247, 256"),
              stage="coordination"),
        state("judged_suspended", "執行猶予判決(未確定)", "Suspended sentence, not final", "court",
              known("pc", "25"), stage="release"),
        state("judged_probation", "保護観察付執行猶予判決(未確定)",
              "Suspended sentence with probation, not final", "court",
              read("S25b", "pc", "25-2"), stage="release"),
        state("judged_fine", "罰金判決(未確定)", "Fine, not final", "court", known("ccp", "345"),
              stage="release"),
        state("judged_acquitted", "無罪判決(未確定)", "Acquitted, not final", "court",
              known("ccp", "336"), stage="release"),
        state("judged_imprisonment", "実刑判決(未確定)", "Imprisonment, not final", "court",
              read("S46", "ccp", "373"), stage="release"),
        state("on_appeal", "上訴審", "On appeal", "court", known("ccp", "372"),
              stage="coordination"),
        state("final_suspended", "執行猶予中", "Suspended sentence running", "person",
              known("pc", "25"), stage="settlement", rest=True),
        state("final_probation", "保護観察付執行猶予中", "Suspended sentence with probation",
              "probation_office", read("S25b S53", "pc", "25-2"), stage="settlement", rest=True),
        final("final_fine", "罰金確定", "Fine final", "prosecutor", known("ccp", "470"),
              stage="settlement"),
        final("final_acquitted", "無罪確定", "Acquittal final", "court", known("ccp", "336"),
              stage="settlement"),
        final("final_imprisonment", "実刑確定", "Imprisonment final", "prosecutor",
              read("S46", "ccp", "373"), stage="settlement"),
        final("suspension_completed", "猶予期間満了(刑の言渡しの失効)",
              "Suspension completed", "person", known("pc", "27"), stage="settlement"),
        final("ended_by_death", "死亡により終了", "Ended by death", "prosecutor",
              known("ccp", "339(1)(iv)"), stage="settlement"),
    ),
    (
        rule("referral", "referred", "investigation", "referred",
             read("S23", "ccp", "203(1), 246"), papers="referral_file"),
        rule("trivial_disposition", "police_released", "investigation", "police_disposed",
             read("S23", "ccp", "246 proviso"), guard=holds("trivial_case")),
        rule("decision_left_open", "release_ordered", "referred", "released_undecided",
             known("ccp", "208(1)")),
        rule("open_after_denial", "detention_denied", "referred", "released_undecided",
             inferred("S24b", "ccp", "207(5)")),
        rule("open_after_lapse", "custody_limit_passed", "referred", "released_undecided",
             inferred("S22 S24", "ccp", "205(4), 208(1)")),
        rule("suspending_prosecution", "disposed", _PENDING, "suspension_of_prosecution",
             read("S22 S45", "ccp", "248"), guard=fact("disposition") == "suspension_of_prosecution",
             papers="disposition_record"),
        rule("finding_insufficient_suspicion", "disposed", _PENDING, "insufficient_suspicion",
             read("S45"), guard=fact("disposition") == "insufficient_suspicion",
             papers="disposition_record"),
        rule("other_non_prosecution", "disposed", _PENDING, "otherwise_not_prosecuted",
             read("S45"), guard=fact("disposition") == "other", papers="disposition_record"),
        rule("summary_request", "summary_requested", _PENDING, "summary_requested",
             known("ccp", "461, 461-2"),
             guard=(fact("fine_yen") <= 1_000_000) & holds("summary_not_objected")),
        rule("summary_order", "summary_order_served", "summary_requested", "summary_ordered",
             known("ccp", "461"), papers="summary_order"),
        rule("formal_trial", "formal_trial_requested", "summary_ordered", "indicted",
             known("ccp", "465"), guard=running("formal_trial_request")),
        rule("finality_of_summary_order", "summary_order_final", "summary_ordered", "final_fine",
             known("ccp", "470")),
        rule("indictment", "indicted", _PENDING, "indicted", known("ccp", "247, 256"),
             papers="indictment"),
        *(rule(f"{prefix}_{name}", event_, source, f"judged_{name}", known("ccp", "333, 342"),
               guard=guard, papers="judgment")
          for event_, source, prefix in (("judged", "indicted", "judging"),
                                         ("appeal_judged", "on_appeal", "judging_on_appeal"))
          for name, guard in _OUTCOMES),
        rule("appeal", "appealed", _JUDGED, "on_appeal", read("S46", "ccp", "373"),
             guard=running("appeal_period")),
        *(rule(f"finality_{name}", "judgment_final", f"judged_{name}", f"final_{name}",
               read("S46", "ccp", "373")) for name in (*_SENTENCES, "imprisonment")),
        rule("completion_of_suspension", "suspension_period_ended",
             "final_suspended final_probation", "suspension_completed", known("pc", "27")),
        rule("new_investigation", "rearrested", "investigation referred released_undecided",
             "investigation", inferred("S23 S47")),
        rule("end_by_death", "died", _OPEN, "ended_by_death", known("ccp", "339(1)(iv)")),
    ),
    seen_by=("police", "detention_house", "prosecutor", "reintegration_office", "welfare_adviser",
             "counsel", "court", "person"),
    seen_with_consent=("probation_office", "center"),
)  # fmt: skip

_JUDGED_STATES = tuple(_JUDGED.split())
_MOVES = Counting(rest_day_moves=True)

DEADLINES = (
    Deadline("appeal_period", Text("上訴期間", "Appeal period"), "procedure", _JUDGED_STATES,
             OnEvent(("judged", "appeal_judged")), Length(14, Unit.DAYS), "court",
             read("S46", "ccp", "373") + known("ccp", "55, 358"), _MOVES,
             on_expiry="judgment_final",
             note=Text("判決の翌日から14日。末日が休日なら次の平日まで",
                       "14 days from the day after judgment; a last day on a rest day moves on")),
    Deadline("formal_trial_request", Text("正式裁判請求", "Request for a formal trial"),
             "procedure", ("summary_ordered",), OnEvent(("summary_order_served",)),
             Length(14, Unit.DAYS), "court", known("ccp", "465, 55"), _MOVES,
             on_expiry="summary_order_final"),
    Deadline("suspension_period", Text("執行猶予期間", "Period of suspension"), "procedure",
             ("final_suspended", "final_probation"), OnEvent(("judgment_final",)),
             Length(0, Unit.YEARS, ("suspension_years",)), "court", known("pc", "25, 27"),
             on_expiry="suspension_period_ended"),
)  # fmt: skip
