"""Special coordination as it has run since April 2009 (circular 保観第244号): six requirements,
prison → probation office → Center."""

from __future__ import annotations

from datetime import date

from ...definition import (
    ConsentRule,
    Deadline,
    Length,
    Machine,
    OnEvent,
    Process,
    Text,
    Unit,
    fact,
    holds,
    machine,
    param,
    when,
)
from ..writing import event, final, grounds, inferred, read, rule, share, state, stays
from . import parts
from .parts import AGE_OR_DISABILITY, HOME, INSIDE, NO_HOME, WITH_THE_CENTER
from .road import ROAD

_SIX = read("S60", "circular")
_CONSENTED = machine("consent").in_("given")
_CENTER_NAMED = fact("consent_recipients").includes("center")
_WORK = "requested coordinating placed"
# Consent is the person's; others write down what the person says. No source says who may.
_TAKEN_DOWN = inferred("S60", note=Text(
    "本人のほか、本人の意思を聴き取った矯正施設・保護観察所・センターが報告できるものとした",
    "Besides the person, the institution, the probation office and the Center may report what the "
    "person says"))
_TOLD_TO = inferred("S60", note=Text(
    "本人のほか、本人から撤回の意思を聴いた矯正施設・保護観察所・センターが報告できるものとした。"
    "誰に伝えても効力が生じるようにするためである",
    "Besides the person, the prison, the probation office and the Center may report it: "
    "whichever of them is told, it counts"))
_ANEW = inferred("S60", note=Text("提供先を加えるときは、改めて同意を得るものとした",
                                  "To add a recipient, consent is given anew"))  # fmt: skip
_AFTER = "released released_unplaced follow_up"
_OPEN = f"candidate selected general_coordination {_WORK} transferred {_AFTER}"
# White Paper 2018 counts those for whom a place was found after release, too.
_GOES_ON = inferred("S201")

IMPRISONMENT = Machine(
    "imprisonment",
    Text("収容", "Imprisonment"),
    "serving",
    (
        state("serving", "収容中", "In the institution", "prison", read("S11"), stage="intake"),
        state("release_date_set", "釈放日決定", "Release date set", "prison", inferred("S11"),
              stage="coordination"),
        state("released", "釈放", "Released", "person", read("S11"), stage="release", rest=True),
        final("died", "死亡", "Died", "person", inferred("S11"), stage="settlement", ends_case=True),
    ),
    (
        rule("setting_date", "release_date_set", "serving", "release_date_set", inferred("S11")),
        rule("release", "released", "serving release_date_set", "released", read("S11")),
        rule("death", "died", "serving release_date_set released", "died", inferred("S11")),
    ),
    tuple(INSIDE),
    ("center", "other_center", "municipality", "provider"),
    basis=grounds(INSIDE),
)  # fmt: skip

CONSENT = Machine(
    "consent",
    Text("本人の同意", "Consent"),
    "not_asked",
    (
        state("not_asked", "未確認", "Not asked", "prison", read("S60"), stage="intake", rest=True),
        state("given", "同意あり", "Given", "person", _SIX, stage="screening", rest=True),
        state("refused", "不同意", "Refused", "person", inferred("S60"), stage="screening", rest=True),
        state("withdrawn", "撤回", "Withdrawn", "person", inferred("S60"),
              stage="coordination", rest=True),
    ),
    (
        rule("consent", "consent_given", "not_asked refused withdrawn", "given", _SIX,
             papers="consent_form"),
        *stays("consent_anew", "consent_given", "given", _ANEW, papers="consent_form"),
        rule("refusal", "consent_refused", "not_asked withdrawn", "refused", inferred("S60")),
        rule("withdrawal", "consent_withdrawn", "given", "withdrawn", inferred("S60")),
    ),
    tuple(INSIDE),
    ("center", "other_center"),
    basis=grounds(INSIDE),
)  # fmt: skip

_INMATE = machine("imprisonment").in_("serving", "release_date_set")
_OUT = machine("imprisonment").in_("released")
_HANDED = "age disability needs_welfare has_home"

