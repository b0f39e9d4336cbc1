"""Definitions and variants as files: read within limits, written whole."""

from .serial import digest, dump, dumps, load, loads
from .variant_file import load_variant, loads_variant

__all__ = ["digest", "dump", "dumps", "load", "load_variant", "loads", "loads_variant"]
