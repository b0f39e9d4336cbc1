"""Hypothesis strategies: facts, events and whole cases of a process, and a machine of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from attrs import frozen

from ..definition import Event, Fact, Process
from ..definition.arguments import argument
from ..definition.extras import needed
from ..definition.facts import Kind
from ..runtime import Case, Refused
from ..runtime.calendar import JST

with needed("testing"):
    from hypothesis import strategies as st
    from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

_LAST = date(2030, 12, 31)
_WITHIN = timedelta(days=45)  # how long after the last event the next one may come


@frozen
class Reported:
    """An event to be reported: what, by whom, how long after the last, with which facts."""

    event: str
    by: str
    after: timedelta
    facts: Mapping[str, Any]


def value(fact: Fact) -> st.SearchStrategy[Any]:
    """Values that the fact's schema allows."""
    ids = [c.id for c in fact.choices]
    low = 0 if fact.minimum is None else fact.minimum
    by_kind: dict[Kind, Callable[[], st.SearchStrategy[Any]]] = {
        Kind.BOOLEAN: st.booleans,
        Kind.INTEGER: lambda: st.integers(low, low + 120 if fact.maximum is None else fact.maximum),
        Kind.DATE: lambda: st.dates(date(1990, 1, 1), _LAST),
        Kind.DATETIME: lambda: st.datetimes(
            datetime(1990, 1, 1), datetime.combine(_LAST, time.max), timezones=st.just(JST)
        ),
        Kind.CHOICE: lambda: st.sampled_from(ids),
        Kind.CHOICES: lambda: st.frozensets(st.sampled_from(ids)),
    }
    return by_kind[fact.kind]()


def facts(process: Process, *ids: str) -> st.SearchStrategy[dict[str, Any]]:
    """Some facts of a case, of these ids (of all, if none is given); any may be unknown."""
    argument("process", process, Process)
    asked = [process.fact(id) for id in ids] or list(process.facts)
    return st.fixed_dictionaries({}, optional={fact.id: value(fact) for fact in asked})


def events(process: Process) -> st.SearchStrategy[Reported]:
    """Events as agencies may report them; not all of them can happen in a given case."""
    argument("process", process, Process)
    reportable = [event for event in process.events if event.by]
    return st.sampled_from(reportable).flatmap(lambda event: _reported(process, event))


def _reported(process: Process, event: Event) -> st.SearchStrategy[Reported]:
    recorded = facts(process, *event.records) if event.records else st.just({})
    minutes = st.integers(0, int(_WITHIN.total_seconds()) // 60)
    return st.builds(
        Reported,
        st.just(event.id),
        st.sampled_from(event.by),
        minutes.map(lambda m: timedelta(minutes=m)),
        recorded,
    )


@st.composite
def cases(draw: st.DrawFn, process: Process, most: int = 20) -> Case:
    """Whole cases, with up to this many events that could happen, of all that were tried."""
    case = draw(openings(process))
    for _ in range(draw(st.integers(0, most))):
        open_now = [process.event(id) for id in case.possible() if process.event(id).by]
        if not open_now:
            break
        case = reported(case, draw(st.sampled_from(open_now).flatmap(
            lambda event: _reported(process, event)))) or case  # fmt: skip
    return case


def openings(process: Process) -> st.SearchStrategy[Case]:
    """Cases that have just been opened, on a day on which the process is the law."""
    argument("process", process, Process)
    first = process.since or date(2009, 5, 21)
    last = _LAST if process.until is None else process.until - timedelta(days=1)
    moments = st.datetimes(
        datetime.combine(first, time.min), datetime.combine(max(first, last), time.max)
    )
    return st.builds(
        lambda at, given: process.open(at=at.replace(tzinfo=JST), facts=given, id="case"),
        moments,
        facts(process),
    )


def reported(case: Case, what: Reported) -> Case | None:
    """The case after the event; None where it cannot happen."""
    try:
        return case.step(what.event, by=what.by, at=case.at + what.after, facts=what.facts)
    except Refused:
        return None


def case_machine(
    process: Process, holds: Callable[[Case], None] = lambda case: None
) -> type[RuleBasedStateMachine]:
    """A Hypothesis machine that leads a case through anything agencies may report.

    `holds` is called after every event: it asserts what must always be so. What is true of
    every case is checked as well: a refusal gives a reason and what was announced as possible.
    Use it as `TestCase = case_machine(process, holds).TestCase`.
    """

    class CaseMachine(RuleBasedStateMachine):
        case: Case

        @initialize(opened=openings(process))
        def opened(self, opened: Case) -> None:
            self.case = opened

        @rule(what=events(process))
        def anything(self, what: Reported) -> None:
            self._try(what)

        @rule(data=st.data())
        def possible(self, data: st.DataObject) -> None:
            here = [process.event(id) for id in self.case.possible() if process.event(id).by]
            if here:
                choice = st.sampled_from(here).flatmap(lambda event: _reported(process, event))
                self._try(data.draw(choice))

        def _try(self, what: Reported) -> None:
            at = self.case.at + what.after
            told = self.case.explain(what.event, by=what.by, at=at, facts=what.facts)
            after = reported(self.case, what)
            assert told.allowed is (after is not None), "explain and step do not agree"
            assert told.allowed or told.reasons, "refused without a reason"
            self.case = after or self.case

        @invariant()
        def always(self) -> None:
            if hasattr(self, "case"):
                holds(self.case)

    return CaseMachine
