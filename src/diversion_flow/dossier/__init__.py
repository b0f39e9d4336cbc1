"""What an office keeps of a case: entries that only grow, and the case that they now tell."""

from .document import Damaged, dump_dossier, load_dossier
from .dossier import Conflicting, Consequences, Dossier
from .entry import Entry, EntryError, EntryKind, Irregular
from .fold import EntryConflict, HeldEntry
from .form import (
    dump_entry,
    first_digest,
    load_entry,
    load_heading,
    next_digest,
)
from .making import Said, correction, withdrawal
from .plan import CONTINUES, LimitMoves, Outlook, plan_migration
from .provided import Provided, provided
from .web import json_schema, problem

__all__ = [
    "CONTINUES",
    "Conflicting",
    "Consequences",
    "Damaged",
    "Dossier",
    "Entry",
    "EntryConflict",
    "EntryError",
    "EntryKind",
    "HeldEntry",
    "Irregular",
    "LimitMoves",
    "Outlook",
    "Provided",
    "Said",
    "correction",
    "dump_dossier",
    "dump_entry",
    "first_digest",
    "json_schema",
    "load_dossier",
    "load_entry",
    "load_heading",
    "next_digest",
    "plan_migration",
    "problem",
    "provided",
    "withdrawal",
]
