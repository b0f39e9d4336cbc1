"""Every kind of edit over every part and field: to a file and back, and applied as said."""

from __future__ import annotations

import json
import pickle
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields

from diversion_flow import LoadError, Process
from diversion_flow.definition import (
    Add,
    Agency,
    Basis,
    Choice,
    DefinitionError,
    Edit,
    Extend,
    History,
    Mark,
    Relabel,
    Remove,
    Replace,
    Require,
    SetParameter,
    Text,
    Transitional,
    Variant,
    VariantConflict,
    Waive,
    compose,
    fact,
    holds,
    replace,
)
from diversion_flow.definition.edits.edit import EDITS, grounds, said
from diversion_flow.definition.files.serial import dump, dumps
from diversion_flow.definition.files.variant_file import load_variant, loads_variant
from diversion_flow.definition.process import every_part
from helpers.small import LAW, T, conflicts, state

from .test_references import WHOLE

WHY = (Basis(Mark.INFERRED, "law", "2"),)


def variant(*edits: Edit, id: str = "v") -> Variant:
    return Variant(id, "small", T, edits)


def address(at: Any) -> str:
    return f"{at[-1][0]} {'.'.join(id for _, id in at)}"


ITS_OWN = ("version", "called", "since", "until")  # a variant says them of itself
PLACES = [
    (address(at), part, a.name)
    for at, part in (*every_part(WHOLE), ((("process", ""),), WHOLE))
    for a in fields(type(part))
    if a.name != "id" and not (part is WHOLE and a.name in ITS_OWN)
]
PLACES = [("process" if at.startswith("process") else at, part, name) for at, part, name in PLACES]


@pytest.mark.parametrize(("at", "part", "name"), PLACES, ids=[f"{p[0]}.{p[2]}" for p in PLACES])
def test_every_field_of_every_part_is_replaced_from_a_file(at: str, part: Any, name: str) -> None:
    value = getattr(part, name)
    edits: list[Edit] = [Replace(at, {name: value}, WHY)]
    if isinstance(value, tuple):
        edits.append(Extend(at, name, value, WHY))
    made = variant(*edits)
    again = loads_variant(dumps(made), format="json")
    assert again == made
    assert dumps(again) == dumps(made)
    assert getattr(found(again.apply(WHOLE), at), name) in (value, made_basis(part, name))


def made_basis(part: Any, name: str) -> Any:
    """What becomes of a basis to which the edit's own is added."""
    return (*part.basis, *WHY) if name == "basis" else None


def found(law: Process, at: str) -> Any:
    return next((p for path, p in every_part(law) if address(path) == at), law)


@pytest.mark.parametrize(
    "edit",
    [
        Add(Agency("court", T), basis=WHY),
        Add(state("late"), "machine main", "asked", WHY),
        Add(Choice("home", T), "fact recipients", basis=WHY),
        Remove("paper form", WHY),
        Relabel("event helped", Text("支", "s"), WHY),
        SetParameter("days", 3, WHY),
        SetParameter("days", None),
        Require("main.help", holds("content"), WHY),
        Waive("main.help", fact("age") >= 65, WHY),
        replace("transition main.help", target="done", basis=WHY),
    ],
    ids=said,
)
def test_every_kind_of_edit_says_where_and_why(edit: Edit) -> None:
    made = variant(edit)
    assert loads_variant(dumps(made), format="json") == made
    assert pickle.loads(pickle.dumps(made)) == made
    assert said(edit) == f"{EDITS[type(edit)].word} {edit.at}"
    assert set(WHY) <= set(grounds(edit)) or edit == SetParameter("days", None)
    assert made.basis == grounds(edit)


def test_the_basis_of_an_edit_is_added_to_that_of_the_part() -> None:
    law = variant(Relabel("event helped", T, WHY), Add(Agency("court", T, LAW), basis=WHY)).apply(
        WHOLE
    )
    assert law.event("helped").basis == WHY
    assert law.agency("court").basis == LAW + WHY


def test_the_ground_of_one_reporter_goes_with_it_and_no_other() -> None:
    each = tuple(evolve(LAW[0], about=f"by {agency}") for agency in ("worker", "partner"))
    event = evolve(WHOLE.event("helped"), by=("worker", "partner"), basis=each)
    law = evolve(WHOLE, events=tuple(event if e.id == "helped" else e for e in WHOLE.events))
    fewer = variant(replace("event helped", by=("worker",))).apply(law)
    assert fewer.event("helped").basis == (*each[:1], Basis(Mark.NONE, about="by"))
    renamed = variant(Relabel("event helped", T, WHY)).apply(law)
    assert renamed.event("helped").basis == (*each, *WHY)


