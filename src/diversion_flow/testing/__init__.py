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
    from .clock import Clock
    from .coverage import PolicyCoverage, Recorder, coverage
    from .killing import Kills, PolicyTest, kill, of_scenarios
    from .mutants import Mutant, mutants
    from .report import failure
    from .strategies import case_machine, cases, events, facts
    from .subject import put_in_place, subject
    from .tours import tours

_LATER = {
    "Clock": "clock",
    "Kills": "killing",
    "Mutant": "mutants",
    "PolicyCoverage": "coverage",
    "PolicyTest": "killing",
    "Recorder": "coverage",
    "assert_deadline": "assertions",
    "assert_hidden": "assertions",
    "assert_possible": "assertions",
    "assert_refused": "assertions",
    "assert_sees": "assertions",
    "assert_states": "assertions",
    "case_machine": "strategies",
    "cases": "strategies",
    "coverage": "coverage",
    "events": "strategies",
    "facts": "strategies",
    "failure": "report",
    "kill": "killing",
    "mutants": "mutants",
    "of_scenarios": "killing",
    "put_in_place": "subject",
    "subject": "subject",
    "tours": "tours",
}

__all__ = [
    "Clock",
    "Kills",
    "Mutant",
    "PolicyCoverage",
    "PolicyTest",
    "Recorder",
    "assert_deadline",
    "assert_hidden",
    "assert_possible",
    "assert_refused",
    "assert_sees",
    "assert_states",
    "case_machine",
    "cases",
    "coverage",
    "events",
    "facts",
    "failure",
    "kill",
    "mutants",
    "of_scenarios",
    "put_in_place",
    "subject",
    "tours",
]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(f".{_LATER[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
