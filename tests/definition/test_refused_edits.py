"""Edits that cannot be meant are refused, with the file and line where they are written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from diversion_flow import check, processes
from diversion_flow.analysis import notes
from diversion_flow.analysis.findings import FindingCode
from diversion_flow.definition import (
    Basis,
    DefinitionError,
    Extend,
    LoadError,
    Mark,
    Parameter,
    Process,
    Relabel,
    SetParameter,
    Text,
    Variant,
    compose,
    replace,
    when,
)
from diversion_flow.definition.files.serial import dumps
from diversion_flow.definition.files.variant_file import load_variant, loads_variant
from helpers.commands import run
from helpers.small import PROCESS

LAW = processes.in_force("entry_support", on="2024-06-03")
HEAD = 'format = 1\nid = "v"\nprocess = "entry_support"\nlabel = { ja = "案", en = "proposal" }\n'

# What is written, on which line and in which field it is wrong, what is said of it.
WRONG: dict[str, tuple[str, int, str, str]] = {
    "a negative limit": ('set = "extension_months_other"\nvalue = -1', 7, "value", "negative"),
    "a negative limit, replaced": (
        'replace = "deadline police_referral"\nwith.length = { amount = -48, unit = "hours" }', 7,
        "with.length", "whole number from 0"),
    "a ground read nowhere, in what is replaced": (
        'replace = "transition support.request"\nwith.basis = [{ mark = "read", law = "ora", provision = "85" }]',
        7, "with.basis[0].evidence", "read"),
    "a negative number": ('set = "visitors_max"\nvalue = -3', 7, "value", "negative"),
    "a value for what has none": ('set = "event arrested"\nvalue = 1', 6, "set",
                                  "no policy 'event arrested'"),
    "a policy's id with a blank": ('set = "elderly age"\nvalue = 60', 6, "set",
                                   "no policy 'elderly age'"),
    "an open limit set below nothing": ('set = "follow_up_months"\nvalue = -3', 7, "value",
                                        "negative"),
    "a limit in words": ('set = "follow_up_months"\nvalue = "long"', 7, "value",
                         "whole number from 0"),
    "a limit beyond all": ('set = "follow_up_months"\nvalue = 99999', 7, "value",
                           "whole number from 0 to 1200"),
    "an age beyond the fact's bounds": ('set = "elderly_age"\nvalue = 650', 7, "value",
                                        "not a value of the fact age"),
    "an age below the fact's bounds": (
        'require = "support.request"\nclause = { fact = "age", is = ">=", value = -5 }', 7,
        "clause", "not a value of the fact age"),
    "called anew in one language": (
        'relabel = "event arrested"\nlabel = { ja = "あ" }', 7, "label.en",
        'until it is translated "" will do'),
    "called anew without a word": ('relabel = "event arrested"', 5, "label", "missing"),
    "set without a value": ('set = "elderly_age"', 5, "value", "missing"),
    "0 for no": ('set = "elderly_age_is_strict"\nvalue = 0', 7, "value", "not one of its choices"),
    "yes for a number": ('set = "elderly_age"\nvalue = true', 7, "value", "not true or false"),
    "a word for a number": ('set = "elderly_age"\nvalue = "60"', 7, "value", "not text"),
    "a day for a number": ('set = "elderly_age"\nvalue = { date = "2024-01-01" }', 7, "value",
                           "not day"),
    "another kind, replaced": ('replace = "parameter elderly_age"\nwith = { value = true }', 7,
                               "with.value", "not true or false"),
    "what the library keeps for itself": ('replace = "fact disability"\nwith._choices = 0', 7,
                                          "with._choices", "no field"),
    "a name for what has none": ('relabel = "transition support.request"\nlabel = { ja = "あ", en = "a" }',
                                 7, "label", "no field 'label'"),
    "0 asked for no": (
        'require = "support.request"\nclause = { parameter = "elderly_age_is_strict", value = 0 }',
        7, "clause", "not one of its choices"),
    "an undeclared source": (
        'set = "elderly_age"\nvalue = 60\nbasis = [{ mark = "known", law = "S999" }]', 8,
        "basis[0].law", "no source 'S999'"),
    "an undeclared page": (
        'set = "elderly_age"\nvalue = 60\nbasis = [{ mark = "read", evidence = ["S01", "S999"] }]',
        8, "basis[0].evidence", "no source 'S999'"),
    "an undeclared source for a removal": (
        'remove = "transition support.service"\nbasis = [{ mark = "known", law = "S999" }]', 7,
        "basis[0].law", "no source 'S999'"),
    "an undeclared source of what has no sources": (
        'relabel = "choice disability.none"\nlabel = { ja = "無", en = "no" }\n'
        'basis = [{ mark = "known", law = "S999" }]', 8, "basis[0].law", "no source 'S999'"),
    "an undeclared source of an agency": (
        'add = "agency"\npart = { id = "x", label = { ja = "あ", en = "a" }, '
        'basis = [{ mark = "known", law = "S999" }] }', 7, "part.basis[0].law",
        "no source 'S999'"),
    "a bound that a rule elsewhere oversteps": (
        'set = "visitors_max"\nvalue = 4\n[[edits]]\nreplace = "fact age"\nwith.maximum = 50\n'
        '[[edits]]\nset = "follow_up_months"\nvalue = 4', 10, "edits[1].with.maximum",
        "not a value of the fact age"),
    "read nowhere, of a member of a list": (
        'extend = "event arrested"\nlist = "basis"\nvalues = [{ mark = "read", law = "ora" }]', 8,
        "values[0].evidence", "does not say where it was read"),
    "read nowhere, of a condition": (
        'require = "support.request"\nclause = { that = { fact = "age", known = true }, '
        'basis = [{ mark = "read", law = "ora" }] }', 7, "clause.evidence", "does not say where it was read"),
    "read nowhere, of who is told": (
        'extend = "event lost"\nlist = "told"\nvalues = [{ to = "police", '
        'basis = [{ mark = "read", law = "ora" }] }]', 8, "values[0].basis[0].evidence",
        "does not say where it was read"),
    "not known, said as known": (
        'require = "support.request"\nclause = { fact = "age", known = false }', 7, "clause.known",
        "nothing but true"),
    "in no state": ('require = "support.request"\nclause = { machine = "custody", in = [] }', 7,
                    "clause.in", "names nothing"),
    "no condition more": ('require = "support.request"\nclause = { all = [] }', 7, "clause",
                          "changes nothing"),
    "no condition less": ('waive = "support.request"\nclause = { always = true }', 7, "clause",
                          "changes nothing"),
    "nothing more in a list": ('extend = "event arrested"\nlist = "by"\nvalues = []', 8, "values",
                               "changes nothing"),
    "nothing in another's place": ('replace = "event arrested"\nwith = {}', 7, "with",
                                   "changes nothing"),
    "what the variant says of itself": (
        'replace = "process"\nwith.note = { ja = "あ", en = "a" }\nwith.since = "2025-06-01"',
        8, "with.since", "the variant itself says that"),
    "taken away and given": (
        'replace = "deadline police_referral"\nwith.note = { ja = "あ", en = "a" }\nwithout = ["note"]',
        8, "without", "changes again"),
    "a field without a name": ('remove = "event arrested"\n"" = 1', 5, "edits[0]", "no field ''"),
    "no list to be without": ('replace = "deadline police_referral"\nwithout = "note"', 7, "without",
                              "give list"),
    "without anything": ('replace = "deadline police_referral"\nwithout = []', 7, "without",
                         "names nothing"),
    "no address, of another name": (
        'relabel = "evnt arrested"\nlabel = { ja = "あ", en = "a" }', 6, "relabel",
        "nearest: event"),
    "without what it needs": ('replace = "deadline police_referral"\nwithout = ["length"]', 7,
                              "without", "length is missing"),
    "without what there is not": ('replace = "deadline police_referral"\nwithout = ["lenght"]', 7,
                                  "without", "nearest: length"),
    "without it twice": ('replace = "deadline police_referral"\nwithout = ["note", "note"]', 7,
                         "without", "changes again"),
    "no table beside it": ('replace = "deadline police_referral"\nwith = 3\nwithout = ["note"]', 7,
                           "with", "whole number"),
    "without what others name": ('replace = "process"\nwithout = ["note", "agencies"]', 7,
                                 "without[1]", "no agency"),
    "without what it is to be one of": (
        'replace = "parameter elderly_age_is_strict"\nwithout = ["value"]', 7, "without[0]",
        "'null' is not one of its choices"),
    "without what its kind asks for": ('replace = "fact disability"\nwithout = ["choices"]', 7,
                                       "without[0]", "do not fit together"),
    "what its kind asks for, left empty": ('replace = "fact disability"\nwith.choices = []', 7,
                                           "with.choices", "do not fit together"),
    "a bound below the other": ('replace = "fact age"\nwith.minimum = 900', 7, "with.minimum",
                                "below the minimum"),
    "a choice of what has none": (
        'add = "choice"\nto = "fact age"\npart = { id = "x", label = { ja = "あ", en = "a" } }', 8,
        "part", "do not fit together"),
    "taken away twice": (
        'replace = "event arrested"\nwithout = ["note"]\n[[edits]]\n'
        'replace = "event arrested"\nwithout = ["told", "note"]', 10, "edits[1].without[1]",
        "changes again"),
    "another id": ('replace = "process"\nwith.id = "other"', 7, "with.id", "cannot change"),
    "an unknown agency": ('extend = "event arrested"\nlist = "by"\nvalues = ["polise"]', 8,
                          "values", "nearest: police"),
    "read nowhere": ('set = "elderly_age"\nvalue = 60\nbasis = [{ mark = "read", law = "ora" }]',
                     8, "basis[0].evidence", "does not say where it was read"),
    "read nowhere, of a new part": (
        'add = "agency"\npart = { id = "x", label = { ja = "あ", en = "a" }, '
        'basis = [{ mark = "read", law = "ora" }] }', 7, "part.basis[0].evidence",
        "does not say where it was read"),
    "no source that is one": (
        'set = "elderly_age"\nvalue = 60\nbasis = [{ mark = "none", law = "ora" }]', 8,
        "basis[0].mark", "marked as having none"),
    "set twice": ('set = "elderly_age"\nvalue = 60\n[[edits]]\nset = "elderly_age"\nvalue = 70',
                  10, "edits[1].value", "changes again"),
    "set twice alike": (
        'set = "elderly_age"\nvalue = 60\n[[edits]]\nset = "elderly_age"\nvalue = 60', 10,
        "edits[1].value", "changes again"),
    "set and replaced": (
        'set = "elderly_age"\nvalue = 60\n[[edits]]\nreplace = "parameter elderly_age"\n'
        'with.value = 61', 10, "edits[1].with.value", "changes again"),
    "replaced twice": (
        'replace = "event arrested"\nwith.by = ["police"]\n[[edits]]\n'
        'replace = "event arrested"\nwith.by = ["court"]', 10, "edits[1].with.by",
        "changes again"),
    "relabelled twice": (
        'relabel = "event arrested"\nlabel = { ja = "あ", en = "a" }\n[[edits]]\n'
        'replace = "event arrested"\nwith.label = { ja = "い", en = "b" }', 10,
        "edits[1].with.label", "changes again"),
}  # fmt: skip


def refusal(text: str, tmp_path: Path, law: Process = LAW) -> DefinitionError:
    file = tmp_path / "v.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_variant(file).apply(law)
    error = caught.value
    assert error.file == str(file)
    assert error.text("ja") != error.text("en")
    return error


@pytest.mark.parametrize("fault", WRONG)
def test_an_edit_that_cannot_be_meant_is_refused_where_it_is_written(
    fault: str, tmp_path: Path
) -> None:
    text, line, field, told = WRONG[fault]
    error = refusal(f"{HEAD}[[edits]]\n{text}\n", tmp_path)
    assert told in str(error), str(error)
    assert error.line == line, str(error)
    assert error.field == (field if field.startswith("edits") else f"edits[0].{field}"), str(error)


EDIT = '[[edits]]\nset = "elderly_age"\nvalue = 60\n'
OF_A_VARIANT: dict[str, tuple[str, str, str]] = {
    "ends before it begins": ('since = "2024-06-03"\nuntil = "2024-06-02"', "until", "before"),
    "after the law": ('since = "2030-01-01"', "since", "applies from 2030-01-01 –, when"),
    "before the law": ('until = "2020-01-01"', "until", "applies from – 2020-01-01, when"),
    "a place with a blank": ('place = "a b"', "place", "without blanks"),
    "a version with a blank": ('version = "V 1"', "version", "without blanks"),
}


@pytest.mark.parametrize("fault", OF_A_VARIANT)
def test_a_variant_that_cannot_be_meant_is_refused_where_it_is_written(
    fault: str, tmp_path: Path
) -> None:
    text, field, told = OF_A_VARIANT[fault]
    error = refusal(f"{HEAD}{text}\n{EDIT}", tmp_path)
    assert told in str(error)
    assert (error.field, error.line) == (field, 5 + text.count("\n"))


@pytest.mark.parametrize("id", ["a b", " ", "", "\tx", "a\n"])
def test_an_id_with_blanks_is_none(id: str, tmp_path: Path) -> None:
    text = HEAD.replace('"v"', f'"{id}"'.replace("\t", "\\t").replace("\n", "\\n"), 1)
    error = refusal(f"{text}edits = []\n", tmp_path)
    assert (error.field, error.line) == ("id", 2)
    assert "without blanks" in str(error)
    with pytest.raises(DefinitionError):
        Variant(id, LAW.id, Text("あ", "a"), ())


def test_a_variant_of_another_process_is_told_by_its_line(tmp_path: Path) -> None:
    error = refusal(f"{HEAD}{EDIT}", tmp_path, PROCESS)
    assert (error.field, error.line) == ("process", 3)


def test_a_file_that_changes_nothing_is_refused(tmp_path: Path) -> None:
    error = refusal(f"{HEAD}edits = []\n", tmp_path)
    assert (error.code, error.field, error.line) == ("lists_nothing", "edits", 5)


def test_in_python_the_same_is_refused() -> None:
    def made(*edits: object) -> Variant:
        return Variant("v", LAW.id, Text("あ", "a"), edits)  # type: ignore[arg-type]

    with pytest.raises(DefinitionError, match="changes again"):
        made(SetParameter("elderly_age", 60), SetParameter("elderly_age", 61))
    with pytest.raises(TypeError):
        SetParameter("elderly_age")  # type: ignore[call-arg]
    for edit, code in (
        (SetParameter("elderly_age_is_strict", 0), "no_choice"),
        (SetParameter("elderly_age", 60, (Basis(Mark.READ, "ora", "85"),)), "read_nowhere"),
        (SetParameter("elderly_age", 60, (Basis(Mark.KNOWN, "S999"),)), "unknown_id_near"),
        (replace("parameter elderly_age_is_strict", value=0), "no_choice"),
    ):
        with pytest.raises(DefinitionError) as caught:
            made(edit).apply(LAW)
        assert caught.value.code == code
        assert caught.value.at[1][1].startswith("1 (")  # the first, as people count
    with pytest.raises(DefinitionError):
        Variant("v", LAW.id, Text("あ", "a"), (), since=date(2024, 2, 1), until=date(2024, 1, 1))


@pytest.mark.parametrize(
    "at", ["event helped.x", "state main", "state main.", "state .done", "event "]
)
def test_what_is_no_address_is_refused_and_no_part_of_it_is_taken_for_one(at: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        Variant("v", "small", Text("あ", "a"), (Relabel(at, Text("い", "b")),)).apply(PROCESS)
    assert refused.value.code == "no_address"


def test_two_files_that_set_the_same_thing_alike_agree() -> None:
    one, other = (Variant(id, LAW.id, Text("あ", "a"), (SetParameter("elderly_age", 60),))
                  for id in ("a", "b"))  # fmt: skip
    assert compose(one, other).apply(LAW).parameter("elderly_age").value == 60


def test_an_open_value_can_be_set_to_none_and_back() -> None:
    text = '{"format": 1, "id": "v", "process": "entry_support", "label": {"ja": "あ", "en": "a"},' \
           ' "edits": [{"set": "parameter elderly_age", "value": null}]}'  # fmt: skip
    made = loads_variant(text, format="json")
    assert made.edits == (SetParameter("elderly_age", None),)
    assert loads_variant(dumps(made), format="json") == made
    assert made.apply(LAW).parameter("elderly_age").value is None


def test_a_truth_value_is_no_number_in_a_definition() -> None:
    """Python has 0 == False, the explorer's script has not: neither is ever asked."""
    yes = Parameter("strict", Text("あ", "a"), False, (True, False))
    law = Variant("v", "small", Text("あ", "a"), (replace("process", parameters=(yes,)),))
    assert law.apply(PROCESS).parameter("strict").takes(True)
    assert not yes.takes(0)
    with pytest.raises(DefinitionError, match="not one of its choices"):
        Variant("v", "small", Text("あ", "a"), (replace("process", parameters=(
            Parameter("strict", Text("あ", "a"), 0, (True, False)),)),)).apply(PROCESS)  # fmt: skip
    guard = when("strict", 0)
    with pytest.raises(DefinitionError, match="not one of its choices"):
        Variant("v", "small", Text("あ", "a"), (
            replace("process", parameters=(yes,)), replace("transition main.help", guard=guard),
        )).apply(PROCESS)  # fmt: skip


