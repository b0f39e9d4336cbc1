"""All configurations that a process can come to, over the machines and facts that a question asks.

What is remembered of the course comes first, then machines, those that many follow before those
that nobody does, then the facts that are carried. What no question asks is left out: a machine
that is neither asked about nor followed by one that is changes nothing of the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, product
from typing import TypeVar, cast

from attrs import field, frozen

from ..definition import Guard, Process
from ..definition.grouped import grouped
from ..definition.guard import InState, atoms
from ..definition.kept import kept
from ..runtime.case import Case
from ..runtime.clause import whole_guard
from ..runtime.logic import compile_guard
from .cone import Cone, ReadFor, cone_of, given
from .diagram import NOTHING, Action, Diagrams, Link, Node, Work
from .formula import FALSE, TRUE, All, Formula, Leaf, Met, No, Now, Was, read
from .judging import Judging, Sides
from .reading import Kept, Key, fact_of, machines_of, timed
from .relations import Products, Relation
from .values import Asked
from .walking import Story
from .watch import UNWATCHED, Watch

Found = TypeVar("Found")
EFFORT = 2_000_000  # steps that a question may take, unless told otherwise
_REMEMBERED = 10_000_000  # steps of which the outcome is kept at once
_RELATIONS = 300  # that are kept at once


@frozen(eq=False)
class Common:
    """What spaces have in common of which each level stands for the same and that watch the same,
    whatever their laws: the sets, and what an event does for all that read the same for it."""

    sets: Diagrams
    acts: dict[ReadFor, tuple[Action, ...]] = field(factory=dict)
    setting: dict[Cone, tuple[Action, ...]] = field(factory=dict)
    onward: dict[Cone, Link | None] = field(factory=dict)
    back: dict[Cone, Link | None] = field(factory=dict)
    reached: dict[tuple[Cone, Node], tuple[Node, int]] = field(factory=dict)
    lost: dict[tuple[Cone, Node, Node], Node] = field(factory=dict)
    told: dict[tuple[Cone, Node, Node], tuple[Story, int]] = field(factory=dict)


@frozen(cache_hash=True)
class Frame:
    """What the levels of machines and facts stand for."""

    states: tuple[tuple[str, tuple[str, ...]], ...]
    facts: tuple[tuple[str, tuple[Guard, ...]], ...]
    given: object


@frozen(cache_hash=True)
class Looked:
    """An event, what is watched of it, and over what it is looked at."""

    read: ReadFor
    watch: Watch
    frame: Frame


class Memory:
    """What was worked out for several laws and questions. What a law reads for its events over
    some machines is one value for all laws that read the same, so that what these can come to is
    worked out once. After so much work all is forgotten, and begins anew."""

    def __init__(self, most: float = _REMEMBERED) -> None:
        self.work, self._most = Work(), most
        self._begin()

    def _begin(self) -> None:
        self._begun = self.work.done
        self._orders: dict[frozenset[str], tuple[str, ...]] = {}
        self._alike: dict[object, object] = {}
        self._common: dict[object, Common] = {}
        self._made: dict[object, Relation] = {}
        self._products: dict[object, Products] = {}

    def asked(self, effort: int) -> None:
        """A question comes, which may take so many steps."""
        if self.work.done - self._begun > self._most:
            self._begin()
        self.work.give(effort)

    def order(self, process: Process, machines: frozenset[str]) -> tuple[str, ...]:
        """The machines in the order in which they have their levels."""
        if machines not in self._orders:
            self._orders[machines] = tuple(_ordered(process, machines))
        return self._orders[machines]

    def cone(self, process: Process, machines: frozenset[str]) -> Cone:
        """What the law reads for the events of these machines."""
        mine = kept(process, _cones)
        found = mine.get(machines) or cone_of(process, machines)
        if self._alike.get(found) is not found:
            found = mine[machines] = self.one(Cone(tuple(map(self.one, found.events))))
        return found

    def relation(self, key: object, made: Callable[[], Relation]) -> Relation:
        """What was made under this key, if it was asked for not long ago. It is large, and asked
        for again where the same machines are looked at once more or a story is sought."""
        found = self._made.pop(key, None) or made()
        self._made[key] = found  # what was asked for last lies last
        if len(self._made) > _RELATIONS:
            del self._made[next(iter(self._made))]
        return found

    def products(self, key: object, made: Callable[[], Products]) -> Products:
        """What was made under this key of a relation: little, and kept."""
        if key not in self._products:
            self._products[key] = made()
        return self._products[key]

    def one(self, found: Found) -> Found:
        """The first of all that equal this."""
        return cast(Found, self._alike.setdefault(found, found))

    def common(self, shape: object, sizes: Iterable[int]) -> Common:
        """What all spaces of this shape have in common."""
        if shape not in self._common:
            self._common[shape] = Common(Diagrams([*sizes], self.work))
        return self._common[shape]


def _cones(_: Process) -> dict[frozenset[str], Cone]:
    """What the law reads for some machines, as far as it was asked for."""
    return {}


class Space:
    """The configurations of a process, over these machines (all, unless some are named) and those
    that they follow, and over what these conditions ask of facts.

    What is in the `memory` of other laws and questions is not worked out again: where a law reads
    for an event what another read, that does the same. It may take so much `effort`, or what is
    left to the question before it. Opened `anyhow`, a case may begin with anything known, also of
    what events record."""

    def __init__(
        self,
        process: Process,
        machines: Iterable[str] | None = None,
        carried: Iterable[Guard] = (),
        watch: Watch = UNWATCHED,
        effort: int | None = EFFORT,
        case: Case | None = None,
        memory: Memory | None = None,
        anyhow: bool = False,
    ) -> None:
        self.process, self.watch, self.case, self._anyhow = process, watch, case, anyhow
        self._carried = carried = tuple(carried)
        wanted = [m.id for m in process.machines] if machines is None else machines
        self.kept = dict(_kept(process, carried))
        altering = (
            e.home
            for e in process.events
            if self.kept and not self.kept.keys().isdisjoint(e.alters)
        )
        met = followed(process, (*wanted, *altering))
        self._memory = memory = Memory() if memory is None else memory
        if effort is not None:
            memory.asked(effort)
        self.machines, self.cone = memory.order(process, met), memory.cone(process, met)
        self.states = {m: tuple(s.id for s in process.machine(m).states) for m in self.machines}
        keys: list[Key] = [("mark", n) for n in range(len(watch.next))]
        keys += [("machine", m) for m in self.machines]
        keys += [("fact", f) for f in self.kept]
        self.place: Mapping[Key, int] = {key: level for level, key in enumerate(keys)}
        sizes = [2 for _ in watch.next]
        sizes += [len(self.states[m]) for m in self.machines]
        sizes += [len(kept.classes) for kept in self.kept.values()]
        self.frame = self._over(self.machines, self.kept, watch)
        self._common = memory.common((self.frame, watch), sizes)
        self.sets = self._common.sets

    @cached_property
    def plain(self) -> Space:
        """The same with nothing remembered of the course."""
        return Space(
            self.process, self.machines, self._carried, effort=None, case=self.case,
            memory=self._memory, anyhow=self._anyhow,
        )  # fmt: skip

    def relation(self, read: ReadFor) -> Relation:
        """What one of these events may do."""
        return self._relation(self._looked(read))

    def _relation(self, looked: Looked) -> Relation:
        return self._memory.relation(
            looked,
            lambda: Relation(
                self.process, looked.read, dict(looked.frame.states),
                {id: self.kept[id] for id, _ in looked.frame.facts}, looked.watch,
                self._memory.work,
            ),
        )  # fmt: skip

    def _looked(self, read: ReadFor) -> Looked:
        """The event, over no more than what it asks, alters or moves and what is watched of it."""
        watch = self.watch.on(read)
        asked = tuple(atoms(*read.guards, *watch.guards()))
        machines = {*read.moves, *watch.machines, *machines_of(read.guards)}
        facts = {*read.records, *read.outdates, *map(fact_of, asked)}
        return self._memory.one(Looked(read, watch, self._over(machines, facts, watch)))

    def _over(self, machines: Container[str], facts: Container[str | None], watch: Watch) -> Frame:
        """The levels of these machines and facts."""
        states = tuple((m, each) for m, each in self.states.items() if m in machines)
        atoms = tuple((id, kept.asked.atoms) for id, kept in self.kept.items() if id in facts)
        asked = [*watch.guards(), *(atom for _, each in atoms for atom in each)]
        return self._memory.one(Frame(states, atoms, given(self.process, asked)))

    def acts(self, read: ReadFor) -> tuple[Action, ...]:
        """The same, as actions on the levels."""
        acts, place = self._common.acts, self.place
        if read not in acts:
            looked = self._looked(read)
            products = self._memory.products(looked, lambda: self._relation(looked).products)
            acts[read] = tuple(
                Action(read.event, {place[key]: pairs for key, pairs in product.items()})
                for product in products
            )
        return acts[read]

    @property
    def actions(self) -> Iterator[Action]:
        """What all of them may do."""
        return chain.from_iterable(map(self.acts, self.cone.events))

    @property
    def setting(self) -> tuple[Action, ...]:
        """What sets the first mark."""
        known = self._common.setting
        if self.cone not in known:
            mark, watch = self.place["mark", 0], self.watch
            watched = [event for event in self.cone.events if watch.on(event) is not UNWATCHED]
            actions = chain.from_iterable(map(self.acts, watched))
            known[self.cone] = tuple(a for a in actions if 1 in a.levels.get(mark, {}).get(0, ()))
        return known[self.cone]

    @cached_property
    def onward(self) -> Link | None:
        """All that may happen, taken together."""
        known = self._common.onward
        if self.cone not in known:
            known[self.cone] = self.sets.link(self.actions)
        return known[self.cone]

    @cached_property
    def back(self) -> Link | None:
        """The same, from after to before."""
        known = self._common.back
        if self.cone not in known:
            known[self.cone] = self.sets.link(action.back for action in self.actions)
        return known[self.cone]

    def lost(self, well: Node) -> Node:
        """What a case can come to and from where no course leads there."""
        known, key = self._common.lost, (self.cone, self.start, well)
        if key not in known:
            known[key] = self._lost(well)
        return known[key]

    def _lost(self, well: Node) -> Node:
        sets = self.sets
        near, left = sets.meet(self.reached, well), sets.rest(self.reached, well)
        while near and left:
            near = sets.meet(sets.after(near, self.back), left)
            left = sets.rest(left, near)
        return left

    def told(self, goal: Node) -> tuple[Story, int] | None:
        """The story to the goal that was walked under a law that reads the same, and how many
        events it takes at least."""
        return self._common.told.get((self.cone, self.start, goal))

    def tell(self, goal: Node, story: Story, fewest: int) -> None:
        """Keep a story to the goal."""
        self._common.told[self.cone, self.start, goal] = story, fewest

    @cached_property
    def _standing(self) -> _Standing:
        return _Standing(self)

    @cached_property
    def start(self) -> Node:
        """How a case is opened: every machine in its initial state, of what events record nothing
        known yet, of what none records anything. Of a case under way, where it stands."""
        process = self.process
        if self.case is not None:
            stands = self.point(self.case.states, self.case.facts, self.watch.first_of(self.case))
            return self.sets.point(stands)
        allowed = {
            self.place["machine", m]: (self.states[m].index(process.machine(m).initial),)
            for m in self.machines
        }
        for fact, carried in self.kept.items():
            if fact in self._recorded and not self._anyhow:
                allowed[self.place["fact", fact]] = (carried.place(None),)
        start = self.sets.cube(allowed)
        for mark, formula in enumerate(self.watch.next):
            on, off = (self.sets.cube({self.place["mark", mark]: (value,)}) for value in (1, 0))
            set_ = self.sets.meet(on, self.opening(formula, perhaps=True))
            unset = self.sets.rest(off, self.opening(formula, perhaps=False))
            start = self.sets.meet(start, self.sets.union(set_, unset))
        return start

    @cached_property
    def _recorded(self) -> frozenset[str]:
        return frozenset(fact for event in self.process.events for fact in event.records)

    def openings(self) -> Iterator[dict[str, object]]:
        """What may be known as a case opens, one way for each that is told apart."""
        loose = [id for id in self.kept if self._anyhow or id not in self._recorded]
        for values in product(*(self.kept[fact].values() for fact in loose)):
            yield dict(zip(loose, values, strict=True))

    def marked(self, formula: Formula) -> Node:
        """Where the marks and the case stand so."""
        return read(formula, self._stands, self.sets.without, self.sets.all_of)

    def _stands(self, leaf: Leaf) -> Node:
        if isinstance(leaf, Now):
            return self.holding(leaf.guard)
        assert isinstance(leaf, Was)
        return self.sets.cube({self.place["mark", leaf.mark]: (1,)})

    def opening(self, formula: Formula, *, perhaps: bool) -> Node:
        """Where it is surely so as a case opens; or perhaps, for of what time decides nothing is
        known then but its bounds."""
        if isinstance(formula, No):
            return self.sets.without(self.opening(formula.part, perhaps=not perhaps))
        if isinstance(formula, All):
            return self.sets.all_of(self.opening(f, perhaps=perhaps) for f in formula.parts)
        if isinstance(formula, Was):  # before it
            return self.sets.everything if self.watch.first[formula.mark] else NOTHING
        assert isinstance(formula, Met)
        if formula.occasion.steps:
            return NOTHING
        return self._opens[perhaps].holds(formula.occasion.after)

    @cached_property
    def _opens(self) -> tuple[_Opening, _Opening]:
        return _Opening(self, False), _Opening(self, True)

    def holding(self, guard: Guard) -> Node:
        """Where a condition on states and carried facts surely holds."""
        return self._standing.holds(guard)

    @cached_property
    def reached(self) -> Node:
        """All that a case can come to; Exhausted where that takes more than the effort given."""
        return self._reached[0]

    @property
    def took(self) -> int:
        """How many steps it took to work that out, when it was."""
        return self._reached[1]

    @cached_property
    def _reached(self) -> tuple[Node, int]:
        work, known, key = self.sets.work, self._common.reached, (self.cone, self.start)
        if key not in known:
            before = work.done
            known[key] = self.sets.closure(self.start, self.onward), work.done - before
            self.sets.forget()
        return known[key]

    def layers(self) -> Iterator[Node]:
        """What is reached after no event, after one and not before, after two, ..."""
        here = seen = self.start
        while here:
            yield here
            then = self.sets.after(here, self.onward)
            here = self.sets.rest(then, seen)
            seen = self.sets.union(seen, then)

    def standing(self, machine: str, states: Iterable[str]) -> Node:
        """The configurations in which the machine is in one of these states."""
        wanted = [self.states[machine].index(state) for state in states]
        return self.sets.cube({self.place["machine", machine]: wanted})

    def point(
        self,
        states: Mapping[str, str],
        facts: Mapping[str, object],
        marks: Iterable[bool] = (),
    ) -> tuple[int, ...]:
        """Where a case with these states, facts and marks is."""
        stands = [self.states[m].index(states[m]) for m in self.machines]
        known = (kept.place(facts.get(f)) for f, kept in self.kept.items())
        return (*map(int, marks), *stands, *known)


class _Standing(Judging):
    """Conditions on where a case stands."""

    def __init__(self, space: Space) -> None:
        super().__init__(space.sets)
        self._space = space

    def atom(self, guard: Guard) -> Sides:
        space = self._space
        if isinstance(guard, InState):
            states = space.states[guard.machine]
            places = (i for i, state in enumerate(states) if state in guard.states)
            return self.among(space.place["machine", guard.machine], places)
        compiled = compile_guard(guard, space.process, {})
        if isinstance(compiled, bool):
            return self.settled(compiled)
        fact = fact_of(guard)
        assert fact is not None
        kept = space.kept[fact]
        number = kept.asked.atoms.index(guard)
        return self.answered(space.place["fact", fact], (found[number] for found in kept.classes))


class _Opening(_Standing):
    """Conditions on a case that opens: whether they surely hold, or perhaps."""

    def __init__(self, space: Space, perhaps: bool) -> None:
        super().__init__(space)
        self._perhaps = perhaps

    def atom(self, guard: Guard) -> Sides:
        if not timed(guard):
            return super().atom(guard)
        known = (b for b in self._space.watch.bounds if b.then and b.asked == guard)
        least, most = next(((b.least, b.most) for b in known), (FALSE, TRUE))
        true, false = (most, least) if self._perhaps else (least, most)
        return Sides(
            self._space.opening(true, perhaps=self._perhaps),
            self.sets.without(self._space.opening(false, perhaps=not self._perhaps)),
        )


def _kept(process: Process, carried: Iterable[Guard]) -> Iterator[tuple[str, Kept]]:
    about = ((fact_of(atom), atom) for atom in atoms(*carried))
    for fact, asked in grouped(about).items():
        if fact is not None:
            yield fact, Kept(Asked(process, process.fact(fact), asked))


# -- who follows whom ------------------------------------------------------------------------------


def influences(process: Process) -> Mapping[str, frozenset[str]]:
    """For each machine those that it follows: whose states its rules ask, or whose events move
    it."""
    found: dict[str, set[str]] = {m.id: set() for m in process.machines}
    for moved in process.machines:
        for rule in moved.transitions:
            asked = machines_of((whole_guard(process, rule),))
            found[moved.id] |= {*asked, process.event(rule.event).home}
    for limit in process.deadlines:
        if limit.on_expiry:
            home = process.event(limit.on_expiry).home
            found[home] |= {limit.machine, *machines_of((limit.guard,))}
    return {id: frozenset(others - {id}) for id, others in found.items()}


def followed(process: Process, machines: Iterable[str]) -> frozenset[str]:
    """These machines and all that they follow, at however many removes."""
    follows, found, waiting = kept(process, influences), set[str](), list(machines)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += follows[here]
    return frozenset(found)


def _ordered(process: Process, machines: frozenset[str]) -> list[str]:
    """The machines, those that many follow before those that few do."""
    whom = {m: followed(process, (m,)) for m in machines}
    followers = {m: sum(m in others for others in whom.values()) for m in machines}
    order = [m.id for m in process.machines if m.id in machines]
    return sorted(order, key=lambda m: -followers[m])
