"""A BPMN file's XML as plain parts, each with its line; whatever could harm a reader is refused.

The one door to defusedxml: no document type, no entities, nothing from outside the file.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from attrs import Factory, define

from ...definition import Text
from ...definition.arguments import path_of
from ...definition.errors import LoadError
from ...definition.extras import needed
from ...definition.files.limits import DEEPEST
from ...definition.files.system_faults import why
from ...definition.text import clean
from .model import MODEL

LARGEST: Final = 5_000_000  # bytes
MOST: Final = 100_000  # elements
_TAG: Final = f"{{{MODEL}}}"
MADE: Final = "#"  # the tag of what is not drawn: one beginning before several, an end
ITSELF: Final = "."  # of a part: that it is there at all
TEXT: Final = "text()"
# What holds the parts of flows and is none itself.
_AROUND: Final = frozenset({"definitions", "collaboration", "process", "laneSet", "childLaneSet"})
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


_DECLARED: Final = re.compile(
    rb"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']"""
)
_MARKS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
# What drawings are written in, by the names that Python has for them.
_ENCODINGS: Final = re.compile(
    r"utf-?(8|16)(-?[bl]e)?|ascii|iso8859-\d+|cp(125\d|932|949|950|936)|shift_jis(_2004)?|euc_j"
    r"(p|is_2004)|iso2022_jp(_\d)?|gbk|gb2312|gb18030|big5|euc_kr|koi8-[ru]"
)
_SPACE: Final = " \t\r\n"  # what XML takes for space; a no-break space is a letter


@define(eq=False)
class XmlPart:
    """One element of the document: its tag without BPMN's namespace, and where it stands.

    Whoever puts something of it into the skeleton takes it: the element, an attribute, its text.
    What nobody has taken in the end is a loss (see `unread`).
    """

    tag: str
    attributes: dict[str, str]
    line: int
    owner: str = ""  # the id of the node, flow or lane that it is inside of
    prefixes: dict[str, str] = Factory(dict)  # of the document, by namespace
    text: str = ""
    first_line: str = ""  # if that is taken already
    heard: list[str] = Factory(list)  # the text as it comes
    parts: list[XmlPart] = Factory(list)
    taken: set[str] = Factory(set)

    @property
    def id(self) -> str:
        """The element's id; empty where it has none."""
        return self.attributes.get("id", "")

    def get(self, name: str) -> str:
        """An attribute, empty where it is not given."""
        return self.attributes.get(name, "")

    def take(self, *names: str) -> None:
        """These attributes (`ITSELF`, `TEXT`) are in the skeleton."""
        self.taken.update(names)

    def took(self, name: str) -> str:
        """An attribute that is part of the skeleton now."""
        self.taken.add(name)
        return self.get(name)

    def refers(self, name: str) -> str:
        """The id to which an attribute refers; a reference is a qualified name."""
        return local(self.took(name))

    def take_all(self) -> None:
        """All that the element says is in the skeleton, with what is inside it."""
        self.take(ITSELF, TEXT, *self.attributes)
        for part in self.parts:
            part.take_all()

    def all(self, *tags: str) -> Iterator[XmlPart]:
        """The parts directly inside with one of these tags."""
        return (part for part in self.parts if part.tag in tags)

    @property
    def words(self) -> str:
        """The text without the space around it."""
        return self.text.strip(_SPACE)

    def said(self, tag: str) -> str:
        """The text of all parts with this tag."""
        return "\n".join(part.words for part in self.all(tag) if part.words)

    def take_said(self, tag: str) -> None:
        """That text is in the skeleton."""
        for part in self.all(tag):
            part.take(ITSELF, TEXT)

    def take_line(self, tag: str) -> str:
        """The first line of the text with this tag, which is in the skeleton then; only the rest
        may still be lost."""
        part = next(self.all(tag), None)
        if part is None:
            return ""
        if not part.first_line:
            part.first_line, _, part.text = part.words.partition("\n")
        return part.first_line

    def shown(self, name: str) -> str:
        """A tag or an attribute's name with its prefix, as the file writes it."""
        uri, _, simple = name.rpartition("}")
        prefix = self.prefixes.get(uri[1:], "")
        return f"{prefix}:{simple}" if prefix else simple


def local(reference: str) -> str:
    """The id in a qualified name."""
    return reference.strip(_SPACE).rpartition(":")[2]


def source(path: str | Path) -> str:
    """The text of a BPMN file; LoadError where it is no readable text of bearable size."""
    asked = path_of(path)
    try:
        with asked.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise LoadError(str(asked), None, "", "bpmn_not_read", why=why(error)) from None
    if len(data) > LARGEST:
        raise _too_large(str(path))
    return _decoded(data, str(path))


def _coding(name: str) -> str | None:
    """The encoding of this name, if it is one in which drawings are written."""
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return found if _ENCODINGS.fullmatch(found.removesuffix("-sig")) else None


def _decoded(data: bytes, file: str) -> str:
    """The text in the encoding that its mark or its declaration says; UTF-8 without either."""
    marked = _MARKS.get(data[:2]) or _MARKS.get(data[:3], "")
    found = None if marked else _DECLARED.match(data)
    name = found[1].decode("ascii") if found else "UTF-8"
    coding = _coding(marked or name)
    if coding is None:
        raise LoadError(file, 1, "", "bpmn_encoding", encoding=name)
    try:
        return data.decode(coding)
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        line = data.count(b"\n", 0, start) + 1
        raise LoadError(file, line, "", "bpmn_not_utf8", encoding=name) from None


def document(text: str, file: str) -> XmlPart:
    """The document in this text, `definitions` with all inside it."""
    if len(text) > LARGEST or len(text.encode("utf-8", "replace")) > LARGEST:
        raise _too_large(file)
    root = _parsed(text, file)
    if root.tag != "definitions":
        raise LoadError(file, root.line, root.shown(root.tag), "bpmn_not_bpmn")
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
        raise LoadError(file, builder.line, "", "bpmn_not_utf8", encoding="UTF-8") from None
    return root


class _Builder:
    """Puts parts together while the parser reads, asking it for each part's line."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.expat: Any = None
        self.count = 0
        self.open: list[XmlPart] = []
        self.root: XmlPart | None = None
        self.prefixes: dict[str, str] = {}

    @property
    def line(self) -> int:
        number: int = self.expat.CurrentLineNumber
        return number

    def start_ns(self, prefix: str, uri: str) -> None:
        if uri != MODEL:
            self.prefixes.setdefault(uri, prefix)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kept = {name: clean(value) for name, value in attributes.items()}
        around = self.open[-1] if self.open else XmlPart("", {}, 0)
        owner = around.owner or ("" if around.tag in _AROUND else around.id)
        tag = tag.removeprefix(_TAG) if "{" in tag else f"{{}}{tag}"  # of no namespace
        part = XmlPart(tag, kept, self.line, owner, self.prefixes)
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
