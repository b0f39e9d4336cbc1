"""In whose hands the states of a drawing lie: its lanes as agencies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import Factory, define

from ...definition import Agency
from .graph import Node
from .model import BY
from .names import Names, last_part
from .rules import Rules
from .source import ITSELF, TEXT, local
from .tracks import Plan

_NO_LANE: Final = "—"  # how our own export names the lane of a state in nobody's hands


def holders(plans: Sequence[Plan], rules: Rules) -> Holders:
    """The agencies in whose hands the states lie."""
    found = Holders(rules, Names(rules.drawing.ours))
    for plan in plans:
        found.hold(plan)
    if not found.held:  # somebody must be able to report what happens
        for plan in plans:
            found.hold_all(plan)
    if rules.drawing.ours:
        found.agencies |= found.reporting()
        found.told = found.messages()
    return found


@define
class Holders:
    """Who holds the states of a drawing, and who else may report what ends them, by node."""

    rules: Rules
    names: Names
    held: dict[str, str] = Factory(dict)
    reporters: dict[str, tuple[str, ...]] = Factory(dict)
    agencies: dict[str, Agency] = Factory(dict)  # by their ids
    told: dict[str, tuple[str, ...]] = Factory(dict)  # by event, in our own export: all reporters
    _known: dict[str, str] = Factory(dict)  # their ids, by what the drawing calls them

    def hold(self, plan: Plan) -> None:
        """Each state lies with whom an engine is told, else with the agency of its lane; in a
        pool without lanes, with the pool."""
        pool = plan.pool
        states = [node for node in pool.nodes.values() if node.id in self.rules.states]
        doing = {node.id: _doing(plan, node) for node in states}
        self._lanes(plan, {node.lane for node in states if not doing[node.id]})
        for node in states:
            if doing[node.id]:
                found = tuple(self._agency("", group) for group in doing[node.id])
                self.held[node.id], self.reporters[node.id] = found[0], found
            elif node.lane and pool.lanes[node.lane].name != _NO_LANE:
                lane = pool.lanes[node.lane]
                self.held[node.id] = self._agency(lane.id, lane.name)
        if not any(node.lane for node in states):
            self.hold_all(plan)

    def _lanes(self, plan: Plan, holding: set[str]) -> None:
        """The lanes that hold something are read, all others are lost."""
        pool = plan.pool
        for lane in pool.lanes.values():
            if lane.id in holding:
                if lane.name != _NO_LANE:
                    self._agency(lane.id, lane.name)
                lane.part.take(ITSELF, "name")
            elif any(lane.part.all("childLaneSet")):
                self.rules.drawing.losses.note("lanes", lane.part)
                lane.part.take(ITSELF)
                if lane.name in {pool.lanes[id].name for id in holding if id}:
                    lane.part.take("name")
            else:
                self.rules.drawing.losses.lose("lanes", lane.part)
            for part in lane.part.all("flowNodeRef"):
                node = pool.nodes.get(local(part.text))
                if node and not (node.id in self.rules.states and _doing(plan, node)):
                    part.take(ITSELF, TEXT)

    def hold_all(self, plan: Plan) -> None:
        """The pool itself is the agency of what is in nobody's hands yet."""
        pool = plan.pool
        for node in pool.nodes.values():
            if node.id in self.rules.states and node.id not in self.held:
                self.held[node.id] = self._agency(pool.participant or pool.id, pool.name)

    def reporting(self) -> dict[str, Agency]:
        """The agencies of our own export that hold nothing, but report something."""
        made = {}
        for part in self.rules.drawing.root.all("resource"):
            part.take(ITSELF, "name")
            part.take_said("documentation")
            label = self.rules.pair(part.get("name"), part.said("documentation"))
            id = self.names.given(part.id, part.get("name"), "agency")
            made[id] = Agency(id, label)
        return made

    def messages(self) -> dict[str, tuple[str, ...]]:
        """Who may report each event, which our own export says with the event's message."""
        found = {}
        for id, part in self.rules.drawing.messages.items():
            by = part.took(BY).split()
            if by and self.agencies.keys() >= {*by}:
                found[self.rules.event_of(id)] = tuple(by)
        return found

    def _agency(self, id: str, name: str) -> str:
        """One agency for each name, in whatever pools its lanes are; our own ids say it, too."""
        key = last_part(id) if self.rules.drawing.ours else name or id
        if key not in self._known:
            made = self._known[key] = self.names.given(id, name, "agency")
            self.agencies[made] = Agency(made, self.rules.pair(name or made))
        return self._known[key]


def _doing(plan: Plan, node: Node) -> tuple[str, ...]:
    """Whom an engine is told for a state; where it waits for one of several events, whoever
    receives any of them."""
    awaits = plan.going(node) if node.kind == "eventBasedGateway" else ()
    caught = (group for link in awaits for group in plan.pool.nodes[link.target].groups)
    return tuple(dict.fromkeys((*node.groups, *caught)))
