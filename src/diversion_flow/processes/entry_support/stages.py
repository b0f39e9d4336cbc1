"""What may be done at which stage, whatever happens: invariants on single steps.

Each says of some events where alone they may happen, and is asked of every course by `proof`.
"""

from __future__ import annotations

from ...definition import Guard, Occasion, Pattern, Property, Text, machine
from ...definition.basis import Basis
from ..writing import inferred, read

_ORDER = Text("条文は両方を求めるが、順序を定めない", "The article asks both, and names no order")

JUDGED = (
    "judged_suspended", "judged_probation", "judged_fine", "judged_acquitted",
    "judged_imprisonment",
)  # fmt: skip
_REOPENABLE = tuple(f"closed_{reason}" for reason in (
    "settled", "returned_to_family", "no_placement", "lost_contact", "hospitalised",
    "released_before_ready", "capacity_declined", "not_eligible", "consent_refused",
    "consent_withdrawn", "prosecutor_veto"))
_CLOSINGS = (*_REOPENABLE, "closed_imprisoned", "closed_rearrested", "closed_died",
             "closed_moved_other_prefecture")  # fmt: skip
_custody, _procedure = machine("custody"), machine("procedure")
_consent, _adjustment = machine("consent"), machine("adjustment")
_support, _aftercare = machine("support"), machine("aftercare")
_plan = machine("service_plan")


def _only(
    id: str, events: tuple[str, ...], where: Guard, ja: str, en: str, basis: tuple[Basis, ...]
) -> Property:
    what = Occasion(events, before=~where)
    return Property(id, Text(ja, en), Pattern.ABSENCE, what, basis=basis)


def _lapsing(
    event: str, judged: str, final: str, ja: str, en: str, basis: tuple[Basis, ...]
) -> Property:
    """That what happens by operation of law can happen: a law without it leaves the case there."""
    what = Occasion((event,), before=_procedure.in_(judged), after=_procedure.in_(final))
    return Property(f"{final}_after_{judged}", Text(ja, en), Pattern.REACHABLE, what, basis=basis)


