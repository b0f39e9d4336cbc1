"""An error with a sentence of a caller's own is an error like any other."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from diversion_flow import CallError, LoadError, UnknownId
from diversion_flow.definition import Agency, DefinitionError, Text, VariantConflict
from diversion_flow.definition.arguments import argument
from diversion_flow.definition.sentences import SENTENCES


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


@pytest.mark.parametrize("remedy", ["", "leave it out"])
def test_in_a_file_a_sentence_of_a_callers_own_is_still_its_own(remedy: str) -> None:
    error = (
        DefinitionError("this is odd", remedy=remedy) if remedy else DefinitionError("this is odd")
    )
    found = error.located("law.txt", 3, "rule")
    assert (found.code, found.problem, found.remedy) == ("own", "this is odd", remedy)
    assert found.place == "law.txt:3: rule"


def test_a_word_of_eighty_signs_is_said_whole_and_a_longer_one_is_cut_to_as_many() -> None:
    for length, said in ((80, "x" * 80), (81, "x" * 79 + "…")):
        error = UnknownId("agency", "x" * length, ("police",))
        assert str(error) == f"no agency '{said}' (one of: police)"


@pytest.mark.parametrize(
    ("kind", "count", "code"),
    [
        ("agency", 0, "unknown_id"),
        ("agency", 30, "unknown_id_of"),
        ("agency", 31, "unknown_part"),
        ("view", 31, "unknown_id_among"),
        ("paper", 31, "unknown_part"),
    ],
)
def test_what_can_be_read_at_a_glance_is_told_and_of_more_where_it_is_listed(
    kind: str, count: int, code: str
) -> None:
    assert UnknownId(kind, "zzz", [f"a{n}" for n in range(count)]).code == code


PARTS = {
    "police": Agency("police", Text("警察・留置施設", "Police; police detention facility")),
    "provider": Agency("provider", Text("事業者", "Provider")),
    "center": Agency("center", Text("定着支援センター", "Settlement support center")),
    "other_center": Agency("other_center", Text("他の定着支援センター", "Other center")),
}


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("polise", ("police", "provider")),
        ("警察", ("police",)),
        ("ＰＯＬＩＣＥ", ("police",)),
        ("定着支援センター", ("center", "other_center")),
        ("Settlement support centre", ("center",)),
        ("zzz", ()),
        ("", ()),
        ("x" * 201, ()),
    ],
)
def test_who_writes_what_a_part_is_called_is_shown_its_id(word: str, near: tuple[str, ...]) -> None:
    assert UnknownId("agency", word, PARTS).nearest[: len(near) or 3] == near


def test_a_place_is_pairs_in_a_row_that_stays() -> None:
    at: Any = [("fact", "a")]
    with pytest.raises(CallError, match="'at'"):
        DefinitionError("missing", id="a", at=at)


def test_none_of_several_kinds_is_told_with_all_of_them() -> None:
    error = UnknownId(("fact", "machine", "event"), "zzz", ["a"])
    assert error.text("en") == "no fact, track or event 'zzz' (one of: a)"
    assert error.text("ja").startswith("事実、系列又は事象「zzz」")


def test_of_languages_and_formats_all_are_told_however_it_is_spelt() -> None:
    assert UnknownId("language", "jp", ["ja", "en"]).values["known"] == ("ja", "en")


def test_what_an_argument_may_be_is_told_without_nothing() -> None:
    with pytest.raises(CallError) as caught:
        argument("place", 3, str, type(None))
    assert caught.value.values == {"name": "place", "wanted": ("str",), "found": "int"}


def test_among_far_more_than_any_law_has_none_is_looked_for() -> None:
    few = [f"{'ab' * 50}{n}" for n in range(900)]
    many = [f"{word}{n}" for word in few for n in range(2)]
    assert UnknownId("fact", "ab" * 50, few[:9]).nearest
    assert UnknownId("fact", "ba" * 50, many).nearest == ()
    assert UnknownId("fact", "ab" * 50, many).nearest  # for it is the beginning of others


ODD = (None, 1.5, b"x", [], {}, object(), lambda: 1, ("a", 1), 10**5000, True)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: type(odd).__name__)
def test_an_error_is_made_of_what_can_be_said(odd: Any) -> None:
    def error() -> DefinitionError:
        return DefinitionError("missing", id="a")

    for wrong in (
        lambda: error().located(odd, 1),
        lambda: error().located("f", 1, odd),
        lambda: error().within(odd),
        lambda: DefinitionError(odd),
        lambda: DefinitionError("missing", id="a", file=odd),
        lambda: DefinitionError("missing", id="a", at=(("fact", odd),)),
        lambda: DefinitionError("missing", id="a", at=(("fact",),)),
        lambda: DefinitionError.unknown(odd, "a", ()),
        lambda: DefinitionError.unknown("fact", "a", [odd]),
        lambda: UnknownId(odd, "a", ()),
        lambda: LoadError.telling(odd, "f", 1),
        lambda: VariantConflict((odd,)),
    ):
        with pytest.raises(CallError) as refused:
            wrong()
        assert pickle.loads(pickle.dumps(refused.value)).text("ja") == refused.value.text("ja")
    held = DefinitionError("missing", id=odd, other={"a", "b"})
    assert str(pickle.loads(pickle.dumps(held))) == str(held)


def test_of_what_is_no_id_the_kind_is_kept() -> None:
    held = {given: UnknownId("fact", given, ("age",)).id for given in ("agee", None, 3, b"x")}
    assert held == {"agee": "agee", None: None, 3: "<int>", b"x": "<bytes>"}


def test_a_number_that_nobody_wants_to_read_is_told_by_its_kind() -> None:
    told = {n: DefinitionError("missing", id=n).values["id"] for n in (2**1000 - 1, 2**1000)}
    assert told == {2**1000 - 1: 2**1000 - 1, 2**1000: "<int>"}


def test_of_what_may_be_left_out_the_kinds_that_may_be_given_are_told() -> None:
    with pytest.raises(CallError) as caught:
        LoadError("law.txt", "3", "rule", "odd")  # type: ignore[arg-type]
    assert caught.value.values["wanted"] == ("int",)
    assert DefinitionError("missing", id="a", line=2**999).line == 2**999
    with pytest.raises(CallError):
        DefinitionError("missing", id="a", line=2**1000)


def test_what_is_wrong_is_said_first_and_then_what_to_do() -> None:
    """Whoever reads is asked for something by the remedy only."""
    asking = [s for s in SENTENCES.values() if s.remedy and "ください" in s.remedy.ja]
    assert len(asking) > 250
    assert [code for code, s in SENTENCES.items() if "ください" in s.problem.ja] == []


def test_a_sentence_is_given_all_that_it_speaks_of() -> None:
    with pytest.raises(CallError, match="speaks of values that are not given: id"):
        DefinitionError("missing")
    with pytest.raises(CallError, match="known"):
        UnknownId("fact", "a", "abc")
