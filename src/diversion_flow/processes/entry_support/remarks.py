"""What whoever reads the law here should know and no rule says."""

from __future__ import annotations

from datetime import date

from ...definition import Remark, Remarks, Text
from ..writing import inferred, known

_LEFT_OUT = (
    ("bail_revocation", "保釈の取消し(刑訴法96条、343条)は収録していない",
     "revocation of bail (CCP 96, 343) is not modelled", known("ccp", "96, 343")),
    ("excusable_delay", "やむを得ない事情による遅延(刑訴法206条)は収録していない",
     "excusable delay (CCP 206) is not modelled", known("ccp", "206")),
    ("extension_for_distance", "距離による期間の延長(刑訴法56条)は収録していない",
     "the extension of periods for distance (CCP 56) is not modelled", known("ccp", "56")),
    ("partial_suspension", "一部執行猶予は、服役する部分が先であるため、実刑として扱う",
     "a partially suspended sentence is followed as imprisonment: the part to be served comes "
     "first", known("pc", "27-2")),
    ("hour_of_release", "釈放の時刻をセンターに知らせる義務を定めた規定は見当たらない。知らせがなければ、"
     "センターは釈放の場に居合わせることができない",
     "no rule was found by which anybody has to tell the Center the hour of release; untold, it "
     "cannot be there", inferred()),
)  # fmt: skip
# Of these a later text was in force at the end of July 2026, which was not read.
_AMENDED = (
    ("ccp", date(2026, 7, 24), "2026年法律第67号", "Act 67 of 2026"),
    ("ora", date(2026, 5, 21), "2025年法律第39号", "Act 39 of 2025"),
    ("paa", date(2026, 6, 25), "2026年法律第51号", "Act 51 of 2026"),
    ("jcha", date(2026, 6, 24), "2026年法律第46号", "Act 46 of 2026"),
    ("pdfa", date(2026, 5, 21), "2023年法律第63号", "Act 63 of 2023"),
    ("appi", date(2026, 7, 17), "2026年法律第62号", "Act 62 of 2026"),
)

# Promulgated on 2025-12-10, in force within a year; it was not yet in July 2026.
_PENDING = Remark(
    "act_82_pending",
    Text("令和7年法律第82号が施行されているかもしれない(公布から1年以内の政令で定める日)。施行されたものとして"
         "見るには assume に日を指定する",
         "Act 82 of 2025 may be in force (on a day set by cabinet order within a year of its "
         "promulgation); assume a day to see the law with it"),
    Remarks.MAY_HAVE_CHANGED, basis=known("act_82_2025"), since=date(2026, 7, 25),
)  # fmt: skip

REMARKS = (
    _PENDING,
    *(Remark(id, Text(ja, en), Remarks.LEFT_OUT, basis=basis) for id, ja, en, basis in _LEFT_OUT),
    *(
        Remark(
            f"{law}_amended",
            Text(f"{day}施行の改正({ja})は確認していない", f"amended from {day} ({en}); not read"),
            Remarks.MAY_HAVE_CHANGED, basis=known(law), since=day,
        )
        for law, day, ja, en in _AMENDED
    ),
)  # fmt: skip
