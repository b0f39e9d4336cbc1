"""Definitions and variants as files: read within limits, written whole."""

from .question_file import (
    Questions,
    WrittenQuestion,
    dumps_questions,
    load_questions,
    loads_questions,
    question,
)
from .serial import digest, dump, dumps, load_process, loads_process
from .transitional_file import load_transitional, loads_transitional
from .variant_file import load_variant, loads_variant

__all__ = [
    "Questions",
    "WrittenQuestion",
    "digest",
    "dump",
    "dumps",
    "dumps_questions",
    "load_process",
    "load_questions",
    "load_transitional",
    "load_variant",
    "loads_process",
    "loads_questions",
    "loads_transitional",
    "loads_variant",
    "question",
]
