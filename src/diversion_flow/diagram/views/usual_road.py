"""The road of a process that tells of none: the events of its usual course, in the order of the
stages, in the rows of those who report them."""

from __future__ import annotations

from collections.abc import Iterator

from ...definition import Act, Group, Process, Road
from .numbering import route_of


def road_of(process: Process) -> Road:
    """The road as the process tells it, or else as its main route does."""
    return process.road if process.road is not None and process.road.acts else _usual(process)


def _usual(process: Process) -> Road:
    acts = tuple(_acts(process)) if process.agencies else ()
    rows = {act.by for act in acts}
    seen = (agency for agency in process.agencies if agency.id in rows)
    return Road(tuple(Group(agency.label, (agency.id,)) for agency in seen), acts)


def _acts(process: Process) -> Iterator[Act]:
    """One act an event, by stage; those of no stage stand where the route has them."""
    stages = {stage.id: n for n, stage in enumerate(process.stages)}
    found: dict[str, Act] = {}
    for machine, rule in route_of(process):
        state = machine.state
        stage = state(rule.target).stage or state(rule.sources[0]).stage
        event = process.event(rule.event)
        by = event.by[0] if event.by else state(rule.target).holder or process.agencies[0].id
        paper = rule.papers[0] if rule.papers else None
        found.setdefault(event.id, Act(event.label, by, stage, (event.id,), paper))
    reached = 0
    placed = []
    for act in found.values():
        reached = reached if act.stage is None else stages[act.stage]
        placed.append((reached, act))
    yield from (act for _, act in sorted(placed, key=lambda pair: pair[0]))
