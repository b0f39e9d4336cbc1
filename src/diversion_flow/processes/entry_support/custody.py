"""Custody: who holds the person, on statutory clocks (domain 2A, CCP 199-224; PDFA 172).

Only police, prosecutor and court move this track. Whatever ends custody leads to
`release_due`; `released` is the one event on which the other tracks meet the release (X1).
"""

from __future__ import annotations

from ...definition import (
    Counting,
    Deadline,
    Edit,
    Guard,
    Length,
    Machine,
    OnEntry,
    OnEvent,
    OnFact,
    Renewal,
    Stop,
    Text,
    Unit,
    fact,
    holds,
    machine,
    param,
    replace,
)
from ...definition.guard import Known
from ..writing import Bases, event, final, grounds, inferred, known, read, rule, state, stays, told
from .conditions import (
    GOES_TO_PRISON,
    IMPRISONMENT,
    IMPRISONMENT_PRONOUNCED,
    LIGHTER_JUDGMENT,
    NONCUSTODIAL,
    OF_AGE,
    PROSECUTED,
    SERVES,
    STILL_A_SUSPECT,
)
from .sight import OF_CUSTODY
from .sources import ACT_OF_2022

# Their paragraphs moved down by one on 2016-12-01.
_MOVED = Text("2016年12月1日からは1項ずつ繰り下がった", "One paragraph further down since 2016-12-01")
LAPSE_BEFORE_2016 = read("S197", "ccp", "203(4), 204(3)", _MOVED)
DENIAL_BEFORE_2016 = read("S197", "ccp", "207(4)", _MOVED)
FIRST_DAY = Counting(first_day_counts=True)
# Of a defendant by the court (95), of a suspect by the judge (207(1)); entrusted to relatives or an
# organisation, or bound to a residence.
_STAY = read("S154 EG", "ccp", "95, 207(1)")
_STAY_ENDS = read("S161 S162 EG", "ccp", "96, 98, 207(1)")
# In psychiatric remand of a suspect the rules on a defendant's hold alike (224(2)).
_REMAND, _REMAND_OF_SUSPECT = read("S163", "ccp", "167"), read("S163 S165", "ccp", "167, 224")
_REMAND_CHANGED = read("S163 S165", "ccp", "167(4), 224(2)")
_REMAND_ENDS = read("S164", "ccp", "167-2")
_REMAND_OF_SUSPECT_ENDS = read("S164 S165", "ccp", "167-2, 224(2)")
_QUASHED = read("S169", "ccp", "429(1)(ii)")
_BAIL = read("S168", "ccp", "88, 89, 90")
_STAYED = read("S152 S153", "ccp", "480, 482")
_PROVISIONALLY = read("S182 S183", "ccp", "348, 494(1)") + read("S184", "ccp", "461", Text(
    "略式命令では「付随の処分」として命じられる", "With a summary order it is one of the incidental dispositions"))

# 172 is of who is detained in a detention house; 173 of whoever else is held, 238 applies it to
# police cells; who leaves a workhouse is released as a prisoner is.
RELEASE = read("S29", "pdfa", "172") + read("S147 S148", "pdfa", "173, 238", Text(
    "勾留されていない者、留置施設の者", "Of who is not detained, and in police cells")) + read(
    "S196 S197", "pdfa", "171, 288", Text("労役場から出場する者は、釈放すべき日の午前中",
                                          "Of who leaves a workhouse: in the morning of the day"))
# Arrest on a warrant, in urgency, of one caught in the act (212 only says who that is).
_ARREST = read("S134", "ccp", "199") + read("S186", "ccp", "210") + read("EG", "ccp", "213")

# What the prosecutor finds with a view to one release says nothing of the next custody; an arrest
# by the police after a release is one again.
_OF_ONE_RELEASE = "no_prosecution_at_once prosecutor_thinks_necessary"
_FOUND = Text("釈放のたびに判断する", "Found at each release")
_AT_EACH_RELEASE = (inferred("S26", "ora", "86(2)", _FOUND)
                    + inferred("S127", "ora", "85(1)(vi)", _FOUND, since=ACT_OF_2022))
_EACH_REMAND = inferred("S163", "ccp", "167", Text("期間は留置のたびに定める", "Each remand has its own period"))
_EACH_EXTENSION = inferred("S22 S23", "ccp", "208(2), 208-2", Text(
    "日数は延長のたびに定める", "Each extension has its own days"))
_EACH_RENEWAL = inferred("S21", "ccp", "60(2) proviso", Text(
    "更新のたびに判断する", "Looked at upon each renewal"))
_EACH_REQUEST = inferred("S21 S24", "ccp", "60(1), 205", Text(
    "勾留の請求ごとに示す", "Each request has its own"))
_EACH_PAYMENT = inferred("S153", "ccp", "490", Text("納付ごとに記録する", "Said of each payment"))

