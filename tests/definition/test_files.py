"""Files from elsewhere: every encoding that people's editors write is read, and whatever is wrong
is said with file, line and field, quickly and in little memory."""

from __future__ import annotations

import json
import random
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from diversion_flow.definition import LoadError, MissingExtra, UnknownId
from diversion_flow.definition.errors import CallError
from diversion_flow.definition.files.limits import LARGEST, MOST
from diversion_flow.definition.files.positions import positions
from diversion_flow.definition.files.serial import dumps, load_process, loads_process
from diversion_flow.definition.files.system_faults import why
from diversion_flow.definition.files.variant_file import load_variant, loads_variant
from helpers.effort import readings
from helpers.places import GOLDEN
from helpers.small import PROCESS

SMALL = dumps(PROCESS)
TOML = (GOLDEN / "small.toml").read_text("utf-8")
VARIANT = """format = 1
id = "sixty"
process = "small"
label = { ja = "六十", en = "sixty" }
since = "２０２４-０６-０３"

[[edits]]
set = "limit"
value = 60
basis = [{ mark = "read", law = "law", since = "2024-06-03" }]

[[edits]]
require = "main.help"
clause = { all = [{ fact = "age", is = ">=", value = 3 }, { fact = "day", is = "<", value = { date = "2024-06-03" } }] }
"""


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("name", "text"), [("p.json", SMALL), ("p.toml", TOML), ("P.JSON", SMALL)])
def test_what_a_windows_editor_writes_is_read(
    name: str, text: str, mark: str, end: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes((mark + text.replace("\n", end)).encode())
    assert load_process(file) == PROCESS
    wrong = text.replace('"asked"', '"askd"', 1)
    file.write_bytes((mark + wrong.replace("\n", end)).encode())
    with pytest.raises(LoadError) as caught:
        load_process(file)
    assert caught.value.line == 1 + wrong[: wrong.index("askd")].count("\n")


def test_a_day_is_taken_in_the_digits_of_either_keyboard() -> None:
    assert str(loads_variant(VARIANT).since) == "2024-06-03"


ENDINGS = ["p.txt", "p", "p.bpmn", "json"]


@pytest.mark.parametrize("name", ENDINGS)
def test_a_file_of_another_kind_is_told_which_are_known(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(SMALL, "utf-8")
    with pytest.raises(
        LoadError, match=r"one of the endings \.json, \.toml, \.yaml, \.yml"
    ) as caught:
        load_process(tmp_path / name)
    assert caught.value.file == str(tmp_path / name)


@pytest.mark.parametrize("odd", [None, 5, b"x", ["x"]])
def test_what_is_no_path_and_no_text_is_told(odd: Any) -> None:
    for call in (load_process, load_variant, loads_process, loads_variant):
        with pytest.raises(CallError):
            call(odd)
    with pytest.raises(UnknownId, match="no format 'ini'"):
        loads_variant("", format="ini")


@pytest.mark.effort
def test_a_file_that_is_not_there_or_much_too_large_is_told_soon(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.json", tmp_path / "a\0b.json", tmp_path / ("x" * 300 + ".json")):
        with pytest.raises(LoadError, match="cannot be read"):
            load_process(path)
    (tmp_path / "f.json").mkdir()
    for name, why_, ja in (
        ("gone", "there is no file of that name", "その名前のファイルはありません"),
        ("f", "it is a folder", "フォルダーです"),
    ):
        with pytest.raises(LoadError, match="cannot be read") as caught:
            load_process(tmp_path / f"{name}.json")
        assert why_ in caught.value.text("en")
        assert ja in caught.value.text("ja")
    huge = tmp_path / "huge.toml"
    with huge.open("wb") as file:
        file.truncate(600_000_000)
    with readings(5), pytest.raises(LoadError, match=f"larger than {LARGEST['toml']} bytes"):
        load_process(huge)


def test_the_size_is_that_of_the_bytes_and_the_last_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    empty = len('{"x": ""}')
    text = '{"x": "' + "あ" * ((LARGEST["json"] - empty) // 3)
    taken = text + "a" * ((LARGEST["json"] - empty) % 3) + '"}'
    for given, code in ((taken, "format_number"), (taken + " ", "too_large")):
        file.write_text(given, "utf-8")
        for reading, what in ((load_process, file), (loads_process, given)):
            with pytest.raises(LoadError) as caught:
                reading(what)  # type: ignore[operator]
            assert caught.value.code == code


def test_a_missing_library_is_told_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(MissingExtra, match=r'pip install "diversion_flow\[yaml\]"'):
        loads_variant("a: 1", format="yaml")


WRONG: dict[str, tuple[str, str, int | None, str, str]] = {
    # format, text, line, field, told
    "unknown top field": ("json", '{"format": 1,\n"lable": 2}', 2, "lable", "unknown field lable"),
    "missing": ("json", '{"format": 1}', 1, "id", "id is missing"),
    "NaN": ("json", '{"format": 1,\n"id": NaN}', 2, "id", "not a number that can be held"),
    "1e400": ("json", '{"format": 1,\n"a": [1,\n1e400]}', 3, "a[1]", "not a number that can be held"),
    "digits": ("json", '{"format": 1,\n"a": ' + "9" * 5000 + "}", 2, "a", "at most 18 digits"),
    "float": ("json", '{"format": 1.5}', 1, "format", "is not a format"),
    "twice": ("json", '{"format": 1,\n"id": "x",\n"id": "y"}', 3, "id", "is given twice"),
    "end": ("json", '{"format": 1,\n"id":\n', 3, "", "is not JSON"),
    "empty": ("json", "", 1, "", "is not JSON"),
    "list": ("json", "[]", 1, "", "is not a table of names"),
    "deep": ("json", '{"format": 1,\n"a": ' + "[" * 100 + "]" * 100 + "}", 2, None, "nested deeper than 64"),  # type: ignore[dict-item]
    "very deep": ("json", '{"format": 1,\n"a": ' + "[" * 30_000, 2, "", "nested deeper than 64"),
    "surrogate": ("json", '{"format": 1,\n"id": "\\ud800"}', 2, "id", "lone surrogate"),
    "toml digits": ("toml", "format = 1\na = " + "9" * 5000, 2, "", "at most 18 digits"),
    "toml digits after a blank line": ("toml", "\nformat = 1\na = " + "9" * 5000, 3, "", "at most 18 digits"),
    "toml nan": ("toml", "format = 1\na = nan", 2, "a", "not a number that can be held"),
    "toml end": ("toml", 'format = 1\nid = "x', 2, "", "is not TOML"),
    "toml twice": ("toml", "format = 1\nformat = 1", 2, "", "is not TOML"),
    "toml dots": ("toml", "format = 1\n" + ".".join("a" * 100_000) + " = 1", 2, "", "nested deeper than 64"),
    "toml dots apart": ("toml", "format = 1\n" + " . ".join("a" * 100_000) + " = 1", 2, "", "nested deeper than 64"),
    "toml quoted dots": ("toml", "format = 1\n[" + ".".join(['"a"'] * 50_000) + "]", 2, "", "nested deeper than 64"),
    "toml deep": ("toml", "format = 1\na = " + "[" * 5000, 2, "", "nested deeper than 64"),
    "toml key": ("toml", 'format = 1\n\'lable\' = 2', 2, "lable", "unknown field lable"),
    "toml sign in a key": ("toml", 'format = 1\n"l\\U00000061ble" = 2', 2, "lable", "unknown field lable"),
    "toml odd key": ("toml", 'format = 1\n"\\q" = 2', 2, "", "is not TOML"),
    "toml time": ("toml", "format = 1\nid = 10:00:00", 2, "id", "time of day"),
    "label": ("toml", 'format = 1\nid = "v"\nprocess = "p"\nlabel = "x"', 4, "label", "label of the form"),
    "day": ("toml", VARIANT.replace("２０２４-０６-０３", "2024-02-30"), 5, "since", "not a day of the calendar"),
    "day in a guard": ("toml", VARIANT.replace('date = "2024-06-03"', 'date = "2024-02-30"'), 14,
                       "edits[1].clause.all[1].value.date", "not a day of the calendar"),
    "days in disorder": ("toml", VARIANT.replace('since = "2024-06-03"', 'since = 2024-06-03, until = 2024-06-02'),
                         10, "edits[0].basis[0].until", "before it begins"),
    "yaml digits": ("yaml", "format: 1\nsince: ２０２４", 2, "since", "not a day of the calendar"),
    "yaml character": ("yaml", "format: 1\nid: \x01", 2, "", "is not YAML"),
    "yaml end": ("yaml", "format: 1\nid: [1,\n", None, "", "is not YAML"),
}  # fmt: skip


def test_a_rare_fault_is_told_as_the_system_says_it() -> None:
    rare = [OSError(9999, "odd"), OSError("out of order"), OSError()]
    assert [why(error) for error in rare] == ["odd", "out of order", "OSError"]


@pytest.mark.effort
@pytest.mark.parametrize("fault", WRONG)
def test_what_is_wrong_is_told_with_file_line_and_field(fault: str) -> None:
    format, text, line, field, told = WRONG[fault]
    with readings(40), pytest.raises(LoadError) as caught:
        loads_variant(text, file="f", format=format)
    error = caught.value
    assert told in str(error)
    assert error.file == "f"
    assert error.line is not None
    if line is not None:
        assert error.line == line, str(error)
    if field is not None:
        assert error.field == field, str(error)
    assert error.remedy
    assert error.text("ja") != str(error)
    assert len(str(error)) < 600


def test_half_a_character_is_told_with_its_line() -> None:
    with pytest.raises(LoadError) as caught:
        loads_variant('format = 1\nid = "v"\nplace = "\ud800"')
    assert (caught.value.code, caught.value.line) == ("half_character", 3)


def test_of_two_parts_with_one_id_the_later_is_shown() -> None:
    given = json.loads(SMALL)
    given["agencies"].append(given["agencies"][0])
    with pytest.raises(LoadError) as caught:
        loads_process(json.dumps(given))
    assert (caught.value.code, caught.value.field) == ("twice", "agencies[2].id")


@pytest.mark.effort
def test_no_text_of_a_file_becomes_a_pattern() -> None:
    odd = "x, (a+)+$ " + "a" * 40
    for text in (
        SMALL.replace('"help"', json.dumps(odd)),
        SMALL.replace('"worker"', json.dumps(odd)),
    ):
        with readings(20), pytest.raises(LoadError, match="is not a valid id") as caught:
            loads_process(text)
        assert odd in text.splitlines()[(caught.value.line or 0) - 1]


def keys(number: int) -> list[str]:
    return [f'"k{n}": 1' for n in range(number)]


LARGE: dict[str, tuple[str, str]] = {
    "last key twice": ("json", '{"format": 1, ' + ", ".join([*keys(20_000), '"k19999": 1']) + "}"),
    "objects": ("json", '{"format": 1, "a": [' + "{}," * 1_300_000 + "{}]}"),
    "bearable objects": ("json", '{"format": 1, "agencies": [' + "{}," * (MOST // 2 - 10) + "{}]}"),
    "numbers": ("json", '{"format": 1, "a": [' + "1," * (MOST - 10) + "1]}"),
    "text": ("json", '{"format": 1, "id": "' + "x" * 1_900_000 + '"}'),
    "escapes": ("json", '{"format": 1, "id": "' + '\\"' * 900_000 + '"}'),
    "toml items": ("toml", "format = 1\na = [" + "1," * (MOST - 10) + "]"),
    "toml tables": ("toml", "format = 1\n" + "".join(f"[a{n}.b.c]\nx=1\n" for n in range(MOST // 2 - 10))),
    "toml list of tables": ("toml", "format = 1\n" + "[[edits]]\nset = 'x'\n" * (MOST // 3 - 10)),
    "toml escapes": ("toml", 'format = 1\nid = "' + "\\n" * 400_000 + '"'),
    "toml quotes": ("toml", "format = 1\nid = " + "'" * 900_000),
    "toml double quotes": ("toml", "format = 1\nid = " + '\\"' * 400_000),
    "toml comment": ("toml", "format = 1\n#" + "x" * 900_000),
    "toml dots in text": ("toml", 'format = 1\nid = "' + "." * 900_000 + '"'),
    "yaml items": ("yaml", "format: 1\na:\n" + "- {}\n" * 190_000),
    "yaml keys": ("yaml", "format: 1\n" + "".join(f"k{n}: 1\n" for n in range(MOST // 2 - 10))),
    "yaml text": ("yaml", "format: 1\nid: " + "x" * 900_000),
    "yaml flow": ("yaml", "format: 1\na: " + "[" * 400_000),
    "yaml indent": ("yaml", "format: 1\n" + "".join(" " * n + "a:\n" for n in range(1000))),
}  # fmt: skip


@pytest.mark.effort
@pytest.mark.slow
@pytest.mark.parametrize("fault", LARGE)
def test_large_texts_are_refused_in_bearable_time(fault: str) -> None:
    format, text = LARGE[fault]
    with readings(40), pytest.raises(LoadError):
        loads_variant(text, file="f", format=format)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["bearable objects", "text", "yaml keys"])
def test_large_texts_are_refused_in_bearable_memory(fault: str) -> None:
    format, text = LARGE[fault]
    tracemalloc.start()
    try:
        with pytest.raises(LoadError):
            loads_variant(text, file="f", format=format)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.effort
def test_the_lines_of_all_fields_come_from_one_walk() -> None:
    steps = "".join(f'[[step]]\nat = "x{n}"\nfacts = {{ a = 1 }}\n' for n in range(4000))
    with readings(20):
        lines = positions(steps).lines
    assert lines["step[3999].facts.a"] == 3 * 4000
    assert lines["step[17].at"] == 17 * 3 + 2


PLACES = '''a = 1 # [[not.a.table]]
"b.c" = { x = [1,
  2, { y = """
[[d]]
""" }], z = 'q"' }
[t."u v"]
w.x = 5

[[m]]
i = 1
[[m.s]]
j = 1
[[m.s]]
j = 2
[[m]]
[[m.s]]
j = 3
'''


def test_a_line_is_found_whatever_stands_around_it() -> None:
    lines = positions(PLACES).lines
    assert [lines[f] for f in ("a", "b.c", "b.c.x[1]", "b.c.x[2].y", "b.c.z", "t.u v.w.x")] == [
        1, 2, 3, 3, 5, 7,
    ]  # fmt: skip
    assert [lines[f] for f in ("m[0].i", "m[0].s[0].j", "m[0].s[1].j", "m[1].s[0].j")] == [
        10, 12, 14, 17,
    ]  # fmt: skip
    assert (lines["m"], "d" in lines) == (9, False)


def test_a_line_is_found_by_a_quoted_name() -> None:
    text = "'a b' = 1\n['c.d']\n\"e\\u0066\" = 2\n\"\\U0001F600\" = 3\n"
    lines = positions(text).lines
    assert (lines["a b"], lines["c.d.ef"]) == (1, 3)


def test_a_nest_behind_odd_quotes_is_told_though_its_line_is_not_known() -> None:
    text = 'format = 1\na = ["""x"y""", ' + "[" * 5000 + '"z"'
    with pytest.raises(LoadError, match="nested deeper than 64") as caught:
        loads_variant(text)
    assert caught.value.line is None


@pytest.mark.parametrize("format", ["json", "yaml"])
def test_a_file_holds_so_many_values_and_no_more(format: str) -> None:
    most = MOST - (format == "yaml")  # where the list itself is one of them
    for values, code in ((most, "no_table"), (most + 1, "too_many")):
        with pytest.raises(LoadError) as caught:
            loads_variant("[" + ",".join("1" * values) + "]", format=format)
        assert (values, caught.value.code) == (values, code)


def test_a_comma_in_a_text_is_no_value_however_the_text_ends() -> None:
    for text in (f'{{"a": "{"," * (MOST + 1)}"}}', '{"a": "' + ',\\"' * 300_000):
        with pytest.raises(LoadError) as caught:
            loads_variant(text, format="json")
        assert caught.value.code in ("format_number", "unreadable")


def test_dots_are_counted_in_each_key_by_itself() -> None:
    keys = ", ".join(f"a{n}.b = 1" for n in range(100))
    with pytest.raises(LoadError) as caught:
        loads_variant(f"format = 1\nx = {{ {keys} }}\n")
    assert caught.value.code == "unknown_field"


def nested(format: str, levels: int, mapping: bool) -> str:
    """A whole object, in which one field holds so many more, one in the other; the last is odd."""
    odd = {"json": "NaN", "toml": "nan", "yaml": ".inf"}[format]
    before, after = ("{a: " if format == "yaml" else '{"a": ', "}") if mapping else ("[", "]")
    if format == "toml" and mapping:
        before = "{a = "
    value = before * levels + odd + after * levels
    return {"json": f'{{"format": 1,\n"x":\n{value}}}', "toml": f"format = 1\n\nx = {value}",
            "yaml": f"format: 1\nx:\n  {value}"}[format]  # fmt: skip


def test_more_digits_than_python_reads_are_told_with_their_line() -> None:
    with pytest.raises(LoadError) as caught:
        loads_variant(f"format = 1\nid = 'a'\nx = 1{'0' * 5000}\ny = 2", format="toml")
    assert (caught.value.code, caught.value.line) == ("no_number", 3)


@pytest.mark.parametrize("mapping", [True, False], ids=["objects", "lists"])
@pytest.mark.parametrize("format", ["json", "toml", "yaml"])
def test_what_is_as_deep_as_it_may_be_is_read_and_one_more_is_too_deep(
    format: str, mapping: bool
) -> None:
    inner = ".a" * 62 if mapping else "[0]" * 62
    with pytest.raises(LoadError) as caught:
        loads_variant(nested(format, 62, mapping), format=format)
    assert caught.value.code in ("no_number", "unknown_field")
    assert caught.value.field in (f"x{inner}", "x")
    assert caught.value.line == (2 if caught.value.field == "x" else 3)
    for levels in (63, 200, *(() if format == "yaml" else (5_000,))):
        with pytest.raises(LoadError, match="nested deeper than 64") as caught:
            loads_variant(nested(format, levels, mapping), format=format)
        assert caught.value.line == 3


def test_dots_in_a_text_make_no_depth() -> None:
    with pytest.raises(LoadError) as caught:
        loads_variant(f'format = 1\nid = "{"a." * 200}"', format="toml")
    assert caught.value.code == "missing"


def test_where_a_text_becomes_too_deep_is_told_by_its_line() -> None:
    for text, format in (
        ("[\n" * 30_000, "json"),
        ('["a",\n' * 100, "json"),
        ("a = " + '["a",\n' * 100, "toml"),
        ('["a",\n' * 5_000, "json"),
        ("a = " + "[\n" * 5_000, "toml"),
    ):
        with pytest.raises(LoadError, match="nested deeper than 64") as caught:
            loads_variant(text, format=format)
        assert caught.value.line == 65


def test_what_is_not_in_the_encoding_of_files_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    file.write_bytes(b'{"format": 1,\n"id": "\x8a\xc7"}')
    with pytest.raises(LoadError, match="is not UTF-8") as caught:
        load_process(file)
    assert (caught.value.code, caught.value.line) == ("not_utf8", 2)


@pytest.mark.parametrize("names", ['"one.toml"', "[1]", "{ a = 1 }"])
def test_a_file_includes_a_list_of_names(names: str, tmp_path: Path) -> None:
    file = tmp_path / "v.toml"
    file.write_text(f"include = {names}\n" + VARIANT, "utf-8")
    with pytest.raises(LoadError) as caught:
        load_variant(file)
    assert (caught.value.code, caught.value.field, caught.value.line) == (
        "no_includes",
        "include",
        1,
    )


# -- by chance -----------------------------------------------------------------------------------

SIGNS = ['"', "'", "[", "]", "{", "}", ",", "=", ":", ".", "\n", "\\", "#", "\0", "９", "\ud800", " ",
         "- ", "&a ", "*a", "!!x ", "1e400", "NaN", "null", "true", "2024-02-30", '"""', "\r", "\ufeff"]  # fmt: skip


def mangled(text: str, rnd: random.Random) -> str:
    """The text with some of its signs put in, taken out, doubled or moved."""
    for _ in range(rnd.randint(1, 4)):
        at, to = sorted(rnd.randrange(len(text) + 1) for _ in range(2))
        match rnd.randrange(5):
            case 0:
                text = text[:at] + rnd.choice(SIGNS) + text[at:]
            case 1:
                text = text[:at] + text[min(to, at + 30) :]
            case 2:
                text = text[:at] + text[at:to][:200] * 2 + text[to:]
            case 3:
                text = text[:at] + rnd.choice(SIGNS) * rnd.choice((1, 3, 70)) + text[at + 1 :]
            case _:
                text = text[:to]
    return text


YAML = """format: 1
id: sixty
process: small
label: {ja: 六十, en: sixty}
since: 2024-06-03
edits:
  - set: limit
    value: 60
    basis: [{mark: read, law: law}]
  - require: main.help
    clause: {all: [{fact: age, is: ">=", value: 3}, {machine: main, in: [asked]}]}
  - add: state
    to: machine main
    part: {id: late, label: {ja: 遅, en: late}, holder: worker}
"""
KINDS = {"json": SMALL, "toml": VARIANT, "yaml": YAML}


@pytest.mark.effort
@pytest.mark.parametrize("format", KINDS)
def test_mangled_texts_are_read_or_plainly_refused(format: str) -> None:
    rnd, refused = random.Random(20261125), 0
    with readings(100):
        for _ in range(400):
            text = mangled(KINDS[format], rnd)
            try:
                made = (
                    loads_process(text, file="m") if format == "json"
                    else loads_variant(text, file="m", format=format)
                )  # fmt: skip
                assert made.id is not None
            except LoadError as error:
                refused += 1
                told = (error.file, error.line is not None or error.field, error.text("ja"))
                assert all(told), str(error)  # noqa: PT017
    assert refused > 100
