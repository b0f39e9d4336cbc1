"""A notice of the hour of release (X12): no rule was found by which anybody has to tell the Center.
Nobody's practice is told here: it is what a prosecutors office and a Center could agree on."""

from __future__ import annotations

from datetime import date

from ....definition import Add, Extend, Remark, Remarks, Remove, Text, Told, Variant
from ...writing import inferred

_AGREED = inferred("S37")

RELEASE_NOTICE = Variant(
    "release_notice", "entry_support", Text("釈放の連絡の申合せ(例)", "Agreed notice of release (an example)"),
    (
        Extend("event released", "told", (Told("center", basis=_AGREED),), _AGREED),
        Remove("remark hour_of_release"),
        Add(Remark("notice_is_an_example",
                   Text("センターへの釈放の連絡は、この例の申合せによる。法令の定めではない",
                        "That the Center is told of the release rests on the agreement of this "
                        "example, not on law"),
                   Remarks.LEFT_OUT, basis=_AGREED)),
    ),
    since=date(2021, 4, 1), place="release_notice",
    note=Text("連絡には本人の同意のほか、検察庁との申合せが要る",
              "It takes the person's consent and an agreement with the prosecutors office"),
)  # fmt: skip