ENDS = (
    *(
        _lapsing("judgment_final", f"judged_{sentence}", f"final_{sentence}", f"{ja}は確定し得る",
                 f"{en} can become final", read("S46", "ccp", "373"))
        for sentence, ja, en in (
            ("suspended", "執行猶予の判決", "a suspended sentence"),
            ("probation", "保護観察付きの判決", "a sentence with probation"),
            ("fine", "罰金の判決", "a fine"),
            ("acquitted", "無罪の判決", "an acquittal"),
            ("imprisonment", "実刑の判決", "a sentence of imprisonment"),
        )
    ),
    _lapsing("summary_order_final", "summary_ordered", "final_fine", "略式命令は確定し得る",
             "a summary order can become final", read("EG S177", "ccp", "470")),
    _lapsing("suspension_period_ended", "final_suspended", "suspension_completed",
             "執行猶予の期間は満了し得る", "the period of a suspension can run out",
             read("EG", "pc", "27")),
)  # fmt: skip
STAGES = (
    # -- the procedure ------------------------------------------------------------------------
    _only(
        "arrest_before_the_decision", ("arrested",),
        _procedure.in_("investigation", "referred", "released_undecided"),
        "逮捕は、処分の決まる前に限る", "nobody is arrested once the disposition is made",
        inferred("S134", "ccp", "199"),
    ),
    _only(
        "decision_after_referral", ("indicted", "summary_requested", "disposed"),
        _procedure.in_("referred", "released_undecided"),
        "検察官の処分は、送致の後に限る", "the prosecutor decides only what was referred",
        read("S137", "ccp", "246, 247, 248"),
    ),
    _only(
        "judgment_after_indictment", ("judged",), _procedure.in_("indicted"),
        "第一審の判決は、公判中に限る", "judgment is given only on trial",
        read("EG S137", "ccp", "247, 333, 336"),
    ),
    _only(
        "appeal_after_judgment", ("appealed",), _procedure.in_(*JUDGED, "on_appeal"),
        "上訴は、判決の後に限る", "an appeal is made only after a judgment",
        read("S138 S139 S140", "ccp", "351, 372, 405"),
    ),
    _only(
        "appeal_judged_on_appeal", ("appeal_judged", "remanded", "appeal_withdrawn"),
        _procedure.in_("on_appeal"),
        "上訴審の裁判と上訴の取下げは、上訴中に限る",
        "an appeal is decided or withdrawn only where one was made", read("EG", "ccp", "359, 396, 397, 400"),
    ),
    _only(
        "finality_of_a_judgment", ("judgment_final",), _procedure.in_(*JUDGED),
        "確定するのは、言い渡された判決に限る", "only a judgment that was given becomes final",
        read("S136 S138 S139", "ccp", "358, 373, 418"),
    ),
    _only(
        "summary_order_on_request", ("summary_order_served",), _procedure.in_("summary_requested"),
        "略式命令は、略式請求の後に限る", "a summary order is made only on request",
        read("EG", "ccp", "461, 462"),
    ),
    _only(
        "end_of_a_summary_order", ("summary_order_final", "formal_trial_requested"),
        _procedure.in_("summary_ordered"),
        "略式命令の確定と正式裁判の請求は、略式命令の後に限る",
        "a summary order becomes final, or is answered by a trial, only once it is made",
        read("EG", "ccp", "465, 470"),
    ),
    _only(
        "ordinary_trial_on_request", ("ordinary_trial_ordered",), _procedure.in_("summary_requested"),
        "略式不相当等による通常の審判は、略式請求の後に限る",
        "an ordinary trial in place of a summary order comes only on a request for one",
        read("EG S158", "ccp", "463"),
    ),
    # -- custody ------------------------------------------------------------------------------
    _only(
        "stay_of_a_detention", ("detention_stayed",),
        _custody.in_("detained_suspect", "detained_defendant"),
        "勾留の執行停止は、勾留されている者に限る", "only who is detained has detention stayed",
        read("S154", "ccp", "95"),
    ),
    _only(
        "end_of_a_stay", ("detention_stay_ended",), _custody.in_("stayed_suspect", "stayed_defendant"),
        "勾留の執行停止が終わるのは、その間に限る", "a stay of detention ends only while it lasts",
        read("S154", "ccp", "95"),
    ),
    _only(
        "release_of_who_is_to_be_released", ("released",), _custody.in_("release_due"),
        "釈放の手続は、釈放すべき者に限る", "only who is to be released is released",
        read("EG", "ccp", "205(4), 207(5), 345"),
    ),
    _only(
        "release_by_police_before_referral", ("police_released",), _custody.in_("arrested"),
        "警察が釈放を決めるのは、送致の前に限る", "the police decide on release only before referral",
        read("S23", "ccp", "203(1)"),
    ),
    _only(
        "release_ordered_of_suspects", ("release_ordered",),
        _custody.in_("arrested_by_prosecutor", "referred", "detention_requested",
                     "detained_suspect", "stayed_suspect"),
        "検察官が釈放を指揮するのは、送致された被疑者に限る",
        "the prosecutor orders the release of suspects in the prosecutor's hands only",
        read("S22 S24", "ccp", "205, 208(1)"),
    ),
    _only(
        "denial_of_a_request", ("detention_denied",), _custody.in_("detention_requested"),
        "勾留請求の却下は、請求の後に限る", "detention is denied only where it is requested",
        read("S24b", "ccp", "207"),
    ),
    _only(
        "detention_on_request_or_prosecution", ("detained",),
        _custody.in_("detention_requested", "indicted_in_arrest", "free"),
        "勾留は、請求又は起訴の後に限る", "nobody is detained but on request or once indicted",
        read("S21 S24 EG", "ccp", "207, 60(1), 280(2)"),
    ),
    _only(
        "hearing_after_indictment", ("release_commanded",), _custody.in_("indicted_in_arrest"),
        "裁判官が釈放を命じるのは、逮捕中に起訴された者に限る",
        "a judge commands the release of who was indicted under arrest", read("EG", "ccp", "280(2)"),
    ),
    _only(
        "extension_of_suspects", ("detention_extended", "detention_specially_extended"),
        _custody.in_("detained_suspect"),
        "勾留延長は、被疑者の勾留に限る", "only the detention of a suspect is extended",
        read("S22 S23", "ccp", "208(2), 208-2"),
    ),
    _only(
        "renewal_and_bail_of_defendants", ("detention_renewed", "bailed"),
        _custody.in_("detained_defendant"),
        "勾留の更新と保釈は、勾留されている被告人に限る",
        "detention is renewed, and bail granted, only of a detained defendant",
        read("S21", "ccp", "60(2)") + read("S168", "ccp", "88, 89, 90"),
    ),
    _only(
        "cancellation_of_a_detention", ("detention_cancelled", "detention_quashed"),
        _custody.in_("detained_suspect", "detained_defendant", "stayed_suspect", "stayed_defendant"),
        "勾留の取消しは、勾留の裁判がある間に限る", "only a detention that stands is cancelled",
        read("EG", "ccp", "87, 91, 207(1)") + read("S169", "ccp", "429(1)(ii)"),
    ),
    _only(
        "remand_of_the_detained", ("psychiatric_remand_ordered",),
        _custody.in_("detained_suspect", "detained_defendant"),
        "鑑定留置は、勾留されている者に限る", "only who is detained is remanded for examination",
        read("S163 S165", "ccp", "167, 224"),
    ),
    _only(
        "end_of_a_remand", ("psychiatric_remand_ended",),
        _custody.in_("remanded_suspect", "remanded_defendant"),
        "鑑定留置が終わるのは、その間に限る", "a remand for examination ends only while it lasts",
        read("S164 S165", "ccp", "167-2, 224(2)"),
    ),
    _only(
        "change_of_a_remand", ("psychiatric_remand_changed",),
        _custody.in_("remanded_suspect", "remanded_defendant"),
        "鑑定留置の期間の延長・短縮は、その間に限る",
        "a remand for examination is lengthened or shortened only while it lasts",
        read("S163", "ccp", "167(4)"),
    ),
    _only(
        "payment_of_a_fine", ("fine_paid",),
        _procedure.in_("summary_ordered", "judged_fine", "final_fine"),
        "罰金の納付は、罰金の裁判の後に限る", "a fine is paid only once it is pronounced",
        read("S153 S182", "ccp", "348, 490"),
    ),
    _only(
        "end_of_the_workhouse", ("workhouse_completed",), _custody.in_("workhouse"),
        "労役場留置が終わるのは、その間に限る", "a term in the workhouse ends only while it lasts",
        read("S130", "pc", "18"),
    ),
    _only(
        "release_from_another_case", ("released_from_other_case",),
        _custody.in_("held_for_other_case", "held_for_other_case_on_bail", "detained_defendant"),
        "別件での釈放は、別件で拘束された者に限る",
        "only who is held for another case is released from it", inferred("S47"),
    ),
    _only(
        "execution_of_a_sentence", ("imprisonment_summoned", "execution_stayed"),
        _custody.in_("awaiting_execution"),
        "呼出しと刑の執行停止は、執行を待つ者に限る",
        "only who awaits execution is summoned, or has it stayed", read("S121 S152", "ccp", "480, 484"),
    ),
    _only(
        "trivial_cases_at_liberty", ("trivial_case_disposed",), _custody.in_("free"),
        "身柄不拘束の微罪処分は、在宅の者に限る",
        "a trivial case is disposed of without an arrest only of who is at liberty",
        read("S23", "ccp", "246 proviso"),
    ),
    # -- to the family court, and the end of a suspension -------------------------------------
    _only(
        "to_the_family_court_before_prosecution", ("sent_to_family_court",),
        _procedure.in_("referred", "released_undecided"),
        "検察官の家庭裁判所への送致は、処分の前に限る",
        "the prosecutor sends to the family court only what is not decided",
        read("S142", "juvenile_act", "42"),
    ),
    _only(
        "to_the_family_court_before_referral", ("sent_to_family_court_by_police",),
        _procedure.in_("investigation"),
        "警察の家庭裁判所への送致は、捜査中に限る",
        "the police send to the family court only what they investigate",
        read("S132", "juvenile_act", "41"),
    ),
    _only(
        "revocation_of_a_suspension", ("suspension_revoked",),
        _procedure.in_("final_suspended", "final_probation", "effect_continues"),
        "取り消されるのは、確定した執行猶予に限る", "only a suspension that is final is revoked",
        inferred("EG", "pc", "26, 26-2"),
    ),
    # -- consent ------------------------------------------------------------------------------
    _only(
        "consent_after_explanation", ("consent_given",),
        _consent.in_("explained", "given", "narrowed"),
        "説明より前に、同意が得られることはない", "no consent is given before it is explained",
        inferred(),
    ),
    _only(
        "narrowing_of_a_consent", ("consent_narrowed", "center_consent_signed"),
        _consent.in_("given", "narrowed"),
        "同意の限定とセンターの同意書は、同意がある間に限る",
        "only a consent that stands is narrowed or put down in the Center's form", inferred(),
    ),
    _only(
        "withdrawal_of_a_consent", ("consent_withdrawn",),
        _consent.in_("explained", "given", "narrowed"),
        "撤回できるのは、求められ又は与えられた同意に限る",
        "only a consent that was asked for or given is withdrawn", inferred(),
    ),
    _only(
        "refusal_of_a_consent", ("consent_refused",), _consent.in_("explained"),
        "同意の拒否は、説明の後に限る", "a consent is refused only once it is explained",
        inferred(),
    ),
    _only(
        "explanation_of_a_consent", ("consent_explained",),
        _consent.in_("not_asked", "explained", "refused", "withdrawn"),
        "同意がある間に、改めて同意が求められることはない",
        "who has consented is not asked again", inferred(),
    ),
    # -- adjustment ---------------------------------------------------------------------------
    _only(
        "candidates_before_the_end", ("candidate_flagged",),
        _procedure.in_("investigation", "referred", "released_undecided", "summary_requested",
                       "indicted", "judged_imprisonment", "on_appeal"),
        "処分又は判決の確定した者が、候補者とされることはない",
        "nobody becomes a candidate once the case is decided", inferred("S25 S20", "ora", "83-2(1)"),
    ),
    _only(
        "candidates_anew", ("candidate_flagged",),
        _adjustment.in_("none", "handed_to_aftercare", "ended"),
        "手続中の者が、改めて候補者とされることはない",
        "nobody becomes a candidate while being one", inferred(),
    ),
    _only(
        "consultation_on_a_candidate", ("consultation_opened",), _adjustment.in_("candidate"),
        "協議は、候補者について行われる", "only a candidate is consulted about",
        inferred("S05", "ora", "83-2(1)"),
    ),
    _only(
        "opinion_after_consent", ("prosecutor_opinion",),
        _adjustment.in_("consented", "opinion_heard", "vetoed", "adjusting"),
        "検察官の意見は、本人の同意の後に聴かれる",
        "the prosecutor is heard only once the person has consented", inferred("S25", "ora", "83-2(1), 83-2(2)", _ORDER),
    ),
    _only(
        "adjustment_after_consultation", ("adjustment_started",),
        _adjustment.in_("consulted", "consented", "opinion_heard"),
        "生活環境の調整は、協議の後に始まる", "adjustment starts only after the consultation",
        inferred("S25", "ora", "83-2(2)"),
    ),
    _only(
        "work_of_the_office_while_adjusting",
        ("office_interviewed", "prioritised_plan_made", "adjustment_ended"),
        _adjustment.in_("adjusting", "adjusting_defendant"),
        "保護観察所の面接と計画は、調整中に限る",
        "the office interviews and plans only while it adjusts", inferred("S25", "ora", "83-2(1)"),
    ),
    # -- support ------------------------------------------------------------------------------
    _only(
        "request_once", ("center_requested",),
        _support.in_("not_started", "consultation_only", "declined"),
        "支援中の者について、改めて協力依頼が行われることはない",
        "the Center is not requested for whom it supports", inferred(),
    ),
    _only(
        "reentry_of_whom_nobody_supports", ("support_reentered",),
        _support.in_("not_started", *_REOPENABLE),
        "再度の支援は、支援のない者又は終結した者に限り、実刑・死亡等による終結の後にはない",
        "the Center re-enters only where it does not support, and never after prison, death or a "
        "hand-over ended it", inferred("S51"),
    ),
    _only(
        "acceptance_on_request", ("center_accepted", "center_declined"), _support.in_("referred"),
        "センターの受入れと辞退は、協力依頼の後に限る",
        "the Center accepts or declines only what it was requested", inferred(),
    ),
    _only(
        "assessment_after_interview", ("assessment_done",), _support.in_("interviewing"),
        "アセスメントは、面接の後に限る", "nobody is assessed before an interview", inferred(),
    ),
    _only(
        "plan_after_assessment", ("plan_agreed",), _support.in_("assessed"),
        "計画は、アセスメントの後に限る", "no plan is agreed before the assessment", inferred(),
    ),
    _only(
        "placement_after_plan", ("placement_sought",), _support.in_("planned"),
        "受入先の調整は、計画の後に限る", "no placement is sought before the plan", inferred(),
    ),
    _only(
        "placement_where_sought", ("placement_secured",),
        _support.in_("placement_search", "temporary_lodging", "released_unprepared"),
        "受入先の確保は、探している間に限る", "a placement is secured only while one is sought",
        inferred(),
    ),
    _only(
        "release_prepared_with_a_placement", ("release_prepared",),
        _support.in_("placement_secured"),
        "釈放時の準備は、受入先の確保の後に限る",
        "a release is prepared only once a placement is secured", inferred(),
    ),
    _only(
        "service_after_preparation", ("service_started",),
        _support.in_("placement_secured", "release_ready", "released_accompanied",
                     "released_unprepared", "temporary_lodging"),
        "福祉サービスは、受入先の確保又は釈放の後に始まる",
        "services start only with a placement or after release", inferred(),
    ),
    _only(
        "follow_up_of_a_service", ("follow_up_started",), _support.in_("services_started"),
        "フォローアップは、サービスの開始の後に限る",
        "nobody is followed up before services have started", inferred(),
    ),
    _only(
        "refusal_of_support", ("support_refused",),
        ~_support.in_("not_started", "declined", *_CLOSINGS),
        "支援を断れるのは、相談又は支援の間に限る",
        "support is refused only while the Center advises or supports", inferred("S37"),
    ),
    _only(
        "transfer_of_a_plan", ("transfer_requested",),
        _support.in_("planned", "placement_search", "services_started", "follow_up"),
        "他のセンターへの依頼は、計画の後に限る", "another Center is asked only with a plan",
        inferred(),
    ),
    _only(
        "completion_of_a_transfer", ("transfer_completed",), _support.in_("transferred"),
        "移送が完了するのは、依頼の後に限る", "a transfer is completed only once it is requested",
        inferred(),
    ),
    _only(
        "closing_of_support", ("support_closed",),
        ~_support.in_("not_started"),
        "始まっていない支援が終結することはない", "support that has not begun is not closed",
        inferred(),
    ),
    # -- aftercare ----------------------------------------------------------------------------
    _only(
        "told_before_applying", ("aftercare_informed",),
        _aftercare.in_("not_informed", "category_lost"),
        "教示は、申出の前に限る", "nobody who has applied is informed anew",
        read("S26 S27", "ora", "86(2)"),
    ),
    _only(
        "opinion_on_an_application", ("aftercare_opinion_heard", "aftercare_started_urgently"),
        _aftercare.in_("applied"),
        "検察官等の意見と緊急の開始は、申出の後に限る",
        "an opinion is heard, and aid started urgently, only on application",
        read("S26 S28", "ora", "86(1), 86(3)"),
    ),
    _only(
        "application_for_aid", ("aftercare_applied",),
        _aftercare.in_("not_informed", "informed", "denied", "ended_self", "category_lost"),
        "申出のある者が、重ねて申し出ることはない", "who has applied does not apply again",
        inferred("S26 S27", "ora", "86(1)"),
    ),
    _only(
        "application_for_an_extension", ("aftercare_extension_applied",),
        _aftercare.in_("active", "ended_period"),
        "延長の申出は、実施中又は期間の満了後に限る",
        "an extension is applied for while aid is given, or once its period has ended",
        read("S28b", "orr", "121(2)"),
    ),
    _only(
        "decision_on_an_extension", ("aftercare_extension_decided",),
        _aftercare.in_("extension_applied", "extension_applied_anew"),
        "延長の決定は、その申出の後に限る", "an extension is decided only on application",
        read("S28b", "orr", "121"),
    ),
    _only(
        "end_of_aid_by_the_person", ("aftercare_ended",),
        ~_aftercare.in_("not_informed", "category_lost", "denied", "ended_period", "ended_self"),
        "辞退できるのは、教示又は申出の後に限る",
        "aid is declined or ended only once it is told of or applied for",
        inferred("S26c", "ora", "85(4)"),
    ),
    _only(
        "out_of_custody_for_aid",
        ("aftercare_applied", "aftercare_decided", "aftercare_opinion_heard", "aftercare_started"),
        _custody.in_("free", "bailed"),
        "更生緊急保護の申出から開始までは、身柄の拘束を解かれた後に限る",
        "aid is applied for, decided and started only once custody has ended",
        read("S26c", "ora", "85(1)"),
    ),
    _only(
        "aid_decided_on_application", ("aftercare_decided",),
        _aftercare.in_("applied", "opinion_heard"),
        "更生緊急保護の決定は、申出の後に限る", "aftercare is decided only on application",
        read("S26", "ora", "86(1)"),
    ),
    _only(
        "aid_started_once_granted", ("aftercare_started",), _aftercare.in_("granted"),
        "更生緊急保護は、決定の後に始まる(緊急の場合を除く)",
        "aftercare starts only once it is granted, urgent cases aside", read("S26 S28", "ora", "86(1)") + read("S28", "orr", "120(3)"),
    ),
    # -- disability services ------------------------------------------------------------------
    _only(
        "no_decision_while_a_plan_is_awaited", ("disability_services_decided",),
        _plan.in_("none", "submitted"),
        "求めたサービス等利用計画案が出るまで、支給決定は行われない",
        "no decision on services before the draft plan that was asked for is in",
        inferred("S196", "dsa", "22(4), 22(6)"),
    ),
    _only(
        "a_plan_is_asked_of_who_applied", ("service_plan_requested",),
        machine("disability_services").in_("applied", "classified"),
        "サービス等利用計画案を求められるのは、支給決定の申請をした者に限る",
        "a draft plan is asked only of who has applied for services", read("S196", "dsa", "22(4)"),
    ),
    _only(
        "a_plan_is_made_when_asked_for", ("service_plan_drafted",), _plan.in_("requested"),
        "サービス等利用計画案の作成は、提出を求められた後に限る",
        "a draft plan is made once it is asked for", read("S196", "dsa", "22(4), 51-17(1)(i)"),
    ),
    _only(
        "a_plan_is_submitted_when_asked_for", ("service_plan_submitted",),
        _plan.in_("requested", "drafted"),
        "サービス等利用計画案の提出は、求められた後に限り、一つの申請に一度である",
        "a draft plan is submitted once, and only when asked for",
        read("S196", "dsa", "22(4), 22(5)"),
    ),
)  # fmt: skip
