"""Entries of cases: of one that went some way by chance, and of a desk's plain course."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import cache
from typing import Any

from diversion_flow import Case, Refused, processes
from diversion_flow.definition import LAW_CHANGED, OPENED, History, Process
from diversion_flow.dossier import Dossier, Entry, EntryKind
from helpers.chance import attempt, living, value

LAW = processes.in_force("entry_support", on="2024-06-03")
NAMED = {"consent_recipients": ["center", "probation_office"]}
TOLD = dict.fromkeys(LAW.event("consent_explained").records, True)


def entry(event: str, by: str, happened: str, recorded: str = "", **rest: Any) -> Entry:
    """An event, recorded at once unless told otherwise."""
    said = {"office": by, "user": "sato", "recorded": recorded or happened} | rest
    return Entry(kind=EntryKind.EVENT, event=event, by=by, happened=happened, **said)


def opening(at: str = "2024-06-03", **rest: Any) -> Entry:
    said = {"office": "police", "recorded": at, "facts": {"age": 71}} | rest
    return Entry(kind=EntryKind.OPENING, happened=at, **said)


COURSE = (
    opening(id="opened"),
    entry("arrested", "police", "2024-06-03T10:00", id="arrested"),
    entry("referred", "police", "2024-06-04T10:00", id="referred"),
    entry("detention_requested", "prosecutor", "2024-06-04T15:00", id="requested",
          facts={"detention_ground": "flight"}),
    entry("detained", "court", "2024-06-04T18:00", id="detained"),
    entry("consent_explained", "prosecutor", "2024-06-05", id="explained", facts=TOLD),
    entry("consent_given", "prosecutor", "2024-06-05T10:00", id="consent", facts=NAMED),
    entry("candidate_flagged", "prosecutor", "2024-06-05T11:00", id="flagged"),
)  # fmt: skip


@cache
def desk(law: Process | History = LAW) -> Dossier:
    """The plain course, kept."""
    return Dossier("c1", law).record(*COURSE)


def entries_of(case: Case) -> tuple[Entry, ...]:
    """What was reported of a case, each entry with its place among those of its moment; recorded
    when the last thing had happened."""
    told = []
    for place, row in enumerate(case.journal):
        said: dict[str, Any] = {
            "happened": row.at, "recorded": case.at, "facts": row.facts, "office": row.by,
            "id": f"e{place}",
        }  # fmt: skip
        if row.event == OPENED:
            told.append(Entry(kind=EntryKind.OPENING, **said))
        elif not row.by_law and row.event != LAW_CHANGED:
            told.append(
                Entry(kind=EntryKind.EVENT, event=row.event, by=row.by, place=place, **said)
            )
    return tuple(told)


def led(law: Process | History, seed: int, most: int = 12) -> Case:
    """A case that has gone some way by chance, up to the last thing that was reported."""
    rnd = random.Random(seed)
    first = law.versions[-2] if isinstance(law, History) else law
    at = first.until or first.since or "2024-06-03"
    case = law.open(at=at, facts={f.id: value(f, rnd) for f in first.facts}, id="c1")
    for _ in range(rnd.randint(1, most)):
        then = case.at + timedelta(hours=rnd.choice([0, 0, 5, 30, 90]))
        try:
            now = case.advance(to=then)
        except Refused:  # the law has ended on the way
            return case
        if not (events := living(now.process, now.possible(), rnd)):
            return case
        event = now.process.event(rnd.choice(events))
        facts = {f: value(now.process.fact(f), rnd) for f in event.records}
        case = attempt(now, event.id, by=rnd.choice(event.by), at=then, facts=facts) or case
    return case
