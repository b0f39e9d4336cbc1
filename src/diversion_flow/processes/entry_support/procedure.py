"""Procedure: from investigation to disposition or final judgment (domain 2A).

Only prosecutor and court decide here; no consent and no support plan leads into it (INV-3).
In-home cases (在宅事件) run through it with custody at liberty and without a clock.
"""

from __future__ import annotations

from datetime import date

from attrs import evolve

from ...definition import (
    Add,
    Basis,
    Counting,
    Deadline,
    Edit,
    Guard,
    Length,
    Machine,
    Mark,
    OnEvent,
    Relabel,
    Remove,
    Text,
    Unit,
    fact,
    holds,
    param,
    replace,
    running,
)
from ..writing import Bases, event, final, grounds, inferred, read, rule, state, stays, told
from .conditions import IMPRISONMENT, OF_AGE
from .custody import DENIAL_BEFORE_2016
from .prison import REVOKED
from .sight import OF_PROCEDURE

# On appeal to a high court, and to the Supreme Court.
_ON_APPEAL = (
    read("EG", "ccp", "396, 397, 400") + read("S196", "ccp", "404") + read("S140", "ccp", "408, 410, 411, 413, 414")
)
_INDICTED = read("S137 S166", "ccp", "247, 256")
_ORDINARY_TRIAL = read("EG S158", "ccp", "463")
# Against a judgment of the Supreme Court there is no appeal, only a motion for correction.
_LAST = holds("last_instance")
_CORRECTION = read("S136 S140", "ccp", "415(2), 418")
_APPEALABLE = (
    ~fact("last_instance").known() | (fact("last_instance") == False)  # noqa: E712
).under(*_CORRECTION)  # fmt: skip
_SENT_BACK = read("EG", "ccp", "400") + read("S140", "ccp", "413")
_EXHAUSTED = holds("appeal_exhausted")
_STILL_OPEN = ~fact("appeal_exhausted").known() | (fact("appeal_exhausted") == False)  # noqa: E712
# Whoever has waived or withdrawn does not appeal again (CCP 361); the other side still may.
_MAY_APPEAL = (
    ~fact("appeal_exhausted").known()
    | ((fact("appeal_exhausted") == False)  # noqa: E712
       & (fact("appellant_gave_up") == False))  # noqa: E712
).under(*read("S125", "ccp", "361"))  # fmt: skip
# An appeal of the other side stands when one side withdraws its own.
_ANOTHER_STANDS = holds("another_appeal_stands")
_NONE_STANDS = ~fact("another_appeal_stands").known() | ~_ANOTHER_STANDS

# Whether anybody else can appeal is said of one judgment.
_EACH_JUDGMENT = inferred("EG S131", "ccp", "359", Text(
    "判決ごとに定まる", "Of each judgment by itself"))
_EACH_APPEAL = inferred("S125", "ccp", "361", Text("上訴する者ごとに定まる", "Of whoever appeals"))
_EACH_SIDE = inferred("EG S131", "ccp", "359", Text(
    "放棄・取下げのたびに定まる", "Of each waiver or withdrawal"))
_QUASHED = inferred("EG S140", "ccp", "400, 413", Text(
    "破棄された判決の内容は失われる", "Of a judgment that is quashed nothing is left"))
_PRONOUNCED_FACTS = "sentence suspension_years term_months second_suspension"

