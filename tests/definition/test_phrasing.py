"""How each language joins, counts, dates and cites, and that there are no others."""

from __future__ import annotations

from datetime import date

import pytest

from diversion_flow import UnknownId
from diversion_flow.definition import Text
from diversion_flow.definition.phrasing import phrasing
from diversion_flow.definition.text import clean, worded

JA, EN = phrasing("ja"), phrasing("en")
DAY = date(2024, 6, 3)


def test_a_day_is_written_as_people_write_it() -> None:
    assert (JA.day(DAY), JA.day(DAY, year=True)) == ("6/3", "2024年6月3日")
    assert (EN.day(DAY), EN.day(DAY, year=True)) == ("3 Jun", "3 Jun 2024")
    assert (JA.dated(DAY), EN.dated(DAY)) == ("2024-06-03(月)", "2024-06-03 Mon")
    week = [date(2024, 6, 3 + n) for n in range(7)]
    assert "".join(map(JA.weekday, week)) == "月火水木金土日"
    assert [EN.weekday(d) for d in week] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert [EN.day(date(2024, m, 1)) for m in (1, 12)] == ["1 Jan", "1 Dec"]


def test_words_are_joined_as_the_language_joins_them() -> None:
    two = ["甲", "乙"]
    assert [p.join(two) for p in (JA, EN)] == ["甲・乙", "甲, 乙"]
    assert [p.series(two) for p in (JA, EN)] == ["甲、乙", "甲; 乙"]
    assert [p.traits(two) for p in (JA, EN)] == ["甲、乙", "甲, 乙"]
    assert [p.together("甲", "", 3) for p in (JA, EN)] == ["甲3", "甲 3"]
    assert [p.either(two) for p in (JA, EN)] == ["甲又は乙", "甲 or 乙"]
    assert [p.both(two) for p in (JA, EN)] == ["甲、かつ、乙", "甲 and 乙"]
    assert [p.one_of(two) for p in (JA, EN)] == ["「甲」「乙」", "'甲' or '乙'"]
    assert [p.added(two) for p in (JA, EN)] == ["甲+乙", "甲 + 乙"]
    assert [p.bracketed("甲") for p in (JA, EN)] == ["(甲)", " (甲)"]
    assert [p.bracketed("") for p in (JA, EN)] == ["", ""]
    assert [p.remarked("甲") for p in (JA, EN)] == ["〔甲〕", "[甲]"]
    labels = [Text("甲", "one, first"), Text("乙", "two")]
    assert [p.listed(labels) for p in (JA, EN)] == ["甲・乙", "one, first · two"]


@pytest.mark.parametrize(("number", "en"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_english_counts_in_the_plural(number: int, en: str) -> None:
    unit = Text("日", "day")
    assert EN.counted(number, unit) == en
    assert JA.counted(number, unit) == f"{number}日"


PROVISIONS = [
    ("203", "203条", "art. 203"),
    ("203(1)", "203条1項", "art. 203(1)"),
    ("83-2(1)", "83条の2第1項", "art. 83-2(1)"),
    ("83-2", "83条の2", "art. 83-2"),
    ("60(2) proviso", "60条2項ただし書", "art. 60(2) proviso"),
    ("27(1)(ii)", "27条1項2号", "art. 27(1)(ii)"),
    ("43-2(2)(iii)", "43条の2第2項3号", "art. 43-2(2)(iii)"),
    ("85, 86(2)", "85条・86条2項", "art. 85, 86(2)"),
    ("附則3", "附則3", "art. 附則3"),
    ("", "", ""),
]


@pytest.mark.parametrize(("provision", "ja", "en"), PROVISIONS)
def test_a_provision_is_cited_as_the_language_cites_it(provision: str, ja: str, en: str) -> None:
    assert (JA.article(provision), EN.article(provision)) == (ja, en)


def test_nothing_is_written_in_any_other_language() -> None:
    text = Text("甲", "one")
    for ask in (lambda: phrasing("fr"), lambda: text.in_("fr")):  # type: ignore[arg-type]
        with pytest.raises(UnknownId) as caught:
            ask()
        assert (caught.value.kind, caught.value.id) == ("language", "fr")
    assert (text.in_("ja"), text.in_("en")) == ("甲", "one")
    assert (text.other("ja"), text.other("en")) == ("one", "甲")
    assert (Text.of("ja", "甲", "one"), Text.of("en", "one", "甲")) == (text, text)


def test_a_gloss_that_is_missing_is_told_and_the_other_stands_for_it() -> None:
    half, empty = Text("甲", " "), Text("", "")
    assert Text("甲", "").in_("en") == Text("", "甲").in_("ja") == "甲"
    assert (half.missing, Text("", "x").missing, empty.missing) == (("en",), ("ja",), ("ja", "en"))
    assert Text("甲", "one").missing == ()


def test_a_text_is_told_without_what_no_format_can_carry() -> None:
    assert clean("甲 one") == "甲 one"
    assert clean("a\x00b\x1bc\ud800d\ue000e") == "abcde"
    assert clean("a\nb\u2028c\u2029d\t") == "a\nb c d"
    assert worded("a\x00") == "a"
    assert worded(3) == "<int>"
