"""Questions about processes that need no case: what is wrong with one, how two differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..late import opened_late

if TYPE_CHECKING:
    from .affecting import Affected as Affected
    from .affecting import affected as affected
    from .behaviour import Behaviour as Behaviour
    from .checking import check as check
    from .comparing import Comparison as Comparison
    from .comparing import compare as compare
    from .crossings import CrossedOtherwise as CrossedOtherwise
    from .crossings import HistoryComparison as HistoryComparison
    from .crossings import RuleChange as RuleChange
    from .crossings import Taken as Taken
    from .difference import Difference as Difference
    from .difference import Place as Place
    from .difference import Seen as Seen
    from .findings import Finding as Finding
    from .findings import FindingCode as FindingCode
    from .noting import notes as notes
    from .structure import Change as Change
    from .witness import Witness as Witness
    from .witness import WitnessStep as WitnessStep

_FILES: Final = {
    "affecting": "Affected affected",
    "behaviour": "Behaviour",
    "checking": "check",
    "comparing": "Comparison compare",
    "crossings": "CrossedOtherwise HistoryComparison RuleChange Taken",
    "difference": "Difference Place Seen",
    "findings": "Finding FindingCode",
    "noting": "notes",
    "structure": "Change",
    "witness": "Witness WitnessStep",
}

__getattr__, __dir__ = opened_late(__name__, _FILES)
