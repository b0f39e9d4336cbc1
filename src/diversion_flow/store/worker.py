"""Limits that fire: each one that has run out is settled once, in one transaction with what comes
of it, by however many workers on however many machines."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeAlias

from attrs import field, frozen

from ..definition import CallError
from ..definition.arguments import argument
from ..definition.moments import Moment, moment
from .store import Store
from .values import LimitDue, Settled, StoredCase, called

# A store within a transaction that is committed when the `with` is left, and taken back when it is
# left by an error: `store.writing`, or a function of the app around its own transaction.
Opened: TypeAlias = Callable[[], AbstractContextManager[Store]]
Act: TypeAlias = Callable[[StoredCase, LimitDue], Settled]


@frozen
class Fired:
    """What a worker has done: how many limits were settled, and those of which nothing was kept,
    each with the error that came up."""

    count: int
    failed: tuple[tuple[LimitDue, Exception], ...] = field(repr=False)


def fire(opened: Opened, until: Moment, act: Act) -> Fired:
    """Settle every limit that has run out by `until`, the first of them first, each once.

    `act(case, limit)` says what becomes of it: entries to be kept, and when the next limit runs
    out. It is called within the transaction, so that what it writes by the same connection is
    kept with them or not at all; what it does elsewhere (a letter sent) may happen twice where a
    worker dies in between. A worker that finds another at a case passes it by. What fails is
    taken back, told and passed by; it is due again when `fire` is called next.

    Raises:
        StoreRefused: the disk or the server said no before a limit was found.
    """
    called("opened", opened)
    called("act", act)
    end, count = moment(until, "until"), 0
    limit: LimitDue | None = None
    failed: list[tuple[LimitDue, Exception]] = []
    while True:
        last, limit = limit, None
        try:
            with _transaction(opened) as store:
                limit = store.claim(end, after=last)
                if limit is None:
                    return Fired(count, tuple(failed))
                _settle(store, limit, act)
        except Exception as error:
            if limit is None:
                raise
            failed.append((limit, error))
        else:
            count += 1


def _transaction(opened: Opened) -> AbstractContextManager[Store]:
    made = opened()
    argument("opened()", made, AbstractContextManager)
    return made


def _settle(store: Store, limit: LimitDue, act: Act) -> None:
    done = act(store.read(limit.case), limit)
    argument("act", done, Settled)
    if done.due is not None and done.due <= limit.at:
        raise CallError("store_due_again")
    store.append(limit.case, limit.version, done.entries, due=done.due)
