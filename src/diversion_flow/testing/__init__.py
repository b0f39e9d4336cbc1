"""Unit tests for policy: scenario files, assertions, strategies, coverage and mutants.

Loads nothing until something of it is used, so that its pytest plugin costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..late import opened_late

if TYPE_CHECKING:
    from .assertions import assert_deadline as assert_deadline
    from .assertions import assert_hidden as assert_hidden
    from .assertions import assert_possible as assert_possible
    from .assertions import assert_refused as assert_refused
    from .assertions import assert_sees as assert_sees
    from .assertions import assert_states as assert_states
    from .clock import StoppedClock as StoppedClock
    from .mutation import Mutant as Mutant
    from .mutation import mutants as mutants
    from .strategies import case_machine as case_machine
    from .strategies import cases as cases
    from .strategies import facts as facts
    from .touring import tours as tours

_FILES: Final = {
    "assertions": (
        "assert_deadline assert_hidden assert_possible assert_refused assert_sees assert_states"
    ),
    "clock": "StoppedClock",
    "mutation": "Mutant mutants",
    "strategies": "case_machine cases facts",
    "touring": "tours",
}

__getattr__, __dir__ = opened_late(__name__, _FILES)
