"""What the law means to keep to, whatever happens: asked of every course by `proof`.

Those that the law as it is shipped does not keep to yet are marked as known and open.
"""

from __future__ import annotations

from datetime import date

from ...definition import (
    ALWAYS,
    Guard,
    Occasion,
    Pattern,
    Process,
    Property,
    Text,
    any_of,
    fact,
    machine,
    never_learns,
    running,
)
from ..writing import comes_to_rest, inferred, never, only_with, read
from . import (
    adjustment,
    aftercare,
    bridging,
    consent,
    further_aid,
    prior_adjustment,
    support,
    welfare,
)
from .passages import CAN, MOVES
from .sources import ACT_OF_2022
from .stages import ENDS, JUDGED, STAGES

_DEFENDANTS = Text("起訴された者については推定", "Of who is indicted it is inferred")
_NOT_THE_CENTER = Text("条文は保護観察所の調整についてのみ定める",
                       "The article speaks of the probation office's adjustment alone")
_OF_SUSPECTS = Text("被疑者については推定(不起訴となる)",
                    "Of suspects it is inferred: they are not prosecuted")

_HELD = (
    "arrested", "arrested_by_prosecutor", "referred", "detention_requested", "detained_suspect",
    "detained_defendant",
)  # fmt: skip
_OF_SUPPORT = tuple(dict.fromkeys(
    event.id
    for events in (consent.EVENTS, prior_adjustment.EVENTS, adjustment.EVENTS, support.EVENTS,
                   aftercare.EVENTS, bridging.EVENTS, further_aid.EVENTS, welfare.EVENTS)
    for event in events
))  # fmt: skip
_ALIVE = ~machine("custody").in_("died")
_CONSENTED = machine("consent").in_("given", "narrowed")
_ADJUSTING = machine("adjustment").in_("adjusting", "adjusting_defendant")
# Asks with the sentence: on it turns whether adjustment is handed over or ends.
_NONCUSTODIAL = fact("sentence").in_("suspended", "suspended_with_probation", "fine")
_WHATEVER_SENTENCE = ~fact("sentence").known() | _NONCUSTODIAL | ~_NONCUSTODIAL
_SUSPECT = (
    "arrested", "arrested_by_prosecutor", "referred", "detention_requested", "detained_suspect",
    "remanded_suspect", "stayed_suspect",
)  # fmt: skip
_TAKEN = ("final_imprisonment", "suspension_revoked")
_GONE = ~_ALIVE | machine("procedure").in_(*_TAKEN)
_IN_WORK = (
    "visiting", "accepted", "interviewing", "assessed", "planned", "placement_search",
    "placement_secured", "release_ready", "transferred",
)  # fmt: skip
_AT_LIBERTY = (
    "released_unprepared", "released_accompanied", "temporary_lodging", "services_started",
    "follow_up",
)  # fmt: skip
_AID_OPEN = (
    "not_informed", "informed", "applied", "opinion_heard", "granted", "denied", "active",
    "suspended_by_custody", "extension_applied", "extension_applied_anew", "extended",
    "extension_suspended", "extended_other", "extension_other_suspended",
)  # fmt: skip
_DECIDED = (
    "suspension_of_prosecution", "insufficient_suspicion", "otherwise_not_prosecuted",
    "police_disposed",
)  # fmt: skip


def _standing(guard: Guard) -> Occasion:
    return Occasion(after=guard)