EVENTS = (
    event("referred", "送致", "Referred to the prosecutor", "procedure", "police",
          read("S23", "ccp", "203(1), 246"), records="offence age"),
    event("disposed", "不起訴処分", "Not prosecuted", "procedure", "prosecutor",
          read("S45", "ccp", "248"), records="disposition age"),
    event("summary_requested", "略式命令請求", "Summary order requested", "procedure",
          "prosecutor", read("EG", "ccp", "461"), records="fine_yen summary_not_objected age"),
    event("summary_order_served", "略式命令の告知", "Summary order served", "procedure", "court",
          read("EG", "ccp", "461")),
    event("ordinary_trial_ordered", "略式不相当等による通常の審判", "Summary order declined, trial ordered",
          "procedure", "court", _ORDINARY_TRIAL),
    event("formal_trial_requested", "正式裁判の請求", "Formal trial requested", "procedure",
          "person counsel prosecutor", read("EG", "ccp", "465")),
    event("summary_order_final", "略式命令の確定", "Summary order final", "procedure", "court",
          read("EG", "ccp", "470")),
    event("sent_to_family_court", "家庭裁判所送致(20歳未満)", "Sent to the family court (under 20)",
          "procedure", "prosecutor", read("S142", "juvenile_act", "42"), records="age"),
    event("sent_to_family_court_by_police", "警察から家庭裁判所へ送致(20歳未満)",
          "Sent to the family court by the police (under 20)", "procedure", "police",
          read("S132", "juvenile_act", "41"), records="age fine_at_most"),
    event("indicted", "公訴提起", "Indicted", "procedure", "prosecutor",
          _INDICTED, records="age",
          told=told("person", read("S167", "ccp", "271(1)"), "indictment")),
    event("judged", "判決", "Judged", "procedure", "court", read("EG", "ccp", "333, 336, 342"),
          records=_PRONOUNCED_FACTS),
    event("appealed", "控訴・上告", "Appealed", "procedure", "person counsel prosecutor",
          read("S46", "ccp", "373"), records="appellant_gave_up",
          outdates="appellant_gave_up", anew=_EACH_APPEAL),
    event("appeal_right_waived", "上訴の放棄", "Appeal waived", "procedure",
          "person prosecutor", read("EG S131", "ccp", "359"),
          records="appeal_exhausted", outdates="appeal_exhausted", anew=_EACH_SIDE),
    event("appeal_withdrawn", "上訴の取下げ", "Appeal withdrawn", "procedure",
          "person prosecutor", read("EG S131", "ccp", "359"),
          records="appeal_exhausted another_appeal_stands",
          outdates="another_appeal_stands", anew=_EACH_SIDE),
    event("appeal_judged", "上訴審の判決", "Judged on appeal", "procedure", "court",
          _ON_APPEAL, records=f"{_PRONOUNCED_FACTS} appeal_exhausted last_instance",
          outdates="appeal_exhausted", anew=_EACH_JUDGMENT),
    event("remanded", "破棄差戻し", "Remanded to the court below", "procedure", "court",
          _SENT_BACK, outdates=f"{_PRONOUNCED_FACTS} appeal_exhausted", anew=_QUASHED),
    event("judgment_final", "判決確定", "Judgment final", "procedure", "court",
          read("S46", "ccp", "373")),
    event("suspension_revoked", "執行猶予の取消し", "Suspension revoked", "procedure", "court",
          REVOKED),
    event("suspension_period_ended", "執行猶予期間の満了", "Suspension period ended", "procedure",
          "court", read("EG", "pc", "27")),
)  # fmt: skip

_BY_POLICE = read("S132 S142", "juvenile_act", "41")


# Cases of people of 18 and 19 go to the prosecutor since 2022-04-01, whatever the offence.
_SPECIFIED = read("S149", "juvenile_act", "67(1)")


def _by_police(age: Guard, whom: Bases = ()) -> Guard:
    """The police send on their own only what is punishable with a fine or less."""
    return age.under(*_BY_POLICE, *whom) & holds("fine_at_most").under(*_BY_POLICE)


