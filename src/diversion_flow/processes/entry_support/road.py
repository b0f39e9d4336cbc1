"""How the usual course is told in one picture: the acts of the offices, under custody with its
limits, cut by the day of release."""

from __future__ import annotations

from attrs import evolve

from ...definition import Act, Departure, Group, Heading, Hold, Road, Text

_GROUPS = (
    Group(Text("本人", "The person"),
          ("person", "counsel", "family", "houterasu", "bar_association", "social_worker"),
          Text("弁護人・家族", "counsel, family")),
    Group(Text("検察庁", "Prosecutors"),
          ("prosecutor", "reintegration_office", "welfare_adviser", "court", "police",
           "detention_house", "classification_home"),
          Text("裁判所・警察", "courts, police")),
    Group(Text("保護観察所", "Probation office"),
          ("probation_office", "reintegration_team", "volunteer_probation_officer")),
    Group(Text("地域生活定着支援センター", "Settlement Support Center"), ("center",)),
    Group(Text("受入先", "Receivers"),
          ("municipality", "provider", "medical", "rehabilitation_facility", "other_center",
           "community_support_center", "core_consultation_center", "prefecture"),
          Text("市区町村・福祉事業者等", "towns, providers")),
)  # fmt: skip
_WITHOUT_CENTER = tuple(group for group in _GROUPS if group.agencies != ("center",))

_HEADINGS = (
    Heading("intake", Text("だれが気付くか", "who notices")),
    Heading("screening", Text("本人の同意と見立て", "consent, first look")),
    Heading("coordination", Text("住まいと福祉を探す", "home and services")),
    Heading("release", Text("その日に同行する", "going along that day")),
    Heading("settlement", Text("暮らしを支える", "support in daily life")),
)

_IN_PRISON = Departure(
    Text("実刑 → 出口支援へ", "prison → exit-stage support"), "procedure",
    ("custody.imprisonment", "custody.commitment", "custody.sentence_to_be_served"),
)  # fmt: skip
_HOLDS = (
    Hold(Text("逮捕", "Arrest"), ("custody.arrested", "custody.arrested_by_prosecutor"),
         ("police_referral",)),
    Hold(Text("送致", "Referral"), ("custody.referred",),
         ("prosecutor_from_receipt", "prosecutor_from_restraint")),
    Hold(Text("勾留(被疑者)", "Detained as a suspect"), ("custody.detained_suspect",),
         ("suspect_detention",), Text("延長は通算10日まで", "extended by up to 10 days in all"),
         early=Text("不起訴・罰金などなら、ここから釈放へ",
                    "not prosecuted or fined: released")),
    Hold(Text("起訴されたとき: 勾留(被告人)", "If indicted: detained as a defendant"),
         ("custody.detained_defendant",), ("defendant_detention",), departures=(_IN_PRISON,)),
    Hold(Text("地域での暮らし", "Life in the community"), ("custody.free",), ("aftercare_period",),
         Text("特に必要なら延長", "longer if specially needed")),
)  # fmt: skip


def _road(acts: tuple[Act, ...], brief: tuple[Act, ...] = (), *departures: Departure) -> Road:
    """The road of these acts: in the rows of those who act, under custody, with its one page."""
    groups = _GROUPS if any(act.by == "center" for act in acts) else _WITHOUT_CENTER
    return Road(
        groups, acts, "custody", _HOLDS, "released", Text("釈放の日", "Day of release"),
        Text("逮捕から地域での暮らしまで", "from arrest to community life"),
        _HEADINGS, departures, brief,
    )  # fmt: skip



def _act(ja: str, en: str, by: str, stage: str, events: str, paper: str | None = None,
         *departures: Departure, also: bool = False, handed: Text | None = None) -> Act:  # fmt: skip
    """An act; a stroke ends a line of its name."""
    name = Text(ja.replace("/", "\n"), en.replace("/", "\n"))
    return Act(name, by, stage, tuple(events.split()), paper, departures, also, handed)


def _leaves(ja: str, en: str, sheet: str, rules: str, stage: str | None = None) -> Departure:
    return Departure(
        Text(ja, en), sheet, tuple(f"{sheet}.{rule}" for rule in rules.split()), stage
    )


