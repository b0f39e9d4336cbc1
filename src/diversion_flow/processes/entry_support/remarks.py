"""What whoever reads the law here should know and no rule says."""

from __future__ import annotations

from datetime import date

from ...definition import Remark, Remarks, Text
from ..writing import inferred, known, read

_LEFT_OUT = (
    ("bail_revocation", "保釈の取消し(刑訴法96条)は収録していない",
     "revocation of bail (CCP 96) is not modelled", read("S161", "ccp", "96")),
    ("conditions_of_stay", "勾留の執行停止の期間の指定と延長、生活状況等の報告の命令(2023年11月15日から)、監督者の選任(2024年5月15日から)は"
     "収録していない。期間の満了は「勾留の執行停止の終了・取消し」として記録する(刑訴法95条2項から4項まで、95条の4、98条、98条の4)",
     "that a stay of detention is for a period, and longer, and that the person has to report (since "
     "2023-11-15) or is given a supervisor (since 2024-05-15) is not modelled; that the period is over "
     "is recorded as the end of the stay (CCP 95(2) to (4), 95-4, 98, 98-4)",
     read("S196", "ccp", "95(2), 95-4, 98, 98-4")),
    ("excusable_delay", "やむを得ない事情による遅延(刑訴法206条)は収録していない",
     "excusable delay (CCP 206) is not modelled", read("S196", "ccp", "206")),
    ("extension_for_distance", "距離による期間の延長(刑訴法56条)は収録していない",
     "the extension of periods for distance (CCP 56) is not modelled", read("S196", "ccp", "56")),
    ("juveniles", "20歳未満の者の事件は家庭裁判所に送られる。少年の手続(勾留に代わる観護措置、検察官送致と"
     "その後の起訴を含む)は収録していない(少年法20条、41条から45条まで)",
     "cases of people under 20 go to the family court; that procedure is not modelled, nor custody "
     "in place of detention, nor what is sent back to the prosecutor (Juveniles Act 20, 41 to 45)",
     read("S142", "juvenile_act", "41, 42") + read("S196", "juvenile_act", "20, 43, 45")),
    ("dismissed_by_decision", "決定による控訴・上告の棄却と、これに対する異議の期間は収録していない"
     "(刑訴法385条、386条、414条)",
     "the dismissal of an appeal by a decision, and the objection to it, are not modelled (CCP 385, "
     "386, 414)", read("S196", "ccp", "385, 386") + read("S140", "ccp", "414")),
    ("formal_trial_withdrawn", "正式裁判の請求の取下げと棄却、4か月以内に告知されない略式命令は収録していない"
     "(刑訴法463条の2、466条、468条)",
     "the withdrawal and dismissal of a request for a formal trial, and a summary order that is not "
     "notified within four months, are not modelled (CCP 463-2, 466, 468)",
     read("EG S158", "ccp", "463-2, 465") + read("S196", "ccp", "466, 468")),
    ("second_suspension_barred", "保護観察に付され、その期間内に更に罪を犯した者に、再度の執行猶予は付されない(刑法25条"
     "2項ただし書)。これに当たるかは問わない",
     "no second suspension is given to one who was placed under probation and offended within its "
     "period (PC 25(2), proviso); whether that is so is not asked",
     read("S180", "pc", "25(2) proviso")),
    ("aid_before_the_formal_trial", "略式命令は、正式裁判の判決があるまで効力を失わない(刑訴法469条)。正式裁判の請求から判決までの者が"
     "罰金の言渡しを受けた者(更生保護法85条1項)に当たるかは確認しておらず、対象でないものとした",
     "a summary order keeps its effect until the formal trial is judged (CCP 469); whether one who requested "
     "that trial is still among those sentenced to a fine (ORA 85(1)) was not found, and is taken not to be",
     read("S196 S197", "ccp", "469") + inferred("S26c", "ora", "85(1)")),
    ("arrest_for_minor_offences", "30万円以下の罰金、拘留又は科料に当たる罪による逮捕の制限(刑訴法199条1項ただし書、217条)は収録していない",
     "the limits on an arrest for an offence punishable with a fine of up to 300,000 yen or less (CCP 199(1), "
     "proviso, 217) are not modelled", read("S196 S197", "ccp", "199(1), 217")),
    ("reopened", "不起訴処分の後の再起、検察審査会の議決は収録していない",
     "the reopening of a case that was not prosecuted, and the Committee for the Inquest of "
     "Prosecution, are not modelled", inferred()),
    ("under_14", "14歳未満の者の行為は罰せられず、その調査は収録していない(刑法41条)",
     "what one under 14 does is not punished; inquiries into it are not modelled (PC 41)",
     read("S196", "pc", "41")),
    ("remand_at_liberty", "勾留されていない被疑者・被告人の鑑定留置は収録していない(刑訴法167条、224条)",
     "the psychiatric remand of a suspect or defendant who is not detained is not modelled (CCP 167, 224)",
     read("S163 S165", "ccp", "167, 224")),
    ("arrest_of_who_is_detained", "起訴後の勾留中の別件での逮捕は、この事件の身柄を動かさないため収録していない。別件は新しい事件記録で"
     "扱い、この事件で釈放された者がなお別件で拘束されるときは、釈放に続けて「再逮捕」として記録する",
     "the arrest in another case of one who is detained as a defendant is not modelled, as it moves nothing "
     "in this one: the other case is a case of its own, and where its custody goes on after the release in "
     "this one, that is recorded as 'arrested again' after it", inferred("S47")),
    ("escape", "拘禁中の逃走と連戻しは収録していない(刑法97条、刑事収容施設法81条)",
     "escape from custody, and being brought back, are not modelled (PC 97; PDFA 81)",
     read("S196", "pc", "97") + read("S196", "pdfa", "81")),
    ("guardians", "法定代理人・保佐人による上訴(刑訴法353条)と、成年後見の審判の請求(民法7条)は収録していない",
     "appeals by a legal representative or curator (CCP 353), and requests for guardianship (Civil Code 7), "
     "are not modelled", read("S196 S197", "ccp", "353") + read("S196", "civil_code", "7")),
    ("other_judgments", "免訴、公訴棄却、刑の免除、拘留、罰金の執行猶予、公訴の取消しは収録していない(刑訴法257条、334条、"
     "337条から339条まで、刑法16条、25条1項)",
     "dismissal for a bar to prosecution (menso), dismissal of prosecution, exemption from punishment, "
     "misdemeanor imprisonment (koryu), the suspension of a fine and the withdrawal of prosecution are not "
     "modelled (CCP 257, 334, 337 to 339; PC 16, 25(1))",
     read("S166", "ccp", "257") + read("S196", "ccp", "334, 337, 338, 339")
     + read("S196", "pc", "16")),
    ("urgent_admission", "緊急措置入院(72時間まで)は収録していない(精神保健福祉法29条の2)",
     "urgent involuntary admission, of up to 72 hours, is not modelled (MHWA 29-2)",
     read("S173", "mhwa", "29-2")),
    ("family_told_of_admission", "措置入院の際、家族等のうち診察の通知を受けた者又は診察に立ち会った者にも書面で知らせること"
     "(2023年4月1日から)と、その通知・立会いは収録していない(精神保健福祉法28条、29条3項)",
     "that those of the family who were notified of the examination or attended it are told of an "
     "involuntary admission in writing, too (since 2023-04-01), is not modelled, nor are that notice "
     "and attendance (MHWA 28, 29(3))", read("S196", "mhwa", "28, 29(3)")),
    ("police_reports_in_custody", "警察官の通報は、矯正施設に収容中の者には適用されない(精神保健福祉法23条、43条2項)。起訴後に勾留中の者が"
     "拘置所にいるか留置施設にいるかは区別しないため、労役場留置中の者と受刑中の者に限り除いた",
     "no report of the police is of who is held by a correctional institution (MHWA 23, 43(2)); whether a "
     "detained defendant is in a detention house or still in a police cell is not told apart, so that only "
     "who is in a workhouse or in prison is left out", read("S155 S196", "mhwa", "23, 43(2)")),
    ("admission_for_examination", "申立てを受けた者の鑑定入院(原則2か月、1か月まで延長)は収録していない"
     "(医療観察法34条)",
     "the admission for examination of one for whom a treatment order is petitioned, of two months and "
     "one more at most, is not modelled (MTOA 34)", read("S195", "mtoa", "34")),
    ("served_by_detention", "未決勾留日数の算入により罰金の全部が執行されたこととなる場合は、完納として扱う(刑訴法495条)",
     "a fine that is wholly served by the days of detention counted towards it is taken as paid in full "
     "(CCP 495)", read("S183", "ccp", "495")),
    ("provisional_payment", "確定前の罰金の納付は、仮納付の裁判がある場合に限る。その有無は問わない(刑訴法348条)",
     "a fine is paid before it is final only where provisional payment was ordered; whether it was is "
     "not asked (CCP 348)", read("S182", "ccp", "348")),
    ("payment_after_all_was_paid", "罰金の未納の額が残っているかは問わず、完納の後の納付も記録できる(刑訴法490条)",
     "whether anything of the fine is still due is not asked: a payment may be recorded after it was "
     "paid in full (CCP 490)", read("S153", "ccp", "490")),
    ("no_examination", "通報を受けた知事が調査の上、診察の必要を認めないときは、収録上は診察の結果「措置入院なし」として扱う",
     "where the governor, having inquired, finds no examination needed, it is recorded as an "
     "examination with the result that admission is not required", read("S171", "mhwa", "27(1)")),
    ("foreigners", "外国人の退去強制その他の在留手続は収録していない",
     "deportation and other residence procedures of foreigners are not modelled", inferred()),
    ("aftercare_after_bail", "保釈後に執行猶予等となった者について、更生緊急保護の期間をいつから数えるかは確認していない。"
     "期間が始まらないため、その申出は受け付けない。勾留の執行停止中に釈放となった者は、その釈放から数えるものとした",
     "from when urgent aftercare of one bailed before the sentence is counted was not found: no period "
     "begins, and an application is refused here; of one whose detention is stayed it is counted from the release that ends it",
     inferred("", "ora", "85(4)")),
    ("leaving_japan", "判決の宣告を受けた者の出国の制限と、これに伴う勾留は収録していない(2025年5月15日から。刑訴法342条の2から"
     "342条の8まで、345条の2から345条の4まで)",
     "limits on leaving Japan after a judgment, and the detention that may follow, are not modelled "
     "(since 2025-05-15; CCP 342-2 to 342-8, 345-2 to 345-4)",
     read("S196", "ccp", "342-2, 342-8, 345-2")),
    ("probation_lifted", "保護観察の仮解除は収録していない(刑法25条の2第2項)",
     "the provisional lifting of probation is not modelled (PC 25-2(2))",
     read("EG", "pc", "25-2(2)")),
    ("who_issues_certificates", "障害者手帳は種類を分けない。交付を決定するのは都道府県知事等であり、収録上は窓口である市区町村が記録する"
     "(精神保健福祉法45条)",
     "the kinds of disability certificate are not told apart; the governor decides on them, and the "
     "municipality, which takes the application, records it here (MHWA 45)",
     read("S196", "mhwa", "45(1), 45(2)")),
    ("other_municipal_aid", "市町村の措置による老人ホームへの入所(老人福祉法11条)と、生活困窮者自立支援法(2015年4月1日から)による自立・居住の"
     "支援は収録していない。受入先となったときは「受入先の確保」として記録する",
     "admission to an old people's home by order of the municipality (老人福祉法 11), and support of "
     "people in need with self-reliance and housing (生活困窮者自立支援法 3, since 2015-04-01), are not "
     "modelled; a place found so is recorded as a placement", read("S196")),
    ("who_decides_on_pensions", "障害年金の裁定は市区町村が行うものではないが、収録上は窓口である市区町村が記録する",
     "disability pensions are not awarded by the municipality, which records the award here",
     inferred("S33")),
    ("other_ways_out_of_the_workhouse",
     "労役場からの仮出場(刑法30条2項、更生保護法39条)と、労役場留置についての呼出し・執行停止(刑訴法480条、482条、484条、505条)は"
     "収録していない",
     "provisional release from a workhouse (PC 30(2); ORA 39), and being summoned to it or its "
     "execution stayed (CCP 480, 482, 484, 505), are not modelled",
     read("S196", "pc", "30(2)") + read("S196", "ora", "39(1)") + read("S190", "ccp", "505")),
    ("workhouse_consent", "罰金の確定後30日以内の労役場留置に要る本人の承諾(刑法18条5項)は収録していない",
     "the consent that committal to a workhouse takes within thirty days of finality (PC 18(5)) is "
     "not modelled", read("S130", "pc", "18(5)")),
    ("quasi_appeal_arrest", "逮捕に対しては準抗告ができない(最高裁昭和57年8月27日)",
     "no quasi-appeal lies against an arrest (Supreme Court 1982-08-27)", read("S169", "ccp", "429")),
    ("quasi_appeal_of_the_prosecutor", "勾留請求の却下が検察官の準抗告により取り消されてする勾留と、準抗告による勾留延長の期間の短縮は"
     "収録していない(刑訴法429条1項2号)",
     "detention where a denial is quashed on the prosecutor's quasi-appeal, and an extension that is "
     "shortened on one, are not modelled (CCP 429(1)(ii))", read("S169", "ccp", "429(1)(ii)")),
    ("partial_suspension", "一部執行猶予は、服役する部分が先であるため、実刑として扱う",
     "a partially suspended sentence is followed as imprisonment: the part to be served comes "
     "first", read("S170", "pc", "27-2")),
    ("hour_of_release", "釈放の時刻をセンターに知らせる義務を定めた規定は見当たらない。知らせがなければ、"
     "センターは釈放の場に居合わせることができない",
     "no rule was found by which anybody has to tell the Center the hour of release; untold, it "
     "cannot be there", inferred()),
)  # fmt: skip
# Where a person decides: what the words leave to judgment, and on which rules.
_OPEN = (
    ("detention_needed", "勾留は「相当な理由」と勾留の必要による",
     "detention rests on 'adequate ground' and on need", "custody.detention",
     read("EG", "ccp", "60(1), 87")),
    ("unavoidable_reason", "勾留の延長は「やむを得ない事由があると認めるとき」",
     "detention is extended 'for an unavoidable reason'", "custody.extension",
     read("S22", "ccp", "208(2)")),
    ("special_need", "勾留の更新は「特に継続の必要がある場合」",
     "detention is renewed 'where it is specially needed'", "custody.renewal",
     read("S21 EG", "ccp", "60(2)")),
    ("bail_discretion", "裁量保釈は「適当と認めるとき」。実刑の宣告後は、2023年6月6日から更に限られる(344条2項)",
     "bail at discretion, 'where appropriate'; once imprisonment is pronounced it is harder since "
     "2023-06-06 (344(2))", "custody.bail", read("S168", "ccp", "90") + read("S150 S133", "ccp", "344(2)")),
    ("prosecution_discretion", "起訴猶予は、性格、年齢、境遇、犯罪の軽重・情状、犯罪後の情況により"
     "「訴追を必要としないとき」", "prosecution is suspended 'where it is not needed', by character, age, "
     "circumstances, gravity and what came after", "procedure.suspending_prosecution",
     read("S22 S45", "ccp", "248")),
    ("sentencing_discretion", "執行猶予は「情状により」", "a sentence is suspended 'by the circumstances'",
     "procedure.judging_suspended procedure.judging_probation", read("EG", "pc", "25(1)")),
    ("told_if_necessary", "更生緊急保護は「必要があると認めるとき」に教示し、希望するときも書面を交付する",
     "the person is told of urgent aftercare 'where it is found necessary', and handed the papers "
     "where it is wished, too", "aftercare.informing",
     read("S26", "ora", "86(2)") + read("S27", "orr", "118(2)")),
    ("found_necessary", "更生緊急保護は、保護観察所の長が「必要があると認めたとき」に限る",
     "urgent aftercare is given 'where the director finds it necessary'",
     "aftercare.grant aftercare.denial", read("S26", "ora", "86(1)")),
    ("conspicuous", "期間の延長は「特別の事情」と「顕著」な意欲・努力による",
     "the period is extended for 'special circumstances' and 'conspicuous' effort",
     "aftercare.extension", read("S28b", "orr", "121(1)")),
)

