"""Imprisonment reform, in force 2025-06-01 (Acts 67 and 68 of 2022): 拘禁刑 takes the place of 懲役
and 禁錮 for acts done from that day on; a second suspension is possible up to two years; an offence
prosecuted within the period keeps a suspended sentence in effect (PC 27(2)-(6))."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from ...definition import (
    KEPT,
    Add,
    Extend,
    Relabel,
    Remark,
    Remarks,
    Replace,
    SetParameter,
    Text,
    Variant,
    fact,
    holds,
    machine,
)
from ..writing import day, event, flag, read, rule, state
from . import custody, procedure
from .conditions import AFTERCARE_CATEGORY, OUT
from .sight import CHARGE, COURT

_SUSPENSION = read("S102 EG", "pc", "25")
_KEPT = read("S123", "pc", "27(2)")
_REVOKED = read("S123", "pc", "27(4), 27(5)")
_PROSECUTED = holds("prosecuted_within_period").under(*_KEPT)
_NOT_PROSECUTED = (
    ~fact("prosecuted_within_period").known()
    | (fact("prosecuted_within_period") == False)  # noqa: E712
).under(*_KEPT)
_LOST = read("EG S123", "pc", "27(1)")
# Of a suspension pronounced before the day the former law goes on: it is lost with its period.
_SINCE = read("S124", "act_68_2022", "448")
_PRONOUNCED_SINCE = (fact("suspended_on") >= date(2025, 6, 1)).under(*_SINCE)
_LISTED = read("S196", "ora", "85(1)(iv)")
_OLD = read("S159", "act_68_2022", "441")

# The new articles reach choeki and kinko, too (447 of suspensions and their revocation, 458 of bail
# and detention, 468 of the list of urgent aftercare); 448 is a condition of the rules it is about.
TRANSITION = (evolve(KEPT, basis=read("S196", "act_68_2022", "447, 448, 458, 468"), note=None),)

AMENDMENT = Variant(
    "kokin_2025_06",
    "entry_support",
    Text("拘禁刑の創設", "Unified imprisonment (kokin-kei)"),
    (
        # The name follows the day of the offence.
        Relabel("choice sentence.imprisonment",
                Text("実刑(拘禁刑。2025年5月31日までの行為は懲役・禁錮)",
                     "actual imprisonment (kokin-kei; for acts up to 2025-05-31 choeki or kinko)")),
        Relabel("choice sentence.partial_suspension",
                Text("刑の一部の執行猶予", "partial suspension of imprisonment")),
        Add(day("offence_day", "犯行の日", "day of the offence", "prosecutor", CHARGE, _OLD)),
        *(Extend(f"event {id}", "records", ("offence_day",), _OLD)
          for id in ("arrested", "referred", "indicted")),
        Add(Remark("old_punishments",
                   Text("2025年5月31日までにした行為には、なお懲役又は禁錮が科される(整理法441条)",
                        "Acts done up to 2025-05-31 are still punished with choeki or kinko "
                        "(Act 68 of 2022, art. 441)"),
                   Remarks.LEFT_OUT, basis=_OLD)),
        Replace("remark second_suspension_barred", {
            "label": Text(
                "再度の執行猶予により保護観察に付され、その期間内に更に罪を犯した者に限り、更に執行猶予は付されない"
                "(刑法25条2項ただし書)。これに当たるかは問わない",
                "only one who was placed under probation by a second suspension and offended within "
                "its period is given no further one (PC 25(2), proviso); whether that is so is not "
                "asked"),
            "basis": read("S157", "pc", "25(2) proviso")}),
        Add(Remark("late_revocation",
                   Text("効力継続期間中の罪による取消しの請求は、その罪の裁判の確定から2か月を経過した後はできない(刑訴法"
                        "349条3項)。その期間は収録していない",
                        "revocation for an offence that kept the sentence in effect cannot be requested "
                        "more than two months after the judgment on it is final (CCP 349(3)); that "
                        "period is not modelled"),
                   Remarks.LEFT_OUT, basis=read("S196", "ccp", "349(3)"))),
        Add(Remark("fines_not_paid",
                   Text("罰金を完納しないおそれがある者の拘置(刑訴法494条の3から494条の14まで)は収録していない",
                        "the confinement of one who may not pay a fine (CCP 494-3 to 494-14) is not "
                        "modelled"),
                   Remarks.LEFT_OUT, basis=read("S181", "ccp", "494-7") + read("S196", "ccp", "494-3"))),
        *custody.SECOND_PARAGRAPH_OF_343,
        Replace("state procedure.judged_suspended", {"basis": _SUSPENSION}),
        SetParameter("second_suspension_months", 24, read("EG", "pc", "25(2)")),
        *(Replace(at, {"basis": _LOST}) for at in (
            "event suspension_period_ended", "state procedure.suspension_completed")),
        *(Replace(f"deadline {id}", {"basis": (*read("EG", "pc", "25(1), 27(1)"), *basis[1:])})
          for id, basis in ((limit.id, limit.basis) for limit in procedure.DEADLINES
                            if limit.id.startswith("suspension_period"))),
        # PC 27(2): an offence prosecuted within the period.
        Add(flag("prosecuted_within_period", "猶予の期間内に更に犯した罪について公訴の提起がある",
                 "an offence committed within the period has been prosecuted", "prosecutor", COURT,
                 _KEPT)),
        Add(day("suspended_on", "執行猶予の言渡しの日", "day on which the sentence was suspended",
                "prosecutor", COURT, _SINCE)),
        Add(event("further_offence_prosecuted", "猶予の期間内の罪の公訴提起",
                  "Offence within the period prosecuted", "procedure", "prosecutor", _KEPT,
                  records="prosecuted_within_period suspended_on"), after="suspension_revoked"),
        Add(event("effect_ended", "効力継続期間の終了", "Continued effect ended", "procedure",
                  "court", _REVOKED), after="suspension_period_ended"),
        Add(state("effect_continues", "効力継続期間(猶予の期間経過後)",
                  "The sentence stays in effect beyond the period", "court", _KEPT,
                  stage="settlement"), "machine procedure", after="final_probation"),
        *(Add(rule(f"further_offence_in_{name}", "further_offence_prosecuted", name, name, _KEPT,
                   guard=_PROSECUTED & _PRONOUNCED_SINCE), "machine procedure")
          for name in ("final_suspended", "final_probation")),
        Replace("transition procedure.completion_of_suspension", {
            "guard": _NOT_PROSECUTED, "basis": read("EG S123", "pc", "27(1), 27(2)")}),
        Add(rule("continued_effect", "suspension_period_ended", "final_suspended final_probation",
                 "effect_continues", _KEPT, guard=_PROSECUTED), "machine procedure"),
        Add(rule("end_of_effect", "effect_ended", "effect_continues", "suspension_completed",
                 _REVOKED, note=Text("執行猶予の言渡しが取り消されることがなくなったとき",
                                     "When the suspension can no longer be revoked")),
            "machine procedure"),
        Extend("transition procedure.revocation", "sources", ("effect_continues",), _REVOKED),
        Extend("transition procedure.end_by_death", "sources", ("effect_continues",), _KEPT),
        # The sentence is suspended still; after a year and more only an extension can be asked for.
        Replace("transition aftercare.extension_application_anew", {"guard": OUT & (
            AFTERCARE_CATEGORY | machine("procedure").in_("effect_continues").under(*_LISTED))},
            _LISTED),
    ),
    since=date(2025, 6, 1),
    version="KOKIN_2025_06",
)  # fmt: skip
