"""Pictures that are not painted, where names and texts are asked: to paint one takes seconds."""

from __future__ import annotations

import pytest


def unpainted(patch: pytest.MonkeyPatch) -> None:
    """In the place of a PNG's pixels stand the words with which they were asked for."""
    patch.setattr("resvg_py.svg_to_bytes", lambda **given: repr(given).encode())
