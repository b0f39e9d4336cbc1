"""Watching steps from outside: what was tried, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from ..definition.frozen import frozen

if TYPE_CHECKING:
    from .asking import Asking
    from .case import Case


@frozen
class Attempted:
    """One step that was taken or tried: what was asked, by whom, the case after (None: refused).

    `asked` is the case before, with the moment and the facts of the step.
    """

    asked: Asking
    event: str
    by: str
    after: Case | None


Observer = Callable[[Attempted], None]

_OBSERVERS: ContextVar[tuple[Observer, ...]] = ContextVar("observers", default=())
watching: list[Observer] = []  # everybody, anywhere: what a step asks first, for it costs least


@contextmanager
def observing(observer: Observer) -> Iterator[None]:
    """While in this, the observer is told of every step of every case; steps work as ever."""
    token = _OBSERVERS.set((*_OBSERVERS.get(), observer))
    watching.append(observer)
    try:
        yield
    finally:
        watching.remove(observer)
        _OBSERVERS.reset(token)


def tell(asked: Asking, event: str, by: str, after: Case | None) -> None:
    """Tell everybody who is watching from here."""
    for observer in _OBSERVERS.get():
        observer(Attempted(asked, event, by, after))
