"""Which process a test is really about to ask: itself, or a mutant put in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..definition import Process

_in_place_of: Callable[[Process], Process] = lambda process: process


def subject(process: Process) -> Process:
    """The process that a test asks for; while mutants are tried, the mutant."""
    return _in_place_of(process)


@contextmanager
def put_in_place(original: Process, other: Process) -> Iterator[None]:
    """Within this, tests that ask for `original` get `other`."""
    global _in_place_of
    before = _in_place_of
    _in_place_of = lambda process: other if process == original else before(process)
    try:
        yield
    finally:
        _in_place_of = before
