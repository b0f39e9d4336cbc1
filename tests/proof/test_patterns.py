"""Are questions answered as their words say? Judged by definitions over whole courses, and by a
search that remembers each of them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest
from attrs import evolve, frozen

from diversion_flow import Case, Process, Text
from diversion_flow.definition import machine
from diversion_flow.definition.files.serial import load_process
from diversion_flow.definition.property import Learns, Occasion, Pattern, Property
from diversion_flow.proof.formula import Now, Was, is_so
from diversion_flow.proof.proving import (
    Broken,
    Proved,
    answers,
    prove,
    prove_each,
    resting,
    space_of,
)
from diversion_flow.proof.space import Memory
from diversion_flow.proof.walking import Happened, Story, begun, meets, went_on
from diversion_flow.proof.watch import watch
from diversion_flow.proof.ways import ways
from diversion_flow.runtime.asking import Asking
from diversion_flow.runtime.provision import provisions
from diversion_flow.runtime.view import view
from diversion_flow.testing.mutation import mutants
from helpers.goldens import GOLDEN
from helpers.random_rules import FACTS as FOUR
from helpers.random_rules import drawn, known, opened, question, reports, ruled, tellable

SEEDS = 320
FACTS = tuple(fact.id for fact in FOUR)


@frozen
class Position:
    """One place of a course: the opening, or a step."""

    before: Case | None
    told: Happened | None
    case: Case

    def meets(self, occasion: Occasion) -> bool:
        if not all(map(self.learns, occasion.learns)):
            return False
        if self.before is None or self.told is None:
            return not occasion.steps and Asking(self.case).holds(occasion.after)
        told = {told.to for told in self.case.process.event(self.told.event).told}
        return (not occasion.told or not told.isdisjoint(occasion.told)) and meets(
            occasion, self.before, self.case, self.told
        )

    def learns(self, learns: Learns) -> bool:
        """As the agency's own view and what was provided to it tell."""
        provided = any(
            p.to == learns.agency and learns.fact in p.facts for p in provisions(self.case)
        )
        seen = learns.fact in view(self.case, learns.agency).facts
        if self.before is None or self.told is None:
            return seen
        recorded = learns.fact in self.told.facts
        own = recorded and self.told.by == learns.agency and learns.fact in self.case.facts
        seen_before = learns.fact in view(self.before, learns.agency).facts
        return own or provided or (seen and (recorded or not seen_before))


Course = tuple[Position, ...]


def courses(process: Process, chance: Random, many: int, most: int) -> Iterator[Course]:
    """So many courses by chance, with no more events than that."""
    openings = list(opened(process))
    for _ in range(many):
        course: Course = (Position(None, None, chance.choice(openings)),)
        yield course
        for _ in range(chance.randint(1, most)):
            further = list(reports(course[-1].case))
            if not further:
                break
            told, after = chance.choice(further)
            course = (*course, Position(course[-1].case, told, after))
            yield course


# -- what the words mean, by quantifiers over positions --------------------------------------------


def stretches(asked: Property, course: Course) -> list[tuple[Course, bool]]:
    """What the property is asked of, and whether it is closed."""
    opens, closes = asked.since_this, asked.until_this
    if closes is None:
        begins = [i for i, p in enumerate(course) if opens is None or p.meets(opens)]
        return [(course[begins[0] :], False)] if begins else []
    ends = [i for i, p in enumerate(course) if p.meets(closes)]
    if opens is None:
        return [(course[: ends[0]], True)] if ends else []
    found, after = [], 0
    for end in ends:
        begins = [i for i in range(after, end) if course[i].meets(opens)]
        if begins:
            found.append((course[begins[0] : end], True))
        after = end + 1
    return found


def broken(asked: Property, part: Course) -> bool:
    """Whether the stretch breaks the property, if nothing more comes."""
    one = [i for i, p in enumerate(part) if p.meets(asked.what)]
    two = [i for i, p in enumerate(part) if asked.then and p.meets(asked.then)]
    early = any(not any(i <= j for i in one) for j in two)
    unanswered = any(not any(j >= i for j in two) for i in one)
    return {
        Pattern.ABSENCE: bool(one),
        Pattern.REACHABLE: bool(one),
        Pattern.EXISTENCE: not one,
        Pattern.PRECEDENCE: early,
        Pattern.RESPONSE: unanswered,
        Pattern.SUCCESSION: early or unanswered,
        Pattern.NOT_COEXISTENCE: bool(one and two),
        Pattern.ONLY_WITH: not set(two) <= set(one),
    }[asked.pattern]


