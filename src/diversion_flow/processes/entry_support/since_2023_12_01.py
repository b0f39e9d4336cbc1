"""The law in force from 2023-12-01 (Act 67 of 2022): ORA 83-2, wider urgent aftercare, 88-3."""

from __future__ import annotations

from datetime import date

from ...definition import Process, Text
from . import (
    adjustment,
    aftercare,
    bridging,
    consent,
    custody,
    further_aid,
    procedure,
    support,
    welfare,
)
from .agencies import AGENCIES, STAGES
from .facts import FACTS
from .papers import PAPERS
from .parameters import PARAMETERS
from .sources import SOURCES

PROCESS = Process(
    id="entry_support",
    version="ACT_2023_12",
    label=Text("入口支援", "Entry-stage support"),
    since=date(2023, 12, 1),
    agencies=AGENCIES,
    stages=STAGES,
    facts=FACTS,
    papers=PAPERS,
    parameters=PARAMETERS,
    sources=SOURCES,
    events=(
        *custody.EVENTS,
        *procedure.EVENTS,
        *consent.EVENTS,
        *adjustment.EVENTS,
        *support.EVENTS,
        *aftercare.EVENTS,
        *welfare.EVENTS,
        *bridging.EVENTS,
        *further_aid.EVENTS,
    ),
    machines=(
        custody.CUSTODY,
        procedure.PROCEDURE,
        consent.CONSENT,
        adjustment.ADJUSTMENT,
        support.SUPPORT,
        aftercare.AFTERCARE,
        *welfare.MACHINES,
        bridging.BRIDGING,
        further_aid.FURTHER_AID,
    ),
    main_machine="support",
    deadlines=(
        *custody.DEADLINES,
        *procedure.DEADLINES,
        *support.DEADLINES,
        *aftercare.DEADLINES,
        *welfare.DEADLINES,
    ),
    consent=consent.CONSENT_RULE,
    main_route=tuple(
        f"{machine}.{rule}"
        for machine, rules in (
            ("custody", "arrest referral_in_custody detention_request detention "
                        "detention_as_defendant release_on_disposition release_on_judged"),
            ("adjustment", "flagging consultation consent_for_adjustment no_objection veto start "
                           "continuation_after_indictment handover_on_release"),
            ("support", "consultation request acceptance visit interview_in_custody assessing "
                        "planning seeking_placement securing preparation release_as_planned "
                        "lodging service service_after_lodging following_up transfer "
                        "closing_settled"),
            ("aftercare", "informing application opinion grant start end_of_period"),
        )
        for rule in rules.split()
    ),
)
