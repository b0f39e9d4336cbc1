"""The app's own model, as live machines need it: it takes their states, has no misspelt
callback, and is driven by one live case at a time."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from threading import Lock
from typing import Any, Final
from weakref import WeakValueDictionary

from ..definition import DiversionFlowError, Machine, Process
from .case import Case

_KINDS: Final = ("on_enter", "on_exit")
_ALIKE: Final = 0.85  # of their letters: `on_entr_main_b` is meant for a callback, `on_save` is not
_ABSENT: Final = object()


class LiveError(DiversionFlowError):
    """The app's model cannot be driven, is driven already, or was moved by another hand."""


# -- one live case for one model ----------------------------------------------------------------

# Models need be neither hashable nor weakly referable, so they are known by identity: the live
# case, which goes from here when it dies, keeps its model and so its identity until then.
_driving: WeakValueDictionary[int, Any] = WeakValueDictionary()
_lock = Lock()


def take(model: object, live: object) -> None:
    """The model is driven by this live case from now on."""
    if isinstance(model, type):
        raise LiveError("live_class")
    with _lock:
        if _driving.get(id(model)) is not None:
            raise LiveError("live_twice")
        _driving[id(model)] = live


def let_go(model: object) -> None:
    """The model is free for another live case."""
    with _lock:
        _driving.pop(id(model), None)


# -- its states -----------------------------------------------------------------------------------


def require_standing(model: object, case: Case, elsewhere: str) -> None:
    """LiveError where the model does not stand as the case does; where it says nothing, it will.

    `elsewhere` is the sentence for a model that stands in another state of the machine.
    """
    for machine in case.process.machines:
        found, state = getattr(model, machine.id, None), case.state(machine.id)
        if found is None or _same(found, state):
            continue
        if (said := _state(machine, found)) is None:
            raise LiveError("live_name_taken", machine=machine.id)
        raise LiveError(elsewhere, machine=machine.id, found=said, state=state)


def put(model: object, states: Mapping[str, str]) -> None:
    """Write the states into the model; LiveError where it does not take or keep one."""
    for machine, state in states.items():
        try:
            setattr(model, machine, state)
        except Exception as error:  # whatever the app's own setter says
            raise LiveError("live_not_taken", machine=machine) from error
        # A member of an Enum is a text too, but not one that the toolkit finds a state by.
        if type(kept := getattr(model, machine, None)) is not str or kept != state:
            raise LiveError("live_not_kept", machine=machine)


def require_untouched(model: object, case: Case) -> None:
    """LiveError where somebody else has moved the model."""
    for machine in case.process.machines:
        found, state = getattr(model, machine.id, None), case.state(machine.id)
        if _same(found, state):
            continue
        if (said := _state(machine, found)) is None:
            raise LiveError("live_lost", machine=machine.id, state=state)
        raise LiveError("live_moved", machine=machine.id, found=said, state=state)


def _same(found: object, state: str) -> bool:
    return isinstance(found, str) and found == state


def _state(machine: Machine, found: object) -> str | None:
    """The id of the state that this names; anything else is the app's own and never told."""
    return next((state.id for state in machine.states if _same(found, state.id)), None)


@contextmanager
def restored(model: object, names: Collection[str]) -> Iterator[None]:
    """What fails inside leaves these attributes as they were."""
    before = {name: getattr(model, name, _ABSENT) for name in names}
    try:
        yield
    except BaseException:
        for name, value in before.items():
            _set_back(model, name, value)
        raise


def _set_back(model: object, name: str, value: object) -> None:
    now = getattr(model, name, _ABSENT)
    if now is value:
        return
    if value is _ABSENT:
        delattr(model, name)
    else:
        setattr(model, name, value)


# -- its callbacks ---------------------------------------------------------------------------------


def callbacks(model: object, process: Process, idle: Collection[str]) -> frozenset[str]:
    """The names of the model's callbacks, each found fit; `idle` are meant for other processes."""
    meant = _names(process)
    for name in dir(model):
        if name not in meant and name not in idle and _resembles(name, meant):
            nearest = tuple(get_close_matches(name, meant, n=3, cutoff=0))
            raise LiveError("live_callback_unknown", name=name, nearest=nearest)
    found = {name for name in meant if getattr(model, name, None) is not None}
    for name in sorted(found):
        if meant[name] > 1:
            raise LiveError("live_callback_ambiguous", name=name)
        require_callback(getattr(model, name), name, takes=1)
    return frozenset(found)


def callback_name(kind: str, machine: str, state: str) -> str:
    """`on_enter_custody_arrested`."""
    return f"{kind}_{machine}_{state}"


def require_callback(function: object, name: str, *, takes: int) -> None:
    """LiveError unless this is a plain function that can be called with so many arguments."""
    if not callable(function):
        raise LiveError("live_callback_kind", name=name)
    own_call = getattr(type(function), "__call__", None)  # noqa: B004 -- an object's own call
    if _runs_later(function) or _runs_later(own_call):
        raise LiveError("live_callback_async", name=name)
    if not _can_take(function, takes):
        raise LiveError("live_callback_takes", name=name, takes=takes)


def call(function: Callable[..., object], name: str, *given: object) -> None:
    """Call it; LiveError where nothing was done yet: the answer would have to be awaited."""
    answer = function(*given)
    if inspect.isawaitable(answer) or inspect.isgenerator(answer) or inspect.isasyncgen(answer):
        if inspect.iscoroutine(answer):
            answer.close()  # told here, so not once more as never awaited
        raise LiveError("live_callback_async", name=name)


def _names(process: Process) -> dict[str, int]:
    """Each name that a callback can have, and how many states it names."""
    names: dict[str, int] = {}
    for machine in process.machines:
        for state in machine.states:
            for kind in _KINDS:
                name = callback_name(kind, machine.id, state.id)
                names[name] = names.get(name, 0) + 1
    return names


def _resembles(name: str, meant: Collection[str]) -> bool:
    plain = name.lower()
    if plain.startswith(("on_enter_", "on_exit_")):
        return True
    likely = plain.startswith(("on", "enter", "exit"))  # likeness is dear; few names come so far
    return likely and bool(get_close_matches(name, meant, n=1, cutoff=_ALIKE))


def _runs_later(function: object) -> bool:
    asked = inspect.iscoroutinefunction, inspect.isasyncgenfunction, inspect.isgeneratorfunction
    return any(runs(function) for runs in asked)


def _can_take(function: Callable[..., object], number: int) -> bool:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # a builtin that does not say what it takes
        return True
    try:
        signature.bind(*range(number))
    except TypeError:
        return False
    return True
