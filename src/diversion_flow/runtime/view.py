"""Need to know: what one agency may see of a case, now and of its past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import evolve, field

from ..definition import LAW_CHANGED, OPENED, Basis, Process, Value
from ..definition.frozen import frozen
from ..late import in_notebook
from .duties import Duty
from .journal import Moved, Record, entry
from .marks import Irregularity
from .midway import Midway
from .provision import Provision, once, provided_to, provisions
from .sight import Sight, reporter, sight, sight_under

if TYPE_CHECKING:
    from .case import Case
    from .clocks import Clock


@frozen
class View:
    """A case as one agency may see it.

    `withheld` names the facts it may not see; `undated` the limits that may be running where it
    sees the machine but whose days it may not know. In the `journal` an entry whose event is
    withheld has none (`event` is empty): only what moved before the agency's eyes is shown, and
    whether that was against the rules, without the rule, the reason and the office.
    `process` is the law that the case follows, which is public.
    `marked` are the machines that stand where they do against the rules. `case` and `at` are whose
    view it is, by the case's id, and of when: two views are equal where they show the same.
    """

    process: Process = field(repr=False, eq=False)
    case: str = field(repr=False, eq=False)
    at: datetime = field(eq=False)
    agency: str
    states: Mapping[str, str]
    facts: Mapping[str, Value] = field(repr=False)
    withheld: tuple[str, ...]
    deadlines: tuple[Clock, ...]
    undated: tuple[str, ...]
    journal: tuple[Record, ...] = field(repr=False)
    duties: tuple[Duty, ...] = ()
    marked: tuple[str, ...] = ()
    _repr_mimebundle_ = in_notebook


def view(case: Case, agency: str) -> View:
    """What `agency` may see: always its own facts and machines, others' within consent.

    Consent that is withdrawn ends what it opened; what was lawfully shown before stays in the
    journal. UnknownId for an agency not in the process.
    """
    seen, process, journal = sight(case, agency), case.process, tuple(entries(case, agency))
    return View(
        process=process,
        case=case.id,
        at=case.at,
        agency=agency,
        states={id: state for id, state in case.states.items() if id in seen.machines},
        facts={id: value for id, value in case.facts.items() if id in seen.facts},
        withheld=tuple(fact.id for fact in process.facts if fact.id not in seen.facts),
        deadlines=tuple(c for c in case.deadlines() if seen.sees_limit(c.deadline)),
        undated=tuple(
            d.id
            for d in process.deadlines
            if d.machine in seen.machines
            and case.state(d.machine) in d.lasting
            and not seen.sees_limit(d)
        ),
        journal=journal,
        duties=tuple(_owed(case, agency, journal)),
        marked=tuple(id for id in case.marked if id in seen.machines),
    )


def _owed(case: Case, agency: str, journal: tuple[Record, ...]) -> Iterator[Duty]:
    """The duties whose limit the agency sees, or saw under the law by which it ran: what is owed
    now, and what it saw being done. Who did it is told to those who see where the machine stands
    that decides."""
    laws = _laws(case)
    for duty in case.duties():
        seen = sight_under(_law_of(duty, laws, case.at), case, agency)
        done = [e for e in journal if e.at == duty.met and e.event in duty.deadline.met_by]
        if seen.sees_limit(duty.deadline) and (duty.met is None or done):
            yield evolve(duty, by=done[0].by if done else "")


def _laws(case: Case) -> tuple[tuple[datetime, Process], ...]:
    """The laws that the case was under, the latest first, each with since when."""
    found: dict[int, tuple[datetime, Process]] = {}
    for then in case.snapshots():
        found[id(then.process)] = then.last, then.process
    return tuple(found.values())


def _law_of(duty: Duty, laws: Iterable[tuple[datetime, Process]], now: datetime) -> Process:
    """The law under which the duty was done, or fell away, or is owed."""
    over = duty.met or (duty.last + duty.late if duty.last and duty.late else now)
    known = [(since, law) for since, law in laws if duty.deadline in law.deadlines]
    return next((law for since, law in known if since <= over), known[-1][1])


def entries(case: Case, agency: str) -> Iterator[Record]:
    """What the agency saw of each step, with the eyes that it had then."""
    for then in reversed(tuple(case.snapshots())):
        yield from once(then, (agency, Record), lambda step: filter(None, (_seen(step, agency),)))


def _seen(then: Case, agency: str) -> Record | None:
    seen = sight_under(then.process, then, agency)
    told, own, received = entry(then), reporter(then) == agency, provided_to(then, agency)
    shown = seen.facts.union(*(p.facts for p in received))
    given = {id: then.facts[id] for p in received for id in p.facts}
    facts = {id: value for id, value in told.facts.items() if own or id in shown} | given
    moved = tuple(m for m in told.moved if m.machine in seen.machines)
    if told.event == LAW_CHANGED:  # that is public; by which rule, may tell a fact
        anonymous = tuple(evolve(m, transition="") for m in moved)
        return Record(LAW_CHANGED, "", told.at, given, anonymous, by_law=True, provided=received)
    midway = _midway(told.midway, seen)
    if not (own or facts or moved or received or (midway and midway.states)):
        return None
    if not (own or told.event == OPENED or then.process.event(told.event).home in seen.machines):
        event = told.event if seen.sees_event(told.event) else ""
        anonymous = tuple(Moved(m.machine, "", m.source, m.target) for m in moved)
        basis = tuple(basis for p in received if p.told for basis in p.basis)
        against = Irregularity("", "", "") if told.irregular and moved else None
        return Record(
            event, "", told.at, facts, anonymous, basis=basis, provided=received, irregular=against
        )
    return Record(
        told.event, told.by, told.at, facts, moved,
        shared=told.shared if own else tuple(s for s in told.shared if s.to == agency),
        basis=told.basis if moved == told.moved else _grounds(then, moved), by_law=told.by_law,
        provided=tuple(_cut(provisions(then), seen, facts)) if own else received,
        midway=midway, irregular=_irregular(told.irregular, seen, own),
    )  # fmt: skip


def _irregular(given: Irregularity | None, seen: Sight, own: bool) -> Irregularity | None:
    """That something was irregular, to those who see where its machine stands; why, is told to
    its reporter only."""
    if given is None or own:
        return given
    machine, _, _ = given.transition.partition(".")
    return evolve(given, reason="") if machine in seen.machines else None


def _midway(given: Midway | None, seen: Sight) -> Midway | None:
    """Where the case was when its record begins, as far as it is seen; the reason is the desk's."""
    if given is None:
        return None
    states = {machine: state for machine, state in given.states.items() if machine in seen.machines}
    since = {id: at for id, at in given.since.items() if id in seen.machines | seen.events}
    return Midway(states, since, "")


def _cut(
    provided: tuple[Provision, ...], seen: Sight, own: Mapping[str, object]
) -> Iterator[Provision]:
    """Of what a reporter's step made visible to others, what the reporter itself knows."""
    for provision in provided:
        facts = tuple(id for id in provision.facts if id in seen.facts or id in own)
        machines = tuple(id for id in provision.machines if id in seen.machines)
        if facts or machines:
            whole = (facts, machines) == (provision.facts, provision.machines)
            yield provision if whole else evolve(provision, facts=facts, machines=machines)


def _grounds(then: Case, moved: tuple[Moved, ...]) -> tuple[Basis, ...]:
    """The bases of the rules that the agency saw fire."""
    rules = (then.process.machine(m.machine).transition(m.transition) for m in moved)
    return tuple(dict.fromkeys(basis for rule in rules for basis in rule.basis))
