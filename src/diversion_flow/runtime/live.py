"""Any process as live `transitions` machines on the user's own model: the one door to it.

For apps that bring their own model and callbacks. Strict where the toolkit is lenient: no
`to_<state>` triggers, a refused event raises, two open ways raise, and a callback that fails
leaves every machine where it was. It decides by itself, reading the guards as trees, so that
tests can hold it against `Case.step`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from ..definition import DiversionFlowError, Machine, Process, Transition
from ..definition.guard import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Guard,
    Includes,
    InState,
    Known,
    Member,
    Not,
    OnWorkingDay,
    ParameterIs,
    ParameterRef,
    Running,
)
from .asking import Asking
from .calendar import is_rest_day, moment
from .case import Case, Moment
from .clause import in_force, whole_guard
from .clocks import clock
from .explain import Refused
from .facts import with_facts
from .logic import OPERATORS
from .objections import held_up

Callback = Callable[[Any, Case], None]


class Disagreement(DiversionFlowError):
    """The live machines and the step moved differently: a fault of this library."""


class LiveCase:
    """A case on a model of the app's own.

    Each machine of the process is an attribute of the model that holds its state id
    (`model.custody == "arrested"`). Methods `on_enter_<machine>_<state>` and
    `on_exit_<machine>_<state>` of the model are called by the toolkit; `after` is called
    with the model and the new case once all machines have moved.
    """

    def __init__(
        self,
        process: Process,
        model: Any,
        *,
        at: Moment,
        facts: Mapping[str, object] | None = None,
        id: str = "",
        after: Callback | None = None,
    ) -> None:
        self.case = process.open(at=at, facts=facts, id=id)
        self.model = model
        self._after = after
        self._machines = {m.id: _live(m, model) for m in process.machines}

    def step(
        self, event: str, *, by: str, at: Moment, facts: Mapping[str, object] | None = None
    ) -> Case:
        """Move the model as `Case.step` would move the case; Refused changes nothing."""
        case, when = self.case, moment(at)
        recorded = with_facts(case, event, facts) if facts else case._facts
        moves = self._moves(event, by, when, recorded)
        if moves is None:
            raise Refused(case, event, by, when, recorded)
        before = {machine: getattr(self.model, machine) for machine in self._machines}
        try:
            for machine in moves:
                self._machines[machine].events[event].trigger(self.model, chosen=moves[machine].id)
            self.case = self._agreed(case.step(event, by=by, at=when, facts=facts))
            if self._after is not None:
                self._after(self.model, self.case)
        except BaseException:
            self.case = case
            for machine, state in before.items():
                setattr(self.model, machine, state)
            raise
        return self.case

    def states(self) -> dict[str, str]:
        """Machine id → the state that the model is in."""
        return {machine: getattr(self.model, machine) for machine in self._machines}

    def _agreed(self, case: Case) -> Case:
        if dict(case.states) != self.states():
            raise Disagreement(f"{case!r} and the model stand differently")
        return case

    def _moves(
        self, event: str, by: str, at: datetime, facts: tuple[Any, ...]
    ) -> dict[str, Transition] | None:
        """The one transition of each machine that moves; None if the event is not enabled."""
        process = self.case.process
        definition = process.event(event)
        if by not in definition.by or at < self.case.at or held_up(Asking(self.case, at), event):
            return None
        found = {}
        for machine in process.machines:
            held = [t for t in self._leaving(machine, event) if self._holds(t, at, facts)]
            if len(held) > 1 or (not held and machine.id == definition.home):
                return None
            if held:
                found[machine.id] = held[0]
        return found

    def _leaving(self, machine: Machine, event: str) -> list[Transition]:
        live = self._machines[machine.id]
        if event not in live.events:
            return []
        state = getattr(self.model, machine.id)
        return [machine.transition(t.rule) for t in live.events[event].transitions.get(state, ())]

    def _holds(self, transition: Transition, at: datetime, facts: tuple[Any, ...]) -> bool:
        process = self.case.process
        if not in_force(process, transition, at.date()):
            return False
        return _Reading(self.case, at, facts).of(whole_guard(process, transition)) is True


def _live(machine: Machine, model: Any) -> Any:
    """A `transitions` machine whose rules are this machine's, one for each source."""
    import transitions

    class Rule(transitions.Transition):
        """Knows the id of the rule it stands for, and fires only when that is chosen."""

        def __init__(self, source: str, dest: str, *toolkit: Any, rule: str) -> None:
            self.rule = rule
            chosen: Any = self._chosen
            super().__init__(source, dest, chosen, *toolkit[1:])

        def _chosen(self, event: Any) -> bool:
            return bool(event.kwargs["chosen"] == self.rule)

    class Strict(transitions.Machine):
        transition_cls = Rule

    live = Strict(
        model=None,
        states=[_callbacks(machine, state.id, model) for state in machine.states],
        initial=machine.initial,
        auto_transitions=False,
        send_event=True,
        model_attribute=machine.id,
    )
    for transition in machine.transitions:
        for source in transition.sources:
            live.add_transition(transition.event, source, transition.target, rule=transition.id)
    # Set, not add: a model that is added gets triggers that bypass LiveCase.
    live.set_state(machine.initial, model)
    return live


def _callbacks(machine: Machine, state: str, model: Any) -> dict[str, Any]:
    """The state, with the methods that the model defines for it."""
    named = {kind: f"{kind}_{machine.id}_{state}" for kind in ("on_enter", "on_exit")}
    return {"name": state, **{kind: name for kind, name in named.items() if hasattr(model, name)}}


class _Reading:
    """Answers a guard by walking its tree: slow, plain, and independent of the tables."""

    def __init__(self, case: Case, at: datetime, facts: tuple[Any, ...]) -> None:
        self._case, self._at, self._facts = case, at, facts
        self._process = case.process

    def of(self, guard: Guard) -> bool | None:
        """True, False, or None where a fact that matters is not known."""
        if isinstance(guard, AllOf):
            return self._decided([self.of(part) for part in guard.guards], by=False)
        if isinstance(guard, AnyOf):
            return self._decided([self.of(part) for part in guard.guards], by=True)
        if isinstance(guard, Not):
            inner = self.of(guard.guard)
            return None if inner is None else not inner
        if isinstance(guard, Compare | Member | Includes):
            return self._about_fact(guard)
        return self._plain(guard)

    @staticmethod
    def _decided(answers: list[bool | None], *, by: bool) -> bool | None:
        if by in answers:
            return by
        return None if None in answers else not by

    def _about_fact(self, guard: Compare | Member | Includes) -> bool | None:
        value = self._facts[self._case._program.fact_index[guard.fact]]
        if isinstance(guard, Compare):
            bound: Any = guard.value
            if isinstance(bound, ParameterRef):
                bound = self._process.parameter(bound.id).value
                if bound is None:
                    return True
            return None if value is None else OPERATORS[guard.operator](value, bound)
        if value is None:
            return None
        return value in guard.values if isinstance(guard, Member) else guard.value in value

    def _plain(self, guard: Guard) -> bool | None:
        if isinstance(guard, Always):
            return True
        if isinstance(guard, InState):
            return self._case.state(guard.machine) in guard.states
        if isinstance(guard, ParameterIs):
            return self._process.parameter(guard.parameter).value == guard.value
        if isinstance(guard, Known):
            return self._facts[self._case._program.fact_index[guard.fact]] is not None
        if isinstance(guard, OnWorkingDay):
            return not is_rest_day(self._at.date())
        assert isinstance(guard, Running)
        running = clock(self._case, guard.deadline)
        return running is not None and not running.passed(self._at)
