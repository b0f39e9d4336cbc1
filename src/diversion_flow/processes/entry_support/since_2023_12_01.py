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
)
