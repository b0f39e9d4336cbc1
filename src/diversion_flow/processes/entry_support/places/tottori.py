"""Tottori (V3; S63): beside the national scheme a prefectural line, run by the Center, for people
neither elderly nor disabled whose case ended without prison. One Center since fiscal 2021."""

from __future__ import annotations

from datetime import date

from ....definition import Add, Text, Variant, machine
from ...writing import event, inferred, read, rule
from ..conditions import AT_LIBERTY, CENTER_NAMED, CONSENTED, TARGET_GROUP
from .local import source

_TOTTORI = read("S63 S63b S63c")
_WITHOUT_PRISON = machine("procedure").in_(
    "suspension_of_prosecution", "summary_ordered", "judged_suspended", "judged_fine",
    "final_suspended", "final_fine",
)  # fmt: skip
_AS_NATIONALLY = (CONSENTED & CENTER_NAMED & AT_LIBERTY).under(*inferred("S63", note=Text(
    "県の資料には本人への確認の方法も身柄拘束中の支援もないため、国の事業と同じく、センターを提供先と"
    "する同意があり、身柄を拘束されていない者とした",
    "The prefecture's pages say neither how the person is asked nor that anybody is helped in "
    "custody: as nationally, who consents to the Center and is held by nobody")))

TOTTORI = Variant(
    "tottori", "entry_support", Text("鳥取県", "Tottori"),
    (
        source("S63", "鳥取県令和3年度予算", "Tottori Prefecture: budget FY2021"),
        source("S63b", "鳥取県の社会生活自立支援センター", "Tottori: support center for self-reliance",
               "http://adsuppo.net/lsw/"),
        source("S63c", "鳥取県令和8年度予算", "Tottori Prefecture: budget FY2026"),
        Add(event("prefectural_line_opened", "県独自の支援の開始", "Prefectural line opened", "support",
                  "center", _TOTTORI, records="age disability po_regards_as_elderly")),
        Add(rule("prefectural_line", "prefectural_line_opened", "not_started consultation_only",
                 "accepted", _TOTTORI, guard=~TARGET_GROUP & _WITHOUT_PRISON & _AS_NATIONALLY),
            "machine support", after="reentry"),
    ),
    since=date(2021, 4, 1), place="tottori",
    note=Text("2018年度からの別センターの時期は、規則が未読のため含まない",
              "The separate center from 2018 is left out: its rules were not read"),
)  # fmt: skip