_UNDER_18, _UNDER_20 = fact("age") < 18, fact("age") < 20
# A version in which that day lies has them apart, until its eve.
SPECIFIED_JUVENILES: tuple[Edit, ...] = (
    replace("transition procedure.to_family_court_by_police", basis=_BY_POLICE,
            guard=_by_police(_UNDER_18)),
    Add(rule("to_family_court_by_police_of_18_and_19", "sent_to_family_court_by_police",
             "investigation", "family_court",
             tuple(evolve(basis, until=date(2022, 3, 31)) for basis in _BY_POLICE),
             guard=_by_police((fact("age") >= 18) & _UNDER_20)),
        "machine procedure", after="to_family_court_by_police"),
    Relabel("event sent_to_family_court_by_police", Text(
        "警察から家庭裁判所へ送致(20歳未満。2022年4月1日からは18歳未満)",
        "Sent to the family court by the police (under 20; since 2022-04-01 under 18)")),
)  # fmt: skip
SPECIFIED_JUVENILES_ALONE: tuple[Edit, ...] = (
    Remove("transition procedure.to_family_court_by_police_of_18_and_19"),
    replace("transition procedure.to_family_court_by_police", basis=_BY_POLICE + _SPECIFIED,
            guard=_by_police(_UNDER_18, _SPECIFIED)),
    Relabel("event sent_to_family_court_by_police", Text(
        "警察から家庭裁判所へ送致(18歳未満)", "Sent to the family court by the police (under 18)")),
)  # fmt: skip
_PENDING = "referred released_undecided"
_SENTENCES = ("suspended", "probation", "fine", "acquitted")
_JUDGED = ("judged_suspended judged_probation judged_fine judged_acquitted judged_imprisonment")
_OPEN = (
    f"investigation {_PENDING} summary_requested summary_ordered indicted {_JUDGED} on_appeal "
    "final_suspended final_probation"
)
# Where the term, and whether it is a second suspension, is recorded, it must be one that the law
# allows: three years; of a second, less, and always with probation.
_TERM = ~fact("term_months").known() | (fact("term_months") <= 36)
_FIRST = ~fact("second_suspension").known() | (fact("second_suspension") == False)  # noqa: E712
_SECOND = _FIRST | ~fact("term_months").known() | (
    fact("term_months") <= param("second_suspension_months")
)
_THREE_YEARS, _AGAIN, _WITH_PROBATION = (
    read("EG", "pc", provision) for provision in ("25(1)", "25(2)", "25-2(1)")
)
_OUTCOMES: tuple[tuple[str, Guard], ...] = (
    ("suspended", (fact("sentence") == "suspended") & _TERM.under(*_THREE_YEARS)
     & _FIRST.under(*_WITH_PROBATION)),
    ("probation", (fact("sentence") == "suspended_with_probation")
     & _TERM.under(*_THREE_YEARS) & _SECOND.under(*_AGAIN)),
    ("fine", fact("sentence") == "fine"),
    ("acquitted", fact("sentence") == "acquittal"),
    ("imprisonment", fact("sentence") == "imprisonment"),
)
# What was pronounced stands: it is not asked again whether it could be.
_PRONOUNCED: tuple[tuple[str, Guard], ...] = (
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
        state("released_undecided", "釈放・処分未定", "Released, disposition open",
              "prosecutor", inferred("S22 S24", "ccp", "205, 207, 208"), stage="release"),
        final("police_disposed", "微罪処分", "Police disposition of a trivial case", "police",
              read("S23", "ccp", "246 proviso"), stage="release"),
        final("suspension_of_prosecution", "起訴猶予", "Suspension of prosecution", "prosecutor",
              read("S22 S45", "ccp", "248"), stage="release"),
        final("insufficient_suspicion", "嫌疑不十分", "Insufficient suspicion", "prosecutor",
              read("S45"), stage="release"),
        final("otherwise_not_prosecuted", "その他の不起訴", "Otherwise not prosecuted",
              "prosecutor", read("S45"), stage="release"),
        final("family_court", "家庭裁判所送致", "Sent to the family court", "court",
              read("S142", "juvenile_act", "41, 42"), stage="release"),
        state("summary_requested", "略式命令請求中", "Summary order requested", "court",
              read("EG", "ccp", "461"), stage="coordination"),
        state("summary_ordered", "略式命令(未確定)", "Summary order, not final", "court",
              read("EG", "ccp", "461, 465"), stage="release"),
        state("indicted", "公判中", "On trial", "court", _INDICTED,
              stage="coordination"),
        state("judged_suspended", "執行猶予判決(未確定)", "Suspended sentence, not final", "court",
              read("EG", "pc", "25"), stage="release"),
        state("judged_probation", "保護観察付執行猶予判決(未確定)",
              "Suspended sentence with probation, not final", "court",
              read("S25b EG", "pc", "25-2"), stage="release"),
        state("judged_fine", "罰金判決(未確定)", "Fine, not final", "court", read("EG", "ccp", "345"),
              stage="release"),
        state("judged_acquitted", "無罪判決(未確定)", "Acquitted, not final", "court",
              read("EG", "ccp", "336"), stage="release"),
        state("judged_imprisonment", "実刑判決(未確定)", "Imprisonment, not final", "court",
              read("S46", "ccp", "373"), stage="release"),
        state("on_appeal", "上訴審", "On appeal", "court", read("S139 S140", "ccp", "372, 405"),
              stage="coordination"),
        state("final_suspended", "執行猶予中", "Suspended sentence running", "person",
              read("EG", "pc", "25"), stage="settlement", rest=True),
        state("final_probation", "保護観察付執行猶予中", "Suspended sentence with probation",
              "probation_office", read("S25b S53 EG", "pc", "25-2"), stage="settlement", rest=True),
        final("final_fine", "罰金確定", "Fine final", "prosecutor", read("EG", "ccp", "470"),
              stage="settlement"),
        final("final_acquitted", "無罪確定", "Acquittal final", "court", read("EG", "ccp", "336"),
              stage="settlement"),
        final("final_imprisonment", "実刑確定", "Imprisonment final", "prosecutor",
              read("S46", "ccp", "373"), stage="settlement"),
        final("suspension_revoked", "執行猶予の取消し", "Suspension revoked", "prosecutor",
              REVOKED, stage="settlement"),
        final("suspension_completed", "猶予期間満了(刑の言渡しの失効)",
              "Suspension completed", "person", read("EG", "pc", "27"), stage="settlement"),
        final("ended_by_death", "死亡により終了", "Ended by death", "prosecutor",
              read("S135", "ccp", "339(1)(iv)"), stage="settlement"),
    ),
    (
        rule("referral", "referred", "investigation", "referred",
             read("S23", "ccp", "203(1), 246"), papers="referral_file"),
        rule("trivial_disposition", "police_released", "investigation", "police_disposed",
             read("S23", "ccp", "246 proviso"), guard=holds("trivial_case") & OF_AGE),
        rule("trivial_disposition_without_arrest", "trivial_case_disposed", "investigation",
             "police_disposed", read("S23", "ccp", "246 proviso")),
        rule("arrest_after_referral", "arrested", "referred", "investigation",
             inferred("S23", "ccp", "203(1)"),
             note=Text("在宅で送致した事件の被疑者を逮捕したときは、身柄とともに改めて送致する",
                       "One arrested after an in-home referral is referred again, with the person")),
        rule("taken_over_by_prosecutor", "arrested_by_prosecutor",
             "investigation released_undecided", "referred", inferred("S67", "ccp", "204"),
             note=Text("検察官が逮捕した事件は送致を要しない",
                       "A case in which the prosecutor arrests needs no referral")),
        rule("decision_left_open", "release_ordered", "referred", "released_undecided",
             read("S22", "ccp", "208(1)")),
        rule("open_after_denial", "detention_denied", "referred", "released_undecided",
             inferred("S24b") + DENIAL_BEFORE_2016),
        *(rule(f"open_after_{name}", name, "referred", "released_undecided",
               inferred("", "ccp", provision))
          for name, provision in (("detention_cancelled", "87, 207(1)"),
                                  ("detention_quashed", "429(1)(ii)"))),
        rule("to_family_court", "sent_to_family_court", _PENDING, "family_court",
             read("S142", "juvenile_act", "42"), guard=fact("age") < 20),
        rule("to_family_court_by_police", "sent_to_family_court_by_police", "investigation",
             "family_court", _BY_POLICE, guard=_by_police(_UNDER_20)),
        rule("open_after_lapse", "custody_limit_passed", "referred", "released_undecided",
             inferred("S22 S24", "ccp", "205(4), 208(1)")),
        rule("suspending_prosecution", "disposed", _PENDING, "suspension_of_prosecution",
             read("S22 S45", "ccp", "248"), guard=(fact("disposition") == "suspension_of_prosecution")
             & OF_AGE,
             papers="disposition_record"),
        rule("finding_insufficient_suspicion", "disposed", _PENDING, "insufficient_suspicion",
             read("S45"), guard=fact("disposition") == "insufficient_suspicion",
             papers="disposition_record"),
        rule("other_non_prosecution", "disposed", _PENDING, "otherwise_not_prosecuted",
             read("S45"), guard=fact("disposition") == "other", papers="disposition_record"),
        rule("summary_request", "summary_requested", _PENDING, "summary_requested",
             read("EG", "ccp", "461, 461-2"),
             guard=(fact("fine_yen") <= 1_000_000) & holds("summary_not_objected") & OF_AGE),
        rule("summary_order", "summary_order_served", "summary_requested", "summary_ordered",
             read("EG", "ccp", "461"), papers="summary_order"),
        rule("ordinary_trial", "ordinary_trial_ordered", "summary_requested", "indicted",
             _ORDINARY_TRIAL),
        rule("formal_trial", "formal_trial_requested", "summary_ordered", "indicted",
             read("EG", "ccp", "465"), guard=running("formal_trial_request")),
        rule("finality_of_summary_order", "summary_order_final", "summary_ordered", "final_fine",
             read("EG", "ccp", "470")),
        rule("indictment", "indicted", _PENDING, "indicted", _INDICTED,
             guard=OF_AGE, papers="indictment"),
        *(rule(f"judging_{name}", "judged", "indicted", f"judged_{name}",
               read("EG", "ccp", "336" if name == "acquitted" else "333(1)"
                    if name in ("fine", "imprisonment") else "333(1), 333(2)"),
               guard=guard, papers="judgment") for name, guard in _OUTCOMES),
        *(rule(f"judging_on_appeal_{name}", "appeal_judged", "on_appeal", f"judged_{name}",
               _ON_APPEAL, guard=guard, papers="judgment") for name, guard in _OUTCOMES),
        rule("remand", "remanded", "on_appeal", "indicted", _SENT_BACK, papers="judgment"),
        rule("appeal", "appealed", _JUDGED, "on_appeal", read("S46", "ccp", "373"),
             guard=running("appeal_period") & _MAY_APPEAL),
        *stays("further_appeal", "appealed", "on_appeal", read("S46", "ccp", "373"),
               guard=running("others_appeal_period") & _MAY_APPEAL),
        *stays("waiver", "appeal_right_waived", _JUDGED, read("EG S131", "ccp", "359"),
               guard=fact("appeal_exhausted").known() & running("appeal_period"),
               papers="appeal_waiver"),
        *stays("withdrawal_of_one", "appeal_withdrawn", "on_appeal", read("EG S131", "ccp", "359"),
               guard=_ANOTHER_STANDS),
        # Once the last appeal is withdrawn the judgment stands; it is final at once where nobody
        # else can appeal, or at the end of the period.
        *(rule(f"withdrawal_to_{name}", "appeal_withdrawn", "on_appeal", f"judged_{name}",
               read("EG S131", "ccp", "359"),
               guard=pronounced & (_EXHAUSTED | running("others_appeal_period")) & _NONE_STANDS)
          for name, pronounced in _PRONOUNCED),
        *(rule(f"finality_{name}", "judgment_final", f"judged_{name}", f"final_{name}",
               read("S46", "ccp", "373")) for name in (*_SENTENCES, "imprisonment")),
        rule("completion_of_suspension", "suspension_period_ended",
             "final_suspended final_probation", "suspension_completed", read("EG", "pc", "27")),
        rule("revocation", "suspension_revoked", "final_suspended final_probation",
             "suspension_revoked", REVOKED),
        rule("new_investigation", "rearrested", "investigation referred released_undecided",
             "investigation", inferred("S23 S47")),
        rule("end_by_death", "died", _OPEN, "ended_by_death", read("S135", "ccp", "339(1)(iv)")),
    ),
    seen_by=tuple(OF_PROCEDURE),
    basis=grounds(OF_PROCEDURE),
    seen_with_consent=("probation_office", "center"),
)  # fmt: skip

