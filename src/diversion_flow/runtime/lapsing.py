"""What happens by operation of law as time passes, and where it would never come to an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ..definition import CallError, Deadline, DefinitionError, Machine, OnFact, Process
from ..definition.frozen import frozen
from .clocks import Clock, clocks, ending, none_lapsed
from .program import program

if TYPE_CHECKING:
    from .case import Case

# The shortest limit there is: what comes round in less has not let any time pass.
_SHORTEST: Final = timedelta(minutes=1)


def reached(case: Case, then: datetime, name: str = "at", *, before: bool = False) -> Case:
    """The case at a moment, as `Case.advance` takes it there for whoever calls that moment `name`;
    or only `before` what limits bring about at that moment itself.

    Raises CallError, about the argument of that name, for a moment before the case's own.
    """
    case._program.bearing.require(then, name)
    if then < case.at:
        raise CallError("moment_backwards", name=name)
    while (crosses := case._program.crosses) and (ends := case._program.ends):
        if ends > then:
            break
        case = crosses(lapsed(case, ends, before=True)._moved_on(ends))
    return lapsed(case, then, before=before)._moved_on(then)


def lapsed(case: Case, to: datetime, *, before: bool = False) -> Case:
    """The case after every expiry that happens by operation of law up to `to`, or only `before`
    it, in order."""
    rounds = _Rounds(case)
    while not none_lapsed(case, to) and (due := _next(case, to, before)) is not None:
        assert due.deadline.on_expiry is not None
        assert due.ends is not None  # for it has passed
        at = max(due.ends, case.at)
        rounds.begin(case, due, at)
        case = case.step(due.deadline.on_expiry, by=due.deadline.owner, at=at)._by_law(case)
    return case


def lapses_in(process: Process, limit: Deadline) -> frozenset[str]:
    """The states of its machine in which the limit, once it is over, ends by operation of law: what
    it brings about leads on from there. In any other nothing comes of it, and time goes on."""
    if limit.on_expiry is None:
        return frozenset()
    made = program(process)
    home = made.homes[limit.on_expiry]
    moved = process.machines[home]
    leading = {s.id for s in moved.states if limit.on_expiry in made.leaving[home, s.id]}
    if moved.id != limit.machine:  # wherever that stands
        return frozenset(limit.states if len(leading) == len(moved.states) else ())
    return frozenset(leading.intersection(limit.states))


def _next(case: Case, to: datetime, before: bool) -> Clock | None:
    """The next to lapse; of those that run out at once the first by its id, for the order in which
    a definition lists its limits means nothing."""
    due = (clock for clock in over(case, to) if not (before and clock.ends == to))
    return min(due, key=lambda clock: (*ending(clock), clock.deadline.id), default=None)


def over(case: Case, at: datetime) -> Iterator[Clock]:
    """The clocks that have run out by then, at whose end the law moves the case on."""
    lapsing = {term.deadline.id for term in case._arrival.situation.lapses.terms}
    return (c for c in clocks(case) if c.deadline.id in lapsing and c.passed(at))


class _Rounds:
    """Counts how often limits run out with everything as it was and no time passed."""

    def __init__(self, case: Case) -> None:
        self._most = len(case.process.deadlines)
        self._since: datetime | None = None
        self._met: Counter[tuple[object, ...]] = Counter()

    def begin(self, case: Case, due: Clock, at: datetime) -> None:
        """DefinitionError where the case goes round in a circle."""
        if self._since is None or at - self._since >= _SHORTEST:
            self._since = at
            self._met.clear()
            return
        place = self._place(case, self._since)
        self._met[place] += 1
        if self._met[place] > self._most:
            at_limit = (("deadline", due.deadline.id),)
            raise DefinitionError("advance_endless", at=at_limit, deadline=due.deadline.id)

    def _place(self, case: Case, since: datetime) -> tuple[object, ...]:
        work, situation = case._program.clockwork, case._arrival.situation
        starts = (work.since(deadline)(case) for deadline in case.process.deadlines)
        return (situation.configuration, *(s if s and s < since else None for s in starts))


# -- where a definition goes round in a circle -----------------------------------------------------


@frozen
class _Expiry:
    """A limit runs out in one state of its machine and leaves it in another, or the same."""

    deadline: Deadline
    source: str
    target: str


def circles(process: Process) -> Iterator[tuple[str, ...]]:
    """The limits, by id, that would run out one after the other for ever, no time passing."""
    found: set[frozenset[str]] = set()
    for machine in process.machines:
        for circle in _walks(tuple(_expiries(process, machine))):
            ids = tuple(dict.fromkeys(e.deadline.id for e in circle))
            if frozenset(ids) not in found and not _renewed(process, circle):
                found.add(frozenset(ids))
                yield ids


def _expiries(process: Process, machine: Machine) -> Iterator[_Expiry]:
    for deadline in process.deadlines:
        if deadline.on_expiry and deadline.machine == machine.id:
            for state in deadline.states:
                moves = machine.leaving(state)
                targets = [t.target for t in moves if t.event == deadline.on_expiry]
                if targets or process.event(deadline.on_expiry).home != machine.id:
                    for target in dict.fromkeys(targets or [state]):
                        yield _Expiry(deadline, state, target)


_EFFORT: Final = 20_000  # walks that are tried before the rest is left to `advance`


def _walks(expiries: tuple[_Expiry, ...]) -> Iterator[tuple[_Expiry, ...]]:
    """Every way round, from a state back to it without meeting another twice."""
    begun: list[tuple[_Expiry, ...]] = [(e,) for e in reversed(expiries)]
    for _ in range(_EFFORT):
        if not begun:
            return
        walk = begun.pop()
        if walk[-1].target == walk[0].source:
            yield walk  # which goes on nowhere: its beginning is met
        met = {e.source for e in walk}
        begun += [(*walk, e) for e in expiries if e.source == walk[-1].target not in met]


def _renewed(process: Process, circle: tuple[_Expiry, ...]) -> bool:
    """Whether on the way round some limit is set anew, so that time passes before it runs out."""
    events = {e.deadline.on_expiry for e in circle}
    states = {e.source for e in circle}
    return any(_starts_anew(process, e.deadline, events, states) for e in circle)


def _starts_anew(
    process: Process, deadline: Deadline, events: set[str | None], states: set[str]
) -> bool:
    if program(process).bearing.lengths[deadline.id] == 0 and not deadline.length.plus:
        return False
    if deadline.begun_by:
        return not events.isdisjoint(deadline.begun_by)
    return not isinstance(deadline.start, OnFact) and not states <= set(deadline.lasting)
