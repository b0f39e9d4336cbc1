"""What the parsers of other people find wrong is told in the reader's language, by its kind."""

from __future__ import annotations

import pytest

from diversion_flow import LoadError
from diversion_flow.definition.files.data_file import parse

FAULTS = {
    "toml": [
        ("a = 1\na = 2", 2, "given twice"),
        ("[t]\n[t]", 2, "given twice"),
        ("a = {x = 1, x = 2}", 1, "given twice"),
        ('a = "x', 1, "not closed by its quotation mark"),
        ('a = """x', 1, "not closed by its quotation mark"),
        ('a = "C:\\Users"', 1, "backslash"),
        ("a = [1, 2", 1, "bracket"),
        ("[[a]\n", 1, "bracket"),
        ("a 1", 1, "name of a field"),
        ("a = abc", 1, "value cannot be read"),
        ("a = 1 b = 2", 1, "something follows"),
        ("a = 2024-13-45", 1, "number is malformed"),
        ('a = "\x01"', 1, "character that cannot stand"),
        ("a = 1\nb = ６０", 2, "write '6' for '６'"),
        ("a ＝ 1", 1, "write '=' for '＝'"),
        ("a = “x”", 1, "write '\"' for '“'"),
        ("a = [1、2]", 1, "write ',' for '、'"),
    ],
    "json": [
        ('{"a": 1,}', 1, "comma before the bracket"),
        ("{a: 1}", 1, "name of a field"),
        ('{"a": 1', 1, "bracket"),
        ('{"a": "x}', 1, "not closed by its quotation mark"),
        ('{"a": "x\n"}', 1, "not closed by its quotation mark"),
        ("{} x", 1, "something follows"),
        ("", 1, "value cannot be read"),
        ('{\n"a"： 1}', 2, "write ':' for '：'"),
    ],
    "yaml": [
        ("a: b: c", 1, "name of a field"),
        ('a: "x', 1, "not closed by its quotation mark"),
        ("a: [1, 2\n", 2, "bracket"),
        ("a:\n\t- x", 2, "a tab"),
        ("a: @x", 1, "character that cannot stand"),
        ("\na: \x01", 2, "character that cannot stand"),
        ("%x", 1, "grammar"),
        ('{"a"： 1}', 1, "write ':' for '：'"),
    ],
}


@pytest.mark.parametrize(
    ("format", "text", "line", "said"),
    [(format, *fault) for format, faults in FAULTS.items() for fault in faults],
)
def test_it_is_told_by_its_line_and_kind(format: str, text: str, line: int, said: str) -> None:
    with pytest.raises(LoadError) as refused:
        parse(text, "law", format)
    assert (refused.value.line, refused.value.code) == (line, "unreadable")
    assert said in refused.value.text("en")
    beside = refused.value.text("ja").replace(format.upper(), "").replace("law", "")
    assert not any("a" <= sign <= "z" for sign in beside)  # none of the parser's own words
