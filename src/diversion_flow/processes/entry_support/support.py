"""Support by the Community Life Settlement Support Center (被疑者等支援業務, domain 2D).

The machine that carries the five stages. The Center starts on the probation office's request;
whoever else comes first is a consultation that it routes back.
"""

from __future__ import annotations

from ...definition import (
    Deadline,
    Edit,
    Length,
    Machine,
    OnEvent,
    Text,
    Transition,
    Unit,
    fact,
    holds,
    machine,
    param,
    replace,
)
from ...definition.guard import OnWorkingDay
from ..writing import Bases, event, final, grounds, inferred, read, rule, share, state, stays, told
from .conditions import (
    AT_LIBERTY,
    CENTER_ELIGIBLE,
    CUSTODY_BEGINS,
    IMPRISONMENT,
    MAY_VISIT,
    OUT,
    SUSPECT_DETAINED,
    TO_BE_PREPARED,
    TO_FAMILY_COURT,
)
from .consent import without_the_center
from .prison import to_prison
from .sight import OF_SUPPORT

EACH_PLAN = Text("計画ごとに定まる", "Of each plan by itself")

EVENTS = (
    event("center_consulted", "センターへの相談", "Center consulted", "support",
          "counsel family municipality person police prosecutor social_worker "
          "core_consultation_center", read("S02"),
          unseen_by="family police social_worker core_consultation_center"),
    event("prosecutor_contacted", "センターから検察官へ連絡", "Center contacts the prosecutor",
          "support", "center", read("S02")),
    event("center_requested", "センターへの依頼", "Center requested", "support",
          "probation_office", read("S01 S19 S33"),
          records="prioritised_subject po_regards_as_elderly meets_further_conditions age "
                  "disability needs_welfare wishes_support"),
    event("center_accepted", "受理", "Center accepts", "support", "center", inferred("S01")),
    event("center_declined", "受理不可", "Center declines", "support", "center", inferred("S01"),
          records="decline_reason"),
    event("support_reentered", "再度の支援開始", "Center re-enters", "support",
          "probation_office", inferred("S51"),
          records="known_to_center prioritised_subject age disability"),
    event("visit_started", "面会の開始", "Visit started", "support", "center", read("S37 S14b"),
          records="visitors other_visit_today", outdates="visitors other_visit_today",
          anew=inferred("S14b S15", note=Text("面会の日ごとに定まる", "Of each visit by itself"))),
    event("interview_held", "面接の実施", "Interview held", "support", "center", read("S37"),
          records="wishes_support housing needs_welfare"),
    event("support_refused", "本人が支援を断る", "The person refuses support", "support",
          "person center", inferred("S37")),
    event("assessment_done", "アセスメント完了", "Assessment done", "support", "center",
          read("S37"), records="disability housing needs_welfare wants_other_prefecture"),
    event("case_conference_held", "個別支援検討会・事例検討", "Case conference held", "support",
          "center municipality probation_office", read("S49 S50")),
    event("plan_agreed", "計画への同意", "Plan agreed", "support", "center", read("S33 S37"),
          records="person_agrees_plan wants_other_prefecture", outdates="person_agrees_plan",
          anew=inferred("S37", note=EACH_PLAN)),
    event("plan_revised", "計画の見直し", "Plan revised", "support", "center", read("S12b"),
          records="wants_other_prefecture housing"),
    event("placement_sought", "受入先の調整開始", "Placement sought", "support", "center",
          read("S33")),
    event("placement_refused", "受入れ不可", "Placement refused", "support",
          "provider municipality family", read("S34"), records="refusal_reason",
          unseen_by="family"),
    event("placement_secured", "受入先の確保", "Placement secured", "support",
          "provider municipality family", read("S34"), records="placement",
          unseen_by="family"),
    event("transfer_requested", "他都道府県のセンターへ協力依頼", "Transfer requested", "support", "center",
          read("S33 S11"), records="wants_other_prefecture"),
    event("transfer_completed", "他都道府県のセンターが引継ぎ", "Transfer completed", "support",
          "other_center", read("S11 S33"), records="placement"),
    event("release_notified", "釈放の事前連絡", "Release notified", "support",
          "prosecutor reintegration_office", inferred("S37")),
    event("release_prepared", "釈放日の同行準備", "Release prepared", "support", "center",
          read("S11")),
    event("accompanied", "釈放時・釈放後の同行", "Accompanied", "support",
          "center other_center prosecutor reintegration_office counsel", read("S07 S42 S11")),
    event("service_started", "サービス・保護の開始", "Service started", "support",
          "municipality provider", inferred("S01 S13"), records="placement"),
    event("follow_up_started", "フォローアップ開始", "Follow-up started", "support", "center",
          read("S17 S44")),
    event("contact_ok", "連絡・訪問", "Contact made", "support", "center", read("S17")),
    event("contact_missed", "連絡不通", "Contact missed", "support", "center",
          read("S12b")),
    event("lost", "所在不明", "Lost", "support", "center provider rehabilitation_facility",
          read("S12b")),
    event("found", "所在判明", "Found", "support",
          "center provider rehabilitation_facility police", inferred("S12b"),
          unseen_by="police"),
    event("hospitalised", "入院", "Hospitalised", "support", "medical center", inferred("S12b")),
    event("support_held", "支援の中断", "Support held", "support", "center", inferred("S12b")),
    event("support_resumed", "支援の再開", "Support resumed", "support", "center",
          inferred("S12b")),
    event("final_report_sent", "センターの終了報告", "Center's final report", "support", "center",
          inferred("S33"), told=told("probation_office", inferred("S33"))),
    event("support_closed", "支援の終結", "Support closed", "support", "center probation_office",
          inferred("S13 S34"), records="closing_reason"),
)  # fmt: skip

