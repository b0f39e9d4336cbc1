"""What may be recorded about a case, who supplies it and who may see it (domain 3.1, 10).

The visibility is the matrix of section 10, which is inferred from the roles.
"""

from __future__ import annotations

from datetime import date

from ...definition import Fact, Text
from ..writing import Sight, day, flag, inferred, known, number, one_of, read, some_of
from .sources import ACT_OF_2022

YEARS, DAYS, YEN, MINUTES = (
    Text("歳", "years"), Text("日", "days"), Text("円", "yen"), Text("分", "minutes"),
)  # fmt: skip

CASE_RECORD = Sight("police prosecutor reintegration_office", "probation_office welfare_adviser")
CHARGE = Sight(
    "police prosecutor reintegration_office welfare_adviser counsel court person detention_house",
    "probation_office center other_center municipality provider medical",
)
IDENTITY = Sight(
    "police detention_house prosecutor reintegration_office welfare_adviser counsel court person",
    "probation_office center other_center core_consultation_center municipality provider medical rehabilitation_facility",
)
CONSENT = Sight(
    "prosecutor reintegration_office welfare_adviser probation_office center counsel person",
    "other_center municipality provider medical",
)
NEEDS = Sight(
    "center counsel person",
    "prosecutor reintegration_office welfare_adviser probation_office other_center core_consultation_center municipality "
    "provider medical rehabilitation_facility",
)
DIAGNOSIS = Sight(
    "medical classification_home person",
    "prosecutor reintegration_office welfare_adviser probation_office center other_center core_consultation_center "
    "municipality provider counsel",
)
AFTERCARE = Sight("prosecutor probation_office person rehabilitation_facility", "center")
FOLLOW_UP = Sight("center person", "probation_office other_center municipality provider medical")
PROSECUTION = Sight("prosecutor reintegration_office")
COURT = Sight("prosecutor court counsel person detention_house", "probation_office center")
APPLICATION = Sight("municipality person center counsel", "probation_office provider")

_MATRIX = inferred("S01 S02 S05")

_IDENTITY = (
    number("age", "年齢", "age", "police", IDENTITY, YEARS, 12, 120, read("S01 S19")),
    one_of("disability", "障害", "disability", "center", DIAGNOSIS, read("S01 S19"),
           none=("なし", "none"), physical=("身体障害", "physical"),
           intellectual=("知的障害", "intellectual"), mental=("精神障害", "mental"),
           developmental=("発達障害", "developmental"), dementia=("認知症", "dementia"),
           suspected=("疑い", "suspected")),
    one_of("housing", "釈放後の住居", "housing after release", "center", NEEDS, read("S01 S60"),
           none=("なし", "none"), unsuitable=("不適当", "unsuitable"), suitable=("あり", "suitable")),
    flag("po_regards_as_elderly", "保護観察所が高齢と認める(おおむね65歳)",
         "the probation office regards the person as elderly (about 65)",
         "probation_office", IDENTITY, read("S01")),
    flag("known_to_center", "過去にセンターの支援を受けた", "supported by the Center before",
         "center", NEEDS, inferred("S51")),
)  # fmt: skip

