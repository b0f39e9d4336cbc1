"""Questions about processes that need no case: what is wrong with one, how two differ."""

from .behaviour import Behaviour
from .check import check
from .compare import Affected, Comparison, affected, compare
from .difference import Difference, Place
from .effort import EFFORT
from .findings import Code, Finding, Severity
from .structure import Change
from .witness import Witness, WitnessStep

__all__ = [
    "EFFORT",
    "Affected",
    "Behaviour",
    "Change",
    "Code",
    "Comparison",
    "Difference",
    "Finding",
    "Place",
    "Severity",
    "Witness",
    "WitnessStep",
    "affected",
    "check",
    "compare",
]
