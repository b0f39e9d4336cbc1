"""Act 67 of 2022, rehabilitation part, in force 2023-12-01: adjustment for detained suspects with
the prosecutor's veto (ORA 83-2), wider and longer urgent aftercare (ORA 85, 86), community aid
(ORA 88-3)."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from ...definition import KEPT, Add, Extend, Replace, Require, SetParameter, Text, Variant, machine
from ..writing import inferred, read
from . import adjustment, aftercare, consent, custody, further_aid, procedure, support
from .remarks import OPEN_UNDER_THE_ACT
from .road import WITH_OPINION
from .routes import route

_VETO = inferred("S25", "ora", "83-2(3)")
_NO_VETO = (~machine("adjustment").in_("vetoed")).under(*_VETO)
_OPINION = adjustment.EVENTS[2]

# What the Act left to another act to say of running cases; all of it is of probation.
TRANSITION = (evolve(KEPT, basis=inferred("S196", "act_68_2022", "464, 465, 466"), note=Text(
    "これらの経過措置は保護観察についてのもので、更生保護法83条の2、85条、86条については定めがない",
    "These transitional provisions are of probation; none is of ORA 83-2, 85 and 86")),)

AMENDMENT = Variant(
    "act_2023_12",
    "entry_support",
    Text("更生保護法83条の2等の施行", "ORA 83-2 and wider urgent aftercare"),
    (
        Add(_OPINION, after="consultation_opened"),
        *(Replace(f"event {event.id}", {"label": event.label, "basis": event.basis})
          for event in adjustment.EVENTS if event is not _OPINION),
        Replace("machine adjustment", {
            "label": adjustment.ADJUSTMENT.label,
            "states": adjustment.ADJUSTMENT.states,
            "transitions": adjustment.ADJUSTMENT.transitions,
        }),
        *(Require(f"support.{rule}", _NO_VETO, _VETO)
          for rule in ("request", "reentry", "resuming_in_custody")),
        Add(support.HELD_ON_VETO, "machine support", after="holding"),
        Add(support.CLOSED_ON_VETO, "machine support", after="closed_not_eligible"),
        Add(support.CLOSING_ON_VETO, "machine support", after="closing_not_eligible"),
        Extend("transition support.reentry", "sources", (support.CLOSED_ON_VETO.id,), _VETO),
        *custody.SECOND_PARAGRAPH_OF_344,
        *procedure.SPECIFIED_JUVENILES_ALONE,
        *consent.IN_THE_STATUTE,
        *consent.UNDER_ONE_ACT,
        *support.UNDER_THE_ACT,
        *aftercare.NO_REFERRAL_OF_OTHERS,
        SetParameter("adjust_defendants", True, inferred("S20")),
        Replace("parameter undecided_release_qualifies", {"note": Text(
            "6号は、検察官が直ちに訴追を必要としないと認めた者に限る",
            "Item 6 takes only one whom the prosecutor found not to need prosecution at once")}),
        SetParameter("undecided_release_qualifies", True, read("S54 S127", "ora", "85(1)(vi)")),
        Replace("parameter extension_months_money_or_lodging", {
            "basis": read("S196", "ora", "85(4) proviso")}),
        SetParameter("extension_months_other", 24, read("S68 S196", "ora", "85(4) proviso")),
        *further_aid.COMMUNITY_AID,
        *(Add(remark) for remark in OPEN_UNDER_THE_ACT),
        Replace("process", {
            "main_route": route("custody", "adjustment", "support", "aftercare"),
            "road": WITH_OPINION,
            "note": None,
        }),
    ),
    since=date(2023, 12, 1),
    version="ACT_2023_12",
)  # fmt: skip