_PREPARED = "assessed planned placement_search placement_secured release_ready"
_CENTER_WORK = "accepted visiting interviewing assessed planned placement_search placement_secured"
_AT_WORK = f"{_CENTER_WORK} release_ready"
_BEFORE_RELEASE = f"referred {_AT_WORK} on_hold"
_AFTER_RELEASE = "released_unprepared temporary_lodging released_accompanied services_started follow_up"
_UNDER_WAY_AFTER = "released_unprepared temporary_lodging services_started"
# Released before the Center was ready: it goes on with its work where the person is.
_UNPREPARED = "released_unprepared temporary_lodging"
_STARTED = f"{_BEFORE_RELEASE} transferred {_AFTER_RELEASE} out_of_contact"
_OPEN = f"consultation_only declined {_STARTED}"
_HANDOVER = "age disability housing needs_welfare offence"
_OTHER_CASE = ~machine("procedure").in_("investigation", "referred", "released_undecided")
_VISIT = read("S14b S15")
_MAY_COME = (
    ~AT_LIBERTY & OnWorkingDay() & (fact("visitors") <= param("visitors_max"))
    & (fact("other_visit_today") == False) & MAY_VISIT  # noqa: E712
)  # fmt: skip
_PLACED = fact("placement").known()
_AFTER = f"{_AFTER_RELEASE} out_of_contact"
# In custody anew the Center begins with the interview; another case opens a case of its own.
_HELD_ANEW = (
    *(begun for begun in CUSTODY_BEGINS if begun[1] != "rearrested"),
    ("stay_of_detention", "detention_stay_ended"),
)


def _closed(id: str, ja: str, en: str, basis: Bases | None = None) -> tuple[str, str, str, Bases]:
    return (f"closed_{id}", ja, en, basis or inferred("S13 S34"))


# From where the Center may re-enter when the person consents again, comes back or needs it again;
# only what ends with the case, or goes on elsewhere, is over for good.
_REOPENABLE = (
    _closed("settled", "終結(定着)", "Closed: settled", inferred("S13b")),
    _closed("returned_to_family", "終結(家族のもとへ)", "Closed: returned to family"),
    _closed("no_placement", "終結(受入先なし)", "Closed: no placement", read("S34 S50")),
    _closed("lost_contact", "終結(連絡不通)", "Closed: lost contact", read("S12b")),
    _closed("hospitalised", "終結(入院)", "Closed: hospitalised"),
    _closed("released_before_ready", "終結(準備前の釈放)", "Closed: released before ready"),
    _closed("capacity_declined", "終結(体制不足)", "Closed: capacity declined"),
    _closed("not_eligible", "終結(対象外)", "Closed: not eligible"),
    _closed("consent_refused", "終結(本人の辞退)", "Closed: declined by the person"),
    _closed("consent_withdrawn", "終結(同意の撤回)", "Closed: consent withdrawn"),
)  # fmt: skip
_OVER = (
    _closed("imprisoned", "終結(実刑)", "Closed: imprisoned", read("S13")),
    _closed("rearrested", "終結(再逮捕・新しい事件へ)", "Closed: arrested again", read("S50 S51")),
    _closed("moved_other_prefecture", "終結(他都道府県へ引継ぎ)", "Closed: moved to another prefecture",
            read("S11 S33")),
    _closed("died", "終結(死亡)", "Closed: died"),
)  # fmt: skip

