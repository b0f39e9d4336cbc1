"""Are questions in files read in the words of `ask`, written back, and refused with their line?"""

from __future__ import annotations

import json
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from diversion_flow import CallError, processes
from diversion_flow.definition import (
    Basis,
    LoadError,
    Mark,
    Occasion,
    Pattern,
    Property,
    Text,
    machine,
)
from diversion_flow.definition.files import (
    dumps,
    loads_process,
    loads_questions,
)
from helpers.definition_schemas import schema
from helpers.goldens import GOLDEN
from helpers.small import T

LAW = processes.in_force("entry_support", on="2024-06-03")
FILE = """format = 1
[[questions]]
id = "told"
label = { ja = "問い", en = "a question" }
pattern = "precedence"
what = "consent_explained"
then = "consent_given custody.free|bailed"
until_this = "died"
"""


def test_a_question_is_read() -> None:
    [asked] = loads_questions(FILE, LAW)
    assert (asked.id, asked.label, asked.pattern) == (
        "told", Text("問い", "a question"), Pattern.PRECEDENCE,
    )  # fmt: skip
    assert asked.what == Occasion(("consent_explained",))
    assert asked.then == Occasion(
        ("consent_given",), after=machine("custody").in_("free", "bailed")
    )
    assert (asked.since_this, asked.until_this) == (None, Occasion(("died",)))


def test_questions_are_asked_of_a_law() -> None:
    with pytest.raises(CallError):
        loads_questions(FILE, "law")  # type: ignore[arg-type]


def test_all_that_a_question_may_say_is_read_as_json() -> None:
    said = {
        "id": "a", "label": {"ja": "問い", "en": "q"}, "pattern": "absence", "what": "indicted",
        "since_this": "arrested", "known_open": {"ja": "未解決", "en": "open"},
        "since": "2024-06-03", "until": "2025-06-02", "basis": [{"mark": "none"}],
    }  # fmt: skip
    text = json.dumps({"format": 1, "questions": [said]})
    assert loads_questions(text, LAW, format="json") == (
        Property("a", Text("問い", "q"), Pattern.ABSENCE, Occasion(("indicted",)),
                 since_this=Occasion(("arrested",)), basis=(Basis(Mark.NONE),),
                 since=date(2024, 6, 3), until=date(2025, 6, 2),
                 known_open=Text("未解決", "open")),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("consent_explained", "consent_explaned", 6, "nearest: consent_explained"),
        ("free|bailed", "fre", 7, "nearest: free"),
        ('"died"', '"told:nobody"', 8, "nobody"),
        ('"precedence"', '"precedes"', 5, "precedence"),
        ('then = "consent_given custody.free|bailed"\n', "", 2, "precedence"),
        ("until_this", "until_that", 8, "until_this"),
        ("format = 1", "format = 2", 1, "1"),
        ('"told"', '"to told"', 3, "cannot be a name"),
        ('"問い", en = "a question"', '" ", en = ""', 4, "has no label"),
        ("then =", "since = 2024-06-03\nuntil = 2024-06-02\nthen =", 8, "before it begins"),
        ('"consent_explained"', '""', 6, "nothing that could happen"),
        ('"died"', '" \u3000 "', 8, "nothing that could happen"),
        ('"died"', '"age=700"', 8, "is not a value of the fact age"),
        (FILE.partition("\n")[2], "questions = []", 2, "names nothing"),
        ("[[questions]]", FILE.partition("\n")[2] + "[[questions]]", 10, "defined twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(LoadError) as error:
        loads_questions(FILE.replace(old, new), LAW, file="q.toml")
    assert (error.value.file, error.value.line) == ("q.toml", line)
    assert said in error.value.text("en")


SMALL = (GOLDEN / "small.toml").read_text("utf-8")
BESIDE = """
[[questions]]
id = "helped_first"
label = { ja = "問い", en = "a question" }
pattern = "precedence"
what = "helped"
then = "finished"
"""


def test_a_process_file_asks_its_own_law() -> None:
    law = loads_process(SMALL + BESIDE, toml=True)
    assert law == loads_process(SMALL, toml=True)
    [asked] = loads_questions(SMALL + BESIDE)
    assert asked.what == Occasion(("helped",))
    assert loads_questions(SMALL + BESIDE, law) == (asked,)
    assert loads_questions(SMALL) == loads_questions(SMALL, law) == ()


def test_what_a_process_file_asks_survives_as_json() -> None:
    law = loads_process(SMALL, toml=True)
    label = {"ja": T.ja, "en": T.en}
    asked = {"id": "a", "label": label, "pattern": "absence", "what": "finished"}
    both = json.loads(dumps(law)) | {"questions": [asked]}
    text = json.dumps(both)
    assert loads_process(text) == law
    finished = Property("a", T, Pattern.ABSENCE, Occasion(("finished",)))
    assert loads_questions(text, format="json") == (finished,)
    Draft202012Validator(schema()).validate(both)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"helped"', '"helpt"', 6, "nearest: helped"),
        ('what = "helped"\n', "", 2, "what"),
        ("what =", "whatever =", 6, "whatever"),
        ('"helped_first"', '"to help"', 3, "cannot be a name"),
    ],
)
def test_what_a_process_file_asks_wrongly_is_told_with_its_line(
    old: str, new: str, line: int, said: str
) -> None:
    text = SMALL + BESIDE.replace(old, new)
    for read in (lambda: loads_process(text, file="p.toml", toml=True),
                 lambda: loads_questions(text, file="p.toml")):  # fmt: skip
        with pytest.raises(LoadError) as error:
            read()
        assert (error.value.file, error.value.line) == ("p.toml", SMALL.count("\n") + line)
        assert said in error.value.text("en")


def test_another_law_is_asked_in_its_own_words() -> None:
    with pytest.raises(LoadError, match="helped"):
        loads_questions(SMALL + BESIDE, LAW)


def test_a_file_without_a_law_asks_none_of_its_own() -> None:
    with pytest.raises(LoadError):
        loads_questions(FILE)
