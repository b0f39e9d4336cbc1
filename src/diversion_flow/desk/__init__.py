"""Dossiers in a store: where what was recorded about a case meets where cases last.

The store knows no dossier and the dossier no store; what both need of each other stands here.
"""

from .firing import settle
from .keeping import NoSuchCase, dossier_of, keep_dossier, read_dossier, record_in, version_of
from .limits import next_limit
from .owing import Owed, Owing, owed
from .reads import Read, erase, look, reads
from .seen import How, Saw, who_saw

__all__ = [
    "How",
    "NoSuchCase",
    "Owed",
    "Owing",
    "Read",
    "Saw",
    "dossier_of",
    "erase",
    "keep_dossier",
    "look",
    "next_limit",
    "owed",
    "read_dossier",
    "reads",
    "record_in",
    "settle",
    "version_of",
    "who_saw",
]