# -- what is wrong, and where -------------------------------------------------------------------

HEAD = 'format = 1\nid = "v"\nprocess = "small"\nlabel = { ja = "あ", en = "a" }\n'
WRONG: dict[str, tuple[str, int, str, str]] = {
    "no such part": ('[[edits]]\nreplace = "event helpd"\nwith = { by = ["worker"] }', 6,
                     "edits[0].replace", "nearest: helped"),
    "no such rule": ('[[edits]]\n\nrequire = "main.halp"\nclause = { fact = "age", known = true }',
                     7, "edits[0].require", "nearest: help"),
    "no such parameter": ('[[edits]]\nset = "dayz"\nvalue = 3', 6, "edits[0].set", "nearest: days"),
    "no such agency": ('[[edits]]\nreplace = "event helped"\n[edits.with]\nby = ["worker",\n "wroker"]',
                       9, "edits[0].with.by[1]", "nearest: worker"),
    "no such member": ('[[edits]]\nextend = "event helped"\nlist = "by"\nvalues = ["wroker"]', 8,
                       "edits[0].values", "nearest: worker"),
    "no such fact": ('[[edits]]\nrequire = "main.help"\nclause = { fact = "aeg", known = true }', 7,
                     "edits[0].clause", "nearest: age"),
    "no such target": ('[[edits]]\nset = "days"\nvalue = 3\n[[edits]]\nadd = "transition"\nto = "machine main"\n'
                       '[edits.part]\nid = "x"\nevent = "helped"\nsources = ["asked"]\ntarget = "hlped"',
                       15, "edits[1].part.target", "nearest: helped"),
    "no such neighbour": ('[[edits]]\nadd = "agency"\nafter = "wroker"\npart = { id = "x", label = { ja = "x", en = "x" } }',
                          7, "edits[0].after", "nearest: worker"),
    "there already": ('[[edits]]\nadd = "agency"\npart = { id = "worker", label = { ja = "x", en = "x" } }',
                      7, "edits[0].part.id", "is there already"),
    "left hanging": ('[[edits]]\nremove = "paper form"', 6, "edits[0].remove", "no paper 'form'"),
    "twice removed": ('[[edits]]\nremove = "stage first"\n[[edits]]\nremove = "stage first"', 8,
                      "edits[1].remove", "no stage 'first'"),
    "no such target in a machine": ('[[edits]]\nadd = "machine"\n[edits.part]\nid = "x"\nlabel = { ja = "x", en = "x" }\ninitial = "a"\n'
                                    'states = [{ id = "a", label = { ja = "x", en = "x" } }]\n[[edits.part.transitions]]\nid = "t"\n'
                                    'event = "helped"\nsources = ["a"]\ntarget = "b"', 16,
                                    "edits[0].part.transitions[0].target", "no state 'b'"),
    "no value": ('[[edits]]\nset = "strict"\nvalue = "maybe"', 7, "edits[0].value", "not one of its choices"),
    "another kind": ('[[edits]]\nset = "days"\nvalue = 9\n[[edits]]\nrequire = "main.help"\n'
                     'clause = { fact = "content", is = "==", value = { parameter = "days" } }', 10,
                     "edits[1].clause", "not a value of the fact content"),
    "set to another kind": ('[[edits]]\nset = "days"\nvalue = "x"\n[[edits]]\nrequire = "main.help"\n'
                     'clause = { fact = "age", is = ">=", value = { parameter = "days" } }', 7,
                     "edits[0].value", "this policy holds whole number, not text"),
}  # fmt: skip


@pytest.mark.parametrize("fault", WRONG)
def test_what_is_wrong_with_an_edit_is_told_by_its_line_and_field(
    fault: str, tmp_path: Path
) -> None:
    text, line, field, told = WRONG[fault]
    file = tmp_path / "v.toml"
    file.write_text(HEAD + text, "utf-8")
    law = variant(Add(WHOLE_STRICT)).apply(WHOLE)
    with pytest.raises(DefinitionError) as caught:
        load_variant(file).apply(law)
    error = caught.value
    assert told in str(error)
    assert (error.file, error.line, error.field) == (str(file), line, field), str(error)
    assert error.text("ja") != str(error)


WHOLE_STRICT = type(WHOLE.parameters[0])("strict", T, False, (True, False))


