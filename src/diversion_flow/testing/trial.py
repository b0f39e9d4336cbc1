"""Which process a test is really about to ask: itself, or a mutant put in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..definition import Process

_replaced: list[tuple[Process, Process]] = []


def subject(process: Process) -> Process:
    """The process that a test asks for; while mutants are tried, the mutant."""
    return next((other for original, other in _replaced if original == process), process)


@contextmanager
def put_in_place(original: Process, other: Process) -> Iterator[None]:
    """Within this, tests that ask for `original` get `other`."""
    _replaced.insert(0, (original, other))
    try:
        yield
    finally:
        _replaced.pop(0)
