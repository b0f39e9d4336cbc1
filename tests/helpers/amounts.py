"""How many of a kind a test tries: all that was promised with `--full`, otherwise a part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import settings

Amount = Callable[[int, int], int]  # (with --full, otherwise)


def examples(most: int, **more: Any) -> settings:
    """So many made-up cases, and in the fast loop no more than any test has there."""
    return settings(max_examples=min(most, settings.default.max_examples), **more)