def test_a_file_of_others_names_that_one_which_is_wrong(tmp_path: Path) -> None:
    one, both = tmp_path / "one.toml", tmp_path / "both.toml"
    one.write_text(HEAD + '[[edits]]\nset = "dayz"\nvalue = 1\n', "utf-8")
    both.write_text(HEAD.replace('"v"', '"b"') + 'include = ["one.toml"]\nedits = []\n', "utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_variant(both).apply(WHOLE)
    assert (caught.value.file, caught.value.line) == (str(one), 6)


def test_files_that_disagree_name_the_edit(tmp_path: Path) -> None:
    for name, value in (("one", 1), ("two", 2)):
        text = HEAD.replace('"v"', f'"{name}"') + f'[[edits]]\nset = "days"\nvalue = {value}\n'
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    both = tmp_path / "both.toml"
    both.write_text(HEAD + 'include = ["one.toml", "two.toml"]\nedits = []\n', "utf-8")
    with pytest.raises(VariantConflict) as caught:
        load_variant(both)
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "two.toml"), 6)
    assert "「one」" in caught.value.text("ja")


def test_of_several_disagreements_the_first_is_told_by_its_line(tmp_path: Path) -> None:
    for name, value in (("one", 1), ("two", 2)):
        text = "".join(f'[[edits]]\nset = "{id}"\nvalue = {value}\n' for id in ("days", "weeks"))
        (tmp_path / f"{name}.toml").write_text(HEAD.replace('"v"', f'"{name}"') + text, "utf-8")
    both = tmp_path / "both.toml"
    both.write_text(HEAD + 'include = ["one.toml", "two.toml"]\nedits = []\n', "utf-8")
    with pytest.raises(VariantConflict) as caught:
        load_variant(both)
    assert [c.at[1] for c in caught.value.conflicts] == ["days", "weeks"]
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "two.toml"), 6)


def test_conflicts_are_found_in_one_walk() -> None:
    many = [Relabel(f"event e{n}", T) for n in range(4000)]
    one = variant(*many, id="one")
    other = variant(*many[:-1], Relabel("event e3999", Text("い", "b")), id="other")
    assert [c.at for c in conflicts(one, other)] == [("events", "e3999", "label")]


ODD: tuple[Any, ...] = (None, 1, "worker", "a b", ["worker"], {}, object(), (["x"],), T, 1.5)


@pytest.mark.parametrize("row", EDITS.values(), ids=lambda row: row.word)
def test_no_edit_brings_a_foreign_error(row: Any) -> None:
    good: dict[str, Any] = {
        "at": "event helped", "part": Agency("x", T), "to": "process", "after": None, "basis": (),
        "changes": {"by": ("worker",)}, "list": "by", "values": ("worker",), "label": T,
        "value": 3, "clause": holds("content"),
    }  # fmt: skip
    if row.about:
        good["at"] = "days" if row.about == "parameter" else "main.help"
    names = [a.name for a in fields(row.cls)]
    refused = 0
    for name in names:
        for odd in ODD:
            given = {**{n: good[n] for n in names}, name: odd}
            with suppress(DefinitionError):
                compose(variant(row.cls(**given)), variant(id="w")).apply(WHOLE)
                continue
            refused += 1
    assert refused > len(names) * len(ODD) / 2


def test_a_variant_holds_what_it_declares() -> None:
    for odd in ("x", 5, None, ("x",), [1]):
        with pytest.raises(DefinitionError, match="variant v, edits"):
            Variant("v", "small", T, odd)  # type: ignore[arg-type]
    with pytest.raises(DefinitionError, match="variant v, label"):
        Variant("v", "small", "x", ())  # type: ignore[arg-type]
    with pytest.raises(LoadError) as caught:
        loads_variant(HEAD.replace('{ ja = "あ", en = "a" }', '"x"') + "edits = []", file="v.toml")
    assert "v.toml:4: label: has the wrong type: text (give label of the form" in str(caught.value)
    assert json.loads(dumps(variant(Remove("event helped"))))["format"] == 1


def test_what_would_be_refused_when_it_is_read_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "v.json"
    for silent in (variant(), Transitional.of(History((WHOLE,), ()))):
        with pytest.raises(DefinitionError, match="names nothing"):
            dump(silent, file)
    assert not file.exists()
    with pytest.raises(LoadError, match=r"v\.toml:5: edits: names nothing"):
        loads_variant(HEAD + "edits = []", file="v.toml")
