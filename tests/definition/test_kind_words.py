"""What a kind of thing is called stands in one table: no other word for it is written anywhere."""

from __future__ import annotations

import re

import pytest

from diversion_flow.definition.kind_words import KINDS
from diversion_flow.definition.wording import FIELDS
from helpers.source import FILES, SOURCE

GIVEN_UP = re.compile('状態機械|遷移|書類|工程|手続ごと|"(?:Machine|Deadline)"[),]')
NAMED_BY_LAW = ("processes", "scenarios")  # 書類送検 and the like


@pytest.mark.parametrize("kind", ["machine", "parameter", "event", "stage"])
def test_a_field_is_called_as_the_kind_that_it_names(kind: str) -> None:
    assert FIELDS[kind] is KINDS[kind]


def test_no_two_kinds_are_called_alike() -> None:
    for lang in ("ja", "en"):
        words = [text.in_(lang) for text in KINDS.values()]
        assert len(set(words)) == len(words)


def test_words_that_were_given_up_are_written_nowhere() -> None:
    places = [
        f"{file.relative_to(SOURCE)}: {found.group()}"
        for file in FILES
        if file.relative_to(SOURCE).parts[0] not in NAMED_BY_LAW
        for found in GIVEN_UP.finditer(file.read_text("utf-8"))
    ]
    assert places == []
