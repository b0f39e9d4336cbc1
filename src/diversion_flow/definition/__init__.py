"""The vocabulary in which a process is written: frozen values and guards as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..late import opened_late

if TYPE_CHECKING:
    from .basis import Basis, Mark, Source
    from .called import CalledWhen
    from .deadline import (
        Before,
        Counting,
        Deadline,
        Length,
        OnEntry,
        OnEvent,
        OnFact,
        Renewal,
        Stop,
        Unit,
    )
    from .edits.edit import (
        Add,
        Edit,
        Extend,
        Relabel,
        Remove,
        Replace,
        Require,
        SetParameter,
        Waive,
        replace,
    )
    from .edits.transitional import RulesOn, Transitional
    from .edits.variant import Variant, VariantConflict, compose
    from .errors import (
        CallError,
        DefinitionError,
        DiversionFlowError,
        FileRefused,
        LawGap,
        LoadError,
        MissingExtra,
        UnknownId,
    )
    from .facts import Choice, Fact, FactError, Kind, Value
    from .guard import (
        ALWAYS,
        FactRef,
        Guard,
        MachineRef,
        ParameterRef,
        any_of,
        every,
        fact,
        holds,
        machine,
        missed,
        param,
        running,
        when,
    )
    from .history import KEPT, History, TransitionalRule
    from .languages import LANGUAGES, Language
    from .pattern import Pattern
    from .process import (
        LAW_CHANGED,
        OPENED,
        Agency,
        ConsentRule,
        Event,
        Machine,
        Paper,
        Parameter,
        Process,
        Remark,
        Remarks,
        Share,
        Stage,
        State,
        Told,
        Transition,
    )
    from .property import Learns, Occasion, Property, never_learns
    from .road import Act, Departure, Group, Heading, Hold, Road
    from .text import Text

_FILES: Final = {
    "basis": "Basis Mark Source",
    "called": "CalledWhen",
    "deadline": "Before Counting Deadline Length OnEntry OnEvent OnFact Renewal Stop Unit",
    "edits.edit": "Add Edit Extend Relabel Remove Replace Require SetParameter Waive replace",
    "edits.transitional": "RulesOn Transitional",
    "edits.variant": "Variant VariantConflict compose",
    "errors": (
        "CallError DefinitionError DiversionFlowError FileRefused LawGap LoadError MissingExtra "
        "UnknownId"
    ),
    "facts": "Choice Fact FactError Kind Value",
    "guard": (
        "ALWAYS FactRef Guard MachineRef ParameterRef any_of every fact holds machine missed "
        "param running when"
    ),
    "history": "KEPT History TransitionalRule",
    "languages": "LANGUAGES Language",
    "pattern": "Pattern",
    "process": (
        "LAW_CHANGED OPENED Agency ConsentRule Event Machine Paper Parameter Process Remark "
        "Remarks Share Stage State Told Transition"
    ),
    "property": "Learns Occasion Property never_learns",
    "road": "Act Departure Group Heading Hold Road",
    "text": "Text",
}

__getattr__ = opened_late(__name__, _FILES)

__all__ = [
    "ALWAYS",
    "KEPT",
    "LANGUAGES",
    "LAW_CHANGED",
    "OPENED",
    "Act",
    "Add",
    "Agency",
    "Basis",
    "Before",
    "CallError",
    "CalledWhen",
    "Choice",
    "ConsentRule",
    "Counting",
    "Deadline",
    "DefinitionError",
    "Departure",
    "DiversionFlowError",
    "Edit",
    "Event",
    "Extend",
    "Fact",
    "FactError",
    "FactRef",
    "FileRefused",
    "Group",
    "Guard",
    "Heading",
    "History",
    "Hold",
    "Kind",
    "Language",
    "LawGap",
    "Learns",
    "Length",
    "LoadError",
    "Machine",
    "MachineRef",
    "Mark",
    "MissingExtra",
    "Occasion",
    "OnEntry",
    "OnEvent",
    "OnFact",
    "Paper",
    "Parameter",
    "ParameterRef",
    "Pattern",
    "Process",
    "Property",
    "Relabel",
    "Remark",
    "Remarks",
    "Remove",
    "Renewal",
    "Replace",
    "Require",
    "Road",
    "RulesOn",
    "SetParameter",
    "Share",
    "Source",
    "Stage",
    "State",
    "Stop",
    "Text",
    "Told",
    "Transition",
    "Transitional",
    "TransitionalRule",
    "Unit",
    "UnknownId",
    "Value",
    "Variant",
    "VariantConflict",
    "Waive",
    "any_of",
    "compose",
    "every",
    "fact",
    "holds",
    "machine",
    "missed",
    "never_learns",
    "param",
    "replace",
    "running",
    "when",
]
