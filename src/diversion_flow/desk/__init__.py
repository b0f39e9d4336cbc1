"""Dossiers in a store: where what was recorded about a case meets where cases last.

The store knows no dossier and the dossier no store; what both need of each other stands here.
"""

from .corrections import CorrectionReport, FieldChange, report_correction
from .firing import running_out, settle
from .holdings import Disclosure, HeldItem, StopOfUse, disclose, report_stop_of_use
from .keeping import NoSuchCase, dossier_of, keep_dossier, read_dossier, record_in, version_of
from .owing import Owed, Owing, owed
from .pages import may, own_entries, page, page_mark
from .reads import Read, erase, kept_cases, look, reads, renew
from .remembered import Remembered
from .rights import HOLDERS, Holder, Right
from .seen import Saw, who_saw

__all__ = [
    "HOLDERS",
    "CorrectionReport",
    "Disclosure",
    "FieldChange",
    "HeldItem",
    "Holder",
    "NoSuchCase",
    "Owed",
    "Owing",
    "Read",
    "Remembered",
    "Right",
    "Saw",
    "StopOfUse",
    "disclose",
    "dossier_of",
    "erase",
    "keep_dossier",
    "kept_cases",
    "look",
    "may",
    "owed",
    "own_entries",
    "page",
    "page_mark",
    "read_dossier",
    "reads",
    "record_in",
    "renew",
    "report_correction",
    "report_stop_of_use",
    "running_out",
    "settle",
    "version_of",
    "who_saw",
]
