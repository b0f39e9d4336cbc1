"""Texts kept as they should read: compared byte for byte, or renewed when the run is told to."""

from __future__ import annotations

from helpers.places import GOLDEN

RENEW = "--renew-goldens"
_renewing = False


def renew(told: bool) -> None:
    """Whether this run writes the goldens instead of comparing them; conftest.py says."""
    global _renewing
    _renewing = told


def golden(name: str, text: str) -> None:
    """The text is that of tests/golden/NAME; after a meant change: `pytest --renew-goldens`."""
    file, said = GOLDEN / name, text.encode()
    if _renewing and (not file.exists() or file.read_bytes() != said):
        file.write_bytes(said)
    assert file.exists(), f"no golden {name}; write it with pytest {RENEW}"
    assert text == file.read_bytes().decode(), f"if {name} is meant: pytest {RENEW}, then git diff"
