"""What two processes do together on each event, worked out once for all searches of the two.

What a search asks is two numbers, where machines may not stand and what of the facts may not be
(see `masks`); what may have come before is a short list of ways for each event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product as pairs
from typing import Final, NamedTuple, TypeAlias

from attrs import field

from ..definition import Deadline, Process, Transition
from ..definition.frozen import frozen
from ..definition.grouped import grouped
from ..definition.guard import Narrows
from ..definition.kept import kept
from ..definition.process import brought_about
from ..definition.walks import distances
from ..runtime.clause import clauses
from .cells import Cells, Cube, Question, asked_of
from .masks import OF_STEPS, Mask, Masks, Standing, bits_of
from .outlasting import where_over
from .paths import reporter, rules_from
from .together import Led, Together
from .toil import toil
from .ways import Group, groups

Laid = tuple[str, str, str]  # machine, state and event
_KEPT: Final = 10_000  # places of which the steps back are kept; then it is begun anew


class Asks(NamedTuple):
    """What a cube asks: where nothing may stand for it, what it excludes of the facts; and the
    cube, without the machines."""

    elsewhere: Mask
    excludes: Mask
    asked: Cube


class Move(NamedTuple):
    """A way of a machine on an event: the states that it may come from, the one that it comes to
    (nought: it stays), and what it asks."""

    sources: Mask
    target: Mask
    asks: Asks


# What has to be so before an event: where nothing may stand, what is excluded of the facts, and
# what each machine asks.
Before: TypeAlias = tuple[Mask, Mask, tuple[Cube, ...]]


class Far(NamedTuple):
    """How many events it takes at least; and about how many, with what they need of others."""

    least: int
    toil: int


# A step back by an event: the way that it went, where nothing may stand before it, how far that is,
# and whether nothing may stand there after it either.
Step: TypeAlias = tuple[Before, Mask, Far, bool]


@frozen(eq=False)
class Happening:
    """An event that both processes let the same agency report: the machines that decide on it, by
    one or the other, and all that it may move; the limits that begin with it; of where things
    stand, what it moves or begins. `rows` are what comes before it by that, for one machine after
    the other and what is asked of these, as they are made."""

    id: str
    homes: tuple[str, ...]
    moving: tuple[str, ...]
    begins: Mask
    concerns: Mask
    rows: dict[tuple[int, Mask], list[Before]] = field(factory=dict, repr=False)


class Joint:
    """Two processes moving together."""

    def __init__(self, a: Process, b: Process, cells: Cells) -> None:
        self.a, self.b, self._cells = a, b, cells
        self.machines = {m.id: m for law in (b, a) for m in law.machines}
        self.masks, self.standing = Masks(cells), Standing(cells, self.machines)
        self.states = self.standing.fields
        common, days = cells.common(), cells.in_force()
        self.both = self.masks.of({**common, **days})  # what a case of one alone can be is excluded
        ids = {f.id for f in a.facts} & {f.id for f in b.facts}  # ... of facts that both have
        known = {q: b for q, b in common.items() if q.id in ids}
        self.shared = self.masks.of({**known, **days})
        self.limits = {d.id: d for law in (a, b) for d in law.deadlines}
        self._begun = {d.id for law in (a, b) for d in law.deadlines if not d.begun_by}
        self._differing = _differing(a, b, cells)
        self._events = self._shared()
        self._happenings = {id: self._happening(id, moved) for id, moved in self._moved().items()}
        self._edges = {id: grouped(self._led(id)) for id in self.machines}
        self._reached = {id: self._distances(id) for id in self.machines}
        self._keeping: dict[int, dict[str, Mask]] = {}
        self._recorded = {event: self._records(event) for event in self._events}
        self._unknown: dict[str, Mask] = {}
        self._recording: dict[tuple[int, Mask, Mask], list[Happening]] = {}
        self._moves: dict[tuple[str, str], list[Move]] = {}
        self._leads: dict[Mask, list[Happening]] = {}
        self._far: dict[Mask, Far | None] = {}
        self._beginning: dict[Mask, int] = {}
        self._together = Together(self.standing, self._lead_two)
        self._runs_where: dict[str, list[Cube]] = {}
        self._over_where: dict[tuple[object, ...], list[Cube]] = {}
        self._steps: dict[tuple[str, Mask], list[Step]] = {}
        self._least: dict[tuple[str, Mask], Far | None] = {}

    def _law_of(self, machine: str) -> Process:
        return self.a if machine in self.a.by_id["machine"] else self.b

    def _shared(self) -> dict[str, tuple[str, ...]]:
        """The events that come to happen alike in both processes, with the machines that decide on
        them."""
        known = self.b.by_id["event"]
        return {
            e.id: tuple(dict.fromkeys((e.home, known[e.id].home)))
            for e in self.a.events
            if e.id in known and reporter(e.id, self.a, self.b) is not None
        }

    def _moved(self) -> dict[str, list[str]]:
        """Event → the machines that have a rule for it, those that decide on it first."""
        found = {event: dict.fromkeys(homes) for event, homes in self._events.items()}
        known = [(id, event) for id in self.machines for _, event in self._leaving(id)]
        for id, event in (*known, *((id, event) for id, _, event in self._differing)):
            if event in found:
                found[event][id] = None
        return {event: list(machines) for event, machines in found.items()}

    def _leaving(self, machine: str) -> Iterable[tuple[str, str]]:
        return rules_from(self._law_of(machine), machine)

    def _happening(self, event: str, moving: list[str]) -> Happening:
        begins = self._begins(event)
        concerns = begins | sum(self.states[machine] for machine in moving)
        return Happening(event, self._events[event], tuple(moving), begins, concerns)

    def _begins(self, event: str) -> Mask:
        """The limits that begin with the event."""
        found = 0
        for law in (self.a, self.b):
            for limit in kept(law, _beginning).get(event, ()):
                found |= self.standing.waiting(limit)
        return found

    def _accepting(self, accepts: int | None) -> tuple[Process, ...]:
        return (self.a, self.b) if accepts is None else ((self.a, self.b)[accepts],)

    def _lapses(
        self, event: str, accepts: int | None = None
    ) -> Iterator[tuple[Process, tuple[Deadline, ...]]]:
        """For each process in which the event happens by law alone, the limits that bring it; of
        those that accept it."""
        for law in self._accepting(accepts):
            if event in (lapses := kept(law, brought_about)):
                yield law, lapses[event]

    def due(self, event: str, accepts: int | None = None) -> list[Mask]:
        """The limits that must have begun for the event to be accepted, if only a limit brings it:
        one of these ways."""
        found = [0]
        for _, limits in self._lapses(event, accepts):
            found = [one | self.waiting((limit.id,)) for one in found for limit in limits]
        return [0] if 0 in found else list(dict.fromkeys(found))

    def keeping(self) -> Mapping[str, Mask]:
        """Of each event, what is excluded of the facts after it, and therefore was before."""
        size = len(self.masks)  # what is asked of facts may have become more
        if size not in self._keeping:
            self._keeping[size] = {
                event: ~self.masks.about(free) & ~self.masks.of_steps | self.masks.of_values(kept)
                for event, (free, kept) in self._recorded.items()
            }
        return self._keeping[size]

    def _records(self, event: str) -> tuple[set[str], list[Question]]:
        """What the event may alter; and of sets that it may only narrow, what it cannot add."""
        narrowed = self._narrowed(event)
        values = [q for q in self._cells.asked("value") if q.id in narrowed] if narrowed else []
        either = {id for law in (self.a, self.b) for id in law.event(event).outdates}
        return records(self.a, self.b, event, None) | either, values

    def _narrowed(self, event: str) -> set[str]:
        """The sets to which the event adds nothing, by one process at least."""
        each = (kept(law, _narrowing).get(event, set()) for law in (self.a, self.b))
        return set().union(*each)

    def waiting(self, limits: Iterable[str]) -> Mask:
        """Of these limits, those that wait for something to happen."""
        return sum({self.standing.waiting(id) for id in limits
                    if id in self.limits and id not in self._begun})  # fmt: skip

    # -- where they come from -------------------------------------------------------------------

    def leading(self, elsewhere: Mask, facts: Mask) -> Iterator[tuple[Happening, Far]]:
        """The events by which something may have become as a node asks, and how far it is at least
        to before each."""
        found: dict[Happening, None] = {}
        for machine, asked in self.standing.asked(elsewhere):
            found |= dict.fromkeys(self._arriving(machine, asked))
        if facts or elsewhere >= self.standing.limits:
            found |= dict.fromkeys(self._letting(elsewhere & -self.standing.limits, facts))
        for event in found:
            kept = self.far(elsewhere & ~event.concerns)
            before = self._before(event, elsewhere & event.concerns)
            if kept and before:
                yield event, Far(max(kept.least, before.least), kept.toil + before.toil)

    def _arriving(self, machine: str, asked: Mask) -> list[Happening]:
        """The events that lead the machine from a state that is excluded to one that is not."""
        if asked not in self._leads:
            states = self.standing.states[machine]
            self._leads[asked] = [
                self._happenings[event] for event, edges in self._edges[machine].items()
                if any(states[here] & asked and not states[to] & asked for here, to in edges)
            ]  # fmt: skip
        return self._leads[asked]

    def _letting(self, waiting: Mask, facts: Mask) -> list[Happening]:
        """The events that record what is asked of the facts, or begin a limit that has to run."""
        key = len(self.masks), waiting, facts
        if key not in self._recording:
            self._recording[key] = [
                self._happenings[event] for event, keeps in self.keeping().items()
                if facts & ~keeps & ~self.masks.day or waiting & self._happenings[event].begins
            ]  # fmt: skip
        return self._recording[key]

    def asks(
        self, event: str, cube: Cube, cells: Cells, accepts: int | None = None
    ) -> Iterator[Asks]:
        """What the cube asks on the event, as numbers, where both processes or one let it happen;
        one for each way in which the limits that it asks for may run, or not. A limit that runs
        has begun, as has one that was missed."""
        limits = {q.id: cells.yes(bits) for q, bits in cube.items() if q.kind == "deadline"}
        missed = (q.id for q, bits in cube.items() if q.kind == "missed" and cells.yes(bits))
        begun = self.waiting((*missed, *(id for id, runs in limits.items() if runs)))
        ways = self._limits(event, accepts, limits, cells) if limits else ()
        for each in cells.all_of([cube], *ways) if limits else [cube]:
            elsewhere = sum((cells.full(about) & ~bits) << self.standing.places[about.id]
                            for about, bits in each.items() if about.kind == "machine")  # fmt: skip
            rest = {q: b for q, b in each.items() if q.kind != "machine"}
            yield Asks(elsewhere | begun, self.masks.of(rest), rest)

    def _limits(
        self, event: str, accepts: int | None, limits: Mapping[str, bool], cells: Cells
    ) -> Iterator[list[Cube]]:
        """What has to be so for each limit to run, or not, as far as the event leaves it so."""
        brought, waiting = self._brought(event), self._waiting_for(event, accepts)
        for id, runs in limits.items():
            ways = self._running(id, cells) if runs else self._over(id, waiting, cells)
            yield [{q: b for q, b in cube.items() if q.id not in brought} for cube in ways]

    def _waiting_for(self, event: str, accepts: int | None) -> tuple[Process, ...]:
        """The processes that let the event happen after all that is over by law; one that happens
        by law itself may come first."""
        laws = self._accepting(accepts)
        return tuple(law for law in laws if event and event not in kept(law, brought_about))

    def _over(self, limit: str, waiting: tuple[Process, ...], cells: Cells) -> list[Cube]:
        """Where the limit may not run, under one law or the other, when all that is over by these
        has happened."""
        key = (limit, *map(id, waiting))
        if key not in self._over_where:
            self._over_where[key] = where_over(limit, (self.a, self.b), waiting, cells)
        return self._over_where[key]

    def _brought(self, event: str) -> set[str]:
        """What the event may alter under one law or the other."""
        known = (law.by_id["event"].get(event) for law in (self.a, self.b))
        return {id for each in known if each is not None for id in each.alters}

    def _running(self, limit: str, cells: Cells) -> list[Cube]:
        """What has to be so for the limit to run, under one law or the other."""
        if limit not in self._runs_where:
            known = [(law, d) for law in (self.a, self.b)
                     if (d := law.by_id["deadline"].get(limit)) is not None]  # fmt: skip
            each = [cube for law, found in known for cube in _runs_in(law, found, cells)]
            self._runs_where[limit] = cells.lean(each)
        return self._runs_where[limit]

    def _before(self, event: Happening, asked: Mask) -> Far | None:
        """How far it is at least to where the machines that the event moves stand before it, if
        they are as asked after it; None where no rule leads one of them there."""
        if (key := (event.id, asked)) not in self._least:
            there = 0
            for machine in event.moving:
                states, here = self.states[machine], asked & self.states[machine]
                home = machine in event.homes
                if here or home:  # beside another machine's event one may stay
                    sources = self._sources(machine, event.id, here) | (0 if home else ~here)
                    there |= states & ~sources
            possible = self.standing.possible(there)
            self._least[key] = self.far(there) if possible else None
        return self._least[key]

    def _sources(self, machine: str, event: str, asked: Mask) -> Mask:
        """The states from which rules on the event lead the machine to where it may stand."""
        bits, found = self.standing.states[machine], 0
        for source, target in self._edges[machine].get(event, ()):
            if not bits[target] & asked:
                found |= bits[source]
        return found

    def steps(self, event: Happening, elsewhere: Mask, cells: Cells) -> list[Step]:
        """The steps back by the event from where machines stand so, to what may be before."""
        if (key := (event.id, elsewhere)) not in self._steps:
            if len(self._steps) >= _KEPT:
                self._steps.clear()
            concerned, kept = elsewhere & event.concerns, elsewhere & ~event.concerns
            places = [(way, kept | way[0]) for way in self.coming(event, concerned, cells)]
            self._steps[key] = [
                (way, there, far, not elsewhere & ~there) for way, there in places
                if self.standing.possible(there) and (far := self.far(there)) is not None
            ]  # fmt: skip
        return self._steps[key]

    def coming(self, event: Happening, asked: Mask, cells: Cells) -> list[Before]:
        """What may have been before the event, if what it moves or begins then is as asked."""
        if not event.rows:
            lost = self._lost(event.id)
            event.rows[0, 0] = [(begun, lost, ()) for begun in self.due(event.id)]
        found, told = event.rows[0, 0], 0
        for number, machine in enumerate(event.moving, 1):
            here = asked & self.states[machine]
            if here or machine in event.homes:
                told |= here
                if (key := (number, told)) not in event.rows:
                    event.rows[key] = self._with(found, event.id, machine, here, cells)
                found = event.rows[key]
        return found

    def _with(
        self, found: list[Before], event: str, machine: str, asked: Mask, cells: Cells
    ) -> list[Before]:
        """These ways, with those of one machine more, which is as asked after the event."""
        states, moving = self.states[machine], self._moving(machine, event, cells)
        possible, stands, both = self.masks.possible, self.standing.possible, self.both
        moves = [
            ((states & ~sources) | move.asks.elsewhere, move.asks)
            for move in moving
            if not move.target & asked
            and (sources := move.sources & ~asked if not move.target else move.sources)
        ]
        cells.spend(len(found) * len(moves))
        return _apart([
            (stand, excludes | asks.excludes, (*went, asks.asked))
            for elsewhere, excludes, went in found
            for own, asks in moves
            if stands(stand := elsewhere | own) and possible(excludes | asks.excludes | both)
        ])  # fmt: skip

    def _lost(self, event: str) -> Mask:
        """What of the facts is excluded after the event, for they are unknown then."""
        if event not in self._unknown:
            lost = self._cells.unknown(outdated(self.a, self.b, event))
            self._unknown[event] = self.masks.of(lost)
        return self._unknown[event]

    def _moving(self, machine: str, event: str, cells: Cells) -> list[Move]:
        """The ways of the machine on the event, those from states that are alike as one."""
        if (machine, event) not in self._moves:
            found: dict[tuple[Mask, Mask, Mask], Move] = {}
            for sources, target, cube in self._laid(machine, event, cells):
                for asks in self.asks(event, cube, cells):
                    key = (target, asks.elsewhere, asks.excludes)
                    alike = found.get(key, Move(0, target, asks))
                    found[key] = alike._replace(sources=alike.sources | sources)
            self._moves[machine, event] = list(found.values())
        return self._moves[machine, event]

    def _laid(self, machine: str, event: str, cells: Cells) -> Iterator[tuple[Mask, Mask, Cube]]:
        """From which states a machine comes to which, with what both processes ask for that."""
        states, reached = self.standing.states[machine], self._reached[machine]
        home, rules = machine in self._events[event], rules_from(self._law_of(machine), machine)
        alike: dict[tuple[int, ...], tuple[Group | None, tuple[Transition, ...], list[str]]] = {}
        for state in reached:
            group, here = (
                self._differing.get((machine, state, event)),
                rules.get((state, event), ()),
            )
            key = (id(group),) if group else tuple(map(id, here))
            alike.setdefault(key, (group, here, []))[2].append(state)
        for group, here, sources in alike.values():
            bits = sum(states[state] for state in sources)
            for target, cube in self._targets(machine, event, group, here, home, cells):
                yield bits, states[target] if target else 0, cube

    def _targets(
        self, machine: str, event: str, group: Group | None, rules: tuple[Transition, ...],
        home: bool, cells: Cells,
    ) -> Iterable[tuple[str, Cube]]:  # fmt: skip
        """The states that it comes to, with what both processes ask for that; none, where it may
        stay beside an event of another machine."""
        if group is not None:
            found = self._agreed(group, cells, home)
        else:
            found = self._led_to(self._law_of(machine), rules, cells, home)
        if home:
            for law, limits in self._lapses(event):
                runs = self._runs(law, event, limits, cells)
                found = [(to, both) for to, cube in found for both in cells.all_of([cube], runs)]
        return found

    def _runs(
        self, law: Process, event: str, limits: Iterable[Deadline], cells: Cells
    ) -> list[Cube]:
        """Where a limit that brings the event may run, as far as the event leaves it so."""
        brought = {*law.event(event).alters}
        return [
            {q: b for q, b in cube.items() if q.id not in brought and q.kind not in OF_STEPS}
            for limit in limits
            for cube in cells.all_of(
                [cells.standing(limit.machine, limit.states)], cells.holds(law, limit.guard)
            )
        ]

    @staticmethod
    def _led_to(
        law: Process, rules: tuple[Transition, ...], cells: Cells, home: bool
    ) -> list[tuple[str, Cube]]:
        asked = [asked_of(law, rule).whole for rule in rules]
        found = [(rule.target, cube) for rule, guard in zip(rules, asked, strict=True)
                 for cube in cells.holds(law, guard)]  # fmt: skip
        if not home:
            stays = cells.all_of(*(cells.fails(law, guard) for guard in asked))
            found += [("", cube) for cube in stays]
        return found

    def _agreed(self, group: Group, cells: Cells, home: bool) -> list[tuple[str, Cube]]:
        """Where both processes let a machine go, of which the rules are not the same."""
        mine, theirs = group.ways
        found = [
            (one.target, cube)
            for one, other in pairs(mine, theirs)
            if one.target == other.target
            for cube in cells.all_of(
                cells.holds(self.a, one.asked), cells.holds(self.b, other.asked)
            )
        ]
        if not home:
            fails = [cells.fails(self.a, way.asked) for way in mine]
            fails += [cells.fails(self.b, way.asked) for way in theirs]
            found += [("", cube) for cube in cells.all_of(*fails)]
        return found

    def surely(self, elsewhere: Mask, cells: Cells, known: bool = False) -> Far | None:
        """How far it is, as each two machines are met, too: as far as that is `known`, or else
        worked out. None where two never are as a node asks."""
        far, met = self.far(elsewhere), self._together.least(elsewhere, cells, known)
        return None if far is None or met is None else Far(max(far.least, met), far.toil)

    def _lead_two(self, one: str, other: str, cells: Cells) -> Iterable[Led]:
        """How events lead these two machines on, what all others ask or bring about granted."""
        found: dict[Led, None] = {}
        for event in self._happenings.values():
            if moved := [id for id in (one, other) if id in event.moving]:
                those = (*event.homes, *(id for id in moved if id not in event.homes))
                two = self.states[one] | self.states[other]
                found |= dict.fromkeys(self._led_by(event, those, two, cells))
        return [led for led in found if led[1]]

    def _led_by(
        self, event: Happening, those: Iterable[str], two: Mask, cells: Cells
    ) -> Iterable[Led]:
        """How the event leads two machines, as far as those say what is so before and after it."""
        found = {(0, 0, self.both): None}
        possible, stands = self.masks.possible, self.standing.possible
        for machine in those:
            states = self.states[machine]
            moves = [
                (two & (states & ~move.sources | move.asks.elsewhere), two & move.target,
                 move.asks.excludes)
                for move in self._moving(machine, event.id, cells)
            ]  # fmt: skip
            cells.spend(len(found) * len(moves))
            found = {
                (stand, came | target, both): None
                for there, came, excludes in found
                for elsewhere, target, own in moves
                if stands(stand := there | elsewhere) and possible(both := excludes | own)
            }
        return [(elsewhere, target) for elsewhere, target, _ in found]

    # -- how far it is --------------------------------------------------------------------------

    def far(self, elsewhere: Mask) -> Far | None:
        """How far it is to where all machines may stand as a node asks; None where no event leads
        one of them there."""
        if elsewhere not in self._far:
            places, waiting = (
                elsewhere & self.standing.everywhere,
                elsewhere & -self.standing.limits,
            )
            if waiting:
                far = self.far(places)
                self._far[elsewhere] = far and Far(far.least, far.toil + self._until(waiting))
            else:
                self._far[places] = self._furthest(places)
        return self._far[elsewhere]

    def _furthest(self, places: Mask) -> Far | None:
        least = toil = 0
        for machine, asked in self.standing.asked(places):
            if (far := self._away(machine, asked)) is None:
                return None
            least, toil = max(least, far.least), toil + far.toil
        return Far(least, toil)

    def _until(self, waiting: Mask) -> int:
        """About how many events it takes until these limits have begun."""
        if waiting not in self._beginning:
            begun = [[about for event in self._happenings.values() if event.begins & bit
                      for about in self._happening_takes(event)]
                     for bit in bits_of(waiting)]  # fmt: skip
            self._beginning[waiting] = sum(min(each, default=0) for each in begun)
        return self._beginning[waiting]

    def _happening_takes(self, event: Happening) -> Iterator[int]:
        """About how many events it takes until it has happened, by each rule that decides on it."""
        home = event.homes[0]
        known = kept(self._law_of(home), toil)
        yield from (1 + known[home, source] for source, _ in self._edges[home].get(event.id, ())
                    if (home, source) in known)  # fmt: skip

    def _away(self, machine: str, asked: Mask) -> Far | None:
        """The same of one machine."""
        if asked not in self._far:
            bits, known = self.standing.states[machine], kept(self._law_of(machine), toil)
            each = [Far(least, known.get((machine, state), least))
                    for state, least in self._reached[machine].items()
                    if not bits[state] & asked]  # fmt: skip
            self._far[asked] = Far(*map(min, zip(*each, strict=True))) if each else None
        return self._far[asked]

    def _distances(self, machine: str) -> dict[str, int]:
        """Each state that both processes lead to, with how many events it takes at least; none, if
        they begin apart."""
        begins = {law.machine(machine).initial for law in (self.a, self.b)
                  if machine in law.by_id["machine"]}  # fmt: skip
        edges = grouped(edge for edges in self._edges[machine].values() for edge in edges)
        return distances(edges, begins) if len(begins) == 1 else {}

    def _led(self, machine: str) -> Iterator[tuple[str, tuple[str, str]]]:
        """Event, and state and target, of every rule by which both may go."""
        for (state, event), rules in rules_from(self._law_of(machine), machine).items():
            group = self._differing.get((machine, state, event))
            agreed = {way.target for way in group.ways[1]} if group else None
            for rule in rules if event in self._events else ():
                if agreed is None or rule.target in agreed:
                    yield event, (state, rule.target)


def _apart(ways: list[Before]) -> list[Before]:
    """The ways, without those that ask all that one before them asks."""
    found, asked = list[Before](), list[Mask]()
    width = max((excludes.bit_length() for _, excludes, _ in ways), default=0)
    for way in ways:
        asks = way[0] << width | way[1]
        if 0 not in map((~asks).__and__, asked):
            found.append(way)
            asked.append(asks)
    return found


def records(a: Process, b: Process, event: str, accepts: int | None) -> set[str]:
    """What may be recorded with an event, by both processes or by the one that accepts."""
    laws = (a, b) if accepts is None else ((a, b)[accepts],)
    known = [e for law in laws if (e := law.by_id["event"].get(event)) is not None]
    return set.intersection(*(set(e.records) for e in known)) if known else set()


def outdated(a: Process, b: Process, event: str) -> set[str]:
    """What is unknown after an event by both processes, however it is reported."""
    known = [e for law in (a, b) if (e := law.by_id["event"].get(event)) is not None]
    lost = [set(e.outdates).difference(e.records) for e in known]
    return set.intersection(*lost) if lost else set()


def _runs_in(law: Process, limit: Deadline, cells: Cells) -> list[Cube]:
    """What has to be so for the limit to run, under one law."""
    here = [cells.standing(limit.machine, limit.lasting)]
    return cells.all_of(
        here, *([cells.known(id)] for id in limit.dates), cells.holds(law, limit.guard)
    )


def _beginning(law: Process) -> dict[str, tuple[str, ...]]:
    """Each event with the limits that begin with it."""
    return grouped((event, limit.id) for limit in law.deadlines for event in limit.begun_by)


def _narrowing(law: Process) -> dict[str, set[str]]:
    """Each event by which sets are narrowed only, with these."""
    found: dict[str, set[str]] = {}
    for machine in law.machines:
        for rule in machine.transitions:
            if law.event(rule.event).home == machine.id:
                asked = {c.guard.fact for c in clauses(law, rule) if isinstance(c.guard, Narrows)}
                found[rule.event] = found.get(rule.event, asked) & asked
    return {event: sets for event, sets in found.items() if sets}


def _differing(a: Process, b: Process, cells: Cells) -> dict[Laid, Group]:
    """Where both have the machine and their rules are not the same."""
    return {
        (group.machine, state, group.event): group
        for group in groups(a, b, cells)
        if group.machine in a.by_id["machine"] and group.machine in b.by_id["machine"]
        for state in group.states
    }
