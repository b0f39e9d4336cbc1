"""Akashi City (V6; S16, S16b, S108): the municipality coordinates; police station and prosecutors
branch find; intellectual disability or dementia, also suspected; minor offences. Pilot 2016-01."""

from __future__ import annotations

from datetime import date

from ....definition import Add, Text, Variant, fact, holds
from ...writing import flag, read
from ..sight import IDENTITY
from .local import local_scheme, source

_AKASHI = read("S16 S16b S108")
_GROUP = fact("disability").in_("intellectual", "dementia", "suspected")
_MINOR = fact("offence").in_("theft", "fraud", "trespass")

AKASHI = Variant(
    "akashi", "entry_support", Text("明石市", "Akashi City"),
    (
        source("S16b", "明石市社会福祉協議会", "Akashi council of social welfare",
               "https://akashi-shakyo.jp/?p=193"),
        source("S108", "再犯防止推進白書(明石市)", "White Paper on Recidivism Prevention: Akashi",
               "https://www.moj.go.jp/hisho/saihanboushi/html/nt131000.html"),
        Add(flag("returns_to_city", "市内に居住・帰住する", "lives in or returns to the city",
                 "municipality", IDENTITY, _AKASHI)),
        *local_scheme(Text("更生支援コーディネート", "the city's coordination"), "municipality",
                      "prosecutor police", _GROUP & _MINOR & holds("returns_to_city"), _AKASHI,
                      records="disability returns_to_city"),
    ),
    since=date(2016, 1, 1), place="akashi",
    note=Text("精神障害を含むのは受託協議会の頁のみ(時期未読)。認知症の65歳以上は「原則」なので条件としない",
              "Mental disability only on the entrusted council's page (day not read); 65 for "
              "dementia is 'in principle' and no condition"),
)  # fmt: skip
