"""Definitions and variants as files: read within limits, written whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...late import opened_late

if TYPE_CHECKING:
    from .question_file import load_questions, loads_questions
    from .serial import digest, dump, dumps, load_process, loads_process
    from .transitional_file import load_transitional, loads_transitional
    from .variant_file import load_variant, loads_variant

_FILES: Final = {
    "question_file": "load_questions loads_questions",
    "serial": "digest dump dumps load_process loads_process",
    "transitional_file": "load_transitional loads_transitional",
    "variant_file": "load_variant loads_variant",
}

__getattr__ = opened_late(__name__, _FILES)

__all__ = [
    "digest",
    "dump",
    "dumps",
    "load_process",
    "load_questions",
    "load_transitional",
    "load_variant",
    "loads_process",
    "loads_questions",
    "loads_transitional",
    "loads_variant",
]
