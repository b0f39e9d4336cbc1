"""A BPMN file's XML as plain parts, each with its line; whatever could harm a reader is refused.

The one door to defusedxml: no document type, no entities, nothing from outside the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from attrs import Factory, define

from ...definition import Text
from ...definition.arguments import path_of
from ...definition.errors import LoadError
from ...definition.extras import needed
from ...definition.files.data_file import DEEPEST
from ...definition.files.writing import shown
from ...definition.text import clean
from .model import MODEL

LARGEST: Final = 5_000_000  # bytes
MOST: Final = 100_000  # elements
_TAG: Final = f"{{{MODEL}}}"
_WHY: Final = {  # by the codes of the parser
    2: Text("構文の誤りがあります", "a syntax error"),
    3: Text("中身がありません", "it is empty, or ends too early"),
    4: Text("使えない文字か、閉じていない記号があります", "a sign is out of place"),
    5: Text("途中で終わっています", "it ends too early"),
    7: Text("開始タグと終了タグが合いません", "a tag is closed that is not open"),
    8: Text("同じ属性が二度あります", "an attribute is given twice"),
    9: Text("文書の終わりの後に余分な内容があります", "something follows the end of the document"),
    11: Text("定義のない実体を参照しています", "an entity has no definition"),
    27: Text("宣言のない接頭辞があります", "a prefix has no namespace"),
}


@define
class XmlPart:
    """One element of the document: its tag without BPMN's namespace, and where it stands."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    heard: list[str] = Factory(list)  # the text as it comes
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
    asked = path_of(path)
    try:
        with asked.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        why = getattr(error, "strerror", None) or str(error)
        raise LoadError(shown(asked), None, "", "bpmn_not_read", why=why) from None
    if len(data) > LARGEST:
        raise _too_large(str(path))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LoadError(str(path), line, "", "bpmn_not_utf8") from None


def document(text: str, file: str) -> XmlPart:
    """The document in this text, `definitions` with all inside it."""
    if len(text) > LARGEST or len(text.encode("utf-8", "replace")) > LARGEST:
        raise _too_large(file)
    root = _parsed(text, file)
    if root.tag != "definitions":
        raise LoadError(file, root.line, root.tag, "bpmn_not_bpmn")
    return root


def _too_large(file: str) -> LoadError:
    return LoadError(file, None, "", "bpmn_too_large", most=LARGEST)


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
        raise LoadError(file, builder.line, "", "bpmn_entities") from None
    except ParseError as error:
        (line, column), why = error.position, _WHY.get(error.code, _WHY[2])
        raise LoadError(file, line, "", "bpmn_not_xml", why=why, column=column + 1) from None
    except (UnicodeError, LookupError):
        raise LoadError(file, builder.line, "", "bpmn_not_utf8") from None
    return root


class _Builder:
    """Puts parts together while the parser reads, asking it for each part's line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.expat: Any = None
        self.count = 0
        self.open: list[XmlPart] = []
        self.root: XmlPart | None = None

    @property
    def line(self) -> int:
        number: int = self.expat.CurrentLineNumber
        return number

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kept = {name: clean(value) for name, value in attributes.items()}
        part = XmlPart(tag.removeprefix(_TAG), kept, self.line)
        self.count += 1
        if self.count > MOST:
            raise LoadError(self.file, part.line, part.id, "bpmn_too_many", most=MOST)
        if len(self.open) >= DEEPEST:
            raise LoadError(self.file, part.line, part.id, "bpmn_too_deep", most=DEEPEST)
        if self.open:
            self.open[-1].parts.append(part)
        else:
            self.root = part
        self.open.append(part)

    def data(self, text: str) -> None:
        self.open[-1].heard.append(text)

    def end(self, tag: str) -> None:
        part = self.open.pop()
        part.text = clean("".join(part.heard))

    def close(self) -> XmlPart | None:
        return self.root
