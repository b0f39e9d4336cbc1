"""All probation offices from fiscal 2015: the trial is nationwide, and the prosecutor's
explanation before consent is standard (S05). The first day of the fiscal year is taken."""

from __future__ import annotations

from datetime import date

from ...definition import Add, Remove, Require, Text, Variant, Waive, holds, when
from ..writing import read
from . import bridging, defence, hospital, procedure, welfare
from .aftercare import TOLD_IN_CUSTODY
from .consent import EXPLAINED

AMENDMENT = Variant(
    "nationwide_2015",
    "entry_support",
    Text("重点実施の全国試行", "Nationwide trial of prioritised aftercare"),
    (
        Waive("adjustment.start", when("office_takes_part"), read("S05")),
        Remove("parameter office_takes_part"),
        Require("adjustment.consultation", holds("offence_acknowledged"), read("S05")),
        Require("adjustment.consultation_after_consent", holds("offence_acknowledged"),
                read("S05")),
        Require("consent.consent", EXPLAINED, read("S05")),
        *welfare.SINCE_2015,
        *hospital.RENUMBERED,
        *bridging.COMMUNITY_ASSISTANCE,
        *(Add(event) for event in defence.EVENTS),
        Add(defence.DEFENCE, after="adjustment"),
        Add(defence.TAKEN_OVER, "machine bridging", after="handover"),
        Add(defence.CONSENT_TO_IT),
        Add(procedure.PARTLY_SUSPENDED, "machine procedure", after="judging_imprisonment"),
        Add(procedure.PARTLY_SUSPENDED_ON_APPEAL, "machine procedure",
            after="judging_on_appeal_imprisonment"),
        Add(TOLD_IN_CUSTODY, "machine aftercare", after="informing"),
    ),
    since=date(2015, 4, 1),
    version="NATIONWIDE_2015",
)  # fmt: skip