_REFUSED = _leaves("不同意・撤回 → 支援しない", "no consent, or withdrawn → no support", "consent",
                   "refusal withdrawal")  # fmt: skip
_AT_LIBERTY = Departure(
    Text("在宅の人・対象外の人 → 検察庁・弁護士会の橋渡しへ",
         "at liberty, or not eligible → bridging by prosecutors or lawyers"), "bridging",
    ("bridging.call", "bridging.lawyer"), "intake",
)  # fmt: skip
_FOUND = _act("候補者を/見つける", "Identify a/candidate", "prosecutor", "intake",
              "candidate_flagged")
_CONFER = _act("保護観察所/と協議する", "Consult/probation", "prosecutor", "screening",
               "consultation_opened")  # fmt: skip
_CONSENT = _act("説明を受け/同意する", "Be told,/consent", "person", "screening",
                "consent_given", None, _REFUSED)  # fmt: skip
_OPINION = _act("検察官が/意見を述べる", "Prosecutor's/opinion", "prosecutor", "screening",
                "prosecutor_opinion", None,
                _leaves("検察官の意見により実施不可",
                        "barred by the prosecutor's opinion", "adjustment", "veto"))  # fmt: skip
_TOLD = _act("更生緊急保護/を教示する", "Inform of/aftercare", "prosecutor", "release",
             "aftercare_informed")  # fmt: skip
_APPLY = _act("更生緊急保護/を申し出る", "Apply for/aftercare", "person", "release",
              "aftercare_applied", "aftercare_application",
              _leaves("申出をしない・対象外 → ほかの援助を探す", "no application, or not eligible → other aid",
                      "aftercare", "denial no_category_without_prosecution no_category_on_acquittal"),
              handed=Text("申出書", "application"))  # fmt: skip
_DECIDE = _act("保護の実施/を決める", "Decide on/aftercare", "probation_office", "settlement",
               "aftercare_decided", "aftercare_decision", handed=Text("通知", "notice"))  # fmt: skip

_CENTER = (
    _act("受理し、面会/して聞き取る", "Accept, visit,/interview", "center", "screening",
         "center_accepted visit_started interview_held", None,
         _leaves("受理不可 → 保護観察所へ", "declined → back to probation", "support",
                 "declining")),
    _act("見立て・計画/に同意を得る", "Assess, agree/on a plan", "center", "coordination",
         "plan_agreed", "coordination_plan", handed=Text("調整計画", "plan")),
    _act("受入れを/引き受ける", "Agree to/receive", "provider", "coordination", "placement_secured",
         "acceptance",
         _leaves("受入先がない・入院 → 計画を見直す",
                 "no place, or hospital → new plan", "support",
                 "refusal_of_placement holding hospital involuntary_hospital")),
    _TOLD,
    _act("同行の/準備をする", "Prepare/the release", "center", "release", "release_prepared", None,
         _leaves("準備前に釈放 → 更生保護施設等に泊まりながら調整",
                 "released too early → lodging while work goes on", "support", "release_too_early")),
    _act("釈放に/同行する", "Escort on/release", "center", "release", "released accompanied"),
    _APPLY,
    _DECIDE,
    _act("福祉サービス/を始める", "Begin the/services", "municipality", "settlement",
         "service_started"),
    _act("暮らしを/見守る", "Follow up", "center", "settlement", "follow_up_started", None,
         _leaves("連絡不通 → さがす、終結", "out of contact → search, close", "support",
                 "losing_contact")),
    _act("地域に定着/(支援の終結)", "Settled:/case closed", "person", "settlement",
         "support_closed"),
)  # fmt: skip
_REQUEST = _act("調整を始め、/依頼する", "Begin work,/ask Center", "probation_office", "screening",
                "adjustment_started center_requested", "center_request",
                handed=Text("依頼書", "request"))  # fmt: skip
