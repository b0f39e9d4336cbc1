"""How many of a kind a test tries: all that was promised with `--full`, otherwise a part."""

from __future__ import annotations

from collections.abc import Callable

Amount = Callable[[int, int], int]  # (with --full, otherwise)
