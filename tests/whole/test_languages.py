"""One place knows which language it is: nowhere else is a language compared, or a joint kept."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

import pytest

from diversion_flow.definition import LANGUAGES, Text
from diversion_flow.definition.phrasing import phrasing
from helpers.source import FILES, SOURCE, nodes

KNOW = {"definition/phrasing.py", "definition/text.py"}  # these two, and no other
JOINTS = {"・", "、", "又は"}


def compared(nodes: Iterable[ast.AST]) -> Iterator[int]:
    """Lines on which something is compared with a language."""
    for node in nodes:
        if isinstance(node, ast.Compare | ast.MatchValue):
            said = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
            if said & set(LANGUAGES):
                yield node.lineno


def joined(nodes: Iterable[ast.AST]) -> Iterator[int]:
    """Lines on which words are joined by a sign that belongs to one language."""
    for node in nodes:
        if isinstance(node, ast.Constant) and node.value in JOINTS:
            yield node.lineno


@pytest.mark.parametrize("found", [compared, joined], ids=lambda f: f.__name__)
def test_only_the_phrasing_knows_its_language(found: object) -> None:
    assert callable(found)
    places = [
        f"{file.relative_to(SOURCE)}:{line}"
        for file in FILES
        if file.relative_to(SOURCE).as_posix() not in KNOW
        for line in found(nodes(file))
    ]
    assert places == []


def test_the_search_sees_what_it_looks_for() -> None:
    seen = 'x = "・" if lang == "ja" else ", "\nmatch lang:\n    case "en":\n        pass\n'
    said = [*ast.walk(ast.parse(seen))]
    assert (list(compared(said)), list(joined(said))) == ([1, 3], [1])


JAPANESE = re.compile(r"[぀-ヿ㐀-鿿々、。「」]")
LETTERS = re.compile(r"[A-Za-z]")


STRING = r"""f?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
PAIR = re.compile(rf"\s*((?:{STRING}\s*)+),\s*((?:{STRING}\s*)+)(?:,|(?=\)))")
TEXTS = re.compile(rf"\b(?:Text|_row)\(((?:{PAIR.pattern})+)\s*(?:\*_SEE,?\s*)?\)")


def texts(source: str) -> Iterator[tuple[int, str, str]]:
    """Each text that is written out in both languages, with its line, without what is put in."""
    for written in TEXTS.finditer(source):
        for found in PAIR.finditer(source, written.start(1), written.end(1) + 1):
            ja, en = (re.sub(r"f[\"']|\{[^}]*\}", "", said) for said in found.groups())
            yield source.count("\n", 0, found.start()) + 1, ja, en


def astray(ja: str, en: str) -> bool:
    """Whether one of the two is not in its language; what is written alike in both is a name."""
    return ja.lower() != en.lower() and bool(
        JAPANESE.search(en) or (LETTERS.search(ja) and not JAPANESE.search(ja))
    )


def test_each_text_is_in_its_language() -> None:
    found = [
        (f"{file.relative_to(SOURCE)}:{line}", ja, en)
        for file in FILES
        for line, ja, en in texts(file.read_text("utf-8"))
    ]
    assert len(found) > 2000
    assert [place for place, ja, en in found if astray(ja, en)] == []
    assert astray("now", "現在")
    assert astray("現在", "now 現在")


def test_each_language_has_every_joint() -> None:
    ja, en = map(phrasing, LANGUAGES)
    assert (ja.join("甲乙"), en.join("ab")) == ("甲・乙", "a, b")
    assert (ja.either("甲乙"), en.either("ab")) == ("甲又は乙", "a or b")
    assert (ja.one_of("甲乙"), en.one_of("ab")) == ("「甲」「乙」", "'a' or 'b'")
    unit = Text("時間", "hour")
    assert [ja.counted(n, unit) for n in (1, 48)] == ["1時間", "48時間"]
    assert [en.counted(n, unit) for n in (1, 48)] == ["1 hour", "48 hours"]
