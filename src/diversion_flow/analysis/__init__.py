"""Questions about processes that need no case: what is wrong with one, how two differ."""

from .behaviour import Behaviour
from .check import check
from .compare import Affected, Comparison, affected, compare
from .crossings import CrossedOtherwise, HistoryComparison, RuleChange, Taken
from .difference import Difference, Place, Seen
from .effort import EFFORT
from .findings import Finding, FindingCode, Severity
from .notes import notes
from .structure import Change
from .witness import Witness, WitnessStep

__all__ = [
    "EFFORT",
    "Affected",
    "Behaviour",
    "Change",
    "Comparison",
    "CrossedOtherwise",
    "Difference",
    "Finding",
    "FindingCode",
    "HistoryComparison",
    "Place",
    "RuleChange",
    "Seen",
    "Severity",
    "Taken",
    "Witness",
    "WitnessStep",
    "affected",
    "check",
    "compare",
    "notes",
]