# Since the Act of 2022 is in force.
OPEN_UNDER_THE_ACT = tuple(
    Remark(id, Text(ja, en), Remarks.OPEN_NORM, (rule,), read("S25", "ora", provision))
    for id, ja, en, rule, provision in (
        ("adjustment_necessary", "生活環境の調整は「身体の拘束を解かれた場合の社会復帰を円滑にするため必要があると認めるとき」",
         "living conditions are adjusted 'where it is found necessary to smooth the return to society "
         "once released'",
         "adjustment.start", "83-2(1)"),
        ("hinders_investigation", "捜査に支障を生ずるおそれがあり「相当でない」かは検察官の意見による",
         "whether it may hinder the investigation and is inappropriate is the prosecutor's opinion",
         "adjustment.veto", "83-2(3)"),
    )
)  # fmt: skip

# Of these a later text was in force at the end of July 2026, which was not read.
_AMENDED = (
    ("ccp", date(2026, 7, 24), "令和8年法律第67号", "Act 67 of 2026"),
    ("appi", date(2026, 7, 17), "令和8年法律第62号", "Act 62 of 2026"),
)

# Promulgated on 2025-12-10, in force within a year; it was not yet in July 2026.
_PENDING = Remark(
    "act_82_pending",
    Text("令和7年法律第82号が施行されているかもしれない(公布から1年以内の政令で定める日)。施行されたものとして"
         "見るには assume に日を指定する",
         "Act 82 of 2025 may be in force (on a day set by cabinet order within a year of its "
         "promulgation); assume a day to see the law with it"),
    Remarks.MAY_HAVE_CHANGED, basis=known("act_82_2025"), since=date(2026, 7, 25),
)  # fmt: skip

