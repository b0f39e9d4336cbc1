"""The page's script and style: its modules, in the order in which they build on each other."""

from __future__ import annotations

import base64
import re
from functools import cache
from hashlib import sha256
from importlib.resources import files

_MODULES = (
    "calendar", "links", "engine", "crossing", "reading", "backward", "walking", "ways", "unpack",
    "elements", "context", "forms", "drawing", "details", "search", "facts", "scenario", "agency",
    "difference", "play", "way", "story", "standings", "app",
)  # fmt: skip
_IMPORT = re.compile(r"^import .*?;\n", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"^ *//.*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)


@cache
def script() -> str:
    """All modules as one, without the lines that speak to who reads them: no name is used twice,
    so that they can share a scope."""
    return "".join(_bare(_read(f"{name}.js")) for name in _MODULES)


def _bare(module: str) -> str:
    return _EXPORT.sub("", _COMMENT.sub("", _IMPORT.sub("", module)))


@cache
def style() -> str:
    """The one style sheet."""
    return _read("page.css")


def digest(content: str) -> str:
    """How a content security policy names the one script or style that it allows."""
    return f"sha256-{base64.b64encode(sha256(content.encode()).digest()).decode('ascii')}"


def _read(name: str) -> str:
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")
