"""The 2013 trial (press release of 2013-09-26): prosecutors and probation offices adjust before
release; prosecutors offices have a desk and a social welfare adviser.

The sources say October 2013; the first of the month is taken as the day.
"""

from __future__ import annotations

from datetime import date

from ...definition import Add, Replace, Text, Variant
from . import bridging, prior_adjustment
from .road import PRIOR_ADJUSTMENT
from .routes import route

AMENDMENT = Variant(
    "trial_2013",
    "entry_support",
    Text("事前調整の試行", "Trial of prior adjustment"),
    (
        Add(prior_adjustment.OFFICE_TAKES_PART),
        *(Add(event, after="power_of_attorney_given")
          for event in reversed(prior_adjustment.EVENTS)),
        *(Add(event) for event in bridging.EVENTS),
        Add(prior_adjustment.ADJUSTMENT, after="consent"),
        Add(bridging.BRIDGING),
        Replace("process", {
            "main_route": route("custody", "prior_adjustment", "aftercare"),
            "road": PRIOR_ADJUSTMENT,
        }),
    ),
    since=date(2013, 10, 1),
    version="TRIAL_2013",
    note=Text("東京地検の社会復帰支援室は2013年1月から。弁護士による同行は後年に始まる",
              "The Tokyo desk began in January 2013; accompanying lawyers came later"),
)  # fmt: skip
