"""Variants as values: edits, where they fail, how they compose, and as files."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import CallError, processes
from diversion_flow.definition import (
    ALWAYS,
    Add,
    Agency,
    Basis,
    DefinitionError,
    Edit,
    Extend,
    Kind,
    Length,
    Mark,
    Parameter,
    Relabel,
    Remark,
    Remarks,
    Remove,
    Replace,
    Require,
    SetParameter,
    State,
    Stop,
    Text,
    Unit,
    Variant,
    VariantConflict,
    Waive,
    compose,
    fact,
    holds,
    param,
    replace,
)
from diversion_flow.definition.files.data_file import LoadError
from diversion_flow.definition.files.serial import dumps
from diversion_flow.definition.files.variant_file import load_variant, loads_variant
from helpers.small import CONSENT, LAW, PROCESS, T, conflicts, state, transition
from helpers.stopping import law, limit

WHY = (Basis(Mark.INFERRED, "law", "2"),)


def variant(*edits: Edit, id: str = "v", **rest: Any) -> Variant:
    return Variant(id, "small", T, edits, **rest)


def rule(process: Any, id: str) -> Any:
    return process.machine("main").transition(id)


def test_each_edit_changes_what_it_names_and_nothing_else() -> None:
    edits = (
        Add(Agency("court", T)),
        Add(state("waiting"), "machine main", after="asked"),
        Add(transition("wait", "finished", "asked", "waiting"), "machine main"),
        Add(transition("go_on", "helped", "waiting", "helped"), "machine main"),
        Extend("event helped", "by", ("court",), WHY),
        Relabel("state main.helped", Text("支援中", "in support")),
        Require("main.help", holds("content"), WHY),
        Waive("main.finish", holds("content"), WHY),
        replace("deadline limit", basis=WHY),
    )
    made = variant(*edits).apply(PROCESS)
    assert [s.id for s in made.machine("main").states] == ["asked", "waiting", "helped", "done"]
    assert made.event("helped").by == ("worker", "court")
    assert made.event("helped").basis == WHY
    assert made.machine("main").state("helped").label.en == "in support"
    assert rule(made, "help").guard == (fact("age") >= 65) & holds("content")
    assert rule(made, "help").basis == LAW + WHY
    assert not list(rule(made, "finish").guard.parts())
    assert made.deadline("limit").basis == WHY
    assert made.version == "1+v"
    assert made.facts == PROCESS.facts
    # The process itself is a value and stays what it was.
    assert rule(PROCESS, "help").guard == (fact("age") >= 65)


def test_removing_a_state_takes_it_out_of_sources_and_deadlines() -> None:
    gone = variant(
        Add(state("waiting"), "machine main"),
        replace("transition main.lapse", sources=("helped", "waiting")),
        Remove("state main.waiting"),
    )
    assert rule(gone.apply(PROCESS), "lapse").sources == ("helped",)


def test_a_route_loses_what_is_removed_and_nothing_of_the_same_name() -> None:
    named = variant(
        Add(state("help"), "machine main"),
        replace("process", main_route=("main.help", "main.finish", "consent.give")),
    ).apply(PROCESS)
    kept = ("main.help", "main.finish", "consent.give")
    assert variant(Remove("state main.help")).apply(named).main_route == kept
    assert variant(Remove("transition main.help")).apply(named).main_route == kept[1:]
    assert variant(Remove("transition consent.take_back")).apply(named).main_route == kept
    free = evolve(
        named, machines=(named.machines[0], evolve(CONSENT, id="other")), consent=None,
        events=tuple(evolve(e, home="other") if e.home == "consent" else e for e in named.events),
        main_route=("main.help", "other.give"),
    )  # fmt: skip
    without = variant(
        Remove("event consented"), Remove("event withdrawn"), Remove("machine other")
    ).apply(free)
    assert without.main_route == ("main.help",)


def test_a_remark_loses_the_rule_that_is_removed_and_goes_with_the_last() -> None:
    one = Remark("one", T, Remarks.OPEN_NORM, ("main.help",))
    two = Remark("two", T, Remarks.OPEN_NORM, ("main.help", "main.finish"))
    all_of_it = Remark("all", T, Remarks.LEFT_OUT)
    law = evolve(PROCESS, remarks=(one, two, all_of_it))
    left = variant(Remove("transition main.help")).apply(law)
    assert left.remarks == (evolve(two, transitions=("main.finish",)), all_of_it)


def test_without_a_state_no_limit_runs_or_stands_still_there() -> None:
    stops = (Stop("examination", ("under_way",)), Stop("custody", ("away",)))
    away = evolve(limit(), states=("held", "away"), stops=stops)
    moves = [Remove(f"transition custody.{rule}") for rule in ("leave", "return")]
    (left,) = variant(*moves, Remove("state custody.away")).apply(law(away)).deadlines
    assert left == evolve(away, states=("held",), stops=stops[:1])


def test_what_a_part_asks_of_a_parameter_is_the_fault_of_the_edit_that_sets_it() -> None:
    limit = evolve(PROCESS.deadlines[0], length=Length(param("days"), Unit.DAYS))
    law = evolve(PROCESS, parameters=(Parameter("days", T, None),), deadlines=(limit,))
    wrong = Parameter("days", T, "ten")
    for edits, told in (
        ((SetParameter("days", "ten"), Relabel("event helped", T)), "edits[0].value"),
        ((replace("parameter days", value="ten"), Relabel("parameter days", T)), "edits[0].with.value"),
        ((Remove("parameter days"), Add(wrong), Relabel("event helped", T)), "edits[1].part"),
    ):  # fmt: skip
        made = loads_variant(dumps(variant(*edits)), format="json")
        with pytest.raises(DefinitionError) as caught:
            made.apply(law)
        assert (caught.value.field, caught.value.line is None) == (told, False), str(caught.value)


def test_variants_of_two_laws_are_not_composed() -> None:
    other = Variant("other", "entry_support", T, ())
    with pytest.raises(DefinitionError, match="is for entry_support, not for small") as caught:
        compose(variant(), other)
    assert caught.value.at == (("variant", "other"),)
    with pytest.raises(DefinitionError) as empty:
        compose()
    assert empty.value.code == "no_variants"


def test_a_conflict_is_said_in_a_sentence() -> None:
    (conflict,) = conflicts(YOUNGER, OLDER)
    assert str(conflict) == (
        "younger (set parameter limit) and older (set parameter limit) do not agree on "
        "parameters.limit.value"
    )
    assert "食い違います" in conflict.said.ja


FAILS = {
    "a text as a list": (replace("event helped", by="worker"), "has the wrong type"),
    "no such rule": (Require("main.halp", holds("content")), "nearest: help"),
    "no such state": (Relabel("state main.helpd", T), "nearest: helped"),
    "no such machine": (Remove("state mian.done"), "nearest: main"),
    "no such parameter": (SetParameter("age_limit", 60), "no policy 'age_limit'"),
    "no such field": (replace("event helped", buy=("worker",)), "nearest: by"),
    "no such kind": (Remove("rule main.help"), "no kind of part 'rule'"),
    "no address": (Remove("state"), "write it like"),
    "there already": (Add(Agency("worker", T)), "is there already"),
    "not asked for": (Waive("main.lapse", holds("content")), "does not ask for this condition"),
    "not all asked for": (
        Waive("main.finish", holds("content") & (fact("age") > 1)),
        "does not ask for this condition",
    ),
    "no list": (Extend("event helped", "home", ("main",)), "is not a list"),
    "an id": (replace("event helped", id="h"), "an id cannot change"),
    "left hanging": (Remove("state main.done"), "no state 'done'"),
    "unknown agency": (Extend("event helped", "by", ("wroker",)), "nearest: worker"),
    "wrong holder": (Add(State("x", T), "event helped"), "holds no state"),
    "no neighbour": (Add(Agency("x", T), after="wroker"), "nearest: worker"),
    "the whole": (Remove("process"), "cannot be removed"),
}


@pytest.mark.parametrize("fault", FAILS)
def test_an_edit_that_does_not_apply_names_itself_and_the_nearest(fault: str) -> None:
    edit, said = FAILS[fault]
    with pytest.raises(DefinitionError) as caught:
        variant(edit).apply(PROCESS)
    assert said in str(caught.value)
    assert "variant v" in str(caught.value)


def test_a_parameter_takes_its_choices_only() -> None:
    law = processes.get("entry_support")
    wrong = Variant("v", "entry_support", T, (SetParameter("custody_required", "maybe"),))
    with pytest.raises(DefinitionError, match="not one of its choices"):
        wrong.apply(law)


def test_what_a_caller_changes_later_does_not_change_the_edit() -> None:
    changes: dict[str, Any] = {"by": ("worker",)}
    edit = Replace("event helped", changes)
    changes["by"] = ("partner",)
    assert edit == replace("event helped", by=("worker",))


def test_a_variant_is_for_one_process() -> None:
    with pytest.raises(DefinitionError, match="is for small, not for entry_support") as caught:
        variant().apply(processes.get("entry_support"))
    assert caught.value.at == (("variant", "v"),)


YOUNGER = variant(SetParameter("limit", 60), id="younger")
OLDER = variant(SetParameter("limit", 70), id="older")
STRICT = variant(Require("main.help", holds("content")), id="strict")
PLACED = variant(Require("main.help", fact("age") < 90), id="placed")


def test_two_conditions_on_one_rule_stand_side_by_side() -> None:
    assert conflicts(STRICT, PLACED) == ()
    made = (STRICT + PLACED).apply(PROCESS)
    assert len(rule(made, "help").guard.parts()) == 3


@pytest.mark.parametrize(
    ("one", "other", "at"),
    [
        (YOUNGER, OLDER, "parameters.limit.value"),
        (STRICT, variant(Remove("transition main.help"), id="gone"), "main.transitions.help"),
        (STRICT, variant(Waive("main.help", holds("content")), id="lax"), "guard"),
        (
            variant(Relabel("event helped", Text("a", "a")), id="a"),
            variant(Relabel("event helped", Text("b", "b")), id="b"),
            "events.helped.label",
        ),
        (variant(Add(Agency("x", T)), id="a"), variant(Add(Agency("x", T, LAW)), id="b"), "x"),
    ],
)
def test_variants_that_disagree_are_reported_before_anything_is_built(
    one: Variant, other: Variant, at: str
) -> None:
    with pytest.raises(VariantConflict) as caught:
        compose(one, other)
    assert at in str(caught.value)
    assert {(c.one, c.other) for c in caught.value.conflicts} == {(one.id, other.id)}


def test_a_conflict_is_at_the_part_that_both_are_about() -> None:
    gone = variant(Remove("transition main.help"), id="gone")
    for pair in ((STRICT, gone), (gone, STRICT)):
        (conflict,) = conflicts(*pair)
        assert conflict.at == ("machines", "main", "transitions", "help")


def test_what_is_no_variant_is_not_composed() -> None:
    for pair in ((STRICT, "gone"), ("gone", STRICT)):
        with pytest.raises(CallError):
            compose(*pair)  # type: ignore[arg-type]


def test_what_is_composed_is_called_as_it_is_asked_to_be() -> None:
    named = compose(STRICT, PLACED, id="both", label=Text("両方", "both of them"))
    assert (named.id, named.label) == ("both", Text("両方", "both of them"))
    assert compose(STRICT, PLACED).label.en == f"{STRICT.label.en} + {PLACED.label.en}"


def test_what_is_composed_brings_about_the_version_of_the_last_that_names_one() -> None:
    first, last, none = (
        variant(id=id, version=version) for id, version in (("a", "1"), ("b", "2"), ("c", None))
    )
    assert compose(first, last).version == "2"
    assert compose(first, none).version == compose(none, first).version == "1"
    here, there = variant(id="d", place="osaka"), variant(id="e")
    assert compose(here, there).place == compose(there, here).place == "osaka"
    assert repr(compose(first, none)) == "<Variant a+c of small, 0 edits>"


@pytest.mark.parametrize(
    ("bringing", "field"),
    [
        (Remove("agency partner"), "remove"),
        (replace("fact age", kind=Kind.DATE), "with.kind"),
        (replace("fact age", kind=Kind.DATE, label=Text("い", "b")), "replace"),
    ],
    ids=["removed", "one field", "one of two fields"],
)
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_fault_where_no_edit_touches_is_that_of_the_edit_that_brought_it(
    bringing: Edit, field: str, at: int
) -> None:
    sound = (replace("fact age", minimum=None, maximum=None), Relabel("event helped", T), Relabel("event lapsed", T))  # fmt: skip
    made = variant(*sound[:at], bringing, *sound[at:])
    with pytest.raises(DefinitionError) as caught:
        loads_variant(dumps(made), format="json").apply(PROCESS)
    assert caught.value.field == f"edits[{at}].{field}"


def test_it_applies_on_its_days_in_japan_however_they_are_told() -> None:
    some = variant(since=date(2024, 6, 3), until=date(2024, 6, 4))
    days = ("2024-06-02", "2024-06-03", date(2024, 6, 4), "2024-06-05")
    assert [some.applies(day) for day in days] == [False, True, True, False]
    evening = datetime(2024, 6, 4, 15, tzinfo=UTC)  # there; the next day in Japan
    assert not some.applies(evening)
    assert variant().applies(evening)


def test_what_applies_for_one_day_is_the_law_of_that_day() -> None:
    day = date(2024, 6, 3)
    one = variant(id="one", since=day, until=day).apply(PROCESS)
    last = variant(id="last", since=day).apply(evolve(PROCESS, until=day))
    first = variant(id="first", until=day).apply(evolve(PROCESS, since=day))
    assert {(made.since, made.until) for made in (one, last, first)} == {(day, day)}
    for wrong in ({"until": date(2024, 6, 2)}, {"since": date(2024, 6, 4)}):
        with pytest.raises(DefinitionError) as caught:
            variant(id="v", **wrong).apply(evolve(PROCESS, since=day, until=day))  # type: ignore[arg-type]
        assert caught.value.code == "outside_law"


def test_what_is_set_twice_is_set_to_one_value() -> None:
    once, other = (Relabel("event helped", Text(word, word)) for word in "ab")
    assert variant(once, once).apply(PROCESS) == variant(once).apply(PROCESS)
    with pytest.raises(DefinitionError) as caught:
        variant(once, other)
    assert (caught.value.code, caught.value.at[1:]) == (
        "set_twice",
        (("edits[1]", ""), ("label", "")),
    )


def test_the_same_edit_twice_is_no_conflict_and_is_made_once() -> None:
    assert compose(STRICT, variant(*STRICT.edits, id="again")).edits == STRICT.edits


def test_composing_is_applying_one_after_the_other() -> None:
    both = compose(STRICT, PLACED).apply(PROCESS)
    chained = PLACED.apply(STRICT.apply(PROCESS))
    assert both.machines == chained.machines


SHIPPED = [v for n in processes.names()
           for v in (*processes.amendments(n), *processes.variants(n))]  # fmt: skip


@pytest.mark.parametrize("shipped", SHIPPED, ids=repr)
def test_every_shipped_variant_is_a_file_and_back(shipped: Variant) -> None:
    text = dumps(shipped)
    assert loads_variant(text, format="json") == shipped
    assert dumps(loads_variant(text, format="json")) == text


def test_in_toml_a_field_is_made_empty_by_its_name() -> None:
    toml = loads_variant(f'{FILE[: FILE.index("[[edits]]")]}[[edits]]\nreplace = "deadline police_referral"\n'
                         'with.owner = "court"\nwithout = ["on_expiry", "note"]\n')  # fmt: skip
    assert toml.edits == (
        replace("deadline police_referral", owner="court", on_expiry=None, note=None),
    )
    assert loads_variant(dumps(toml), format="json") == toml
    law = toml.apply(processes.get("entry_support"))
    assert law.deadline("police_referral").on_expiry is None


def test_a_variant_in_toml_and_in_yaml_says_the_same(tmp_path: Path) -> None:
    toml = loads_variant(FILE)
    assert toml.apply(processes.get("entry_support")).parameter("elderly_age").value == 60
    assert [type(e) for e in toml.edits] == [
        SetParameter,
        Require,
        replace("process", version="2").__class__,
    ]
    yaml = loads_variant(YAML, format="yaml")
    assert yaml == toml


FILE = """
format = 1
id = "sixty"
process = "entry_support"
since = 2026-04-01
label = { ja = "60歳以上", en = "from 60" }