EVENTS = (
    event("arrested", "逮捕", "Arrested", "custody", "police", _ARREST,
          records="offence age"),
    event("arrested_by_prosecutor", "検察官による逮捕", "Arrested by the prosecutor", "custody",
          "prosecutor", read("S67", "ccp", "204"), records="offence age",
          outdates=_OF_ONE_RELEASE, anew=_AT_EACH_RELEASE),
    event("police_released", "警察が釈放を決定", "Police decide on release", "custody", "police",
          read("S23", "ccp", "203(1)"), records="trivial_case age"),
    event("trivial_case_disposed", "微罪処分(身柄不拘束)",
          "Trivial case disposed of by the police, nobody arrested", "custody", "police",
          read("S23", "ccp", "246 proviso"), records="offence age"),
    event("release_ordered", "検察官が釈放を指揮", "Prosecutor orders release", "custody",
          "prosecutor", read("S24", "ccp", "205"), records="no_prosecution_at_once"),
    event("custody_limit_passed", "身柄の制限時間の満了", "Custody limit passed", "custody",
          "police prosecutor court", read("S24 S22", "ccp", "205, 208(1)")),
    event("detention_requested", "勾留請求", "Detention requested", "custody", "prosecutor",
          read("S24", "ccp", "205(1)"), records="detention_ground minor_fine_offence",
          outdates="detention_ground", anew=_EACH_REQUEST),
    event("detained", "勾留", "Detained", "custody", "court", read("S21", "ccp", "207, 60(1)"),
          outdates="extension_days special_extension_days", anew=_EACH_EXTENSION,
          told=told("counsel", read("S196", "ccp", "79, 207(1)"))),
    event("detention_denied", "勾留請求却下", "Detention denied", "custody", "court",
          read("S24b") + DENIAL_BEFORE_2016),
    event("release_commanded", "裁判官が釈放を命令", "Judge orders release", "custody", "court",
          read("EG", "ccp", "280(2)")),
    event("detention_extended", "勾留延長", "Detention extended", "custody", "court",
          read("S22", "ccp", "208(2)"), records="extension_days",
          outdates="extension_days", anew=_EACH_EXTENSION),
    event("detention_specially_extended", "勾留の再延長", "Detention further extended", "custody",
          "court", read("S23", "ccp", "208-2"), records="special_extension_days special_offence",
          outdates="special_extension_days", anew=_EACH_EXTENSION),
    event("detention_renewed", "勾留更新", "Detention renewed", "custody", "court",
          read("S21", "ccp", "60(2)"), records="detention_renewals renewal_exception",
          outdates="detention_renewals renewal_exception", anew=_EACH_RENEWAL),
    event("detention_cancelled", "勾留の取消し", "Detention cancelled", "custody", "court",
          read("EG", "ccp", "87, 91, 207(1)")),
    event("detention_quashed", "準抗告による勾留の裁判の取消し", "Detention quashed on quasi-appeal",
          "custody", "court", _QUASHED),
    event("detention_stayed", "勾留の執行停止", "Detention stayed", "custody", "court", _STAY),
    event("detention_stay_ended", "勾留の執行停止の終了・取消し", "Stay of detention ended", "custody",
          "court prosecutor", _STAY_ENDS),
    event("psychiatric_remand_ordered", "鑑定留置", "Psychiatric remand ordered", "custody", "court",
          _REMAND_OF_SUSPECT, records="psychiatric_remand_until",
          outdates="psychiatric_remand_until", anew=_EACH_REMAND),
    event("psychiatric_remand_changed", "鑑定留置の期間の延長・短縮",
          "Psychiatric remand lengthened or shortened", "custody", "court",
          _REMAND_CHANGED, records="psychiatric_remand_until",
          outdates="psychiatric_remand_until", anew=_EACH_REMAND),
    event("psychiatric_remand_ended", "鑑定留置の終了", "Psychiatric remand ended", "custody",
          "court prosecutor", _REMAND_OF_SUSPECT_ENDS),
    event("moved_to_detention_house", "留置施設から拘置所への移送",
          "Moved from the police cell to the detention house", "custody",
          "police detention_house", inferred("S15")),
    event("fine_paid", "罰金の納付(分納を含む)", "Fine paid, in full or in part", "custody", "prosecutor",
          read("S153", "ccp", "490") + _PROVISIONALLY, records="fine_paid_in_full workhouse_days",
          outdates="fine_paid_in_full", anew=_EACH_PAYMENT),
    event("bailed", "保釈", "Bailed", "custody", "court", _BAIL),
    event("imprisonment_summoned", "刑の執行のための呼出し", "Summoned to serve the sentence",
          "custody", "prosecutor", read("S121", "ccp", "484")),
    event("committed", "収容(刑の執行開始)", "Committed to prison", "custody",
          "prosecutor detention_house", read("S121", "ccp", "484") + read("S196", "ccp", "485")),
    event("execution_stayed", "刑の執行停止", "Execution of the sentence stayed", "custody",
          "prosecutor", _STAYED),
    event("stay_of_execution_ended", "刑の執行停止の終了", "Stay of execution ended", "custody",
          "prosecutor", inferred("S152 S153", "ccp", "480, 482")),
    event("workhouse_entered", "労役場留置", "Committed to a workhouse", "custody", "prosecutor",
          read("S130", "pc", "18"), records="workhouse_days"),
    event("workhouse_completed", "労役場留置の終了", "Workhouse term completed", "custody",
          "detention_house", read("S130", "pc", "18")),
    event("released", "釈放", "Released", "custody", "police detention_house prosecutor",
          RELEASE),
    event("rearrested", "再逮捕", "Arrested again", "custody", "police", read("S47"),
          records="offence", outdates=_OF_ONE_RELEASE, anew=_AT_EACH_RELEASE),
    event("released_from_other_case", "別件での釈放", "Released from the other case",
          "custody", "police detention_house prosecutor", inferred("S47")),
    event("died", "死亡", "Died", "custody",
          "police detention_house medical center other_center probation_office family provider "
          "municipality rehabilitation_facility", read("S135", "ccp", "339(1)(iv)"),
          unseen_by="family rehabilitation_facility"),
)  # fmt: skip

