"""When clocks begin: worked out for each arrival, carried by each case, so that nothing walks the
journal.

What clocks begin with is numbered: that one of these events happens, or that a machine comes into
these states. A case carries the moment of each, the latest; None where there was none. Of a clock
that has stopped or been renewed it carries the run; of a duty that is asked about, what became of
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ..definition import Deadline, Machine, OnFact, Process, Renewal, Transition
from ..definition.deadline import EXACT
from ..definition.guard import Guard, Missed, atoms
from ..definition.kept import kept_with
from ..definition.moments import moment
from .breaches import Past, Watch
from .links import Running, Tally, began_at, stands_still

if TYPE_CHECKING:
    from .bearing import Bearing
    from .case import Case
    from .logic import Facts

Began = tuple["Running | Past | None", ...]
# What is known: before a step and after it.
Turn = Callable[["Running | None", datetime, "Facts", "Facts"], "Running | None"]
# Which clocks an arrival sets: the number, and whether it begins; else what it asks was done. Or
# what becomes of one that runs.
Sets = tuple[tuple[int, "bool | Turn"], ...]
# What a clock begins with, by names that another version knows, too: the machine and the states
# with whose coming it begins, if it begins so, and all else.
Name = tuple[tuple[str, frozenset[str]] | None, object]
Since = Callable[["Case"], "datetime | None"]


class Clockwork:
    """The beginnings of a process's clocks; `never` is a case in which nothing has begun."""

    __slots__ = (
        "_entering", "_happening", "_linked", "_meeting", "_places", "_renewing", "_stopping",
        "names", "never", "watches",
    )  # fmt: skip

    def __init__(
        self,
        process: Process,
        positions: Mapping[str, int],
        bearing: Bearing,
    ) -> None:
        self._linked: dict[int, _Linked] = {}
        self._renewing: dict[str, list[tuple[int, Turn]]] = {}
        self._stopping: dict[int, list[int]] = {}
        numbers: dict[object, int] = {}
        self._places: dict[str, int] = {}
        self._happening: dict[str, list[int]] = {}
        self._meeting: dict[str, list[int]] = {}
        self._entering: dict[int, list[tuple[frozenset[str], int]]] = {}
        for deadline in process.deadlines:
            met_by = frozenset(deadline.ended_by)
            if isinstance(deadline.start, OnFact):
                self._done_since(deadline, numbers)
                continue
            machine, states = positions[deadline.machine], frozenset(deadline.lasting)
            events = frozenset(deadline.begun_by)
            key = (events or (machine, states), met_by, _own(deadline))
            if deadline.in_links:
                self._link(len(numbers), _linked(deadline, positions, Tally(bearing, deadline)))
            if key not in numbers:
                number = numbers[key] = len(numbers)
                for event in events:
                    self._happening.setdefault(event, []).append(number)
                for event in met_by:
                    self._meeting.setdefault(event, []).append(number)
                if not events:
                    self._entering.setdefault(machine, []).append((states, number))
            self._places[deadline.id] = numbers[key]
        self.watches: dict[str, Watch] = {}
        asked_about = _asked_about(process)
        for deadline in process.deadlines:
            if deadline.id in asked_about:
                number = numbers["missed", deadline.id] = len(numbers)
                since, counted = self.since(deadline), bearing.counter(deadline)
                self.watches[deadline.id] = Watch(deadline, number, since, counted)
        self.never: Began = (None,) * len(numbers)
        self.names = tuple(_named(process, key) for key in numbers)

    def _link(self, number: int, linked: _Linked) -> None:
        """A clock that events renew and states of machines stop."""
        self._linked[number] = linked
        for event, turn in linked.renewed:
            self._renewing.setdefault(event, []).append((number, turn))
        for machine in dict.fromkeys(machine for machine, _ in linked.stops):
            self._stopping.setdefault(machine, []).append(number)

    def _done_since(self, deadline: Deadline, numbers: dict[object, int]) -> None:
        """A clock that begins with a fact is met by what happens after the day that it tells."""
        if deadline.met_by:
            number = self._places[deadline.id] = numbers[deadline.id] = len(numbers)
            for event in deadline.met_by:
                self._happening.setdefault(event, []).append(number)

    def opened(self, configuration: tuple[str, ...]) -> Sets:
        """What begins with a case that opens so."""
        return tuple(
            (number, self._beginning(number, configuration))
            for machine, found in self._entering.items()
            for states, number in found
            if configuration[machine] in states
        )

    def _beginning(self, number: int, configuration: tuple[str, ...]) -> bool | Turn:
        """That a clock begins where the machines stand so; of one that is stopped there, how."""
        linked = self._linked.get(number)
        return linked.begun_stopped if linked and linked.stopped(configuration) else True

    def asked(self, event: str, moved: Iterable[int]) -> set[int]:
        """The machines that decide, by where they stand, what the event does to clocks if it moves
        these."""
        numbers = [*self._happening.get(event, ())]
        for index in moved:
            numbers += self._stopping.get(index, ())
            numbers += (number for _, number in self._entering.get(index, ()))
        linked = (self._linked[number] for number in numbers if number in self._linked)
        return {machine for each in linked for machine, _ in each.stops}

    def begun(
        self,
        event: str,
        moves: Iterable[tuple[int, Transition]],
        before: tuple[str, ...],
        after: tuple[str, ...],
    ) -> Sets:
        """What an event that makes these moves ends, for it was owed, what it renews, stops or
        lets go on, and what it begins."""
        met, begun = self._meeting.get(event, ()), list(self._happening.get(event, ()))
        stopping: dict[int, None] = {}
        for index, transition in moves:
            if index in self._stopping:
                stopping |= dict.fromkeys(self._stopping[index])
            for states, number in self._entering.get(index, ()):
                if transition.target in states and before[index] not in states:
                    begun.append(number)
        return (
            *((number, False) for number in met),
            *self._renewing.get(event, ()),
            *((n, turn) for n in stopping for turn in self._linked[n].turned(before, after)),
            *((number, self._beginning(number, after)) for number in begun),
        )

    def watched(self, case: Case, event: str, at: datetime, facts: Facts) -> Began:
        """What a case carries when something happens next, with what becomes of its duties."""
        now = list(case._began)
        for watch in self.watches.values():
            now[watch.number] = watch.after(case, event, at, facts)
        return tuple(now)

    def taken_along(self, case: Case, event: str, at: datetime) -> Began:
        """The same where it goes on under another law: each run as it was counted by this one."""
        now = list(self.watched(case, event, at, case._facts))
        for number, linked in self._linked.items():
            if (run := now[number]) is not None:
                now[number] = linked.tally.run(run)  # type: ignore[arg-type]
        return tuple(now)

    def told(
        self,
        configuration: tuple[str, ...],
        entered: Mapping[int, datetime],
        happened: Mapping[str, datetime],
        facts: Facts,
    ) -> Began:
        """What has begun in machines that stand so, each since it was `entered`, where these
        events have last happened then. Of a clock that stands still only the present stop is
        known, not those before."""
        began: list[datetime | None] = [None] * len(self.never)
        for index, found in self._entering.items():
            for states, number in found:
                if configuration[index] in states:
                    began[number] = entered[index]
        for event, at in sorted(happened.items(), key=lambda pair: pair[1]):
            for number in self._happening.get(event, ()):
                began[number] = at
        for event, at in happened.items():
            for number in self._meeting.get(event, ()):
                since = began[number]
                if since is not None and since < at:
                    began[number] = None
        runs: list[Running | Past | None] = [*began]
        for number, linked in self._linked.items():
            if (since := began[number]) is not None:
                runs[number] = linked.told(since, configuration, entered, happened, facts)
        return tuple(runs)

    def carried(
        self, began: Began, configuration: tuple[str, ...], at: datetime, facts: Facts
    ) -> Began:
        """The same where the machines are put into these states, not by a step."""
        now = list(began)
        for number, linked in self._linked.items():
            now[number] = linked.put(now[number], configuration, at, facts)  # type: ignore[arg-type]
        return tuple(now)

    def since(self, deadline: Deadline) -> Since:
        """When what sets the clock running happened last in a case; of a machine that has left
        the states in which the clock runs, when it came into them. For a clock that begins with
        a fact, the moment that the fact tells."""
        if isinstance(deadline.start, OnFact):
            return _told_by(deadline.start.fact, self._places.get(deadline.id))
        place = self._places[deadline.id]
        if place in self._linked:
            return lambda case: (run := case._began[place]) and began_at(run)  # type: ignore[arg-type]
        return lambda case: case._began[place]  # type: ignore[return-value]

    def place(self, deadline: Deadline) -> int | None:
        """The number under which a case carries what sets the clock running, or that it was met;
        None where it carries nothing."""
        return self._places.get(deadline.id)

    def run(self, deadline: Deadline) -> tuple[int, Tally] | None:
        """Where a case carries the run of a limit that may stop or be renewed, and what counts
        it; None for any other."""
        place = self._places.get(deadline.id, -1)
        return (place, self._linked[place].tally) if place in self._linked else None


