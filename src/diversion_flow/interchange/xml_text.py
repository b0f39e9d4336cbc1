"""XML out: text that every parser takes, ids that every schema takes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from ..definition.text import clean

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.-]")


def element(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """A new child; its text and attributes hold no character that XML cannot carry."""
    child = ET.SubElement(parent, tag, {k: clean(v) for k, v in attributes.items()})
    if text:
        child.text = clean(text)
    return child


def name(id: str) -> str:
    """The id as an XML name (NCName); other characters become their code."""
    safe = _NOT_IN_NAMES.sub(lambda m: f"_{ord(m.group()):x}_", id)
    return safe if safe[:1].isalpha() or safe[:1] == "_" else f"_{safe}"


def document(root: ET.Element) -> str:
    """The whole document, indented, with its declaration."""
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