# Where the Center may close for which reason.
_CLOSABLE = (
    ("settled", "follow_up"),
    ("returned_to_family", f"{_AT_WORK} {_AFTER_RELEASE}"),
    ("no_placement", "placement_search released_unprepared temporary_lodging"),
    ("lost_contact", "out_of_contact released_unprepared"),
    ("hospitalised", "on_hold"),
    ("released_before_ready", "released_unprepared"),
    ("capacity_declined", "declined consultation_only"),
    ("not_eligible", "declined consultation_only referred accepted interviewing assessed"),
)


def _closing(reason: str, sources: str) -> Transition:
    return rule(f"closing_{reason}", "support_closed", sources, f"closed_{reason}",
                inferred("S13 S34"), guard=fact("closing_reason") == reason)  # fmt: skip


SUPPORT = Machine(
    "support",
    Text("定着支援センターの支援", "Support by the Center"),
    "not_started",
    (
        state("not_started", "依頼前", "Not yet asked", "probation_office", read("S01"),
              stage="intake", rest=True),
        state("consultation_only", "相談のみ", "Center consulted, no request", "center", read("S02"),
              stage="intake"),
        state("referred", "依頼あり", "Referred", "center", read("S01 S19 S33"),
              stage="screening"),
        state("declined", "受理不可", "Declined", "probation_office", inferred("S01"),
              stage="screening"),
        state("accepted", "受理", "Accepted", "center", inferred("S01"), stage="screening"),
        state("visiting", "面会中", "Visiting", "center", _VISIT, stage="screening"),
        state("interviewing", "面接・情報収集", "Interviewing", "center", read("S37"),
              stage="screening"),
        state("assessed", "アセスメント済み", "Assessed", "center", read("S37"),
              stage="coordination"),
        state("planned", "計画合意", "Planned", "center", read("S33 S37"), stage="coordination"),
        state("placement_search", "受入先調整中", "Placement search", "center", read("S33"),
              stage="coordination"),
        state("placement_secured", "受入先確保", "Placement secured", "provider", read("S34"),
              stage="coordination"),
        state("transferred", "他都道府県で調整中", "With another prefecture's Center",
              "other_center", read("S33 S11"), stage="coordination"),
        state("on_hold", "中断", "On hold", "center", inferred("S12b"), stage="coordination"),
        state("release_ready", "釈放に備えて準備完了", "Ready for release", "center", read("S11"),
              stage="release"),
        state("released_unprepared", "準備前に釈放", "Released before ready", "center",
              inferred("S44"), stage="release"),
        state("temporary_lodging", "一時的な宿泊先", "Temporary lodging",
              "rehabilitation_facility", read("S35 S36"), stage="release"),
        state("released_accompanied", "釈放・同行", "Released, accompanied", "center",
              read("S07 S11 S42"), stage="release"),
        state("services_started", "サービス開始", "Services started", "municipality",
              inferred("S01 S13"), stage="settlement"),
        state("follow_up", "フォローアップ", "Follow-up", "center", read("S17 S44"),
              stage="settlement"),
        state("out_of_contact", "所在不明", "Out of contact", "center", read("S12b"),
              stage="settlement"),
        *(state(id, ja, en, "center", basis, stage="settlement", rest=True)
          for id, ja, en, basis in _REOPENABLE),
        *(final(id, ja, en, "center", basis, stage="settlement") for id, ja, en, basis in _OVER),
    ),
    (
        rule("consultation", "center_consulted", "not_started", "consultation_only", read("S02"),
             papers="consultation_request", guard=~machine("custody").in_("imprisoned")),
        *stays("routing", "prosecutor_contacted", "consultation_only", read("S02")),
        rule("request", "center_requested", "not_started consultation_only declined", "referred",
             read("S01 S19 S33"), papers="center_request",
             guard=CENTER_ELIGIBLE,
             shares=share(_HANDOVER, "center")),
        rule("reentry", "support_reentered",
             " ".join(("not_started", *(id for id, *_ in _REOPENABLE))), "interviewing",
             inferred("S51"), guard=holds("known_to_center") & CENTER_ELIGIBLE,
             shares=share(_HANDOVER, "center"),
             note=Text("同意が改めて得られたとき、戻って来たとき、再び必要になったとき",
                       "On renewed consent, on return, or when support is needed again")),
        rule("acceptance", "center_accepted", "referred", "accepted", inferred("S01")),
        rule("declining", "center_declined", "referred", "declined", inferred("S01")),
        rule("visit", "visit_started", "accepted interviewing", "visiting", _VISIT,
             guard=_MAY_COME, papers="visit_application"),
        # Once the person was interviewed the Center comes again: it does not begin anew.
        *stays("further_visit", "visit_started", _PREPARED, _VISIT, guard=_MAY_COME,
               papers="visit_application"),
        rule("interview_in_custody", "interview_held", "visiting", "interviewing", read("S37")),
        rule("interview_at_liberty", "interview_held",
             f"accepted interviewing {_UNPREPARED} follow_up", "interviewing", inferred("S37"),
             guard=AT_LIBERTY,
             note=Text("準備前に釈放された者、戻って来た者とは、ここから支援を進める",
                       "With one released before it was ready, or who came back, the work goes on here")),
        rule("refusal_by_person", "support_refused", f"consultation_only {_STARTED}",
             "closed_consent_refused", inferred("S37")),
        rule("refusal_of_consent", "consent_refused", "consultation_only",
             "closed_consent_refused", inferred("S05")),
        rule("assessing", "assessment_done", "interviewing", "assessed", read("S37"),
             papers="assessment"),
        *stays("conference", "case_conference_held", f"{_PREPARED} {_AFTER_RELEASE}",
               read("S49 S50")),
        rule("planning", "plan_agreed", "assessed", "planned", read("S33 S37"),
             guard=holds("person_agrees_plan"), papers="coordination_plan"),
        # Another Center that can do nothing hands the plan back; after release it may come to nothing.
        rule("revision", "plan_revised",
             "planned placement_search placement_secured release_ready transferred",
             "planned", read("S12b"), papers="coordination_plan"),
        rule("revision_after_release", "plan_revised", _AFTER_RELEASE, "planned", read("S12b"),
             guard=holds("person_agrees_plan"), papers="coordination_plan"),
        rule("seeking_placement", "placement_sought", "planned", "placement_search", read("S33"),
             shares=share("age disability housing needs_welfare", "municipality provider")),
        *stays("refusal_of_placement", "placement_refused", "placement_search", read("S34")),
        *stays("refusal_after_release", "placement_refused", _UNPREPARED, inferred("S34")),
        rule("securing", "placement_secured", "placement_search", "placement_secured",
             read("S34"), papers="acceptance"),
        *stays("securing_after_release", "placement_secured",
               "temporary_lodging released_unprepared", inferred("S35 S36"), papers="acceptance"),
        *(rule(id, "transfer_requested", sources, "transferred", read("S33 S11"),
               guard=holds("wants_other_prefecture"), papers="cooperation_request",
               shares=share(_HANDOVER, "other_center"))
          for id, sources in (("transfer", "planned placement_search"),
                              ("transfer_in_follow_up", "services_started follow_up"))),
        rule("move", "transfer_completed", "transferred", "closed_moved_other_prefecture",
             read("S11 S33"), guard=AT_LIBERTY),
        *stays("notice", "release_notified", f"{_BEFORE_RELEASE} transferred",
               inferred("S37", note=Text("連絡の義務は見当たらない", "No duty found"))),
        rule("preparation", "release_prepared", "placement_secured", "release_ready",
             read("S11")),
        rule("release_as_planned", "released", "release_ready", "released_accompanied",
             read("S11 S07 S42")),
        rule("release_too_early", "released", f"referred {_CENTER_WORK} on_hold",
             "released_unprepared", inferred("S11")),
        rule("late_accompaniment", "accompanied", "released_unprepared", "released_accompanied",
             read("S07 S11 S42")),
        rule("accompaniment_at_liberty", "accompanied", "placement_secured release_ready",
             "released_accompanied", inferred("S07 S11 S42"), guard=AT_LIBERTY,
             note=Text("保釈された者・在宅の者には、釈放という出来事がない",
                       "For one on bail or never held there is no release to wait for")),
        *stays("accompaniment", "accompanied", "released_accompanied", read("S07 S11 S42")),
        rule("lodging", "lodging_entrusted", "released_unprepared released_accompanied",
             "temporary_lodging", read("S35 S36") + inferred("S35"),
             shares=share("age housing needs_welfare", "rehabilitation_facility")),
        # Nobody whom the Center visits in custody receives aid.
        *stays("lodging_at_work", "lodging_entrusted",
               "accepted interviewing assessed planned placement_search placement_secured",
               inferred("S35 S36"),
               shares=share("age housing needs_welfare", "rehabilitation_facility")),
        rule("end_of_lodging", "lodging_ended", "temporary_lodging", "released_unprepared",
             inferred("S28b", "orr", "121")),
        rule("service", "service_started", "released_accompanied", "services_started",
             inferred("S01 S13"), guard=AT_LIBERTY, papers="decision_notice"),
        rule("service_at_liberty", "service_started", "placement_secured release_ready",
             "services_started", inferred("S01 S13"), guard=AT_LIBERTY, papers="decision_notice"),
        *(rule(id, "service_started", source, "services_started", inferred("S35 S36"),
               guard=AT_LIBERTY & _PLACED, papers="decision_notice")
          for id, source in (("service_after_lodging", "temporary_lodging"),
                             ("service_where_a_place_is_known", "released_unprepared"))),
        rule("following_up", "follow_up_started", "services_started", "follow_up",
             read("S17 S44 S160"), guard=AT_LIBERTY),
        *stays("contact", "contact_ok", _AFTER_RELEASE, read("S17")),
        *stays("missed_contact", "contact_missed", _AFTER_RELEASE, read("S12b")),
        *stays("final_report", "final_report_sent",
               f"follow_up out_of_contact on_hold {_UNDER_WAY_AFTER}", inferred("S33")),
        rule("losing_contact", "lost", _AFTER_RELEASE, "out_of_contact", read("S12b")),
        rule("losing_contact_at_work", "lost", _AT_WORK, "out_of_contact", inferred("S12b"),
             guard=AT_LIBERTY),
        rule("finding", "found", "out_of_contact", "follow_up", inferred("S12b")),
        rule("involuntary_hospital", "involuntarily_admitted", f"{_AT_WORK} {_AFTER_RELEASE}",
             "on_hold", inferred("NS05")),
        rule("hospital", "hospitalised", f"{_AT_WORK} {_AFTER_RELEASE}", "on_hold",
             inferred("S12b")),
        rule("holding", "support_held", _AT_WORK, "on_hold", inferred("S12b")),
        rule("resuming_in_custody", "support_resumed", "on_hold", "interviewing",
             inferred("S12b"), guard=~OUT),
        rule("resuming_at_liberty", "support_resumed", "on_hold", "released_unprepared",
             inferred("S12b"), guard=OUT),
        *(_closing(reason, sources) for reason, sources in _CLOSABLE),
        rule("closing_on_withdrawal", "consent_withdrawn", _STARTED, "closed_consent_withdrawn",
             inferred("S05")),
        *without_the_center(_STARTED, "closed_consent_withdrawn", inferred("S05")),
        *to_prison("closing_on_imprisonment", _OPEN, "closed_imprisoned", read("S13")),
        *(rule(f"closing_{id}", name, f"consultation_only {_STARTED}", "closed_not_eligible",
               inferred("", "juvenile_act", "41, 42")) for id, name in TO_FAMILY_COURT),
        rule("closing_on_rearrest", "rearrested", _AFTER, "closed_rearrested", read("S50 S51"),
             guard=_OTHER_CASE),
        rule("closing_on_rearrest_at_work", "rearrested", f"{_BEFORE_RELEASE} transferred",
             "closed_rearrested", inferred("S50 S51"), guard=_OTHER_CASE & OUT),
        rule("resuming_after_rearrest", "rearrested", _AFTER, "interviewing",
             inferred("S47 S51"), guard=~_OTHER_CASE),
        *(rule(f"resuming_after_{id}", name, _AFTER, "interviewing", inferred("S47 S51"))
          for id, name in _HELD_ANEW),
        *(rule(f"resuming_after_bail_on_{name}", name, _AFTER, "interviewing",
               inferred("EG", "ccp", "343"), guard=machine("custody").in_("bailed", "stayed_defendant") & IMPRISONMENT)
          for name in ("judged", "appeal_judged")),
        rule("closing_on_death", "died", _OPEN, "closed_died", inferred("S13")),
    ),
    seen_by=tuple(OF_SUPPORT),
    basis=grounds(OF_SUPPORT),
    seen_with_consent=("prosecutor", "reintegration_office", "welfare_adviser", "counsel",
                       "other_center", "municipality", "provider", "medical",
                       "rehabilitation_facility"),
)  # fmt: skip

