"""A process as plain data for the page: what the engine asks, and everything in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from attrs import evolve

from ..definition import (
    LANGUAGES,
    Agency,
    Basis,
    Deadline,
    Event,
    Fact,
    Language,
    Machine,
    Parameter,
    Process,
    Remark,
    Source,
    State,
    Text,
    Transition,
    TransitionalRule,
    wording,
)
from ..definition.citing import anchor, days_asked, kind, todays_page
from ..definition.deadline import Length, Renewal, Start, length_amount
from ..definition.facts import Choice
from ..definition.files import plain
from ..definition.files.guard_data import to_data
from ..definition.files.scalars import value_to_data
from ..definition.grouped import grouped
from ..definition.guard import bare
from ..definition.phrasing import phrasing
from ..definition.process import Paper, Share, Stage, Told
from ..definition.text import clean
from ..runtime.bearing import most
from ..runtime.clause import Clause, clauses, grounds, period
from ..runtime.holidays import HOLIDAYS
from ..runtime.program import program
from ..runtime.provision import seen_on
from .slices import Slices

Data = dict[str, Any]
P = TypeVar("P")
_BECAUSE = Text("{0}({1})", "{0} ({1})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def law(process: Process, slices: Slices | None = None) -> Data:
    """One law: its machines, rules and time limits, each with its words and its sources. What it
    has in common with other laws of the page is the same value."""
    return _Law(process, slices or Slices()).data()


def transitional(law: Process, rule: TransitionalRule) -> Data:
    """What a transitional rule asks of a case under the old law, where it puts it, its words."""
    return {
        "guard": to_data(bare(rule.guard)),
        "continues": rule.continues,
        "states": [list(pair) for pair in rule.states],
        "said": [_rule_text(law, rule, lang) for lang in LANGUAGES],
    }


def _rule_text(law: Process, rule: TransitionalRule, lang: Language) -> str:
    said = phrasing(lang)
    why = [*([wording.grounds_text(law, rule.basis, lang)] if rule.basis else []),
           *([said(rule.note)] if rule.note else [])]  # fmt: skip
    return clean(said(_BECAUSE, said(rule.label), said.series(why)) if why else said(rule.label))


def both(text: Text) -> list[str]:
    """The text in both languages, Japanese first."""
    return [clean(text.in_(lang)) for lang in LANGUAGES]


def holidays() -> list[int]:
    """The national holidays as days since 1970: the first, then the gap from each to the next."""
    days = [
        date.fromisoformat(f"{year}-{day}").toordinal()
        for year, told in HOLIDAYS.items()
        for day in told.split()
    ]
    return [day - before for before, day in zip((_EPOCH.toordinal(), *days), days, strict=False)]


def millis(at: datetime) -> int:
    """The moment as the page counts it, whose next instant is a millisecond, not a microsecond."""
    return -((_EPOCH - at) // _MILLISECOND)


class _Law:
    def __init__(self, process: Process, slices: Slices) -> None:
        self.process, self.slices = process, slices

    def data(self) -> Data:
        process = self.process
        bearing = program(process).bearing
        return {
            **_named(process),
            "version": process.version,
            "name": both(process.name),
            "since": _day(process.since),
            "until": _day(process.until),
            "days_asked": days_asked(process),
            "main_machine": process.main_machine,
            "bearing": [millis(bearing.begins), millis(bearing.ends)],
            "agencies": self._parts(process.agencies, self._agency),
            "stages": [_named(s) for s in process.stages],
            "events": self._parts(process.events, self._event),
            "machines": [self._shared_machine(m) for m in process.machines],
            "facts": self._parts(process.facts, self._fact),
            "papers": self._parts(process.papers, self._paper),
            "parameters": self._parts(process.parameters, self._parameter),
            "deadlines": [self._deadline(d) for d in process.deadlines],
            "sources": self._parts(process.sources, self._source),
            **self._said_of_all(),
        }

    def _said_of_all(self) -> Data:
        """The remarks that speak of no rule: what is left out, what may have changed since when."""
        whole = tuple(remark for remark in self.process.remarks if not remark.transitions)
        return {"remarks": self._parts(whole, self._remark)} if whole else {}

    def _remark(self, remark: Remark) -> Data:
        return {"said": self._words(wording.remark_text, remark), "since": _day(remark.since)}

    def _words(self, say: Callable[..., str], *about: object) -> list[str]:
        """What is said of something, in both languages."""
        return [clean(say(self.process, *about, lang)) for lang in LANGUAGES]

    def _parts(self, parts: tuple[P, ...], tell: Callable[[P], Data]) -> list[Data]:
        laws = [(self.process, "")]
        return [self.slices.once(("data",), (part,), laws, partial(tell, part)) for part in parts]

    # -- who and what --------------------------------------------------------------------------

    def _agency(self, agency: Agency) -> Data:
        return {**_named(agency), **self._grounds(agency)}

    def _event(self, event: Event) -> Data:
        return {
            **_named(event),
            "home": event.home,
            "by": list(event.by),
            "records": list(event.records),
            **({"outdates": list(event.outdates)} if event.outdates else {}),
            **({"told": [self._told(told) for told in event.told]} if event.told else {}),
            **self._called(event),
            **self._grounds(event),
        }

    def _called(self, part: Event | State | Deadline | Choice) -> Data:
        """Its other names, and in which cases: the page itself says the one under the law."""
        names = [
            {
                "said": self._words(wording.called_text, evolve(o, basis=())),
                "basis": self._bases(o.basis),
            }
            for o in part.called_when
        ]
        return {"called": names} if names else {}

    def _told(self, told: Told) -> Data:
        bare = evolve(told, basis=())  # the ground stands under it
        words = self._words(wording.told_text, bare)
        return {"to": told.to, "said": words, "basis": self._bases(told.basis)}

    def _fact(self, fact: Fact) -> Data:
        return {
            **_named(fact),
            "kind": fact.kind.value,
            "source": fact.source,
            "choices": [{**_named(c), **self._called(c)} for c in fact.choices],
            "unit": _said(fact.unit),
            "minimum": fact.minimum,
            "maximum": fact.maximum,
            **self._sight(fact),
            "basis": self._bases(tuple(b for b in fact.basis if not b.of_a_row)),
        }

    def _sight(self, part: Fact | Machine) -> Data:
        """Who always sees it, those together who see it on the same grounds, and who does with
        consent."""
        together = grouped((seen_on(part, agency), agency) for agency in part.seen_by)
        rows = [{"by": list(by), "basis": self._bases(on)} for on, by in together.items()]
        return {"seen": rows, "seen_with_consent": list(part.seen_with_consent)}

    def _paper(self, paper: Paper) -> Data:
        return {**_named(paper), "basis": self._bases(paper.basis)}

    def _parameter(self, parameter: Parameter) -> Data:
        value = value_to_data(parameter.value)
        return {**_named(parameter), "value": value, **self._grounds(parameter)}

    # -- machines ------------------------------------------------------------------------------

    def _shared_machine(self, machine: Machine) -> Data:
        # In which days a rule is in force depends on those of the law.
        days = (period(self.process, rule) for rule in machine.transitions)
        make = partial(self._machine, machine)
        return self.slices.machine(("data", *days), self.process, machine, make)

    def _machine(self, machine: Machine) -> Data:
        return {
            **_named(machine),
            "initial": machine.initial,
            "note": _said(machine.note),
            **self._sight(machine),
            "states": [self._state(s) for s in machine.states],
            "transitions": [self._transition(machine, t) for t in machine.transitions],
        }

    def _state(self, state: State) -> Data:
        return {
            **_named(state),
            "holder": state.holder,
            "stage": state.stage,
            "final": state.final,
            "ends_case": state.ends_case,
            **({"rest": True} if state.rest else {}),
            "outcome": _said(state.outcome),
            **self._called(state),
            **self._grounds(state),
        }

    def _transition(self, machine: Machine, transition: Transition) -> Data:
        return {
            "id": transition.id,
            "event": transition.event,
            "sources": list(transition.sources),
            "target": transition.target,
            "asked": [self._clause(c, transition.basis) for c in clauses(self.process, transition)],
            "period": [_day(day) for day in period(self.process, transition)],
            "papers": list(transition.papers),
            "shares": [self._share(s) for s in transition.shares],
            **self._remarks(machine, transition),
            **self._grounds(transition),
        }

    def _remarks(self, machine: Machine, rule: Transition) -> Data:
        found = wording.remarks_on(self.process, (f"{machine.id}.{rule.id}",))
        said = [self._words(wording.remark_text, remark) for remark in found]
        return {"remarks": said} if said else {}

    def _clause(self, clause: Clause, rule: tuple[Basis, ...]) -> Data:
        words = self._words(wording.guard_text, clause.guard)
        asked: Data = {"guard": to_data(clause.guard), "recipient": clause.recipient, "said": words}
        if clause.basis:
            asked["basis"] = self._bases(grounds(clause, rule))
        return asked if clause.kind in ("guard", "consent") else {**asked, "kind": clause.kind}

    def _share(self, share: Share) -> Data:
        exception = (share.exception,) if share.exception else ()
        return {"facts": list(share.facts), "to": share.to, "exception": self._bases(exception)}

    # -- time ----------------------------------------------------------------------------------

    def _deadline(self, deadline: Deadline) -> Data:
        return {
            **_named(deadline),
            "machine": deadline.machine,
            "states": list(deadline.states),
            "start": plain.write(deadline.start, Start),
            **self._length(deadline.length),
            **({"most": most(deadline)} if deadline.length.plus else {}),
            "length": self._words(wording.length_text, deadline),
            "owner": deadline.owner,
            **self._duty(deadline),
            **self._links(deadline),
            **self._before(deadline),
            "first_day_counts": deadline.counting.first_day_counts,
            "rest_day_moves": deadline.counting.rest_day_moves,
            "guard": to_data(bare(deadline.guard)),
            "on_expiry": deadline.on_expiry,
            **self._called(deadline),
            **self._grounds(deadline),
        }

    def _duty(self, deadline: Deadline) -> Data:
        words = self._words(wording.duty_text, deadline)
        return {"met_by": list(deadline.met_by), "duty": words} if any(words) else {}

    def _before(self, deadline: Deadline) -> Data:
        """From which day it is counted back."""
        if deadline.before is None:
            return {}
        return {
            "before": {
                "fact": deadline.before.fact,
                "events": list(deadline.awaited),
                "first": millis(program(self.process).bearing.first(deadline)),
                "said": self._words(wording.before_text, deadline.before),
            }
        }

    def _links(self, deadline: Deadline) -> Data:
        if not deadline.in_links:
            return {}
        return {
            "stops": [[stop.machine, list(stop.states)] for stop in deadline.stops],
            "renewals": [self._renewal(deadline, renewal) for renewal in deadline.renewals],
            "stop_day_counts": deadline.counting.stop_day_counts,
            "resume_day_counts": deadline.counting.resume_day_counts,
            "links": self._words(wording.links_text, deadline),
        }

    def _renewal(self, deadline: Deadline, renewal: Renewal) -> Data:
        return {
            "events": list(renewal.events),
            **self._length(renewal.length),
            "most": most(deadline, renewal.length.unit),
        }

    def _length(self, length: Length) -> Data:
        amount = length_amount(self.process, length)
        return {"amount": amount, "unit": length.unit.value, "plus": list(length.plus)}

    # -- grounds -------------------------------------------------------------------------------

    def _source(self, source: Source) -> Data:
        told = {**_named(source), "short": _said(source.short), "url": source.url}
        id, read = source.law_id, [clean(wording.read_text(source, lang)) for lang in LANGUAGES]
        page = {} if id is None else {"page": todays_page(id), "text": kind(id)}
        return told | page | ({"read": read} if any(read) else {})

    def _grounds(self, part: Agency | Event | Parameter | State | Transition | Deadline) -> Data:
        return {"basis": self._bases(part.basis), "note": _said(part.note)}

    def _bases(self, bases: tuple[Basis, ...]) -> list[Data]:
        return [self._basis(basis) for basis in bases]

    def _basis(self, basis: Basis) -> Data:
        """A provision in words. The same one is told of many parts, in many laws."""
        laws = [(self.process, "")]
        return self.slices.once(("basis",), (basis,), laws, partial(self._told_basis, basis))

    def _told_basis(self, basis: Basis) -> Data:
        return {
            "cited": self._words(wording.basis_text, basis),
            "mark": basis.mark.value,
            "law": basis.law,
            "anchor": anchor(basis.provision) if basis.law else "",
            "evidence": list(basis.evidence),
            "since": _day(basis.since),
            "until": _day(basis.until),
            "note": _said(basis.note),
        }


def _named(part: Process | Agency | Stage | Event | Machine | State | Fact | Choice | Paper
           | Parameter | Deadline | Source) -> Data:  # fmt: skip
    return {"id": part.id, "label": both(part.label)}


def _said(text: Text | None) -> list[str] | None:
    return both(text) if text else None


def _day(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None