_LIVING = (
    "free arrested arrested_by_prosecutor referred detention_requested detained_suspect "
    "indicted_in_arrest detained_defendant bailed release_due workhouse held_for_other_case "
    "held_for_other_case_on_bail awaiting_execution execution_stayed remanded_suspect "
    "remanded_defendant stayed_suspect stayed_defendant"
)
_NO_NEED = read("S24", "ccp", "205")
_LOSES_EFFECT = read("EG", "ccp", "345") + read("S29", "pdfa", "172")
_PROSECUTED = read("S137 S166", "ccp", "247, 256") + read("EG", "ccp", "60(2)")
# A request for a summary order is made with the prosecution itself: the suspect is a defendant.
_SUMMARY = read("EG", "ccp", "462(1), 60(2)")
_HEARD = read("EG", "ccp", "280(2), 205(3)")
# By Act 28 of 2023 article 344 has a second paragraph since 2023-06-06, article 343 since 2024-02-15.
_LAPSES = read("S187 S196", "ccp", "343", Text("2024年2月15日からは1項", "Paragraph 1 since 2024-02-15"))
_LAPSES_ON_APPEAL = inferred("EG S187", "ccp", "343, 404")
_NOT_THERE = Text("控訴審では被告人が在廷せず、その場で収容されないことが多い。収容を待つ間は区別しない",
                  "On appeal the defendant need not be there, and is often taken only later; the time "
                  "until then is not told apart")
_SUMMONED = Text("2023年11月15日からは、保釈又は勾留の執行停止中の者に判決の期日への出頭が命じられ、出頭しなければ、原則として実刑を"
                 "宣告できない。収容を待つ間は区別しない",
                 "Since 2023-11-15 one on bail, or whose detention is stayed, is ordered to be there "
                 "for the judgment on appeal, and as a rule is not sentenced otherwise; the time until "
                 "the person is taken is not told apart")
_RENEWED_FREELY = read("S197", "ccp", "344", Text("2023年6月6日からは1項", "Paragraph 1 since 2023-06-06"))


def _renewable(freely: Bases) -> Guard:
    """The limit on renewals, and the ground on which it falls away once imprisonment is
    pronounced."""
    once = (fact("detention_renewals") <= 1) | holds("renewal_exception")
    return once.under(*read("S21 EG", "ccp", "60(2) proviso")) | IMPRISONMENT_PRONOUNCED.under(*freely)


# A stay leaves detention in being: it ends by release as detention does.
_DETENTION = "detained_suspect detained_defendant stayed_suspect stayed_defendant"
_DEFENDANT_HELD = "detained_defendant indicted_in_arrest remanded_defendant stayed_defendant"
# When imprisonment is pronounced a stay lapses as bail does (343).
_LET_OUT = "bailed stayed_defendant"
_ON_BAIL = f"{_LET_OUT} held_for_other_case_on_bail"
_WAITS = "awaiting_execution execution_stayed"