_CRIMINAL = (
    flag("offence_acknowledged", "検察官が罪を犯したと認めた",
         "the prosecutor finds that the offence was committed", "prosecutor", CASE_RECORD,
         read("S25", "ora", "83-2(1)", since=ACT_OF_2022)),
    one_of("offence", "罪名", "offence", "police", CHARGE, _MATRIX,
           theft=("窃盗", "theft"), fraud=("詐欺(無銭飲食等)", "fraud (unpaid meals etc.)"),
           trespass=("住居侵入", "trespass"), assault=("暴行・傷害", "assault or injury"),
           drug=("薬物", "drugs"), other=("その他", "other")),
    one_of("detention_ground", "勾留の理由", "ground for detention", "prosecutor", CASE_RECORD,
           read("S21", "ccp", "60(1)"),
           no_fixed_address=("住居不定", "no fixed address"),
           destroys_evidence=("罪証隠滅のおそれ", "may destroy evidence"),
           flight=("逃亡のおそれ", "may flee")),
    flag("minor_fine_offence", "軽微事件(60条3項)", "minor-fine offence (art. 60(3))",
         "prosecutor", CASE_RECORD, read("S21", "ccp", "60(3)")),
    flag("special_offence", "208条の2の罪(内乱等)", "offence of art. 208-2", "prosecutor",
         CASE_RECORD, read("S23", "ccp", "208-2")),
    number("extension_days", "勾留延長日数(通算)", "days of extension in total", "court", CHARGE,
           DAYS, 1, 30, read("S22", "ccp", "208(2)")),
    number("special_extension_days", "再延長日数(208条の2)", "further extension (art. 208-2)",
           "court", CHARGE, DAYS, 1, 30, read("S23", "ccp", "208-2")),
    number("detention_renewals", "勾留更新の回数", "number of renewals", "court",
           COURT, Text("回", "times"), 1, 120, read("S21", "ccp", "60(2)")),
    day("psychiatric_remand_until", "鑑定留置の末日", "last day of the psychiatric remand", "court",
        COURT, known("ccp", "167(1), 224")),
    flag("renewal_exception", "89条1・3・4・6号に当たる", "ground of CCP 89 (i)(iii)(iv)(vi)",
         "court", COURT, read("S21", "ccp", "60(2)")),
    flag("fine_at_most", "罰金以下の刑に当たる罪", "offence punishable with a fine or less", "police",
         CASE_RECORD, known("juvenile_act", "41")),
    flag("trivial_case", "微罪処分にする", "disposed of by the police as trivial", "police",
         CASE_RECORD, read("S23", "ccp", "246 proviso")),
    one_of("disposition", "不起訴の理由", "reason for non-prosecution", "prosecutor", CHARGE,
           read("S45", "ccp", "248"),
           suspension_of_prosecution=("起訴猶予", "suspension of prosecution"),
           insufficient_suspicion=("嫌疑不十分", "insufficient suspicion"),
           other=("その他の不起訴", "other non-prosecution")),
    one_of("expected_outcome", "処分の見込み", "expected outcome", "prosecutor", PROSECUTION,
           inferred("S05"),
           noncustodial=("釈放見込み", "release expected"),
           custodial=("実刑見込み", "imprisonment expected")),
    number("fine_yen", "罰金額", "fine", "prosecutor", CHARGE, YEN, 1, 100_000_000,
           known("ccp", "461")),
    flag("fine_paid_in_full", "罰金を完納した", "the fine is paid in full", "prosecutor", CHARGE,
         known("ccp", "490")),
    number("workhouse_days", "労役場留置の日数(残り)", "days in the workhouse, or what is left of them",
           "prosecutor", CHARGE, DAYS, 1, 1095, known("pc", "18")),
    flag("summary_not_objected", "略式手続に異議がない", "no objection to summary procedure",
         "person", CHARGE, known("ccp", "461-2")),
    one_of("sentence", "判決", "sentence", "court", COURT, known("ccp", "333"),
           suspended=("全部執行猶予", "suspended sentence"),
           suspended_with_probation=("保護観察付全部執行猶予", "suspended sentence with probation"),
           fine=("罰金・科料", "fine or petty fine"), acquittal=("無罪", "acquittal"),
           imprisonment=("実刑", "actual imprisonment"),
           partial_suspension=("一部執行猶予", "partial suspension")),
    flag("appeal_exhausted", "他に上訴できる者がない", "nobody else can appeal", "court", COURT,
         read("EG", "ccp", "359")),
    flag("appellant_gave_up", "上訴する者が既に放棄し、又は取り下げた", "who appeals has waived or withdrawn before",
         "court", COURT, read("S125", "ccp", "361")),
    flag("another_appeal_stands", "他の当事者の上訴がある", "another party's appeal stands", "court", COURT,
         read("S131", "ccp", "359")),
    number("term_months", "刑期", "term", "court", COURT, Text("月", "months"), 1, 360,
           read("EG", "pc", "25(1)")),
    flag("second_suspension", "再度の執行猶予", "a second suspension, during another", "court", COURT,
         read("EG", "pc", "25(2)")),
    number("suspension_years", "執行猶予期間", "period of suspension", "court", COURT,
           Text("年", "years"), 1, 5, read("EG", "pc", "25(1)")),
)  # fmt: skip