[[edits]]
set = "elderly_age"
value = 60
basis = [{ mark = "inferred" }]

[[edits]]
require = "support.request"
clause = { fact = "needs_welfare", is = "==", value = true }

[[edits]]
replace = "event center_accepted"
with = { by = ["center", "other_center"] }
"""
YAML = """
format: 1
id: sixty
process: entry_support
since: 2026-04-01
label: {ja: 60歳以上, en: from 60}
edits:
  - set: elderly_age
    value: 60
    basis: [{mark: inferred}]
  - require: support.request
    clause: {fact: needs_welfare, is: "==", value: true}
  - replace: event center_accepted
    with: {by: [center, other_center]}
"""
WRONG = {
    "field of an edit": ("value = 60\n", "vlaue = 60\n", 10, "nearest: value"),
    "word": ('set = "elderly_age"', 'sets = "elderly_age"', 8, "just one of"),
    "guard": ('is = "=="', 'is = "="', 15, "give one of =="),
    "field": ("with = { by", "with = { bye", 19, "nearest: by"),
    "type": ('"other_center"]', "3]", 19, "give text"),
    "format": ("format = 1", "format = 2", 2, "write 1"),
    "label": ('ja = "60歳以上", ', "", 6, "label.ja: ja is missing"),
    "day": ("since = 2026-04-01", 'since = "April"', 5, "not a day of the calendar"),
    "TOML": ("process = ", "process ", 4, "is not TOML"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_variant_file_names_file_line_and_field(fault: str) -> None:
    old, new, line, said = WRONG[fault]
    assert old in FILE
    with pytest.raises(LoadError) as caught:
        loads_variant(FILE.replace(old, new, 1), file="sixty.toml")
    assert said in str(caught.value)
    assert caught.value.line == line, str(caught.value)


HOSTILE = {
    "alias": ("a: &x 1\nb: *x\n", "anchor or alias"),
    "anchor": ("a: &x 1\n", "anchor or alias"),
    "tag": ("a: !!python/object:os.system x\n", "has a tag"),
    "twice": ("a: 1\na: 2\n", "is given twice"),
    "merge": ("a: {<<: 1}\n", "not a plain word"),
    "norway": ("country: no\n", 'write true or false, or "no" in quotes'),
    "two": ("a: 1\n---\nb: 2\n", "second document"),
    "deep": ("a: " + "[" * 70 + "]" * 70, "nested deeper than 64"),
    "deep tables": ("a: " + "{a: " * 3000 + "1" + "}" * 3000, "nested deeper than 64"),
    "deep both": ("a: " + "[{a: " * 1500 + "1" + "}]" * 1500, "nested deeper than 64"),
    "broken": ("a: [1, 2\n", "is not YAML"),
    "large": ("a: " + "x" * 1_000_001, "is larger than"),
    "list": ("- a\n", "is not a table of names"),
    "nothing": ("", "is not a table of names"),
    "no day": ("a: 2024-02-30\n", "not a day of the calendar"),
}


@pytest.mark.parametrize("fault", HOSTILE)
def test_hostile_yaml_is_refused(fault: str) -> None:
    text, said = HOSTILE[fault]
    with pytest.raises(LoadError, match=r"h\.yaml") as caught:
        loads_variant(text, file="h.yaml", format="yaml")
    assert said in str(caught.value)


def test_files_include_others_and_conflicts_are_reported(tmp_path: Path) -> None:
    head = 'format = 1\nprocess = "small"\nlabel = { ja = "あ", en = "a" }\n'
    edit = '[[edits]]\nrelabel = "event helped"\nlabel = {{ ja = "{0}", en = "{0}" }}\n'
    one, two, both = (tmp_path / f"{n}.toml" for n in ("one", "two", "both"))
    one.write_text(f'id = "one"\n{head}{edit.format("x")}', "utf-8")
    two.write_text(f'id = "two"\n{head}{edit.format("y")}', "utf-8")
    both.write_text(f'id = "both"\ninclude = ["one.toml"]\nedits = []\n{head}', "utf-8")
    assert load_variant(both).edits == load_variant(one).edits
    assert load_variant(both).id == "both"
    both.write_text(f'id = "both"\ninclude = ["one.toml", "two.toml"]\nedits = []\n{head}', "utf-8")
    with pytest.raises(VariantConflict, match=r"events\.helped\.label"):
        load_variant(both)
    one.write_text(f'id = "one"\ninclude = ["both.toml"]\nedits = []\n{head}', "utf-8")
    with pytest.raises(LoadError, match="leads back"):
        load_variant(both)


HEADED = 'format = 1\nid = "{0}"\nprocess = "small"\nlabel = {{ ja = "あ", en = "a" }}\n{1}\n'
HELPED = 'edits = [{ relabel = "event helped", label = { ja = "い", en = "b" } }]'


def _including(folder: Path, name: str, *others: str, edits: str = "edits = []") -> Path:
    (file := folder / f"{name}.toml").write_text(
        HEADED.format(name, edits if not others else f"include = {json.dumps(others)}\n{edits}"),
        "utf-8",
    )
    return file


def test_a_file_is_read_once_however_many_include_it(tmp_path: Path) -> None:
    file = _including(tmp_path, "v0", edits=HELPED)
    for n in range(1, 60):
        file = _including(tmp_path, f"v{n}", f"v{n - 1}.toml", f"../{tmp_path.name}/v{n - 1}.toml")
    assert load_variant(file).edits == load_variant(tmp_path / "v0.toml").edits


def test_a_hundred_files_are_included_and_one_more_is_too_many(tmp_path: Path) -> None:
    _including(tmp_path, "v0", edits=HELPED)
    files = [_including(tmp_path, f"v{n}", f"v{n - 1}.toml") for n in range(1, 102)]
    assert len(load_variant(files[99]).edits) == 1
    with pytest.raises(LoadError) as caught:
        load_variant(files[100])
    assert (caught.value.code, caught.value.line) == ("include_many", 5)


@pytest.mark.parametrize(
    ("name", "code"),
    [("a\0b.toml", "cannot_read"), ("none.toml", "cannot_read"), ("v.toml", "include_circle")],
    ids=ascii,
)
def test_what_cannot_be_included_is_told(name: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(LoadError) as caught:
        load_variant(_including(tmp_path, "v", name))
    assert caught.value.code == code


def test_an_open_parameter_needs_no_value_in_a_file() -> None:
    law = processes.get("entry_support")
    assert law.parameter("center_response_days") == Parameter(
        "center_response_days", law.parameter("center_response_days").label,
        note=law.parameter("center_response_days").note,
    )  # fmt: skip
    made = Variant("v", "small", T, (Add(Parameter("p", T)),))
    assert "value" not in json.loads(dumps(made))["edits"][0]["part"]
    assert loads_variant(dumps(made), format="json") == made


def test_a_contradiction_after_the_edits_is_a_definition_error() -> None:
    with pytest.raises(DefinitionError, match="after its edits"):
        variant(replace("machine main", initial="nowhere")).apply(PROCESS)


def test_a_variant_without_a_label_is_refused() -> None:
    with pytest.raises(DefinitionError) as refused:
        Variant("v", "small", Text(" ", ""), ())
    assert (refused.value.code, refused.value.at[-1]) == ("no_label", ("label", ""))


def test_edits_may_come_in_a_list_or_one_by_one() -> None:
    edits = (SetParameter("days", 3), SetParameter("hours", 4))
    for given in (list(edits), iter(edits)):
        assert Variant("v", "small", T, given).edits == edits  # type: ignore[arg-type]


def test_a_part_is_as_if_a_file_did_not_say_what_it_is_to_be_without() -> None:
    edits = (("machine main", "seen_by"), ("transition main.help", "guard"),
             ("state main.done", "final"), ("deadline limit", "on_expiry"))  # fmt: skip
    text = "".join(f'[[edits]]\nreplace = "{at}"\nwithout = ["{name}"]\n' for at, name in edits)
    head = 'format = 1\nid = "less"\nprocess = "small"\nlabel = { ja = "案", en = "less" }\n'
    made = loads_variant(head + text)
    assert [*(e.changes for e in made.edits)] == [  # type: ignore[union-attr]
        {"seen_by": ()}, {"guard": ALWAYS}, {"final": False}, {"on_expiry": None},
    ]  # fmt: skip
    law = made.apply(PROCESS)
    assert (law.machine("main").seen_by, law.deadline("limit").on_expiry) == ((), None)
    assert loads_variant(dumps(made), format="json") == made
