"""Dossiers in a store: where what was recorded about a case meets where cases last.

The store knows no dossier and the dossier no store; what both need of each other stands here.
"""

from .firing import settle
from .keeping import NoSuchCase, dossier_of, keep_dossier, read_dossier, record_in, version_of
from .limits import next_limit
from .owing import Owed, Owing, owed

__all__ = [
    "NoSuchCase",
    "Owed",
    "Owing",
    "dossier_of",
    "keep_dossier",
    "next_limit",
    "owed",
    "read_dossier",
    "record_in",
    "settle",
    "version_of",
]
