"""Who takes part (domain section 1). A dagger in the sources marks working names."""

from __future__ import annotations

from ...definition import Agency, Stage, Text
from ..writing import read
from .sources import ACT_OF_2022, CLASSIFICATION_HOMES

AGENCIES = (
    Agency("police", Text("警察・留置施設", "Police; police detention facility"),
           read("S196", "pdfa", "3, 15") + read("S16")),
    Agency("detention_house", Text("拘置所(刑事施設)", "Detention house"),
           read("S29", "pdfa", "172")),
    Agency("prosecutor", Text("検察官・検察事務官", "Public prosecutor"),
           read("S26 S05", "ora", "86(2)")
           + read("S25", "ora", "83-2(2), 83-2(3)", since=ACT_OF_2022)),
    Agency("reintegration_office",
           Text("検察庁の社会復帰支援室", "Prosecutors' social reintegration support office"),
           read("S07 S08 S10")),
    Agency("welfare_adviser", Text("社会福祉アドバイザー", "Social welfare adviser"), read("S09"),
           Text("処分の判断には関与しない", "Takes no part in the disposition")),
    Agency("court", Text("裁判官・裁判所", "Judge; court"), read("S21 S22", "ccp", "60, 207, 208")),
    Agency("counsel", Text("弁護人(国選・私選)", "Defence counsel"), read("S02 S14 S15")),
    Agency("probation_office", Text("保護観察所", "Probation office"),
           read("S26 S28", "ora", "85, 86")
           + read("S25", "ora", "83-2", since=ACT_OF_2022)),
    Agency("reintegration_team", Text("社会復帰対策班", "Social reintegration measures team"),
           read("S03")),
    Agency("center",
           Text("地域生活定着支援センター", "Community Life Settlement Support Center"),
           read("S01 S02 S11 S31 S33 S160")),
    Agency("other_center", Text("他都道府県の地域生活定着支援センター", "Another prefecture's Center"),
           read("S11 S33")),
    Agency("municipality", Text("市区町村・福祉事務所", "Municipality; welfare office"), read("S12")),
    Agency("community_support_center", Text("地域包括支援センター", "Community general support center"),
           read("S48 NS07")),
    Agency("core_consultation_center", Text("基幹相談支援センター", "Core consultation support center"),
           read("NS01 S50")),
    Agency("consultation_office",
           Text("指定特定相談支援事業者", "Designated specific consultation support provider"),
           read("S196 S197", "dsa", "51-17(1)(i)")),
    Agency("provider", Text("福祉サービス事業者", "Welfare service provider"), read("S11 S34")),
    Agency("medical", Text("医療機関", "Medical institution"), read("S12")),
    Agency("classification_home",
           Text("少年鑑別所(地域援助)", "Juvenile classification home (community aid)"),
           read("S08", "jcha", "131", since=CLASSIFICATION_HOMES)),
    Agency("rehabilitation_facility",
           Text("更生保護施設・自立準備ホーム", "Offender rehabilitation facility; self-reliance home"),
           read("S35 S36 S38")),
    Agency("houterasu", Text("日本司法支援センター(法テラス)", "Japan Legal Support Center (Houterasu)"),
           read("S39 S40")),
    Agency("bar_association", Text("弁護士会(よりそい弁護士)", "Bar association (accompanying lawyer)"),
           read("S42 S43")),
    Agency("social_worker", Text("社会福祉士会・刑事司法ソーシャルワーカー",
                                 "Certified social workers; criminal-justice social worker"),
           read("S12b S13 S14 S15")),
    Agency("volunteer_probation_officer", Text("保護司", "Volunteer probation officer"), read("S38b"),
           Text("身柄拘束中の者には付かない", "Not assigned to persons in custody")),
    Agency("prefecture", Text("都道府県", "Prefecture"), read("S18")),
    Agency("family", Text("家族・引受人", "Family; guarantor"), read("S27b", "orr", "112")),
    Agency("person", Text("本人(被疑者・被告人)", "The person (suspect; defendant)"),
           read("S26 S27 S28", "ora", "86(1)")
           + read("S25", "ora", "83-2(1)", since=ACT_OF_2022)),
)  # fmt: skip

STAGES = (
    Stage("intake", Text("把握", "Intake")),
    Stage("screening", Text("選定・面接", "Screening")),
    Stage("coordination", Text("調整", "Coordination")),
    Stage("release", Text("釈放", "Release")),
    Stage("settlement", Text("定着支援", "Settlement follow-up")),
)

