"""Every example of `docs/edits.md` is a file that applies, one for each kind of edit."""

from __future__ import annotations

import json
import re
import tomllib

import jsonschema
import pytest

from diversion_flow import processes
from diversion_flow.analysis import check
from diversion_flow.analysis.structure import structure
from diversion_flow.definition.edits.edit import EDITS
from diversion_flow.definition.files.variant_file import loads_variant
from helpers.definition_schemas import variant_schema
from helpers.places import ROOT

PAGE = (ROOT / "docs/edits.md").read_text("utf-8")
HEAD = re.findall(r"```toml head\n(.*?)```", PAGE, re.S)[0]
EXAMPLES = dict(re.findall(r"```toml edit=(\w+)\n(.*?)```", PAGE, re.S))


def test_there_is_one_of_each_kind() -> None:
    assert set(EXAMPLES) == {row.word for row in EDITS.values()}


def test_those_that_belong_together_apply_together() -> None:
    (text,) = re.findall(r"```toml together\n(.*?)```", PAGE, re.S)
    law = processes.get("entry_support")
    changed = loads_variant(HEAD + text, file="change.toml").apply(law)
    assert check(changed) == ()
    case = changed.open(at="2026-06-03T09:00", states={"consent": "given"}, since={},
                        reason="as found", facts={"consent_recipients": ["housing_office"], "age": 71})  # fmt: skip
    assert case.view("housing_office").facts == {"age": 71}
    assert changed.deadline("answer").stops


@pytest.mark.parametrize("word", EXAMPLES)
def test_it_applies_and_changes_what_it_says(word: str) -> None:
    text = HEAD + EXAMPLES[word]
    law = processes.get("entry_support")
    variant = loads_variant(text, file="change.toml")
    (edit,) = variant.edits
    assert EDITS[type(edit)].word == word
    changes = structure(law, variant.apply(law))
    assert changes
    assert all(change.text("ja") != change.text("en") for change in changes)
    assert check(variant.apply(law)) == ()
    data = json.loads(json.dumps(tomllib.loads(text), default=str))
    jsonschema.Draft202012Validator(variant_schema()).validate(data)
