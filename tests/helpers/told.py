"""A story of many agencies as its offices have recorded it: a dossier that several files ask."""

from __future__ import annotations

from datetime import timedelta

from diversion_flow import processes
from diversion_flow.definition.moments import moment
from diversion_flow.dossier import Dossier, Entry, EntryKind
from diversion_flow.scenarios import shipped

LAW = processes.history("entry_support")


def told() -> Dossier:
    """The story in which counsel notices, as its offices have recorded it."""
    story = shipped("cs01_counsel_notices")
    opened = story.openings[0]
    dossier = Dossier("c", LAW).record(
        Entry(kind=EntryKind.OPENING, happened=opened.at, recorded=opened.at, office="police",
              facts=dict(opened.facts))
    )  # fmt: skip
    for number, step in enumerate(story.steps):
        if step.event and step.by and not step.expected.refused:
            dossier = dossier.record(
                Entry(kind=EntryKind.EVENT, id=f"e{number}", event=step.event, by=step.by,
                      office=step.by, happened=step.at, facts=dict(step.facts),
                      recorded=moment(step.at) + timedelta(minutes=5))
            )  # fmt: skip
    return dossier


TOLD = told()
NOW = TOLD.case.at + timedelta(days=1)
