"""The vocabulary in which a process is written: frozen values and guards as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..late import opened_late

if TYPE_CHECKING:
    from .basis import Basis as Basis
    from .basis import Mark as Mark
    from .basis import Source as Source
    from .called import CalledWhen as CalledWhen
    from .deadline import Before as Before
    from .deadline import Counting as Counting
    from .deadline import Deadline as Deadline
    from .deadline import Length as Length
    from .deadline import OnEntry as OnEntry
    from .deadline import OnEvent as OnEvent
    from .deadline import OnFact as OnFact
    from .deadline import Renewal as Renewal
    from .deadline import Stop as Stop
    from .deadline import Unit as Unit
    from .edits.edit import Add as Add
    from .edits.edit import Edit as Edit
    from .edits.edit import Extend as Extend
    from .edits.edit import Relabel as Relabel
    from .edits.edit import Remove as Remove
    from .edits.edit import Replace as Replace
    from .edits.edit import Require as Require
    from .edits.edit import SetParameter as SetParameter
    from .edits.edit import Waive as Waive
    from .edits.edit import replace as replace
    from .edits.transitional import RulesOn as RulesOn
    from .edits.transitional import Transitional as Transitional
    from .edits.variant import Variant as Variant
    from .edits.variant import VariantConflict as VariantConflict
    from .edits.variant import compose as compose
    from .errors import CallError as CallError
    from .errors import DefinitionError as DefinitionError
    from .errors import DiversionFlowError as DiversionFlowError
    from .errors import FileRefused as FileRefused
    from .errors import LawGap as LawGap
    from .errors import LoadError as LoadError
    from .errors import MissingExtra as MissingExtra
    from .errors import UnknownId as UnknownId
    from .facts import Choice as Choice
    from .facts import Fact as Fact
    from .facts import FactError as FactError
    from .facts import Kind as Kind
    from .facts import Value as Value
    from .guard import ALWAYS as ALWAYS
    from .guard import FactRef as FactRef
    from .guard import Guard as Guard
    from .guard import MachineRef as MachineRef
    from .guard import ParameterRef as ParameterRef
    from .guard import any_of as any_of
    from .guard import every as every
    from .guard import fact as fact
    from .guard import holds as holds
    from .guard import machine as machine
    from .guard import missed as missed
    from .guard import param as param
    from .guard import running as running
    from .guard import when as when
    from .history import KEPT as KEPT
    from .history import History as History
    from .history import TransitionalRule as TransitionalRule
    from .languages import LANGUAGES as LANGUAGES
    from .languages import Language as Language
    from .pattern import Pattern as Pattern
    from .process import LAW_CHANGED as LAW_CHANGED
    from .process import OPENED as OPENED
    from .process import Agency as Agency
    from .process import ConsentRule as ConsentRule
    from .process import Event as Event
    from .process import Machine as Machine
    from .process import Paper as Paper
    from .process import Parameter as Parameter
    from .process import Process as Process
    from .process import Remark as Remark
    from .process import Remarks as Remarks
    from .process import Share as Share
    from .process import Stage as Stage
    from .process import State as State
    from .process import Told as Told
    from .process import Transition as Transition
    from .property import Learns as Learns
    from .property import Occasion as Occasion
    from .property import Property as Property
    from .property import never_learns as never_learns
    from .road import Act as Act
    from .road import Departure as Departure
    from .road import Group as Group
    from .road import Heading as Heading
    from .road import Hold as Hold
    from .road import Road as Road
    from .text import Text as Text

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

__getattr__, __dir__ = opened_late(__name__, _FILES)
