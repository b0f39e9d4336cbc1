"""A BPMN file's XML as plain parts, each with its line; whatever could harm a reader is refused.

The one door to defusedxml: no document type, no entities, nothing from outside the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from attrs import Factory, define

from ...definition.errors import LoadError
from ...definition.extras import needed
from ...definition.files.data_file import DEEPEST
from ...definition.text import clean
from .model import MODEL

LARGEST: Final = 5_000_000  # bytes
_TAG: Final = f"{{{MODEL}}}"


@define
class XmlPart:
    """One element of the document: its tag without BPMN's namespace, and where it stands."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    parts: list[XmlPart] = Factory(list)

    @property
    def id(self) -> str:
        """The element's id; empty where it has none."""
        return self.attributes.get("id", "")

    def get(self, name: str) -> str:
        """An attribute, empty where it is not given."""
        return self.attributes.get(name, "")

    def all(self, *tags: str) -> Iterator[XmlPart]:
        """The parts directly inside with one of these tags."""
        return (part for part in self.parts if part.tag in tags)

    def first(self, tag: str) -> XmlPart | None:
        """The first part directly inside with this tag."""
        return next(self.all(tag), None)

    def said(self, tag: str) -> str:
        """The text of the first part with this tag, without the space around it."""
        found = self.first(tag)
        return found.text.strip() if found else ""


def source(path: str | Path) -> str:
    """The text of a BPMN file; LoadError where it is no readable text of bearable size."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or ""
        raise LoadError(str(path), None, "", "cannot be read", said) from None
    if len(data) > LARGEST:
        raise _too_large(str(path))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise LoadError(str(path), None, "", "is not UTF-8", "save it as UTF-8") from None


def document(text: str, file: str) -> XmlPart:
    """The document in this text, `definitions` with all inside it."""
    if len(text) > LARGEST or len(text.encode("utf-8", "replace")) > LARGEST:
        raise _too_large(file)
    root = _parsed(text, file)
    if root.tag != "definitions":
        raise LoadError(file, root.line, root.tag, "is no BPMN 2.0 document",
                        "export the drawing as BPMN 2.0")  # fmt: skip
    return root


def _too_large(file: str) -> LoadError:
    return LoadError(file, None, "", f"is larger than {LARGEST} bytes", "split the drawing")


def _parsed(text: str, file: str) -> XmlPart:
    with needed("interchange"):
        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import XMLParser
    builder = _Builder(file)
    parser = XMLParser(target=builder, forbid_dtd=True)
    builder.expat = parser.parser
    try:
        parser.feed(text)
        root: XmlPart = parser.close()
    except DefusedXmlException:
        raise LoadError(file, builder.line, "", "declares a document type or entities",
                        "remove <!DOCTYPE …>; BPMN needs none") from None  # fmt: skip
    except ParseError as error:
        line = getattr(error, "position", (None,))[0]
        raise LoadError(file, line, "", f"is not XML: {error}", "mend the line named") from None
    except (UnicodeError, LookupError):
        raise LoadError(file, None, "", "is not UTF-8", "save it as UTF-8") from None
    return root


class _Builder:
    """Puts parts together while the parser reads, asking it for each part's line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.expat: Any = None
        self.open: list[XmlPart] = []
        self.root: XmlPart | None = None

    @property
    def line(self) -> int:
        number: int = self.expat.CurrentLineNumber
        return number

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kept = {name: clean(value) for name, value in attributes.items()}
        part = XmlPart(tag.removeprefix(_TAG), kept, self.line)
        if len(self.open) >= DEEPEST:
            raise LoadError(self.file, part.line, part.id, f"is nested deeper than {DEEPEST}")
        if self.open:
            self.open[-1].parts.append(part)
        else:
            self.root = part
        self.open.append(part)

    def data(self, text: str) -> None:
        self.open[-1].text += clean(text)

    def end(self, tag: str) -> None:
        self.open.pop()

    def close(self) -> XmlPart | None:
        return self.root
