"""Questions about processes that need no case: what is wrong with one, how two differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..late import opened_late

if TYPE_CHECKING:
    from .behaviour import Behaviour
    from .checking import check
    from .comparing import Affected, Comparison, affected, compare
    from .crossings import CrossedOtherwise, HistoryComparison, RuleChange, Taken
    from .difference import Difference, Place, Seen
    from .findings import Finding, FindingCode
    from .noting import notes
    from .structure import Change
    from .witness import Witness, WitnessStep

_FILES: Final = {
    "behaviour": "Behaviour",
    "checking": "check",
    "comparing": "Affected Comparison affected compare",
    "crossings": "CrossedOtherwise HistoryComparison RuleChange Taken",
    "difference": "Difference Place Seen",
    "findings": "Finding FindingCode",
    "noting": "notes",
    "structure": "Change",
    "witness": "Witness WitnessStep",
}

__getattr__ = opened_late(__name__, _FILES)

__all__ = [
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
    "Taken",
    "Witness",
    "WitnessStep",
    "affected",
    "check",
    "compare",
    "notes",
]
