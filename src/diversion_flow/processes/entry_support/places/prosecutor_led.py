"""Prosecutor-led support (V12; S06, S07, S48, S77, S99, S104, S110): no Center is needed, in-home
cases are possible, staff go with the person to the counter on the same day, aftercare is linked.

Its rules are the national track `bridging`, which every district office has; what the model
changes is the usual course. A link to the Center's rules is not cut: "not needed" is no "not allowed".
"""

from __future__ import annotations

from datetime import date

from ....definition import Text, Variant, replace
from ..road import LED_BY_PROSECUTORS
from ..routes import route
from .local import source

PROSECUTOR_LED = Variant(
    "prosecutor_led", "entry_support", Text("検察主導型", "Prosecutor-led"),
    (
        source("S06", "平成28年版犯罪白書(検察庁の取組)", "White Paper on Crime 2016: prosecutors' measures",
               "https://hakusyo1.moj.go.jp/jp/63/nfm/n63_2_5_2_3_3.html"),
        replace("process", road=LED_BY_PROSECUTORS, main_route=(
            *route("custody", "aftercare"),
            *(f"bridging.{rule}" for rule in ("call", "test_request", "test_result", "housing", "escort",
                                              "handover")),
        )),
    ),
    since=date(2013, 10, 1), place="prosecutor_led",
)  # fmt: skip
