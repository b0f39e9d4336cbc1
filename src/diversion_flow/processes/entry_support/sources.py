"""The laws and publications that the definition cites (domain sources S01 ... S120)."""

from __future__ import annotations

from datetime import date

from ...definition import Source, Text

# First days of provisions that lists for all versions cite.
ACT_OF_2022 = date(2023, 12, 1)
CLASSIFICATION_HOMES = date(2015, 6, 1)

_LAWS = (
    ("ccp", "刑事訴訟法", "Code of Criminal Procedure", "刑訴法", "CCP"),
    ("pc", "刑法", "Penal Code", "刑法", "PC"),
    ("ora", "更生保護法", "Offender Rehabilitation Act", "更生保護法", "ORA"),
    ("orr", "犯罪をした者及び非行のある少年に対する社会内における処遇に関する規則",
     "Ministry of Justice Ordinance on community treatment", "社会内処遇規則", "ORR"),
    ("pdfa", "刑事収容施設及び被収容者等の処遇に関する法律",
     "Act on Penal Detention Facilities", "刑事収容施設法", "PDFA"),
    ("paa", "生活保護法", "Public Assistance Act", "生活保護法", "PAA"),
    ("ltcia", "介護保険法", "Long-Term Care Insurance Act", "介護保険法", "LTCIA"),
    ("civil_code", "民法", "Civil Code", "民法", "Civil Code"),
    ("jcha", "少年鑑別所法", "Juvenile Classification Home Act", "少年鑑別所法", "JCHA"),
    ("juvenile_act", "少年法", "Juvenile Act", "少年法", "Juvenile Act"),
    ("mhwa", "精神保健及び精神障害者福祉に関する法律",
     "Act on Mental Health and Welfare for Persons with Mental Disorders", "精神保健福祉法", "MHWA"),
    ("mtoa", "心神喪失等の状態で重大な他害行為を行った者の医療及び観察等に関する法律",
     "Medical Treatment and Observation Act", "医療観察法", "MTOA"),
    ("dsa", "障害者の日常生活及び社会生活を総合的に支援するための法律",
     "Act on Comprehensive Support for Persons with Disabilities", "障害者総合支援法", "DSA"),
    ("act_68_2022", "刑法等の一部を改正する法律の施行に伴う関係法律の整理等に関する法律",
     "Act 68 of 2022 on the laws concerned", "整理法", "Act 68 of 2022"),
    ("appi", "個人情報の保護に関する法律", "Act on the Protection of Personal Information",
     "個人情報保護法", "APPI"),
    ("act_58_2003", "行政機関の保有する個人情報の保護に関する法律(平成15年法律第58号)",
     "Act 58 of 2003 on personal information held by administrative organs",
     "行政機関個人情報保護法", "Act 58 of 2003"),
    ("act_82_2025", "更生保護制度の充実を図るための保護司法等の一部を改正する法律(令和7年法律第82号)",
     "Act 82 of 2025 amending the Volunteer Probation Officers Act and other acts",
     "令和7年法律第82号", "Act 82 of 2025"),
)  # fmt: skip

# Read, or seen in a list of the laws in force in July 2026.
_LAW_IDS = {
    "ccp": "323AC0000000131",
    "pc": "140AC0000000045",
    "ora": "419AC0000000088",
    "orr": "420M60000010028",
    "pdfa": "417AC0000000050",
    "paa": "325AC0000000144",
    "ltcia": "409AC0000000123",
    "civil_code": "129AC0000000089",
    "jcha": "426AC0000000059",
    "juvenile_act": "323AC0000000168",
    "mhwa": "325AC0100000123",
    "mtoa": "415AC0000000110",
    "dsa": "417AC0000000123",
    "act_68_2022": "504AC0000000068",
    "appi": "415AC0000000057",
}

_UNREAD = Text("条文は確認していない", "the text itself was not read")
_UNDATED = Text("e-Gov法令検索の写し(いつの版か記録がない)",
                "a copy of e-Gov's text; of which revision was not noted")
_UNDATED_PAGE = Text("いつの版か記録のない写し", "a copy; of which revision was not noted")
_JANUARY_2026 = Text("2026年1月時点の条文(e-Gov法令検索の写し)",
                     "the text of January 2026 (a copy of e-Gov's)")
