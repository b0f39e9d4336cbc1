"""What must hold before a process may exist: ids are unique and every reference resolves.

Softer faults (an unreachable state, a missing label) are findings of `analysis.check`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from .deadline import Deadline, OnEvent, OnFact
from .errors import DefinitionError, UnknownId
from .fact import Kind
from .guard import (
    Compare,
    Guard,
    Includes,
    InState,
    Known,
    Member,
    ParameterIs,
    ParameterRef,
    Running,
)
from .process import OPENED
from .typecheck import check_types

if TYPE_CHECKING:
    from .basis import Basis
    from .process import Machine, Process, Transition

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")


def validate(process: Process) -> None:
    """Raise DefinitionError at the first contradiction, naming the place."""
    check_types(process, f"process {process.id}")
    _unique(process)
    for machine in process.machines:
        _machine(process, machine)
    _references(process)
    for deadline in process.deadlines:
        _deadline(process, deadline)


def _unique(process: Process) -> None:
    from .process import KINDS

    for kind, name in KINDS:
        _ids(f"{kind}", (part.id for part in getattr(process, name)))
    for machine in process.machines:
        _ids(f"machine {machine.id}, state", (s.id for s in machine.states))
        _ids(f"machine {machine.id}, transition", (t.id for t in machine.transitions))


def _ids(place: str, ids: Iterable[str]) -> None:
    for id, count in Counter(ids).items():
        if count > 1:
            raise DefinitionError(f"{place} {id}", "is defined twice", "rename one of them")
        if not _ID.match(id) and not place.startswith("source"):
            raise DefinitionError(f"{place} {id!r}", "is no id", "use English snake_case")


def _known(place: str, kind: str, id: str | None, known: Container[str]) -> None:
    if id is not None and id not in known:
        raise DefinitionError(place, str(UnknownId(kind, id, list(known))))  # type: ignore[call-overload]


def _machine(process: Process, machine: Machine) -> None:
    place = f"machine {machine.id}"
    states = {s.id for s in machine.states}
    for agency in (*machine.seen_by, *machine.seen_with_consent):
        _known(f"{place}, seen by", "agency", agency, process.by_id["agency"])
    _known(f"{place}, initial", "state", machine.initial, states)
    for state in machine.states:
        here = f"{place}, state {state.id}"
        _known(here, "agency", state.holder, process.by_id["agency"])
        _known(here, "stage", state.stage, process.by_id["stage"])
        _basis(process, here, state.basis)
    for transition in machine.transitions:
        here = f"{place}, transition {transition.id}"
        if not transition.sources:
            raise DefinitionError(here, "has no source")
        for source in (*transition.sources, transition.target):
            _known(here, "state", source, states)
        _transition(process, here, transition)


def _transition(process: Process, here: str, transition: Transition) -> None:
    _known(here, "event", transition.event, process.by_id["event"])
    for paper in transition.papers:
        _known(here, "paper", paper, process.by_id["paper"])
    for share in transition.shares:
        _known(here, "agency", share.to, process.by_id["agency"])
        for fact in share.facts:
            _known(here, "fact", fact, process.by_id["fact"])
        if share.exception is None and process.consent is None:
            raise DefinitionError(
                here, f"shares with {share.to} on consent", "the process has no consent rule"
            )
    _guard(process, here, transition.guard)
    _basis(process, here, transition.basis)


def _references(process: Process) -> None:
    by_id = process.by_id
    _known("main_machine", "machine", process.main_machine, by_id["machine"])
    rules = {f"{m.id}.{t.id}" for m in process.machines for t in m.transitions}
    for step in process.main_route:
        _known("main_route", "transition", step, rules)
    for event in process.events:
        here = f"event {event.id}"
        _known(here, "machine", event.home, by_id["machine"])
        if event.id == OPENED:
            raise DefinitionError(here, "is how journals call the opening of a case", "rename it")
        for agency in event.by:
            _known(here, "agency", agency, by_id["agency"])
        for recorded in event.records:
            _known(here, "fact", recorded, by_id["fact"])
        _basis(process, here, event.basis)
    for fact in process.facts:
        here = f"fact {fact.id}"
        for agency in (fact.source, *fact.seen_by, *fact.seen_with_consent):
            _known(here, "agency", agency, by_id["agency"])
        _basis(process, here, fact.basis)
    for parameter in process.parameters:
        if parameter.choices and parameter.value not in parameter.choices:
            raise DefinitionError(
                f"parameter {parameter.id}", f"{parameter.value!r} is none of its choices"
            )
    _consent(process)


def _consent(process: Process) -> None:
    rule = process.consent
    if rule is None:
        return
    _known("consent rule", "machine", rule.machine, process.by_id["machine"])
    _known("consent rule", "fact", rule.recipients, process.by_id["fact"])
    states = {s.id for s in process.machine(rule.machine).states}
    for state in rule.states:
        _known("consent rule", "state", state, states)
    if process.fact(rule.recipients).kind is not Kind.CHOICES:
        raise DefinitionError("consent rule", f"fact {rule.recipients} holds no set of recipients")


def _basis(process: Process, here: str, bases: tuple[Basis, ...]) -> None:
    for basis in bases:
        for source in (basis.law, *basis.evidence):
            _known(f"{here}, basis", "source", source, process.by_id["source"])


def _deadline(process: Process, deadline: Deadline) -> None:
    here = f"deadline {deadline.id}"
    by_id = process.by_id
    _known(here, "machine", deadline.machine, by_id["machine"])
    states = {s.id for s in process.machine(deadline.machine).states}
    for state in deadline.states:
        _known(here, "state", state, states)
    if isinstance(deadline.start, OnEvent):
        for event in deadline.start.events:
            _known(here, "event", event, by_id["event"])
    if isinstance(deadline.start, OnFact):
        _known(here, "fact", deadline.start.fact, by_id["fact"])
    for fact in deadline.length.plus:
        _known(here, "fact", fact, by_id["fact"])
    if isinstance(deadline.length.amount, ParameterRef):
        _known(here, "parameter", deadline.length.amount.id, by_id["parameter"])
    _known(here, "agency", deadline.owner, by_id["agency"])
    _known(here, "event", deadline.on_expiry, by_id["event"])
    _guard(process, here, deadline.guard)
    _basis(process, here, deadline.basis)


def _guard(process: Process, here: str, guard: Guard) -> None:
    for part in guard.walk():
        if isinstance(part, Compare | Member | Includes | Known):
            _about_fact(process, here, part)
        elif isinstance(part, InState):
            _known(here, "machine", part.machine, process.by_id["machine"])
            states = {s.id for s in process.machine(part.machine).states}
            for state in part.states:
                _known(f"{here}, guard", "state", state, states)
        elif isinstance(part, ParameterIs):
            _known(here, "parameter", part.parameter, process.by_id["parameter"])
        elif isinstance(part, Running):
            _known(here, "deadline", part.deadline, process.by_id["deadline"])


def _about_fact(process: Process, here: str, part: Compare | Member | Includes | Known) -> None:
    here = f"{here}, guard"
    _known(here, "fact", part.fact, process.by_id["fact"])
    fact = process.fact(part.fact)
    if isinstance(part, Compare):
        value: object = part.value
        if isinstance(value, ParameterRef):
            _known(here, "parameter", value.id, process.by_id["parameter"])
            value = process.parameter(value.id).value
        values: tuple[object, ...] = (value,)
        if part.operator not in ("==", "!=") and fact.kind not in _ORDERED:
            raise DefinitionError(here, f"fact {fact.id} ({fact.kind.value}) has no order")
    elif isinstance(part, Includes):
        values = ((part.value,),)
        if fact.kind is not Kind.CHOICES:
            raise DefinitionError(here, f"fact {fact.id} holds one value, not several")
    else:
        values = part.values if isinstance(part, Member) else ()
    for asked in values:
        if asked is not None and not _fits(fact.kind, asked):
            raise DefinitionError(here, f"{asked!r} is no {fact.expected} (fact {fact.id})")
        if fact.choices and not isinstance(part, Known):
            fact.parse(asked)


_ORDERED = (Kind.INTEGER, Kind.DATE, Kind.DATETIME)


def _fits(kind: Kind, value: object) -> bool:
    if kind is Kind.BOOLEAN:
        return isinstance(value, bool)
    if kind is Kind.INTEGER:
        return isinstance(value, int) and not isinstance(value, bool)
    if kind in (Kind.DATE, Kind.DATETIME):
        return not isinstance(value, bool | int | str)
    return isinstance(value, str | tuple)
