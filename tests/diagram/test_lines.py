"""Where lines of text are broken, and how bold ones are drawn where there is no bold font."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import processes
from diversion_flow.diagram.formats.picture import Print
from diversion_flow.diagram.formats.svg import struck, svg
from diversion_flow.diagram.layout.measure import abridged, em, joined, wrap, wrap_within
from diversion_flow.diagram.views.road import brief
from diversion_flow.diagram.views.road_picture import ONE_PAGE, road_picture


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        ("逮捕から72時間 [2]", 7, ("逮捕から", "72時間 [2]")),
        ("勾留(被疑者)", 5, ("勾留", "(被疑者)")),
        ("市区町村・福祉事業者等", 8, ("市区町村・", "福祉事業者等")),
        ("準備前に釈放 → 更生保護施設等に泊まりながら調整", 20,
         ("準備前に釈放 → 更生保護施設等に", "泊まりながら調整")),
        ("Visit (10)(18)(26)(34)(42)", 5, ("Visit (10)", "(18)(26)", "(34)(42)")),
        ("Consent form signed ◇ †", 9, ("Consent form", "signed ◇ †")),
        ("3 Coordination", 7, ("3 Coordination",)),  # no number all alone
        ("実刑 → 出口支援へ", 8, ("実刑", "→ 出口支援へ")),
        ("更生緊急保護の期間6か月 [5]", 6.4, ("更生緊急保護", "の期間", "6か月 [5]")),
        ("支援終結届出書", 6, ("支援終結届", "出書")),  # not a letter all alone
        ("執行猶予の取消し →", 8, ("執行猶予の取消し", "→")),  # beside which stands where it leads
        ("センター ■期限", 5.6, ("センター", "■期限")),
        ("所長 ← 2-4", 3.7, ("所長", "← 2-4")),
        ("知らされること・引き受けること", 13, ("知らされること・", "引き受けること")),
        ("本人が計画に同意した‡・他都道府県", 10.2, ("本人が計画に同意", "した‡・他都道府県")),
        ("援助方針を話し合う", 7.2, ("援助方針を", "話し合う")),
        ("Arrested · Arrested again", 7, ("Arrested ·", "Arrested", "again")),
        ("[4] 刑訴法60条\u3000[5] 更生保護法85条", 14, ("[4] 刑訴法60条", "[5] 更生保護法85条")),
    ],
)  # fmt: skip
def test_a_line_ends_where_a_reader_pauses(text: str, limit: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, limit) == lines


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (("Δ The person", "consents"), "Δ The person consents"),
        (("Δ 本人の", "同意"), "Δ 本人の同意"),
        (("café", "closed", ""), "café closed"),
        ((), ""),
    ],
)
def test_lines_are_one_again(lines: tuple[str, ...], line: str) -> None:
    assert joined(lines) == line


def test_of_what_is_far_too_long_the_middle_is_left_out_within_its_lines() -> None:
    text = "関係機関の役割分担と住居の確保に関する協議の結果を記録して送付する"
    found = abridged(text, 6, 3)
    assert len(found) == 3
    assert found[1].endswith("…")
    assert found[2].endswith("付する")
    assert max(map(em, found)) <= 6
    assert abridged(text, 40, 3) == (text,)
    assert len(abridged(text, 6, 1)) == 1


def test_a_word_wider_than_its_box_is_broken_where_the_box_stays_as_it_is() -> None:
    assert wrap_within("at xxxxxxxxxx", 3.0) == ("at", "xxxxx", "xxxxx")
    assert wrap("at xxxxxxxxxx", 3.0) == ("at", "xxxxxxxxxx")
    assert "".join(wrap_within("x" * 200, 0.1)) == "x" * 200
    assert wrap("at " + "x" * 50, 3.0) == ("at", "x" * 17, "x" * 17, "x" * 16)  # no word is so long


@given(st.text("年齢72時間のか月→ (勾留)（被疑者）：・、", max_size=24), st.integers(6, 20))
def test_no_line_begins_or_ends_with_a_mark_that_belongs_to_its_neighbour(
    text: str, limit: int
) -> None:
    lines = [line for line in wrap(text, limit) if line]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "、・)）：" for line in lines[1:])
    assert not any(line[-1] in "(（" for line in lines[:-1])
    assert not any(re.search(r"\d$", one) and other.startswith("時間")
                   for one, other in pairwise(lines))  # fmt: skip


def test_bold_letters_are_bold_where_there_is_one_font_only() -> None:
    drawn = road_picture(brief(processes.get("entry_support")), ONE_PAGE)
    bold = [s for g in drawn.groups for s in g.shapes if isinstance(s, Print) and s.bold]
    assert bold
    assert svg(drawn).count('font-weight="bold"') == len(bold)
    said = re.compile(r'<text x="([-\d.]+)" y="([-\d.]+)" font-size="([\d.]+)"[^>]*>([^<]*)<')
    once, twice = (
        Counter(found[1:] for found in said.findall(d)) for d in (svg(drawn), struck(drawn))
    )
    assert twice.total() == once.total() + len(bold)
    assert twice.keys() == once.keys()
    assert "font-weight" not in struck(drawn)
