"""What a search holds as numbers says the same as the cubes, and leaves out nowhere that a case
comes to."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import Case, Process, compare, processes
from diversion_flow.analysis.cells import UNKNOWN, Cells, Cube, Question, covers
from diversion_flow.analysis.masks import Mask, Masks
from diversion_flow.analysis.product import Goal, Node, Product
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


def test_a_question_that_comes_later_excludes_nothing_before() -> None:
    masks = Masks(Cells(PROCESS))
    before = masks.of({})
    later = Question("deadline", "later")
    assert masks.possible(before | masks.of({later: 1}))
    assert not masks.possible(masks.of({later: 1}) | masks.of({later: 2}))


def everywhere(law: Process) -> tuple[Product, list[Node]]:
    """All that a search for every state of every machine comes to."""
    cells = Cells(law)
    spots = tuple(cells.standing(m.id, [s.id]) for m in law.machines for s in m.states)
    search = Product(law, law, cells, [Goal("", "", spots, None)])
    nodes, seen = [search.start()], set[tuple[Mask, Mask]]()
    for node in nodes:  # grows while it is walked
        for further in search.after(node):
            if (further.at, further.facts) not in seen:
                seen.add((further.at, further.facts))
                nodes.append(further)
    return search, nodes


def known(cells: Cells, case: Case) -> Cube:
    asked = (*cells.asked("fact"), *cells.asked("value"))
    return {q: cells.of_value(q, case.facts.get(q.id)) for q in asked}


SEARCH, NODES = everywhere(PROCESS)


@pytest.mark.parametrize("seed", range(40))
def test_a_search_comes_wherever_a_case_comes(seed: int) -> None:
    rnd, masks = Random(seed), Masks(SEARCH.cells)
    facts = {f.id: value(f, rnd) for f in PROCESS.facts if rnd.random() < 0.5}
    case = PROCESS.open(at="2024-06-03", facts=facts)
    for _ in range(12):
        there = masks.of(known(SEARCH.cells, case))
        assert any(
            SEARCH.stands(node) == dict(case.states) and masks.possible(node.facts | there)
            for node in NODES
        )
        event = rnd.choice(PROCESS.events)
        given = {id: value(PROCESS.fact(id), rnd) for id in event.records if rnd.random() < 0.8}
        at = rnd.choice([case.at, *(clock.ends for clock in case.deadlines())])
        case = attempt(case, event.id, by=event.by[0], at=at, facts=given) or case


def test_while_consent_stands_its_recipients_are_known() -> None:
    """What is named with a step is known from then on."""
    unknown = SEARCH.cells.bits(Question("fact", "recipients"), (UNKNOWN,))
    masks, given = Masks(SEARCH.cells), []
    for node in NODES:
        if SEARCH.stands(node)["consent"] == "given":
            given.append(
                masks.possible(node.facts | masks.of({Question("fact", "recipients"): unknown}))
            )
    assert given
    assert not any(given)


def test_what_only_a_limit_brings_comes_after_that_with_which_it_begins() -> None:
    ways = [[step.event for step in node.path()] for node in NODES]
    lapsed = [way for way in ways if "lapsed" in way]
    assert lapsed
    assert all("helped" in way[: way.index("lapsed")] for way in lapsed)


@pytest.mark.parametrize("law", ERAS, ids=lambda law: law.version)
def test_nothing_is_left_open_between_an_earlier_law_and_the_latest(law: Process) -> None:
    found = compare(law, LAW)
    assert found.undecided == ()
    assert found.same_behaviour is not None
