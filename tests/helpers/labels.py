"""Labels that try to break out of the format that carries them."""

from __future__ import annotations

HOSTILE = [
    'a"b\\c', "<b>x</b>", "<script>alert(1)</script>", "line\nbreak", "]]>", "nul\0", "half\ud800",
    "\u202eright to left", "javascript:alert(1)", "|cell|", "end\\", "#35;", "x" * 10_000,
    "click n0 href", "--> n9", "%% comment", "`tick`", "{curly}", "&amp;",
]  # fmt: skip
