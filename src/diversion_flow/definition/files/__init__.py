"""Definitions and variants as files: read within limits, written whole."""

from .serial import digest, dump, dumps, load_process, loads_process
from .transitional_file import load_transitional, loads_transitional
from .variant_file import load_variant, loads_variant

__all__ = [
    "digest",
    "dump",
    "dumps",
    "load_process",
    "load_transitional",
    "load_variant",
    "loads_process",
    "loads_transitional",
    "loads_variant",
]
