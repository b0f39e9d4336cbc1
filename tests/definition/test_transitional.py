"""Transitional rules by themselves: set for a history, kept in files, refused where they do not fit."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve

from diversion_flow import DefinitionError, LoadError, UnknownId, compare, processes
from diversion_flow.definition import (
    KEPT,
    Basis,
    Mark,
    RulesOn,
    Text,
    Transitional,
    TransitionalRule,
    fact,
    machine,
)
from diversion_flow.definition.files import (
    dump,
    dumps,
    load_transitional,
    loads_transitional,
)
from helpers.definition_schemas import transitional_schema

T = Text("あ", "a")
LAW = processes.history("entry_support")
DAY = date(2025, 6, 1)
OLD = TransitionalRule(
    "old_goes_on",
    Text("勾留中の事件は従前の例による", "Cases in detention stay under the former law"),
    machine("custody").in_("detained_suspect") & (fact("age") >= 65),
    continues=True,
    basis=(Basis(Mark.INFERRED, note=T),),
)
MOVED = evolve(LAW.amendments[-1][0], states={"adjustment.candidate": "adjustment.candidate"})
PROVISION = Transitional("provision", "entry_support", T, (RulesOn(DAY, (OLD, MOVED)),), note=T)


def test_they_are_set_for_the_day_and_for_no_other() -> None:
    set_ = PROVISION.apply(LAW)
    assert set_.versions == LAW.versions
    assert set_.amendments[-1] == (OLD, MOVED)
    assert set_.amendments[:-1] == LAW.amendments[:-1]
    assert [c.rule for c in compare(LAW, set_).changes] == ["old_goes_on", "states_kept"]
    case = set_.open(at="2025-05-31", facts={"age": 71}, states={"custody": "detained_suspect"}, reason="r",
                     since={"custody": "2025-05-29", "arrested": "2025-05-27", "detained": "2025-05-29",
                            "detention_requested": "2025-05-28", "referred": "2025-05-28"})  # fmt: skip
    assert case.advance(to="2025-06-02").process == LAW.versions[-2]


def test_the_rules_as_they_are_change_nothing() -> None:
    assert Transitional.of(LAW).apply(LAW) == LAW
    assert [each.since for each in Transitional.of(LAW).days] == [v.since for v in LAW.versions[1:]]


def test_files_hold_them(tmp_path: Path) -> None:
    file = tmp_path / "rules.json"
    for rules in (PROVISION, Transitional.of(LAW)):
        dump(rules, file, overwrite=True)
        assert load_transitional(file) == rules
        assert loads_transitional(dumps(rules), format="json") == rules
    assert dumps(PROVISION) == dumps(PROVISION)


WRITTEN = """
format = 1
id = "provision"
process = "entry_support"
label = { ja = "あ", en = "a" }

[[days]]
since = 2025-06-01
  [[days.rules]]
  id = "old_goes_on"
  label = { ja = "従前の例", en = "former law" }
  guard = { machine = "custody", in = ["detained_suspect"] }
  continues = true
  [[days.rules]]
  id = "states_kept"
  label = { ja = "新法", en = "new law" }
"""


def test_one_written_by_hand_is_read() -> None:
    read = loads_transitional(WRITTEN)
    (day,) = read.days
    assert (day.since, [r.continues for r in day.rules]) == (DAY, [True, False])
    assert read.apply(LAW).amendments[-1] == day.rules


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (WRITTEN.replace("continues", "continue"), "days[0].rules[0].continue"),
        (WRITTEN.replace("2025-06-01", '"June"'), "days[0].since"),
        (WRITTEN.replace('in = ["detained_suspect"]', "in = 3"), "days[0].rules[0].guard"),
        (WRITTEN.replace("format = 1", "format = 2"), "format"),
        (f"{WRITTEN.partition('[[days]]')[0]}days = []", "days"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_field(wrong: str, field: str) -> None:
    with pytest.raises(LoadError) as error:
        loads_transitional(wrong, file="rules.toml")
    assert error.value.field is not None
    assert error.value.field.startswith(field)
    assert error.value.file == "rules.toml"
    assert error.value.line is not None


def test_editors_accept_what_is_read_and_refuse_an_unknown_field() -> None:
    editor = jsonschema.Draft202012Validator(transitional_schema())
    for rules in (PROVISION, Transitional.of(LAW)):
        editor.validate(json.loads(dumps(rules)))
    by_hand = json.loads(json.dumps(tomllib.loads(WRITTEN), default=str))
    editor.validate(by_hand)
    by_hand["days"][0]["rules"][0]["continue"] = True
    assert not editor.is_valid(by_hand)


@pytest.mark.parametrize(
    ("code", "wrong"), [("no_name", {"id": "a b"}), ("no_label", {"label": Text("", " ")})]
)
def test_what_has_no_name_is_refused(code: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError) as caught:
        evolve(PROVISION, **wrong)
    assert (caught.value.code, caught.value.at) == (code, ((next(iter(wrong)), ""),))


def test_rules_that_do_not_fit_are_refused() -> None:
    with pytest.raises(DefinitionError) as wrong:
        PROVISION.apply(processes.history("special_coordination"))
    assert wrong.value.code == "transitional_process"
    with pytest.raises(DefinitionError) as wrong:
        evolve(PROVISION, days=(RulesOn(date(2024, 1, 1), (KEPT,)),)).apply(LAW)
    assert wrong.value.code == "transitional_day"
    assert "2025-06-01" in wrong.value.text("ja")
    with pytest.raises(DefinitionError) as twice:
        evolve(PROVISION, days=PROVISION.days * 2)
    assert twice.value.code == "transitional_twice"
    with pytest.raises(DefinitionError) as last:
        evolve(PROVISION, days=(RulesOn(DAY, (OLD,)),)).apply(LAW)
    assert last.value.code == "history_last"
    nowhere = evolve(KEPT, states={"custody.nowhere": "custody.free"})
    with pytest.raises(UnknownId):
        evolve(PROVISION, days=(RulesOn(DAY, (nowhere,)),)).apply(LAW)
