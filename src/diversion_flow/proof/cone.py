"""What a proof reads of a law: for each event of some machines, all on which it hangs what the
event does. Where two laws read the same, what is proved of the one is proved of the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from attrs import frozen

from ..definition import Event, Fact, Guard, Process, every, machine
from ..definition.grouped import grouped
from ..definition.guard import AllOf, AnyOf, Grounded, InState, Not
from ..definition.kept import kept, kept_each
from ..definition.property import Occasion
from ..runtime.clause import period, whole_guard
from ..runtime.program import program

Period = tuple[date | None, date | None]
Does = tuple[tuple[str, ...], str, Guard, Period]  # from where, where to, what it asks, when law


@frozen(cache_hash=True)
class ReadFor:
    """All that is read for one event, but what is carried and watched. `due` is where limits run
    that bring it by operation of law (None: others bring it)."""

    event: str
    home: str
    by: tuple[str, ...]
    records: tuple[str, ...]
    outdates: tuple[str, ...]
    rules: tuple[tuple[str, str, Does], ...]  # machine and rule
    due: tuple[Guard, ...] | None
    given: object

    @cached_property
    def moves(self) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
        """The machines that it may move, each with from where and where to."""
        return grouped((at, (source, target)) for at, _, (source, target, _, _) in self.rules)

    @cached_property
    def guards(self) -> tuple[Guard, ...]:
        """The conditions that its rules ask, and where it is due."""
        return (*(guard for _, _, (_, _, guard, _) in self.rules), *(self.due or ()))


@frozen(cache_hash=True)
class Cone:
    """The cone of influence of some machines: all that is read for their events."""

    events: tuple[ReadFor, ...]


def cone_of(process: Process, machines: Collection[str]) -> Cone:
    """What the law reads for the events of these machines."""
    events = (event for event in process.events if event.home in machines)
    return Cone(tuple(read_for(process, event, machines) for event in events))


def whole(process: Process) -> Cone:
    """What the law reads for all its events."""
    return cone_of(process, [machine.id for machine in process.machines])


def read_for(process: Process, event: Event, among: Collection[str]) -> ReadFor:
    """What the law reads for one event, over these machines."""
    followed = kept(process, _bearing)[event.id]
    seen = frozenset(machine for machine in followed if machine in among)
    return kept_each(process, _read_for, (event.id, seen))


def _bearing(process: Process) -> dict[str, frozenset[str]]:
    """For each event the machines that it moves and those that tell where it is due."""
    found = {e: {process.machines[i].id for i in m} for e, m in program(process).moved.items()}
    for limit in process.deadlines:
        if limit.on_expiry:
            asked = (id for kind, id in limit.guard.mentions() if kind == "machine")
            found[limit.on_expiry] |= {limit.machine, *asked}
    return {event: frozenset(machines) for event, machines in found.items()}


def _read_for(process: Process, key: tuple[str, frozenset[str]]) -> ReadFor:
    event, among = process.event(key[0]), key[1]
    moved = (process.machines[i] for i in program(process).moved[event.id])
    asking = [
        (m.id, rule, whole_guard(process, rule))
        for m in moved if m.id in among for rule in m.on(event.id)
    ]  # fmt: skip
    rules = tuple(
        (at, rule.id, (rule.sources, rule.target, guard, period(process, rule)))
        for at, rule, guard in asking
    )
    due = tuple(_due(process, event, among)) if event.id in program(process).by_law else None
    guards = [*(guard for *_, guard in asking), *(due or ())]
    return ReadFor(
        event.id, event.home, event.by, event.records, event.outdates, rules, due,
        given(process, guards, event.alters),
    )  # fmt: skip


def given(process: Process, guards: Iterable[Guard], facts: Iterable[str] = ()) -> object:
    """What conditions take from elsewhere in the law: the values of parameters, and what the facts
    may be that they ask for, and these."""
    asked = [mention for guard in guards for mention in guard.mentions()]
    values = ((id, process.parameter(id).value) for kind, id in asked if kind == "parameter")
    known = dict.fromkeys((*facts, *(id for kind, id in asked if kind == "fact")))
    return tuple(values), tuple((id, _schema(process.fact(id))) for id in known)


def _schema(fact: Fact) -> object:
    """What a fact may be, whoever sees it."""
    return fact.kind, tuple(choice.id for choice in fact.choices), fact.minimum, fact.maximum


def _due(process: Process, event: Event, among: Collection[str]) -> Iterator[Guard]:
    """Where limits run at whose end the event happens by operation of law, as far as it is seen
    from these machines and before the event alters anything."""
    lengths = program(process).bearing.lengths
    for limit in process.deadlines:
        if limit.on_expiry == event.id and lengths[limit.id] is not None:
            seen = all(
                id in among if kind == "machine" else kind != "fact" or id not in event.alters
                for kind, id in limit.guard.mentions()
                if kind in ("machine", "fact")
            )
            here = (machine(limit.machine).in_(*limit.states),) if limit.machine in among else ()
            yield every(*here, *((limit.guard,) if seen else ()))


def may_meet(occasion: Occasion, read: ReadFor) -> bool:
    """Whether the event can meet the occasion, conditions granted."""
    return (
        (not occasion.events or read.event in occasion.events)
        and (not occasion.by or not set(occasion.by).isdisjoint(read.by))
        and (not occasion.rules or any(f"{at}.{id}" in occasion.rules for at, id, _ in read.rules))
        and set(occasion.records).issubset(read.records)
        and all(_leads(read, at, occasion) for at in {read.home, *occasion.moves})
    )


def _leads(read: ReadFor, at: str, occasion: Occasion) -> bool:
    """Whether a rule of the machine leads from where the occasion may be met to where it may."""
    return any(
        _may_hold(occasion.after, at, target)
        and any(
            _may_hold(occasion.before, at, source)
            for source in sources
            if source != target or at not in occasion.moves
        )
        for sources, target in read.moves.get(at, ())
    )


def _may_hold(guard: Guard, at: str, state: str, wanted: bool = True) -> bool:
    """Whether a condition may be so, or not be, while the machine is in the state."""
    match guard:
        case Grounded():
            return _may_hold(guard.guard, at, state, wanted)
        case Not():
            return _may_hold(guard.guard, at, state, not wanted)
        case AllOf() | AnyOf():
            parts = (_may_hold(part, at, state, wanted) for part in guard.guards)
            return all(parts) if isinstance(guard, AllOf) is wanted else any(parts)
        case InState() if guard.machine == at:
            return (state in guard.states) is wanted
    return True