INVARIANTS = (
    only_with(
        "custody_is_moved_by_authorities",
        Occasion(by=("police", "prosecutor", "court", "detention_house")),
        Occasion(moves=("custody",), after=_ALIVE),
        "身柄が動くのは、警察、検察官、裁判官・裁判所又は刑事施設による(死亡を除く)",
        "custody moves only by police, prosecutor, judge or detention house, death aside",
        read("EG S134", "ccp", "199, 203, 205, 207"),
    ),
    only_with(
        "custodians_carry_out",
        Occasion(("released", "released_from_other_case", "committed", "workhouse_completed", "died")),
        Occasion(by=("detention_house",), moves=("custody",)),
        "刑事施設が身柄を動かすのは、釈放、収容又は労役の終了を執行するときに限る(死亡を除く)",
        "a detention house moves custody only to carry out a release, a commitment or the end of the"
        " workhouse, death aside",
        read("S141", "ccp", "472, 473") + inferred(),
    ),
    only_with(
        "procedure_is_moved_by_its_parties",
        Occasion(by=("police", "prosecutor", "court", "person", "counsel")),
        Occasion(moves=("procedure",), after=_ALIVE),
        "刑事手続が動くのは、警察、検察官、裁判所、本人又は弁護人による(死亡を除く)",
        "the procedure moves only by police, prosecutor, court, the person or counsel, death aside",
        read("S137", "ccp", "247, 248"),
    ),
    *(
        only_with(
            id, Occasion(by=(by,)),
            Occasion(moves=("procedure",), before=before, after=machine("procedure").in_(*after)),
            ja, en, basis,
        )
        for id, by, before, after, ja, en, basis in (
            ("disposition_by_prosecutor", "prosecutor", ALWAYS, (*_DECIDED[:-1], "summary_requested"),
             "不起訴処分と略式命令の請求は、検察官のみが行う",
             "only the prosecutor decides not to prosecute, or asks for a summary order",
             read("S137", "ccp", "246, 247, 248")),
            ("trivial_cases_by_police", "police", ALWAYS, _DECIDED[-1:],
             "微罪処分は、警察のみが行う", "only the police dispose of a trivial case",
             read("S137", "ccp", "246")),
            ("judgment_by_court", "court", ~machine("procedure").in_("on_appeal"),
             ("summary_ordered", *JUDGED, "suspension_revoked"),
             "判決、略式命令と執行猶予の取消しは、裁判所のみが行う",
             "only a court judges, makes a summary order or revokes a suspension",
             read("S137", "ccp", "247, 333, 336")),
        )
    ),
    never(
        "nothing_of_support_moves_the_procedure",
        "同意、調整、支援及び更生緊急保護のできごとにより刑事手続が動くことはない",
        "nothing that happens with consent, adjustment, support or aftercare moves the procedure",
        Occasion(_OF_SUPPORT, moves=("procedure",)),
        read("S137", "ccp", "247, 248"),
    ),
    Property(
        "no_referral_to_center_before_consent",
        Text("同意より前に、地域生活定着支援センターへの協力依頼が行われることはない",
             "the Center is not requested before consent"),
        Pattern.PRECEDENCE, Occasion(("consent_given",)), Occasion(("center_requested",)),
        basis=inferred(),
    ),
    never(
        "no_request_while_withdrawn",
        "同意が撤回された状態で、協力依頼が行われることはない",
        "no request is made while consent is withdrawn or refused",
        Occasion(("center_requested",), before=machine("consent").in_("withdrawn", "refused")),
        inferred(),
    ),
    never(
        "no_adjusting_without_consent",
        "同意のないまま生活環境の調整が続くことはない",
        "no adjustment goes on without consent",
        _standing(_ADJUSTING & ~_CONSENTED),
        read("S25", "ora", "83-2(1)", since=ACT_OF_2022),
    ),
    never(
        "caveat_before_consent",
        "同意が処分に影響しない旨の説明なしに、同意が得られることはない",
        "no consent is given before the person was told that it does not affect the disposition",
        Occasion(("consent_given",), after=(fact("caveat_given") == False) | ~fact("caveat_given").known()),  # noqa: E712
        inferred(), since=date(2015, 4, 1),
    ),
    never(
        "no_adjusting_of_suspects_under_veto",
        "検察官が支障があるとする間に、被疑者の生活環境の調整が始まることはない",
        "no adjustment of a suspect starts while the prosecutor's objection stands",
        Occasion(("adjustment_started",), before=machine("adjustment").in_("vetoed"),
                 after=machine("adjustment").in_("adjusting")),
        read("S25", "ora", "83-2(3)", since=ACT_OF_2022),
    ),
    never(
        "adjusting_only_while_detained",
        "勾留中でも釈放待ちでもない者の生活環境の調整が続くことはない",
        "nobody is adjusted for who is neither detained nor awaiting release",
        _standing(_ADJUSTING & ~machine("custody").in_(
            "detained_suspect", "detained_defendant", "remanded_suspect", "remanded_defendant",
            "stayed_suspect", "stayed_defendant", "release_due", "died")
            & _WHATEVER_SENTENCE
        ),
        read("S25", "ora", "83-2(1)", _DEFENDANTS, since=ACT_OF_2022),
    ),
    never(
        "no_aftercare_under_final_probation",
        "保護観察付き判決が確定した後に更生緊急保護が行われることはない",
        "no urgent aftercare once a sentence with probation is final",
        _standing(machine("procedure").in_("final_probation")
                  & machine("aftercare").in_("granted", "active", "extended")),
        read("S26c", "ora", "85(1)"),
    ),
    never(
        "imprisoned_only_on_finality",
        "実刑の確定又は執行猶予の取消しなしに収容されることはない",
        "nobody is imprisoned before imprisonment is final or a suspended sentence is revoked",
        _standing(machine("custody").in_("imprisoned")
                  & ~machine("procedure").in_("final_imprisonment", "suspension_revoked")),
        read("S141", "ccp", "471"),
    ),
    never(
        "nobody_free_with_final_imprisonment",
        "実刑が確定し、又は執行猶予を取り消された者が、執行を待つ状態でもなく身柄を拘束されずにいることはない",
        "nobody is at liberty once imprisonment is final or a suspension is revoked",
        _standing(machine("procedure").in_(*_TAKEN) & machine("custody").in_("free")),
        read("S121 S141", "ccp", "471, 484"),
    ),
    never(
        "nobody_held_once_a_lighter_judgment_is_final",
        "実刑でない判決が確定した後に、この事件で勾留され、又は保釈中であることはない",
        "nobody is detained or on bail in this case once a judgment without prison is final",
        _standing(machine("procedure").in_(
            "final_suspended", "final_probation", "final_fine", "final_acquitted")
            & machine("custody").in_(
                "detained_defendant", "remanded_defendant", "indicted_in_arrest", "bailed",
                "stayed_defendant", "held_for_other_case_on_bail")),
        inferred("EG", "ccp", "345"),
    ),
    never(
        "none_waits_for_release_with_final_imprisonment",
        "実刑が確定し、又は執行猶予を取り消された者が釈放待ちとなることはない",
        "nobody waits for release once imprisonment is final or a suspension is revoked",
        _standing(machine("procedure").in_(*_TAKEN) & machine("custody").in_("release_due")),
        read("S121 S141", "ccp", "471, 484"),
    ),
    never(
        "no_service_in_custody",
        "身柄を拘束されている者に、福祉サービスが始まり、フォローアップが行われることはない",
        "no service starts and nobody is followed up who is in custody",
        _standing(machine("support").in_(
            "released_accompanied", "temporary_lodging", "services_started", "follow_up")
            & machine("custody").in_(*_HELD, "indicted_in_arrest", "workhouse")),
        inferred(),
    ),
    never(
        "no_aid_in_custody",
        "身柄を拘束されている者に、更生緊急保護が行われることはない",
        "no urgent aftercare is given to one in custody",
        _standing(machine("aftercare").in_("active", "extended", "extended_other")
                  & machine("custody").in_(*_HELD, "indicted_in_arrest", "workhouse")),
        read("S26c", "ora", "85(1)"),
    ),
    never(
        "no_aid_outside_the_list",
        "対象でない者に更生緊急保護が行われることはない",
        "no urgent aftercare is given to one who is not in the list",
        _standing(machine("aftercare").in_("granted", "active", "extended", "extended_other")
                  & machine("procedure").in_(
                      "indicted", "summary_requested", "insufficient_suspicion",
                      "otherwise_not_prosecuted", "final_acquitted")),
        read("S26c S127", "ora", "85(1)"),
    ),
    never(
        "arrested_only_when_free",
        "拘束されている者の逮捕は、再逮捕として記録される",
        "who is held is not arrested but rearrested",
        Occasion(("arrested",), before=machine("custody").in_(*_HELD)),
        inferred("S134", "ccp", "199"),
    ),
    never(
        "no_support_for_the_dead",
        "死亡後に支援が続くことはない",
        "no support goes on after death",
        _standing(machine("custody").in_("died") & machine("support").in_(
            "accepted", "visiting", "interviewing", "assessed", "planned", "follow_up")),
        inferred(),
    ),
    never(
        "no_work_under_a_standing_veto",
        "検察官が支障があるとする間に、センターの調整が進むことはない",
        "the Center plans nothing while the prosecutor's objection stands",
        _standing(machine("adjustment").in_("vetoed") & machine("support").in_(
            "planned", "placement_search", "placement_secured", "release_ready")),
        inferred("S25", "ora", "83-2(3)", _NOT_THE_CENTER),
    ),
    never(
        "no_step_of_aftercare_under_final_probation",
        "保護観察付き判決の確定後に更生緊急保護が決定され、始まることはない",
        "urgent aftercare is neither decided nor begun once a sentence with probation is final",
        Occasion(("aftercare_decided", "aftercare_started", "aftercare_started_urgently"),
                 before=machine("procedure").in_("final_probation")),
        read("S26c", "ora", "85(1)"),
    ),
    Property(
        "support_ends",
        Text("受け入れた支援は、いつでも終わり得る", "support that was accepted can always end"),
        Pattern.POSSIBLE,
        _standing(machine("support").in_(
            "closed_settled", "closed_returned_to_family", "closed_no_placement",
            "closed_lost_contact", "closed_hospitalised", "closed_released_before_ready",
            "closed_capacity_declined", "closed_not_eligible", "closed_prosecutor_veto",
            "closed_consent_refused", "closed_consent_withdrawn", "closed_imprisoned",
            "closed_rearrested", "closed_moved_other_prefecture", "closed_died")),
        since_this=Occasion(("center_accepted",)),
        basis=inferred(),
    ),
    # -- where somebody stands with the procedure ---------------------------------------------
    never(
        "suspects_are_held_while_investigated",
        "被疑者として拘束されている者の事件は、捜査中又は処分未定である",
        "who is held as a suspect is under investigation or awaits the decision",
        _standing(machine("custody").in_(*_SUSPECT)
                  & ~machine("procedure").in_("investigation", "referred")),
        read("EG", "ccp", "203, 205, 208"),
    ),
    never(
        "workhouse_only_for_a_fine",
        "労役場に留置されるのは、罰金の確定した者に限る",
        "only who was fined with finality is in the workhouse",
        _standing(machine("custody").in_("workhouse") & ~machine("procedure").in_("final_fine")),
        read("S130", "pc", "18"),
    ),
    never(
        "only_final_sentences_are_executed",
        "刑の執行を待つのは、実刑の確定した者又は執行猶予を取り消された者に限る",
        "only who is sentenced with finality, or whose suspension is revoked, awaits execution",
        _standing(machine("custody").in_("awaiting_execution", "execution_stayed")
                  & ~machine("procedure").in_(*_TAKEN)),
        read("S141", "ccp", "471"),
    ),
    never(
        "family_court_has_the_case",
        "家庭裁判所に送られた身柄の事件は、家庭裁判所にある",
        "who is left to the family court has the case there",
        _standing(machine("custody").in_("family_court")
                  & ~machine("procedure").in_("family_court")),
        read("S142", "juvenile_act", "41, 42"),
    ),
    never(
        "who_is_taken_is_held",
        "逮捕・勾留・留置・収容された者が、拘束されていないことはない",
        "who is arrested, detained, confined or committed is not at liberty",
        Occasion(("arrested", "arrested_by_prosecutor", "rearrested", "detention_requested", "detained",
                  "workhouse_entered", "committed"),
                 after=machine("custody").in_("free", "release_due", "bailed")),
        read("EG S134 S190", "ccp", "199, 207, 505") + read("S196", "ccp", "485"),
    ),
    never(
        "who_is_released_is_free",
        "釈放された者が、拘束されていることはない", "who is released is at liberty",
        Occasion(("released",), after=~machine("custody").in_("free")),
        read("EG", "ccp", "205(4), 207(5), 345"),
    ),
    never(
        "who_is_held_gets_free_by_release",
        "拘束されている者が、釈放の手続によらずに自由となることはない",
        "nobody who is held gets free but by being released",
        Occasion(moves=("custody",),
                 before=machine("custody").in_(*_HELD, "indicted_in_arrest", "remanded_suspect",
                                               "remanded_defendant"),
                 after=machine("custody").in_("free")),
        read("EG", "ccp", "205(4), 207(5), 280(2), 345"),
    ),
    never(
        "a_running_suspension_ends_by_law",
        "執行猶予は、満了、取消し又は死亡によってのみ終わる",
        "a suspension ends only by its period, revocation or death",
        Occasion(moves=("procedure",),
                 before=machine("procedure").in_("final_suspended", "final_probation"),
                 after=~machine("procedure").in_(
                     "suspension_completed", "suspension_revoked", "effect_continues",
                     "ended_by_death")),
        read("EG", "pc", "26, 26-2, 27"),
    ),
    never(
        "who_is_released_by_lapse_awaits_the_decision",
        "送致された者の拘束が期限の経過により終わったときは、処分は釈放の後に決まる",
        "where custody of one who was referred lapses, the decision stays open",
        Occasion(("custody_limit_passed",), after=machine("procedure").in_("referred")),
        read("EG", "ccp", "205(4), 208(1)"),
    ),
    # Not said of: a request that a judge has before him, a remand and the workhouse (their days are set one by one), a release
    # that is due at once, another case, prison, the family court.
    *(
        never(
            f"{state}_under_a_running_limit",
            f"{ja}身柄の拘束が、進行中の期限なしに続くことはない",
            f"nobody is held {en} but under a running limit",
            _standing(machine("custody").in_(state) & ~any_of(*map(running, limits))),
            basis,
        )
        for state, limits, ja, en, basis in (
            ("arrested", ("police_referral",), "警察の逮捕による", "by the police's arrest",
             read("S23", "ccp", "203")),
            ("arrested_by_prosecutor", ("prosecutor_arrest",), "検察官の逮捕による",
             "by the prosecutor's arrest", read("EG", "ccp", "204")),
            ("referred", ("prosecutor_from_receipt", "prosecutor_from_restraint"), "送致後の",
             "after referral", read("EG", "ccp", "205")),
            ("indicted_in_arrest", ("hearing_on_detention",), "逮捕中に起訴された者の",
             "under arrest once indicted", read("EG", "ccp", "280(2)")),
            ("detained_defendant", ("defendant_detention",), "被告人としての", "as a defendant",
             read("S21", "ccp", "60(2)")),
        )
    ),
    # -- what ends with death and with the sentence -------------------------------------------
    never(
        "who_died_is_dead", "死亡した者の身柄が動くことはない", "death ends custody",
        Occasion(("died",), after=_ALIVE), inferred(),
    ),
    never(
        "no_procedure_against_the_dead",
        "死亡した者に対する手続が続くことはない", "no procedure goes on against the dead",
        _standing(~_ALIVE & machine("procedure").in_(
            "investigation", "referred", "released_undecided", "summary_requested",
            "summary_ordered", "indicted", "judged_suspended", "judged_probation", "judged_fine",
            "judged_acquitted", "judged_imprisonment", "on_appeal", "final_suspended",
            "final_probation", "effect_continues")),
        read("S135", "ccp", "339(1)(iv)", _OF_SUSPECTS),
    ),
    never(
        "consent_lapses",
        "死亡又は実刑の確定の後に、同意が残ることはない",
        "no consent outlives death or imprisonment that is final",
        _standing(_GONE & ~machine("consent").in_("lapsed")), inferred(),
    ),
    never(
        "no_adjusting_for_who_is_gone",
        "死亡又は実刑の確定の後に、生活環境の調整が続くことはない",
        "no adjustment goes on after death or imprisonment that is final",
        _standing(_GONE & ~machine("adjustment").in_("handed_to_aftercare", "ended")),
        inferred("S25", "ora", "83-2(1)"),
    ),
    never(
        "no_aid_for_who_is_gone",
        "死亡又は実刑の確定の後に、更生緊急保護が続くことはない",
        "no urgent aftercare goes on after death or imprisonment that is final",
        _standing(_GONE & machine("aftercare").in_(*_AID_OPEN)), inferred("S26c", "ora", "85(1)"),
    ),
    never(
        "no_early_adjustment_without_consent",
        "同意のないまま、判決確定前の生活環境の調整が続くことはない",
        "no adjustment before finality goes on without consent",
        _standing(machine("further_aid").in_("pre_finality_adjustment") & ~_CONSENTED & _ALIVE),
        read("S25b", "ora", "83"),
    ),
    never(
        "early_adjustment_ends_with_finality",
        "判決の確定した後に、判決確定前の生活環境の調整が続くことはない",
        "no adjustment before finality outlives finality",
        _standing(machine("further_aid").in_("pre_finality_adjustment") & machine("procedure").in_(
            "final_suspended", "final_probation", "final_fine", "final_acquitted",
            "final_imprisonment")),
        read("S25b", "ora", "83"),
    ),
    never(
        "no_aid_at_the_family_court",
        "家庭裁判所に送られた者に、更生緊急保護が行われることはない",
        "no urgent aftercare is given to one sent to the family court",
        _standing(machine("procedure").in_("family_court") & machine("aftercare").in_(
            "granted", "active", "extended", "extended_other")),
        inferred("S26c", "ora", "85(1)"),
    ),
    never(
        "nothing_of_support_is_left_for_the_dead",
        "死亡後に、協力依頼も支援も保留も残ることはない",
        "no request, support or hold is left after death",
        _standing(~_ALIVE & machine("support").in_(
            "referred", "on_hold", "out_of_contact", *_IN_WORK, *_AT_LIBERTY)),
        inferred(),
    ),
    never(
        "no_support_of_the_imprisoned",
        "収容された者に対する入口支援が続くことはない",
        "no entry-stage support goes on for who is imprisoned",
        _standing(machine("custody").in_("imprisoned")
                  & machine("support").in_("referred", *_IN_WORK, *_AT_LIBERTY)),
        inferred(),
    ),
    # -- with consent and the objection -------------------------------------------------------
    never(
        "no_support_without_consent",
        "同意のないまま支援が続くことはない", "no support goes on without consent",
        _standing(machine("support").in_("referred", *_IN_WORK, *_AT_LIBERTY) & ~_CONSENTED),
        inferred(),
    ),
    never(
        "no_objection_stands_at_liberty",
        "身柄を拘束されていない者について、検察官の支障がある旨の意見が残ることはない",
        "no objection of the prosecutor stands against who is at liberty",
        _standing(machine("adjustment").in_("vetoed") & machine("custody").in_("free", "bailed")),
        inferred("S25", "ora", "83-2(3)"),
    ),
    never(
        "suspects_are_adjusted_before_indictment",
        "被疑者としての生活環境の調整が、起訴の後に続くことはない",
        "nobody is adjusted for as a suspect once indicted",
        _standing(machine("adjustment").in_("adjusting") & machine("procedure").in_(
            "summary_requested", "indicted", "judged_suspended", "judged_probation",
            "judged_fine", "judged_acquitted", "judged_imprisonment", "on_appeal")),
        read("S25", "ora", "83-2(1)", since=ACT_OF_2022),
    ),
    *(
        never(
            f"{event}_only_of_whom_consent_names",
            f"同意の相手方に含まれない{ja}へ、同意による提供が行われることはない",
            f"nothing is provided by consent to {en} that it does not name",
            Occasion((event,), after=~fact("consent_recipients").includes(agency)),
            inferred(),
        )
        for event, agency, ja, en in (
            ("center_requested", "center", "センター", "a Center"),
            ("support_reentered", "center", "センター", "a Center"),
            ("placement_sought", "municipality", "市区町村", "a municipality"),
            ("transfer_requested", "other_center", "他のセンター", "another Center"),
            ("adjustment_started", "probation_office", "保護観察所", "the office"),
        )
    ),
    *(
        never(
            f"{agency}_is_told_by_consent_that_names_it",
            f"同意のない間、又は同意が{ja}を相手方に含まないときに、{ja}へ同意による提供が行われることはない",
            f"nothing is provided by consent to {en} while there is none, or none that names it",
            Occasion(rules=rules, after=~(_CONSENTED & fact("consent_recipients").includes(agency))),
            inferred(),
        )
        for agency, rules, ja, en in (
            ("probation_office", ("adjustment.start", "adjustment.no_objection",
                                  "adjustment.lifting_of_veto"), "保護観察所", "the probation office"),
            ("center", ("support.request", "support.reentry"), "センター", "a Center"),
            ("other_center", ("support.transfer", "support.transfer_in_follow_up"),
             "他のセンター", "another Center"),
            ("municipality", ("support.seeking_placement", "bridging.handover"),
             "市区町村", "a municipality"),
            ("provider", ("support.seeking_placement", "bridging.housing"),
             "サービス事業者", "a service provider"),
            ("rehabilitation_facility",
             ("support.lodging", *(f"support.lodging_at_work_in_{at}" for at in _IN_WORK[1:-2])),
             "更生保護施設", "a rehabilitation facility"),
            ("core_consultation_center", ("bridging.taking_over_from_defence",),
             "基幹相談支援センター", "a core consultation center"),
        )
    ),
    never(
        "aid_is_applied_for_within_its_period",
        "更生緊急保護の申出は、その期間内に限る",
        "urgent aftercare is first applied for within its period",
        Occasion(("aftercare_applied",), before=~running("aftercare_period")),
        read("S52 S53", "ora", "85(4)"),
    ),
    Property(
        "consulted_about_who_names_others",
        Text("同意が保護観察所を相手方に含まない者についても、協議は開かれ得る",
             "a consultation can be opened on who consented without naming the office"),
        Pattern.REACHABLE,
        Occasion(("consultation_opened",),
                 before=_CONSENTED & ~fact("consent_recipients").includes("probation_office"),
                 after=machine("adjustment").in_("consulted")),
        basis=read("S25", "ora", "83-2(1)", since=ACT_OF_2022), since=ACT_OF_2022,
    ),
    Property(
        "the_period_of_aid_begins_with_release",
        Text("身柄を拘束され、釈放された者でなければ、更生緊急保護の期間は始まらない",
             "the period of urgent aftercare runs only for who was held and released"),
        Pattern.PRECEDENCE, Occasion(("released",), before=~machine("custody").in_("free")),
        _standing(running("aftercare_period")), basis=read("S52 S53", "ora", "85(1), 85(4)"),
    ),
    *(
        never_learns(
            "offence", agency, without=_CONSENTED & fact("consent_recipients").includes(agency),
            id=f"{agency}_learns_the_offence_by_consent", label=Text(ja, en), basis=inferred(),
        )
        for agency, ja, en in (
            ("center", "センターが罪名を知るのは、同意がセンターを相手方に含むときに限る",
             "a Center learns the offence only by consent that names it"),
            ("probation_office", "保護観察所が罪名を知るのは、同意が保護観察所を相手方に含むときに限る",
             "the probation office learns the offence only by consent that names it"),
        )
    ),
    never(
        "what_was_told_is_of_one_release",
        "前の釈放の際の教示、不実施又は辞退が、次の拘束に及ぶことはない",
        "what was told, denied or declined upon one release is over once the person is held again",
        _standing(
            machine("aftercare").in_("informed", "denied", "ended_self")
            & machine("custody").in_("arrested", "arrested_by_prosecutor", "referred",
                                     "detention_requested", "detained_suspect",
                                     "stayed_suspect", "remanded_suspect", "workhouse")
        ),
        inferred("S26 S27", "ora", "86(2)"),
    ),
    *STAGES,
    *ENDS,
    *MOVES,
    *CAN,
)  # fmt: skip


def invariants(law: Process) -> tuple[Property, ...]:
    """All of them; that each machine of this law can always come to rest is among them."""
    return (*INVARIANTS, _detained(law), *(comes_to_rest(at, ~_ALIVE) for at in law.machines))


def _detained(law: Process) -> Property:
    """A request that was decided late leads to a detention that is over at once: nothing but that
    comes of it."""
    by_law = {limit.on_expiry for limit in law.deadlines}
    steps = (e.id for e in law.events if e.home in ("custody", "procedure") and e.id not in by_law)
    held = machine("custody").in_("detained_suspect") & ~running("suspect_detention")
    return never(
        "detained_suspect_under_a_running_limit",
        "被疑者としての勾留は、進行中の期限なしには、期限の経過による終わりのほか何にも至らない",
        "but under a running limit nothing comes of a suspect's detention but its end by law",
        Occasion(tuple(steps), before=held), read("S22", "ccp", "208"),
    )  # fmt: skip