CUSTODY = Machine(
    "custody",
    Text("身柄", "Custody"),
    "free",
    (
        state("free", "在宅・自由", "At liberty", "person", read("S134", "ccp", "199"),
              stage="intake", rest=True),
        state("arrested", "逮捕(警察)", "Arrested (police)", "police",
              _ARREST, stage="intake"),
        state("arrested_by_prosecutor", "逮捕(検察官)", "Arrested (prosecutor)", "prosecutor",
              read("S67", "ccp", "204"), stage="intake"),
        state("referred", "送致後の留置", "Held after referral", "prosecutor",
              read("S24", "ccp", "205"), stage="intake"),
        state("detention_requested", "勾留請求中", "Detention requested", "court",
              read("S21 S24", "ccp", "205, 207"), stage="intake"),
        state("detained_suspect", "勾留(被疑者)", "Detained as a suspect", "police",
              read("S22", "ccp", "207, 208"), stage="screening"),
        state("indicted_in_arrest", "逮捕中に起訴・勾留の裁判待ち",
              "Indicted while arrested, detention to be decided", "court", _HEARD, stage="intake"),
        state("detained_defendant", "勾留(被告人)", "Detained as a defendant", "detention_house",
              read("S21", "ccp", "60(2)"), stage="coordination"),
        state("remanded_suspect", "鑑定留置(被疑者)", "Psychiatric remand (suspect)", "medical",
              _REMAND_OF_SUSPECT + _REMAND_OF_SUSPECT_ENDS, stage="screening"),
        state("remanded_defendant", "鑑定留置(被告人)", "Psychiatric remand (defendant)", "medical",
              _REMAND + _REMAND_ENDS, stage="coordination"),
        state("stayed_suspect", "勾留の執行停止中(被疑者)", "Detention stayed (suspect)", "court", _STAY,
              stage="screening"),
        state("stayed_defendant", "勾留の執行停止中(被告人)", "Detention stayed (defendant)", "court",
              _STAY, stage="coordination"),
        state("bailed", "保釈中", "On bail", "court", _BAIL,
              stage="coordination"),
        state("release_due", "釈放すべき状態", "Release due", "detention_house", RELEASE,
              stage="release"),
        state("held_for_other_case", "別件で身柄拘束", "Held for another case", "police",
              read("S47"), stage="settlement", rest=True),
        state("held_for_other_case_on_bail", "保釈中に別件で身柄拘束",
              "On bail, held for another case", "police", inferred("S47"), stage="coordination"),
        state("workhouse", "労役場留置", "In a workhouse", "detention_house", read("S130", "pc", "18"),
              stage="release"),
        state("awaiting_execution", "刑の執行待ち(身柄不拘束)", "At liberty, sentence to be served",
              "prosecutor", read("S121", "ccp", "484"), stage="release"),
        state("execution_stayed", "刑の執行停止中", "Execution stayed", "prosecutor", _STAYED,
              stage="release"),
        final("imprisoned", "受刑", "Imprisoned", "detention_house",
              read("S141", "ccp", "471, 472"), stage="release"),
        final("family_court", "家庭裁判所の手続へ", "Left to the family court", "court",
              read("S142", "juvenile_act", "41, 42"), stage="release"),
        final("died", "死亡", "Died", "person", read("S135", "ccp", "339(1)(iv)"),
              stage="settlement", ends_case=True),
    ),
    (
        rule("arrest", "arrested", "free", "arrested", _ARREST,
             guard=machine("procedure").in_("investigation", "referred"),
             papers="arrest_warrant",
             note=Text("処分保留で釈放した後の逮捕は「再逮捕」による",
                       "After release with the disposition pending it is 'arrested again'")),
        rule("arrest_by_prosecutor", "arrested_by_prosecutor", "free", "arrested_by_prosecutor",
             read("S67", "ccp", "204"), guard=STILL_A_SUSPECT, papers="arrest_warrant"),
        rule("police_release", "police_released", "arrested", "release_due",
             read("S23", "ccp", "203(1)")),
        *stays("disposition_without_arrest", "trivial_case_disposed", "free",
               read("S23", "ccp", "246 proviso"), guard=machine("procedure").in_("investigation")
               & OF_AGE),
        rule("referral_in_custody", "referred", "arrested", "referred",
             read("S23", "ccp", "203(1)"), papers="referral_file"),
        rule("release_by_prosecutor", "release_ordered",
             "arrested_by_prosecutor referred detention_requested", "release_due", _NO_NEED,
             papers="release_order"),
        rule("release_without_decision", "release_ordered", "detained_suspect stayed_suspect",
             "release_due",
             read("S22", "ccp", "208(1)"), papers="release_order"),
        rule("lapse_of_custody", "custody_limit_passed",
             "arrested arrested_by_prosecutor referred detained_suspect indicted_in_arrest "
             "detained_defendant", "release_due", read("S23 S24 S22 S21", "ccp", "205(4), 208(1), 60(2)") + LAPSE_BEFORE_2016),
        rule("detention_request", "detention_requested", "arrested_by_prosecutor referred",
             "detention_requested", read("S21 S24", "ccp", "205, 207, 60(1)"),
             guard=Known("detention_ground") & (
                 ~Known("minor_fine_offence") | (fact("minor_fine_offence") == False)  # noqa: E712
                 | (fact("detention_ground") == "no_fixed_address"))),
        rule("detention", "detained", "detention_requested", "detained_suspect",
             read("S21 S24", "ccp", "207, 60(1)"), papers="detention_warrant"),
        rule("denial_of_detention", "detention_denied", "detention_requested", "release_due",
             read("S24b") + DENIAL_BEFORE_2016),
        rule("extension", "detention_extended", "detained_suspect", "detained_suspect",
             read("S22", "ccp", "208(2)"), guard=fact("extension_days") <= 10,
             papers="extension_decision"),
        rule("special_extension", "detention_specially_extended", "detained_suspect",
             "detained_suspect", read("S23", "ccp", "208-2"),
             guard=(fact("special_extension_days") <= 5) & holds("special_offence")
             & Known("extension_days"),
             papers="extension_decision"),
        rule("release_on_disposition", "disposed",
             "arrested_by_prosecutor referred detention_requested detained_suspect remanded_suspect "
             "stayed_suspect", "release_due", read("S22 S45", "ccp", "248, 208(1)"), papers="release_order"),
        rule("defendant_on_summary_request", "summary_requested", "detained_suspect",
             "detained_defendant", _SUMMARY),
        rule("arrested_on_summary_request", "summary_requested",
             "arrested_by_prosecutor referred detention_requested", "indicted_in_arrest",
             read("EG", "ccp", "462(1), 280(2)")),
        rule("release_on_summary_order", "summary_order_served",
             "detained_defendant remanded_defendant stayed_defendant",
             "release_due", _LOSES_EFFECT, papers="summary_order"),
        rule("release_of_arrested_on_summary_order", "summary_order_served", "indicted_in_arrest",
             "release_due", inferred("EG", "ccp", "461"), papers="summary_order",
             note=Text("逮捕中に略式命令を告知された者を釈放する条文は見当たらない(逮捕中在庁)",
                       "The article that releases one who is only arrested was not found")),
        *(rule(f"remand_goes_on_after_{id}", name, "remanded_suspect", "remanded_defendant",
               inferred("EG", "ccp", "60(2), 167-2")) for id, name in PROSECUTED),
        rule("detention_as_defendant", "indicted", "detained_suspect", "detained_defendant",
             _PROSECUTED, papers="indictment"),
        rule("indictment_in_arrest", "indicted",
             "arrested_by_prosecutor referred detention_requested", "indicted_in_arrest",
             _HEARD, papers="indictment"),
        rule("detention_after_indictment", "detained", "indicted_in_arrest", "detained_defendant",
             _HEARD + read("EG", "ccp", "60(1)"), papers="detention_warrant"),
        rule("detention_at_liberty", "detained", "free", "detained_defendant",
             read("EG", "ccp", "60(1)"), papers="detention_warrant",
             guard=machine("procedure").in_("indicted", "judged_imprisonment", "on_appeal"),
             note=Text("裁判所が職権で行う", "By the court of its own motion")),
        rule("release_after_hearing", "release_commanded", "indicted_in_arrest", "release_due",
             _HEARD),
        rule("renewal", "detention_renewed", "detained_defendant", "detained_defendant",
             read("S21 EG", "ccp", "60(2)"),
             guard=_renewable(_RENEWED_FREELY)),
        rule("bail", "bailed", "detained_defendant", "bailed", _BAIL,
             papers="bail_order"),
        *(rule(f"end_of_bail_by_imprisonment_on_{name}", name, _ON_BAIL, "detained_defendant",
               basis, guard=IMPRISONMENT, papers="judgment", note=note)
          for name, basis, note in (("judged", _LAPSES, None),
                                    ("appeal_judged", _LAPSES_ON_APPEAL, _NOT_THERE))),
        *(rule(f"stay_of_detention_of_{who}", "detention_stayed", f"detained_{who}", f"stayed_{who}", _STAY)
          for who in ("suspect", "defendant")),
        *(rule(f"end_of_stay_of_detention_of_{who}", "detention_stay_ended", f"stayed_{who}",
               f"detained_{who}", _STAY_ENDS) for who in ("suspect", "defendant")),
        *(rule(f"stay_goes_on_after_{id}", name, "stayed_suspect", "stayed_defendant",
               inferred("S154 EG", "ccp", "60(2), 95")) for id, name in PROSECUTED),
        *(rule(f"remand_of_{who}", "psychiatric_remand_ordered", f"detained_{who}",
               f"remanded_{who}", basis, guard=fact("psychiatric_remand_until").known())
          for who, basis in (("suspect", _REMAND_OF_SUSPECT), ("defendant", _REMAND))),
        *(rule(f"end_of_remand_of_{who}", "psychiatric_remand_ended", f"remanded_{who}",
               f"detained_{who}", basis) for who, basis in (
              ("suspect", _REMAND_OF_SUSPECT_ENDS), ("defendant", _REMAND_ENDS))),
        *stays("change_of_remand", "psychiatric_remand_changed", "remanded_suspect remanded_defendant",
               _REMAND_CHANGED, guard=fact("psychiatric_remand_until").known()),
        rule("cancellation", "detention_cancelled", _DETENTION, "release_due",
             read("EG", "ccp", "87, 91, 207(1)"), papers="release_order"),
        rule("quashing", "detention_quashed", _DETENTION, "release_due",
             _QUASHED, papers="release_order",
             note=Text("第1回公判期日後の裁判所の決定には抗告による",
                       "Against the court's order after the first hearing it is an appeal")),
        *stays("move", "moved_to_detention_house", "detained_suspect detained_defendant",
               inferred("S15")),
        # Before it is final a fine is paid where provisional payment was ordered with it; that counts
        # as its execution once it is.
        *(step for states in ("free", "release_due held_for_other_case")
          for step in stays(
              "payment", "fine_paid", states, read("S153", "ccp", "490") + _PROVISIONALLY,
              guard=machine("procedure").in_("summary_ordered", "judged_fine", "final_fine")
              & fact("fine_paid_in_full").known())),
        *stays("payment_in_part_from_workhouse", "fine_paid", "workhouse", read("S130", "pc", "18(6)"),
               guard=fact("fine_paid_in_full") == False),  # noqa: E712
        rule("payment_in_workhouse", "fine_paid", "workhouse", "release_due",
             inferred("S130", "pc", "18(6)"), guard=holds("fine_paid_in_full")),
        rule("left_to_family_court", "sent_to_family_court",
             "arrested_by_prosecutor referred detention_requested detained_suspect remanded_suspect "
             "stayed_suspect", "family_court", read("S142", "juvenile_act", "42")),
        rule("left_to_family_court_by_police", "sent_to_family_court_by_police", "arrested",
             "family_court", read("S132", "juvenile_act", "41")),
        *(rule(f"release_on_{name}", name, _DEFENDANT_HELD, "release_due",
               _LOSES_EFFECT, guard=NONCUSTODIAL, papers="judgment")
          for name in ("judged", "appeal_judged")),
        # Bail ends, and nothing of this case holds the person on.
        *(rule(f"end_of_bail_in_other_case_on_{name}", name, "held_for_other_case_on_bail",
               "held_for_other_case", read("EG", "ccp", "345"), guard=NONCUSTODIAL,
               papers="judgment") for name in ("judged", "appeal_judged")),
        rule("end_of_bail_in_other_case_on_summary_order", "summary_order_served",
             "held_for_other_case_on_bail", "held_for_other_case", read("EG", "ccp", "345"),
             papers="summary_order"),
        *(rule(f"end_of_bail_on_{name}", name, "bailed", "free", read("EG", "ccp", "345"),
               guard=NONCUSTODIAL, papers="judgment") for name in ("judged", "appeal_judged")),
        rule("end_of_bail_on_summary_order", "summary_order_served", "bailed", "free",
             read("EG", "ccp", "345"), papers="summary_order"),
        # Detained anew while an appeal ran, and then the lighter judgment stands after all.
        *(rule(f"{id}_on_finality", "judgment_final", sources, target,
               inferred("EG", "ccp", "345"), guard=LIGHTER_JUDGMENT)
          for id, sources, target in (
              ("release", _DEFENDANT_HELD, "release_due"),
              ("end_of_bail", "bailed", "free"),
              ("end_of_bail_in_other_case", "held_for_other_case_on_bail",
               "held_for_other_case"))),
        rule("imprisonment", "judgment_final",
             "detained_defendant indicted_in_arrest remanded_defendant held_for_other_case "
             "held_for_other_case_on_bail", "imprisoned",
             read("S141", "ccp", "471, 472"), guard=GOES_TO_PRISON),
        # Whoever is at liberty, or ought to be, is summoned and does not serve from that moment.
        rule("sentence_to_be_served", "judgment_final", f"free {_LET_OUT} release_due",
             "awaiting_execution", read("S121", "ccp", "484"), guard=GOES_TO_PRISON),
        rule("revoked_in_custody", "suspension_revoked", "held_for_other_case", "imprisoned",
             inferred("EG", "pc", "26, 26-2")),
        rule("revoked_at_liberty", "suspension_revoked", "free release_due", "awaiting_execution",
             read("S121", "ccp", "484")),
        *stays("summons", "imprisonment_summoned", "awaiting_execution",
               read("S121", "ccp", "484")),
        rule("commitment", "committed", "awaiting_execution", "imprisoned",
             read("S121", "ccp", "484") + read("S196", "ccp", "485")),
        rule("stay_of_execution", "execution_stayed", "awaiting_execution", "execution_stayed",
             _STAYED),
        rule("end_of_stay", "stay_of_execution_ended", "execution_stayed", "awaiting_execution",
             inferred("S152 S153", "ccp", "480, 482")),
        rule("workhouse_entry", "workhouse_entered", "free", "workhouse", read("S130", "pc", "18"),
             guard=machine("procedure").in_("final_fine")
             & (~fact("fine_paid_in_full").known() | (fact("fine_paid_in_full") == False))),  # noqa: E712
        rule("workhouse_end", "workhouse_completed", "workhouse", "release_due", read("S130", "pc", "18")),
        rule("release", "released", "release_due", "free", RELEASE),
        rule("renewed_arrest", "rearrested",
             "free release_due detained_suspect stayed_suspect", "arrested",
             read("S23 S47") + read("EG", "ccp", "199(3)"), guard=STILL_A_SUSPECT, papers="arrest_warrant"),
        rule("arrest_in_other_case", "rearrested", f"free {_WAITS}",
             "held_for_other_case", inferred("S47"), guard=~STILL_A_SUSPECT,
             papers="arrest_warrant",
             note=Text("別件は新しい事件記録で扱う。釈放すべきときは、釈放を先に記録する",
                       "The other case is opened as a case of its own; a release that is due is "
                       "recorded first")),
        rule("arrest_on_bail_in_other_case", "rearrested", "bailed",
             "held_for_other_case_on_bail", inferred("S47"), papers="arrest_warrant"),
        rule("end_of_other_case", "released_from_other_case", "held_for_other_case", "free",
             inferred("S47"), guard=~SERVES),
        rule("end_of_other_case_before_execution", "released_from_other_case",
             "held_for_other_case", "awaiting_execution", inferred("S47", "ccp", "484"),
             guard=SERVES),
        rule("commitment_from_other_case", "committed", "held_for_other_case", "imprisoned",
             inferred("S121", "ccp", "484"), guard=SERVES),
        rule("back_on_bail", "released_from_other_case", "held_for_other_case_on_bail", "bailed",
             inferred("S47")),
        *stays("held_on_after_other_case", "released_from_other_case", "detained_defendant",
               inferred("S47", "ccp", "343")),
        rule("death", "died", _LIVING, "died", read("S135", "ccp", "339(1)(iv)")),
    ),
    seen_by=tuple(OF_CUSTODY),
    basis=grounds(OF_CUSTODY),
    seen_with_consent=("probation_office", "center", "other_center", "municipality", "provider",
                       "medical"),
)  # fmt: skip

