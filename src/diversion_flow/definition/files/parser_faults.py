"""What the parsers of JSON, TOML and YAML find wrong, in both languages: each says it in English,
in words of its own, and none knows what an input method leaves behind."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

from ..text import Text

_TWICE = Text("同じ欄が二度書かれています", "a field is given twice")
_TEXT = Text("引用符が閉じられていません", "a text is not closed by its quotation mark")
_ESCAPE = Text("文字列の中の「\\」の使い方が違います。そのまま書くには「\\\\」とします",
               "a backslash in a text; write two where one is meant")  # fmt: skip
_OPEN = Text("括弧が閉じられていないか、間のコンマがありません",
             "a bracket is not closed, or a comma is missing before what follows")  # fmt: skip
_KEY = Text("欄の名又はその後の「=」・「:」が読めません",
            "the name of a field, or the = or : behind it, cannot be read")  # fmt: skip
_VALUE = Text("値が読めません。文字列なら引用符で囲みます",
              "a value cannot be read; a text stands in quotation marks")  # fmt: skip
_MORE = Text("値の後に続きがあります。日付や数ならその書き方を確かめます",
             "something follows where a value ends, or a date or number is malformed")  # fmt: skip
_COMMA = Text("閉じ括弧の前のコンマは要りません", "a comma before the bracket that closes")
_TAB = Text("タブは使えません。空白で字下げします", "a tab; indent by spaces")
_SIGN = Text("使えない文字があります", "a character that cannot stand here")
_ELSE = Text("文法に合いません", "it does not follow the grammar")

# By what is in the parser's own sentence; the first that is there counts.
_KINDS: Final = tuple((re.compile(words), said) for words, said in (
    (r"trailing comma", _COMMA),
    (r"twice|overwrite|mutate|redefine|Duplicate", _TWICE),
    (r"Unterminated|Illegal character '\\n'|Invalid control|quoted scalar|end of stream", _TEXT),
    (r"escape|Escaped|Unescaped|hex", _ESCAPE),
    (r"Expected ''''|Expected '\"\"\"'", _TEXT),
    (r"Unclosed|Expected '?\"?\]|',' delim|expected ',' or|flow (seq|map)|block end", _OPEN),
    (r"'=' after|key part|Invalid statement|property name|':'|mapping values|simple key", _KEY),
    (r"newline or end|Extra data|document start", _MORE),
    (r"value|date", _VALUE),
    (r"character|unacceptable|token", _SIGN),
))  # fmt: skip

# Signs that an input method or a word processor puts for these.
_MEANT: Final = dict(zip("“”„「」‘’、", '"""""\'\',', strict=True))


def fault(said: str, text: str, at: int | None) -> Text:
    """What is wrong at that place of a text, by the parser's own sentence."""
    sign = text[at : at + 1] if at is not None else ""
    narrow = _MEANT.get(sign) or normalize("NFKC", sign)
    if narrow != sign and narrow.isascii():
        return Text(
            f"全角の「{sign}」は半角の「{narrow}」と書きます", f"write '{narrow}' for '{sign}'"
        )
    if sign == "\t":
        return _TAB
    if sign in ("}", "]") and text[:at].rstrip().endswith(","):
        return _COMMA
    return next((told for words, told in _KINDS if words.search(said)), _ELSE)


def place(text: str, line: int, column: int) -> int:
    """Where in the text a line's column is, both counted from 1."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1
