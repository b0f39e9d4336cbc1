"""In whose hands the states of a drawing lie: its lanes as agencies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import Factory, define

from ...definition import Agency
from .names import Names, last_part
from .rules import Rules
from .tracks import Plan

_NO_LANE: Final = "—"  # how our own export names the lane of a state in nobody's hands


def holders(plans: Sequence[Plan], rules: Rules) -> tuple[dict[str, str], dict[str, Agency]]:
    """The agency of each node that is a state, and the agencies by their ids."""
    found = _Holders(rules, Names(rules.drawing.ours))
    for plan in plans:
        found.hold(plan)
    if not found.held:  # somebody must be able to report what happens
        for plan in plans:
            found.hold_all(plan)
    return found.held, {agency.id: agency for agency in found.agencies.values()}


@define
class _Holders:
    """The agencies met so far, by what the drawing calls them."""

    rules: Rules
    names: Names
    agencies: dict[str, Agency] = Factory(dict)
    held: dict[str, str] = Factory(dict)

    def hold(self, plan: Plan) -> None:
        """Each state lies with the agency of its lane; in a pool without lanes, with the pool."""
        pool = plan.pool
        states = [node for node in pool.nodes.values() if node.id in self.rules.states]
        lanes = {node.lane for node in states}
        named: dict[str, str] = {}
        for lane in pool.lanes.values():
            if lane.id not in lanes:
                self.rules.drawing.losses.note("lanes", lane.id)
            elif lane.name != _NO_LANE:
                named[lane.id] = self._agency(lane.id, lane.name)
        for node in states:
            if node.lane in named:
                self.held[node.id] = named[node.lane]
        if not any(lanes):
            self.hold_all(plan)

    def hold_all(self, plan: Plan) -> None:
        """The pool itself is the agency."""
        pool = plan.pool
        for node in pool.nodes.values():
            if node.id in self.rules.states:
                self.held[node.id] = self._agency(pool.participant or pool.id, pool.name)

    def _agency(self, id: str, name: str) -> str:
        """One agency for each name, in whatever pools its lanes are; our own ids say it, too."""
        key = last_part(id) if self.rules.drawing.ours else name or id
        if key not in self.agencies:
            made = self.names.given(id, name, "agency")
            self.agencies[key] = Agency(made, self.rules.pair(name or made))
        return self.agencies[key].id
