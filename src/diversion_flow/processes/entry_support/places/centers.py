"""Centers and panels that did more than the national scheme of their day: Chiba (V8), Nagasaki
(V9), Hyogo (V10), Shimane (V11), Mie (V13)."""

from __future__ import annotations

from datetime import date

from ....definition import Add, Machine, Text, Variant, machine
from ...writing import Rows, event, grounds, inferred, read, rule, state, stays
from ..conditions import TARGET_GROUP
from ..sight import DEFENDS, OWN_ACT, TO_THE_PERSON
from .local import NEEDS_WELFARE, agency, local_scheme, source

_CHIBA, _NAGASAKI, _HYOGO = read("S14 S14c S12b S13"), read("S88 S90"), read("S84 S103")
_SHIMANE, _MIE = read("S65"), read("S66")
_PANEL: Rows = {
    "prosecutor": inferred("S88"), "counsel": DEFENDS, "court": inferred("S88", note=OWN_ACT),
    "expert_committee": read("S88 S90"), "person": TO_THE_PERSON,
}  # fmt: skip
_NOT_PROSECUTED = machine("procedure").in_(
    "police_disposed", "suspension_of_prosecution", "insufficient_suspicion",
    "otherwise_not_prosecuted",
)  # fmt: skip
_PROCEDURE_ENDED = machine("procedure").in_(
    "police_disposed", "suspension_of_prosecution", "insufficient_suspicion",
    "otherwise_not_prosecuted", "final_suspended", "final_fine", "final_acquitted",
)  # fmt: skip

CHIBA = Variant(
    "chiba", "entry_support", Text("千葉県(弁護人と社会福祉士のマッチング)", "Chiba (matching counsel and social workers)"),
    (
        source("S14c", "更生支援計画の実務書(第51節)", "Handbook on rehabilitation support plans, sec. 51",
               "https://www.kajo.co.jp/tameshiyomi/40743000001/pageindices/index51.html"),
        *local_scheme(Text("マッチング", "matching"), "social_worker", "counsel", TARGET_GROUP, _CHIBA,
                      records="age disability", files_plan=True),
    ),
    since=date(2015, 4, 1), place="chiba",
    note=Text("開始日は未読(全国試行の版から)", "The first day was not read (from the nationwide version on)"),
)  # fmt: skip

NAGASAKI = Variant(
    "nagasaki", "entry_support", Text("長崎県(調査支援委員会)", "Nagasaki (expert committee)"),
    (
        source("S88", "全国地域生活定着支援センター協議会(旧)「入口支援」",
               "National Council of Centers (former site): entry-stage support",
               "http://zenteikyo.org/index.php?入口支援"),
        source("S90", "長崎の入口支援の報道", "Press report on Nagasaki", "https://nordot.app/786403620313366528"),
        agency("expert_committee", "調査支援委員会", "Expert committee", _NAGASAKI),
        Add(event("expert_opinion_requested", "委員会への依頼", "Expert opinion requested", "expert_panel",
                  "prosecutor counsel", inferred("S88"))),
        Add(event("expert_opinion_reported", "委員会の報告", "Expert opinion reported", "expert_panel",
                  "expert_committee", _NAGASAKI, records="disability")),
        Add(Machine(
            "expert_panel", Text("調査支援委員会", "Expert committee"), "not_asked",
            (
                state("not_asked", "未依頼", "Not asked", "prosecutor", _NAGASAKI,
                      stage="intake", rest=True),
                state("examining", "審査中", "Examining", "expert_committee", _NAGASAKI, stage="screening"),
                state("reported", "報告済み", "Reported", "prosecutor", _NAGASAKI,
                      stage="coordination", rest=True),
            ),
            (
                rule("request", "expert_opinion_requested", "not_asked", "examining", inferred("S88")),
                rule("report", "expert_opinion_reported", "examining", "reported", _NAGASAKI),
                *stays("further_report", "expert_opinion_reported", "reported", inferred("S88")),
            ),
            seen_by=tuple(_PANEL),
            basis=grounds(_PANEL),
            note=Text("処分は検察官・裁判所が決める", "Prosecutor and court decide; the report may inform them"),
        )),
    ),
    since=date(2010, 7, 1), place="nagasaki",
    note=Text("2010年7月判定委員会、2012年6月障がい者審査委員会、2013年8月調査支援委員会。依頼者は推定",
              "Committee of 2010-07, renamed 2012-06 and 2013-08; who asks it is inferred"),
)  # fmt: skip

HYOGO = Variant(
    "hyogo", "entry_support", Text("兵庫県", "Hyogo"),
    (
        source("S84", "兵庫県の入口支援(英文記事)", "Hyogo's program (English article)",
               "https://barrierfreejapan.com/2018/05/07/hyogo-prefecture-to-introduce-a-program-to-help-the-elderly-and-disabled-who-have-been-charged-with-a-crime/"),
        source("S103", "早稲田大学の調査(2013-14)", "Waseda survey 2013-14",
               "https://www.wrs.waseda.jp/sp-r/admin/print/number/2013A-6059"),
        *local_scheme(Text("県の相談員による支援", "the Center's counsellor"), "center",
                      "prosecutor counsel police", TARGET_GROUP, _HYOGO, records="age disability"),
    ),
    since=date(2018, 10, 1), place="hyogo",
)  # fmt: skip

SHIMANE = Variant(
    "shimane", "entry_support", Text("島根県(更生支援コーディネーター)", "Shimane (coordinators)"),
    (
        source("S65", "法務省資料(島根県)", "MOJ material on Shimane", "https://www.moj.go.jp/content/001405998.pdf"),
        agency("rehabilitation_coordinator", "更生支援コーディネーター", "Rehabilitation support coordinator",
               _SHIMANE),
        *local_scheme(Text("更生支援コーディネーター", "a coordinator"), "rehabilitation_coordinator",
                      "prefecture center prosecutor", _PROCEDURE_ENDED, _SHIMANE),
    ),
    since=date(2021, 4, 1), place="shimane",
    note=Text("誰が派遣を求めるかは未読(仮に3者)", "Who asks for one was not read (three are assumed)"),
)  # fmt: skip

MIE = Variant(
    "mie", "entry_support", Text("三重県", "Mie"),
    (
        source("S66", "三重県地域生活定着支援センター", "Mie Center", "http://mie-teichaku.jp/guide.html"),
        *local_scheme(Text("センターによる受入れ", "the Center"), "center", "person prosecutor counsel",
                      _NOT_PROSECUTED & NEEDS_WELFARE, _MIE, records="needs_welfare"),
    ),
    since=date(2016, 4, 1), place="mie",
    note=Text("2016年の計画。月日と紹介者は未読", "The plan of 2016; its day and who refers were not read"),
)  # fmt: skip