COORDINATION = Machine(
    "coordination",
    Text("特別調整", "Special coordination"),
    "not_started",
    (
        state("not_started", "未着手", "Not started", "prison", read("S60"),
              stage="intake", rest=True),
        state("candidate", "候補者", "Candidate", "prison", read("S60 S11"), stage="intake"),
        state("selected", "対象者に選定", "Selected", "probation_office", _SIX, stage="screening"),
        state("general_coordination", "一般調整", "General coordination", "probation_office",
              read("S58 S17"), stage="coordination"),
        state("requested", "センターへ依頼", "Center requested", "center", read("S11 S33"),
              stage="screening"),
        state("coordinating", "受入先調整中", "Coordinating", "center", read("S11 S33"),
              stage="coordination"),
        state("transferred", "他都道府県で調整中", "With another prefecture's Center",
              "other_center", read("S11 S33"), stage="coordination"),
        state("placed", "受入先確保", "Placement secured", "provider", read("S11"),
              stage="coordination"),
        state("released", "釈放・同行", "Released, accompanied", "center", read("S11"),
              stage="release"),
        state("released_unplaced", "受入先のないまま釈放", "Released without a placement", "center",
              _GOES_ON, stage="release"),
        state("follow_up", "フォローアップ", "Follow-up", "center", read("S17 S33"),
              stage="settlement"),
        final("settled", "終結(定着)", "Closed: settled", "center", read("S13b"),
              stage="settlement"),
        final("moved", "終結(他都道府県へ引継ぎ)", "Closed: moved to another prefecture", "other_center",
              read("S11 S33"), stage="settlement"),
        # Who meets the requirements later, or consents anew, may be found again before release.
        state("not_selected", "終結(対象外)", "Closed: not selected", "probation_office",
              inferred("S60"), stage="screening", rest=True),
        state("withdrawn", "終結(辞退)", "Closed: withdrawn", "person", inferred("S60"),
              stage="settlement", rest=True),
        final("no_placement", "終結(受入先なし)", "Closed: no placement", "center",
              inferred("S11"), stage="settlement"),
        final("ended", "終結(その他)", "Closed: otherwise", "center", inferred("S202"),
              stage="settlement"),
        final("ended_general", "終結(一般調整)", "Closed: general coordination",
              "probation_office", inferred("S58 S17"), stage="release"),
        final("died", "終結(死亡)", "Closed: died", "center", inferred("S11"),
              stage="settlement"),
    ),
    (
        rule("finding", "candidate_found", "not_started", "candidate", read("S60 S11"),
             guard=_INMATE),
        rule("finding_anew", "candidate_found", "not_selected withdrawn", "candidate",
             inferred("S60"), guard=_INMATE),
        rule("selection", "person_selected", "candidate", "selected", _SIX,
             guard=_INMATE & AGE_OR_DISABILITY & NO_HOME & holds("needs_welfare")
             & holds("appropriate") & holds("wishes") & _CONSENTED),
        rule("general", "general_coordination_chosen", "candidate", "general_coordination",
             read("S58 S17"),
             guard=_INMATE & AGE_OR_DISABILITY & HOME & holds("needs_welfare")
             & (when("wish_needed_for_general", False) | holds("wishes"))),
        rule("rejection", "person_rejected",
             f"candidate selected general_coordination {_WORK} transferred", "not_selected",
             inferred("S60 S202"), guard=_INMATE,
             note=Text("要件を満たさなくなったとき(帰る先が見付かったときなど)も",
                       "Also once a requirement is no longer met, as where a home was found")),
        rule("request", "center_requested", "selected", "requested", read("S11 S33"),
             papers="request", shares=share(_HANDED, "center")),
        rule("request_in_general_coordination", "center_requested", "general_coordination",
             "requested", read("S17 S58"), papers="request", shares=share(_HANDED, "center"),
             note=Text("センターは一般調整にも応じる", "Centers take general coordination too")),
        rule("planning", "plan_made", "requested", "coordinating", read("S33"), papers="plan"),
        rule("transfer", "transfer_requested", "coordinating", "transferred", read("S11 S33"),
             guard=holds("wants_other_prefecture"), papers="cooperation_request",
             shares=share(_HANDED, "other_center")),
        rule("move", "transfer_completed", "transferred", "moved", read("S11 S33"),
             guard=_OUT),
        rule("revision", "plan_revised", "coordinating placed transferred", "coordinating",
             inferred("S33 S34"), guard=_INMATE, papers="plan",
             note=Text("受入先を失ったとき、他都道府県のセンターで調わないときも",
                       "Also where a placement is lost or the other Center finds none")),
        rule("revision_after_release", "plan_revised", "placed transferred released follow_up",
             "released_unplaced", inferred("S33 S34 S201"), guard=_OUT, papers="plan"),
        *stays("sounding", "provider_sounded", "coordinating", read("S11 S33"),
               shares=share(_HANDED, "provider municipality")),
        *stays("refusal_of_placement", "placement_refused", "coordinating", read("S34")),
        rule("placing", "placement_secured", "coordinating", "placed", read("S11")),
        rule("placing_after_release", "placement_secured", "released_unplaced", "placed", _GOES_ON),
        rule("accompanied_release", "released", "placed", "released", read("S11")),
        rule("release_without_placement", "released", "requested coordinating",
             "released_unplaced", _GOES_ON),
        rule("end_of_general", "released", "general_coordination", "ended_general",
             inferred("S58 S17")),
        rule("release_of_candidate", "released", "candidate selected", "not_selected",
             inferred("S60")),
        rule("following_up", "follow_up_started", "released", "follow_up", read("S17 S33")),
        rule("following_up_where_placed_later", "follow_up_started", "placed", "follow_up",
             _GOES_ON, guard=_OUT),
        *stays("contact", "contact_made", "follow_up", read("S17")),
        rule("settling", "settled", "follow_up", "settled", read("S13b")),
        rule("end_without_placement", "coordination_ended", "released_unplaced", "no_placement",
             inferred("S11")),
        rule("end", "coordination_ended", "released placed transferred follow_up", "ended",
             inferred("S202"),
             guard=_OUT, note=Text("所在不明、入院、再び収容されたときなど",
                                   "Lost, in hospital, in an institution again, and the like")),
        rule("withdrawal", "consent_withdrawn", f"selected {_WORK} transferred {_AFTER}",
             "withdrawn", inferred("S60")),
        rule("center_left_out", "consent_given", f"{_WORK} transferred {_AFTER}", "withdrawn",
             inferred("S60"), guard=_CONSENTED & ~_CENTER_NAMED),
        rule("death", "died", f"not_started {_OPEN} not_selected withdrawn", "died", inferred("S11")),
    ),
    tuple(WITH_THE_CENTER),
    ("other_center", "municipality", "provider"),
    basis=grounds(WITH_THE_CENTER),
)  # fmt: skip