# Partial suspension of a sentence exists since 2016-06-01; the part to be served comes first.
_PARTLY = Basis(Mark.READ, "pc", "27-2", ("S170",), since=date(2016, 6, 1))
_PARTIAL = (fact("sentence") == "partial_suspension") & _TERM.under(
    evolve(_PARTLY, provision="27-2(1)")
)
PARTLY_SUSPENDED = rule(
    "judging_partly_suspended", "judged", "indicted", "judged_imprisonment",
    (*read("EG", "ccp", "333(1), 333(2)"), _PARTLY),
    guard=_PARTIAL, papers="judgment",
)  # fmt: skip
PARTLY_SUSPENDED_ON_APPEAL = rule(
    "judging_on_appeal_partly_suspended", "appeal_judged", "on_appeal", "judged_imprisonment",
    (*_ON_APPEAL, _PARTLY), guard=_PARTIAL, papers="judgment",
)  # fmt: skip

_JUDGED_STATES = tuple(_JUDGED.split())
_MOVES = Counting(rest_day_moves=True)

_SUSPENDED_FROM = read("EG", "pc", "25(1), 27") + read("S126")

DEADLINES = (
    Deadline("appeal_period", Text("上訴期間", "Appeal period"), "procedure", _JUDGED_STATES,
             OnEvent(("judged", "appeal_judged")), Length(14, Unit.DAYS), "court",
             read("S46", "ccp", "373") + read("EG S138", "ccp", "55, 358"), _MOVES,
             on_expiry="judgment_final", guard=_APPEALABLE,
             note=Text("判決の翌日から14日。末日が休日なら次の平日まで",
                       "14 days from the day after judgment; a last day on a rest day moves on")),
    Deadline("correction_period", Text("判決訂正の申立期間", "Motion for correction"), "procedure",
             _JUDGED_STATES, OnEvent(("appeal_judged",)), Length(10, Unit.DAYS), "court",
             _CORRECTION, _MOVES, guard=_LAST, on_expiry="judgment_final",
             note=Text("上告審の判決は、この期間の経過により確定する",
                       "A judgment of the Supreme Court becomes final when it has passed")),
    Deadline("others_appeal_period", Text("他の当事者の上訴期間", "Appeal period of the others"),
             "procedure", ("on_appeal",), OnEvent(("judged", "appeal_judged")),
             Length(14, Unit.DAYS), "court", read("S46", "ccp", "373"), _MOVES),
    Deadline("finality_at_once", Text("上訴の放棄・取下げによる確定",
                                      "Finality by waiver or withdrawal"),
             "procedure", _JUDGED_STATES, OnEvent(("appeal_right_waived", "appeal_withdrawn")),
             Length(0, Unit.HOURS), "court", inferred("EG", "ccp", "359"), guard=_EXHAUSTED,
             on_expiry="judgment_final",
             note=Text("双方が放棄し、又は取り下げ、他に上訴できる者がないとき",
                       "Both sides have waived or withdrawn and nobody else can appeal")),
    Deadline("formal_trial_request", Text("正式裁判請求", "Request for a formal trial"),
             "procedure", ("summary_ordered",), OnEvent(("summary_order_served",)),
             Length(14, Unit.DAYS), "court", read("EG", "ccp", "465(1), 55"), _MOVES,
             on_expiry="summary_order_final"),
    Deadline("suspension_period", Text("執行猶予の満了", "End of the suspension"), "procedure",
             ("final_suspended", "final_probation"), OnEvent(("judgment_final",)),
             Length(0, Unit.YEARS, ("suspension_years",)), "court", _SUSPENDED_FROM,
             Counting(first_day_counts=True), guard=_STILL_OPEN,
             on_expiry="suspension_period_ended",
             note=Text("上訴期間の経過(午前0時)で確定した日を算入する",
                       "A judgment final by expiry is final at 0:00; that day counts")),
    Deadline("suspension_period_from_next_day",
             Text("執行猶予の満了(放棄・取下げによる確定)",
                  "End of the suspension, final by waiver or withdrawal"), "procedure",
             ("final_suspended", "final_probation"), OnEvent(("judgment_final",)),
             Length(0, Unit.YEARS, ("suspension_years",)), "court",
             _SUSPENDED_FROM + inferred("S126", note=Text("取下げによる確定も同じとする",
                                                          "Withdrawal is taken alike")),
             guard=_EXHAUSTED, on_expiry="suspension_period_ended",
             note=Text("日の途中に確定した日は算入しない",
                       "A day in the course of which it becomes final does not count")),
)  # fmt: skip
