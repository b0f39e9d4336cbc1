"""Limits that are not over yet, for one that began with them and is no longer would be over, too:
at the end of that one the law moves the case on before anything else can happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..definition import Deadline, Guard, Process
from ..definition.deadline import length_amount
from ..definition.grouped import grouped
from ..definition.guard import AllOf, Running
from ..definition.kept import kept, kept_each
from ..definition.walks import distances, onward
from ..runtime.lapsing import lapses_in
from .cells import Cells, Cube, Question, asked_of
from .masks import OF_STEPS

Limit = tuple[Process, Deadline]
Beginning = object  # with what limits begin


def where_over(
    limit: str, laws: Iterable[Process], waiting: Iterable[Process], cells: Cells
) -> list[Cube]:
    """Where the limit may not run, under one of the laws, when all has happened that is over by
    those which wait for it."""
    known = [(law, d) for law in laws if (d := law.by_id["deadline"].get(limit)) is not None]
    return cells.any_of(*(_over(one, waiting, cells) for one in known))


def _over(one: Limit, waiting: Iterable[Process], cells: Cells) -> list[Cube]:
    begins = _begins(one[1])
    alike = ((law, d) for law in waiting for d in kept(law, _beginning).get(begins, ()))
    outlasted = (other for other in alike if lapses_in(*other) and _outlasts(one, other))
    idle = (
        cells.any_of(_idle(*one, one[1].states, cells), _idle(*other, lapses_in(*other), cells))
        for other in outlasted
    )
    return cells.all_of(*idle)


def _outlasts(one: Limit, other: Limit) -> bool:
    """Whether the one is never over before the other: of two that are counted from the same
    moment on, it is no shorter."""
    (longer, most), (shorter, least) = (
        (limit, length_amount(law, limit.length)) for law, limit in (one, other)
    )
    alike = longer.length.unit is shorter.length.unit and longer.counting == shorter.counting
    return alike and most is not None and least is not None and most >= least


def _beginning(law: Process) -> dict[Beginning, tuple[Deadline, ...]]:
    """The limits that nothing decides but with what they begin and how long they are."""
    begun = ((_begins(limit), limit) for limit in law.deadlines)
    return grouped((begins, limit) for begins, limit in begun if begins is not None)


def _begins(limit: Deadline) -> Beginning:
    """With what it begins; None where something else may decide, too, when it is over."""
    if limit.in_links or limit.dates or limit.ended_by or limit.length.plus:
        return None
    return frozenset(limit.begun_by) or (limit.machine, frozenset(limit.states))


def _idle(law: Process, limit: Deadline, states: Iterable[str], cells: Cells) -> list[Cube]:
    """Where it may not run in one of these states although it is not over."""
    about = Question("machine", limit.machine)
    begun = cells.bits(about, set(states) - _early(law, limit))
    fails: list[Cube] = [{q: bits for q, bits in cube.items() if q.kind not in OF_STEPS}
                         for cube in cells.fails(law, limit.guard)]  # fmt: skip
    return cells.any_of([{about: cells.full(about) & ~begun}], fails)


def _early(law: Process, limit: Deadline) -> set[str]:
    """The states that its machine may come to before it has begun."""
    begins = limit.machine, frozenset(limit.begun_by)
    return kept_each(law, _before, begins) if limit.begun_by else set()


def _before(law: Process, key: tuple[str, frozenset[str]]) -> set[str]:
    machine, events = law.machine(key[0]), key[1]
    alike = {limit.id for limit in kept(law, _beginning)[events]}
    others = {d.on_expiry for d in law.deadlines if d.id not in alike}
    begun = events | ({d.on_expiry for d in law.deadlines} - others)
    rules = (rule for rule in machine.transitions if rule.event not in begun
             and alike.isdisjoint(_running(asked_of(law, rule).whole)))  # fmt: skip
    return set(distances(onward(rules), (machine.initial,)))


def _running(guard: Guard) -> Iterator[str]:
    """The limits that have to run for the condition to hold, whatever else is so."""
    if isinstance(guard, Running):
        yield guard.deadline
    for part in guard.guards if isinstance(guard, AllOf) else ():
        yield from _running(part)
