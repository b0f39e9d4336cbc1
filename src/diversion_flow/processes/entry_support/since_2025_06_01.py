"""Imprisonment reform, in force 2025-06-01: 拘禁刑 takes the place of 懲役 and 禁錮, and suspension
of a sentence becomes possible more often (PC 25). No rule of this process changes with it."""

from __future__ import annotations

from datetime import date

from ...definition import Relabel, Replace, Text, Variant
from ..writing import known, read

_SUSPENSION = known("pc", "25", Text("再度の執行猶予の要件緩和。内容は未確認",
                                     "A second suspension is easier; the wording was not read"))

AMENDMENT = Variant(
    "kokin_2025_06",
    "entry_support",
    Text("拘禁刑の創設", "Unified imprisonment (kokin-kei)"),
    (
        Relabel("choice sentence.imprisonment", Text("実刑(拘禁刑)", "actual imprisonment (kokin-kei)")),
        Relabel("choice sentence.partial_suspension",
                Text("拘禁刑の一部執行猶予", "partial suspension of imprisonment")),
        Relabel("state procedure.judged_imprisonment",
                Text("拘禁刑の実刑判決(未確定)", "Imprisonment (kokin-kei), not final")),
        Relabel("state procedure.final_imprisonment",
                Text("拘禁刑の実刑確定", "Imprisonment (kokin-kei) final")),
        Relabel("state custody.imprisoned", Text("受刑(拘禁刑)", "Imprisoned (kokin-kei)")),
        Replace("state procedure.judged_suspended", {"basis": read("S102", "pc", "25") + _SUSPENSION}),
    ),
    since=date(2025, 6, 1),
    version="KOKIN_2025_06",
)  # fmt: skip