_CONSENT = (
    flag("caveat_given", "処分に影響しない旨の説明をした", "told that consent does not affect the disposition",
         "prosecutor", CONSENT, read("S05")),
    flag("onward_sharing_explained", "福祉機関への提供を説明した",
         "told that information goes on to welfare agencies", "prosecutor", CONSENT, read("S05")),
    some_of("consent_recipients", "同意した提供先", "recipients consented to", "person", CONSENT,
            read("S05 S60"),
            probation_office=("保護観察所", "probation office"), center=("センター", "Center"),
            other_center=("他県センター", "other prefecture's Center"),
            municipality=("市区町村", "municipality"), provider=("事業者", "provider"),
            core_consultation_center=("基幹相談支援センター", "core consultation support center"),
            medical=("医療機関", "medical institution"),
            rehabilitation_facility=("更生保護施設等", "rehabilitation facility"),
            prosecutor=("検察官", "prosecutor"),
            reintegration_office=("社会復帰支援室", "reintegration support office"),
            welfare_adviser=("社会福祉アドバイザー", "welfare adviser"),
            counsel=("弁護人", "counsel")),
    flag("center_consent", "センターの個人情報使用同意書", "Center's own consent form signed",
         "person", CONSENT, inferred("S15")),
    flag("power_of_attorney", "弁護人への委任状", "power of attorney to counsel", "person", CONSENT,
         read("S14")),
)  # fmt: skip

_SELECTION = (
    flag("needs_welfare", "福祉サービス等が必要", "needs welfare services", "center", NEEDS,
         read("S44")),
    flag("wishes_support", "支援を希望する", "wishes support", "person", CONSENT, read("S19")),
    one_of("prioritised_subject", "重点実施対象者", "subject of prioritised aftercare",
           "probation_office", CONSENT, read("S01"),
           no=("該当しない", "no"), expected=("重点実施予定者", "expected subject"),
           yes=("重点実施対象者", "prioritised subject")),
    flag("meets_further_conditions", "その他の選定要件を満たす",
         "meets the further conditions of selection", "probation_office", CONSENT, read("S01")),
    flag("po_finds_necessary", "保護観察所が調整を必要と認める",
         "the probation office finds adjustment necessary", "probation_office", CONSENT,
         read("S25", "ora", "83-2(1)", since=ACT_OF_2022)),
    flag("prosecutor_objects", "検察官が捜査に支障があるとする",
         "the prosecutor says that it may hinder the investigation", "prosecutor", PROSECUTION,
         read("S25", "ora", "83-2(3)", since=ACT_OF_2022)),
)  # fmt: skip

_SUPPORT = (
    number("visitors", "面会人数", "visitors", "center", NEEDS, Text("人", "persons"), 1, 20,
           read("S14b S15")),
    flag("other_visit_today", "同日に他の面会があった", "another visit on the same day",
         "detention_house", NEEDS, read("S14b S15")),
    flag("person_agrees_plan", "本人が計画に同意した", "the person agrees to the plan", "person",
         NEEDS, read("S37")),
    flag("wants_other_prefecture", "他県での居住を希望", "wants to live in another prefecture",
         "person", NEEDS, read("S11 S33")),
    one_of("placement", "受入先", "placement", "provider", NEEDS, read("S34"),
           group_home=("グループホーム", "group home"), relief_facility=("救護施設", "relief facility"),
           care_home=("介護・老人施設", "care home"), apartment=("アパート", "apartment"),
           family=("家族", "family"), other=("その他", "other")),
    one_of("refusal_reason", "受入不可の理由", "reason for refusal", "provider", NEEDS, read("S34"),
           full=("満員", "full"), risk=("リスク", "risk concern"), other=("その他", "other")),
    one_of("decline_reason", "センターの受理不可の理由", "why the Center declined", "center", NEEDS,
           inferred("S01"),
           not_eligible=("対象外", "not eligible"), capacity=("体制不足", "no capacity")),
    one_of("closing_reason", "終結理由", "closing reason", "center", FOLLOW_UP, inferred("S13 S34"),
           settled=("地域に定着", "settled"), returned_to_family=("家族のもとへ", "returned to family"),
           no_placement=("受入先なし", "no placement"), lost_contact=("連絡途絶", "lost contact"),
           hospitalised=("入院", "hospitalised"),
           released_before_ready=("準備前の釈放", "released before ready"),
           capacity_declined=("体制不足", "capacity declined"),
           not_eligible=("対象外", "not eligible"), prosecutor_veto=("検察官の意見", "prosecutor veto"),
           consent_refused=("本人の辞退", "declined by the person")),
)  # fmt: skip