_TODAY = date(2026, 11, 26)


def _since_april_2024(ja: str, en: str) -> Text:
    return Text(f"2024年4月1日施行の条文({ja}による改正)", f"as in force from 2024-04-01 ({en})")


# Which text of a statute was read; where the day is missing, it was not noted.
_REVISIONS: dict[str, tuple[Text, date | None]] = {
    "ccp": (_JANUARY_2026, None),
    "pc": (_JANUARY_2026, None),
    "ora": (_since_april_2024("令和4年法律第52号", "Act 52 of 2022"), _TODAY),
    "orr": (_since_april_2024("令和6年法務省令第10号", "Ministry of Justice Ordinance 10 of 2024"),
            _TODAY),
    "pdfa": (_since_april_2024("令和5年法律第63号", "Act 63 of 2023"), _TODAY),
    "appi": (_since_april_2024("令和5年法律第79号", "Act 79 of 2023"), _TODAY),
    **dict.fromkeys(("paa", "mhwa"), (_UNDATED, None)),
    "act_68_2022": (Text("441条、447条、448条を確認した(いつの版か記録がない)",
                         "articles 441, 447, 448; of which revision was not noted"), None),
    **dict.fromkeys(("ltcia", "civil_code", "jcha", "juvenile_act", "mtoa", "dsa", "act_82_2025",
                     "act_58_2003"),
                    (_UNREAD, None)),
}  # fmt: skip

