"""Which time limits are running, when they end, and what happens by operation of law."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from ..definition import Deadline, Unit
from ..definition.frozen import frozen
from ..definition.moments import JST, Moment, moment
from .calendar import Limit
from .links import Rest, Running, Tally, began_at
from .logic import steady

if TYPE_CHECKING:
    from .asking import Asking
    from .case import Case
    from .clockwork import Sets
    from .duties import Duty
    from .program import Program, Situation


@frozen
class Clock:
    """A deadline that is running in a case (JST).

    `last` is the last permitted moment, which people are shown; `ends` the first moment at
    which the limit is over, and expiry takes effect. One that stands still has neither: it has
    so much `left`, and the `renewals` that begin when that has run. Nor has one that is counted
    back from a day that is not known yet.
    """

    deadline: Deadline
    started: datetime
    last: datetime | None
    ends: datetime | None
    left: timedelta | None = None
    renewals: tuple[tuple[int, Unit], ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether it stands still."""
        return self.left is not None

    def passed(self, at: Moment) -> bool:
        """Whether the limit is over at this moment."""
        return self.ends is not None and moment(at) >= self.ends

    @property
    def last_day(self) -> date | None:
        """The last day of the period."""
        return None if self.last is None else self.last.date()


class Term:
    """A limit of the table, made ready to be counted while the machines that its condition asks
    stand as they do."""

    __slots__ = ("_counted", "_since", "_test", "deadline", "reads")

    def __init__(self, program: Program, situation: Situation, deadline: Deadline) -> None:
        self.deadline = deadline
        self.reads = _reads(program, deadline)
        self._since = program.clockwork.since(deadline)
        self._test = program.test(deadline.guard, situation)
        self._counted = program.bearing.counter(deadline)

    def limit(self, case: Case) -> tuple[datetime, Limit] | None:
        """Since when it runs, and until when; None while it does not."""
        since, test = self._since(case), self._test
        if since is None or test is False:
            return None
        if test is not True and test(case._facts, case._at, case) is not True:
            return None
        found = self._counted(since, case._facts)
        return None if found is None else (since, found)

    # Since when it runs, and until when, or what is left of it while it stands still.
    stands: ClassVar[Callable[..., tuple[datetime, Limit | Rest | None] | None]] = limit


class OpenTerm(Term):
    """One that may stand without an end."""

    __slots__ = ()

    def _holds(self, case: Case) -> bool:
        test = self._test
        return test is True or (test is not False and test(case._facts, case._at, case) is True)

    def limit(self, case: Case) -> tuple[datetime, Limit] | None:
        found = self.stands(case)
        return (found[0], found[1]) if found and isinstance(found[1], Limit) else None


class BackTerm(OpenTerm):
    """One that is counted back from a day that a fact tells, or does not tell yet."""

    __slots__ = ()

    def stands(self, case: Case) -> tuple[datetime, Limit | Rest | None] | None:
        since = self._since(case)
        if since is None or not self._holds(case):
            return None
        return since, self._counted(since, case._facts)


class LinkedTerm(OpenTerm):
    """One that may stop or be renewed: the case carries its run."""

    __slots__ = ("_place", "_tally")

    def __init__(
        self, program: Program, situation: Situation, deadline: Deadline, place: int, tally: Tally
    ) -> None:
        super().__init__(program, situation, deadline)
        self._place, self._tally = place, tally

    def stands(self, case: Case) -> tuple[datetime, Limit | Rest | None] | None:
        run: Running | None = case._began[self._place]  # type: ignore[assignment]
        if run is None or not self._holds(case):
            return None
        found = self._tally.stands(run, case._facts)
        return None if found is None else (began_at(run), found)


class Reads(NamedTuple):
    """What of a case decides whether a limit runs, and until when: which beginnings, which facts.
    `steady` is one that asks neither for the moment nor for other limits."""

    began: frozenset[int]
    facts: frozenset[str]
    steady: bool


def _reads(program: Program, deadline: Deadline) -> Reads:
    place = program.clockwork.place(deadline)
    mentioned = [fact for kind, fact in deadline.guard.mentions() if kind == "fact"]
    facts = frozenset((*mentioned, *deadline.asked))
    began = frozenset(() if place is None else (place,))
    return Reads(began, facts, steady(deadline.guard))


