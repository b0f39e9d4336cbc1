"""Unit tests for policy: scenario files, assertions, strategies, coverage and mutants.

Loads nothing until something of it is used, so that its pytest plugin costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
    from .killing import Kills, PolicyTest, Survivor, kill, of_scenarios
    from .mutation import Mutant, mutants
    from .strategies import case_machine, cases, facts
    from .touring import tours

_LATER = {
    "StoppedClock": "clock",
    "Survivor": "killing",
    "Kills": "killing",
    "Mutant": "mutation",
    "PolicyTest": "killing",
    "assert_deadline": "assertions",
    "assert_hidden": "assertions",
    "assert_possible": "assertions",
    "assert_refused": "assertions",
    "assert_sees": "assertions",
    "assert_states": "assertions",
    "case_machine": "strategies",
    "cases": "strategies",
    "facts": "strategies",
    "kill": "killing",
    "mutants": "mutation",
    "of_scenarios": "killing",
    "tours": "touring",
}

__all__ = [
    "Kills",
    "Mutant",
    "PolicyTest",
    "StoppedClock",
    "Survivor",
    "assert_deadline",
    "assert_hidden",
    "assert_possible",
    "assert_refused",
    "assert_sees",
    "assert_states",
    "case_machine",
    "cases",
    "facts",
    "kill",
    "mutants",
    "of_scenarios",
    "tours",
]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(f".{_LATER[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
