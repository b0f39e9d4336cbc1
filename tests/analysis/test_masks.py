"""What a search holds as numbers says the same as the cubes, and leaves out nowhere that a case
comes to."""

from __future__ import annotations

from itertools import combinations, islice
from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import Case, Process, compare, processes
from diversion_flow.analysis.cells import UNKNOWN, Cells, Cube, Question, covers
from diversion_flow.analysis.joint import Joint
from diversion_flow.analysis.masks import Masks
from diversion_flow.analysis.product import End, Goal, Node, Product, _Seen
from diversion_flow.definition import OnEvent
from diversion_flow.definition.guard import Includes
from helpers.chance import attempt, value
from helpers.small import PROCESS

LAW = processes.get("entry_support")
CELLS = Cells(LAW)
FACTS = [q for kind in ("fact", "value", "working day", "deadline") for q in CELLS.asked(kind)]
ERAS = [law for law in processes.versions("entry_support") if law.until]


def some(about: Question) -> st.SearchStrategy[tuple[Question, int]]:
    return st.integers(1, CELLS.full(about) - 1).map(lambda bits: (about, bits))


CUBES = st.lists(st.sampled_from(FACTS).flatmap(some), max_size=5).map(dict)


@given(CUBES, CUBES)
def test_numbers_meet_and_cover_as_cubes_do(one: Cube, other: Cube) -> None:
    masks = Masks(CELLS)
    left, right = masks.of(one), masks.of(other)
    both = CELLS.meet(one, other)
    assert masks.possible(left | right) is (both is not None)
    assert both is None or masks.of(both) == left | right
    assert covers(one, other) is not bool(left & ~right)


@given(CUBES, st.sets(st.sampled_from(sorted({q.id for q in FACTS if q.kind == "fact"}))))
def test_what_is_recorded_anew_is_free_again(cube: Cube, recorded: set[str]) -> None:
    masks = Masks(CELLS)
    kept = {q: b for q, b in cube.items() if q.id not in recorded}
    assert masks.of(cube) & ~masks.about(recorded) == masks.of(kept)


PAIRS = st.lists(st.tuples(st.integers(0, 63), st.integers(0, 63)), max_size=20)
END = End(Goal("any", "worker", (), None), 0, 0, {})


@given(PAIRS)
def test_a_node_is_covered_where_one_looked_at_before_asks_no_more(
    pairs: list[tuple[int, int]],
) -> None:
    seen = _Seen(lambda _: None)
    nodes = [Node(elsewhere, facts, END) for elsewhere, facts in pairs]
    new = [node for node in nodes if seen.new(node)]
    assert [(node.elsewhere, node.facts) for node in new] == list(dict.fromkeys(pairs))
    for place, node in enumerate(new):
        asks_no_more = (not one.elsewhere & ~node.elsewhere and not one.facts & ~node.facts
                        for one in new[:place])  # fmt: skip
        assert seen.covered(node) is any(asks_no_more)
        seen.looked_at(node)


def test_what_was_met_by_more_steps_does_not_hide_the_same_by_fewer() -> None:
    seen = _Seen(lambda _: None)
    met = [seen.new(Node(1, 1, END, length=length)) for length in (5, 4, 4, 5, 3)]
    assert met == [True, True, False, False, True]


def test_the_more_nodes_are_known_the_more_it_costs_to_look_at_them() -> None:
    spent: list[int] = []
    seen = _Seen(spent.append)
    for bits in combinations(range(30), 2):  # none asks all that another asks
        node = Node(sum(1 << bit for bit in bits), 0, END)
        assert seen.new(node)
        assert not seen.covered(node)
        seen.looked_at(node)
    assert 0 <= sum(spent[:30]) < sum(spent[-30:])


def test_a_question_that_comes_later_excludes_nothing_before() -> None:
    masks = Masks(Cells(PROCESS))
    before = masks.of({})
    later = Question("deadline", "later")
    assert masks.possible(before | masks.of({later: 1}))
    assert not masks.possible(masks.of({later: 1}) | masks.of({later: 2}))


def ways(where: Cube) -> tuple[Product, list[Node]]:
    """The search for a way to where all this is so, and all that it finds."""
    search = Product(PROCESS, PROCESS, SMALL, [Goal("", "", (where,), None)])
    return search, [node for node, _, _ in search.some(3000)]


def stand(case: Case) -> Cube:
    """Where the case stands, and what is known in it."""
    states = (SMALL.standing(machine, [state]) for machine, state in case.states.items())
    asked = (*SMALL.asked("fact"), *SMALL.asked("value"))
    known = {q: SMALL.of_value(q, case.facts.get(q.id)) for q in asked}
    return {q: bits for cube in (*states, known) for q, bits in cube.items()}


SMALL = Cells(PROCESS)


