"""What is made on trust is not looked at: the shipped law, which the tests look at whole.

Everybody else's definitions are looked at when they are made, also those made of shipped parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_TRUSTED: Final[ContextVar[bool]] = ContextVar("trusted", default=False)


@contextmanager
def trusted() -> Iterator[None]:
    """What is made inside, by this thread, is taken as sound."""
    before = _TRUSTED.set(True)
    try:
        yield
    finally:
        _TRUSTED.reset(before)


def on_trust() -> bool:
    """Whether what is made now is taken as sound."""
    return _TRUSTED.get()
