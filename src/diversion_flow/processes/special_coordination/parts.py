"""Agencies, facts, papers, parameters and sources of special coordination."""

from __future__ import annotations

from datetime import date

from ...definition import Agency, Paper, Parameter, Source, Stage, Text, fact, holds, param, when
from ..writing import OWN, Rows, Sight, flag, inferred, number, one_of, read, some_of

SOURCES = (
    Source("circular", Text("平成21年4月 法務省保観第244号 矯正局長・保護局長通達",
                            "Circular of April 2009 by the Directors-General of the Correction and "
                            "Rehabilitation Bureaus (No. 244)"),
           Text("保観第244号", "Circular 244")),
    *(Source(id, Text(ja, en), Text(*short), law_id=law_id, revision=Text(
        f"{day}施行の条文(e-Gov法令検索の写し)", f"as in force from {day} (a copy of e-Gov)"),
        read_on=date(2026, 11, 27)) for id, ja, en, short, law_id, day in (
        ("ora", "更生保護法", "Offender Rehabilitation Act", ("更生保護法", "ORA"), "419AC0000000088",
         "2026-05-21"),
        ("pdfa", "刑事収容施設及び被収容者等の処遇に関する法律",
         "Act on Penal Detention Facilities and the Treatment of Inmates and Detainees",
         ("刑事収容施設法", "PDFA"), "417AC0000000050", "2026-05-21"),
        ("jtsa", "少年院法", "Juvenile Training School Act", ("少年院法", "JTSA"), "426AC0000000058",
         "2026-06-24"))),
    Source("S11", Text("地域生活定着促進事業の概要", "Outline of the community settlement promotion programme"),
           url="https://www.dinf.ne.jp/d/4/100.html"),
    Source("S13b", Text("更生支援計画の実務書(第34節)", "Handbook on rehabilitation support plans, sec. 34"),
           url="https://www.kajo.co.jp/tameshiyomi/40743000001/pageindices/index34.html"),
    Source("S17", Text("石川県地域生活定着支援センター", "Ishikawa Center"),
           url="https://saiseikaikanazawa.jp/teichaku/?p=42"),
    Source("S33", Text("全国地域生活定着支援センター協議会「業務内容」", "National Council of Centers: services"),
           url="https://zenteikyo-jimu.jimdofree.com/センターについて/業務内容/"),
    Source("S34", Text("平成29年版犯罪白書(受入れの課題)", "White Paper on Crime 2017: obstacles to placement"),
           url="http://hakusyo1.moj.go.jp/jp/64/nfm/n64_2_7_3_1_2_15.html"),
    Source("S58", Text("愛媛県地域生活定着支援センター", "Ehime Center"),
           url="http://ehime-shakyo.or.jp/?p=11423"),
    Source("S60", Text("大阪府地域生活定着支援センター(特別調整)", "Osaka Center: special coordination"),
           url="https://yorisoi-osaka.jp/coordinate/"),
    Source("S100", Text("平成29年版犯罪白書(特別調整)", "White Paper on Crime 2017: special coordination"),
           url="https://hakusyo1.moj.go.jp/jp/64/nfm/n64_2_7_3_1_2.html"),
    Source("S196", Text("e-Gov法令検索の条文の写し(2016年から2026年6月まで、改正ごと)",
                        "Copies of e-Gov's texts from 2016 to June 2026, revision by revision"),
           url="https://github.com/yno9/legalize-jp"),
    Source("S201", Text("平成30年版犯罪白書(特別調整の成果)",
                        "White Paper on Crime 2018: what special coordination has achieved"),
           url="https://hakusyo1.moj.go.jp/jp/65/nfm/n65_2_7_6_2_1.html"),
    Source("S202", Text("用語「特別調整」の解説(長崎新聞)", "Nagasaki newspaper: special coordination explained"),
           url="https://nordot.app/845470937502547968"),
)  # fmt: skip

# Of who is in a penal institution or juvenile training school the office adjusts the home to return
# to; the institution's own duty of support came later.
ADJUSTS = read("S196", "ora", "82(1)")
SUPPORTS = read("S196", "pdfa", "106(1), 106(4)", since=date(2023, 12, 1)) + read(
    "S196", "jtsa", "44(1), 44(4)", since=date(2015, 6, 1))

AGENCIES = (
    Agency("prison", Text("矯正施設", "Correctional institution"), read("S11 S60") + SUPPORTS),
    Agency("probation_office", Text("保護観察所", "Probation office"), read("S11 S60") + ADJUSTS),
    Agency("center", Text("地域生活定着支援センター", "Community Life Settlement Support Center"),
           read("S11 S33")),
    Agency("other_center", Text("他都道府県の地域生活定着支援センター", "Another prefecture's Center"),
           read("S11 S33")),
    Agency("municipality", Text("市区町村・福祉事務所", "Municipality; welfare office"), read("S11 S33")),
    Agency("provider", Text("福祉サービス事業者", "Welfare service provider"), read("S11")),
    Agency("person", Text("本人(受刑者等)", "The person (inmate)"), read("S60")),
)  # fmt: skip

