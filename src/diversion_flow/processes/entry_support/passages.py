"""Which ways lead from where to where, whatever happens: what alone moves somebody there, and what
the law provides for and must be able to come about."""

from __future__ import annotations

from datetime import date

from ...definition import (
    ALWAYS,
    Guard,
    Occasion,
    Pattern,
    Property,
    Text,
    every,
    fact,
    holds,
    machine,
    when,
)
from ...definition.basis import Basis
from ..writing import inferred, read
from .sources import ACT_OF_2022
from .support import CLOSING_STATES

_custody, _procedure = machine("custody"), machine("procedure")
_adjustment, _support = machine("adjustment"), machine("support")
_aftercare = machine("aftercare")

_PROSECUTED = (
    "summary_requested", "indicted", "judged_suspended", "judged_probation", "judged_fine",
    "judged_acquitted", "judged_imprisonment", "on_appeal",
)  # fmt: skip
_AT_LIBERTY = (
    "free", "bailed", "stayed_suspect", "stayed_defendant", "awaiting_execution",
    "execution_stayed",
)  # fmt: skip
_NOT_GIVEN = "not_informed informed applied opinion_heard denied category_lost ended_self"
_EXTENDED = "extended extended_other extension_suspended extension_other_suspended"
_SUSPENDED = ("suspended_by_custody", "extension_suspended", "extension_other_suspended")
_TO_PRISON = "judgment_final suspension_revoked"
_ENDS_OF_A_CASE = f"died {_TO_PRISON} sent_to_family_court sent_to_family_court_by_police"


def _moves(
    at: str, from_: str, to: Guard, ja: str, en: str, basis: tuple[Basis, ...], *, by: str = "",
    id: str = "",
) -> Property:  # fmt: skip
    """That a track goes from one of these states to there with these events only; by none, that it
    never does."""
    states = tuple(from_.split())
    moved = Occasion(moves=(at,), before=machine(at).in_(*states), after=to)
    name = id or f"{at}_from_{states[0]}"
    if not by:
        return Property(name, Text(ja, en), Pattern.ABSENCE, moved, basis=basis)
    events = Occasion(tuple(by.split()))
    return Property(name, Text(ja, en), Pattern.ONLY_WITH, events, moved, basis=basis)


def _can(
    event: str, at: str, from_: str, to: str, ja: str, en: str, basis: tuple[Basis, ...],
    since: date | None = None, where: Guard = ALWAYS,
) -> Property:  # fmt: skip
    """That what the law provides for can come about: two rules that both apply would bar it."""
    ways = machine(at)
    what = Occasion((event,), before=every(ways.in_(from_), where), after=ways.in_(to))
    return Property(f"{from_}_to_{to}_on_{event}", Text(ja, en), Pattern.REACHABLE, what,
                    basis=basis, since=since)  # fmt: skip