EVENTS = (
    event("release_date_set", "釈放日の決定", "Release date set", "imprisonment", "prison",
          inferred("S11")),
    event("released", "釈放", "Released", "imprisonment", "prison", read("S11")),
    event("died", "死亡", "Died", "imprisonment", "prison center provider municipality",
          inferred("S11")),
    event("consent_given", "同意", "Consent given", "consent",
          "person prison probation_office center",
          _SIX + _TAKEN_DOWN, records="consent_recipients wishes"),
    event("consent_refused", "不同意", "Consent refused", "consent",
          "person prison probation_office", inferred("S60") + _TAKEN_DOWN),
    event("consent_withdrawn", "同意の撤回", "Consent withdrawn", "consent",
          "person prison probation_office center", inferred("S60") + _TOLD_TO),
    event("candidate_found", "候補者の把握", "Candidate found", "coordination", "prison",
          read("S60 S11"), records="age disability has_home needs_welfare regarded_as_elderly"),
    event("person_selected", "対象者の選定", "Person selected", "coordination",
          "probation_office", _SIX, records="appropriate"),
    event("general_coordination_chosen", "一般調整とする", "General coordination chosen",
          "coordination", "probation_office", read("S58 S17")),
    event("person_rejected", "対象外とする", "Not selected", "coordination", "probation_office",
          inferred("S60 S202")),
    event("center_requested", "センターへの依頼", "Center requested", "coordination",
          "probation_office", read("S11 S33")),
    event("plan_made", "調整計画の作成", "Plan made", "coordination", "center", read("S33"),
          records="wants_other_prefecture"),
    event("transfer_requested", "他都道府県のセンターへ協力依頼", "Transfer requested", "coordination",
          "center", read("S11 S33"), records="wants_other_prefecture"),
    event("transfer_completed", "他都道府県のセンターが引継ぎ", "Transfer completed", "coordination",
          "other_center", read("S11 S33")),
    event("provider_sounded", "事業者・市区町村への打診", "Providers sounded out", "coordination",
          "center", read("S11 S33")),
    event("plan_revised", "計画の見直し", "Plan revised", "coordination", "center",
          inferred("S33 S34")),
    event("placement_refused", "受入れ不可", "Placement refused", "coordination",
          "provider municipality", read("S34")),
    event("placement_secured", "受入先の確保", "Placement secured", "coordination",
          "provider municipality", read("S11")),
    event("follow_up_started", "フォローアップ開始", "Follow-up started", "coordination", "center",
          read("S17 S33")),
    event("contact_made", "連絡・訪問", "Contact made", "coordination", "center", read("S17")),
    event("settled", "地域に定着", "Settled", "coordination", "center", read("S13b")),
    event("coordination_ended", "特別調整の終結", "Coordination ended", "coordination",
          "center probation_office", inferred("S11 S202")),
)  # fmt: skip

PROCESS = Process(
    id="special_coordination",
    version="CIRCULAR_2009_04",
    label=Text("特別調整(出口支援)", "Special coordination (exit-stage support)"),
    called=Text("特別調整の通達", "Special coordination circular"),
    since=date(2009, 4, 1),
    agencies=parts.AGENCIES,
    stages=parts.STAGES,
    facts=parts.FACTS,
    papers=parts.PAPERS,
    parameters=parts.PARAMETERS,
    sources=parts.SOURCES,
    events=EVENTS,
    machines=(IMPRISONMENT, CONSENT, COORDINATION),
    main_machine="coordination",
    road=ROAD,
    deadlines=(
        Deadline("follow_up_period", Text("フォローアップ期間", "Follow-up"), "coordination",
                 ("follow_up",), OnEvent(("follow_up_started",)),
                 Length(param("follow_up_months"), Unit.MONTHS), "center", read("S17")),
    ),
    consent=ConsentRule("consent", ("given",), "consent_recipients", _SIX),
    note=Text("開始日は2009年4月とのみ分かる。日は4月1日とした",
              "Only the month, April 2009, is known; the day is taken to be the first"),
)  # fmt: skip
