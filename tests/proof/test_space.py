"""Do the configurations that are worked out hold just those that steps come to?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from attrs import evolve, fields

from diversion_flow import DiversionFlowError, Process, processes
from diversion_flow.analysis.reach import reach
from diversion_flow.definition import Basis, Guard, Mark, Text, fact, holds, machine
from diversion_flow.definition.property import Occasion, Pattern, Property
from diversion_flow.proof import Proved, prove
from diversion_flow.proof.diagram import Exhausted
from diversion_flow.proof.space import Memory, Space
from diversion_flow.runtime.clause import whole_guard
from diversion_flow.testing.mutation import mutants
from helpers.chance import attempt, living, value
from helpers.means import means
from helpers.random_rules import explicit, known, opened, ruled, steps
from helpers.small import PROCESS, transition

LAW = processes.in_force("entry_support", on="2024-06-03")


# What is asked later than it is recorded, and some of what decides at once.
CARRIED = (
    holds("caveat_given"), holds("onward_sharing_explained"), holds("prosecutor_objects"),
    fact("consent_recipients").includes("center"), fact("disposition") == "other",
)  # fmt: skip


def guards(process: Process) -> list[Guard]:
    return [whole_guard(process, t) for m in process.machines for t in m.transitions]


def whole(process: Process) -> Space:
    """All machines, all facts carried."""
    return Space(process, carried=guards(process))


def test_what_a_check_calls_unreachable_is_not_reached() -> None:
    known = []
    for seed in range(6):
        space = whole(process := ruled(seed))
        for at in process.machines:
            found = reach(process).states[at.id]
            met = [s.id for s in at.states
                   if space.sets.meet(space.reached, space.standing(at.id, (s.id,)))]  # fmt: skip
            assert found.keys() >= set(met), (seed, at.id)
            known += [len(at.states) - len(met), len(met)]
    assert min(sum(known[::2]), sum(known[1::2])) > 0


@pytest.mark.slow
@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("tens", range(32))
def test_it_is_what_an_explicit_search_finds(tens: int) -> None:
    for seed in range(tens * 10, tens * 10 + 10):
        process = ruled(seed)
        space, found = whole(process), explicit(process)
        names = [m.id for m in process.machines]
        ids = [f.id for f in process.facts]
        points = {
            space.point(
                dict(zip(names, states, strict=True)), dict(zip(ids, facts, strict=True))
            ): depth
            for (states, facts), depth in sorted(found.items(), key=lambda each: -each[1])
        }  # the fewest events last: what is told apart by nothing is one
        assert all(space.sets.holds(space.reached, point) for point in points), seed
        assert space.sets.count(space.reached) == len(points), seed
        layers = list(space.layers())
        for point, depth in points.items():
            assert space.sets.holds(layers[depth], point), seed


def test_what_is_not_carried_is_left_open() -> None:
    for seed in range(40):
        process = ruled(seed)
        exact, wide = whole(process), Space(process)
        shadow = exact.sets.shadow(exact.reached, len(process.machines))
        assert exact.sets.count(shadow) <= wide.sets.count(wide.reached)
        for case in opened(process):
            for after in steps(case):
                assert wide.sets.holds(wide.reached, wide.point(after.states, {}))


@pytest.mark.slow
def test_rules_that_follow_one_another_in_time_never_fire_together() -> None:
    main, consent = PROCESS.machines
    until = (Basis(Mark.READ, "law", "1", until=date(2024, 6, 30)),)
    help_, *others = main.transitions
    for since, together in ((date(2024, 6, 30), True), (date(2024, 7, 1), False)):
        begun = (Basis(Mark.READ, "law", "1", since=since),)
        along = transition("along", "helped", "given", "open", basis=begun)
        law = evolve(PROCESS, machines=(
            evolve(main, transitions=(evolve(help_, basis=until), *others)),
            evolve(consent, transitions=(*consent.transitions, along)),
        ))  # fmt: skip
        both = machine("main").in_("helped") & machine("consent").in_("open")
        moved = Occasion(("helped",), before=machine("consent").in_("given"), after=both)
        asked = Property("never", Text("同時にない", "never together"), Pattern.ABSENCE, moved)
        assert isinstance(prove(law, asked), Proved) is not together


@pytest.mark.slow
def test_no_step_by_chance_leads_out_of_it() -> None:
    spaces = [Space(LAW), Space(LAW, ("consent",), CARRIED)]
    rnd, met = Random(7), set()
    for _ in range(20):
        case = LAW.open(at="2024-06-03T09:00")
        for _ in range(40):
            events = living(LAW, case.possible(), rnd)
            if not events:
                break
            event = LAW.event(rnd.choice(events))
            facts = {f: value(LAW.fact(f), rnd) for f in event.records}
            then = case.at + timedelta(hours=rnd.choice([0, 5, 30, 300]))
            case = (
                attempt(case.advance(to=then), event.id, by=event.by[0], at=then, facts=facts)
                or case
            )
            met.add(known(case)[0])
            for space in spaces:
                assert space.sets.holds(space.reached, space.point(case.states, case.facts))
    assert len(met) > 100


def test_it_is_counted() -> None:
    space = Space(LAW, ("consent",))
    assert {"consent", "custody", "procedure"} <= set(space.machines)
    found, waiting = set(), [next(points(space, space.start))]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            led = space.sets.after(space.sets.point(here), space.onward)
            waiting += points(space, led)
    assert space.sets.count(space.reached) == len(found) > 500
    assert sum(map(space.sets.count, space.layers())) == len(found)


def points(space: Space, node: int) -> Iterator[tuple[int, ...]]:
    """The configurations of a set, one by one."""
    for cube in space.sets.cubes(node):
        sizes = enumerate(space.sets.sizes)
        yield from product(*(cube.get(level, range(size)) for level, size in sizes))


def test_a_question_takes_in_only_what_its_machines_follow() -> None:
    assert set(Space(LAW, ("aftercare",)).machines) < {m.id for m in LAW.machines}
    assert Space(PROCESS, ("consent",)).machines == ("main", "consent")


def test_what_is_alike_between_laws_is_worked_out_once_and_the_rest_anew() -> None:
    shared = changed = 0
    for seed in range(10):
        law = ruled(seed)
        asked = Memory()
        first = Space(law, carried=guards(law), memory=asked)
        assert first.reached
        for mutant in Random(seed).sample(list(mutants(law)), 3):
            other = mutant.apply(law)
            alone, like = whole(other), Space(other, carried=guards(other), memory=asked)
            made = {id(first.relation(read)) for read in first.cone.events}
            shared += sum(id(like.relation(read)) in made for read in like.cone.events)
            changed += like.sets is first.sets and like.reached != first.reached
            told = [s.sets.count(layer) for s in (alone, like) for layer in s.layers()]
            assert told[: len(told) // 2] == told[len(told) // 2 :], (seed, mutant.id)
            assert alone.sets.count(alone.reached) == like.sets.count(like.reached)
    assert shared > 50
    assert changed > 4


def test_laws_that_read_the_same_are_worked_out_once_whatever_was_asked_between() -> None:
    asked, first = Memory(), ruled(1)
    other = next(mutants(first)).apply(first)
    again = evolve(first, version="again", facts=tuple(evolve(f, seen_by=()) for f in first.facts))
    spaces = [Space(law, carried=guards(law), memory=asked) for law in (first, other, again)]
    assert spaces[0].reached == spaces[2].reached != spaces[1].reached
    assert spaces[0].cone is spaces[2].cone
    made = len(spaces[0].sets.kids)
    assert Space(evolve(again), carried=guards(again), memory=asked).reached == spaces[0].reached
    assert len(spaces[0].sets.kids) == made


def test_what_is_read_the_same_of_two_laws_does_the_same() -> None:
    """One field of one part becomes what it is in another part: a cone holds all that matters."""
    alike = Counter[bool]()
    for seed, law in enumerate((PROCESS, ruled(1), ruled(5), means(Random(1)))):
        space, rnd = whole(law), Random(seed)
        for _ in range(60):
            with suppress(DiversionFlowError):
                if (changed := edited(law, rnd)) != law:
                    other = whole(changed)
                    alike[other.cone == space.cone] += 1
                    read = other.cone.events if other.frame == space.frame else ()
                    for event in {*read} & {*space.cone.events}:
                        assert other.relation(event).products == space.relation(event).products
    assert min(alike[True], alike[False]) > 8


def edited(law: Process, rnd: Random) -> Process:
    """The law, one field of one of its parts as it is in another of that kind."""
    machine = rnd.choice(law.machines)
    of_law = [
        (law, name) for name in ("machines", "events", "facts", "deadlines") if getattr(law, name)
    ]
    around, name = rnd.choice([*of_law, (machine, "states"), (machine, "transitions")])
    one, other = rnd.choices(getattr(around, name), k=2)
    field = rnd.choice([f.name for f in fields(type(one)) if f.init and f.name != "id"])
    new = evolve(one, **{field: getattr(other, field)})
    changed = evolve(around, **{name: tuple(new if p is one else p for p in getattr(around, name))})
    if around is law:
        return changed
    return evolve(law, machines=tuple(changed if m is machine else m for m in law.machines))


def test_the_effort_counts_all_that_is_worked_out() -> None:
    needed = Space(LAW, ("consent",))
    assert needed.reached
    took = needed.sets.work.done
    with pytest.raises(Exhausted):
        Space(LAW, ("consent",), effort=took - 1).reached  # noqa: B018
    again = Space(LAW, ("consent",), effort=took)
    assert again.reached
    assert again.sets.work.done == took > 20 * len(needed.sets.kids)  # most of it reads the rules


def test_each_question_has_its_own_effort_whoever_asked_before() -> None:
    asked = Memory()
    assert Space(LAW, ("hospital",), memory=asked).reached
    before = asked.work.done
    assert Space(LAW, ("consent",), memory=asked).reached
    took = asked.work.done - before
    again = Memory()
    for home in ("hospital", "consent"):
        assert Space(LAW, (home,), effort=max(before, took), memory=again).reached
    assert again.work.done == before + took > max(before, took)


def test_a_memory_that_holds_much_begins_anew_and_who_used_it_goes_on() -> None:
    short, long = Memory(300), Memory()
    for law in (first := ruled(1), other := ruled(5), first, other):
        spaces = [Space(law, carried=guards(law), memory=memory) for memory in (short, long)]
        one, two = ([*map(space.sets.count, space.layers())] for space in spaces)
        assert one == two
    assert short.work.done > long.work.done
    assert spaces[0].plain.reached
