"""Bridging without the Center: the prosecutors' desk, its adviser, the accompanying lawyer
(domain rows 4, 5, 15, 18; cases CS-02 to CS-05 and CS-11)."""

from __future__ import annotations

from ...definition import Edit, Machine, Text, replace
from ..writing import event, final, grounds, inferred, read, rule, share, state, stays, told
from .conditions import AT_LIBERTY, OUT
from .sight import OF_BRIDGING

# No source says how the work ends that leads to no hand-over, as where the person is taken to prison
# or sent to the family court in custody, or wishes for no more.
_NO_HANDOVER = inferred("S08 S42")

EVENTS = (
    event("desk_called", "社会復帰支援室への相談", "Desk called", "bridging", "prosecutor",
          read("S07 S08")),
    event("adviser_interviewed", "アドバイザーの面談", "Adviser's interview", "bridging",
          "welfare_adviser", read("S07 S09"), records="housing needs_welfare"),
    event("cognitive_test_requested", "少年鑑別所へ検査を依頼", "Cognitive test requested",
          "bridging", "reintegration_office", read("S08")),
    event("cognitive_test_result", "検査結果", "Cognitive test result", "bridging",
          "classification_home", read("S08"), records="disability",
          unseen_by="classification_home"),
    event("temporary_housing_arranged", "一時的な住居の手配", "Temporary housing arranged",
          "bridging", "reintegration_office welfare_adviser", read("S77 S79")),
    event("lawyer_appointed", "よりそい弁護士の選任", "Accompanying lawyer appointed", "bridging",
          "bar_association", read("S42 S43"),
          unseen_by="bar_association"),
    event("escorted", "窓口への同行", "Escorted to the counter", "bridging",
          "prosecutor reintegration_office bar_association counsel", read("S07 S42"),
          unseen_by="bar_association"),
    event("handed_over", "福祉窓口への引継ぎ", "Handed over to welfare", "bridging",
          "municipality provider community_support_center core_consultation_center",
          read("S08 S48 NS07"), unseen_by="community_support_center core_consultation_center"),
    event("community_center_called", "警察から地域包括支援センターへの連絡",
          "Police call the community general support center", "bridging", "police", read("NS07"),
          unseen_by="police", told=told("community_support_center", read("NS07"))),
    event("doctor_diagnosed", "専門医の診断", "Diagnosed by a specialist", "bridging", "medical",
          read("NS07"), records="disability", unseen_by="medical"),
    event("bridging_ended", "引継ぎのない終了", "Bridging ended without a hand-over", "bridging",
          "prosecutor reintegration_office bar_association counsel", _NO_HANDOVER,
          unseen_by="bar_association"),
    event("home_found_by_family", "家族が入居先を確保", "Home found by the family", "bridging",
          "family", read("NS03"), unseen_by="family"),
)  # fmt: skip

_ACTIVE = (
    "desk_working test_requested needs_known temporary_housing lawyer_acting escorted "
    "community_center_acting home_found"
)

BRIDGING = Machine(
    "bridging",
    Text("検察庁・弁護士会による橋渡し", "Bridging by prosecutors or lawyers"),
    "not_started",
    (
        state("not_started", "未着手", "Not started", "prosecutor", read("S08"),
              stage="intake", rest=True),
        state("desk_working", "支援室で調整中", "Desk at work", "reintegration_office",
              read("S07 S08"), stage="screening"),
        state("test_requested", "検査依頼中", "Test requested", "classification_home",
              read("S08"), stage="screening"),
        state("needs_known", "ニーズ把握", "Needs known", "reintegration_office", read("S08"),
              stage="coordination"),
        state("temporary_housing", "一時的な住居を確保", "Temporary housing",
              "reintegration_office", read("S77 S79"), stage="release"),
        state("lawyer_acting", "よりそい弁護士が活動中", "Lawyer acting", "bar_association",
              read("S42 S43"), stage="release"),
        state("escorted", "窓口に同行", "Escorted", "municipality", read("S07 S42"),
              stage="release"),
        state("community_center_acting", "地域包括支援センターが対応中",
              "Community general support center acting", "community_support_center", read("NS07"),
              stage="coordination"),
        state("home_found", "家族が入居先を確保", "Home found by the family", "family", read("NS03"),
              stage="release", rest=True),
        final("handed_over", "福祉窓口が引継ぎ", "Handed over", "municipality", read("S08 S48"),
              stage="settlement"),
        final("ended", "終了", "Ended", "prosecutor", inferred("S08"), stage="settlement"),
    ),
    (
        rule("call", "desk_called", "not_started", "desk_working", read("S07 S08")),
        *stays("adviser_interview", "adviser_interviewed",
               "desk_working test_requested needs_known", read("S07 S09")),
        rule("test_request", "cognitive_test_requested", "desk_working needs_known",
             "test_requested", read("S08")),
        rule("test_result", "cognitive_test_result", "test_requested", "needs_known",
             read("S08")),
        rule("housing", "temporary_housing_arranged", "desk_working needs_known",
             "temporary_housing", read("S77 S79"),
             shares=share("age housing needs_welfare", "provider")),
        rule("lawyer", "lawyer_appointed", "not_started", "lawyer_acting", read("S42 S43"),
             guard=AT_LIBERTY),
        rule("escort", "escorted", "desk_working needs_known temporary_housing lawyer_acting",
             "escorted", read("S07 S42"), guard=AT_LIBERTY),
        rule("police_call", "community_center_called", "not_started", "community_center_acting",
             read("NS07"), guard=OUT),
        *stays("diagnosis", "doctor_diagnosed", "community_center_acting desk_working",
               read("NS07")),
        rule("home_by_family", "home_found_by_family", "not_started desk_working needs_known",
             "home_found", read("NS03")),
        rule("handover", "handed_over",
             "desk_working needs_known temporary_housing lawyer_acting escorted",
             "handed_over", read("S08 S48"), guard=AT_LIBERTY,
             shares=share("age disability housing needs_welfare", "municipality")),
        rule("handover_by_community_center", "handed_over", "community_center_acting",
             "handed_over", read("NS07")),
        rule("end", "bridging_ended",
             "desk_working test_requested needs_known temporary_housing lawyer_acting escorted "
             "community_center_acting", "ended", _NO_HANDOVER),
        rule("end_by_death", "died", f"not_started {_ACTIVE}", "ended", inferred("S08")),
    ),
    seen_by=tuple(OF_BRIDGING),
    basis=grounds(OF_BRIDGING),
    seen_with_consent=("municipality", "provider", "counsel", "probation_office"),
)  # fmt: skip

# 少年鑑別所法 131: by which juvenile classification homes helped before, was not looked for.
_AID = read("S08", "jcha", "131", Text("少年鑑別所法は2015年6月1日から",
                                       "The Act is in force since 2015-06-01"))  # fmt: skip
COMMUNITY_ASSISTANCE: tuple[Edit, ...] = tuple(
    replace(at, basis=_AID)
    for at in ("event cognitive_test_requested", "event cognitive_test_result",
               "state bridging.test_requested", "transition bridging.test_request",
               "transition bridging.test_result")
)  # fmt: skip
