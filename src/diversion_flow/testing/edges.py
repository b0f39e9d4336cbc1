"""Cases for the mistakes that no test notices yet: for each a short one that would show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from attrs import evolve, frozen

from ..analysis.behaviour import Near
from ..analysis.cells import Cells
from ..analysis.limits import limits as running
from ..analysis.product import Goal, Product
from ..analysis.replays import Replays
from ..analysis.witness import Walker, WitnessStep, arrived
from ..definition import Deadline, DiversionFlowError, Process, Text
from ..definition.kept import kept_each
from ..runtime import Case, Refused
from ..scenarios import Expected, Law, Opening, Scenario, Step
from ..scenarios.moments import iso
from ..scenarios.play import passes
from .killing import EFFORT, PolicyTest, killer, of_scenarios
from .mutation import Mutant
from .touring import limits, refusal

_DAYS = 21  # how many other days of opening are tried, for limits that end on a rest day


@frozen
class Edge:
    """A case that shows one mistake."""

    mutant: Mutant
    scenario: Scenario


def edges(process: Process, missed: Iterable[tuple[Mutant, Process]]) -> Iterator[Edge]:
    """For each mistake that was missed, a scenario that fails under it and passes without it;
    nothing for a mistake that a scenario before it shows as well, or that none was found for."""
    found: list[PolicyTest] = []
    near = Near(process)
    for mutant, mutated in missed:
        if killer(process, mutated, mutant, found) is not None:
            continue
        for scenario in _scenarios(near, mutant, mutated):
            if not passes(scenario, mutated) and passes(scenario, process):
                found += of_scenarios((scenario,))
                yield Edge(mutant, scenario)
                break


def joined(id: str, title: Text, found: Sequence[Scenario]) -> Scenario:
    """Several scenarios of one case each as one scenario of several cases."""
    openings, steps = [], []
    for number, scenario in enumerate(found, 1):
        case = f"c{number}"
        openings.append(evolve(scenario.openings[0], case=case))
        steps += [evolve(step, case=case) for step in scenario.steps]
    steps = [evolve(step, number=number) for number, step in enumerate(steps, 1)]
    return evolve(found[0], id=id, title=title, openings=tuple(openings), steps=tuple(steps))


def _scenarios(near: Near, mutant: Mutant, mutated: Process) -> Iterator[Scenario]:
    """What may show the mistake; first what is soon found, as the other days of a limit are."""
    process = near.law
    for kind, id in mutant.touches:
        if kind == "deadline":
            yield from _of_deadline(process, mutant, process.deadline(id))
            # What is counted from, or back from, a day needs one to be told.
            cells = Cells(process, mutated)
            replays = Replays(process, mutated, cells, EFFORT)
            for _, made in running(process, mutated, cells, replays):
                for told in (replay.witness for replay in made if replay.witness is not None):
                    yield _scenario(process, mutant, told.opened, told.facts, told.steps)
    witness = near.behaviour(mutated, EFFORT).witness
    if witness is not None:
        yield _scenario(process, mutant, witness.opened, witness.facts, witness.steps)


def _of_deadline(process: Process, mutant: Mutant, deadline: Deadline) -> Iterator[Scenario]:
    """The way into each state of a deadline, begun on one day after another."""
    for way in kept_each(process, _ways, deadline.id):
        for shift in map(timedelta, range(_DAYS)):
            moved = [evolve(step, at=step.at + shift) for step in way.steps]
            yield _scenario(process, mutant, way.opened + shift, way.facts, moved)


def _ways(process: Process, limit: str) -> tuple[Walker, ...]:
    """The way into each state of a deadline, for every mistake in it."""
    deadline, cells = process.deadline(limit), Cells(process)
    here = ((state, cells.standing(deadline.machine, (state,))) for state in deadline.states)
    return tuple(
        way for state, cube in here
        if cells.all_of([cube], cells.holds(process, deadline.guard))
        and (way := _way(Product(process, process, cells, _into(process, cells, deadline, state))))
    )  # fmt: skip


def _way(product: Product) -> Walker | None:
    return arrived(product, product.some(EFFORT))


def _into(process: Process, cells: Cells, deadline: Deadline, state: str) -> Iterator[Goal]:
    """Rules by which a case comes into the state, with what may start the limit first."""
    machine = process.machine(deadline.machine)
    for rule in sorted(machine.transitions, key=lambda r: r.event not in deadline.begun_by):
        event = process.event(rule.event)
        leads = rule.target == state and event.by and event.home == machine.id
        if leads and (cubes := cells.fires(process, machine, rule)):
            yield Goal(event.id, event.by[0], tuple(cubes), None)


def _scenario(
    process: Process, mutant: Mutant, opened: datetime, facts: Mapping[str, Any],
    walked: Iterable[WitnessStep],
) -> Scenario:  # fmt: skip
    on, facts = opened.date(), _known(facts)
    steps: list[Step] = []
    try:
        case = process.open(at=opened, facts=facts, id="case")
        for number, step in enumerate(walked, 1):
            told = evolve(step, facts=_known(step.facts))
            case, expected = _taken(case, told)
            steps.append(Step(number, "case", _iso(told.at), "filler", told.event, told.by,
                              told.facts, expected=expected))  # fmt: skip
    except DiversionFlowError:
        steps = []
    if steps:
        steps[0] = evolve(steps[0], note=mutant.said)
    return Scenario(
        mutant.id, process.id, on, mutant.said, Text("", ""), (),
        (Opening("case", _iso(opened), facts),), tuple(steps), (Law(on),),
    )  # fmt: skip


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What is told: no file has a word for what is not."""
    return {id: value for id, value in facts.items() if value is not None}


def _taken(case: Case, step: WitnessStep) -> tuple[Case, Expected]:
    try:
        after = case.step(step.event, by=step.by, at=step.at, facts=step.facts)
    except Refused as refused:
        return case, refusal(refused)
    concerned = [m.id for m in case.process.machines
                 if case.state(m.id) != after.state(m.id)
                 or m.on(step.event)]  # fmt: skip
    states = {id: after.state(id) for id in concerned}
    return after, Expected(states=states, deadlines=limits(case, after))


def _iso(at: datetime) -> str:
    return iso(at.replace(tzinfo=None))