# The Center's call on the prosecutor makes the person a candidate for adjustment (CS-01).
RELAY = rule("flagging_by_center", "prosecutor_contacted", "none", "candidate", read("S02"),
             guard=TO_BE_PREPARED)

# Since the Act gave the prosecutor a veto (ORA 83-2(3)).
CLOSED_ON_VETO = state("closed_prosecutor_veto", "終結(検察官の意見)", "Closed: prosecutor's veto",
                       "center", inferred("S25", "ora", "83-2(3)"), stage="settlement", rest=True)
CLOSING_STATES = (*(id for id, *_ in (*_REOPENABLE, *_OVER)), CLOSED_ON_VETO.id)
HELD_ON_VETO = rule(
    "holding_on_veto", "prosecutor_opinion", f"referred {_AT_WORK} transferred",
    "on_hold", inferred("S25", "ora", "83-2(3)"),
    guard=holds("prosecutor_objects") & SUSPECT_DETAINED,
    note=Text("検察官の意見により調整を行えない間は、センターの支援も中断するものとした",
              "While the prosecutor's opinion bars adjustment, the Center's work is held too"),
)  # fmt: skip
CLOSING_ON_VETO = rule(
    "closing_prosecutor_veto", "support_closed", "consultation_only referred declined on_hold",
    "closed_prosecutor_veto", inferred("S25", "ora", "83-2(3)"),
    guard=(fact("closing_reason") == "prosecutor_veto") & machine("adjustment").in_("vetoed"),
)  # fmt: skip