# In psychiatric remand detention is deemed stayed (167-2, 224(2)); neither on bail nor while it is
# stayed is anybody detained.
_STOPPED_FOR_SUSPECTS = (Stop("custody", ("remanded_suspect", "stayed_suspect")),)
_STOPPED_FOR_DEFENDANTS = (Stop("custody", ("remanded_defendant", *_ON_BAIL.split())),)

# Versions that lie wholly after 2016-12-01 cite the paragraphs as they are since.
_DENIAL = read("EG S24b", "ccp", "207(5)")
RENUMBERED: tuple[Edit, ...] = (
    replace("transition custody.lapse_of_custody",
            basis=read("S24 S22 S21 EG", "ccp", "203(5), 204(4), 205(4), 208(1), 60(2)")),
    replace("transition custody.denial_of_detention", basis=_DENIAL),
    replace("event detention_denied", basis=_DENIAL),
    replace("transition procedure.open_after_denial", basis=inferred("S24b", "ccp", "207(5)")),
)  # fmt: skip

# Versions that begin after 2023-06-06 cite 344 by paragraph; to appear for the judgment on appeal is
# ordered since 2023-11-15.
_APPEARS = read("S196 S198", "ccp", "390-2, 402-2")
SECOND_PARAGRAPH_OF_344: tuple[Edit, ...] = (
    replace("transition custody.end_of_bail_by_imprisonment_on_appeal_judged",
            basis=_LAPSES_ON_APPEAL + _APPEARS, note=_SUMMONED),
    replace("transition custody.renewal", basis=read("S21 EG", "ccp", "60(2)"),
            guard=_renewable(read("EG S133 S150", "ccp", "344(1)"))),
)  # fmt: skip
SECOND_PARAGRAPH_OF_343: tuple[Edit, ...] = (
    replace("transition custody.end_of_bail_by_imprisonment_on_judged",
            basis=read("EG", "ccp", "343(1)")),
    replace("transition custody.end_of_bail_by_imprisonment_on_appeal_judged",
            basis=inferred("EG", "ccp", "343(1), 404") + _APPEARS),
    replace("transition custody.held_on_after_other_case", basis=inferred("S47", "ccp", "343(1)")),
    *(replace(f"transition support.resuming_after_bail_on_{name}",
              basis=inferred("EG", "ccp", "343(1)")) for name in ("judged", "appeal_judged")),
)  # fmt: skip

