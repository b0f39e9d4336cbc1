"""Which states can be reached and which transitions can ever fire.

All machines are followed together: a transition needs a reached source, a guard that can
hold with the others in reached states, and an event that its home machine can let happen.
What is called unreachable here is so; what is called reachable may still need two machines
in a combination that never meets (the exhaustive search over combinations settles that).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from ..definition import Machine, Process, Transition
from ..runtime.clause import whole_guard
from .cells import Cells, Cube

Key = tuple[str, str]  # machine id, transition or state id


class Reach:
    """The reached states of each machine, and the transitions that can fire."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.states: dict[str, list[str]] = {m.id: [m.initial] for m in process.machines}
        self.live: set[Key] = set()
        self._happening: set[str] = set()
        self._cells = cells(process)
        self._cubes = {
            (m.id, t.id): self._cells.holds(process, whole_guard(process, t))
            for m in process.machines
            for t in m.transitions
        }
        while self._grow():
            pass

    def _grow(self) -> bool:
        before = len(self.live)
        for machine in self.process.machines:
            for transition in machine.transitions:
                if (machine.id, transition.id) not in self.live and self._fires(
                    machine, transition
                ):
                    self._add(machine, transition)
        return len(self.live) > before

    def _fires(self, machine: Machine, transition: Transition) -> bool:
        reached = [s for s in transition.sources if s in self.states[machine.id]]
        home = self.process.event(transition.event).home == machine.id
        if not reached or not (home or transition.event in self._happening):
            return False
        cubes = self._cubes[machine.id, transition.id]
        here = {**self.states, machine.id: reached}
        return possible(self._cells, cubes, here) is not None

    def _add(self, machine: Machine, transition: Transition) -> None:
        self.live.add((machine.id, transition.id))
        if self.process.event(transition.event).home == machine.id:
            self._happening.add(transition.event)
        if transition.target not in self.states[machine.id]:
            self.states[machine.id].append(transition.target)


@cache
def cells(process: Process) -> Cells:
    """The cells of one process, cut once."""
    return Cells(process)


def possible(
    cut: Cells, cubes: list[Cube], reached: Mapping[str, Sequence[str]] | None = None
) -> Cube | None:
    """The first of these cubes that can be met with the machines in `reached` states."""
    if reached is None:
        return cubes[0] if cubes else None
    for cube in cubes:
        here: Cube | None = cube
        for about, mask in cube.items():
            if about.kind == "machine" and here is not None:
                here = cut.meet(here, {about: mask & cut.bits(about, reached[about.id])})
        if here is not None:
            return here
    return None


@cache
def reach(process: Process) -> Reach:
    """What can be reached in this process, worked out once."""
    return Reach(process)


def graph(machine: Machine, live: Mapping[Key, Any] | set[Key] | None = None) -> Any:
    """The machine as a networkx graph of states; only its live transitions, if given."""
    import networkx

    drawn = networkx.MultiDiGraph()
    drawn.add_nodes_from(state.id for state in machine.states)
    for transition in machine.transitions:
        if live is None or (machine.id, transition.id) in live:
            drawn.add_edges_from((s, transition.target) for s in transition.sources)
    return drawn


def ending(machine: Machine, live: set[Key]) -> set[str]:
    """The states from which some final state of the machine can be reached."""
    import networkx

    finals = [state.id for state in machine.states if state.final]
    backwards = graph(machine, live).reverse(copy=False)
    found = set(finals)
    for final in finals:
        found |= networkx.descendants(backwards, final)
    return found