_AFTERCARE = (
    flag("no_prosecution_at_once", "検察官が直ちに訴追を必要としないと認めた",
         "the prosecutor found that prosecution is not needed at once", "prosecutor", AFTERCARE,
         read("S127", "ora", "85(1)(vi)")),
    flag("prosecutor_thinks_necessary", "検察官が更生緊急保護を必要と認める",
         "the prosecutor thinks urgent aftercare necessary", "prosecutor", AFTERCARE,
         read("S26", "ora", "86(2)")),
    flag("person_wants_aftercare", "本人が更生緊急保護を希望", "the person wants urgent aftercare",
         "person", AFTERCARE, read("S26", "ora", "86(2)")),
    flag("lacks_other_help", "親族・公共機関の保護では足りない", "other help is lacking or insufficient",
         "probation_office", AFTERCARE, read("S26c", "ora", "85(1)")),
    flag("will_to_reform", "更生の意欲がある", "has the will to reform", "probation_office",
         AFTERCARE, read("S27c")),
    flag("aftercare_needed", "保護が必要と認められる", "aftercare is found necessary",
         "probation_office", AFTERCARE, read("S26", "ora", "86(1)")),
    flag("aftercare_urgency", "緊急を要する", "urgent", "probation_office", AFTERCARE,
         read("S28", "orr", "120(3)")),
    some_of("measures", "措置", "measures", "probation_office", AFTERCARE,
            read("S26c S27c", "ora", "85(1)"),
            money=("金品の給与・貸与", "money or goods"), lodging=("宿泊場所の供与", "lodging"),
            meals=("食事", "meals"), travel=("帰住旅費", "travel home"),
            medical=("医療・療養", "medical care"), employment=("就職援助", "employment help"),
            education=("教養訓練", "education"), guidance=("生活指導", "living guidance"),
            environment=("環境の改善・調整", "environment adjustment")),
    day("lodging_until", "委託期間の末日", "last day of entrusted lodging", "probation_office",
        AFTERCARE, read("S28", "orr", "120(1)")),
    flag("special_hindrance", "改善更生を妨げる特別の事情", "special hindering circumstances",
         "probation_office", AFTERCARE, read("S28b", "orr", "121")),
    flag("conspicuous_effort", "意欲と努力が顕著", "conspicuous will and effort",
         "probation_office", AFTERCARE, read("S28b", "orr", "121")),
    flag("referred_to_public_bodies", "公共機関への引継ぎをした", "referred to public bodies",
         "probation_office", AFTERCARE, read("S28b", "orr", "121")),
    some_of("extension_kinds", "延長する措置", "measures to be extended", "probation_office",
            AFTERCARE, known("ora", "85(4) proviso"),
            money_or_lodging=("金品・宿泊", "money, goods or lodging"),
            other=("その他の措置", "other measures")),
)  # fmt: skip

_HOSPITAL = (
    flag("report_specially_needed", "検察官が通報を特に必要と認めた",
         "the prosecutor finds a report specially needed", "prosecutor", PROSECUTION,
         read("S128", "mhwa", "24(2)", since=date(2014, 4, 1))),
    flag("unsound_mind", "行為の時に心神喪失又は心神耗弱であったと認められた",
         "found to have acted with a mind unsound or diminished", "prosecutor", CASE_RECORD,
         read("S129", "mtoa", "2(2), 33(1)")),
    flag("admission_required", "措置入院が必要と診断", "found to need involuntary admission", "prefecture",
         DIAGNOSIS, known("mhwa", "27")),
    one_of("treatment_order", "医療観察法の決定", "treatment order", "court", DIAGNOSIS,
           known("mtoa", "42"), inpatient=("入院", "in-patient"), outpatient=("通院", "out-patient"),
           none=("医療を行わない", "no treatment")),
)  # fmt: skip

_WELFARE = (
    flag("assistance_urgency", "急迫した状況にある", "in urgent need", "municipality", APPLICATION,
         known("paa", "25(1)")),
    flag("receives_public_assistance", "生活保護を受給していた", "received public assistance",
         "municipality", APPLICATION, read("S12")),
    flag("assistance_needs_longer", "決定に14日を超える特別な理由がある",
         "there is a special reason to take longer than 14 days", "municipality", APPLICATION,
         known("paa", "24")),
    flag("assistance_granted", "保護開始の決定", "public assistance granted", "municipality",
         APPLICATION, known("paa", "24")),
)

FACTS: tuple[Fact, ...] = (
    *_IDENTITY, *_CRIMINAL, *_CONSENT, *_SELECTION, *_SUPPORT, *_AFTERCARE, *_HOSPITAL,
    *_WELFARE,
)  # fmt: skip