_ZENTEIKYO = "https://zenteikyo-jimu.jimdofree.com/センターについて"
_WHITE_PAPER = "hakusyo1.moj.go.jp/jp"
_KAJO = "https://www.kajo.co.jp/tameshiyomi/40743000001/pageindices"
_READ = (
    ("EG", "刑事訴訟法・刑法の条文(e-Gov法令検索の写し、2026年1月時点)",
     "Code of Criminal Procedure and Penal Code, a copy of e-Gov's text as of January 2026", None),
    ("S121", "刑事訴訟法484条", "CCP art. 484", "https://ja.wikibooks.org/wiki/刑事訴訟法第484条"),
    ("S122", "福岡高等裁判所昭和25年4月22日", "Fukuoka High Court 1950-04-22", None),
    ("S123", "刑法27条(令和4年改正後)", "PC art. 27 as amended in 2022",
     "https://ja.wikibooks.org/wiki/刑法第27条"),
    ("S125", "刑事訴訟法361条", "CCP art. 361",
     "https://osaka-kenpo.llll-ll.com/law/jp/keiji_soshou_hou/361"),
    ("S126", "執行猶予期間の起算の解説", "A practitioner's page on counting a suspension", None),
    ("S127", "更生保護法85条1項6号を引用する法律事務所の頁",
     "A law office's page that quotes ORA 85(1)(vi)", None),
    ("S128", "精神保健福祉法24条", "MHWA art. 24", "https://iuris.jp/jpn/a/35073"),
    ("S129", "医療観察法33条", "MTOA art. 33", "https://iuris.jp/jpn/a/21063"),
    ("S130", "刑法18条", "PC art. 18",
     "http://6shokuwakeroppou.net/keihou/joubunbetu/dai18jou.html"),
    ("S131", "刑事訴訟法359条", "CCP art. 359",
     "https://osaka-kenpo.llll-ll.com/law/jp/keiji_soshou_hou/359"),
    ("S132", "令和4年版犯罪白書(少年事件の送致)", "White Paper on Crime 2022: juvenile cases",
     f"https://{_WHITE_PAPER}/69/nfm/n69_2_3_2_1_2.html"),
    ("S133", "令和5年法律第28号附則1条(刑訴法344条の施行日)",
     "Act 28 of 2023, supplementary art. 1 (first day of CCP 344 as amended)",
     "https://iuris.jp/jpn/ps/28331"),
    ("EG2", "生活保護法の条文(e-Gov法令検索の写し)", "Public Assistance Act, a copy of e-Gov's text",
     None),
    ("EG3", "精神保健福祉法の条文(e-Gov法令検索の写し)",
     "Act on Mental Health and Welfare, a copy of e-Gov's text", None),
    ("S134", "刑事訴訟法199条", "CCP art. 199", "https://iuris.jp/jpn/a/3484"),
    ("S135", "刑事訴訟法339条", "CCP art. 339", "https://iuris.jp/jpn/a/3689"),
    ("S136", "刑事訴訟法418条", "CCP art. 418", "https://iuris.jp/jpn/a/3802"),
    ("S137", "刑事訴訟法246条から248条まで", "CCP arts. 246 to 248",
     "https://ebisudo-office.com/2025/04/26"),
    ("S138", "刑事訴訟法第3編第1章(上訴の通則)", "CCP part III, ch. 1 (appeals in general)",
     "https://iuris.jp/jpn/p/21"),
    ("S139", "刑事訴訟法372条、373条", "CCP arts. 372 and 373",
     "https://ebisudo-office.com/category/joubun/keijisoshouhou/page/4"),
    ("S140", "刑事訴訟法第3編第3章(上告)", "CCP part III, ch. 3 (final appeals)",
     "http://6hou.bakufu.org/keiso/405-418.html"),
    ("S141", "刑事訴訟法第7編(裁判の執行)", "CCP part VII (execution)",
     "http://6shokuwakeroppou.net/keiso/hennshoubetu/dai7henn.html"),
    ("S142", "少年法41条、42条", "Juvenile Act arts. 41 and 42",
     "https://ireadlaw.hatenablog.com/entry/2020/05/11/120000"),
    ("S143", "個人情報保護法69条", "APPI art. 69", "https://iuris.jp/jpn/a/68135"),
    ("S144", "刑事訴訟法39条", "CCP art. 39", "https://iuris.jp/jpn/a/3305"),
    ("S145", "刑事訴訟法40条", "CCP art. 40", "https://ja.wikibooks.org/wiki/刑事訴訟法第40条"),
    ("NS01", "毎日新聞2019年5月7日", "Mainichi newspaper, 2019-05-07", None),
    ("NS03", "横浜の法律事務所のお知らせ(1324)", "A law office in Yokohama, news page 1324", None),
    ("NS05", "岐阜新聞(記事178316)", "Gifu newspaper, article 178316", None),
    ("NS07", "平成30年版犯罪白書コラム12(島原)", "White Paper on Crime 2018, column 12 (Shimabara)",
     None),
    ("S124", "執行猶予に関する改正の経過規定の解説(整理法448条)",
     "Commentary on the transitional rule (Act 68 of 2022, art. 448)",
     "http://sirius-law.com/news/20240521/4597"),
    ("S01", "全国地域生活定着支援センター協議会「入口支援」",
     "National Council of Centers: entry-stage support", f"{_ZENTEIKYO}/入口支援/"),
    ("S02", "全国地域生活定着支援センター協議会「事例」", "National Council of Centers: cases", f"{_ZENTEIKYO}/事例/"),
    ("S03", "令和3年版再犯防止推進白書", "White Paper on Recidivism Prevention 2021",
     "https://www.moj.go.jp/hisho/saihanboushi3/html/n3130000.html"),
    ("S04", "法務省報道発表(2013-09-26)", "MOJ press release 2013-09-26",
     "http://www.moj.go.jp/hogo1/soumu/hogo02_00043.html"),
    ("S05", "平成30年版犯罪白書(入口支援・保護観察所)",
     "White Paper on Crime 2018: entry-stage support, probation offices",
     f"https://{_WHITE_PAPER}/65/nfm/n65_2_7_5_3_2.html"),
    ("S07", "横浜地方検察庁の紹介", "Yokohama District Public Prosecutors Office (profile)",
     "https://kensatsugojp.com/kakuchou/yokohama/page1000001_00443.html"),
    ("S08", "平成30年版犯罪白書(検察庁の事例)", "White Paper on Crime 2018: prosecutors' cases",
     f"https://{_WHITE_PAPER}/65/nfm/n65_2_7_5_3_1_11.html"),
    ("S09", "東京地検社会福祉アドバイザーの実践報告", "Practice report by a Tokyo social welfare adviser",
     "https://vdocuments.mx/c-waseda-c.html"),
    ("S10", "平成30年版犯罪白書(検察庁の取組)", "White Paper on Crime 2018: prosecutors' measures",
     f"https://{_WHITE_PAPER}/65/nfm/n65_2_7_5_3_1.html"),
    ("S11", "地域生活定着促進事業の概要", "Outline of the community settlement promotion programme",
     "https://www.dinf.ne.jp/d/4/100.html"),
    ("S12", "更生支援計画の実務書(第44節)", "Handbook on rehabilitation support plans, sec. 44",
     f"{_KAJO}/index44.html"),
    ("S12b", "更生支援計画の実務書(第45節)",
     "Handbook on rehabilitation support plans, sec. 45", f"{_KAJO}/index45.html"),
    ("S13", "更生支援計画の実務書(第46節)",
     "Handbook on rehabilitation support plans, sec. 46", f"{_KAJO}/index46.html"),
    ("S13b", "更生支援計画の実務書(第34節)",
     "Handbook on rehabilitation support plans, sec. 34", f"{_KAJO}/index34.html"),
    ("S14", "更生支援計画の実務書(第40節)",
     "Handbook on rehabilitation support plans, sec. 40", f"{_KAJO}/index40.html"),
    ("S14b", "更生支援計画の実務書(第42節)",
     "Handbook on rehabilitation support plans, sec. 42", f"{_KAJO}/index42.html"),
    ("S15", "面会の実務(警察署・拘置所)", "Visiting police cells and detention houses",
     "https://www.waseda-spike.jp/wp/2021/12/01/"),
    ("S17", "石川県地域生活定着支援センター", "Ishikawa Center",
     "https://saiseikaikanazawa.jp/teichaku/?p=42"),
    ("S18", "厚労省主管課長会議資料(2022-03)", "MHLW chiefs' meeting, March 2022",
     "https://www.wic-net.com/material/document/1469/22"),
    ("S19", "大阪府地域生活定着支援センター", "Osaka Center", "https://yorisoi-osaka.jp/higisha/"),
    ("S20", "令和6年版再犯防止推進白書", "White Paper on Recidivism Prevention 2024",
     "https://www.moj.go.jp/hisho/saihanboushi/r06/html/n1320000.html"),
    ("S21", "刑事訴訟法60条", "CCP art. 60", "https://ja.wikibooks.org/wiki/刑事訴訟法第60条"),
    ("S22", "刑事訴訟法208条", "CCP art. 208", "https://ja.wikibooks.org/wiki/刑事訴訟法第208条"),
    ("S23", "逮捕後の手続の解説", "Explanation of the procedure after arrest",
     "https://choshi-sogo.com/post-1213"),
    ("S24", "刑事訴訟法205条", "CCP art. 205",
     "http://6shokuwakeroppou.net/keiso/joubunbetu/dai205jou.html"),
    ("S24b", "勾留請求の解説", "Explanation of the detention request",
     "https://www.shirahama-okazaki.com/personal/businessowners/process/"),
    ("S25", "更生保護法83条の2", "ORA art. 83-2", "https://iuris.jp/jpn/a/92192"),
    ("S25b", "更生保護法第4章", "ORA ch. 4", "https://iuris.jp/jpn/c/1871"),
    ("S26", "更生保護法86条", "ORA art. 86", "https://iuris.jp/jpn/a/43873"),
    ("S26c", "更生保護法第5章", "ORA ch. 5", "https://iuris.jp/jpn/c/1872"),
    ("S27", "社会内処遇規則118条", "ORR art. 118", "https://iuris.jp/jpn/a/54515"),
    ("S27b", "社会内処遇規則112条", "ORR art. 112", "https://iuris.jp/jpn/a/54508"),
    ("S27c", "社会内処遇規則第5章", "ORR ch. 5", "https://iuris.jp/jpn/c/2385"),
    ("S28", "社会内処遇規則120条", "ORR art. 120", "https://iuris.jp/jpn/a/54517"),
    ("S28b", "社会内処遇規則121条", "ORR art. 121", "https://iuris.jp/jpn/a/54518"),
    ("S29", "刑事収容施設法172条", "PDFA art. 172", "https://iuris.jp/jpn/a/37106"),
    ("S31", "定着支援センター長の報告", "Report by a Center director",
     "https://www.dinf.ne.jp/d/4/199.html"),
    ("S33", "全国地域生活定着支援センター協議会「業務内容」", "National Council of Centers: services",
     f"{_ZENTEIKYO}/業務内容/"),
    ("S34", "平成29年版犯罪白書(受入れの課題)", "White Paper on Crime 2017: obstacles to placement",
     f"http://{_WHITE_PAPER}/64/nfm/n64_2_7_3_1_2_15.html"),
    ("S35", "令和5年版再犯防止推進白書(更生保護施設)",
     "White Paper on Recidivism Prevention 2023: rehabilitation facilities",
     "https://www.moj.go.jp/hisho/saihanboushi/r05/html/n2220000.html"),
    ("S36", "更生保護施設・自立準備ホームの資料", "Facilities and self-reliance homes (material)",
     "https://wic-net.com/material/document/10010/3"),
    ("S37", "触法障害者支援の事例", "Support case of an offender with a disability",
     "https://shokuhoh.net/case1/"),
    ("S38", "自立準備ホームの解説", "Explanation of self-reliance preparation homes",
     "https://www.waseda-spike.jp/wp/2021/10/27/"),
    ("S38b", "保護司の解説", "Explanation of volunteer probation officers",
     "https://www.waseda-spike.jp/wp/category/fukumimi/"),
    ("S39", "法テラス(特定援助対象者法律相談援助)", "Houterasu: advice for supported persons",
     "https://www.houterasu.or.jp/site/jichitaifukushi-faq/faq-007.html"),
    ("S40", "特定援助の解説", "Explanation of Houterasu outreach advice",
     "https://noda-legaloffice.com/saiban/houterasu/"),
    ("S42", "愛知県弁護士会よりそい弁護士", "Aichi Bar: accompanying lawyers",
     "https://www.aiben.jp/about/library/post-140.html"),
    ("S43", "よりそい弁護士の対象", "Accompanying lawyers: who may apply",
     "https://www.keiben-oasis.com/?p=38728"),
    ("S44", "山梨県(被疑者等支援)", "Yamanashi Prefecture: support for suspects",
     "https://www-pref-yamanashi-jp.cache.yimg.jp/hokensom/fukushi_kikaku/teichakushien_kaisyo.html"),
    ("S45", "令和2年版犯罪白書(検察処理)", "White Paper on Crime 2020: dispositions",
     f"https://{_WHITE_PAPER}/67/nfm/n67_2_2_2_4_0.html"),
    ("S46", "刑事訴訟法373条の解説", "Explanation of CCP art. 373",
     "https://ebisudo-office.com/blog/page/5"),
    ("S47", "再逮捕の解説", "Explanation of renewed arrest",
     "https://www.shomin-law.com/bengoshikeijisyodou.html"),
    ("S48", "平成26年版犯罪白書(在宅事件の例)", "White Paper on Crime 2014: in-home example",
     f"https://{_WHITE_PAPER}/61/nfm/n61_2_6_3_1_0.html"),
    ("S49", "島根県社会福祉協議会", "Shimane council of social welfare",
     "https://www.fukushi-shimane.or.jp/works/support/118"),
    ("S50", "福岡市触法障がい者部会資料(1)", "Fukuoka City panel, papers (1)",
     "https://www.city.fukuoka.lg.jp/data/open/cnt/3/66064/1/shiryou2.txt"),
    ("S51", "福岡市触法障がい者部会資料(2)", "Fukuoka City panel, papers (2)",
     "https://www.city.fukuoka.lg.jp/data/open/cnt/3/80624/1/siryou6.txt"),
    ("S52", "平成30年版犯罪白書(更生緊急保護)", "White Paper on Crime 2018: urgent aftercare",
     f"https://{_WHITE_PAPER}/65/nfm/n65_2_2_5_3_0.html"),
    ("S53", "令和元年版犯罪白書(応急の救護等)", "White Paper on Crime 2019: emergency relief",
     f"https://{_WHITE_PAPER}/66/nfm/n66_2_3_1_5_4.html"),
    ("S54", "令和5年版犯罪白書(更生保護)", "White Paper on Crime 2023: rehabilitation",
     f"https://{_WHITE_PAPER}/70/nfm/n70_2_2_5_1_1.html"),
    ("S55", "社会内処遇規則第6章", "ORR ch. 6", "https://iuris.jp/jpn/c/4006"),
    ("S56", "令和6年版犯罪白書(地域援助)", "White Paper on Crime 2024: community aid",
     f"https://{_WHITE_PAPER}/71/nfm/n71_2_2_5_4_0_04.html"),
    ("S60", "大阪府地域生活定着支援センター(特別調整)", "Osaka Center: special coordination",
     "https://yorisoi-osaka.jp/coordinate/"),
    ("S67", "刑事手続の流れの解説", "Explanation of the criminal procedure",
     "https://keijijiken-bengoshi.com/keiji-nagare"),
    ("S68", "衆議院での保護局長答弁", "Director-General, Rehabilitation Bureau, in the Diet",
     "https://clips.politylink.jp/clip/3495"),
    ("S77", "福岡地検の社会復帰支援(新聞)", "Fukuoka prosecutors' desk (newspaper)",
     "https://fanblogs.jp/tiryousyoku/archive/1794/0"),
    ("S79", "入口支援の報道", "Press report on entry-stage support",
     "https://www.eureka-japan.co.jp/ansin-jp/info/news_detail.php?page=3204"),
    ("S119", "法テラス(司法ソーシャルワーク)", "Houterasu: judicial social work",
     "https://www.houterasu.or.jp/site/chihoujimusho-fukuoka/fukuoka-fukushikikan.html"),
    ("S102", "拘禁刑の創設(刑法等改正)", "Unified imprisonment (amendment of the Penal Code)",
     "https://www.sn-hoki.co.jp/article/pickup_hourei/pickup_hourei2218260/"),
    ("S16", "明石市更生支援コーディネート", "Akashi City: rehabilitation support coordination",
     "http://www.city.akashi.lg.jp/fukushi/ts_kousei/r1/kouseishien_coordinate/coordinate.html"),
)  # fmt: skip


