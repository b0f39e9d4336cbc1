"""Journals of cases as an object-centric event log (OCEL 2.0, JSON).

Each event concerns several objects at once: its case, every track that it moved, and the agency
that reported it. A track's state is an attribute that changes over time. As in `xes`, a case's
reference and what the facts say stay out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from attrs import frozen

from ..definition import Language, Machine, Process
from ..definition.grouped import grouped
from ..definition.phrasing import phrasing
from ..definition.text import clean
from ..runtime import Case, Record
from ..runtime.journal import under_law
from .exported import Exported
from .xes import Named, Names, laws, log_losses, marked, naming, said

Json = dict[str, Any]
_Told = tuple[Process, Record, tuple[Machine, ...]]


def ocel(cases: Iterable[Case], lang: Language = "ja", names: Names | None = None) -> Exported:
    """The cases as one log, its labels in `lang`; `names` as for `xes`.

    An event is tied to its case (`of`), to the tracks it moved (`moved`; `opened` by the opening)
    and to the agency (`reported`); a case to its tracks (`track`).
    """
    named = naming(cases, names)
    phrasing(lang)
    text = json.dumps(_Log(named, lang).whole(), ensure_ascii=False, indent=1)
    return Exported(f"{text}\n", log_losses(named))


@frozen
class _Log:
    """Builds the log, part by part."""

    named: Named
    lang: Language

    def whole(self) -> Json:
        objects, events = [*self.agencies(), *self.tracks_and_cases()], [*self.events()]
        return {
            "objectTypes": [_type(id, _ATTRIBUTES[_kind(id)]) for id in _types(objects)],
            "eventTypes": [_type(id, _attributes(events, id)) for id in _types(events)],
            "objects": objects,
            "events": events,
        }

    def agencies(self) -> Iterator[Json]:
        """Every agency that reported something; one that several processes know is one."""
        told = ((law, record.by) for _, case in self.named for law, record in under_law(case))
        reported = grouped((by, law.agency(by)) for law, by in told if by)
        for agency, *_ in reported.values():
            yield _object(_AGENCY, agency.id, [_always("label", agency.label.in_(self.lang))], [])

    def tracks_and_cases(self) -> Iterator[Json]:
        for name, case in self.named:
            machines = _machines(case)
            told = tuple(_told(case))
            yield from (self.track(name, told, machine) for machine in machines)
            tracks = [_tie(_id(_track(m.id), name), "track") for m in machines]
            yield _object(_CASE, name, list(_law(case.process)), tracks)

    def track(self, name: str, told: Iterable[_Told], machine: Machine) -> Json:
        """One machine of one case, with every state it came into and when."""
        label = _always("label", machine.label.in_(self.lang))
        states = [_at("state", state, at) for at, state in _course(told, machine)]
        return _object(_track(machine.id), name, [label, *states], [])

    def events(self) -> Iterator[Json]:
        for name, case in self.named:
            for number, (law, record, begun) in enumerate(_told(case)):
                yield {
                    "id": _id(name, str(number)),
                    "type": record.event,
                    "time": record.at.isoformat(),
                    "attributes": [
                        _value("label", said(law, record).in_(self.lang)),
                        *(_value(key, value) for key, value in marked(law, record)),
                    ],
                    "relationships": list(_ties(name, record, begun)),
                }


def _machines(case: Case) -> tuple[Machine, ...]:
    """Every track that the case has had, as the latest law tells it that has it."""
    found = grouped((machine.id, machine) for law in laws(case) for machine in law.machines)
    return tuple(latest for latest, *_ in found.values())


def _told(case: Case) -> Iterator[_Told]:
    """The journal, each entry with its law and the tracks that begin with it: those of the first
    law at the opening, what a later law adds when the case comes under that."""
    known: set[str] = set()
    for law, record in under_law(case):
        begun = tuple(machine for machine in law.machines if machine.id not in known)
        known.update(machine.id for machine in begun)
        yield law, record, begun


def _course(told: Iterable[_Told], machine: Machine) -> Iterator[tuple[datetime, str]]:
    """The states of one machine, each with the moment in which the case came into it."""
    for _, record, begun in told:
        yield from ((record.at, record.begun_in(m)) for m in begun if m.id == machine.id)
        yield from ((record.at, m.target) for m in record.moved if m.machine == machine.id)


def _ties(name: str, record: Record, begun: Iterable[Machine]) -> Iterator[Json]:
    """The objects that an event concerns, and how."""
    yield _tie(_id(_CASE, name), "of")
    yield from (_tie(_id(_track(m.id), name), "opened") for m in begun)
    yield from (_tie(_id(_track(m.machine), name), "moved") for m in record.moved)
    if record.by:
        yield _tie(_id(_AGENCY, record.by), "reported")


def _law(process: Process) -> Iterator[Json]:
    """Under which version of which process the case goes."""
    yield _always("process", process.id)
    yield _always("version", process.version)


# -- the format's own words ------------------------------------------------------------------------


def _track(machine: str) -> str:
    """The object type of a machine; the dot keeps it apart from the other types."""
    return f"{_TRACK}.{machine}"


def _kind(type: str) -> str:
    return type.split(".")[0]


def _id(type: str, name: str) -> str:
    """An object's id, which its type keeps apart from objects of other types."""
    return f"{type}/{name}"


def _object(type: str, name: str, attributes: list[Json], ties: list[Json]) -> Json:
    id = _id(type, name)
    return {"id": id, "type": type, "attributes": attributes, "relationships": ties}


def _type(name: str, attributes: Iterable[str]) -> Json:
    return {"name": name, "attributes": [{"name": a, "type": "string"} for a in attributes]}


def _attributes(events: Iterable[Json], type: str) -> Iterable[str]:
    """What the events of a type tell of themselves."""
    return dict.fromkeys(a["name"] for e in events if e["type"] == type for a in e["attributes"])


def _types(things: Iterable[Json]) -> list[str]:
    return sorted({thing["type"] for thing in things})


def _tie(object: str, qualifier: str) -> Json:
    return {"objectId": object, "qualifier": qualifier}


def _value(name: str, value: str) -> Json:
    return {"name": name, "value": clean(value)}


def _at(name: str, value: str, at: datetime) -> Json:
    return {**_value(name, value), "time": at.isoformat()}


def _always(name: str, value: str) -> Json:
    """A value that never changes; the format dates it to the beginning of its time."""
    return {**_value(name, value), "time": "1970-01-01T00:00:00Z"}


_CASE, _AGENCY, _TRACK = "case", "agency", "track"
_ATTRIBUTES = {_CASE: ("process", "version"), _AGENCY: ("label",), _TRACK: ("label", "state")}
