"""Courses of cases, run by the engines that read SCXML."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

from diversion_flow import Process
from diversion_flow.definition import Kind
from diversion_flow.interchange.scxml import scxml
from helpers import traces
from helpers.asked import Asked
from helpers.peer_programs import node, python

ENGINES: dict[str, Any] = {
    "python-statemachine": lambda *call, **rest: python("scxml_run.py", *call, **rest),
    "scion": lambda *call, **rest: node("scxml_run.mjs", *call, **rest),
}
Told = dict[str, Any]


def run_all(engine: Any, folder: Path, asked: Asked) -> list[Told]:
    """What an engine, started once, says of the courses of each process; to start it and to read
    a document is what takes long, so that what is asked of one process is asked together."""
    courses: dict[Process, list[traces.Trace]] = {}
    for process, some in asked:
        courses.setdefault(process, []).extend(some)
    said = dict(zip(courses, _run(engine, folder, list(courses.items())), strict=True))
    reached = {process: iter(found["courses"]) for process, found in said.items()}
    return [
        {**said[process], "courses": [*islice(reached[process], len(some))]}
        for process, some in asked
    ]


def _run(engine: Any, folder: Path, asked: Asked) -> list[Told]:
    documents = [folder / f"{number}.scxml" for number, _ in enumerate(asked)]
    for document, (process, _) in zip(documents, asked, strict=True):
        document.write_text(scxml(process).text, encoding="utf-8")
    jobs = [[_course(process, course) for course in courses] for process, courses in asked]
    found: list[Told] = json.loads(engine(*documents, stdin=json.dumps(jobs)))
    for (process, courses), said in zip(asked, found, strict=True):
        for course, reached in zip(courses, said["courses"], strict=True):
            for event, there in zip(course["events"], reached, strict=True):
                there["states"] = _states(there["states"])
                there["known"] = _known(process, there) if "facts" in there else event["known"]
    return found


def _course(process: Process, course: traces.Trace) -> Told:
    opened = {"by": "worker", **_facts(process, course["facts"])}
    return {"opened": opened, "events": [_event(process, event) for event in course["events"]]}


def _event(process: Process, event: Told) -> Told:
    data = {key: event[key] for key in ("by", "day", "working_day", "due")}
    runs = {f"running_{deadline}": True for deadline in event["running"]}
    runs |= {f"missed_{duty}": True for duty in event["missed"]}
    return {"type": event["type"], "data": {**data, **runs, **_facts(process, event["facts"])}}


def _facts(process: Process, facts: Told) -> Told:
    return {f"fact_{id}": _value(process, id, value) for id, value in facts.items()}


def _value(process: Process, id: str, value: Any) -> Any:
    fact = process.fact(id)
    several = fact.kind is Kind.CHOICES
    return {choice.id: choice.id in value for choice in fact.choices} if several else value


def _states(ids: list[str]) -> dict[str, str]:
    return dict(sorted(tuple(id.split(".")) for id in ids if "." in id))


def _known(process: Process, there: Told) -> Told:
    kept = {name.removeprefix("kept_"): v for name, v in there["facts"].items() if v is not None}
    return {
        id: sorted(c for c in value if value[c]) if isinstance(value, dict) else value
        for id, value in kept.items()
    }