# What a detention is extended by is counted on from its own end: it says nothing of the next one.
_EXTENDED = Renewal(("detention_extended",), Length(0, Unit.DAYS, ("extension_days",)))
_SPECIALLY_EXTENDED = Renewal(
    ("detention_specially_extended",), Length(0, Unit.DAYS, ("special_extension_days",))
)
_FURTHER = Known("special_extension_days")

DEADLINES = (
    Deadline("police_referral", Text("警察の送致", "Referral by the police"), "custody",
             ("arrested",), OnEvent(("arrested", "rearrested")), Length(48, Unit.HOURS), "police",
             read("S23", "ccp", "203(1)"), on_expiry="custody_limit_passed"),
    Deadline("prosecutor_arrest", Text("検察官の逮捕後の勾留請求", "Detention request, from the prosecutor's own arrest"),
             "custody", ("arrested_by_prosecutor",), OnEvent(("arrested_by_prosecutor",)),
             Length(48, Unit.HOURS), "prosecutor", read("S67", "ccp", "204(1)"),
             on_expiry="custody_limit_passed"),
    Deadline("prosecutor_from_receipt", Text("受領から勾留請求まで", "Detention request, from receipt of the case"),
             "custody", ("referred",), OnEvent(("referred",)), Length(24, Unit.HOURS),
             "prosecutor", read("S24", "ccp", "205(1)"), on_expiry="custody_limit_passed"),
    Deadline("prosecutor_from_restraint", Text("拘束から勾留請求まで", "Detention request, from restraint"),
             "custody", ("referred",), OnEvent(("arrested", "rearrested")),
             Length(72, Unit.HOURS), "prosecutor", read("S24", "ccp", "205(2)"),
             on_expiry="custody_limit_passed"),
    Deadline("suspect_detention", Text("被疑者勾留", "Detention of a suspect"), "custody",
             ("detained_suspect",), OnEvent(("detention_requested",)),
             Length(10, Unit.DAYS), "prosecutor",
             read("S22", "ccp", "208(1)")
             + known("ccp", "208", Text("請求日を算入", "the day of the request counts")),
             FIRST_DAY, on_expiry="custody_limit_passed",
             note=Text("請求の日から。初日を算入し、休日でも延びない。延長は、その勾留についてのものに限り加える",
                       "From the day of the request, which counts; not moved by rest days. Of "
                       "extensions those of this detention count, none of an earlier one"),
             stops=_STOPPED_FOR_SUSPECTS,
             renewals=(_EXTENDED, _SPECIALLY_EXTENDED)),
    Deadline("extension_in_all",
             Text("被疑者勾留の限度(延長は通じて10日)", "Detention of a suspect with all extensions"),
             "custody", ("detained_suspect",), OnEvent(("detention_requested",)),
             Length(20, Unit.DAYS), "prosecutor", read("S22", "ccp", "208(2)"),
             FIRST_DAY, on_expiry="custody_limit_passed",
             note=Text("延長を重ねても、請求の日から20日を超えない(208条の2の罪を除く)",
                       "However often it is extended, twenty days from the request are the end "
                       "(but for offences of art. 208-2)"),
             stops=_STOPPED_FOR_SUSPECTS, guard=~_FURTHER),
    # It binds the judge, who extends; the prosecutor keeps the limit of the detention itself.
    Deadline("special_extension_in_all",
             Text("被疑者勾留の限度(208条の2の罪)", "Detention of a suspect, offences of art. 208-2"),
             "custody", ("detained_suspect",), OnEvent(("detention_requested",)),
             Length(25, Unit.DAYS), "court", read("S23", "ccp", "208-2"),
             FIRST_DAY, on_expiry="custody_limit_passed",
             note=Text("再延長は通じて5日。重ねても、請求の日から25日を超えない",
                       "Further extensions are of five days in all: however many there are, "
                       "twenty-five days from the request are the end"),
             stops=_STOPPED_FOR_SUSPECTS, guard=_FURTHER),
    Deadline("arrest_and_detention", Text("逮捕・勾留の上限(送致により1日加算)",
                                          "Ceiling of arrest and detention (+1 day on referral)"),
             "custody", ("detained_suspect",),
             OnEvent(("arrested", "arrested_by_prosecutor", "rearrested")),
             Length(22, Unit.DAYS), "prosecutor",
             read("S23 S14", "ccp", "204(1), 205(2), 208"), FIRST_DAY,
             note=Text("検察官の逮捕は48時間(204条1項)、警察の逮捕は送致を経て72時間(205条2項)に、勾留の20日を加える",
                       "Twenty days of detention upon the 48 hours of the prosecutor's own arrest "
                       "(204(1)), or the 72 of one by the police, who refer the case (205(2))"),
             stops=_STOPPED_FOR_SUSPECTS,
             renewals=(Renewal(("referred",), Length(1, Unit.DAYS)),), guard=~_FURTHER),
    Deadline("defendant_detention", Text("被告人勾留", "Detention of a defendant"), "custody",
             ("detained_defendant",), OnEvent(("indicted", "summary_requested", "detained")),
             Length(2, Unit.MONTHS), "court",
             read("S21 EG", "ccp", "60(2)")
             + known("ccp", "60(2)", Text("起訴の日を算入", "the day of indictment counts")),
             FIRST_DAY, on_expiry="custody_limit_passed",
             note=Text("逮捕中に起訴された者は勾留の日から。更新ごとに、前の期間の末日の翌日から1か月",
                       "Of one indicted while arrested, from the day of detention; each renewal is "
                       "a month from the day after the last one's end"),
             stops=_STOPPED_FOR_DEFENDANTS,
             renewals=(Renewal(("detention_renewed",), Length(1, Unit.MONTHS)),)),
    Deadline("hearing_on_detention", Text("起訴後の勾留の裁判", "Decision on detention after indictment"),
             "custody", ("indicted_in_arrest",), OnEntry(),
             Length(param("hearing_days"), Unit.DAYS), "court", inferred("EG", "ccp", "280(2)"),
             on_expiry="custody_limit_passed",
             note=Text("条文は「速やかに」とのみ定め、日数は仮の値",
                       "The text says 'promptly'; the number of days is an assumption")),
    Deadline("workhouse_term", Text("労役場留置の期間", "Term in the workhouse"), "custody",
             ("workhouse",), OnEvent(("workhouse_entered",)),
             Length(0, Unit.DAYS, ("workhouse_days",)), "detention_house",
             read("S130", "pc", "18(1), 18(4)") + read("EG", "pc", "24(1)"), FIRST_DAY,
             guard=Known("workhouse_days")),
    Deadline("psychiatric_remand", Text("鑑定留置の期間", "Period of psychiatric remand"), "custody",
             ("remanded_suspect", "remanded_defendant"), OnFact("psychiatric_remand_until"),
             Length(0, Unit.DAYS), "court", _REMAND_OF_SUSPECT,
             note=Text("満了すれば勾留に戻す(167条の2第2項、98条)。終了は末日のこととして記録する。勾留の期間は、その翌日から"
                       "再び進む",
                       "At its end the person is taken back into detention (167-2(2), 98). The end is "
                       "recorded of the last day: from the day after it detention runs again")),
    Deadline("immediate_release", Text("釈放", "Release"), "custody",
             ("release_due",), OnEntry(), Length(0, Unit.HOURS), "detention_house", RELEASE),
)  # fmt: skip
