"""Unit tests for policy: scenario files, assertions, strategies, coverage and mutants.

Loads nothing until something of it is used, so that its pytest plugin costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..late import opened_late

if TYPE_CHECKING:
    from .assertions import (
        assert_deadline,
        assert_hidden,
        assert_possible,
        assert_refused,
        assert_sees,
        assert_states,
    )
    from .clock import StoppedClock
    from .mutation import Mutant, mutants
    from .strategies import case_machine, cases, facts
    from .touring import tours

_FILES: Final = {
    "assertions": (
        "assert_deadline assert_hidden assert_possible assert_refused assert_sees assert_states"
    ),
    "clock": "StoppedClock",
    "mutation": "Mutant mutants",
    "strategies": "case_machine cases facts",
    "touring": "tours",
}

__getattr__ = opened_late(__name__, _FILES)

__all__ = [
    "Mutant",
    "StoppedClock",
    "assert_deadline",
    "assert_hidden",
    "assert_possible",
    "assert_refused",
    "assert_sees",
    "assert_states",
    "case_machine",
    "cases",
    "facts",
    "mutants",
    "tours",
]
