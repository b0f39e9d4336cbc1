"""From a set of configurations to a story: the way there is walked by steps before it is told.

How far each configuration is from the goal, no clock asked, is known from the rings around it. So
the walk goes first where fewest events are left (A*); where no real step leads nearer, because a
clock or a fact stands in the way, it also goes aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from heapq import heappop, heappush
from itertools import chain, count, islice, product
from typing import Final

from attrs import evolve, frozen

from ..definition import Deadline, Process
from ..definition.kept import kept
from ..definition.reference import references
from ..runtime.calendar import moment
from ..runtime.case import Case
from ..runtime.mornings import following, morning
from .cone import ReadFor
from .diagram import NOTHING, Node
from .reading import Key
from .relations import Joint, Relation, turning
from .space import Space
from .values import Asked, Becoming
from .walking import Happened, Story, begun, resumed, retold, through, went_on
from .watch import Watch

TRIES: Final = 20_000  # steps that may be tried before a story is given up
_NEAR: Final = (0, 3)  # so many events beyond the goal ways to it are looked for: first, then
_ASIDE: Final = 3  # how many events more than the fewest a way may take at each place
_CHOICES: Final = 12  # ways to record facts that are tried for one event
_NEARBY: Final = (1, 40)  # days from now to a day from which a limit is counted
Cube = Mapping[int, tuple[int, ...]]  # which values some levels may have


@frozen
class Stopped:
    """How far a story came, and what should have happened next."""

    story: Story
    events: tuple[str, ...]


class Rings:
    """A goal and how many events each configuration is from it: of those that are not much
    further from the opening than the goal is."""

    def __init__(self, space: Space, goal: Node, beyond: int) -> None:
        self.space, sets = space, space.sets
        near, met, layers = NOTHING, 0, space.layers()
        for layer in layers:
            near = sets.union(near, layer)
            met += bool(met or sets.meet(layer, goal))
            if met > beyond:
                break
        self.rings = [sets.meet(goal, near)]
        seen = self.rings[0]
        while self.rings[-1] and not sets.meet(self.rings[-1], space.start):
            before = sets.meet(sets.after(self.rings[-1], space.back), near)
            self.rings.append(sets.rest(before, seen))
            seen = sets.union(seen, before)
        self.found = bool(self.rings[-1])
        self.fewest = len(self.rings) - 1  # events that it takes at least
        # Many stories stand at one point: they differ in days and in facts that are not carried.
        self._leads = cache(self._leading)

    def distance(self, point: tuple[int, ...]) -> int:
        """How many events it is from the goal, at least."""
        sets = self.space.sets
        holds = (i for i, ring in enumerate(self.rings) if sets.holds(ring, point))
        return next(holds, len(self.rings))

    def known(self, facts: Mapping[str, object], distance: int) -> bool:
        """Whether these facts are what is known somewhere at this distance."""
        space, sets = self.space, self.space.sets
        stands = {space.place["fact", f]: (k.place(facts.get(f)),) for f, k in space.kept.items()}
        return bool(sets.meet(sets.cube(stands), self.rings[distance]))

    def leading(self, point: tuple[int, ...], distance: int) -> tuple[str, ...]:
        """The events that lead from there to this distance, no clock or fact asked."""
        return tuple(self._leads(point).get(distance, ()))

    def _leading(self, point: tuple[int, ...]) -> Mapping[int, Mapping[str, None]]:
        """For each distance the events that lead to it."""
        sets, found = self.space.sets, defaultdict[int, dict[str, None]](dict)
        here = sets.point(point)
        for action in self.space.actions:
            if action.leaves(point):
                then = sets.after(here, sets.link((action,)))
                for distance, ring in enumerate(self.rings):
                    if sets.meet(then, ring):
                        found[distance][action.label] = None
        return found


class LastStep(Rings):
    """The same of where the first mark of another space is set, one step from the goal."""

    def __init__(self, space: Space, goal: Node, beyond: int, marked: Space) -> None:
        super().__init__(space, goal, beyond)
        self._marked = marked
        self.fewest += 1

    def distance(self, point: tuple[int, ...]) -> int:
        mark, *stands = point
        return 0 if mark else 1 + super().distance(tuple(stands))

    def known(self, facts: Mapping[str, object], distance: int) -> bool:
        return not distance or super().known(facts, distance - 1)

    def leading(self, point: tuple[int, ...], distance: int) -> tuple[str, ...]:
        if distance:
            return super().leading(point[1:], distance - 1)
        setting = self._marked.setting
        return tuple(dict.fromkeys(action.label for action in setting if action.leaves(point)))


def lift(
    space: Space, goal: Node, tries: int = TRIES, walked: Space | None = None
) -> Story | Stopped | None:
    """A shortest story to the goal that steps can walk; None where nothing leads there. If it is
    `walked` with a mark of which the space knows nothing, to where one step more has set that."""
    walked = space if walked is None else walked
    if again := _again(space, goal, walked):
        return again
    found: Story | Stopped | None = None
    for beyond in _NEAR:
        around = space, goal, beyond
        rings = Rings(*around) if walked is space else LastStep(*around, walked)
        if rings.found:
            found = _Walk(walked, rings, tries).found()
            if isinstance(found, Story) and len(found.steps) <= rings.fewest + 1:
                break  # all that are as short as the goal is near were tried before it
    if isinstance(found, Story):
        walked.tell(goal, found, rings.fewest)
    return found


def _again(space: Space, goal: Node, walked: Space) -> Story | None:
    """The story that another law told of this goal, if it runs so under this one, too, and none is
    shorter: as none can be, or as the same clocks run in both."""
    process, known = walked.process, walked.told(goal)
    if known is None:
        return None
    story, fewest = known
    longer = len(story.steps) > fewest and _timed(story.case.process, walked) != _timed(
        process, walked
    )
    if longer:
        return None
    again = _postponed(story, process, walked.watch)
    if again is None:
        return None
    point = walked.point(again.case.states, again.case.facts, again.marks)
    return again if (point[0] if walked is not space else space.sets.holds(goal, point)) else None


def _postponed(story: Story, process: Process, watch: Watch) -> Story | None:
    """The same story, as much later or earlier as a case of this law is opened."""
    by = opening(process) - story.opened

    def moved(facts: Mapping[str, object]) -> Mapping[str, object]:
        return {id: v + by if isinstance(v, date) else v for id, v in facts.items()}

    steps = [evolve(s, at=s.at + by, facts=moved(s.facts)) for s in story.steps]
    return through(process, story.opened + by, moved(story.facts), steps, watch)


def _timed(process: Process, space: Space) -> object:
    """All on which it hangs when something may happen there, beside what rules ask."""
    limits = [(d, values) for at, d, values in kept(process, _limits) if at & space.states.keys()]
    return limits, [moment(day) - opening(process) for day in kept(process, turning)]


def _limits(process: Process) -> tuple[tuple[frozenset[str], Deadline, tuple[object, ...]], ...]:
    """Each limit with the machines in which it runs or at whose events it ends, and the values of
    the parameters that it hangs on."""

    def read(limit: Deadline) -> tuple[frozenset[str], Deadline, tuple[object, ...]]:
        ends = (limit.on_expiry,) if limit.on_expiry else ()
        machines = frozenset((limit.machine, *(process.event(e).home for e in ends)))
        asked = (id for _, kind, id in references(limit) if kind == "parameter")
        return machines, limit, tuple(process.parameter(id).value for id in asked)

    return tuple(map(read, process.deadlines))


class _Walk:
    def __init__(self, space: Space, rings: Rings, tries: int) -> None:
        self.space, self.rings, self._left = space, rings, tries
        self._queue: list[tuple[int, int, int, int, Story]] = []
        self._met: set[object] = set()
        self._number = count()
        self._ways = cache(self._ways_of)

    def found(self) -> Story | Stopped:
        """The first story that arrives, or how far one came."""
        stories = list(self._begun())
        nearest = min(((self._distance(s), s) for s in stories), key=lambda each: each[0])
        for story in stories:
            self._push(story)
        while self._queue and self._left > 0:
            _, distance, _, aside, story = heappop(self._queue)
            if distance == 0:
                return story
            nearest = min(nearest, (distance, story), key=lambda each: each[0])
            for then in self._onward(story, distance - 1 + aside):
                self._push(then)
            if aside < _ASIDE:
                self._put(story, distance, aside + 1)
        return Stopped(nearest[1], self._wanted(*nearest))

    def _begun(self) -> Iterator[Story]:
        """Each way in which the story may begin."""
        space = self.space
        if space.case is not None:
            yield resumed(space.case, space.watch)
            return
        for facts in space.openings():
            yield begun(space.process, opening(space.process), facts, space.watch)

    def _push(self, story: Story) -> None:
        case = story.case
        known = tuple(sorted(case.facts.items(), key=lambda each: each[0]))
        stands = tuple(case.states.values()), known, self._open(story)
        key = (*stands, story.marks, len(case.deadlines()))
        if key not in self._met:
            self._met.add(key)
            self._put(story, self._distance(story), 0)

    def _open(self, story: Story) -> frozenset[str]:
        """The facts that could still be told otherwise than they were: as the case opens, where it
        is not under way already, or with the last step that alters them."""
        process = self.space.process
        found = {fact.id for fact in process.facts} if self.space.case is None else set()
        for step in story.steps:
            event = process.event(step.event)
            found = (found - {*event.outdates}) | {*event.records}
        return frozenset(found)

    def _put(self, story: Story, distance: int, aside: int) -> None:
        steps = len(story.steps)
        heappush(
            self._queue, (steps + distance + aside, distance, next(self._number), aside, story)
        )

    def _distance(self, story: Story) -> int:
        return self.rings.distance(self._point(story))

    def _point(self, story: Story) -> tuple[int, ...]:
        return self.space.point(story.case.states, story.case.facts, story.marks)

    def _wanted(self, distance: int, story: Story) -> tuple[str, ...]:
        """The events that would lead nearer if no clock stood in the way."""
        return self.rings.leading(self._point(story), distance - 1)

    def _onward(self, story: Story, distance: int) -> Iterator[Story]:
        """The story with one more step that leads to this distance."""
        point = self._point(story)
        if distance > self.rings.fewest:
            return
        wanted = self.rings.leading(point, distance)
        for read in self.space.cone.events:
            if read.event in wanted:
                relation, cubes = self._ways(read, point)
                fitting = self._fitting(story, relation, cubes, distance)
                for choice in islice(fitting, _CHOICES):
                    then = self._tried(story, relation, choice, distance)
                    if then is not None:
                        yield then

    def _fitting(
        self, story: Story, relation: Relation, cubes: Iterable[Cube], distance: int
    ) -> Iterator[_Choice]:
        """The ways to bring the event about upon which what is known is so at this distance."""
        outdated = relation.event.outdates
        left = {id: value for id, value in story.case.facts.items() if id not in outdated}
        for choice in _choices(relation, story.case, cubes):
            if self.rings.known({**left, **choice.needed, **choice.recorded}, distance):
                yield choice

    def _ways_of(self, read: ReadFor, point: tuple[int, ...]) -> tuple[Relation, tuple[Cube, ...]]:
        """What one of these events may do where the story stands, and how."""
        relation = self.space.relation(read)
        at = {key: point[level] for key, level in self.space.place.items()}
        ways = (islice(_ways(relation, joint, at), 4 * _CHOICES) for joint in relation.joints)
        return relation, tuple(chain.from_iterable(ways))

    def _tried(
        self, story: Story, relation: Relation, choice: _Choice, distance: int
    ) -> Story | None:
        if choice.needed:
            again = self._supplied(story, choice.needed)
            if again is None:
                return None
            story = again
        event = relation.event
        for by in event.by:
            for at in moments(story.case):
                self._left -= 1
                told = Happened(event.id, by, at, choice.recorded)
                then = went_on(story, told, self.space.watch)
                if then is not None and self._distance(then) <= distance:
                    return then
                if self._left <= 0:
                    return None
        return None

    def _supplied(self, story: Story, needed: Mapping[str, object]) -> Story | None:
        """The story, with these facts recorded at the latest step that could, or known before."""
        opening: dict[str, object] = {}
        more: dict[int, dict[str, object]] = {}
        process = self.space.process
        for fact, value in needed.items():
            altering = [
                number
                for number, step in enumerate(story.steps)
                if fact in process.event(step.event).alters
            ]
            if altering and fact in process.event(story.steps[altering[-1]].event).records:
                more.setdefault(altering[-1], {})[fact] = value
            elif altering or fact in self.space.kept:
                return None
            else:
                opening[fact] = value
        self._left -= 1 + len(story.steps)
        return retold(story, opening, more, self.space.watch)


# -- what to record ----------------------------------------------------------------------------


@frozen
class _Choice:
    """What to record with an event, and what must be known before it."""

    recorded: Mapping[str, object]
    needed: Mapping[str, object]


@frozen
class _Option:
    """What becomes of one fact: it is recorded with the event, or wanted before it, or stays."""

    fact: str
    value: object
    given: bool
    wanted: bool = True


def _choices(relation: Relation, case: Case, cubes: Iterable[Cube]) -> Iterator[_Choice]:
    """How the event can be brought about where the case stands, the simplest first."""
    found: dict[object, _Choice] = {}
    for cube in cubes:
        for options in islice(product(*_options(relation, case, cube)), 4 * _CHOICES):
            recorded = {o.fact: o.value for o in options if o.given}
            needed = {o.fact: o.value for o in options if not o.given and o.wanted}
            found.setdefault(options, _Choice(recorded, needed))
    yield from sorted(found.values(), key=lambda c: (len(c.needed), len(c.recorded)))


def _ways(relation: Relation, joint: Joint, at: Mapping[Key, int]) -> Iterator[Cube]:
    read = relation.reading
    here = {
        place: (at[level.key],)
        for place, level in enumerate(read.levels)
        if level.key[0] in ("machine", "mark")
    }
    yield from read.sets.cubes(read.sets.meet(joint.node, read.sets.cube(here)))


def _options(relation: Relation, case: Case, cube: Cube) -> Iterator[tuple[_Option, ...]]:
    """For each fact that matters here, what may become of it with the event."""
    read = relation.reading
    for place, level in enumerate(read.levels):
        kind, id = level.key
        fact = str(id)
        if kind == "fact" and (place in cube or fact in read.kept):
            values = cube.get(place, range(len(level.values)))
            changes = [c for i in values if isinstance(c := level.values[i], Becoming)]
            yield tuple(_options_of(relation, fact, case, changes))


def _options_of(
    relation: Relation, fact: str, case: Case, changes: Sequence[Becoming]
) -> Iterator[_Option]:
    """As it is, if that will do; recorded with the event, each class once where it is carried;
    else known before."""
    asked, kept = relation.reading.asked[fact], relation.reading.kept.get(fact)
    known = case.facts.get(fact)
    as_it_is = asked.answers(relation.reading.left(fact, known))
    stays = any(not c.given and asked.answers(c) == as_it_is for c in changes)
    if stays:
        yield _Option(fact, None, given=False, wanted=False)
    if not stays or kept is not None:
        allowed = {asked.answers(change) for change in changes}
        told = (c.now for c in reversed(changes) if c.given
                and asked.answers(Becoming(known, c.now, True)) in allowed)  # fmt: skip
        given = {kept and kept.place(value): value for value in told}
        values = (near for value in given.values() for near in _near(asked, value, case))
        yield from (_Option(fact, value, given=True) for value in values)
        if not given and not stays:
            yield _Option(fact, _wanted(asked, known, changes), given=False)


def _near(asked: Asked, value: object, case: Case) -> Iterator[object]:
    """What may be recorded in the place of a value; of a day from which some limit is counted
    first one that is near, so that it has not run out already, and one that is not."""
    if any(asked.fact.id in limit.dates for limit in case.process.deadlines):
        for days in _NEARBY:
            near = asked.fact.parse((case.at + timedelta(days=days)).isoformat()[:10])
            if asked.answers(Becoming(near, near, True)) == asked.answers(
                Becoming(value, value, True)
            ):
                yield near
    yield value


def _wanted(asked: Asked, known: object, changes: Sequence[Becoming]) -> object:
    """What had better been known before; of a set, with all that it holds already, if that will
    do."""
    allowed = {asked.answers(change) for change in changes}
    if isinstance(known, frozenset):
        for more in (change.before for change in changes):
            both = known | more if isinstance(more, frozenset) else known
            if asked.answers(Becoming(both, both, False)) in allowed:
                return both
    return changes[0].before


# -- when ------------------------------------------------------------------------------------------


def opening(process: Process) -> datetime:
    """When the case of a story is opened."""
    since, until = process.since or date(2024, 6, 1), process.until or date.max
    return morning(since, until)


def moments(case: Case) -> Iterator[datetime]:
    """When a step may happen: at once, soon, on the next working day or rest day, as a limit runs
    out, or as other rules come to be law."""
    now = case.at
    yield now + timedelta(hours=1)
    yield from following(now)
    ends = (clock.ends for clock in case.deadlines())
    turns = (moment(day) for day in kept(case.process, turning) if day > now.date())
    yield from sorted({*(max(end, now) for end in ends if end is not None), *turns})