_CONSULTED = (
    _act("気付いた/人が相談", "Someone/asks the/Center", "counsel", "intake",
         "center_consulted", "consultation_request", also=True, handed=Text("相談依頼書", "inquiry")),
    _act("検察官に/つなぐ", "Tell the/prosecutor", "center", "intake",
         "prosecutor_contacted", also=True),
)  # fmt: skip
_FOUND_OR_TOLD = evolve(_FOUND, events=(*_FOUND.events, "prosecutor_contacted"))
_ARREST = _act("逮捕し/送致する", "Arrest/and refer", "police", "intake", "arrested referred")
_DISPOSE = _act("起訴・不起訴/を決める", "Prosecute,/or not", "prosecutor", "coordination",
                "disposed indicted")  # fmt: skip
_ALONE = (
    _TOLD,
    _act("釈放する", "Release", "detention_house", "release", "released"),
    _APPLY,
    _DECIDE,
    _act("宿泊・食事/などを供する", "Lodging,/meals, fare", "rehabilitation_facility", "settlement",
         "aftercare_started"),
    _act("期間が終わり/自立する", "Period ends,/self-reliant", "person", "settlement",
         "aftercare_period_ended"),
)  # fmt: skip

# The same on one page: what each side does, no more.
_BRIEF_FOUND = _act("対象となる/人に気付く", "Notice who/needs it", "prosecutor", "intake",
                    "candidate_flagged prosecutor_contacted")  # fmt: skip
_BRIEF_CONSENT = _act("本人が/同意する", "The person/consents", "person", "screening", "consent_given")
_BRIEF_OPINION = _act("検察官が/意見を述べる", "Prosecutor's/opinion", "prosecutor", "screening",
                      "prosecutor_opinion")  # fmt: skip
_BRIEF_CENTER = (
    _act("センターに/依頼する", "Ask the/Center", "probation_office", "screening", "center_requested"),
    _act("面会し、/計画を作る", "Visit, and/make a plan", "center", "coordination", "plan_agreed"),
    _act("受入れを/引き受ける", "Agree to/receive", "provider", "coordination", "placement_secured"),
    _act("釈放に/同行する", "Escort on/release", "center", "release", "released accompanied"),
    _act("更生緊急保護/を行う", "Give urgent/aftercare", "probation_office", "settlement",
         "aftercare_decided"),
    _act("暮らしを/見守る", "Follow up", "center", "settlement", "follow_up_started"),
)  # fmt: skip

AFTERCARE_ONLY = _road((_ARREST, _DISPOSE, *_ALONE))
_ADJUST = _act("生活環境を/調整する", "Adjust living/conditions", "probation_office",
               "coordination", "adjustment_started")  # fmt: skip
PRIOR_ADJUSTMENT = _road((_FOUND, _CONFER, _CONSENT, _ADJUST, *_ALONE), (), _AT_LIBERTY)
WITH_CENTER = _road(
    (*_CONSULTED, _FOUND_OR_TOLD, _CONFER, _CONSENT, _REQUEST, *_CENTER),
    (_BRIEF_FOUND, _BRIEF_CONSENT, *_BRIEF_CENTER), _AT_LIBERTY,
)  # fmt: skip
WITH_OPINION = _road(
    (*_CONSULTED, _FOUND_OR_TOLD, _CONFER, _CONSENT, _OPINION, _REQUEST, *_CENTER),
    (_BRIEF_FOUND, _BRIEF_CONSENT, _BRIEF_OPINION, *_BRIEF_CENTER), _AT_LIBERTY,
)  # fmt: skip
# Where the prosecutors lead: their own desk goes with the person to the counter.
LED_BY_PROSECUTORS = _road(
    (
        _act("逮捕し/送致する", "Arrest/and refer", "police", "intake", "arrested referred"),
        _act("支援室に/相談する", "Call in/the desk", "prosecutor", "screening", "desk_called"),
        _act("検査で/困り事を知る", "Test to/find needs", "classification_home", "screening",
             "cognitive_test_result"),
        _act("仮の住まいを/手配する", "Arrange/lodging", "reintegration_office", "release",
             "temporary_housing_arranged"),
        _TOLD,
        _act("釈放する", "Release", "detention_house", "release", "released"),
        _act("窓口へ/同行する", "Go along to/the counter", "reintegration_office", "release",
             "escorted"),
        _APPLY,
        _DECIDE,
        _act("福祉に/引き継ぐ", "Hand over/to welfare", "municipality", "settlement",
             "handed_over"),
    ),
)  # fmt: skip
