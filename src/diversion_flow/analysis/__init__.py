"""Questions about processes that need no case: what is wrong with one, how two differ."""

from .behaviour import Behaviour
from .check import check
from .compare import Affected, Comparison, affected, compare
from .findings import Code, Finding, Severity
from .people import Difference, Place
from .structure import Change
from .witness import Witness, WitnessStep

__all__ = [
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