# In the text of 2026-06-24 warrants are still papers; the day is set by cabinet order.
_DIGITAL = Remark(
    "act_39_pending",
    Text("令和7年法律第39号の主な部分(刑事手続の書面を電磁的記録とすることなど)は、2027年3月31日までの政令で定める日に施行される。"
         "施行されたかは確認していない",
         "the main part of Act 39 of 2025 (records in place of papers in criminal procedure) comes into "
         "force on a day set by cabinet order, 2027-03-31 at the latest; whether it has was not found"),
    Remarks.MAY_HAVE_CHANGED, basis=read("S196", "ccp", "62, 199(1)"), since=date(2026, 6, 25),
)  # fmt: skip

REMARKS = (
    _PENDING,
    _DIGITAL,
    *(Remark(id, Text(ja, en), Remarks.OPEN_NORM, tuple(rules.split()), basis)
      for id, ja, en, rules, basis in _OPEN),
    *(Remark(id, Text(ja, en), Remarks.LEFT_OUT, basis=basis) for id, ja, en, basis in _LEFT_OUT),
    *(
        Remark(
            f"{law}_amended",
            Text(f"{day}施行の改正({ja})は確認していない", f"amended from {day} ({en}); not read"),
            Remarks.MAY_HAVE_CHANGED, basis=known(law), since=day,
        )
        for law, day, ja, en in _AMENDED
    ),
)  # fmt: skip
