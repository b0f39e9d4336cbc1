"""No sign stops a line: what a terminal or a file cannot show is shown by a plain twin, or by ?."""

from __future__ import annotations

import codecs
import sys
from typing import Final

# Signs that we print, and what stands for them where they cannot be shown, the best first.
_TWINS: Final = {
    "→": ("->",), "–": ("-",), "—": ("-",), "−": ("-",), "…": ("...",), "§": ("S.",),
    "✕": ("×", "x"), "×": ("x",), "■": ("#",), "●": ("*",), "✓": ("v",), "Δ": ("d",),
    "≥": (">=",), "≤": ("<=",), "≠": ("!=",), "～": ("~",), "〜": ("～", "~"), "※": ("*",),
    "─": ("-",), "│": ("|",), "╭": ("+",), "╮": ("+",), "╰": ("+",), "╯": ("+",),
    "’": ("'",), "‘": ("'",), "“": ('"',), "”": ('"',), "\u00a0": (" ",),
}  # fmt: skip


def printable() -> None:
    """Let standard output and standard error show every line to its end."""
    codecs.register_error("diversion_flow", _twins)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="diversion_flow")


def _twins(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_twin(sign, error.encoding) for sign in signs), error.end


def _twin(sign: str, encoding: str) -> str:
    for twin in _TWINS.get(sign, ()):
        try:
            twin.encode(encoding)
        except UnicodeEncodeError:
            continue
        return twin
    return "?"