def _in_force_from(day: str, ja: str, en: str) -> Text:
    return Text(f"{day}施行の条文({ja}による改正)", f"as in force from {day} ({en})")


_MAY_2024 = _in_force_from("2024-05-15", "令和5年法律第28号", "Act 28 of 2023")
# Pages that give a statute's own words: of which law, and which text of it; all read on one day.
_TEXTS: dict[str, tuple[str, Text]] = {
    **dict.fromkeys(("S25", "S25b", "S26", "S26c"), ("ora", _REVISIONS["ora"][0])),
    **dict.fromkeys(("S27", "S27b", "S27c", "S28", "S28b"), ("orr", _REVISIONS["orr"][0])),
    "S29": ("pdfa", _REVISIONS["pdfa"][0]),
    **dict.fromkeys(("S134", "S136", "S144"), ("ccp", _MAY_2024)),
    "S135": ("ccp", _in_force_from("2024-02-15", "令和5年法律第66号", "Act 66 of 2023")),
    **dict.fromkeys(("S137", "S138", "S139", "S140", "S141", "S145"), ("ccp", _UNDATED_PAGE)),
    "S142": ("juvenile_act", _UNDATED_PAGE),
    "S143": ("appi", _REVISIONS["appi"][0]),
}


def _page(id: str, ja: str, en: str, url: str | None) -> Source:
    if id not in _TEXTS:
        return Source(id, Text(ja, en), url=url)
    law, revision = _TEXTS[id]
    return Source(
        id, Text(ja, en), url=url, law_id=_LAW_IDS[law], revision=revision, read_on=_TODAY
    )


SOURCES = (
    *(
        Source(id, Text(ja, en), Text(short, brief), law_id=_LAW_IDS.get(id),
               revision=_REVISIONS[id][0], read_on=_REVISIONS[id][1])
        for id, ja, en, short, brief in _LAWS
    ),
    *(_page(*row) for row in _READ),
)
