"""Before entry-stage support: the Offender Rehabilitation Act in force from 2008-06-01.

Criminal procedure, urgent aftercare on application after release, ordinary welfare
applications. Nobody prepares the release; later amendments build on this process.
"""

from __future__ import annotations

from datetime import date

from ...definition import Process, Text
from . import aftercare, consent, contacts, custody, further_aid, hospital, procedure, welfare
from .agencies import AGENCIES, STAGES
from .facts import FACTS
from .papers import PAPERS
from .parameters import PARAMETERS
from .remarks import REMARKS
from .road import AFTERCARE_ONLY
from .routes import route
from .sources import SOURCES

PROCESS = Process(
    id="entry_support",
    version="PRE_2013",
    called=Text("入口支援以前", "Before entry-stage support"),
    label=Text("入口支援", "Entry-stage support"),
    since=date(2008, 6, 1),
    agencies=AGENCIES,
    stages=STAGES,
    facts=FACTS,
    papers=PAPERS,
    parameters=PARAMETERS,
    sources=SOURCES,
    remarks=REMARKS,
    events=(
        *custody.EVENTS,
        *contacts.EVENTS,
        *procedure.EVENTS,
        *consent.EVENTS,
        *aftercare.EVENTS,
        *hospital.EVENTS,
        *welfare.EVENTS,
        *further_aid.EVENTS,
    ),
    machines=(
        custody.CUSTODY,
        procedure.PROCEDURE,
        contacts.CONTACTS,
        consent.CONSENT,
        aftercare.AFTERCARE,
        hospital.HOSPITAL,
        *welfare.MACHINES,
        further_aid.FURTHER_AID,
    ),
    main_machine="aftercare",
    deadlines=(
        *custody.DEADLINES,
        *procedure.DEADLINES,
        *aftercare.DEADLINES,
        *welfare.DEADLINES,
    ),
    consent=consent.CONSENT_RULE,
    main_route=route("custody", "aftercare"),
    road=AFTERCARE_ONLY,
    note=Text(
        "主に後の文書が当時について述べるところによる。機関・事実・書面の一覧は全ての版に共通。法令は後の名で引く"
        "(障害者総合支援法は、2013年3月31日までは障害者自立支援法)",
        "Drawn mainly from what later sources say of the time; the lists of agencies, facts and "
        "papers are one vocabulary for all versions. Statutes are cited by their later names (the DSA was "
        "the Services and Supports for Persons with Disabilities Act until 2013-03-31)",
    ),
)