def _named(process: Process, key: Any) -> Name:
    if not isinstance(key, tuple) or not isinstance(key[0], tuple):
        return None, key
    machine, states = key[0]
    return (process.machines[machine].id, states), key[1:]


def _asked_about(process: Process) -> frozenset[str]:
    """The duties of which some condition asks whether they were missed."""
    by_rules = (kept_with(machine, _duties_asked) for machine in process.machines)
    return _duties(deadline.guard for deadline in process.deadlines).union(*by_rules)


def _duties_asked(machine: Machine) -> frozenset[str]:
    return _duties(rule.guard for rule in machine.transitions)


def _duties(guards: Iterable[Guard]) -> frozenset[str]:
    return frozenset(atom.duty for atom in atoms(*guards) if isinstance(atom, Missed))


def _told_by(fact: str, done: int | None) -> Since:
    def since(case: Case) -> datetime | None:
        value = case._facts.get(fact)
        if not isinstance(value, date):
            return None
        began, met = moment(value), None if done is None else case._began[done]
        assert met is None or isinstance(met, datetime)  # for one from a fact has no run
        return began if met is None or met < began else None

    return since


class _Linked:
    """What stops and what renews a limit, and who counts it; what a step may do to its clock is
    made once."""

    __slots__ = ("_turns", "renewed", "stops", "tally")

    def __init__(
        self,
        tally: Tally,
        stops: tuple[tuple[int, frozenset[str]], ...],
        renewals: tuple[Renewal, ...],
    ) -> None:
        self.tally, self.stops = tally, stops
        self.renewed = tuple(
            (event, self._renewed(r)) for r in renewals for event in dict.fromkeys(r.events)
        )
        self._turns = self._turned(False), self._turned(True)

    def turned(self, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Turn]:
        """What becomes of a clock that has begun when the machines move so."""
        stopped = self.stopped(after)
        if stopped != self.stopped(before):
            yield self._turns[stopped]

    def told(
        self,
        since: datetime,
        configuration: tuple[str, ...],
        entered: Mapping[int, datetime],
        happened: Mapping[str, datetime],
        facts: Facts,
    ) -> Running:
        """A clock that began then, with the renewals since and the present stop."""
        standing = [entered[machine] for machine, states in self.stops
                    if configuration[machine] in states]  # fmt: skip
        stop = min(standing, default=None)
        turns = [
            (happened[event], turn)
            for event, turn in self.renewed
            if event in happened and happened[event] >= since
        ]
        if stop is not None:  # what stands still already is not stopped again
            turns.append((stop, self._turns[True]))
        run: Running | None = since
        if stop is not None and stop <= since:
            run = self.tally.begun_stopped(since)
        for at, turn in sorted(turns, key=lambda pair: pair[0]):
            run = turn(run, at, facts, facts)
        assert run is not None  # renewals and stops end no clock
        return run

    def put(
        self,
        run: Running | None,
        configuration: tuple[str, ...],
        at: datetime,
        facts: Facts,
    ) -> Running | None:
        """A clock that has begun, stopped or going on as the machines now stand."""
        if run is None:
            return None
        stopped = self.stopped(configuration)
        same = stopped == stands_still(run)
        return run if same else self._turns[stopped](run, at, facts, facts)

    def begun_stopped(
        self, run: Running | None, at: datetime, known: Facts, facts: Facts
    ) -> Running | None:
        """A clock that begins where it is stopped."""
        return self.tally.begun_stopped(at)

    def _renewed(self, renewal: Renewal) -> Turn:
        def turn(run: Running | None, at: datetime, known: Facts, facts: Facts) -> Running | None:
            return run and self.tally.renewed(run, at, known, renewal.length, facts)

        return turn

    def _turned(self, stopped: bool) -> Turn:
        def turn(run: Running | None, at: datetime, known: Facts, facts: Facts) -> Running | None:
            if run is None:
                return None
            return self.tally.stopped(run, at, known) if stopped else self.tally.resumed(run, at)

        return turn

    def stopped(self, configuration: tuple[str, ...]) -> bool:
        """Whether it stands still where the machines stand so."""
        return any(configuration[machine] in states for machine, states in self.stops)


def _own(deadline: Deadline) -> tuple[str, bool] | None:
    """What stops and renews a limit is its own; two versions of it are carried alike only where
    both count days or both count hours. Other limits share what they begin with."""
    return (deadline.id, deadline.length.unit in EXACT) if deadline.in_links else None


def _linked(deadline: Deadline, positions: Mapping[str, int], tally: Tally) -> _Linked:
    stops = ((positions[stop.machine], frozenset(stop.states)) for stop in deadline.stops)
    return _Linked(tally, tuple(stops), deadline.renewals)