@pytest.mark.parametrize("seed", range(40))
def test_a_search_finds_a_way_to_wherever_a_case_comes(seed: int) -> None:
    rnd = Random(seed)
    facts = {f.id: value(f, rnd) for f in PROCESS.facts if rnd.random() < 0.5}
    case = PROCESS.open(at="2024-06-03", facts=facts)
    for _ in range(12):
        assert ways(stand(case))[1]
        event = rnd.choice(PROCESS.events)
        given = {id: value(PROCESS.fact(id), rnd) for id in event.records if rnd.random() < 0.8}
        at = rnd.choice([case.at, *(clock.ends for clock in case.deadlines())])
        case = attempt(case, event.id, by=event.by[0], at=at, facts=given) or case


@pytest.mark.parametrize("machine", ["aftercare", "adjustment"])
def test_nothing_before_an_event_is_nearer_than_that_was_held_to_be(machine: str) -> None:
    """Else a search would look at an event too late, and take up what is farther before."""
    cells = Cells(LAW)
    joint, nodes = Joint(LAW, LAW, cells), [0]
    for state in LAW.machine(machine).states:
        asked = cells.standing(machine, [state.id])
        nodes += [asks.elsewhere for asks in joint.asks("", asked, cells)]
    for node in nodes[1:]:
        for event, least in joint.leading(node, 0):
            for _, there, far, _ in joint.steps(event, node, cells):
                assert least.toil <= far.toil
                assert least.least <= far.least
                nodes += [there] if len(nodes) < 60 else []


@pytest.mark.parametrize("blocked", [False, True])
def test_a_way_that_another_search_found_alters_none_of_what_one_finds(blocked: bool) -> None:
    """Also where it comes to nothing when it is walked, so that none through there is looked at."""

    def found(cells: Cells, block: bool) -> list[list[tuple[str, int, int]]]:
        where = cells.standing("aftercare", ["applied"])
        search = Product(LAW, LAW, cells, [Goal("", "", (where,), None)])
        paths = []
        for node, *_ in islice(search.some(3000), 4):
            path = node.path()
            if block and not paths:
                search.stuck(path[1])
            paths.append([(step.event, step.elsewhere, step.facts) for step in path])
        return paths

    alone, shared = found(Cells(LAW), blocked), Cells(LAW)
    assert found(shared, not blocked) != alone
    assert found(shared, blocked) == alone


def test_while_consent_stands_its_recipients_are_known() -> None:
    """What is named with a step is known from then on."""
    given, unknown = SMALL.standing("consent", ["given"]), Question("fact", "recipients")
    assert ways(given)[1]
    search, found = ways({**given, unknown: SMALL.bits(unknown, (UNKNOWN,))})
    assert not found
    assert search.exhausted


def test_what_one_law_alone_can_tell_was_told_to_no_case_of_both() -> None:
    told = PROCESS.fact("recipients")
    more = evolve(told, choices=(*told.choices, evolve(told.choices[0], id="worker")))
    law = evolve(PROCESS, facts=tuple(more if f is told else f for f in PROCESS.facts))
    cells = Cells(PROCESS, law, guards=[Includes("recipients", "worker")])
    named = {Question("value", "recipients", "worker"): 1}
    for event, accepts, able in (("withdrawn", None, False), ("withdrawn", 1, False),
                                 ("consented", None, False), ("consented", 1, True)):  # fmt: skip
        search = Product(PROCESS, law, cells, [Goal(event, "worker", (named,), accepts)])
        assert any(search.some(3000)) is able
        assert able or search.exhausted


def test_what_only_a_limit_brings_comes_after_that_with_which_it_begins() -> None:
    limit = evolve(PROCESS.deadline("limit"), start=OnEvent(("consented",)))
    law = evolve(PROCESS, deadlines=(limit,))
    cells = Cells(law)
    goal = Goal("lapsed", "worker", (cells.standing("main", ["helped"]),), None)
    found = [node.path() for node, _, _ in Product(law, law, cells, [goal]).some(3000)]
    assert found
    assert all("consented" in {step.event for step in way} for way in found)


@pytest.mark.parametrize("law", ERAS, ids=lambda law: law.version)
def test_nothing_is_left_open_between_an_earlier_law_and_the_latest(law: Process) -> None:
    found = compare(law, LAW)
    assert not found.undecided
    assert found.same_behaviour is not None


def test_what_a_way_has_taken_counts_beside_what_it_still_takes() -> None:
    """By what was left alone, aftercare was asked for twice and an appeal lodged: thirteen events
    until a limit runs that begins with the fourth."""
    [found] = [d for d in compare(ERAS[-2], ERAS[-1]).people if d.deadline == "extension_other"]
    assert [len(witness.steps) for witness in found.witnesses] == [4]