# Since the Act adjustment, and with it the Center's preparation, is of a detained suspect.
UNDER_THE_ACT: tuple[Edit, ...] = (
    replace("transition support.release_as_planned",
            basis=read("S11 S07 S42") + inferred("S25", "ora", "83-2")),
    replace("transition support.release_too_early", basis=inferred("S25", "ora", "83-2")),
    replace("transition support.closing_on_withdrawal", basis=inferred("S25", "ora", "83-2(1)")),
)  # fmt: skip

DEADLINES = (
    Deadline("center_response", Text("センターの回答", "The Center's answer"), "support",
             ("referred",), OnEvent(("center_requested",)),
             Length(param("center_response_days"), Unit.DAYS), "center",
             inferred("S01 S199", note=Text(
                 "「地域生活定着支援センターの事業及び運営に関する指針」(平成21年5月27日社援総発第0527001号)は未読",
                 "The guideline on Centers (notice 0527001 of 2009-05-27) was not read")),
             owed_to=("probation_office",), met_by=("center_accepted", "center_declined")),
    Deadline("visit", Text("一般面会の時間", "Ordinary visit"), "support", ("visiting",),
             OnEvent(("visit_started",)), Length(param("visit_minutes"), Unit.MINUTES), "center",
             _VISIT, note=Text("平日・1日1組・3人まで", "Weekdays, one group a day, up to three")),
    Deadline("contact_threshold", Text("連絡不通の確認", "Contact missed: to be settled"), "support",
             tuple(_AFTER_RELEASE.split()), OnEvent(("contact_missed",)),
             Length(param("lost_after_days"), Unit.DAYS), "center", inferred("S12b"),
             met_by=("contact_ok", "lost", "support_closed")),
    Deadline("follow_up_period", Text("フォローアップ期間", "Follow-up"), "support", ("follow_up",),
             OnEvent(("service_started",)), Length(param("follow_up_months"), Unit.MONTHS),
             "center", read("S17") + inferred("S44")),
)  # fmt: skip

