"""Any process as live `transitions` machines on the user's own model: the one door to it.

For apps that bring their own model and callbacks. Strict where the toolkit is lenient: no
`to_<state>` triggers, a refused event raises, two open ways raise, and a callback that fails
leaves every machine where it was. Every step is read twice, by `Case.step` and by `reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from threading import RLock
from typing import Any, Generic, NoReturn, TypeVar, cast

from ..definition import DiversionFlowError, Machine, Process
from ..definition.arguments import argument, each
from ..definition.extras import needed
from . import driven
from .calendar import moment
from .case import Case, Moment
from .clocks import Clock
from .driven import LiveError
from .explain import Explanation, Refused
from .facts import with_facts
from .journal import moves as moved_in
from .reading import moves
from .view import View

__all__ = ["Disagreement", "LiveCase", "LiveError"]

M = TypeVar("M")
N = TypeVar("N")  # a class method names its model anew


class Disagreement(DiversionFlowError):
    """The live machines and the step read a rule differently: a fault of this library."""


class LiveCase(Generic[M]):
    """A case on a model of the app's own.

    Each machine of the process is an attribute of the model that holds its state id
    (`model.custody == "arrested"`); a model that has none yet gets it, one that says another
    state is refused. Methods `on_enter_<machine>_<state>` and `on_exit_<machine>_<state>` of
    the model are called with the toolkit's event; `after` is called with the model and the new
    case once all machines have moved. What a callback raises undoes the whole call. `idle`
    names methods spelt like callbacks that are meant for other processes.

    Calls from several threads come one after another. One model has one live case at a time,
    until that is given up or `release`d.
    """

    def __init__(
        self,
        process: Process,
        model: M,
        *,
        at: Moment,
        facts: Mapping[str, object] | None = None,
        id: str = "",
        after: Callable[[M, Case], object] | None = None,
        idle: Collection[str] = (),
    ) -> None:
        argument("process", process, Process)
        case = process.open(at=at, facts=facts, id=id)
        self._begin(case, model, after, idle, elsewhere="live_under_way")

    @classmethod
    def of(
        cls,
        case: Case,
        model: N,
        *,
        after: Callable[[N, Case], object] | None = None,
        idle: Collection[str] = (),
    ) -> LiveCase[N]:
        """A case that is under way, on the model that was stored with it."""
        argument("case", case, Case)
        live = cast(LiveCase[N], cls.__new__(cls))
        live._begin(case, model, after, idle, elsewhere="live_elsewhere")
        return live

    def _begin(
        self,
        case: Case,
        model: M,
        after: Callable[[M, Case], object] | None,
        idle: Collection[str],
        elsewhere: str,
    ) -> None:
        self._case, self._model, self._after = case, model, after
        self._lock, self._busy, self._released = RLock(), False, False
        if after is not None:
            driven.require_callback(after, "after", takes=2)
        found = driven.callbacks(model, case.process, frozenset(each("idle", idle, str)))
        self._machines = {m.id: _live(m, model, found) for m in case.process.machines}
        driven.take(model, self)
        try:
            driven.require_standing(model, case, elsewhere)
            with driven.restored(model, self._machines):
                driven.put(model, case.states)
        except BaseException:
            driven.let_go(model)
            raise

    # -- where we are -----------------------------------------------------------------

    @property
    def model(self) -> M:
        """The app's model."""
        return self._model

    @property
    def case(self) -> Case:
        """The case as it stands."""
        with self._lock:
            return self._case

    def states(self) -> dict[str, str]:
        """Machine id → the state that the model says it is in; empty where it says nothing."""
        return {machine: getattr(self._model, machine, "") for machine in self._machines}

    def enabled(self, by: str | None = None, *, at: Moment | None = None) -> tuple[str, ...]:
        """The events that may happen now, as `Case.enabled` says."""
        return self._standing().enabled(by, at=at)

    def explain(
        self,
        event: str,
        *,
        by: str,
        at: Moment | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> Explanation:
        """Why the event may or may not happen now, as `Case.explain` says."""
        return self._standing().explain(event, by=by, at=at, facts=facts)

    def deadlines(self) -> tuple[Clock, ...]:
        """The clocks that are running, the next to run out first."""
        return self._standing().deadlines()

    def view(self, agency: str) -> View:
        """What this agency may see of the case."""
        return self._standing().view(agency)

    # -- what happens -----------------------------------------------------------------

    def step(
        self, event: str, *, by: str, at: Moment, facts: Mapping[str, object] | None = None
    ) -> Case:
        """Move the model as `Case.step` would move the case; Refused changes nothing."""
        with self._moving():
            self._step(event, by, at, facts)
            return self._case

    def advance(self, *, to: Moment) -> Case:
        """Move the model through everything that happens by operation of law up to `to`.

        LiveError where a case of a history would come under another version before: its machines
        may be others. Nothing has moved then.
        """
        with self._moving():
            changes = self._case.law_changes
            if changes is not None and changes <= moment(to, "to"):
                raise LiveError("live_law_changes", moment=changes)
            reached = self._case.advance(to=to)
            for entry in reached.journal[len(self._case.journal) :]:
                self._step(entry.event, entry.by, entry.at, None)
            driven.require_untouched(self._model, reached)
            self._case = reached
            return reached

    def release(self) -> None:
        """Let the model go, as it stands; another live case may drive it, this one no more."""
        with self._lock:
            self._require_rest()
            if not self._released:  # else the model may be another's by now
                driven.let_go(self._model)
            self._released = True

    def _step(self, event: str, by: str, at: Moment, facts: Mapping[str, object] | None) -> None:
        chosen, new = self._read_twice(event, by, at, facts)
        for machine, rule in chosen.items():
            self._machines[machine].events[event].trigger(self._model, chosen=rule)
        self._case = new
        driven.require_untouched(self._model, new)
        if self._after is not None:
            driven.call(self._after, "after", self._model, new)
            driven.require_untouched(self._model, new)

    def _read_twice(
        self, event: str, by: str, at: Moment, facts: Mapping[str, object] | None
    ) -> tuple[dict[str, str], Case]:
        case, when = self._case, moment(at)
        event, by = case._program.require_event(event), case._program.require_agency(by)
        recorded = with_facts(case, event, facts)
        chosen = moves(case, event, by, when, recorded)
        try:
            new = case.step(event, by=by, at=when, facts=facts)
        except Refused:
            if chosen is not None:
                raise Disagreement("live_disagreement", event=event) from None
            raise
        if chosen != {moved.machine: moved.transition for moved in moved_in(new)}:
            raise Disagreement("live_disagreement", event=event)
        return chosen, new

    @contextmanager
    def _moving(self) -> Iterator[None]:
        """One call at a time, of which all or nothing happens."""
        with self._lock:
            self._require_rest()
            before = self._standing()
            self._busy = True
            try:
                with driven.restored(self._model, self._machines):
                    yield
            except BaseException:
                self._case = before
                raise
            finally:
                self._busy = False

    def _require_rest(self) -> None:
        if self._busy:  # the lock lets its own thread in: a callback calls us
            raise LiveError("live_reentrant")

    def _standing(self) -> Case:
        """The case, sure that the model stands where it does; a callback may see it half-way."""
        with self._lock:
            if self._released:
                raise LiveError("live_released")
            if not self._busy:
                driven.require_untouched(self._model, self._case)
            return self._case

    def __repr__(self) -> str:
        return f"<LiveCase of {self._case!r}>"

    def __reduce__(self) -> NoReturn:
        # A copy would be a second live case on one model.
        raise LiveError("live_copied")


def _live(machine: Machine, model: object, found: Collection[str]) -> Any:
    """A `transitions` machine whose rules are this machine's, one for each source."""
    live = _toolkit()(
        model=None,
        states=[_state(machine.id, state.id, model, found) for state in machine.states],
        initial=machine.initial,
        auto_transitions=False,
        send_event=True,
        model_attribute="",
    )
    for transition in machine.transitions:
        for source in transition.sources:
            live.add_transition(transition.event, source, transition.target, rule=transition.id)
    # Only now: the toolkit would take no event of the attribute's name.
    live.model_attribute = machine.id
    return live


def _state(machine: str, state: str, model: object, found: Collection[str]) -> dict[str, Any]:
    """The state, with the methods that the model defines for it."""
    named = {kind: driven.callback_name(kind, machine, state) for kind in ("on_enter", "on_exit")}
    return {
        "name": state,
        **{kind: _calling(model, name) for kind, name in named.items() if name in found},
    }


def _calling(model: object, name: str) -> Callable[[object], None]:
    return lambda event: driven.call(getattr(model, name), name, event)


@cache
def _toolkit() -> Any:
    """The toolkit's machine, in which a rule fires only when it is chosen."""
    with needed("machines"):
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

        def set_state(self, state: Any, model: Any = None) -> None:
            super().set_state(state, [model])  # a model that is itself a list is one model

    return Strict
