"""Which states can be reached and which transitions can ever fire.

All machines are followed together: a transition needs a reached source, a guard that can
hold with the others in reached states, and an event that its home machine can let happen.
What is called unreachable here is so; what is called reachable may still need two machines
in a combination that never meets (the exhaustive search over combinations settles that).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..definition import Guard, Machine, Process, Transition
from ..definition.grouped import grouped
from ..definition.guard import InState, atoms
from ..definition.kept import kept
from .cells import Cells, asked_by
from .effort import EFFORT, Effort

Key = tuple[str, str]  # machine id, transition or state id


class Reach:
    """The reached states of each machine, and the transitions that can fire.

    `undecided` are transitions of which that takes too much effort to say; they are taken to fire.
    """

    def __init__(self, process: Process, effort: int = EFFORT) -> None:
        self.process = process
        self.cells = Cells(process)
        self.states: dict[str, dict[str, None]] = {m.id: {} for m in process.machines}
        self.live: set[Key] = set()
        self.undecided: list[Key] = []
        self._effort = Effort(effort)
        self._bounded = self.cells.bounded(self._effort)
        self._happening: set[str] = set()
        self._rules = [(m, t) for m in process.machines for t in m.transitions]
        self.guards = {(m.id, t.id): asked_by(process, t) for m, t in self._rules}
        self._waiting: dict[int, None] = {}  # rules, by their place, that may fire by now
        self._wakes = grouped((about, place) for place, rule in enumerate(self._rules)
                              for about in self._woken_by(*rule))  # fmt: skip
        for machine in process.machines:
            self._come(machine, machine.initial)
        self._follow()

    def _woken_by(self, machine: Machine, rule: Transition) -> Iterable[object]:
        """What must be new for a rule that could not fire to be looked at again."""
        guard = self.guards[machine.id, rule.id]
        asked = (p.machine for p in atoms(guard) if isinstance(p, InState))
        sources = ((machine.id, source) for source in rule.sources)
        return dict.fromkeys([*sources, *asked, ("event", rule.event)])

    def _wake(self, *about: object) -> None:
        for each in about:
            self._waiting.update(dict.fromkeys(self._wakes.get(each, ())))

    def _follow(self) -> None:
        while self._waiting:
            now, self._waiting = sorted(self._waiting), {}
            for machine, rule in map(self._rules.__getitem__, now):
                if (machine.id, rule.id) not in self.live and self._fires(machine, rule):
                    self._add(machine, rule)

    def _fires(self, machine: Machine, rule: Transition) -> bool:
        states = self.states[machine.id]
        reached = [s for s in rule.sources if s in states]
        home = self.process.event(rule.event).home == machine.id
        if not reached or not (home or rule.event in self._happening):
            return False
        key = (machine.id, rule.id)
        here = {**self.states, machine.id: reached}
        fires = self._effort.within(lambda: self._possible(self.guards[key], here))
        if fires is None:
            self.undecided.append(key)
        return fires is not False

    def _possible(self, guard: Guard, reached: Mapping[str, Iterable[str]]) -> bool:
        return self._bounded.first(self.process, guard, reached) is not None

    def _add(self, machine: Machine, rule: Transition) -> None:
        self.live.add((machine.id, rule.id))
        if self.process.event(rule.event).home == machine.id:
            self._happen(rule.event)
        self._come(machine, rule.target)

    def _happen(self, event: str) -> None:
        if event not in self._happening:
            self._happening.add(event)
            self._wake(("event", event))

    def _come(self, machine: Machine, state: str) -> None:
        if state not in self.states[machine.id]:
            self.states[machine.id][state] = None
            self._wake((machine.id, state), machine.id)


def reach(process: Process) -> Reach:
    """What can be reached in this process, worked out once."""
    return kept(process, Reach)
