"""Definitions and variants as files: read within limits, written whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...late import opened_late

if TYPE_CHECKING:
    from .question_file import load_questions as load_questions
    from .question_file import loads_questions as loads_questions
    from .serial import digest as digest
    from .serial import dump as dump
    from .serial import dumps as dumps
    from .serial import load_process as load_process
    from .serial import loads_process as loads_process
    from .transitional_file import load_transitional as load_transitional
    from .transitional_file import loads_transitional as loads_transitional
    from .variant_file import load_variant as load_variant
    from .variant_file import loads_variant as loads_variant

_FILES: Final = {
    "question_file": "load_questions loads_questions",
    "serial": "digest dump dumps load_process loads_process",
    "transitional_file": "load_transitional loads_transitional",
    "variant_file": "load_variant loads_variant",
}

__getattr__, __dir__ = opened_late(__name__, _FILES)
