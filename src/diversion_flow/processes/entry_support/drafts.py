"""Law that is passed and of which the day is not known yet.

Act 82 of 2025 was promulgated on 2025-12-10 and comes into force on a day set by cabinet order
within a year. It widens the circle of those whose living conditions are adjusted and lets the
probation office inquire of public offices. Its wording was not read: so no rule changes with it
here, and its version says what is open.
"""

from __future__ import annotations

from datetime import date

from ...definition import Add, Remark, Remarks, Remove, Text, Variant
from ..writing import inferred, read

_ACT = read("S200")

# The first and the last day on which each may come into force: from its promulgation on, within
# the time that its supplementary provisions set.
MAY_BEGIN = {"act_82_2025": (date(2025, 12, 10), date(2026, 12, 9))}

DRAFTS = (
    Variant(
        "act_82_2025",
        "entry_support",
        Text("令和7年法律第82号(更生保護制度の充実)", "Act 82 of 2025 (rehabilitation services)"),
        (
            Remove("remark act_82_pending"),
            Add(Remark(
                "act_82_adjustment",
                Text("生活環境の調整の対象が広がる。誰が加わるか、更生保護法82条から85条までがどう変わるか、"
                     "経過措置は何かは確認していない。この版の規則は改正前のままである",
                     "more people may have their living conditions adjusted. Whom this adds, how "
                     "ORA 82 to 85 change, and the transitional rules were not read; the rules of "
                     "this version are those before it"),
                Remarks.LEFT_OUT, basis=_ACT,
            )),
            Add(Remark(
                "act_82_inquiries",
                Text("保護観察所の照会は保護観察対象者についてのもので、被疑者については何も加えない",
                     "the probation office's inquiries concern probationers; over suspects they give "
                     "no power"),
                Remarks.LEFT_OUT, basis=inferred("S200", "act_82_2025"),
            )),
        ),
        version="ACT_82_2025",
    ),
)  # fmt: skip
