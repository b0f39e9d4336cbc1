"""Accompanying lawyers (よりそい弁護士, V7): led by the bar, no test of age or disability.

Aichi (S43; 2019) and Fukuoka (S64; 2024-01) publish whom they take. Hyogo, Sapporo, Hiroshima
and Tokyo Daini are documented without a rule of their own: the national `bridging.lawyer`.
"""

from __future__ import annotations

from datetime import date

from ....definition import Add, Extend, Text, Variant, holds, machine, replace
from ...writing import flag, read
from ..conditions import AT_LIBERTY
from ..sight import IDENTITY
from .local import source

_AICHI, _FUKUOKA = read("S42 S43"), read("S64")
_LIVES_HERE = flag("lives_in_area", "県内に居住・就労し、又はその予定", "lives or works, or will, in the prefecture",
                   "bar_association", IDENTITY, _AICHI)
_HELD_HERE = flag("held_in_area", "県内で逮捕・勾留・受刑した", "was arrested, detained or imprisoned in the prefecture",
                  "bar_association", IDENTITY, _AICHI)

AICHI = Variant(
    "yorisoi_aichi", "entry_support", Text("愛知県弁護士会よりそい弁護士", "Aichi Bar: accompanying lawyers"),
    (
        Add(_LIVES_HERE), Add(_HELD_HERE),
        Extend("event lawyer_appointed", "records", ("lives_in_area", "held_in_area"), _AICHI),
        replace("transition bridging.lawyer", basis=_AICHI,
                guard=holds("held_in_area") | (AT_LIBERTY & holds("lives_in_area"))),
    ),
    since=date(2019, 4, 1), place="yorisoi_aichi",
    note=Text("2019年に開始。月日は未読(年度初めとする)", "Began in 2019; the day was not read (1 April is taken)"),
)  # fmt: skip

FUKUOKA = Variant(
    "yorisoi_fukuoka", "entry_support", Text("福岡県よりそい弁護士", "Fukuoka: accompanying lawyers"),
    (
        source("S64", "福岡県よりそい弁護士制度", "Fukuoka Prefecture: accompanying lawyers",
               "https://www.pref.fukuoka.lg.jp/press-release/fukuokaken-yorisoibengoshi.html"),
        Add(_LIVES_HERE),
        Extend("event lawyer_appointed", "records", ("lives_in_area",), _FUKUOKA),
        replace("transition bridging.lawyer", basis=_FUKUOKA,
                guard=AT_LIBERTY & holds("lives_in_area") & machine("procedure").in_(
                    "suspension_of_prosecution", "judged_suspended", "judged_probation",
                    "final_suspended", "final_probation")),
    ),
    since=date(2024, 1, 1), place="yorisoi_fukuoka",
    note=Text("受刑者・出所者の系統は本過程の外", "The line for inmates and ex-inmates is outside this process"),
)  # fmt: skip