MOVES = (
    # -- custody ------------------------------------------------------------------------------
    _moves(
        "custody", "free", ~_custody.in_("died", "awaiting_execution"),
        "在宅の者の身柄は、逮捕、勾留又は労役場留置によってのみ拘束される",
        "who is at liberty is taken by arrest, detention or the workhouse alone",
        read("EG S134 S190", "ccp", "199, 207, 60(1), 505"),
        by="arrested arrested_by_prosecutor rearrested detained workhouse_entered",
    ),
    _moves(
        "custody", "bailed", ~_custody.in_("died"),
        "保釈中の者の身柄は、裁判、その確定又は別件の逮捕によってのみ動く",
        "who is on bail is moved by a judgment, its finality or an arrest in another case",
        read("EG S187", "ccp", "343, 345"),
        by="judged appeal_judged summary_order_served judgment_final rearrested",
    ),
    _moves(
        "custody", "held_for_other_case_on_bail", ~_custody.in_("died"),
        "保釈中に別件で拘束された者の身柄は、裁判、その確定又は別件での釈放によってのみ動く",
        "who is held for another case while on bail is moved by a judgment, its finality or release "
        "from that case",
        inferred("S47 EG", "ccp", "343, 345"),
        by="judged appeal_judged summary_order_served judgment_final released_from_other_case",
    ),
    _moves(
        "custody", "held_for_other_case", ~_custody.in_("died", "imprisoned"),
        "別件で拘束されている者は、別件での釈放によってのみ釈放される",
        "who is held for another case gets out of it by release from that case alone",
        inferred("S47"), by="released_from_other_case",
    ),
    _moves(
        "custody", "held_for_other_case", _custody.in_("imprisoned"),
        "別件で拘束されている者は、実刑の確定又は執行によってのみ収容される",
        "who is held for another case is imprisoned only by a sentence that is final or its execution",
        read("S141", "ccp", "471"), by=f"{_TO_PRISON} committed", id="imprisoned_from_other_case",
    ),
    _moves(
        "custody",
        "arrested arrested_by_prosecutor referred detention_requested detained_suspect "
        "remanded_suspect stayed_suspect indicted_in_arrest workhouse release_due "
        "awaiting_execution execution_stayed",
        _custody.in_("bailed", "held_for_other_case_on_bail"),
        "保釈されるのは、勾留されている被告人に限る", "only a detained defendant comes to be on bail",
        read("S168", "ccp", "88, 89, 90"), id="bail_of_detained_defendants",
    ),
    _moves(
        "custody", "release_due free bailed detained_suspect detained_defendant",
        _custody.in_("referred"),
        "送致後の留置は、逮捕に続く", "who is held after referral was under arrest",
        read("S23", "ccp", "203(1)"), id="referred_from_arrest",
    ),
    _moves(
        "custody", "arrested referred detention_requested indicted_in_arrest",
        _custody.in_("detained_defendant"),
        "逮捕中の者が勾留されるのは、勾留の裁判による",
        "who is under arrest is detained only by an order", read("EG", "ccp", "280(2), 60(1)"),
        by="detained", id="detained_by_an_order",
    ),
    _moves(
        "custody", "workhouse", _custody.in_("free"),
        "労役場に留置されている者が、釈放の手続によらずに自由となることはない",
        "nobody gets out of the workhouse but by being released", read("S130", "pc", "18"),
    ),
    # -- the procedure ------------------------------------------------------------------------
    _moves(
        "procedure", " ".join(_PROSECUTED), _procedure.in_("investigation", "referred"),
        "起訴された事件が、捜査に戻ることはない", "no case that is prosecuted is investigated anew",
        inferred("S137", "ccp", "247"), id="no_investigation_anew",
    ),
    # -- consent ------------------------------------------------------------------------------
    _moves(
        "consent", "explained given refused narrowed withdrawn lapsed", machine("consent").in_("not_asked"),
        "一度求められた同意が、求められていないことにはならない",
        "a consent that was asked for is not unasked", inferred(), id="no_consent_unasked",
    ),
    # -- adjustment ---------------------------------------------------------------------------
    _moves(
        "adjustment", "none handed_to_aftercare ended adjusting adjusting_defendant",
        _adjustment.in_("consented"),
        "生活環境の調整への同意は、候補者について確かめられる",
        "only of a candidate is consent to the adjustment recorded",
        read("S05 S25", "ora", "83-2(1)"), id="consent_of_candidates",
    ),
    _moves(
        "adjustment", "candidate consulted", _adjustment.in_("consented"),
        "協議中の者が同意確認済みとなるのは、同意又は同意後の協議による",
        "who is consulted about becomes consented by consent, or by being consulted about after it",
        read("S05 S25", "ora", "83-2(1)"), by="consent_given consultation_opened",
        id="consented_by_consent",
    ),
    _moves(
        "adjustment", "none candidate consulted consented opinion_heard vetoed ended",
        _adjustment.in_("handed_to_aftercare"),
        "更生緊急保護に引き継がれるのは、調整された者に限る",
        "only who was adjusted for is handed over to urgent aftercare",
        inferred("S04", "ora", "83-2, 85, 86"), id="handed_over_from_adjustment",
    ),
    _moves(
        "adjustment", "none", ~_adjustment.in_("candidate"),
        "始まっていない調整が終わるのは、死亡、実刑又は家庭裁判所への送致による",
        "an adjustment that has not begun ends only by death, prison or the family court",
        inferred("S04 S13"), by=_ENDS_OF_A_CASE,
    ),
    _moves(
        "adjustment", "none", _adjustment.in_("candidate"),
        "候補者となるのは、把握され、又はセンターが検察官に連絡したときに限る",
        "nobody becomes a candidate but by being flagged, or by the Center's word to the prosecutor",
        read("S25", "ora", "83-2(1)"), by="candidate_flagged prosecutor_contacted",
        id="candidates_are_flagged",
    ),
    _moves(
        "adjustment", "handed_to_aftercare", ~_adjustment.in_("candidate"),
        "引き継がれた調整は、再び候補者とされるほかは動かない",
        "an adjustment that was handed over moves only where the person is a candidate anew",
        inferred("S04"),
    ),
    _moves(
        "adjustment", "adjusting_defendant", ~_adjustment.in_("handed_to_aftercare", "ended"),
        "被告人の調整は、引継ぎ又は終了によってのみ終わる",
        "the adjustment of a defendant is handed over or ends", inferred("S20"),
    ),
    Property(
        "a_candidate_stays_one_without_consent",
        Text("協議前の候補者は、同意を撤回しても候補者である",
             "who is not consulted about yet stays a candidate though the consent is withdrawn"),
        Pattern.ABSENCE,
        Occasion(("consent_withdrawn",), moves=("adjustment",), before=_adjustment.in_("candidate")),
        basis=inferred("S25"),
    ),
    Property(
        "no_objection_is_no_agreement",
        Text("支障があるとする検察官の意見が、支障のない意見として扱われることはない",
             "an opinion that objects is not taken for one that does not"),
        Pattern.ABSENCE,
        Occasion(("prosecutor_opinion",), before=_adjustment.in_("consented", "vetoed"),
                 after=_adjustment.in_("opinion_heard") & holds("prosecutor_objects")),
        basis=read("S25", "ora", "83-2(3)"),
    ),
    Property(
        "consented_by_who_names_the_office",
        Text("協議により同意確認済みとなるのは、同意が保護観察所を相手方に含むときに限る",
             "a consultation finds who has named the office consented, and nobody else"),
        Pattern.ABSENCE,
        Occasion(("consultation_opened",), after=_adjustment.in_("consented")
                 & ~fact("consent_recipients").includes("probation_office")),
        basis=read("S25", "ora", "83-2(1)"),
    ),
    # -- support ------------------------------------------------------------------------------
    Property(
        "requests_of_who_is_held",
        Text("身柄拘束を要件とする地域で、拘束されておらず重点実施の対象でもない者について協力が依頼されることはない",
             "where the Center asks for custody, nobody is referred to it who is neither held nor a "
             "subject of prioritised aftercare"),
        Pattern.ABSENCE,
        Occasion(("center_requested", "support_reentered"),
                 before=when("custody_required") & _custody.in_("free", "bailed"),
                 after=~fact("prioritised_subject").known()
                 | ~(fact("prioritised_subject") == "yes")),
        basis=inferred("S01 S19"),
    ),
    Property(
        "visits_to_who_is_held",
        Text("面会は、身柄を拘束されている者に行われる", "visits are made to who is held"),
        Pattern.ABSENCE,
        Occasion(("visit_started",), before=_custody.in_(*_AT_LIBERTY)),
        basis=read("S37"),
    ),
    Property(
        "closed_on_an_objection_that_stands",
        Text("検察官の意見により終結するのは、その意見が残るときに限る",
             "support is closed on the prosecutor's objection only while that stands"),
        Pattern.ABSENCE,
        Occasion(("support_closed",), before=~_adjustment.in_("vetoed"),
                 after=_support.in_("closed_prosecutor_veto")),
        basis=inferred("S25", "ora", "83-2(3)"),
    ),
    _moves(
        "support", "not_started", _support.in_("closed_consent_refused", "closed_consent_withdrawn",
                                               "closed_imprisoned", "closed_rearrested", "closed_died",
                                               "on_hold"),
        "始まっていない支援が、保留され、又は終結することはない",
        "support that has not begun is neither put on hold nor closed", inferred(),
    ),
    _moves(
        "support", "declined", _support.in_("closed_consent_refused", "closed_consent_withdrawn", "on_hold"),
        "辞退された依頼が、保留され、又は同意により終結することはない",
        "a request that was declined is neither put on hold nor closed with the consent", inferred(),
    ),
    _moves(
        "support", " ".join(CLOSING_STATES), ~_support.in_("interviewing"),
        "終結した支援が、新たな面接によらずに再開し、又は別の理由により終結することはない",
        "support that has ended goes on by a new interview only, and has ended for one reason",
        inferred(), id="support_ends_for_one_reason",
    ),
    _moves(
        "support", "consultation_only", _support.in_("closed_rearrested", "interviewing"),
        "依頼されていない支援が、再逮捕により終わり、又は面接に進むことはない",
        "support that was not asked for is not closed by a new arrest, nor does it go to an interview",
        inferred(),
    ),
    _moves(
        "support", "referred", _support.in_("interviewing"),
        "受け入れられていない支援が、面接に進むことはない",
        "support that was not accepted goes to no interview", inferred(),
    ),
    _moves(
        "support", "consultation_only", _support.in_(
            "closed_settled", "closed_returned_to_family", "closed_no_placement",
            "closed_lost_contact", "closed_hospitalised", "closed_released_before_ready",
            "closed_moved_other_prefecture"),
        "相談のみの者について、支援が終わったとされることはない",
        "a consultation is not closed as support is", inferred(), id="no_support_by_consultation",
    ),
    # -- aftercare ----------------------------------------------------------------------------
    Property(
        "told_on_release",
        Text("教示済みとなるのは、釈放のとき又は釈放の後に限る",
             "who is told of aftercare is told on release or after it"),
        Pattern.ABSENCE,
        Occasion(("aftercare_informed",), before=~_custody.in_("release_due", "free"),
                 after=_aftercare.in_("informed")),
        basis=read("S26", "ora", "86(2)"),
    ),
    Property(
        "only_an_application_ends_by_custody",
        Text("身柄の拘束により期間満了となるのは、延長の申出に限る",
             "by custody nothing of aftercare comes to its period's end but an application to extend"),
        Pattern.ABSENCE,
        Occasion(("rearrested", "arrested_by_prosecutor", "detained", "workhouse_entered"),
                 moves=("aftercare",), after=_aftercare.in_("ended_period"),
                 before=~_aftercare.in_("extension_applied", "extension_applied_anew")),
        basis=inferred("S12"),
    ),
    *(
        _moves("aftercare", from_, _aftercare.in_(to), ja, en, inferred("S12 S26c", "ora", "85"),
               id=f"aftercare_to_{to}")
        for to, from_, ja, en in (
            ("suspended_by_custody",
             f"{_NOT_GIVEN} extension_applied_anew {_EXTENDED} ended_period",
             "中断されるのは、行われている更生緊急保護に限る", "only aid that is given is suspended"),
            ("extension_suspended",
             f"{_NOT_GIVEN} granted active suspended_by_custody extension_applied "
             "extension_applied_anew extended_other extension_other_suspended ended_period",
             "延長の中断は、延長された更生緊急保護に限る",
             "only an extension that is given is suspended"),
            ("extension_other_suspended",
             f"{_NOT_GIVEN} granted active suspended_by_custody extension_applied "
             "extension_applied_anew extended ended_period",
             "金品・宿泊を除く延長の中断は、その延長に限る",
             "only an extension without money or lodging is suspended as such"),
            ("active",
             "not_informed informed opinion_heard denied category_lost ended_self ended_period "
             f"extension_applied_anew {_EXTENDED}",
             "更生緊急保護が始まるのは、決定、緊急の申出又は中断の後に限る",
             "aid is given once it is granted, urgently applied for, or after it was suspended"),
            ("extended",
             f"{_NOT_GIVEN} granted active suspended_by_custody extended_other "
             "extension_other_suspended ended_period",
             "延長されるのは、延長の申出又は中断の後に限る",
             "aid is extended on application, or after it was suspended"),
            ("extended_other",
             f"{_NOT_GIVEN} granted active suspended_by_custody extension_suspended ended_period",
             "金品・宿泊を除いて延長されるのは、延長の申出、中断又は金品・宿泊の上限の後に限る",
             "aid is extended without money or lodging on application, after it was suspended, or at "
             "the limit of those"),
        )
    ),
    _moves(
        "aftercare", "extension_suspended", _aftercare.in_("extension_other_suspended"),
        "中断された延長から金品・宿泊が除かれるのは、その上限による",
        "a suspended extension loses money and lodging by their limit alone",
        read("S68", "ora", "85(4) proviso"), by="money_or_lodging_limit_passed",
        id="suspended_extension_loses_money_by_its_limit",
    ),
    Property(
        "by_release_only_suspended_aid_is_settled",
        Text("釈放により再開し又は失われるのは、中断された更生緊急保護に限る",
             "by release only aid that was suspended goes on or is lost"),
        Pattern.ABSENCE,
        Occasion(("released", "released_from_other_case"), moves=("aftercare",),
                 before=~_aftercare.in_(*_SUSPENDED),
                 after=_aftercare.in_("active", "extended", "extended_other", "category_lost",
                                      "ended_period")),
        basis=inferred("S12 S26c", "ora", "85(1)"),
    ),
    _moves(
        "aftercare", "not_informed", _aftercare.in_("category_lost"),
        "対象でなくなるのは、教示を受けた者に限る", "only who was told of aid can lose it",
        inferred("S26c", "ora", "85(1)"), id="only_who_was_told_loses_the_category",
    ),
    _moves(
        "aftercare", "not_informed", _aftercare.in_("ended_period"),
        "教示を受けない者の期間が終わるのは、その経過による",
        "for who was not told the period ends by its passing alone", read("S52 S53", "ora", "85(4)"),
        by="aftercare_period_ended", id="untold_the_period_ends_by_passing",
    ),
    _moves(
        "support", "released_accompanied", _support.in_("temporary_lodging", "released_unprepared"),
        "同行を受けた者が一時宿泊に移るのは、宿泊の委託による",
        "who was accompanied comes to lodging only by being entrusted to it", inferred(),
        by="lodging_entrusted",
    ),
    Property(
        "lodging_moves_support_to_lodging",
        Text("宿泊の委託により支援が移るのは、一時宿泊のみである",
             "being entrusted to lodging takes support nowhere but there"),
        Pattern.ABSENCE,
        Occasion(("lodging_entrusted",), moves=("support",), after=~_support.in_("temporary_lodging")),
        basis=inferred(),
    ),
)  # fmt: skip