# -- who may report must see --------------------------------------------------------------------


def test_an_agency_that_reports_on_what_it_cannot_see_is_found() -> None:
    edit = Extend("event center_requested", "by", ("family",))
    law = Variant("v", LAW.id, Text("あ", "a"), (edit,)).apply(LAW)
    (found,) = check(law)
    assert (found.code.value, found.ids) == ("blind-reporter", ("center_requested", "family"))
    accepted = Variant("w", LAW.id, Text("あ", "a"),
                       (Extend("event center_requested", "unseen_by", ("family",)),))  # fmt: skip
    assert check(accepted.apply(law)) == ()
    assert ("center_requested", "family") in {note.ids for note in notes(accepted.apply(law))}


def test_the_shipped_law_names_those_who_report_unseen_and_the_command_shows_them() -> None:
    laws = [p for name in processes.names() for p in processes.versions(name)]
    blind = {
        (e.id, a)
        for law in laws
        for e in law.events
        for a in e.by
        if a not in law.machine(e.home).seen_by + law.machine(e.home).seen_with_consent
    }
    told = {n.ids for law in laws for n in notes(law) if n.code is FindingCode.BLIND_REPORTER}
    assert told == blind
    assert len(told) > 20
    code, said = run("check", "entry_support", "--lang", "en")
    assert code == 0
    assert "note: blind-reporter [died.family]" in said
    assert "0 findings" in said


def test_no_wrong_file_is_taken_as_written() -> None:
    with pytest.raises(LoadError):
        loads_variant(f'{HEAD}[[edits]]\nset = "elderly_age"\n', file="v.toml")
