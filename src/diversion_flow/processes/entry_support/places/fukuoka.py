"""Fukuoka: the prefecture's support center (V4; S61, S62; 2019-09) and the city's panel (V5; S50,
S51, S105; 2016-04)."""

from __future__ import annotations

from datetime import date

from ....definition import Add, Choice, Text, Variant, fact, holds
from ...writing import flag, read
from ..conditions import DISABLED, TARGET_GROUP
from ..sight import NEEDS
from .local import (
    NEEDS_WELFARE,
    SUSPENDED,
    SUSPENDED_SENTENCE,
    agency,
    local_scheme,
    source,
)  # fmt: skip

_PREFECTURE, _CITY = read("S61 S62"), read("S50 S51 S105")

PREFECTURE = Variant(
    "fukuoka_prefecture", "entry_support", Text("福岡県立ち直りサポートセンター", "Fukuoka Prefecture"),
    (
        source("S61", "福岡県立ち直りサポートセンター", "Fukuoka Prefecture: support center",
               "https://www.pref.fukuoka.lg.jp/contents/tachinaori-c.html"),
        source("S62", "同センターの報道", "Press report on the same center",
               "https://www.asahi.com/articles/ASM9B77D0M9BTIPE034.html"),
        agency("prefectural_center", "立ち直りサポートセンター", "Prefectural support center", _PREFECTURE),
        Add(Choice("sexual", Text("性犯罪", "sexual offence")), "fact offence"),
        Add(flag("local_support_appropriate", "支援が適当", "local support is appropriate",
                 "prosecutor", NEEDS, _PREFECTURE)),
        *local_scheme(
            Text("立ち直りサポートセンター", "the prefectural support center"), "prefectural_center",
            "prosecutor counsel",
            (SUSPENDED | SUSPENDED_SENTENCE)
            & (TARGET_GROUP | fact("offence").in_("drug", "sexual"))
            & NEEDS_WELFARE & holds("local_support_appropriate"),
            _PREFECTURE, records="age disability needs_welfare local_support_appropriate"),
    ),
    since=date(2019, 9, 1), place="fukuoka_prefecture",
    note=Text("対象の一覧には「等」があり、続きは未読", "The list of groups ends in 'etc.'; the rest was not read"),
)  # fmt: skip

CITY = Variant(
    "fukuoka_city", "entry_support", Text("福岡市触法障がい者部会", "Fukuoka City"),
    (
        source("S105", "福岡市触法障がい者部会の概要", "Fukuoka City panel: outline",
               "https://expydoc.com/doc/10752583/"),
        Add(flag("prison_alone_does_not_help", "刑務所だけでは改善が見込めない",
                 "prison alone is not expected to help", "municipality", NEEDS, _CITY)),
        *local_scheme(
            Text("触法障がい者部会", "the city's panel"), "core_consultation_center",
            "municipality counsel prosecutor reintegration_office",
            DISABLED & holds("prison_alone_does_not_help"), _CITY,
            records="disability prison_alone_does_not_help",
            reviewed_by="core_consultation_center bar_association probation_office center",
            files_plan=True),
    ),
    since=date(2016, 4, 1), place="fukuoka_city",
    note=Text("誰が部会に持ち込むかは未読(仮に4者)", "Who brings cases to the panel was not read (four are assumed)"),
)  # fmt: skip