@pytest.mark.slow
@pytest.mark.sampled(every=8)
@pytest.mark.parametrize("tens", range(SEEDS // 40))
def test_the_marks_say_what_the_words_mean(tens: int) -> None:
    verdicts = []
    for seed in range(tens * 40, tens * 40 + 40):
        process = drawn(seed)
        asked = question(process, seed)
        if asked.pattern in (Pattern.POSSIBLE, Pattern.REACHABLE):
            continue  # of these no single course is the judge
        for course in courses(process, Random(seed), many=10, most=8):
            verdicts.append(is_broken(asked, told(process, course, asked)))
            by_words = any(broken(asked, part) for part, _ in stretches(asked, course))
            assert verdicts[-1] == by_words, seed
    assert min(verdicts.count(True), verdicts.count(False)) > 30


def told(process: Process, course: Course, asked: Property) -> list[Story]:
    """The course with its marks, as it grows."""
    watched = watch(process, asked)
    stories = [begun(process, course[0].case.at, course[0].case.facts, watched)]
    for position in course[1:]:
        assert position.told is not None
        further = went_on(stories[-1], position.told, watched)
        assert further is not None
        stories.append(further)
    return stories


def is_broken(asked: Property, stories: list[Story]) -> bool:
    """Whether the marks tell it: for good, as soon as they once did."""
    watched = watch(stories[0].case.process, asked)
    told = [is_so(watched.fault, lambda leaf, s=s: stands(leaf, s)) for s in stories]
    return any(told) if watched.lasting else told[-1]


def stands(leaf: object, story: Story) -> bool:
    if isinstance(leaf, Now):
        return Asking(story.case).holds(leaf.guard)
    assert isinstance(leaf, Was)
    return story.marks[leaf.mark]


# -- every configuration, explicitly ---------------------------------------------------------------


Node = tuple[object, ...]


def searched(process: Process, asked: Property) -> tuple[dict[Node, Story], dict[Node, set[Node]]]:
    """A shortest story to each configuration with its marks, and what may follow upon each."""
    watched = watch(process, asked)
    cases = opened(process, space_of(process, asked, facts=FACTS).kept)
    edge = [begun(process, case.at, case.facts, watched) for case in cases]
    found: dict[Node, Story] = {}
    follows: dict[Node, set[Node]] = {}
    while edge:
        then = []
        for story in edge:
            here = node(story)
            if here in found:
                continue
            found[here] = story
            further = [went_on(story, told, watched) for told in tellable(story.case)]
            allowed = [later for later in further if later is not None]
            follows[here] = set(map(node, allowed))
            then += allowed
        edge = then
    return found, follows


def node(story: Story) -> Node:
    return (*known(story.case), story.marks)


@pytest.mark.slow
@pytest.mark.sampled(every=8)
@pytest.mark.parametrize("tens", range(SEEDS // 20))
def test_the_answer_is_that_of_a_search_that_remembers_every_course(tens: int) -> None:
    answers = []
    for seed in range(tens * 20, tens * 20 + 20):
        process = drawn(seed)
        asked = question(process, seed)
        found, follows = searched(process, asked)
        watched = watch(process, asked)
        faults = {n for n, story in found.items() if is_broken(asked, [story])}
        goal = faults if watched.lasting else ended(process, asked, found, follows, faults)
        if asked.pattern is Pattern.POSSIBLE:
            goal = impossible(asked, found, follows)
        answer = prove(process, asked, facts=[id for id in FACTS if id in process.by_id["fact"]])
        answers.append(type(answer))
        if asked.pattern is Pattern.REACHABLE:
            assert isinstance(answer, Proved if goal else Broken), seed
        else:
            assert isinstance(answer, Broken if goal else Proved), seed
        if goal:
            fewest = min(len(found[n].steps) for n in goal)
            assert answer.story is not None
            assert len(answer.story.steps) == fewest, seed
            assert told_again(process, answer.story) == answer.story.case
    assert {Broken, Proved} <= set(answers)


@pytest.mark.slow
def test_many_questions_are_answered_as_each_alone() -> None:
    shared = []
    for seed in range(8):
        process = drawn(seed)
        asked = [question(process, seed + more) for more in (0, 40, 80, 120)]
        asked += [evolve(a, pattern=Pattern.ABSENCE, then=None, since_this=None, until_this=None)
                  for a in asked]  # fmt: skip
        together = [evolve(a, effort=0) for a in prove_each(process, asked)]
        assert together == [evolve(prove(process, a), effort=0) for a in asked], seed
        shared += map(type, together[4:])
    assert min(shared.count(Proved), shared.count(Broken)) > 3


@pytest.mark.slow
def test_laws_asked_one_after_another_are_answered_as_each_alone() -> None:
    told = []
    for seed in range(6):
        process, known = ruled(seed), Memory()
        asked = [question(process, seed + more) for more in (0, 40, 80)]
        asked = [evolve(a, pattern=Pattern.ABSENCE, then=None, since_this=None, until_this=None)
                 for a in asked if not a.what.rules]  # fmt: skip
        for mutant in Random(seed).sample(list(mutants(process)), 3):
            for law in (process, mutant.apply(process)):
                found = [evolve(a, effort=0) for a in answers(law, asked, known)]
                assert found == [evolve(prove(law, a), effort=0) for a in asked], mutant.id
                told += map(type, found)
    assert min(told.count(Proved), told.count(Broken)) > 3


# In these a fact stands in the way that no question asks for: an event makes it unknown, or it has
# to be told with a step that changes nothing else.
@pytest.mark.parametrize("seed", [2, 22, 25, 58, 93, 105])
def test_the_way_out_is_as_short_as_a_search_finds(seed: int) -> None:
    law, chance = drawn(seed), Random(seed)
    case = chance.choice(list(opened(law)))
    for _ in range(chance.randint(0, 3)):
        case = chance.choice([case, *(after for _, after in reports(case))][-9:])
    for event in law.events:
        story, fewest = ways(case, to=event.id), shortest(case, event.id)
        assert (story and len(story.steps)) == fewest, event.id


def shortest(case: Case, event: str) -> int | None:
    """How many reports it takes until the event has happened."""
    found, edge, depth = {known(case)}, [case], 0
    while edge:
        depth += 1
        further = [one for case in edge for one in reports(case)]
        if any(told.event == event for told, _ in further):
            return depth
        new = {known(after): after for _, after in further if known(after) not in found}
        found |= new.keys()
        edge = list(new.values())
    return None


def ended(
    process: Process, asked: Property, found: dict[Node, Story],
    follows: dict[Node, set[Node]], faults: set[Node],
) -> set[Node]:  # fmt: skip
    """Faults that nothing leads out of, or in which a case may be left."""
    led = set(found) - faults
    while more := {n for n in found if n not in led and not follows[n].isdisjoint(led)}:
        led |= more
    lost = faults - led
    if not watch(process, asked).ends:
        return lost
    rest = resting(space_of(process, asked, facts=FACTS))
    return lost | {n for n in faults if Asking(found[n].case).holds(rest)}


def impossible(
    asked: Property, found: dict[Node, Story], follows: dict[Node, set[Node]]
) -> set[Node]:
    """Within a stretch, with nothing to follow that meets what has to stay possible."""
    courses = {n: positions(story) for n, story in found.items()}
    led = {n for n, course in courses.items() if course[-1].meets(asked.what)}
    while more := {n for n in found if n not in led and not follows[n].isdisjoint(led)}:
        led |= more
    return {n for n, course in courses.items() if n not in led and is_open(asked, course)}


def is_open(asked: Property, course: Course) -> bool:
    """Whether the course stands within a stretch of which the property is asked."""
    open_ = asked.since_this is None
    for position in course:
        if asked.until_this and position.meets(asked.until_this):
            open_ = False
        elif asked.since_this and position.meets(asked.since_this):
            open_ = True
    return open_


def positions(story: Story) -> Course:
    case = story.case.process.open(at=story.opened, facts=dict(story.facts))
    course: Course = (Position(None, None, case),)
    for step in story.steps:
        before, case = case, case.step(step.event, by=step.by, at=step.at, facts=dict(step.facts))
        course = (*course, Position(before, step, case))
    return course


def told_again(process: Process, story: Story) -> Case:
    case = process.open(at=story.opened, facts=dict(story.facts))
    for step in story.steps:
        case = case.step(step.event, by=step.by, at=step.at, facts=dict(step.facts))
    return case


def test_a_step_of_a_track_that_nothing_follows_counts_where_others_spare_a_course() -> None:
    law = load_process(GOLDEN / "small.toml")
    stands, main = Occasion(after=machine("main").in_("helped")), law.machine("main")
    asked = Property("q", Text("問い", "q"), Pattern.ONLY_WITH,
                     Occasion(tuple({rule.event for rule in main.transitions})), stands)  # fmt: skip
    answer = prove(law, asked)
    assert isinstance(answer, Broken)
    assert answer.story is not None
    assert answer.story.events == ("helped", "consented")
    assert space_of(law, evolve(asked, pattern=Pattern.PRECEDENCE)).machines == ("main",)


def test_the_end_of_a_stretch_does_not_make_up_for_what_can_happen_no_more() -> None:
    asked = Property("open", Text("問い", "q"), Pattern.POSSIBLE, Occasion(("lapsed",)),
                     until_this=Occasion(("withdrawn",)))  # fmt: skip
    answer = prove(load_process(GOLDEN / "small.toml"), asked)
    assert isinstance(answer, Broken)
    assert answer.story is not None
    assert answer.story.events == ("helped",)  # under 65: the case is done
