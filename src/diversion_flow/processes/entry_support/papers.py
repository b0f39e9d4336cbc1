"""Papers by the names under which the agencies know them."""

from __future__ import annotations

from ...definition import Paper, Text
from ..writing import inferred, known, read
from .sources import ACT_OF_2022

PAPERS = (
    Paper("arrest_warrant", Text("逮捕状", "arrest warrant"), known("ccp", "199")),
    Paper("referral_file", Text("送致書・記録", "referral and file"), read("S23", "ccp", "203(1)")),
    Paper("detention_warrant", Text("勾留状", "detention warrant"), read("S21", "ccp", "207, 60(1)")),
    Paper("extension_decision", Text("勾留延長の裁判", "extension decision"),
          read("S22", "ccp", "208(2)")),
    Paper("release_order", Text("釈放指揮書", "release order"), known("ccp", "208(1)")),
    Paper("disposition_record", Text("不起訴裁定書", "disposition record"), read("S45")),
    Paper("indictment", Text("起訴状", "indictment"), known("ccp", "256")),
    Paper("summary_order", Text("略式命令", "summary order"), known("ccp", "461")),
    Paper("bail_order", Text("保釈許可決定", "bail order"), known("ccp", "88")),
    Paper("judgment", Text("判決", "judgment"), known("ccp", "342")),
    Paper("consultation_request", Text("相談依頼書", "consultation request form"), read("S02")),
    Paper("prior_consultation", Text("事前協議", "prior consultation"), read("S05 S03")),
    Paper("prosecutor_opinion", Text("検察官の意見", "prosecutor's opinion"),
          read("S25", "ora", "83-2(2)", since=ACT_OF_2022)),
    Paper("consent_record", Text("同意の記録(様式名は未確認)", "record of consent (form not seen)"),
          read("S05")),
    Paper("center_consent_form", Text("個人情報の使用同意書", "consent to use personal information"),
          inferred("S15")),
    Paper("power_of_attorney", Text("委任状", "power of attorney"), read("S14")),
    Paper("center_request", Text("被疑者等支援業務の依頼書(様式名は未確認)",
                                 "request to the Center (form not seen)"), read("S01 S33")),
    Paper("visit_application", Text("面会申込書", "visit application"), read("S37")),
    Paper("assessment", Text("アセスメント票", "assessment"), read("S37")),
    Paper("coordination_plan", Text("福祉サービス等調整計画", "welfare-service coordination plan"),
          read("S33")),
    Paper("cooperation_request", Text("支援業務協力依頼書", "support cooperation request"),
          read("S33")),
    Paper("acceptance", Text("受入承諾", "acceptance"), read("S34")),
    Paper("aftercare_sheet", Text("更生緊急保護の制度説明書面", "sheet on urgent aftercare"),
          read("S27", "orr", "118(2)")),
    Paper("protection_card", Text("保護カード(検察官の意見を記した書面)",
                                  "protection card (prosecutor's opinion)"),
          read("S27 S38", "orr", "118(2)")),
    Paper("aftercare_application", Text("更生緊急保護の申出書", "application for urgent aftercare"),
          read("S27", "orr", "118(1)")),
    Paper("aftercare_decision", Text("措置の通知(措置・委託先・期間)", "decision told to the applicant"),
          read("S28", "orr", "120(2)")),
    Paper("entrustment", Text("委託書", "entrustment"), read("S28")),
    Paper("extension_application", Text("期間延長の申出書", "application for extension"),
          read("S28b", "orr", "121")),
    Paper("decision_notice", Text("決定通知", "decision notice"), inferred("S12")),
    Paper("rehabilitation_plan", Text("更生支援計画書", "rehabilitation support plan"),
          read("S12b S13 S14")),
)  # fmt: skip
