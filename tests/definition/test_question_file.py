"""Are questions in files read in the words of `ask`, written back, and refused with their line?"""

from __future__ import annotations

import pytest

from diversion_flow import CallError, processes
from diversion_flow.definition import LoadError, Occasion, Pattern, Text, machine
from diversion_flow.definition.files import (
    Questions,
    WrittenQuestion,
    dumps_questions,
    loads_questions,
    question,
)

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


def test_what_is_no_question_is_told() -> None:
    for law, asked in ((LAW, "told"), ("law", loads_questions(FILE, LAW)[0])):
        with pytest.raises(CallError):
            question(law, asked)  # type: ignore[arg-type]


def test_what_is_written_reads_back() -> None:
    one = WrittenQuestion("a", Text("問い", "q"), Pattern.ABSENCE, "indicted", since_this="arrested",
                   known_open=Text("未解決", "open"))  # fmt: skip
    made = question(LAW, one)
    assert (made.pattern, made.what.events, made.then) == (one.pattern, ("indicted",), None)
    assert (made.since_this, made.known_open) == (Occasion(("arrested",)), one.known_open)
    text = dumps_questions(Questions((one,)))
    assert loads_questions(text, LAW, format="json") == (made,)
    assert text == dumps_questions(Questions((one,)))


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
        ('"問い", en = "a question"', '" ", en = ""', 4, "is called nothing"),
        ("then =", "since = 2024-06-03\nuntil = 2024-06-02\nthen =", 8, "before it begins"),
        ('"consent_explained"', '""', 6, "nothing that could happen"),
        ('"died"', '" \u3000 "', 8, "nothing that could happen"),
        ('"died"', '"age=700"', 8, "is no value of the fact age"),
        (FILE.partition("\n")[2], "questions = []", 2, "names nothing"),
        ("[[questions]]", FILE.partition("\n")[2] + "[[questions]]", 10, "defined twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, line: int, said: str) -> None:
    with pytest.raises(LoadError) as error:
        loads_questions(FILE.replace(old, new), LAW, file="q.toml")
    assert (error.value.file, error.value.line) == ("q.toml", line)
    assert said in error.value.text("en")