STAGES = (
    Stage("intake", Text("把握", "Intake")),
    Stage("screening", Text("選定", "Screening")),
    Stage("coordination", Text("調整", "Coordination")),
    Stage("release", Text("釈放", "Release")),
    Stage("settlement", Text("定着支援", "Settlement follow-up")),
)

_HIMSELF = inferred("S60", note=Text("本人自身のこと", "The person's own matter"))
INSIDE: Rows = {"prison": OWN, "probation_office": ADJUSTS, "person": _HIMSELF}
WITH_THE_CENTER: Rows = {
    **INSIDE, "center": read("S60", note=Text("本人の同意に基づく", "On the person's consent")),
}  # fmt: skip
_INSIDE = Sight(INSIDE, "center other_center municipality provider")
_NEEDS = Sight(WITH_THE_CENTER, "other_center municipality provider")

FACTS = (
    number("age", "年齢", "age", "prison", _INSIDE, Text("歳", "years"), 12, 120, read("S60")),
    flag("regarded_as_elderly", "高齢と認める(おおむね65歳)", "regarded as elderly (about 65)", "prison",
         _INSIDE, read("S60")),
    one_of("disability", "障害", "disability", "prison", _NEEDS, read("S60"),
           none=("なし", "none"), physical=("身体障害", "physical"),
           intellectual=("知的障害", "intellectual"), mental=("精神障害", "mental")),
    flag("has_home", "釈放後の住居がある", "has a home after release", "prison", _NEEDS, read("S60")),
    flag("needs_welfare", "福祉サービス等が必要", "needs welfare services", "prison", _NEEDS,
         read("S60")),
    flag("appropriate", "円滑な社会復帰のため相当", "appropriate for a smooth return to society",
         "probation_office", _INSIDE, read("S60")),
    flag("wishes", "本人が希望する", "the person wishes it", "person", _INSIDE, read("S60")),
    some_of("consent_recipients", "同意した提供先", "recipients consented to", "person", _INSIDE,
            read("S60"), center=("センター", "Center"), other_center=("他都道府県のセンター", "other prefecture's Center"),
            municipality=("市区町村", "municipality"), provider=("事業者", "provider")),
    flag("wants_other_prefecture", "他都道府県での居住を希望", "wants to live in another prefecture",
         "person", _NEEDS, read("S11 S33")),
)  # fmt: skip

PAPERS = (
    Paper("request", Text("特別調整協力等依頼書", "special-coordination cooperation request"), read("S33")),
    Paper("plan", Text("福祉サービス等調整計画", "welfare-service coordination plan"), read("S33")),
    Paper("cooperation_request", Text("支援業務協力依頼書", "support cooperation request"), read("S33")),
    Paper("consent_form", Text("情報提供の同意書(様式名は未確認)", "consent to provide data (form not seen)"),
          read("S60")),
)  # fmt: skip

PARAMETERS = (
    Parameter("elderly_age", Text("高齢とする年齢", "age from which a person is elderly"), 65,
              basis=read("S60")),
    Parameter("elderly_age_about_from",
              Text("「おおむね65歳」と認め得る年齢", "age from which 'about 65' may be found"), 60,
              note=Text("「おおむね」の下限を示す資料は見当たらない。既定の60歳は仮の値",
                        "No source was found for how far 'about' reaches; the default of 60 is "
                        "an assumption")),
    Parameter("elderly_age_is_strict", Text("年齢を厳格に適用", "the age is a hard limit"), False,
              (True, False), read("S60")),
    Parameter("follow_up_months", Text("フォローアップ期間", "length of follow-up (months)"), None,
              basis=read("S17"),
              note=Text("「必要な期間」とのみ。既定: 期間の定めなし",
                        "'The necessary period' only; default: no length set")),
    Parameter("wish_needed_for_general", Text("一般調整にも本人の希望を要する",
                                              "general coordination needs the person's wish too"),
              True, (True, False), read("S58")),
)  # fmt: skip

_ELDERLY = (fact("age") >= param("elderly_age")) | (
    when("elderly_age_is_strict", False) & (fact("age") >= param("elderly_age_about_from"))
    & holds("regarded_as_elderly")
)
_DISABLED = fact("disability").in_("physical", "intellectual", "mental")
AGE_OR_DISABILITY = _ELDERLY | _DISABLED
NO_HOME = fact("has_home") == False  # noqa: E712
HOME = holds("has_home")

