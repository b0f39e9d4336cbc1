"""What an office keeps of a case: entries that only grow, and the case that they now tell."""

from .entry import Entry, EntryError, Irregular, Kind
from .form import (
    dump_entry,
    dump_heading,
    first_digest,
    load_entry,
    load_heading,
    next_digest,
)

__all__ = [
    "Entry",
    "EntryError",
    "Irregular",
    "Kind",
    "dump_entry",
    "dump_heading",
    "first_digest",
    "load_entry",
    "load_heading",
    "next_digest",
]
