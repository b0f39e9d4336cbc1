"""An error with a sentence of a caller's own is an error like any other."""

from __future__ import annotations

import pickle

import pytest

from diversion_flow import LoadError
from diversion_flow.definition import DefinitionError


def test_a_sentence_of_a_callers_own_is_said_as_it_was_given() -> None:
    error = LoadError("law.txt", 3, "rule", "this reader knows no rules", "leave it out")
    assert (error.code, error.problem, error.remedy) == (
        "own", "this reader knows no rules", "leave it out",
    )  # fmt: skip
    assert str(error) == "law.txt:3: rule: this reader knows no rules (leave it out)"
    assert error.text("ja").startswith("law.txt:3: rule: this reader knows no rules")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_without_a_remedy_it_says_none() -> None:
    with pytest.raises(DefinitionError) as caught:
        raise DefinitionError("this is odd")
    assert (caught.value.remedy, str(caught.value)) == ("", "this is odd")
