"""Effort told by a peer: how often the standard library reads a text of some pages meanwhile.

A bound in seconds tells the machine; this one is measured in the same process and moment, so that
a busy machine, or a process full of other tests' objects, slows both.
"""

from __future__ import annotations

import gc
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from sys import gettrace
from time import process_time
from typing import Final

_PAGES: Final = "".join(f"[a{n}.b.c]\nx = 1\ny = [1, 2, 3]\n" for n in range(1_000))


@contextmanager
def readings(most: float) -> Iterator[None]:
    """What is done inside costs at most as much as so many readings of some pages (50 ms each on
    a machine of 2026). What costs less than half of so many of the quickest is not weighed anew."""
    if gettrace() is not None:  # what is traced, our code and not the peer's, is not weighed
        yield
        return
    gc.freeze()  # what other tests left behind is not looked through again for what is made here
    try:
        quickest = _quickest()
        began = process_time()
        yield
        spent = process_time() - began
        if spent >= most * quickest / 2:
            assert spent < most * max(_reading() for _ in range(4)), f"{spent:.2f} s"
    finally:
        gc.unfreeze()


@cache
def _quickest() -> float:
    return min(_reading() for _ in range(2))


def _reading() -> float:
    began = process_time()
    tomllib.loads(_PAGES)
    return process_time() - began
