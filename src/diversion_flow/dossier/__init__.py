"""What an office keeps of a case: entries that only grow, and the case that they now tell."""

from .document import Damaged, dump, load
from .dossier import Conflicting, Consequences, Dossier
from .entry import Entry, EntryError, Irregular, Kind
from .fold import Conflict, Held
from .form import (
    dump_entry,
    dump_heading,
    first_digest,
    load_entry,
    load_heading,
    next_digest,
)
from .making import correction, made_irregular, withdrawal

__all__ = [
    "Conflict",
    "Conflicting",
    "Consequences",
    "Damaged",
    "Dossier",
    "Entry",
    "EntryError",
    "Held",
    "Irregular",
    "Kind",
    "correction",
    "dump",
    "dump_entry",
    "dump_heading",
    "first_digest",
    "load",
    "load_entry",
    "load_heading",
    "made_irregular",
    "next_digest",
    "withdrawal",
]
