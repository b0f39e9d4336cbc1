"""Text inside Markdown, as people mean it: nothing in it is a link, markup or HTML."""

from __future__ import annotations

import re

from ...definition.text import clean

_MARKS = re.compile(r"([\\`*\[\]|~#!]|(?<![^\W_])_|_(?![^\W_]))")


def markdown(text: str) -> str:
    """The text on one line, with everything escaped that Markdown could read as its own.

    An underscore inside a word marks nothing up and stays as it is.
    """
    plain = clean(text).replace("\n", " ").replace("&", "&amp;")
    return _MARKS.sub(r"\\\1", plain).replace("<", "&lt;").replace(">", "&gt;")