class Lapses:
    """The limits of a situation at whose end something happens by operation of law."""

    __slots__ = ("_began", "_facts", "_steady", "terms")

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms, reads = terms, [term.reads for term in terms]
        self._began = frozenset[int]().union(*(each.began for each in reads))
        self._facts = frozenset[str]().union(*(each.facts for each in reads))
        self._steady = all(each.steady for each in reads)

    def first(self, case: Case) -> datetime:
        """When the first of them runs out; at no moment, if none runs. The case keeps it."""
        first = _NEVER
        for term in self.terms:
            running = term.limit(case)
            if running is not None and (ends := running[1].ends) < first:
                first = ends
        case._lapses = first
        return first

    def outlast(self, sets: Sets, altered: Collection[str]) -> bool:
        """Whether they run on as they ran after a step that sets these clocks and may alter these
        facts, and after which the case is still among them."""
        if not self._steady or not self._facts.isdisjoint(altered):
            return False
        return self._began.isdisjoint([number for number, _ in sets])


def term(program: Program, situation: Situation, deadline: Deadline) -> Term:
    """The limit, made ready."""
    run = program.clockwork.run(deadline)
    if run is None:
        # of no length, it does not run
        back = deadline.before and program.bearing.lengths[deadline.id] is not None
        return (BackTerm if back else Term)(program, situation, deadline)
    return LinkedTerm(program, situation, deadline, *run)


def clocks(case: Case) -> tuple[Clock, ...]:
    """The clocks running in the case, the next to run out first."""
    found = [*_running(case, case._arrival.situation.terms)]
    if len(found) > 1:
        found.sort(key=ending)
    return tuple(found)


def ending(running: Clock | Duty) -> tuple[bool, datetime]:
    """In the order in which they run out; what stands still comes last, as it began."""
    return running.ends is None, running.ends or running.started


def clock(case: Case, deadline: str) -> Clock | None:
    """One clock; None while it is not running."""
    terms = (t for t in case._arrival.situation.terms if t.deadline.id == deadline)
    return next(_running(case, terms), None)


def runs(case: Case, deadline: str, at: datetime) -> bool:
    """Whether the clock is running, and is not over at that moment."""
    for term in case._arrival.situation.terms:
        if term.deadline.id == deadline:
            found = term.stands(case)
            return found is not None and not (isinstance(found[1], Limit) and at >= found[1].ends)
    return False


def alerts(case: Case) -> tuple[Clock, ...]:
    """The clocks at whose end nothing happens by itself: until then somebody has to act."""
    terms = (t for t in case._arrival.situation.terms if t.deadline.on_expiry is None)
    return tuple(_running(case, terms))


def _running(case: Case, terms: Iterable[Term]) -> Iterator[Clock]:
    for term in terms:
        found = term.stands(case)
        if found is not None:
            since, stands = found
            if isinstance(stands, Limit):
                yield Clock(term.deadline, since, stands.last, stands.ends)
            else:
                yield Clock(term.deadline, since, None, None, *(stands or ()))


class Lapse(NamedTuple):
    """A limit that is running, and when something happens by operation of law at its end."""

    deadline: Deadline
    ends: datetime


def _lapses(asked: Asking) -> tuple[Lapse, ...]:
    """What runs in the case and ends by operation of law."""
    if asked.lapses is None:
        case, terms = asked.case, asked.situation.lapses.terms
        found = [(term.deadline, term.limit(case)) for term in terms]
        asked.lapses = tuple([Lapse(deadline, run[1].ends) for deadline, run in found if run])
    return asked.lapses


def none_lapsed(case: Case, at: datetime) -> bool:
    """Whether nothing that ends by operation of law has run out at that moment."""
    return at < (case._lapses or case._arrival.situation.lapses.first(case))


_NEVER: Final = datetime.max.replace(tzinfo=JST)


def overdue(asked: Asking, event: str) -> list[Lapse]:
    """The limits whose expiry had to take effect before `event` could happen.

    An event that comes when its own limit runs out waits for earlier limits only; of two that
    run out at once either may come first.
    """
    running = _lapses(asked)
    passed = [c for c in running if asked.at >= c.ends and c.deadline.on_expiry != event]
    if passed and event in asked.program.by_law:
        own = min((c.ends for c in running if c.deadline.on_expiry == event), default=None)
        if own is not None and asked.at == max(own, asked.case.at):
            return [c for c in passed if c.ends < own]
    return passed


def premature(asked: Asking, event: str) -> bool:
    """Whether `event` happens by operation of law only, and no time limit for it has run out."""
    return event in asked.program.by_law and not any(
        c.deadline.on_expiry == event and asked.at >= c.ends for c in _lapses(asked)
    )
