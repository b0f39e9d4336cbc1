"""A process and a property in; proved, broken with a story, or not settled out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from enum import Enum
from typing import Final, Literal

from attrs import field, frozen

from ..definition import Guard, Process, any_of, every, machine
from ..definition.arguments import argument, each, number_of
from ..definition.guard import Missed, Named, Narrows, Running, atoms
from ..definition.kept import kept
from ..definition.pattern import Pattern
from ..definition.property import Property, require_property
from ..runtime.case import Case
from ..runtime.clause import endings, rests, whole_guard
from .cone import whole
from .diagram import Exhausted, Node
from .lifting import TRIES, Stopped, lift
from .reading import fact_of
from .space import EFFORT, Memory, Space, followed
from .walking import Story
from .watch import Watch, watch

_MORE: Final = 10  # what is carried more makes a step so much dearer: a part is tried of it


class Assumed(Enum):
    """What an answer takes for granted."""

    RULES = "rules"  # nothing is recorded but what the rules allow
    OPENING = "opening"  # a case opens with nothing known of what events record
    FAIR = "fair"  # what may happen again and again happens at last
    FREE = "free"  # what is not carried of the facts can become whatever a way asks for
    UNTIMED = "untimed"  # that a way is left is said without clocks
    FOLLOWED = "followed"  # at rest are the machines that matter to the question


# It takes more steps than it was given, or no step could be found where the story stops.
Why = Literal["effort", "not_walked"]


@frozen
class Proved:
    """It holds of every course; where something was looked for, a `story` leads to it."""

    property: Property
    assumed: tuple[Assumed, ...]
    effort: int
    story: Story | None = None


@frozen
class Broken:
    """It does not hold. The `story`, walked by steps, shows it; None where what was looked for
    does not exist."""

    property: Property
    story: Story | None
    assumed: tuple[Assumed, ...]
    effort: int


@frozen
class NotSettled:
    """Nobody can say: it takes more `effort` than was given, or no step could be found where the
    `story` stops (`not_walked`), which should go on with one of the events `next`."""

    property: Property
    why: Why
    assumed: tuple[Assumed, ...]
    effort: int
    story: Story | None = None
    next: tuple[str, ...] = field(default=())


Answer = Proved | Broken | NotSettled


def prove(
    of: Process | Case,
    asked: Property,
    *,
    facts: Collection[str] = (),
    effort: int = EFFORT,
    tries: int = TRIES,
) -> Answer:
    """Whether the property holds of every course that a case of this process can take; of a case
    under way, of every course on which it may go on from where it stands.

    Of `facts`, beside those that the property asks for, it is carried from event to event what
    they are; any other may be anything whenever a rule asks for it. `effort` is how much may
    be worked out (each time a node is worked out of others is one), `tries` how many steps may be
    tried for a story.
    Raises DefinitionError for a property that speaks of what the process does not have, UnknownId
    for a fact that it does not have.
    """
    argument("of", of, Process, Case)
    argument("asked", asked, Property)
    case = of if isinstance(of, Case) else None
    process = of.process if isinstance(of, Case) else of
    require_property(process, asked)
    facts = tuple(process.fact(id).id for id in each("facts", facts, str))
    effort, tries = number_of("effort", effort), number_of("tries", tries)
    limits: tuple[Guard, ...] = ()
    answer = _proved(process, asked, facts, limits, effort, tries, case)
    while more := [*_in_the_way(answer, process, case, {*facts, *limits})]:
        facts += tuple(one for one in more if isinstance(one, str))
        limits += tuple(one for one in more if not isinstance(one, str))
        given = effort // _MORE if case else effort
        again = _proved(process, asked, facts, limits, given, tries // _MORE, case)
        if isinstance(again, NotSettled) and again.why == "effort":
            break
        answer = again
    return answer


def _proved(
    process: Process, asked: Property, facts: tuple[str, ...], limits: tuple[Guard, ...],
    effort: int, tries: int, case: Case | None,
) -> Answer:  # fmt: skip
    space = space_of(process, asked, effort, facts, case, limits=limits)
    try:
        return _answer(space, asked, tries)
    except Exhausted:
        return NotSettled(asked, "effort", _assumed(space), effort)


def _in_the_way(
    answer: Answer, process: Process, case: Case | None, followed: Collection[str | Guard]
) -> Iterator[str | Guard]:
    """On what it hangs that a story stops where it does, and that is not followed so far: limits
    that rules ask for; of a case under way also facts, for nobody can tell anew what it knows."""
    if isinstance(answer, NotSettled):
        rules = (r for m in process.machines for r in m.transitions if r.event in answer.next)
        asked = dict.fromkeys(atoms(*(whole_guard(process, rule) for rule in rules)))
        limits = (atom for atom in asked if isinstance(atom, Running | Missed))
        facts = dict.fromkeys(map(fact_of, asked)) if case is not None else ()
        yield from (one for one in (*limits, *facts) if one is not None and one not in followed)


def prove_each(
    process: Process, asked: Iterable[Property], *, effort: int = EFFORT, tries: int = TRIES
) -> Iterator[Answer]:
    """The answers of `prove`, one by one. What can be reached by some machines is worked out once
    for all that is never to happen or to be so there; the `effort` of an answer is what that took
    when it was, for this question or one before it."""
    argument("process", process, Process)
    effort, tries = number_of("effort", effort), number_of("tries", tries)
    yield from answers(process, each("asked", asked, Property), Memory(), effort, tries)


def answers(
    process: Process,
    asked: Iterable[Property],
    memory: Memory,
    effort: int = EFFORT,
    tries: int = TRIES,
) -> Iterator[Answer]:
    """The same, with the `memory` of laws that were asked before: what this one reads as they do
    is not worked out again."""
    for one in asked:
        found = _alike(process, one, effort, tries, memory)
        yield found or prove(process, one, effort=effort, tries=tries)


def _alike(
    process: Process, asked: Property, effort: int, tries: int, memory: Memory
) -> Answer | None:
    """The answer, with what is known of other questions and laws; None where it takes more than
    the effort to go on from that, or what stands in the way of a story has to be followed."""
    require_property(process, asked)
    space = space_of(process, asked, effort, memory=memory)
    try:
        answer = _answer(space, asked, tries)
    except Exhausted:
        return None
    return None if isinstance(answer, NotSettled) else answer


def never(
    process: Process, asked: Property | Watch, facts: Collection[str], effort: int,
    memory: Memory | None = None,
) -> bool:  # fmt: skip
    """Whether it is proved that it is never met, whatever is known as a case opens; no story is
    sought."""
    space = space_of(process, asked, effort, facts, memory=memory, anyhow=True)
    try:
        return not met(space)[1]
    except Exhausted:
        return False


def sought(
    process: Process, asked: Property | Watch, facts: Collection[str], effort: int, tries: int,
    memory: Memory | None = None,
) -> Story | None:  # fmt: skip
    """A story by which it is met, whatever is known as a case opens; None where none is found."""
    space = space_of(process, asked, effort, facts, memory=memory, anyhow=True)
    try:
        at, goal = met(space)
        found = lift(at, goal, tries, space if space.watch.next else at) if goal else None
    except Exhausted:
        return None
    return found if isinstance(found, Story) else None


def met(space: Space) -> tuple[Space, Node]:
    """Where the property is broken; where it is met, if something is looked for. If nothing has to
    be remembered of the course to tell, that is of a space without marks, which many questions
    have in common: where it stands so, or where one step more would set the one mark."""
    if space.watch.forgetful:
        plain = space.plain
        if not space.watch.next:
            return plain, plain.sets.meet(plain.reached, plain.marked(space.watch.fault))
        if not space.sets.meet(space.start, goal_of(space)):
            return plain, plain.sets.meet(plain.reached, _last_steps(space))
    return space, space.sets.meet(space.reached, goal_of(space))


def _last_steps(space: Space) -> Node:
    """Where, nothing remembered, a step would set the one mark."""
    sets, mark = space.plain.sets, space.place["mark", 0]
    return sets.any_of(
        sets.cube({level - 1: pairs for level, pairs in act.levels.items() if level != mark})
        for act in space.setting
    )


def space_of(
    process: Process,
    asked: Property | Watch,
    effort: int = EFFORT,
    facts: Collection[str] = (),
    case: Case | None = None,
    memory: Memory | None = None,
    anyhow: bool = False,
    limits: Iterable[Guard] = (),
) -> Space:
    """The configurations that matter to the property, with its marks, these facts and the bounds
    of these limits; from where a case stands, if one is given, or from an opening with anything
    known."""
    marks = watch(process, asked, limits) if isinstance(asked, Property) else asked
    guards = [*marks.guards(), *(_about(process, facts) if facts else ())]
    return Space(process, machines(process, marks), guards, marks, effort, case, memory, anyhow)


def _about(process: Process, facts: Collection[str]) -> Iterator[Guard]:
    """What the rules ask about these facts."""
    rules = (whole_guard(process, rule) for m in process.machines for rule in m.transitions)
    yield from (
        atom
        for atom in atoms(*rules)
        if fact_of(atom) in facts and not isinstance(atom, Named | Narrows)
    )


def _answer(space: Space, asked: Property, tries: int) -> Answer:
    sought, assumed = asked.pattern is Pattern.REACHABLE, _assumed(space)
    at, goal = met(space)
    found = lift(at, goal, tries, space if space.watch.next else at) if goal else None
    took = at.took
    if isinstance(found, Stopped):
        return NotSettled(asked, "not_walked", assumed, took, found.story, found.events)
    if sought is (found is not None):
        return Proved(asked, assumed, took, found)
    return Broken(asked, found, assumed, took)


def goal_of(space: Space) -> Node:
    """Where the property is broken; where it is met, if something is looked for."""
    sets, fault = space.sets, space.marked(space.watch.fault)
    if space.watch.lasting:
        return fault
    lost = sets.meet(fault, space.lost(space.marked(space.watch.well)))
    if not space.watch.ends:
        return lost
    return sets.union(lost, sets.meet(fault, space.holding(resting(space))))


def resting(space: Space) -> Guard:
    """Where a case may be left: the machines that matter are in states of rest, or it has
    ended."""
    rest, ends = (
        [machine(m).in_(*found[m]) for m in space.machines if m in found]
        for found in (rests(space.process), endings(space.process))
    )
    return any_of(every(*rest), *ends) if rest or not ends else any_of(*ends)


def machines(process: Process, watched: Watch) -> Iterator[str]:
    """The machines that matter by themselves to what is watched."""
    asked = [*watched.machines]
    met = followed(process, asked)
    others = (read for read in kept(process, whole).events if read.home not in met)
    yield from (*asked, *(read.home for read in watched.awaited(others)))


def _assumed(space: Space) -> tuple[Assumed, ...]:
    found = [Assumed.RULES]
    if space.kept and space.case is None:
        found.append(Assumed.OPENING)
    if not space.watch.lasting:
        found += [Assumed.FAIR, Assumed.FREE, Assumed.UNTIMED]
        if space.watch.ends:
            found.append(Assumed.FOLLOWED)
    return tuple(found)
