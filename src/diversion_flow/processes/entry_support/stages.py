"""What may be done at which stage, whatever happens: invariants on single steps.

Each says of some events where alone they may happen, and is asked of every course by `proof`.
"""

from __future__ import annotations

from ...definition import Guard, Occasion, Pattern, Property, Text, machine
from ...definition.basis import Basis
from ..writing import inferred, read

_ORDER = Text("条文は両方を求めるが、順序を定めない", "The article asks both, and names no order")

_JUDGED = (
    "judged_suspended", "judged_probation", "judged_fine", "judged_acquitted",
    "judged_imprisonment",
)  # fmt: skip
_custody, _procedure = machine("custody"), machine("procedure")
_consent, _adjustment = machine("consent"), machine("adjustment")
_support, _aftercare = machine("support"), machine("aftercare")


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
        "appeal_after_judgment", ("appealed",), _procedure.in_(*_JUDGED, "on_appeal"),
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
        "finality_of_a_judgment", ("judgment_final",), _procedure.in_(*_JUDGED),
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
        _consent.in_("not_asked", "refused", "withdrawn"),
        "同意がある間に、改めて同意が求められることはない",
        "who has consented is not asked again", inferred(),
    ),
    # -- adjustment ---------------------------------------------------------------------------
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
        _adjustment.in_("consented", "opinion_heard", "vetoed"),
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
                     "temporary_lodging"),
        "福祉サービスは、受入先の確保又は釈放の後に始まる",
        "services start only with a placement or after release", inferred(),
    ),
    _only(
        "follow_up_of_a_service", ("follow_up_started",), _support.in_("services_started"),
        "フォローアップは、サービスの開始の後に限る",
        "nobody is followed up before services have started", inferred(),
    ),
    # -- aftercare ----------------------------------------------------------------------------
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
)  # fmt: skip