_ORDERED = read("S21 S24", "ccp", "207, 60(1)")
_OTHER_CASE = inferred("S47")
CAN = (
    _can("support_resumed", "support", "on_hold", "released_unprepared",
         "保留された支援は、釈放後にも再開し得る", "support on hold can go on at liberty", inferred()),
    _can("detained", "custody", "detention_requested", "detained_suspect",
         "勾留請求された被疑者は勾留され得る", "a suspect can be detained on request", _ORDERED),
    *(_can("detention_stayed", "custody", f"detained_{who}", f"stayed_{who}",
           f"{ja}の勾留の執行は停止され得る", f"the detention of a {en} can be stayed",
           read("S154", "ccp", "95"))
      for who, ja, en in (("suspect", "被疑者", "suspect"), ("defendant", "被告人", "defendant"))),
    *(_can("psychiatric_remand_ordered", "custody", f"detained_{who}", f"remanded_{who}",
           f"勾留中の{ja}は鑑定留置され得る", f"a detained {en} can be remanded for examination",
           read("S163 S165", "ccp", "167, 224"))
      for who, ja, en in (("suspect", "被疑者", "suspect"), ("defendant", "被告人", "defendant"))),
    *(_can(event, "custody", "bailed", "free", f"{ja}により保釈は失効し得る",
           f"bail can end by {en}", read("EG", "ccp", "345"))
      for event, ja, en in (("judged", "実刑でない判決", "a judgment without prison"),
                            ("appeal_judged", "実刑でない控訴審の判決",
                             "a judgment on appeal without prison"))),
    _can("rearrested", "custody", "free", "arrested", "釈放された者は、同じ事件で再び逮捕され得る",
         "who was released can be arrested again", read("S23 S47")),
    _can("rearrested", "custody", "free", "held_for_other_case", "在宅の者は、別件で逮捕され得る",
         "who is at liberty can be arrested in another case", _OTHER_CASE),
    _can("rearrested", "custody", "bailed", "held_for_other_case_on_bail",
         "保釈中の者は、別件で逮捕され得る", "who is on bail can be arrested in another case",
         _OTHER_CASE),
    *(_can("released_from_other_case", "custody", held, free, f"別件で釈放された者は、{ja}に戻り得る",
           f"who is released from another case can come back {en}", _OTHER_CASE)
      for held, free, ja, en in (
          ("held_for_other_case", "free", "在宅", "to liberty"),
          ("held_for_other_case", "awaiting_execution", "刑の執行待ち", "to waiting for prison"),
          ("held_for_other_case_on_bail", "bailed", "保釈中", "on bail"))),
    _can("suspension_revoked", "custody", "free", "awaiting_execution",
         "在宅の者の執行猶予は、取り消され得る",
         "the suspension of who is at liberty can be revoked", read("S121", "ccp", "484")),
    _can("candidate_flagged", "adjustment", "none", "candidate", "被疑者は候補者として把握され得る",
         "a suspect can be flagged as a candidate", read("S25", "ora", "83-2(1)"),
         where=_procedure.in_("investigation", "referred")),
    *(_can("prosecutor_opinion", "adjustment", "consented", to, ja, en, read("S25", "ora", "83-2(2)"))
      for to, ja, en in (
          ("opinion_heard", "検察官は、支障がないとし得る", "the prosecutor can have no objection"),
          ("vetoed", "検察官は、支障があるとし得る", "the prosecutor can object"))),
    *(_can("released", "adjustment", who, to, f"{ja}の調整は、釈放のとき{how}得る",
           f"the adjustment of a {en} can {does} on release", inferred("S25", "ora", "83-2, 85, 86"),
           since=ACT_OF_2022)
      for who, ja, en in (("adjusting", "被疑者", "suspect"),
                          ("adjusting_defendant", "被告人", "defendant"))
      for to, how, does in (("handed_to_aftercare", "引き継がれ", "be handed over"),
                            ("ended", "終わり", "end"))),
    _can("placement_secured", "support", "placement_search", "placement_secured",
         "探している受入先は、確保され得る", "a placement that is sought can be secured", inferred()),
    _can("lodging_entrusted", "aftercare", "active", "active", "宿泊は委託され得る",
         "lodging can be entrusted", read("S35 S36")),
    _can("aftercare_extension_applied", "aftercare", "active", "extension_applied",
         "実施中の者は、延長を申し出得る", "who is given aid can apply for an extension",
         read("S28b", "orr", "121(2)")),
    *(_can(event, "aftercare", given, to, f"{ja}は、{how}により中断され得る",
           f"{en} can be suspended by {by}", inferred("S12"), since=since)
      for given, to, ja, en in (
          ("active", "suspended_by_custody", "更生緊急保護", "aftercare"),
          ("extended", "extension_suspended", "延長された更生緊急保護", "aftercare that was extended"),
          ("extended_other", "extension_other_suspended", "金品・宿泊を除く延長",
           "an extension without money or lodging"))
      for event, how, by, since in (
          ("rearrested", "再逮捕", "a new arrest", None), ("detained", "勾留", "detention", None),
          ("workhouse_entered", "労役場留置", "the workhouse", None),
          # Before, nobody whose case is open received aid.
          ("arrested_by_prosecutor", "検察官の逮捕", "the prosecutor's arrest", ACT_OF_2022))),
    _can("released", "aftercare", "suspended_by_custody", "category_lost",
         "中断された更生緊急保護は、釈放のとき失われ得る", "suspended aid can be lost on release",
         inferred("S26c", "ora", "85(1)"), since=ACT_OF_2022),
    _can("aftercare_ended", "aftercare", "informed", "ended_self", "教示を受けた者は、辞退し得る",
         "who is told of aid can decline it", inferred("S26c", "ora", "85(4)")),
    # Two years from the release: no earlier version is in force for so long.
    _can("aftercare_limit_passed", "aftercare", "extended_other", "ended_max",
         "延長された更生緊急保護は、上限により終わり得る",
         "aftercare that was extended can end at its limit", read("S68", "ora", "85(4) proviso"),
         since=date(2025, 6, 1)),
)  # fmt: skip
